"""Keys of an attacker's own in other people's names, said to have been found, used, and ended again.

Nobody's own key is in the attacker's hands: each is made here, entered by the installation, and gone from the
register's keys in force before the check looks.
"""

import base64
import json
import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mnclinic.audit.canonical import canonical_bytes, salted_digest
from mnclinic.audit.keyregister import Purpose, key_document, revocation_document
from mnclinic.audit.signing import (
    entry_signing_bytes,
    key_id,
    key_signing_bytes,
    record_signing_bytes,
    revocation_signing_bytes,
    vouch_signing_bytes,
)
from mnclinic.audit.tree import MemoryTree, leaf_hash
from mnclinic.services.check_entry_words import CATEGORIES
from mnclinic.services.settings import setting_bytes
from tests.faults.attack_edits import Attack, Done
from tests.faults.attack_hands import Entry, Hands, Row

ZERO_LEAF = "0" * 64


def _data_of(action: str) -> list[str]:
    """The kinds of data that the program's own entries of this act name: a forger names no others."""
    words = CATEGORIES.get(action, b'"cat":["keys"]')
    named: list[str] = json.loads(b"{%s}" % words)["cat"]
    return named


class Signs(Protocol):
    """A private key."""

    def sign(self, message: bytes, /) -> bytes: ...


@dataclass(frozen=True)
class Own:
    """A key in the attacker's hands, in somebody's name."""

    private: Signs
    id: str
    document: bytes
    person: Row

    @property
    def actor(self) -> dict[str, Any]:
        """The person as an entry names who acted."""
        return {"uid": self.person["id"], "role": self.person["role"], "key": self.id}


