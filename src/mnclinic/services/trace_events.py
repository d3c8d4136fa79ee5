"""Back-trace: what the signed visits of a time had in common, beside those after which something happened."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mnclinic.domain.amendment import AmendmentKind
from mnclinic.domain.back_trace import BackTrace, Factor, TracedVisit, back_trace, band_of
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import AdverseEvent, TreatmentLineRow, Visit, VisitAmendment, VisitSupply
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.enter_look import enter_looks
from mnclinic.services.look_back import SUPPLY_PATHS, TOPICAL_PATH, looks_at, signed_uses
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import names_by_user
from mnclinic.services.supply_rows import as_printed
from mnclinic.services.touched_people import Named, TouchedPerson, among, people_behind
from mnclinic.store.backup_files import Watch, unwatched
from mnclinic.store.log_writer import Act

NOT_TRACED = "Nothing was counted. Correct what is marked and try again."
_FACTORS = {
    "device": Factor.DEVICE,
    "cartridge": Factor.LOT,
    "prp_kit": Factor.LOT,
    "anaesthetic": Factor.LOT,
    "topical": Factor.TOPICAL,
}


def trace_events(clinic: OpenClinic, *, first: date, last: date, watch: Watch = unwatched) -> BackTrace:
    """Count what the treated visits of these days, both included, had in common; voided ones do not count.

    Supplies count as they stand after the corrections that were signed. Nothing in the answer names a
    patient; `people_with_events` does, and enters that.

    Raises InvalidInput where the last day is before the first, Stopped when the watch wanted no more.
    """
    clinic.require(RoleAct.VIEW_SUPPLIES)
    clinic.require(RoleAct.VIEW_PATIENT)
    if last < first:
        raise InvalidInput(NOT_TRACED, [Problem("last", "The last day is before the first one.")])
    with clinic.store.reading() as session:
        traced = back_trace(_traced(session, first, last, watch), first=first, last=last)
        names = names_by_user(session)
    shared = (
        replace(one, called=names.get(one.value, "")) if one.factor is Factor.PERFORMER else one
        for one in traced.shared
    )
    return replace(traced, shared=tuple(shared))


def people_with_events(clinic: OpenClinic, visits: Sequence[str], about: str) -> tuple[TouchedPerson, ...]:
    """Who is behind these visits, by name, with the adverse events since.

    `about` says in words what they have in common and is entered, as is a look at each record, before
    anything is given. Raises StoreUnavailable and kin when that cannot be entered.
    """
    clinic.require(RoleAct.VIEW_SUPPLIES)
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.store.reading() as session:
        found: dict[str, list[Named]] = {one: [("treatment", "", "", False)] for one in visits}
        people = people_behind(session, found)
    asked = Act("recall.searched", "Q", categories=("supplies",), detail={"terms": about})
    with clinic.work() as work:
        enter_looks(clinic, work, [*looks_at(people)], before=[asked])
    return people


def people_of_factor(
    clinic: OpenClinic, factor: Factor, value: str, *, first: date, last: date
) -> tuple[TouchedPerson, ...]:
    """Who is behind the visits with events that had this lot, device, performer, band, topical or area."""
    found = trace_events(clinic, first=first, last=last)
    visits = [one.event_visits for one in found.of(factor) if one.value == value]
    days = f"{first.isoformat()}..{last.isoformat()}"
    about = " ".join(("adverse_event", factor.value, value, days))
    return people_with_events(clinic, visits[0] if visits else (), about)


def _traced(session: Session, first: date, last: date, watch: Watch) -> list[TracedVisit]:
    rows = session.execute(
        select(Visit.id, Visit.visit_on, Visit.performer, Visit.revision).where(
            Visit.visit_on.between(first, last), Visit.performed_at.is_not(None), Visit.state != "voided"
        )
    ).all()
    revisions = {row.id: row.revision for row in rows}
    has: defaultdict[str, set[tuple[Factor, str]]] = defaultdict(set)
    for row in rows:
        has[row.id].add((Factor.PERFORMER, row.performer))
    deepest: defaultdict[str, int] = defaultdict(int)
    for line in session.scalars(
        select(TreatmentLineRow).where(TreatmentLineRow.visit_id.in_(among(revisions)))
    ):
        if line.revision == revisions[line.visit_id]:
            has[line.visit_id].add((Factor.AREA, line.area))
            deepest[line.visit_id] = max(deepest[line.visit_id], line.depth_um)
    for visit_id, depth_um in deepest.items():
        has[visit_id].add((Factor.DEPTH_BAND, band_of(depth_um)))
    for visit_id, kind, named in _supplies(session, revisions, watch):
        if kind in _FACTORS:
            has[visit_id].add((_FACTORS[kind], as_printed(named)))
    hit = set(
        session.scalars(select(AdverseEvent.visit_id).where(AdverseEvent.visit_id.in_(among(revisions))))
    )
    return [TracedVisit(row.id, row.visit_on, frozenset(has[row.id]), row.id in hit) for row in rows]


def _supplies(session: Session, revisions: dict[str, int], watch: Watch) -> Iterator[tuple[str, str, str]]:
    """Visit, kind and what it is called, as each stands after its corrections."""
    asked = select(VisitAmendment.visit_id).where(
        VisitAmendment.kind == AmendmentKind.CORRECTION.value,
        or_(VisitAmendment.path.in_(SUPPLY_PATHS), VisitAmendment.path.like(TOPICAL_PATH)),
    )
    corrected = set(session.scalars(asked)) & revisions.keys()
    for visit_id, named in signed_uses(session, corrected, None, {}, watch=watch).items():
        yield from ((visit_id, kind, lot) for kind, lot, _, is_struck in named if not is_struck)
    for row in session.scalars(select(VisitSupply).where(VisitSupply.visit_id.in_(among(revisions)))):
        if row.visit_id not in corrected and row.revision == revisions[row.visit_id]:
            yield row.visit_id, row.kind, row.lot
