"""What is shown while the program locks or closes: nothing of what was there."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from mnclinic.ui.elements import ProgressLine, button, column, label, row
from mnclinic.ui.lock.place import topmost
from mnclinic.ui.next_turn import in_next_turn
from mnclinic.ui.tokens import Space, Type


class Cover(QWidget):
    """Lies over the whole window at once, takes the keyboard, and says what is going on."""

    skipped = Signal()
    """The person does not want to wait."""

    def __init__(self, window: QWidget, words: str) -> None:
        """Cover a window."""
        super().__init__(window)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        lines = column(self, gap=Space.LARGE)
        lines.addStretch(1)
        self.words = label(words, Type.HEADING, "muted")
        self.words.setObjectName("cover.words")
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        lines.addWidget(self.words)
        self.progress = ProgressLine()
        self.progress.setObjectName("cover.progress")
        self.progress.setAccessibleName(words)
        self.progress.setFixedWidth(360)
        self.progress.hide()
        lines.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignHCenter)
        self.skip = button(self.tr("Skip"), "cover.skip", pressed=self.skipped.emit)
        self.skip.hide()
        actions = row()
        actions.addStretch(1)
        actions.addWidget(self.skip)
        actions.addStretch(1)
        lines.addLayout(actions)
        lines.addStretch(1)
        application = QApplication.instance()
        assert application is not None  # noqa: S101 - there is no window without one
        application.installEventFilter(self)
        self._fit(window)
        self.show()
        self.raise_()
        self.setFocus()

    def offer_skip(self, words: str = "") -> None:
        """Show how far it is, and let the person go on without it."""
        if words:
            self.skip.setText(words)
        self.progress.wait()
        self.progress.show()
        self.skip.show()
        self.skip.setFocus()

    def show_progress(self, done: int, of: int) -> None:
        """Show how far it is, in whatever it is counted."""
        if of > 0:
            self.progress.show_share(done, of)

    def show_end(self, sentence: str) -> None:
        """It did not work: say why, and wait until it was read."""
        self.words.setText(sentence)
        self.words.setWordWrap(True)
        self.progress.hide()
        self.skip.setText(self.tr("Close without it"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window, and all there is to see: what goes on may open a sheet at its end."""
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self._fit(self.window())
        elif event.type() == QEvent.Type.Show and isinstance(watched, QDialog) and self._lies_over(watched):
            in_next_turn(watched, watched.hide)
        return False

    def _lies_over(self, sheet: QDialog) -> bool:
        """Whether a sheet would be seen above it. Another window of this program has its own."""
        return self.isVisible() and topmost(sheet) in {self.window(), sheet}

    def _fit(self, window: QWidget) -> None:
        self.setGeometry(window.rect())


def put_away(window: QWidget) -> list[QWidget]:
    """Hide whatever else of this program is on the screen: menus, sheets, boxes. Returns what was hidden."""
    hidden = [
        one
        for one in QApplication.topLevelWidgets()
        if one is not window and one.isVisible() and one.isWindow()
    ]
    for one in hidden:
        one.hide()
    return hidden
