"""Hold what an entry says in words against what it names: the row, the signed record, the frozen findings.

Whoever writes entries with a key of their own can enter a row as it stands and tell it otherwise, or tell
nothing of it, and the log is read by its words. Words that were erased are held against nothing. What the
acts on people, papers, backups, histories and plans say is held where each of these is taken back.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.amendment import words_of_path, words_of_value
from mnclinic.domain.policy import policy_from_json
from mnclinic.domain.visit_life import VisitState
from mnclinic.models import (
    AdverseEvent,
    ApprovedDocument,
    Attachment,
    BreakGlass,
    ConsentWithdrawal,
    Device,
    DeviceService,
    EventStep,
    FollowUpContact,
    LogDetail,
    Lot,
    LotMovement,
    PaperSheet,
    Photo,
    Recall,
    RecallClosure,
    RecallContact,
    Visit,
    VisitAmendment,
    VisitRevision,
    VisitSignature,
)
from mnclinic.services.check_earlier_forms import NotKnown, detail_of
from mnclinic.services.check_lives import DRAWN, LivesOfLog
from mnclinic.services.check_logged import Logged, Named
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.erasable_codes import CODES
from mnclinic.services.settings import setting_bytes

OTHER_WORDS = "what it says in words is not what it names"

AT_ONCE = 500

Said = Mapping[str, Any]
Agrees = Callable[[Said], bool]


class _Wanted(NamedTuple):
    """An entry, and whether what it says is what such an entry says."""

    seq: int
    agrees: Agrees


def words(session: Session, logged: Logged, lives: LivesOfLog) -> Iterator[StoreFinding]:
    """Each entry says of what it names what stands there."""
    for found in (
        _of_rows(session, logged),
        _of_settings(logged),
        _of_meetings(logged),
        _of_warnings(logged),
        _of_signatures(session, logged),
        _of_amendments(session, logged),
        _of_visits(session, logged, lives),
    ):
        yield from _held(session, logged, found)


def _held(session: Session, logged: Logged, wanted: Iterable[_Wanted]) -> Iterator[StoreFinding]:
    rest = iter(wanted)
    while some := [*islice(rest, AT_ONCE)]:
        told = said_in_words(session, logged, [one.seq for one in some])
        for seq, agrees in some:
            if seq in told and not _is_so(agrees, told[seq]):
                yield StoreFinding(f"log entry {seq}", OTHER_WORDS, seq=seq)


def said_in_words(session: Session, logged: Logged, numbers: Sequence[int]) -> dict[int, Said]:
    """What entries say in words, by their numbers; those whose words were erased are left out."""
    rows = session.execute(select(LogDetail.seq, LogDetail.detail).where(LogDetail.seq.in_(numbers)))
    told: dict[int, Said] = {row.seq: json.loads(row.detail) for row in rows}
    for seq in set(numbers) - told.keys():
        with suppress(NotKnown):
            told[seq] = detail_of(session, logged, seq)
    return told


def _is_so(agrees: Agrees, said: Said) -> bool:
    try:
        return agrees(said)
    except (KeyError, TypeError, ValueError, AttributeError):
        # It does not say what such an entry says.
        return False


def _exactly(wanted: Said) -> Agrees:
    return lambda said: said == wanted


_NOTHING = _exactly({})


def _of_rows(session: Session, logged: Logged) -> Iterator[_Wanted]:
    """Of what is entered as a whole, each act's own words."""
    for lot in session.scalars(select(Lot)):
        yield from _all(logged.named("lot", f"{lot.kind}:{lot.lot}")[:1], _NOTHING)
    for device in session.scalars(select(Device)):
        yield from _all(logged.named("device", device.device)[:1], _NOTHING)
    for glass in session.scalars(select(BreakGlass)):
        yield from _all(logged.named("break_glass", glass.id), _exactly({"reason": glass.reason}))
    yield from _of_events(session, logged)
    yield from _of_recalls(session, logged)
    yield from _of_files(session, logged)
    for ended in session.scalars(select(ConsentWithdrawal)):
        said: Said = {"form": ended.form, "how": ended.how, "by": ended.withdrawn_by, "note": ended.note}
        yield from _all(logged.named("consent_withdrawal", ended.id), _exactly(said))
    for done in session.scalars(select(DeviceService)):
        said = {"device": done.device, "kind": done.kind, "note": done.note}
        yield from _all(logged.named("device_service", done.id), _exactly(said))
    for moved in session.scalars(select(LotMovement).execution_options(yield_per=AT_ONCE)):
        said = {"lot": moved.lot, "quantity": moved.quantity, "reason": moved.reason}
        yield from _all(logged.named("lot_movement", moved.id), _exactly(said))
    for sheet in session.scalars(select(PaperSheet)):
        for word in logged.named("paper_sheet", sheet.number):
            is_spoiled = word.action == "paper.spoiled"
            yield _Wanted(word.seq, _exactly({"reason": sheet.reason}) if is_spoiled else _NOTHING)


