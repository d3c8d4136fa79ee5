"""The head file: of the newest commit that entered something, whoever writes at once and whatever fails."""

import logging
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mnclinic.audit.note import build_checkpoint, parse_checkpoint
from mnclinic.services.screen_state import keep_screen
from mnclinic.store import head_file
from mnclinic.store.head_file import keep_head, read_head
from tests.services.clinic_builder import SmallClinic, add_person
from tests.services.reading import log_size, problems_found

VAULT = "0f1e2d3c-4b5a-4697-8877-665544332211"
WAIT_S = 20
PRIVATE = Ed25519PrivateKey.generate()
PUBLIC = PRIVATE.public_key().public_bytes_raw()


def head_size(clinic: SmallClinic) -> int:
    return parse_checkpoint(read_head(clinic.folder) or b"").size


def note_of(size: int) -> bytes:
    """A head of some log, signed with the key that these tests take for the installation's."""
    return build_checkpoint(VAULT, size, bytes(32), public=PUBLIC, sign=PRIVATE.sign)


def test_a_process_that_began_earlier_never_ends_with_its_older_head_over_a_newer_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older, newer = note_of(5), note_of(7)
    write, is_at_it, may_go_on = head_file.write_head, threading.Event(), threading.Event()

    def slowly(folder: Path, note: bytes) -> None:
        if note == older:
            is_at_it.set()
            assert may_go_on.wait(WAIT_S)
        write(folder, note)
        if note == newer:
            may_go_on.set()

    monkeypatch.setattr(head_file, "write_head", slowly)
    first, second = (
        threading.Thread(target=keep_head, args=(tmp_path, one, PUBLIC)) for one in (older, newer)
    )
    first.start()
    assert is_at_it.wait(WAIT_S)
    second.start()
    # Whoever holds the other one up is let go on; without that, the newer one is written by now.
    may_go_on.wait(0.3)
    may_go_on.set()
    first.join(WAIT_S)
    second.join(WAIT_S)
    assert read_head(tmp_path) == newer


def test_a_head_of_a_larger_log_stays_unless_exactly_it_was_judged(tmp_path: Path) -> None:
    small, large, largest = (note_of(size) for size in (5, 7, 9))
    for one in (large, small):
        keep_head(tmp_path, one, PUBLIC)
    assert read_head(tmp_path) == large
    keep_head(tmp_path, largest, PUBLIC)
    keep_head(tmp_path, small, PUBLIC, instead_of=large)
    assert read_head(tmp_path) == largest, "what was judged does not lie there any more"
    keep_head(tmp_path, small, PUBLIC, instead_of=largest)
    assert read_head(tmp_path) == small


def test_a_file_that_the_crash_of_a_writer_left_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "clinic.head-new").write_bytes(b"half of")
    note = note_of(5)
    keep_head(tmp_path, note, PUBLIC)
    assert read_head(tmp_path) == note
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clinic.head", "clinic.head-lock"]


def test_what_is_stored_without_an_entry_leaves_the_head_as_it_is(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    before = (clinic.folder / head_file.HEAD_NAME).stat()
    keep_screen(desk, {"page": "today"})
    after = (clinic.folder / head_file.HEAD_NAME).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.expects_log("the head file could not be written: Read-only file system")
def test_a_head_file_that_cannot_be_written_is_told_once_and_comes_up_with_the_next_entry(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def read_only(_folder: Path, _note: bytes) -> None:
        raise OSError(30, "Read-only file system")

    desk = clinic.as_user("desk")
    with monkeypatch.context() as patched, caplog.at_level(logging.WARNING):
        patched.setattr(head_file, "write_head", read_only)
        for name in ("Testerman", "Otherson", "Thirdson"):
            add_person(desk, name)
    assert len(caplog.records) == 1
    assert head_size(clinic) == log_size(desk) - 3
    assert problems_found(desk) == []
    add_person(desk, "Fourthson")
    assert head_size(clinic) == log_size(desk)
    assert not desk.store.witness.is_failing


def test_of_what_somebody_made_of_it_no_more_is_read_than_a_note_can_be(tmp_path: Path) -> None:
    (tmp_path / head_file.HEAD_NAME).write_bytes(b"x" * 3_000_000)
    assert len(read_head(tmp_path) or b"") == head_file.LONGEST_READ_BYTES
