"""Enter a device as its label states it, correct what was entered, and hold its numbers against the label."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.devices import LABEL_FACTS, changed_facts, read_back_problems, unknown_facts
from mnclinic.domain.person_details import line_of
from mnclinic.domain.scanned_codes import read_scanned
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import Device, instant_text
from mnclinic.resource_files import resource_path
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.change_device import NOT_CHANGED
from mnclinic.services.list_supplies import DeviceRow, device_row
from mnclinic.services.read_documents import check_document, read_json_file
from mnclinic.services.session import OpenClinic
from mnclinic.services.supply_rows import ABSENT, NO_SUCH_DEVICE, as_printed, enter_device, problems_of_reason

Json = Mapping[str, Any]

NOT_ADDED = "The device was not added. Correct what is marked and try again."
NOT_CONFIRMED = "The device was not confirmed. Correct what is marked and try again."
SAME = "That is what the register says already. Nothing was changed."
_COLUMNS = ("device", "model", "maker", "serial")
_MISSING = {
    "clearance": "The clearance number is not in the register.",
    "max_depth_mm": "The mechanical maximum is not in the register.",
    "minimum_age": "The minimum age is not in the register.",
    "indications": "The indications are not in the register.",
    "phototypes": "The phototypes of an indication are not in the register.",
}


@dataclass(frozen=True)
class DeviceDraft:
    """What is publicly known of a cleared device; `facts` has no name of the clinic's and no serial."""

    name: str
    title: str
    facts: Json


def device_drafts(clinic: OpenClinic) -> tuple[DeviceDraft, ...]:
    """The cleared devices whose numbers were found; a number that was not found is left out."""
    clinic.require(RoleAct.VIEW_SUPPLIES)
    return shipped_devices()


def shipped_devices() -> tuple[DeviceDraft, ...]:
    """`device_drafts`, without a clinic."""
    paths = sorted(resource_path("drafts/devices").glob("*.json"))
    drafts = []
    for path in paths:
        facts: Any = read_json_file(path)
        title = ", ".join(filter(None, (facts["model"], facts.get("maker"))))
        drafts.append(DeviceDraft(path.stem, title, facts))
    return tuple(drafts)


def add_device(clinic: OpenClinic, entry: Json) -> DeviceRow:
    """Enter a device. Nobody may treat with it until somebody has confirmed its numbers.

    `entry` fits the schema `device_entry`. Raises InvalidInput with every problem, each by its field, and
    where the name or the serial number is in the register already; nothing is stored then.
    """
    clinic.require(RoleAct.ADD_DEVICE)
    with clinic.work() as work:
        facts, problems = _checked(entry)
        problems += _wrong_with_code(facts, this_year=clinic.clock.now().year)
        problems += _taken(work.session, facts)
        if work.session.get(Device, facts.get("device", "")) is not None:
            problems.insert(0, Problem("device", "Another device has this name already."))
        if problems:
            raise InvalidInput(NOT_ADDED, problems)
        row = Device(
            **{name: facts[name] for name in _COLUMNS},
            facts=_facts_bytes(facts, None),
            is_quarantined=False,
        )
        work.session.add(row)
        enter_device(work, row, "device.added")
        work.commit()
        return device_row(row)


def change_device_facts(clinic: OpenClinic, device: str, entry: Json, *, reason: str) -> DeviceRow:
    """Correct what the register says of a device; where the label says it, it has to be confirmed anew.

    Its name stays. What stood before stays in the log. Raises InvalidInput as `add_device`, and where
    nothing differs.
    """
    clinic.require(RoleAct.ADD_DEVICE)
    reason = line_of(reason)
    with clinic.work() as work:
        after, problems = _checked({**entry, "device": device})
        problems += [*_taken(work.session, after), *problems_of_reason(reason)]
        row = work.session.get(Device, device)
        if row is None:
            raise InvalidInput(NO_SUCH_DEVICE, problems)
        before = facts_of(row)
        if after.get("udi") != before.get("udi"):
            problems += _wrong_with_code(after, this_year=clinic.clock.now().year)
        if problems:
            raise InvalidInput(NOT_CHANGED, problems)
        names = changed_facts(before, after)
        if not names:
            raise InvalidInput(SAME)
        was = {name: before.get(name, ABSENT) for name in names}
        confirmation: Any = before.get("confirmation", ABSENT)
        if set(names) & set(LABEL_FACTS) and confirmation is not None:
            was["confirmation"] = confirmation
            confirmation = None
        row.model, row.maker, row.serial = after["model"], after["maker"], after["serial"]
        row.facts = _facts_bytes(after, confirmation)
        enter_device(work, row, "device.changed", was=was, reason=reason)
        work.commit()
        return device_row(row)


