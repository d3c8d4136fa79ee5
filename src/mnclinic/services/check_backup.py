"""Prove a backup: every file against its manifest, then the database opened where it lies and checked.

Nothing is written into the backup. What was found is kept in the live clinic's list, and in its log.
"""

import base64
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from shutil import copyfile

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mnclinic.audit.note import NotACheckpoint, parse_checkpoint
from mnclinic.domain.instants import Clock
from mnclinic.errors import (
    BackupUnusable,
    KeyFileDamaged,
    KeyFileMissing,
    NewerFormat,
    StoreUnavailable,
    TooManyTries,
    WrongCredentials,
)
from mnclinic.models import Clinic, LogEntry, RegisteredKey
from mnclinic.security.envelope import wipe
from mnclinic.security.keyfile import KEY_FILE, KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.slots import Unlocked, open_with_recovery, unlock
from mnclinic.services.backup_rows import enter_verdict
from mnclinic.services.check_rows import ILL_WRITTEN, StoreFinding, verdict_of
from mnclinic.services.check_store import Expected, check_records
from mnclinic.services.credentials import device_secret_of, judged_beside
from mnclinic.services.history import history_in
from mnclinic.services.key_register import directors_key
from mnclinic.services.only_copies import lacking_by_manifest
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_database import reading_copy
from mnclinic.store.backup_files import (
    FileFinding,
    Watch,
    compare_members,
    extra_files,
    go_on,
    read_manifest,
    unwatched,
)
from mnclinic.store.backup_manifest import MANIFEST_NAME, Manifest
from mnclinic.store.engine import DATABASE_NAME, close_engine, key_of, open_engine, salt_in_file
from mnclinic.store.head_file import HEAD_NAME, read_head
from mnclinic.store.log_tree import log_size_of, root_in
from mnclinic.store.migrate import NEWEST, bring_up_to_date, current_revision
from mnclinic.store.trouble import OTHER, is_unreadable_disk, told_plainly

OK, EXPLAINED, ALTERED = "OK", "EXPLAINED", "ALTERED"
INCOMPLETE, UNREADABLE = "INCOMPLETE", "UNREADABLE"
GOOD = frozenset({OK, EXPLAINED})

_MOST_NAMED = 8

RESTORED = "clinic.restored"
"""The log's act of a restoration. Its object's revision is the size of the log that was restored."""


@dataclass(frozen=True)
class BackupKeys:
    """What opens a backup's database: 32 bytes and 16."""

    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)


@dataclass(frozen=True)
class BackupChecked:
    """The verdict OK, EXPLAINED, ALTERED, INCOMPLETE or UNREADABLE, and everything that led to it.

    `log_size` and `root` are the log's as it was read from the entries themselves, None when the
    database was not opened. `notes` are sentences that are no findings, such as who can still read it.
    `is_only_copy`: it holds entries that the live log lacks; None where nobody could tell.
    """

    manifest: Manifest
    manifest_sha256: str
    verdict: str
    findings: tuple[StoreFinding, ...]
    counts: Mapping[str, int]
    log_size: int | None = None
    notes: tuple[str, ...] = ()
    is_only_copy: bool | None = None


def check_backup(
    clinic: OpenClinic,
    backup: Path,
    *,
    user: str | None = None,
    password: str | None = None,
    is_of_log_in: bool = False,
    watch: Watch = unwatched,
) -> BackupChecked:
    """Prove a backup of this clinic and keep what was found.

    Args:
        clinic: The live clinic.
        backup: The backup's folder.
        user: With `password`: for a backup from before the database key was changed, whose own key file
            opens with the passwords of that time.
        password: See `user`.
        is_of_log_in: The password has just opened the clinic in this name, so that trying it here is no
            guess and is not counted beside the backup.
        watch: Told how far it is; may stop it.

    Raises:
        BackupUnusable: it is no finished backup, its manifest is damaged, or it is another clinic's.
        NewerFormat: a newer mnclinic made it.
        WrongCredentials: it is from before the key was changed, and this password does not open it.
        TooManyTries: it was not looked at.
        Stopped: nothing was changed.
    """
    clinic.require(RoleAct.MAKE_BACKUP)
    manifest, digest = read_manifest(backup)
    if manifest.vault != clinic.facts.vault:
        raise BackupUnusable(
            "This is a backup of another clinic, so it was not opened. Nothing was changed. Choose one of "
            "this clinic's own."
        )
    with told_plainly():
        wrong = compare_members(backup, manifest, watch)
    if wrong:
        verdict = INCOMPLETE if all(one.kind == "missing" for one in wrong) else ALTERED
        checked = BackupChecked(manifest, digest, verdict, as_findings(wrong), {})
    else:
        keys = keys_in(backup)
        opening = _live_keys(clinic, keys) or _keys_of_then(
            backup, keys, user, password, clinic.clock, is_counted=not is_of_log_in
        )
        checked = inspect_database(backup, manifest, digest, opening, now=clinic.clock.now(), watch=watch)
        if checked.log_size is not None:
            checked = _held_against_live(clinic, backup, checked, opening)
        checked = _with_readers(clinic, keys, checked)
    checked = replace(checked, notes=(*checked.notes, *beside_it(backup, manifest)))
    if checked.is_only_copy is None:
        checked = replace(checked, is_only_copy=_lacking_by_manifest(clinic, manifest))
    enter_verdict(
        clinic,
        backup,
        manifest=manifest,
        digest=digest,
        verdict=checked.verdict,
        log_size=checked.log_size,
        is_only_copy=checked.is_only_copy,
    )
    return checked


