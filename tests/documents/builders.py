"""Frozen records of invented people, as the store would hand them over."""

import copy
import math
from typing import Any

from mnclinic.audit.canonical import canonical_bytes, sha256_hex

PERFORMER, DIRECTOR = "0f0e0d0c-0b0a-4908-8706-050403020100", "1f0e0d0c-0b0a-4908-8706-050403020100"
VAULT = "7d1f0a52-6a0e-4f57-9a39-0d8f2f0c7b11"
VISIT = "3e0c8a8e-6d6a-4a53-8f5e-5a0f9b3d2c01"
CHECKPOINT = {"size": 4127, "root": "a1b2c3d4e5f60718" + "9" * 48}

NO_ITEMS = (
    "isotretinoin_now", "anticoagulant", "supplements_bleeding", "bleeding_disorder", "botulinum_toxin",
    "filler", "laser_or_ipl", "chemical_peel", "waxing", "sunburn", "active_acne", "herpes_now",
    "infection_or_wound", "eczema_psoriasis_rosacea", "keloid", "skin_cancer", "pregnancy", "scleroderma",
    "autoimmune", "immunosuppression", "chemotherapy", "radiation", "diabetes_uncontrolled", "steel_allergy",
    "anaesthetic_allergy", "illness_today",
)  # fmt: skip


def pen_strokes() -> list[list[list[int]]]:
    """A signature as somebody would scribble it: loops, then a dot and an underline."""
    loops = [
        [
            int(700 + step * 82 + 420 * math.sin(step / 2.2)),
            int(5000 - 2300 * math.sin(step / 3.1) * (1 - step / 140)),
        ]
        for step in range(96)
    ]
    underline = [[1500 + step * 360, int(8100 - step * 22 + 160 * math.sin(step / 2))] for step in range(20)]
    return [loops, [[5200, 1900]], underline]


def line(area: str, side: str, depth_mm: str, passes: int, endpoint: str, note: str = "") -> dict[str, Any]:
    return {
        "area": area, "side": side, "depth_mm": depth_mm, "passes": passes, "endpoint": endpoint,
        "note": note,
    }  # fmt: skip


def finding(
    code: str,
    message: str,
    outcome: str,
    *,
    light: str = "history",
    passed_by: str = "performer",
    reason: str | None = None,
) -> dict[str, Any]:
    return {
        "code": code,
        "light": light,
        "passed_by": passed_by,
        "message": message,
        "where": f"screening.{code}",
        "earliest_on": None,
        "outcome": outcome,
        "reason": reason,
    }


FINDINGS = [
    finding(
        "aspirin_or_nsaid",
        "Aspirin or NSAID: 1 days ago; the clinic's window is 3 days.",
        "reason_given",
        reason="One 200 mg tablet for a headache, no bruising; discussed with G. Lind.",
    ),
    finding(
        "isotretinoin_stopped",
        "Isotretinoin, stopped: 161 days ago; the clinic's window is 183 days. Earliest 2026-12-15.",
        "released",
        passed_by="director",
        reason="Face only, at most 0.75 mm on the cheeks; 2017 expert consensus on file.",
    ),
    finding(
        "off_label_topical",
        "The device's label does not cover this topical.",
        "authorised",
        light="authority",
        passed_by="director",
        reason="AUTH-2026-04, valid to 2027-03-31",
    ),
]


