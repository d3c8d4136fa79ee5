"""The checklist of an open visit: one question a line, answered by one key."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mnclinic.domain.finding import Light
from mnclinic.domain.screening import UNLISTED_LESION
from mnclinic.domain.typed_values import MOST_LINES
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.elements import Banner, Card, button, row
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.forms.grid import Grid
from mnclinic.ui.tokens import Space, Tone
from mnclinic.ui.visits.findings import FindingList
from mnclinic.ui.visits.forms import LESIONS, choices_of
from mnclinic.ui.visits.parts import answer_key, areas_key, day_key, note_key
from mnclinic.ui.visits.questions import CARRIED, QuestionRow
from mnclinic.ui.visits.steps import Step
from mnclinic.ui.words import plain


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
                "Answers what is not answered yet as last time. Days, what was not known, and what is asked "
                "at each visit are asked again. Key: A on a question."
            )
        )
        line.addWidget(self.nothing_changed)
        line.addStretch(1)
        self.both_languages = button(
            self.tr("In both languages"), "screening.both_languages", kind="quiet", shape="book-open"
        )
        self.both_languages.setCheckable(True)
        # The first question has the keyboard when the step opens; on it the key is L.
        self.both_languages.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.both_languages.toggled.connect(self._show_languages)
        line.addWidget(self.both_languages)
        self._card.body.addLayout(line)
        self.body.addWidget(self._card)
        self.body.addWidget(self._skin_card())
        self.body.addStretch(1)

    def _skin_card(self) -> Card:
        card = Card(
            self.tr("Skin today"),
            self.tr("What you see. An active lesion leaves its area out, as a yes to its question would."),
        )
        self.findings = FindingList(self.editing)
        self.lesions = Grid(LESIONS, self.editing, most=MOST_LINES, row_words=self._lesion_words)
        self._refused = Banner(Tone.SOON, "circle-alert")
        self.lesions.refused.connect(self._refused.say)
        card.add(self.lesions, self._refused, self.findings)
        actions = row()
        self.add_lesion = button(
            self.tr("Add a lesion"), "visit.add_lesion", shape="plus", pressed=self.lesions.add
        )
        actions.addWidget(self.add_lesion)
        actions.addStretch(1)
        card.body.addLayout(actions)
        return card

    def _lesion_words(self, number: int) -> str:
        area = self.editing.text(LESIONS.key(number, "area"))
        return plain(area).lower() if area else ""

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
                question.rest_wanted.connect(self._nothing_changed)
                question.languages_wanted.connect(self.both_languages.toggle)
                question.other_language.setVisible(
                    self.both_languages.isChecked() and bool(question.other_language.text())
                )
                self._rows[item.item] = question
                self._card.add(question)
        found = {finding.code: finding for finding in view.verdict.findings if finding.light is Light.HISTORY}
        areas = {one.area.value: plain(one.area.value) for one in view.areas}
        on_file = {one.item: one.words for one in view.on_file}
        for name, question in self._rows.items():
            question.last_time = view.last_answers.get(name, "")
            question.on_file = on_file.get(name, "")
            question.offer_areas(areas)
            question.show_state(found.get(name))
        self.nothing_changed.setVisible(bool(self._carried()))
        self.lesions.offer(choices_of(view))
        self.lesions.show_state(lambda _number: {}, lambda _number: "", lambda _number: {})
        self.findings.show_findings([one for one in view.verdict.findings if one.code == UNLISTED_LESION])

    def _carried(self) -> dict[str, str]:
        """The answers that "nothing changed" would give: of questions not answered yet, as last time."""
        return {
            answer_key(name): question.last_time
            for name, question in self._rows.items()
            if question.last_time in CARRIED
            and not question.item.asks_each_visit
            and not (question.on_file and question.last_time == "no")
            and not self.editing.text(answer_key(name))
        }

    def _show_languages(self, are_both: bool) -> None:
        for question in self._rows.values():
            question.other_language.setVisible(are_both and bool(question.other_language.text()))

    def _nothing_changed(self) -> None:
        carried = self._carried()
        if carried:
            self.editing.put(carried, self.tr("“nothing changed” for all"), next(iter(carried)))
        self._go_to(self._open_questions())

    def enter(self) -> None:
        """Put the keyboard into the first question that is not answered, whose letters answer it."""
        if self._rows:
            self._go_to(self._open_questions() or list(self._rows))
        else:
            super().enter()

    def _open_questions(self) -> list[str]:
        return [name for name in self._rows if not self.editing.text(answer_key(name))]

    def _next(self, name: str) -> None:
        """The next question that is not answered, from here on and then from the top; else the next one."""
        names = list(self._rows)
        at = names.index(name) + 1
        still = self._open_questions()
        after = [one for one in names[at:] if one in still]
        self._go_to(after or still or names[at:])

    def _go_to(self, names: list[str]) -> None:
        if names:
            self._rows[names[0]].setFocus()
            self.scroller.ensureWidgetVisible(self._rows[names[0]])

    def widget_of(self, key: str) -> QWidget | None:
        """The question of an answer, what stands beside it, or the cell of a lesion."""
        name, _, rest = key.partition(".")
        number, _, field = rest.partition(".")
        if name == LESIONS.name:
            if field and int(number) < len(self.lesions.shown):
                return self.lesions.shown[int(number)].cells[field]
            return self.add_lesion
        for name, question in self._rows.items():
            if key == answer_key(name):
                return question
            if key == day_key(name):
                return question.last_on
            if key == note_key(name):
                return question.note
            if key == areas_key(name):
                return question
        return None
