"""PDFs to paper: printed from memory, so that a secret page needs no file on the disk."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from mnclinic.errors import ClinicError, Stopped
from mnclinic.ui.progress import Progress
from mnclinic.ui.tasks import TaskRunner

RESOLUTION_DPI = 300
_POINTS_PER_INCH = 72


def ask_and_print(
    parent: QWidget,
    runner: TaskRunner,
    pdf: Callable[[], bytes],
    title: str,
    *,
    progress: Progress,
    done: Callable[[], None],
    failed: Callable[[Exception], None],
) -> None:
    """Ask for a printer and print, aside from the window and the store: a printer may hang.

    Args:
        parent: What the system's sheet lies over, and whose the outcome is.
        runner: Starts the thread.
        pdf: Makes or reads the pages, on that thread; ClinicError and OSError are told.
        title: What the printer's list of jobs shows.
        progress: Shows how far it is.
        done: Called on the UI thread once the pages were handed to the printer.
        failed: Takes what went wrong, a ClinicError mostly.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.Letter), QPageLayout.Orientation.Portrait, QMarginsF())
    )
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return

    def ended(_printed: None) -> None:
        progress.end()
        done()

    def went_wrong(error: Exception) -> None:
        progress.end()
        failed(error)

    progress.begin(QCoreApplication.translate("paper", "Printing"))
    runner.submit(
        lambda: _print(pdf, printer, progress.watch),
        owner=parent,
        done=ended,
        failed=went_wrong,
        is_aside=True,
    )


def bytes_of(file: Path) -> Callable[[], bytes]:
    """What reads a page that was written before; raises ClinicError where it is gone."""

    def read() -> bytes:
        try:
            return file.read_bytes()
        except (OSError, ValueError):
            raise ClinicError(
                QCoreApplication.translate(
                    "paper", "The file is not there any more, or cannot be read. Nothing was printed."
                )
            ) from None

    return read


def _print(pdf: Callable[[], bytes], printer: QPrinter, watch: Callable[[str, int, int], bool]) -> None:
    if not print_pages(pdf(), printer, watch):
        raise ClinicError(
            QCoreApplication.translate(
                "paper", "The printer took nothing. Look whether it is on and has paper, and print again."
            )
        )


def print_pages(
    pdf: bytes, printer: QPrinter, watch: Callable[[str, int, int], bool] = lambda *_at: True
) -> bool:
    """Paint every page of a PDF on a printer's own pages; False when the printer takes nothing.

    Raises Stopped where `watch` says so between two pages.
    """
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    try:
        for number, (image, of) in enumerate(_pages(pdf, RESOLUTION_DPI)):
            if not watch("", number, of):
                printer.abort()
                raise Stopped(
                    QCoreApplication.translate(
                        "paper",
                        "Stopped, as you asked. Some pages may come out of the printer all the same.",
                    )
                )
            if number:
                printer.newPage()
            target = printer.pageLayout().fullRectPixels(printer.resolution())
            size = image.size().scaled(target.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRect(0, 0, size.width(), size.height()), image)
    finally:
        painter.end()
    return True


def page_images(pdf: bytes, dpi: int = RESOLUTION_DPI) -> list[QImage]:
    """Each page of a PDF as a picture on white."""
    return [page for page, _of in _pages(pdf, dpi)]


def _pages(pdf: bytes, dpi: int) -> Iterator[tuple[QImage, int]]:
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    for number in range(document.pageCount()):
        points = document.pagePointSize(number)
        size = QSize(
            round(points.width() * dpi / _POINTS_PER_INCH), round(points.height() * dpi / _POINTS_PER_INCH)
        )
        drawn = document.render(number, size)
        page = QImage(size, QImage.Format.Format_RGB32)
        page.fill(0xFFFFFFFF)
        painter = QPainter(page)
        painter.drawImage(0, 0, drawn)
        painter.end()
        yield page, document.pageCount()
    document.close()
