"""Whoever can log in has the database key. What they write past the program is found all the same."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from mnclinic.models import RegisteredKey, Staff
from mnclinic.security.signing_keys import SessionKey, SignatureKey
from mnclinic.services.check_store import StoreChecked, check_store
from mnclinic.services.key_changes import account_act
from mnclinic.services.key_register import Enrolment, keys_in_force
from mnclinic.services.session import OpenClinic
from mnclinic.services.settings import setting_bytes
from mnclinic.services.staff_rows import NewPerson, staff_entered
from mnclinic.services.users.add_user import add_user
from mnclinic.services.users.reset_user import reset_user
from mnclinic.store.log_writer import Act, LoggedObject, Scribe
from mnclinic.store.unit_of_work import UnitOfWork
from tests.services.clinic_builder import PASSWORDS, SmallClinic, known_clinic

GIVEN = "temporary fern harvest moon"


@pytest.fixture
def built(tmp_path: Path) -> SmallClinic:
    """The small clinic, freshly set up."""
    return known_clinic(tmp_path / "clinic")


def person(work: UnitOfWork, user: str) -> Staff:
    """Somebody's row."""
    return work.session.scalars(select(Staff).where(Staff.user == user)).one()


def by_installation(clinic: OpenClinic) -> Scribe:
    """How the installation enters what nobody did."""
    key = clinic.installation_key
    return Scribe(None, None, key.key_id, key.sign)


def said(checked: StoreChecked) -> str:
    """All that was found, in one text."""
    return "; ".join(f"{one.where}: {one.what}" for one in checked.findings)


def test_an_entry_in_somebody_elses_name_is_found_whichever_key_signed_it(built: SmallClinic) -> None:
    owner = built.as_user("owner")
    for key in (owner.session_key, owner.installation_key):
        with owner.work() as work:
            okafor = person(work, "okafor")
            scribe = Scribe(okafor.id, "director", key.key_id, key.sign)
            work.log.record(account_act("account.password_changed", okafor.id), scribe=scribe)
            number = work.log.head().size
            work.commit(checkpoint=True)
        checked = check_store(owner)
        assert checked.verdict == "ALTERED"
        assert f"log entry {number}: The key of this entry belongs to somebody else than its actor." in said(
            checked
        )


def test_an_entry_in_a_colleagues_name_of_the_same_role_is_found(built: SmallClinic) -> None:
    lind = built.as_user("lind")
    with lind.work() as work:
        reyes = person(work, "reyes")
        scribe = Scribe(reyes.id, "provider", lind.session_key.key_id, lind.session_key.sign)
        work.log.record(account_act("account.password_changed", reyes.id), scribe=scribe)
        work.commit()
    checked = check_store(lind)
    assert checked.verdict == "ALTERED"
    assert "The key of this entry belongs to somebody else than its actor." in said(checked)


def test_the_installation_signs_nothing_that_a_person_has_to_sign(built: SmallClinic) -> None:
    owner = built.as_user("owner")
    with owner.work() as work:
        act = account_act("account.password_changed", person(work, "okafor").id)
        work.log.record(act, scribe=by_installation(owner))
        work.commit()
    assert "the installation does not enter this act by itself" in said(check_store(owner))


def test_an_entry_that_claims_another_role_than_its_signers_is_found(built: SmallClinic) -> None:
    reyes = built.as_user("reyes")
    with reyes.work() as work:
        work.log.record(
            Act("bundle.made", "E", categories=("export",)), scribe=replace(reyes.scribe, role="director")
        )
        work.commit()
    assert "its role is not the one that its signer has" in said(check_store(reyes))
    assert "had no right to this act" in said(check_store(reyes))


def _adds_staff(work: UnitOfWork, _: OpenClinic) -> None:
    row = person(work, "desk")
    row.role = "administrator"
    work.log.record(staff_entered(work, "staff.added", row))


def _changes_a_setting(work: UnitOfWork, _: OpenClinic) -> None:
    thing = LoggedObject("setting", "lock_after_s", 1, setting_bytes("lock_after_s", b"3600"))
    work.log.record(Act("setting.changed", "U", object=thing, categories=("settings",)))


def _hides_a_setting_in_a_reading(work: UnitOfWork, _: OpenClinic) -> None:
    thing = LoggedObject("setting", "lock_after_s", 1, setting_bytes("lock_after_s", b"3600"))
    work.log.record(Act("patient.viewed", "R", object=thing, categories=("settings",)))


def _gives_a_password(work: UnitOfWork, _: OpenClinic) -> None:
    work.log.record(account_act("account.password_reset", person(work, "desk").id))


def _chooses_for_another(work: UnitOfWork, _: OpenClinic) -> None:
    work.log.record(account_act("account.password_changed", person(work, "desk").id))


def _ends_the_directors_key(work: UnitOfWork, clinic: OpenClinic) -> None:
    (key,) = keys_in_force(work.session, person(work, "okafor").id, "signature")
    register = Enrolment(work, clinic.facts.vault, clinic.clock.now())
    register.revoke(key.key, "lost", by=clinic.person.staff_id, signer=clinic.session_key)


def _invents_an_act(work: UnitOfWork, _: OpenClinic) -> None:
    work.log.record(Act("staff.promoted", "U", categories=("staff",)))


