"""What a person has to know above a page, and what stands where there is nothing yet."""

from PySide6 import QtCore
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from mnclinic.ui.elements.layout import LARGE_TEXT, bring_news_into_view, column, row
from mnclinic.ui.elements.words import label
from mnclinic.ui.icons import paint_icon
from mnclinic.ui.language import spoken
from mnclinic.ui.qt_numbers import at_the_top, let_mouse_select, set_in_the_middle
from mnclinic.ui.theme import colours, restyle, theme
from mnclinic.ui.tokens import Size, Space, Tone, Type


class Banner(QFrame):
    """Something a person has to know, above the page's content."""

    def __init__(self, tone: Tone = Tone.INFO, shape: str = "info") -> None:
        """Make a hidden banner."""
        super().__init__()
        self.setObjectName("banner")
        whole = column(self, gap=Space.SMALL, margin=Space.MEDIUM)
        line = row(gap=Space.SMALL)
        whole.addLayout(line)
        self._shape = Shape()
        self._words = label("", Type.BODY, wraps=True)
        let_mouse_select(self._words)
        self.action_row = row(gap=Space.SMALL)
        self._beside = at_the_top(self._shape)
        # Together in the middle, however high a button beside them is: the icon belongs to the first line.
        self._told = row(gap=Space.SMALL)
        self._told.addLayout(self._beside)
        self._told.addWidget(self._words, 1)
        middle = column(gap=0)
        middle.addStretch(1)
        middle.addLayout(self._told)
        middle.addStretch(1)
        line.addLayout(middle, 1)
        # Beside large words a button would leave them a narrow column: it goes below them.
        (whole if theme().text_scale >= LARGE_TEXT else line).addLayout(self.action_row)
        self._line = line
        self._tone, self._icon = tone, shape
        self.hide()

    def make_low(self) -> None:
        """Take less height, for several under one another."""
        layout = self.layout()
        if theme().text_scale >= LARGE_TEXT and isinstance(layout, QVBoxLayout):
            layout.removeItem(self.action_row)
            self.action_row.setParent(None)
            self._line.addLayout(self.action_row)
        if layout is not None:
            layout.setContentsMargins(Space.MEDIUM, Space.HAIR, Space.SMALL, Space.HAIR)
            self._beside.insertStretch(0, 1)
            self._told.setAlignment(self._words, QtCore.Qt.AlignmentFlag.AlignVCenter)

    def say(self, words: str, tone: Tone | None = None, shape: str | None = None) -> None:
        """Show these words, in the language of the window; an empty text hides the banner.

        What stops somebody comes into sight, however far down a page they are who asked for it. A sheet leads
        to the field that is wrong instead.
        """
        words = spoken(words)
        is_news = bool(words) and (self.isHidden() or words != self._words.text())
        self._tone, self._icon = tone or self._tone, shape or self._icon
        self.setProperty("tone", str(self._tone))
        restyle(self)
        self._shape.show_icon(self._icon, self._tone)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        if is_news and self._tone is Tone.STOP and not self.window().isModal():
            bring_news_into_view(self)


class Shape(QWidget):
    """An icon alone, where no button carries it. Follows a change of colours by itself."""

    def __init__(self, side_px: int = Size.ICON_LARGE) -> None:
        """Make it; `show_icon` says which. `side_px` is in logical pixels before the scale of the text."""
        super().__init__()
        self._name, self._tone = "info", Tone.INFO
        self._is_faint = False
        self.setFixedSize(theme().px(side_px), theme().px(side_px))

    def show_icon(self, name: str, tone: Tone | None) -> None:
        """Show another icon in a tone's ink, or faint without one."""
        self._name, self._tone, self._is_faint = name, tone or Tone.INFO, tone is None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        ink = colours().text_faint if self._is_faint else colours().tones[self._tone].text
        paint_icon(QPainter(self), self.rect().adjusted(1, 1, -1, -1), self._name, ink)


class EmptyState(QWidget):
    """What will appear here, and the first thing to do."""

    def __init__(self, shape: str, title: str, words: str, action: QPushButton | None = None) -> None:
        """Make the state; hide it when there is something to show."""
        super().__init__()
        middle = column(self, gap=Space.SMALL, margin=Space.PAGE)
        middle.addStretch(1)
        mark = Shape(36)
        mark.show_icon(shape, None)
        self.title = label(title, Type.HEADING)
        self.words = label(words, Type.BODY, "muted", wraps=True)
        for widget in (mark, self.title):
            middle.addWidget(widget, 0, QtCore.Qt.AlignmentFlag.AlignHCenter)
        # Over the whole width: beside a stretch, words that wrap would get the narrowest column there is.
        middle.addWidget(self.words)
        set_in_the_middle(self.words)
        if action is not None:
            middle.addWidget(action, 0, QtCore.Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)
