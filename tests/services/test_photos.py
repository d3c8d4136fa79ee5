"""Photographs: kept to the byte, shown and written out as far as the person allows, held by the check."""

import io
import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from mnclinic.domain.photos import PhotoUse
from mnclinic.errors import ActionRefused, DatabaseDamaged, InvalidInput, NotPermitted, StoreUnavailable
from mnclinic.models import LogDetail, Photo
from mnclinic.security.attachment_seal import open_attachment
from mnclinic.services.back_up import back_up
from mnclinic.services.check_backup import check_backup
from mnclinic.services.check_store import check_store
from mnclinic.services.export_photo import export_photo
from mnclinic.services.import_patients import import_patients, undo_import
from mnclinic.services.photos import GONE, NewPhoto, keep_photo, list_photos, photo_bytes, show_photo
from mnclinic.services.photos_of_person import photos_of_person
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.void_visit import void_visit
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from mnclinic.store.attachment_files import LONGEST_SEALED_BYTES, read_sealed
from mnclinic.store.backup_files import ATTACHMENTS
from mnclinic.store.log_writer import Act, LoggedObject
from tests.interchange.pictures.making import HEIC, JPEG, PLACE, huge_png
from tests.services.clinic_builder import (
    CONSENT,
    MONDAY,
    SmallClinic,
    add_person,
    document,
    known_clinic,
    policy,
    protocol,
)
from tests.services.photographing import VIEW, a_photo, approved_form, choose, consent_with, new_photo
from tests.services.reading import actions_since, log_size, problems_found


@pytest.fixture
def ada(clinic: SmallClinic) -> tuple[OpenClinic, str]:
    """The nurse, and a person who allows photographs for the chart."""
    ref = add_person(clinic.as_user("desk"))
    nurse = clinic.as_user("reyes")
    choose(nurse, ref, "chart")
    return nurse, ref


def files_of(clinic: OpenClinic) -> list[Path]:
    folder = clinic.folder / ATTACHMENTS
    return sorted(folder.iterdir()) if folder.is_dir() else []


@pytest.mark.parametrize("content", [JPEG, HEIC], ids=["jpeg", "heic"])
def test_a_photograph_is_kept_to_the_byte_and_shown_without_what_the_camera_wrote(
    ada: tuple[OpenClinic, str], content: bytes
) -> None:
    nurse, ref = ada
    size = log_size(nurse)
    kept = a_photo(nurse, ref, content)
    (file,) = files_of(nurse)
    sealed = file.read_bytes()
    assert PLACE not in sealed
    with nurse.store.reading() as session:
        row = session.scalars(select(Photo)).one()
        assert open_attachment(row.id, row.seal_key, sealed) == content
    assert (kept.view, kept.width_px, kept.height_px, kept.kept_by) == (VIEW, 320, 240, "reyes")
    assert list_photos(nurse, ref) == (kept,)
    for _ in range(2):
        shown = show_photo(nurse, kept.photo_id)
    assert shown.row == kept
    assert PLACE not in shown.jpeg
    with Image.open(io.BytesIO(shown.jpeg)) as picture:
        assert picture.size == (320, 240)
    assert actions_since(nurse, size) == ["photo.kept", "photo.viewed"]
    assert problems_found(nurse) == []


def test_the_moment_that_the_camera_noted_is_taken_where_nobody_says_another(
    ada: tuple[OpenClinic, str], clinic: SmallClinic
) -> None:
    nurse, ref = ada
    with pytest.raises(InvalidInput) as told:
        keep_photo(nurse, ref, NewPhoto(VIEW, "before", JPEG))
    assert [one.where for one in told.value.problems] == ["taken_at"]
    clinic.clock.at = MONDAY + timedelta(hours=3)
    kept = keep_photo(nurse, ref, NewPhoto(VIEW, "before", JPEG))
    assert kept.taken_at.isoformat() == "2026-11-23T09:41:07-06:00"
    assert list_photos(nurse, ref) == (kept,)


