"""Hold every amendment against its signature, the record that it amends, the log, and those before it."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.amending import AMENDMENT_SHAPE, correction_of, odd_part
from mnclinic.audit.canonical import parse_document
from mnclinic.audit.signing import record_signing_bytes, verify
from mnclinic.domain.amendment import (
    STATEMENTS,
    AmendmentKind,
    NoSuchField,
    corrected,
    is_of_one_field,
    is_same_value,
    kept_part,
    value_at,
)
from mnclinic.models import AmendmentSeen, Visit, VisitAmendment, VisitRevision, instant_text
from mnclinic.security.roles import Role
from mnclinic.services.check_actors import Holder, holders
from mnclinic.services.check_columns import is_moment_of
from mnclinic.services.check_logged import Logged, Named
from mnclinic.services.check_rows import StoreFinding

_SEEN = "amendment_seen"


@dataclass
class _OfVisit:
    """What was read of one visit's amendments so far."""

    number: str
    positions: int = 0
    seq: int = 0
    documents: dict[int, dict[str, Any]] = field(default_factory=dict)
    records: list[bytes] = field(default_factory=list)


def rows(
    session: Session,
    logged: Logged,
    keys: Mapping[str, bytes],
    vault: str,
    had: Callable[[Mapping[str, Any]], bool],
) -> Iterator[StoreFinding]:
    """What is wrong with the amendments, and which that the log entered are not there.

    `keys` are the registered public keys by id; `had` is asked whether the log ever had a head.
    """
    people = holders(session)
    numbers = {row.id: row.number for row in session.execute(select(Visit.id, Visit.number))}
    read: dict[str, _OfVisit] = {}
    ordered = select(VisitAmendment).order_by(VisitAmendment.visit_id, VisitAmendment.position)
    for row in session.scalars(ordered.execution_options(yield_per=500)):
        of = read.setdefault(row.visit_id, _OfVisit(numbers.get(row.visit_id, row.visit_id)))
        where = f"amendment {row.position} of visit {of.number}"
        for what in _wrong(session, logged, row, of, keys, people, vault):
            yield StoreFinding(where, what, table="visit_amendment")
        if not had(json.loads(row.record)["tree"]):
            what = "it names a head that the log never had"
            yield StoreFinding(where, what, table="visit_amendment")
    for visit_id in sorted(logged.ids("amendment")):
        kept = read[visit_id].records if visit_id in read else []
        for word in logged.named("amendment", visit_id):
            if not any(word.names(record) for record in kept):
                where = f"amendment {word.revision} of visit {numbers.get(visit_id, visit_id)}"
                what = "the log entered it and it is not there any more"
                yield StoreFinding(where, what, table="visit_amendment", seq=word.seq)


def _wrong(  # noqa: PLR0917 - one caller, which holds each of them
    session: Session,
    logged: Logged,
    row: VisitAmendment,
    of: _OfVisit,
    keys: Mapping[str, bytes],
    people: Mapping[str, Holder],
    vault: str,
) -> Iterator[str]:
    said = parse_document(row.record, AMENDMENT_SHAPE)
    of.positions += 1
    if row.position != of.positions:
        yield "the one before it is not there"
        of.positions = row.position
    of.records.append(row.record)
    public = keys.get(said["signer"]["key"])
    if public is None or not verify(public, row.signature, record_signing_bytes(row.record)):
        yield "the signature does not belong to what it stands under"
    if odd_part(said) or said["statement"] != STATEMENTS[AmendmentKind(said["kind"])]:
        yield "it does not say what an amendment of its kind says"
    correction = correction_of(said)
    columns = (
        said["visit"], said["amendment"], said["kind"], said["revision"], said["signer"]["staff"],
        said["right_patient"], said["signed_at"],
        correction.path if correction else "", (correction.new or "") if correction else "",
    )  # fmt: skip
    here = (
        row.visit_id, row.position, row.kind, row.revision, row.signer,
        row.right_patient, instant_text(row.signed_at),
        row.path, row.new_value,
    )  # fmt: skip
    if columns != here:
        yield "its columns are not what was signed"
    yield from _of_its_record(session, row, said, of, people, vault)
    yield from _by_the_log(logged, row, said, of)


