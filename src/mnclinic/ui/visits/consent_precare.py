"""The sheet about preparing for a treatment: printed, given, and written down."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from mnclinic.services.consent_of_visit import ConsentText, ConsentView
from mnclinic.services.print_consent import print_precare
from mnclinic.services.print_documents import Language
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import Banner, Card, Field, button, flow, label
from mnclinic.ui.forms.controls import ChoiceControl
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.forms.fields import Option
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Tone, Type
from mnclinic.ui.visits.care_shown import ToldLines
from mnclinic.ui.visits.parts import PRECARE
from mnclinic.ui.words import instant_words


class PrecareCard(Card):
    """What was given before, and the way to give it now."""

    def __init__(self, editing: Editing, now: Callable[[], datetime], desk: Desk) -> None:
        """Make the card; `now` tells when the sheet is given."""
        super().__init__()
        self._editing, self._now, self._desk = editing, now, desk
        self._visit_id = self._number = ""
        self._language: Language = "en"
        self._sheet: ConsentText | None = None
        self.body.insertWidget(0, label(self.tr("Before the treatment"), Type.HEADING, wraps=True))
        self._stands = label("", Type.BODY, wraps=True)
        self.add(self._stands)
        self.told = ToldLines("visit.told_before")
        self.add(self.told)
        self.how = ChoiceControl(
            self.tr("Choose how"),
            (
                Option("printed", self.tr("Printed sheet")),
                Option("aloud", self.tr("Read aloud")),
                Option("screen", self.tr("Read on the screen")),
            ),
        )
        self.how.setObjectName("visit.precare.how")
        self._field = Field(self.tr("How the sheet was given"), self.how)
        self._field.setMinimumWidth(theme().px(240))
        line = flow()
        line.addWidget(self._field)
        self.give = button(
            self.tr("It was given now"), "visit.precare.give", shape="check", pressed=self._give
        )
        self.take_back = button(
            self.tr("Take back"), "visit.precare.take_back", kind="quiet", shape="undo-2", pressed=self._undo
        )
        self.print = button(
            self.tr("Print the sheet …"), "visit.precare.print", shape="printer", pressed=self._print
        )
        for one in (self.give, self.take_back, self.print):
            line.addWidget(one)
        self.body.addLayout(line)
        self._problem = Banner(Tone.STOP, "circle-alert")
        self.add(self._problem)

    @property
    def is_given(self) -> bool:
        """Whether the sheet was given."""
        return bool(self._editing.text(PRECARE))

    def fill(self, visit_id: str, number: str, view: ConsentView, language: Language) -> None:
        """Show what stands for this visit."""
        self._visit_id, self._number, self._language = visit_id, number, language
        self._sheet = next((one for one in view.sheets if one.language == language), None)
        self.told.show_lines(view.told_before)
        held = self._editing.text(PRECARE)
        if held:
            given = json.loads(held)
            people = dict(view.staff)
            self._stands.setText(
                self.tr("The sheet about preparing (v{version}, {language}) was given {at} by {name}").format(
                    version=given["version"],
                    language=given["language"],
                    at=instant_words(datetime.fromisoformat(given["given_at"])),
                    name=people.get(given["given_by"], given["given_by"]),
                )
            )
        elif self._sheet is None:
            self._stands.setText(
                self.tr("The director has not approved a sheet about preparing in this language.")
            )
        elif view.asks_precare:
            self._stands.setText(self.tr("The sheet about preparing has to be given before."))
        else:
            self._stands.setText(self.tr("The sheet about preparing was not given yet."))
        self._field.setVisible(not held and self._sheet is not None)
        self.give.setVisible(not held and self._sheet is not None)
        self.print.setVisible(bool(held) or self._sheet is not None)
        self.take_back.setVisible(bool(held))
        is_now = self._now().date() == self._desk.now.date()
        self.give.setText(self.tr("It was given now") if is_now else self.tr("It was given that day"))
        self._problem.say("")

    def _give(self) -> None:
        how = self.how.text()
        self._field.show_problem("" if how else self.tr("Say how it was given."))
        if not how or self._sheet is None:
            return
        given = {
            "sheet": self._sheet.form,
            "version": self._sheet.version,
            "language": self._sheet.language,
            "given_at": self._now().isoformat(timespec="seconds"),
            "given_by": self._desk.person.user,
            "how": how,
            "text_sha256": self._sheet.sha256,
        }
        self._editing.put({PRECARE: json.dumps(given, sort_keys=True)}, self.tr("sheet given"), PRECARE)

    def _undo(self) -> None:
        self._editing.put({PRECARE: ""}, self.tr("sheet taken back"), PRECARE)

    def _print(self) -> None:
        out, _ = QFileDialog.getSaveFileName(
            self, self.tr("Print the sheet"), str(Path.home() / f"{self._number}-before.pdf"), "PDF (*.pdf)"
        )
        if not out:
            return
        visit_id, language = self._visit_id, self._language
        self._desk.act(
            lambda clinic: print_precare(clinic, visit_id, language, Path(out)),
            owner=self,
            done=lambda _printed: self._desk.tell(self.tr("Sheet printed to {file}").format(file=out)),
            failed=lambda error: self._problem.say(sentence_of(error)),
        )
