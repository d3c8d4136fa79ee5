"""Handpieces and lots."""

from datetime import date

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Blob, Table


class Device(Table):
    """A handpiece. `facts` is the canonical JSON of what its label states."""

    __tablename__ = "device"

    device: Mapped[str] = mapped_column(Text, primary_key=True)
    model: Mapped[str] = mapped_column(Text)
    maker: Mapped[str] = mapped_column(Text)
    serial: Mapped[str] = mapped_column(Text)
    facts: Mapped[bytes] = mapped_column(Blob)
    is_quarantined: Mapped[bool]


class Lot(Table):
    """A batch of cartridges or topicals with its expiry."""

    __tablename__ = "lot"
    __table_args__ = (
        UniqueConstraint("kind", "lot"),
        CheckConstraint("state IN ('in_use','quarantined','recalled')", name="state_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    lot: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    expires_on: Mapped[date]
    needle_length_mm: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
