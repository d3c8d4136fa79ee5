"""The steps of an open visit. Each reads its part of the document and writes it back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from mnclinic.domain.finding import Finding, Light, Outcome
from mnclinic.domain.screening import ScreeningItem
from mnclinic.domain.treatment import Endpoint, Side
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.elements import (
    Banner,
    Card,
    Chip,
    Field,
    Scroller,
    button,
    clear,
    column,
    label,
    row,
)
from mnclinic.ui.signature_pad import SignaturePad
from mnclinic.ui.theme import restyle, theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.visits.summary import OUTCOME_LOOK
from mnclinic.ui.words import plain

DECIMALS = 2
INDICATIONS = ("facial_acne_scars", "neck_wrinkles", "facial_wrinkles", "other")
CONFIRMED_BY = {
    "name_and_birth_date": "Said full name and date of birth",
    "photo_id": "Photo ID seen",
    "known_to_staff": "Known to staff, and asked for the date of birth",
}
EXAM_RESULTS = {
    "approved": "Approved",
    "defer_to_director": "Defer to the director",
    "not_applicable": "Not applicable",
    "pending": "Pending",
}


class Step(QWidget):
    """One step: shows its part of a visit and reports what was changed."""

    edited = Signal(str, object)
    """A part of the document is to become this value: its top-level name, and the value or None."""

    def __init__(self) -> None:
        """Make the step with a scrolling body."""
        super().__init__()
        inner = QWidget()
        self.body = column(inner, gap=Space.LARGE)
        self.body.setContentsMargins(0, 0, Space.SMALL, Space.LARGE)
        outer = column(self, gap=0)
        outer.addWidget(Scroller(inner))
        self._is_showing = False

    def show_visit(self, view: VisitView) -> None:
        """Show the visit's part without reporting an edit."""
        self._is_showing = True
        self.fill(view)
        self._is_showing = False

    def fill(self, view: VisitView) -> None:
        """Put the visit's part into the controls."""

    def edit(self, name: str, value: Any) -> None:
        """Report an edit made by the person."""
        if not self._is_showing:
            self.edited.emit(name, value)


def choose(combo: QComboBox, code: Any) -> None:
    """Select the entry with this code; the first one (nothing chosen) when there is none."""
    combo.setCurrentIndex(max(0, combo.findData(code)))


def combo_of(name: str, pairs: list[tuple[str, Any]], nothing: str) -> QComboBox:
    """A combo box with a first entry for "not chosen"."""
    combo = QComboBox()
    combo.setObjectName(name)
    combo.addItem(nothing, None)
    for words, code in pairs:
        combo.addItem(words, code)
    return combo


class FindingList(QWidget):
    """The findings of one light or of all, each with a field for the performer's reason."""

    reason_written = Signal(str, str)
    """The performer wrote a reason for the warning with this code."""

    def __init__(self) -> None:
        """Make an empty list."""
        super().__init__()
        self._lines = column(self, gap=Space.MEDIUM)
        self._shown: tuple[Finding, ...] = ()

    def show_findings(self, findings: tuple[Finding, ...], reasons: dict[str, str]) -> None:
        """Show these findings; a list that did not change keeps what is being typed."""
        if findings == self._shown:
            return
        self._shown = findings
        clear(self._lines)
        asked: set[str] = set()
        for finding in findings:
            line = QWidget()
            parts = row(line, gap=Space.MEDIUM)
            parts.addWidget(Chip(OUTCOME_LOOK[finding.outcome]), 0, Qt.AlignmentFlag.AlignTop)
            words = column(gap=Space.TIGHT)
            words.addWidget(label(finding.message, wraps=True))
            if finding.outcome in {Outcome.RELEASED, Outcome.AUTHORISED}:
                words.addWidget(label(finding.reason, Type.SMALL, "muted", wraps=True))
            if finding.outcome in {Outcome.WARNED, Outcome.REASON_GIVEN} and finding.code not in asked:
                asked.add(finding.code)
                words.addWidget(self._reason(finding.code, reasons.get(finding.code, "")))
            parts.addLayout(words, 1)
            self._lines.addWidget(line)

    def _reason(self, code: str, written: str) -> QLineEdit:
        field = QLineEdit(written)
        field.setObjectName(f"reason.{code}")
        field.setAccessibleName(self.tr("Reason to go on"))
        field.setPlaceholderText(self.tr("Reason to go on, in your own words"))
        field.setMaxLength(1000)
        field.editingFinished.connect(lambda: self.reason_written.emit(code, field.text().strip()))
        return field


