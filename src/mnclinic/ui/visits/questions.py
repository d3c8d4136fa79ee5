"""One question of the checklist: its answer, what stands beside it, and what they mean."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGroupBox, QHBoxLayout, QPushButton, QVBoxLayout

from mnclinic.domain.finding import Finding
from mnclinic.domain.screening import ScreeningItem
from mnclinic.domain.typed_values import read_day
from mnclinic.ui.elements import LARGE_TEXT, column, label, row
from mnclinic.ui.forms.controls import KEY, LineControl
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.keys import KeyLine
from mnclinic.ui.language import SPANISH, language, spoken
from mnclinic.ui.scan_line import CodeGuard
from mnclinic.ui.theme import colours, restyle, theme
from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.visits.code_chips import CodeChips
from mnclinic.ui.visits.parts import answer_key, areas_key, day_key, note_key

CARRIED = frozenset({"no", "yes"})
"""Answers of the last visit that "nothing changed" can stand for. What was not known is asked again."""

BARE = "QuestionRow { border: 0; margin: 0; padding: 0; }"
"""A question is a group for whoever listens, and looks like none."""


def asked_words(item: ScreeningItem) -> str:
    """The question in the language of the window: the item's own words, else those of the program."""
    if language() == SPANISH and item.spanish is not None:
        return item.spanish.question
    return spoken(item.question)


def other_words(item: ScreeningItem) -> str:
    """The question in the language that is not the window's; empty where the item has none."""
    if language() == SPANISH:
        return item.question
    return item.spanish.question if item.spanish is not None else ""


def topic_words(item: ScreeningItem) -> str:
    """What the item is about, in the language of the window."""
    if language() == SPANISH and item.spanish is not None:
        return item.spanish.topic
    return spoken(item.topic)


