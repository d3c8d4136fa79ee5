"""Keeps what was typed into sheets that have no draft, and puts it back when the same sheet opens again."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMessageBox, QProgressDialog, QWidget

from mnclinic.ui.lock.fields import Fields, mark_secrets, read_fields, write_fields
from mnclinic.ui.lock.place import give_focus, read_focus
from mnclinic.ui.lock.reopening import LastPressed, Opener, Reopening
from mnclinic.ui.tasks import TaskRunner

MOST_KEPT = 20

Where = Callable[[], tuple[str, Any]]
"""The page and the thing that the window shows now."""


@dataclass(frozen=True)
class SheetText:
    """What stood in a sheet. `identity` is the same only for the same sheet about the same thing."""

    identity: str
    title: str
    fields: Fields
    opener: Opener | None = None
    """How it was opened; None where that cannot be told, such as from a list or another sheet."""
    focus: str | None = None
    cursor: int = 0
    was_open: bool = False
    """Whether it lay over the window at the end, and does not only wait for its sheet."""

    def as_json(self) -> dict[str, Any]:
        """For the screen that is kept."""
        return {
            "identity": self.identity,
            "title": self.title,
            "fields": self.fields,
            "opener": None if self.opener is None else self.opener.as_json(),
            "focus": self.focus,
            "cursor": self.cursor,
            "was_open": self.was_open,
        }


@dataclass(frozen=True)
class _Open:
    sheet: QDialog
    identity: str
    title: str
    at_first: Fields
    opener: Opener | None


class SheetKeeper(QObject):
    """Knows every sheet that opens over one window."""

    returned = Signal(str)
    """A sheet opened with what had been typed into it before the lock; carries its title."""

    not_opened = Signal(str)
    """The sheet with this title does not open by itself, and what was typed waits for it."""

    def __init__(self, where: Where, parent: QObject | None = None) -> None:
        """Watch for sheets from now on; `where` tells what they are about."""
        super().__init__(parent)
        self._where = where
        self._open: list[_Open] = []
        self._kept: dict[str, SheetText] = {}
        self._pressed = LastPressed()
        self._expected: tuple[str, Reopening] | None = None
        application = QCoreApplication.instance()
        assert application is not None  # noqa: S101 - there is no window without one
        application.installEventFilter(self)

    def take_back(self, kept: list[dict[str, Any]]) -> tuple[str, ...]:
        """Have these ready for when their sheets open again; returns their titles."""
        for one in kept[-MOST_KEPT:]:
            opener = one.get("opener")
            text = SheetText(
                str(one["identity"]),
                str(one["title"]),
                dict(one["fields"]),
                None if opener is None else Opener(str(opener["button"]), str(opener["keys"])),
                one.get("focus"),
                int(one.get("cursor") or 0),
                bool(one.get("was_open")),
            )
            self._kept[text.identity] = text
        return tuple(text.title for text in self._kept.values())

    def open_again(self, window: QWidget, runner: TaskRunner) -> bool:
        """Open the sheet in which somebody typed at the lock; False where that cannot be done.

        When it turns out later that the same sheet does not open, `not_opened` says so.
        """
        was_open = [one for one in self._kept.values() if one.was_open and one.opener is not None]
        if not was_open or was_open[-1].opener is None:
            return False
        text = was_open[-1]
        reopening = Reopening(window, was_open[-1].opener, runner, lambda: self._did_not_open(text.title))
        self._expected = (text.identity, reopening)
        return True

    def _did_not_open(self, title: str) -> None:
        self._expected = None
        self.not_opened.emit(title)

    def texts(self) -> list[dict[str, Any]]:
        """What was typed into the sheets that are open, and what still waits for its sheet."""
        self._open = [one for one in self._open if shiboken6.isValid(one.sheet) and one.sheet.isVisible()]
        texts = dict(self._kept)
        for one in self._open:
            fields = read_fields(one.sheet)
            if fields != one.at_first:
                focused = read_focus(one.sheet)
                texts[one.identity] = SheetText(
                    one.identity,
                    one.title,
                    fields,
                    one.opener,
                    focused["focus"],
                    focused["cursor"],
                    was_open=True,
                )
        return [text.as_json() for text in list(texts.values())[-MOST_KEPT:]]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A sheet is about to be seen, or something was pressed that may open one."""
        self._pressed.see(watched, event)
        if event.type() == QEvent.Type.Show and not event.spontaneous() and isinstance(watched, QDialog):
            self._opened(watched)
        return False

    def _opened(self, sheet: QDialog) -> None:
        if isinstance(sheet, (QFileDialog, QMessageBox, QProgressDialog)):
            return
        if any(one.sheet is sheet for one in self._open):
            return
        mark_secrets(sheet)
        identity = self._identity(sheet)
        title = sheet.windowTitle()
        opener = self._pressed.opener()
        expected, self._expected = self._expected, None
        if expected is not None and expected[0] != identity:
            # What was pressed opens another sheet by now, which nobody asked for.
            QTimer.singleShot(0, sheet, sheet.reject)
            expected[1].give_up()
            return
        kept = self._kept.pop(identity, None)
        if expected is not None:
            expected[1].succeed()
            opener = kept.opener if kept is not None else None
        self._open.append(_Open(sheet, identity, title, read_fields(sheet), opener))
        if kept is not None:
            # After the sheet's own first steps, such as choosing a field for the keyboard.
            QTimer.singleShot(0, self, lambda: self._put_back(sheet, kept))

    def _put_back(self, sheet: QDialog, kept: SheetText) -> None:
        if not shiboken6.isValid(sheet):
            return
        write_fields(sheet, kept.fields)
        give_focus(sheet, kept.focus, kept.cursor)
        self.returned.emit(kept.title)

    def _identity(self, sheet: QDialog) -> str:
        # The words on a sheet name what it is about (the visit's number, the patient): a reason typed for one
        # visit must never come back on another's sheet.
        words = [one.text() for one in sheet.findChildren(QLabel)]
        page, what = self._where()
        about = [type(sheet).__name__, sheet.windowTitle(), page, str(what), words]
        return hashlib.sha256(json.dumps(about).encode("utf-8")).hexdigest()
