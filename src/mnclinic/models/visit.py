"""Visits: the open draft, the frozen revisions, their signatures, and what is searched in them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Blob, Instant, Table

STATES = "('draft','deferred','performed','in_review','complete_not_drawn','returned','signed','voided')"


class Visit(Table):
    """One visit of one patient.

    `document` is the visit document as last saved; `edition` counts its changes so that two screens
    cannot overwrite each other. The columns beside it are read from the document for lists.
    """

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint("revision >= 0", name="revision_counts_up"),
        Index(None, "visit_on", "number"),
        # The ends and directions are those of the lists, which then need no sorting.
        Index("ix_visit_patient_ref_visit_on", "patient_ref", "visit_on", "number"),
        Index(None, "state", "visit_on", "number"),
        Index("ix_visit_performer", "performer", "visit_on"),
        # Whose thousands of visits are is read here and not in their rows, each of which is a page.
        Index("ix_visit_by_id", "id", "patient_ref", "visit_on"),
        Index(
            *("ix_visit_treated_by", "performer", "visit_on", "id", "patient_ref", "performed_at"),
            sqlite_where=text("performed_at IS NOT NULL"),
        ),
        Index(
            *("ix_visit_treated_on", "visit_on", "id", "patient_ref", "performed_at"),
            sqlite_where=text("performed_at IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[str] = mapped_column(Text, unique=True)
    patient_ref: Mapped[str] = mapped_column(ForeignKey("patient.ref"))
    service: Mapped[str] = mapped_column(Text)
    performer: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    visit_on: Mapped[date]
    revision: Mapped[int]
    edition: Mapped[int]
    document: Mapped[bytes] = mapped_column(Blob)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    lights: Mapped[str] = mapped_column(Text)
    """The six lights as last computed: one letter each, for lists. The gate itself always recomputes."""
    performed_at: Mapped[datetime | None] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    score: Mapped[int]
    review_reasons: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    """Why it was returned or voided, in the words of whoever did it."""


Index("ix_visit_queue", Visit.state, Visit.score.desc(), Visit.due_at, Visit.number)


class VisitRevision(Table):
    """A frozen record: canonical bytes that nothing changes any more."""

    __tablename__ = "visit_revision"

    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[bytes] = mapped_column(Blob)
    sha256: Mapped[str] = mapped_column(Text)
    frozen_at: Mapped[datetime] = mapped_column(Instant)


class VisitSignature(Table):
    """A signature over one revision: performer's, director's approval, return, or release."""

    __tablename__ = "visit_signature"
    __table_args__ = (Index(None, "visit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"))
    revision: Mapped[int]
    meaning: Mapped[str] = mapped_column(Text)
    signer: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    record: Mapped[bytes] = mapped_column(Blob)
    signature: Mapped[bytes] = mapped_column(Blob)
    signed_at: Mapped[datetime] = mapped_column(Instant)


class Release(Table):
    """A finding that the director let pass for one visit, bound to her signature."""

    __tablename__ = "visit_release"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"), index=True)
    signature_id: Mapped[int] = mapped_column(ForeignKey("visit_signature.id"))
    code: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    director: Mapped[str] = mapped_column(Text)


class TreatmentLineRow(Table):
    """A treated area of a frozen revision, for filters and look-back."""

    __tablename__ = "treatment_line"
    __table_args__ = (CheckConstraint("depth_um > 0 AND depth_um <= 5000", name="depth_possible"),)

    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(Text)
    side: Mapped[str] = mapped_column(Text)
    depth_um: Mapped[int]
    passes: Mapped[int]
    endpoint: Mapped[str] = mapped_column(Text)


class VisitSupply(Table):
    """A device, or the lot of a cartridge, topical, PRP kit or anaesthetic, that a frozen revision used."""

    __tablename__ = "visit_supply"
    __table_args__ = (
        # As printed, which is how everybody who looks for one asks.
        Index("ix_visit_supply_lot", text("upper(trim(lot))"), "visit_id", "patient_ref"),
        Index("ix_visit_supply_serial", text("upper(trim(serial))"), "visit_id", "patient_ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"), index=True)
    revision: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)
    lot: Mapped[str] = mapped_column(Text)
    serial: Mapped[str] = mapped_column(Text)
    patient_ref: Mapped[str] = mapped_column(Text, server_default=text("''"))
    """Whose the visit is, which never changes: a look-back reads no visit for it. A trigger holds it."""
