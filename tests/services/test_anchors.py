"""The log against the checkpoints outside it: at the start, in the check, and after a real loss."""

import base64
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import keyring
import pytest
from sqlalchemy import text

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.note import parse_checkpoint
from mnclinic.errors import ActionRefused, ClinicReadOnly, InvalidInput, NotPermitted, WrongCredentials
from mnclinic.models import Checkpoint
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.slots import unlock
from mnclinic.services import continue_after_loss as continuing
from mnclinic.services.back_up import back_up
from mnclinic.services.check_backup import check_backup
from mnclinic.services.check_store import check_store
from mnclinic.services.continue_after_loss import continue_after_loss
from mnclinic.services.find_patients import show_patient
from mnclinic.services.given_checkpoint import given_checkpoint
from mnclinic.services.key_changes import account_act
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.notices import notices
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.record_visit import record_visit
from mnclinic.services.restore_clinic import restore_clinic
from mnclinic.services.restore_drill import restore_drill
from mnclinic.services.second_log_in import SecondPerson
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import NewPerson
from mnclinic.services.users.add_user import add_user
from mnclinic.services.users.choose_password import choose_password
from mnclinic.services.users.reset_user import reset_user
from mnclinic.store import head_file
from mnclinic.store.head_file import HEAD_NAME
from tests.faults.attack_found_keys import Forging, Own
from tests.faults.attack_hands import in_hand, keys_of
from tests.services.clinic_builder import (
    MONDAY,
    PASSWORDS,
    SmallClinic,
    add_person,
    document,
    request,
    small_clinic,
)
from tests.services.keyring_stand_in import Keyring
from tests.services.reading import actions_since, entries_since, log_size, problems_found
from tests.store.raw import with_database_key

LIND = SecondPerson("lind", PASSWORDS["lind"])


@pytest.fixture
def pc(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    """This PC's keyring."""
    there = Keyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: there)
    return there


def size_of(note: bytes | str) -> int:
    return parse_checkpoint(note.encode() if isinstance(note, str) else note).size


def head_of(clinic: SmallClinic) -> bytes:
    return (clinic.folder / HEAD_NAME).read_bytes()


def checkpoints_of(opened: OpenClinic) -> int:
    with opened.store.reading() as session:
        return session.query(Checkpoint).count()


def shut(clinic: SmallClinic) -> None:
    clinic.close()
    clinic.opened.clear()


def worked_on(clinic: SmallClinic, name: str = "Testerman") -> int:
    """A visit is recorded and everything closed; returns how many entries the log has."""
    with clinic.signing("reyes") as (reyes, by):
        patient = {"last_name": name, "first_name": "Ada", "born_on": "1990-04-23"}
        record_visit(reyes, document(patient=patient), by, shown="window")
    shut(clinic)
    return size_of(head_of(clinic))


def put_back(clinic: SmallClinic, database: bytes) -> None:
    for path in clinic.folder.glob("clinic.db*"):
        path.unlink()
    (clinic.folder / "clinic.db").write_bytes(database)


@pytest.fixture
def behind(clinic: SmallClinic) -> tuple[int, int]:
    """Yesterday's database beside today's head file: how many entries there are, and were."""
    then = worked_on(clinic)
    database = (clinic.folder / "clinic.db").read_bytes()
    known = worked_on(clinic, "Otherson")
    put_back(clinic, database)
    return then, known


# --- at the start -------------------------------------------------------------------------------


