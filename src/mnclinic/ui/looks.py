"""How the window looks to whoever sits at this PC: colours, size of text, motion, language.

It is kept in a small file of the person's own account on the computer, outside the clinic's folder, because
the log-in needs it before any clinic is open. Nothing about a clinic stands in it.
"""

import contextlib
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from mnclinic.ui.language import language_of, speak
from mnclinic.ui.theme import (
    LARGEST_TEXT_SCALE,
    MOTIONS,
    SYSTEM_MOTION,
    apply_theme,
    before_the_system_dresses,
)
from mnclinic.ui.tokens import MODES

SYSTEM = "system"
TEXT_SCALES = (1.0, 1.25, 1.5, 1.75, LARGEST_TEXT_SCALE)
"""What can be chosen, over and above the system's own scaling."""


@dataclass(frozen=True)
class Looks:
    """What was chosen.

    `mode` is one of `MODES` or "system", `language` a code such as "es" or "system", `motion` one of
    `MOTIONS`.
    """

    mode: str = SYSTEM
    text_scale: float = 1.0
    language: str = SYSTEM
    motion: str = SYSTEM_MOTION


def read_looks(path: Path) -> Looks | None:
    """What a file says; None where there is none or it cannot be read as one."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    import json

    try:
        return _checked(json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _checked(found: Any) -> Looks:
    mode, language = str(found["mode"]), str(found["language"])
    # A file of an earlier version does not speak of motion.
    motion = str(found.get("motion", SYSTEM_MOTION))
    scale = float(found["text_scale"])
    return Looks(
        mode=mode if mode in MODES else SYSTEM,
        text_scale=min(TEXT_SCALES, key=lambda one: abs(one - scale)),
        language=language if language.isalpha() else SYSTEM,
        motion=motion if motion in MOTIONS else SYSTEM_MOTION,
    )


class LooksKeeper(QObject):
    """The looks of this process. `wear` changes them; what is on the screen hears of it."""

    changing = Signal(object)
    """Other looks are about to be worn. Carries them. What nobody looks at is let go of now."""

    changed = Signal(object)
    """Other looks are worn. Carries the ones before. What has fixed sizes or words is made anew then."""

    def __init__(self) -> None:
        """Begin with the system's looks and no file."""
        super().__init__()
        self._looks = Looks()
        self._path: Path | None = None

    @property
    def looks(self) -> Looks:
        """What is worn now."""
        return self._looks

    def begin(
        self,
        app: QApplication,
        path: Path | None,
        fallback: Looks | None = None,
        *,
        is_painted_soon: bool = False,
    ) -> None:
        """Dress the program as the file says, else as `fallback` says; later changes go to the file.

        `is_painted_soon`: what the system wants is guessed, and whoever calls it calls `ask_the_system` after
        the first paint.
        """
        self._path = path
        kept = read_looks(path) if path is not None else None
        self._looks = kept or fallback or Looks()
        speak(app, language_of(self._looks.language))
        apply_theme(
            app, self._looks.mode, self._looks.text_scale, self._looks.motion, is_guessed=is_painted_soon
        )

    def ask_the_system(self) -> None:
        """Dress the program as the system says, once what was guessed of it is painted: mostly the same."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, self._looks.mode, self._looks.text_scale, self._looks.motion)

    def wear(self, **changed: Any) -> None:
        """Change some of it at once and keep it. A file that cannot be written changes this run alone."""
        before, after = self._looks, replace(self._looks, **changed)
        if after == before:
            return
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - nobody wears anything without a window
        self.changing.emit(after)
        self._looks = after
        speak(app, language_of(after.language))
        apply_theme(app, after.mode, after.text_scale, after.motion)
        if self._path is not None:
            with contextlib.suppress(OSError):
                _write(self._path, after)
        self.changed.emit(before)

    def step_scale(self, steps: int) -> None:
        """Larger or smaller text by so many steps; 0 is the usual size."""
        now = min(range(len(TEXT_SCALES)), key=lambda at: abs(TEXT_SCALES[at] - self._looks.text_scale))
        at = max(0, min(len(TEXT_SCALES) - 1, now + steps)) if steps else 0
        self.wear(text_scale=TEXT_SCALES[at])


def _write(path: Path, looks: Looks) -> None:
    import json

    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(looks)), encoding="utf-8")
    fresh.replace(path)


class _Worn:
    """The one set of looks of the process, as there is one QApplication."""

    keeper: LooksKeeper | None = None


def looks_keeper() -> LooksKeeper:
    """The looks of this process."""
    if _Worn.keeper is None:
        _Worn.keeper = keeper = LooksKeeper()
        # The looks that were chosen stay; what nobody looks at is let go of all the same.
        before_the_system_dresses(lambda: keeper.changing.emit(keeper.looks))
    return _Worn.keeper
