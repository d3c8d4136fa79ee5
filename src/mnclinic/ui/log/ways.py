"""The ways to the log: from a record to its history, and from a chart to who looked at it.

A way is one short text, so that the window can name it again: `visit:…`, `patient:…`, `looks:…`.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton

from mnclinic.security.roles import Act, Role, may
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.log_records import RecordRef
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import button

PAGE = "log"
PATIENT = "patient"
LOOKS = "looks"


def history_button(
    desk: Desk, name: str, of: Callable[[], str | None], *, is_quiet: bool = False
) -> QPushButton:
    """A button that leads to the history of the record that `of` names, as `visit:ID` or `person:USER`.

    It is hidden from whoever may not read the log. Kinds are those of `RecordRef`, and `patient`. A quiet one
    stands behind each line of a list.
    """
    words = QCoreApplication.translate("log", "History")
    return _way(desk, words, name, "history", of, kind="quiet" if is_quiet else "")


def way_button(desk: Desk, name: str, way: str, *, is_quiet: bool = False) -> QPushButton:
    """As `history_button`, for a record that is known now."""
    return history_button(desk, name, lambda: way, is_quiet=is_quiet)


def looks_button(desk: Desk, name: str, patient: Callable[[], str | None]) -> QPushButton:
    """A button that leads to who looked at a patient's chart; `patient` gives the reference."""

    def way() -> str | None:
        reference = patient()
        return f"{LOOKS}:{reference}" if reference else None

    return _way(desk, QCoreApplication.translate("log", "Who looked"), name, "eye", way)


def filter_of(way: str | None) -> tuple[LogFilter, bool]:
    """The filter that a way leads to, and whether it asks who looked at the chart."""
    kind, _, name = (way or "").partition(":")
    if not name:
        return LogFilter(), False
    if kind in {PATIENT, LOOKS}:
        return LogFilter(patient=name), kind == LOOKS
    return LogFilter(record=RecordRef(kind, name)), False


def _way(
    desk: Desk, words: str, name: str, shape: str, of: Callable[[], str | None], *, kind: str = ""
) -> QPushButton:
    def go() -> None:
        way = of()
        if way is not None:
            desk.wanted.emit(PAGE, way)

    made = button(words, name, kind=kind, shape=shape, pressed=go)
    if not may(Role(desk.person.role), Act.VIEW_LOG):
        made.hide()
    return made
