"""The sheet on which an adverse event is written down while the patient is still on the telephone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from mnclinic.domain.adverse_events import (
    GRADES,
    HELD_FROM_GRADE,
    LONGEST_LINE,
    QUICK_PICKS,
    Account,
    EventKind,
    Relatedness,
    Seriousness,
    ToldHow,
    is_usually_expected,
)
from mnclinic.domain.instants import zone_of
from mnclinic.domain.told_moment import read_told_moment
from mnclinic.errors import InvalidInput, Problem
from mnclinic.services.consent_of_visit import ConsentText
from mnclinic.services.record_adverse_event import AdverseEventRecorded, record_adverse_event
from mnclinic.services.session import OpenClinic
from mnclinic.services.visits_for_event import VisitsForEvent, VisitToName
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Field, Fold, StillChoice, beside, column, label
from mnclinic.ui.elements.layout import bring_into_view_soon
from mnclinic.ui.events.words import grade_words, how_words, relatedness_words, seriousness_words
from mnclinic.ui.language import spoken
from mnclinic.ui.long_words import breakable
from mnclinic.ui.patients.sheets import Sheet
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.words import day_words, plain, service_words

WIDEST_PX = 720
NOTE_PX = 64
STEPS_FROM_GRADE = 3
SERIOUS = {4: Seriousness.LIFE_THREATENING, 5: Seriousness.DEATH}
"""What a grade says by itself."""
NOT_STORED = "The adverse event was not stored. Correct what is marked."


@dataclass(frozen=True)
class Heard:
    """What is known of an event before somebody is asked; empty where it is not."""

    visit_id: str = ""
    words: str = ""
    told_how: str = ""


NOTHING_HEARD = Heard()


@dataclass(frozen=True)
class Typed:
    """What stands in the sheet, as text."""

    visit_id: str
    kind: str
    words: str
    grade: str
    onset: str
    told_how: str
    told_by: str
    is_expected: bool
    relatedness: str
    seriousness: tuple[str, ...]
    treatment: str
    note: str


def store(clinic: OpenClinic, typed: Typed) -> AdverseEventRecorded:
    """Write down what was typed. Raises InvalidInput with every problem at once."""
    now = clinic.clock.now()
    # A day before the clocks were changed has another offset than now.
    onset = read_told_moment(typed.onset, now.astimezone(zone_of(clinic.clock)))
    return record_adverse_event(
        clinic,
        typed.visit_id,
        event=typed.words,
        grade=int(typed.grade) if typed.grade.isdecimal() else 0,
        noted_on=now.date(),
        note=typed.note,
        account=Account(
            kind=typed.kind,
            onset_at=onset.at or now,
            is_expected=typed.is_expected,
            told_how=typed.told_how,
            told_by=typed.told_by,
            relatedness=typed.relatedness,
            seriousness=typed.seriousness,
            treatment=typed.treatment,
        ),
        unread=[Problem("onset_at", onset.problem)] if onset.problem else [],
    )


class EventSheet(Sheet):
    """Asks what happened, how grave it is, when it began and who told it; the rest is as usual."""

    recorded = Signal(object)
    """It is written down: an `AdverseEventRecorded`."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        whose: VisitsForEvent,
        emergency: Sequence[ConsentText] = (),
        heard: Heard = NOTHING_HEARD,
    ) -> None:
        """Make the sheet for somebody who has at least one visit.

        `emergency` are the director's approved steps; they are unfolded from grade 3 on. `heard` is filled
        in, and may be changed as whatever else stands there.
        """
        who = f"{whose.patient} · {whose.record_number}"
        if whose.phone:
            who += f" · {whose.phone}"
        super().__init__(parent, desk, self.tr("Adverse event"), breakable(who))
        self._is_graded = self._is_judged = False
        """Whether a person chose the grade, and whether it is expected: then the kind changes neither."""
        self.visit, self.kind = StillChoice(), StillChoice()
        self._days = {one.visit_id: one.visit_on for one in whose.visits}
        for one in whose.visits:
            self.visit.addItem(visit_words(one), one.visit_id)
        treated = next((at for at, one in enumerate(whose.visits) if one.is_treated), 0)
        self.visit.setCurrentIndex(treated)
        for kind, pick in QUICK_PICKS.items():
            self.kind.addItem(spoken(pick.words), kind.value)
        self.words, self.grade, self.onset, self.told_by = (QLineEdit() for _ in range(4))
        self.words.setMaxLength(LONGEST_LINE)
        self.told_how = StillChoice()
        for how in ToldHow:
            self.told_how.addItem(how_words(how), how.value)
        self.told_by.setText(self.tr("The patient"))
        began = self.tr("14:05, yesterday 8:00, -2 for two days ago, or 2026-11-23. Empty: now.")
        self._fields = {
            "kind": Field(self.tr("What happened"), self.kind),
            "event": Field(self.tr("In words"), self.words, self.tr("Empty: as in the list.")),
            "grade": Field(self.tr("Grade, 1 to 5"), self.grade, " "),
            "onset_at": Field(self.tr("Began"), self.onset, began),
            "told_how": Field(self.tr("Told"), self.told_how),
            "told_by": Field(self.tr("By whom"), self.told_by),
            "visit": Field(self.tr("After which visit"), self.visit),
        }
        self._add_steps(emergency)
        for left, right in (("kind", "event"), ("grade", "onset_at"), ("told_how", "told_by")):
            self.body.addLayout(_halves(self._fields[left], self._fields[right]))
        self.body.addWidget(self._fields["visit"])
        rest = self._rest()
        self._fold = Fold(self.tr("Cause, seriousness, treatment"), "event.more", rest)
        self._fold.toggled.connect(lambda _is_open: self.fit())
        self.body.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(rest)
        for name, field in self._fields.items():
            field.control.setObjectName(f"event.{name}")
        self.kind.currentIndexChanged.connect(self._take_kind)
        self.visit.currentIndexChanged.connect(self._take_visit)
        self.grade.textEdited.connect(self._grade_typed)
        self.grade.textChanged.connect(self._take_grade)
        self.add_actions("event", self.tr("Write it down"), self._save, shape="heart-pulse")
        self._fill(heard)
        self._take_kind()
        width = min(theme().px(WIDEST_PX), max(320, parent.width() - 2 * Space.PAGE))
        self.setMinimumWidth(width)
        self.kind.setFocus()

    def _fill(self, heard: Heard) -> None:
        """With what is known already. Words that somebody said are of no kind in the list yet."""
        for choice, value in ((self.visit, heard.visit_id), (self.told_how, heard.told_how)):
            if (at := choice.findData(value)) >= 0:
                choice.setCurrentIndex(at)
        if heard.visit_id:
            self.kind.setCurrentIndex(self.kind.findData(EventKind.OTHER.value))
        self.words.setText(heard.words)

    def _add_steps(self, emergency: Sequence[ConsentText]) -> None:
        """What is done at once, in the director's words alone; nothing where she approved none."""
        self._steps: Fold | None = None
        if not emergency:
            return
        holder = QWidget()
        lines = column(holder, gap=Space.SMALL)
        for text in emergency:
            said = self.tr("{title}, version {version}, approved by the director")
            title = said.format(title=text.title, version=text.version)
            lines.addWidget(label(breakable(title), Type.SMALL, "muted", wraps=True))
            for heading, words in text.sections:
                lines.addWidget(label(breakable(heading), Type.STRONG, wraps=True))
                lines.addWidget(label(breakable(words), Type.BODY, wraps=True))
        self._steps = Fold(self.tr("Steps in an emergency"), "event.steps", holder)
        self._steps.toggled.connect(lambda _is_open: self.fit())
        self.body.addWidget(self._steps, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(holder)

    def _rest(self) -> QWidget:
        """What can wait until the call is over: it is as usual until somebody says otherwise."""
        holder = QWidget()
        lines = column(holder, gap=Space.MEDIUM)
        self.expected, self.relatedness = StillChoice(), StillChoice()
        self.expected.addItem(self.tr("Expected after needling"), "yes")
        self.expected.addItem(self.tr("Not expected"), "no")
        self.expected.activated.connect(self._expected_chosen)
        for one in Relatedness:
            self.relatedness.addItem(relatedness_words(one), one.value)
        self.relatedness.setCurrentIndex(self.relatedness.findData(Relatedness.POSSIBLE.value))
        self.treatment, self.note = QPlainTextEdit(), QPlainTextEdit()
        for text in (self.treatment, self.note):
            text.setTabChangesFocus(True)
            text.setFixedHeight(theme().px(NOTE_PX))
        more = {
            "is_expected": Field(self.tr("Expected or not"), self.expected),
            "relatedness": Field(self.tr("The treatment as its cause"), self.relatedness),
            "treatment": Field(self.tr("What was done about it"), self.treatment),
            "note": Field(self.tr("Note"), self.note),
        }
        lines.addLayout(_halves(more["is_expected"], more["relatedness"]))
        lines.addWidget(label(self.tr("Serious, because of"), Type.LABEL))
        self.serious: dict[str, QCheckBox] = {}
        for reason in Seriousness:
            box = QCheckBox(seriousness_words(reason))
            box.setObjectName(f"event.serious.{reason.value}")
            self.serious[reason.value] = box
            lines.addWidget(box)
        self._wrong_serious = label("", Type.SMALL, "stop", wraps=True)
        self._wrong_serious.hide()
        lines.addWidget(self._wrong_serious)
        lines.addWidget(more["treatment"])
        lines.addWidget(more["note"])
        self._fields |= more
        return holder

    def _take_kind(self) -> None:
        """What usually goes with the kind, as long as nobody said otherwise."""
        pick = QUICK_PICKS[EventKind(str(self.kind.currentData()))]
        if not self._is_graded:
            self.grade.setText(str(pick.grade))
        self._take_visit()

    def _take_visit(self) -> None:
        """So long after the treatment it may be expected no more; nobody's own word is changed by that."""
        treated_on = self._days.get(str(self.visit.currentData()))
        if treated_on is not None and not self._is_judged:
            kind = str(self.kind.currentData())
            is_usual = is_usually_expected(kind, treated_on, self._desk.now.date())
            self.expected.setCurrentIndex(0 if is_usual else 1)

    def _grade_typed(self) -> None:
        self._is_graded = bool(self.grade.text())

    def _expected_chosen(self) -> None:
        self._is_judged = True

    def _take_grade(self) -> None:
        """Say what the grade means, and keep what it says of seriousness in step with it."""
        typed = self.grade.text().strip()
        grade = int(typed) if typed.isdecimal() else 0
        field = self._fields["grade"]
        field.help.setText(grade_words(grade) if grade in GRADES else self.tr("1 is mild, 5 is death."))
        if grade >= HELD_FROM_GRADE and grade in GRADES:
            field.help.setText(
                "\n".join((grade_words(grade), self.tr("A legal hold is put on the records with it.")))
            )
        if self._steps is not None:
            self._steps.setChecked(grade >= STEPS_FROM_GRADE and grade in GRADES)
        for of, reason in SERIOUS.items():
            self.serious[reason.value].setChecked(grade == of)
        self.fit()

    def typed(self) -> Typed:
        """What stands in the sheet now."""
        return Typed(
            visit_id=str(self.visit.currentData()),
            kind=str(self.kind.currentData()),
            words=self.words.text(),
            grade=self.grade.text().strip(),
            onset=self.onset.text(),
            told_how=str(self.told_how.currentData()),
            told_by=self.told_by.text(),
            is_expected=self.expected.currentData() == "yes",
            relatedness=str(self.relatedness.currentData()),
            seriousness=tuple(code for code, box in self.serious.items() if box.isChecked()),
            treatment=self.treatment.toPlainText(),
            note=self.note.toPlainText(),
        )

    def _save(self) -> None:
        typed = self.typed()
        self.go.setEnabled(False)
        self._desk.act(lambda clinic: store(clinic, typed), owner=self, done=self._done, failed=self.failed)

    def failed(self, error: Exception) -> None:
        """Say what went wrong, and beside each field what is wrong with it."""
        self.go.setEnabled(True)
        super().failed(error)
        problems: Mapping[str, str] = (
            {one.where: one.what for one in error.problems} if isinstance(error, InvalidInput) else {}
        )
        for name, field in self._fields.items():
            field.show_problem(problems.get(name, ""))
        serious = problems.get("seriousness", "")
        self._wrong_serious.setText(spoken(serious))
        self._wrong_serious.setVisible(bool(serious))
        if problems.keys() & {"seriousness", "relatedness", "treatment", "note"}:
            self._fold.setChecked(True)
        first = next((field for name, field in self._fields.items() if name in problems), None)
        if first is not None:
            first.control.setFocus()
            # With what is said below it, once all have their places.
            bring_into_view_soon(first)
        self.fit()

    def _done(self, done: AdverseEventRecorded) -> None:
        self.accept()
        self.recorded.emit(done)


def _halves(left: Field, right: Field) -> QBoxLayout:
    """Two fields side by side, each as wide as the other; one below the other where the text is large."""
    both = beside(gap=Space.LARGE)
    for one in (left, right):
        if isinstance(one.control, QComboBox):
            # As wide as its half and no wider: a long choice is whole in the list.
            one.control.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        one.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        both.addWidget(one, 1)
    return both


def visit_words(visit: VisitToName) -> str:
    """A visit as one chooses it: its day first, then what was done."""
    facts = [day_words(visit.visit_on), visit.number, service_words(visit.service)]
    if visit.areas:
        facts.append(", ".join(plain(area) for area in visit.areas))
    return " · ".join(facts)
