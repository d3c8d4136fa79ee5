"""The type scale and the tints of words."""

from mnclinic.ui.elements import Card, label
from mnclinic.ui.tokens import Tone, Type

STEPS = (
    ("Display", Type.DISPLAY),
    ("Title", Type.TITLE),
    ("Heading", Type.HEADING),
    ("Strong", Type.STRONG),
    ("Body", Type.BODY),
    ("Label", Type.LABEL),
    ("Small", Type.SMALL),
    ("Chip", Type.CHIP),
)


def type_card() -> Card:
    """Every step, with figures that line up, and every tint."""
    card = Card("Type")
    for name, style in STEPS:
        card.add(label(f"{name}: needle depth 1.50 mm, lot NC-2291, 0O 1lI", style, wraps=True))
    for tint in ("muted", "faint", "accent", *Tone):
        card.add(label(f"{str(tint).capitalize()} words on a card", tint=str(tint), wraps=True))
    return card
