"""Hold every entry against what its actor could have entered: the installation and people alike.

Whoever has the database key has the installation's key too. It may enter what nobody else is there to enter,
and no act of a person; and nobody's own key makes an act of theirs that their role does not allow.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.signing import key_id
from mnclinic.audit.subject_map import PREPARED
from mnclinic.models import KeyRevocation, LogEntry, RegisteredKey, Staff
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role, may
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.credentials import FAILED_LOG_IN
from mnclinic.services.history import FOUND, HEAD_LOST
from mnclinic.services.key_file_rows import is_newest_entered
from mnclinic.store.log_writer import CLOCK_JUMPED

OF_THE_INSTALLATION = frozenset(
    {
        *(FOUND, HEAD_LOST, FAILED_LOG_IN, CLOCK_JUMPED, "clock.long_gap", "clinic.upgraded"),
        *("login.failures_uncertain", "key_file.found", "clinic.recovered", PREPARED),
    }
)
BEHIND: Mapping[str, str] = {
    "staff.added": "clinic.recovered",
    "key.enrolled": "staff.added",
    "recovery_opening.made": "key.enrolled",
    "key_file.written": "recovery_opening.made",
    "key.revoked": "key.enrolled",
}
"""What it enters directly behind another act of its own: an opening with the recovery sheet, new keys that a
power cut parted from their entry and the end of those before.
"""

RIGHTS: Mapping[str, RoleAct] = {
    "adverse_event.recorded": RoleAct.RECORD_ADVERSE_EVENT,
    "import.made": RoleAct.IMPORT_PATIENTS,
    "import.taken_back": RoleAct.UNDO_IMPORT,
    "patient.imported": RoleAct.IMPORT_PATIENTS,
    "setting.changed": RoleAct.CHANGE_SETTINGS,
    "staff.added": RoleAct.ADD_STAFF,
    "staff.left": RoleAct.END_ACCESS,
    "visit.draft_saved": RoleAct.EDIT_VISIT,
    "visit.performed": RoleAct.SIGN_VISIT_AS_PERFORMER,
    "visit.released": RoleAct.RELEASE_VISIT,
    "visit.returned": RoleAct.RETURN_VISIT,
    "visit.signed": RoleAct.APPROVE_VISIT,
    "visit.voided": RoleAct.VOID_VISIT,
}
"""Acts whose entry alone decides what a row may say, and the right that they take."""


def actors(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Entries that whoever signed them could not have entered through the program."""
    by_nobody = select(LogEntry.seq, LogEntry.entry).where(LogEntry.actor.is_(None)).order_by(LogEntry.seq)
    for row in session.execute(by_nobody):
        entry = json.loads(row.entry)
        if not _is_the_installations(session, entry):
            yield StoreFinding(f"log entry {row.seq}", "the installation does not enter this act by itself")
    roles = {person.id: person.role for person in session.scalars(select(Staff))}
    changed = {one for one in roles if len(logged.of("staff", one)) > 1}
    of_people = select(LogEntry.seq, LogEntry.entry).where(
        LogEntry.action.in_(RIGHTS), LogEntry.actor.is_not(None)
    )
    for row in session.execute(of_people.order_by(LogEntry.seq).execution_options(yield_per=1000)):
        entry = json.loads(row.entry)
        if not _had_the_right(entry, roles, changed):
            yield StoreFinding(f"log entry {row.seq}", "whoever entered this had no right to do it")


def found_keys(session: Session, key_file: KeyFile | None) -> Iterator[StoreFinding]:
    """A session key that nobody but the installation entered lies in the key file too, or has ended.

    That is how a power cut leaves new keys; whoever has only the database can enter any. Nothing is said
    where the key file is not the one that the log names last.
    """
    if key_file is None or not is_newest_entered(session, key_file):
        return
    held = {key_id(slot.session_public) for slot in key_file.users}
    ended = set(session.scalars(select(KeyRevocation.key)))
    entered = select(LogEntry.seq, LogEntry.object_id).where(
        LogEntry.action == "key.enrolled", LogEntry.actor.is_(None)
    )
    for row in session.execute(entered.order_by(LogEntry.seq)):
        key = session.get(RegisteredKey, row.object_id)
        if key is not None and key.purpose == "session" and key.key not in held | ended:
            yield StoreFinding(f"log entry {row.seq}", f"the key {key.key[:16]} is not in the key file")


def _is_the_installations(session: Session, entry: Mapping[str, Any]) -> bool:
    if entry["action"] in OF_THE_INSTALLATION:
        return True
    if entry["action"] == "key.enrolled" and "found" in (entry["why"] or "").split(","):
        return True
    if entry["action"] not in BEHIND:
        return False
    seq = entry["seq"]
    while (before := session.scalar(select(LogEntry.entry).where(LogEntry.seq == seq - 1))) is not None:
        earlier = json.loads(before)
        if earlier["actor"]["uid"] is not None:
            return False
        if earlier["action"] not in {CLOCK_JUMPED, entry["action"]}:
            return bool(BEHIND[entry["action"]] == earlier["action"])
        seq -= 1
    return False


def _had_the_right(entry: Mapping[str, Any], roles: Mapping[str, str], changed: set[str]) -> bool:
    staff, role = entry["actor"]["uid"], entry["actor"]["role"]
    if staff in roles and staff not in changed and roles[staff] != role:
        return False
    is_broken = "break_glass" in (entry["why"] or "").split(",")
    is_own_clinics_first = entry["action"] == "staff.added" and role == Role.ADMINISTRATOR.value
    return role in {one.value for one in Role} and (
        is_own_clinics_first or may(Role(role), RIGHTS[entry["action"]], glass_broken=is_broken)
    )
