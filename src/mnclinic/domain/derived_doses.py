"""What follows from a numbing cream and a spin as they are typed, held against label and policy. Pure.

Each is a sentence, and whether it goes over a limit: the same limits as the gate's.
"""

from dataclasses import dataclass
from decimal import Decimal

from mnclinic.domain.care_notes import AnaestheticNote
from mnclinic.domain.doses import g_force
from mnclinic.domain.policy import AnaestheticRule


@dataclass(frozen=True)
class Derived:
    """A derived value in words, with the limit that it is held against; `is_over` is more than that."""

    words: str
    limit: str = ""
    is_over: bool = False


LABELS = {
    "lidocaine": (
        "Over-the-counter lidocaine: the FDA warned on 2024-03-26 against more than 4 %, against large or "
        "irritated areas, and against covering it."
    ),
    "prilocaine": (
        "Label of lidocaine 2.5 % and prilocaine 2.5 %, read 2026-11: intact skin, 2 g on 10 cm2, at least "
        "60 minutes; not near the eyes."
    ),
    "tetracaine": (
        "Label of lidocaine 7 % and tetracaine 7 %, read 2026-11: adults, intact skin, 20 to 60 minutes, its "
        "table ends at 53 g on 400 cm2."
    ),
}
"""What labels say, by the drug that tells products apart: shown beside the fields, and no limit itself."""


def label_words(product: str) -> str:
    """What the label of such a product says, or nothing. The more telling drug of a mixture counts."""
    name = product.casefold()
    return next((LABELS[drug] for drug in ("prilocaine", "tetracaine", "lidocaine") if drug in name), "")


def derived_of_anaesthetic(note: AnaestheticNote, rule: AnaestheticRule) -> tuple[Derived, ...]:
    """Milligrams, thickness and time, as far as they can be worked out, each beside the policy's limit."""
    found = []
    if note.drug_mg is not None:
        limit = f"The policy's limit is {rule.max_percent} %." if rule.max_percent is not None else ""
        is_over = rule.max_percent is not None and (note.strength_percent or 0) > rule.max_percent
        found.append(Derived(f"{plain_number(note.drug_mg, 1)} mg of the drug.", limit, is_over))
    if note.g_per_10_cm2 is not None:
        most = rule.max_g_cm2 * 10 if rule.max_g_cm2 is not None else None
        limit = f"The policy's limit is {plain_number(most, 2)} g." if most is not None else ""
        is_over = most is not None and note.g_per_10_cm2 > most
        found.append(Derived(f"{plain_number(note.g_per_10_cm2, 2)} g on 10 cm².", limit, is_over))
    if note.area_cm2 is not None and rule.max_area_cm2 is not None:
        is_over = note.area_cm2 > rule.max_area_cm2
        said = f"The policy's limit is {rule.max_area_cm2} cm²."
        found.append(Derived(f"{note.area_cm2} cm² covered.", said, is_over))
    if note.minutes_on is not None:
        limit = f"The policy's limit is {rule.max_minutes} minutes." if rule.max_minutes is not None else ""
        is_over = rule.max_minutes is not None and note.minutes_on > rule.max_minutes
        found.append(Derived(f"{note.minutes_on} minutes on the skin.", limit, is_over))
    elif note.applied_at is not None and note.removed_at is None:
        found.append(Derived("Still on: it comes off, and is wiped off fully, before the first needle."))
    return tuple(found)


def spin_words(rpm: int, radius_cm: Decimal) -> str:
    """The force of a spin in words."""
    return f"{g_force(rpm, radius_cm):,.0f} × g at this radius."


def plain_number(value: Decimal, places: int) -> str:
    """A number with at most so many decimals, and no zeros that say nothing."""
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
