"""Today's notices fold into one line; what cannot wait is told in it, and all of them open with a button."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from mnclinic.services.notice import Notice
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Banner, OneLine
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.today import page as today
from tests.services.clinic_builder import SmallClinic
from tests.services.conftest import built_clinic, clinic

__all__ = ["built_clinic", "clinic"]

PATIENCE_MS = 60_000


@pytest.mark.parametrize(
    ("codes", "told_at_once", "words"),
    [
        (["backup_bad", "failed_log_ins", "no_recovery_code"], "This is backup_bad.", "3 notices"),
        (["one", "two"], "", "2 notices"),
        (["one"], "", "1 notice"),
    ],
)
def test_the_most_pressing_notice_is_told_and_all_of_them_open(
    clinic: SmallClinic,
    qapp: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    codes: list[str],
    told_at_once: str,
    words: str,
) -> None:
    apply_theme(qapp, "light")
    told = tuple(Notice(code, f"This is {code}.", "") for code in codes)
    monkeypatch.setattr(today, "notices", lambda _clinic: told)
    runner = TaskRunner("store")
    page = today.TodayPage(Desk(clinic.as_user("desk"), runner))
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.refresh()

    def strips() -> int:
        said = {one.accessibleName() for one in page.findChildren(Banner) if one.isVisible()}
        return len(said & {one.sentence for one in told})

    def fold() -> QPushButton | None:
        return page.findChild(QPushButton, "today.need.notices")

    try:
        qtbot.waitUntil(lambda: fold() is not None, timeout=PATIENCE_MS)
        button, worst = fold(), page.findChild(OneLine, "today.needs.worst")
        assert button is not None
        assert worst is not None
        assert button.text() == words
        assert strips() == 0
        assert (worst.accessibleName(), worst.isVisible()) == (told_at_once, bool(told_at_once))
        assert page.needs.strip.property("tone") == ("stop" if told_at_once else "soon")
        button.click()
        assert strips() == len(codes)
        assert not worst.isVisible()
        button.click()
        assert strips() == 0
    finally:
        runner.close()
