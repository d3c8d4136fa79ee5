"""Hold the places in the key file against the staff and the register.

Each place leads to the database key. Whoever has that key can seal it to a place of their own making and
comes in by it for as long as the key is the same. A power cut leaves a place for nobody too, while somebody
is added: one alone, which the next log-in enters as found. It never leaves one with a key to sign with.
"""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.audit.signing import key_id
from mnclinic.models import LogEntry, Staff
from mnclinic.security.keyfile import KeyFile
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.key_file_rows import is_newest_entered
from mnclinic.services.key_register import keys_in_force
from mnclinic.services.staff_rows import slots_of_nobody

WHERE = "key file"
FOUND, ROTATED = "key_file.found", "database_key.rotation_finished"


def places(session: Session, key_file: KeyFile | None) -> Iterator[StoreFinding]:
    """Places of people whom the clinic does not know or whose access ended; signature keys without a place.

    Nothing is said where the key file is not the one that the log names last, as where nothing can be stored.
    """
    if key_file is None or not is_newest_entered(session, key_file):
        return
    known = set(session.scalars(select(Staff.id)))
    accounted_for = _found_since_key_changed(session)
    for slot in slots_of_nobody(session, key_file):
        if slot.user_id in known:
            what = (
                f"it has a place for {slot.user}, whose access ended, as an older copy of it has. A change "
                "of the database key takes it out"
            )
        elif slot.signature is None and accounted_for > 0:
            accounted_for -= 1
            what = (
                f"it has a place for {slot.user}, whom the clinic does not know. A power cut while somebody "
                "is added leaves that, and so does whoever has the database key; a change of that key takes "
                "it out"
            )
        else:
            what = f"it has a place for {slot.user}, whom the clinic does not know, and " + (
                "the log says of no key file that it was found so, as it does after an accident"
                if slot.signature is None
                else "it has a key to sign with, which no accident leaves"
            )
            yield StoreFinding(WHERE, what)
            continue
        yield StoreFinding(WHERE, what, "explained")
    yield from _without_a_place(session, key_file)


def _found_since_key_changed(session: Session) -> int:
    """How many key files a log-in found without their entry since the database key was changed last."""
    changed = session.scalar(
        select(LogEntry.seq).where(LogEntry.action == ROTATED).order_by(LogEntry.seq.desc()).limit(1)
    )
    found = select(func.count()).where(LogEntry.action == FOUND, LogEntry.seq > (changed or 0))
    return session.scalar(found) or 0


def _without_a_place(session: Session, key_file: KeyFile) -> Iterator[StoreFinding]:
    held = {slot.user_id: slot.signature for slot in key_file.users}
    for person in session.scalars(select(Staff).where(Staff.is_active).order_by(Staff.user)):
        keys = {row.key for row in keys_in_force(session, person.id, "signature")}
        signature = held.get(person.id)
        if keys and (signature is None or key_id(signature.public) not in keys):
            what = (
                f"the signature key of {person.user} is in force and has no place in it, so nobody can sign "
                "with it: an older copy of the key file leaves that, and so does whoever changes it"
            )
            yield StoreFinding(WHERE, what, "explained")
