"""The plan for backups: what holds, when one is due, what Today says, and what pins and holds keep."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest

from mnclinic.domain.backup_rotation import Keep
from mnclinic.errors import InvalidInput, NotPermitted, StoreUnavailable
from mnclinic.services.back_up import back_up
from mnclinic.services.backup_plan import backup_notices, change_plan, due, plan_of
from mnclinic.services.backup_rows import views
from mnclinic.services.check_backup import check_backup
from mnclinic.services.copy_closed_clinic import (
    closed_copy_due,
    copy_at_closing,
    copy_closed_clinic,
    enter_missed,
)
from mnclinic.services.pin_backup import pin_backup
from mnclinic.services.session import OpenClinic
from mnclinic.store.folder_use import FolderUse
from tests.services.clinic_builder import SmallClinic
from tests.services.reading import actions_since, log_size, problems_found
from tests.store.tiny_disk import can_mount, tiny_disk

with tempfile.TemporaryDirectory() as probed:
    REAL_DISKS = ["tiny"] if can_mount(Path(probed)) else []


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def codes(clinic: OpenClinic) -> list[str]:
    return [notice.code for notice in backup_notices(clinic)]


def test_until_a_plan_is_set_backups_are_daily_at_closing_and_beside_the_clinic(clinic: SmallClinic) -> None:
    plan = plan_of(clinic.as_user("desk"))
    assert (plan.folder, plan.every_h, plan.at_close) == (clinic.folder / "backups", 24, True)
    assert (plan.keep, plan.legal_hold, plan.is_own_disk) == (Keep(7, 5, 12), False, True)


def test_a_plan_changes_in_the_part_that_is_given_and_the_log_says_so(
    clinic: SmallClinic, place: Path
) -> None:
    owner = clinic.as_user("owner")
    before = log_size(owner)
    change_plan(owner, folder=place, every_h=4)
    plan = change_plan(owner, keep=Keep(3, 2, 1))
    assert (plan.folder, plan.every_h, plan.keep, plan.is_default) == (place, 4, Keep(3, 2, 1), False)
    assert actions_since(owner, before) == ["setting.changed", "setting.changed"]
    assert back_up(clinic.as_user("desk")).backup.place == place
    assert problems_found(owner) == []


def test_the_front_desk_makes_backups_but_does_not_change_the_plan(clinic: SmallClinic, place: Path) -> None:
    with pytest.raises(NotPermitted):
        change_plan(clinic.as_user("desk"), folder=place)


def test_a_folder_that_is_not_there_does_not_become_the_plan(clinic: SmallClinic, tmp_path: Path) -> None:
    owner = clinic.as_user("owner")
    with pytest.raises(StoreUnavailable, match=r"is not there.*Nothing was changed\."):
        change_plan(owner, folder=tmp_path / "nowhere")
    with pytest.raises(InvalidInput, match="every 1 to"):
        change_plan(owner, every_h=0)
    assert plan_of(owner).is_own_disk


@pytest.mark.parametrize(
    "keep", [Keep(0, 0, 0), Keep(0, 5, 12), Keep(7, 0, 12), Keep(7, 5, 0), Keep(-1, 1, 1)]
)
def test_keeping_backups_cannot_be_switched_off(clinic: SmallClinic, keep: Keep) -> None:
    owner = clinic.as_user("owner")
    with pytest.raises(InvalidInput, match=r"at least one day, one week and one month.*Nothing was changed"):
        change_plan(owner, keep=keep)
    assert plan_of(owner).keep == Keep(7, 5, 12)
    assert change_plan(owner, keep=Keep(1, 1, 1)).keep == Keep(1, 1, 1)


def test_a_folder_of_another_name_on_the_same_disk_is_still_this_pc_alone(
    clinic: SmallClinic, place: Path
) -> None:
    owner = clinic.as_user("owner")
    assert change_plan(owner, folder=place).is_own_disk
    back_up(owner)
    assert codes(owner) == ["backup_own_disk"]


@pytest.mark.parametrize("_disk", REAL_DISKS)
def test_another_disk_is_told_by_its_volume(clinic: SmallClinic, tmp_path: Path, _disk: str) -> None:
    owner = clinic.as_user("owner")
    with tiny_disk(tmp_path / "stick", size_bytes=64 << 20) as disk:
        assert not change_plan(owner, folder=disk).is_own_disk
        back_up(owner)
        assert codes(owner) == []


def test_a_backup_is_due_at_first_then_after_the_interval_and_after_a_clock_that_was_ahead(
    clinic: SmallClinic,
) -> None:
    owner = clinic.as_user("owner")
    assert due(owner, clinic.clock.now())
    made_at = back_up(owner).backup.made_at
    assert not due(owner, made_at + timedelta(hours=23))
    assert due(owner, made_at + timedelta(hours=24))
    assert due(owner, made_at - timedelta(days=400))


def test_a_failed_backup_is_still_due_and_shows(clinic: SmallClinic, tmp_path: Path) -> None:
    owner = clinic.as_user("owner")
    with pytest.raises(StoreUnavailable):
        back_up(owner, tmp_path / "unplugged")
    assert due(owner, clinic.clock.now())
    assert codes(owner)[0] == "backup_failed"
    assert "could not be made" in backup_notices(owner)[0].sentence
    back_up(owner)
    assert codes(owner) == ["backup_own_disk"]


def test_a_planned_disk_that_was_unplugged_shows_before_the_next_backup(
    clinic: SmallClinic, place: Path
) -> None:
    owner = clinic.as_user("owner")
    change_plan(owner, folder=place)
    back_up(owner)
    assert codes(owner) == ["backup_own_disk"]
    place.rename(place.with_name("drawer"))
    assert codes(owner) == ["backup_place_missing"]


def test_days_without_a_good_backup_are_counted(clinic: SmallClinic, place: Path) -> None:
    owner = clinic.as_user("owner")
    change_plan(owner, folder=place)
    back_up(owner)
    clinic.clock.at += timedelta(days=5)
    assert "No good backup for 5 days." in backup_notices(owner)[-1].sentence


def test_a_newest_backup_that_went_bad_shows(clinic: SmallClinic, place: Path) -> None:
    owner = clinic.as_user("owner")
    change_plan(owner, folder=place)
    folder = back_up(owner).backup.folder
    (folder / "clinic.head").unlink()
    check_backup(owner, folder)
    assert "backup_bad" in codes(owner)


def test_a_pinned_backup_is_never_removed(clinic: SmallClinic, place: Path) -> None:
    owner = clinic.as_user("owner")
    first = back_up(owner, place).backup
    before = log_size(owner)
    assert pin_backup(owner, first.name, is_pinned=True).is_pinned
    assert actions_since(owner, before) == ["backup.pinned"]
    assert back_up(owner, place).removed == ()
    pin_backup(owner, first.name, is_pinned=False)
    assert back_up(owner, place).removed != ()
    with pytest.raises(InvalidInput, match="no backup of that name"):
        pin_backup(owner, "mnclinic-nothing", is_pinned=True)


def test_under_a_legal_hold_nothing_is_removed_and_ending_it_needs_a_reason(
    clinic: SmallClinic, place: Path
) -> None:
    owner = clinic.as_user("owner")
    assert change_plan(owner, legal_hold=True, reason="Letter of 20 November.").legal_hold
    for _ in range(3):
        assert back_up(owner, place).removed == ()
    with pytest.raises(InvalidInput, match="why the legal hold ends"):
        change_plan(owner, legal_hold=False)
    change_plan(owner, legal_hold=False, reason="Case closed.")
    assert len(back_up(owner, place).removed) == 3
    assert len(views(owner)) == 1


def test_while_locked_the_plan_is_known_without_a_key(clinic: SmallClinic, place: Path) -> None:
    owner = clinic.as_user("owner")
    change_plan(owner, folder=place, every_h=6)
    owner.close()
    assert closed_copy_due(clinic.folder, clock=clinic.clock)
    assert copy_closed_clinic(clinic.folder, clock=clinic.clock).folder.parent == place
    assert not closed_copy_due(clinic.folder, clock=clinic.clock)
    clinic.clock.at += timedelta(hours=6)
    assert closed_copy_due(clinic.folder, clock=clinic.clock)


@pytest.mark.parametrize(
    "written",
    [
        "[]",
        "[" * 100_000,
        '{"folder": "\\u0000", "every_h": 24}',
        '{"folder": 5, "every_h": -1}',
        '{"every_h": 1e400}',
        '{"every_h": 999999999999999999999}',
        '{"folder": "\\ud800"}',
        "\udcff",
        " " * 100_000,
    ],
)
def test_a_plan_of_the_locked_clinic_that_nobody_can_read_is_as_if_there_were_none(
    clinic: SmallClinic, written: str
) -> None:
    clinic.close()
    (clinic.folder / "backups").mkdir(exist_ok=True)
    (clinic.folder / "backups" / "plan.json").write_bytes(written.encode("utf-8", "surrogateescape"))
    assert closed_copy_due(clinic.folder, clock=clinic.clock)
    made = copy_closed_clinic(clinic.folder, clock=clinic.clock)
    assert made is not None
    assert made.folder.parent == clinic.folder / "backups"


def test_a_missed_copy_says_that_the_clinic_was_in_use_where_no_disk_was_in_the_way(
    clinic: SmallClinic, place: Path
) -> None:
    owner = clinic.as_user("owner")
    change_plan(owner, folder=place)
    clinic.close()
    clinic.opened.clear()
    with FolderUse.shared(clinic.folder):
        assert copy_at_closing(clinic.folder, clock=clinic.clock) is None
    told = enter_missed(clinic.as_user("owner"))
    assert told is not None
    assert "was open in another window or command" in told
    assert "Plug the disk in" not in told
    clinic.close()
    clinic.opened.clear()
    place.rename(place.with_name("drawer"))
    assert copy_at_closing(clinic.folder, clock=clinic.clock) is None
    told = enter_missed(clinic.as_user("owner"))
    assert told is not None
    assert "Plug the disk in" in told
