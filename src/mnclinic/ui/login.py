"""The first thing a person sees: log in, find a way back in, or be told that there is no clinic here."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from mnclinic.ui.elements import LARGE_TEXT, Banner, Card, Field, Scroller, button, column, label, row
from mnclinic.ui.language import spoken
from mnclinic.ui.language_button import language_button
from mnclinic.ui.left_fields import forget_when_left
from mnclinic.ui.password_field import PasswordField
from mnclinic.ui.qt_numbers import at_the_top, set_in_the_middle
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type

if TYPE_CHECKING:
    from mnclinic.ui.forgot import ForgotCard
    from mnclinic.ui.lock.reasons import Left
    from mnclinic.ui.progress import Progress

CARD_WIDTH = 420
WIDE_CARD_WIDTH = 640
SECOND_MS = 1000
SLOW_MS = 1000
"""Whoever waits longer than this to get in sees how far it is, and can stop it."""

LogIns = Sequence[tuple[str, str, str]]


class LoginPage(QWidget):
    """User name and password, ways back in, and in a demo the log-ins to try."""

    submitted = Signal(str, str)
    """User name and password were given."""

    recovered = Signal(str, str, str, str, bool)
    """User name, personal recovery code, a new password, the place of a key file or nothing, and whether
    somebody else may know the code or the password of before.
    """

    sheet_wanted = Signal()
    """The clinic is to be opened with its recovery sheet."""

    def __init__(
        self, folder: Path, log_ins: LogIns, user: str | None, parent: QWidget | None = None
    ) -> None:
        """Make the page; `log_ins` are (user, who, password) of a demo."""
        super().__init__(parent)
        self.setObjectName("page")
        self._left_s = 0
        self._step = ("", 0, 0)
        """The newest step of the log-in that was told."""
        self._progress: Progress | None = None
        self._patience = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._patience.timeout.connect(self._show_progress)
        self._second = QTimer(self, interval=SECOND_MS)
        self._second.timeout.connect(self._count_down)
        self._stack = QStackedWidget(self)
        column(self).addWidget(self._stack)
        self._make_log_in_side(folder, log_ins, user)
        (self.password if user else self.user).setFocus()

    @cached_property
    def forgot(self) -> "ForgotCard":
        """The ways back in, which most log-ins never need."""
        from mnclinic.ui.forgot import ForgotCard

        made = ForgotCard()
        made.gone_back.connect(self._show_log_in)
        made.submitted.connect(lambda *_given: self._patience.start())
        made.submitted.connect(self.recovered)
        made.sheet_wanted.connect(self.sheet_wanted)
        made.set_waiting(self._left_s > 0)
        self._stack.addWidget(in_the_middle(made))
        return made

    def _make_log_in_side(self, folder: Path, log_ins: LogIns, user: str | None) -> None:
        self._card = card = Card()
        where = label(self.tr("Data folder: {folder}").format(folder=folder), Type.SMALL, "muted", wraps=True)
        demo = Card(self.tr("Demo clinic: try it as")) if log_ins else None
        # In its place before it is filled, so that what it holds takes on its looks once.
        if demo is None:
            self._stack.addWidget(in_the_middle(card, where))
        else:
            # Beside the card, so that nobody scrolls to try the demo; below it where the text is large.
            left = QWidget()
            lines = column(left, gap=Space.LARGE)
            for part in (card, where):
                lines.addWidget(part)
            self._stack.addWidget(in_the_middle(left, demo, is_beside=True))
        set_in_the_middle(where)
        where.setFixedWidth(card_width(CARD_WIDTH))
        card.setFixedWidth(card_width(CARD_WIDTH))
        card.body.setContentsMargins(32, 28, 32, 28)
        self.language = language_button("login.language")
        card.body.addLayout(_titled(label("mnclinic", Type.DISPLAY, "accent"), self.language))
        card.add(label(self.tr("Log in to the clinic on this PC."), Type.BODY, "muted", wraps=True))
        self._banner = Banner(Tone.STOP, "circle-alert")
        card.add(self._banner)
        self.user = QLineEdit(user or "")
        self.user.setObjectName("login.user")
        self._password_field = PasswordField(self.tr("Password"), "login.password")
        self.password = self._password_field.edit
        card.add(Field(self.tr("User name"), self.user), self._password_field)
        self.enter = button(
            self.tr("Log in"), "login.enter", kind="primary", shape="lock-open", pressed=self._submit
        )
        self._forgot = button(
            self.tr("Forgot your password?"), "login.forgot", kind="quiet", pressed=self.show_forgot
        )
        card.add(self.enter, self._forgot)
        self.user.returnPressed.connect(self.password.setFocus)
        self._password_field.submitted.connect(self._submit)
        forget_when_left(self, (self.password,), self._forget)
        if demo is not None:
            # After the fields: the keyboard goes round in the order of making.
            self._fill_demo(demo, log_ins)

    def _fill_demo(self, card: Card, log_ins: LogIns) -> None:
        card.setFixedWidth(card_width(CARD_WIDTH))
        card.body.setSpacing(2)
        for user, who, password in log_ins:
            name, comma, role = who.rpartition(", ")
            words = f"{name}{comma}{spoken(role)}"
            line = button(words, f"login.as.{user}", kind="quiet", shape="user-round")
            line.setStyleSheet("text-align: left;")
            line.clicked.connect(lambda _checked=False, one=user, word=password: self._fill(one, word))
            card.add(line)

    def _fill(self, user: str, password: str) -> None:
        self.user.setText(user)
        self.password.setText(password)
        self._submit()

    def _submit(self) -> None:
        if self._left_s or not self.enter.isEnabled():
            return
        if not self.user.text().strip() or not self.password.text():
            self._banner.say(self.tr("Type your user name and your password."), Tone.SOON)
            return
        self.set_busy(True)
        self._banner.say("")
        self.submitted.emit(self.user.text().strip(), self.password.text())

    def watch(self, step: str, done: int, of: int) -> bool:
        """How far the log-in is, from its thread; False stops it."""
        self._step = (step, done, of)
        progress = self._progress
        return progress is None or progress.watch(step, done, of)

    def stop(self) -> None:
        """The window closes: nobody waits for a log-in that takes long."""
        if self._progress is not None:
            self._progress.stop()

    def _show_progress(self) -> None:
        """It takes long, as on a slow PC: show how far it is. Most log-ins are over before."""
        from mnclinic.services.credentials import KEPT
        from mnclinic.services.open_clinic import OPENING
        from mnclinic.ui.progress import Progress

        is_anew = self.is_at_forgot
        card, above = (self.forgot, self.forgot.set_it) if is_anew else (self._card, self.enter)
        progress = Progress("login.progress", no_way_back=KEPT if is_anew else OPENING)
        card.body.insertWidget(card.body.indexOf(above) + 1, progress)
        progress.begin(self.tr("Setting the password") if is_anew else self.tr("Logging in"))
        self._progress = progress
        # Told while there was nothing to show it.
        progress.watch(*self._step)

    def _end_progress(self) -> None:
        self._patience.stop()
        self._step = ("", 0, 0)
        if self._progress is not None:
            self._progress.hide()
            self._progress.deleteLater()
            self._progress = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops a log-in that takes long: Enter and Space wait for what comes after it."""
        if self._progress is not None:
            from PySide6.QtCore import Qt

            if event.key() == Qt.Key.Key_Escape:
                self._progress.stop()
                return
        super().keyPressEvent(event)

    def leave(self, left: "Left") -> None:
        """The screen was left: no password and no code waits in a field for whoever comes by."""
        from mnclinic.ui.lock.reasons import forgotten_words

        if self.has_forgot:
            self.forgot.leave(left)
        if self.password.text():
            self._password_field.clear()
            if self.enter.isEnabled():
                self._banner.say(forgotten_words(left), Tone.SOON)

    def _forget(self) -> None:
        self._password_field.clear()
        self._banner.say(
            self.tr("Nobody went on for a while, so the password in the field was forgotten."), Tone.SOON
        )

    def set_busy(self, is_busy: bool) -> None:
        """Hold the button while the clinic opens."""
        if is_busy:
            self._patience.start()
        else:
            self._end_progress()
        self.enter.setDisabled(is_busy)
        # Whoever waits for the answer is this page.
        self.language.setDisabled(is_busy)
        self.enter.setText(self.tr("Opening the clinic …") if is_busy else self.tr("Log in"))

    def go_on_from(self, before: "LoginPage") -> None:
        """Stand where the same page stood before it was made anew: what is typed, the side, a wait."""
        from mnclinic.ui.typed import carry_typed

        self._left_s = before.left_s
        if before.has_forgot:
            self.forgot.set_waiting(self._left_s > 0)
        if before.is_at_forgot:
            self._stack.setCurrentIndex(1)
        carry_typed(before, self)
        if self._left_s:
            self._second.start()
            self._show_wait()

    @property
    def left_s(self) -> int:
        """How many seconds of a wait are left."""
        return self._left_s

    @property
    def has_forgot(self) -> bool:
        """Whether the ways back in were asked for, and may hold something typed."""
        return "forgot" in vars(self)

    @property
    def is_at_forgot(self) -> bool:
        """Whether the ways back in are shown."""
        return bool(self._stack.currentIndex())

    def show_problem(self, sentence: str) -> None:
        """Say why it did not work; the user name stays."""
        self._say_end(sentence, Tone.STOP, "circle-alert")

    def _say_end(self, sentence: str, tone: Tone, shape: str) -> None:
        self.set_busy(False)
        if self._stack.currentIndex():
            self.forgot.show_end(sentence, tone, shape)
            return
        self._password_field.clear()
        self._banner.say(sentence, tone, shape)
        self.password.setFocus()

    def show_refusal(self, error: Exception) -> None:
        """Say why it did not work; where there is a wait, count it down on the page."""
        from mnclinic.errors import Stopped, TooManyTries
        from mnclinic.ui.desk import sentence_of

        if isinstance(error, Stopped):
            self._say_end(sentence_of(error), Tone.INFO, "info")
            return
        self.show_problem(sentence_of(error))
        if isinstance(error, TooManyTries) and error.wait_s:
            self._left_s = error.wait_s
            self._second.start()
            self._show_wait()

    def show_forgot(self) -> None:
        """Show the ways back in."""
        self.forgot.begin(self.user.text().strip())
        self._stack.setCurrentIndex(1)

    def _show_log_in(self) -> None:
        self._stack.setCurrentIndex(0)
        (self.password if self.user.text() else self.user).setFocus()

    def _count_down(self) -> None:
        self._left_s = max(0, self._left_s - 1)
        self._show_wait()
        if not self._left_s:
            self._second.stop()

    def _show_wait(self) -> None:
        is_waiting = self._left_s > 0
        self._password_field.setDisabled(is_waiting)
        self.enter.setDisabled(is_waiting)
        if self.has_forgot:
            self.forgot.set_waiting(is_waiting)
        words = ""
        if is_waiting:
            minutes, seconds = divmod(self._left_s, 60)
            words = self.tr(
                "Too many wrong passwords were typed. The next one can be tried in {minutes}:{seconds:02}. "
                "Nothing was changed."
            ).format(minutes=minutes, seconds=seconds)
        (self.forgot.banner if self.is_at_forgot else self._banner).say(words, Tone.STOP, "hourglass")
        if not is_waiting and not self._stack.currentIndex():
            self.password.setFocus()


