"""A legal hold on a person's records: while it stands, nothing of theirs is ever removed."""

from dataclasses import dataclass

from mnclinic.domain.person_details import line_of
from mnclinic.errors import InvalidInput, Problem
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.one_person import load_person
from mnclinic.services.person_entry import enter_change
from mnclinic.services.session import OpenClinic

LONGEST_REASON = 300


@dataclass(frozen=True)
class HoldChanged:
    """Whether a legal hold stands on a person's records now."""

    ref: str
    record_number: str
    revision: int
    is_held: bool


def hold_records(clinic: OpenClinic, patient: str, reason: str) -> HoldChanged:
    """Put a legal hold on a person, named by reference or record number; its reason stands in the banner.

    Raises InvalidInput without a reason, or where one stands already.
    """
    clinic.require(RoleAct.HOLD_RECORD)
    reason = _reason(reason)
    with clinic.work() as work:
        records = load_person(work.session, patient)
        if any(one.hold_reason for one in records):
            raise InvalidInput("A legal hold stands on this person's records already. Nothing was changed.")
        head = records[0]
        head.hold_reason, head.held_by, head.held_at = reason, clinic.person.staff_id, clinic.clock.now()
        enter_change(work, head, "patient.held", {"reason": reason})
        work.commit()
        return HoldChanged(head.ref, head.record_number, head.revision, is_held=True)


def end_hold(clinic: OpenClinic, patient: str, reason: str) -> HoldChanged:
    """End every legal hold on a person's records.

    Raises InvalidInput without a reason, or where none stands.
    """
    clinic.require(RoleAct.HOLD_RECORD)
    reason = _reason(reason)
    with clinic.work() as work:
        records = load_person(work.session, patient)
        held = [one for one in records if one.hold_reason]
        if not held:
            raise InvalidInput("No legal hold stands on this person's records. Nothing was changed.")
        for one in held:
            before, one.hold_reason, one.held_by, one.held_at = one.hold_reason, "", None, None
            enter_change(work, one, "patient.hold_ended", {"before": before, "reason": reason})
        work.commit()
        head = records[0]
        return HoldChanged(head.ref, head.record_number, head.revision, is_held=False)


def _reason(reason: str) -> str:
    reason = line_of(reason)
    if not reason:
        raise InvalidInput("Nothing was changed.", [Problem("reason", "Give a reason.")])
    if len(reason) > LONGEST_REASON:
        raise InvalidInput(
            "Nothing was changed.", [Problem("reason", f"At most {LONGEST_REASON} characters.")]
        )
    return reason
