"""`check` with a checkpoint from outside, and going on after a loss, as commands."""

import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from mnclinic.audit.note import parse_checkpoint
from mnclinic.services.print_documents import print_fingerprint_sheet
from tests.cli.running import EXAMPLES, Shell
from tests.documents.scanning import scanned
from tests.services.clinic_builder import PASSWORDS, SmallClinic, add_person
from tests.store.raw import with_database_key


def entries_known(clinic: SmallClinic) -> int:
    return parse_checkpoint((clinic.folder / "clinic.head").read_bytes()).size


def test_missing_entries_end_in_1_until_two_people_answer_for_them(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    owner = shell.as_user(clinic, "owner")
    database = clinic.folder / "clinic.db"
    owner("today")
    then, before = entries_known(clinic), database.read_bytes()
    owner("today")
    known = entries_known(clinic)
    database.write_bytes(before)
    said = owner("check")
    missing = f"{then + 1} to {known}" if known > then + 1 else str(known)
    assert (said.status, said.json["verdict"]) == (1, "ALTERED")
    assert said.json["findings"][0]["where"] == "clinic.head"
    assert missing in said.json["findings"][0]["what"]
    refused = owner("import", "patients", EXAMPLES / "roster.csv")
    assert (refused.status, refused.json["error"]["code"]) == (7, "read_only")
    assert missing in refused.message

    secret = tmp_path / "lind.txt"
    secret.write_text(PASSWORDS["lind"])
    alone = owner("check", "--continue-after-loss", "--reason", "Lost.")
    assert (alone.status, alone.json["error"]["code"]) == (6, "not_permitted")
    assert alone.json["verdict"] is None
    no_password = owner("check", "--continue-after-loss", "--reason", "Lost.", "--second-user", "lind")
    assert no_password.status == 64
    words = ["--continue-after-loss", "--reason", "The disk died.", "--second-user", "lind"]
    done = owner("check", *words, "--second-password-file", secret)
    assert (done.status, done.json["verdict"]) == (0, "EXPLAINED")
    assert done.json["continued"]["confirmed_by"] == "lind"
    assert missing in done.json["continued"]["lost"]
    assert [one["explained"] for one in done.json["findings"]] == [True]
    assert owner("check").json["verdict"] == "EXPLAINED"
    again = owner("check", *words, "--second-password-file", secret)
    assert (again.status, again.json["error"]["code"]) == (5, "refused")


def test_a_checkpoint_from_outside_has_a_verdict_of_its_own(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    owner = shell.as_user(clinic, "owner")
    owner("today")
    paper = (clinic.folder / "clinic.head").read_text(encoding="utf-8")
    for named in (paper, clinic.folder):
        said = owner("check", "--checkpoint", named)
        assert (said.status, said.json["verdict"]) == (0, "OK")
        assert said.json["counts"]["anchors outside the database"] == 2
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam")
    said = owner("check", "--checkpoint", tmp_path / "letter.txt")
    assert (said.status, said.json["verdict"]) == (2, "UNREADABLE")
    said = owner("check", "--checkpoint", tmp_path / "nothing")
    assert (said.status, said.json["error"]["code"]) == (64, "invalid_input")


@pytest.mark.usefixtures("qapp")
def test_what_a_scanner_reads_off_a_printed_page_is_taken_by_the_command(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    page = tmp_path / "fingerprint.pdf"
    print_fingerprint_sheet(clinic.as_user("owner"), page)
    clinic.close()
    (typed,) = [code for code in scanned(page.read_bytes()) if code.startswith("mnclinic/")]
    owner = shell.as_user(clinic, "owner")
    for text_of_code in (typed, typed.replace("\n", "\r\n"), typed.rstrip()):
        said = owner("check", "--checkpoint", text_of_code)
        assert (said.status, said.json["verdict"]) == (0, "OK")
        assert said.json["counts"]["anchors outside the database"] == 2
    file = tmp_path / "scanned.txt"
    file.write_text(typed, encoding="utf-8")
    assert owner("check", "--checkpoint", file).json["verdict"] == "OK"
    said = owner("check", "--checkpoint", page)
    assert (said.status, said.json["error"]["code"]) == (64, "invalid_input")
    assert "Scan the code on the page" in said.message


def test_a_checkpoint_is_read_out_of_an_encrypted_bundle_with_its_passphrase(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    owner = shell.as_user(clinic, "owner")
    sealed, secret = tmp_path / "sealed.age", tmp_path / "passphrase"
    add_person(clinic.as_user("desk"), "Sealed")
    made = owner("bundle", "make", "--patient", "P-000001", "--out", sealed)
    secret.write_text(made.json["passphrase"])
    without = owner("check", "--checkpoint", sealed)
    assert (without.status, without.json["error"]["code"]) == (64, "invalid_input")
    assert "encrypted" in without.message
    assert "--passphrase-file" in without.message
    opened = owner("check", "--checkpoint", sealed, "--passphrase-file", secret)
    assert (opened.status, opened.json["verdict"]) == (0, "OK")
    assert opened.json["counts"]["anchors outside the database"] == 2
    secret.write_text("another passphrase")
    wrong = owner("check", "--checkpoint", sealed, "--passphrase-file", secret)
    assert (wrong.status, wrong.json["error"]["code"]) == (6, "wrong_credentials")


def test_a_page_as_a_pdf_is_told_as_such_and_is_no_verdict(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    owner = shell.as_user(clinic, "owner")
    owner("today", "--close", tmp_path / "slip.pdf")
    said = owner("check", "--checkpoint", tmp_path / "slip.pdf")
    assert (said.status, said.json["error"]["code"]) == (64, "invalid_input")
    assert "Scan the code on the page" in said.message


def test_what_is_no_file_or_too_large_for_one_is_told_and_never_waited_for(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    owner = shell.as_user(clinic, "owner")
    huge = tmp_path / "huge.zip"
    with huge.open("wb") as file:
        file.truncate(2**31 + 1)
    named = [huge]
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
        named += [tmp_path / "pipe", Path("/dev/zero")]
    for one in named:
        said = owner("check", "--checkpoint", one)
        assert (said.status, said.json["error"]["code"]) == (64, "invalid_input")
        assert "no file of a size that a checkpoint" in said.message


def test_a_command_tells_of_a_clock_that_went_back_and_does_its_work(
    shell: Shell, clinic: SmallClinic
) -> None:
    owner = shell.as_user(clinic, "owner")
    owner("today")
    shell.clock.at -= timedelta(hours=5)
    said = owner("today")
    assert (said.status, said.json["error"]) == (0, None)
    assert "5 hours behind" in said.err
    checked = owner("check")
    assert (checked.status, checked.json["verdict"]) == (0, "OK")


@pytest.mark.parametrize("is_before", [True, False])
def test_a_command_takes_the_reason_for_a_clock_that_went_back_and_enters_it(
    shell: Shell, clinic: SmallClinic, *, is_before: bool
) -> None:
    owner = shell.as_user(clinic, "owner")
    owner("today")
    shell.clock.at -= timedelta(hours=5)
    reason = ("--clock-reason", "The battery was dead.")
    said = owner(*reason, "today") if is_before else owner("today", *reason)
    assert (said.status, said.err) == (0, "")
    told = owner("log", "--limit", 50)
    assert told.err == "", "nobody is asked again"
    sentences = [one["sentence"] for one in told.json["entries"]]
    assert any(
        one.startswith("M. Castellan found the computer's clock set back: The battery was dead, by ")
        for one in sentences
    ), sentences


def test_without_a_reason_the_sentence_says_how_to_give_one(shell: Shell, clinic: SmallClinic) -> None:
    owner = shell.as_user(clinic, "owner")
    owner("today")
    shell.clock.at -= timedelta(hours=5)
    assert "--clock-reason TEXT" in owner("today").err
    assert owner("today", "--clock-reason", "  ").status == 64
    assert owner("today", "--clock-reason", "It had been wrong.").err == ""


def test_the_roots_64_digits_can_be_compared_with_a_printed_page_by_eye(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    owner = shell.as_user(clinic, "owner")
    closed = owner("today", "--close", tmp_path / "slip.pdf").json["closed"]
    owner("today")
    said = owner("check", "--at", closed["log_size"])
    assert (said.status, said.json["root"]) == (0, closed["root"])
    assert owner("check").json["root"] is None
    between = owner("check", "--at", closed["log_size"] - 1).json["root"]
    assert len(between) == 64, "also where nothing else names the size"
    assert between != closed["root"]
    beyond = owner("check", "--at", 5_000_000)
    assert (beyond.status, beyond.json["root"]) == (0, None)
    told = shell.run(
        *("check", "--at", 5_000_000, "--data-dir", clinic.folder, "--user", "owner", "--password-file", "-"),
        typed=f"{PASSWORDS['owner']}\n",
    )
    assert "it has no root at 5000000" in told.out


def test_a_check_is_entered_and_today_tells_how_it_ended(shell: Shell, clinic: SmallClinic) -> None:
    owner, desk = shell.as_user(clinic, "owner"), shell.as_user(clinic, "desk")
    assert desk("today").json["last_check"] is None
    assert owner("check").json["entered"] is True
    last = desk("today").json["last_check"]
    assert (last["verdict"], last["findings"], last["more"]) == ("OK", [], 0)
    typed = f"{PASSWORDS['desk']}\n"
    where = ("--data-dir", clinic.folder, "--user", "desk", "--password-file", "-")
    assert "OK, everything is as it was entered" in shell.run("today", *where, typed=typed).out
    with with_database_key(clinic) as connection:
        connection.execute(text("UPDATE staff SET name = 'Another' WHERE user = 'lind'"))
    found = owner("check").json["findings"]
    assert {(one["where"], one["table"]) for one in found} == {("staff lind", "staff")}
    said = shell.run("today", *where, typed=typed).out
    assert "ALTERED. Delete and change nothing." in said
    assert "staff lind: name, role" in said
