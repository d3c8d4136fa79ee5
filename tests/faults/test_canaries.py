"""The scanner finds what is planted, in every form, in files and in memory."""

import base64
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.canaries import Canaries, Scanner, Secrets

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


def test_what_begins_inside_of_the_beginning_of_another_is_found() -> None:
    looks = Scanner({b"abcabcQQQQ1": "the first", b"bcabcaWWWW2": "the second"})
    assert looks.hits(b"..abcabcaWWWW2..") == {"the second"}
    assert looks.hits(b"..abcabcQQQQ1 bcabcaWWWW2") == {"the first", "the second"}


@pytest.mark.parametrize("zeros", [1, 5, 9])
def test_what_begins_with_zeros_is_found_between_zeros(zeros: int) -> None:
    key = bytes(zeros) + KEY[: 12 - zeros]
    looks = Scanner({key: "the key"})
    assert looks.hits(b"x" + bytes(7) + key + bytes(7)) == {"the key"}
    assert looks.hits(bytes(zeros - 1) + key[zeros:]) == set()


def test_a_word_in_a_files_name_is_found(tmp_path: Path) -> None:
    (tmp_path / f"{WORD}.txt").touch()
    assert list(scanner().hits_in_files([tmp_path]))


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(os.urandom(1_000_000))
    assert list(scanner().hits_in_files([tmp_path])) == []


HOLDS_THEN_STARTS_ANEW = """
import os, signal, sys
held = bytearray(sys.stdin.buffer.readline())
print(len(held), flush=True)
sys.stdin.buffer.readline()
anew = [sys.executable, "-I", "-S", "-c", "import signal; print('anew', flush=True); signal.pause()"]
os.execv(sys.executable, anew)
"""
"""A process of little memory, since all of it is searched. It starts anew as the program does."""


def test_memory_holds_a_secret_until_the_process_is_started_anew() -> None:
    looks = scanner()
    words = [sys.executable, "-I", "-S", "-c", HOLDS_THEN_STARTS_ANEW]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            assert b"\n" not in KEY
            held = b"in memory: " + WORD.encode() + KEY
            process.stdin.write(held + b"\n")
            process.stdin.flush()
            assert int(process.stdout.readline()) == len(held) + 1
            before = looks.hits_in_memory(process.pid)
            process.stdin.write(b"\n")
            process.stdin.flush()
            assert process.stdout.readline() == b"anew\n"
            after = looks.hits_in_memory(process.pid)
        finally:
            process.kill()
    assert {"the word in utf-8", "the key"} <= before
    assert after == set()
