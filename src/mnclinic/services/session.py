"""A clinic opened by one person: whose name the acts carry, and how they are signed."""

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import RLock
from typing import Any, Self

from sqlalchemy.orm import Session

from mnclinic.audit.canonical import sha256_hex
from mnclinic.audit.signing import Alike, Shown, record_signing_bytes
from mnclinic.audit.signing import Signer as AuditSigner
from mnclinic.audit.signing import TreeHead as AuditTreeHead
from mnclinic.domain.instants import Clock, zone_of
from mnclinic.domain.plain_days import plain_moment
from mnclinic.errors import ClinicReadOnly, KeyFileDamaged, LogInEnded, NotPermitted, StoreUnavailable
from mnclinic.models import BreakGlass, instant_text
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.roles import OWN_ACCOUNT, WHILE_READ_ONLY, Role, may, require
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.signing_keys import InstallationKey, SessionKey, SignatureKey, key_id
from mnclinic.security.slots import open_signature_key
from mnclinic.services.credentials import (
    CHECKING,
    KEPT,
    device_secret_of,
    judged,
    read_own_factor,
    told_of_the_password,
)
from mnclinic.services.key_register import keys_in_force
from mnclinic.services.late_entries import READING, keep_for_the_log
from mnclinic.services.sitting import Sitting
from mnclinic.store.backup_files import Watch, go_on, unwatched
from mnclinic.store.engine import close_engine
from mnclinic.store.folder_use import FolderUse
from mnclinic.store.log_writer import Act, LoggedObject, Scribe, TreeHead
from mnclinic.store.plain_rows import plain_rows
from mnclinic.store.trouble import is_without_room
from mnclinic.store.unit_of_work import Store, UnitOfWork

NOT_YET = (
    "Your password was given to you by somebody else. Nothing was changed. "
    "Choose your own first: in the window right after logging in, or with: mnclinic user password"
)
NOT_SHOWN = (
    "It could not be entered in the log that you open this, because the clinic's files cannot be written at "
    "present, so it is not shown. Nothing was changed and everything saved before is safe. Free some space "
    "on the disk, or check it, then open it again."
)


@dataclass(frozen=True)
class Person:
    """A member of staff as screens and signatures name her."""

    staff_id: str
    user: str
    name: str
    role: str
    credential: str
    licence: str
    signature_key: str | None
    """Key id of the registered signature key; None for those who sign nothing."""
    access_from: datetime | None = None
    """When the person's access begins and ends; an inspector's always does."""
    access_until: datetime | None = None


@dataclass(frozen=True)
class ClinicFacts:
    """What every screen shows of the clinic. `fingerprint` is the director's key, 64 hex digits."""

    vault: str
    name: str
    is_demo: bool
    demo_day: date | None
    fingerprint: str
    is_solo: bool = False
    """A declared solo-physician clinic, whose director may approve what she performed."""
    staff_names: tuple[str, ...] = ()
    """Of everybody who worked here at the log-in: what a new password is not built from."""


@dataclass(frozen=True)
class Glass:
    """Rights that the person took for a while. `id` is the row that the director sees.

    It ends at `until`, and at `ends_ms` of the clock since boot: turning the computer's clock back
    keeps no glass broken.
    """

    id: str
    opened_at: datetime
    until: datetime
    ends_ms: int


@dataclass(frozen=True)
class ClockSetBack:
    """The computer's clock is behind the newest time in the log, and nobody has said why.

    `is_entered` when a command has entered it without a reason.
    """

    by: timedelta
    newest_at: datetime
    is_entered: bool

    @property
    def sentence(self) -> str:
        """For whoever logs in. It accuses nobody."""
        return (
            f"The computer's clock is {_spelt(self.by)} behind the log's newest entry, so it was set back. "
            "Nothing is lost and the order of entries is certain. Set the clock right, or say why it was "
            "changed."
        )


