"""What follows from an anaesthetic or a centrifuge as recorded. Pure, exact decimals, units in names."""

from datetime import datetime
from decimal import Decimal

_RCF = Decimal("1.118e-5")


def drug_mg(strength_percent: Decimal, amount_g: Decimal) -> Decimal:
    """Milligrams of the drug in so many grams of the product: one percent is 10 mg in a gram."""
    return amount_g * strength_percent * 10


def grams_per_10_cm2(amount_g: Decimal, area_cm2: Decimal) -> Decimal:
    """How thick a product lies. Raises ValueError for an area that is not above zero."""
    if area_cm2 <= 0:
        raise ValueError("an area is above zero")
    return amount_g * 10 / area_cm2


def minutes_on_skin(applied_at: datetime, removed_at: datetime) -> int:
    """Whole minutes, those begun left out. Raises ValueError where it came off before it went on."""
    if removed_at < applied_at:
        raise ValueError("it came off before it went on")
    return int((removed_at - applied_at).total_seconds() // 60)


def g_force(speed_rpm: int, radius_cm: Decimal) -> Decimal:
    """The relative centrifugal force, in g, at that radius of the rotor. Raises ValueError below zero."""
    if speed_rpm < 0 or radius_cm < 0:
        raise ValueError("speed and radius are not below zero")
    return _RCF * radius_cm * speed_rpm * speed_rpm
