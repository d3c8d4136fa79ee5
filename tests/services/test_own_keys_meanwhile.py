"""A person makes their own keys anew while a long job of theirs goes on in the same window."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from mnclinic.errors import ClinicError, LogInEnded
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.key_changes import account_act
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.session import OpenClinic
from mnclinic.services.users.choose_password import choose_password
from mnclinic.services.users.reset_user import reset_user
from mnclinic.store.unit_of_work import UnitOfWork
from tests.services.clinic_builder import PASSWORDS, SmallClinic
from tests.services.reading import problems_found

NEW = "saddle winter marble cloud"
OWN = PASSWORDS["reyes"]
LONGEST_S = 60


def end_of_a_long_job(clinic: OpenClinic, work: UnitOfWork) -> None:
    """Enter something with a work that was begun before and had to wait for the store until now."""
    with work:
        work.log.record(account_act("account.password_changed", clinic.person.staff_id))
        work.commit()


def choose(clinic: OpenClinic, _folder: Path) -> None:
    choose_password(clinic, OWN, NEW, may_be_known=True)


def make_code(clinic: OpenClinic, folder: Path) -> None:
    make_recovery_code(clinic, OWN, folder / "card.pdf", may_be_known=True)


@pytest.mark.parametrize("anew", [choose, make_code])
def test_what_waited_for_the_store_meanwhile_is_entered_with_the_new_key(
    clinic: SmallClinic, tmp_path: Path, anew: Callable[[OpenClinic, Path], None]
) -> None:
    reyes = clinic.as_user("reyes")
    before = reyes.session_key.key_id
    waiting = reyes.work()
    anew(reyes, tmp_path)
    assert reyes.session_key.key_id != before
    end_of_a_long_job(reyes, waiting)
    assert problems_found(clinic.as_user("owner")) == []


@pytest.mark.parametrize("anew", [choose, make_code])
def test_what_is_asked_for_before_the_clinic_goes_on_with_them_waits_for_that(
    clinic: SmallClinic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    anew: Callable[[OpenClinic, Path], None],
) -> None:
    reyes = clinic.as_user("reyes")
    waits, refused = Event(), list[ClinicError]()
    go_on, has_made_anew = reyes.go_on_with, reyes.has_made_anew

    def ask() -> None:
        try:
            reyes.require(RoleAct.MAKE_BACKUP)
        except ClinicError as error:
            refused.append(error)
        finally:
            waits.set()

    def asked(key: str) -> bool:
        waits.set()
        return has_made_anew(key)

    asking = Thread(target=ask)

    def meanwhile(*keys: object) -> None:
        # They are stored, and the clinic does not have them yet.
        asking.start()
        assert waits.wait(LONGEST_S)
        go_on(*keys)  # type: ignore[arg-type]

    monkeypatch.setattr(reyes, "has_made_anew", asked)
    monkeypatch.setattr(reyes, "go_on_with", meanwhile)
    anew(reyes, tmp_path)
    asking.join(LONGEST_S)
    assert refused == []


def test_keys_that_somebody_else_ended_end_it_all_the_same(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    waiting = reyes.work()
    reset_user(clinic.as_user("owner"), "reyes", NEW, PASSWORDS["owner"], reason="Lost her password.")
    with pytest.raises(LogInEnded):
        end_of_a_long_job(reyes, waiting)
    with pytest.raises(LogInEnded):
        reyes.require(RoleAct.MAKE_BACKUP)
