"""The checklist of an open visit: one question a line, answered by one key."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from mnclinic.domain.finding import Finding, Light
from mnclinic.domain.screening import ScreeningItem
from mnclinic.domain.typed_values import read_day
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.elements import LARGE_TEXT, Card, button, column, label, row
from mnclinic.ui.forms.controls import KEY, LineControl
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.keys import KeyLine
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import restyle, theme
from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.visits.parts import answer_key, day_key
from mnclinic.ui.visits.steps import Step

CARRIED = frozenset({"no", "yes"})
"""Answers of the last visit that "nothing changed" can stand for. What was not known is asked again."""


class QuestionRow(QWidget):
    """One question: No, Yes, Unknown, and the day where it counts. Keys N, Y, U, and = for "as last time"."""

    moved_on = Signal()
    """An answer was given by key: the next question is wanted."""

    def __init__(self, item: ScreeningItem, editing: Editing) -> None:
        """Make the row, unanswered."""
        super().__init__()
        self.item, self._editing = item, editing
        self._key, self._day_key = answer_key(item.item), day_key(item.item)
        self.last_time = ""
        self._found: Finding | None = None
        self.setObjectName(f"screening.{item.item}")
        self.setProperty(KEY, self._key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("keys_title", self.tr("On a question"))
        self.setAccessibleName(spoken(item.question))
        lines = column(self, gap=Space.TIGHT)
        lines.setContentsMargins(8, 6, 4, 6)
        line = row(gap=Space.SMALL)
        question = label(spoken(item.question), wraps=True)
        if theme().text_scale >= LARGE_TEXT:
            lines.addWidget(question)
            line.addStretch(1)
        else:
            line.addWidget(question, 1)
        self.last_on = LineControl(hint=self.tr("YYYY-MM-DD"))
        self.last_on.setObjectName(f"screening.{item.item}.last_on")
        self.last_on.setProperty(KEY, self._day_key)
        self.last_on.setAccessibleName(self.tr("Day of last use: {topic}").format(topic=spoken(item.topic)))
        self.last_on.setFixedWidth(theme().px(130))
        self.last_on.typed.connect(self._day_typed)
        self.last_on.left.connect(self._day_left)
        is_large = theme().text_scale >= LARGE_TEXT
        if not is_large:
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
            choice.setAccessibleName(f"{spoken(item.topic)}: {words}")
            choice.setCheckable(True)
            choice.setAutoDefault(False)
            choice.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            choice.setMinimumWidth(theme().px(112 if code == "unknown" else 60))
            choice.clicked.connect(lambda _checked=False, one=code: self.answer(one))
            self.group.addButton(choice)
            self.buttons[code] = choice
            line.addWidget(choice)
        lines.addLayout(line)
        if is_large:
            lines.addWidget(self.last_on)
        self.finding = label("", Type.SMALL, "stop", wraps=True)
        self.before = label("", Type.SMALL, "faint", wraps=True)
        for one in (self.finding, self.before):
            one.hide()
            lines.addWidget(one)

    def answer(self, code: str) -> None:
        """Answer the question; a day that belonged to another answer goes with it, as one act."""
        changes = {self._key: code} | ({self._day_key: ""} if code != "yes" else {})
        words = self.tr("answer to {topic}").format(topic=spoken(self.item.topic))
        self._editing.put(changes, words, self._key)
        self.show_state(self._found)

    def _day_typed(self, text: str) -> None:
        words = self.tr("day of last use of {topic}").format(topic=spoken(self.item.topic))
        self._editing.type_in(self._day_key, text, words)

    def _day_left(self) -> None:
        reading = read_day(self.last_on.text())
        text = reading.value if reading.is_read else self.last_on.text()
        self.last_on.show_text(text)
        self._editing.leave(self._day_key, text)

    def show_state(self, finding: Finding | None) -> None:
        """Show the answer, what it means, and what was answered last time."""
        self._found = finding
        code = self._editing.text(self._key)
        self.group.setExclusive(False)
        for one, choice in self.buttons.items():
            is_chosen = one == code
            choice.setChecked(is_chosen)
            kind = ("primary" if one == "no" else "danger") if is_chosen else ""
            if choice.property("kind") != kind:
                choice.setProperty("kind", kind)
                restyle(choice)
        self.group.setExclusive(True)
        self.last_on.show_text(self._editing.text(self._day_key))
        trouble = self._editing.trouble(self._day_key)
        # A finding about another answer is out of date until the gate has judged this one.
        is_of_this = finding is not None and bool(code) and finding.answer.startswith(f"{code}:")
        said = trouble.what if trouble else finding.message if finding and is_of_this else ""
        self.finding.setText(spoken(said))
        self.finding.setVisible(bool(said))
        if bool(self.last_on.property("problem")) != bool(trouble):
            self.last_on.setProperty("problem", bool(trouble))
            restyle(self.last_on)
        wants_day = self.item.window_days is not None and code == "yes"
        self.last_on.setVisible(wants_day or bool(self._editing.text(self._day_key)))
        self._show_last_time(code)

    def _show_last_time(self, code: str) -> None:
        words = {"no": self.tr("No"), "yes": self.tr("Yes"), "unknown": self.tr("Not known")}
        last = words.get(self.last_time, "")
        if not last:
            said = ""
        elif not code:
            said = self.tr("Last time: {answer}").format(answer=last) if self.last_time != "no" else ""
        elif code == self.last_time:
            said = self.tr("As last time") if code != "no" else ""
        else:
            said = self.tr("Changed: last time it was {answer}").format(answer=last)
        self.before.setText(said)
        self.before.setVisible(bool(said))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go."""
        super().focusInEvent(event)
        self.setStyleSheet("QuestionRow { background: palette(midlight); border-radius: 8px; }")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Back to plain."""
        super().focusOutEvent(event)
        self.setStyleSheet("")

    def told_keys(self) -> Sequence[KeyLine]:
        """What the letters do on a question."""
        keys = [
            KeyLine("N", self.tr("Answer no")),
            KeyLine("Y", self.tr("Answer yes")),
            KeyLine("U", self.tr("Answer unknown")),
        ]
        if self.last_time in CARRIED:
            keys.append(KeyLine("=", self.tr("Answer as last time")))
        return keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N, Y and U answer and move on; = answers as last time."""
        keys: dict[Any, str] = {Qt.Key.Key_N: "no", Qt.Key.Key_Y: "yes", Qt.Key.Key_U: "unknown"}
        if self.last_time in CARRIED:
            keys[Qt.Key.Key_Equal] = self.last_time
        code = None if event.modifiers() & Qt.KeyboardModifier.ControlModifier else keys.get(event.key())
        if code is None:
            super().keyPressEvent(event)
            return
        self.answer(code)
        if code == "yes" and self.item.window_days is not None:
            self.last_on.setFocus()
        else:
            self.moved_on.emit()