def test_the_head_file_is_of_the_last_entry_after_every_act(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    assert size_of(head_of(clinic)) == log_size(desk), "the log-in is an entry too"
    checkpoints = checkpoints_of(desk)
    person = add_person(desk)
    assert size_of(head_of(clinic)) == log_size(desk)
    show_patient(desk, person)
    size = log_size(desk)
    assert size_of(head_of(clinic)) == size
    assert checkpoints_of(desk) == checkpoints, "a head is no checkpoint that is kept"
    shut(clinic)
    assert size_of(head_of(clinic)) == size + 1, "the log-out is an entry too"
    assert problems_found(clinic.as_user("desk")) == []


def test_a_head_file_that_a_crash_left_behind_is_brought_up_at_the_next_start(clinic: SmallClinic) -> None:
    before = head_of(clinic)
    worked_on(clinic)
    after = head_of(clinic)
    (clinic.folder / HEAD_NAME).write_bytes(before)
    desk = clinic.as_user("desk")
    assert size_of(head_of(clinic)) == log_size(desk) == size_of(after) + 1
    assert desk.read_only is None
    assert problems_found(desk) == []


def test_a_database_behind_its_head_file_is_read_only_and_the_missing_entries_are_named(
    clinic: SmallClinic, behind: tuple[int, int]
) -> None:
    then, known = behind
    head = head_of(clinic)
    desk = clinic.as_user("desk")
    assert desk.read_only is not None
    assert f"entries {then + 1} to {known} are missing" in desk.read_only
    assert "Nothing was changed" in desk.read_only
    with pytest.raises(ClinicReadOnly):
        add_person(desk)
    assert actions_since(desk, then) == ["history.behind_found", "login"]
    again = clinic.as_user("reyes")
    assert again.read_only == desk.read_only
    assert actions_since(again, then + 2) == ["login"], "what is known already is entered once"
    checked = check_store(again)
    assert checked.verdict == "ALTERED"
    assert [(one.where, one.what) for one in checked.findings] == [
        (HEAD_NAME, f"entries {then + 1} to {known} are missing from the log")
    ]
    shut(clinic)
    assert head_of(clinic) == head, "what lies outside is evidence"


def test_it_stays_read_only_when_somebody_takes_the_head_file_away_after_it_was_seen(
    clinic: SmallClinic, behind: tuple[int, int]
) -> None:
    then, known = behind
    clinic.as_user("desk")
    shut(clinic)
    (clinic.folder / HEAD_NAME).unlink()
    desk = clinic.as_user("desk")
    assert desk.read_only is not None
    assert f"entries {then + 1} to {known} are missing" in desk.read_only
    assert check_store(desk).verdict == "ALTERED"


def test_a_log_that_went_another_way_is_read_only(clinic: SmallClinic) -> None:
    worked_on(clinic)
    database = (clinic.folder / "clinic.db").read_bytes()
    head = head_of(clinic)
    known = worked_on(clinic, "Otherson")
    other_head = head_of(clinic)
    put_back(clinic, database)
    (clinic.folder / HEAD_NAME).write_bytes(head)
    worked_on(clinic, "Thirdson")
    worked_on(clinic, "Fourthson")
    (clinic.folder / HEAD_NAME).write_bytes(other_head)
    desk = clinic.as_user("desk")
    assert desk.read_only is not None
    assert f"knows of a log of {known} entries that is not the beginning of this one" in desk.read_only
    assert problems_found(desk) == [
        f"{HEAD_NAME}: the log's first {known} entries are not those it was cut for"
    ]


def test_a_missing_head_file_is_told_and_entered_and_is_no_tampering(clinic: SmallClinic) -> None:
    size = worked_on(clinic)
    (clinic.folder / HEAD_NAME).unlink()
    desk = clinic.as_user("desk")
    assert desk.read_only is None
    assert "head_file_lost" in {notice.code for notice in notices(desk)}
    assert actions_since(desk, size) == ["history.head_lost", "login"]
    checked = check_store(desk)
    assert (checked.verdict, [one.what for one in checked.findings]) == (
        "EXPLAINED",
        ["the head file is missing"],
    )
    shut(clinic)
    again = clinic.as_user("desk")
    assert "head_file_lost" not in {notice.code for notice in notices(again)}
    checked = check_store(again)
    assert (checked.verdict, len(checked.findings)) == ("EXPLAINED", 1), "it stays visible"


def test_a_damaged_head_file_is_altered_until_it_is_written_anew_and_explained_ever_after(
    clinic: SmallClinic,
) -> None:
    worked_on(clinic)
    head = bytearray(head_of(clinic))
    head[60] ^= 1
    (clinic.folder / HEAD_NAME).write_bytes(head)
    clinic.clock.at += timedelta(hours=3)
    desk = clinic.as_user("desk")
    assert desk.read_only is None
    assert check_store(desk).verdict == "ALTERED"
    shut(clinic)
    assert check_store(clinic.as_user("desk")).verdict == "EXPLAINED"


def test_a_planted_head_file_of_a_larger_log_without_a_signature_is_not_kept(clinic: SmallClinic) -> None:
    size = worked_on(clinic)
    (clinic.folder / HEAD_NAME).write_bytes(head_of(clinic).replace(f"\n{size}\n".encode(), b"\n999999\n"))
    assert clinic.as_user("desk").read_only is None
    shut(clinic)
    assert size < size_of(head_of(clinic)) < size + 10


def test_starting_compares_and_does_not_read_the_log(clinic: SmallClinic) -> None:
    """Rewritten entries under untouched hashes are for the check to find; the start stays fast."""
    worked_on(clinic)
    with with_database_key(clinic) as connection:
        connection.execute(text("UPDATE log_entry SET leaf = zeroblob(32) WHERE seq = 3"))
    desk = clinic.as_user("desk")
    assert desk.read_only is None
    assert check_store(desk).verdict == "ALTERED"


def test_hashes_that_were_taken_away_keep_nobody_from_logging_in(clinic: SmallClinic) -> None:
    worked_on(clinic)
    with with_database_key(clinic) as connection:
        connection.execute(text("DELETE FROM log_node"))
    desk = clinic.as_user("desk")
    assert desk.read_only is not None
    found = problems_found(desk)
    assert "log tree: hashes are missing" in found


def test_an_hour_after_the_newest_checkpoint_the_next_act_cuts_one(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    add_person(desk)
    before = checkpoints_of(desk)
    clinic.clock.at += timedelta(minutes=59)
    add_person(desk, "Otherson")
    assert checkpoints_of(desk) == before
    clinic.clock.at += timedelta(minutes=2)
    add_person(desk, "Thirdson")
    assert checkpoints_of(desk) == before + 1


def test_a_slower_process_never_puts_an_older_checkpoint_over_a_newer_one(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        older = head_of(clinic)
        record_visit(reyes, document(), by, shown="window")
        newer = head_of(clinic)
        reyes.store.keep_head(older)
    assert head_of(clinic) == newer


def test_a_backup_is_a_checkpoint_too(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    made = back_up(desk)
    assert size_of(head_of(clinic)) > size_of((made.backup.folder / HEAD_NAME).read_bytes())


# --- this PC's keyring --------------------------------------------------------------------------


def test_the_keyring_knows_when_database_and_head_file_were_both_put_back(
    clinic: SmallClinic, pc: Keyring
) -> None:
    then = worked_on(clinic)
    database, head = (clinic.folder / "clinic.db").read_bytes(), head_of(clinic)
    known = worked_on(clinic, "Otherson")
    put_back(clinic, database)
    (clinic.folder / HEAD_NAME).write_bytes(head)
    desk = clinic.as_user("desk")
    assert desk.read_only is not None
    assert f"This PC's keyring knows of a log of {known} entries" in desk.read_only
    assert problems_found(desk) == [f"keyring: entries {then + 1} to {known} are missing from the log"]
    pc.kept.clear()
    assert problems_found(clinic.as_user("lind")) == [
        f"keyring: entries {then + 1} to {known} are missing from the log"
    ], "it was seen once, and that is entered"


def test_without_a_keyring_the_same_cannot_be_told(clinic: SmallClinic) -> None:
    worked_on(clinic)
    database, head = (clinic.folder / "clinic.db").read_bytes(), head_of(clinic)
    worked_on(clinic, "Otherson")
    put_back(clinic, database)
    (clinic.folder / HEAD_NAME).write_bytes(head)
    assert problems_found(clinic.as_user("desk")) == []


def test_a_restored_backup_on_the_same_pc_is_explained_and_goes_on_with_two_signatures(
    clinic: SmallClinic, pc: Keyring, tmp_path: Path
) -> None:
    worked_on(clinic)
    made = back_up(clinic.as_user("desk"), tmp_path)
    shut(clinic)
    known = worked_on(clinic, "Otherson")
    new = tmp_path / "new"
    restored = restore_clinic(
        made.backup.folder, new, user="owner", password=PASSWORDS["owner"], clock=clinic.clock
    )
    then = restored.checked.log_size
    clinic.folder = new
    owner = clinic.as_user("owner")
    assert owner.read_only is not None
    assert f"restored from a backup of {then} entries" in owner.read_only
    assert check_store(owner).verdict == "EXPLAINED"
    done = continue_after_loss(owner, "The old disk died.", LIND)
    assert (done.lost, done.confirmed_by) == (f"entries {(then or 0) + 1} to {known}", "lind")
    assert check_store(owner).verdict == "EXPLAINED"
    worked_on(clinic, "Thirdson")
    assert pc.kept["mnclinic", f"{owner.facts.vault}.head"].encode() == head_of(clinic)
    assert clinic.as_user("desk").read_only is None


def _barely(then: int) -> tuple[str, bytes, bytes]:
    return "x", b"{}", b"{}"


def _of_another_length(then: int) -> tuple[str, bytes, bytes]:
    return _described(then, then - 1)


def _described(then: int, said: int | None = None) -> tuple[str, bytes, bytes]:
    detail = {
        "backup": "2026-11-23.mnbackup",
        "log_size": said or then,
        "made_at": "2026-11-23T09:00:00.000+00:00",
        "manifest_sha256": "0" * 64,
        "verdict": "OK",
    }
    return "2026-11-23.mnbackup", b"{}", canonical_bytes(detail)


@pytest.mark.parametrize(
    ("user", "described", "is_logged_in"),
    [
        ("reyes", _barely, True),
        ("reyes", _of_another_length, True),
        ("reyes", _described, False),
        ("inspector", _described, True),
    ],
)
def test_a_restoration_that_is_not_entered_as_the_program_enters_one_explains_no_loss(
    clinic: SmallClinic,
    behind: tuple[int, int],
    user: str,
    described: Callable[[int], tuple[str, bytes, bytes]],
    is_logged_in: bool,
) -> None:
    then, _ = behind
    opened = unlock(load_key_file(clinic.folder).keyfile, user, PASSWORDS[user])
    with in_hand(clinic.folder, keys_of(clinic.folder)) as hands:
        log = Forging.of(hands)
        person = next(one for one in hands.rows("staff") if one["user"] == user)
        own = Own(opened.session, opened.session.key_id, b"", person)
        if is_logged_in:
            account = account_act("login", person["id"]).object
            assert account is not None
            log.enter("login", (account.kind, account.id, account.content), kind="E", by=own)
        name, content, detail = described(then)
        thing = ("backup_restored", name, content)
        log.enter("clinic.restored", thing, by=own, revision=then, detail=detail)
        details = {row["seq"]: row["detail"] for row in hands.rows("log_detail")}
        hands.write_log(log.entries, details=details | {len(log.entries): detail})
    owner = clinic.as_user("owner")
    assert owner.read_only is not None
    assert check_store(owner).verdict == "ALTERED"


def test_trying_a_backup_out_leaves_what_the_keyring_knows_alone(
    clinic: SmallClinic, pc: Keyring, tmp_path: Path
) -> None:
    made = back_up(clinic.as_user("desk"), tmp_path)
    shut(clinic)
    worked_on(clinic)
    owner = clinic.as_user("owner")
    before = dict(pc.kept)
    restore_drill(
        made.backup.folder,
        tmp_path / "drill.pdf",
        user="owner",
        password=PASSWORDS["owner"],
        clock=clinic.clock,
        live=owner,
    )
    assert pc.kept == before
    assert problems_found(owner) == []


def test_a_backup_of_what_was_declared_lost_is_explained_and_no_other_is(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    worked_on(clinic)
    database = (clinic.folder / "clinic.db").read_bytes()
    worked_on(clinic, "Otherson")
    of_the_lost = back_up(clinic.as_user("desk"), tmp_path).backup.folder
    shut(clinic)
    put_back(clinic, database)
    owner = clinic.as_user("owner")
    continue_after_loss(owner, "The disk died.", LIND)
    checked = check_backup(owner, of_the_lost)
    assert checked.verdict == "EXPLAINED"
    assert "declared lost later on" in checked.notes[-1]
    with with_database_key(clinic) as connection:
        connection.execute(text("UPDATE log_node SET hash = zeroblob(32) WHERE level > 1"))
    assert check_backup(owner, of_the_lost).verdict == "ALTERED", "no beginning that both share"


# --- after a loss -------------------------------------------------------------------------------


def test_after_a_loss_two_people_sign_and_the_gap_stays_for_ever(
    clinic: SmallClinic, behind: tuple[int, int]
) -> None:
    then, known = behind
    owner = clinic.as_user("owner")
    size = log_size(owner)
    done = continue_after_loss(owner, "The disk died; the backup is from Friday.", LIND)
    assert (done.lost, done.confirmed_by) == (f"entries {then + 1} to {known}", "lind")
    first, second = entries_since(owner, size)
    assert (first["action"], second["action"]) == ("history.gap", "history.gap_confirmed")
    assert first["actor"]["uid"] != second["actor"]["uid"]
    assert first["actor"]["key"] != second["actor"]["key"]
    assert owner.read_only is None
    assert size_of(head_of(clinic)) == log_size(owner) < known, "the chain goes on from here"
    add_person(owner, "Thirdson")
    shut(clinic)
    worked_on(clinic, "Fourthson")
    desk = clinic.as_user("desk")
    assert desk.read_only is None
    checked = check_store(desk)
    assert checked.verdict == "EXPLAINED"
    assert [one.what for one in checked.findings] == [
        f"entries {then + 1} to {known} were lost; two people signed for it"
    ]
    assert back_up(desk).checked.verdict == "EXPLAINED"


def test_where_nobody_else_works_the_entry_says_so(tmp_path: Path) -> None:
    """The director is the administrator too: two accounts in one name are one person."""
    staff = tuple(one for one in request().people if one.user in {"okafor", "owner", "inspector"})
    people = tuple(replace(one, name="Dr I. Okafor") if one.user == "owner" else one for one in staff)
    one = small_clinic(tmp_path / "clinic", people=people)
    owner = one.as_user("owner")
    database = (one.folder / "clinic.db").read_bytes()
    del owner
    shut(one)
    one.as_user("owner")
    shut(one)
    put_back(one, database)
    owner = one.as_user("owner")
    size = log_size(owner)
    done = continue_after_loss(owner, "Lost.", None)
    assert done.confirmed_by is None
    (entry,) = entries_since(owner, size)
    assert entry["why"] == "nobody_else"
    said = [finding for finding in check_store(owner).findings if finding.weight == "explained"]
    assert "there was nobody else" in said[0].what
    shut(one)


def test_who_may_not_stand_in_for_the_second_person(clinic: SmallClinic, behind: tuple[int, int]) -> None:
    then, _ = behind
    owner = clinic.as_user("owner")
    for second, told in (
        (None, r"second person.*Who may: .*G\. Lind"),
        (SecondPerson("owner", PASSWORDS["owner"]), "not oneself"),
        (SecondPerson("inspector", PASSWORDS["inspector"]), "no inspector"),
    ):
        with pytest.raises(NotPermitted, match=told):
            continue_after_loss(owner, "Lost.", second)
    with pytest.raises(WrongCredentials):
        continue_after_loss(owner, "Lost.", SecondPerson("lind", PASSWORDS["desk"]))
    with pytest.raises(InvalidInput, match="what happened"):
        continue_after_loss(owner, "  ", LIND)
    with pytest.raises(NotPermitted):
        continue_after_loss(clinic.as_user("desk"), "Lost.", LIND)
    assert "history.gap" not in actions_since(owner, then)
    assert owner.read_only is not None


def test_somebody_with_a_temporary_password_cannot_confirm(clinic: SmallClinic) -> None:
    newman = NewPerson("newman", "P. Newman", "provider", "RN", "granite willow seventeen hats")
    add_user(clinic.as_user("owner"), newman, PASSWORDS["owner"])
    shut(clinic)
    worked_on(clinic)
    database = (clinic.folder / "clinic.db").read_bytes()
    worked_on(clinic, "Otherson")
    put_back(clinic, database)
    owner = clinic.as_user("owner")
    with pytest.raises(NotPermitted, match="temporary password"):
        continue_after_loss(owner, "Lost.", SecondPerson("newman", newman.password))


def reset_by_owner(clinic: SmallClinic, user: str, own: str) -> None:
    """The owner resets a colleague, and chooses the next password in their name."""
    first = "granite willow seventeen hats"
    reset_user(clinic.as_user("owner"), user, first, PASSWORDS["owner"], reason="Forgotten.")
    opened = open_clinic(clinic.folder, user, first, clock=clinic.clock)
    choose_password(opened, first, own)
    opened.close()


def lose_the_end(clinic: SmallClinic) -> OpenClinic:
    """The newest entries are lost; the clinic is open for reading in the owner's name."""
    shut(clinic)
    database = (clinic.folder / "clinic.db").read_bytes()
    add_person(clinic.as_user("owner"), "Otherson")
    shut(clinic)
    put_back(clinic, database)
    return clinic.as_user("owner")


def test_whoever_the_administrator_reset_confirms_no_loss_for_them(clinic: SmallClinic) -> None:
    own = "cobalt orchard nine lanterns"
    reset_by_owner(clinic, "desk", own)
    owner = lose_the_end(clinic)
    size = log_size(owner)
    for second, told in ((SecondPerson("desk", own), "the same hands as yours"), (None, "A second person")):
        with pytest.raises(NotPermitted, match=rf"{told}.*Who may: .*G\. Lind") as refused:
            continue_after_loss(owner, "Lost.", second)
        assert "R. Frontley" not in refused.value.sentence
    assert log_size(owner) == size
    assert continue_after_loss(owner, "Lost.", LIND).confirmed_by == "lind"


@pytest.mark.parametrize(
    ("second", "what"),
    [
        (None, "it says that nobody else could confirm the loss, and somebody could"),
        ("desk", "whoever confirmed that entries are lost could not be a second person"),
    ],
)
def test_a_word_for_a_loss_that_the_rule_did_not_allow_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, second: str | None, what: str
) -> None:
    """What a program does whose rule somebody took out."""
    own = "cobalt orchard nine lanterns"
    reset_by_owner(clinic, "desk", own)
    owner = lose_the_end(clinic)
    monkeypatch.setattr(continuing, "_refuse_unless_confirmed", lambda *_: None)
    continue_after_loss(owner, "Lost.", None if second is None else SecondPerson(second, own))
    checked = check_store(clinic.as_user("okafor"))
    assert checked.verdict == "ALTERED"
    assert what in [one.what for one in checked.findings]


def test_whom_another_one_reset_confirms_a_loss(clinic: SmallClinic) -> None:
    own = "cobalt orchard nine lanterns"
    reset_by_owner(clinic, "desk", own)
    lose_the_end(clinic)
    okafor = clinic.as_user("okafor")
    assert continue_after_loss(okafor, "Lost.", SecondPerson("desk", own)).confirmed_by == "desk"
    assert {one.weight for one in check_store(okafor).findings} == {"explained"}


def test_where_every_password_came_from_one_hand_the_clinic_goes_on_and_the_log_says_so(
    clinic: SmallClinic,
) -> None:
    for number, user in enumerate(("okafor", "lind", "reyes", "desk")):
        reset_by_owner(clinic, user, f"cobalt orchard {number} lanterns")
    owner = lose_the_end(clinic)
    with pytest.raises(NotPermitted, match="Who may: nobody; go on without"):
        continue_after_loss(owner, "Lost.", SecondPerson("lind", "cobalt orchard 1 lanterns"))
    size = log_size(owner)
    assert continue_after_loss(owner, "Lost.", None).confirmed_by is None
    assert [entry["why"] for entry in entries_since(owner, size)] == ["nobody_else"]


def test_a_reset_that_was_lost_with_the_entries_makes_no_second_person(clinic: SmallClinic) -> None:
    own = "cobalt orchard nine lanterns"
    worked_on(clinic)
    database = (clinic.folder / "clinic.db").read_bytes()
    reset_by_owner(clinic, "lind", own)
    shut(clinic)
    put_back(clinic, database)
    owner = clinic.as_user("owner")
    size = log_size(owner)
    with pytest.raises(NotPermitted, match="not the ones that the log knows"):
        continue_after_loss(owner, "Lost.", SecondPerson("lind", own))
    assert log_size(owner) == size


def test_nothing_is_continued_where_nothing_is_missing(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    size = log_size(owner)
    with pytest.raises(ActionRefused, match="no loss"):
        continue_after_loss(owner, "Just in case.", LIND)
    assert log_size(owner) == size


FORGERIES: dict[str, tuple[str, str]] = {
    "what the gap said is taken away": (
        "DELETE FROM log_detail WHERE seq = (SELECT seq FROM log_entry WHERE action = 'history.gap')",
        "taken away or changed",
    ),
    "the second person's key is made the first's": (
        "UPDATE key_register SET staff_id = (SELECT id FROM staff WHERE user = 'owner') WHERE staff_id = "
        "(SELECT id FROM staff WHERE user = 'lind')",
        "without a second person's word",
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_gap_without_both_peoples_own_words_explains_nothing(
    clinic: SmallClinic, behind: tuple[int, int], forgery: str
) -> None:
    continue_after_loss(clinic.as_user("owner"), "Lost.", LIND)
    shut(clinic)
    statement, told = FORGERIES[forgery]
    with with_database_key(clinic) as connection:
        assert connection.execute(text(statement)).rowcount >= 1
    checked = check_store(clinic.as_user("okafor"))
    assert checked.verdict == "ALTERED"
    assert any(told in one.what for one in checked.findings)
    assert behind


def test_a_gap_does_not_excuse_what_is_cut_off_later(clinic: SmallClinic, behind: tuple[int, int]) -> None:
    continue_after_loss(clinic.as_user("owner"), "Lost.", LIND)
    then = worked_on(clinic, "Thirdson")
    database = (clinic.folder / "clinic.db").read_bytes()
    known = worked_on(clinic, "Fourthson")
    put_back(clinic, database)
    desk = clinic.as_user("desk")
    assert desk.read_only is not None
    assert f"entries {then + 1} to {known} are missing" in desk.read_only
    assert check_store(desk).verdict == "ALTERED"
    assert behind


# --- a checkpoint that somebody brings ----------------------------------------------------------


def test_a_checkpoint_off_paper_out_of_a_bundle_and_out_of_a_backup_is_counted(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    worked_on(clinic)
    paper = head_of(clinic).decode()
    okafor = clinic.as_user("okafor")
    out = tmp_path / "b.mnbundle"
    make_bundle(okafor, MakeBundle(first=MONDAY.date(), last=MONDAY.date(), out=out, plain=True))
    made = back_up(okafor, tmp_path)
    file = tmp_path / "scanned.txt"
    file.write_bytes(b"\xef\xbb\xbf" + paper.strip().replace("\n", "\r\n").encode())
    for named in (
        paper,
        paper.strip().replace("\u2014 ", "- "),
        str(file),
        str(out),
        str(made.backup.folder),
    ):
        checked = check_store(okafor, given=given_checkpoint(named))
        assert (checked.verdict, checked.findings) == ("OK", ())
        assert checked.counts["anchors outside the database"] == 2


def of_another_clinic(clinic: SmallClinic, folder: Path) -> bytes:
    other = small_clinic(folder / "other")
    assert other.folder != clinic.folder
    return head_of(other)


def unsigned(clinic: SmallClinic, _folder: Path) -> bytes:
    text_of_note = head_of(clinic).split(b"\n\n")[0] + b"\n"
    name = text_of_note.split(b"\n")[0].decode()
    return text_of_note + f"\n\u2014 {name} {base64.b64encode(bytes(68)).decode()}\n".encode()


def one_wrong_letter(clinic: SmallClinic, _folder: Path) -> bytes:
    note = bytearray(head_of(clinic))
    note[70] ^= 1
    return bytes(note)


BAD: dict[str, Callable[[SmallClinic, Path], bytes]] = {
    "nothing": lambda _clinic, _folder: b"",
    "a letter": lambda _clinic, _folder: b"Dear Sir or Madam,\n\nplease find enclosed\n",
    "not text": lambda _clinic, _folder: bytes(range(256)),
    "another size": lambda clinic, _folder: re.sub(rb"\n\d+\n", b"\n9999999999\n", head_of(clinic), count=1),
    "one wrong letter": one_wrong_letter,
    "unsigned": unsigned,
    "another clinic's": of_another_clinic,
}


@pytest.mark.parametrize("bad", BAD)
def test_a_checkpoint_that_says_nothing_of_this_log_is_unreadable_and_never_ok(
    clinic: SmallClinic, tmp_path: Path, bad: str
) -> None:
    worked_on(clinic)
    given = BAD[bad](clinic, tmp_path)
    owner = clinic.as_user("owner")
    checked = check_store(owner, given=given)
    assert checked.verdict == "UNREADABLE"
    (found,) = checked.findings
    assert found.where == "checkpoint that was given"
    assert found.what.startswith(("it is no checkpoint", "it is not this installation's"))
    with pytest.raises(InvalidInput, match="cannot be used"):
        continue_after_loss(owner, "Lost.", LIND, given=given)


def test_a_bundle_without_a_checkpoint_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    empty = tmp_path / "empty.zip"
    with zipfile.ZipFile(empty, "w") as bundle:
        bundle.writestr("bagit.txt", "x")
    assert given_checkpoint(str(empty)) == b""
    (tmp_path / "long.txt").write_bytes(b"x" * 20_000)
    assert given_checkpoint(str(tmp_path / "long.txt")) == b""
    with pytest.raises(InvalidInput, match="Nothing was checked"):
        given_checkpoint(str(tmp_path / "nothing here"))


def test_only_a_checkpoint_from_outside_tells_when_everything_on_the_pc_was_put_back(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    then = worked_on(clinic)
    shutil.copytree(clinic.folder, tmp_path / "yesterday")
    known = worked_on(clinic, "Otherson")
    paper = head_of(clinic)
    clinic.folder = tmp_path / "yesterday"
    owner = clinic.as_user("owner")
    assert check_store(owner).verdict == "OK"
    size = log_size(owner)
    checked = check_store(owner, given=paper)
    assert checked.verdict == "ALTERED"
    assert [one.what for one in checked.findings] == [
        f"entries {size + 1} to {known} are missing from the log"
    ]
    done = continue_after_loss(owner, "An old copy was in use.", LIND, given=paper)
    assert done.lost == f"entries {size + 1} to {known}"
    assert check_store(owner, given=paper).verdict == "EXPLAINED"
    assert then < size


@pytest.mark.expects_log("the head file could not be written: No space left on device")
def test_a_head_file_that_could_not_be_written_is_no_loss(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(_folder: Path, _note: bytes) -> None:
        raise OSError(28, "No space left on device")

    with clinic.signing("reyes") as (reyes, by):
        before = head_of(clinic)
        monkeypatch.setattr(head_file, "write_head", no_space)
        record_visit(reyes, document(), by, shown="window")
        assert "head_file_failing" in {notice.code for notice in notices(reyes)}
        shut(clinic)
        monkeypatch.undo()
    assert head_of(clinic) == before
    desk = clinic.as_user("desk")
    assert desk.read_only is None
    assert size_of(head_of(clinic)) > size_of(before)
    assert problems_found(desk) == []
