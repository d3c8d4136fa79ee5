"""Documents that count only when the director has signed them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Blob, Instant, Table


class ApprovedDocument(Table):
    """A version of a policy, protocol, consent text or off-label authorisation.

    `document` is canonical and never changes. Without an approval it is a draft that nobody can be
    treated under.
    """

    __tablename__ = "approved_document"
    __table_args__ = (
        UniqueConstraint("kind", "document_id", "version", "language"),
        CheckConstraint("kind IN ('policy','protocol','consent_text','authorisation')", name="kind_known"),
        CheckConstraint(
            "(approval IS NULL) = (approval_signature IS NULL) "
            "AND (approval IS NULL) = (approved_at IS NULL)",
            name="approval_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    document_id: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    language: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    effective_on: Mapped[date]
    document: Mapped[bytes] = mapped_column(Blob)
    sha256: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(Instant)
    approval: Mapped[bytes | None] = mapped_column(Blob)
    approval_signature: Mapped[bytes | None] = mapped_column(Blob)
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
