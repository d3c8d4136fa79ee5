"""What is on record of the people of several visits, asked together."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from mnclinic.domain.attachments import AttachmentKind
from mnclinic.domain.consent import content_of
from mnclinic.domain.gate import DrugsAndPlaces, Release
from mnclinic.domain.medical_history import HistoryFact
from mnclinic.domain.visit_document import VisitDocument, read_visit_document
from mnclinic.domain.visit_life import FROZEN
from mnclinic.domain.withdrawal import Withdrawal
from mnclinic.models import Patient, Visit, VisitRevision, VisitSignature
from mnclinic.models import Release as ReleaseRow
from mnclinic.services.amendment_rows import is_misfiled
from mnclinic.services.gathered_exams import FROZEN_STATES, under_exams, used_by
from mnclinic.services.medical_history import fact_of, rows_of
from mnclinic.services.one_person import together
from mnclinic.services.withdraw_consent import withdrawals_by_record
from mnclinic.store.plain_rows import plain_rows

GRADE_THAT_MATTERS = 2
"""From this grade of an adverse event on a policy may ask for a new exam."""

# One look into the index for each, however long the person has been coming. Straight to the driver.
LAST_SESSIONS = """
SELECT value ->> 0 AS ref, value ->> 1 AS own, value ->> 2 AS day, (
  SELECT visit_on FROM visit
  WHERE patient_ref = value ->> 0 AND id <> value ->> 1 AND visit_on <= value ->> 2
  AND state IN (SELECT value FROM json_each(:states))
  AND NOT EXISTS (
    SELECT 1 FROM visit_amendment WHERE kind = 'wrong_patient' AND visit_amendment.visit_id = visit.id
  )
  ORDER BY visit_on DESC LIMIT 1
) AS last_on, (
  SELECT max(visit_on) FROM visit_amendment JOIN visit ON visit.id = visit_amendment.visit_id
  WHERE right_patient = value ->> 0 AND visit_on < value ->> 2
) AS filed_elsewhere_on FROM json_each(:asked)
"""
"""What was filed to another patient counts for whoever was treated, and for nobody else.

The visit that is begun for them from it has its day, so that day itself is not asked for.
"""

# The gate asks each of these at every signature, so they are not put together anew each time.
_NOT_MISFILED = """NOT EXISTS (
  SELECT 1 FROM visit_amendment WHERE kind = 'wrong_patient' AND visit_amendment.visit_id = visit.id
)"""
UNDER_ORDERS = f"""
SELECT patient_ref, id, service, visit_on FROM visit
WHERE patient_ref IN (SELECT value FROM json_each(:refs))
AND state IN (SELECT value FROM json_each(:states)) AND visit_on >= :since AND {_NOT_MISFILED}
"""  # noqa: S608 - our own words
FILED_ELSEWHERE = """
SELECT right_patient, visit.id, visit_on
FROM visit_amendment JOIN visit ON visit.id = visit_amendment.visit_id
WHERE right_patient IN (SELECT value FROM json_each(:refs))
"""
PAPERS = """
SELECT patient_ref, kind, id, sha256, dated_on FROM attachment
WHERE patient_ref IN (SELECT value FROM json_each(:refs))
"""
RELEASES = (
    select(ReleaseRow, VisitRevision.record)
    .join(VisitSignature, VisitSignature.id == ReleaseRow.signature_id)
    .join(
        VisitRevision,
        (VisitRevision.visit_id == ReleaseRow.visit_id) & (VisitRevision.revision == VisitSignature.revision),
    )
    .where(ReleaseRow.visit_id.in_(bindparam("visits", expanding=True)))
    .order_by(ReleaseRow.id)
)
"""Each with the record that the director signed it under."""
RARELY_THERE = """
SELECT EXISTS (SELECT 1 FROM visit_release WHERE visit_id IN (SELECT value FROM json_each(:visits))),
  EXISTS (SELECT 1 FROM medical_history WHERE patient_ref IN (SELECT value FROM json_each(:refs))),
  EXISTS (SELECT 1 FROM consent_withdrawal WHERE patient_ref IN (SELECT value FROM json_each(:refs)))
