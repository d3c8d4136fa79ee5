"""The director's decisions: approve, return, release."""

import json
from dataclasses import dataclass

from sqlalchemy import select

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.signing import Meaning, Shown
from mnclinic.domain.finding import Outcome, PassedBy, Verdict
from mnclinic.domain.person_details import text_of
from mnclinic.domain.typed_values import has_words
from mnclinic.domain.visit_life import VisitState, left_deferred
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.models import Patient, Release, Visit, VisitRevision, VisitSignature
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.freeze_visit import finding_json, light_letters
from mnclinic.services.licensed_to_sign import assert_licensed
from mnclinic.services.perform_visit import freeze_refused, judged, sign_revision, signature_object
from mnclinic.services.save_visit import load_visit
from mnclinic.services.session import OpenClinic, Signer
from mnclinic.services.solo_physician import OWN_STATEMENT, judges_own_visit
from mnclinic.services.telephone_order import telephoned_in
from mnclinic.store.log_writer import Act
from mnclinic.store.unit_of_work import UnitOfWork

APPROVED_STATEMENT = "I reviewed this visit and approve it as recorded."
RETURNED_STATEMENT = "I reviewed this visit and return it to the performer with a question."
TELEPHONE_STATEMENT = "I gave the telephone orders as they are written here."
RELEASED_STATEMENT = "I saw what stands against this treatment and release it for this visit."


@dataclass(frozen=True)
class VisitReviewed:
    """The director decided. `signature` is the SHA-256 of the signature record."""

    visit_id: str
    number: str
    state: str
    signature: str


def approve_visit(
    clinic: OpenClinic, visit_id: str, edition: int | None, signer: Signer, *, shown: Shown
) -> VisitReviewed:
    """Sign a visit off.

    Raises:
        ActionRefused: the visit does not wait for review. Nothing was changed.
        NotPermitted: not a director, or the director's own treatment outside a declared solo-physician
            clinic.
        StaleVisit: changed since it was shown.
    """
    clinic.require(RoleAct.APPROVE_VISIT)
    return _decide(
        clinic,
        visit_id,
        edition,
        signer,
        shown=shown,
        meaning="approved",
        statement=APPROVED_STATEMENT,
        state=VisitState.SIGNED,
        reason=None,
    )


def return_visit(
    clinic: OpenClinic, visit_id: str, edition: int | None, signer: Signer, reason: str, *, shown: Shown
) -> VisitReviewed:
    """Send a visit back to its performer with a question.

    Raises as `approve_visit`, and InvalidInput for an empty reason.
    """
    clinic.require(RoleAct.RETURN_VISIT)
    return _decide(
        clinic,
        visit_id,
        edition,
        signer,
        shown=shown,
        meaning="returned",
        statement=RETURNED_STATEMENT,
        state=VisitState.RETURNED,
        reason=_needed(reason),
    )


def release_visit(
    clinic: OpenClinic,
    visit_id: str,
    edition: int | None,
    signer: Signer,
    reason: str,
    *,
    shown: Shown,
    seen: Verdict,
) -> VisitReviewed:
    """Let every finding pass that the director may pass, for this deferred visit.

    What passes by her telephone order is released with it, which signs the order. What nobody may pass
    stays. The visit goes back to draft when nothing else stands against it. `seen` is what stood against
    the visit where it was shown to her.

    Raises:
        ActionRefused: the visit is not deferred, nothing in it is the director's to release, or something
            else stands against it by now than she was shown.
        InvalidInput: no reason was given.
    """
    clinic.require(RoleAct.RELEASE_VISIT)
    reason = _needed(reason)
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id, edition=edition)
        assert_licensed(work, clinic, signer)
        gathered, verdict = judged(work, visit, patient)
        telephoned = telephoned_in(verdict)
        _assert_to_release(visit, is_telephoned=bool(telephoned))
        mine = [finding for finding in verdict.refused if finding.passed_by is PassedBy.DIRECTOR]
        mine += telephoned
        if not mine:
            raise ActionRefused([_nothing_to_release(verdict)])
        if _against(seen) != _against(verdict):
            raise ActionRefused([_not_what_was_shown(visit)])
        revision = _newest_revision(work, visit)
        is_own = judges_own_visit(work, revision, signer)
        if not _is_frozen(revision, visit, verdict):
            # Answers, or facts around the visit, changed since it was refused: she signs what she was shown.
            revision = freeze_refused(work, clinic, visit, patient, gathered, verdict)
        now = clinic.clock.now()
        signed = sign_revision(
            work,
            clinic,
            visit,
            revision,
            signer,
            meaning="released",
            shown=shown,
            now=now,
            statement=_said(
                f"{RELEASED_STATEMENT} Released: {', '.join(finding.code for finding in mine)}.",
                is_own=is_own,
            ),
            reason=reason,
        )
        work.session.flush()
        signature_id = work.session.scalars(
            select(VisitSignature.id)
            .where(VisitSignature.visit_id == visit.id)
            .order_by(VisitSignature.id.desc())
        ).first()
        for finding in mine:
            work.session.add(
                Release(
                    visit_id=visit.id,
                    signature_id=signature_id,
                    code=finding.code,
                    basis=finding.basis,
                    reason=reason,
                    director=signer.person.name,
                )
            )
        work.session.flush()
        visit.edition += 1
        visit.saved_at = now
        _, verdict = judged(work, visit, patient)
        visit.lights = light_letters(verdict)
        if not verdict.refused:
            visit.state = VisitState.DRAFT.value
        why = left_deferred(visit.state)
        _log(work, "visit.released", visit, patient, signed.record, reason, why=why)
        work.commit(checkpoint=True)
        return VisitReviewed(visit.id, visit.number, visit.state, signed.sha256)


