"""Do something in a process of its own and kill that process at a chosen moment."""

import hashlib
import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

FORK = multiprocessing.get_context("fork")

FILE_ACTS = {"open", "os.rename", "os.remove", "os.truncate", "os.mkdir", "os.chmod", "shutil.rmtree"}
"""What Python tells an audit hook just before it does it."""


def killed(act: Callable[[Callable[[str], None]], None], moment: str) -> None:
    """Run `act`, which tells what it has done, and kill it when it says `moment`.

    Raises AssertionError when it never came to that.
    """

    def child() -> None:
        def step(done: str) -> None:
            if done == moment:
                os.kill(os.getpid(), signal.SIGKILL)

        act(step)

    assert _exit_code(child) == -signal.SIGKILL, f"it never came to: {moment}"


def killed_at(number: int, act: Callable[[Callable[[], None]], None]) -> bool:
    """Run `act`, which calls what it is given before each of its steps, and kill it at one, counted from 0.

    Returns False when it was done before that.
    """

    def child() -> None:
        left = number

        def about_to() -> None:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        act(about_to)

    code = _exit_code(child)
    assert code in {0, -signal.SIGKILL}
    return code != 0


def left_at_each_step(act: Callable[[Callable[[], None]], None], folder: Path, to: Path) -> list[Path]:
    """The folder as a kill would have left it before each step of `act`, which calls what it is given.

    The act runs once: a kill takes nothing back that was written, so a copy of that moment is what it leaves.
    Of neighbours that are the same only the first is handed out. The copies lie in `to`.
    """
    with _keeper(folder, to) as keep:

        def child() -> None:
            number, known = 0, [b""]

            def about_to() -> None:
                nonlocal number, known
                number += 1
                written, names = _written(), [bytes(path) for path in sorted(folder.rglob("*"))]
                if written is not None and known == [written, *names]:
                    return
                keep(number)
                known = [_written() or b"", *names]  # to ask the keeper is to write, too

            act(about_to)

        assert _exit_code(child) == 0
    return sorted(path for path in to.iterdir() if path.is_dir())


def left_before_each_file_act(
    act: Callable[[Callable[[], None]], None], folder: Path, to: Path
) -> list[Path]:
    """The folder as a kill would have left it before each time that `act` touches a file in it.

    Counting begins when `act` calls what it is given. As `left_at_each_step` otherwise.
    """
    with _keeper(folder, to) as keep:

        def child() -> None:
            number, counts = 0, False

            def hook(event: str, arguments: tuple[object, ...]) -> None:
                nonlocal number
                if counts and event in FILE_ACTS and str(arguments[0]).startswith(str(folder)):
                    number += 1
                    keep(number)

            def begin() -> None:
                nonlocal counts
                counts = True

            sys.addaudithook(hook)
            act(begin)

        assert _exit_code(child) == 0
    return sorted(path for path in to.iterdir() if path.is_dir())


@contextmanager
def _keeper(folder: Path, to: Path) -> Iterator[Callable[[int], None]]:
    """What keeps a copy of the folder at a step, unless it is as at the step before.

    It works in a process of its own: to close a file where the act is would end the locks that it has on
    it. One process for all steps, because to fork one that has imported much takes as long as to copy.
    """
    to.mkdir()
    asked, ask = FORK.Pipe(duplex=False)
    answered, answer = FORK.Pipe(duplex=False)

    def serve() -> None:
        while (number := asked.recv()) is not None:
            _keep_copy(folder, to, number)
            answer.send(number)

    def keep(number: int) -> None:
        ask.send(number)
        assert answered.recv() == number

    process = FORK.Process(target=serve)
    process.start()
    try:
        yield keep
    finally:
        ask.send(None)
        process.join()
        for end in (asked, ask, answered, answer):
            end.close()


def _written() -> bytes | None:
    """How often this process has written to a file, where the system counts that."""
    try:
        said = Path("/proc/self/io").read_bytes()
    except OSError:
        return None
    return next((line for line in said.splitlines() if line.startswith(b"syscw")), None)


def _keep_copy(folder: Path, to: Path, number: int) -> None:
    digest, known = hashlib.sha256(), to / "newest"
    for path in sorted(folder.rglob("*")):
        digest.update(f"{path}\0".encode() + (path.read_bytes() if path.is_file() else b""))
    if not known.exists() or known.read_bytes() != digest.digest():
        known.write_bytes(digest.digest())
        shutil.copytree(folder, to / f"{number:04}")


def _exit_code(child: Callable[[], None]) -> int | None:
    process = FORK.Process(target=child)
    process.start()
    process.join()
    return process.exitcode
