"""What was typed into sheets without a draft, and what is never kept."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mnclinic.ui.lock.fields import is_secret, read_typed, write_fields
from mnclinic.ui.lock.reopening import opens_sheet
from mnclinic.ui.lock.sheets import SheetKeeper
from mnclinic.ui.sign_sheet import SignSheet
from mnclinic.ui.tasks import TaskRunner


class Page(QWidget):
    """A window with a place in it."""

    def __init__(self, keeper_for: tuple[str, Any] = ("visit", "v-1")) -> None:
        super().__init__()
        self.where = keeper_for
        self.keeper = SheetKeeper(lambda: self.where, self)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    return made


def sign_sheet(page: Page, what: str = "V-000001 · Testerman, Ada", title: str = "Return") -> SignSheet:
    sheet = SignSheet(
        page, title=title, who="Dr Test, MD", statement="…", what=[what], action="Sign", reason_label="Why?"
    )
    sheet.show()
    return sheet


def typed(sheet: QDialog, text: str) -> QPlainTextEdit:
    field = sheet.findChild(QPlainTextEdit, "sign_sheet.reason")
    assert field is not None
    if text:
        field.setPlainText(text)
    return field


def test_a_reason_comes_back_on_the_same_sheet_about_the_same_visit(page: Page, qtbot: QtBot) -> None:
    sheet = sign_sheet(page)
    typed(sheet, "Which cartridge was it?")
    kept = page.keeper.texts()
    sheet.close()
    later = Page()
    qtbot.addWidget(later)
    told = list[str]()
    later.keeper.returned.connect(told.append)
    assert later.keeper.take_back(kept) == ("Return",)
    again = typed(sign_sheet(later), "")
    qtbot.waitUntil(lambda: again.toPlainText() == "Which cartridge was it?")
    assert told == ["Return"]
    assert later.keeper.take_back([]) == (), "it is given back once"


@pytest.mark.parametrize(
    ("where", "what", "title"),
    [
        (("visit", "v-2"), "V-000001 · Testerman, Ada", "Return"),
        (("visit", "v-1"), "V-000002 · Testerman, Bo", "Return"),
        (("visit", "v-1"), "V-000001 · Testerman, Ada", "Release"),
    ],
)
def test_a_reason_never_comes_back_on_a_sheet_about_something_else(
    page: Page, qtbot: QtBot, where: tuple[str, Any], what: str, title: str
) -> None:
    sheet = sign_sheet(page)
    typed(sheet, "Which cartridge was it?")
    kept = page.keeper.texts()
    sheet.close()
    later = Page(where)
    qtbot.addWidget(later)
    later.keeper.take_back(kept)
    other = typed(sign_sheet(later, what, title), "")
    qtbot.wait(1)
    assert other.toPlainText() == ""
    assert len(later.keeper.texts()) == 1, "it still waits for its own sheet"


def test_a_password_is_never_kept_even_when_it_was_made_visible(page: Page) -> None:
    sheet = sign_sheet(page)
    typed(sheet, "a reason")
    password = sheet.findChild(QLineEdit, "sign_sheet.password")
    assert password is not None
    password.setText("amber lantern seven rivers")
    password.setEchoMode(QLineEdit.EchoMode.Normal)
    password.setObjectName("renamed")
    assert "amber" not in str(page.keeper.texts())
    assert "a reason" in str(page.keeper.texts())


@pytest.mark.parametrize("name", ["inspection.passphrase", "recovery.code", "login.password"])
def test_a_field_with_the_name_of_a_secret_is_one(qtbot: QtBot, name: str) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.setObjectName(name)
    assert is_secret(field)


def test_a_sheet_in_which_nothing_was_typed_is_not_kept(page: Page) -> None:
    sign_sheet(page)
    assert page.keeper.texts() == []


def test_a_sheet_that_was_closed_is_not_kept(page: Page) -> None:
    sheet = sign_sheet(page)
    typed(sheet, "thought better of it")
    sheet.close()
    assert page.keeper.texts() == []


class Form(QDialog):
    """Fields of every kind."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Form")
        lines = QVBoxLayout(self)
        self.line, self.choice, self.tick = QLineEdit(), QComboBox(), QCheckBox()
        self.choice.addItems(["one", "two", "three"])
        for widget in (QLabel("Form"), self.line, self.choice, self.tick):
            lines.addWidget(widget)


def test_choices_and_ticks_come_back_with_the_texts(page: Page, qtbot: QtBot) -> None:
    form = Form(page)
    form.show()
    form.line.setText("words")
    form.choice.setCurrentIndex(2)
    form.tick.setChecked(True)
    kept = page.keeper.texts()
    form.close()
    page.keeper.take_back(kept)
    again = Form(page)
    again.show()
    qtbot.waitUntil(lambda: again.line.text() == "words")
    assert (again.choice.currentIndex(), again.tick.isChecked()) == (2, True)


