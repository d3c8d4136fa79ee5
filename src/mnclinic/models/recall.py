"""Recalls: what was called back, who was told, and the director's signature at the end."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Blob, Instant, Table


class Recall(Table):
    """A recall of a lot or a device, or a drill of one. A row never changes and is never deleted."""

    __tablename__ = "recall"
    __table_args__ = (
        CheckConstraint("list_ms >= 0", name="list_ms_counts"),
        CheckConstraint(
            "(notice IS NULL) = (notice_type IS NULL) AND (notice IS NULL) = (notice_sha256 IS NULL)",
            name="notice_whole",
        ),
        CheckConstraint("is_drill OR notice IS NOT NULL", name="notice_there"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    """Of a lot, or `device`."""
    named: Mapped[str] = mapped_column(Text)
    """The lot or the device's code, as printed."""
    reason: Mapped[str] = mapped_column(Text)
    is_drill: Mapped[bool]
    people: Mapped[bytes] = mapped_column(Blob)
    """The list of that moment as canonical JSON: each person's reference and the numbers of their visits."""
    list_ms: Mapped[int]
    """How long it took from the question to the list, in milliseconds."""
    notice: Mapped[bytes | None] = mapped_column(Blob)
    """The notice as it was brought; it is of no person, so it lies here and not among their files."""
    notice_type: Mapped[str | None] = mapped_column(Text)
    notice_sha256: Mapped[str | None] = mapped_column(Text)
    opened_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    opened_at: Mapped[datetime] = mapped_column(Instant)


class RecallContact(Table):
    """That somebody on the list was told, or was tried. A row never changes and is never deleted."""

    __tablename__ = "recall_contact"
    __table_args__ = (
        CheckConstraint("how IN ('telephone','letter','email','in_person')", name="how_known"),
        CheckConstraint(
            "outcome IN ('reached','message_left','no_answer','sent','wrong_number','returned')",
            name="outcome_known",
        ),
        Index("ix_recall_contact_recall_id", "recall_id", "recorded_at"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    recall_id: Mapped[str] = mapped_column(ForeignKey("recall.id"))
    patient_ref: Mapped[str] = mapped_column(ForeignKey("patient.ref"))
    how: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class RecallClosure(Table):
    """The director's signed word that a recall has ended; the columns beside the record are read from it."""

    __tablename__ = "recall_closure"

    recall_id: Mapped[str] = mapped_column(ForeignKey("recall.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    closed_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    closed_at: Mapped[datetime] = mapped_column(Instant)
    record: Mapped[bytes] = mapped_column(Blob)
    signature: Mapped[bytes] = mapped_column(Blob)
