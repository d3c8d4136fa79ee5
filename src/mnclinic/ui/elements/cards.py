"""The boxes that a page is laid out in, and its header."""

from collections.abc import Sequence

from PySide6 import QtCore
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QPushButton, QSizePolicy, QWidget

from mnclinic.ui.elements.layout import LARGE_TEXT, Scroller, column, flow, page_margin, row
from mnclinic.ui.elements.words import label, shrink
from mnclinic.ui.language import spoken
from mnclinic.ui.qt_numbers import let_mouse_select
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size, Space, Type


class Card(QFrame):
    """A white box with a title; put things into `body`."""

    def __init__(self, title: str = "", subtitle: str = "") -> None:
        """Make an empty card."""
        super().__init__()
        self.setObjectName("card")
        self.body = column(self, gap=Space.MEDIUM, margin=Space.CARD)
        if title:
            self.title = label(title, Type.HEADING, wraps=True)
            self.body.addWidget(self.title)
        self.subtitle = label(subtitle, Type.SMALL, "muted", wraps=True)
        if not subtitle:
            self.subtitle.hide()
        self.body.addWidget(self.subtitle)

    def hold_table(self, table: QWidget, *others: QWidget) -> None:
        """Let a table reach the card's edges, with the title above it.

        `others` say that there is nothing. Nobody knows that before the page was filled: till then they hide.
        """
        has_title = hasattr(self, "title")
        self.body.setContentsMargins(1, Space.LARGE if has_title else 1, 1, 1)
        for words in (getattr(self, "title", None), self.subtitle):
            if words is not None:
                words.setContentsMargins(Size.CELL_PADDING, 0, Size.CELL_PADDING, 0)
        self.add(table, *others)
        for one in others:
            one.hide()

    def add(self, *widgets: QWidget) -> None:
        """Add widgets below what is there."""
        for widget in widgets:
            self.body.addWidget(widget)


class PageHeader(QWidget):
    """A page's title and subtitle at the left, its actions at the right.

    Where the text is large, actions that have no room beside the title leave their words, all but the primary
    one; what then still has no room goes below.
    """

    def __init__(self, title: str, actions: Sequence[QWidget] = ()) -> None:
        """Make a header; set `subtitle` when it is known."""
        super().__init__()
        self._actions = tuple(actions)
        self._is_large = is_large = theme().text_scale >= LARGE_TEXT
        self.title = label(title, Type.TITLE, wraps=is_large)
        self.subtitle = label("", Type.SMALL, "muted", wraps=is_large)
        if not is_large:
            line = row(self, gap=Space.MEDIUM)
            words = column(gap=Space.HAIR)
            words.addWidget(self.title)
            words.addWidget(self.subtitle)
            line.addLayout(words, 1)
            for action in actions:
                line.addWidget(action, 0, QtCore.Qt.AlignmentFlag.AlignVCenter)
            return
        whole = column(self, gap=Space.HAIR)
        head = row(gap=Space.SMALL)
        head.addWidget(self.title, 1)
        beside = flow()
        for action in actions:
            beside.addWidget(action)
        head.addLayout(beside)
        whole.addLayout(head)
        whole.addWidget(self.subtitle)
        self._beside = beside

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less room beside the title: the actions leave their words, the first ones first."""
        super().resizeEvent(event)
        if not self._is_large or not self._actions:
            return
        shown = [one for one in self._actions if not one.isHidden()]
        room = self.width() - self.title.fontMetrics().horizontalAdvance(self.title.text()) - 2 * Space.LARGE
        for one in shown:
            if self._beside.sizeHint().width() <= room:
                break
            has_icon = isinstance(one, QPushButton) and not one.icon().isNull()
            if isinstance(one, QPushButton) and has_icon and one.text() and one.property("kind") != "primary":
                shrink(one)


def facts_grid(
    facts: Sequence[tuple[str, str]], *, are_named: bool = False, is_narrow: bool = False
) -> QWidget:
    """Two columns of words: what it is, and its value; one below the other where the text is large.

    `are_named`: what they are is the name of a person or a document, and stays as it was written.
    `is_narrow`: one below the other at any size, where whole sentences stand in a part of the page.
    """
    # The log-in is painted without it.
    from mnclinic.ui.long_words import breakable_where_endless

    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(Space.LARGE)
    grid.setVerticalSpacing(Space.SMALL)
    grid.setColumnStretch(1, 1)
    is_below = is_narrow or theme().text_scale >= LARGE_TEXT
    if is_below:
        grid.setVerticalSpacing(Space.HAIR)
    for number, (name, value) in enumerate(facts):
        what = label(name if are_named else spoken(name), Type.SMALL, "muted", wraps=is_below)
        if is_below and not name:
            what.hide()
        grid.addWidget(what, 2 * number, 0, 1, 2 if is_below else 1, QtCore.Qt.AlignmentFlag.AlignTop)
        words = breakable_where_endless(value) or spoken("not recorded")
        shown = label(words, Type.BODY, "" if value else "faint", wraps=True)
        let_mouse_select(shown)
        if is_below:
            shown.setContentsMargins(0, 0, 0, Space.SMALL)
            grid.addWidget(shown, 2 * number + 1, 0, 1, 2)
        else:
            grid.addWidget(shown, 2 * number, 1)
    return holder


def headed_page(page: QWidget, header: PageHeader, name: str, *, is_scrolled: bool = True) -> QBoxLayout:
    """Begin a page with its header, and give where its parts go: below it, scrolled as one by that name."""
    page.setObjectName("page")
    whole = column(page, gap=Space.MEDIUM, margin=page_margin())
    whole.addWidget(header)
    if not is_scrolled:
        return whole
    inner = QWidget()
    scroller = Scroller(inner)
    scroller.setAccessibleName(name)
    whole.addWidget(scroller, 1)
    return column(inner, gap=Space.MEDIUM)
