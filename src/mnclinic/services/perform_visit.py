"""The performer signs; the revision is frozen and routed; or the gate defers the visit."""

import json
from dataclasses import dataclass
from datetime import datetime

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.signing import Meaning, Shown, signature_record
from mnclinic.domain.finding import Outcome, Verdict
from mnclinic.domain.gate import judge
from mnclinic.domain.policy import Policy
from mnclinic.domain.review import Routing, draw_ticket, due_within, features, route
from mnclinic.domain.visit_document import read_visit_document, without_lines
from mnclinic.domain.visit_life import VisitState, may_become
from mnclinic.errors import ActionRefused, NotPermitted, Refusal
from mnclinic.models import Patient, Visit, VisitRevision, instant_text
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.erasable_codes import CODES, LASTING, NOT_DRAWN
from mnclinic.services.freeze_visit import finding_json, freeze, is_late_entry, light_letters
from mnclinic.services.gather_facts import Gathered, gather
from mnclinic.services.gathered_exams import FROZEN_STATES
from mnclinic.services.save_visit import assert_open, load_visit
from mnclinic.services.session import OpenClinic, SignedRecord, Signer, SigningMoment, signed
from mnclinic.services.start_visit import visit_object
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.plain_rows import plain_rows, plain_write
from mnclinic.store.unit_of_work import UnitOfWork

# Asked at every signature, straight to the driver.
IS_FIRST = (
    "SELECT NOT EXISTS (SELECT 1 FROM visit WHERE performer = :performer AND id <> :visit "
    "AND state IN (SELECT value FROM json_each(:states)))"
)
SIGNATURE = """
INSERT INTO visit_signature (visit_id, revision, meaning, signer, record, signature, signed_at)
VALUES (:visit_id, :revision, :meaning, :signer, :record, :signature, :signed_at)
"""
HAS_EVENT = "SELECT EXISTS (SELECT 1 FROM adverse_event WHERE visit_id = :visit)"
PERFORMED_STATEMENT = (
    "I performed this treatment as recorded here, and the record is true and complete to my knowledge."
)


@dataclass(frozen=True)
class VisitPerformed:
    """A performer signed a visit. `state` is where policy sent it; `reasons` say why."""

    visit_id: str
    number: str
    state: str
    signature: str
    reasons: tuple[str, ...]
    due_at: datetime | None


@dataclass(frozen=True)
class VisitDeferred:
    """The gate refused; the visit is kept without treatment lines."""

    visit_id: str
    number: str


def perform_visit(
    clinic: OpenClinic, visit_id: str, edition: int, signer: Signer, *, shown: Shown
) -> VisitPerformed:
    """Sign a visit as its performer: freeze the revision, sign it, route it, all or nothing.

    Raises:
        ActionRefused: the gate refuses, for every reason at once. Nothing was changed.
        NotPermitted: somebody other than the visit's performer signs.
        StaleVisit: changed elsewhere since it was shown.
    """
    clinic.require(RoleAct.SIGN_VISIT_AS_PERFORMER)
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id, edition=edition)
        assert_open(visit)
        gathered, verdict = judged(work, visit, patient)
        performed = perform(work, clinic, visit, patient, gathered, verdict, signer, shown=shown)
        work.commit(checkpoint=True)
        return performed


def judged(work: UnitOfWork, visit: Visit, patient: Patient) -> tuple[Gathered, Verdict]:
    """The visit's facts and the gate's verdict on its stored document."""
    document = read_visit_document(json.loads(visit.document))
    gathered = gather(work.session, document, patient, visit_id=visit.id)
    return gathered, judge(gathered.facts)


def refusals_to_perform(gathered: Gathered, verdict: Verdict) -> tuple[Refusal, ...]:
    """Why a performer may not sign: the gate's refusals, and a treatment that is not there."""
    refusals = verdict.refusals
    if not gathered.facts.document.lines:
        refusals += (Refusal("lines_missing", "No treated area is recorded yet."),)
    elif gathered.facts.document.ended_at is None:
        said = "The end of the treatment is not recorded yet. Press Treatment ended now, or state the time."
        refusals += (Refusal("end_missing", said),)
    return refusals


