"""A few figures as a picture, in the window's own style. Whoever does not see it hears every figure."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Space, Tone, Type

HEIGHT = 168
NICE_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
GRID_LINES = 4
LINE_PX = 2.0
DOT_PX = 4.0
WIDEST_BAR = 44


@dataclass(frozen=True)
class PlotPoint:
    """One figure: its words below the axis, its value in the plot's unit, and what it means."""

    words: str
    value: float
    tone: Tone = Tone.INFO


class _Plot(QWidget):
    """Axes, the limit's line, and room for what a kind of plot draws."""

    def __init__(
        self,
        words: str,
        points: Sequence[PlotPoint],
        unit: str,
        *,
        limit: float | None = None,
        limit_words: str = "",
        decimals: int = 0,
    ) -> None:
        """Make a plot that begins at zero.

        Args:
            words: What it shows, for screen readers.
            points: The figures, in their order.
            unit: Stands after each figure, such as "mm".
            limit: A line that no figure may pass, in the same unit.
            limit_words: What the line is.
            decimals: How many digits a figure has after the point.
        """
        super().__init__()
        self._points, self._unit = tuple(points), unit
        self._limit, self._limit_words, self._decimals = limit, limit_words, decimals
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        figures = "; ".join(f"{one.words}: {self._figure(one.value)}" for one in self._points)
        bound = f". {limit_words}: {self._figure(limit)}" if limit is not None else ""
        self.setAccessibleName(words)
        self.setAccessibleDescription(f"{figures}{bound}")

    def sizeHint(self) -> QSize:
        """As wide as there is room, and high enough for four lines of figures."""
        return QSize(theme().px(280), theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Narrower than this its words would lie over one another."""
        return QSize(theme().px(200), theme().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the axes, the figures and the limit."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(theme().font(Type.SMALL))
        top = self._top()
        left = max(metrics.horizontalAdvance(self._figure(line)) for line in self._lines(top)) + Space.SMALL
        room = QRectF(
            left, metrics.height(), self.width() - left - Space.SMALL, self.height() - 2.4 * metrics.height()
        )
        self._paint_grid(painter, room, top, metrics)
        if self._points:
            self._paint_figures(painter, room, top)
            self._paint_words(painter, room, metrics)
        if self._limit is not None:
            self._paint_limit(painter, room, top, metrics)

    def _paint_figures(self, painter: QPainter, room: QRectF, top: float) -> None:
        raise NotImplementedError

    def _figure(self, value: float) -> str:
        return f"{value:.{self._decimals}f} {self._unit}".strip()

    def _top(self) -> float:
        """The highest line of the grid: the next round figure over everything shown."""
        most = max([*(one.value for one in self._points), self._limit or 0.0, 10.0**-self._decimals])
        rough = most / GRID_LINES
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(nice * power for nice in NICE_STEPS if nice * power >= rough)
        if not self._decimals:
            # Whole numbers beside every line: half an event is none.
            return float(GRID_LINES * max(1, math.ceil(step)))
        return step * math.ceil(most / step)

    def _lines(self, top: float) -> Iterator[float]:
        return (top * number / GRID_LINES for number in range(GRID_LINES + 1))

    def _paint_grid(self, painter: QPainter, room: QRectF, top: float, metrics: QFontMetrics) -> None:
        c = colours()
        painter.setFont(theme().font(Type.SMALL))
        for value in self._lines(top):
            y = _height_of(room, value, top)
            painter.setPen(QPen(QColor(c.control_line if value == 0 else c.line), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(QColor(c.text_muted))
            box = QRectF(0, y - metrics.height() / 2, room.left() - Space.SMALL, metrics.height())
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, side, self._figure(value))

    def _paint_words(self, painter: QPainter, room: QRectF, metrics: QFontMetrics) -> None:
        """Below the axis, as many as have room; always the first and the last."""
        painter.setFont(theme().font(Type.SMALL))
        painter.setPen(QColor(colours().text_muted))
        widest = max(metrics.horizontalAdvance(one.words) for one in self._points) + Space.MEDIUM
        places = self._places(room)
        every = max(1, math.ceil(widest * len(places) / max(1.0, room.width())))
        for number, (one, x) in enumerate(zip(self._points, places, strict=True)):
            if (len(places) - 1 - number) % every:
                continue
            left = min(max(x - widest / 2, 0), self.width() - widest)
            box = QRectF(left, room.bottom() + Space.TIGHT, widest, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, one.words)

    def _paint_limit(self, painter: QPainter, room: QRectF, top: float, metrics: QFontMetrics) -> None:
        tone = colours().tones[Tone.STOP]
        y = round(_height_of(room, self._limit or 0.0, top))
        painter.setPen(QPen(QColor(tone.text), LINE_PX, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
        painter.setFont(theme().font(Type.CHIP))
        box = QRect(round(room.left()), y - metrics.height(), round(room.width()), metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._limit_words)

    def _places(self, room: QRectF) -> list[float]:
        """Where each figure stands, from left to right."""
        each = room.width() / max(1, len(self._points))
        return [room.left() + each * (number + 0.5) for number in range(len(self._points))]


class LinePlot(_Plot):
    """Figures over time, joined by a line."""

    def _paint_figures(self, painter: QPainter, room: QRectF, top: float) -> None:
        c = colours()
        dots = [
            QPointF(x, _height_of(room, one.value, top))
            for one, x in zip(self._points, self._places(room), strict=True)
        ]
        painter.setPen(QPen(QColor(c.accent), LINE_PX * theme().text_scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(dots)
        radius = DOT_PX * theme().text_scale
        for dot, one in zip(dots, self._points, strict=True):
            ink = QColor(c.accent if one.tone is Tone.INFO else c.tones[one.tone].text)
            painter.setPen(QPen(QColor(c.surface), LINE_PX))
            painter.setBrush(ink)
            # A shape beside the colour: what is not as usual is a square.
            if one.tone is Tone.INFO:
                painter.drawEllipse(dot, radius, radius)
            else:
                painter.drawRect(QRectF(dot.x() - radius, dot.y() - radius, 2 * radius, 2 * radius))


class BarPlot(_Plot):
    """Figures beside one another, each with its number over the bar."""

    def _paint_figures(self, painter: QPainter, room: QRectF, top: float) -> None:
        c = colours()
        metrics = QFontMetrics(theme().font(Type.CHIP))
        each = room.width() / len(self._points)
        width = min(each * 0.6, theme().px(WIDEST_BAR))
        painter.setFont(theme().font(Type.CHIP))
        for one, x in zip(self._points, self._places(room), strict=True):
            y = _height_of(room, one.value, top)
            tone = c.tones[one.tone]
            painter.setPen(QPen(QColor(tone.text), 1))
            painter.setBrush(QColor(c.accent if one.tone is Tone.INFO else tone.background))
            painter.drawRect(QRectF(x - width / 2, y, width, room.bottom() - y))
            painter.setPen(QColor(c.text))
            box = QRectF(x - each / 2, y - metrics.height() - 1, each, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{one.value:.{self._decimals}f}")


def _height_of(room: QRectF, value: float, top: float) -> float:
    return room.bottom() - room.height() * value / top