def _of_its_record(  # noqa: PLR0917 - as above
    session: Session,
    row: VisitAmendment,
    said: Mapping[str, Any],
    of: _OfVisit,
    people: Mapping[str, Holder],
    vault: str,
) -> Iterator[str]:
    revision = session.get(VisitRevision, (row.visit_id, row.revision))
    record = json.loads(revision.record) if revision is not None else None
    if revision is None or record is None:
        yield "the revision that it amends is not there"
        return
    told = (said["vault"], said["record_sha256"], said["number"], said["patient"])
    if told != (vault, revision.sha256, record["number"], record["patient"]["ref"]):
        yield "it was signed for another record"
    holder = people.get(said["signer"]["key"])
    if holder is not None:
        if (holder.purpose, holder.staff_id) != ("signature", said["signer"]["staff"]):
            yield "the key that signed it is no signature key of its signer"
        performer = record["pinned"]["performer"]
        is_own = performer is not None and performer["staff"] == said["signer"]["staff"]
        if not is_own and holder.role != Role.DIRECTOR:
            yield "neither its performer nor a director signed it"
    correction = correction_of(said)
    if correction is not None:
        document = of.documents.setdefault(row.revision, record["document"])
        try:
            if not is_same_value(value_at(document, correction.path), correction.old):
                yield "the old value that it names is not what the record said"
            of.documents[row.revision] = corrected(document, [correction])
        except NoSuchField:
            yield "it corrects a field that the record does not have"
        if kept_part(correction.path) is not None or not is_of_one_field(correction):
            yield "it corrects a part of the record that no correction changes"


def _by_the_log(logged: Logged, row: VisitAmendment, said: Mapping[str, Any], of: _OfVisit) -> Iterator[str]:
    word = _word_of(logged.named("amendment", row.visit_id), row)
    if word is None:
        yield "it was never entered in the log"
        return
    if word.action != f"amendment.{said['kind']}":
        yield "the log enters it as another kind"
    if word.actor != said["signer"]["staff"]:
        yield "the log gives it to somebody else"
    if word.seq <= of.seq:
        yield "it stands before one that was signed earlier"
    of.seq = word.seq
    named = [one for one in logged.named("misfiled_visit", row.visit_id) if one.names(row.record)]
    subjects = [logged.entry(one.seq)["subj"] for one in named]
    if subjects != ([said["right_patient"]] if said["right_patient"] else []):
        yield "the person whose visit it is, is not the one whom the log names"


def _word_of(words: list[Named], row: VisitAmendment) -> Named | None:
    return next((one for one in words if one.revision == row.position and one.names(row.record)), None)


def seen(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Who saw an amendment, and when, is what was entered, and nothing that was entered is missing."""
    numbers = {row.id: row.number for row in session.execute(select(Visit.id, Visit.number))}
    there: set[tuple[str, int]] = set()
    for row in session.scalars(select(AmendmentSeen).execution_options(yield_per=500)):
        there.add((row.visit_id, row.position))
        where = f"amendment {row.position} of visit {numbers.get(row.visit_id, row.visit_id)}"
        words = [one for one in logged.named(_SEEN, row.visit_id) if one.revision == row.position]
        amended = session.get(VisitAmendment, (row.visit_id, row.position))
        if amended is None or not words or not words[0].names(amended.record):
            yield StoreFinding(where, "that it was seen was never entered in the log", table=_SEEN)
        elif words[0].actor != row.seen_by or not is_moment_of(logged.entry(words[0].seq), row.seen_at):
            yield StoreFinding(where, "who saw it, or when, is not what the log says", table=_SEEN)
    for visit_id in sorted(logged.ids(_SEEN)):
        for word in logged.named(_SEEN, visit_id):
            if (visit_id, word.revision) not in there:
                where = f"amendment {word.revision} of visit {numbers.get(visit_id, visit_id)}"
                what = "the log entered that it was seen, and that is not there any more"
                yield StoreFinding(where, what, table=_SEEN, seq=word.seq)
