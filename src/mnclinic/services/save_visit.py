"""Keep what was typed into an open visit."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.gate import judge
from mnclinic.domain.instants import EASTMOST, WESTMOST, Clock, now_here
from mnclinic.domain.visit_document import AFTER_TREATMENT, read_visit_document
from mnclinic.domain.visit_life import OPEN_TO_EDIT, VisitState, left_deferred
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal, StaleVisit
from mnclinic.models import Patient, Visit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.add_patient import is_named
from mnclinic.services.freeze_visit import light_letters
from mnclinic.services.gather_facts import gather
from mnclinic.services.photos_of_visit import assert_photos_kept
from mnclinic.services.read_documents import check_visit_document
from mnclinic.services.session import OpenClinic
from mnclinic.services.start_visit import visit_object
from mnclinic.services.treated_by import assert_performer_stays, holds_treatment
from mnclinic.store.log_writer import Act
from mnclinic.store.unit_of_work import UnitOfWork

TELEPHONE_ORDERS = "telephone_orders"
PRP, READ_BACK, OWN_PASSWORD = "prp", "read_back", "by_own_password"
NO_SUCH_VISIT = "There is no such visit in this clinic. Nothing was changed."


@dataclass(frozen=True)
class VisitSaved:
    """A visit's document was stored. `edition` is what the next save has to name."""

    visit_id: str
    edition: int
    state: str


def load_visit(work: UnitOfWork, visit_id: str, *, edition: int | None = None) -> tuple[Visit, Patient]:
    """The visit (by id or number) and its patient.

    Raises InvalidInput when there is none, StaleVisit when `edition` is given and another is stored.
    """
    visit = work.session.get(Visit, visit_id) or work.session.query(Visit).filter_by(number=visit_id).first()
    if visit is None:
        raise InvalidInput(NO_SUCH_VISIT)
    if edition is not None and visit.edition != edition:
        raise StaleVisit
    patient = work.session.get_one(Patient, visit.patient_ref)
    return visit, patient


def save_visit(
    clinic: OpenClinic,
    visit_id: str,
    edition: int,
    document: dict[str, Any],
    *,
    is_autosave: bool = False,
) -> VisitSaved:
    """Store the document of a visit that is still open to edit.

    A deferred visit against which nothing stands any more goes back to draft. A save that changes
    nothing is no act and makes no entry; nor does what the program stores by itself while somebody types
    (`is_autosave`), unless the visit goes back to draft by it.

    Raises:
        StaleVisit: changed elsewhere since; what was typed is with the caller.
        InvalidInput: a field is not what the schema allows (every problem is listed), the day lies
            ahead or is one of a clock that no place has, or the document names another patient.
        ActionRefused: the visit is frozen, lines or an aftercare sheet are added to a treatment that the
            gate refuses, or the performer of a treatment is changed by somebody else.
    """
    clinic.require(RoleAct.EDIT_VISIT)
    with clinic.work() as work:
        visit, _ = load_visit(work, visit_id, edition=edition)
        saved = put_document(work, clinic, visit, document, is_autosave=is_autosave)
        if saved.edition != edition:
            work.commit()
        return saved


def put_document(
    work: UnitOfWork, clinic: OpenClinic, visit: Visit, document: dict[str, Any], *, is_autosave: bool
) -> VisitSaved:
    """Put a changed document into an open visit, within the caller's transaction. Raises as `save_visit`."""
    document = check_visit_document(document)
    assert_not_ahead(document, clinic.clock.now())
    patient = work.session.get_one(Patient, visit.patient_ref)
    assert_open(visit)
    name_patient(document, patient)
    assert_photos_kept(work.session, patient.ref, document)
    stored = json.loads(visit.document)
    assert_offset_of_a_place(document, clinic.clock)
    orders_stay(stored, document)
    taken_from = performer_before(work, clinic, visit, stored, document)
    content = canonical_bytes(document)
    if content == visit.document:
        return VisitSaved(visit.id, visit.edition, visit.state)
    before = visit.state
    store_document(work, visit, patient, content)
    if visit.state == VisitState.DEFERRED.value and (refusals := [*_of_a_treatment(visit, stored, document)]):
        raise ActionRefused(refusals)
    visit.saved_at = clinic.clock.now()
    # Else a treatment could get another's name step by step, and nothing would say so.
    is_taken_out = holds_treatment(stored) and not holds_treatment(document)
    if not is_autosave or visit.state != before or taken_from or is_taken_out:
        work.log.record(handed_over(draft_saved(visit, patient, before=before), taken_from, visit.performer))
    return VisitSaved(visit.id, visit.edition, visit.state)


