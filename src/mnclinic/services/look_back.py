"""Look back from a lot, a serial number, a device, a performer or days to everybody whom they touched."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import BindParameter, TextClause, and_, bindparam, or_, select, text
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
    Named,
    PeopleBehind,
    TouchedPerson,
    VisitFacts,
    among,
    facts_of,
    misfiled_among,
)
from mnclinic.store.backup_files import Watch, go_on, unwatched
from mnclinic.store.log_writer import Act

SUPPLY_PATHS = ("device", "cartridge.lot", "cartridge.serial", "prp.kit_lot", "anaesthetic.lot")
TOPICAL_PATH = "topicals[%].lot"
NOT_LOOKED_UP = "Nothing was looked up. Correct what is marked and try again."
READING = "reading"
ENTERING = "entering"
"""The steps that a watch is told; what was found is entered and then shown."""
_NAMED = "(upper(trim(visit_supply.lot)) IN :names OR upper(trim(visit_supply.serial)) IN :names)"
# A visit's row and a supply's lie where chance put them, and a device stands in thousands: the two indices
# say all of this, and in them what is named lies together. Asked with an OR rows would be read too.
_TOUCHED = (
    "SELECT visit_id, patient_ref FROM visit_supply INDEXED BY ix_visit_supply_lot "
    "WHERE upper(trim(visit_supply.lot)) IN :names "
    "UNION SELECT visit_id, patient_ref FROM visit_supply INDEXED BY ix_visit_supply_serial "
    "WHERE upper(trim(visit_supply.serial)) IN :names"
)
# The day is the visit's own, which may change until it is signed anew.
_TOUCHED_WITHIN = (
    f"SELECT named.visit_id, named.patient_ref FROM ({_TOUCHED}) AS named "  # noqa: S608 - our own words
    "CROSS JOIN visit INDEXED BY ix_visit_by_id ON visit.id = named.visit_id "
    "WHERE visit.visit_on BETWEEN :first AND :last"
)
# Each holds only what was performed, in this order: so much stands in no visit's own page.
_BY = (
    "SELECT id, patient_ref FROM visit INDEXED BY ix_visit_treated_by "
    "WHERE performed_at IS NOT NULL AND performer IN :names"
)
_WITHIN = "visit_on BETWEEN :first AND :last"
_ON = (
    "SELECT id, patient_ref FROM visit INDEXED BY ix_visit_treated_on "  # noqa: S608 - our own words
    f"WHERE performed_at IS NOT NULL AND {_WITHIN}"
)
_SIGNED = (
    "SELECT visit_id, revision, kind, lot, serial, id FROM visit_supply "  # noqa: S608 - our own words
    "INDEXED BY ix_visit_supply_visit_id "
    f"WHERE visit_id IN (SELECT value FROM json_each(:visits)) AND {_NAMED}"
)
_EACH_NAME: BindParameter[str] = bindparam("names", expanding=True)
TOUCHED = text(_TOUCHED).bindparams(_EACH_NAME)
TOUCHED_WITHIN = text(_TOUCHED_WITHIN).bindparams(_EACH_NAME)
TREATED_BY = text(_BY).bindparams(_EACH_NAME)
TREATED_BY_WITHIN = text(f"{_BY} AND {_WITHIN}").bindparams(_EACH_NAME)
TREATED_ON = text(_ON)
SIGNED = text(_SIGNED).bindparams(_EACH_NAME)
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
        people = behind.told(session, most=most, watch=watch)
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


def touched_beside(session: Session, kind: str, named: str, known: Collection[str]) -> tuple[str, ...]:
    """Whom `touched_by` tells of, by name, beside those of known records: the record where each is read.

    Whoever has one of these records and another one beside is told of where the other one was touched.
    """
    return _behind(session, RecallQuery((named,)), kind=kind, known=known, watch=unwatched).refs


def touched_by(session: Session, kind: str, named: str) -> tuple[TouchedPerson, ...]:
    """Whom a supply of this kind touched: another kind may have a lot that is printed alike."""
    people = look_back_in(session, RecallQuery((named,)))
    return tuple(one for one in people if any(use.kind == kind for use in one.uses))


def _behind(
    session: Session, query: RecallQuery, *, watch: Watch, kind: str = "", known: Collection[str] = ()
) -> PeopleBehind:
    """Which visits they are and whose: no more is read of thousands until they are told of.

    With a kind of supply those alone that used one of that kind, and none that are of `known` records.
    """
    asked = _Asked()
    if query.names:
        wanted = frozenset().union(*(printed_ways(one) for one in query.names))
        asked = _Asked(frozenset({*wanted, *_devices(session, wanted)}), kind)
        asked.used |= _of_kind(session, asked, _beside(session, known, _touched(session, asked, query)))
        go_on(watch, READING)
        asked.used |= _only_corrected_to(session, asked, query, watch)
        asked.performed |= _performed(session, query)
    if query.first is not None and not query.person:
        asked.treated |= _of_days(session, query)
    go_on(watch, READING)
    return PeopleBehind(session, asked.treated | asked.performed | asked.used, asked.told)


@dataclass
class _Asked:
    """What was asked for, and by visit that it stands in whose record that is under."""

    names: frozenset[str] = frozenset()
    kind: str = ""
    """Of supplies; empty for any."""
    used: dict[str, str] = field(default_factory=dict)
    performed: dict[str, str] = field(default_factory=dict)
    treated: dict[str, str] = field(default_factory=dict)

    def told(
        self, session: Session, visits: Collection[str], watch: Watch
    ) -> tuple[dict[str, VisitFacts], dict[str, list[Named]]]:
        """What is told of some of these visits."""
        facts = facts_of(session, visits)
        used = {key: one for key, one in facts.items() if key in self.used}
        found = _named_uses(session, self.names, _signed_rows(session, self.names, used), used, watch)
        for key, visit in facts.items():
            if key in self.performed:
                found.setdefault(key, []).append(("performer", visit.performer, "", False))
            if key in self.treated:
                found.setdefault(key, [("treatment", "", "", False)])
        return facts, found


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


def _touched(session: Session, wanted: "_Asked", query: RecallQuery) -> dict[str, str]:
    """By visit in any signed revision of which it stands, under whose record that is."""
    days = _days(query)
    asked = TOUCHED_WITHIN if days else TOUCHED
    return _whose(session, asked, {"names": sorted(wanted.names), **days})


def _whose(session: Session, asked: TextClause, given: Mapping[str, object]) -> dict[str, str]:
    """By visit, under whose record it is."""
    return {visit_id: ref for visit_id, ref in session.execute(asked, given).all()}


def _beside(session: Session, known: Collection[str], touched: Mapping[str, str]) -> Mapping[str, str]:
    """Of these visits those that are of no known record, and those that were filed to the wrong patient."""
    misfiled = misfiled_among(session, [visit for visit, ref in touched.items() if ref in known])
    return {visit: ref for visit, ref in touched.items() if ref not in known or visit in misfiled}


def _of_kind(session: Session, asked: "_Asked", touched: Mapping[str, str]) -> Mapping[str, str]:
    """Of these visits those that used the kind of supply that is asked for."""
    if not asked.kind:
        return touched
    rows = _signed_rows(session, asked.names, touched)
    return {
        visit: ref
        for visit, ref in touched.items()
        if any(one.kind == asked.kind for one in rows.get(visit, ()))
    }


def _signed_rows(
    session: Session, names: frozenset[str], visits: Collection[str]
) -> dict[str, list[SignedSupply]]:
    """By visit of these, what was signed of it in any revision."""
    if not visits:
        return {}
    found: dict[str, list[SignedSupply]] = {}
    for one in session.execute(SIGNED, {"names": sorted(names), "visits": json.dumps(sorted(visits))}):
        found.setdefault(one[0], []).append(SignedSupply._make(one))
    return found


def _only_corrected_to(session: Session, asked: "_Asked", query: RecallQuery, watch: Watch) -> dict[str, str]:
    """The same of the visits in which it stands by a correction alone."""
    facts = facts_of(session, {*_corrected_to(session, asked.names)} - asked.used.keys())
    within = {
        key: one
        for key, one in facts.items()
        if query.first is None or query.last is None or query.first <= one.visit_on <= query.last
    }
    uses = signed_uses(session, within, asked.names, {}, watch=watch)
    return {
        key: within[key].patient_ref
        for key, named in uses.items()
        if not asked.kind or any(one[0] == asked.kind for one in named)
    }


def _days(query: RecallQuery) -> dict[str, str]:
    """The first and the last day that is asked for, as the store writes them; nothing where none is."""
    if query.first is None or query.last is None:
        return {}
    return {"first": query.first.isoformat(), "last": query.last.isoformat()}


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


def _performed(session: Session, query: RecallQuery) -> dict[str, str]:
    """The signed visits of whoever is called so, by user name or printed name, and whose they are."""
    wanted = fold(query.person)
    users = [
        one.user
        for one in session.scalars(select(Staff))
        if wanted and wanted in {fold(one.user), fold(one.name)}
    ]
    if not users:
        return {}
    days = _days(query)
    asked = TREATED_BY_WITHIN if days else TREATED_BY
    return _whose(session, asked, {"names": users, **days})


def _of_days(session: Session, query: RecallQuery) -> dict[str, str]:
    return _whose(session, TREATED_ON, _days(query))


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
