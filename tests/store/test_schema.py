"""What stands written of the database's form is what the migrations make, and nothing else passes."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from mnclinic.resource_files import resource_path, resource_text
from mnclinic.store.migrate import NEWEST
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
