"""Today and the director's queue: frozen rows for lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from heapq import merge
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from mnclinic.domain.before_visit import Standing as LightsStanding
from mnclinic.domain.finding import Light, LightState
from mnclinic.domain.instants import zone_of
from mnclinic.domain.visit_life import VisitState
from mnclinic.models import AdverseEvent, Patient, Release, Staff, Visit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.amendment_rows import filed_elsewhere, is_misfiled
from mnclinic.services.break_glass import GlassRow, glass_rows
from mnclinic.services.event_rows import EventRow
from mnclinic.services.freeze_visit import LIGHT_LETTER
from mnclinic.services.frozen_rules import is_judged_for_ever
from mnclinic.services.list_events import to_sign_in
from mnclinic.services.one_person import refs_of
from mnclinic.services.open_recalls import OpenRecall, to_close_in
from mnclinic.services.save_visit import TELEPHONE_ORDERS
from mnclinic.services.see_amendment import UnseenAmendment, unseen_in
from mnclinic.services.session import OpenClinic
from mnclinic.services.signature_standing import SignatureStanding, standings_of, worst_standing
from mnclinic.services.standing import Standing
from mnclinic.services.stored_standing import standings_now

_STATE_OF_LETTER = {letter: state for state, letter in LIGHT_LETTER.items()}


@dataclass(frozen=True)
class VisitRow:
    """One visit in a list. `lights` maps each of the six lights to its state.

    A visit that is still open is judged for the list, so a light says what the visit itself says. `wrong` and
    `undone` are the codes of what the gate holds against it; empty for one that is judged for ever.
    """

    visit_id: str
    number: str
    patient_ref: str
    patient: str
    record_number: str
    born_on: date | None
    service: str
    performer: str
    performer_name: str
    state: VisitState
    visit_on: date
    lights: Mapping[Light, LightState]
    reasons: tuple[str, ...]
    reason: str
    due_at: datetime | None
    score: int
    edition: int
    is_overdue: bool
    has_adverse_event: bool
    standing: Standing
    """The worst of the visit's signatures and frozen records, held against them for this list."""
    is_misfiled: bool = False
    """Whether it is signed that it was filed to the wrong patient."""
    wrong: frozenset[str] = frozenset()
    undone: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Today:
    """The day as the front desk sees it."""

    day: date
    visits: tuple[VisitRow, ...]
    open_before: tuple[VisitRow, ...]
    """Visits of earlier days that still wait for somebody here: drafts, deferred and returned ones."""
    waiting_for_director: int


@dataclass(frozen=True)
class Queue:
    """The director's work: what waits for sign-off, exceptions first, and what waits for a release.

    Of the releases those come first that go on by a telephone order which she has not signed. Before
    everything else stand the broken glasses that she has not seen.
    """

    visits: tuple[VisitRow, ...]
    releases: tuple[VisitRow, ...]
    glasses: tuple[GlassRow, ...] = ()
    amendments: tuple[UnseenAmendment, ...] = ()
    """What was signed about signed visits and no director has seen, what a correction brings up first."""
    events: tuple[EventRow, ...] = ()
    """Adverse events that no director has signed to know of, what is due soonest first."""
    recalls: tuple[OpenRecall, ...] = ()
    """Recalls and drills that a director may close by now, the oldest first."""


def todays_visits(clinic: OpenClinic, day: date | None = None) -> Today:
    """The visits of one day (today unless named), and the open ones left over from earlier days."""
    clinic.require(RoleAct.VIEW_TODAY)
    day = day or clinic.clock.now().date()
    open_states = [VisitState.DRAFT.value, VisitState.DEFERRED.value, VisitState.RETURNED.value]
    with clinic.store.reading() as session:
        # Asked apart: each answer comes out of an index in its order, and all of them together could not.
        on_the_day = session.execute(
            _rows().where(Visit.visit_on == day).order_by(Visit.visit_on, Visit.number)
        ).all()
        before = [
            session.execute(
                _rows()
                .where(Visit.visit_on < day, Visit.state == state)
                .order_by(Visit.visit_on, Visit.number)
            ).all()
            for state in open_states
        ]
        waiting = session.query(Visit).filter_by(state=VisitState.IN_REVIEW.value).count()
        held = _held(clinic, session, on_the_day, *before)
    return Today(
        day=day,
        visits=tuple(_row(clinic, row, held) for row in on_the_day),
        open_before=tuple(
            _row(clinic, row, held) for row in merge(*before, key=lambda row: (row.visit_on, row.number))
        ),
        waiting_for_director=waiting,
    )


