"""One hand is never two people: who may confirm a director's key and an opening with the recovery sheet."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mnclinic.bundles.verify import verify_bundle
from mnclinic.errors import ClinicReadOnly, NotPermitted
from mnclinic.security.keyfile_on_disk import load_key_file, save_key_file
from mnclinic.security.slots import open_signature_key, take_keys_over
from mnclinic.services import recover_clinic as recovering
from mnclinic.services import set_up_clinic as setting_up
from mnclinic.services.check_second_persons import BY_FIRST_RULE, NO_SECOND_PERSON
from mnclinic.services.check_store import check_store
from mnclinic.services.key_standing import NOT_CONFIRMED, UnconfirmedKey, unconfirmed_in_force
from mnclinic.services.keys import enrol_signature_key as enrolling
from mnclinic.services.keys.enrol_signature_key import enrol_signature_key
from mnclinic.services.keys.revoke_key import revoke_signature_key
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.notices import notices
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.read_log import open_log
from mnclinic.services.record_visit import record_visit
from mnclinic.services.recover_clinic import confirm_recovery, enrol_administrator_by_sheet
from mnclinic.services.review_visit import approve_visit
from mnclinic.services.second_log_in import SecondPerson
from mnclinic.services.second_person import WAIT_ALONE, alone_from
from mnclinic.services.second_person_rows import hands_in
from mnclinic.services.session import OpenClinic, signer
from mnclinic.services.settings import change_setting
from mnclinic.services.staff_rows import NewPerson
from mnclinic.services.users.add_user import add_user
from mnclinic.services.users.choose_password import choose_password
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.reset_user import reset_user
from tests.services.clinic_builder import (
    MONDAY,
    PASSWORDS,
    SmallClinic,
    document,
    known_clinic,
    request,
    small_clinic,
)
from tests.services.reading import actions_since, entries_since, log_size, problems_found

FIRST = "granite willow seventeen hats"
SECOND = "temporary plum horizon kite"
OWN = "cobalt orchard nine lanterns"
DESKS_OWN = "silver thimble forty doors"
STAFF = ("okafor", "lind", "reyes", "desk", "owner")


def enter(clinic: SmallClinic, user: str, password: str) -> OpenClinic:
    opened = open_clinic(clinic.folder, user, password, clock=clinic.clock)
    clinic.opened.append(opened)
    return opened


def sentences_of(clinic: OpenClinic, code: str) -> list[str]:
    return [notice.sentence for notice in notices(clinic) if notice.code == code]


def reset_and_chosen(
    clinic: SmallClinic, by: OpenClinic, user: str, own: str, *, password: str = PASSWORDS["owner"]
) -> OpenClinic:
    """Somebody whose password `by` reset, and who then chose another: or `by` did, in their name."""
    reset_user(by, user, FIRST, password, reason="Forgotten.")
    choose_password(enter(clinic, user, FIRST), FIRST, own)
    return enter(clinic, user, own)


def added(clinic: SmallClinic, by: OpenClinic, user: str, role: str, own: str) -> OpenClinic:
    add_user(by, NewPerson(user, f"A. {user.capitalize()}", role, "", FIRST), PASSWORDS["owner"])
    choose_password(enter(clinic, user, FIRST), FIRST, own)
    return enter(clinic, user, own)


def not_confirmed(clinic: OpenClinic) -> bool:
    """Whether the check says of a director's key in force that nobody confirmed it, and nothing else."""
    checked = check_store(clinic)
    assert {one.weight for one in checked.findings} == {"explained"}
    return (checked.verdict, len(checked.findings)) == ("EXPLAINED", 1) and (
        NOT_CONFIRMED in checked.findings[0].what
    )


def keys_not_confirmed(clinic: OpenClinic) -> tuple[UnconfirmedKey, ...]:
    """The directors' keys in force that nobody confirmed."""
    with clinic.store.reading() as session:
        return unconfirmed_in_force(session)


