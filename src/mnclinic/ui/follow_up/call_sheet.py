"""One follow-up contact: whom to call, what to say, and what came of it, each outcome by a key."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QWidget

from mnclinic.domain.follow_up import Channel, ContactKind, ContactOutcome
from mnclinic.errors import InvalidInput
from mnclinic.services.list_follow_ups import OpenContact
from mnclinic.services.record_follow_up import FollowUpRecorded, NewTry, record_follow_up
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Field, StillChoice, button, column, facts_grid, label
from mnclinic.ui.follow_up.questions import Script
from mnclinic.ui.follow_up.words import (
    channels,
    outcomes,
    try_words,
    what_words,
    why_words,
    wishes_words,
)
from mnclinic.ui.keys import keyed, native_keys
from mnclinic.ui.language import spoken
from mnclinic.ui.next_turn import in_next_turn
from mnclinic.ui.patients.sheets import LEAST_PX, Sheet
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.words import day_words, service_words

ENGLISH, SPANISH = "en", "es"
WIDE_PX = 680
TALLEST_SHARE = 0.96
"""Of the window's height, with all that stands above the script."""


class CallSheet(Sheet):
    """Writes one try down. What a try says never changes, so it is chosen first and then written."""

    recorded = Signal(object)
    """A try is on record: a `FollowUpRecorded`."""

    def __init__(self, parent: QWidget, desk: Desk, opened: OpenContact) -> None:
        """Make the sheet for one contact."""
        contact = opened.row
        super().__init__(parent, desk, contact.patient, what_words(contact))
        self.setMinimumWidth(min(theme().px(WIDE_PX), max(320, parent.width() - 2 * Space.PAGE)))
        self._contact = contact
        self.setObjectName("follow_up_call")
        self.body.addWidget(facts_grid(list(self._facts(opened))))
        for one in contact.tries:
            self.body.addWidget(label(try_words(one), Type.SMALL, "muted", wraps=True))
        self.script = Script(opened.script) if opened.script is not None else None
        self._answers = label("", Type.SMALL, "stop", wraps=True)
        self._answers.hide()
        self._show_script()
        self._outcomes = QButtonGroup(self)
        self.outcome = self._outcome_field()
        self.channel = StillChoice()
        for channel, words in channels().items():
            self.channel.addItem(words, channel.value)
        is_seen = contact.kind in {ContactKind.VISIT, ContactKind.PHOTO}
        first = Channel.IN_PERSON if is_seen else Channel.TELEPHONE
        self.channel.setCurrentIndex(self.channel.findData(first.value))
        self.note = QLineEdit()
        self._fields = {
            "outcome": Field(self.tr("What came of it?"), self.outcome),
            "channel": Field(self.tr("How"), self.channel),
            "note": Field(self.tr("Note"), self.note, self.tr("What is wrong, or why no contact is needed.")),
        }
        self.channel.setObjectName("follow_up.channel")
        self.note.setObjectName("follow_up.note")
        for field in self._fields.values():
            self.body.addWidget(field)
        self.add_actions("follow_up", self.tr("Write it down"), self._save)

    def _facts(self, opened: OpenContact) -> Iterator[tuple[str, str]]:
        contact = opened.row
        yield self.tr("Telephone"), contact.phone or self.tr("none on file")
        if wishes := wishes_words(contact):
            yield self.tr("Wishes"), wishes
        treated = f"{day_words(contact.visit_on)} · {service_words(contact.service)} · {contact.number}"
        yield self.tr("Treated"), treated
        yield self.tr("Due"), day_words(contact.due_at.date())
        if why := why_words(contact):
            yield self.tr("Because"), why
        languages = {ENGLISH: self.tr("English"), SPANISH: self.tr("Spanish")}
        if contact.language:
            yield self.tr("Language"), languages.get(contact.language, contact.language)

    def _show_script(self) -> None:
        if self.script is None:
            said = self.tr(
                "No call script that the director approved is in force. Draft one under Protocols."
            )
            self.body.addWidget(label(said, tint="muted", wraps=True))
            return
        self.body.addWidget(self.script)
        if self.script.questions:
            rest = button(
                self.tr("No to all the rest ({keys})").format(keys=native_keys("Alt+N")),
                "follow_up.rest_no",
                pressed=self.script.say_no_to_the_rest,
            )
            # A shortcut of the button itself presses it a moment later, and Enter would come before it.
            keyed(self, self.tr("No to all the rest"), "Alt+N", self.script.say_no_to_the_rest)
            self.body.addWidget(rest, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._answers)

    def _outcome_field(self) -> QWidget:
        holder = QWidget()
        lines = column(holder, gap=Space.HAIR)
        for number, (outcome, words) in enumerate(outcomes().items(), start=1):
            keys = f"Alt+{number}"
            choice = QRadioButton(f"{words}  ({native_keys(keys)})")
            choice.setObjectName(f"follow_up.outcome.{outcome.value}")
            choice.setAccessibleName(words)
            keyed(self, words, keys, choice.click)
            choice.setProperty("outcome", outcome.value)
            self._outcomes.addButton(choice)
            lines.addWidget(choice)
        return holder

    def _save(self) -> None:
        chosen = self._outcomes.checkedButton()
        new = NewTry(
            channel=str(self.channel.currentData()),
            outcome=str(chosen.property("outcome")) if chosen is not None else "",
            answers=dict(self.script.answers) if self.script is not None else {},
            note=self.note.text(),
        )
        if new.outcome in {ContactOutcome.VOICEMAIL, ContactOutcome.NO_ANSWER, ContactOutcome.NOT_NEEDED}:
            # Nobody answered; what was clicked before the call failed is no answer.
            new = NewTry(new.channel, new.outcome, {}, new.note)
        contact = self._contact
        self._desk.act(
            lambda clinic: record_follow_up(clinic, contact.visit_id, contact.step, new),
            owner=self,
            done=self._done,
            failed=self.failed,
        )

    def failed(self, error: Exception) -> None:
        """Say what went wrong, and beside each field what is wrong with it."""
        super().failed(error)
        problems = {one.where: one.what for one in error.problems} if isinstance(error, InvalidInput) else {}
        for name, field in self._fields.items():
            field.show_problem(problems.get(name, ""))
        answers = problems.get("answers", "")
        self._answers.setText(spoken(answers))
        self._answers.setVisible(bool(answers))
        self.fit()
        wrong: list[QWidget] = [self._answers] if answers else []
        wrong += [field.problem for name, field in self._fields.items() if name in problems]
        if wrong:
            # What is to be corrected stands below a long script.
            in_next_turn(wrong[0], lambda: self._scroller.ensureWidgetVisible(wrong[0]))

    def fit(self) -> None:
        """What went wrong stands above the script, and takes its room from it."""
        super().fit()
        window = self.parentWidget()
        tallest = int((window.height() if window is not None else self.height()) * TALLEST_SHARE)
        layout = self.layout()
        wanted = layout.totalHeightForWidth(self.width()) if layout is not None else self.height()
        over = max(wanted, self.height()) - tallest
        if over > 0:
            self._scroller.setMinimumHeight(max(theme().px(LEAST_PX), self._scroller.minimumHeight() - over))
            self.adjustSize()
        self.resize(self.width(), min(self.height(), tallest))

    def _done(self, done: FollowUpRecorded) -> None:
        self.accept()
        self.recorded.emit(done)
