"""Statements by the driver itself behave like all others: they are heard, and their errors are told alike."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError, IntegrityError

from mnclinic.store.engine import FAILED
from mnclinic.store.plain_rows import plain_rows, plain_write
from tests.services.clinic_builder import SmallClinic

MADE = "INSERT INTO thing (id, name) VALUES (:id, :name)"
READ = "SELECT id, name FROM thing ORDER BY id"


@pytest.fixture
def connection(clinic: SmallClinic) -> Iterator[Connection]:
    """An open transaction on the encrypted store, with a table of the test's own."""
    with clinic.as_user("desk").store.engine.connect() as opened:
        opened.exec_driver_sql("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT)")
        yield opened


def test_one_row_and_several_are_written_and_read(connection: Connection) -> None:
    plain_write(connection, MADE, {"id": 1, "name": "Ádá"})
    plain_write(connection, MADE, [{"id": 2, "name": "two"}, {"id": 3, "name": None}])
    assert plain_rows(connection, READ, {}) == [(1, "Ádá"), (2, "two"), (3, None)]
    connection.rollback()
    assert plain_rows(connection, "SELECT name FROM sqlite_master WHERE name = 'thing'", {}) == []


def test_whoever_listens_to_statements_hears_these_too(connection: Connection) -> None:
    heard: list[tuple[str, object, bool]] = []

    def hear(
        _one: object, _cursor: object, statement: str, given: object, _more: object, is_many: bool
    ) -> None:
        heard.append((statement, given, is_many))

    event.listen(connection.engine, "before_cursor_execute", hear)
    plain_write(connection, MADE, [{"id": 1, "name": "one"}])
    plain_rows(connection, READ, {})
    assert heard == [(MADE, [{"id": 1, "name": "one"}], True), (READ, {}, False)]


def test_text_that_is_none_hides_no_other_row(connection: Connection) -> None:
    connection.exec_driver_sql("INSERT INTO thing VALUES (1, CAST(x'41ff' AS TEXT)), (2, 'two')")
    assert plain_rows(connection, READ, {}) == [(1, "A\ufffd"), (2, "two")]


def test_a_broken_constraint_is_told_as_everywhere_and_the_connection_is_used_on(
    connection: Connection,
) -> None:
    plain_write(connection, MADE, {"id": 1, "name": "one"})
    with pytest.raises(IntegrityError) as told:
        plain_write(connection, MADE, {"id": 1, "name": "a patient's name"})
    assert "a patient's name" not in str(told.value)
    assert FAILED not in connection.info


def test_a_connection_that_failed_is_not_used_any_more(connection: Connection) -> None:
    with pytest.raises(DBAPIError):
        plain_rows(connection, "SELECT * FROM no_such_table", {})
    assert connection.info.pop(FAILED)