def test_a_moment_that_is_typed_says_how_it_is_known_and_the_entry_keeps_that(
    ada: tuple[OpenClinic, str],
) -> None:
    nurse, ref = ada
    with pytest.raises(InvalidInput) as told:
        keep_photo(nurse, ref, NewPhoto(VIEW, "before", JPEG, MONDAY, taken_because=" \u200b "))
    assert [one.where for one in told.value.problems] == ["taken_because"]
    keep_photo(nurse, ref, NewPhoto(VIEW, "before", JPEG, MONDAY, taken_because="  Written on the back "))
    with Session(nurse.store.engine) as session:
        newest = session.scalars(select(LogDetail.detail).order_by(LogDetail.seq.desc()).limit(1)).one()
    assert json.loads(newest) == {"view": VIEW, "when": "before", "taken_because": "Written on the back"}
    assert problems_found(nurse) == []


def test_everything_that_speaks_against_a_photograph_is_told_and_nothing_is_kept(
    ada: tuple[OpenClinic, str],
) -> None:
    nurse, ref = ada
    size = log_size(nurse)
    with pytest.raises(InvalidInput) as told:
        keep_photo(
            nurse, ref, NewPhoto(" ", "soon", JPEG, MONDAY + timedelta(days=1), taken_because="x" * 201)
        )
    assert [one.where for one in told.value.problems] == ["view", "when", "taken_at", "taken_because"]
    other = choose(nurse, add_person(nurse, "Otherson"), "chart")
    voided = choose(nurse, ref, "chart")
    void_visit(nurse, voided, 2, "Begun twice.")
    for new, where in (
        (new_photo(huge_png()), "file"),
        (new_photo(visit=other), "visit"),
        (new_photo(visit=voided), "visit"),
    ):
        with pytest.raises(InvalidInput) as told:
            keep_photo(nurse, ref, new)
        assert [one.where for one in told.value.problems] == [where]
    with pytest.raises(InvalidInput):
        keep_photo(nurse, "P-009999", new_photo())
    assert files_of(nurse) == []
    assert "photo.kept" not in actions_since(nurse, size)


def test_a_photograph_is_of_a_visit_of_its_person_open_or_signed(
    clinic: SmallClinic, ada: tuple[OpenClinic, str]
) -> None:
    nurse, ref = ada
    open_one = choose(nurse, ref, "chart")
    kept = a_photo(nurse, ref, visit=open_one)
    assert kept.visit is not None
    with nurse.store.reading() as session:
        assert session.scalars(select(Photo.visit_id)).all() == [open_one]
    assert problems_found(nurse) == []


@pytest.mark.parametrize("level", [None, "none"], ids=["never asked", "no"])
def test_of_somebody_who_did_not_agree_no_photograph_is_kept(clinic: SmallClinic, level: str | None) -> None:
    ref = add_person(clinic.as_user("desk"))
    nurse = clinic.as_user("reyes")
    if level:
        choose(nurse, ref, level)
    size = log_size(nurse)
    with pytest.raises(ActionRefused) as told:
        a_photo(nurse, ref)
    assert [one.code for one in told.value.refusals] == ["photo_not_allowed"]
    assert files_of(nurse) == []
    assert log_size(nurse) == size


def test_another_photograph_is_likely_of_a_view_that_was_kept_or_that_a_protocol_in_force_asks_for(
    tmp_path: Path,
) -> None:
    asked = [{"view": view, "when": "before"} for view in ("Chin", VIEW, "Nose")]
    texts = ("protocol", protocol(photos=asked)), ("policy", policy()), ("consent_text", CONSENT)
    made = known_clinic(tmp_path / "clinic", documents=texts)
    reyes = made.as_user("reyes")
    ref = add_person(reyes)
    choose(reyes, ref, "chart")
    a_photo(reyes, ref)
    poses = photos_of_person(reyes, ref).poses
    assert list(dict.fromkeys(one.view for one in poses)) == [VIEW, "Chin", "Nose"]
    assert [one.when.value for one in poses if one.view == "Nose"] == ["before", "after", "follow_up"]
    made.close()


