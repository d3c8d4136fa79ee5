"""A folder, a stick or a printer that hangs holds up no step of the set-up."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mnclinic.security import kdf
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.services import new_folder
from mnclinic.services.answers import write_recovery_sheet
from mnclinic.ui import paper
from mnclinic.ui.login import WelcomePage
from mnclinic.ui.setup import place_step, sheet_step
from tests.documents.reading import pages_of
from tests.ui.setup.test_left_in_the_set_up import MAKE, PATIENCE_MS, SHEET, SetUp

PLACE = 3


class Hanging:
    """Something that takes until it is let go on; `asked` is how often it was begun."""

    def __init__(self) -> None:
        self.go_on, self.asked = threading.Event(), 0

    def wait(self) -> None:
        self.asked += 1
        assert threading.current_thread() is not threading.main_thread(), "the window waits for it"
        assert self.go_on.wait(PATIENCE_MS / 1000)

    def suits(self, _folder: Path) -> str:
        """Stands for the look at a folder that will do."""
        self.wait()
        return ""


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    made = Hanging()
    yield made
    made.go_on.set()


@pytest.fixture
def set_up(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SetUp:
    monkeypatch.setattr(kdf, "calibrate", lambda: FLOOR_COST)
    return SetUp(qtbot, tmp_path / "clinic")


def test_next_waits_for_a_folder_that_takes_its_time_and_then_goes_on(
    set_up: SetUp, hanging: Hanging, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = new_folder.folder_problem

    def slow(folder: Path) -> str:
        hanging.wait()
        return found(folder)

    monkeypatch.setattr(place_step, "folder_problem", slow)
    set_up.fill(to=PLACE)
    wizard = set_up.wizard
    wizard.next.click()
    wizard.next.click()
    assert wizard.at == PLACE
    assert wizard.place._verdict.accessibleName() == "Looking at the folder …"
    hanging.go_on.set()
    set_up.bot.waitUntil(lambda: wizard.at == MAKE, timeout=PATIENCE_MS)
    assert hanging.asked == 1


def test_who_goes_back_meanwhile_is_not_carried_forward_again(
    set_up: SetUp, hanging: Hanging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_step, "folder_problem", hanging.suits)
    set_up.fill(to=PLACE)
    wizard = set_up.wizard
    wizard.next.click()
    wizard.back.click()
    hanging.go_on.set()
    set_up.until_idle()
    assert wizard.at == PLACE - 1
    wizard.next.click()
    set_up.until_idle()
    assert wizard.at == PLACE, "Next was pressed once"


def test_what_is_seen_of_a_folder_once_its_step_has_gone_is_dropped(
    set_up: SetUp, hanging: Hanging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_step, "folder_problem", hanging.suits)
    set_up.fill(to=PLACE)
    set_up.wizard.given_up.emit()
    assert isinstance(set_up.window.centralWidget(), WelcomePage)
    hanging.go_on.set()
    set_up.until_idle()


def test_a_sheet_that_is_written_to_a_stick_that_hangs_can_be_stopped_and_leaves_no_file(
    set_up: SetUp, hanging: Hanging, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up.make()
    sheet, out = set_up.wizard.sheet, tmp_path / "sheet.pdf"

    def slow(*given: Any) -> None:  # noqa: ANN401 - passed on as it came
        hanging.wait()
        write_recovery_sheet(*given)

    monkeypatch.setattr(sheet_step, "write_recovery_sheet", slow)
    sheet.write(out)
    words = sheet.findChild(QLabel, "setup.sheet.progress.words")
    cancel = sheet.findChild(QPushButton, "setup.sheet.progress.cancel")
    assert words is not None
    assert cancel is not None
    assert (words.text(), sheet.save.isEnabled(), sheet.print_it.isEnabled()) == (
        "Writing the sheet",
        False,
        False,
    )
    cancel.click()
    hanging.go_on.set()
    set_up.until_idle()
    assert not out.exists(), "it opens every record, and nobody waits for it"
    assert "No sheet was written" in sheet._banner.accessibleName()
    sheet.write(out)
    set_up.until_idle()
    assert len(pages_of(out.read_bytes())) == 1
    assert sheet._banner.accessibleName() == "sheet.pdf is written. Print it and delete it."
    sheet.write(out)
    set_up.until_idle()
    assert "already" in sheet._banner.accessibleName(), "what is there is left as it is"
    assert sheet.save.isEnabled()


def test_a_printer_that_hangs_holds_up_no_step_and_what_it_got_is_told_afterwards(
    set_up: SetUp, hanging: Hanging, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up.make()
    sheet, out = set_up.wizard.sheet, tmp_path / "paper.pdf"
    assert set_up.wizard.at == SHEET
    printing = paper.print_pages

    def slow(*given: Any) -> bool:  # noqa: ANN401 - passed on as it came
        hanging.wait()
        return printing(*given)

    def choose(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out))
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(paper, "print_pages", slow)
    monkeypatch.setattr(QPrintDialog, "exec", choose)
    sheet.print_it.click()
    assert sheet.progress.is_under_way
    assert not out.exists()
    hanging.go_on.set()
    set_up.until_idle()
    assert sheet._banner.accessibleName().startswith("Handed to the printer.")
    assert len(pages_of(out.read_bytes())) == 1
    monkeypatch.setattr(paper, "print_pages", lambda *_given: False)
    sheet.print_it.click()
    set_up.until_idle()
    assert sheet._banner.accessibleName().startswith("The printer took nothing.")
