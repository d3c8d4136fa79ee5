"""Do something in a process of its own and kill that process at a chosen moment."""

import multiprocessing
import os
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
