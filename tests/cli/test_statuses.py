"""How commands end: the status, the sentence, the JSON keys. Wrong use never looks like a verdict."""

import argparse
import io
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from mnclinic.cli import clinic as clinic_commands
from mnclinic.cli.answer import OUR_DEFECT, status_of
from mnclinic.cli.request import Request
from mnclinic.errors import ClinicError, InvalidInput, StoreUnavailable
from mnclinic.security.keyfile import KEY_FILE
from mnclinic.services.users.choose_password import choose_password
from mnclinic.store.engine import DATABASE_NAME
from tests.cli.running import EXAMPLES, Said, Shell
from tests.pipes import pipe_to
from tests.services.clinic_builder import PASSWORDS, SmallClinic, StoppedClock, document
from tests.services.reading import counts, problems_found

VERDICTS = {1, 2, 3, 4}
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("today",),
    ("queue",),
    ("check",),
    ("sign", "V-000001", "--approve"),
)
OWN_KEYS = {
    "demo": {"data_dir", "fingerprint", "users"},
    "today": {"visits"},
    "queue": {"visits"},
    "import": {"rows", "added", "duplicates", "refused", "problems"},
    "visit": {"visit", "state", "refusals", "warnings"},
    "sign": {"visit", "state", "signature"},
    "check": {"verdict", "findings"},
}


def written(folder: Path, content: object) -> Path:
    """A visit document in a file."""
    path = folder / "visit.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def assert_told(said: Said, status: int, code: str) -> None:
    """The status, and a failure's form: code, a sentence, no traceback, no class name."""
    assert said.status == status, said
    assert status not in VERDICTS
    assert said.json["error"]["code"] == code
    assert re.fullmatch(r"[A-Z].*\.", said.message, re.DOTALL)
    assert "Traceback" not in said.out + said.err
    assert not re.search(r"\b\w+(Error|Exception)\b", said.message)
    assert said.message in said.err, "a person reads the sentence, too"


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["today", "--day", "23.11.2026"],
        ["today", "--no-such-option"],
        ["visit"],
        ["visit", "record"],
        ["sign", "V-000001"],
        ["sign", "V-000001", "--approve", "--return"],
        ["bundle", "verify"],
        ["bundle", "make", "--from", "2026-01-01"],
        ["demo", "--patients", "many"],
        ["demo", "--patients", "-1"],
        ["init"],
        ["schema"],
    ],
)
@pytest.mark.parametrize("as_json", [True, False])
def test_wrong_words_end_in_64(shell: Shell, words: list[str], as_json: bool) -> None:
    said = shell.run(*words, *(["--json"] if as_json else []))
    assert said.status == 64
    assert "usage:" in said.err
    assert "Nothing was done." in said.err
    if as_json:
        assert_told(said, 64, "wrong_use")
    else:
        assert said.out == ""


@pytest.mark.parametrize("words", COMMANDS)
def test_a_wrong_password_ends_in_6_and_never_says_which_of_the_two_was_wrong(
    shell: Shell, clinic: SmallClinic, words: tuple[str, ...]
) -> None:
    wrong = shell.at(clinic.folder, "reyes", "not my password")(*words)
    nobody = shell.at(clinic.folder, "nobody", PASSWORDS["reyes"])(*words)
    assert_told(wrong, 6, "wrong_credentials")
    assert wrong.json == nobody.json
    assert OWN_KEYS[words[0]] <= set(wrong.json)


def test_a_code_that_cannot_be_read_ends_in_64_and_a_lot_that_nobody_has_is_an_answer(
    shell: Shell, clinic: SmallClinic
) -> None:
    desk = shell.as_user(clinic, "desk")
    said = desk("supply", "scan", "5901234123457")
    assert_told(said, 64, "invalid_input")
    (problem,) = said.json["error"]["problems"]
    assert (problem["where"], "shop" in problem["what"]) == ("codes", True)
    answered = desk("supply", "scan", "(01)51022222233336(17)280531(10)NOBODY-1")
    assert (answered.status, answered.json["lot"], len(answered.json["problems"])) == (0, None, 1)


def test_a_code_finds_its_lot_with_how_many_there_are(shell: Shell, clinic: SmallClinic) -> None:
    desk = shell.as_user(clinic, "desk")
    desk("supply", "receive", "cartridge", "LOT-1", "20")
    (listed,) = [one for one in desk("supply", "list").json["lots"] if one["lot"] == "LOT-1"]
    assert listed["stock"]["on_hand"] == 20
    assert desk("supply", "scan", "LOT-1").json["lot"] == listed


