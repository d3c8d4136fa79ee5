"""What Today tells of devices, lots and sheets of paper: what is due, runs out, ends or is still out."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.plain_days import plain_day
from mnclinic.domain.supplies import LotState
from mnclinic.models import Device, Lot
from mnclinic.services.enter_service import newest_care
from mnclinic.services.list_supplies import device_row, few_left, lot_row, low_marks
from mnclinic.services.paper_rows import sheets_out
from mnclinic.services.stock import stocks
from mnclinic.services.supply_rows import as_printed

TOLD_DAYS = 30
Told = tuple[str, str]
"""A notice's code and its sentence."""


def supplies_to_tell(session: Session, today: date) -> Iterator[Told]:
    """Everything about devices, supplies and sheets that somebody ought to do something about."""
    yield from _of_devices(session, today)
    yield from _of_lots(session, today)
    out = sheets_out(session)
    if out:
        said = f"Paper sheets that are still out: {out}. Enter each as a late entry and bring its scan back."
        yield "paper_sheets_out", said


def _of_devices(session: Session, today: date) -> Iterator[Told]:
    devices = session.scalars(select(Device)).all()
    cared = newest_care(session, [one.device for one in devices])
    for device in devices:
        shown = device_row(device, cared.get(device.device, {}), today)
        if not shown.is_confirmed:
            said = f"Device {device.device}: nobody has held its numbers against its label yet."
            yield "device_not_confirmed", said
        for care in shown.overdue:
            yield "device_care_overdue", f"Device {device.device}: {care.sentence()}"


def _of_lots(session: Session, today: date) -> Iterator[Told]:
    lots, held = session.scalars(select(Lot)).all(), stocks(session)
    rows = [lot_row(one, today, held.get((one.kind, as_printed(one.lot)))) for one in lots]
    for (_, name), left in sorted(few_left(rows, low_marks(session)).items()):
        yield "supply_low", f"Few are left of {name}: {left}."
    for one in rows:
        is_gone = one.stock is not None and not one.stock.on_hand
        if one.state != LotState.IN_USE or is_gone or one.is_expired:
            continue
        if one.expires_on <= today + timedelta(days=TOLD_DAYS):
            yield (
                "lot_expiring",
                f"Lot {one.lot} of {one.name} can be used until {plain_day(one.expires_on)}.",
            )
