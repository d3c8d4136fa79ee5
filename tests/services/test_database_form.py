"""Whoever plants a trigger in the database, or takes one away, is found by the check and at a log-in."""

import pytest

from mnclinic.errors import ClinicReadOnly
from mnclinic.services.check_store import check_store
from mnclinic.services.notices import notices
from tests.services.clinic_builder import SmallClinic, add_person
from tests.store.raw import with_database_key

QUIET = (
    "CREATE TRIGGER quiet BEFORE INSERT ON log_entry WHEN new.action = 'patient.viewed' "
    "BEGIN SELECT RAISE(IGNORE); END"
)


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        (QUIET, "trigger quiet"),
        ("CREATE TABLE shadow AS SELECT * FROM patient", "table shadow"),
        ("ALTER TABLE patient ADD COLUMN shadow TEXT", "table patient"),
        ("DROP INDEX ix_visit_queue", "index ix_visit_queue"),
    ],
)
def test_what_was_planted_or_taken_away_is_altered_and_the_clinic_opens_for_reading_alone(
    clinic: SmallClinic, edit: str, named: str
) -> None:
    clinic.close()
    with with_database_key(clinic) as connection:
        connection.exec_driver_sql(edit)
    desk = clinic.as_user("desk")
    assert desk.read_only is not None
    assert f": {named}. " in desk.read_only
    assert desk.read_only in [one.sentence for one in notices(desk)]
    with pytest.raises(ClinicReadOnly, match=named):
        add_person(desk, "Later")
    checked = check_store(clinic.as_user("owner"))
    assert checked.verdict == "ALTERED"
    assert [one.where for one in checked.findings] == [named]


def test_guards_of_the_log_that_were_dropped_are_named_each_by_itself_and_counted_in_the_sentence(
    clinic: SmallClinic,
) -> None:
    owner = clinic.as_user("owner")
    assert owner.read_only is None
    with owner.store.reading() as session:
        guards = [
            str(row.name)
            for row in session.connection().exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'log%' ORDER BY name"
            )
        ]
    clinic.close()
    with with_database_key(clinic, puts_back=False):
        pass
    owner = clinic.as_user("owner")
    assert owner.read_only is not None
    assert " more. " in owner.read_only
    found = {one.where for one in check_store(owner).findings}
    assert guards
    assert {f"trigger {name}" for name in guards} <= found
