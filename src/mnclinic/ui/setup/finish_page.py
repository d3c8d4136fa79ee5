"""After a log-in to a clinic whose set-up was left at its last step: the recovery sheet is read back."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from mnclinic.security.recovery_code import GROUPS, read_recovery_code
from mnclinic.services.credentials import KEPT
from mnclinic.services.keys.recovery_sheet import (
    RecoverySheetMade,
    RecoverySheetReadBack,
    make_recovery_sheet,
    read_back_recovery_sheet,
)
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import Banner, Card, button, column, label, row
from mnclinic.ui.login import card_width, in_the_middle
from mnclinic.ui.paper import ask_and_print, bytes_of
from mnclinic.ui.password_field import PasswordField
from mnclinic.ui.progress import Progress, tone_of
from mnclinic.ui.read_back import ReadBack
from mnclinic.ui.tokens import Space, Tone, Type

WIDTH = 760


class FinishPage(QWidget):
    """Type the sheet's groups from the paper, or make another sheet where there is none to read."""

    finished = Signal()
    """The sheet in force was read back."""

    given_up = Signal()
    """The log-in is wanted again; the sheet waits. Whoever locks then has the page forget what was typed."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for the administrator."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._file: Path | None = None
        inner = QWidget()
        inner.setFixedWidth(card_width(WIDTH))
        lines = column(inner, gap=Space.LARGE, margin=Space.PAGE)
        lines.addWidget(label(self.tr("Finish the set-up"), Type.TITLE, wraps=True))
        lines.addWidget(
            label(
                self.tr(
                    "Welcome back, {name}. The screen was left before the recovery sheet was read back. The "
                    "clinic stands and nothing of it was lost. The sheet's code is kept nowhere in the "
                    "program, so it is shown here no more."
                ).format(name=desk.person.name),
                Type.BODY,
                "muted",
                wraps=True,
            )
        )
        self.banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self.banner)
        lines.addWidget(self._read_card())
        lines.addWidget(self._make_card())
        foot = row()
        self.back = button(
            self.tr("Back to the log-in"), "finish.back", shape="arrow-left", pressed=self.given_up.emit
        )
        foot.addWidget(self.back)
        foot.addStretch(1)
        lines.addLayout(foot)
        lines.addStretch(1)
        column(self).addWidget(in_the_middle(inner))
        self.boxes.setFocus()

    def _read_card(self) -> Card:
        card = Card(
            self.tr("Read the sheet back"),
            self.tr(
                "Type the {count} groups from the paper, or scan its square code into the first box. This "
                "proves that the paper can be read on the day it is needed."
            ).format(count=GROUPS),
        )
        self.boxes = ReadBack("finish.group", GROUPS, read_recovery_code)
        self.boxes.submitted.connect(self._read)
        self.read = button(
            self.tr("Finish"), "finish.read", kind="primary", shape="circle-check", pressed=self._read
        )
        card.add(self.boxes)
        line = row()
        line.addWidget(self.read)
        line.addStretch(1)
        card.body.addLayout(line)
        return card

    def _make_card(self) -> Card:
        card = Card(
            self.tr("No paper, or it cannot be read?"),
            self.tr(
                "Make another sheet, print it and read that one back. The sheet of before then opens the "
                "clinic with older copies of the key file alone: destroy it."
            ),
        )
        self.own = PasswordField(self.tr("Your own password, typed for this"), "finish.password")
        self.own.submitted.connect(self._ask)
        self.make = button(
            self.tr("Make another sheet …"), "finish.make", shape="file-text", pressed=self._ask
        )
        self.print_it = button(self.tr("Print …"), "finish.print", shape="printer", pressed=self._print)
        self.print_it.hide()
        self._making = Progress("finish.making", no_way_back=KEPT)
        card.add(self.own, self._making)
        line = row()
        line.addWidget(self.make)
        line.addWidget(self.print_it)
        line.addStretch(1)
        card.body.addLayout(line)
        return card

    def forget(self) -> None:
        """Nothing that was typed stays in a field: the page is left."""
        self.boxes.clear()
        self.own.clear()

    def _set_busy(self, *, is_busy: bool) -> None:
        for one in (self.read, self.make, self.back):
            one.setDisabled(is_busy)

    def _read(self) -> None:
        if not self.read.isEnabled():
            return
        if not self.boxes.is_complete():
            self.boxes.show_problem(self.tr("Type every group from the paper first."))
            return
        code = self.boxes.code()
        self._set_busy(is_busy=True)
        self.banner.say("")
        self._desk.ask(
            lambda clinic: read_back_recovery_sheet(clinic, code),
            owner=self,
            done=self._was_read,
            failed=self._failed,
        )

    def _was_read(self, _read: RecoverySheetReadBack) -> None:
        self.forget()
        self.finished.emit()

    def _failed(self, error: Exception) -> None:
        self._set_busy(is_busy=False)
        self._making.end()
        self.banner.say(sentence_of(error), *tone_of(error))

    def _ask(self) -> None:
        if not self.make.isEnabled():
            return
        is_typed = bool(self.own.text())
        self.own.show_problem("" if is_typed else self.tr("Type your password."))
        if not is_typed:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the recovery sheet"), str(Path.home() / "recovery-sheet.pdf"), "PDF (*.pdf)"
        )
        if chosen:
            self.make_sheet(Path(chosen))
        else:
            self.own.clear()

    def make_sheet(self, out: Path) -> None:
        """Make another sheet with the password that stands in its field, and write it to a new file."""
        own, watch = self.own.text(), self._making.watch
        self.own.clear()
        self._making.begin(self.tr("Making the sheet"), shuts=self.make)
        self._set_busy(is_busy=True)
        self.banner.say("")
        self._desk.ask(
            lambda clinic: make_recovery_sheet(clinic, own, out, watch=watch),
            owner=self,
            done=self._was_made,
            failed=self._failed,
        )

    def _was_made(self, made: RecoverySheetMade) -> None:
        self._file = made.file
        self._set_busy(is_busy=False)
        self._making.end()
        self.banner.say(
            self.tr("{file} is written. Print it, delete the file, and read the paper back above.").format(
                file=made.file.name
            ),
            Tone.COMPLETE,
            "circle-check",
        )
        self.print_it.show()
        self.print_it.setFocus()

    def _print(self) -> None:
        if self._file is None or self._making.is_under_way:
            return
        ask_and_print(
            self,
            self._desk.runner,
            bytes_of(self._file),
            self._file.name,
            progress=self._making,
            done=lambda: self.banner.say(
                self.tr("Handed to the printer. Fetch the paper before you go on."),
                Tone.COMPLETE,
                "circle-check",
            ),
            failed=lambda error: self.banner.say(sentence_of(error), *tone_of(error)),
        )