def test_paper_sheets_are_named_with_their_files(shell: Shell, clinic: SmallClinic, tmp_path: Path) -> None:
    words = ["paper", "print", "face", "--count", 2, "--out", tmp_path / "sheet.pdf"]
    words += ["--data-dir", clinic.folder, "--user", "desk", "--password-file", "-"]
    said = shell.run(*words, typed=f"{PASSWORDS['desk']}\n")
    made = sorted(tmp_path.glob("*.pdf"))
    assert len(made) == 2
    assert all(f"Written to {one}; it is not encrypted." in said.out for one in made)


def test_no_right_ends_in_6(shell: Shell, clinic: SmallClinic, tmp_path: Path) -> None:
    said = shell.as_user(clinic, "desk")("queue")
    assert_told(said, 6, "not_permitted")
    recorded = shell.as_user(clinic, "desk")("visit", "record", written(tmp_path, document()))
    assert_told(recorded, 6, "not_permitted")
    assert "Only providers and directors sign" in recorded.message, "nobody else could make a key"
    assert counts(clinic.as_user("owner"))["visit"] == 0


@pytest.mark.parametrize("words", COMMANDS)
def test_an_empty_folder_ends_in_7(shell: Shell, tmp_path: Path, words: tuple[str, ...]) -> None:
    said = shell.at(tmp_path, "reyes", "some password here")(*words)
    assert_told(said, 7, "clinic_missing")
    assert "mnclinic demo" in said.message
    assert list(tmp_path.iterdir()) == []


def test_a_missing_database_ends_in_7_and_none_is_made(shell: Shell, clinic: SmallClinic) -> None:
    (clinic.folder / DATABASE_NAME).unlink()
    said = shell.as_user(clinic, "desk")("today")
    assert_told(said, 7, "database_missing")
    assert not (clinic.folder / DATABASE_NAME).exists()


def test_a_missing_key_file_ends_in_7(shell: Shell, clinic: SmallClinic) -> None:
    for name in ("clinic.keys", "clinic.keys.previous", "clinic.keys.prev"):
        (clinic.folder / name).unlink(missing_ok=True)
    said = shell.as_user(clinic, "desk")("today")
    assert_told(said, 7, "key_file_missing")


def test_a_damaged_key_file_says_that_it_is_not_about_the_password(shell: Shell, clinic: SmallClinic) -> None:
    for path in clinic.folder.glob("clinic.keys*"):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    said = shell.as_user(clinic, "desk")("today")
    assert_told(said, 7, "key_file_damaged")
    assert "password" in said.message
    assert "not right" not in said.message


@pytest.mark.parametrize("damage", ["overwritten", "cut", "emptied"])
def test_a_damaged_database_ends_in_7_and_is_left_as_it_is(
    shell: Shell, clinic: SmallClinic, damage: str
) -> None:
    path = clinic.folder / DATABASE_NAME
    data = path.read_bytes()
    broken = {
        "overwritten": data[:16] + os.urandom(4080) + data[4096:],
        "cut": data[:5000],
        "emptied": b"",
    }[damage]
    path.write_bytes(broken)
    said = shell.as_user(clinic, "desk")("today")
    assert_told(said, 7, "database_damaged")
    assert path.read_bytes() == broken


def test_a_plaintext_database_ends_in_7(shell: Shell, clinic: SmallClinic) -> None:
    (clinic.folder / DATABASE_NAME).write_bytes(b"SQLite format 3\x00" + bytes(4080))
    assert_told(shell.as_user(clinic, "desk")("today"), 7, "database_not_encrypted")