class ScreeningStep(Step):
    """The checklist of the policy in force."""

    def __init__(self, editing: Editing) -> None:
        """Make the step; the questions come with the visit's policy."""
        super().__init__(editing)
        self._rows: dict[str, QuestionRow] = {}
        self._card = Card(
            self.tr("Screening"),
            self.tr(
                "Read each question aloud. Keys: N no, Y yes, U not known, = as last time. "
                "No answer counts as yes."
            ),
        )
        self._card.body.setSpacing(Space.HAIR)
        line = row()
        line.setContentsMargins(0, Space.SMALL, 0, Space.SMALL)
        self.nothing_changed = button(
            self.tr("Nothing changed since last time"),
            "screening.nothing_changed",
            shape="check-check",
            pressed=self._nothing_changed,
        )
        self.nothing_changed.setToolTip(
            self.tr(
                "Answers what is not answered yet as last time. Days and what was not known are asked again."
            )
        )
        line.addWidget(self.nothing_changed)
        line.addStretch(1)
        self._card.body.addLayout(line)
        self.body.addWidget(self._card)
        self.body.addStretch(1)

    def fill(self, view: VisitView) -> None:
        """Show the questions, the answers and what they mean."""
        if list(self._rows) != [item.item for item in view.screening]:
            for question in self._rows.values():
                question.hide()
                question.deleteLater()
            self._rows = {}
            for item in view.screening:
                question = QuestionRow(item, self.editing)
                question.moved_on.connect(lambda name=item.item: self._next(name))
                self._rows[item.item] = question
                self._card.add(question)
        found = {finding.code: finding for finding in view.verdict.findings if finding.light is Light.HISTORY}
        for name, question in self._rows.items():
            question.last_time = view.last_answers.get(name, "")
            question.show_state(found.get(name))
        self.nothing_changed.setVisible(bool(self._carried()))

    def _carried(self) -> dict[str, str]:
        """The answers that "nothing changed" would give: of questions not answered yet, as last time."""
        return {
            answer_key(name): question.last_time
            for name, question in self._rows.items()
            if question.last_time in CARRIED and not self.editing.text(answer_key(name))
        }

    def _nothing_changed(self) -> None:
        carried = self._carried()
        if carried:
            self.editing.put(carried, self.tr("“nothing changed” for all"), next(iter(carried)))

    def _next(self, name: str) -> None:
        names = list(self._rows)
        at = names.index(name) + 1
        if at < len(names):
            self._rows[names[at]].setFocus()
            self.scroller.ensureWidgetVisible(self._rows[names[at]])

    def widget_of(self, key: str) -> QWidget | None:
        """The question of an answer, or the field of its day."""
        for name, question in self._rows.items():
            if key == answer_key(name):
                return question
            if key == day_key(name):
                return question.last_on
        return None
