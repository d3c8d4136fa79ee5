"""Locks when nobody has touched the program for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

IDLE_LOCK_S = 300
WARNED_BEFORE_S = 20
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class IdleLock(QObject):
    """Watches keys, mouse, wheel, finger and pen of the whole program; decides nothing itself."""

    lock_due = Signal()
    """Nobody touched anything for the whole time. UI thread."""
    lock_near = Signal(int)
    """So many seconds are left. UI thread."""
    touched = Signal()
    """Somebody touched something after `lock_near`. UI thread."""

    def __init__(
        self,
        app: QApplication,
        *,
        after_s: int = IDLE_LOCK_S,
        warn_before_s: int = WARNED_BEFORE_S,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._left_after_warning_s = min(warn_before_s, after_s)
        self._is_near = False
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval((after_s - self._left_after_warning_s) * 1000)
        self._quiet.timeout.connect(self._near)
        self._last = QTimer(self)
        self._last.setSingleShot(True)
        self._last.setInterval(self._left_after_warning_s * 1000)
        self._last.timeout.connect(self._due)
        app.installEventFilter(self)

    def start(self) -> None:
        """Watch from now."""
        self._is_near = False
        self._last.stop()
        self._quiet.start()

    def stop(self) -> None:
        """Watch no more, while the program is locked."""
        self._is_near = False
        self._quiet.stop()
        self._last.stop()

    def is_near(self) -> bool:
        """Whether the lock was announced and nobody has touched anything since."""
        return self._is_near

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and (self._quiet.isActive() or self._is_near):
            was_near = self._is_near
            self.start()
            if was_near:
                self.touched.emit()
        return False

    def _near(self) -> None:
        self._is_near = True
        self._last.start()
        self.lock_near.emit(self._left_after_warning_s)

    def _due(self) -> None:
        self.stop()
        self.lock_due.emit()