def _of_a_treatment(
    visit: Visit, stored: Mapping[str, Any], document: Mapping[str, Any]
) -> Iterator[Refusal]:
    """What a deferred visit is not to hold. What an earlier version left in one may stay."""
    if document.get("lines"):
        said = (
            f"Visit {visit.number} is deferred, so no treatment can be recorded in it. Nothing "
            "was changed. Settle what stands against it first."
        )
        yield Refusal("deferred_holds_no_lines", said)
    if any(name in document and document[name] != stored.get(name) for name in AFTER_TREATMENT):
        said = (
            f"Visit {visit.number} is deferred, so no aftercare sheet can be recorded in it. Nothing "
            "was changed. Settle what stands against it first."
        )
        yield Refusal("deferred_holds_no_aftercare", said)


def performer_before(
    work: UnitOfWork,
    clinic: OpenClinic,
    visit: Visit,
    stored: Mapping[str, Any],
    document: Mapping[str, Any],
) -> str | None:
    """Who performed so far, where this document names another. Raises ActionRefused where it must not."""
    assert_performer_stays(work.session, visit, stored, document["performer"], by=clinic.person.user)
    return visit.performer if document["performer"] != visit.performer else None


def handed_over(entered: Act, taken_from: str | None, taker: str) -> Act:
    """The entry of a saved draft that says from whom to whom the visit went, where it did."""
    if taken_from is None:
        return entered
    why = ",".join(one for one in ("handed_over", entered.why) if one)
    return replace(entered, why=why, detail={"handed_over_from": taken_from, "handed_over_to": taker})


def draft_saved(visit: Visit, patient: Patient, *, before: str) -> Act:
    """The log entry of a changed document that nobody has signed, of a visit in the state `before`."""
    return Act(
        action="visit.draft_saved",
        kind="U",
        subject=patient.ref,
        object=visit_object(visit, visit.document),
        categories=("treatment",),
        why=left_deferred(visit.state) if before == VisitState.DEFERRED.value else None,
    )


def assert_not_ahead(document: dict[str, Any], now: datetime) -> None:
    """Raise InvalidInput for a visit with anything on a day that has not come yet, where the clinic is.

    Lengths of time since a medicine, an exam or a session are counted to the visit's day, so a later
    day would let pass today what only that day may pass. A moment written for a place further east is on a
    later day there, and counts by the clinic's.
    """
    said = "This day has not come yet."
    named = {name: document.get(name) for name in ("started_at", "ended_at")}
    named["consent.signed_at"] = document.get("consent", {}).get("signed_at")
    moments = {name: datetime.fromisoformat(text) for name, text in named.items() if text}
    ahead = [Problem(name, said) for name, at in moments.items() if _is_ahead(at, now)]
    if ahead:
        raise InvalidInput(
            "The visit's day lies ahead. Nothing was stored. Record a visit on its own day or later.", ahead
        )


def _is_ahead(at: datetime, now: datetime) -> bool:
    return at.date() > min(now.date(), now.astimezone(at.tzinfo).date())


