"""Write down that a person took a consent back. What was done before stays; the consent counts no more."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.instants import zone_of
from mnclinic.domain.person_details import line_of, text_of
from mnclinic.domain.withdrawal import Withdrawal, WithdrawnHow, problems_of_withdrawal
from mnclinic.errors import InvalidInput
from mnclinic.models import ConsentWithdrawal, Staff, instant_text
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.one_person import load_person
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject

# The gate asks this at every signature, so it is not put together anew each time.
OF_RECORDS = select(ConsentWithdrawal).where(
    ConsentWithdrawal.patient_ref.in_(bindparam("refs", expanding=True))
)
NOT_WRITTEN = "The withdrawal was not written down. Correct what is marked and try again."


@dataclass(frozen=True)
class NewWithdrawal:
    """What somebody wants to write down. An empty `form` takes back every consent; None is now."""

    form: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    how: str = WithdrawnHow.SPOKEN
    note: str = ""


@dataclass(frozen=True)
class WithdrawalRow:
    """A withdrawal as it stands, in the clinic's time. `recorded_by` is a user name."""

    withdrawal_id: str
    form: str
    withdrawn_at: datetime
    withdrawn_by: str
    how: WithdrawnHow
    note: str
    recorded_by: str
    recorded_at: datetime


def withdraw_consent(clinic: OpenClinic, patient: str, new: NewWithdrawal) -> WithdrawalRow:
    """Write a withdrawal down for a person, named by reference or record number.

    Raises InvalidInput with every problem, also where there is no such person; nothing is stored then.
    """
    clinic.require(RoleAct.EDIT_PATIENT)
    now = clinic.clock.now()
    at = new.withdrawn_at or now
    by, note = line_of(new.withdrawn_by), text_of(new.note)
    problems = [*problems_of_withdrawal(at, by, new.how, note, now=now)]
    if problems:
        raise InvalidInput(NOT_WRITTEN, problems)
    with clinic.work() as work:
        recorded_at = clinic.clock.now()
        person = load_person(work.session, patient)[0]
        row = ConsentWithdrawal(
            id=str(uuid.uuid4()),
            patient_ref=person.ref,
            form=line_of(new.form),
            withdrawn_at=new.withdrawn_at or recorded_at,
            withdrawn_by=by,
            how=str(new.how),
            note=note,
            recorded_by=clinic.person.staff_id,
            recorded_at=recorded_at,
        )
        work.session.add(row)
        work.session.flush()
        work.log.record(
            Act(
                "consent.withdrawn",
                "C",
                subject=person.ref,
                object=LoggedObject("consent_withdrawal", row.id, 1, withdrawal_bytes(row)),
                categories=("consent",),
                detail={"form": row.form, "how": row.how, "by": row.withdrawn_by, "note": row.note},
            )
        )
        work.commit()
    return _row(row, clinic.person.user, zone_of(clinic.clock))


def list_withdrawals(clinic: OpenClinic, patient: str) -> tuple[WithdrawalRow, ...]:
    """Every withdrawal of all records of a person, newest first.

    That the chart was opened was entered by `show_patient`. Raises InvalidInput when there is no such person.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.store.reading() as session:
        refs = [one.ref for one in load_person(session, patient)]
        users = {one.id: one.user for one in session.scalars(select(Staff))}
        rows = sorted(_rows(session, refs), key=lambda row: (row.withdrawn_at, row.id), reverse=True)
        zone = zone_of(clinic.clock)
        return tuple(_row(row, users.get(row.recorded_by, ""), zone) for row in rows)


def withdrawals_of(session: Session, refs: Sequence[str]) -> tuple[Withdrawal, ...]:
    """The same as the rules read them."""
    return tuple(one for group in withdrawals_by_record(session, refs).values() for one in group)


def withdrawals_by_record(session: Session, refs: Sequence[str]) -> dict[str, list[Withdrawal]]:
    """As the rules read them, by the record that each stands in."""
    found: dict[str, list[Withdrawal]] = {}
    for row in _rows(session, refs):
        found.setdefault(row.patient_ref, []).append(Withdrawal(row.form, row.withdrawn_at))
    return found


def withdrawal_bytes(row: ConsentWithdrawal) -> bytes:
    """The canonical bytes of a row, as the log names it."""
    return canonical_bytes(
        {
            "format": "mnclinic.consent-withdrawal/1",
            "id": row.id,
            "patient": row.patient_ref,
            "form": row.form,
            "withdrawn_at": instant_text(row.withdrawn_at),
            "withdrawn_by": row.withdrawn_by,
            "how": row.how,
            "note": row.note,
            "recorded_by": row.recorded_by,
            "recorded_at": instant_text(row.recorded_at),
        }
    )


def _rows(session: Session, refs: Sequence[str]) -> Sequence[ConsentWithdrawal]:
    return session.scalars(OF_RECORDS, {"refs": list(refs)}).all()


def _row(row: ConsentWithdrawal, user: str, zone: tzinfo | None) -> WithdrawalRow:
    return WithdrawalRow(
        withdrawal_id=row.id,
        form=row.form,
        withdrawn_at=row.withdrawn_at.astimezone(zone),
        withdrawn_by=row.withdrawn_by,
        how=WithdrawnHow(row.how),
        note=row.note,
        recorded_by=user,
        recorded_at=row.recorded_at.astimezone(zone),
    )
