"""Hold each try at a follow-up contact against what the log entered of it and what the program takes."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.domain.follow_up import EARLY, ENDS, EVENT_EVERY, ContactKind, problems_of_try
from mnclinic.models import AdverseEvent, ApprovedDocument, FollowUpContact, VisitRevision, instant_text
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
_OFTEN = (
    select(FollowUpContact.visit_id, FollowUpContact.step)
    .group_by(FollowUpContact.visit_id, FollowUpContact.step)
    .having(func.count() > 1)
)
_STEP = re.compile(rf"(?:{'|'.join(ContactKind)})\+[0-9]{{1,5}}")
NOT_TREATED = "it is about a visit in which nothing had been done by then"
OTHER_STEP = "it is of no contact that is planned after a treatment"
OTHER_SCRIPT = "it names a script that the director had not approved by then"
OTHER_ANSWERS = "it says what no try at such a contact says"
OTHER_DUE = "it says that it was due when no contact of its kind after that visit is"
TOO_EARLY = "it was written down more than a day before it was due"
MADE_BEFORE = "it was written down after that contact had been made"


def contacts(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each try is what its entry says, after a treatment, and one that the program takes; none is missing."""
    scripts = {
        row.sha256: row for row in session.scalars(select(ApprovedDocument)) if row.approval is not None
    }
    several = {(one.visit_id, one.step) for one in session.execute(_OFTEN)}
    courses: defaultdict[tuple[str, str], list[tuple[int, bool, str]]] = defaultdict(list)

    def besides(row: FollowUpContact, seq: int) -> Iterator[str]:
        done = [one.seq for one in logged.named("signature", row.visit_id) if one.action == PERFORMED]
        if not any(one < seq for one in done):
            yield NOT_TREATED
        yield from _wrong_with_step(session, row)
        if _STEP.fullmatch(row.step) and (row.visit_id, row.step) in several:
            courses[row.visit_id, row.step].append((seq, row.outcome in ENDS, row.id))
        if row.script is not None and not _is_approved(logged, scripts.get(row.script), seq):
            yield OTHER_SCRIPT
        elif _is_other_try(row, scripts):
            yield OTHER_ANSWERS

    yield from rows(session, logged, _CONTACTS, besides)
    for course in courses.values():
        made = min((seq for seq, is_end, _ in course if is_end), default=None)
        for seq, _, row_id in sorted(course):
            if made is not None and seq > made:
                yield StoreFinding(_CONTACTS.where(row_id), MADE_BEFORE, seq=seq)


def _wrong_with_step(session: Session, row: FollowUpContact) -> Iterator[str]:
    """Whether the contact is one of those after its visit, and had come up when it was tried."""
    if _STEP.fullmatch(row.step) is not None:
        if not _is_due_after_visit(session, row):
            yield OTHER_DUE
    else:
        event = session.get(AdverseEvent, row.step.removeprefix("event-"))
        if event is None or event.visit_id != row.visit_id:
            yield OTHER_STEP
        # How it goes on, and whoever was reached, put it off.
        elif row.due_at < event.recorded_at + EVENT_EVERY:
            yield OTHER_DUE
    if row.recorded_at < row.due_at - EARLY:
        yield TOO_EARLY


def _is_due_after_visit(session: Session, row: FollowUpContact) -> bool:
    """Whether it is due so many hours after the end of the treatment, as any record of the visit has that.

    Whether the schedule of then had it is not asked: protocols and what they ask for are many.
    """
    after = timedelta(hours=int(row.step.partition("+")[2]))
    asked = select(VisitRevision.record).where(VisitRevision.visit_id == row.visit_id)
    for record in session.scalars(asked):
        document = json.loads(record)["document"]
        ended = document.get("ended_at") or document["started_at"]
        if instant_text(datetime.fromisoformat(ended) + after) == instant_text(row.due_at):
            return True
    return False


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
