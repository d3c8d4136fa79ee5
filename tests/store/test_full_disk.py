"""The disk is full or fails: reading goes on, nothing is half-saved, and the spare helps once."""

import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mnclinic.errors import (
    ClinicInUse,
    ClinicReadOnly,
    DiskFull,
    StoreUnavailable,
    TooManyTries,
    WrongCredentials,
)
from mnclinic.services import credentials
from mnclinic.services.find_patients import show_patient
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.look_back import look_back
from mnclinic.services.notices import notices
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.read_log import open_log
from mnclinic.services.session import OpenClinic
from mnclinic.store import engine as engine_module
from mnclinic.store import spare as spare_module
from mnclinic.store.engine import DATABASE_NAME
from mnclinic.store.spare import SPARE_NAME, Spare
from tests.services.clinic_builder import SmallClinic, add_person
from tests.services.reading import counts, problems_found
from tests.store.tiny_disk import can_mount, fill, remount, tiny_disk

with tempfile.TemporaryDirectory() as probed:
    REAL_DISKS = ["tiny"] if can_mount(Path(probed)) else []
"""A real disk that fills up, where one can be had; the other tests need none."""
NOTED = "Noted outside the log while nothing could be stored, and not signed by R. Frontley: "
READ_ONLY_WAYS = ["disk"] if REAL_DISKS else ["rights"] if os.geteuid() else []
"""Whom nothing keeps from writing can be shown a read-only disk alone."""


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
        owner = clinic.as_user("owner")
        assert "The disk is full, so the clinic is open for reading alone" in (owner.read_only or "")
        with pytest.raises(ClinicReadOnly):
            add_person(owner, "Refused")
        clinic.close()
        (disk / "filling").unlink()
        owner = clinic.as_user("owner")
        add_person(owner, "After")
        assert counts(owner)["patient"] == before["patient"] + 1
        assert problems_found(owner) == []
        assert (clinic.folder / SPARE_NAME).exists()
        assert (clinic.folder / DATABASE_NAME).exists()
        clinic.close()
        clinic.opened.clear()


# --- nothing can be written at all -------------------------------------------------------------------


def sentences(clinic: OpenClinic) -> list[str]:
    """The newest entries of the log in words."""
    return [row.sentence for row in open_log(clinic, LogFilter()).rows]


@contextmanager
def nothing_can_be_written(folder: Path, disk: Path | None) -> Iterator[None]:
    """A read-only disk, or where none can be had a folder and files without the right to write."""
    if disk is not None:
        remount(disk, "ro")
        try:
            yield
        finally:
            remount(disk, "rw")
        return
    rights = {path: path.stat().st_mode for path in (folder, *folder.iterdir())}
    for path in rights:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
    finally:
        for path, mode in rights.items():
            path.chmod(mode)


@pytest.fixture
def on_a_disk(clinic: SmallClinic, tmp_path: Path) -> Iterator[Path | None]:
    """The clinic on a disk of its own, where one can be had, and closed."""
    desk = clinic.as_user("desk")
    add_person(desk, "Stored")
    clinic.close()
    clinic.opened.clear()
    if not REAL_DISKS:
        yield None
        return
    with tiny_disk(tmp_path / "disk", size_bytes=32 << 20) as disk:
        clinic.folder = Path(shutil.copytree(clinic.folder, disk / "clinic"))
        (clinic.folder / SPARE_NAME).unlink(missing_ok=True)
        yield disk


@contextmanager
def without_a_byte(disk: Path | None) -> Iterator[None]:
    """A full disk, and room again afterwards."""
    if disk is None:
        raise AssertionError("it takes a real disk")
    fill(disk)
    yield
    (disk / "filling").unlink()


@pytest.mark.parametrize("_disk", REAL_DISKS)
def test_a_full_disk_without_the_spare_lets_people_log_in_and_read_and_enters_that_later(
    clinic: SmallClinic, on_a_disk: Path | None, _disk: str
) -> None:
    with without_a_byte(on_a_disk):
        desk = clinic.as_user("desk")
        assert "The disk is full, so the clinic is open for reading alone" in (desk.read_only or "")
        assert show_patient(desk, "P-000001").last_name == "Stored"
        assert look_back(desk, "LOT-1") == ()
        assert {one.page for one in notices(desk) if one.code == "read_only"} == {""}
        with pytest.raises(ClinicReadOnly, match="Free some space on the disk, then log in again"):
            add_person(desk, "Refused")
        clinic.close()
        clinic.opened.clear()
    owner = clinic.as_user("owner")
    said = sentences(owner)
    assert any(one.startswith(f"{NOTED}R. Frontley logged in: at ") for one in said)
    assert any(f"{NOTED}R. Frontley opened the chart of" in one for one in said)
    assert any(f"{NOTED}R. Frontley looked people up" in one for one in said)
    assert problems_found(owner) == []


