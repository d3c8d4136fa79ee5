"""Statuses: a word, a shape and a colour, the same for every screen."""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnclinic.domain.visit_life import VisitState
from mnclinic.ui.icons import paint_icon
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Tone, Type

SHAPES = {
    Tone.DRAFT: "pen-line",
    Tone.WAITING: "hourglass",
    Tone.SOON: "triangle-alert",
    Tone.STOP: "octagon-x",
    Tone.COMPLETE: "circle-check",
    Tone.DIRECTOR: "stamp",
    Tone.INFO: "info",
}
"""The icon of each tone, for statuses that bring none of their own."""

_HEIGHT_PX = 24
_SIDE_PX = 9
_ICON_PX = 14
_GAP_PX = 5


@dataclass(frozen=True)
class Status:
    """A word with its meaning; `shape` names an icon, or "" takes the tone's own."""

    word: str
    tone: Tone
    shape: str = ""

    @property
    def icon_name(self) -> str:
        """The Lucide name of the shape."""
        return self.shape or SHAPES[self.tone]


_VISIT_STATES = {
    VisitState.DRAFT: (QT_TRANSLATE_NOOP("visit_status", "Draft"), Tone.DRAFT, "pen-line"),
    VisitState.DEFERRED: (QT_TRANSLATE_NOOP("visit_status", "Deferred"), Tone.STOP, "octagon-x"),
    VisitState.PERFORMED: (QT_TRANSLATE_NOOP("visit_status", "Performed"), Tone.WAITING, "hourglass"),
    VisitState.IN_REVIEW: (QT_TRANSLATE_NOOP("visit_status", "With the director"), Tone.DIRECTOR, "stamp"),
    VisitState.RETURNED: (QT_TRANSLATE_NOOP("visit_status", "Returned"), Tone.SOON, "corner-up-left"),
    VisitState.SIGNED: (QT_TRANSLATE_NOOP("visit_status", "Signed"), Tone.COMPLETE, "badge-check"),
    VisitState.COMPLETE_NOT_DRAWN: (
        QT_TRANSLATE_NOOP("visit_status", "Complete"),
        Tone.COMPLETE,
        "circle-check",
    ),
    VisitState.VOIDED: (QT_TRANSLATE_NOOP("visit_status", "Voided"), Tone.DRAFT, "ban"),
}


def visit_status(state: VisitState) -> Status:
    """Say a visit's state as every screen says it."""
    word, tone, shape = _VISIT_STATES[state]
    return Status(QCoreApplication.translate("visit_status", str(word)), tone, shape)


def chip_size(status: Status) -> QSize:
    """The room a chip takes."""
    t = theme()
    metrics = QFontMetrics(t.font(Type.CHIP))
    width = 2 * _SIDE_PX + t.px(_ICON_PX) + _GAP_PX + metrics.horizontalAdvance(status.word) + 1
    return QSize(width, t.px(_HEIGHT_PX))


def paint_chip(painter: QPainter, rect: QRect, status: Status) -> None:
    """Draw a chip at the left of `rect`, centred in its height; its word is elided if it must be."""
    t, tone = theme(), colours().tones[status.tone]
    size = chip_size(status)
    box = QRect(rect.x(), rect.y() + (rect.height() - size.height()) // 2, size.width(), size.height())
    box.setWidth(min(box.width(), rect.width()))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tone.border), 1))
    painter.setBrush(QColor(tone.background))
    radius = size.height() / 2 - 0.5
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    side = t.px(_ICON_PX)
    mark = QRect(box.x() + _SIDE_PX, box.y() + (box.height() - side) // 2, side, side)
    paint_icon(painter, mark, status.icon_name, tone.text)
    painter.setFont(t.font(Type.CHIP))
    painter.setPen(QColor(tone.text))
    words = box.adjusted(_SIDE_PX + side + _GAP_PX, 0, -_SIDE_PX + 2, 0)
    shown = painter.fontMetrics().elidedText(status.word, Qt.TextElideMode.ElideRight, words.width())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()


class StatusChip(QWidget):
    """One status as a pill of its own size; it never stretches."""

    def __init__(self, status: Status, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._status = status
        self.show_status(status)

    @property
    def status(self) -> Status:
        """What is shown."""
        return self._status

    def show_status(self, status: Status) -> None:
        """Show another status."""
        self._status = status
        self.setAccessibleName(status.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(self._status)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self.rect(), self._status)