class WelcomePage(QWidget):
    """Shown where there is no clinic: set one up, bring one back, or look around in the demo."""

    set_up_wanted = Signal()
    """A clinic is to be set up here."""

    restore_wanted = Signal()
    """A clinic is to be brought back from a backup."""

    demo_wanted = Signal()
    """The demo clinic is wanted."""

    def __init__(self, folder: Path) -> None:
        """Make the page."""
        super().__init__()
        self.setObjectName("page")
        card = Card()
        card.setFixedWidth(card_width(WIDE_CARD_WIDTH))
        card.body.setContentsMargins(36, 32, 36, 32)
        card.body.setSpacing(Space.LARGE)
        self.language = language_button("welcome.language")
        title = label(self.tr("Welcome to mnclinic"), Type.DISPLAY, wraps=True)
        card.body.addLayout(_titled(title, self.language))
        card.add(
            label(
                self.tr(
                    "There is no clinic on this PC yet. Set yours up in about ten minutes, or look around "
                    "first: the demo clinic is full of invented people."
                ),
                wraps=True,
            ),
        )
        self.set_up = button(
            self.tr("Set up your clinic"), "welcome.set_up", kind="primary", shape="building-2"
        )
        self.set_up.clicked.connect(lambda _checked=False: self.set_up_wanted.emit())
        self._demo = button(self.tr("Open the demo clinic"), "welcome.demo", shape="sparkles")
        self._demo.clicked.connect(lambda _checked=False: self._wanted())
        self._card = card
        self._progress: Progress | None = None
        self.restore = button(
            self.tr("Bring a clinic back from a backup …"), "welcome.restore", kind="quiet", shape="history"
        )
        self.restore.clicked.connect(lambda _checked=False: self.restore_wanted.emit())
        for one in (self.set_up, self._demo, self.restore):
            card.add(one)
        self._banner = Banner()
        card.add(self._banner)
        card.add(
            label(self.tr("Data folder: {folder}").format(folder=folder), Type.SMALL, "muted", wraps=True)
        )
        whole = column(self)
        whole.addWidget(in_the_middle(card))
        self.set_up.setFocus()

    @property
    def progress(self) -> "Progress":
        """How far the demo clinic is, below the ways. Its module is read when somebody wants one."""
        if self._progress is None:
            from mnclinic.ui.progress import Progress

            self._progress = Progress("welcome.demo.progress")
            self._card.add(self._progress)
        return self._progress

    def stop(self) -> None:
        """The window is being closed: nobody waits for the demo clinic any more."""
        if self._progress is not None:
            self._progress.stop()

    def tell_end(self, words: str, *, is_trouble: bool) -> None:
        """No demo clinic came of it: say why; every way can be gone again."""
        for one in (self._demo, self.set_up, self.restore, self.language):
            one.setDisabled(False)
        self.progress.end()
        if is_trouble:
            self._banner.say(words, Tone.STOP, "circle-alert")
        else:
            self._banner.say(words, Tone.INFO, "info")

    def _wanted(self) -> None:
        self._banner.say("")
        self.progress.begin(self.tr("Building the demo clinic"), shuts=self._demo)
        for one in (self.set_up, self.restore, self.language):
            one.setDisabled(True)
        self.demo_wanted.emit()


def _titled(title: QWidget, language: QWidget) -> QHBoxLayout:
    """A title, and the way to the other language at its right."""
    line = row()
    line.addWidget(title, 1)
    line.addLayout(at_the_top(language))
    return line


def in_the_middle(*widgets: QWidget, is_beside: bool = False) -> QWidget:
    """Widgets in the middle of the window, scrolled when it is too low for them.

    They stand one under another, or side by side with `is_beside` where the text leaves room for that.
    """
    inner = QWidget()
    middle = QHBoxLayout(inner)
    middle.addStretch(1)
    lines = column(gap=Space.LARGE)
    lines.addStretch(2)
    if is_beside and theme().text_scale < LARGE_TEXT:
        line = row(gap=Space.LARGE)
        for widget in widgets:
            line.addLayout(at_the_top(widget))
        lines.addLayout(line)
    else:
        for widget in widgets:
            lines.addWidget(widget)
    lines.addStretch(3)
    middle.addLayout(lines)
    middle.addStretch(1)
    return Scroller(inner)


def card_width(logical_px: int) -> int:
    """A card's width: with large text it grows, and never over what the smallest window has."""
    return min(theme().px(logical_px), 940)
