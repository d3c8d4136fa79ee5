"""Who signs a consent and who stands by: guardian, interpreter, questions, witness."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from mnclinic.services.consent_of_visit import ConsentView
from mnclinic.ui.elements import Field, Fold, column, flow
from mnclinic.ui.forms.controls import ChoiceControl
from mnclinic.ui.forms.fields import Option
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space
from mnclinic.ui.visits.consent_composed import GUARDIAN, People

FIELD_PX = 250


class ConsentPeople(QWidget):
    """The fields about people. Once signed, only what staff say of it can change."""

    staff_changed = Signal()
    """Another person answered the questions or witnessed it."""

    def __init__(self) -> None:
        """Make the fields, empty."""
        super().__init__()
        lines = column(self, gap=Space.SMALL)
        own = flow()
        self.answered_by = ChoiceControl(self.tr("Nobody yet"))
        self.answered_by.setObjectName("visit.consent.answered_by")
        self.witness = ChoiceControl(self.tr("Nobody"))
        self.witness.setObjectName("visit.consent.witness")
        own.addWidget(_field(self.tr("Questions answered by"), self.answered_by))
        own.addWidget(_field(self.tr("Witness"), self.witness))
        lines.addLayout(own)
        signers = flow()
        self.signer = ChoiceControl(
            self.tr("The patient"), (Option(GUARDIAN, self.tr("A guardian for the patient")),)
        )
        self.signer.setObjectName("visit.consent.signer")
        self.guardian = _line("visit.consent.guardian")
        self.relation = _line("visit.consent.relation")
        self._guardian_fields = (
            _field(self.tr("The guardian's full name"), self.guardian),
            _field(self.tr("How they are related"), self.relation),
        )
        signers.addWidget(_field(self.tr("Who signs"), self.signer))
        for one in self._guardian_fields:
            signers.addWidget(one)
        lines.addLayout(signers)
        holder = QWidget()
        interpreted = flow()
        column(holder, gap=0).addLayout(interpreted)
        self.interpreter = _line("visit.consent.interpreter")
        self.into = ChoiceControl(self.tr("Choose the language"), _languages())
        self.into.setObjectName("visit.consent.into")
        self.how = ChoiceControl(
            self.tr("Choose how"),
            (
                Option("present", self.tr("Present")),
                Option("phone", self.tr("By telephone")),
                Option("video", self.tr("By video")),
            ),
        )
        self.how.setObjectName("visit.consent.interpreted_how")
        interpreted.addWidget(_field(self.tr("The interpreter's name"), self.interpreter))
        interpreted.addWidget(_field(self.tr("Into"), self.into))
        interpreted.addWidget(_field(self.tr("How"), self.how))
        self.fold = Fold(self.tr("Somebody interprets"), "visit.consent.interpreted", holder)
        folding = flow()
        folding.addWidget(self.fold)
        lines.addLayout(folding)
        lines.addWidget(holder)
        self.signer.typed.connect(lambda _code: self._show_guardian())
        for choice in (self.answered_by, self.witness):
            choice.typed.connect(lambda _code: self.staff_changed.emit())
        self._show_guardian()

    def start_anew(self) -> None:
        """Another visit: nobody is named."""
        for choice in (self.answered_by, self.witness, self.signer, self.into, self.how):
            choice.show_text("")
        for line in (self.guardian, self.relation, self.interpreter):
            line.clear()
        self.fold.setChecked(False)
        self._show_guardian()

    def offer(self, view: ConsentView) -> None:
        """Offer the clinic's people. For a minor a guardian signs, unless somebody chose otherwise."""
        people = tuple(Option(user, words) for user, words in view.staff)
        self.answered_by.offer(people)
        self.witness.offer(people)
        if view.is_minor and not self.signer.text():
            self.signer.show_text(GUARDIAN)
        self._show_guardian()

    def show_consent(self, consent: dict[str, Any]) -> None:
        """Show the people of a consent that was signed."""
        guardian, interpreter = consent.get("guardian") or {}, consent.get("interpreter") or {}
        self.answered_by.show_text((consent.get("questions") or {}).get("answered_by", ""))
        self.witness.show_text(consent.get("witness", ""))
        self.signer.show_text(GUARDIAN if consent.get("signed_by") == GUARDIAN else "")
        self.guardian.setText(guardian.get("name", ""))
        self.relation.setText(guardian.get("relation", ""))
        self.interpreter.setText(interpreter.get("name", ""))
        self.into.show_text(interpreter.get("language", ""))
        self.how.show_text(interpreter.get("how", ""))
        self.fold.setChecked(bool(interpreter))
        self._show_guardian()

    def hold(self, *, is_signed: bool) -> None:
        """Who signed and who interpreted is what was signed; staff still say who answered and who saw it."""
        for one in (self.signer, self.guardian, self.relation, self.interpreter, self.into, self.how):
            one.setEnabled(not is_signed)

    def people(self) -> People:
        """Who is named now."""
        return People(
            is_guardian=self.signer.text() == GUARDIAN,
            guardian_name=_words(self.guardian),
            guardian_relation=_words(self.relation),
            interpreter_name=_words(self.interpreter),
            interpreter_language=self.into.text(),
            interpreter_how=self.how.text(),
            answered_by=self.answered_by.text(),
            witness=self.witness.text(),
        )

    def _show_guardian(self) -> None:
        for one in self._guardian_fields:
            one.setVisible(self.signer.text() == GUARDIAN)


def _languages() -> tuple[Option, ...]:
    """The languages that are interpreted most; each is called as its speakers call it."""
    names = {
        "es": "Español",
        "en": "English",
        "zh": "中文",
        "vi": "Tiếng Việt",
        "ko": "한국어",
        "ru": "Русский",
        "ar": "العربية",
        "ase": "American Sign Language",
    }
    return tuple(Option(code, name) for code, name in names.items())


def _field(words: str, control: QWidget) -> Field:
    made = Field(words, control)
    made.setMinimumWidth(theme().px(FIELD_PX))
    return made


def _line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setMaxLength(120)
    return made


def _words(line: QLineEdit) -> str:
    return " ".join(line.text().split())
