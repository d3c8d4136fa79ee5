"""How far a set-up is that the lock interrupted: the clinic stands, and its recovery sheet waits."""

from typing import TYPE_CHECKING

from mnclinic.errors import ClinicError
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.screen_state import ScreenKept, keep_screen

if TYPE_CHECKING:
    from mnclinic.services.session import OpenClinic

STEP = "set_up"
AT_SHEET = "recovery sheet"


def keep_at_sheet(clinic: "OpenClinic") -> None:
    """Note on the administrator's own screen that the set-up is not finished."""
    keep_screen(clinic, {STEP: AT_SHEET})


def is_at_sheet(clinic: "OpenClinic", kept: ScreenKept | None) -> bool:
    """Whether whoever logged in left a set-up before its recovery sheet was read back.

    Not where nothing can be stored: Today tells of the sheet then. A clinic that cannot be asked keeps
    nobody out.
    """
    from mnclinic.services.keys.recovery_sheet import is_sheet_read_back

    if kept is None or kept.state.get(STEP) != AT_SHEET or clinic.read_only is not None:
        return False
    if not may(Role(clinic.person.role), Act.MAKE_RECOVERY_SHEET):
        return False
    try:
        return not is_sheet_read_back(clinic)
    except ClinicError:
        return False
