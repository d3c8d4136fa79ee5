"""Hold recalls, who was told and how each ended against the log and the director's signature."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache, lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import parse_document, sha256_hex
from mnclinic.audit.closing_recall import CLOSURE_SHAPE
from mnclinic.domain.attachments import media_type_of
from mnclinic.domain.recall_case import ContactOutcome, problems_of_opening, refusals_of_closing
from mnclinic.models import Patient, Recall, RecallClosure, RecallContact, instant_text
from mnclinic.services.check_kept_rows import KeptRows, rows
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_recall_lists import WhomRecallsTouch
from mnclinic.services.check_rows import ILL_WRITTEN, StoreFinding
from mnclinic.services.directors_word import HeldAgainst, Said, wrong_with_entered_word
from mnclinic.services.recall_rows import contact_bytes, listed_in, recall_bytes
from mnclinic.services.touched_people import among

_RECALLS = KeptRows(
    Recall,
    "recall",
    lambda row_id: f"recall {row_id[:8]}",
    "recalls",
    recall_bytes,
    by="opened_by",
    at="opened_at",
)
_CONTACTS = KeptRows(
    RecallContact,
    "recall_contact",
    lambda row_id: f"recall contact {row_id[:8]}",
    "recall contacts",
    contact_bytes,
)


RECALLS_AT_ONCE = 16
OTHER_NOTICE = "its notice is not the one that was attached"
OTHER_RECALL = "it is none that the program opens"
OFF_THE_LIST = "it is of somebody who is not on the list of its recall"


def recalls(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each recall is what its entry says, its notice the one that was attached, and its list the right one.

    None is missing.
    """

    @cache
    def touched() -> WhomRecallsTouch:
        return WhomRecallsTouch(session, logged)

    def besides(row: Recall, seq: int) -> Iterator[str]:
        notice, said = row.notice, (row.notice_sha256, row.notice_type)
        if said != ((None, None) if notice is None else (sha256_hex(notice), media_type_of(notice))):
            yield OTHER_NOTICE
        if any(problems_of_opening(row.kind, row.named, row.reason, row.notice, is_drill=row.is_drill)):
            yield OTHER_RECALL
        yield from touched().wrong_with_list(row, seq)

    yield from rows(session, logged, _RECALLS, besides)


def contacts(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each try to tell somebody is what its entry says, of somebody on the list; none is missing."""

    # What is written down of one recall stands together, and all lists at once would fill the memory.
    @lru_cache(maxsize=RECALLS_AT_ONCE)
    def listed(recall_id: str) -> Collection[str]:
        recall = session.get(Recall, recall_id)
        return () if recall is None else frozenset(_listed(recall))

    def whom(row: RecallContact, seq: int) -> Iterator[str]:
        if row.patient_ref not in listed(row.recall_id):
            yield OFF_THE_LIST
        closed = logged.newest_named("recall_closure", row.recall_id)
        if closed is not None and seq > closed.seq:
            yield "it was written down after its recall was closed"

    yield from rows(session, logged, _CONTACTS, whom)


def _listed(row: Recall) -> Collection[str]:
    """Whom its list names; nobody where it is not what this program writes, which is told of the recall."""
    try:
        return listed_in(row)
    except ILL_WRITTEN:
        return ()


def closures(session: Session, logged: Logged, against: HeldAgainst) -> Iterator[StoreFinding]:
    """Each closure is the director's signed word about that recall, and entered; none is missing."""
    is_whole = logged.ids("recall_contact") <= set(session.scalars(select(RecallContact.id)))

    def word(row: RecallClosure, seq: int) -> Iterator[str]:
        said = parse_document(row.record, CLOSURE_SHAPE)
        yield from wrong_with_entered_word(said, row.record, row.signature, against)
        told = (said["recall"], said["text"], said["signer"]["staff"], said["signed_at"])
        if told != (row.recall_id, row.text, row.closed_by, instant_text(row.closed_at)):
            yield "its columns are not what was signed"
        recall = session.get(Recall, row.recall_id)
        if recall is None:
            yield "the recall that it is about is not there"
        elif (against.vault, sha256_hex(recall_bytes(recall))) != (said["vault"], said["recall_sha256"]):
            yield "it was signed for another recall"
        elif is_whole:
            yield from _wrong_with_end(session, logged, recall, said, seq)

    kept = KeptRows(
        *(
            RecallClosure,
            "recall_closure",
            lambda row_id: f"recall closure {row_id[:8]}",
            "recall closures",
            lambda row: row.record,
        ),
        by="closed_by",
        at="closed_at",
        id="recall_id",
    )
    yield from rows(session, logged, kept, word)


def _wrong_with_end(session: Session, logged: Logged, recall: Recall, said: Said, seq: int) -> Iterator[str]:
    """What the contacts that were entered before a closure say against it: who was tried, and its counts.

    Where a contact is not what was entered, which is told of it, nothing is concluded from the others.
    """
    outcomes: defaultdict[str, list[str]] = defaultdict(list)
    for row in session.scalars(select(RecallContact).where(RecallContact.recall_id == recall.id)):
        word = logged.newest_named("recall_contact", row.id)
        if word is None or not word.names(contact_bytes(row)):
            return
        if word.seq < seq:
            outcomes[row.patient_ref].append(row.outcome)
    people = session.scalars(select(Patient.ref).where(Patient.ref.in_(among(_listed(recall))))).all()
    if refusals_of_closing(people, outcomes, said["text"], is_drill=recall.is_drill):
        yield "it was signed while the rules still kept the recall open"
    reached = sum(ContactOutcome.REACHED in outcomes[ref] for ref in people)
    if (len(people), reached) != (said["people"], said["reached"]):
        yield "it counts people otherwise than the list and the contacts of its recall"
