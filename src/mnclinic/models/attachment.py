"""What was brought on paper or as a file and kept: its words in a row, its bytes in a file of its own."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Blob, Instant, Table


class Attachment(Table):
    """A scan, photograph or file about one person. A row never changes and is never deleted.

    The bytes lie sealed in `attachments/<file>`, under a key of their own that stands here, so that a change
    of the database key leaves the files alone.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint("kind IN ('consent','exam','paper')", name="kind_known"),
        CheckConstraint(
            "media_type IN ('application/pdf','image/png','image/jpeg')", name="media_type_known"
        ),
        CheckConstraint("size_bytes > 0", name="size_positive"),
        CheckConstraint("length(seal_key) = 32", name="seal_key_whole"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    patient_ref: Mapped[str] = mapped_column(ForeignKey("patient.ref"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(Text)
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(Text)
    """Of the bytes as they were brought, 64 hex digits: what a visit names."""
    file: Mapped[str] = mapped_column(Text, unique=True)
    sealed_sha256: Mapped[str] = mapped_column(Text)
    seal_key: Mapped[bytes] = mapped_column(Blob)
    dated_on: Mapped[date]
    """The day that stands on it."""
    note: Mapped[str] = mapped_column(Text)
    kept_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    kept_at: Mapped[datetime] = mapped_column(Instant)
