"""Pictures that are brought in a person's room for photographs: asked about each, and kept for the person."""

import json
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.domain.photo_poses import Pose
from mnclinic.domain.photos import TakenWhen
from mnclinic.errors import StoreUnavailable
from mnclinic.interchange.pictures.reading import Picture, read_picture
from mnclinic.services import bring_photos
from mnclinic.services.bring_photos import MOST_AT_ONCE
from mnclinic.services.held_pictures import held_pictures
from mnclinic.services.photos import NewPhoto, PhotoRow, keep_photo, list_photos
from mnclinic.services.session import OpenClinic
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from mnclinic.store.backup_files import ATTACHMENTS
from mnclinic.ui.desk import Desk
from mnclinic.ui.lock.place import WayBack, read_page
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.photos.bring_in import BringIn
from mnclinic.ui.photos.brought import BroughtRow
from tests.interchange.pictures.making import JPEG, encoded
from tests.services.clinic_builder import MONDAY, add_person
from tests.services.photographing import VIEW, choose
from tests.services.reading import log_size, problems_found
from tests.ui.photos.conftest import InRoom

DROPPED: list[QMimeData] = []
"""The event does not own what it carries."""
CHIN = Pose("Chin", TakenWhen.BEFORE)


def _file(folder: Path, name: str, content: bytes = JPEG) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def _bare(folder: Path, name: str) -> Path:
    """A picture whose camera noted nothing."""
    file = folder / name
    Image.new("RGB", (40, 30), "red").save(file)
    return file


def _urls(files: list[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in files])
    DROPPED.append(data)
    return data


def _event(kind: type[QDropEvent], files: list[Path]) -> QDropEvent:
    event = kind(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        _urls(files),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    return event


def _drag(over: QWidget, files: list[Path]) -> None:
    QApplication.sendEvent(over, _event(QDragEnterEvent, files))


def _drop(in_room: InRoom, files: list[Path], *, on: QWidget | None = None) -> BringIn:
    """Dropped, and opened as far as they are pictures."""
    over = on or in_room.room
    # Nothing is dropped that did not hang over it before.
    _drag(over, files)
    QApplication.sendEvent(over, _event(QDropEvent, files))
    _settled(in_room)
    return in_room.room.bring_in


def _settled(in_room: InRoom) -> None:
    in_room.until(lambda: not in_room.desk.runner.is_busy and not in_room.room.bring_in.progress.is_under_way)


def _said(in_room: InRoom) -> str:
    return " ".join(one.text() for one in in_room.room.bring_in.banner.findChildren(QLabel))


def _keep(in_room: InRoom) -> None:
    in_room.room.bring_in.panel.keep.click()
    _settled(in_room)
    in_room.page.refresh()
    _settled(in_room)


def _names(made: BringIn) -> list[str]:
    return [one.brought.path.name for one in made.panel.rows]


def _show(row: BroughtRow, pose: Pose) -> None:
    row.pose.setCurrentIndex(row.pose.findText(f"{pose.view} · {pose.when.value}"))
    assert row.pose.currentData() == pose


def _retype(line: QLineEdit, text: str) -> None:
    """As the keyboard does it: what was there goes."""
    line.selectAll()
    line.insert(text)
    line.textEdited.emit(line.text())


def _of_person(in_room: InRoom) -> list[PhotoRow]:
    before = {one.photo_id for one in in_room.kept}
    return [one for one in list_photos(in_room.opened, in_room.ref) if one.photo_id not in before]


def test_what_is_dropped_anywhere_on_the_room_is_asked_about_and_kept_for_the_person_without_a_visit(
    in_room: InRoom, tmp_path: Path
) -> None:
    in_room.clinic.clock.at = MONDAY.replace(hour=11)
    in_room.enter()
    bad = _file(tmp_path, "cut.jpg", JPEG[:400])
    made = _drop(in_room, [bad, _file(tmp_path, "one.jpg"), _file(tmp_path, "two.webp", encoded("WEBP"))])
    assert "cut.jpg: The picture is cut short" in _said(in_room)
    assert _names(made) == ["one.jpg", "two.webp"]
    assert made.isVisible()
    assert [row.pose.currentData() for row in made.panel.rows] == [None, None], "nobody said it yet"
    assert _of_person(in_room) == []
    made.panel.keep.click()
    assert "Choose what the picture shows." in made.panel.rows[1].fields["pose"].problem.text()
    assert _of_person(in_room) == [], "none is kept before each was asked"
    for row in made.panel.rows:
        _show(row, CHIN)
    _keep(in_room)
    kept = _of_person(in_room)
    assert [(one.view, one.taken_when, one.visit) for one in kept] == [("Chin", "before", None)] * 2
    assert {one.taken_at.isoformat() for one in kept} == {"2026-11-23T09:41:07-06:00"}, "as the camera noted"
    assert made.isHidden()
    assert in_room.room.table.current().photo_id in {one.photo_id for one in kept}
    assert not list((in_room.clinic.folder / ATTACHMENTS).glob("*.brought"))
    assert problems_found(in_room.opened) == []


def test_a_file_is_chosen_and_where_its_camera_noted_nothing_the_moment_is_asked_with_its_reason(
    in_room: InRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_room.enter()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(_bare(tmp_path, "old.png"))], ""))
    in_room.room.bring_in.files.click()
    _settled(in_room)
    (asked,) = in_room.room.bring_in.panel.rows
    assert in_room.page.focusWidget() is asked.pose
    _show(asked, Pose(VIEW, TakenWhen.AFTER))
    _retype(asked.moment, "2026-12-24 9:00")
    in_room.room.bring_in.panel.keep.click()
    assert "future" in asked.fields["taken_at"].problem.text()
    assert "how the moment is known" in asked.fields["taken_because"].problem.text()
    assert _of_person(in_room) == []
    _retype(asked.moment, "-2")
    asked.because.setText("Her husband took it.")
    _keep(in_room)
    (kept,) = _of_person(in_room)
    assert (kept.view, kept.taken_when, kept.taken_at.date().isoformat()) == (VIEW, "after", "2026-11-21")
    assert in_room.page.focusWidget() is in_room.room.table


