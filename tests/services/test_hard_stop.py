"""Fifty wrong passwords close a user name, through the whole log-in path, and only a way back opens it."""

from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from mnclinic.errors import TooManyTries, WrongCredentials
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.throttle import FREE_TRIES, LONGEST_WAIT_MS, TRIES_MAX
from mnclinic.services import open_clinic as opening
from mnclinic.services import session
from mnclinic.services.credentials import wait_s
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.late_entries import FAILED_LOG_IN
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.session import signer
from mnclinic.services.users.choose_password import choose_password, recover_password
from mnclinic.services.users.reset_user import reset_user
from tests.services.clinic_builder import PASSWORDS, SmallClinic
from tests.services.reading import entries_since, log_size, problems_found

FIRST = "granite willow seventeen hats"
OWN = "cobalt orchard nine lanterns"
YEAR_MS = 365 * 24 * 3600 * 1000


def tried(clinic: SmallClinic, user: str, password: str) -> int | None:
    """One try at the log-in: 0 when it was judged and wrong, else the wait; None when the name is closed."""
    try:
        open_clinic(clinic.folder, user, password, clock=clinic.clock).close()
    except TooManyTries as refused:
        return refused.wait_s
    except WrongCredentials:
        return 0
    raise AssertionError("it opened")


def close_the_name(clinic: SmallClinic, user: str) -> int:
    """Type wrong passwords, waiting as long as is asked for, until nothing is judged any more."""
    judged = 0
    while judged < 2 * TRIES_MAX:
        wait = tried(clinic, user, f"wrong password number {judged}")
        if wait is None:
            return judged
        judged += wait == 0
        clinic.clock.ticks += wait * 1000
    raise AssertionError("it never closed")


@pytest.mark.parametrize("user", ["desk", "nobody-of-that-name"])
def test_after_fifty_tries_no_waiting_and_no_clock_opens_a_name_known_or_not(
    clinic: SmallClinic, user: str
) -> None:
    assert close_the_name(clinic, user) == TRIES_MAX
    right = PASSWORDS.get(user, OWN)
    clinic.clock.ticks += YEAR_MS
    clinic.clock.at += timedelta(days=365)
    assert tried(clinic, user, right) is None
    clinic.clock.ticks = 1
    assert tried(clinic, user, right) is None, "the computer was started again"
    assert wait_s(clinic.folder, load_key_file(clinic.folder).keyfile, user, clock=clinic.clock) is None


def test_others_log_in_after_their_wait_and_the_log_holds_every_try(clinic: SmallClinic) -> None:
    size = log_size(clinic.as_user("owner"))
    close_the_name(clinic, "desk")
    assert tried(clinic, "lind", PASSWORDS["lind"]) == LONGEST_WAIT_MS // 1000, "the device waits"
    clinic.clock.ticks += LONGEST_WAIT_MS
    owner = clinic.as_user("owner")
    failed = [one for one in entries_since(owner, size) if one["action"] == FAILED_LOG_IN]
    assert len(failed) == TRIES_MAX
    assert {one["why"] for one in failed} == {"wrong_password"}
    assert problems_found(owner) == []


def test_a_reset_opens_a_closed_name(clinic: SmallClinic) -> None:
    close_the_name(clinic, "desk")
    clinic.clock.ticks += LONGEST_WAIT_MS
    owner = clinic.as_user("owner")
    reset_user(owner, "desk", FIRST, PASSWORDS["owner"], reason="Forgotten.")
    desk = open_clinic(clinic.folder, "desk", FIRST, clock=clinic.clock)
    choose_password(desk, FIRST, OWN)
    desk.close()
    open_clinic(clinic.folder, "desk", OWN, clock=clinic.clock).close()


def test_the_personal_recovery_code_opens_a_closed_name(clinic: SmallClinic, tmp_path: Path) -> None:
    made = make_recovery_code(clinic.as_user("desk"), PASSWORDS["desk"], tmp_path / "card.pdf")
    close_the_name(clinic, "desk")
    recover_password(clinic.folder, "desk", " ".join(made.groups), OWN, clock=clinic.clock).close()
    open_clinic(clinic.folder, "desk", OWN, clock=clinic.clock).close()


class Ended(BaseException):
    """The program was ended while a password was judged."""


def ends(*_args: object, **_named: object) -> NoReturn:
    raise Ended


def test_a_try_is_on_the_disk_before_it_is_judged_at_the_log_in_and_at_a_signature(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever ends the program in the middle of each try gets no more of them than anybody."""
    reyes = clinic.as_user("reyes")
    with monkeypatch.context() as patched:
        patched.setattr(opening, "unlock", ends)
        for _ in range(FREE_TRIES - 1):
            with pytest.raises(Ended):
                open_clinic(clinic.folder, "reyes", "wrong", clock=clinic.clock)
        patched.setattr(session, "open_signature_key", ends)
        with pytest.raises(Ended), signer(reyes, "wrong"):
            pass
    assert tried(clinic, "reyes", PASSWORDS["reyes"]) == 30
    with pytest.raises(TooManyTries), signer(reyes, PASSWORDS["reyes"]):
        pass
