"""Thousands of damaged checkpoints, entries and proofs: each is refused in its way, none brings us down."""

import hashlib
import json
import random
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mnclinic.audit.canonical import NotCanonical
from mnclinic.audit.entry import Actor, EntryObject, LogPosition, build_entry, parse_entry, read_facts
from mnclinic.audit.note import NotACheckpoint, build_checkpoint, parse_checkpoint, tidied
from mnclinic.audit.tree import (
    MemoryTree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)

MUTATIONS = 2_000
VAULT = "0f7f3a34-1f43-4a4e-9d3b-7a9f5f1f2c10"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
ROOT = hashlib.sha256(b"root").digest()
NOTE = build_checkpoint(VAULT, 1234, ROOT, public=PUBLIC, sign=KEY.sign)
ENTRY = build_entry(
    vault=VAULT,
    position=LogPosition(7, ROOT, VAULT, 2, ROOT),
    salt=bytes(16),
    ts="2026-11-23T15:04:05.123Z",
    tz="-06:00",
    mono=12,
    boot="00" * 8,
    hwm="2026-11-23T15:04:05.123Z",
    clk="ok",
    actor=Actor(VAULT, "provider", hashlib.sha256(b"key").hexdigest()),
    installation=hashlib.sha256(b"installation").hexdigest(),
    app="1.0",
    action="visit.started",
    kind="C",
    object=EntryObject("visit", "x", 0, b"{}"),
    categories=("treatment",),
    why=None,
    detail=b"{}",
).data
STRANGE = [
    *(b"", b"\0", b"\xff", b"\n", b"\n\n", b"\r\n", b"}", b"[" * 200, b'{"v":2}', b"null", b"NaN", b"1e999"),
    *("\u2014 ".encode(), b"-1", b"9" * 30, b"\xed\xa0\x80", "\u0661".encode(), b'"', b"\\u0000", b"//4="),
]


def seeded(name: str) -> random.Random:
    """The same cases at every run."""
    return random.Random(name)  # noqa: S311 - the cases of a test are no secret


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to three things wrong: bits, bytes, pieces, order, length."""
    for _ in range(chance.choice([1, 1, 2, 3])):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice([1, 2, 8, 64]))
        match chance.randrange(6):
            case 0:
                data = data[:at] + bytes([chance.randrange(256)]) + data[end:]
            case 1:
                data = data[:at] + data[end:]
            case 2:
                data = data[:at] + chance.choice(STRANGE) + data[at:]
            case 3:
                data = data[:at] + chance.choice(STRANGE) + data[end:]
            case 4:
                data = data[:end] + data[at:]
            case _:
                data = data[end:] + data[:at]
    return data


def mutated_fields(data: bytes, chance: random.Random) -> bytes:
    """An entry with a field of another kind, missing or doubled, still canonical where that can be."""
    fields = json.loads(data)
    name = chance.choice(sorted(fields))
    values = [None, True, -1, 1.5, 2**60, "", "x" * 300, [], {}, [None], {"a": 1}, "\ud800", "e\u0301"]
    if chance.random() < 0.2:
        del fields[name]
    elif isinstance(fields[name], dict) and chance.random() < 0.5:
        fields[name][chance.choice(sorted(fields[name]))] = chance.choice(values)
    else:
        fields[name] = chance.choice(values)
    if chance.random() < 0.1:
        fields["more"] = chance.choice(values)
    return json.dumps(fields, separators=(",", ":"), sort_keys=True).encode()


Refused = tuple[Callable[[bytes], object], bytes, type[ValueError]]
PARSERS: dict[str, Refused] = {
    "checkpoint": (parse_checkpoint, NOTE, NotACheckpoint),
    "entry": (parse_entry, ENTRY, NotCanonical),
    "entry, read fast": (read_facts, ENTRY, NotCanonical),
}


@pytest.mark.parametrize("name", PARSERS)
def test_damaged_bytes_are_refused_with_the_parsers_own_error_and_nothing_else(name: str) -> None:
    parse, whole, refused = PARSERS[name]
    parse(whole)
    chance, read = seeded(name), 0
    for number in range(MUTATIONS):
        is_of_fields = whole is ENTRY and number % 2
        data = mutated_fields(whole, chance) if is_of_fields else mutated(whole, chance)
        try:
            parse(data)
        except refused:
            continue
        read += 1
    assert read < MUTATIONS / 5, "some changes leave the form as it was, such as another number"


def test_both_readers_of_entries_take_and_refuse_the_same() -> None:
    chance = seeded("both")
    for number in range(MUTATIONS):
        data = mutated_fields(ENTRY, chance) if number % 2 else mutated(ENTRY, chance)
        assert _takes(parse_entry, data) == _takes(read_facts, data), data


def _takes(parse: Callable[[bytes], object], data: bytes) -> bool:
    try:
        parse(data)
    except NotCanonical:
        return False
    return True


def test_a_checkpoint_that_is_read_in_spite_of_damage_is_never_signed_unless_it_says_the_same() -> None:
    chance = seeded("signed")
    for _ in range(MUTATIONS):
        for data in (mutated(NOTE, chance), tidied(mutated(NOTE, chance).decode("utf-8", errors="replace"))):
            try:
                read = parse_checkpoint(data)
            except NotACheckpoint:
                continue
            assert not read.is_signed_by(PUBLIC) or (read.size, read.root) == (1234, ROOT)


def test_a_damaged_proof_proves_nothing_and_one_of_another_log_neither() -> None:
    tree, other, chance = MemoryTree(), MemoryTree(), seeded("proofs")
    for number in range(100):
        tree.append(leaf_hash(b"ours %d" % number))
        other.append(leaf_hash(b"theirs %d" % number))
    for _ in range(MUTATIONS):
        size = chance.randint(2, 100)
        index, old = chance.randrange(size), chance.randint(1, size - 1)
        leaf = tree.lookup(0, index)
        path = inclusion_proof(index, size, tree.lookup)
        assert verify_inclusion(leaf, index, size, path, tree.root_at(size))
        foreign = inclusion_proof(index, size, other.lookup)
        assert not verify_inclusion(leaf, index, size, foreign, tree.root_at(size))
        assert not verify_inclusion(leaf, index, size, path, other.root_at(size))
        damaged = _damaged(path, chance)
        assert not verify_inclusion(leaf, index, size, damaged, tree.root_at(size))
        proof = consistency_proof(old, size, tree.lookup)
        assert verify_consistency(old, size, tree.root_at(old), tree.root_at(size), proof)
        assert not verify_consistency(old, size, other.root_at(old), tree.root_at(size), proof)
        assert not verify_consistency(
            old, size, tree.root_at(old), tree.root_at(size), _damaged(proof, chance)
        )


def _damaged(proof: tuple[bytes, ...], chance: random.Random) -> tuple[bytes, ...]:
    """One hash changed, cut, missing, doubled or added: never the same."""
    parts = list(proof) or [bytes(32)]
    at = chance.randrange(len(parts))
    match chance.randrange(5 if proof else 1):
        case 0:
            parts.insert(at, bytes(32))
        case 1:
            parts[at] = bytes([parts[at][0] ^ 1]) + parts[at][1:]
        case 2:
            parts[at] = parts[at][:31]
        case 3:
            del parts[at]
        case _:
            parts.insert(at, parts[at])
    return tuple(parts)
