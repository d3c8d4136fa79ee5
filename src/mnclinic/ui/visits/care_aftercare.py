"""The sheet for afterwards: that it was given, by whom and when, and whether it was told back."""

import json
from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from mnclinic.services.show_visit import VisitView
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Banner, button, column, flow, label
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.tokens import Space, Tone
from mnclinic.ui.visits.parts import AFTERCARE
from mnclinic.ui.words import instant_words

SHEET = "aftercare_sheet"


class GivenAfter(QWidget):
    """What stands, and the ways to say that the chosen sheet was given."""

    def __init__(self, editing: Editing, now: Callable[[], datetime], desk: Desk) -> None:
        """Make it; `now` tells when the sheet is given."""
        super().__init__()
        self._editing, self._now, self._desk = editing, now, desk
        self._hashes: dict[str, str] = {}
        lines = column(self, gap=Space.SMALL)
        self._stands = label("", wraps=True)
        lines.addWidget(self._stands)
        holder = QWidget()
        ways = flow()
        holder.setLayout(ways)
        self._words_now = (
            self.tr("Given now, and told back in own words"),
            self.tr("Given now, not told back"),
        )
        self._words_of_that_day = (
            self.tr("Given that day, and told back in own words"),
            self.tr("Given that day, not told back"),
        )
        self.told_back = button(
            self._words_now[0],
            "visit.aftercare.told_back",
            shape="check",
            pressed=lambda: self._give(taught_back=True),
        )
        self.give = button(
            self._words_now[1],
            "visit.aftercare.give",
            pressed=lambda: self._give(taught_back=False),
        )
        self.take_back = button(
            self.tr("Take back"),
            "visit.aftercare.take_back",
            kind="quiet",
            shape="undo-2",
            pressed=self._undo,
        )
        for one in (self.told_back, self.give, self.take_back):
            ways.addWidget(one)
        lines.addWidget(holder)
        self._problem = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self._problem)

    def fill(self, view: VisitView) -> None:
        """Show what stands for this visit."""
        self._hashes = {one.name: one.sha256 for one in view.care.aftercare_sheets}
        held = self._editing.text(AFTERCARE)
        if held:
            given, people = json.loads(held), dict(view.care.people)
            words = self.tr("It was given {at} by {name}, and told back in own words.")
            if not given["taught_back"]:
                words = self.tr("It was given {at} by {name}, and not told back.")
            name = people.get(given["given_by"], given["given_by"])
            at = instant_words(datetime.fromisoformat(given["given_at"]))
            self._stands.setText(words.format(at=at, name=name))
        else:
            self._stands.setText(self.tr("Nobody has entered yet that the sheet was given."))
        pressed = self.window().focusWidget()
        is_given_here = bool(held) and pressed in {self.told_back, self.give}
        is_taken_back_here = not held and pressed is self.take_back
        for one in (self.told_back, self.give):
            one.setVisible(not held)
        self.take_back.setVisible(bool(held))
        is_now = self._now().date() == self._desk.now.date()
        told_back, give = self._words_now if is_now else self._words_of_that_day
        self.told_back.setText(told_back)
        self.give.setText(give)
        # What was pressed goes away, and the next thing to press would be Undo.
        if is_given_here:
            self.take_back.setFocus()
        elif is_taken_back_here:
            self.told_back.setFocus()
        self._problem.say("")

    def _give(self, *, taught_back: bool) -> None:
        name = self._editing.text(SHEET)
        if not name:
            self._problem.say(self.tr("Choose above which sheet was given."))
            return
        given = {
            "given_at": self._now().isoformat(timespec="seconds"),
            "given_by": self._desk.person.user,
            "taught_back": taught_back,
        }
        if sha256 := self._hashes.get(name):
            given["text_sha256"] = sha256
        self._editing.put({AFTERCARE: json.dumps(given, sort_keys=True)}, self.tr("sheet given"), AFTERCARE)

    def _undo(self) -> None:
        self._editing.put({AFTERCARE: ""}, self.tr("sheet taken back"), AFTERCARE)
