"""Hold what was done about adverse events against the log, and the director's word against her signature."""

from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.acknowledging import ACKNOWLEDGEMENT_SHAPE
from mnclinic.audit.canonical import parse_document, sha256_hex
from mnclinic.audit.signing import record_signing_bytes, verify
from mnclinic.domain.adverse_events import StepKind, why_it_cannot_follow
from mnclinic.models import AdverseEvent, EventStep, Visit, instant_text
from mnclinic.security.roles import Role
from mnclinic.services.check_actors import Holder, holders
from mnclinic.services.check_columns import is_moment_of
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.event_rows import step_bytes
from mnclinic.services.record_adverse_event import adverse_event_bytes

_ACTIONS = {
    "told": "adverse_event.told",
    "acknowledged": "adverse_event.acknowledged",
    "note": "adverse_event.noted",
    "reported": "adverse_event.reported",
    "closed": "adverse_event.closed",
}
_OUT_OF_COURSE = {
    "acknowledged_before": "a director signed once more that she knew of it",
    "event_closed": "something else than a report was written down after it was closed",
    "told_before": "that the director was told was written down when she knew of it already",
    "not_acknowledged": "it was closed before a director signed that she knew of it",
}
"""By the code of the refusal that the program gives."""


def steps(
    session: Session,
    logged: Logged,
    keys: Mapping[str, bytes],
    vault: str,
    had: Callable[[Mapping[str, Any]], bool],
) -> Iterator[StoreFinding]:
    """What is wrong with the steps, and which that the log entered are not there.

    `keys` are the registered public keys by id; `had` is asked whether the log ever had a head.
    """
    people = holders(session)
    there: set[str] = set()
    courses: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in session.scalars(select(EventStep).execution_options(yield_per=500)):
        there.add(row.id)
        where = f"event step {row.id[:8]}"
        seq = yield from _by_the_log(logged, row, where)
        courses[row.event_id].append((seq, row.what))
        if row.what == "acknowledged":
            for what in _wrong(session, row, keys, people, vault, had):
                yield StoreFinding(where, what)
        elif row.record is not None or row.signature is not None:
            yield StoreFinding(where, "it has a signature that steps of its kind do not have")
    for event_id, course in courses.items():
        yield from _out_of_course(event_id, course)
    for gone in sorted(logged.ids("event_step") - there):
        yield StoreFinding("event steps", f"{gone[:8]} was entered in the log and is not there any more")


def _out_of_course(event_id: str, course: list[tuple[int, str]]) -> Iterator[StoreFinding]:
    """Steps of one event that could not follow on those before them in the log."""
    done: set[StepKind] = set()
    for seq, what in sorted(course):
        code = why_it_cannot_follow(StepKind(what), done)
        if code is not None:
            yield StoreFinding(f"adverse event {event_id[:8]}", _OUT_OF_COURSE[code], seq=seq)
        done.add(StepKind(what))


def _by_the_log(logged: Logged, row: EventStep, where: str) -> Generator[StoreFinding, None, int]:
    newest = logged.newest_named("event_step", row.id)
    if newest is None:
        yield StoreFinding(where, "it was never entered in the log")
        return 0
    entry = logged.entry(newest.seq)
    if not newest.names(step_bytes(row)) or newest.action != _ACTIONS.get(row.what):
        yield StoreFinding(where, "it is not what the log entered", seq=newest.seq)
    elif entry["actor"]["uid"] != row.recorded_by or not is_moment_of(entry, row.recorded_at):
        yield StoreFinding(where, "who entered it, or when, is not what the log says", seq=newest.seq)
    return newest.seq


def _wrong(  # noqa: PLR0917 - one caller, which holds each of them
    session: Session,
    row: EventStep,
    keys: Mapping[str, bytes],
    people: Mapping[str, Holder],
    vault: str,
    had: Callable[[Mapping[str, Any]], bool],
) -> Iterator[str]:
    if row.record is None or row.signature is None:
        yield "nobody signed it"
        return
    said = parse_document(row.record, ACKNOWLEDGEMENT_SHAPE)
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
    told = (
        said["step"],
        said["event"],
        said["text"],
        signer["staff"],
        said["signed_at"],
        None,
        None,
        None,
        None,
    )
    here = (
        *(row.id, row.event_id, row.text, row.recorded_by, instant_text(row.recorded_at)),
        *(row.grade, row.outcome, row.report_number, row.reported_on),
    )
    if told != here:
        yield "its columns are not what was signed"
    event = session.get(AdverseEvent, row.event_id)
    visit = session.get(Visit, event.visit_id) if event is not None else None
    if event is None or visit is None:
        yield "the event that it is about is not there"
    elif (vault, sha256_hex(adverse_event_bytes(event)), visit.patient_ref) != (
        *(said["vault"], said["event_sha256"], said["patient"]),
    ):
        yield "it was signed for another event"
    if not had(said["tree"]):
        yield "it names a head that the log never had"
