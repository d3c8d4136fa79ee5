"""What was signed later about a signed visit. The visit itself stays as it was signed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Blob, Instant, Table


class VisitAmendment(Table):
    """One signed record about a frozen revision: `record` are the bytes that `signature` is over.

    The columns beside them are read from the record, for lists and look-back. A row never changes and is
    never deleted; `position` counts the amendments of one visit from 1.
    """

    __tablename__ = "visit_amendment"
    __table_args__ = (
        CheckConstraint("kind IN ('addendum','correction','late_entry','wrong_patient')", name="kind_known"),
        CheckConstraint("position > 0", name="position_counts_up"),
        CheckConstraint("(kind = 'correction') = (path <> '')", name="path_of_a_correction"),
        ForeignKeyConstraint(
            ["visit_id", "revision"], ["visit_revision.visit_id", "visit_revision.revision"]
        ),
        Index("ix_visit_amendment_kind", "kind", "visit_id"),
    )

    visit_id: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    path: Mapped[str] = mapped_column(Text)
    """The field that a correction is about, such as `lines.0.depth_mm`; empty for every other kind."""
    new_value: Mapped[str] = mapped_column(Text, index=True)
    """Its new value as JSON text; empty where there is none."""
    right_patient: Mapped[str | None] = mapped_column(ForeignKey("patient.ref"), index=True)
    """Whose visit it is, where it was filed to the wrong patient and that is known."""
    signer: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    record: Mapped[bytes] = mapped_column(Blob)
    signature: Mapped[bytes] = mapped_column(Blob)
    signed_at: Mapped[datetime] = mapped_column(Instant)


class AmendmentSeen(Table):
    """The director saw an amendment. Once for each, and the row stays."""

    __tablename__ = "amendment_seen"
    __table_args__ = (
        ForeignKeyConstraint(
            ["visit_id", "position"], ["visit_amendment.visit_id", "visit_amendment.position"]
        ),
    )

    visit_id: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    seen_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    seen_at: Mapped[datetime] = mapped_column(Instant)
