"""Adverse events, and what was done about each."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Blob, Instant, Table


class AdverseEvent(Table):
    """Something untoward after a treatment, related or not. A row never changes and is never deleted.

    What stands behind `recorded_at` is None in rows of programs before there was an account and a clock.
    """

    __tablename__ = "adverse_event"
    __table_args__ = (
        CheckConstraint("grade BETWEEN 1 AND 5", name="grade_known"),
        CheckConstraint(
            "(kind IS NULL) = (tell_by IS NULL) AND (kind IS NULL) = (sign_by IS NULL)", name="account_whole"
        ),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"), index=True)
    event: Mapped[str] = mapped_column(Text)
    grade: Mapped[int]
    noted_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str | None] = mapped_column(Text)
    onset_at: Mapped[datetime | None] = mapped_column(Instant)
    is_expected: Mapped[bool | None]
    relatedness: Mapped[str | None] = mapped_column(Text)
    seriousness: Mapped[str | None] = mapped_column(Text)
    """Words of `Seriousness` with commas between; empty where it is not serious."""
    treatment: Mapped[str | None] = mapped_column(Text)
    told_how: Mapped[str | None] = mapped_column(Text)
    told_by: Mapped[str | None] = mapped_column(Text)
    tell_by: Mapped[datetime | None] = mapped_column(Instant)
    sign_by: Mapped[datetime | None] = mapped_column(Instant)


class EventStep(Table):
    """One thing that was done about an event. A row never changes and is never deleted.

    An acknowledgement has the director's signed `record`; the columns beside it are read from that.
    """

    __tablename__ = "event_step"
    __table_args__ = (
        CheckConstraint("what IN ('told','acknowledged','note','reported','closed')", name="what_known"),
        CheckConstraint("grade BETWEEN 0 AND 5", name="grade_known"),
        CheckConstraint(
            "(what = 'acknowledged') = (record IS NOT NULL AND signature IS NOT NULL)", name="signed_by_her"
        ),
        CheckConstraint("(what = 'closed') = (outcome IS NOT NULL)", name="outcome_at_end"),
        CheckConstraint(
            "(what = 'reported') = (reported_on IS NOT NULL AND report_number IS NOT NULL)",
            name="report_whole",
        ),
        Index("ix_event_step_event_id", "event_id", "recorded_at"),
        Index(
            "uq_event_step_once",
            "event_id",
            "what",
            unique=True,
            sqlite_where=text("what IN ('acknowledged','closed')"),
        ),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("adverse_event.id"))
    what: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    grade: Mapped[int | None]
    """How it is now: 0 where it is gone."""
    outcome: Mapped[str | None] = mapped_column(Text)
    report_number: Mapped[str | None] = mapped_column(Text)
    reported_on: Mapped[date | None]
    recorded_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    record: Mapped[bytes | None] = mapped_column(Blob)
    signature: Mapped[bytes | None] = mapped_column(Blob)
