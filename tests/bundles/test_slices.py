"""A bundle about one person: nothing about them can be left out, and nothing of others is shown.

Every attack is made with all the keys that an insider holds, the seal made anew; the program, the
standard-library verifier and the page in the bundle are held to the same answer.
"""

import base64
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.note import build_checkpoint
from mnclinic.audit.signing import entry_signing_bytes
from mnclinic.audit.tree import leaf_hash
from mnclinic.bundles.container import write_container
from mnclinic.bundles.content import HEADS, PROOFS, SUBJECT_MAP, SUBJECT_PROOF
from tests.bundles.builders import (
    ANN,
    BEN,
    INSTALLATION,
    NURSE_SESSION,
    RETURNED,
    SIGNED,
    STRANGER,
    VAULT,
    Clinic,
    TestKey,
    a_clinic,
    changed,
    sealed,
)
from tests.bundles.test_attacks import _changed_somewhere, told_by_both
from tests.bundles.test_solo import told_by_all

LOG, SIGNATURES = "data/log/entries.jsonl", "data/log/signatures.txt"
CHECKPOINT, SCOPE = "data/log/checkpoint.txt", "data/scope.json"

Payload = dict[str, bytes]


def exported(clinic: Clinic, person: str = ANN, **scope: object) -> Payload:
    """The bundle about a person, its making and the map entered first."""
    clinic.log("bundle.made", "E", day=23, subject=person)
    return clinic.slice_of(person, facts=clinic.enter_map(), **scope)


@cache
def _sound(person: str) -> tuple[tuple[str, bytes], ...]:
    return tuple(exported(a_clinic(), person).items())


def sound(person: str = ANN) -> Payload:
    return dict(_sound(person))


def told(payload: Payload, folder: Path) -> dict[str, Any]:
    """What all three verifiers say to whoever holds the paper."""
    return told_by_all(write_container(sealed(payload)), folder)


@pytest.mark.parametrize(("person", "visits", "entries"), [(ANN, 2, 7), (BEN, 2, 8)])
def test_a_sound_one_is_valid_and_says_how_many_entries_there_are(
    tmp_path: Path, person: str, visits: int, entries: int
) -> None:
    said = told(sound(person), tmp_path)
    assert (said["verdict"], said["findings"]) == ("VALID", [])
    assert (said["visits"], said["patients"]) == (visits, 1)
    notes = " ".join(one["what"] for one in said["notes"])
    assert f"The log has {entries} entries about them, and all are here" in notes
    other = BEN if person == ANN else ANN
    assert other.encode() not in b"".join(sound(person).values())


def test_without_the_paper_the_key_is_not_checked(tmp_path: Path) -> None:
    data = write_container(sealed(sound()))
    assert told_by_both(data, tmp_path)["verdict"] == "VALID (KEY NOT CHECKED)"


def test_a_period_leaves_visits_out_and_tells_how_many_and_no_entry(tmp_path: Path) -> None:
    clinic = a_clinic()
    payload = exported(clinic)
    payload.update(clinic.members(of=ANN) | {name: payload[name] for name in payload if "/log/" in name})
    gone = [name for name in payload if "000000000004/" in name]
    payload = {name: data for name, data in payload.items() if name not in gone}
    scope = json.loads(sound()[SCOPE])
    payload[SCOPE] = canonical_bytes({**scope, "from": "2026-11-10", "to": "2026-11-20", "visits": 1})
    said = told(payload, tmp_path)
    assert (said["verdict"], said["visits"]) == ("VALID", 1)
    assert any("1 more visit; it lies outside the period" in one["what"] for one in said["notes"])
    assert gone


def lines_of(payload: Payload, name: str) -> list[bytes]:
    return payload[name].splitlines(keepends=True)


def without_entry(payload: Payload, at: Callable[[list[dict[str, Any]]], int]) -> Payload:
    """An entry taken out with its signature and proof, the count of what is withheld put right."""
    entries = [json.loads(line) for line in lines_of(payload, LOG)]
    gone = at(entries)
    for name in (LOG, SIGNATURES, PROOFS):
        kept = lines_of(payload, name)
        del kept[gone]
        payload[name] = b"".join(kept)
    return withheld(payload, 1)


def withheld(payload: Payload, more: int) -> Payload:
    scope = json.loads(payload[SCOPE])
    scope["patient"]["withheld_entries"] += more
    payload[SCOPE] = canonical_bytes(scope)
    return payload


def of_person(number: int) -> Callable[[list[dict[str, Any]]], int]:
    """The place of the entry that counts as this one about the person; negative from the end."""
    return lambda entries: [at for at, one in enumerate(entries) if one["subj"]][number]


def dropped_tail() -> Payload:
    return without_entry(sound(), of_person(-1))


