"""A window whose person may do nothing any more shows nothing any more either."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from mnclinic.errors import LogInEnded
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.reset_user import reset_user
from mnclinic.store.backup_files import unwatched
from mnclinic.ui.account.first_password import FirstPasswordPage
from mnclinic.ui.backup_schedule import back_up_if_due
from mnclinic.ui.check_schedule import _check
from mnclinic.ui.lock.entry import Entry
from mnclinic.ui.lock.reasons import Left, left_words
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.window import Workspace
from tests.services.clinic_builder import PASSWORDS, SmallClinic, small_clinic

PATIENCE_MS = 60_000
GIVEN = "teacup gravel orchard nine"


@pytest.fixture
def clinic(tmp_path: Path) -> SmallClinic:
    return small_clinic(tmp_path / "clinic")


def test_a_log_in_that_ended_elsewhere_locks_the_window_at_its_next_act(
    clinic: SmallClinic, qtbot: QtBot
) -> None:
    anew: list[Sequence[str]] = []
    window = open_as(clinic, "reyes", PASSWORDS["reyes"], qtbot, anew)
    workspace = window.centralWidget()
    assert isinstance(workspace, Workspace)

    reset_user(clinic.as_user("owner"), "reyes", GIVEN, PASSWORDS["owner"], reason="Lost her password.")
    clinic.close()
    assert isinstance(window.centralWidget(), Workspace), "nobody has asked for anything since"
    workspace.go("patients", None)

    qtbot.waitUntil(lambda: bool(anew) and window.login.isVisible(), timeout=PATIENCE_MS)
    assert window.resumed is not None
    assert window.resumed.left == Left.ENDED
    last = "What was typed in the last moments is not stored."
    assert why(window) == f"{left_words(Left.ENDED)} {last}", "and no disk is to blame"
    window.close()


def test_whoever_locks_it_after_the_access_ended_elsewhere_is_told_that_and_of_no_disk(
    clinic: SmallClinic, qtbot: QtBot
) -> None:
    anew: list[Sequence[str]] = []
    window = open_as(clinic, "desk", PASSWORDS["desk"], qtbot, anew)
    workspace = window.centralWidget()
    assert isinstance(workspace, Workspace)
    workspace.go("patients", None)
    idle(window, qtbot)
    page = workspace._current
    assert isinstance(page, PatientsPage)
    page._add()
    qtbot.waitUntil(lambda: window.findChild(QPlainTextEdit, "new_patient.notes") is not None)
    notes = window.findChild(QPlainTextEdit, "new_patient.notes")
    assert notes is not None
    notes.setPlainText("Half a sentence")

    end_access(clinic.as_user("owner"), "desk", PASSWORDS["owner"], reason="Moved away.")
    clinic.close()
    window.watch.say_left(Left.ASKED)

    qtbot.waitUntil(lambda: bool(anew) and window.login.isVisible(), timeout=PATIENCE_MS)
    assert why(window).startswith(left_words(Left.ENDED))
    entry = window.findChild(Entry)
    assert entry is not None
    assert not entry.unsaved.isVisible()
    window.close()


def test_who_is_to_choose_a_password_of_their_own_is_locked_out_too(
    clinic: SmallClinic, qtbot: QtBot
) -> None:
    owner = clinic.as_user("owner")
    reset_user(owner, "desk", GIVEN, PASSWORDS["owner"], reason="Lost the password.")
    anew: list[Sequence[str]] = []
    window = open_as(clinic, "desk", GIVEN, qtbot, anew)
    page = window.centralWidget()
    assert isinstance(page, FirstPasswordPage)
    reset_user(owner, "desk", "another gravel orchard nine", PASSWORDS["owner"], reason="Told the wrong one.")
    clinic.close()
    page.given.edit.setText(GIVEN)
    page.password.edit.setText("saddle winter marble cloud")
    page.choose.click()

    qtbot.waitUntil(lambda: bool(anew) and window.login.isVisible(), timeout=PATIENCE_MS)
    assert why(window).startswith(left_words(Left.ENDED))
    window.close()


@pytest.mark.parametrize("by_itself", [back_up_if_due, _check], ids=["backup", "check"])
def test_what_the_window_does_by_itself_tells_it_too(
    clinic: SmallClinic, by_itself: Callable[..., object]
) -> None:
    reyes = clinic.as_user("reyes")
    reset_user(clinic.as_user("owner"), "reyes", GIVEN, PASSWORDS["owner"], reason="Lost her password.")
    with pytest.raises(LogInEnded):
        by_itself(reyes, watch=unwatched)
    clinic.close()


def open_as(
    clinic: SmallClinic, user: str, password: str, qtbot: QtBot, anew: list[Sequence[str]]
) -> ClinicWindow:
    """The window with somebody logged in, and nothing under way."""
    window = ClinicWindow(clinic.folder, clock=clinic.clock, start_anew=anew.append)
    qtbot.addWidget(window)
    window.show()
    window.login.user.setText(user)
    window.login.password.setText(password)
    window.login.enter.click()
    qtbot.waitUntil(
        lambda: isinstance(window.centralWidget(), Workspace | FirstPasswordPage), timeout=PATIENCE_MS
    )
    idle(window, qtbot)
    return window


def idle(window: ClinicWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


def why(window: ClinicWindow) -> str:
    entry = window.findChild(Entry)
    assert entry is not None
    return entry.why.text()
