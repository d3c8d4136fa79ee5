"""Kill a backup, its rotation and a restoration at every step: no half one is ever taken for a whole one."""

import os
import resource
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from mnclinic.errors import BackupUnusable, StoreUnavailable
from mnclinic.services import rotate_backups as rotating
from mnclinic.services.back_up import back_up
from mnclinic.services.check_store import check_store
from mnclinic.services.copy_closed_clinic import copy_closed_clinic
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.restore_clinic import restore_clinic
from mnclinic.store.backup import write_backup
from mnclinic.store.backup_files import PARTIAL, Watch, backups_in, compare_members, read_manifest
from mnclinic.store.backup_manifest import IN_USE, Sealer
from tests.services.clinic_builder import PASSWORDS, SmallClinic
from tests.services.reading import problems_found

MOST_STEPS = 30


def killed_at(number: int, work: Callable[[Watch], object]) -> str | None:
    """Do the work in a process of its own that kills itself as its n-th step begins.

    Returns the step's name, or None when the work was done before.
    """
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        _die_at(number, work, writing)
    os.close(writing)
    with os.fdopen(reading) as said:
        steps = said.read().split()
    _, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return steps[-1]
    assert os.WEXITSTATUS(status) == 0, "the work itself failed"
    return None


def _die_at(number: int, work: Callable[[Watch], object], writing: int) -> NoReturn:
    begun: list[str] = []

    def watch(step: str, _done: int, _of: int) -> bool:
        if begun[-1:] != [step]:
            begun.append(step)
            os.write(writing, f"{step}\n".encode())
            if len(begun) == number:
                os.kill(os.getpid(), signal.SIGKILL)
        return True

    status = 1
    try:
        work(watch)
        status = 0
    finally:
        os._exit(status)


def every_kill(work: Callable[[Watch], object], look: Callable[[str], None]) -> list[str]:
    """Kill the work at each of its steps in turn and look at what is left; returns the steps."""
    steps: list[str] = []
    for number in range(1, MOST_STEPS):
        step = killed_at(number, work)
        if step is None:
            return steps
        look(step)
        steps.append(step)
    raise AssertionError("the work has more steps than this test tries")


def assert_only_whole_backups(place: Path, vault: str) -> None:
    """Whatever bears the name of a backup is one, byte for byte; the rest is plainly unfinished."""
    for backup in backups_in(place, vault):
        manifest, _ = read_manifest(backup)
        assert compare_members(backup, manifest) == ()
    for other in set(place.iterdir()) - set(backups_in(place, vault)):
        assert other.name.endswith(PARTIAL)
        with pytest.raises(BackupUnusable):
            read_manifest(other)


def test_a_backup_killed_at_any_step_is_whole_or_none(clinic: SmallClinic, tmp_path: Path) -> None:
    place = tmp_path / "stick"
    place.mkdir()

    def work(watch: Watch) -> None:
        back_up(open_clinic(clinic.folder, "desk", PASSWORDS["desk"], clock=clinic.clock), place, watch=watch)

    def look(_step: str) -> None:
        assert_only_whole_backups(place, clinic.ready.vault)

    steps = every_kill(work, look)
    assert {"database", "keys", "hashing", "manifest", "naming", "comparing", "checking"} <= set(steps)
    assert problems_found(clinic.as_user("owner")) == []
    clinic.clock.at += timedelta(days=3)
    made = back_up(clinic.as_user("desk"), place)
    assert made.checked.verdict == "OK"
    assert not list(place.glob(f"*{PARTIAL}")), "what was left is cleared away a day later"


def test_a_copy_of_the_closed_files_killed_at_any_step_is_whole_or_none(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    steps = every_kill(
        lambda watch: copy_closed_clinic(clinic.folder, place, clock=clinic.clock, watch=watch),
        lambda _step: assert_only_whole_backups(place, clinic.ready.vault),
    )
    assert {"database", "hashing", "manifest", "naming"} <= set(steps)


def test_a_restoration_killed_at_any_step_leaves_a_whole_clinic_or_none(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    written = copy_closed_clinic(clinic.folder, clock=clinic.clock)
    new = tmp_path / "new"

    def work(watch: Watch) -> None:
        restore_clinic(
            written.folder,
            new,
            user="owner",
            password=PASSWORDS["owner"],
            clock=clinic.clock,
            watch=watch,
        )

    def look(_step: str) -> None:
        assert not new.exists()

    steps = every_kill(work, look)
    assert {"copying", "checking", "naming"} <= set(steps)
    owner = open_clinic(new, "owner", PASSWORDS["owner"], clock=clinic.clock)
    assert check_store(owner).verdict == "OK"
    owner.close()
    assert not new.with_name(new.name + PARTIAL).exists()


def test_a_removal_that_was_killed_leaves_no_half_backup(
    clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    desk = clinic.as_user("desk")
    first = back_up(desk, place).backup

    def die_between(backup: Path) -> None:
        doomed = backup.rename(backup.with_name(backup.name + ".removing"))
        (doomed / "clinic.db").unlink()
        raise OSError

    monkeypatch.setattr(rotating, "remove_backup", die_between)
    second = back_up(desk, place)
    assert second.removed == (first.name,)
    assert [path.name for path in backups_in(place, clinic.ready.vault)] == [second.backup.name]
    monkeypatch.undo()
    clinic.clock.at += timedelta(hours=1)
    third = back_up(desk, place).backup
    assert [path.name for path in place.iterdir()] == [third.name], "the rest is cleared away"


def test_a_disk_that_takes_no_more_bytes_is_a_sentence_and_leaves_nothing(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    """In a process of its own whose files may not grow any further: the system refuses every byte more."""
    place = tmp_path / "stick"
    place.mkdir()
    desk = clinic.as_user("desk")
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        said = "nothing"
        try:
            installation = desk.installation_key
            write_backup(
                desk.store.engine,
                clinic.folder,
                place,
                vault=clinic.ready.vault,
                kind=IN_USE,
                now=clinic.clock.now(),
                app="test",
                sealer=Sealer(installation.key_id, installation.public, installation.sign),
            )
        except StoreUnavailable as error:
            said = f"{error.code}: {error.sentence}"
        finally:
            os.write(writing, said.encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    os.waitpid(process, 0)
    assert told.startswith("store_unavailable: The backup could not be written to"), told
    assert "none was kept. The clinic itself is as it was." in told
    assert list(place.iterdir()) == []
