"""The parts of a page: lines of actions, plots, steps, tables and the gallery that shows them all."""

import gc
import weakref
from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QHoverEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui.elements import (
    Banner,
    BarPlot,
    Card,
    Column,
    LinePlot,
    PlotPoint,
    RowTable,
    Scroller,
    Stepper,
    button,
    column,
    flow,
)
from mnclinic.ui.elements.notes import Shape
from mnclinic.ui.elements.words import BREAK, label
from mnclinic.ui.gallery.page import GalleryPage
from mnclinic.ui.long_words import breakable
from mnclinic.ui.theme import apply_theme, colours
from mnclinic.ui.tokens import MODES, Tone, Type
from tests.pictures.findings import findings_of


@pytest.fixture(autouse=True)
def plain(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "light")
    yield
    apply_theme(qapp, "light")


@pytest.mark.parametrize(("mode", "scale"), list(product(MODES, (1.0, 2.0))))
def test_nothing_in_the_gallery_is_cut_covered_or_faint(
    qtbot: QtBot, qapp: QApplication, mode: str, scale: float
) -> None:
    apply_theme(qapp, mode, scale)
    page = GalleryPage()
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.show()
    qapp.processEvents()
    qapp.processEvents()
    assert [str(one) for one in findings_of(page, page.grab().toImage())] == []


def test_everything_in_the_gallery_that_takes_the_keyboard_has_a_name(qtbot: QtBot) -> None:
    page = GalleryPage()
    qtbot.addWidget(page)
    page.show()
    nameless = [
        f"{type(one).__name__} {one.objectName()}"
        for one in page.findChildren(QWidget)
        if one.isVisibleTo(page)
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
    ]
    assert nameless == []


@pytest.mark.parametrize(("width", "lines"), [(1200, 1), (420, 2), (150, 6)])
def test_even_things_stand_in_as_few_and_as_full_lines_as_fit(qtbot: QtBot, width: int, lines: int) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = flow(is_even=True)
    holder.setLayout(layout)
    made = [button(f"Light {number}", f"light.{number}") for number in range(6)]
    for one in made:
        layout.addWidget(one)
    holder.resize(width, layout.heightForWidth(width))
    holder.show()
    assert len({one.y() for one in made}) == lines
    assert len({one.width() for one in made}) == 1
    assert holder.rect().contains(made[-1].geometry())


