"""Details of people that can be changed, and two records of one person that are read as one.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXTS = (
    *("preferred_name", "pronouns", "emergency_contact", "language", "contact"),
    *("standing_note", "hold_reason"),
)


def upgrade() -> None:
    """Add columns and two indexes; no table that is there is rebuilt."""
    op.add_column("patient", sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
    for name in TEXTS:
        op.add_column("patient", sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column(
        "patient", sa.Column("standing", sa.Text(), server_default=sa.text("'active'"), nullable=False)
    )
    op.add_column("patient", sa.Column("deceased_on", sa.Date(), nullable=True))
    op.add_column("patient", sa.Column("held_at", sa.Text(), nullable=True))
    # The library would ask SQLite for a constraint by itself, which it only takes with its column.
    op.execute(
        "ALTER TABLE patient ADD COLUMN held_by TEXT CONSTRAINT fk_patient_held_by REFERENCES staff (id)"
    )
    op.execute(
        "ALTER TABLE patient ADD COLUMN merged_into TEXT "
        "CONSTRAINT fk_patient_merged_into REFERENCES patient (ref)"
    )
    op.create_index(
        "ix_patient_roster",
        "patient",
        ["folded_name", "record_number"],
        sqlite_where=sa.text("merged_into IS NULL"),
    )
    op.create_index(
        "ix_patient_merged_into",
        "patient",
        ["merged_into"],
        sqlite_where=sa.text("merged_into IS NOT NULL"),
    )
