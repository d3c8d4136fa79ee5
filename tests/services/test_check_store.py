"""The check of the whole store against somebody who has the database key and an SQL prompt."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.services.check_store import check_store
from mnclinic.services.record_adverse_event import record_adverse_event
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import approve_visit, release_visit
from mnclinic.services.start_visit import start_visit
from tests.services.clinic_builder import SmallClinic, add_person, document, small_clinic
from tests.services.reading import problems_found
from tests.services.test_visit_life import STOPPED_RECENTLY
from tests.store.raw import with_database_key


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    """V-000001 signed with an adverse event, V-000002 released and waiting, V-000003 a draft."""
    clinic = small_clinic(tmp_path_factory.mktemp("lived in") / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        first = record_visit(reyes, document(), by, shown="window")
        record_adverse_event(
            reyes,
            visit_id=first.visit_id,
            event="redness",
            grade=1,
            noted_on=date(2026, 11, 23),
            note="Gone in a day.",
        )
    with clinic.signing("reyes") as (reyes, by):
        other = {"last_name": "Otherson", "first_name": "Bo", "born_on": "1985-01-02"}
        second = record_visit(reyes, document(patient=other, screening=STOPPED_RECENTLY), by, shown="window")
    with clinic.signing("okafor") as (okafor, by):
        approve_visit(okafor, first.visit_id, None, by, shown="window")
        release_visit(okafor, second.visit_id, None, by, "Low dose.", shown="window")
    desk = clinic.as_user("desk")
    start_visit(desk, add_person(desk, "Thirdson"), "microneedling_face", "reyes")
    clinic.close()
    return clinic


@pytest.fixture
def built_clinic(lived_in: SmallClinic) -> SmallClinic:
    """What the tests here get their copies of."""
    return lived_in


def test_a_store_that_nobody_touched_is_ok_and_says_how_much_was_looked_at(clinic: SmallClinic) -> None:
    checked = check_store(clinic.as_user("inspector"))
    assert (checked.verdict, checked.findings) == ("OK", ())
    assert checked.counts["visits"] == 3
    assert checked.counts["patients"] == 3
    assert checked.counts["signatures"] == 3
    assert checked.counts["log entries"] > 30


EDITS = {
    "whose act an entry is searched as": (
        "UPDATE log_entry SET actor = (SELECT id FROM staff WHERE user = 'inspector') WHERE seq = 40",
        r"^log entry 40: what is searched in it",
    ),
    "when an entry is searched as": (
        "UPDATE log_entry SET at = '2026-01-01T00:00:00.000Z' WHERE seq = 40",
        r"^log entry 40: what is searched in it",
    ),
    "an entry searched as one of a clock set back": (
        "UPDATE log_entry SET is_clock_back = 1 WHERE seq = 40",
        r"^log entry 40: what is searched in it",
    ),
    "what kind an entry is searched as": (
        "UPDATE log_entry SET kind = 'Q' WHERE seq = 40",
        r"^log entry 40: what is searched in it",
    ),
    "what kind of thing an entry is searched as": (
        "UPDATE log_entry SET object_kind = 'lot' WHERE seq = 40",
        r"^log entry 40: what is searched in it",
    ),
    "a record's depth": (
        "UPDATE visit_revision SET record = CAST(replace(CAST(record AS TEXT), '1.25', '0.75') AS BLOB) "
        "WHERE visit_id = (SELECT id FROM visit WHERE number = 'V-000001')",
        r"^visit V-000001 revision 1: the record is not",
    ),
    "a treated area's depth": (
        "UPDATE treatment_line SET depth_um = 750",
        r"^visit V-000001 revision 1: the treated areas",
    ),
    "a treated area taken away": (
        "DELETE FROM treatment_line",
        r"^visit V-000001 revision 1: the treated areas",
    ),
    "a treated area invented": (
        "INSERT INTO treatment_line SELECT id, 9, 1, 'chin', 'midline', 500, 1, 'erythema' FROM visit "
        "WHERE number = 'V-000001'",
        r"treated areas of a revision 9 that does not exist",
    ),
    "the lot that was used": (
        "UPDATE visit_supply SET lot = 'LOT-9' WHERE kind = 'cartridge'",
        r"^visit V-000001 revision 1: the supplies",
    ),
    "a patient's birthday": (
        "UPDATE patient SET born_on = '1991-01-01' WHERE record_number = 'P-000001'",
        r"^patient P-000001: the roster data",
    ),
    "a patient's folded name": (
        "UPDATE patient SET folded_name = 'somebody else' WHERE record_number = 'P-000001'",
        r"^patient P-000001: the roster data",
    ),
    "a patient taken away": (
        "DELETE FROM patient WHERE record_number = 'P-000003'",
        r"^patients: somebody",
    ),
    "a visit moved to another patient": (
        "UPDATE visit SET patient_ref = (SELECT ref FROM patient WHERE record_number = 'P-000002') "
        "WHERE number = 'V-000001'",
        r"^visit V-000001: ",
    ),
    "a signed visit back to draft": (
        "UPDATE visit SET state = 'draft' WHERE number = 'V-000001'",
        r"^visit V-000001: its state draft",
    ),
    "a draft made signed": (
        "UPDATE visit SET state = 'signed' WHERE number = 'V-000003'",
        r"^visit V-000003: its state signed",
    ),
    "a visit's day": (
        "UPDATE visit SET visit_on = '2026-01-01' WHERE number = 'V-000001'",
        r"^visit V-000001: ",
    ),
    "a draft's document": (
        "UPDATE visit SET document = CAST(replace(CAST(document AS TEXT), 'reyes', 'lindo') AS BLOB) "
        "WHERE number = 'V-000003'",
        r"^visit V-000003: its document",
    ),
    "a signed visit's open document": (
        "UPDATE visit SET document = CAST(replace(CAST(document AS TEXT), '1.25', '0.75') AS BLOB) "
        "WHERE number = 'V-000001'",
        r"^visit V-000001: its document",
    ),
    "a visit taken away": (
        "DELETE FROM visit WHERE number = 'V-000003'",
        r"^visits: a visit that the log entered",
    ),
    "a log entry taken away": ("DELETE FROM log_entry WHERE seq = 20", r"^log entry 2[01]: "),
    "the log's tail cut": (
        "DELETE FROM log_entry WHERE seq > (SELECT max(seq) - 6 FROM log_entry)",
        r"^clinic.head: entries \d+ to \d+ are missing",
    ),
    "a log entry's words": (
        "UPDATE log_entry SET entry = CAST(replace(CAST(entry AS TEXT), 'visit.perf', 'visit.porf') AS BLOB) "
        " WHERE action = 'visit.performed'",
        r"^log entry \d+: ",
    ),
    "the list column of a log entry": (
        "UPDATE log_entry SET action = 'visit.viewed' WHERE action = 'visit.performed'",
        r"^log entry \d+: ",
    ),
    "a log entry's signature": (
        "UPDATE log_entry SET signature = (SELECT signature FROM log_entry WHERE seq = 5) WHERE seq = 6",
        r"^log entry 6: ",
    ),
    "a detail": (
        'UPDATE log_detail SET detail = CAST(\'{"reason":"other"}\' AS BLOB) '
        "WHERE seq = (SELECT max(seq) FROM log_detail)",
        r"^log entry \d+: its detail",
    ),
    "a tree node": (
        "UPDATE log_node SET hash = zeroblob(32) WHERE level = 2 AND position = 1",
        r"^log tree: ",
    ),
    "a tree node taken away": ("DELETE FROM log_node WHERE level = 2 AND position = 1", r"^log tree: "),
    "a tree node invented": ("INSERT INTO log_node VALUES (0, 9999, zeroblob(32))", r"^log tree: "),
    "a subject's count": (
        "UPDATE log_subject SET count = count + 1 WHERE subject = "
        "(SELECT ref FROM patient WHERE record_number = 'P-000001')",
        r"^log subjects: ",
    ),
    "a signature taken away": (
        "DELETE FROM visit_signature WHERE meaning = 'approved'",
        r"^visit V-000001: a signature",
    ),
    "a release invented": (
        "INSERT INTO visit_release (visit_id, signature_id, code, basis, reason, director) "
        "SELECT visit_id, signature_id, 'pregnancy', 'yes', reason, director FROM visit_release",
        r"^visit V-000002: a release",
    ),
    "a release widened": (
        "UPDATE visit_release SET basis = 'yes:2026-11-20'",
        r"^visit V-000002: a release",
    ),
    "a protocol's ceiling": (
        "UPDATE approved_document SET document = "
        "CAST(replace(CAST(document AS TEXT), '2.00', '2.50') AS BLOB) WHERE kind = 'protocol'",
        r"^protocol face v1: the document",
    ),
    "a protocol's day": (
        "UPDATE approved_document SET effective_on = '2025-01-01' WHERE kind = 'protocol'",
        r"^protocol face v1: ",
    ),
    "an approval taken away": (
        "UPDATE approved_document SET approval = NULL, approval_signature = NULL, approved_at = NULL "
        "WHERE kind = 'policy'",
        r"^policy clinic-policy v1: ",
    ),
    "a depth ceiling of staff": (
        "UPDATE staff SET depth_ceiling_mm = '2.50' WHERE user = 'reyes'",
        r"^staff reyes: ",
    ),
    "a role": ("UPDATE staff SET role = 'director' WHERE user = 'lind'", r"^staff lind: "),
    "an expired licence made good": (
        "UPDATE licence SET expires_on = '2030-01-01' WHERE staff_id = "
        "(SELECT id FROM staff WHERE user = 'reyes')",
        r"^staff reyes: ",
    ),
    "a lot's expiry": ("UPDATE lot SET expires_on = '2030-01-01'", r"^cartridge lot LOT-1: "),
    "a device's depth": (
        "UPDATE device SET facts = CAST(replace(CAST(facts AS TEXT), '2.50', '3.00') AS BLOB)",
        r"^device SP-01: ",
    ),
    "an adverse event taken away": ("DELETE FROM adverse_event", r"^adverse events: "),
    "an adverse event's grade": ("UPDATE adverse_event SET grade = 2", r"^adverse event "),
    "a vouch": (
        "UPDATE key_register SET vouches = CAST('[]' AS BLOB) WHERE purpose = 'session'",
        r"^key \w+: ",
    ),
    "a checkpoint": (
        "UPDATE checkpoint SET note = (SELECT note FROM checkpoint ORDER BY size LIMIT 1) "
        "WHERE size = (SELECT max(size) FROM checkpoint)",
        r"^checkpoint",
    ),
    "a checkpoint's words": (
        "UPDATE checkpoint SET note = CAST('x' AS BLOB)",
        r"^checkpoint of \d+ entries: it is no",
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_with_the_database_key_is_found_and_its_place_named(clinic: SmallClinic, edit: str) -> None:
    statement, place = EDITS[edit]
    with with_database_key(clinic) as connection:
        assert connection.execute(text(statement)).rowcount >= 1
    found = problems_found(clinic.as_user("inspector"))
    assert any(re.search(place, one) for one in found), found


def test_two_swapped_signatures_are_found(clinic: SmallClinic) -> None:
    with with_database_key(clinic) as connection:
        rows = connection.execute(text("SELECT id, signature FROM visit_signature ORDER BY id LIMIT 2")).all()
        for row, other in zip(rows, reversed(rows), strict=True):
            connection.execute(
                text("UPDATE visit_signature SET signature = :signature WHERE id = :id"),
                {"signature": other.signature, "id": row.id},
            )
    found = problems_found(clinic.as_user("inspector"))
    assert found == [
        "signature on V-000001 revision 1 (performed): the signature does not belong to what it stands under",
        "signature on V-000001 revision 1 (approved): the signature does not belong to what it stands under",
    ]


MOVED = "signature on V-000001 revision 1 (approved): the signature was made for another record"


@pytest.mark.parametrize(
    "to",
    [
        "visit_id = (SELECT id FROM visit WHERE number = 'V-000002')",
        "visit_id = (SELECT id FROM visit WHERE number = 'V-000003')",
        "revision = 2",
    ],
)
def test_a_signature_moved_to_another_record_or_revision_is_found(clinic: SmallClinic, to: str) -> None:
    with with_database_key(clinic) as connection:
        connection.execute(text(f"UPDATE visit_signature SET {to} WHERE meaning = 'approved'"))  # noqa: S608
    assert MOVED in problems_found(clinic.as_user("inspector"))


def test_a_signature_brought_from_another_clinic_is_found(clinic: SmallClinic, tmp_path: Path) -> None:
    other = small_clinic(tmp_path / "other")
    with other.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window")
    with other.signing("okafor") as (okafor, by):
        approve_visit(okafor, visit.visit_id, None, by, shown="window")
    other.close()
    with with_database_key(other) as connection:
        theirs = connection.execute(
            text("SELECT record, signature FROM visit_signature WHERE meaning = 'approved'")
        ).one()
    with with_database_key(clinic) as connection:
        connection.execute(
            text(
                "UPDATE visit_signature SET record = :record, signature = :signature "
                "WHERE meaning = 'approved'"
            ),
            {"record": theirs.record, "signature": theirs.signature},
        )
    found = problems_found(clinic.as_user("inspector"))
    assert MOVED in found
    assert MOVED.replace("was made for another record", "does not belong to what it stands under") in found


def test_a_record_and_its_hash_changed_together_are_found(clinic: SmallClinic) -> None:
    with with_database_key(clinic) as connection:
        row = connection.execute(
            text("SELECT visit_id, record FROM visit_revision WHERE record LIKE '%V-000001%'")
        ).one()
        record = json.loads(row.record)
        record["document"]["lines"][0]["passes"] = 2
        changed = canonical_bytes(record)
        connection.execute(
            text("UPDATE visit_revision SET record = :record, sha256 = :sha256 WHERE visit_id = :id"),
            {"record": changed, "sha256": sha256_hex(changed), "id": row.visit_id},
        )
        connection.execute(text("UPDATE treatment_line SET passes = 2"))
    found = problems_found(clinic.as_user("inspector"))
    assert "visit V-000001 revision 1: the record is not the one that was entered in the log" in found
    assert "signature on V-000001 revision 1 (approved): the signature was made for another record" in found


def test_a_page_that_rotted_on_the_disk_is_found(clinic: SmallClinic) -> None:
    path = clinic.folder / "clinic.db"
    data = bytearray(path.read_bytes())
    with with_database_key(clinic) as connection:
        page = connection.execute(
            text("SELECT rootpage FROM sqlite_master WHERE name = 'ix_visit_supply_lot'")
        ).scalar_one()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 + 2000] ^= 1
    path.write_bytes(data)
    found = problems_found(clinic.as_user("inspector"))
    assert any(re.search(rf"^database: .*page {page}\b", one) for one in found), found
