import logging
import sys

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mnclinic.errors import (
    ActionRefused,
    DiskFull,
    InvalidInput,
    NotPermitted,
    Problem,
    Refusal,
    StaleVisit,
    WrongCredentials,
)
from mnclinic.ui.failures import Shown, install_hooks, log_defect, show_failure, words_for
from mnclinic.ui.widgets import Form, NoticeSheet, Page, Text

SECRET = "Okafor, Adaeze"  # stands for patient data inside an exception


class RecordingPage(Page):
    def __init__(self) -> None:
        super().__init__("Visit")
        self.form = Form()
        self.form.add("born_on", "Date of birth", QLineEdit())
        self.body.addWidget(self.form)
        self.refreshed = 0

    def refresh(self) -> None:
        self.refreshed += 1


@pytest.fixture
def page(qtbot: QtBot) -> RecordingPage:
    made = RecordingPage()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def look_up() -> None:
    raise KeyError(SECRET)


def report(cause: Exception) -> None:
    raise RuntimeError(f"about {SECRET}") from cause


def defect() -> Exception:
    try:
        look_up()
    except KeyError as error:
        return error
    raise AssertionError


def words_of(sheet: NoticeSheet) -> str:
    return " ".join(text.whole_text() for text in sheet.findChildren(Text))


def test_every_refusal_is_listed_in_the_banner(page: RecordingPage) -> None:
    error = ActionRefused([Refusal("a", "The exam expired."), Refusal("b", "The lot is recalled.")])
    assert show_failure(error, page).shown == Shown.BANNER
    assert page.banner.text() == "The exam expired.\nThe lot is recalled."


def test_wrong_input_stands_beside_its_fields_and_the_rest_in_the_banner(page: RecordingPage) -> None:
    error = InvalidInput(
        "The visit was not saved.",
        [Problem("born_on", "There is no 30 February."), Problem("lines[2].depth_mm", "Too deep.")],
    )
    show_failure(error, page, form=page.form)
    assert page.form.problems() == {"born_on": "There is no 30 February."}
    assert page.banner.text() == "Too deep."


def test_a_visit_changed_elsewhere_offers_to_reload_once(page: RecordingPage) -> None:
    show_failure(StaleVisit(), page)
    show_failure(StaleVisit(), page)
    page.banner.action.click()
    assert page.refreshed == 1
    assert page.banner.isHidden()


@pytest.mark.parametrize("error", [NotPermitted("Only the director may do this."), WrongCredentials()])
def test_a_missing_right_is_a_sentence_in_the_banner(page: RecordingPage, error: NotPermitted) -> None:
    show_failure(error, page)
    assert page.banner.text() == error.sentence


def test_trouble_with_the_store_stops_the_window_with_its_sentence(page: RecordingPage) -> None:
    show_failure(DiskFull("The disk is full. The last change was not kept."), page)
    sheet = page.findChild(NoticeSheet)
    assert isinstance(sheet, NoticeSheet)
    assert "The disk is full. The last change was not kept." in words_of(sheet)
    sheet.close_button.click()


@pytest.mark.expects_log("defect [A-Z2-9]{6}: KeyError at .*test_failures.py")
def test_a_defect_is_an_apology_with_a_number_and_the_program_goes_on(page: RecordingPage) -> None:
    words = show_failure(defect(), page)
    sheet = page.findChild(NoticeSheet)
    assert isinstance(sheet, NoticeSheet)
    assert len(words.reference) == 6
    assert words.reference in words_of(sheet)
    assert SECRET not in words_of(sheet)
    assert "KeyError" not in words_of(sheet)


@pytest.mark.expects_log("defect")
def test_the_log_of_a_defect_holds_places_and_no_values(caplog: pytest.LogCaptureFixture) -> None:
    try:
        report(defect())
    except RuntimeError as error:
        log_defect(error)
    (record,) = caplog.records
    assert SECRET not in caplog.text
    assert "RuntimeError at foundation/test_failures.py:" in record.getMessage()
    assert "caused by KeyError" in record.getMessage()
    assert record.exc_info is None


@pytest.mark.expects_log("defect")
def test_an_uncaught_exception_neither_ends_the_program_nor_prints_its_data(
    page: RecordingPage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    before = qInstallMessageHandler(None)
    install_hooks()
    error = defect()
    sys.excepthook(type(error), error, error.__traceback__)
    qInstallMessageHandler(before)
    printed = capsys.readouterr()
    assert SECRET not in printed.err + printed.out


@pytest.mark.expects_log("mnclinic.qt: could not read")
def test_what_qt_quotes_is_left_out_of_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    before = qInstallMessageHandler(None)
    install_hooks()
    handler = qInstallMessageHandler(before)
    assert callable(handler)
    with caplog.at_level(logging.DEBUG):
        handler(QtMsgType.QtWarningMsg, QMessageLogContext(), f'could not read "{SECRET}"')
        handler(
            QtMsgType.QtDebugMsg, QMessageLogContext(), "This plugin does not support propagateSizeHints()"
        )
    assert SECRET not in caplog.text
    assert "propagate" not in caplog.text


@pytest.mark.expects_log("defect")
def test_each_defect_gets_its_own_number() -> None:
    assert words_for(defect()).reference != words_for(defect()).reference
