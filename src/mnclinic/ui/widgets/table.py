"""A table of frozen rows: columns declared as data, chips and lights painted, keyboard first.

table = DataTable(
    [
        Column("Patient", lambda row: row.patient, stretch=2),
        Column("State", lambda row: row.state_word, status=lambda row: visit_status(row.state)),
    ],
    label=self.tr("Visits of today"),
    empty=EmptyState("calendar-days", self.tr("No visits today"), ...),
)
table.row_opened.connect(self._open)
table.show_rows(rows)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from mnclinic.domain.finding import Light
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Size, TextStyle, Type
from mnclinic.ui.widgets.empty_state import EmptyState
from mnclinic.ui.widgets.lights import Lights, light_at, lights_text, lights_width, paint_lights, spoken
from mnclinic.ui.widgets.status import Status, chip_size, paint_chip

Row = TypeVar("Row")
AnyIndex = QModelIndex | QPersistentModelIndex

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""`index.data(ROW_ROLE)` is the whole row object, in every column."""

_OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column.

    `text` is what is shown, copied and spoken. `status` paints a chip instead of it, `lights` the
    readiness lights. `width` is in logical pixels (0: as wide as the title and the rows need, measured
    over the first rows); columns with a `stretch` share what is left.
    """

    title: str
    text: Callable[[Row], str]
    width: int = 0
    stretch: int = 0
    align: Literal["left", "right"] = "left"
    strong: bool = False
    muted: bool = False
    status: Callable[[Row], Status | None] | None = None
    lights: Callable[[Row], Lights] | None = None
    hint: Callable[[Row], str] | None = None
    """A tooltip; without one, text that does not fit is its own tooltip."""


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Holds rows and columns; fetches, sorts and decides nothing."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace everything shown."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def replace_row(self, place: int, row: Row) -> None:
        """Show another version of one row, in its place."""
        self._rows[place] = row
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown, from the top."""
        return tuple(self._rows)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """Override QAbstractTableModel.rowCount."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """Override QAbstractTableModel.columnCount."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Override QAbstractTableModel.data."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return lights_text(column.lights(row)) if column.lights else column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Override QAbstractTableModel.headerData."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section])
        return None


