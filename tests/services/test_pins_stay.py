"""A pinned backup stays pinned while its stick is away, under another stick's name, and in another place."""

from datetime import timedelta
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from mnclinic.domain.backup_rotation import Keep
from mnclinic.services.adopt_found_backups import adopt_found_backups
from mnclinic.services.back_up import back_up
from mnclinic.services.backup_plan import change_plan
from mnclinic.services.backup_rows import enter, new_row, views
from mnclinic.services.check_backup import check_backup
from mnclinic.services.pin_backup import pin_backup
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import read_manifest
from tests.services.clinic_builder import SmallClinic
from tests.services.reading import problems_found


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    """The name under which the computer shows whichever stick is plugged in."""
    folder = tmp_path / "E"
    folder.mkdir()
    return folder


def a_day_later(clinic: SmallClinic, owner: OpenClinic) -> OpenClinic:
    owner.close()
    clinic.clock.at += timedelta(days=1)
    return clinic.as_user("owner")


def pinned(owner: OpenClinic) -> dict[str, bool]:
    return {str(one.folder): one.is_pinned for one in views(owner)}


@pytest.mark.parametrize("looks_first", [True, False])
def test_two_sticks_that_take_turns_under_one_name_lose_no_pin(
    clinic: SmallClinic, drive: Path, tmp_path: Path, looks_first: bool
) -> None:
    owner = clinic.as_user("owner")
    change_plan(owner, folder=drive, keep=Keep(1, 1, 1))
    kept = back_up(owner).backup
    pin_backup(owner, kept.name, is_pinned=True)
    drive.rename(tmp_path / "first")
    drive.mkdir()
    owner = a_day_later(clinic, owner)
    back_up(owner)
    assert pinned(owner)[str(kept.folder)]
    drive.rename(tmp_path / "second")
    (tmp_path / "first").rename(drive)
    owner = a_day_later(clinic, owner)
    if looks_first:
        adopt_found_backups(owner)
    assert kept.name not in back_up(owner).removed
    assert kept.folder.is_dir()
    assert pinned(owner)[str(kept.folder)]
    assert problems_found(owner) == []


@pytest.mark.parametrize("is_named", [True, False])
def test_a_pinned_backup_that_is_found_in_another_place_is_pinned_there_too(
    clinic: SmallClinic, drive: Path, tmp_path: Path, is_named: bool
) -> None:
    """Another letter for the same stick, or a copy: by looking through the place, or by checking it."""
    owner = clinic.as_user("owner")
    kept = back_up(owner, drive).backup
    pin_backup(owner, kept.name, is_pinned=True)
    other = tmp_path / "F"
    copytree(drive, other)
    rmtree(drive)
    if is_named:
        check_backup(owner, other / kept.name)
    else:
        adopt_found_backups(owner, other)
    assert pinned(owner)[str(other / kept.name)]
    owner = a_day_later(clinic, owner)
    change_plan(owner, keep=Keep(1, 1, 1))
    assert back_up(owner, other).removed == ()
    assert problems_found(owner) == []
    pin_backup(owner, kept.name, is_pinned=False)
    assert kept.name in back_up(owner, other).removed
    assert problems_found(owner) == []


def test_a_pin_that_was_taken_away_does_not_come_back_with_the_stick(
    clinic: SmallClinic, drive: Path, tmp_path: Path
) -> None:
    owner = clinic.as_user("owner")
    kept = back_up(owner, drive).backup
    for is_pinned in (True, False):
        pin_backup(owner, kept.name, is_pinned=is_pinned)
    drive.rename(tmp_path / "first")
    drive.mkdir()
    owner = a_day_later(clinic, owner)
    back_up(owner, drive)
    rmtree(drive)
    (tmp_path / "first").rename(drive)
    assert adopt_found_backups(owner).added == (kept.name,)
    assert not pinned(owner)[str(kept.folder)]
    assert problems_found(owner) == []


def test_a_backup_that_nobody_pinned_does_not_begin_pinned(clinic: SmallClinic, drive: Path) -> None:
    owner = clinic.as_user("owner")
    folder = back_up(owner, drive).backup.folder
    manifest, digest = read_manifest(folder)
    with owner.work() as work:
        row = new_row(work, folder.with_name(folder.name + "-again"), manifest, digest, None)
        row.is_pinned = True
        said = {"kind": row.kind, "size_bytes": row.size_bytes, "log_size": None, "is_pinned": True}
        enter(work, row, "backup.made", "C", said)
        work.commit()
    told = f"backup {folder.name}-again: whether it is kept for ever is not what the last change of it says"
    assert told in problems_found(owner)
