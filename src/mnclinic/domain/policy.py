"""The clinic's own rules as versioned values: policy, protocol, consent text, authorisation.

Each is made from a JSON document that the schemas in `resources/schemas` describe. The document's
bytes are what the director signs; these classes are how the rules read it. Every clinical or legal
number stands in the document with its source.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from mnclinic.domain.depth import AreaLimits
from mnclinic.domain.screening import ScreeningItem, screening_item_from_json
from mnclinic.domain.treatment import Area

Json = Mapping[str, Any]


@dataclass(frozen=True)
class ReviewRule:
    """Which performed visits the director reviews.

    `sample_percent` of the visits that nothing else sends are drawn; a visit with a feature in
    `always` is sent whatever the draw says. Due `due_days` after the performer's signature.
    """

    sample_percent: int
    always: frozenset[str]
    due_days: int


@dataclass(frozen=True)
class Policy:
    """One version of the clinic's policy. Days and percentages are the clinic's own."""

    policy_id: str
    version: int
    name: str
    effective_on: date
    screening: tuple[ScreeningItem, ...]
    exam_valid_days: int
    exam_credentials: frozenset[str]
    consent_valid_days: int
    late_entry_after_h: int
    review: ReviewRule


@dataclass(frozen=True)
class Protocol:
    """One version of the director's written method for one service."""

    protocol_id: str
    version: int
    name: str
    service: str
    effective_on: date
    devices: frozenset[str]
    performer_credentials: frozenset[str]
    areas: Mapping[Area, AreaLimits]
    interval_warn_days: int
    interval_block_days: int
    topicals: frozenset[str]
    consent_form: str

    @property
    def words(self) -> str:
        """How findings name it inside a sentence."""
        return f"protocol {self.protocol_id} v{self.version}"

    @property
    def title(self) -> str:
        """How findings name it at the start of a sentence."""
        return f"Protocol {self.protocol_id} v{self.version}"


Version = TypeVar("Version", Policy, Protocol)


@dataclass(frozen=True)
class OffLabelAuthorisation:
    """The director's standing authorisation of one off-label flag, for one service or one patient."""

    authorisation_id: str
    flag: str
    service: str
    patient_ref: str | None
    valid_from: date
    valid_to: date
    director: str

    def covers(self, flag: str, service: str, patient_ref: str, day: date) -> bool:
        """Whether it lets `flag` pass for this service and patient on `day`."""
        return (
            flag == self.flag
            and service == self.service
            and self.patient_ref in (None, patient_ref)
            and self.valid_from <= day <= self.valid_to
        )


def policy_from_json(document: Json) -> Policy:
    """The policy in a document that its schema has accepted."""
    numbers = document["parameters"]
    review = document["review"]
    return Policy(
        policy_id=document["id"],
        version=document["version"],
        name=document["name"],
        effective_on=date.fromisoformat(document["effective_on"]),
        screening=tuple(screening_item_from_json(item) for item in document["screening"]),
        exam_valid_days=numbers["exam_valid_days"]["value"],
        exam_credentials=frozenset(document["exam_credentials"]),
        consent_valid_days=numbers["consent_valid_days"]["value"],
        late_entry_after_h=numbers["late_entry_after_h"]["value"],
        review=ReviewRule(
            sample_percent=review["sample_percent"]["value"],
            always=frozenset(review["always"]),
            due_days=review["due_days"]["value"],
        ),
    )


def protocol_from_json(document: Json) -> Protocol:
    """The protocol in a document that its schema has accepted."""
    limits = [_area_limits(area) for area in document["areas"]]
    return Protocol(
        protocol_id=document["id"],
        version=document["version"],
        name=document["name"],
        service=document["service"],
        effective_on=date.fromisoformat(document["effective_on"]),
        devices=frozenset(document["devices"]),
        performer_credentials=frozenset(document["performer_credentials"]),
        areas={limit.area: limit for limit in limits},
        interval_warn_days=document["interval_warn_days"]["value"],
        interval_block_days=document["interval_block_days"]["value"],
        topicals=frozenset(document["topicals"]),
        consent_form=document["consent_form"],
    )


def _area_limits(area: Json) -> AreaLimits:
    return AreaLimits(
        area=Area(area["area"]),
        soft_min_mm=Decimal(area["soft_min_mm"]),
        soft_max_mm=Decimal(area["soft_max_mm"]),
        acknowledge_above_mm=Decimal(area["acknowledge_above_mm"]),
        hard_max_mm=Decimal(area["hard_max_mm"]),
        pass_count_max=area["pass_count_max"],
    )


def authorisation_from_json(document: Json) -> OffLabelAuthorisation:
    """The authorisation in a document that its schema has accepted."""
    return OffLabelAuthorisation(
        authorisation_id=document["id"],
        flag=document["flag"],
        service=document["service"],
        patient_ref=document["patient"],
        valid_from=date.fromisoformat(document["valid_from"]),
        valid_to=date.fromisoformat(document["valid_to"]),
        director=document["director"],
    )


def in_force(versions: Iterable[Version], day: date) -> Version | None:
    """The newest version whose effective day has come by `day`, or None."""
    effective = [version for version in versions if version.effective_on <= day]
    return max(effective, key=lambda version: (version.effective_on, version.version), default=None)
