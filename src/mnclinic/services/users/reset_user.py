"""Give somebody who lost their password a new one. Their signature key ends with the old password."""

from dataclasses import dataclass

from mnclinic.domain.person_details import text_of
from mnclinic.errors import InvalidInput, NotPermitted, Problem
from mnclinic.models import Staff
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.open_keys import NewUser, UserKeys
from mnclinic.security.passwords import password_problems
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.slots import Unlocked, add_user, remove_user, reset_password
from mnclinic.services.credentials import KEPT, device_secret_of, open_again
from mnclinic.services.key_changes import account_act, keep, with_own_password
from mnclinic.services.key_register import Enrolment, keys_in_force
from mnclinic.services.second_person import PASSWORD_RESET
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import names_of_staff
from mnclinic.services.users.add_user import problems_of_own_given
from mnclinic.services.users.find_user import staff_named
from mnclinic.store.backup_files import Watch, go_on, unwatched


@dataclass(frozen=True)
class UserReset:
    """Somebody has a temporary password. `signature_key_ended`: the key that is revoked, if there was one."""

    user: str
    signature_key_ended: str | None


def reset_user(
    clinic: OpenClinic,
    user: str,
    new_password: str,
    password: str,
    *,
    reason: str,
    watch: Watch = unwatched,
) -> UserReset:
    """Set a temporary password for somebody else, with new keys to log in.

    Their signature key is revoked as lost: nothing leads to it any more but their own recovery code of
    before, which ends too. What it signed stays valid. Whoever was added after the copy of the key file that
    lies there now was made has no place in it, and gets one.

    Args:
        clinic: Open in an administrator's name.
        user: Whose password was lost.
        new_password: Temporary; the person chooses their own before anything else.
        password: The administrator's own, typed for this act.
        reason: Kept with the entry in the log.
        watch: Told how far it is, and asked whether to go on up to the step `credentials.KEPT`.

    Raises:
        InvalidInput: there is no such user, they left, or the new password is too weak.
        NotPermitted: one's own password is changed, not reset.
        WrongCredentials, Stopped, StoreUnavailable and kin: nothing was changed.
    """
    clinic.require(RoleAct.RESET_PASSWORD)
    reason = text_of(reason)
    with with_own_password(clinic, password, watch) as (key_file, unlocked), clinic.work() as work:
        now = clinic.clock.now()
        row = staff_named(work.session, user)
        if row.id == clinic.person.staff_id:
            raise NotPermitted(
                "Your own password cannot be reset, only changed. Nothing was changed. "
                "Choose a new one with: mnclinic user password"
            )
        problems = list(
            password_problems(
                new_password, clinic_name=clinic.facts.name, user_names=names_of_staff(work.session)
            )
        )
        problems += problems_of_own_given(new_password, password)
        if not reason:
            problems.append(Problem("reason", "Give the reason of the reset."))
        if problems:
            raise InvalidInput("The password was not reset. Correct these and try again.", problems)
        changed, keys = _with_slot_anew(key_file, unlocked, row, new_password)
        register = Enrolment(work, clinic.facts.vault, now)
        ended = [one.key for one in keys_in_force(work.session, row.id, "signature")]
        try:
            for key in keys_in_force(work.session, row.id, "session"):
                register.revoke(key.key, "replaced", by=clinic.person.staff_id, signer=clinic.session_key)
            for signature_key in ended:
                register.revoke(signature_key, "lost", by=clinic.person.staff_id, signer=clinic.session_key)
            register.enrol(keys.session, "session", row, row.id, vouched_by=[clinic.installation_key])
        finally:
            keys.forget()
        work.log.record(account_act(PASSWORD_RESET, row.id, detail={"reason": reason}))
        go_on(watch, KEPT)
        # Before the change: a full disk afterwards would leave the name closed, and the reset told as failed.
        open_again(clinic.folder, key_file, row.user)
        keep(clinic, work, changed, retire_previous=True)
    return UserReset(row.user, ended[0] if ended else None)


def _with_slot_anew(
    key_file: KeyFile, unlocked: Unlocked, row: Staff, new_password: str
) -> tuple[KeyFile, UserKeys]:
    """The key file with new keys for this person, in the place that they have or in a new one."""
    secret = device_secret_of(key_file)
    of_name = key_file.slot_of(row.user)
    if of_name is not None and of_name.user_id == row.id:
        return reset_password(
            key_file, unlocked.database_key, row.user, new_password, device_secret=secret, temporary=True
        )
    if of_name is not None:
        # Left by an addition that never reached the database: nobody ever logged in with it.
        key_file = remove_user(key_file, unlocked.database_key, of_name.user_id)
    person = NewUser(row.user, row.id, new_password, signature=False, temporary=True)
    return add_user(key_file, unlocked, person, device_secret=secret)
