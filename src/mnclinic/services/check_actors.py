"""Hold every entry of the log against whoever signed it: whose key, whose right, and what each key rests on.

Everybody who can log in has the database key, so they can write rows, entries of their own, and anything
that the installation's key signs. What they cannot do is sign with somebody else's key. So an entry counts
for what its own signer had the right to do when it was made, and a person's key for what it rests on.

The rules begin at the first entry about the key file. Before it lies the set-up, which whoever sets a
clinic up enters alone, or all that a program entered that kept no such entries. Nobody can add to that.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.entry import EntryFacts
from mnclinic.models import (
    ApprovedDocument,
    BreakGlass,
    KeyVouch,
    RegisteredKey,
    Staff,
    VisitSignature,
    instant_text,
)
from mnclinic.security.log_rights import BY_INSTALLATION, LOG_RIGHTS, About, LogRight, Signs
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role, may
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import ILL_WRITTEN, StoreFinding
from mnclinic.services.second_person import KEY_FILE_ACTS, SECOND_FACTOR_REMOVED, SECOND_FACTOR_SET
from mnclinic.store.log_writer import CLOCK_JUMPED

LOG_IN = "login"
KEY_FILE_WRITTEN = "key_file.written"
GLASS_MARK = "break_glass"
FOUND = "found"
_BEGUN_BEFORE_ITS_END = timedelta(minutes=5)
"""An act that was begun while the glass was broken is entered a little later."""
_CHANGES_THE_RULES = KEY_FILE_ACTS | {
    *(LOG_IN, CLOCK_JUMPED, "clinic.created", "clinic.recovered", "staff.added", "staff.left"),
    *("key.enrolled", "key.revoked", "key.vouched", "account.password_reset"),
    *("glass.broken", "glass.given_back", SECOND_FACTOR_SET, SECOND_FACTOR_REMOVED),
}
"""Acts after which the same act by the same person may be another matter."""

BEHIND: Mapping[str, frozenset[str]] = {
    "staff.added": frozenset({"clinic.recovered"}),
    "recovery_opening.made": frozenset({"key.enrolled"}),
    "key_file.written": frozenset({"recovery_opening.made"}),
    "key.revoked": frozenset({"key.enrolled", "key.revoked"}),
}
"""What the installation enters directly behind another act of its own: an opening with the recovery sheet,
and the end of keys in whose place others were found that a power cut parted from their entry.
"""

ROLE_IS_ANOTHER = "its role is not the one that its signer has"
ANOTHER_THING = "it speaks of something that this act is not about"


@dataclass(frozen=True)
class Holder:
    """Of a registered key, as its document says: `signature`, `session` or `installation`, and whose."""

    purpose: str
    staff_id: str | None
    role: str
    name: str


@dataclass(frozen=True)
class GlassTime:
    """Whose broken glass a row is, and until when it lasted, in the log's form."""

    staff_id: str
    until: str