def shorter_count() -> Payload:
    """The last entry dropped, and the count in the proof and in the scope lowered with it."""
    payload = without_entry(sound(), of_person(-1))
    proof = json.loads(payload[SUBJECT_PROOF])
    last = [one for one in map(json.loads, lines_of(payload, LOG)) if one["subj"]][-1]
    assert last["ssq"] == proof["count"] - 1
    scope = json.loads(payload[SCOPE])
    scope["patient"]["entries"] -= 1
    payload[SCOPE] = canonical_bytes(scope)
    payload[SUBJECT_PROOF] = changed(payload[SUBJECT_PROOF], count=proof["count"] - 1)
    return payload


def with_files(**files: bytes) -> Payload:
    names = {"map": SUBJECT_MAP, "proof": SUBJECT_PROOF, "checkpoint": CHECKPOINT, "heads": HEADS}
    return sound() | {names[name]: data for name, data in files.items()}


def scope_says(**changes: object) -> Payload:
    payload = sound()
    scope = json.loads(payload[SCOPE])
    scope["patient"].update(changes)
    payload[SCOPE] = canonical_bytes(scope)
    return payload


def proof_of_another_checkpoint() -> Payload:
    """Yesterday's map, its entry and proof, laid beside today's log."""
    clinic = a_clinic()
    old = exported(clinic)
    clinic.log("login", "E", day=24)
    new = exported(clinic)
    return new | {SUBJECT_MAP: old[SUBJECT_MAP], SUBJECT_PROOF: old[SUBJECT_PROOF]}


def older_checkpoint() -> Payload:
    """The checkpoint of a log that is one entry shorter."""
    clinic = a_clinic()
    payload = exported(clinic)
    size = clinic.tree.size - 1
    root = clinic.tree.root_at(size)
    payload[CHECKPOINT] = build_checkpoint(
        VAULT, size, root, public=INSTALLATION.public, sign=INSTALLATION.sign
    )
    return payload


def checkpoint_of(vault: str) -> bytes:
    clinic = a_clinic()
    exported(clinic)
    size = clinic.tree.size
    root = clinic.tree.root_at(size)
    return build_checkpoint(vault, size, root, public=INSTALLATION.public, sign=INSTALLATION.sign)


def lying_map() -> Payload:
    """An insider enters a map that counts one entry less; only the holder of the whole log can tell."""
    clinic = a_clinic()
    clinic.log("bundle.made", "E", day=23, subject=ANN)
    return clinic.slice_of(ANN, facts=clinic.enter_map(root="0" * 64))


def later_entry() -> Payload:
    """Something was entered between the map and the checkpoint."""
    clinic = a_clinic()
    clinic.log("bundle.made", "E", day=23, subject=ANN)
    facts = clinic.enter_map()
    clinic.log("login", "E", day=23)
    return clinic.slice_of(ANN, facts=facts)


def hidden_revocation() -> Payload:
    """A key was revoked, and neither its entry nor the revocation is shown."""
    from mnclinic.bundles.check_revocations import REVOCATIONS
    from tests.bundles.builders import NURSE, OWNER_SESSION

    clinic = a_clinic()
    clinic.enrol(OWNER_SESSION, INSTALLATION)
    clinic.revoke(NURSE, "lost", day=22)
    payload = exported(clinic)
    del payload[REVOCATIONS]
    return without_entry(
        payload,
        lambda entries: next(at for at, one in enumerate(entries) if one["action"] == "key.revoked"),
    )


def foreign_entry() -> Payload:
    """An entry about somebody else slipped in, with its own sound proof."""
    clinic = a_clinic()
    payload = exported(clinic)
    other = clinic.slice_of(BEN, facts=payload[SUBJECT_MAP])
    theirs = next(at for at, line in enumerate(lines_of(other, LOG)) if json.loads(line)["subj"] == BEN)
    seq = json.loads(lines_of(other, LOG)[theirs])["seq"]
    at = next(n for n, line in enumerate(lines_of(payload, LOG)) if json.loads(line)["seq"] > seq)
    for name in (LOG, SIGNATURES, PROOFS):
        mine = lines_of(payload, name)
        mine.insert(at, lines_of(other, name)[theirs])
        payload[name] = b"".join(mine)
    return withheld(payload, -1)


def swapped_lines() -> Payload:
    payload = sound()
    for name in (LOG, SIGNATURES, PROOFS):
        lines = lines_of(payload, name)
        lines[2], lines[3] = lines[3], lines[2]
        payload[name] = b"".join(lines)
    return payload


def another_persons_signature() -> Payload:
    """The sign-off of Ann's visit laid under Ben's."""
    payload, other = sound(BEN), sound(ANN)
    for kind in ("json", "sig"):
        mine = f"data/visits/{RETURNED}/signature-2.{kind}"
        payload[mine] = other[f"data/visits/{SIGNED}/signature-2.{kind}"]
    return payload


