"""Keys that ended or were vouched for later, ways back that were used, and what the clinic has set."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Blob, Instant, Table


class KeyVouch(Table):
    """A word for a registered key that was given after its enrolment. Never changed, only added to."""

    __tablename__ = "key_vouch"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(ForeignKey("key_register.key"), index=True)
    voucher: Mapped[str] = mapped_column(Text)
    signature: Mapped[bytes] = mapped_column(Blob)
    added_at: Mapped[datetime] = mapped_column(Instant)


class KeyRevocation(Table):
    """A key that counts no more for what is signed after `seq`. Never changed, only added to.

    `document` is canonical JSON, signed by the session key of whoever revoked it, or by the installation's.
    """

    __tablename__ = "key_revocation"

    key: Mapped[str] = mapped_column(ForeignKey("key_register.key"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    revoked_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    revoked_at: Mapped[datetime] = mapped_column(Instant)
    document: Mapped[bytes] = mapped_column(Blob)
    signer_key: Mapped[str] = mapped_column(Text)
    signature: Mapped[bytes] = mapped_column(Blob)


class RecoverySheet(Table):
    """A recovery sheet that was made; at most one is not replaced. `key` is its public key's id."""

    __tablename__ = "recovery_sheet"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    read_back_at: Mapped[datetime | None] = mapped_column(Instant)
    read_back_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    replaced_at: Mapped[datetime | None] = mapped_column(Instant)


class RecoveryOpening(Table):
    """The clinic was opened with the recovery sheet and a new administrator was enrolled.

    Until a second person confirms it, the clinic is read-only; `nobody_else` says that there was none.
    """

    __tablename__ = "recovery_opening"

    id: Mapped[int] = mapped_column(primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    administrator: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    source: Mapped[str] = mapped_column(Text)
    nobody_else: Mapped[bool]
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))


class BreakGlass(Table):
    """Somebody gave themselves wider rights for a while, with a reason. The director sees each one."""

    __tablename__ = "break_glass"
    __table_args__ = (Index(None, "staff_id", "opened_at"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime] = mapped_column(Instant, index=True)
    until: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    seen_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))


class Setting(Table):
    """Something the clinic has set, as canonical JSON: the newest log entry about it names this content."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[bytes] = mapped_column(Blob)


class ScreenState(Table):
    """Where a person was when the window was locked. No evidence, and never logged."""

    __tablename__ = "screen_state"

    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    state: Mapped[bytes] = mapped_column(Blob)
    saved_at: Mapped[datetime] = mapped_column(Instant)


class Backup(Table):
    """A backup that was made or found: an index of folders outside the database, and what checking said."""

    __tablename__ = "backup"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Instant, index=True)
    kind: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    size_bytes: Mapped[int]
    log_size: Mapped[int | None]
    manifest_sha256: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str | None] = mapped_column(Text)
    checked_at: Mapped[datetime | None] = mapped_column(Instant)
    is_pinned: Mapped[bool]
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
