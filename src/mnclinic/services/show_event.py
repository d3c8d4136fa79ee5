"""One adverse event opened: what was told, what was done, its visit, and the photographs of that visit."""

from dataclasses import dataclass

from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role, may
from mnclinic.services.event_rows import EventRow
from mnclinic.services.list_events import event_called
from mnclinic.services.photos import PhotoRow, open_photos
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import VisitView, show_visit


@dataclass(frozen=True)
class EventShown:
    """An event with its visit. `photos` are empty too for whoever may not see that there are some."""

    event: EventRow
    visit: VisitView
    photos: tuple[PhotoRow, ...]


def show_event(clinic: OpenClinic, event_id: str) -> EventShown:
    """One event by its id or the first letters of it. A look at its visit and one at photographs are entered.

    Each is entered once a sitting, and that at photographs where there are some.

    Raises InvalidInput where there is none, StoreUnavailable and kin when the look cannot be entered.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    event = event_called(clinic, event_id)
    visit = show_visit(clinic, event.visit_id)
    photos: tuple[PhotoRow, ...] = ()
    if may(Role(clinic.person.role), RoleAct.VIEW_PHOTO):
        photos = open_photos(clinic, visit.patient_ref, visit=visit.number)
    return EventShown(event, visit, photos)
