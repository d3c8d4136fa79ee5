"""Whom a device touched is read from indices alone, however many visits it was used in.

Revision ID: 0015
Revises: 0014
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index whose each visit is and what each person is called, and have lots and serials lead to visits."""
    for column in ("lot", "serial"):
        op.drop_index(f"ix_visit_supply_{column}", "visit_supply")
        op.execute(f"CREATE INDEX ix_visit_supply_{column} ON visit_supply (upper(trim({column})), visit_id)")
    op.create_index(op.f("ix_visit_by_id"), "visit", ["id", "patient_ref", "visit_on"])
    op.create_index(op.f("ix_patient_by_ref"), "patient", ["ref", "folded_name", "merged_into"])
