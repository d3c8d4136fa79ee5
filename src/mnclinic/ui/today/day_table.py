"""The day as a table: six lights a visit, and a key for everything that is done with a line."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from mnclinic.domain.finding import Light
from mnclinic.services.list_day import DayLine
from mnclinic.ui.elements import LARGE_TEXT, ROW_ROLE, Column, Index, RowTable, light_look, paint_row_ground
from mnclinic.ui.icons import paint_icon
from mnclinic.ui.keys import KeyLine, native_keys
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.today.line_acts import LineAct
from mnclinic.ui.today.looks import (
    light_sentence,
    line_look,
    line_needs,
    line_note,
    line_readiness,
    line_service,
    translate,
)
from mnclinic.ui.tokens import Size, Space

LIGHT_SIDE = 16
LIGHT_STEP = 22
ROW_HEIGHT = 34
"""Lower than a row elsewhere, so that a low screen shows eight of the day's lines."""


class DayTable(RowTable):
    """The lines of a day. It keeps its place while the list is read anew."""

    asked = Signal(str, object)
    """A key or the menu asks for an act: its name, and the line."""

    turned = Signal(int)
    """Another day is wanted: -1 the one before, 1 the next, 0 today."""

    light_wanted = Signal(object, object)
    """A light is to be mended: the line, and the light."""

    need_wanted = Signal()
    """The next line that needs something is wanted."""

    plan_wanted = Signal(bool)
    """Somebody is to be added: who is expected, or (true) who has come in."""

    def __init__(self, name: str, words: str) -> None:
        """Make an empty table; `words` name it to screen readers."""
        self._is_large = theme().text_scale >= LARGE_TEXT
        super().__init__(name, self._made_columns(), words)
        self._acts: tuple[LineAct, ...] = ()
        self._may_plan = True
        self._acts_of: Callable[[DayLine], Sequence[LineAct]] = lambda _line: ()
        self._lights_at = len(self._columns) - 2
        self.verticalHeader().setDefaultSectionSize(theme().px(ROW_HEIGHT))
        if not self._is_large:
            self.setItemDelegateForColumn(self._lights_at, _LightsDelegate(self))

    def _made_columns(self) -> tuple[Column, ...]:
        time = Column(translate("Today", "Time"), lambda line: line.at_time or "–", 2, is_whole=True)
        patient = Column(translate("Today", "Patient"), lambda line: line.patient, 6)
        state = Column(translate("Today", "State"), lambda line: line_look(line).word, 4, line_look)
        if self._is_large:
            ready = Column(
                translate("Today", "Readiness"), lambda line: _word(line_readiness(line)), 6, line_readiness
            )
            return (time, patient, state, ready)
        return (
            time,
            patient,
            Column(translate("Today", "Service"), line_service, 4, is_whole=True),
            Column(translate("Today", "Performer"), lambda line: line.performer_name or "–", 4),
            state,
            Column(translate("Today", "Readiness"), lights_text, 5, is_drawn=True),
            Column(translate("Today", "Note"), line_note, 7, line_needs),
        )

    def set_acts(
        self,
        acts: Sequence[LineAct],
        acts_of: Callable[[DayLine], Sequence[LineAct]],
        *,
        may_plan: bool = True,
    ) -> None:
        """Every act that has a key, and what tells the acts of one line in the order of the menu."""
        self._acts, self._acts_of, self._may_plan = tuple(acts), acts_of, may_plan

    def told_keys(self) -> Sequence[KeyLine]:
        """What the keys do in the list, and with its current line."""
        line = self.current()
        turns = [
            KeyLine("←", self.tr("Previous day")),
            KeyLine("→", self.tr("Next day")),
            KeyLine("T", self.tr("Today")),
        ]
        plans = [
            KeyLine("P", self.tr("Type who is expected")),
            KeyLine("W", self.tr("Type who has come in")),
        ]
        acts = [
            KeyLine(native_keys(keys), act.words)
            for act in (self._acts_of(line) if line is not None else ())
            for keys in act.keys
        ]
        lights = [KeyLine("1 – 6", self.tr("Mend this light of the line"))]
        menu = [KeyLine(self.tr("Menu key, Shift+F10"), self.tr("Everything that can be done with the line"))]
        return (
            *super().told_keys(),
            *acts,
            *(lights if line is not None and line.lights is not None else ()),
            KeyLine("N", self.tr("Next line that needs something")),
            *(plans if self._may_plan else ()),
            *turns,
            *(menu if line is not None else ()),
        )

    def show_lines(self, lines: Sequence[DayLine]) -> None:
        """Replace everything; the current line stays current where it is still there."""
        current, had_place = self.current(), self.verticalScrollBar().value()
        self.show_rows(lines)
        keys = [line.key for line in lines]
        if current is not None and current.key in keys:
            self.selectRow(keys.index(current.key))
            self.verticalScrollBar().setValue(had_place)

    def planned(self, plan_id: object) -> DayLine | None:
        """The line of a planned visit, where it stands on the day that is shown."""
        lines: list[DayLine] = [self.rows.row_at(at) for at in range(self.rows.rowCount())]
        return next((one for one in lines if one.planned and one.planned.plan_id == plan_id), None)

    def go_to(self, key: str) -> None:
        """Make a line current and bring it into view."""
        for at in range(self.rows.rowCount()):
            if self.rows.row_at(at).key == key:
                self.selectRow(at)
                self.scrollTo(self.rows.index(at, 0), QAbstractItemView.ScrollHint.EnsureVisible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows to the side turn the day, digits open a light, and each act has its key."""
        line, key = self.current(), event.key()
        turns = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_T: 0}
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.ShiftModifier and line is not None and key in self._shifted():
            self.asked.emit(self._shifted()[key], line)
        elif held:
            super().keyPressEvent(event)
        elif key in turns:
            self.turned.emit(turns[Qt.Key(key)])
        elif key in {Qt.Key.Key_P, Qt.Key.Key_W} and self._may_plan:
            self.plan_wanted.emit(key == Qt.Key.Key_W)
        elif key == Qt.Key.Key_N:
            self.need_wanted.emit()
        elif line is None:
            super().keyPressEvent(event)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_6 and line.lights is not None:
            self.light_wanted.emit(line, tuple(Light)[key - Qt.Key.Key_1])
        elif act := self._keyed().get(key):
            self.asked.emit(act, line)
        else:
            super().keyPressEvent(event)

    def _shifted(self) -> Mapping[int, str]:
        """The acts whose key is pressed with Shift: those that are seldom meant."""
        return {int(Qt.Key.Key_Delete): act.name for act in self._acts if "Shift+Delete" in act.keys}

    def _keyed(self) -> Mapping[int, str]:
        named = {"Space": Qt.Key.Key_Space, "Delete": Qt.Key.Key_Delete, "F2": Qt.Key.Key_F2}
        return {
            int(named[keys] if keys in named else getattr(Qt.Key, f"Key_{keys}")): act.name
            for act in self._acts
            for keys in act.keys
            if not keys.startswith("Shift+")
        }

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Everything that can be done with the line, with its keys."""
        line = self.current()
        if line is None:
            return
        menu = self.menu_for(line)
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        menu.popup(at)

    def menu_for(self, line: DayLine) -> QMenu:
        """The line's menu; it goes away with the table."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in self._acts_of(line):
            shown = f"{act.words}\t{native_keys(act.keys[0])}" if act.keys else act.words
            menu.addAction(shown).triggered.connect(
                lambda _checked=False, name=act.name: self.asked.emit(name, line)
            )
        return menu

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a light opens what mends it."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and (
            hit := self._light_at(event.position().toPoint())
        ):
            self.light_wanted.emit(*hit)

    def _light_at(self, place: QPoint) -> tuple[DayLine, Light] | None:
        index = self.indexAt(place)
        if self._is_large or not index.isValid() or index.column() != self._lights_at:
            return None
        line: DayLine = self.rows.row_at(index.row())
        for light, rect in light_rects(self.visualRect(index)):
            if line.lights is not None and rect.contains(place):
                return line, light
        return None

    def viewportEvent(self, event: QEvent) -> bool:
        """A tooltip says what the light under the mouse lacks."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            hit = self._light_at(event.pos())
            if hit is not None and hit[0].lights is not None:
                line, light = hit
                said = light_sentence(light, hit[0].lights[light], is_begun=line.is_begun)
                QToolTip.showText(event.globalPos(), said, self)
                return True
        return super().viewportEvent(event)


def lights_text(line: DayLine) -> str:
    """The six lights for whoever listens; empty where there will be no visit."""
    if line.lights is None:
        return ""
    return "; ".join(
        f"{spoken(light.value)}: {spoken(light_look(state, is_begun=line.is_begun).word)}"
        for light, state in line.lights.items()
    )


def light_rects(cell: QRect) -> list[tuple[Light, QRect]]:
    """Where each light of a cell is, with room around it for a finger."""
    step = min(theme().px(LIGHT_STEP), max(1, (cell.width() - Size.CELL_PADDING) // len(Light)))
    return [
        (light, QRect(cell.x() + Size.CELL_PADDING + at * step, cell.y(), step, cell.height()))
        for at, light in enumerate(Light)
    ]


def _word(look: Any) -> str:
    return look.word if look is not None else ""


class _LightsDelegate(QStyledItemDelegate):
    """Paints six shapes; a status is never colour alone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c, rect = colours(), option.rect
        paint_row_ground(painter, option, index)
        line: DayLine = index.data(ROW_ROLE)
        if line.lights is None:
            return
        for light, place in light_rects(rect):
            look = light_look(line.lights[light], is_begun=line.is_begun)
            side = min(theme().px(LIGHT_SIDE), place.width() - Space.HAIR)
            shape = QRect(place.x(), place.y() + (place.height() - side) // 2, side, side)
            paint_icon(painter, shape, look.shape, c.tones[look.tone].text)
