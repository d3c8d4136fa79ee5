"""Where a person is on the screen: read before the lock, and gone back to after it."""

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QWidget,
)

from mnclinic.ui.lock.fields import Fields, is_secret, keyed, read_typed, write_fields
from mnclinic.ui.tasks import TaskRunner

SCALARS = (str, int, type(None))


@runtime_checkable
class Keeps(Protocol):
    """A page or sheet that knows more about where a person is than its fields show."""

    def place(self) -> dict[str, Any] | None:
        """JSON that leads back: the step, the person shown, what is not stored yet."""

    def return_to(self, place: dict[str, Any]) -> None:
        """Go back there as soon as the page shows its thing."""


@runtime_checkable
class Opens(Protocol):
    """A page that opens sheets, and opens each of them again after the lock."""

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open the sheet that was opened under this name, if the facts of now allow it.

        It is asked for once the page shows its thing. The page opens the sheet only if what it is about is
        still there and the person may still do it, and does nothing else: no act, no change of a page. Where
        it cannot, it just does not.
        """


def read_focus(page: QWidget) -> dict[str, Any]:
    """Which field of the page has the keyboard and where in it, and how far things are scrolled."""
    holder = page.window().focusWidget()
    focus, cursor = None, 0
    scrolls: dict[str, int] = {}
    for key, widget in keyed(page):
        if widget is holder:
            # How far a password had got says how long it is.
            focus, cursor = key, 0 if is_secret(widget) else cursor_of(widget)
        if isinstance(widget, QAbstractScrollArea) and widget.verticalScrollBar().value():
            scrolls[key] = widget.verticalScrollBar().value()
    return {"focus": focus, "cursor": cursor, "scrolls": scrolls}


def read_page(page: QWidget) -> dict[str, Any]:
    """What the page knows of itself, and what was typed into it."""
    return {"own": page.place() if isinstance(page, Keeps) else None, "fields": read_typed(page)}


def is_scalar(what: Any) -> bool:
    """Whether a thing that a page shows can be named again after the lock."""
    return isinstance(what, SCALARS)


def topmost(widget: QWidget) -> QWidget:
    """The window that everything lies over: a sheet may lie over a sheet, and each is a window of its own."""
    while (above := widget.parentWidget()) is not None:
        widget = above
    return widget


def give_focus(root: QWidget, focus: str | None, cursor: int) -> None:
    """Put the keyboard and the cursor where `read_focus` found them."""
    for key, widget in keyed(root):
        if key == focus and widget.isVisibleTo(root):
            widget.setFocus()
            set_cursor(widget, cursor)


class WayBack(QObject):
    """Brings the keyboard, the cursor and half-typed texts back once the page has its data."""

    def __init__(self, page: QWidget, state: dict[str, Any], runner: TaskRunner) -> None:
        """Go back as soon as nothing is being read any more."""
        super().__init__(page)
        self._page = page
        self._state = state
        self._runner = runner
        self.is_done = False
        """Whether the page stands as it stood."""
        # A timer of its own: a single shot that is under way when this is let go of keeps it for ever.
        self._going = QTimer(self, singleShot=True, interval=0)
        self._going.timeout.connect(self._go)
        runner.busy_changed.connect(self._soon)
        self._soon()

    def over(self, now: dict[str, Any]) -> dict[str, Any]:
        """What to keep of the page, where `now` was read from it before it is back: it may be left again."""
        is_same = now["what"] == self._state.get("what")
        own = now["own"]
        if is_same and not (own or {}).get("unsaved"):
            own = self._state.get("own")
        fields = now["fields"] | (self._state.get("fields") or {})
        return {**now, **self._state, "what": now["what"], "own": own, "fields": fields}

    def _soon(self) -> None:
        # What the program reads by itself, such as the daily check, may take minutes and changes no page.
        if not self.is_done and not self._runner.is_working:
            self._going.start()

    def _go(self) -> None:
        if self.is_done or self._runner.is_working:
            return
        self.is_done = True
        fields: Fields = self._state.get("fields") or {}
        write_fields(self._page, fields)
        focus, scrolls = self._state.get("focus"), self._state.get("scrolls") or {}
        if getattr(self._page, "has_led_back", False):
            # The page's own draft is newer than what was kept of the screen.
            focus = None
        give_focus(self._page, focus, int(self._state.get("cursor") or 0))
        for key, widget in keyed(self._page):
            if key in scrolls and isinstance(widget, QAbstractScrollArea):
                widget.verticalScrollBar().setValue(int(scrolls[key]))
        self.deleteLater()


def cursor_of(widget: QWidget) -> int:
    """Where in a field or a table the keyboard is."""
    if isinstance(widget, QLineEdit):
        return widget.cursorPosition()
    if isinstance(widget, (QPlainTextEdit, QTextEdit)):
        return widget.textCursor().position()
    if isinstance(widget, QDateEdit):
        return widget.currentSectionIndex()
    if isinstance(widget, QTableView):
        return max(widget.currentIndex().row(), 0)
    return 0


def set_cursor(widget: QWidget, cursor: int) -> None:
    """Put it there again, or as near as there is anything."""
    if isinstance(widget, QLineEdit):
        widget.setCursorPosition(cursor)
    elif isinstance(widget, (QPlainTextEdit, QTextEdit)):
        place = widget.textCursor()
        place.setPosition(min(cursor, len(widget.toPlainText())))
        widget.setTextCursor(place)
    elif isinstance(widget, QDateEdit):
        widget.setCurrentSectionIndex(cursor)
    elif isinstance(widget, QTableView) and cursor < widget.model().rowCount():
        widget.selectRow(cursor)
