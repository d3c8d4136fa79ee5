"""The director orders by telephone: whoever takes the order writes it down, reads it back and enters it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.finding import Finding, Outcome, PassedBy, Verdict
from mnclinic.domain.gate.facts import VisitFacts
from mnclinic.domain.gate.telephone import may_be_telephoned, wrong_in_order
from mnclinic.domain.person_details import text_of
from mnclinic.domain.typed_values import has_words
from mnclinic.domain.visit_document import read_visit_document
from mnclinic.domain.visit_life import VisitState, left_deferred
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.models import Patient, Visit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.gather_facts import gather
from mnclinic.services.perform_visit import judged
from mnclinic.services.read_documents import check_visit_document
from mnclinic.services.save_visit import TELEPHONE_ORDERS, load_visit, store_document
from mnclinic.services.session import OpenClinic
from mnclinic.services.start_visit import visit_object
from mnclinic.store.log_writer import Act

TAKEN_FOR = frozenset({VisitState.DRAFT.value, VisitState.DEFERRED.value})


@dataclass(frozen=True)
class NewTelephoneOrder:
    """What was ordered. `codes` are the findings it lets pass; `read_back_at` None: it was not read back."""

    director: str
    codes: tuple[str, ...]
    words: str
    ordered_at: datetime
    read_back_at: datetime | None


@dataclass(frozen=True)
class TelephoneOrderTaken:
    """An order stands in the visit. `passed` are the codes it let pass, `standing` what still refuses."""

    visit_id: str
    number: str
    edition: int
    state: str
    passed: tuple[str, ...]
    standing: tuple[Refusal, ...]


def take_telephone_order(
    clinic: OpenClinic, visit_id: str, edition: int | None, order: NewTelephoneOrder
) -> TelephoneOrderTaken:
    """Enter an order that the director gave by telephone, in the name of who took it and read it back.

    It lets pass exactly what it names, until she signs it stands as unsigned, and the visit goes to the top
    of her queue. A deferred visit against which nothing stands any more goes back to draft.

    Raises:
        InvalidInput: no read-back, no words, an unknown finding, a time that lies ahead, or an order that
            does not count. Every problem is named. Nothing was changed.
        ActionRefused: the policy has no telephone orders, the item is absolute or nobody's to pass, or the
            visit is signed already. Every reason at once. Nothing was changed.
        StaleVisit: changed elsewhere since it was shown.
    """
    clinic.require(RoleAct.TAKE_TELEPHONE_ORDER)
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id, edition=edition)
        gathered, verdict = judged(work, visit, patient)
        if refusals := tuple(_refusals(visit, verdict, gathered.facts, order.codes)):
            raise ActionRefused(refusals)
        now = clinic.clock.now()
        problems = [*_problems(order, verdict, now)]
        document = _with_order(visit, order, clinic.person.user, verdict)
        if not problems:
            document = check_visit_document(document)
            read = read_visit_document(document)
            facts = gather(work.session, read, patient, visit_id=visit.id).facts
            wrong = wrong_in_order(read.telephone_orders[-1], facts)
            problems = [Problem(TELEPHONE_ORDERS, said) for said in wrong]
        if problems:
            raise InvalidInput(
                "The order was not entered, and nothing was changed. Correct these and try again.", problems
            )
        before = visit.state
        store_document(work, visit, patient, canonical_bytes(document))
        visit.saved_at = now
        _, verdict = judged(work, visit, patient)
        if visit.state == VisitState.DEFERRED.value and not verdict.refused:
            visit.state = VisitState.DRAFT.value
        work.log.record(_entry(visit, patient, order, before=before))
        work.commit(checkpoint=True)
        return TelephoneOrderTaken(
            visit.id, visit.number, visit.edition, visit.state, order.codes, verdict.refusals
        )


def telephoned_in(verdict: Verdict) -> tuple[Finding, ...]:
    """What passes by a telephone order alone, and waits for the director's signature."""
    return tuple(finding for finding in verdict.findings if finding.outcome is Outcome.TELEPHONED)


def _refusals(visit: Visit, verdict: Verdict, facts: VisitFacts, codes: Sequence[str]) -> Iterator[Refusal]:
    if visit.state not in TAKEN_FOR:
        said = f"Visit {visit.number} was performed already, so no order can be taken for it any more."
        yield Refusal("visit_frozen", said)
        return
    if facts.policy is None or not facts.policy.telephone_orders:
        said = "The clinic's policy has no telephone orders. The director releases the visit, or it waits."
        yield Refusal("no_telephone_orders", said)
        return
    for finding in verdict.refused:
        if finding.code not in codes or may_be_telephoned(finding, facts):
            continue
        if finding.passed_by is PassedBy.NOBODY:
            yield Refusal("nobody_may_pass", f"Nobody may let this pass: {finding.message}")
        else:
            said = f"No telephone order passes an absolute item: {finding.message}"
            yield Refusal("never_by_telephone", said)


def _problems(order: NewTelephoneOrder, verdict: Verdict, now: datetime) -> Iterator[Problem]:
    standing = {finding.code for finding in verdict.refused}
    if not order.codes:
        yield Problem("codes", "Name what the order lets pass.")
    for code in order.codes:
        if code not in standing:
            yield Problem("codes", f"Nothing of this name stands against the visit: {code}.")
    if not has_words(text_of(order.words)):
        yield Problem("words", "Write down the exact words of the order.")
    if order.read_back_at is None:
        yield Problem("read_back_at", "Read the words back to the director, and say when that was.")
    for place, at in (("ordered_at", order.ordered_at), ("read_back_at", order.read_back_at)):
        if at is not None and at > now:
            yield Problem(place, "This time has not come yet.")


def _with_order(visit: Visit, order: NewTelephoneOrder, taken_by: str, verdict: Verdict) -> dict[str, Any]:
    document = dict(json.loads(visit.document))
    read_back_at = order.read_back_at or order.ordered_at
    made = {
        "director": order.director,
        "taken_by": taken_by,
        "ordered_at": order.ordered_at.isoformat(timespec="seconds"),
        "words": text_of(order.words),
        "read_back_at": read_back_at.isoformat(timespec="seconds"),
        "passes": [
            {"code": finding.code, "basis": finding.basis_in_areas}
            for finding in verdict.refused
            if finding.code in order.codes
        ],
    }
    return document | {TELEPHONE_ORDERS: [*document.get(TELEPHONE_ORDERS, ()), made]}


def _entry(visit: Visit, patient: Patient, order: NewTelephoneOrder, *, before: str) -> Act:
    entry = Act(
        action="visit.telephone_order",
        kind="U",
        subject=patient.ref,
        object=visit_object(visit, visit.document),
        categories=("review", "treatment"),
        detail={"director": order.director, "words": text_of(order.words), "codes": list(order.codes)},
    )
    return replace(entry, why=left_deferred(visit.state)) if before == VisitState.DEFERRED.value else entry
