"""What was signed is amended by signed records of their own, and a signed visit's row keeps what was signed.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = "('addendum','correction','late_entry','wrong_patient')"
OF_THE_SIGNED = (
    "document",
    "number",
    "patient_ref",
    "performed_at",
    "performer",
    "revision",
    "service",
    "visit_on",
)
CLOSED = "('signed','complete_not_drawn','voided')"
SIGNED = "('performed','in_review','signed','complete_not_drawn','voided')"


def upgrade() -> None:
    """Add both tables, whose rows neither change nor go, and keep the rows that signatures stand over."""
    op.create_table(
        "visit_amendment",
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("new_value", sa.Text(), nullable=False),
        sa.Column("right_patient", sa.Text(), nullable=True),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("signed_at", sa.Text(), nullable=False),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("ck_visit_amendment_kind_known")),
        sa.CheckConstraint("position > 0", name=op.f("ck_visit_amendment_position_counts_up")),
        sa.CheckConstraint(
            "(kind = 'correction') = (path <> '')", name=op.f("ck_visit_amendment_path_of_a_correction")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id", "revision"],
            ["visit_revision.visit_id", "visit_revision.revision"],
            name=op.f("fk_visit_amendment_visit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["right_patient"], ["patient.ref"], name=op.f("fk_visit_amendment_right_patient")
        ),
        sa.ForeignKeyConstraint(["signer"], ["staff.id"], name=op.f("fk_visit_amendment_signer")),
        sa.PrimaryKeyConstraint("visit_id", "position", name=op.f("pk_visit_amendment")),
    )
    op.create_index(op.f("ix_visit_amendment_kind"), "visit_amendment", ["kind", "visit_id"], unique=False)
    op.create_index(op.f("ix_visit_amendment_right_patient"), "visit_amendment", ["right_patient"])
    op.create_index(op.f("ix_visit_amendment_new_value"), "visit_amendment", ["new_value"])
    op.create_table(
        "amendment_seen",
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("seen_by", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id", "position"],
            ["visit_amendment.visit_id", "visit_amendment.position"],
            name=op.f("fk_amendment_seen_visit_id"),
        ),
        sa.ForeignKeyConstraint(["seen_by"], ["staff.id"], name=op.f("fk_amendment_seen_seen_by")),
        sa.PrimaryKeyConstraint("visit_id", "position", name=op.f("pk_amendment_seen")),
    )
    for table in ("visit_amendment", "amendment_seen", "visit_supply"):
        for act, word in (("delete", "DELETE"), ("update", "UPDATE")):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act} BEFORE {word} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} keeps what was written'); END"
            )
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in OF_THE_SIGNED)
    op.execute(
        f"CREATE TRIGGER visit_keeps_signed BEFORE UPDATE ON visit "
        f"WHEN (OLD.state IN {SIGNED} AND ({changed})) "
        f"OR (OLD.state IN {CLOSED} AND OLD.state IS NOT NEW.state) "
        "BEGIN SELECT RAISE(ABORT, 'visit keeps what was signed'); END"
    )
