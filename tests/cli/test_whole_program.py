"""The program as people start it: its own process, the real clock, the real key derivation."""

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator

from mnclinic.bootstrap import start
from mnclinic.cli.answer import NOT_WRITTEN, Answer, deliver, say
from mnclinic.cli.clinic import FIRST_PASSWORDS_LOST
from mnclinic.cli.unread import let_go_of_unread_outputs
from mnclinic.security import kdf
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.services.read_documents import schema_of
from mnclinic.services.record_visit import record_visit
from tests.cli.running import EXAMPLES
from tests.services.clinic_builder import PASSWORDS, SmallClinic, document

CHOSEN = "marble lantern seven rivers"


def mnclinic(*words: object, typed: str = "") -> "subprocess.CompletedProcess[str]":
    """Run the program; nothing of this process's surroundings reaches it but the path."""
    return subprocess.run(  # noqa: S603 - our own program, no shell
        [sys.executable, "-m", "mnclinic", *(str(word) for word in words)],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={"PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen", "PYTHONWARNINGS": "error"},
    )


def test_a_clinic_is_set_up_from_answers_and_opens(tmp_path: Path) -> None:
    folder, sheet = tmp_path / "clinic", tmp_path / "sheet.pdf"
    words = ("init", EXAMPLES / "clinic.toml", "--data-dir", folder, "--recovery-sheet", sheet)
    for_all = mnclinic(*words, "--password-file", "-", "--json", typed=f"{CHOSEN}\n")
    assert for_all.returncode == 64, "one password would be everybody's, the director's too"
    assert json.loads(for_all.stdout)["error"]["problems"][0]["where"] == "password_file"
    assert not folder.exists()
    assert not sheet.exists()
    ended = mnclinic(*words, "--json")
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert list(Draft202012Validator(schema_of("answer_init")).iter_errors(told)) == []
    assert len(told["fingerprint"]) == 64
    passwords = {one["user"]: one["password"] for one in told["users"]}
    assert len(set(passwords.values())) == len(passwords) == 6
    assert sheet.read_bytes().startswith(b"%PDF")
    assert sheet.stat().st_mode & 0o077 == 0
    again = mnclinic(*words[:4], "--recovery-sheet", tmp_path / "other.pdf", "--json")
    assert again.returncode == 7
    assert json.loads(again.stdout)["error"]["code"] == "clinic_exists"
    assert not (tmp_path / "other.pdf").exists()
    kept = mnclinic(*words, "--json")
    assert kept.returncode == 64, "a recovery sheet is never overwritten"
    check = mnclinic(
        *("check", "--json", "--data-dir", folder, "--user", "owner", "--password-file", "-"),
        typed=passwords["owner"],
    )
    assert (check.returncode, json.loads(check.stdout)["verdict"]) == (0, "OK")


def test_the_words_of_a_command_are_read_without_the_database_the_window_or_cryptography() -> None:
    reading = (
        "import sys; from mnclinic.cli.parser import parse; parse(['check']); "
        "print(*({'sqlalchemy', 'sqlcipher3', 'cryptography', 'PySide6'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", reading], capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    assert told.stdout.strip() == ""


def test_wrong_use_and_help_and_version(tmp_path: Path) -> None:
    assert mnclinic("--version").stdout.startswith("mnclinic 0.")
    assert "Exit status" in mnclinic("--help").stdout
    wrong = mnclinic("today", "--json", "--data-dir", tmp_path)
    assert wrong.returncode == 64
    assert json.loads(wrong.stdout)["error"]["message"]


def test_answers_reach_the_terminal_and_passwords_do_not(clinic: SmallClinic) -> None:
    ended = mnclinic(
        "today",
        "--data-dir",
        clinic.folder,
        "--user",
        "desk",
        "--password-file",
        "-",
        typed=PASSWORDS["desk"],
    )
    assert ended.returncode == 0, ended.stderr
    assert "0 visits" in ended.stdout
    assert PASSWORDS["desk"] not in ended.stdout + ended.stderr


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is told in another way there")
def test_a_reader_who_went_away_is_no_crash(clinic: SmallClinic) -> None:
    read, write = os.pipe()
    os.close(read)
    process = subprocess.run(
        [sys.executable, "-m", "mnclinic", "schema", "visit"],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )
    os.close(write)
    assert process.returncode == 0, process.stderr
    assert "Traceback" not in process.stderr


def cut_short(*words: object) -> int:
    """Run the program with nobody reading either output; its status."""
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "wb") as nowhere:
        ended = subprocess.run(  # noqa: S603 - our own program, no shell
            [sys.executable, "-m", "mnclinic", *(str(word) for word in words)],
            stdin=subprocess.DEVNULL,
            stdout=nowhere,
            stderr=nowhere,
            check=False,
            timeout=120,
            env={"PATH": os.environ["PATH"], "PYTHONWARNINGS": "error"},
        )
    return ended.returncode


