"""`supply`: lots, and whether they may be used."""

from collections.abc import Callable, Mapping
from typing import Any

from mnclinic.cli.answer import Answer, counted
from mnclinic.cli.request import Request
from mnclinic.domain.scanned_codes import ScannedItem, read_scanned
from mnclinic.domain.supplies import LotKind
from mnclinic.errors import InvalidInput, Problem
from mnclinic.services.add_lot import SCAN, NewLot, add_lot
from mnclinic.services.change_lot import quarantine_lot, recall_lot, release_lot
from mnclinic.services.find_scanned import find_scanned
from mnclinic.services.list_supplies import LotRow, list_supplies
from mnclinic.services.look_back import look_back
from mnclinic.services.session import OpenClinic
from mnclinic.services.settings import change_setting, setting
from mnclinic.services.stock import count_lot, discard_lot, receive_lot
from mnclinic.services.supply_rows import NO_SUCH_LOT, as_printed
from mnclinic.services.touched_patient import what_touched
from mnclinic.services.touched_people import TouchedPerson, Use

_MOVES: Mapping[str, Callable[..., object]] = {
    "receive": receive_lot,
    "discard": discard_lot,
    "count": count_lot,
}
OTHER_LOT = "The code names another lot. Leave this out, or scan the code of this box."
OTHER_DAY = "The code names another last day. Leave this out, or scan the code of this box."
NOT_READ = (
    "The code was not read. Nothing was changed. Scan the label again, or type what stands under its code."
)
_OF_LOT = {"quarantine": quarantine_lot, "recall": recall_lot, "release": release_lot}


def list_lots(request: Request) -> Answer:
    """Every lot, the soonest to expire first."""
    with request.clinic() as (clinic, _):
        lots = list_supplies(clinic).lots
    return Answer({"lots": [_lot(one) for one in lots], "error": None}, [_lot_line(one) for one in lots])


def recall(request: Request) -> Answer:
    """Everybody whom a lot, a device, a performer or days touched. Nobody is an answer too."""
    named = request.options.named
    with request.clinic() as (clinic, _):
        people = look_back(clinic, named)
    lines = [f"{counted(len(people), 'person', 'people')} touched by {named}"]
    for one in people:
        lines.append(f"{one.patient}  {one.record_number}  {one.phone or one.email or 'no phone on file'}")
        lines += [f"  {_use_line(use)}" for use in one.uses]
        lines += [
            f"  then {event.noted_on.isoformat()}  grade {event.grade}  {event.event}" for event in one.events
        ]
    answer = {"asked": named, "people": [_touched(one) for one in people], "error": None}
    return Answer(answer, lines)


def touched(request: Request) -> Answer:
    """Everything that ever touched one patient."""
    with request.clinic() as (clinic, _):
        found = what_touched(clinic, request.options.patient)
    lines = [f"{found.patient}  {found.record_number}"]
    lines += [f"  {_use_line(one)}  by {one.performer}" for one in found.uses] or ["  No signed visit."]
    answer = {
        "patient": found.patient,
        "record_number": found.record_number,
        "visits": [_use(one) for one in found.uses],
        "error": None,
    }
    return Answer(answer, lines)


def _use_line(one: Use) -> str:
    marks = [" STRUCK: it stood there until it was corrected"] if one.is_struck else []
    marks += [" FILED TO THE WRONG PATIENT, and nobody said whose"] if one.is_misfiled else []
    marks += [" VOIDED"] if one.is_voided else []
    serial = f" serial {one.serial}" if one.serial else ""
    areas = f"  {', '.join(one.areas)}" if one.areas else ""
    named = f"{one.kind} {one.lot}".rstrip()
    return f"{one.number}  {one.visit_on.isoformat()}  {named}{serial}{areas}{''.join(marks)}"


def _touched(one: TouchedPerson) -> dict[str, Any]:
    return {
        "patient": one.patient,
        "record_number": one.record_number,
        "phone": one.phone,
        "email": one.email,
        "address": one.address,
        "is_only_struck": one.is_only_struck,
        "visits": [_use(use) for use in one.uses],
        "later_events": [
            {
                "id": event.event_id,
                "number": event.number,
                "event": event.event,
                "grade": event.grade,
                "noted_on": event.noted_on.isoformat(),
            }
            for event in one.events
        ],
    }


def _use(use: Use) -> dict[str, Any]:
    return {
        "number": use.number,
        "visit_on": use.visit_on.isoformat(),
        "kind": use.kind,
        "lot": use.lot,
        "serial": use.serial,
        "performer": use.performer,
        "areas": list(use.areas),
        "is_struck": use.is_struck,
        "is_misfiled": use.is_misfiled,
        "is_voided": use.is_voided,
    }


