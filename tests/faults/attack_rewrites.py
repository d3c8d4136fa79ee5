"""The log rewritten by somebody who knows how it is made: entries changed and everything after them redone.

The installation's key is in the attacker's hands, so whatever it may sign is signed. `clinic.head` is not.
"""

import base64
import json
import random
from collections.abc import Callable
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mnclinic.audit.canonical import canonical_bytes, salted_digest
from mnclinic.audit.keyregister import key_document
from mnclinic.audit.signing import entry_signing_bytes, key_id, key_signing_bytes, vouch_signing_bytes
from mnclinic.audit.tree import leaf_hash
from mnclinic.models import Lot
from mnclinic.services.settings import setting_bytes
from mnclinic.services.supply_rows import lot_bytes
from tests.faults.attack_edits import Attack, Done
from tests.faults.attack_found_keys import attacks_with_found_keys
from tests.faults.attack_hands import Entry, Hands, Row

SALT = "ab" * 16


def _names(*seqs: int) -> list[set[str]]:
    return [{f"log entry {seq}"} for seq in seqs]


def _up_to_a_persons(entries: list[Entry], at: int) -> set[str]:
    """An entry or its neighbour; where it is the installation's own, those up to the first of a person.

    What only the installation signs can be signed anew; that it was, shows in the next person's signature.
    """
    last = min(at, len(entries) - 1)
    while last < len(entries) - 1 and entries[last].fields["actor"]["uid"] is None:
        last += 1
    return {f"log entry {seq}" for seq in range(at + 1, last + 2)}


def _change(fields: dict[str, Any], chance: random.Random) -> str:
    """Change one thing that an entry says; returns which."""
    ways = ["ts", "why", "cat", "action", "actor", "dh"]
    if fields["obj"]:
        ways += ["obj", "obj.id"]
    if fields["subj"]:
        ways.append("subj")
    way = chance.choice(ways)
    match way:
        case "ts":
            fields["ts"] = f"2026-11-22{fields['ts'][10:]}"
        case "why":
            fields["why"] = "another reason"
        case "cat":
            fields["cat"] = [*fields["cat"], "more"]
        case "action":
            fields["action"] += "x"
        case "actor":
            fields["actor"] |= {"role": "director" if fields["actor"]["role"] != "director" else "provider"}
        case "dh":
            fields["dh"] = "0" * 64
        case "obj":
            fields["obj"] |= {"h": salted_digest(bytes.fromhex(fields["salt"]), b"{}")}
        case "obj.id":
            fields["obj"] |= {"id": "00000000-0000-4000-8000-000000000000"}
        case _:
            fields["subj"] = "00000000-0000-4000-8000-000000000000"
    return way


def _edit(*, by_installation: bool) -> Attack:
    def attack(hands: Hands, chance: random.Random) -> Done | None:
        entries = hands.log()
        at = chance.randrange(len(entries))
        fields = entries[at].fields
        way = _change(fields, chance)
        if fields == entries[at].fields:
            # What it names has no content: its hash was that of nothing before.
            return None
        entries[at] = hands.signed(fields, entries[at], by_installation=by_installation)
        hands.write_log(hands.rechain(entries, at + 1, by_installation=by_installation))
        return Done(f"entry {at + 1} of {len(entries)}: {way}", [_up_to_a_persons(entries, at)])

    return attack


def _take_out(*, by_installation: bool) -> Attack:
    def attack(hands: Hands, chance: random.Random) -> Done:
        entries = hands.log()
        at = chance.randrange(len(entries) - 1)
        details = {row["seq"]: row["detail"] for row in hands.rows("log_detail")}
        moved = {seq - (seq > at + 1): detail for seq, detail in details.items() if seq != at + 1}
        del entries[at]
        hands.write_log(hands.rechain(entries, at, by_installation=by_installation), details=moved)
        return Done(f"entry {at + 1} of {len(entries) + 1} taken out", [_up_to_a_persons(entries, at)])

    return attack


