"""How the newest check of the store ended, on Today for everybody: quiet while all is well."""

from PySide6.QtWidgets import QWidget

from mnclinic.services.daily_check import LastCheck, last_check
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Banner, button, column, label
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import day_words


class CheckStrip(QWidget):
    """A line of small type for OK, a strip with the way to the findings for everything else."""

    def __init__(self, desk: Desk) -> None:
        """Make it empty; `refresh` asks."""
        super().__init__()
        self._desk = desk
        self._last: LastCheck | None = None
        lines = column(self, gap=Space.TIGHT)
        self._quiet = label("", Type.SMALL, "muted")
        self._quiet.setObjectName("today.check")
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
        lines.addWidget(self._quiet)
        lines.addWidget(self._loud)
        self._quiet.hide()

    def refresh(self) -> None:
        """Ask the log anew."""
        self._desk.ask(last_check, owner=self, done=self._show, failed=lambda _error: None)

    def _show(self, last: LastCheck | None) -> None:
        self._last = last
        quiet, loud, tone = "", "", Tone.STOP
        if last is not None:
            when = f"{day_words(last.at.date())}, {last.at:%H:%M}"
            if last.verdict == "OK":
                quiet = self.tr("Records checked {when}: everything is as it was entered.").format(when=when)
            elif last.verdict is None:
                tone = Tone.SOON
                loud = self._words_of_unchecked(last)
            elif last.verdict == "EXPLAINED":
                quiet = self.tr(
                    "Records checked {when}: EXPLAINED. What was found is accounted for in the log."
                ).format(when=when)
            else:
                loud = self.tr(
                    "Records checked {when}: {verdict}. Delete and change nothing. Show the director and the "
                    "owner what was found."
                ).format(when=when, verdict=last.verdict)
        self._quiet.setText(quiet)
        self._quiet.setVisible(bool(quiet))
        self._loud.say(loud, tone, "shield-alert" if tone is Tone.STOP else "hourglass")

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
