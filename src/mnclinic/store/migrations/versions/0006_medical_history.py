"""Allergies, medicines and conditions are rows of the person.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SAID = ("id", "patient_ref", "kind", "code", "words", "since", "source", "note")


def upgrade() -> None:
    """Add the table, which keeps its rows and what they say; each can end once."""
    op.create_table(
        "medical_history",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("patient_ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('allergy','medicine','condition')", name=op.f("ck_medical_history_kind_known")
        ),
        sa.CheckConstraint(
            "source IN ('patient','prescriber','record','seen')",
            name=op.f("ck_medical_history_source_known"),
        ),
        sa.CheckConstraint(
            "edition = 1 + (ended_on IS NOT NULL)", name=op.f("ck_medical_history_edition_counts_up")
        ),
        sa.ForeignKeyConstraint(
            ["patient_ref"], ["patient.ref"], name=op.f("fk_medical_history_patient_ref")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medical_history")),
    )
    op.create_index(op.f("ix_medical_history_patient_ref"), "medical_history", ["patient_ref"])
    op.execute(
        "CREATE TRIGGER medical_history_no_delete BEFORE DELETE ON medical_history "
        "BEGIN SELECT RAISE(ABORT, 'medical_history keeps what was written'); END"
    )
    op.execute(
        f"CREATE TRIGGER medical_history_no_update BEFORE UPDATE OF {', '.join(SAID)} ON medical_history "
        "BEGIN SELECT RAISE(ABORT, 'medical_history keeps what was written'); END"
    )
    op.execute(
        "CREATE TRIGGER medical_history_ends_once BEFORE UPDATE ON medical_history "
        "WHEN OLD.ended_on IS NOT NULL "
        "BEGIN SELECT RAISE(ABORT, 'medical_history keeps what was written'); END"
    )
