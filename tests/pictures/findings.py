"""What is wrong with a page as it stands: words cut, widgets over one another, words too faint to read.

Geometry is asked of the widgets; contrast is measured in the picture, so that a colour that no table of
tokens knows is found too.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QWidget,
)

from mnclinic.ui.elements import CHIP_ROLE, Chip, chip_size
from mnclinic.ui.language import spoken
from mnclinic.ui.tokens import Size, Space, contrast

SLACK_PX = 1
"""Rounding of a scale; nobody sees it."""
EDGE_PX = 3
"""Borders and rounded corners at the edge of a widget are no words."""
LEAST_CONTRAST = 4.5
FEWEST_PIXELS = 4
"""Fewer of one colour are the smoothing of a letter's edge."""
_ENDLESS_PX = 1 << 20
ROUNDING = 0.12
"""Thin strokes never reach their full ink between the pixels."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong. `what` is cut, elided, overlap, outside or faint."""

    what: str
    widget: str
    words: str

    def __str__(self) -> str:
        return f"{self.what}: {self.widget}: {self.words}"


def findings_of(root: QWidget, picture: QImage | None = None) -> list[Finding]:
    """Everything wrong with the visible widgets under `root`, sorted, each once.

    `picture` is a picture of `root`; without it contrast is not measured.
    """
    found: set[Finding] = set()
    shown = [one for one in root.findChildren(QWidget) if one.isVisibleTo(root)]
    for widget in shown:
        found.update(_cut(widget))
        found.update(_outside(widget, root))
        if picture is not None:
            found.update(_faint(widget, root, picture))
    for widget in (root, *shown):
        found.update(_overlaps(widget))
    found.update(_words_over_words(shown, root))
    return sorted(found)


def called(widget: QWidget) -> str:
    """How to find the widget: its object name, or that of the nearest widget that has one."""
    kind = type(widget).__name__
    above: QWidget | None = widget
    while above is not None and not above.objectName():
        above = above.parentWidget()
    name = above.objectName() if above is not None else ""
    return f"{kind} {name}" if above is widget else f"{kind} in {name or 'the window'}"


def words_of(widget: QWidget) -> str:
    """The words that a widget shows, shortened."""
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    return " ".join((text or widget.accessibleName()).split())[:80]


def _cut(widget: QWidget) -> Iterator[Finding]:
    for kind, cut_words in _CUTS:
        if isinstance(widget, kind):
            yield from (Finding("cut", called(widget), words) for words in cut_words(widget))
            return


def _label_is_cut(label: QLabel) -> Iterator[str]:
    if not label.text():
        return
    if label.wordWrap():
        inside = label.contentsRect().width()
        room = QRect(0, 0, inside, _ENDLESS_PX)
        # A word that has no break of its own is cut at the side.
        taken = label.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, label.text()).width()
        needed = label.heightForWidth(label.width())
        is_cut = needed > label.height() + SLACK_PX or taken > inside + SLACK_PX
    else:
        is_cut = _is_smaller(label)
    if is_cut:
        yield words_of(label)


def _button_is_cut(widget: QWidget) -> Iterator[str]:
    if words_of(widget) and _is_smaller(widget):
        yield words_of(widget)


def _is_smaller(widget: QWidget) -> bool:
    wanted = widget.sizeHint()
    return wanted.width() > widget.width() + SLACK_PX or wanted.height() > widget.height() + SLACK_PX


def _combo_is_cut(combo: QComboBox) -> Iterator[str]:
    """A chosen thing may be longer than the room if it can be read another way."""
    words = combo.currentText()
    needed = combo.fontMetrics().horizontalAdvance(words)
    if needed > _combo_room(combo) + SLACK_PX and words not in combo.toolTip():
        yield words


def _combo_room(combo: QComboBox) -> int:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    field = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    )
    return field.width()


def _tabs_are_cut(tabs: QTabBar) -> Iterator[str]:
    for at in range(tabs.count()):
        if tabs.fontMetrics().horizontalAdvance(tabs.tabText(at)) > tabs.tabRect(at).width():
            yield tabs.tabText(at)


