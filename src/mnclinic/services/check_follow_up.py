"""Hold each try at a follow-up contact against what the log entered of it and what the program takes."""

import json
import re
from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.follow_up import ContactKind, problems_of_try
from mnclinic.models import AdverseEvent, ApprovedDocument, FollowUpContact
from mnclinic.services.call_scripts import script_in
from mnclinic.services.check_kept_rows import KeptRows, rows
from mnclinic.services.check_lives import PERFORMED
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.follow_up_rows import contact_bytes

_CONTACTS = KeptRows(
    FollowUpContact,
    "follow_up_contact",
    lambda row_id: f"follow-up contact {row_id[:8]}",
    "follow-up contacts",
    contact_bytes,
)
_STEP = re.compile(rf"(?:{'|'.join(ContactKind)})\+[0-9]{{1,5}}")
NOT_TREATED = "it is about a visit in which nothing had been done by then"
OTHER_STEP = "it is of no contact that is planned after a treatment"
OTHER_SCRIPT = "it names a script that the director had not approved by then"
OTHER_ANSWERS = "it says what no try at such a contact says"


def contacts(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each try is what its entry says, after a treatment, and one that the program takes; none is missing."""
    scripts = {
        row.sha256: row for row in session.scalars(select(ApprovedDocument)) if row.approval is not None
    }
    events = {one.id: one.visit_id for one in session.execute(select(AdverseEvent.id, AdverseEvent.visit_id))}

    def besides(row: FollowUpContact, seq: int) -> Iterator[str]:
        done = [one.seq for one in logged.named("signature", row.visit_id) if one.action == PERFORMED]
        if not any(one < seq for one in done):
            yield NOT_TREATED
        of_event = events.get(row.step.removeprefix("event-"))
        if _STEP.fullmatch(row.step) is None and of_event != row.visit_id:
            yield OTHER_STEP
        if row.script is not None and not _is_approved(logged, scripts.get(row.script), seq):
            yield OTHER_SCRIPT
        elif _is_other_try(row, scripts):
            yield OTHER_ANSWERS

    yield from rows(session, logged, _CONTACTS, besides)


def _is_approved(logged: Logged, row: ApprovedDocument | None, seq: int) -> bool:
    if row is None or row.approval is None:
        return False
    words = logged.named("approval", f"{row.kind}:{row.document_id}")
    return any(one.seq < seq and one.names(row.approval) for one in words)


def _is_other_try(row: FollowUpContact, scripts: Mapping[str, ApprovedDocument]) -> bool:
    """Whether the program would not have taken these answers to that script, and what came of it."""
    script = script_in(scripts[row.script]) if row.script is not None else None
    said = json.loads(row.answers)
    answers = {int(number): {"yes": True, "no": False}[word] for number, word in said.items()}
    problems = problems_of_try(
        outcome=row.outcome,
        channel=row.channel,
        answers=answers,
        question_count=script.question_count if script is not None else 0,
        note=row.note,
    )
    return any(problems)