def review_queue(clinic: OpenClinic) -> Queue:
    """What waits for the director, most exceptional first, then the earliest due."""
    clinic.require(RoleAct.VIEW_QUEUE)
    with clinic.store.reading() as session:
        waiting = session.execute(
            _rows()
            .where(Visit.state == VisitState.IN_REVIEW.value)
            .order_by(Visit.score.desc(), Visit.due_at, Visit.number)
        ).all()
        deferred = session.execute(
            _rows()
            .where(Visit.state == VisitState.DEFERRED.value)
            .order_by(Visit.visit_on.desc(), Visit.number.desc())
        ).all()
        # Few visits are open at a time, so their documents are looked into one by one.
        telephoned = session.execute(
            _rows()
            .where(
                Visit.state == VisitState.DRAFT.value,
                func.instr(Visit.document, TELEPHONE_ORDERS.encode()) > 0,
                ~select(Release.id).where(Release.visit_id == Visit.id).exists(),
            )
            .order_by(Visit.visit_on, Visit.number)
        ).all()
        glasses = glass_rows(session, clinic.clock, only_unseen=True)
        amendments = unseen_in(session)
        events, recalls = to_sign_in(session), to_close_in(session)
        held = _held(clinic, session, waiting, telephoned, deferred)
    return Queue(
        tuple(_row(clinic, row, held) for row in waiting),
        (
            *(replace(_row(clinic, row, held), reasons=("telephone_order",)) for row in telephoned),
            *(_row(clinic, row, held) for row in deferred),
        ),
        glasses,
        amendments,
        events,
        recalls,
    )


def visits_of(clinic: OpenClinic, patient_ref: str) -> tuple[VisitRow, ...]:
    """One patient's visits, newest first, under whichever of their records they are.

    One that was filed to somebody else and is signed to be this patient's is among them, with its mark.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.store.reading() as session:
        refs = refs_of(session, patient_ref)
        own = session.execute(
            _rows().where(Visit.patient_ref.in_(refs)).order_by(Visit.visit_on.desc(), Visit.number.desc())
        ).all()
        marks = filed_elsewhere(session, refs)
        elsewhere = session.execute(_rows().where(Visit.id.in_(marks))).all() if marks else []
        held = _held(clinic, session, own, elsewhere)
    rows = sorted([*own, *elsewhere], key=lambda row: (row.visit_on, row.number), reverse=True)
    return tuple(_row(clinic, row, held) for row in rows)


def _rows() -> Select[*tuple[Any, ...]]:
    event = select(AdverseEvent.visit_id).where(AdverseEvent.visit_id == Visit.id).exists()
    return (
        select(
            Visit.id,
            Visit.number,
            Visit.patient_ref,
            Patient.last_name,
            Patient.first_name,
            Patient.record_number,
            Patient.born_on,
            Visit.service,
            Visit.performer,
            Staff.name.label("performer_name"),
            Visit.state,
            Visit.visit_on,
            Visit.lights,
            Visit.review_reasons,
            Visit.reason,
            Visit.due_at,
            Visit.score,
            Visit.edition,
            event.label("has_adverse_event"),
            is_misfiled().label("is_misfiled"),
        )
        .join(Patient, Patient.ref == Visit.patient_ref)
        .outerjoin(Staff, Staff.user == Visit.performer)
    )


@dataclass(frozen=True)
class _Held:
    """What was held against all visits of some lists: their signatures, and the gate where they are open."""

    signatures: Mapping[str, tuple[SignatureStanding, ...]]
    now: Mapping[str, LightsStanding]


def _held(clinic: OpenClinic, session: Session, *lists: Sequence[Row[*tuple[Any, ...]]]) -> _Held:
    every = {row.id: row.state for rows in lists for row in rows}
    return _Held(
        standings_of(session, set(every), clinic.facts.vault),
        standings_now(session, [one for one, state in every.items() if not is_judged_for_ever(state)]),
    )


def _row(
    clinic: OpenClinic,
    row: Row[*tuple[Any, ...]],
    held: _Held,
) -> VisitRow:
    now = held.now.get(row.id)
    stored = {light: _STATE_OF_LETTER[letter] for light, letter in zip(Light, row.lights, strict=True)}
    return VisitRow(
        visit_id=row.id,
        number=row.number,
        patient_ref=row.patient_ref,
        patient=f"{row.last_name}, {row.first_name}",
        record_number=row.record_number,
        born_on=row.born_on,
        service=row.service,
        performer=row.performer,
        performer_name=row.performer_name or row.performer,
        state=VisitState(row.state),
        visit_on=row.visit_on,
        lights=now.lights if now is not None else stored,
        reasons=tuple(word for word in row.review_reasons.split(",") if word),
        reason=row.reason,
        # In the clinic's time: what is due in the evening is due that day, not on the next one of UTC.
        due_at=row.due_at.astimezone(zone_of(clinic.clock)) if row.due_at is not None else None,
        score=row.score,
        edition=row.edition,
        is_overdue=row.due_at is not None and row.due_at < clinic.clock.now(),
        has_adverse_event=bool(row.has_adverse_event),
        is_misfiled=bool(row.is_misfiled),
        standing=worst_standing(held.signatures[row.id]),
        wrong=now.wrong if now is not None else frozenset(),
        undone=now.undone if now is not None else frozenset(),
    )
