"""Hold session keys that nobody but the installation entered against what can have left them: a power cut.

Whoever has the database alone can have any key entered as found, act under it in anybody's name, and end it
again. What they cannot do is put it into the key file, or sign with a key that lies there. So a found key has
to lie in the key file, or to have been ended by what does: through a chain of keys that leads there.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.signing import key_id
from mnclinic.models import LogEntry, RegisteredKey
from mnclinic.security.keyfile import KeyFile
from mnclinic.services.check_program_rules import newer_rules_from
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.key_file_rows import KEY_FILE_ACTIONS, is_newest_entered

ENROLLED, REVOKED, FOUND = "key.enrolled", "key.revoked", "found"


@dataclass
class _Key:
    """A session key as the log tells of it. `by` and `ended_through` are key ids, None for nobody's."""

    id: str
    holder: str | None
    seq: int
    by: str | None
    is_found: bool
    ended_seq: int | None = None
    ended_through: str | None = None
    """Who signed its end; where that was the installation, the key that was found in its place."""

    def is_of_set_up(self, rules_from: int | None) -> bool:
        """Whether it was entered before the rules about keys begin."""
        return rules_from is None or self.seq < rules_from


def found_keys(session: Session, key_file: KeyFile | None) -> Iterator[StoreFinding]:
    """A session key that only the installation entered lies in the key file, or what rests on that ended it.

    That is how a power cut leaves new keys and the recovery sheet an administrator's; whoever has only the
    database can enter any. Nothing is said where the key file is not the one that the log names last.
    """
    keys = _session_keys(session)
    rules_from = _first_of_key_file(session)
    by_nobody = [one for one in keys.values() if one.by is None and not one.is_of_set_up(rules_from)]
    if not by_nobody:
        return
    found = [one for one in by_nobody if one.is_found]
    yield from _beside_others(found, keys, newer_rules_from(session))
    if key_file is None or not is_newest_entered(session, key_file):
        return
    held = {slot.user_id: key_id(slot.session_public) for slot in key_file.users}
    # Whose own key in the file is half entered: until that person logs in, the one before is in no file.
    half = {user for user, key in held.items() if session.get(RegisteredKey, key) is None}
    sound = _sound(keys, frozenset(held.values()), rules_from)
    for one in by_nobody:
        if one.id in sound or (one.ended_seq is None and one.holder in half):
            continue
        what = f"the key {one.id[:16]} is not in the key file"
        if one.ended_seq is not None:
            what += ", and no key that is there or rests on one ended it: somebody wrote both into the log"
        yield StoreFinding(f"log entry {one.seq}", what)


def _session_keys(session: Session) -> dict[str, _Key]:
    """By key id, in the order of the log, all that are in the register too."""
    entries = session.scalars(
        select(LogEntry.entry).where(LogEntry.action.in_((ENROLLED, REVOKED))).order_by(LogEntry.seq)
    )
    holders = {
        row.key: row.staff_id
        for row in session.execute(
            select(RegisteredKey.key, RegisteredKey.staff_id).where(RegisteredKey.purpose == "session")
        )
    }
    keys: dict[str, _Key] = {}
    newest_found: str | None = None
    for entry in map(json.loads, entries):
        key, actor = entry["obj"]["id"], entry["actor"]
        if key not in holders:
            continue
        if entry["action"] == ENROLLED:
            if key not in keys:
                keys[key] = _key_of_entry(entry, holders[key])
            newest_found = key if keys[key].is_found else None
        elif key in keys and keys[key].ended_seq is None:
            keys[key].ended_seq = entry["seq"]
            keys[key].ended_through = newest_found if actor["uid"] is None else actor["key"]
    return keys


def _key_of_entry(entry: Mapping[str, Any], holder: str | None) -> _Key:
    actor = entry["actor"]
    by = None if actor["uid"] is None else str(actor["key"])
    is_found = by is None and FOUND in (entry["why"] or "").split(",")
    return _Key(str(entry["obj"]["id"]), holder, int(entry["seq"]), by, is_found)


def _first_of_key_file(session: Session) -> int | None:
    """The number of the entry at which the rules about keys begin; None where they never did."""
    first: int | None = session.scalar(
        select(LogEntry.seq).where(LogEntry.action.in_(KEY_FILE_ACTIONS)).order_by(LogEntry.seq).limit(1)
    )
    return first


def _sound(keys: Mapping[str, _Key], held: frozenset[str], rules_from: int | None) -> frozenset[str]:
    """Keys that their holders really had: held now, entered by such a key, or ended through such a key.

    A key speaks for no end of its own, and two for none of each other: each chain has to lead to one that is
    there, or was there at the set-up.
    """
    sound = {one.id for one in keys.values() if one.id in held or one.is_of_set_up(rules_from)}
    is_growing = True
    while is_growing:
        more = {
            one.id
            for one in keys.values()
            if one.id not in sound and (one.by in sound or one.ended_through in sound)
        }
        sound |= more
        is_growing = bool(more)
    return frozenset(sound)


def _beside_others(
    found: list[_Key], keys: Mapping[str, _Key], newer_rules_at: int | None
) -> Iterator[StoreFinding]:
    """A key that is found takes the place of its holder's others, which end at once."""
    for one in found:
        if newer_rules_at is None or one.seq < newer_rules_at:
            continue
        beside = [
            other
            for other in keys.values()
            if other.holder == one.holder
            and other.seq < one.seq
            and (other.ended_seq is None or other.ended_seq > one.seq)
            and other.ended_through != one.id
        ]
        if beside:
            what = f"the key {one.id[:16]} is said to have been found, and the one before it went on"
            yield StoreFinding(f"log entry {one.seq}", what)
