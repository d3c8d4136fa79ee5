"""An encrypted database of its own key, and the small clinic's opened as somebody with its key would."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.slots import unlock
from mnclinic.store.engine import DATABASE_NAME, close_engine, open_engine
from mnclinic.store.migrate import bring_up_to_date
from tests.services.clinic_builder import PASSWORDS, SmallClinic

KEY = bytes(range(32))
SALT = bytes(range(16))
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@contextmanager
def built_engine(folder: Path) -> Iterator[Engine]:
    """A new database that the migrations built."""
    engine = open_engine(folder / DATABASE_NAME, KEY, SALT, create=True)
    try:
        bring_up_to_date(engine, back_up=None, may_be_new=True)
        yield engine
    finally:
        close_engine(engine)


@contextmanager
def with_database_key(clinic: SmallClinic, *, puts_back: bool = True) -> Iterator[Connection]:
    """The clinic's database in the hands of somebody who has its key; what is done is kept.

    Foreign keys are off and every trigger is out of the way meanwhile: they hold back mistakes, not such a
    person, who puts them back as they were, or with `puts_back` false leaves them away.
    """
    with (
        connection_past_the_program(clinic) as connection,
        without_triggers(connection, puts_back=puts_back),
    ):
        yield connection


@contextmanager
def connection_past_the_program(clinic: SmallClinic) -> Iterator[Connection]:
    """The same without foreign keys, and with every trigger where it is."""
    opened = unlock(load_key_file(clinic.folder).keyfile, "reyes", PASSWORDS["reyes"])
    engine = open_engine(clinic.folder / DATABASE_NAME, bytes(opened.database_key), opened.database_salt)
    opened.forget()
    event.listen(engine, "connect", _no_foreign_keys)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        close_engine(engine)


def _no_foreign_keys(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
    connection.execute("PRAGMA foreign_keys=off")


@contextmanager
def without_triggers(connection: Connection, *, puts_back: bool = True) -> Iterator[None]:
    """Every trigger out of the way; each is put back in its own words afterwards, unless told otherwise."""
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for one in found:
        connection.exec_driver_sql(f'DROP TRIGGER "{one.name}"')
    yield
    for one in found if puts_back else ():
        connection.exec_driver_sql(one.sql)
