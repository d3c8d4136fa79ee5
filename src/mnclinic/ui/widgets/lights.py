"""The six readiness lights of a visit, in a line or as cards, and painted inside a table."""

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from mnclinic.domain.finding import Light, LightState
from mnclinic.ui.icons import paint_icon
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Size, Space, Tone, ToneColours, Type
from mnclinic.ui.widgets.buttons import PaintedButton
from mnclinic.ui.widgets.text import Text

Lights = Mapping[Light, LightState]
"""How the lights of one visit stand. A light that is left out is not needed for this visit."""

_WORDS = {
    Light.IDENTITY: QT_TRANSLATE_NOOP("lights", "Identity"),
    Light.HISTORY: QT_TRANSLATE_NOOP("lights", "History"),
    Light.EXAM: QT_TRANSLATE_NOOP("lights", "Exam"),
    Light.CONSENT: QT_TRANSLATE_NOOP("lights", "Consent"),
    Light.AUTHORITY: QT_TRANSLATE_NOOP("lights", "Authority"),
    Light.SUPPLIES: QT_TRANSLATE_NOOP("lights", "Supplies"),
}
_NOT_NEEDED = (QT_TRANSLATE_NOOP("lights", "Not needed"), "circle-minus", Tone.DRAFT)
_LOOKS = {
    LightState.PASSED: (QT_TRANSLATE_NOOP("lights", "Passed"), "circle-check", Tone.COMPLETE),
    LightState.WARNED: (QT_TRANSLATE_NOOP("lights", "Needs a reason"), "triangle-alert", Tone.SOON),
    LightState.FAILED: (QT_TRANSLATE_NOOP("lights", "Stopped"), "octagon-x", Tone.STOP),
    LightState.NOT_DONE: (QT_TRANSLATE_NOOP("lights", "Not done"), "circle-dashed", Tone.DRAFT),
    None: _NOT_NEEDED,
}
_ASKS = frozenset({LightState.FAILED, LightState.WARNED})
_MARK_PX = 18
_PILL_SIDE_PX = 7
_BETWEEN_PX = 4
_CARD_LEAST_PX = 190


def light_word(light: Light) -> str:
    """A light's name as people read it."""
    return QCoreApplication.translate("lights", str(_WORDS[light]))


def light_state_word(state: LightState | None) -> str:
    """A state as people read it; None is "not needed"."""
    return QCoreApplication.translate("lights", str(_LOOKS[state][0]))


def spoken(light: Light, state: LightState | None, detail: str = "") -> str:
    """Name, state and reason of a light, for screen readers and tooltips."""
    said = f"{light_word(light)}: {light_state_word(state).lower()}"
    return f"{said}. {detail}" if detail else said


def lights_text(lights: Lights) -> str:
    """Say the six lights in words, in their fixed order."""
    return ", ".join(spoken(light, lights.get(light)) for light in Light)


class ReadinessLights(QWidget):
    """The six lights in a line. Each is a button; `light_clicked` says which was pressed.

    `cards=True` shows them as cards with the state in words and the reason, in as many columns as fit,
    at most `columns`.
    """

    light_clicked = Signal(str)
    """A light was pressed, by mouse or keyboard. Carries its name, equal to a `Light`. UI thread."""

    def __init__(self, *, cards: bool = False, columns: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = cards
        self._most_columns = columns if cards else len(Light)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.MEDIUM if cards else _BETWEEN_PX)
        self._buttons: dict[Light, _LightButton] = {}
        if not cards:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Readiness"))
        for light in Light:
            button: _LightButton = _LightCard(light) if cards else _LightMark(light)
            button.clicked.connect(self._clicked)
            self._buttons[light] = button
        self._arrange(self._most_columns)

    def show_lights(self, lights: Lights, details: Mapping[Light, str] | None = None) -> None:
        """Show how the lights stand; `details` holds the sentence that says why."""
        for light, button in self._buttons.items():
            button.show_state(lights.get(light), (details or {}).get(light, ""))

    def button(self, light: Light) -> PaintedButton:
        """The button of one light, to give it the focus."""
        return self._buttons[light]

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self._cards:
            hint.setWidth(theme().px(_CARD_LEAST_PX))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._cards:
            fitting = self.width() // theme().px(_CARD_LEAST_PX)
            self._arrange(max(1, min(self._most_columns, fitting)))

    def _arrange(self, columns: int) -> None:
        """Lay the lights out in rows of `columns`; Tab goes through them in their fixed order."""
        if columns == self._columns:
            return
        self._columns = columns
        for place, button in enumerate(self._buttons.values()):
            row, column = divmod(place, columns)
            self._grid.addWidget(button, row, column)
        for column in range(self._most_columns):
            self._grid.setColumnStretch(column, 1 if self._cards and column < columns else 0)

    def _clicked(self) -> None:
        self.light_clicked.emit(self.sender().objectName().removeprefix("light."))


class _LightButton(PaintedButton):
    """What the two forms share: the state, and how it is spoken."""

    def __init__(self, light: Light) -> None:
        super().__init__()
        self.light = light
        self.state: LightState | None = None
        self.setObjectName(f"light.{light.value}")

    def show_state(self, state: LightState | None, detail: str) -> None:
        self.state = state
        self.setAccessibleName(spoken(self.light, state, detail))
        self.setToolTip(spoken(self.light, state, detail))
        self.updateGeometry()
        self.update()


