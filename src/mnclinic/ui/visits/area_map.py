"""The map of the treated areas: a drawn face and body on which each zone is pressed or reached by keyboard.

It shows what stands in the rows and holds nothing itself. A depth is written on its zone and told by its
shade, and how it stands against its limit by a shape and a tone beside it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QBrush,
    QColor,
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from mnclinic.domain.treatment import Area, Side
from mnclinic.ui.elements import ChipLook, button, column, flow, label, padded
from mnclinic.ui.icons import paint_icon
from mnclinic.ui.keys import KeyLine, native_keys
from mnclinic.ui.kinds import say_kind
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import CONTRAST_MODES, Space, Tone, Type
from mnclinic.ui.visits.area_shapes import BODY, FRONT, HEIGHT, LEFT, RIGHT, WIDTH, Zone, drawing
from mnclinic.ui.words import plain, side_words

MAP_PX = 214
DEEP = (0.22, 0.36, 0.5, 0.66)
"""How strongly a treated zone is shaded, from a shallow to a deep setting."""
ICON_PX = 12
CARRIED_SHAPE = "history"


@dataclass(frozen=True)
class ZoneState:
    """What a zone shows. `rows` are the rows that treat it; `shade` runs from 0 (shallow) to 1 (deep)."""

    rows: tuple[int, ...] = ()
    words: str = ""
    """The depth as it is written on the zone; empty while there is none."""
    told: str = ""
    """What of it is said to whoever listens, after the zone's name."""
    shade: float = 0.0
    look: ChipLook | None = None
    """How it stands where that is not simply within its limit."""
    is_offered: bool = True
    is_current: bool = False


StateOf = Callable[[Area, Side], ZoneState]


