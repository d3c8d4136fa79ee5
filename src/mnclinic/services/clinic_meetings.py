"""The director's visits to the clinic and its emergency drills: entered by day, told when one is due.

They are entries of the log and no rows: the entry names the kind and the day, its detail what was done. What
was entered wrongly is taken back by an entry of its own, with a reason. So each kind has two acts, and the
newest entry of a day and kind says whether it stands: entered, it does; taken back, it does not.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.instants import zone_of
from mnclinic.domain.person_details import line_of
from mnclinic.domain.plain_days import plain_day
from mnclinic.domain.policy_parameters import value_of
from mnclinic.domain.retention import months_after
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import LogDetail, LogEntry, Staff
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.retention import policy_on
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject

FORMAT = "mnclinic.meeting/1"
LONGEST_WORDS = 500


class MeetingKind(StrEnum):
    """What was held. The value begins the id of its entries."""

    DIRECTOR_VISIT = "director_visit"
    DRILL = "drill"


DIRECTOR_VISITED = "meeting.director_visited"
DIRECTOR_VISIT_TAKEN_BACK = "meeting.director_visit_taken_back"
DRILL_HELD = "meeting.drill_held"
DRILL_TAKEN_BACK = "meeting.drill_taken_back"

_STANDS_AFTER = {
    DIRECTOR_VISITED: True,
    DIRECTOR_VISIT_TAKEN_BACK: False,
    DRILL_HELD: True,
    DRILL_TAKEN_BACK: False,
}
"""Every act on a meeting, and whether the meeting stands after it."""


@dataclass(frozen=True)
class Meeting:
    """The director's visit or the drill of one day, as entered last. `entered_by` is a printed name."""

    kind: MeetingKind
    held_on: date
    note: str
    entered_by: str
    entered_at: datetime


@dataclass(frozen=True)
class MeetingsOfClinic:
    """Every meeting that stands, the newest first, and by when the policy asks for the next of each kind.

    `due` has no day for a kind of which the policy in force says nothing.
    """

    held: tuple[Meeting, ...]
    due: Mapping[MeetingKind, date]


def record_site_visit(clinic: OpenClinic, held_on: date, note: str) -> Meeting:
    """Enter that the director was at the clinic on a day, in her own name, and what she saw to.

    Raises InvalidInput for a day to come, one that is entered already, or without a word of what was done.
    """
    clinic.require(RoleAct.RECORD_SITE_VISIT)
    return _enter_meeting(clinic, DIRECTOR_VISITED, MeetingKind.DIRECTOR_VISIT, held_on, note)


def record_drill(clinic: OpenClinic, held_on: date, note: str) -> Meeting:
    """Enter an emergency drill: what was practised, and who was there. Raises as `record_site_visit`."""
    clinic.require(RoleAct.RECORD_DRILL)
    return _enter_meeting(clinic, DRILL_HELD, MeetingKind.DRILL, held_on, note)


def take_site_visit_back(clinic: OpenClinic, held_on: date, reason: str) -> Meeting:
    """Take an entered visit of the director back. Raises InvalidInput where there is none, or no reason."""
    clinic.require(RoleAct.RECORD_SITE_VISIT)
    return _end_meeting(clinic, DIRECTOR_VISIT_TAKEN_BACK, MeetingKind.DIRECTOR_VISIT, held_on, reason)


def take_drill_back(clinic: OpenClinic, held_on: date, reason: str) -> Meeting:
    """Take an entered drill back. Raises InvalidInput where there is none, or no reason."""
    clinic.require(RoleAct.RECORD_DRILL)
    return _end_meeting(clinic, DRILL_TAKEN_BACK, MeetingKind.DRILL, held_on, reason)


def meetings_of_clinic(clinic: OpenClinic) -> MeetingsOfClinic:
    """The director's visits and the drills that stand, and by when the next is due."""
    clinic.require(RoleAct.VIEW_TODAY)
    now = clinic.clock.now()
    today, zone = now.date(), zone_of(clinic.clock)
    with clinic.store.reading() as session:
        in_force = policy_on(session, today)
        policy = json.loads(in_force.document) if in_force is not None else None
        found = sorted(
            _meetings_that_stand(session).values(), key=lambda one: (one.held_on, one.kind), reverse=True
        )
        due = {kind: day for kind, day in due_days(session, policy).items() if day is not None}
    held = tuple(
        Meeting(one.kind, one.held_on, one.note, one.entered_by, one.entered_at.astimezone(zone))
        for one in found
    )
    return MeetingsOfClinic(held, due)