@pytest.mark.parametrize("_disk", REAL_DISKS)
def test_tries_are_counted_on_a_full_disk_as_ever(
    clinic: SmallClinic, on_a_disk: Path | None, _disk: str
) -> None:
    with without_a_byte(on_a_disk):
        for _ in range(5):
            with pytest.raises(WrongCredentials, match="not right"):
                open_clinic(clinic.folder, "desk", "a wrong password", clock=clinic.clock)
        for _ in range(2):
            with pytest.raises(TooManyTries):
                clinic.as_user("desk")


@pytest.mark.parametrize("_way", READ_ONLY_WAYS)
def test_a_read_only_folder_is_read_and_keeps_nobody_out(
    clinic: SmallClinic, on_a_disk: Path | None, monkeypatch: pytest.MonkeyPatch, _way: str
) -> None:
    monkeypatch.setattr(credentials, "PAUSE_S", 0.0)
    with nothing_can_be_written(clinic.folder, on_a_disk):
        before = {path.name: path.stat().st_mtime_ns for path in clinic.folder.iterdir()}
        desk = clinic.as_user("desk")
        assert "folder cannot be written, so the clinic is open for reading alone" in (desk.read_only or "")
        assert show_patient(desk, "P-000001").last_name == "Stored"
        with pytest.raises(ClinicReadOnly):
            add_person(desk, "Refused")
        clinic.close()
        clinic.opened.clear()
        assert {path.name: path.stat().st_mtime_ns for path in clinic.folder.iterdir()} == before
    assert problems_found(clinic.as_user("owner")) == []


@pytest.mark.parametrize("_way", READ_ONLY_WAYS)
def test_a_read_only_folder_hands_out_no_free_tries(
    clinic: SmallClinic, on_a_disk: Path | None, monkeypatch: pytest.MonkeyPatch, _way: str
) -> None:
    paused: list[float] = []
    monkeypatch.setattr("time.sleep", paused.append)
    with nothing_can_be_written(clinic.folder, on_a_disk):
        with pytest.raises(WrongCredentials, match="not right"):
            open_clinic(clinic.folder, "desk", "a wrong password", clock=clinic.clock)
        assert paused == [credentials.PAUSE_S]
        for user in ("desk", "owner", "nobody"):
            with pytest.raises(TooManyTries, match="Wait 30 seconds"):
                open_clinic(clinic.folder, user, "whatever it is", clock=clinic.clock)
        clinic.clock.ticks += 31_000
        assert clinic.as_user("desk").read_only is not None
        clinic.close()
        clinic.opened.clear()


@pytest.mark.parametrize("_way", READ_ONLY_WAYS)
def test_tries_that_were_counted_before_hold_in_a_folder_made_read_only(
    clinic: SmallClinic, on_a_disk: Path | None, _way: str
) -> None:
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            open_clinic(clinic.folder, "desk", "a wrong password", clock=clinic.clock)
    with nothing_can_be_written(clinic.folder, on_a_disk), pytest.raises(TooManyTries):
        clinic.as_user("desk")


def test_a_database_that_is_written_while_it_is_read_alone_is_not_read_on(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Room was made, and another window works again."""
    monkeypatch.setattr(engine_module, "_may_be_written", lambda _path: False)
    reader = clinic.as_user("owner")
    assert counts(reader)["patient"] == 0
    monkeypatch.undo()
    add_person(clinic.as_user("desk"), "Newer")
    with pytest.raises(ClinicInUse, match=r"open here for reading alone.*Log in again"):
        counts(reader)


@pytest.mark.parametrize("_disk", REAL_DISKS)
def test_somebody_at_work_goes_on_reading_when_the_disk_fills_up(
    clinic: SmallClinic, on_a_disk: Path | None, _disk: str
) -> None:
    desk = clinic.as_user("desk")
    (clinic.folder / SPARE_NAME).unlink(missing_ok=True)
    with without_a_byte(on_a_disk):
        for _ in range(40):
            assert show_patient(desk, "P-000001").last_name == "Stored"
    said = sentences(clinic.as_user("owner"))
    assert any(f"{NOTED}R. Frontley opened the chart of" in one for one in said)
    assert problems_found(desk) == []
