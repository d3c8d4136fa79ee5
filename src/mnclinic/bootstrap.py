"""The only place that builds things and hands them to each other.

It alone reads the computer's clock and decides where data lives.
"""

import gc
import os
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

PR_SET_DUMPABLE = 4
SEM_FAIL_CRITICAL_ERRORS, SEM_NO_FAULT_BOX = 0x1, 0x2

WINDOW_WORDS = {"--data-dir": "data_dir", "--user": "user", "--resume": "resume"}

_SINCE_BOOT: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
"""Linux leaves sleep out of its usual monotonic clock, and Python out of macOS's; Windows counts it."""


class ComputersZone(tzinfo):
    """By which rules the computer's own clock goes: its offset at any moment, summer time among them."""

    def utcoffset(self, at: datetime | None, /) -> timedelta | None:
        """How far the wall clock was, is or will be ahead of UTC."""
        return at.replace(tzinfo=None).astimezone().utcoffset() if at is not None else None

    def dst(self, _at: datetime | None, /) -> timedelta | None:
        """Nobody asks how much of it is summer time."""
        return None

    def tzname(self, at: datetime | None, /) -> str | None:
        """Its name at that moment."""
        return at.replace(tzinfo=None).astimezone().tzname() if at is not None else None

    def fromutc(self, at: datetime, /) -> datetime:
        """An instant that is written in UTC, by the wall clock; of an hour that comes twice the one meant."""
        here = at.replace(tzinfo=UTC).astimezone()
        first = here.replace(tzinfo=self, fold=0)
        return first if first.utcoffset() == here.utcoffset() else first.replace(fold=1)


class SystemClock:
    """The computer's clock, with its own UTC offset."""

    zone = ComputersZone()

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
    if os.name == "posix" and sys.platform != "darwin":
        # The same place as below; the log-in is painted sooner without the reading of platformdirs.
        given = os.environ.get("XDG_CONFIG_HOME", "").strip()
        folder = Path(given) if given else Path.home() / ".config"
        return folder / "mnclinic" / "looks.json"
    from platformdirs import user_config_dir

    return Path(user_config_dir("mnclinic", appauthor=False)) / "looks.json"


def start(argv: Sequence[str]) -> int:
    """Start from the command line's words; returns the exit status."""
    plain = window_words(argv)
    if plain is not None:
        return _window(plain, _log_ins(plain.get("resume")))
    from mnclinic.cli.run import parse_or_tell

    options = parse_or_tell(argv)
    if isinstance(options, int):
        return options
    if options.command:
        return _command(options)
    if getattr(options, "gallery", False):
        from mnclinic.ui.gallery.page import open_gallery

        return open_gallery(looks_file())
    return _window(vars(options), _log_ins(getattr(options, "resume", None)))


def window_words(argv: Sequence[str]) -> "dict[str, str | Path] | None":
    """What words say that open the window and nothing else; None for all others, which the parser reads.

    The parser knows every command and is read in longer than the log-in takes to be painted. Here stand
    the words of an icon on the desktop and of a window that begins anew after a lock, whole and in pairs.
    """
    found: dict[str, str | Path] = {}
    for name, value in zip(argv[::2], argv[1::2], strict=False):
        if name not in WINDOW_WORDS or not value or value.startswith("-"):
            return None
        found[WINDOW_WORDS[name]] = Path(value) if name == "--data-dir" else value
    return found if len(argv) == 2 * len(found) else None


def _log_ins(text: "str | Path | None") -> Sequence[tuple[str, str, str]]:
    """The log-ins of a demo clinic that was locked; nothing for any other."""
    if text is None:
        return []
    from mnclinic.ui.lock.anew import read_resumed

    resumed = read_resumed(str(text))
    if resumed is None or not resumed.is_demo:
        return []
    from mnclinic.services.demo.people import demo_log_ins

    return demo_log_ins()


def _command(options: "argparse.Namespace") -> int:
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
        return _window(vars(options), demo_log_ins())
    data_dir = getattr(options, "data_dir", None) or default_data_dir()
    return run(options, data_dir=data_dir, clock=clock)


def _window(options: Mapping[str, Any], log_ins: Sequence[tuple[str, str, str]]) -> int:
    # Nothing is garbage yet. The window has its own way to collect, from its first moment on (ui.collector).
    gc.disable()
    from mnclinic.ui.open_window import open_window

    keep_memory_private()
    folder = options.get("data_dir") or default_data_dir()
    return open_window(
        folder,
        clock=SystemClock(),
        user=options.get("user"),
        log_ins=log_ins,
        resumed=options.get("resume"),
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