class QuestionRow(QGroupBox):
    """One question: No, Yes, Unknown, the day, the areas and the words where they count.

    Keys N, Y, U, = for "as last time", and A for "nothing else changed".
    """

    moved_on = Signal()
    """An answer was given by key: the next question is wanted."""

    languages_wanted = Signal()
    """The questions are to stand in both languages, or no longer."""

    rest_wanted = Signal()
    """Every other question is to be answered as last time."""

    def __init__(self, item: ScreeningItem, editing: Editing) -> None:
        """Make the row, unanswered."""
        super().__init__()
        self.item, self._editing = item, editing
        self._key, self._day_key = answer_key(item.item), day_key(item.item)
        self._areas_key, self._note_key = areas_key(item.item), note_key(item.item)
        self.last_time = ""
        self.on_file = ""
        """What the patient's history holds that speaks for a yes, in words; empty where there is nothing."""
        self._found: Finding | None = None
        self._guard = CodeGuard(self)
        self.setObjectName(f"screening.{item.item}")
        self.setProperty(KEY, self._key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setStyleSheet(BARE)
        self.setAccessibleName(asked_words(item))
        lines = column(self, gap=Space.TIGHT)
        lines.setContentsMargins(8, 6, 4, 6)
        line = row(gap=Space.SMALL)
        question = label(asked_words(item), wraps=True)
        if theme().text_scale >= LARGE_TEXT:
            lines.addWidget(question)
            line.addStretch(1)
        else:
            line.addWidget(question, 1)
        self.last_on = LineControl(hint=self.tr("YYYY-MM-DD"))
        self.last_on.setObjectName(f"screening.{item.item}.last_on")
        self.last_on.setProperty(KEY, self._day_key)
        self.last_on.setAccessibleName(self.tr("Day of last use: {topic}").format(topic=topic_words(item)))
        self.last_on.setFixedWidth(theme().px(130))
        self.last_on.typed.connect(self._day_typed)
        self.last_on.left.connect(self._day_left)
        is_large = theme().text_scale >= LARGE_TEXT
        if not is_large:
            line.addWidget(self.last_on)
        self._add_answers(line)
        lines.addLayout(line)
        if is_large:
            lines.addWidget(self.last_on)
        self.other_language = label(other_words(item), Type.SMALL, "muted", wraps=True)
        lines.addWidget(self.other_language)
        self.other_language.hide()
        self._add_asides(lines)
        self.finding = label("", Type.SMALL, "stop", wraps=True)
        self.before = label("", Type.SMALL, "faint", wraps=True)
        for one in (self.finding, self.before):
            one.hide()
            lines.addWidget(one)

    def _add_answers(self, line: QHBoxLayout) -> None:
        self.group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for code, words in (
            ("no", self.tr("No")),
            ("yes", self.tr("Yes")),
            ("unknown", self.tr("Not known")),
        ):
            choice = QPushButton(words)
            choice.setObjectName(f"screening.{self.item.item}.{code}")
            choice.setAccessibleName(f"{topic_words(self.item)}: {words}")
            choice.setCheckable(True)
            choice.setAutoDefault(False)
            choice.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            choice.setMinimumWidth(theme().px(112 if code == "unknown" else 60))
            choice.clicked.connect(lambda _checked=False, one=code: self.answer(one))
            self.group.addButton(choice)
            self.buttons[code] = choice
            line.addWidget(choice)

    def _add_asides(self, lines: QVBoxLayout) -> None:
        """What may stand beside a yes: the areas that it is about, and a few words."""
        self.areas = CodeChips(
            f"screening.{self.item.item}.area",
            topic_words(self.item),
            self._areas_key,
            self.tr("areas of {topic}").format(topic=topic_words(self.item)),
            self._editing,
            kind="danger",
        )
        self.areas.chosen.connect(lambda: self.show_state(self._found))
        self.note = LineControl(hint=self.tr("A few words, such as the plan or who prescribed it"))
        self.note.setObjectName(f"screening.{self.item.item}.note")
        self.note.setProperty(KEY, self._note_key)
        self.note.setAccessibleName(self.tr("Words beside: {topic}").format(topic=topic_words(self.item)))
        self.note.typed.connect(self._note_typed)
        self.note.left.connect(lambda: self._editing.leave(self._note_key, self.note.text().strip()))
        for one in (self.areas, self.note):
            one.hide()
            lines.addWidget(one)

    def offer_areas(self, areas: Mapping[str, str]) -> None:
        """Offer these areas, each code with its words, where the item is asked by area."""
        if self.item.is_per_area:
            self.areas.offer(areas)

    def _note_typed(self, text: str) -> None:
        words = self.tr("words beside {topic}").format(topic=topic_words(self.item))
        self._editing.type_in(self._note_key, text, words)

    def _show_asides(self, code: str) -> None:
        self.areas.setVisible(bool(self.areas.buttons) and (code == "yes" or bool(self.areas.codes())))
        self.areas.show_state()
        text = self._editing.text(self._note_key)
        self.note.show_text(text)
        self.note.setVisible(bool(text) or (self.item.asks_note and code in {"yes", "unknown"}))

    def answer(self, code: str) -> None:
        """Answer the question; what stood beside another answer goes with it, as one act."""
        asides = (self._day_key, self._areas_key, self._note_key)
        changes = {self._key: code} | (dict.fromkeys(asides, "") if code != "yes" else {})
        words = self.tr("answer to {topic}").format(topic=topic_words(self.item))
        self._editing.put(changes, words, self._key)
        self.show_state(self._found)

    def _day_typed(self, text: str) -> None:
        words = self.tr("day of last use of {topic}").format(topic=topic_words(self.item))
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
        self._show_asides(code)
        self._show_last_time(code)

    def _show_last_time(self, code: str) -> None:
        words = {"no": self.tr("No"), "yes": self.tr("Yes"), "unknown": self.tr("Not known")}
        last = words.get(self.last_time, "")
        if not last:
            said = ""
        elif not code:
            said = self.tr("Last time: {answer}").format(answer=last)
        elif code == self.last_time:
            said = self.tr("As last time") if code != "no" else ""
        else:
            said = self.tr("Changed: last time it was {answer}").format(answer=last)
        if self.on_file and not code:
            held = self.tr("On file: {what}").format(what=self.on_file)
            said = f"{held} · {said}" if said else held
        if self.item.is_per_area and code == "yes":
            where = (
                self.tr("Only these areas are left out. The others may be treated.")
                if self.areas.codes()
                else self.tr("Choose the areas that it is about. None chosen counts as everywhere.")
            )
            said = f"{said} · {where}" if said else where
        self.before.setText(said)
        self.before.setVisible(bool(said))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go."""
        super().focusInEvent(event)
        bar = colours().accent
        self.setStyleSheet(
            BARE + f"QuestionRow {{ background: palette(midlight); border-left: 3px solid {bar}; }}"
        )

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Back to plain."""
        super().focusOutEvent(event)
        self.setStyleSheet(BARE)

    def keys_title(self) -> str:
        """Whose keys these are: those of every question."""
        return self.tr("On a question")

    def told_keys(self) -> Sequence[KeyLine]:
        """What the letters do on a question."""
        keys = [
            KeyLine("N", self.tr("Answer no")),
            KeyLine("Y", self.tr("Answer yes")),
            KeyLine("U", self.tr("Answer unknown")),
        ]
        if self.last_time in CARRIED:
            keys.append(KeyLine("=", self.tr("Answer as last time")))
            keys.append(KeyLine("A", self.tr("Answer all the others as last time")))
        keys.append(KeyLine("L", self.tr("Show the questions in both languages, or in one")))
        return keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N, Y and U answer and move on; = answers as last time, A all the others."""
        if self._guard.takes(event):
            return
        keys: dict[Any, str] = {Qt.Key.Key_N: "no", Qt.Key.Key_Y: "yes", Qt.Key.Key_U: "unknown"}
        if self.last_time in CARRIED:
            keys[Qt.Key.Key_Equal] = self.last_time
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if is_plain and event.key() == Qt.Key.Key_A:
            self.rest_wanted.emit()
            return
        if is_plain and event.key() == Qt.Key.Key_L:
            self.languages_wanted.emit()
            return
        code = keys.get(event.key()) if is_plain else None
        if code is None:
            super().keyPressEvent(event)
            return
        self.answer(code)
        if code == "yes" and self.item.window_days is not None:
            self.last_on.setFocus()
        else:
            self.moved_on.emit()
