"""Add a person who may log in."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from mnclinic.domain.instants import now_here
from mnclinic.errors import InvalidInput, Problem
from mnclinic.security.passwords import is_same_password, password_problems
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role
from mnclinic.security.slots import NewUser, remove_user
from mnclinic.security.slots import add_user as add_slot
from mnclinic.services.access_time import access_problems, bounded_access
from mnclinic.services.credentials import device_secret_of
from mnclinic.services.key_changes import keep, with_own_password
from mnclinic.services.key_register import Enrolment
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import NewPerson, add_staff_row, as_kept, names_of_staff, staff_entered
from mnclinic.services.user_names import problem_of_taken, why_not_that_name
from mnclinic.store.backup_files import Watch, unwatched

SIGNING_ROLES = frozenset({Role.PROVIDER, Role.DIRECTOR})


@dataclass(frozen=True)
class UserAdded:
    """Somebody may log in, with a password that they have to change first."""

    staff_id: str
    user: str
    role: str
    access_until: datetime | None = None
    """The end of their access, where it has one; an inspector's always does."""


def problems_of_own_given(given: str, own: str) -> list[Problem]:
    """What stands against giving somebody the password `given`, by whoever has the password `own`."""
    if not is_same_password(given, own):
        return []
    what = "This is your own password, and the other person would know it. Give them another one."
    return [Problem("password", what)]


def problems_of_person(
    person: NewPerson, *, clinic_name: str, staff_names: Iterable[str], now: datetime
) -> tuple[Problem, ...]:
    """Everything that stands in the way of adding this person to those of `staff_names`."""
    names = (person.user, person.name, *staff_names)
    problems = list(password_problems(person.password, clinic_name=clinic_name, user_names=names))
    if (why_not := why_not_that_name(person.user)) is not None:
        problems.append(Problem("user", why_not))
    if not person.name.strip():
        problems.append(Problem("name", "Give the person's full name."))
    if person.role not in set(Role):
        problems.append(Problem("role", "There is no such role."))
    if person.role in SIGNING_ROLES and not person.credential.strip():
        problems.append(Problem("credential", "A provider or director needs a credential, such as RN or MD."))
    if person.depth_ceiling_mm is not None and not _is_depth(person.depth_ceiling_mm):
        problems.append(
            Problem("depth_ceiling_mm", "A depth ceiling is a number of millimetres, such as 1.50.")
        )
    bounds = bounded_access(person.role, person.access_from or now, person.access_until, now)
    problems += [Problem("until", one.what) for one in access_problems(person.role, *bounds, now)]
    problems += [
        Problem("licence", f"The licence {licence.number} ends before it begins.")
        for licence in person.licences
        if licence.expires_on < licence.valid_from
    ]
    return tuple(problems)


def add_user(clinic: OpenClinic, person: NewPerson, password: str, *, watch: Watch = unwatched) -> UserAdded:
    """Enter a person and give them a first password, which they change at their first log-in.

    No signature key is made: they make it themselves when they choose their own password, so that nobody
    else ever knew what opens it.

    Args:
        clinic: Open in an administrator's name.
        person: Whom to add, with the first password.
        password: The administrator's own, typed for this act.
        watch: Told how far it is, and asked whether to go on up to the step `credentials.KEPT`.

    Raises:
        InvalidInput: with every problem. Nothing was stored.
        NotPermitted, WrongCredentials, Stopped, StoreUnavailable and kin: nothing was stored.
    """
    clinic.require(RoleAct.ADD_STAFF)
    person = as_kept(person)
    now = now_here(clinic.clock)
    with clinic.store.reading() as session:
        names = names_of_staff(session)
    problems = [
        *problems_of_person(person, clinic_name=clinic.facts.name, staff_names=names, now=now),
        *problems_of_own_given(person.password, password),
    ]
    if problems:
        raise InvalidInput("The person was not added. Correct these and try again.", problems)
    with with_own_password(clinic, password, watch) as (key_file, unlocked), clinic.work() as work:
        if (taken := problem_of_taken(work.session, person.user)) is not None:
            raise InvalidInput(f"{taken.what} Nothing was stored. Choose another.", [taken])
        before, left_over = key_file, key_file.slot_of(person.user)
        if left_over is not None:
            # A power cut parted an earlier attempt's slot from its row: nobody ever logged in with it.
            before = remove_user(key_file, unlocked.database_key, left_over.user_id)
        staff_id = str(uuid.uuid4())
        changed, keys = add_slot(
            before,
            unlocked,
            NewUser(person.user, staff_id, person.password, signature=False, temporary=True),
            device_secret=device_secret_of(key_file),
        )
        try:
            now = now_here(clinic.clock)
            row = add_staff_row(work.session, person, staff_id, now)
            until = row.access_until
            work.log.record(staff_entered(work, "staff.added", row))
            Enrolment(work, clinic.facts.vault, now).enrol(
                keys.session, "session", row, staff_id, vouched_by=[clinic.installation_key]
            )
        finally:
            keys.forget()
        keep(clinic, work, changed, watch=watch)
    return UserAdded(staff_id, person.user, person.role, until)


def _is_depth(text: str) -> bool:
    try:
        depth = Decimal(text)
    except InvalidOperation:
        return False
    return depth.is_finite() and depth > 0
