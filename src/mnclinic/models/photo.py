"""Photographs: what is known of each in a row, its bytes in a sealed file of its own."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Blob, Instant, Table


class Photo(Table):
    """A photograph of one person. A row never changes and is never deleted.

    The file as it was brought lies sealed in `attachments/<file>`, under a key of its own that stands here.
    """

    __tablename__ = "photo"
    __table_args__ = (
        CheckConstraint("taken_when IN ('before','after','follow_up')", name="taken_when_known"),
        CheckConstraint(
            "media_type IN ('image/jpeg','image/png','image/webp','image/heic')", name="media_type_known"
        ),
        CheckConstraint("size_bytes > 0 AND width_px > 0 AND height_px > 0", name="size_positive"),
        CheckConstraint("length(seal_key) = 32", name="seal_key_whole"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    patient_ref: Mapped[str] = mapped_column(ForeignKey("patient.ref"), index=True)
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id"), index=True)
    """The visit that it is of, open or signed; none where it was taken outside one."""
    view: Mapped[str] = mapped_column(Text)
    """What is seen and from where, in the protocol's words."""
    taken_when: Mapped[str] = mapped_column(Text)
    taken_at: Mapped[datetime] = mapped_column(Instant)
    media_type: Mapped[str] = mapped_column(Text)
    width_px: Mapped[int]
    """Of the original as it is looked at, like the height."""
    height_px: Mapped[int]
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(Text)
    """Of the file as it was brought, 64 hex digits: what a visit names."""
    file: Mapped[str] = mapped_column(Text, unique=True)
    sealed_sha256: Mapped[str] = mapped_column(Text)
    seal_key: Mapped[bytes] = mapped_column(Blob)
    kept_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    kept_at: Mapped[datetime] = mapped_column(Instant)
