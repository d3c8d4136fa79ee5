"""Today hides no notice that cannot wait, and the others open with a button."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from mnclinic.services.notices import Notice
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Banner
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.today import page as today
from tests.services.clinic_builder import SmallClinic
from tests.services.conftest import built_clinic, clinic

__all__ = ["built_clinic", "clinic"]

PATIENCE_MS = 60_000


@pytest.mark.parametrize(
    ("codes", "shown", "more"),
    [
        (
            ["backup_bad", "failed_log_ins", "head_file_lost", "read_only", "no_recovery_code"],
            4,
            "and 1 more",
        ),
        (["backup_bad", "one", "two", "three", "four"], 1, "and 4 more"),
        (["one", "two", "three"], 1, "and 2 more"),
        (["one"], 1, None),
    ],
)
def test_no_pressing_notice_is_hidden_and_the_rest_opens(
    clinic: SmallClinic,
    qapp: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    codes: list[str],
    shown: int,
    more: str | None,
) -> None:
    apply_theme(qapp, "light")
    told = tuple(Notice(code, f"This is {code}.", "") for code in codes)
    monkeypatch.setattr(today, "notices", lambda _clinic: told)
    runner = TaskRunner("store")
    page = today.TodayPage(Desk(clinic.as_user("desk"), runner))
    qtbot.addWidget(page)
    page.show()
    page.refresh()

    def strips() -> int:
        said = {one.accessibleName() for one in page.findChildren(Banner) if one.isVisible()}
        return len(said & {one.sentence for one in told})

    try:
        qtbot.waitUntil(lambda: strips() == shown, timeout=PATIENCE_MS)
        button = page.findChild(QPushButton, "today.more_notices")
        assert (None if button is None else button.text()) == more
        if button is not None:
            button.click()
            qtbot.waitUntil(lambda: strips() == len(codes), timeout=PATIENCE_MS)
    finally:
        runner.close()
