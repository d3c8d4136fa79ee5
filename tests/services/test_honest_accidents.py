"""What happens to honest clinics is never called tampering: clocks, zones, crashes, restores, rotations.

Kills and power cuts by the thousand are in `tests/faults`; here each other accident stands by itself.
"""

import shutil
from collections.abc import Callable
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from mnclinic.domain.adverse_events import StepKind
from mnclinic.errors import DatabaseDamaged, KeyFileMissing, NotPermitted
from mnclinic.security.keyfile import KEY_FILE, PREVIOUS_KEY_FILE
from mnclinic.services.acknowledge_event import acknowledge_event
from mnclinic.services.back_up import back_up
from mnclinic.services.check_store import check_store
from mnclinic.services.close_event import close_event
from mnclinic.services.follow_event import NewStep, follow_event
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.photos import NewPhoto, keep_photo
from mnclinic.services.record_visit import record_visit
from mnclinic.services.recover_clinic import enrol_administrator_by_sheet
from mnclinic.services.restore_clinic import restore_clinic
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.staff_rows import NewPerson
from mnclinic.services.users.choose_password import choose_password
from mnclinic.services.users.reset_user import reset_user
from mnclinic.store.head_file import HEAD_NAME
from tests.interchange.pictures.making import JPEG
from tests.services.clinic_builder import MONDAY, PASSWORDS, SmallClinic, add_person, document
from tests.services.events import write_down
from tests.services.photographing import choose

OLD = Path(__file__).parents[1] / "old_databases" / "0001"
Accident = Callable[[SmallClinic, Path], None]


def _work(clinic: SmallClinic, name: str) -> str:
    """A visit, which is returned, and a newcomer; then everybody logs off."""
    with clinic.signing("reyes") as (reyes, by):
        patient = {"last_name": name, "first_name": "Ada", "born_on": "1990-04-23"}
        visit = record_visit(reyes, document(patient=patient), by, shown="window").visit_id
    add_person(clinic.as_user("desk"), f"{name}-Friend")
    _log_off(clinic)
    return visit


def _begin_event(clinic: SmallClinic) -> str:
    """Something untoward after a visit, of which the director is told; the event is returned."""
    visit = _work(clinic, "Testerman")
    desk = clinic.as_user("desk")
    event = write_down(desk, visit).event_id
    follow_event(desk, event, NewStep(StepKind.TOLD, "By telephone."))
    _photograph(clinic, "Before")
    return event


def _end_event(clinic: SmallClinic, event: str) -> None:
    """The director signs that she knows of it, and closes it."""
    with clinic.signing("okafor") as (okafor, by):
        acknowledge_event(okafor, event, "Cool it.", by, shown="window")
    follow_event(clinic.as_user("desk"), event, NewStep(StepKind.NOTE, "Better.", grade=1))
    close_event(clinic.as_user("okafor"), event, "recovered", "Gone.")
    _photograph(clinic, "After")


def _photograph(clinic: SmallClinic, name: str) -> None:
    newcomer = add_person(clinic.as_user("desk"), f"{name}-Picture")
    nurse, agreed_at = clinic.as_user("reyes"), clinic.clock.now() - timedelta(minutes=1)
    choose(nurse, newcomer, "chart", agreed_at)
    keep_photo(nurse, newcomer, NewPhoto("Left cheek", "before", JPEG, agreed_at, taken_because="Said so."))
    _log_off(clinic)


def _log_off(clinic: SmallClinic) -> None:
    clinic.close()
    clinic.opened.clear()


def _step(*steps: timedelta) -> Accident:
    """The clock is set forth or back between pieces of work."""

    def accident(clinic: SmallClinic, _place: Path) -> None:
        for number, step in enumerate(steps):
            clinic.clock.at += step
            add_person(clinic.as_user("desk"), f"Stepper{'abc'[number]}")
            _log_off(clinic)

    return accident


def _step_while_open(step: timedelta) -> Accident:
    def accident(clinic: SmallClinic, _place: Path) -> None:
        desk = clinic.as_user("desk")
        add_person(desk, "Before")
        clinic.clock.at += step
        add_person(desk, "After")
        _log_off(clinic)

    return accident


