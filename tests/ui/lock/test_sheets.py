"""What was typed into sheets without a draft, and what is never kept."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

import pytest
import shiboken6
from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mnclinic.ui.ask_sheet import AskSheet, Entry, Kind
from mnclinic.ui.lock import sheets
from mnclinic.ui.lock.fields import is_secret, read_typed, write_fields
from mnclinic.ui.lock.kept_strip import KeptStrip
from mnclinic.ui.lock.reopening import SheetName, open_named
from mnclinic.ui.lock.sheets import SheetKeeper
from mnclinic.ui.password_field import PasswordField
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


def sign_sheet(
    page: Page, what: str = "V-000001 · Testerman, Ada", title: str = "Return", *, visit: str = "v-1"
) -> SignSheet:
    sheet = SignSheet(
        page, title=title, who="Dr Test, MD", statement="…", what=[what], action="Sign", reason_label="Why?"
    )
    open_named(sheet, "visit.return", visit=visit)
    return sheet


def typed(sheet: QDialog, text: str) -> QPlainTextEdit:
    field = sheet.findChild(QPlainTextEdit, "sign_sheet.reason")
    assert field is not None
    if text:
        field.setPlainText(text)
    return field


def bring(page: Page, kept: list[dict[str, Any]]) -> tuple[str, ...]:
    """As after a lock by somebody else: everything waits for the person."""
    return page.keeper.take_back(kept, is_same_page=False)


def test_a_reason_comes_back_on_the_same_sheet_about_the_same_visit(page: Page, qtbot: QtBot) -> None:
    sheet = sign_sheet(page)
    typed(sheet, "Which cartridge was it?")
    kept = page.keeper.texts()
    sheet.close()
    later = Page()
    qtbot.addWidget(later)
    told = list[tuple[str, bool, bool]]()
    later.keeper.returned.connect(lambda *said: told.append(said))
    assert bring(later, kept) == ("Return",)
    over = list[str]()
    later.keeper.over.connect(over.append)
    sheet = sign_sheet(later)
    again = typed(sheet, "")
    qtbot.waitUntil(lambda: again.toPlainText() == "Which cartridge was it?")
    assert told == [("Return", True, False)], "and the password is to be typed again"
    assert over == []
    sheet.reject()
    assert over == ["Return"]
    assert bring(later, []) == (), "it is given back once"


def test_a_reason_never_comes_back_on_a_sheet_about_another_visit(page: Page, qtbot: QtBot) -> None:
    """Not even where every word on it is the same."""
    sheet = sign_sheet(page)
    typed(sheet, "Which cartridge was it?")
    kept = page.keeper.texts()
    sheet.close()
    later = Page()
    qtbot.addWidget(later)
    bring(later, kept)
    sheet = sign_sheet(later, visit="v-2")
    qtbot.wait(1)
    assert typed(sheet, "").toPlainText() == ""
    assert sheet.findChildren(KeptStrip) == []
    assert sum(one["typed"] for one in later.keeper.texts()) == 1, "it still waits for its own sheet"


@pytest.mark.parametrize("title", ["Return", "Return the visit"])
def test_where_the_words_changed_a_reason_waits_until_the_person_puts_it_in(
    page: Page, qtbot: QtBot, title: str
) -> None:
    sheet = sign_sheet(page)
    typed(sheet, "Which cartridge was it?")
    kept = page.keeper.texts()
    sheet.close()
    later = Page()
    qtbot.addWidget(later)
    bring(later, kept)
    what = "V-000001 · Testerman, Ada" if title != "Return" else "V-000001 · Testerman, Ada · deepest 2.00 mm"
    sheet = sign_sheet(later, what, title)
    qtbot.waitUntil(lambda: bool(sheet.findChildren(KeptStrip)))
    assert typed(sheet, "").toPlainText() == ""
    put_in, let_go = sheet.findChildren(KeptStrip)[0].findChildren(QPushButton)
    assert (put_in.objectName(), let_go.objectName()) == ("sheet_kept.put_in", "sheet_kept.let_go")
    assert sum(one["typed"] for one in later.keeper.texts()) == 1
    put_in.click()
    assert typed(sheet, "").toPlainText() == "Which cartridge was it?"
    assert sum(one["typed"] for one in later.keeper.texts()) == 1, "in the open sheet alone by now"


def test_what_the_person_forgets_on_purpose_is_gone(page: Page, qtbot: QtBot) -> None:
    sheet = sign_sheet(page)
    typed(sheet, "Which cartridge was it?")
    kept = page.keeper.texts()
    sheet.close()
    bring(page, kept)
    sheet = sign_sheet(page, "V-000001 · another depth")
    qtbot.waitUntil(lambda: bool(sheet.findChildren(KeptStrip)))
    sheet.findChildren(KeptStrip)[0].findChildren(QPushButton)[1].click()
    assert not any(one["typed"] for one in page.keeper.texts())


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


def test_how_far_a_password_had_got_is_not_kept(page: Page) -> None:
    sheet = sign_sheet(page)
    password = sheet.findChild(QLineEdit, "sign_sheet.password")
    assert password is not None
    password.setText("amber lantern")
    password.setFocus()
    kept = page.keeper.texts()[0]
    assert kept["focus"].startswith("sign_sheet.password")
    assert kept["cursor"] == 0


def test_a_sheet_in_which_nothing_was_typed_opens_again_and_is_no_text_that_waits(page: Page) -> None:
    sign_sheet(page)
    kept = page.keeper.texts()
    assert [(one["was_open"], one["typed"]) for one in kept] == [(True, False)]
    later = Page()
    assert bring(later, kept) == ()
    assert later.keeper.texts() == []
    later.deleteLater()


def test_a_sheet_that_was_closed_is_not_kept(page: Page) -> None:
    sheet = sign_sheet(page)
    typed(sheet, "thought better of it")
    sheet.close()
    assert page.keeper.texts() == []


class Form(QDialog):
    """Fields of every kind."""

    def __init__(self, parent: QWidget, people: Mapping[str, str], until: QDate) -> None:
        super().__init__(parent)
        self.setWindowTitle("Form")
        lines = QVBoxLayout(self)
        self.line, self.choice, self.tick = QLineEdit("as it was"), QComboBox(), QCheckBox()
        self.until = QDateEdit(until)
        for user, name in people.items():
            self.choice.addItem(name, user)
        for widget in (QLabel("Form"), self.line, self.choice, self.tick, self.until):
            lines.addWidget(widget)


TODAY = QDate(2026, 11, 23)
PEOPLE = {"lind": "G. Lind", "reyes": "T. Reyes", "reyes2": "T. Reyes"}


def form(page: Page, people: Mapping[str, str] = PEOPLE, until: QDate = TODAY) -> Form:
    made = Form(page, people, until)
    open_named(made, "people.end", user="whit")
    return made


def test_choices_dates_and_ticks_come_back_with_the_texts(page: Page, qtbot: QtBot) -> None:
    first = form(page)
    first.line.setText("words")
    first.choice.setCurrentIndex(2)
    first.tick.setChecked(True)
    first.until.setDate(TODAY.addDays(9))
    kept = page.keeper.texts()
    first.close()
    bring(page, kept)
    again = form(page)
    qtbot.waitUntil(lambda: again.line.text() == "words")
    assert (again.choice.currentData(), again.tick.isChecked()) == ("reyes2", True)
    assert again.until.date() == TODAY.addDays(9)


def test_a_choice_comes_back_by_who_is_meant_and_never_by_its_place(page: Page, qtbot: QtBot) -> None:
    first = form(page)
    first.line.setText("words")
    first.choice.setCurrentIndex(1)
    kept = page.keeper.texts()
    first.close()
    bring(page, kept)
    others = {"abel": "A. Abel", "reyes2": "T. Reyes", "lind": "G. Lind", "reyes": "T. Reyes"}
    again = form(page, others)
    qtbot.waitUntil(lambda: bool(again.findChildren(KeptStrip)))
    again.findChildren(KeptStrip)[0].findChildren(QPushButton)[0].click()
    assert again.choice.currentData() == "reyes"
    kept = page.keeper.texts()
    again.close()
    bring(page, kept)
    gone = form(page, {"abel": "A. Abel", "lind": "G. Lind"})
    qtbot.waitUntil(lambda: bool(gone.findChildren(KeptStrip)))
    gone.findChildren(KeptStrip)[0].findChildren(QPushButton)[0].click()
    assert gone.choice.currentData() == "abel", "nobody is chosen in the place of who is gone"
    assert gone.line.text() == "words"


def test_what_the_person_left_alone_shows_what_stands_there_now(page: Page, qtbot: QtBot) -> None:
    first = form(page)
    first.line.setText("words")
    kept = page.keeper.texts()
    first.close()
    bring(page, kept)
    again = form(page, until=TODAY.addDays(30))
    qtbot.waitUntil(lambda: again.line.text() == "words")
    assert again.until.date() == TODAY.addDays(30)


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
    """A page that opens its sheets again, about visits that are there."""

    def __init__(self, visits: Mapping[str, str]) -> None:
        super().__init__()
        self.visits = visits
        self.opened: list[SignSheet] = []
        self.not_opened: list[tuple[str, bool]] = []
        self.keeper.not_opened.connect(lambda title, is_typed: self.not_opened.append((title, is_typed)))

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        assert kind == "visit.return"
        if about["visit"] in self.visits:
            self.opened.append(sign_sheet(self, self.visits[about["visit"]], visit=about["visit"]))


@pytest.fixture
def runner() -> Iterator[TaskRunner]:
    made = TaskRunner("store")
    yield made
    made.close()


THERE = {"v-1": "V-000001 · Testerman, Ada", "v-2": "V-000002 · Testerman, Bo"}


def kept_of(page: Page, text: str, *visits: str) -> list[dict[str, Any]]:
    """What is kept of the sheets about these visits, one over another, the text in each."""
    sheets = [sign_sheet(page, THERE[visit], visit=visit) for visit in visits]
    for sheet in sheets:
        typed(sheet, text).setFocus()
    kept = page.keeper.texts()
    for sheet in sheets:
        sheet.close()
    return kept


def is_gone(sheet: QDialog) -> bool:
    """Whether a sheet is closed; one that is closed may be deleted already."""
    return not shiboken6.isValid(sheet) or not sheet.isVisible()


def come_back(qtbot: QtBot, runner: TaskRunner, kept: list[dict[str, Any]], page: Opening) -> None:
    qtbot.addWidget(page)
    page.show()
    page.keeper.take_back(kept, is_same_page=True)
    page.keeper.open_again(page, runner)


def test_a_sheet_opens_again_with_its_text_and_field(page: Page, qtbot: QtBot, runner: TaskRunner) -> None:
    later = Opening(THERE)
    come_back(qtbot, runner, kept_of(page, "Which cartridge?", "v-2"), later)
    qtbot.waitUntil(lambda: bool(later.opened))
    again = typed(later.opened[0], "")
    qtbot.waitUntil(lambda: again.toPlainText() == "Which cartridge?")
    assert later.opened[0].focusWidget() is again
    assert later.not_opened == []


def test_sheets_that_lay_over_one_another_do_so_again(page: Page, qtbot: QtBot, runner: TaskRunner) -> None:
    later = Opening(THERE)
    come_back(qtbot, runner, kept_of(page, "Which one?", "v-2", "v-1"), later)
    qtbot.waitUntil(lambda: len(later.opened) == 2)
    qtbot.waitUntil(lambda: [typed(one, "").toPlainText() for one in later.opened] == ["Which one?"] * 2)
    names = [one["about"]["visit"] for one in later.keeper.texts()]
    assert names == ["v-2", "v-1"]


@pytest.mark.parametrize("text", ["Which cartridge?", ""])
def test_where_a_sheet_does_not_open_it_is_told_and_what_was_typed_waits(
    page: Page, qtbot: QtBot, runner: TaskRunner, text: str
) -> None:
    later = Opening({"v-2": THERE["v-2"]})
    come_back(qtbot, runner, kept_of(page, text, "v-1"), later)
    qtbot.waitUntil(lambda: later.not_opened == [("Return", bool(text))])
    assert later.opened == []
    assert [one["was_open"] for one in later.keeper.texts()] == ([False] if text else [])


def test_an_open_sheet_without_a_text_says_when_other_words_stand_there_now(
    page: Page, qtbot: QtBot, runner: TaskRunner
) -> None:
    later = Opening({"v-1": "V-000001 · Testerman, Ada · deepest 2.00 mm"})
    come_back(qtbot, runner, kept_of(page, "", "v-1"), later)
    qtbot.waitUntil(lambda: bool(later.opened) and bool(later.opened[0].findChildren(KeptStrip)))
    assert later.opened[0].findChildren(KeptStrip)[0].findChildren(QPushButton) == []


def test_whoever_went_on_is_not_called_back(page: Page, qtbot: QtBot, runner: TaskRunner) -> None:
    """Neither from another page nor from a sheet that they opened themselves."""
    kept = kept_of(page, "Which cartridge?", "v-1")
    later = Opening(THERE)
    come_back(qtbot, runner, kept, later)
    later.where = ("patients", None)
    qtbot.waitUntil(lambda: later.not_opened == [("Return", True)])
    assert later.opened == []
    busy = Opening(THERE)
    come_back(qtbot, runner, kept, busy)
    own = sign_sheet(busy, visit="v-3")
    qtbot.waitUntil(lambda: busy.not_opened == [("Return", True)])
    assert busy.opened == []
    assert own.isVisible()


def test_a_sheet_that_comes_when_the_person_has_left_does_not_stay(
    page: Page, qtbot: QtBot, runner: TaskRunner
) -> None:
    class Slow(Opening):
        """Reads before it opens, and the person leaves meanwhile."""

        def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
            def came(_nothing: None) -> None:
                self.where = ("patients", None)
                super(Slow, self).open_sheet(kind, about)

            runner.submit(lambda: None, owner=self, done=came, failed=_defect)

    later = Slow(THERE)
    come_back(qtbot, runner, kept_of(page, "Which cartridge?", "v-1"), later)
    qtbot.waitUntil(lambda: later.not_opened == [("Return", True)])
    qtbot.waitUntil(lambda: is_gone(later.opened[0]))
    assert sum(one["typed"] for one in later.keeper.texts()) == 1


def test_a_sheet_that_nobody_asked_for_does_not_stay(page: Page, qtbot: QtBot, runner: TaskRunner) -> None:
    class Careless(Opening):
        """Opens the sheet about whatever is current."""

        def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
            super().open_sheet(kind, {"visit": "v-2"})

    later = Careless(THERE)
    come_back(qtbot, runner, kept_of(page, "Which cartridge?", "v-1"), later)
    qtbot.waitUntil(lambda: later.not_opened == [("Return", True)])
    qtbot.waitUntil(lambda: is_gone(later.opened[0]))


def test_a_file_that_was_chosen_is_kept_and_a_code_beside_it_never(page: Page) -> None:
    sheet = AskSheet(
        page,
        name="make_code",
        title="Make your recovery code",
        facts=[],
        entries=[Entry("out", "Write it to", Kind.NEW_FILE), Entry("code", "The code", Kind.PASSWORD)],
        action="Make it",
    )
    open_named(sheet, "account.code")
    for name in ("out", "code", "own_password"):
        field = sheet.findChild(QLineEdit, f"make_code.{name}")
        assert field is not None
        field.setText(f"typed as {name}")
        field.setEchoMode(QLineEdit.EchoMode.Normal)
    assert "typed as out" in str(page.keeper.texts())
    assert "typed as code" not in str(page.keeper.texts())
    assert "typed as own_password" not in str(page.keeper.texts())


def _defect(error: Exception) -> None:
    raise error


def test_a_sheet_of_an_older_program_has_no_name_and_keeps_nobody_from_working(
    page: Page, qtbot: QtBot, runner: TaskRunner
) -> None:
    later = Opening(THERE)
    old: dict[str, Any] = {
        "identity": "0" * 64,
        "title": "Return",
        "fields": {},
        "opener": None,
        "was_open": True,
    }
    come_back(qtbot, runner, [old], later)
    assert later.keeper.texts() == []


@pytest.mark.parametrize("password", ["short", "bramble kettle eleven lanterns " * 8])
def test_a_shown_password_is_no_part_of_what_a_sheet_says_however_long(qtbot: QtBot, password: str) -> None:
    sheet = QDialog()
    qtbot.addWidget(sheet)
    field = PasswordField("sheet.password", "First password")
    QVBoxLayout(sheet).addWidget(field)
    sheet.resize(400, 200)
    sheet.show()
    name = SheetName("sheet", {})
    without = sheets._identity(sheet, name)
    field.edit.setText(password)
    field.edit.setEchoMode(QLineEdit.EchoMode.Normal)
    field._show_whole()
    assert field._whole.isVisible() == (password != "short")
    assert sheets._identity(sheet, name) == without
