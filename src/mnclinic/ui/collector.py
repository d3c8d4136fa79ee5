"""Python's collector of reference cycles, kept on the UI thread.

Python runs it on whichever thread happens to allocate. A widget that is part of a cycle would then be
destroyed on the store's thread, which Qt does not survive. While any worker may run, the collector is
therefore off, and a timer of the UI thread does its work with the thresholds that Python itself has.
"""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 1_000


class Collector(QObject):
    """Takes the collector over until `stop`. Several may stand; the last one gives it back."""

    _standing = 0

    def __init__(self, parent: QObject) -> None:
        """Take over; call on the UI thread."""
        super().__init__(parent)
        self._is_stopped = False
        Collector._standing += 1
        gc.disable()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due, as Python would have done by itself."""
        due = [
            generation
            for generation, (count, threshold) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > threshold
        ]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Give the collector back, once no worker runs any more."""
        if self._is_stopped:
            return
        self._is_stopped = True
        self._timer.stop()
        Collector._standing -= 1
        if not Collector._standing:
            gc.enable()
