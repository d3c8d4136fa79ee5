"""The clinic's own rules as versioned values: policy, protocol, consent text, authorisation.

Each is made from a JSON document that the schemas in `resources/schemas` describe. The document's
bytes are what the director signs; these classes are how the rules read it. Every clinical or legal
number stands in the document with its source.
"""

import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from mnclinic.domain.depth import AreaLimits
from mnclinic.domain.off_label_flags import PRP_PRODUCT, authorised_products
from mnclinic.domain.photo_poses import Pose, read_pose
from mnclinic.domain.policy_parameters import value_of
from mnclinic.domain.policy_roles import Role, role_from_json
from mnclinic.domain.screening import ScreeningItem, screening_item_from_json
from mnclinic.domain.treatment import Area

Json = Mapping[str, Any]

POLICY_2 = "mnclinic.policy/2"
PROTOCOL_2 = "mnclinic.protocol/2"
DEVICE_CLASSES = {"mechanical": "mechanical", "rf": "radiofrequency"}
"""A class of device in a protocol, by how the register of devices calls it."""
EVERY_MODALITY = frozenset({"in_person", "video"})
"""What a policy of the first form accepts; an exam that was only looked at later has to be named."""


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
class AnaestheticRule:
    """What the policy says of numbing creams, in percent, g/cm2, minutes and square centimetres.

    None is unknown: nothing is compared then.
    """

    products: frozenset[str] | None = None
    max_percent: Decimal | None = None
    max_g_cm2: Decimal | None = None
    max_minutes: int | None = None
    max_area_cm2: int | None = None


@dataclass(frozen=True)
class Policy:
    """One version of the clinic's policy. Days and percentages are the clinic's own.

    `roles` by credential; None is a policy of the first form, which says nothing of them.
    """

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
    review_by: date | None = None
    exam_required: bool = True
    exam_modalities: frozenset[str] = EVERY_MODALITY
    order_valid_days: int | None = None
    order_kinds: frozenset[str] = frozenset({"patient_specific"})
    order_max_sessions: int | None = None
    exam_renew_on: frozenset[str] = frozenset()
    telephone_orders: bool = False
    director_deadline_days: int | None = None
    minimum_age_years: int | None = None
    interval_warn_days: int | None = None
    interval_block_days: int | None = None
    anaesthetic: AnaestheticRule = AnaestheticRule()
    roles: Mapping[str, Role] | None = None
    consent_witness: bool = False
    consent_languages: frozenset[str] | None = None
    minors_with_guardian: bool = False
    delegation_disclosure: str = ""
    """What a patient is told of who treats and who delegates, beside the consent and the preparation."""

    def role(self, credential: str) -> Role | None:
        """What a credential may do; None where the policy does not name it."""
        return self.roles.get(credential) if self.roles is not None else None


@dataclass(frozen=True)
class Provider:
    """Somebody whom a protocol names: by user name, from and to a day, `to` None while it lasts."""

    user: str
    valid_from: date
    valid_to: date | None

    def covers(self, day: date) -> bool:
        """Whether the delegation counts on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Protocol:
    """One version of the director's written method for one service.

    With `providers` only who is named there performs; None is everybody of the credentials. With
    `anaesthetics` only those numbing products are on the list; None says nothing of them.
    """

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
    supervision: str = "none"
    review_by: date | None = None
    providers: tuple[Provider, ...] | None = None
    anaesthetics: frozenset[str] | None = None
    asepsis: tuple[str, ...] = ()
    """What is done so that nothing is carried in, step by step and word for word."""
    steps: tuple[str, ...] = ()
    """The method, step by step: what whoever performs it reads beside the treatment."""
    precare: tuple[str, ...] = ()
    """What the patient is told before, line by line."""
    aftercare: tuple[str, ...] = ()
    """What the patient is told after, line by line."""
    photos: tuple[Pose, ...] = ()
    """The photographs that are asked for; none of them ever keeps a treatment from being done or signed."""
    precare_form: str = ""
    """The sheet about preparing that is given; empty: any approved one for the service, if one is asked."""
    aftercare_form: str = ""
    """The aftercare sheet that is given; empty: the one that the program brings, and none is asked for."""
    device_class: str = ""
    """Of the devices that it is written for, as the register of devices has it; empty where it names none."""
    speed_min_rpm: int | None = None
    speed_max_rpm: int | None = None
    """Slowest and fastest setting in revolutions a minute; None is not known, and nothing is compared."""
    cartridges: frozenset[str] = frozenset()
    """The names of the cartridges that may be used, in small letters; none: any that the device takes."""
    session_count: int | None = None
    """Sessions in a series; None is not known, and nothing is counted."""
    off_label_products: frozenset[str] = frozenset()
    """What is used off its label, in small letters, beside what every device's label leaves out."""

    @property
    def words(self) -> str:
        """How findings name it inside a sentence."""
        return f"protocol {self.protocol_id} v{self.version}"

    @property
    def title(self) -> str:
        """How findings name it at the start of a sentence."""
        return f"Protocol {self.protocol_id} v{self.version}"


class HasFirstDay(typing.Protocol):
    """A version of rules that counts from a day on."""

    @property
    def effective_on(self) -> date:
        """Its first day."""
        ...

    @property
    def version(self) -> int:
        """Its number."""
        ...


Version = TypeVar("Version", bound=HasFirstDay)


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
    products: frozenset[str] = frozenset({PRP_PRODUCT})
    """Of `off_label_topical`: what may be put on the skin, in small letters. PRP where it names nothing."""

    def covers(self, flag: str, service: str, patient_ref: str, day: date, product: str = "") -> bool:
        """Whether it lets `flag` pass for this service, patient and product on `day`."""
        return (
            flag == self.flag
            and (not product or product in self.products)
            and service == self.service
            and self.patient_ref in (None, patient_ref)
            and self.valid_from <= day <= self.valid_to
        )


