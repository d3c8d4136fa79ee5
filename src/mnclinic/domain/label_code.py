"""The code on a cartridge's label against what was entered of that label. Pure.

The gate goes by the lot, the serial number and the last day that stand in fields of their own. A code
that cannot be read, or that says something else, is of another box; one that says more would hide it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from mnclinic.domain.scanned_codes import read_scanned
from mnclinic.errors import Problem

CODE = "cartridge.udi"
_FIELDS = {
    "lot": "The code on the cartridge's label names another lot. Enter lot and code of one label.",
    "serial": "The code on the cartridge's label names another serial number than this. Enter that one.",
    "expires_on": "The code on the cartridge's label names another last day than this. Enter that one.",
}


def label_code_problems(document: Mapping[str, Any], is_sound: Callable[[str], bool]) -> Iterator[Problem]:
    """What is wrong with the code of a visit's cartridge, and every field that does not say what it says."""
    if not all(map(is_sound, ("cartridge", "started_at"))) or "started_at" not in document:
        return
    cartridge = document.get("cartridge")
    if not isinstance(cartridge, Mapping) or not cartridge.get("udi", "").strip():
        return
    year = datetime.fromisoformat(document["started_at"]).year
    reading = read_scanned([cartridge["udi"]], this_year=year)
    if reading.item is None:
        yield Problem(CODE, " ".join(reading.problems))
        return
    for name, words in _FIELDS.items():
        said = getattr(reading.item, name) or ""
        if said and _printed(str(said)) != _printed(cartridge.get(name, "")):
            yield Problem(f"cartridge.{name}", words)


def _printed(text: str) -> str:
    return text.strip().casefold()
