"""Which keys ended, by whose word, and was anything made with one of them afterwards?

A key counts up to the entry of the log that ended it. So every signature is judged by its own place in the
log, where no instant that somebody typed can move it.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from mnclinic.audit import shape
from mnclinic.audit.canonical import NotCanonical, canonical_bytes, parse_canonical, parse_document
from mnclinic.audit.keyregister import DIRECTOR as DIRECTORS_ROLE
from mnclinic.audit.keyregister import REVOCATION_SHAPE, Key
from mnclinic.audit.signing import decode_base64, key_id, revocation_signing_bytes, verify
from mnclinic.bundles.check_keys import ALLOWED_SIGNERS, DIRECTOR, INSTALLATION, REGISTER
from mnclinic.bundles.content import SEAL
from mnclinic.bundles.evidence import LOG, MADE_AFTER_THE_END, Evidence, LogLine

REVOCATIONS = "data/keys/revocations.jsonl"

LINE_SHAPE: shape.Shape = {"document": REVOCATION_SHAPE, "signature": str}

KEYS_FILES = frozenset({REGISTER, DIRECTOR, INSTALLATION, ALLOWED_SIGNERS, REVOCATIONS})
MAY_END_ANY_KEY = frozenset({DIRECTORS_ROLE, "administrator"})
"""Whose session key may end somebody else's key. Everybody may end their own."""

NOBODY_ELSE = "nobody_else"
"""The reason in the log where a second person was wanted for a director's new key and there was none."""


@dataclass(frozen=True)
class _Revocation:
    """A line of the file that could be read. `document` is what its signer signed."""

    number: int
    fields: Mapping[str, Any]
    document: bytes
    signature: bytes


def revocation_line(document: bytes, signature: bytes) -> bytes:
    """One revocation as a bundle writes it: canonical, without a line feed."""
    return canonical_bytes(
        {
            "document": parse_canonical(document),
            "signature": base64.b64encode(signature).decode("ascii"),
        }
    )


def check_revocations(evidence: Evidence) -> None:
    """Hold revocations and log against each other, and what each key did against its end."""
    for name in sorted(evidence.members):
        if name.startswith("data/keys/") and name not in KEYS_FILES:
            evidence.say(name, "This file has no place among the keys.")
    revocations = _read(evidence) if REVOCATIONS in evidence.members else []
    sound = _check_lines(evidence, revocations)
    _check_entries(evidence, revocations)
    _check_use_after_the_end(evidence)
    _check_directors(evidence)
    _note_ends(evidence, sound)


def _read(evidence: Evidence) -> list[_Revocation]:
    lines = evidence.lines(REVOCATIONS)
    if not lines:
        evidence.say(REVOCATIONS, "This file is there only where a key was revoked, but it holds nothing.")
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            row = parse_document(line, LINE_SHAPE)
        except NotCanonical:
            evidence.say(
                f"{REVOCATIONS} line {number}",
                "This line is not a revocation in the form that the clinic signs.",
            )
            continue
        document = canonical_bytes(row["document"])
        found.append(_Revocation(number, row["document"], document, decode_base64(row["signature"]) or b""))
    return found


def _check_lines(
    evidence: Evidence, revocations: Sequence[_Revocation]
) -> list[tuple[_Revocation, Key, LogLine]]:
    """Check each line; those that hold end their key."""
    sound = []
    newest, seen = 0, set()
    for one in revocations:
        where = f"{REVOCATIONS} line {one.number}"
        key = evidence.register.keys.get(one.fields["key"])
        wrong = _wrong_with(evidence, one, key)
        logged = evidence.log_of("key_revocation", one.fields["key"])
        line = next((line for line in logged if line.speaks_of(one.document)), None)
        if line is None:
            wrong.append("The log never speaks of this revocation.")
        else:
            if line.fields["action"] != "key.revoked":
                wrong.append("The log gives this revocation another meaning.")
            if line.fields["actor"]["key"] != one.fields["signer"]:
                wrong.append("The log gives this revocation to somebody else.")
            if line.seq <= newest:
                wrong.append("The revocations are not in the order in which they were made.")
            newest = line.seq
        if one.fields["key"] in seen:
            wrong.append("This key is revoked twice.")
        seen.add(one.fields["key"])
        for what in wrong:
            evidence.say(where, what)
        if key is not None and line is not None and not wrong:
            evidence.ended[key.id] = line.seq
            sound.append((one, key, line))
    return sound


def _wrong_with(evidence: Evidence, one: _Revocation, key: Key | None) -> list[str]:
    """What is wrong with a revocation by itself: its clinic, its key, its signature, its signer's right."""
    wrong = []
    if one.fields["vault"] != evidence.vault:
        wrong.append("This revocation is of another clinic.")
    if key is None:
        wrong.append("This revokes a key that is not in the register.")
    signer = evidence.register.keys.get(one.fields["signer"])
    if signer is None or not verify(signer.public, one.signature, revocation_signing_bytes(one.document)):
        wrong.append("The signature of this revocation does not hold.")
    elif key is not None and not _may_end(signer, key, one.fields["revoked_by"]):
        wrong.append("Whoever signed this had no right to revoke this key.")
    return wrong


