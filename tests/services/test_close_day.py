"""Closing the day fixes the log: an entry, the map of people, a checkpoint, and a slip that carries it."""

from pathlib import Path

import pytest

from mnclinic.audit.note import parse_checkpoint
from mnclinic.errors import NotPermitted, StoreUnavailable
from mnclinic.services.check_store import check_store
from mnclinic.services.close_day import close_day
from mnclinic.services.record_visit import record_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.store.head_file import read_head
from tests.documents.reading import pages_of, squeezed
from tests.services.clinic_builder import SmallClinic, add_person, document
from tests.services.reading import actions_since, entries_since, log_size, problems_found


def test_the_slip_carries_the_head_that_was_signed_last(clinic: SmallClinic, tmp_path: Path) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    desk = clinic.as_user("desk")
    start_visit(desk, add_person(desk, "Waiting"), "microneedling_face", "reyes")
    before = log_size(desk)
    closed = close_day(desk, tmp_path / "slip.pdf")
    assert actions_since(desk, before) == ["day.closed", "checkpoint.prepared"]
    assert (closed.performed, closed.still_open, closed.log_size) == (1, 1, before + 2)
    note = read_head(clinic.folder)
    assert note is not None
    head = parse_checkpoint(note)
    assert (head.size, head.root.hex()) == (closed.log_size, closed.root)
    (page,) = pages_of(closed.file.read_bytes())
    for words in ("Day-close slip, 2026-11-23", closed.root[:8], str(closed.log_size), "R. Frontley"):
        assert squeezed(words) in squeezed(page), words
    assert "Waiting" not in page
    checked = check_store(clinic.as_user("inspector"), given=note)
    assert (checked.verdict, checked.findings) == ("OK", ())


def test_a_day_may_be_closed_again_and_each_time_is_counted(clinic: SmallClinic, tmp_path: Path) -> None:
    director = clinic.as_user("okafor")
    before = log_size(director)
    for name in ("first.pdf", "second.pdf"):
        close_day(director, tmp_path / name)
    closings = [one["obj"]["rev"] for one in entries_since(director, before) if one["action"] == "day.closed"]
    assert closings == [1, 2]
    assert problems_found(director) == []


def test_a_slip_that_cannot_be_written_is_told_and_the_closing_stays_entered(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    desk = clinic.as_user("desk")
    before = log_size(desk)
    with pytest.raises(StoreUnavailable, match="The day is closed and the log says so; only the slip is"):
        close_day(desk, tmp_path / ("s" * 300))
    assert actions_since(desk, before) == ["day.closed", "checkpoint.prepared"]
    close_day(desk, tmp_path / "slip.pdf")


@pytest.mark.parametrize("user", ["reyes", "inspector"])
def test_who_neither_leads_nor_keeps_the_desk_closes_no_day(
    clinic: SmallClinic, tmp_path: Path, user: str
) -> None:
    with pytest.raises(NotPermitted, match="close the day"):
        close_day(clinic.as_user(user), tmp_path / "slip.pdf")
    assert not (tmp_path / "slip.pdf").exists()
