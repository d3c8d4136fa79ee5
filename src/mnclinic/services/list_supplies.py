"""Devices and lots as the register holds them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from mnclinic.domain.gate import is_confirmed
from mnclinic.models import Device, Lot
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.session import OpenClinic


@dataclass(frozen=True)
class DeviceRow:
    """A handpiece; `facts` is what its label states."""

    device: str
    model: str
    maker: str
    serial: str
    is_quarantined: bool
    facts: Mapping[str, Any]

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
    return Supplies(
        tuple(device_row(one) for one in devices),
        tuple(lot_row(one, today) for one in lots),
    )


def device_row(row: Device) -> DeviceRow:
    """A device as lists show it."""
    return DeviceRow(row.device, row.model, row.maker, row.serial, row.is_quarantined, json.loads(row.facts))


def lot_row(row: Lot, today: date) -> LotRow:
    """A lot as lists show it."""
    return LotRow(
        row.kind,
        row.lot,
        row.name,
        row.expires_on,
        row.needle_length_mm,
        row.state,
        row.expires_on < today,
    )
