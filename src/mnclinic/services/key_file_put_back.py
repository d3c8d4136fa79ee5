"""Whether the log knows of an older copy of the key file that was put in the place of a newer one.

It opens with the passwords, codes and sheet of its day, and what was chosen since is not in it. Whoever lost
the key file and put a backup's back did nothing wrong; whoever knows a password that was replaced leaves the
same.
"""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.domain.instants import read_instant
from mnclinic.models import Clinic, LogEntry, Staff
from mnclinic.security.keyfile import KeyFile, UserSlot
from mnclinic.services.key_file_rows import KEY_FILE_ACTIONS, PREVIOUS_COPY_IN_USE
from mnclinic.services.keys.own_keys_anew import KEYS_RENEWED
from mnclinic.services.keys.recovery_code import RECOVERY_CODE_MADE
from mnclinic.services.second_person import PASSWORD_RESET, SECOND_FACTOR_REMOVED, SECOND_FACTOR_SET

FOUND = "key_file.found"
BEGUN = "database_key.rotation_begun"
ROTATED = "database_key.rotation_finished"
_RECOVERED = "account.password_recovered"
_NEW_PASSWORDS = ("account.password_changed", _RECOVERED, PASSWORD_RESET)
_CODES_ENDED = (RECOVERY_CODE_MADE, _RECOVERED, KEYS_RENEWED, PASSWORD_RESET, SECOND_FACTOR_REMOVED)
# A password chosen anew leaves a code as it is; each of these takes it out of the file.
_CODES_ANSWERED = (RECOVERY_CODE_MADE, KEYS_RENEWED, PASSWORD_RESET)
_FACTORS_ANSWERED = (SECOND_FACTOR_SET, SECOND_FACTOR_REMOVED, PASSWORD_RESET)
_BOUND = "device_binding.on"
_SHEET_MADE = "recovery_sheet.made"


@dataclass(frozen=True)
class KeyFilePutBack:
    """An older key file was found, and nobody has answered it yet.

    `written_at` is when its generation was entered; None where no entry of it is in the log. What is not in
    it, or in it again, and was not set right since: `people` are the names of those who replaced a password,
    `codes` of those whose ended recovery code opens again, `factors` of those who sign with a key file,
    `shut_out` of those who have no place in it.
    """

    found_at: datetime
    written_at: datetime | None
    people: tuple[str, ...]
    codes: tuple[str, ...]
    factors: tuple[str, ...]
    shut_out: tuple[str, ...]
    is_unbound: bool
    """Log-ins were bound to this PC's keyring after it."""
    is_sheet_older: bool
    """Another recovery sheet was made after it."""
    is_previous_copy: bool
    """The program itself took it from beside a key file that was missing or damaged."""
    is_newest_back: bool
    """The newest one was found in its place since."""
    is_key_changed: bool = False
    """The database key was changed after every such time: the rest is still to be done."""

    @property
    def is_open(self) -> bool:
        """Whether anything but the change of the database key is still to be done."""
        names = (*self.people, *self.codes, *self.factors, *self.shut_out)
        return bool(names) or self.is_unbound or self.is_sheet_older


@dataclass(frozen=True)
class _Generation:
    seq: int
    is_found: bool
    number: int
    at: str
    is_previous_copy: bool


