"""Signature keys, recovery sheet and second factor: who may make what, and what an administrator cannot."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from mnclinic.bundles.verify import verify_bundle
from mnclinic.errors import (
    ClinicReadOnly,
    InvalidInput,
    KeyFileDamaged,
    NotPermitted,
    WrongCredentials,
)
from mnclinic.models import VisitSignature
from mnclinic.security.keyfile_on_disk import load_key_file, save_key_file
from mnclinic.security.slots import (
    enrol_signature_key as enrol_slot,
)
from mnclinic.security.slots import (
    open_signature_key,
    open_with_recovery,
    unlock,
)
from mnclinic.services.check_store import check_store
from mnclinic.services.key_register import Enrolment
from mnclinic.services.keys.enrol_signature_key import enrol_signature_key
from mnclinic.services.keys.list_keys import list_keys
from mnclinic.services.keys.recovery_sheet import make_recovery_sheet, read_back_recovery_sheet
from mnclinic.services.keys.revoke_key import revoke_signature_key
from mnclinic.services.keys.second_factor import set_second_factor
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.notices import notices
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.record_visit import record_visit
from mnclinic.services.recover_clinic import confirm_recovery, enrol_administrator_by_sheet
from mnclinic.services.review_visit import approve_visit
from mnclinic.services.second_log_in import SecondPerson
from mnclinic.services.second_person import WAIT_ALONE
from mnclinic.services.session import OpenClinic, signer
from mnclinic.services.settings import change_setting, setting
from mnclinic.services.staff_rows import NewPerson
from mnclinic.services.users.add_user import add_user
from mnclinic.services.users.choose_password import choose_password
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.list_users import list_users
from mnclinic.services.users.reset_user import reset_user
from tests.services.clinic_builder import (
    MONDAY,
    PASSWORDS,
    SmallClinic,
    StoppedClock,
    document,
    request,
    small_clinic,
)
from tests.services.conftest import Work
from tests.services.reading import actions_since, entries_since, log_size, problems_found
from tests.store.raw import with_database_key

FIRST = "granite willow seventeen hats"
OWN = "cobalt orchard nine lanterns"
OTHER = {"last_name": "Otherson", "first_name": "Bo", "born_on": "1985-01-02"}
LIND = SecondPerson("lind", PASSWORDS["lind"])
OWNER = SecondPerson("owner", PASSWORDS["owner"])


def enter(clinic: SmallClinic, user: str, password: str) -> OpenClinic:
    opened = open_clinic(clinic.folder, user, password, clock=clinic.clock)
    clinic.opened.append(opened)
    return opened


def codes_of(clinic: OpenClinic) -> set[str]:
    return {notice.code for notice in notices(clinic)}


def _reviewed(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        recorded = record_visit(reyes, document(), by, shown="window")
    with clinic.signing("okafor") as (okafor, by):
        approve_visit(okafor, recorded.visit_id, None, by, shown="window")


@pytest.fixture
def reviewed(clinic_after: Callable[[Work], SmallClinic]) -> SmallClinic:
    """With one visit that the director approved."""
    return clinic_after(_reviewed)


def after_reset(clinic: SmallClinic) -> OpenClinic:
    """The director, after a reset, with a password of her own and no signature key."""
    reset_user(clinic.as_user("owner"), "okafor", FIRST, PASSWORDS["owner"], reason="Lost.")
    choose_password(enter(clinic, "okafor", FIRST), FIRST, OWN)
    return enter(clinic, "okafor", OWN)


def test_a_directors_new_key_counts_in_public_view_and_its_bundles_need_both_fingerprints(
    reviewed: SmallClinic, tmp_path: Path
) -> None:
    old = reviewed.ready.fingerprint
    okafor = after_reset(reviewed)
    assert okafor.facts.fingerprint == old
    with pytest.raises(NotPermitted, match="no signature key"), signer(okafor, OWN):
        pass
    made = enrol_signature_key(okafor, OWN, second=LIND)
    assert (made.confirmed_by, made.fingerprint) == ("lind", made.key)
    assert okafor.facts.fingerprint == made.key != old
    with reviewed.signing("reyes") as (reyes, by):
        second = record_visit(reyes, document(patient=OTHER), by, shown="window")
    with signer(okafor, OWN) as by:
        approve_visit(okafor, second.visit_id, None, by, shown="window")
    assert "directors_key_replaced" in codes_of(okafor)
    assert problems_found(okafor) == []
    out = tmp_path / "b.mnbundle"
    day = MONDAY.date()
    make_bundle(okafor, MakeBundle(first=day, last=day, out=out, plain=True))
    for given, missing in ((old, made.key), (made.key, old)):
        verified = verify_bundle(out, trust=given)
        assert verified.verdict == "VALID (KEY NOT CHECKED)"
        assert [found.where for found in verified.findings] == [f"key {missing}"]
    verified = verify_bundle(out, trust=f"{old} {made.key}")
    assert (verified.verdict, verified.findings) == ("VALID", ())


def test_a_directors_new_key_needs_a_second_person_who_cannot_be_the_same_hand(reviewed: SmallClinic) -> None:
    okafor = after_reset(reviewed)
    owner = reviewed.as_user("owner")
    add_user(owner, NewPerson("puppet", "A. Puppet", "front_desk", "", FIRST), PASSWORDS["owner"])
    puppet = enter(reviewed, "puppet", FIRST)
    choose_password(puppet, FIRST, "silver thimble forty doors")
    size = log_size(owner)
    for second in (
        None,
        OWNER,
        SecondPerson("okafor", OWN),
        SecondPerson("inspector", PASSWORDS["inspector"]),
        SecondPerson("puppet", "silver thimble forty doors"),
    ):
        with pytest.raises(NotPermitted, match=r"Who may: G\. Lind, R\. Frontley, T\. Reyes"):
            enrol_signature_key(okafor, OWN, second=second)
    with pytest.raises(WrongCredentials):
        enrol_signature_key(okafor, OWN, second=SecondPerson("lind", "not her password at all"))
    assert log_size(owner) == size
    assert load_key_file(reviewed.folder).keyfile.slot_of("okafor").signature is None  # type: ignore[union-attr]  # she has a slot


def test_where_nobody_else_can_confirm_the_record_says_so_for_ever(reviewed: SmallClinic) -> None:
    reviewed.close()
    owner = reviewed.as_user("owner")
    for user in ("lind", "reyes", "desk"):
        end_access(owner, user, PASSWORDS["owner"], reason="Closed.")
    owner.close()
    okafor = after_reset(reviewed)
    size = log_size(okafor)
    reviewed.clock.at += WAIT_ALONE
    made = enrol_signature_key(okafor, OWN)
    assert made.confirmed_by is None
    entry = next(one for one in entries_since(okafor, size) if one["action"] == "key.enrolled")
    assert entry["why"] == "nobody_else"
    assert check_store(okafor).verdict == "EXPLAINED"
    assert problems_found(okafor) == [
        f"key {made.key[:16]}: the director's key of Dr I. Okafor: no second person could confirm "
        "independently whose key it is"
    ]


def test_a_directors_key_that_nobody_confirmed_is_found(reviewed: SmallClinic) -> None:
    """What somebody with the program's parts and the database key could do instead of asking."""
    okafor = after_reset(reviewed)
    unlocked = unlock(load_key_file(reviewed.folder).keyfile, "okafor", OWN)
    changed, key = enrol_slot(load_key_file(reviewed.folder).keyfile, unlocked, OWN)
    with key, okafor.work() as work:
        register = Enrolment(work, okafor.facts.vault, reviewed.clock.now())
        register.enrol(
            key, "signature", okafor.person, okafor.person.staff_id, vouched_by=[okafor.installation_key]
        )
        save_key_file(reviewed.folder, changed)
        work.commit()
    found = problems_found(okafor)
    assert [one.partition(": ")[2] for one in found if "second person" in one] == [
        "no second person confirmed this new key of a director"
    ]