def _zone(hours: int) -> Accident:
    """The same instant under another offset: summer time ends, or the PC is carried elsewhere."""

    def accident(clinic: SmallClinic, _place: Path) -> None:
        clinic.clock.at = clinic.clock.at.astimezone(timezone(timedelta(hours=hours)))
        _work(clinic, "Traveller")

    return accident


def _crash_before_head(clinic: SmallClinic, _place: Path) -> None:
    """The commit is on the disk, and the head file of before it too."""
    head = (clinic.folder / HEAD_NAME).read_bytes()
    _work(clinic, "Crashed")
    (clinic.folder / HEAD_NAME).write_bytes(head)


def _killed_while_open(clinic: SmallClinic, place: Path) -> None:
    """Everything as it lay while people worked; nobody logged off."""
    desk = clinic.as_user("desk")
    add_person(desk, "Killed")
    shutil.copytree(clinic.folder, place / "killed")
    _log_off(clinic)
    clinic.folder = place / "killed"


def _restored(clinic: SmallClinic, place: Path) -> None:
    stick = place / "stick"
    stick.mkdir()
    made = back_up(clinic.as_user("owner"), stick)
    _log_off(clinic)
    _work(clinic, "Lostlater")
    new = place / "new"
    restore_clinic(made.backup.folder, new, user="owner", password=PASSWORDS["owner"], clock=clinic.clock)
    clinic.folder = new
    _work(clinic, "Goeson")


def _rotated(clinic: SmallClinic, _place: Path) -> None:
    rotate_database_key(clinic.as_user("owner"), "A laptop was stolen.")
    _log_off(clinic)
    _work(clinic, "Rotated")


def _two_at_once(clinic: SmallClinic, _place: Path) -> None:
    """Two programs enter in turn into one log."""
    desk, lind = clinic.as_user("desk"), clinic.as_user("lind")
    for number in "abc":
        add_person(desk, f"Desk{number}")
        add_person(lind, f"Lind{number}")
    _log_off(clinic)


ACCIDENTS: dict[str, Accident] = {
    "the clock an hour back while people work": _step_while_open(-timedelta(hours=1)),
    "the clock a day forth while people work": _step_while_open(timedelta(days=1)),
    "the clock a year back and right again": _step(-timedelta(days=365), timedelta(days=365)),
    "the clock ten years forth and right again": _step(timedelta(days=3650), -timedelta(days=3650)),
    "summer time": _zone(-5),
    "another time zone": _zone(9),
    "a crash between commit and head file": _crash_before_head,
    "killed while people worked": _killed_while_open,
    "a restored backup": _restored,
    "a changed database key": _rotated,
    "two programs at once": _two_at_once,
}


@pytest.mark.parametrize("accident", ACCIDENTS)
def test_an_honest_accident_is_never_called_altered(
    clinic: SmallClinic, tmp_path: Path, accident: str
) -> None:
    event = _begin_event(clinic)
    ACCIDENTS[accident](clinic, tmp_path)
    checked = check_store(clinic.as_user("okafor"))
    assert checked.verdict in {"OK", "EXPLAINED"}, checked.findings
    _log_off(clinic)
    _work(clinic, "Lastson")
    _end_event(clinic, event)
    checked = check_store(clinic.as_user("okafor"))
    assert checked.verdict in {"OK", "EXPLAINED"}, checked.findings


