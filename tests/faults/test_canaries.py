"""The scanner finds what is planted, in every form, in files and in memory."""

import base64
import hashlib
import os
import sys
import time
from pathlib import Path

import pytest

from tests.faults.canaries import Canaries, Scanner, Secrets
from tests.faults.processes import Pipe, fork

WORD = Canaries(7).words[0]
KEY = hashlib.sha256(b"a key that nobody has").digest()


def scanner() -> Scanner:
    secrets = Secrets()
    secrets.text("the word", WORD)
    secrets.raw("the key", KEY)
    return Scanner(secrets.forms)


@pytest.mark.parametrize(
    "planted",
    [
        WORD.encode(),
        WORD.encode("utf-16-le"),
        WORD.encode("utf-16-be"),
        WORD[::-1].encode(),
        WORD.encode().hex().encode(),
        base64.b64encode(WORD.encode()),
        base64.b64encode(b"x" + WORD.encode()),
        base64.b64encode(b"xy" + WORD.encode()),
    ],
)
def test_a_planted_word_is_found_in_every_form(tmp_path: Path, planted: bytes) -> None:
    (tmp_path / "somewhere").mkdir()
    (tmp_path / "somewhere" / "file.bin").write_bytes(b"\x00junk" + planted + b"junk\xff")
    assert any("the word" in hit for hit in scanner().hits_in_files([tmp_path]))


@pytest.mark.parametrize(
    "planted", [KEY, KEY[::-1], KEY.hex().upper().encode(), base64.b64encode(b"12" + KEY)]
)
def test_a_planted_key_is_found_in_every_form(tmp_path: Path, planted: bytes) -> None:
    (tmp_path / "file.bin").write_bytes(os.urandom(4096) + planted + os.urandom(4096))
    assert any("the key" in hit for hit in scanner().hits_in_files([tmp_path]))


def test_a_word_in_a_files_name_is_found(tmp_path: Path) -> None:
    (tmp_path / f"{WORD}.txt").touch()
    assert list(scanner().hits_in_files([tmp_path]))


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(os.urandom(1_000_000))
    assert list(scanner().hits_in_files([tmp_path])) == []


def _holds_then_starts_anew(pipe: Pipe, go: Path) -> None:
    held = bytearray(b"in memory: " + WORD.encode() + KEY)
    pipe.send({"holds": len(held)})
    while not go.exists():
        time.sleep(0.001)
    anew = [sys.executable, "-S", "-c", "import signal; signal.pause()"]
    os.execv(sys.executable, anew)  # noqa: S606 - the way in which the program itself forgets


def test_memory_holds_a_secret_until_the_process_is_started_anew(tmp_path: Path) -> None:
    looks = scanner()
    child = fork(lambda pipe: _holds_then_starts_anew(pipe, tmp_path / "go"))
    try:
        next(child.lines())
        before = looks.hits_in_memory(child.pid)
        (tmp_path / "go").touch()
        # The pipe's end closes when the program is replaced.
        assert list(child.lines(until_s=time.monotonic() + 30)) == []
        after = looks.hits_in_memory(child.pid)
    finally:
        child.kill()
        child.end()
    assert {"the word in utf-8", "the key"} <= before
    assert after == set()
