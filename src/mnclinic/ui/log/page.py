"""The log: every act as a sentence, a page at a time, each with what its signature says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QBoxLayout, QFileDialog, QStackedWidget, QWidget

from mnclinic.errors import Stopped
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.log_rows import LogRow
from mnclinic.services.read_log import (
    EXPORT_ENTERED,
    LogPage,
    LogPerson,
    LogWritten,
    Sitting,
    WhoLooked,
    export_log,
    newer_entries,
    newest_entries,
    older_entries,
    open_log,
    people_of_log,
    who_looked,
)
from mnclinic.services.session import OpenClinic
from mnclinic.services.standing import Standing
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    Column,
    EmptyState,
    Fold,
    PageHeader,
    RowTable,
    Scroller,
    button,
    column,
    counted,
    flow,
    label,
    page_margin,
    row,
)
from mnclinic.ui.keys import keyed
from mnclinic.ui.language import spoken
from mnclinic.ui.log.filters import FilterCard
from mnclinic.ui.log.ways import filter_of
from mnclinic.ui.progress import Progress
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size, Space, Tone, Type
from mnclinic.ui.words import STANDING_LOOK, day_words, plain


def when_words(at: datetime | None) -> str:
    """The time of an entry as lists show it: 10:42, 23 Nov 2026. Where room is short, the year goes first."""
    return f"{at:%H:%M}, {day_words(at.date())}" if at else spoken("No time")


WHO_LOOKED = "Who looked at the chart of"


def title_words(title: str) -> str:
    """What the page is about: the log, the history of something, or who looked at whose chart."""
    if title.startswith(WHO_LOOKED):
        return spoken(WHO_LOOKED) + title.removeprefix(WHO_LOOKED)
    return spoken(title)


COLUMNS = (
    Column("When", lambda one: when_words(one.at), 5, is_whole=True),
    Column("What happened", lambda one: spoken(one.sentence), 14),
    Column(
        "Signature", lambda one: STANDING_LOOK[one.standing].word, 5, lambda one: STANDING_LOOK[one.standing]
    ),
)

SITTINGS = (
    Column("Who", lambda one: one.who, 4),
    Column("From", lambda one: when_words(one.first_at), 5, is_whole=True),
    Column("To", lambda one: f"{one.last_at:%H:%M}" if one.last_at else "", 2, is_whole=True),
    Column("Looks", lambda one: str(one.looks), 2),
    Column("What", lambda one: spoken(one.sentences[-1]), 10),
    Column(
        "Signature", lambda one: STANDING_LOOK[one.standing].word, 5, lambda one: STANDING_LOOK[one.standing]
    ),
)

LEAST_ROWS = 4
"""Of the list, its header among them."""
LEAST_ROWS_BESIDE = 2
"""The same while something is told above, or how far a table is written: the window is to be no higher."""

FEW_COLUMNS = (
    Column("When", lambda one: when_words(one.at), 5, is_whole=True),
    Column("What happened", lambda one: spoken(one.sentence), 8),
    Column(
        "Signature", lambda one: STANDING_LOOK[one.standing].word, 6, lambda one: STANDING_LOOK[one.standing]
    ),
)
FEW_SITTINGS = (SITTINGS[0], SITTINGS[1], FEW_COLUMNS[2])
"""Where the text is large: the rest stands below the list."""


class LogScreen(QWidget):
    """The log under a filter, the history of one record, or who looked at a chart."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._wanted = LogFilter()
        self._page: LogPage | None = None
        is_large = theme().text_scale >= LARGE_TEXT
        whole = column(self, gap=Space.MEDIUM, margin=page_margin())
        self.export = button(
            self.tr("Export as a table …"), "log.export", shape="download", pressed=self._export
        )
        self.filters = FilterCard()
        self.filters.asked.connect(self._asked)
        # Large fields would take the list its room: they are folded until somebody looks for something.
        ways = [Fold(self.tr("Filter"), "log.filter", self.filters)] if is_large else []
        self._header = PageHeader(self.tr("Log"), [*ways, self.export])
        whole.addWidget(self._header)
        lines = self._lines(whole)
        self._banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self._banner)
        self.exporting = Progress("log.export.progress", no_way_back=EXPORT_ENTERED)
        lines.addWidget(self.exporting)
        lines.addWidget(self.filters)
        lines.addWidget(self._list_card(), 1)
        for keys, words, act in (
            ("Alt+PgDown", self.tr("Older entries"), self._older),
            ("Alt+PgUp", self.tr("Newer entries"), self._newer),
            ("Alt+Home", self.tr("Newest entries"), self._newest),
        ):
            keyed(self, words, keys, act)

    def _lines(self, whole: QBoxLayout) -> QBoxLayout:
        """Where the parts of the page go: where the text is large they do not fit and are scrolled."""
        if theme().text_scale < LARGE_TEXT:
            return whole
        inner = QWidget()
        scroller = Scroller(inner)
        scroller.setAccessibleName(self.tr("Log"))
        whole.addWidget(scroller, 1)
        return column(inner, gap=Space.MEDIUM)

    def _list_card(self) -> QWidget:
        card = Card()
        is_large = theme().text_scale >= LARGE_TEXT
        columns, sittings = (FEW_COLUMNS, FEW_SITTINGS) if is_large else (COLUMNS, SITTINGS)
        self.table = RowTable("log.entries", columns, self.tr("Entries of the log, newest first"))
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._open_patient)
        self.sittings = RowTable("log.sittings", sittings, self.tr("Who looked at this chart, newest first"))
        self.sittings.chosen.connect(self._sitting_chosen)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self.sittings)
        self._empty = EmptyState(
            "history",
            self.tr("No entries"),
            self.tr("Nothing in the log answers to this. Ask for more days."),
        )
        self._make_room()
        card.hold_table(self._lists, self._empty)
        foot = QWidget()
        foot_lines = column(foot, gap=Space.SMALL)
        foot_lines.setContentsMargins(Space.LARGE, 0, Space.LARGE, Space.MEDIUM)
        self.sentence = label("", Type.STRONG, wraps=True)
        self.sentence.setObjectName("log.sentence")
        self.facts = label("", Type.SMALL, "muted", wraps=True)
        self._wrong = Banner(Tone.STOP, "shield-alert")
        for widget in (self.sentence, self.facts, self._wrong):
            foot_lines.addWidget(widget)
        is_large = theme().text_scale >= LARGE_TEXT
        ways = flow() if is_large else row()
        self.count = label("", Type.SMALL, "muted")
        self.newest = button(self.tr("Newest"), "log.newest", kind="quiet", pressed=self._newest)
        self.newer = button(self.tr("Newer"), "log.newer", shape="chevron-left", pressed=self._newer)
        self.older = button(self.tr("Older"), "log.older", shape="chevron-right", pressed=self._older)
        for way, keys in ((self.newest, "Alt+Home"), (self.newer, "Alt+PgUp"), (self.older, "Alt+PgDown")):
            way.setToolTip(keys)
        ways.addWidget(self.count)
        if isinstance(ways, QBoxLayout):
            ways.setStretchFactor(self.count, 1)
        for way in (self.newest, self.newer, self.older):
            ways.addWidget(way)
        foot_lines.addLayout(ways)
        card.add(foot)
        return card

    def _make_room(self) -> None:
        is_alone = self._banner.isHidden() and self.exporting.isHidden()
        rows = LEAST_ROWS if is_alone else LEAST_ROWS_BESIDE
        self._lists.setMinimumHeight(theme().px(rows * Size.ROW))

    def show_page(self, what: object) -> None:
        """Read the log; `what` may be a way to one record's history, or to who looked at a chart."""
        wanted, is_about_looks = filter_of(what if isinstance(what, str) else None)
        self._desk.ask(people_of_log, owner=self, done=self._show_people, failed=self._failed)
        self.filters.show_filter(wanted)
        if is_about_looks and wanted.patient is not None:
            self._ask_who_looked(wanted.patient)
        else:
            self._read(wanted)
        self.table.setFocus()

    def refresh(self) -> None:
        """Something was stored: the newest page shows it, without another reading being entered."""
        page = self._page
        if page is not None and not page.has_newer and self._lists.currentWidget() is self.table:
            self._ask_for(lambda clinic: newest_entries(clinic, page))

    def _show_people(self, people: tuple[LogPerson, ...]) -> None:
        self.filters.show_people(people)

    def _asked(self, wanted: LogFilter) -> None:
        if wanted.patient is None and wanted != LogFilter():
            # Further questions stay with the record whose history is shown; Clear leaves it.
            wanted = replace(wanted, record=self._wanted.record)
        self._read(wanted)

    def _read(self, wanted: LogFilter) -> None:
        self._wanted = wanted
        self._ask_for(lambda clinic: open_log(clinic, wanted))

    def _ask_for(self, job: Callable[[OpenClinic], LogPage]) -> None:
        self._desk.ask(job, owner=self, done=self._show, failed=self._failed)

    def _ask_who_looked(self, patient: str) -> None:
        self._wanted = LogFilter(patient=patient)
        self._desk.ask(
            lambda clinic: who_looked(clinic, patient), owner=self, done=self._show_looks, failed=self._failed
        )

    def _show(self, page: LogPage) -> None:
        self._say("")
        self._page = page
        self._lists.setCurrentWidget(self.table)
        self._header.title.setText(title_words(page.title))
        if page.asked.record_number:
            self.filters.patient.setText(page.asked.record_number)
        self._header.subtitle.setText(
            self.tr("Newest first. Each entry on this page was held against its signature just now.")
        )
        self.table.show_rows(page.rows)
        self._show_whether_empty(not page.rows)
        broken = sum(one.standing not in {Standing.HOLDS, Standing.NOT_CHECKED} for one in page.rows)
        self._count_words(len(page.rows), broken)
        self.export.setEnabled(bool(page.rows) and self.exporting.isHidden())
        self.older.setEnabled(page.has_older)
        self.newer.setEnabled(page.has_newer)
        self.newest.setEnabled(page.has_newer)

    def _show_looks(self, looked: WhoLooked) -> None:
        self._say("")
        self._page = None
        self._lists.setCurrentWidget(self.sittings)
        self._header.title.setText(title_words(looked.title))
        self.filters.patient.setText(looked.record_number)
        self._header.subtitle.setText(
            self.tr(
                "By person and sitting, newest first. A bundle is of a period and stands in the whole log."
            )
        )
        self.sittings.show_rows(looked.sittings)
        self._show_whether_empty(not looked.sittings)
        words = counted(len(looked.sittings), self.tr("sitting"), self.tr("sittings"))
        self.count.setText(
            self.tr("{n}, and more before them").format(n=words) if looked.has_older else words
        )
        for way in (self.older, self.newer, self.newest):
            way.setEnabled(False)
        self.sittings.setFocus()

    def _show_whether_empty(self, is_empty: bool) -> None:
        self._lists.setVisible(not is_empty)
        self._empty.setVisible(is_empty)
        if is_empty:
            self.sentence.setText("")
            self.facts.setText("")
            self._wrong.say("")

    def _count_words(self, rows: int, broken: int) -> None:
        words = counted(rows, self.tr("entry on this page"), self.tr("entries on this page"))
        if broken:
            words += self.tr(" · {n} of them not as entered: run the check under Inspection").format(n=broken)
        self.count.setText(words)

    def _chosen(self, one: LogRow | None) -> None:
        if one is None:
            return
        self.sentence.setText(spoken(one.sentence))
        at = f"{day_words(one.at.date())}, {one.at:%H:%M:%S} {one.at.isoformat()[-6:]}" if one.at else ""
        parts = [self.tr("Entry {n}").format(n=f"{one.seq:,}"), at, plain(one.role), f"{one.leaf[:16]}…"]
        self.facts.setText(" · ".join(part for part in parts if part))
        self._say_standing(one.standing, one.findings)

    def _sitting_chosen(self, one: Sitting | None) -> None:
        if one is None:
            return
        self.sentence.setText("\n".join(map(spoken, one.sentences)))
        self.facts.setText(
            self.tr("Entries {first} to {last} · {role}").format(
                first=f"{one.first_seq:,}", last=f"{one.last_seq:,}", role=plain(one.role)
            )
        )
        self._say_standing(one.standing, ())

    def _say_standing(self, standing: Standing, findings: tuple[str, ...]) -> None:
        if standing is Standing.HOLDS:
            self._wrong.say("")
            return
        look = STANDING_LOOK[standing]
        self._wrong.say(" ".join((f"{look.word}.", *findings)), look.tone, look.shape)

    def _open_patient(self, one: LogRow) -> None:
        if one.patient_ref is not None:
            self._desk.wanted.emit("patients", one.patient_ref)

    def _older(self) -> None:
        page = self._page
        if page is not None and page.has_older:
            self._ask_for(lambda clinic: older_entries(clinic, page))

    def _newer(self) -> None:
        page = self._page
        if page is not None and page.has_newer:
            self._ask_for(lambda clinic: newer_entries(clinic, page))

    def _newest(self) -> None:
        page = self._page
        if page is not None:
            self._ask_for(lambda clinic: newest_entries(clinic, page))

    def _export(self) -> None:
        today = self._desk.clinic.clock.now().date()
        suggested = str(Path.home() / f"log-{today.isoformat()}.csv")
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Write the table to"), suggested)
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, file: Path) -> None:
        """Write every entry under the filter, shown or not, into `file`."""
        wanted = self._wanted
        self.exporting.begin(self.tr("Writing the log as a table"), shuts=self.export)
        self._say("")
        watch = self.exporting.watch
        self._desk.act(
            lambda clinic: export_log(clinic, wanted, file, watch=watch),
            owner=self,
            done=self._written,
            failed=self._not_written,
            is_long=True,
        )

    def _not_written(self, error: Exception) -> None:
        self._export_ended()
        if isinstance(error, Stopped):
            self._say(sentence_of(error), Tone.INFO, "info")
        else:
            self._failed(error)

    def _export_ended(self) -> None:
        self.export.setEnabled(True)
        self.exporting.end()
        self._make_room()

    def _written(self, written: LogWritten) -> None:
        self._export_ended()
        words = counted(written.rows, self.tr("entry"), self.tr("entries"))
        said = self.tr("{entries} written to {file}").format(entries=words, file=written.file.name)
        self._desk.told.emit(said + self.tr("; there are more") if written.is_cut else said)

    def _say(self, words: str, tone: Tone = Tone.STOP, shape: str = "circle-alert") -> None:
        self._banner.say(words, tone, shape)
        self._make_room()

    def _failed(self, error: Exception) -> None:
        self.filters.take_failure(error)
        self._say(sentence_of(error))
