"""How long records are kept: the policy's years show their days, and what is unknown or held ends nothing."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mnclinic.domain.credentials import PaperKind
from mnclinic.domain.retention import kept_after, kept_kinds, kept_person
from mnclinic.services.approve_document import approve_document
from mnclinic.services.find_patients import show_patient
from mnclinic.services.hold_records import end_hold, hold_records
from mnclinic.services.merge_records import merge_records
from mnclinic.services.record_visit import record_visit
from mnclinic.services.retention import kept_records
from mnclinic.services.rule_versions import add_draft, beginning_on
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.staff_papers import NewPaper, enter_paper
from tests.domain.builders import draft
from tests.services.clinic_builder import (
    CONSENT,
    MONDAY,
    PASSWORDS,
    SmallClinic,
    add_person,
    document,
    known_clinic,
    protocol,
)
from tests.services.test_telephone_order import second_form

TODAY = MONDAY.date()
YEARS = {
    "retention_adult_years": 7,
    "retention_minor_until_age": 21,
    "retention_minor_years": 7,
    "retention_hipaa_years": 6,
    "retention_training_years": 3,
    "retention_sharps_log_years": 5,
    "retention_exposure_years": 30,
    "retention_audit_log_years": 6,
}


def with_years(**years: int | None) -> dict[str, Any]:
    content = second_form()
    for name, value in (YEARS | years).items():
        content["parameters"][name].update(value=value, source="Read in a test")
    return content


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    documents = (("policy", with_years()), ("protocol", protocol()), ("consent_text", CONSENT))
    made = known_clinic(tmp_path / "clinic", documents=documents)
    yield made
    made.let_go()


def until(born_on: date | None, last_on: date, **years: int | None) -> date | None:
    return kept_person(with_years(**years), born_on, last_on, was_here=True).until


def test_an_adults_record_is_kept_the_policys_years_after_the_last_visit() -> None:
    assert until(date(1990, 4, 23), date(2026, 11, 23)) == date(2033, 11, 23)
    assert until(date(1990, 4, 23), date(2024, 2, 29)) == date(2031, 3, 1)


def test_a_minors_record_is_kept_until_the_later_of_both_rules() -> None:
    assert until(date(2010, 5, 1), date(2026, 11, 23)) == date(2033, 11, 23)
    assert until(date(2020, 5, 1), date(2026, 11, 23)) == date(2041, 5, 1)
    # Of age by the last visit, though born the day after eighteen years ago is not.
    assert until(date(2008, 11, 23), date(2026, 11, 23)) == date(2033, 11, 23)
    assert until(date(2008, 11, 24), date(2026, 11, 23), retention_minor_years=30) == date(2056, 11, 23)


@pytest.mark.parametrize(
    "code", ["retention_adult_years", "retention_minor_until_age", "retention_minor_years"]
)
def test_what_is_not_known_ends_nothing(code: str) -> None:
    grown = code == "retention_adult_years"
    born_on = date(1990, 1, 1) if grown else date(2015, 1, 1)
    kept = kept_person(with_years(**{code: None}), born_on, TODAY, was_here=True)
    assert kept.until is None
    assert "not known" in str(kept.why[0])
    assert kept_person(None, born_on, TODAY, was_here=True).until is None
    assert until(None, TODAY) is None


def test_more_years_never_let_a_record_go_sooner() -> None:
    for code in YEARS:
        for fewer, more in ((1, 2), (6, 30)):
            sooner, later = (kept_after(with_years(**{code: years}), code, TODAY) for years in (fewer, more))
            assert sooner.until is not None
            assert later.until is not None
            assert sooner.until < later.until
    assert until(date(1990, 1, 1), TODAY, retention_adult_years=100) == date(2126, 11, 23)


def test_the_sharps_log_counts_from_the_end_of_the_injurys_year() -> None:
    assert kept_after(with_years(), "retention_sharps_log_years", date(2026, 2, 3)).until == date(
        2031, 12, 31
    )
    (sharps,) = (one for one in kept_kinds(with_years(), TODAY) if one.code == "retention_sharps_log_years")
    assert sharps.before == date(2021, 1, 1)


def test_every_rule_of_the_policy_says_what_it_no_longer_asks_for() -> None:
    kinds = {one.code: one for one in kept_kinds(with_years(retention_audit_log_years=None), TODAY)}
    assert kinds.keys() == YEARS.keys()
    assert kinds["retention_training_years"].before == date(2023, 11, 23)
    assert kinds["retention_audit_log_years"].before is None
    assert all(one.source for one in kinds.values())


def test_every_shipped_draft_tells_its_rules_and_never_a_day_that_it_does_not_know() -> None:
    for name in ("tx", "ca", "fl", "ny", "az", "ut", "tn", "blank"):
        policy = draft(f"policies/{name}.json")
        for one in kept_kinds(policy, TODAY):
            assert (one.before is None) == (one.years is None or "minor" in one.code)
            assert one.source


def treat(clinic: SmallClinic) -> str:
    with clinic.signing("reyes") as (reyes, by):
        return record_visit(reyes, document(), by, shown="command").visit_id


def test_a_persons_page_says_until_when_and_a_legal_hold_stands_above_it(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    treat(clinic)
    card = show_patient(owner, "P-000001")
    assert card.kept.until == date(2033, 11, 23)
    assert "7 years after the last visit, on 23 Nov 2026 (Read in a test)" in str(card.kept.why[0])
    hold_records(owner, card.ref, "A letter from a lawyer.")
    held = show_patient(owner, card.ref).kept
    assert held.until is None
    assert "legal hold stands since 23 Nov 2026" in str(held.why[0])
    assert kept_records(owner).people.held == 1
    end_hold(owner, card.ref, "The letter was answered.")
    assert show_patient(owner, card.ref).kept.until == date(2033, 11, 23)


def test_of_several_records_of_one_person_the_latest_visit_counts(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    ref = add_person(clinic.as_user("desk"), "Secondrecord")
    treat(clinic)
    merge_records(owner, "P-000002", ref, "The same person.")
    kept = show_patient(owner, ref).kept
    assert kept.until == date(2033, 11, 23)
    found = kept_records(owner).people
    assert (found.count, found.first) == (1, kept.until)


def test_whoever_was_never_here_counts_from_the_day_of_the_record(clinic: SmallClinic) -> None:
    ref = add_person(clinic.as_user("desk"), "Neverhere")
    kept = show_patient(clinic.as_user("desk"), ref).kept
    assert kept.until == date(2033, 11, 23)
    assert "after the record was made" in str(kept.why[0])


def test_the_roster_is_counted_by_what_its_days_say(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    add_person(clinic.as_user("desk"), "Neverhere")
    treat(clinic)
    assert kept_records(owner).people.passed == 0
    clinic.clock.at += timedelta(days=366 * 8)
    found = kept_records(clinic.as_user("owner")).people
    assert (found.count, found.passed, found.first) == (2, 2, None)


def test_the_clinics_own_records_say_until_when_each_is_kept(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    trained = NewPaper(
        PaperKind.TRAINING, "Bloodborne pathogens", "T-1", "A school", TODAY, date(2027, 11, 1)
    )
    enter_paper(owner, "reyes", trained, PASSWORDS["owner"])
    end_access(owner, "lind", PASSWORDS["owner"], reason="Left.")
    okafor = clinic.as_user("okafor")
    following = beginning_on("policy", draft("policies/ny.json"), TODAY + timedelta(days=1))
    row = add_draft(okafor, "policy", following)
    with clinic.signing("okafor") as (signing, by):
        approve_document(signing, row.row_id, by, shown="command")
    before = {one.code: one for one in kept_records(owner).records}
    assert before["retention_audit_log_years"].kept.until == date(2032, 11, 23)
    clinic.clock.at += timedelta(days=2)
    found = {one.code: one for one in kept_records(clinic.as_user("owner")).records}
    assert found["retention_training_years"].kept.until == date(2029, 11, 23)
    assert found["retention_exposure_years"].kept.until == date(2056, 11, 23)
    assert found["retention_hipaa_years"].kept.until == date(2032, 11, 23)
    # The draft for New York leaves it open.
    assert found["retention_audit_log_years"].kept.until is None