@dataclass
class Walk:
    """What the log says up to an entry about who may do what. `see` takes the entries in their order."""

    keys: Mapping[str, Holder]
    roles: Mapping[str, str]
    """By staff id, also of those who left."""
    glasses: Mapping[str, GlassTime]
    is_before_the_rules: bool = True
    is_set_up: bool = True
    creator: str | None = None
    added: dict[str, str | None] = field(default_factory=dict)
    """Who added whom: staff ids, None for the installation."""
    left: set[str] = field(default_factory=set)
    with_session_key: set[str] = field(default_factory=set)
    enrolled: set[str] = field(default_factory=set)
    found_for: str | None = None
    """Whose session key the installation entered last, having found it."""
    broken: dict[str, str] = field(default_factory=dict)
    """By staff id the glass that was broken last and not given back."""
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By key id, the keys that gave their word for it."""
    signature_keys: dict[str, str] = field(default_factory=dict)
    """By staff id the signature key that was entered last."""
    ended_by: dict[str, str | None] = field(default_factory=dict)
    with_factor: set[str] = field(default_factory=set)
    """Whose signature key was made to take a key file besides the password, and has not ended since."""
    factor_removed: dict[str, int] = field(default_factory=dict)
    """By staff id the entry that took that key file away. A log-in is enough to write such an entry."""
    waits_for_reset: tuple[str, str, str] | None = None
    """A session key that another person entered, its holder, and who: the reset has to follow at once."""
    last_action: str = ""
    last_is_the_installations: bool = False

    def see(self, entry: Mapping[str, Any]) -> Iterator[StoreFinding]:
        """What is wrong with the next entry."""
        action = entry["action"]
        if action == CLOCK_JUMPED:
            # The program enters it before whatever comes next, also in the middle of an act.
            yield from self._signed(entry)
            yield from self._speaks_of_its_own(entry)
            return
        yield from self._reset_that_has_to_follow(entry)
        if action in KEY_FILE_ACTS:
            # The first one itself is of the set-up, or found by the installation.
            yield from self._signed(entry)
            yield from self._speaks_of_its_own(entry)
            self.is_before_the_rules = False
            self.is_set_up = self.is_set_up and action == KEY_FILE_WRITTEN
            self._is_last(entry)
            return
        if action == LOG_IN and not self.is_before_the_rules:
            self.is_set_up = False
        yield from self._signed(entry)
        yield from self._entitled(entry)
        if action == "key.enrolled":
            yield from self._key_enrolled(entry)
        elif action == "key.revoked":
            yield from self._key_revoked(entry)
        elif action == "key.vouched":
            yield from self._key_vouched(entry)
        elif action == "staff.added":
            yield from self._staff_added(entry)
        self._remember(entry)

    def finish(self) -> Iterator[StoreFinding]:
        """What is wrong once there are no more entries."""
        if self.waits_for_reset is not None:
            yield _of_key(self.waits_for_reset[0], "somebody else entered it, and no reset of the password")
        others = {
            one.staff_id
            for one in self.keys.values()
            if one.staff_id is not None and one.role != self.roles.get(one.staff_id)
        }
        for staff_id in sorted(others):
            yield StoreFinding(
                f"staff {staff_id[:8]}", "the role is not the one for which the keys were made"
            )

    def _remember(self, entry: Mapping[str, Any]) -> None:
        action, actor, thing = entry["action"], entry["actor"]["uid"], entry["obj"]
        if action == "clinic.created":
            self.creator = actor
        elif action == "staff.left" and thing is not None:
            self.left.add(thing["id"])
        elif action == "glass.broken" and thing is not None:
            self.broken[actor] = thing["id"]
        elif action == "glass.given_back":
            self.broken.pop(actor, None)
        elif action == SECOND_FACTOR_SET:
            self.with_factor.add(actor)
            self.factor_removed.pop(actor, None)
        elif action == SECOND_FACTOR_REMOVED:
            self.factor_removed[actor] = entry["seq"]
        self._is_last(entry)

    def _is_last(self, entry: Mapping[str, Any]) -> None:
        self.last_action = entry["action"]
        self.last_is_the_installations = entry["actor"]["uid"] is None

    def _signed(self, entry: Mapping[str, Any]) -> Iterator[StoreFinding]:
        """Whether the key is its actor's own, may sign the act at all, and was made for the role."""
        actor, where = entry["actor"], f"log entry {entry['seq']}"
        holder = self.keys.get(actor["key"])
        if holder is None:
            return  # Told where signatures are checked.
        wanted = "installation" if actor["uid"] is None else "session"
        if (holder.purpose, holder.staff_id) != (wanted, actor["uid"]):
            yield StoreFinding(where, "The key of this entry belongs to somebody else than its actor.")
        elif actor["uid"] is None and not self._is_the_installations(entry["action"]):
            yield StoreFinding(where, "the installation does not enter this act by itself")
        elif actor["uid"] is not None:
            right = LOG_RIGHTS.get(entry["action"])
            if right is not None and right.signs is Signs.INSTALLATION:
                yield StoreFinding(where, "a person signed what only the program itself enters")
            if actor["role"] != holder.role:
                yield StoreFinding(where, ROLE_IS_ANOTHER)
            if not self.is_before_the_rules and actor["key"] not in self.enrolled:
                yield StoreFinding(where, "the key that signed it had not been entered yet")
            if actor["uid"] in self.left:
                yield StoreFinding(where, "its actor's access had ended")
        installation = self.keys.get(entry["inst"])
        if installation is None or installation.purpose != "installation":
            yield StoreFinding(where, "This entry names an installation that is not in the register.")

    def _is_the_installations(self, action: str) -> bool:
        """Whether nobody's act may follow here: some only directly behind another of its own."""
        if action not in BEHIND:
            return action in BY_INSTALLATION
        return self.last_is_the_installations and self.last_action in BEHIND[action]

    def _speaks_of_its_own(self, entry: Mapping[str, Any]) -> Iterator[StoreFinding]:
        """Whether an act that takes no right is about what it may be: a row's newest entry speaks for it."""
        if _kind_of(entry) not in LOG_RIGHTS[entry["action"]].kinds:
            yield StoreFinding(f"log entry {entry['seq']}", ANOTHER_THING)

    def _entitled(self, entry: Mapping[str, Any]) -> Iterator[StoreFinding]:
        """Whether the actor had the right to this act when it was entered, and it is about what it may be."""
        where, actor = f"log entry {entry['seq']}", entry["actor"]
        right = LOG_RIGHTS.get(entry["action"])
        if right is None:
            yield StoreFinding(where, f"this version of mnclinic knows no act {entry['action']}")
            return
        thing = entry["obj"]
        if _kind_of(entry) not in right.kinds and not self.is_before_the_rules:
            yield StoreFinding(where, ANOTHER_THING)
            return
        if self.is_before_the_rules or actor["uid"] is None:
            return
        if self.is_set_up:
            # Whoever sets the clinic up enters everything, and the director her declaration.
            is_directors = right.is_of_set_up and actor["role"] == Role.DIRECTOR
            if actor["uid"] == self.creator or is_directors:
                return
        if right.is_of_set_up:
            yield StoreFinding(where, "it was entered after the clinic had been set up")
        elif not self._has_right(entry, right):
            yield StoreFinding(where, "whoever signed it had no right to this act")
        elif thing is not None and right.about not in {
            About.ANYBODY,
            About.ONESELF if thing["id"] == actor["uid"] else About.SOMEBODY_ELSE,
        }:
            yield StoreFinding(where, "it is about somebody whom its actor has no right to")
        if entry["action"] in {"glass.broken", "glass.given_back"}:
            glass = self.glasses.get(thing["id"])
            if glass is not None and glass.staff_id != actor["uid"]:
                yield StoreFinding(where, "the broken glass is somebody else's")

    def _has_right(self, entry: Mapping[str, Any], right: LogRight) -> bool:
        if not right.acts:
            return True
        role = self._role_of(entry["actor"]["key"])
        if role is None:
            return False
        if any(may(role, act) for act in right.acts):
            return True
        return self._is_glass_broken(entry) and any(may(role, act, glass_broken=True) for act in right.acts)

    def _is_glass_broken(self, entry: Mapping[str, Any]) -> bool:
        glass = self.glasses.get(self.broken.get(entry["actor"]["uid"], ""))
        if glass is None or GLASS_MARK not in (entry["why"] or "").split(","):
            return False
        until = datetime.fromisoformat(glass.until) + _BEGUN_BEFORE_ITS_END
        return datetime.fromisoformat(entry["ts"]) <= until

    def _role_of(self, key: str) -> Role | None:
        """The role that a key was made for, in the words of its document: rows could say another."""
        holder = self.keys.get(key)
        try:
            return Role(holder.role) if holder is not None else None
        except ValueError:
            return None

    def _staff_added(self, entry: Mapping[str, Any]) -> Iterator[StoreFinding]:
        staff, actor = entry["obj"]["id"], entry["actor"]["uid"]
        where = f"log entry {entry['seq']}"
        if staff in self.added:
            yield StoreFinding(where, "it adds somebody who was on the staff already")
            return
        self.added[staff] = actor
        if actor is None and self.roles.get(staff) != Role.ADMINISTRATOR and not self.is_before_the_rules:
            yield StoreFinding(where, "the recovery sheet makes administrators, and this is none")

    def _key_enrolled(self, entry: Mapping[str, Any]) -> Iterator[StoreFinding]:
        """Every key of a person rests on what only the right person's key can have signed."""
        key = entry["obj"]["id"]
        holder = self.keys.get(key)
        if holder is None or key in self.enrolled:
            return  # Told where the register is checked.
        self.enrolled.add(key)
        is_first = holder.staff_id not in self.with_session_key
        yield from self._enrolled_by_right(entry, key, holder, is_first=is_first)
        if holder.purpose == "signature" and holder.staff_id is not None:
            self.signature_keys[holder.staff_id] = key
        if holder.purpose == "session" and holder.staff_id is not None:
            self.with_session_key.add(holder.staff_id)

    def _enrolled_by_right(
        self, entry: Mapping[str, Any], key: str, holder: Holder, *, is_first: bool
    ) -> Iterator[StoreFinding]:
        actor = entry["actor"]["uid"]
        if self.is_before_the_rules:
            return
        if holder.purpose == "installation":
            yield _of_key(key, f"log entry {entry['seq']} enters an installation after the set-up")
        elif actor == holder.staff_id:
            # Signed by the person's own session key, which was in force.
            if holder.purpose == "signature":
                yield from self._past_the_second_factor(key, holder)
        elif holder.purpose == "signature":
            yield _of_key(key, f"log entry {entry['seq']} enters it, and {holder.name} did not sign that")
        elif actor is None:
            yield from self._key_by_installation(entry, key, holder)
        elif not is_first:
            self.waits_for_reset = (key, holder.staff_id or "", actor)
        elif self.added.get(holder.staff_id or "") != actor:
            yield _of_key(key, f"whoever entered it with log entry {entry['seq']} did not add {holder.name}")

    def _past_the_second_factor(self, key: str, holder: Holder) -> Iterator[StoreFinding]:
        """A key that follows one of the same person's takes its word, unless somebody else ended that one."""
        before, own = self.signature_keys.get(holder.staff_id or ""), {None, holder.staff_id}
        if before is None or holder.staff_id not in self.with_factor:
            return
        if before not in self.words.get(key, frozenset()) and self.ended_by.get(before) in own:
            removed = self.factor_removed.get(holder.staff_id or "")
            until = f" until log entry {removed} took that away" if removed is not None else ""
            yield _of_key(
                key,
                f"{holder.name} signed with a key file besides the password{until}, and this key was made "
                "without it: nobody else ended the key before, and that one does not speak for it",
                is_explained=True,
            )

    def _key_by_installation(
        self, entry: Mapping[str, Any], key: str, holder: Holder
    ) -> Iterator[StoreFinding]:
        if FOUND in (entry["why"] or "").split(","):
            self.found_for = holder.staff_id
            yield _of_key(
                key,
                f"it was found in the key file and entered for {holder.name} with log entry {entry['seq']}, "
                "as after a power cut; no key of theirs speaks for it, so ask them",
                is_explained=True,
            )
        elif self.last_action != "staff.added" or self.added.get(holder.staff_id or "", "") is not None:
            yield _of_key(
                key,
                f"nobody but the installation entered it for {holder.name}, with log entry {entry['seq']}",
            )

    def _reset_that_has_to_follow(self, entry: Mapping[str, Any]) -> Iterator[StoreFinding]:
        if self.waits_for_reset is None:
            return
        key, holder, actor = self.waits_for_reset
        self.waits_for_reset = None
        thing = entry["obj"]
        if (
            entry["action"] != "account.password_reset"
            or entry["actor"]["uid"] != actor
            or (thing or {}).get("id") != holder
        ):
            yield _of_key(
                key, f"somebody else entered it, and no reset of the password, before {entry['seq']}"
            )

    def _key_revoked(self, entry: Mapping[str, Any]) -> Iterator[StoreFinding]:
        key, actor = entry["obj"]["id"], entry["actor"]["uid"]
        self.ended_by.setdefault(key, actor)
        holder = self.keys.get(key)
        if holder is not None and holder.purpose == "signature" and actor != holder.staff_id:
            self.with_factor.discard(holder.staff_id or "")
        if holder is None or self.is_before_the_rules:
            return
        where = f"log entry {entry['seq']}"
        if actor is None:
            if holder.purpose != "session" or self.found_for != holder.staff_id:
                yield StoreFinding(where, f"the installation alone ended a key of {holder.name}")
        elif actor != holder.staff_id:
            role = self._role_of(entry["actor"]["key"])
            act = RoleAct.RESET_PASSWORD if holder.purpose == "session" else RoleAct.REVOKE_KEY
            if role is None or holder.purpose == "installation" or not may(role, act):
                yield StoreFinding(where, f"whoever signed it had no right to end a key of {holder.name}")

    def _key_vouched(self, entry: Mapping[str, Any]) -> Iterator[StoreFinding]:
        if self._role_of(entry["actor"]["key"]) is not Role.DIRECTOR and not self.is_before_the_rules:
            yield StoreFinding(
                f"log entry {entry['seq']}", "only a director's new key takes a word like that"
            )


