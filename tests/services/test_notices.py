"""What Today tells: what is pressing stands first, and each notice leads to somebody who can mend it."""

from datetime import timedelta

from mnclinic.services.notices import PRESSING, Notice, notices
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.list_users import list_users
from mnclinic.services.users.reset_user import reset_user
from tests.services.clinic_builder import PASSWORDS, SmallClinic

TEMPORARY = "meadow ticket violet stone"


def told(clinic: SmallClinic, user: str) -> dict[str, Notice]:
    return {one.code: one for one in notices(clinic.as_user(user))}


def test_what_cannot_wait_stands_first(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    reset_user(owner, "okafor", TEMPORARY, PASSWORDS["owner"], reason="forgotten")
    clinic.clock.at += timedelta(days=5)
    found = notices(clinic.as_user("owner"))
    pressing = [one.is_pressing for one in found]
    assert pressing == sorted(pressing, reverse=True)
    assert len(set(pressing)) == 2, "some can wait and some cannot"


def test_whatever_somebody_may_have_done_to_keys_and_log_is_pressing() -> None:
    assert {
        "signature_key_after_reset",
        "directors_key_replaced",
        "directors_key_unconfirmed",
        "directors_password_given",
        "key_file_from_copy",
        "head_file_lost",
        "head_file_failing",
        "clock_set_back",
        "recovered",
    } <= PRESSING


def test_whoever_cannot_read_the_sheet_back_is_told_who_can(clinic: SmallClinic) -> None:
    of_owner = told(clinic, "owner")["recovery_sheet_not_read_back"]
    assert of_owner.page == "settings/recovery"
    assert "Type it in once, then seal it." in of_owner.sentence
    of_director = told(clinic, "okafor")["recovery_sheet_not_read_back"]
    assert of_director.page == "settings/people", "a page without the box would lead nowhere"
    assert "Have M. Castellan type it in once, then seal it." in of_director.sentence


def test_whoever_looks_after_people_is_told_that_the_time_of_somebody_is_over_until_the_access_is_ended(
    clinic: SmallClinic,
) -> None:
    """The program lets them in no more; a program of their own would open what they could open."""
    assert "access_over" not in told(clinic, "owner")
    clinic.clock.at += timedelta(days=8)
    notice = told(clinic, "owner")["access_over"]
    assert (notice.page, notice.is_pressing) == ("settings/people", True)
    assert notice.sentence.startswith("The access of Inspector ended on ")
    assert "Have M. Castellan end the access" in told(clinic, "okafor")["access_over"].sentence
    assert "access_over" not in told(clinic, "desk")
    owner = clinic.as_user("owner")
    (row,) = (one for one in list_users(owner) if one.user == "inspector")
    assert (row.can_log_in, row.why_no_log_in) == (False, "time_over")
    clinic.close()
    owner = clinic.as_user("owner")
    assert end_access(owner, "inspector", PASSWORDS["owner"], reason="Done.").key_not_changed is None
    assert {"access_over", "database_key_not_changed"}.isdisjoint(one.code for one in notices(owner))
