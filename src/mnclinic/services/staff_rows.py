"""Members of staff as rows, and as the log names them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.person_details import line_of
from mnclinic.models import Licence, LogEntry, Staff, instant_text
from mnclinic.security.keyfile import KeyFile, UserSlot
from mnclinic.services.access_time import bounded_access
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork

StaffForm = Literal["mnclinic.staff/1", "mnclinic.staff/2"]


@dataclass(frozen=True)
class NewLicence:
    """A licence to enter. Valid on every day from `valid_from` to `expires_on`."""

    kind: str
    number: str
    state: str
    valid_from: date
    expires_on: date


@dataclass(frozen=True)
class NewPerson:
    """A member of staff to enter, with her first password."""

    user: str
    name: str
    role: str
    credential: str
    password: str = field(repr=False)
    depth_ceiling_mm: str | None = None
    licences: tuple[NewLicence, ...] = ()
    access_from: datetime | None = None
    """From and until when the person may log in; both None for no bounds."""
    access_until: datetime | None = None
    is_password_given: bool = False
    """At set-up: whoever sets the clinic up made the password, so the person ought to choose another."""


def as_kept(person: NewPerson) -> NewPerson:
    """The person with every word as it is stored, entered and signed: in one line, in Unicode form NFC."""
    licences = tuple(
        replace(one, kind=line_of(one.kind), number=line_of(one.number), state=line_of(one.state))
        for one in person.licences
    )
    return replace(
        person, name=line_of(person.name), credential=line_of(person.credential), licences=licences
    )


def add_staff_row(session: Session, person: NewPerson, staff_id: str, now: datetime) -> Staff:
    """Enter a person, as `as_kept` gives them, and their licences as rows.

    The log entry is `staff_entered`.
    """
    access_from, access_until = bounded_access(person.role, person.access_from, person.access_until, now)
    row = Staff(
        id=staff_id,
        user=person.user,
        name=person.name,
        role=person.role,
        credential=person.credential,
        depth_ceiling_mm=person.depth_ceiling_mm,
        is_active=True,
        added_at=now,
        access_from=access_from,
        access_until=access_until,
    )
    session.add(row)
    session.flush()
    for licence in person.licences:
        session.add(
            Licence(
                staff_id=staff_id,
                kind=licence.kind,
                number=licence.number,
                state=licence.state,
                valid_from=licence.valid_from,
                expires_on=licence.expires_on,
            )
        )
    session.flush()
    return row


def names_of_staff(session: Session) -> tuple[str, ...]:
    """User names and printed names of everybody who works here. No password is built from them.

    The user names stand readable in the key file, so whoever steals it tries them first.
    """
    found = session.execute(select(Staff.user, Staff.name).where(Staff.is_active).order_by(Staff.user))
    return tuple(name for both in found for name in both)


def names_by_user(session: Session) -> dict[str, str]:
    """Printed names by user name, of whoever left too; a name that two have is told by the user name."""
    rows = session.execute(select(Staff.user, Staff.name)).all()
    many = Counter(row.name for row in rows)
    return {row.user: row.name if many[row.name] == 1 else f"{row.name} ({row.user})" for row in rows}


def staff_entered(work: UnitOfWork, action: str, row: Staff, *, why: str | None = None) -> Act:
    """The entry that a person's row is, from now on, as it stands there."""
    session = work.session
    session.flush()
    licences = session.scalars(select(Licence).where(Licence.staff_id == row.id).order_by(Licence.id)).all()
    earlier = session.scalar(
        select(func.count())
        .select_from(LogEntry)
        .where(LogEntry.object_id == row.id, LogEntry.action.startswith("staff."))
    )
    content = staff_bytes(row, licences, form="mnclinic.staff/2")
    return Act(
        action,
        "U" if earlier else "C",
        object=LoggedObject("staff", row.id, 1 + (earlier or 0), content),
        categories=("staff",),
        why=why,
    )


def staff_bytes(person: Staff, licences: Sequence[Licence], *, form: StaffForm) -> bytes:
    """The canonical bytes of a member of staff. The first form knew neither bounds nor leaving."""
    return _bytes(person, licences, form=form, is_active=person.is_active, left_at=person.left_at)


def first_staff_bytes(person: Staff, licences: Sequence[Licence], *, form: StaffForm) -> bytes:
    """The same of somebody who has not left, with these licences alone."""
    return _bytes(person, licences, form=form, is_active=True, left_at=None)


def _bytes(
    person: Staff,
    licences: Sequence[Licence],
    *,
    form: StaffForm,
    is_active: bool,
    left_at: datetime | None,
) -> bytes:
    document: dict[str, Any] = {
        "format": form,
        "user": person.user,
        "name": person.name,
        "role": person.role,
        "credential": person.credential,
        "depth_ceiling_mm": person.depth_ceiling_mm,
        "licences": [
            {
                "kind": licence.kind,
                "number": licence.number,
                "state": licence.state,
                "valid_from": licence.valid_from.isoformat(),
                "expires_on": licence.expires_on.isoformat(),
            }
            for licence in licences
        ],
    }
    if form == "mnclinic.staff/2":
        document |= {
            "is_active": is_active,
            "access_from": _instant(person.access_from),
            "access_until": _instant(person.access_until),
            "left_at": _instant(left_at),
        }
    return canonical_bytes(document)


def is_as_first_entered(person: Staff) -> bool:
    """Whether the first form says everything about the person: active, without bounds."""
    return (person.is_active, person.access_from, person.access_until, person.left_at) == (
        True,
        None,
        None,
        None,
    )


def _instant(at: datetime | None) -> str | None:
    return instant_text(at) if at is not None else None


def slots_of_nobody(session: Session, key_file: KeyFile) -> tuple[UserSlot, ...]:
    """Places in the key file of people whose access ended, or whom the clinic does not know.

    An older copy of the file that was put back leaves them, or an addition that never reached the database.
    """
    active = set(session.scalars(select(Staff.id).where(Staff.is_active)))
    return tuple(slot for slot in key_file.users if slot.user_id not in active)
