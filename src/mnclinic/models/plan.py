"""The list of planned visits: who is expected when, and what became of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Instant, Table

PLAN_STATES = "('planned','arrived','started','cancelled','no_show','taken_back')"


class PlannedVisit(Table):
    """Somebody who is expected, or came without being expected, on one day.

    It is no visit and nothing clinical: a visit begins when somebody starts it, and then stands here as
    `visit_id`. Rows are never deleted; what was entered by mistake is `taken_back`.
    """

    __tablename__ = "planned_visit"
    __table_args__ = (
        CheckConstraint(f"state IN {PLAN_STATES}", name="state_known"),
        CheckConstraint("(state = 'started') = (visit_id IS NOT NULL)", name="started_has_visit"),
        CheckConstraint("edition >= 1", name="edition_counts_up"),
        # The end is that of the day's list, which then needs no sorting.
        Index(None, "planned_on", "at_time", "id"),
        Index(None, "patient_ref", "planned_on"),
        Index(None, "batch"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    planned_on: Mapped[date]
    at_time: Mapped[str] = mapped_column(Text)
    """The clinic's wall clock as HH:MM; empty where the day sheet gives none."""
    patient_ref: Mapped[str] = mapped_column(ForeignKey("patient.ref"))
    service: Mapped[str] = mapped_column(Text)
    performer: Mapped[str] = mapped_column(Text)
    """A user; empty where it is open who performs."""
    note: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    """Why it was cancelled, in the words of whoever did it."""
    is_walk_in: Mapped[bool]
    arrived_at: Mapped[datetime | None] = mapped_column(Instant)
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id"), unique=True)
    edition: Mapped[int]
    batch: Mapped[str | None] = mapped_column(Text)
    """What names all lines of one paste or file, which are taken back together."""
    added_at: Mapped[datetime] = mapped_column(Instant)
