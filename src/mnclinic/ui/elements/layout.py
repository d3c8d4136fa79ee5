"""Layouts with even gaps, and the scroll area that gives wrapped words their height."""

from collections.abc import Iterator
from typing import cast

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QRectF, QSize
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from mnclinic.ui.kinds import say_kind
from mnclinic.ui.qt_numbers import scroll_upright_only
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Space

LARGE_TEXT = 1.5
"""From this scale of the text on, what stands side by side goes one below the other."""

RING_PX = 2
AROUND_PX = 36
"""What of the surroundings is seen with the thing that the keyboard came to: the label above a field."""


def column(parent: QWidget | None = None, *, gap: int = Space.MEDIUM, margin: int = 0) -> QVBoxLayout:
    """A vertical layout with even gaps."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(margin, margin, margin, margin)
    return made


def row(parent: QWidget | None = None, *, gap: int = Space.SMALL, margin: int = 0) -> QHBoxLayout:
    """A horizontal layout with even gaps."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(margin, margin, margin, margin)
    return made


def beside(*, gap: int = Space.LARGE) -> QBoxLayout:
    """A layout for two cards: side by side, and one below the other where the text is large."""
    is_large = theme().text_scale >= LARGE_TEXT
    made = QBoxLayout(QBoxLayout.Direction.TopToBottom if is_large else QBoxLayout.Direction.LeftToRight)
    made.setSpacing(gap)
    made.setContentsMargins(0, 0, 0, 0)
    return made


class Flow(QLayout):
    """Things in lines: those that have no room in one go to the next, as words do.

    With `is_even` each is as wide as the widest, and the lines are as full as one another: six that do not
    fit stand three by three.
    """

    def __init__(self, *, gap: int = Space.SMALL, is_even: bool = False) -> None:
        """Make an empty layout with the same gap between and below."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap, self._is_even = gap, is_even
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more; Qt calls this."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        """One of them, or None behind the last: Qt asks until then."""
        return self._items[index] if 0 <= index < len(self._items) else cast("QLayoutItem", None)

    def takeAt(self, index: int) -> QLayoutItem:
        """Give one away, or None behind the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else cast("QLayoutItem", None)

    def expandingDirections(self) -> "QtCore.Qt.Orientation":
        """Takes no more than it needs."""
        return QtCore.Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the lines at a width."""
        return self._arranged(QRect(0, 0, width, 0), is_moving=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._arranged(rect, is_moving=True)

    def sizeHint(self) -> QSize:
        """Everything in one line."""
        shown = self._shown()
        widths = [item.sizeHint().width() for item in shown]
        height = max((item.sizeHint().height() for item in shown), default=0)
        wide = max(widths, default=0) * len(widths) if self._is_even else sum(widths)
        return QSize(wide + self._gap * max(0, len(widths) - 1), height)

    def minimumSize(self) -> QSize:
        """The widest of them."""
        smallest = QSize()
        for item in self._shown():
            smallest = smallest.expandedTo(item.sizeHint())
        return smallest

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arranged(self, rect: QRect, *, is_moving: bool) -> int:
        """Go through the lines, and return how high they are together."""
        y = rect.y()
        lines = self._lines(rect.width())
        for number, line in enumerate(lines):
            x, height = rect.x(), max(item.sizeHint().height() for item in line)
            for item in line:
                width, own = item.sizeHint().width(), item.sizeHint().height()
                if self._is_even:
                    width = (rect.width() - self._gap * (len(lines[0]) - 1)) // len(lines[0])
                if is_moving:
                    # A field with a sentence below it is higher than one without: their names are in line.
                    top = y if getattr(item.widget(), "stands_at_top", False) else y + (height - own) // 2
                    item.setGeometry(QRect(x, top, min(width, rect.width()), own))
                x += width + self._gap
            y += height + (self._gap if number + 1 < len(lines) else 0)
        return y - rect.y()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        shown = self._shown()
        if self._is_even and shown:
            widest = max(item.sizeHint().width() for item in shown)
            fit = max(1, min(len(shown), (width + self._gap) // (widest + self._gap)))
            fit = -(-len(shown) // -(-len(shown) // fit))
            return [shown[at : at + fit] for at in range(0, len(shown), fit)]
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in shown:
            needed = item.sizeHint().width()
            if not lines or needed > left:
                lines.append([])
                left = width
            lines[-1].append(item)
            left -= needed + self._gap
        return lines


def flow(*, gap: int = Space.SMALL, is_even: bool = False) -> Flow:
    """A layout for actions or lights: in one line, or over several where the text is large."""
    return Flow(gap=gap, is_even=is_even)


def page_margin() -> int:
    """What stands round a page: less where the text is large, so that more of the page is seen."""
    return Space.PAGE if theme().text_scale < LARGE_TEXT else Space.MEDIUM


def page_lines(page: QWidget, words: str) -> QVBoxLayout:
    """Where the parts of a page go, under one another.

    Where the text is large they do not fit a low screen, so the whole page is scrolled; `words` name that to
    screen readers.
    """
    return scrolled_lines(page, words, margin=page_margin())


def scrolled_lines(holder: QWidget, words: str, *, margin: int = 0) -> QVBoxLayout:
    """The same for a part of a page, without a margin of its own."""
    if theme().text_scale < LARGE_TEXT:
        return column(holder, gap=Space.LARGE, margin=margin)
    inner = QWidget()
    scroller = Scroller(inner)
    scroller.setAccessibleName(words)
    column(holder, gap=0, margin=0).addWidget(scroller)
    return column(inner, gap=Space.LARGE, margin=margin)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


class _FocusRing(QWidget):
    """A ring that lies over what is scrolled: a border would lie below the cards, which reach to the edge."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours().accent_text), RING_PX))
        half = RING_PX / 2
        within = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(within, Radius.CONTROL, Radius.CONTROL)


