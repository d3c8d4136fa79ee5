"""The check of the whole store against somebody who has the database key and an SQL prompt."""

import base64
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.audit.signing import entry_signing_bytes
from mnclinic.audit.tree import leaf_hash, nodes_to_store
from mnclinic.audit.verifiers import FEW, Verifiers, verifiers
from mnclinic.errors import Stopped
from mnclinic.services import check_store as check_store_module
from mnclinic.services.back_up import back_up
from mnclinic.services.backup_plan import backup_notices
from mnclinic.services.check_backup import check_backup
from mnclinic.services.check_columns import ANOTHER_CLINIC
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.check_store import check_store
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import approve_visit, release_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.store.log_tree import stored_nodes
from tests.services.clinic_builder import SmallClinic, add_person, document, seen_by, small_clinic
from tests.services.events import note_down
from tests.services.reading import problems_found
from tests.services.test_visit_life import STOPPED_RECENTLY
from tests.store.raw import with_database_key


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    """V-000001 signed with an adverse event, V-000002 released and waiting, V-000003 a draft."""
    clinic = small_clinic(tmp_path_factory.mktemp("lived in") / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        first = record_visit(reyes, document(), by, shown="window")
        note_down(
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
        release_visit(
            okafor,
            second.visit_id,
            None,
            by,
            "Low dose.",
            shown="window",
            seen=seen_by(okafor, second.visit_id),
        )
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
    "an entry as text": (
        "UPDATE log_entry SET entry = CAST(entry AS TEXT) WHERE seq = 40",
        r"^log entry 40: text stands where its bytes belong",
    ),
    "a detail as text": (
        "UPDATE log_detail SET detail = CAST(detail AS TEXT) WHERE seq = (SELECT max(seq) FROM log_detail)",
        r"^log entry \d+: text stands where its bytes belong",
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
    "whose a lot was that was used": (
        "UPDATE visit_supply SET patient_ref = 'somebody else' WHERE kind = 'cartridge'",
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
    "the performer in a draft's document": (
        "UPDATE visit SET document = CAST(replace(CAST(document AS TEXT), 'reyes', 'lindo') AS BLOB) "
        "WHERE number = 'V-000003'",
        r"^visit V-000003: its day, service, performer or patient",
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
    "a tree node between two others": (
        "UPDATE log_node SET position = 2.5 WHERE level = 0 AND position = 2",
        r"^log tree: node 2 of level 0 is missing",
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
    "when a visit was performed": (
        "UPDATE visit SET performed_at = '2026-11-01T10:00:00.000Z' WHERE number = 'V-000001'",
        r"^visit V-000001: the moment of its performance",
    ),
    "why a visit went to review": (
        "UPDATE visit SET review_reasons = '' WHERE number = 'V-000001'",
        r"^visit V-000001: why it goes to review",
    ),
    "a reason put into a visit": (
        "UPDATE visit SET reason = 'A mistake.' WHERE number = 'V-000001'",
        r"^visit V-000001: the reason",
    ),
    "when a record was frozen": (
        "UPDATE visit_revision SET frozen_at = '2026-11-01T10:00:00.000Z'",
        r"^visit V-000001 revision 1: its columns",
    ),
    "a record taken away with its columns": (
        "DELETE FROM visit_revision WHERE visit_id = (SELECT id FROM visit WHERE number = 'V-000002')",
        r"^visit V-000002 revision 1: the record that log entry \d+ names is missing",
    ),
    "when a signature was made": (
        "UPDATE visit_signature SET signed_at = '2026-11-01T10:00:00.000Z' WHERE meaning = 'approved'",
        r"^signature on V-000001 revision 1 \(approved\): its columns",
    ),
    "whose a signature is": (
        "UPDATE visit_signature SET signer = (SELECT id FROM staff WHERE user = 'lind')",
        r"^signature on V-000001 revision 1 \(approved\): its columns",
    ),
    "a signature doubled": (
        "INSERT INTO visit_signature (visit_id, revision, meaning, signer, record, signature, signed_at) "
        "SELECT visit_id, revision, meaning, signer, record, signature, signed_at FROM visit_signature",
        r"^signature on V-000001 revision 1 \(performed\): it stands there twice",
    ),
    "two signatures in another order": (
        "UPDATE visit_signature SET id = 1000 - id",
        r"^signature on V-000001 revision 1 \(performed\): it stands there twice, or before",
    ),
    "a release taken away": (
        "DELETE FROM visit_release",
        r"^visit V-000002: the releases in the table are not those that were signed: ",
    ),
    "a release doubled": (
        "INSERT INTO visit_release (visit_id, signature_id, code, basis, reason, director) "
        "SELECT visit_id, signature_id, code, basis, reason, director FROM visit_release",
        r"^visit V-000002: the releases in the table are not those",
    ),
    "a released visit turned back": (
        "UPDATE visit SET state = 'deferred' WHERE number = 'V-000002'",
        r"^visit V-000002: its state deferred is not what the log last says",
    ),
    "the words for a key made unreadable": (
        "UPDATE key_register SET vouches = CAST('[1]' AS BLOB) WHERE purpose = 'session'",
        r"^key [0-9a-f]{16}: what stands there is not what mnclinic writes",
    ),
    "when a key was enrolled": (
        "UPDATE key_register SET enrolled_at = '2026-01-01T10:00:00.000Z'",
        r"^key \w+: its columns",
    ),
    "whose a key is": (
        "UPDATE key_register SET staff_id = (SELECT id FROM staff WHERE user = 'lind')",
        r"^key \w+: its columns",
    ),
    "when somebody joined": (
        "UPDATE staff SET added_at = '2026-01-01T10:00:00.000Z' WHERE user = 'reyes'",
        r"^staff reyes: the moment of joining",
    ),
    "when a patient came": (
        "UPDATE patient SET added_at = '2026-01-01T10:00:00.000Z'",
        r"^patient P-000001: the moment of joining",
    ),
    "an import invented": (
        "INSERT INTO import_batch SELECT 'x', 'roster.csv', 'x', added_at, id, 9, NULL FROM staff LIMIT 1",
        r"^import x: it did not bring as many people",
    ),
    "a backup invented": (
        "INSERT INTO backup SELECT 'x', added_at, 'made', '/', 'b', 1, 1, 'x', 'OK', added_at, 0, NULL "
        "FROM staff LIMIT 1",
        r"^backup b: it was never entered",
    ),
    "the clinic's name": ("UPDATE clinic SET name = 'Another'", r"^clinic: its name"),
    "a demo's day": (
        "UPDATE clinic SET is_demo = 1, demo_day = '2026-11-23'",
        r"^clinic: its name or kind",
    ),
    "when the clinic was made": (
        "UPDATE clinic SET created_at = '2026-01-01T10:00:00.000Z'",
        r"^clinic: its identity or the moment",
    ),
    "who noted an adverse event": (
        "UPDATE adverse_event SET recorded_by = (SELECT id FROM staff WHERE user = 'lind')",
        r"^adverse event \w+: who noted it",
    ),
    "a document's name": (
        "UPDATE approved_document SET name = 'Another' WHERE kind = 'protocol'",
        r"^protocol face v1: its name",
    ),
    "when a document was added": (
        "UPDATE approved_document SET added_at = '2026-01-01T10:00:00.000Z' WHERE kind = 'protocol'",
        r"^protocol face v1: the moment of its adding",
    ),
    "a document taken away": (
        "DELETE FROM approved_document WHERE kind = 'protocol'",
        r"^protocol face v1: the log entered it",
    ),
    "a detail taken away": (
        "DELETE FROM log_detail WHERE seq = (SELECT max(seq) FROM log_detail)",
        r"^log entry \d+: its detail is missing",
    ),
    "a detail invented": (
        "INSERT INTO log_detail SELECT 99999, detail FROM log_detail LIMIT 1",
        r"^log details: a detail of an entry 99999",
    ),
    "a detail that says nothing": (
        "INSERT INTO log_detail SELECT min(seq), CAST('{}' AS BLOB) FROM log_entry "
        "WHERE seq NOT IN (SELECT seq FROM log_detail)",
        r"^log entry \d+: a detail that says nothing",
    ),
    "an import of nobody": (
        "INSERT INTO import_batch (id, file_name, sha256, imported_at, imported_by, added) "
        "SELECT 'b', 'stolen.csv', 'x', added_at, id, 0 FROM staff LIMIT 1",
        r"^import b: it was never entered",
    ),
    "an import of nobody, taken back": (
        "INSERT INTO import_batch (id, file_name, sha256, imported_at, imported_by, added, undone_at) "
        "SELECT 'b', 'stolen.csv', 'x', added_at, id, 0, added_at FROM staff LIMIT 1",
        r"^import b: it was never entered",
    ),
    "an answer that a release holds for": (
        "UPDATE visit_release SET basis = 'unanswered'",
        r"^visit V-000002: a release of isotretinoin_stopped is not what a director signed",
    ),
    "a release that holds for words and not for the answer": (
        "UPDATE visit_release SET basis = (SELECT json_extract(CAST(record AS TEXT), "
        "'$.judged.findings[0].message') FROM visit_revision WHERE visit_id = visit_release.visit_id)",
        r"^visit V-000002: a release of isotretinoin_stopped is not what a director signed",
    ),
    "a light of a signed visit": (
        "UPDATE visit SET lights = 'f' || substr(lights, 2) WHERE number = 'V-000001'",
        r"^visit V-000001: its lights are not those that were signed",
    ),
    "when a visit was last changed": (
        "UPDATE visit SET saved_at = '2020-01-01T10:00:00.000Z' WHERE number = 'V-000001'",
        r"^visit V-000001: the moment at which it was last changed",
    ),
    "a subject taken away": (
        "DELETE FROM log_subject WHERE subject = (SELECT ref FROM patient WHERE record_number = 'P-000001')",
        r"^log subjects: ",
    ),
    "an entry added at the end": (
        "INSERT INTO log_entry SELECT seq + 1, entry, leaf, signature, action, subject, object_id, at, "
        "is_clock_back, actor, kind, object_kind FROM log_entry ORDER BY seq DESC LIMIT 1",
        r"^log entry \d+: This entry carries another number",
    ),
    "an entry in a form that nobody signed": (
        "UPDATE log_entry SET entry = CAST('{\"v\"\\:2}' AS BLOB) WHERE seq = 30",
        r"^log entry 30: This is not a log entry",
    ),
    "text where an entry's bytes belong": (
        "UPDATE log_entry SET entry = CAST(entry AS TEXT), signature = 'x' WHERE seq = 30",
        r"^log entry 30: The signature of this entry does not hold",
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
    checked = check_store(clinic.as_user("inspector"))
    found = [f"{one.where}: {one.what}" for one in checked.findings]
    assert any(re.search(place, one) for one in found), found
    if edited := re.match(r"UPDATE (\w+)", statement):
        # A licence is told of as its holder's.
        table = {"licence": "staff"}.get(edited[1], edited[1])
        assert table in {one.table for one in checked.findings}, checked.findings
    for one in checked.findings:
        if number := re.match(r"log entry (\d+)$", one.where):
            assert one.seq == int(number[1])


@pytest.mark.parametrize(
    "edit", ["UPDATE key_register SET key = 'x' || substr(key, 2)", "DELETE FROM key_register"]
)
def test_a_key_taken_out_of_the_register_is_named_though_its_holder_logs_in_with_it(
    clinic: SmallClinic, edit: str
) -> None:
    theirs = "purpose = 'session' AND staff_id = (SELECT id FROM staff WHERE user = 'inspector')"
    with with_database_key(clinic) as connection:
        connection.execute(text("PRAGMA foreign_keys = off"))
        assert connection.execute(text(f"{edit} WHERE {theirs}")).rowcount == 1
    found = problems_found(clinic.as_user("inspector"))
    place = r"^key [0-9a-f]{16}: it was enrolled a second time: the register had lost it"
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
    assert f"database: page {page}, table visit_supply, cannot be read" in found


def test_a_page_of_the_log_that_cannot_be_read_takes_a_few_lines_and_no_head_is_called_missing(
    clinic: SmallClinic,
) -> None:
    """What cannot be compared is told once; it is not called a head that the log never had."""
    with with_database_key(clinic) as connection:
        page = connection.execute(
            text("SELECT rootpage FROM sqlite_master WHERE name = 'log_detail'")
        ).scalar_one()
    path = clinic.folder / "clinic.db"
    inspector = clinic.as_user("inspector")
    inspector.store.write_back()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 + 2000] ^= 1
    path.write_bytes(data)
    checked = check_store(inspector)
    found = [f"{one.where}: {one.what}" for one in checked.findings]
    assert checked.verdict == "ALTERED"
    assert f"database: page {page}, table log_detail, cannot be read" in found
    assert sum("cannot be read" in one for one in found) == 3, found
    assert sum("could not be compared" in one for one in found) == 1, found
    assert not any(re.search("never had|missing from the log", one) for one in found), found


def test_an_entry_in_a_later_form_is_not_checked_and_never_ok(clinic: SmallClinic) -> None:
    """Some later mnclinic wrote it; whoever wrote it signed it, so nothing is called altered."""
    desk = clinic.as_user("desk")
    data = canonical_bytes({"v": 2, "what": "nobody here knows"})
    leaf = leaf_hash(data)
    with with_database_key(clinic) as connection:
        size = connection.execute(text("SELECT max(seq) FROM log_entry")).scalar_one()
        connection.execute(
            text(LATER),
            {
                "seq": size + 1,
                "entry": data,
                "leaf": leaf,
                "signature": desk.session_key.sign(entry_signing_bytes(leaf)),
            },
        )
        for node in nodes_to_store(size, leaf, stored_nodes(connection)):
            connection.execute(
                text("INSERT INTO log_node VALUES (:level, :position, :hash)"),
                {"level": node.level, "position": node.position, "hash": node.digest},
            )
    checked = check_store(desk)
    assert checked.verdict == "INCOMPLETE"
    assert [(one.where, one.what, one.weight) for one in checked.findings] == [
        (
            f"log entry {size + 1}",
            "This entry is in a form that this version of mnclinic cannot check.",
            "incomplete",
        )
    ]


LATER = (
    "INSERT INTO log_entry (seq, entry, leaf, signature, action, at, is_clock_back, kind) "
    "VALUES (:seq, :entry, :leaf, :signature, 'later', '', 0, 'E')"
)


def test_a_check_tells_how_far_it_is_and_can_be_stopped_at_any_word(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    told: list[tuple[int, int]] = []

    def go_on(_step: str, done: int, of: int) -> bool:
        told.append((done, of))
        return True

    assert check_store(desk, watch=go_on).verdict == "OK"
    shares = [done / of for done, of in told]
    assert shares == sorted(shares)
    assert shares[-1] <= 1
    assert len(told) > 30
    for at in (1, len(told) // 2, len(told)):
        left = iter(range(1, at))
        with pytest.raises(Stopped, match="Nothing half-done was kept"):
            check_store(desk, watch=lambda *_told, left=left: next(left, None) is not None)


def test_a_log_that_is_verified_by_other_processes_is_judged_the_same(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    with with_database_key(clinic) as connection:
        connection.execute(
            text(
                "UPDATE log_entry SET signature = "
                "(SELECT signature FROM log_entry WHERE seq = 5) WHERE seq = 6"
            )
        )
    desk = clinic.as_user("desk")
    here = check_store(desk)
    started: list[int] = []

    def with_processes(publics: Mapping[str, bytes], entries: int, *, is_background: bool) -> object:
        started.append(entries)
        return verifiers(publics, FEW + 1, is_background=is_background, cores=2)

    monkeypatch.setattr(check_store_module, "verifiers", with_processes)
    assert check_store(desk) == here
    assert check_store(desk, is_background=True) == here
    assert len(started) == 2
    assert here.findings == (
        StoreFinding("log entry 6", "The signature of this entry does not hold.", table="log_entry", seq=6),
    )


def test_processes_are_handed_more_whatever_is_looked_at_meanwhile(
    lived_in: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[int] = []
    heard: list[int] = []
    monkeypatch.setattr(Verifiers, "hand_over", lambda _verifying: handed.append(len(heard)))

    def watch(_step: str, done: int, _of: int) -> bool:
        heard.append(done)
        return True

    check_store(lived_in.as_user("reyes"), watch=watch)
    # The first ones are heard before there are any.
    assert {*range(10, len(heard))} <= {*handed}


CHECKPOINTS: Mapping[str, tuple[Callable[[bytes, str], bytes], str, str]] = {
    "no checkpoint at all": (lambda _note, _vault: b"hello", "UNREADABLE", "it is no checkpoint"),
    "nothing": (lambda _note, _vault: b"", "UNREADABLE", "it is no checkpoint"),
    "half of one": (lambda note, _vault: note[:60], "UNREADABLE", "it is no checkpoint"),
    "bytes that are no text": (lambda _note, _vault: bytes(range(256)), "UNREADABLE", "it is no checkpoint"),
    "a huge size": (
        lambda note, _vault: re.sub(rb"\n\d+\n", b"\n9999999999999999\n", note, count=1),
        "UNREADABLE",
        "it is not this installation's",
    ),
    "another root": (
        lambda note, _vault: note.replace(note.splitlines()[2], base64.b64encode(bytes(32))),
        "UNREADABLE",
        "it is not this installation's",
    ),
    "of another clinic": (
        lambda note, vault: note.replace(vault.encode(), b"0f7f3a34-1f43-4a4e-9d3b-7a9f5f1f2c10"),
        "UNREADABLE",
        "it is not this installation's",
    ),
}


@pytest.mark.parametrize("brought", CHECKPOINTS)
def test_a_checkpoint_that_says_nothing_of_this_log_has_its_own_verdict_and_is_never_ok(
    clinic: SmallClinic, brought: str
) -> None:
    change, verdict, what = CHECKPOINTS[brought]
    desk = clinic.as_user("desk")
    note = (clinic.folder / "clinic.head").read_bytes()
    assert check_store(desk, given=note).verdict == "OK"
    checked = check_store(desk, given=change(note, desk.facts.vault))
    told = ", so nothing was compared with it. The store by itself is OK." if verdict == "UNREADABLE" else ""
    (found,) = checked.findings
    assert (checked.verdict, found.where) == (verdict, "checkpoint that was given")
    assert found.what.startswith(f"{what}{told}")
    assert checked.verdict_of_store == ("OK" if verdict == "UNREADABLE" else verdict)


def test_a_second_clinic_is_named_and_what_reads_the_clinic_reads_its_own(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    with with_database_key(clinic) as connection:
        connection.execute(text("PRAGMA ignore_check_constraints = on"))
        columns = "vault, name, is_demo, created_at, installation_key, installation_private, is_solo"
        connection.execute(
            text(f"INSERT INTO clinic (id, {columns}) SELECT 2, {columns} FROM clinic WHERE id = 1")  # noqa: S608
        )
    owner = clinic.as_user("owner")
    found = [one for one in check_store(owner).findings if one.where == "clinic 2"]
    assert [(one.table, one.what) for one in found] == [("clinic", ANOTHER_CLINIC)]
    backup_notices(owner)
    (tmp_path / "stick").mkdir()
    backup = back_up(owner, tmp_path / "stick").backup.folder
    assert "clinic 2" in {one.where for one in check_backup(owner, backup).findings}


def test_a_warning_that_somebody_passed_and_hid_in_the_lists_is_found(clinic: SmallClinic) -> None:
    cartridge = {"lot": "LOT-77", "serial": "8", "expires_on": "2027-05-31", "needle_length_mm": "1.50"}
    unknown = [{"code": "cartridge_not_registered", "reason": "Opened before it was entered."}]
    person = {"last_name": "Fourson", "first_name": "Bo", "born_on": "1985-01-02"}
    with clinic.signing("reyes") as (reyes, by):
        record_visit(
            reyes, document(patient=person, cartridge=cartridge, reasons=unknown), by, shown="window"
        )
    assert problems_found(clinic.as_user("owner")) == []
    clinic.close()
    with with_database_key(clinic) as connection:
        (lights,) = connection.execute(text("SELECT lights FROM visit WHERE number = 'V-000004'")).one()
        assert lights == "pppppw"
        connection.execute(text("UPDATE visit SET lights = 'pppppp' WHERE number = 'V-000004'"))
    assert problems_found(clinic.as_user("owner")) == [
        "visit V-000004: its lights are not those that were signed"
    ]
