"""A stick that hangs while the backup at closing is made: the process ends all the same, unharmed."""

import os
import select
from collections.abc import Iterator
from pathlib import Path

import pytest

from mnclinic.services.back_up import back_up
from mnclinic.services.backup_plan import change_plan
from mnclinic.services.check_store import check_store
from mnclinic.store.backup_manifest import MANIFEST_NAME
from mnclinic.store.engine import DATABASE_NAME
from tests.journeys.test_lock import PATIENCE_S, Program
from tests.services.clinic_builder import SmallClinic, small_clinic

HANGS = """
import mnclinic.store.backup as backup, mnclinic.ui.lock.how_long as how_long

def write_to_a_stick_that_hangs(path, data):
    # Nobody ever reads from it: the system holds this thread for ever, as it does over a stick that hangs.
    open({begun!r}, "wb").close()
    open({fifo!r}, "wb")

backup.write_new = write_to_a_stick_that_hangs
how_long.LONGEST_LEAVING_MS = how_long.LONGEST_ENDING_MS = 500
"""
CLOSE = "from PySide6.QtCore import QTimer; QTimer.singleShot(0, window.close)"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def clinic(tmp_path: Path, stick: Path) -> SmallClinic:
    made = small_clinic(tmp_path / "clinic")
    change_plan(made.as_user("owner"), folder=stick)
    made.close()
    return made


@pytest.fixture
def program(clinic: SmallClinic) -> Iterator[Program]:
    made = Program(clinic.folder)
    yield made
    made.process.kill()
    made.close()


@pytest.mark.parametrize("how", ["skipped", "left"])
def test_the_process_ends_and_the_clinic_opens_again(
    clinic: SmallClinic, program: Program, stick: Path, tmp_path: Path, how: str
) -> None:
    fifo, begun = tmp_path / "hangs", tmp_path / "begun"
    os.mkfifo(fifo)
    program.log_in("owner")
    program.ask("python", code=HANGS.format(fifo=str(fifo), begun=str(begun)))
    program.ask("python", code=CLOSE)
    program.until(lambda _seen: begun.exists())
    assert program.ask("read", name="cover.words")["text"] == "Making a backup before closing …"
    assert program.process.poll() is None
    if how == "skipped":
        program.ask("click", name="cover.skip", answer="before")
    else:
        program.ask("python", code="window.watch.say_left('system_locked')")
    assert program.process.wait(PATIENCE_S) == 0
    assert not is_read(fifo), "it hung to the end"

    (left,) = stick.glob("mnclinic-*")
    assert (left / DATABASE_NAME).exists()
    assert not (left / MANIFEST_NAME).exists(), "a backup that was not finished says so"
    again = Program(clinic.folder)
    try:
        again.log_in("owner")
    finally:
        again.close()
    owner = clinic.as_user("owner")
    checked = check_store(owner)
    made = back_up(owner)
    clinic.close()
    assert (checked.verdict, checked.findings) == ("OK", ())
    assert made.checked.verdict == "OK"


def is_read(fifo: Path) -> bool:
    """Whether anything came out of it."""
    descriptor = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    try:
        ready, _, _ = select.select([descriptor], [], [], 0)
        return bool(ready) and bool(os.read(descriptor, 1))
    finally:
        os.close(descriptor)
