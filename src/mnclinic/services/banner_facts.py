"""What stands at the head of everything about one person: who this is, allergies, and what holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from mnclinic.domain.gate import age_on
from mnclinic.domain.medical_history import HistoryKind
from mnclinic.domain.person_details import (
    DO_NOT_CONTACT,
    Allergies,
    Standing,
    allergies_together,
    contact_codes,
)
from mnclinic.domain.plain_days import plain_day
from mnclinic.domain.visit_life import VisitState
from mnclinic.models import AdverseEvent, Patient, Visit, VisitAmendment
from mnclinic.services.amendment_rows import is_misfiled
from mnclinic.services.medical_history import facts_of


class HoldCode(StrEnum):
    """What everybody has to know before they do anything for this person, the gravest first."""

    DECEASED = "deceased"
    LEGAL_HOLD = "legal_hold"
    BIRTH_DATE_MISSING = "birth_date_missing"
    BIRTH_DATES_DIFFER = "birth_dates_differ"
    ADVERSE_EVENT = "adverse_event"
    VISIT_DEFERRED = "visit_deferred"
    INACTIVE = "inactive"
    DO_NOT_CONTACT = "do_not_contact"


@dataclass(frozen=True)
class Hold:
    """One of them. `detail` are the words of whoever entered it, `on` its day where it has one."""

    code: HoldCode
    detail: str = ""
    on: date | None = None

    @property
    def words(self) -> str:
        """In plain English, for lists and the command line."""
        words = _WORDS[self.code]
        if self.on is not None:
            words += f" {plain_day(self.on).lstrip('0')}"
        return f"{words}: {self.detail}" if self.detail else words


_WORDS = {
    HoldCode.DECEASED: "Deceased",
    HoldCode.LEGAL_HOLD: "Legal hold",
    HoldCode.BIRTH_DATE_MISSING: "Date of birth missing",
    HoldCode.BIRTH_DATES_DIFFER: "The merged records have different dates of birth",
    HoldCode.ADVERSE_EVENT: "Adverse event on record",
    HoldCode.VISIT_DEFERRED: "A visit is deferred",
    HoldCode.INACTIVE: "Inactive",
    HoldCode.DO_NOT_CONTACT: "Do not contact",
}


@dataclass(frozen=True)
class BannerFacts:
    """One person's banner. `age` is in whole years: today, or on the day of death."""

    ref: str
    record_number: str
    also_numbers: tuple[str, ...]
    """The numbers of other records of this person, which find them too."""
    last_name: str
    first_name: str
    preferred_name: str
    pronouns: str
    born_on: date | None
    age: int | None
    allergies: Allergies
    holds: tuple[Hold, ...]

    @property
    def name(self) -> str:
        """Last name, first name."""
        return f"{self.last_name}, {self.first_name}".strip(", ")

    @property
    def spoken_name(self) -> str:
        """The name as it is said: the preferred one before the last name."""
        return f"{self.preferred_name or self.first_name} {self.last_name}".strip()


def banner_facts(session: Session, records: Sequence[Patient], today: date) -> BannerFacts:
    """The banner of a person with these records, the one that they are read under first.

    What any of the records holds counts: a merge never hides an allergy or a hold.
    """
    head = records[0]
    died_on = min((one.deceased_on for one in records if one.deceased_on), default=None)
    born_on = next((one.born_on for one in records if one.born_on), None)
    return BannerFacts(
        ref=head.ref,
        record_number=head.record_number,
        also_numbers=tuple(one.record_number for one in records[1:]),
        last_name=head.last_name,
        first_name=head.first_name,
        preferred_name=head.preferred_name,
        pronouns=head.pronouns,
        born_on=born_on,
        age=age_on(born_on, died_on or today) if born_on else None,
        allergies=allergies_together(
            (*(one.allergies for one in records), *_written(session, records, today))
        ),
        holds=tuple(_holds(session, records)),
    )


def _written(session: Session, records: Sequence[Patient], today: date) -> list[str]:
    """The allergies that stand in the person's history."""
    return [
        one.words
        for one in facts_of(session, [record.ref for record in records])
        if one.kind is HistoryKind.ALLERGY and one.counts_on(today)
    ]


def _holds(session: Session, records: Sequence[Patient]) -> Iterator[Hold]:
    refs = [one.ref for one in records]
    deceased = [one for one in records if one.standing == Standing.DECEASED]
    if deceased:
        yield Hold(
            HoldCode.DECEASED, on=min((one.deceased_on for one in deceased if one.deceased_on), default=None)
        )
    for one in records:
        if one.hold_reason:
            yield Hold(HoldCode.LEGAL_HOLD, one.hold_reason)
    days = {one.born_on for one in records if one.born_on}
    if not days:
        yield Hold(HoldCode.BIRTH_DATE_MISSING)
    elif len(days) > 1:
        yield Hold(HoldCode.BIRTH_DATES_DIFFER)
    of_theirs = and_(Visit.patient_ref.in_(refs), ~is_misfiled())
    event = select(AdverseEvent.id).join(Visit, Visit.id == AdverseEvent.visit_id).where(of_theirs).limit(1)
    elsewhere = (
        select(AdverseEvent.id)
        .join(VisitAmendment, VisitAmendment.visit_id == AdverseEvent.visit_id)
        .where(VisitAmendment.right_patient.in_(refs))
        .limit(1)
    )
    if any(session.scalar(asked) is not None for asked in (event, elsewhere)):
        yield Hold(HoldCode.ADVERSE_EVENT)
    deferred = select(Visit.id).where(of_theirs, Visit.state == VisitState.DEFERRED.value).limit(1)
    if session.scalar(deferred) is not None:
        yield Hold(HoldCode.VISIT_DEFERRED)
    if records[0].standing == Standing.INACTIVE:
        yield Hold(HoldCode.INACTIVE, records[0].standing_note)
    if any(DO_NOT_CONTACT in contact_codes(one.contact) for one in records):
        yield Hold(HoldCode.DO_NOT_CONTACT)
