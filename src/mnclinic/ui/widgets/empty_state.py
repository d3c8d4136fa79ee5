"""What a list says when there is nothing in it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnclinic.ui.icons import icon_pixmap
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.widgets.buttons import Button
from mnclinic.ui.widgets.text import Text

_ICON_PX = 32


class EmptyState(QWidget):
    """An icon, a sentence that says what will appear here, and the first action.

    Never says that nothing was found before anybody searched.
    """

    action_requested = Signal()
    """The first action was asked for. UI thread."""

    def __init__(
        self,
        icon_name: str,
        title: str,
        sentence: str = "",
        action: str = "",
        *,
        name: str = "empty.action",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        across = QHBoxLayout(self)
        across.setContentsMargins(Space.PAGE, Space.PAGE, Space.PAGE, Space.PAGE)
        column = QVBoxLayout()
        column.setSpacing(Space.SMALL)
        across.addStretch(1)
        across.addLayout(column, 6)
        across.addStretch(1)
        column.addStretch(1)
        self._mark = QLabel()
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = Text(title, Type.HEADING, wrap=True)
        self._sentence = Text(sentence, Type.BODY, tint="muted", wrap=True)
        for words in (self._title, self._sentence):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.action = Button(action, "primary", name=name)
        self.action.clicked.connect(self.action_requested)
        column.addWidget(self._mark)
        column.addSpacing(Space.TIGHT)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        column.addSpacing(Space.SMALL)
        column.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.show_words(icon_name, title, sentence, action)

    def show_words(self, icon_name: str, title: str, sentence: str = "", action: str = "") -> None:
        """Replace what is said; an empty `action` hides the button."""
        self._icon_name = icon_name
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self._draw()

    def words(self) -> str:
        """Everything said, for tests and screen readers."""
        return f"{self._title.whole_text()} {self._sentence.whole_text()}".strip()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        side = theme().px(_ICON_PX)
        self._mark.setPixmap(
            icon_pixmap(self._icon_name, colours().text_faint, side, self.devicePixelRatioF())
        )