def test_no_user_no_password_and_an_unreadable_password_file_end_in_64(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    at = ("--data-dir", clinic.folder, "--json")
    assert_told(shell.run("today", *at), 64, "invalid_input")
    assert_told(shell.run("today", *at, "--user", "desk"), 64, "invalid_input")
    absent = ("--password-file", tmp_path / "absent")
    assert_told(shell.run("today", *at, "--user", "desk", *absent), 64, "invalid_input")
    (tmp_path / "empty").write_text("")
    empty = ("--password-file", tmp_path / "empty")
    assert_told(shell.run("today", *at, "--user", "desk", *empty), 64, "invalid_input")


class Terminal(io.StringIO):
    """Where somebody sits."""

    def isatty(self) -> bool:
        return True


def test_a_prompt_that_is_closed_is_no_password_and_no_defect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", ended)
    monkeypatch.setattr("sys.stdin", Terminal())
    with pytest.raises(InvalidInput, match=r"No password was given\. Nothing was done\.") as told:
        Request(argparse.Namespace(), tmp_path, StoppedClock()).password()
    assert status_of(told.value) == 64


@pytest.mark.parametrize("by", ["file", "standard input"])
def test_the_mark_that_windows_puts_before_a_text_is_no_part_of_a_password(
    shell: Shell, clinic: SmallClinic, tmp_path: Path, by: str
) -> None:
    chosen = "cobalt ferry hums at dawn"
    (tmp_path / "new").write_bytes(b"\xef\xbb\xbf" + chosen.encode() + b"\r\n")
    named = tmp_path / "new" if by == "file" else "-"
    (tmp_path / "old").write_text(PASSWORDS["desk"], encoding="utf-8")
    words = ("--data-dir", clinic.folder, "--user", "desk", "--password-file", tmp_path / "old")
    said = shell.run(*("user", "password", "--new-password-file", named, *words), typed=f"\ufeff{chosen}\r\n")
    assert said.status == 0, said
    assert shell.at(clinic.folder, "desk", chosen)("today").status == 0


def test_a_secret_is_never_cut(shell: Shell, clinic: SmallClinic, tmp_path: Path) -> None:
    at = ("--data-dir", clinic.folder, "--json", "--user", "desk", "--password-file", tmp_path / "secret")
    (tmp_path / "secret").write_text(PASSWORDS["desk"].ljust(4096) + "x\n", encoding="utf-8")
    said = shell.run("today", *at)
    assert_told(said, 64, "invalid_input")
    assert "longer than 4096 characters" in said.message
    (tmp_path / "secret").write_text("x" * 4096 + "\n", encoding="utf-8")
    assert_told(shell.run("today", *at), 6, "wrong_credentials")


def test_a_key_file_that_came_from_its_copy_is_told_by_every_command(
    shell: Shell, clinic: SmallClinic
) -> None:
    choose_password(clinic.as_user("desk"), PASSWORDS["desk"], "meadow ticket violet stone", factor=None)
    clinic.close()
    clinic.opened.clear()
    (clinic.folder / KEY_FILE).write_bytes(b"damaged")
    for words in (("today",), ("queue",), ("user", "list")):
        said = shell.as_user(clinic, "owner" if words[0] == "user" else "okafor")(*words)
        assert said.status == 0
        assert "its previous copy clinic.keys.prev is in use" in said.err
    today = shell.as_user(clinic, "owner")("today").json["notices"]
    assert today[0]["is_pressing"]
    assert "key_file_from_copy" in {one["code"] for one in today}


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (("photo", "add", "P-000001", "PIPE", "--view", "Front", "--when", "before"), "file"),
        (("patient", "files", "P-000001", "--add", "PIPE", "--title", "Consent"), "add"),
        (("paper", "return", "PB-000001", "--visit", "V-000001", "--scan", "PIPE"), "scan"),
        (("recalls", "open", "cartridge", "LOT-1", "--reason", "A letter.", "--notice", "PIPE"), "notice"),
    ],
)
def test_a_pipe_that_is_named_as_a_file_is_refused_and_not_waited_for(
    shell: Shell, clinic: SmallClinic, tmp_path: Path, words: tuple[str, ...], where: str
) -> None:
    with pipe_to(tmp_path / "pipe.jpg") as pipe:
        said = shell.as_user(clinic, "reyes")(*(str(pipe) if one == "PIPE" else one for one in words))
    assert_told(said, 64, "invalid_input")
    assert [one["where"] for one in said.json["error"]["problems"]] == [where]


def test_today_tells_people_the_notices_too(shell: Shell, clinic: SmallClinic) -> None:
    shell.clock.at = clinic.clock.at
    who = ("--user", "owner", "--password-file", "-", "--data-dir", clinic.folder)
    said = shell.run("today", *who, typed=PASSWORDS["owner"] + "\n")
    assert "! The recovery sheet was not read back" in said.out


