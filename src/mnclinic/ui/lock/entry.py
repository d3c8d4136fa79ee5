"""The log-in as it is shown on a locked program: why it locked, and the timers that still run."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mnclinic.ui.elements import Banner, column, label
from mnclinic.ui.qt_numbers import set_in_the_middle
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type

if TYPE_CHECKING:
    from mnclinic.ui.lock.anew import Resumed
    from mnclinic.ui.lock.timer import Timers

STRIP_PX, WIDEST_PX = 420, 760


class Entry(QWidget):
    """The log-in page with what stands above it."""

    def __init__(
        self, timers: "Timers | None", resumed: "Resumed | None", parent: QWidget | None = None
    ) -> None:
        """Make what stands above a log-in; `hold` puts the log-in below.

        `timers` is None where none can run, `resumed` at an ordinary start.
        """
        super().__init__(parent)
        self.setObjectName("page")
        lines = column(self, gap=0)
        above = QHBoxLayout()
        above.setContentsMargins(Space.PAGE, Space.PAGE, Space.PAGE, 0)
        above.addStretch(1)
        holder = QWidget()
        holder.setFixedWidth(min(theme().px(STRIP_PX), WIDEST_PX))
        words = column(holder, gap=Space.MEDIUM)
        self.why = label("", Type.BODY, "muted", wraps=True)
        self.why.setObjectName("entry.why")
        set_in_the_middle(self.why)
        self.why.hide()
        self.unsaved = Banner(Tone.STOP, "circle-alert")
        if timers is not None:
            from mnclinic.ui.lock.timer import TimerStrip

            words.addWidget(TimerStrip(timers, None, is_large=True))
        words.addWidget(self.why)
        words.addWidget(self.unsaved)
        above.addWidget(holder)
        above.addStretch(1)
        lines.addLayout(above)
        self._lines = lines
        if resumed is not None:
            self._say(resumed)

    def hold(self, login: QWidget) -> None:
        """Put the log-in, which was made with this as its parent, below the words."""
        self._lines.addWidget(login, 1)

    def _say(self, resumed: "Resumed") -> None:
        from mnclinic.ui.lock.reasons import Left, left_words

        words = left_words(resumed.left)
        if resumed.left is Left.ENDED:
            # Nothing of theirs can be stored any more, whatever the disk would take.
            words = " ".join((words, self.tr("What was typed in the last moments is not stored.")))
        elif resumed.is_unsaved:
            self.unsaved.say(
                self.tr(
                    "What was typed last may not be stored: the disk did not take it, or something else was "
                    "still under way. "
                    "What was stored before is safe. Look at what was open after the next log-in."
                )
            )
        elif resumed.left is not Left.READY:
            stored = (
                self.tr("What was typed is stored.")
                if resumed.is_typed
                else self.tr("Passwords are never kept: type them again.")
            )
            words = " ".join((words, stored))
        self.why.setText(words)
        self.why.show()
