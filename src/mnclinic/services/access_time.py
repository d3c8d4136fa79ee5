"""From when until when a person may use the program: an inspector for a stated time, others as agreed."""

from datetime import date, datetime, time, timedelta

from mnclinic.domain.instants import zone_of
from mnclinic.domain.plain_days import plain_moment
from mnclinic.errors import NotPermitted, Problem
from mnclinic.security.roles import Role
from mnclinic.services.late_entries import where_it_can_be_written
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act

INSPECTOR_DAYS = 7
"""How long an inspector has when nobody says otherwise."""
LONGEST_DAYS = 366
"""A time-box that outlasts a year is none: whoever comes back is let in again."""


def access_of_days(
    first_on: date | None, last_on: date | None, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """The instants that bound calendar days, both included, where the clinic is, by `now_here`."""
    midnight = time(tzinfo=now.tzinfo)
    return (
        datetime.combine(first_on, midnight) if first_on else None,
        datetime.combine(last_on + timedelta(days=1), midnight) if last_on else None,
    )


def bounded_access(
    role: str, access_from: datetime | None, access_until: datetime | None, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """The bounds as given; for an inspector both, from now on and for a week where they are left open."""
    if role != Role.INSPECTOR:
        return access_from, access_until
    begins = access_from or now
    if access_until is None:
        last_on = begins.astimezone(now.tzinfo).date() + timedelta(days=INSPECTOR_DAYS - 1)
        _, access_until = access_of_days(None, last_on, now)
    return begins, access_until


def access_problems(
    role: str, access_from: datetime | None, access_until: datetime | None, now: datetime
) -> tuple[Problem, ...]:
    """What is wrong with these bounds, once `bounded_access` has filled them."""
    problems = []
    if role == Role.INSPECTOR and (access_from is None or access_until is None):
        problems.append(Problem("access_until", "An inspector's access needs a last day."))
    if access_until is not None:
        begins = access_from or now
        if access_until <= begins:
            problems.append(Problem("access_until", "The last day of access lies before the first one."))
        elif access_until <= now:
            problems.append(Problem("access_until", "The last day of access has passed already."))
        if role == Role.INSPECTOR and access_until - begins > timedelta(days=LONGEST_DAYS):
            problems.append(Problem("access_until", "An inspector's access lasts a year at most."))
    return tuple(problems)


def enter_within_access_time(clinic: OpenClinic) -> None:
    """Refuse the log-in of somebody whose time has not come or is over, and enter that in the log.

    Raises:
        NotPermitted: the sentence says when the person's time begins or when it ended.
    """
    if sentence := _refusal(clinic):
        with where_it_can_be_written(), clinic.work() as work:
            work.log.record(Act("login.refused", "E", categories=("session",), why="outside_access_time"))
            work.commit()
        raise NotPermitted(sentence)


def _refusal(clinic: OpenClinic) -> str:
    person, now, zone = clinic.person, clinic.clock.now(), zone_of(clinic.clock)
    begins, ends = person.access_from, person.access_until
    if begins is not None and now < begins:
        return (
            f"Your access to this clinic begins on {plain_moment(begins.astimezone(zone))}. Nothing "
            "was changed. Come back then, or ask an administrator."
        )
    if ends is not None and clinic.is_access_over:
        return (
            f"Your access to this clinic ended on {plain_moment(ends.astimezone(zone))}. Nothing was "
            "changed. Ask an administrator for more time."
        )
    if person.role == Role.INSPECTOR and ends is None:
        return (
            "Your access to this clinic has no last day, and an inspector's needs one. Nothing was changed. "
            "Ask an administrator to add you anew, with a last day."
        )
    return ""
