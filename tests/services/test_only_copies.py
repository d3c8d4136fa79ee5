"""A backup that holds entries which the clinic's log lacks stays for as long as that is so, and is told."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from mnclinic.domain.backup_rotation import Keep
from mnclinic.services.adopt_found_backups import adopt_found_backups
from mnclinic.services.back_up import back_up
from mnclinic.services.backup_plan import ONLY_COPY, backup_notices, change_plan
from mnclinic.services.backup_rows import enter, row_of, views
from mnclinic.services.continue_after_loss import continue_after_loss
from mnclinic.services.pin_backup import pin_backup
from mnclinic.services.restore_clinic import restore_clinic
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.session import OpenClinic
from mnclinic.store.engine import DATABASE_NAME
from tests.services.clinic_builder import PASSWORDS, SmallClinic, add_person
from tests.services.reading import problems_found
from tests.services.test_anchors import LIND, put_back, shut, worked_on


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A disk for backups."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def a_day_later(clinic: SmallClinic) -> OpenClinic:
    shut(clinic)
    clinic.clock.at += timedelta(days=1)
    return clinic.as_user("owner")


def only_copies(owner: OpenClinic) -> list[str]:
    return [one.name for one in views(owner) if one.is_only_copy]


def told(owner: OpenClinic) -> list[str]:
    return [one.sentence for one in backup_notices(owner) if one.code == ONLY_COPY]


Change = Callable[[OpenClinic], object]


def nothing(_owner: OpenClinic) -> None:
    """Between the older backup and the newer."""


def restored_from_the_older(clinic: SmallClinic, place: Path, tmp_path: Path, between: Change) -> Path:
    """The newer backup, which lies in its place while the clinic goes on from an older one."""
    older = back_up(clinic.as_user("owner"), place).backup
    drawer = tmp_path / "drawer" / older.name
    shutil.copytree(older.folder, drawer)
    owner = a_day_later(clinic)
    between(owner)
    add_person(owner, "Onlyhere")
    newer = back_up(owner, place).backup.folder
    shut(clinic)
    password = PASSWORDS["owner"]
    restore_clinic(drawer, tmp_path / "new", user="owner", password=password, clock=clinic.clock)
    clinic.folder = tmp_path / "new"
    return newer


def another_key(owner: OpenClinic) -> None:
    rotate_database_key(owner, "yearly")


@pytest.mark.parametrize(("keep", "days"), [(Keep(), 9), (Keep(1, 1, 1), 2)])
def test_what_a_restoration_of_an_older_copy_left_behind_outlives_every_plan(
    clinic: SmallClinic, place: Path, tmp_path: Path, keep: Keep, days: int
) -> None:
    newer = restored_from_the_older(clinic, place, tmp_path, nothing)
    owner = a_day_later(clinic)
    change_plan(owner, folder=place, keep=keep)
    assert dict(adopt_found_backups(owner).verdicts)[newer.name] == "EXPLAINED"
    for _ in range(days):
        owner = a_day_later(clinic)
        assert newer.name not in back_up(owner).removed
    assert newer.is_dir()
    assert only_copies(owner) == [newer.name]
    (sentence,) = told(owner)
    assert f"in {place} holds entries that this clinic's log lacks. They may be nowhere else" in sentence
    assert problems_found(owner) == []
    pin_backup(owner, newer.name, is_pinned=True)
    assert not pin_backup(owner, newer.name, is_pinned=False).is_pinned
    owner = a_day_later(clinic)
    assert newer.name not in back_up(owner).removed, "a pin that is taken away lets nothing lost go"


def test_one_that_nobody_can_open_now_is_judged_by_its_checkpoint(
    clinic: SmallClinic, place: Path, tmp_path: Path
) -> None:
    newer = restored_from_the_older(clinic, place, tmp_path, another_key)
    owner = a_day_later(clinic)
    change_plan(owner, folder=place, keep=Keep(1, 1, 1))
    adopt_found_backups(owner)
    assert next(one.verdict for one in views(owner) if one.folder == newer) is None
    for _ in range(2):
        owner = a_day_later(clinic)
        assert newer.name not in back_up(owner).removed


def test_a_damaged_one_stays_too(clinic: SmallClinic, place: Path, tmp_path: Path) -> None:
    newer = restored_from_the_older(clinic, place, tmp_path, nothing)
    (newer / "clinic.head").unlink()
    owner = a_day_later(clinic)
    assert dict(adopt_found_backups(owner, place).verdicts)[newer.name] == "INCOMPLETE"
    assert newer.name not in back_up(owner, place).removed
    assert only_copies(owner) == [newer.name]


def test_a_backup_of_another_history_is_no_good_backup_of_this_one(
    clinic: SmallClinic, place: Path, tmp_path: Path
) -> None:
    restored_from_the_older(clinic, place, tmp_path, nothing)
    owner = a_day_later(clinic)
    adopt_found_backups(owner, place)
    assert [one.verdict for one in views(owner)] == ["EXPLAINED", "OK"]
    assert "No good backup for 2 days." in " ".join(one.sentence for one in backup_notices(owner))


@pytest.mark.parametrize("is_declared", [True, False])
def test_entries_that_were_lost_without_a_restoration_stay_in_their_backup(
    clinic: SmallClinic, place: Path, is_declared: bool
) -> None:
    worked_on(clinic)
    database = (clinic.folder / DATABASE_NAME).read_bytes()
    worked_on(clinic, "Otherson")
    of_the_lost = back_up(clinic.as_user("desk"), place).backup
    shut(clinic)
    put_back(clinic, database)
    if not is_declared:
        (clinic.folder / "clinic.head").unlink()
    owner = clinic.as_user("owner")
    if is_declared:
        continue_after_loss(owner, "The disk died.", LIND)
    change_plan(owner, folder=place, keep=Keep(1, 1, 1))
    adopt_found_backups(owner)
    for _ in range(2):
        owner = a_day_later(clinic)
        assert of_the_lost.name not in back_up(owner).removed
    assert only_copies(owner) == [of_the_lost.name]
    assert len(told(owner)) == 1


def test_what_an_earlier_program_judged_without_asking_is_asked(
    clinic: SmallClinic, place: Path, tmp_path: Path
) -> None:
    newer = restored_from_the_older(clinic, place, tmp_path, nothing)
    owner = clinic.as_user("owner")
    adopt_found_backups(owner, place)
    with owner.work() as work:
        row = row_of(work, newer)
        assert row is not None
        row.checked_at = clinic.clock.now()
        enter(work, row, "backup.checked", "R", {"verdict": row.verdict, "log_size": row.log_size})
        work.commit()
    assert only_copies(owner) == []
    assert adopt_found_backups(owner).verdicts == ((newer.name, "EXPLAINED"),)
    assert only_copies(owner) == [newer.name]
    assert adopt_found_backups(owner).verdicts == (), "once"
