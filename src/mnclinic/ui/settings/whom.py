"""Whom a patient calls: the numbers that go onto sheets to take home, receipts and letters."""

from PySide6.QtWidgets import QLineEdit

from mnclinic.domain.whom_to_call import LONGEST_NUMBER, WhomToCall
from mnclinic.errors import InvalidInput
from mnclinic.security.roles import Act
from mnclinic.services.settings import WHOM_TO_CALL
from mnclinic.services.whom_to_call import change_whom_to_call, whom_to_call
from mnclinic.ui.elements import Card, Field, button, flow, label
from mnclinic.ui.log.ways import way_button
from mnclinic.ui.settings.section import Section
from mnclinic.ui.tokens import Type


class WhomCard(Card):
    """Two numbers, which whoever may change settings types."""

    def __init__(self, section: Section) -> None:
        """Make it for the section that hosts it, which looks things up and tells."""
        super().__init__(
            self.tr("Whom patients call"),
            self.tr(
                "Aftercare sheets, receipts and letters of a recall print these. An empty one is a line to "
                "write on."
            ),
        )
        self._section = section
        self._shown: WhomToCall | None = None
        may_change = section.may(Act.CHANGE_SETTINGS)
        self.phone, self.after_hours = QLineEdit(), QLineEdit()
        self.fields = {
            "phone": Field(self.tr("Telephone"), self.phone),
            "after_hours": Field(self.tr("After hours"), self.after_hours),
        }
        for name, line in (("phone", self.phone), ("after_hours", self.after_hours)):
            line.setObjectName(f"settings.whom.{name}")
            line.setMaxLength(LONGEST_NUMBER)
            line.setReadOnly(not may_change)
            line.returnPressed.connect(self._save)
            self.add(self.fields[name])
        self.save = button(
            self.tr("Save"), "settings.whom.save", kind="primary", shape="save", pressed=self._save
        )
        self.save.setVisible(may_change)
        acts = flow()
        acts.addWidget(self.save)
        acts.addWidget(way_button(section.desk, "settings.whom.history", f"setting:{WHOM_TO_CALL}"))
        self.body.addLayout(acts)
        if not may_change:
            told = self.tr("The medical director or an administrator can change it.")
            self.add(label(told, Type.SMALL, "muted"))

    def refresh(self) -> None:
        """Look at what is set."""
        self._section.look_up(whom_to_call, self._show)

    def _show(self, whom: WhomToCall) -> None:
        # What somebody is typing stays while lists refresh.
        if whom != self._shown:
            self._shown = whom
            self.phone.setText(whom.phone)
            self.after_hours.setText(whom.after_hours)

    def _save(self) -> None:
        if not self._section.can(Act.CHANGE_SETTINGS):
            return
        phone, after_hours = self.phone.text(), self.after_hours.text()
        for one in self.fields.values():
            one.show_problem("")
        self._section.desk.act(
            lambda clinic: change_whom_to_call(clinic, phone, after_hours),
            owner=self,
            done=self._saved,
            failed=self._failed,
        )

    def _saved(self, whom: WhomToCall) -> None:
        self._shown = None
        self._show(whom)
        self._section.say(self.tr("Saved. It is printed from now on."))

    def _failed(self, error: Exception) -> None:
        self._section.failed(error)
        problems = error.problems if isinstance(error, InvalidInput) else ()
        for one in problems:
            if one.where in self.fields:
                self.fields[one.where].show_problem(one.what)
        if problems and problems[0].where in self.fields:
            self.fields[problems[0].where].control.setFocus()
