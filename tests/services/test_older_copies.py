"""Who holds an older copy of the key file, and knows what opened it, signs nothing that counts any more.

A backup holds such a copy. What was replaced since, a password, a recovery code or the lack of a key file,
still opens it, and with it the database key: that is how it is. What counts is which keys come out of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from mnclinic.bundles.verify import verify_bundle
from mnclinic.errors import ClinicReadOnly, KeyFileDamaged, NotPermitted
from mnclinic.security.keyfile import KEY_FILE, PREVIOUS_KEY_FILE, KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file, save_key_file
from mnclinic.security.slots import open_signature_key, unlock, unlock_with_recovery_code
from mnclinic.services import session as sessions
from mnclinic.services.check_store import check_store
from mnclinic.services.keys import second_factor
from mnclinic.services.keys.enrol_signature_key import enrol_signature_key
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.keys.revoke_key import revoke_signature_key
from mnclinic.services.keys.second_factor import set_second_factor
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.notices import notices
from mnclinic.services.open_clinic import open_clinic, open_unlocked, shared_use
from mnclinic.services.record_visit import record_visit
from mnclinic.services.recover_clinic import enrol_administrator_by_sheet
from mnclinic.services.review_visit import approve_visit
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.session import OpenClinic, Signer, signer
from mnclinic.services.staff_rows import NewPerson
from mnclinic.services.users.choose_password import choose_password, recover_password
from tests.services.clinic_builder import MONDAY, PASSWORDS, SmallClinic, document
from tests.services.reading import actions_since, log_size, problems_found

OWN = "cobalt orchard nine lanterns"
OLD = PASSWORDS["okafor"]


@dataclass(frozen=True)
class Thief:
    """An administrator with a backup of this morning who saw the director type her password then."""

    clinic: SmallClinic
    old: KeyFile
    code: str
    visit_id: str

    def approve(self) -> None:
        """Sign as the director with what comes out of the old copy, past every rule of the program."""
        live = load_key_file(self.clinic.folder).keyfile
        with open_signature_key(self.old, "okafor", OLD) as stolen:
            unlocked = unlock(self.old, "okafor", OLD)
            use = shared_use(self.clinic.folder)
            as_her = open_unlocked(self.clinic.folder, live, unlocked, use, clock=self.clinic.clock)
            self.clinic.opened.append(as_her)
            approve_visit(
                as_her, self.visit_id, None, Signer(as_her.person, stolen, ("password",)), shown="command"
            )


@pytest.fixture
def thief(clinic: SmallClinic, tmp_path: Path) -> Thief:
    made = make_recovery_code(clinic.as_user("okafor"), OLD, tmp_path / "card.pdf")
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window")
    return Thief(clinic, load_key_file(clinic.folder).keyfile, " ".join(made.groups), visit.visit_id)


@pytest.fixture
def without_the_programs_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """As somebody who writes rows and entries by hand."""
    monkeypatch.setattr(sessions, "refuse_ended", lambda *_args: None)


def enter(clinic: SmallClinic, password: str = OWN) -> OpenClinic:
    opened = open_clinic(clinic.folder, "okafor", password, clock=clinic.clock)
    clinic.opened.append(opened)
    return opened


def take_a_key_file(clinic: SmallClinic, _code: str, out: Path) -> None:
    set_second_factor(clinic.as_user("okafor"), OLD, out / "stick.key")


def choose_another(clinic: SmallClinic, _code: str, _out: Path) -> None:
    choose_password(clinic.as_user("okafor"), OLD, OWN, may_be_known=True)


def renew_the_code(clinic: SmallClinic, _code: str, out: Path) -> None:
    make_recovery_code(clinic.as_user("okafor"), OLD, out / "next.pdf", may_be_known=True)


def come_back_by_code(clinic: SmallClinic, code: str, _out: Path) -> None:
    clinic.opened.append(
        recover_password(clinic.folder, "okafor", code, OWN, clock=clinic.clock, may_be_known=True)
    )


RENEWALS: dict[str, Callable[[SmallClinic, str, Path], None]] = {
    "a key file enrolled": take_a_key_file,
    "another password": choose_another,
    "another recovery code": renew_the_code,
    "a password chosen by the code": come_back_by_code,
}


@pytest.mark.parametrize("renewal", RENEWALS)
def test_a_signature_out_of_an_older_copy_is_found_after(
    thief: Thief, renewal: str, tmp_path: Path, without_the_programs_rules: None
) -> None:
    RENEWALS[renewal](thief.clinic, thief.code, tmp_path)
    owner = thief.clinic.as_user("owner")
    assert problems_found(owner) == [], "what was signed before stays valid"
    thief.approve()
    checked = check_store(owner)
    assert checked.verdict == "ALTERED"
    what = [found.what for found in checked.findings]
    assert "it was made with a key that had been revoked" in what
    logged = "it is signed with a key that had been revoked"
    assert (logged in what) is (renewal != "a key file enrolled"), "nor does the old key enter anything"
    out, day = tmp_path / "b.mnbundle", MONDAY.date()
    make_bundle(owner, MakeBundle(first=day, last=day, out=out, plain=True))
    assert verify_bundle(out, trust=thief.clinic.ready.fingerprint).verdict == "ALTERED"


def test_the_program_itself_lets_a_replaced_key_do_nothing(thief: Thief) -> None:
    choose_another(thief.clinic, thief.code, thief.clinic.folder)
    with pytest.raises(NotPermitted, match="Your keys were replaced"):
        thief.approve()


def test_without_saying_so_the_keys_stay_and_an_older_copy_leads_to_them(thief: Thief) -> None:
    """What is told to whoever chooses another password: the reason why it asks."""
    okafor = thief.clinic.as_user("okafor")
    key, size = okafor.person.signature_key, log_size(okafor)
    assert not choose_password(okafor, OLD, OWN).are_keys_anew
    assert "account.keys_renewed" not in actions_since(okafor, size)
    with open_signature_key(thief.old, "okafor", OLD) as stolen:
        assert stolen.key_id == key
    with unlock_with_recovery_code(load_key_file(thief.clinic.folder).keyfile, "okafor", thief.code).session:
        pass


class TestWhoRenewedTheirKeys:
    def test_works_and_signs_on_in_the_same_sitting_and_in_the_next(self, thief: Thief) -> None:
        okafor = thief.clinic.as_user("okafor")
        chosen = choose_password(okafor, OLD, OWN, may_be_known=True)
        assert chosen.are_keys_anew
        assert okafor.facts.fingerprint == chosen.signature_key != thief.clinic.ready.fingerprint
        with signer(okafor, OWN) as by:
            assert by.key.key_id == chosen.signature_key
            approve_visit(okafor, thief.visit_id, None, by, shown="window")
        with signer(enter(thief.clinic), OWN) as by:
            assert by.key.key_id == chosen.signature_key
        assert problems_found(okafor) == []

    def test_hands_out_bundles_that_both_fingerprints_check(self, thief: Thief, tmp_path: Path) -> None:
        take_a_key_file(thief.clinic, thief.code, tmp_path)
        okafor = thief.clinic.as_user("okafor")
        old, new = thief.clinic.ready.fingerprint, okafor.facts.fingerprint
        out, day = tmp_path / "b.mnbundle", MONDAY.date()
        make_bundle(okafor, MakeBundle(first=day, last=day, out=out, plain=True))
        for given in (old, f"{old} {new}"):
            assert verify_bundle(out, trust=given).verdict == "VALID", "the old key gave its word"

    def test_has_a_recovery_code_no_more_or_the_one_just_made(self, thief: Thief, tmp_path: Path) -> None:
        renew_the_code(thief.clinic, thief.code, tmp_path)
        slot = load_key_file(thief.clinic.folder).keyfile.slot_of("okafor")
        assert slot is not None
        assert slot.has_recovery_code
        assert slot.signature is not None
        assert slot.signature.has_recovery_code
        okafor = thief.clinic.as_user("okafor")
        choose_password(okafor, OLD, OWN, may_be_known=True)
        assert "no_recovery_code" in {notice.code for notice in notices(okafor)}

    def test_is_told_like_every_leader_that_the_database_key_is_still_the_one_of_before(
        self, thief: Thief
    ) -> None:
        choose_another(thief.clinic, thief.code, thief.clinic.folder)
        okafor = enter(thief.clinic)
        (said,) = (one for one in notices(okafor) if one.code == "database_key_not_changed")
        assert said.is_pressing
        assert said.sentence.startswith("Somebody else may know a password or a recovery code")
        thief.clinic.close()
        owner = thief.clinic.as_user("owner")
        rotate_database_key(owner, "known")
        assert "database_key_not_changed" not in {one.code for one in notices(owner)}

    def test_waits_where_an_opening_with_the_sheet_is_not_confirmed(self, thief: Thief) -> None:
        enrol_administrator_by_sheet(
            thief.clinic.folder,
            " ".join(thief.clinic.ready.recovery_groups),
            NewPerson("nadm", "N. Newcomer", "administrator", "", "granite willow seventeen hats"),
            clock=thief.clinic.clock,
            source="data folder",
        )
        before = load_key_file(thief.clinic.folder).keyfile
        okafor = thief.clinic.as_user("okafor")
        with pytest.raises(ClinicReadOnly):
            choose_password(okafor, OLD, OWN, may_be_known=True)
        with pytest.raises(ClinicReadOnly):
            set_second_factor(okafor, OLD, thief.clinic.folder / "stick.key")
        assert not (thief.clinic.folder / "stick.key").exists()
        assert load_key_file(thief.clinic.folder).keyfile.checksum == before.checksum

    def test_who_signs_nothing_has_the_keys_to_log_in_made_anew(self, clinic: SmallClinic) -> None:
        before = load_key_file(clinic.folder).keyfile.slot_of("desk")
        desk = clinic.as_user("desk")
        chosen = choose_password(desk, PASSWORDS["desk"], OWN, may_be_known=True)
        after = load_key_file(clinic.folder).keyfile.slot_of("desk")
        assert before is not None
        assert after is not None
        assert (before.vault_public, before.session_public) != (after.vault_public, after.session_public)
        assert after.vault_public != before.vault_public
        assert chosen.signature_key is None
        assert problems_found(desk) == []

    def test_takes_no_key_file_away_while_an_older_key_file_lies_in_the_folder(
        self, thief: Thief, tmp_path: Path
    ) -> None:
        take_a_key_file(thief.clinic, thief.code, tmp_path)
        thief.clinic.close()
        for name in (KEY_FILE, PREVIOUS_KEY_FILE):
            (thief.clinic.folder / name).write_bytes(thief.old.canonical_bytes())
        okafor = thief.clinic.as_user("okafor")
        before = load_key_file(thief.clinic.folder).keyfile.checksum
        size = log_size(okafor)
        with pytest.raises(KeyFileDamaged, match=r"not the one registered for you\. Nothing was changed"):
            set_second_factor(okafor, OLD, None)
        assert "account.second_factor_removed" not in actions_since(okafor, size)
        assert load_key_file(thief.clinic.folder).keyfile.checksum == before

    def test_makes_no_key_with_the_word_of_one_out_of_an_older_key_file(
        self, thief: Thief, tmp_path: Path
    ) -> None:
        take_a_key_file(thief.clinic, thief.code, tmp_path)
        thief.clinic.close()
        for name in (KEY_FILE, PREVIOUS_KEY_FILE):
            (thief.clinic.folder / name).write_bytes(thief.old.canonical_bytes())
        okafor = thief.clinic.as_user("okafor")
        size = log_size(okafor)
        with pytest.raises(KeyFileDamaged, match=r"not the one registered for you\. Nothing was changed"):
            choose_password(okafor, OLD, OWN, may_be_known=True)
        assert actions_since(okafor, size) == []

    @pytest.mark.parametrize("way", ["password", "code", "by code"])
    def test_goes_on_signing_with_the_key_file_that_is_enrolled(
        self, clinic: SmallClinic, tmp_path_factory: pytest.TempPathFactory, way: str
    ) -> None:
        desk = tmp_path_factory.mktemp("desk")
        stick, okafor, own = desk / "stick.key", clinic.as_user("okafor"), OWN
        set_second_factor(okafor, OLD, stick)
        before = okafor.person.signature_key
        if way == "password":
            choose_password(okafor, OLD, OWN, factor=stick, may_be_known=True)
        elif way == "code":
            own = OLD
            make_recovery_code(okafor, OLD, desk / "card.pdf", factor=stick, may_be_known=True)
        else:
            code = "-".join(make_recovery_code(okafor, OLD, desk / "card.pdf", factor=stick).groups)
            clinic.opened.append(
                recover_password(
                    clinic.folder, "okafor", code, OWN, clock=clinic.clock, factor=stick, may_be_known=True
                )
            )
        okafor = enter(clinic, own)
        with pytest.raises(NotPermitted, match="needs your key file"), signer(okafor, own):
            pass
        with signer(okafor, own, factor=stick) as by:
            assert by.key.key_id == okafor.person.signature_key != before
        assert problems_found(okafor) == []

    def test_and_lost_the_power_in_between_is_told_the_way_and_goes_it(
        self, thief: Thief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The key file was saved and the database's part was not."""

        class PowerCut(Exception):
            pass

        def saved_and_off(clinic: OpenClinic, _work: object, changed: KeyFile, **_how: object) -> None:
            save_key_file(clinic.folder, changed, retire_previous=True)
            raise PowerCut

        reyes = thief.clinic.as_user("reyes")
        own, stick = PASSWORDS["reyes"], tmp_path / "stick.key"
        with monkeypatch.context() as off:
            off.setattr(second_factor, "keep", saved_and_off)
            with pytest.raises(PowerCut):
                set_second_factor(reyes, own, stick)
        assert stick.exists(), "what stands in the key file takes it"
        reyes = thief.clinic.as_user("reyes")
        with (
            pytest.raises(KeyFileDamaged, match="have an administrator end"),
            signer(reyes, own, factor=stick),
        ):
            pass
        revoke_signature_key(thief.clinic.as_user("owner"), "reyes", "lost", PASSWORDS["owner"])
        made = enrol_signature_key(reyes, own)
        with signer(reyes, own) as by:
            assert by.key.key_id == made.key
        assert problems_found(reyes) == []
