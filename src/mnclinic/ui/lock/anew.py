"""Start the process anew: a fresh address space is the only sure way to forget.

Python cannot wipe a string, and Qt keeps copies of what it paints. So at a lock the program puts itself in
its own place (the same interpreter, the same options) and shows the log-in. What it hands to itself stands
in its command line, where anybody on this computer can read it: the window's place and look, a user name,
why it locked, and timers. Never a patient's data, never a key.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.lock.timer import RunningTimer

FARTHEST_PX = 100_000

StartAnew = Callable[[Sequence[str]], None]
"""Puts the program in its own place with these words. Comes back only by OSError, when it cannot."""


@dataclass(frozen=True)
class Look:
    """The theme of the window before the lock, and the language that was chosen."""

    mode: str
    text_scale: float
    language: str = "system"
    motion: str = "system"


@dataclass(frozen=True)
class Resumed:
    """What a locked program hands to itself. `geometry` is x, y, width, height in logical pixels."""

    left: Left
    geometry: tuple[int, int, int, int]
    is_maximized: bool = False
    look: Look | None = None
    is_demo: bool = False
    timers: tuple[RunningTimer, ...] = ()
    is_unsaved: bool = False
    """Something that was typed could not be stored."""
    is_typed: bool = True
    """Whether anything but passwords could be typed there, which are never kept."""

    def text(self) -> str:
        """As one word of the command line."""
        look = self.look
        return json.dumps(
            {
                "left": self.left.value,
                "geometry": self.geometry,
                "maximized": self.is_maximized,
                "look": [look.mode, look.text_scale, look.language, look.motion] if look else None,
                "demo": self.is_demo,
                "timers": [[one.user, one.ends_at.isoformat(timespec="seconds")] for one in self.timers],
                "unsaved": self.is_unsaved,
                "typed": self.is_typed,
            },
            separators=(",", ":"),
        )


def read_resumed(text: str) -> Resumed | None:
    """What the word says, or None for one that this program did not write."""
    try:
        whole = json.loads(text)
        look = whole["look"]
        return Resumed(
            left=Left(whole["left"]),
            geometry=_geometry(whole["geometry"]),
            is_maximized=whole["maximized"] is True,
            look=Look(str(look[0]), min(max(float(look[1]), 1.0), 2.0), *map(str, look[2:4]))
            if look
            else None,
            is_demo=whole["demo"] is True,
            timers=tuple(RunningTimer(str(user), _instant(ends_at)) for user, ends_at in whole["timers"][:8]),
            is_unsaved=whole["unsaved"] is True,
            is_typed=whole["typed"] is True,
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None


def _geometry(value: Any) -> tuple[int, int, int, int]:
    x, y, width, height = (min(max(int(one), -FARTHEST_PX), FARTHEST_PX) for one in value)
    return x, y, width, height


def _instant(text: Any) -> datetime:
    instant = datetime.fromisoformat(str(text))
    if instant.tzinfo is None:
        raise ValueError("an instant knows its zone")
    return instant


def resuming_words(folder: Path, user: str | None, resumed: Resumed) -> list[str]:
    """The command line's words that bring the log-in back."""
    words = ["--data-dir", str(folder), "--resume", resumed.text()]
    return [*words, "--user", user] if user else words


def interpreter_words() -> list[str]:
    """How this program was started, without its own arguments: the interpreter, its options, the module."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    own = len(sys.argv) - 1
    started = sys.orig_argv[: len(sys.orig_argv) - own] if own else sys.orig_argv
    return [sys.executable, *started[1:]]


def start_anew(words: Sequence[str]) -> None:
    """Put this process in its own place with these words of the command line.

    Every thread ends where it stands, and open sheets with them. Where the system cannot replace a process
    (Windows), a new one is started and this one ends at once.

    Raises OSError when it cannot be done; nothing has changed then.
    """
    argv = [*interpreter_words(), *words]
    if sys.platform == "win32":
        import subprocess

        subprocess.Popen(argv, close_fds=True)  # noqa: S603 - our own program, as it was started
        os._exit(0)
    os.execv(sys.executable, argv)  # noqa: S606 - no shell is what is wanted
