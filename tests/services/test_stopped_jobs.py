"""Whoever stops a long job finds everything as it was: no file, no entry, no half of anything."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from mnclinic.audit.note import parse_checkpoint
from mnclinic.bundles.verify import verify_bundle
from mnclinic.errors import Stopped, WrongCredentials
from mnclinic.models import Checkpoint
from mnclinic.services import bundle_pages, make_bundle, read_log, rotate_database_key
from mnclinic.services.demo.build import LIVING, SETTING_UP, build_demo
from mnclinic.services.demo.practice import ADDING
from mnclinic.services.find_patients import find_patients
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.make_bundle import MakeBundle
from mnclinic.services.merge_records import merge_records
from mnclinic.services.notices import notices
from mnclinic.services.read_log import export_log
from mnclinic.services.record_visit import record_visit
from mnclinic.services.users import end_access
from mnclinic.store import rotation
from mnclinic.store.engine import DATABASE_NAME, salt_in_file
from mnclinic.store.rotation import NEW_NAME
from tests.services.clinic_builder import PASSWORDS, SmallClinic, add_person, document
from tests.services.reading import actions_since, log_size, problems_found

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
OTHER = {"last_name": "Later", "first_name": "Lou", "born_on": "1990-04-23"}


class Watcher:
    """Hears how far a job is, and stops it at a step; without one it lets it go on to its end."""

    def __init__(self, stops_at: str = "") -> None:
        self.stops_at = stops_at
        self.told: list[tuple[str, int, int]] = []

    def __call__(self, step: str, done: int, of: int) -> bool:
        self.told.append((step, done, of))
        return step != self.stops_at

    @property
    def steps(self) -> list[str]:
        """The steps in the order in which they were told first."""
        return list(dict.fromkeys(step for step, _, _ in self.told))


@pytest.fixture
def recorded(clinic: SmallClinic) -> SmallClinic:
    """A clinic with one performed visit."""
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    return clinic


@pytest.mark.parametrize("step", [bundle_pages.READING, bundle_pages.DRAWING, make_bundle.ENTERED])
def test_a_bundle_that_is_stopped_leaves_neither_a_file_nor_an_entry(
    recorded: SmallClinic, tmp_path: Path, step: str
) -> None:
    owner, out = recorded.as_user("owner"), tmp_path / "out"
    out.mkdir()
    size, request = log_size(owner), MakeBundle(FIRST, LAST, out / "bundle.zip", plain=True)
    with pytest.raises(Stopped):
        make_bundle.make_bundle(owner, request, watch=Watcher(step))
    assert (log_size(owner), list(out.iterdir()), problems_found(owner)) == (size, [], [])
    made = make_bundle.make_bundle(owner, request)
    assert verify_bundle(made.file, trust=recorded.ready.fingerprint).verdict == "VALID"


def test_a_bundle_tells_how_far_it_is_and_is_not_stopped_once_it_is_entered(
    recorded: SmallClinic, tmp_path: Path
) -> None:
    owner, watch = recorded.as_user("owner"), Watcher(make_bundle.CLOSING)
    request = MakeBundle(FIRST, LAST, tmp_path / "bundle.zip", plain=True)
    assert make_bundle.make_bundle(owner, request, watch=watch).file.is_file()
    assert watch.steps == [
        bundle_pages.READING,
        bundle_pages.DRAWING,
        make_bundle.ENTERED,
        make_bundle.CLOSING,
    ]
    assert (bundle_pages.DRAWING, 0, 1) in watch.told


def test_the_bundles_of_a_person_with_two_records_are_all_made_or_none(
    recorded: SmallClinic, tmp_path: Path
) -> None:
    desk, out = recorded.as_user("desk"), tmp_path / "out"
    out.mkdir()
    (kept,) = find_patients(desk, "P-000001").rows
    merge_records(desk, kept.ref, add_person(desk, "Testermann"), "Same phone, and she said so.")
    owner, read = recorded.as_user("owner"), 0
    size = log_size(owner)
    request = MakeBundle(None, None, out / "one.zip", plain=True, patient="P-000001")

    def stops_late(step: str, _done: int, _of: int) -> bool:
        nonlocal read
        read += step == bundle_pages.DRAWING
        return step != make_bundle.ENTERED

    with pytest.raises(Stopped):
        make_bundle.make_bundle(owner, request, watch=stops_late)
    assert (read, log_size(owner), list(out.iterdir())) == (1, size, [])


def test_others_read_and_write_while_a_bundle_is_drawn_and_what_is_signed_meanwhile_is_in_it(
    recorded: SmallClinic, tmp_path: Path
) -> None:
    owner = recorded.as_user("owner")
    request = MakeBundle(FIRST, LAST, tmp_path / "bundle.zip", plain=True)

    def others(step: str, _done: int, _of: int) -> bool:
        if step == bundle_pages.DRAWING and not log_size(owner) > before:
            add_person(recorded.as_user("desk"), "Meanwhile")
            with recorded.signing("reyes") as (reyes, by):
                record_visit(reyes, document(patient=OTHER), by, shown="window")
        return True

    before = log_size(owner)
    made = make_bundle.make_bundle(owner, request, watch=others)
    verdict = verify_bundle(made.file, trust=recorded.ready.fingerprint)
    assert (verdict.verdict, made.visits, verdict.patients) == ("VALID", 2, 2)
    with zipfile.ZipFile(made.file) as bundle:
        assert len([name for name in bundle.namelist() if name.endswith(".pdf")]) == 2


@pytest.mark.parametrize("step", [read_log.EXPORT_READ, read_log.EXPORT_ENTERED])
def test_a_table_of_the_log_that_is_stopped_leaves_neither_a_file_nor_an_entry(
    recorded: SmallClinic, tmp_path: Path, step: str
) -> None:
    owner, out = recorded.as_user("owner"), tmp_path / "out"
    out.mkdir()
    size = log_size(owner)
    with pytest.raises(Stopped):
        export_log(owner, LogFilter(), out / "log.csv", watch=Watcher(step))
    assert (log_size(owner), list(out.iterdir()), problems_found(owner)) == (size, [], [])


def test_a_table_of_the_log_tells_its_place_in_the_log(recorded: SmallClinic, tmp_path: Path) -> None:
    owner, watch = recorded.as_user("owner"), Watcher()
    written = export_log(owner, LogFilter(), tmp_path / "log.csv", watch=watch)
    shares = [done / of for step, done, of in watch.told if step == read_log.EXPORT_READ]
    assert len(shares) == written.rows
    assert shares == sorted(shares)
    assert (shares[0] < 1 / 2, shares[-1] < 1) == (True, True)
    assert shares[-1] > 1 / 2


STEPS_OF_CHANGE = (
    rotate_database_key.BEGINNING,
    rotation.READING,
    rotation.WRITING,
    rotation.PROVING,
    rotate_database_key.IN_PLACE,
)


@pytest.mark.parametrize("step", STEPS_OF_CHANGE)
def test_a_change_of_the_database_key_that_is_stopped_is_taken_back_whole(
    clinic: SmallClinic, step: str
) -> None:
    owner = clinic.as_user("owner")
    size, salt = log_size(owner), salt_in_file(clinic.folder / DATABASE_NAME)
    with pytest.raises(Stopped):
        rotate_database_key.rotate_database_key(owner, "yearly", watch=Watcher(step))
    assert salt_in_file(clinic.folder / DATABASE_NAME) == salt
    assert not (clinic.folder / NEW_NAME).exists()
    assert (owner.key_file.next, owner.key_file.epoch) == (None, 1)
    told = [one for one in actions_since(owner, size) if one.startswith("database_key.")]
    entered = ["database_key.rotation_begun", "database_key.rotation_abandoned"]
    assert told == ([] if step == rotate_database_key.BEGINNING else entered)
    add_person(owner, "Afterwards")
    assert problems_found(owner) == []
    clinic.close()
    owner = clinic.as_user("owner")
    assert problems_found(owner) == []
    assert rotate_database_key.rotate_database_key(owner, "again").epoch == 2
    assert problems_found(owner) == []


def test_a_change_of_the_database_key_tells_how_far_it_is(clinic: SmallClinic) -> None:
    watch = Watcher()
    rotate_database_key.rotate_database_key(clinic.as_user("owner"), "yearly", watch=watch)
    assert tuple(watch.steps) == STEPS_OF_CHANGE
    assert all(0 <= done <= of for _, done, of in watch.told)


def test_ending_an_access_that_is_stopped_before_it_has_ended_changes_nothing(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    size, watch = log_size(owner), Watcher(end_access.ENDING)
    with pytest.raises(Stopped):
        end_access.end_access(owner, "desk", PASSWORDS["owner"], reason="Leaves.", watch=watch)
    assert (log_size(owner), owner.key_file.epoch, problems_found(owner)) == (size, 1, [])
    clinic.close()
    clinic.as_user("desk")


@pytest.mark.parametrize("step", STEPS_OF_CHANGE)
def test_once_an_access_has_ended_the_change_of_the_key_alone_is_stopped_and_today_reminds(
    clinic: SmallClinic, step: str
) -> None:
    owner = clinic.as_user("owner")
    ended = end_access.end_access(owner, "desk", PASSWORDS["owner"], reason="Leaves.", watch=Watcher(step))
    assert ended.key_not_changed == end_access.KEY_CHANGE_STOPPED
    assert (owner.key_file.slot_of("desk"), owner.key_file.epoch) == (None, 1)
    assert any("database key" in one.sentence for one in notices(owner))
    assert problems_found(owner) == []
    with pytest.raises(WrongCredentials):
        clinic.as_user("desk")


def test_ending_an_access_tells_how_far_it_is(clinic: SmallClinic) -> None:
    watch = Watcher()
    end_access.end_access(clinic.as_user("owner"), "desk", PASSWORDS["owner"], reason="Leaves.", watch=watch)
    assert tuple(watch.steps) == (end_access.ENDING, *STEPS_OF_CHANGE)


@pytest.mark.parametrize("step", [SETTING_UP, ADDING, LIVING])
def test_a_demo_that_is_stopped_leaves_the_folder_as_it_was(tmp_path: Path, step: str) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "a letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Stopped):
        build_demo(folder, patients=3, visits=2, seed=1, day=LAST, watch=Watcher(step))
    assert [one.name for one in folder.iterdir()] == ["a letter.txt"]
    nowhere = tmp_path / "nowhere"
    with pytest.raises(Stopped):
        build_demo(nowhere, patients=3, visits=2, seed=1, day=LAST, watch=Watcher(step))
    assert not nowhere.exists()


def test_every_chart_in_a_persons_bundle_names_a_checkpoint_that_the_bundle_proves(
    recorded: SmallClinic, tmp_path: Path
) -> None:
    owner = recorded.as_user("owner")
    out = tmp_path / "one.zip"
    with owner.store.reading() as session:
        notes = select(Checkpoint.note).order_by(Checkpoint.size.desc())
        drawn_under = parse_checkpoint(session.scalars(notes).first() or b"")
    make_bundle.make_bundle(owner, MakeBundle(None, None, out, plain=True, patient="P-000001"))
    assert verify_bundle(out, trust=recorded.ready.fingerprint).verdict == "VALID"
    with zipfile.ZipFile(out) as bundle:
        (heads,) = [bundle.read(one) for one in bundle.namelist() if one.endswith("data/log/heads.jsonl")]
    assert f'"root":"{drawn_under.root.hex()}","size":{drawn_under.size}}}'.encode() in heads
