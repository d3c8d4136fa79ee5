"""A person chooses their own password: any time, after a temporary one, or with their recovery code."""

from dataclasses import dataclass, replace
from pathlib import Path

from mnclinic.domain.instants import Clock
from mnclinic.errors import InvalidInput, Problem
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.passwords import is_same_password, password_problems
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role
from mnclinic.security.signing_keys import SessionKey
from mnclinic.security.slots import (
    Unlocked,
    change_password,
    enrol_signature_key,
    set_password_with_recovery_code,
    take_keys_over,
    unlock_with_recovery_code,
)
from mnclinic.services.credentials import (
    CHANGING,
    CHECKING,
    database_salt_of,
    device_secret_of,
    open_again,
    read_own_factor,
)
from mnclinic.services.half_key_change import unlocked_by
from mnclinic.services.key_changes import account_act, keep, with_own_password
from mnclinic.services.key_register import Enrolment, directors_key, keys_in_force
from mnclinic.services.keys.own_keys_anew import (
    KEYS_RENEWED,
    KeyChange,
    keys_anew,
    session_key_anew,
    signature_key_anew,
)
from mnclinic.services.late_entries import kept_for_the_log
from mnclinic.services.open_clinic import open_unlocked, shared_use, unconfirmed_recovery
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import names_of_staff
from mnclinic.store.backup_files import Watch, go_on, unwatched
from mnclinic.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PasswordChosen:
    """A person's own password is in force. `signature_key`: the id of a key that was made with it, if any."""

    user: str
    signature_key: str | None
    are_keys_anew: bool = False
    """Whether the keys to log in were made anew, so that the recovery code of before ended."""


def choose_password(
    clinic: OpenClinic,
    current: str,
    new: str,
    *,
    factor: Path | None = None,
    may_be_known: bool = False,
    watch: Watch = unwatched,
) -> PasswordChosen:
    """Change one's own password. All of one's keys stay, and the personal recovery code too.

    With `may_be_known` the keys to log in and to sign are made anew as well: the old password still opens
    each older copy of the key file, such as a backup's, and the keys in it. Those of before end in the
    log, with the recovery code, and the database key ought to be changed (`rotate_database_key`), because
    an older copy of the database opens with what came out of such a file.

    After a temporary password a provider's signature key is made here, by their own hand, unless the
    clinic waits for an opening with the recovery sheet to be confirmed. A director's new key takes a
    second person: `enrol_signature_key`.

    Whoever gave a first password had the keys to log in in hand, and could sign log entries in this name
    for ever. So these are made anew with the person's own password, and the old session key ends in the log.
    Where whoever set the clinic up made the first password, they could have kept the signature key too, so
    it is replaced as well: the old one gives its word for the new one, and ends.

    Args:
        clinic: Open in the person's name.
        current: The password until now.
        new: The next one.
        factor: The person's key file, where a second factor is enrolled.
        may_be_known: Whether somebody else may know the password until now.
        watch: Told how far it is, and asked whether to go on up to the step `credentials.KEPT`.

    Raises:
        InvalidInput: the new password is too weak (every problem is named), or the same as the old one.
        ClinicReadOnly: a signature key is to be replaced and nothing can be stored.
        WrongCredentials: `current` is not right. Stopped, StoreUnavailable and kin. Nothing was changed.
    """
    clinic.require(RoleAct.CHANGE_OWN_KEYS)
    _refuse_weak(clinic, new, current)
    secret = read_own_factor(clinic.facts.vault, clinic.person.staff_id, factor)
    with (
        clinic.own_keys,
        with_own_password(clinic, current, watch) as (key_file, unlocked),
        clinic.work() as work,
    ):
        was_given = clinic.has_temporary_password or clinic.has_password_of_set_up
        changed, session_key = _with_new_password(
            clinic, key_file, current, new, secret, is_to_be_taken_over=was_given or may_be_known
        )
        try:
            go_on(watch, CHANGING)
            work.log.record(account_act("account.password_changed", clinic.person.staff_id))
            if may_be_known:
                work.log.record(account_act(KEYS_RENEWED, clinic.person.staff_id))
            signature_key = None
            if clinic.has_temporary_password:
                if clinic.person.role == Role.PROVIDER:
                    changed, signature_key = _own_first_key(clinic, work, changed, unlocked, new)
            elif session_key is not None:
                changed, signature_key = signature_key_anew(
                    clinic, work, KeyChange(key_file, changed, unlocked, current, new, secret)
                )
            fingerprint = directors_key(work.session)
            by_new_key = None if session_key is None else session_key_anew(clinic, work, session_key)
            keep(clinic, work, changed, retire_previous=True, scribe=by_new_key, watch=watch)
        except BaseException:
            if session_key is not None:
                session_key.forget()
            raise
        clinic.go_on_with(session_key, signature_key, fingerprint)
    clinic.has_temporary_password = clinic.has_password_of_set_up = False
    return PasswordChosen(clinic.person.user, signature_key, are_keys_anew=session_key is not None)