def perform(  # noqa: PLR0917 - the deed of two use-cases; both hold exactly these
    work: UnitOfWork,
    clinic: OpenClinic,
    visit: Visit,
    patient: Patient,
    gathered: Gathered,
    verdict: Verdict,
    signer: Signer,
    *,
    shown: Shown,
) -> VisitPerformed:
    """The deed of `perform_visit` inside an open unit of work."""
    assert_performer(signer, visit.performer)
    if refusals := refusals_to_perform(gathered, verdict):
        raise ActionRefused(refusals)
    now = clinic.clock.now()
    is_answer = visit.state == VisitState.RETURNED.value
    revision = freeze(
        work.session,
        visit,
        patient,
        gathered,
        verdict,
        vault=clinic.facts.vault,
        state="performed",
        now=now,
    )
    signature = sign_revision(
        work, clinic, visit, revision, signer, meaning="performed", shown=shown, now=now
    )
    leaf = work.log.record(
        Act(
            action="visit.performed",
            kind="S",
            subject=patient.ref,
            object=signature_object(visit, signature.record),
            categories=("treatment", "signature"),
        )
    )
    enter_warnings_passed(work, visit, patient, verdict)
    # The adverse event and first-visit questions are asked of what was stored before this visit.
    found = features(
        verdict,
        gathered.facts.document,
        is_late_entry=is_late_entry(gathered, now),
        is_first_by_performer=_is_first(work, visit),
        has_adverse_event=_has_adverse_event(work, visit),
        is_answer=is_answer,
    )
    policy = gathered.facts.policy
    if policy is None:
        raise AssertionError("the gate refuses a visit without a policy")
    routing = route(
        found, policy.review, draw_ticket(leaf), now, due_at=_due_at(gathered, policy, verdict, now)
    )
    _apply(visit, verdict, routing, now)
    work.log.record(
        Act(
            action="visit.drawn",
            kind="E",
            subject=patient.ref,
            object=visit_object(visit, revision.record),
            categories=("review",),
            why=",".join(one for one in routing.reasons or (NOT_DRAWN,) if one in LASTING) or None,
            detail={
                "ticket": routing.ticket,
                "percent": policy.review.sample_percent,
                CODES: list(routing.reasons),
            },
            treated_on=visit.visit_on.isoformat(),
        )
    )
    return VisitPerformed(
        visit.id, visit.number, visit.state, signature.sha256, routing.reasons, visit.due_at
    )


def _due_at(gathered: Gathered, policy: Policy, verdict: Verdict, now: datetime) -> datetime:
    """When the director has to have decided; a telephone order that lets something pass is signed sooner."""
    orders = gathered.facts.document.telephone_orders
    is_telephoned = any(one.outcome is Outcome.TELEPHONED for one in verdict.findings)
    first = min((order.ordered_at for order in orders), default=None) if is_telephoned else None
    due_days = policy.review.due_days
    return due_within(now, due_days, first, policy.director_deadline_days or due_days)


def enter_warnings_passed(work: UnitOfWork, visit: Visit, patient: Patient, verdict: Verdict) -> None:
    """Enter which warnings the performer passed with a reason; nothing where there were none."""
    passed = [finding for finding in verdict.findings if finding.outcome is Outcome.REASON_GIVEN]
    if not passed:
        return
    told = [finding_json(finding) for finding in passed]
    work.log.record(
        Act(
            action="visit.warnings_passed",
            kind="E",
            subject=patient.ref,
            object=LoggedObject("warnings_passed", visit.id, visit.revision, canonical_bytes(told)),
            categories=("screening",),
            detail={"findings": told, CODES: sorted({finding.code for finding in passed})},
        )
    )


def assert_performer(signer: Signer, performer: str) -> None:
    """Raise NotPermitted unless the signer is the performer that the document names."""
    if signer.person.user != performer:
        raise NotPermitted(
            "Only whoever performed the treatment signs it as performer. Nothing was changed. "
            "Change the performer on the visit, or let the performer sign."
        )


def _apply(visit: Visit, verdict: Verdict, routing: Routing, now: datetime) -> None:
    visit.state = (VisitState.IN_REVIEW if routing.is_sent else VisitState.COMPLETE_NOT_DRAWN).value
    visit.edition += 1
    visit.performed_at = now
    visit.saved_at = now
    visit.lights = light_letters(verdict)
    visit.due_at = routing.due_at if routing.is_sent else None
    visit.score = routing.score if routing.is_sent else 0
    visit.review_reasons = ",".join(routing.reasons)
    visit.reason = ""