def performed() -> dict[str, Any]:
    """A performed visit with findings, six areas and most optional parts."""
    lines = [
        line("forehead", "midline", "0.75", 4, "pinpoint_bleeding"),
        line("cheek", "right", "0.75", 4, "pinpoint_bleeding", "Two ice-pick scars treated spot by spot."),
        line("cheek", "left", "0.75", 4, "pinpoint_bleeding"),
        line("nose", "midline", "0.50", 3, "erythema"),
        line("chin", "midline", "1.00", 4, "pinpoint_bleeding"),
        line("upper_lip", "both", "0.50", 3, "erythema", "Patient asked to stop early."),
    ]
    return {
        "format": "mnclinic.visit-record/1",
        "vault": VAULT,
        "visit": VISIT,
        "number": "V-000123",
        "revision": 2,
        "state": "performed",
        "patient": {
            "ref": "b8b1c2aa-0d3f-4a0c-9d0e-f0a1b2c3d4e5",
            "record_number": "P-000012",
            "last_name": "Núñez",
            "first_name": "Ana María",
            "born_on": "1992-03-14",
        },
        "entered_at": "2026-11-23T16:14:05.120Z",
        "late_entry": False,
        "document": {
            "format": "mnclinic.visit/1",
            "patient": {"record_number": "P-000012"},
            "service": "microneedling_face",
            "indication": "facial_acne_scars",
            "performer": "reyes",
            "started_at": "2026-11-23T09:00:00-06:00",
            "ended_at": "2026-11-23T10:10:00-06:00",
            "identity": {"confirmed_by": "name_and_birth_date"},
            "fitzpatrick": {"type": 3, "method": "clinician", "assessed_on": "2026-09-02"},
            "last_session_on": "2026-10-19",
            "exam": {
                "examiner": "lind", "examined_on": "2026-09-02", "modality": "in_person",
                "result": "approved",
            },
            "order": {"ordered_by": "lind", "ordered_on": "2026-09-02", "valid_to": "2027-03-02"},
            "consent": {
                "form": "microneedling",
                "version": 4,
                "language": "es",
                "signed_at": "2026-11-23T09:02:00-06:00",
                "signed_by": "patient",
                "signature": {"kind": "drawn", "strokes": pen_strokes()},
                "witness": "desk",
                "text_sha256": "5c" * 32,
            },
            "screening": [
                {
                    "item": "isotretinoin_stopped",
                    "answer": "yes",
                    "last_on": "2026-06-15",
                    "note": "Course of five months, finished.",
                },
                {"item": "aspirin_or_nsaid", "answer": "yes", "last_on": "2026-11-22", "note": "Headache."},
                {"item": "herpes_history", "answer": "unknown", "last_on": None, "note": ""},
                *({"item": item, "answer": "no"} for item in NO_ITEMS),
            ],
            "vitals": {"systolic_mmhg": 118, "diastolic_mmhg": 74, "pulse_per_min": 66},
            "device": "SP-01",
            "cartridge": {
                "lot": "LOTZ77",
                "expires_on": "2027-05-31",
                "needle_length_mm": "2.50",
                "udi": "(01)09506000134352(17)270531(10)LOTZ77",
            },
            "anaesthetic": {
                "product": "lidocaine cream",
                "strength_percent": "4",
                "amount_g": "20",
                "area_cm2": 400,
                "applied_at": "2026-11-23T09:10:00-06:00",
                "removed_at": "2026-11-23T09:40:00-06:00",
                "wiped_off": True,
                "occluded": False,
            },
            "topicals": [{"name": "hydrogel", "lot": "HG-118", "expires_on": "2028-01-31"}],
            "lines": lines,
            "reasons": [{"code": "aspirin_or_nsaid", "reason": FINDINGS[0]["reason"]}],
            "note": "Tolerated well. Mild even redness at the end; cool compress for ten minutes.",
        },
        "pinned": {
            "policy": {"id": "tx", "version": 3, "sha256": "a4" * 32, "name": "TX-like draft"},
            "protocol": {
                "id": "face_mechanical", "version": 2, "sha256": "b7" * 32,
                "name": "Face, mechanical needling",
            },
            "consent_text": {"form": "microneedling", "version": 4, "language": "es", "sha256": "5c" * 32},
            "device": {
                "device": "SP-01",
                "model": "SkinPen Precision",
                "maker": "Crown Aesthetics",
                "serial": "EXAMPLE-0001",
                "clearance": "DEN160029, K202243",
                "max_depth_mm": "2.50",
                "label_depth_mm": "1.50",
                "minimum_age": 22,
                "indications": [
                    {"indication": "facial_acne_scars", "phototypes": [1, 2, 3, 4, 5, 6]},
                    {"indication": "neck_wrinkles", "phototypes": [2, 3, 4]},
                ],
            },
            "cartridge": {
                "lot": "LOTZ77", "expires_on": "2027-05-31", "needle_length_mm": "2.50", "state": "in_use",
            },
            "performer": {
                "staff": PERFORMER,
                "name": "T. Reyes",
                "credential": "RN",
                "licence": "TX-RN-0003",
                "licence_expires_on": "2027-10-31",
                "depth_ceiling_mm": "2.00",
            },
        },
        "judged": {"as_of": "2026-11-23T15:00:00.000Z", "findings": copy.deepcopy(FINDINGS)},
    }  # fmt: skip


def deferred() -> dict[str, Any]:
    """A visit that the gate refused: reasons, and no lines."""
    record = performed()
    record["state"] = "deferred"
    record["revision"] = 1
    document = record["document"]
    for key in ("lines", "topicals", "anaesthetic", "ended_at", "note"):
        document.pop(key)
    record["judged"]["findings"] = [
        finding(
            "topical_retinoid",
            "Topical retinoid: 3 days ago; the clinic's window is 5 days.",
            "warned",
        ),
        finding(
            "isotretinoin_stopped",
            "Isotretinoin, stopped: 161 days ago; the clinic's window is 183 days. Earliest 2026-12-15.",
            "refused",
            passed_by="director",
        ),
        finding(
            "cartridge_expired",
            "Cartridge lot LOTX12 expired on 2026-09-30.",
            "refused",
            light="supplies",
            passed_by="nobody",
        ),
    ]
    return record


def signature(
    record: dict[str, Any], meaning: str = "performed", reason: str | None = None
) -> dict[str, Any]:
    """The signature record of the performer, or of the director for any other meaning."""
    signers = {
        True: (PERFORMER, "T. Reyes", "RN", "TX-RN-0003", "c3" * 32),
        False: (DIRECTOR, "Dr I. Okafor", "MD", "TX-MD-0001", "0d1e2f" * 10 + "abcd"),
    }
    statements = {
        "performed": "I performed this treatment as recorded here, and the record is true and complete.",
        "approved": "I reviewed this visit and approve it as recorded.",
        "returned": "I reviewed this visit and return it to the performer with a question.",
        "released": "I release this patient for treatment in spite of the finding named here.",
    }
    staff, name, credential, licence, key = signers[meaning == "performed"]
    return {
        "format": "mnclinic.signature/1",
        "vault": VAULT,
        "visit": record["visit"],
        "number": record["number"],
        "revision": record["revision"],
        "record_sha256": sha256_hex(canonical_bytes(record)),
        "meaning": meaning,
        "statement": statements[meaning],
        "signer": {
            "staff": staff,
            "name": name, "credential": credential, "licence": licence, "key": key,
        },
        "signed_at": "2026-11-23T16:14:05.120Z" if meaning == "performed" else "2026-11-24T13:30:00.000Z",
        "utc_offset": "-06:00",
        "tree": {"size": 4101, "root": "fe" * 32},
        "shown": "window",
        "factors": ["password"],
        "reason": reason,
        "nonce": "7" * 32,
    }  # fmt: skip
