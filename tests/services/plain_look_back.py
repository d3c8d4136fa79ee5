"""A look-back the plain way, for comparison: every row as an object, and each visit asked by itself.

It is slow, and shares with the program's own the rules about one visit alone.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from mnclinic.domain.amendment import AmendmentKind, corrected
from mnclinic.domain.names import fold
from mnclinic.domain.recall_query import RecallQuery
from mnclinic.domain.visit_document import VisitDocument, read_visit_document
from mnclinic.models import (
    AdverseEvent,
    Device,
    Patient,
    Staff,
    TreatmentLineRow,
    Visit,
    VisitAmendment,
    VisitRevision,
    VisitSupply,
)
from mnclinic.services.amendment_rows import corrections_in
from mnclinic.services.freeze_visit import supplies_of
from mnclinic.services.one_person import behind, heads_of
from mnclinic.services.staff_rows import names_by_user
from mnclinic.services.supply_rows import as_printed
from mnclinic.services.touched_people import LaterEvent, Named, TouchedPerson, Use, among

SUPPLY_PATHS = ("device", "cartridge.lot", "cartridge.serial", "prp.kit_lot", "anaesthetic.lot")
TOPICAL_PATH = "topicals[%].lot"


def plain_look_back(session: Session, query: RecallQuery) -> tuple[TouchedPerson, ...]:
    """Everybody whom it touched, as `look_back_in` says."""
    found: dict[str, list[Named]] = {}
    if query.names:
        names = frozenset({*query.names, *_devices(session, query.names)})
        rows = _signed_rows(session, names, query)
        candidates = {*rows, *_within(session, set(_corrected_to(session, names)), query)}
        found = signed_uses(session, candidates, names, rows)
        for visit_id, user in _performed(session, query):
            found.setdefault(visit_id, []).append(("performer", user, "", False))
    if query.first is not None and not query.person:
        for visit_id in _of_days(session, query):
            found.setdefault(visit_id, [("treatment", "", "", False)])
    return people_behind(session, found)


def _devices(session: Session, names: Collection[str]) -> Iterator[str]:
    """The codes of the registered devices that are called so, have that serial number, or that UDI."""
    for device, serial, facts in session.execute(select(Device.device, Device.serial, Device.facts)):
        called = {as_printed(device), as_printed(serial), as_printed(str(json.loads(facts).get("udi") or ""))}
        if called & set(names) - {""}:
            yield as_printed(device)


def _signed_rows(
    session: Session, names: frozenset[str], query: RecallQuery
) -> Mapping[str, list[VisitSupply]]:
    """By visit, what was signed of it in any revision."""
    lot, serial = func.upper(func.trim(VisitSupply.lot)), func.upper(func.trim(VisitSupply.serial))
    asked = select(VisitSupply).where(or_(lot.in_(names), serial.in_(names)))
    if query.first is not None:
        asked = asked.join(Visit, Visit.id == VisitSupply.visit_id).where(*_days(query))
    found: defaultdict[str, list[VisitSupply]] = defaultdict(list)
    for row in session.scalars(asked):
        found[row.visit_id].append(row)
    return found


def _days(query: RecallQuery) -> tuple[ColumnElement[bool], ...]:
    return (Visit.visit_on.between(query.first, query.last),) if query.first is not None else ()


def _corrected_to(session: Session, names: frozenset[str]) -> Iterator[str]:
    rows = session.execute(
        select(VisitAmendment.visit_id, VisitAmendment.new_value).where(
            VisitAmendment.kind == AmendmentKind.CORRECTION.value,
            or_(VisitAmendment.path.in_(SUPPLY_PATHS), VisitAmendment.path.like(TOPICAL_PATH)),
        )
    )
    for visit_id, value in rows:
        if value and as_printed(str(json.loads(value))) in names:
            yield visit_id


def _within(session: Session, visits: set[str], query: RecallQuery) -> set[str]:
    if query.first is None or not visits:
        return visits
    return set(session.scalars(select(Visit.id).where(Visit.id.in_(among(visits)), *_days(query))))


def _performed(session: Session, query: RecallQuery) -> Iterator[tuple[str, str]]:
    """The signed visits of whoever is called so, by user name or printed name."""
    wanted = fold(query.person)
    users = [
        one.user
        for one in session.scalars(select(Staff))
        if wanted and wanted in {fold(one.user), fold(one.name)}
    ]
    if users:
        asked = select(Visit.id, Visit.performer).where(
            Visit.performer.in_(users), Visit.performed_at.is_not(None), *_days(query)
        )
        for visit_id, user in session.execute(asked):  # noqa: UP028 - rows are not tuples to the checker
            yield visit_id, user


def _of_days(session: Session, query: RecallQuery) -> Sequence[str]:
    return session.scalars(select(Visit.id).where(Visit.performed_at.is_not(None), *_days(query))).all()


def signed_uses(
    session: Session,
    candidates: Collection[str],
    names: frozenset[str] | None,
    rows: Mapping[str, Sequence[VisitSupply]],
) -> dict[str, list[Named]]:
    """By visit, what of it is named, as it stands and as it stood; everything where `names` is None."""
    found: dict[str, list[Named]] = {}
    wanted = sorted(candidates)
    for begin in range(0, len(wanted), 500):
        found |= _uses(session, wanted[begin : begin + 500], names, rows)
    return found


def _uses(
    session: Session,
    wanted: Sequence[str],
    names: frozenset[str] | None,
    rows: Mapping[str, Sequence[VisitSupply]],
) -> dict[str, list[Named]]:
    every: defaultdict[str, list[VisitAmendment]] = defaultdict(list)
    of_these = select(VisitAmendment).where(
        VisitAmendment.visit_id.in_(wanted), VisitAmendment.kind == AmendmentKind.CORRECTION.value
    )
    for amended in session.scalars(of_these):
        every[amended.visit_id].append(amended)
    if names is None:
        return _read_uses(session, wanted, names, rows, every)
    # What was used of a visit that nobody corrected stands in its rows: its record is not read for that.
    as_signed = [visit_id for visit_id in wanted if visit_id not in every]
    return _row_uses(session, as_signed, names) | _read_uses(session, [*every], names, rows, every)


def _row_uses(session: Session, visits: Sequence[str], names: frozenset[str]) -> dict[str, list[Named]]:
    """By visit what its signed revisions used of what is named, the newest revision's first."""
    asked = (
        select(VisitSupply, Visit.revision)
        .join(Visit, Visit.id == VisitSupply.visit_id)
        .where(VisitSupply.visit_id.in_(visits))
    )
    found: defaultdict[str, dict[tuple[str, str, str], bool]] = defaultdict(dict)
    used = [(row, revision) for row, revision in session.execute(asked)]
    for row, revision in sorted(used, key=lambda one: (one[0].revision != one[1], one[0].id)):
        if {as_printed(row.lot), as_printed(row.serial)} & names:
            found[row.visit_id].setdefault((row.kind, row.lot, row.serial), row.revision != revision)
    return {visit_id: [(*one, struck) for one, struck in told.items()] for visit_id, told in found.items()}


