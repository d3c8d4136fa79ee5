"""Find the lot that a scanned or typed code names, and every reason why it may not be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mnclinic.domain.gate.facts import LotFacts
from mnclinic.domain.gate.supplies import STRUCK_ELSEWHERE, USED_BEFORE, lot_findings
from mnclinic.domain.scanned_codes import ScannedItem, read_scanned
from mnclinic.domain.supplies import LotKind
from mnclinic.models import Lot
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.corrected_supplies import CartridgeUses, uses_of
from mnclinic.services.list_supplies import LotRow, lot_row
from mnclinic.services.session import OpenClinic
from mnclinic.services.supply_rows import as_printed, lot_named

NO_LOT = "The code names no lot. Scan the one with lot and expiry too."
NOT_IN_REGISTER = "The lot {lot} is not in the register. Add it under Devices and supplies."


@dataclass(frozen=True)
class FoundSupply:
    """What the codes of one item say, and the registered lot; `problems` says why it may not be used.

    `item` is None where the codes could not be read, `lot` where the register has none.
    """

    item: ScannedItem | None
    lot: LotRow | None
    problems: tuple[str, ...] = ()


def find_scanned(
    clinic: OpenClinic,
    codes: Sequence[str],
    kinds: Sequence[LotKind] = tuple(LotKind),
    *,
    day: date | None = None,
    visit_id: str | None = None,
) -> FoundSupply:
    """Read the codes of one item and look its lot up.

    Args:
        clinic: The open clinic.
        codes: As the scanner typed them.
        kinds: Of what kinds the lot may be; the first that has it counts.
        day: On which it is to be used; today unless given.
        visit_id: The visit that it is for, which may hold the same cartridge already.
    """
    clinic.require(RoleAct.VIEW_SUPPLIES)
    today = clinic.clock.now().date()
    reading = read_scanned(codes, this_year=today.year)
    item = reading.item
    if item is None:
        return FoundSupply(None, None, reading.problems)
    if not item.lot:
        return FoundSupply(item, None, (NO_LOT,))
    with clinic.store.reading() as session:
        rows = (lot_named(session, kind, item.lot) for kind in kinds)
        row = next((one for one in rows if one is not None), None)
        problems: tuple[str, ...] = () if row is not None else (NOT_IN_REGISTER.format(lot=item.lot),)
        problems += _problems(row, item, day or today)
        may_be_cartridge = LotKind.CARTRIDGE in kinds if row is None else row.kind == LotKind.CARTRIDGE
        if may_be_cartridge and item.serial:
            key = (as_printed(item.lot), as_printed(item.serial))
            uses = uses_of(session, [key]).get(key, CartridgeUses())
            if uses.now - {visit_id}:
                problems = (*problems, USED_BEFORE)
            elif uses.struck - {visit_id}:
                problems = (*problems, STRUCK_ELSEWHERE)
        return FoundSupply(item, None if row is None else lot_row(row, today), problems)


def _problems(row: Lot | None, item: ScannedItem, day: date) -> tuple[str, ...]:
    kind, lot = (row.kind, row.lot) if row is not None else ("lot", item.lot)
    facts = LotFacts(row.lot, row.expires_on, None, row.state) if row is not None else None
    found = lot_findings(kind, f"The lot {lot}", kind, expires_on=item.expires_on, lot=facts, day=day)
    return tuple(one.message for one in found)