"""
"""Whether there is any of each. Of most people at most signatures there is none, and one question says so."""
RECORDS = select(Patient).where(Patient.ref.in_(bindparam("refs", expanding=True)))
EVENTS = f"""
SELECT patient_ref, visit.id AS visit, noted_on FROM adverse_event
JOIN visit ON visit.id = adverse_event.visit_id
WHERE patient_ref IN (SELECT value FROM json_each(:refs)) AND grade >= :grade AND {_NOT_MISFILED}
UNION ALL
SELECT right_patient, adverse_event.visit_id, noted_on FROM visit_amendment
JOIN adverse_event ON adverse_event.visit_id = visit_amendment.visit_id
WHERE right_patient IN (SELECT value FROM json_each(:refs)) AND grade >= :grade
"""  # noqa: S608 - our own words
"""Of whoever was treated, wherever the visit was filed."""


@dataclass(frozen=True)
class PeopleAskedAbout:
    """What is on record of the people of some visits, over all records of each."""

    _own: Mapping[str, Sequence[str]]
    _sessions: Mapping[tuple[str, str, date], date]
    """By record, visit and the visit's day."""
    _records: Mapping[str, Patient]
    _history: Sequence[tuple[str, HistoryFact]]
    """With the record that each stands in, in the order in which they are shown."""
    _releases: Mapping[str, Sequence[Release]]
    _under_orders: Sequence[tuple[str, str, str, date]]
    """Record, visit, service and day of the sessions since the oldest order that a document names."""
    _under_exams: Sequence[tuple[str, str, date, Mapping[str, Any]]]
    """Record, visit, day and frozen record of the sessions since the oldest exam that a document names."""
    _papers: Sequence[tuple[str, str, str, str, date]]
    """Record, kind, id and SHA-256 of the scans that are kept."""
    _events: Sequence[tuple[str, str, date]]
    """Record, visit and day of the adverse events that matter."""
    _earlier: Mapping[str, tuple[str, str]]
    """By the number of an earlier visit that a consent is carried from: its record, and that consent."""
    _withdrawals: Mapping[str, Sequence[Withdrawal]]
    _elsewhere: Sequence[tuple[str, str, date]]
    """Record, visit and day of what was filed to others and is signed to be of these people."""

    def same_treatment(self, ref: str, document: VisitDocument) -> frozenset[str]:
        """The visits filed to others that this one stands for: of this person, and of its day."""
        own = set(self._own[ref])
        return frozenset(
            visit for one, visit, day in self._elsewhere if one in own and day == document.visit_on
        )

    def last_session_on(self, ref: str, visit_id: str | None, day: date) -> date | None:
        """The newest session here up to a visit's day that is none of this visit's."""
        days = [self._sessions.get((one, visit_id or "", day)) for one in self._own[ref]]
        return max((day for day in days if day is not None), default=None)

    def deceased_on(self, ref: str) -> date | None:
        """The first day that one of a person's records has."""
        days = [self._records[one].deceased_on for one in self._own[ref] if one in self._records]
        return min((day for day in days if day is not None), default=None)

    def name(self, ref: str) -> str:
        """The name that the record is under."""
        record = self._records.get(ref)
        return f"{record.first_name} {record.last_name}" if record else ""

    def language(self, ref: str) -> str:
        """The language that the person reads."""
        record = self._records.get(ref)
        return record.language if record else ""

    def history(self, ref: str) -> tuple[HistoryFact, ...]:
        """Allergies, medicines and conditions."""
        own = set(self._own[ref])
        return tuple(fact for one, fact in self._history if one in own)

    def releases(self, visit_id: str | None) -> tuple[Release, ...]:
        """What the director let pass for this visit."""
        return tuple(self._releases.get(visit_id or "", ()))

    def sessions_since_order(self, ref: str, visit_id: str | None, document: VisitDocument) -> int:
        """How many sessions of this service were done under the document's order, this one aside."""
        order = document.order
        if order is None:
            return 0
        own = set(self._own[ref])
        return sum(
            one in own
            and visit != (visit_id or "")
            and service == document.service
            and order.ordered_on <= day <= document.visit_on
            for one, visit, service, day in self._under_orders
        )

    def under_exam(self, ref: str, visit_id: str | None, document: VisitDocument) -> DrugsAndPlaces | None:
        """What the earlier sessions that rested on the document's exam used; None where there was none."""
        if document.exam is None:
            return None
        own, examined_on = set(self._own[ref]), document.exam.examined_on
        return used_by(
            [
                record
                for one, visit, day, record in self._under_exams
                if one in own
                and visit != (visit_id or "")
                and day <= document.visit_on
                and record["document"].get("exam", {}).get("examined_on") == examined_on.isoformat()
            ]
        )

    def exam_papers(self, ref: str) -> frozenset[str]:
        """SHA-256 of the scans of exams that are kept for a person."""
        own = set(self._own[ref])
        kind = AttachmentKind.EXAM.value
        return frozenset(sha256 for one, kept, _, sha256, _ in self._papers if one in own and kept == kind)

    def consent_papers(self, ref: str) -> dict[str, str]:
        """SHA-256 by id of the scans of consents that are kept for a person."""
        own = set(self._own[ref])
        kind = AttachmentKind.CONSENT.value
        return {paper: sha256 for one, kept, paper, sha256, _ in self._papers if one in own and kept == kind}

    def consent_paper_days(self, ref: str) -> dict[str, date]:
        """The day that stands on each of these scans, by its id."""
        own = set(self._own[ref])
        return {paper: dated_on for one, _, paper, _, dated_on in self._papers if one in own}

    def adverse_event_on(self, ref: str, visit_id: str | None, day: date) -> date | None:
        """The newest event that matters after another visit of this person, up to the day."""
        own = set(self._own[ref])
        return max(
            (at for one, visit, at in self._events if one in own and visit != (visit_id or "") and at <= day),
            default=None,
        )

    def earlier_consents(self, ref: str, document: VisitDocument) -> dict[str, str]:
        """The consent of the earlier visit that the document names, where it was one of this person's."""
        number = document.consent.carried_from if document.consent else None
        found = self._earlier.get(number or "")
        return {number: found[1]} if number and found and found[0] in self._own[ref] else {}

    def withdrawals(self, ref: str) -> tuple[Withdrawal, ...]:
        """The consents that were taken back."""
        return tuple(one for own in self._own[ref] for one in self._withdrawals.get(own, ()))


