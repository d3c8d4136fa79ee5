"""Follow-up contacts as lists show them: what is planned for each treatment, and each try so far."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.follow_up import (
    DRAFT,
    TOLD_FOR,
    Channel,
    ContactKind,
    ContactOutcome,
    ContactRule,
    ContactState,
    OnlyWhen,
    PlannedContact,
    TreatedFacts,
    Try,
    contact_after_event,
    holds_in,
    is_still_told,
    planned_contacts,
    rules_in,
    state_of,
)
from mnclinic.domain.person_details import DO_NOT_CONTACT, Standing, contact_codes
from mnclinic.domain.visit_life import FROZEN
from mnclinic.models import (
    AdverseEvent,
    ApprovedDocument,
    FollowUpContact,
    Patient,
    Staff,
    Visit,
    VisitAmendment,
    VisitRevision,
    instant_text,
)
from mnclinic.services.event_rows import EventRow
from mnclinic.services.gather_facts import approved_documents
from mnclinic.services.list_events import open_in
from mnclinic.services.one_person import heads_of

AT_ONCE = 500
TO_MAKE = frozenset({ContactState.DUE, ContactState.OVER})


@dataclass(frozen=True)
class TryRow:
    """One try. `by` is a name; `answers` are by number of the question, True for "yes"."""

    try_id: str
    step: str
    channel: Channel
    outcome: ContactOutcome
    answers: Mapping[int, bool]
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ContactRow:
    """One contact of one treatment with its tries, oldest first. Instants are in the clinic's own zone."""

    visit_id: str
    number: str
    visit_on: date
    service: str
    patient_ref: str
    record_number: str
    patient: str
    phone: str
    language: str
    contact: frozenset[str]
    """How this person may be reached, as `CONTACT_CODES` has it; empty where nobody asked."""
    step: str
    kind: ContactKind
    due_at: datetime
    state: ContactState
    because: tuple[OnlyWhen, ...]
    condition: str
    event: str
    """Of which adverse event it is, in words; empty for a contact of the schedule."""
    tries: tuple[TryRow, ...]


@dataclass(frozen=True)
class _Treated:
    visit: Visit
    patient: Patient
    contact: frozenset[str]
    facts: TreatedFacts
    rules: tuple[ContactRule, ...]


def contact_rows(session: Session, now: datetime, *, visit_id: str | None = None) -> tuple[ContactRow, ...]:
    """Every contact that is planned after treatments, of one visit or of all that may still be called.

    `now` is aware and brings the rules by which clocks go where the clinic is
    (`now_here`). What is to be made first, then soonest due.
    """
    approved = approved_documents(session)
    events = [one for one in open_in(session) if visit_id in {None, one.visit_id}]
    if visit_id is not None:
        chosen = [Visit.id == visit_id]
    else:
        first = now.date() - timedelta(hours=_longest_h(approved)) - TOLD_FOR
        chosen = [Visit.visit_on.between(first, now.date())]
        chosen += [Visit.id.in_(some) for some in _some([one.visit_id for one in events])]
    found = _found(session, approved, chosen, events, now, is_every_told=visit_id is not None)
    return tuple(sorted(found, key=lambda row: (row.state not in TO_MAKE, row.due_at, row.number, row.step)))


def contact_rows_of(session: Session, now: datetime, visits: Sequence[str]) -> tuple[ContactRow, ...]:
    """Every contact that is planned after these visits, by visit and soonest due first. `now` as above."""
    approved = approved_documents(session)
    wanted = frozenset(visits)
    events = [one for one in open_in(session) if one.visit_id in wanted]
    chosen = [Visit.id.in_(some) for some in _some(visits)]
    found = _found(session, approved, chosen, events, now, is_every_told=True)
    return tuple(sorted(found, key=lambda row: (row.visit_id, row.due_at, row.step)))


def _found(
    session: Session,
    approved: Sequence[ApprovedDocument],
    chosen: Sequence[ColumnElement[bool]],
    events: Sequence[EventRow],
    now: datetime,
    *,
    is_every_told: bool,
) -> Iterator[ContactRow]:
    """The contacts after the visits that `chosen` chooses, and about their events."""
    treated = list(_treated(session, approved, chosen))
    tries = _tries(session, [one.visit.id for one in treated])
    by_visit: dict[str, list[EventRow]] = {}
    for event in events:
        by_visit.setdefault(event.visit_id, []).append(event)
    for one in treated:
        told, about = tries.get(one.visit.id, ()), by_visit.get(one.visit.id, ())
        yield from _rows_of(one, told, about, now, is_every_told=is_every_told)


