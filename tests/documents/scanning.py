"""What an independent reader makes of the codes on a printed page."""

import zxingcpp
from PySide6.QtGui import QImage

from mnclinic.ui.paper import page_images

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
SCANNER_DPI = 150
"""A modest scanner."""


def scanned(pdf: bytes) -> list[str]:
    """The text of every code on the pages of a PDF, as a scanner would type it. Needs Qt's application."""
    return [
        code.text
        for page in page_images(pdf, SCANNER_DPI)
        for code in zxingcpp.read_barcodes(_grey(page), formats=QR)
    ]


def _grey(page: QImage) -> memoryview:
    """One byte a point, rows one after another."""
    grey = page.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, row_bytes = grey.width(), grey.height(), grey.bytesPerLine()
    data = bytes(grey.constBits())
    rows = (data[start : start + width] for start in range(0, row_bytes * height, row_bytes))
    return memoryview(b"".join(rows)).cast("B", shape=[height, width])