def test_only_what_the_person_typed_into_a_page_is_kept_and_put_back(qtbot: QtBot) -> None:
    def build() -> tuple[QWidget, QLineEdit, QLineEdit]:
        whole = QWidget()
        lines = QVBoxLayout(whole)
        first, second = QLineEdit("set by the page"), QLineEdit()
        lines.addWidget(first)
        lines.addWidget(second)
        qtbot.addWidget(whole)
        return whole, first, second

    whole, _, second = build()
    cast("Any", qtbot).keyClicks(second, "typed")
    fields = read_typed(whole)
    assert list(fields.values()) == ["typed"]
    again, first, second = build()
    write_fields(again, fields)
    assert (first.text(), second.text()) == ("set by the page", "typed")


class Opening(Page):
    """A page with a button that opens a sheet about a visit."""

    def __init__(
        self, what: str = "V-000001 · Testerman, Ada", name: str = "page.return", *, is_declared: bool = True
    ) -> None:
        super().__init__()
        self.opened: list[SignSheet] = []
        self.way = QPushButton("Return …", self)
        self.way.setObjectName(name)
        if is_declared:
            opens_sheet(self.way)
        self.way.clicked.connect(lambda: self.opened.append(sign_sheet(self, what)))
        self.not_opened: list[str] = []
        self.keeper.not_opened.connect(self.not_opened.append)


@pytest.fixture
def runner() -> Iterator[TaskRunner]:
    made = TaskRunner("store")
    yield made
    made.close()


def typed_and_locked(qtbot: QtBot, page: Opening | None = None) -> list[dict[str, Any]]:
    """What is kept of a sheet that a person opened with the button and typed into."""
    page = page or Opening()
    qtbot.addWidget(page)
    page.show()
    cast("Any", qtbot).mouseClick(page.way, Qt.MouseButton.LeftButton)
    field = typed(page.opened[0], "Which cartridge?")
    field.setFocus()
    kept = page.keeper.texts()
    page.opened[0].close()
    return kept


def come_back(qtbot: QtBot, runner: TaskRunner, kept: list[dict[str, Any]], page: Opening) -> Opening:
    qtbot.addWidget(page)
    page.show()
    page.keeper.take_back(kept)
    assert page.keeper.open_again(page, runner)
    return page


def test_a_sheet_opens_again_the_way_it_was_opened_with_its_text_and_field(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    page = come_back(qtbot, runner, typed_and_locked(qtbot), Opening())
    qtbot.waitUntil(lambda: bool(page.opened))
    again = typed(page.opened[0], "")
    qtbot.waitUntil(lambda: again.toPlainText() == "Which cartridge?")
    assert page.opened[0].focusWidget() is again
    assert page.not_opened == []


def test_where_the_way_to_a_sheet_is_gone_it_is_told_and_nothing_is_pressed(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    page = come_back(qtbot, runner, typed_and_locked(qtbot), Opening(name="page.sign"))
    qtbot.waitUntil(lambda: page.not_opened == ["Return"])
    assert page.opened == []
    assert len(page.keeper.texts()) == 1, "it still waits for its sheet"


@pytest.mark.parametrize("is_of_before", [True, False])
def test_a_way_that_may_act_on_something_else_by_now_is_never_pressed_by_itself(
    qtbot: QtBot, runner: TaskRunner, is_of_before: bool
) -> None:
    """Also where an older program kept it as the way to a sheet."""
    first, later = Opening(is_declared=is_of_before), Opening(is_declared=False)
    kept = typed_and_locked(qtbot, first)
    for page in (first, later):
        qtbot.addWidget(page)
    later.show()
    later.keeper.take_back(kept)
    if later.keeper.open_again(later, runner):
        qtbot.waitUntil(lambda: later.not_opened == ["Return"])
    assert later.opened == []
    assert len(later.keeper.texts()) == 1, "it still waits for its sheet"


def test_a_sheet_about_something_else_does_not_stay_open(qtbot: QtBot, runner: TaskRunner) -> None:
    page = come_back(qtbot, runner, typed_and_locked(qtbot), Opening("V-000002 · Testerman, Bo"))
    qtbot.waitUntil(lambda: page.not_opened == ["Return"])
    qtbot.waitUntil(lambda: not shiboken6.isValid(page.opened[0]) or not page.opened[0].isVisible())


def test_a_sheet_that_nothing_pressed_opened_is_not_opened_by_itself(
    page: Page, qtbot: QtBot, runner: TaskRunner
) -> None:
    typed(sign_sheet(page), "Which cartridge?")
    later = Page()
    qtbot.addWidget(later)
    later.keeper.take_back(page.keeper.texts())
    assert not later.keeper.open_again(later, runner)
