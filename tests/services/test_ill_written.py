"""What somebody wrote where the log goes on from: the check places it, and nothing ends in a crash."""

import pytest

from mnclinic.errors import ClinicReadOnly, LogIllWritten
from mnclinic.services.change_details import change_details
from mnclinic.services.check_store import check_store
from mnclinic.services.find_patients import show_patient
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.notices import notices
from mnclinic.services.read_log import open_log, who_looked
from mnclinic.services.settings import setting
from mnclinic.services.signature_standing import public_keys
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person
from tests.store.raw import with_database_key

PLACES = {
    "NEWEST": "WHERE seq = (SELECT max(seq) FROM log_entry)",
    "DEEP": "CAST(replace(hex(zeroblob(50000)), '0', '[') AS BLOB)",
    "OF_REYES": "WHERE staff_id = (SELECT id FROM staff WHERE user = 'reyes') AND purpose = 'session'",
    "OF_OKAFOR": "WHERE staff_id = (SELECT id FROM staff WHERE user = 'okafor') AND purpose = 'signature'",
}

ILL: dict[str, tuple[str, str]] = {
    "a short hash": ("UPDATE log_entry SET leaf = x'00' NEWEST", "log entry"),
    "a hash as text": ("UPDATE log_entry SET leaf = 'x' NEWEST", "log entry"),
    "a number that no log has": ("UPDATE log_entry SET seq = 9223372036854775807 NEWEST", "log entry"),
    "nodes as text": ("UPDATE log_node SET hash = 'x'", "log tree"),
    "no words for the installation": (
        "UPDATE key_register SET vouches = CAST('x' AS BLOB) WHERE purpose = 'installation'",
        "key",
    ),
    "words that are a number": (
        "UPDATE key_register SET vouches = CAST('[1]' AS BLOB) WHERE purpose = 'installation'",
        "key",
    ),
    "a director's key without a document": (
        "UPDATE key_register SET document = CAST('{}' AS BLOB) OF_OKAFOR",
        "key",
    ),
    "a key enrolled at no moment": ("UPDATE key_register SET enrolled_at = 'x' OF_OKAFOR", "key"),
    "no key enrolled at a moment": ("UPDATE key_register SET enrolled_at = x'00'", "key"),
    "keys whose documents are text": ("UPDATE key_register SET document = 'x'", "key"),
    "words for keys that are text": ("UPDATE key_register SET vouches = '[]'", "key"),
    "a clinic made at no moment": ("UPDATE clinic SET created_at = 'x'", "clinic"),
    "a clinic made at a moment as bytes": ("UPDATE clinic SET created_at = x'00'", "clinic"),
    "a demo's day that is none": ("UPDATE clinic SET demo_day = '2026-13-01'", "clinic"),
    "a demo's day that is too long": ("UPDATE clinic SET demo_day = '2026-11-232026-11-23'", "clinic"),
    "people added at no moment": ("UPDATE staff SET added_at = 'x'", "staff"),
    "access that begins and ends at no moment": (
        "UPDATE staff SET access_from = 'x', access_until = 'x'",
        "staff",
    ),
    "access that begins at a moment of nowhere": (
        "UPDATE staff SET access_from = '2026-11-23T15:00:00'",
        "staff",
    ),
    "people who left at no moment": ("UPDATE staff SET left_at = 'x'", "staff"),
    "bytes for a user name": ("UPDATE staff SET user = CAST(user AS BLOB)", "staff"),
    "an unknown role": ("UPDATE staff SET role = 'king'", "staff"),
}

READABLE: dict[str, tuple[str, str]] = {
    "an entry that is a deep nest": ("UPDATE log_entry SET entry = DEEP NEWEST", "log entry"),
    "a key that is a deep nest": ("UPDATE key_register SET document = DEEP OF_REYES", "key"),
    "bytes for a name": ("UPDATE staff SET name = x'ff' WHERE user = 'reyes'", "staff"),
    "bytes for a credential": (
        "UPDATE staff SET credential = CAST(credential AS BLOB) WHERE user = 'owner'",
        "staff",
    ),
    "bytes for a licence's kind": (
        "UPDATE licence SET kind = CAST(kind AS BLOB), "
        "staff_id = (SELECT id FROM staff WHERE user = 'owner')",
        "staff",
    ),
    "a setting that is a deep nest": (
        "INSERT INTO setting (name, value) VALUES ('backup_plan', DEEP)",
        "setting",
    ),
    "an empty policy": ("UPDATE approved_document SET document = CAST('{}' AS BLOB)", "policy"),
}

