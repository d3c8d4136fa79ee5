"""Whether the log knows of an older copy of the key file that was put in the place of a newer one.

It opens with the passwords of its day, and what was chosen since is not in it. Whoever lost the key file and
put a backup's back did nothing wrong; whoever knows a password that was replaced leaves the same.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.domain.instants import read_instant
from mnclinic.models import Clinic, LogEntry, Staff
from mnclinic.services.key_file_rows import KEY_FILE_ACTIONS
from mnclinic.services.second_person import PASSWORD_RESET

FOUND = "key_file.found"
ROTATED = "database_key.rotation_finished"
_NEW_PASSWORDS = ("account.password_changed", "account.password_recovered", PASSWORD_RESET)


@dataclass(frozen=True)
class KeyFilePutBack:
    """An older key file was found, and nobody has answered it yet.

    `written_at` is when its generation was entered; None where no entry of it is in the log. `people` are
    the names of those who replaced a password after that and not again since it was found: theirs of before
    opens the clinic.
    """

    found_at: datetime
    written_at: datetime | None
    people: tuple[str, ...]


@dataclass(frozen=True)
class _Generation:
    seq: int
    is_found: bool
    number: int
    at: str


def key_file_put_back(session: Session) -> KeyFilePutBack | None:
    """The newest time that it happened; None once the answer is complete.

    That is a change of the database key after it, and another password of everybody named, or a key file
    found in its place that is as new as the one before.
    """
    if session.scalar(select(func.max(LogEntry.seq)).where(LogEntry.action == FOUND)) is None:
        return None
    entered = _generations(session)
    older = [at for at in range(1, len(entered)) if _is_older(entered, at)]
    if not older:
        return None
    found, before = entered[older[-1]], entered[: older[-1]]
    newest = max(before, key=lambda one: one.number)
    is_back = any(one.is_found and one.number >= newest.number for one in entered[older[-1] + 1 :])
    same = [one for one in before if one.number == found.number]
    people = () if is_back else _with_an_older_password(session, same[-1].seq if same else 0, found.seq)
    changed = session.scalar(select(func.max(LogEntry.seq)).where(LogEntry.action == ROTATED)) or 0
    found_at = read_instant(found.at)
    if found_at is None or (changed > found.seq and not people):
        return None
    return KeyFilePutBack(found_at, read_instant(same[-1].at) if same else None, people)


def _generations(session: Session) -> list[_Generation]:
    """Every word of the log about the key file, without a change that a power cut had taken back.

    That leaves two entries in one transaction: the file that was found, and the one before it in its place.
    """
    vault = session.get_one(Clinic, 1).vault
    rows = session.execute(
        select(LogEntry.seq, LogEntry.action, LogEntry.at, LogEntry.entry)
        .where(LogEntry.object_id == vault, LogEntry.action.in_(KEY_FILE_ACTIONS))
        .order_by(LogEntry.seq)
    )
    every = [
        _Generation(seq, action == FOUND, json.loads(row)["obj"]["rev"], at) for seq, action, at, row in rows
    ]
    taken_back = {
        one.seq for one, then in pairwise(every) if one.is_found and then.is_found and then.seq == one.seq + 1
    }
    return [one for one in every if one.seq not in taken_back]


def _is_older(entered: list[_Generation], at: int) -> bool:
    return entered[at].is_found and entered[at].number < max(one.number for one in entered[:at])


def _with_an_older_password(session: Session, after: int, found: int) -> tuple[str, ...]:
    """Active people with a new password between the two entries and none since."""
    ids = [
        set(
            session.scalars(
                select(LogEntry.object_id).where(
                    LogEntry.action.in_(_NEW_PASSWORDS), LogEntry.seq > begins, LogEntry.seq <= ends
                )
            )
        )
        for begins, ends in ((after, found), (found, 2**62))
    ]
    waiting = select(Staff.name).where(Staff.is_active, Staff.id.in_(ids[0] - ids[1])).order_by(Staff.name)
    return tuple(session.scalars(waiting))