@dataclass
class Forging:
    """The log with entries to be added at its end."""

    hands: Hands
    entries: list[Entry]
    subjects: dict[str, tuple[int, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, hands: Hands) -> "Forging":
        """The log as it stands."""
        entries = hands.log()
        subjects = {
            fields["subj"]: (fields["ssq"], leaf_hash(one.data).hex())
            for one in entries
            if (fields := one.fields)["subj"]
        }
        return cls(hands, entries, subjects)

    @property
    def high(self) -> str:
        """The newest time in the log."""
        return str(self.entries[-1].fields["hwm"])

    def enter(
        self,
        action: str,
        thing: tuple[str, str, bytes],
        *,
        kind: str = "C",
        by: Own | None = None,
        why: str | None = None,
        subject: str | None = None,
        revision: int = 1,
        detail: bytes = b"{}",
    ) -> None:
        """Add an entry, signed with a key of the attacker's own or by the installation."""
        installation, salt = self.hands.keys.installation, os.urandom(16)
        count, last = self.subjects.get(subject or "", (0, ZERO_LEAF))
        object_kind, object_id, content = thing
        fields = self.entries[-1].fields | {
            "salt": salt.hex(),
            "ts": self.high,
            "clk": "ok",
            "actor": by.actor if by else {"uid": None, "role": None, "key": installation.key_id},
            "action": action,
            "kind": kind,
            "out": 0,
            "why": why,
            "cat": _data_of(action),
            "dh": salted_digest(salt, detail),
            "seq": len(self.entries) + 1,
            "prev": leaf_hash(self.entries[-1].data).hex(),
            "subj": subject,
            "ssq": count + 1 if subject else None,
            "sprev": last if subject else None,
            "obj": {
                "t": object_kind,
                "id": object_id,
                "rev": revision,
                "h": salted_digest(salt, content),
            },
        }
        data = canonical_bytes(fields)
        message = entry_signing_bytes(leaf_hash(data))
        self.entries.append(Entry(data, (by.private if by else installation).sign(message)))
        if subject:
            self.subjects[subject] = (count + 1, leaf_hash(data).hex())

    def key_of(self, person: Row, purpose: Purpose = "session", words: Sequence[Own] = ()) -> Own:
        """A new key in somebody's name, put into the register and not entered yet."""
        private, installation = Ed25519PrivateKey.generate(), self.hands.keys.installation
        public = private.public_key().public_bytes_raw()
        document = key_document(
            vault=self.hands.keys.vault,
            purpose=purpose,
            public=public,
            enrolled_at=self.high,
            name=person["name"],
            role=person["role"],
            staff=person["id"],
            credential=(person["credential"] or None) if purpose == "signature" else None,
        )
        message = vouch_signing_bytes(document)
        given = [(installation.key_id, installation.sign(message))]
        given += [(one.id, one.private.sign(message)) for one in words]
        self.hands.insert(
            "key_register",
            {
                "key": key_id(public),
                "purpose": purpose,
                "staff_id": person["id"],
                "document": document,
                "proof": private.sign(key_signing_bytes(document)),
                "vouches": canonical_bytes(
                    [{"key": key, "signature": base64.b64encode(word).decode()} for key, word in given]
                ),
                "enrolled_at": self.high,
            },
        )
        return Own(private, key_id(public), document, person)

    def found(self, person: Row) -> Own:
        """A session key in somebody's name, as if a power cut had left it."""
        own = self.key_of(person)
        self.enter("key.enrolled", ("key", own.id, own.document), why="found")
        return own

    def end(self, own: Own, *, by: Own | None = None) -> None:
        """End a key, signed by another of the attacker's own or by the installation."""
        installation = self.hands.keys.installation
        document = revocation_document(
            vault=self.hands.keys.vault,
            key=own.id,
            reason="replaced",
            revoked_by=by.person["id"] if by else None,
            signer=by.id if by else installation.key_id,
            revoked_at=self.high,
        )
        signer = by.private if by else installation
        self.hands.insert(
            "key_revocation",
            {
                "key": own.id,
                "reason": "replaced",
                "revoked_by": by.person["id"] if by else None,
                "revoked_at": self.high,
                "document": document,
                "signer_key": by.id if by else installation.key_id,
                "signature": signer.sign(revocation_signing_bytes(document)),
            },
        )
        thing = ("key_revocation", own.id, document)
        self.enter("key.revoked", thing, kind="D", by=by, why="replaced")

    def staff(self, role: str) -> Row:
        """Somebody who works here in a role."""
        return next(one for one in self.hands.rows("staff") if one["role"] == role and one["is_active"])


def _names_of(*keys: Own) -> list[set[str]]:
    return [{f"the key {one.id[:16]}", f"key {one.id[:16]}"} for one in keys]


# --- how the key that did it is ended ----------------------------------------------------------

End = Callable[[Forging, Own], None]


def _by_the_installation(log: Forging, own: Own) -> None:
    """Another one is found, and the installation ends both."""
    other = log.found(own.person)
    log.end(own)
    log.end(other)


def _by_itself(log: Forging, own: Own) -> None:
    log.end(own, by=own)


def _by_one_that_it_entered(log: Forging, own: Own) -> None:
    other = log.key_of(own.person)
    log.enter("key.enrolled", ("key", other.id, other.document), by=own)
    log.end(own, by=other)


def _by_each_other(log: Forging, own: Own) -> None:
    """A key found for an administrator ends it, and is ended by another found for the same person."""
    leader = log.found(log.staff("administrator"))
    log.end(own, by=leader)
    _by_the_installation(log, leader)


ENDS: dict[str, End] = {
    "ended by the installation": _by_the_installation,
    "that ends itself": _by_itself,
    "ended by one that it entered": _by_one_that_it_entered,
    "ended by a found leader's": _by_each_other,
}


def _changes_a_setting(log: Forging, own: Own, chance: random.Random) -> None:
    row = chance.choice(log.hands.rows("setting"))
    log.hands.set("setting", row, {"value": b"15"})
    log.enter(
        "setting.changed", ("setting", row["name"], setting_bytes(row["name"], b"15")), kind="U", by=own
    )


def _act(end: End) -> Attack:
    """An administrator's act under a key that is found, used and ended."""

    def attack(hands: Hands, chance: random.Random) -> Done:
        log = Forging.of(hands)
        own = log.found(log.staff("administrator"))
        _changes_a_setting(log, own, chance)
        end(log, own)
        hands.write_log(log.entries)
        return Done(f"a setting changed as {own.person['user']}", _names_of(own))

    return attack


def _signature_key(hands: Hands, _chance: random.Random) -> Done:
    """A performer's signature key, entered with a session key that is found and ended."""
    log = Forging.of(hands)
    own = log.found(log.staff("provider"))
    key = log.key_of(own.person, "signature")
    log.enter("key.enrolled", ("key", key.id, key.document), by=own)
    _by_the_installation(log, own)
    hands.write_log(log.entries)
    return Done(f"a signature key for {own.person['user']}", _names_of(own))


def _sign_off(hands: Hands, _chance: random.Random) -> Done:
    """The director's word about a visit, by a signature key to which somebody of the staff is said to speak.

    That one's key is entered only afterwards.
    """
    log = Forging.of(hands)
    own = log.found(log.staff("director"))
    second = log.key_of(log.staff("provider"))
    key = log.key_of(own.person, "signature", [second])
    log.enter("key.enrolled", ("key", key.id, key.document), by=own)
    visit = next(one for one in hands.rows("visit") if one["state"] == "in_review")
    revision = next(
        one
        for one in hands.rows("visit_revision")
        if (one["visit_id"], one["revision"]) == (visit["id"], visit["revision"])
    )
    signatures = hands.rows("visit_signature")
    like = next(json.loads(one["record"]) for one in signatures if one["meaning"] == "approved")
    tree = MemoryTree()
    for entry in log.entries:
        tree.append(leaf_hash(entry.data))
    record = canonical_bytes(
        like
        | {
            "visit": visit["id"],
            "number": visit["number"],
            "revision": visit["revision"],
            "record_sha256": revision["sha256"],
            "signed_at": log.high,
            "tree": {"size": tree.size, "root": tree.root_at(tree.size).hex()},
            "nonce": os.urandom(16).hex(),
            "reason": None,
            "signer": like["signer"] | {"key": key.id, "staff": own.person["id"]},
        }
    )
    hands.insert(
        "visit_signature",
        {
            "id": max(one["id"] for one in signatures) + 1,
            "visit_id": visit["id"],
            "revision": visit["revision"],
            "meaning": "approved",
            "signer": own.person["id"],
            "record": record,
            "signature": key.private.sign(record_signing_bytes(record)),
            "signed_at": log.high,
        },
    )
    log.enter(
        "visit.signed",
        ("signature", visit["id"], record),
        kind="S",
        by=own,
        subject=visit["patient_ref"],
        revision=visit["revision"],
    )
    hands.set("visit", visit, {"state": "signed", "due_at": None, "score": 0})
    log.enter("key.enrolled", ("key", second.id, second.document), why="found")
    log.end(second)
    _by_the_installation(log, own)
    hands.write_log(log.entries)
    return Done(f"visit {visit['number']} approved as {own.person['user']}", _names_of(own, key))


def attacks_with_found_keys() -> list[tuple[str, Attack]]:
    """Every way of acting under a found key that is gone again, by name."""
    return [
        *((f"own up under a found key {how}", _act(end)) for how, end in ENDS.items()),
        ("own up to a performer's signature key", _signature_key),
        ("own up to the director's approval", _sign_off),
    ]
