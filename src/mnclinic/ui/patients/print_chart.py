"""One person's whole chart as a PDF, where somebody names the place."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from mnclinic.services.print_patient_chart import print_patient_chart
from mnclinic.ui.desk import Desk
from mnclinic.ui.language import spoken


def ask_and_print_chart(
    page: QWidget, desk: Desk, ref: str, number: str, failed: Callable[[Exception], None]
) -> None:
    """Ask for the file, write every signed or deferred visit of this person into it, and tell.

    The file is named by the record number, so that a folder's listing names nobody.
    """
    name = spoken("chart") + f"-{number}.pdf"
    chosen, _ = QFileDialog.getSaveFileName(
        page, spoken("Write the chart to"), str(Path.home() / name), "PDF (*.pdf)"
    )
    if not chosen:
        return
    desk.act(
        lambda clinic: print_patient_chart(clinic, ref, Path(chosen)),
        owner=page,
        done=lambda made: desk.tell(
            spoken("{file} is written. It is not encrypted and names the patient.").format(
                file=made.file.name
            )
        ),
        failed=failed,
    )