def test_a_view_that_nobody_kept_yet_is_written_and_is_what_the_first_open_picture_shows(
    in_room: InRoom, tmp_path: Path
) -> None:
    in_room.clinic.clock.at = MONDAY.replace(hour=11)
    in_room.enter()
    made = _drop(in_room, [_file(tmp_path, "one.jpg"), _file(tmp_path, "two.jpg", encoded("WEBP"))])
    _show(made.panel.rows[0], CHIN)
    made.view_line.setText("  Back of   the neck ")
    made.when.setCurrentIndex(made.when.findData("follow_up"))
    made.view_line.returnPressed.emit()
    neck = Pose("Back of the neck", TakenWhen.FOLLOW_UP)
    assert [row.pose.currentData() for row in made.panel.rows] == [CHIN, neck]
    _keep(in_room)
    assert {(one.view, one.taken_when) for one in _of_person(in_room)} == {
        ("Chin", "before"),
        ("Back of the neck", "follow_up"),
    }


def test_what_is_not_kept_yet_stands_there_again_after_the_lock_with_what_was_said_of_each(
    in_room: InRoom, tmp_path: Path
) -> None:
    in_room.enter()
    files = [_bare(tmp_path, "one.png"), _bare(tmp_path, "two.png")]
    made = _drop(in_room, files)
    neck = Pose("Neck", TakenWhen.BEFORE)
    made.view_line.setText("Neck")
    made.view_line.returnPressed.emit()
    _retype(made.panel.rows[0].moment, "2026-11-20 8:15")
    _retype(made.panel.rows[0].because, "Her husband took it.")
    for one in files:
        one.unlink()
    kept = json.loads(json.dumps(read_page(in_room.page)))
    in_room.page.close()
    page = PatientsPage(in_room.desk)
    page.resize(1180, 700)
    in_room.bot.addWidget(page)
    page.show()
    page.return_to(kept["own"])
    WayBack(page, kept, in_room.desk.runner)
    in_room.page = page
    in_room.until(lambda: len(in_room.room.bring_in.panel.rows) == 2)
    _settled(in_room)
    first, second = in_room.room.bring_in.panel.rows
    assert (first.pose.currentData(), second.pose.currentData()) == (neck, None)
    in_room.until(lambda: first.moment.text() == "2026-11-20 8:15")
    assert first.because.text() == "Her husband took it."
    second.out.click()
    _keep(in_room)
    assert [one.view for one in _of_person(in_room)] == ["Neck"]
    assert held_pictures(in_room.opened, in_room.ref, in_room.ref).pictures == ()
    assert not list((in_room.clinic.folder / ATTACHMENTS).glob("*.brought"))


