"""A person chooses their own password: any time, after a temporary one, or with their recovery code."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from mnclinic.domain.instants import Clock
from mnclinic.errors import ClinicReadOnly, InvalidInput, KeyFileDamaged, Problem
from mnclinic.models import RegisteredKey
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.passwords import password_problems
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role
from mnclinic.security.signing_keys import SessionKey
from mnclinic.security.slots import (
    Unlocked,
    change_password,
    enrol_signature_key,
    open_signature_key,
    set_password_with_recovery_code,
    take_keys_over,
    unlock_with_recovery_code,
)
from mnclinic.services.credentials import (
    database_salt_of,
    device_secret_of,
    open_again,
    read_own_factor,
)
from mnclinic.services.key_changes import account_act, keep, with_own_password
from mnclinic.services.key_register import Enrolment, directors_key, keys_in_force
from mnclinic.services.late_entries import kept_for_the_log
from mnclinic.services.open_clinic import open_unlocked, shared_use, unconfirmed_recovery
from mnclinic.services.session import OpenClinic
from mnclinic.services.users.add_user import SIGNING_ROLES
from mnclinic.store.log_writer import Scribe
from mnclinic.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PasswordChosen:
    """A person's own password is in force. `signature_key`: the id of a key that was made with it, if any."""

    user: str
    signature_key: str | None


def choose_password(
    clinic: OpenClinic, current: str, new: str, *, factor: Path | None = None
) -> PasswordChosen:
    """Change one's own password. All of one's keys stay, and the personal recovery code too.

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

    Raises:
        InvalidInput: the new password is too weak (every problem is named), or the same as the old one.
        ClinicReadOnly: a signature key is to be replaced and nothing can be stored.
        WrongCredentials: `current` is not right. StoreUnavailable and kin. Nothing was changed.
    """
    clinic.require(RoleAct.CHANGE_OWN_KEYS)
    _refuse_weak(new, clinic.facts.name, clinic.person.user, clinic.person.name, current)
    secret = read_own_factor(clinic.facts.vault, clinic.person.staff_id, factor)
    with with_own_password(clinic, current) as (key_file, unlocked), clinic.work() as work:
        was_given = clinic.has_temporary_password or clinic.has_password_of_set_up
        changed, session_key = _with_new_password(
            clinic, key_file, current, new, secret, is_to_be_taken_over=was_given
        )
        try:
            work.log.record(account_act("account.password_changed", clinic.person.staff_id))
            signature_key = None
            if clinic.has_temporary_password and clinic.person.role == Role.PROVIDER:
                changed, signature_key = _own_first_key(clinic, work, changed, unlocked, new)
            elif clinic.has_password_of_set_up and clinic.person.role in SIGNING_ROLES:
                changed, signature_key = _key_in_place_of_the_first(
                    clinic, work, _Change(key_file, changed, unlocked, current, new, secret)
                )
            fingerprint = directors_key(work.session)
            by_new_key = None if session_key is None else _end_session_key(clinic, work, session_key)
            keep(clinic, work, changed, retire_previous=True, scribe=by_new_key)
        except BaseException:
            if session_key is not None:
                session_key.forget()
            raise
    if session_key is not None:
        clinic.session_key.forget()
        clinic.session_key = session_key
    clinic.has_temporary_password = clinic.has_password_of_set_up = False
    if signature_key is not None:
        clinic.person = replace(clinic.person, signature_key=signature_key)
    clinic.facts = replace(clinic.facts, fingerprint=fingerprint)
    return PasswordChosen(clinic.person.user, signature_key)


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


def _end_session_key(clinic: OpenClinic, work: UnitOfWork, key: SessionKey) -> Scribe:
    """Enter the new key for log entries and end those of before; returns who enters from now on.

    The last entry by the old key is that of the new one.
    """
    person = clinic.person
    before = keys_in_force(work.session, person.staff_id, "session")
    register = Enrolment(work, clinic.facts.vault, clinic.clock.now())
    register.enrol(key, "session", person, person.staff_id, vouched_by=[clinic.installation_key])
    by_new_key = replace(clinic.scribe, key=key.key_id, sign=key.sign)
    for one in before:
        register.revoke(one.key, "replaced", by=person.staff_id, signer=key, scribe=by_new_key)
    return by_new_key


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


