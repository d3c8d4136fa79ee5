"""The few parts that every page is built from.

button, label, Card, PageHeader    words, actions and the boxes around them
Chip, StateChip, Lights            a status: a word, a shape and a colour with one meaning
Banner, EmptyState                 what a person has to know, and what to do when there is nothing
Field                              a label, its control, help, and the problem beside it
RowTable, Column                   a table over frozen rows
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QComboBox,
    QDateEdit,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from mnclinic.domain.finding import Light, LightState
from mnclinic.domain.visit_life import VisitState
from mnclinic.ui.icons import icon, paint_icon
from mnclinic.ui.theme import colours, restyle, theme
from mnclinic.ui.tokens import Radius, Size, Space, TextStyle, Tone, Type

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
CHIP_ROLE = Qt.ItemDataRole.UserRole + 1
LARGE_TEXT = 1.5
"""From this scale of the text on, what stands side by side goes one below the other."""


@dataclass(frozen=True)
class ChipLook:
    """A status: its word, its shape (an icon's name) and its tone."""

    word: str
    shape: str
    tone: Tone


STATE_LOOK = {
    VisitState.DRAFT: ChipLook("Draft", "pen-line", Tone.DRAFT),
    VisitState.DEFERRED: ChipLook("Deferred", "ban", Tone.STOP),
    VisitState.PERFORMED: ChipLook("Performed", "circle-dot", Tone.WAITING),
    VisitState.IN_REVIEW: ChipLook("In review", "hourglass", Tone.DIRECTOR),
    VisitState.COMPLETE_NOT_DRAWN: ChipLook("Complete, not drawn", "circle-check", Tone.COMPLETE),
    VisitState.RETURNED: ChipLook("Returned", "corner-up-left", Tone.SOON),
    VisitState.SIGNED: ChipLook("Signed off", "badge-check", Tone.COMPLETE),
    VisitState.VOIDED: ChipLook("Voided", "circle-minus", Tone.DRAFT),
}

LIGHT_LOOK = {
    LightState.PASSED: ChipLook("ready", "circle-check", Tone.COMPLETE),
    LightState.WARNED: ChipLook("look", "triangle-alert", Tone.SOON),
    LightState.FAILED: ChipLook("stop", "octagon-x", Tone.STOP),
    LightState.NOT_DONE: ChipLook("not done", "circle-dashed", Tone.DRAFT),
}


def label(text: str, style: TextStyle = Type.BODY, tint: str = "", *, wraps: bool = False) -> QLabel:
    """Words in one step of the type scale; `tint` is muted, faint, accent or stop."""
    made = QLabel(text)
    made.setFont(theme().font(style))
    made.setTextFormat(Qt.TextFormat.PlainText)
    if tint:
        made.setProperty("tint", tint)
    if wraps:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def button(
    text: str,
    name: str,
    *,
    kind: str = "",
    shape: str = "",
    pressed: Callable[[], None] | None = None,
) -> QPushButton:
    """A button of a kind (primary, quiet, danger or plain) with an icon's shape in front of its words."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAccessibleName(text.replace("&", ""))
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if kind:
        made.setProperty("kind", kind)
    if shape:
        ink = {"primary": "on_accent", "danger": "on_danger", "quiet": "accent_text"}.get(kind, "text")
        made.setIcon(icon(shape, ink))
        made.setIconSize(QSize(Size.ICON + 6, Size.ICON))
    if pressed is not None:
        made.clicked.connect(lambda _checked=False: pressed())
    return made


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


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


class Scroller(QScrollArea):
    """A vertical scroll area that looks like nothing and gives wrapped words all the height they need.

    Qt sizes the content by its minimum size, which does not know how many lines words wrap to.
    """

    def __init__(self, content: QWidget) -> None:
        """Scroll `content`, which has a layout."""
        super().__init__()
        self.setObjectName("bare")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content changed: fit it anew."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps words differently."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        content = self.widget()
        layout = content.layout() if content is not None else None
        if content is None or layout is None:
            return
        width = self.viewport().width()
        has_words = layout.hasHeightForWidth()
        height = layout.totalHeightForWidth(width) if has_words else layout.totalMinimumSize().height()
        content.setMinimumHeight(max(height, layout.totalMinimumSize().height()))


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun: 1 patient, 2 patients."""
    return f"{count:,} {one if count == 1 else many}"


class Card(QFrame):
    """A white box with a title; put things into `body`."""

    def __init__(self, title: str = "", subtitle: str = "") -> None:
        """Make an empty card."""
        super().__init__()
        self.setObjectName("card")
        self.body = column(self, gap=Space.MEDIUM, margin=Space.CARD)
        if title:
            self.title = label(title, Type.HEADING)
            self.body.addWidget(self.title)
        self.subtitle = label(subtitle, Type.SMALL, "muted", wraps=True)
        self.subtitle.setVisible(bool(subtitle))
        self.body.addWidget(self.subtitle)

    def hold_table(self, table: QWidget, *others: QWidget) -> None:
        """Let a table reach the card's edges, with the title above it."""
        has_title = hasattr(self, "title")
        self.body.setContentsMargins(1, Space.LARGE if has_title else 1, 1, 1)
        for words in (getattr(self, "title", None), self.subtitle):
            if words is not None:
                words.setContentsMargins(Size.CELL_PADDING, 0, Size.CELL_PADDING, 0)
        self.add(table, *others)

    def add(self, *widgets: QWidget) -> None:
        """Add widgets below what is there."""
        for widget in widgets:
            self.body.addWidget(widget)


class PageHeader(QWidget):
    """A page's title and subtitle at the left, its actions at the right."""

    def __init__(self, title: str, actions: Sequence[QWidget] = ()) -> None:
        """Make a header; set `subtitle` when it is known."""
        super().__init__()
        line = row(self, gap=Space.MEDIUM)
        words = column(gap=Space.HAIR)
        self.title = label(title, Type.TITLE)
        self.subtitle = label("", Type.SMALL, "muted", wraps=theme().text_scale >= LARGE_TEXT)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        line.addLayout(words, 1)
        for action in actions:
            line.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)


