"""Who on the roster may be the person whose name somebody is just typing. A warning, never a bar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from mnclinic.domain.matching import PatientIndex, Person
from mnclinic.domain.names import digits, fold
from mnclinic.domain.person_details import line_of
from mnclinic.models import Patient
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.one_person import heads_of
from mnclinic.services.session import OpenClinic
from mnclinic.services.typed_birth_date import TypedBirthDate, read_typed_birth_date

MOST_COMPARED = 400
MOST_TOLD = 5
TYPED = "typed"
FEWEST_LETTERS = 2
FEWEST_DIGITS = 7


class Likeness(StrEnum):
    """How sure it is, surest first."""

    SAME = "same"
    PERHAPS = "perhaps"
    TWIN = "twin"
    """The same last name and birth date, and another first name."""


@dataclass(frozen=True)
class LookAlike:
    """Somebody on the roster who may be meant, and why, in a sentence without anybody's data."""

    ref: str
    record_number: str
    last_name: str
    first_name: str
    born_on: date | None
    likeness: Likeness
    reason: str

    @property
    def name(self) -> str:
        """Last name, first name."""
        return f"{self.last_name}, {self.first_name}".strip(", ")


@dataclass(frozen=True)
class Typed:
    """What stands in the form so far. `born_on` as it was typed, in any form."""

    last_name: str = ""
    first_name: str = ""
    born_on: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class AsTyped:
    """What the form says back while it is typed: the date of birth as it was read, and who is alike."""

    birth: TypedBirthDate
    alikes: tuple[LookAlike, ...]


def as_typed(clinic: OpenClinic, typed: Typed, *, but: str | None = None) -> AsTyped:
    """Both at once, for one question while somebody types."""
    clinic.require(RoleAct.ADD_PATIENT)
    birth = read_typed_birth_date(typed.born_on, clinic.clock.now().date())
    return AsTyped(birth, look_alikes(clinic, typed, but=but))


def look_alikes(clinic: OpenClinic, typed: Typed, *, but: str | None = None) -> tuple[LookAlike, ...]:
    """Up to five people who may be the one being typed, surest first. A line that is not opened is no look.

    `but` is the reference of the person whose details are being changed, who is always alike.
    """
    clinic.require(RoleAct.ADD_PATIENT)
    last_name, first_name = line_of(typed.last_name), line_of(typed.first_name)
    if len(fold(last_name)) < FEWEST_LETTERS or not fold(first_name):
        return ()
    born_on = read_typed_birth_date(typed.born_on, clinic.clock.now().date()).born_on
    phone, email = digits(typed.phone), line_of(typed.email)
    person = Person(TYPED, None, last_name, first_name, born_on, phone, email)
    with clinic.store.reading() as session:
        rows = list(_candidates(session, person))
        found = {row.ref: row for row in rows}
        index = PatientIndex(
            Person(row.ref, None, row.last_name, row.first_name, row.born_on, row.phone_digits, row.email)
            for row in rows
        )
        told = [
            _alike(found[match.ref], Likeness.PERHAPS if match.doubtful else Likeness.SAME, match.reason)
            for match in index.matches(person)
        ]
        known = {one.ref for one in told}
        told += [
            _alike(row, Likeness.TWIN, "The last name and the birth date are the same: perhaps a twin.")
            for row in rows
            if row.ref not in known and born_on is not None and _may_be_twin(row, person)
        ]
        # Two records of one person are told once, as the record that they are read under.
        heads = heads_of(session, [one.ref for one in told])
        own = heads_of(session, [but])[but] if but is not None else None
    once = {heads.get(one.ref, one.ref): one for one in reversed(told)}
    return tuple(
        one for one in told if once.get(heads.get(one.ref, one.ref)) is one and heads.get(one.ref) != own
    )[:MOST_TOLD]


def _candidates(session: Session, person: Person) -> Iterator[Patient]:
    """Everybody who shares the birth date, the phone or the name as typed: each asked of an index."""
    whole = fold(f"{person.last_name} {person.first_name}")
    asked: list[ColumnElement[bool]] = [Patient.folded_name.between(whole, f"{whole} \U0010ffff")]
    if person.born_on is not None:
        asked.append(Patient.born_on == person.born_on)
    if person.phone_digits and len(person.phone_digits) >= FEWEST_DIGITS:
        asked.append(Patient.phone_digits == person.phone_digits)
    yield from session.scalars(select(Patient).where(or_(*asked)).limit(MOST_COMPARED))


def _may_be_twin(row: Patient, person: Person) -> bool:
    return (
        row.born_on == person.born_on
        and fold(row.last_name) == fold(person.last_name)
        and fold(row.first_name) != fold(person.first_name)
    )


def _alike(row: Patient, likeness: Likeness, reason: str) -> LookAlike:
    return LookAlike(row.ref, row.record_number, row.last_name, row.first_name, row.born_on, likeness, reason)
