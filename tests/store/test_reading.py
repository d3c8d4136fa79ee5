"""Readers see one position and hold nobody up; a database that was replaced is never written into."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from mnclinic.errors import ClinicInUse, FolderNotWritable
from mnclinic.models import LogEntry, Patient
from mnclinic.services import check_rows
from mnclinic.services import make_bundle as make_bundle_module
from mnclinic.services.bundle_log import add_whole_log
from mnclinic.services.check_store import check_store
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.record_visit import record_visit
from mnclinic.store.engine import DATABASE_NAME, POOL_SIZE
from tests.services.clinic_builder import SmallClinic, add_person, document
from tests.services.reading import counts, problems_found


def test_a_reading_stays_at_its_position_while_others_write(clinic: SmallClinic) -> None:
    desk, owner = clinic.as_user("desk"), clinic.as_user("owner")
    before = counts(desk)["patient"]
    with desk.store.reading() as session:
        add_person(owner, "Elsewhere")
        add_person(desk, "Here")
        assert session.scalar(select(func.count()).select_from(Patient)) == before
    assert counts(desk)["patient"] == before + 2


def test_a_reading_cannot_write_and_its_connection_can_afterwards(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    with pytest.raises(FolderNotWritable), desk.store.reading() as session:
        session.execute(text("DELETE FROM screen_state"))
    for number in range(POOL_SIZE):
        with desk.store.reading() as session:
            session.scalar(select(func.count()).select_from(Patient))
        add_person(desk, f"After{number}")


def test_more_readings_than_there_are_connections_are_told(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = clinic.as_user("desk")
    monkeypatch.setattr(desk.store.engine.pool, "_timeout", 0.01)
    open_readings = [desk.store.reading() for _ in range(POOL_SIZE)]
    for reading in open_readings:
        reading.__enter__()
    with pytest.raises(ClinicInUse, match="Nothing was changed"), desk.work():
        pass
    for reading in open_readings:
        reading.__exit__(None, None, None)
    add_person(desk)


def test_others_write_while_the_store_is_checked_and_nothing_is_called_tampering(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A signature in the middle of the check also moves the head file past what the check looks at."""
    with clinic.signing("reyes") as (reyes, by):
        looked_at = check_rows.releases

        def meanwhile(session: object) -> object:
            record_visit(reyes, document(), by, shown="window")
            return looked_at(session)  # type: ignore[arg-type] # handed on as it came

        monkeypatch.setattr(check_rows, "releases", meanwhile)
        entries = counts(reyes)["log_entry"]
        owner = clinic.as_user("owner")
        checked = check_store(owner)
        assert (checked.verdict, checked.findings) == ("OK", ())
        assert checked.counts["log entries"] == entries + 1, "the log-in, and nothing that came later"
        monkeypatch.undo()
        assert problems_found(owner) == []


def test_others_write_while_a_bundle_is_made(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
        meanwhile: list[str] = []

        def in_the_middle(session: Session, members: dict[str, bytes], size: int, note: bytes) -> None:
            meanwhile.append(add_person(reyes, "Meanwhile"))
            add_whole_log(session, members, size, note)

        monkeypatch.setattr(make_bundle_module, "add_whole_log", in_the_middle)
        owner = clinic.as_user("owner")
        day = date(2026, 11, 23)
        made = make_bundle(owner, MakeBundle(day, day, tmp_path / "evidence.zip", plain=True))
        assert made.visits == 1
        assert len(meanwhile) == 1
        assert problems_found(owner) == []


def test_nothing_is_written_into_a_database_that_was_replaced(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    path = clinic.folder / DATABASE_NAME
    shutil.copy(path, path.with_suffix(".copy"))
    path.with_suffix(".copy").replace(path)
    with pytest.raises(ClinicInUse, match=r"was replaced.*Log in again"):
        add_person(desk)
    with pytest.raises(ClinicInUse, match="was replaced"), desk.store.reading():
        pass
    desk.store.engine.dispose()
    with pytest.raises(ClinicInUse, match="was replaced"):
        add_person(desk)


def test_nothing_is_written_when_the_database_was_taken_away(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    entries = counts(desk)["log_entry"]
    away = clinic.folder / "away.db"
    (clinic.folder / DATABASE_NAME).rename(away)
    with pytest.raises(ClinicInUse, match="was replaced"):
        add_person(desk)
    assert not (clinic.folder / DATABASE_NAME).exists(), "no new database was made in its place"
    away.rename(clinic.folder / DATABASE_NAME)
    add_person(desk)
    with desk.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(LogEntry)) == entries + 1
