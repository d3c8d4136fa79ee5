"""Whose each use of a supply was, and who was treated by whom and when, stand in indices of their own.

A device stands in thousands of visits, and each of those was a page of `ix_visit_by_id` to read and to
decrypt: the first look-back after a start took most of its time there. Whose a visit is never changes, so it
stands beside each of its supplies as well, and the database holds a new one to its visit's.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KEEPS = "BEGIN SELECT RAISE(ABORT, 'visit_supply keeps what was written'); END"


def upgrade() -> None:
    """Write whose each supply was, and index it beside the lot and the serial; index treatments alone."""
    op.add_column("visit_supply", sa.Column("patient_ref", sa.Text(), nullable=False, server_default=""))
    op.execute("DROP TRIGGER visit_supply_no_update")
    # Where somebody took the visit away there is nobody to name, and the check tells of it.
    op.execute(
        "UPDATE visit_supply SET patient_ref = "
        "coalesce((SELECT patient_ref FROM visit WHERE visit.id = visit_supply.visit_id), '')"
    )
    op.execute(f"CREATE TRIGGER visit_supply_no_update BEFORE UPDATE ON visit_supply {KEEPS}")
    op.execute(
        "CREATE TRIGGER visit_supply_of_its_visit BEFORE INSERT ON visit_supply WHEN NEW.patient_ref IS NOT "
        "(SELECT patient_ref FROM visit WHERE id = NEW.visit_id) "
        "BEGIN SELECT RAISE(ABORT, 'a supply is of whom its visit is of'); END"
    )
    for column in ("lot", "serial"):
        op.drop_index(f"ix_visit_supply_{column}", "visit_supply")
        op.execute(
            f"CREATE INDEX ix_visit_supply_{column} ON visit_supply "
            f"(upper(trim({column})), visit_id, patient_ref)"
        )
    treated = sa.text("performed_at IS NOT NULL")
    # The moment itself is read of none. Without it the engine thinks that a visit's own row is needed.
    told = ["visit_on", "id", "patient_ref", "performed_at"]
    op.create_index("ix_visit_treated_by", "visit", ["performer", *told], sqlite_where=treated)
    op.create_index("ix_visit_treated_on", "visit", told, sqlite_where=treated)
