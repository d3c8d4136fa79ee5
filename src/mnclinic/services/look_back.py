"""Look back from a lot, a serial number, a device, a performer or days to everybody whom they touched."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from mnclinic.domain.amendment import AmendmentKind, corrected
from mnclinic.domain.names import fold
from mnclinic.domain.person_details import line_of
from mnclinic.domain.recall_query import RecallQuery, read_recall_query
from mnclinic.domain.visit_document import VisitDocument, read_visit_document
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import Device, Staff, Visit, VisitAmendment, VisitRevision, VisitSupply
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.amendment_rows import corrections_in
from mnclinic.services.enter_look import enter_looks
from mnclinic.services.freeze_visit import supplies_of
from mnclinic.services.session import OpenClinic
from mnclinic.services.supply_rows import as_printed
from mnclinic.services.touched_people import Named, TouchedPerson, among, people_behind
from mnclinic.store.backup_files import Watch, go_on, unwatched
from mnclinic.store.log_writer import Act

SUPPLY_PATHS = ("device", "cartridge.lot", "cartridge.serial", "prp.kit_lot", "anaesthetic.lot")
TOPICAL_PATH = "topicals[%].lot"
NOT_LOOKED_UP = "Nothing was looked up. Correct what is marked and try again."
READING = "reading"
ENTERING = "entering"
"""The steps that a watch is told; what was found is entered and then shown."""
MOST_AT_ONCE = 500
"""Records that are read at once: each is a whole visit."""


def look_back(clinic: OpenClinic, wanted: str, *, watch: Watch = unwatched) -> tuple[TouchedPerson, ...]:
    """Everybody whom something touched, by name: a lot, a serial, a UDI, a device, a performer, or days.

    A device is named by its code or its serial number, a performer by user name or printed name, days as
    2026-11-01..2026-11-20, alone or behind any of them. Signed visits alone count, as they stand after the
    corrections that were signed; where it stood until a correction, the use is told and marked as struck.

    That it was asked is entered with what was looked for, and a look at each record that is told of, once a
    sitting, before anything is given.

    Raises:
        InvalidInput: the last of two days is before the first one.
        Stopped: the watch wanted no more. Nothing was shown or entered.
        StoreUnavailable: it cannot be entered; nothing is shown then.
    """
    clinic.require(RoleAct.VIEW_SUPPLIES)
    clinic.require(RoleAct.VIEW_PATIENT)
    query = read_recall_query(wanted, this_year=clinic.clock.now().year)
    if query.problem:
        raise InvalidInput(NOT_LOOKED_UP, [Problem("named", query.problem)])
    if query.is_empty:
        return ()
    # Nobody else's writing waits for what is read here.
    with clinic.store.reading() as session:
        people = look_back_in(session, query, watch=watch)
    go_on(watch, ENTERING)
    asked = Act(
        "recall.searched", "Q", categories=("supplies",), detail={"terms": as_printed(line_of(wanted))}
    )
    with clinic.work() as work:
        enter_looks(clinic, work, [*looks_at(people)], before=[asked])
    return people


def look_back_in(
    session: Session, query: RecallQuery, *, watch: Watch = unwatched
) -> tuple[TouchedPerson, ...]:
    """The same within an open session, for whoever enters it otherwise."""
    found: dict[str, list[Named]] = {}
    if query.names:
        names = frozenset({*query.names, *_devices(session, query.names)})
        rows = _signed_rows(session, names, query)
        candidates = {*rows, *_within(session, set(_corrected_to(session, names)), query)}
        found = signed_uses(session, candidates, names, rows, watch=watch)
        for visit_id, user in _performed(session, query):
            found.setdefault(visit_id, []).append(("performer", user, "", False))
    if query.first is not None and not query.person:
        for visit_id in _of_days(session, query):
            found.setdefault(visit_id, [("treatment", "", "", False)])
    return people_behind(session, found)


def looks_at(people: Sequence[TouchedPerson]) -> Iterator[Act]:
    """A look at each record that a look-back tells of."""
    for ref in sorted({ref for one in people for ref in (one.patient_ref, *one.records)}):
        yield Act("recall.viewed", "R", subject=ref, categories=("demographics", "treatment"))


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
    *,
    watch: Watch = unwatched,
) -> dict[str, list[Named]]:
    """By visit, what of it is named, as it stands and as it stood; everything where `names` is None."""
    found: dict[str, list[Named]] = {}
    wanted = sorted(candidates)
    for begin in range(0, len(wanted), MOST_AT_ONCE):
        go_on(watch, READING, begin, len(wanted))
        found |= _uses(session, wanted[begin : begin + MOST_AT_ONCE], names, rows)
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