def _with_new_password(
    clinic: OpenClinic,
    key_file: KeyFile,
    current: str,
    new: str,
    factor: bytes | None,
    *,
    is_to_be_taken_over: bool,
) -> tuple[KeyFile, SessionKey | None]:
    """The key file under the new password, and the new key for log entries where there is to be one."""
    user, device_secret = clinic.person.user, device_secret_of(key_file)
    if is_to_be_taken_over:
        return take_keys_over(key_file, user, current, new, device_secret=device_secret, factor=factor)
    return change_password(key_file, user, current, new, device_secret=device_secret, factor=factor), None


def _own_first_key(
    clinic: OpenClinic, work: UnitOfWork, key_file: KeyFile, unlocked: Unlocked, password: str
) -> tuple[KeyFile, str | None]:
    person = clinic.person
    if keys_in_force(work.session, person.staff_id, "signature"):
        return key_file, None
    if unconfirmed_recovery(work.session) is not None:
        # Whoever holds the sheet could have given this password. The key is made once that is confirmed.
        return key_file, None
    changed, key = enrol_signature_key(key_file, unlocked, password, device_secret=device_secret_of(key_file))
    with key:
        Enrolment(work, clinic.facts.vault, clinic.clock.now()).enrol(
            key, "signature", person, person.staff_id, vouched_by=[clinic.installation_key]
        )
    return changed, key.key_id


def recover_password(
    folder: Path,
    user: str,
    code: str,
    new: str,
    *,
    clock: Clock,
    factor: Path | None = None,
    may_be_known: bool = False,
    watch: Watch = unwatched,
) -> OpenClinic:
    """Choose a new password with one's personal recovery code, and log in with it.

    All keys survive, the signature key too. The code has done its work and opens this key file no more;
    Today reminds the person to make another. It still opens older copies of the file, so with `may_be_known`,
    where somebody else may know it or the password of before, the keys are made anew as in
    `choose_password`. The code cannot be guessed, so the wait after wrong passwords does not hold it back.
    The watch is told how far it is, and asked whether to go on up to the step `credentials.KEPT`.

    Raises:
        InvalidInput: the code is mistyped (the groups are named) or the new password is too weak.
        WrongCredentials: the user or the code is not right. Nothing was changed.
        ClinicReadOnly: a signature key is to be replaced and nothing can be stored.
        Stopped: the code still holds. StoreUnavailable and kin: as for `open_clinic`.
    """
    go_on(watch, CHECKING)
    use = shared_use(folder)
    try:
        key_file = load_key_file(folder).keyfile
        with kept_for_the_log(folder, key_file, user, "recovery_code", clock=clock):
            salt = database_salt_of(folder)
            opening, unlocked = unlocked_by(
                folder,
                key_file,
                user,
                lambda generation: unlock_with_recovery_code(generation, user, code, database_salt=salt),
            )
        clinic = open_unlocked(folder, opening, unlocked, use, clock=clock, why="recovery_code")
    except BaseException:
        use.release()
        raise
    try:
        # The code was right. Before the change, so that a full disk here cannot part the person from both.
        open_again(folder, key_file, user)
        go_on(watch, CHANGING)
        _refuse_weak(clinic, new, None)
        secret = read_own_factor(clinic.facts.vault, clinic.person.staff_id, factor)
        with clinic.work() as work:
            changed = set_password_with_recovery_code(
                clinic.key_file,
                user,
                code,
                new,
                device_secret=device_secret_of(clinic.key_file),
                factor=secret,
            )
            work.log.record(account_act("account.password_recovered", clinic.person.staff_id))
            _end_key_without_a_way_back(clinic, work, changed)
            if may_be_known:
                go_on(watch, CHANGING)
                _keep_with_keys_anew(clinic, work, changed, new, secret, watch)
            else:
                keep(clinic, work, changed, retire_previous=True, watch=watch)
    except BaseException:
        clinic.close()
        raise
    clinic.has_temporary_password = False
    return clinic


def _keep_with_keys_anew(  # noqa: PLR0917 - called in one place
    clinic: OpenClinic,
    work: UnitOfWork,
    recovered: KeyFile,
    password: str,
    factor: bytes | None,
    watch: Watch,
) -> None:
    """Make the keys anew that the password just set opens, and store everything."""
    keys = keys_anew(clinic, work, recovered, password, factor)
    try:
        keep(clinic, work, keys.changed, retire_previous=True, scribe=keys.scribe, watch=watch)
    except BaseException:
        keys.session_key.forget()
        raise
    keys.go_on(clinic)


def _end_key_without_a_way_back(clinic: OpenClinic, work: UnitOfWork, changed: KeyFile) -> None:
    """Revoke a signature key that the code did not lead to, because it was made after the code."""
    slot = changed.slot_of(clinic.person.user)
    if slot is not None and slot.signature is not None:
        return
    register = Enrolment(work, clinic.facts.vault, clinic.clock.now())
    for key in keys_in_force(work.session, clinic.person.staff_id, "signature"):
        register.revoke(key.key, "lost", by=clinic.person.staff_id, signer=clinic.session_key)
    clinic.person = replace(clinic.person, signature_key=None)


def _refuse_weak(clinic: OpenClinic, new: str, current: str | None) -> None:
    with clinic.store.reading() as session:
        names = names_of_staff(session)
    problems = list(password_problems(new, clinic_name=clinic.facts.name, user_names=names))
    if current is not None and is_same_password(new, current):
        problems.append(Problem("password", "This is the password that you have already."))
    if problems:
        raise InvalidInput("The password was not changed. Choose another.", problems)
