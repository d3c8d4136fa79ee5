"""Statements that run for seconds in a large database: whoever waits for one hears of it, and may stop it."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

OPERATIONS = 2_000
"""Between two questions: of the engine's own steps, or pages where it walks its trees. Some milliseconds."""
WAIT_S = 0.1
SEALS = "PRAGMA cipher_integrity_check"

Ask = Callable[[], None]
"""Is called a few times a second; what it raises stops the statement and reaches whoever began it."""


class Stops:
    """What stopped a statement, if anything did: the engine itself tells only that something has."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._asked_s = 0.0
        self._raised: BaseException | None = None

    def __call__(self) -> bool:
        """Whether the engine is to stop. It asks far more often than anybody wants to hear."""
        now_s = time.perf_counter()
        if now_s - self._asked_s >= WAIT_S:
            self._asked_s = now_s
            try:
                self._ask()
            except BaseException as error:
                # No exception passes through the engine, not even an interrupt from the keyboard.
                self._raised = error
        return self._raised is not None

    def raise_it(self) -> None:
        """Raise what stopped a statement. Does nothing where none was stopped."""
        if self._raised is not None:
            raise self._raised


@contextmanager
def asked_meanwhile(connection: Connection, ask: Ask) -> Iterator[Stops]:
    """Let `ask` be called while statements run on this connection.

    One that is stopped ends in a DBAPIError like any other failure. Whoever takes those calls `raise_it`
    before looking at them.
    """
    raw = connection.connection.driver_connection
    if raw is None:
        raise AssertionError("a connection that is read over is open")
    stops = Stops(ask)
    raw.set_progress_handler(stops, OPERATIONS)
    try:
        yield stops
    finally:
        raw.set_progress_handler(None, 0)


@contextmanager
def asked_over(raw: sqlcipher.Connection, ask: Ask) -> Iterator[None]:
    """The same over a connection without SQLAlchemy, and once before. What `ask` raises comes out of here."""
    ask()
    stops = Stops(ask)
    raw.set_progress_handler(stops, OPERATIONS)
    try:
        yield
    except sqlcipher.Error:
        stops.raise_it()
        raise
    finally:
        raw.set_progress_handler(None, 0)


def broken_seals(engine: Engine, ask: Ask) -> list[str]:
    """What the engine says of pages in the file whose seal is broken.

    It goes through the whole file in one step that nothing can interrupt. So it does that over a connection
    of its own in a thread of its own, which ends by itself some seconds later where `ask` has raised.

    A page may be under a writer's hand. What is said a second and a third time was not that.

    Raises:
        DBAPIError: as every other question to the database.
    """
    is_left = Event()
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="seals")
    looking = pool.submit(_said_thrice, engine, is_left)
    pool.shutdown(wait=False)
    while True:
        try:
            return looking.result(WAIT_S)
        except TimeoutError:
            try:
                ask()
            except BaseException:
                is_left.set()
                raise


def _said_thrice(engine: Engine, is_left: Event) -> list[str]:
    # Never one of the engine's own: those may be few, or one, and this one may meet a broken page or
    # outlive its clinic.
    apart = engine.pool.recreate()
    try:
        raw = apart.connect()
        try:
            said = _said(raw.driver_connection)
            for _ in range(2):
                if not said or is_left.is_set():
                    break
                again = frozenset(_said(raw.driver_connection))
                said = [one for one in said if one in again]
        finally:
            raw.close()
    except sqlcipher.Error as error:
        # A pool gives the driver's own error, at its opening too.
        raise DBAPIError(SEALS, None, error, hide_parameters=True) from error
    else:
        return said
    finally:
        apart.dispose()


def _said(connection: sqlcipher.Connection) -> list[str]:
    return [str(one) for (one,) in connection.execute(SEALS).fetchall()]
