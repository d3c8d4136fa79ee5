"""Renewing one's own signature key takes all that signing takes."""

from pathlib import Path
from typing import Any, Literal

import pytest

from mnclinic.errors import InvalidInput, NotPermitted
from mnclinic.services.check_store import check_store
from mnclinic.services.key_changes import account_act
from mnclinic.services.keys import enrol_signature_key as enrolling
from mnclinic.services.keys import revoke_key as revoking
from mnclinic.services.keys.enrol_signature_key import enrol_signature_key
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.keys.revoke_key import revoke_signature_key
from mnclinic.services.keys.second_factor import set_second_factor
from mnclinic.services.notices import notices
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.second_person import SECOND_FACTOR_REMOVED, WAIT_ALONE
from mnclinic.services.session import OpenClinic, signer
from mnclinic.services.users.choose_password import choose_password, recover_password
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.reset_user import reset_user
from tests.services.clinic_builder import PASSWORDS, SmallClinic
from tests.services.reading import problems_found

OWN = PASSWORDS["reyes"]
FIRST = "granite willow seventeen hats"
HERS = "cobalt orchard nine lanterns"


@pytest.fixture
def stick(clinic: SmallClinic, tmp_path: Path) -> Path:
    """The key file that T. Reyes signs with besides the password."""
    file = tmp_path / "stick.key"
    set_second_factor(clinic.as_user("reyes"), OWN, file)
    return file


def test_the_password_alone_makes_no_new_key_beside_a_key_file(clinic: SmallClinic, stick: Path) -> None:
    reyes = clinic.as_user("reyes")
    before = reyes.person.signature_key
    with pytest.raises(NotPermitted, match="needs your key file"):
        enrol_signature_key(reyes, OWN)
    another = stick.with_name("another.key")
    set_second_factor(clinic.as_user("lind"), PASSWORDS["lind"], another)
    with pytest.raises(InvalidInput):
        enrol_signature_key(reyes, OWN, factor=another)
    assert reyes.person.signature_key == before
    assert problems_found(reyes) == []


def test_with_the_key_file_the_key_before_gives_its_word_and_the_file_stays_the_one_to_sign_with(
    clinic: SmallClinic, stick: Path
) -> None:
    reyes = clinic.as_user("reyes")
    made = enrol_signature_key(reyes, OWN, factor=stick)
    with pytest.raises(NotPermitted, match="needs your key file"), signer(reyes, OWN):
        pass
    with signer(reyes, OWN, factor=stick) as by:
        assert by.key.key_id == made.key
    assert problems_found(reyes) == []


def test_whoever_lost_the_key_file_makes_a_key_after_somebody_else_ended_the_one_before(
    clinic: SmallClinic, stick: Path
) -> None:
    revoke_signature_key(clinic.as_user("owner"), "reyes", "lost", PASSWORDS["owner"])
    stick.unlink()
    reyes = clinic.as_user("reyes")
    made = enrol_signature_key(reyes, OWN)
    with signer(reyes, OWN) as by:
        assert by.key.key_id == made.key
    assert problems_found(reyes) == []


