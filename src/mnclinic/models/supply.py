"""Handpieces, lots, what was done with both, and sheets of paper."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Blob, Instant, Table


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


class DeviceService(Table):
    """Something that was done to a device. A row never changes and is never deleted."""

    __tablename__ = "device_service"
    __table_args__ = (
        CheckConstraint("kind IN ('service','cleaning','calibration','repair')", name="kind_known"),
        Index("ix_device_service_device", "device", "kind", "done_on"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    device: Mapped[str] = mapped_column(ForeignKey("device.device"))
    kind: Mapped[str] = mapped_column(Text)
    done_on: Mapped[date]
    done_by: Mapped[str] = mapped_column(Text)
    """Who did it, in words: somebody of the clinic, or a company."""
    is_passed: Mapped[bool]
    """Whether the device was found right afterwards."""
    note: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class LotMovement(Table):
    """Something that changed how many of a lot there are. A row never changes and is never deleted."""

    __tablename__ = "lot_movement"
    __table_args__ = (
        CheckConstraint("what IN ('received','discarded','counted')", name="what_known"),
        CheckConstraint("quantity >= 0", name="quantity_counts"),
        ForeignKeyConstraint(["kind", "lot"], ["lot.kind", "lot.lot"]),
        Index("ix_lot_movement_kind", "kind", "lot", "recorded_at"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    lot: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    quantity: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class PaperSheet(Table):
    """A numbered sheet for a day without the program. It comes back once, or is spoiled once."""

    __tablename__ = "paper_sheet"
    __table_args__ = (
        CheckConstraint("language IN ('en','es')", name="language_known"),
        CheckConstraint("state IN ('issued','returned','spoiled')", name="state_known"),
        CheckConstraint(
            "(state = 'returned') = (visit_id IS NOT NULL AND attachment IS NOT NULL)", name="returned_whole"
        ),
        CheckConstraint(
            "(state = 'issued') = (settled_by IS NULL AND settled_at IS NULL)", name="settled_whole"
        ),
        Index("ix_paper_sheet_state", "state", "number"),
    )

    number: Mapped[str] = mapped_column(Text, primary_key=True)
    language: Mapped[str] = mapped_column(Text)
    protocol: Mapped[str] = mapped_column(Text)
    """Its id and version, such as `face-mechanical:1`."""
    protocol_sha256: Mapped[str] = mapped_column(Text)
    issued_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    issued_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(Text)
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id"), index=True)
    attachment: Mapped[str | None] = mapped_column(ForeignKey("attachment.id"))
    reason: Mapped[str] = mapped_column(Text)
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