def people_asked_about(
    session: Session, asked: Sequence[tuple[str, str | None, VisitDocument]]
) -> PeopleAskedAbout:
    """What is on record of these people: the record's reference, the visit's own id, and its document."""
    refs = sorted({ref for ref, _, _ in asked})
    own = together(session, refs)
    every = sorted({one for group in own.values() for one in group})
    documents = [document for _, _, document in asked]
    releases: defaultdict[str, list[Release]] = defaultdict(list)
    visits = [visit_id for _, visit_id, _ in asked if visit_id is not None]
    (there,) = _asked(session, RARELY_THERE, every, visits=json.dumps(visits))
    is_released, has_history, has_withdrawn = there
    for released, record in session.execute(RELEASES, {"visits": visits}) if is_released else ():
        shown = read_visit_document(json.loads(record)["document"]).treated_areas
        one = Release(released.code, released.basis, released.reason, released.director, shown)
        releases[released.visit_id].append(one)
    return PeopleAskedAbout(
        own,
        _last_sessions(session, [(own[ref], visit_id or "", one.visit_on) for ref, visit_id, one in asked]),
        _records(session, every),
        [(row.patient_ref, fact_of(row)) for row in rows_of(session, every)] if has_history else [],
        releases,
        _under_orders(session, every, documents),
        under_exams(session, every, documents),
        _papers(session, every),
        _events(session, every),
        _earlier_consents(session, documents),
        withdrawals_by_record(session, every) if has_withdrawn else {},
        _filed_elsewhere(session, every),
    )