def test_a_key_that_was_made_past_the_key_file_is_found(
    clinic: SmallClinic, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a program does whose rule somebody took out."""
    assert stick.exists()
    reyes: OpenClinic = clinic.as_user("reyes")
    monkeypatch.setattr(enrolling, "key_before", lambda *_args, **_named: None)
    enrol_signature_key(reyes, OWN)
    checked = check_store(reyes)
    assert checked.verdict == "EXPLAINED"
    (found,) = checked.findings
    assert "T. Reyes signed with a key file besides the password, and this key was made without" in found.what


def test_whoever_took_the_key_file_away_renews_the_key_and_nothing_is_found(
    clinic: SmallClinic, stick: Path
) -> None:
    reyes = clinic.as_user("reyes")
    set_second_factor(reyes, OWN, None, factor=stick)
    enrol_signature_key(reyes, OWN)
    assert problems_found(reyes) == []


def test_an_entry_alone_takes_no_key_file_away(
    clinic: SmallClinic, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody can write who has the password and not the key file."""
    assert stick.exists()
    reyes: OpenClinic = clinic.as_user("reyes")
    with reyes.work() as work:
        work.log.record(account_act(SECOND_FACTOR_REMOVED, reyes.person.staff_id))
        number = work.log.head().size
        work.commit()
    monkeypatch.setattr(enrolling, "key_before", lambda *_args, **_named: None)
    enrol_signature_key(reyes, OWN)
    checked = check_store(reyes)
    assert checked.verdict == "EXPLAINED"
    (found,) = checked.findings
    assert f"until log entry {number} took that away, and this key was made without it" in found.what


def enter(clinic: SmallClinic, user: str, password: str) -> OpenClinic:
    opened = open_clinic(clinic.folder, user, password, clock=clinic.clock)
    clinic.opened.append(opened)
    return opened


def alone_with_a_key_file(clinic: SmallClinic, tmp_path: Path) -> tuple[OpenClinic, str]:
    """A director whom nobody independent can confirm, who signs with a key file; and her code of before."""
    clinic.close()
    owner = clinic.as_user("owner")
    for user in ("lind", "reyes", "desk"):
        end_access(owner, user, PASSWORDS["owner"], reason="Closed.")
    reset_user(owner, "okafor", FIRST, PASSWORDS["owner"], reason="Lost.")
    owner.close()
    choose_password(enter(clinic, "okafor", FIRST), FIRST, HERS)
    clinic.clock.at += WAIT_ALONE
    okafor = enter(clinic, "okafor", HERS)
    enrol_signature_key(okafor, HERS)
    code = "-".join(make_recovery_code(okafor, HERS, tmp_path / "card.pdf").groups)
    set_second_factor(okafor, HERS, tmp_path / "director.key")
    return okafor, code


def test_a_directors_password_alone_gives_no_key_at_once_beside_a_key_file(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    """Whoever knows it ends the key that takes the file. What they make instead waits, in view of all."""
    okafor, _ = alone_with_a_key_file(clinic, tmp_path)
    revoke_signature_key(okafor, "okafor", "lost", HERS)
    with pytest.raises(NotPermitted, match="after a key that took a key file was ended without it"):
        enrol_signature_key(okafor, HERS)
    owner = clinic.as_user("owner")
    (said,) = (one.sentence for one in notices(owner) if one.code == "directors_key_file_passed")
    assert "the signature key of Dr I. Okafor, a medical director, was ended" in said
    assert "on another can be made with nobody else's word" in said
    clinic.clock.at += WAIT_ALONE
    made = enrol_signature_key(enter(clinic, "okafor", HERS), HERS)
    assert made.is_unconfirmed
    assert check_store(okafor).verdict == "EXPLAINED"


def test_a_person_ends_no_key_as_replaced(clinic: SmallClinic) -> None:
    """Only a renewal does, which takes the key file."""
    okafor = clinic.as_user("okafor")
    reason: Any = "replaced"
    with pytest.raises(InvalidInput, match="Only making the next one replaces a key"):
        revoke_signature_key(okafor, "okafor", reason, PASSWORDS["okafor"])
    assert okafor.person.signature_key is not None


def test_an_end_without_the_next_key_counts_whatever_its_reason_and_a_renewal_does_not(
    clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    okafor, _ = alone_with_a_key_file(clinic, tmp_path)
    enrol_signature_key(okafor, HERS, factor=tmp_path / "director.key")
    enrol_signature_key(okafor, HERS, factor=tmp_path / "director.key")
    assert not [one for one in notices(okafor) if one.code == "directors_key_file_passed"]
    # As another program could, or this one before.
    monkeypatch.setattr(revoking, "EndReason", Literal["replaced"])
    reason: Any = "replaced"
    revoke_signature_key(okafor, "okafor", reason, HERS)
    with pytest.raises(NotPermitted, match="after a key that took a key file was ended without it"):
        enrol_signature_key(okafor, HERS)


def test_a_key_with_a_key_file_that_an_administrator_ended_gives_no_next_one_at_once(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    alone_with_a_key_file(clinic, tmp_path)
    owner = clinic.as_user("owner")
    revoke_signature_key(owner, "okafor", "lost", PASSWORDS["owner"])
    okafor = enter(clinic, "okafor", HERS)
    with pytest.raises(NotPermitted, match="after a key that took a key file was ended without it"):
        enrol_signature_key(okafor, HERS)
    (said,) = (one.sentence for one in notices(okafor) if one.code == "directors_key_file_passed")
    assert "your signature key was ended in the name of M. Castellan without the key file" in said
    assert "on another can be made with nobody else's word" in said
    clinic.clock.at += WAIT_ALONE
    assert enrol_signature_key(enter(clinic, "okafor", HERS), HERS).is_unconfirmed


def test_a_recovery_code_gives_a_director_no_key_at_once_beside_a_key_file(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    _, code = alone_with_a_key_file(clinic, tmp_path)
    clinic.close()
    new = "velvet harbour nine pines"
    again = recover_password(clinic.folder, "okafor", code, new, clock=clinic.clock)
    clinic.opened.append(again)
    with pytest.raises(NotPermitted, match="after a key that took a key file was ended without it"):
        enrol_signature_key(again, new)