def _list_is_cut(lines: QListWidget) -> Iterator[str]:
    room = lines.viewport().width() - 3 * Space.SMALL
    for at in range(lines.count()):
        item = lines.item(at)
        beside = lines.iconSize().width() if not item.icon().isNull() else 0
        flags = Qt.TextFlag.TextWordWrap if lines.wordWrap() else Qt.TextFlag.TextSingleLine
        box = QRect(0, 0, room - beside, _ENDLESS_PX)
        taken = lines.fontMetrics().boundingRect(box, flags, item.text())
        if taken.width() > box.width() or taken.height() > lines.visualItemRect(item).height():
            yield item.text()


def _line_is_cut(line: QLineEdit) -> Iterator[str]:
    """Text that is typed may be longer than its field; what the field says of itself may not."""
    shown = line.displayText() or line.placeholderText()
    margins = line.textMargins()
    room = line.contentsRect().width() - margins.left() - margins.right()
    is_own_word = not line.displayText() or isinstance(line.parentWidget(), QAbstractSpinBox)
    is_too_wide = is_own_word and line.fontMetrics().horizontalAdvance(shown) > room + SLACK_PX
    if is_too_wide or line.fontMetrics().height() > line.height() + SLACK_PX:
        yield shown


def _table_is_cut(table: QTableView) -> Iterator[str]:
    """Titles and statuses are whole; other cells end in dots and say themselves in full under the mouse."""
    model, top = table.model(), table.horizontalHeader()
    if not model.rowCount():
        return
    shown = range(max(0, table.rowAt(0)), _last_row(table) + 1)
    for at in range(model.columnCount()):
        room = table.columnWidth(at)
        title = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
        if top.isVisible() and top.sectionSizeHint(at) > room + SLACK_PX:
            yield f"column {title}"
        looks = (model.index(number, at).data(CHIP_ROLE) for number in shown)
        for look in filter(None, looks):
            word = spoken(look.word)
            if chip_size(word).width() > room - Size.CELL_PADDING - Space.TIGHT + SLACK_PX:
                yield f"{title}: {word}"
    if table.rowHeight(0) < table.fontMetrics().height():
        yield "rows too low for their words"


_CUTS: tuple[tuple[Any, Callable[[Any], Iterator[str]]], ...] = (
    (QLabel, _label_is_cut),
    (QAbstractButton, _button_is_cut),
    (Chip, _button_is_cut),
    (QComboBox, _combo_is_cut),
    (QLineEdit, _line_is_cut),
    (QTabBar, _tabs_are_cut),
    (QTableView, _table_is_cut),
    (QListWidget, _list_is_cut),
)


def _last_row(table: QTableView) -> int:
    last = table.rowAt(table.viewport().height() - 1)
    return last if last >= 0 else table.model().rowCount() - 1


def _outside(widget: QWidget, root: QWidget) -> Iterator[Finding]:
    """Words and controls that reach over the edge of what holds them are cut there.

    Below the edge of a scrolled viewport they are scrolled into view; beside it nothing scrolls.
    """
    if not isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox | QTableView | Chip):
        return
    if not words_of(widget) and not isinstance(widget, QTableView):
        return
    above = widget.parentWidget()
    is_scrolled = False
    while above is not None and above is not root.parentWidget():
        box = QRect(widget.mapTo(above, QPoint(0, 0)), widget.size())
        room = above.rect().adjusted(-SLACK_PX, -SLACK_PX, SLACK_PX, SLACK_PX)
        # A button of a field's own stands in the margin that the field left for it.
        if not isinstance(above, QLineEdit | QComboBox | QAbstractSpinBox | QHeaderView):
            if box.left() < room.left() or box.right() > room.right():
                yield Finding("outside", called(widget), words_of(widget))
                return
            if not is_scrolled and (box.top() < room.top() or box.bottom() > room.bottom()):
                scroller = above.parentWidget()
                if isinstance(scroller, QScrollArea) and scroller.viewport() is above:
                    is_scrolled = True
                else:
                    yield Finding("outside", called(widget), words_of(widget))
                    return
        above = above.parentWidget()


