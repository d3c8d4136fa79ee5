"""What the log-in says to the toolkit in its numbers, because asking for their names would delay its paint.

The first time that anything asks the binding for its namespace `Qt`, it builds all the hundred kinds of words
in there: 10 ms, of 40 that the program takes over an empty window to paint the log-in. So until that is
painted nothing imports `Qt`. Properties take numbers; the other things here stand for what has no property.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

ALIGN_H_CENTER = 0x4
FROM_THE_LEFT = 0x1 | 0x10 | 0x80
"""At the left also for words that are read from the right, and at half the height."""
NO_FOCUS = 0
PLAIN_TEXT = 0
POINTING_HAND = 13
SCROLL_BAR_ALWAYS_OFF = 1
TEXT_SELECTABLE_BY_MOUSE = 1
TEXT_WORD_WRAP = 0x1000


def take_as_it_stands(words: QLabel) -> None:
    """No text of these is read as markup."""
    words.setProperty("textFormat", PLAIN_TEXT)


def let_mouse_select(words: QLabel) -> None:
    """These words can be marked and copied."""
    words.setProperty("textInteractionFlags", TEXT_SELECTABLE_BY_MOUSE)


def set_in_the_middle(words: QLabel) -> None:
    """Each line of these stands in the middle."""
    words.setProperty("alignment", ALIGN_H_CENTER)


def set_from_the_left(words: QLabel) -> None:
    """These begin where all that is on the page begins, also where they are Arabic."""
    words.setProperty("alignment", FROM_THE_LEFT)


def scroll_upright_only(area: QScrollArea) -> None:
    """No bar at the foot, and no stop for the keyboard on the area itself."""
    area.setProperty("horizontalScrollBarPolicy", SCROLL_BAR_ALWAYS_OFF)
    area.setProperty("focusPolicy", NO_FOCUS)


def at_the_top(widget: QWidget) -> QVBoxLayout:
    """A layout that leaves a widget its height, at the top of what there is."""
    made = QVBoxLayout()
    made.setSpacing(0)
    made.setContentsMargins(0, 0, 0, 0)
    made.addWidget(widget)
    made.addStretch(1)
    return made


@cache
def _pointing_hand() -> QCursor:
    made = QCursor()
    # As the toolkit itself writes one down: the number of its shape.
    QDataStream(QByteArray(POINTING_HAND.to_bytes(2, "big"))) >> made
    return made


def show_hand(over: QWidget) -> None:
    """Over this the mouse is a hand."""
    over.setCursor(_pointing_hand())
