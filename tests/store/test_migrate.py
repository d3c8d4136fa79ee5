"""The migrations: they build what the models say, refuse a newer database, and lose nothing."""

import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from mnclinic.errors import DatabaseDamaged, NewerFormat
from mnclinic.models import Table
from mnclinic.store import migrate
from mnclinic.store.engine import open_engine
from mnclinic.store.migrate import MIGRATIONS, NEWEST, bring_up_to_date
from tests.store.raw import KEY, SALT, built_engine

PARENT_AND_CHILD = """
CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent(id) ON DELETE CASCADE);
CREATE TRIGGER parent_keeps BEFORE DELETE ON parent BEGIN SELECT RAISE(ABORT, 'kept'); END;
INSERT INTO parent VALUES (1, 'one');
INSERT INTO child VALUES (1, 1), (2, 1)
"""


def plant(tmp_path: Path, steps: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script folder with one more revision, which the program takes for its own."""
    scripts = tmp_path / "scripts"
    shutil.copytree(MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    planted = f"{int(NEWEST) + 1:04d}"
    lines = "\n".join(f"    {line}" for line in steps.strip().splitlines())
    (scripts / "versions" / f"{planted}_planted.py").write_text(
        '"""Planted."""\nimport sqlalchemy as sa\nfrom alembic import op\n'
        f'revision = "{planted}"\ndown_revision = "{NEWEST}"\nbranch_labels = None\ndepends_on = None\n\n'
        f"def upgrade() -> None:\n{lines}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(migrate, "MIGRATIONS", scripts)
    monkeypatch.setattr(migrate, "NEWEST", planted)


def fill(engine: Engine) -> None:
    """Rows, a child that hangs on a parent, and a trigger."""
    with engine.begin() as connection:
        for statement in re.split(r";\n", PARENT_AND_CHILD.strip()):
            connection.exec_driver_sql(statement)


def shape(engine: Engine) -> tuple[object, ...]:
    """Everything that a migration must leave as it was when it is rolled back."""
    with engine.connect() as connection:
        return (
            connection.execute(text("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2")).all(),
            connection.execute(text("SELECT * FROM parent")).all(),
            connection.execute(text("SELECT * FROM child")).all(),
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar(),
        )


def test_the_migrations_build_what_the_models_say(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with built_engine(tmp_path) as engine, engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                # A full-text index and the tables that the engine keeps for it have no models.
                "include_name": lambda name, kind, _parents: (
                    kind != "table" or not name.startswith("patient_text")
                ),
            },
        )
        assert compare_metadata(context, Table.metadata) == []


def test_the_migrations_check_what_the_models_check(tmp_path: Path) -> None:
    """Alembic compares no CHECK constraints, so their words are compared here."""
    with built_engine(tmp_path) as engine:
        inspector = inspect(engine)
        built = {
            (table, str(one["name"]), _plain(one["sqltext"]))
            for table in inspector.get_table_names()
            for one in inspector.get_check_constraints(table)
        }
    modelled = {
        (table.name, str(one.name), _plain(str(one.sqltext)))
        for table in Table.metadata.sorted_tables
        for one in table.constraints
        if isinstance(one, CheckConstraint)
    }
    assert built == modelled
    assert built


def _plain(sql: str) -> str:
    return re.sub(r"[\s()]", "", sql)


def test_the_newest_revision_named_is_the_newest_file() -> None:
    files = sorted((MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert files[-1].name.partition("_")[0] == NEWEST


def test_a_database_of_today_is_left_alone(tmp_path: Path) -> None:
    with built_engine(tmp_path) as engine:
        assert bring_up_to_date(engine, back_up=None) is False


def test_an_empty_database_is_not_filled_unless_it_may_be_new(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "clinic.db", KEY, SALT, create=True)
    with pytest.raises(DatabaseDamaged, match="holds no clinic"):
        bring_up_to_date(engine, back_up=None)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar() == 0
    engine.dispose()


def test_a_newer_database_is_refused_naming_both_versions(tmp_path: Path) -> None:
    with built_engine(tmp_path) as engine:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0042'"))
        with pytest.raises(NewerFormat, match=rf"0042.*{NEWEST}"):
            bring_up_to_date(engine, back_up=None)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0042"


@pytest.mark.parametrize(
    "step",
    [
        "UPDATE patient_text_data SET block = zeroblob(9) WHERE id > 10",
        "DELETE FROM patient_text_data WHERE id > 10",
    ],
)
def test_a_migration_that_spoils_the_search_index_is_rolled_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with built_engine(tmp_path) as engine:
        fill(engine)
        with engine.begin() as connection:
            for number in range(1, 51):
                connection.exec_driver_sql(
                    "INSERT INTO patient_text(rowid, searched) VALUES (?, ?)",
                    (number, f"ada testerman {number}"),
                )
        before = shape(engine)
        plant(tmp_path, f'op.execute("{step}")', monkeypatch)
        with pytest.raises(DatabaseDamaged, match="Nothing was changed"):
            bring_up_to_date(engine, back_up=None)
        assert shape(engine) == before
        with engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT count(*) FROM patient_text WHERE patient_text MATCH 'testerman'"
            )
            assert found.scalar() == 50


def test_an_older_database_is_brought_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with built_engine(tmp_path) as engine:
        fill(engine)
        plant(tmp_path, 'op.add_column("parent", sa.Column("more", sa.Text()))', monkeypatch)
        assert bring_up_to_date(engine, back_up=None) is True
        with engine.connect() as connection:
            assert connection.execute(text("SELECT more FROM parent")).all() == [(None,)]
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.mark.parametrize(
    ("steps", "named"),
    [
        pytest.param(
            'op.execute("DELETE FROM child")\nop.execute("CREATE TABLE more (id INTEGER)")',
            "child",
            id="rows are gone",
        ),
        pytest.param(
            'op.execute("CREATE TABLE parent_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")\n'
            'op.execute("INSERT INTO parent_new SELECT id, name FROM parent")\n'
            'op.execute("DROP TABLE parent")\n'
            'op.execute("ALTER TABLE parent_new RENAME TO parent")',
            "parent_keeps",
            id="a rebuild drops the trigger",
        ),
        pytest.param(
            'op.execute("DROP TRIGGER parent_keeps")\nop.execute("DELETE FROM parent")\n'
            'op.execute("CREATE TRIGGER parent_keeps BEFORE DELETE ON parent BEGIN SELECT 1; END")',
            "parent",
            id="parents are gone under their children",
        ),
    ],
)
def test_a_migration_that_loses_something_is_rolled_back_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: str, named: str
) -> None:
    with built_engine(tmp_path) as engine:
        fill(engine)
        before = shape(engine)
        plant(tmp_path, steps, monkeypatch)
        with pytest.raises(DatabaseDamaged, match=rf"{named}.*Nothing was changed"):
            bring_up_to_date(engine, back_up=None)
        assert shape(engine) == before


def test_a_migration_that_fails_in_the_middle_is_rolled_back_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with built_engine(tmp_path) as engine:
        fill(engine)
        before = shape(engine)
        plant(
            tmp_path, 'op.execute("CREATE TABLE more (id INTEGER)")\nraise RuntimeError("stop")', monkeypatch
        )
        with pytest.raises(RuntimeError, match="stop"):
            bring_up_to_date(engine, back_up=None)
        assert shape(engine) == before


def test_a_child_that_lost_its_parent_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row counts and triggers stay, but a row points nowhere."""
    with built_engine(tmp_path) as engine:
        fill(engine)
        before = shape(engine)
        plant(tmp_path, 'op.execute("UPDATE child SET parent = 99 WHERE id = 1")', monkeypatch)
        with pytest.raises(DatabaseDamaged, match="belong to"):
            bring_up_to_date(engine, back_up=None)
        assert shape(engine) == before


def test_an_old_log_is_searched_by_what_its_entries_say_and_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Built at revision 0001 with entries of its own and one whose bytes somebody spoilt, then brought up."""
    spoilt = b"spoilt"
    monkeypatch.setattr(migrate, "NEWEST", "0001")
    scripts = tmp_path / "scripts"
    shutil.copytree(
        MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__", "000[2-9]*", "00[1-9]*")
    )
    monkeypatch.setattr(migrate, "MIGRATIONS", scripts)
    entry = (
        b'{"action":"visit.viewed","actor":{"key":"k","role":"provider","uid":"u7"},"clk":"back","kind":"R",'
        b'"obj":{"h":"00","id":"v1","rev":1,"t":"visit"},"ts":"2026-11-23T15:00:00.000Z"}'
    )
    installation = (
        b'{"action":"clinic.created","actor":{"key":"k","role":null,"uid":null},"clk":"ok","kind":"C",'
        b'"obj":null,"ts":"2026-11-23T14:00:00.000Z"}'
    )
    with built_engine(tmp_path) as engine:
        with engine.begin() as connection:
            for seq, data in enumerate((entry, installation, spoilt), start=1):
                connection.exec_driver_sql(
                    "INSERT INTO log_entry (seq, entry, leaf, signature, action) "
                    "VALUES (?, ?, x'00', x'00', '')",
                    (seq, data),
                )
        monkeypatch.undo()
        assert bring_up_to_date(engine, back_up=None) is True
        with engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "SELECT entry, at, is_clock_back, actor, kind, object_kind FROM log_entry ORDER BY seq"
            ).all()
        assert rows == [
            (entry, "2026-11-23T15:00:00.000Z", 1, "u7", "R", "visit"),
            (installation, "2026-11-23T14:00:00.000Z", 0, None, "C", None),
            (spoilt, "", 0, None, "", None),
        ]
        for change in ("UPDATE log_entry SET at = ''", "DELETE FROM log_entry"):
            with pytest.raises(DBAPIError, match="keeps what was written"), engine.begin() as connection:
                connection.exec_driver_sql(change)
