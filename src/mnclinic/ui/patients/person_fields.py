"""The fields of a person, for the sheet that adds somebody and the one that changes details."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from mnclinic.domain.person_details import (
    DO_NOT_CONTACT,
    MAY_LEAVE_MESSAGE,
    NO_KNOWN_ALLERGIES,
    WAYS_OF_CONTACT,
    AllergyState,
    read_allergies,
)
from mnclinic.errors import ClinicError, InvalidInput
from mnclinic.services.look_alikes import AsTyped, Likeness, Typed, as_typed
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import LARGE_TEXT, Banner, Field, StillChoice, button, column, label
from mnclinic.ui.language import spoken
from mnclinic.ui.patients.timeline_words import TimelineWords
from mnclinic.ui.theme import restyle, theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import day_words

PAUSE_MS = 250
"""How long typing rests before the form says back what it read."""
MOST_LINES_PX = 76
NOTES_PX = 110
SEXES = ("", "female", "male", "X")
SKIN_TYPES = ("I", "II", "III", "IV", "V", "VI")


class ContactField(QWidget):
    """How somebody may be reached: a box for each way. Not to be contacted excludes the ways."""

    changed = Signal()

    def __init__(self, prefix: str) -> None:
        """Make the boxes; `prefix` begins their object names."""
        super().__init__()
        words = {
            "call": self.tr("Call"),
            "text": self.tr("Text message"),
            "email": self.tr("Email"),
            "post": self.tr("Post"),
            MAY_LEAVE_MESSAGE: self.tr("May leave a message"),
            DO_NOT_CONTACT: self.tr("Do not contact"),
        }
        lines = column(self, gap=Space.TIGHT)
        self.label = label(self.tr("How may we contact this person?"), Type.LABEL)
        lines.addWidget(self.label)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(Space.TIGHT)
        across = 2 if theme().text_scale >= LARGE_TEXT else 3
        self.boxes: dict[str, QCheckBox] = {}
        for number, (code, said) in enumerate(words.items()):
            box = QCheckBox(said)
            box.setObjectName(f"{prefix}.contact.{code}")
            box.setAccessibleName(said)
            box.setAccessibleDescription(self.label.text())
            box.toggled.connect(lambda is_on, code=code: self._toggled(code, is_on=is_on))
            self.boxes[code] = box
            grid.addWidget(box, number // across, number % across)
        lines.addLayout(grid)
        self.problem = label("", Type.SMALL, "stop", wraps=True)
        self.problem.hide()
        lines.addWidget(self.problem)

    def codes(self) -> tuple[str, ...]:
        """The codes of the boxes that are on."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def show_codes(self, codes: Sequence[str]) -> None:
        """Set the boxes."""
        for code, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(code in codes)
            box.blockSignals(False)

    def show_problem(self, what: str) -> None:
        """Show what is wrong; empty text clears it."""
        what = spoken(what)
        self.problem.setText(what)
        self.problem.setVisible(bool(what))
        for box in self.boxes.values():
            box.setAccessibleDescription(what or self.label.text())

    def _toggled(self, code: str, *, is_on: bool) -> None:
        if is_on:
            others = (*WAYS_OF_CONTACT, MAY_LEAVE_MESSAGE) if code == DO_NOT_CONTACT else (DO_NOT_CONTACT,)
            for other in others:
                self.boxes[other].setChecked(False)
        if self.codes():
            self.show_problem("")
        self.changed.emit()


