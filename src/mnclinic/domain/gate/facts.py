"""Everything the gate looks at, as of the visit's own day: frozen values, gathered by the services."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from mnclinic.domain.consent import ConsentTextFacts
from mnclinic.domain.credentials import Paper
from mnclinic.domain.device_care import Care, care_of
from mnclinic.domain.medical_history import HistoryFact
from mnclinic.domain.patient_sheets import SheetFacts
from mnclinic.domain.policy import OffLabelAuthorisation, Policy, Protocol, in_small_letters
from mnclinic.domain.screening import OnFile
from mnclinic.domain.treatment import Area
from mnclinic.domain.visit_document import VisitDocument
from mnclinic.domain.withdrawal import Withdrawal

NOTHING_DONE: Mapping[str, date] = {}


@dataclass(frozen=True)
class DeviceFacts:
    """A registered handpiece as its label states it. Depths in millimetres, age in years.

    `indications` maps each indication of the clearance to the phototypes (1 to 6) it covers. What is None is
    not known, which only a handpiece can have that nobody confirmed.
    """

    device: str
    max_depth_mm: Decimal | None
    label_depth_mm: Decimal | None
    minimum_age: int | None
    indications: Mapping[str, frozenset[int]]
    is_quarantined: bool
    device_class: str = ""
    """mechanical or radiofrequency; empty where the register does not say."""
    topicals_on_label: frozenset[str] | None = None
    """What its label lets be put on needled skin, in small letters; None where the register does not say."""
    depth_step_mm: Decimal | None = None
    """Between one depth setting and the next; None where the register does not say."""
    is_confirmed: bool = True
    """Whether somebody held its numbers against its label, or it came with them at the set-up."""
    care: tuple[Care, ...] = ()
    """What is done to it at intervals, and when it was done last."""


def device_facts_from_json(
    facts: Mapping[str, Any], *, is_quarantined: bool, newest_care: Mapping[str, date] = NOTHING_DONE
) -> DeviceFacts:
    """The handpiece in a document that its schema has accepted. `newest_care` is as `care_of` takes it."""
    max_depth_mm, label_depth_mm, step_mm = (
        Decimal(facts[name]) if facts.get(name) else None
        for name in ("max_depth_mm", "label_depth_mm", "depth_step_mm")
    )
    on_label = facts.get("topicals_on_label")
    return DeviceFacts(
        device=facts["device"],
        max_depth_mm=max_depth_mm,
        label_depth_mm=label_depth_mm,
        minimum_age=facts.get("minimum_age"),
        indications={
            one["indication"]: frozenset(one.get("phototypes", ())) for one in facts.get("indications", ())
        },
        is_quarantined=is_quarantined,
        device_class=facts.get("device_class", ""),
        topicals_on_label=in_small_letters(on_label) if on_label is not None else None,
        depth_step_mm=step_mm,
        is_confirmed=is_confirmed(facts),
        care=care_of(facts, newest_care),
    )


def is_confirmed(facts: Mapping[str, Any]) -> bool:
    """Whether a handpiece's numbers were held against its label, or came with it at the set-up."""
    return facts.get("confirmation", True) is not None


@dataclass(frozen=True)
class LotFacts:
    """A registered lot: what the clinic's register knows of it. `state` is "in_use" or why not."""

    lot: str
    expires_on: date
    needle_length_mm: Decimal | None
    state: str
    name: str = ""
    """What it is, as the register calls it."""


@dataclass(frozen=True)
class LicenceFacts:
    """A licence as it stood: valid on every day from `valid_from` to `expires_on`, both included."""

    number: str
    valid_from: date
    expires_on: date

    def covers(self, day: date) -> bool:
        """Whether it was valid on that day."""
        return self.valid_from <= day <= self.expires_on


@dataclass(frozen=True)
class StaffFacts:
    """A member of staff as she stood on the day of the visit. No ceiling (None) is no limit of her own."""

    user: str
    name: str
    credential: str
    licences: tuple[LicenceFacts, ...]
    depth_ceiling_mm: Decimal | None
    papers: tuple[Paper, ...] = ()
    """What is no licence: life support, training, certificates."""

    def licensed_on(self, day: date) -> bool:
        """Whether any licence covers the day."""
        return any(licence.covers(day) for licence in self.licences)

    @property
    def last_licensed_on(self) -> date | None:
        """The last day of the licence that counts longest."""
        return max((licence.expires_on for licence in self.licences), default=None)


