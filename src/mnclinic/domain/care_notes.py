"""What was measured, put on the skin, drawn and confirmed at a visit, beside the treatment lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mnclinic.domain.doses import drug_mg, g_force, grams_per_10_cm2, minutes_on_skin

Json = Mapping[str, Any]


@dataclass(frozen=True)
class VitalsNote:
    """Vital signs: blood pressure in mmHg, pulse in beats a minute, temperature in degrees Fahrenheit."""

    systolic_mmhg: int | None
    diastolic_mmhg: int | None
    pulse_per_min: int | None
    temperature_f: Decimal | None
    taken_at: datetime | None


@dataclass(frozen=True)
class AnaestheticNote:
    """The topical anaesthetic as its label states it; grams, square centimetres, when it went on and off.

    `is_wiped_off` and `is_occluded` are None where nobody said so.
    """

    name: str
    lot: str | None
    expires_on: date | None
    applied_at: datetime | None
    removed_at: datetime | None = None
    strength_percent: Decimal | None = None
    amount_g: Decimal | None = None
    area_cm2: int | None = None
    is_wiped_off: bool | None = None
    is_occluded: bool | None = None

    @property
    def drug_mg(self) -> Decimal | None:
        """Milligrams of the drug in what was put on."""
        if self.strength_percent is None or self.amount_g is None:
            return None
        return drug_mg(self.strength_percent, self.amount_g)

    @property
    def g_per_10_cm2(self) -> Decimal | None:
        """How thick it lay, in grams on ten square centimetres."""
        if self.amount_g is None or not self.area_cm2:
            return None
        return grams_per_10_cm2(self.amount_g, Decimal(self.area_cm2))

    @property
    def minutes_on(self) -> int | None:
        """Whole minutes that it was on; None as long as it is, or where a time is missing."""
        if self.applied_at is None or self.removed_at is None or self.removed_at < self.applied_at:
            return None
        return minutes_on_skin(self.applied_at, self.removed_at)


@dataclass(frozen=True)
class TubeLabel:
    """What stands on the label of a tube of blood."""

    last_name: str
    first_name: str
    born_on: date
    labelled_at: datetime | None


@dataclass(frozen=True)
class Spin:
    """One run of the centrifuge: revolutions a minute, rotor radius in cm, minutes, when, by whom."""

    rpm: int
    radius_cm: Decimal
    minutes: int
    spun_at: datetime | None
    by: str | None

    @property
    def g_force(self) -> Decimal:
        """The relative centrifugal force, in g."""
        return g_force(self.rpm, self.radius_cm)


@dataclass(frozen=True)
class ReadBack:
    """Two people read the tube's label back against the patient."""

    at: datetime
    by: tuple[str, ...]
    is_by_own_password: bool


@dataclass(frozen=True)
class PrpNote:
    """Platelet-rich plasma: the kit by its label, the tube, the spins, and whose hands it was in."""

    lot: str
    expires_on: date | None
    drawn_at: datetime | None
    drawn_by: str | None = None
    label: TubeLabel | None = None
    spins: tuple[Spin, ...] = ()
    read_back: tuple[ReadBack, ...] = ()
    is_one_patient_in_rotor: bool | None = None
    applied_at: datetime | None = None
    applied_by: str | None = None

    @property
    def people(self) -> frozenset[str]:
        """Everybody whose hands it was in, by user name."""
        named = (self.drawn_by, self.applied_by, *(spin.by for spin in self.spins))
        readers = {user for one in self.read_back for user in one.by}
        return frozenset(readers | {user for user in named if user})

    @property
    def spun_at(self) -> datetime | None:
        """When it was first put into the centrifuge, as far as it is known."""
        return min((spin.spun_at for spin in self.spins if spin.spun_at), default=None)


@dataclass(frozen=True)
class TopicalNote:
    """A product put on the skin during or right after needling; how much in millilitres."""

    name: str
    lot: str | None
    expires_on: date | None
    amount_ml: Decimal | None = None
    used: str = ""
    """`during`, `after`, or empty where nobody said."""


@dataclass(frozen=True)
class AsepsisNote:
    """A step against infection, in the protocol's own words, as it was confirmed."""

    item: str
    confirmed_at: datetime
    by: str | None


def read_vitals(vitals: Json) -> VitalsNote:
    """The vital signs of a document that its schema has accepted."""
    return VitalsNote(
        systolic_mmhg=vitals.get("systolic_mmhg"),
        diastolic_mmhg=vitals.get("diastolic_mmhg"),
        pulse_per_min=vitals.get("pulse_per_min"),
        temperature_f=_decimal(vitals.get("temperature_f")),
        taken_at=_instant(vitals.get("taken_at")),
    )


def read_anaesthetic(anaesthetic: Json) -> AnaestheticNote:
    """The anaesthetic of a document that its schema has accepted."""
    return AnaestheticNote(
        name=anaesthetic["product"],
        lot=anaesthetic.get("lot"),
        expires_on=_day(anaesthetic.get("expires_on")),
        applied_at=_instant(anaesthetic.get("applied_at")),
        removed_at=_instant(anaesthetic.get("removed_at")),
        strength_percent=_decimal(anaesthetic.get("strength_percent")),
        amount_g=_decimal(anaesthetic.get("amount_g")),
        area_cm2=anaesthetic.get("area_cm2"),
        is_wiped_off=anaesthetic.get("wiped_off"),
        is_occluded=anaesthetic.get("occluded"),
    )


def read_prp(prp: Json) -> PrpNote:
    """The PRP of a document that its schema has accepted.

    Older documents hold one spin beside the kit; it is read where speed, radius and time are all there.
    """
    label = prp.get("tube_label")
    spins = prp.get("spins") or ([prp] if {"rpm", "radius_cm", "minutes"} <= prp.keys() else ())
    return PrpNote(
        lot=prp["kit_lot"],
        expires_on=_day(prp.get("kit_expires_on")),
        drawn_at=_instant(prp.get("drawn_at")),
        drawn_by=prp.get("drawn_by"),
        label=TubeLabel(
            label["last_name"],
            label["first_name"],
            date.fromisoformat(label["born_on"]),
            _instant(label.get("labelled_at")),
        )
        if label
        else None,
        spins=tuple(
            Spin(
                one["rpm"],
                Decimal(one["radius_cm"]),
                one["minutes"],
                _instant(one.get("spun_at")),
                one.get("by"),
            )
            for one in spins
        ),
        read_back=tuple(
            ReadBack(datetime.fromisoformat(one["at"]), tuple(one["by"]), one.get("by_own_password", False))
            for one in prp.get("read_back", ())
        ),
        is_one_patient_in_rotor=prp.get("one_patient_in_rotor"),
        applied_at=_instant(prp.get("applied_at")),
        applied_by=prp.get("applied_by"),
    )


def read_topical(topical: Json) -> TopicalNote:
    """A topical of a document that its schema has accepted."""
    return TopicalNote(
        name=topical["name"],
        lot=topical.get("lot"),
        expires_on=_day(topical.get("expires_on")),
        amount_ml=_decimal(topical.get("amount_ml")),
        used=topical.get("used", ""),
    )


def read_asepsis(one: Json) -> AsepsisNote:
    """A confirmed step of a document that its schema has accepted."""
    return AsepsisNote(one["item"], datetime.fromisoformat(one["confirmed_at"]), one.get("by"))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
