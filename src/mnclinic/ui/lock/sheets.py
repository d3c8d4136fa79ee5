"""Keeps which sheets are open and what was typed into them, and has them open again after the lock."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget

from mnclinic.ui.lock.fields import (
    SECRET,
    Fields,
    can_choose,
    is_secret,
    mark_secrets,
    read_fields,
    write_fields,
)
from mnclinic.ui.lock.kept_strip import KeptStrip
from mnclinic.ui.lock.place import Keeps, Opens, give_focus, is_scalar, read_focus, topmost
from mnclinic.ui.lock.reopening import Reopening, SheetName, name_of
from mnclinic.ui.tasks import TaskRunner

MOST_KEPT = 20

Where = Callable[[], tuple[str, Any]]
"""The page and the thing that the window shows now."""


@dataclass(frozen=True)
class SheetText:
    """An open sheet as it is kept: its name, and what the person changed in it."""

    name: SheetName
    identity: str
    """The same only while every word on the sheet is the same."""
    title: str
    fields: Fields
    """What the person changed, and nothing else."""
    was: Fields
    """What stood in those fields when the sheet opened."""
    own: dict[str, Any] | None = None
    """What the sheet knows besides; with `unsaved` where it holds something that was typed."""
    focus: str | None = None
    cursor: int = 0
    was_open: bool = False
    """Whether it lay over the window at the end, and does not only wait for its sheet."""

    @property
    def is_typed(self) -> bool:
        """Whether anything would be lost without it."""
        return bool(self.fields) or bool((self.own or {}).get("unsaved"))

    def as_json(self) -> dict[str, Any]:
        """For the screen that is kept."""
        return {
            **self.name.as_json(),
            "identity": self.identity,
            "title": self.title,
            "fields": self.fields,
            "was": self.was,
            "own": self.own,
            "focus": self.focus,
            "cursor": self.cursor,
            "was_open": self.was_open,
            "typed": self.is_typed,
        }


def _read(kept: dict[str, Any]) -> SheetText:
    about = dict(kept["about"])
    if not all(is_scalar(one) for one in about.values()):
        raise TypeError("a sheet is about things that have ids")
    return SheetText(
        SheetName(str(kept["kind"]), about),
        str(kept["identity"]),
        str(kept["title"]),
        dict(kept["fields"]),
        dict(kept["was"]),
        None if kept["own"] is None else dict(kept["own"]),
        kept["focus"],
        int(kept["cursor"]),
        bool(kept["was_open"]),
    )


@dataclass(frozen=True)
class _Open:
    sheet: QDialog
    name: SheetName
    identity: str
    at_first: Fields

    @property
    def is_open(self) -> bool:
        return shiboken6.isValid(self.sheet) and self.sheet.isVisible()

    def fits(self, text: SheetText) -> bool:
        """Whether everything that was read and changed stands as it stood when the text was typed."""
        is_same = all(self.at_first.get(key) == value for key, value in text.was.items())
        return self.identity == text.identity and is_same and can_choose(self.sheet, text.fields)

    def text(self) -> SheetText:
        now = read_fields(self.sheet)
        fields = {key: value for key, value in now.items() if self.at_first.get(key) != value}
        focused = read_focus(self.sheet)
        return SheetText(
            self.name,
            self.identity,
            self.sheet.windowTitle(),
            fields,
            {key: self.at_first.get(key) for key in fields},
            self.sheet.place() if isinstance(self.sheet, Keeps) else None,
            focused["focus"],
            focused["cursor"],
            was_open=True,
        )


class SheetKeeper(QObject):
    """Knows every named sheet that opens over one window (see `open_named`).

    The system's own choosers of files and its boxes do not come back. What was chosen stands in the sheet's
    field by then, and is kept as its text.
    """

    returned = Signal(str, bool, bool)
    """A sheet holds again what had been typed into it: its title, and of its secrets, which are never kept,
    whether it asks for any and whether it makes one up by itself."""

    over = Signal(str)
    """A sheet of which `returned` told, by its title, was finished or given up: it holds nothing any more."""

    not_opened = Signal(str, bool)
    """The sheet with this title does not open by itself; whether something typed waits for it."""

    def __init__(self, where: Where, parent: QObject | None = None) -> None:
        """Watch for sheets from now on; `where` tells where the person is."""
        super().__init__(parent)
        self._where = where
        self._open: list[_Open] = []
        self._kept: list[SheetText] = []
        """Typed texts that wait for their sheets."""
        self._coming: list[SheetText] = []
        """What is to open again by itself, the undermost first."""
        self._came: list[QDialog] = []
        self._reopening: Reopening | None = None
        self._filling: list[tuple[_Open, SheetText | None, list[SheetText]]] = []
        """Sheets that get their texts in the next turn, what comes back in each, and what waits for it."""
        self._unasked: list[QDialog] = []
        """Sheets that go again in the next turn."""
        # A timer of its own: a single shot that is under way when this is let go of keeps it for ever.
        self._next_turn = QTimer(self, singleShot=True, interval=0)
        self._next_turn.timeout.connect(self._turn)
        self._begin: Callable[[], None] = _nothing
        self._is_wanted: Callable[[], bool] = bool
        application = QCoreApplication.instance()
        assert application is not None  # noqa: S101 - there is no window without one
        application.installEventFilter(self)

    def take_back(self, kept: list[dict[str, Any]], *, is_same_page: bool) -> tuple[str, ...]:
        """Have these ready for when their sheets open again.

        Returns the titles of those that wait for the person. With `is_same_page` the ones that lay over the
        window do not: `open_again` sees to them.
        """
        for one in kept[-MOST_KEPT:]:
            if "kind" not in one:
                # An older program kept no names, so nobody can tell what this was about.
                continue
            text = _read(one)
            if text.was_open and is_same_page:
                self._coming.append(text)
            elif text.is_typed:
                self._kept.append(replace(text, was_open=False))
        return tuple(text.title for text in self._kept)

    def open_again(self, opens: Opens, runner: TaskRunner) -> None:
        """Have the sheets opened that lay over the window, one after another.

        `returned` tells of each that holds something typed, `not_opened` of each that does not open.
        """
        self._begin = partial(self._next, opens, runner, self._where())
        self._begin()

    def _next(self, opens: Opens, runner: TaskRunner, where: tuple[str, Any]) -> None:
        self._reopening = None
        if not self._coming:
            return

        def is_wanted() -> bool:
            # Whoever went on by themselves is not called back.
            others = [one for one in self._open if one.is_open and one.sheet not in self._came]
            return self._where() == where and not others

        self._is_wanted = is_wanted
        self._reopening = Reopening(
            opens, self._coming[0].name, runner, is_wanted=is_wanted, failed=self._did_not_open, parent=self
        )

    def _did_not_open(self) -> None:
        text = self._coming.pop(0)
        if text.is_typed:
            self._kept.append(replace(text, was_open=False))
        self.not_opened.emit(text.title, text.is_typed)
        self._begin()

    @property
    def is_settled(self) -> bool:
        """Whether every sheet that is to open again by itself did, or does not."""
        return not (self._coming or self._reopening or self._filling or self._unasked)

    def texts(self) -> list[dict[str, Any]]:
        """Every sheet that is open, what is about to open again, and what still waits for its sheet."""
        self._open = [one for one in self._open if one.is_open]
        texts = [*self._kept, *self._coming, *(one.text() for one in self._open)]
        return [text.as_json() for text in texts[-MOST_KEPT:]]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A sheet is about to be seen."""
        # Every event of the program comes by here, and asking for its type takes longer than all the rest.
        if isinstance(watched, QDialog) and event.type() == QEvent.Type.Show and not event.spontaneous():
            self._opened(watched)
        return False

    def _is_elsewhere(self, sheet: QDialog) -> bool:
        """Whether it lies over another window than the one that is watched."""
        stay = self.parent()
        place = stay.parent() if stay is not None else None
        over = sheet.parentWidget()
        return isinstance(place, QWidget) and over is not None and topmost(over) is not topmost(place)

    def _opened(self, sheet: QDialog) -> None:
        name = name_of(sheet)
        if name is None or self._is_elsewhere(sheet) or any(one.sheet is sheet for one in self._open):
            return
        mark_secrets(sheet)
        one = _Open(sheet, name, _identity(sheet, name), read_fields(sheet))
        coming = None
        if self._reopening is not None:
            is_it = self._coming[0].name == name
            if (is_it and not self._is_wanted()) or (self._reopening.is_asking and not is_it):
                # The person is elsewhere by now, or the page opened what nobody asked for.
                self._unasked.append(sheet)
                self._next_turn.start()
                self._reopening.give_up()
                return
        if self._reopening is not None and self._coming[0].name == name:
            coming = self._coming.pop(0)
            self._came.append(sheet)
            self._reopening.succeed()
            self._reopening = None
            if coming.is_typed:
                self._kept.append(replace(coming, was_open=False))
        self._open.append(one)
        waiting = [text for text in self._kept if text.name == name]
        # After the sheet's own first steps, such as choosing a field for the keyboard.
        self._filling.append((one, coming, waiting))
        self._next_turn.start()

    def _turn(self) -> None:
        unasked, self._unasked = self._unasked, []
        filling, self._filling = self._filling, []
        for sheet in unasked:
            if shiboken6.isValid(sheet):
                sheet.reject()
        for one, coming, waiting in filling:
            self._fill(one, coming, waiting)

    def _fill(self, one: _Open, coming: SheetText | None, waiting: list[SheetText]) -> None:
        if one.is_open:
            self._fill_open(one, coming, waiting)
        if coming is not None:
            self._begin()

    def _fill_open(self, one: _Open, coming: SheetText | None, waiting: list[SheetText]) -> None:
        if coming is not None:
            if not coming.is_typed and not one.fits(coming):
                self._strip(one, None)
            elif not coming.is_typed and coming.own is not None and isinstance(one.sheet, Keeps):
                one.sheet.return_to(coming.own)
            give_focus(one.sheet, coming.focus, coming.cursor)
        for text in waiting:
            if one.fits(text):
                self._put_in(one, text)
            else:
                self._strip(one, text)

    def _put_in(self, one: _Open, text: SheetText) -> None:
        self._kept = [other for other in self._kept if other is not text]
        write_fields(one.sheet, text.fields)
        if text.own is not None and isinstance(one.sheet, Keeps):
            one.sheet.return_to(text.own)
        give_focus(one.sheet, text.focus, text.cursor)
        secrets = [
            field.text()
            for field in one.sheet.findChildren(QLineEdit)
            if is_secret(field) and field.isVisibleTo(one.sheet)
        ]
        self.returned.emit(text.title, bool(secrets), any(secrets))
        one.sheet.finished.connect(partial(self._is_over, text.title))

    def _is_over(self, title: str, _result: int) -> None:
        self.over.emit(title)

    def _strip(self, one: _Open, text: SheetText | None) -> None:
        def forget() -> None:
            self._kept = [other for other in self._kept if other is not text]

        KeptStrip(one.sheet, None if text is None else partial(self._put_in, one, text), forget)


def _nothing() -> None:
    """Nothing is to open."""


def _identity(sheet: QDialog, name: SheetName) -> str:
    # The name says which thing a sheet is about, the words on it how that stands: a reason that was typed for
    # what stood there must not go by itself under what stands there now.
    words = [one.text() for one in sheet.findChildren(QLabel) if one.text() and not one.property(SECRET)]
    shown = [type(sheet).__name__, sheet.windowTitle(), name.as_json(), words]
    return hashlib.sha256(json.dumps(shown).encode("utf-8")).hexdigest()
