"""The rows of recalls: how the log names them, and how lists and pages show them."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.audit.closing_recall import CLOSURE_FORMAT, CLOSURE_SHAPE
from mnclinic.domain.person_details import Standing as OfPerson
from mnclinic.domain.recall_case import ContactOutcome
from mnclinic.errors import InvalidInput
from mnclinic.models import Patient, Recall, RecallClosure, RecallContact, Staff, instant_text
from mnclinic.services.directors_word import Said, SignedAs, WordStandings, signed_as
from mnclinic.services.standing import Standing
from mnclinic.services.touched_people import among

NO_SUCH_RECALL = "There is no such recall. Nothing was changed. List them with: mnclinic recalls list."
SHORTEST_ID = 8
"""Letters of an id, as lists show it."""


@dataclass(frozen=True)
class ContactRow:
    """One try to tell somebody. `by` is a name."""

    how: str
    outcome: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class RecallPerson:
    """Somebody on the list, the visits in which they were touched, and every try to tell them."""

    patient_ref: str
    record_number: str
    patient: str
    phone: str
    email: str
    address: str
    language: str
    visits: tuple[str, ...]
    contacts: tuple[ContactRow, ...]
    is_deceased: bool = False

    @property
    def is_reached(self) -> bool:
        """Whether they know."""
        return any(one.outcome == ContactOutcome.REACHED for one in self.contacts)


@dataclass(frozen=True)
class RecallRow:
    """A recall with its list. `list_ms` is how long it took from the question to the list.

    Where `closed_at` is None it is open, also where what stands there as the director's closure does not
    hold, which `standing` says. `notice_sha256` is 64 hex digits, empty for a drill without one.
    """

    recall_id: str
    kind: str
    named: str
    reason: str
    is_drill: bool
    list_ms: int
    notice_type: str
    notice_sha256: str
    opened_by: str
    opened_at: datetime
    people: tuple[RecallPerson, ...]
    closed_by: str
    closed_at: datetime | None
    closing_text: str
    standing: Standing
    signed: SignedAs | None
    """How the closure is shown; None where there is none, or where it cannot be read any more."""
    unlisted: int = 0
    """Of one that is shown and open: whom it touched who are on no list of it, and keep it open."""

    @property
    def reached(self) -> int:
        """How many of them know."""
        return sum(one.is_reached for one in self.people)

    @property
    def untried(self) -> int:
        """How many of them nobody has tried to tell."""
        return sum(not one.contacts for one in self.people)

    @property
    def may_be_closed(self) -> bool:
        """Whether a director may sign that it has ended: nobody has to be told in a drill."""
        if self.closed_at is not None or self.standing is not Standing.HOLDS:
            return False
        return self.is_drill or not (self.untried or self.unlisted)


def recall_rows(session: Session, zone: tzinfo, recall_id: str = "") -> list[RecallRow]:
    """Every recall, newest first, or the one of this id; its instants as the clocks of `zone` showed them."""
    # Without the notices, which may be large: whoever wants one asks for it.
    asked = select(Recall).options(defer(Recall.notice))
    if recall_id:
        asked = asked.where(Recall.id == recall_id)
    rows = sorted(session.scalars(asked), key=lambda one: (one.opened_at, one.id), reverse=True)
    names = {one.id: one.name for one in session.scalars(select(Staff))}
    ids = [one.id for one in rows]
    contacts: defaultdict[tuple[str, str], list[ContactRow]] = defaultdict(list)
    tries = session.scalars(select(RecallContact).where(RecallContact.recall_id.in_(ids))).all()
    for one in sorted(tries, key=lambda one: (one.recorded_at, one.id)):
        contacts[one.recall_id, one.patient_ref].append(
            ContactRow(
                one.how,
                one.outcome,
                one.text,
                names.get(one.recorded_by, ""),
                one.recorded_at.astimezone(zone),
            )
        )
    closures = {
        one.recall_id: one
        for one in session.scalars(select(RecallClosure).where(RecallClosure.recall_id.in_(ids)))
    }
    standings = ClosureStandings(session)
    return [_row(session, one, contacts, closures.get(one.id), names, standings, zone) for one in rows]


class ClosureStandings:
    """What became of the directors' signatures under closures of recalls."""

    def __init__(self, session: Session) -> None:
        """For whoever reads with this session."""
        self._words = WordStandings(session, CLOSURE_FORMAT, CLOSURE_SHAPE)

    def of(self, row: RecallClosure | None, recall: Recall) -> Standing:
        """Of what stands as the closure of this recall; none holds."""
        if row is None:
            return Standing.HOLDS

        def is_about(said: Said) -> bool:
            about = (said["recall"], said["recall_sha256"])
            return about == (recall.id, sha256_hex(recall_bytes(recall)))

        def is_shown(said: Said) -> bool:
            shown = (row.text, row.closed_by, instant_text(row.closed_at))
            return shown == (said["text"], said["signer"]["staff"], said["signed_at"])

        return self._words.of(row.record, row.signature, is_about=is_about, is_shown=is_shown)