class PersonFields(QWidget):
    """Every field of a person. The five that are needed come first, then what can wait.

    While somebody types it says back the date of birth as it was read, and who on the roster is alike.
    """

    look_alike_wanted = Signal(str)
    """The record of somebody who is alike is wanted. Carries the reference."""

    def __init__(self, desk: Desk, prefix: str, *, but: str | None = None) -> None:
        """Make empty fields; `but` is the reference of the person whose details these are."""
        super().__init__()
        self._desk, self._prefix, self._but = desk, prefix, but
        self._asked = 0
        words = TimelineWords(self)
        self.fields: dict[str, Field] = {}
        self._lines: dict[str, QLineEdit] = {}
        lines = column(self, gap=Space.LARGE)
        for name in ("last_name", "first_name", "born_on", "phone", "preferred_name", "pronouns", "email"):
            self._add_line(name, words.field_words(name))
        for name in ("language", "address", "emergency_contact"):
            self._add_line(name, words.field_words(name))
        self.fields["born_on"].help.setText(self.tr("For example 4/23/1990 or 23 Apr 1990"))
        self.fields["born_on"].help.show()
        self.fields["emergency_contact"].help.setText(self.tr("Name, relation and phone"))
        self.fields["emergency_contact"].help.show()
        self.sex, self.phototype = StillChoice(), StillChoice()
        for sex in SEXES:
            self.sex.addItem(words.sex_words(sex) or self.tr("not asked"), sex)
        self.phototype.addItem(self.tr("not assessed"), None)
        for number, roman in enumerate(SKIN_TYPES, start=1):
            self.phototype.addItem(roman, number)
        self._add("sex", words.field_words("sex"), self.sex)
        self._add("fitzpatrick", self.tr("Phototype (Fitzpatrick)"), self.phototype)
        self.contact = ContactField(prefix)
        self.allergies, self.notes = QPlainTextEdit(), QPlainTextEdit()
        for name, control, height in (
            ("allergies", self.allergies, MOST_LINES_PX),
            ("notes", self.notes, NOTES_PX),
        ):
            control.setTabChangesFocus(True)
            control.setFixedHeight(theme().px(height))
            self._add(name, words.field_words(name), control)
        self.none_known = QCheckBox(self.tr("No known allergies"))
        self.none_known.setObjectName(f"{prefix}.none_known")
        self.none_known.setAccessibleName(self.none_known.text())
        self.none_known.toggled.connect(self._none_known)
        self.allergies.textChanged.connect(self._allergies_typed)
        lines.addLayout(self._pairs("last_name", "first_name", "born_on", "phone"))
        lines.addWidget(self.contact)
        self.alikes = column(gap=Space.SMALL)
        lines.addLayout(self.alikes)
        self._rule = label(self.tr("What can wait"), Type.COLUMN, "muted")
        lines.addWidget(self._rule)
        lines.addLayout(self._pairs("preferred_name", "pronouns", "email", "language", "address"))
        lines.addLayout(self._pairs("emergency_contact", "sex", "fitzpatrick"))
        lines.addWidget(self.fields["allergies"])
        lines.addWidget(self.none_known)
        lines.addWidget(self.fields["notes"])
        lines.addStretch(1)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        for name in ("last_name", "first_name", "born_on", "phone", "email"):
            self.line(name).textChanged.connect(self._typed)

    def line(self, name: str) -> QLineEdit:
        """The control of a field of one line."""
        return self._lines[name]

    def values(self) -> dict[str, Any]:
        """What stands in the fields, by the names that the services know."""
        return {
            **{name: line.text() for name, line in self._lines.items()},
            "sex": self.sex.currentData(),
            "fitzpatrick": self.phototype.currentData(),
            "contact": self.contact.codes(),
            "allergies": self.allergies.toPlainText(),
            "notes": self.notes.toPlainText(),
        }

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Fill the fields."""
        for name, value in values.items():
            if name in self._lines:
                self._lines[name].setText(str(value or ""))
                self._lines[name].setCursorPosition(0)
        sex = values.get("sex") or ""
        if self.sex.findData(sex) < 0:
            # A word that came with a roster stays what it is until somebody chooses another.
            self.sex.addItem(sex, sex)
        self.sex.setCurrentIndex(self.sex.findData(sex))
        self.phototype.setCurrentIndex(max(0, self.phototype.findData(values.get("fitzpatrick"))))
        self.contact.show_codes(values.get("contact") or ())
        self.allergies.setPlainText(str(values.get("allergies") or ""))
        self.notes.setPlainText(str(values.get("notes") or ""))

    def show_problems(self, error: Exception) -> bool:
        """Show what is wrong beside each field; whether some field has a problem."""
        problems = {one.where: one.what for one in error.problems} if isinstance(error, InvalidInput) else {}
        for name, field in self.fields.items():
            field.show_problem(problems.get(name, ""))
        self.contact.show_problem(problems.get("contact", ""))
        self._hush_help_of_birth()
        first = next((name for name in self.fields if name in problems), None)
        if first:
            self.fields[first].control.setFocus()
        elif "contact" in problems:
            self.contact.boxes["call"].setFocus()
        return bool(problems)

    def _add_line(self, name: str, words: str) -> None:
        self._lines[name] = QLineEdit()
        self._add(name, words, self._lines[name])

    def _add(self, name: str, words: str, control: QWidget) -> None:
        control.setObjectName(f"{self._prefix}.{name}")
        self.fields[name] = Field(words, control)

    def _pairs(self, *names: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(Space.MEDIUM)
        across = 1 if theme().text_scale >= LARGE_TEXT else 2
        for number, name in enumerate(names):
            is_last_alone = across > 1 and number == len(names) - 1 and number % across == 0
            grid.addWidget(
                self.fields[name], number // across, number % across, 1, across if is_last_alone else 1
            )
        for at in range(across):
            grid.setColumnStretch(at, 1)
        return grid

    def _none_known(self, is_on: bool) -> None:
        if is_on:
            self.allergies.setPlainText(NO_KNOWN_ALLERGIES)
        elif read_allergies(self.allergies.toPlainText()).state is AllergyState.NONE_KNOWN:
            self.allergies.setPlainText("")

    def _allergies_typed(self) -> None:
        state = read_allergies(self.allergies.toPlainText()).state
        self.none_known.blockSignals(True)
        self.none_known.setChecked(state is AllergyState.NONE_KNOWN)
        self.none_known.blockSignals(False)

    def _typed(self) -> None:
        self._pause.start()

    def _ask(self) -> None:
        self._asked += 1
        asked = self._asked
        typed = Typed(**{name: self.line(name).text() for name in Typed.__dataclass_fields__})
        self._desk.ask(
            lambda clinic: as_typed(clinic, typed, but=self._but),
            owner=self,
            done=lambda said: self._say(asked, said),
            failed=self._failed,
            is_wanted=False,
        )

    def _hush_help_of_birth(self) -> None:
        """What was refused stands there once, in red, and not in the help as well."""
        born = self.fields["born_on"]
        born.help.setVisible(born.problem.isHidden() or born.problem.text() != born.help.text())

    def _failed(self, error: Exception) -> None:
        # The same trouble meets whoever saves, and is told there; here it only warns of nobody.
        if not isinstance(error, ClinicError):
            raise error

    def _say(self, asked: int, said: AsTyped) -> None:
        if asked != self._asked:
            return
        born = self.fields["born_on"]
        if said.birth.born_on is not None:
            words = self.tr("Read as {day}").format(day=day_words(said.birth.born_on))
            if said.birth.is_month_first:
                words = self.tr("Read as {day}, month first").format(day=day_words(said.birth.born_on))
            born.help.setText(words)
            born.show_problem("")
        elif self.line("born_on").text().strip():
            born.help.setText(spoken(said.birth.problem))
            if not born.problem.isHidden():
                born.show_problem(said.birth.problem)
        self._hush_help_of_birth()
        restyle(born.help)
        while (item := self.alikes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, alike in enumerate(said.alikes):
            banner = Banner(Tone.SOON, "users")
            banner.setObjectName("banner")
            form = {
                Likeness.SAME: self.tr("Is this {name}, {number}, born {day}? {reason}"),
                Likeness.PERHAPS: self.tr("Perhaps {name}, {number}, born {day}. {reason}"),
                Likeness.TWIN: self.tr("Another person: {name}, {number}, born {day}. {reason}"),
            }[alike.likeness]
            born_words = day_words(alike.born_on) or self.tr("not recorded")
            banner.say(
                form.format(
                    name=alike.name, number=alike.record_number, day=born_words, reason=spoken(alike.reason)
                ),
                Tone.INFO if alike.likeness is Likeness.TWIN else Tone.SOON,
            )
            banner.action_row.addWidget(
                button(
                    self.tr("Open"),
                    f"{self._prefix}.alike.{number}",
                    kind="quiet",
                    pressed=lambda ref=alike.ref: self.look_alike_wanted.emit(ref),  # type: ignore[misc]
                )
            )
            self.alikes.addWidget(banner)