def test_global_options_stand_before_or_after_the_command(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    shell.clock.at = clinic.clock.at
    (tmp_path / "password").write_text(PASSWORDS["desk"] + "\n")
    options = (
        "--data-dir",
        clinic.folder,
        "--user",
        "desk",
        "--password-file",
        tmp_path / "password",
        "--json",
    )
    before = shell.run(*options, "today")
    after = shell.run("today", *options)
    apart = shell.run(*options[:2], "today", *options[2:])
    assert before.status == after.status == apart.status == 0
    assert before.json == after.json == apart.json


def test_a_password_is_the_files_first_line_alone(shell: Shell, clinic: SmallClinic, tmp_path: Path) -> None:
    shell.clock.at = clinic.clock.at
    path = tmp_path / "password"
    path.write_bytes(f"{PASSWORDS['desk']}\r\nsomething else\n".encode())
    said = shell.run("today", "--data-dir", clinic.folder, "--user", "desk", "--password-file", path)
    assert said.status == 0
    assert said.out.startswith("2026-11-23: 0 visits")


BAD_DOCUMENTS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "unknown fields": (
        {"mood": "fine", "vitals": {"pulse": 70}},
        {"mood", "vitals.pulse"},
    ),
    "wrong types": (
        {"device": 7, "lines": "cheek", "screening": [{"item": "pregnancy", "answer": False}]},
        {"device", "lines", "screening[0].answer"},
    ),
    "a depth as a number": (
        {
            "lines": [
                {"area": "cheek", "side": "right", "depth_mm": 1.25, "passes": "4", "endpoint": "erythema"}
            ]
        },
        {"lines[0].depth_mm", "lines[0].passes"},
    ),
    "days in no calendar": (
        {"last_session_on": "2026-02-30", "started_at": "2026-11-23T25:00:00-06:00"},
        {"last_session_on", "started_at"},
    ),
    "an end before the start": ({"ended_at": "2026-11-23T08:00:00-06:00"}, {"ended_at"}),
    "another format": ({"format": "mnclinic.visit/9"}, {"format"}),
}


