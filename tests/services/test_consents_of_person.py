"""A person's consents by date: which count, which are too old, in an older text, or taken back."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from mnclinic.errors import InvalidInput
from mnclinic.services.consents_of_person import ConsentState, consents_of_person
from mnclinic.services.merge_records import merge_records
from mnclinic.services.record_visit import record_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person, document

TODAY = MONDAY.date()


@dataclass
class Treated:
    """A person with one performed visit."""

    clinic: SmallClinic
    ref: str
    number: str


@pytest.fixture
def treated(clinic: SmallClinic) -> Treated:
    ref = add_person(clinic.as_user("desk"), "Testerman")
    with clinic.signing("reyes") as (reyes, by):
        made = document(patient={"last_name": "Testerman", "first_name": "Ada", "born_on": "1990-04-23"})
        recorded = record_visit(reyes, made, by, shown="command")
    return Treated(clinic, ref, recorded.number)


def states(treated: Treated, day: date | None = None) -> list[tuple[ConsentState, Any]]:
    found = consents_of_person(treated.clinic.as_user("desk"), treated.ref, day)
    return [(one.state, one.changes_on) for one in found.consents]


def test_a_consent_counts_until_the_policy_ends_it(treated: Treated) -> None:
    (counting,) = states(treated)
    assert counting[0] is ConsentState.COUNTS
    last = counting[1]
    assert states(treated, last) == [counting]
    after = last + timedelta(days=1)
    assert states(treated, after) == [(ConsentState.EXPIRED, after)]
    assert states(treated, TODAY - timedelta(days=1))[0][0] is ConsentState.NOT_YET


def test_a_withdrawal_ends_it_and_the_day_before_it_counted(treated: Treated) -> None:
    desk = treated.clinic.as_user("desk")
    treated.clinic.clock.at += timedelta(days=2)
    withdraw_consent(desk, treated.ref, NewWithdrawal(withdrawn_by="Ada Testerman"))
    on = TODAY + timedelta(days=2)
    assert states(treated) == [(ConsentState.WITHDRAWN, on)]
    assert states(treated, on - timedelta(days=1))[0][0] is ConsentState.COUNTS
    found = consents_of_person(desk, treated.ref)
    assert [one.withdrawn_by for one in found.withdrawals] == ["Ada Testerman"]


def test_every_record_of_a_merged_person_is_in_it(treated: Treated) -> None:
    owner = treated.clinic.as_user("owner")
    kept = add_person(treated.clinic.as_user("desk"), "Testerman-Low")
    merge_records(owner, treated.ref, kept, "One person.")
    found = consents_of_person(owner, kept)
    assert [one.number for one in found.consents] == [treated.number]


def test_a_consent_in_an_open_visit_is_told_as_open_and_not_printed(treated: Treated) -> None:
    found = consents_of_person(treated.clinic.as_user("desk"), treated.ref)
    assert [one.is_printable for one in found.consents] == [True]
    ref = add_person(treated.clinic.as_user("desk"), "Openvisit")
    reyes = treated.clinic.as_user("reyes")
    start_visit(reyes, ref, "microneedling_face", "reyes")
    assert consents_of_person(reyes, ref).consents == ()


def test_nobody_by_that_number_has_none(treated: Treated) -> None:
    with pytest.raises(InvalidInput):
        consents_of_person(treated.clinic.as_user("desk"), "P-999999")
