"""Lucide icons in the colours of the theme, sharp at every scaling.

`icon("printer")` makes a QIcon for buttons, actions and fields; it follows a change of theme by
itself. Widgets that paint themselves call `paint_icon`. Drawings are cached by name, colour and
size in device pixels.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from mnclinic.resource_files import resource_path
from mnclinic.ui.theme import colours
from mnclinic.ui.tokens import Size


def icon(name: str, colour: str = "text") -> QIcon:
    """Make an icon for a button or an action.

    Args:
        name: A Lucide name that is in `resources/icons`, "printer" for instance.
        colour: The name of one of `Colours`' fields; resolved when drawn, faint when disabled.

    Raises:
        FileNotFoundError: No such icon is shipped; a defect in the caller.
    """
    _svg(name)
    return QIcon(_ThemedIcon(name, colour))


def paint_icon(painter: QPainter, rect: QRect, name: str, colour: str) -> None:
    """Draw an icon in `#rrggbb` centred in `rect`, as large as its shorter side allows."""
    side = min(rect.width(), rect.height())
    if side <= 0:
        return
    left = rect.x() + (rect.width() - side) // 2
    top = rect.y() + (rect.height() - side) // 2
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(left, top, icon_pixmap(name, colour, side, ratio))


def icon_pixmap(name: str, colour: str, side_px: int = Size.ICON, ratio: float = 1.0) -> QPixmap:
    """Draw an icon into a pixmap of `side_px` logical pixels at the given device pixel ratio."""
    image = _drawn(name, colour, round(side_px * ratio))
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=256)
def _svg(name: str) -> bytes:
    return resource_path(f"icons/{name}.svg").read_bytes()


@lru_cache(maxsize=1024)
def _drawn(name: str, colour: str, device_px: int) -> QImage:
    svg = _svg(name).replace(b"currentColor", colour.encode("ascii"))
    image = QImage(device_px, device_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, device_px, device_px))
    painter.end()
    return image


class _ThemedIcon(QIconEngine):
    """Draws a Lucide icon at the left of the space it gets.

    A button asks for an icon wider than it is tall; the empty rest is the gap before its words,
    which Qt's own style would leave too narrow.
    """

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def _now(self, mode: QIcon.Mode) -> str:
        chosen: str = getattr(colours(), "text_faint" if mode == QIcon.Mode.Disabled else self._colour)
        return QColor(chosen).name()

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRect(rect.x(), rect.y() + (rect.height() - side) // 2, side, side)
        paint_icon(painter, square, self._name, self._now(mode))

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        # `size` is in logical pixels, as measured with Qt 6.12.
        pixmap = QPixmap(round(size.width() * scale), round(size.height() * scale))
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(QColor(0, 0, 0, 0))
        painter = QPainter(pixmap)
        side = min(size.width(), size.height())
        painter.drawPixmap(0, 0, icon_pixmap(self._name, self._now(mode), side, scale))
        painter.end()
        return pixmap

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def clone(self) -> QIconEngine:
        return _ThemedIcon(self._name, self._colour)
