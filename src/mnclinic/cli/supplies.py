"""`supply`: lots, and whether they may be used."""

from typing import Any

from mnclinic.cli.answer import Answer
from mnclinic.cli.request import Request
from mnclinic.domain.scanned_codes import ScannedItem, read_scanned
from mnclinic.domain.supplies import LotKind
from mnclinic.errors import InvalidInput, Problem
from mnclinic.services.add_lot import NOT_ADDED, NewLot, add_lot
from mnclinic.services.change_lot import quarantine_lot, recall_lot, release_lot
from mnclinic.services.find_scanned import find_scanned
from mnclinic.services.list_supplies import LotRow, list_supplies

_OF_LOT = {"quarantine": quarantine_lot, "recall": recall_lot, "release": release_lot}


def list_lots(request: Request) -> Answer:
    """Every lot, the soonest to expire first."""
    with request.clinic() as (clinic, _):
        lots = list_supplies(clinic).lots
    return Answer({"lots": [_lot(one) for one in lots], "error": None}, [_lot_line(one) for one in lots])


def add(request: Request) -> Answer:
    """Add a lot as typed; what is not typed comes from the code."""
    options = request.options
    with request.clinic() as (clinic, _):
        item = ScannedItem()
        if options.scan:
            reading = read_scanned(options.scan, this_year=clinic.clock.now().year)
            if reading.item is None:
                raise InvalidInput(NOT_ADDED, [Problem("scan", one) for one in reading.problems])
            item = reading.item
        made = NewLot(
            kind=options.of,
            lot=options.lot or item.lot,
            name=options.name,
            expires_on=options.expires or item.expires_on,
            needle_length_mm=options.needle_mm,
        )
        row = add_lot(clinic, made)
    return Answer({"lot": _lot(row), "error": None}, [_lot_line(row)])


def scan(request: Request) -> Answer:
    """What a code names. That it may not be used is an answer, not a failure."""
    options = request.options
    kinds = (LotKind(options.of),) if options.of else tuple(LotKind)
    with request.clinic() as (clinic, _):
        found = find_scanned(clinic, options.codes, kinds)
    lines = [_lot_line(found.lot)] if found.lot else []
    lines += [f"  {one}" for one in found.problems]
    answer = {
        "item": _item(found.item) if found.item else None,
        "lot": _lot(found.lot) if found.lot else None,
        "problems": list(found.problems),
        "error": None,
    }
    return Answer(answer, lines)


def change_lot(request: Request) -> Answer:
    """Quarantine, recall or release a lot."""
    options = request.options
    with request.clinic() as (clinic, _):
        row = _OF_LOT[options.kind](clinic, options.of, options.lot, reason=options.reason)
    return Answer({"lot": _lot(row), "error": None}, [_lot_line(row)])


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
    }


def _lot_line(row: LotRow) -> str:
    length = f", needle {row.needle_length_mm} mm" if row.needle_length_mm else ""
    state = "" if row.state == "in_use" else f"  {row.state.upper()}"
    state += "  EXPIRED" if row.is_expired else ""
    return f"{row.kind:<12} {row.lot}  {row.name}, expires {row.expires_on}{length}{state}"