def test_a_command_whose_output_nobody_reads_ends_in_the_status_of_what_it_did(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window").number
    clinic.close()
    names = ("--data-dir", clinic.folder)
    files = {}
    for user, password in PASSWORDS.items():
        files[user] = tmp_path / user
        files[user].write_text(password)

    def by_user(user: str) -> tuple[object, ...]:
        return ("--user", user, "--password-file", files[user], *names)

    assert cut_short("queue", *by_user("okafor")) == 0
    assert cut_short("log", *by_user("owner")) == 0
    assert cut_short("queue", "--json", *by_user("okafor")) == 0
    assert cut_short("today", "--user", "okafor", "--password-file", files["owner"], *names) == 6
    assert cut_short("sign", visit, "--approve", *by_user("okafor")) == 5, "nobody saw what was signed"
    assert mnclinic("sign", visit, "--approve", *by_user("okafor")).returncode == 0


@pytest.mark.parametrize("words", [("schema", "visit"), ("--help",), ("backup", "--help"), ("--version",)])
@pytest.mark.parametrize("always_full", [one for one in (Path("/dev/full"),) if one.exists()])
def test_an_answer_that_cannot_be_written_ends_in_a_status_that_is_no_verdict(
    always_full: Path, words: tuple[str, ...]
) -> None:
    with always_full.open("wb") as full:
        ended = subprocess.run(  # noqa: S603 - our own program, no shell
            [sys.executable, "-m", "mnclinic", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=120,
            env={"PATH": os.environ["PATH"], "PYTHONWARNINGS": "error"},
        )
    assert ended.returncode == 7
    assert ended.stderr == f"{NOT_WRITTEN}\n"


class Failing(io.StringIO):
    """An output that takes everything and can put it nowhere."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self._error = error

    def flush(self) -> None:
        """As a full disk or a reader who left."""
        raise self._error


FULL, LEFT = OSError(errno.ENOSPC, "full"), BrokenPipeError(errno.EPIPE, "left")


@pytest.mark.parametrize(
    ("error", "status", "ends", "said"),
    [
        (FULL, 0, 7, NOT_WRITTEN),
        (FULL, 5, 5, NOT_WRITTEN),
        (FULL, 1, 1, NOT_WRITTEN),
        (LEFT, 0, 0, ""),
        (LEFT, 6, 6, ""),
    ],
)
def test_what_was_refused_or_found_keeps_its_status_where_it_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: OSError,
    status: int,
    ends: int,
    said: str,
) -> None:
    monkeypatch.setattr(sys, "stdout", Failing(error))
    assert deliver(Answer({}, ["what there is to say"], status), as_json=True) == ends
    assert capsys.readouterr().err.removeprefix("what there is to say\n") == (said and f"{said}\n")


@pytest.mark.parametrize("error", [FULL, LEFT])
def test_what_is_shown_only_once_and_was_not_read_says_what_to_do_instead(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: OSError
) -> None:
    monkeypatch.setattr(sys, "stdout", Failing(error))
    assert deliver(Answer({}, ["secret"], if_lost="Make another."), as_json=True) == 7
    assert capsys.readouterr().err == "Make another.\n"


@pytest.mark.parametrize("always_full", [one for one in (Path("/dev/full"),) if one.exists()])
def test_first_passwords_that_nobody_saw_can_be_made_again(
    always_full: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In this process, with keys that are made at once; what a process of its own ends in is tried above."""
    monkeypatch.setattr(kdf, "calibrate", lambda: FLOOR_COST)
    folder, sheet = tmp_path / "clinic", tmp_path / "sheet.pdf"
    words = ("init", EXAMPLES / "clinic.toml", "--data-dir", folder, "--recovery-sheet", sheet)
    with always_full.open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert start([str(word) for word in words]) == 7
        let_go_of_unread_outputs()
    assert capsys.readouterr().err == FIRST_PASSWORDS_LOST.format(folder=folder, sheet=sheet) + "\n"


def test_a_program_without_a_console_ends_in_the_status_of_what_it_did(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert deliver(Answer({}, ["done"]), as_json=True) == 0
    assert not say("a message")
    let_go_of_unread_outputs()


def test_whoever_may_not_decide_on_a_visit_is_told_so_before_it_is_shown(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window").number
    clinic.close()
    (tmp_path / "owner").write_text(PASSWORDS["owner"])
    words = ("--user", "owner", "--password-file", tmp_path / "owner", "--data-dir", clinic.folder)
    ended = mnclinic("sign", visit, "--approve", *words)
    assert ended.returncode == 6
    assert "Testerman" not in ended.stdout + ended.stderr
