"""Takes back what the program put on the clipboard."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QLabel

from mnclinic.ui.elements.words import unbroken

KEPT_MS = 20_000

Owns = Callable[[QClipboard.Mode], bool]


class ClipboardKeeper(QObject):
    """Clears the clipboard 20 s after the program put something there, if it is still the program's.

    What another program put there is never touched. The X11 selection counts as a clipboard too. What was
    marked on a label is put there as it was written, without the places where its long words may break.
    """

    def __init__(
        self,
        clipboard: QClipboard,
        *,
        kept_ms: int = KEPT_MS,
        owns: Owns | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Watch a clipboard; `owns` says whether a part of it is ours, by default as the system knows."""
        super().__init__(parent)
        self._clipboard = clipboard
        self._owns = owns or _owns(clipboard)
        self._timers: dict[QClipboard.Mode, QTimer] = {}
        self._watch(QClipboard.Mode.Clipboard, kept_ms)
        clipboard.dataChanged.connect(self._clipboard_changed)
        if clipboard.supportsSelection():
            self._watch(QClipboard.Mode.Selection, kept_ms)
            clipboard.selectionChanged.connect(self._selection_changed)

    def _watch(self, mode: QClipboard.Mode, kept_ms: int) -> None:
        timer = QTimer(self, singleShot=True, interval=kept_ms, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(lambda: self._clear(mode))
        self._timers[mode] = timer

    def _clipboard_changed(self) -> None:
        self._changed(QClipboard.Mode.Clipboard)

    def _selection_changed(self) -> None:
        self._changed(QClipboard.Mode.Selection)

    def _changed(self, mode: QClipboard.Mode) -> None:
        if self._owns(mode) and self._holds_something(mode):
            self._timers[mode].start()
            words = self._clipboard.text(mode=mode)
            if isinstance(QApplication.focusWidget(), QLabel) and unbroken(words) != words:
                self._clipboard.setText(unbroken(words), mode)
        else:
            self._timers[mode].stop()

    def _holds_something(self, mode: QClipboard.Mode) -> bool:
        data = cast("QMimeData | None", self._clipboard.mimeData(mode))
        return data is not None and bool(data.formats())

    def _clear(self, mode: QClipboard.Mode) -> None:
        if self._owns(mode):
            self._clipboard.clear(mode)

    def forget(self) -> None:
        """Clear at once what is still ours: the screen is left or the program ends."""
        for mode, timer in self._timers.items():
            timer.stop()
            self._clear(mode)


def _owns(clipboard: QClipboard) -> Owns:
    def owns(mode: QClipboard.Mode) -> bool:
        if mode == QClipboard.Mode.Selection:
            return clipboard.ownsSelection()
        return clipboard.ownsClipboard()

    return owns
