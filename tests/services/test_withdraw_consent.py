"""A consent that was taken back: written down, listed, entered, held by the check."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from mnclinic.errors import InvalidInput
from mnclinic.services.withdraw_consent import NewWithdrawal, list_withdrawals, withdraw_consent
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person
from tests.services.reading import actions_since, log_size, problems_found


def test_a_withdrawal_is_written_down_listed_and_entered(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    ref = add_person(desk)
    size = log_size(desk)
    said = NewWithdrawal("microneedling", None, " Ada  Testerman", "telephone", "She called.")
    made = withdraw_consent(desk, ref, said)
    assert (made.withdrawn_by, made.how, made.recorded_by) == ("Ada Testerman", "telephone", "desk")
    assert list_withdrawals(desk, ref) == (made,)
    assert actions_since(desk, size) == ["consent.withdrawn"]
    assert problems_found(desk) == []


def test_a_withdrawal_in_the_evening_is_listed_under_the_clinics_day(clinic: SmallClinic) -> None:
    clinic.clock.at = clinic.clock.at.replace(hour=20)
    desk = clinic.as_user("desk")
    ref = add_person(desk)
    withdraw_consent(desk, ref, NewWithdrawal("microneedling", None, "Ada Testerman", "telephone", "Called."))
    (row,) = list_withdrawals(desk, ref)
    assert (row.withdrawn_at.date(), row.recorded_at.date()) == (clinic.clock.at.date(),) * 2


def test_every_problem_is_told_at_once_and_nothing_is_stored(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    ref = add_person(desk)
    size = log_size(desk)
    wrong = NewWithdrawal("", MONDAY + timedelta(hours=1), " ", "shouted", "x" * 2001)
    with pytest.raises(InvalidInput) as told:
        withdraw_consent(desk, ref, wrong)
    assert [one.where for one in told.value.problems] == ["withdrawn_at", "withdrawn_by", "how", "note"]
    with pytest.raises(InvalidInput):
        withdraw_consent(desk, "P-009999", NewWithdrawal(withdrawn_by="Ada"))
    assert log_size(desk) == size


@pytest.mark.parametrize(
    "act", ["DELETE FROM consent_withdrawal", "UPDATE consent_withdrawal SET form = 'another'"]
)
def test_the_database_itself_keeps_it(clinic: SmallClinic, act: str) -> None:
    desk = clinic.as_user("desk")
    withdraw_consent(desk, add_person(desk), NewWithdrawal(withdrawn_by="Ada"))
    with desk.store.engine.begin() as connection, pytest.raises(Exception, match="keeps what was written"):
        connection.execute(text(act))
