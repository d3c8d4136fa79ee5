"""A line for a password: hidden letters, a show button, a word when Caps Lock seems to be on."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size, Space, Tone, Type
from mnclinic.ui.widgets.buttons import IconButton
from mnclinic.ui.widgets.text import Text

LONGEST_PASSWORD = 1024


class PasswordField(QWidget):
    """A password line. Nothing is remembered: call `forget` as soon as the text was handed on.

    Qt does not tell whether Caps Lock is on, so the hint comes with the first letter that is large
    without Shift (or small with it).
    """

    submitted = Signal()
    """Enter was pressed in it. UI thread."""

    def __init__(self, *, name: str = "password", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.TIGHT)
        row = QHBoxLayout()
        row.setSpacing(Space.TIGHT)
        self.line = QLineEdit()
        self.line.setObjectName(name)
        self.line.setMaxLength(LONGEST_PASSWORD)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.line.installEventFilter(self)
        self.line.returnPressed.connect(self.submitted)
        self._show = IconButton("eye", self.tr("Show the password"), name=f"{name}.show")
        self._show.clicked.connect(self._turn)
        row.addWidget(self.line, 1)
        row.addWidget(self._show)
        column.addLayout(row)
        self._caps = Text(self.tr("Caps Lock seems to be on."), Type.SMALL, tint=Tone.SOON.value, wrap=True)
        self._caps.hide()
        column.addWidget(self._caps)
        self.setFocusProxy(self.line)
        self.setMinimumHeight(theme().px(Size.CONTROL))

    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def set_text(self, password: str) -> None:
        """Fill it, for the log-ins of a demo."""
        self.line.setText(password)

    def forget(self) -> None:
        """Empty it, with its undo history, and hide the letters again."""
        self.line.clear()
        self._set_shown(False)
        self._caps.hide()

    def caps_lock_hint(self) -> bool:
        """Whether the hint is shown."""
        return not self._caps.isHidden()

    def setAccessibleName(self, name: str) -> None:
        """Name the line itself."""
        self.line.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        """Describe the line itself."""
        self.line.setAccessibleDescription(description)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text().isalpha():
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps.setVisible(event.text().isupper() != has_shift)
        return False

    def _turn(self) -> None:
        self._set_shown(self.line.echoMode() == QLineEdit.EchoMode.Password)

    def _set_shown(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        if is_shown:
            self._show.set_face("eye-off", self.tr("Hide the password"))
        else:
            self._show.set_face("eye", self.tr("Show the password"))
