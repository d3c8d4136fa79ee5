"""`device`: the register of handpieces, from the label to whether anybody may treat with one."""

from pathlib import Path
from typing import Any

from mnclinic.cli.answer import Answer
from mnclinic.cli.request import Request
from mnclinic.domain.devices import FACT_WORDS, READ_BACK, indications_text, unknown_facts
from mnclinic.errors import InvalidInput, Problem
from mnclinic.services.change_device import quarantine_device, release_device
from mnclinic.services.device_register import (
    NOT_ADDED,
    add_device,
    change_device_facts,
    confirm_device,
    device_drafts,
    shipped_devices,
)
from mnclinic.services.enter_service import NewService, ServiceRow, enter_service, services_of
from mnclinic.services.list_supplies import DeviceRow, list_supplies
from mnclinic.services.read_documents import read_json_file
from mnclinic.services.session import OpenClinic
from mnclinic.services.supply_rows import NO_SUCH_DEVICE

_DEEDS = {"quarantine": quarantine_device, "release": release_device}
_IN_THE_LINE = ("device", "model", "maker", "serial")


def list_devices(request: Request) -> Answer:
    """Every device."""
    with request.clinic() as (clinic, _):
        devices = list_supplies(clinic).devices
    return Answer(
        {"devices": [device_json(one) for one in devices], "error": None},
        [device_line(one) for one in devices],
    )


def drafts(request: Request) -> Answer:
    """The cleared devices that are drafted."""
    with request.clinic() as (clinic, _):
        found = device_drafts(clinic)
    lines = [f"{one.name:<22} {one.title}  {one.facts['clearance']}" for one in found]
    made = [
        {
            "name": one.name,
            "title": one.title,
            "clearance": one.facts["clearance"],
            "unknown": list(unknown_facts(one.facts)),
        }
        for one in found
    ]
    return Answer({"drafts": made, "error": None}, lines)


def show(request: Request) -> Answer:
    """One device, every fact in a line of its own."""
    with request.clinic() as (clinic, _):
        device = _found(clinic, request.options.device)
        done = services_of(clinic, device.device)
    lines = [device_line(device), *(f"  {one}" for one in _fact_lines(device))]
    lines += [_service_line(one) for one in done]
    answer = {
        "device": device_json(device),
        "services": [_service_json(one) for one in done],
        "error": None,
    }
    return Answer(answer, lines)


def add(request: Request) -> Answer:
    """Add a device from a file or a shipped draft, with what only its own label says."""
    options = request.options
    entry = _entry(options.file, options.draft)
    for name in ("device", "model", "maker", "serial", "udi"):
        if value := getattr(options, name):
            entry[name] = value
    with request.clinic() as (clinic, _):
        made = add_device(clinic, entry)
        device = _found(clinic, made.device)
    told = "Nobody may treat with it yet. Confirm it with its label in hand: mnclinic device confirm"
    return Answer({"device": device_json(device), "error": None}, [device_line(device), f"  {told}"])


def change(request: Request) -> Answer:
    """Correct what the register says, by a file that holds all of it."""
    options = request.options
    entry = _entry(options.file, None)
    with request.clinic() as (clinic, _):
        change_device_facts(clinic, options.device, entry, reason=options.reason)
        device = _found(clinic, options.device)
    return Answer({"device": device_json(device), "error": None}, [device_line(device)])


def confirm(request: Request) -> Answer:
    """Say with the label in hand that the register has its numbers."""
    options = request.options
    read = {name: getattr(options, name) for name in READ_BACK}
    with request.clinic() as (clinic, _):
        confirm_device(clinic, options.device, read=read)
        device = _found(clinic, options.device)
    return Answer({"device": device_json(device), "error": None}, [device_line(device)])


def change_state(request: Request) -> Answer:
    """Quarantine or release a device."""
    options = request.options
    with request.clinic() as (clinic, _):
        _DEEDS[options.kind](clinic, options.device, reason=options.reason)
        device = _found(clinic, options.device)
    return Answer({"device": device_json(device), "error": None}, [device_line(device)])


