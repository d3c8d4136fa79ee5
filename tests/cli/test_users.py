"""`user …` and `key …`: every way back, with --json, on the real store."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from mnclinic.services.start_visit import start_visit
from tests.cli.running import Shell
from tests.documents.reading import text_of
from tests.services.clinic_builder import PASSWORDS, SmallClinic, add_person, request, small_clinic

GROUP = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{5}\b")
FIRST = "granite willow seventeen hats"
OWN = "cobalt orchard nine lanterns"


@pytest.fixture
def secret(tmp_path: Path) -> "Secrets":
    return Secrets(tmp_path)


class Secrets:
    """Files of one line each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def __call__(self, text: str) -> Path:
        self._count += 1
        path = self._folder / f"secret-{self._count}"
        path.write_text(text + "\n", encoding="utf-8")
        return path


def check_is_ok(shell: Shell, clinic: SmallClinic) -> None:
    said = shell.as_user(clinic, "owner")("check")
    assert (said.status, said.json["verdict"], said.json["findings"]) == (0, "OK", [])


def test_add_choose_and_list(shell: Shell, clinic: SmallClinic, secret: Secrets) -> None:
    owner = shell.as_user(clinic, "owner")
    added = owner(
        *("user", "add", "novak", "--full-name", "P. Novak", "--role", "provider", "--credential", "RN"),
        *("--licence", "TX", "L-9", "TX", "2026-01-01", "2027-01-01"),
        *("--new-password-file", secret(FIRST)),
    )
    assert (added.status, added.json["user"], added.json["temporary"]) == (0, "novak", True)
    novak = shell.at(clinic.folder, "novak", FIRST)
    refused = novak("today")
    assert (refused.status, refused.json["error"]["code"]) == (6, "not_permitted")
    chosen = novak("user", "password", "--new-password-file", secret(OWN))
    assert chosen.status == 0
    assert len(chosen.json["signature_key"]) == 64
    listed = owner("user", "list").json["users"]
    row = next(one for one in listed if one["user"] == "novak")
    assert (row["temporary_password"], row["can_sign"], row["recovery_code"]) == (False, True, False)
    again = owner(
        *("user", "add", "novak", "--full-name", "P. Novak", "--role", "front_desk"),
        *("--new-password-file", secret(FIRST)),
    )
    assert (again.status, again.json["user"]) == (64, None)
    check_is_ok(shell, clinic)


@pytest.mark.parametrize(
    "name", ["a b/c", "../x", " novak", "novak ", "no\tvak", "a" * 65, "novak.", "n\u043evak"]
)
def test_a_user_name_that_no_command_or_file_could_hold_is_refused(
    shell: Shell, clinic: SmallClinic, secret: Secrets, name: str
) -> None:
    said = shell.as_user(clinic, "owner")(
        *("user", "add", name, "--full-name", "P. Novak", "--role", "front_desk"),
        *("--new-password-file", secret(FIRST)),
    )
    assert (said.status, said.json["user"]) == (64, None)
    assert [one["where"] for one in said.json["error"]["problems"]] == ["user"]


def test_a_user_name_that_looks_like_another_is_taken(
    shell: Shell, clinic: SmallClinic, secret: Secrets
) -> None:
    owner = shell.as_user(clinic, "owner")
    others = ("--full-name", "P. Novak", "--role", "front_desk", "--new-password-file", secret(FIRST))
    assert owner("user", "add", "ace", *others).status == 0
    for alike in ("\u0430\u0441\u0435", "LlND", "Iind"):
        said = owner("user", "add", alike, *others)
        assert said.status == 64
        assert "which looks like this name" in said.json["error"]["problems"][0]["what"]


def test_an_inspector_without_a_last_day_has_a_week_as_at_set_up(
    shell: Shell, clinic: SmallClinic, secret: Secrets
) -> None:
    added = shell.as_user(clinic, "owner")(
        *("user", "add", "auditor", "--full-name", "A. Uditor", "--role", "inspector"),
        *("--new-password-file", secret(FIRST)),
    )
    assert (added.status, added.json["access_until"]) == (0, "2026-11-30T00:00:00-06:00")


def test_drafts_are_handed_over_to_somebody_there_is_even_if_there_are_none(
    shell: Shell, clinic: SmallClinic
) -> None:
    said = shell.as_user(clinic, "owner")(
        "user", "disable", "reyes", "--reason", "Moves away.", "--hand-over-to", "nosuch"
    )
    assert said.status == 64
    assert "There is no user named nosuch." in said.message