def _records(session: Session, every: Sequence[str]) -> dict[str, Patient]:
    """By reference. What this session holds already is what asking again would give."""
    held = {ref: session.identity_map.get(session.identity_key(Patient, ref)) for ref in every}
    found = {ref: row for ref, row in held.items() if isinstance(row, Patient)}
    missing = [ref for ref in every if ref not in found]
    if missing:
        found |= {row.ref: row for row in session.scalars(RECORDS, {"refs": missing})}
    return found


def _last_sessions(
    session: Session, asked: Sequence[tuple[Sequence[str], str, date]]
) -> dict[tuple[str, str, date], date]:
    """By record, visit and day: the newest other session under that record, up to that day."""
    wanted = sorted({(ref, visit_id, day.isoformat()) for refs, visit_id, day in asked for ref in refs})
    rows = plain_rows(
        session.connection(), LAST_SESSIONS, {"asked": json.dumps(wanted), "states": FROZEN_STATES}
    )
    return {
        (ref, own, date.fromisoformat(day)): max(map(date.fromisoformat, days))
        for ref, own, day, *found in rows
        if (days := [day for day in found if day is not None])
    }


def _under_orders(
    session: Session, every: Sequence[str], documents: Sequence[VisitDocument]
) -> list[tuple[str, str, str, date]]:
    ordered = [document.order.ordered_on for document in documents if document.order is not None]
    if not ordered:
        return []
    rows = _asked(session, UNDER_ORDERS, every, states=FROZEN_STATES, since=min(ordered).isoformat())
    return [(ref, visit_id, service, date.fromisoformat(on)) for ref, visit_id, service, on in rows]


def _filed_elsewhere(session: Session, every: Sequence[str]) -> list[tuple[str, str, date]]:
    rows = _asked(session, FILED_ELSEWHERE, every)
    return [(ref, visit_id, date.fromisoformat(on)) for ref, visit_id, on in rows]


def _papers(session: Session, every: Sequence[str]) -> list[tuple[str, str, str, str, date]]:
    rows = _asked(session, PAPERS, every)
    return [(ref, kind, paper, sha256, date.fromisoformat(on)) for ref, kind, paper, sha256, on in rows]


def _events(session: Session, every: Sequence[str]) -> list[tuple[str, str, date]]:
    rows = _asked(session, EVENTS, every, grade=GRADE_THAT_MATTERS)
    return [(ref, visit_id, date.fromisoformat(on)) for ref, visit_id, on in rows]


def _asked(session: Session, said: str, every: Sequence[str], **given: object) -> Sequence[Any]:
    refs = json.dumps(list(every))
    return plain_rows(session.connection(), said, {"refs": refs, **given})


def _earlier_consents(session: Session, documents: Sequence[VisitDocument]) -> dict[str, tuple[str, str]]:
    named = {one.consent.carried_from for one in documents if one.consent and one.consent.carried_from}
    if not named:
        return {}
    rows = session.execute(
        select(Visit.number, Visit.patient_ref, VisitRevision.record)
        .join(
            VisitRevision,
            (VisitRevision.visit_id == Visit.id) & (VisitRevision.revision == Visit.revision),
        )
        .where(Visit.number.in_(named), Visit.state.in_([state.value for state in FROZEN]), ~is_misfiled())
    )
    found = {}
    for row in rows:
        consent = json.loads(row.record)["document"].get("consent")
        if consent:
            found[row.number] = (row.patient_ref, content_of(consent))
    return found
