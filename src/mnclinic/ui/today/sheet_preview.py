"""A day sheet before it is brought in: line by line what was understood, who it is, and what is refused."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QWidget

from mnclinic.interchange.birth_dates import ORDER_IN_WORDS, DateOrder, DateOrderNeeded
from mnclinic.services.plan_visits import NewPlanned
from mnclinic.services.read_day_sheet import SheetLine, SheetPreview, preview_day_file, preview_pasted
from mnclinic.services.session import OpenClinic
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Chip,
    ChipLook,
    Field,
    Scroller,
    StillChoice,
    button,
    clear,
    column,
    label,
    row,
)
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import day_words, service_words

WIDTH, HEIGHT = 900, 620
ROOM_BESIDE_PX = 60
WIDTH_OF_CHOICE = 380
WIDTH_OF_STATE = 130
LINES_AT_A_TIME = 12

Reader = Callable[[OpenClinic, DateOrder | None], SheetPreview]


class SheetPreviewDialog(QDialog):
    """Asks for a list, shows what each of its lines would plan, and adds what is sure or chosen."""

    wanted = Signal(object)
    """The person brings it in. Carries the NewPlanned of every line that stays."""

    def __init__(self, parent: QWidget, desk: Desk, day: date, text: str = "") -> None:
        """Make the sheet over the window; with `text` it begins with that paste."""
        super().__init__(parent)
        self.setObjectName("day_sheet")
        self.setWindowTitle(self.tr("Bring a day's list in"))
        self.setModal(True)
        self._desk, self._day = desk, day
        self._reader: Reader | None = None
        self._path: Path | None = None
        self._returning: dict[str, Any] | None = None
        self._choices: list[tuple[SheetLine, QComboBox | None]] = []
        self._unknown: tuple[str, ...] = ()
        self._waiting: list[SheetLine] = []
        self._more = QTimer(self, singleShot=True)
        self._more.setInterval(0)
        self._more.timeout.connect(self._show_more)
        whole = column(self, gap=Space.MEDIUM, margin=Space.PAGE)
        whole.addWidget(label(self.tr("Bring a day's list in"), Type.TITLE, wraps=True))
        self._banner = Banner(Tone.STOP, "circle-alert")
        whole.addWidget(self._banner)
        self._paste = QPlainTextEdit()
        self._paste.setObjectName("day_sheet.text")
        self._paste.setTabChangesFocus(True)
        self._paste.setPlaceholderText(
            self.tr("Paste the lines of another program's day sheet here, with or without its headings.")
        )
        self._paste_field = Field(
            self.tr("Lines"),
            self._paste,
            self.tr(
                "A line: time, name, service, performer, note, in cells or with commas. Lines without a "
                "day are for {day}."
            ).format(day=day_words(day)),
        )
        whole.addWidget(self._paste_field)
        self._order = StillChoice()
        self._order.setObjectName("day_sheet.order")
        self._order.addItem(self.tr("Let the dates say"), None)
        for order, words in ORDER_IN_WORDS.items():
            self._order.addItem(spoken(words).capitalize(), order)
        self._order.currentIndexChanged.connect(lambda _at: self._read())
        self._order_field = Field(self.tr("Order of the dates"), self._order)
        self._order_field.hide()
        whole.addWidget(self._order_field)
        self._summary = label("", Type.BODY, wraps=True)
        self._summary.setObjectName("day_sheet.summary")
        whole.addWidget(self._summary)
        self._inner = QWidget()
        self._lines = column(self._inner, gap=Space.SMALL)
        self._scroller = Scroller(self._inner)
        self._scroller.setAccessibleName(self.tr("What each line would plan"))
        whole.addWidget(self._scroller, 1)
        whole.addLayout(self._made_actions())
        self.resize(
            min(theme().px(WIDTH), parent.width() - ROOM_BESIDE_PX),
            min(theme().px(HEIGHT), parent.height() - ROOM_BESIDE_PX),
        )
        self._paste.setFocus()
        if text:
            self._paste.setPlainText(text)
            self._read_paste()

    def _made_actions(self) -> QHBoxLayout:
        actions = row()
        self._file = button(
            self.tr("Choose a &file …"), "day_sheet.file", shape="folder-open", pressed=self._choose_file
        )
        self._look = button(self.tr("&Read"), "day_sheet.read", pressed=self._read_paste)
        self._bring = button(
            self.tr("Put on the list"),
            "day_sheet.bring",
            kind="primary",
            shape="check",
            pressed=self._bring_in,
        )
        self._bring.setEnabled(False)
        actions.addWidget(self._file)
        actions.addStretch(1)
        actions.addWidget(button(self.tr("Cancel"), "day_sheet.cancel", pressed=self.reject))
        actions.addWidget(self._look)
        actions.addWidget(self._bring)
        return actions

    def show_refusal(self, error: Exception) -> None:
        """Say why nothing was done; what was pasted stays."""
        self._bring.setEnabled(bool(self._choices))
        self._banner.say(sentence_of(error))

    def show_preview(self, preview: SheetPreview) -> None:
        """Show what each line would plan."""
        self._banner.say("")
        self._paste_field.hide()
        self._look.hide()
        self._more.stop()
        clear(self._lines)
        self._choices = []
        self._unknown = preview.unknown_columns
        self._bring.setEnabled(False)
        self._waiting = list(preview.lines)
        self._show_more()

    def _show_more(self) -> None:
        """Some lines at a time, so that a list of hundreds does not hold the window."""
        now, self._waiting = self._waiting[:LINES_AT_A_TIME], self._waiting[LINES_AT_A_TIME:]
        for line in now:
            self._lines.addWidget(self._shown(line))
        if self._waiting:
            self._more.start()
            return
        self._lines.addStretch(1)
        self._bring.setDefault(True)
        self._bring.setFocus()
        if self._returning is not None:
            self._choose_as_before(self._returning)
            self._returning = None
        self._count()

    def place(self) -> dict[str, Any]:
        """The list that is read, who was chosen for its lines, and the choice that has the keyboard."""
        text = self._paste.toPlainText()
        who = [[line.said, choice.currentData()] for line, choice in self._choices if choice is not None]
        at = next((at for at, (_, one) in enumerate(self._choices) if one and one.hasFocus()), None)
        return {
            "text": text,
            "file": str(self._path) if self._path is not None else None,
            "is_read": self._reader is not None,
            "order": self._order.currentIndex(),
            "who": who,
            "at": at,
            "unsaved": bool(text.strip()) or self._path is not None,
        }

    def return_to(self, place: dict[str, Any]) -> None:
        """Read the list again as it is by now, with the same choices."""
        self._paste.setPlainText(place["text"])
        if not place["is_read"]:
            return
        self._returning = place
        self._order.blockSignals(True)
        self._order.setCurrentIndex(place["order"])
        self._order.blockSignals(False)
        if place["file"] is not None:
            self._read_file(Path(place["file"]))
        else:
            self._read_paste()

    def _choose_as_before(self, place: dict[str, Any]) -> None:
        """By each line's own words: a file may have other lines by now."""
        before = {said: ref for said, ref in place["who"]}
        for line, choice in self._choices:
            if choice is not None and line.said in before:
                choice.setCurrentIndex(max(0, choice.findData(before[line.said])))
        at = place["at"]
        choice = self._choices[at][1] if at is not None and at < len(self._choices) else None
        if choice is not None:
            choice.setFocus()

    def _read_paste(self) -> None:
        text = self._paste.toPlainText()
        if text.strip():
            self._path = None
            self._reader = lambda clinic, order: preview_pasted(clinic, text, self._day, date_order=order)
            self._read()

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("A day's list"),
            str(Path.home()),
            self.tr("Lists (*.csv *.tsv *.txt *.xlsx);;All files (*)"),
        )
        if chosen:
            self._read_file(Path(chosen))

    def _read_file(self, path: Path) -> None:
        self._path = path
        self._reader = lambda clinic, order: preview_day_file(clinic, path, self._day, date_order=order)
        self._read()

    def _read(self) -> None:
        reader, order = self._reader, self._order.currentData()
        if reader is not None:
            self._summary.setText(self.tr("Reading the list …"))
            self._desk.ask(
                lambda clinic: reader(clinic, order),
                owner=self,
                done=self.show_preview,
                failed=self._not_read,
                is_long=True,
            )

    def _not_read(self, error: Exception) -> None:
        self._summary.setText("")
        self._order_field.setVisible(isinstance(error, DateOrderNeeded) or self._order.currentIndex() > 0)
        self._banner.say(sentence_of(error))

    def _shown(self, line: SheetLine) -> QWidget:
        holder = QWidget()
        holder.setObjectName(f"day_sheet.line.{line.line}")
        both = column(holder, gap=Space.TIGHT)
        top = column(gap=Space.TIGHT) if theme().text_scale >= LARGE_TEXT else row(gap=Space.MEDIUM)
        look = self._look_of(line)
        state = QWidget()
        row(state).addWidget(Chip(look), 0, Qt.AlignmentFlag.AlignLeft)
        state.setMinimumWidth(theme().px(WIDTH_OF_STATE))
        top.addWidget(state)
        words = [line.at_time or self.tr("no time")]
        if line.planned_on != self._day:
            words.append(day_words(line.planned_on))
        words += [service_words(line.service)] if line.service else []
        words += [one for one in (line.performer_name, line.note) if one]
        names = column(gap=Space.HAIR)
        names.addWidget(label(" · ".join(words), Type.LABEL, wraps=True))
        names.addWidget(
            label(
                self.tr("Line {number}: {said}").format(number=line.line, said=line.said),
                Type.SMALL,
                "muted",
                wraps=True,
            )
        )
        top.addLayout(names, 1)
        choice = None
        if not line.refused:
            choice = self._choice(line)
            top.addWidget(choice)
        both.addLayout(top)
        told = [*line.refused, *((line.asks,) if line.asks and not line.refused else ()), *line.warnings]
        told = [spoken(one) for one in told]
        if told:
            both.addWidget(label(" ".join(told), Type.SMALL, "stop" if line.refused else "", wraps=True))
        holder.setAccessibleName(". ".join([look.word, line.said, *told]))
        self._choices.append((line, choice))
        return holder

    def _choice(self, line: SheetLine) -> QComboBox:
        choice = StillChoice()
        choice.setObjectName(f"day_sheet.who.{line.line}")
        choice.setAccessibleName(self.tr("Who is meant by line {number}").format(number=line.line))
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumWidth(theme().px(WIDTH_OF_CHOICE))
        choice.addItem(self.tr("Leave this line out"), None)
        for one in line.people:
            born = self.tr("born {day}").format(day=day_words(one.born_on)) if one.born_on else ""
            choice.addItem(", ".join(part for part in (one.name, born, one.record_number) if part), one.ref)
        if line.is_ready:
            choice.setCurrentIndex(max(0, choice.findData(line.chosen)))
        choice.currentIndexChanged.connect(lambda _at: self._count())
        return choice

    def _look_of(self, line: SheetLine) -> ChipLook:
        if line.refused:
            return ChipLook(self.tr("Refused"), "octagon-x", Tone.STOP)
        if line.is_there:
            return ChipLook(self.tr("There already"), "circle-minus", Tone.DRAFT)
        if line.asks:
            return ChipLook(self.tr("Who is it?"), "circle-question-mark", Tone.SOON)
        return ChipLook(self.tr("Understood"), "circle-check", Tone.COMPLETE)

    def _chosen(self) -> tuple[NewPlanned, ...]:
        return tuple(
            line.as_planned(ref)
            for line, choice in self._choices
            if choice is not None and (ref := choice.currentData()) is not None
        )

    def _count(self) -> None:
        staying, refused = len(self._chosen()), sum(bool(line.refused) for line, _ in self._choices)
        words = self.tr("{staying} of {all} lines will be put on the list; {refused} refused.").format(
            staying=staying, all=len(self._choices), refused=refused
        )
        if self._unknown:
            words += " " + self.tr("Columns not read: {columns}.").format(columns=", ".join(self._unknown))
        self._summary.setText(words)
        self._bring.setEnabled(staying > 0)

    def _bring_in(self) -> None:
        self._bring.setEnabled(False)
        self.wanted.emit(self._chosen())
