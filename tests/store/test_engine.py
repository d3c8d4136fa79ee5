"""The encrypted engine: nothing opens or makes a plaintext database."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.errors import DatabaseDamaged, DatabaseMissing, DatabaseNotEncrypted
from mnclinic.store import engine as engine_module
from mnclinic.store.engine import (
    DATABASE_NAME,
    PLAIN_HEADER,
    assert_not_plaintext,
    close_engine,
    open_engine,
    salt_in_file,
)
from mnclinic.store.migrate import NEWEST
from mnclinic.store.trouble import told_plainly
from tests.store.raw import KEY, SALT, built_engine


@pytest.mark.parametrize(
    ("key", "salt"), [(KEY[:31], SALT), (KEY + b"x", SALT), (b"", SALT), (KEY, SALT[:15]), (KEY, b"")]
)
def test_a_key_or_salt_of_a_wrong_length_is_our_defect_and_makes_no_file(
    tmp_path: Path, key: bytes, salt: bytes
) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_engine(tmp_path / DATABASE_NAME, key, salt, create=True)
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_was_wiped_is_our_defect_and_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="wiped"):
        open_engine(tmp_path / DATABASE_NAME, bytes(32), SALT, create=True)
    assert list(tmp_path.iterdir()) == []


def test_the_salt_in_a_file_is_read_without_its_key(tmp_path: Path) -> None:
    with built_engine(tmp_path) as engine, engine.begin():
        assert salt_in_file(tmp_path / DATABASE_NAME) == SALT
    (tmp_path / "plain").write_bytes(PLAIN_HEADER + bytes(5000))
    (tmp_path / "short").write_bytes(SALT[:15])
    assert salt_in_file(tmp_path / "plain") == PLAIN_HEADER
    assert salt_in_file(tmp_path / "short") is None
    assert {file.name for file in tmp_path.iterdir()} == {DATABASE_NAME, "plain", "short"}


def test_looking_at_an_open_database_costs_this_process_no_lock(tmp_path: Path) -> None:
    """A second process must not take the database for one that nobody has open."""
    other = (
        "import sys\nfrom pathlib import Path\nfrom mnclinic.store.engine import open_engine\n"
        "engine = open_engine(Path(sys.argv[1]), bytes(range(32)), bytes(range(16)))\n"
        "print(engine.raw_connection().cursor().execute('PRAGMA journal_mode=delete').fetchone())\n"
    )
    path = tmp_path / DATABASE_NAME
    with built_engine(tmp_path) as engine:
        engine.connect().close()
        assert salt_in_file(path) == SALT
        assert_not_plaintext(path)
        said = subprocess.run(  # noqa: S603 - our own words, no shell
            [sys.executable, "-c", other, str(path)], check=False, capture_output=True, text=True
        )
    assert "locked" in said.stderr, said.stdout


def test_the_file_on_disk_is_not_plaintext(tmp_path: Path) -> None:
    with built_engine(tmp_path) as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE planted (words TEXT)"))
        connection.execute(text("INSERT INTO planted VALUES ('legible words')"))
    for file in tmp_path.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not data.startswith(PLAIN_HEADER)
            assert b"legible words" not in data
            assert b"CREATE TABLE" not in data


def test_a_plaintext_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / DATABASE_NAME
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE patient (name TEXT)")
    plain.commit()
    plain.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseNotEncrypted, match="not encrypted"):
        open_engine(path, KEY, SALT)
    assert path.read_bytes() == before


def test_a_wrong_key_is_told_as_a_damaged_database(tmp_path: Path) -> None:
    with built_engine(tmp_path):
        pass
    path = tmp_path / DATABASE_NAME
    before = path.read_bytes()
    engine = open_engine(path, b"\x01" * 32, SALT)
    with pytest.raises(DatabaseDamaged, match="Nothing was changed"), told_plainly(), engine.connect():
        pass
    engine.dispose()
    assert path.read_bytes() == before


def test_a_missing_database_is_not_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing):
        open_engine(tmp_path / DATABASE_NAME, KEY, SALT)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left_bytes", [0, 1000])
def test_an_emptied_or_cut_database_is_told_as_damaged_and_not_filled(
    tmp_path: Path, left_bytes: int
) -> None:
    with built_engine(tmp_path):
        pass
    path = tmp_path / DATABASE_NAME
    path.write_bytes(path.read_bytes()[:left_bytes])
    with pytest.raises(DatabaseDamaged, match="Nothing was changed"):
        open_engine(path, KEY, SALT)
    assert path.stat().st_size == left_bytes


def test_a_database_cut_in_the_middle_is_told_as_damaged(tmp_path: Path) -> None:
    with built_engine(tmp_path):
        pass
    path = tmp_path / DATABASE_NAME
    path.write_bytes(path.read_bytes()[:5000])
    engine = open_engine(path, KEY, SALT)
    with pytest.raises(DatabaseDamaged), told_plainly(), engine.connect():
        pass
    engine.dispose()


def test_a_wrecked_salt_in_the_file_is_harmless(tmp_path: Path) -> None:
    """The salt that counts is in the key file; the first sixteen bytes of the database only repeat it."""
    with built_engine(tmp_path):
        pass
    path = tmp_path / DATABASE_NAME
    data = path.read_bytes()
    path.write_bytes(bytes(16) + data[16:])
    engine = open_engine(path, KEY, SALT)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == NEWEST
    close_engine(engine)


def test_an_engine_that_cannot_encrypt_is_refused_before_any_file_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "sqlcipher", sqlite3)
    with pytest.raises(DatabaseNotEncrypted, match="cannot encrypt"):
        open_engine(tmp_path / DATABASE_NAME, KEY, SALT, create=True)
    assert list(tmp_path.iterdir()) == []


def test_a_connection_runs_under_the_safe_settings(tmp_path: Path) -> None:
    wanted = {
        "foreign_keys": 1,
        "journal_mode": "wal",
        "synchronous": 2,
        "temp_store": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "mmap_size": 0,
    }
    with built_engine(tmp_path) as engine, engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    assert {
        name: value if name == "journal_mode" else int(value or 0) for name, value in found.items()
    } == wanted
    assert sqlcipher.sqlite_version_info >= engine_module.OLDEST_SQLITE