def service(request: Request) -> Answer:
    """Enter what was done to a device."""
    options = request.options
    with request.clinic() as (clinic, _):
        new = NewService(
            options.what,
            options.on or clinic.clock.now().date(),
            options.by,
            not options.failed,
            options.note,
        )
        entry = enter_service(clinic, options.device, new)
        device = _found(clinic, options.device)
    answer = {"entry": _service_json(entry), "device": device_json(device), "error": None}
    return Answer(answer, [_service_line(entry), device_line(device)])


def _service_json(row: ServiceRow) -> dict[str, Any]:
    return {
        "id": row.entry_id,
        "kind": row.kind.value,
        "done_on": row.done_on.isoformat(),
        "done_by": row.done_by,
        "is_passed": row.is_passed,
        "note": row.note,
        "recorded_by": row.recorded_by,
        "recorded_at": row.recorded_at.isoformat(),
    }


def _service_line(row: ServiceRow) -> str:
    result = "" if row.is_passed else "  FAILED"
    note = f"  {row.note}" if row.note else ""
    return f"  {row.done_on}  {row.kind.value} by {row.done_by}{result}{note}"


def _entry(file: Path | None, draft: str | None) -> dict[str, Any]:
    if draft is not None and file is not None:
        raise InvalidInput(NOT_ADDED, [Problem("draft", "Name a file or a draft, not both.")])
    if draft is not None:
        found = {one.name: one for one in shipped_devices()}
        if draft not in found:
            said = f"There is no such draft. There are: {', '.join(found)}."
            raise InvalidInput(NOT_ADDED, [Problem("draft", said)])
        return dict(found[draft].facts)
    if file is None:
        raise InvalidInput(NOT_ADDED, [Problem("file", "Name a file or a draft.")])
    read = read_json_file(file)
    if not isinstance(read, dict):
        raise InvalidInput(NOT_ADDED, [Problem("document", "Write a group of fields here.")])
    return dict(read)


def _found(clinic: OpenClinic, name: str) -> DeviceRow:
    for one in list_supplies(clinic).devices:
        if one.device == name:
            return one
    raise InvalidInput(NO_SUCH_DEVICE)


def device_json(row: DeviceRow) -> dict[str, Any]:
    """A device as commands answer it."""
    confirmation = row.facts.get("confirmation") or {}
    return {
        "device": row.device,
        "model": row.model,
        "maker": row.maker,
        "serial": row.serial,
        "is_quarantined": row.is_quarantined,
        "is_confirmed": row.is_confirmed,
        "confirmed_by": confirmation.get("name"),
        "confirmed_at": confirmation.get("at"),
        "unknown": list(unknown_facts(row.facts)),
        "due": [
            {
                "kind": one.kind.value,
                "every_days": one.every_days,
                "done_on": one.done_on.isoformat() if one.done_on else None,
                "due_on": one.due_on.isoformat() if one.due_on else None,
                "is_overdue": one in row.overdue,
            }
            for one in row.care
        ],
        "facts": {
            **{name: one for name, one in row.facts.items() if name != "confirmation"},
            "serial": row.serial,
        },
    }


def device_line(row: DeviceRow) -> str:
    """A device in one line."""
    state = "" if row.is_confirmed else "  NOT CONFIRMED"
    state += "  QUARANTINED" if row.is_quarantined else ""
    return f"{row.device}  {row.model}, {row.maker}, serial {row.serial}{state}"


def _fact_lines(row: DeviceRow) -> list[str]:
    lines = []
    for name, words in FACT_WORDS.items():
        if name in _IN_THE_LINE:
            continue
        value = row.facts.get(name)
        if name == "indications" and value:
            value = indications_text(value)
        elif isinstance(value, list):
            value = ", ".join(value)
        unit = " mm" if value and name.endswith("_mm") else ""
        lines.append(f"{words}: {'not known' if value is None else value}{unit}")
    lines += [one.sentence() for one in row.overdue]
    confirmation = row.facts.get("confirmation")
    if confirmation:
        lines.append(f"held against its label by {confirmation['name']}, {confirmation['at']}")
    elif row.is_confirmed:
        lines.append("entered at the set-up")
    return lines