def _lacking_by_manifest(clinic: OpenClinic, manifest: Manifest) -> bool | None:
    with clinic.store.reading() as session:
        public = clinic.installation_key.public
        return lacking_by_manifest(session.connection(), manifest, public, is_whole=True)


def as_findings(wrong: Iterable[FileFinding]) -> tuple[StoreFinding, ...]:
    """What is wrong with files, by their names."""
    return tuple(StoreFinding(one.name, one.what) for one in wrong)


def beside_it(backup: Path, manifest: Manifest) -> Iterator[str]:
    """A note that names what lies in a backup's folder and is no part of it; none where nothing does."""
    names = extra_files(backup, manifest)
    if names:
        named = ", ".join(names[:_MOST_NAMED])
        if len(names) > _MOST_NAMED:
            named += f" and {len(names) - _MOST_NAMED} more"
        yield (
            f"In its folder lies what is no part of the backup and was neither opened nor copied: {named}. "
            "Other programs leave such files."
        )


def inspect_database(
    backup: Path,
    manifest: Manifest,
    manifest_sha256: str,
    keys: BackupKeys,
    *,
    now: datetime,
    watch: Watch = unwatched,
) -> BackupChecked:
    """Open a backup's database and check all of it: pages, rows, log, signatures, manifest, checkpoint.

    A database of an older form is brought up to date in a private copy first.

    Raises NewerFormat, Stopped.
    """

    def ended(
        verdict: str, findings: list[StoreFinding], counts: Mapping[str, int], size: int | None
    ) -> BackupChecked:
        return BackupChecked(manifest, manifest_sha256, verdict, tuple(findings), counts, size)

    def look(done: int, of: int) -> None:
        go_on(watch, "checking", done, of)

    look(0, 1)
    path = backup / DATABASE_NAME
    try:
        with reading_copy(path, keys.key, keys.salt) as session:
            connection = session.connection()
            findings, log_size = _frame(connection, session, backup, manifest)
            revision = _known_revision(connection)
            if revision == NEWEST:
                checked = check_records(session, _expected(session, backup), look=look)
            else:
                with _brought_up_to_date(path, keys, now) as newer:
                    checked = check_records(newer, _expected(newer, backup), look=look)
    except BackupUnusable as error:
        return ended(UNREADABLE, [StoreFinding(DATABASE_NAME, error.sentence)], {}, None)
    except OSError as error:
        raise StoreUnavailable(OTHER) from error
    except (DBAPIError, *ILL_WRITTEN) as error:
        if is_unreadable_disk(error):
            raise StoreUnavailable(OTHER) from error
        what = "the database holds something that mnclinic does not write, or cannot be read"
        return ended(ALTERED, [StoreFinding(DATABASE_NAME, what)], {}, None)
    look(1, 1)
    findings += checked.findings
    return ended(verdict_of(findings), findings, checked.counts, log_size)


def _frame(
    connection: Connection, session: Session, backup: Path, manifest: Manifest
) -> tuple[list[StoreFinding], int]:
    """What ties database, manifest, head and key file together."""
    findings = []
    # By name: a copy of before an upgrade lacks columns of today.
    own = select(Clinic.vault, Clinic.installation_key).where(Clinic.id == 1)
    clinic = session.execute(own).one()
    if clinic.vault != manifest.vault or keys_in(backup).vault_id != manifest.vault:
        findings.append(StoreFinding(MANIFEST_NAME, "database, key file and manifest are not of one clinic"))
    if manifest.revision not in {None, current_revision(connection)}:
        findings.append(StoreFinding(MANIFEST_NAME, "it names another form of the database"))
    if manifest.signed_by is not None and not manifest.is_signed_by(_installation_public(session)):
        findings.append(StoreFinding(MANIFEST_NAME, "its signature is not this installation's"))
    if manifest.checkpoint != read_head(backup):
        findings.append(StoreFinding(HEAD_NAME, "it is not the checkpoint that the manifest names"))
    size = log_size_of(connection)
    if manifest.checkpoint is not None:
        findings += _checkpoint_findings(connection, session, manifest, size)
    return findings, size