def defer_visit(clinic: OpenClinic, visit_id: str, edition: int) -> VisitDeferred:
    """Put a visit that the gate refuses aside, without treatment lines.

    Raises ActionRefused when the gate has nothing against the visit.
    """
    clinic.require(RoleAct.EDIT_VISIT)
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id, edition=edition)
        assert_open(visit)
        gathered, verdict = judged(work, visit, patient)
        if verdict.may_treat:
            raise ActionRefused(
                [Refusal("nothing_refused", "Nothing stands against this visit, so it is not deferred.")]
            )
        deferred = defer(work, clinic, visit, patient, gathered, verdict)
        work.commit()
        return deferred


def defer(  # noqa: PLR0917 - the deed of two use-cases; both hold exactly these
    work: UnitOfWork,
    clinic: OpenClinic,
    visit: Visit,
    patient: Patient,
    gathered: Gathered,
    verdict: Verdict,
) -> VisitDeferred:
    """The deed of `defer_visit` inside an open unit of work."""
    if not may_become(VisitState(visit.state), VisitState.DEFERRED):
        raise ActionRefused(
            [
                Refusal(
                    "not_deferrable",
                    f"Visit {visit.number} was already performed and cannot be deferred. Answer the return.",
                )
            ]
        )
    freeze_refused(work, clinic, visit, patient, gathered, verdict)
    return VisitDeferred(visit.id, visit.number)


def freeze_refused(  # noqa: PLR0917 - as `defer`
    work: UnitOfWork,
    clinic: OpenClinic,
    visit: Visit,
    patient: Patient,
    gathered: Gathered,
    verdict: Verdict,
) -> VisitRevision:
    """Freeze what the gate refuses as the next deferred revision, so that a release can be bound to it."""
    now = clinic.clock.now()
    revision = freeze(
        work.session,
        visit,
        patient,
        gathered,
        verdict,
        vault=clinic.facts.vault,
        state="deferred",
        now=now,
    )
    visit.state = VisitState.DEFERRED.value
    visit.edition += 1
    visit.saved_at = now
    visit.document = _without_lines(visit.document)
    visit.lights = light_letters(verdict)
    codes = sorted({finding.code for finding in verdict.refused})
    work.log.record(
        Act(
            action="visit.deferred",
            kind="E",
            subject=patient.ref,
            object=visit_object(visit, revision.record),
            categories=("screening",),
            detail={"findings": [finding_json(finding) for finding in verdict.findings], CODES: codes},
            treated_on=visit.visit_on.isoformat(),
        )
    )
    return revision


def _without_lines(content: bytes) -> bytes:
    return canonical_bytes(without_lines(json.loads(content)))


def sign_revision(
    work: UnitOfWork,
    clinic: OpenClinic,
    visit: Visit,
    revision: VisitRevision,
    signer: Signer,
    *,
    meaning: Meaning,
    shown: Shown,
    now: datetime,
    statement: str = PERFORMED_STATEMENT,
    reason: str | None = None,
) -> SignedRecord:
    """Sign one frozen revision and store the signature beside it."""
    moment = SigningMoment(clinic.facts.vault, work.log.head(), now, shown)
    made = signed(
        signer,
        signature_record(
            **moment.parts(signer),
            visit=visit.id,
            number=visit.number,
            revision=revision.revision,
            record_sha256=revision.sha256,
            meaning=meaning,
            statement=statement,
            reason=reason,
        ),
    )
    row = {
        "visit_id": visit.id,
        "revision": revision.revision,
        "meaning": meaning,
        "signer": signer.person.staff_id,
        "record": made.record,
        "signature": made.signature,
        "signed_at": instant_text(now),
    }
    plain_write(work.session.connection(), SIGNATURE, row)
    return made


def signature_object(visit: Visit, record: bytes) -> LoggedObject:
    """A signature record as a log entry names it."""
    return LoggedObject("signature", visit.id, visit.revision, record)


def _is_first(work: UnitOfWork, visit: Visit) -> bool:
    # One that is there is enough: whoever has performed thousands is not counted at each signature.
    asked = {"performer": visit.performer, "visit": visit.id, "states": FROZEN_STATES}
    ((is_first,),) = plain_rows(work.session.connection(), IS_FIRST, asked)
    return bool(is_first)


def _has_adverse_event(work: UnitOfWork, visit: Visit) -> bool:
    ((has_event,),) = plain_rows(work.session.connection(), HAS_EVENT, {"visit": visit.id})
    return bool(has_event)
