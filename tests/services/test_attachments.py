"""Scans and files: kept sealed, read back, entered, and held by the check down to their bytes."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from mnclinic.audit.canonical import sha256_hex
from mnclinic.errors import ActionRefused, DatabaseDamaged, InvalidInput, StoreUnavailable
from mnclinic.models import Attachment, ConsentWithdrawal, Staff
from mnclinic.security.attachment_seal import seal_attachment
from mnclinic.services.attachments import (
    GONE,
    NewAttachment,
    attachment_bytes,
    keep_attachment,
    list_attachments,
    read_attachment,
)
from mnclinic.services.back_up import back_up
from mnclinic.services.check_backup import check_backup
from mnclinic.services.check_store import check_store
from mnclinic.services.import_patients import import_patients, undo_import
from mnclinic.services.session import OpenClinic
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent, withdrawal_bytes
from mnclinic.store.attachment_files import write_attachment
from mnclinic.store.backup_files import ATTACHMENTS
from mnclinic.store.log_writer import Act, LoggedObject
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person
from tests.services.reading import actions_since, log_size, problems_found

TODAY = MONDAY.date()
SCAN = b"%PDF-1.7\n" + b"The signed paper of Ada Testerman. " * 40 + b"\n%%EOF\n"
PAPER = NewAttachment("consent", " Signed  consent ", SCAN, TODAY, "Seen by R. Frontley")


@pytest.fixture
def ada(clinic: SmallClinic) -> tuple[OpenClinic, str]:
    """The desk, and a person on its roster."""
    desk = clinic.as_user("desk")
    return desk, add_person(desk)


def files_of(clinic: OpenClinic) -> list[Path]:
    folder = clinic.folder / ATTACHMENTS
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_a_file_is_kept_sealed_and_read_back_byte_for_byte(ada: tuple[OpenClinic, str]) -> None:
    desk, ref = ada
    kept = keep_attachment(desk, ref, PAPER)
    (file,) = files_of(desk)
    assert b"Testerman" not in file.read_bytes()
    assert (kept.title, kept.media_type, kept.size_bytes) == ("Signed consent", "application/pdf", len(SCAN))
    found = read_attachment(desk, kept.attachment_id)
    assert (found.content, found.row) == (SCAN, kept)
    assert list_attachments(desk, ref) == (kept,)
    assert problems_found(desk) == []


def test_keeping_and_each_first_look_of_a_sitting_are_entered(ada: tuple[OpenClinic, str]) -> None:
    desk, ref = ada
    size = log_size(desk)
    kept = keep_attachment(desk, ref, PAPER)
    for _ in range(2):
        read_attachment(desk, kept.attachment_id)
    assert actions_since(desk, size) == ["attachment.kept", "attachment.viewed"]


def test_everything_that_speaks_against_a_file_is_told_at_once_and_nothing_is_kept(
    ada: tuple[OpenClinic, str],
) -> None:
    desk, ref = ada
    size = log_size(desk)
    wrong = NewAttachment("letter", " ", b"MZ a program", TODAY + timedelta(days=1), "x" * 2001)
    with pytest.raises(InvalidInput) as told:
        keep_attachment(desk, ref, wrong)
    assert [one.where for one in told.value.problems] == ["kind", "file", "title", "dated_on", "note"]
    with pytest.raises(InvalidInput):
        keep_attachment(desk, "P-009999", PAPER)
    assert files_of(desk) == []
    assert log_size(desk) == size


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 cut off",
        b"\x89PNG\r\n\x1a\n cut off",
        b"\xff\xd8\xff cut off",
        b"GIF89a",
        b"%PDF-" + bytes(25_000_000) + b"%%EOF",
    ],
    ids=["empty", "pdf", "png", "jpeg", "gif", "large"],
)
def test_what_is_no_whole_scan_is_refused(ada: tuple[OpenClinic, str], content: bytes) -> None:
    desk, ref = ada
    with pytest.raises(InvalidInput) as told:
        keep_attachment(desk, ref, NewAttachment("exam", "Exam", content, TODAY))
    assert [one.where for one in told.value.problems] == ["file"]


def test_a_file_whose_row_was_not_stored_is_taken_away_again(
    ada: tuple[OpenClinic, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, ref = ada

    def fails(*_: object) -> bytes:
        raise StoreUnavailable("The disk failed. Nothing was stored. Try again.")

    monkeypatch.setattr("mnclinic.services.attachments.attachment_bytes", fails)
    with pytest.raises(StoreUnavailable):
        keep_attachment(desk, ref, PAPER)
    assert files_of(desk) == []


def test_a_changed_file_a_missing_one_and_another_persons_are_found_and_never_shown(
    ada: tuple[OpenClinic, str],
) -> None:
    desk, ref = ada
    first, second = (keep_attachment(desk, ref, PAPER) for _ in range(2))
    named = {path.name: path for path in files_of(desk)}
    with desk.store.reading() as session:
        one, other = (named[session.get_one(Attachment, kept.attachment_id).file] for kept in (first, second))
    sealed = one.read_bytes()
    other.write_bytes(sealed)
    where = f"attachment {second.attachment_id[:8]}"
    assert problems_found(desk) == [f"{where}: its sealed file is not the one that was kept"]
    with pytest.raises(DatabaseDamaged, match="cannot be shown") as told:
        read_attachment(desk, second.attachment_id)
    assert str(told.value) == GONE
    other.unlink()
    assert problems_found(desk) == [f"{where}: its sealed file is not in the clinic's folder"]
    assert check_store(desk).verdict == "ALTERED"
    with pytest.raises(DatabaseDamaged):
        read_attachment(desk, second.attachment_id)
    assert read_attachment(desk, first.attachment_id).content == SCAN


@pytest.mark.parametrize("act", ["DELETE FROM attachment", "UPDATE attachment SET title = 'Another'"])
def test_the_database_itself_keeps_what_was_kept(ada: tuple[OpenClinic, str], act: str) -> None:
    desk, ref = ada
    keep_attachment(desk, ref, PAPER)
    with desk.store.engine.begin() as connection, pytest.raises(Exception, match="keeps what was written"):
        connection.execute(text(act))


def test_a_backup_has_the_files_and_is_held_against_them(
    ada: tuple[OpenClinic, str], clinic: SmallClinic, tmp_path: Path
) -> None:
    desk, ref = ada
    keep_attachment(desk, ref, PAPER)
    owner = clinic.as_user("owner")
    (tmp_path / "stick").mkdir()
    made = back_up(owner, tmp_path / "stick").backup
    assert check_backup(owner, made.folder).verdict == "OK"
    (copy,) = (made.folder / ATTACHMENTS).iterdir()
    sealed = copy.read_bytes()
    copy.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    assert check_backup(owner, made.folder).verdict == "ALTERED"


@pytest.mark.parametrize("is_scan", [True, False], ids=["a scan", "a withdrawal"])
def test_an_import_about_whose_people_papers_are_kept_is_not_undone(
    clinic: SmallClinic, tmp_path: Path, is_scan: bool
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("last_name,first_name,born_on\nImported,Ada,1990-04-23\n", encoding="utf-8")
    owner = clinic.as_user("owner")
    made = import_patients(owner, roster, date_order=None, dry_run=False)
    if is_scan:
        keep_attachment(owner, "P-000001", PAPER)
    else:
        withdraw_consent(owner, "P-000001", NewWithdrawal(withdrawn_by="Ada Imported"))
    with pytest.raises(ActionRefused) as told:
        undo_import(owner, str(made.import_id))
    assert "are kept (1)" in str(told.value.refusals)


def _of_rows(clinic: OpenClinic) -> list[str]:
    """What is found of rows; that the forged entry has not the words of such an act is found besides."""
    found = problems_found(clinic)
    assert any(one.startswith("log entry ") for one in found)
    return [one for one in found if not one.startswith("log entry ")]


_OF_ANOTHER = "who kept it, or when, is not what the log says"
_NOT_BROUGHT = "its sealed file does not open to what it says was brought"
FORGED: dict[str, tuple[dict[str, object], str]] = {
    "another who kept it": ({"kept_by": "okafor"}, _OF_ANOTHER),
    "another moment": ({"kept_at": MONDAY - timedelta(days=900)}, _OF_ANOTHER),
    "another content": ({"sha256": "ab" * 32}, _NOT_BROUGHT),
    "another size": ({"size_bytes": 7}, _NOT_BROUGHT),
    "another key": ({"seal_key": b"k" * 32}, _NOT_BROUGHT),
}


@pytest.mark.parametrize(("changed", "told"), FORGED.values(), ids=FORGED)
def test_a_file_entered_past_the_program_says_no_false_word_of_who_kept_what_and_when(
    ada: tuple[OpenClinic, str], changed: dict[str, object], told: str
) -> None:
    desk, ref = ada
    keep_attachment(desk, ref, PAPER)
    attachment_id = "5b1f6d0a-3f0c-4a57-8f4a-0d4c8a3f6e22"
    sealed, key = seal_attachment(attachment_id, SCAN)
    own = {
        "id": attachment_id,
        "file": write_attachment(desk.folder, sealed),
        "sealed_sha256": sha256_hex(sealed),
        "seal_key": key,
    }
    with desk.work() as work:
        if "kept_by" in changed:
            okafor = work.session.scalars(select(Staff.id).where(Staff.user == changed["kept_by"])).one()
            changed = {"kept_by": okafor}
        kept = work.session.scalars(select(Attachment)).one()
        values = {one.key: getattr(kept, one.key) for one in Attachment.__table__.columns}
        row = Attachment(**values | own | changed)
        work.session.add(row)
        thing = LoggedObject("attachment", row.id, 1, attachment_bytes(row))
        work.log.record(Act("attachment.kept", "C", subject=ref, object=thing, categories=("consent",)))
        work.commit(checkpoint=True)
    assert _of_rows(desk) == [f"attachment 5b1f6d0a: {told}"]


@pytest.mark.parametrize(
    "changed", [{"recorded_at": MONDAY - timedelta(days=900)}, {"recorded_by": "okafor"}], ids=["when", "who"]
)
def test_a_withdrawal_entered_past_the_program_says_no_false_word_of_who_wrote_it_down_and_when(
    ada: tuple[OpenClinic, str], changed: dict[str, object]
) -> None:
    desk, ref = ada
    withdraw_consent(desk, ref, NewWithdrawal(withdrawn_by="Ada"))
    with desk.work() as work:
        if "recorded_by" in changed:
            changed = {
                "recorded_by": work.session.scalars(select(Staff.id).where(Staff.user == "okafor")).one()
            }
        kept = work.session.scalars(select(ConsentWithdrawal)).one()
        values = {one.key: getattr(kept, one.key) for one in ConsentWithdrawal.__table__.columns}
        row = ConsentWithdrawal(**values | {"id": "5b1f6d0a-3f0c-4a57-8f4a-0d4c8a3f6e22"} | changed)
        work.session.add(row)
        thing = LoggedObject("consent_withdrawal", row.id, 1, withdrawal_bytes(row))
        work.log.record(Act("consent.withdrawn", "C", subject=ref, object=thing, categories=("consent",)))
        work.commit(checkpoint=True)
    what = "who wrote it down, or when, is not what the log says"
    assert _of_rows(desk) == [f"consent withdrawal 5b1f6d0a: {what}"]
