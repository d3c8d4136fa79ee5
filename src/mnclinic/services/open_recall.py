"""Open a recall of a lot or a device: out of use and its list in one act. Or hold a drill of one."""

import uuid
from dataclasses import dataclass, field

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.domain.attachments import media_type_of
from mnclinic.domain.instants import zone_of
from mnclinic.domain.person_details import line_of, text_of
from mnclinic.domain.recall_case import DEVICE, problems_of_opening
from mnclinic.domain.supplies import LotState
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import Device, Recall
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.enter_look import enter_looks
from mnclinic.services.look_back import looks_at, touched_by
from mnclinic.services.recall_rows import RecallRow, recall_bytes, recall_rows
from mnclinic.services.session import OpenClinic
from mnclinic.services.supply_rows import as_printed, enter_device, enter_lot, lot_named
from mnclinic.services.touched_people import TouchedPerson
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork

NOT_OPENED = "The recall was not opened. Nothing was stored. Correct what is marked and try again."
NEVER_HERE = (
    "No register and no signed visit here names it. Look at each letter and digit again, or say that it "
    "never was here."
)
LONGEST_REASON_OF_SUPPLY = 300


@dataclass(frozen=True)
class NewRecall:
    """What somebody wants to call back. `kind` is a lot's or `device`; `notice` a whole PDF, PNG or JPEG.

    `was_never_here`: they know that no register and no visit names it, and want just that written down.
    """

    kind: str
    named: str
    reason: str
    notice: bytes | None = field(default=None, repr=False)
    is_drill: bool = False
    was_never_here: bool = False


def open_recall(clinic: OpenClinic, new: NewRecall) -> RecallRow:
    """Open a recall: its list, its notice and, unless it is a drill, the supply out of use; all or nothing.

    A lot or device that is not in the register is recalled too; there is nothing to take out of use then. One
    that no signed visit names either may be mistyped, and is taken only from whoever says that it never was
    here. Whoever is on the list is entered as looked at.

    Raises InvalidInput with every problem, StoreUnavailable and kin for the disk. Nothing is stored then.
    """
    clinic.require(RoleAct.TAKE_OUT_OF_USE)
    clinic.require(RoleAct.VIEW_PATIENT)
    named, reason = as_printed(line_of(new.named)), text_of(new.reason)
    problems = [*problems_of_opening(new.kind, named, reason, new.notice, is_drill=new.is_drill)]
    begun_ms = clinic.clock.monotonic_ms()
    with clinic.work() as work:
        people = touched_by(work.session, new.kind, named) if named else ()
        listed_ms = clinic.clock.monotonic_ms()
        is_known = bool(people) or _is_registered(work, new.kind, named) or new.was_never_here
        if not is_known and not any(one.where in {"kind", "named"} for one in problems):
            problems.append(Problem("named", NEVER_HERE))
        if problems:
            raise InvalidInput(NOT_OPENED, problems)
        row = Recall(
            id=str(uuid.uuid4()),
            kind=new.kind,
            named=named,
            reason=reason,
            is_drill=new.is_drill,
            people=canonical_bytes([_listed(one) for one in people]),
            list_ms=max(0, listed_ms - begun_ms),
            notice=new.notice,
            notice_type=media_type_of(new.notice) if new.notice is not None else None,
            notice_sha256=sha256_hex(new.notice) if new.notice is not None else None,
            opened_by=clinic.person.staff_id,
            opened_at=clinic.clock.now(),
        )
        work.session.add(row)
        if not new.is_drill:
            _take_out_of_use(work, new.kind, named, reason)
        opened = Act(
            "recall.opened",
            "C",
            object=LoggedObject("recall", row.id, 1, recall_bytes(row)),
            categories=("supplies",),
        )
        work.session.flush()
        shown = recall_rows(work.session, zone_of(clinic.clock), row.id)[0]
        enter_looks(clinic, work, [*looks_at(people)], before=[opened])
        return shown


def _is_registered(work: UnitOfWork, kind: str, named: str) -> bool:
    if kind == DEVICE:
        return _device_named(work, named) is not None
    return lot_named(work.session, kind, named) is not None


def _device_named(work: UnitOfWork, named: str) -> Device | None:
    return next((one for one in work.session.query(Device) if as_printed(one.device) == named), None)


def _listed(one: TouchedPerson) -> dict[str, object]:
    return {"patient": one.patient_ref, "visits": sorted({use.number for use in one.uses})}


def _take_out_of_use(work: UnitOfWork, kind: str, named: str, reason: str) -> None:
    """Quarantine the device, or mark the lot as recalled, where it is in the register and not so already."""
    words = line_of(reason)[:LONGEST_REASON_OF_SUPPLY]
    if kind == DEVICE:
        device = _device_named(work, named)
        if device is not None and not device.is_quarantined:
            device.is_quarantined = True
            enter_device(work, device, "device.quarantined", before=False, reason=words)
        return
    lot = lot_named(work.session, kind, named)
    if lot is not None and lot.state != LotState.RECALLED:
        before, lot.state = lot.state, LotState.RECALLED.value
        enter_lot(work, lot, "lot.recalled", before=before, reason=words)
