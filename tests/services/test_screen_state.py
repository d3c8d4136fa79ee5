"""Where a person was is kept for that person alone, encrypted, and outside the log."""

from sqlalchemy import func, select

from mnclinic.models import LogEntry
from mnclinic.services.check_store import check_store
from mnclinic.services.screen_state import LARGEST_BYTES, keep_screen, kept_screen
from mnclinic.services.session import OpenClinic
from tests.services.clinic_builder import SmallClinic

STATE = {"place": {"page": "patients"}, "sheets": [{"title": "New patient"}]}


def log_size(clinic: OpenClinic) -> int:
    with clinic.work() as work:
        return work.session.scalar(select(func.count()).select_from(LogEntry)) or 0


def test_a_screen_is_kept_for_its_person_and_nobody_else(clinic: SmallClinic) -> None:
    reyes, lind = clinic.as_user("reyes"), clinic.as_user("lind")
    assert keep_screen(reyes, STATE)
    kept = kept_screen(clinic.as_user("reyes"))
    assert kept is not None
    assert kept.state == STATE
    assert kept_screen(lind) is None


def test_the_newest_screen_takes_the_place_of_the_one_before(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    keep_screen(reyes, STATE)
    keep_screen(reyes, {"place": {}, "sheets": []})
    kept = kept_screen(reyes)
    assert kept is not None
    assert kept.state == {"place": {}, "sheets": []}


def test_a_screen_is_no_entry_of_the_log_and_the_store_stays_whole(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    before = log_size(owner)
    keep_screen(owner, STATE)
    assert log_size(owner) == before
    assert check_store(owner).verdict == "OK"


def test_an_inspector_has_a_screen_too(clinic: SmallClinic) -> None:
    assert keep_screen(clinic.as_user("inspector"), STATE)


def test_a_screen_without_bounds_is_not_kept(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    assert not keep_screen(reyes, {"place": "x" * LARGEST_BYTES})
    assert kept_screen(reyes) is None


def test_a_clinic_that_is_read_only_keeps_no_screen(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    reyes.read_only = "The clinic was recovered."
    assert not keep_screen(reyes, STATE)
