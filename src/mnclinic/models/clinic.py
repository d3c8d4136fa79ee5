"""The clinic itself, its staff, their licences and everybody's public keys."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Blob, Instant, Table


class Clinic(Table):
    """The one row about this clinic. `vault` is its identity in every format."""

    __tablename__ = "clinic"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vault: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    is_demo: Mapped[bool]
    demo_day: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(Instant)
    installation_key: Mapped[str] = mapped_column(Text)
    installation_private: Mapped[bytes] = mapped_column(Blob)
    """The installation's private key, wrapped under a key derived from the database key."""
    is_solo: Mapped[bool] = mapped_column(server_default="0")
    """A declared solo-physician clinic: its director may approve her own visits, and each record says so."""
    solo_declaration: Mapped[bytes | None] = mapped_column(Blob)
    solo_signature: Mapped[bytes | None] = mapped_column(Blob)
    """The director's signed declaration (`mnclinic.solo-physician/1`) and her signature; None without one."""


class Staff(Table):
    """A person who works here. Ids are never reused; a person who left stays, inactive."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    user: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    credential: Mapped[str] = mapped_column(Text)
    depth_ceiling_mm: Mapped[str | None] = mapped_column(Text)
    is_active: Mapped[bool]
    added_at: Mapped[datetime] = mapped_column(Instant)
    access_from: Mapped[datetime | None] = mapped_column(Instant)
    """From and until when the person may log in; both None for no bounds. An inspector always has them."""
    access_until: Mapped[datetime | None] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)


class Licence(Table):
    """A licence of a member of staff, valid on every day from `valid_from` to `expires_on`."""

    __tablename__ = "licence"
    __table_args__ = (CheckConstraint("valid_from <= expires_on", name="days_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date]
    expires_on: Mapped[date]


class RegisteredKey(Table):
    """A public key, its signed document, and who vouches for it. Never changed, only added to."""

    __tablename__ = "key_register"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    purpose: Mapped[str] = mapped_column(Text)
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"), index=True)
    document: Mapped[bytes] = mapped_column(Blob)
    proof: Mapped[bytes] = mapped_column(Blob)
    vouches: Mapped[bytes] = mapped_column(Blob)
    """Canonical JSON list of {"key", "signature"}."""
    enrolled_at: Mapped[datetime] = mapped_column(Instant)
