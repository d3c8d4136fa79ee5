"""Both verifiers against every attack: the verdict, the named place, and their agreement to the letter."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnclinic.audit.canonical import NotCanonical, canonical_bytes
from mnclinic.bundles.verify import verify_bundle
from mnclinic.cli.answer import VERDICT_STATUS
from mnclinic.resource_files import resource_path
from tests.bundles.attacks import Attack, all_attacks, flipped
from tests.bundles.builders import DIRECTOR, FINGERPRINT, NURSE, members, resealed, sound_bundle


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("stock_verifier", resource_path("bundle/verify.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # nothing is to lie among the resources
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


STOCK = _load()


def told_by_both(data: bytes, folder: Path, trust: str | None = None) -> dict[str, Any]:
    """What the program says of a file, after the standard-library verifier said the same."""
    path = folder / "bundle.zip"
    path.write_bytes(data)
    found = verify_bundle(path, trust=trust)
    told = {
        "verdict": found.verdict,
        "findings": [{"where": one.where, "what": one.what} for one in found.findings],
        "notes": [{"where": one.where, "what": one.what} for one in found.notes],
        "clinic": found.scope.get("clinic", ""),
        "fingerprint": found.fingerprint,
        "visits": found.visits,
        "patients": found.patients,
        "revisions": found.revisions,
        "signatures": found.signatures,
        "entries": found.entries,
    }
    assert STOCK.answer(*STOCK.check_path(str(path), trust)) == told
    return told


def test_the_sound_bundle_is_valid_for_whoever_holds_the_paper(tmp_path: Path) -> None:
    told = told_by_both(sound_bundle(), tmp_path, FINGERPRINT)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    assert (told["visits"], told["patients"], told["revisions"], told["signatures"]) == (3, 2, 4, 6)
    assert told["fingerprint"] == FINGERPRINT
    notes = " ".join(note["what"] for note in told["notes"])
    assert "demo" in notes
    assert "clock" in notes
    assert "1 more visit; it lies outside the period" in notes
    assert "1 visit that nobody signed" in notes


def test_without_the_paper_the_key_is_not_checked(tmp_path: Path) -> None:
    assert told_by_both(sound_bundle(), tmp_path)["verdict"] == "VALID (KEY NOT CHECKED)"


@pytest.mark.parametrize("wrong", ["0" * 64, NURSE.id, FINGERPRINT[::-1]])
def test_another_fingerprint_names_the_chain_of_keys(tmp_path: Path, wrong: str) -> None:
    told = told_by_both(sound_bundle(), tmp_path, wrong)
    assert told["verdict"] == "ALTERED"
    assert [one["where"] for one in told["findings"]] == ["data/keys/director.pem"]
    assert "given fingerprint" in told["findings"][0]["what"]


@pytest.mark.parametrize("attack", all_attacks(), ids=lambda attack: attack.name)
def test_every_attack_gets_its_verdict_and_its_place(tmp_path: Path, attack: Attack) -> None:
    told = told_by_both(attack.make(), tmp_path, FINGERPRINT)
    assert told["verdict"] == attack.verdict
    assert any(attack.where in one["where"] and attack.what in one["what"] for one in told["findings"]), told


JSON_FILES = sorted(name for name in members() if name.endswith(".json"))
JSON_LINES = ("data/log/entries.jsonl", "data/keys/register.jsonl")
ODD: st.SearchStrategy[object] = st.sampled_from(
    [None, True, -1, 0, 10**15, "", "x", "2026-13-99T25:61:61.000Z", [], [[]], {}, {"a": 1}]
)


def _changed_somewhere(value: object, data: st.DataObject) -> object:
    """One part of a JSON value replaced by something odd."""
    if isinstance(value, dict) and value and data.draw(st.integers(0, 5)):
        key = data.draw(st.sampled_from(sorted(value)))
        return {**value, key: _changed_somewhere(value[key], data)}
    if isinstance(value, list) and value and data.draw(st.integers(0, 5)):
        at = data.draw(st.integers(0, len(value) - 1))
        return [*value[:at], _changed_somewhere(value[at], data), *value[at + 1 :]]
    return data.draw(ODD)


@settings(max_examples=60)
@given(st.data())
def test_no_odd_document_makes_a_verifier_stumble(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from([*JSON_FILES, *JSON_LINES]))
    content = members()[name]
    if name in JSON_LINES:
        lines = content.split(b"\n")
        at = data.draw(st.integers(0, len(lines) - 2))
        lines[at] = canonical_bytes(_changed_somewhere(json.loads(lines[at]), data))
        odd = b"\n".join(lines)
    else:
        odd = canonical_bytes(_changed_somewhere(json.loads(content), data))
    told = told_by_both(resealed({name: odd}), tmp_path_factory.mktemp("odd"))
    if odd != content:
        # What scope.json says beyond its counts only the seal binds; everything else the log binds.
        assert told["verdict"] in {"ALTERED", "INCOMPLETE"} or name == "data/scope.json"


@settings(max_examples=60)
@given(st.integers(0, len(sound_bundle()) - 1), st.integers(1, 255))
def test_any_changed_byte_is_found(
    tmp_path_factory: pytest.TempPathFactory, position: int, turned: int
) -> None:
    data = bytearray(sound_bundle())
    data[position] ^= turned
    told = told_by_both(bytes(data), tmp_path_factory.mktemp("byte"))
    assert told["verdict"] in {"ALTERED", "UNREADABLE"}


# --- the standard-library verifier as a command ------------------------------------------------------------


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own script with fixed arguments and no shell
        [sys.executable, "-I", resource_path("bundle/verify.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_ends_in_the_status_of_its_verdict(tmp_path: Path) -> None:
    cases = {
        "VALID": sound_bundle(),
        "ALTERED": flipped("data/scope.json"),
        "UNREADABLE": b"nothing",
        "INCOMPLETE": next(one.make() for one in all_attacks() if one.name == "a visit left out"),
    }
    for verdict, data in cases.items():
        path = tmp_path / "bundle.zip"
        path.write_bytes(data)
        done = run(path, "--trust", FINGERPRINT.upper(), "--json")
        assert (json.loads(done.stdout)["verdict"], done.returncode) == (verdict, VERDICT_STATUS[verdict])
        assert done.stderr == ""


def test_the_command_checks_the_folder_that_it_lies_in(tmp_path: Path) -> None:
    from mnclinic.bundles.container import read_container

    for name, data in read_container(sound_bundle())[0].items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / ".DS_Store").write_bytes(b"left behind by a file manager")
    script = tmp_path / "verify.py"
    done = subprocess.run(  # noqa: S603 - our own script with fixed arguments and no shell
        [sys.executable, "-B", script], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.startswith("VALID (KEY NOT CHECKED)\n")
    assert "It does not mean that what was" in done.stdout
    assert verify_bundle(tmp_path, trust=FINGERPRINT).verdict == "VALID"
    (tmp_path / "data/scope.json").unlink()
    assert run(tmp_path).returncode == 4


def test_wrong_use_is_never_a_verdict(tmp_path: Path) -> None:
    (tmp_path / "sealed.age").write_bytes(b"age-encryption.org/v1\n-> scrypt")
    for arguments in (
        (tmp_path / "missing.zip",),
        (tmp_path / "sealed.age",),
        (tmp_path, "--trust", "abc"),
        (tmp_path, "--nonsense"),
    ):
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (64, ""), arguments
        assert "Traceback" not in done.stderr


def test_a_defect_of_the_command_is_never_a_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumble(_: object) -> None:
        raise KeyError("planted")

    monkeypatch.setattr(STOCK, "main", stumble)
    assert STOCK.guarded([]) == 70
    assert "planted" in capsys.readouterr().err


def test_its_own_ed25519_meets_the_vectors_of_rfc_8032() -> None:
    vectors = [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
            "4a7c15e9716ed28dc027beceea1ec40a",
        ),
    ]
    order = 2**252 + 27742317777372353535851937790883648493
    for public, message, signature in ((bytes.fromhex(part) for part in vector) for vector in vectors):
        assert STOCK.verify(public, signature, message)
        assert not STOCK.verify(public, signature, message + b"x")
        s = int.from_bytes(signature[32:], "little") + order
        assert not STOCK.verify(public, signature[:32] + s.to_bytes(32, "little"), message)
        assert not STOCK.verify(bytes(31) + b"\xff", signature, message)


@given(st.binary(max_size=40), st.integers(0, 511))
@settings(max_examples=15)
def test_its_own_ed25519_agrees_with_the_library(message: bytes, bit: int) -> None:
    from mnclinic.audit.signing import verify

    signature = bytearray(DIRECTOR.sign(message))
    assert STOCK.verify(DIRECTOR.public, bytes(signature), message)
    signature[bit // 8] ^= 1 << bit % 8
    assert not STOCK.verify(DIRECTOR.public, bytes(signature), message)
    assert not verify(DIRECTOR.public, bytes(signature), message)


@pytest.mark.parametrize(
    ("text", "is_canonical"),
    [
        ('{"\U0001f600":1,"\ue000":2}', True),
        ('{"\ue000":1,"\U0001f600":2}', False),
        ('{"a":"\\n\u0303"}', True),
        ('{"a":"n\u0303"}', False),
        ('{"a":9007199254740992}', False),
        ('{"a":1.0}', False),
        ('{"a":"\\ud800"}', False),
        ('{"a":"\x7f"}', True),
    ],
)
def test_both_verifiers_mean_the_same_by_canonical(text: str, is_canonical: bool) -> None:
    from mnclinic.audit.canonical import parse_document
    from mnclinic.audit.shape import AtLeast

    outcomes = []
    for parse, trouble in (
        (lambda data: parse_document(data, AtLeast({})), NotCanonical),
        (lambda data: STOCK.parse(data, STOCK.AtLeast()), STOCK.NotCanonical),
    ):
        try:
            parse(text.encode("utf-8"))
            outcomes.append(True)
        except trouble:
            outcomes.append(False)
    assert outcomes == [is_canonical, is_canonical]
