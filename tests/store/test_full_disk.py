"""The disk is full or fails: reading goes on, nothing is half-saved, and the spare helps once."""

import resource
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mnclinic.errors import DiskFull, StoreUnavailable
from mnclinic.services.session import OpenClinic
from mnclinic.store import spare as spare_module
from mnclinic.store.engine import DATABASE_NAME
from mnclinic.store.spare import SPARE_NAME, Spare
from tests.services.clinic_builder import SmallClinic, add_person
from tests.services.reading import counts, problems_found
from tests.store.tiny_disk import can_mount, fill, tiny_disk

with tempfile.TemporaryDirectory() as probed:
    REAL_DISKS = ["tiny"] if can_mount(Path(probed)) else []
"""A real disk that fills up, where one can be had; the other tests need none."""


@contextmanager
def files_that_cannot_grow(clinic: SmallClinic) -> Iterator[None]:
    """No file of this process gets longer than the database is now, as on a disk that fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    longest = max(file.stat().st_size for file in clinic.folder.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (min(longest, 40_000), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def hardly_any_room(monkeypatch: pytest.MonkeyPatch, folder: Path, free: int = 1000) -> Iterator[None]:
    """The disk says that it is nearly full."""
    real = shutil.disk_usage(folder)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _path: real._replace(free=free))
        yield


def add_until_refused(clinic: OpenClinic, words: int = 1) -> tuple[StoreUnavailable, dict[str, int]]:
    """Add people until the disk says no: what was said, and how many rows there were before that one."""
    for number in range(200):
        before = counts(clinic)
        try:
            add_person(clinic, f"Name{number}" * words)
        except StoreUnavailable as refused:
            return refused, before
    raise AssertionError("the disk never refused")


def test_the_spare_is_made_at_the_first_commit_and_takes_its_room_for_real(clinic: SmallClinic) -> None:
    clinic.as_user("desk")
    file = clinic.folder / SPARE_NAME
    assert file.stat().st_size == spare_module.SPARE_BYTES
    assert file.stat().st_blocks * 512 >= spare_module.SPARE_BYTES


def test_a_program_that_writes_the_spare_byte_by_byte_takes_the_same_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on the systems that cannot be asked for room."""
    monkeypatch.delattr("os.posix_fallocate")
    monkeypatch.setattr(spare_module, "ONE_WRITE_BYTES", 4096)
    assert Spare(tmp_path).keep()
    assert (tmp_path / SPARE_NAME).stat().st_size == spare_module.SPARE_BYTES
    assert len(set((tmp_path / SPARE_NAME).read_bytes())) > 200, "a disk that compresses would save on zeros"


def test_no_spare_is_made_where_it_would_take_the_last_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hardly_any_room(monkeypatch, tmp_path, free=4 * spare_module.SPARE_BYTES - 1):
        assert not Spare(tmp_path).keep()
    assert list(tmp_path.iterdir()) == []
    with hardly_any_room(monkeypatch, tmp_path, free=4 * spare_module.SPARE_BYTES):
        assert Spare(tmp_path).keep()


def test_the_spare_is_given_up_before_it_is_needed_and_made_again_when_there_is_room(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = clinic.as_user("desk")
    file = clinic.folder / SPARE_NAME
    with hardly_any_room(monkeypatch, clinic.folder):
        add_person(desk, "Stored")
        assert not file.exists()
        add_person(desk, "Also")
        assert not file.exists()
    add_person(desk, "Afterwards")
    assert file.exists()


def test_nobody_who_logs_in_meets_a_full_disk_before_the_spare_is_given_up(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.as_user("desk")
    clinic.close()
    with hardly_any_room(monkeypatch, clinic.folder):
        assert problems_found(clinic.as_user("owner")) == []
        assert not (clinic.folder / SPARE_NAME).exists()


def test_a_failing_disk_keeps_nothing_of_the_act_and_everything_before(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    add_person(desk, "Before")
    with files_that_cannot_grow(clinic):
        refused, before = add_until_refused(desk)
        assert "Nothing half-done was kept" in refused.sentence
        assert counts(desk) == before, "it can still be read"
        assert problems_found(desk) == []
    add_person(desk, "After")
    assert counts(desk)["patient"] == before["patient"] + 1
    assert problems_found(desk) == []


def test_a_failing_disk_on_which_there_is_no_room_is_told_as_a_full_one(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = clinic.as_user("desk")
    with files_that_cannot_grow(clinic), hardly_any_room(monkeypatch, clinic.folder):
        refused, before = add_until_refused(desk)
    assert isinstance(refused, DiskFull)
    assert "was not saved" in refused.sentence
    assert counts(desk) == before
    assert problems_found(desk) == []


def test_an_act_on_a_full_disk_gives_up_the_spare_and_says_so(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk filled up between the look at it and the write."""
    desk = clinic.as_user("desk")
    engine = desk.store.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    file = clinic.folder / SPARE_NAME
    assert file.exists()
    refused, before = add_until_refused(desk, 20)
    assert isinstance(refused, DiskFull)
    assert "A reserve was given up for you: save again now" in refused.sentence
    assert not file.exists()
    assert counts(desk) == before
    again, _ = add_until_refused(desk, 20)
    assert isinstance(again, DiskFull)
    assert "Free some space on the disk, then save again" in again.sentence
    engine.dispose()
    add_person(desk, "After")
    assert problems_found(desk) == []


@pytest.mark.parametrize("_disk", REAL_DISKS)
def test_on_a_disk_that_is_really_full_reading_goes_on_and_the_act_succeeds_after_room_was_made(
    clinic: SmallClinic, tmp_path: Path, _disk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spare_module, "SPARE_BYTES", 1 << 20)
    monkeypatch.setattr(spare_module, "SHORT_BYTES", 1 << 18)
    with tiny_disk(tmp_path / "disk", size_bytes=8 << 20) as disk:
        clinic.folder = Path(shutil.copytree(clinic.folder, disk / "clinic"))
        (clinic.folder / SPARE_NAME).unlink(missing_ok=True)
        desk = clinic.as_user("desk")
        assert (clinic.folder / SPARE_NAME).stat().st_size == 1 << 20
        fill(disk)
        # The spare lets this act be stored on a disk without a byte left.
        add_person(desk, "Finished")
        assert not (clinic.folder / SPARE_NAME).exists()
        fill(disk)
        refused, before = add_until_refused(desk)
        assert isinstance(refused, DiskFull)
        assert "was not saved" in refused.sentence
        assert counts(desk) == before
        assert problems_found(desk) == []
        clinic.close()
        fill(disk)
        with pytest.raises(DiskFull, match=r"The disk is full.*Free some space on the disk"):
            clinic.as_user("owner")
        (disk / "filling").unlink()
        owner = clinic.as_user("owner")
        add_person(owner, "After")
        assert counts(owner)["patient"] == before["patient"] + 1
        assert problems_found(owner) == []
        assert (clinic.folder / SPARE_NAME).exists()
        assert (clinic.folder / DATABASE_NAME).exists()
        clinic.close()
        clinic.opened.clear()
