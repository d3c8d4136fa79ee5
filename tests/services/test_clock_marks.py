"""The times of entries are written by one rule; what breaks it is found, and no clock step is."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from mnclinic.services.check_store import check_store
from mnclinic.services.session import OpenClinic
from mnclinic.services.users.reset_user import reset_user
from mnclinic.store import log_writer
from mnclinic.store.log_writer import Act, LogWriter
from tests.services.clinic_builder import PASSWORDS, SmallClinic

NO_TIME = "2026-13-45T25:61:61.000Z"


def _last_year(log: LogWriter, _clinic: SmallClinic) -> None:
    log._load_tip().high_water = "2024-01-01T00:00:00.000Z"  # noqa: SLF001 - somebody's own program


def _far_ahead(log: LogWriter, _clinic: SmallClinic) -> None:
    log._load_tip().high_water = "2999-01-01T00:00:00.000Z"  # noqa: SLF001 - somebody's own program


def _enter(opened: OpenClinic, clinic: SmallClinic, spoil: Callable[[LogWriter, SmallClinic], None]) -> int:
    at = clinic.clock.at
    if spoil is _last_year:
        # Before the act: within it no step is followed.
        clinic.clock.at -= timedelta(days=365)
    with opened.work() as work:
        spoil(work.log, clinic)
        work.log.record(Act("login", "E", categories=("session",)))
        number = work.log.head().size
        work.commit()
    clinic.clock.at = at
    return number


@pytest.mark.parametrize("spoil", [_last_year, _far_ahead])
def test_an_entry_that_hides_a_clock_set_back_or_makes_up_a_newest_time_is_found(
    clinic: SmallClinic, spoil: Callable[[LogWriter, SmallClinic], None]
) -> None:
    reyes = clinic.as_user("reyes")
    number = _enter(reyes, clinic, spoil)
    checked = check_store(reyes)
    assert checked.verdict == "ALTERED"
    assert {one.where for one in checked.findings} == {f"log entry {number}"}


def test_a_time_that_no_clock_shows_is_found_and_everybody_goes_on_working(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    reyes = clinic.as_user("reyes")
    with monkeypatch.context() as patched:
        patched.setattr(log_writer, "_stamp", lambda _now: NO_TIME)
        number = _enter(reyes, clinic, lambda _log, _clinic: None)
    checked = check_store(clinic.as_user("desk"))
    assert checked.verdict == "ALTERED"
    assert [(one.where, one.what) for one in checked.findings] == [
        (f"log entry {number}", "This entry names a time that no clock shows.")
    ]


@pytest.mark.parametrize("days", [-400, -2, 2, 400])
def test_a_clock_set_right_before_a_reset_is_nobodys_hand(clinic: SmallClinic, days: int) -> None:
    clinic.clock.at += timedelta(days=days)
    owner = clinic.as_user("owner")
    reset_user(owner, "desk", "temporary fern harvest moon", PASSWORDS["owner"], reason="forgotten")
    assert check_store(owner).findings == ()
    clinic.clock.at -= timedelta(days=days)
    assert check_store(clinic.as_user("reyes")).findings == ()