def test_a_clinic_of_the_first_form_is_brought_up_to_date_without_an_accusation(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    folder = shutil.copytree(OLD, tmp_path / "old")
    clinic.clock.at = MONDAY + timedelta(days=40)
    old = open_clinic(folder, "okafor", PASSWORDS["okafor"], clock=clinic.clock)
    clinic.opened.append(old)
    checked = check_store(old)
    assert checked.verdict in {"OK", "EXPLAINED"}, checked.findings


def _lose_the_key_file(clinic: SmallClinic, change: Callable[[SmallClinic], object]) -> None:
    """A change of keys after a backup; then the key file is lost, and the backup's put back as advised."""
    stick = clinic.folder.parent / "stick"
    stick.mkdir()
    made = back_up(clinic.as_user("owner"), stick)
    _log_off(clinic)
    change(clinic)
    _log_off(clinic)
    for name in (KEY_FILE, PREVIOUS_KEY_FILE):
        (clinic.folder / name).unlink()
    with pytest.raises(KeyFileMissing, match=r"Put clinic\.keys back from your newest backup"):
        clinic.as_user("owner")
    shutil.copy(made.backup.folder / KEY_FILE, clinic.folder / KEY_FILE)


def test_a_key_file_from_before_ones_keys_were_replaced_says_so_and_what_to_do(clinic: SmallClinic) -> None:
    _lose_the_key_file(
        clinic,
        lambda them: choose_password(
            them.as_user("reyes"), PASSWORDS["reyes"], "cobalt orchard nine lanterns", may_be_known=True
        ),
    )
    with pytest.raises(NotPermitted, match="since this copy of the key file") as told:
        clinic.as_user("reyes")
    assert "Log in again" not in told.value.sentence
    given = "temporary fern harvest moon"
    # An administrator who can still log in gives a new password, as the sentence says.
    reset_user(clinic.as_user("owner"), "reyes", given, PASSWORDS["owner"], reason="Locked out.")
    open_clinic(clinic.folder, "reyes", given, clock=clinic.clock).close()
    checked = check_store(clinic.as_user("okafor"))
    assert checked.verdict in {"OK", "EXPLAINED"}, checked.findings


def test_an_older_key_file_in_the_place_of_the_newest_is_told_with_where_the_newest_lies(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    """Who follows it loses nothing; a backup of before would lose what was done since."""
    older = shutil.copy(clinic.folder / KEY_FILE, tmp_path / "older")
    rotate_database_key(clinic.as_user("owner"), "A laptop was stolen.")
    _log_off(clinic)
    shutil.copy(older, clinic.folder / KEY_FILE)
    with pytest.raises(DatabaseDamaged, match=r"copy clinic\.keys\.prev to clinic\.keys"):
        clinic.as_user("desk")
    shutil.copy(clinic.folder / PREVIOUS_KEY_FILE, clinic.folder / KEY_FILE)
    clinic.as_user("desk")


def test_where_no_administrator_can_log_in_any_more_the_recovery_sheet_opens_the_folder(
    clinic: SmallClinic,
) -> None:
    _lose_the_key_file(
        clinic,
        lambda them: choose_password(
            them.as_user("owner"), PASSWORDS["owner"], "cobalt orchard nine lanterns", may_be_known=True
        ),
    )
    with pytest.raises(NotPermitted, match="open this folder with the recovery sheet"):
        clinic.as_user("owner")
    code = " ".join(clinic.ready.recovery_groups)
    newcomer = NewPerson("eve", "Eve Newman", "administrator", "", "granite willow seventeen hats")
    enrol_administrator_by_sheet(clinic.folder, code, newcomer, clock=clinic.clock, source="data folder")
    open_clinic(clinic.folder, "eve", newcomer.password, clock=clinic.clock).close()


def test_a_key_file_from_before_the_database_key_was_changed_is_no_damage(clinic: SmallClinic) -> None:
    _lose_the_key_file(
        clinic, lambda them: rotate_database_key(them.as_user("owner"), "A laptop was stolen.")
    )
    with pytest.raises(DatabaseDamaged, match="that is an older copy, from before the database's key was"):
        clinic.as_user("desk")
    code = " ".join(clinic.ready.recovery_groups)
    newcomer = NewPerson("eve", "Eve Newman", "administrator", "", "granite willow seventeen hats")
    with pytest.raises(DatabaseDamaged, match=r"Put clinic\.keys back from a newer backup"):
        enrol_administrator_by_sheet(clinic.folder, code, newcomer, clock=clinic.clock, source="data folder")


def test_a_damaged_key_file_beside_an_older_copy_is_called_damaged_and_not_old(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    older = shutil.copy(clinic.folder / KEY_FILE, tmp_path / "older")
    rotate_database_key(clinic.as_user("owner"), "A laptop was stolen.")
    _log_off(clinic)
    newest = (clinic.folder / KEY_FILE).read_bytes()
    (clinic.folder / KEY_FILE).write_bytes(newest[:-40])
    shutil.copy(older, clinic.folder / PREVIOUS_KEY_FILE)
    with pytest.raises(DatabaseDamaged, match=r"key file clinic\.keys is damaged, and the copy"):
        clinic.as_user("desk")
    (clinic.folder / KEY_FILE).write_bytes(newest)
    clinic.as_user("desk")
