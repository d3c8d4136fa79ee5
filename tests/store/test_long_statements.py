"""Statements that run for long: whoever waits hears of it, and is let go within a second of saying stop."""

import time
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from mnclinic.store import long_statements
from mnclinic.store.engine import open_engine
from mnclinic.store.long_statements import asked_meanwhile, broken_seals

KEY, SALT = b"\x11" * 32, b"\x22" * 16
FOR_EVER = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
ANSWER_S = 1.0


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    made = open_engine(tmp_path / "clinic.db", KEY, SALT, create=True)
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE one (x INTEGER)"))
    return made


class Patience:
    """Says stop from the given call on, and knows when it said so first."""

    def __init__(self, calls: int) -> None:
        self._left = calls
        self.stopped_s = 0.0

    def __call__(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.stopped_s = self.stopped_s or time.perf_counter()
            raise InterruptedError


def test_a_statement_that_never_ends_is_stopped_and_the_connection_goes_on(engine: Engine) -> None:
    patience = Patience(3)
    with engine.connect() as connection:
        with asked_meanwhile(connection, patience) as stops:
            with pytest.raises(DBAPIError, match="interrupted"):
                connection.execute(text(FOR_EVER))
            with pytest.raises(InterruptedError):
                stops.raise_it()
        assert 0 < time.perf_counter() - patience.stopped_s < ANSWER_S
        assert connection.scalar(text("SELECT count(*) FROM one")) == 0
    engine.dispose()


def test_nobody_is_asked_of_a_statement_behind_it(engine: Engine) -> None:
    with engine.connect() as connection:
        with asked_meanwhile(connection, lambda: None) as stops:
            connection.scalar(text("SELECT 1"))
            stops.raise_it()
        patience = Patience(1)
        assert connection.scalar(text(FOR_EVER.replace("FROM n)", "FROM n LIMIT 100000)"))) == 100_000
        assert patience.stopped_s == 0.0
    engine.dispose()


def test_whoever_waits_for_the_seals_can_leave_and_the_look_ends_by_itself(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, has_ended = Event(), Event()

    def said_late(_connection: object) -> list[str]:
        may_end.wait()
        return ["HMAC verification failed for page 1"]

    let_go = long_statements._said_thrice  # noqa: SLF001 - to see when it has ended

    def seen_to_end(asked: Engine, is_left: Event) -> list[str]:
        try:
            return let_go(asked, is_left)
        finally:
            has_ended.set()

    monkeypatch.setattr(long_statements, "_said", said_late)
    monkeypatch.setattr(long_statements, "_said_thrice", seen_to_end)
    patience = Patience(2)
    with pytest.raises(InterruptedError):
        broken_seals(engine, patience)
    assert time.perf_counter() - patience.stopped_s < ANSWER_S
    assert not has_ended.is_set()
    may_end.set()
    assert has_ended.wait(30)
    engine.dispose()


def test_a_page_that_is_called_broken_once_alone_was_under_a_writers_hand(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = iter([["page 3", "page 5"], ["page 5"], ["page 5", "page 7"]])
    monkeypatch.setattr(long_statements, "_said", lambda _connection: next(told))
    assert broken_seals(engine, lambda: None) == ["page 5"]
    engine.dispose()


def test_a_file_whose_seals_hold_has_nothing_said_of_it(engine: Engine) -> None:
    assert broken_seals(engine, lambda: None) == []
    engine.dispose()
