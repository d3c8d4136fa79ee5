"""Children that are forked from a process which has paid for its imports and key derivations.

When it forks, the parent has no database open: SQLite's locks and connections must not cross a fork.
"""

import contextlib
import importlib
import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

DIED = 70
LONGEST_S = 120


class Pipe:
    """The child's end: one line a message, written in one piece."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def send(self, message: object) -> None:
        data = json.dumps(message).encode() + b"\n"
        while data:
            data = data[os.write(self._descriptor, data) :]


@dataclass
class Child:
    """A running child and the parent's end of its pipe."""

    pid: int
    descriptor: int
    buffer: bytes = b""
    messages: list[Any] | None = None

    def lines(self, *, until_s: float | None = None) -> Iterator[Any]:
        """Messages as they come, until the child closes its end or `until_s` (monotonic) has come."""
        while True:
            while b"\n" in self.buffer:
                line, self.buffer = self.buffer.split(b"\n", 1)
                yield json.loads(line)
            wait = None if until_s is None else until_s - time.monotonic()
            if wait is not None and (wait <= 0 or not select.select([self.descriptor], [], [], wait)[0]):
                return
            data = os.read(self.descriptor, 65536)
            if not data:
                return
            self.buffer += data

    def kill(self) -> None:
        """SIGKILL: nothing of the child gets a last word."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def end(self) -> int:
        """Wait for the child; the status as `os.waitstatus_to_exitcode` gives it (-9 when killed)."""
        _, status = os.waitpid(self.pid, 0)
        os.close(self.descriptor)
        return os.waitstatus_to_exitcode(status)


def put_in(owner: object, **planted: object) -> None:
    """Give a class or a module other attributes for the rest of this process: how a fault is planted."""
    for name, value in planted.items():
        setattr(owner, name, value)


def fork(job: Callable[[Pipe], None]) -> Child:
    """Run `job` in a forked child, which ends with status 0, or 70 when the job raised."""
    reader, writer = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        os.close(writer)
        return Child(pid, reader)
    status = DIED
    try:
        os.close(reader)
        pipe = Pipe(writer)
        try:
            job(pipe)
            status = 0
        except Exception:
            pipe.send({"died": traceback.format_exc()})
    finally:
        os._exit(status)


def answer_of(job: Callable[[], Any], *, longest_s: float = LONGEST_S) -> Any:
    """What `job` returns when it runs in a forked child. Raises RuntimeError with the child's own words."""
    return list(answers_of(lambda: [job()], longest_s=longest_s))[-1]


def answers_of(job: Callable[[], Iterable[Any]], *, longest_s: float = LONGEST_S) -> Iterator[Any]:
    """What `job` yields in a forked child, one after another, each as soon as it is there.

    Raises RuntimeError with the child's own words when it dies, or is silent for `longest_s`.
    """
    known = set(sys.modules)

    def send(pipe: Pipe) -> None:
        for answer in job():
            pipe.send({"answer": answer})
        pipe.send({"modules": sorted(set(sys.modules) - known)})

    child = fork(send)
    said: Any = None
    while said is None or "answer" in said:
        said = next(child.lines(until_s=time.monotonic() + longest_s), None)
        if said is None:
            child.kill()
            break
        if "answer" in said:
            yield said["answer"]
    status = child.end()
    if status or said is None or "modules" not in said:
        raise RuntimeError(f"a child ended with {status}: {said}")
    _pay_for_imports(said["modules"])


def _pay_for_imports(names: Sequence[str]) -> None:
    """Import here what a child had to import, so that the next ones find it there.

    The program imports heavy libraries only where they are used; a thousand children would each pay again.
    """
    for name in names:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