class IdentityStep(Step):
    """Who this is, what is treated, and by whom."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Make the step; `now` tells when the phototype is assessed."""
        super().__init__()
        self._now = now
        card = Card(
            self.tr("Identity"), self.tr("Ask for the full name and the date of birth; do not read them out.")
        )
        self.confirmed = combo_of(
            "visit.identity",
            [(words, code) for code, words in CONFIRMED_BY.items()],
            self.tr("Not confirmed yet"),
        )
        card.add(Field(self.tr("How was the identity confirmed?"), self.confirmed))
        self.body.addWidget(card)
        about = Card(self.tr("Treatment wanted"))
        self.indication = combo_of(
            "visit.indication", [(plain(code), code) for code in INDICATIONS], self.tr("Not chosen yet")
        )
        self.performer = combo_of("visit.performer", [], self.tr("Not chosen yet"))
        self.phototype = combo_of(
            "visit.fitzpatrick",
            [(words, number) for number, words in enumerate(("I", "II", "III", "IV", "V", "VI"), start=1)],
            self.tr("Not assessed yet"),
        )
        self.last_session = QLineEdit()
        self.last_session.setObjectName("visit.last_session_on")
        self.last_session.setPlaceholderText("YYYY-MM-DD")
        about.add(
            Field(self.tr("What is treated"), self.indication),
            Field(self.tr("Performer"), self.performer),
            Field(self.tr("Phototype (Fitzpatrick)"), self.phototype),
            Field(
                self.tr("Last needling session elsewhere"),
                self.last_session,
                self.tr("Sessions at this clinic are found by themselves."),
            ),
        )
        self.body.addWidget(about)
        self.body.addStretch(1)
        self.confirmed.currentIndexChanged.connect(self._identity)
        self.indication.currentIndexChanged.connect(
            lambda _: self.edit("indication", self.indication.currentData())
        )
        self.performer.currentIndexChanged.connect(self._performer)
        self.phototype.currentIndexChanged.connect(self._phototype)
        self.last_session.editingFinished.connect(
            lambda: self.edit("last_session_on", self.last_session.text().strip() or None)
        )

    def fill(self, view: VisitView) -> None:
        """Put the visit's part into the controls."""
        document = view.document
        choose(self.confirmed, document.get("identity", {}).get("confirmed_by"))
        choose(self.indication, document.get("indication"))
        if self.performer.count() == 1:
            for one in view.performers:
                self.performer.addItem(one.words, one.code)
        if self.performer.findData(document["performer"]) < 0:
            self.performer.addItem(document["performer"], document["performer"])
        choose(self.performer, document["performer"])
        choose(self.phototype, document.get("fitzpatrick", {}).get("type"))
        self.last_session.setText(document.get("last_session_on") or "")

    def _identity(self) -> None:
        code = self.confirmed.currentData()
        self.edit("identity", {"confirmed_by": code} if code else None)

    def _performer(self) -> None:
        if self.performer.currentData():
            self.edit("performer", self.performer.currentData())

    def _phototype(self) -> None:
        number = self.phototype.currentData()
        today = self._now().date().isoformat()
        self.edit(
            "fitzpatrick",
            {"type": number, "method": "clinician", "assessed_on": today} if number else None,
        )


