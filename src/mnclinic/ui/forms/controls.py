"""The controls that fields are filled in with. All speak of text, and none keeps anybody from typing."""

from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)

from mnclinic.ui.elements import StillChoice, label
from mnclinic.ui.forms.fields import Option
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Type

DRAFTED = "mnclinic.drafted"
"""The mark of a field whose text is kept as a draft by its form, so that nothing else keeps it."""

KEY = "mnclinic.key"
"""The property of a control that names its field, so that the keyboard finds back to it."""

NOTE_LINES = 4


class Control(Protocol):
    """What a form asks of a control, besides being a widget with the signals `typed` and `left`."""

    def text(self) -> str:
        """What stands in it."""

    def show_text(self, text: str) -> None:
        """Show a text that nobody typed just now."""


class LineControl(QLineEdit):
    """A line of text with its unit inside. Nothing that is typed or pasted is cut off or refused."""

    typed = Signal(str)
    """Letters were typed. Carries the whole text."""

    left = Signal()
    """The field was left, or Return pressed in it."""

    def __init__(self, unit: str = "", hint: str = "") -> None:
        """Make it, empty."""
        super().__init__()
        self.setProperty(DRAFTED, True)
        self.setPlaceholderText(hint)
        self._unit: QLabel | None = None
        if unit:
            self._unit = label(unit, Type.SMALL, "muted")
            self._unit.setParent(self)
            self._unit.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.setTextMargins(0, 0, self._unit.sizeHint().width() + Space.TIGHT, 0)
        self.textEdited.connect(self.typed)
        self.editingFinished.connect(self.left)

    def show_text(self, text: str) -> None:
        """Show a text; one that stands there already keeps the cursor and what can be undone."""
        if text != self.text():
            at = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(at, len(text)))

    def event(self, event: QEvent) -> bool:
        """Undo is the field's own as long as it has something to undo, and else the form's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_none = (event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()) or (
                event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            )
            if is_none:
                event.ignore()
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving ends what the field itself can undo: from here on it is one act of the form."""
        super().focusOutEvent(event)
        is_left = event.reason() != Qt.FocusReason.PopupFocusReason
        if is_left and (self.isUndoAvailable() or self.isRedoAvailable()):
            with QSignalBlocker(self):
                text, at = self.text(), self.cursorPosition()
                self.setText(text)
                self.setCursorPosition(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the unit at the right edge."""
        super().resizeEvent(event)
        if self._unit is not None:
            size = self._unit.sizeHint()
            self._unit.setGeometry(
                self.width() - size.width() - Space.SMALL, (self.height() - size.height()) // 2,
                size.width(), size.height(),
            )  # fmt: skip


class NoteControl(QPlainTextEdit):
    """Several lines of text. Tab goes on to the next field."""

    typed = Signal(str)
    """Letters were typed. Carries the whole text."""

    left = Signal()
    """The field was left."""

    def __init__(self, hint: str = "") -> None:
        """Make it, empty."""
        super().__init__()
        self.setProperty(DRAFTED, True)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme().px(20) * NOTE_LINES + 2 * Space.SMALL)
        self._is_showing = False
        self.textChanged.connect(self._was_typed)

    def _was_typed(self) -> None:
        if not self._is_showing:
            self.typed.emit(self.toPlainText())

    def text(self) -> str:
        """What stands in it."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show a text; one that stands there already keeps the cursor and what can be undone."""
        if text != self.toPlainText():
            self._is_showing = True
            at = self.textCursor().position()
            self.setPlainText(text)
            # As it is kept, a space at its end is gone: whoever goes on typing goes on where they were.
            cursor = self.textCursor()
            cursor.setPosition(min(at, self.document().characterCount() - 1))
            self.setTextCursor(cursor)
            self._is_showing = False

    def event(self, event: QEvent) -> bool:
        """Undo is the field's own as long as it has something to undo, and else the form's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            document = self.document()
            is_none = (event.matches(QKeySequence.StandardKey.Undo) and not document.isUndoAvailable()) or (
                event.matches(QKeySequence.StandardKey.Redo) and not document.isRedoAvailable()
            )
            if is_none:
                event.ignore()
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving ends what the field itself can undo."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        self.left.emit()
        self.document().clearUndoRedoStacks()


PAUSE_MS = 600
"""With no letter for so long the next one begins another word."""

REST_MS = 50
"""Then letters that waited while the computer was busy come first."""

WITH_ACT = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
LABEL_MARGIN_PX = 1
"""The style's own margin at each side of a box's words."""


class ChoiceControl(StillChoice):
    """A list to choose from, with a first entry for nothing. An unknown code is shown as it is."""

    typed = Signal(str)
    """Another entry was chosen. Carries its code; empty for nothing."""

    left = Signal()
    """Never sent: a choice is made at once."""

    def __init__(self, nothing: str, options: Iterable[Option] = ()) -> None:
        """Offer these."""
        super().__init__()
        self._nothing = nothing
        self._is_showing = False
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.currentIndexChanged.connect(self._was_chosen)
        self._options: tuple[Option, ...] | None = None
        self.letters = ""
        """What was typed of an entry's words, until a pause."""
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._rest)
        self.offer(tuple(options))

    def offer(self, options: tuple[Option, ...]) -> None:
        """Offer other entries; what is chosen stays chosen."""
        if options == self._options:
            return
        self._options = options
        code = self.text()
        self._is_showing = True
        self.clear()
        self.addItem(self._nothing, "")
        for option in options:
            self.addItem(option.words, option.code)
        self._is_showing = False
        self.show_text(code)

    def shown_words(self) -> str:
        """What is chosen, ending in … where the box is too narrow for the whole; the tooltip has it."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        ends = Qt.TextElideMode.ElideRight
        return self.fontMetrics().elidedText(self.currentText(), ends, room.width() - 2 * LABEL_MARGIN_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words that have no room end in …, not in half a letter at the arrow."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self.shown_words()
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters choose the entry that begins with them.

        Qt counts the pause between them from when it comes to each. On a computer that is busy with the
        first one, "chi" would be three words to it, and the cheek stay chosen where the chin was meant.
        """
        letter = event.text()
        if event.modifiers() & WITH_ACT or not letter.strip() or not letter.isprintable():
            super().keyPressEvent(event)
            return
        self.letters += letter.casefold()
        if not self._choose(self.letters) and {*self.letters} == {letter.casefold()}:
            self._choose(letter.casefold())
        self._pause.start(PAUSE_MS)

    def _choose(self, begins: str) -> bool:
        """Choose the next entry that begins so; whether there is one. The chosen one may fit more letters."""
        first = self.currentIndex() + (len(begins) == 1)
        for step in range(self.count()):
            at = (first + step) % self.count()
            if self.itemText(at).casefold().startswith(begins):
                self.setCurrentIndex(at)
                return True
        return False

    def _rest(self) -> None:
        if self._pause.interval() == PAUSE_MS:
            self._pause.start(REST_MS)
        else:
            self.letters = ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is typed next is for another control."""
        super().focusOutEvent(event)
        self.letters = ""

    def _was_chosen(self) -> None:
        if not self._is_showing:
            self.setToolTip(self.currentText() if self.text() else "")
            self.typed.emit(self.text())

    def text(self) -> str:
        """The code that is chosen."""
        return str(self.currentData() or "")

    def show_text(self, text: str) -> None:
        """Show what is chosen."""
        at = self.findData(text)
        self._is_showing = True
        if at < 0:
            self.addItem(text, text)
            at = self.count() - 1
        self.setCurrentIndex(at)
        self._is_showing = False
        # Where there is no room for all of the words, the mouse shows them.
        self.setToolTip(self.currentText() if text else "")
