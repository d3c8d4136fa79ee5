"""How many of a lot there are: received, discarded, counted, and used by signed visits."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.person_details import line_of
from mnclinic.domain.supplies import LotKind
from mnclinic.domain.visit_life import FROZEN
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import LotMovement, Visit, VisitSupply, instant_text
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.corrected_supplies import corrected_lots
from mnclinic.services.session import OpenClinic
from mnclinic.services.supply_rows import NO_SUCH_LOT, as_printed, lot_named, problems_of_reason
from mnclinic.store.log_writer import Act, LoggedObject

MOST_AT_ONCE = 100_000
NOT_MOVED = "The count was not changed. Correct what is marked and try again."
USED_ONE_A_VISIT = (LotKind.CARTRIDGE.value, LotKind.PRP_KIT.value)
"""What is opened for one person alone. A tube is used up over many visits, which nobody counts."""
RECEIVED, DISCARDED, COUNTED = "received", "discarded", "counted"


@dataclass(frozen=True)
class Stock:
    """What is left of a lot since its last count: counted or received, less what was used and discarded."""

    received: int
    used: int
    discarded: int

    @property
    def on_hand(self) -> int:
        """Never below nothing: what was used and never received was there all the same."""
        return max(0, self.received - self.used - self.discarded)


def receive_lot(clinic: OpenClinic, kind: str, lot: str, *, quantity: int, reason: str = "") -> Stock:
    """So many came in. Raises InvalidInput where there is no such lot, or the number is none."""
    clinic.require(RoleAct.KEEP_SUPPLIES)
    return _move(clinic, RECEIVED, (kind, lot), quantity, line_of(reason))


def discard_lot(clinic: OpenClinic, kind: str, lot: str, *, quantity: int, reason: str) -> Stock:
    """So many were thrown away, with the reason. Raises as `receive_lot`, and where more than there are."""
    clinic.require(RoleAct.KEEP_SUPPLIES)
    return _move(clinic, DISCARDED, (kind, lot), quantity, line_of(reason))


def count_lot(clinic: OpenClinic, kind: str, lot: str, *, quantity: int, reason: str = "") -> Stock:
    """So many lie there, whatever the register thought. Raises as `receive_lot`."""
    clinic.require(RoleAct.KEEP_SUPPLIES)
    return _move(clinic, COUNTED, (kind, lot), quantity, line_of(reason))


def _move(clinic: OpenClinic, what: str, box: tuple[str, str], quantity: int, reason: str) -> Stock:
    least = 0 if what == COUNTED else 1
    with clinic.work() as work:
        held = lot_named(work.session, *box)
        # Why so many came in or lie there, nobody has to say.
        problems = [*problems_of_reason(reason)] if reason or what == DISCARDED else []
        if not least <= quantity <= MOST_AT_ONCE:
            problems.append(Problem("quantity", f"Write a whole number from {least} to {MOST_AT_ONCE}."))
        if held is None:
            raise InvalidInput(NO_SUCH_LOT, problems)
        stock = stocks(work.session).get((held.kind, as_printed(held.lot)))
        if what == DISCARDED and stock is not None and quantity > stock.on_hand:
            said = f"The register has {stock.on_hand} of this lot. Count it first, if more are there."
            problems.append(Problem("quantity", said))
        if problems:
            raise InvalidInput(NOT_MOVED, problems)
        row = LotMovement(
            id=str(uuid.uuid4()),
            kind=held.kind,
            lot=held.lot,
            what=what,
            quantity=quantity,
            reason=reason,
            recorded_by=clinic.person.staff_id,
            recorded_at=clinic.clock.now(),
        )
        work.session.add(row)
        work.session.flush()
        named = LoggedObject("lot_movement", row.id, 1, movement_bytes(row))
        detail = {"lot": row.lot, "quantity": quantity, "reason": reason}
        action = "lot.counted"
        if what == RECEIVED:
            action = "lot.received"
        elif what == DISCARDED:
            action = "lot.discarded"
        work.log.record(Act(action, "C", object=named, categories=("supplies",), detail=detail))
        left = stocks(work.session)[held.kind, as_printed(held.lot)]
        work.commit()
        return left


def stocks(session: Session) -> dict[tuple[str, str], Stock]:
    """By kind and lot as printed. A lot about which nothing was ever entered is not among them."""
    counted = (
        select(LotMovement.kind, LotMovement.lot, func.max(LotMovement.recorded_at).label("at"))
        .where(LotMovement.what == COUNTED)
        .group_by(LotMovement.kind, LotMovement.lot)
        .subquery()
    )
    sums: dict[tuple[str, str], dict[str, int]] = {}
    moved = session.execute(
        select(LotMovement.kind, LotMovement.lot, LotMovement.what, func.sum(LotMovement.quantity))
        .outerjoin(counted, and_(counted.c.kind == LotMovement.kind, counted.c.lot == LotMovement.lot))
        .where(or_(counted.c.at.is_(None), LotMovement.recorded_at >= counted.c.at))
        .group_by(LotMovement.kind, LotMovement.lot, LotMovement.what)
    )
    for kind, lot, what, quantity in moved:
        sums.setdefault((kind, as_printed(lot)), {})[what] = quantity
    printed = func.upper(func.trim(VisitSupply.lot))
    used = session.execute(
        select(VisitSupply.kind, printed, func.count(VisitSupply.visit_id.distinct()))
        .join(Visit, and_(Visit.id == VisitSupply.visit_id, Visit.revision == VisitSupply.revision))
        .outerjoin(
            counted, and_(counted.c.kind == VisitSupply.kind, func.upper(func.trim(counted.c.lot)) == printed)
        )
        .where(
            VisitSupply.kind.in_(USED_ONE_A_VISIT),
            Visit.state.in_([state.value for state in FROZEN]),
            or_(counted.c.at.is_(None), Visit.performed_at > counted.c.at),
        )
        .group_by(VisitSupply.kind, printed)
    )
    uses = {(kind, lot): count for kind, lot, count in used}
    _as_corrected(session, uses)
    return {
        key: Stock(of.get(COUNTED, 0) + of.get(RECEIVED, 0), uses.get(key, 0), of.get(DISCARDED, 0))
        for key, of in sums.items()
    }


def _as_corrected(session: Session, uses: dict[tuple[str, str], int]) -> None:
    """Give a use to the lot that a correction names, where it was counted under another."""
    corrected = corrected_lots(session)
    if not corrected:
        return
    rows = session.execute(
        select(LotMovement.kind, LotMovement.lot, func.max(LotMovement.recorded_at))
        .where(LotMovement.what == COUNTED)
        .group_by(LotMovement.kind, LotMovement.lot)
    )
    counted_at = {(kind, as_printed(lot)): at for kind, lot, at in rows}

    def counts(box: tuple[str, str], performed_at: datetime | None) -> bool:
        at = counted_at.get(box)
        return at is None or (performed_at is not None and performed_at > at)

    for one in corrected:
        if one.state not in FROZEN:
            continue
        for lot, by in ((one.signed, -1), (one.now, 1)):
            if lot and counts((one.kind, lot), one.performed_at):
                uses[one.kind, lot] = uses.get((one.kind, lot), 0) + by


def movement_bytes(row: LotMovement) -> bytes:
    """The canonical bytes of a change of a count, as the log names it."""
    return canonical_bytes(
        {
            "format": "mnclinic.lot-movement/1",
            "id": row.id,
            "kind": row.kind,
            "lot": row.lot,
            "what": row.what,
            "quantity": row.quantity,
            "reason": row.reason,
            "recorded_by": row.recorded_by,
            "recorded_at": instant_text(row.recorded_at),
        }
    )
