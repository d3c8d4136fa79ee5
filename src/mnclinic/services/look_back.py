"""Look back from a lot, a serial number, a device, a performer or days to everybody whom they touched."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

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
from mnclinic.services.supply_rows import as_printed, printed_ways
from mnclinic.services.touched_people import (
    FACTS,
    Named,
    PeopleBehind,
    TouchedPerson,
    VisitFacts,
    among,
    facts_of,
)
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


@dataclass(frozen=True)
class FoundPeople:
    """An answer in stretches: how many people in how many visits, and the first of them, by name.

    The others are had with `more_people`.
    """

    people: int
    visits: int
    rows: tuple[TouchedPerson, ...]
    behind: PeopleBehind | None = field(default=None, repr=False, compare=False)
    """Where the others come from; None where these are all."""


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
    return begin_look_back(clinic, wanted, most=None, watch=watch).rows


def begin_look_back(
    clinic: OpenClinic, wanted: str, *, most: int | None, watch: Watch = unwatched
) -> FoundPeople:
    """The same, of which the first `most` people are told: a device may have touched thousands.

    A look is entered at the records of whoever is told of, and of nobody else so far.
    """
    clinic.require(RoleAct.VIEW_SUPPLIES)
    clinic.require(RoleAct.VIEW_PATIENT)
    query = read_recall_query(wanted, this_year=clinic.clock.now().year)
    if query.problem:
        raise InvalidInput(NOT_LOOKED_UP, [Problem("named", query.problem)])
    if query.is_empty:
        return FoundPeople(0, 0, ())
    # Nobody else's writing waits for what is read here.
    with clinic.store.reading() as session:
        behind = _behind(session, query, watch=watch)
        people = behind.told(session, most=most)
    go_on(watch, ENTERING)
    asked = Act(
        "recall.searched", "Q", categories=("supplies",), detail={"terms": as_printed(line_of(wanted))}
    )
    with clinic.work() as work:
        enter_looks(clinic, work, [*looks_at(people)], before=[asked])
    return FoundPeople(behind.people, behind.visits, people, behind)


def more_people(clinic: OpenClinic, found: FoundPeople, start: int, most: int) -> tuple[TouchedPerson, ...]:
    """Of an answer the people from this number on, of whom 0 is the first; looks at them are entered first.

    They are those who were found when it was asked. Raises StoreUnavailable and kin: nothing is shown then.
    """
    clinic.require(RoleAct.VIEW_SUPPLIES)
    clinic.require(RoleAct.VIEW_PATIENT)
    if found.behind is None:
        return found.rows[start : start + most]
    with clinic.store.reading() as session:
        people = found.behind.told(session, start, most)
    with clinic.work() as work:
        enter_looks(clinic, work, [*looks_at(people)])
    return people


def look_back_in(session: Session, query: RecallQuery) -> tuple[TouchedPerson, ...]:
    """Everybody whom it touched, within an open session, for whoever enters it otherwise."""
    return _behind(session, query, watch=unwatched).told(session)


def touched_by(session: Session, kind: str, named: str) -> tuple[TouchedPerson, ...]:
    """Whom a supply of this kind touched: another kind may have a lot that is printed alike."""
    people = look_back_in(session, RecallQuery((named,)))
    return tuple(one for one in people if any(use.kind == kind for use in one.uses))


def _behind(session: Session, query: RecallQuery, *, watch: Watch) -> PeopleBehind:
    found: dict[str, list[Named]] = {}
    facts: dict[str, VisitFacts] = {}
    if query.names:
        wanted = frozenset().union(*(printed_ways(one) for one in query.names))
        names = frozenset({*wanted, *_devices(session, wanted)})
        rows = _signed_rows(session, names)
        go_on(watch, READING)
        facts = _within(facts_of(session, {*rows, *_corrected_to(session, names)}), query)
        found = _named_uses(session, names, rows, facts, watch)
        for visit in _performed(session, query):
            facts[visit.id] = visit
            found.setdefault(visit.id, []).append(("performer", visit.performer, "", False))
    if query.first is not None and not query.person:
        for visit in _of_days(session, query):
            facts[visit.id] = visit
            found.setdefault(visit.id, [("treatment", "", "", False)])
    go_on(watch, READING)
    return PeopleBehind(session, found, facts)


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


class SignedSupply(NamedTuple):
    """A supply of one signed revision of a visit; `position` counts up with the time of signing."""

    visit_id: str
    revision: int
    kind: str
    lot: str
    serial: str
    position: int


def _signed_rows(session: Session, names: frozenset[str]) -> dict[str, list[SignedSupply]]:
    """By visit, what was signed of it in any revision."""
    row = VisitSupply
    lot, serial = func.upper(func.trim(row.lot)), func.upper(func.trim(row.serial))
    asked = select(row.visit_id, row.revision, row.kind, row.lot, row.serial, row.id)
    found: dict[str, list[SignedSupply]] = {}
    for one in session.execute(asked.where(or_(lot.in_(names), serial.in_(names)))):
        found.setdefault(one[0], []).append(SignedSupply._make(one))
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


def _within(facts: dict[str, VisitFacts], query: RecallQuery) -> dict[str, VisitFacts]:
    if query.first is None or query.last is None:
        return facts
    return {key: one for key, one in facts.items() if query.first <= one.visit_on <= query.last}


def _performed(session: Session, query: RecallQuery) -> Iterator[VisitFacts]:
    """The signed visits of whoever is called so, by user name or printed name."""
    wanted = fold(query.person)
    users = [
        one.user
        for one in session.scalars(select(Staff))
        if wanted and wanted in {fold(one.user), fold(one.name)}
    ]
    if users:
        asked = select(*FACTS).where(
            Visit.performer.in_(users), Visit.performed_at.is_not(None), *_days(query)
        )
        yield from (VisitFacts._make(row) for row in session.execute(asked))


def _of_days(session: Session, query: RecallQuery) -> Iterator[VisitFacts]:
    asked = select(*FACTS).where(Visit.performed_at.is_not(None), *_days(query))
    return (VisitFacts._make(row) for row in session.execute(asked))


def _named_uses(
    session: Session,
    names: frozenset[str],
    rows: Mapping[str, Sequence[SignedSupply]],
    facts: Mapping[str, VisitFacts],
    watch: Watch,
) -> dict[str, list[Named]]:
    """By visit, what of it is named, as it stands and as it stood."""
    amended = select(VisitAmendment.visit_id).where(
        VisitAmendment.visit_id.in_(among(facts)), VisitAmendment.kind == AmendmentKind.CORRECTION.value
    )
    corrected_ones = set(session.scalars(amended))
    # What was used of a visit that nobody corrected stands in its rows: its record is not read for that.
    found = {
        visit_id: _row_uses(rows[visit_id], visit.revision)
        for visit_id, visit in facts.items()
        if visit_id not in corrected_ones and visit_id in rows
    }
    return found | signed_uses(session, corrected_ones, names, rows, watch=watch)


def _row_uses(rows: Sequence[SignedSupply], revision: int) -> list[Named]:
    """What the signed revisions of a visit used of what is named, the newest revision's first."""
    if len(rows) == 1:
        (row,) = rows
        return [(row.kind, row.lot, row.serial, row.revision != revision)]
    found: dict[tuple[str, str, str], bool] = {}
    for row in sorted(rows, key=lambda one: (one.revision != revision, one.position)):
        found.setdefault((row.kind, row.lot, row.serial), row.revision != revision)
    return [(*one, struck) for one, struck in found.items()]