def _read_uses(
    session: Session,
    visits: Sequence[str],
    names: frozenset[str] | None,
    rows: Mapping[str, Sequence[VisitSupply]],
    corrections: Mapping[str, Sequence[VisitAmendment]],
) -> dict[str, list[Named]]:
    """The same out of the records, as they stand after their corrections."""
    newest = session.scalars(
        select(VisitRevision)
        .join(Visit, and_(Visit.id == VisitRevision.visit_id, Visit.revision == VisitRevision.revision))
        .where(Visit.id.in_(visits))
    )
    found: dict[str, list[Named]] = {}
    for revision in newest:
        signed = json.loads(revision.record)["document"]
        made = sorted(corrections.get(revision.visit_id, ()), key=lambda one: one.position)
        before = dict.fromkeys(_named(read_visit_document(signed), names))
        now = [*before]
        if made:
            now = _named(
                read_visit_document(corrected(signed, corrections_in(made, revision.revision))), names
            )
        before |= dict.fromkeys((row.kind, row.lot, row.serial) for row in rows.get(revision.visit_id, ()))
        told = [(*one, False) for one in now] + [(*one, True) for one in before if one not in now]
        if told:
            found[revision.visit_id] = told
    return found


def _named(document: VisitDocument, names: frozenset[str] | None) -> list[tuple[str, str, str]]:
    return [
        one
        for one in supplies_of(document)
        if names is None or {as_printed(one[1]), as_printed(one[2])} & names
    ]


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