@dataclass(frozen=True)
class Release:
    """The director let one finding pass for one visit: exactly the finding that she was shown."""

    code: str
    basis: str
    reason: str
    director: str
    areas: frozenset[Area] = frozenset(Area)
    """The areas that the visit which she was shown was about: what speaks against some alone is let pass in
    these."""


@dataclass(frozen=True)
class DrugsAndPlaces:
    """What sessions used and where: areas, classes of device, and drugs in small letters."""

    areas: frozenset[Area]
    device_classes: frozenset[str]
    drugs: frozenset[str]


@dataclass(frozen=True)
class VisitFacts:
    """One visit, and what the clinic knew about everything in it on the visit's own day.

    None means that the clinic's registers do not hold it; what the visit document itself states about a
    lot still counts. `last_session_on` is the newest earlier session that this clinic did.
    """

    document: VisitDocument
    patient_ref: str
    born_on: date | None
    last_session_on: date | None
    policy: Policy | None
    protocol: Protocol | None
    performer: StaffFacts | None
    examiner: StaffFacts | None
    orderer: StaffFacts | None
    consent_texts: tuple[ConsentTextFacts, ...]
    device: DeviceFacts | None
    lot: LotFacts | None
    topical_lots: Mapping[str, LotFacts]
    cartridge_used_before: bool
    authorisations: tuple[OffLabelAuthorisation, ...]
    releases: tuple[Release, ...]
    prp_kit_lot: LotFacts | None = None
    anaesthetic_lot: LotFacts | None = None
    deceased_on: date | None = None
    on_file: tuple[OnFile, ...] = ()
    supervisor: StaffFacts | None = None
    sessions_since_order: int = 0
    """Earlier sessions of this service that the clinic did since the order, which they used up."""
    exam_papers: frozenset[str] = frozenset()
    """SHA-256 of every outside exam that is kept of this person."""
    cartridge_struck_elsewhere: bool = False
    """Whether this cartridge stood in another visit until that was corrected."""
    adverse_event_on: date | None = None
    """Newest adverse event of grade 2 or worse after an earlier visit."""
    consent_paper_days: Mapping[str, date] = field(default_factory=dict)
    """The day that stands on each scan of a consent, by its id."""
    precare_sheets: tuple[SheetFacts, ...] = ()
    """Every sheet about preparing that the director approved."""
    aftercare_sheets: tuple[SheetFacts, ...] = ()
    """Every aftercare sheet that the director approved."""
    prp_people: tuple[StaffFacts, ...] = ()
    """Whoever the PRP names and who worked here then."""
    directors: tuple[StaffFacts, ...] = ()
    """Who was a medical director here on the visit's day."""
    order_takers: tuple[StaffFacts, ...] = ()
    """Who took the telephone orders that the document names."""
    patient_name: str = ""
    """First and last name as the record has them."""
    patient_language: str = ""
    """`en`, `es` or another code; empty where the record names none."""
    consent_staff: frozenset[str] = frozenset()
    """Whoever the consent and the pre-care name and who works here, by user name."""
    consent_papers: Mapping[str, str] = field(default_factory=dict)
    """Scans of signed papers that were kept for this person: SHA-256 by id."""
    earlier_consents: Mapping[str, str] = field(default_factory=dict)
    """Consents of this person's performed visits: `consent.content_of` by the visit's number."""
    withdrawals: tuple[Withdrawal, ...] = ()
    history: tuple[HistoryFact, ...] = ()
    """Allergies, medicines and conditions of this person, also what ended."""
    under_exam: DrugsAndPlaces | None = None
    """Of the earlier sessions here that rested on the exam of this visit; None where there was none."""

    @property
    def withdrawals_by_the_end(self) -> tuple[Withdrawal, ...]:
        """The withdrawals that count: what came after the treatment's end was given while it lasted."""
        ended_at = self.document.ended_at if self.document.lines else None
        return tuple(one for one in self.withdrawals if ended_at is None or one.withdrawn_at <= ended_at)

    @property
    def day(self) -> date:
        """The visit's own calendar day."""
        return self.document.visit_on


ADULT_AGE = 18


def age_on(born_on: date, day: date) -> int:
    """Whole years lived by `day`; someone born on 29 February turns older on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def came_of_age(born_on: date | None, since: date, day: date) -> bool:
    """Whether somebody was a minor on the day `since`, and is none any more on `day`. None is not known."""
    return born_on is not None and age_on(born_on, since) < ADULT_AGE <= age_on(born_on, day)
