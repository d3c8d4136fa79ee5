"""The map of people is entered before checkpoints that leave the PC, and every check works it out anew."""

import json
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from mnclinic.audit.note import parse_checkpoint
from mnclinic.audit.subject_map import PREPARED, SubjectCount, SubjectMap
from mnclinic.models import Checkpoint, LogEntry, LogSubject
from mnclinic.services.back_up import back_up
from mnclinic.services.check_store import check_store
from mnclinic.services.check_subjects import NOT_ITS_MAP, MapsInLog
from mnclinic.services.find_patients import show_patient
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.subject_map_entry import enter_subject_map, people_so_far
from mnclinic.store.log_writer import Act
from tests.services.clinic_builder import SmallClinic, add_person, document
from tests.services.reading import entries_since, log_size
from tests.store.raw import with_database_key

VAULT = "d1b2c3d4-0000-4000-8000-000000000000"


def checkpoint_sizes(clinic: OpenClinic) -> list[int]:
    """The sizes at which checkpoints were stored."""
    with Session(clinic.store.engine) as session:
        return [parse_checkpoint(note).size for note in session.scalars(select(Checkpoint.note))]


def test_a_backup_enters_the_map_of_all_people_right_before_its_checkpoint(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    desk = clinic.as_user("desk")
    add_person(desk, "Otherson")
    before = log_size(desk)
    with Session(desk.store.engine) as session:
        rows = [SubjectCount(one.subject, one.count, one.last_leaf) for one in session.query(LogSubject)]
    back_up(desk, tmp_path)
    entry = next(one for one in entries_since(desk, before) if one["action"] == PREPARED)
    assert (entry["obj"]["t"], entry["obj"]["rev"], entry["subj"]) == ("subject_map", 2, None)
    assert entry["obj"]["id"] == SubjectMap(rows).root.hex()
    assert entry["seq"] in checkpoint_sizes(desk)
    checked = check_store(desk)
    assert (checked.verdict, checked.findings) == ("OK", ())
    assert checked.counts["subject maps"] == 1


def test_a_map_that_was_built_before_others_wrote_is_brought_up_to_its_entry(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    known = add_person(desk)
    so_far = people_so_far(desk.store)
    show_patient(desk, known)
    add_person(desk, "Otherson")
    with desk.work() as work:
        work.log.record(Act("patient.viewed", "R", subject=known))
        facts, _ = enter_subject_map(work, desk.facts.vault, so_far)
        rows = [SubjectCount(one.subject, one.count, one.last_leaf) for one in work.session.query(LogSubject)]
        work.commit(checkpoint=True)
    assert (facts.subjects, facts.root) == (2, SubjectMap(rows).root)
    checked = check_store(desk)
    assert (checked.verdict, checked.counts["subject maps"]) == ("OK", 1)


def test_a_map_that_counted_somebody_otherwise_is_found_at_its_entry(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    back_up(reyes, tmp_path)
    clinic.close()
    with with_database_key(clinic) as connection:
        connection.execute(text("UPDATE log_subject SET count = count - 1"))
    back_up(clinic.as_user("desk"), tmp_path)
    clinic.close()
    with with_database_key(clinic) as connection:
        connection.execute(text("UPDATE log_subject SET count = count + 1"))
    inspector = clinic.as_user("inspector")
    found = [
        one for one in check_store(inspector).findings if one.what.startswith("its map of people is not")
    ]
    with Session(inspector.store.engine) as session:
        maps = list(session.scalars(select(LogEntry.seq).where(LogEntry.action == PREPARED)))
    assert len(maps) == 2
    assert [one.where for one in found] == [f"log entry {maps[1]}"]


def test_a_log_without_any_map_has_none_to_check(clinic: SmallClinic) -> None:
    checked = check_store(clinic.as_user("inspector"))
    assert (checked.verdict, checked.counts["subject maps"]) == ("OK", 0)


def test_behind_an_entry_that_cannot_be_read_no_map_is_called_altered() -> None:
    """An entry of a later version may have been about anybody; it has a finding of its own."""
    lie = json.dumps(
        {"salt": "00" * 16, "obj": {"t": "subject_map", "id": "0" * 64, "rev": 9, "h": "0" * 64}}
    )
    seeing, blind = MapsInLog(VAULT), MapsInLog(VAULT)
    blind.take_unreadable(bytes(32))
    for maps, wrong in ((seeing, NOT_ITS_MAP), (blind, None)):
        said = maps.take(bytes(32), lie.encode(), subject=None, action=PREPARED, object_kind="subject_map")
        assert (said, maps.count) == (wrong, 1)
