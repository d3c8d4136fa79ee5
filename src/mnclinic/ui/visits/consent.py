"""The consent of an open visit: the text in the patient's language, and the signature under that text."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QWidget

from mnclinic.domain.finding import Light
from mnclinic.services.consent_of_visit import ConsentText
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.elements import Banner, Card, Field, button, label, row
from mnclinic.ui.forms.controls import ChoiceControl
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.forms.fields import Option
from mnclinic.ui.language import spoken
from mnclinic.ui.signature_pad import SignaturePad
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Tone, Type
from mnclinic.ui.visits.parts import CONSENT
from mnclinic.ui.visits.steps import Step


class ConsentStep(Step):
    """The consent text, and the pad to sign on."""

    def __init__(self, editing: Editing, now: Callable[[], datetime]) -> None:
        """Make the step; `now` tells when the signature is given."""
        super().__init__(editing)
        self._now = now
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
        self.pad = SignaturePad()
        card.add(Field(self.tr("The patient's signature"), self.pad))
        self.pad.setAccessibleName(self.tr("The patient's signature"))
        actions = QHBoxLayout()
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
        self._stands = label("", Type.STRONG, "accent", wraps=True)
        actions.addWidget(self._stands, 1)
        actions.addWidget(self.clear_button)
        actions.addWidget(self.sign)
        card.body.addLayout(actions)
        self._problem = Banner(Tone.STOP, "circle-alert")
        card.add(self._problem)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self._shown = ""
        self.language.typed.connect(lambda _text: self._show_text())

    def start_anew(self) -> None:
        """Another visit is shown: nothing that was drawn or chosen for the one before stays."""
        self._shown = ""
        self.language.show_text("")
        self.pad.show_strokes([], locked=False)

    def fill(self, view: VisitView) -> None:
        """Show the consent as it stands."""
        stands = self.editing.text(CONSENT)
        consent: dict[str, Any] | None = json.loads(stands) if stands else None
        if consent:
            self.language.show_text(consent["language"])
            strokes = (consent.get("signature") or {}).get("strokes", [])
            self.pad.show_strokes(strokes, locked=True)
            self._stands.setText(
                self.tr("Signed {at} under version {version}").format(
                    at=consent["signed_at"], version=consent["version"]
                )
            )
        else:
            if not self.language.text():
                self.language.show_text("en")
            self._stands.setText("")
            if self._shown:
                self.pad.show_strokes([], locked=False)
        self._shown = stands
        self.language.setEnabled(not consent)
        self.sign.setVisible(not consent)
        self._show_text()
        found = [
            spoken(finding.message)
            for finding in view.verdict.findings
            if finding.light is Light.CONSENT and not finding.code.endswith("_missing")
        ]
        self._problem.say(" ".join(found))

    def _show_text(self) -> None:
        text = self._text()
        if text is None:
            self.text.setPlainText(self.tr("There is no approved consent text in this language."))
            self._version.setText("")
            return
        words = "\n\n".join(f"{heading}\n{words}" for heading, words in text.sections)
        if words != self.text.toPlainText():
            self.text.setPlainText(words)
        self._version.setText(f"{text.title} · v{text.version} · {text.sha256[:12]}…")

    def _text(self) -> ConsentText | None:
        texts = self.view.consent.texts if self.view else ()
        return next((one for one in texts if one.language == self.language.text()), None)

    def _clear(self) -> None:
        self.pad.show_strokes([], locked=False)
        self.editing.put({CONSENT: ""}, self.tr("consent cleared"), CONSENT)

    def _take(self) -> None:
        text = self._text()
        strokes = self.pad.strokes
        if text is None:
            return
        if not any(len(stroke) > 1 for stroke in strokes):
            self._problem.say(self.tr("Have the patient sign first."))
            return
        consent = {
            "form": text.form,
            "version": text.version,
            "language": text.language,
            "signed_at": self._now().isoformat(timespec="seconds"),
            "signed_by": "patient",
            "signature": {"kind": "drawn", "strokes": strokes},
            "text_sha256": text.sha256,
        }
        self.editing.put({CONSENT: json.dumps(consent, sort_keys=True)}, self.tr("consent taken"), CONSENT)

    def widget_of(self, key: str) -> QWidget | None:
        """The pad."""
        return self.pad if key == CONSENT else None
