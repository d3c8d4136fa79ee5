"""What a reader of the log asks for, and how its entries are found without counting those before them.

A page starts at a number, never at an offset. Each filter becomes one or a few ranges of an index that
ends in the entry's number; the newest of each are merged. A period is a range of numbers too: the latest
time that the log ever saw only rises, so its place is found by halving. What a clock that was set back
claims to be of the period is found beside it.
"""

import heapq
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from sqlalchemy import ColumnElement, Select, TextClause, func, literal, literal_column, select, text
from sqlalchemy.orm import Session

from mnclinic.audit.entry import fields_as_they_stand
from mnclinic.domain.instants import read_instant
from mnclinic.domain.log_topic import Topic
from mnclinic.errors import ILL_WRITTEN, InvalidInput, Problem
from mnclinic.models import LogEntry, Patient, instant_text
from mnclinic.services.log_records import RecordRef, record_named, staff_called
from mnclinic.services.log_sentences import actions_of, place_of
from mnclinic.services.one_person import records_of

FEW_ACTS = 20_000
"""So many entries are walked through in an index within some milliseconds."""

Condition = ColumnElement[bool] | TextClause

# By name, or the planner looks into each entry itself.
_OF_PATIENT = text(
    "EXISTS (SELECT 1 FROM log_entry AS other INDEXED BY ix_log_entry_subject_seq "
    "WHERE other.subject = :whose AND other.seq = log_entry.seq)"
)


@dataclass(frozen=True)
class LogFilter:
    """What is wanted of the log. Days are the clinic's, both included; None leaves a thing open.

    `person` is who acted (staff id or user name), `patient` whom it is about (reference or record number,
    and with it every record that is read together with it). `unread` is what whoever asks could not read of
    what was typed; it is refused together with the rest.
    """

    first: date | None = None
    last: date | None = None
    person: str | None = None
    patient: str | None = None
    kind: Topic | None = None
    record: RecordRef | None = None
    unread: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Resolved:
    """A filter with everything looked up. `object_ids` None: any; an empty one finds nothing."""

    wanted: LogFilter
    title: str
    staff_id: str | None
    patient_ref: str | None
    patient_refs: tuple[str, ...]
    """Every record of that person: what was entered under any of them is their history."""
    actions: tuple[str, ...] | None
    object_kinds: frozenset[str] | None
    object_ids: tuple[str, ...] | None
    record_id: str | None
    record_number: str | None
    """The patient's, where the filter names one."""
    since: str | None
    until: str | None


def resolve(session: Session, wanted: LogFilter, now: datetime) -> Resolved:
    """Look up whom and what a filter names. `now` carries the clinic's own UTC offset.

    Raises InvalidInput with everything that does not exist. Nothing was entered yet.
    """
    problems = [*wanted.unread]
    staff = staff_called(session, wanted.person) if wanted.person else None
    if wanted.person and staff is None:
        problems.append(Problem("person", "Nobody on the staff has this name."))
    patient = _patient(session, wanted.patient) if wanted.patient else None
    if wanted.patient and patient is None:
        problems.append(Problem("patient", "No patient has this record number."))
    if wanted.first and wanted.last and wanted.last < wanted.first:
        problems.append(Problem("to", "The last day lies before the first."))
    found = record_named(session, wanted.record) if wanted.record else None
    if wanted.record and found is None:
        problems.append(Problem("object", "There is no such record in this clinic."))
    if problems:
        raise InvalidInput("The log was not read. Nothing was changed. Correct these.", problems)
    title = "Log"
    records = records_of(session, patient) if patient is not None else ()
    if patient is not None:
        # The number that was asked for first, whether the others are read under it or it under one of them.
        others = [one.record_number for one in records if one.ref != patient.ref]
        numbers = (patient.record_number, *others)
        title = f"History of {patient.first_name} {patient.last_name} ({', '.join(numbers)})"
    if found is not None:
        title = f"History of {found.words}"
    return Resolved(
        wanted=wanted,
        title=title,
        staff_id=staff.id if staff else None,
        patient_ref=patient.ref if patient else None,
        patient_refs=tuple(one.ref for one in records),
        actions=actions_of(wanted.kind) if wanted.kind else None,
        object_kinds=found.kinds if found else None,
        object_ids=found.ids if found else None,
        record_id=found.ids[0] if found else None,
        record_number=patient.record_number if patient else None,
        since=_start_of(session, wanted.first, now) if wanted.first else None,
        until=_start_of(session, wanted.last + timedelta(days=1), now) if wanted.last else None,
    )


