"""People come, forget their passwords and leave; every act is in the log and the store stays whole."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from mnclinic.errors import (
    ClinicInUse,
    ClinicReadOnly,
    InvalidInput,
    NotPermitted,
    TooManyTries,
    WrongCredentials,
)
from mnclinic.models import PlannedVisit, Staff
from mnclinic.security.keyfile import PREVIOUS_KEY_FILE, KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file, save_key_file
from mnclinic.security.slots import unlock
from mnclinic.services.check_store import check_store
from mnclinic.services.key_register import keys_in_force
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.list_day import list_day
from mnclinic.services.list_visits import todays_visits
from mnclinic.services.mark_planned import mark_arrived, start_planned
from mnclinic.services.notices import notices
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.own_account import own_account
from mnclinic.services.perform_visit import perform_visit
from mnclinic.services.plan_visits import NewPlanned, plan_visits
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import return_visit
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic, signer
from mnclinic.services.staff_rows import NewLicence, NewPerson
from mnclinic.services.start_visit import start_visit
from mnclinic.services.users.add_user import add_user
from mnclinic.services.users.choose_password import choose_password, recover_password
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.list_users import UserRow, list_users
from mnclinic.services.users.reset_user import reset_user
from mnclinic.services.void_visit import void_visit
from mnclinic.store.log_writer import Act, Scribe
from tests.services.clinic_builder import MONDAY, PASSWORDS, SmallClinic, add_person, document, small_clinic
from tests.services.reading import actions_since, entries_since, log_size, problems_found, stored_visit

NOT_READ_BACK = "recovery_sheet_not_read_back"
FIRST = "granite willow seventeen hats"
OWN = "cobalt orchard nine lanterns"


def new_person(**changes: object) -> NewPerson:
    licence = NewLicence("TX", "L-9", "TX", date(2026, 1, 1), date(2027, 1, 1))
    person = NewPerson("novak", "P. Novak", "provider", "RN", FIRST, licences=(licence,))
    return replace(person, **changes)  # type: ignore[arg-type]  # a test's own words


def enter(clinic: SmallClinic, user: str, password: str) -> OpenClinic:
    opened = open_clinic(clinic.folder, user, password, clock=clinic.clock)
    clinic.opened.append(opened)
    return opened


def row_of(clinic: OpenClinic, user: str) -> UserRow:
    return next(row for row in list_users(clinic) if row.user == user)


@contextmanager
def power_cut_after_the_key_file(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The key file is saved and the database is not, and nobody is left to put the file back."""
    saved: list[Path] = []

    def saving(folder: Path, keyfile: KeyFile, *, retire_previous: bool = False) -> None:
        if saved:
            raise SystemExit
        saved.append(folder)
        save_key_file(folder, keyfile, retire_previous=retire_previous)

    def power_cut(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as cut:
        cut.setattr("mnclinic.store.unit_of_work.UnitOfWork.commit", power_cut)
        cut.setattr("mnclinic.services.key_changes.save_key_file", saving)
        yield


def lose_the_generation_before(clinic: SmallClinic) -> None:
    """What else would bring the state of before back at the next log-in is gone too."""
    (clinic.folder / PREVIOUS_KEY_FILE).unlink()


@pytest.mark.parametrize("user", ["novak", "P.Novák", "9_novak@studio", "Ковач", "n" * 64])
def test_a_new_provider_chooses_their_own_password_and_makes_their_own_signature_key(
    clinic: SmallClinic, user: str
) -> None:
    owner = clinic.as_user("owner")
    add_user(owner, new_person(user=user), PASSWORDS["owner"])
    row = row_of(owner, user)
    assert (row.is_temporary, row.signature_key, row.can_sign) == (True, None, False)
    novak = enter(clinic, user, FIRST)
    with pytest.raises(NotPermitted, match="Choose your own first"):
        todays_visits(novak)
    chosen = choose_password(novak, FIRST, OWN)
    assert todays_visits(novak).visits == ()
    novak = enter(clinic, user, OWN)
    with signer(novak, OWN) as by:
        assert by.key.key_id == chosen.signature_key
        recorded = record_visit(novak, document(performer=user), by, shown="window")
    assert recorded.state == "in_review"
    with pytest.raises(WrongCredentials):
        enter(clinic, user, FIRST)
    row = row_of(owner, user)
    assert (row.is_temporary, row.can_sign, row.has_recovery_code) == (False, True, False)
    assert problems_found(owner) == []


def session_keys(clinic: OpenClinic, staff_id: str) -> list[str]:
    """A person's keys for log entries that nobody ended."""
    with clinic.store.reading() as session:
        return [one.key for one in keys_in_force(session, staff_id, "session")]


@pytest.mark.parametrize("way", ["added", "reset"])
def test_whoever_gave_a_password_signs_no_log_entry_in_that_name_afterwards(
    clinic: SmallClinic, way: str
) -> None:
    owner = clinic.as_user("owner")
    user = "novak" if way == "added" else "reyes"
    if way == "added":
        add_user(owner, new_person(), PASSWORDS["owner"])
    else:
        reset_user(owner, "reyes", FIRST, PASSWORDS["owner"], reason="Forgotten.")
    given = load_key_file(clinic.folder).keyfile
    kept = unlock(given, user, FIRST)
    person, left_open = enter(clinic, user, FIRST), enter(clinic, user, FIRST)
    choose_password(person, FIRST, OWN)
    assert kept.session.key_id not in session_keys(owner, kept.user_id)
    assert session_keys(owner, kept.user_id) == [person.session_key.key_id]
    with pytest.raises(NotPermitted, match="keys were replaced"):
        own_account(left_open)
    # A change of the database key is sealed to the new vault key, of which nobody else ever knew.
    before, after = given.slot_of(user), load_key_file(clinic.folder).keyfile.slot_of(user)
    assert before is not None
    assert after is not None
    assert before.vault_public != after.vault_public
    person.close()
    person = enter(clinic, user, OWN)
    todays_visits(person)
    assert problems_found(owner) == []
    # With the key that was kept, and the database at hand, an entry in that name is found out.
    forger = Scribe(kept.user_id, "provider", kept.session.key_id, kept.session.sign)
    with owner.store.work(forger) as work:
        work.log.record(Act("log.viewed", "R", categories=("log",)))
        work.commit()
    assert any("a key that had been revoked" in found for found in problems_found(owner))


def test_a_first_own_password_that_a_power_cut_parted_from_its_entry_leaves_no_older_key(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = clinic.as_user("owner")
    add_user(owner, new_person(), PASSWORDS["owner"])
    novak = enter(clinic, "novak", FIRST)
    with power_cut_after_the_key_file(monkeypatch), pytest.raises(SystemExit):
        choose_password(novak, FIRST, OWN)
    lose_the_generation_before(clinic)
    again = enter(clinic, "novak", OWN)
    assert session_keys(owner, again.person.staff_id) == [again.session_key.key_id]
    with pytest.raises(NotPermitted, match="keys were replaced"):
        own_account(novak)
    assert check_store(owner).verdict == "EXPLAINED"
    (found,) = problems_found(owner)
    assert "it was found in the key file and entered for P. Novak" in found


@pytest.mark.parametrize(
    ("user", "costs"),
    [
        ("reyes", "without it a forgotten password costs you your signature key."),
        ("desk", "without it an administrator has to reset a forgotten password."),
        ("owner", "without it another administrator has to reset a forgotten password."),
    ],
)
def test_today_says_what_a_missing_recovery_code_costs_this_person(
    clinic: SmallClinic, user: str, costs: str
) -> None:
    told = {notice.code: notice.sentence for notice in notices(clinic.as_user(user))}
    assert told["no_recovery_code"].endswith(costs)


def test_whoever_cannot_read_the_sheet_back_is_told_who_can(tmp_path: Path) -> None:
    clinic = small_clinic(tmp_path / "clinic")
    told = {
        user: next(one.sentence for one in notices(clinic.as_user(user)) if one.code == NOT_READ_BACK)
        for user in ("owner", "okafor")
    }
    clinic.close()
    assert told["owner"].endswith("Type it in once, then seal it.")
    assert told["okafor"].endswith("Have M. Castellan type it in once, then seal it.")


def test_a_change_of_ones_own_password_ends_no_other_window(clinic: SmallClinic) -> None:
    one, other = clinic.as_user("desk"), clinic.as_user("desk")
    choose_password(one, PASSWORDS["desk"], OWN)
    assert todays_visits(other).visits == ()


def test_what_is_wrong_with_a_new_person_is_told_together_and_nothing_is_stored(
    clinic: SmallClinic,
) -> None:
    owner = clinic.as_user("owner")
    size, keys = log_size(owner), (clinic.folder / "clinic.keys").read_bytes()
    wrong = new_person(user=" x", name=" ", credential="", password="short", depth_ceiling_mm="-1")
    with pytest.raises(InvalidInput) as told:
        add_user(owner, wrong, PASSWORDS["owner"])
    places = {problem.where for problem in told.value.problems}
    assert places == {"user", "name", "credential", "password", "depth_ceiling_mm"}
    yesterday = clinic.clock.at - timedelta(days=1)
    inspector = new_person(role="inspector", credential="", access_until=yesterday)
    with pytest.raises(InvalidInput, match="Correct these"):
        add_user(owner, inspector, PASSWORDS["owner"])
    with pytest.raises(InvalidInput, match="already a user named reyes"):
        add_user(owner, new_person(user="REYES"), PASSWORDS["owner"])
    with pytest.raises(WrongCredentials):
        add_user(owner, new_person(), PASSWORDS["desk"])
    assert log_size(owner) == size
    assert (clinic.folder / "clinic.keys").read_bytes() == keys


@pytest.mark.parametrize("built", ["castellan okafor whit", "frontleycastellan", "okaforfrontleyreyes"])
def test_no_password_is_built_from_the_names_of_colleagues_on_any_way_to_a_new_one(
    clinic: SmallClinic, tmp_path: Path, built: str
) -> None:
    owner, reyes = clinic.as_user("owner"), clinic.as_user("reyes")
    code = "-".join(make_recovery_code(reyes, PASSWORDS["reyes"], tmp_path / "card.pdf").groups)
    refused = []
    for way in (
        lambda: choose_password(reyes, PASSWORDS["reyes"], built),
        lambda: recover_password(clinic.folder, "reyes", code, built, clock=clinic.clock),
        lambda: add_user(owner, new_person(password=built), PASSWORDS["owner"]),
        lambda: reset_user(owner, "reyes", built, PASSWORDS["owner"], reason="Forgotten."),
    ):
        with pytest.raises(InvalidInput) as caught:
            way()
        refused.append(
            [(one.where, "a name of this clinic or its people" in one.what) for one in caught.value.problems]
        )
    assert refused == [[("password", True)]] * 4


def full_width(text: str) -> str:
    """The same password in another form of Unicode, which the same keys are derived from."""
    wide = "".join(chr(ord(one) + 0xFEE0) if one != " " else "\u3000" for one in text)
    assert wide != text
    return wide


def test_a_given_password_in_another_form_is_no_password_of_ones_own(clinic: SmallClinic) -> None:
    reset_user(clinic.as_user("owner"), "reyes", FIRST, PASSWORDS["owner"], reason="Forgotten.")
    reyes = enter(clinic, "reyes", FIRST)
    for again in (FIRST, full_width(FIRST), full_width(FIRST[0]) + FIRST[1:]):
        with pytest.raises(InvalidInput, match="was not changed") as told:
            choose_password(reyes, FIRST, again)
        assert "that you have already" in told.value.problems[0].what
    assert row_of(clinic.as_user("owner"), "reyes").is_temporary


@pytest.mark.parametrize("typed", [PASSWORDS["owner"], full_width(PASSWORDS["owner"])])
def test_nobody_gives_somebody_else_their_own_password(clinic: SmallClinic, typed: str) -> None:
    owner = clinic.as_user("owner")
    before = log_size(owner)
    for act in (
        lambda: add_user(owner, new_person(password=typed), PASSWORDS["owner"]),
        lambda: reset_user(owner, "reyes", typed, PASSWORDS["owner"], reason="Forgotten."),
    ):
        with pytest.raises(InvalidInput) as told:
            act()
        assert [(one.where, "your own password" in one.what) for one in told.value.problems] == [
            ("password", True)
        ]
    assert log_size(owner) == before


def test_an_inspector_is_let_in_until_the_last_day(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    until = clinic.clock.at + timedelta(days=2)
    person = new_person(user="visitor", role="inspector", credential="", access_until=until)
    add_user(owner, person, PASSWORDS["owner"])
    visitor = enter(clinic, "visitor", FIRST)
    choose_password(visitor, FIRST, OWN)
    assert todays_visits(visitor).visits == ()
    clinic.clock.at = until
    with pytest.raises(NotPermitted, match="ended on 25 Nov 2026"):
        todays_visits(visitor)
    with pytest.raises(NotPermitted, match="ended on 25 Nov 2026"):
        enter(clinic, "visitor", OWN)
    assert problems_found(owner) == []


def test_a_reset_ends_the_signature_key_and_what_it_signed_stays_valid(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    owner = clinic.as_user("owner")
    old_key = row_of(owner, "reyes").signature_key
    done = reset_user(owner, "reyes", FIRST, PASSWORDS["owner"], reason="Forgotten.")
    assert done.signature_key_ended == old_key
    with pytest.raises(NotPermitted, match="keys were replaced"):
        todays_visits(reyes)
    with pytest.raises(NotPermitted, match="keys were replaced"), signer(reyes, PASSWORDS["reyes"]):
        pass
    with pytest.raises(WrongCredentials):
        enter(clinic, "reyes", PASSWORDS["reyes"])
    again = enter(clinic, "reyes", FIRST)
    chosen = choose_password(again, FIRST, OWN)
    assert chosen.signature_key not in {None, old_key}
    assert problems_found(owner) == []


def test_whoever_signs_with_a_temporary_password_is_told_to_choose_their_own(clinic: SmallClinic) -> None:
    reset_user(clinic.as_user("owner"), "reyes", FIRST, PASSWORDS["owner"], reason="Forgotten.")
    reyes = enter(clinic, "reyes", FIRST)
    with pytest.raises(NotPermitted, match="Choose your own first"), signer(reyes, FIRST):
        pass


def test_nobody_resets_or_ends_themselves(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    with pytest.raises(NotPermitted, match="cannot be reset"):
        reset_user(owner, "owner", FIRST, PASSWORDS["owner"], reason="Forgotten.")
    with pytest.raises(NotPermitted, match="Nobody ends their own access"):
        end_access(owner, "owner", PASSWORDS["owner"], reason="Leaves.")


def test_a_personal_code_brings_back_the_password_and_the_signature_key_once(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    with clinic.signing("reyes") as (reyes, _):
        old_key = reyes.person.signature_key
        made = make_recovery_code(reyes, PASSWORDS["reyes"], tmp_path / "card.pdf")
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "card.pdf").stat().st_mode & 0o077 == 0
    code = " ".join(made.groups).lower()
    again = recover_password(clinic.folder, "reyes", code, OWN, clock=clinic.clock)
    clinic.opened.append(again)
    with signer(again, OWN) as by:
        assert by.key.key_id == old_key
    with pytest.raises(WrongCredentials):
        enter(clinic, "reyes", PASSWORDS["reyes"])
    with pytest.raises(WrongCredentials, match="A code works once"):
        recover_password(clinic.folder, "reyes", code, FIRST, clock=clinic.clock)
    assert "no_recovery_code" in {notice.code for notice in notices(again)}
    assert problems_found(again) == []


def test_a_weak_password_by_code_changes_nothing_and_the_code_still_works(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    made = make_recovery_code(clinic.as_user("desk"), PASSWORDS["desk"], tmp_path / "card.pdf")
    code = "-".join(made.groups)
    with pytest.raises(InvalidInput, match="Choose another"):
        recover_password(clinic.folder, "desk", code, "short", clock=clinic.clock)
    clinic.opened.append(recover_password(clinic.folder, "desk", code, OWN, clock=clinic.clock))


def test_a_code_opens_a_name_that_was_closed_by_wrong_passwords(clinic: SmallClinic, tmp_path: Path) -> None:
    made = make_recovery_code(clinic.as_user("desk"), PASSWORDS["desk"], tmp_path / "card.pdf")
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            enter(clinic, "desk", "not the password at all")
    with pytest.raises(TooManyTries):
        enter(clinic, "desk", PASSWORDS["desk"])
    clinic.opened.append(
        recover_password(clinic.folder, "desk", "-".join(made.groups), OWN, clock=clinic.clock)
    )
    enter(clinic, "desk", OWN)


def test_whoever_leaves_is_out_at_once_and_their_drafts_and_key_go_on_without_them(
    clinic: SmallClinic,
) -> None:
    desk = clinic.as_user("desk")
    visit = start_visit(desk, add_person(desk), "microneedling_face", "reyes")
    clinic.close()
    clinic.opened.clear()
    before = load_key_file(clinic.folder).keyfile
    owner = clinic.as_user("owner")
    with pytest.raises(InvalidInput, match="has open visits: V-000001"):
        end_access(owner, "reyes", PASSWORDS["owner"], reason="Moves away.")
    with pytest.raises(InvalidInput, match="performs no visits"):
        end_access(owner, "reyes", PASSWORDS["owner"], reason="Moves away.", hand_over_to="desk")
    size = log_size(owner)
    ended = end_access(owner, "reyes", PASSWORDS["owner"], reason="Moves away.", hand_over_to="lind")
    assert (ended.handed_over, ended.key_not_changed) == (("V-000001",), None)
    assert stored_visit(owner, visit).performer == "lind"
    assert actions_since(owner, size)[:4] == ["visit.draft_saved", "staff.left", "key.revoked", "key.revoked"]
    assert "database_key.rotation_finished" in actions_since(owner, size)
    with pytest.raises(WrongCredentials):
        enter(clinic, "reyes", PASSWORDS["reyes"])
    after = load_key_file(clinic.folder).keyfile
    assert (after.epoch, after.slot_of("reyes")) == (before.epoch + 1, None)
    assert not row_of(owner, "reyes").is_active
    assert {notice.code for notice in notices(owner)}.isdisjoint({"database_key_not_changed"})
    enter(clinic, "lind", PASSWORDS["lind"])
    assert problems_found(owner) == []


def test_a_visit_in_which_the_leaver_treated_stays_in_their_name_and_waits_for_the_director(
    clinic: SmallClinic,
) -> None:
    """Else whoever takes it would sign for another's treatment, by a depth ceiling of their own."""
    reyes = clinic.as_user("reyes")
    numbers = {}
    for last_name in ("Testerman", "Planner", "Answerer"):
        patient = add_person(reyes, last_name)
        visit = start_visit(reyes, patient, "microneedling_face", "reyes")
        numbers[last_name] = (visit, stored_visit(reyes, visit))
    treated, returned = numbers["Testerman"][0], numbers["Answerer"][0]
    for visit, row in (numbers["Testerman"], numbers["Answerer"]):
        patient = json.loads(row.document)["patient"]
        saved = save_visit(reyes, visit, row.edition, document(patient=patient))
    with clinic.signing("reyes") as (opened, by):
        perform_visit(opened, returned, saved.edition, by, shown="command")
    with clinic.signing("okafor") as (okafor, by):
        return_visit(okafor, returned, None, by, "Why this depth?", shown="window")
    clinic.close()
    clinic.opened.clear()
    owner = clinic.as_user("owner")
    ended = end_access(owner, "reyes", PASSWORDS["owner"], reason="Moves away.", hand_over_to="lind")
    assert (ended.handed_over, ended.wait_for_director) == (("V-000002",), ("V-000001", "V-000003"))
    assert (stored_visit(owner, treated).performer, stored_visit(owner, numbers["Planner"][0]).performer) == (
        "reyes",
        "lind",
    )
    with clinic.signing("lind") as (lind, by), pytest.raises(NotPermitted, match="Only whoever performed"):
        perform_visit(lind, treated, stored_visit(owner, treated).edition, by, shown="command")
    told = [one for one in notices(owner) if one.code == "treatment_left_unsigned"]
    assert [one.sentence.split(". ")[1].split(" in ")[1] for one in told] == ["V-000001"]
    assert "treatment_left_unsigned" not in {one.code for one in notices(clinic.as_user("desk"))}
    okafor = clinic.as_user("okafor")
    void_visit(okafor, treated, stored_visit(okafor, treated).edition, "Six areas, told by telephone.")
    assert "treatment_left_unsigned" not in {one.code for one in notices(okafor)}
    assert problems_found(owner) == []


def test_whoever_only_left_treated_visits_hands_nothing_over(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    visit = start_visit(reyes, add_person(reyes, "Testerman"), "microneedling_face", "reyes")
    row = stored_visit(reyes, visit)
    save_visit(reyes, visit, row.edition, document(patient=json.loads(row.document)["patient"]))
    clinic.close()
    clinic.opened.clear()
    ended = end_access(clinic.as_user("owner"), "reyes", PASSWORDS["owner"], reason="Moves away.")
    assert (ended.handed_over, ended.wait_for_director, ended.left_open) == ((), ("V-000001",), ())


def test_the_access_of_the_only_performer_ends_and_their_open_visits_keep_their_name(
    clinic: SmallClinic,
) -> None:
    reyes = clinic.as_user("reyes")
    visit = start_visit(reyes, add_person(reyes, "Testerman"), "microneedling_face", "reyes")
    clinic.close()
    clinic.opened.clear()
    owner = clinic.as_user("owner")
    for user in ("lind", "okafor"):
        end_access(owner, user, PASSWORDS["owner"], reason="Left.", leaves_no_director=user == "okafor")
    ended = end_access(owner, "reyes", PASSWORDS["owner"], reason="Left.")
    assert (ended.handed_over, ended.wait_for_director, ended.left_open) == ((), (), ("V-000001",))
    assert stored_visit(owner, visit).performer == "reyes"
    assert problems_found(owner) == []


def test_a_director_without_a_credential_is_nobody_who_could_take_the_visits(clinic: SmallClinic) -> None:
    """As another program's row: whoever has no credential performs nothing and cannot be named as taker."""
    reyes = clinic.as_user("reyes")
    start_visit(reyes, add_person(reyes, "Testerman"), "microneedling_face", "reyes")
    clinic.close()
    clinic.opened.clear()
    owner = clinic.as_user("owner")
    end_access(owner, "lind", PASSWORDS["owner"], reason="Left.")
    with owner.work() as work:
        work.session.scalars(select(Staff).where(Staff.user == "okafor")).one().credential = ""
        work.commit()
    with pytest.raises(InvalidInput, match="performs no visits"):
        end_access(owner, "reyes", PASSWORDS["owner"], reason="Left.", hand_over_to="okafor")
    ended = end_access(owner, "reyes", PASSWORDS["owner"], reason="Left.")
    assert (ended.handed_over, ended.left_open) == ((), ("V-000001",))


def test_what_was_planned_with_whoever_left_on_days_that_are_past_keeps_their_name(
    clinic: SmallClinic,
) -> None:
    desk = clinic.as_user("desk")
    yesterday = MONDAY.date()
    wanted = [
        NewPlanned(add_person(desk, name), day, service="microneedling_face", performer="reyes")
        for name, day in (("Yesterson", yesterday), ("Tomorrowson", yesterday + timedelta(days=9)))
    ]
    past, coming = plan_visits(desk, wanted).plans
    clinic.close()
    clinic.opened.clear()
    clinic.clock.at += timedelta(days=1)
    owner = clinic.as_user("owner")
    assert end_access(owner, "reyes", PASSWORDS["owner"], reason="Moves away.").plans_left_open == 1
    with owner.store.reading() as session:
        performers = {row.id: row.performer for row in session.scalars(select(PlannedVisit))}
    assert performers == {past.plan_id: "reyes", coming.plan_id: ""}
    assert problems_found(owner) == []


def test_what_is_planned_with_whoever_left_is_nobodys_again_and_can_be_started(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    patients = [add_person(desk, name) for name in ("Arrivee", "Tomorrowson", "Lindquest")]
    today = MONDAY.date()
    wanted = [
        NewPlanned(patients[0], today, at_time="10:00", service="microneedling_face", performer="reyes"),
        NewPlanned(patients[1], today + timedelta(days=9), service="microneedling_face", performer="reyes"),
        NewPlanned(patients[2], today, service="microneedling_face", performer="lind"),
    ]
    plans = plan_visits(desk, wanted).plans
    mark_arrived(desk, plans[0].plan_id, None)
    clinic.close()
    clinic.opened.clear()
    ended = end_access(clinic.as_user("owner"), "reyes", PASSWORDS["owner"], reason="Moves away.")
    assert ended.plans_left_open == 2
    lind = clinic.as_user("lind")
    planned = [line.planned for line in list_day(lind, today).lines if line.planned is not None]
    performers = {one.plan_id: one.performer for one in planned}
    assert performers == {plans[0].plan_id: "", plans[2].plan_id: "lind"}
    visit = start_planned(lind, plans[0].plan_id, None, performer="lind")
    assert stored_visit(lind, visit).performer == "lind"
    assert problems_found(lind) == []


def test_a_window_of_whoever_left_is_refused_at_its_next_act_and_the_key_waits(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    owner = clinic.as_user("owner")
    ended = end_access(owner, "reyes", PASSWORDS["owner"], reason="Dismissed.")
    assert ended.key_not_changed is not None
    assert "another window" in ended.key_not_changed
    for act in (todays_visits, notices):
        with pytest.raises(NotPermitted, match="access to this clinic has ended"):
            act(reyes)
    with pytest.raises(NotPermitted, match="access to this clinic has ended"), reyes.work():
        pass
    with (
        pytest.raises(NotPermitted, match="access to this clinic has ended"),
        signer(reyes, PASSWORDS["reyes"]),
    ):
        pass
    assert "database_key_not_changed" in {notice.code for notice in notices(owner)}
    with pytest.raises(ClinicInUse):
        rotate_database_key(owner, "left")
    reyes.close()
    rotate_database_key(owner, "left")
    assert "database_key_not_changed" not in {notice.code for notice in notices(owner)}
    assert problems_found(owner) == []


def test_wrong_passwords_are_entered_at_the_next_log_in_and_told_to_their_owner(clinic: SmallClinic) -> None:
    first = clinic.as_user("desk")
    size = log_size(first)
    for _ in range(2):
        with pytest.raises(WrongCredentials):
            enter(clinic, "desk", "a wrong password entirely")
    with pytest.raises(WrongCredentials) as stranger:
        enter(clinic, "Hannah Secretname", "a wrong password entirely")
    with pytest.raises(WrongCredentials) as known:
        enter(clinic, "desk", "a wrong password entirely")
    assert stranger.value.sentence == known.value.sentence
    second = clinic.as_user("desk")
    entries = entries_since(second, size)
    failed = [entry for entry in entries if entry["action"] == "login.failed"]
    assert [entry["why"] for entry in failed] == ["wrong_password"] * 2 + ["unknown_user", "wrong_password"]
    assert all("secretname" not in str(entry).lower() for entry in entries)
    assert failed[0]["actor"]["uid"] is None
    told = next(notice for notice in notices(second) if notice.code == "failed_log_ins")
    assert told.sentence.startswith(
        "3 wrong passwords were typed for your name since you logged in on 23 Nov"
    )
    third = clinic.as_user("desk")
    assert "failed_log_ins" not in {notice.code for notice in notices(third)}
    assert problems_found(third) == []


def test_a_wrong_password_at_a_signature_counts_like_one_at_the_log_in(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    for _ in range(5):
        with pytest.raises(WrongCredentials), signer(reyes, "not my password at all"):
            pass
    with pytest.raises(TooManyTries) as told, signer(reyes, PASSWORDS["reyes"]):
        pass
    assert told.value.wait_s == 30
    clinic.clock.ticks += 30_000
    with signer(reyes, PASSWORDS["reyes"]):
        pass


def test_a_slot_that_a_power_cut_left_without_its_person_opens_nothing_and_makes_way(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = clinic.as_user("owner")
    with power_cut_after_the_key_file(monkeypatch), pytest.raises(SystemExit):
        add_user(owner, new_person(), PASSWORDS["owner"])
    assert load_key_file(clinic.folder).keyfile.slot_of("novak") is not None
    with pytest.raises(WrongCredentials):
        enter(clinic, "novak", FIRST)
    owner = clinic.as_user("owner")
    add_user(owner, new_person(), PASSWORDS["owner"])
    enter(clinic, "novak", FIRST)
    assert problems_found(owner) == []


def test_a_reset_that_a_power_cut_parted_from_its_entry_is_no_tampering(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = clinic.as_user("owner")
    with power_cut_after_the_key_file(monkeypatch), pytest.raises(SystemExit):
        reset_user(owner, "desk", FIRST, PASSWORDS["owner"], reason="Forgotten.")
    lose_the_generation_before(clinic)
    size = log_size(owner)
    desk = enter(clinic, "desk", FIRST)
    assert "key_file.found" in actions_since(desk, size)
    choose_password(desk, FIRST, OWN)
    assert check_store(desk).verdict == "EXPLAINED"
    (found,) = problems_found(desk)
    assert "it was found in the key file and entered for R. Frontley" in found


def test_a_change_that_the_database_cannot_keep_leaves_the_old_password(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = clinic.as_user("desk")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as while_full:
        while_full.setattr("mnclinic.store.unit_of_work.UnitOfWork.commit", full)
        with pytest.raises(Exception, match="disk is full"):
            choose_password(desk, PASSWORDS["desk"], OWN)
    with pytest.raises(WrongCredentials):
        enter(clinic, "desk", OWN)
    assert problems_found(clinic.as_user("desk")) == []


def test_a_log_in_that_a_full_disk_cannot_keep_opens_for_reading_and_says_so(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as while_full:
        while_full.setattr("mnclinic.store.unit_of_work.UnitOfWork.commit", full)
        desk = clinic.as_user("desk")
    assert desk.read_only is not None
    assert "disk is full" in desk.read_only
    assert todays_visits(desk).visits == ()
    with pytest.raises(ClinicReadOnly, match="open for reading alone"):
        add_person(desk)
    assert clinic.as_user("desk").read_only is None
