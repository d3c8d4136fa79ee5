"""The only place in the program where a thread is started."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnclinic.ui.collector import Collector

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Job = Callable[[], Any]

SLOW_MS = 1_000
"""Whoever waits longer than this is told that the program waits too."""

LONGEST_LOOK_MS = 1_000
"""Nobody waits longer than this for a look that nobody asked for, once the window closes."""

SEVERAL = 4
"""So many sticks may hang at once before one more look has to wait."""


@dataclass
class _Task:
    """A job, whose it is, and what became of it."""

    job: Job
    owner: QObject
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    is_wanted: bool
    is_long: bool
    result: Any = None
    error: BaseException | None = None


class TaskRunner(QObject):
    """Runs jobs one after another on one worker thread and brings their outcomes back.

    One worker suits a store with one writer: jobs keep their order and never race. A second one takes
    the long readers (a backup, a check, a bundle), so that typing is stored while they run. What never
    asks the store (a look at a stick, a page for the printer) has threads of its own, so that a stick that
    hangs holds up neither. A job returns frozen values; no row and no widget crosses the threads.
    """

    busy_changed = Signal(bool)
    """Whether any job is waiting or running. UI thread."""

    slow_changed = Signal(bool)
    """Whether a job that a person asked for waits for the store longer than `SLOW_MS`. UI thread.

    Not said of the long readers, which show themselves how far they are.
    """

    went_wrong = Signal(object)
    """A job that a person asked for failed; carries what its owner is told of besides. UI thread."""

    _finished = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        """Start with no thread; the first job makes it."""
        super().__init__(parent)
        self._name = name
        self._waiting = 0
        self._wanted = 0
        self._short = 0
        """Of the wanted ones those that should take no time."""
        self._is_slow = False
        self._patience = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._patience.timeout.connect(lambda: self._say_slow(is_slow=True))
        self._is_closed, self._have_ended = False, True
        self._submitted = 0
        self._tasks: dict[int, _Task] = {}
        """By number, from the submission to the delivery; both are on the UI thread."""
        self._aside: dict[Future[None], bool] = {}
        """What runs aside and has not ended, and whether a person asked for it."""
        self._collector = Collector(self)
        self._finished.connect(self._deliver)

    @cached_property
    def _worker(self) -> "ThreadPoolExecutor":
        return _threads(self._name)

    @cached_property
    def _long_worker(self) -> "ThreadPoolExecutor":
        return _threads(f"{self._name}-long")

    @cached_property
    def _aside_worker(self) -> "ThreadPoolExecutor":
        return _threads(f"{self._name}-aside", SEVERAL)

    @property
    def is_busy(self) -> bool:
        """Whether any job is waiting or running."""
        return self._waiting > 0

    @property
    def is_working(self) -> bool:
        """Whether a job that a person asked for is waiting or running."""
        return self._wanted > 0

    def submit(
        self,
        job: Job,
        *,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        is_long: bool = False,
        is_wanted: bool = True,
        is_last: bool = False,
        is_aside: bool = False,
    ) -> None:
        """Run `job` off the UI thread; then `done` with its result or `failed` with its exception.

        Both are called on the UI thread, and only while `owner` still lives. After `close` nothing
        is taken any more.

        Args:
            job: What to run.
            owner: Whose outcome it is.
            done: Takes the result.
            failed: Takes the exception.
            is_long: It only reads, and may take long: it runs beside the others, in order with its kind.
            is_wanted: A person asked for it and waits; not so for what the program does by itself.
            is_last: It ends what the long readers work with, so it waits until those have ended.
            is_aside: It asks the store for nothing and waits for a stick, a share or a printer: it runs
                beside all others, in no order.
        """
        if self._is_closed:
            return
        self._waiting += 1
        self._wanted += is_wanted
        is_long = is_long or is_aside
        if is_wanted and not is_long:
            self._short += 1
            if not self._patience.isActive() and not self._is_slow:
                self._patience.start()
        self.busy_changed.emit(True)
        if is_last:
            job = _after(self._long_worker.submit(_nothing), job)
        self._submitted += 1
        number = self._submitted
        self._tasks[number] = _Task(job, owner, done, failed, is_wanted, is_long)
        if is_aside:
            running = self._aside_worker.submit(self._run, number)
            self._aside[running] = is_wanted
            running.add_done_callback(lambda ended: self._aside.pop(ended, None))
        else:
            (self._long_worker if is_long else self._worker).submit(self._run, number)

    def _run(self, number: int) -> None:
        """Do a job on a worker's thread. What the job holds stays held by the runner meanwhile.

        Were the worker's the last hand on a page, the page would be torn down on the worker's thread, which
        Qt does not survive. So the worker gets a number, and its task is let go on the UI thread.
        """
        task = self._tasks[number]
        try:
            task.result = task.job()
        except BaseException as error:
            task.error = error
        del task
        self._finished.emit(number)

    @Slot(object)
    def _deliver(self, number: int) -> None:
        task = self._tasks.pop(number)
        self._waiting -= 1
        self._wanted -= task.is_wanted
        if task.is_wanted and not task.is_long:
            self._short -= 1
            # It went on: the next one has its own second.
            self._say_slow(is_slow=False)
            self._patience.stop()
            if self._short:
                self._patience.start()
        self.busy_changed.emit(self._waiting > 0)
        if not shiboken6.isValid(task.owner):
            return
        if task.error is None:
            task.done(task.result)
        elif isinstance(task.error, Exception):
            if task.is_wanted:
                self.went_wrong.emit(task.error)
            task.failed(task.error)
        else:
            raise task.error

    def _say_slow(self, *, is_slow: bool) -> None:
        if is_slow != self._is_slow:
            self._is_slow = is_slow
            self.slow_changed.emit(is_slow)

    def has_rest(self, within_ms: int) -> bool:
        """Whether all that was taken until now has ended, or ends within so long; the window waits for it."""
        ends = self._ends()
        if not ends:
            return True
        from concurrent.futures import wait

        return not wait(ends, within_ms / 1000).not_done

    @property
    def _workers(self) -> "list[ThreadPoolExecutor]":
        names = ("_worker", "_long_worker", "_aside_worker")
        return [vars(self)[name] for name in names if name in vars(self)]

    def _ends(self) -> "list[Future[None]]":
        """What is done when everything is that was taken until now."""
        in_order = [vars(self)[name] for name in ("_worker", "_long_worker") if name in vars(self)]
        asked_for = [running for running, is_wanted in tuple(self._aside.items()) if is_wanted]
        return [*(worker.submit(_nothing) for worker in in_order), *asked_for]

    def close(self, longest_ms: int | None = None) -> bool:
        """Refuse new jobs and wait until those that were taken have ended, or for so long at most.

        Returns whether they have: a job may hang for ever, as one does that writes to a stick that hangs.
        """
        if self._is_closed:
            return self._have_ended
        self._is_closed = True
        self._patience.stop()
        workers = self._workers
        if workers:
            from concurrent.futures import wait

            longest_s = None if longest_ms is None else longest_ms / 1000
            self._have_ended = not wait(self._ends(), longest_s).not_done
            # A look at a stick changes nothing, and one that hangs never ends.
            self._have_ended &= not wait(tuple(self._aside), LONGEST_LOOK_MS / 1000).not_done
        for worker in workers:
            worker.shutdown(wait=self._have_ended)
        self._collector.stop()
        return self._have_ended


def _nothing() -> None:
    """Is done when everything before it is."""


def _threads(name: str, most: int = 1) -> "ThreadPoolExecutor":
    # Python's pools are read at the first job, which comes after the log-in is painted.
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(max_workers=most, thread_name_prefix=name)


def _after(ended: "Future[None]", job: Job) -> Job:
    def run() -> Any:
        ended.result()
        return job()

    return run
