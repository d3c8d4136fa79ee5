"""One person's whole chart as a PDF, where somebody names the place."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from mnclinic.services.print_documents import Printed
from mnclinic.services.print_patient_chart import ENTERED, print_patient_chart
from mnclinic.ui.desk import Desk
from mnclinic.ui.language import spoken
from mnclinic.ui.progress import Progress


def chart_progress() -> Progress:
    """The panel of a chart that is being written."""
    return Progress("chart.print.progress", no_way_back=ENTERED)


def ask_and_print_chart(
    page: QWidget,
    desk: Desk,
    ref: str,
    number: str,
    *,
    progress: Progress,
    failed: Callable[[Exception], None],
) -> None:
    """Ask for the file, write every signed or deferred visit of this person into it, and tell.

    The file is named by the record number, so that a folder's listing names nobody. While one chart is being
    written no other is begun.
    """
    if progress.is_under_way:
        return
    name = spoken("chart") + f"-{number}.pdf"
    chosen, _ = QFileDialog.getSaveFileName(
        page, spoken("Write the chart to"), str(Path.home() / name), "PDF (*.pdf)"
    )
    if not chosen:
        return
    progress.begin(spoken("Writing the chart"))

    def done(made: Printed) -> None:
        progress.end()
        desk.tell(
            spoken("{file} is written. It is not encrypted and names the patient.").format(
                file=made.file.name
            )
        )

    def not_done(error: Exception) -> None:
        progress.end()
        failed(error)

    desk.act(
        lambda clinic: print_patient_chart(clinic, ref, Path(chosen), watch=progress.watch),
        owner=page,
        done=done,
        failed=not_done,
    )
