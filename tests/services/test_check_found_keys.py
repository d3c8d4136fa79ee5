"""A key that is found is one that a power cut left. What only looks like that is found out."""

import os
from collections.abc import Callable

import pytest

from mnclinic.security.keyfile import PREVIOUS_KEY_FILE
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.signing_keys import SessionKey
from mnclinic.services import set_up_clinic as setting_up
from mnclinic.services.check_found_keys import found_keys
from mnclinic.services.check_store import check_store
from mnclinic.services.key_file_rows import key_file_entered
from mnclinic.services.key_register import Enrolment, keys_in_force
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.recover_clinic import enrol_administrator_by_sheet
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import NewPerson
from mnclinic.services.users.choose_password import choose_password
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.reset_user import reset_user
from mnclinic.store.engine import DATABASE_NAME
from mnclinic.store.head_file import HEAD_NAME
from tests.services.clinic_builder import PASSWORDS, SmallClinic, small_clinic
from tests.services.test_check_actors import GIVEN, by_installation, person, said

OWN = "cobalt orchard nine lanterns"
AGAIN = "temporary plum horizon kite"
AS_AFTER_A_POWER_CUT = "it was found in the key file and entered for R. Frontley"


@pytest.fixture
def built(clinic: SmallClinic) -> SmallClinic:
    """The small clinic, freshly set up."""
    return clinic


def enter(clinic: SmallClinic, user: str, password: str) -> OpenClinic:
    """Log in with a password that is not the one of the set-up."""
    opened = open_clinic(clinic.folder, user, password, clock=clinic.clock)
    clinic.opened.append(opened)
    return opened


def half_a_reset(clinic: SmallClinic, given: str) -> None:
    """A password is given and the file of keys is stored; the database is as before, as after a power cut."""
    clinic.close()
    kept = {name: (clinic.folder / name).read_bytes() for name in (DATABASE_NAME, HEAD_NAME)}
    reset_user(clinic.as_user("owner"), "desk", given, PASSWORDS["owner"], reason="forgot it")
    clinic.close()
    for name, data in kept.items():
        (clinic.folder / name).write_bytes(data)
    (clinic.folder / PREVIOUS_KEY_FILE).unlink(missing_ok=True)


def reset_with_a_power_cut(clinic: SmallClinic, given: str) -> OpenClinic:
    """The same, and the log-in behind it."""
    half_a_reset(clinic, given)
    return enter(clinic, "desk", given)


def _nothing_more(_clinic: SmallClinic, _desk: OpenClinic) -> None:
    pass


def _own_password(_clinic: SmallClinic, desk: OpenClinic) -> None:
    choose_password(desk, GIVEN, OWN)


def _own_password_and_a_reset(clinic: SmallClinic, desk: OpenClinic) -> None:
    choose_password(desk, GIVEN, OWN)
    reset_user(clinic.as_user("owner"), "desk", AGAIN, PASSWORDS["owner"], reason="forgot it again")


def _a_reset(clinic: SmallClinic, _desk: OpenClinic) -> None:
    reset_user(clinic.as_user("owner"), "desk", AGAIN, PASSWORDS["owner"], reason="forgot it again")


def _another_power_cut(clinic: SmallClinic, _desk: OpenClinic) -> None:
    choose_password(reset_with_a_power_cut(clinic, AGAIN), AGAIN, OWN)


def _leaving(clinic: SmallClinic, _desk: OpenClinic) -> None:
    end_access(clinic.as_user("owner"), "desk", PASSWORDS["owner"], reason="Left.")


@pytest.mark.parametrize(
    "later",
    [
        *(_nothing_more, _own_password, _own_password_and_a_reset),
        *(_a_reset, _another_power_cut, _leaving),
    ],
)
def test_a_key_that_a_power_cut_left_stays_explained_whatever_comes_after(
    built: SmallClinic, later: Callable[[SmallClinic, OpenClinic], None]
) -> None:
    later(built, reset_with_a_power_cut(built, GIVEN))
    built.close()
    checked = check_store(built.as_user("owner"))
    assert checked.verdict == "EXPLAINED", said(checked)
    assert all(AS_AFTER_A_POWER_CUT in one.what for one in checked.findings), said(checked)


def test_a_key_of_somebody_whose_next_one_a_power_cut_parted_from_its_entry_stays_explained(
    built: SmallClinic,
) -> None:
    reset_with_a_power_cut(built, GIVEN)
    half_a_reset(built, AGAIN)
    checked = check_store(built.as_user("owner"))
    assert checked.verdict == "EXPLAINED", said(checked)


def found_for(clinic: OpenClinic, user: str, *, ends_others: bool) -> SessionKey:
    """Enter a key in somebody's name as the program enters one that it found."""
    key, scribe = SessionKey(os.urandom(32)), by_installation(clinic)
    with clinic.work() as work:
        holder = person(work, user)
        before = keys_in_force(work.session, holder.id, "session")
        register = Enrolment(work, clinic.facts.vault, clinic.clock.now())
        vouched = [clinic.installation_key]
        register.enrol(key, "session", holder, holder.id, vouched_by=vouched, why="found", scribe=scribe)
        for one in before if ends_others else ():
            register.revoke(one.key, "replaced", by=None, signer=clinic.installation_key, scribe=scribe)
        work.commit()
    return key


def test_a_leader_who_ends_the_key_that_they_had_found_for_somebody_does_not_hide_it(
    built: SmallClinic,
) -> None:
    owner = built.as_user("owner")
    found = found_for(owner, "desk", ends_others=False)
    reset_user(owner, "desk", GIVEN, PASSWORDS["owner"], reason="forgot it")
    checked = check_store(owner)
    assert checked.verdict == "ALTERED"
    assert f"the key {found.key_id[:16]} is said to have been found, and the one before it went on" in said(
        checked
    )


def test_what_programs_of_before_left_in_force_beside_a_found_key_is_explained(
    built: SmallClinic, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setting_up, "NEWEST", "0002")
    old = small_clinic(tmp_path_factory.mktemp("old") / "clinic")
    owner = old.as_user("owner")
    found_for(owner, "desk", ends_others=False)
    reset_user(owner, "desk", GIVEN, PASSWORDS["owner"], reason="forgot it")
    checked = check_store(owner)
    old.close()
    assert checked.verdict == "EXPLAINED", said(checked)


def test_the_key_of_an_administrator_whom_the_sheet_is_said_to_have_made_lies_in_the_key_file(
    built: SmallClinic,
) -> None:
    before = load_key_file(built.folder).keyfile
    sheet = " ".join(built.ready.recovery_groups)
    new = NewPerson("nadm", "N. Newcomer", "administrator", "", OWN)
    enrol_administrator_by_sheet(built.folder, sheet, new, clock=built.clock, source="data folder")
    owner = built.as_user("owner")
    with owner.store.reading() as session:
        assert list(found_keys(session, owner.key_file)) == []
    with owner.store.work(by_installation(owner)) as work:
        work.log.record(key_file_entered(before, found=True))
        work.commit()
    with owner.store.reading() as session:
        assert [one.what[-22:] for one in found_keys(session, before)] == ["is not in the key file"]


def test_nothing_is_said_of_found_keys_where_there_are_none(built: SmallClinic) -> None:
    owner = built.as_user("owner")
    with owner.store.reading() as session:
        assert list(found_keys(session, owner.key_file)) == []