def key_file_put_back(session: Session, key_file: KeyFile) -> KeyFilePutBack | None:
    """The newest time that it happened, with what every such time leaves to do; None once it is answered.

    The answer is a change of the database key after it, and another password, code, key file to sign with,
    sheet and binding wherever the older copy undid one, or the newest key file in its place again. A place
    in the file for everybody who works here belongs to it too.

    Args:
        session: Reading.
        key_file: The one in the folder.
    """
    if session.scalar(select(func.max(LogEntry.seq)).where(LogEntry.action == FOUND)) is None:
        return None
    entered = _generations(session)
    changed = session.scalar(select(func.max(LogEntry.seq)).where(LogEntry.action == ROTATED)) or 0
    asked = [
        one
        for one in (_asked(session, key_file, entered, at) for at in _older(entered))
        if one is not None and (one[0] > changed or one[1].is_open)
    ]
    if not asked:
        return None
    every = [one for _, one in asked]
    newest = every[-1]

    def together(of: Callable[[KeyFilePutBack], tuple[str, ...]]) -> tuple[str, ...]:
        return tuple(sorted({name for one in every for name in of(one)}))

    return KeyFilePutBack(
        newest.found_at,
        newest.written_at,
        together(lambda one: one.people),
        together(lambda one: one.codes),
        together(lambda one: one.factors),
        together(lambda one: one.shut_out),
        is_unbound=any(one.is_unbound for one in every),
        is_sheet_older=any(one.is_sheet_older for one in every),
        is_previous_copy=all(one.is_previous_copy for one in every),
        is_newest_back=all(one.is_newest_back for one in every),
        is_key_changed=all(seq < changed for seq, _ in asked),
    )


def _older(entered: list[_Generation]) -> list[int]:
    """Places of the entries that found an older generation than one before them."""
    return [
        at
        for at in range(1, len(entered))
        if entered[at].is_found and entered[at].number < max(one.number for one in entered[:at])
    ]


def _asked(
    session: Session, key_file: KeyFile, entered: list[_Generation], at: int
) -> tuple[int, KeyFilePutBack] | None:
    """The entry's number, and what is still to be done about the older file that it found."""
    found, before = entered[at], entered[:at]
    found_at = read_instant(found.at)
    if found_at is None:
        return None
    # The earliest of its number: what was answered before it was put back once more is undone again.
    same = next((one for one in before if one.number == found.number), None)
    written_at = None if same is None else read_instant(same.at)
    is_back = _is_newest_back(entered, at)
    acts = _Acts(session, 0 if same is None else same.seq, found.seq)
    slots = {slot.user_id: slot for slot in key_file.users}
    with_code = {staff for staff, slot in slots.items() if _has_code(slot)}
    active = {
        staff: name for staff, name in session.execute(select(Staff.id, Staff.name).where(Staff.is_active))
    }

    def names(ids: Collection[str]) -> tuple[str, ...]:
        return () if is_back else tuple(sorted(active[one] for one in ids if one in active))

    return found.seq, KeyFilePutBack(
        found_at,
        written_at,
        people=names(acts.undone(_NEW_PASSWORDS, _NEW_PASSWORDS) & slots.keys()),
        codes=names(acts.undone(_CODES_ENDED, _CODES_ANSWERED) & with_code),
        factors=names(acts.undone((SECOND_FACTOR_SET,), _FACTORS_ANSWERED) & slots.keys()),
        shut_out=names(active.keys() - slots.keys()),
        is_unbound=not is_back and key_file.device is None and acts.is_undone(_BOUND),
        is_sheet_older=not is_back and acts.is_undone(_SHEET_MADE),
        is_previous_copy=found.is_previous_copy,
        is_newest_back=is_back,
    )


def _is_newest_back(entered: list[_Generation], at: int) -> bool:
    """Whether the newest file of before was found after it, and none that grew out of the older one."""
    newest = max(one.number for one in entered[:at])
    grown = entered[at].number
    for one in entered[at + 1 :]:
        if one.is_found and one.number >= newest and one.number > grown:
            return True
        grown = max(grown, one.number)
    return False


def _has_code(slot: UserSlot) -> bool:
    return slot.has_recovery_code or (slot.signature is not None and slot.signature.has_recovery_code)


