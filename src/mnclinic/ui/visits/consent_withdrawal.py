"""A person takes a consent back: who says so, and how."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from mnclinic.errors import InvalidInput
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import VisitView
from mnclinic.services.withdraw_consent import NewWithdrawal, WithdrawalRow, withdraw_consent
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import Banner, Field, Fold, button, column, flow
from mnclinic.ui.forms.controls import ChoiceControl
from mnclinic.ui.forms.fields import Option
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone


class WithdrawalFields(QWidget):
    """Folded until somebody needs it. What is written down stays for ever, and stops treatment at once."""

    written = Signal()
    """A withdrawal was stored."""

    def __init__(self, desk: Desk) -> None:
        """Make the fields, folded."""
        super().__init__()
        self._desk = desk
        self._view: VisitView | None = None
        lines = column(self, gap=Space.SMALL)
        holder = QWidget()
        inside = column(holder, gap=Space.SMALL)
        line = flow()
        self.by = QLineEdit()
        self.by.setObjectName("visit.withdrawal.by")
        self.by.setMaxLength(120)
        self.how = ChoiceControl(
            self.tr("Choose how"),
            (
                Option("spoken", self.tr("Spoken")),
                Option("written", self.tr("Written")),
                Option("telephone", self.tr("By telephone")),
            ),
        )
        self.how.setObjectName("visit.withdrawal.how")
        self.note = QLineEdit()
        self.note.setObjectName("visit.withdrawal.note")
        self.note.setMaxLength(2000)
        self._fields = {
            "withdrawn_by": Field(self.tr("Who withdraws it"), self.by),
            "how": Field(self.tr("How it was said"), self.how),
            "note": Field(self.tr("In their words"), self.note),
        }
        for one in self._fields.values():
            one.setMinimumWidth(theme().px(220))
            line.addWidget(one)
        inside.addLayout(line)
        self.write = button(
            self.tr("Write the withdrawal down"), "visit.withdrawal.write", kind="danger", pressed=self._write
        )
        actions = flow()
        actions.addWidget(self.write)
        inside.addLayout(actions)
        self._problem = Banner(Tone.STOP, "circle-alert")
        inside.addWidget(self._problem)
        self.fold = Fold(self.tr("The patient withdraws the consent"), "visit.withdrawal", holder)
        folding = flow()
        folding.addWidget(self.fold)
        lines.addLayout(folding)
        lines.addWidget(holder)

    def fill(self, view: VisitView) -> None:
        """Whose it is. Another visit shows nothing that was typed for the one before."""
        if self._view is None or self._view.visit_id != view.visit_id:
            for one in (self.by, self.note):
                one.clear()
            self.how.show_text("")
            self.fold.setChecked(False)
        self._view = view

    def _write(self) -> None:
        view = self._view
        if view is None:
            return
        for one in self._fields.values():
            one.show_problem("")
        new = NewWithdrawal(withdrawn_by=self.by.text(), how=self.how.text(), note=self.note.text())

        def job(clinic: OpenClinic) -> WithdrawalRow:
            return withdraw_consent(clinic, view.patient_ref, new)

        self._desk.act(job, owner=self, done=self._done, failed=self._failed)

    def _done(self, _row: WithdrawalRow) -> None:
        self._problem.say("")
        for one in (self.by, self.note):
            one.clear()
        self.how.show_text("")
        # What had the keyboard is folded away.
        self.fold.setFocus()
        self.fold.setChecked(False)
        self._desk.tell(self.tr("The withdrawal is written down"))
        self.written.emit()

    def _failed(self, error: Exception) -> None:
        self._problem.say(sentence_of(error))
        for one in error.problems if isinstance(error, InvalidInput) else ():
            if one.where in self._fields:
                self._fields[one.where].show_problem(spoken(one.what))
