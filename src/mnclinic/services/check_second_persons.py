"""Ask again, by the log as it stood then, whether each second person's word was one.

Each act that takes two people keeps the rule of `second_person` when it is done. Whoever writes entries
past the program does not, so the check comes to its own answer: for a loss that was declared, and for an
opening with the recovery sheet. Directors' keys are in `check_keys`.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import LogEntry, RecoveryOpening
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.history import GAP, GAP_CONFIRMED
from mnclinic.services.key_register import NOBODY_ELSE
from mnclinic.services.second_person import (
    ACTS,
    Hands,
    could_confirm_loss,
    hands_of,
    independent_of,
    may_confirm_loss,
)
from mnclinic.services.second_person_rows import key_holders, printed_names, roles_of

OPENING_CONFIRMED = "recovery_opening.confirmed"
NO_SECOND_PERSON = "whoever confirmed this could not be a second person"
SOMEBODY_ELSE = "it says that nobody else could confirm this, and somebody could"


def hands_before(session: Session) -> Callable[[int], Hands]:
    """Through whose hands passwords went, as the log told it before an entry."""
    entries = _entries(session, *ACTS)
    holders, roles, names = key_holders(session), roles_of(session), printed_names(session)

    def before(seq: int) -> Hands:
        return hands_of((one for one in entries if one["seq"] < seq), holders, roles, names)

    return before


def second_persons(session: Session) -> Iterator[StoreFinding]:
    """Who confirmed losses and openings with the recovery sheet could be a second person then."""
    before = hands_before(session)
    yield from _of_losses(session, before)
    yield from _of_openings(session, before)


def _of_losses(session: Session, before: Callable[[int], Hands]) -> Iterator[StoreFinding]:
    confirmed = {entry["seq"]: entry["actor"]["uid"] for entry in _entries(session, GAP_CONFIRMED)}
    for entry in _entries(session, GAP):
        where, actor = f"log entry {entry['seq']}", entry["actor"]["uid"]
        hands, second = before(entry["seq"]), confirmed.get(entry["seq"] + 1)
        if second is not None and second not in may_confirm_loss(hands, actor):
            yield StoreFinding(where, NO_SECOND_PERSON)
        elif NOBODY_ELSE in (entry["why"] or "").split(",") and could_confirm_loss(hands, actor):
            yield StoreFinding(where, SOMEBODY_ELSE)


def _of_openings(session: Session, before: Callable[[int], Hands]) -> Iterator[StoreFinding]:
    openings = {str(row.id): row for row in session.scalars(select(RecoveryOpening))}
    for entry in _entries(session, OPENING_CONFIRMED):
        row = openings.get(entry["obj"]["id"])
        if row is None:
            continue  # Told where openings are checked.
        where, actor = f"log entry {entry['seq']}", entry["actor"]["uid"]
        independent = set(independent_of(before(entry["seq"]), row.administrator))
        if actor == row.administrator or (independent and actor not in independent):
            yield StoreFinding(where, NO_SECOND_PERSON)
        elif row.nobody_else and independent:
            yield StoreFinding(where, SOMEBODY_ELSE)


def _entries(session: Session, *actions: str) -> list[Mapping[str, Any]]:
    rows = session.scalars(select(LogEntry.entry).where(LogEntry.action.in_(actions)).order_by(LogEntry.seq))
    return [json.loads(row) for row in rows]
