"""How far something long is."""

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar

from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Space

WHOLE = 1000
BLOCK_PX, BETWEEN_PX = 3 * Space.SMALL, Space.SMALL


class ProgressLine(QProgressBar):
    """A thin line without words of its own, which stand beside it.

    While nobody can say how far it is (`wait`), a piece runs along the line; for whoever wants less motion
    it is a line of still blocks.
    """

    def __init__(self) -> None:
        """Make a line that waits."""
        super().__init__()
        self.setTextVisible(False)
        self.wait()

    @property
    def is_waiting(self) -> bool:
        """Whether nobody can say how far it is."""
        return self.minimum() == self.maximum()

    def wait(self) -> None:
        """It goes on, and nobody can say how far it is."""
        self.setRange(0, 0)

    def show_share(self, done: int, whole: int) -> None:
        """So much of the whole is done; of bytes there may be more than the toolkit can count."""
        self.setRange(0, WHOLE)
        self.setValue(round(WHOLE * min(done, whole) / whole))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Leave it to the style, which moves what waits, unless nothing is to move."""
        if theme().has_motion or not self.is_waiting:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(QColor(colours().accent))
        for left in range(0, self.width(), BLOCK_PX + BETWEEN_PX):
            painter.drawRoundedRect(left, 0, BLOCK_PX, self.height(), Radius.BAR, Radius.BAR)
