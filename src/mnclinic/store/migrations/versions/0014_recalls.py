"""Recalls as records, who was told, and the director's signature; performers found by their days.

Revision ID: 0014
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add three tables, whose rows neither change nor go, and an index by which a performer is looked for."""
    op.create_table(
        "recall",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("named", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("is_drill", sa.Boolean(), nullable=False),
        sa.Column("people", sa.LargeBinary(), nullable=False),
        sa.Column("list_ms", sa.Integer(), nullable=False),
        sa.Column("notice", sa.LargeBinary(), nullable=True),
        sa.Column("notice_type", sa.Text(), nullable=True),
        sa.Column("notice_sha256", sa.Text(), nullable=True),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.CheckConstraint("list_ms >= 0", name=op.f("ck_recall_list_ms_counts")),
        sa.CheckConstraint(
            "(notice IS NULL) = (notice_type IS NULL) AND (notice IS NULL) = (notice_sha256 IS NULL)",
            name=op.f("ck_recall_notice_whole"),
        ),
        sa.CheckConstraint("is_drill OR notice IS NOT NULL", name=op.f("ck_recall_notice_there")),
        sa.ForeignKeyConstraint(["opened_by"], ["staff.id"], name=op.f("fk_recall_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall")),
    )
    op.create_table(
        "recall_contact",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("recall_id", sa.Text(), nullable=False),
        sa.Column("patient_ref", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "how IN ('telephone','letter','email','in_person')", name=op.f("ck_recall_contact_how_known")
        ),
        sa.CheckConstraint(
            "outcome IN ('reached','message_left','no_answer','sent','wrong_number','returned')",
            name=op.f("ck_recall_contact_outcome_known"),
        ),
        sa.ForeignKeyConstraint(["recall_id"], ["recall.id"], name=op.f("fk_recall_contact_recall_id")),
        sa.ForeignKeyConstraint(["patient_ref"], ["patient.ref"], name=op.f("fk_recall_contact_patient_ref")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name=op.f("fk_recall_contact_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall_contact")),
    )
    op.create_index(op.f("ix_recall_contact_recall_id"), "recall_contact", ["recall_id", "recorded_at"])
    op.create_table(
        "recall_closure",
        sa.Column("recall_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["recall_id"], ["recall.id"], name=op.f("fk_recall_closure_recall_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["staff.id"], name=op.f("fk_recall_closure_closed_by")),
        sa.PrimaryKeyConstraint("recall_id", name=op.f("pk_recall_closure")),
    )
    op.create_index(op.f("ix_visit_performer"), "visit", ["performer", "visit_on"])
    for table in ("recall", "recall_contact", "recall_closure"):
        for act, word in (("delete", "DELETE"), ("update", "UPDATE")):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act} BEFORE {word} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} keeps what was written'); END"
            )
