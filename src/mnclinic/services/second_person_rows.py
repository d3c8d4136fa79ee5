"""The facts of `second_person`, read out of the store."""

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.names import fold
from mnclinic.errors import NotPermitted
from mnclinic.models import KeyRevocation, LogEntry, RegisteredKey, Staff
from mnclinic.security.slots import Unlocked
from mnclinic.services.second_person import (
    ACTS,
    WAIT_ALONE,
    Hands,
    KeyHolder,
    could_confirm_loss,
    hands_of,
    independent_of,
    may_confirm_loss,
    still_asked,
)


def hands_in(session: Session, *, until: int | None = None) -> Hands:
    """Through whose hands passwords went until now, or until the log entry of this number."""
    wanted = select(LogEntry.entry).where(LogEntry.action.in_(ACTS)).order_by(LogEntry.seq)
    entries = session.scalars(wanted if until is None else wanted.where(LogEntry.seq <= until))
    holders, roles, names = key_holders(session), roles_of(session), printed_names(session)
    return hands_of((json.loads(entry) for entry in entries), holders, roles, names)


def opening_waits_until(session: Session, hands: Hands, administrator: str) -> datetime | None:
    """Until when confirming an administrator made with the sheet waits; None: not at all.

    Where nobody is left whose word is asked for, anybody's does. Whoever holds the sheet could come to that
    within minutes, by a reset of everybody who might have refused: so after one it takes three days, and
    everybody can read of it on Today before.
    """
    since = hands.arrived.get(administrator, 0)
    if any(independent_of(hands, administrator)) or still_asked(hands, administrator):
        return None
    then = hands_in(session, until=since)
    if not any(independent_of(then, administrator)) and not still_asked(then, administrator):
        return None
    return hands.thinned_at + WAIT_ALONE if hands.thinned_at is not None else None


def key_holders(session: Session) -> dict[str, KeyHolder]:
    """By key id."""
    rows = session.execute(select(RegisteredKey.key, RegisteredKey.purpose, RegisteredKey.staff_id))
    return {row.key: KeyHolder(row.purpose, row.staff_id) for row in rows}


def roles_of(session: Session) -> dict[str, str]:
    """By staff id, also of those who left."""
    return {row.id: row.role for row in session.execute(select(Staff.id, Staff.role))}


def printed_names(session: Session) -> dict[str, str]:
    """The printed name by staff id, folded, also of those who left."""
    return {row.id: fold(row.name) for row in session.execute(select(Staff.id, Staff.name))}


def is_loss_confirmed(session: Session, hands: Hands, by: str, second: str | None) -> bool:
    """Whether a word for lost entries kept the rule: the second person's, or that there was nobody (None).

    Accounts in one printed name are one person.
    """
    names = printed_names(session)
    same = {one for one, name in names.items() if name == names.get(by)}
    if second is not None:
        return second in may_confirm_loss(hands, by) - same
    return not could_confirm_loss(hands, by) - same


def refuse_unregistered_log_in(session: Session, confirming: Unlocked) -> None:
    """Refuse a second person whose key the log does not know, or knows to have ended.

    An older database beside a newer key file has forgotten who reset whom; the keys that a reset made
    are then in the file alone.

    Raises NotPermitted; nothing was changed.
    """
    key = session.get(RegisteredKey, confirming.session.key_id)
    if (
        key is None
        or (key.purpose, key.staff_id) != ("session", confirming.user_id)
        or session.get(KeyRevocation, key.key) is not None
    ):
        raise NotPermitted(
            f"{confirming.user} cannot confirm this: the keys of that log-in are not the ones that the log "
            "knows, so somebody may have made them since. Nothing was changed. Ask somebody else."
        )