def _row(  # noqa: PLR0917 - one caller, which has just read each of them
    session: Session,
    row: Recall,
    contacts: Mapping[tuple[str, str], Sequence[ContactRow]],
    closure: RecallClosure | None,
    names: Mapping[str, str],
    standings: ClosureStandings,
    zone: tzinfo,
) -> RecallRow:
    listed, standing = listed_in(row), standings.of(closure, row)
    counts = closure if standing is Standing.HOLDS else None
    people = [
        RecallPerson(
            *(one.ref, one.record_number, f"{one.last_name}, {one.first_name}"),
            *(one.phone, one.email, one.address, one.language),
            visits=tuple(listed[one.ref]),
            contacts=tuple(contacts.get((row.id, one.ref), ())),
            is_deceased=one.standing == OfPerson.DECEASED,
        )
        for one in sorted(
            session.scalars(select(Patient).where(Patient.ref.in_(among(listed)))),
            key=lambda one: (one.folded_name, one.ref),
        )
    ]
    return RecallRow(
        recall_id=row.id,
        kind=row.kind,
        named=row.named,
        reason=row.reason,
        is_drill=row.is_drill,
        list_ms=row.list_ms,
        notice_type=row.notice_type or "",
        notice_sha256=row.notice_sha256 or "",
        opened_by=names.get(row.opened_by, ""),
        opened_at=row.opened_at.astimezone(zone),
        people=tuple(people),
        closed_by=names.get(counts.closed_by, "") if counts else "",
        closed_at=counts.closed_at.astimezone(zone) if counts else None,
        closing_text=counts.text if counts else "",
        standing=standing,
        signed=signed_as(closure.record, CLOSURE_SHAPE, closure.closed_at) if closure else None,
    )


def listed_in(row: Recall) -> dict[str, list[str]]:
    """By a person's reference the numbers of their visits, as the list of the opening had them."""
    return list_of(row.people)


def list_of(people: bytes) -> dict[str, list[str]]:
    """The same of the column alone."""
    return {one["patient"]: one["visits"] for one in json.loads(people)}


def load_recall(session: Session, recall_id: str) -> Recall:
    """A recall by its id or the first letters of it. Raises InvalidInput where there is none."""
    asked = select(Recall).where(Recall.id.startswith(recall_id, autoescape=True)).limit(2)
    found = session.scalars(asked).all() if len(recall_id) >= SHORTEST_ID else []
    if len(found) != 1:
        raise InvalidInput(NO_SUCH_RECALL)
    return found[0]


def recall_bytes(row: Recall) -> bytes:
    """The canonical bytes of a recall, as the log names it; of the notice its hash."""
    return canonical_bytes(
        {
            "format": "mnclinic.recall/1",
            "id": row.id,
            "kind": row.kind,
            "named": row.named,
            "reason": row.reason,
            "is_drill": row.is_drill,
            "people": json.loads(row.people),
            "list_ms": row.list_ms,
            "notice_type": row.notice_type,
            "notice_sha256": row.notice_sha256,
            "opened_by": row.opened_by,
            "opened_at": instant_text(row.opened_at),
        }
    )


def contact_bytes(row: RecallContact) -> bytes:
    """The canonical bytes of a contact, as the log names it."""
    return canonical_bytes(
        {
            "format": "mnclinic.recall-contact/1",
            "id": row.id,
            "recall": row.recall_id,
            "patient": row.patient_ref,
            "how": row.how,
            "outcome": row.outcome,
            "text": row.text,
            "recorded_by": row.recorded_by,
            "recorded_at": instant_text(row.recorded_at),
        }
    )
