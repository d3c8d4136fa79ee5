"""One row that nobody can read hides no other: each is named, and what was altered beside it too."""

import re
from datetime import date

import pytest
from sqlalchemy import text

from mnclinic.services.check_store import StoreChecked, check_store
from mnclinic.services.record_visit import record_visit
from tests.services.clinic_builder import SmallClinic, add_person, document, small_clinic
from tests.services.events import note_down
from tests.store.raw import with_database_key


@pytest.fixture(scope="session")
def with_two_visits(tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    """Two performed visits, each with an adverse event, and three more people on the roster."""
    clinic = small_clinic(tmp_path_factory.mktemp("two visits") / "clinic")
    other = {"last_name": "Otherson", "first_name": "Bo", "born_on": "1985-01-02"}
    with clinic.signing("reyes") as (reyes, by):
        for content in (document(), document(patient=other)):
            visit = record_visit(reyes, content, by, shown="window")
            note_down(
                reyes,
                visit_id=visit.visit_id,
                event="redness",
                grade=1,
                noted_on=date(2026, 11, 23),
                note="Gone in a day.",
            )
    for name in ("Thirdson", "Fourthson", "Fifthson"):
        add_person(clinic.as_user("desk"), name)
    clinic.close()
    return clinic


@pytest.fixture
def built_clinic(with_two_visits: SmallClinic) -> SmallClinic:
    """What the tests here get their copies of."""
    return with_two_visits


def _after(clinic: SmallClinic, *statements: str) -> StoreChecked:
    with with_database_key(clinic) as connection:
        for statement in statements:
            assert connection.execute(text(statement)).rowcount >= 1, statement
    return check_store(clinic.as_user("inspector"))


def _is_said(checked: StoreChecked, place: str, table: str) -> bool:
    return any(
        re.search(place, f"{one.where}: {one.what}") and one.table == table for one in checked.findings
    )


def _update(table: str, value: str, row: str) -> str:
    return f"UPDATE {table} SET {value} WHERE rowid = (SELECT {row}(rowid) FROM {table})"  # noqa: S608 - written here


ILL_WRITTEN = {
    "text that is not in form NFC": ("patient", "email = 'e' || char(769) || '@example.org'"),
    "a day that is none": ("patient", "born_on = 'x'"),
    "a moment that is none": ("adverse_event", "recorded_at = 'x'"),
    "a number too large": ("patient", "revision = 1152921504606846976"),
    "bytes that are no text": ("patient", "email = CAST(x'ff' AS TEXT)"),
    "a note that is not in form NFC": ("adverse_event", "note = 'e' || char(769)"),
    "a key gone from a record": (
        "visit_revision",
        "record = CAST(json_remove(CAST(record AS TEXT), '$.number') AS BLOB)",
    ),
    "a record that nests too deeply": (
        "visit_revision",
        f"record = CAST('{'[' * 900}{']' * 900}' AS BLOB)",
    ),
    "a key gone from a signature": (
        "visit_signature",
        "record = CAST(json_remove(CAST(record AS TEXT), '$.signer') AS BLOB)",
    ),
    "a list in place of a policy": ("approved_document", "document = CAST('[]' AS BLOB)"),
}
ALTERED = {
    "patient": ("born_on = '1971-01-01'", r"^patient \S+: the roster data are not what the log entered"),
    "adverse_event": ("event = 'burn'", r"^adverse event \w+: it is not what the log entered"),
    "visit_revision": (
        "record = CAST(replace(CAST(record AS TEXT), '1.25', '0.75') AS BLOB)",
        r"^visit V-000002 revision 1: the record is not the one",
    ),
    "visit_signature": (
        "meaning = 'approved'",
        r"^signature on V-000002 revision 1 \(performed\): its columns are not",
    ),
    "approved_document": ("name = 'Another'", r"^\w+ \S+ v\d+: its name or the moment of its approval"),
}
NAMED = {
    "patient": r"^patient P-000001: ",
    "adverse_event": r"^adverse event \w+: its ",
    "visit_revision": r"^visit V-000001 revision 1: ",
    "visit_signature": r"^visit V-000001 revision 1: ",
    "approved_document": r"^\w+ \S+ v\d+: what stands there",
}


@pytest.mark.parametrize("spoilt", ILL_WRITTEN)
def test_a_row_that_nobody_can_read_is_named_and_hides_no_altered_one(
    clinic: SmallClinic, spoilt: str
) -> None:
    table, value = ILL_WRITTEN[spoilt]
    other, place = ALTERED[table]
    checked = _after(clinic, _update(table, value, "min"), _update(table, other, "max"))
    assert checked.verdict == "ALTERED"
    assert _is_said(checked, NAMED[table], table), checked.findings
    assert _is_said(checked, place, table), checked.findings


def test_a_key_document_that_nobody_can_read_leaves_the_other_keys_to_be_judged(clinic: SmallClinic) -> None:
    checked = _after(
        clinic,
        "UPDATE key_register SET document = CAST('{}' AS BLOB) WHERE purpose = 'session' "
        "AND staff_id = (SELECT id FROM staff WHERE user = 'desk')",
        "UPDATE key_register SET enrolled_at = '2026-01-01T00:00:00.000Z' WHERE purpose = 'signature' "
        "AND staff_id = (SELECT id FROM staff WHERE user = 'reyes')",
    )
    assert _is_said(checked, r"^key \w+: what stands there is not what mnclinic writes", "key_register")
    assert _is_said(checked, r"^key \w+: its columns are not what its document says", "key_register")


def test_a_clinic_whose_declaration_nests_too_deeply_is_checked_to_the_end(clinic: SmallClinic) -> None:
    deep = "CAST(replace(printf('%100000s', ''), ' ', '[') AS BLOB)"
    checked = _after(clinic, _update("clinic", f"solo_declaration = {deep}", "min"))
    assert _is_said(checked, r"^clinic: its solo_declaration is not in the form", "clinic")


def test_what_was_left_out_is_said_once_with_what_it_may_make_look_missing(clinic: SmallClinic) -> None:
    checked = _after(clinic, "UPDATE patient SET email = 'e' || char(769) WHERE record_number = 'P-000001'")
    said = [one.what for one in checked.findings if "were left out" in one.what]
    assert said == [
        "rows that are not what mnclinic writes were left out where these were looked at: patients. Each is "
        "named below; what is said there of something missing may come from that alone"
    ]


def test_where_what_looks_for_ill_written_rows_meets_a_page_that_cannot_be_read_the_check_goes_on(
    clinic: SmallClinic,
) -> None:
    """As after a planted journal, which puts some pages back to an older self and others not."""
    with with_database_key(clinic) as connection:
        connection.execute(text("PRAGMA writable_schema = ON"))
        connection.execute(
            text(
                "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master "
                "WHERE name = 'ix_visit_signature_visit_id') WHERE name = 'device'"
            )
        )
    checked = _after(clinic, _update("visit_revision", "record = CAST('{' AS BLOB)", "min"))
    assert checked.verdict == "ALTERED"
    assert any("pages cannot be read" in one.what for one in checked.findings)
    assert any("not what mnclinic writes" in one.what for one in checked.findings), checked.findings
