"""Follow-up contacts: each try to speak with a patient after a treatment."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Blob, Instant, Table


class FollowUpContact(Table):
    """One try at one contact of a visit. A row never changes and is never deleted."""

    __tablename__ = "follow_up_contact"
    __table_args__ = (
        CheckConstraint("channel IN ('telephone','message','in_person')", name="channel_known"),
        CheckConstraint(
            "outcome IN ('well','wrong','voicemail','no_answer','not_needed')", name="outcome_known"
        ),
        Index("ix_follow_up_contact_visit_id", "visit_id", "recorded_at"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"))
    step: Mapped[str] = mapped_column(Text)
    """Which contact of the schedule, as `domain.follow_up` names it."""
    due_at: Mapped[datetime] = mapped_column(Instant)
    """When it was to be made, as it was counted on the day of the try."""
    channel: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    script: Mapped[str | None] = mapped_column(Text)
    """SHA-256 of the approved script that was read; none where none was in force."""
    answers: Mapped[bytes] = mapped_column(Blob)
    """Canonical JSON: for each question that was answered its number and whether "yes" was said."""
    note: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