def policy_from_json(document: Json) -> Policy:
    """The policy in a document that its schema has accepted, of the first form or the second."""
    review = document["review"]
    roles = _roles(document)
    examiners = (
        frozenset(role.credential for role in roles.values() if role.may_examine)
        if roles is not None
        else frozenset(document["exam_credentials"])
    )
    draws_all = value_of(document, "review_selection") == "all"
    return Policy(
        policy_id=document["id"],
        version=document["version"],
        name=document["name"],
        effective_on=date.fromisoformat(document["effective_on"]),
        screening=tuple(screening_item_from_json(item) for item in document["screening"]),
        # Each unknown value is read as `Parameter.unknown` says.
        exam_valid_days=value_of(document, "exam_valid_days") or 0,
        exam_credentials=examiners,
        consent_valid_days=value_of(document, "consent_valid_days") or 0,
        late_entry_after_h=value_of(document, "late_entry_after_h") or 1,
        review=ReviewRule(
            sample_percent=100 if draws_all else review["sample_percent"]["value"],
            always=frozenset(review["always"]),
            due_days=review["due_days"]["value"],
        ),
        **(_second_form(document) if roles is not None else {}),
        roles=roles,
    )


def _roles(document: Json) -> Mapping[str, Role] | None:
    if document["format"] != POLICY_2:
        return None
    return {role["credential"]: role_from_json(role) for role in document["roles"]}


def _second_form(document: Json) -> dict[str, Any]:
    """What a policy of the second form sets besides."""
    modalities = value_of(document, "exam_modalities")
    kinds = value_of(document, "order_kinds")
    languages = value_of(document, "consent_languages")
    products = value_of(document, "anaesthetic_products")
    return {
        "review_by": date.fromisoformat(document["review_by"]),
        "exam_required": value_of(document, "exam_required") != "no",
        "exam_modalities": frozenset(modalities if modalities is not None else {"in_person"}),
        "order_valid_days": value_of(document, "order_valid_days"),
        "order_kinds": frozenset(kinds if kinds is not None else {"patient_specific"}),
        "order_max_sessions": value_of(document, "order_max_sessions"),
        "exam_renew_on": frozenset(value_of(document, "exam_renew_on") or ()),
        "telephone_orders": value_of(document, "telephone_orders") == "yes",
        "director_deadline_days": value_of(document, "director_deadline_days"),
        "delegation_disclosure": value_of(document, "delegation_disclosure") or "",
        "consent_languages": frozenset(languages) if languages is not None else None,
        "consent_witness": value_of(document, "consent_witness") == "yes",
        "minors_with_guardian": value_of(document, "minors") == "with_guardian",
        "minimum_age_years": value_of(document, "minimum_age_years"),
        "interval_warn_days": value_of(document, "interval_warn_days"),
        "interval_block_days": value_of(document, "interval_block_days"),
        "anaesthetic": AnaestheticRule(
            products=frozenset(products) if products is not None else None,
            max_percent=_decimal(value_of(document, "anaesthetic_max_percent")),
            max_g_cm2=_decimal(value_of(document, "anaesthetic_max_g_cm2")),
            max_minutes=value_of(document, "anaesthetic_max_minutes"),
            max_area_cm2=value_of(document, "anaesthetic_max_area_cm2"),
        ),
    }


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


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
        steps=tuple(document.get("steps", ())),
        **(_protocol_second_form(document) if document["format"] == PROTOCOL_2 else {}),
    )


def _protocol_second_form(document: Json) -> dict[str, Any]:
    """What a protocol of the second form sets besides."""
    providers = document.get("providers")
    anaesthetics = document.get("anaesthetics")
    return {
        "supervision": document["supervision"],
        "review_by": date.fromisoformat(document["review_by"]),
        "providers": tuple(_provider(one) for one in providers) if providers else None,
        "anaesthetics": frozenset(anaesthetics) if anaesthetics is not None else None,
        "asepsis": tuple(document.get("asepsis", ())),
        "precare": tuple(document.get("precare", ())),
        "aftercare": tuple(document.get("aftercare", ())),
        "photos": tuple(read_pose(one) for one in document.get("photos", ())),
        "precare_form": document.get("precare_form", ""),
        "aftercare_form": document.get("aftercare_form", ""),
        "device_class": DEVICE_CLASSES.get(document.get("device_class", ""), ""),
        "session_count": document.get("session_count", {}).get("value"),
        "speed_min_rpm": document.get("speed_min_rpm", {}).get("value"),
        "speed_max_rpm": document.get("speed_max_rpm", {}).get("value"),
        "cartridges": in_small_letters(document.get("cartridges", ())),
        "off_label_products": in_small_letters(document.get("off_label_products", ())),
    }


def _provider(provider: Json) -> Provider:
    valid_to = provider["valid_to"]
    return Provider(
        user=provider["user"],
        valid_from=date.fromisoformat(provider["valid_from"]),
        valid_to=date.fromisoformat(valid_to) if valid_to else None,
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
        products=in_small_letters(authorised_products(document)),
    )


def in_small_letters(names: Iterable[str]) -> frozenset[str]:
    """Names of products as they are compared."""
    return frozenset(name.strip().casefold() for name in names)


def in_force(versions: Iterable[Version], day: date) -> Version | None:
    """The newest version whose effective day has come by `day`, or None."""
    effective = [version for version in versions if version.effective_on <= day]
    return max(effective, key=lambda version: (version.effective_on, version.version), default=None)