class _LightMark(_LightButton):
    """A light in the line: shape over name, on a tinted pill when it stops."""

    def __init__(self, light: Light) -> None:
        super().__init__(light)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(LightState.NOT_DONE, "")

    def sizeHint(self) -> QSize:
        return _mark_size(self.light)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        c = colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.surface_pressed if self.isDown() else c.surface_hover))
            painter.drawRoundedRect(QRectF(self.rect()), Radius.CONTROL, Radius.CONTROL)
        _paint_mark(painter, self.rect(), self.light, self.state)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.accent_text), 2))
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, Radius.CONTROL, Radius.CONTROL)


class _LightCard(_LightButton):
    """A light as a card: shape, name, state, and the reason in a sentence."""

    def __init__(self, light: Light) -> None:
        super().__init__(light)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self)
        left = Space.LARGE + theme().px(_MARK_PX + 6) + Space.MEDIUM
        self._column.setContentsMargins(left, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        self._column.setSpacing(Space.HAIR)
        self._word = Text(light_word(light), Type.STRONG)
        self._state_word = Text("", Type.LABEL)
        self._detail = Text("", Type.SMALL, tint="muted", wrap=True)
        for words in (self._word, self._state_word, self._detail):
            # The card is the button; its words must not take the mouse away from it.
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._column.addWidget(words)
        self._column.addStretch(1)
        self.show_state(LightState.NOT_DONE, "")

    def show_state(self, state: LightState | None, detail: str) -> None:
        super().show_state(state, detail)
        tints = {LightState.PASSED: "complete", LightState.FAILED: "stop", LightState.WARNED: "soon"}
        self._state_word.setText(light_state_word(state))
        self._state_word.set_tint(tints.get(state, "muted") if state else "muted")
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))

    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._column.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = colours()
        _, shape, tone_name = _LOOKS[self.state]
        tone = c.tones[tone_name]
        has_ring = self.hasFocus()
        line = c.accent_text if has_ring else tone.border if self.state in _ASKS else c.line
        painter.setBrush(QColor(c.surface_hover if self.underMouse() else c.surface))
        painter.setPen(QPen(QColor(line), 2 if has_ring else 1))
        edge = 1.0 if has_ring else 0.5
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), Radius.CARD, Radius.CARD
        )
        side = theme().px(_MARK_PX + 6)
        mark = QRect(Space.LARGE, Space.MEDIUM + Space.HAIR, side, side)
        paint_icon(painter, mark, shape, _mark_colour(self.state, tone))


def _mark_size(light: Light) -> QSize:
    t = theme()
    width = QFontMetrics(t.font(Type.CHIP)).horizontalAdvance(light_word(light)) + 2 * _PILL_SIDE_PX
    return QSize(max(width, Size.TARGET), t.px(_MARK_PX) + t.px(Type.CHIP.size_px) + 16)


def lights_width() -> int:
    """The width of a whole line of lights."""
    return sum(_mark_size(light).width() + _BETWEEN_PX for light in Light)


def paint_lights(painter: QPainter, rect: QRect, lights: Lights) -> None:
    """Draw a line of lights at the left of `rect`, centred in its height."""
    for light, place in _places(rect):
        _paint_mark(painter, place, light, lights.get(light))


def light_at(rect: QRect, point: QPoint) -> Light | None:
    """The light under `point` of a line drawn by `paint_lights`, or None."""
    return next((light for light, place in _places(rect) if place.contains(point)), None)


def _places(rect: QRect) -> list[tuple[Light, QRect]]:
    # The first name stands under the column's title: the room inside its pill lies outside `rect`.
    places, left = [], rect.x() - _PILL_SIDE_PX
    for light in Light:
        size = _mark_size(light)
        places.append((light, QRect(QPoint(left, rect.y() + (rect.height() - size.height()) // 2), size)))
        left += size.width() + _BETWEEN_PX
    return places


def _paint_mark(painter: QPainter, rect: QRect, light: Light, state: LightState | None) -> None:
    _, shape, tone_name = _LOOKS[state]
    t, tone = theme(), colours().tones[tone_name]
    asks = state in _ASKS
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if asks:
        painter.setPen(QPen(QColor(tone.border), 1))
        painter.setBrush(QColor(tone.background))
        pill = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(pill, Radius.CONTROL, Radius.CONTROL)
    side = t.px(_MARK_PX)
    mark = QRect(rect.x() + (rect.width() - side) // 2, rect.y() + 5, side, side)
    paint_icon(painter, mark, shape, _mark_colour(state, tone))
    painter.setFont(t.font(Type.CHIP if asks else Type.RAIL))
    painter.setPen(QColor(tone.text if asks else colours().text_muted))
    words = QRect(rect.x(), mark.bottom() + 2, rect.width(), rect.bottom() - mark.bottom() - 4)
    painter.drawText(words, Qt.AlignmentFlag.AlignCenter, light_word(light))
    painter.restore()


def _mark_colour(state: LightState | None, tone: ToneColours) -> str:
    c = colours()
    return {LightState.NOT_DONE: c.text_muted, None: c.text_faint}.get(state, tone.text)
