"""The rows of the register of devices and lots: how the log names them, and how they are found."""

import json
from collections.abc import Iterator, Mapping
from string import ascii_lowercase, ascii_uppercase

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.errors import Problem
from mnclinic.models import Device, LogEntry, Lot
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork

ABSENT = object()
"""Stands for a fact of a device that was not known."""
NO_SUCH_DEVICE = "There is no such device in the register. Nothing was changed. See: mnclinic device list"
NO_SUCH_LOT = "There is no such lot in the register. Nothing was changed. See: mnclinic supply list"
LONGEST_REASON = 300
_CAPITALS = str.maketrans(ascii_lowercase, ascii_uppercase)
REASON_MISSING = "Write the reason."
REASON_TOO_LONG = f"At most {LONGEST_REASON} characters."


def device_bytes(row: Device) -> bytes:
    """The canonical bytes of a device, as the log names it."""
    return canonical_bytes(
        {
            "format": "mnclinic.device/1",
            "device": row.device,
            "model": row.model,
            "maker": row.maker,
            "serial": row.serial,
            "facts": json.loads(row.facts),
            "is_quarantined": row.is_quarantined,
        }
    )


def lot_bytes(row: Lot) -> bytes:
    """The canonical bytes of a lot, as the log names it."""
    return canonical_bytes(
        {
            "format": "mnclinic.lot/1",
            "kind": row.kind,
            "lot": row.lot,
            "name": row.name,
            "expires_on": row.expires_on.isoformat(),
            "needle_length_mm": row.needle_length_mm,
            "state": row.state,
        }
    )


def as_printed(text: str) -> str:
    """A lot or serial as it stands on the box, as the store's `upper(trim())` makes it.

    That knows the letters A to Z alone: an accented one stays as it was typed, here as there.
    """
    return text.strip().translate(_CAPITALS)


def printed_ways(text: str) -> frozenset[str]:
    """Every way in which what is meant by `text` may be printed, for whoever must miss nobody: é may be É."""
    return frozenset(as_printed(one) for one in (text, text.upper(), text.lower()))


def lot_named(session: Session, kind: str, lot: str) -> Lot | None:
    """A registered lot. One typed in small letters is the same box."""
    printed = func.upper(func.trim(Lot.lot))
    return session.scalar(select(Lot).where(Lot.kind == kind, printed.in_(printed_ways(lot))))


def problems_of_reason(reason: str) -> Iterator[Problem]:
    """What speaks against a reason as it would be kept."""
    if not reason:
        yield Problem("reason", REASON_MISSING)
    elif len(reason) > LONGEST_REASON:
        yield Problem("reason", REASON_TOO_LONG)


def enter_lot(
    work: UnitOfWork, row: Lot, action: str, *, before: str | None = None, reason: str = ""
) -> None:
    """Enter what a lot is from now on. `before` is the state that an act changed."""
    said = {"before": before, "after": row.state, "reason": reason} if before is not None else {}
    _enter(work, action, ("lot", f"{row.kind}:{row.lot}", lot_bytes(row)), said)


def enter_device(
    work: UnitOfWork,
    row: Device,
    action: str,
    *,
    before: bool | None = None,
    was: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Enter what a device is from now on.

    `before` is whether it was quarantined when an act changed that; `was` holds the facts that an act changed
    as they stood, `ABSENT` where one was not known.
    """
    said: dict[str, object] = {}
    if before is not None:
        said = {"before": before, "after": row.is_quarantined, "reason": reason}
    elif was is not None:
        known = {name: value for name, value in was.items() if value is not ABSENT}
        said = {"was": known, "was_unknown": sorted(was.keys() - known.keys()), "reason": reason}
    _enter(work, action, ("device", row.device, device_bytes(row)), said)


def _enter(work: UnitOfWork, action: str, thing: tuple[str, str, bytes], said: Mapping[str, object]) -> None:
    kind, object_id, content = thing
    earlier = work.session.scalar(
        select(func.count())
        .select_from(LogEntry)
        .where(LogEntry.object_id == object_id, LogEntry.object_kind == kind)
    )
    work.log.record(
        Act(
            action,
            "U" if earlier else "C",
            object=LoggedObject(kind, object_id, 1 + (earlier or 0), content),
            categories=("supplies",),
            detail=said,
        )
    )
