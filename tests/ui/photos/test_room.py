"""The photographs of a person: two held against each other, as far as they allow, every look entered."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPixmap
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from mnclinic.domain.photos import PhotoUse
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from mnclinic.ui.desk import Desk
from mnclinic.ui.language import speak
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.photos.compare import MOST_ZOOM, CompareMode, Comparer
from mnclinic.ui.photos.frame import outline_of
from mnclinic.ui.photos.words import view_words
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Type
from tests.interchange.pictures.making import PLACE
from tests.services.photographing import VIEW
from tests.services.reading import actions_since, log_size
from tests.ui.photos.conftest import InRoom


def _ink(picture: QPixmap) -> str:
    if picture.isNull():
        return ""
    colour = picture.toImage().pixelColor(5, 5)
    return max((colour.red(), "red"), (colour.green(), "green"), (colour.blue(), "blue"))[1]


def test_the_newest_one_is_held_against_the_earliest_of_its_view_and_each_look_is_entered(
    in_room: InRoom,
) -> None:
    size = log_size(in_room.opened)
    in_room.enter()
    in_room.seen()
    first, second = in_room.room.comparer.pictures
    assert (_ink(first), _ink(second)) == ("red", "blue")
    assert in_room.room.comparer.captions[0].startswith("14 Nov 2026 · Left cheek, 45 degrees · before")
    assert actions_since(in_room.opened, size).count("photo.viewed") == 2
    in_room.page._from_photos()
    assert in_room.page.chart.isVisible()
    assert all(one.isNull() for one in in_room.room.comparer.pictures), "nothing stays drawn"
    in_room.enter()
    in_room.seen()
    assert actions_since(in_room.opened, size).count("photo.viewed") == 2, "the same looks of one sitting"


def test_another_one_is_chosen_to_compare_with_and_the_earlier_stands_first(in_room: InRoom) -> None:
    in_room.enter()
    in_room.seen()
    room = in_room.room
    words = [room.other.itemText(at).split(" · ")[-2:] for at in range(room.other.count())]
    assert words == [["Nothing"], [VIEW, "before"], ["Chin", "before"]]
    room.table.select(lambda one: one.view == "Chin")
    in_room.until(lambda: _ink(room.comparer.pictures[1]) == "green")
    room.other.setCurrentIndex(room.other.findData(in_room.kept[2].photo_id))
    room.other.activated.emit(room.other.currentIndex())
    in_room.seen()
    assert [_ink(one) for one in room.comparer.pictures] == ["green", "blue"]


def test_of_what_was_taken_back_nothing_is_shown_or_written_out(in_room: InRoom) -> None:
    withdraw_consent(in_room.opened, in_room.ref, NewWithdrawal("photographs", withdrawn_by="Ada"))
    size = log_size(in_room.opened)
    in_room.enter()
    in_room.room._show_pair()
    in_room.until(lambda: not in_room.desk.runner.is_busy)
    assert "none is shown" in in_room.room.level.text()
    assert in_room.room.banner.isHidden(), "nothing is asked for that would be refused"
    assert in_room.room.write.isHidden()
    assert all(one.isNull() for one in in_room.room.comparer.pictures)
    assert "photo.viewed" not in actions_since(in_room.opened, size)


def test_what_is_taken_back_while_somebody_looks_is_gone_at_the_next_look(in_room: InRoom) -> None:
    in_room.enter()
    in_room.seen()
    withdraw_consent(in_room.opened, in_room.ref, NewWithdrawal("photographs", withdrawn_by="Ada"))
    in_room.room.table.select(lambda one: one.view == "Chin")
    in_room.until(lambda: "taken it back" in in_room.said())
    in_room.page.refresh()
    in_room.until(lambda: all(one.isNull() for one in in_room.room.comparer.pictures))


def test_a_copy_is_written_for_what_is_allowed_alone_and_without_the_place(
    in_room: InRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_room.enter()
    in_room.seen()
    uses = [use for use, act in in_room.room._uses.items() if act.isVisible()]
    assert uses == [PhotoUse.CHART]
    out = tmp_path / "copy.jpg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    size = log_size(in_room.opened)
    in_room.room._uses[PhotoUse.CHART].trigger()
    in_room.until(lambda: not in_room.room.progress.is_under_way)
    assert PLACE not in out.read_bytes()
    with Image.open(out) as picture:
        assert picture.size == (40, 30)
    assert actions_since(in_room.opened, size) == ["photo.exported"]


def test_both_are_made_larger_and_moved_as_one_and_never_out_of_sight(in_room: InRoom) -> None:
    in_room.enter()
    in_room.seen()
    comparer = in_room.room.comparer
    for _ in range(20):
        in_room.key(Qt.Key.Key_Plus)
    assert comparer.zoom == MOST_ZOOM
    for _ in range(200):
        in_room.key(Qt.Key.Key_Right)
    assert comparer.centre.x() == pytest.approx(1 - 0.5 / MOST_ZOOM)
    panes = comparer._panes()
    targets = [comparer._target(one.size(), pane) for one, pane in zip(comparer.pictures, panes, strict=True)]
    assert targets[0].size() == targets[1].size()
    assert targets[0].left() - panes[0].left() == pytest.approx(targets[1].left() - panes[1].left())
    in_room.key(Qt.Key.Key_0)
    assert (comparer.zoom, comparer.centre) == (1.0, QPointF(0.5, 0.5))


@pytest.mark.parametrize("in_room", [2.0], indirect=True)
def test_in_large_text_the_pair_comes_whole_into_sight_with_the_keyboard_when_one_is_opened(
    in_room: InRoom, qapp: QApplication
) -> None:
    """There is no room beside the list, so it lies below it."""
    in_room.enter()
    in_room.until(in_room.room.table.hasFocus)
    in_room.key(Qt.Key.Key_Return, at=in_room.room.table)
    in_room.seen()
    comparer = in_room.room.comparer
    in_room.until(lambda: comparer.visibleRegion().boundingRect() == comparer.rect())
    assert qapp.focusWidget() is comparer
    before = comparer.zoom
    in_room.key(Qt.Key.Key_Plus)
    assert comparer.zoom > before


def test_under_the_slider_the_earlier_one_is_left_of_the_edge_and_the_later_right_of_it(
    in_room: InRoom,
) -> None:
    in_room.enter()
    in_room.seen()
    in_room.room.modes[CompareMode.SLIDER].click()
    in_room.room.slider.setValue(250)
    shot = in_room.room.comparer.grab()
    pane = in_room.room.comparer._panes()[0]
    inside = in_room.room.comparer._target(in_room.room.comparer.pictures[0].size(), pane)
    edge = pane.left() + pane.width() / 4
    middle = round(pane.center().y())

    def ink(x: float) -> str:
        at = QPoint(round(x), middle)
        return _ink(QPixmap.fromImage(shot.toImage().copy(at.x() - 5, at.y() - 5, 20, 20)))

    assert inside.left() < edge - 12
    assert (ink(edge - 16), ink(edge + 12)) == ("red", "blue")


def test_the_outline_of_the_earlier_one_is_lines_and_clear_between_them() -> None:
    whole = QImage(80, 60, QImage.Format.Format_RGB32)
    whole.fill(Qt.GlobalColor.white)
    for y in range(60):
        for x in range(40):
            whole.setPixelColor(x, y, QColor("black"))
    made = outline_of(QPixmap.fromImage(whole), QColor("#00aa00"))
    assert made.pixelColor(40, 30).alpha() > 200
    assert made.pixelColor(40, 30).green() > 100
    assert {made.pixelColor(x, 30).alpha() for x in (5, 20, 60, 75)} == {0}


def test_who_may_see_no_photograph_has_no_way_to_the_room(in_room: InRoom, qtbot: QtBot) -> None:
    desk = Desk(in_room.clinic.as_user("desk"), in_room.desk.runner)
    page = PatientsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page._open_person(in_room.ref)
    in_room.until(lambda: page.chart.isVisible() and not in_room.desk.runner.is_busy)
    assert page.chart.findChildren(QPushButton, "chart.photos") == []
    assert not page.chart._acts["photos"].isVisible()
    assert in_room.page.chart._acts["photos"].isVisible()
    page._to_photos()
    assert page.rooms.currentWidget() is page.chart


def test_after_the_lock_the_room_is_in_front_again(in_room: InRoom) -> None:
    in_room.enter()
    place = in_room.page.place()
    assert place == {"person": in_room.ref, "room": "photos"}
    in_room.page._to_roster()
    in_room.page.return_to(place)
    in_room.until(in_room.room.isVisible)


def test_a_view_of_the_clinics_own_is_never_half_translated(qapp: QApplication) -> None:
    try:
        speak(qapp, "es")
        said = [view_words(one) for one in ("Face from the front", "Chin from the left")]
    finally:
        speak(qapp, "en")
    assert said == ["Rostro de frente", "Chin from the left"]


def test_words_below_a_picture_that_are_too_long_for_a_line_go_on_in_the_next(qtbot: QtBot) -> None:
    comparer = Comparer("comparer")
    qtbot.addWidget(comparer)
    comparer.resize(400, 300)
    short = "24 Nov 2026"
    long = "14 Nov 2026 \u00b7 Left cheek, 45 degrees \u00b7 before \u00b7 after the second treatment"
    metrics = QFontMetricsF(theme().font(Type.SMALL))
    for mode in CompareMode:
        comparer.show_mode(mode)
        comparer.show_pictures(QPixmap(), QPixmap(), (short, short))
        one_line = comparer._panes()[0].bottom()
        comparer.show_pictures(QPixmap(), QPixmap(), (short, long))
        below = comparer.height() - comparer._panes()[0].bottom()
        room = QRectF(0, 0, comparer._words_width(), comparer.height())
        words = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, long)
        assert words.height() + Space.TIGHT <= below
        assert comparer._panes()[0].bottom() < one_line


def test_a_comparer_without_pictures_draws_its_frames_in_every_way(qtbot: QtBot) -> None:
    comparer = Comparer("comparer")
    qtbot.addWidget(comparer)
    comparer.resize(400, 300)
    for mode in CompareMode:
        comparer.show_mode(mode)
        assert not comparer.grab().isNull()
