"""What can be off a device's label, by the codes that the gate, authorisations and their schema use."""

from collections.abc import Mapping
from typing import Any

PRP_WORDS = "PRP"
"""Platelet-rich plasma as people write it."""
PRP_PRODUCT = PRP_WORDS.casefold()
"""The same as products are compared."""
TOPICAL = "off_label_topical"
FLAGS = (
    TOPICAL,
    "off_label_age",
    "off_label_indication",
    "off_label_site",
    "off_label_phototype",
    "off_label_depth",
)


def authorised_products(authorisation: Mapping[str, Any]) -> tuple[str, ...]:
    """What an authorisation lets be put on the skin: PRP where it names nothing, nothing by another flag."""
    if authorisation["flag"] != TOPICAL:
        return ()
    return tuple(authorisation.get("products") or (PRP_WORDS,))
