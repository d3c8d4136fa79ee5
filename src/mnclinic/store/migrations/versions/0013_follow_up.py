"""Tries to speak with a patient after a treatment.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, whose rows neither change nor go."""
    op.create_table(
        "follow_up_contact",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("due_at", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("script", sa.Text(), nullable=True),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('telephone','message','in_person')", name=op.f("ck_follow_up_contact_channel_known")
        ),
        sa.CheckConstraint(
            "outcome IN ('well','wrong','voicemail','no_answer','not_needed')",
            name=op.f("ck_follow_up_contact_outcome_known"),
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_follow_up_contact_visit_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name=op.f("fk_follow_up_contact_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_contact")),
    )
    op.create_index(op.f("ix_follow_up_contact_visit_id"), "follow_up_contact", ["visit_id", "recorded_at"])
    for act, word in (("delete", "DELETE"), ("update", "UPDATE")):
        op.execute(
            f"CREATE TRIGGER follow_up_contact_no_{act} BEFORE {word} ON follow_up_contact "
            "BEGIN SELECT RAISE(ABORT, 'follow_up_contact keeps what was written'); END"
        )
