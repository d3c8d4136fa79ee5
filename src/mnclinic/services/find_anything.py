"""One box for everything: people, visits, lots and serial numbers that answer what is typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from mnclinic.domain.people_query import in_one_line
from mnclinic.models import Device, Lot, Patient, Visit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.find_patients import PatientRow, find_patients, people_of
from mnclinic.services.find_visits import FoundVisit, found_visits, visits_of_whom_and_when
from mnclinic.services.session import OpenClinic

MOST_OF_EACH = 6
FEWEST_CHARACTERS = 2
MOST_OPENED = 60
"""How many of one's last openings are looked at for the people opened last."""

RECENT = (
    "SELECT subject FROM log_entry WHERE actor = :actor AND action = 'patient.viewed' "
    "ORDER BY seq DESC LIMIT :limit"
)


@dataclass(frozen=True)
class FoundThing:
    """A device or a lot. `what` is its label, `name` what it is, `state` in words of the register.

    `key` names it among all: `device:` and its code, or `lot:`, its kind, `:` and its number.
    """

    kind: str
    key: str
    what: str
    name: str
    state: str


@dataclass(frozen=True)
class Found:
    """What answers, a few of each kind. With nothing typed, `people` are those opened last."""

    people: tuple[PatientRow, ...]
    visits: tuple[FoundVisit, ...] = ()
    things: tuple[FoundThing, ...] = ()


def find_anything(clinic: OpenClinic, typed: str) -> Found:
    """A few of each kind; after two characters, for one letter leads nowhere."""
    clinic.require(RoleAct.VIEW_PATIENT)
    clinic.require(RoleAct.VIEW_SUPPLIES)
    sought = in_one_line(typed)
    if len(sought) < FEWEST_CHARACTERS:
        return Found(() if sought else recent_people(clinic))
    return Found(
        find_patients(clinic, typed, limit=MOST_OF_EACH).rows,
        _visits(clinic, sought),
        _things(clinic, sought),
    )


def recent_people(clinic: OpenClinic) -> tuple[PatientRow, ...]:
    """The people whom this person opened last, newest first."""
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.store.reading() as session:
        opened = session.connection().exec_driver_sql(
            RECENT, {"actor": clinic.person.staff_id, "limit": MOST_OPENED}
        )
        refs = tuple(dict.fromkeys(row.subject for row in opened))[:MOST_OF_EACH]
        return people_of(session, refs)


def _visits(clinic: OpenClinic, sought: str) -> tuple[FoundVisit, ...]:
    number = sought.upper()
    if number.isdecimal():
        number = f"V-{number:0>6}"
    with clinic.store.reading() as session:
        if not number.startswith("V-"):
            today = clinic.clock.now().date()
            return visits_of_whom_and_when(session, sought, today=today, limit=MOST_OF_EACH)
        rows = session.execute(
            select(Visit.number, Visit.id, Patient.last_name, Patient.first_name, Visit.visit_on, Visit.state)
            .join(Patient, Patient.ref == Visit.patient_ref)
            # A range and no pattern, so that a percent sign is a percent sign.
            .where(Visit.number >= number, Visit.number < number + "\U0010ffff")
            .order_by(Visit.number)
            .limit(MOST_OF_EACH)
        ).all()
    return found_visits(rows)


def _things(clinic: OpenClinic, sought: str) -> tuple[FoundThing, ...]:
    held = sought.casefold()
    today = clinic.clock.now().date()
    with clinic.store.reading() as session:
        devices = session.scalars(
            select(Device)
            .where(
                or_(
                    *(
                        func.instr(func.lower(one), held) > 0
                        for one in (Device.device, Device.serial, Device.model)
                    )
                )
            )
            .order_by(Device.device)
            .limit(MOST_OF_EACH)
        ).all()
        lots = session.scalars(
            select(Lot).where(func.instr(func.lower(Lot.lot), held) > 0).order_by(Lot.lot).limit(MOST_OF_EACH)
        ).all()
    return (*_devices(devices), *_lots(lots, today))


def _devices(rows: Sequence[Device]) -> list[FoundThing]:
    return [
        FoundThing(
            "device",
            f"device:{row.device}",
            f"{row.device} · {row.serial}",
            f"{row.maker} {row.model}",
            "quarantined" if row.is_quarantined else "",
        )
        for row in rows
    ]


def _lots(rows: Sequence[Lot], today: date) -> list[FoundThing]:
    return [
        FoundThing(
            "lot",
            f"lot:{row.kind}:{row.lot}",
            row.lot,
            row.name,
            row.state if row.state != "in_use" else "expired" if row.expires_on < today else "",
        )
        for row in rows
    ]
