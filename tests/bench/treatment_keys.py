"""How many keys and how long a returning patient's six areas take in the real window, entered and signed.

`python -m tests.bench.treatment_keys` sets a clinic up, signs a first visit with six areas, opens the second
in the window and presses keys: as last time, one depth changed, what is seen today in each area, all
confirmed, and the signature. It prints the keys of the grid beside the goal, and the program's own
milliseconds: from each key until its answer is painted, and from the last key of the signature until the
visit is shown as signed. The same six areas are then entered without last time, as a first patient's are.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from mnclinic.services.perform_visit import perform_visit
from mnclinic.services.save_visit import save_visit
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from tests.services.clinic_builder import (
    CONSENT,
    MONDAY,
    PASSWORDS,
    SmallClinic,
    add_person,
    document,
    policy,
    protocol,
    small_clinic,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SIX = (
    ("forehead", "midline", "0.75", 4, "pinpoint_bleeding"),
    ("cheek", "right", "1.25", 4, "pinpoint_bleeding"),
    ("cheek", "left", "1.25", 4, "pinpoint_bleeding"),
    ("nose", "midline", "0.50", 3, "erythema"),
    ("chin", "midline", "1.00", 4, "pinpoint_bleeding"),
    ("upper_lip", "midline", "0.50", 3, "erythema"),
)
NAMES = ("area", "side", "depth_mm", "passes", "endpoint")
LINES = [dict(zip(NAMES, one, strict=True)) for one in SIX]
GOAL_KEYS = 40
CHANGED = 1
"""The row whose depth is another than last time."""
PATIENCE_S = 60.0
NO_DAYS = {"value": 0, "unit": "days", "source": "bench", "confidence": "bench"}


class Noon:
    """The clinic's clock, on which the time goes on."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> Any:  # noqa: ANN401 - an aware datetime, as the clinic's clock gives it
        return MONDAY + timedelta(hours=3, seconds=time.monotonic() - self._began)

    def monotonic_ms(self) -> int:
        return int(time.monotonic() * 1000)


def say(line: str) -> None:
    """A line of the answer."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _limits(area: str) -> dict[str, Any]:
    depths = {"soft_min_mm": "0.25", "soft_max_mm": "1.50", "acknowledge_above_mm": "1.50"}
    return {"area": area, **depths, "hard_max_mm": "2.00", "pass_count_max": 6}


def build(folder: Path) -> tuple[SmallClinic, str, str]:
    """The clinic, the returning patient's second visit, and somebody's first."""
    areas = [_limits(area) for area in dict.fromkeys(one[0] for one in SIX)]
    face = protocol(areas=areas, interval_warn_days=NO_DAYS, interval_block_days=NO_DAYS)
    documents = (("policy", policy()), ("protocol", face), ("consent_text", CONSENT))
    made = small_clinic(folder, documents=documents)
    visits = []
    with made.signing("reyes") as (reyes, by):
        for name, has_first in (("Testerman", True), ("Newcomer", False)):
            ref = add_person(reyes, name)
            if has_first:
                first = start_visit(reyes, ref, "microneedling_face", "reyes")
                who = show_visit(reyes, first, opened=False).document["patient"]
                saved = save_visit(reyes, first, 1, document(patient=who, lines=LINES))
                perform_visit(reyes, first, saved.edition, by, shown="window")
            visit = start_visit(reyes, ref, "microneedling_face", "reyes")
            who = show_visit(reyes, visit, opened=False).document["patient"]
            begun = document(patient=who)
            del begun["lines"]
            save_visit(reyes, visit, 1, begun)
            visits.append(visit)
    made.close()
    return made, visits[0], visits[1]


class AtWindow:
    """The performer at the real window."""

    def __init__(self, folder: Path) -> None:
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        from mnclinic.ui.start import ClinicWindow
        from mnclinic.ui.theme import apply_theme
        from mnclinic.ui.window import Workspace

        self._app = cast("QApplication", QApplication.instance() or QApplication([]))
        apply_theme(self._app, "light")
        self._test: Any = QTest
        self.window = ClinicWindow(folder, clock=Noon())
        self.window.resize(1280, 800)
        self.window.show()
        login = self.window.login
        login.user.setText("reyes")
        login.password.setText(PASSWORDS["reyes"])
        self.keys = 0
        self.took: list[float] = []
        self.press("Return", on=login.password)
        self.until(lambda: isinstance(self.window.centralWidget(), Workspace))
        self.space = cast("Any", self.window.centralWidget())
        self.settle()

    @property
    def focused(self) -> "QWidget":
        """What has the keyboard."""
        self.until(lambda: self._app.focusWidget() is not None)
        return cast("QWidget", self._app.focusWidget())

    def press(self, name: str, *, control: bool = False, on: "QWidget | None" = None) -> None:
        """One key that is counted, until its answer is painted."""
        from PySide6.QtCore import Qt

        held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        widget = on or self.focused
        self.keys += 1
        began = time.perf_counter()
        self._test.keyClick(widget, getattr(Qt.Key, f"Key_{name}"), held)
        self._painted(began)

    def type(self, letters: str) -> None:
        """Letters, each of which is counted."""
        for letter in letters:
            self.keys += 1
            widget = self.focused
            began = time.perf_counter()
            self._test.keyClicks(widget, letter)
            self._painted(began)

    def _painted(self, began: float) -> None:
        # What has to be painted anew is painted by the events that the key led to.
        self._app.processEvents()
        self._app.processEvents()
        self.took.append(1000 * (time.perf_counter() - began))

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        end = time.monotonic() + PATIENCE_S
        while not is_so():
            if time.monotonic() > end:
                raise TimeoutError("the window did not come to it")
            self._app.processEvents()
            time.sleep(0.0005)
        self._app.processEvents()

    def settle(self) -> None:
        """Until nothing runs any more."""
        self.until(lambda: not self.window._runner.is_busy)  # noqa: SLF001 - the window shows it to nobody

    def open_treatment(self, visit: str) -> Any:  # noqa: ANN401 - the window's own page
        """The visit's page, with the keyboard in the treatment."""
        self.space.go("visit", visit)
        self.settle()
        page = self.space.stack.currentWidget()
        self.until(lambda: page._view is not None)  # noqa: SLF001
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        page.go("treatment")
        page.steps["treatment"].setFocus()
        self.keys, self.took = 0, []
        return page

    def told(self, what: str, goal: int | None = None) -> None:
        """Say how many keys there were and how long the window took for them."""
        beside = f" (goal {goal})" if goal else ""
        took = sorted(self.took)
        say(
            f"{what:<36} {self.keys:>3} keys{beside}; a key is painted in {statistics.median(took):.1f} ms, "
            f"the slowest in {took[-1]:.1f} ms; {sum(took):.0f} ms of the program's own for all of them"
        )


