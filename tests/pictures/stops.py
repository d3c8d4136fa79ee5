"""The pages that are seen: who looks at each, and the way there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from mnclinic.domain.person_details import Standing
from mnclinic.services.list_visits import VisitRow, todays_visits
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.settings.page import SettingsPage
from mnclinic.ui.start import ClinicWindow
from mnclinic.ui.visits.page import VisitPage
from mnclinic.ui.window import Workspace

DIRECTOR, PROVIDER, OWNER = "okafor", "reyes", "owner"


class NothingThere(Exception):
    """This clinic has nothing to show on this page."""


@dataclass
class Walk:
    """One window with somebody logged in; `settle` waits until everything asked for has come."""

    window: ClinicWindow
    workspace: Workspace
    settle: Callable[[], None]

    def go(self, name: str, what: object = None) -> Any:  # noqa: ANN401 - each page is of its own kind
        """Go to a page, wait for it, and return it."""
        self.workspace.go(name, what)
        self.settle()
        return self.workspace.stack.currentWidget()


@dataclass(frozen=True)
class Stop:
    """A page: its name, who looks at it, and the way there. `away` closes what the way opened."""

    name: str
    user: str
    way: Callable[[Walk], None]
    away: Callable[[Walk], None] | None = None


def _page(name: str) -> Callable[[Walk], None]:
    return lambda walk: walk.go(name)


def _not_expected(error: Exception) -> None:
    raise error


def _visit_of_today(walk: Walk, *states: str) -> str:
    """A visit of today in one of these states, the longest name first."""
    rows: list[VisitRow] = []
    walk.workspace._desk.ask(
        todays_visits,
        owner=walk.workspace,
        done=lambda today: rows.extend(today.visits),
        failed=_not_expected,
    )
    walk.settle()
    found = [row for row in rows if row.state in states]
    if not found:
        raise NothingThere
    return str(max(found, key=lambda row: len(row.patient)).visit_id)


def _step(name: str) -> Callable[[Walk], None]:
    def go(walk: Walk) -> None:
        page = cast("VisitPage", walk.go("visit", _visit_of_today(walk, "draft", "deferred")))
        page.go(name)
        walk.settle()

    return go


ANSWERS = {
    "screening.isotretinoin_stopped": "yes",
    "screening.isotretinoin_stopped.last_on": "2026-06-15",
    "screening.anticoagulant": "yes",
    "screening.active_acne": "yes",
    "screening.active_acne.areas": "cheek,chin",
    "lesions": "1",
    "lesions.0.area": "forehead",
    "lesions.0.item": "actinic_keratosis",
}


def _answered(walk: Walk) -> None:
    """The same questions with answers that speak against treating, and a lesion that was seen."""
    page = cast("VisitPage", walk.go("visit", _visit_of_today(walk, "draft", "deferred")))
    page.editing.put(ANSWERS, "answers", "screening.active_acne")
    walk.settle()
    page.lead_to("screening.active_acne")
    walk.settle()


def _unanswered(walk: Walk) -> None:
    cast("VisitPage", walk.workspace.stack.currentWidget()).editing.undo()
    walk.settle()


def _read_visit(walk: Walk) -> None:
    walk.go("visit", _visit_of_today(walk, "performed", "in_review", "signed", "complete_not_drawn"))


def _section(name: str) -> Callable[[Walk], None]:
    def go(walk: Walk) -> None:
        page = cast("SettingsPage", walk.go("settings", name))
        if page.section() is None or name not in [way.name for way in page._ways]:
            raise NothingThere
        walk.settle()

    return go


def _find(walk: Walk) -> None:
    walk.go("today")
    walk.workspace.find_anything()
    walk.settle()


def _close_dialogs(walk: Walk) -> None:
    from PySide6.QtWidgets import QDialog

    for dialog in walk.window.findChildren(QDialog):
        dialog.close()
    walk.settle()


def _add_patient(walk: Walk) -> None:
    walk.go("patients")._add()
    walk.settle()


def _chart(walk: Walk) -> PatientsPage:
    """The page of whoever has the most to show: the longest name on the roster's first stretch."""
    page = cast("PatientsPage", walk.go("patients"))
    rows = page.table.rows
    people = [one for at in range(rows.rowCount()) if (one := rows.row_at(at)) is not None]
    if not people:
        raise NothingThere
    walk.go("patients", max(people, key=lambda one: len(one.name)).ref)
    return page


def _open_chart(walk: Walk) -> None:
    _chart(walk)


def _change_details(walk: Walk) -> None:
    _chart(walk).chart._change_details()
    walk.settle()


def _add_history(walk: Walk) -> None:
    _chart(walk).chart._add_history()
    walk.settle()


def _merge(walk: Walk) -> None:
    _chart(walk).chart._merge()
    walk.settle()


def _death(walk: Walk) -> None:
    _chart(walk).chart._stand(Standing.DECEASED)
    walk.settle()


STEPS = ("identity", "screening", "exam", "consent", "treatment", "sign")
SECTIONS = ("account", "people", "recovery", "backups", "lock", "looks", "rights", "clinic")

STOPS = (
    Stop("today", PROVIDER, _page("today")),
    *(Stop(f"visit-{name}", PROVIDER, _step(name)) for name in STEPS),
    Stop("visit-screening-answered", PROVIDER, _answered, _unanswered),
    Stop("today-director", DIRECTOR, _page("today")),
    Stop("patients", DIRECTOR, _page("patients")),
    Stop("patients-add", DIRECTOR, _add_patient, _close_dialogs),
    Stop("patient", DIRECTOR, _open_chart),
    Stop("patient-details", DIRECTOR, _change_details, _close_dialogs),
    Stop("patient-history", DIRECTOR, _add_history, _close_dialogs),
    Stop("patient-merge", DIRECTOR, _merge, _close_dialogs),
    Stop("patient-death", DIRECTOR, _death, _close_dialogs),
    Stop("visit-read", DIRECTOR, _read_visit),
    Stop("director", DIRECTOR, _page("director")),
    Stop("devices", DIRECTOR, _page("devices")),
    Stop("protocols", DIRECTOR, _page("protocols")),
    Stop("inspection", DIRECTOR, _page("inspection")),
    Stop("log", DIRECTOR, _page("log")),
    Stop("find", DIRECTOR, _find, _close_dialogs),
    *(Stop(f"settings-{name}", OWNER, _section(name)) for name in SECTIONS),
)

BEFORE_LOG_IN = ("login", "login-forgot", "welcome", "setup-clinic")
NAMES = (*BEFORE_LOG_IN, *(stop.name for stop in STOPS), "gallery")
