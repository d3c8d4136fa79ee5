"""Give somebody whose access has a last day more time, such as an inspector who is not done yet."""

from dataclasses import dataclass, replace
from datetime import datetime

from mnclinic.domain.instants import zone_of
from mnclinic.domain.person_details import text_of
from mnclinic.domain.plain_days import plain_moment
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import instant_text
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.access_time import access_problems
from mnclinic.services.credentials import KEPT
from mnclinic.services.key_changes import with_own_password
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import staff_entered
from mnclinic.services.users.find_user import staff_named
from mnclinic.store.backup_files import Watch, go_on, unwatched


@dataclass(frozen=True)
class AccessExtended:
    """Somebody has more time. Both instants bound it: the end until now, and the new one."""

    user: str
    before: datetime
    until: datetime


def extend_access(
    clinic: OpenClinic,
    user: str,
    until: datetime,
    password: str,
    *,
    reason: str,
    watch: Watch = unwatched,
) -> AccessExtended:
    """Move the end of a person's access to a later instant, a year from now at most.

    Their password and keys stay. Somebody whose time is over logs in again with the password they had;
    a window in which it ran out has to be locked and opened again.

    Args:
        clinic: Open in an administrator's name.
        user: Who gets more time.
        until: The new end.
        password: The administrator's own, typed for this act.
        reason: Kept with the entry in the log.
        watch: Told how far it is, and asked whether to go on up to the step `credentials.KEPT`.

    Raises:
        InvalidInput: there is no such user or they left, they have no last day, the new one is not later or
            more than a year away, or there is no reason. Every problem is named. Nothing was changed.
        NotPermitted, WrongCredentials, Stopped, StoreUnavailable and kin: nothing was changed.
    """
    clinic.require(RoleAct.ADD_STAFF)
    reason = text_of(reason)
    with with_own_password(clinic, password, watch), clinic.work() as work:
        now = clinic.clock.now()
        row = staff_named(work.session, user)
        before = row.access_until
        if before is None:
            what = f"The access of {row.name} has no last day, so there is nothing to extend."
            raise InvalidInput(f"{what} Nothing was changed.", [Problem("user", what)])
        problems = [Problem("until", one.what) for one in access_problems(row.role, now, until, now)]
        if until <= before:
            ends = plain_moment(before.astimezone(zone_of(clinic.clock)))
            problems.append(
                Problem("until", f"The access lasts until {ends} already; name a later last day.")
            )
        if not reason:
            problems.append(Problem("reason", "Give the reason for more time."))
        if problems:
            raise InvalidInput("The access was not extended. Correct these and try again.", problems)
        row.access_until = until
        entered = staff_entered(work, "staff.access_extended", row)
        detail = {
            "before": instant_text(before),
            "after": instant_text(until),
            "reason": reason,
        }
        work.log.record(replace(entered, detail=detail))
        go_on(watch, KEPT)
        work.commit()
    return AccessExtended(row.user, before, until)
