"""The director signs that a recall, or a drill of one, has ended."""

from mnclinic.audit.canonical import sha256_hex
from mnclinic.audit.closing_recall import closure_record
from mnclinic.audit.signing import Shown
from mnclinic.domain.instants import zone_of
from mnclinic.domain.person_details import text_of
from mnclinic.domain.recall_case import LONGEST_TEXT, refusals_of_closing
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.models import RecallClosure
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.recall_rows import load_recall, recall_bytes, recall_rows
from mnclinic.services.session import OpenClinic, Signer, SigningMoment, signed
from mnclinic.services.standing import Standing
from mnclinic.services.unlisted_people import count_unlisted
from mnclinic.store.log_writer import Act, LoggedObject

BROKEN = (
    "What stands here as a director's signature that this recall has ended does not hold, so it is open, and "
    "nothing can be signed beside it. Nothing was changed. Check the store; it names what was changed. Open "
    "the recall anew to close it."
)
NOT_LISTED = (
    "Whoever it touched later is on no list of it ({n}): a visit was signed, or corrected, after the list "
    "was made. Open a recall of it again: that lists them too, and then both can be closed."
)
NOT_SIGNED = "Nothing was signed. Correct what is marked and try again."


def close_recall(clinic: OpenClinic, recall_id: str, text: str, signer: Signer, *, shown: Shown) -> str:
    """Sign as director that a recall has ended; `text` says what was done about whoever was not reached.

    Returns the recall's id. Raises InvalidInput where there is no such recall or the text is too long,
    ActionRefused with every reason where it is closed already, somebody on its list was never tried, or
    somebody whom it touched is on no list.
    """
    clinic.require(RoleAct.CLOSE_RECALL)
    text = text_of(text)
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(NOT_SIGNED, [Problem("text", f"At most {LONGEST_TEXT} characters.")])
    with clinic.work() as work:
        recall = load_recall(work.session, recall_id)
        row = recall_rows(work.session, zone_of(clinic.clock), recall.id)[0]
        if row.standing is not Standing.HOLDS:
            raise ActionRefused([Refusal("closure_broken", BROKEN)])
        if row.closed_at is not None:
            said = "A director signed before that this recall has ended. Nothing was signed."
            raise ActionRefused([Refusal("closed_before", said)])
        outcomes = {one.patient_ref: [told.outcome for told in one.contacts] for one in row.people}
        refusals = refusals_of_closing([*outcomes], outcomes, text, is_drill=row.is_drill)
        if not row.is_drill and (missing := count_unlisted(work.session, row.kind, row.named)):
            refusals = [*refusals, Refusal("not_listed", NOT_LISTED.format(n=missing))]
        if refusals:
            raise ActionRefused(refusals)
        now = clinic.clock.now()
        made = signed(
            signer,
            closure_record(
                **SigningMoment(clinic.facts.vault, work.log.head(), now, shown).parts(signer),
                recall=recall.id,
                recall_sha256=sha256_hex(recall_bytes(recall)),
                people=len(row.people),
                reached=row.reached,
                text=text,
            ),
        )
        work.session.add(
            RecallClosure(
                recall_id=recall.id,
                text=text,
                closed_by=signer.person.staff_id,
                closed_at=now,
                record=made.record,
                signature=made.signature,
            )
        )
        work.log.record(
            Act(
                "recall.closed",
                "S",
                object=LoggedObject("recall_closure", recall.id, 1, made.record),
                categories=("supplies",),
            )
        )
        work.commit(checkpoint=True)
        return recall.id
