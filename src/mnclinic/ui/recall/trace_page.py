"""Plots of visits with adverse events: by depth band, lot, device, performer, topical or area."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QBuffer, QDate, QIODevice, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPageSize, QPainter, QPdfWriter, QPixmap
from PySide6.QtWidgets import QDateEdit, QFileDialog, QWidget

from mnclinic.domain.back_trace import CAUTION, FEW, BackTrace, Factor, Shared
from mnclinic.errors import InvalidInput
from mnclinic.services.export_trace import export_trace
from mnclinic.services.trace_events import trace_events
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    BarPlot,
    Card,
    ChipLook,
    Column,
    EmptyState,
    Field,
    PageHeader,
    PlotPoint,
    RowTable,
    StillChoice,
    StillDay,
    button,
    clear,
    column,
    flow,
    headed_page,
    label,
)
from mnclinic.ui.language import spoken
from mnclinic.ui.progress import Progress
from mnclinic.ui.recall.looks import worth_words
from mnclinic.ui.recall.page import EVENTS
from mnclinic.ui.theme import as_on_paper, colours, theme
from mnclinic.ui.tokens import Size, Space, Tone, Type
from mnclinic.ui.words import day_words, plain

A_YEAR = timedelta(days=365)
MOST_BARS = 10
"""More would have no room for their words; the table below has every one."""
LEAST_ROWS = 4
ROUND_CHOICE_PX = 48
"""What stands round the words of a choice: its edges and its arrow."""
PAPER_DPI = 96
PAPER_MARGIN_PX = 48


def shared_look(one: Shared) -> ChipLook:
    """Whether a count says anything, and never why."""
    if one.stands_out:
        return ChipLook("Stands out", "triangle-alert", Tone.WAITING)
    if one.is_small:
        return ChipLook("Small numbers", "circle-question-mark", Tone.DRAFT)
    return ChipLook("As expected", "circle-check", Tone.INFO)


def value_words(one: Shared) -> str:
    """What it is, in words."""
    return one.called or worth_words(one.factor, one.value)


def share_words(one: Shared) -> str:
    """The count with its denominator."""
    return spoken("{n} of {all}").format(n=one.events, all=one.visits)


COLUMNS = (
    Column("What", value_words, 5),
    Column("With events", share_words, 4, is_whole=True),
    Column("In 100 visits", lambda one: f"{one.per_hundred:.1f}", 3, is_whole=True),
    Column("State", lambda one: shared_look(one).word, 4, shared_look),
)
FEW_COLUMNS = (COLUMNS[0], COLUMNS[1], COLUMNS[3])


class TracePage(QWidget):
    """Counts for the days, one factor at a time, as a plot and as a table that opens its lists."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self._desk = desk
        self._found: BackTrace | None = None
        self._plot: BarPlot | None = None
        is_large = theme().text_scale >= LARGE_TEXT
        self.save = button(self.tr("Save or print …"), "trace.save", shape="download", pressed=self._save)
        title = self.tr("Visits with adverse events")
        self._header = PageHeader(title, [self.save])
        lines = headed_page(self, self._header, title)
        self._banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self._banner)
        lines.addWidget(self._question())
        self.counting = Progress("trace.progress")
        lines.addWidget(self.counting)
        card = Card()
        self._holder = column(gap=0)
        self._holder.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, 0)
        card.body.addLayout(self._holder)
        self.table = RowTable(
            "trace.table", FEW_COLUMNS if is_large else COLUMNS, self.tr("Counts with their denominators")
        )
        self.table.setMinimumHeight(theme().px((LEAST_ROWS + 1) * Size.ROW))
        self.table.opened.connect(self._open)
        self.table.stand_in(self.factor)
        self._empty = EmptyState(
            "list-checks",
            self.tr("No visit in these days"),
            self.tr("Ask for more days."),
        )
        card.hold_table(self.table, self._empty)
        lines.addWidget(card)
        self.caution = label(spoken(CAUTION), Type.SMALL, "muted", wraps=True)
        self.few = label(spoken(FEW), Type.SMALL, "muted", wraps=True)
        lines.addWidget(self.caution)
        lines.addWidget(self.few)
        lines.addStretch(1)

    def _question(self) -> QWidget:
        today = self._desk.clinic.clock.now().date()
        self.first, self.last = StillDay(), StillDay()
        for field, name, day in (
            (self.first, "trace.first", today - A_YEAR),
            (self.last, "trace.last", today),
        ):
            field.setObjectName(name)
            field.setDisplayFormat("yyyy-MM-dd")
            field.setCalendarPopup(True)
            field.setDate(QDate(day.year, day.month, day.day))
        self.factor = StillChoice()
        self.factor.setObjectName("trace.factor")
        for one in (
            *(Factor.DEPTH_BAND, Factor.LOT, Factor.DEVICE, Factor.PERFORMER),
            *(Factor.TOPICAL, Factor.AREA),
        ):
            self.factor.addItem(plain(one.value), one)
        metrics = QFontMetrics(theme().font(Type.BODY))
        widest = max(metrics.horizontalAdvance(self.factor.itemText(at)) for at in range(self.factor.count()))
        # Its own hint is reckoned before the text is as large as it is shown.
        self.factor.setMinimumWidth(widest + theme().px(ROUND_CHOICE_PX))
        self.factor.currentIndexChanged.connect(lambda _at: self._show_factor())
        self.count = button(
            self.tr("Count"), "trace.count", kind="primary", shape="list-checks", pressed=self.refresh
        )
        holder = QWidget()
        # A label may be as wide as its field: the next one is told from it by the gap.
        ways = flow(gap=Space.LARGE)
        holder.setLayout(ways)
        self._last_field = Field(self.tr("To, this day included"), self.last)
        for widget in (
            Field(self.tr("From"), self.first),
            self._last_field,
            Field(self.tr("By"), self.factor),
        ):
            ways.addWidget(widget)
        beside = QWidget()
        lines = column(beside, gap=0)
        # In line with the fields, below their labels; larger ones have it below them.
        if theme().text_scale < LARGE_TEXT:
            lines.addSpacing(self._last_field.label.sizeHint().height() + Space.TIGHT)
        lines.addWidget(self.count)
        ways.addWidget(beside)
        return holder

    def show_page(self, what: object) -> None:
        """Count for the last year, by depth band or the factor named."""
        names = [one.value for one in Factor]
        if isinstance(what, str) and what in names:
            self.factor.setCurrentIndex(self.factor.findData(Factor(what)))
        self.refresh()
        self.factor.setFocus()

    def refresh(self) -> None:
        """Count anew."""
        self._banner.say("")
        self._last_field.show_problem("")
        first, last = _day_of(self.first), _day_of(self.last)
        watch = self.counting.watch
        self._desk.ask(
            lambda clinic: trace_events(clinic, first=first, last=last, watch=watch),
            owner=self,
            done=self._show,
            failed=self._failed,
            is_long=True,
        )

    def _show(self, found: BackTrace) -> None:
        self._found = found
        self._header.subtitle.setText(
            self.tr("{events} of {visits} visits from {first} to {last} had an adverse event.").format(
                events=f"{found.events:,}",
                visits=f"{found.visits:,}",
                first=day_words(found.first),
                last=day_words(found.last),
            )
        )
        self.few.setVisible(found.is_small)
        self._show_factor()

    def _factor(self) -> Factor:
        return Factor(self.factor.currentData())

    def _rows(self) -> Sequence[Shared]:
        rows = self._found.of(self._factor()) if self._found is not None else ()
        # Depths have an order of their own, in which they are looked for.
        return sorted(rows, key=_depth_of) if self._factor() is Factor.DEPTH_BAND else rows

    def _show_factor(self) -> None:
        rows = self._rows()
        clear(self._holder)
        self._plot = None
        if rows:
            bars = [
                PlotPoint(f"{value_words(one)} ({one.events}/{one.visits})", one.events, _tone(one))
                for one in rows[:MOST_BARS]
            ]
            words = self.tr("Visits with events by {factor}").format(factor=self.factor.currentText())
            self._plot = BarPlot(words, bars, "")
            self._holder.addWidget(self._plot)
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self.save.setEnabled(bool(rows))

    def _open(self, one: Shared) -> None:
        """Who is behind the events of a line; that is entered, and the counts are not."""
        if one.events and self._found is not None:
            days = f"{self._found.first.isoformat()}..{self._found.last.isoformat()}"
            self._desk.wanted.emit("recall", f"{EVENTS}{days}:{one.factor.value}:{one.value}")

    def _save(self) -> None:
        suggested = str(Path.home() / f"events-{self._factor().value}.png")
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Write the picture or table to"),
            suggested,
            "PNG (*.png);;CSV (*.csv);;PDF (*.pdf)",
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, file: Path) -> None:
        """Write the plot as PNG, plot and table as PDF, or the table as CSV, by the file's ending."""
        found, factor = self._found, self._factor()
        if found is None or self._plot is None:
            return
        told = self.tr("{file} written").format(file=file.name)
        drawn = {".csv": lambda: None, ".pdf": self._paper}.get(file.suffix.lower(), self._picture)()
        self._banner.say("")
        self._desk.ask(
            lambda clinic: export_trace(clinic, found, factor, file, drawn=drawn),
            owner=self,
            done=lambda _printed: self._desk.told.emit(told),
            failed=self._failed,
        )

    def _picture(self) -> bytes:
        """The plot as it is seen, in the colours of paper."""
        assert self._plot is not None  # noqa: S101 - asked by the caller
        kept = QBuffer()
        kept.open(QIODevice.OpenModeFlag.WriteOnly)
        ratio = self._plot.devicePixelRatioF()
        picture = QPixmap(self._plot.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        self._draw_plot(painter)
        painter.end()
        picture.save(kept, "PNG")
        return bytes(kept.data().data())

    def _draw_plot(self, painter: QPainter) -> None:
        assert self._plot is not None  # noqa: S101 - asked by the caller
        with as_on_paper():
            painter.fillRect(self._plot.rect(), QColor(colours().surface))
            # Without the window's own background, which is that of the mode on the screen.
            self._plot.render(painter, QPoint(0, 0), renderFlags=QWidget.RenderFlag.DrawChildren)

    def _paper(self) -> bytes:
        """The plot as it is seen, and every line of the table below it."""
        assert self._plot is not None  # noqa: S101 - asked by the caller
        kept = QBuffer()
        kept.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(kept)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
        writer.setResolution(PAPER_DPI)
        writer.setTitle(self._header.title.text())
        painter = QPainter(writer)
        width, height = writer.width(), writer.height()
        step = theme().px(Size.ROW) // 2
        painter.setFont(theme().font(Type.STRONG))
        painter.drawText(QRect(0, 0, width, 2 * step), Qt.TextFlag.TextWordWrap, self._header.subtitle.text())
        painter.save()
        painter.translate(0, 2 * step)
        share = min(1.0, width / max(1, self._plot.width()))
        painter.scale(share, share)
        self._draw_plot(painter)
        painter.restore()
        y = 3 * step + round(self._plot.height() * share)
        painter.setFont(theme().font(Type.SMALL))
        for one in self._rows():
            if y > height - 4 * step:
                writer.newPage()
                y = step
            said = f"{value_words(one)}: {share_words(one)} · {one.per_hundred:.1f} / 100 · "
            painter.drawText(PAPER_MARGIN_PX // 2, y, said + spoken(shared_look(one).word))
            y += step
        painter.drawText(QRect(0, y, width, 4 * step), Qt.TextFlag.TextWordWrap, self.caution.text())
        painter.end()
        return bytes(kept.data().data())

    def _failed(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            days = [one.what for one in error.problems if one.where == "last"]
            self._last_field.show_problem(" ".join(days))
        self._banner.say(sentence_of(error), Tone.STOP, "circle-alert")


def _depth_of(band: Shared) -> Decimal:
    """Where a depth band begins, in millimetres."""
    return Decimal(band.value.partition("-")[0].rstrip("+"))


def _day_of(field: QDateEdit) -> date:
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())


def _tone(one: Shared) -> Tone:
    return Tone.WAITING if one.stands_out else Tone.INFO