class TestOfADirectorsNewKey:
    def test_an_administrator_who_reset_both_is_not_two_people(self, clinic: SmallClinic) -> None:
        owner = clinic.as_user("owner")
        reset_and_chosen(clinic, owner, "desk", DESKS_OWN)
        okafor = reset_and_chosen(clinic, owner, "okafor", OWN)
        size = log_size(owner)
        with pytest.raises(NotPermitted, match=r"Who may: G\. Lind, T\. Reyes\."):
            enrol_signature_key(okafor, OWN, second=SecondPerson("desk", DESKS_OWN))
        with pytest.raises(NotPermitted, match="confirmed by a second person"):
            enrol_signature_key(okafor, OWN)
        assert log_size(owner) == size
        made = enrol_signature_key(okafor, OWN, second=SecondPerson("lind", PASSWORDS["lind"]))
        assert made.confirmed_by == "lind"
        assert problems_found(owner) == []

    def test_nor_through_another_administrator_whose_password_came_from_them(
        self, clinic: SmallClinic
    ) -> None:
        owner = clinic.as_user("owner")
        puppet = added(clinic, owner, "puppet", "administrator", SECOND)
        reset_and_chosen(clinic, puppet, "desk", DESKS_OWN, password=SECOND)
        okafor = reset_and_chosen(clinic, owner, "okafor", OWN)
        for second in (SecondPerson("desk", DESKS_OWN), SecondPerson("puppet", SECOND)):
            with pytest.raises(NotPermitted, match="went through the same hands"):
                enrol_signature_key(okafor, OWN, second=second)

    def test_nor_where_the_director_was_reset_by_that_other_one(self, clinic: SmallClinic) -> None:
        owner = clinic.as_user("owner")
        puppet = added(clinic, owner, "puppet", "administrator", SECOND)
        reset_and_chosen(clinic, owner, "desk", DESKS_OWN)
        okafor = reset_and_chosen(clinic, puppet, "okafor", OWN, password=SECOND)
        for second in (SecondPerson("desk", DESKS_OWN), SecondPerson("owner", PASSWORDS["owner"])):
            with pytest.raises(NotPermitted, match="went through the same hands"):
                enrol_signature_key(okafor, OWN, second=second)

    def test_nobody_confirms_with_keys_that_the_log_does_not_know(self, clinic: SmallClinic) -> None:
        """A newer key file beside an older database: who reset whom is forgotten, the new keys are not."""
        okafor, now = clinic.as_user("okafor"), load_key_file(clinic.folder).keyfile
        changed, session = take_keys_over(now, "lind", PASSWORDS["lind"], OWN)
        session.forget()
        save_key_file(clinic.folder, changed, retire_previous=True)
        size = log_size(okafor)
        with pytest.raises(NotPermitted, match="are not the ones that the log knows"):
            enrol_signature_key(okafor, PASSWORDS["okafor"], second=SecondPerson("lind", OWN))
        assert actions_since(okafor, size) == ["key_file.found"]

    def test_a_newcomer_confirms_none_while_the_director_still_has_a_key(self, clinic: SmallClinic) -> None:
        owner = clinic.as_user("owner")
        added(clinic, owner, "newcomer", "front_desk", SECOND)
        with pytest.raises(NotPermitted, match="nobody who came after"):
            enrol_signature_key(
                clinic.as_user("okafor"), PASSWORDS["okafor"], second=SecondPerson("newcomer", SECOND)
            )

    def test_one_who_gave_no_password_confirms_a_key_that_was_merely_revoked(
        self, clinic: SmallClinic
    ) -> None:
        owner = clinic.as_user("owner")
        reset_and_chosen(clinic, owner, "desk", DESKS_OWN)
        revoke_signature_key(owner, "okafor", "stolen", PASSWORDS["owner"])
        made = enrol_signature_key(
            clinic.as_user("okafor"), PASSWORDS["okafor"], second=SecondPerson("desk", DESKS_OWN)
        )
        assert made.confirmed_by == "desk"
        assert problems_found(owner) == []

    @pytest.mark.parametrize(
        ("second", "what"),
        [
            (None, "its entry says that nobody else could confirm it, and somebody could"),
            ("desk", "whoever confirmed this new key of a director could not be a second person"),
        ],
    )
    def test_a_key_that_the_rule_did_not_allow_is_found(
        self, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, second: str | None, what: str
    ) -> None:
        """What a program does whose rule somebody took out."""
        owner = clinic.as_user("owner")
        reset_and_chosen(clinic, owner, "desk", DESKS_OWN)
        okafor = reset_and_chosen(clinic, owner, "okafor", OWN)
        monkeypatch.setattr(enrolling, "_refuse_unless_confirmed", lambda *_: None)
        enrol_signature_key(okafor, OWN, second=SecondPerson(second, DESKS_OWN) if second else None)
        checked = check_store(owner)
        assert checked.verdict == "ALTERED"
        assert [one.what for one in checked.findings if one.weight == "altered"] == [what]

    def all_reset(self, clinic: SmallClinic) -> tuple[OpenClinic, OpenClinic]:
        """The owner gives everybody another password, and acts as the director."""
        owner = clinic.as_user("owner")
        okafor = reset_and_chosen(clinic, owner, "okafor", OWN)
        for user in ("lind", "reyes", "desk"):
            reset_user(owner, user, FIRST, PASSWORDS["owner"], reason="Forgotten.")
        return owner, okafor

    def test_where_every_password_went_through_one_hand_the_key_waits_and_the_record_says_so(
        self, clinic: SmallClinic
    ) -> None:
        owner, okafor = self.all_reset(clinic)
        size = log_size(owner)
        for _ in range(2):
            with pytest.raises(NotPermitted, match=r"waits three days .* until 26 Nov 2026 at 09:00\."):
                enrol_signature_key(okafor, OWN)
            clinic.clock.at = MONDAY + timedelta(days=2, hours=23, minutes=59)
        assert "key.enrolled" not in actions_since(owner, size)
        clinic.clock.at = MONDAY + timedelta(days=3, minutes=1)
        enrol_signature_key(okafor, OWN)
        entry = next(one for one in entries_since(okafor, size) if one["action"] == "key.enrolled")
        assert entry["why"] == "nobody_else"
        assert not_confirmed(owner)
        okafor.close()
        told = [row.sentence for row in open_log(enter(clinic, "okafor", OWN), LogFilter()).rows]
        assert any(one.endswith("(nobody else could confirm it)") for one in told)

    def test_whoever_leaves_last_makes_the_key_wait_as_well(self, clinic: SmallClinic) -> None:
        owner, okafor = self.all_reset(clinic)
        clinic.clock.at = MONDAY + timedelta(days=4)
        end_access(owner, "desk", PASSWORDS["owner"], reason="Left.")
        with pytest.raises(NotPermitted, match=r"until 30 Nov 2026"):
            enrol_signature_key(enter(clinic, "okafor", OWN), OWN)
        okafor.close()

    def test_a_director_whose_password_nobody_gave_waits_for_nobody(self, clinic: SmallClinic) -> None:
        owner = clinic.as_user("owner")
        for user in ("lind", "reyes", "desk"):
            end_access(owner, user, PASSWORDS["owner"], reason="Left.", hand_over_to=None)
        okafor = clinic.as_user("okafor")
        with pytest.raises(NotPermitted, match=r"Who may: M\. Castellan\."):
            enrol_signature_key(okafor, PASSWORDS["okafor"])
        with okafor.store.reading() as session:
            assert alone_from(hands_in(session), okafor.person.staff_id) is None

    def test_a_key_that_did_not_wait_is_found(
        self, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What a program does whose rule somebody took out."""
        owner, okafor = self.all_reset(clinic)
        monkeypatch.setattr(enrolling, "_refuse_too_early", lambda *_: None)
        enrol_signature_key(okafor, OWN)
        (found,) = (one.what for one in check_store(owner).findings if one.weight == "altered")
        assert found.endswith("it was made before the three days were over")

    def test_everybody_reads_that_a_director_was_given_a_password_and_made_a_key_alone(
        self, clinic: SmallClinic
    ) -> None:
        inspector = clinic.as_user("inspector")
        assert sentences_of(inspector, "directors_password_given") == []
        owner, okafor = self.all_reset(clinic)
        for one in (inspector, owner):
            (said,) = sentences_of(one, "directors_password_given")
            assert said == (
                "On 23 Nov 2026 M. Castellan gave Dr I. Okafor, a medical director, a new password. From 26 "
                "Nov 2026 at 09:00 on a signature key can be made in that name with nobody else's word. Ask "
                "in person whether that was wanted; if not, sign nothing and tell everybody here."
            )
        (said,) = sentences_of(okafor, "directors_password_given")
        assert "gave you a new password" in said
        assert "If you did not ask for it," in said
        clinic.clock.at = MONDAY + timedelta(days=3, minutes=1)
        enrol_signature_key(okafor, OWN)
        (said,) = sentences_of(owner, "directors_key_unconfirmed")
        assert "a signature key of Dr I. Okafor was made and nobody else confirmed it" in said
        assert len(sentences_of(okafor, "directors_key_unconfirmed")) == 1
        clinic.clock.at = MONDAY + timedelta(days=34)
        owner = clinic.as_user("owner")
        assert sentences_of(owner, "directors_password_given") == []
        assert len(sentences_of(owner, "directors_key_unconfirmed")) == 1, "for as long as it is in force"

    def test_a_key_made_after_a_reset_is_told_to_its_holder_and_to_the_director(
        self, clinic: SmallClinic
    ) -> None:
        okafor = clinic.as_user("okafor")
        assert sentences_of(okafor, "signature_key_after_reset") == []
        reyes = reset_and_chosen(clinic, clinic.as_user("owner"), "reyes", OWN)
        assert (
            "Your signature key was made on 23 Nov 2026"
            in sentences_of(reyes, "signature_key_after_reset")[0]
        )
        assert (
            "The signature key of T. Reyes was made" in sentences_of(okafor, "signature_key_after_reset")[0]
        )
        assert sentences_of(clinic.as_user("lind"), "signature_key_after_reset") == []


class TestAfterAnOpeningWithTheSheet:
    @pytest.fixture
    def opened(self, clinic: SmallClinic) -> SmallClinic:
        clinic.close()
        enrol_administrator_by_sheet(
            clinic.folder,
            " ".join(clinic.ready.recovery_groups),
            NewPerson("nadm", "N. Newcomer", "administrator", "", SECOND),
            clock=clinic.clock,
            source="data folder",
        )
        return clinic

    def test_no_signature_key_is_made_until_somebody_confirms(self, opened: SmallClinic) -> None:
        nadm = enter(opened, "nadm", SECOND)
        reyes = reset_and_chosen(opened, nadm, "reyes", OWN, password=SECOND)
        assert load_key_file(opened.folder).keyfile.slot_of("reyes").signature is None  # type: ignore[union-attr]  # she has a slot
        for user, password in (("reyes", OWN), ("okafor", PASSWORDS["okafor"])):
            with pytest.raises(ClinicReadOnly, match="opened with its recovery sheet"):
                enrol_signature_key(
                    enter(opened, user, password),
                    password,
                    second=SecondPerson("lind", PASSWORDS["lind"]),
                )
        confirm_recovery(opened.as_user("lind"))
        enrol_signature_key(enter(opened, "reyes", OWN), OWN)
        assert problems_found(reyes) == []

    def test_a_log_in_from_before_the_opening_makes_none_either(self, opened: SmallClinic) -> None:
        okafor = opened.as_user("okafor")
        okafor.read_only = None
        with pytest.raises(ClinicReadOnly, match="opened with its recovery sheet"):
            enrol_signature_key(okafor, PASSWORDS["okafor"], second=SecondPerson("lind", PASSWORDS["lind"]))

    def test_whoever_got_a_password_from_the_new_administrator_confirms_nothing(
        self, opened: SmallClinic
    ) -> None:
        nadm = enter(opened, "nadm", SECOND)
        desk = reset_and_chosen(opened, nadm, "desk", OWN, password=SECOND)
        owner = reset_and_chosen(opened, nadm, "owner", DESKS_OWN, password=SECOND)
        reyes = reset_and_chosen(opened, owner, "reyes", OWN, password=DESKS_OWN)
        for one in (desk, owner, reyes):
            with pytest.raises(NotPermitted, match=r"may confirm it: Dr I\. Okafor, G\. Lind\."):
                confirm_recovery(one)
        assert confirm_recovery(opened.as_user("okafor")).openings == 1
        assert problems_found(enter(opened, "nadm", SECOND)) == []

    def test_an_administrator_who_could_have_kept_the_sheet_confirms_nothing(
        self, opened: SmallClinic, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        owner = opened.as_user("owner")
        with pytest.raises(
            NotPermitted, match=r"may confirm it: Dr I\. Okafor, G\. Lind, R\. Frontley, T\. "
        ):
            confirm_recovery(owner)
        monkeypatch.setattr(recovering, "independent_of", lambda *_: iter((owner.person.staff_id,)))
        confirm_recovery(owner)
        checked = check_store(owner)
        assert checked.verdict == "ALTERED", "no program that opens this clinic lets it through"
        assert [one.what for one in checked.findings] == [NO_SECOND_PERSON]

    def test_what_the_first_rule_allowed_is_explained_where_the_log_can_be_as_old_as_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(setting_up, "NEWEST", "0003")
        clinic = small_clinic(tmp_path / "clinic")
        clinic.close()
        sheet = " ".join(clinic.ready.recovery_groups)
        new = NewPerson("nadm", "N. Newcomer", "administrator", "", SECOND)
        enrol_administrator_by_sheet(clinic.folder, sheet, new, clock=clinic.clock, source="data folder")
        owner = clinic.as_user("owner")
        monkeypatch.setattr(recovering, "independent_of", lambda *_: iter((owner.person.staff_id,)))
        confirm_recovery(owner)
        checked = check_store(owner)
        assert checked.verdict == "EXPLAINED"
        assert [one.what for one in checked.findings] == [BY_FIRST_RULE]
        clinic.close()

    def test_whoever_let_the_new_administrator_in_confirms_no_key_that_came_of_it(
        self, opened: SmallClinic
    ) -> None:
        confirm_recovery(opened.as_user("lind"))
        okafor = reset_and_chosen(opened, enter(opened, "nadm", SECOND), "okafor", OWN, password=SECOND)
        for second in ("lind", "owner"):
            with pytest.raises(NotPermitted, match=r"Who may: R\. Frontley, T\. Reyes\."):
                enrol_signature_key(okafor, OWN, second=SecondPerson(second, PASSWORDS[second]))
        enrol_signature_key(okafor, OWN, second=SecondPerson("desk", PASSWORDS["desk"]))
        assert problems_found(okafor) == []

    def test_where_everybody_did_it_counts_and_the_record_says_that_there_was_nobody(
        self, opened: SmallClinic
    ) -> None:
        nadm = enter(opened, "nadm", SECOND)
        for user in STAFF:
            reset_user(nadm, user, FIRST, SECOND, reason="All passwords are lost.")
        desk = enter(opened, "desk", FIRST)
        choose_password(desk, FIRST, OWN)
        size = log_size(desk)
        # Whoever holds the sheet could do all of this within minutes.
        with pytest.raises(NotPermitted, match=r"waits three days .* until 26 Nov 2026 at 09:00"):
            confirm_recovery(desk)
        (said,) = sentences_of(desk, "recovered")
        assert "N. Newcomer was made administrator with the recovery sheet, and since then everybody" in said
        assert "Anybody's word confirms it from 26 Nov 2026 at 09:00 on" in said
        assert actions_since(desk, size) == []
        opened.clock.at += WAIT_ALONE
        assert confirm_recovery(desk).openings == 1
        entry = next(
            one for one in entries_since(desk, size) if one["action"] == "recovery_opening.confirmed"
        )
        assert entry["why"] == "nobody_else"
        nadm = enter(opened, "nadm", SECOND)
        assert len(sentences_of(nadm, "recovered")) == 1
        change_setting(nadm, "idle_lock_min", 10)
        assert problems_found(nadm) == []


class TestPasswordsThatWhoeverSetTheClinicUpMade:
    @pytest.fixture
    def clinic(self, tmp_path: Path) -> Iterator[SmallClinic]:
        people = tuple(replace(person, is_password_given=True) for person in request().people)
        clinic = known_clinic(tmp_path / "clinic", people=people)
        yield clinic
        clinic.close()

    def test_the_first_work_is_done_with_them_and_today_asks_for_another(self, clinic: SmallClinic) -> None:
        with clinic.signing("reyes") as (reyes, by):
            assert not reyes.has_temporary_password
            record_visit(reyes, document(), by, shown="window")
        (said,) = sentences_of(reyes, "password_of_set_up")
        assert said == (
            "Your first password was made by whoever set the clinic up: choose your own; "
            "your signature key is made anew then."
        )
        (said,) = sentences_of(clinic.as_user("desk"), "password_of_set_up")
        assert said.endswith("choose your own.")
        assert problems_found(reyes) == []

    def test_the_kept_key_of_a_director_counts_no_more_once_she_chose(
        self, clinic: SmallClinic, tmp_path: Path
    ) -> None:
        kept = load_key_file(clinic.folder).keyfile
        with clinic.signing("reyes") as (reyes, by):
            visit = record_visit(reyes, document(), by, shown="window")
        with clinic.signing("okafor") as (okafor, by):
            approve_visit(okafor, visit.visit_id, None, by, shown="window")
        old = clinic.ready.fingerprint
        chosen = choose_password(okafor, PASSWORDS["okafor"], OWN)
        assert chosen.signature_key not in {None, old}
        assert okafor.facts.fingerprint == chosen.signature_key
        with open_signature_key(kept, "okafor", PASSWORDS["okafor"]) as thiefs:
            assert thiefs.key_id != chosen.signature_key
        made_at_set_up = kept.slot_of("okafor")
        okafor = enter(clinic, "okafor", OWN)
        assert not okafor.has_password_of_set_up
        assert made_at_set_up is not None
        assert okafor.session_key.public != made_at_set_up.session_public, "nor may it sign log entries"
        with signer(okafor, OWN) as by:
            assert by.key.key_id == chosen.signature_key
        assert len(sentences_of(okafor, "directors_key_replaced")) == 1
        assert problems_found(okafor) == []
        out, day = tmp_path / "b.mnbundle", MONDAY.date()
        make_bundle(okafor, MakeBundle(first=day, last=day, out=out, plain=True))
        for given in (old, f"{old} {chosen.signature_key}"):
            verified = verify_bundle(out, trust=given)
            assert (verified.verdict, verified.findings) == ("VALID", ()), "the old key gave its word"
        assert verify_bundle(out, trust=chosen.signature_key).verdict == "VALID (KEY NOT CHECKED)"

    def test_choosing_again_makes_no_other_key(self, clinic: SmallClinic) -> None:
        reyes = clinic.as_user("reyes")
        chosen = choose_password(reyes, PASSWORDS["reyes"], OWN)
        assert chosen.signature_key is not None
        again = choose_password(enter(clinic, "reyes", OWN), OWN, DESKS_OWN)
        assert again.signature_key is None
        assert enter(clinic, "reyes", DESKS_OWN).person.signature_key == chosen.signature_key

    def test_a_reset_gives_a_temporary_one_like_anybody_elses(self, clinic: SmallClinic) -> None:
        reset_user(clinic.as_user("owner"), "reyes", FIRST, PASSWORDS["owner"], reason="Forgotten.")
        assert enter(clinic, "reyes", FIRST).has_temporary_password

    def test_an_opening_with_the_sheet_then_takes_somebody_who_is_no_administrator_and_chose_their_own(
        self, clinic: SmallClinic
    ) -> None:
        choose_password(clinic.as_user("desk"), PASSWORDS["desk"], DESKS_OWN)
        choose_password(clinic.as_user("owner"), PASSWORDS["owner"], OWN)
        clinic.close()
        clinic.opened.clear()
        newcomer = NewPerson("eve", "Eve Newman", "administrator", "", SECOND)
        code = " ".join(clinic.ready.recovery_groups)
        enrol_administrator_by_sheet(clinic.folder, code, newcomer, clock=clinic.clock, source="data folder")
        # The administrator of before made the sheet; and reyes has the password that was made at set-up.
        for user, password in (("owner", OWN), ("reyes", PASSWORDS["reyes"])):
            with pytest.raises(NotPermitted, match=r"Who may confirm it: R\. Frontley\."):
                confirm_recovery(enter(clinic, user, password))
        desk = enter(clinic, "desk", DESKS_OWN)
        assert confirm_recovery(desk).nobody_else, "it is better than nothing, and still no second person"
        (said,) = sentences_of(enter(clinic, "eve", SECOND), "recovered")
        assert "R. Frontley confirmed that, but every password went through the same hands" in said
        assert problems_found(desk) == []

    def opened_by_eve(self, clinic: SmallClinic) -> None:
        clinic.close()
        clinic.opened.clear()
        newcomer = NewPerson("eve", "Eve Newman", "administrator", "", SECOND)
        code = " ".join(clinic.ready.recovery_groups)
        enrol_administrator_by_sheet(clinic.folder, code, newcomer, clock=clinic.clock, source="data folder")

    def test_nor_does_one_who_chose_only_after_the_opening(self, clinic: SmallClinic) -> None:
        """Whoever set the clinic up has the first password of the desk, too."""
        choose_password(clinic.as_user("lind"), PASSWORDS["lind"], OWN)
        self.opened_by_eve(clinic)
        choose_password(clinic.as_user("desk"), PASSWORDS["desk"], DESKS_OWN)
        with pytest.raises(NotPermitted, match=r"Who may confirm it: G\. Lind\."):
            confirm_recovery(enter(clinic, "desk", DESKS_OWN))
        lind = enter(clinic, "lind", OWN)
        assert confirm_recovery(lind).nobody_else
        assert problems_found(lind) == []

    @pytest.mark.parametrize("how", ["added", "reset"])
    def test_nor_one_whom_an_administrator_gave_a_password_before_it_while_there_is_another(
        self, clinic: SmallClinic, how: str
    ) -> None:
        choose_password(clinic.as_user("lind"), PASSWORDS["lind"], OWN)
        owner = clinic.as_user("owner")
        if how == "added":
            added(clinic, owner, "mole", "front_desk", DESKS_OWN)
        else:
            reset_and_chosen(clinic, owner, "desk", DESKS_OWN)
        self.opened_by_eve(clinic)
        user = "mole" if how == "added" else "desk"
        with pytest.raises(NotPermitted, match=r"Who may confirm it: G\. Lind\."):
            confirm_recovery(enter(clinic, user, DESKS_OWN))
        # Where the one who may cannot, a reset leaves the next best word, and in the end anybody's.
        eve = enter(clinic, "eve", SECOND)
        reset_user(eve, "lind", FIRST, SECOND, reason="Left without a word.")
        with pytest.raises(NotPermitted, match=r"Who may confirm it: (A\. Mole|R\. Frontley)\."):
            confirm_recovery(clinic.as_user("reyes"))
        assert confirm_recovery(enter(clinic, user, DESKS_OWN)).nobody_else

    def test_where_nobody_had_chosen_one_or_whoever_had_was_reset_anybodys_word_does(
        self, clinic: SmallClinic
    ) -> None:
        choose_password(clinic.as_user("lind"), PASSWORDS["lind"], OWN)
        self.opened_by_eve(clinic)
        with pytest.raises(NotPermitted, match=r"Who may confirm it: G\. Lind\."):
            confirm_recovery(clinic.as_user("desk"))
        reset_user(enter(clinic, "eve", SECOND), "lind", FIRST, SECOND, reason="Left without a word.")
        desk = clinic.as_user("desk")
        with pytest.raises(NotPermitted, match="waits three days after the last of that"):
            confirm_recovery(desk)
        clinic.clock.at += WAIT_ALONE
        assert sentences_of(desk, "recovered") == []
        assert confirm_recovery(desk).nobody_else
        assert problems_found(desk) == []

    @pytest.mark.parametrize("by", ["eve", "owner"])
    def test_nobody_becomes_that_one_by_a_password_that_was_given_after_the_opening(
        self, clinic: SmallClinic, by: str
    ) -> None:
        for user in ("desk", "lind"):
            choose_password(clinic.as_user(user), PASSWORDS[user], f"{user} cobalt orchard nine")
        clinic.close()
        clinic.opened.clear()
        newcomer = NewPerson("eve", "Eve Newman", "administrator", "", SECOND)
        code = " ".join(clinic.ready.recovery_groups)
        enrol_administrator_by_sheet(clinic.folder, code, newcomer, clock=clinic.clock, source="data folder")
        own = SECOND if by == "eve" else PASSWORDS["owner"]
        desk = reset_and_chosen(clinic, enter(clinic, by, own), "desk", DESKS_OWN, password=own)
        with pytest.raises(NotPermitted, match=r"Who may confirm it: G\. Lind\."):
            confirm_recovery(desk)

    def test_nobody_is_a_second_person_with_one_of_them_nor_with_one_chosen_afterwards(
        self, clinic: SmallClinic
    ) -> None:
        """Whoever made the first one could have chosen the next in that name."""
        choose_password(clinic.as_user("lind"), PASSWORDS["lind"], DESKS_OWN)
        okafor = reset_and_chosen(clinic, clinic.as_user("owner"), "okafor", OWN)
        for second in (SecondPerson("desk", PASSWORDS["desk"]), SecondPerson("lind", DESKS_OWN)):
            with pytest.raises(NotPermitted, match=r"Who may: nobody at present\."):
                enrol_signature_key(okafor, OWN, second=second)
        clinic.clock.at += timedelta(days=4)
        assert enrol_signature_key(okafor, OWN).is_unconfirmed
        assert not_confirmed(okafor)

    def test_a_key_that_nobody_confirmed_makes_no_better_one(self, clinic: SmallClinic) -> None:
        okafor = reset_and_chosen(clinic, clinic.as_user("owner"), "okafor", OWN)
        clinic.clock.at += timedelta(days=4)
        enrol_signature_key(okafor, OWN)
        made = enrol_signature_key(okafor, OWN)
        assert not_confirmed(okafor)
        assert [one.key for one in keys_not_confirmed(okafor)] == [made.key]
        told = "directors_key_unconfirmed"
        for user in ("desk", "reyes", "owner"):
            assert made.key[:16] in " ".join(sentences_of(clinic.as_user(user), told))

    def test_a_key_is_not_replaced_while_the_clinic_waits_for_its_confirmation(
        self, clinic: SmallClinic
    ) -> None:
        enrol_administrator_by_sheet(
            clinic.folder,
            " ".join(clinic.ready.recovery_groups),
            NewPerson("nadm", "N. Newcomer", "administrator", "", SECOND),
            clock=clinic.clock,
            source="data folder",
        )
        with pytest.raises(ClinicReadOnly, match="opened with its recovery sheet"):
            choose_password(clinic.as_user("okafor"), PASSWORDS["okafor"], OWN)
        clinic.as_user("okafor")
