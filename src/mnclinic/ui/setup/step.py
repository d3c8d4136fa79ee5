"""What every step of the wizard is: a heading, its fields, and what is wrong with them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mnclinic.errors import Problem
from mnclinic.ui.elements import Banner, Scroller, column, label
from mnclinic.ui.language import spoken
from mnclinic.ui.tokens import Space, Tone, Type

WIDEST = 860


class Step(QWidget):
    """One page of the wizard. Put its parts into `body`."""

    longer = Signal()
    """What can be scrolled became longer or shorter, and stands where it will stand."""

    def __init__(self, title: str, words: str) -> None:
        """Make an empty step."""
        super().__init__()
        lines = column(self, gap=Space.MEDIUM)
        lines.addWidget(label(title, Type.TITLE))
        lead = label(words, Type.BODY, "muted", wraps=True)
        lead.setMaximumWidth(WIDEST)
        lines.addWidget(lead)
        self._banner = Banner(Tone.STOP, "circle-alert")
        self._banner.setMaximumWidth(WIDEST)
        lines.addWidget(self._banner)
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        self.body = column(inner, gap=Space.LARGE)
        self._scroller = Scroller(inner)
        self._scroller.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self.longer.emit())
        lines.addWidget(self._scroller, 1)

    def entered(self) -> None:
        """The step came to the front."""

    def check(self) -> bool:
        """Show what is wrong beside each field; True if nothing is."""
        return True

    def say(self, words: str, tone: Tone = Tone.STOP) -> None:
        """Tell something above the fields; an empty text takes it away."""
        self._banner.say(words, tone, "circle-check" if tone is Tone.COMPLETE else "circle-alert")

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to a field and put the cursor there."""
        widget.setFocus()
        self._scroller.ensureWidgetVisible(widget, 0, 80)


def told(problems: tuple[Problem, ...], where: str) -> str:
    """The sentences that stand against one place."""
    return " ".join(spoken(problem.what) for problem in problems if problem.where == where)