def due_days(session: Session, policy: Mapping[str, Any] | None) -> dict[MeetingKind, date | None]:
    """By when the policy asks for the next visit of the director and the next drill; None: it says nothing.

    Before the first one it counts from the first day of the policy.
    """
    days = value_of(policy, "director_visit_every_days") if policy is not None else None
    months = value_of(policy, "drill_every_months") if policy is not None else None
    due: dict[MeetingKind, date | None] = dict.fromkeys(MeetingKind)
    if policy is None or (days is None and months is None):
        return due
    begins = date.fromisoformat(policy["effective_on"])
    standing = _meetings_that_stand(session).values()
    last = {
        kind: max((one.held_on for one in standing if one.kind is kind), default=begins)
        for kind in MeetingKind
    }
    if days is not None:
        due[MeetingKind.DIRECTOR_VISIT] = last[MeetingKind.DIRECTOR_VISIT] + timedelta(days=days)
    if months is not None:
        due[MeetingKind.DRILL] = months_after(last[MeetingKind.DRILL], months)
    return due


def _enter_meeting(clinic: OpenClinic, action: str, kind: MeetingKind, held_on: date, note: str) -> Meeting:
    note = line_of(note)
    with clinic.work() as work:
        now = clinic.clock.now()
        problems = []
        if held_on > now.date():
            problems.append(Problem("held_on", "This day is still to come."))
        if not note:
            problems.append(Problem("note", "Say in a few words what was done."))
        if len(note) > LONGEST_WORDS:
            problems.append(Problem("note", f"At most {LONGEST_WORDS} characters."))
        if (kind, held_on) in _meetings_that_stand(work.session):
            said = f"One of {plain_day(held_on)} is entered already. Take that back first."
            problems.append(Problem("held_on", said))
        if problems:
            raise InvalidInput("Nothing was entered.", problems)
        work.log.record(_meeting_act(clinic, work.session, action, kind, held_on, {"note": note}))
        work.commit()
    return Meeting(kind, held_on, note, clinic.person.name, now)


def _end_meeting(clinic: OpenClinic, action: str, kind: MeetingKind, held_on: date, reason: str) -> Meeting:
    reason = line_of(reason)
    with clinic.work() as work:
        stands = _meetings_that_stand(work.session).get((kind, held_on))
        problems = []
        if stands is None:
            problems.append(Problem("held_on", f"None of {plain_day(held_on)} is entered."))
        if not reason:
            problems.append(Problem("reason", "Give a reason."))
        if len(reason) > LONGEST_WORDS:
            problems.append(Problem("reason", f"At most {LONGEST_WORDS} characters."))
        if problems or stands is None:
            raise InvalidInput("Nothing was entered.", problems)
        work.log.record(_meeting_act(clinic, work.session, action, kind, held_on, {"reason": reason}))
        work.commit()
    return stands


def _meeting_act(  # noqa: PLR0917 - two callers, which have just loaded each of them
    clinic: OpenClinic, session: Session, action: str, kind: MeetingKind, held_on: date, said: dict[str, str]
) -> Act:
    named = f"{kind.value}:{held_on.isoformat()}"
    times = session.scalar(select(func.count()).where(LogEntry.object_id == named)) or 0
    content = {
        "format": FORMAT,
        "vault": clinic.facts.vault,
        "kind": kind.value,
        "held_on": held_on.isoformat(),
        "stands": _STANDS_AFTER[action],
    }
    return Act(
        action,
        "C" if content["stands"] else "D",
        object=LoggedObject("meeting", named, times + 1, canonical_bytes(content)),
        detail={"day": held_on.isoformat(), **said},
    )


def _meetings_that_stand(session: Session) -> dict[tuple[MeetingKind, date], Meeting]:
    """By kind and day, what was entered last and not taken back since."""
    found: dict[tuple[MeetingKind, date], Meeting] = {}
    for action, meeting in _meeting_entries(session):
        key = (meeting.kind, meeting.held_on)
        if _STANDS_AFTER[action]:
            found[key] = meeting
        else:
            found.pop(key, None)
    return found


def _meeting_entries(session: Session) -> Iterator[tuple[str, Meeting]]:
    rows = session.execute(
        select(LogEntry.seq, LogEntry.action, LogEntry.object_id, LogEntry.at, LogDetail.detail, Staff.name)
        .join(LogDetail, LogDetail.seq == LogEntry.seq, isouter=True)
        .join(Staff, Staff.id == LogEntry.actor, isouter=True)
        .where(LogEntry.action.in_(_STANDS_AFTER))
    ).all()
    for row in sorted(rows, key=lambda one: one.seq):
        kind, _, day = str(row.object_id).partition(":")
        note = str(json.loads(row.detail or b"{}").get("note", ""))
        at = datetime.fromisoformat(row.at)
        yield row.action, Meeting(MeetingKind(kind), date.fromisoformat(day), note, row.name or "", at)
