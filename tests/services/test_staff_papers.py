"""Papers of the staff: entered, ended, told of in time, and what they meant on a day of the past."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from mnclinic.domain.credentials import PaperKind
from mnclinic.errors import ActionRefused, InvalidInput, NotPermitted, WrongCredentials
from mnclinic.services.check_store import check_store
from mnclinic.services.in_force import in_force_on
from mnclinic.services.notices import notices
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import approve_visit, return_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.users.staff_papers import NewPaper, end_paper, enter_paper, staff_papers
from tests.services.clinic_builder import MONDAY, PASSWORDS, SmallClinic, document
from tests.services.reading import entries_since, log_size, records_of

TODAY = MONDAY.date()
MAY = date(2026, 5, 1)
RENEWED = NewPaper(PaperKind.LICENCE, "TX", "L-2", "TX", date(2027, 1, 2), date(2029, 1, 1))
BLS = NewPaper(PaperKind.BLS, "", "B-1", "Example Heart School", date(2026, 1, 1), date(2027, 12, 31))
OWNER = PASSWORDS["owner"]


def told(at_work: OpenClinic) -> list[tuple[str, str]]:
    return [(one.code, one.sentence) for one in notices(at_work) if one.code.startswith("paper")]


def test_a_paper_is_entered_by_a_leader_with_their_own_password_and_stands_in_the_log(
    clinic: SmallClinic,
) -> None:
    owner = clinic.as_user("owner")
    start = log_size(owner)
    enter_paper(owner, "reyes", BLS, OWNER)
    assert [entry["action"] for entry in entries_since(owner, start)] == ["staff.paper_entered"]
    rows = staff_papers(owner, "reyes")
    assert [(row.kind, row.number, row.issuer) for row in rows] == [
        ("TX", "L-1", "TX"),
        ("BLS", "B-1", "Example Heart School"),
    ]
    assert check_store(owner).findings == ()
    with pytest.raises(WrongCredentials):
        enter_paper(owner, "lind", BLS, "not this password at all")
    with pytest.raises(NotPermitted):
        enter_paper(clinic.as_user("reyes"), "reyes", BLS, PASSWORDS["reyes"])


def test_everything_wrong_with_a_paper_is_told_by_its_field(clinic: SmallClinic) -> None:
    wrong = NewPaper(PaperKind.LICENCE, " ", "", "Texas", date(2027, 1, 2), date(2027, 1, 1))
    with pytest.raises(InvalidInput) as refused:
        enter_paper(clinic.as_user("owner"), "reyes", wrong, OWNER)
    assert [one.where for one in refused.value.problems] == ["name", "number", "issuer", "expires_on"]
    twice = NewPaper(PaperKind.LICENCE, "tx", "l-1", "TX", date(2027, 1, 1), date(2028, 1, 1))
    with pytest.raises(InvalidInput, match="not entered") as refused:
        enter_paper(clinic.as_user("owner"), "reyes", twice, OWNER)
    assert "on file from 2026-01-01 to 2027-01-01 already" in refused.value.problems[0].what


def test_a_paper_whose_last_day_is_of_no_year_that_is_printed_is_refused(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    for year in (2101, 2205, 9999):
        with pytest.raises(InvalidInput) as refused:
            enter_paper(owner, "reyes", replace(BLS, expires_on=date(year, 5, 3)), OWNER)
        assert [one.where for one in refused.value.problems] == ["expires_on"]
    enter_paper(owner, "reyes", replace(BLS, expires_on=date(2100, 12, 31)), OWNER)
    end_paper(owner, "reyes", "B-1", TODAY, OWNER, reason="Given up.")
    assert check_store(owner).findings == ()


def test_a_licence_as_something_else_lets_nobody_go_on_whose_own_ended(clinic: SmallClinic) -> None:
    """A nurse's licence ended; as an esthetician she is licensed, and a physician has a drug registration."""
    owner = clinic.as_user("owner")
    for user, own in (("reyes", "RN"), ("okafor", "MD")):
        end_paper(
            owner, user, staff_papers(owner, user)[0].number, TODAY - timedelta(days=9), OWNER, reason="x"
        )
        for kind, last in ((own, TODAY - timedelta(days=1)), ("EST", TODAY + timedelta(days=300))):
            enter_paper(
                owner, user, NewPaper(PaperKind.LICENCE, kind, f"{user} {kind}", "TX", MAY, last), OWNER
            )
    with clinic.signing("reyes") as (reyes, by):
        refused = record_visit(reyes, document(), by, shown="command")
        assert by.person.licence == "reyes RN"
    assert {one.code for one in refused.refusals} == {"performer_licence_expired"}
    enter_paper(
        owner, "reyes", NewPaper(PaperKind.LICENCE, "RN", "RN-2", "TX", TODAY, RENEWED.expires_on), OWNER
    )
    patient = {"last_name": "Later", "first_name": "Bo", "born_on": "1980-01-01"}
    with clinic.signing("reyes") as (reyes, by):
        done = record_visit(reyes, document(patient=patient), by, shown="command")
    assert done.state == "in_review"
    with clinic.signing("okafor") as (okafor, by), pytest.raises(ActionRefused) as stopped:
        approve_visit(okafor, done.visit_id, None, by, shown="command")
    assert [one.code for one in stopped.value.refusals] == ["director_licence_expired"]
    assert check_store(owner).findings == ()