class QuestionRow(QWidget):
    """One question of the checklist: No, Yes, Unknown, and the day where it counts. Keys N, Y, U."""

    answered = Signal()
    """The answer or its day was changed."""

    moved_on = Signal()
    """An answer was given by key: the next question is wanted."""

    def __init__(self, item: ScreeningItem) -> None:
        """Make the row, unanswered."""
        super().__init__()
        self.item = item
        self.setObjectName(f"screening.{item.item}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(item.question)
        lines = column(self, gap=Space.TIGHT)
        lines.setContentsMargins(8, 6, 4, 6)
        line = row(gap=Space.SMALL)
        line.addWidget(label(item.question, wraps=True), 1)
        self.last_on = QLineEdit()
        self.last_on.setObjectName(f"screening.{item.item}.last_on")
        self.last_on.setAccessibleName(self.tr("Day of last use: {topic}").format(topic=item.topic))
        self.last_on.setPlaceholderText("YYYY-MM-DD")
        self.last_on.setFixedWidth(130)
        self.last_on.editingFinished.connect(self.answered)
        line.addWidget(self.last_on)
        self.group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for code, words in (
            ("no", self.tr("No")),
            ("yes", self.tr("Yes")),
            ("unknown", self.tr("Not known")),
        ):
            choice = QPushButton(words)
            choice.setObjectName(f"screening.{item.item}.{code}")
            choice.setAccessibleName(f"{item.topic}: {words}")
            choice.setCheckable(True)
            choice.setAutoDefault(False)
            choice.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            choice.setMinimumWidth(theme().px(112 if code == "unknown" else 60))
            self.group.addButton(choice)
            self.buttons[code] = choice
            line.addWidget(choice)
        self.group.buttonClicked.connect(lambda _button: self._chosen())
        lines.addLayout(line)
        self.finding = label("", Type.SMALL, "stop", wraps=True)
        self.finding.hide()
        lines.addWidget(self.finding)
        self.before = label("", Type.SMALL, "faint")
        self.before.hide()
        lines.addWidget(self.before)
        self._look()

    @property
    def answer(self) -> dict[str, Any] | None:
        """The answer as the document keeps it; None while there is none."""
        code = next((code for code, choice in self.buttons.items() if choice.isChecked()), None)
        if code is None:
            return None
        answer: dict[str, Any] = {"item": self.item.item, "answer": code}
        day = self.last_on.text().strip()
        if code == "yes" and day:
            answer["last_on"] = day
        return answer

    def show_answer(self, answer: dict[str, Any] | None, finding: Finding | None, before: str) -> None:
        """Show what is stored, what it means, and what was answered last time."""
        self.group.setExclusive(False)
        for code, choice in self.buttons.items():
            choice.setChecked(answer is not None and answer["answer"] == code)
        self.group.setExclusive(True)
        if not self.last_on.hasFocus():
            self.last_on.setText((answer or {}).get("last_on") or "")
        shown = finding if answer is not None else None
        self.finding.setText(shown.message if shown else "")
        self.finding.setVisible(shown is not None)
        self.before.setText(self.tr("Last time: {answer}").format(answer=before) if before == "yes" else "")
        self.before.setVisible(before == "yes")
        self._look()

    def _look(self) -> None:
        for code, choice in self.buttons.items():
            kind = ""
            if choice.isChecked():
                kind = "primary" if code == "no" else "danger"
            choice.setProperty("kind", kind)
            restyle(choice)
        wants_day = self.item.window_days is not None and self.buttons["yes"].isChecked()
        self.last_on.setVisible(wants_day)

    def _chosen(self) -> None:
        self._look()
        self.answered.emit()

    def focusInEvent(self, event: Any) -> None:
        """Show where the keys go."""
        super().focusInEvent(event)
        self.setStyleSheet("QuestionRow { background: palette(midlight); border-radius: 8px; }")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def focusOutEvent(self, event: Any) -> None:
        """Back to plain."""
        super().focusOutEvent(event)
        self.setStyleSheet("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N, Y and U answer and move on."""
        code = {Qt.Key.Key_N: "no", Qt.Key.Key_Y: "yes", Qt.Key.Key_U: "unknown"}.get(Qt.Key(event.key()))
        if code is None:
            super().keyPressEvent(event)
            return
        self.buttons[code].setChecked(True)
        self._chosen()
        if code == "yes" and self.item.window_days is not None:
            self.last_on.setFocus()
        else:
            self.moved_on.emit()


class ScreeningStep(Step):
    """The checklist of the policy in force."""

    def __init__(self) -> None:
        """Make the step; the questions come with the visit's policy."""
        super().__init__()
        self._rows: dict[str, QuestionRow] = {}
        self._card = Card(
            self.tr("Screening"),
            self.tr("Read each question aloud. Keys: N no, Y yes, U not known. No answer counts as yes."),
        )
        self._card.body.setSpacing(Space.HAIR)
        self.body.addWidget(self._card)
        self.body.addStretch(1)

    def fill(self, view: VisitView) -> None:
        """Show the questions, the answers and what they mean."""
        if set(self._rows) != {item.item for item in view.screening}:
            for question in self._rows.values():
                question.deleteLater()
            self._rows = {}
            for item in view.screening:
                question = QuestionRow(item)
                question.answered.connect(self._report)
                question.moved_on.connect(lambda name=item.item: self._next(name))
                self._rows[item.item] = question
                self._card.add(question)
        answers = {answer["item"]: answer for answer in view.document.get("screening", ())}
        found = {finding.code: finding for finding in view.verdict.findings if finding.light is Light.HISTORY}
        for name, question in self._rows.items():
            question.show_answer(answers.get(name), found.get(name), view.last_answers.get(name, ""))

    def _next(self, name: str) -> None:
        names = list(self._rows)
        at = names.index(name) + 1
        if at < len(names):
            self._rows[names[at]].setFocus()

    def _report(self) -> None:
        answers = [row_.answer for row_ in self._rows.values()]
        self.edit("screening", [answer for answer in answers if answer is not None])


class ExamStep(Step):
    """The good faith exam and the order."""

    def __init__(self) -> None:
        """Make the step."""
        super().__init__()
        exam = Card(self.tr("Good faith exam"))
        self.examiner = combo_of("visit.exam.examiner", [], self.tr("Nobody yet"))
        self.examined_on = QLineEdit()
        self.examined_on.setObjectName("visit.exam.examined_on")
        self.modality = combo_of(
            "visit.exam.modality",
            [(self.tr("In person"), "in_person"), (self.tr("Video"), "video")],
            self.tr("Not chosen yet"),
        )
        self.result = combo_of(
            "visit.exam.result",
            [(words, code) for code, words in EXAM_RESULTS.items()],
            self.tr("Not chosen yet"),
        )
        exam.body.addLayout(
            _two_by_two(
                Field(self.tr("Examiner"), self.examiner),
                Field(self.tr("Day of the exam"), self.examined_on, "YYYY-MM-DD"),
                Field(self.tr("How"), self.modality),
                Field(self.tr("Result"), self.result),
            )
        )
        self.body.addWidget(exam)
        order = Card(self.tr("Order for this patient"))
        self.ordered_by = combo_of("visit.order.ordered_by", [], self.tr("Nobody yet"))
        self.ordered_on = QLineEdit()
        self.ordered_on.setObjectName("visit.order.ordered_on")
        self.valid_to = QLineEdit()
        self.valid_to.setObjectName("visit.order.valid_to")
        order.body.addLayout(
            _two_by_two(
                Field(self.tr("Ordered by"), self.ordered_by),
                Field(self.tr("Ordered on"), self.ordered_on, "YYYY-MM-DD"),
                Field(self.tr("Valid to"), self.valid_to, "YYYY-MM-DD"),
            )
        )
        self.body.addWidget(order)
        self.findings = FindingList()
        self.body.addWidget(self.findings)
        self.body.addStretch(1)
        for combo in (self.examiner, self.modality, self.result):
            combo.currentIndexChanged.connect(self._exam)
        self.examined_on.editingFinished.connect(self._exam)
        self.ordered_by.currentIndexChanged.connect(self._order)
        for field in (self.ordered_on, self.valid_to):
            field.editingFinished.connect(self._order)

    def fill(self, view: VisitView) -> None:
        """Put exam and order into the controls."""
        exam, order = view.document.get("exam", {}), view.document.get("order", {})
        for combo in (self.examiner, self.ordered_by):
            if combo.count() == 1:
                for one in view.examiners:
                    combo.addItem(one.words, one.code)
        if exam:
            choose(self.examiner, exam["examiner"])
            choose(self.modality, exam["modality"])
            choose(self.result, exam["result"])
            self.examined_on.setText(exam["examined_on"])
        if order:
            choose(self.ordered_by, order["ordered_by"])
            self.ordered_on.setText(order["ordered_on"])
            self.valid_to.setText(order["valid_to"])
        found = tuple(
            finding
            for finding in view.verdict.findings
            if finding.light is Light.EXAM and not finding.code.endswith("_missing")
        )
        self.findings.show_findings(found, {})

    def _exam(self) -> None:
        exam = {
            "examiner": self.examiner.currentData(),
            "examined_on": self.examined_on.text().strip(),
            "modality": self.modality.currentData(),
            "result": self.result.currentData(),
        }
        if all(exam.values()):
            self.edit("exam", exam)

    def _order(self) -> None:
        order = {
            "ordered_by": self.ordered_by.currentData(),
            "ordered_on": self.ordered_on.text().strip(),
            "valid_to": self.valid_to.text().strip(),
        }
        if all(order.values()):
            self.edit("order", order)


def _two_by_two(*fields: Field) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.LARGE)
    grid.setVerticalSpacing(Space.MEDIUM)
    for number, field in enumerate(fields):
        grid.addWidget(field, number // 2, number % 2)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid


class ConsentStep(Step):
    """The consent text in the patient's language, and the signature under exactly that text."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Make the step; `now` tells when the signature is given."""
        super().__init__()
        self._now = now
        self._view: VisitView | None = None
        card = Card(self.tr("Consent"))
        top = row()
        self.language = combo_of(
            "visit.consent.language", [("English", "en"), ("Español", "es")], self.tr("Choose the language")
        )
        self.language.setFixedWidth(220)
        self.language.setAccessibleName(self.tr("Language of the consent"))
        self._version = label("", Type.SMALL, "muted")
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
        self.language.currentIndexChanged.connect(self._show_text)

    def fill(self, view: VisitView) -> None:
        """Show the consent as it stands."""
        self._view = view
        consent = view.document.get("consent")
        if consent:
            choose(self.language, consent["language"])
            self.pad.show_strokes(consent["signature"]["strokes"], locked=True)
            self._stands.setText(
                self.tr("Signed {at} under version {version}").format(
                    at=consent["signed_at"], version=consent["version"]
                )
            )
        else:
            if self.language.currentData() is None:
                choose(self.language, "en")
            self._stands.setText("")
            if not self.pad.strokes:
                self.pad.show_strokes([], locked=False)
        self.language.setEnabled(not consent)
        self.sign.setVisible(not consent)
        self._show_text()
        found = [
            finding.message
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
        self.text.setPlainText("\n\n".join(f"{heading}\n{words}" for heading, words in text.sections))
        self._version.setText(f"{text.title} · v{text.version} · {text.sha256[:12]}…")

    def _text(self) -> Any:
        language = self.language.currentData()
        texts = self._view.consent_texts if self._view else ()
        return next((one for one in texts if one.language == language), None)

    def _clear(self) -> None:
        self.pad.show_strokes([], locked=False)
        self.edit("consent", None)

    def _take(self) -> None:
        text = self._text()
        strokes = self.pad.strokes
        if text is None:
            return
        if not any(len(stroke) > 1 for stroke in strokes):
            self._problem.say(self.tr("Have the patient sign first."))
            return
        self.edit(
            "consent",
            {
                "form": text.form,
                "version": text.version,
                "language": text.language,
                "signed_at": self._now().isoformat(timespec="seconds"),
                "signed_by": "patient",
                "signature": {"kind": "drawn", "strokes": strokes},
                "text_sha256": text.sha256,
            },
        )


class LineRow(QWidget):
    """One treated area: area, side, depth, passes, endpoint, note, and the limit that rules."""

    changed = Signal()
    """Something in the row was changed."""

    removed = Signal(object)
    """The row is to go. Carries the row."""

    def __init__(self, number: int, view: VisitView) -> None:
        """Make an empty row."""
        super().__init__()
        self._sentences = {choice.area.value: choice.sentence for choice in view.areas}
        lines = column(self, gap=Space.HAIR)
        line = row(gap=Space.SMALL)
        name = f"visit.line{number}"
        self.area = combo_of(
            f"{name}.area", [(plain(choice.area.value), choice.area.value) for choice in view.areas], "Area"
        )
        self.side = combo_of(f"{name}.side", [(plain(side.value), side.value) for side in Side], "Side")
        self.depth_field = QLineEdit()
        self.depth_field.setPlaceholderText("mm")
        self.depth_field.setMaxLength(5)
        self.depth_field.setFixedWidth(76)
        self.passes = QSpinBox()
        self.passes.setRange(1, 20)
        self.passes.setValue(3)
        self.passes.setFixedWidth(82)
        self.passes.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.endpoint = combo_of(
            f"{name}.endpoint", [(plain(one.value), one.value) for one in Endpoint], "Endpoint"
        )
        self.note = QLineEdit()
        self.note.setMaxLength(1000)
        self.note.setPlaceholderText(self.tr("Note"))
        for words, control in (
            (self.tr("Area"), self.area),
            (self.tr("Side"), self.side),
            (self.tr("Depth in mm"), self.depth_field),
            (self.tr("Passes"), self.passes),
            (self.tr("Endpoint"), self.endpoint),
            (self.tr("Note"), self.note),
        ):
            control.setAccessibleName(f"{words}, {number}")
            line.addWidget(control, 2 if control in {self.area, self.endpoint} else 1)
        self.depth_field.setObjectName(f"{name}.depth_mm")
        self.passes.setObjectName(f"{name}.passes")
        self.note.setObjectName(f"{name}.note")
        away = button("", f"{name}.remove", kind="quiet", shape="x")
        away.setAccessibleName(self.tr("Remove line {number}").format(number=number))
        away.setProperty("icon_only", True)
        away.setIconSize(QSize(16, 16))
        away.clicked.connect(lambda _checked=False: self.removed.emit(self))
        line.addWidget(away)
        lines.addLayout(line)
        self.says = label("", Type.SMALL, "muted", wraps=True)
        lines.addWidget(self.says)
        for combo in (self.area, self.side, self.endpoint):
            combo.currentIndexChanged.connect(self._touched)
        self.depth_field.editingFinished.connect(self._touched)
        self.note.editingFinished.connect(self._touched)
        self.passes.valueChanged.connect(self._touched)
        self._problem = ""

    def _touched(self) -> None:
        self.tell("", "")
        self.changed.emit()

    @property
    def depth_mm(self) -> str | None:
        """The depth as the document writes it: `.8` and `0,8` are 0.8; None when it is no depth."""
        typed = self.depth_field.text().strip().replace(",", ".")
        typed = f"0{typed}" if typed.startswith(".") else typed
        whole, _, part = typed.partition(".")
        fits = whole.isdigit() and len(whole) == 1 and (part.isdigit() or not part) and len(part) <= DECIMALS
        return f"{whole}.{part:0<2}" if fits and int(whole + f"{part:0<2}") else None

    @property
    def line(self) -> dict[str, Any] | None:
        """The line as the document keeps it; None while something is missing."""
        made = {
            "area": self.area.currentData(),
            "side": self.side.currentData(),
            "depth_mm": self.depth_mm,
            "passes": self.passes.value(),
            "endpoint": self.endpoint.currentData(),
        }
        if not all(made.values()):
            return None
        return made | {"note": self.note.text().strip()}

    def fill(self, line: dict[str, Any]) -> None:
        """Put a stored line into the controls."""
        choose(self.area, line["area"])
        choose(self.side, line["side"])
        self.depth_field.setText(line["depth_mm"])
        self.passes.setValue(line["passes"])
        choose(self.endpoint, line["endpoint"])
        self.note.setText(line.get("note", ""))

    def tell(self, problem: str, sentence: str) -> None:
        """Say what stands against the depth, or else which limit rules."""
        limit = sentence or self._sentences.get(self.area.currentData(), "")
        if self.depth_field.text().strip() and self.depth_mm is None:
            problem = self.tr(
                "Not saved: the depth is millimetres with at most two decimals, for example 1.25."
            )
        self.says.setText(problem or limit)
        self.says.setProperty("tint", "stop" if problem else "muted")
        restyle(self.says)
        self.depth_field.setProperty("problem", bool(problem))
        restyle(self.depth_field)


class TreatmentStep(Step):
    """Device, cartridge, topicals, and one line per treated area."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Make the step; `now` tells when the treatment ended."""
        super().__init__()
        self._now = now
        self._view: VisitView | None = None
        self._rows: list[LineRow] = []
        self._count = 0
        supplies = Card(self.tr("Device and supplies"))
        self.device = combo_of("visit.device", [], self.tr("Not chosen yet"))
        self.lot = combo_of("visit.cartridge", [], self.tr("Not chosen yet"))
        self.topical = combo_of("visit.topical", [], self.tr("None"))
        supplies.body.addLayout(
            _two_by_two(
                Field(self.tr("Device"), self.device),
                Field(self.tr("Cartridge lot"), self.lot),
                Field(self.tr("Topical"), self.topical),
            )
        )
        self.findings = FindingList()
        supplies.add(self.findings)
        self.body.addWidget(supplies)
        card = Card(
            self.tr("Treated areas"), self.tr("One line for each area. Depth is the deepest setting used.")
        )
        self._lines = column(gap=Space.SMALL)
        card.body.addLayout(self._lines)
        actions = row()
        self.add_line = button(
            self.tr("Add an area"), "visit.add_line", shape="plus", pressed=self._add_empty
        )
        actions.addWidget(self.add_line)
        actions.addStretch(1)
        self._ended = label("", Type.SMALL, "muted")
        actions.addWidget(self._ended)
        actions.addWidget(
            button(self.tr("Treatment ended now"), "visit.ended", shape="timer", pressed=self._end)
        )
        card.body.addLayout(actions)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.device.currentIndexChanged.connect(lambda _: self.edit("device", self.device.currentData()))
        self.lot.currentIndexChanged.connect(self._cartridge)
        self.topical.currentIndexChanged.connect(self._topical)

    def fill(self, view: VisitView) -> None:
        """Show supplies and lines as they stand."""
        self._view = view
        document = view.document
        if self.device.count() == 1:
            for one in view.devices:
                self.device.addItem(one.words, one.code)
            for lot in view.lots:
                words = f"{lot.lot} · {lot.name} · expires {lot.expires_on.isoformat()}"
                if lot.problem:
                    words += f" · {lot.problem}"
                if lot.kind == "cartridge":
                    self.lot.addItem(words, lot.lot)
                elif lot.kind == "topical" and lot.name in view.topicals:
                    self.topical.addItem(words, f"{lot.name}\n{lot.lot}")
        choose(self.device, document.get("device"))
        choose(self.lot, document.get("cartridge", {}).get("lot"))
        topical = next(iter(document.get("topicals", ())), None)
        choose(self.topical, f"{topical['name']}\n{topical.get('lot')}" if topical else None)
        ended_at = document.get("ended_at", "")
        self._ended.setText(self.tr("Ended {at}").format(at=ended_at) if ended_at else "")
        stored = document.get("lines", [])
        complete = [one for one in self._rows if one.line is not None]
        if [one.line for one in complete] != [{"note": ""} | line for line in stored]:
            for gone in list(self._rows):
                self._take_away(gone)
            for line in stored:
                self._add().fill(line)
            complete = list(self._rows)
        for number, shown in enumerate(complete):
            against = [
                finding.message
                for finding in view.verdict.findings
                if finding.where == f"lines[{number}].depth_mm" and finding.outcome is not Outcome.AUTHORISED
            ]
            sentence = next(
                (choice.sentence for choice in view.areas if choice.area.value == shown.area.currentData()),
                "",
            )
            shown.tell(" ".join(against), sentence)
        found = tuple(finding for finding in view.verdict.findings if finding.light is Light.SUPPLIES)
        self.findings.show_findings(
            tuple(finding for finding in found if not finding.code.endswith("_missing")), {}
        )

    def _add_empty(self) -> None:
        self._add()

    def _add(self) -> LineRow:
        assert self._view is not None  # noqa: S101 - a step is filled before it is shown
        self._count += 1
        made = LineRow(self._count, self._view)
        made.changed.connect(self._report)
        made.removed.connect(self._remove)
        self._rows.append(made)
        self._lines.addWidget(made)
        made.tell("", "")
        if not self._is_showing:
            made.area.setFocus()
        return made

    def _take_away(self, one: LineRow) -> None:
        self._rows.remove(one)
        self._lines.removeWidget(one)
        one.hide()
        one.deleteLater()

    def _remove(self, one: LineRow) -> None:
        self._take_away(one)
        self._report()

    def _report(self) -> None:
        lines = [one.line for one in self._rows]
        complete = [line for line in lines if line is not None]
        self.edit("lines", complete or None)

    def _cartridge(self) -> None:
        lot = self.lot.currentData()
        self.edit("cartridge", {"lot": lot} if lot else None)

    def _topical(self) -> None:
        chosen = self.topical.currentData()
        name, _, lot = (chosen or "").partition("\n")
        self.edit("topicals", [{"name": name, "lot": lot}] if name else None)

    def _end(self) -> None:
        self.edit("ended_at", self._now().isoformat(timespec="seconds"))
