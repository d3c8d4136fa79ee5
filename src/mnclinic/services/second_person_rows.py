"""The facts of `second_person`, read out of the store."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import LogEntry, RegisteredKey, Staff
from mnclinic.services.second_person import ACTS, Hands, KeyHolder, hands_of


def hands_in(session: Session) -> Hands:
    """Through whose hands passwords went until now."""
    entries = session.scalars(select(LogEntry.entry).where(LogEntry.action.in_(ACTS)).order_by(LogEntry.seq))
    return hands_of((json.loads(entry) for entry in entries), key_holders(session), roles_of(session))


def key_holders(session: Session) -> dict[str, KeyHolder]:
    """By key id."""
    rows = session.execute(select(RegisteredKey.key, RegisteredKey.purpose, RegisteredKey.staff_id))
    return {row.key: KeyHolder(row.purpose, row.staff_id) for row in rows}


def roles_of(session: Session) -> dict[str, str]:
    """By staff id, also of those who left."""
    return {row.id: row.role for row in session.execute(select(Staff.id, Staff.role))}
