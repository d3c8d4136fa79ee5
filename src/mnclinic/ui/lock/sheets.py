"""Keeps what was typed into sheets that have no draft, and puts it back when the same sheet opens again."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMessageBox, QProgressDialog

from mnclinic.ui.lock.fields import Fields, mark_secrets, read_fields, write_fields

MOST_KEPT = 20

Where = Callable[[], tuple[str, Any]]
"""The page and the thing that the window shows now."""


@dataclass(frozen=True)
class SheetText:
    """What stood in a sheet. `identity` is the same only for the same sheet about the same thing."""

    identity: str
    title: str
    fields: Fields

    def as_json(self) -> dict[str, Any]:
        """For the screen that is kept."""
        return {"identity": self.identity, "title": self.title, "fields": self.fields}


@dataclass(frozen=True)
class _Open:
    sheet: QDialog
    identity: str
    title: str
    at_first: Fields


class SheetKeeper(QObject):
    """Knows every sheet that opens over one window."""

    returned = Signal(str)
    """A sheet opened with what had been typed into it before the lock; carries its title."""

    def __init__(self, where: Where, parent: QObject | None = None) -> None:
        """Watch for sheets from now on; `where` tells what they are about."""
        super().__init__(parent)
        self._where = where
        self._open: list[_Open] = []
        self._kept: dict[str, SheetText] = {}
        application = QCoreApplication.instance()
        assert application is not None  # noqa: S101 - there is no window without one
        application.installEventFilter(self)

    def take_back(self, kept: list[dict[str, Any]]) -> tuple[str, ...]:
        """Have these ready for when their sheets open again; returns their titles."""
        for one in kept[-MOST_KEPT:]:
            text = SheetText(str(one["identity"]), str(one["title"]), dict(one["fields"]))
            self._kept[text.identity] = text
        return tuple(text.title for text in self._kept.values())

    def texts(self) -> list[dict[str, Any]]:
        """What was typed into the sheets that are open, and what still waits for its sheet."""
        self._open = [one for one in self._open if shiboken6.isValid(one.sheet) and one.sheet.isVisible()]
        texts = dict(self._kept)
        for one in self._open:
            fields = read_fields(one.sheet)
            if fields != one.at_first:
                texts[one.identity] = SheetText(one.identity, one.title, fields)
        return [text.as_json() for text in list(texts.values())[-MOST_KEPT:]]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A sheet is about to be seen."""
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
        self._open.append(_Open(sheet, identity, title, read_fields(sheet)))
        kept = self._kept.pop(identity, None)
        if kept is not None:
            # After the sheet's own first steps, such as choosing a field for the keyboard.
            QTimer.singleShot(0, self, lambda: self._put_back(sheet, kept))

    def _put_back(self, sheet: QDialog, kept: SheetText) -> None:
        if not shiboken6.isValid(sheet):
            return
        write_fields(sheet, kept.fields)
        self.returned.emit(kept.title)

    def _identity(self, sheet: QDialog) -> str:
        # The words on a sheet name what it is about (the visit's number, the patient): a reason typed for one
        # visit must never come back on another's sheet.
        words = [one.text() for one in sheet.findChildren(QLabel)]
        page, what = self._where()
        about = [type(sheet).__name__, sheet.windowTitle(), page, str(what), words]
        return hashlib.sha256(json.dumps(about).encode("utf-8")).hexdigest()
