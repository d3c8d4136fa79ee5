"""What a password is typed for takes as long as passwords take, and leaves nothing when it is stopped."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from mnclinic.domain.credentials import PaperKind
from mnclinic.errors import Stopped
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.services.credentials import CHANGING, CHECKING, KEPT
from mnclinic.services.hand_back import hand_back
from mnclinic.services.keys.enrol_signature_key import enrol_signature_key
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.keys.recovery_sheet import make_recovery_sheet
from mnclinic.services.keys.revoke_key import revoke_signature_key
from mnclinic.services.keys.second_factor import set_second_factor
from mnclinic.services.open_clinic import OPENING, open_clinic
from mnclinic.services.session import OpenClinic, signer
from mnclinic.services.staff_rows import NewPerson
from mnclinic.services.users.add_user import add_user
from mnclinic.services.users.choose_password import choose_password, recover_password
from mnclinic.services.users.extend_access import extend_access
from mnclinic.services.users.reset_user import reset_user
from mnclinic.services.users.staff_papers import NewPaper, end_paper, enter_paper
from mnclinic.store.backup_files import Watch
from tests.services.clinic_builder import PASSWORDS, SmallClinic
from tests.services.reading import log_size, problems_found
from tests.services.test_stopped_jobs import Watcher

NEW = "granite willow seventeen hats"
STEPS = (CHECKING, CHANGING, KEPT)
OWN = PASSWORDS["owner"]

Deed = Callable[[OpenClinic, Path, Watch], object]


def _add(clinic: OpenClinic, _out: Path, watch: Watch) -> object:
    return add_user(clinic, NewPerson("newman", "P. Newman", "front_desk", "", NEW), OWN, watch=watch)


def _reset(clinic: OpenClinic, _out: Path, watch: Watch) -> object:
    return reset_user(clinic, "reyes", NEW, OWN, reason="Forgot it.", watch=watch)


def _extend(clinic: OpenClinic, _out: Path, watch: Watch) -> object:
    until = clinic.clock.now() + timedelta(days=60)
    return extend_access(clinic, "inspector", until, OWN, reason="The visit goes on.", watch=watch)


def _enter_paper(clinic: OpenClinic, _out: Path, watch: Watch) -> object:
    paper = NewPaper(PaperKind.LICENCE, "RN", "L-2", "TX", date(2026, 11, 1), date(2028, 11, 1))
    return enter_paper(clinic, "reyes", paper, OWN, watch=watch)


def _end_paper(clinic: OpenClinic, _out: Path, watch: Watch) -> object:
    return end_paper(clinic, "reyes", "L-1", date(2026, 11, 20), OWN, reason="Given up.", watch=watch)


def _choose(clinic: OpenClinic, _out: Path, watch: Watch) -> object:
    return choose_password(clinic, PASSWORDS["reyes"], NEW, watch=watch)


def _choose_with_keys_anew(clinic: OpenClinic, _out: Path, watch: Watch) -> object:
    return choose_password(clinic, PASSWORDS["reyes"], NEW, may_be_known=True, watch=watch)


def _code(clinic: OpenClinic, out: Path, watch: Watch) -> object:
    return make_recovery_code(clinic, PASSWORDS["reyes"], out, watch=watch)


def _factor(clinic: OpenClinic, out: Path, watch: Watch) -> object:
    return set_second_factor(clinic, PASSWORDS["reyes"], out, watch=watch)


def _key(clinic: OpenClinic, out: Path, watch: Watch) -> object:
    return enrol_signature_key(clinic, PASSWORDS["reyes"], new_factor=out, watch=watch)


def _sheet(clinic: OpenClinic, out: Path, watch: Watch) -> object:
    return make_recovery_sheet(clinic, OWN, out, watch=watch)


def _revoke(clinic: OpenClinic, _out: Path, watch: Watch) -> object:
    return revoke_signature_key(clinic, "reyes", "lost", OWN, watch=watch)


DEEDS: tuple[tuple[str, Deed], ...] = (
    ("owner", _add),
    ("owner", _reset),
    ("owner", _extend),
    ("owner", _enter_paper),
    ("owner", _end_paper),
    ("reyes", _choose),
    ("reyes", _choose_with_keys_anew),
    ("reyes", _code),
    ("reyes", _factor),
    ("reyes", _key),
    ("owner", _sheet),
    ("owner", _revoke),
)


@pytest.mark.parametrize(("user", "deed"), DEEDS, ids=[deed.__name__.strip("_") for _, deed in DEEDS])
def test_what_is_stopped_at_any_step_leaves_no_entry_no_key_and_no_file_and_is_done_afterwards(
    clinic: SmallClinic, tmp_path: Path, user: str, deed: Deed
) -> None:
    by, out = clinic.as_user(user), tmp_path / "written"
    size, keys = log_size(by), load_key_file(clinic.folder).keyfile.checksum
    for step in STEPS:
        with pytest.raises(Stopped):
            deed(by, out, Watcher(step))
        assert (log_size(by), load_key_file(clinic.folder).keyfile.checksum) == (size, keys), step
        assert not out.exists(), step
    watch = Watcher()
    deed(by, out, watch)
    assert tuple(watch.steps) == STEPS
    assert log_size(by) > size
    assert problems_found(by) == []


def test_a_signature_that_is_stopped_before_its_key_is_used_is_none(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    for step in (CHECKING, KEPT):
        with pytest.raises(Stopped), signer(reyes, PASSWORDS["reyes"], watch=Watcher(step)):
            pytest.fail("the key was given out")


def test_a_screen_that_is_handed_back_can_be_stopped_and_is_handed_back_afterwards(
    clinic: SmallClinic,
) -> None:
    desk = clinic.as_user("desk")
    size = log_size(desk)
    for step in (CHECKING, CHANGING):
        with pytest.raises(Stopped):
            hand_back(desk, PASSWORDS["desk"], Watcher(step))
    hand_back(desk, PASSWORDS["desk"], Watcher())
    assert log_size(desk) == size


def test_a_log_in_that_is_stopped_is_none_and_the_next_one_opens(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    size = log_size(desk)
    for step in (CHECKING, OPENING):
        with pytest.raises(Stopped):
            open_clinic(clinic.folder, "reyes", PASSWORDS["reyes"], clock=clinic.clock, watch=Watcher(step))
    assert log_size(desk) == size
    clinic.as_user("reyes")


def test_a_recovery_that_is_stopped_leaves_code_and_password_as_they_were(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    reyes = clinic.as_user("reyes")
    code = "".join(make_recovery_code(reyes, PASSWORDS["reyes"], tmp_path / "card.pdf").groups)
    clinic.close()
    for step in STEPS:
        with pytest.raises(Stopped):
            recover_password(clinic.folder, "reyes", code, NEW, clock=clinic.clock, watch=Watcher(step))
    clinic.as_user("reyes")
    clinic.opened.append(recover_password(clinic.folder, "reyes", code, NEW, clock=clinic.clock))
