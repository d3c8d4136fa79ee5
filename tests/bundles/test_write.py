"""What is written: the same bytes each time, in one step, checkable with stock tools, harmless to open."""

import base64
import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from mnclinic.audit.signing import verify
from mnclinic.bundles import write as writing
from mnclinic.bundles.container import read_container, write_container
from mnclinic.bundles.write import Sealing, write_bundle
from mnclinic.errors import ClinicError, DiskFull, FolderNotWritable, InvalidInput, StoreUnavailable
from tests.bundles.builders import (
    FINGERPRINT,
    INSTALLATION,
    SIGNED,
    a_clinic,
    members,
    sealed,
    sound_bundle,
)


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    written = write_bundle(sealed(a_clinic().members()), path, Sealing())
    assert path.read_bytes() == sound_bundle()
    assert written.sha512 == hashlib.sha512(path.read_bytes()).hexdigest()
    assert (written.path, written.size_bytes) == (path, len(sound_bundle()))
    assert [one.name for one in tmp_path.iterdir()] == ["bundle.zip"]
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (errno.ENOSPC, DiskFull, "disk is full"),
        (errno.EACCES, FolderNotWritable, "cannot be written"),
        (errno.EIO, StoreUnavailable, "refused"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_what_was_there_and_nothing_else(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    number: int,
    kind: type[ClinicError],
    words: str,
) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(b"an older bundle")

    def fail(*_: object) -> None:
        raise OSError(number, "planted")

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(kind, match=words):
        write_bundle({"a.txt": b"a"}, path, Sealing())
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [
        ("bundle.zip", b"an older bundle")
    ]


def test_a_folder_that_is_not_there_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable, match="Choose a folder"):
        write_bundle({"a.txt": b"a"}, tmp_path / "missing" / "bundle.zip", Sealing())


def test_a_recipient_that_is_no_key_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="age public key"):
        write_bundle({"a.txt": b"a"}, tmp_path / "bundle.age", Sealing(recipient="age1none"))
    assert list(tmp_path.iterdir()) == []


def test_more_than_a_bundle_holds_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_MEMBERS", 1)
    with pytest.raises(InvalidInput, match="shorter periods"):
        write_bundle({"a.txt": b"a", "b.txt": b"b"}, tmp_path / "bundle.zip", Sealing())
    assert list(tmp_path.iterdir()) == []


def test_a_demo_says_so_wherever_a_person_looks() -> None:
    written = sealed(members())
    assert b"DEMO BUNDLE" in written["VERIFY.txt"][:200]
    assert b"\nMnclinic-Demo: THIS IS A DEMO BUNDLE" in written["bag-info.txt"]
    assert '"demo":true' in _data_of(written["index.html"].decode())


def test_a_line_break_in_a_name_begins_no_new_item_of_the_bag() -> None:
    assert sealed(members())["bag-info.txt"].startswith(b"Source-Organization: Sampleton Skin\n")


def test_the_instructions_name_the_fingerprint_and_what_is_never_claimed() -> None:
    text = sealed(members())["VERIFY.txt"].decode()
    assert FINGERPRINT in text
    assert "{fingerprint}" not in text
    assert "does not mean that what was entered is true" in " ".join(text.split())
    assert len(text.splitlines()) < 60


def _unpacked(folder: Path) -> dict[str, bytes]:
    files = read_container(sound_bundle())[0]
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return files


def _run(tool: str, *arguments: str, folder: Path, stdin: bytes = b"") -> int:
    return subprocess.run(  # noqa: S603 - a stock tool with fixed arguments and no shell
        [tool, *arguments], cwd=folder, input=stdin, capture_output=True, check=False
    ).returncode


def test_sha512sum_agrees_with_both_manifests(tmp_path: Path) -> None:
    files = _unpacked(tmp_path)
    for manifest in ("manifest-sha512.txt", "tagmanifest-sha512.txt"):
        lines = [line.split("  ", 1) for line in files[manifest].decode().splitlines()]
        assert {name for _, name in lines} == (
            {name for name in files if name.startswith("data/")}
            if manifest.startswith("manifest")
            else {"bagit.txt", "bag-info.txt", "manifest-sha512.txt", "VERIFY.txt", "verify.py", "index.html"}
        )
        assert all(hashlib.sha512(files[name]).hexdigest() == digest for digest, name in lines)
        tool = shutil.which("sha512sum")
        if tool:
            assert _run(tool, "-c", "--strict", manifest, folder=tmp_path) == 0


