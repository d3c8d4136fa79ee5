"""Attacks on what keeps the tables: triggers, indexes, columns and tables planted, changed or taken away."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mnclinic.store.engine import DATABASE_NAME
from tests.faults.attack_clinic import Attacked
from tests.faults.attack_edits import Done, evidence
from tests.faults.attack_files import FileAttack
from tests.faults.attack_hands import Keys, connect

Change = Callable[[Any, random.Random], str]
"""Changes the open database; tells the object by the name that a finding has to call it."""

SWALLOWED = ("adverse_event.recorded", "patient.viewed", "bundle.exported", "login.failed")


def _plant_trigger(connection: Any, chance: random.Random) -> str:
    table = chance.choice(sorted(evidence()))
    when = chance.choice(("BEFORE INSERT", "BEFORE UPDATE", "AFTER DELETE"))
    connection.execute(f"CREATE TRIGGER quiet {when} ON {table} BEGIN SELECT RAISE(IGNORE); END")
    return "trigger quiet"


def _swallow_an_act(connection: Any, chance: random.Random) -> str:
    connection.execute(
        f"CREATE TRIGGER quiet BEFORE INSERT ON log_entry WHEN new.action = '{chance.choice(SWALLOWED)}' "
        "BEGIN SELECT RAISE(IGNORE); END"
    )
    return "trigger quiet"


def _named(connection: Any, kind: str, chance: random.Random) -> tuple[str, str]:
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL ORDER BY name", (kind,)
    ).fetchall()
    name, sql = chance.choice(rows)
    return str(name), str(sql)


def _drop_trigger(connection: Any, chance: random.Random) -> str:
    name, _ = _named(connection, "trigger", chance)
    connection.execute(f'DROP TRIGGER "{name}"')
    return f"trigger {name}"


def _hollow_trigger(connection: Any, chance: random.Random) -> str:
    """One of the program's own, that does nothing any more."""
    name, sql = _named(connection, "trigger", chance)
    connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute(f"{sql.partition('BEGIN')[0]} BEGIN SELECT 1; END")
    return f"trigger {name}"


def _drop_index(connection: Any, chance: random.Random) -> str:
    name, _ = _named(connection, "index", chance)
    connection.execute(f'DROP INDEX "{name}"')
    return f"index {name}"


def _add_column(connection: Any, chance: random.Random) -> str:
    table = chance.choice(sorted(evidence()))
    connection.execute(f"ALTER TABLE {table} ADD COLUMN shadow TEXT")
    return f"table {table}"


def _plant_table(connection: Any, chance: random.Random) -> str:
    table = chance.choice(sorted(evidence()))
    connection.execute(f"CREATE TABLE shadow AS SELECT * FROM {table}")  # noqa: S608 - a table's own name
    return "table shadow"


def _attack(change: Change) -> FileAttack:
    def attack(_attacked: Attacked, folder: Path, keys: Keys, chance: random.Random) -> Done:
        connection = connect(folder, keys.database, keys.salt)
        try:
            name = change(connection, chance)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
        for path in folder.glob(f"{DATABASE_NAME}-*"):
            path.unlink()
        return Done(name, [{name}])

    return attack


SCHEMA_ATTACKS: tuple[tuple[str, FileAttack], ...] = (
    ("plant a trigger", _attack(_plant_trigger)),
    ("plant a trigger that swallows an act", _attack(_swallow_an_act)),
    ("drop a trigger", _attack(_drop_trigger)),
    ("hollow out a trigger", _attack(_hollow_trigger)),
    ("drop an index", _attack(_drop_index)),
    ("add a column", _attack(_add_column)),
    ("plant a table", _attack(_plant_table)),
)
"""Nothing puts the triggers back here, as `attack_hands.in_hand` does for edits of rows."""
