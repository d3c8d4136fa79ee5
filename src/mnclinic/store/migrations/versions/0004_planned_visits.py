"""The day has a list of who is expected.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATES = "'planned','arrived','started','cancelled','no_show','taken_back'"


def upgrade() -> None:
    """Add the table of planned visits, which keeps its rows."""
    op.create_table(
        "planned_visit",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("at_time", sa.Text(), nullable=False),
        sa.Column("patient_ref", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("performer", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("is_walk_in", sa.Boolean(), nullable=False),
        sa.Column("arrived_at", sa.Text(), nullable=True),
        sa.Column("visit_id", sa.Text(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=True),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_planned_visit_state_known")),
        sa.CheckConstraint(
            "(state = 'started') = (visit_id IS NOT NULL)", name=op.f("ck_planned_visit_started_has_visit")
        ),
        sa.CheckConstraint("edition >= 1", name=op.f("ck_planned_visit_edition_counts_up")),
        sa.ForeignKeyConstraint(["patient_ref"], ["patient.ref"], name=op.f("fk_planned_visit_patient_ref")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_planned_visit_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_visit")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_planned_visit_visit_id")),
    )
    op.create_index(
        op.f("ix_planned_visit_planned_on_at_time_id"), "planned_visit", ["planned_on", "at_time", "id"]
    )
    op.create_index(
        op.f("ix_planned_visit_patient_ref_planned_on"), "planned_visit", ["patient_ref", "planned_on"]
    )
    op.create_index(op.f("ix_planned_visit_batch"), "planned_visit", ["batch"])
    op.execute(
        "CREATE TRIGGER planned_visit_no_delete BEFORE DELETE ON planned_visit "
        "BEGIN SELECT RAISE(ABORT, 'planned_visit keeps what was written'); END"
    )
