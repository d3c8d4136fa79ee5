"""Bring a database to the form that this program knows, or refuse it by name.

Alembic is imported only when a migration is due: it costs half a second. Two traps of SQLite rebuilds
are guarded here, inside the transaction: with foreign keys on, a rebuild deletes child rows through
ON DELETE CASCADE, and it drops the table's triggers, both without a word.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy import table as table_named
from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.errors import ClinicError, DatabaseDamaged, DiskFull, NewerFormat
from mnclinic.store.backup_files import remove_backup
from mnclinic.store.contents import Contents, assert_same, assert_sound, contents_of
from mnclinic.store.engine import key_of, open_connection

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "0017"
"""The newest revision in `migrations/versions`; a test compares the two."""


@dataclass(frozen=True)
class Shape:
    """What a migration must not lose: rows a table, and every index, trigger and view by name."""

    row_count: Mapping[str, int]
    objects: frozenset[tuple[str, str]]


def current_revision(connection: Connection) -> str | None:
    """The revision that the database says it has; None for an empty one.

    Where its tables are the newest revision's, and no newer one is named, it is that one whatever it says:
    somebody changed the number, which the check tells of. Raises DatabaseDamaged where it says several.
    """
    # It holds objects against those of the newest revision, which this module names.
    from mnclinic.store.schema import is_of_newest_form

    found = revisions_in(connection)
    if found == [NEWEST]:
        return NEWEST
    if not found and not _has_tables(connection):
        return None
    if max(found, default=NEWEST) <= NEWEST and is_of_newest_form(connection):
        return NEWEST
    if len(found) > 1:
        raise DatabaseDamaged(
            "The database says that it is of several forms at once: its number was changed past mnclinic. "
            "Nothing was changed. Restore the newest backup."
        )
    return found[0] if found else None


def _has_tables(connection: Connection) -> bool:
    return connection.scalar(text("SELECT 1 FROM sqlite_master LIMIT 1")) is not None


def revisions_in(connection: Connection) -> list[str]:
    """Every revision that the database names, in order; the migrations leave one, and a new file has none."""
    if not connection.execute(
        text("SELECT 1 FROM sqlite_master WHERE type='table' AND name='alembic_version'")
    ).first():
        return []
    return sorted(str(row[0]) for row in connection.execute(text("SELECT version_num FROM alembic_version")))


def is_out_of_date(engine: Engine) -> bool:
    """Whether the database is of another form than this program's, older or newer or none."""
    with engine.connect() as connection:
        return current_revision(connection) != NEWEST


def bring_up_to_date(
    engine: Engine,
    *,
    back_up: Callable[[], Path] | None,
    earlier: Callable[[], Iterable[Path]] = tuple,
    may_be_new: bool = False,
) -> bool:
    """Migrate if the database is older; returns whether anything was done.

    An empty database is filled only when it `may_be_new`. An existing one is backed up first, and the copy
    is proven; where the upgrade fails and the database is as it was, the copy goes again. All steps run in
    one transaction: either the database is at the newest revision afterwards or it is as it was. The caller
    holds the folder alone.

    Args:
        engine: The open database.
        back_up: Makes a whole backup, keys and all, in a folder of its own, and tells where in it the
            database's copy is. None only for a database that is new, or a private copy itself.
        earlier: Names the databases in whole backups that tries before this one made. One that is proven to
            hold what the database holds serves again, so that a PC that dies in each try fills no disk.
        may_be_new: Whether an empty database is one to fill.

    Raises:
        NewerFormat: made by a newer mnclinic. Nothing was changed.
        DatabaseDamaged: a migration would have lost rows or triggers, the copy is not the same, or the
            database holds no clinic. Nothing was changed.
        DiskFull: there is no room for the copy and the change. Nothing was changed.
    """
    with engine.connect() as connection:
        found = current_revision(connection)
    if found == NEWEST:
        return False
    if found is None and not may_be_new:
        raise DatabaseDamaged(
            "The database in this folder holds no clinic. Nothing was changed. Restore the newest backup."
        )
    if found is not None and (found > NEWEST or not re.fullmatch(r"\d{4}", found)):
        raise NewerFormat(
            f"This clinic was last opened by a newer mnclinic (data form {found}); this one knows "
            f"{NEWEST}. Nothing was changed. Install the newer mnclinic to open it."
        )
    if found is None or back_up is None:
        _upgrade(engine)
        return True
    held = _contents(engine)
    if any(_is_proven(copy, *key_of(engine), held) for copy in earlier()):
        _refuse_without_room(engine, copies=0)
        _upgrade(engine)
        return True
    _refuse_without_room(engine, copies=1)
    copy = _proven_copy(engine, back_up, held)
    try:
        _upgrade(engine)
    except Exception:
        # Tried again at every log-in, it would fill the disk with copies. This one goes only where the
        # database was read anew and is what was copied.
        with suppress(Exception):
            if _contents(engine) == held:
                remove_backup(copy.parent)
        raise
    return True