def signed_uses(
    session: Session,
    candidates: Collection[str],
    names: frozenset[str] | None,
    rows: Mapping[str, Sequence[SignedSupply | VisitSupply]],
    *,
    watch: Watch = unwatched,
) -> dict[str, list[Named]]:
    """By visit, what of it is named, as it stands and as it stood; everything where `names` is None.

    Read out of the records themselves, and so for few visits.
    """
    found: dict[str, list[Named]] = {}
    wanted = sorted(candidates)
    for begin in range(0, len(wanted), MOST_AT_ONCE):
        go_on(watch, READING, begin, len(wanted))
        found |= _read_uses(session, wanted[begin : begin + MOST_AT_ONCE], names, rows)
    return found


def _read_uses(
    session: Session,
    visits: Sequence[str],
    names: frozenset[str] | None,
    rows: Mapping[str, Sequence[SignedSupply | VisitSupply]],
) -> dict[str, list[Named]]:
    corrections: defaultdict[str, list[VisitAmendment]] = defaultdict(list)
    of_these = select(VisitAmendment).where(
        VisitAmendment.visit_id.in_(visits), VisitAmendment.kind == AmendmentKind.CORRECTION.value
    )
    for amended in session.scalars(of_these):
        corrections[amended.visit_id].append(amended)
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