@dataclass(frozen=True)
class _Change:
    """A change of password under way: the key file before and after, the keys, what was typed."""

    before: KeyFile
    after: KeyFile
    unlocked: Unlocked
    current: str = field(repr=False)
    new: str = field(repr=False)
    factor: bytes | None = field(repr=False)


def _key_in_place_of_the_first(
    clinic: OpenClinic, work: UnitOfWork, change: _Change
) -> tuple[KeyFile, str | None]:
    """A new signature key in place of the one that whoever set the clinic up could have kept.

    No second person is asked for: the key that has counted until now gives its word.
    """
    person, session = clinic.person, work.session
    own = keys_in_force(session, person.staff_id, "signature")
    slot = change.before.slot_of(person.user)
    if not own or slot is None or slot.signature is None:
        return change.after, None
    if (unconfirmed := unconfirmed_recovery(session)) is not None:
        raise ClinicReadOnly(unconfirmed)
    secret = device_secret_of(change.before)
    factor = change.factor if slot.signature.factor is not None else None
    register = Enrolment(work, clinic.facts.vault, clinic.clock.now())
    with open_signature_key(
        change.before, person.user, change.current, device_secret=secret, factor=factor
    ) as old:
        if old.key_id != own[0].key:
            raise KeyFileDamaged(
                "The signature key in the key file is not the one registered for you. Nothing was changed. "
                "Do not sign here; ask for help with this folder as it is."
            )
        changed, key = enrol_signature_key(
            change.after, change.unlocked, change.new, device_secret=secret, new_factor=factor
        )
        with key:
            register.enrol(
                key, "signature", person, person.staff_id, vouched_by=[clinic.installation_key, old]
            )
            if person.role == Role.DIRECTOR:
                installation = session.get_one(RegisteredKey, clinic.installation_key.key_id)
                register.vouch(installation.key, installation.document, key)
    for one in own:
        register.revoke(one.key, "replaced", by=person.staff_id, signer=clinic.session_key)
    return changed, key.key_id


def recover_password(
    folder: Path, user: str, code: str, new: str, *, clock: Clock, factor: Path | None = None
) -> OpenClinic:
    """Choose a new password with one's personal recovery code, and log in with it.

    All keys survive, the signature key too. The code has done its work and ends; Today reminds the person
    to make another. The code cannot be guessed, so the wait after wrong passwords does not hold it back.

    Raises:
        InvalidInput: the code is mistyped (the groups are named) or the new password is too weak.
        WrongCredentials: the user or the code is not right. Nothing was changed.
        StoreUnavailable and kin: as for `open_clinic`.
    """
    use = shared_use(folder)
    try:
        key_file = load_key_file(folder).keyfile
        with kept_for_the_log(folder, key_file, user, "recovery_code", clock=clock):
            unlocked = unlock_with_recovery_code(key_file, user, code, database_salt=database_salt_of(folder))
        clinic = open_unlocked(folder, key_file, unlocked, use, clock=clock, why="recovery_code")
    except BaseException:
        use.release()
        raise
    try:
        # The code was right. Before the change, so that a full disk here cannot part the person from both.
        open_again(folder, key_file, user)
        _refuse_weak(new, clinic.facts.name, clinic.person.user, clinic.person.name, None)
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
            keep(clinic, work, changed, retire_previous=True)
    except BaseException:
        clinic.close()
        raise
    clinic.has_temporary_password = False
    return clinic


def _end_key_without_a_way_back(clinic: OpenClinic, work: UnitOfWork, changed: KeyFile) -> None:
    """Revoke a signature key that the code did not lead to, because it was made after the code."""
    slot = changed.slot_of(clinic.person.user)
    if slot is not None and slot.signature is not None:
        return
    register = Enrolment(work, clinic.facts.vault, clinic.clock.now())
    for key in keys_in_force(work.session, clinic.person.staff_id, "signature"):
        register.revoke(key.key, "lost", by=clinic.person.staff_id, signer=clinic.session_key)
    clinic.person = replace(clinic.person, signature_key=None)


def _refuse_weak(new: str, clinic_name: str, user: str, name: str, current: str | None) -> None:
    problems = [
        Problem("password", problem.what)
        for problem in password_problems(new, clinic_name=clinic_name, user_names=(user, name))
    ]
    if new == current:
        problems.append(Problem("password", "This is the password that you have already."))
    if problems:
        raise InvalidInput("The password was not changed. Choose another.", problems)