def _of_events(session: Session, logged: Logged) -> Iterator[_Wanted]:
    """What is told of an adverse event stands in its row, and its entry says nothing in words."""
    for event in session.scalars(select(AdverseEvent.id).execution_options(yield_per=AT_ONCE)):
        yield from _all(logged.named("adverse_event", event), _NOTHING)
    for step in session.scalars(select(EventStep.id).execution_options(yield_per=AT_ONCE)):
        yield from _all(logged.named("event_step", step), _NOTHING)
    for contact in session.scalars(select(FollowUpContact.id).execution_options(yield_per=AT_ONCE)):
        yield from _all(logged.named("follow_up_contact", contact), _NOTHING)


def _of_recalls(session: Session, logged: Logged) -> Iterator[_Wanted]:
    """What is told of a recall stands in its rows, and their entries say nothing in words."""
    for kind, asked in (
        ("recall", select(Recall.id)),
        ("recall_contact", select(RecallContact.id)),
        ("recall_closure", select(RecallClosure.recall_id)),
    ):
        for row_id in session.scalars(asked.execution_options(yield_per=AT_ONCE)):
            yield from _all(logged.named(kind, row_id), _NOTHING)


def _of_files(session: Session, logged: Logged) -> Iterator[_Wanted]:
    """A kept file or photograph is told with what it is."""
    for kept in session.scalars(select(Attachment).execution_options(yield_per=AT_ONCE)):
        said: Said = {"kind": kept.kind, "title": kept.title}
        yield from _all(logged.named("attachment", kept.id), _exactly(said))
    for photo in session.scalars(select(Photo).execution_options(yield_per=AT_ONCE)):
        said = {"view": photo.view, "when": photo.taken_when}
        yield from _all(logged.named("photo", photo.id), _of_photo(said))


def _of_photo(wanted: Said) -> Agrees:
    """What no row has besides: how a moment that somebody typed is known."""

    def agrees(said: Said) -> bool:
        return {"taken_because": "", **said} == {
            **wanted,
            "taken_because": str(said.get("taken_because", "")),
        }

    return agrees


def _all(named: Iterable[Named], agrees: Agrees) -> Iterator[_Wanted]:
    for word in named:
        yield _Wanted(word.seq, agrees)


def _of_settings(logged: Logged) -> Iterator[_Wanted]:
    """A change of a setting names it, and says the value that it entered."""
    for name in logged.ids("setting"):
        for word in logged.named("setting", name):

            def agrees(said: Said, word: Named = word, name: str = name) -> bool:
                told = setting_bytes(name, canonical_bytes(said["after"]))
                return "before" in said and said["name"] == name and word.names(told)

            yield _Wanted(word.seq, agrees)


def _of_meetings(logged: Logged) -> Iterator[_Wanted]:
    """A meeting's entry says the day that it names."""
    for named in logged.ids("meeting"):
        day = named.partition(":")[2]
        for word in logged.named("meeting", named):
            yield _Wanted(word.seq, lambda said, day=day: said["day"] == day)  # type: ignore[misc]  # bound at once


def _of_warnings(logged: Logged) -> Iterator[_Wanted]:
    """What was passed with a reason is told finding by finding."""
    for visit_id in logged.ids("warnings_passed"):
        for word in logged.named("warnings_passed", visit_id):
            yield _Wanted(
                word.seq,
                lambda said, word=word: word.names(canonical_bytes(said["findings"])),  # type: ignore[misc]  # bound at once
            )


