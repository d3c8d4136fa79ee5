"""What was told of an adverse event, the director's clock, and what was done about it since.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OLD_COLUMNS = ("id", "visit_id", "event", "grade", "noted_on", "note", "recorded_by", "recorded_at")


def upgrade() -> None:
    """Add columns to the events, none of which an old row has, and a table of steps; keep both as written."""
    _make_events_anew()
    op.create_table(
        "event_step",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("report_number", sa.Text(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "what IN ('told','acknowledged','note','reported','closed')",
            name=op.f("ck_event_step_what_known"),
        ),
        sa.CheckConstraint("grade BETWEEN 0 AND 5", name=op.f("ck_event_step_grade_known")),
        sa.CheckConstraint(
            "(what = 'acknowledged') = (record IS NOT NULL AND signature IS NOT NULL)",
            name=op.f("ck_event_step_signed_by_her"),
        ),
        sa.CheckConstraint(
            "(what = 'closed') = (outcome IS NOT NULL)", name=op.f("ck_event_step_outcome_at_end")
        ),
        sa.CheckConstraint(
            "(what = 'reported') = (reported_on IS NOT NULL AND report_number IS NOT NULL)",
            name=op.f("ck_event_step_report_whole"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["adverse_event.id"], name=op.f("fk_event_step_event_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name=op.f("fk_event_step_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_step")),
    )
    op.create_index(op.f("ix_event_step_event_id"), "event_step", ["event_id", "recorded_at"])
    op.create_index(
        "uq_event_step_once",
        "event_step",
        ["event_id", "what"],
        unique=True,
        sqlite_where=sa.text("what IN ('acknowledged','closed')"),
    )
    _keep("event_step")


def _make_events_anew() -> None:
    """A constraint cannot be added in place, so the table is made anew with the rows that it had."""
    op.create_table(
        "adverse_event_anew",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("onset_at", sa.Text(), nullable=True),
        sa.Column("is_expected", sa.Boolean(), nullable=True),
        sa.Column("relatedness", sa.Text(), nullable=True),
        sa.Column("seriousness", sa.Text(), nullable=True),
        sa.Column("treatment", sa.Text(), nullable=True),
        sa.Column("told_how", sa.Text(), nullable=True),
        sa.Column("told_by", sa.Text(), nullable=True),
        sa.Column("tell_by", sa.Text(), nullable=True),
        sa.Column("sign_by", sa.Text(), nullable=True),
        sa.CheckConstraint("grade BETWEEN 1 AND 5", name=op.f("ck_adverse_event_grade_known")),
        sa.CheckConstraint(
            "(kind IS NULL) = (tell_by IS NULL) AND (kind IS NULL) = (sign_by IS NULL)",
            name=op.f("ck_adverse_event_account_whole"),
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_adverse_event_visit_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name=op.f("fk_adverse_event_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adverse_event")),
    )
    named = ", ".join(OLD_COLUMNS)
    # Only the names above go into it.
    op.execute(f"INSERT INTO adverse_event_anew ({named}) SELECT {named} FROM adverse_event")  # noqa: S608
    op.drop_index("ix_adverse_event_visit_id", "adverse_event")
    op.drop_table("adverse_event")
    op.rename_table("adverse_event_anew", "adverse_event")
    op.create_index(op.f("ix_adverse_event_visit_id"), "adverse_event", ["visit_id"])
    _keep("adverse_event")


def _keep(table: str) -> None:
    for act, word in (("delete", "DELETE"), ("update", "UPDATE")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{act} BEFORE {word} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} keeps what was written'); END"
        )
