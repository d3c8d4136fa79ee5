"""Versioned rules: which one counts on which day, and what an authorisation covers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mnclinic.domain.policy import OffLabelAuthorisation, in_force
from tests.domain.builders import shipped_policy

POLICY = shipped_policy()
DAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)
AUTHORISATION = OffLabelAuthorisation(
    authorisation_id="prp-topical",
    flag="off_label_topical",
    service="microneedling_prp",
    patient_ref=None,
    valid_from=date(2026, 1, 5),
    valid_to=date(2026, 12, 31),
    director="Dr I. Okafor",
)


def test_a_version_counts_from_its_effective_day() -> None:
    assert in_force([POLICY], POLICY.effective_on) is POLICY
    assert in_force([POLICY], POLICY.effective_on - ONE_DAY) is None
    assert in_force([], DAY) is None


def test_the_newest_effective_version_counts_and_a_future_one_does_not() -> None:
    newer = replace(POLICY, version=4, effective_on=DAY)
    future = replace(POLICY, version=5, effective_on=DAY + ONE_DAY)
    assert in_force([future, newer, POLICY], DAY) is newer
    assert in_force([future, newer, POLICY], DAY - ONE_DAY) is POLICY


def test_of_two_versions_of_one_day_the_higher_number_counts() -> None:
    newer = replace(POLICY, version=4)
    assert in_force([newer, POLICY], DAY) is newer
    assert in_force([POLICY, newer], DAY) is newer


@pytest.mark.parametrize(
    ("day", "covered"),
    [
        (AUTHORISATION.valid_from - ONE_DAY, False),
        (AUTHORISATION.valid_from, True),
        (AUTHORISATION.valid_to, True),
        (AUTHORISATION.valid_to + ONE_DAY, False),
    ],
)
def test_an_authorisation_counts_from_its_first_day_to_its_last(day: date, covered: bool) -> None:
    assert AUTHORISATION.covers("off_label_topical", "microneedling_prp", "somebody", day) is covered


def test_an_authorisation_covers_its_flag_its_service_and_its_patient_only() -> None:
    assert not AUTHORISATION.covers("off_label_depth", "microneedling_prp", "somebody", DAY)
    assert not AUTHORISATION.covers("off_label_topical", "microneedling_face", "somebody", DAY)
    for_one = replace(AUTHORISATION, patient_ref="somebody")
    assert for_one.covers("off_label_topical", "microneedling_prp", "somebody", DAY)
    assert not for_one.covers("off_label_topical", "microneedling_prp", "somebody else", DAY)


def test_of_two_versions_the_one_that_began_last_is_in_force_whatever_their_numbers() -> None:
    later, earlier = (
        replace(POLICY, version=version, effective_on=date(2026, month, 1))
        for version, month in ((2, 6), (3, 5))
    )
    assert in_force((later, earlier), date(2026, 6, 1)) is later
    assert in_force((earlier, later), date(2026, 5, 31)) is earlier
    assert in_force((later, earlier), date(2026, 4, 30)) is None
