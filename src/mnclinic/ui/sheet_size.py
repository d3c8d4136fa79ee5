"""How large a sheet over the window is."""

from PySide6.QtWidgets import QDialog, QLayoutItem, QWidget

from mnclinic.ui.theme import theme

ROOM_BESIDE_PX = 80
"""What is left of the window beside a sheet, so that it is seen to lie over it."""

LEAST_PX = 320
"""Also over a window that is smaller than it is made for."""


def widest(window: QWidget, width_px: int) -> int:
    """A width in logical pixels at the size of the text, and never more than the window has."""
    return min(theme().px(width_px), max(LEAST_PX, window.width() - ROOM_BESIDE_PX))


def fit_sheet(sheet: QDialog, window: QWidget, inner: QWidget, width_px: int) -> None:
    """As tall as what stands in it, and never taller than the window: then `inner` scrolls."""
    width = widest(window, width_px)
    sheet.setMinimumWidth(width)
    layout, content = sheet.layout(), inner.layout()
    if layout is None or content is None:
        return
    margins = layout.contentsMargins()
    within = width - margins.left() - margins.right()
    needed = max(content.totalHeightForWidth(within), content.totalMinimumSize().height())
    beside = margins.top() + margins.bottom() + layout.spacing() * (layout.count() - 1)
    items = [item for at in range(layout.count()) if (item := layout.itemAt(at)) is not None]
    beside += sum(_height(item, within) for item in items if not _holds(item, inner))
    sheet.resize(width, min(max(LEAST_PX, window.height() - ROOM_BESIDE_PX), needed + beside))


def _holds(item: QLayoutItem, inner: QWidget) -> bool:
    widget = item.widget()
    return widget is not None and widget.isAncestorOf(inner)


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