def _of_signatures(session: Session, logged: Logged) -> Iterator[_Wanted]:
    """A decision is told with the reason that was signed."""
    rows = select(VisitSignature.visit_id, VisitSignature.record).execution_options(yield_per=AT_ONCE)
    for row in session.execute(rows):
        reason = json.loads(row.record)["reason"]
        for word in logged.named("signature", row.visit_id):
            if word.names(row.record):
                yield _Wanted(word.seq, _exactly({"reason": reason} if reason else {}))


BESIDE = frozenset({"happened_at", CODES, "found"})


def _of_amendments(session: Session, logged: Logged) -> Iterator[_Wanted]:
    """An amendment is told with its reason, and a correction with what stood there and what is right.

    What the gate found in the corrected value is told too, and is not computed anew here.
    """
    for row in session.scalars(select(VisitAmendment).execution_options(yield_per=AT_ONCE)):
        signed = json.loads(row.record)
        wanted: dict[str, Any] = {"reason": signed["reason"]} if signed["reason"] else {}
        if row.path:
            correction = signed["correction"]
            wanted |= {
                "field": words_of_path(correction["path"]),
                "before": words_of_value(correction["old"]),
                "after": words_of_value(correction["new"]),
            }

        def agrees(said: Said, wanted: Said = wanted) -> bool:
            return {name: value for name, value in said.items() if name not in BESIDE} == wanted

        for word in logged.named("amendment", row.visit_id):
            if word.names(row.record):
                yield _Wanted(word.seq, agrees)


def _of_visits(session: Session, logged: Logged, lives: LivesOfLog) -> Iterator[_Wanted]:
    """Why a visit was voided, what stood against it, and with which ticket and share it was drawn."""
    shares = _shares(session)
    policies = _policies_pinned(session)
    rows = select(Visit.id, Visit.state, Visit.reason).execution_options(yield_per=AT_ONCE)
    for row in session.execute(rows):
        draw = lives.draw(row.id)
        for word in logged.named("visit", row.id):
            if word.action == "visit.voided" and row.state == VisitState.VOIDED.value:
                yield _Wanted(word.seq, _exactly({"reason": row.reason}))
            elif word.action == "visit.deferred":
                yield _Wanted(word.seq, _as_frozen(session, row.id, word.revision))
            elif word.action == DRAWN:
                may_be = shares.get(policies.get((row.id, word.revision), ""))
                ticket = draw.ticket if draw is not None and draw.seq == word.seq else None
                yield _Wanted(word.seq, _as_drawn(ticket, may_be))


def _as_drawn(ticket: int | None, shares: frozenset[int] | None) -> Agrees:
    def agrees(said: Said) -> bool:
        return (ticket is None or said["ticket"] == ticket) and (shares is None or said["percent"] in shares)

    return agrees


def _as_frozen(session: Session, visit_id: str, revision: int) -> Agrees:
    def agrees(said: Said) -> bool:
        record = session.scalar(
            select(VisitRevision.record).where(
                VisitRevision.visit_id == visit_id, VisitRevision.revision == revision
            )
        )
        # A record that is not there is told by the check of the records.
        return record is None or said["findings"] == json.loads(record)["judged"]["findings"]

    return agrees


def _shares(session: Session) -> dict[str, frozenset[int]]:
    """By a policy's hash, what a draw may call the percentage of visits that are drawn by it."""
    found = {}
    for row in session.scalars(select(ApprovedDocument).where(ApprovedDocument.kind == "policy")):
        document = json.loads(row.document)
        written = document["review"]["sample_percent"]["value"]
        found[row.sha256] = frozenset({written, policy_from_json(document).review.sample_percent})
    return found


def _policies_pinned(session: Session) -> dict[tuple[str, int], str]:
    """By visit and revision, the hash of the policy that a record pins; read without taking records apart."""
    pinned = func.json_extract(cast(VisitRevision.record, Text), "$.pinned.policy.sha256")
    rows = select(VisitRevision.visit_id, VisitRevision.revision, pinned.label("policy"))
    return {(row.visit_id, row.revision): row.policy for row in session.execute(rows) if row.policy}
