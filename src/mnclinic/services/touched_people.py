"""Who is behind the visits that a look-back found: names, how to reach them, and what came later."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session

from mnclinic.domain.amendment import AmendmentKind
from mnclinic.models import AdverseEvent, Patient, TreatmentLineRow, Visit, VisitAmendment
from mnclinic.services.one_person import behind, heads_of
from mnclinic.services.staff_rows import names_by_user
from mnclinic.store.backup_files import Watch, unwatched

Named = tuple[str, str, str, bool]
"""Of a visit: kind, lot or device or user, serial, and whether it was struck."""
MANY_PEOPLE = 300
"""Where so many are told of, it is quicker to go through the adverse events, which are few."""


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


class VisitFacts(NamedTuple):
    """What a look-back reads of a visit: never its document, of which there may be thousands."""

    id: str
    number: str
    patient_ref: str
    performer: str
    state: str
    visit_on: date
    revision: int


FACTS = (
    *(Visit.id, Visit.number, Visit.patient_ref, Visit.performer),
    *(Visit.state, Visit.visit_on, Visit.revision),
)
"""The columns of those facts, in their order."""


Tell = Callable[
    [Session, Collection[str], Watch], tuple[Mapping[str, VisitFacts], Mapping[str, Sequence[Named]]]
]
"""Reads of these visits the facts, and what was looked for in each; one that it leaves out is not told of."""
NAMES = text(
    # A row of the roster is long and lies where chance put it: this much of it stands in the index.
    "SELECT ref, folded_name, merged_into FROM patient INDEXED BY ix_patient_by_ref "
    "WHERE ref IN (SELECT value FROM json_each(:refs))"
)


def facts_of(session: Session, visits: Collection[str]) -> dict[str, VisitFacts]:
    """By id, the facts of these visits."""
    if not visits:
        return {}
    rows = session.execute(select(*FACTS).where(Visit.id.in_(among(visits))))
    return {row[0]: VisitFacts._make(row) for row in rows}


def people_behind(session: Session, found: Mapping[str, Sequence[Named]]) -> tuple[TouchedPerson, ...]:
    """Whose visits these are, by name; of each visit what was looked for in it."""
    facts = facts_of(session, found)
    whose = {one.id: one.patient_ref for one in facts.values()}
    return PeopleBehind(session, whose, lambda *_: (facts, found)).told(session)


class PeopleBehind:
    """Who is behind visits, by name. What is told of them is read for as many as are told of."""

    def __init__(self, session: Session, visits: Mapping[str, str], tell: Tell) -> None:
        """Read who they are: `visits` names by visit under whose record it stands."""
        self._tell = tell
        self._marked = misfiled_among(session, visits)
        whose = {visit_id: self._marked.get(visit_id) or ref for visit_id, ref in visits.items()}
        named = _names(session, set(whose.values()))
        # Few records were merged: only of those is it asked under which they are read.
        heads = heads_of(session, sorted(ref for ref, one in named.items() if one.merged_into is not None))
        named |= _names(session, {head for head in heads.values() if head not in named})
        self._visits: defaultdict[str, list[str]] = defaultdict(list)
        self._records: defaultdict[str, set[str]] = defaultdict(set)
        for visit_id, ref in whose.items():
            head = heads.get(ref, ref)
            self._records[head].add(ref)
            self._visits[head].append(visit_id)
        known = (named[head] for head in self._visits if head in named)
        self.refs = tuple(one.ref for one in sorted(known, key=lambda one: (one.folded_name, one.ref)))
        """The records under which they are read, by name."""
        self.people = len(self.refs)
        """How many they are."""
        self.visits = sum(len(self._visits[ref]) for ref in self.refs)
        """In how many visits."""

    def told(
        self, session: Session, start: int = 0, most: int | None = None, *, watch: Watch = unwatched
    ) -> tuple[TouchedPerson, ...]:
        """The people from this one on, of whom 0 is the first, and `most` of them: all, where it is None."""
        refs = self.refs[start : None if most is None else start + most]
        if not refs:
            return ()
        people = _people(session, refs)
        whose = {visit_id: ref for ref in refs for visit_id in self._visits[ref]}
        facts, found = self._tell(session, whose, watch)
        areas = _areas(session, {one: facts[one].revision for one in whose if one in facts})
        names = names_by_user(session)
        uses: dict[str, list[Use]] = {ref: [] for ref in refs}
        for visit in sorted(
            (facts[one] for one in whose if one in facts), key=lambda one: (one.visit_on, one.number)
        ):
            is_unknown = visit.id in self._marked and not self._marked[visit.id]
            treated, called = tuple(areas.get(visit.id, ())), names.get(visit.performer, visit.performer)
            uses[whose[visit.id]] += [
                _use(visit, treated, one, is_unknown, called) for one in found.get(visit.id, ())
            ]
        told = [ref for ref in refs if uses[ref] and ref in people]
        events = _events(session, {ref: uses[ref] for ref in told}, whose)
        return tuple(_person(people[ref], uses[ref], self._records[ref], events.get(ref, ())) for ref in told)


def _areas(session: Session, revisions: Mapping[str, int]) -> dict[str, dict[str, None]]:
    """By visit, the areas of its newest revision, in their order."""
    line = TreatmentLineRow
    rows = session.execute(
        select(line.visit_id, line.revision, line.area).where(line.visit_id.in_(among(revisions)))
    )
    found: dict[str, dict[str, None]] = {}
    for visit_id, revision, area in rows:
        if revision == revisions[visit_id]:
            found.setdefault(visit_id, {})[area] = None
    return found


class _Name(NamedTuple):
    ref: str
    folded_name: str
    merged_into: str | None


def _names(session: Session, refs: Iterable[str]) -> dict[str, _Name]:
    rows = session.execute(NAMES, {"refs": json.dumps(sorted(refs))}).all()
    return {row[0]: _Name(*row) for row in rows}


class _PersonFacts(NamedTuple):
    ref: str
    record_number: str
    last_name: str
    first_name: str
    phone: str
    email: str
    address: str
    language: str


def _people(session: Session, refs: Iterable[str]) -> dict[str, _PersonFacts]:
    columns = [getattr(Patient, name) for name in _PersonFacts._fields]
    rows = session.execute(select(*columns).where(Patient.ref.in_(among(refs))))
    return {row[0]: _PersonFacts._make(row) for row in rows}


def _use(visit: VisitFacts, areas: tuple[str, ...], named: Named, is_misfiled: bool, called: str) -> Use:
    kind, lot, serial, is_struck = named
    return Use(
        *(visit.id, visit.number, visit.visit_on, kind, lot, serial, areas, is_struck, is_misfiled),
        *(visit.performer, called, visit.state == "voided"),
    )


def misfiled_among(session: Session, visits: Collection[str]) -> dict[str, Any]:
    """By visit of these that was filed to the wrong patient, whose it is; None where nobody said."""
    if not visits:
        return {}
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
    records = {ref: ref for ref in uses}
    for head, others in behind(session, sorted(uses)).items():
        records |= {ref: head for ref, _ in others}
    found: defaultdict[str, dict[str, LaterEvent]] = defaultdict(dict)
    for told, visit_id, patient_ref in _noted(session, records, whose):
        head = whose.get(visit_id) or records.get(patient_ref, "")
        if head in uses and told.noted_on >= uses[head][0].visit_on:
            found[head][told.event_id] = told
    return {
        head: tuple(sorted(of_them.values(), key=lambda one: (one.noted_on, one.event_id)))
        for head, of_them in found.items()
    }


def _noted(
    session: Session, records: Collection[str], visits: Collection[str]
) -> Iterator[tuple[LaterEvent, str, str]]:
    """The events of visits under these records and of these visits: each, its visit and whose that is."""
    event = AdverseEvent
    asked = select(
        *(event.id, Visit.number, event.event, event.grade, event.noted_on, event.visit_id),
        Visit.patient_ref,
    ).join(Visit, Visit.id == event.visit_id)
    # A visit that was filed to the wrong patient stands under whose it is.
    ways = [asked.where(Visit.patient_ref.in_(among(records))), asked.where(Visit.id.in_(among(visits)))]
    if len(records) > MANY_PEOPLE:
        # All their visits are far more than all the events there are, and whoever wants neither is left out.
        ways = [asked]
    for way in ways:
        for row in session.execute(way):
            yield LaterEvent(*row[:5]), row.visit_id, row.patient_ref


def _person(
    row: _PersonFacts, uses: Sequence[Use], records: Collection[str], events: Sequence[LaterEvent]
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
