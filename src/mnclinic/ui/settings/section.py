"""What every section of the settings is."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtWidgets import QPushButton, QWidget

from mnclinic.security.roles import Act, Role, may
from mnclinic.services.session import OpenClinic
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import Banner, button, column
from mnclinic.ui.paper import ask_and_print, bytes_of
from mnclinic.ui.progress import Progress
from mnclinic.ui.tokens import Space, Tone

Value = TypeVar("Value")


class Section(QWidget):
    """A column of cards under a banner. Put the cards into `body`."""

    def __init__(self, desk: Desk) -> None:
        """Make an empty section for one person."""
        super().__init__()
        self.desk = desk
        self.body = column(self, gap=Space.LARGE)
        self.banner = Banner()
        self._printable: Path | None = None
        self._print = button(
            self.tr("Print …"), f"{type(self).__name__}.print", shape="printer", pressed=self._print_page
        )
        self._print.hide()
        self.banner.action_row.addWidget(self._print)
        self._printing = Progress(f"{type(self).__name__}.printing")
        self.body.addWidget(self.banner)
        self.body.addWidget(self._printing)

    def refresh(self) -> None:
        """The section came to the front, or something was stored: look again."""

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open a sheet of this section again (see `lock.place.Opens`). Sections without sheets have none."""

    def open_where(self, way: QPushButton, opens: Callable[[], None]) -> None:
        """Open a sheet if the button that leads to it is there and can be pressed."""
        if way.isVisibleTo(self) and way.isEnabled():
            opens()

    def may(self, act: Act) -> bool:
        """Whether the person's role allows an act."""
        return may(Role(self.desk.person.role), act)

    def can(self, act: Act) -> bool:
        """Whether it can be done now: by the role, and in a clinic where nothing can be stored at present."""
        return self.desk.can(act)

    def say(self, words: str, tone: Tone = Tone.COMPLETE, shape: str = "circle-check") -> None:
        """Tell something above the cards; an empty text takes it away."""
        self._print.hide()
        self.banner.say(words, tone, shape)

    def offer_print(self, file: Path, words: str, *, is_secret: bool = True) -> None:
        """Tell that a page was written, and offer to print it; a secret one does not stay as a file."""
        written = (
            self.tr("{file} is written: print it, then delete the file.")
            if is_secret
            else self.tr("{file} is written.")
        )
        self.say(f"{words} {written.format(file=file.name)}")
        self._printable = file
        self._print.show()

    def failed(self, error: Exception) -> None:
        """Tell why something did not work."""
        self.say(sentence_of(error), Tone.STOP, "circle-alert")

    def look_up(self, job: Callable[[OpenClinic], Value], done: Callable[[Value], None]) -> None:
        """Ask the clinic for something to show."""
        self.desk.ask(job, owner=self, done=done, failed=self.failed)

    def act(
        self, job: Callable[[OpenClinic], Value], done: Callable[[Value], None], *, is_long: bool = False
    ) -> None:
        """Change something, then tell the lists. What is long runs beside the others."""
        self.desk.act(job, owner=self, done=done, failed=self.failed, is_long=is_long)

    def _print_page(self) -> None:
        if self._printable is not None and not self._printing.is_under_way:
            ask_and_print(
                self,
                self.desk.runner,
                bytes_of(self._printable),
                self._printable.name,
                progress=self._printing,
                done=lambda: self.desk.tell(self.tr("Handed to the printer")),
                failed=self.failed,
            )
