import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnclinic.ui.tasks import TaskRunner


def unexpected(outcome: object) -> None:
    """What must not be called."""
    raise AssertionError(outcome)


@pytest.fixture
def runner(qtbot: QtBot) -> TaskRunner:
    return TaskRunner("test")


def test_jobs_run_one_after_another_in_order_off_the_ui_thread(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, seen, threads = QObject(), list[int](), set[str]()

    def job(number: int) -> int:
        threads.add(threading.current_thread().name)
        return number

    for number in range(20):
        runner.submit(partial(job, number), owner=owner, done=seen.append, failed=unexpected)
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert seen == list(range(20))
    assert len(threads) == 1
    assert threading.main_thread().name not in threads
    runner.close()


def test_an_exception_of_a_job_goes_to_failed_on_the_ui_thread(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, failures = QObject(), list[tuple[Exception, bool]]()

    def job() -> None:
        raise LookupError("gone")

    def failed(error: Exception) -> None:
        failures.append((error, threading.current_thread() is threading.main_thread()))

    runner.submit(job, owner=owner, done=unexpected, failed=failed)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0][0], LookupError)
    assert failures[0][1]
    runner.close()


def test_a_page_that_is_gone_hears_nothing(qtbot: QtBot, runner: TaskRunner) -> None:
    import shiboken6

    owner, heard = QObject(), list[str]()
    may_end = threading.Event()
    runner.submit(may_end.wait, owner=owner, done=lambda _: heard.append("gone"), failed=unexpected)
    shiboken6.delete(owner)
    may_end.set()
    other = QObject()
    runner.submit(lambda: "here", owner=other, done=heard.append, failed=unexpected)
    qtbot.waitUntil(lambda: heard == ["here"])
    runner.close()


def test_busy_is_said_from_the_first_job_to_the_last(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, said = QObject(), list[bool]()
    runner.busy_changed.connect(said.append)
    for _ in range(2):
        runner.submit(lambda: None, owner=owner, done=lambda _: None, failed=unexpected)
    assert runner.is_busy
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert said[0] is True
    assert said[-1] is False
    runner.close()


def test_closing_finishes_the_queue_and_takes_nothing_new(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, run = QObject(), list[int]()
    for number in range(5):
        runner.submit(partial(run.append, number), owner=owner, done=lambda _: None, failed=unexpected)
    runner.close()
    assert run == [0, 1, 2, 3, 4]
    runner.submit(lambda: run.append(99), owner=owner, done=lambda _: None, failed=unexpected)
    qtbot.wait(1)
    assert 99 not in run


def test_a_long_reader_does_not_keep_the_store_from_taking_what_is_typed(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    owner, done, may_end = QObject(), list[str](), threading.Event()

    def read_long() -> str:
        assert may_end.wait(10)
        return "read"

    runner.submit(read_long, owner=owner, done=done.append, failed=unexpected, is_long=True)
    runner.submit(lambda: "typed", owner=owner, done=done.append, failed=unexpected)
    qtbot.waitUntil(lambda: done == ["typed"])
    may_end.set()
    qtbot.waitUntil(lambda: done == ["typed", "read"])
    runner.close()


def test_what_the_program_does_by_itself_is_not_a_person_working(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, done, may_end = QObject(), list[object](), threading.Event()
    runner.submit(lambda: may_end.wait(10), owner=owner, done=done.append, failed=unexpected, is_wanted=False)
    working = [runner.is_working]
    runner.submit(lambda: None, owner=owner, done=done.append, failed=unexpected)
    working.append(runner.is_working)
    may_end.set()
    qtbot.waitUntil(lambda: len(done) == 2)
    working.append(runner.is_working)
    assert working == [False, True, False]
    runner.close()


class Kept:
    """Something that only a job holds; it says on which thread it is let go."""

    def __init__(self, let_go_on: list[str]) -> None:
        self._let_go_on = let_go_on

    def __del__(self) -> None:
        self._let_go_on.append(threading.current_thread().name)


@pytest.mark.parametrize("fails", [False, True])
def test_what_only_a_job_holds_is_let_go_on_the_ui_thread(
    qtbot: QtBot, runner: TaskRunner, *, fails: bool
) -> None:
    """A page that was closed meanwhile may hang on its job alone; Qt takes it apart on one thread only."""
    owner, let_go_on, heard = QObject(), list[str](), list[object]()

    def job(kept: Kept) -> None:
        if fails:
            raise LookupError(kept is not None)

    for number in range(200):
        runner.submit(partial(job, Kept(let_go_on)), owner=owner, done=heard.append, failed=heard.append)
        if number % 50 == 0:
            heard.clear()
            qtbot.waitUntil(lambda: bool(heard))
    qtbot.waitUntil(lambda: not runner.is_busy)
    heard.clear()
    runner.close()
    qtbot.waitUntil(lambda: len(let_go_on) == 200)
    assert set(let_go_on) == {threading.main_thread().name}
