from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui.shell import DemoLogIn, IdleLock, MainWindow, Session
from mnclinic.ui.widgets import Button, NoticeSheet, Page

from .seen import cut_texts, nameless, spoken_name

PEOPLE = (DemoLogIn("reyes", "walnut-lamp-river", "Dana Reyes, RN", "Provider"),)


class RecordingPage(Page):
    """A page that remembers what it was asked for."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.asked: list[dict[str, object]] = []
        self.left = 0
        self.button = Button("Act")
        self.body.addWidget(self.button)

    def show_page(self, **args: object) -> None:
        self.asked.append(args)

    def leave_page(self) -> None:
        self.left += 1


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def window(qtbot: QtBot, made: list[str]) -> MainWindow:
    win = MainWindow()
    qtbot.addWidget(win)

    def factory(name: str) -> RecordingPage:
        made.append(name)
        return RecordingPage(name.capitalize())

    names = ("today", "patients", "director", "devices", "protocols", "inspection", "settings", "visit")
    win.show_work(
        Session("Dana Reyes, RN", "Willow Skin Clinic", is_demo=True),
        {name: partial(factory, name) for name in names},
    )
    win.resize(1280, 720)
    win.show()
    win.activateWindow()
    qtbot.waitUntil(win.isActiveWindow)
    return win


def page_of(window: MainWindow, name: str) -> RecordingPage:
    page = window.page(name)
    assert isinstance(page, RecordingPage)
    return page


def found(inside: QWidget, name: str) -> QWidget:
    widget = inside.findChild(QWidget, name)
    assert isinstance(widget, QWidget)
    return widget


def rail(window: MainWindow, name: str) -> QWidget:
    return found(window, f"rail.{name}")


def test_a_page_is_made_at_its_first_visit_and_kept(window: MainWindow, made: list[str]) -> None:
    assert made == ["today"]
    window.navigate("patients")
    window.navigate("today")
    window.navigate("patients")
    assert made == ["today", "patients"]
    assert page_of(window, "today").left == 2


def test_a_page_asks_for_another_with_arguments(window: MainWindow) -> None:
    page_of(window, "today").go("visit", visit_id="v1")
    assert window.place() == ("visit", {"visit_id": "v1"})
    assert page_of(window, "visit").asked == [{"visit_id": "v1"}]
    assert window.windowTitle() == "Visit · mnclinic"
    assert "open" in spoken_name(rail(window, "today"))


def test_back_and_forward_work_as_in_a_browser(qtbot: QtBot, window: MainWindow) -> None:
    window.navigate("patients")
    window.navigate("visit", visit_id="v1")
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.place()[0] == "patients"
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.place() == ("visit", {"visit_id": "v1"})
    window.forward()
    assert window.place()[0] == "visit"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (Qt.Key.Key_1, "today"),
        (Qt.Key.Key_2, "patients"),
        (Qt.Key.Key_3, "director"),
        (Qt.Key.Key_4, "devices"),
        (Qt.Key.Key_5, "protocols"),
        (Qt.Key.Key_6, "inspection"),
    ],
)
def test_control_and_a_number_opens_a_page(qtbot: QtBot, window: MainWindow, key: Qt.Key, name: str) -> None:
    window.navigate("settings")
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.place()[0] == name


def test_control_l_asks_for_the_lock(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.lock_requested) as asked:
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == ["asked"]
    with qtbot.waitSignal(window.lock_requested):
        QTest.keyClick(rail(window, "lock"), Qt.Key.Key_Return)


def test_no_shortcut_works_while_a_sheet_is_open(qtbot: QtBot, window: MainWindow) -> None:
    sheet = NoticeSheet("Trouble", ["Read this."])
    sheet.open_over(page_of(window, "today"))
    QTest.keyClick(sheet.close_button, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.place()[0] == "today"
    sheet.close_sheet()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.place()[0] == "patients"


def test_the_badge_is_spoken(window: MainWindow) -> None:
    window.set_badge("director", 14)
    assert spoken_name(rail(window, "director")) == "Director, 14 waiting"
    window.set_badge("director", 0)
    assert spoken_name(rail(window, "director")) == "Director"


def test_a_page_that_a_person_may_not_see_is_not_on_the_rail(qtbot: QtBot) -> None:
    win = MainWindow()
    qtbot.addWidget(win)
    win.show_work(Session("Tom Moss", "Willow"), {"today": lambda: RecordingPage("Today")})
    assert win.findChild(QWidget, "rail.director") is None
    assert win.findChild(QWidget, "demo.strip") is None


def test_a_demo_says_so_on_every_face(window: MainWindow) -> None:
    def strip() -> str:
        return found(window, "demo.strip").accessibleName()

    assert strip() == "Demo clinic: invented people. Nothing here is real."
    window.show_login("Willow Skin Clinic", demo_log_ins=PEOPLE)
    assert strip() == "Demo clinic: invented people. Nothing here is real."


def test_locking_destroys_pages_and_sheets_after_they_handed_on(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window, "today")
    left: list[int] = []
    page.leave_page = lambda: left.append(1)  # type: ignore[method-assign]
    sheet = NoticeSheet("Trouble", ["Read this."])
    sheet.open_over(page)
    window.show_login("Willow Skin Clinic", user="reyes")
    assert left == [1]
    qtbot.waitUntil(lambda: not shiboken6.isValid(page) and not shiboken6.isValid(sheet))
    assert window.place() == ("", {})


def test_logging_in_hands_on_name_and_password_and_keeps_no_password(
    qtbot: QtBot, window: MainWindow
) -> None:
    login = window.show_login("Willow Skin Clinic", demo_log_ins=PEOPLE)
    line = login.findChild(QLineEdit, "login.password")
    assert isinstance(line, QLineEdit)
    QTest.keyClick(found(login, "login.demo.reyes"), Qt.Key.Key_Return)
    with qtbot.waitSignal(window.unlock_requested) as asked:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert asked.args == ["reyes", "walnut-lamp-river"]
    assert line.text() == ""
    assert login.is_busy()
    login.show_problem("The user name or the password is not right.")
    assert not login.is_busy()
    assert login.problem() == "The user name or the password is not right."
    assert window.focusWidget() is line


def test_an_empty_log_in_names_both_fields(qtbot: QtBot, window: MainWindow) -> None:
    login = window.show_login("Willow Skin Clinic")
    with qtbot.assertNotEmitted(window.unlock_requested):
        login.findChild(QWidget, "login.unlock").click()  # type: ignore[union-attr]
    descriptions = [
        login.findChild(QLineEdit, name).accessibleDescription()  # type: ignore[union-attr]
        for name in ("login.user", "login.password")
    ]
    assert descriptions == ["Type your user name.", "Type your password."]


def test_the_welcome_passes_its_wishes_on(qtbot: QtBot, window: MainWindow) -> None:
    welcome = window.show_welcome("C:/Clinic")
    for name, wish in (
        ("welcome.demo", window.demo_requested),
        ("welcome.set_up", window.set_up_requested),
        ("welcome.folder", window.folder_requested),
    ):
        with qtbot.waitSignal(wish):
            QTest.keyClick(found(welcome, name), Qt.Key.Key_Return)


def test_everything_that_takes_the_focus_has_a_name(qtbot: QtBot, window: MainWindow) -> None:
    assert nameless(window) == []
    window.show_login("Willow Skin Clinic", demo_log_ins=PEOPLE)
    assert nameless(window) == []
    window.show_welcome("C:/Clinic")
    assert nameless(window) == []


@pytest.mark.parametrize("size", [(1280, 720), (1024, 700)])
def test_no_words_of_the_shell_are_cut(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    window.setMinimumSize(0, 0)
    window.resize(*size)
    window.show_login("A clinic with a rather long name that has to wrap somewhere", demo_log_ins=PEOPLE)
    qtbot.waitUntil(lambda: cut_texts(window) == [])
    window.show_welcome("/home/front-desk/" + "very-long-folder-name" * 8)
    qtbot.waitUntil(lambda: cut_texts(window) == [])


def test_closing_lets_the_page_hand_on_first(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window, "today")
    with qtbot.waitSignal(window.closing):
        window.close()
    assert page.left == 1


def test_the_idle_lock_warns_then_locks_and_a_touch_stops_it(qtbot: QtBot, qapp: QApplication) -> None:
    idle = IdleLock(qapp, after_s=0, warn_before_s=0)
    with qtbot.waitSignals([idle.lock_near, idle.lock_due]):
        idle.start()
    slow = IdleLock(qapp, after_s=60, warn_before_s=60)
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitSignal(slow.lock_near):
        slow.start()
    assert slow.is_near()
    with qtbot.waitSignal(slow.touched):
        QTest.keyClick(field, Qt.Key.Key_A)
        assert not slow.is_near()
    slow.stop()
    with qtbot.assertNotEmitted(slow.touched):
        QTest.keyClick(field, Qt.Key.Key_A)
    qapp.removeEventFilter(idle)
    qapp.removeEventFilter(slow)


def test_nobody_can_navigate_before_anybody_is_signed_in(qtbot: QtBot) -> None:
    win = MainWindow()
    qtbot.addWidget(win)
    with pytest.raises(RuntimeError):
        win.navigate("today")