def newest_first(session: Session, asked: Resolved, count: int, *, before: int | None = None) -> list[int]:
    """The numbers of up to `count` entries, newest first, all of them smaller than `before`."""
    arms = [
        session.scalars(arm.order_by(number.desc()).limit(count)).all()
        for arm, number in _arms(session, asked, before=before)
    ]
    return list(islice(_once(heapq.merge(*arms, reverse=True)), count))


def newer_than(session: Session, asked: Resolved, count: int, *, after: int) -> list[int]:
    """The numbers of the `count` entries that come next after `after`, newest first."""
    arms = [
        session.scalars(arm.order_by(number).limit(count)).all()
        for arm, number in _arms(session, asked, after=after)
    ]
    return list(islice(_once(heapq.merge(*arms)), count))[::-1]


def _once(numbers: Iterable[int]) -> Iterator[int]:
    last = None
    for number in numbers:
        if number != last:
            yield number
        last = number


def _arms(
    session: Session, asked: Resolved, *, before: int | None = None, after: int | None = None
) -> Iterator[tuple[Select[int], ColumnElement[int]]]:
    """Statements each of which is answered from one index alone, and the column that each is ordered by."""
    period: list[ColumnElement[bool]] = []
    if asked.since is not None:
        period.append(LogEntry.seq >= _first_since(session, asked.since))
    if asked.until is not None:
        period.append(LogEntry.seq < _first_since(session, asked.until))
    for conditions in _ranges(asked, is_rare=_is_rare(session, asked)):
        page = _between(LogEntry.seq.expression, before, after)
        yield select(LogEntry.seq).where(*conditions, *period, *page), LogEntry.seq.expression
    if period:
        claimed: list[ColumnElement[bool]] = [LogEntry.is_clock_back.expression]
        if asked.since is not None:
            claimed.append(LogEntry.at >= asked.since)
        if asked.until is not None:
            claimed.append(LogEntry.at < asked.until)
        # Ordered apart from the index: what is found is little, and the whole log is not walked for it.
        number: ColumnElement[int] = literal_column("+log_entry.seq")
        page = _between(number, before, after)
        yield select(LogEntry.seq).where(*claimed, *_besides(asked), *page), number


def _between(
    number: ColumnElement[int], before: int | None, after: int | None
) -> Iterator[ColumnElement[bool]]:
    if before is not None:
        yield number < before
    if after is not None:
        yield number > after


def _ranges(asked: Resolved, *, is_rare: bool) -> Iterator[list[Condition]]:
    """The conditions of each range: what an index answers first, what is left to the row after it.

    `is_rare` says that there are few acts of this kind or person: a patient's among them are found through
    those, since the many entries about a patient who is often seen lie far apart.
    """
    if asked.object_ids is not None:
        for object_id in asked.object_ids:
            yield [LogEntry.object_id == object_id, *_besides(asked, but="object")]
    elif asked.patient_refs and not is_rare:
        for ref in asked.patient_refs:
            yield [LogEntry.subject == ref, *_besides(asked, but="patient")]
    elif asked.patient_refs:
        for conditions in _ranges_of_acts(asked):
            for ref in asked.patient_refs:
                yield [*conditions, _OF_PATIENT.bindparams(whose=ref)]
    else:
        yield from _ranges_of_acts(asked)


