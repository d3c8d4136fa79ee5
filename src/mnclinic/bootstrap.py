"""The only place that builds things and hands them to each other.

It alone reads the computer's clock and decides where data lives.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

PR_SET_DUMPABLE = 4
SEM_FAIL_CRITICAL_ERRORS, SEM_NO_FAULT_BOX = 0x1, 0x2

_SINCE_BOOT: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
"""Linux leaves sleep out of its usual monotonic clock, and Python out of macOS's; Windows counts it."""


class SystemClock:
    """The computer's clock, with its own UTC offset."""

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now().astimezone()

    def monotonic_ms(self) -> int:
        """Milliseconds since some fixed moment of this run, the time that the computer slept included."""
        if _SINCE_BOOT is None:
            return time.monotonic_ns() // 1_000_000
        return time.clock_gettime_ns(_SINCE_BOOT) // 1_000_000


def default_data_dir() -> Path:
    """Where the clinic lives when nobody says otherwise."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("mnclinic", appauthor=False))


def looks_file() -> Path:
    """Where this account on the computer keeps the window's colours, size of text and language."""
    from platformdirs import user_config_dir

    return Path(user_config_dir("mnclinic", appauthor=False)) / "looks.json"


def start(argv: Sequence[str]) -> int:
    """Start from the command line's words; returns the exit status."""
    from mnclinic.cli.run import parse_or_tell

    options = parse_or_tell(argv)
    if isinstance(options, int):
        return options
    if options.command:
        return _command(options)
    if getattr(options, "gallery", False):
        from mnclinic.ui.gallery.page import open_gallery

        return open_gallery(looks_file())
    return _window(options, _log_ins(options))


def _log_ins(options: argparse.Namespace) -> Sequence[tuple[str, str, str]]:
    """The log-ins of a demo clinic that was locked; nothing for any other."""
    text = getattr(options, "resume", None)
    if text is None:
        return []
    from mnclinic.ui.lock.anew import read_resumed

    resumed = read_resumed(text)
    if resumed is None or not resumed.is_demo:
        return []
    from mnclinic.services.demo.people import demo_log_ins

    return demo_log_ins()


def _command(options: argparse.Namespace) -> int:
    from mnclinic.cli.run import run

    clock = SystemClock()
    if options.command == "demo":
        from mnclinic.cli.clinic import demo_folder

        options.day = options.day or clock.now().date()
        data_dir = demo_folder(options)
        status = run(options, data_dir=data_dir, clock=clock)
        if status or options.no_window:
            return status
        from mnclinic.services.demo.people import demo_log_ins

        options.data_dir = data_dir
        return _window(options, demo_log_ins())
    data_dir = getattr(options, "data_dir", None) or default_data_dir()
    return run(options, data_dir=data_dir, clock=clock)


def _window(options: argparse.Namespace, log_ins: Sequence[tuple[str, str, str]]) -> int:
    from mnclinic.ui.start import open_window

    keep_memory_private()
    folder = getattr(options, "data_dir", None) or default_data_dir()
    return open_window(
        folder,
        clock=SystemClock(),
        user=getattr(options, "user", None),
        log_ins=log_ins,
        resumed=getattr(options, "resume", None),
        looks=looks_file(),
    )


def keep_memory_private() -> None:
    """See to it that a crash writes no memory to disk, and that other programs cannot look into this one.

    Where the system has no such switch, nothing happens. An administrator of the computer can always look.
    """
    import ctypes

    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(SEM_FAIL_CRITICAL_ERRORS | SEM_NO_FAULT_BOX)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