class ActorsOfLog:
    """What is wrong with who signed what, as the whole log is read through once.

    Most entries are like one before: the same act by the same person in the same role. Such a one is not
    walked again while nothing that the rules stand on has changed in between.
    """

    def __init__(self, session: Session) -> None:
        """Begin before the first entry, with what the tables say of keys, roles and broken glasses."""
        self._walk = Walk(holders(session), _roles(session), _glasses(session), words=_words(session))
        self._fine: set[tuple[object, ...]] = set()

    def is_like_a_fine_one(self, facts: EntryFacts) -> bool:
        """Whether the next entry is like one before with which nothing was wrong. Others may be fine too."""
        return facts.why is None and self._walk.waits_for_reset is None and _alike(facts) in self._fine

    def take_fine_one(self, facts: EntryFacts) -> None:
        """Take in an entry that is like a fine one."""
        walk = self._walk
        walk.last_action, walk.last_is_the_installations = facts.action, facts.actor is None

    def take(self, facts: EntryFacts, data: bytes) -> Iterator[StoreFinding]:
        """What is wrong with the next entry, of which both are given: what was read of it, and its bytes."""
        if self.is_like_a_fine_one(facts):
            self.take_fine_one(facts)
            return
        walk, action = self._walk, facts.action
        # Only the first log-in ends the set-up; every later one is an act like others.
        is_new_rule = action in _CHANGES_THE_RULES and (action != LOG_IN or walk.is_set_up)
        try:
            found = list(walk.see(json.loads(data)))
        except ILL_WRITTEN:
            found = [StoreFinding(f"log entry {facts.seq}", "what it says is not what mnclinic writes")]
        yield from found
        if is_new_rule:
            self._fine.clear()
        elif not found and facts.why is None:
            self._fine.add(_alike(facts))

    def finish(self) -> Iterator[StoreFinding]:
        """What is wrong once there are no more entries."""
        yield from self._walk.finish()


