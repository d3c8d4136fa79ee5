"""The first thing a person sees: log in, or be told that there is no clinic here."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from mnclinic.ui.elements import Banner, Card, Field, button, column, label, row
from mnclinic.ui.icons import icon
from mnclinic.ui.tokens import Space, Tone, Type


class LoginPage(QWidget):
    """User name and password, and in a demo the log-ins to try."""

    submitted = Signal(str, str)
    """User name and password were given."""

    def __init__(self, folder: Path, log_ins: Sequence[tuple[str, str, str]], user: str | None) -> None:
        """Make the page; `log_ins` are (user, who, password) of a demo."""
        super().__init__()
        self.setObjectName("page")
        middle = QHBoxLayout(self)
        middle.addStretch(1)
        lines = column(gap=Space.LARGE)
        lines.addStretch(2)
        card = Card()
        card.setFixedWidth(420)
        card.body.setContentsMargins(32, 28, 32, 28)
        card.add(label("mnclinic", Type.DISPLAY, "accent"))
        card.add(label(self.tr("Log in to the clinic on this PC."), Type.BODY, "muted"))
        self._banner = Banner(Tone.STOP, "circle-alert")
        card.add(self._banner)
        self.user = QLineEdit(user or "")
        self.user.setObjectName("login.user")
        self.password = QLineEdit()
        self.password.setObjectName("login.password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(1024)
        self._show = self.password.addAction(
            icon("eye", "text_muted"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._show.setText(self.tr("Show the password"))
        self._show.triggered.connect(self._toggle)
        card.add(Field(self.tr("User name"), self.user), Field(self.tr("Password"), self.password))
        self.enter = button(
            self.tr("Log in"), "login.enter", kind="primary", shape="lock-open", pressed=self._submit
        )
        card.add(self.enter)
        self.user.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._submit)
        lines.addWidget(card)
        if log_ins:
            lines.addWidget(self._demo_card(log_ins))
        where = label(self.tr("Data folder: {folder}").format(folder=folder), Type.SMALL, "muted", wraps=True)
        where.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        where.setFixedWidth(420)
        lines.addWidget(where)
        lines.addStretch(3)
        middle.addLayout(lines)
        middle.addStretch(1)
        (self.password if user else self.user).setFocus()

    def _demo_card(self, log_ins: Sequence[tuple[str, str, str]]) -> Card:
        card = Card(self.tr("Demo clinic: try it as"))
        card.setFixedWidth(420)
        card.body.setSpacing(2)
        for user, who, password in log_ins:
            line = button(f"{who}", f"login.as.{user}", kind="quiet", shape="user-round")
            line.setStyleSheet("text-align: left;")
            line.clicked.connect(lambda _checked=False, one=user, word=password: self._fill(one, word))
            card.add(line)
        return card

    def _fill(self, user: str, password: str) -> None:
        self.user.setText(user)
        self.password.setText(password)
        self._submit()

    def _toggle(self) -> None:
        hidden = self.password.echoMode() == QLineEdit.EchoMode.Password
        self.password.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._show.setIcon(icon("eye-off" if hidden else "eye", "text_muted"))

    def _submit(self) -> None:
        if not self.user.text().strip() or not self.password.text():
            self._banner.say(self.tr("Type your user name and your password."), Tone.SOON)
            return
        self.set_busy(True)
        self._banner.say("")
        self.submitted.emit(self.user.text().strip(), self.password.text())

    def set_busy(self, is_busy: bool) -> None:
        """Hold the button while the clinic opens."""
        self.enter.setDisabled(is_busy)
        self.enter.setText(self.tr("Opening the clinic …") if is_busy else self.tr("Log in"))

    def show_problem(self, sentence: str) -> None:
        """Say why it did not work; the user name stays."""
        self.set_busy(False)
        self.password.clear()
        self._banner.say(sentence, Tone.STOP, "circle-alert")
        self.password.setFocus()


class WelcomePage(QWidget):
    """Shown where there is no clinic: what to do next."""

    demo_wanted = Signal()
    """The demo clinic is wanted."""

    def __init__(self, folder: Path) -> None:
        """Make the page."""
        super().__init__()
        self.setObjectName("page")
        middle = QHBoxLayout(self)
        middle.addStretch(1)
        lines = column(gap=Space.LARGE)
        lines.addStretch(1)
        card = Card()
        card.setFixedWidth(560)
        card.body.setContentsMargins(36, 32, 36, 32)
        card.add(
            label(self.tr("Welcome to mnclinic"), Type.DISPLAY),
            label(
                self.tr("There is no clinic in this folder yet: {folder}").format(folder=folder),
                Type.BODY,
                "muted",
                wraps=True,
            ),
            label(
                self.tr("Look around first: the demo clinic is full of invented people."),
                wraps=True,
            ),
        )
        self._demo = button(self.tr("Open the demo clinic"), "welcome.demo", kind="primary", shape="sparkles")
        self._demo.clicked.connect(lambda _checked=False: self._wanted())
        actions = row()
        actions.addWidget(self._demo)
        actions.addStretch(1)
        card.body.addLayout(actions)
        card.add(
            label(
                self.tr(
                    "To set up your own clinic, fill in a file of answers and run: "
                    "mnclinic init ANSWERS.toml --data-dir FOLDER --recovery-sheet SHEET.pdf"
                ),
                Type.SMALL,
                "muted",
                wraps=True,
            )
        )
        lines.addWidget(card)
        lines.addStretch(2)
        middle.addLayout(lines)
        middle.addStretch(1)

    def _wanted(self) -> None:
        self._demo.setDisabled(True)
        self._demo.setText(self.tr("Building the demo clinic …"))
        self.demo_wanted.emit()
