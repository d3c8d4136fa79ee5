"""Pictures that were brought and are not kept yet wait sealed, for whoever brought them alone."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mnclinic.errors import ActionRefused, InvalidInput, NotPermitted, StoreUnavailable
from mnclinic.services import held_pictures as service
from mnclinic.services import screen_state
from mnclinic.services.back_up import back_up
from mnclinic.services.bring_photos import Brought, open_several
from mnclinic.services.held_pictures import count_held, held_pictures, hold_pictures, let_go, open_held
from mnclinic.services.screen_state import hand_over_drafts, keep_screen
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.services.void_visit import void_visit
from mnclinic.store.backup_files import ATTACHMENTS
from mnclinic.store.brought_files import write_brought
from tests.interchange.pictures.making import JPEG, PLACE, encoded
from tests.services.clinic_builder import SmallClinic, add_person
from tests.services.photographing import a_photo, choose
from tests.services.reading import actions_since, log_size, problems_found


@pytest.fixture
def ada(clinic: SmallClinic) -> tuple[OpenClinic, str, str]:
    """The nurse, a person who allows photographs for the chart, and their open visit."""
    ref = add_person(clinic.as_user("desk"))
    nurse = clinic.as_user("reyes")
    return nurse, ref, choose(nurse, ref, "chart")


def _brought(tmp_path: Path, *contents: bytes) -> tuple[Brought, ...]:
    files = []
    for number, content in enumerate(contents):
        files.append(tmp_path / f"{number}.jpg")
        files[-1].write_bytes(content)
    return open_several(files, lambda *_: True).pictures


def _void(clinic: OpenClinic, visit: str) -> None:
    void_visit(clinic, visit, show_visit(clinic, visit, opened=False).edition, "Begun for the wrong person.")


def _files(clinic: OpenClinic) -> list[Path]:
    folder = clinic.folder / ATTACHMENTS
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_what_was_brought_is_there_after_the_lock_to_the_byte_and_its_moment_and_nothing_is_plain_on_the_disk(
    ada: tuple[OpenClinic, str, str], clinic: SmallClinic, tmp_path: Path
) -> None:
    nurse, ref, visit = ada
    brought = _brought(tmp_path, JPEG, encoded("WEBP"))
    size = log_size(nurse)
    hold_pictures(nurse, ref, visit, brought)
    assert PLACE in JPEG
    sealed = [one.read_bytes() for one in _files(nurse)]
    assert len(sealed) == 2
    for content in (*sealed, (nurse.folder / "clinic.db").read_bytes()):
        assert PLACE not in content
        assert b"\xff\xd8\xff" not in content[:64]
    assert actions_since(nurse, size) == [], "it is in nobody's record"
    keep_screen(nurse, {"place": "elsewhere"})
    (tmp_path / "0.jpg").unlink()
    clinic.close()
    again = clinic.as_user("reyes")
    assert count_held(again, visit) == 2
    found = held_pictures(again, ref, visit)
    opened = open_held(found.pictures, lambda *_: True).pictures
    assert [one.content for one in opened] == [JPEG, encoded("WEBP")]
    assert [(one.path.name, one.written_at, one.brought_id) for one in opened] == [
        (one.path.name, one.written_at, one.brought_id) for one in brought
    ]
    assert opened[0].picture == brought[0].picture
    assert found.lost == 0
    assert problems_found(again) == []


def test_a_file_whose_name_is_no_text_waits_too(ada: tuple[OpenClinic, str, str], tmp_path: Path) -> None:
    nurse, ref, visit = ada
    (brought,) = _brought(tmp_path, JPEG)
    hold_pictures(nurse, ref, visit, [replace(brought, path=tmp_path / "caf\udce9.jpg")])
    (held,) = held_pictures(nurse, ref, visit).pictures
    assert (held.name, held.content) == ("caf?.jpg", JPEG)


def test_what_is_let_go_leaves_nothing_behind_and_the_others_wait(
    ada: tuple[OpenClinic, str, str], tmp_path: Path
) -> None:
    nurse, ref, visit = ada
    one, other = _brought(tmp_path, JPEG, encoded("PNG"))
    hold_pictures(nurse, ref, visit, [one, other])
    let_go(nurse, visit, [one.brought_id])
    assert [held.held_id for held in held_pictures(nurse, ref, visit).pictures] == [other.brought_id]
    assert len(_files(nurse)) == 1
    let_go(nurse, visit, [one.brought_id, other.brought_id])
    assert held_pictures(nurse, ref, visit).pictures == ()
    assert _files(nurse) == []


def test_a_picture_that_was_kept_before_the_power_went_is_not_asked_about_again(
    ada: tuple[OpenClinic, str, str], tmp_path: Path
) -> None:
    nurse, ref, visit = ada
    hold_pictures(nurse, ref, visit, _brought(tmp_path, JPEG, encoded("PNG")))
    a_photo(nurse, ref, JPEG, visit)
    found = held_pictures(nurse, ref, visit)
    assert [one.content for one in found.pictures] == [encoded("PNG")]
    assert found.lost == 0
    assert count_held(nurse, visit) == 1


def test_a_picture_that_was_kept_before_waits_when_it_is_brought_again_as_another_pose(
    ada: tuple[OpenClinic, str, str], clinic: SmallClinic, tmp_path: Path
) -> None:
    nurse, ref, visit = ada
    a_photo(nurse, ref, JPEG, visit)
    clinic.clock.at += timedelta(minutes=5)
    hold_pictures(nurse, ref, visit, _brought(tmp_path, JPEG))
    assert [one.content for one in held_pictures(nurse, ref, visit).pictures] == [JPEG]


def test_nothing_waits_of_somebody_who_did_not_agree_or_took_it_back(
    ada: tuple[OpenClinic, str, str], clinic: SmallClinic, tmp_path: Path
) -> None:
    nurse, ref, visit = ada
    other = add_person(clinic.as_user("desk"), last_name="Nobody")
    with pytest.raises(ActionRefused):
        hold_pictures(nurse, other, other, _brought(tmp_path, JPEG))
    assert _files(nurse) == []
    hold_pictures(nurse, ref, visit, _brought(tmp_path, JPEG))
    choose(nurse, ref, "none")
    _void(nurse, visit)
    assert held_pictures(nurse, ref, visit).pictures == ()
    assert _files(nurse) == []


def test_what_was_brought_to_a_visit_that_is_over_goes_when_the_next_is_brought(
    ada: tuple[OpenClinic, str, str], tmp_path: Path
) -> None:
    nurse, ref, visit = ada
    hold_pictures(nurse, ref, visit, _brought(tmp_path, JPEG))
    next_visit = choose(nurse, ref, "chart")
    left_by_a_power_cut = nurse.folder / ATTACHMENTS / f"{'0' * 32}.brought"
    left_by_a_power_cut.write_bytes(b"sealed under a key that nobody has")
    _void(nurse, visit)
    hold_pictures(nurse, ref, next_visit, _brought(tmp_path, encoded("PNG")))
    assert count_held(nurse, visit) == 0
    assert len(_files(nurse)) == 1
    assert len(held_pictures(nurse, ref, next_visit).pictures) == 1


def test_a_colleague_and_the_front_desk_see_nothing_of_it_and_a_hand_over_takes_it_along(
    ada: tuple[OpenClinic, str, str], clinic: SmallClinic, tmp_path: Path
) -> None:
    nurse, ref, visit = ada
    hold_pictures(nurse, ref, visit, _brought(tmp_path, JPEG))
    lind, desk = clinic.as_user("lind"), clinic.as_user("desk")
    assert held_pictures(lind, ref, visit).pictures == ()
    for refused in (
        lambda: held_pictures(desk, ref, visit),
        lambda: hold_pictures(desk, ref, visit, ()),
        lambda: let_go(desk, visit, ()),
        lambda: count_held(desk, visit),
    ):
        with pytest.raises(NotPermitted):
            refused()
    with nurse.work() as work:
        ids = (nurse.person.staff_id, lind.person.staff_id)
        hand_over_drafts(work, *ids, {visit: (2, 3)}, now=nurse.clock.now())
        work.commit()
    assert [one.content for one in held_pictures(lind, ref, visit).pictures] == [JPEG]
    assert count_held(nurse, visit) == 0


def test_a_disk_that_fails_and_too_many_leave_what_waited_before_as_it_was(
    ada: tuple[OpenClinic, str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse, ref, visit = ada
    first = _brought(tmp_path, JPEG)
    hold_pictures(nurse, ref, visit, first)
    real, calls = write_brought, []

    def full(folder: Path, sealed: bytes) -> str:
        calls.append(sealed)
        if len(calls) == 2:
            raise StoreUnavailable("The disk is full. Nothing was stored.")
        return real(folder, sealed)

    with monkeypatch.context() as patch:
        patch.setattr(service, "write_brought", full)
        with pytest.raises(StoreUnavailable):
            hold_pictures(nurse, ref, visit, _brought(tmp_path, encoded("PNG"), encoded("WEBP")))
    with monkeypatch.context() as patch:
        patch.setattr(screen_state, "LARGEST_BYTES", 500)
        with pytest.raises(InvalidInput, match="Too many pictures"):
            hold_pictures(nurse, ref, visit, _brought(tmp_path, encoded("PNG")))
    assert [one.held_id for one in held_pictures(nurse, ref, visit).pictures] == [first[0].brought_id]
    assert len(_files(nurse)) == 1


def test_a_file_that_is_gone_or_another_is_told_as_lost_and_no_backup_has_what_waits(
    ada: tuple[OpenClinic, str, str], tmp_path: Path
) -> None:
    nurse, ref, visit = ada
    hold_pictures(nurse, ref, visit, _brought(tmp_path, JPEG, encoded("PNG"), encoded("WEBP")))
    (tmp_path / "place").mkdir()
    back_up(nurse, tmp_path / "place")
    assert not list((tmp_path / "place").rglob("*.brought"))
    one, other, _ = _files(nurse)
    one.unlink()
    other.write_bytes(other.read_bytes()[:-1] + b"?")
    found = held_pictures(nurse, ref, visit)
    assert (len(found.pictures), found.lost) == (1, 2)
    assert count_held(nurse, visit) == 1
    assert held_pictures(nurse, ref, visit).lost == 0, "it is told once"


@pytest.mark.skipif(os.name == "nt", reason="there are no pipes among files there")
def test_a_pipe_in_a_waiting_pictures_place_is_told_as_lost_and_nobody_waits_for_it(
    ada: tuple[OpenClinic, str, str], tmp_path: Path
) -> None:
    nurse, ref, visit = ada
    hold_pictures(nurse, ref, visit, _brought(tmp_path, JPEG))
    (one,) = _files(nurse)
    one.unlink()
    os.mkfifo(one)
    assert held_pictures(nurse, ref, visit).lost == 1
