"""Lock the real program in a process of its own, look into its memory, and come back."""

import base64
import json
import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.slots import unlock
from mnclinic.services.save_visit import save_visit
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from tests.services.clinic_builder import PASSWORDS, SmallClinic, add_person, small_clinic

ROBOT = Path(__file__).with_name("lock_robot.py")
PATIENCE_S = 60.0
REST_S = 0.02
CTRL = 0x04000000
KEY_L, KEY_RETURN = 0x4C, 0x01000004
LOCK_KEYS = {"key": KEY_L, "modifiers": CTRL}
PATIENT = "Quillfeather"
TYPED = "penumbra seventeen marigolds"


@dataclass
class Program:
    """The program, and a hand at it."""

    folder: Path
    process: "subprocess.Popen[bytes]" = field(init=False)

    def __post_init__(self) -> None:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONFAULTHANDLER": "1",  # a crash says where
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter, fixed arguments
            [sys.executable, "-P", str(ROBOT), "--data-dir", str(self.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )

    def ask(self, do: str, **more: object) -> dict[str, Any]:
        """Have the hand do something; its answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": do, **more}).encode("ascii") + b"\n")
        self.process.stdin.flush()
        heard, _, _ = select.select([self.process.stdout], [], [], PATIENCE_S)
        assert heard, f"no answer to {do} {more}"
        line = self.process.stdout.readline()
        assert line, f"the program ended with {self.process.wait(PATIENCE_S)}, asked to {do} {more}"
        answer: dict[str, Any] = json.loads(line)
        assert "missing" not in answer, answer
        return answer

    def until(self, fact: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Look until the screen shows a fact."""
        last = time.monotonic() + PATIENCE_S
        while not fact(seen := self.ask("see")):
            assert time.monotonic() < last, seen
            # Asked without a rest, the program has no time for what is waited for.
            time.sleep(REST_S)
        return seen

    def log_in(self, user: str) -> dict[str, Any]:
        """Log in as a person would."""
        self.until(lambda seen: seen["page"] == "login")
        if self.ask("see")["user"] != user:
            self.ask("python", code=f"window.login.user.setText({user!r})")
        self.ask("type", name="login.password", text=PASSWORDS[user])
        self.ask("key", name="login.password", key=KEY_RETURN)
        return self.until(lambda seen: seen["page"] not in (None, "login") and not seen["busy"])

    def lock(self, name: str) -> dict[str, Any]:
        """Press Ctrl+L in a widget, and wait for the log-in of the process that came after."""
        self.ask("key", name=name, **LOCK_KEYS)
        return self.until(lambda seen: seen["page"] == "login")

    def memory_holds(self, needles: dict[str, bytes]) -> set[str]:
        """Which of the needles stand anywhere in the process's memory."""
        found = set()
        with Path(f"/proc/{self.process.pid}/mem").open("rb", 0) as memory:
            for start, size in _readable(self.process.pid):
                memory.seek(start)
                try:
                    data = memory.read(size)
                except OSError:
                    continue
                found |= {name for name, needle in needles.items() if needle in data}
        return found

    def close(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(timeout=PATIENCE_S)
        finally:
            self.process.kill()
            assert self.process.stdout is not None
            self.process.stdout.close()


def _readable(pid: int) -> Iterator[tuple[int, int]]:
    for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines():
        span, rights = line.split()[:2]
        # What cannot be written still is as its file is.
        if rights.startswith("rw"):
            first, last = (int(one, 16) for one in span.split("-"))
            yield first, last - first


def forms(name: str, secret: bytes) -> dict[str, bytes]:
    """A secret in every form that a search should find: as bytes, UTF-16, base64, hex, and backwards."""
    made = {
        "plain": secret,
        "backwards": secret[::-1],
        "hex": secret.hex().encode(),
        "HEX": secret.hex().upper().encode(),
    }
    for shift in range(3):
        # base64 looks different at each of three offsets; the ends depend on the neighbours.
        made[f"base64+{shift}"] = base64.b64encode(bytes(shift) + secret)[4:-4]
    try:
        text = secret.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        made["utf-16"] = text.encode("utf-16-le")
        made["utf-16 backwards"] = text[::-1].encode("utf-16-le")
    return {f"{name}, {form}": needle for form, needle in made.items()}


@dataclass(frozen=True)
class Built:
    """A closed clinic with one patient and one open visit."""

    clinic: SmallClinic
    visit_id: str


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Made once: deriving the keys is what takes the time."""
    made = small_clinic(tmp_path_factory.mktemp("lock") / "clinic")
    opened = made.as_user("reyes")
    visit_id = start_visit(opened, add_person(opened, PATIENT), "microneedling_face", "reyes")
    made.close()
    return Built(made, visit_id)


@pytest.fixture
def clinic(built: Built, tmp_path: Path) -> SmallClinic:
    """The test's own copy."""
    shutil.copytree(built.clinic.folder, tmp_path / "clinic")
    return replace(built.clinic, folder=tmp_path / "clinic", opened=[])


@pytest.fixture
def visit_id(built: Built) -> str:
    """The open visit."""
    return built.visit_id


@pytest.fixture
def program(clinic: SmallClinic) -> Iterator[Program]:
    """The program on that clinic, at its log-in."""
    made = Program(clinic.folder)
    yield made
    made.close()


def secrets_of(clinic: SmallClinic, user: str) -> dict[str, bytes]:
    """What must not be left behind, in every form."""
    key_file = load_key_file(clinic.folder).keyfile
    unlocked = unlock(key_file, user, PASSWORDS[user])
    needles = {
        **forms("database key", bytes(unlocked.database_key)),
        **forms("password", PASSWORDS[user].encode()),
        **forms("patient", PATIENT.encode()),
        **forms("typed text", TYPED.encode()),
    }
    unlocked.session.forget()
    return needles


def test_after_a_lock_nothing_of_the_clinic_is_left_in_the_memory_of_the_program(
    program: Program, clinic: SmallClinic
) -> None:
    needles = secrets_of(clinic, "reyes")
    program.log_in("reyes")
    program.ask("go", page="patients")
    program.until(lambda seen: not seen["busy"])
    program.ask("type", name="patients.search", text=PATIENT[:4])
    program.ask("click", name="patients.new")
    program.ask("type", name="new_patient.address", text=TYPED)
    program.until(lambda seen: not seen["busy"])
    before = program.memory_holds(needles)
    whats = {name.partition(",")[0] for name in before}
    assert whats == {"database key", "password", "patient", "typed text"}, "the search itself is blind"
    pid = program.process.pid
    locked = program.lock("new_patient.address")
    assert locked["pid"] == pid
    assert locked["windows"] == ["ClinicWindow"]
    assert program.memory_holds(needles) == set()


def test_the_same_person_comes_back_to_the_same_field_with_the_cursor_where_it_was(program: Program) -> None:
    program.log_in("reyes")
    program.ask("go", page="patients")
    program.until(lambda seen: not seen["busy"])
    program.ask("type", name="patients.search", text=PATIENT[:6])
    program.ask("python", code="find('patients.search').setCursorPosition(3)")
    program.until(lambda seen: not seen["busy"])
    geometry = program.ask("see")["geometry"]
    locked = program.lock("patients.search")
    assert (locked["user"], locked["geometry"], locked["title"]) == ("reyes", geometry, "mnclinic")
    program.until(lambda seen: seen["focus"] == "login.password")
    assert program.log_in("reyes")["page"] == ["patients", None]
    # A page gives that field the keyboard by itself, too: text and cursor come back a moment after it.
    program.until(lambda seen: seen["focus"] == "patients.search" and seen["cursor"] == 3)
    program.until(lambda seen: not seen["busy"])
    assert program.ask("read", name="patients.search")["text"] == PATIENT[:6]
    assert program.ask("see")["cursor"] == 3


def test_another_person_begins_at_today(program: Program) -> None:
    program.log_in("reyes")
    program.ask("go", page="patients")
    program.until(lambda seen: not seen["busy"])
    program.lock("patients.search")
    assert program.log_in("lind")["page"] == ["today", None]


def test_half_a_word_in_a_visit_is_there_again_and_in_its_place(program: Program, visit_id: str) -> None:
    program.log_in("reyes")
    program.ask("go", page="visit", what=visit_id)
    program.until(lambda seen: not seen["busy"])
    program.ask("type", name="visit.last_session_on", text="2026-1")
    program.lock("visit.last_session_on")
    program.log_in("reyes")
    seen = program.until(lambda seen: not seen["busy"] and seen["focus"] == "visit.last_session_on")
    assert seen["page"] == ["visit", visit_id]
    assert seen["cursor"] == 6
    assert program.ask("read", name="visit.last_session_on")["text"] == "2026-1"


def test_a_program_killed_in_mid_typing_has_kept_the_letters_and_the_cell(
    clinic: SmallClinic, program: Program, visit_id: str
) -> None:
    program.log_in("reyes")
    program.ask("go", page="visit", what=visit_id)
    program.until(lambda seen: not seen["busy"])
    program.ask("python", code="window.stay._keep()")
    program.until(lambda seen: not seen["busy"])
    # The draft is stored by itself, and what is on the screen is not stored any more after it.
    program.ask("python", code="window.stay._keeping.stop(); window.stay._soon.stop()")
    program.ask("click", name="visit.step.treatment")
    program.ask("click", name="visit.add_line")
    program.ask("type", name="visit.lines.0.note", text="Left cheek: le")
    program.until(lambda seen: not seen["busy"])
    program.until(lambda _seen: program.ask("read", name="visit.saved")["text"].startswith("Draft saved"))
    program.process.kill()
    program.process.wait()
    again = Program(clinic.folder)
    again.log_in("reyes")
    seen = again.until(lambda seen: not seen["busy"] and seen["focus"] == "visit.lines.0.note")
    assert seen["page"] == ["visit", visit_id]
    assert seen["cursor"] == len("Left cheek: le")
    assert again.ask("read", name="visit.lines.0.note")["text"] == "Left cheek: le"
    again.close()


def test_a_killed_program_has_kept_what_was_typed_into_a_sheet(clinic: SmallClinic, program: Program) -> None:
    program.log_in("reyes")
    program.ask("go", page="patients")
    program.until(lambda seen: not seen["busy"])
    program.ask("click", name="patients.new")
    program.ask("type", name="new_patient.last_name", text="Underhill")
    program.ask("python", code="window.stay._keep()")
    program.until(lambda seen: not seen["busy"])
    program.process.kill()
    program.process.wait()
    again = Program(clinic.folder)
    again.log_in("reyes")
    again.until(lambda seen: seen["page"] == ["patients", None] and not seen["busy"])
    again.until(lambda seen: seen["focus"] == "new_patient.last_name")
    again.until(lambda _seen: again.ask("read", name="new_patient.last_name")["text"] == "Underhill")
    again.close()


BOXES = {
    "a message box": "from PySide6.QtWidgets import QMessageBox; QMessageBox.warning(window, 'Box', 'Box')",
    "a file dialog": "from PySide6.QtWidgets import QFileDialog; QFileDialog.getSaveFileName("
    "window, 'Write', '', options=QFileDialog.Option.DontUseNativeDialog)",
    "a menu": "from PySide6.QtWidgets import QMenu; m = QMenu(window); m.addAction('One'); m.exec()",
}


@pytest.mark.parametrize("box", list(BOXES))
def test_the_program_locks_over_whatever_is_open(program: Program, box: str) -> None:
    program.log_in("reyes")
    program.ask("python", code=BOXES[box], answer="before")
    program.until(lambda seen: len(seen["windows"]) > 1)
    program.ask(
        "python",
        code="from PySide6.QtTest import QTest; from PySide6.QtCore import Qt\n"
        "from PySide6.QtWidgets import QApplication\n"
        "over = QApplication.activePopupWidget() or QApplication.activeModalWidget()\n"
        "QTest.keyClick(over, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)",
    )
    locked = program.until(lambda seen: seen["page"] == "login")
    assert locked["windows"] == ["ClinicWindow"]


def test_the_clinic_is_closed_and_whole_while_it_is_locked(program: Program, clinic: SmallClinic) -> None:
    program.log_in("reyes")
    program.lock("today.new_visit")
    assert not (clinic.folder / "clinic.db-wal").exists()
    arguments = Path(f"/proc/{program.process.pid}/cmdline").read_text(encoding="utf-8").split("\0")
    assert arguments[1] == "-P", "the interpreter's own options stay"
    assert PATIENT not in " ".join(arguments)
    limits = Path(f"/proc/{program.process.pid}/limits").read_text(encoding="utf-8")
    assert re.search(r"^Max core file size +0 +0 ", limits, re.MULTILINE)


def test_a_timer_outlives_the_lock_and_only_its_performer_ends_it(program: Program) -> None:
    program.log_in("reyes")
    timers = "from mnclinic.ui.lock.timer import Timers; window.findChild(Timers)"
    program.ask("python", code=f"{timers}.set('reyes', 20)")
    program.lock("today.new_visit")
    assert program.ask("read", name="timer.words")["text"] == "Treatment timer of reyes"
    assert re.fullmatch(r"(20:00|19:\d\d)", program.ask("read", name="timer.remaining")["text"])
    assert program.ask("read", name="timer.end")["text"] is None
    program.log_in("lind")
    assert program.ask("read", name="timer.words")["text"] == "Treatment timer of reyes"
    assert program.ask("read", name="timer.end")["text"] is None
    program.lock("today.new_visit")
    program.log_in("reyes")
    program.ask("click", name="timer.end")
    assert program.ask("read", name="timer.words")["text"] is None


def test_what_was_typed_into_a_sheet_is_there_again(program: Program) -> None:
    program.log_in("reyes")
    program.ask("go", page="patients")
    program.until(lambda seen: not seen["busy"])
    program.ask("click", name="patients.new")
    program.ask("type", name="new_patient.last_name", text="Underhill")
    program.lock("new_patient.last_name")
    seen = program.log_in("reyes")
    assert seen["page"] == ["patients", None]
    program.until(lambda seen: seen["notice"] == "“New patient” holds what you typed before the lock.")
    seen = program.until(lambda seen: seen["focus"] == "new_patient.last_name")
    assert program.ask("read", name="new_patient.last_name")["text"] == "Underhill"
    program.ask("click", name="new_patient.cancel")
    program.until(lambda seen: not seen["notice"])


def test_the_box_for_everything_is_open_again_with_its_words(program: Program) -> None:
    program.log_in("reyes")
    program.until(lambda seen: not seen["busy"])
    program.ask("click", name="rail.find")
    program.ask("type", name="find_box.typed", text="Underh")
    program.lock("find_box.typed")
    program.log_in("reyes")
    program.until(lambda seen: seen["focus"] == "find_box.typed" and seen["cursor"] == len("Underh"))
    assert program.ask("read", name="find_box.typed")["text"] == "Underh"


def test_a_visit_that_was_changed_meanwhile_is_not_overwritten_by_what_came_back(
    program: Program, clinic: SmallClinic, visit_id: str
) -> None:
    program.log_in("reyes")
    program.ask("go", page="visit", what=visit_id)
    program.until(lambda seen: not seen["busy"])
    program.ask("type", name="visit.last_session_on", text="2026-1")
    program.lock("visit.last_session_on")
    elsewhere = clinic.as_user("reyes")
    view = show_visit(elsewhere, visit_id)
    save_visit(elsewhere, visit_id, view.edition, view.document | {"last_session_on": "2026-10-02"})
    clinic.close()
    program.log_in("reyes")
    theirs = "visit.changed_elsewhere.last_session_on.theirs"
    program.until(lambda _seen: program.ask("read", name=theirs)["text"] == "Take theirs")
    seen = program.until(lambda seen: not seen["busy"])
    assert seen["page"] == ["visit", visit_id]
    assert program.ask("read", name="visit.last_session_on")["text"] == "2026-1", "what was typed is here"
    stored = show_visit(clinic.as_user("lind"), visit_id).document
    assert stored["last_session_on"] == "2026-10-02", "and what is stored is the newer version"
    clinic.close()
    program.ask("click", name=theirs)
    program.until(lambda _seen: program.ask("read", name="visit.last_session_on")["text"] == "2026-10-02")
