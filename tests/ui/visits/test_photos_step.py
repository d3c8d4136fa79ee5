"""The step of the photographs: brought for a pose or not taken with a reason, and never in anybody's way."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from mnclinic.domain.photo_poses import Pose
from mnclinic.domain.photos import TakenWhen
from mnclinic.errors import StoreUnavailable
from mnclinic.interchange.pictures.reading import Picture, read_picture
from mnclinic.services import bring_photos
from mnclinic.services.bring_photos import MOST_AT_ONCE
from mnclinic.services.held_pictures import held_pictures
from mnclinic.services.photos import NewPhoto, PhotoRow, keep_photo, list_photos
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.store.backup_files import ATTACHMENTS
from mnclinic.ui.lock.place import WayBack, read_page
from mnclinic.ui.visits.page import VisitPage
from mnclinic.ui.visits.photos import PhotosStep, PoseRow
from tests.interchange.pictures.making import JPEG, PNG, encoded, huge_png
from tests.services.clinic_builder import MONDAY
from tests.services.photographing import consent_with
from tests.services.reading import actions_since, log_size, problems_found
from tests.ui.visits.conftest import AtVisit

DROPPED: list[QMimeData] = []
"""The event does not own what it carries."""
CHIN = Pose("Chin", TakenWhen.BEFORE)


def _step(at_visit: AtVisit) -> PhotosStep:
    return at_visit.page._photos_step


def _agreed(at_visit: AtVisit, *views: str) -> PhotosStep:
    """The step of a visit whose patient agreed to photographs, with rows for these views."""
    at_visit.change_elsewhere(consent=consent_with("chart"))
    at_visit.show()
    at_visit.page.go("photos")
    for view in views or ("Chin",):
        at_visit.type_into("visit.photo.view", view)
        at_visit.key(Qt.Key.Key_Return)
    return _step(at_visit)


def _row(at_visit: AtVisit, pose: Pose = CHIN) -> PoseRow:
    return _step(at_visit).rows[pose]


def _bring(at_visit: AtVisit, file: Path, monkeypatch: pytest.MonkeyPatch, pose: Pose = CHIN) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    _row(at_visit, pose).choose.click()
    at_visit.until(lambda: not _step(at_visit).progress.is_under_way)


def _file(tmp_path: Path, content: bytes = JPEG, name: str = "picture.jpg") -> Path:
    file = tmp_path / name
    file.write_bytes(content)
    return file


def test_a_picture_that_is_chosen_is_kept_for_its_pose_and_named_in_the_visit(
    at_visit: AtVisit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _agreed(at_visit)
    at_visit.clinic.clock.at = MONDAY.replace(hour=11)
    _bring(at_visit, _file(tmp_path), monkeypatch)
    at_visit.kept()
    (kept,) = list_photos(at_visit.lind, "P-000001")
    assert at_visit.stored()["photos"] == [{"view": "Chin", "when": "before", "sha256": kept.sha256}]
    assert kept.taken_at.isoformat() == "2026-11-23T09:41:07-06:00", "as the camera noted it"
    assert kept.visit == "V-000001"
    assert not _row(at_visit).frame.picture.isNull()
    assert kept.sha256[:16] in _row(at_visit).state.text()
    assert problems_found(at_visit.lind) == []


def test_where_the_camera_noted_nothing_the_moment_is_asked_with_its_reason_and_never_a_later_one(
    at_visit: AtVisit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = _agreed(at_visit)
    early = _file(tmp_path, PNG, "early.png")
    Image.new("RGB", (40, 30), "red").save(early)
    os.utime(early, (1_763_900_000, 1_763_900_000))
    _bring(at_visit, early, monkeypatch)
    assert list_photos(at_visit.lind, "P-000001") == (), "it is asked first"
    (asked,) = step.panel.rows
    assert asked.moment.text() == "2025-11-23 06:13", "the file's own moment is offered"
    assert "file's own" in asked.because.text()
    _retype(asked.moment, "2026-12-24 9:00")
    assert asked.because.text() == "", "what was said of another moment is not said of this one"
    _keep(at_visit)
    assert "future" in asked.fields["taken_at"].problem.text()
    assert "how the moment is known" in asked.fields["taken_because"].problem.text()
    assert list_photos(at_visit.lind, "P-000001") == ()
    _retype(asked.moment, "-2")
    asked.because.setText("Her husband took it.")
    _keep(at_visit)
    at_visit.kept()
    (kept,) = list_photos(at_visit.lind, "P-000001")
    assert kept.taken_at.date().isoformat() == "2026-11-21"
    assert step.panel.isHidden()
    assert problems_found(at_visit.lind) == []


def test_several_pictures_are_dropped_at_once_the_bad_ones_are_told_and_the_good_ones_ask_for_their_pose(
    at_visit: AtVisit, tmp_path: Path
) -> None:
    step = _agreed(at_visit, "Chin", "Nose")
    at_visit.clinic.clock.at = MONDAY.replace(hour=11)
    bad = [_file(tmp_path, JPEG[:400], "cut.jpg"), _file(tmp_path, b"%!PS-Adobe-3.0 EPSF", "drawing.jpg")]
    good = [_file(tmp_path, JPEG, "one.jpg"), _file(tmp_path, encoded("WEBP"), "two.webp")]
    _drop_on_step(step, [bad[0], good[0], bad[1], good[1]])
    at_visit.until(lambda: not step.progress.is_under_way)
    said = " ".join(one.text() for one in step.banner.findChildren(QLabel))
    assert "Not taken; nothing was stored of what is named here." in said
    assert "cut.jpg: The picture is cut short" in said
    assert "drawing.jpg: This is a PostScript drawing" in said
    assert [row_.brought.path.name for row_ in step.panel.rows] == ["one.jpg", "two.webp"]
    assert [row_.pose.currentData().view for row_ in step.panel.rows] == ["Chin", "Nose"]
    step.panel.rows[1].pose.setCurrentIndex(1)
    _keep(at_visit)
    assert "Another picture" in step.panel.rows[1].fields["pose"].problem.text()
    assert list_photos(at_visit.lind, "P-000001") == (), "none is kept before each has its own pose"
    step.panel.rows[1].pose.setCurrentIndex(2)
    _keep(at_visit)
    at_visit.kept()
    assert [one["view"] for one in at_visit.stored()["photos"]] == ["Chin", "Nose"]
    assert len(list_photos(at_visit.lind, "P-000001")) == 2
    assert step.panel.isHidden()
    assert problems_found(at_visit.lind) == []


def test_where_one_of_several_cannot_be_kept_the_others_are_and_it_stays_with_its_reason(
    at_visit: AtVisit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = _agreed(at_visit, "Chin", "Nose")
    at_visit.clinic.clock.at = MONDAY.replace(hour=11)
    real = keep_photo

    def full_at_the_chin(clinic: OpenClinic, patient: str, new: NewPhoto, *, picture: Picture) -> PhotoRow:
        if new.view == "Chin":
            raise StoreUnavailable("The disk is full. Nothing was stored.")
        return real(clinic, patient, new, picture=picture)

    monkeypatch.setattr(bring_photos, "keep_photo", full_at_the_chin)
    _drop_on_step(step, [_file(tmp_path, JPEG, "one.jpg"), _file(tmp_path, encoded("WEBP"), "two.webp")])
    at_visit.until(lambda: not step.progress.is_under_way)
    _keep(at_visit)
    at_visit.kept()
    assert [one["view"] for one in at_visit.stored()["photos"]] == ["Nose"]
    assert "disk is full" in " ".join(one.text() for one in step.banner.findChildren(QLabel))
    assert [row_.brought.path.name for row_ in step.panel.rows] == ["one.jpg"]


def test_what_was_brought_goes_with_the_consent(at_visit: AtVisit, tmp_path: Path) -> None:
    step = _agreed(at_visit, "Chin", "Nose")
    _drop_on_step(step, [_file(tmp_path, PNG, "one.png"), _file(tmp_path, encoded("WEBP"), "two.webp")])
    at_visit.until(lambda: bool(step.panel.rows))
    at_visit.change_elsewhere(consent=consent_with("none"))
    at_visit.page.refresh()
    at_visit.until(lambda: not step.panel.rows)
    assert step.panel.isHidden()
    assert not step.files.isEnabled()


def test_a_pose_that_is_declined_has_a_reason_before_it_is_in_the_visit(at_visit: AtVisit) -> None:
    _agreed(at_visit)
    at_visit.press("visit.photo.0.declined")
    at_visit.kept()
    assert "photos" not in at_visit.stored()
    assert "Photographs" in at_visit.page._sign_step.unread.text()
    at_visit.type_into("visit.photo.0.reason", "Not today")
    at_visit.leave()
    at_visit.kept()
    declined = {"view": "Chin", "when": "before", "not_taken": "declined", "reason": "Not today"}
    assert at_visit.stored()["photos"] == [declined]
    assert at_visit.page._sign_step.unread.text() == ""
    at_visit.press("visit.photo.0.unable")
    at_visit.kept()
    assert at_visit.stored()["photos"] == [declined | {"not_taken": "unable"}]
    at_visit.page.editing.undo()
    at_visit.kept()
    assert at_visit.stored()["photos"] == [declined]
    at_visit.press("visit.photo.0.clear")
    at_visit.kept()
    assert "photos" not in at_visit.stored()


def test_a_picture_that_would_do_harm_is_refused_with_its_reason_and_the_pose_stays_as_it_was(
    at_visit: AtVisit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = _agreed(at_visit)
    file = _file(tmp_path, huge_png())
    _bring(at_visit, file, monkeypatch)
    said = " ".join(one.text() for one in step.banner.findChildren(QLabel))
    assert "points" in said
    assert "nothing was stored" in said
    assert file.read_bytes() == huge_png()
    assert _row(at_visit).note is None
    assert _row(at_visit).choose.isEnabled()
    assert list_photos(at_visit.lind, "P-000001") == ()


def test_of_somebody_who_did_not_agree_none_is_brought_and_declining_is_still_possible(
    at_visit: AtVisit,
) -> None:
    at_visit.page.go("photos")
    at_visit.type_into("visit.photo.view", "Chin")
    at_visit.key(Qt.Key.Key_Return)
    row = _row(at_visit)
    assert not row.choose.isEnabled()
    assert row.declined.isEnabled()
    assert "has not agreed" in at_visit.text("visit.photo.not_agreed")
    at_visit.change_elsewhere(consent=consent_with("chart"))
    at_visit.page.refresh()
    at_visit.until(row.choose.isEnabled)
    assert _step(at_visit).not_agreed.isHidden()


def test_of_several_that_are_dropped_on_a_pose_the_first_is_offered_as_that_one(
    at_visit: AtVisit, tmp_path: Path
) -> None:
    step = _agreed(at_visit, "Chin", "Nose")
    at_visit.clinic.clock.at = MONDAY.replace(hour=11)
    files = [_file(tmp_path, JPEG, f"{number}.jpg") for number in range(2)]
    nose = Pose("Nose", TakenWhen.BEFORE)
    _drop(_row(at_visit, nose), files)
    at_visit.until(lambda: not step.progress.is_under_way)
    assert [row_.pose.currentData() for row_ in step.panel.rows] == [nose, CHIN]
    at_visit.press("visit.brought.none")
    assert step.panel.isHidden()
    assert list_photos(at_visit.lind, "P-000001") == ()
    _drop(_row(at_visit, nose), files[:1])
    at_visit.until(lambda: bool(list_photos(at_visit.lind, "P-000001")))
    at_visit.until(lambda: not step.progress.is_under_way)
    at_visit.kept()
    assert [one["view"] for one in at_visit.stored()["photos"]] == ["Nose"]


def test_more_than_are_held_at_once_are_not_taken(at_visit: AtVisit, tmp_path: Path) -> None:
    step = _agreed(at_visit)
    _drop_on_step(step, [_file(tmp_path)] * (MOST_AT_ONCE + 1))
    assert f"at most {MOST_AT_ONCE}" in " ".join(one.text() for one in step.banner.findChildren(QLabel))
    assert not step.progress.is_under_way


def _locked(at_visit: AtVisit) -> VisitPage:
    """The page as it stands there after the lock, from what the store and the screen kept alone."""
    at_visit.page.flush()
    at_visit.until(lambda: not at_visit.desk.runner.is_busy)
    kept = json.loads(json.dumps(read_page(at_visit.page)))
    at_visit.page.close()
    page = VisitPage(at_visit.desk)
    page.resize(1180, 760)
    at_visit.bot.addWidget(page)
    page.show()
    page.return_to(kept["own"])
    page.show_page(at_visit.visit_id)
    WayBack(page, kept, at_visit.desk.runner)
    at_visit.page = page
    at_visit.until(lambda: page._view is not None and not at_visit.desk.runner.is_busy)
    return page


def test_pictures_that_are_not_kept_yet_stand_there_again_after_the_lock_with_what_was_said_of_each(
    at_visit: AtVisit, tmp_path: Path
) -> None:
    step = _agreed(at_visit, "Chin", "Nose")
    files = [_file(tmp_path, encoded(form), f"{form}.png") for form in ("PNG", "WEBP")]
    _drop_on_step(step, files)
    at_visit.until(lambda: len(step.panel.rows) == 2)
    first, second = step.panel.rows
    first.pose.setCurrentIndex(2)
    second.pose.setCurrentIndex(0)
    _retype(first.moment, "2026-11-20 8:15")
    _retype(first.because, "Her husband took it.")
    for one in files:
        one.unlink()
    page = _locked(at_visit)
    step = _step(at_visit)
    assert page._stack.currentWidget() is step
    at_visit.until(lambda: len(step.panel.rows) == 2)
    at_visit.until(lambda: not at_visit.desk.runner.is_busy)
    again, other = step.panel.rows
    assert [one.brought.path.name for one in (again, other)] == ["PNG.png", "WEBP.png"]
    assert again.pose.currentData() == Pose("Nose", TakenWhen.BEFORE)
    assert other.pose.currentData() is None, "nothing was said of it"
    assert (again.moment.text(), again.because.text()) == ("2026-11-20 8:15", "Her husband took it.")
    assert not again.frame.picture.isNull()
    other.out.click()
    _keep(at_visit)
    at_visit.kept()
    assert [one.view for one in list_photos(at_visit.lind, "P-000001")] == ["Nose"]
    assert held_pictures(at_visit.opened, "P-000001", at_visit.visit_id).pictures == ()
    assert not list((at_visit.clinic.folder / ATTACHMENTS).glob("*.brought"))
    _locked(at_visit)
    assert not _step(at_visit).panel.rows


def test_a_visit_is_not_signed_while_pictures_wait_that_the_signature_would_shut_out(
    at_visit: AtVisit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = _agreed(at_visit)
    _drop_on_step(step, [_file(tmp_path, encoded("PNG"), "one.png")])
    at_visit.until(lambda: bool(step.panel.rows))
    at_visit.page.go("identity")
    page = _locked(at_visit)
    asked: list[str] = []
    monkeypatch.setattr(page, "_can_sign", lambda: True)
    monkeypatch.setattr(page._signing, "perform", lambda view: asked.append(view.visit_id))
    assert not _step(at_visit).panel.rows, "nobody has looked at the step since"
    page._sign_asked()
    assert page._stack.currentWidget() is _step(at_visit)
    assert "then sign" in " ".join(one.text() for one in _step(at_visit).banner.findChildren(QLabel))
    at_visit.until(lambda: bool(_step(at_visit).panel.rows))
    page._sign_asked()
    assert not asked
    at_visit.press("visit.brought.none")
    page._sign_asked()
    assert asked == [at_visit.visit_id]


def test_the_room_says_that_it_takes_files_while_they_hang_over_it_and_only_then(
    at_visit: AtVisit, tmp_path: Path
) -> None:
    step = _agreed(at_visit)
    veil = step.findChild(QWidget, "photos.veil")
    assert veil is not None
    assert veil.isHidden()
    files = [_file(tmp_path)]
    assert QApplication.sendEvent(step, _dragging(files))
    assert veil.isVisible()
    assert veil.geometry() == step.rect()
    QApplication.sendEvent(step, QDragLeaveEvent())
    assert veil.isHidden()
    text = QMimeData()
    text.setText("a word out of a page")
    assert not _dragging_data(text).isAccepted()
    QApplication.sendEvent(step, _dragging_data(text))
    assert veil.isHidden()
    frame = _row(at_visit).frame
    seen = []
    for event in (_dragging(files), QDragLeaveEvent()):
        QApplication.sendEvent(frame, event)
        seen.append(frame.is_dragged_over)
    assert seen == [True, False]
    at_visit.change_elsewhere(consent=consent_with("none"))
    at_visit.page.refresh()
    at_visit.until(lambda: not step.files.isEnabled())
    QApplication.sendEvent(step, _dragging(files))
    assert veil.isHidden(), "nobody agreed, so nothing is taken"
    assert not frame.acceptDrops()


def _retype(line: QLineEdit, text: str) -> None:
    """As the keyboard does it: what was there goes."""
    line.selectAll()
    line.insert(text)
    line.textEdited.emit(line.text())


def _keep(at_visit: AtVisit) -> None:
    at_visit.press("visit.brought.keep")
    at_visit.until(lambda: not _step(at_visit).progress.is_under_way)


def _drop_on_step(step: PhotosStep, files: list[Path]) -> None:
    # Nothing is dropped that did not hang over it before.
    QApplication.sendEvent(step, _dragging(files))
    QApplication.sendEvent(step, _dropping(files))


def _drop(row: PoseRow, files: list[Path]) -> None:
    row.frame.dropEvent(_dropping(files))


def _dropping(files: list[Path]) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in files])
    DROPPED.append(data)
    return QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )


def _dragging(files: list[Path]) -> QDragEnterEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in files])
    return _dragging_data(data)


def _dragging_data(data: QMimeData) -> QDragEnterEvent:
    DROPPED.append(data)
    event = QDragEnterEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    return event


def test_while_a_picture_is_opened_it_can_be_stopped_and_nothing_is_kept(
    at_visit: AtVisit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = _agreed(at_visit)
    real = read_picture

    def stopped(content: bytes, *, goes_on: object) -> object:
        cast("QPushButton", at_visit.control("visit.photo.progress.cancel"))
        step.progress._is_stopped = True
        return real(content, goes_on=goes_on)  # type: ignore[arg-type]

    monkeypatch.setattr(bring_photos, "read_picture", stopped)
    _bring(at_visit, _file(tmp_path), monkeypatch)
    assert "as you asked" in " ".join(one.text() for one in step.banner.findChildren(QLabel))
    assert _row(at_visit).note is None
    assert list_photos(at_visit.lind, "P-000001") == ()


def test_what_was_kept_is_looked_at_when_the_step_comes_to_the_front_and_each_look_is_entered_once(
    at_visit: AtVisit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _agreed(at_visit)
    at_visit.clinic.clock.at = MONDAY.replace(hour=11)
    _bring(at_visit, _file(tmp_path), monkeypatch)
    at_visit.kept()
    _step(at_visit)._of = ""
    size = log_size(at_visit.opened)
    at_visit.page.enter("identity")
    at_visit.show()
    assert "photo.viewed" not in actions_since(at_visit.opened, size), "nobody sees the step yet"
    for _ in range(2):
        at_visit.page.go("photos")
        at_visit.until(lambda: not _row(at_visit).frame.picture.isNull())
        at_visit.page.go("identity")
    assert actions_since(at_visit.opened, size).count("photo.viewed") == 1


def test_poses_that_nothing_is_said_of_are_told_at_the_signature_and_do_not_keep_it(
    at_visit: AtVisit,
) -> None:
    view = show_visit(at_visit.lind, at_visit.visit_id, opened=False)
    step = _step(at_visit)
    later = Pose("Chin", TakenWhen.FOLLOW_UP)
    asked = replace(view.photos, asked=(CHIN, Pose("Nose", TakenWhen.AFTER), later))
    at_visit.page._show(replace(view, photos=asked))
    told = at_visit.page._sign_step.poses
    assert told.text().endswith(": Chin · before; Nose · after.")
    assert at_visit.page._sign_step.sign.isEnabled()
    assert [one.pose for one in step.rows.values()] == [CHIN, Pose("Nose", TakenWhen.AFTER), later]