def _contents(engine: Engine) -> Contents:
    raw = engine.raw_connection()
    try:
        return contents_of(cast("sqlcipher.Connection", raw.dbapi_connection))
    finally:
        raw.close()


def _proven_copy(engine: Engine, back_up: Callable[[], Path], held: Contents) -> Path:
    """The database of a new copy, proven."""
    copy = back_up()
    try:
        _prove(copy, *key_of(engine), held)
    except BaseException:
        shutil.rmtree(copy.parent)
        raise
    return copy


def _is_proven(path: Path, key: bytes, salt: bytes, held: Contents) -> bool:
    try:
        _prove(path, key, salt, held)
    except (ClinicError, OSError, sqlcipher.Error):
        return False
    return True


def _prove(path: Path, key: bytes, salt: bytes, held: Contents) -> None:
    copy = open_connection(path, key, salt)
    try:
        assert_same(held, contents_of(copy))
        assert_sound(copy)
    finally:
        copy.close()


def _refuse_without_room(engine: Engine, *, copies: int) -> None:
    with engine.connect() as connection:
        path = connection.execute(text("PRAGMA database_list")).one()[2]
        pages = int(connection.execute(text("PRAGMA page_count")).scalar_one())
        page_bytes = int(connection.execute(text("PRAGMA page_size")).scalar_one())
    # Once for each copy, and once for what the change itself may write before it is whole.
    if shutil.disk_usage(Path(path).parent).free < (copies + 1) * pages * page_bytes:
        raise DiskFull(
            "There is not enough room on the disk to copy the clinic's database before it is brought to the "
            "new form, so that was not begun. Nothing was changed. Free some space on the disk, then log in "
            "again."
        )


def _upgrade(engine: Engine) -> None:
    raw = engine.raw_connection()
    try:
        # Foreign keys can only be switched off outside a transaction.
        raw.cursor().execute("PRAGMA foreign_keys=off")
    finally:
        raw.close()
    try:
        with engine.begin() as connection:
            before = shape_of(connection)
            run_alembic(connection, MIGRATIONS)
            assert_nothing_lost(before, shape_of(connection))
            broken = connection.execute(text("PRAGMA foreign_key_check")).first()
            if broken is not None:
                raise DatabaseDamaged(
                    "The clinic's data could not be brought to the new form: rows would have lost what "
                    "they belong to. Nothing was changed. Keep using the earlier mnclinic and ask for help."
                )
            # Rows by number are not enough: a full-text index is spoiled without losing one.
            if connection.execute(text("PRAGMA integrity_check")).scalars().all() != ["ok"]:
                raise DatabaseDamaged(
                    "The clinic's data could not be brought to the new form: a table or the search index "
                    "would have been damaged. Nothing was changed. Keep using the earlier mnclinic and ask "
                    "for help."
                )
    finally:
        # Every pooled connection starts anew, with foreign keys on.
        engine.dispose()


def run_alembic(connection: Connection, migrations: Path) -> None:
    """Run every migration that is due on this connection, inside its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def shape_of(connection: Connection) -> Shape:
    """Rows a table and every named object of the database as it stands."""
    rows = connection.execute(text("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))
    objects = frozenset((row.type, row.name) for row in rows)
    tables = sorted(name for kind, name in objects if kind == "table")
    row_count = {
        table: int(connection.scalar(select(func.count()).select_from(table_named(table))) or 0)
        for table in tables
        if table != "alembic_version"
    }
    return Shape(row_count, objects)


DERIVED = frozenset({"visit_supply"})
"""Tables that are read from the frozen records: a migration may write rows there, and takes none away."""


def assert_nothing_lost(before: Shape, after: Shape) -> None:
    """Raise DatabaseDamaged if a table lost or gained rows, or a trigger, index or view went.

    What is derived from the records may gain some; the check holds each to its record.
    """
    changed = [
        table
        for table, count in before.row_count.items()
        if not _is_kept(table, count, after.row_count.get(table, -1))
    ]
    gone = [name for _, name in before.objects - after.objects]
    if changed or gone:
        raise DatabaseDamaged(
            "The clinic's data could not be brought to the new form: the check found a difference in "
            f"{', '.join(sorted(changed + gone))}. Nothing was changed. Keep using the earlier mnclinic "
            "and ask for help."
        )


def _is_kept(table: str, before: int, after: int) -> bool:
    return after == before or (table in DERIVED and after > before)
