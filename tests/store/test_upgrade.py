"""Every database of before opens: copied first, brought up whole or not at all, whatever is killed."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import cast

import pytest
from sqlalchemy import Engine, event
from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.errors import ClinicInUse, DatabaseDamaged, DiskFull
from mnclinic.security.keyfile_on_disk import load_key_file, save_key_file
from mnclinic.security.rotation import abandon_rotation, begin_rotation
from mnclinic.security.slots import unlock
from mnclinic.services.adopt_found_backups import adopt_found_backups
from mnclinic.services.demo.people import demo_log_ins
from mnclinic.services.open_clinic import open_clinic, upgrade_alone
from mnclinic.store import backup, backup_files, contents, migrate
from mnclinic.store.backup_files import read_manifest
from mnclinic.store.backup_manifest import BEFORE_UPGRADE
from mnclinic.store.contents import contents_of
from mnclinic.store.engine import DATABASE_NAME, close_engine, open_connection, open_engine
from mnclinic.store.folder_use import FolderUse
from mnclinic.store.migrate import MIGRATIONS, NEWEST, current_revision
from mnclinic.store.rotation import DatabaseKey
from tests.services.clinic_builder import StoppedClock, add_person
from tests.services.reading import counts, problems_found
from tests.store.killing import killed_at, left_at_each_step

OLD = Path(__file__).parents[1] / "old_databases"
REVISIONS = sorted(folder.name for folder in OLD.iterdir() if folder.is_dir())
USERS = ("owner", "okafor", "desk")
LOG_INS = {user: password for user, _, password in demo_log_ins()}
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture(params=REVISIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A clinic as the program of an earlier day left it."""
    return Path(shutil.copytree(OLD / request.param, tmp_path / "clinic"))


@pytest.fixture(scope="module")
def keys() -> dict[str, DatabaseKey]:
    """What opens each of them."""
    found = {}
    for revision in REVISIONS:
        opened = unlock(load_key_file(OLD / revision).keyfile, "owner", LOG_INS["owner"])
        found[revision] = DatabaseKey(bytes(opened.database_key), opened.database_salt)
    return found


@pytest.fixture
def revision(request: pytest.FixtureRequest) -> str:
    """The form that the old clinic of this test has."""
    return str(request.node.callspec.params["old"])


@pytest.fixture
def key(revision: str, keys: dict[str, DatabaseKey]) -> DatabaseKey:
    """What opens it."""
    return keys[revision]


