"""How the newest check of the store ended, on Today for everybody: quiet while all is well."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from mnclinic.services.daily_check import LastCheck, last_check
from mnclinic.services.notice import Notice
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Banner, button, column, label
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import day_words

CHECK_DUE = "check_due"


class CheckStrip(QWidget):
    """A strip with the way to the findings, where there are some. `quiet` is a line of small type for OK."""

    due = Signal(object)
    """How the check stands that should have run: a notice, or None where none is due."""

    def __init__(self, desk: Desk) -> None:
        """Make it empty; `refresh` asks."""
        super().__init__()
        self._desk = desk
        self._last: LastCheck | None = None
        lines = column(self, gap=Space.TIGHT)
        self.quiet: QLabel = label("", Type.SMALL, "muted")
        self.quiet.setObjectName("today.check")
        self._loud = Banner(Tone.STOP, "shield-alert")
        self._loud.make_low()
        self._loud.action_row.addWidget(
            button(
                self.tr("Show what was found"),
                "today.check.findings",
                kind="quiet",
                pressed=self._show_findings,
            )
        )
        lines.addWidget(self._loud)
        self.quiet.hide()
        self.hide()

    def refresh(self) -> None:
        """Ask the log anew."""
        self._desk.ask(last_check, owner=self, done=self._show, failed=lambda _error: None)

    def _show(self, last: LastCheck | None) -> None:
        self._last = last
        quiet, loud = "", ""
        due: Notice | None = None
        if last is not None:
            when = f"{day_words(last.at.date())}, {last.at:%H:%M}"
            if last.verdict == "OK":
                quiet = self.tr("Records checked {when}: everything is as it was entered.").format(when=when)
            elif last.verdict is None:
                due = Notice(CHECK_DUE, self._words_of_unchecked(last), "inspection")
            elif last.verdict == "EXPLAINED":
                quiet = self.tr(
                    "Records checked {when}: EXPLAINED. What was found is accounted for in the log."
                ).format(when=when)
            else:
                loud = self.tr(
                    "Records checked {when}: {verdict}. Delete and change nothing. Show the director and the "
                    "owner what was found."
                ).format(when=when, verdict=last.verdict)
        self.quiet.setText(quiet)
        self.quiet.setVisible(bool(quiet))
        self._loud.say(loud)
        self.setVisible(bool(loud))
        self.due.emit(due)

    def _words_of_unchecked(self, last: LastCheck) -> str:
        if last.unchecked_since is None:
            words = self.tr("The records were never checked to the end.")
        else:
            when = f"{day_words(last.unchecked_since.date())}, {last.unchecked_since:%H:%M}"
            words = self.tr("The records were not checked since {when}.").format(when=when)
        if last.is_begun:
            when = f"{day_words(last.at.date())}, {last.at:%H:%M}"
            words += " " + self.tr("The check begun {when} was not finished.").format(when=when)
        return f"{words} " + self.tr(
            "It begins by itself; leave the program open for a while, or check under Inspection."
        )

    def _show_findings(self) -> None:
        self._desk.wanted.emit("inspection", self._last)
