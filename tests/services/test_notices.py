"""What Today tells: what is pressing stands first, and each notice leads to somebody who can mend it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from mnclinic.security.keyfile import KEY_FILE, PREVIOUS_KEY_FILE
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.slots import open_with_recovery
from mnclinic.services.keys.recovery_sheet import make_recovery_sheet
from mnclinic.services.keys.revoke_key import revoke_signature_key
from mnclinic.services.notice import PRESSING, Notice
from mnclinic.services.notices import notices
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.users.choose_password import choose_password
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
        "directors_key_file_passed",
        "directors_key_unconfirmed",
        "directors_password_given",
        "key_file_from_copy",
        "key_file_put_back",
        "head_file_lost",
        "head_file_failing",
        "clock_set_back",
        "recovered",
        "ill_written",
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


def put_back(clinic: SmallClinic, older: bytes) -> None:
    """As somebody with the folder does it: the copy alone, and nothing beside it."""
    clinic.close()
    (clinic.folder / KEY_FILE).write_bytes(older)
    (clinic.folder / PREVIOUS_KEY_FILE).unlink(missing_ok=True)


def test_an_older_key_file_that_was_put_back_is_told_until_it_is_answered(clinic: SmallClinic) -> None:
    older = (clinic.folder / KEY_FILE).read_bytes()
    newer = "cobalt orchard nine lanterns"
    choose_password(clinic.as_user("desk"), PASSWORDS["desk"], newer)
    assert "key_file_put_back" not in told(clinic, "owner")
    put_back(clinic, older)
    desk = clinic.as_user("desk")
    assert "key_file_put_back" not in {one.code for one in notices(desk)}, "who cannot answer is not told"
    notice = told(clinic, "owner")["key_file_put_back"]
    assert (notice.is_pressing, notice.page) == (True, "settings/recovery")
    assert notice.sentence.startswith("On 23 Nov 2026 an older copy of the key file was found")
    assert "has to choose one anew: R. Frontley. " in notice.sentence
    assert notice.sentence.endswith("change the database key after that.")
    assert "have M. Castellan change the database key" in told(clinic, "okafor")["key_file_put_back"].sentence
    # The key alone is half an answer: the password that was replaced is sealed to the new one too.
    clinic.close()
    rotate_database_key(clinic.as_user("owner"), "An older key file.")
    assert "R. Frontley" in told(clinic, "owner")["key_file_put_back"].sentence
    choose_password(clinic.as_user("desk"), PASSWORDS["desk"], newer)
    assert "key_file_put_back" not in told(clinic, "owner")


def test_the_newer_key_file_in_its_place_again_leaves_nobodys_older_password(clinic: SmallClinic) -> None:
    older = (clinic.folder / KEY_FILE).read_bytes()
    newer = "cobalt orchard nine lanterns"
    choose_password(clinic.as_user("desk"), PASSWORDS["desk"], newer)
    newest = (clinic.folder / KEY_FILE).read_bytes()
    for copy in (older, newest):
        put_back(clinic, copy)
        clinic.as_user("reyes")
    notice = told(clinic, "owner")["key_file_put_back"]
    assert "R. Frontley" not in notice.sentence
    assert "which is back since: " in notice.sentence
    clinic.close()
    rotate_database_key(clinic.as_user("owner"), "An older key file was there.")
    assert "key_file_put_back" not in told(clinic, "owner")
