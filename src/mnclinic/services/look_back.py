"""Look back from a lot, a serial number or a device to everybody whom it touched."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from mnclinic.domain.amendment import AmendmentKind, corrected
from mnclinic.domain.person_details import line_of
from mnclinic.domain.visit_document import VisitDocument, read_visit_document
from mnclinic.models import (
    Device,
    Patient,
    TreatmentLineRow,
    Visit,
    VisitAmendment,
    VisitRevision,
    VisitSupply,
)
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.amendment_rows import corrections_in
from mnclinic.services.enter_look import enter_looks
from mnclinic.services.freeze_visit import supplies_of
from mnclinic.services.one_person import heads_of
from mnclinic.services.session import OpenClinic
from mnclinic.services.supply_rows import as_printed
from mnclinic.store.log_writer import Act

SUPPLY_PATHS = ("device", "cartridge.lot", "cartridge.serial", "prp.kit_lot", "anaesthetic.lot")
TOPICAL_PATH = "topicals[%].lot"


@dataclass(frozen=True)
class Use:
    """What one visit used of what was asked for.

    `is_struck` says that it stood in the signed visit until that was corrected or answered anew, and stands
    there no more; `is_misfiled` that the visit is somebody else's, and nobody said whose.
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


@dataclass(frozen=True)
class TouchedPerson:
    """A person, how to reach them, and the uses, oldest first."""

    patient_ref: str
    record_number: str
    patient: str
    phone: str
    email: str
    uses: tuple[Use, ...]
    records: tuple[str, ...]
    """The references of the person's records under which the uses stand."""

    @property
    def is_only_struck(self) -> bool:
        """Whether each of the uses was struck."""
        return all(one.is_struck for one in self.uses)


def look_back(clinic: OpenClinic, wanted: str) -> tuple[TouchedPerson, ...]:
    """Everybody whom a lot, a cartridge's serial number, or a device touched, by name.

    A device is named by its code or its serial number. Signed visits alone count, as they stand after the
    corrections that were signed; where it stood until a correction, the use is told and marked as struck.

    That it was asked is entered with what was looked for, and a look at each record that is told of, once a
    sitting, before anything is given.

    Raises StoreUnavailable and kin when that cannot be entered: then nothing is shown.
    """
    clinic.require(RoleAct.VIEW_SUPPLIES)
    clinic.require(RoleAct.VIEW_PATIENT)
    printed = line_of(as_printed(wanted))
    if not printed:
        return ()
    # Nobody else's writing waits for what is read here.
    with clinic.store.reading() as session:
        names = frozenset({printed, *_devices(session, printed)})
        rows = _signed_rows(session, names)
        candidates = {*rows, *_corrected_to(session, names)}
        found = _uses(session, candidates, names, rows)
        people = _by_person(session, found)
    asked = Act("recall.searched", "Q", categories=("supplies",), detail={"terms": printed})
    with clinic.work() as work:
        enter_looks(clinic, work, [*_looks(people)], before=[asked])
    return people


def _looks(people: Sequence[TouchedPerson]) -> Iterator[Act]:
    for ref in sorted({ref for one in people for ref in (one.patient_ref, *one.records)}):
        yield Act("recall.viewed", "R", subject=ref, categories=("demographics", "treatment"))


def _devices(session: Session, printed: str) -> Iterator[str]:
    code, serial = func.upper(func.trim(Device.device)), func.upper(func.trim(Device.serial))
    for named in session.scalars(select(Device.device).where(or_(code == printed, serial == printed))):
        yield as_printed(named)


def _signed_rows(session: Session, names: frozenset[str]) -> Mapping[str, list[VisitSupply]]:
    """By visit, what was signed of it in any revision."""
    lot, serial = func.upper(func.trim(VisitSupply.lot)), func.upper(func.trim(VisitSupply.serial))
    found: defaultdict[str, list[VisitSupply]] = defaultdict(list)
    for row in session.scalars(select(VisitSupply).where(or_(lot.in_(names), serial.in_(names)))):
        found[row.visit_id].append(row)
    return found


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


