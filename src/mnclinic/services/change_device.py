"""Quarantine a device because of a doubt about it, or release it again, each with its reason."""

from mnclinic.domain.person_details import line_of
from mnclinic.domain.supplies import DEVICE_ACTS
from mnclinic.errors import InvalidInput
from mnclinic.models import Device
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.list_supplies import DeviceRow, device_row
from mnclinic.services.session import OpenClinic
from mnclinic.services.supply_rows import NO_SUCH_DEVICE, enter_device, problems_of_reason

NOT_CHANGED = "The device was not changed. Correct what is marked and try again."


def quarantine_device(clinic: OpenClinic, device: str, *, reason: str) -> DeviceRow:
    """Nobody may treat with the device until it is released.

    Raises InvalidInput where there is no such device, it stands so already, or no reason is given.
    """
    clinic.require(RoleAct.TAKE_OUT_OF_USE)
    return _change(clinic, device, "device.quarantined", reason)


def release_device(clinic: OpenClinic, device: str, *, reason: str) -> DeviceRow:
    """The device may be used again. Raises as `quarantine_device`."""
    clinic.require(RoleAct.PUT_BACK_INTO_USE)
    return _change(clinic, device, "device.released", reason)


def _change(clinic: OpenClinic, device: str, action: str, reason: str) -> DeviceRow:
    reason = line_of(reason)
    problems = [*problems_of_reason(reason)]
    with clinic.work() as work:
        row = work.session.get(Device, device)
        if row is None:
            raise InvalidInput(NO_SUCH_DEVICE, problems)
        before = row.is_quarantined
        if before == DEVICE_ACTS[action]:
            raise InvalidInput("That is how this device stands already. Nothing was changed.", problems)
        if problems:
            raise InvalidInput(NOT_CHANGED, problems)
        row.is_quarantined = DEVICE_ACTS[action]
        enter_device(work, row, action, before=before, reason=reason)
        work.commit()
        return device_row(row)