def visit_left_out() -> Payload:
    payload = {name: data for name, data in sound().items() if SIGNED not in name}
    clinic = a_clinic()
    tables = clinic.members(first="2026-11-01", last="2026-11-30", of=ANN, left_out=[SIGNED])
    payload.update({name: data for name, data in tables.items() if "/tables/" in name})
    return payload | {SCOPE: changed(payload[SCOPE], visits=1)}


ATTACKS: dict[str, tuple[Callable[[], Payload], str, str, str]] = {
    "an entry dropped": (
        lambda: without_entry(sound(), of_person(5)),
        "INCOMPLETE",
        f"{LOG} entry ",
        "This is entry 7 about this person, and the entries 6 to 6 are not in the bundle.",
    ),
    "the entry of a signature dropped": (
        lambda: without_entry(sound(), of_person(0)),
        "ALTERED",
        f"{LOG} entry ",
        "entries 1 to 1 are not in the bundle",
    ),
    "the last entry dropped": (dropped_tail, "INCOMPLETE", LOG, "7 entries about this person; the last 1"),
    "a shorter count": (shorter_count, "ALTERED", SUBJECT_PROOF, "does not lead to the map"),
    "the proof of somebody else": (
        lambda: with_files(proof=sound(BEN)[SUBJECT_PROOF]),
        "ALTERED",
        SUBJECT_PROOF,
        "about another person",
    ),
    "the name in somebody else's proof changed": (
        lambda: with_files(proof=changed(sound(BEN)[SUBJECT_PROOF], subject=ANN)),
        "ALTERED",
        SUBJECT_PROOF,
        "does not lead to the map",
    ),
    "another number stated": (lambda: scope_says(entries=6), "ALTERED", SCOPE, "not the one that is proven"),
    "another person stated": (
        lambda: scope_says(ref=BEN),
        "ALTERED",
        f"{LOG} entry ",
        "another person than the one whom this bundle is about",
    ),
    "another number withheld": (
        lambda: scope_says(withheld_entries=0),
        "ALTERED",
        SCOPE,
        "number of entries withheld",
    ),
    "another size stated": (
        lambda: sound() | {SCOPE: changed(sound()[SCOPE], log_size=3)},
        "ALTERED",
        SCOPE,
        "size of the log",
    ),
    "the map of another checkpoint": (proof_of_another_checkpoint, "ALTERED", SUBJECT_MAP, "last entry"),
    "the map of another clinic": (
        lambda: with_files(map=changed(sound()[SUBJECT_MAP], vault=STRANGER.staff)),
        "ALTERED",
        SUBJECT_MAP,
        "last entry",
    ),
    "an older checkpoint": (older_checkpoint, "ALTERED", f"{LOG} entry ", "not in the log"),
    "the checkpoint of another clinic": (
        lambda: with_files(checkpoint=checkpoint_of(STRANGER.staff or "")),
        "ALTERED",
        CHECKPOINT,
        "of another clinic",
    ),
    "no checkpoint": (lambda: with_files(checkpoint=b"none\n"), "ALTERED", CHECKPOINT, "not a checkpoint"),
    "a map with another root": (lying_map, "ALTERED", SUBJECT_PROOF, "does not lead to the map"),
    "a map that is not the last entry": (later_entry, "INCOMPLETE", SUBJECT_MAP, "enters the map of people"),
    "a revocation hidden": (hidden_revocation, "INCOMPLETE", LOG, "1 entries by which keys were ended; 0"),
    "somebody else's entry": (foreign_entry, "ALTERED", f"{LOG} entry ", "another person"),
    "entries in another order": (swapped_lines, "ALTERED", f"{LOG} entry ", "order of the log"),
    "somebody else's signature": (another_persons_signature, "ALTERED", RETURNED, "another visit"),
    "a visit left out": (visit_left_out, "INCOMPLETE", f"visit {SIGNED}", "not in the bundle"),
    "the heads left out": (
        lambda: with_files(heads=b""),
        "INCOMPLETE",
        f"data/visits/{SIGNED}/signature-1.json",
        "proof of the state of the log",
    ),
    "a head with another root": (
        lambda: with_files(
            heads=b"".join(
                canonical_bytes({**json.loads(line), "root": "1" * 64}) + b"\n"
                for line in lines_of(sound(), HEADS)
            )
        ),
        "ALTERED",
        f"{HEADS} line 1",
        "no earlier state",
    ),
    "a proof too few": (
        lambda: sound() | {PROOFS: b"".join(lines_of(sound(), PROOFS)[:-1])},
        "ALTERED",
        PROOFS,
        "not one proof for each entry",
    ),
    "a proof of nothing": (lambda: sound() | {PROOFS: b"{}\n"}, "ALTERED", f"{PROOFS} line 1", "not a proof"),
    "no proofs": (
        lambda: {name: data for name, data in sound().items() if name != PROOFS},
        "INCOMPLETE",
        PROOFS,
        "missing",
    ),
    "a stray beside the log": (
        lambda: sound() | {"data/log/more.jsonl": b"{}\n"},
        "ALTERED",
        "data/log/more.jsonl",
        "no place",
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_every_attack_gets_its_verdict_and_its_place(tmp_path: Path, name: str) -> None:
    make, verdict, where, what = ATTACKS[name]
    said = told(make(), tmp_path)
    assert said["verdict"] == verdict, said["findings"]
    assert any(where in one["where"] and what in one["what"] for one in said["findings"]), said["findings"]


ODD_FILES = (SUBJECT_MAP, SUBJECT_PROOF, SCOPE)
ODD_LINES = (LOG, PROOFS, HEADS)


@settings(max_examples=40)
@given(st.data())
def test_no_odd_part_makes_a_verifier_stumble(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    payload = sound()
    name = data.draw(st.sampled_from([*ODD_FILES, *ODD_LINES]))
    before = payload[name]
    if name in ODD_LINES:
        lines = before.split(b"\n")
        at = data.draw(st.integers(0, len(lines) - 2))
        lines[at] = canonical_bytes(_changed_somewhere(json.loads(lines[at]), data))
        payload[name] = b"\n".join(lines)
    else:
        payload[name] = canonical_bytes(_changed_somewhere(json.loads(before), data))
    said = told(payload, tmp_path_factory.mktemp("odd"))
    if payload[name] != before:
        # What scope.json says beyond its counts only the seal binds; everything else the log binds.
        assert said["verdict"] in {"ALTERED", "INCOMPLETE"} or name == SCOPE


def test_a_clinic_wide_bundle_with_a_map_that_is_not_the_logs_is_altered_at_its_entry(tmp_path: Path) -> None:
    honest, lying = a_clinic(), a_clinic()
    honest.enter_map()
    honest.log("login", "E", day=24, subject=BEN)
    honest.enter_map(day=25)
    assert told(honest.members(), tmp_path)["verdict"] == "VALID"
    lying.enter_map()
    lying.log("login", "E", day=24, subject=BEN)
    lying.enter_map(day=25, subjects=3)
    said = told(lying.members(), tmp_path)
    assert (said["verdict"], [one["where"] for one in said["findings"]]) == (
        "ALTERED",
        [f"{LOG} entry {lying.tree.size}"],
    )


# --- entries that only a later version can read ------------------------------------------------------------


def with_later_form(*, by: TestKey) -> Clinic:
    """Such an entry, an entry about somebody whom it may have been about too, and a map that counted it."""
    clinic = a_clinic()
    clinic.log_later_form(by)
    clinic.log("login", "E", day=24, subject=BEN)
    clinic.enter_map(day=25, subjects=3)
    return clinic


def test_an_entry_in_a_later_form_is_incomplete_at_its_place_and_nothing_is_called_altered(
    tmp_path: Path,
) -> None:
    clinic = with_later_form(by=NURSE_SESSION)
    said = told(clinic.members(), tmp_path)
    assert (said["verdict"], said["findings"]) == (
        "INCOMPLETE",
        [
            {
                "where": f"{LOG} entry {clinic.tree.size - 2}",
                "what": "This entry is in a form that this version of the verifier cannot check.",
            }
        ],
    )


def test_an_entry_in_no_form_that_nobody_here_signed_is_altered(tmp_path: Path) -> None:
    said = told(with_later_form(by=STRANGER).members(), tmp_path)
    assert said["verdict"] == "ALTERED"
    assert "not a log entry in canonical form" in said["findings"][0]["what"]


def test_a_later_form_in_a_bundle_about_one_person_is_incomplete(tmp_path: Path) -> None:
    """Put in the place of an entry, it leaves a gap; nothing that a key of here signed is called altered."""
    payload = sound()
    line = canonical_bytes({"v": 2, "what": "nobody here knows"})
    for name, more in (
        (LOG, line),
        (SIGNATURES, base64.b64encode(NURSE_SESSION.sign(entry_signing_bytes(leaf_hash(line))))),
        (PROOFS, canonical_bytes({"seq": 1, "path": []})),
    ):
        payload[name] = more + b"\n" + payload[name]
    said = told(withheld(payload, -1), tmp_path)
    assert said["verdict"] == "INCOMPLETE"
    assert [one["where"] for one in said["findings"]] == [f"{LOG} line 1"]
