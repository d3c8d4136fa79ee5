"""The simulated disk itself: what is synced stays, what is not may go, names need their folder."""

import random
from pathlib import Path

import pytest

from tests.faults.power_cuts import Disk, replay, write_image
from tests.faults.shim import Event, Kind

LIVE = Path("/live")


def created(file: int, name: str) -> Event:
    return Event(Kind.CREATE, file, 0, f"/live/{name}".encode(), b"")


def written(file: int, at: int, data: bytes) -> Event:
    return Event(Kind.WRITE, file, at, data, b"")


def synced(file: int) -> Event:
    return Event(Kind.SYNC, file, 0, b"", b"")


FOLDER_SYNCED = [Event(Kind.OPEN, 99, 1, b"/live", b""), Event(Kind.SYNC_FOLDER, 99, 0, b"", b"")]


def after_a_cut(tmp_path: Path, events: list[Event], mood: str) -> dict[str, bytes]:
    start = tmp_path / "start"
    start.mkdir(exist_ok=True)
    disk = Disk.of(start, LIVE)
    replay(disk, events)
    names, content = disk.after_a_cut(random.Random(1), mood)
    write_image(names, content, LIVE, tmp_path / "image")
    return {path.name: path.read_bytes() for path in (tmp_path / "image").iterdir()}


def test_a_file_without_its_folders_sync_has_no_name(tmp_path: Path) -> None:
    events = [created(1, "a"), written(1, 0, b"whole"), synced(1)]
    assert after_a_cut(tmp_path, events, "none") == {}


def test_what_was_synced_is_there(tmp_path: Path) -> None:
    events = [created(1, "a"), written(1, 0, b"whole"), synced(1), *FOLDER_SYNCED]
    assert after_a_cut(tmp_path, events, "none") == {"a": b"whole"}


def test_what_was_not_synced_is_lost_or_kept(tmp_path: Path) -> None:
    events = [created(1, "a"), written(1, 0, b"old"), synced(1), *FOLDER_SYNCED, written(1, 0, b"new")]
    assert after_a_cut(tmp_path, events, "none") == {"a": b"old"}
    assert after_a_cut(tmp_path, events, "all") == {"a": b"new"}


def test_a_long_write_is_torn_at_sectors(tmp_path: Path) -> None:
    old, new = b"o" * 4096, b"n" * 4096
    events = [created(1, "a"), written(1, 0, old), synced(1), *FOLDER_SYNCED, written(1, 0, new)]
    torn = after_a_cut(tmp_path, events, "some")["a"]
    sectors = {torn[at : at + 512] for at in range(0, 4096, 512)}
    assert sectors == {b"o" * 512, b"n" * 512}


@pytest.mark.parametrize(("mood", "there"), [("none", {"a": b"1", "b": b"2"}), ("all", {"b": b"1"})])
def test_a_rename_is_whole_or_not_there(tmp_path: Path, mood: str, there: dict[str, bytes]) -> None:
    events = [
        created(1, "a"),
        written(1, 0, b"1"),
        synced(1),
        created(2, "b"),
        written(2, 0, b"2"),
        synced(2),
    ]
    events += [*FOLDER_SYNCED, Event(Kind.RENAME, 0, 0, b"/live/a", b"/live/b")]
    assert after_a_cut(tmp_path, events, mood) == there
