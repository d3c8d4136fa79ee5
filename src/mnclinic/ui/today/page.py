"""Today: what is on, what is missing, what is left over."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from mnclinic.domain.finding import Light
from mnclinic.domain.planned_life import PlanState
from mnclinic.domain.visit_life import FROZEN
from mnclinic.errors import InvalidInput
from mnclinic.interchange.day_sheet import Vocabulary
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.close_day import DayClosed, close_day
from mnclinic.services.list_day import DayLine, DayList, list_day
from mnclinic.services.list_visits import VisitRow
from mnclinic.services.notice import Notice
from mnclinic.services.notices import notices
from mnclinic.services.plan_visits import NewPlanned
from mnclinic.services.print_day_list import print_day_list
from mnclinic.services.read_day_sheet import plannable
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    Column,
    EmptyState,
    PageHeader,
    RowTable,
    Scroller,
    button,
    column,
    counted,
    page_margin,
    row,
    shrink,
)
from mnclinic.ui.events.entry import EventEntry
from mnclinic.ui.keys import keyed, native_keys
from mnclinic.ui.language import weekday_words
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.log.ways import PAGE as LOG_PAGE
from mnclinic.ui.theme import theme
from mnclinic.ui.today.acts import DayActs
from mnclinic.ui.today.check_strip import CheckStrip
from mnclinic.ui.today.chosen_line import ChosenLine
from mnclinic.ui.today.clock_sheet import clock_sheet
from mnclinic.ui.today.day_table import ROW_HEIGHT, DayTable
from mnclinic.ui.today.line_acts import LineAct, acts_of, all_acts
from mnclinic.ui.today.line_sheets import open_line_sheet
from mnclinic.ui.today.needs_strip import CLOCK_SET_BACK, NeedsStrip
from mnclinic.ui.today.plan_line import PlanLine
from mnclinic.ui.today.sheet_preview import SheetPreviewDialog
from mnclinic.ui.tokens import Size, Space, Tone
from mnclinic.ui.words import day_words, readiness_look, state_look, why

LEAST_ROWS = 4
"""Of a table, its header among them: less than that is no list."""
LEAST_ROWS_OF_DAY = 8
"""Beside its header."""

LEFT_OVER = (
    Column("Patient", lambda visit: visit.patient, 6),
    Column("Visit", lambda visit: visit.number, 3, is_whole=True),
    Column("Day", lambda visit: day_words(visit.visit_on), 4, is_whole=True),
    Column("Performer", lambda visit: visit.performer_name, 3),
    Column("State", lambda visit: state_look(visit).word, 6, state_look),
    Column("Why", lambda visit: why(visit) or readiness_look(visit).word, 6),
)
FEW_LEFT_OVER = (LEFT_OVER[0], LEFT_OVER[4], LEFT_OVER[5])
"""Where the text is large: the rest stands in the visit."""


class TodayPage(QWidget):
    """Who is expected, who has come, the day's visits, and the open ones of earlier days."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._role = Role(desk.person.role)
        self._told: tuple[Notice, ...] = ()
        self._check_due: Notice | None = None
        self._is_unread = False
        """What is said of a list that could not be read goes once it can be; a refusal stays."""
        self._day: date | None = None
        self._asked_day: date | None = None
        self._is_today = True
        self._go_to = ""
        self._is_list_wanted = False
        self._words: Vocabulary | None = None
        self.acts = DayActs(desk, self)
        self.acts.failed.connect(self._failed)
        self.acts.entered.connect(self._entered)
        self.entry = EventEntry(desk, self)
        self.entry.failed.connect(self._failed)
        self.entry.none_to_name.connect(self._say_none)
        is_large = theme().text_scale >= LARGE_TEXT
        margin = page_margin()
        whole = column(self, gap=Space.SMALL, margin=margin)
        # Low screens: what is between the day and its edges is for the day.
        whole.setContentsMargins(margin, Space.MEDIUM, margin, Space.TIGHT)
        whole.addWidget(self._made_header())
        # Large text, a small window or several notices scroll: they neither cut words nor squash a table.
        inner = QWidget()
        lines = column(inner, gap=Space.SMALL)
        self._scroller = Scroller(inner)
        self._scroller.setAccessibleName(self.tr("Today"))
        # Above what is scrolled: whoever acts on a line far down is told there why it was refused.
        self._banner = Banner()
        self.acts.begun.connect(lambda: self._banner.say(""))
        whole.addWidget(self._banner)
        whole.addWidget(self._scroller, 1)
        self._check = CheckStrip(desk)
        self._check.due.connect(self._know_check)
        lines.addWidget(self._check)
        lines.addWidget(self._made_needs())
        lines.addLayout(self._made_tools())
        lines.addWidget(self._made_list(), 3)
        self._menu_acts = self._made_menu_acts()
        # Large text has no room for what always stays in sight.
        (lines if is_large else whole).addWidget(self._made_chosen())
        lines.addWidget(self._made_left_over(), 2)
        lines.addWidget(self._check.quiet)
        keyed(
            self,
            self.tr("Undo what was done last"),
            QKeySequence.StandardKey.Undo,
            self.acts.undo_newest,
            is_inside=True,
        )
        if may(self._role, Act.PRINT_DOCUMENT):
            words = self.tr("Print the day's list")
            keyed(self, words, QKeySequence.StandardKey.Print, self._print, is_inside=True)

    def _made_needs(self) -> NeedsStrip:
        self.needs = NeedsStrip()
        self.needs.made_anew.connect(self._order_needs)
        self.needs.line_wanted.connect(self._to_line)
        self.needs.left_over_wanted.connect(self._to_left_over)
        self.needs.queue_wanted.connect(lambda: self._desk.wanted.emit("director", None))
        self.needs.page_wanted.connect(self._desk.wanted)
        self.needs.clock_wanted.connect(self._ask_about_clock)
        return self.needs

    def _made_left_over(self) -> Card:
        self._left_card = Card(self.tr("Still open from earlier days"))
        is_large = theme().text_scale >= LARGE_TEXT
        self.left_over = RowTable(
            "today.left_over",
            FEW_LEFT_OVER if is_large else LEFT_OVER,
            self.tr("Open visits of earlier days"),
        )
        self.left_over.opened.connect(self._open)
        self.left_over.setMinimumHeight(theme().px((LEAST_ROWS - 1) * Size.ROW))
        self._left_card.hold_table(self.left_over)
        return self._left_card

    def _made_header(self) -> PageHeader:
        turns = []
        for words, name, shape, step in (
            (self.tr("Previous day (Left)"), "today.day_before", "chevron-left", -1),
            (self.tr("Today (T)"), "today.this_day", "calendar-days", 0),
            (self.tr("Next day (Right)"), "today.day_after", "chevron-right", 1),
        ):
            turn = button("", name, kind="quiet", shape=shape, pressed=partial(self._turn, step))
            turn.setAccessibleName(words)
            turn.setToolTip(words)
            turns.append(turn)
        self._this_day = turns[1]
        paper = button("", "today.print", kind="quiet", shape="printer", pressed=self._print)
        paper.setAccessibleName(self.tr("Print the day's list (Ctrl+P)"))
        paper.setToolTip(paper.accessibleName())
        # What is told to be visible before it lies in anything opens as a window of its own.
        if not may(self._role, Act.PRINT_DOCUMENT):
            paper.hide()
        turns.append(paper)
        event = button(
            "",
            "today.event",
            kind="quiet",
            shape="heart-pulse",
            pressed=self.entry.ask_who,
        )
        event.setAccessibleName(self.tr("Record an adverse event (Ctrl+E)"))
        event.setToolTip(event.accessibleName())
        if not may(self._role, Act.RECORD_ADVERSE_EVENT):
            event.hide()
        turns.append(event)
        self._new_visit = new = button(
            self.tr("New visit"), "today.new_visit", kind="primary", shape="plus", pressed=self._new
        )
        self._close = button(
            self.tr("Close the day"), "today.close_day", shape="circle-check", pressed=self._close_day
        )
        if not may(self._role, Act.CLOSE_DAY):
            self._close.hide()
        self._header = PageHeader(self.tr("Today"), [*turns, self._close, new])
        return self._header

    def _made_tools(self) -> QBoxLayout:
        """How people come onto the list."""
        tools = row(gap=Space.SMALL)
        self.plan_line = PlanLine(self._desk)
        self.plan_line.planned.connect(self._plan)
        self.plan_line.walked_in.connect(self._walk_in)
        self.plan_line.pasted.connect(self._bring_list_in)
        self.plan_line.left.connect(self._to_the_list)
        self.plan_line.edit.textEdited.connect(self._leave_the_list)
        self.plan_line.turned.connect(self._turn)
        tools.addWidget(self.plan_line, 1)
        ways = row(gap=Space.SMALL)
        walk = button(
            self.tr("&Walk-in"),
            "today.walk_in",
            shape="user-plus",
            pressed=partial(self._begin_line, is_walk_in=True),
        )
        several = button(
            self.tr("&Bring a list in …"), "today.bring_list", shape="upload", pressed=self._bring_list_in
        )
        for way in (walk, several):
            if theme().text_scale >= LARGE_TEXT:
                shrink(way)
            ways.addWidget(way)
        tools.addLayout(ways)
        tools.setAlignment(ways, Qt.AlignmentFlag.AlignTop)
        if not may(self._role, Act.PLAN_VISIT):
            for one in (self.plan_line, walk, several):
                one.hide()
        return tools

    def _made_chosen(self) -> ChosenLine:
        self.chosen = ChosenLine(all_acts())
        self.chosen.asked.connect(self._act)
        self.chosen.more_wanted.connect(self._show_more)
        self.chosen.light_wanted.connect(self._mend)
        self.chosen.hide()
        return self.chosen

    def _made_list(self) -> Card:
        card = Card()
        self.table = DayTable("today.visits", self.tr("Visits of the day"))
        self.table.set_acts(all_acts(), self._acts_of, may_plan=may(self._role, Act.PLAN_VISIT))
        self.table.opened.connect(self._open_line)
        self.table.chosen.connect(self._choose)
        self.table.asked.connect(self._act)
        self.table.turned.connect(self._turn)
        self.table.need_wanted.connect(self._to_next_need)
        self.table.light_wanted.connect(self._mend)
        self.table.plan_wanted.connect(self._begin_line)
        # The day comes first: what is left over from earlier days is scrolled to on a low screen.
        is_large = theme().text_scale >= LARGE_TEXT
        rows = LEAST_ROWS * Size.ROW if is_large else LEAST_ROWS_OF_DAY * ROW_HEIGHT + Size.ROW
        self.table.setMinimumHeight(theme().px(rows))
        self._empty = EmptyState(
            "calendar-days",
            self.tr("No visits on this day"),
            self.tr("Type above who is expected, bring a list in, or press New visit."),
        )
        card.hold_table(self.table, self._empty)
        # An empty day begins with who is expected.
        self._stand_ins = (self.plan_line.edit, self._this_day)
        self.table.stand_in(*self._stand_ins)
        return card

    def _acts_of(self, line: DayLine) -> tuple[LineAct, ...]:
        """What can be done with a line now, by this person."""
        return acts_of(line, self._role, is_today=self._is_today)

    def show_page(self, _what: object) -> None:
        """Look at today anew."""
        self._banner.say("")
        self._asked_day = None
        self.refresh()
        self._to_the_list()

    def refresh(self) -> None:
        """Something was stored: look again."""
        day = self._asked_day
        self._desk.ask(lambda clinic: list_day(clinic, day), owner=self, done=self._show, failed=self._unread)
        if self._words is None:
            self._desk.ask(plannable, owner=self, done=self._know_words, failed=self._failed)
        self._check.refresh()
        self._desk.ask(notices, owner=self, done=self._know_notices, failed=self._failed)

    def place(self) -> dict[str, Any]:
        """The day that is shown, where it is another than today, and the line that is current."""
        line: DayLine | None = self.table.current()
        day = self._asked_day
        return {"day": day.isoformat() if day else None, "line": line.key if line is not None else None}

    def return_to(self, place: dict[str, Any]) -> None:
        """Show that day again, with the keyboard's line."""
        if place["day"] is not None:
            self._asked_day = date.fromisoformat(place["day"])
        self._go_to = place["line"] or ""
        self.refresh()

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open a sheet of the day that is shown again (see `lock.place.Opens`)."""
        if kind == "today.clock":
            told = next((one.sentence for one in self._told if one.code == CLOCK_SET_BACK), None)
            if told is not None:
                self._ask_about_clock(told)
        elif kind == "today.bring_list":
            is_same_day = self._day is not None and self._day.isoformat() == about.get("day")
            if is_same_day and may(self._role, Act.PLAN_VISIT):
                self._bring_list_in()
        elif self.entry.open_again(kind, about):
            return
        elif (line := self.table.planned(about.get("plan"))) is not None:
            act = kind.partition(".")[2]
            if act in {one.name for one in self._acts_of(line)}:
                self.table.go_to(line.key)
                self._ask(act, line)

    def begin_event(self) -> bool:
        """Ask whose an adverse event is. True: this page does it itself."""
        self._banner.say("")
        self.entry.ask_who()
        return True

    def _say_none(self, said: str) -> None:
        self._banner.say(said, Tone.INFO, "info")

    def _ask(self, act: str, line: DayLine, *, begins_at: str = "") -> None:
        open_line_sheet(
            act, line, page=self, desk=self._desk, acts=self.acts, words=self._words, begins_at=begins_at
        )

    def _know_words(self, words: Vocabulary) -> None:
        self._words = words

    def _show(self, today: DayList) -> None:
        if self._asked_day not in {None, today.day}:
            return
        if self._is_unread:
            self._is_unread = False
            self._banner.say("")
        self._day, self._is_today = today.day, today.is_today
        self.plan_line.set_day(today.day)
        visits = [line.visit for line in today.lines if line.visit is not None]
        done = sum(1 for visit in visits if visit.state in FROZEN)
        self._header.title.setText(self.tr("Today") if today.is_today else day_words(today.day))
        self._header.subtitle.setText(
            self.tr("{day} · {expected} expected, {arrived} arrived · {visits}, {done} performed").format(
                day=f"{weekday_words(today.day)}, {day_words(today.day)}",
                expected=today.count(PlanState.PLANNED),
                arrived=today.count(PlanState.ARRIVED),
                visits=counted(len(visits), self.tr("visit"), self.tr("visits")),
                done=done,
            )
        )
        self.table.show_lines(today.as_wanted)
        if self._go_to:
            self.table.go_to(self._go_to)
            self._go_to = ""
        self.table.setVisible(bool(today.lines))
        self._empty.setVisible(not today.lines)
        if self._is_list_wanted and today.lines:
            self._is_list_wanted = False
            if self.window().focusWidget() in self._stand_ins:
                self.table.setFocus()
        self.left_over.show_rows(today.open_before)
        self._left_card.setVisible(bool(today.open_before) and today.is_today)
        self.needs.show_lines(
            today.as_wanted,
            len(today.open_before) if today.is_today else 0,
            today.waiting_for_director if self._role is Role.DIRECTOR else 0,
        )

    # --- the lines of the day ------------------------------------------------------------------

    def _choose(self, line: DayLine | None) -> None:
        self.chosen.show_line(line, self._acts_of(line) if line is not None else ())

    def _turn(self, step: int) -> None:
        self._asked_day = None if step == 0 or self._day is None else self._day + timedelta(days=step)
        self._is_list_wanted = True
        self.refresh()

    def _show_more(self, line: DayLine, at: QWidget) -> None:
        self.table.menu_for(line).popup(at.mapToGlobal(at.rect().bottomLeft()))

    def _print(self) -> None:
        """Write the shown day's list where the person says."""
        day = self._day
        if day is None or not may(self._role, Act.PRINT_DOCUMENT):
            return
        name = self.tr("day-list") + f"-{day.isoformat()}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Write the day's list to"), str(Path.home() / name)
        )
        if chosen:
            self._desk.act(
                lambda clinic: print_day_list(clinic, day, Path(chosen)),
                owner=self,
                done=lambda done: self._desk.tell(
                    self.tr("{file} is written. It names patients: shred it at the end of the day.").format(
                        file=done.file.name
                    )
                ),
                failed=self._failed,
            )

    def _begin_line(self, is_walk_in: bool) -> None:
        # Somebody wants the line itself now, and not the list that it stood in for.
        self._is_list_wanted = False
        self.plan_line.begin(is_walk_in=is_walk_in)
        self.plan_line.edit.setFocus()

    def begin_walk_in(self) -> None:
        """Put the keyboard where somebody is typed who has come in, on the list of today."""
        if self.plan_line.isVisibleTo(self):
            self._begin_line(is_walk_in=True)

    def menu_acts(self) -> Sequence[QAction]:
        """What can be done with the chosen line, for the menu."""
        line: DayLine | None = self.table.current()
        possible = {act.name for act in self._acts_of(line)} if line is not None else set()
        for name, action in self._menu_acts.items():
            action.setEnabled(name in possible)
        return tuple(self._menu_acts.values())

    def _made_menu_acts(self) -> dict[str, QAction]:
        """Their keys are told and not made: they work in the list alone, and it hears them itself."""
        made = {}
        for act in all_acts():
            keys = f"\t{native_keys(act.keys[0])}" if act.keys else ""
            made[act.name] = QAction(f"{act.words}{keys}", self)
            made[act.name].triggered.connect(
                lambda _checked=False, name=act.name: self._act(name, self.table.current())
            )
        return made

    def _to_the_list(self) -> None:
        """Have the keyboard on the list, as soon as there is one."""
        self._is_list_wanted = True
        self.table.take_keyboard()

    def _leave_the_list(self) -> None:
        """Somebody types: a list that comes now takes the keyboard from nobody."""
        self._is_list_wanted = False

    def _plan(self, wanted: NewPlanned, patient: str) -> None:
        self.acts.plan(wanted, patient, partial(self.plan_line.begin, is_walk_in=False))

    def _walk_in(self, wanted: NewPlanned, patient: str) -> None:
        self._asked_day = None
        self.acts.walk_in(wanted, patient, partial(self.plan_line.begin, is_walk_in=False))

    def _entered(self, key: str) -> None:
        self._go_to = key

    def _bring_list_in(self, text: str = "") -> None:
        if self._day is None:
            return
        sheet = SheetPreviewDialog(self.window(), self._desk, self._day, text)
        sheet.wanted.connect(
            lambda wanted: self.acts.plan_sheet(wanted, sheet, sheet.accept, sheet.show_refusal)
        )
        open_named(sheet, "today.bring_list", day=self._day.isoformat())

    def _open_line(self, line: DayLine) -> None:
        names = {act.name for act in self._acts_of(line)}
        self._act("open" if "open" in names else "start" if "start" in names else "patient", line)

    def _act(self, name: str, line: DayLine) -> None:
        """Do what a key, a button or the menu asks for, where the line has it."""
        if name not in {act.name for act in self._acts_of(line)}:
            if name == "arrive" and line.planned is not None and line.planned.state is PlanState.ARRIVED:
                self._desk.tell(self.tr("{patient} has arrived already").format(patient=line.patient))
            return
        match name:
            case "open":
                self._desk.wanted.emit("visit", line.visit_id)
            case "patient":
                self._desk.wanted.emit("patients", line.patient_ref)
            case "history":
                plan = line.planned
                way = f"planned_visit:{plan.plan_id}" if plan is not None else f"visit:{line.visit_id}"
                self._desk.wanted.emit(LOG_PAGE, way)
            case "start":
                self._start(line)
            case "change" | "cancel":
                self._ask(name, line)
            case _:
                act: Callable[[DayLine], None] = getattr(self.acts, name)
                act(line)

    def _start(self, line: DayLine) -> None:
        def failed(error: Exception) -> None:
            if isinstance(error, InvalidInput) and error.problems and self._words is not None:
                self._ask("start", line)
            else:
                self._failed(error)

        own = self._desk.person.user if may(self._role, Act.SIGN_VISIT_AS_PERFORMER) else ""
        self.acts.start(line, self, self._started, failed, performer=own)

    def _started(self, visit_id: str) -> None:
        self._desk.wanted.emit("visit", visit_id)

    def _mend(self, line: DayLine | None, light: Light) -> None:
        """Open the step of the visit where this light is mended; before there is one, what leads up to it."""
        if line is None:
            return
        names = {act.name for act in self._acts_of(line)}
        if line.visit is not None:
            self._desk.wanted.emit("visit", f"{line.visit.visit_id}#{light.value}")
        elif light is Light.CONSENT:
            self._desk.tell(self.tr("The consent is read and signed in the visit, once it has begun."))
        elif light is Light.SUPPLIES:
            self._desk.wanted.emit("devices", None)
        elif light is Light.AUTHORITY and "change" in names:
            self._ask("change", line, begins_at="performer")
        elif light is Light.AUTHORITY:
            self._desk.wanted.emit("protocols", None)
        else:
            # Date of birth, history on file and earlier exams stand on the person's own page.
            self._desk.wanted.emit("patients", line.patient_ref)

    # --- what the clinic itself needs ----------------------------------------------------------

    def _know_notices(self, found: tuple[Notice, ...]) -> None:
        self._told = found
        self._show_notices()

    def _know_check(self, due: Notice | None) -> None:
        self._check_due = due
        self._show_notices()

    def _show_notices(self) -> None:
        due = () if self._check_due is None else (self._check_due,)
        self.needs.show_notices((*self._told, *due))

    def _order_needs(self) -> None:
        """Made late, and standing at the top: the keyboard meets them where they are read."""
        before: QWidget = self._new_visit
        for way in self.needs.buttons:
            self.setTabOrder(before, way)
            before = way

    def _to_line(self, key: str) -> None:
        self.table.go_to(key)
        self.table.setFocus()

    def _to_next_need(self) -> None:
        line: DayLine | None = self.table.current()
        key = self.needs.next_key(line.key if line is not None else "")
        if key is None:
            self._desk.tell(self.tr("No line of this day needs anything."))
        else:
            self._to_line(key)

    def _to_left_over(self) -> None:
        self.left_over.setFocus()
        self._scroller.ensureWidgetVisible(self._left_card)

    def _ask_about_clock(self, sentence: str) -> None:
        open_named(clock_sheet(self, self._desk, sentence), "today.clock")

    def _unread(self, error: Exception) -> None:
        self._is_unread = True
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._banner.say(sentence_of(error), Tone.STOP, "circle-alert")

    def _open(self, visit: VisitRow) -> None:
        self._desk.wanted.emit("visit", visit.visit_id)

    def _close_day(self) -> None:
        """Write the slip where the person says; the day is closed with it."""
        name = self.tr("day-close") + (f"-{self._day.isoformat()}.pdf" if self._day else ".pdf")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Close the day and write its slip to"), str(Path.home() / name)
        )
        if chosen:
            self._desk.act(
                lambda clinic: close_day(clinic, Path(chosen)),
                owner=self,
                done=self._closed,
                failed=self._failed,
            )

    def _closed(self, closed: DayClosed) -> None:
        self._desk.told.emit(
            self.tr("Day closed. {file} is written: print it for the binder. {open}.").format(
                file=closed.file.name,
                open=counted(
                    closed.still_open, self.tr("visit is still open"), self.tr("visits are still open")
                ),
            )
        )

    def _new(self) -> None:
        self._desk.wanted.emit("patients", None)
        self._desk.told.emit(self.tr("Find or add the patient, then start the visit."))