def _uses(
    session: Session, candidates: set[str], names: frozenset[str], rows: Mapping[str, list[VisitSupply]]
) -> dict[str, list[tuple[str, str, str, bool]]]:
    """By visit, what of it is named: kind, lot, serial, and whether it was struck."""
    wanted = sorted(candidates)
    every: defaultdict[str, list[VisitAmendment]] = defaultdict(list)
    of_these = select(VisitAmendment).where(
        VisitAmendment.visit_id.in_(wanted), VisitAmendment.kind == AmendmentKind.CORRECTION.value
    )
    for amended in session.scalars(of_these):
        every[amended.visit_id].append(amended)
    newest = session.scalars(
        select(VisitRevision)
        .join(Visit, and_(Visit.id == VisitRevision.visit_id, Visit.revision == VisitRevision.revision))
        .where(Visit.id.in_(wanted))
    )
    found: dict[str, list[tuple[str, str, str, bool]]] = {}
    for revision in newest:
        signed = json.loads(revision.record)["document"]
        made = sorted(every[revision.visit_id], key=lambda one: one.position)
        now = _named(read_visit_document(corrected(signed, corrections_in(made, revision.revision))), names)
        before = dict.fromkeys(_named(read_visit_document(signed), names))
        before |= dict.fromkeys((row.kind, row.lot, row.serial) for row in rows.get(revision.visit_id, ()))
        told = [(*one, False) for one in now] + [(*one, True) for one in before if one not in now]
        if told:
            found[revision.visit_id] = told
    return found


def _named(document: VisitDocument, names: frozenset[str]) -> list[tuple[str, str, str]]:
    return [one for one in supplies_of(document) if {as_printed(one[1]), as_printed(one[2])} & names]


def _by_person(
    session: Session, found: Mapping[str, list[tuple[str, str, str, bool]]]
) -> tuple[TouchedPerson, ...]:
    visits = {one.id: one for one in session.scalars(select(Visit).where(Visit.id.in_(sorted(found))))}
    areas: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for line in session.scalars(select(TreatmentLineRow).where(TreatmentLineRow.visit_id.in_(sorted(found)))):
        if line.revision == visits[line.visit_id].revision:
            areas[line.visit_id][line.area] = None
    marked = _misfiled(session, sorted(found))
    whose = {one.id: marked.get(one.id) or one.patient_ref for one in visits.values()}
    heads = heads_of(session, sorted(set(whose.values())))
    uses: defaultdict[str, list[Use]] = defaultdict(list)
    records: defaultdict[str, set[str]] = defaultdict(set)
    for visit in sorted(visits.values(), key=lambda one: (one.visit_on, one.number)):
        for kind, lot, serial, is_struck in found[visit.id]:
            unknown = visit.id in marked and not marked[visit.id]
            head = heads.get(whose[visit.id], whose[visit.id])
            records[head].add(whose[visit.id])
            uses[head].append(
                Use(
                    *(visit.id, visit.number, visit.visit_on, kind, lot, serial),
                    *(tuple(areas[visit.id]), is_struck, unknown),
                )
            )
    people = session.scalars(select(Patient).where(Patient.ref.in_(sorted(uses)))).all()
    return tuple(
        _person(one, uses[one.ref], records[one.ref])
        for one in sorted(people, key=lambda one: (one.folded_name, one.ref))
    )


def _misfiled(session: Session, visits: Sequence[str]) -> dict[str, Any]:
    """By visit that was filed to the wrong patient, whose it is; None where nobody said."""
    rows = session.execute(
        select(VisitAmendment.visit_id, VisitAmendment.right_patient).where(
            VisitAmendment.visit_id.in_(visits), VisitAmendment.kind == AmendmentKind.WRONG_PATIENT.value
        )
    )
    return {visit_id: right for visit_id, right in rows}


def _person(row: Patient, uses: Sequence[Use], records: Collection[str]) -> TouchedPerson:
    return TouchedPerson(
        row.ref,
        row.record_number,
        f"{row.last_name}, {row.first_name}",
        row.phone,
        row.email,
        tuple(uses),
        tuple(sorted(records)),
    )
