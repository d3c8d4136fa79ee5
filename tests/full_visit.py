"""Visit documents that together hold every field of the published schema, about invented people."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from mnclinic.resource_files import resource_text

Json = dict[str, Any]
AT = "2026-11-23T{}:00-06:00"


def at(clock: str) -> str:
    """A moment of the day of these visits."""
    return AT.format(clock)


def full_visit() -> Json:
    """The example with PRP, and everything beside it that can stand in one visit."""
    made: Json = deepcopy(json.loads(resource_text("examples/visit-2-clean-prp.json")))
    made["supervised_by"] = "lind"
    made["vitals"] |= {"pulse_per_min": 66, "temperature_f": "98.6", "taken_at": at("10:00")}
    made["cartridge"]["serial"] = "C-00417"
    made["anaesthetic"] = {
        "product": "Lidocaine 4 % cream",
        "strength_percent": "4",
        "amount_g": "19.50",
        "area_cm2": 390,
        "applied_at": at("09:51"),
        "removed_at": at("10:19"),
        "wiped_off": True,
        "occluded": False,
        "lot": "A-2210",
        "expires_on": "2027-06-30",
    }
    made["prp"] |= {"anticoagulant": "ACD-A", "activator": "calcium chloride"}
    made["topicals"] = [
        {
            "name": "hydrogel",
            "lot": "HG-118",
            "expires_on": "2027-01-31",
            "amount_ml": "4.5",
            "used": "during",
        }
    ]
    made["lines"][0] |= {
        "started_at": at("10:36"),
        "ended_at": at("10:41"),
        "note": "Spared one papule.",
        "tolerance": 0,
    }
    made["photos"] = [
        {"view": "Face from the front", "when": "before", "sha256": "5c" * 32},
        {
            "view": "Face from the left",
            "when": "before",
            "not_taken": "declined",
            "reason": "Did not want a second one.",
        },
        {"view": "Face from the front", "when": "after", "not_taken": "unable", "reason": "Camera empty."},
    ]
    made["note"] = "Calm throughout; cool compress for ten minutes."
    made["reasons"] = [
        *made["reasons"],
        {"code": "passes_many", "reason": "Scarred skin."},
        {"code": "anaesthetic_not_registered", "reason": "Opened before it was entered."},
    ]
    return made


def every_field() -> tuple[Json, ...]:
    """Documents in which each property of the schema occurs at least once."""
    made = full_visit()
    made["visit"] = "V-000123"
    made["exam"] |= {
        "note": "Sees well.",
        "services": ["microneedling_prp"],
        "areas": ["cheek"],
        "device_classes": ["mechanical"],
        "valid_to": "2027-03-01",
        "outside": {
            "name": "Dr A. Elsewhere",
            "credential": "MD",
            "licence": "TX-MD-9",
            "licence_state": "TX",
            "licence_valid_to": "2027-01-31",
            "accepted_on": "2026-11-20",
            "paper_sha256": "a" * 64,
        },
    }
    made["order"] |= {
        "note": "As discussed.",
        "kind": "standing",
        "areas": ["cheek"],
        "max_depth_mm": "1.50",
        "devices": ["SP-01"],
        "max_sessions": 3,
    }
    made["telephone_orders"] = [
        {
            "director": "okafor",
            "taken_by": "reyes",
            "ordered_at": at("10:10"),
            "words": "Go ahead.",
            "read_back_at": at("10:11"),
            "passes": [{"code": "interval_short", "basis": "Twenty-one days."}],
        }
    ]
    made["screening"][0] |= {"answer": "yes", "last_on": "2026-01-02", "note": "Once.", "areas": ["cheek"]}
    made["skin"] = {
        "assessed_on": "2026-11-23",
        "lesions": [{"area": "chin", "item": "active_acne", "note": "One."}],
    }
    made["prp"]["read_back"][0]["by_own_password"] = True
    made["planned_areas"] = ["cheek"]
    made["aftercare"]["text_sha256"] = "c" * 64
    old = full_visit()
    old["patient"] = {"record_number": "P-000012"}
    old["prp"] = {"kit_lot": "K-1", "rpm": 3861, "radius_cm": "9.0", "minutes": 8, "g_force": 1500}
    old["consent"]["signature"] = {"kind": "typed", "name": "Rowan Mockridge", "agreed": True}
    old["consent"] |= {
        "signed_by": "guardian",
        "guardian": {"name": "Kim Mockridge", "relation": "parent"},
        "interpreter": {"name": "Ana Interpreta", "language": "es", "how": "phone"},
        "carried_from": "V-000077",
    }
    paper = full_visit()
    paper["patient"] |= {"email": "rowan@example.com"}
    paper["consent"]["signature"] = {
        "kind": "paper",
        "attachment": "3e0c8a8e-6d6a-4a53-8f5e-5a0f9b3d2c01",
        "sha256": "b" * 64,
        "seen_by": "desk",
    }
    return made, old, paper


def places_of_schema() -> set[str]:
    """Every place of the published document that holds a value, lists as []."""
    schema = json.loads(resource_text("schemas/visit.json"))

    def walk(node: Json, path: str) -> Iterator[str]:
        if node.get("$ref", "").startswith("#/$defs/"):
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]] | node
        if node.get("properties"):
            for name, one in node["properties"].items():
                yield from walk(one, f"{path}.{name}" if path else name)
        elif node.get("items"):
            yield from walk(node["items"], f"{path}[]")
        else:
            yield path

    return set(walk(schema, ""))


def places_of(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every place of a document with what it holds, named as `places_of_schema` names it."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from places_of(one, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for one in value:
            yield from places_of(one, f"{path}[]")
    else:
        yield path, value