class DataTable(QFrame, Generic[Row]):
    """A table in a card, or what `empty` says while there are no rows.

    Enter and double click open a row, arrow keys move, Tab leaves.
    """

    row_opened = Signal(object)
    """Enter or double click. Carries the row object. UI thread."""
    row_selected = Signal(object)
    """The current row changed. Carries the row object, or None when there is none. UI thread."""
    light_clicked = Signal(object, str)
    """A light in a row was clicked. Carries the row object and the light's name. UI thread."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        *,
        label: str,
        empty: EmptyState | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.model: RowsModel[Row] = RowsModel(columns, self)
        self.view = _View(self)
        self.view.setObjectName(name)
        self.view.setAccessibleName(label)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_RowDelegate(self.view))
        has_lights = any(column.lights for column in columns)
        self.view.verticalHeader().setDefaultSectionSize(
            theme().px(Size.ROW_WITH_LIGHTS if has_lights else Size.ROW)
        )
        self.empty = empty if empty is not None else EmptyState("inbox", self.tr("Nothing here yet"))
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self.view.doubleClicked.connect(self._double_clicked)
        self.view.open_pressed.connect(self._open_current)
        self.view.light_pressed.connect(self._light_pressed)
        self.view.selectionModel().currentRowChanged.connect(self._current_changed)
        self._show_what_there_is()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace the rows. The scroll position and the current line stay where they can."""
        bar = self.view.verticalScrollBar()
        place, scrolled = self.view.currentIndex().row(), bar.value()
        self.model.show_rows(rows)
        self.view.fit_columns()
        if 0 <= place < self.model.rowCount():
            self.select_row(place)
        elif place >= 0:
            self.row_selected.emit(None)
        bar.setValue(scrolled)
        self._show_what_there_is()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown, from the top."""
        return self.model.rows

    def current_row(self) -> Row | None:
        """The row object of the current line, or None."""
        index = self.view.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    def select_row(self, place: int) -> None:
        """Make a line current, counted from 0."""
        self.view.setCurrentIndex(self.model.index(place, 0))

    def set_height_to_rows(self, most: int = 12) -> None:
        """Be as high as the rows, up to `most`: for a table inside a scrolling page."""
        rows = max(1, min(most, self.model.rowCount()))
        header = self.view.horizontalHeader().height()
        high = header + rows * self.view.verticalHeader().defaultSectionSize() + 4
        self.setFixedHeight(high if self.model.rowCount() else max(high, self.empty.sizeHint().height()))

    def _show_what_there_is(self) -> None:
        self._stack.setCurrentWidget(self.view if self.model.rowCount() else self.empty)

    def _double_clicked(self, index: QModelIndex) -> None:
        self.row_opened.emit(index.data(ROW_ROLE))

    def _open_current(self) -> None:
        if self.view.currentIndex().isValid():
            self.row_opened.emit(self.current_row())

    def _light_pressed(self, index: QModelIndex, name: str) -> None:
        self.light_clicked.emit(index.data(ROW_ROLE), name)

    def _current_changed(self, current: QModelIndex) -> None:
        self.row_selected.emit(current.data(ROW_ROLE) if current.isValid() else None)


class _View(QTableView):
    open_pressed = Signal()
    light_pressed = Signal(QModelIndex, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        titles = self.horizontalHeader()
        titles.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        titles.setHighlightSections(False)
        titles.setSectionsClickable(False)
        titles.setFixedHeight(theme().px(Size.CONTROL + 4))
        titles.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hovered = -1

    def fit_columns(self) -> None:
        """Give fixed columns what they need and let the stretching ones share the rest."""
        model = self.model()
        if not isinstance(model, RowsModel):
            return
        widths = [_wanted_width(column, model.rows) for column in model.columns]
        shares = [column.stretch for column in model.columns]
        spare = self.viewport().width() - sum(widths)
        if spare > 0 and any(shares):
            whole = sum(shares)
            given = [spare * share // whole for share in shares]
            given[shares.index(max(shares))] += spare - sum(given)
            widths = [width + more for width, more in zip(widths, given, strict=True)]
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPEN_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.open_pressed.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._hover(index.row())
        over_light = self._light_under(event, index) is not None
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if over_light else Qt.CursorShape.ArrowCursor
        )

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        light = self._light_under(event, index)
        if light is not None and event.button() == Qt.MouseButton.LeftButton:
            self.light_pressed.emit(index, light.value)

    def _light_under(self, event: QMouseEvent, index: QModelIndex) -> Light | None:
        model = self.model()
        if not index.isValid() or not isinstance(model, RowsModel):
            return None
        if model.columns[index.column()].lights is None:
            return None
        room = self.visualRect(index).adjusted(Size.CELL_PADDING, 0, 0, 0)
        return light_at(room, event.position().toPoint())

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()


class _RowDelegate(QStyledItemDelegate):
    """Paints whole cells: ground, words or chip or lights, the line under the row, the current mark."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        view, model = self.parent(), index.model()
        if not isinstance(view, _View) or not isinstance(model, RowsModel):
            return
        c = colours()
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, QColor(c.selection))
        elif view.hovered == index.row():
            painter.fillRect(rect, QColor(c.surface_hover))
        painter.setPen(QPen(QColor(c.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if selected and view.hasFocus():
            painter.fillRect(QRect(rect.x(), rect.y(), rect.width(), 2), QColor(c.accent_text))
            painter.fillRect(QRect(rect.x(), rect.bottom() - 1, rect.width(), 2), QColor(c.accent_text))
        room = rect.adjusted(Size.CELL_PADDING, 0, -Size.CELL_PADDING, 0)
        _paint_cell(painter, room, model.columns[index.column()], index.data(ROW_ROLE))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(80, theme().px(Size.ROW))

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        """Override QStyledItemDelegate.helpEvent: say a light, the column's hint, or what was elided."""
        model = index.model()
        if not isinstance(model, RowsModel) or event.type() != QEvent.Type.ToolTip:
            return False
        said = _tooltip(option.rect, event.pos(), model.columns[index.column()], index.data(ROW_ROLE))
        QToolTip.showText(event.globalPos(), said, view)
        return True


def _paint_cell(painter: QPainter, room: QRect, column: Column[Any], row: Any) -> None:
    if column.lights is not None:
        paint_lights(painter, room, column.lights(row))
        return
    if column.status is not None:
        status = column.status(row)
        if status is not None:
            paint_chip(painter, room, status)
        return
    c = colours()
    font = theme().font(_cell_style(column))
    painter.setFont(font)
    painter.setPen(QColor(c.text_muted if column.muted else c.text))
    one_line = " ".join(column.text(row).split())
    shown = QFontMetrics(font).elidedText(one_line, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _alignment(column), shown)


def _tooltip(rect: QRect, point: QPoint, column: Column[Any], row: Any) -> str:
    room = rect.adjusted(Size.CELL_PADDING, 0, -Size.CELL_PADDING, 0)
    if column.lights is not None:
        light = light_at(room, point)
        return spoken(light, column.lights(row).get(light)) if light is not None else ""
    if column.hint is not None:
        return column.hint(row)
    text = column.text(row)
    if column.status is not None:
        status = column.status(row)
        return text if status is not None and chip_size(status).width() > room.width() else ""
    metrics = QFontMetrics(theme().font(_cell_style(column)))
    return text if metrics.horizontalAdvance(text) > room.width() else ""


def _cell_style(column: Column[Any]) -> TextStyle:
    return Type.STRONG if column.strong else Type.BODY


def _alignment(column: Column[Any]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft
    return Qt.AlignmentFlag.AlignVCenter | side


_MEASURED_ROWS = 60
_NARROWEST_PX = 64


def _wanted_width(column: Column[Any], rows: Sequence[Any]) -> int:
    """Room for title and content; only the first rows are measured, so that long lists stay quick."""
    title = QFontMetrics(theme().font(Type.COLUMN)).horizontalAdvance(column.title)
    if column.width or column.stretch:
        content = theme().px(column.width) - 2 * Size.CELL_PADDING
    elif column.lights is not None:
        content = lights_width()
    elif column.status is not None:
        shown = [status for row in rows[:_MEASURED_ROWS] if (status := column.status(row)) is not None]
        content = max((chip_size(status).width() for status in shown), default=0)
    else:
        metrics = QFontMetrics(theme().font(_cell_style(column)))
        texts = (column.text(row) for row in rows[:_MEASURED_ROWS])
        content = max((metrics.horizontalAdvance(text) for text in texts), default=0)
    return max(title, content, _NARROWEST_PX - 2 * Size.CELL_PADDING) + 2 * Size.CELL_PADDING + 2
