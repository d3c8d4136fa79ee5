"""A folder is shared by many or held by one, and a process that dies lets it go."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mnclinic.errors import ClinicInUse, StoreUnavailable
from mnclinic.store.folder_use import USE_NAME, FolderUse

PROCESSES = 8

HOLDER = """
import sys
from pathlib import Path
from mnclinic.store.folder_use import FolderUse
use = getattr(FolderUse, sys.argv[1])(Path(sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def holders(folder: Path, kind: str, count: int) -> Iterator[list["subprocess.Popen[str]"]]:
    """So many other processes, each of which has the folder in use."""
    started = [
        subprocess.Popen(  # noqa: S603 - our own words, no shell
            [sys.executable, "-c", HOLDER, kind, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]
    try:
        for process in started:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
        yield started
    finally:
        for process in started:
            process.kill()
            process.communicate()


def test_any_number_share_a_folder(tmp_path: Path) -> None:
    with holders(tmp_path, "shared", 2), FolderUse.shared(tmp_path), FolderUse.shared(tmp_path):
        pass


def test_a_folder_that_is_shared_cannot_be_held_alone_until_the_last_one_goes(tmp_path: Path) -> None:
    first, second = FolderUse.shared(tmp_path), FolderUse.shared(tmp_path)
    for use in (first, second):
        with pytest.raises(ClinicInUse, match=r"open in another window.*Nothing was changed"):
            FolderUse.exclusive(tmp_path)
        use.release()
    with FolderUse.exclusive(tmp_path) as alone:
        assert alone.is_exclusive


def test_a_folder_that_is_held_alone_can_neither_be_shared_nor_held_again(tmp_path: Path) -> None:
    with FolderUse.exclusive(tmp_path):
        with pytest.raises(ClinicInUse, match=r"being replaced.*Nothing was changed"):
            FolderUse.shared(tmp_path, wait_s=0)
        with pytest.raises(ClinicInUse):
            FolderUse.exclusive(tmp_path)
    with FolderUse.shared(tmp_path):
        pass


def test_eight_killed_processes_leave_no_lock_behind(tmp_path: Path) -> None:
    with holders(tmp_path, "shared", PROCESSES) as processes:
        with pytest.raises(ClinicInUse):
            FolderUse.exclusive(tmp_path)
        for process in processes[1:]:
            process.kill()
            process.wait()
        with pytest.raises(ClinicInUse):
            FolderUse.exclusive(tmp_path)
        processes[0].kill()
        processes[0].wait()
        FolderUse.exclusive(tmp_path).release()


def test_a_killed_process_that_held_the_folder_alone_leaves_no_lock_behind(tmp_path: Path) -> None:
    with holders(tmp_path, "exclusive", 1) as (process,):
        with pytest.raises(ClinicInUse):
            FolderUse.shared(tmp_path, wait_s=0)
        process.kill()
        process.wait()
        FolderUse.shared(tmp_path, wait_s=0).release()
    assert [file.name for file in tmp_path.iterdir()] == [USE_NAME], "no journal is left"


def test_a_waiting_process_goes_on_when_the_folder_is_let_go(tmp_path: Path) -> None:
    alone = FolderUse.exclusive(tmp_path)
    waiting = subprocess.Popen(  # noqa: S603 - our own words, no shell
        [sys.executable, "-c", HOLDER, "shared", str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    alone.release()
    assert waiting.communicate("")[0] == "held\n"


def test_letting_go_twice_does_no_harm(tmp_path: Path) -> None:
    use = FolderUse.shared(tmp_path)
    use.release()
    use.release()
    FolderUse.exclusive(tmp_path).release()


def test_a_shared_folder_is_held_alone_for_a_while_and_shared_again(tmp_path: Path) -> None:
    with FolderUse.shared(tmp_path) as use:
        with use.alone(), pytest.raises(ClinicInUse, match="being replaced"):
            FolderUse.shared(tmp_path, wait_s=0)
        with FolderUse.shared(tmp_path), pytest.raises(ClinicInUse, match="open in another"), use.alone():
            pytest.fail("somebody else uses it")
        with pytest.raises(ClinicInUse):
            FolderUse.exclusive(tmp_path)
    FolderUse.exclusive(tmp_path).release()


@pytest.mark.parametrize("content", [b"x" * 5000, b"SQLite format 3\x00" + b"\xff" * 4080, b"words"])
def test_rubbish_in_the_file_locks_nobody_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / USE_NAME).write_bytes(content)
    with FolderUse.shared(tmp_path, wait_s=0), pytest.raises(ClinicInUse):
        FolderUse.exclusive(tmp_path)
    with FolderUse.exclusive(tmp_path):
        pass


@pytest.mark.skipif(os.name == "nt", reason="making a link takes a right there that few have")
@pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to])
def test_a_link_in_its_place_empties_nobody_elses_file(
    tmp_path: Path, link: Callable[[Path, Path], None]
) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    link(tmp_path / USE_NAME, precious)
    with pytest.raises(StoreUnavailable, match="leads to another file"):
        FolderUse.shared(tmp_path, wait_s=0)
    assert precious.read_bytes() == b"precious"


@pytest.mark.skipif(os.name == "nt", reason="rights are kept otherwise there")
def test_the_file_is_nobody_elses_to_lock(tmp_path: Path) -> None:
    FolderUse.shared(tmp_path).release()
    assert (tmp_path / USE_NAME).stat().st_mode & 0o077 == 0


def test_a_disk_that_cannot_say_what_the_file_is_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    FolderUse.shared(tmp_path).release()
    real = Path.stat

    def failing(path: Path, **named: bool) -> os.stat_result:
        if path.name == USE_NAME:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(path, **named)

    monkeypatch.setattr(Path, "stat", failing)
    with pytest.raises(StoreUnavailable, match="Check the disk"):
        FolderUse.shared(tmp_path)


def test_the_file_stays_empty(tmp_path: Path) -> None:
    with FolderUse.exclusive(tmp_path):
        pass
    with FolderUse.shared(tmp_path):
        pass
    assert (tmp_path / USE_NAME).read_bytes() == b""


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="nothing was saved"):
        FolderUse.shared(tmp_path / "nowhere")
