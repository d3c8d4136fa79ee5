"""The one place that decides how trouble is shown.

| raised | meaning | shown |
|---|---|---|
| `InvalidInput` | what was typed is wrong | beside the fields, all at once; the rest in the banner |
| `ActionRefused` and other `ClinicError`s | a rule or a right said no | banner, every reason |
| `StaleVisit` | somebody else saved | banner with Reload; what was typed stays |
| `StoreUnavailable` and its kin | the world's fault | a sheet with the whole sentence |
| anything else | our own defect | a sheet: apology and reference number |

A defect's details go to the log: its type and where it came from (file and line). Never its message
and never a value, because either may hold a patient's name.
"""

import logging
import re
import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from mnclinic.errors import (
    ActionRefused,
    ClinicError,
    InvalidInput,
    Problem,
    StaleVisit,
    StoreUnavailable,
)
from mnclinic.ui.widgets.forms import Form
from mnclinic.ui.widgets.page import Page
from mnclinic.ui.widgets.sheets import NoticeSheet

_log = logging.getLogger(__name__)
_qt_log = logging.getLogger("mnclinic.qt")

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_REFERENCE_LETTERS = 6
_DEEPEST_FRAMES = 12
_LONGEST_QT_MESSAGE = 300


class Shown(StrEnum):
    """Where trouble is shown."""

    INLINE = "inline"
    BANNER = "banner"
    RELOAD = "reload"
    SHEET = "sheet"
    APOLOGY = "apology"


@dataclass(frozen=True)
class Words:
    """How one exception is shown: where, and the sentences. `reference` is set for defects alone."""

    shown: Shown
    sentences: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    reference: str = ""

    @property
    def text(self) -> str:
        """Every sentence, one a line."""
        return "\n".join(self.sentences)


def words_for(error: BaseException) -> Words:
    """Decide how an exception is shown. A defect gets a reference number and is logged, once a call."""
    if isinstance(error, InvalidInput):
        return Words(Shown.INLINE, (error.sentence,), error.problems)
    if isinstance(error, ActionRefused):
        return Words(Shown.BANNER, tuple(refusal.message for refusal in error.refusals))
    if isinstance(error, StaleVisit):
        return Words(Shown.RELOAD, (error.sentence,))
    if isinstance(error, StoreUnavailable):
        return Words(Shown.SHEET, (error.sentence,))
    if isinstance(error, ClinicError):
        return Words(Shown.BANNER, (error.sentence,))
    reference = log_defect(error)
    return Words(Shown.APOLOGY, _apology(reference), reference=reference)


def show_failure(
    error: BaseException,
    page: Page,
    *,
    form: Form | None = None,
    reload: Callable[[], None] | None = None,
) -> Words:
    """Show an exception that a job of this page ended in. Pass it as `failed`, or call it there.

    Args:
        error: What `TaskRunner` handed to `failed`.
        page: The page it happened on.
        form: Takes the problems of an `InvalidInput` whose `where` is one of its keys.
        reload: What Reload does after `StaleVisit`; the page's own `refresh` otherwise.

    Returns:
        What was shown.
    """
    words = words_for(error)
    if words.shown in (Shown.SHEET, Shown.APOLOGY):
        _open_sheet(words, page)
    elif words.shown == Shown.RELOAD:
        _offer_reload(words, page, reload or page.refresh)
    else:
        sentences = list(words.sentences)
        if form is not None and words.problems:
            left_over = form.show_problems({problem.where: problem.what for problem in words.problems})
            sentences = [*left_over.values()]
        elif words.problems:
            sentences += [f"{problem.where}: {problem.what}" for problem in words.problems]
        page.banner.say("\n".join(sentences), "stop", closable=True)
    return words


def show_failure_over(error: BaseException, window: QWidget) -> Words:
    """Show an exception where there is no page: while opening, closing, or out of nowhere."""
    words = words_for(error)
    _open_sheet(words, window)
    return words


def log_defect(error: BaseException) -> str:
    """Write type and places of a defect to the log, without any value; return its reference number."""
    reference = "".join(secrets.choice(_ALPHABET) for _ in range(_REFERENCE_LETTERS))
    _log.error("defect %s: %s", reference, "; caused by ".join(_chain(error)))
    return reference


def install_hooks() -> None:
    """Send uncaught exceptions to the apology and Qt's messages to the log.

    An exception that leaves a slot neither ends the program nor prints a traceback, which could
    hold a patient's data. Ctrl+C still ends a program started from a terminal.
    """
    sys.excepthook = _uncaught
    qInstallMessageHandler(_qt_message)


class _Guard:
    is_showing = False


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        QCoreApplication.quit()
        return
    window = QApplication.activeWindow() if isinstance(QCoreApplication.instance(), QApplication) else None
    if window is None or _Guard.is_showing:
        log_defect(error)
        return
    # A fault in the apology itself must not call for another apology.
    _Guard.is_showing = True
    try:
        show_failure_over(error, window)
    finally:
        _Guard.is_showing = False


def _qt_message(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    text = message or ""
    if "propagateSizeHints" in text:
        return
    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
        QtMsgType.QtCriticalMsg: logging.ERROR,
        QtMsgType.QtFatalMsg: logging.CRITICAL,
    }
    # What Qt puts between quotes may be a text that a person typed.
    _qt_log.log(
        levels.get(kind, logging.WARNING),
        "%s",
        re.sub(r"\"[^\"]*\"|'[^']*'", '"…"', text)[:_LONGEST_QT_MESSAGE],
    )


def _chain(error: BaseException) -> list[str]:
    """Type and frames of an exception and of what led to it, newest first."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        parts.append(f"{type(current).__qualname__} at {' < '.join(_frames(current.__traceback__))}")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return parts


def _frames(trace: TracebackType | None) -> list[str]:
    """File, line and function of each frame, the deepest first; no folder of the PC, no value."""
    frames: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        place = "/".join(PurePath(code.co_filename).parts[-2:])
        frames.append(f"{place}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return frames[::-1][:_DEEPEST_FRAMES] or ["nowhere"]


def _apology(reference: str) -> tuple[str, ...]:
    said = QCoreApplication.translate(
        "failures",
        "The program made a mistake and stopped what it was doing. Everything that was saved before is safe, "
        "and nothing half-done was kept.",
    )
    ask = QCoreApplication.translate(
        "failures", "Please try again. If it happens again, report this number: {reference}"
    )
    return (said, ask.format(reference=reference))


def _open_sheet(words: Words, anchor: QWidget) -> None:
    if words.shown == Shown.APOLOGY:
        title = QCoreApplication.translate("failures", "Sorry, something went wrong")
    elif words.shown == Shown.SHEET:
        title = QCoreApplication.translate("failures", "The clinic's files cannot be used right now")
    else:
        title = QCoreApplication.translate("failures", "This was not done")
    sentences: Sequence[str] = [
        *words.sentences,
        *(f"{problem.where}: {problem.what}" for problem in words.problems),
    ]
    NoticeSheet(title, sentences).open_over(anchor)


def _offer_reload(words: Words, page: Page, reload: Callable[[], None]) -> None:
    def reloaded() -> None:
        page.banner.say("")
        reload()

    action = QCoreApplication.translate("failures", "Reload")
    page.banner.say(words.text, "warn", action=action, on_action=reloaded, closable=True)