def test_another_persons_room_shows_none_of_it_and_it_waits_in_the_persons_own(
    in_room: InRoom, tmp_path: Path
) -> None:
    in_room.enter()
    _drop(in_room, [_bare(tmp_path, "one.png")])
    other = add_person(in_room.opened, "Otherman")
    choose(in_room.opened, other, "chart")
    in_room.room.show_person(other, "Ada Otherman")
    _settled(in_room)
    assert _names(in_room.room.bring_in) == []
    assert in_room.room.bring_in.isHidden()
    assert in_room.room.bring_in.files.isEnabled()
    in_room.room.show_person(in_room.ref, "Ada")
    in_room.until(lambda: _names(in_room.room.bring_in) == ["one.png"])


def test_where_one_cannot_be_kept_the_reason_stands_beside_it_and_the_others_are_kept(
    in_room: InRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_room.clinic.clock.at = MONDAY.replace(hour=11)
    in_room.enter()
    made = _drop(in_room, [_file(tmp_path, "one.jpg"), _file(tmp_path, "two.webp", encoded("WEBP"))])
    real = keep_photo

    def full_at_the_chin(clinic: OpenClinic, patient: str, new: NewPhoto, *, picture: Picture) -> PhotoRow:
        if new.view == "Chin":
            raise StoreUnavailable("The disk is full. Nothing was stored.")
        return real(clinic, patient, new, picture=picture)

    monkeypatch.setattr(bring_photos, "keep_photo", full_at_the_chin)
    _show(made.panel.rows[0], CHIN)
    _show(made.panel.rows[1], Pose(VIEW, TakenWhen.AFTER))
    _keep(in_room)
    assert [one.view for one in _of_person(in_room)] == [VIEW]
    (left,) = made.panel.rows
    assert left.brought.path.name == "one.jpg"
    assert left.refused.isVisible()
    assert "disk is full" in left.refused.text()
    assert "not kept" in _said(in_room)
    monkeypatch.setattr(bring_photos, "keep_photo", real)
    _keep(in_room)
    assert sorted(one.view for one in _of_person(in_room)) == ["Chin", VIEW]


def test_of_somebody_who_took_it_back_nothing_is_taken_and_what_waits_goes(
    in_room: InRoom, tmp_path: Path
) -> None:
    in_room.enter()
    made = _drop(in_room, [_bare(tmp_path, "one.png")])
    withdraw_consent(in_room.opened, in_room.ref, NewWithdrawal("photographs", withdrawn_by="Ada"))
    in_room.page.refresh()
    _settled(in_room)
    assert made.isHidden()
    assert held_pictures(in_room.opened, in_room.ref, in_room.ref).pictures == ()
    assert made.files.isVisible()
    assert not made.files.isEnabled()
    size = log_size(in_room.opened)
    _drop(in_room, [_bare(tmp_path, "two.png")])
    assert made.drops.veil.isHidden()
    assert _names(made) == []
    assert log_size(in_room.opened) == size


def test_somebody_without_photographs_is_told_how_to_bring_some_or_that_nobody_agreed(
    in_room: InRoom, tmp_path: Path
) -> None:
    in_room.enter()
    other = add_person(in_room.opened, "Otherman")
    in_room.room.show_person(other, "Ada Otherman")
    _settled(in_room)
    words = in_room.room._empty.words
    assert words.isVisible()
    assert "has not agreed" in words.text()
    choose(in_room.opened, other, "chart")
    in_room.room.show_person(other, "Ada Otherman")
    _settled(in_room)
    assert "Bring pictures…" in words.text()
    made = _drop(in_room, [_bare(tmp_path, "one.png")])
    assert made.isVisible(), "also where there is no pair to look at"


def test_who_may_look_and_not_keep_has_no_such_button_and_nothing_is_taken(
    in_room: InRoom, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = Desk(in_room.clinic.as_user("inspector"), in_room.desk.runner)
    page = PatientsPage(desk)
    qtbot.addWidget(page)
    page.show()
    in_room.page, in_room.desk = page, desk
    page._open_person(in_room.ref)
    in_room.until(lambda: page.chart.isVisible() and not desk.runner.is_busy)
    page._to_photos()
    in_room.until(lambda: page.photos.table.current() is not None)
    made = _drop(in_room, [_bare(tmp_path, "one.png")])
    assert made.files.isHidden()
    assert made.drops.veil.isHidden()
    assert _names(made) == []
    assert in_room.said() == ""


def test_the_room_says_that_it_takes_files_while_they_hang_over_it_and_a_text_line_leaves_them_to_it(
    in_room: InRoom, tmp_path: Path
) -> None:
    in_room.enter()
    veil = in_room.room.bring_in.drops.veil
    files = [_bare(tmp_path, "one.png")]
    _drag(in_room.room, files)
    assert veil.isVisible()
    assert veil.geometry() == in_room.room.rect()
    QApplication.sendEvent(in_room.room, QDragLeaveEvent())
    assert veil.isHidden()
    made = _drop(in_room, files)
    assert veil.isHidden()
    lines = [one for one in made.findChildren(QLineEdit) if one.acceptDrops()]
    assert lines == [], "a path is no text of theirs"


def test_while_pictures_are_opened_it_can_be_stopped_and_none_is_taken(
    in_room: InRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_room.enter()
    made = in_room.room.bring_in
    real = read_picture

    def stopped(content: bytes, *, goes_on: object) -> object:
        made.progress._is_stopped = True
        return real(content, goes_on=goes_on)  # type: ignore[arg-type]

    monkeypatch.setattr(bring_photos, "read_picture", stopped)
    _drop(in_room, [_file(tmp_path, "one.jpg")])
    assert "as you asked" in _said(in_room)
    assert _names(made) == []
    assert made.files.isEnabled()


def test_more_than_can_be_held_at_once_are_not_taken(in_room: InRoom, tmp_path: Path) -> None:
    in_room.enter()
    files = [_bare(tmp_path, f"{number}.png") for number in range(MOST_AT_ONCE + 1)]
    made = _drop(in_room, files)
    assert f"at most {MOST_AT_ONCE} pictures" in _said(in_room)
    assert _names(made) == []


def test_what_is_left_out_waits_no_more_and_the_keyboard_goes_back_to_the_button(
    in_room: InRoom, tmp_path: Path
) -> None:
    in_room.enter()
    made = _drop(in_room, [_bare(tmp_path, "one.png"), _bare(tmp_path, "two.png")])
    made.panel.drop.setFocus()
    made.panel.drop.click()
    _settled(in_room)
    assert made.isHidden()
    assert in_room.page.focusWidget() is made.files
    assert held_pictures(in_room.opened, in_room.ref, in_room.ref).pictures == ()