def assert_offset_of_a_place(document: Mapping[str, Any], clock: Clock) -> None:
    """Raise InvalidInput for a visit that begins by a clock as no place on earth has one.

    The visit is judged as of the day that stands there. Written with an offset of -18 hours this morning is
    yesterday, when an expired licence was valid still, and nothing would call it entered late. Which of the
    earth's offsets it is does not matter: a computer may run on UTC where the clinic does not.
    """
    offset = datetime.fromisoformat(document["started_at"]).utcoffset()
    if offset is None or WESTMOST <= offset <= EASTMOST:
        return
    said = (
        "No place is that far from UTC. Write it with the clinic's own offset, here "
        f"{now_here(clock).isoformat()[-6:]}."
    )
    raise InvalidInput(
        "The visit begins by a clock that no place has. Nothing was stored. Write the moments of the visit "
        "as the clinic's clock showed them.",
        [Problem("started_at", said)],
    )


def name_patient(document: dict[str, Any], patient: Patient) -> None:
    """Name the visit's patient by record number in its document.

    Raises InvalidInput when the document names somebody else.
    """
    named = document["patient"]
    if "record_number" in named:
        is_same = named["record_number"] == patient.record_number
    else:
        born_on = patient.born_on.isoformat() if patient.born_on else None
        is_same = (
            is_named(patient, named["last_name"], named["first_name"]) and named.get("born_on") == born_on
        )
    if not is_same:
        raise InvalidInput(
            "The document names another patient than the visit's. Nothing was stored. Check which visit it "
            "is meant for.",
            [Problem("patient", "This is not the visit's patient.")],
        )
    document["patient"] = {"record_number": patient.record_number}


def orders_stay(before: Mapping[str, Any], document: dict[str, Any]) -> None:
    """Keep the telephone orders of a visit's document in one that is to be stored in its place.

    A document that says nothing of them gets them; one that says otherwise is refused with InvalidInput, and
    so is one that writes or changes what two people read back.
    """
    stored = before.get(TELEPHONE_ORDERS)
    if TELEPHONE_ORDERS not in document and stored:
        document[TELEPHONE_ORDERS] = stored
    if document.get(TELEPHONE_ORDERS) != stored:
        raise _not_by_hand()
    _read_backs_stay(before.get(PRP) or {}, document.get(PRP))


def _read_backs_stay(before: Mapping[str, Any], prp: Mapping[str, Any] | None) -> None:
    """Whatever two people confirmed, each with their own password, is neither written nor changed by hand.

    It goes where the whole PRP is taken out of the draft: the log keeps that they confirmed it.
    """
    if prp is None:
        return
    stored, given = (
        [one for one in held.get(READ_BACK, ()) if one.get(OWN_PASSWORD)] for held in (before, prp)
    )
    if stored != given:
        said = "Leave this out, and read the label back on the visit itself."
        raise InvalidInput(
            "What two people read back is confirmed by an act of its own and never changed afterwards. "
            "Nothing was stored.",
            [Problem(f"{PRP}.{READ_BACK}", said)],
        )


def _not_by_hand() -> InvalidInput:
    """The refusal of a document in which somebody wrote or changed a telephone order."""
    return InvalidInput(
        "A telephone order is taken by an act of its own and never changed afterwards. Nothing was stored.",
        [Problem(TELEPHONE_ORDERS, "Leave this out, and take the order on the visit itself.")],
    )


def assert_open(visit: Visit) -> None:
    """Raise ActionRefused unless the visit may still be edited."""
    if VisitState(visit.state) not in OPEN_TO_EDIT:
        raise ActionRefused(
            [
                Refusal(
                    "visit_frozen",
                    f"Visit {visit.number} is signed and never changes. Add an addendum instead.",
                )
            ]
        )


def store_document(work: UnitOfWork, visit: Visit, patient: Patient, content: bytes) -> None:
    """Put a new document into an open visit and bring what is read from it up to date."""
    read = read_visit_document(json.loads(content))
    visit.document = content
    visit.edition += 1
    visit.visit_on = read.visit_on
    visit.service = read.service
    visit.performer = read.performer
    verdict = judge(gather(work.session, read, patient, visit_id=visit.id).facts)
    visit.lights = light_letters(verdict)
    if visit.state == VisitState.DEFERRED.value and verdict.may_treat:
        visit.state = VisitState.DRAFT.value