def _put_in(*, by_installation: bool) -> Attack:
    def attack(hands: Hands, chance: random.Random) -> Done:
        entries = hands.log()
        at = chance.randrange(1, len(entries))
        details = {row["seq"]: row["detail"] for row in hands.rows("log_detail")}
        moved = {seq + (seq > at): detail for seq, detail in details.items()}
        twin = chance.choice(entries)
        fields = twin.fields | {"salt": SALT}
        entries.insert(at, Entry(json.dumps(fields).encode(), twin.signature))
        hands.write_log(hands.rechain(entries, at, by_installation=by_installation), details=moved)
        return Done(f"an entry put in as {at + 1} of {len(entries)}", [_up_to_a_persons(entries, at)])

    return attack


def _exchange(*, by_installation: bool) -> Attack:
    def attack(hands: Hands, chance: random.Random) -> Done:
        entries = hands.log()
        at = chance.randrange(len(entries) - 1)
        details = {row["seq"]: row["detail"] for row in hands.rows("log_detail")}
        moved = {{at + 1: at + 2, at + 2: at + 1}.get(seq, seq): detail for seq, detail in details.items()}
        entries[at], entries[at + 1] = entries[at + 1], entries[at]
        hands.write_log(hands.rechain(entries, at, by_installation=by_installation), details=moved)
        return Done(f"entries {at + 1} and {at + 2} exchanged", [_up_to_a_persons(entries, at)])

    return attack


def cut_tail(hands: Hands, count: int) -> tuple[int, int]:
    """Cut the last `count` entries and all that is computed from them; the first and last that went."""
    entries = hands.log()
    kept = len(entries) - count
    hands.write_log(entries[:kept])
    return kept + 1, len(entries)


def _cut(hands: Hands, chance: random.Random) -> Done:
    first, last = cut_tail(hands, chance.randint(1, len(hands.log()) - 1))
    return Done(f"entries {first} to {last} cut off", _names(first, last))


def _cut_and_go_on(hands: Hands, chance: random.Random) -> Done:
    """The tail is replaced by as many entries of the installation's own."""
    entries = hands.log()
    count = chance.randint(1, 20)
    at = len(entries) - count
    for place in range(at, len(entries)):
        fields = entries[place].fields
        fields |= {"action": "log.viewed", "kind": "R", "obj": None, "why": None, "cat": []}
        fields |= {"subj": None, "ssq": None, "sprev": None}
        fields["dh"] = salted_digest(bytes.fromhex(fields["salt"]), b"{}")
        entries[place] = hands.signed(fields, entries[place], by_installation=True)
    details = {row["seq"]: row["detail"] for row in hands.rows("log_detail") if row["seq"] <= at}
    hands.write_log(hands.rechain(entries, at, by_installation=True), details=details)
    return Done(f"entries {at + 1} to {len(entries)} replaced", _names(at + 1))


# --- a change, and an entry at the end that owns up to it in the installation's name -----------


def _own_up(table: str, kind: str, values: Row, named: Callable[[Row], tuple[str, bytes]]) -> Attack:
    """Change a row and append an entry about its new content, with a signature that holds.

    `named` gives the id and the bytes by which the log names a row.
    """

    def attack(hands: Hands, chance: random.Random) -> Done:
        row = chance.choice(hands.rows(table))
        hands.set(table, row, values)
        object_id, content = named(row | values)
        entries = hands.log()
        last = next(
            one.fields
            for one in reversed(entries)
            if ((one.fields["obj"] or {}).get("t"), (one.fields["obj"] or {}).get("id")) == (kind, object_id)
        )
        salt = bytes.fromhex(SALT)
        high = entries[-1].fields["hwm"]
        fields = last | {"salt": SALT, "ts": high, "hwm": high, "dh": salted_digest(salt, b"{}")}
        fields["obj"] = last["obj"] | {"h": salted_digest(salt, content)}
        entries.append(hands.signed(fields, Entry(b"", b""), by_installation=True))
        hands.write_log(hands.rechain(entries, len(entries) - 1, by_installation=True))
        return Done(f"{table} {object_id} owned up to", _names(len(entries)))

    return attack


