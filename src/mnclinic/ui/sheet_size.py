"""How large a sheet over the window is."""

from weakref import ref

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QLayoutItem, QWidget

from mnclinic.ui.theme import theme

ROOM_BESIDE_PX = 80
"""What is left of the window beside a sheet, so that it is seen to lie over it."""

LEAST_PX = 320
"""Also over a window that is smaller than it is made for."""


def widest(window: QWidget, width_px: int) -> int:
    """A width in logical pixels at the size of the text, and never more than the window has."""
    return min(theme().px(width_px), max(LEAST_PX, window.width() - ROOM_BESIDE_PX))


def fit_sheet(sheet: QDialog, window: QWidget, inner: QWidget, width_px: int) -> None:
    """As tall as what stands in it, and never taller than the window: then `inner` scrolls.

    It grows with what it tells later: a refusal, its progress. It never becomes lower under the mouse.
    """
    width = widest(window, width_px)
    sheet.setMinimumWidth(width)
    if (height := _needed(sheet, window, inner, width)) is not None:
        sheet.resize(width, height)
        _Growing(sheet, window, inner)


def _needed(sheet: QDialog, window: QWidget, inner: QWidget, width: int) -> int | None:
    layout, content = sheet.layout(), inner.layout()
    if layout is None or content is None:
        return None
    margins = layout.contentsMargins()
    within = width - margins.left() - margins.right()
    needed = max(content.totalHeightForWidth(within), content.totalMinimumSize().height())
    items = [item for at in range(layout.count()) if (item := layout.itemAt(at)) is not None]
    # What is hidden takes no room, nor does the gap beside it.
    items = [item for item in items if not item.isEmpty()]
    beside = margins.top() + margins.bottom() + layout.spacing() * (len(items) - 1)
    beside += sum(_height(item, within) for item in items if not _holds(item, inner))
    return min(max(LEAST_PX, window.height() - ROOM_BESIDE_PX), needed + beside)


class _Growing(QObject):
    """Makes a sheet taller where what stands in it became more, and keeps its middle where it was."""

    def __init__(self, sheet: QDialog, window: QWidget, inner: QWidget) -> None:
        super().__init__(sheet)
        # Nothing here keeps a sheet: it is let go of while the toolkit destroys it.
        self._sheet, self._window, self._inner = ref(sheet), ref(window), ref(inner)
        # Once everything that was told has its place.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._grow)
        # What has no room any more is scrolled. A filter of events would be asked about a sheet that is
        # just being destroyed, which the toolkit does not survive.
        if (area := _scroller_of(inner)) is not None:
            area.verticalScrollBar().rangeChanged.connect(self._soon.start)

    def _grow(self) -> None:
        sheet, window, inner = self._sheet(), self._window(), self._inner()
        if sheet is None or window is None or inner is None:
            return
        height = _needed(sheet, window, inner, sheet.width())
        if height is None or height <= sheet.height():
            return
        more = height - sheet.height()
        above = sheet.y() - window.y()
        sheet.resize(sheet.width(), height)
        if sheet.isVisible():
            lowest = window.height() - height
            sheet.move(sheet.x(), window.y() + max(0, min(above - more // 2, lowest)))


def _scroller_of(inner: QWidget) -> QAbstractScrollArea | None:
    above = inner.parentWidget()
    while above is not None and not isinstance(above, QAbstractScrollArea):
        above = above.parentWidget()
    return above


def _holds(item: QLayoutItem, inner: QWidget) -> bool:
    widget = item.widget()
    return widget is not None and widget.isAncestorOf(inner)


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
