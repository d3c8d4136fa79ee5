"""What is shown while something takes longer than a blink."""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Space, Type
from mnclinic.ui.widgets.buttons import Button
from mnclinic.ui.widgets.surfaces import height_at
from mnclinic.ui.widgets.text import Text

SHOWN_AFTER_MS = 250
_FRAME_MS = 40
_STEP_DEGREES = 16
_ARC_DEGREES = 270
_SIXTEENTHS = 16
_PANEL_PX = 360


class Spinner(QWidget):
    """A quiet turning arc. It turns only while it is seen."""

    def __init__(self, side_px: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(theme().px(side_px), theme().px(side_px)))
        self._at = 0
        self._frames = QTimer(self)
        self._frames.setInterval(_FRAME_MS)
        self._frames.timeout.connect(self._turn)

    def showEvent(self, event: QShowEvent) -> None:
        self._frames.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._frames.stop()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(colours().accent), max(2.0, self.width() / 9))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        edge = pen.widthF() / 2 + 0.5
        ring = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.drawArc(ring, -self._at * _SIXTEENTHS, -_ARC_DEGREES * _SIXTEENTHS)

    def _turn(self) -> None:
        self._at = (self._at + _STEP_DEGREES) % 360
        self.update()


class BusyOverlay(QWidget):
    """Lies over a widget while it waits: words, progress where it is known, Cancel where it works.

    It appears only after a quarter of a second, so that quick work never flickers, and it takes the
    mouse away from what lies below.
    """

    cancel_requested = Signal()
    """Cancel was pressed. UI thread."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("busy")
        self._panel = QWidget(self)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(Space.CARD, Space.CARD, Space.CARD, Space.CARD)
        column.setSpacing(Space.MEDIUM)
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        row.addWidget(Spinner(), 0, Qt.AlignmentFlag.AlignTop)
        self._text = Text("", Type.STRONG, wrap=True)
        row.addWidget(self._text, 1)
        column.addLayout(row)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Progress"))
        column.addWidget(self._progress)
        self.cancel = Button(self.tr("Cancel"), name="busy.cancel")
        self.cancel.clicked.connect(self.cancel_requested)
        column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignRight)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SHOWN_AFTER_MS)
        self._delay.timeout.connect(self._appear)
        over.installEventFilter(self)
        self.hide()

    def start(self, text: str, *, can_cancel: bool = False) -> None:
        """Begin to wait."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._progress.hide()
        self.cancel.setVisible(can_cancel)
        self._delay.start()

    def show_progress(self, done: int, whole: int) -> None:
        """Show how far it is."""
        self._progress.setRange(0, max(1, whole))
        self._progress.setValue(done)
        self._progress.show()
        self._place()

    def stop(self) -> None:
        """The wait is over."""
        self._delay.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = colours()
        veil = QColor(c.page)
        veil.setAlpha(170)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(QColor(c.line), 1))
        painter.setBrush(QColor(c.surface))
        panel = QRectF(self._panel.geometry()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(panel, Radius.CARD, Radius.CARD)

    def _appear(self) -> None:
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        over = self.parentWidget()
        if over is None:
            return
        self.setGeometry(over.rect())
        width = min(theme().px(_PANEL_PX), max(160, self.width() - 2 * Space.CARD))
        panel_layout = self._panel.layout()
        height = height_at(panel_layout, width) if panel_layout is not None else 0
        left, top = (self.width() - width) // 2, max(0, (self.height() - height) // 2)
        self._panel.setGeometry(QRect(left, top, width, height))
