"""The numbers that a patient calls, as the sheets to take home and the receipts print them."""

from sqlalchemy.orm import Session

from mnclinic.domain.person_details import line_of
from mnclinic.domain.whom_to_call import WhomToCall
from mnclinic.errors import InvalidInput
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.session import OpenClinic
from mnclinic.services.settings import WHOM_TO_CALL, change_setting, setting, setting_in


def whom_to_call(clinic: OpenClinic) -> WhomToCall:
    """What is set; empty until somebody set it. Raises StoreUnavailable and kin."""
    clinic.require(RoleAct.VIEW_TODAY)
    return WhomToCall(**setting(clinic, WHOM_TO_CALL))


def whom_to_call_in(session: Session) -> WhomToCall:
    """The same, for a use-case that has its session open."""
    return WhomToCall(**setting_in(session, WHOM_TO_CALL))


def change_whom_to_call(clinic: OpenClinic, phone: str, after_hours: str) -> WhomToCall:
    """Set both as they were typed; an empty one is printed as a line to write on. What is kept is returned.

    Raises:
        InvalidInput: every number that is none. Nothing was changed.
        NotPermitted, ClinicReadOnly: nothing was changed.
    """
    clinic.require(RoleAct.CHANGE_SETTINGS)
    typed = WhomToCall(line_of(phone), line_of(after_hours))
    if problems := [*typed.problems()]:
        raise InvalidInput("Nothing was changed. Correct what is marked and save again.", problems)
    change_setting(clinic, WHOM_TO_CALL, {"phone": typed.phone, "after_hours": typed.after_hours})
    return typed