def test_a_key_that_ended_signs_nothing_more_and_a_later_use_of_it_is_found(
    reviewed: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reviewed.signing("reyes") as (reyes, by):
        revoked = revoke_signature_key(reviewed.as_user("owner"), "reyes", "stolen", PASSWORDS["owner"])
        with pytest.raises(NotPermitted, match="no signature key"), signer(reyes, PASSWORDS["reyes"]):
            pass
        assert problems_found(reyes) == []
        # The key is still open in this process, as a stolen copy of it would be.
        late = record_visit(reyes, document(patient=OTHER), by, shown="window")
    found = problems_found(reviewed.as_user("owner"))
    assert found == [f"signature on {late.number}: it was made with a key that had been revoked"]
    assert revoked.reason == "stolen"
    listed = next(row for row in list_keys(reviewed.as_user("owner")) if row.key == revoked.key)
    assert listed.reason == "stolen"


REGISTER_EDITS = {
    "a revocation taken away": ("DELETE FROM key_revocation", r"^key \w+: the log entered its revocation"),
    "a revocation's reason": (
        "UPDATE key_revocation SET reason = 'left'",
        r"^key \w+: its revocation in the table",
    ),
    "a revocation's signature": (
        "UPDATE key_revocation SET signature = zeroblob(64)",
        r"^key \w+: the signature under its revocation",
    ),
    "a word taken away": (
        "DELETE FROM key_vouch",
        r"^key \w+: (nobody whose word counts|a word for it that the log)",
    ),
    "a word's signature": ("UPDATE key_vouch SET signature = zeroblob(64)", r"^key \w+: the signature of"),
    "a sheet read back": (
        "UPDATE recovery_sheet SET read_back_at = '2026-11-23T15:00:00.000Z'",
        r"^recovery sheet \w+: it is not",
    ),
    "an opening taken away": ("DELETE FROM recovery_opening", r"^recovery opening 1: the log entered it"),
    "an opening confirmed": (
        "UPDATE recovery_opening SET confirmed_at = '2026-11-23T15:00:00.000Z'",
        r"^recovery opening 1: it is not",
    ),
    "a setting": ("UPDATE setting SET value = '15'", r"^setting idle_lock_min: it is not"),
    "a setting taken away": ("DELETE FROM setting", r"^setting idle_lock_min: it is not"),
    "somebody who left let in again": (
        "UPDATE staff SET is_active = 1, left_at = NULL WHERE user = 'desk'",
        r"^staff desk: name, role, access",
    ),
    "an inspector's last day": (
        "UPDATE staff SET access_until = '2099-01-01T00:00:00.000Z' WHERE user = 'inspector'",
        r"^staff inspector: name, role, access",
    ),
}


@pytest.fixture(scope="session")
def eventful(built_clinic: SmallClinic, tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    """With a replaced director's key, somebody who left, a setting, and an opening with the sheet."""
    folder = tmp_path_factory.mktemp("eventful") / "clinic"
    shutil.copytree(built_clinic.folder, folder)
    clinic = replace(built_clinic, folder=folder, clock=StoppedClock(built_clinic.clock.at), opened=[])
    enrol_signature_key(clinic.as_user("okafor"), PASSWORDS["okafor"], second=LIND)
    owner = clinic.as_user("owner")
    change_setting(owner, "idle_lock_min", 10)
    end_access(owner, "desk", PASSWORDS["owner"], reason="Leaves.")
    clinic.close()
    enrol_administrator_by_sheet(
        folder,
        " ".join(clinic.ready.recovery_groups),
        NewPerson("newowner", "N. Castellan", "administrator", "", FIRST),
        clock=clinic.clock,
        source="data folder",
    )
    return clinic


@pytest.mark.parametrize("user", ["owner", "Owner", "0wner"])
def test_whoever_is_enrolled_with_the_sheet_gets_nobody_elses_name_nor_one_that_looks_like_it(
    clinic: SmallClinic, user: str
) -> None:
    sheet = " ".join(clinic.ready.recovery_groups)
    clinic.close()
    person = NewPerson(user, "N. Castellan", "administrator", "", FIRST)
    with pytest.raises(InvalidInput, match="already a user named owner"):
        enrol_administrator_by_sheet(clinic.folder, sheet, person, clock=clinic.clock, source="data folder")
    assert {row.user for row in list_users(clinic.as_user("owner"))} == set(PASSWORDS)


@pytest.mark.parametrize("edit", REGISTER_EDITS)
def test_an_edit_of_keys_and_accounts_by_somebody_with_the_database_key_is_found(
    eventful: SmallClinic, tmp_path: Path, edit: str
) -> None:
    copy = replace(eventful, folder=tmp_path / "clinic", opened=[])
    shutil.copytree(eventful.folder, copy.folder)
    statement, expected = REGISTER_EDITS[edit]
    with with_database_key(copy) as connection:
        assert connection.execute(text(statement)).rowcount > 0
    try:
        found = problems_found(copy.as_user("reyes"))
    finally:
        copy.close()
    assert any(re.search(expected, one) for one in found), found


def test_a_key_file_on_a_stick_is_taken_to_sign_and_named_in_the_signature(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    stick = tmp_path / "stick.key"
    reyes = clinic.as_user("reyes")
    before = reyes.person.signature_key
    key = set_second_factor(reyes, PASSWORDS["reyes"], stick).signature_key
    assert reyes.person.signature_key == key != before
    with pytest.raises(NotPermitted, match="needs your key file"), signer(reyes, PASSWORDS["reyes"]):
        pass
    # She is logged in and types no user name: it is the password alone that is told of.
    with (
        pytest.raises(WrongCredentials, match=r"^The password is not right\. "),
        signer(reyes, "not my password at all", factor=stick),
    ):
        pass
    with signer(reyes, PASSWORDS["reyes"], factor=stick) as by:
        assert by.key.key_id == key
        record_visit(reyes, document(), by, shown="window")
    with Session(reyes.store.engine) as session:
        record = json.loads(session.query(VisitSignature).one().record)
    assert record["factors"] == ["password", "key_file"]
    with pytest.raises(InvalidInput, match="there already"):
        set_second_factor(reyes, PASSWORDS["reyes"], stick, factor=stick)
    assert set_second_factor(reyes, PASSWORDS["reyes"], None, factor=stick).signature_key is None
    with signer(reyes, PASSWORDS["reyes"]) as by:
        assert (by.factors, by.key.key_id) == (("password",), key)
    assert problems_found(reyes) == []


def test_a_recovery_sheet_is_read_back_and_a_new_one_ends_it(clinic: SmallClinic, tmp_path: Path) -> None:
    owner = clinic.as_user("owner")
    groups = list(clinic.ready.recovery_groups)
    assert "recovery_sheet_not_read_back" in codes_of(owner)
    wrong = [*groups[:2], groups[2][:-1] + ("0" if groups[2][-1] != "0" else "1"), *groups[3:]]
    with pytest.raises(InvalidInput) as told:
        read_back_recovery_sheet(owner, " ".join(wrong))
    assert [problem.where for problem in told.value.problems] == ["group 3"]
    read_back_recovery_sheet(owner, "-".join(groups))
    assert "recovery_sheet_not_read_back" not in codes_of(owner)
    with pytest.raises(NotPermitted):
        read_back_recovery_sheet(clinic.as_user("desk"), "-".join(groups))
    made = make_recovery_sheet(owner, PASSWORDS["owner"], tmp_path / "sheet.pdf")
    assert "recovery_sheet_not_read_back" in codes_of(owner)
    with pytest.raises(WrongCredentials, match="not this clinic's present one"):
        read_back_recovery_sheet(owner, "-".join(groups))
    read_back_recovery_sheet(owner, "-".join(made.groups))
    assert problems_found(owner) == []


def test_the_sheet_makes_a_new_administrator_in_view_and_a_second_person_confirms(
    reviewed: SmallClinic,
) -> None:
    reviewed.close()
    recovered = enrol_administrator_by_sheet(
        reviewed.folder,
        " ".join(reviewed.ready.recovery_groups),
        NewPerson("newowner", "N. Castellan", "administrator", "", FIRST),
        clock=reviewed.clock,
        source="mnclinic-12345678-20261123T150000Z",
    )
    assert not recovered.nobody_else
    newowner = enter(reviewed, "newowner", FIRST)
    assert not newowner.has_temporary_password
    assert "read_only" in codes_of(newowner)
    with pytest.raises(ClinicReadOnly, match=r"N\. Castellan was made its administrator"):
        change_setting(newowner, "idle_lock_min", 10)
    with pytest.raises(NotPermitted, match="cannot confirm that"):
        confirm_recovery(newowner)
    assert problems_found(newowner) == []
    confirm_recovery(reviewed.as_user("desk"))
    newowner = enter(reviewed, "newowner", FIRST)
    change_setting(newowner, "idle_lock_min", 10)
    assert setting(newowner, "idle_lock_min") == 10
    (told,) = (one for one in notices(newowner) if one.code == "recovered")
    assert "was made administrator" in told.sentence
    assert "confirmed that on" in told.sentence
    assert "recovered" not in codes_of(reviewed.as_user("reyes")), "leaders are told"
    assert "clinic.recovered" in actions_since(newowner, 0)
    assert problems_found(newowner) == []


def test_in_a_one_person_clinic_the_record_says_that_there_was_nobody_to_confirm(tmp_path: Path) -> None:
    people = tuple(
        replace(person, name="Dr I. Okafor")
        for person in request().people
        if person.user in {"okafor", "owner"}
    )
    clinic = small_clinic(tmp_path / "one", people=people)
    recovered = enrol_administrator_by_sheet(
        clinic.folder,
        " ".join(clinic.ready.recovery_groups),
        NewPerson("again", "Dr I. Okafor", "administrator", "", FIRST),
        clock=clinic.clock,
        source="data folder",
    )
    assert recovered.nobody_else
    again = enter(clinic, "again", FIRST)
    assert again.read_only is None
    assert "recovered" in codes_of(again)
    assert problems_found(again) == []
    clinic.close()


def test_settings_take_what_they_can_be_and_each_change_is_an_entry(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    assert setting(clinic.as_user("inspector"), "idle_lock_min") == 5
    size = log_size(owner)
    for value in (0, 16, "5", True, None):
        with pytest.raises(InvalidInput):
            change_setting(owner, "idle_lock_min", value)
    with pytest.raises(InvalidInput, match="no such setting"):
        change_setting(owner, "colour", "blue")
    with pytest.raises(NotPermitted):
        change_setting(clinic.as_user("desk"), "idle_lock_min", 10)
    change_setting(owner, "idle_lock_min", 10)
    change_setting(owner, "idle_lock_min", 10)
    change_setting(owner, "legal_hold", True, reason="Letter from a lawyer.")
    assert actions_since(owner, size).count("setting.changed") == 2
    assert problems_found(owner) == []


class TestWhatAnAdministratorCannot:
    """With her password, the recovery sheet, the database key and the whole folder in her hands."""

    def test_open_anybodys_signature_key(self, clinic: SmallClinic) -> None:
        key_file = load_key_file(clinic.folder).keyfile
        code = "-".join(clinic.ready.recovery_groups)
        database_key = open_with_recovery(key_file, code)
        tries = [PASSWORDS["owner"], code, database_key.hex(), bytes(database_key).decode("latin-1")]
        for user in ("okafor", "lind", "reyes"):
            for known in tries:
                with pytest.raises(WrongCredentials), open_signature_key(key_file, user, known):
                    pass

    def test_become_the_director_by_a_reset(self, reviewed: SmallClinic) -> None:
        owner = reviewed.as_user("owner")
        reset_user(owner, "okafor", FIRST, PASSWORDS["owner"], reason="Lost.")
        fake = enter(reviewed, "okafor", FIRST)
        with pytest.raises(NotPermitted), signer(fake, FIRST):
            pass
        choose_password(fake, FIRST, OWN)
        with pytest.raises(NotPermitted, match="whoever gave the director's password"):
            enrol_signature_key(fake, OWN, second=OWNER)

    def test_put_a_key_of_her_own_where_the_directors_is(self, clinic: SmallClinic) -> None:
        """She knows the director's password here, and has the key file to write in."""
        key_file = load_key_file(clinic.folder).keyfile
        unlocked = unlock(key_file, "okafor", PASSWORDS["okafor"])
        changed, key = enrol_slot(key_file, unlocked, PASSWORDS["okafor"])
        key.forget()
        unlocked.forget()
        save_key_file(clinic.folder, changed, retire_previous=True)
        okafor = clinic.as_user("okafor")
        with (
            pytest.raises(KeyFileDamaged, match="not the one registered"),
            signer(okafor, PASSWORDS["okafor"]),
        ):
            pass
        assert "key_file.found" in actions_since(okafor, 0)

    def test_put_one_there_and_leave_the_generation_before(self, clinic: SmallClinic) -> None:
        """It looks like a change that a power cut stopped: it is taken back, and the log shows it."""
        key_file = load_key_file(clinic.folder).keyfile
        unlocked = unlock(key_file, "okafor", PASSWORDS["okafor"])
        changed, key = enrol_slot(key_file, unlocked, PASSWORDS["okafor"])
        key.forget()
        unlocked.forget()
        save_key_file(clinic.folder, changed)
        okafor = clinic.as_user("okafor")
        with signer(okafor, PASSWORDS["okafor"]) as by:
            assert by.key.key_id != key.key_id
        assert "key_file.found" in actions_since(okafor, 0)

    def test_make_an_old_sign_off(self, reviewed: SmallClinic) -> None:
        """A record that she writes into the tables has no signature that holds and no entry."""
        with with_database_key(reviewed) as connection:
            connection.execute(
                text(
                    "INSERT INTO visit_signature (visit_id, revision, meaning, record, signature, "
                    "signed_at, signer) SELECT visit_id, revision, meaning, "
                    "CAST(replace(CAST(record AS TEXT), '2026-11-23T', '2026-11-20T') AS BLOB), "
                    "signature, signed_at, signer "
                    "FROM visit_signature WHERE meaning = 'approved'"
                )
            )
        found = problems_found(reviewed.as_user("owner"))
        assert any("does not belong to what it stands under" in one for one in found)
        assert any("never entered in the log" in one for one in found)

    def test_do_more_than_she_may_in_the_open(self, reviewed: SmallClinic) -> None:
        """What she can: read, reset, end access, rotate. Each is an entry in her own name."""
        owner = reviewed.as_user("owner")
        with pytest.raises(NotPermitted, match="no signature key"), signer(owner, PASSWORDS["owner"]):
            pass
        with pytest.raises(NotPermitted, match="Only providers and directors sign"):
            enrol_signature_key(owner, PASSWORDS["owner"])
