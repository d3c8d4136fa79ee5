"""What a visit used after the corrections that were signed, and what stood there until then.

The rows of `visit_supply` are what was signed and never change. A correction of a lot or serial is a row
of its own, so whoever asks who used a thing asks both: the value in force, and the one that was struck.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from mnclinic.domain.amendment import AmendmentKind
from mnclinic.models import Visit, VisitAmendment, VisitSupply
from mnclinic.services.supply_rows import as_printed

LOT = "cartridge.lot"
SERIAL = "cartridge.serial"
CARTRIDGE = "cartridge"
KIT_LOT = "prp.kit_lot"
PRP_KIT = "prp_kit"

Key = tuple[str, str]
"""Lot and serial of a cartridge as printed."""


@dataclass(frozen=True)
class CartridgeUses:
    """The visits that hold a cartridge as they stand, and those in which it stood until it was corrected."""

    now: frozenset[str] = frozenset()
    struck: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CorrectedCartridge:
    """A visit's cartridge as it was signed and as it is after the corrections, as printed."""

    signed: Key
    now: Key
    state: str
    performed_at: datetime | None


def corrected_cartridges(session: Session) -> dict[str, CorrectedCartridge]:
    """By visit, each cartridge whose lot or serial was corrected in the newest signed revision."""
    made: defaultdict[str, list[tuple[int, str, str]]] = defaultdict(list)
    of_visits: dict[str, tuple[str, datetime | None]] = {}
    corrections = _corrections().add_columns(
        VisitAmendment.position,
        VisitAmendment.path,
        VisitAmendment.new_value,
        Visit.state,
        Visit.performed_at,
    )
    for visit_id, position, path, value, state, performed_at in session.execute(corrections):
        made[visit_id].append((position, path, as_printed(json.loads(value)) if value else ""))
        of_visits[visit_id] = (state, performed_at)
    if not made:
        return {}
    lot, serial = func.upper(func.trim(VisitSupply.lot)), func.upper(func.trim(VisitSupply.serial))
    signed = session.execute(
        select(VisitSupply.visit_id, lot, serial)
        .join(Visit, and_(Visit.id == VisitSupply.visit_id, Visit.revision == VisitSupply.revision))
        .where(VisitSupply.kind == CARTRIDGE, VisitSupply.visit_id.in_(_corrections().scalar_subquery()))
    )
    found = {}
    for visit_id, signed_lot, signed_serial in signed:
        now = {LOT: signed_lot, SERIAL: signed_serial}
        now |= {path: value for _, path, value in sorted(made[visit_id])}
        found[visit_id] = CorrectedCartridge(
            (signed_lot, signed_serial), (now[LOT], now[SERIAL]), *of_visits[visit_id]
        )
    return found


def _corrections(paths: Sequence[str] = (LOT, SERIAL)) -> Select[str]:
    # Asked by its kind: an index holds the corrections apart, and they are few beside the visits.
    return (
        select(VisitAmendment.visit_id)
        .join(Visit, and_(Visit.id == VisitAmendment.visit_id, Visit.revision == VisitAmendment.revision))
        .where(VisitAmendment.kind == AmendmentKind.CORRECTION.value, VisitAmendment.path.in_(paths))
    )


@dataclass(frozen=True)
class CorrectedLot:
    """A visit's lot of one kind as it was signed and as it is after the corrections, as printed.

    Empty where none was signed, or none is left.
    """

    kind: str
    signed: str
    now: str
    state: str
    performed_at: datetime | None


def corrected_lots(session: Session) -> list[CorrectedLot]:
    """Every cartridge's and every PRP kit's lot that a correction changed in the newest signed revision."""
    cartridges = [
        CorrectedLot(CARTRIDGE, one.signed[0], one.now[0], one.state, one.performed_at)
        for one in corrected_cartridges(session).values()
    ]
    return [one for one in (*cartridges, *_corrected_kits(session)) if one.signed != one.now]


def _corrected_kits(session: Session) -> Iterator[CorrectedLot]:
    corrections = _corrections((KIT_LOT,)).add_columns(
        VisitAmendment.position, VisitAmendment.new_value, Visit.state, Visit.performed_at
    )
    made: dict[str, tuple[str, str, datetime | None]] = {}
    for visit_id, _, value, state, performed_at in sorted(
        session.execute(corrections), key=lambda one: (one[0], one[1])
    ):
        made[visit_id] = (as_printed(json.loads(value)) if value else "", state, performed_at)
    if not made:
        return
    signed = session.execute(
        select(VisitSupply.visit_id, func.upper(func.trim(VisitSupply.lot)))
        .join(Visit, and_(Visit.id == VisitSupply.visit_id, Visit.revision == VisitSupply.revision))
        .where(
            VisitSupply.kind == PRP_KIT,
            VisitSupply.visit_id.in_(_corrections((KIT_LOT,)).scalar_subquery()),
        )
    )
    before = {visit_id: lot for visit_id, lot in signed}
    for visit_id, now in made.items():
        yield CorrectedLot(PRP_KIT, before.get(visit_id, ""), *now)


def uses_of(session: Session, wanted: Iterable[tuple[str, str]]) -> Mapping[Key, CartridgeUses]:
    """Which visits hold each of these cartridges, by lot and serial; one that nobody used is left out.

    A value that a later revision or a correction replaced counts as struck.
    """
    keys = {(as_printed(lot), as_printed(serial)) for lot, serial in wanted if serial}
    if not keys:
        return {}
    lot, serial = func.upper(func.trim(VisitSupply.lot)), func.upper(func.trim(VisitSupply.serial))
    rows = session.execute(
        select(lot, serial, VisitSupply.visit_id, VisitSupply.revision == Visit.revision)
        .join(Visit, Visit.id == VisitSupply.visit_id)
        .where(
            VisitSupply.kind == CARTRIDGE,
            lot.in_({one for one, _ in keys}),
            serial.in_({one for _, one in keys}),
        )
    ).all()
    corrected = corrected_cartridges(session)
    return _sorted_out(keys, [(tuple(row[:2]), row[2], bool(row[3])) for row in rows], corrected)


def _sorted_out(
    keys: Iterable[Key],
    rows: Sequence[tuple[tuple[str, ...], str, bool]],
    corrected: Mapping[str, CorrectedCartridge],
) -> dict[Key, CartridgeUses]:
    now: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    struck: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for key, visit_id, is_newest in rows:
        as_signed = is_newest and visit_id not in corrected
        (now if as_signed else struck)[key].add(visit_id)
    for visit_id, one in corrected.items():
        now[one.now].add(visit_id)
    return {
        key: CartridgeUses(frozenset(now[key]), frozenset(struck[key] - now[key]))
        for key in keys
        if now[key] or struck[key]
    }
