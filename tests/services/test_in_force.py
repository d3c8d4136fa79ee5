"""What was in force on a day: besides the rules, the director, papers and whom a protocol named."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from mnclinic.models import Staff
from mnclinic.services.gathered_registers import was_here
from mnclinic.services.in_force import in_force_on
from tests.domain.builders import draft
from tests.services.clinic_builder import CONSENT, MONDAY, policy, small_clinic

TODAY = MONDAY.date()


def test_a_delegation_counts_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    named = draft("protocols/face-mechanical.json") | {
        "effective_on": "2026-01-05",
        "version": 1,
        "providers": [
            {"user": "reyes", "valid_from": "2026-11-01", "valid_to": "2026-11-23"},
            {"user": "lind", "valid_from": "2026-11-10", "valid_to": None},
        ],
    }
    clinic = small_clinic(
        tmp_path / "clinic",
        documents=(("policy", policy()), ("protocol", named), ("consent_text", CONSENT)),
    )
    desk = clinic.as_user("desk")
    seen = {
        day: [one.user for one in in_force_on(desk, day).delegations]
        for day in (date(2026, 11, 1), TODAY, TODAY + timedelta(days=1))
    }
    assert list(seen.values()) == [["reyes"], ["reyes", "lind"], ["lind"]]
    one = in_force_on(desk, TODAY).delegations[0]
    assert (one.name, one.service, one.until, one.director) == (
        "T. Reyes",
        "microneedling_face",
        TODAY,
        "Dr I. Okafor",
    )
    clinic.close()


def test_texts_papers_and_the_director_of_a_day_are_told_with_the_rules(tmp_path: Path) -> None:
    clinic = small_clinic(tmp_path / "clinic")
    found = in_force_on(clinic.as_user("inspector"), TODAY)
    assert found.policy is not None
    assert [one.document.kind for one in (*found.protocols, *found.consent_texts)] == [
        "protocol",
        "consent_text",
    ]
    assert [one.user for one in found.directors] == ["okafor"]
    assert {one.user for one in found.licences if one.was_valid} == {"okafor", "lind", "reyes"}
    later = in_force_on(clinic.as_user("inspector"), date(2027, 1, 2))
    assert not any(one.was_valid for one in later.licences)
    clinic.close()


def test_a_day_is_the_clinics_and_not_the_clocks_far_away() -> None:
    """In the evening it is the next day in London."""
    zone = timezone(timedelta(hours=-6))
    evening = datetime(2026, 11, 23, 20, tzinfo=zone).astimezone(UTC)
    person = Staff(added_at=evening, left_at=evening + timedelta(days=7))
    here = {day: was_here(person, date(2026, 11, day), zone) for day in (22, 23, 24, 30)}
    assert here == {22: False, 23: True, 24: True, 30: True}
    assert not was_here(person, date(2026, 12, 1), zone)


def test_before_the_clinic_there_was_nobody_and_the_future_is_told_as_such(tmp_path: Path) -> None:
    clinic = small_clinic(tmp_path / "clinic")
    desk = clinic.as_user("desk")
    before = in_force_on(desk, date(2019, 5, 1))
    assert (before.policy, before.protocols, before.directors, before.licences) == (None, (), (), ())
    signed_later = in_force_on(desk, TODAY - timedelta(days=1))
    assert signed_later.policy is None or signed_later.policy.signed_later
    assert signed_later.directors == ()
    assert not in_force_on(desk, TODAY).is_to_come
    assert in_force_on(desk, TODAY + timedelta(days=1)).is_to_come
    clinic.close()
