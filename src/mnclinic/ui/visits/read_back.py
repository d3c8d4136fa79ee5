"""Two people read a tube's label back: who did so far, and the sheet on which they confirm it together."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mnclinic.domain.typed_values import read_day
from mnclinic.errors import InvalidInput, Problem
from mnclinic.services.read_back_label import LabelRead, LabelReadBack, read_back_label
from mnclinic.services.second_log_in import SecondPerson
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.ask_sheet import AskSheet, Entry, Kind
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import button, clear, column, label, row
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.visits.parts import clock_of

if TYPE_CHECKING:
    from mnclinic.services.session import OpenClinic


class ReadBacks(QWidget):
    """Each time the label was read back, and the way to do it again."""

    done = Signal()
    """The visit stands otherwise now: it is to be looked at again."""

    def __init__(self, desk: Desk) -> None:
        """Show none."""
        super().__init__()
        self._desk = desk
        self._view: VisitView | None = None
        lines = column(self, gap=Space.SMALL)
        lines.addWidget(label(self.tr("Label read back"), Type.STRONG))
        lines.addWidget(
            label(
                self.tr(
                    "Two people read it aloud against the patient, before spinning and again before use."
                ),
                Type.SMALL,
                "muted",
                wraps=True,
            )
        )
        self._told = column(gap=Space.HAIR)
        lines.addLayout(self._told)
        self.read = button(
            self.tr("Read the label back …"), "visit.read_back", shape="user-check", pressed=self._pressed
        )
        actions = row()
        actions.addWidget(self.read)
        actions.addStretch(1)
        lines.addLayout(actions)

    def show_visit(self, view: VisitView) -> None:
        """Show who read it back in this visit, and when."""
        self._view = view
        prp = view.document.get("prp") or {}
        clear(self._told)
        names = dict(view.care.people)
        for one in prp.get("read_back", ()):
            people = self.tr("{first} and {second}").format(
                first=names.get(one["by"][0], one["by"][0]), second=names.get(one["by"][1], one["by"][1])
            )
            how = (
                self.tr("each by their own password")
                if one.get("by_own_password")
                else self.tr("as written down")
            )
            words = self.tr("{clock}: {people}, {how}").format(
                clock=clock_of(one["at"]), people=people, how=how
            )
            self._told.addWidget(label(words, wraps=True))
        self.read.setEnabled(bool(prp))

    def _pressed(self) -> None:
        if self._view is not None:
            self.ask(self._view)

    def ask(self, view: VisitView) -> None:
        """Ask both what the label says, and the second person for their own password."""
        sheet = AskSheet(
            self.window(),
            name="read_back",
            title=self.tr("Read the tube's label back, visit {number}").format(number=view.number),
            facts=[
                self.tr("Read the label aloud and let the patient confirm it. Type what stands on the tube."),
                self.tr("Both names go into the record and into the log, each under their own key."),
            ],
            entries=[
                Entry("last_name", self.tr("Last name on the tube")),
                Entry("first_name", self.tr("First name on the tube")),
                Entry(
                    "born_on",
                    self.tr("Date of birth on the tube"),
                    help_text=self.tr("Written such as 1985-06-30."),
                ),
                Entry("second_user", self.tr("Second person: user name")),
                Entry(
                    "second_password",
                    self.tr("Second person: password, typed by them"),
                    Kind.PASSWORD,
                ),
            ],
            action=self.tr("Both confirm"),
            asks_password=False,
        )

        def act(values: Mapping[str, str]) -> None:
            def job(clinic: "OpenClinic") -> LabelReadBack:
                second = SecondPerson(values["second_user"], values["second_password"])
                return read_back_label(clinic, view.visit_id, view.edition, label_of(values), second)

            def read(done: LabelReadBack) -> None:
                sheet.accept()
                self._desk.told.emit(
                    self.tr("Label read back in {number} at {clock}").format(
                        number=done.number, clock=f"{done.at:%H:%M}"
                    )
                )
                self.done.emit()

            self._desk.act(job, owner=sheet, done=read, failed=sheet.show_refusal)

        sheet.confirmed.connect(act)
        open_named(sheet, "visit.read_back", visit=view.visit_id)


def label_of(values: Mapping[str, str]) -> LabelRead:
    """What was typed of the label. Raises InvalidInput for a day that cannot be read."""
    reading = read_day(values["born_on"])
    if not reading.is_read:
        said = "The label was not read back, and nothing was changed. Correct these."
        raise InvalidInput(said, [Problem("born_on", reading.problem)])
    return LabelRead(values["last_name"], values["first_name"], date.fromisoformat(reading.value))
