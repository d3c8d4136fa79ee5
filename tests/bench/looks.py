"""How long other looks take with every page opened, beside dressing all pages at once in the same run.

`python -m tests.bench.looks` builds a demo clinic, opens every page, a person and a visit, and wears other
colours, size of text and language. It prints the seconds of the processor until the window stands in them.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QApplication, QWidget

from mnclinic.services.demo.build import build_demo
from mnclinic.services.find_patients import find_patients
from mnclinic.services.list_visits import todays_visits
from mnclinic.ui.looks import looks_keeper
from mnclinic.ui.theme import apply_theme
from tests.bench.today_keys import DAY, Desk, Morning, say

PAGES = ("today", "patients", "director", "devices", "protocols", "inspection", "settings", "log")


def open_all(desk: Desk) -> None:
    """Every page once, a person, a visit, and back to Today."""
    for page in PAGES:
        desk.space.go(page, None)
        desk.settle()
    clinic = desk.space._desk.clinic  # noqa: SLF001 - the window shows its clinic to nobody
    desk.space.go("patients", find_patients(clinic, "").rows[0].ref)
    desk.settle()
    if visits := todays_visits(clinic).visits:
        desk.space.go("visit", visits[0].visit_id)
        desk.settle()
    desk.space.go("today", None)
    desk.settle()


def worked_s(desk: Desk, act: Callable[[], object]) -> float:
    """Seconds of the processor until everything that an act brought about is over."""
    began = time.process_time()
    act()
    desk.settle()
    return time.process_time() - began


def main() -> int:
    """Build, measure, print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="mnclinic-looks-") as place:
        built = build_demo(Path(place) / "clinic", patients=300, visits=120, seed=7, day=DAY)
        desk = Desk(built.folder, Morning())
        app = cast("QApplication", QApplication.instance())
        wear = looks_keeper().wear
        open_all(desk)
        count = len(desk.window.findChildren(QWidget))
        all_s = min(worked_s(desk, lambda mode=mode: apply_theme(app, mode)) for mode in ("dark", "light"))  # type: ignore[misc] # measured at once
        say(f"{count} widgets on every page, all dressed anew: {all_s:.2f} s of the processor")
        for name, changed in (
            ("dark", {"mode": "dark"}),
            ("light", {"mode": "light"}),
            ("text of 125 %", {"text_scale": 1.25}),
            ("text of 100 %", {"text_scale": 1.0}),
            ("Spanish", {"language": "es"}),
            ("English", {"language": "en"}),
        ):
            open_all(desk)
            took_s = worked_s(desk, lambda changed=changed: wear(**changed))  # type: ignore[misc] # measured at once
            say(f"{name:16} {took_s:.2f} s (goal 0.5), {took_s / all_s:.2f} of that")
        desk.window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
