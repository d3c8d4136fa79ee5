"""Everything that was done for or about one person, newest first, a page at a time.

The log is the timeline: each act that it enters about any of the person's records is a row here, but for
looks and for what is stored while somebody types. So what a later version enters shows by itself, and nothing
is left out. A page begins at an entry's number, never at an offset.
"""

import heapq
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.log_topic import Topic
from mnclinic.domain.visit_life import VisitState
from mnclinic.errors import ILL_WRITTEN, InvalidInput
from mnclinic.models import AdverseEvent, LogDetail, LogEntry, Staff, Visit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.log_sentences import actions_of, place_of
from mnclinic.services.one_person import load_person
from mnclinic.services.session import OpenClinic

PAGE = 50
MOST = 500
LEFT_OUT = (*actions_of(Topic.VIEW), "visit.draft_saved", "visit.drawn", "visit.warnings_passed")
"""Looks stand in the log, under "Who looked at this chart"; the others are steps of an act that is shown."""
ABOUT_TWO = {"patient.merge_taken_in", "patient.merge_let_go"}
"""The other side of an act that stands in the same timeline while the two records are one."""


@dataclass(frozen=True)
class VisitGist:
    """A visit as the timeline names it. `areas` are codes, each once; empty until a treatment is written."""

    visit_id: str
    number: str
    service: str
    state: VisitState
    visit_on: date
    performer: str
    areas: tuple[str, ...]
    has_consent: bool


@dataclass(frozen=True)
class TimelineItem:
    """One act. `at` carries the place's offset; None where the entry's bytes give no time.

    `told` is what the entry's detail says, empty where it was erased; `record_number` is that of the record
    that it is about, where the person has several.
    """

    seq: int
    at: datetime | None
    action: str
    by: str
    visit: VisitGist | None = None
    told: Mapping[str, Any] = field(default_factory=dict)
    record_number: str = ""


@dataclass(frozen=True)
class TimelinePage:
    """A stretch of the timeline. `older_than` begins the next one; None where this is the last."""

    items: tuple[TimelineItem, ...]
    older_than: int | None


def patient_timeline(
    clinic: OpenClinic, patient: str, *, older_than: int | None = None, limit: int = PAGE
) -> TimelinePage:
    """A page of a person's timeline, newest first, of at most `limit` items (up to 500).

    Args:
        clinic: The open clinic. That the chart was opened was entered by `show_patient`.
        patient: Reference or record number; of several records all are in it.
        older_than: The entry's number at which the page before ended; None for the newest.
        limit: How many items.

    Raises InvalidInput when there is no such person.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    if not 0 < limit <= MOST:
        raise InvalidInput(f"A page of the timeline has 1 to {MOST} rows. Nothing was changed.")
    with clinic.store.reading() as session:
        records = load_person(session, patient)
        numbers = {one.ref: one.record_number for one in records} if len(records) > 1 else {}
        newest = [
            _newest(session, one.ref, older_than, limit + 1, is_one_of=bool(numbers)) for one in records
        ]
        rows = list(itertools.islice(heapq.merge(*newest, key=lambda row: row.seq, reverse=True), limit + 1))
        shown = rows[:limit]
        items = _items(session, shown, numbers)
    return TimelinePage(items, shown[-1].seq if len(rows) > limit else None)


def _newest(
    session: Session, ref: str, older_than: int | None, limit: int, *, is_one_of: bool
) -> Sequence[LogEntry]:
    asked = select(LogEntry).where(LogEntry.subject == ref)
    if older_than is not None:
        asked = asked.where(LogEntry.seq < older_than)
    left_out = (*LEFT_OUT, *ABOUT_TWO) if is_one_of else LEFT_OUT
    asked = asked.where(LogEntry.action.not_in(left_out)).order_by(LogEntry.seq.desc()).limit(limit)
    return session.scalars(asked).all()


def _items(
    session: Session, rows: Sequence[LogEntry], numbers: Mapping[str, str]
) -> tuple[TimelineItem, ...]:
    details = {
        row.seq: row.detail
        for row in session.execute(
            select(LogDetail.seq, LogDetail.detail).where(LogDetail.seq.in_([one.seq for one in rows]))
        )
    }
    staff = {row.id: row.name for row in session.execute(select(Staff.id, Staff.name))}
    visits = _visits(session, rows)
    return tuple(
        TimelineItem(
            seq=row.seq,
            at=_moment(row),
            action=row.action,
            by=staff.get(row.actor or "", ""),
            visit=visits.get(row.object_id or ""),
            told=_told(details.get(row.seq)),
            record_number=numbers.get(row.subject or "", ""),
        )
        for row in rows
    )


def _visits(session: Session, rows: Iterable[LogEntry]) -> Mapping[str, VisitGist]:
    """By the id of whatever an entry names, the visit that it is about."""
    named = {row.object_id for row in rows if row.object_id}
    of_event = {
        row.id: row.visit_id
        for row in session.execute(
            select(AdverseEvent.id, AdverseEvent.visit_id).where(AdverseEvent.id.in_(named))
        )
    }
    wanted = named | set(of_event.values())
    names = {row.user: row.name for row in session.execute(select(Staff.user, Staff.name))}
    gists = {one.id: _gist(one, names) for one in session.scalars(select(Visit).where(Visit.id.in_(wanted)))}
    return gists | {event: gists[visit] for event, visit in of_event.items() if visit in gists}


def _gist(visit: Visit, names: Mapping[str, str]) -> VisitGist:
    try:
        document = json.loads(visit.document)
    except ValueError:
        # Somebody changed it; the check names it, and the timeline goes on.
        document = {}
    return VisitGist(
        visit_id=visit.id,
        number=visit.number,
        service=visit.service,
        state=VisitState(visit.state),
        visit_on=visit.visit_on,
        performer=names.get(visit.performer, visit.performer),
        areas=tuple(dict.fromkeys(_areas(document))),
        has_consent="consent" in document,
    )


def _areas(document: object) -> Iterator[str]:
    for line in document.get("lines", ()) if isinstance(document, dict) else ():
        if isinstance(line, dict) and line.get("area"):
            yield str(line["area"])


def _told(detail: bytes | None) -> Mapping[str, Any]:
    try:
        told = json.loads(detail) if detail is not None else {}
    except ILL_WRITTEN:
        return {}
    return told if isinstance(told, dict) else {}


def _moment(row: LogEntry) -> datetime | None:
    try:
        return datetime.fromisoformat(row.at).astimezone(place_of(str(json.loads(row.entry)["tz"])))
    except ILL_WRITTEN:
        return None
