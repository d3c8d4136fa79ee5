"""Hold recalls, who was told and how each ended against the log and the director's signature."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import parse_document, sha256_hex
from mnclinic.audit.closing_recall import CLOSURE_SHAPE
from mnclinic.audit.signing import record_signing_bytes, verify
from mnclinic.models import Recall, RecallClosure, RecallContact, instant_text
from mnclinic.security.roles import Role
from mnclinic.services.check_actors import Holder, holders
from mnclinic.services.check_columns import is_moment_of
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import ILL_WRITTEN, NOT_OURS, StoreFinding
from mnclinic.services.recall_rows import contact_bytes, listed_in, recall_bytes

AT_ONCE = 500


def recalls(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each recall is what its entry says, and its notice the one that was attached; none is missing."""
    there: set[str] = set()
    for row in session.scalars(select(Recall).execution_options(yield_per=AT_ONCE)):
        there.add(row.id)
        where = f"recall {row.id[:8]}"
        yield from _each(where, _of_recall(logged, row, where))
    yield from _gone("recalls", "recall", logged, there)


def contacts(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each try to tell somebody is what its entry says, of somebody on the list; none is missing."""
    listed = {one.id: _listed(one) for one in session.scalars(select(Recall))}
    there: set[str] = set()
    for row in session.scalars(select(RecallContact).execution_options(yield_per=AT_ONCE)):
        there.add(row.id)
        where = f"recall contact {row.id[:8]}"
        yield from _by_the_log(
            logged, ("recall_contact", row.id, contact_bytes(row)), where, row.recorded_by, row.recorded_at
        )
        if row.patient_ref not in listed.get(row.recall_id, ()):
            yield StoreFinding(where, "it is of somebody who is not on the list of its recall")
    yield from _gone("recall contacts", "recall_contact", logged, there)


def closures(
    session: Session,
    logged: Logged,
    keys: Mapping[str, bytes],
    vault: str,
    had: Callable[[Mapping[str, Any]], bool],
) -> Iterator[StoreFinding]:
    """Each closure is the director's signed word about that recall, and entered; none is missing.

    `keys` are the registered public keys by id; `had` is asked whether the log ever had a head.
    """
    people = holders(session)
    there: set[str] = set()
    for row in session.scalars(select(RecallClosure)):
        there.add(row.recall_id)
        where = f"recall closure {row.recall_id[:8]}"
        named = ("recall_closure", row.recall_id, row.record)
        yield from _by_the_log(logged, named, where, row.closed_by, row.closed_at)
        wrong = _wrong(session, row, keys, people, vault, had)
        yield from _each(where, (StoreFinding(where, what) for what in wrong))
    yield from _gone("recall closures", "recall_closure", logged, there)


def _each(where: str, found: Iterator[StoreFinding]) -> Iterator[StoreFinding]:
    """What is found of one row. One that nobody could have written so does not hide the next ones."""
    try:
        yield from found
    except ILL_WRITTEN:
        yield StoreFinding(where, NOT_OURS)


def _of_recall(logged: Logged, row: Recall, where: str) -> Iterator[StoreFinding]:
    if row.notice is not None and sha256_hex(row.notice) != row.notice_sha256:
        yield StoreFinding(where, "its notice is not the one that was attached")
    named = ("recall", row.id, recall_bytes(row))
    yield from _by_the_log(logged, named, where, row.opened_by, row.opened_at)


def _listed(row: Recall) -> Collection[str]:
    """Whom its list names; nobody where it is not what this program writes, which is told of the recall."""
    try:
        return listed_in(row)
    except ILL_WRITTEN:
        return ()


def _by_the_log(
    logged: Logged, named: tuple[str, str, bytes], where: str, by: str, at: datetime
) -> Iterator[StoreFinding]:
    kind, row_id, content = named
    newest = logged.newest_named(kind, row_id)
    if newest is None:
        yield StoreFinding(where, "it was never entered in the log")
        return
    entry = logged.entry(newest.seq)
    if not newest.names(content):
        yield StoreFinding(where, "it is not what the log entered", seq=newest.seq)
    elif entry["actor"]["uid"] != by or not is_moment_of(entry, at):
        yield StoreFinding(where, "who entered it, or when, is not what the log says", seq=newest.seq)


def _gone(where: str, kind: str, logged: Logged, there: set[str]) -> Iterator[StoreFinding]:
    for gone in sorted(logged.ids(kind) - there):
        yield StoreFinding(where, f"{gone[:8]} was entered in the log and is not there any more")


def _wrong(  # noqa: PLR0917 - one caller, which holds each of them
    session: Session,
    row: RecallClosure,
    keys: Mapping[str, bytes],
    people: Mapping[str, Holder],
    vault: str,
    had: Callable[[Mapping[str, Any]], bool],
) -> Iterator[str]:
    said = parse_document(row.record, CLOSURE_SHAPE)
    signer = said["signer"]
    public = keys.get(signer["key"])
    if public is None or not verify(public, row.signature, record_signing_bytes(row.record)):
        yield "the signature does not belong to what it stands under"
    holder = people.get(signer["key"])
    if holder is not None and (holder.purpose, holder.staff_id, holder.role) != (
        *("signature", signer["staff"]),
        Role.DIRECTOR,
    ):
        yield "the key that signed it is no director's signature key"
    told = (said["recall"], said["text"], signer["staff"], said["signed_at"])
    if told != (row.recall_id, row.text, row.closed_by, instant_text(row.closed_at)):
        yield "its columns are not what was signed"
    recall = session.get(Recall, row.recall_id)
    if recall is None:
        yield "the recall that it is about is not there"
    elif (vault, sha256_hex(recall_bytes(recall))) != (said["vault"], said["recall_sha256"]):
        yield "it was signed for another recall"
    if not had(said["tree"]):
        yield "it names a head that the log never had"