def _rows_of(
    one: _Treated,
    tries: Sequence[TryRow],
    events: Sequence[EventRow],
    now: datetime,
    *,
    is_every_told: bool,
) -> Iterator[ContactRow]:
    told = [Try(row.step, row.outcome, row.at) for row in tries]
    words, zone = dict[str, str](), _zone(now)
    planned = list(planned_contacts(one.facts, one.rules))
    for event in events:
        noted = max([event.recorded_at, *(step.at for step in event.steps if step.grade is not None)])
        call = contact_after_event(event.event_id, since=noted, grade_now=event.grade_now, tries=told)
        words[call.step] = event.event
        planned.append(call)
    for contact in planned:
        if not is_every_told and not is_still_told(contact, now=now):
            continue
        state = state_of(contact, told, now=now, zone=zone)
        own = tuple(replace(row, at=row.at.astimezone(zone)) for row in tries if row.step == contact.step)
        local = replace(contact, due_at=contact.due_at.astimezone(zone))
        yield _row(one, local, state, words.get(contact.step, ""), own)


def _row(
    one: _Treated, contact: PlannedContact, state: ContactState, event: str, tries: tuple[TryRow, ...]
) -> ContactRow:
    visit, patient = one.visit, one.patient
    return ContactRow(
        visit_id=visit.id,
        number=visit.number,
        visit_on=visit.visit_on,
        service=visit.service,
        patient_ref=patient.ref,
        record_number=patient.record_number,
        patient=f"{patient.last_name}, {patient.first_name}",
        phone=patient.phone or "",
        language=patient.language,
        contact=one.contact,
        step=contact.step,
        kind=contact.kind,
        due_at=contact.due_at,
        state=state,
        because=contact.because,
        condition=contact.condition,
        event=event,
        tries=tries,
    )


def _treated(
    session: Session, approved: Sequence[ApprovedDocument], chosen: Sequence[ColumnElement[bool]]
) -> Iterator[_Treated]:
    asked = (
        select(Visit, Patient, VisitRevision.record)
        .join(Patient, Patient.ref == Visit.patient_ref)
        .join(
            VisitRevision, (VisitRevision.visit_id == Visit.id) & (VisitRevision.revision == Visit.revision)
        )
        .where(Patient.standing != Standing.DECEASED.value)
    )
    found = {
        visit.id: (visit, patient, record)
        for choice in chosen
        for visit, patient, record in session.execute(asked.where(choice))
        # Asked of the database, it would go through every visit in these states for each few of them.
        if visit.state in FROZEN
    }
    treated = _really_treated(session, tuple(found))
    grades = _worst_grades(session, tuple(found))
    wishes = _wishes(session, [treated.get(key, patient) for key, (_, patient, _) in found.items()])
    for visit, patient, record in found.values():
        who = treated.get(visit.id, patient)
        one = _read(visit, who, json.loads(record), approved, grades.get(visit.id, 0))
        if one is not None:
            yield replace(one, contact=wishes[who.ref])


def _wishes(session: Session, people: Iterable[Patient]) -> dict[str, frozenset[str]]:
    """By record, how its person may be reached: whoever says no in one of their records says no."""
    own = {one.ref: frozenset(contact_codes(one.contact)) for one in people}
    merged = {ref: head for ref, head in heads_of(session, sorted(own)).items() if head != ref}
    asked = select(Patient.ref, Patient.contact).where(Patient.ref.in_(sorted(set(merged.values()))))
    heads = {ref: frozenset(contact_codes(said)) for ref, said in session.execute(asked)}
    refusal = frozenset({DO_NOT_CONTACT})
    for ref, head in merged.items():
        both = own[ref], heads.get(head, frozenset[str]())
        own[ref] = refusal if any(refusal <= one for one in both) else both[1] or both[0]
    return own