def test_openssl_accepts_the_seal_and_refuses_a_changed_one(tmp_path: Path) -> None:
    files = _unpacked(tmp_path)
    sealed_bytes = files["tagmanifest-sha512.txt"]
    assert verify(INSTALLATION.public, files["tagmanifest-sha512.txt.sig"], sealed_bytes)
    tool = shutil.which("openssl")
    if tool is None:
        return
    command = [
        "pkeyutl", "-verify", "-pubin", "-inkey", "data/keys/installation.pem", "-rawin",
        "-in", "tagmanifest-sha512.txt", "-sigfile", "tagmanifest-sha512.txt.sig",
    ]  # fmt: skip
    assert _run(tool, *command, folder=tmp_path) == 0
    (tmp_path / "tagmanifest-sha512.txt").write_bytes(sealed_bytes.replace(b"a", b"b", 1))
    assert _run(tool, *command, folder=tmp_path) != 0


def test_ssh_keygen_accepts_the_seal_and_refuses_a_changed_one(tmp_path: Path) -> None:
    files = _unpacked(tmp_path)
    sealed_bytes = files["tagmanifest-sha512.txt"]
    assert files["tagmanifest-sha512.txt.sshsig"].startswith(b"-----BEGIN SSH SIGNATURE-----\n")
    tool = shutil.which("ssh-keygen")
    if tool is None:
        return
    command = [
        "-Y", "verify", "-f", "data/keys/allowed_signers", "-I", "installation", "-n", "mnclinic-bundle",
        "-s", "tagmanifest-sha512.txt.sshsig",
    ]  # fmt: skip
    assert _run(tool, *command, folder=tmp_path, stdin=sealed_bytes) == 0
    assert _run(tool, *command, folder=tmp_path, stdin=sealed_bytes.replace(b"a", b"b", 1)) != 0


def _data_of(page: str) -> str:
    match = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert match is not None
    return match[1]


def test_the_page_carries_every_byte_but_the_pdfs_and_nothing_in_it_can_end_its_element() -> None:
    page = sealed(members())["index.html"].decode()
    data = _data_of(page)
    assert "<" not in data
    carried = json.loads(data)
    files = {name: text.encode() for name, text in carried["text"].items()}
    files |= {name: base64.b64decode(text) for name, text in carried["base64"].items()}
    assert files == {name: content for name, content in members().items() if not name.endswith(".pdf")}
    assert "</script>" in carried["text"][f"data/visits/{SIGNED}/r1.json"]


def test_the_pages_policy_lets_its_own_program_and_style_run_and_nothing_else() -> None:
    page = sealed(members())["index.html"].decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert (rules["default-src"], rules["base-uri"], rules["form-action"]) == ("'none'", "'none'", "'none'")
    for tag in ("script", "style"):
        code = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert len(code) == 1
        digest = base64.b64encode(hashlib.sha256(code[0].encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"


def test_the_page_reaches_for_no_address_and_makes_no_markup_of_data() -> None:
    page = (
        sealed(members())["index.html"]
        .decode()
        .replace(_data_of(sealed(members())["index.html"].decode()), "")
    )
    assert set(re.findall(r"https?://[^\s\"'`]+", page)) == {"http://www.w3.org/2000/svg"}
    for risky in (
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "document.write",
        "eval(",
        "fetch(",
        "XMLHttp",
        " style=",
    ):
        assert risky not in page, risky
    assert not re.search(r"\son\w+=", page)


def test_the_seal_is_the_last_thing_made() -> None:
    """Sealed again, a changed page is another bundle: nothing in it escapes the seal."""
    files = dict(read_container(sound_bundle())[0])
    files["index.html"] += b"\n"
    from mnclinic.bundles.verify import verify_members

    found = verify_members(read_container(write_container(files))[0])
    assert [(one.where, one.what) for one in found.findings] == [
        ("index.html", "The bytes of this file are not those that were sealed.")
    ]
