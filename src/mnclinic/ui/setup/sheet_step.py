"""Last step: the recovery sheet is printed and read back."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton

from mnclinic.documents.recovery_sheet import recovery_sheet_pdf
from mnclinic.errors import Stopped
from mnclinic.security.recovery_code import GROUPS, read_recovery_code
from mnclinic.services.answers import write_recovery_sheet
from mnclinic.services.set_up_clinic import ClinicReady
from mnclinic.ui.desk import sentence_of
from mnclinic.ui.elements import Card, button, label, row
from mnclinic.ui.paper import ask_and_print
from mnclinic.ui.progress import Progress
from mnclinic.ui.read_back import ReadBack
from mnclinic.ui.setup.step import Step
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.tokens import Tone, Type


class SheetStep(Step):
    """The one way back in when every password is lost. It is not skipped."""

    read_back = Signal(str)
    """Every group reads right; the whole code."""

    def __init__(self, runner: TaskRunner) -> None:
        """Make the step; `show_clinic` fills it. What may hang, a stick or a printer, runs on `runner`."""
        super().__init__(
            self.tr("Recovery sheet"),
            self.tr(
                "The clinic stands. This sheet opens its records when nobody's password does, and it opens "
                "nobody's signature key. It is kept nowhere in the program, so print it now."
            ),
        )
        self._runner = runner
        self._ready: ClinicReady | None = None
        self._clinic_name = ""
        paper = Card(self.tr("1  Print it"))
        line = row()
        self.print_it = button(
            self.tr("Print …"), "setup.sheet.print", kind="primary", shape="printer", pressed=self._print
        )
        self.save = button(
            self.tr("Save as PDF …"), "setup.sheet.save", shape="download", pressed=self._choose
        )
        line.addWidget(self.print_it)
        line.addWidget(self.save)
        line.addStretch(1)
        paper.body.addLayout(line)
        self.progress = Progress("setup.sheet.progress")
        paper.add(
            self.progress,
            label(
                self.tr(
                    "Printing leaves no file behind. A saved file has to be deleted once it is printed: "
                    "whoever has it and this PC's folder can read every record."
                ),
                Type.SMALL,
                "muted",
                wraps=True,
            ),
        )
        self.body.addWidget(paper)
        back = Card(
            self.tr("2  Read it back"),
            self.tr(
                "Type the {count} groups from the paper, or scan its square code into the first box. This "
                "proves that the paper can be read on the day it is needed."
            ).format(count=GROUPS),
        )
        self.boxes = ReadBack("setup.sheet.group", GROUPS, read_recovery_code)
        self.boxes.submitted.connect(self.check)
        back.add(self.boxes)
        self.body.addWidget(back)
        keep = Card(
            self.tr("3  Lock it away"),
            self.tr("In a sealed envelope, apart from this PC and from the backups. Tell the owner where."),
        )
        self.body.addWidget(keep)
        self.body.addStretch(1)

    def show_clinic(self, clinic_name: str, ready: ClinicReady) -> None:
        """The clinic was made; its sheet waits."""
        self._clinic_name, self._ready = clinic_name, ready
        self.print_it.setFocus()

    def forget(self) -> None:
        """Let the code go."""
        self._ready = None
        self.boxes.clear()

    def write(self, path: Path) -> None:
        """Write the sheet to a new file, aside: it may lie on a stick that takes its time, or hangs."""
        ready, name, watch = self._ready, self._clinic_name, self.progress.watch
        if ready is None or self.progress.is_under_way:
            return

        not_written = self.tr(
            "Stopped, as you asked. No sheet was written: print it or save it before you go on."
        )

        def job() -> None:
            write_recovery_sheet(path, name, ready)
            if not watch("", 1, 1):
                # It opens every record, and nobody waits for it any more.
                path.unlink(missing_ok=True)
                raise Stopped(not_written)

        def done(_written: None) -> None:
            self._end()
            self.say(
                self.tr("{file} is written. Print it and delete it.").format(file=path.name), Tone.COMPLETE
            )

        self._begin(self.tr("Writing the sheet"), shuts=self.save)
        self._runner.submit(job, owner=self, done=done, failed=self._failed, is_aside=True)

    def _begin(self, words: str, *, shuts: QPushButton) -> None:
        self.say("")
        self.progress.begin(words, shuts=shuts)
        for one in (self.print_it, self.save):
            one.setDisabled(True)

    def _end(self) -> None:
        for one in (self.print_it, self.save):
            one.setDisabled(False)
        self.progress.end()

    def _failed(self, error: Exception) -> None:
        self._end()
        is_news = isinstance(error, Stopped)
        self.say(sentence_of(error), Tone.INFO if is_news else Tone.STOP)

    def check(self) -> bool:
        """Hand over the code once every group reads right; whether it is this clinic's, the key file says."""
        if not self.boxes.is_complete():
            self.boxes.show_problem(self.tr("Type every group from the paper first."))
            return False
        self.say("")
        self.read_back.emit(self.boxes.code())
        return True

    def _print(self) -> None:
        ready, name = self._ready, self._clinic_name
        if ready is None or self.progress.is_under_way:
            return

        def pdf() -> bytes:
            return recovery_sheet_pdf(
                clinic_name=name,
                groups=list(ready.recovery_groups),
                made_at=ready.made_at,
                vault=ready.vault,
                checkpoint=ready.checkpoint,
            )

        self.say("")
        ask_and_print(
            self,
            self._runner,
            pdf,
            self.tr("Recovery sheet"),
            progress=self.progress,
            done=lambda: self.say(
                self.tr("Handed to the printer. Fetch the paper before you go on."), Tone.COMPLETE
            ),
            failed=self._failed,
        )

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the recovery sheet"), str(Path.home() / "recovery-sheet.pdf"), "PDF (*.pdf)"
        )
        if chosen:
            self.write(Path(chosen))
