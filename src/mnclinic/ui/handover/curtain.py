"""What lies over the window while its screen is handed over: nothing of it is to be seen behind the sheet."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDialog, QWidget


class Curtain(QWidget):
    """Covers a window as long as a sheet over it is open: who puts the sheet aside sees no chart behind it.

    A window manager minimises, moves and leaves any sheet, and a window may reach onto a screen beside.
    """

    _sheet: QDialog | None = None
    """None before there is one, and again once Python has emptied what goes down together with its window:
    until it is gone it is asked about every event of the two."""

    def __init__(self, window: QWidget, sheet: QDialog) -> None:
        """Hang over a window, open until the sheet is shown. It takes no keyboard."""
        super().__init__(window)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self.hide()
        self._sheet, self._window = sheet, window
        window.installEventFilter(self)
        sheet.installEventFilter(self)
        sheet.destroyed.connect(self.deleteLater)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be drawn and opened with the sheet, and stay as large as the window.

        What the system does to a sheet, such as minimising it, opens nothing.
        """
        if self._sheet is None:
            return False
        if watched is self._sheet and not event.spontaneous():
            if event.type() == QEvent.Type.Show:
                self._draw()
            elif event.type() == QEvent.Type.Hide:
                self.hide()
        elif event.type() == QEvent.Type.Resize and watched is self._window and self.isVisible():
            self._draw()
        return False

    def _draw(self) -> None:
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
