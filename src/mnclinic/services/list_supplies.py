"""Devices and lots as the register holds them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.device_care import Care, care_of
from mnclinic.domain.gate import is_confirmed
from mnclinic.domain.supplies import LotState
from mnclinic.models import Device, Lot
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.enter_service import newest_care
from mnclinic.services.session import OpenClinic
from mnclinic.services.settings import setting_in
from mnclinic.services.stock import Stock, stocks
from mnclinic.services.supply_rows import as_printed


@dataclass(frozen=True)
class DeviceRow:
    """A handpiece; `facts` is what its label states."""

    device: str
    model: str
    maker: str
    serial: str
    is_quarantined: bool
    facts: Mapping[str, Any]
    care: tuple[Care, ...] = ()
    """What is done to it at intervals."""
    overdue: tuple[Care, ...] = ()

    @property
    def is_confirmed(self) -> bool:
        """Whether its numbers were held against its label, or came with it at the set-up."""
        return is_confirmed(self.facts)


@dataclass(frozen=True)
class LotRow:
    """A lot; `is_expired` as of today."""

    kind: str
    lot: str
    name: str
    expires_on: date
    needle_length_mm: str | None
    state: str
    is_expired: bool
    stock: Stock | None = None
    """None where nothing was ever entered about how many there are."""
    is_low: bool = False
    """Whether fewer of its kind and name are left than the clinic's mark."""


@dataclass(frozen=True)
class Supplies:
    """The whole register."""

    devices: tuple[DeviceRow, ...]
    lots: tuple[LotRow, ...]


def list_supplies(clinic: OpenClinic) -> Supplies:
    """Every device and every lot, the soonest to expire first."""
    clinic.require(RoleAct.VIEW_SUPPLIES)
    today = clinic.clock.now().date()
    with clinic.store.reading() as session:
        devices = session.scalars(select(Device).order_by(Device.device)).all()
        lots = session.scalars(select(Lot).order_by(Lot.expires_on, Lot.lot)).all()
        cared = newest_care(session, [one.device for one in devices])
        held = stocks(session)
        marks = low_marks(session)
    shown = [device_row(one, cared.get(one.device, {}), today) for one in devices]
    rows = [lot_row(one, today, held.get((one.kind, as_printed(one.lot)))) for one in lots]
    few = few_left(rows, marks)
    return Supplies(tuple(shown), tuple(replace(one, is_low=(one.kind, one.name) in few) for one in rows))


def low_marks(session: Session) -> Mapping[str, int]:
    """By kind, how many the clinic wants to have at least."""
    marks: Mapping[str, int] = setting_in(session, "low_stock")
    return marks


def few_left(rows: Iterable[LotRow], marks: Mapping[str, int]) -> Mapping[tuple[str, str], int]:
    """By kind and name, how many may still be used where those are fewer than the mark.

    What nobody ever counted is not among them.
    """
    left: dict[tuple[str, str], int] = {}
    for one in rows:
        if one.stock is not None:
            usable = one.stock.on_hand if one.state == LotState.IN_USE and not one.is_expired else 0
            left[one.kind, one.name] = left.get((one.kind, one.name), 0) + usable
    return {key: count for key, count in left.items() if count < marks.get(key[0], 0)}


def device_row(row: Device, newest: Mapping[str, date] | None = None, today: date | None = None) -> DeviceRow:
    """A device as lists show it. `newest` has by kind when something was last done to it."""
    facts = json.loads(row.facts)
    care = care_of(facts, newest or {})
    late = tuple(one for one in care if today is not None and one.is_overdue(today))
    return DeviceRow(row.device, row.model, row.maker, row.serial, row.is_quarantined, facts, care, late)


def lot_row(row: Lot, today: date, stock: Stock | None = None) -> LotRow:
    """A lot as lists show it."""
    return LotRow(
        row.kind,
        row.lot,
        row.name,
        row.expires_on,
        row.needle_length_mm,
        row.state,
        row.expires_on < today,
        stock,
    )
