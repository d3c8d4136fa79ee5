"""What stands written of the database's form is what the migrations make, and nothing else passes."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from mnclinic.errors import DatabaseDamaged
from mnclinic.resource_files import resource_path, resource_text
from mnclinic.store.migrate import NEWEST, bring_up_to_date, is_out_of_date
from mnclinic.store.schema import How, Odd, objects_of, odd_objects, resource_of
from tests.store.raw import built_engine


def test_the_objects_that_are_written_down_are_those_that_the_migrations_make(tmp_path: Path) -> None:
    with built_engine(tmp_path) as engine, engine.connect() as connection:
        made = [[*place, *rest] for place, rest in sorted(objects_of(connection).items())]
    written = "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in made) + "\n]\n"
    assert resource_text(resource_of(NEWEST)) == written, f"{resource_of(NEWEST)} has to say:\n{written}"


def test_the_objects_of_the_newest_revision_alone_are_written_down() -> None:
    assert [one.name for one in resource_path("database").iterdir()] == [Path(resource_of(NEWEST)).name]


@pytest.mark.parametrize(
    ("edit", "odd"),
    [
        (
            "CREATE TRIGGER quiet BEFORE INSERT ON log_entry BEGIN SELECT RAISE(IGNORE); END",
            Odd("trigger", "quiet", "log_entry", How.PLANTED),
        ),
        (
            "CREATE TRIGGER quiet AFTER INSERT ON adverse_event BEGIN "
            "UPDATE adverse_event SET grade = 1 WHERE id = NEW.id; END",
            Odd("trigger", "quiet", "adverse_event", How.PLANTED),
        ),
        ("CREATE TABLE shadow (name TEXT)", Odd("table", "shadow", "shadow", How.PLANTED)),
        ("CREATE VIEW shown AS SELECT * FROM patient", Odd("view", "shown", "shown", How.PLANTED)),
        ("CREATE INDEX other ON patient (phone)", Odd("index", "other", "patient", How.PLANTED)),
        ("ALTER TABLE patient ADD COLUMN shadow TEXT", Odd("table", "patient", "patient", How.OTHER)),
        (
            "DROP TRIGGER log_entry_no_update",
            Odd("trigger", "log_entry_no_update", "log_entry", How.MISSING),
        ),
        ("DROP INDEX ix_visit_queue", Odd("index", "ix_visit_queue", "visit", How.MISSING)),
        (
            "INSERT INTO alembic_version VALUES ('0003')",
            Odd("row", "alembic_version", "alembic_version", How.OTHER),
        ),
        (
            "UPDATE alembic_version SET version_num = '0005'",
            Odd("row", "alembic_version", "alembic_version", How.OTHER),
        ),
        ("DELETE FROM alembic_version", Odd("row", "alembic_version", "alembic_version", How.OTHER)),
        ("PRAGMA user_version = 7", Odd("number", "user_version", "sqlite_master", How.OTHER)),
        ("PRAGMA application_id = 7", Odd("number", "application_id", "sqlite_master", How.OTHER)),
        (
            "DROP INDEX ix_visit_queue; CREATE INDEX ix_visit_queue ON visit (number)",
            Odd("index", "ix_visit_queue", "visit", How.OTHER),
        ),
    ],
)
def test_whatever_else_stands_in_a_database_or_is_missing_from_it_is_named(
    tmp_path: Path, edit: str, odd: Odd
) -> None:
    with built_engine(tmp_path) as engine, engine.connect() as connection:
        assert odd_objects(connection) == ()
        for one in edit.split("; ") if edit.startswith("DROP") else [edit]:
            connection.execute(text(one))
        assert odd_objects(connection) == (odd,)


@pytest.mark.parametrize(
    ("place", "words", "instead"),
    [
        ("patient", "last_name TEXT NOT NULL", "last_name TEXT\u00a0NOT NULL"),
        ("patient_found_insert", "'  '", "'\u2003'"),
        ("patient_found_insert", "'  '", "' '"),
        ("patient_found_insert", "'-', ' ')", "'-', '\n')"),
    ],
)
def test_only_what_the_engine_takes_for_space_and_nothing_in_quotes_is_passed_over(
    tmp_path: Path, place: str, words: str, instead: str
) -> None:
    with built_engine(tmp_path) as engine, engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA writable_schema=on")
        statement = text("UPDATE sqlite_master SET sql = replace(sql, :words, :instead) WHERE name = :place")
        spaced = {"place": place, "words": "TEXT NOT NULL", "instead": "TEXT\n\t NOT  NULL"}
        connection.execute(statement, spaced)
        assert odd_objects(connection) == ()
        connection.execute(
            statement, {"place": place, "words": "TEXT\n\t NOT  NULL", "instead": "TEXT NOT NULL"}
        )
        connection.execute(statement, {"place": place, "words": words, "instead": instead})
        assert [(one.name, one.how) for one in odd_objects(connection)] == [(place, How.OTHER)]


def test_a_number_of_an_older_form_beside_the_newest_tables_brings_no_upgrade(tmp_path: Path) -> None:
    with built_engine(tmp_path) as engine:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0005'"))
        assert not is_out_of_date(engine)
        assert not bring_up_to_date(engine, back_up=None)


def test_a_database_that_names_two_forms_and_has_the_tables_of_neither_is_told_as_that(
    tmp_path: Path,
) -> None:
    with built_engine(tmp_path) as engine:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0005'"))
            connection.execute(text("INSERT INTO alembic_version VALUES ('0004')"))
            connection.execute(text("DROP INDEX ix_visit_queue"))
        with pytest.raises(DatabaseDamaged, match="of several forms at once"):
            bring_up_to_date(engine, back_up=None)