@dataclass(frozen=True)
class _Acts:
    """What the log has between the older file's own entry and the one that found it, and after that."""

    session: Session
    written: int
    found: int

    def undone(self, acts: tuple[str, ...], answers: tuple[str, ...]) -> set[str]:
        """Whom or what one of `acts` was about in between, without whom one of `answers` was about since."""
        return self._about(acts, self.written, self.found) - self._about(answers, self.found, 2**62)

    def is_undone(self, act: str) -> bool:
        """Whether the act was done in between and not again since."""
        newest = self.session.scalar(select(func.max(LogEntry.seq)).where(LogEntry.action == act)) or 0
        return self.written < newest <= self.found

    def _about(self, actions: tuple[str, ...], after: int, until: int) -> set[str]:
        which = LogEntry.action.in_(actions), LogEntry.seq > after, LogEntry.seq <= until
        return {one for one in self.session.scalars(select(LogEntry.object_id).where(*which)) if one}


def _generations(session: Session) -> list[_Generation]:
    """Every word of the log about the key file, without a change that a power cut had taken back.

    That leaves two entries in one transaction: the file that was found, and the one before it in its place.
    Of a change of the database key that was cut off while the database was copied, it leaves the key file of
    both keys, which was entered before it was written, and behind it the one that had been there all along.
    """
    vault = session.get_one(Clinic, 1).vault
    rows = session.execute(
        select(LogEntry.seq, LogEntry.action, LogEntry.at, LogEntry.entry)
        .where(LogEntry.object_id == vault, LogEntry.action.in_(KEY_FILE_ACTIONS))
        .order_by(LogEntry.seq)
    )
    every = [
        _Generation(seq, action == FOUND, entry["obj"]["rev"], at, entry["why"] == PREVIOUS_COPY_IN_USE)
        for seq, action, at, row in rows
        if (entry := json.loads(row))
    ]
    taken_back = {
        one.seq for one, then in pairwise(every) if one.is_found and then.is_found and then.seq == one.seq + 1
    }
    begun = {*session.scalars(select(LogEntry.seq).where(LogEntry.action == BEGUN))}
    never_written = {
        seq
        for one, then in pairwise(every)
        if one.seq - 1 in begun and then.is_found and then.number == one.number - 1
        for seq in (one.seq, then.seq)
    }
    return [one for one in every if one.seq not in taken_back | never_written]


def what_happened(put_back: KeyFilePutBack, found_on: str, written_at: str | None) -> str:
    """The sentences about it, but for who changes the database key; each ends with a space.

    Args:
        put_back: What is to be told.
        found_on: The day that it was found, as people read it.
        written_at: When the older file was entered, as people read it.
    """
    if put_back.is_previous_copy:
        said = (
            f"On {found_on} the key file was missing or damaged, and the copy beside it, which the program "
            "went on with, is older: the passwords, recovery codes and recovery sheet of its day open the "
            "clinic again. A failing disk leaves that, and so does whoever changes the files. "
        )
    elif put_back.is_newest_back:
        said = (
            f"On {found_on} an older copy of the key file was found in the place of the newer one, which is "
            "back since: meanwhile the passwords, recovery codes and recovery sheet of its day opened the "
            "clinic. "
        )
    else:
        said = (
            f"On {found_on} an older copy of the key file was found in the place of the newer one: the "
            "passwords, recovery codes and recovery sheet of its day open the clinic again. "
        )
    if written_at is not None:
        said += f"Its last change was on {written_at}. "
    if put_back.people:
        said += (
            "Who chose or was given another password since, and has to choose one anew: "
            f"{', '.join(put_back.people)}. "
        )
    if put_back.codes:
        said += (
            "Whose recovery code of before opens again, and who has to make one anew: "
            f"{', '.join(put_back.codes)}. "
        )
    if put_back.factors:
        said += f"Who has to set up signing with a key file anew: {', '.join(put_back.factors)}. "
    if put_back.shut_out:
        said += f"Who is not in it and needs a new first password (a reset): {', '.join(put_back.shut_out)}. "
    if put_back.is_sheet_older:
        said += "The recovery sheet has to be made anew. "
    if put_back.is_unbound:
        said += "Log-ins are no longer bound to this PC's keyring, and have to be bound anew. "
    return said