class Chip(QWidget):
    """A status as a word, a shape and a colour. Painted, so that it keeps its height."""

    def __init__(self, look: ChipLook, prefix: str = "") -> None:
        """Show one status; `prefix` is read out with the word and shown before it."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._prefix = prefix
        self.show_look(look)

    def show_look(self, look: ChipLook) -> None:
        """Show another status."""
        self._look = look
        words = f"{self._prefix} {look.word}".strip()
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the shape and the words."""
        return chip_size(self._words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill."""
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._words, self._look)


def chip_size(words: str) -> QSize:
    """The size of a chip with these words."""
    metrics = QFontMetrics(theme().font(Type.CHIP))
    return QSize(metrics.horizontalAdvance(words) + 36, theme().px(24))


def paint_chip(painter: QPainter, rect: QRect, words: str, look: ChipLook) -> None:
    """Paint a chip into `rect`."""
    tone = colours().tones[look.tone]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(tone.border))
    painter.setBrush(QColor(tone.background))
    radius = min(Radius.CHIP + 2, rect.height() / 2)
    painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), radius, radius)
    shape = QRect(rect.x() + 8, rect.y() + (rect.height() - 14) // 2, 14, 14)
    paint_icon(painter, shape, look.shape, tone.text)
    painter.setFont(theme().font(Type.CHIP))
    painter.setPen(QColor(tone.text))
    painter.drawText(
        rect.adjusted(27, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words
    )
    painter.restore()


class LightButton(QPushButton):
    """One readiness light of the open visit; pressing it leads to what fixes it."""

    def __init__(self, light: Light) -> None:
        """Make the light, not done yet."""
        super().__init__()
        self._light = light
        self.setObjectName(f"light.{light.value}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_state(LightState.NOT_DONE)

    def show_state(self, state: LightState) -> None:
        """Show how the light stands."""
        self._look = LIGHT_LOOK[state]
        self.setAccessibleName(f"{self._light.value}: {self._look.word}")
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines of words beside a shape."""
        return QSize(theme().px(118), theme().px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the light."""
        tone, c = colours().tones[self._look.tone], colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tone.background))
        edge = c.accent_text if self.hasFocus() else tone.border
        painter.setPen(QColor(edge))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), Radius.CONTROL, Radius.CONTROL)
        if self.hasFocus():
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -3, -3), Radius.CONTROL, Radius.CONTROL)
        middle = self.height() // 2
        paint_icon(painter, QRect(12, middle - 9, 18, 18), self._look.shape, tone.text)
        words = self.rect().adjusted(38, 6, -6, -6)
        painter.setPen(QColor(tone.text))
        painter.setFont(theme().font(Type.LABEL))
        half = words.height() // 2
        top = QRect(words.x(), words.y(), words.width(), half)
        bottom = QRect(words.x(), words.y() + half, words.width(), half)
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, self._light.value.capitalize())
        painter.setFont(theme().font(Type.CHIP))
        painter.drawText(bottom, Qt.AlignmentFlag.AlignVCenter, self._look.word)


class Banner(QFrame):
    """Something a person has to know, above the page's content."""

    def __init__(self, tone: Tone = Tone.INFO, shape: str = "info") -> None:
        """Make a hidden banner."""
        super().__init__()
        self.setObjectName("banner")
        line = row(self, gap=Space.SMALL, margin=Space.MEDIUM)
        self._shape = _Shape()
        self._words = label("", Type.BODY, wraps=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action_row = row(gap=Space.SMALL)
        line.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._words, 1)
        line.addLayout(self.action_row)
        self._tone, self._icon = tone, shape
        self.hide()

    def make_low(self) -> None:
        """Take less height, for several under one another."""
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(Space.MEDIUM, Space.HAIR, Space.SMALL, Space.HAIR)
            for widget in (self._shape, self._words):
                layout.setAlignment(widget, Qt.AlignmentFlag.AlignVCenter)

    def say(self, words: str, tone: Tone | None = None, shape: str | None = None) -> None:
        """Show these words; an empty text hides the banner."""
        self._tone, self._icon = tone or self._tone, shape or self._icon
        pair = colours().tones[self._tone]
        self.setStyleSheet(
            f"QFrame#banner {{ background: {pair.background}; border: 1px solid {pair.border};"
            f" border-radius: {Radius.CONTROL}px; }} QLabel {{ color: {pair.text}; }}"
        )
        self._shape.show_icon(self._icon, pair.text)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))


