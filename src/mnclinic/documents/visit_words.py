"""What the rooms of a printed visit share: fields by their own names, units, people, languages, hashes."""

from collections.abc import Collection, Mapping
from typing import Any

from mnclinic.documents.parts import Field
from mnclinic.documents.words import NOT_RECORDED, capital, instant_words, said, spoken

Json = Mapping[str, Any]

HASH_DIGITS = 16
"""How much of a hash is printed: enough to tell records apart and to compare by eye."""

_UNITS = {
    "strength_percent": ("Strength", "%"),
    "amount_g": ("Amount", " g"),
    "area_cm2": ("Area", " cm²"),
    "drawn_ml": ("Blood drawn", " mL"),
    "prp_ml": ("PRP obtained", " mL"),
    "radius_cm": ("Rotor radius", " cm"),
    "g_force": ("Relative force", " × g"),
    "rpm": ("Speed", " rpm"),
    "minutes": ("Time", " min"),
    "platelets_per_ul": ("Platelets", " per µL"),
    "needle_length_mm": ("Needle length", " mm"),
    "max_depth_mm": ("Greatest setting", " mm"),
    "label_depth_mm": ("Depth evaluated in labelling", " mm"),
    "depth_step_mm": ("Step of depth", " mm"),
    "minimum_age": ("Minimum age on label", " years"),
    "pulse_per_min": ("Pulse", " per min"),
    "temperature_f": ("Temperature", " °F"),
    "one_patient_in_rotor": ("This patient's tubes alone in the rotor", ""),
    "wiped_off": ("Wiped off fully before needling", ""),
    "occluded": ("Covered while it worked", ""),
    "udi": ("UDI as scanned", ""),
}


def without(values: Json, printed: Collection[str]) -> Json:
    """The values that are not printed under a name of their own."""
    return {key: value for key, value in values.items() if key not in printed}


def remaining(values: Json) -> list[Field]:
    """Fields by their own names, with units; instants with their offset."""
    fields = []
    for key, value in values.items():
        label, unit = _UNITS.get(key, (capital(spoken(key)), ""))
        if key.endswith("_at"):
            fields.append(Field(capital(spoken(key.removesuffix("_at"))), instant_words(value)))
        elif key.endswith("_on"):
            fields.append(Field(capital(spoken(key.removesuffix("_on"))), said(value)))
        else:
            text = said(value)
            fields.append(Field(label, text if text == NOT_RECORDED else text + unit))
    return fields


def person(user: object, names: Mapping[str, str]) -> str:
    """The printed name of somebody, or their user name."""
    return names.get(str(user), said(user))


def language(code: object) -> str:
    """A language by name."""
    return {"en": "English", "es": "Spanish"}.get(str(code), said(code))


def is_own(signature: Json, record: Json) -> bool:
    """Whether a director's decision is about a treatment that the same person performed."""
    performer = (record.get("pinned") or {}).get("performer") or {}
    signer = signature["signer"].get("staff")
    return signature["meaning"] != "performed" and signer is not None and signer == performer.get("staff")
