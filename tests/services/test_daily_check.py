"""The check of every day: once a day, its outcome for all, a word when it did not come to its end."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from mnclinic.errors import Stopped
from mnclinic.services.check_store import check_store
from mnclinic.services.daily_check import check_and_enter, daily_check, last_check
from tests.services.clinic_builder import SmallClinic, add_person
from tests.services.reading import actions_since, log_size
from tests.store.raw import with_database_key


def test_it_is_made_once_a_day_and_everybody_sees_how_it_ended(clinic: SmallClinic) -> None:
    desk, inspector = clinic.as_user("desk"), clinic.as_user("inspector")
    assert last_check(inspector) is None
    size = log_size(desk)
    made = daily_check(desk)
    assert made is not None
    assert actions_since(desk, size) == ["store.check_began", "store.checked"]
    seen = last_check(inspector)
    assert seen is not None
    assert (seen.verdict, seen.findings, seen.more) == ("OK", (), 0)
    assert seen.at.date() == clinic.clock.now().date()
    assert daily_check(inspector) is None, "once a day"
    clinic.clock.at += timedelta(days=1)
    assert daily_check(inspector) is not None
    assert check_store(desk).verdict == "OK"


def test_what_it_found_is_there_for_everybody(clinic: SmallClinic) -> None:
    with with_database_key(clinic) as connection:
        connection.execute(text("UPDATE clinic SET name = 'Another'"))
    daily_check(clinic.as_user("desk"))
    seen = last_check(clinic.as_user("reyes"))
    assert seen is not None
    assert seen.verdict == "ALTERED"
    assert seen.findings == ("clinic: its name or kind is not what the log entered",)


def test_one_that_was_stopped_begins_anew_that_day_and_is_told_the_next(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    daily_check(desk)
    clinic.clock.at += timedelta(days=1)
    with pytest.raises(Stopped):
        daily_check(desk, lambda *_told: False)
    seen = last_check(desk)
    assert seen is not None
    assert seen.verdict == "OK", "the day before's, while the day is not over"
    clinic.clock.at += timedelta(days=1)
    seen = last_check(desk)
    assert seen is not None
    assert (seen.verdict, seen.is_begun) == (None, True)
    assert seen.unchecked_since is not None
    assert [seen.at.day, seen.unchecked_since.day] == [clinic.clock.at.day - 1, clinic.clock.at.day - 2]
    daily_check(desk)
    seen = last_check(desk)
    assert seen is not None
    assert seen.verdict == "OK"


def test_a_day_on_which_none_was_begun_is_told_until_a_check_comes_to_its_end(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    assert last_check(desk) is None, "there is no day before this one"
    clinic.clock.at += timedelta(days=1)
    seen = last_check(desk)
    assert seen is not None
    assert (seen.verdict, seen.is_begun, seen.unchecked_since) == (None, False, None)
    daily_check(desk)
    checked_on = clinic.clock.at.date()
    clinic.clock.at += timedelta(days=3)
    seen = last_check(desk)
    assert seen is not None
    assert seen.verdict == "OK", "nothing was done on the days between"
    add_person(desk)
    assert last_check(desk) == seen, "today is not over"
    clinic.clock.at += timedelta(days=2)
    seen = last_check(desk)
    assert seen is not None
    assert (seen.verdict, seen.is_begun) == (None, False)
    assert seen.unchecked_since is not None
    assert seen.unchecked_since.date() == checked_on
    assert seen.at.date() == clinic.clock.at.date() - timedelta(days=2)
    daily_check(desk)
    seen = last_check(desk)
    assert seen is not None
    assert (seen.verdict, seen.unchecked_since) == ("OK", None)


def test_a_clinic_that_can_only_be_read_is_not_checked_by_itself(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    desk.read_only = "Something is missing."
    assert daily_check(desk) is None


def test_a_check_that_somebody_asks_for_is_entered_and_a_bad_checkpoint_says_nothing_on_today(
    clinic: SmallClinic,
) -> None:
    desk = clinic.as_user("desk")
    checked, is_entered = check_and_enter(desk, given=b"a letter")
    assert (checked.verdict, is_entered) == ("UNREADABLE", True)
    seen = last_check(clinic.as_user("reyes"))
    assert seen is not None
    assert (seen.verdict, seen.findings) == ("OK", ())
    clinic.close()
    with with_database_key(clinic) as connection:
        connection.execute(text("UPDATE clinic SET name = 'Another'"))
    checked, is_entered = check_and_enter(clinic.as_user("desk"))
    assert (checked.verdict, is_entered) == ("ALTERED", True)
    seen = last_check(clinic.as_user("reyes"))
    assert seen is not None
    assert (seen.verdict, seen.findings) == (
        "ALTERED",
        ("clinic: its name or kind is not what the log entered",),
    )
