"""Last step: the recovery sheet is printed and read back."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from mnclinic.documents.recovery_sheet import recovery_sheet_pdf
from mnclinic.errors import ClinicError
from mnclinic.security.recovery_code import GROUPS, read_recovery_code
from mnclinic.services.answers import write_recovery_sheet
from mnclinic.services.set_up_clinic import ClinicReady
from mnclinic.ui.elements import Card, button, label, row
from mnclinic.ui.paper import ask_and_print
from mnclinic.ui.read_back import ReadBack
from mnclinic.ui.setup.step import Step
from mnclinic.ui.tokens import Tone, Type


class SheetStep(Step):
    """The one way back in when every password is lost. It is not skipped."""

    read_back = Signal(str)
    """Every group reads right; the whole code."""

    def __init__(self) -> None:
        """Make the step; `show_clinic` fills it."""
        super().__init__(
            self.tr("Recovery sheet"),
            self.tr(
                "The clinic stands. This sheet opens its records when nobody's password does, and it opens "
                "nobody's signature key. It is kept nowhere in the program, so print it now."
            ),
        )
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
        paper.add(
            label(
                self.tr(
                    "Printing leaves no file behind. A saved file has to be deleted once it is printed: "
                    "whoever has it and this PC's folder can read every record."
                ),
                Type.SMALL,
                "muted",
                wraps=True,
            )
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
        """Write the sheet to a new file."""
        if self._ready is None:
            return
        try:
            write_recovery_sheet(path, self._clinic_name, self._ready)
        except ClinicError as error:
            self.say(error.sentence)
        except FileExistsError:
            self.say(
                self.tr("There is a file with this name already; it was left as it is. Choose another name.")
            )
        else:
            self.say(
                self.tr("{file} is written. Print it and delete it.").format(file=path.name), Tone.COMPLETE
            )

    def check(self) -> bool:
        """Hand over the code once every group reads right; whether it is this clinic's, the key file says."""
        if not self.boxes.is_complete():
            self.boxes.show_problem(self.tr("Type every group from the paper first."))
            return False
        self.say("")
        self.read_back.emit(self.boxes.code())
        return True

    def _print(self) -> None:
        if self._ready is None:
            return
        pdf = recovery_sheet_pdf(
            clinic_name=self._clinic_name,
            groups=list(self._ready.recovery_groups),
            made_at=self._ready.made_at,
            vault=self._ready.vault,
            checkpoint=self._ready.checkpoint,
        )
        if ask_and_print(self, pdf, self.tr("Recovery sheet")):
            self.say(self.tr("Handed to the printer. Fetch the paper before you go on."), Tone.COMPLETE)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the recovery sheet"), str(Path.home() / "recovery-sheet.pdf"), "PDF (*.pdf)"
        )
        if chosen:
            self.write(Path(chosen))
