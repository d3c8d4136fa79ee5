"""The consent of an open visit: the text in the patient's language, and the signature under that text."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QTextEdit, QWidget

from mnclinic.domain.finding import Light
from mnclinic.services.consent_of_visit import ConsentText
from mnclinic.services.print_documents import Language
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Banner, Card, Field, button, flow, label, row
from mnclinic.ui.forms.controls import ChoiceControl
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.forms.fields import Option
from mnclinic.ui.language import spoken
from mnclinic.ui.signature_pad import SignaturePad
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Tone, Type
from mnclinic.ui.visits.consent_acts import ConsentActs
from mnclinic.ui.visits.consent_composed import addenda_for, composed_consent, with_staff
from mnclinic.ui.visits.consent_people import ConsentPeople
from mnclinic.ui.visits.consent_precare import PrecareCard
from mnclinic.ui.visits.consent_withdrawal import WithdrawalFields
from mnclinic.ui.visits.parts import CONSENT, PRECARE
from mnclinic.ui.visits.steps import Step
from mnclinic.ui.words import instant_words

DRAWN, TYPED, PAPER = "drawn", "typed", "paper"


class ConsentStep(Step):
    """The consent text, the people around it, and the ways to sign it."""

    def __init__(self, editing: Editing, now: Callable[[], datetime], desk: Desk) -> None:
        """Make the step; `now` tells when the signature is given."""
        super().__init__(editing)
        self._now, self._desk = now, desk
        self.acts = ConsentActs(self, desk, now)
        self.acts.signed.connect(self._handed_over)
        self.acts.scanned.connect(self._scanned)
        self.acts.failed.connect(self._tell)
        self.precare = PrecareCard(editing, self.done_by(now), desk)
        self.body.addWidget(self.precare)
        self.body.addWidget(self._reading_card())
        self.body.addWidget(self._signing_card())
        self.body.addStretch(1)
        self._shown = ""

    def enter(self) -> None:
        """Put the keyboard where the step begins: on the sheet of before only while it is not given."""
        if self.precare.is_given and self.language.isEnabled():
            self.language.setFocus()
        else:
            super().enter()

    def _reading_card(self) -> Card:
        card = Card(self.tr("Consent"))
        top = row()
        self.language = ChoiceControl(
            self.tr("Choose the language"), (Option("en", "English"), Option("es", "Español"))
        )
        self.language.setObjectName("visit.consent.language")
        self.language.setFixedWidth(theme().px(220))
        self.language.setAccessibleName(self.tr("Language of the consent"))
        self._version = label("", Type.SMALL, "muted", wraps=True)
        top.addWidget(self.language)
        top.addWidget(self._version, 1)
        card.body.addLayout(top)
        self.text = QTextEdit()
        self.text.setObjectName("visit.consent.text")
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Consent text"))
        self.text.setMinimumHeight(220)
        card.add(self.text)
        actions = flow()
        self.hand_over = button(
            self.tr("Hand the screen to the patient"),
            "visit.consent.hand_over",
            shape="book-open",
            pressed=self._hand_over,
        )
        self.form = button(
            self.tr("Print a form to sign …"), "visit.consent.form", shape="printer", pressed=self._print_form
        )
        self.carry = button("", "visit.consent.carry", shape="history", pressed=self._carry)
        for one in (self.hand_over, self.form, self.carry):
            actions.addWidget(one)
        card.body.addLayout(actions)
        self.language.typed.connect(lambda _text: self._show_text())
        return card

    def _signing_card(self) -> Card:
        card = Card(self.tr("Questions and signature"))
        self.people = ConsentPeople()
        self.people.staff_changed.connect(self._staff_changed)
        card.add(self.people)
        self.level = ChoiceControl(self.tr("Not chosen yet"))
        self.level.setObjectName("visit.consent.level")
        self._level_field = Field(self.tr("What photographs may be used for"), self.level)
        card.add(self._level_field)
        self.way = ChoiceControl(
            self.tr("Drawn on this screen"),
            (Option(TYPED, self.tr("Full name typed")), Option(PAPER, self.tr("On paper, scanned back"))),
        )
        self.way.setObjectName("visit.consent.way")
        self.way.typed.connect(lambda _text: self._show_way())
        self._way_field = Field(self.tr("How it is signed"), self.way)
        card.add(self._way_field)
        self.pad = SignaturePad()
        self._pad_field = Field(self.tr("Signature of whoever consents"), self.pad)
        card.add(self._pad_field)
        self.pad.setAccessibleName(self.tr("Signature of whoever consents"))
        self.name = QLineEdit()
        self.name.setObjectName("visit.consent.name")
        self.name.setMaxLength(120)
        self._name_field = Field(self.tr("Full name of whoever signs, typed by themselves"), self.name)
        self._agreement = label("", Type.BODY, wraps=True)
        self.agreed = QCheckBox(self.tr("I agree"))
        self.agreed.setObjectName("visit.consent.agreed")
        self.agreed.setAccessibleName(self.tr("Words of agreement"))
        self.paper = self.acts.paper_fields()
        card.add(self._name_field, self._agreement, self.agreed, self.paper)
        self._stands = label("", Type.STRONG, "accent", wraps=True)
        card.add(self._stands)
        actions = flow()
        self.clear_button = button(
            self.tr("Clear"), "visit.consent.clear", shape="undo-2", pressed=self._clear
        )
        self.sign = button(
            self.tr("Take this consent"),
            "visit.consent.sign",
            kind="primary",
            shape="signature",
            pressed=self._take,
        )
        actions.addWidget(self.clear_button)
        actions.addWidget(self.sign)
        card.body.addLayout(actions)
        self._problem = Banner(Tone.STOP, "circle-alert")
        card.add(self._problem)
        self.withdrawal = WithdrawalFields(self._desk)
        card.add(self.withdrawal)
        self._show_way()
        return card

    # -- showing -------------------------------------------------------------------------------------

    def start_anew(self) -> None:
        """Another visit is shown: nothing that was drawn or chosen for the one before stays."""
        self._shown = ""
        self.language.show_text("")
        self.level.show_text("")
        self.way.show_text("")
        self.name.clear()
        self.agreed.setChecked(False)
        self.people.start_anew()
        self.pad.show_strokes([], locked=False)

    def show_visit(self, view: VisitView) -> None:
        """Show what stands; of another visit a paper bears its own day to begin with."""
        if self.view is None or self.view.visit_id != view.visit_id:
            self.acts.begin(view)
        super().show_visit(view)

    def fill(self, view: VisitView) -> None:
        """Show the consent as it stands."""
        stands = self.editing.text(CONSENT)
        consent: dict[str, Any] | None = json.loads(stands) if stands else None
        self.people.offer(view.consent)
        if consent:
            self._show_signed(consent)
        else:
            if not self.language.text():
                known = view.consent.patient_language
                self.language.show_text(known if known in {"en", "es"} else "en")
            self._stands.setText("")
            if self._shown:
                self.pad.show_strokes([], locked=False)
        self._shown = stands
        ways = (self.sign, self.hand_over, self.form, self.carry)
        is_taken_here = bool(consent) and self.window().focusWidget() in ways
        self.language.setEnabled(not consent)
        self.people.hold(is_signed=bool(consent))
        earlier = view.consent.earlier
        self.carry.setVisible(earlier is not None and not consent)
        if earlier is not None:
            said = self.tr("Use the consent of {number}, signed {at}")
            self.carry.setText(said.format(number=earlier.number, at=instant_words(earlier.signed_at)))
        for one in (self.sign, self.hand_over, self.form, self._way_field):
            one.setVisible(not consent)
        if is_taken_here:
            # The button that took it goes away, and the next thing to press would be Undo.
            self.withdrawal.fold.setFocus()
        self._show_text()
        self._show_way()
        self.withdrawal.fill(view)
        self.precare.fill(view.visit_id, view.number, view.consent, self._language_code())
        found = [
            spoken(finding.message)
            for finding in view.verdict.findings
            if finding.light is Light.CONSENT and (consent or not finding.is_undone)
        ]
        self._problem.say(" ".join(found))

    def _show_signed(self, consent: dict[str, Any]) -> None:
        signature = consent.get("signature") or {}
        self.language.show_text(consent["language"])
        self.people.show_consent(consent)
        level = next((one["level"] for one in consent.get("addenda", ()) if one.get("level")), "")
        self.level.show_text(level)
        self.way.show_text(signature.get("kind", "") if signature.get("kind") != DRAWN else "")
        self.name.setText(signature.get("name", ""))
        self.agreed.setChecked(bool(signature.get("agreed")))
        self.pad.show_strokes(signature.get("strokes", []), locked=True)
        said = self.tr("Signed {at} under version {version}")
        if consent.get("carried_from"):
            said = self.tr("Signed {at} under version {version}, at visit {number}")
        self._stands.setText(
            said.format(
                at=instant_words(datetime.fromisoformat(consent["signed_at"])),
                version=consent["version"],
                number=consent.get("carried_from", ""),
            )
        )

    def _show_text(self) -> None:
        text = self._text()
        if text is None:
            self.text.setPlainText(self.tr("There is no approved consent text in this language."))
            self._version.setText("")
            self._level_field.hide()
            return
        parts = [text, *self._addenda()]
        said = [_in_words(one) for one in parts]
        delegation = self.view.consent.delegation if self.view else ""
        if delegation:
            said.append("\n".join((self.tr("Who delegates this treatment"), delegation)))
        words = "\n\n".join(said)
        if words != self.text.toPlainText():
            self.text.setPlainText(words)
        self._version.setText(f"{text.title} · v{text.version} · {text.sha256[:12]}…")
        self._agreement.setText(text.agreement)
        levels = [Option(*level) for one in parts for level in one.levels]
        self.level.offer(tuple(levels))
        self._level_field.setVisible(bool(levels))
        self.level.setEnabled(not self.editing.text(CONSENT))

    def _show_way(self) -> None:
        way, is_signed = self.way.text() or DRAWN, bool(self.editing.text(CONSENT))
        self._pad_field.setVisible(way == DRAWN)
        self._name_field.setVisible(way == TYPED)
        self._agreement.setVisible(way == TYPED)
        self.agreed.setVisible(way == TYPED)
        self.name.setEnabled(not is_signed)
        self.agreed.setEnabled(not is_signed)
        self.paper.setVisible(way == PAPER and not is_signed)
        self.sign.setText(self.tr("Attach the scan …") if way == PAPER else self.tr("Take this consent"))

    def _text(self) -> ConsentText | None:
        texts = self.view.consent.texts if self.view else ()
        return next((one for one in texts if one.language == self.language.text()), None)

    def _addenda(self) -> tuple[ConsentText, ...]:
        view = self.view
        if view is None:
            return ()
        uses_prp = bool(view.document.get("prp")) or view.document.get("service") == "microneedling_prp"
        return addenda_for(view.consent.addenda, self.language.text(), uses_prp=uses_prp)

    def _language_code(self) -> Language:
        return "es" if self.language.text() == "es" else "en"

    def _tell(self, said: str) -> None:
        self._problem.say(said)

    # -- signing -------------------------------------------------------------------------------------

    def _clear(self) -> None:
        self.pad.show_strokes([], locked=False)
        self.editing.put({CONSENT: ""}, self.tr("consent cleared"), CONSENT)

    def _take(self) -> None:
        way = self.way.text() or DRAWN
        problem = ""
        signature: dict[str, Any] = {"kind": DRAWN, "strokes": self.pad.strokes}
        if way == PAPER:
            if self._people_are_whole() and self.view is not None:
                self.acts.attach(self.view)
            return
        if way == TYPED:
            signature = {"kind": TYPED, "name": " ".join(self.name.text().split()), "agreed": True}
            if not signature["name"] or not self.agreed.isChecked():
                problem = self.tr("Have the full name typed and the words of agreement marked.")
        elif not any(len({tuple(point) for point in stroke}) > 1 for stroke in self.pad.strokes):
            problem = self.tr("Have the patient sign first.")
        problem = problem or self._lacking()
        if problem:
            self._problem.say(problem)
            return
        self._put(signature, self.level.text() or None, self._now(), "screen")

    def _lacking(self) -> str:
        """What has to be filled in before anybody signs, as sentences; empty where nothing is."""
        people, view, lacking = self.people.people(), self.view, []
        if view is not None and view.consent.asks_questions and not people.answered_by:
            lacking.append(self.tr("Ask whether there are questions, answer them, and say who did."))
        if view is not None and view.consent.asks_witness and not people.witness:
            lacking.append(self.tr("Name the member of staff who witnesses it."))
        lacking += self._lacking_of_people()
        if not self._level_field.isHidden() and not self.level.text():
            lacking.append(self.tr("Have the patient choose what photographs may be used for."))
        return " ".join(lacking)

    def _lacking_of_people(self) -> list[str]:
        """What is half said of guardian and interpreter, which nobody can add once it is signed."""
        people, lacking = self.people.people(), []
        if people.is_guardian and not (people.guardian_name and people.guardian_relation):
            lacking.append(self.tr("Write the guardian's name and how they are related."))
        if people.is_half_interpreted:
            lacking.append(
                self.tr("Say who interprets, into which language and how, or leave all three empty.")
            )
        return lacking

    def _people_are_whole(self) -> bool:
        """Whether everything is said of whoever signs and interprets; what is not is told."""
        lacking = self._lacking_of_people()
        self._problem.say(" ".join(lacking))
        return not lacking

    def _put(self, signature: dict[str, Any], level: str | None, at: datetime, read_by: str) -> None:
        text = self._text()
        if text is None:
            return
        consent = composed_consent(text, self._addenda(), level, signature, self.people.people(), at, read_by)
        self.editing.put({CONSENT: json.dumps(consent, sort_keys=True)}, self.tr("consent taken"), CONSENT)

    def _staff_changed(self) -> None:
        stands = self.editing.text(CONSENT)
        if stands:
            changed = with_staff(json.loads(stands), self.people.people())
            words = self.tr("consent taken")
            self.editing.put({CONSENT: json.dumps(changed, sort_keys=True)}, words, CONSENT)

    def _carry(self) -> None:
        earlier = self.view.consent.earlier if self.view else None
        if earlier is not None:
            words = json.dumps(earlier.consent, sort_keys=True)
            self.editing.put({CONSENT: words}, self.tr("consent taken"), CONSENT)

    def _hand_over(self) -> None:
        if self._people_are_whole() and self.view is not None:
            self.acts.hand_over(self.view, self.language.text(), self.people.people())

    def _handed_over(self, given: dict[str, Any]) -> None:
        self.language.show_text(given["language"])
        self._show_text()
        self._put(given["signature"], given["level"], self._now(), "handover")

    def _scanned(self, signature: dict[str, Any], at: datetime) -> None:
        self._put(signature, self.level.text() or None, at, "paper")

    def _print_form(self) -> None:
        if self.view is not None:
            self.acts.print_form(self.view, self._language_code())

    def widget_of(self, key: str) -> QWidget | None:
        """The pad, or how the sheet about preparing was given."""
        return self.pad if key == CONSENT else self.precare.how if key == PRECARE else None


def _in_words(text: ConsentText) -> str:
    said = [f"{heading}\n{words}" for heading, words in text.sections]
    said += [f"•  {words}" for _, words in text.levels]
    said += [f"“{text.agreement}”"] if text.agreement else []
    return "\n\n".join([text.title, *said] if text.purpose else said)
