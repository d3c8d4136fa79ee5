"""Ask again, by the log as it stood then, whether each second person's word was one.

Each act that takes two people keeps the rule of `second_person` when it is done. Whoever writes entries
past the program does not, so the check comes to its own answer: here for openings with the recovery sheet,
in `check_keys` for directors' keys, in `check_anchors` for losses that were declared.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import LogEntry, RecoveryOpening
from mnclinic.services.check_program_rules import is_by_todays_rules
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.second_person import (
    ACTS,
    OPENING_CONFIRMED,
    Hands,
    hands_of,
    independent_of,
)
from mnclinic.services.second_person_rows import key_holders, printed_names, roles_of

BY_FIRST_RULE = (
    "whoever confirmed this was a second person by the rule that this program had first, and is none by "
    "today's: the same hands could be behind both"
)
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
    """Whoever confirmed an opening with the recovery sheet could be a second person then."""
    yield from _of_openings(session, hands_before(session))


def _of_openings(session: Session, before: Callable[[int], Hands]) -> Iterator[StoreFinding]:
    openings = {str(row.id): row for row in session.scalars(select(RecoveryOpening))}
    for entry in _entries(session, OPENING_CONFIRMED):
        row = openings.get(entry["obj"]["id"])
        if row is None:
            continue  # Told where openings are checked.
        where, actor = f"log entry {entry['seq']}", entry["actor"]["uid"]
        hands = before(entry["seq"])
        independent = set(independent_of(hands, row.administrator))
        if actor == row.administrator or (independent and actor not in independent):
            was_independent = not is_by_todays_rules(session, entry["seq"]) and actor in independent_of(
                hands.by_first_rule(), row.administrator
            )
            yield StoreFinding(
                where,
                BY_FIRST_RULE if was_independent else NO_SECOND_PERSON,
                "explained" if was_independent else "altered",
            )
        elif row.nobody_else and independent:
            yield StoreFinding(where, SOMEBODY_ELSE)


def _entries(session: Session, *actions: str) -> list[Mapping[str, Any]]:
    rows = session.scalars(select(LogEntry.entry).where(LogEntry.action.in_(actions)).order_by(LogEntry.seq))
    return [json.loads(row) for row in rows]
