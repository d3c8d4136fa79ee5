"""A window whose person may do nothing any more shows nothing any more either."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mnclinic.services.users.reset_user import reset_user
from mnclinic.ui.lock.entry import Entry
from mnclinic.ui.lock.reasons import Left, left_words
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
    window = ClinicWindow(clinic.folder, clock=clinic.clock, start_anew=anew.append)
    qtbot.addWidget(window)
    window.show()
    window.login.user.setText("reyes")
    window.login.password.setText(PASSWORDS["reyes"])
    window.login.enter.click()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), Workspace), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    workspace = window.centralWidget()
    assert isinstance(workspace, Workspace)

    reset_user(clinic.as_user("owner"), "reyes", GIVEN, PASSWORDS["owner"], reason="Lost her password.")
    clinic.close()
    assert isinstance(window.centralWidget(), Workspace), "nobody has asked for anything since"
    workspace.go("patients", None)

    qtbot.waitUntil(lambda: bool(anew) and window.login.isVisible(), timeout=PATIENCE_MS)
    assert window.resumed is not None
    assert window.resumed.left == Left.ENDED
    entry = window.findChild(Entry)
    assert entry is not None
    last = "What was typed in the last moments is not stored."
    assert entry.why.text() == f"{left_words(Left.ENDED)} {last}", "and no disk is to blame"
    window.close()
