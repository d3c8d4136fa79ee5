"""Add a lot of cartridges, topicals, anaesthetic or PRP kits to the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mnclinic.domain.person_details import line_of
from mnclinic.domain.scanned_codes import LONGEST_LOT
from mnclinic.domain.supplies import LotKind, LotState
from mnclinic.domain.typed_values import DEEPEST_MM, decimal_within
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import Lot
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.list_supplies import LotRow, lot_row
from mnclinic.services.session import OpenClinic
from mnclinic.services.supply_rows import enter_lot, lot_named

LONGEST_NAME = 100
SCAN = "scan"
NOT_ADDED = "The lot was not added. Correct what is marked and try again."
_needle_length = decimal_within(Decimal("0.10"), DEEPEST_MM, places=2, unit="mm")


@dataclass(frozen=True)
class NewLot:
    """A lot as it is printed on the box. `needle_length_mm` is typed text, and of cartridges alone."""

    kind: str
    lot: str
    name: str
    expires_on: date | None
    needle_length_mm: str = ""


def add_lot(clinic: OpenClinic, new: NewLot, *, of_code: Sequence[Problem] = ()) -> LotRow:
    """Enter a lot, in use from now on.

    `of_code` is what is wrong with a code that was scanned for it; what a code at `scan` would have said
    is then not asked for.

    Raises InvalidInput with every problem, each by its field; nothing is stored then. One that has expired
    or is there already, in whatever letters, is refused.
    """
    clinic.require(RoleAct.ADD_LOT)
    today = clinic.clock.now().date()
    lot, name = line_of(new.lot), line_of(new.name)
    length = _needle_length(new.needle_length_mm)
    problems = [*of_code, *_problems(new, lot, name, today)]
    if any(one.where == SCAN for one in of_code):
        unsaid = {"lot": not lot, "expires_on": new.expires_on is None}
        problems = [one for one in problems if not unsaid.get(one.where)]
    if length.problem:
        problems.append(Problem("needle_length_mm", length.problem))
    with clinic.work() as work:
        if lot and lot_named(work.session, new.kind, lot) is not None:
            problems.append(Problem("lot", "This lot is in the register already."))
        if problems or new.expires_on is None:
            raise InvalidInput(NOT_ADDED, problems)
        row = Lot(
            kind=new.kind,
            lot=lot,
            name=name,
            expires_on=new.expires_on,
            needle_length_mm=length.value or None,
            state=LotState.IN_USE.value,
        )
        work.session.add(row)
        enter_lot(work, row, "lot.added")
        work.commit()
        return lot_row(row, today)


def _problems(new: NewLot, lot: str, name: str, today: date) -> list[Problem]:
    problems = []
    if new.kind not in set(LotKind):
        problems.append(Problem("kind", "Choose what it is."))
    if not lot or len(lot) > LONGEST_LOT or ":" in lot:
        said = f"Write the lot as it is printed, at most {LONGEST_LOT} characters, without a colon."
        problems.append(Problem("lot", said))
    if not name or len(name) > LONGEST_NAME:
        problems.append(Problem("name", f"Write what it is called, at most {LONGEST_NAME} characters."))
    if new.expires_on is None:
        problems.append(Problem("expires_on", "Enter the day on which it expires."))
    elif new.expires_on < today:
        problems.append(Problem("expires_on", f"It expired on {new.expires_on.isoformat()}."))
    is_cartridge = new.kind == LotKind.CARTRIDGE
    if is_cartridge and not new.needle_length_mm.strip():
        problems.append(Problem("needle_length_mm", "Enter the needle length from the label."))
    if not is_cartridge and new.needle_length_mm.strip():
        problems.append(Problem("needle_length_mm", "Only a cartridge has a needle length."))
    return problems