def _checkpoint_findings(
    connection: Connection, session: Session, manifest: Manifest, size: int
) -> Iterator[StoreFinding]:
    try:
        note = parse_checkpoint(manifest.checkpoint or b"")
    except NotACheckpoint:
        yield StoreFinding(MANIFEST_NAME, "what it names as checkpoint is none")
        return
    if not note.is_signed_by(_installation_public(session)):
        yield StoreFinding(MANIFEST_NAME, "its checkpoint is not this installation's")
    # A signed backup was looked into while it was made: its checkpoint is of exactly its own log.
    if note.size > size or (manifest.signed_by is not None and note.size != size):
        yield StoreFinding(DATABASE_NAME, f"its log has {size} entries and the checkpoint says {note.size}")
    elif root_in(connection, note.size) != note.root:
        yield StoreFinding(DATABASE_NAME, f"its first {note.size} log entries are not the checkpoint's")


def _installation_public(session: Session) -> bytes:
    document = session.execute(
        select(RegisteredKey.document)
        .join(Clinic, Clinic.installation_key == RegisteredKey.key)
        .where(RegisteredKey.purpose == "installation", Clinic.id == 1)
    ).scalar_one()
    return base64.b64decode(json.loads(document)["public"])


def _expected(session: Session, backup: Path) -> Expected:
    vault = session.execute(select(Clinic.vault).where(Clinic.id == 1)).scalar_one()
    return Expected(
        vault, directors_key(session), _installation_public(session), read_head(backup), data_folder=backup
    )


def _known_revision(connection: Connection) -> str:
    found = current_revision(connection)
    if found is None:
        raise BackupUnusable("The database in this backup holds no clinic. Use another backup.")
    if not found.isdigit() or found > NEWEST:
        raise NewerFormat(
            f"This backup was made by a newer mnclinic (data form {found}); this one knows {NEWEST}. "
            "Nothing was changed. Install the newer mnclinic to open it."
        )
    return found


@contextmanager
def _brought_up_to_date(path: Path, keys: BackupKeys, now: datetime) -> Iterator[Session]:
    """A private copy of an older database, encrypted as it was, in today's form; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="mnclinic-check-") as folder:
        copy = Path(folder) / DATABASE_NAME
        copyfile(path, copy)
        engine = open_engine(copy, keys.key, keys.salt)
        try:
            bring_up_to_date(engine, back_up=None)
            with Session(engine) as session:
                yield session
        finally:
            close_engine(engine)


def keys_in(backup: Path) -> KeyFile:
    """A backup's own key file. Raises BackupUnusable, naming it, when it is missing or damaged."""
    try:
        return load_key_file(backup).keyfile
    except (KeyFileMissing, KeyFileDamaged) as error:
        raise BackupUnusable(
            f"This backup is damaged: its key file {KEY_FILE} is missing or not as it was made. Nothing was "
            "changed. Use another backup, and keep this one as it is."
        ) from error


def _live_keys(clinic: OpenClinic, keys: KeyFile) -> BackupKeys | None:
    """The live clinic's own key, when the backup is under the same one."""
    key, salt = key_of(clinic.store.engine)
    return BackupKeys(key, salt) if keys.database_salt == salt else None


def _keys_of_then(
    backup: Path, keys: KeyFile, user: str | None, password: str | None, clock: Clock, *, is_counted: bool
) -> BackupKeys:
    """By the backup's own key file, with a password of its time."""
    who = readers_of(keys)
    elsewhere = WrongCredentials(
        "This backup was made before the clinic's database key was changed. It opens with the passwords of "
        f"that time, of {who}, or with the recovery sheet of that time. Its files are whole; it was not "
        "opened, and nothing was changed. Name such a user and password to check it."
    )
    if user is None or password is None:
        raise elsewhere
    try:
        return keys_by_password(backup, keys, user, password, clock=clock, is_counted=is_counted)
    except TooManyTries:
        raise
    except WrongCredentials:
        raise elsewhere from None


def keys_by_password(
    backup: Path, keys: KeyFile, user: str, password: str, *, clock: Clock, is_counted: bool = True
) -> BackupKeys:
    """What a user's password opens in a backup's own key file. What may be a guess is counted beside it.

    Raises:
        WrongCredentials: it does not.
        TooManyTries: it was not looked at.
        DeviceSecretMissing: the log-in is bound to another PC's keyring; the recovery sheet is not.
    """
    secret, salt = device_secret_of(keys), salt_in_file(backup / DATABASE_NAME)

    def judge() -> Unlocked:
        return unlock(keys, user, password, device_secret=secret, database_salt=salt)

    place = backup.absolute().parent
    unlocked = judged_beside(place, keys, user, clock=clock, judge=judge) if is_counted else judge()
    opening = BackupKeys(bytes(unlocked.database_key), unlocked.database_salt)
    unlocked.forget()
    return opening


