import pytest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from mnclinic.ui.theme import apply_theme
from mnclinic.ui.tokens import MODES, TABLES, Size
from mnclinic.ui.widgets.gallery import GalleryPage

from .seen import cut_texts, focus_stops, nameless


@pytest.fixture
def gallery(qtbot: QtBot) -> GalleryPage:
    page = GalleryPage()
    qtbot.addWidget(page)
    page.resize(1180, 700)
    page.show()
    return page


def test_everything_that_takes_the_focus_has_a_name(gallery: GalleryPage) -> None:
    assert nameless(gallery) == []


def test_no_words_are_cut(qtbot: QtBot, gallery: GalleryPage) -> None:
    qtbot.waitUntil(lambda: cut_texts(gallery) == [])
    gallery.resize(932, 700)
    qtbot.waitUntil(lambda: cut_texts(gallery) == [])


def test_no_words_are_cut_at_twice_the_size(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, "light", 2.0)
    page = GalleryPage()
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    qtbot.waitUntil(lambda: cut_texts(page) == [])


def test_every_target_is_large_enough(gallery: GalleryPage) -> None:
    gallery.grab()
    small = [
        f"{type(stop).__name__} {stop.objectName()} {stop.width()} x {stop.height()}"
        for stop in focus_stops(gallery)
        if isinstance(stop, QAbstractButton | QLineEdit | QComboBox)
        and not isinstance(stop.parent(), QAbstractSpinBox)
        and min(stop.width(), stop.height()) < Size.TARGET
    ]
    assert small == []


@pytest.mark.parametrize("mode", MODES)
def test_the_gallery_is_painted_in_every_mode(qapp: QApplication, gallery: GalleryPage, mode: str) -> None:
    apply_theme(qapp, mode)
    picture = gallery.grab().toImage()
    assert picture.pixelColor(4, 4).name() == TABLES[mode].page
    shades = {
        picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)
    }
    assert len(shades) > 20