class _Shape(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._name, self._colour = "info", "#000000"
        self.setFixedSize(20, 20)

    def show_icon(self, name: str, colour: str) -> None:
        self._name, self._colour = name, colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), QRect(1, 1, 18, 18), self._name, self._colour)


class EmptyState(QWidget):
    """What will appear here, and the first thing to do."""

    def __init__(self, shape: str, title: str, words: str, action: QPushButton | None = None) -> None:
        """Make the state; hide it when there is something to show."""
        super().__init__()
        middle = column(self, gap=Space.SMALL, margin=Space.PAGE)
        middle.addStretch(1)
        mark = _Shape()
        mark.setFixedSize(36, 36)
        mark.show_icon(shape, colours().text_faint)
        self.title = label(title, Type.HEADING)
        self.words = label(words, Type.BODY, "muted", wraps=True)
        for widget in (mark, self.title):
            middle.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        # Over the whole width: beside a stretch, words that wrap would get the narrowest column there is.
        middle.addWidget(self.words)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        if action is not None:
            middle.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)


class Field(QWidget):
    """A label, its control, a line of help, and the problem that stands against it."""

    def __init__(self, words: str, control: QWidget, help_text: str = "") -> None:
        """Put a control under its label; the label is its buddy and its name."""
        super().__init__()
        lines = column(self, gap=Space.TIGHT)
        self.label = label(words, Type.LABEL)
        self.label.setBuddy(control)
        control.setAccessibleName(words.replace("&", ""))
        # The keyboard lands on the inner field of these, which has no name of its own.
        if (
            isinstance(control, QDateEdit | QSpinBox | QComboBox)
            and (inner := control.lineEdit()) is not None
        ):
            inner.setAccessibleName(words.replace("&", ""))
        self.control = control
        self.help = label(help_text, Type.SMALL, "muted", wraps=True)
        self.help.setVisible(bool(help_text))
        self.problem = label("", Type.SMALL, "stop", wraps=True)
        self.problem.hide()
        for widget in (self.label, control, self.help, self.problem):
            lines.addWidget(widget)
        # Side by side, a field with help and one without keep their controls in line.
        lines.addStretch(1)

    def show_problem(self, what: str) -> None:
        """Show what is wrong beside the control; empty text clears it."""
        self.problem.setText(what)
        self.problem.setVisible(bool(what))
        self.control.setProperty("problem", bool(what))
        self.control.setAccessibleDescription(what)
        restyle(self.control)