def keys_by_sheet(backup: Path, keys: KeyFile, code: str) -> BackupKeys:
    """What the recovery sheet of its time opens in a backup's own key file.

    Raises:
        InvalidInput: the code is mistyped; the groups are named.
        WrongCredentials: it is the sheet of another clinic, or one from another time.
    """
    salt = salt_in_file(backup / DATABASE_NAME)
    key = open_with_recovery(keys, code, database_salt=salt)
    opening = BackupKeys(bytes(key), keys.epoch_at(salt)[1])
    wipe(key)
    return opening


def readers_of(keys: KeyFile) -> str:
    """Whose passwords open a key file, as words."""
    return ", ".join(sorted(slot.user for slot in keys.users))


def _with_readers(clinic: OpenClinic, keys: KeyFile, checked: BackupChecked) -> BackupChecked:
    """Say who can still read this copy although the live clinic does not know them any more."""
    now_here = {slot.user_id for slot in load_key_file(clinic.folder).keyfile.users}
    left = sorted(slot.user for slot in keys.users if slot.user_id not in now_here)
    if not left:
        return checked
    note = (
        f"Still readable by {', '.join(left)}, whose access ended after it was made. "
        "Only deleting or locking away this copy changes that."
    )
    return replace(checked, notes=(*checked.notes, note))


def _held_against_live(
    clinic: OpenClinic, backup: Path, checked: BackupChecked, keys: BackupKeys
) -> BackupChecked:
    """The backup's log is the beginning of the live one, or of a history that a restoration left behind."""
    size = checked.log_size or 0
    what = "its log cannot be held against this clinic's"
    try:
        with (
            reading_copy(backup / DATABASE_NAME, keys.key, keys.salt) as session,
            clinic.store.reading() as live_session,
        ):
            then, live = session.connection(), live_session.connection()
            common = min(size, log_size_of(live))
            is_beginning = root_in(then, common) == root_in(live, common)
            if is_beginning and size == common:
                return replace(checked, is_only_copy=False)
            checked = replace(checked, is_only_copy=True)
            if shared := _shared_before_restoration(then, live_session, size):
                return replace(
                    checked,
                    verdict=EXPLAINED if checked.verdict == OK else checked.verdict,
                    notes=(
                        *checked.notes,
                        f"This clinic was restored to log entry {shared} later on: {size - shared} entries "
                        "after it are in this backup alone.",
                    ),
                )
            if (declared := _shared_before_gap(then, live_session, size)) is not None:
                return replace(
                    checked,
                    verdict=EXPLAINED if checked.verdict == OK else checked.verdict,
                    notes=(
                        *checked.notes,
                        f"Its last {size - declared} entries are of those that people of this clinic "
                        "declared lost later on: they are in this backup alone.",
                    ),
                )
            what = (
                f"it holds log entries {common + 1} to {size}, and this clinic has lost them"
                if is_beginning
                else f"its log and this clinic's agree up to entry {_agreed(then, live, common)} and then "
                "differ: one of the two was put back to an older copy, or changed"
            )
    except (KeyError, DBAPIError):
        pass
    finding = StoreFinding(DATABASE_NAME, what)
    return replace(checked, verdict=ALTERED, findings=(*checked.findings, finding))


def _agreed(then: Connection, live: Connection, common: int) -> int:
    """How many entries both logs begin with. Roots that agree at one size agree at every smaller one."""
    same, different = 0, common
    while different - same > 1:
        middle = (same + different) // 2
        if root_in(then, middle) == root_in(live, middle):
            same = middle
        else:
            different = middle
    return same


def _shared_before_gap(then: Connection, live: Session, size: int) -> int | None:
    """How many entries both logs share, when the rest of the backup's are of those declared lost."""
    for gap in history_in(live).gaps:
        if gap.shared < size <= gap.until and root_in(then, gap.shared) == root_in(
            live.connection(), gap.shared
        ):
            return gap.shared
    return None


def _shared_before_restoration(then: Connection, live: Session, size: int) -> int | None:
    """How many entries both logs share, when a restoration that the live one entered explains the rest."""
    rows = live.scalars(
        select(LogEntry.entry).where(LogEntry.action == RESTORED).order_by(LogEntry.seq.desc())
    )
    for entry in rows:
        shared = int(json.loads(entry)["obj"]["rev"])
        if shared <= size and root_in(then, shared) == root_in(live.connection(), shared):
            return shared
    return None