def _overlaps(parent: QWidget) -> Iterator[Finding]:
    """Siblings over one another, where a layout was to keep them apart."""
    if isinstance(parent, QAbstractScrollArea | QLineEdit | QComboBox | QAbstractSpinBox | QHeaderView):
        return
    if parent.layout() is None:
        return
    children = [
        one
        for one in parent.children()
        if isinstance(one, QWidget)
        and one.isVisibleTo(parent)
        and not one.isWindow()
        and not one.size().isEmpty()
    ]
    for first, second in combinations(children, 2):
        shared = first.geometry().intersected(second.geometry())
        if shared.width() > SLACK_PX and shared.height() > SLACK_PX:
            yield Finding("overlap", called(first), f"with {called(second)}: {words_of(second)}")


def _words_over_words(shown: list[QWidget], root: QWidget) -> Iterator[Finding]:
    """Words over other words where no layout keeps them apart: put there by hand, or on another's place."""
    worded = [
        (one, _room_seen(one, root).intersected(QRect(one.mapTo(root, QPoint(0, 0)), one.size())))
        for one in shown
        if isinstance(one, QLabel | QAbstractButton) and words_of(one) and not one.isWindow()
    ]
    for (first, room), (second, other) in combinations(worded, 2):
        shared = room.intersected(other)
        if shared.width() <= SLACK_PX or shared.height() <= SLACK_PX:
            continue
        is_apart = first.parentWidget() is not second.parentWidget() or not _has_layout(first)
        if is_apart and not first.isAncestorOf(second) and not second.isAncestorOf(first):
            yield Finding("overlap", called(first), f"with {called(second)}: {words_of(second)}")


def _has_layout(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return parent is not None and parent.layout() is not None


def _faint(widget: QWidget, root: QWidget, picture: QImage) -> Iterator[Finding]:
    if not isinstance(widget, QLabel | QAbstractButton | Chip) or not words_of(widget):
        return
    if not widget.isEnabled() or (isinstance(widget, QLabel) and not widget.text().strip()):
        return
    # A zone of the map has a name for the keyboard, and no word of it is painted.
    if widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents) and isinstance(
        widget, QAbstractButton
    ):
        return
    corner = widget.mapTo(root, QPoint(0, 0))
    box = QRect(corner, widget.size()).adjusted(EDGE_PX, EDGE_PX, -EDGE_PX, -EDGE_PX)
    is_seen = _room_seen(widget, root).contains(box)
    # One thin figure alone never reaches its full ink.
    if not is_seen or len(words_of(widget)) < 2 or box.isEmpty():
        return
    measured = picture_contrast(picture, box)
    if measured is not None and measured < LEAST_CONTRAST - ROUNDING:
        yield Finding("faint", called(widget), f"{measured:.2f}: {words_of(widget)}")


def _room_seen(widget: QWidget, root: QWidget) -> QRect:
    """What of the window this widget can be seen in: its viewports cut it off."""
    seen = root.rect()
    above = widget.parentWidget()
    while above is not None and above is not root:
        seen = seen.intersected(QRect(above.mapTo(root, QPoint(0, 0)), above.size()))
        above = above.parentWidget()
    return seen


def picture_contrast(picture: QImage, box: QRect) -> float | None:
    """The contrast of the words in `box` with their ground; None where it is all one colour."""
    ratio = picture.devicePixelRatio()
    part = QRect(
        round(box.x() * ratio),
        round(box.y() * ratio),
        round(box.width() * ratio),
        round(box.height() * ratio),
    )
    cut = picture.copy(part).convertToFormat(QImage.Format.Format_RGB888)
    width, line = cut.width() * 3, cut.bytesPerLine()
    data = bytes(cut.constBits())
    counted: Counter[bytes] = Counter()
    for at in range(cut.height()):
        pixels = data[at * line : at * line + width]
        counted.update(pixels[x : x + 3] for x in range(0, width, 3))
    ground = counted.most_common(1)[0][0]
    # The strongest ink that so many pixels reach: fewer are one letter's edge, and thin strokes reach less.
    reached = 0
    by_contrast = sorted(
        ((contrast(f"#{ink.hex()}", f"#{ground.hex()}"), count) for ink, count in counted.items()),
        reverse=True,
    )
    for ratio_of_ink, count in by_contrast:
        reached += count
        if reached >= FEWEST_PIXELS:
            return ratio_of_ink if ratio_of_ink > 1 else None
    return None