@pytest.mark.parametrize("form", ["", "photographs", "microneedling"], ids=["all", "photographs", "main"])
def test_what_was_taken_back_is_not_shown_any_more_and_a_newer_choice_shows_it_again(
    ada: tuple[OpenClinic, str], clinic: SmallClinic, form: str
) -> None:
    nurse, ref = ada
    kept = a_photo(nurse, ref)
    show_photo(nurse, kept.photo_id)
    clinic.clock.at = MONDAY + timedelta(hours=1)
    withdraw_consent(nurse, ref, NewWithdrawal(form, withdrawn_by="Ada"))
    size = log_size(nurse)
    for act in (
        lambda: show_photo(nurse, kept.photo_id),
        lambda: a_photo(nurse, ref),
        lambda: export_photo(nurse, kept.photo_id, PhotoUse.CHART, clinic.folder.parent / "out.jpg"),
    ):
        with pytest.raises(ActionRefused):
            act()
    assert log_size(nurse) == size
    assert not (clinic.folder.parent / "out.jpg").exists()
    choose(nurse, ref, "chart", MONDAY + timedelta(hours=2))
    assert show_photo(nurse, kept.photo_id).row == kept


def test_of_two_choices_the_newer_one_counts_whatever_was_written_down_last(clinic: SmallClinic) -> None:
    ref = add_person(clinic.as_user("desk"))
    nurse = clinic.as_user("reyes")
    choose(nurse, ref, "none", MONDAY + timedelta(hours=2))
    choose(nurse, ref, "chart", MONDAY)
    with pytest.raises(ActionRefused):
        a_photo(nurse, ref)
    choose(nurse, ref, "chart", MONDAY + timedelta(hours=3))
    a_photo(nurse, ref)


def test_a_withdrawal_of_another_consent_leaves_photographs_alone(ada: tuple[OpenClinic, str]) -> None:
    nurse, ref = ada
    kept = a_photo(nurse, ref)
    withdraw_consent(nurse, ref, NewWithdrawal("another-form", withdrawn_by="Ada"))
    assert show_photo(nurse, kept.photo_id).row == kept


