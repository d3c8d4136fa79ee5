"""Somebody's walk through one window: what a stop on it is, and the ways that several stops take."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from mnclinic.services.list_visits import VisitRow, todays_visits
from mnclinic.ui.events.page import EventsPage
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.visits.page import VisitPage
from mnclinic.ui.window import Workspace

DIRECTOR, PROVIDER, OWNER, DESK = "okafor", "reyes", "owner", "desk"


class NothingThere(Exception):
    """This clinic has nothing to show on this page."""


@dataclass
class Walk:
    """One window with somebody logged in.

    `settle` waits until everything asked for has come; `rest` also until short pauses of typing are over.
    """

    window: ClinicWindow
    workspace: Workspace
    settle: Callable[[], None]
    rest: Callable[[], None]

    def go(self, name: str, what: object = None) -> Any:  # noqa: ANN401 - each page is of its own kind
        """Go to a page, wait for it, and return it."""
        self.workspace.go(name, what)
        self.settle()
        return self.workspace.stack.currentWidget()


@dataclass(frozen=True)
class Stop:
    """A page: its name, who looks at it, and the way there.

    `away` closes what the way opened; `sheet` is what that is called: its object name, or its class. It is
    seen in the clinics `crowds`, because in the others it looks the same.
    """

    name: str
    user: str
    way: Callable[[Walk], None]
    away: Callable[[Walk], None] | None = None
    sheet: str = ""
    crowds: tuple[str, ...] = ("empty", "ordinary", "crowded")


def page(name: str) -> Callable[[Walk], None]:
    """The way to a page of the rail."""
    return lambda walk: walk.go(name)


def not_expected(error: Exception) -> None:
    """What the walk does fails nowhere."""
    raise error


def visits_of_today(walk: Walk, *states: str) -> list[str]:
    """The visits of today in one of these states, the longest name first."""
    rows: list[VisitRow] = []
    walk.workspace._desk.ask(
        todays_visits,
        owner=walk.workspace,
        done=lambda today: rows.extend(today.visits),
        failed=not_expected,
    )
    walk.settle()
    found = [row for row in rows if row.state in states]
    found.sort(key=lambda row: (len(row.patient), row.visit_id), reverse=True)
    return [str(row.visit_id) for row in found]


def visit_of_today(walk: Walk, *states: str) -> str:
    """The first of them."""
    found = visits_of_today(walk, *states)
    if not found:
        raise NothingThere
    return found[0]


def show_read_visit(walk: Walk) -> VisitPage:
    """A visit that is performed, as it is read."""
    states = ("performed", "in_review", "signed", "complete_not_drawn")
    return cast("VisitPage", walk.go("visit", visit_of_today(walk, *states)))


def open_event(walk: Walk, *states: str) -> EventsPage:
    """The open event with the most to show, of those in one of these states if any are named."""
    page = cast("EventsPage", walk.go("events"))
    rows = page.table.rows
    events = [rows.row_at(at) for at in range(rows.rowCount())]
    found = [one for one in events if not states or one.state in states]
    if not found:
        raise NothingThere
    walk.go("events", max(found, key=lambda one: (len(one.steps), len(one.patient), one.event_id)).event_id)
    return page


def open_chart(walk: Walk) -> PatientsPage:
    """The page of whoever has the most to show: the longest name on the roster's first stretch."""
    page = cast("PatientsPage", walk.go("patients"))
    rows = page.table.rows
    people = [one for at in range(rows.rowCount()) if (one := rows.row_at(at)) is not None]
    if not people:
        raise NothingThere
    walk.go("patients", max(people, key=lambda one: (len(one.name), one.ref)).ref)
    return page
