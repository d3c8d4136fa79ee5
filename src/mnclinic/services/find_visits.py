"""Find visits by whose they were and when, newest first, for the box that finds everything."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from mnclinic.domain.names import fold
from mnclinic.domain.people_query import SHORTEST_WORD_WITH_A_SLIP, is_one_slip_apart
from mnclinic.domain.visit_query import VisitQuery, read_visit_query
from mnclinic.interchange.birth_dates import days_meant
from mnclinic.services.match_people import match_people
from mnclinic.services.one_person import behind, heads_of

MOST_PEOPLE = 60
"""Of more people with such a name than this, the visits of the last days are read as well."""
LAST_DAYS = 60

SHOWN = (
    "visit.number, visit.id, visit.visit_on, visit.state, visit.patient_ref, "
    "patient.last_name, patient.first_name, patient.folded_name"
)
OF_DAY = (
    f"SELECT {SHOWN} FROM visit JOIN patient ON patient.ref = visit.patient_ref "  # noqa: S608 - our own words
    "WHERE visit.visit_on = :day ORDER BY visit.number DESC"
)
OF_PEOPLE = (
    f"SELECT {SHOWN} FROM json_each(:refs) AS sought "  # noqa: S608 - our own words
    "JOIN visit ON visit.id IN (SELECT id FROM visit WHERE patient_ref = sought.value "
    "ORDER BY visit_on DESC, number DESC LIMIT :limit) JOIN patient ON patient.ref = visit.patient_ref"
)
OF_LAST_DAYS = (
    f"SELECT {SHOWN} FROM visit CROSS JOIN patient ON patient.ref = visit.patient_ref "  # noqa: S608 - our own words
    "WHERE visit.visit_on >= :since AND NOT EXISTS (SELECT 1 FROM json_each(:words) AS word "
    "WHERE instr(' ' || patient.folded_name, ' ' || word.value) = 0) "
    "ORDER BY visit.visit_on DESC, visit.number DESC LIMIT :limit"
)


@dataclass(frozen=True)
class FoundVisit:
    """A visit that answers what was typed."""

    number: str
    visit_id: str
    patient: str
    visit_on: date
    state: str


def visits_of_whom_and_when(
    session: Session, line: str, *, today: date, limit: int
) -> tuple[FoundVisit, ...]:
    """The newest visits that "maria 11/26" or "visit maria" means; none where no visit is meant."""
    query = read_visit_query(line, today, days_meant)
    if query is None:
        return ()
    rows = (
        _of_days(session, query, limit)
        if query.days is not None
        else _of_people(session, query.who, today, limit)
    )
    return found_visits(rows[:limit])


def found_visits(rows: Iterable[Any]) -> tuple[FoundVisit, ...]:
    """Rows with a visit's number, id, day and state, and its patient's names, as values."""
    return tuple(
        FoundVisit(
            row.number,
            row.id,
            f"{row.last_name}, {row.first_name}".strip(", "),
            row.visit_on if isinstance(row.visit_on, date) else date.fromisoformat(row.visit_on),
            row.state,
        )
        for row in rows
    )


def _of_days(session: Session, query: VisitQuery, limit: int) -> list[Row[Any]]:
    words = fold(query.who).split()
    found: list[Row[Any]] = []
    for day in query.days or ():
        rows = session.connection().exec_driver_sql(OF_DAY, {"day": day.isoformat()}).all()
        found += _called(session, rows, words) if words else rows
        if len(found) >= limit:
            break
    return found


def _called(session: Session, rows: Sequence[Row[Any]], words: Sequence[str]) -> list[Row[Any]]:
    """Of these visits those of people whose name has every word, in any of the person's records."""
    heads = heads_of(session, [row.patient_ref for row in rows])
    names: dict[str, set[str]] = {}
    for row in rows:
        names.setdefault(heads.get(row.patient_ref, row.patient_ref), set()).update(row.folded_name.split())
    return [
        row
        for row in rows
        if all(
            any(_is_meant(word, name) for name in names[heads.get(row.patient_ref, row.patient_ref)])
            for word in words
        )
    ]


def _is_meant(word: str, name: str) -> bool:
    """Whether a typed word begins a name, or is one slip away from the whole of it."""
    is_long = min(len(word), len(name)) >= SHORTEST_WORD_WITH_A_SLIP
    return name.startswith(word) or (is_long and is_one_slip_apart(word, name))


def _of_people(session: Session, who: str, today: date, limit: int) -> list[Row[Any]]:
    matched = match_people(session, who, today=today, limit=MOST_PEOPLE)
    refs = {*heads_of(session, [row.ref for row in matched.rows]).values()}
    refs |= {ref for records in behind(session, [*refs]).values() for ref, _ in records}
    ask = session.connection().exec_driver_sql
    rows = [*ask(OF_PEOPLE, {"refs": json.dumps(sorted(refs)), "limit": limit})]
    if matched.is_cut:
        since = (today - timedelta(days=LAST_DAYS)).isoformat()
        words = json.dumps(fold(who).split())
        rows += ask(OF_LAST_DAYS, {"since": since, "words": words, "limit": limit})
    each = {row.id: row for row in rows}.values()
    return sorted(each, key=lambda row: (row.visit_on, row.number), reverse=True)
