"""Who the people of a day's list are, over all their records, and what should be seen to before they come."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from mnclinic.domain.person_details import Standing
from mnclinic.services.banner_facts import Hold, HoldCode
from mnclinic.services.one_person import behind, heads_of

# Straight to the driver: the list is read at every change, and building the statements would cost the most.
RECORDS = (
    "SELECT ref, record_number, last_name, first_name, born_on, standing FROM patient "
    "WHERE ref IN (SELECT value FROM json_each(:refs))"
)
DEFERRED = (
    "SELECT value AS ref FROM json_each(:refs) WHERE EXISTS "
    "(SELECT 1 FROM visit WHERE patient_ref = value AND state = 'deferred')"
)
WITH_EVENT = (
    "SELECT value AS ref FROM json_each(:refs) WHERE EXISTS (SELECT 1 FROM visit "
    "JOIN adverse_event ON adverse_event.visit_id = visit.id WHERE visit.patient_ref = value)"
)


@dataclass(frozen=True)
class PersonOfDay:
    """One person, under the record that they are read under; `needs` the gravest first."""

    ref: str
    record_number: str
    name: str
    born_on: date | None
    needs: tuple[Hold, ...]
    own_born_on: date | None = None
    """As the record itself has it, and no other of this person: a visit is judged by that."""

    @property
    def is_deceased(self) -> bool:
        """Whether no visit may be started."""
        return any(one.code is HoldCode.DECEASED for one in self.needs)


def people_of_day(session: Session, refs: Sequence[str]) -> Mapping[str, PersonOfDay]:
    """By reference of a record, whose it is. What any record of a person holds counts."""
    heads = heads_of(session, refs)
    others = behind(session, sorted(set(heads.values())))
    groups = {head: (head, *(ref for ref, _ in others.get(head, ()))) for head in set(heads.values())}
    every = json.dumps(sorted({ref for group in groups.values() for ref in group}))
    run = session.connection().exec_driver_sql
    records = {row.ref: row for row in run(RECORDS, {"refs": every})}
    deferred = {row.ref for row in run(DEFERRED, {"refs": every})}
    with_event = {row.ref for row in run(WITH_EVENT, {"refs": every})}
    people = {
        head: _person([records[ref] for ref in group if ref in records], deferred, with_event)
        for head, group in groups.items()
    }
    return {ref: people[head] for ref, head in heads.items()}


def _person(rows: Sequence[Row[Any]], deferred: set[str], with_event: set[str]) -> PersonOfDay:
    head, refs = rows[0], {row.ref for row in rows}
    days = sorted({row.born_on for row in rows if row.born_on})
    needs = []
    if any(row.standing == Standing.DECEASED for row in rows):
        needs.append(Hold(HoldCode.DECEASED))
    if not days:
        needs.append(Hold(HoldCode.BIRTH_DATE_MISSING))
    elif len(days) > 1:
        needs.append(Hold(HoldCode.BIRTH_DATES_DIFFER))
    if refs & with_event:
        needs.append(Hold(HoldCode.ADVERSE_EVENT))
    if refs & deferred:
        needs.append(Hold(HoldCode.VISIT_DEFERRED))
    if head.standing == Standing.INACTIVE:
        needs.append(Hold(HoldCode.INACTIVE))
    born_on = head.born_on or (days[0] if days else None)
    return PersonOfDay(
        head.ref,
        head.record_number,
        f"{head.last_name}, {head.first_name}".strip(", "),
        date.fromisoformat(born_on) if born_on else None,
        tuple(needs),
        date.fromisoformat(head.born_on) if head.born_on else None,
    )