@pytest.mark.parametrize("kind", ["staff", "patient", "removed_patient", "device", "key", "approval"])
@pytest.mark.parametrize("action", ["clock.jumped", "key_file.written"])
def test_no_act_of_the_programs_own_speaks_for_a_row_of_another_kind(
    built: SmallClinic, action: str, kind: str
) -> None:
    reyes = built.as_user("reyes")
    with reyes.work() as work:
        thing = LoggedObject(kind, person(work, "reyes").id, 1, b"{}")
        act = Act(action, "E", object=thing, categories=("log",), detail={"by_s": 300})
        work.log.record(act, scribe=by_installation(reyes) if action == "clock.jumped" else None)
        number = work.log.head().size
        work.commit()
    checked = check_store(reyes)
    assert checked.verdict == "ALTERED"
    assert f"log entry {number}: it speaks of something that this act is not about" in said(checked)


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        (_adds_staff, "whoever signed it had no right to this act"),
        (_changes_a_setting, "whoever signed it had no right to this act"),
        (_hides_a_setting_in_a_reading, "it speaks of something that this act is not about"),
        (_gives_a_password, "whoever signed it had no right to this act"),
        (_chooses_for_another, "it is about somebody whom its actor has no right to"),
        (_ends_the_directors_key, "whoever signed it had no right to end a key of Dr I. Okafor"),
        (_invents_an_act, "this version of mnclinic knows no act staff.promoted"),
    ],
)
def test_nobody_widens_rights_by_an_entry_of_their_own(
    built: SmallClinic, deed: Callable[[UnitOfWork, OpenClinic], None], told: str
) -> None:
    reyes = built.as_user("reyes")
    with reyes.work() as work:
        deed(work, reyes)
        work.commit()
    checked = check_store(reyes)
    assert checked.verdict == "ALTERED"
    assert told in said(checked)


def test_nobody_is_added_to_the_staff_twice_and_a_role_stays_the_one_of_the_keys(
    built: SmallClinic,
) -> None:
    owner = built.as_user("owner")
    with owner.work() as work:
        _adds_staff(work, owner)
        work.commit()
    found = said(check_store(owner))
    assert "it adds somebody who was on the staff already" in found
    assert "the role is not the one for which the keys were made" in found


def test_keys_in_other_names_rest_on_nothing_whoever_makes_them(built: SmallClinic) -> None:
    reyes = built.as_user("reyes")
    own = SessionKey(os.urandom(32))
    signing = SignatureKey(os.urandom(32))
    with reyes.work() as work:
        okafor = person(work, "okafor")
        register = Enrolment(work, reyes.facts.vault, reyes.clock.now())
        vouched = [reyes.installation_key]
        register.enrol(own, "session", okafor, okafor.id, vouched_by=vouched, scribe=by_installation(reyes))
        register.enrol(signing, "signature", okafor, okafor.id, vouched_by=vouched)
        installation = work.session.get_one(RegisteredKey, reyes.installation_key.key_id)
        register.vouch(installation.key, installation.document, signing)
        work.commit(checkpoint=True)
    checked = check_store(reyes)
    assert checked.verdict == "ALTERED"
    assert f"key {own.key_id[:16]}: nobody but the installation entered it for Dr I. Okafor" in said(checked)
    assert f"key {signing.key_id[:16]}: log entry" in said(checked)
    assert "Dr I. Okafor did not sign that" in said(checked)


def test_a_word_for_a_key_stands_once_and_is_given_by_a_key_in_force_before_it(built: SmallClinic) -> None:
    reyes = built.as_user("reyes")
    later, ended = SessionKey(os.urandom(32)), SessionKey(os.urandom(32))
    with reyes.work() as work:
        own, installation = person(work, "reyes"), reyes.installation_key
        register = Enrolment(work, reyes.facts.vault, reyes.clock.now())
        register.enrol(ended, "session", own, own.id, vouched_by=[installation])
        register.revoke(ended.key_id, "replaced", by=own.id, signer=reyes.session_key)
        for words in ([installation, later], [installation, ended], [installation, installation]):
            signing = SignatureKey(os.urandom(32))
            register.enrol(signing, "signature", own, own.id, vouched_by=words)
        register.enrol(later, "session", own, own.id, vouched_by=[installation])
        work.commit()
    what = [one.what for one in check_store(reyes).findings]
    assert what.count("a key that was entered later, or had ended, vouches for it") == 2
    assert what.count("a word for it stands in its row more than once") == 1


def test_a_key_said_to_be_found_is_never_plainly_accepted(built: SmallClinic) -> None:
    reyes = built.as_user("reyes")
    forged = SessionKey(os.urandom(32))
    with reyes.work() as work:
        desk = person(work, "desk")
        Enrolment(work, reyes.facts.vault, reyes.clock.now()).enrol(
            forged,
            "session",
            desk,
            desk.id,
            vouched_by=[reyes.installation_key],
            why="found",
            scribe=by_installation(reyes),
        )
        work.commit()
    checked = check_store(reyes)
    assert checked.verdict != "OK"
    assert f"key {forged.key_id[:16]}: it was found in the key file and entered for R. Frontley" in said(
        checked
    )


def test_a_session_key_that_an_administrator_enters_takes_a_reset_on_record(built: SmallClinic) -> None:
    owner = built.as_user("owner")
    forged = SessionKey(os.urandom(32))
    with owner.work() as work:
        desk = person(work, "desk")
        Enrolment(work, owner.facts.vault, owner.clock.now()).enrol(
            forged, "session", desk, desk.id, vouched_by=[owner.installation_key]
        )
        work.commit()
    assert f"key {forged.key_id[:16]}: somebody else entered it, and no reset of the password" in said(
        check_store(owner)
    )


def test_people_who_are_added_reset_and_choose_their_own_leave_nothing_to_find(built: SmallClinic) -> None:
    owner = built.as_user("owner")
    add_user(owner, NewPerson("nova", "A. Nova", "provider", "RN", GIVEN), PASSWORDS["owner"])
    reset_user(owner, "desk", GIVEN, PASSWORDS["owner"], reason="forgot it")
    assert said(check_store(owner)) == ""