def add(request: Request) -> Answer:
    """Add a lot as typed; what is not typed comes from the code."""
    options = request.options
    with request.clinic() as (clinic, _):
        item, problems = ScannedItem(), []
        if options.scan:
            reading = read_scanned(options.scan, this_year=clinic.clock.now().year)
            item = reading.item or item
            problems = [Problem(SCAN, one) for one in reading.problems]
        if options.lot and item.lot and as_printed(options.lot) != as_printed(item.lot):
            problems.append(Problem("lot", OTHER_LOT))
        if options.expires and item.expires_on and options.expires != item.expires_on:
            problems.append(Problem("expires_on", OTHER_DAY))
        made = NewLot(
            kind=options.of,
            lot=options.lot or item.lot,
            name=options.name,
            expires_on=options.expires or item.expires_on,
            needle_length_mm=options.needle_mm,
        )
        added = add_lot(clinic, made, of_code=problems)
        row = _found(clinic, added.kind, added.lot)
    return Answer({"lot": _lot(row), "error": None}, [_lot_line(row)])


def scan(request: Request) -> Answer:
    """What a code names. That it may not be used is an answer, not a failure; one that cannot be read is."""
    options = request.options
    kinds = (LotKind(options.of),) if options.of else tuple(LotKind)
    with request.clinic() as (clinic, _):
        found = find_scanned(clinic, options.codes, kinds)
        # With how many there are, as every list has it.
        lot = _found(clinic, found.lot.kind, found.lot.lot) if found.lot else None
    if found.item is None:
        raise InvalidInput(NOT_READ, [Problem("codes", one) for one in found.problems])
    lines = [_lot_line(lot)] if lot else []
    lines += [f"  {one}" for one in found.problems]
    answer = {
        "item": _item(found.item),
        "lot": _lot(lot) if lot else None,
        "problems": list(found.problems),
        "error": None,
    }
    return Answer(answer, lines)


def change_lot(request: Request) -> Answer:
    """Quarantine, recall or release a lot."""
    options = request.options
    with request.clinic() as (clinic, _):
        _OF_LOT[options.kind](clinic, options.of, options.lot, reason=options.reason)
        row = _found(clinic, options.of, options.lot)
    return Answer({"lot": _lot(row), "error": None}, [_lot_line(row)])


def move(request: Request) -> Answer:
    """Enter how many came in, were thrown away or lie there."""
    options = request.options
    with request.clinic() as (clinic, _):
        _MOVES[options.kind](
            clinic, options.of, options.lot, quantity=options.quantity, reason=options.reason
        )
        row = _found(clinic, options.of, options.lot)
    return Answer({"lot": _lot(row), "error": None}, [_lot_line(row)])


def low(request: Request) -> Answer:
    """Say below how many a stock is low, or set it for a kind."""
    options = request.options
    with request.clinic() as (clinic, _):
        marks = dict(setting(clinic, "low_stock"))
        if options.of:
            if options.least is None:
                raise InvalidInput("Nothing was changed. Write how many there are to be at least.")
            marks[options.of] = options.least
            change_setting(clinic, "low_stock", marks)
    shown = [{"kind": kind, "at_least": least} for kind, least in sorted(marks.items())]
    return Answer({"marks": shown, "error": None}, [f"{one['kind']:<12} {one['at_least']}" for one in shown])


def _found(clinic: OpenClinic, kind: str, lot: str) -> LotRow:
    for one in list_supplies(clinic).lots:
        if (one.kind, as_printed(one.lot)) == (kind, as_printed(lot)):
            return one
    raise InvalidInput(NO_SUCH_LOT)


def _item(item: ScannedItem) -> dict[str, Any]:
    return {
        "gtin": item.gtin or None,
        "upn": item.upn or None,
        "lot": item.lot or None,
        "serial": item.serial or None,
        "expires_on": item.expires_on.isoformat() if item.expires_on else None,
        "made_on": item.made_on.isoformat() if item.made_on else None,
        "quantity": item.quantity,
    }


def _lot(row: LotRow) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "lot": row.lot,
        "name": row.name,
        "expires_on": row.expires_on.isoformat(),
        "needle_length_mm": row.needle_length_mm,
        "state": row.state,
        "is_expired": row.is_expired,
        "stock": {
            "received": row.stock.received,
            "used": row.stock.used,
            "discarded": row.stock.discarded,
            "on_hand": row.stock.on_hand,
            "is_low": row.is_low,
        }
        if row.stock is not None
        else None,
    }


def _lot_line(row: LotRow) -> str:
    length = f", needle {row.needle_length_mm} mm" if row.needle_length_mm else ""
    state = "" if row.state == "in_use" else f"  {row.state.upper()}"
    state += "  EXPIRED" if row.is_expired else ""
    left = "" if row.stock is None else f", {row.stock.on_hand} left{' (LOW)' if row.is_low else ''}"
    return f"{row.kind:<12} {row.lot}  {row.name}, expires {row.expires_on}{length}{left}{state}"