def _against(verdict: Verdict) -> frozenset[tuple[str, str]]:
    return frozenset((finding.code, finding.basis_in_areas) for finding in verdict.refused)


def _is_frozen(revision: VisitRevision, visit: Visit, verdict: Verdict) -> bool:
    """Whether a revision holds the visit as it stands, and everything that is found in it now."""
    record = json.loads(revision.record)
    found = [finding_json(finding) for finding in verdict.findings]
    return canonical_bytes(record["document"]) == visit.document and record["judged"]["findings"] == found


def _not_what_was_shown(visit: Visit) -> Refusal:
    said = (
        f"Something else stands against visit {visit.number} by now than was shown. Nothing was signed. Read "
        "the visit again, then decide."
    )
    return Refusal("not_as_shown", said)


def _assert_to_release(visit: Visit, *, is_telephoned: bool) -> None:
    """A deferred visit, or one that goes on by her telephone order and in which nothing is treated yet."""
    if visit.state == VisitState.DEFERRED.value:
        return
    if visit.state == VisitState.DRAFT.value and is_telephoned:
        if not json.loads(visit.document).get("lines"):
            return
        said = (
            f"In visit {visit.number} the treatment is being recorded already. Sign your order with the "
            "visit, once its performer has signed it."
        )
        raise ActionRefused([Refusal("treatment_begun", said)])
    raise ActionRefused(
        [Refusal("not_deferred", f"Visit {visit.number} is not deferred; there is nothing to release.")]
    )


def _decide(
    clinic: OpenClinic,
    visit_id: str,
    edition: int | None,
    signer: Signer,
    *,
    shown: Shown,
    meaning: Meaning,
    statement: str,
    state: VisitState,
    reason: str | None,
) -> VisitReviewed:
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id, edition=edition)
        if visit.state != VisitState.IN_REVIEW.value:
            raise ActionRefused(
                [
                    Refusal(
                        "not_in_review",
                        f"Visit {visit.number} does not wait for review: it is {visit.state}.",
                    )
                ]
            )
        assert_licensed(work, clinic, signer)
        revision = _newest_revision(work, visit)
        is_own = judges_own_visit(work, revision, signer)
        now = clinic.clock.now()
        signed = sign_revision(
            work,
            clinic,
            visit,
            revision,
            signer,
            meaning=meaning,
            shown=shown,
            now=now,
            statement=_said(_with_order(statement, revision, state), is_own=is_own),
            reason=reason,
        )
        visit.state = state.value
        visit.edition += 1
        visit.saved_at = now
        visit.due_at = None
        visit.score = 0
        visit.reason = reason or ""
        action = "visit.signed" if state is VisitState.SIGNED else "visit.returned"
        _log(work, action, visit, patient, signed.record, reason)
        work.commit(checkpoint=True)
        return VisitReviewed(visit.id, visit.number, visit.state, signed.sha256)


def _log(  # noqa: PLR0917 - two callers above, each with all six
    work: UnitOfWork,
    action: str,
    visit: Visit,
    patient: Patient,
    record: bytes,
    reason: str | None,
    *,
    why: str | None = None,
) -> None:
    work.log.record(
        Act(
            action=action,
            kind="S",
            subject=patient.ref,
            object=signature_object(visit, record),
            categories=("review", "signature"),
            why=why,
            detail={"reason": reason} if reason else {},
        )
    )


def _newest_revision(work: UnitOfWork, visit: Visit) -> VisitRevision:
    return work.session.get_one(VisitRevision, (visit.id, visit.revision))


def _nothing_to_release(verdict: Verdict) -> Refusal:
    if verdict.refused:
        return Refusal("nothing_to_release", "What stands against this visit cannot be released by anybody.")
    return Refusal(
        "nothing_to_release",
        "Nothing stands against this visit as it is kept: the treatment lines of a refused treatment are not "
        "kept, so there is nothing to release. Record lines within the limits, or put an authorisation on "
        "file before the treatment.",
    )


def _with_order(statement: str, revision: VisitRevision, state: VisitState) -> str:
    """Her approval signs the telephone orders too, and says so; a return leaves them unsigned."""
    findings = json.loads(revision.record)["judged"]["findings"]
    is_telephoned = any(finding["outcome"] == Outcome.TELEPHONED.value for finding in findings)
    return f"{statement} {TELEPHONE_STATEMENT}" if is_telephoned and state is VisitState.SIGNED else statement


def _said(statement: str, *, is_own: bool) -> str:
    """What the signer signs: the decision, and that it is about a treatment of her own where it is."""
    return f"{statement} {OWN_STATEMENT}" if is_own else statement


def _needed(reason: str) -> str:
    reason = text_of(reason)
    if not has_words(reason):
        raise InvalidInput(
            "A reason is needed. Nothing was changed. Write it in a sentence the performer will understand.",
            [Problem("reason", "Write a reason.")],
        )
    return reason
