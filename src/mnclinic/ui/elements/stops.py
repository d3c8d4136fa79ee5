"""The stops of the keyboard in the order in which a page is read.

Qt puts a widget that is made later at the end of its order: the questions of a checklist, the lines of a grid
and buttons for what a protocol offers would all come after everything else.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

WHOLE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
"""What is one stop, whatever it is made of."""


@runtime_checkable
class OrdersStops(Protocol):
    """A widget in which Tab goes another way than its layout."""

    def stops(self) -> Sequence[QWidget]:
        """What Tab stops at, in order."""


def stops_as_read(root: QWidget) -> list[QWidget]:
    """Everything in `root` that is not hidden and that Tab may stop at, in the order of its layouts."""
    return [
        one
        for one in _within(root)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
    ]


def lead_along(stops: Sequence[QWidget]) -> None:
    """Have Tab go from each of these to the next."""
    for one, other in itertools.pairwise(stops):
        QWidget.setTabOrder(one, other)


def _within(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    if isinstance(widget, WHOLE):
        return
    if isinstance(widget, OrdersStops):
        yield from (one for one in widget.stops() if not one.isHidden())
        return
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        if inner is not None:
            yield from _within(inner)
        return
    layout = widget.layout()
    laid_out = list(_of_layout(layout)) if layout is not None else []
    # What is put somewhere by hand, as the zones of a map are, comes after.
    by_hand = [one for one in widget.children() if isinstance(one, QWidget) and not one.isWindow()]
    for one in dict.fromkeys([*laid_out, *by_hand]):
        if not one.isHidden():
            yield from _within(one)


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda at: layout.getItemPosition(at)[:2])  # type: ignore[index]
    for at in places:
        item = layout.itemAt(at)
        if item is None:
            continue
        within, widget = item.layout(), item.widget()
        if within is not None:
            yield from _of_layout(within)
        elif widget is not None:
            yield widget
