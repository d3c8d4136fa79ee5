import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mnclinic.ui.widgets import SignaturePad
from mnclinic.ui.widgets.gallery import SIGNATURE

from .seen import spoken_name


@pytest.fixture
def pad(qtbot: QtBot) -> SignaturePad:
    made = SignaturePad()
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show()
    return made


def draw(qtbot: QtBot, pad: SignaturePad, *places: tuple[int, int]) -> None:
    """Draw one stroke with the mouse."""
    first, *rest = [QPoint(x, y) for x, y in places]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=first)
    for place in rest:
        QTest.mouseMove(pad, place)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(*places[-1]))


def test_strokes_are_whole_numbers_over_the_box(qtbot: QtBot, pad: SignaturePad) -> None:
    assert pad.is_empty()
    with qtbot.waitSignal(pad.changed):
        draw(qtbot, pad, (6, 2), (300, 100), (600, 200))
    assert pad.strokes() == [[[100, 100], [5000, 5000], [10000, 10000]]]
    assert json.loads(json.dumps(pad.strokes())) == pad.strokes()
    assert spoken_name(pad) == "Signature, drawn"


def test_a_stroke_that_leaves_the_box_stays_at_its_edge(qtbot: QtBot, pad: SignaturePad) -> None:
    draw(qtbot, pad, (300, 100), (900, -50))
    assert pad.strokes() == [[[5000, 5000], [10000, 0]]]


def test_a_dot_is_a_stroke_of_one_point(qtbot: QtBot, pad: SignaturePad) -> None:
    draw(qtbot, pad, (300, 100))
    assert pad.strokes() == [[[5000, 5000]]]


def test_the_same_signature_comes_back_at_any_size(qtbot: QtBot, pad: SignaturePad) -> None:
    pad.show_strokes(SIGNATURE)
    pad.resize(301, 77)
    assert pad.strokes() == SIGNATURE
    assert pad.heightForWidth(600) == 200


def test_clearing_takes_everything_away(qtbot: QtBot, pad: SignaturePad) -> None:
    pad.show_strokes(SIGNATURE)
    with qtbot.waitSignal(pad.changed):
        pad.clear()
    assert pad.is_empty()
    assert spoken_name(pad) == "Signature, empty"


def test_a_shown_signature_takes_no_strokes(qtbot: QtBot) -> None:
    shown = SignaturePad(is_read_only=True)
    qtbot.addWidget(shown)
    shown.show_strokes(SIGNATURE)
    draw(qtbot, shown, (10, 10), (50, 20))
    assert shown.strokes() == SIGNATURE


def test_a_drawn_signature_is_seen(pad: SignaturePad) -> None:
    before = pad.grab().toImage()
    pad.show_strokes(SIGNATURE)
    assert pad.grab().toImage() != before