def _really_treated(session: Session, visits: Sequence[str]) -> dict[str, Patient]:
    """By visit that was filed to the wrong patient, who it is signed to be of: they are called."""
    found: dict[str, Patient] = {}
    for some in _some(visits):
        asked = (
            select(VisitAmendment.visit_id, Patient)
            .join(Patient, Patient.ref == VisitAmendment.right_patient)
            .where(VisitAmendment.visit_id.in_(some))
        )
        found |= {visit: patient for visit, patient in session.execute(asked)}
    return found


def _read(
    visit: Visit,
    patient: Patient,
    record: Mapping[str, Any],
    approved: Sequence[ApprovedDocument],
    grade: int,
) -> _Treated | None:
    """None where nothing was treated, so that nobody has to be asked how it went."""
    document = record["document"]
    if not document.get("lines"):
        return None
    ended = document.get("ended_at") or document["started_at"]
    pinned = record.get("pinned", {})
    protocol, policy = (_pinned(approved, kind, pinned.get(kind)) for kind in ("protocol", "policy"))
    is_rf = protocol is not None and _is_radiofrequency(protocol.document)
    holds = holds_in(document, is_radiofrequency=is_rf, worst_grade=grade)
    rules = next((rules for row in (protocol, policy) if row and (rules := _rules(row.document))), DRAFT)
    return _Treated(visit, patient, frozenset(), TreatedFacts(datetime.fromisoformat(ended), holds), rules)


def _pinned(
    approved: Iterable[ApprovedDocument], kind: str, pin: Mapping[str, Any] | None
) -> ApprovedDocument | None:
    if not pin:
        return None
    wanted = (kind, pin["id"], pin["version"])
    return next((row for row in approved if (row.kind, row.document_id, row.version) == wanted), None)


# A version never changes once stored, so its bytes are a sound key.
@lru_cache(maxsize=256)
def _rules(document: bytes) -> tuple[ContactRule, ...]:
    return rules_in(json.loads(document))


@lru_cache(maxsize=256)
def _is_radiofrequency(document: bytes) -> bool:
    return bool(json.loads(document).get("device_class") == "rf")


def _longest_h(approved: Iterable[ApprovedDocument]) -> int:
    """Hours after a treatment until which any schedule that was ever approved plans a contact."""
    offsets = [rule.offset_h for rule in DRAFT]
    for row in approved:
        if row.kind in {"protocol", "policy"}:
            offsets += [rule.offset_h for rule in _rules(row.document)]
    return max(offsets)


def _worst_grades(session: Session, visits: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _some(visits):
        asked = select(AdverseEvent.visit_id, AdverseEvent.grade).where(AdverseEvent.visit_id.in_(some))
        for visit, grade in session.execute(asked):
            found[visit] = max(grade, found.get(visit, 0))
    return found


def _tries(session: Session, visits: Sequence[str]) -> dict[str, list[TryRow]]:
    found: dict[str, list[TryRow]] = {}
    for some in _some(visits):
        asked = select(FollowUpContact, Staff.name).join(Staff, Staff.id == FollowUpContact.recorded_by)
        for row, name in session.execute(asked.where(FollowUpContact.visit_id.in_(some))):
            answers = {int(number): said == "yes" for number, said in json.loads(row.answers).items()}
            channel, outcome = Channel(row.channel), ContactOutcome(row.outcome)
            one = TryRow(row.id, row.step, channel, outcome, answers, row.note, name, row.recorded_at)
            found.setdefault(row.visit_id, []).append(one)
    for tries in found.values():
        tries.sort(key=lambda one: (one.at, one.try_id))
    return found


def _some(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many at once as one question to the database may name."""
    for first in range(0, len(names), AT_ONCE):
        yield names[first : first + AT_ONCE]


def _zone(now: datetime) -> tzinfo:
    if now.tzinfo is None:
        raise ValueError("the present has to be aware")
    return now.tzinfo


def contact_bytes(row: FollowUpContact) -> bytes:
    """The canonical bytes of a try, as the log names it."""
    return canonical_bytes(
        {
            "format": "mnclinic.follow-up/1",
            "id": row.id,
            "visit": row.visit_id,
            "step": row.step,
            "due_at": instant_text(row.due_at),
            "channel": row.channel,
            "outcome": row.outcome,
            "script": row.script,
            "answers": json.loads(row.answers),
            "note": row.note,
            "recorded_by": row.recorded_by,
            "recorded_at": instant_text(row.recorded_at),
        }
    )
