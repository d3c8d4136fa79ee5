"""Do something in a process of its own and kill that process at a chosen moment."""

import hashlib
import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Callable
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
    to.mkdir()

    def child() -> None:
        number, known = 0, [b""]

        def about_to() -> None:
            nonlocal number, known
            number += 1
            written, names = _written(), [bytes(path) for path in sorted(folder.rglob("*"))]
            if written is not None and known == [written, *names]:
                return
            known = [written or b"", *names]
            # In a process of its own: to close a file here would end the locks that the act has on it.
            assert _exit_code(lambda: _keep_copy(folder, to, number)) == 0

        act(about_to)

    assert _exit_code(child) == 0
    return sorted(path for path in to.iterdir() if path.is_dir())


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


def killed_before_file_act(act: Callable[[Callable[[], None]], None], number: int, folder: Path) -> bool:
    """Run `act` and kill it before the so-many-eth time that it touches a file in the folder.

    Counting begins when `act` calls what it is given. Returns False when it was done before that.
    """

    def child() -> None:
        left = [number + 1]
        counts = [False]

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            if counts[0] and event in FILE_ACTS and str(arguments[0]).startswith(str(folder)):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)

        def begin() -> None:
            counts[0] = True

        act(begin)

    code = _exit_code(child)
    assert code in {0, -signal.SIGKILL}
    return code != 0


def _exit_code(child: Callable[[], None]) -> int | None:
    process = FORK.Process(target=child)
    process.start()
    process.join()
    return process.exitcode