def _may_end(signer: Key, key: Key, revoked_by: str | None) -> bool:
    if signer.staff != revoked_by or signer.purpose == "signature":
        return False
    is_own = key.staff == signer.staff
    return signer.purpose == "installation" or is_own or signer.role in MAY_END_ANY_KEY


def _check_entries(evidence: Evidence, revocations: Sequence[_Revocation]) -> None:
    """Every entry that ends a key has its revocation here; one that has none ends its key all the same."""
    for line in evidence.log:
        thing = line.fields["obj"]
        where = f"{LOG} entry {line.seq}"
        if thing is None or thing["t"] != "key_revocation":
            if line.fields["action"] == "key.revoked":
                evidence.say(where, "This entry revokes a key and does not say which.")
            continue
        if not any(one.fields["key"] == thing["id"] and line.speaks_of(one.document) for one in revocations):
            evidence.say(where, "This entry speaks of a revocation that is not in the bundle.")
            evidence.ended[thing["id"]] = min(line.seq, evidence.ended.get(thing["id"], line.seq))


def _check_use_after_the_end(evidence: Evidence) -> None:
    ended = evidence.ended
    for line in evidence.log:
        if line.seq > ended.get(line.fields["actor"]["key"], line.seq):
            evidence.say(f"{LOG} entry {line.seq}", MADE_AFTER_THE_END)
    if evidence.installation and key_id(evidence.installation) in ended:
        evidence.say(SEAL, MADE_AFTER_THE_END)
    for key in evidence.register.keys.values():
        entered = evidence.enrolled(key)
        vouchers = evidence.register.vouchers[key.id]
        if entered is not None and any(entered.seq > ended.get(one, entered.seq) for one in vouchers):
            evidence.say(f"key {key.id}", "A key that had been revoked vouches for this key.")


def _check_directors(evidence: Evidence) -> None:
    """A second person or the key before it confirmed a director's later keys, or the log says why not."""
    for key, line in directors_in_log(evidence)[1:]:
        where = f"key {key.id}"
        if seconds := second_persons(evidence, key):
            evidence.note(
                where, f"A second person confirmed this new key of a director: {', '.join(seconds)}."
            )
        elif any(
            one.is_directors and one.staff == key.staff and one.id != key.id
            for one in _vouchers(evidence, key)
        ):
            evidence.note(where, "The same director's key before it vouches for this new key.")
        elif line.fields["why"] == NOBODY_ELSE:
            evidence.note(where, "The log says that nobody else could confirm this new key of a director.")
        else:
            evidence.say(where, "No second person confirmed this new key of a director.")


def second_persons(evidence: Evidence, key: Key) -> list[str]:
    """The names of those who confirmed a director's key, each with a session key of their own."""
    return [
        one.name for one in _vouchers(evidence, key) if one.purpose == "session" and one.staff != key.staff
    ]


def _vouchers(evidence: Evidence, key: Key) -> list[Key]:
    """The keys whose word for this one holds."""
    return [evidence.register.keys[one] for one in sorted(evidence.register.vouchers[key.id])]


def directors_in_log(evidence: Evidence) -> list[tuple[Key, LogLine]]:
    """The directors' signature keys with the entries that enrolled them, in the log's order."""
    found = [
        (key, line)
        for key in evidence.register.keys.values()
        if key.is_directors and (line := evidence.enrolled(key)) is not None
    ]
    return sorted(found, key=lambda pair: pair[1].seq)


def _note_ends(evidence: Evidence, sound: Sequence[tuple[_Revocation, Key, LogLine]]) -> None:
    """Tell which signature keys ended, what followed a director's, and which of them vouch for the seal."""
    for one, key, line in sound:
        if key.purpose == "signature":
            evidence.note(f"{REVOCATIONS} line {one.number}", _words_of_end(evidence, one, key, line))
    directors = directors_in_log(evidence)
    if not any(key.id in evidence.ended for key, _ in directors):
        return
    sealer = key_id(evidence.installation) if evidence.installation else ""
    vouching = evidence.register.vouchers.get(sealer, frozenset())
    for key, _ in directors:
        if key.id in vouching:
            end = evidence.ended.get(key.id)
            later = f" It was revoked later, by entry {end} of the log." if end else ""
            evidence.note(
                DIRECTOR, f"The director's key {key.id} vouches for the seal of this bundle.{later}"
            )


def _words_of_end(evidence: Evidence, one: _Revocation, key: Key, line: LogLine) -> str:
    reason = one.fields["reason"]
    upto = f"{key.id[:16]} of {key.name} counts up to entry {line.seq} of the log"
    if not key.is_directors:
        return f"A signature key was revoked on {line.day} (reason {reason}): {upto}."
    own = [(new, entered) for new, entered in directors_in_log(evidence) if new.staff == key.staff]
    # Without an entry of its own the key has no place among them, and that was said.
    followed = [pair for (earlier, _), pair in pairwise(own) if earlier.id == key.id]
    if not followed:
        return (
            f"The director's key was revoked on {line.day} (reason {reason}): {upto}, "
            "and no later key of this person is here."
        )
    new, entered = followed[0]
    day = max(line, entered, key=lambda one: one.seq).day
    vouched = "vouched" if key.id in evidence.register.vouchers[new.id] else "did not vouch"
    return (
        f"The director's key was replaced on {day} (reason {reason}): {upto}, "
        f"{new.id[:16]} from entry {entered.seq} on. The old key {vouched} for the new one."
    )