def test_the_last_directors_access_ends_by_a_plain_word_and_today_tells(
    shell: Shell, clinic: SmallClinic
) -> None:
    owner = shell.as_user(clinic, "owner")
    words = ("user", "disable", "okafor", "--reason", "Retires.")
    refused = owner(*words)
    assert (refused.status, refused.json["error"]["refusals"][0]["code"]) == (5, "last_director")
    assert "no visit can be approved" in refused.message
    assert owner(*words, "--leave-no-director").status == 0
    assert "no_director" in {one["code"] for one in owner("today").json["notices"]}


def test_the_database_key_is_not_changed_without_a_reason(shell: Shell, clinic: SmallClinic) -> None:
    said = shell.as_user(clinic, "owner")("key", "rotate", "--reason", " ")
    assert (said.status, said.json["epoch"]) == (64, None)


def test_a_page_for_a_folder_that_is_not_there_and_a_sheet_that_is_no_text_are_told(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    owner = shell.as_user(clinic, "owner")
    nowhere = owner("key", "sheet", "--out", tmp_path / "nowhere" / "x.pdf")
    assert nowhere.status == 64
    assert "folder that this file is to go to is not there" in nowhere.message
    (tmp_path / "sheet.pdf").write_bytes(b"%PDF-1.7 \xff\xfe")
    confirmed = owner("key", "sheet", "--confirm", tmp_path / "sheet.pdf")
    assert confirmed.status == 64
    assert "The file with the recovery sheet's code holds no text." in confirmed.message


def test_disable_says_what_became_of_the_drafts_and_the_key(shell: Shell, clinic: SmallClinic) -> None:
    owner = shell.as_user(clinic, "owner")
    said = owner("user", "disable", "reyes", "--reason", "Moves away.")
    assert (said.status, said.json["database_key_changed"], said.json["handed_over"]) == (0, True, [])
    out = shell.as_user(clinic, "reyes")("today")
    assert (out.status, out.json["error"]["code"]) == (6, "wrong_credentials")
    check_is_ok(shell, clinic)


def test_whoever_leaves_hands_their_drafts_over_by_a_command(shell: Shell, clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    for last_name in ("Testerman", "Sampleton"):
        start_visit(reyes, add_person(reyes, last_name), "microneedling_face", "reyes")
    reyes.close()
    owner, lind = shell.as_user(clinic, "owner"), shell.as_user(clinic, "lind")
    leave = ("user", "disable", "reyes", "--reason", "Moves away.")
    alone = owner(*leave)
    assert (alone.status, alone.json["handed_over"], alone.json["database_key_changed"]) == (64, [], False)
    assert "T. Reyes has open visits: V-000001, V-000002." in str(alone.json["error"])
    assert owner(*leave, "--hand-over-to", "desk").status == 64
    assert shell.as_user(clinic, "reyes")("today").status == 0, "nothing was changed"
    said = owner(*leave, "--hand-over-to", "lind")
    assert (said.status, said.json["handed_over"]) == (0, ["V-000001", "V-000002"]), said.err
    assert said.json["database_key_changed"] is True
    visits = lind("today").json["visits"]
    assert {(one["number"], one["performer"]) for one in visits} == {
        ("V-000001", "lind"),
        ("V-000002", "lind"),
    }
    assert shell.as_user(clinic, "reyes")("today").status == 6
    check_is_ok(shell, clinic)


def test_an_inspector_is_given_more_time_by_a_command(shell: Shell, clinic: SmallClinic) -> None:
    owner = shell.as_user(clinic, "owner")
    said = owner("user", "extend", "inspector", "--until", "2026-12-04", "--reason", "Not done yet.")
    assert (said.status, said.json["user"]) == (0, "inspector"), said.err
    assert said.json["access_until"] == "2026-12-05T00:00:00-06:00"
    none = owner("user", "extend", "desk", "--until", "2026-12-04", "--reason", "Not done yet.")
    assert (none.status, none.json["access_until"], none.json["error"]["code"]) == (64, None, "invalid_input")
    assert owner("user", "extend", "inspector", "--until", "2026-12-06").status == 64
    refused = shell.as_user(clinic, "okafor")
    assert refused("user", "extend", "inspector", "--until", "2026-12-06", "--reason", "More.").status == 6
    check_is_ok(shell, clinic)


def test_reset_code_and_forgotten_password(
    shell: Shell, clinic: SmallClinic, secret: Secrets, tmp_path: Path
) -> None:
    said = shell.as_user(clinic, "owner")(
        "user", "reset", "reyes", "--reason", "Forgotten.", "--new-password-file", secret(FIRST)
    )
    assert said.status == 0
    assert len(said.json["signature_key_ended"]) == 64
    chosen = shell.run(
        *("user", "password", "--data-dir", clinic.folder, "--user", "reyes"),
        *("--password-file", secret(FIRST), "--new-password-file", secret(OWN)),
    )
    assert chosen.status == 0
    assert "Your keys were made anew" in chosen.out
    assert "--may-be-known" not in chosen.out, "they were made anew just now"
    card = tmp_path / "card.pdf"
    made = shell.at(clinic.folder, "reyes", OWN)("key", "code", "--out", card)
    assert (made.status, made.json["file"], made.json["keys_renewed"]) == (0, str(card), False)
    wrong = shell.run(
        *("user", "password", "--json", "--data-dir", clinic.folder, "--user", "reyes"),
        *("--new-password-file", secret(FIRST), "--recovery-code-file", secret("not a code")),
    )
    assert (wrong.status, wrong.json["error"]["code"]) == (64, "invalid_input")
    check_is_ok(shell, clinic)


def test_keys_are_made_anew_where_the_old_password_or_code_may_be_known(
    shell: Shell, clinic: SmallClinic, secret: Secrets, tmp_path: Path
) -> None:
    okafor = shell.as_user(clinic, "okafor")
    made = okafor("key", "code", "--out", tmp_path / "card.pdf")
    again = okafor("key", "code", "--out", tmp_path / "again.pdf", "--may-be-known")
    assert (made.json["keys_renewed"], again.json["keys_renewed"]) == (False, True)
    assert again.json["signature_key"] != clinic.ready.fingerprint
    chosen = okafor("user", "password", "--new-password-file", secret(OWN), "--may-be-known")
    assert chosen.json["keys_renewed"]
    listed = shell.as_user(clinic, "owner")("key", "list").json
    assert listed["fingerprint"] == chosen.json["signature_key"] != again.json["signature_key"]
    plain = shell.run(
        *("key", "code", "--data-dir", clinic.folder, "--user", "okafor", "--password-file", secret(OWN)),
        *("--out", tmp_path / "third.pdf", "--may-be-known"),
    )
    before = shell.as_user(clinic, "owner")("key", "list").json["fingerprint"]
    code = "-".join(GROUP.findall(text_of((tmp_path / "third.pdf").read_bytes()))[:9])
    by_code = shell.run(
        *("user", "password", "--json", "--data-dir", clinic.folder, "--user", "okafor", "--may-be-known"),
        *("--new-password-file", secret(FIRST), "--recovery-code-file", secret(code)),
    )
    assert by_code.json["keys_renewed"]
    listed = shell.as_user(clinic, "owner")("key", "list").json
    assert listed["fingerprint"] == by_code.json["signature_key"] != before
    assert "Backups that were made until now still open with the password or code of before" in plain.out
    assert "mnclinic key rotate" in plain.out
    check_is_ok(shell, clinic)


def test_who_replaces_the_password_of_the_set_up_is_told_that_the_keys_were_made_anew(
    shell: Shell, secret: Secrets, tmp_path: Path
) -> None:
    people = tuple(replace(person, is_password_given=True) for person in request().people)
    clinic = small_clinic(tmp_path / "given", people=people)
    chosen = shell.run(
        *("user", "password", "--data-dir", clinic.folder, "--user", "okafor"),
        *("--password-file", secret(PASSWORDS["okafor"]), "--new-password-file", secret(OWN)),
    )
    assert chosen.status == 0, chosen.err
    assert "Your keys were made anew, and those of before have ended in the log." in chosen.out
    listed = shell.as_user(clinic, "owner")("key", "list").json
    assert f"Director's fingerprint: {listed['fingerprint']}" in chosen.out
    assert "still open with the password of before" in chosen.out
    assert "may know" not in chosen.out
    assert "--may-be-known" not in chosen.out


def test_a_directors_new_key_with_its_fingerprint_sheet(
    shell: Shell, clinic: SmallClinic, secret: Secrets, tmp_path: Path
) -> None:
    okafor = shell.as_user(clinic, "okafor")
    alone = okafor("key", "enroll")
    assert (alone.status, alone.json["error"]["code"], alone.json["key"]) == (6, "not_permitted", None)
    stick, sheet = tmp_path / "stick.key", tmp_path / "fingerprint.pdf"
    said = okafor(
        *("key", "enroll", "--second-user", "lind", "--second-password-file", secret(PASSWORDS["lind"])),
        *("--key-file-out", stick, "--out", sheet),
    )
    assert said.status == 0, said.err
    assert (said.json["replaced"], said.json["confirmed_by"]) == (clinic.ready.fingerprint, "lind")
    assert said.json["fingerprint"] == said.json["key"] != clinic.ready.fingerprint
    assert sheet.read_bytes().startswith(b"%PDF")
    kept = okafor("key", "enroll", "--keep-key", "--key-file", stick)
    assert (kept.status, kept.json["key"], kept.json["key_file"]) == (0, said.json["key"], None)
    again, next_sheet = tmp_path / "again.key", tmp_path / "next.pdf"
    given = okafor("key", "enroll", "--second-factor", "--key-file-out", again, "--out", next_sheet)
    assert given.status == 0, given.err
    assert (given.json["replaced"], given.json["key_file"]) == (said.json["key"], str(again))
    assert given.json["fingerprint"] == given.json["key"] != said.json["key"]
    assert next_sheet.read_bytes().startswith(b"%PDF")
    said = given
    told = shell.run(
        *("key", "enroll", "--keep-key", "--key-file", again, "--data-dir", clinic.folder),
        *("--user", "okafor", "--password-file", secret(PASSWORDS["okafor"])),
    )
    assert "You have no recovery code. Make one:" in told.out
    assert "ended" not in told.out
    listed = shell.as_user(clinic, "owner")("key", "list").json
    assert listed["fingerprint"] == said.json["key"]
    ended = next(one for one in listed["keys"] if one["key"] == clinic.ready.fingerprint)
    assert (ended["reason"], ended["in_force"]) == ("replaced", False)
    check_is_ok(shell, clinic)


def test_a_changed_database_key_says_what_an_older_key_file_held(
    shell: Shell, clinic: SmallClinic, secret: Secrets, tmp_path: Path
) -> None:
    owner = shell.as_user(clinic, "owner")
    older = (clinic.folder / "clinic.keys").read_bytes()
    assert owner("key", "sheet", "--out", tmp_path / "sheet.pdf").status == 0
    clinic.close()
    (clinic.folder / "clinic.keys").write_bytes(older)
    (clinic.folder / "clinic.keys.prev").unlink()
    said = shell.run(
        *("key", "rotate", "--data-dir", clinic.folder, "--user", "owner"),
        *("--password-file", secret(PASSWORDS["owner"]), "--reason", "An older key file."),
    )
    assert "No sheet opens the clinic now; make one: mnclinic key sheet --out FILE" in said.out


def test_sheet_rotation_and_revocation(
    shell: Shell, clinic: SmallClinic, secret: Secrets, tmp_path: Path
) -> None:
    owner = shell.as_user(clinic, "owner")
    confirmed = owner("key", "sheet", "--confirm", secret(" ".join(clinic.ready.recovery_groups)))
    assert confirmed.status == 0
    assert confirmed.json["read_back_at"] is not None
    both = owner("key", "sheet", "--confirm", "-")
    assert both.status == 64
    assert owner("key", "rotate", "--reason", "Once a year.").json["epoch"] == 2
    again = owner("key", "sheet", "--confirm", secret(" ".join(clinic.ready.recovery_groups)))
    assert again.status == 0
    new = owner("key", "sheet", "--out", tmp_path / "sheet.pdf")
    assert (new.status, new.json["read_back_at"]) == (0, None)
    old = owner("key", "sheet", "--confirm", secret(" ".join(clinic.ready.recovery_groups)))
    assert (old.status, old.json["error"]["code"]) == (6, "wrong_credentials")
    revoked = owner("key", "revoke", "lind", "--reason", "lost")
    assert (revoked.status, revoked.json["reason"]) == (0, "lost")
    assert owner("key", "revoke", "lind", "--reason", "lost").status == 5
    assert shell.as_user(clinic, "desk")("key", "rotate", "--reason", "No right.").status == 6
    check_is_ok(shell, clinic)


def test_twelve_wrong_passwords_five_are_judged_and_then_each_waits(
    shell: Shell, clinic: SmallClinic
) -> None:
    desk = shell.at(clinic.folder, "desk", "not the password at all")
    codes = [desk("today").json["error"]["code"] for _ in range(12)]
    assert codes == ["wrong_credentials"] * 5 + ["too_many_tries"] * 7
    right = shell.as_user(clinic, "desk")("today")
    assert (right.status, right.json["error"]["code"]) == (6, "too_many_tries")
    shell.clock.ticks += 30_000
    assert shell.as_user(clinic, "desk")("today").status == 0