def test_hidden_things_take_no_room_in_a_line(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = flow()
    holder.setLayout(layout)
    first, second = button("First", "first"), button("Second", "second")
    layout.addWidget(first)
    layout.addWidget(second)
    first.hide()
    holder.show()
    assert second.x() == 0


def test_a_plot_says_every_figure_and_its_limit(qtbot: QtBot) -> None:
    points = [PlotPoint("May", 0.75), PlotPoint("Nov", 1.6, Tone.STOP)]
    plot = LinePlot("Deepest", points, "mm", limit=1.5, limit_words="never above", decimals=2)
    qtbot.addWidget(plot)
    assert plot.accessibleDescription() == "May: 0.75 mm; Nov: 1.60 mm. never above: 1.50 mm"


@pytest.mark.parametrize(
    "values", [(), (0.0,), (0.0, 0.0, 0.0), (1e-9,), (3.0,), (1e9, 7.0), tuple(range(60))]
)
def test_any_figures_can_be_painted(qtbot: QtBot, values: tuple[float, ...]) -> None:
    points = [PlotPoint(f"Day {number}", float(value)) for number, value in enumerate(values)]
    for kind in (LinePlot, BarPlot):
        plot = kind("Figures", points, "")
        qtbot.addWidget(plot)
        plot.resize(plot.minimumSizeHint())
        picture = plot.grab().toImage()
        assert not picture.isNull()


def test_the_limit_is_drawn_at_its_height(qtbot: QtBot) -> None:
    plot = LinePlot("Depth", [PlotPoint("May", 0.5)], "mm", limit=1.0, limit_words="limit", decimals=1)
    qtbot.addWidget(plot)
    plot.resize(400, 168)
    picture: QImage = plot.grab().toImage()
    ink = colours().tones[Tone.STOP].text
    rows = [
        y
        for y in range(picture.height())
        if sum(picture.pixelColor(x, y).name() == ink for x in range(120, 390)) > 100
    ]
    assert len(rows) == 2, "a dashed line, two pixels high"
    assert rows[0] < picture.height() / 2


def test_steps_tell_where_they_stand(qtbot: QtBot) -> None:
    steps = Stepper("Set up", "Three steps", ["Clinic", "People", "Make it"])
    qtbot.addWidget(steps)
    steps.show_step(1)
    told = [one.accessibleName() for one in steps.findChildren(QWidget) if "Step" in one.accessibleName()]
    assert told == [
        "Step 1 of 3: Clinic, done",
        "Step 2 of 3: People, now",
        "Step 3 of 3: Make it, to come",
    ]


def test_a_banner_follows_a_change_of_colours(qtbot: QtBot, qapp: QApplication) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    banner = Banner(Tone.STOP, "octagon-x")
    column(holder).addWidget(banner)
    banner.say("The lot expired.")
    holder.resize(400, 80)
    holder.show()
    for mode in MODES:
        apply_theme(qapp, mode)
        ground = banner.grab().toImage().pixelColor(banner.width() // 2, 4).name()
        assert ground == colours().tones[Tone.STOP].background


def test_the_icon_of_a_banner_stands_beside_its_first_line_however_high_a_button_is(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    lines = column(holder)
    middles = []
    for words in ("The lot expired.", "The lot expired. " * 20):
        banner = Banner(Tone.STOP, "octagon-x")
        lines.addWidget(banner)
        way = button("See the lot", "lot")
        way.setFixedHeight(120)
        banner.action_row.addWidget(way)
        banner.say(words)
        middles.append((banner, banner.findChild(Shape), banner.findChild(QLabel)))
    holder.resize(600, 400)
    holder.show()
    for banner, icon, told in middles:
        assert icon is not None
        assert told is not None
        line = told.fontMetrics().lineSpacing()
        its_lines = told.heightForWidth(told.width())
        first = told.mapTo(banner, QPoint(0, (told.height() - its_lines + line) // 2)).y()
        assert abs(icon.mapTo(banner, icon.rect().center()).y() - first) <= 3


def test_no_title_of_a_table_is_cut_while_other_columns_have_room(qtbot: QtBot) -> None:
    columns = (Column("Patient", str, 20), Column("Date of birth", str, 1), Column("Phone", str, 1))
    table = RowTable("rows", columns, "Rows")
    qtbot.addWidget(table)
    table.resize(500, 200)
    table.show()
    top = table.horizontalHeader()
    for at in range(3):
        assert table.columnWidth(at) >= top.sectionSizeHint(at)
    assert sum(table.columnWidth(at) for at in range(3)) <= table.viewport().width()


def test_a_long_word_breaks_behind_its_signs_and_else_after_so_many_letters() -> None:
    said = {
        "maria.de.los.angeles@example.invalid": "maria.|de.|los.|angeles@|example.|invalid",
        "Wolfeschlegelsteinhausen": "Wolfeschlegelste|inhausen",
        "born 2026-11-23, P-000012": "born 2026-11-23, P-000012",
        "/home/somebody/records": "/|home/|somebody/|records",
    }
    for words, broken in said.items():
        assert breakable(words).replace(BREAK, "|") == broken
        assert breakable(breakable(words)) == breakable(words)


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot: QtBot) -> None:
    table = RowTable("rows", [Column("One", str), Column("Two", str)], "Rows")
    qtbot.addWidget(table)
    table.show_rows([])
    QTest.keyClick(table, Qt.Key.Key_End)
    assert table.current() is None
    table.show_rows(["a", "b", "c"])
    seen = []
    for key in (Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Home):
        QTest.keyClick(table, key)
        seen.append(table.current())
    assert seen == ["c", "b", "a"]


def test_the_whole_row_under_the_mouse_is_marked(qtbot: QtBot) -> None:
    table = RowTable("rows", [Column("One", str), Column("Two", str)], "Rows")
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show_rows(["a", "b", "c"])
    table.show()
    first, last = (table.visualRect(table.rows.index(2, at)) for at in (0, 1))
    place = first.center().toPointF()
    far = QPointF(-1, -1)

    def grounds() -> set[str]:
        image = table.viewport().grab().toImage()
        return {image.pixelColor(rect.right() - 3, rect.y() + 3).name() for rect in (first, last)}

    plain_ground = grounds()
    QApplication.sendEvent(table.viewport(), QHoverEvent(QEvent.Type.HoverMove, place, place, far))
    assert grounds() == {QColor(colours().surface_hover).name()} != plain_ground
    QApplication.sendEvent(table.viewport(), QEvent(QEvent.Type.Leave))
    assert grounds() == plain_ground


def test_the_ring_of_what_the_keyboard_scrolls_lies_over_what_is_in_it(
    qapp: QApplication, qtbot: QtBot
) -> None:
    apply_theme(qapp, "light")
    holder, inner = QWidget(), QWidget()
    cards = column(inner, gap=0)
    for _ in range(12):
        card = Card("A card that reaches to the edge")
        card.setMinimumHeight(90)
        cards.addWidget(card)
    scroller, other = Scroller(inner), QLineEdit()
    scroller.let_keyboard_scroll("Cards")
    lines = column(holder)
    lines.addWidget(scroller)
    lines.addWidget(other)
    qtbot.addWidget(holder)
    holder.resize(400, 300)
    holder.show()
    holder.activateWindow()

    def edges() -> set[str]:
        seen = scroller.grab().toImage()
        right, low = seen.width() - 1, seen.height() - 1
        middles = ((right // 2, 0), (right // 2, low), (0, low // 2), (right, low // 2))
        return {seen.pixelColor(*one).name() for one in middles}

    ring = QColor(colours().accent_text).name()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert ring not in edges()
    scroller.setFocus()
    qtbot.waitUntil(scroller.hasFocus)
    assert edges() == {ring}
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert ring not in edges()


def test_a_page_that_goes_while_its_words_are_being_laid_out_is_let_go_of(qapp: QApplication) -> None:
    content = QWidget()
    column(content).addWidget(QLineEdit())
    scroller = Scroller(content)
    qapp.sendEvent(content, QEvent(QEvent.Type.LayoutRequest))
    gone = weakref.ref(scroller)
    scroller.deleteLater()
    del scroller, content
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.processEvents()
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("wraps", [False, True])
def test_a_name_in_arabic_begins_where_all_names_begin(qtbot: QtBot, wraps: bool) -> None:
    name = label("محمد", Type.TITLE, wraps=wraps)
    qtbot.addWidget(name)
    name.resize(400, 60)
    picture = name.grab().toImage()
    ground = picture.pixelColor(399, 0)
    inked = [
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y) != ground for y in range(picture.height()))
    ]
    assert inked
    assert max(inked) < picture.width() // 2