def _spelt(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    for size, word in ((60 * 24, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {word}" if count == 1 else f"{count} {word}s"
    return "less than a minute"


@dataclass
class OpenClinic:
    """The clinic, open in one person's name until `close`."""

    store: Store
    key_file: KeyFile
    person: Person
    facts: ClinicFacts
    session_key: SessionKey = field(repr=False)
    installation_key: InstallationKey = field(repr=False)
    warning: str | None = None
    """Something the person has to know right after logging in, such as a key file restored from its copy."""
    clock_set_back: ClockSetBack | None = None
    """That the clock went back, for the window to ask about once."""
    has_keyring_witness: bool = False
    """Whether this PC's keyring is asked and told of the log's checkpoints: not for demos and trials."""
    anchor_warning: str | None = None
    """That the checkpoint beside the database was missing or damaged at the log-in, which is in the log."""
    read_only: str | None = None
    """Why nothing can be stored, as a sentence that also says what ends it; None in ordinary times."""
    has_temporary_password: bool = False
    """The password was given by somebody else: nothing can be done until the person chose one."""
    has_password_of_set_up: bool = False
    """Whoever set the clinic up made the password: the person ought to choose one, and works until then."""
    glass: Glass | None = None
    access_ends_ms: int | None = None
    """The end of the person's access on the clock since boot: turning the clock back wins no time."""
    folder_use: FolderUse | None = field(default=None, repr=False)
    """Keeps others from replacing the database under this clinic; let go when it is closed."""
    sitting: Sitting = field(default_factory=Sitting, repr=False)
    """What the person looked at since they logged in."""
    own_keys: AbstractContextManager[object] = field(default_factory=RLock, repr=False)
    """Held while the person's own keys are made anew here, from before they are stored to `go_on_with`."""
    is_closed: bool = False

    @property
    def clock(self) -> Clock:
        """Where the time comes from."""
        return self.store.clock

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.store.folder

    @property
    def scribe(self) -> Scribe:
        """The person, as the log names whoever made an entry."""
        person = self.person
        why = "break_glass" if self.is_glass_broken else None
        return Scribe(person.staff_id, person.role, self.session_key.key_id, self.session_key.sign, why)

    @property
    def is_glass_broken(self) -> bool:
        """Whether the person has wider rights at this moment."""
        glass, clock = self.glass, self.clock
        return (
            glass is not None
            and glass.opened_at <= clock.now() < glass.until
            and clock.monotonic_ms() < glass.ends_ms
        )

    @property
    def is_access_over(self) -> bool:
        """Whether the time for which the person has access has passed."""
        ends, ends_ms = self.person.access_until, self.access_ends_ms
        return (ends is not None and self.clock.now() >= ends) or (
            ends_ms is not None and self.clock.monotonic_ms() >= ends_ms
        )

    def work(self) -> UnitOfWork:
        """A unit of work in the person's name.

        Entering it raises LogInEnded when the person's access ended, or their keys were replaced, since
        they logged in here.
        """
        return _WorkInForce(self)

    def require(self, act: RoleAct) -> None:
        """Refuse the act unless this person may do it now.

        Raises:
            NotPermitted: the role does not allow it, or the password is still the one that somebody else
                gave.
            LogInEnded: the person's time is over.
            ClinicReadOnly: nothing can be stored at present.

        Access that ended elsewhere since the log-in is noticed here and again under the write lock.
        """
        until = self.person.access_until
        if until is not None and self.is_access_over:
            raise LogInEnded(
                "Your access to this clinic ended on "
                f"{plain_moment(until.astimezone(zone_of(self.clock)))}. "
                "Nothing was changed. Ask an administrator for more time."
            )
        if self.has_temporary_password and act not in OWN_ACCOUNT:
            raise NotPermitted(NOT_YET)
        if self.read_only is not None and act not in WHILE_READ_ONLY:
            raise ClinicReadOnly(self.read_only)
        self._let_go_of_given_back_glass()
        require(Role(self.person.role), act, glass_broken=self.is_glass_broken)
        key = self.session_key.key_id
        try:
            self._refuse_ended(key)
        except LogInEnded:
            if not self.has_made_anew(key):
                raise
            self._refuse_ended(self.session_key.key_id)

    def _refuse_ended(self, key: str) -> None:
        refuse_ended(self.store.one_row(STANDING, {"staff": self.person.staff_id, "key": key}))

    def has_made_anew(self, key: str) -> bool:
        """Whether that session key is the person's no more because they made theirs anew in this clinic.

        A job on another thread may find the key of before ended although nobody else ended it. Waits for
        whoever is just making keys anew, so not to be called while writing.
        """
        with self.own_keys:
            return self.session_key.key_id != key

    def _let_go_of_given_back_glass(self) -> None:
        """Notice that the person gave the glass back elsewhere, such as by a command beside this window."""
        if self.glass is None:
            return
        with self.store.reading() as session:
            row = session.get(BreakGlass, self.glass.id)
        if row is None or row.until < self.glass.until:
            self.glass = None

    def go_on_with(self, session_key: SessionKey | None, signature_key: str | None, fingerprint: str) -> None:
        """Work on with one's own keys made anew, once they are stored. None: that one stayed."""
        if session_key is not None:
            self.session_key.forget()
            self.session_key = session_key
        if signature_key is not None:
            self.person = replace(self.person, signature_key=signature_key)
        self.facts = replace(self.facts, fingerprint=fingerprint)

    def close(self, *, locked: str | None = None) -> None:
        """Enter that the person leaves, forget the keys and let the database go. Drafts are stored already.

        `locked` is why the screen was locked, as a code; None for a log-out.
        """
        if self.is_closed:
            return
        self.is_closed = True
        self._leave(locked)
        self.session_key.forget()
        self.installation_key.forget()
        close_engine(self.store.engine)
        if self.folder_use is not None:
            self.folder_use.release()

    def _leave(self, locked: str | None) -> None:
        """Enter the lock or the log-out, and cut a checkpoint, so that all of it has a witness outside."""
        if self.folder_use is not None and not self.folder_use.is_held:
            # Whoever took the folder may be replacing the database at this moment.
            return
        left = Act(
            "lock" if locked else "logout",
            "E",
            object=LoggedObject("account", self.person.staff_id, 1, b"{}"),
            categories=("session",),
            why=locked,
        )
        # Nothing is lost without it, so nothing keeps a clinic from being closed: no disk, no other
        # program, no hand that was laid on the log.
        with suppress(Exception), self.work() as work:
            work.log.record(left)
            work.commit(checkpoint=self.read_only is None)
            return
        if self.read_only is not None:
            return
        # Somebody whose access ended meanwhile enters nothing more.
        installation = self.store.installation
        by_installation = Scribe(None, None, installation.key, installation.sign)
        with suppress(Exception), self.store.work(by_installation) as work:
            work.commit(checkpoint=True)


class _WorkInForce(UnitOfWork):
    """A unit of work of somebody whose access has not ended meanwhile, looked at under the write lock.

    Somebody who only reads goes on reading where the entry about it cannot be stored: it is kept for the
    log of the next log-in.
    """

    def __init__(self, clinic: OpenClinic) -> None:
        super().__init__(clinic.store, clinic.scribe)
        self._clinic = clinic

    def commit(self, *, checkpoint: bool = False) -> None:
        """As in every unit of work; but an entry about reading alone may be kept beside the log.

        So it is on a disk that is full or failing, and where nothing can be entered in this log any more.
        """
        recorded = self.log.recorded
        is_reading = bool(recorded) and all(action in READING for action, _ in recorded)
        try:
            super().commit(checkpoint=checkpoint)
        except StoreUnavailable as trouble:
            if not is_reading or not is_without_room(trouble):
                raise
            # What was read stays readable although the transaction is given up.
            self.session.expunge_all()
            for action, subject in recorded:
                self._keep_for_later(action, subject, trouble)

    def _keep_for_later(self, action: str, subject: str | None, trouble: StoreUnavailable) -> None:
        try:
            keep_for_the_log(
                self._clinic.folder,
                self._clinic.key_file,
                self._clinic.person.staff_id,
                action,
                subject=subject,
                clock=self._clinic.clock,
            )
        except StoreUnavailable:
            # Where nothing at all can be written, whoever has the folder could read it without this program.
            if self._clinic.read_only is None:
                raise type(trouble)(NOT_SHOWN) from trouble

    def __enter__(self) -> Self:
        super().__enter__()
        try:
            # A `with` does not call `__exit__` for what fails before its block, so it is told plainly here.
            with self._told():
                if self._scribe.staff_id is not None:
                    refuse_ended_access(self.session, self._scribe.staff_id, self._scribe.key)
        except LogInEnded:
            self._end()
            if not self._clinic.has_made_anew(self._scribe.key):
                raise
            self._scribe = self._clinic.scribe
            return self.__enter__()
        except BaseException:
            self._end()
            raise
        return self


STANDING = (
    "SELECT is_active, EXISTS (SELECT 1 FROM key_revocation WHERE key = :key) AS is_ended "
    "FROM staff WHERE id = :staff"
)


def refuse_ended_access(session: Session, staff_id: str, session_key: str) -> None:
    """Raise LogInEnded when the person left, or when this log-in's key was revoked elsewhere."""
    theirs = {"staff": staff_id, "key": session_key}
    refuse_ended(next(iter(plain_rows(session.connection(), STANDING, theirs)), None))


def refuse_ended(standing: Sequence[Any] | None) -> None:
    """The same, of what `STANDING` found: asked at every key of a search too, so it makes no objects."""
    is_active, is_ended = standing or (False, False)
    if not is_active:
        raise LogInEnded(
            "Your access to this clinic has ended. Nothing was changed. Ask an administrator about it."
        )
    if is_ended:
        raise LogInEnded(
            "Your keys were replaced since you logged in here, so this log-in has ended. "
            "Nothing was changed. Log in again."
        )


@dataclass(frozen=True)
class Signer:
    """A person whose signature key is open, for one act or one batch of them."""

    person: Person
    key: SignatureKey = field(repr=False)
    factors: tuple[str, ...] = ("password",)
    """What it took to open the key, as signatures name it: the password, and a key file if enrolled."""


@contextmanager
def signer(
    clinic: OpenClinic, password: str, *, factor: Path | None = None, watch: Watch = unwatched
) -> Iterator[Signer]:
    """Open the person's own signature key with the password typed for this act, and forget it after.

    Args:
        clinic: Open in the signer's name.
        password: Typed for this act. A wrong one counts like one at the log-in.
        factor: The person's key file, where a second factor is enrolled.
        watch: Asked whether to go on before the password is looked at, and for the last time after it.

    Raises:
        NotPermitted: the password is still the one that somebody else gave, the person has no signature
            key, it was revoked, or the key file is missing. Nothing was changed.
        WrongPassword: it is not the person's password. Nothing was changed.
        TooManyTries: the password was not looked at.
        Stopped: the watch wanted no more. Nothing was changed.
        InvalidInput: the key file is damaged, or another person's.
        KeyFileDamaged: the clinic's keys hold another key than the one this clinic registered.
    """
    go_on(watch, CHECKING)
    if clinic.has_temporary_password:
        # A key ended with the password of before, and is made with the next one: that is what to do.
        raise NotPermitted(NOT_YET)
    own = _signature_key_in_force(clinic)
    if own is None:
        if not may(Role(clinic.person.role), RoleAct.SIGN_VISIT_AS_PERFORMER):
            raise NotPermitted(
                "Only providers and directors sign, so you have no signature key. Nothing was changed. Ask "
                "the performer or the director to sign."
            )
        raise NotPermitted(
            "You have no signature key in this clinic, so you cannot sign. Nothing was changed. "
            "Make one in Settings or with: mnclinic key enroll. Or ask the performer or the director to sign."
        )
    key_file = _key_file_with(clinic, own)
    secret = read_own_factor(clinic.facts.vault, clinic.person.staff_id, factor)
    with ExitStack() as stack:

        def opened() -> SignatureKey:
            return stack.enter_context(
                open_signature_key(
                    key_file,
                    clinic.person.user,
                    password,
                    device_secret=device_secret_of(key_file),
                    factor=secret,
                )
            )

        with told_of_the_password():
            key = judged(clinic.folder, key_file, clinic.person.user, clock=clinic.clock, judge=opened)
        if key.key_id != own:
            raise KeyFileDamaged(
                "The signature key in the key file is not the one registered for you. Nothing was signed. "
                "Do not sign here. If this PC went off while you made a key, have an administrator end your "
                "signature key and make a new one; else ask for help with this folder as it is."
            )
        go_on(watch, KEPT)
        yield Signer(clinic.person, key, ("password",) if secret is None else ("password", "key_file"))


def _key_file_with(clinic: OpenClinic, own: str) -> KeyFile:
    """The key file as it is now. What another process was killed in the middle of is taken back first."""
    # It works with open clinics itself.
    from mnclinic.services.half_key_change import settle_half_change

    newest = load_key_file(clinic.folder).keyfile
    slot = newest.slot_of(clinic.person.user)
    if slot is not None and slot.signature is not None and key_id(slot.signature.public) == own:
        return newest
    settle_half_change(clinic)
    return load_key_file(clinic.folder).keyfile


def _signature_key_in_force(clinic: OpenClinic) -> str | None:
    with clinic.store.reading() as session:
        refuse_ended_access(session, clinic.person.staff_id, clinic.session_key.key_id)
        keys = keys_in_force(session, clinic.person.staff_id, "signature")
    return keys[0].key if keys else None


@dataclass(frozen=True)
class SignedRecord:
    """A signature or approval record and its signature."""

    record: bytes
    signature: bytes
    sha256: str


@dataclass(frozen=True)
class SigningMoment:
    """When and where something is signed: the log's head before its entry, the instant, the place.

    `shown` is where the signer saw it. A signature names the head, so it cannot be older than that.
    """

    vault: str
    head: TreeHead
    now: datetime
    shown: Shown

    def parts(self, by: Signer) -> Alike:
        """What every signed record has."""
        person = by.person
        return {
            "vault": self.vault,
            "signer": AuditSigner(
                person.staff_id, person.name, person.credential, person.licence, by.key.key_id
            ),
            "signed_at": instant_text(self.now),
            "utc_offset": self.now.isoformat(timespec="seconds")[-6:],
            "tree": AuditTreeHead(self.head.size, self.head.root.hex()),
            "shown": self.shown,
            "factors": list(by.factors),
            "nonce": os.urandom(16).hex(),
        }


def signed(by: Signer, record: bytes) -> SignedRecord:
    """Sign a record with the open signature key."""
    return SignedRecord(record, by.key.sign(record_signing_bytes(record)), sha256_hex(record))