def test_a_copy_is_written_for_what_a_signed_choice_allows_upright_and_bare(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    with clinic.signing("reyes") as (nurse, by):
        chosen = consent_with("teaching", text_sha256=approved_form(clinic))
        done = record_visit(nurse, document(consent=chosen), by, shown="window")
        assert done.refusals == ()
        kept = a_photo(nurse, "P-000001")
        size = log_size(nurse)
        for use in (PhotoUse.CHART, PhotoUse.TEACHING):
            out = export_photo(nurse, kept.photo_id, use, tmp_path / f"{use}.jpg").file
            with Image.open(out) as picture:
                assert (picture.size, dict(picture.getexif())) == ((320, 240), {})
            assert PLACE not in out.read_bytes()
        with pytest.raises(ActionRefused):
            export_photo(nurse, kept.photo_id, PhotoUse.MARKETING, tmp_path / "no.jpg")
        assert actions_since(nurse, size) == ["photo.exported", "photo.exported"]
    assert problems_found(nurse) == []


def test_a_choice_that_nobody_signed_lets_no_photograph_out_of_the_chart(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    ref = add_person(clinic.as_user("desk"))
    nurse = clinic.as_user("reyes")
    choose(nurse, ref, "marketing")
    kept = a_photo(nurse, ref)
    for use in (PhotoUse.TEACHING, PhotoUse.MARKETING):
        with pytest.raises(ActionRefused):
            export_photo(nurse, kept.photo_id, use, tmp_path / "out.jpg")
    export_photo(nurse, kept.photo_id, PhotoUse.CHART, tmp_path / "out.jpg")


def test_the_front_desk_and_the_owner_see_no_photograph_and_an_inspector_keeps_and_copies_none(
    ada: tuple[OpenClinic, str], clinic: SmallClinic, tmp_path: Path
) -> None:
    nurse, ref = ada
    kept = a_photo(nurse, ref)
    for user in ("desk", "owner"):
        other = clinic.as_user(user)
        for act in (lambda: list_photos(other, ref), lambda: show_photo(other, kept.photo_id)):  # noqa: B023
            with pytest.raises(NotPermitted):
                act()
    inspector = clinic.as_user("inspector")
    assert show_photo(inspector, kept.photo_id).row == kept
    with pytest.raises(NotPermitted):
        a_photo(inspector, ref)
    with pytest.raises(NotPermitted):
        export_photo(inspector, kept.photo_id, PhotoUse.CHART, tmp_path / "out.jpg")


def test_a_file_whose_row_was_not_stored_is_taken_away_again(
    ada: tuple[OpenClinic, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse, ref = ada

    def fails(*_: object) -> bytes:
        raise StoreUnavailable("The disk failed. Nothing was stored. Try again.")

    monkeypatch.setattr("mnclinic.services.photos.photo_bytes", fails)
    with pytest.raises(StoreUnavailable):
        a_photo(nurse, ref)
    assert files_of(nurse) == []


def test_a_changed_file_a_missing_one_and_another_ones_are_found_and_never_shown(
    ada: tuple[OpenClinic, str], tmp_path: Path
) -> None:
    nurse, ref = ada
    first, second = (a_photo(nurse, ref) for _ in range(2))
    with nurse.store.reading() as session:
        one, other = (
            nurse.folder / ATTACHMENTS / session.get_one(Photo, kept.photo_id).file
            for kept in (first, second)
        )
    other.write_bytes(one.read_bytes())
    where = f"photo {second.photo_id[:8]}"
    assert problems_found(nurse) == [f"{where}: its sealed file is not the one that was kept"]
    with pytest.raises(DatabaseDamaged) as told:
        show_photo(nurse, second.photo_id)
    assert str(told.value) == GONE
    other.unlink()
    assert problems_found(nurse) == [f"{where}: its sealed file is not in the clinic's folder"]
    assert check_store(nurse).verdict == "ALTERED"
    with pytest.raises(DatabaseDamaged):
        export_photo(nurse, second.photo_id, PhotoUse.CHART, tmp_path / "out.jpg")
    assert show_photo(nurse, first.photo_id).row == first


def test_a_sealed_file_that_was_blown_up_is_found_without_being_read_whole(
    ada: tuple[OpenClinic, str],
) -> None:
    nurse, ref = ada
    kept = a_photo(nurse, ref)
    (path,) = files_of(nurse)
    with path.open("r+b") as file:
        file.truncate(LONGEST_SEALED_BYTES * 3)
    assert len(read_sealed(nurse.folder, path.name) or b"") == LONGEST_SEALED_BYTES + 1
    what = f"photo {kept.photo_id[:8]}: its sealed file is not the one that was kept"
    assert problems_found(nurse) == [what]
    with pytest.raises(DatabaseDamaged):
        show_photo(nurse, kept.photo_id)


@pytest.mark.parametrize("act", ["DELETE FROM photo", "UPDATE photo SET view = 'Another'"])
def test_the_database_itself_keeps_what_was_kept(ada: tuple[OpenClinic, str], act: str) -> None:
    nurse, ref = ada
    a_photo(nurse, ref)
    with nurse.store.engine.begin() as connection, pytest.raises(Exception, match="keeps what was written"):
        connection.execute(text(act))


def test_a_backup_has_the_photographs_and_is_held_against_them(
    ada: tuple[OpenClinic, str], clinic: SmallClinic, tmp_path: Path
) -> None:
    nurse, ref = ada
    a_photo(nurse, ref)
    owner = clinic.as_user("owner")
    (tmp_path / "stick").mkdir()
    made = back_up(owner, tmp_path / "stick").backup
    assert check_backup(owner, made.folder).verdict == "OK"
    (copy,) = (made.folder / ATTACHMENTS).iterdir()
    sealed = copy.read_bytes()
    copy.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    assert check_backup(owner, made.folder).verdict == "ALTERED"


def test_a_photograph_entered_under_another_persons_visit_is_found(
    clinic: SmallClinic, ada: tuple[OpenClinic, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse, ref = ada
    others = choose(nurse, add_person(clinic.as_user("desk"), last_name="Otherly"), "chart")
    monkeypatch.setattr(
        "mnclinic.services.photos._visit_of",
        lambda work, *_: SimpleNamespace(id=others, patient_ref=ref, number="V-000002"),
    )
    kept = a_photo(nurse, ref, visit="V-000002")
    assert problems_found(nurse) == [f"photo {kept.photo_id[:8]}: it is of another person than its visit"]


def test_a_photograph_entered_past_the_program_says_no_false_word_of_what_was_brought(
    ada: tuple[OpenClinic, str],
) -> None:
    nurse, ref = ada
    kept = a_photo(nurse, ref)
    with nurse.work() as work:
        row = work.session.get_one(Photo, kept.photo_id)
        values = {one.key: getattr(row, one.key) for one in Photo.__table__.columns}
        other = {
            "id": "5b1f6d0a-3f0c-4a57-8f4a-0d4c8a3f6e22",
            "file": "0" * 32 + ".enc",
            "kept_at": MONDAY - timedelta(days=900),
        }
        copy = Photo(**values | other)
        work.session.add(copy)
        thing = LoggedObject("photo", copy.id, 1, photo_bytes(copy))
        work.log.record(Act("photo.kept", "C", subject=ref, object=thing, categories=("photo",)))
        work.commit(checkpoint=True)
    found = problems_found(nurse)
    for said in (
        "photo 5b1f6d0a: its sealed file is not in the clinic's folder",
        "photo 5b1f6d0a: who kept it, or when, is not what the log says",
    ):
        assert any(said in one for one in found), found
    assert any(one.startswith("log entry ") for one in found)


def test_a_row_that_another_hand_changed_is_found(ada: tuple[OpenClinic, str]) -> None:
    nurse, ref = ada
    kept = a_photo(nurse, ref)
    with nurse.work() as work:
        work.session.execute(text("DROP TRIGGER photo_no_update"))
        work.session.execute(text("UPDATE photo SET view = 'Chin'"))
        work.commit()
    where = f"photo {kept.photo_id[:8]}"
    assert any(one.startswith(where) and "not what the log entered" in one for one in problems_found(nurse))


def test_a_row_that_another_hand_took_away_is_missed(ada: tuple[OpenClinic, str]) -> None:
    nurse, ref = ada
    kept = a_photo(nurse, ref)
    with nurse.work() as work:
        work.session.execute(text("DROP TRIGGER photo_no_delete"))
        work.session.execute(text("DELETE FROM photo"))
        work.commit()
    said = f"photos: {kept.photo_id[:8]} was entered in the log and is not there any more"
    assert any(said in one for one in problems_found(nurse))


def test_an_import_of_whose_people_photographs_are_kept_is_not_undone(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("last_name,first_name,born_on\nImported,Ada,1990-04-23\n", encoding="utf-8")
    owner = clinic.as_user("owner")
    made = import_patients(owner, roster, date_order=None, dry_run=False)
    nurse = clinic.as_user("reyes")
    void_visit(nurse, choose(nurse, "P-000001", "chart"), 2, "Begun twice.")
    with pytest.raises(ActionRefused):
        a_photo(nurse, "P-000001")
    choose(nurse, "P-000001", "chart")
    a_photo(nurse, "P-000001")
    with pytest.raises(ActionRefused):
        undo_import(owner, str(made.import_id))