@dataclass(frozen=True)
class Column:
    """A column: its title, the text of a row, its share of the width, and a chip if it is a status."""

    title: str
    text: Callable[[Any], str]
    share: int = 1
    chip: Callable[[Any], ChipLook | None] | None = None


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
            return column_of.text(item)
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
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class _RowDelegate(QStyledItemDelegate):
    """Paints a row: its bottom line, its selection, its words or its chip."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = colours()
        rect: QRect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(c.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(c.surface_hover))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, QColor(c.line))
        inner = rect.adjusted(Size.CELL_PADDING, 0, -Space.TIGHT, -1)
        look: ChipLook | None = index.data(CHIP_ROLE)
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if look is not None:
            size = chip_size(look.word)
            top = inner.y() + (inner.height() - size.height()) // 2
            paint_chip(
                painter,
                QRect(inner.x(), top, min(size.width(), inner.width()), size.height()),
                look.word,
                look,
            )
            return
        painter.setFont(theme().font(Type.LABEL if index.column() == 0 else Type.BODY))
        painter.setPen(QColor(c.text))
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)


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
        self.rows = rows or RowModel(columns)
        self.setModel(self.rows)
        self.setItemDelegate(_RowDelegate(self))
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
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._choose)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace everything shown; the first row becomes current."""
        self.show_beginning(rows, len(rows))

    def show_beginning(self, rows: Sequence[Any], total: int) -> None:
        """Show `total` rows, of which the first ones are here; the model has the others fetched."""
        self.rows.show_beginning(rows, total)
        if rows:
            self.selectRow(0)
        else:
            self.chosen.emit(None)

    def current(self) -> Any:
        """The current frozen row, or None."""
        index = self.currentIndex()
        return self.rows.row_at(index.row()) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:
        """Share the width out among the columns."""
        super().resizeEvent(event)
        whole = sum(one.share for one in self._columns)
        width = self.viewport().width()
        for number, one in enumerate(self._columns):
            self.setColumnWidth(number, width * one.share // whole)

    def _open(self, index: QModelIndex) -> None:
        item = self.rows.row_at(index.row())
        if item is not None:
            self.opened.emit(item)

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.rows.row_at(index.row()) if index.isValid() else None)


def facts_grid(facts: Sequence[tuple[str, str]]) -> QWidget:
    """Two columns of words: what it is, and its value."""
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(Space.LARGE)
    grid.setVerticalSpacing(Space.SMALL)
    grid.setColumnStretch(1, 1)
    for number, (name, value) in enumerate(facts):
        grid.addWidget(label(name, Type.SMALL, "muted"), number, 0, Qt.AlignmentFlag.AlignTop)
        shown = label(value or "not recorded", Type.BODY, "" if value else "faint", wraps=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(shown, number, 1)
    return holder
