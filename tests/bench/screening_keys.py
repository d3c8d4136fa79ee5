"""How many keys a returning patient's screening takes in the real window when nothing changed.

`python -m tests.bench.screening_keys` sets a clinic up under the shipped checklist, stores a first visit with
every answer no, opens the same person's second visit in the window after a log-in, and presses keys: the one
that goes to the screening, the one for "nothing changed", and one for each question that is asked each time.
It prints the keys beside the goal, and the program's own milliseconds until the last answer is stored.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from mnclinic.services.show_visit import show_visit
from tests.bench.treatment_keys import AtWindow, say
from tests.services.clinic_builder import SmallClinic
from tests.services.screened_before import ASKED, GOAL_KEYS, screened_before


def screen(at: AtWindow, made: SmallClinic, visit: str) -> None:
    """From the opened visit until every question is answered."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    at.space.go("visit", visit)
    at.settle()
    page = at.space.stack.currentWidget()
    at.until(lambda: page._view is not None)  # noqa: SLF001 - the window's own page
    at.window.activateWindow()
    at.until(at.window.isActiveWindow)
    at.keys, at.took, at.worked = 0, [], []
    began = time.perf_counter()
    at.keys += 1
    QTest.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    at.until(page.steps["screening"].isVisible)
    at.press("A")
    while any(not page.editing.text(f"screening.{item}") for item in ASKED):
        at.press("N")
    page.flush()
    at.settle()
    whole_ms = 1000 * (time.perf_counter() - began)
    stored = show_visit(made.as_user("reyes"), visit, opened=False).document["screening"]
    if {one["item"]: one["answer"] for one in stored} != dict.fromkeys(ASKED, "no"):
        raise RuntimeError("the answers were not stored as they were given")
    say(
        f"{len(ASKED)} questions, {at.keys} keys of {GOAL_KEYS} with the key that goes there; "
        f"a key's answer is painted in {statistics.median(at.took):.0f} ms, "
        f"of which {statistics.median(at.worked):.0f} ms of the processor, "
        f"all stored after {whole_ms:.0f} ms"
    )


def main() -> int:
    """Build, open, press, tell."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as kept:
        made, _, visit = screened_before(Path(kept) / "clinic")
        at = AtWindow(made.folder)
        screen(at, made, visit)
        at.window.close()
        at.settle()
    return 0


if __name__ == "__main__":
    sys.exit(main())