def _is_rare(session: Session, asked: Resolved) -> bool:
    """Whether a patient is asked for, and acts of which there are few: counted in an index up to that."""
    if not asked.patient_refs or asked.object_ids is not None:
        return False
    if asked.actions is None and asked.staff_id is None:
        return False
    left = FEW_ACTS
    for conditions in _ranges_of_acts(asked):
        some = select(LogEntry.seq).where(*conditions).limit(left + 1).subquery()
        left -= session.scalar(select(func.count()).select_from(some)) or 0
        if left < 0:
            return False
    return True


def _ranges_of_acts(asked: Resolved) -> Iterator[list[Condition]]:
    if asked.actions is not None:
        for action in asked.actions:
            range_of_act: list[Condition] = [LogEntry.action == action]
            if asked.staff_id is not None:
                range_of_act.append(LogEntry.actor == asked.staff_id)
            yield range_of_act
    elif asked.staff_id is not None:
        yield [LogEntry.actor == asked.staff_id]
    else:
        yield []


def _besides(asked: Resolved, *, but: str = "") -> Iterator[ColumnElement[bool]]:
    """What each row is asked for. The plus keeps the planner from answering it with an index of its own."""
    if asked.object_ids is not None and but != "object":
        yield literal_column("+log_entry.object_id").in_(asked.object_ids)
    if asked.object_kinds is not None:
        yield literal_column("+log_entry.object_kind").in_(sorted(asked.object_kinds))
    if asked.patient_refs and but != "patient":
        yield literal_column("+log_entry.subject").in_(asked.patient_refs)
    if asked.staff_id is not None:
        yield literal_column("+log_entry.actor") == literal(asked.staff_id)
    if asked.actions is not None:
        yield literal_column("+log_entry.action").in_(asked.actions)


def _first_since(session: Session, instant: str) -> int:
    """The number of the first entry made when some clock reading had reached `instant`; past the end if none.

    Every entry carries the latest reading up to it, which only rises.
    """
    low = 1
    high = (session.scalar(select(LogEntry.seq).order_by(LogEntry.seq.desc()).limit(1)) or 0) + 1
    while low < high:
        middle = (low + high) // 2
        row = session.execute(select(LogEntry.entry, LogEntry.at).where(LogEntry.seq == middle)).first()
        if row is not None and _high_water(row.entry, row.at) < instant:
            low = middle + 1
        else:
            high = middle
    return low


def _high_water(entry: bytes, at: str) -> str:
    try:
        return str(json.loads(entry)["hwm"])
    except ILL_WRITTEN:
        # Somebody has spoilt this entry; the list shows it as such, and the others are still found.
        return at


def _start_of(session: Session, day: date, now: datetime) -> str:
    """The instant at which a day began where the clinic is, by the offset that its entries of then carry.

    Half of the year that is another one than today's. The right one parts the entries by the days that
    stand in them; where none does, today's counts.
    """
    today = datetime.combine(day, time(0), now.tzinfo)
    tried = [today]
    for start in tried:
        first = _first_since(session, instant_text(start))
        before, after = _place_and_time(session, first - 1), _place_and_time(session, first)
        if (before is None or before.date() < day) and (after is None or after.date() >= day):
            return instant_text(start)
        if start is today:
            tried += [
                datetime.combine(day, time(0), one.tzinfo) for one in (before, after) if one is not None
            ]
    return instant_text(today)


def _place_and_time(session: Session, seq: int) -> datetime | None:
    """The newest time up to an entry, in the offset of that entry; None where there is none to be read."""
    entry = session.scalar(select(LogEntry.entry).where(LogEntry.seq == seq))
    fields = fields_as_they_stand(entry)
    at = read_instant(fields.get("hwm"))
    try:
        return None if at is None else at.astimezone(place_of(str(fields.get("tz"))))
    except ILL_WRITTEN:
        return None


def _patient(session: Session, name: str) -> Patient | None:
    return (
        session.get(Patient, name)
        or session.scalars(select(Patient).where(Patient.record_number == name)).first()
    )