def _lot(row: Row) -> tuple[str, bytes]:
    values = {name: value for name, value in row.items() if name not in {"_rowid", "id"}}
    lot = Lot(**values | {"expires_on": date.fromisoformat(row["expires_on"])})
    return f"{lot.kind}:{lot.lot}", lot_bytes(lot)


def _setting(row: Row) -> tuple[str, bytes]:
    return row["name"], setting_bytes(row["name"], row["value"])


def _enrol_a_key(hands: Hands, chance: random.Random) -> Done:
    """A key of one's own in the owner's name, as if a power cut had left it; and an act signed with it."""
    owner = next(row for row in hands.rows("staff") if row["role"] == "administrator" and row["is_active"])
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    entries = hands.log()
    high = entries[-1].fields["hwm"]
    document = key_document(
        vault=hands.keys.vault,
        purpose="session",
        public=public,
        enrolled_at=high,
        name=owner["name"],
        role=owner["role"],
        staff=owner["id"],
    )
    installation = hands.keys.installation
    vouch = base64.b64encode(installation.sign(vouch_signing_bytes(document))).decode()
    hands.insert(
        "key_register",
        {
            "key": key_id(public),
            "purpose": "session",
            "staff_id": owner["id"],
            "document": document,
            "proof": key.sign(key_signing_bytes(document)),
            "vouches": canonical_bytes([{"key": installation.key_id, "signature": vouch}]),
            "enrolled_at": high,
        },
    )
    salt, setting = bytes.fromhex(SALT), chance.choice(hands.rows("setting"))
    hands.set("setting", setting, {"value": b"15"})
    base = next(one.fields for one in entries if one.fields["action"] == "key.enrolled") | {
        "salt": SALT,
        "ts": high,
        "hwm": high,
        "clk": "ok",
        "dh": salted_digest(salt, b"{}"),
    }
    for action, kind, object_id, content in (
        ("key.enrolled", "key", key_id(public), document),
        ("setting.changed", "setting", *_setting(setting | {"value": b"15"})),
    ):
        is_hers = action == "setting.changed"
        actor = {"uid": owner["id"], "role": owner["role"], "key": key_id(public)} if is_hers else None
        fields = base | {
            "action": action,
            "why": None if is_hers else "found",
            "obj": {"t": kind, "id": object_id, "rev": 1, "h": salted_digest(salt, content)},
            "actor": actor or {"uid": None, "role": None, "key": installation.key_id},
            "seq": len(entries) + 1,
            "prev": leaf_hash(entries[-1].data).hex(),
        }
        data = canonical_bytes(fields)
        message = entry_signing_bytes(leaf_hash(data))
        entries.append(Entry(data, key.sign(message) if is_hers else installation.sign(message)))
    hands.write_log(entries)
    return Done(f"a key in the name of {owner['user']}", _names(len(entries) - 1))


def attacks_on_the_log() -> list[tuple[str, Attack]]:
    """Every way of rewriting the log, by name."""
    made: list[tuple[str, Attack]] = []
    for who, by_installation in (("others' signatures kept", False), ("given to the installation", True)):
        made += [
            (f"rewrite an entry, {who}", _edit(by_installation=by_installation)),
            (f"take an entry out, {who}", _take_out(by_installation=by_installation)),
            (f"put an entry in, {who}", _put_in(by_installation=by_installation)),
            (f"exchange two entries, {who}", _exchange(by_installation=by_installation)),
        ]
    return [
        *made,
        ("cut the tail", _cut),
        ("replace the tail", _cut_and_go_on),
        ("own up to a lot's expiry", _own_up("lot", "lot", {"expires_on": "2030-01-01"}, _lot)),
        ("act under a key of one's own in the owner's name", _enrol_a_key),
        ("own up to a setting", _own_up("setting", "setting", {"value": b"15"}, _setting)),
        *attacks_with_found_keys(),
    ]