# Posted to itself: a single shot that is under way when a scroll area is let go of would keep it for ever.
LAID_OUT = QEvent.Type.User
MOVED = QEvent.Type.MaxUser


class Scroller(QScrollArea):
    """A vertical scroll area that looks like nothing and gives wrapped words all the height they need.

    Qt sizes the content by its minimum size, which does not know how many lines words wrap to.
    """

    def __init__(self, content: QWidget) -> None:
        """Scroll `content`, which has a layout."""
        super().__init__()
        say_kind(self, QAccessible.Role.Grouping)
        self.setObjectName("bare")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        scroll_upright_only(self)
        self._width = self.width()
        self._held: tuple[QWidget, int] | None = None
        """What has the keyboard in here, and how far down the content it was."""
        self._kept: QWidget | None = None
        """What stays in sight while it has the keyboard, however it is moved: see `keep_in_sight`."""
        self._news: QWidget | None = None
        """What was told in here and comes into sight, however many turns its room is made in."""
        self._news_at = (-1, -1)
        self._ring: _FocusRing | None = None
        self._least = 0
        """As tall as the content stays, in pixels, though less is in it: see `hold_room`."""
        self.verticalScrollBar().valueChanged.connect(self._need_less)
        self.verticalScrollBar().actionTriggered.connect(self._let_go)
        self.setWidget(content)
        content.installEventFilter(self)

    def let_keyboard_scroll(self, name: str) -> None:
        """Be a stop for Tab, called `name`, while there is more than fits; arrows and page keys scroll it.

        For content whose end may have nothing that takes the keyboard and so would never come into view.
        """
        self.setAccessibleName(name)
        self.verticalScrollBar().rangeChanged.connect(self._stop_where_more)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard scrolls this: a ring round all of it says so."""
        super().focusInEvent(event)
        if self._ring is None:
            self._ring = _FocusRing(self)
        self._ring.setGeometry(self.rect())
        self._ring.raise_()
        self._ring.show()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        if self._ring is not None:
            self._ring.hide()

    def keep_in_sight(self, widget: QWidget) -> None:
        """Have something that somebody was led to whole in sight, until they scroll or go elsewhere.

        What comes to the front is laid out in turns, and each may push it down.
        """
        self._kept = widget
        self._show_kept()

    def show_news(self, widget: QWidget) -> None:
        """Have what is told in here in sight, before what has the keyboard, until all has its place."""
        self._news, self._news_at = widget, (-1, -1)

    @property
    def has_news(self) -> bool:
        """Whether something was told in here for which room is being made."""
        return self._news is not None

    def _bring_news(self) -> bool:
        """Scroll to what was told; False where nothing was, or it has its place already."""
        news, content = self._news, self.widget()
        if news is None or content is None or not isValid(news) or not news.isVisibleTo(content):
            self._news = None
            return False
        at = news.mapTo(content, QPoint(0, 0)).y(), content.height()
        if at == self._news_at:
            self._news = None
            return False
        self._news_at = at
        bring_into_view(news, news.rect())
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Somebody scrolls: they look where they want."""
        self._kept = self._news = None
        super().wheelEvent(event)

    def _let_go(self, _action: int) -> None:
        self._kept = self._news = None

    def _show_kept(self) -> None:
        kept = self._kept
        if kept is None:
            return
        # The window's own, which it has also while another program is in front.
        if isValid(kept) and self.window().focusWidget() is kept:
            bring_into_view(kept, kept.rect().adjusted(0, -AROUND_PX, 0, AROUND_PX))
        else:
            self._kept = None

    def hold_room(self) -> None:
        """What is in sight now stays where it is, though a line below goes away.

        The content is as tall as before until it is scrolled up. Without this the end of a page comes down
        under the mouse, which is about to press something else by then.
        """
        self._least = self.verticalScrollBar().value() + self.viewport().height()

    def let_room_go(self) -> None:
        """The content is as tall as what is in it: something else is shown."""
        self._least = 0

    def _need_less(self, value: int) -> None:
        self._least = min(self._least, value + self.viewport().height()) if self._least else 0

    def _stop_where_more(self, least: int, most: int) -> None:
        policy = QtCore.Qt.FocusPolicy
        self.setFocusPolicy(policy.TabFocus if most > least else policy.NoFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content changed: fit it anew, and leave what has the keyboard where it is seen."""
        if event.type() == QEvent.Type.LayoutRequest:
            if self._held is None or self._held[0] is not QApplication.focusWidget():
                self._held = self._keyboard_at()
            self._fit()
            QCoreApplication.postEvent(self, QEvent(LAID_OUT))
        elif self._kept is not None and event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            QCoreApplication.postEvent(self, QEvent(MOVED))
        return super().eventFilter(watched, event)

    def customEvent(self, event: QEvent) -> None:
        """What was put off until everything that goes with it had happened."""
        if event.type() == LAID_OUT:
            self._hold()
        elif event.type() == MOVED:
            self._show_kept()

    def _keyboard_at(self) -> tuple[QWidget, int] | None:
        holder, content = QApplication.focusWidget(), self.widget()
        if holder is None or content is None or not content.isAncestorOf(holder):
            return None
        return holder, holder.mapTo(content, QPoint(0, 0)).y()

    def _hold(self) -> None:
        """Scroll by as much as the field with the keyboard was moved, where it was in sight."""
        before, now = self._held, self._keyboard_at()
        if self._bring_news():
            self._held = now
            return
        if before is not None and now is not None and before[0] is now[0]:
            bar = self.verticalScrollBar()
            was_seen = 0 <= before[1] - bar.value() < self.viewport().height()
            # At the top of a page stands what is to be seen first, also where it comes late.
            if was_seen and bar.value() > 0:
                bar.setValue(bar.value() + now[1] - before[1])
            elif was_seen and now[1] != before[1]:
                follow_keyboard(now[0], now[0])
        self._held = now
        self._show_kept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps words differently."""
        super().resizeEvent(event)
        # Of the viewport, whose size this is. To ask for the viewport itself makes the binding build every
        # kind of widget there is, which the log-in would be painted later for.
        self._width = event.size().width()
        self._least = 0
        if self._ring is not None:
            self._ring.setGeometry(self.rect())
        self._fit()
        if self._kept is not None:
            QCoreApplication.postEvent(self, QEvent(MOVED))

    def _fit(self) -> None:
        content = self.widget()
        layout = content.layout() if content is not None else None
        if content is None or layout is None:
            return
        width = self._width
        has_words = layout.hasHeightForWidth()
        height = layout.totalHeightForWidth(width) if has_words else layout.totalMinimumSize().height()
        content.setMinimumHeight(max(height, layout.totalMinimumSize().height(), self._least))


def follow_keyboard(before: QWidget | None, now: QWidget | None) -> None:
    """Bring what the keyboard came to into sight, with its label, where it lies scrolled away.

    Qt does so only where Tab goes from one thing in a scroll area to another in the same one: not where it
    comes in from outside, and not where a key of ours puts the keyboard somewhere. Connect it to
    `QApplication.focusChanged`.
    """
    # Without `before` another window came to the front, and nobody went anywhere. Under the mouse a thing is
    # in sight, and moved away it would not be pressed. A list shows its current line itself.
    is_moved = before is not None and QApplication.mouseButtons() == QtCore.Qt.MouseButton.NoButton
    if now is None or not is_moved or isinstance(now, QAbstractItemView):
        return
    # The log-in is painted without it.
    from mnclinic.ui.next_turn import in_next_turn

    # Not yet: a page that comes to the front is laid out first, and what the key did moves the things above.
    in_next_turn(now, lambda: _follow(now))


def _follow(now: QWidget) -> None:
    if now.hasFocus():
        bring_into_view(now, now.rect().adjusted(0, -AROUND_PX, 0, AROUND_PX))


def bring_into_view_soon(widget: QWidget) -> None:
    """Have all of it in sight in the next turn of the event loop, once everything has its place."""
    # The log-in is painted without it.
    from mnclinic.ui.next_turn import in_next_turn

    in_next_turn(widget, lambda: bring_into_view(widget, widget.rect()))


def bring_news_into_view(widget: QWidget) -> None:
    """Have what was just told in sight, though the room for it is made in several turns of the event loop."""
    for scroller in _scroll_areas_of(widget):
        if isinstance(scroller, Scroller):
            scroller.show_news(widget)
    bring_into_view_soon(widget)


def makes_room_for_news(widget: QWidget) -> bool:
    """Whether what moves this is something that was told above it, which is to be read first."""
    return any(isinstance(one, Scroller) and one.has_news for one in _scroll_areas_of(widget))


def _scroll_areas_of(widget: QWidget) -> Iterator[QScrollArea]:
    """What this is scrolled in, the innermost first."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            yield above
        above = above.parentWidget()


def bring_into_view(widget: QWidget, rect: QRect) -> None:
    """Scroll everything that `widget` lies in until `rect` (in its own pixels) is in sight.

    Where it is taller than the room, its top is.
    """
    for above in _scroll_areas_of(widget):
        if (content := above.widget()) is not None:
            top = widget.mapTo(content, rect.topLeft()).y()
            bar, room = above.verticalScrollBar(), above.viewport().height()
            value = max(bar.value(), top + rect.height() - room)
            bar.setValue(min(value, top))


def bring_top_into_view(widget: QWidget, rect: QRect) -> None:
    """Scroll all that `widget` lies in to its top, where `rect` (in its own pixels) is in sight there too."""
    for above in _scroll_areas_of(widget):
        if (content := above.widget()) is not None:
            foot = widget.mapTo(content, rect.bottomLeft()).y()
            if foot < above.viewport().height():
                above.verticalScrollBar().setValue(0)
