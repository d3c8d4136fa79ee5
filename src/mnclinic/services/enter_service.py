"""Enter what was done to a device: serviced, cleaned, calibrated or repaired. One that failed is quarantined.

An entry is always possible, about a quarantined device too: a calibration that has lapsed could otherwise
never be made good.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.device_care import CareKind, problems_of_care
from mnclinic.domain.person_details import line_of, text_of
from mnclinic.errors import InvalidInput
from mnclinic.models import Device, DeviceService, Staff, instant_text
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.session import OpenClinic
from mnclinic.services.supply_rows import NO_SUCH_DEVICE, enter_device
from mnclinic.store.log_writer import Act, LoggedObject

NEWEST_CARE = (
    select(DeviceService.device, DeviceService.kind, func.max(DeviceService.done_on))
    .where(DeviceService.device.in_(bindparam("devices", expanding=True)), DeviceService.is_passed)
    .group_by(DeviceService.device, DeviceService.kind)
)
NOT_ENTERED = "Nothing was entered about the device. Correct what is marked and try again."


@dataclass(frozen=True)
class NewService:
    """What was done, when, and by whom in words. `is_passed`: the device was found right afterwards."""

    kind: str
    done_on: date | None
    done_by: str
    is_passed: bool = True
    note: str = ""


@dataclass(frozen=True)
class ServiceRow:
    """An entry about a device. `recorded_by` is a user name."""

    entry_id: str
    kind: CareKind
    done_on: date
    done_by: str
    is_passed: bool
    note: str
    recorded_by: str
    recorded_at: datetime


def enter_service(clinic: OpenClinic, device: str, new: NewService) -> ServiceRow:
    """Enter what was done. A device that did not pass is quarantined in the same act.

    Raises InvalidInput with every problem, also where there is no such device; nothing is stored then.
    """
    clinic.require(RoleAct.KEEP_SUPPLIES)
    done_by, note = line_of(new.done_by), text_of(new.note)
    with clinic.work() as work:
        now = clinic.clock.now()
        problems = [*problems_of_care(new.kind, new.done_on, done_by, note, today=now.date())]
        held = work.session.get(Device, device)
        if held is None:
            raise InvalidInput(NO_SUCH_DEVICE, problems)
        if problems or new.done_on is None:
            raise InvalidInput(NOT_ENTERED, problems)
        row = DeviceService(
            id=str(uuid.uuid4()),
            device=held.device,
            kind=str(new.kind),
            done_on=new.done_on,
            done_by=done_by,
            is_passed=new.is_passed,
            note=note,
            recorded_by=clinic.person.staff_id,
            recorded_at=now,
        )
        work.session.add(row)
        work.session.flush()
        named = LoggedObject("device_service", row.id, 1, service_bytes(row))
        said = {"device": row.device, "kind": row.kind, "note": row.note}
        work.log.record(
            Act("device.service_entered", "C", object=named, categories=("supplies",), detail=said)
        )
        if not row.is_passed and not held.is_quarantined:
            held.is_quarantined = True
            enter_device(work, held, "device.quarantined", before=False, reason=f"It failed: {row.kind}.")
        work.commit()
        return _row(row, clinic.person.user)


def services_of(clinic: OpenClinic, device: str) -> tuple[ServiceRow, ...]:
    """What was done to a device, the newest first. Raises InvalidInput where there is no such device."""
    clinic.require(RoleAct.VIEW_SUPPLIES)
    with clinic.store.reading() as session:
        if session.get(Device, device) is None:
            raise InvalidInput(NO_SUCH_DEVICE)
        found = session.execute(
            select(DeviceService, Staff.user)
            .join(Staff, Staff.id == DeviceService.recorded_by)
            .where(DeviceService.device == device)
        ).all()
    rows = [_row(row, user) for row, user in found]
    return tuple(sorted(rows, key=lambda one: (one.done_on, one.recorded_at), reverse=True))


def newest_care(session: Session, devices: Iterable[str]) -> dict[str, dict[str, date]]:
    """By device and kind, when it was last done with success."""
    found: dict[str, dict[str, date]] = {}
    for device, kind, done_on in session.execute(NEWEST_CARE, {"devices": sorted(set(devices))}):
        found.setdefault(device, {})[kind] = done_on
    return found


def service_bytes(row: DeviceService) -> bytes:
    """The canonical bytes of an entry about a device, as the log names it."""
    return canonical_bytes(
        {
            "format": "mnclinic.device-service/1",
            "id": row.id,
            "device": row.device,
            "kind": row.kind,
            "done_on": row.done_on.isoformat(),
            "done_by": row.done_by,
            "is_passed": row.is_passed,
            "note": row.note,
            "recorded_by": row.recorded_by,
            "recorded_at": instant_text(row.recorded_at),
        }
    )


def _row(row: DeviceService, user: str) -> ServiceRow:
    return ServiceRow(
        row.id,
        CareKind(row.kind),
        row.done_on,
        row.done_by,
        row.is_passed,
        row.note,
        user,
        row.recorded_at,
    )
