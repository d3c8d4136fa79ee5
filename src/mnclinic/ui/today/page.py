"""Today: what is on, what is missing, what is left over."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from mnclinic.domain.visit_life import FROZEN
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.close_day import DayClosed, close_day
from mnclinic.services.list_visits import Today, VisitRow, todays_visits
from mnclinic.services.notices import Notice, notices
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
    clear,
    column,
    counted,
)
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import theme
from mnclinic.ui.today.check_strip import CheckStrip
from mnclinic.ui.today.clock_sheet import clock_sheet
from mnclinic.ui.tokens import Size, Space, Tone
from mnclinic.ui.words import day_words, readiness_look, service_words, state_look, why

LEAST_ROWS = 4
"""Of a table, its header among them: less than that is no list."""
MOST_NOTICES = 3
"""More at once would push the day off the page, so those that can wait open with a button."""

COLUMNS = (
    Column("Patient", lambda visit: visit.patient, 6),
    Column("Visit", lambda visit: visit.number, 3),
    Column("Service", lambda visit: service_words(visit.service), 4),
    Column("Performer", lambda visit: visit.performer_name, 3),
    Column("State", lambda visit: state_look(visit).word, 6, state_look),
    Column("Readiness", lambda visit: readiness_look(visit).word, 5, readiness_look),
)

LEFT_OVER = (
    Column("Patient", lambda visit: visit.patient, 6),
    Column("Visit", lambda visit: visit.number, 3),
    Column("Day", lambda visit: day_words(visit.visit_on), 4),
    Column("Performer", lambda visit: visit.performer_name, 3),
    Column("State", lambda visit: state_look(visit).word, 6, state_look),
    Column("Why", lambda visit: why(visit) or readiness_look(visit).word, 6),
)
FEW_COLUMNS = (COLUMNS[0], COLUMNS[4], COLUMNS[5])
FEW_LEFT_OVER = (LEFT_OVER[0], LEFT_OVER[4], LEFT_OVER[5])
"""Where the text is large: the rest stands in the visit."""


class TodayPage(QWidget):
    """The day's visits and the open ones of earlier days."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        whole = column(self, gap=Space.LARGE, margin=Space.PAGE)
        new = button(self.tr("New visit"), "today.new_visit", kind="primary", shape="plus", pressed=self._new)
        self._close = button(
            self.tr("Close the day"), "today.close_day", shape="circle-check", pressed=self._close_day
        )
        self._close.setVisible(may(Role(desk.person.role), Act.CLOSE_DAY))
        self._header = PageHeader(self.tr("Today"), [self._close, new])
        whole.addWidget(self._header)
        # Large text, a small window or several notices scroll: they neither cut words nor squash a table.
        inner = QWidget()
        lines = column(inner, gap=Space.LARGE)
        scroller = Scroller(inner)
        scroller.setAccessibleName(self.tr("Today"))
        whole.addWidget(scroller, 1)
        self._banner = Banner()
        lines.addWidget(self._banner)
        self._notices = column(gap=Space.SMALL)
        lines.addLayout(self._notices)
        self._check = CheckStrip(desk)
        lines.addWidget(self._check)
        self._told: tuple[Notice, ...] = ()
        self._day: date | None = None
        self._waiting = Banner(Tone.DIRECTOR, "stamp")
        self._waiting.action_row.addWidget(
            button(
                self.tr("Open the queue"),
                "today.queue",
                pressed=lambda: self._desk.wanted.emit("director", None),
            )
        )
        lines.addWidget(self._waiting)
        card = Card()
        is_large = theme().text_scale >= LARGE_TEXT
        columns, of_left_over = (FEW_COLUMNS, FEW_LEFT_OVER) if is_large else (COLUMNS, LEFT_OVER)
        self.table = RowTable("today.visits", columns, self.tr("Visits of today"))
        self.table.opened.connect(self._open)
        self.table.setMinimumHeight(theme().px(LEAST_ROWS * Size.ROW))
        self._empty = EmptyState(
            "calendar-days",
            self.tr("No visits today"),
            self.tr("Open a patient and start a visit, or press New visit."),
        )
        card.hold_table(self.table, self._empty)
        lines.addWidget(card, 3)
        self._left_card = Card(self.tr("Still open from earlier days"))
        self.left_over = RowTable("today.left_over", of_left_over, self.tr("Open visits of earlier days"))
        self.left_over.opened.connect(self._open)
        self.left_over.setMinimumHeight(theme().px((LEAST_ROWS - 1) * Size.ROW))
        self._left_card.hold_table(self.left_over)
        lines.addWidget(self._left_card, 2)

    def show_page(self, _what: object) -> None:
        """Look at the day anew."""
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Something was stored: look again."""
        self._desk.ask(todays_visits, owner=self, done=self._show, failed=self._failed)
        self._check.refresh()
        self._desk.ask(notices, owner=self, done=self._show_notices, failed=self._failed)

    def _show(self, today: Today) -> None:
        self._banner.say("")
        self._day = today.day
        done = sum(1 for visit in today.visits if visit.state in FROZEN)
        self._header.subtitle.setText(
            self.tr("{day} · {visits}, {done} performed").format(
                day=f"{today.day:%A}, {day_words(today.day)}",
                visits=counted(len(today.visits), self.tr("visit"), self.tr("visits")),
                done=done,
            )
        )
        self.table.show_rows(today.visits)
        self.table.setVisible(bool(today.visits))
        self._empty.setVisible(not today.visits)
        self.left_over.show_rows(today.open_before)
        self._left_card.setVisible(bool(today.open_before))
        waiting = today.waiting_for_director
        may_decide = self._desk.person.role == "director"
        self._waiting.say(
            self.tr("{visits} for your review.").format(
                visits=counted(waiting, self.tr("visit waits"), self.tr("visits wait"))
            )
            if waiting and may_decide
            else ""
        )

    def _show_notices(self, found: tuple[Notice, ...]) -> None:
        """One strip for each, with the way to where it is put right; none that cannot wait is hidden."""
        if found == self._told:
            return
        self._told = found
        pressing = sum(one.is_pressing for one in found)
        self._show_strips(found[: max(pressing, MOST_NOTICES)])

    def _show_strips(self, told: tuple[Notice, ...]) -> None:
        clear(self._notices)
        for one in told:
            self._notices.addWidget(self._strip(one))
        hidden = len(self._told) - len(told)
        if hidden:
            self._notices.addWidget(
                button(
                    self.tr("and {count} more").format(count=hidden),
                    "today.more_notices",
                    kind="quiet",
                    pressed=lambda: self._show_strips(self._told),
                )
            )

    def _strip(self, one: Notice) -> Banner:
        strip = Banner(Tone.STOP if one.is_pressing else Tone.SOON, "bell")
        strip.make_low()
        if one.code == "clock_set_back":
            ask = button(
                self.tr("Say why"),
                f"today.notice.{one.code}",
                kind="quiet",
                pressed=partial(self._ask_about_clock, one.sentence),
            )
            ask.setAccessibleDescription(spoken(one.sentence))
            strip.action_row.addWidget(ask)
        elif one.page:
            name, _, section = one.page.partition("/")
            go = button(
                self.tr("Put it right"),
                f"today.notice.{one.code}",
                kind="quiet",
                pressed=partial(self._desk.wanted.emit, name, section or None),
            )
            go.setAccessibleDescription(spoken(one.sentence))
            strip.action_row.addWidget(go)
        strip.say(one.sentence)
        return strip

    def _ask_about_clock(self, sentence: str) -> None:
        clock_sheet(self, self._desk, sentence).open()

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
