"""A monkey at the real window, in legs: each a process of its own, with a seed and somebody's log-in."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.faults.figures import Figures

EVENTS = 1_500
LEGS = 20
USERS = ("desk", "reyes", "okafor", "owner")
"""The front desk, a provider, the director and the administrator, in turn."""
MOST_GROWN_MIB = 40
"""In use, in one leg from the first time round every page; compiled statements are most of it."""
TROUBLE = "exceptions and warnings of Qt"
LEFT = "widgets or threads left behind"
GROWN = "legs after which the memory had grown too much"
ROOT = Path(__file__).resolve().parents[2]


def monkey_leg(number: int, *, plant: str | None = None) -> Figures:
    """One leg; the number decides who it is and everything that is done.

    `plant` is a fault that has to be found, as `tests.ui.monkey` knows it.
    """
    figures = Figures()
    user = USERS[number % len(USERS)]
    words = [sys.executable, "-m", "tests.ui.monkey", "--json", "--user", user, "--seed", str(number)]
    words += ["--events", str(EVENTS), "--leg", str(EVENTS), *(["--plant", plant] if plant else [])]
    # One allocator for all, because it tells what is in use.
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONMALLOC": "malloc"}
    environ.pop("LD_PRELOAD", None)
    ended = subprocess.run(words, cwd=ROOT, env=environ, check=False, capture_output=True, text=True)
    try:
        found = json.loads(ended.stdout)
    except ValueError:
        figures.find(TROUBLE, f"leg {number} of {user} ended with {ended.returncode}: {ended.stderr[-300:]}")
        return figures
    figures.counts["events"] = found["events"]
    figures.counts["log-ins"] = found["log_ins"]
    figures.counts["most MiB grown in a leg"] = round(found["grown_mib"])
    figures.counts["most MiB of a process after a leg"] = round(found["memory_mib"][1])
    for trouble in found["troubles"]:
        figures.find(TROUBLE, f"leg {number} of {user}: {trouble}")
    for name in ("widgets", "threads"):
        before, after = found[name]
        if after > before:
            figures.find(LEFT, f"leg {number} of {user}: {after - before} {name}; {found['left']}")
    if found["grown_mib"] > MOST_GROWN_MIB:
        figures.find(GROWN, f"leg {number} of {user}: {found['grown_mib']:.0f} MiB")
    return figures