def sign(desk: AtWindow, page: Any) -> None:  # noqa: ANN401 - the window's own page
    """Ctrl+Enter, the password, Enter; until the visit is shown as signed."""
    from mnclinic.ui.sign_sheet import SignSheet

    desk.keys, desk.took = 0, []
    began = time.perf_counter()
    desk.press("Return", control=True)
    desk.until(lambda: any(one.isVisible() for one in desk.window.findChildren(SignSheet)))
    asked_ms = 1000 * (time.perf_counter() - began)
    desk.type(PASSWORDS["reyes"])
    began = time.perf_counter()
    desk.press("Return")
    desk.until(lambda: page._view is not None and not page._view.is_open)  # noqa: SLF001
    signed_ms = 1000 * (time.perf_counter() - began)
    letters = len(PASSWORDS["reyes"])
    say(
        f"signature: {desk.keys - letters} keys and a password of {letters} letters; the sheet stands there "
        f"after {asked_ms:.0f} ms (what was typed is stored first), signed and shown after {signed_ms:.0f} ms"
    )


def returning(desk: AtWindow, visit: str) -> None:
    """As last time, one depth changed, the endpoint of each area, all confirmed."""
    page = desk.open_treatment(visit)
    desk.press("F6")
    for number, one in enumerate(SIX):
        if number == CHANGED:
            desk.type("1.5")
        desk.press("Tab")
        desk.press("Tab")
        desk.type("p" if one[4] == "pinpoint_bleeding" else "e")
        if number < len(SIX) - 1:
            desk.press("Return")
    desk.press("F9")
    desk.settle()
    desk.told("six areas of a returning patient", GOAL_KEYS)
    sign(desk, page)
    _held(desk, visit, {CHANGED: "1.50"})


def first(desk: AtWindow, visit: str) -> None:
    """Every cell typed, with no last time."""
    page = desk.open_treatment(visit)
    page.steps["treatment"].add_line.setFocus()
    desk.press("Space")
    for number, (area, side, depth, passes, endpoint) in enumerate(SIX):
        code = {"chin": "chi", "upper_lip": "u"}.get(area, area[0])
        for text in (code, side[0], depth.rstrip("0").removeprefix("0").rstrip("."), str(passes)):
            desk.type(text)
            desk.press("Tab")
        desk.type(endpoint[0])
        if number < len(SIX) - 1:
            desk.press("Return")
    desk.settle()
    desk.told("six areas with every cell typed")
    sign(desk, page)
    _held(desk, visit, {})


def _held(desk: AtWindow, visit: str, changed: dict[int, str]) -> None:
    """Stop unless exactly what was meant is what was signed."""
    page = desk.space.stack.currentWidget()
    signed = page._view.document["lines"]  # noqa: SLF001
    wanted = [one | ({"depth_mm": changed[at]} if at in changed else {}) for at, one in enumerate(LINES)]
    if signed != wanted or page._view.visit_id != visit:  # noqa: SLF001
        raise AssertionError(f"signed {signed}, and not {wanted}")


def main() -> None:
    """Build, measure and say."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="mnclinic-grid-") as place:
        made, second, new = build(Path(place) / "clinic")
        desk = AtWindow(made.folder)
        returning(desk, second)
        first(desk, new)
        desk.window.close()


if __name__ == "__main__":
    main()
