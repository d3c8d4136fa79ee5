"""Each page of the workspace by its name, and the count beside the director's entry."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget


def count_waiting(desk: Any, workspace: Any) -> None:
    """Show how much waits for the director, in numbers, beside her entry."""
    from mnclinic.services.break_glass import unseen_glasses
    from mnclinic.services.list_events import count_to_sign
    from mnclinic.services.list_visits import todays_visits
    from mnclinic.services.open_recalls import count_to_close

    def counted(clinic: Any) -> int:
        visits = todays_visits(clinic).waiting_for_director
        return visits + unseen_glasses(clinic) + count_to_sign(clinic) + count_to_close(clinic)

    desk.ask(counted, owner=workspace, done=workspace.show_waiting, failed=lambda _error: None)


def page_makers() -> dict[str, Callable[[Any], QWidget]]:
    """Each page's maker; its module is imported at the first visit."""

    def today(desk: Any) -> QWidget:
        from mnclinic.ui.today.page import TodayPage

        return TodayPage(desk)

    def patients(desk: Any) -> QWidget:
        from mnclinic.ui.patients.page import PatientsPage

        return PatientsPage(desk)

    def visit(desk: Any) -> QWidget:
        from mnclinic.ui.visits.page import VisitPage

        return VisitPage(desk)

    def director(desk: Any) -> QWidget:
        from mnclinic.ui.director.page import DirectorPage

        return DirectorPage(desk)

    def events(desk: Any) -> QWidget:
        from mnclinic.ui.events.page import EventsPage

        return EventsPage(desk)

    def follow_up(desk: Any) -> QWidget:
        from mnclinic.ui.follow_up.page import FollowUpPage

        return FollowUpPage(desk)

    def devices(desk: Any) -> QWidget:
        from mnclinic.ui.devices.page import DevicesPage

        return DevicesPage(desk)

    def protocols(desk: Any) -> QWidget:
        from mnclinic.ui.protocols.page import ProtocolsPage

        return ProtocolsPage(desk)

    def inspection(desk: Any) -> QWidget:
        from mnclinic.ui.inspection.page import InspectionPage

        return InspectionPage(desk)

    def settings(desk: Any) -> QWidget:
        from mnclinic.ui.settings.page import SettingsPage

        return SettingsPage(desk)

    def log(desk: Any) -> QWidget:
        from mnclinic.ui.log.page import LogScreen

        return LogScreen(desk)

    return {
        "today": today,
        "patients": patients,
        "visit": visit,
        "director": director,
        "events": events,
        "follow-up": follow_up,
        "devices": devices,
        **_recall_makers(),
        "protocols": protocols,
        "inspection": inspection,
        "settings": settings,
        "log": log,
    }


def _recall_makers() -> dict[str, Callable[[Any], QWidget]]:
    """The pages about recalls and about what visits with events had in common."""

    def recall(desk: Any) -> QWidget:
        from mnclinic.ui.recall.page import RecallPage

        return RecallPage(desk)

    def recalls(desk: Any) -> QWidget:
        from mnclinic.ui.recall.recalls_page import RecallsPage

        return RecallsPage(desk)

    def trace(desk: Any) -> QWidget:
        from mnclinic.ui.recall.trace_page import TracePage

        return TracePage(desk)

    return {"recall": recall, "recalls": recalls, "trace": trace}
