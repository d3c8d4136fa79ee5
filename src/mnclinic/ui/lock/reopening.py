"""What an open sheet is called, and opening it again by that name after the lock.

Whoever opens a sheet says which one it is and what it is about, in ids. After the lock the page is asked for
the sheet of that name: it looks at the facts as they stand by then and opens it, or does not. Nothing is
pressed, so nothing is done that nobody asked for, and no sheet opens about another person than before.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog

from mnclinic.ui.left_fields import forget_secrets
from mnclinic.ui.lock.place import Opens
from mnclinic.ui.tasks import TaskRunner

WAITS_MS = 30_000
"""So long a sheet may take to open again, such as when its facts have to be read."""

TURNS = 2
"""After so many turns of the program the page has its fields and its keyboard back."""

NAMED = "mnclinic.sheet"
Scalar = str | int | bool | None


@dataclass(frozen=True)
class SheetName:
    """Which sheet, and about what: the same only for the same sheet about the same thing."""

    kind: str
    about: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """For the screen that is kept."""
        return {"kind": self.kind, "about": self.about}


def open_named(sheet: QDialog, kind: str, **about: Scalar) -> None:
    """Open a sheet and say which it is, so that `open_sheet` of the same page can open it again.

    Args:
        sheet: Made and filled.
        kind: The page or section and the sheet, such as `people.reset`.
        about: Ids of what it is about, and whatever else decides which sheet it is. Never what is typed.
    """
    sheet.setProperty(NAMED, json.dumps({"kind": kind, "about": about}))
    # A closed sheet is let go of only once the store is idle again.
    sheet.finished.connect(lambda _result: forget_secrets(sheet))
    sheet.open()


def name_of(sheet: QDialog) -> SheetName | None:
    """What an open sheet is called; None for one that was opened without a name."""
    said = sheet.property(NAMED)
    if not isinstance(said, str):
        return None
    name = json.loads(said)
    return SheetName(name["kind"], name["about"])


class Reopening(QObject):
    """Asks for one sheet by its name, once the page is back and nothing is being read any more."""

    def __init__(
        self,
        opens: Opens,
        name: SheetName,
        runner: TaskRunner,
        *,
        is_wanted: Callable[[], bool],
        failed: Callable[[], None],
        parent: QObject,
    ) -> None:
        """Begin.

        Args:
            opens: Whoever opens it.
            name: The sheet.
            runner: What it has to read is read there; when that has ended without the sheet, there is none.
            is_wanted: Whether the person is still where they were, and does nothing else meanwhile.
            failed: Called where the sheet does not come.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self._opens, self._name, self._runner = opens, name, runner
        self._is_wanted, self._failed = is_wanted, failed
        self._is_over = self._was_asked = False
        self.is_asking = False
        """Whether the page is opening the sheet at this moment: no hand opened what shows now."""
        self._waits = QTimer(self, singleShot=True, interval=WAITS_MS)
        self._waits.timeout.connect(self.give_up)
        self._waits.start()
        # A timer of its own: a single shot that is under way when this is let go of keeps it for ever.
        self._going = QTimer(self, singleShot=True, interval=0)
        self._going.timeout.connect(self._turn)
        self._turns = 0
        runner.busy_changed.connect(self._soon)
        self._soon()

    def give_up(self) -> None:
        """It does not come."""
        if not self._is_over:
            self._end()
            self._failed()

    def succeed(self) -> None:
        """The sheet is there."""
        if not self._is_over:
            self._end()

    def _end(self) -> None:
        self._is_over = True
        self._waits.stop()
        self._going.stop()
        self.deleteLater()

    def _soon(self) -> None:
        # What the program reads by itself, such as the daily check, may take minutes and changes no page.
        if not self._is_over and not self._runner.is_working:
            self._turns = 0
            self._going.start()

    def _turn(self) -> None:
        self._turns += 1
        if self._turns < TURNS:
            self._going.start()
        else:
            self._go()

    def _go(self) -> None:
        if self._is_over or self._runner.is_working:
            return
        if self._was_asked or not self._is_wanted():
            self.give_up()
            return
        self._was_asked = True
        self.is_asking = True
        try:
            self._opens.open_sheet(self._name.kind, self._name.about)
        finally:
            self.is_asking = False
        self._soon()
