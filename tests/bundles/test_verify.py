"""How a bundle reaches the checks: files, folders, encryption, fingerprints, and what is no verdict."""

from dataclasses import replace
from pathlib import Path

import pyrage
import pytest

from mnclinic.bundles import verify as verifying
from mnclinic.bundles.container import write_container
from mnclinic.bundles.verify import verify_bundle, verify_members
from mnclinic.bundles.write import Sealing, write_bundle
from mnclinic.errors import ClinicError, InvalidInput, WrongCredentials
from tests.bundles.builders import DIRECTOR, FINGERPRINT, RETURNED, a_clinic, members, sealed, sound_bundle

PASSPHRASE = "correct horse battery staple"


@pytest.fixture(scope="module")
def identity() -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.generate()


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file locked with a passphrase: making it takes seconds, by design."""
    path = tmp_path_factory.mktemp("locked") / "bundle.age"
    write_bundle(sealed(members()), path, Sealing(passphrase=PASSPHRASE))
    return path


def test_a_bundle_locked_with_a_passphrase_opens_with_it_alone(locked: Path) -> None:
    assert b"Quill" not in locked.read_bytes()
    assert verify_bundle(locked, trust=FINGERPRINT, passphrase=PASSPHRASE).verdict == "VALID"
    with pytest.raises(WrongCredentials, match="does not open this bundle"):
        verify_bundle(locked, passphrase=PASSPHRASE + "r")


def test_a_locked_bundle_without_its_secret_is_no_verdict(locked: Path) -> None:
    with pytest.raises(InvalidInput, match="encrypted"):
        verify_bundle(locked)


def test_a_bundle_locked_to_a_key_opens_with_that_key(
    tmp_path: Path, identity: pyrage.x25519.Identity
) -> None:
    path = tmp_path / "bundle.age"
    write_bundle(sealed(members()), path, Sealing(recipient=str(identity.to_public())))
    assert verify_bundle(path, trust=FINGERPRINT, identity=str(identity)).verdict == "VALID"
    with pytest.raises(WrongCredentials):
        verify_bundle(path, identity=str(pyrage.x25519.Identity.generate()))
    with pytest.raises(WrongCredentials):
        verify_bundle(path, passphrase=PASSPHRASE)
    with pytest.raises(InvalidInput, match="not an age secret key"):
        verify_bundle(path, identity="AGE-SECRET-KEY-1NONE")


def test_damage_behind_the_lock_is_unreadable_and_not_a_wrong_passphrase(
    tmp_path: Path, identity: pyrage.x25519.Identity
) -> None:
    path = tmp_path / "bundle.age"
    write_bundle(sealed(members()), path, Sealing(recipient=str(identity.to_public())))
    data = path.read_bytes()
    for spoilt in (data[:-1], data[:-1] + bytes([data[-1] ^ 1]), data[: len(data) // 2], data[:60]):
        path.write_bytes(spoilt)
        found = verify_bundle(path, identity=str(identity))
        assert found.verdict == "UNREADABLE"
        assert "damaged or cut short" in found.findings[0].what


def test_a_file_that_cannot_be_read_is_no_verdict(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="Nothing was checked"):
        verify_bundle(tmp_path / "missing.zip")


@pytest.mark.parametrize(
    "typed", [FINGERPRINT.upper(), " ".join(FINGERPRINT), FINGERPRINT[:32] + "-\n:" + FINGERPRINT[32:]]
)
def test_a_fingerprint_may_be_typed_as_it_stands_on_paper(tmp_path: Path, typed: str) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(sound_bundle())
    assert verify_bundle(path, trust=typed).verdict == "VALID"


@pytest.mark.parametrize("typed", ["", "abc", FINGERPRINT[:-1], FINGERPRINT + "0", "g" + FINGERPRINT[1:]])
def test_what_is_no_fingerprint_is_no_verdict(tmp_path: Path, typed: str) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(sound_bundle())
    with pytest.raises(InvalidInput, match="64 digits"):
        verify_bundle(path, trust=typed)


def test_an_empty_folder_is_unreadable_and_a_larger_file_than_any_bundle_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verify_bundle(tmp_path).verdict == "UNREADABLE"
    path = tmp_path / "bundle.zip"
    path.write_bytes(sound_bundle())
    monkeypatch.setattr(verifying, "LARGEST_BYTES", 1000)
    assert verify_bundle(path).findings[0].what == "The file is larger than any bundle."
    with pytest.raises(InvalidInput, match="more than any bundle"):
        verify_bundle(tmp_path)


def test_a_defect_of_ours_never_becomes_a_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise KeyError("planted")

    path = tmp_path / "bundle.zip"
    path.write_bytes(sound_bundle())
    monkeypatch.setattr(verifying, "check_log", stumble)
    with pytest.raises(KeyError, match="planted") as caught:
        verify_bundle(path)
    assert not isinstance(caught.value, ClinicError)


def test_a_flood_of_findings_is_counted_not_listed(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    strays = {f"stray-{number:04d}.txt": b"" for number in range(500)}
    path.write_bytes(write_container(sealed(members()) | strays))
    found = verify_bundle(path)
    assert len(found.findings) == 201
    assert found.findings[-1].what == "There are 300 findings more."
    assert found.verdict == "ALTERED"


def test_a_changed_name_is_a_note_and_no_accusation() -> None:
    """People marry: the printed name is under the signer's own signature."""
    clinic = a_clinic()
    signer = replace(clinic.signer(DIRECTOR), name="Ines Okafor-Lind")
    clinic.sign(RETURNED, "approved", day=14, key=DIRECTOR, state="signed", signer=signer)
    found = verify_members(sealed(clinic.members()))
    assert (found.verdict, found.findings) == ("VALID (KEY NOT CHECKED)", ())
    name = f"data/visits/{RETURNED}/signature-4.json"
    assert [(note.where, "printed name" in note.what) for note in found.notes if note.where == name] == [
        (name, True)
    ]