def test_a_licence_that_ended_stops_the_next_visit_and_leaves_the_past_as_it_was(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        first = record_visit(reyes, document(), by, shown="command")
    assert first.state == "in_review"
    owner = clinic.as_user("owner")
    clinic.clock.at = MONDAY + timedelta(days=1)
    ended = end_paper(owner, "reyes", "L-1", TODAY, OWNER, reason="Suspended by the board.")
    assert (ended.expires_on, ended.is_valid) == (TODAY, False)
    later = document(
        patient={"last_name": "Later", "first_name": "Bo", "born_on": "1980-01-01"},
        started_at="2026-11-24T08:00:00-06:00",
        ended_at="2026-11-24T08:30:00-06:00",
    )
    later["consent"]["signed_at"] = "2026-11-24T07:50:00-06:00"
    with clinic.signing("reyes") as (reyes, by):
        refused = record_visit(reyes, later, by, shown="command")
    assert {one.code for one in refused.refusals} == {"performer_licence_expired"}
    assert "ended on 2026-11-23" in refused.refusals[0].message
    assert records_of(owner, first.visit_id)[0]["pinned"]["performer"]["licence"] == "L-1"
    then, now = in_force_on(owner, TODAY), in_force_on(owner, TODAY + timedelta(days=1))
    valid = [next(one.was_valid for one in found.licences if one.user == "reyes") for found in (then, now)]
    assert valid == [True, False]
    assert check_store(owner).findings == ()


def test_a_paper_is_never_made_longer_by_ending_it(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    for number, last_on in (("L-1", date(2027, 1, 1)), ("L-1", date(2025, 12, 31)), ("L-9", TODAY)):
        with pytest.raises(InvalidInput) as refused:
            end_paper(owner, "reyes", number, last_on, OWNER, reason=" ")
        assert [one.where for one in refused.value.problems][1:] == ["reason"]


@pytest.mark.parametrize(
    ("days", "code"),
    [(61, None), (60, "paper_ending"), (30, "paper_ending"), (7, "paper_ending_soon"), (-1, "paper_over")],
)
def test_notices_go_to_the_person_and_to_the_leaders_until_it_is_renewed(
    clinic: SmallClinic, days: int, code: str | None
) -> None:
    clinic.clock.at = MONDAY.replace(year=2027, month=1, day=1) - timedelta(days=days)
    reyes, owner = clinic.as_user("reyes"), clinic.as_user("owner")
    assert [one for one, _ in told(reyes)] == ([code] if code else [])
    assert told(clinic.as_user("desk")) == []
    assert [one for one, _ in told(owner)] == ([code] * 3 if code else [])
    if code is None:
        return
    assert "TX L-1" in told(reyes)[0][1]
    enter_paper(owner, "reyes", RENEWED, OWNER)
    assert told(reyes) == []
    assert len(told(owner)) == 2


def test_a_director_signs_on_the_last_day_of_her_licence_and_not_on_the_next(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        first, second = (
            record_visit(
                reyes,
                document(patient={"last_name": name, "first_name": "Ada", "born_on": "1990-04-23"}),
                by,
                shown="command",
            )
            for name in ("Firstly", "Secondly")
        )
    owner = clinic.as_user("owner")
    (licence,) = staff_papers(owner, "okafor")
    clinic.clock.at = MONDAY + timedelta(hours=3)
    end_paper(owner, "okafor", licence.number, TODAY, OWNER, reason="Moved to another state.")
    with clinic.signing("okafor") as (okafor, by):
        approve_visit(okafor, first.visit_id, None, by, shown="command")
    clinic.clock.at = MONDAY + timedelta(days=1)
    with clinic.signing("okafor") as (okafor, by):
        acts: tuple[Callable[[], object], ...] = (
            lambda: approve_visit(okafor, second.visit_id, None, by, shown="command"),
            lambda: return_visit(okafor, second.visit_id, None, by, "Why?", shown="command"),
        )
        for act in acts:
            with pytest.raises(ActionRefused) as refused:
                act()
            assert [one.code for one in refused.value.refusals] == ["director_licence_expired"]
    assert check_store(owner).findings == ()
    assert [one.was_valid for one in in_force_on(owner, TODAY).licences if one.user == "okafor"] == [True]
