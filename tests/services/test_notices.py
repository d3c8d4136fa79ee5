"""What Today tells: what is pressing stands first, and each notice leads to somebody who can mend it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.slots import open_with_recovery
from mnclinic.services.keys.recovery_sheet import make_recovery_sheet
from mnclinic.services.keys.revoke_key import revoke_signature_key
from mnclinic.services.notices import PRESSING, Notice, notices
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.list_users import list_users
from mnclinic.services.users.reset_user import reset_user
from mnclinic.store.engine import key_of
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


def replaced_sheet(clinic: SmallClinic, tmp_path: Path) -> str:
    make_recovery_sheet(clinic.as_user("owner"), PASSWORDS["owner"], tmp_path / "new.pdf")
    return "The recovery sheet was replaced"


def reset_password(clinic: SmallClinic, _: Path) -> str:
    reset_user(clinic.as_user("owner"), "reyes", TEMPORARY, PASSWORDS["owner"], reason="forgotten")
    return "A password was reset"


def stolen_key(clinic: SmallClinic, _: Path) -> str:
    revoke_signature_key(clinic.as_user("owner"), "reyes", "stolen", PASSWORDS["owner"])
    return "A signature key was stolen"


@pytest.mark.parametrize("act", [replaced_sheet, reset_password, stolen_key])
def test_what_an_older_key_file_still_opens_is_told_until_the_database_key_is_changed(
    clinic: SmallClinic, tmp_path: Path, act: Callable[[SmallClinic, Path], str]
) -> None:
    assert "database_key_not_changed" not in told(clinic, "owner")
    why = act(clinic, tmp_path)
    notice = told(clinic, "owner")["database_key_not_changed"]
    assert (notice.is_pressing, notice.page) == (True, "settings/recovery")
    assert notice.sentence.startswith(why)
    assert told(clinic, "okafor")["database_key_not_changed"].sentence.startswith(why)
    clinic.close()
    rotate_database_key(clinic.as_user("owner"), "Replaced.")
    assert "database_key_not_changed" not in told(clinic, "owner")


def test_a_lost_signature_key_tells_nobody_to_change_the_database_key(clinic: SmallClinic) -> None:
    revoke_signature_key(clinic.as_user("owner"), "reyes", "lost", PASSWORDS["owner"])
    assert "database_key_not_changed" not in told(clinic, "owner")


def test_everything_that_asks_for_another_database_key_is_told_at_once(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    whys = [act(clinic, tmp_path) for act in (replaced_sheet, stolen_key)]
    assert all(why in told(clinic, "owner")["database_key_not_changed"].sentence for why in whys)


def test_a_replaced_sheet_opens_the_database_with_an_older_key_file_until_its_key_is_changed(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    older, code = load_key_file(clinic.folder).keyfile, "-".join(clinic.ready.recovery_groups)
    replaced_sheet(clinic, tmp_path)
    clinic.close()
    owner = clinic.as_user("owner")
    assert bytes(open_with_recovery(older, code)) == key_of(owner.store.engine)[0]
    rotate_database_key(owner, "The sheet was replaced.")
    assert bytes(open_with_recovery(older, code)) != key_of(owner.store.engine)[0]