@pytest.mark.parametrize("case", BAD_DOCUMENTS)
def test_a_wrong_document_ends_in_64_with_every_problem_and_stores_nothing(
    shell: Shell, clinic: SmallClinic, tmp_path: Path, case: str
) -> None:
    changes, places = BAD_DOCUMENTS[case]
    owner = clinic.as_user("owner")
    before = counts(owner)
    said = shell.as_user(clinic, "reyes")("visit", "record", written(tmp_path, document(**changes)))
    assert_told(said, 64, "invalid_input")
    assert places <= {problem["where"] for problem in said.json["error"]["problems"]}
    assert (said.json["visit"], said.json["state"], said.json["refusals"]) == (None, None, [])
    after = counts(owner)
    # Logging in is an act of its own.
    assert after | {"log_entry": 0} == before | {"log_entry": 0}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"{",
        b"[]",
        b"7",
        b"\xff\xfe{}",
        b'{"format": "a", "format": "b"}',
        b'{"a": NaN}',
        b"[" * 9999,
    ],
)
def test_a_file_that_is_no_visit_document_ends_in_64(
    shell: Shell, clinic: SmallClinic, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "visit.json"
    path.write_bytes(content)
    said = shell.as_user(clinic, "reyes")("visit", "record", path)
    assert_told(said, 64, "invalid_input")
    assert_told(shell.as_user(clinic, "reyes")("visit", "record", tmp_path / "absent"), 64, "invalid_input")
    assert_told(shell.as_user(clinic, "reyes")("visit", "record", tmp_path), 64, "invalid_input")


def test_an_unknown_visit_cannot_be_signed(shell: Shell, clinic: SmallClinic) -> None:
    said = shell.as_user(clinic, "okafor")("sign", "V-999999", "--approve")
    assert_told(said, 64, "invalid_input")
    assert OWN_KEYS["sign"] <= set(said.json)


def test_a_visit_recorded_twice_is_refused_by_the_gate_and_not_lost(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    path = written(tmp_path, document())
    first = shell.as_user(clinic, "reyes")("visit", "record", path)
    assert (first.status, first.json["state"], first.json["error"]) == (0, "in_review", None)
    assert OWN_KEYS["visit"] <= set(first.json)
    second = shell.as_user(clinic, "reyes")("visit", "record", path)
    assert second.status == 5
    assert [one["code"] for one in second.json["refusals"]] == ["interval_blocked"]
    assert problems_found(clinic.as_user("owner")) == []


def test_altered_records_end_in_1_and_only_they_do(shell: Shell, clinic: SmallClinic) -> None:
    (clinic.folder / "clinic.head").write_bytes(b"garbage")
    said = shell.as_user(clinic, "inspector")("check")
    assert (said.status, said.json["verdict"]) == (1, "ALTERED")
    assert said.json["findings"] == [
        {
            "where": "clinic.head",
            "what": "it is no checkpoint",
            "explained": False,
            "table": None,
            "seq": None,
        }
    ]
    assert said.json["error"] is None


@pytest.mark.parametrize("as_json", [True, False])
def test_a_crash_ends_in_70_without_a_traceback_or_a_patients_data(
    shell: Shell, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, as_json: bool
) -> None:
    def crash(*_: object) -> None:
        raise ValueError("Testerman, Ada 1990-04-23")

    monkeypatch.setattr(clinic_commands, "list_day", crash)
    shell.clock.at = clinic.clock.at
    said = shell.run(
        "today",
        "--data-dir",
        clinic.folder,
        "--user",
        "desk",
        "--password-file",
        "-",
        *(["--json"] if as_json else []),
        typed=PASSWORDS["desk"] + "\n",
    )
    assert said.status == 70
    for words in ("Testerman", "1990-04-23", "Traceback"):
        assert words not in said.out + said.err
    assert "test_statuses.py" in said.err, "a reference to report"
    if as_json:
        assert said.json["error"]["code"] == "defect"
        assert said.json["visits"] == []


def test_every_known_trouble_has_a_status_that_is_no_verdict() -> None:
    def all_of(kind: type[ClinicError]) -> list[type[ClinicError]]:
        return [kind, *(one for child in kind.__subclasses__() for one in all_of(child))]

    for kind in all_of(ClinicError)[1:]:
        error = kind.__new__(kind)
        assert status_of(error) not in {*VERDICTS, 0, OUR_DEFECT}, kind
        if issubclass(kind, StoreUnavailable):
            assert status_of(error) == 7


@pytest.mark.parametrize(
    "name", ["visit", "policy", "protocol", "consent_text", "authorisation", "clinic", "device"]
)
def test_a_schema_is_printed(shell: Shell, name: str) -> None:
    said = shell.run("schema", name)
    assert said.status == 0
    assert said.json["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert shell.run("schema", name, "--json").json == said.json


@pytest.mark.parametrize("name", ["nothing", "../visit", "", "visit/..", "VISIT"])
def test_an_unknown_schema_ends_in_64_and_names_the_known_ones(shell: Shell, name: str) -> None:
    said = shell.run("schema", name, "--json")
    assert_told(said, 64, "invalid_input")
    assert "visit" in said.message


def test_check_of_a_database_that_cannot_be_opened_is_the_verdict_unreadable(
    shell: Shell, clinic: SmallClinic
) -> None:
    path = clinic.folder / DATABASE_NAME
    data = path.read_bytes()
    path.write_bytes(data[:16] + os.urandom(4080) + data[4096:])
    said = shell.as_user(clinic, "desk")("check")
    assert (said.status, said.json["verdict"]) == (2, "UNREADABLE")
    assert [one["where"] for one in said.json["findings"]] == ["database"]


def test_no_command_puts_a_sheet_or_a_key_file_with_the_clinic(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    said = [
        shell.as_user(clinic, "owner")("key", "sheet", "--out", clinic.folder / "sheet.pdf"),
        shell.as_user(clinic, "reyes")("key", "code", "--out", clinic.folder / "code.pdf"),
        shell.as_user(clinic, "reyes")(
            "key", "enroll", "--second-factor", "--key-file-out", clinic.folder / "kf"
        ),
    ]
    new = tmp_path / "new"
    new.mkdir()
    words = ("init", EXAMPLES / "clinic.toml", "--data-dir", new, "--recovery-sheet", new / "sheet.pdf")
    said.append(shell.run(*words, "--json"))
    assert [one.status for one in said] == [64] * 4
    assert all("Whoever stole it would hold the lock and the key together" in one.message for one in said)
    assert list(new.iterdir()) == []
