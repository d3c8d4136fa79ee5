"""Who is behind the visits that a look-back found: names, how to reach them, and what came later."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from mnclinic.domain.amendment import AmendmentKind
from mnclinic.models import AdverseEvent, Patient, TreatmentLineRow, Visit, VisitAmendment
from mnclinic.services.one_person import behind, heads_of
from mnclinic.services.staff_rows import names_by_user

Named = tuple[str, str, str, bool]
"""Of a visit: kind, lot or device or user, serial, and whether it was struck."""


@dataclass(frozen=True)
class Use:
    """What one visit used of what was asked for.

    `is_struck` says that it stood in the signed visit until that was corrected or answered anew, and stands
    there no more; `is_misfiled` that the visit is somebody else's, and nobody said whose. `kind` is that of a
    supply, "performer" where a member of staff was asked for, or "treatment" where days alone were.
    """

    visit_id: str
    number: str
    visit_on: date
    kind: str
    lot: str
    serial: str
    areas: tuple[str, ...]
    is_struck: bool
    is_misfiled: bool
    performer: str = ""
    """A user name."""
    performer_name: str = ""
    """The same person's printed name, as screens show it."""
    is_voided: bool = False


@dataclass(frozen=True)
class LaterEvent:
    """An adverse event that was noted on the day of the first use or later. `number` is its visit's."""

    event_id: str
    number: str
    event: str
    grade: int
    noted_on: date


@dataclass(frozen=True)
class TouchedPerson:
    """A person, how to reach them, the uses, oldest first, and the adverse events since the first of them."""

    patient_ref: str
    record_number: str
    patient: str
    phone: str
    email: str
    uses: tuple[Use, ...]
    records: tuple[str, ...]
    """The references of the person's records under which the uses stand."""
    address: str = ""
    language: str = ""
    events: tuple[LaterEvent, ...] = ()

    @property
    def is_only_struck(self) -> bool:
        """Whether each of the uses was struck."""
        return all(one.is_struck for one in self.uses)


def among(keys: Iterable[str]) -> Select[str]:
    """The keys as a question of their own: a device may stand in more visits than a statement has places."""
    listed = func.json_each(json.dumps(sorted(keys))).table_valued("value")
    return select(listed.c.value)


def people_behind(session: Session, found: Mapping[str, Sequence[Named]]) -> tuple[TouchedPerson, ...]:
    """Whose visits these are, by name; of each visit what was looked for in it."""
    visits = {one.id: one for one in session.scalars(select(Visit).where(Visit.id.in_(among(found))))}
    areas: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for line in session.scalars(select(TreatmentLineRow).where(TreatmentLineRow.visit_id.in_(among(found)))):
        if line.revision == visits[line.visit_id].revision:
            areas[line.visit_id][line.area] = None
    marked = _misfiled(session, found)
    whose = {one.id: marked.get(one.id) or one.patient_ref for one in visits.values()}
    heads = heads_of(session, sorted(set(whose.values())))
    names = names_by_user(session)
    uses: defaultdict[str, list[Use]] = defaultdict(list)
    records: defaultdict[str, set[str]] = defaultdict(set)
    for visit in sorted(visits.values(), key=lambda one: (one.visit_on, one.number)):
        head = heads.get(whose[visit.id], whose[visit.id])
        records[head].add(whose[visit.id])
        is_unknown = visit.id in marked and not marked[visit.id]
        called = names.get(visit.performer, visit.performer)
        uses[head] += [
            replace(_use(visit, tuple(areas[visit.id]), one, is_unknown), performer_name=called)
            for one in found[visit.id]
        ]
    events = _events(session, uses, {visit_id: heads.get(ref, ref) for visit_id, ref in whose.items()})
    people = session.scalars(select(Patient).where(Patient.ref.in_(among(uses)))).all()
    return tuple(
        _person(one, uses[one.ref], records[one.ref], events.get(one.ref, ()))
        for one in sorted(people, key=lambda one: (one.folded_name, one.ref))
    )


def _use(visit: Visit, areas: tuple[str, ...], named: Named, is_misfiled: bool) -> Use:
    kind, lot, serial, is_struck = named
    return Use(
        *(visit.id, visit.number, visit.visit_on, kind, lot, serial, areas, is_struck, is_misfiled),
        performer=visit.performer,
        is_voided=visit.state == "voided",
    )


def _misfiled(session: Session, visits: Iterable[str]) -> dict[str, Any]:
    """By visit that was filed to the wrong patient, whose it is; None where nobody said."""
    rows = session.execute(
        select(VisitAmendment.visit_id, VisitAmendment.right_patient).where(
            VisitAmendment.visit_id.in_(among(visits)),
            VisitAmendment.kind == AmendmentKind.WRONG_PATIENT.value,
        )
    )
    return {visit_id: right for visit_id, right in rows}


def _events(
    session: Session, uses: Mapping[str, Sequence[Use]], whose: Mapping[str, str]
) -> dict[str, tuple[LaterEvent, ...]]:
    """By the record under which somebody is read, the events since their first use, oldest first."""
    records = {ref: head for head in uses for ref in (head,)}
    for head, others in behind(session, sorted(uses)).items():
        records |= {ref: head for ref, _ in others}
    asked = select(AdverseEvent, Visit).join(Visit, Visit.id == AdverseEvent.visit_id)
    found: defaultdict[str, dict[str, LaterEvent]] = defaultdict(dict)
    for event, visit in (
        *session.execute(asked.where(Visit.patient_ref.in_(among(records)))),
        # A visit that was filed to the wrong patient stands under whose it is.
        *session.execute(asked.where(Visit.id.in_(among(whose)))),
    ):
        head = whose.get(visit.id) or records.get(visit.patient_ref, "")
        if head in uses and event.noted_on >= uses[head][0].visit_on:
            found[head][event.id] = LaterEvent(
                event.id, visit.number, event.event, event.grade, event.noted_on
            )
    return {
        head: tuple(sorted(of_them.values(), key=lambda one: (one.noted_on, one.event_id)))
        for head, of_them in found.items()
    }


def _person(
    row: Patient, uses: Sequence[Use], records: Collection[str], events: Sequence[LaterEvent]
) -> TouchedPerson:
    return TouchedPerson(
        row.ref,
        row.record_number,
        f"{row.last_name}, {row.first_name}",
        row.phone,
        row.email,
        tuple(uses),
        tuple(sorted(records)),
        row.address,
        row.language,
        tuple(events),
    )
