"""Take a lot out of use because of a doubt or a recall, or put it back into use, each with its reason."""

from mnclinic.domain.person_details import line_of
from mnclinic.domain.supplies import LOT_ACTS, LotState
from mnclinic.errors import InvalidInput
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.list_supplies import LotRow, lot_row
from mnclinic.services.session import OpenClinic
from mnclinic.services.supply_rows import NO_SUCH_LOT, enter_lot, lot_named, problems_of_reason

NOT_CHANGED = "The lot was not changed. Correct what is marked and try again."


def quarantine_lot(clinic: OpenClinic, kind: str, lot: str, *, reason: str) -> LotRow:
    """Nobody may use the lot until it is released. A recalled one stays recalled.

    Raises InvalidInput where there is no such lot, it stands so already, or no reason is given.
    """
    clinic.require(RoleAct.TAKE_OUT_OF_USE)
    return _change(clinic, kind, lot, "lot.quarantined", reason)


def recall_lot(clinic: OpenClinic, kind: str, lot: str, *, reason: str) -> LotRow:
    """The maker or an authority called the lot back: nobody may use it. Raises as `quarantine_lot`."""
    clinic.require(RoleAct.TAKE_OUT_OF_USE)
    return _change(clinic, kind, lot, "lot.recalled", reason)


def release_lot(clinic: OpenClinic, kind: str, lot: str, *, reason: str) -> LotRow:
    """The lot may be used again, up to its expiry. Raises as `quarantine_lot`."""
    clinic.require(RoleAct.PUT_BACK_INTO_USE)
    return _change(clinic, kind, lot, "lot.released", reason)


def _change(clinic: OpenClinic, kind: str, lot: str, action: str, reason: str) -> LotRow:
    reason = line_of(reason)
    problems = [*problems_of_reason(reason)]
    with clinic.work() as work:
        row = lot_named(work.session, kind, lot)
        if row is None:
            raise InvalidInput(NO_SUCH_LOT, problems)
        before, after = row.state, LOT_ACTS[action]
        if before == after:
            raise InvalidInput("That is how this lot stands already. Nothing was changed.", problems)
        if (before, after) == (LotState.RECALLED, LotState.QUARANTINED):
            raise InvalidInput("This lot is recalled, which is stricter. Nothing was changed.", problems)
        if problems:
            raise InvalidInput(NOT_CHANGED, problems)
        row.state = after.value
        enter_lot(work, row, action, before=before, reason=reason)
        work.commit()
        return lot_row(row, clinic.clock.now().date())
