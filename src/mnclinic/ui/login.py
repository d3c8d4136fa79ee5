"""The first thing a person sees: log in, find a way back in, or be told that there is no clinic here."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from mnclinic.errors import TooManyTries
from mnclinic.security.recovery_code import PERSONAL_GROUPS, read_personal_code
from mnclinic.ui.desk import sentence_of
from mnclinic.ui.elements import LARGE_TEXT, Banner, Card, Field, Scroller, button, column, label, row
from mnclinic.ui.language import spoken
from mnclinic.ui.language_button import language_button
from mnclinic.ui.password_field import Names, PasswordField
from mnclinic.ui.read_back import ReadBack
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.typed import carry_typed

CARD_WIDTH = 420
WIDE_CARD_WIDTH = 640
SECOND_MS = 1000

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

    def __init__(self, folder: Path, log_ins: LogIns, user: str | None) -> None:
        """Make the page; `log_ins` are (user, who, password) of a demo."""
        super().__init__()
        self.setObjectName("page")
        self._left_s = 0
        self._second = QTimer(self, interval=SECOND_MS)
        self._second.timeout.connect(self._count_down)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._log_in_side(folder, log_ins, user))
        self.forgot = ForgotCard()
        self.forgot.gone_back.connect(self._show_log_in)
        self.forgot.submitted.connect(self.recovered)
        self.forgot.sheet_wanted.connect(self.sheet_wanted)
        self._stack.addWidget(in_the_middle(self.forgot))
        whole = column(self)
        whole.addWidget(self._stack)
        (self.password if user else self.user).setFocus()

    def _log_in_side(self, folder: Path, log_ins: LogIns, user: str | None) -> QWidget:
        card = Card()
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
        where = label(self.tr("Data folder: {folder}").format(folder=folder), Type.SMALL, "muted", wraps=True)
        where.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        where.setFixedWidth(card_width(CARD_WIDTH))
        if not log_ins:
            return in_the_middle(card, where)
        # Beside the card, so that nobody scrolls to try the demo; below it where the text is large.
        left = QWidget()
        lines = column(left, gap=Space.LARGE)
        for part in (card, where):
            lines.addWidget(part)
        return in_the_middle(left, self._demo_card(log_ins), is_beside=True)

    def _demo_card(self, log_ins: LogIns) -> Card:
        card = Card(self.tr("Demo clinic: try it as"))
        card.setFixedWidth(card_width(CARD_WIDTH))
        card.body.setSpacing(2)
        for user, who, password in log_ins:
            name, comma, role = who.rpartition(", ")
            words = f"{name}{comma}{spoken(role)}"
            line = button(words, f"login.as.{user}", kind="quiet", shape="user-round")
            line.setStyleSheet("text-align: left;")
            line.clicked.connect(lambda _checked=False, one=user, word=password: self._fill(one, word))
            card.add(line)
        return card

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

    def set_busy(self, is_busy: bool) -> None:
        """Hold the button while the clinic opens."""
        self.enter.setDisabled(is_busy)
        # Whoever waits for the answer is this page.
        self.language.setDisabled(is_busy)
        self.enter.setText(self.tr("Opening the clinic …") if is_busy else self.tr("Log in"))

    def go_on_from(self, before: "LoginPage") -> None:
        """Stand where the same page stood before it was made anew: what is typed, the side, a wait."""
        carry_typed(before, self)
        self._left_s = before.left_s
        if before.is_at_forgot:
            self._stack.setCurrentIndex(1)
        if self._left_s:
            self._second.start()
            self._show_wait()

    @property
    def left_s(self) -> int:
        """How many seconds of a wait are left."""
        return self._left_s

    @property
    def is_at_forgot(self) -> bool:
        """Whether the ways back in are shown."""
        return bool(self._stack.currentIndex())

    def show_problem(self, sentence: str) -> None:
        """Say why it did not work; the user name stays."""
        if self._stack.currentIndex():
            self.forgot.show_problem(sentence)
            return
        self.set_busy(False)
        self._password_field.clear()
        self._banner.say(sentence, Tone.STOP, "circle-alert")
        self.password.setFocus()

    def show_refusal(self, error: Exception) -> None:
        """Say why it did not work; where there is a wait, count it down on the page."""
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
        self.forgot.set_waiting(is_waiting)
        words = ""
        if is_waiting:
            minutes, seconds = divmod(self._left_s, 60)
            words = self.tr(
                "Too many wrong passwords were typed. The next one can be tried in {minutes}:{seconds:02}. "
                "Nothing was changed."
            ).format(minutes=minutes, seconds=seconds)
        (self.forgot.banner if self._stack.currentIndex() else self._banner).say(
            words, Tone.STOP, "hourglass"
        )
        if not is_waiting and not self._stack.currentIndex():
            self.password.setFocus()


class ForgotCard(Card):
    """Three ways back in: one's own recovery code, an administrator, and the clinic's recovery sheet."""

    submitted = Signal(str, str, str, str, bool)
    """User name, personal recovery code, new password, the place of a key file or nothing, and whether
    somebody else may know the code or the password of before.
    """

    sheet_wanted = Signal()
    """Nobody can log in any more."""

    gone_back = Signal()
    """The log-in is wanted after all."""

    def __init__(self) -> None:
        """Make the card."""
        super().__init__(self.tr("Forgot your password?"))
        self.setFixedWidth(card_width(WIDE_CARD_WIDTH))
        self.body.setContentsMargins(32, 28, 32, 28)
        self.banner = Banner(Tone.STOP, "circle-alert")
        self.add(
            self.banner,
            label(self.tr("With your personal recovery code"), Type.STRONG),
            label(
                self.tr(
                    "You choose a new password here and keep your signature key. The code opens the clinic "
                    "no more then: make a new one afterwards."
                ),
                Type.SMALL,
                "muted",
                wraps=True,
            ),
        )
        self.user = QLineEdit()
        self.user.setObjectName("forgot.user")
        self._user_field = Field(self.tr("User name"), self.user)
        self.code = ReadBack("forgot.code", PERSONAL_GROUPS, read_personal_code)
        self.password = PasswordField(
            self.tr("New password"), "forgot.password", names=lambda: Names("", [self.user.text()])
        )
        self.key_file = QLineEdit()
        self.key_file.setObjectName("forgot.key_file")
        self.key_file.setPlaceholderText(self.tr("Only for those who sign with one"))
        place = row()
        field = Field(self.tr("Your key file, if you sign with one"), self.key_file)
        place.addWidget(field, 1)
        side = column(gap=0)
        side.addSpacing(field.label.sizeHint().height() + Space.TIGHT)
        side.addWidget(
            button(self.tr("Choose …"), "forgot.key_file_choose", shape="folder-open", pressed=self._choose)
        )
        side.addStretch(1)
        place.addLayout(side)
        self.may_be_known = QCheckBox(self.tr("Somebody else may know the code or my old password"))
        self.may_be_known.setObjectName("forgot.may_be_known")
        self.set_it = button(
            self.tr("Set the password and log in"),
            "forgot.set",
            kind="primary",
            shape="key-round",
            pressed=self._submit,
        )
        self.add(self._user_field, label(self.tr("Your code"), Type.LABEL), self.code, self.password)
        self.body.addLayout(place)
        self.add(
            self.may_be_known,
            label(
                self.tr(
                    "An older copy of the key file, such as a backup's, still opens with them. Ticked, your "
                    "keys are made anew, so that nothing that comes out of a backup signs in your name."
                ),
                Type.SMALL,
                "muted",
                wraps=True,
            ),
            self.set_it,
        )
        self.add(
            label(self.tr("Without it"), Type.STRONG),
            label(
                self.tr(
                    "Ask an administrator: Settings, People, Reset. You get a password for one log-in and "
                    "choose your own. Your old signature key ends; what you signed stays valid."
                ),
                Type.SMALL,
                "muted",
                wraps=True,
            ),
            label(self.tr("If no administrator can log in either"), Type.STRONG),
            label(
                self.tr(
                    "The clinic's recovery sheet opens the records for reading and makes a new "
                    "administrator, in view of everybody."
                ),
                Type.SMALL,
                "muted",
                wraps=True,
            ),
        )
        line = row()
        line.addWidget(
            button(self.tr("Back to the log-in"), "forgot.back", shape="arrow-left", pressed=self._leave)
        )
        line.addStretch(1)
        line.addWidget(
            button(
                self.tr("Open with the recovery sheet …"),
                "forgot.sheet",
                shape="file-text",
                pressed=self.sheet_wanted.emit,
            )
        )
        self.body.addLayout(line)

    def begin(self, user: str) -> None:
        """Start anew for a user name that was typed already."""
        self.banner.say("")
        self.user.setText(user)
        (self.code if user else self.user).setFocus()

    def set_waiting(self, is_waiting: bool) -> None:
        """Hold the button while a wait runs."""
        self.set_it.setDisabled(is_waiting)

    def show_problem(self, sentence: str) -> None:
        """Say why it did not work; what was typed stays."""
        self.set_waiting(False)
        self.banner.say(sentence, Tone.STOP, "circle-alert")

    def _submit(self) -> None:
        user = self.user.text().strip()
        self._user_field.show_problem("" if user else self.tr("Type your user name."))
        has_code = self.code.is_complete()
        if not has_code:
            self.code.show_problem(self.tr("Type every group of your code."))
        is_good = self.password.check()
        if user and has_code and is_good:
            self.set_waiting(True)
            self.banner.say("")
            self.submitted.emit(
                user,
                self.code.code(),
                self.password.text(),
                self.key_file.text().strip(),
                self.may_be_known.isChecked(),
            )

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Your key file"), self.key_file.text())
        if chosen:
            self.key_file.setText(chosen)

    def _leave(self) -> None:
        self.code.clear()
        self.password.clear()
        self.gone_back.emit()


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
        self.restore = button(
            self.tr("Bring a clinic back from a backup …"), "welcome.restore", kind="quiet", shape="history"
        )
        self.restore.clicked.connect(lambda _checked=False: self.restore_wanted.emit())
        for one in (self.set_up, self._demo, self.restore):
            card.add(one)
        card.add(
            label(self.tr("Data folder: {folder}").format(folder=folder), Type.SMALL, "muted", wraps=True)
        )
        whole = column(self)
        whole.addWidget(in_the_middle(card))
        self.set_up.setFocus()

    def _wanted(self) -> None:
        for one in (self._demo, self.set_up, self.restore, self.language):
            one.setDisabled(True)
        self._demo.setText(self.tr("Building the demo clinic …"))
        self.demo_wanted.emit()


def _titled(title: QWidget, language: QWidget) -> QHBoxLayout:
    """A title, and the way to the other language at its right."""
    line = row()
    line.addWidget(title, 1)
    line.addWidget(language, 0, Qt.AlignmentFlag.AlignTop)
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
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
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
