"""What somebody with the database key puts where mnclinic writes something else never ends a check."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from mnclinic.services.check_store import check_store
from tests.services.clinic_builder import SmallClinic
from tests.services.test_check_store import built_clinic, lived_in
from tests.store.raw import with_database_key

__all__ = ["built_clinic", "lived_in"]

DEEP = b"[" * 200_000


def _depth(connection: Connection, depth: str) -> None:
    connection.execute(
        text(
            'UPDATE visit_revision SET record = CAST(replace(record, \'"depth_mm"\\:"\', :depth) AS BLOB) '
            "WHERE rowid = 1"
        ),
        {"depth": f'"depth_mm":"{depth}'},
    )


CELLS: dict[str, tuple[Callable[[Connection], object], str]] = {
    "a depth that is no number": (
        lambda connection: _depth(connection, "x"),
        "the treated areas in the tables are not the signed ones",
    ),
    "a depth without end": (
        lambda connection: _depth(connection, "Infinity"),
        "the treated areas in the tables are not the signed ones",
    ),
    "a record that nests without end": (
        lambda connection: connection.execute(
            text("UPDATE visit_revision SET record = :deep WHERE rowid = 1"), {"deep": DEEP}
        ),
        "visit V-000001 revision 1: its record is not in the form that mnclinic writes",
    ),
    "a signature that nests without end": (
        lambda connection: connection.execute(
            text("UPDATE visit_signature SET record = :deep WHERE id = 1"), {"deep": DEEP}
        ),
        "visit V-000001 revision 1: its record is not in the form that mnclinic writes",
    ),
    "a key that nests without end": (
        lambda connection: connection.execute(
            text(
                "UPDATE key_register SET document = :deep WHERE rowid = (SELECT max(rowid) FROM key_register)"
            ),
            {"deep": DEEP},
        ),
        ": its document is not in the form that mnclinic writes",
    ),
}


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_that_nobody_can_read_is_a_finding_and_hides_no_other(clinic: SmallClinic, cell: str) -> None:
    plant, what = CELLS[cell]
    with with_database_key(clinic) as connection:
        plant(connection)
        connection.execute(text("UPDATE staff SET name = 'Another Name' WHERE user = 'reyes'"))
    checked = check_store(clinic.as_user("inspector"))
    assert checked.verdict == "ALTERED"
    found = [f"{one.where}: {one.what}" for one in checked.findings]
    assert any(what in one for one in found), found
    assert any(one.startswith("staff reyes") for one in found), found