def _alike(facts: EntryFacts) -> tuple[object, ...]:
    """What two entries have in common of which one is fine if the other is."""
    return (
        facts.action,
        facts.key,
        facts.actor,
        facts.role,
        facts.installation,
        facts.object_kind,
        facts.object_id == facts.actor,
    )


def signers(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each signature is made with a signature key of whoever entered it, a decision with a director's."""
    keys = holders(session)
    for row in session.scalars(select(VisitSignature).order_by(VisitSignature.id)):
        record = json.loads(row.record)
        where = f"signature on {record['number']} revision {record['revision']} ({record['meaning']})"
        yield from _of_signer(where, record, keys, is_directors=record["meaning"] != "performed")
        for entered in logged.named("signature", row.visit_id):
            if entered.names(row.record) and entered.actor != record["signer"]["staff"]:
                yield StoreFinding(where, "the log gives it to somebody else")
    for document in session.scalars(select(ApprovedDocument).where(ApprovedDocument.approval.is_not(None))):
        where = f"{document.kind} {document.document_id} v{document.version}"
        yield from _of_signer(where, json.loads(document.approval or b""), keys, is_directors=True)


def _of_signer(
    where: str, record: Mapping[str, Any], keys: Mapping[str, Holder], *, is_directors: bool
) -> Iterator[StoreFinding]:
    signer = record["signer"]
    holder = keys.get(signer["key"])
    if holder is None:
        return  # Told where the signature itself is checked.
    if (holder.purpose, holder.staff_id) != ("signature", signer["staff"]):
        yield StoreFinding(where, "the key that signed it is no signature key of its signer")
    elif is_directors and holder.role != Role.DIRECTOR:
        yield StoreFinding(where, "only a director decides this, and its signer is none")


def holders(session: Session) -> dict[str, Holder]:
    """By key id, as the documents say, which are checked elsewhere. What cannot be read is left out."""
    found = {}
    for row in session.scalars(select(RegisteredKey)):
        try:
            document = json.loads(row.document)
            holder = document["holder"]
            one = Holder(document["purpose"], holder["staff"], holder["role"], holder["name"])
        except ILL_WRITTEN:
            continue
        if (one.purpose, one.staff_id) == (row.purpose, row.staff_id):
            found[row.key] = one
    return found


def _roles(session: Session) -> dict[str, str]:
    return {row.id: row.role for row in session.execute(select(Staff.id, Staff.role))}


def _words(session: Session) -> dict[str, frozenset[str]]:
    """By key id who vouches for it; whether each word holds is checked elsewhere."""
    found = {
        row.key: frozenset(str(one["key"]) for one in json.loads(row.vouches))
        for row in session.execute(select(RegisteredKey.key, RegisteredKey.vouches))
    }
    for word in session.execute(select(KeyVouch.key, KeyVouch.voucher)):
        found[word.key] = found.get(word.key, frozenset()) | {word.voucher}
    return found


def _glasses(session: Session) -> dict[str, GlassTime]:
    return {
        row.id: GlassTime(row.staff_id, instant_text(row.until))
        for row in session.scalars(select(BreakGlass))
    }


def _kind_of(entry: Mapping[str, Any]) -> str | None:
    """What kind of object an entry names; None where it names none."""
    thing = entry["obj"]
    return None if thing is None else str(thing["t"])


def _of_key(key: str, what: str, *, is_explained: bool = False) -> StoreFinding:
    return StoreFinding(f"key {key[:16]}", what, "explained" if is_explained else "altered")