COUNTS = {
    "a count that is no log's": "UPDATE log_subject SET count = 9223372036854775807",
    "a count as text": "UPDATE log_subject SET count = 'y'",
    "a short hash": "UPDATE log_subject SET last_leaf = x'00'",
}


def changed(clinic: SmallClinic, statement: str) -> None:
    clinic.close()
    for name, words in PLACES.items():
        statement = statement.replace(name, words)
    with with_database_key(clinic) as connection:
        assert connection.exec_driver_sql(statement).rowcount


@pytest.mark.parametrize("what", [*ILL, *READABLE])
def test_what_is_ill_written_is_placed_by_the_check_and_log_and_notices_show_what_can_be_read(
    clinic: SmallClinic, what: str
) -> None:
    statement, place = (ILL | READABLE)[what]
    ada = add_person(clinic.as_user("reyes"), "Testerman")
    changed(clinic, statement)
    owner = clinic.as_user("owner")
    assert (owner.read_only is None) == (what in READABLE)
    checked = check_store(owner)
    assert checked.verdict == "ALTERED"
    assert any(one.where.startswith(place) for one in checked.findings)
    if place == "log entry":
        assert any(row.findings for row in open_log(owner, LogFilter(), page_size=1000).rows)
    assert open_log(owner, LogFilter(MONDAY.date(), MONDAY.date())).rows
    who_looked(owner, "P-000001")
    assert show_patient(owner, ada).last_name == "Testerman"
    told = [one.sentence for one in notices(owner)]
    if owner.read_only is not None:
        assert owner.read_only in told
        assert "mnclinic check" in owner.read_only
        with pytest.raises(ClinicReadOnly):
            add_person(owner, "Later")


@pytest.mark.parametrize("value", ["'['", "'\"a\"'", "'-1'", "'1e400'", "DEEP"])
def test_a_setting_that_is_ill_written_locks_and_holds_as_strictly_as_one_can(
    clinic: SmallClinic, value: str
) -> None:
    of_all = "INSERT INTO setting (name, value) SELECT name, CAST(ILL AS BLOB) FROM ("
    names = "SELECT 'idle_lock_min' AS name UNION SELECT 'backup_plan' UNION SELECT 'legal_hold')"
    changed(clinic, (of_all + names).replace("ILL", value))
    owner = clinic.as_user("owner")
    held = [setting(owner, name) for name in ("idle_lock_min", "backup_plan", "legal_hold")]
    assert held == [5, None, True]


@pytest.mark.parametrize("count", list(COUNTS))
def test_of_a_person_whose_count_is_ill_written_the_chart_is_read_and_nothing_is_saved(
    clinic: SmallClinic, count: str
) -> None:
    ada = add_person(clinic.as_user("reyes"))
    changed(clinic, COUNTS[count])
    reyes = clinic.as_user("reyes")
    assert reyes.read_only is None
    with pytest.raises(LogIllWritten, match="about this person"):
        change_details(reyes, ada, {"phone": "555 0100"})
    assert show_patient(reyes, ada).phone == ""
    add_person(reyes, "Sampleton", first_name="Ben")
    reyes.close()
    again = clinic.as_user("owner")
    assert again.read_only is not None, "that the chart was read cannot be entered"
    assert again.read_only.count("mnclinic check") == 1
    assert check_store(again).verdict == "ALTERED"


def test_a_key_whose_document_is_ill_written_hides_no_other_from_the_charts(clinic: SmallClinic) -> None:
    with clinic.as_user("owner").store.reading() as session:
        before = set(public_keys(session))
    changed(clinic, "UPDATE key_register SET document = DEEP OF_REYES")
    with clinic.as_user("owner").store.reading() as session:
        assert len(before - set(public_keys(session))) == 1
