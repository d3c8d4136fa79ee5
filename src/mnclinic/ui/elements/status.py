"""A status: a word, a shape and a colour with one meaning throughout."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from mnclinic.domain.finding import Light, LightState
from mnclinic.domain.visit_life import VisitState
from mnclinic.ui.elements.layout import LARGE_TEXT
from mnclinic.ui.icons import paint_icon
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Size, Space, Tone, Type

TONE_SHAPES = {
    Tone.DRAFT: "circle-dashed",
    Tone.WAITING: "circle-dot",
    Tone.SOON: "triangle-alert",
    Tone.STOP: "octagon-x",
    Tone.COMPLETE: "circle-check",
    Tone.DIRECTOR: "stamp",
    Tone.INFO: "info",
}
"""The shape of a tone where nothing more telling is known."""


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
NOT_YET = ChipLook("not yet", "circle", Tone.DRAFT)
"""A light of a visit that nobody has begun: what is not done cannot be done before."""
WORST_FIRST = (LightState.FAILED, LightState.WARNED, LightState.NOT_DONE)


def light_look(state: LightState, *, is_begun: bool = True) -> ChipLook:
    """A light as it is shown everywhere; `is_begun`: whether there is a visit in which it can be done."""
    return LIGHT_LOOK[state] if is_begun or state is not LightState.NOT_DONE else NOT_YET


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
        words = f"{self._prefix} {spoken(look.word)}".strip()
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


CHIP_SHAPE = 14
CHIP_PAD = 8
CHIP_GAP = 5
LIGHT_SHAPE = 18


def chip_size(words: str) -> QSize:
    """The size of a chip with these words."""
    metrics = QFontMetrics(theme().font(Type.CHIP))
    beside = 2 * CHIP_PAD + theme().px(CHIP_SHAPE) + CHIP_GAP + Space.HAIR
    return QSize(metrics.horizontalAdvance(words) + beside, max(theme().px(24), metrics.height() + 4))


def paint_chip(painter: QPainter, rect: QRect, words: str, look: ChipLook) -> None:
    """Paint a chip into `rect`; words that have no room there end in dots."""
    tone = colours().tones[look.tone]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(tone.border))
    painter.setBrush(QColor(tone.background))
    radius = rect.height() / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    side = theme().px(CHIP_SHAPE)
    shape = QRect(rect.x() + CHIP_PAD, rect.y() + (rect.height() - side) // 2, side, side)
    paint_icon(painter, shape, look.shape, tone.text)
    painter.setFont(theme().font(Type.CHIP))
    painter.setPen(QColor(tone.text))
    room = rect.adjusted(CHIP_PAD + side + CHIP_GAP, 0, -CHIP_PAD + Space.HAIR, 0)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()


def _paint_ground(painter: QPainter, light: QPushButton, look: ChipLook) -> None:
    """The ground of a light, its edge, and the ring when it has the keyboard."""
    tone, c = colours().tones[look.tone], colours()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(tone.background))
    painter.setPen(QColor(tone.border))
    box = QRectF(light.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
    if light.hasFocus():
        painter.setPen(QPen(QColor(c.accent_text), 2))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), Radius.CONTROL, Radius.CONTROL)


class LightsLine(QPushButton):
    """The readiness lights in one line where height is scarce: what is not ready by name, and how many are.

    It takes the tone and the shape of the worst. Pressed, it shows each.
    """

    def __init__(self) -> None:
        """Make it; `show_states` fills it."""
        super().__init__()
        self.setObjectName("visit.lights")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._look, self._words = LIGHT_LOOK[LightState.NOT_DONE], ""

    def show_states(self, states: Mapping[Light, LightState]) -> None:
        """Show how the lights stand."""
        open_ones = [(light, state) for light, state in states.items() if state is not LightState.PASSED]
        ready = len(states) - len(open_ones)
        open_ones.sort(key=lambda one: WORST_FIRST.index(one[1]))
        said = [
            f"{spoken(light.value).capitalize()}: {spoken(LIGHT_LOOK[state].word)}"
            for light, state in open_ones
        ]
        if ready:
            said.append(self.tr("{count} ready").format(count=ready))
        self._look = LIGHT_LOOK[open_ones[0][1] if open_ones else LightState.PASSED]
        self._words = " · ".join(said)
        self.setAccessibleName(self._words)
        self.setToolTip(self._words)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a button, and as wide as there is room."""
        return QSize(theme().px(Size.CONTROL), theme().px(Size.CONTROL))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        tone = colours().tones[self._look.tone]
        painter = QPainter(self)
        _paint_ground(painter, self, self._look)
        side = theme().px(LIGHT_SHAPE)
        middle = (self.height() - side) // 2
        paint_icon(painter, QRect(Space.MEDIUM, middle, side, side), self._look.shape, tone.text)
        turn = "chevron-up" if self.isChecked() else "chevron-down"
        paint_icon(painter, QRect(self.width() - Space.SMALL - side, middle, side, side), turn, tone.text)
        room = self.rect().adjusted(Space.MEDIUM + side + Space.SMALL, 0, -2 * Space.SMALL - side, 0)
        painter.setFont(theme().font(Type.LABEL))
        painter.setPen(QColor(tone.text))
        words = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


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

    def show_state(self, state: LightState, *, is_begun: bool = True) -> None:
        """Show how the light stands; `is_begun`: whether there is a visit in which it can be done."""
        self._look = light_look(state, is_begun=is_begun)
        self.setAccessibleName(f"{spoken(self._light.value)}: {spoken(self._look.word)}")
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines of words beside a shape, in whatever state it is."""
        name = QFontMetrics(theme().font(Type.LABEL)).horizontalAdvance(
            spoken(self._light.value).capitalize()
        )
        metrics = QFontMetrics(theme().font(Type.CHIP))
        words = max(metrics.horizontalAdvance(spoken(look.word)) for look in (*LIGHT_LOOK.values(), NOT_YET))
        if theme().text_scale >= LARGE_TEXT:
            # Low screens have no room for two lines of large words.
            return QSize(self._words_left() + name + Space.MEDIUM + words + Space.MEDIUM, theme().px(30))
        return QSize(self._words_left() + max(name, words) + Space.SMALL, theme().px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the light."""
        tone = colours().tones[self._look.tone]
        painter = QPainter(self)
        _paint_ground(painter, self, self._look)
        side = theme().px(LIGHT_SHAPE)
        shape = QRect(Space.MEDIUM, (self.height() - side) // 2, side, side)
        paint_icon(painter, shape, self._look.shape, tone.text)
        painter.setPen(QColor(tone.text))
        name, state = theme().font(Type.LABEL), theme().font(Type.CHIP)
        left = self._words_left()
        if theme().text_scale >= LARGE_TEXT:
            room = self.rect().adjusted(left, 0, -Space.MEDIUM, 0)
            places = (room, room)
            sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
        else:
            high, low = QFontMetrics(name).height(), QFontMetrics(state).height()
            top, width = (self.height() - high - low) // 2, self.width() - left - Space.TIGHT
            places = (QRect(left, top, width, high), QRect(left, top + high, width, low))
            sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignLeft)
        painter.setFont(name)
        painter.drawText(
            places[0], sides[0] | Qt.AlignmentFlag.AlignVCenter, spoken(self._light.value).capitalize()
        )
        painter.setFont(state)
        painter.drawText(places[1], sides[1] | Qt.AlignmentFlag.AlignVCenter, spoken(self._look.word))

    def _words_left(self) -> int:
        return Space.MEDIUM + theme().px(LIGHT_SHAPE) + Space.SMALL