class _ZoneButton(QAbstractButton):
    """A zone for the keyboard and for screen readers. The map paints it and takes the mouse."""

    def __init__(self, parent: "AreaMap", zone: Zone) -> None:
        super().__init__(parent)
        say_kind(self, QAccessible.Role.Button)
        self.zone = zone
        self.setObjectName(f"visit.zone.{zone.code}")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._map = parent

    def paintEvent(self, event: QPaintEvent) -> None:
        """The map paints it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the next zone, a letter to the next whose name begins with it, Enter chooses."""
        if not self._map.take_key(self, event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The ring moves with the keyboard."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._map.show_focus(self if event.type() == QEvent.Type.FocusIn else None)
        return super().event(event)


class AreaMap(QWidget):
    """One view of the face or body."""

    chosen = Signal(str, str)
    """A zone was chosen: its area and side."""
    pointed = Signal(str)
    """The words of the zone under the mouse or the keyboard; empty for none."""

    def __init__(self) -> None:
        """Make it, with the face from the front."""
        super().__init__()
        say_kind(self, QAccessible.Role.Grouping)
        self.setObjectName("visit.map")
        self.setAccessibleName(self.tr("Map of the areas"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self.view = FRONT
        self.state_of: StateOf = lambda _area, _side: ZoneState()
        self._states: dict[str, ZoneState] = {}
        self.zones: dict[str, _ZoneButton] = {}
        self._under: str = ""
        self._focused: str = ""
        self._make_zones()

    def _make_zones(self) -> None:
        for old in self.zones.values():
            old.hide()
            old.deleteLater()
        self.zones = {}
        for zone in drawing(self.view).zones:
            made = _ZoneButton(self, zone)
            made.clicked.connect(lambda _checked=False, one=zone: self._choose(one))
            self.zones[zone.code] = made
            made.show()
        self._under = self._focused = ""
        self._place_zones()

    def turn(self, view: str) -> None:
        """Show another view: FRONT, RIGHT, LEFT or BODY."""
        if view != self.view:
            self.view = view
            self._make_zones()
            self._name_zones()
            self.update()

    def show_states(self, state_of: StateOf) -> None:
        """Show what stands in the rows."""
        self.state_of = state_of
        self._name_zones()
        self.update()

    def _name_zones(self) -> None:
        self._states = {
            code: self.state_of(made.zone.area, made.zone.side) for code, made in self.zones.items()
        }
        first = next((code for code, one in self._states.items() if one.is_current), "")
        offered = [code for code, one in self._states.items() if one.is_offered]
        stop = self._focused or first or (offered[0] if offered else "")
        for code, made in self.zones.items():
            state = self._states[code]
            made.setAccessibleName(f"{zone_words(made.zone)}: {state.told}")
            made.setEnabled(state.is_offered)
            # One stop of Tab for the whole map; arrows go on from there.
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus if code == stop else Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """As high as its width asks for, at the scale of the text."""
        side = theme().px(MAP_PX)
        return QSize(side, round(side * HEIGHT / WIDTH))

    def minimumSizeHint(self) -> QSize:
        """It never gets smaller than it is drawn."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The zones go with the drawing."""
        super().resizeEvent(event)
        self._place_zones()

    def _scale(self) -> QTransform:
        scale = min(self.width() / WIDTH, self.height() / HEIGHT)
        left = (self.width() - WIDTH * scale) / 2
        return QTransform(scale, 0, 0, scale, left, 0)

    def _place_zones(self) -> None:
        scale = self._scale()
        for made in self.zones.values():
            made.setGeometry(scale.map(made.zone.shape).boundingRect().toAlignedRect())

    def _zone_at(self, place: QPointF) -> str:
        scale = self._scale()
        return next(
            (code for code, one in self.zones.items() if scale.map(one.zone.shape).contains(place)), ""
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what lies under the mouse."""
        self._point_at(self._zone_at(event.position()))

    def enterEvent(self, event: QEnterEvent) -> None:
        """The same when it comes in."""
        self._point_at(self._zone_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing lies under it any more."""
        self._point_at("")

    def _point_at(self, code: str) -> None:
        if code == self._under:
            return
        self._under = code
        is_hand = bool(code) and self._states.get(code, ZoneState()).is_offered
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_hand else Qt.CursorShape.ArrowCursor)
        self._tell()
        self.update()

    def _tell(self) -> None:
        code = self._under or self._focused
        self.pointed.emit(self.zones[code].accessibleName() if code in self.zones else "")

    def show_focus(self, made: _ZoneButton | None) -> None:
        """The keyboard came to a zone, or went away."""
        self._focused = made.zone.code if made is not None else ""
        self._tell()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A zone is pressed."""
        code = self._zone_at(event.position())
        if code and event.button() == Qt.MouseButton.LeftButton:
            self._choose(self.zones[code].zone)

    def _choose(self, zone: Zone) -> None:
        if self._states.get(zone.code, ZoneState()).is_offered:
            self.chosen.emit(zone.area.value, zone.side.value)

    def take_key(self, made: _ZoneButton, event: QKeyEvent) -> bool:
        """What a key does on a zone; False where it does nothing here."""
        codes = [code for code, one in self._states.items() if one.is_offered]
        at = codes.index(made.zone.code) if made.zone.code in codes else 0
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(made.zone)
            return True
        moves = {
            Qt.Key.Key_Down: at + 1,
            Qt.Key.Key_Right: at + 1,
            Qt.Key.Key_Up: at - 1,
            Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: -1,
        }
        if codes and key in moves:
            self._go(codes[moves[Qt.Key(key)] % len(codes)])
            return True
        letter = event.text().casefold()
        if letter and letter.isalpha():
            around = codes[at + 1 :] + codes[: at + 1]
            begins = [one for one in around if zone_words(self.zones[one].zone).casefold().startswith(letter)]
            if begins:
                self._go(begins[0])
            return True
        return False

    def _go(self, code: str) -> None:
        self.zones[code].setFocus(Qt.FocusReason.OtherFocusReason)

    def told_keys(self) -> Sequence[KeyLine]:
        """What keys do on a zone."""
        return (
            KeyLine(f"{native_keys('Up')} {native_keys('Down')}", self.tr("To the next or last area")),
            KeyLine(self.tr("Letter"), self.tr("To the next area that begins with it")),
            KeyLine(native_keys("Return"), self.tr("To the line of this area, or a new one")),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the figure, its zones and what is written on them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, scale, shown = colours(), self._scale(), drawing(self.view)
        outline = QPen(QColor(c.control_line), 1.4)
        for ground in shown.ground:
            painter.setPen(outline)
            painter.setBrush(QColor(c.surface_hover))
            painter.drawPath(scale.map(ground))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for one in shown.lines:
            painter.drawPath(scale.map(one))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(QColor(c.control_line), Qt.BrushStyle.BDiagPattern))
        for one in shown.never:
            painter.drawPath(scale.map(one))
        for code, made in self.zones.items():
            self._paint_zone(painter, scale.map(made.zone.shape), code)
        for code, made in self.zones.items():
            state = self._states.get(code, ZoneState())
            if state.words or state.look is not None:
                self._paint_words(painter, scale.map(made.zone.label_at), state)
        self._paint_sides(painter)

    def _paint_zone(self, painter: QPainter, shape: QPainterPath, code: str) -> None:
        c, state = colours(), self._states.get(code, ZoneState())
        is_strong = theme().mode in CONTRAST_MODES
        is_wrong = state.look is not None and state.look.tone in {Tone.STOP, Tone.DIRECTOR}
        tone = c.tones[state.look.tone].text if state.look is not None and is_wrong else c.accent
        fill = QColor(tone)
        if state.rows:
            fill.setAlphaF(DEEP[min(len(DEEP) - 1, int(state.shade * len(DEEP)))])
        else:
            fill.setAlphaF(0.14 if code == self._under and state.is_offered else 0.05)
        painter.setBrush(fill if state.is_offered or state.rows else Qt.BrushStyle.NoBrush)
        line = QColor(tone if state.rows else c.accent_text)
        if not state.rows and not is_strong:
            line.setAlphaF(0.55 if state.is_offered else 0.25)
        pen = QPen(line, 1.6 if state.rows else 1.0)
        if not state.rows:
            pen.setStyle(Qt.PenStyle.DashLine if state.is_offered else Qt.PenStyle.DotLine)
        elif state.look is not None and state.look.shape == CARRIED_SHAPE:
            pen.setStyle(Qt.PenStyle.DashLine)
        if state.is_current:
            pen = QPen(QColor(c.accent_text), 2.6)
        if code == self._focused:
            pen = QPen(QColor(c.text), 3.0)
        painter.setPen(pen)
        painter.drawPath(shape)

    def _paint_words(self, painter: QPainter, place: QPointF, state: ZoneState) -> None:
        c = colours()
        font = theme().font(Type.COUNT)
        metrics = QFontMetrics(font)
        icon = theme().px(ICON_PX) if state.look is not None else 0
        gap = 3 if icon and state.words else 0
        inner = metrics.horizontalAdvance(state.words) + icon + gap
        height = max(metrics.height() + 2, icon + 4)
        box = QRectF(0, 0, inner + 10, height)
        box.moveCenter(place)
        pair = c.tones[state.look.tone] if state.look is not None else None
        painter.setBrush(QColor(pair.background if pair else c.surface))
        pen = QPen(QColor(pair.text if pair else c.accent), 1)
        if state.look is not None and state.look.shape == CARRIED_SHAPE:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(box, height / 2, height / 2)
        left = box.left() + 5
        ink = pair.text if pair else c.text
        if state.look is not None:
            shape = QRect(round(left), round(box.center().y() - icon / 2), icon, icon)
            paint_icon(painter, shape, state.look.shape, ink)
            left += icon + gap
        painter.setFont(font)
        painter.setPen(QColor(ink))
        room = QRectF(left, box.top(), box.right() - left, box.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, state.words)

    def _paint_sides(self, painter: QPainter) -> None:
        """Write which side is which, as the patient has it."""
        c = colours()
        painter.setFont(theme().font(Type.COUNT))
        painter.setPen(QColor(c.text_muted))
        top = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        width = round(self.width() * 0.26)
        if self.view in {FRONT, BODY}:
            left, right = (
                QRect(0, 0, width, self.height()),
                QRect(self.width() - width, 0, width, self.height()),
            )
            painter.drawText(left, int(top | Qt.AlignmentFlag.AlignLeft), self.tr("Patient's right"))
            painter.drawText(right, int(top | Qt.AlignmentFlag.AlignRight), self.tr("Patient's left"))
            return
        words = self.tr("Patient's right") if self.view == RIGHT else self.tr("Patient's left")
        at = Qt.AlignmentFlag.AlignRight if self.view == RIGHT else Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), int(top | at), words)


def zone_words(zone: Zone) -> str:
    """A zone by name: "Cheek, right side"; one in the middle by its area alone."""
    if zone.side is Side.MIDLINE:
        return plain(zone.area.value)
    return f"{plain(zone.area.value)}, {side_words(zone.side.value).lower()}"


class MapOfAreas(QWidget):
    """The map with its views to choose from, and a line that says what is pointed at."""

    def __init__(self) -> None:
        """Make it, with the face from the front."""
        super().__init__()
        lines = column(self, gap=Space.SMALL)
        self.map = AreaMap()
        views = {
            FRONT: self.tr("Face"),
            RIGHT: self.tr("Right"),
            LEFT: self.tr("Left"),
            BODY: self.tr("Body"),
        }
        told = {RIGHT: self.tr("right profile"), LEFT: self.tr("left profile")}
        line = flow(gap=0)
        self._group = QButtonGroup(self)
        self.ways = {}
        for view, words in views.items():
            way = button(words, f"visit.map.{view}", kind="quiet")
            way.setCheckable(True)
            # Four of them stand in one line above the map.
            way.setStyleSheet(padded(Space.SMALL))
            way.setAccessibleName(self.tr("Map: {view}").format(view=told.get(view, words)))
            way.setToolTip(way.accessibleName())
            way.clicked.connect(lambda _checked=False, one=view: self.turn(one))
            self._group.addButton(way)
            self.ways[view] = way
            line.addWidget(way)
        self.ways[FRONT].setChecked(True)
        self._views = views
        lines.addLayout(line)
        lines.addWidget(self.map)
        self.told = label("", Type.SMALL, "muted", wraps=True)
        self.told.setObjectName("visit.map.told")
        lines.addWidget(self.told)
        self.map.pointed.connect(self._tell)
        self._tell("")

    def _tell(self, words: str) -> None:
        self.told.setText(words or self.tr("Figures are depths in mm. Press an area to enter it."))

    def turn(self, view: str) -> None:
        """Show another view."""
        self.ways[view].setChecked(True)
        self.map.turn(view)
        self.show_states(self.map.state_of)

    def _show_way(self) -> None:
        for view, way in self.ways.items():
            kind = "" if view == self.map.view else "quiet"
            if way.property("kind") != kind:
                way.setProperty("kind", kind)
                way.style().unpolish(way)
                way.style().polish(way)

    def show_states(self, state_of: StateOf) -> None:
        """Show what stands in the rows, and of each other view how many treated areas are seen only there."""
        self.map.show_states(state_of)
        self._show_way()
        here = {(one.area, one.side) for one in drawing(self.map.view).zones}
        for view, way in self.ways.items():
            places = {(one.area, one.side) for one in drawing(view).zones} - here
            treated = sum(bool(state_of(*place).rows) for place in places)
            way.setText(f"{self._views[view]} · {treated}" if treated else self._views[view])
