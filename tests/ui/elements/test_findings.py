"""What a picture's check finds: each kind of fault is planted once, and a page without faults is clean."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.ui.elements import (
    Card,
    Chip,
    ChipLook,
    Column,
    Field,
    RowTable,
    Scroller,
    button,
    column,
    label,
)
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.tokens import Tone
from tests.pictures.findings import findings_of, picture_contrast

LOOK = ChipLook("Complete, not drawn", "circle-check", Tone.COMPLETE)


@pytest.fixture(autouse=True)
def plain(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "light")
    yield
    apply_theme(qapp, "light")


def page_with(qtbot: QtBot, *widgets: QWidget, width: int = 500) -> QWidget:
    page = QWidget()
    page.setObjectName("page")
    lines = column(page)
    for widget in widgets:
        lines.addWidget(widget)
    lines.addStretch(1)
    qtbot.addWidget(page)
    page.resize(width, 300)
    page.show()
    QApplication.processEvents()
    return page


def found(page: QWidget) -> list[str]:
    return [one.what for one in findings_of(page, page.grab().toImage())]


def test_a_page_that_is_whole_is_clean(qtbot: QtBot) -> None:
    card = Card("Treatment", "One line for each area.")
    card.add(Field("Area", QLineEdit("Forehead"), "As the protocol calls it."), Chip(LOOK))
    assert found(page_with(qtbot, card, button("Sign", "sign", kind="primary", shape="pen-line"))) == []


def _label_in_a_box() -> QWidget:
    made = label("These words need more than they get")
    made.setFixedWidth(60)
    return made


def _low_label() -> QWidget:
    made = label("These words wrap to more lines than there is height for them here")
    made.setWordWrap(True)
    made.setFixedSize(120, 20)
    return made


def _button_in_a_box() -> QWidget:
    made = button("Approve and put in force", "approve")
    made.setFixedWidth(80)
    return made


def _chip_in_a_box() -> QWidget:
    made = Chip(LOOK)
    made.setFixedWidth(40)
    return made


def _combo_in_a_box() -> QWidget:
    made = QComboBox()
    made.addItem("SP-01 · SkinPen Precision · serial EXAMPLE-0001")
    made.setFixedWidth(120)
    return made


def _placeholder() -> QWidget:
    made = QLineEdit()
    made.setPlaceholderText("Name, record number, phone digits or date of birth")
    made.setFixedWidth(120)
    return made


def _tabs() -> QWidget:
    made = QTabWidget()
    made.addTab(QWidget(), "A room with a long name")
    made.tabBar().setStyleSheet("QTabBar::tab { max-width: 40px; }")
    return made


def _table() -> QWidget:
    made = RowTable("rows", (Column("State", str, 1, lambda _row: LOOK), Column("What", str, 1)), "Rows")
    made.show_rows(("first",))
    made.setFixedSize(150, 120)
    return made


def _title() -> QWidget:
    made = RowTable(
        "rows", (Column("A title that is long", str), Column("Another that is long", str)), "Rows"
    )
    made.show_rows(("first",))
    made.setFixedSize(120, 120)
    return made


@pytest.mark.parametrize(
    "planted",
    [
        _label_in_a_box,
        _low_label,
        _button_in_a_box,
        _chip_in_a_box,
        _combo_in_a_box,
        _placeholder,
        _tabs,
        _table,
        _title,
    ],
)
def test_words_that_are_cut_are_found(qtbot: QtBot, planted: Callable[[], QWidget]) -> None:
    assert "cut" in found(page_with(qtbot, planted()))


def test_a_chosen_thing_that_says_itself_in_full_under_the_mouse_is_not_cut(qtbot: QtBot) -> None:
    made = _combo_in_a_box()
    assert isinstance(made, QComboBox)
    made.setToolTip(made.currentText())
    assert found(page_with(qtbot, made)) == []


def test_widgets_over_one_another_are_found(qtbot: QtBot) -> None:
    page = page_with(qtbot, label("First"), label("Second"))
    first, second = page.findChildren(QLabel)
    second.setGeometry(first.geometry().translated(0, 4))
    assert "overlap" in [one.what for one in findings_of(page)]


def test_words_put_over_others_by_hand_are_found_where_no_layout_holds_them(qtbot: QtBot) -> None:
    holder = QWidget()
    holder.setFixedSize(240, 40)
    for left, words in ((0, "The first of two"), (40, "The second of two")):
        QLabel(words, holder).setGeometry(QRect(left, 5, 120, 24))
    assert "overlap" in found(page_with(qtbot, holder))


def test_words_over_the_edge_of_what_holds_them_are_found(qtbot: QtBot) -> None:
    holder = QWidget()
    holder.setFixedSize(100, 30)
    inside = QLabel("Over the edge", holder)
    inside.setGeometry(QRect(60, 0, 120, 20))
    assert "outside" in found(page_with(qtbot, holder))


def test_what_is_scrolled_into_view_is_not_cut(qtbot: QtBot) -> None:
    inner = QWidget()
    lines = column(inner)
    for number in range(40):
        lines.addWidget(label(f"Line {number}"))
    scroller = Scroller(inner)
    scroller.setFixedHeight(120)
    assert found(page_with(qtbot, scroller)) == []


def test_faint_words_are_found_in_the_picture(qtbot: QtBot) -> None:
    faint = label("These words can hardly be read by anybody")
    faint.setStyleSheet("color: #c9d3d8;")
    page = page_with(qtbot, faint)
    assert found(page) == ["faint"]
    measured = picture_contrast(page.grab().toImage(), faint.geometry())
    assert measured is not None
    assert measured < 2