def test_there_is_a_database_of_every_revision_but_the_newest() -> None:
    files = sorted((MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert [file.name.partition("_")[0] for file in files[:-1]] == REVISIONS


def test_an_old_clinic_opens_is_whole_and_can_be_worked_in(old: Path, revision: str) -> None:
    """Whoever logs in first brings it up, each in turn; the others find it brought up."""
    at = REVISIONS.index(revision) % len(USERS)
    for number, user in enumerate([*USERS[at:], *USERS[:at]]):
        clinic = open_clinic(old, user, LOG_INS[user], clock=StoppedClock(NOW))
        if number == 0:
            assert problems_found(clinic) == []
        if user == "desk":
            patients = counts(clinic)["patient"]
            add_person(clinic, "Later")
            assert counts(clinic)["patient"] == patients + 1
        if number == len(USERS) - 1:
            assert problems_found(clinic) == []
        clinic.close()
        (copy,) = (old / "backups").iterdir()
        assert read_manifest(copy)[0].kind == BEFORE_UPGRADE, "it is brought up once"


def test_the_copy_before_is_listed_among_the_backups_and_proven(old: Path) -> None:
    clinic = open_clinic(old, "owner", LOG_INS["owner"], clock=StoppedClock(NOW))
    adopted = adopt_found_backups(clinic)
    clinic.close()
    (copy,) = (old / "backups").iterdir()
    assert adopted.added == (copy.name,)
    assert adopted.verdicts == ((copy.name, "OK"),)


def test_the_copy_before_holds_what_the_database_held(old: Path, key: DatabaseKey) -> None:
    with connected(old / DATABASE_NAME, key) as connection:
        held = contents_of(connection)
    upgrade(old, key)
    (copy,) = (old / "backups").glob("*/clinic.db")
    with connected(copy, key) as connection:
        assert contents_of(connection) == held
    assert b"CREATE TABLE" not in copy.read_bytes()
    assert not copy.read_bytes().startswith(b"SQLite format 3")


def test_a_copy_that_is_not_the_same_stops_the_upgrade(
    old: Path, key: DatabaseKey, revision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, read = contents_of, []

    def differs(connection: object) -> contents.Contents:
        found = real(connection)
        read.append(found)
        if len(read) == 1:
            return found
        return contents.Contents(found.objects, {**found.tables, "patient": (0, "")})

    monkeypatch.setattr(migrate, "contents_of", differs)
    with pytest.raises(DatabaseDamaged, match="Nothing was changed"):
        upgrade(old, key)
    monkeypatch.undo()
    assert list((old / "backups").iterdir()) == []
    assert revision_of(old, key) == revision
    upgrade(old, key)


def test_an_upgrade_that_fails_again_and_again_leaves_no_pile_of_copies(
    tmp_path: Path, keys: dict[str, DatabaseKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = REVISIONS[-1]
    old = Path(shutil.copytree(OLD / revision, tmp_path / "clinic"))

    def lost(_before: migrate.Shape, _after: migrate.Shape) -> None:
        raise DatabaseDamaged("Nothing was changed.")

    monkeypatch.setattr(migrate, "assert_nothing_lost", lost)
    for _ in range(2):
        with pytest.raises(DatabaseDamaged, match="Nothing was changed"):
            upgrade(old, keys[revision])
        assert list((old / "backups").iterdir()) == []
        assert revision_of(old, keys[revision]) == revision
    monkeypatch.undo()
    upgrade(old, keys[revision])
    assert len(list((old / "backups").iterdir())) == 1


def test_the_copy_stays_where_a_failed_upgrade_left_another_database_than_was_copied(
    tmp_path: Path, keys: dict[str, DatabaseKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = REVISIONS[-1]
    old = Path(shutil.copytree(OLD / revision, tmp_path / "clinic"))

    def half(engine: Engine) -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE screen_state")
        raise DatabaseDamaged("stopped half-way")

    monkeypatch.setattr(migrate, "_upgrade", half)
    with pytest.raises(DatabaseDamaged, match="half-way"):
        upgrade(old, keys[revision])
    assert len(list((old / "backups").glob("*/clinic.db"))) == 1


def test_without_room_for_the_copy_nothing_is_begun(
    old: Path, key: DatabaseKey, revision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.disk_usage(old)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: real._replace(free=1_000_000))
    with pytest.raises(DiskFull, match=r"room"):
        upgrade(old, key)
    monkeypatch.undo()
    assert revision_of(old, key) == revision


def test_with_room_for_the_copy_but_not_for_the_change_after_it_nothing_is_begun(
    old: Path, key: DatabaseKey, revision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, size = shutil.disk_usage(old), (old / DATABASE_NAME).stat().st_size
    monkeypatch.setattr(backup_files, "MARGIN_BYTES", 0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: real._replace(free=size + size // 2))
    with pytest.raises(DiskFull, match="before it is brought to the new form"):
        upgrade(old, key)
    monkeypatch.undo()
    assert revision_of(old, key) == revision


def test_a_clinic_that_is_open_elsewhere_is_not_changed_under_it(
    old: Path, key: DatabaseKey, revision: str
) -> None:
    with (
        FolderUse.shared(old),
        pytest.raises(ClinicInUse, match=r"open in another window.*Nothing was changed"),
    ):
        open_clinic(old, "owner", LOG_INS["owner"], clock=StoppedClock(NOW))
    assert revision_of(old, key) == revision
    open_clinic(old, "owner", LOG_INS["owner"], clock=StoppedClock(NOW)).close()


def test_a_kill_before_any_statement_of_an_upgrade_leaves_the_old_form_or_the_new(
    tmp_path: Path, keys: dict[str, DatabaseKey]
) -> None:
    """Before every statement that the engine is given, from the copy to the last check, and the commit."""
    import_module("alembic.command")  # once here, and not in the process that is looked at
    for revision, key in keys.items():
        with connected(OLD / revision / DATABASE_NAME, key) as connection:
            whole = contents_of(connection)
        seen = set()
        working = tmp_path / revision
        left = left_at_each_step(counted_upgrade(working, OLD / revision, key), working, tmp_path / "left")
        for folder in left:
            with connected(folder / DATABASE_NAME, key) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                now = contents_of(connection)
                (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            assert found in {revision, NEWEST}
            if found == revision:
                assert now == whole
            for table, (count, _) in whole.tables.items():
                held = now.tables[table][0]
                assert held == count or (table in migrate.DERIVED and held > count), table
            for copy in (folder / "backups").glob("*/clinic.db"):
                if copy.parent.suffix != ".partial":
                    with connected(copy, key) as connection:
                        assert contents_of(connection) == whole, "a copy with its name is whole"
            seen.add(found)
        assert len(left) > 5
        assert seen == {revision, NEWEST}
        upgrade(left[0], key)
        assert revision_of(left[0], key) == NEWEST
        shutil.rmtree(tmp_path / "left")


def test_after_a_kill_in_the_middle_the_next_start_finishes_the_upgrade(
    tmp_path: Path, keys: dict[str, DatabaseKey]
) -> None:
    for revision, key in keys.items():
        folder = tmp_path / revision
        assert killed_at(15, counted_upgrade(folder, OLD / revision, key))
        clinic = open_clinic(folder, "owner", LOG_INS["owner"], clock=StoppedClock(NOW))
        assert problems_found(clinic) == []
        clinic.close()


@pytest.mark.parametrize(
    ("room", "at"),
    [(backup, "_copy_attachments"), (migrate, "run_alembic")],
    ids=["in the copy", "in the change"],
)
def test_an_upgrade_that_is_killed_again_and_again_leaves_one_copy(
    tmp_path: Path, keys: dict[str, DatabaseKey], room: ModuleType, at: str
) -> None:
    revision = REVISIONS[-1]
    old, key = Path(shutil.copytree(OLD / revision, tmp_path / "clinic")), keys[revision]

    def killed_there(about_to: Callable[[], None]) -> None:
        setattr(room, at, lambda *_: about_to())
        upgrade(old, key)

    first = None
    for _ in range(3):
        assert killed_at(0, killed_there)
        (left,) = (old / "backups").iterdir()
        assert left.suffix == (".partial" if room is backup else "")
        first = first or left
    assert revision_of(old, key) == revision
    upgrade(old, key)
    (copy,) = (old / "backups").iterdir()
    assert copy == first or room is backup
    assert read_manifest(copy)[0].kind == BEFORE_UPGRADE


@pytest.mark.parametrize("changed", ["clinic.db", "clinic.keys", "manifest.json", "attachments/0a1b2c.enc"])
def test_a_copy_of_a_killed_upgrade_that_is_not_what_the_clinic_is_now_is_left_alone(
    tmp_path: Path, keys: dict[str, DatabaseKey], changed: str
) -> None:
    revision = REVISIONS[-1]
    old, key = Path(shutil.copytree(OLD / revision, tmp_path / "clinic")), keys[revision]
    copy_before(old, key)
    (before,) = (old / "backups").iterdir()
    target = old / changed if changed.startswith("attachments") else before / changed
    target.parent.mkdir(exist_ok=True)
    data = target.read_bytes() if target.exists() else b"sealed"
    target.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    upgrade(old, key)
    copies = [path for path in (old / "backups").iterdir() if path != before]
    assert len(copies) == 1
    assert before.is_dir()


def test_a_copy_from_before_something_else_was_stored_serves_no_later_upgrade(
    tmp_path: Path, keys: dict[str, DatabaseKey]
) -> None:
    revision = REVISIONS[-1]
    old, key = Path(shutil.copytree(OLD / revision, tmp_path / "clinic")), keys[revision]
    copy_before(old, key)
    with connected(old / DATABASE_NAME, key) as connection:
        connection.execute("UPDATE clinic SET name = 'Another name'")
        connection.commit()
    upgrade(old, key)
    assert len(list((old / "backups").iterdir())) == 2


def test_a_copy_under_another_key_file_than_todays_serves_no_later_upgrade(
    tmp_path: Path, keys: dict[str, DatabaseKey]
) -> None:
    revision = REVISIONS[-1]
    old, key = Path(shutil.copytree(OLD / revision, tmp_path / "clinic")), keys[revision]
    copy_before(old, key)
    both, _, _ = begin_rotation(load_key_file(old).keyfile, bytes(key.key))
    save_key_file(old, abandon_rotation(both, bytes(key.key)))
    upgrade(old, key)
    assert len(list((old / "backups").iterdir())) == 2


def test_with_the_copy_of_a_killed_upgrade_room_for_the_change_is_enough(
    tmp_path: Path, keys: dict[str, DatabaseKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = REVISIONS[-1]
    old, key = Path(shutil.copytree(OLD / revision, tmp_path / "clinic")), keys[revision]
    copy_before(old, key)
    real, size = shutil.disk_usage(old), (old / DATABASE_NAME).stat().st_size
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: real._replace(free=size + size // 2))
    upgrade(old, key)
    assert revision_of(old, key) == NEWEST


def copy_before(folder: Path, key: DatabaseKey) -> None:
    """The copy that a killed upgrade left."""
    engine = open_engine(folder / DATABASE_NAME, bytes(key.key), key.salt)
    backup.copy_before_upgrade(engine, folder, now=NOW, app="1", to=NEWEST)
    close_engine(engine)


@contextmanager
def connected(path: Path, key: DatabaseKey) -> Iterator[sqlcipher.Connection]:
    """The database, to look at."""
    connection = open_connection(path, key.key, key.salt)
    try:
        yield connection
    finally:
        connection.close()


def counted_upgrade(folder: Path, old: Path, key: DatabaseKey) -> Callable[[Callable[[], None]], None]:
    """An upgrade of a fresh copy, for a process of its own, which tells of each statement before it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(old, folder)

    def act(about_to: Callable[[], None]) -> None:
        engine = open_engine(folder / DATABASE_NAME, bytes(key.key), key.salt)

        def traced(connection: object, _record: object) -> None:
            # Tells also of what goes past SQLAlchemy, such as the copy and the checks of it.
            cast("sqlcipher.Connection", connection).set_trace_callback(lambda _statement: about_to())

        event.listen(engine, "connect", traced)
        with FolderUse.shared(folder) as use:
            upgrade_alone(folder, engine, use, now=NOW)
        close_engine(engine)

    return act


def upgrade(folder: Path, key: DatabaseKey) -> None:
    """Bring a clinic up to date without a log-in."""
    engine = open_engine(folder / DATABASE_NAME, bytes(key.key), key.salt)
    try:
        with FolderUse.shared(folder) as use:
            upgrade_alone(folder, engine, use, now=NOW)
    finally:
        close_engine(engine)


def revision_of(folder: Path, key: DatabaseKey) -> str | None:
    """The form that the database has."""
    engine = open_engine(folder / DATABASE_NAME, bytes(key.key), key.salt)
    try:
        with engine.connect() as connection:
            return current_revision(connection)
    finally:
        close_engine(engine)
