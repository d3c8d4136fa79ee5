"""Tables over frozen rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QMetaMethod,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QHoverEvent,
    QKeyEvent,
    QMouseEvent,
    QMoveEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from mnclinic.ui.elements.layout import bring_into_view, bring_top_into_view, makes_room_for_news
from mnclinic.ui.elements.status import ChipLook, chip_size, paint_chip
from mnclinic.ui.keys import KeyLine
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Size, Space, TextStyle, Type

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
CHIP_ROLE = Qt.ItemDataRole.UserRole + 1
MOST_MEASURED = 100
MOST_OF_SHARE = 1.6
"""A column with long words has at most so many times its share."""
ONE_FIGURE = str.maketrans("123456789", "000000000")
LEADS_NOWHERE = frozenset(
    {
        Qt.FocusReason.MouseFocusReason,
        Qt.FocusReason.ActiveWindowFocusReason,
        Qt.FocusReason.PopupFocusReason,
    }
)
"""Why the keyboard comes to where the person looks already; under the pointer nothing moves."""
FOCUS_BAR = 3
"""Before the current row of the table that has the keyboard."""


@dataclass(frozen=True)
class Column:
    """A column: its title, the text of a row, its share of the width, and a chip if it is a status.

    `is_drawn`: a delegate draws something else there than the text, so that its length says nothing.
    `is_whole`: a day or a number, of which half says nothing; it goes before names and sentences.
    """

    title: str
    text: Callable[[Any], str]
    share: int = 1
    chip: Callable[[Any], ChipLook | None] | None = None
    is_drawn: bool = False
    is_whole: bool = False


class RowModel(QAbstractTableModel):
    """Frozen rows and declared columns; fetches nothing."""

    def __init__(self, columns: Sequence[Column]) -> None:
        """Make an empty model."""
        super().__init__()
        self._columns = tuple(columns)
        self._rows: tuple[Any, ...] = ()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace everything shown."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def show_beginning(self, rows: Sequence[Any], total: int) -> None:
        """Show `total` rows, of which the first ones are here. This model has them all or none."""
        if len(rows) != total:
            raise ValueError("a model that fetches nothing needs every row")
        self.show_rows(rows)

    def row_at(self, number: int) -> Any:
        """The frozen row of a line."""
        return self._rows[number]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's words, its chip, or the row itself."""
        if not index.isValid():
            return None
        item, column_of = self.row_at(index.row()), self._columns[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            text = column_of.text(item)
            return text if column_of.chip is None else spoken(text)
        if role == ROW_ROLE:
            return item
        if role == CHIP_ROLE and column_of.chip is not None:
            return column_of.chip(item)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Column titles, at the left."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return spoken(self._columns[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


def paint_row_ground(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
    """Paint what is behind a cell: whether its row is current, and the line below it.

    Where the keyboard is elsewhere the current row is marked, and does not call.
    """
    c, state = colours(), option.state
    rect: QRect = option.rect
    if state & QStyle.StateFlag.State_Selected:
        has_keyboard = bool(state & QStyle.StateFlag.State_Active) and option.widget.hasFocus()
        painter.fillRect(rect, QColor(c.selection if has_keyboard else c.surface_hover))
        if has_keyboard and index.column() == 0:
            painter.fillRect(rect.x(), rect.y(), FOCUS_BAR, rect.height() - 1, QColor(c.accent))
    elif isinstance(option.widget, RowTable) and option.widget.pointed_row == index.row():
        painter.fillRect(rect, QColor(c.surface_hover))
    painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, QColor(c.line))


class _RowDelegate(QStyledItemDelegate):
    """Paints a row: its bottom line, its selection, its words or its chip."""

    def __init__(self, parent: QTableView, columns: Sequence[Column]) -> None:
        super().__init__(parent)
        # Asking the model for a chip that no row has would be a tenth of a list's painting.
        self._with_chips = frozenset(at for at, one in enumerate(columns) if one.chip is not None)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = colours()
        rect: QRect = option.rect
        paint_row_ground(painter, option, index)
        inner = rect.adjusted(Size.CELL_PADDING, 0, -Space.TIGHT, -1)
        look: ChipLook | None = index.data(CHIP_ROLE) if index.column() in self._with_chips else None
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if look is not None:
            size = chip_size(spoken(look.word))
            top = inner.y() + (inner.height() - size.height()) // 2
            paint_chip(
                painter,
                QRect(inner.x(), top, min(size.width(), inner.width()), size.height()),
                spoken(look.word),
                look,
            )
            return
        painter.setFont(theme().font(_style_of(index.column())))
        painter.setPen(QColor(c.text))
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Words that end in dots are told in full under the mouse."""
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        look: ChipLook | None = index.data(CHIP_ROLE)
        room = option.rect.width() - Size.CELL_PADDING - Space.TIGHT
        style = _style_of(index.column())
        needed = chip_size(spoken(look.word)).width() if look else _advance(style, words)
        QToolTip.showText(event.globalPos(), words if needed > room else "", view)
        return True


def _style_of(number: int) -> TextStyle:
    """How the words of a column are drawn: the first says whose row it is."""
    return Type.STRONG if number == 0 else Type.BODY


def _advance(style: TextStyle, words: str) -> int:
    return QFontMetrics(theme().font(style)).horizontalAdvance(words)


def _widest(style: TextStyle, words: set[str]) -> int:
    # One figure is as wide as another, so of dates and numbers few are different here.
    metrics = QFontMetrics(theme().font(style))
    return max(map(metrics.horizontalAdvance, {one.translate(ONE_FIGURE) for one in words}), default=0)


class RowTable(QTableView):
    """A table over frozen rows. Enter or a double click opens a row."""

    opened = Signal(object)
    """A row was opened. Carries the frozen row."""

    chosen = Signal(object)
    """Another row is current. Carries the frozen row, or None."""

    def __init__(
        self, name: str, columns: Sequence[Column], words: str, rows: RowModel | None = None
    ) -> None:
        """Make an empty table; `words` name it to screen readers, `rows` is a model of another make."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self._columns = tuple(columns)
        self.pointed_row = -1
        """The row that the mouse is over; the whole of it answers."""
        self._stand_ins: tuple[QWidget, ...] = ()
        self._widest_chips: dict[int, int] = {}
        self._widest_words: dict[int, int] = {}
        self.rows = rows or RowModel(columns)
        self.setModel(self.rows)
        self.setItemDelegate(_RowDelegate(self, columns))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(theme().px(Size.ROW))
        top = self.horizontalHeader()
        top.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        top.setHighlightSections(False)
        top.setFixedHeight(theme().px(Size.ROW - 4))
        # Once the page has laid out what it shows beside another current row.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._come_into_view)
        self._is_pointed_at = False
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._choose)

    def stand_in(self, *others: QWidget) -> None:
        """Say who gets the keyboard, the first of them that is seen, while the list is not.

        Without that the toolkit hands it to whatever comes next: after the last list of a page, to the rail.
        """
        self._stand_ins = others

    def take_keyboard(self) -> None:
        """Have the keyboard here, or where it goes while there is no list."""
        self._next_seen((self, *self._stand_ins)).setFocus()

    def setVisible(self, visible: bool) -> None:
        """An empty list goes, and leaves the keyboard to who stands in for it."""
        has_keyboard = not visible and self.window().focusWidget() is self
        super().setVisible(visible)
        if has_keyboard:
            self._next_seen(self._stand_ins).setFocus()

    def _next_seen(self, among: Iterable[QWidget]) -> QWidget:
        return next((one for one in among if self._will_be_seen(one)), self)

    def _will_be_seen(self, one: QWidget) -> bool:
        """Whether something is shown on its page, which is filled before it is in sight itself."""
        page = one.parentWidget()
        while page is not None and page.objectName() != "page" and not page.isWindow():
            page = page.parentWidget()
        return one.isVisibleTo(page) if page is not None else not one.isHidden()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace everything shown; the first row becomes current."""
        self.show_beginning(rows, len(rows))

    def show_beginning(self, rows: Sequence[Any], total: int) -> None:
        """Show `total` rows, of which the first ones are here; the model has the others fetched."""
        self.rows.show_beginning(rows, total)
        self._measure(rows[:MOST_MEASURED])
        if rows:
            self.selectRow(0)
        else:
            self.chosen.emit(None)

    def _measure(self, rows: Sequence[Any]) -> None:
        """How wide statuses and words are: a status is shown whole while other columns can spare the room."""
        self._widest_chips = {
            number: max(chip_size(spoken(look.word)).width() for look in looks)
            for number, one in enumerate(self._columns)
            if one.chip is not None
            and (looks := [look for row in rows if (look := one.chip(row)) is not None])
        }
        self._widest_words = {
            number: _widest(
                _style_of(number),
                {one.text(row) for row in rows if one.chip is None or one.chip(row) is None},
            )
            for number, one in enumerate(self._columns)
            if not one.is_drawn
        }
        self._share_out()

    def _share_out(self) -> None:
        """Give the columns their widths, without a second painting of what is about to be painted anyway.

        A view that hears of a column's width paints itself once more a moment later.
        """
        top, changed = self.horizontalHeader(), False
        before = top.blockSignals(True)
        for number, width in enumerate(self._widths(self.viewport().width())):
            if top.sectionSize(number) != width:
                top.resizeSection(number, width)
                changed = True
        top.blockSignals(before)
        if changed:
            self.updateGeometries()
            self.viewport().update()

    def select(self, is_it: Callable[[Any], bool]) -> bool:
        """Make the first row current of which `is_it` is true; False, and all stays, where there is none."""
        for at in range(self.rows.rowCount()):
            item = self.rows.row_at(at)
            if item is not None and is_it(item):
                self.selectRow(at)
                return True
        return False

    def current(self) -> Any:
        """The current frozen row, or None."""
        index = self.currentIndex()
        return self.rows.row_at(index.row()) if index.isValid() else None

    def told_keys(self) -> Sequence[KeyLine]:
        """What Enter does, where the table leads somewhere."""
        leads = self.isSignalConnected(QMetaMethod.fromSignal(self.opened))
        if not leads or not self.currentIndex().isValid():
            return ()
        return (KeyLine(self.tr("Enter"), self.tr("Open the current line")),)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last row: a row is one thing, and its columns are no stops."""
        wanted = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self.rows.rowCount() - 1,
        }.get(action)
        if wanted is None or wanted < 0:
            return super().moveCursor(action, modifiers)
        return self.rows.index(wanted, max(0, self.currentIndex().column()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What is pressed with the mouse is in sight, and does not move away under it."""
        self._is_pointed_at = True
        super().mousePressEvent(event)
        self._is_pointed_at = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Nor does what the mouse is drawn over with its button down."""
        self._is_pointed_at = True
        super().mouseMoveEvent(event)
        self._is_pointed_at = False

    def viewportEvent(self, event: QEvent) -> bool:
        """Where the mouse is, the row is marked, not the cell alone."""
        if event.type() == QEvent.Type.Leave:
            self._point_at(-1)
        elif isinstance(event, QHoverEvent):
            self._point_at(self.rowAt(event.position().toPoint().y()))
        return super().viewportEvent(event)

    def _point_at(self, row: int) -> None:
        if row != self.pointed_row:
            self.pointed_row = row
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The line that the keyboard is on comes into sight, however far down the page was scrolled."""
        super().focusInEvent(event)
        if event.reason() not in LEADS_NOWHERE:
            self._soon.start()

    def resizeEvent(self, event: Any) -> None:
        """Share the width out among the columns."""
        super().resizeEvent(event)
        self._share_out()
        if self._is_led_here() and not makes_room_for_news(self):
            self._soon.start()

    def moveEvent(self, event: QMoveEvent) -> None:
        """What is above it on the page became longer or shorter."""
        super().moveEvent(event)
        if self._is_led_here() and not makes_room_for_news(self):
            self._soon.start()

    def _is_led_here(self) -> bool:
        # Also of a window that waits behind another one.
        return self.window().focusWidget() is self

    def _come_into_view(self) -> None:
        index = self.currentIndex()
        if not index.isValid() or not self.isVisible():
            return
        self.scrollTo(index)
        line = self.visualRect(index)
        whole = QRect(0, line.y(), self.viewport().width(), line.height())
        bring_into_view(self.viewport(), whole)
        if index.row() == 0:
            # A page that is laid out in steps would else stay scrolled by a bit.
            bring_top_into_view(self.viewport(), whole)

    def _widths(self, whole: int) -> list[int]:
        """So that every title, status and word is whole while there is room; else by their shares.

        One column's long words take no more than some of what the others can spare.
        """
        top = self.horizontalHeader()
        beside = Size.CELL_PADDING + 2 * Space.TIGHT
        shares = sum(one.share for one in self._columns)
        wanted = [whole * one.share // shares for one in self._columns]
        least = [
            max(
                top.sectionSizeHint(number),
                beside + self._widest_chips.get(number, -beside),
                width if one.is_drawn else 0,
                beside + self._widest_words.get(number, -beside) if one.is_whole else 0,
            )
            for number, (one, width) in enumerate(zip(self._columns, wanted, strict=True))
        ]
        beside = 2 * Size.CELL_PADDING
        words = [
            min(round(width * MOST_OF_SHARE), beside + self._widest_words.get(number, -beside))
            for number, width in enumerate(wanted)
        ]
        full = [max(pair) for pair in zip(least, words, strict=True)]
        left = whole - sum(full)
        if left >= 0:
            return [
                width + left * one.share // shares for width, one in zip(full, self._columns, strict=True)
            ]
        left = whole - sum(least)
        if left >= 0:
            missing = [width - low for width, low in zip(full, least, strict=True)]
            return [low + left * more // sum(missing) for low, more in zip(least, missing, strict=True)]
        lacking = sum(max(0, low - width) for low, width in zip(least, wanted, strict=True))
        spare = sum(max(0, width - low) for low, width in zip(least, wanted, strict=True))
        if not lacking or lacking > spare:
            return wanted
        taken = lacking / spare
        return [
            low if width < low else width - round((width - low) * taken)
            for low, width in zip(least, wanted, strict=True)
        ]

    def _open(self, index: QModelIndex) -> None:
        item = self.rows.row_at(index.row())
        if item is not None:
            self.opened.emit(item)

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.rows.row_at(index.row()) if index.isValid() else None)
        if self._is_led_here() and not self._is_pointed_at:
            self._soon.start()
