"""What the policy asks of the clinic beside a visit: told on Today to whoever can do something about it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mnclinic.services.notices import notices
from mnclinic.services.policy_notices import looked_at_by
from mnclinic.services.record_visit import record_visit
from mnclinic.services.start_visit import start_visit
from tests.domain.builders import draft
from tests.services.clinic_builder import CONSENT, SmallClinic, add_person, document, known_clinic, protocol
from tests.services.events import note_down
from tests.services.test_telephone_order import second_form

VALUES = {
    "performer_deadline_days": 2,
    "review_escalate_days": 14,
    "review_min_per_period": 3,
    "review_window_days": 30,
    "review_basis": "performer",
    "mdr_user_facility": "yes",
    "protocol_review_months": 11,
}


def with_values(**values: object) -> dict[str, Any]:
    content = second_form()
    for name, value in values.items():
        content["parameters"][name]["value"] = value
    content["review"]["sample_percent"]["value"] = 0
    content["review"]["due_days"]["value"] = 7
    content["review"]["always"] = ["first_by_new_staff"]
    return content


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    documents = (("policy", with_values(**VALUES)), ("protocol", protocol()), ("consent_text", CONSENT))
    made = known_clinic(tmp_path / "clinic", documents=documents)
    yield made
    made.let_go()


def told(clinic: SmallClinic, user: str = "owner") -> dict[str, str]:
    return {one.code: one.sentence for one in notices(clinic.as_user(user))}


def treat(clinic: SmallClinic, last_name: str = "Testerman") -> str:
    patient = {"last_name": last_name, "first_name": "Ada", "born_on": "1990-04-23"}
    with clinic.signing("reyes") as (reyes, by):
        return record_visit(reyes, document(patient=patient), by, shown="command").visit_id


def test_a_visit_that_nobody_signed_in_the_performers_days_is_told(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    start_visit(reyes, add_person(clinic.as_user("desk")), "microneedling_face", "reyes")
    assert "signatures_late" not in told(clinic)
    clinic.clock.at += timedelta(days=3)
    assert "2 days" in told(clinic)["signatures_late"]
    assert "signatures_late" not in told(clinic, "desk")


def test_too_few_drawn_for_a_performer_is_told_until_enough_went_to_the_director(clinic: SmallClinic) -> None:
    treat(clinic)
    assert "too_few_drawn" not in told(clinic)
    treat(clinic, "Secondson")
    assert "last 30 days: 1" in told(clinic)["too_few_drawn"]
    clinic.clock.at += timedelta(days=31)
    assert "too_few_drawn" not in told(clinic)


def test_a_serious_event_is_told_for_the_days_in_which_it_is_reported(clinic: SmallClinic) -> None:
    visit_id = treat(clinic)
    noted_on = clinic.clock.now().date()
    reyes = clinic.as_user("reyes")
    note_down(reyes, visit_id, event="infection", grade=3, noted_on=noted_on, note="invented")
    assert "device user facility" in told(clinic)["events_to_report"]
    clinic.clock.at += timedelta(days=15)
    assert "events_to_report" not in told(clinic)


def test_a_review_that_waits_too_long_is_told_to_the_leaders(clinic: SmallClinic) -> None:
    treat(clinic)
    clinic.clock.at += timedelta(days=13)
    assert "reviews_escalated" not in told(clinic)
    clinic.clock.at += timedelta(days=2)
    assert "14 days" in told(clinic)["reviews_escalated"]


@pytest.mark.parametrize(
    ("effective_on", "own", "months", "expected"),
    [
        ("2026-01-31", None, 1, "2026-02-28"),
        ("2026-01-05", "2026-06-01", 12, "2026-06-01"),
        ("2026-01-05", "2028-06-01", 12, "2027-01-05"),
        ("2026-01-05", "2028-06-01", None, "2028-06-01"),
        ("2026-01-05", None, None, None),
    ],
)
def test_a_protocol_is_looked_at_again_by_its_own_day_or_the_policys_months(
    effective_on: str, own: str | None, months: int | None, expected: str | None
) -> None:
    policy = draft("policies/tx.json")
    policy["parameters"]["protocol_review_months"]["value"] = months
    method = {"effective_on": effective_on} | ({"review_by": own} if own else {})
    assert looked_at_by(method, policy) == expected


def test_the_policys_months_are_told_before_they_are_over(clinic: SmallClinic) -> None:
    assert clinic.clock.now().date() < date(2026, 12, 5)
    assert "Face, version 1" in told(clinic)["rules_to_review"]