def confirm_device(clinic: OpenClinic, device: str, *, read: Mapping[str, str]) -> DeviceRow:
    """Say, with the label in hand, that the register has its numbers. `read` is what stands on the label.

    `read` holds serial, max_depth_mm, label_depth_mm and minimum_age as typed text, empty where the label
    says nothing. Raises InvalidInput where the register has something else or misses what the gate needs,
    or the device is confirmed already; nothing is changed then.
    """
    clinic.require(RoleAct.CONFIRM_DEVICE)
    with clinic.work() as work:
        row = work.session.get(Device, device)
        if row is None:
            raise InvalidInput(NO_SUCH_DEVICE)
        facts = facts_of(row)
        missing = unknown_facts(facts)
        if missing:
            said = [*(_MISSING[name] for name in missing), "Write it there from the label first."]
            raise InvalidInput(f"The device was not confirmed. {' '.join(said)}")
        if isinstance(facts.get("confirmation"), Mapping):
            raise InvalidInput("This device is confirmed already. Nothing was changed.")
        problems = [*read_back_problems(facts, row.serial, read)]
        if problems:
            raise InvalidInput(NOT_CONFIRMED, problems)
        at = instant_text(clinic.clock.now())
        who = {"by": clinic.person.staff_id, "name": clinic.person.name, "at": at}
        row.facts = _facts_bytes(facts, who)
        enter_device(work, row, "device.confirmed", was={"confirmation": facts.get("confirmation", ABSENT)})
        work.commit()
        return device_row(row)


def facts_of(row: Device) -> dict[str, Any]:
    """The facts of a device with its serial number, as they are typed and compared."""
    return {**json.loads(row.facts), "serial": row.serial}


def _checked(entry: Json) -> tuple[dict[str, Any], list[Problem]]:
    """The facts, and what is wrong with them; those that do not fit their form are left out then."""
    try:
        return check_document("device_entry", dict(entry)), []
    except InvalidInput as error:
        wrong = {problem.where for problem in error.problems}
        sound = {name: entry[name] for name in (*_COLUMNS, "udi") if name in entry and name not in wrong}
        return sound, list(error.problems)


def _wrong_with_code(facts: Json, *, this_year: int) -> list[Problem]:
    """A code that no label bears, or that is another handpiece's."""
    code = facts.get("udi")
    if not code:
        return []
    reading = read_scanned([code], this_year=this_year)
    if reading.item is None:
        return [Problem("udi", " ".join(reading.problems))]
    serial = reading.item.serial
    if serial and "serial" in facts and as_printed(serial) != as_printed(facts["serial"]):
        return [Problem("serial", "The code of the label names another serial number.")]
    return []


def _taken(session: Session, facts: Json) -> list[Problem]:
    """Two devices of one maker do not have one serial number."""
    if not {"serial", "maker"} <= facts.keys():
        return []
    printed = func.upper(func.trim(Device.serial))
    other = select(Device.device).where(
        printed == as_printed(facts["serial"]),
        func.upper(Device.maker) == facts["maker"].upper(),
        Device.device != facts.get("device", ""),
    )
    name = session.scalars(other).first()
    if name is None:
        return []
    return [Problem("serial", f"The device {name} of this maker has this serial number already.")]


def _facts_bytes(facts: Json, confirmation: object) -> bytes:
    kept = {name: value for name, value in facts.items() if name not in {"serial", "confirmation"}}
    return canonical_bytes(kept if confirmation is ABSENT else kept | {"confirmation": confirmation})
