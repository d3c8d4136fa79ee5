"""The director's visits and the drills: entered by day, told when due, taken back with a reason."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from mnclinic.errors import InvalidInput, NotPermitted
from mnclinic.services.clinic_meetings import (
    MeetingKind,
    meetings_of_clinic,
    record_drill,
    record_site_visit,
    take_drill_back,
    take_site_visit_back,
)
from mnclinic.services.notices import notices
from tests.services.clinic_builder import CONSENT, MONDAY, SmallClinic, known_clinic, protocol, small_clinic
from tests.services.reading import actions_since, log_size, problems_found
from tests.services.test_policy_notices import with_values

TODAY = MONDAY.date()
VISIT, DRILL = MeetingKind.DIRECTOR_VISIT, MeetingKind.DRILL


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    values = with_values(director_visit_every_days=30, drill_every_months=12)
    documents = (("policy", values), ("protocol", protocol()), ("consent_text", CONSENT))
    made = known_clinic(tmp_path / "clinic", documents=documents)
    yield made
    made.let_go()


def told(clinic: SmallClinic, user: str = "owner") -> dict[str, str]:
    return {one.code: one.sentence for one in notices(clinic.as_user(user))}


def test_without_any_visit_the_days_count_from_the_policys_first(clinic: SmallClinic) -> None:
    due = meetings_of_clinic(clinic.as_user("desk")).due
    assert due == {VISIT: date(2026, 2, 4), DRILL: date(2027, 1, 5)}
    assert "was due by 04 Feb 2026" in told(clinic)["director_visit_due"]
    assert "drill_due" not in told(clinic)


def test_a_visit_of_the_director_answers_the_notice_until_the_next_is_due(clinic: SmallClinic) -> None:
    record_site_visit(clinic.as_user("okafor"), TODAY, "Read charts, looked at the crash cart.")
    assert "director_visit_due" not in told(clinic)
    clinic.clock.at += timedelta(days=22)
    assert "director_visit_due" not in told(clinic)
    clinic.clock.at += timedelta(days=1)
    assert "is due by 23 Dec 2026" in told(clinic)["director_visit_due"]
    clinic.clock.at += timedelta(days=8)
    assert "was due by 23 Dec 2026" in told(clinic)["director_visit_due"]
    assert "director_visit_due" not in told(clinic, "desk")


def test_a_drill_is_told_a_week_before_its_month_is_over(clinic: SmallClinic) -> None:
    record_drill(clinic.as_user("reyes"), date(2026, 1, 31), "Anaphylaxis; all were there.")
    assert meetings_of_clinic(clinic.as_user("desk")).due[DRILL] == date(2027, 1, 31)
    clinic.clock.at += timedelta(days=62)
    assert "is due by 31 Jan 2027" in told(clinic)["drill_due"]


def test_a_policy_that_says_nothing_of_them_asks_for_nothing(tmp_path: Path) -> None:
    values = with_values(director_visit_every_days=None, drill_every_months=None)
    documents = (("policy", values), ("protocol", protocol()), ("consent_text", CONSENT))
    clinic = small_clinic(tmp_path / "clinic", documents=documents)
    assert meetings_of_clinic(clinic.as_user("desk")).due == {}
    assert not {"director_visit_due", "drill_due"} & told(clinic).keys()
    clinic.close()


def test_only_the_director_says_that_she_was_there(clinic: SmallClinic) -> None:
    for user in ("owner", "reyes", "desk", "inspector"):
        with pytest.raises(NotPermitted):
            record_site_visit(clinic.as_user(user), TODAY, "She was here.")
        with pytest.raises(NotPermitted):
            take_site_visit_back(clinic.as_user(user), TODAY, "She was not.")
    with pytest.raises(NotPermitted):
        record_drill(clinic.as_user("inspector"), TODAY, "A drill.")
    assert meetings_of_clinic(clinic.as_user("inspector")).held == ()


def test_each_reason_against_an_entry_is_told_at_once(clinic: SmallClinic) -> None:
    okafor = clinic.as_user("okafor")
    with pytest.raises(InvalidInput) as refused:
        record_site_visit(okafor, TODAY + timedelta(days=1), "  ")
    assert {one.where for one in refused.value.problems} == {"held_on", "note"}
    with pytest.raises(InvalidInput) as refused:
        take_site_visit_back(okafor, TODAY, "x" * 501)
    assert {one.where for one in refused.value.problems} == {"held_on", "reason"}
    assert meetings_of_clinic(okafor).held == ()


def test_a_wrong_entry_is_taken_back_and_may_be_entered_anew(clinic: SmallClinic) -> None:
    okafor = clinic.as_user("okafor")
    size = log_size(okafor)
    record_site_visit(okafor, TODAY, "Looked at charts.")
    with pytest.raises(InvalidInput, match="Nothing was entered"):
        record_site_visit(okafor, TODAY, "Again.")
    take_site_visit_back(okafor, TODAY, "It was the day before.")
    assert meetings_of_clinic(okafor).held == ()
    record_site_visit(okafor, TODAY, "It was today after all.")
    record_drill(okafor, TODAY, "Fainting.")
    take_drill_back(okafor, TODAY, "It was put off.")
    (one,) = meetings_of_clinic(okafor).held
    assert (one.kind, one.held_on, one.note) == (VISIT, TODAY, "It was today after all.")
    assert one.entered_by == okafor.person.name
    assert actions_since(okafor, size) == [
        *("meeting.director_visited", "meeting.director_visit_taken_back", "meeting.director_visited"),
        *("meeting.drill_held", "meeting.drill_taken_back"),
    ]
    assert problems_found(clinic.as_user("owner")) == []
