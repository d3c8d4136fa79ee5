"""Visit documents for the demo clinic."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from mnclinic.domain.policy import Policy, Protocol
from mnclinic.domain.screening import asked
from mnclinic.domain.treatment import Area
from mnclinic.domain.visit_document import VISIT_FORMAT
from mnclinic.services.add_patient import NewPatient

BLEEDS_FROM = 75
"""Hundredths of a millimetre."""
PAIRED = frozenset({Area.CHEEK, Area.CHEEKBONE, Area.PERIORBITAL, Area.JAW, Area.HAND})
COMMON_AREAS = (Area.FOREHEAD, Area.CHEEK, Area.NOSE, Area.CHIN, Area.UPPER_LIP)
NOTES = ("", "", "", "tolerated well", "one short pause", "cool compress afterwards")


def clean_document(
    chance: random.Random,
    *,
    record_number: str,
    phototype: int,
    performer: str,
    started_at: datetime,
    policy: Policy,
    protocol: Protocol,
    ceiling_mm: float,
) -> dict[str, Any]:
    """A whole visit document against which nothing stands, except what the caller then changes."""
    examined_on = started_at.date() - timedelta(days=chance.randint(2, 200))
    ended_at = started_at + timedelta(minutes=chance.randint(35, 75))
    return {
        "format": VISIT_FORMAT,
        "patient": {"record_number": record_number},
        "service": protocol.service,
        "indication": "facial_acne_scars",
        "performer": performer,
        "started_at": started_at.isoformat(timespec="seconds"),
        "ended_at": ended_at.isoformat(timespec="seconds"),
        "identity": {"confirmed_by": "name_and_birth_date"},
        "fitzpatrick": {"type": phototype, "method": "clinician", "assessed_on": examined_on.isoformat()},
        "exam": {
            "examiner": "lind",
            "examined_on": examined_on.isoformat(),
            "modality": chance.choice(("in_person", "in_person", "video")),
            "result": "approved",
        },
        "order": {
            "ordered_by": "lind",
            "ordered_on": examined_on.isoformat(),
            "valid_to": (examined_on + timedelta(days=270)).isoformat(),
        },
        "consent": consent(chance, protocol, started_at - timedelta(minutes=12)),
        "screening": [{"item": item.item, "answer": "no"} for item in asked(policy.screening, "mechanical")],
        "device": "SP-01",
        "cartridge": {"lot": "DEMO-C1"},
        "topicals": [{"name": "hydrogel", "lot": "DEMO-G1", "amount_ml": "4", "used": "during"}],
        "asepsis": asepsis(protocol, performer, started_at, ended_at),
        "lines": lines(chance, protocol, COMMON_AREAS[: chance.randint(3, 5)], ceiling_mm),
    }


def asepsis(
    protocol: Protocol, performer: str, started_at: datetime, ended_at: datetime
) -> list[dict[str, Any]]:
    """Every step that the protocol lists, confirmed: the last one after the treatment."""
    last = len(protocol.asepsis) - 1
    return [
        {
            "item": item,
            "confirmed_at": (ended_at if number == last else started_at).isoformat(timespec="seconds"),
            "by": performer,
        }
        for number, item in enumerate(protocol.asepsis)
    ]


def blood(patient: NewPatient, by: str, started_at: datetime, kit_expires_on: date) -> dict[str, Any]:
    """The patient's own PRP from the draw to the skin, read back twice."""
    minutes = [
        (started_at + timedelta(minutes=one)).isoformat(timespec="seconds") for one in (4, 6, 8, 18, 20)
    ]
    drawn_at, first_read_at, spun_at, second_read_at, applied_at = minutes
    readers = sorted({by, "reyes", "lind"})[:2]
    return {
        "kit_lot": "DEMO-K1",
        "kit_expires_on": kit_expires_on.isoformat(),
        "tubes": 2,
        "drawn_ml": "18",
        "drawn_at": drawn_at,
        "drawn_by": by,
        "tube_label": {
            "last_name": patient.last_name,
            "first_name": patient.first_name,
            "born_on": patient.born_on,
            "labelled_at": drawn_at,
        },
        "centrifuge": "CF-1",
        "spins": [{"rpm": 3861, "radius_cm": "9.0", "minutes": 8, "spun_at": spun_at, "by": by}],
        "prp_ml": "4",
        "colour": "straw",
        "one_patient_in_rotor": True,
        "read_back": [{"at": at, "by": readers} for at in (first_read_at, second_read_at)],
        "applied_at": applied_at,
        "applied_by": by,
        "leftover_discarded": True,
    }


def consent(chance: random.Random, protocol: Protocol, signed_at: datetime) -> dict[str, Any]:
    """A consent with a drawn signature: a few loops that differ from person to person."""
    return {
        "form": protocol.consent_form,
        "version": 4,
        "language": chance.choice(("en", "en", "en", "es")),
        "signed_at": signed_at.isoformat(timespec="seconds"),
        "signed_by": "patient",
        "signature": {"kind": "drawn", "strokes": _strokes(chance)},
        "witness": "desk",
    }


def _strokes(chance: random.Random) -> list[list[list[int]]]:
    strokes = []
    x = 900
    for _ in range(3):
        y = chance.randint(3500, 6000)
        stroke = []
        for _ in range(9):
            stroke.append([min(x, 9600), max(600, min(9400, y))])
            x += chance.randint(120, 380)
            y += chance.randint(-1900, 1900)
        strokes.append(stroke)
    return strokes


def lines(
    chance: random.Random, protocol: Protocol, areas: Sequence[Area], ceiling_mm: float
) -> list[dict[str, Any]]:
    """One line an area (two for a paired one), inside the protocol's usual range."""
    made = []
    for area in areas:
        limits = protocol.areas[area]
        low = int(limits.soft_min_mm * 100)
        high = min(int(limits.soft_max_mm * 100), int(ceiling_mm * 100))
        hundredths = chance.randrange(low, high + 1, 25) if high > low else low
        for side in ("right", "left") if area in PAIRED else ("midline",):
            made.append(
                {
                    "area": area.value,
                    "side": side,
                    "depth_mm": f"{hundredths / 100:.2f}",
                    "passes": chance.randint(2, 5),
                    "endpoint": "pinpoint_bleeding" if hundredths >= BLEEDS_FROM else "erythema",
                    "note": chance.choice(NOTES),
                }
            )
    return made


def answer(document: dict[str, Any], item: str, *, last_on: date | None = None) -> None:
    """Change one screening answer to yes, with the day of last use where it has one."""
    for given in document["screening"]:
        if given["item"] == item:
            given["answer"] = "yes"
            if last_on is not None:
                given["last_on"] = last_on.isoformat()


def reason(document: dict[str, Any], code: str, words: str) -> None:
    """Write the performer's reason for a warning."""
    document.setdefault("reasons", []).append({"code": code, "reason": words})
