"""A clock that went back is asked about once, stands in the log, and is never tampering."""

from datetime import datetime, timedelta, timezone

import pytest

from mnclinic.domain.adverse_events import StepKind
from mnclinic.errors import ActionRefused, InvalidInput
from mnclinic.services.check_store import check_store
from mnclinic.services.clock_set_back import enter_unexplained_set_back, explain_set_back
from mnclinic.services.follow_event import NewStep, follow_event
from mnclinic.services.notices import notices
from mnclinic.services.record_visit import record_visit
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person, document
from tests.services.events import write_down
from tests.services.reading import actions_since, entries_since, log_size, problems_found


def asked(clinic: SmallClinic, user: str = "desk") -> bool:
    """Whether this person is asked about the clock at a log-in."""
    return "clock_set_back" in {notice.code for notice in notices(clinic.as_user(user))}


def test_the_next_log_in_is_asked_why_and_the_reason_is_entered_once(clinic: SmallClinic) -> None:
    add_person(clinic.as_user("desk"))
    clinic.clock.at -= timedelta(days=1, hours=2)
    desk = clinic.as_user("desk")
    set_back = desk.clock_set_back
    assert set_back is not None
    assert "1 day behind" in set_back.sentence
    assert "Nothing is lost" in set_back.sentence
    size = log_size(desk)
    explain_set_back(desk, " It had been wrong since the battery was changed. ")
    (entry,) = entries_since(desk, size)
    assert (entry["action"], entry["clk"], entry["why"]) == ("clock.set_back", "back", None)
    assert "clock_set_back" not in {notice.code for notice in notices(desk)}
    assert not asked(clinic, "reyes")
    checked = check_store(desk)
    assert (checked.verdict, checked.findings) == ("OK", ())


def test_work_goes_on_while_the_clock_is_behind(clinic: SmallClinic) -> None:
    clinic.as_user("desk")
    clinic.clock.at -= timedelta(hours=5)
    with clinic.signing("reyes") as (reyes, by):
        early = {"started_at": "2026-11-23T02:00:00-06:00", "ended_at": "2026-11-23T03:00:00-06:00"}
        consent = document()["consent"] | {"signed_at": "2026-11-23T01:50:00-06:00"}
        record_visit(reyes, document(consent=consent, **early), by, shown="window")
    assert problems_found(clinic.as_user("okafor")) == []


@pytest.mark.parametrize("back", [timedelta(minutes=5), timedelta(hours=5), timedelta(days=400)])
def test_an_emergency_is_written_down_at_once_whatever_the_clock_was_set_to(
    clinic: SmallClinic, back: timedelta
) -> None:
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window").visit_id
    right = clinic.clock.now()
    clinic.clock.at -= back
    desk = clinic.as_user("desk")
    assert desk.clock_set_back is not None
    write_down(desk, visit, grade=4)
    by_the_wall = write_down(desk, visit, grade=3, onset_at=right - timedelta(minutes=1))
    report = NewStep(StepKind.REPORTED, report_number="MW1", reported_on=right.date())
    follow_event(desk, by_the_wall.event_id, report)
    with pytest.raises(InvalidInput):
        write_down(desk, visit, grade=3, onset_at=right + timedelta(minutes=5))
    assert problems_found(clinic.as_user("okafor")) == []


def test_a_second_set_back_is_another_one(clinic: SmallClinic) -> None:
    clinic.as_user("desk")
    clinic.clock.at -= timedelta(hours=5)
    explain_set_back(clinic.as_user("desk"), "Wrong.")
    clinic.clock.at += timedelta(hours=9)
    assert not asked(clinic)
    clinic.clock.at -= timedelta(hours=1)
    assert asked(clinic)


@pytest.mark.parametrize("step", [timedelta(seconds=1), timedelta(minutes=1, seconds=50)])
def test_a_step_as_small_as_a_time_servers_asks_nobody(clinic: SmallClinic, step: timedelta) -> None:
    clinic.as_user("desk")
    clinic.clock.at -= step
    assert not asked(clinic)


@pytest.mark.parametrize("hours", [-5, -7, 0, 14])
def test_another_time_zone_and_daylight_saving_are_no_steps(clinic: SmallClinic, hours: int) -> None:
    clinic.as_user("desk")
    clinic.clock.at = clinic.clock.at.astimezone(timezone(timedelta(hours=hours)))
    assert not asked(clinic)
    assert problems_found(clinic.as_user("desk")) == []


@pytest.mark.parametrize(
    "moment",
    [datetime(1970, 1, 1, tzinfo=MONDAY.tzinfo), datetime(2038, 1, 19, 3, 14, 8, tzinfo=MONDAY.tzinfo)],
)
def test_a_clock_that_lost_its_mind_alters_nothing(clinic: SmallClinic, moment: datetime) -> None:
    clinic.clock.at = moment
    assert asked(clinic, "owner") == (moment < MONDAY)
    assert problems_found(clinic.as_user("owner")) == []


def test_a_command_enters_it_without_a_reason_and_the_window_still_asks(clinic: SmallClinic) -> None:
    clinic.as_user("desk")
    clinic.clock.at -= timedelta(hours=5)
    desk = clinic.as_user("desk")
    size = log_size(desk)
    assert "5 hours behind" in (enter_unexplained_set_back(desk) or "")
    (entry,) = entries_since(desk, size)
    assert entry["why"] == "no_reason_given"
    again = clinic.as_user("desk")
    size = log_size(again)
    assert enter_unexplained_set_back(again) is not None
    assert actions_since(again, size) == [], "once is enough"
    assert asked(clinic)
    explain_set_back(clinic.as_user("okafor"), "Wrong.")
    assert not asked(clinic)


def test_without_a_reason_or_a_set_back_nothing_is_entered(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    size = log_size(desk)
    with pytest.raises(ActionRefused, match="not set back"):
        explain_set_back(desk, "Just so.")
    clinic.clock.at -= timedelta(hours=5)
    late = clinic.as_user("desk")
    with pytest.raises(InvalidInput, match="Say why"):
        explain_set_back(late, "  ")
    assert actions_since(late, size) == ["login"]
