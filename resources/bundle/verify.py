#!/usr/bin/env python3
"""Check an audit bundle of mnclinic with nothing but Python's standard library (3.8 or newer).

    python3 verify.py [BUNDLE.zip or FOLDER] [--trust FINGERPRINT] [--older BUNDLE.zip] [--json]

Without a name the folder that this file lies in is checked. The fingerprint is on the sheet that the
medical director signed in ink; without it the verdict says that nobody checked whose key it is. Where more
than one director's key counts, give every fingerprint: --trust again, or several with commas between them.

Exit status: 0 VALID, 1 ALTERED, 2 UNREADABLE, 3 VALID (KEY NOT CHECKED), 4 INCOMPLETE; 64 wrong use, 70 a
defect of this program. VALID means unaltered and complete against the clinic's log. It does not mean that
what was entered is true, that everything done was entered, or that the care was right.

A copy inside a bundle can be altered like anything else in it. Take this file from somewhere else if you can.
"""

import argparse
import base64
import csv
import datetime
import hashlib
import io
import json
import os
import re
import struct
import sys
import traceback
import unicodedata
import zlib

STATUS = {"VALID": 0, "ALTERED": 1, "UNREADABLE": 2, "VALID (KEY NOT CHECKED)": 3, "INCOMPLETE": 4}
WRONG_USE, DEFECT = 64, 70
MOST_FINDINGS = 200
LARGEST_BYTES = 2**31
LEFT_BEHIND_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}

MANIFEST, TAG_MANIFEST = "manifest-sha512.txt", "tagmanifest-sha512.txt"
SEAL, SSH_SEAL = TAG_MANIFEST + ".sig", TAG_MANIFEST + ".sshsig"
MAKER_SEAL = TAG_MANIFEST + ".maker.sig"
TAG_FILES = ("bagit.txt", "bag-info.txt", MANIFEST, "VERIFY.txt", "verify.py", "index.html")
BAG_VERSION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
SCOPE = "data/scope.json"
LOG, SIGNATURES, CHECKPOINT = "data/log/entries.jsonl", "data/log/signatures.txt", "data/log/checkpoint.txt"
REGISTER, ALLOWED_SIGNERS = "data/keys/register.jsonl", "data/keys/allowed_signers"
DIRECTOR, INSTALLATION = "data/keys/director.pem", "data/keys/installation.pem"
REVOCATIONS = "data/keys/revocations.jsonl"
DECLARATION = "data/declarations/solo-physician.json"
SCANS = "data/attachments/"
ENDING_OF_SCAN = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
OUTSIDE, OF_OTHERS = "visits outside the period", "log entries about other people and the clinic"
EVENTS = "data/events/"
EVENTS_OUTSIDE = "adverse events written down outside the period"
STEPS_OUTSIDE = "what was done about those adverse events"
STAY_AT_THE_CLINIC = (
    ("follow-up contacts after treatments, which stay in the clinic", "follow_up_contact"),
    ("recalls with their notices and lists of people, which stay in the clinic", "recall"),
    ("contacts with people about a recall, which stay in the clinic", "recall_contact"),
)
FOLLOWED, RECALLED = "data/follow-ups/", "data/recalls/"
PEOPLE_OF_RECALLS, RECALLS_OF_PERSON = RECALLED + "people.json", RECALLED + "person.json"
PLANNED = FOLLOWED + "planned.json"
FOLLOW_UPS_OUTSIDE = "follow-up contacts written down outside the period"
RECALLS_OUTSIDE = "recalls opened outside the period"
RECALL_CONTACTS_OUTSIDE = "contacts with people about those recalls"
SPOILT = "scans that are missing or damaged at the clinic"
NOT_HERE = "The log says that this scan was kept, but it is not in the bundle."
SAID_TO_BE_SPOILT = (
    "The log says that this scan was kept. It is not in the bundle: the clinic says that it is missing or "
    "damaged there, and nothing here can prove that."
)
KEPT_ELSEWHERE = (
    "This scan was kept under another record, whose entries are not in here. A record in here names it by "
    "its SHA-256; what else is written down about it is held against nothing."
)
OF_RECORD = ("visit", "number", "revision")
VISIT_COLUMNS = (
    *OF_RECORD,
    "state_now",
    "patient",
    "record_number",
    "started_at",
    "service",
    "performer",
    "device",
    "cartridge_lot",
    "late_entry",
    "solo_physician",
)
LINE_COLUMNS = (
    "area",
    "side",
    "depth_mm",
    "passes",
    "endpoint",
    "speed_rpm",
    "pattern",
    "bleeding",
    "tolerance",
    "started_at",
    "ended_at",
    "note",
)
TABLES = ("data/tables/visits.csv", "data/tables/lines.csv", "data/tables/findings.csv")
HEADINGS = {
    TABLES[0]: (VISIT_COLUMNS, VISIT_COLUMNS[:-1]),
    TABLES[1]: ((*OF_RECORD, *LINE_COLUMNS), (*OF_RECORD, *LINE_COLUMNS[:5])),
    TABLES[2]: ((*OF_RECORD, "code", "light", "outcome", "message", "reason"),),
}
PROOFS, HEADS = "data/log/proofs.jsonl", "data/log/heads.jsonl"
SUBJECT_MAP, SUBJECT_PROOF = "data/log/subject-map.json", "data/log/subject-proof.json"
SLICE_FILES = (PROOFS, HEADS, SUBJECT_MAP, SUBJECT_PROOF)
NEEDED = (SCOPE, LOG, SIGNATURES, CHECKPOINT, REGISTER, DIRECTOR, INSTALLATION, ALLOWED_SIGNERS, *TABLES)


class CannotCheck(Exception):
    """Nothing could be checked: wrong use, not a verdict. The message is a sentence."""


class NotCanonical(ValueError):
    """Bytes that are not a document in the form that the clinic signs."""


# --- Ed25519 (RFC 8032), with tables of multiples so that thousands of signatures take seconds ------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)
ORDER_EIGHT_Y = 55188659117513257062467267217118295137698188065244968500265048394206261417927
SMALL_ORDER_Y = {0, 1, P - 1, ORDER_EIGHT_Y, P - ORDER_EIGHT_Y}


def recover_x(y, sign):
    """The x of a point from its y and the sign bit, or None if there is no such point."""
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_M1 % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def add(a, b):
    """Two points in extended coordinates."""
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    t, z = 2 * D * a[3] * b[3] % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, z - t, z + t, n + m
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiples(point):
    """For each of 64 hexadecimal digits the 15 multiples of the point, ready for quick addition."""
    points = []
    for _ in range(64):
        multiple = point
        for _ in range(15):
            points.append(multiple)
            multiple = add(multiple, point)
        point = multiple
    running, products = 1, []
    for _, _, z, _ in points:  # one inversion serves them all
        products.append(running)
        running = running * z % P
    inverse = pow(running, P - 2, P)
    ready = [None] * len(points)
    for index in range(len(points) - 1, -1, -1):
        x, y, z, _ = points[index]
        own, inverse = inverse * products[index] % P, inverse * z % P
        x, y = x * own % P, y * own % P
        ready[index] = ((y + x) % P, (y - x) % P, 2 * D * x * y % P)
    return ready


def add_multiple(point, scalar, table):
    """The point plus scalar times the point of the table."""
    x, y, z, t = point
    start = -1
    while scalar:
        digit = scalar & 15
        if digit:
            plus, minus, twisted = table[start + digit]
            a, b, c, d = (y - x) * minus, (y + x) * plus, t * twisted, 2 * z
            e, f, g, h = (b - a) % P, (d - c) % P, (d + c) % P, (b + a) % P
            x, y, z, t = e * f % P, g * h % P, f * g % P, e * h % P
        scalar >>= 4
        start += 15
    return (x, y, z, t)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
TABLE_OF_BASE = []
TABLES_OF_KEYS = {}


def table_of(public):
    """The multiples of the negated public key, or None for bytes that are no point."""
    if public not in TABLES_OF_KEYS:
        value = int.from_bytes(public, "little")
        y = value & (2**255 - 1)
        x = recover_x(y, value >> 255)
        TABLES_OF_KEYS[public] = None if x is None else multiples((P - x, y, 1, (P - x) * y % P))
    return TABLES_OF_KEYS[public]


def verify(public, signature, message):
    """Does this signature hold?"""
    if len(public) != 32 or len(signature) != 64:
        return False
    if not TABLE_OF_BASE:
        TABLE_OF_BASE.extend(multiples((BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)))
    table, s = table_of(public), int.from_bytes(signature[32:], "little")
    if table is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    x, y, z, _ = add_multiple(add_multiple(NEUTRAL, s, TABLE_OF_BASE), k, table)
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


def is_usable(public):
    """Is this a key in its one encoding, and none under which anything verifies?"""
    y = int.from_bytes(public, "little") & (2**255 - 1)
    return len(public) == 32 and y < P and y not in SMALL_ORDER_Y


# --- Documents: canonical form (RFC 8785 without floats) and shapes ---------------------------------------

UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SHA256 = re.compile("[0-9a-f]{64}")
SIXTEEN_BYTES = re.compile("[0-9a-f]{32}")
EIGHT_BYTES = re.compile("[0-9a-f]{16}")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
UTC_OFFSET = re.compile("[+-][0-9]{2}:[0-9]{2}")
PATTERN = type(UUID)


class AtLeast:
    """An object with these keys and perhaps more."""

    def __init__(self, **keys):
        self.keys = keys


def fits(value, shape):
    """Does a JSON value have this shape?"""
    if isinstance(shape, dict):
        return (
            isinstance(value, dict)
            and set(value) == set(shape)
            and all(fits(value[k], shape[k]) for k in shape)
        )
    if isinstance(shape, AtLeast):
        return isinstance(value, dict) and all(
            k in value and fits(value[k], shape.keys[k]) for k in shape.keys
        )
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(item, shape[0]) for item in value)
    if isinstance(shape, tuple):
        return any(fits(value, one) for one in shape)
    if isinstance(shape, PATTERN):
        return isinstance(value, str) and shape.fullmatch(value) is not None
    if isinstance(shape, type):
        return isinstance(value, shape) and (shape is bool or not isinstance(value, bool))
    return type(value) is type(shape) and value == shape


TEXT_OR_NONE = (None, str)
SIGNER = {"staff": UUID, "name": str, "credential": TEXT_OR_NONE, "licence": TEXT_OR_NONE, "key": SHA256}
SIGNED = {
    "vault": UUID,
    "statement": str,
    "signer": SIGNER,
    "signed_at": INSTANT,
    "utc_offset": UTC_OFFSET,
    "tree": {"size": int, "root": SHA256},
    "shown": ("window", "command", "set_up"),
    "factors": [str],
    "nonce": SIXTEEN_BYTES,
}
SIGNATURE_SHAPE = dict(
    SIGNED,
    format="mnclinic.signature/1",
    visit=UUID,
    number=str,
    revision=int,
    record_sha256=SHA256,
    meaning=("performed", "approved", "returned", "released"),
    reason=TEXT_OR_NONE,
)
APPROVAL_SHAPE = dict(
    SIGNED,
    format="mnclinic.approval/1",
    document=("policy", "protocol", "consent_text", "authorisation"),
    id=str,
    version=int,
    sha256=SHA256,
    meaning="approved",
)
SOLO_SHAPE = dict(SIGNED, format="mnclinic.solo-physician/1")
FIELD_PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*|\[(0|[1-9][0-9]{0,3})\])*")
AMENDMENT_SHAPE = dict(
    SIGNED,
    format="mnclinic.amendment/1",
    visit=UUID,
    number=str,
    amendment=int,
    kind=("addendum", "correction", "late_entry", "wrong_patient"),
    revision=int,
    record_sha256=SHA256,
    patient=UUID,
    happened_at=(None, INSTANT),
    text=str,
    correction=(None, {"path": FIELD_PATH, "old": TEXT_OR_NONE, "new": TEXT_OR_NONE}),
    right_patient=(None, UUID),
    reason=str,
)
FIRST_EVENT_SHAPE = {
    "format": "mnclinic.adverse-event/1",
    "id": UUID,
    "visit": UUID,
    "event": str,
    "grade": int,
    "noted_on": DAY,
    "note": str,
}
EVENT_SHAPE = (
    FIRST_EVENT_SHAPE,
    dict(
        FIRST_EVENT_SHAPE,
        format="mnclinic.adverse-event/2",
        kind=TEXT_OR_NONE,
        onset_at=(None, INSTANT),
        is_expected=(None, bool),
        relatedness=TEXT_OR_NONE,
        seriousness=TEXT_OR_NONE,
        treatment=TEXT_OR_NONE,
        told_how=TEXT_OR_NONE,
        told_by=TEXT_OR_NONE,
        tell_by=(None, INSTANT),
        sign_by=(None, INSTANT),
    ),
)
ACKNOWLEDGEMENT_SHAPE = dict(
    SIGNED,
    format="mnclinic.event-acknowledgement/1",
    step=UUID,
    event=UUID,
    event_sha256=SHA256,
    patient=UUID,
    text=str,
    statement="As medical director I know of this adverse event. What I order is written here.",
)
STEP_SHAPE = (
    {
        "format": "mnclinic.event-step/1",
        "id": UUID,
        "event": UUID,
        "what": ("told", "note", "reported", "closed"),
        "text": str,
        "grade": (None, int),
        "outcome": TEXT_OR_NONE,
        "report_number": TEXT_OR_NONE,
        "reported_on": (None, DAY),
        "recorded_by": UUID,
        "recorded_at": INSTANT,
    },
    ACKNOWLEDGEMENT_SHAPE,
)
ENTRY_OF_STEP = {
    "told": "adverse_event.told",
    "acknowledged": "adverse_event.acknowledged",
    "note": "adverse_event.noted",
    "reported": "adverse_event.reported",
    "closed": "adverse_event.closed",
}
FOLLOW_UP_SHAPE = {
    "format": "mnclinic.follow-up/1",
    "id": UUID,
    "visit": UUID,
    "step": str,
    "due_at": INSTANT,
    "channel": str,
    "outcome": str,
    "script": (None, SHA256),
    "answers": AtLeast(),
    "note": str,
    "recorded_by": UUID,
    "recorded_at": INSTANT,
}
PLANNED_CONTACT = {"visit": UUID, "step": str, "due_at": INSTANT, "state": str, "condition": str}
PLANNED_SHAPE = {"format": "mnclinic.follow-ups-planned/1", "at": INSTANT, "contacts": [PLANNED_CONTACT]}
RECALL_PARTS = {
    "id": UUID,
    "kind": str,
    "named": str,
    "reason": str,
    "is_drill": bool,
    "notice_type": (None, *ENDING_OF_SCAN),
    "notice_sha256": (None, SHA256),
    "opened_by": UUID,
    "opened_at": INSTANT,
}
RECALL_SHAPE = dict(
    RECALL_PARTS,
    format="mnclinic.recall/1",
    people=[{"patient": UUID, "visits": [str]}],
    list_ms=int,
)
RECALL_CONTACT_SHAPE = {
    "format": "mnclinic.recall-contact/1",
    "id": UUID,
    "recall": UUID,
    "patient": UUID,
    "how": str,
    "outcome": str,
    "text": str,
    "recorded_by": UUID,
    "recorded_at": INSTANT,
}
CLOSURE_SHAPE = dict(
    SIGNED,
    format="mnclinic.recall-closure/1",
    recall=UUID,
    recall_sha256=SHA256,
    people=int,
    reached=int,
    text=str,
    statement="As medical director I close this recall. What was done about whoever was not reached is "
    "written here.",
)
PEOPLE_SHAPE = {
    "format": "mnclinic.recall-people/1",
    "people": [{"patient": UUID, "record_number": str, "name": str}],
}
RECALL_OF_PERSON = dict(
    RECALL_PARTS, visits=[str], people=int, closed_by=(None, UUID), closed_at=(None, INSTANT)
)
OF_PERSON_SHAPE = {
    "format": "mnclinic.recalls-of-person/1",
    "patient": UUID,
    "outside": int,
    "recalls": [RECALL_OF_PERSON],
}
KEY_SHAPE = {
    "format": "mnclinic.key/1",
    "vault": UUID,
    "key": SHA256,
    "purpose": ("session", "signature", "installation"),
    "holder": {"staff": (None, UUID), "name": str, "role": str, "credential": TEXT_OR_NONE},
    "public": str,
    "enrolled_at": INSTANT,
}
ROW_SHAPE = {"document": (KEY_SHAPE, str), "proof": str, "vouches": [{"key": SHA256, "signature": str}]}
REVOCATION_SHAPE = {
    "format": "mnclinic.key-revocation/1",
    "vault": UUID,
    "key": SHA256,
    "reason": ("lost", "stolen", "left", "replaced"),
    "revoked_by": (None, UUID),
    "signer": SHA256,
    "revoked_at": INSTANT,
}
REVOCATION_LINE_SHAPE = {"document": REVOCATION_SHAPE, "signature": str}
ENTRY_SHAPE = {
    "v": 1,
    "vault": UUID,
    "seq": int,
    "prev": SHA256,
    "salt": SIXTEEN_BYTES,
    "ts": INSTANT,
    "tz": UTC_OFFSET,
    "mono": int,
    "boot": EIGHT_BYTES,
    "hwm": INSTANT,
    "clk": ("ok", "back"),
    "actor": {"uid": (None, UUID), "role": TEXT_OR_NONE, "key": SHA256},
    "for": None,
    "inst": SHA256,
    "app": str,
    "action": str,
    "kind": re.compile("[CRUDESPQ]"),
    "out": int,
    "subj": (None, UUID),
    "ssq": (None, int),
    "sprev": (None, SHA256),
    "obj": (None, {"t": str, "id": str, "rev": int, "h": SHA256}),
    "cat": [str],
    "why": TEXT_OR_NONE,
    "dh": SHA256,
}
OLDER_PERIOD = ("mnclinic.bundle/1", "mnclinic.bundle/3", "mnclinic.bundle/5")
OLDER_OF_ONE = ("mnclinic.bundle/2", "mnclinic.bundle/4", "mnclinic.bundle/6")
WITH_RECALLS = ("mnclinic.bundle/11", "mnclinic.bundle/12")
WITH_EVENTS = ("mnclinic.bundle/9", "mnclinic.bundle/10", *WITH_RECALLS)
SEALED_PERIOD, SEALED_OF_ONE = ("mnclinic.bundle/7", WITH_EVENTS[0]), ("mnclinic.bundle/8", WITH_EVENTS[1])
SEALED_BY_MAKER = (*SEALED_PERIOD, *SEALED_OF_ONE, *WITH_RECALLS)
PERIOD = (*OLDER_PERIOD, *SEALED_PERIOD, WITH_RECALLS[0])
ONE_PERSON = (*OLDER_OF_ONE, *SEALED_OF_ONE, WITH_RECALLS[1])
WITH_AMENDMENTS = ("mnclinic.bundle/5", "mnclinic.bundle/6", *SEALED_BY_MAKER)
WITH_SCANS = ("mnclinic.bundle/3", "mnclinic.bundle/4", *WITH_AMENDMENTS)
SCOPE_PARTS = {
    "format": OLDER_PERIOD,
    "vault": UUID,
    "clinic": str,
    "is_demo": bool,
    "from": DAY,
    "to": DAY,
    "made_at": INSTANT,
    "program": str,
    "visits": int,
    "patients": int,
    "log_size": int,
    "withheld": [AtLeast(what=str, count=int)],
}
PATIENT = {"ref": UUID, "entries": int, "withheld_entries": int}
SLICE_PARTS = {"from": (None, DAY), "to": (None, DAY), "patient": PATIENT}
MADE_DETAIL = {
    "clinic": str,
    "encrypted": bool,
    "format": str,
    "from": (None, DAY),
    "is_demo": bool,
    "made_by": str,
    "to": (None, DAY),
    "visits": int,
}
MADE = {"made_by": str, "made": {"entry": int, "staff": UUID, "key": SHA256, "detail": MADE_DETAIL}}
RECALLS_DETAIL = dict(MADE_DETAIL, planned_sha256=(None, SHA256), recalls_sha256=(None, SHA256))
MADE_WITH_RECALLS = {"made_by": str, "made": dict(MADE["made"], detail=RECALLS_DETAIL)}
SCOPE_SHAPE = (
    AtLeast(**SCOPE_PARTS),
    AtLeast(**dict(SCOPE_PARTS, **SLICE_PARTS, format=OLDER_OF_ONE)),
    AtLeast(**dict(SCOPE_PARTS, **MADE, format=SEALED_PERIOD)),
    AtLeast(**dict(SCOPE_PARTS, **SLICE_PARTS, **MADE, format=SEALED_OF_ONE)),
    AtLeast(**dict(SCOPE_PARTS, **MADE_WITH_RECALLS, format=WITH_RECALLS[0])),
    AtLeast(**dict(SCOPE_PARTS, **SLICE_PARTS, **MADE_WITH_RECALLS, format=WITH_RECALLS[1])),
)
SCAN_SHAPE = {
    "format": "mnclinic.attachment/1",
    "id": UUID,
    "patient": UUID,
    "kind": str,
    "title": str,
    "media_type": tuple(ENDING_OF_SCAN),
    "size_bytes": int,
    "sha256": SHA256,
    "file": str,
    "sealed_sha256": SHA256,
    "seal_key": SHA256,
    "dated_on": DAY,
    "note": str,
    "kept_by": UUID,
    "kept_at": INSTANT,
}
PROOF_LINE = {"seq": int, "path": [SHA256]}
HEAD_LINE = {"size": int, "root": SHA256, "path": [SHA256]}
MAP_SHAPE = {
    "format": "mnclinic.subject-map/1",
    "vault": UUID,
    "size": int,
    "subjects": int,
    "root": SHA256,
    "keys": int,
    "ended_keys": int,
}
SUBJECT_PROOF_SHAPE = {
    "format": "mnclinic.subject-count/1",
    "subject": UUID,
    "count": int,
    "last": SHA256,
    "beside": [SHA256],
}
PINNED = AtLeast(id=str, version=int, sha256=SHA256)
FIRST_RECORD_SHAPE = {
    "format": "mnclinic.visit-record/1",
    "vault": UUID,
    "visit": UUID,
    "number": str,
    "revision": int,
    "state": ("performed", "deferred"),
    "patient": {
        "ref": UUID,
        "record_number": str,
        "last_name": str,
        "first_name": str,
        "born_on": (None, DAY),
    },
    "entered_at": INSTANT,
    "late_entry": bool,
    "document": AtLeast(),
    "pinned": {
        "policy": (None, PINNED),
        "protocol": (None, PINNED),
        "consent_text": (None, AtLeast(form=str, version=int, language=str, sha256=SHA256)),
        "device": (None, AtLeast()),
        "cartridge": (None, AtLeast()),
        "performer": (None, AtLeast(staff=UUID, name=str, credential=TEXT_OR_NONE)),
    },
    "judged": {
        "as_of": INSTANT,
        "findings": [
            AtLeast(code=str, light=str, passed_by=str, message=str, outcome=str, reason=TEXT_OR_NONE)
        ],
    },
}
SOLO_RECORD_SHAPE = dict(
    FIRST_RECORD_SHAPE,
    format="mnclinic.visit-record/2",
    solo_physician={"declaration_sha256": SHA256, "statement": str},
)
RECORD_SHAPE = (FIRST_RECORD_SHAPE, SOLO_RECORD_SHAPE)


def refuse_defects(value, depth):
    """Refuse what has no canonical form: bad text, large numbers, endless nesting."""
    if depth > 64:
        raise NotCanonical
    if isinstance(value, str):
        if not value.isascii() and unicodedata.normalize("NFC", value) != value:
            raise NotCanonical
    elif isinstance(value, list):
        for item in value:
            refuse_defects(item, depth + 1)
    elif isinstance(value, dict):
        for key in value:
            refuse_defects(key, 0)
            refuse_defects(value[key], depth + 1)
    elif isinstance(value, int) and abs(value) > 2**53 - 1:
        raise NotCanonical


def no_float(_):
    """Refuse a number that is not whole."""
    raise NotCanonical


def in_utf16_order(value):
    """The same value with its keys in the order of RFC 8785."""
    if isinstance(value, dict):
        return {k: in_utf16_order(value[k]) for k in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    return [in_utf16_order(item) for item in value] if isinstance(value, list) else value


def canonical(value):
    """RFC 8785: the order of keys is that of UTF-16, which differs from Python's only beyond U+FFFF."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    if not text.isascii() and max(text) > "\uffff":
        text = json.dumps(in_utf16_order(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def printed(name):
    """A printed name as accounts of one person are told by: no case, accents, signs or double spaces."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    letters = "".join(" " if unicodedata.category(one)[0] not in "LMN" else one for one in plain)
    return " ".join("".join(one for one in letters if not "\u0300" <= one <= "\u036f").split())


def supplies_of(document):
    """Kind and name of every supply that a document says was used."""
    topicals, cartridge = document.get("topicals"), document.get("cartridge")
    # Nothing is searched by the serial number of a cartridge without a lot.
    lot = cartridge.get("lot") if isinstance(cartridge, dict) else None
    has_lot = isinstance(lot, str) and bool(lot)
    places = [("device", document, "device")]
    places += [("cartridge", cartridge, key) for key in (("lot", "serial") if has_lot else ())]
    places += [("topical", one, "lot") for one in (topicals if isinstance(topicals, list) else ())]
    places += [
        ("prp_kit", document.get("prp"), "kit_lot"),
        ("anaesthetic", document.get("anaesthetic"), "lot"),
    ]
    for kind, part, key in places:
        name = part.get(key) if isinstance(part, dict) else None
        if isinstance(name, str) and name:
            yield kind, name


def as_printed(text):
    """A lot or serial as the clinic's store compares it: spaces and the letters A to Z alone."""
    return re.sub("[a-z]", lambda one: one.group().upper(), text.strip(" "))


def meant(text):
    """Everything that a lot or serial may be called by, whatever case and letters it was typed in."""
    return {text.strip().upper(), text.strip().lower()}


def amend_uses(visit, data):
    """Take in whose a visit is, or what something in it was corrected to."""
    try:
        said = parse(data, AMENDMENT_SHAPE)
        new = json.loads((said["correction"] or {}).get("new") or "null")
    except (ValueError, RecursionError):
        # What cannot be read is told of the amendment.
        return
    if said["right_patient"] is not None:
        visit["whose"].add(said["right_patient"])
    if isinstance(new, str):
        visit["corrected"] |= meant(new)


def parse(data, shape):
    """The document of these bytes, if they are canonical and of this shape."""
    try:
        value = json.loads(data.decode("utf-8"), parse_float=no_float, parse_constant=no_float)
        refuse_defects(value, 0)
        is_same = canonical(value) == data
    except (ValueError, RecursionError):
        raise NotCanonical from None
    if not is_same or not isinstance(value, dict) or not fits(value, shape):
        raise NotCanonical
    return value


def decode_base64(text):
    """The bytes of base64 in its one encoding, or None."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        return None
    return data if base64.b64encode(data).decode("ascii") == text else None


def sha256_hex(data):
    """SHA-256, 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


# --- Keys, seals and notes --------------------------------------------------------------------------------

SPKI = bytes.fromhex("302a300506032b6570032100")


def key_id(public):
    """The id of a public key: SHA-256 of its SPKI."""
    return sha256_hex(SPKI + public)


def public_of_pem(pem):
    """The raw key of exactly the PEM file that a bundle holds, or None."""
    lines = pem.split(b"\n")
    der = decode_base64(lines[1].decode("latin-1")) if len(lines) == 4 else None
    if der is None or len(der) != 44 or not der.startswith(SPKI):
        return None
    frame = b"-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(der) + b"\n-----END PUBLIC KEY-----\n"
    return der[12:] if frame == pem else None


def ssh_string(data):
    """Bytes with their length in front."""
    return struct.pack(">I", len(data)) + data


def ssh_key(public):
    """A public key as ssh writes it."""
    return ssh_string(b"ssh-ed25519") + ssh_string(public)


def verify_sshsig(armoured, message, public):
    """Is this an SSHSIG file over the message, made with this key?"""
    blob = decode_base64(b"".join(armoured.split(b"\n")[1:-2]).decode("latin-1"))
    if blob is None or len(blob) < 64:
        return False
    purpose = ssh_string(b"mnclinic-bundle") + ssh_string(b"") + ssh_string(b"sha512")
    expected = b"SSHSIG" + struct.pack(">I", 1) + ssh_string(ssh_key(public)) + purpose
    expected += ssh_string(ssh_string(b"ssh-ed25519") + ssh_string(blob[-64:]))
    text = base64.b64encode(expected).decode("ascii")
    lines = [text[start : start + 70] for start in range(0, len(text), 70)]
    frame = ["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]
    signed = b"SSHSIG" + purpose + ssh_string(hashlib.sha512(message).digest())
    return "\n".join(frame).encode("ascii") == armoured and verify(public, blob[-64:], signed)


NOTE_LINE = re.compile("\u2014 ([^\\s+]+) ([A-Za-z0-9+/=]+)")


def parse_checkpoint(data):
    """(vault, size, root, signed text, [(name, key hash, signature)]) or None."""
    try:
        head, separator, tail = data.decode("utf-8").partition("\n\n")
    except UnicodeDecodeError:
        return None
    lines = head.split("\n")
    if not separator or len(lines) != 3 or not tail.endswith("\n"):
        return None
    root = decode_base64(lines[2])
    vault = lines[0][len("mnclinic/") :]
    if not lines[0].startswith("mnclinic/") or not UUID.fullmatch(vault):
        return None
    if not re.fullmatch("0|[1-9][0-9]{0,15}", lines[1]) or root is None or len(root) != 32:
        return None
    signatures = []
    for line in tail[:-1].split("\n"):
        match = NOTE_LINE.fullmatch(line)
        blob = decode_base64(match.group(2)) if match else None
        if blob is None or len(blob) != 68:
            return None
        signatures.append((match.group(1), blob[:4], blob[4:]))
    return vault, int(lines[1]), root, (head + "\n").encode("utf-8"), signatures


# --- The container ----------------------------------------------------------------------------------------

NAME = re.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
LOCAL, CENTRAL, END = (
    struct.Struct("<4sHHHHHIIIHH"),
    struct.Struct("<4sHHHHHHIIIHHHHHII"),
    struct.Struct("<4sHHHHIIH"),
)
LOCAL_MARK, CENTRAL_MARK, END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
MOST_MEMBERS = 65534


def shown(raw):
    """A name as findings print it: what is not printable ASCII is escaped."""
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}" for byte in raw)


def is_lawful(name):
    """May a member have this name?"""
    return len(name) <= 200 and ".." not in name and NAME.fullmatch(name) is not None


def layout_by_index(data, end_at):
    """Where each member lies, from the index in front of the end record, or None."""
    if end_at < 0 or end_at + END.size > len(data) or data[end_at : end_at + 4] != END_MARK:
        return None
    _, _, _, _, count, index_size, index_at, _ = END.unpack_from(data, end_at)
    if count > MOST_MEMBERS or index_at + index_size != end_at:
        return None
    found, position, expected = [], index_at, 0
    for _ in range(count):
        if position + CENTRAL.size > end_at:
            return None
        fields = CENTRAL.unpack_from(data, position)
        method, packed, size, name_size, extra, comment, offset = [
            fields[i] for i in (4, 8, 9, 10, 11, 12, 16)
        ]
        name = data[position + CENTRAL.size : position + CENTRAL.size + name_size]
        start = offset + LOCAL.size + name_size
        if method or packed != size or extra or comment or offset != expected or start + size > index_at:
            return None
        found.append((name, start, start + size))
        position, expected = position + CENTRAL.size + name_size, start + size
    return found if position == end_at and expected == index_at else None


def layout_by_headers(data):
    """Where each member lies, from the header in front of each, or None."""
    found, position = [], 0
    while data[position : position + 4] == LOCAL_MARK and position + LOCAL.size <= len(data):
        fields = LOCAL.unpack_from(data, position)
        method, packed, size, name_size, extra = [fields[i] for i in (3, 7, 8, 9, 10)]
        start = position + LOCAL.size + name_size
        if method or packed != size or extra or start + size > len(data) or len(found) == MOST_MEMBERS:
            return None
        found.append((data[position + LOCAL.size : start], start, start + size))
        position = start + size
    rest = sum(CENTRAL.size + len(name) for name, _, _ in found) + END.size
    return found if found and position + rest == len(data) else None


def pieces(parts):
    """What each stretch of the only right container is about, whose it is, and its bytes."""
    central, offset = [], 0
    for name, content in parts:
        size = len(content)
        shared = (0, 0, 0, 33, zlib.crc32(content), size, size, len(name))
        header = LOCAL.pack(LOCAL_MARK, 20, *((*shared, 0))) + name
        yield "header", name, header
        yield "content", name, content
        entry = (*shared, 0, 0, 0, 0, 33188 << 16, offset)
        central.append((name, CENTRAL.pack(CENTRAL_MARK, 3 << 8 | 20, 20, *entry) + name))
        offset += len(header) + size
    for name, entry in central:
        yield "index", name, entry
    index_size = sum(len(entry) for _, entry in central)
    yield "end", b"", END.pack(END_MARK, 0, 0, len(parts), len(parts), index_size, offset, 0)


def say_bad_names(layout, say):
    """Every name that our writer would not have written, or not there."""
    seen = set()
    for raw, _, _ in layout:
        name = shown(raw)
        if not is_lawful(name):
            say(name, "This name has no place in a bundle.")
        if name.lower() in seen:
            say(name, "This name stands twice in the container.")
        seen.add(name.lower())
    if [raw for raw, _, _ in layout] != sorted(raw for raw, _, _ in layout):
        say("container", "The members are not in their order.")


def say_differences(data, parts, say):
    """Compare every byte with the only right container of these parts."""
    said = {
        "header": "The header in front of this file was changed.",
        "index": "The entry of this file in the container's index was changed.",
        "end": "The end of the container was changed.",
    }
    offset, damaged = 0, set()
    for kind, raw, expected in pieces(parts):
        actual = data[offset : offset + len(expected)]
        offset += len(expected)
        if actual == expected or raw in damaged:
            continue
        at = 14 if kind == "header" else 16
        is_checksum = actual[:at] + actual[at + 4 :] == expected[:at] + expected[at + 4 :]
        if kind in ("header", "index") and is_checksum:
            damaged.add(raw)
            say(shown(raw), "The container's checksum of this file does not fit its bytes.")
        else:
            say(shown(raw) if raw else "container", said[kind])
    if len(data) > offset:
        say("container", "Bytes were added behind the end of the container.")


def read_container(data, say):
    """The members of a container whose every byte is compared; None if it cannot be opened."""
    layout = layout_by_index(data, len(data) - END.size)
    if layout is None:
        layout = layout_by_headers(data)
    if layout is None:
        layout = layout_by_index(data, data.rfind(END_MARK))
    if layout is None:
        return None
    say_bad_names(layout, say)
    parts = [(raw, data[start:end]) for raw, start, end in layout]
    say_differences(data, parts, say)
    members = {}
    for raw, content in parts:
        if is_lawful(shown(raw)):
            members.setdefault(shown(raw), content)
    return members


def read_folder(folder):
    """The members of an unpacked bundle, without what systems leave behind in folders."""
    members, total = {}, 0
    for place, _, files in os.walk(folder):
        for file in files:
            path = os.path.join(place, file)
            if file in LEFT_BEHIND_BY_SYSTEMS or not os.path.isfile(path):
                continue
            total += os.path.getsize(path)
            if total > LARGEST_BYTES:
                raise CannotCheck("The folder holds more than any bundle. Nothing was checked.")
            with open(path, "rb") as handle:
                members[os.path.relpath(path, folder).replace(os.sep, "/")] = handle.read()
    return members


# --- The tree of RFC 6962 ---------------------------------------------------------------------------------


class Tree:
    """Every complete subtree, so that the root of every size is at hand."""

    def __init__(self):
        self.size = 0
        self.nodes = {}

    def append(self, digest):
        level, position = 0, self.size
        self.nodes[level, position] = digest
        while position & 1:
            digest = hashlib.sha256(b"\x01" + self.nodes[level, position - 1] + digest).digest()
            level, position = level + 1, position >> 1
            self.nodes[level, position] = digest
        self.size += 1

    def root_at(self, size):
        if size == 0:
            return hashlib.sha256(b"").digest()
        complete, start = [], 0
        for level in range(size.bit_length() - 1, -1, -1):
            if size >> level & 1:
                complete.append(self.nodes[level, start >> level])
                start += 1 << level
        digest = complete.pop()
        while complete:
            digest = hashlib.sha256(b"\x01" + complete.pop() + digest).digest()
        return digest


def node(left, right):
    """The hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def is_included(leaf, index, size, path, root):
    """Does the path lead from this leaf to the root of a log of this size? (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    last, digest = size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if index & 1 or index == last:
            digest = node(sibling, digest)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            digest = node(digest, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and digest == root


def is_beginning(old_size, new_size, old_root, new_root, path):
    """Is the log of the old size the beginning of that of the new one? (RFC 9162, 2.1.4.2)."""
    if not 0 <= old_size <= new_size:
        return False
    if old_size == new_size:
        return not path and old_root == new_root
    if old_size == 0:
        return not path and old_root == hashlib.sha256(b"").digest()
    path = [old_root, *path] if old_size & (old_size - 1) == 0 else list(path)
    if not path:
        return False
    position, last = old_size - 1, new_size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old, new = node(sibling, old), node(sibling, new)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            new = node(new, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def hashes(texts):
    """Hashes from hex digits."""
    return [bytes.fromhex(text) for text in texts]


# --- The map of people: a tree over the bits of SHA-256 of each person's reference ------------------------

PREPARED = "checkpoint.prepared"
DEEPEST = 256
EMPTY = bytes(32)


def place_of(subject):
    """Where somebody stands in the map."""
    return int.from_bytes(hashlib.sha256(subject.encode("utf-8")).digest(), "big")


def bit(place, depth):
    """On which side of a branch that place lies."""
    return place >> (DEEPEST - 1 - depth) & 1


def leaf_of(subject, count, last):
    """The leaf that counts somebody's entries; `last` is the newest one's leaf in hex."""
    row = {"format": "mnclinic.subject-count/1", "subject": subject, "count": count, "last": last}
    return hashlib.sha256(b"\x00" + canonical(row)).digest()


def leads_to(proof, root):
    """Does the proof hold for the map with this root?"""
    beside = hashes(proof["beside"])
    if len(beside) > DEEPEST:
        return False
    place, digest = place_of(proof["subject"]), leaf_of(proof["subject"], proof["count"], proof["last"])
    for depth in range(len(beside) - 1, -1, -1):
        digest = node(beside[depth], digest) if bit(place, depth) else node(digest, beside[depth])
    return digest == root


class Maps:
    """What each map of people has to say as a log is read from its first entry on.

    A branch is [left, right, hash or None]; a leaf is (place, hash); an empty side is None.
    """

    def __init__(self):
        self.top, self.counts, self.changed = None, {}, {}
        self.size = self.keys = self.ended_keys = 0

    def take(self, leaf, entry):
        """Take in the next entry; None for one that cannot be read."""
        self.size += 1
        if entry is None:
            return
        subject = entry["subj"]
        if subject is not None:
            self.counts[subject] = self.counts.get(subject, 0) + 1
            self.changed[subject] = leaf
        self.keys += enrols_a_key(entry)
        self.ended_keys += ends_a_key(entry)

    def document(self, vault):
        """The document of the map that is entered next."""
        for subject, leaf in self.changed.items():
            row = (place_of(subject), leaf_of(subject, self.counts[subject], leaf.hex()))
            self.top = self.put(self.top, row, 0)
        self.changed = {}
        return {
            "format": "mnclinic.subject-map/1",
            "vault": vault,
            "size": self.size,
            "subjects": len(self.counts),
            "root": self.digest(self.top).hex(),
            "keys": self.keys,
            "ended_keys": self.ended_keys,
        }

    def put(self, part, row, depth):
        if isinstance(part, list):
            part[2] = None
            side = bit(row[0], depth)
            part[side] = self.put(part[side], row, depth + 1)
            return part
        if part is None or part[0] == row[0]:
            return row
        branch = [None, None, None]
        branch[bit(part[0], depth)] = part
        return self.put(branch, row, depth)

    def digest(self, part):
        if part is None:
            return EMPTY
        if isinstance(part, tuple):
            return part[1]
        if part[2] is None:
            part[2] = node(self.digest(part[0]), self.digest(part[1]))
        return part[2]


def enrols_a_key(entry):
    """Does this entry count among a map's keys?"""
    return entry["obj"] is not None and entry["obj"]["t"] == "key" and entry["action"].startswith("key.")


def ends_a_key(entry):
    """Does this entry count among a map's keys that ended?"""
    is_end = entry["obj"] is not None and entry["obj"]["t"] == "key_revocation"
    return entry["action"] == "key.revoked" or (is_end and entry["action"].startswith("key."))


def enters(entry, facts):
    """Does this entry enter the map with these facts?"""
    thing = entry["obj"]
    return thing is not None and (thing["t"], thing["id"], thing["rev"], thing["h"]) == (
        "subject_map",
        facts["root"],
        facts["subjects"],
        sha256_hex(bytes.fromhex(entry["salt"]) + canonical(facts)),
    )


# --- The checks, in the order in which they build on each other -------------------------------------------

# What the installation's key may sign: acts that nobody did, or that nobody was logged in for.
THEMSELVES = {"patient", "removed_patient"}
OF_SOMEBODY = {
    "adverse_event",
    "aftercare_print",
    "amendment",
    "amendment_seen",
    "attachment",
    "attachment_view",
    "consent_print",
    "consent_withdrawal",
    "event_print",
    "event_step",
    "follow_up_contact",
    "medical_history",
    "patient",
    "photo",
    "photo_view",
    "planned_visit",
    "precare_print",
    "recall_contact",
    "receipt_print",
    "removed_patient",
    "signature",
    "visit",
    "visit_print",
    "visit_view",
    "warnings_passed",
}
BY_INSTALLATION = {
    "chart.viewed_late",
    "checkpoint.prepared",
    "clinic.recovered",
    "clinic.upgraded",
    "clock.jumped",
    "clock.long_gap",
    "history.behind_found",
    "history.head_lost",
    "key.enrolled",
    "key.revoked",
    "key_file.found",
    "key_file.written",
    "log.viewed_late",
    "login.failed",
    "login.failures_uncertain",
    "login.late",
    "patient.searched_late",
    "recovery_opening.made",
    "staff.added",
}
ENTRY_OF_MEANING = {
    "performed": "visit.performed",
    "approved": "visit.signed",
    "returned": "visit.returned",
    "released": "visit.released",
}
KIND_OF_FOLDER = {
    "policies": "policy",
    "protocols": "protocol",
    "consent_texts": "consent_text",
    "authorisations": "authorisation",
}
STATES_AFTER = {
    "visit.performed": ("performed", "in_review", "complete_not_drawn"),
    "visit.signed": ("signed",),
    "visit.returned": ("returned",),
}
PLACES = {SCOPE, LOG, SIGNATURES, CHECKPOINT, *TABLES}
LOOKED_THROUGH = ("data/visits/", "data/keys/", "data/declarations/", EVENTS)
DOCUMENT_PLACE = re.compile(r"data/({})/[^/]+\.(json|approval\.sig)".format("|".join(KIND_OF_FOLDER)))
BELONGS = (
    (".approval.json", "The document that this approval was given to is not in the bundle."),
    (".pdf", "The record that this page shows is not in the bundle."),
    (".sig", "What this signature belongs to is not in the bundle."),
)
KEYS_FILES = (REGISTER, DIRECTOR, INSTALLATION, ALLOWED_SIGNERS, REVOCATIONS)
NOT_IN_THIS_FORM = (
    "Bundles of this form hold none, so its verdict says nothing of them. Ask the clinic for one that its "
    "program of today makes."
)
OLDER_PROGRAMS = ("0.1.0",)
CLAIMED = ("clinic", "format", "from", "is_demo", "made_by", "to")
LATER_FORM = "This entry is in a form that this version of the verifier cannot check."
MADE_AFTER_THE_END = "This was made with a key that had been revoked."
MANIFEST_LINE = re.compile("([0-9a-f]{128})  ([^\n]+)")
RECORD_NAME = re.compile(r"data/visits/([^/]+)/r([1-9][0-9]{0,8})\.json")
SIGNATURE_NAME = re.compile(r"data/visits/([^/]+)/signature-([1-9][0-9]{0,8})\.json")
DOCUMENT_NAME = re.compile(r"data/([a-z_]+)/([^/]+)\.json")
SCAN_NAME = re.compile(r"data/attachments/([0-9a-f-]{36})\.(json|pdf|png|jpg)")
AMENDMENT_NAME = re.compile(r"data/visits/([^/]+)/amendment-([1-9][0-9]{0,8})\.json")
EVENT_FILE = re.compile(EVENTS + r"([^/]+)/(event\.(json|pdf)|step-([1-9][0-9]{0,8})\.(json|sig))")
FOLLOW_UP_FILE = re.compile(FOLLOWED + r"([^/]+)\.json")
RECALL_CONTENT = r"contact-([1-9][0-9]{0,8})\.json|notice\.(?:pdf|png|jpg)"
RECALL_FILE = re.compile(
    RECALLED + r"(?:people\.json|([^/]+)/(?:recall\.json|closure\.(?:json|sig)|" + RECALL_CONTENT + "))"
)
RECALL_FILE_OF_PERSON = re.compile(RECALLED + r"(?:person\.json|([^/]+)/(?:" + RECALL_CONTENT + "))")
VISITS_NAME = re.compile(
    r"data/visits/[^/]+/(r[1-9][0-9]*\.(json|pdf)|(signature|amendment)-[1-9][0-9]*\.(json|sig))"
)


class Check:
    """Everything that is looked at in one bundle."""

    def __init__(self, members, trust, findings):
        self.members, self.trust = members, trust
        self.altered, self.missing, self.notes = findings, [], []
        self.mistaken = []
        self.scope, self.keys, self.vouchers = {}, {}, {}
        self.fingerprint, self.installation = "", b""
        self.tree, self.log, self.visits = Tree(), {}, {}
        self.heads, self.carried, self.known, self.leaves = None, 0, None, {}
        self.entries, self.ended = [], {}
        self.whose_is = {}
        self.signature_records, self.performed = {}, set()
        self.amendments = {}
        self.scans = {}
        self.declared, self.own_judgements = None, 0
        self.deciding, self.unchecked = set(), []

    def say(self, where, what):
        self.altered.append({"where": where, "what": what})

    def miss(self, where, what):
        self.missing.append({"where": where, "what": what})

    def note(self, where, what):
        self.notes.append({"where": where, "what": what})

    def run(self, older=None):
        if "bagit.txt" not in self.members and TAG_MANIFEST not in self.members:
            return "UNREADABLE", [{"where": "file", "what": "This is not a bundle of mnclinic."}]
        if self.bag() and self.read_scope():
            self.key_register()
            self.seal()
            if self.scope["format"] in ONE_PERSON:
                self.check_slice()
            else:
                self.check_log()
            self.enrolment()
            self.revocations()
            self.maker()
            self.declaration()
            self.places()
            self.check_records()
            self.check_signatures()
            self.check_amendments()
            self.check_events()
            self.check_recalls()
            self.check_follow_ups()
            self.documents()
            self.check_scans()
            self.completeness()
            self.tables()
            self.check_trust()
        if older is not None:
            self.check_older(older)
        findings = self.altered + self.mistaken + self.missing + self.unchecked
        if len(findings) > MOST_FINDINGS:
            more = f"There are {len(findings) - MOST_FINDINGS} findings more."
            findings = [*findings[:MOST_FINDINGS], {"where": "bundle", "what": more}]
        if self.altered:
            return "ALTERED", findings
        if self.mistaken:
            return "UNREADABLE", findings
        if self.missing:
            return "INCOMPLETE", findings
        is_checked = self.trust is not None and not self.unchecked
        return ("VALID" if is_checked else "VALID (KEY NOT CHECKED)"), findings

    def read(self, name, shape):
        try:
            return parse(self.members[name], shape)
        except NotCanonical:
            self.say(name, "This document is not in the form that the clinic signs.")
            return None

    # -- is every file there, and is every byte the one that was sealed?

    def bag(self):
        members = self.members
        payload = {name for name in members if name.startswith("data/")}
        for name in sorted(
            set(members) - payload - set(TAG_FILES) - {SEAL, SSH_SEAL, MAKER_SEAL, TAG_MANIFEST}
        ):
            self.say(name, "This file is not part of a bundle.")
        for name in (MANIFEST, TAG_MANIFEST, SEAL, SSH_SEAL):
            if name not in members:
                self.say(name, "This part of the seal is missing.")
        if members.get("bagit.txt", BAG_VERSION) != BAG_VERSION:
            self.say("bagit.txt", "This file is not the one that every bundle has.")
        self.manifest(MANIFEST, payload)
        self.manifest(TAG_MANIFEST, {name for name in TAG_FILES if name in members})
        return self.has_all(NEEDED)

    def has_all(self, needed):
        absent = [name for name in needed if name not in self.members]
        for name in absent:
            if all(finding["where"] != name for finding in self.missing):
                self.miss(name, "This file is missing, so nothing that rests on it could be checked.")
        return not absent

    def manifest(self, manifest, expected):
        if manifest not in self.members:
            return
        lines = self.members[manifest].decode("utf-8", "replace").split("\n")
        listed, names = {}, []
        for line in lines[:-1]:
            match = MANIFEST_LINE.fullmatch(line)
            if match is None:
                self.say(manifest, "A line of this list cannot be read.")
                return
            listed[match.group(2)] = match.group(1)
            names.append(match.group(2))
        if lines[-1] or names != sorted(set(names)):
            self.say(manifest, "The lines of this list are not in their order.")
        for name in sorted(expected - set(listed)):
            self.say(name, f"This file is not listed in {manifest}.")
        for name, digest in sorted(listed.items()):
            if name not in self.members:
                self.miss(name, f"This file is listed in {manifest} but is not in the bundle.")
            elif hashlib.sha512(self.members[name]).hexdigest() != digest:
                self.say(name, "The bytes of this file are not those that were sealed.")

    def read_scope(self):
        scope = self.read(SCOPE, SCOPE_SHAPE)
        if scope is None:
            return False
        self.scope = scope
        if scope["is_demo"]:
            self.note(SCOPE, "This is a demo bundle: every person in it is invented.")
        return scope["format"] in PERIOD or self.has_all(SLICE_FILES)

    # -- whose keys are these, who vouches for them, and does the seal hold?

    def lines(self, name):
        lines = self.members[name].split(b"\n")
        if lines.pop():
            self.say(name, "The last line of this file is cut short.")
        return lines

    def key_register(self):
        rows = [self.key_row(line) for line in self.lines(REGISTER)]
        findings, sound = [], []
        for number, row in enumerate(rows, start=1):
            key, wrong = self.read_key(row)
            if key is not None and key["key"] in self.keys:
                wrong = "This key is listed twice."
            if key is None or wrong:
                findings.append((number, wrong or "This line is not a key in the form of the register."))
                continue
            self.keys[key["key"]] = key
            sound.append((number, row, key))
        for number, (document, _, vouches), key in sound:
            holding = {
                voucher
                for voucher, signature in vouches
                if voucher in self.keys
                and verify(self.keys[voucher]["raw"], signature, b"MNVOUCH1\n" + document)
            }
            if len(holding) != len(vouches):
                findings.append((number, "The signature of somebody who vouches for this key does not hold."))
            self.vouchers[key["key"]] = holding
        for number, what in findings:
            self.say(f"{REGISTER} line {number}", what)
        director = public_of_pem(self.members[DIRECTOR])
        self.installation = public_of_pem(self.members[INSTALLATION]) or b""
        self.fingerprint = key_id(director) if director else ""
        reached = self.reached_from(self.fingerprint)
        if not reached:
            self.say(DIRECTOR, "This is not a director's signature key of the register.")
        else:
            for number, row in enumerate(rows, start=1):
                known = self.id_in(row)
                if known in self.keys and known not in reached:
                    what = "No chain of vouchers leads from the director's key to this key."
                    self.say(f"{REGISTER} line {number}", what)
        if not self.reaches_seal(reached):
            self.say(
                INSTALLATION, "No chain leads from the director's key to the key that sealed this bundle."
            )
        if self.trust is not None and not any(
            self.reaches_seal(self.reached_from(key)) for key in self.vouched_from(self.trust)
        ):
            what = (
                "No chain leads from a director's key with the given fingerprint to the seal of this bundle."
            )
            self.say(DIRECTOR, what)

    def key_row(self, line):
        try:
            row = parse(line, ROW_SHAPE)
        except NotCanonical:
            return None
        document, proof = row["document"], decode_base64(row["proof"])
        document = decode_base64(document) if isinstance(document, str) else canonical(document)
        vouches = [(vouch["key"], decode_base64(vouch["signature"])) for vouch in row["vouches"]]
        if document is None or proof is None or any(signature is None for _, signature in vouches):
            return None
        return document, proof, vouches

    def id_in(self, row):
        try:
            return parse(row[0], KEY_SHAPE)["key"] if row else None
        except NotCanonical:
            return None

    def read_key(self, row):
        try:
            key = parse(row[0], KEY_SHAPE) if row else None
        except NotCanonical:
            key = None
        if key is None:
            return None, ""
        raw = decode_base64(key["public"])
        if raw is None or not is_usable(raw):
            return None, "This is not a public key that can be used."
        key["raw"], key["bytes"] = raw, row[0]
        if key["vault"] != self.scope["vault"]:
            return key, "This key is of another clinic."
        if key["key"] != key_id(raw):
            return key, "The id of this key is not the fingerprint of its public key."
        if (key["holder"]["staff"] is None) != (key["purpose"] == "installation"):
            return key, "The holder of this key does not fit its purpose."
        if not verify(raw, row[1], b"MNKEY1\n" + row[0]):
            return key, "The proof that somebody holds this key does not hold."
        return key, ""

    def is_directors(self, key):
        return self.keys[key]["purpose"] == "signature" and self.keys[key]["holder"]["role"] == "director"

    def reached_from(self, fingerprint):
        if fingerprint not in self.keys or not self.is_directors(fingerprint):
            return set()
        reached = {fingerprint}
        while True:
            more = set()
            for key in self.keys:
                vouchers = self.vouchers[key] & reached
                if self.keys[key]["purpose"] == "installation":
                    joins = any(self.is_directors(voucher) for voucher in vouchers)
                else:
                    joins = any(self.keys[voucher]["purpose"] == "installation" for voucher in vouchers)
                if joins and key not in reached:
                    more.add(key)
            if not more:
                return reached
            reached |= more

    def vouched_from(self, trust):
        directors = {key for key in self.keys if self.is_directors(key)}
        vouched = directors.intersection(trust)
        while True:
            more = {key for key in directors - vouched if self.vouchers[key] & vouched}
            if not more:
                return vouched
            vouched |= more

    def reaches_seal(self, reached):
        sealer = key_id(self.installation) if self.installation else ""
        return sealer in reached and self.keys[sealer]["purpose"] == "installation"

    def seal(self):
        sealed, public = self.members.get(TAG_MANIFEST, b""), self.installation
        if SEAL in self.members and not verify(public, self.members[SEAL], sealed):
            self.say(SEAL, "The seal does not belong to this bundle.")
        if SSH_SEAL in self.members and not (
            public and verify_sshsig(self.members[SSH_SEAL], sealed, public)
        ):
            self.say(SSH_SEAL, "The seal does not belong to this bundle.")
        line = (
            b'installation namespaces="mnclinic-bundle" ssh-ed25519 '
            + base64.b64encode(ssh_key(public))
            + b"\n"
        )
        if public and self.members[ALLOWED_SIGNERS] != line:
            self.say(ALLOWED_SIGNERS, "This file names another key than the one that sealed this bundle.")

    # -- is the log whole, in order, signed entry by entry, and the one that the checkpoint was cut for?

    def check_log(self):
        lines = self.lines(LOG)
        signatures = [decode_base64(line.decode("latin-1")) or b"" for line in self.lines(SIGNATURES)]
        if len(signatures) != len(lines):
            self.say(SIGNATURES, "There is not one signature for each entry of the log.")
            signatures += [b""] * (len(lines) - len(signatures))
        previous, subjects, clock_went_back, maps = "0" * 64, {}, 0, Maps()
        has_later = False
        self.carried = len(lines)
        for seq, (line, signature) in enumerate(zip(lines, signatures), start=1):
            where = f"{LOG} entry {seq}"
            leaf = hashlib.sha256(b"\x00" + line).digest()
            self.tree.append(leaf)
            try:
                entry = parse(line, ENTRY_SHAPE)
            except NotCanonical:
                if self.is_of_later_form(line, signature, leaf):
                    self.miss(where, LATER_FORM)
                    has_later = True
                else:
                    self.say(where, "This is not a log entry in canonical form.")
                maps.take(leaf, None)
                previous = leaf.hex()
                continue
            self.entry(where, entry, seq, previous)
            self.subject(where, entry, leaf, subjects, has_later)
            self.actor(where, entry, leaf, signature)
            self.whose(where, entry)
            is_map = entry["action"] == PREPARED and not has_later
            if is_map and not enters(entry, maps.document(self.scope["vault"])):
                self.say(where, "The map of people in this entry is not that of the log before it.")
            maps.take(leaf, entry)
            previous = leaf.hex()
            clock_went_back += entry["clk"] == "back"
            self.take(entry)
        if clock_went_back:
            what = f"The computer's clock stood behind an earlier entry at {clock_went_back} entries."
            self.note(LOG, what)
        self.checkpoint()

    def take(self, entry):
        self.entries.append(entry)
        if entry["obj"] is not None:
            self.log.setdefault((entry["obj"]["t"], entry["obj"]["id"]), []).append(entry)

    def entry(self, where, entry, seq, previous):
        entry["place"] = seq
        if entry["vault"] != self.scope["vault"]:
            self.say(where, "This entry is of another clinic.")
        if entry["seq"] != seq:
            self.say(where, "This entry carries another number: one is missing, added or moved.")
        if entry["prev"] != previous:
            self.say(where, "This entry does not follow the entry before it.")

    def is_of_later_form(self, line, signature, leaf):
        try:
            version = parse(line, AtLeast(v=int))["v"]
        except NotCanonical:
            return False
        signed = b"MNLOG1\n" + leaf
        return version != 1 and any(verify(key["raw"], signature, signed) for key in self.keys.values())

    def subject(self, where, entry, leaf, subjects, has_later):
        subject = entry["subj"]
        if subject is None:
            if entry["ssq"] is not None or entry["sprev"] is not None:
                self.say(where, "This entry counts the entries of a person whom it does not name.")
            return
        count, last = subjects.get(subject, (0, "0" * 64))
        if not has_later and (entry["ssq"], entry["sprev"]) != (count + 1, last):
            self.say(where, "This entry does not follow the entry before it about the same person.")
        subjects[subject] = (count + 1, leaf.hex())

    def actor(self, where, entry, leaf, signature):
        key, actor = self.keys.get(entry["actor"]["key"]), entry["actor"]["uid"]
        if key is None:
            self.say(where, "This entry is signed with a key that is not in the register.")
        else:
            if not verify(key["raw"], signature, b"MNLOG1\n" + leaf):
                self.say(where, "The signature of this entry does not hold.")
            if (
                key["purpose"] != ("installation" if actor is None else "session")
                or key["holder"]["staff"] != actor
            ):
                self.say(where, "The key of this entry belongs to somebody else than its actor.")
            elif actor is None and entry["action"] not in BY_INSTALLATION:
                self.say(where, "A person has to sign this act, and the installation did.")
        if self.keys.get(entry["inst"], {}).get("purpose") != "installation":
            self.say(where, "This entry names an installation that is not in the register.")

    def whose(self, where, entry):
        thing, subject = entry["obj"], entry["subj"]
        if thing is None or thing["t"] not in OF_SOMEBODY:
            return
        whose = thing["id"] if thing["t"] in THEMSELVES else self.whose_is.get(thing["id"], subject)
        if subject is None or whose != subject:
            self.say(where, "This entry names somebody's record and does not say that it is about them.")
        else:
            self.whose_is[thing["id"]] = subject

    def signed_checkpoint(self):
        note = parse_checkpoint(self.members[CHECKPOINT])
        if note is None:
            self.say(CHECKPOINT, "This is not a checkpoint.")
            return None
        vault, size, root, text, signatures = note
        if vault != self.scope["vault"]:
            self.say(CHECKPOINT, "This checkpoint is of another clinic.")
        name = "mnclinic/" + vault
        hint = hashlib.sha256(name.encode("ascii") + b"\n\x01" + self.installation).digest()[:4]
        if not any(one[:2] == (name, hint) and verify(self.installation, one[2], text) for one in signatures):
            self.say(CHECKPOINT, "The installation's signature of this checkpoint does not hold.")
        self.known = (vault, size, root)
        return size, root

    def checkpoint(self):
        known = self.signed_checkpoint()
        if known is None:
            return
        if known != (self.tree.size, self.tree.root_at(self.tree.size)):
            self.say(CHECKPOINT, "The log is not the one that this checkpoint was cut for.")
        if self.scope["log_size"] != self.tree.size:
            self.say(SCOPE, "The size of the log is not the one that is stated.")

    # -- or does a slice about one person hold every entry about them, and only entries of that log?

    def check_slice(self):
        for name in sorted(self.members):
            if name.startswith("data/log/") and name not in (LOG, SIGNATURES, CHECKPOINT, *SLICE_FILES):
                self.say(name, "This file has no place beside the log.")
        known = self.signed_checkpoint()
        self.heads = self.proven_heads(known)
        lines = self.lines(LOG)
        self.carried = len(lines)
        signatures = [decode_base64(line.decode("latin-1")) or b"" for line in self.lines(SIGNATURES)]
        if len(signatures) != len(lines):
            self.say(SIGNATURES, "There is not one signature for each entry of the log.")
            signatures += [b""] * (len(lines) - len(signatures))
        paths = self.proofs(PROOFS, PROOF_LINE)
        if len(paths) != len(lines):
            self.say(PROOFS, "There is not one proof for each entry of the log.")
            paths += [None] * (len(lines) - len(paths))
        self.newest, self.about, self.last_about, clock_went_back = (0, b""), 0, bytes(32), 0
        for number, (line, signature, path) in enumerate(zip(lines, signatures, paths), start=1):
            try:
                entry = parse(line, ENTRY_SHAPE)
            except NotCanonical:
                where = f"{LOG} line {number}"
                if self.is_of_later_form(line, signature, hashlib.sha256(b"\x00" + line).digest()):
                    self.miss(where, LATER_FORM)
                else:
                    self.say(where, "This is not a log entry in canonical form.")
                continue
            entry["place"] = entry["seq"]
            where, leaf = f"{LOG} entry {entry['seq']}", hashlib.sha256(b"\x00" + line).digest()
            self.place_in_slice(where, entry)
            if known is not None and not self.is_in(known, entry["seq"], leaf, path):
                self.say(where, "This entry is not in the log that the checkpoint was cut for.")
            self.subject_of_slice(where, entry, leaf)
            self.actor(where, entry, leaf, signature)
            self.whose(where, entry)
            clock_went_back += entry["clk"] == "back"
            self.newest = (entry["seq"], leaf)
            self.leaves[entry["seq"]] = leaf
            self.take(entry)
        if clock_went_back:
            what = f"The computer's clock stood behind an earlier entry at {clock_went_back} entries."
            self.note(LOG, what)
        if known is not None:
            self.counts_of_slice(known[0])
            self.people(known[0])

    def place_in_slice(self, where, entry):
        seq, leaf = self.newest
        if entry["vault"] != self.scope["vault"]:
            self.say(where, "This entry is of another clinic.")
        if entry["seq"] <= seq:
            self.say(where, "The entries are not in the order of the log.")
        elif entry["seq"] == seq + 1 and leaf and entry["prev"] != leaf.hex():
            self.say(where, "This entry does not follow the entry before it.")

    def is_in(self, known, seq, leaf, path):
        if path is None or path["seq"] != seq:
            return False
        return is_included(leaf, seq - 1, known[0], hashes(path["path"]), known[1])

    def counts_of_slice(self, size):
        if self.scope["log_size"] != size:
            self.say(SCOPE, "The size of the log is not the one that is stated.")
        if self.scope["patient"]["withheld_entries"] != size - self.carried:
            what = "The number of entries withheld is not the one that the checkpoint gives."
            self.say(SCOPE, what)

    def proofs(self, name, shape):
        found = []
        for number, line in enumerate(self.lines(name), start=1):
            try:
                found.append(parse(line, shape))
            except NotCanonical:
                self.say(f"{name} line {number}", "This line is not a proof.")
                found.append(None)
        return found

    def proven_heads(self, known):
        heads = {}
        for number, line in enumerate(self.proofs(HEADS, HEAD_LINE), start=1):
            if line is None or known is None:
                continue
            root = bytes.fromhex(line["root"])
            if is_beginning(line["size"], known[0], root, known[1], hashes(line["path"])):
                heads[line["size"]] = root
            else:
                what = "This is no earlier state of the log that the checkpoint was cut for."
                self.say(f"{HEADS} line {number}", what)
        if known is not None:
            heads[known[0]] = known[1]
        return heads

    def subject_of_slice(self, where, entry, leaf):
        number = entry["ssq"]
        if entry["subj"] is None:
            if number is not None or entry["sprev"] is not None:
                self.say(where, "This entry counts the entries of a person whom it does not name.")
            return
        if entry["subj"] != self.scope["patient"]["ref"]:
            what = "This entry speaks of another person than the one whom this bundle is about."
            self.say(where, what)
            return
        if number is not None and number > self.about + 1:
            what = f"This is entry {number} about this person, and the entries {self.about + 1} to "
            self.miss(where, what + f"{number - 1} are not in the bundle.")
        elif (number, entry["sprev"]) != (self.about + 1, self.last_about.hex()):
            self.say(where, "This entry does not follow the entry before it about the same person.")
        self.about, self.last_about = number or self.about + 1, leaf

    def people(self, size):
        facts = self.facts_of_map(size)
        proof = self.read(SUBJECT_PROOF, SUBJECT_PROOF_SHAPE)
        if facts is None or proof is None:
            return
        self.key_entries(facts)
        if proof["subject"] != self.scope["patient"]["ref"]:
            self.say(SUBJECT_PROOF, "This proof is about another person.")
        elif not leads_to(proof, bytes.fromhex(facts["root"])):
            self.say(SUBJECT_PROOF, "This proof does not lead to the map of people in the log.")
        else:
            self.entries_about_them(proof)

    def facts_of_map(self, size):
        facts = self.read(SUBJECT_MAP, MAP_SHAPE)
        if facts is None:
            return None
        last = next((entry for entry in self.entries if entry["place"] == size), None)
        if last is None:
            what = f"{LOG} entry {size}, which enters the map of people, is not in the bundle."
            self.miss(SUBJECT_MAP, what)
            return None
        is_own = (facts["size"], facts["vault"]) == (size - 1, self.scope["vault"])
        if last["action"] != PREPARED or not enters(last, facts) or not is_own:
            self.say(SUBJECT_MAP, "This is not the map of people that the log's last entry speaks of.")
            return None
        return facts

    def key_entries(self, facts):
        for words, counted, counts in (
            ("enrolled", facts["keys"], enrols_a_key),
            ("ended", facts["ended_keys"], ends_a_key),
        ):
            held = sum(counts(entry) for entry in self.entries)
            if held < counted:
                what = f"The log has {counted} entries by which keys were {words}; {held} are in the bundle."
                self.miss(LOG, what)
            elif held > counted:
                self.say(LOG, f"More entries say that keys were {words} than the map of people counts.")

    def entries_about_them(self, proof):
        count = proof["count"]
        if self.scope["patient"]["entries"] != count:
            self.say(SCOPE, "The number of entries about this person is not the one that is proven.")
        if self.about < count:
            what = f"The log has {count} entries about this person; the last {count - self.about} "
            self.miss(LOG, what + "are not in the bundle.")
        elif self.about > count:
            self.say(LOG, "There are more entries about this person than the map of people counts.")
        elif self.last_about.hex() != proof["last"]:
            what = "The last entry about this person is not the one that the map of people names."
            self.say(LOG, what)
        else:
            what = f"This bundle is about one person. The log has {count} entries about them, and all are "
            others = self.scope["patient"]["withheld_entries"]
            self.note(SCOPE, what + f"here. {others} other entries are withheld.")

    def enrolment(self):
        for key in self.keys.values():
            if self.enrolled(key) is None:
                self.say("key " + key["key"], "The log never speaks of this key as the register shows it.")
        for (kind, object_id), entries in self.log.items():
            if kind == "key" and object_id not in self.keys:
                what = f"{LOG} entry {entries[0]['place']} speaks of a key that is not here."
                self.miss("key " + object_id, what)

    def enrolled(self, key):
        return self.entry_about("key", key["key"], key["bytes"])

    def speaks_of(self, entry, content):
        return entry["obj"]["h"] == sha256_hex(bytes.fromhex(entry["salt"]) + content)

    # -- which keys ended, by whose word, and was anything made with one of them afterwards?

    def revocations(self):
        for name in sorted(self.members):
            if name.startswith("data/keys/") and name not in KEYS_FILES:
                self.say(name, "This file has no place among the keys.")
        held = self.read_revocations() if REVOCATIONS in self.members else []
        sound = self.revocation_lines(held)
        self.revocation_entries(held)
        self.use_after_the_end()
        self.later_directors()
        self.note_ends(sound)

    def read_revocations(self):
        lines, held = self.lines(REVOCATIONS), []
        if not lines:
            what = "This file is there only where a key was revoked, but it holds nothing."
            self.say(REVOCATIONS, what)
        for number, line in enumerate(lines, start=1):
            try:
                row = parse(line, REVOCATION_LINE_SHAPE)
            except NotCanonical:
                what = "This line is not a revocation in the form that the clinic signs."
                self.say(f"{REVOCATIONS} line {number}", what)
                continue
            one = row["document"]
            bytes_ = canonical(one)
            held.append(dict(one, number=number, bytes=bytes_, sig=decode_base64(row["signature"]) or b""))
        return held

    def revocation_lines(self, held):
        sound, newest, seen = [], 0, set()
        for one in held:
            wrong = self.wrong_with(one)
            entry = self.entry_about("key_revocation", one["key"], one["bytes"])
            if entry is None:
                wrong.append("The log never speaks of this revocation.")
            else:
                if entry["action"] != "key.revoked":
                    wrong.append("The log gives this revocation another meaning.")
                if entry["actor"]["key"] != one["signer"]:
                    wrong.append("The log gives this revocation to somebody else.")
                if entry["place"] <= newest:
                    wrong.append("The revocations are not in the order in which they were made.")
                newest = entry["place"]
            if one["key"] in seen:
                wrong.append("This key is revoked twice.")
            seen.add(one["key"])
            for what in wrong:
                self.say(f"{REVOCATIONS} line {one['number']}", what)
            if not wrong:
                self.ended[one["key"]] = entry["place"]
                sound.append((one, self.keys[one["key"]], entry))
        return sound

    def wrong_with(self, one):
        wrong, key, signer = [], self.keys.get(one["key"]), self.keys.get(one["signer"])
        if one["vault"] != self.scope["vault"]:
            wrong.append("This revocation is of another clinic.")
        if key is None:
            wrong.append("This revokes a key that is not in the register.")
        if signer is None or not verify(signer["raw"], one["sig"], b"MNREVOKE1\n" + one["bytes"]):
            wrong.append("The signature of this revocation does not hold.")
        elif key is not None and not self.may_end(signer, key, one["revoked_by"]):
            wrong.append("Whoever signed this had no right to revoke this key.")
        return wrong

    def may_end(self, signer, key, revoked_by):
        holder = signer["holder"]
        if holder["staff"] != revoked_by or signer["purpose"] == "signature":
            return False
        is_own = key["holder"]["staff"] == holder["staff"]
        return (
            signer["purpose"] == "installation" or is_own or holder["role"] in ("director", "administrator")
        )

    def revocation_entries(self, held):
        for entry in self.entries:
            where, thing = f"{LOG} entry {entry['place']}", entry["obj"]
            if thing is None or thing["t"] != "key_revocation":
                if entry["action"] == "key.revoked":
                    self.say(where, "This entry revokes a key and does not say which.")
                continue
            if not any(one["key"] == thing["id"] and self.speaks_of(entry, one["bytes"]) for one in held):
                self.say(where, "This entry speaks of a revocation that is not in the bundle.")
                self.ended[thing["id"]] = min(entry["place"], self.ended.get(thing["id"], entry["place"]))

    def use_after_the_end(self):
        for entry in self.entries:
            if entry["place"] > self.ended.get(entry["actor"]["key"], entry["place"]):
                self.say(f"{LOG} entry {entry['place']}", MADE_AFTER_THE_END)
        if self.installation and key_id(self.installation) in self.ended:
            self.say(SEAL, MADE_AFTER_THE_END)
        for key in self.keys.values():
            entry = self.enrolled(key)
            if entry is not None and any(
                entry["place"] > self.ended.get(voucher, entry["place"])
                for voucher in self.vouchers[key["key"]]
            ):
                self.say("key " + key["key"], "A key that had been revoked vouches for this key.")

    def later_directors(self):
        for key, entry in self.directors()[1:]:
            where, seconds = "key " + key["key"], self.second_persons(key)
            if seconds:
                names = ", ".join(seconds)
                self.note(where, f"A second person confirmed this new key of a director: {names}.")
            elif self.is_vouched_by_own(key):
                self.note(where, "The same director's key before it vouches for this new key.")
            elif entry["why"] == "nobody_else":
                what = "The log says that nobody else could confirm this new key of a director."
                self.note(where, what)
            else:
                self.say(where, "No second person confirmed this new key of a director.")

    def second_persons(self, key):
        vouchers = [self.keys[voucher] for voucher in sorted(self.vouchers[key["key"]])]
        return [
            by["holder"]["name"]
            for by in vouchers
            if by["purpose"] == "session" and by["holder"]["staff"] != key["holder"]["staff"]
        ]

    def is_vouched_by_own(self, key):
        return any(
            self.is_directors(voucher)
            and voucher != key["key"]
            and self.keys[voucher]["holder"]["staff"] == key["holder"]["staff"]
            for voucher in self.vouchers[key["key"]]
        )

    def directors(self):
        found = [(key, self.enrolled(key)) for key in self.keys.values() if self.is_directors(key["key"])]
        return sorted((pair for pair in found if pair[1] is not None), key=lambda pair: pair[1]["place"])

    def note_ends(self, sound):
        for one, key, entry in sound:
            if key["purpose"] == "signature":
                self.note(f"{REVOCATIONS} line {one['number']}", self.words_of_end(one, key, entry))
        directors = self.directors()
        if not any(key["key"] in self.ended for key, _ in directors):
            return
        sealer = key_id(self.installation) if self.installation else ""
        for key, _ in directors:
            if key["key"] in self.vouchers.get(sealer, ()):
                end = self.ended.get(key["key"])
                later = f" It was revoked later, by entry {end} of the log." if end else ""
                what = f"The director's key {key['key']} vouches for the seal of this bundle.{later}"
                self.note(DIRECTOR, what)

    def words_of_end(self, one, key, entry):
        old, name, place = key["key"][:16], key["holder"]["name"], entry["place"]
        day, reason = self.local_day(entry), one["reason"]
        upto = f"{old} of {name} counts up to entry {place} of the log"
        if not self.is_directors(key["key"]):
            return f"A signature key was revoked on {day} (reason {reason}): {upto}."
        staff = key["holder"]["staff"]
        own = [(new, entered) for new, entered in self.directors() if new["holder"]["staff"] == staff]
        followed = [pair for one, pair in zip(own, own[1:]) if one[0]["key"] == key["key"]]
        if not followed:
            told = f"The director's key was revoked on {day} (reason {reason}): {upto}, "
            return told + "and no later key of this person is here."
        new, entered = followed[0]
        day = self.local_day(entry if place > entered["place"] else entered)
        vouched = "vouched" if key["key"] in self.vouchers[new["key"]] else "did not vouch"
        told = f"The director's key was replaced on {day} (reason {reason}): {upto}, "
        told += f"{new['key'][:16]} from entry {entered['place']} on. "
        return told + f"The old key {vouched} for the new one."

    # -- who may judge their own treatments here?

    def declaration(self):
        for name in sorted(self.members):
            if name.startswith("data/declarations/") and name not in (
                DECLARATION,
                DECLARATION[: -len(".json")] + ".sig",
            ):
                self.say(name, "This file has no place among the declarations.")
        if DECLARATION not in self.members:
            for entry in self.log.get(("declaration", "solo_physician"), ()):
                told = f"{LOG} entry {entry['place']} speaks of a declaration that is not in the bundle."
                self.miss(DECLARATION, told)
            return
        declared = self.read(DECLARATION, SOLO_SHAPE)
        if declared is None:
            return
        key = self.signed(DECLARATION, declared)
        if key is not None and key["holder"]["role"] != "director":
            self.say(DECLARATION, "Only a director declares this, but the key is not a director's.")
        elif key is not None:
            self.deciding.add(key["key"])
        self.head(DECLARATION, declared)
        entry = self.entry_about("declaration", "solo_physician", self.members[DECLARATION])
        if key is not None:
            self.in_force(DECLARATION, declared, entry)
        if entry is None:
            self.say(DECLARATION, "The log never speaks of this declaration.")
            return
        if entry["actor"]["uid"] != declared["signer"]["staff"]:
            self.say(DECLARATION, "The log gives this declaration to somebody else.")
        declared["sha256"], declared["place"] = sha256_hex(self.members[DECLARATION]), entry["place"]
        self.declared = declared
        what = "This is a declared solo-physician clinic: its director may approve her own treatments."
        self.note(DECLARATION, what)

    def names_declaration(self, record, entry):
        named = record.get("solo_physician")
        if named is None:
            return
        if self.declared is None or named["declaration_sha256"] != self.declared["sha256"]:
            self.miss(record["name"], "The declaration that this record names is not in the bundle.")
        elif entry is not None and entry["place"] < self.declared["place"]:
            self.say(record["name"], "This record names a declaration that was made after it.")

    def own_judgement(self, name, signed, record):
        signer, name_of_signer = signed["signer"]["staff"], printed(signed["signer"]["name"])
        performers = {
            one["pinned"]["performer"]["staff"]: printed(one["pinned"]["performer"]["name"])
            for one in self.records_of(record["visit"])
            if one["pinned"]["performer"] is not None
            and (one is record or (one["revision"] < record["revision"] and one["state"] == "performed"))
        }
        # Two accounts in one printed name are one person.
        is_own = signer in performers or (name_of_signer and name_of_signer in performers.values())
        if signed["meaning"] == "performed" or not is_own:
            return
        self.own_judgements += 1
        if "solo_physician" not in record:
            self.say(
                name, "Whoever performed this treatment decided on it, and no declaration allows that here."
            )
        elif self.declared is not None and self.declared["signer"]["staff"] != signer:
            what = "Whoever performed this treatment decided on it under somebody else's declaration."
            self.say(name, what)

    # -- is it of the form that the clinic's program writes, and the one that its maker entered and sealed?

    def maker(self):
        if self.scope["format"] not in SEALED_BY_MAKER:
            self.older_form()
            return
        made = self.scope["made"]
        entry = next((entry for entry in self.entries if entry["place"] == made["entry"]), None)
        if entry is None:
            told = f"{LOG} entry {made['entry']}, by which this bundle was made, is not in the bundle."
            self.miss(SCOPE, told)
        else:
            self.making(entry, made)
        key = self.keys.get(made["key"])
        if key is None or key["purpose"] != "session" or key["holder"]["staff"] != made["staff"]:
            self.say(SCOPE, "Whoever made this bundle has no such key in the register.")
            return
        if made["entry"] > self.ended.get(made["key"], made["entry"]):
            self.say(SCOPE, MADE_AFTER_THE_END)
        if MAKER_SEAL not in self.members:
            self.say(MAKER_SEAL, "This part of the seal is missing.")
            return
        sealed = b"MNBUNDLE1\n" + self.members.get(TAG_MANIFEST, b"")
        if not verify(key["raw"], self.members[MAKER_SEAL], sealed):
            self.say(MAKER_SEAL, "The seal of whoever made this bundle does not belong to it.")
        else:
            self.note(SCOPE, f"{key['holder']['name']} made this bundle and sealed every file in it.")

    def older_form(self):
        if MAKER_SEAL in self.members:
            self.say(MAKER_SEAL, "This file is not part of a bundle.")
        later = [entry for entry in self.entries if entry["app"] not in OLDER_PROGRAMS]
        if later:
            told = "This bundle has the form of an earlier program, but "
            told += f"{LOG} entry {later[-1]['place']} was written by mnclinic {later[-1]['app']}. "
            told += "What that program puts into a bundle, and proves, may be missing here."
            self.miss(SCOPE, told)

    def making(self, entry, made):
        scope, detail, place = self.scope, made["detail"], entry["place"]
        about = scope["patient"]["ref"] if scope["format"] in ONE_PERSON else None
        named = (entry["action"], entry["actor"]["uid"], entry["actor"]["key"], entry["subj"])
        if named != ("bundle.made", made["staff"], made["key"], about):
            self.say(SCOPE, f"{LOG} entry {place} is not the one by which this bundle was made.")
            return
        if entry["dh"] != sha256_hex(bytes.fromhex(entry["salt"]) + canonical(detail)):
            self.say(SCOPE, f"What stands here of the making is not what {LOG} entry {place} holds.")
        claims = {claim: detail[claim] for claim in CLAIMED}
        claims.update(made_at=entry["ts"], program=entry["app"])
        for claim, entered in claims.items():
            if scope[claim] != entered:
                self.say(SCOPE, f"The log's entry of the making gives another {claim} than stands here.")

    # -- has every file a place, and what it belongs to beside it?

    def places(self):
        is_slice = self.scope["format"] in ONE_PERSON
        for name in sorted(self.members):
            if not name.startswith("data/") or name in PLACES or name.startswith((SCANS, RECALLED, FOLLOWED)):
                continue
            if name.startswith("data/log/") and is_slice:
                continue
            if not name.startswith(LOOKED_THROUGH) and not DOCUMENT_PLACE.fullmatch(name):
                self.say(name, "This file has no place in a bundle.")
                continue
            for ending, what in BELONGS:
                if name.endswith(ending):
                    if name[: -len(ending)] + ".json" not in self.members:
                        self.miss(name, what)
                    break

    # -- is every record the one that was signed and logged?

    def check_records(self):
        for name in sorted(self.members):
            if name.startswith("data/visits/") and not VISITS_NAME.fullmatch(name):
                self.say(name, "This file has no place among the visits.")
            match = RECORD_NAME.fullmatch(name)
            if match:
                self.record(name, match.group(1), int(match.group(2)))
        owners = {}
        for visit in sorted(self.visits):
            records = self.records_of(visit)
            first = records[0]
            for record in records:
                same = (
                    record["number"] == first["number"]
                    and record["patient"]["ref"] == first["patient"]["ref"]
                )
                if not same:
                    what = "This revision has another number or person than the one before it."
                    self.say(record["name"], what)
            if owners.setdefault(first["number"], visit) != visit:
                self.say(first["name"], "Another visit has the same number.")

    def record(self, name, visit, revision):
        record = self.read(name, RECORD_SHAPE)
        if record is None:
            return
        if (record["visit"], record["revision"]) != (visit, revision):
            self.say(name, "This record is of another visit or revision.")
            return
        if record["vault"] != self.scope["vault"]:
            self.say(name, "This record is of another clinic.")
        data = self.members[name]
        record["name"], record["sha256"] = name, sha256_hex(data)
        self.visits.setdefault(visit, {})[revision] = record
        if name[: -len(".json")] + ".pdf" not in self.members:
            self.miss(name, "The printable page of this record is missing.")
        if record["state"] == "deferred" and "lines" in record["document"]:
            self.say(name, "A deferred visit has no treatment lines, but this one has.")
        entries = [entry for entry in self.frozen(visit) if entry["obj"]["rev"] == revision]
        self.names_declaration(record, entries[-1] if entries else None)
        if not entries:
            self.say(name, "The log never speaks of this record.")
            return
        entry = entries[-1]
        if not self.speaks_of(entry, data):
            self.say(name, "This record is not the one that the log speaks of.")
        elif (entry["action"] == "visit.deferred") != (record["state"] == "deferred"):
            self.say(name, "The log gives this visit another outcome.")
        if entry["subj"] != record["patient"]["ref"]:
            self.say(name, "The log gives this visit to another person.")
        day = self.treated_on(entry)
        if day is not None and day != text_of(record["document"].get("started_at", ""))[:10]:
            self.say(name, "The log gives this visit another day.")

    def records_of(self, visit):
        return [self.visits[visit][revision] for revision in sorted(self.visits[visit])]

    def all_records(self):
        return [record for visit in sorted(self.visits) for record in self.records_of(visit)]

    def frozen(self, visit):
        entries = self.log.get(("visit", visit), ())
        return [entry for entry in entries if entry["action"] in ("visit.drawn", "visit.deferred")]

    def treated_on(self, entry):
        for category in entry["cat"]:
            if category.startswith("treated_on:") and DAY.fullmatch(category[len("treated_on:") :]):
                return category[len("treated_on:") :]
        return None

    def day(self, entry):
        tagged = self.treated_on(entry)
        return tagged or self.local_day(entry)

    def local_day(self, entry):
        sign = -1 if entry["tz"].startswith("-") else 1
        offset = datetime.timedelta(hours=int(entry["tz"][1:3]), minutes=int(entry["tz"][4:6]))
        try:
            made_at = datetime.datetime.fromisoformat(entry["ts"].replace("Z", "+00:00"))
            return (made_at + sign * offset).date().isoformat()
        except (ValueError, OverflowError):
            return entry["ts"][:10]

    # -- and its signatures?

    def check_signatures(self):
        matches = [SIGNATURE_NAME.fullmatch(name) for name in self.members]
        newest = {}
        for visit, _, name in sorted((m.group(1), int(m.group(2)), m.group(0)) for m in matches if m):
            self.signature_records.setdefault(visit, []).append(self.members[name])
            place = self.signature(name, visit)
            if place is not None:
                if place <= newest.get(visit, 0):
                    self.say(
                        name, "The signatures of this visit are not in the order in which they were made."
                    )
                newest[visit] = place
        for record in self.all_records():
            if record["state"] == "performed" and (record["visit"], record["revision"]) not in self.performed:
                self.miss(record["name"], "The performer's signature on this record is missing.")
        if self.own_judgements:
            told = f"{self.own_judgements} decisions of the director are about treatments that she performed."
            self.note(DECLARATION, told)

    def signature(self, name, visit):
        signed = self.read(name, SIGNATURE_SHAPE)
        if signed is None:
            return None
        record = self.visits.get(visit, {}).get(signed["revision"])
        if signed["visit"] == visit and signed["meaning"] == "performed":
            self.performed.add((visit, signed["revision"]))
        if signed["visit"] != visit or record is None:
            self.say(name, "This signature was made for another visit or revision.")
        elif signed["record_sha256"] != record["sha256"] or signed["number"] != record["number"]:
            self.say(name, "This signature was made for another record.")
        else:
            self.meaning(name, signed, record)
        key = self.signed(name, signed)
        if key is not None and signed["meaning"] != "performed" and key["holder"]["role"] != "director":
            self.say(name, "Only a director decides this, but the key is not a director's.")
        elif key is not None and signed["meaning"] != "performed":
            self.deciding.add(key["key"])
        entry = self.entry_about("signature", visit, self.members[name])
        self.head(name, signed)
        if key is not None:
            self.in_force(name, signed, entry)
        if entry is None:
            self.say(name, "The log never speaks of this signature.")
            return None
        if not entry["place"] - 2 <= signed["tree"]["size"] < entry["place"]:
            # Only a jump of the clock is ever entered in between.
            self.say(name, "This names another state of the log than the one that it was entered in.")
        if (
            entry["action"] != ENTRY_OF_MEANING[signed["meaning"]]
            or entry["obj"]["rev"] != signed["revision"]
        ):
            self.say(name, "The log gives this signature another meaning.")
        if entry["actor"]["uid"] != signed["signer"]["staff"]:
            self.say(name, "The log gives this signature to somebody else.")
        return entry["place"]

    def meaning(self, name, signed, record):
        meaning, performer = signed["meaning"], record["pinned"]["performer"]
        if (meaning == "released") != (record["state"] == "deferred"):
            self.say(name, "A signature of this meaning does not fit the record.")
        elif meaning == "performed" and (
            performer is None or performer["staff"] != signed["signer"]["staff"]
        ):
            self.say(name, "Somebody else than the performer signed as performer.")
        self.own_judgement(name, signed, record)

    def signed(self, name, signed):
        signature = self.members.get(name[: -len(".json")] + ".sig")
        if signature is None:
            self.miss(name, "The signature that belongs to this record is missing.")
            return None
        if signed["vault"] != self.scope["vault"]:
            self.say(name, "This record is of another clinic.")
        key = self.keys.get(signed["signer"]["key"])
        if key is None or key["purpose"] != "signature":
            self.say(name, "This is signed with a key that signs nothing here.")
            return None
        if not verify(key["raw"], signature, b"MNSIGN1\n" + self.members[name]):
            self.say(name, "The signature does not belong to this record.")
            return None
        if key["holder"]["staff"] != signed["signer"]["staff"]:
            self.say(name, "The key belongs to somebody else than the printed signer.")
        elif key["holder"]["name"] != signed["signer"]["name"]:
            self.note(name, "The signer's printed name is not the one in the key register.")
        return key

    def entry_about(self, kind, object_id, content):
        for entry in self.log.get((kind, object_id), ()):
            if self.speaks_of(entry, content):
                return entry
        return None

    def head(self, name, signed):
        size = signed["tree"]["size"]
        if self.heads is not None:
            heads = {0: hashlib.sha256(b"").digest(), **self.heads}
            if 0 <= size <= max(heads) and size not in heads:
                what = "The proof of the state of the log that this names is not in the bundle."
                self.miss(name, what)
            elif size not in heads or heads[size].hex() != signed["tree"]["root"]:
                self.say(name, "This names a state that the log never had.")
        elif not 0 <= size <= self.tree.size or self.tree.root_at(size).hex() != signed["tree"]["root"]:
            self.say(name, "This names a state that the log never had.")

    def in_force(self, name, signed, entry):
        end = self.ended.get(signed["signer"]["key"])
        if end is not None and (
            signed["tree"]["size"] >= end or (entry is not None and entry["place"] > end)
        ):
            self.say(name, MADE_AFTER_THE_END)

    def directors_word(self, name, said, entry, what):
        key = self.signed(name, said)
        if key is not None and key["holder"]["role"] != "director":
            self.say(name, f"Somebody else than a director signed this {what}.")
        elif key is not None:
            self.deciding.add(key["key"])
        self.head(name, said)
        if key is not None:
            self.in_force(name, said, entry)
        if entry is not None and not entry["place"] - 2 <= said["tree"]["size"] < entry["place"]:
            # Only a jump of the clock is ever entered in between.
            self.say(name, "This names another state of the log than the one that it was entered in.")

    # -- and what was signed about it later?

    def check_amendments(self):
        matches = [AMENDMENT_NAME.fullmatch(name) for name in self.members]
        newest, documents = {}, {}
        for visit, number, name in sorted((m.group(1), int(m.group(2)), m.group(0)) for m in matches if m):
            if self.scope["format"] not in WITH_AMENDMENTS:
                self.say(name, "Bundles of this form hold no amendments.")
            self.amendments.setdefault(visit, []).append(self.members[name])
            said = self.read(name, AMENDMENT_SHAPE)
            if said is None:
                continue
            if number != len(self.amendments[visit]):
                self.miss(name, "An amendment before this one is not in the bundle.")
            if is_odd(said):
                self.say(name, "This does not say what an amendment of its kind says.")
            record = self.visits.get(visit, {}).get(said["revision"])
            if (said["visit"], said["amendment"]) != (visit, number) or record is None:
                self.say(name, "This amendment was signed for another visit or revision.")
            else:
                self.amended(name, said, record, documents)
            key = self.signer_of_amendment(name, said, record)
            place = self.entry_of_amendment(name, visit, said, key)
            if place is not None:
                if place <= newest.get(visit, 0):
                    told = "The amendments of this visit are not in the order in which they were made."
                    self.say(name, told)
                newest[visit] = place
        for visit in sorted(self.visits):
            for entry in self.log.get(("amendment", visit), ()):
                if not any(self.speaks_of(entry, data) for data in self.amendments.get(visit, ())):
                    told = f"{LOG} entry {entry['place']} speaks of an amendment ({entry['action']})"
                    self.miss("visit " + visit, told + " that is not in the bundle.")

    def amended(self, name, said, record, documents):
        told = (said["record_sha256"], said["number"], said["patient"])
        if told != (record["sha256"], record["number"], record["patient"]["ref"]):
            self.say(name, "This amendment was signed for another record.")
        if said["correction"] is None:
            return
        path, old, new = (said["correction"][part] for part in ("path", "old", "new"))
        if is_kept(path) or any(one is not None and one[:1] in ("{", "[") for one in (old, new)):
            self.say(name, "This corrects a part of the record that no correction changes.")
        here = (record["visit"], record["revision"])
        document = documents.setdefault(here, json.loads(json.dumps(record["document"])))
        try:
            group, last = place_in(document, path)
            held = group[last] if isinstance(group, list) or last in group else MISSING
            if held != (MISSING if old is None else json.loads(old)):
                self.say(name, "The old value that this names is not what the record says.")
            if new is not None:
                group[last] = json.loads(new)
            else:
                group.pop(last, None)  # a list does not take the second word, and refuses
        except (LookupError, TypeError, ValueError, RecursionError):
            self.say(name, "This corrects a field that the record does not have.")

    def signer_of_amendment(self, name, said, record):
        key = self.signed(name, said)
        performer = record["pinned"]["performer"] if record is not None else None
        if key is None or (performer is not None and performer["staff"] == said["signer"]["staff"]):
            return key
        if key["holder"]["role"] != "director":
            self.say(name, "Neither the performer nor a director signed this.")
        else:
            self.deciding.add(key["key"])
        return key

    def entry_of_amendment(self, name, visit, said, key):
        data = self.members[name]
        entry = self.entry_about("amendment", visit, data)
        self.head(name, said)
        if key is not None:
            self.in_force(name, said, entry)
        if entry is None:
            self.say(name, "The log never speaks of this amendment.")
            return None
        if not entry["place"] - 2 <= said["tree"]["size"] < entry["place"]:
            # Only a jump of the clock is ever entered in between.
            self.say(name, "This names another state of the log than the one that it was entered in.")
        if (entry["action"], entry["obj"]["rev"]) != ("amendment." + said["kind"], said["amendment"]):
            self.say(name, "The log gives this amendment another meaning.")
        if entry["actor"]["uid"] != said["signer"]["staff"]:
            self.say(name, "The log gives this amendment to somebody else.")
        if self.scope["format"] not in ONE_PERSON:
            # The entry under the other person's name is not in a bundle about this one.
            entries = self.log.get(("misfiled_visit", visit), ())
            subjects = [one["subj"] for one in entries if self.speaks_of(one, data)]
            if subjects != ([said["right_patient"]] if said["right_patient"] else []):
                self.say(name, "The person whose visit this is, is not the one whom the log names.")
        return entry["place"]

    # -- and what went wrong afterwards, with all that was done about it?

    def check_events(self):
        steps = {}
        for name in sorted(self.members):
            if not name.startswith(EVENTS):
                continue
            match = EVENT_FILE.fullmatch(name)
            if self.scope["format"] not in WITH_EVENTS:
                self.say(name, "Bundles of this form hold no adverse events.")
            elif not match:
                self.say(name, "This file has no place among the adverse events.")
            if match:
                numbers = steps.setdefault(match.group(1), [])
                if match.group(4) and match.group(5) == "json":
                    numbers.append(int(match.group(4)))
        held = set()
        for event_id, numbers in sorted(steps.items()):
            digest, entry = self.event(event_id)
            self.steps_of_event(event_id, digest, entry, sorted(numbers), held)
        self.events_are_whole(held)

    def event(self, event_id):
        """The digest of its document, and its entry where it has one."""
        name = f"{EVENTS}{event_id}/event.json"
        if name not in self.members:
            self.miss(name, "The adverse event that the files beside it are about is not in the bundle.")
            return None, None
        said = self.read(name, EVENT_SHAPE)
        if said is not None and said["id"] != event_id:
            self.say(name, "This was written down about another adverse event.")
        if f"{EVENTS}{event_id}/event.pdf" not in self.members:
            self.miss(name, "The printable page of this adverse event is missing.")
        entry = self.entry_about("adverse_event", event_id, self.members[name])
        if not self.log.get(("adverse_event", event_id)):
            self.say(name, "The log never speaks of this adverse event.")
        elif entry is None:
            self.say(name, "This adverse event is not the one that the log speaks of.")
        elif entry["action"] != "adverse_event.recorded":
            self.say(name, "The log gives this adverse event another meaning.")
        if said is not None and entry is not None and self.visits.get(said["visit"]):
            # A visit that was filed to the wrong patient stays where it is, and so do its events.
            whose = self.records_of(said["visit"])[0]["patient"]["ref"]
            if entry["subj"] != whose:
                self.say(name, "The log gives this adverse event to another person than its visit.")
        return sha256_hex(self.members[name]), entry

    def steps_of_event(self, event_id, digest, event_entry, numbers, held):
        newest, course = 0, []
        for place, number in enumerate(numbers, start=1):
            name = f"{EVENTS}{event_id}/step-{number}.json"
            said = self.read(name, STEP_SHAPE)
            if number != place:
                self.miss(name, "A step before this one is not in the bundle.")
            if said is None:
                continue
            if said["event"] != event_id:
                self.say(name, "This step was taken about another adverse event.")
            is_signed = said["format"] == ACKNOWLEDGEMENT_SHAPE["format"]
            step_id = said["step"] if is_signed else said["id"]
            entry = self.entry_about("event_step", step_id, self.members[name])
            if is_signed:
                self.acknowledgement(name, said, digest, event_entry, entry)
            elif name[: -len(".json")] + ".sig" in self.members:
                self.say(name, "There is a signature beside this step, and steps of its kind have none.")
            if entry is None:
                self.say(name, "The log never speaks of this step.")
                continue
            held.add(step_id)
            if entry["action"] != ENTRY_OF_STEP["acknowledged" if is_signed else said["what"]]:
                self.say(name, "The log gives this step another meaning.")
            if entry["actor"]["uid"] != (said["signer"]["staff"] if is_signed else said["recorded_by"]):
                self.say(name, "The log gives this step to somebody else.")
            if event_entry is not None and entry["subj"] != event_entry["subj"]:
                self.say(name, "The log gives this step to another person.")
            if entry["place"] <= newest:
                what = "The steps of this adverse event are not in the order in which they were taken."
                self.say(name, what)
            newest = entry["place"]
            course.append((name, place == number, "acknowledged" if is_signed else said["what"]))
        self.course_of_event(course)

    def course_of_event(self, course):
        """Of each step that is here its name, whether none before it is missing, and its kind."""
        done = set()
        for name, is_after_all, what in course:
            if is_after_all and cannot_follow(what, done):
                self.say(name, "This step cannot follow on those that were taken before it.")
            done.add(what)

    def acknowledgement(self, name, said, digest, event_entry, entry):
        subject = event_entry["subj"] if event_entry is not None else said["patient"]
        if (said["event_sha256"], said["patient"]) != (digest or said["event_sha256"], subject):
            self.say(name, "This acknowledgement was signed for another adverse event.")
        self.directors_word(name, said, entry, "acknowledgement")

    def events_are_whole(self, held):
        named = sorted(object_id for kind, object_id in self.log if kind == "adverse_event")
        if self.scope["format"] not in WITH_EVENTS:
            if named:
                what = f"The log speaks of {count_events(len(named))}. {NOT_IN_THIS_FORM}"
                self.note(LOG, what)
            return
        absent, of_people_here, partly_here = self.events_elsewhere(named)
        counted = {EVENTS_OUTSIDE: absent, STEPS_OUTSIDE: self.steps_elsewhere(held, partly_here)}
        if self.scope["format"] not in WITH_RECALLS:
            counted.update((what, len(self.ids_in_log(kind))) for what, kind in STAY_AT_THE_CLINIC)
        for what, count in counted.items():
            self.check_count(what, count)
        if absent:
            said = f"The log speaks of {count_events(absent)} outside the period"
            said += f", {of_people_here} of people whose visits are here" if of_people_here else ""
            self.note(SCOPE, f"{said}. After which visit each was, it does not say.")

    def events_elsewhere(self, named):
        """How many events are not here, how many of people with visits here, and whose they are."""
        absent, of_people_here, partly_here = 0, 0, set()
        people = {one["patient"]["ref"] for one in self.all_records()}
        for event_id in named:
            if f"{EVENTS}{event_id}/event.json" in self.members:
                continue
            entry = self.log["adverse_event", event_id][0]
            day = self.local_day(entry)
            if self.is_in_period(day):
                told = f"{LOG} entry {entry['place']} speaks of an adverse event of {day}, "
                self.miss("adverse event " + event_id, told + "which is not in the bundle.")
            absent += 1
            of_people_here += entry["subj"] in people
            partly_here.add(entry["subj"])
        return absent, of_people_here, partly_here

    def steps_elsewhere(self, held, partly_here):
        """How many steps are not here, of people some of whose events are not. Others' are missed."""
        steps = 0
        for step_id in sorted(object_id for kind, object_id in self.log if kind == "event_step"):
            entry = self.log["event_step", step_id][0]
            if step_id in held:
                continue
            if entry["subj"] in partly_here:
                steps += 1
            else:
                told = f"{LOG} entry {entry['place']} speaks of a step ({entry['action']}) "
                self.miss("adverse event step " + step_id, told + "that is not in the bundle.")
        return steps

    def ids_in_log(self, kind):
        return sorted(object_id for one, object_id in self.log if one == kind)

    def check_count(self, what, count):
        if sum(one["count"] for one in self.scope["withheld"] if one["what"] == what) != count:
            self.miss(SCOPE, f"The count of {what} is not the one that the log gives.")

    # -- and what was called back, whom it touched, who was told and how it ended?

    def check_recalls(self):
        is_of_one = self.scope["format"] in ONE_PERSON
        pattern = RECALL_FILE_OF_PERSON if is_of_one else RECALL_FILE
        contacts = {}
        for name in sorted(one for one in self.members if one.startswith(RECALLED)):
            match = pattern.fullmatch(name)
            if self.scope["format"] not in WITH_RECALLS:
                self.say(name, "Bundles of this form hold no recalls.")
            elif not match:
                self.say(name, "This file has no place among the recalls.")
            elif match.group(1):
                numbers = contacts.setdefault(match.group(1), [])
                if match.group(2):
                    numbers.append(int(match.group(2)))
        if self.scope["format"] in WITH_RECALLS:
            (self.recalls_of_person if is_of_one else self.recalls_of_period)(contacts, set())

    def recalls_of_period(self, contacts, held):
        self.claimed(PEOPLE_OF_RECALLS, "recalls_sha256", PEOPLE_SHAPE)
        recalls = []
        for recall_id, numbers in sorted(contacts.items()):
            recall = self.recall(recall_id)
            self.notice_of_recall(recall)
            self.contacts_of_recall(recall, sorted(numbers), held)
            recalls.append(recall)
        absent = []
        for recall_id in self.ids_in_log("recall"):
            if f"{RECALLED}{recall_id}/recall.json" in self.members:
                continue
            entry = self.log["recall", recall_id][0]
            place, day = entry["place"], self.local_day(entry)
            if self.is_in_period(day):
                told = f"{LOG} entry {place} speaks of a recall of {day}, which is not in the bundle."
                self.miss("recall " + recall_id, told)
            absent.append(place)
        self.check_count(RECALLS_OUTSIDE, len(absent))
        are_all_here = self.contacts_elsewhere(held, min(absent) if absent else None)
        self.lists_of_recalls(
            [one for one in recalls if one["said"] is not None and one["entry"] is not None]
        )
        for recall in recalls:
            recall["is_whole"] = recall["is_whole"] and are_all_here
            self.closure_of_recall(recall)
        if absent:
            told = "1 recall" if len(absent) == 1 else f"{len(absent)} recalls"
            self.note(SCOPE, f"The log speaks of {told} outside the period.")

    def recalls_of_person(self, contacts, held):
        said = self.claimed(RECALLS_OF_PERSON, "recalls_sha256", OF_PERSON_SHAPE)
        patient = self.scope["patient"]["ref"]
        if said is not None and said["patient"] != patient:
            self.say(RECALLS_OF_PERSON, "This list is about another person.")
        named = {one["id"]: one for one in (said["recalls"] if said is not None else ())}
        for recall_id in sorted(set(contacts) | set(named)):
            recall = {"id": recall_id, "said": named.get(recall_id), "listed": {patient}}
            recall.update(told=[], is_whole=True)
            if said is not None and recall["said"] is None:
                what = "The list of this person's recalls does not name this one."
                self.say(RECALLED + recall_id, what)
            self.notice_of_recall(recall)
            self.contacts_of_recall(recall, sorted(contacts.get(recall_id, ())), held)
        visits = self.used_in_visits()
        for one in said["recalls"] if said is not None else ():
            self.person_of_list(RECALLS_OF_PERSON, one, one["visits"], visits)
        outside = said["outside"] if said is not None else 0
        self.check_count(RECALLS_OUTSIDE, outside)
        self.contacts_elsewhere(held, 0 if outside else None)

    def claimed(self, name, claim, shape):
        """The document whose hash the entry of the making holds, or None."""
        wanted = self.scope["made"]["detail"][claim]
        if name not in self.members:
            if wanted is not None:
                what = "The log's entry of the making names this list, which is not in the bundle."
                self.miss(name, what)
            return None
        if sha256_hex(self.members[name]) != wanted:
            self.say(name, "This list is not the one that the log's entry of the making names.")
        return self.read(name, shape)

    def recall(self, recall_id):
        name = f"{RECALLED}{recall_id}/recall.json"
        recall = {"id": recall_id, "said": None, "sha256": None, "entry": None, "listed": None}
        recall.update(told=[], is_whole=True)
        if name not in self.members:
            self.miss(name, "The recall that the files beside it are about is not in the bundle.")
            return recall
        said = self.read(name, RECALL_SHAPE)
        entry = self.entry_about("recall", recall_id, self.members[name])
        if said is not None and said["id"] != recall_id:
            self.say(name, "This was written down about another recall.")
        if not self.log.get(("recall", recall_id)):
            self.say(name, "The log never speaks of this recall.")
        elif entry is None:
            self.say(name, "This recall is not the one that the log speaks of.")
        elif entry["action"] != "recall.opened":
            self.say(name, "The log gives this recall another meaning.")
        elif said is not None and entry["actor"]["uid"] != said["opened_by"]:
            self.say(name, "The log gives this recall to somebody else.")
        listed = {one["patient"] for one in said["people"]} if said is not None else None
        recall.update(said=said, sha256=sha256_hex(self.members[name]), entry=entry, listed=listed)
        return recall

    def used_in_visits(self):
        """By number, what each visit in here used, and whose it is or may be."""
        visits = {}
        for record in self.all_records():
            number = record["number"]
            empty = {"whose": set(), "since": {}, "maybe": set(), "corrected": set()}
            visit = visits.setdefault(number, empty)
            visit["whose"].add(record["patient"]["ref"])
            performed = [
                entry["place"]
                for entry in self.log.get(("signature", record["visit"]), ())
                if entry["action"] == "visit.performed" and entry["obj"]["rev"] == record["revision"]
            ]
            for kind, name in supplies_of(record["document"]):
                visit["maybe"].update((kind, one) for one in meant(name))
                use = kind, as_printed(name)
                if performed and record["state"] == "performed":
                    visit["since"][use] = min([*performed, visit["since"].get(use, performed[0])])
        for visit_id, amendments in self.amendments.items():
            for data in amendments if visit_id in self.visits else ():
                amend_uses(visits[self.records_of(visit_id)[0]["number"]], data)
        return visits

    def lists_of_recalls(self, recalls):
        """Each list names whom the records in here say that the recall touched, and nobody else."""
        visits = self.used_in_visits() if recalls else {}
        is_all_here = not any(one["count"] for one in self.scope["withheld"] if one["what"] == OUTSIDE)
        for recall in recalls:
            name, said = f"{RECALLED}{recall['id']}/recall.json", recall["said"]
            for one in said["people"]:
                if not self.log.get(("patient", one["patient"])):
                    self.say(name, "Its list names somebody of whom the log never speaks.")
                for number in one["visits"]:
                    if number not in visits:
                        if is_all_here:
                            self.say(name, f"Its list names visit {number}, which the log does not know.")
                    elif not self.was_ever_of(visits[number]["whose"], one["patient"]):
                        self.say(name, f"Its list gives visit {number} to somebody whose it never was.")
                self.person_of_list(name, said, one["visits"], visits)
            listed = {number for one in said["people"] for number in one["visits"]}
            # As every program has asked: the first ones missed an accented small letter.
            use, opened = (said["kind"], said["named"].strip().upper()), recall["entry"]["place"]
            for number in sorted(visits):
                # Corrections lead to more visits, which are not asked for.
                if number not in listed and visits[number]["since"].get(use, opened) < opened:
                    self.say(name, f"Its list leaves visit {number} out, which used what it calls back.")

    def person_of_list(self, name, said, numbers, visits):
        """A device may have been called by a number that stands in no visit: any visit will do."""
        wanted = meant(said["named"])
        uses = {(said["kind"], one) for one in wanted}
        if not numbers:
            self.say(name, "Its list names somebody with no visit at all.")
        elif said["kind"] != "device" and all(number in visits for number in numbers):
            theirs = [visits[number] for number in numbers]
            if not any(one["maybe"] & uses or one["corrected"] & wanted for one in theirs):
                told = ", ".join(numbers)
                what = f"Its list names whoever had visit {told}, which never used what it calls back."
                self.say(name, what)

    def was_ever_of(self, whose, patient):
        """Records that were one person's once may be two by now."""

        def did(action, ref):
            return any(entry["action"] == action for entry in self.log.get(("patient", ref), ()))

        if patient in whose:
            return True
        return did("patient.merge_taken_in", patient) and any(did("patient.merged", one) for one in whose)

    def notice_of_recall(self, recall):
        if recall["said"] is None:
            return
        ending = ENDING_OF_SCAN.get(recall["said"]["notice_type"] or "")
        for one in sorted(ENDING_OF_SCAN.values()):
            name = f"{RECALLED}{recall['id']}/notice.{one}"
            if one != ending:
                if name in self.members:
                    self.say(name, "This is no notice of this recall.")
            elif name not in self.members:
                self.miss(name, "The notice of this recall is not in the bundle.")
            elif sha256_hex(self.members[name]) != recall["said"]["notice_sha256"]:
                self.say(name, "This notice is not the one that was attached to the recall.")

    def contacts_of_recall(self, recall, numbers, held):
        newest = 0
        for place, number in enumerate(numbers, start=1):
            name = f"{RECALLED}{recall['id']}/contact-{number}.json"
            said = self.read(name, RECALL_CONTACT_SHAPE)
            if number != place:
                self.miss(name, "A contact before this one is not in the bundle.")
            if said is None or number != place:
                recall["is_whole"] = False
            if said is None:
                continue
            if said["recall"] != recall["id"]:
                self.say(name, "This was written down about another recall.")
            if recall["listed"] is not None and said["patient"] not in recall["listed"]:
                self.say(name, "This is about somebody who is not on the list of its recall.")
            entry = self.entry_about("recall_contact", said["id"], self.members[name])
            if entry is None:
                self.say(name, "The log never speaks of this contact.")
                recall["is_whole"] = False
                continue
            held.add(said["id"])
            recall["told"].append((entry["place"], said["patient"], said["outcome"]))
            self.entry_of_contact(name, said, entry)
            if entry["place"] <= newest:
                self.say(name, "The contacts of this recall are not in the order in which they were made.")
            newest = entry["place"]
            if any(one["place"] < newest for one in self.log.get(("recall_closure", recall["id"]), ())):
                self.say(name, "This was written down after its recall was closed.")

    def entry_of_contact(self, name, said, entry):
        if entry["action"] != "recall.contacted":
            self.say(name, "The log gives this contact another meaning.")
        if entry["actor"]["uid"] != said["recorded_by"]:
            self.say(name, "The log gives this contact to somebody else.")
        if entry["subj"] != said["patient"]:
            self.say(name, "The log gives this contact to another person.")

    def closure_of_recall(self, recall):
        name = f"{RECALLED}{recall['id']}/closure.json"
        if name not in self.members:
            if name[: -len(".json")] + ".sig" in self.members:
                self.miss(name, "What this signature belongs to is not in the bundle.")
            for one in self.log.get(("recall_closure", recall["id"]), ()):
                self.miss(name, f"{LOG} entry {one['place']} speaks of a closure that is not in the bundle.")
            return
        said = self.read(name, CLOSURE_SHAPE)
        if said is None:
            return
        digest = recall["sha256"] or said["recall_sha256"]
        if (said["recall"], said["recall_sha256"]) != (recall["id"], digest):
            self.say(name, "This closure was signed for another recall.")
        entry = self.entry_about("recall_closure", recall["id"], self.members[name])
        self.directors_word(name, said, entry, "closure")
        if entry is None:
            self.say(name, "The log never speaks of this closure.")
            return
        if entry["action"] != "recall.closed":
            self.say(name, "The log gives this closure another meaning.")
        if entry["actor"]["uid"] != said["signer"]["staff"]:
            self.say(name, "The log gives this closure to somebody else.")
        if recall["said"] is not None and recall["is_whole"]:
            self.end_of_recall(name, said, recall, entry)

    def end_of_recall(self, name, said, recall, entry):
        outcomes = {one: [] for one in recall["listed"]}
        for place, patient, outcome in recall["told"]:
            if place < entry["place"]:
                outcomes.setdefault(patient, []).append(outcome)
        reached = sum("reached" in outcomes[one] for one in recall["listed"])
        is_open = any(not outcomes[one] for one in recall["listed"])
        is_open = is_open or (reached < len(recall["listed"]) and not said["text"])
        if (said["people"], said["reached"]) != (len(recall["listed"]), reached):
            self.say(name, "This counts people otherwise than the list and the contacts of its recall.")
        elif is_open and not recall["said"]["is_drill"]:
            self.say(name, "This was signed while the rules still kept the recall open.")

    def contacts_elsewhere(self, held, since):
        """Whether no contact is missing. Those that are not here are of a recall that is not."""
        count, missed = 0, len(self.missing)
        for contact_id in self.ids_in_log("recall_contact"):
            if contact_id in held:
                continue
            place = self.log["recall_contact", contact_id][0]["place"]
            if since is not None and since < place:
                count += 1
            else:
                told = f"{LOG} entry {place} speaks of a contact about a recall that is not in the bundle."
                self.miss("recall contact " + contact_id, told)
        self.check_count(RECALL_CONTACTS_OUTSIDE, count)
        return len(self.missing) == missed

    # -- and how it went with them after the treatment?

    def check_follow_ups(self):
        is_held = self.scope["format"] in WITH_RECALLS
        for name in sorted(one for one in self.members if one.startswith(FOLLOWED)):
            if is_held and name == PLANNED:
                continue
            match = FOLLOW_UP_FILE.fullmatch(name)
            if not is_held:
                self.say(name, "Bundles of this form hold no follow-up contacts.")
            elif not match:
                self.say(name, "This file has no place among the follow-up contacts.")
            else:
                self.follow_up(name, match.group(1))
        if is_held:
            self.claimed(PLANNED, "planned_sha256", PLANNED_SHAPE)
            self.follow_ups_are_whole()

    def follow_up(self, name, try_id):
        said = self.read(name, FOLLOW_UP_SHAPE)
        if said is not None and said["id"] != try_id:
            self.say(name, "This was written down about another follow-up contact.")
        entry = self.entry_about("follow_up_contact", try_id, self.members[name])
        if not self.log.get(("follow_up_contact", try_id)):
            self.say(name, "The log never speaks of this follow-up contact.")
        elif entry is None:
            self.say(name, "This follow-up contact is not the one that the log speaks of.")
        if said is None or entry is None:
            return
        if entry["action"] != "follow_up.recorded":
            self.say(name, "The log gives this follow-up contact another meaning.")
        if entry["actor"]["uid"] != said["recorded_by"]:
            self.say(name, "The log gives this follow-up contact to somebody else.")
        # A visit that was filed to the wrong patient stays where it is, and so do its contacts.
        here = self.visits.get(said["visit"]) and self.records_of(said["visit"])
        if here and entry["subj"] != here[0]["patient"]["ref"]:
            self.say(name, "The log gives this follow-up contact to another person than its visit.")

    def follow_ups_are_whole(self):
        absent, of_people_here = 0, 0
        people = {one["patient"]["ref"] for one in self.all_records()}
        for try_id in self.ids_in_log("follow_up_contact"):
            if f"{FOLLOWED}{try_id}.json" in self.members:
                continue
            entry = self.log["follow_up_contact", try_id][0]
            day = self.local_day(entry)
            if self.is_in_period(day):
                told = f"{LOG} entry {entry['place']} speaks of a follow-up contact of {day}, "
                self.miss("follow-up contact " + try_id, told + "which is not in the bundle.")
            absent += 1
            of_people_here += entry["subj"] in people
        self.check_count(FOLLOW_UPS_OUTSIDE, absent)
        if absent:
            told = "1 follow-up contact" if absent == 1 else f"{absent} follow-up contacts"
            said = f"The log speaks of {told} outside the period"
            said += f", {of_people_here} of people whose visits are here" if of_people_here else ""
            self.note(SCOPE, f"{said}. After which visit each was, it does not say.")

    # -- under rules that were in force?

    def documents(self):
        held = {kind: {} for kind in KIND_OF_FOLDER.values()}
        for name in sorted(self.members):
            match = DOCUMENT_NAME.fullmatch(name)
            if match and match.group(1) in KIND_OF_FOLDER and not name.endswith(".approval.json"):
                kind = KIND_OF_FOLDER[match.group(1)]
                place = self.document(name, kind)
                if place is not None:
                    held[kind][sha256_hex(self.members[name])] = place
        for record in self.all_records():
            for kind in ("policy", "protocol", "consent_text"):
                self.pinned(record, held[kind], kind)

    def pinned(self, record, held, kind):
        pinned, words = record["pinned"][kind], kind.replace("_", " ")
        is_performed = record["state"] == "performed"
        if pinned is None:
            if is_performed:
                self.say(record["name"], f"This was performed under no {words}, which nobody may let pass.")
            return
        signed = self.log.get(("signature", record["visit"]), ())
        performed = next(
            (
                entry["place"]
                for entry in signed
                if entry["action"] == "visit.performed" and entry["obj"]["rev"] == record["revision"]
            ),
            None,
        )
        approved = held.get(pinned["sha256"])
        if approved is None:
            approved = self.entry_of_approval(pinned, kind)
            what = f"The approved {words} that this record names is not in the bundle."
            self.miss(record["name"], what)
        is_late = approved is None or (performed is not None and approved > performed)
        if is_performed and is_late:
            what = (
                f"The {words} that this was performed under is none that the director had approved by then."
            )
            self.say(record["name"], what)

    def entry_of_approval(self, pinned, kind):
        if self.scope["format"] in ONE_PERSON:
            return 0
        identity = pinned["form" if kind == "consent_text" else "id"]
        for entry in self.log.get(("approval", kind + ":" + identity), ()):
            if entry["obj"]["rev"] == pinned["version"]:
                return entry["place"]
        return None

    def document(self, name, kind):
        if self.read(name, AtLeast()) is None:
            return 0
        approval_name = name[: -len(".json")] + ".approval.json"
        if approval_name not in self.members:
            self.miss(name, "The director's approval of this document is missing.")
            return None
        approval = self.read(approval_name, APPROVAL_SHAPE)
        if approval is None:
            return 0
        if (approval["document"], approval["sha256"]) != (kind, sha256_hex(self.members[name])):
            self.say(approval_name, "This approval was given to another document.")
        key = self.signed(approval_name, approval)
        if key is not None and key["holder"]["role"] != "director":
            self.say(approval_name, "Only a director decides this, but the key is not a director's.")
        elif key is not None:
            self.deciding.add(key["key"])
        entry = self.entry_about("approval", kind + ":" + approval["id"], self.members[approval_name])
        if entry is None:
            self.say(approval_name, "The log never speaks of this approval.")
        self.head(approval_name, approval)
        if key is not None:
            self.in_force(approval_name, approval, entry)
        return 0 if entry is None else entry["place"]

    # -- is every paper that a record names here as it was scanned?

    def check_scans(self):
        for name in sorted(self.members):
            match = SCAN_NAME.fullmatch(name)
            if name.startswith(SCANS) and not match:
                self.say(name, "This file has no place among the scans.")
            elif match and match.group(2) == "json":
                self.scan(name, match.group(1))
            elif match and f"{SCANS}{match.group(1)}.json" not in self.members:
                self.miss(name, "What was written down about this scan is missing.")
        if self.scope["format"] in ONE_PERSON and self.scope["format"] in WITH_SCANS:
            self.all_scans_are_here()
        for record in self.all_records():
            if record["state"] == "performed":
                self.named_papers(record)

    def scan(self, name, scan):
        said = self.read(name, SCAN_SHAPE)
        if said is None:
            return
        if said["id"] != scan:
            self.say(name, "This was written down about another scan.")
            return
        file = f"{SCANS}{scan}.{ENDING_OF_SCAN[said['media_type']]}"
        for ending in ENDING_OF_SCAN.values():
            other = f"{SCANS}{scan}.{ending}"
            if other != file and other in self.members:
                self.say(other, "This file has no place among the scans.")
        data = self.members.get(file)
        if data is None:
            self.miss(name, "The scan itself is missing.")
        elif (sha256_hex(data), len(data)) != (said["sha256"], said["size_bytes"]):
            self.say(file, "This scan is not the one that was kept.")
        else:
            self.scans[scan] = said["sha256"]
        entries = self.log.get(("attachment", scan), ())
        is_slice = self.scope["format"] in ONE_PERSON
        if is_slice and said["patient"] != self.scope["patient"]["ref"] and not entries:
            # Kept under another record of the person, whose entries are in that record's own bundle.
            if self.is_named(scan, said["sha256"]):
                self.note(name, KEPT_ELSEWHERE)
            else:
                self.say(name, "This scan was kept under another record, and no record in here names it.")
            return
        if not any(self.speaks_of(entry, self.members[name]) for entry in entries):
            self.say(name, "The log never speaks of this scan.")
        elif any(entry["subj"] != said["patient"] for entry in entries):
            self.say(name, "The log gives this scan to another person.")

    def is_named(self, scan, digest):
        return any(
            digest == named and wanted in (None, scan)
            for record in self.all_records()
            for _, wanted, named in papers_named(record["document"])
        )

    def all_scans_are_here(self):
        kept = sorted(object_id for kind, object_id in self.log if kind == "attachment")
        absent = [scan for scan in kept if f"{SCANS}{scan}.json" not in self.members]
        told = sum(one["count"] for one in self.scope["withheld"] if one["what"] == SPOILT)
        for scan in absent:
            self.miss(f"{SCANS}{scan}.json", SAID_TO_BE_SPOILT if told >= len(absent) else NOT_HERE)

    def named_papers(self, record):
        for what, scan, digest in papers_named(record["document"]):
            if self.scope["format"] not in WITH_SCANS:
                self.note(record["name"], f"The {what} is on paper. Bundles of this form hold no scans.")
            elif scan is None and digest in self.scans.values():
                continue
            elif scan is None or scan not in self.scans:
                told = f"The scan of the {what} that this record names is not in the bundle."
                self.miss(record["name"], told)
            elif self.scans[scan] != digest:
                self.say(record["name"], f"The scan of the {what} is not the one that this record names.")

    # -- was every director's key that decided something in here compared with paper?

    def check_trust(self):
        vouched = self.vouched_from(self.trust or ())
        if not vouched:
            return
        sealer = key_id(self.installation) if self.installation else ""
        counting = self.deciding | self.vouchers.get(sealer, set())
        logged = self.directors()
        oldest = min((entry["place"] for key, entry in logged if key["key"] in vouched), default=0)
        for key, entry in logged:
            if key["key"] not in counting or key["key"] in vouched:
                continue
            sheet = "newer" if entry["place"] > oldest else "older"
            told = f"The director's key {key['key']} of {key['holder']['name']} counts here, and no chain of "
            told += (
                "directors' vouches leads to it from a fingerprint that was given. It is registered since "
            )
            told += f"{self.local_day(entry)}, by entry {entry['place']} of the log. "
            told += self.confirmed(key, entry, key is logged[0][0])
            told += f" Compare it with the {sheet} fingerprint sheet, signed in ink, and verify with --trust "
            told += "of it as well."
            self.unchecked.append({"where": "key " + key["key"], "what": told})

    def confirmed(self, key, entry, is_first):
        seconds = self.second_persons(key)
        if seconds:
            return "Confirmed by a second person: " + ", ".join(seconds) + "."
        if is_first:
            return "It is the first director's key of this clinic, so nobody else confirmed it."
        if entry["why"] == "nobody_else":
            return "The log says that nobody else could confirm it."
        return "Nobody else confirmed it."

    # -- and is none left out?

    def completeness(self):
        outside = unfrozen = 0
        for visit in sorted({object_id for kind, object_id in self.log if kind in ("visit", "signature")}):
            frozen = self.frozen(visit)
            is_signed = self.miss_signed_and_never_frozen(visit, frozen)
            if not frozen:
                unfrozen += not is_signed
            elif visit in self.visits or self.is_in_period(self.day(frozen[-1])):
                self.visit_is_whole(visit, frozen)
            else:
                outside += 1
        if outside:
            words = "visit; it lies" if outside == 1 else "visits; all lie"
            self.note(SCOPE, f"The log speaks of {outside} more {words} outside the period.")
        if unfrozen:
            words = "visit that nobody signed: an open draft or a voided one."
            if unfrozen > 1:
                words = "visits that nobody signed: open drafts and voided ones."
            self.note(LOG, f"The log speaks of {unfrozen} {words}")
        patients = {record["patient"]["ref"] for record in self.all_records()}
        for what, count in (("visits", len(self.visits)), ("patients", len(patients))):
            if self.scope[what] != count:
                self.say(SCOPE, f"The count of {what} is not the one that is stated.")
        if self.scope["format"] in SEALED_BY_MAKER:
            self.withheld(outside)

    def withheld(self, outside):
        counted = {OUTSIDE: outside}
        if self.scope["format"] in ONE_PERSON:
            counted[OF_OTHERS] = self.scope["patient"]["withheld_entries"]
        for what, count in counted.items():
            if sum(one["count"] for one in self.scope["withheld"] if one["what"] == what) != count:
                self.miss(SCOPE, f"The count of {what} is not the one that the log gives.")

    def miss_signed_and_never_frozen(self, visit, frozen):
        revisions = {entry["obj"]["rev"] for entry in frozen}
        signed = self.log.get(("signature", visit), ())
        loose = [entry for entry in signed if entry["obj"]["rev"] not in revisions]
        for entry in loose:
            if not self.is_held(visit, entry):
                told = f"{LOG} entry {entry['place']} speaks of a signature ({entry['action']}) on a record "
                self.miss("visit " + visit, told + "that no entry freezes. Neither is in the bundle.")
        return bool(loose)

    def is_held(self, visit, entry):
        return any(self.speaks_of(entry, data) for data in self.signature_records.get(visit, ()))

    def is_in_period(self, day):
        first, last = self.scope["from"], self.scope["to"]
        return (first is None or first <= day) and (last is None or day <= last)

    def visit_is_whole(self, visit, frozen):
        for entry in frozen:
            revision = entry["obj"]["rev"]
            if f"data/visits/{visit}/r{revision}.json" not in self.members:
                told = f"{LOG} entry {entry['place']} speaks of revision {revision} of {self.day(entry)}"
                self.miss("visit " + visit, told + ", which is not in the bundle.")
        revisions = {entry["obj"]["rev"] for entry in frozen}
        for entry in self.log.get(("signature", visit), ()):
            if entry["obj"]["rev"] in revisions and not self.is_held(visit, entry):
                told = f"{LOG} entry {entry['place']} speaks of a signature ({entry['action']})"
                self.miss("visit " + visit, told + " that is not in the bundle.")

    # -- and does the log go on from the one in a bundle that was received before?

    def root_at(self, size):
        if self.heads is not None:
            return self.heads.get(size)
        return self.tree.root_at(size) if 0 <= size <= self.tree.size else None

    def leaf_of(self, seq):
        return self.leaves.get(seq) if self.heads is not None else self.tree.nodes.get((0, seq - 1))

    def check_older(self, older):
        where = "older bundle"
        if older.altered or older.known is None:
            what = "The older bundle does not hold by itself, so nothing can be told from it."
            self.miss(where, what)
            return
        if self.known is None:
            return
        if older.known[0] != self.known[0]:
            what = "What was given as the older bundle is of another clinic, so it says nothing about this "
            what += "one. Give an older bundle of this clinic, or check this one without it."
            self.mistaken.append({"where": where, "what": what})
            return
        before, now = older.known[1], self.known[1]
        if before > now and self.scope["made_at"] <= older.scope["made_at"]:
            self.tell_wrong_order(older, before, now)
            return
        if key_id(older.installation) not in self.keys:
            self.say(where, "The older bundle is sealed with a key that is not in this one's register.")
        if before > now:
            what = f"The log had {before} entries in the older bundle and has {now} here, although this "
            self.say(where, what + "bundle says that it was made later: the last ones are missing.")
            return
        same, other = self.common(older, before)
        root = self.root_at(before)
        if other is not None:
            what = "The older bundle has another entry at this place: the clinic showed two histories."
            self.say(f"{LOG} entry {other}", what)
        elif root is None:
            what = f"This bundle does not hold the proof that its log goes on from the older one's {before} "
            what += f"entries. The {same} entries that both hold are the same. A bundle of a period can tell."
            self.miss(where, what)
        elif root != older.known[2]:
            what = f"The log of the older bundle's {before} entries is not the beginning of this one: the "
            self.say(where, what + "clinic showed two histories.")
        else:
            what = f"The older bundle's log of {before} entries is the beginning of this one's {now}."
            self.note(where, what)

    def tell_wrong_order(self, older, size, now):
        where, (_, other), root = "older bundle", self.common(older, now), older.root_at(now)
        if other is not None:
            what = "The older bundle has another entry at this place: the clinic showed two histories."
            self.say(f"{LOG} entry {other}", what)
        elif root is not None and root != self.known[2]:
            what = f"The log of this bundle's {now} entries is not the beginning of the other one: the "
            self.say(where, what + "clinic showed two histories.")
        else:
            what = "What was given as the older bundle was not made before this one, and its log has "
            what += f"{size} entries where this one has {now}: the two were given in the wrong order. Give "
            what += "them the other way round. If you received this one later all the same, the last entries "
            self.miss(where, what + "are missing here.")

    def entries_held(self, most):
        if self.heads is not None:
            return [seq for seq in sorted(self.leaves) if seq <= most]
        return range(1, min(self.tree.size, most) + 1)

    def common(self, older, size):
        same = 0
        for seq in min((one.entries_held(size) for one in (self, older)), key=len):
            mine, theirs = self.leaf_of(seq), older.leaf_of(seq)
            if mine is not None and theirs is not None:
                if mine != theirs:
                    return same, seq
                same += 1
        return same, None

    # -- do the tables say what the records say?

    def tables(self):
        for name, cells in zip(TABLES, (self.visit_cells, self.line_cells, self.finding_cells)):
            self.table(name, cells)

    def table(self, name, cells):
        try:
            text = io.StringIO(self.members[name].decode("utf-8"), newline="")
            table = list(csv.reader(text, strict=True))
        except (UnicodeDecodeError, csv.Error):
            table = []
        if (
            not table
            or any(len(row) != len(table[0]) for row in table)
            or len(set(table[0])) != len(table[0])
        ):
            self.say(name, "This table cannot be read.")
            return
        is_sealed = self.scope["format"] in SEALED_BY_MAKER
        if tuple(table[0]) not in (HEADINGS[name][:1] if is_sealed else HEADINGS[name]):
            self.say(name, "The columns of this table are not those of a bundle.")
            return
        records = self.all_records()
        expected = {(record["visit"], record["revision"]): cells(record) for record in records}
        if len(table) - 1 != sum(len(rows) for rows in expected.values()):
            self.say(name, "This table has not as many rows as the records give.")
            return
        taken = {}
        for number, values in enumerate(table[1:], start=2):
            row = dict(zip(table[0], values))
            revision = row.get("revision", "")
            is_number = revision.isascii() and revision.isdigit() and len(revision) < 10
            key = (row.get("visit", ""), int(revision) if is_number else 0)
            position = taken.get(key, 0)
            taken[key] = position + 1
            where = f"{name} row {number}"
            if position >= len(expected.get(key, ())):
                self.say(where, "This row belongs to no record.")
                continue
            for column, allowed in expected[key][position].items():
                if column in row and row[column] not in allowed:
                    self.say(where, f"The column {column} does not say what the record says.")

    def shared(self, record):
        return {"visit": record["visit"], "number": record["number"], "revision": record["revision"]}

    def visit_cells(self, record):
        document, patient = record["document"], record["patient"]
        cartridge = document.get("cartridge")
        cells = self.shared(record)
        cells["patient"] = "{}, {}".format(patient["last_name"], patient["first_name"])
        cells["record_number"] = patient["record_number"]
        for column in ("started_at", "service", "performer", "device"):
            cells[column] = document.get(column)
        cells["cartridge_lot"] = cartridge.get("lot") if isinstance(cartridge, dict) else None
        cells["late_entry"] = "yes" if record["late_entry"] else "no"
        cells["solo_physician"] = "yes" if "solo_physician" in record else "no"
        cells = {column: (cell(value),) for column, value in cells.items()}
        cells["state_now"] = self.states(record["visit"])
        return [cells]

    def states(self, visit):
        newest = self.records_of(visit)[-1]
        if newest["state"] == "deferred":
            return ("deferred", "draft", "voided")
        entries = self.log.get(("signature", visit), ())
        actions = [entry["action"] for entry in entries if entry["obj"]["rev"] == newest["revision"]]
        return STATES_AFTER.get(actions[-1], ()) if actions else ()

    def line_cells(self, record):
        lines = record["document"].get("lines", [])
        rows = []
        for line in lines if isinstance(lines, list) else []:
            cells = self.shared(record)
            for column in LINE_COLUMNS:
                cells[column] = line.get(column) if isinstance(line, dict) else None
            rows.append({column: (cell(value),) for column, value in cells.items()})
        return rows

    def finding_cells(self, record):
        rows = []
        for finding in record["judged"]["findings"]:
            cells = self.shared(record)
            for column in ("code", "light", "outcome", "message", "reason"):
                cells[column] = finding[column]
            rows.append({column: (cell(value),) for column, value in cells.items()})
        return rows


def part_of(value, name):
    """A part of an object that is one itself; an empty one for anything else."""
    part = value.get(name)
    return part if isinstance(part, dict) else {}


MISSING = object()
KEPT = (
    *("format", "visit", "patient", "performer", "consent", "telephone_orders", "photos"),
    "prp.read_back",
)


def is_kept(path):
    """Does a path lead into a part of a record that no correction changes?"""
    return path.partition(".")[0].partition("[")[0] in KEPT or path.partition("[")[0] in KEPT


def is_odd(amendment):
    """Does an amendment have a part that its kind has not, or lack one?"""
    kind = amendment["kind"]
    return (
        (kind == "correction") != (amendment["correction"] is not None)
        or (kind in ("addendum", "late_entry")) != bool(amendment["text"])
        or (not amendment["reason"] and kind != "addendum")
        or (amendment["happened_at"] is None and kind == "late_entry")
        or (amendment["right_patient"] is not None and kind != "wrong_patient")
    )


def cannot_follow(what, done):
    """Whether a step about an adverse event cannot follow on those that were taken. A report always may."""
    if what == "acknowledged":
        return bool(done & {"acknowledged", "closed"})
    if "closed" in done:
        return what != "reported"
    if what == "told":
        return bool(done & {"told", "acknowledged"})
    return what == "closed" and "acknowledged" not in done


def count_events(count):
    """So many adverse events, in words."""
    return "1 adverse event" if count == 1 else f"{count} adverse events"


def place_in(document, path):
    """The group that holds a field such as lines[0].depth_mm, and the field's name or number in it."""
    steps = [name or int(number) for name, number in re.findall(r"([a-z][a-z0-9_]*)|\[([0-9]+)\]", path)]
    group = document
    for step in steps[:-1]:
        group = group[step]
    if not isinstance(group, list if isinstance(steps[-1], int) else dict):
        raise TypeError(path)
    return group, steps[-1]


def papers_named(document):
    """What of, by which scan (None: whichever has these bytes) and SHA-256 of each paper that is named."""
    signature = part_of(part_of(document, "consent"), "signature")
    scan, digest = signature.get("attachment"), signature.get("sha256")
    if signature.get("kind") == "paper" and isinstance(scan, str) and isinstance(digest, str):
        yield "signed consent", scan, digest
    digest = part_of(part_of(document, "exam"), "outside").get("paper_sha256")
    if isinstance(digest, str):
        yield "outside exam", None, digest


def text_of(value):
    """Text as it is, anything else as Python prints it."""
    return value if isinstance(value, str) else str(value)


def cell(value):
    """A value as a table shows it: nothing that a spreadsheet takes for a formula."""
    text = value if isinstance(value, str) else str(value) if type(value) is int else ""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


# --- The command ------------------------------------------------------------------------------------------


class Parser(argparse.ArgumentParser):
    """Ends wrong use in a status that is no verdict."""

    def error(self, message):
        self.exit(WRONG_USE, f"{self.format_usage().strip()}\n{self.prog}: {message}\n")


def read_fingerprints(text):
    """Fingerprints as a person copied them from paper, each in its one form."""
    parts = [re.sub(r"[\s:-]", "", part).lower() for part in text.split(",")]
    if not all(re.fullmatch("([0-9a-f]{64})+", part) for part in parts):
        raise CannotCheck(
            "The fingerprint does not have 64 digits from 0 to 9 and a to f. Nothing was checked. "
            "Copy it again from the sheet that the director signed."
        )
    return [part[at : at + 64] for part in parts for at in range(0, len(part), 64)]


def check_path(path, trust, older=None):
    """Check a file or folder: the verdict, the findings, and the finished check or None.

    `trust` is the text of one or more fingerprints, or None; `older` the path of a bundle received before.
    """
    trusted, before = None if trust is None else read_fingerprints(trust), None
    if older is not None:
        members, findings = open_path(older)
        if members is None:
            raise CannotCheck(
                "The older bundle cannot be opened, so nothing was checked. "
                "Give another one, or check this one without it."
            )
        before = Check(members, None, findings)
        before.run()
    members, findings = open_path(path)
    if members is None:
        return "UNREADABLE", findings, None
    check = Check(members, trusted, findings)
    verdict, findings = check.run(before)
    return verdict, findings, check


def open_path(path):
    """The members of a file or folder (None: it cannot be opened) and what is wrong with their container."""
    findings = []
    try:
        if os.path.isdir(path):
            return read_folder(path), findings
        if os.path.getsize(path) > LARGEST_BYTES:
            return None, [{"where": "file", "what": "The file is larger than any bundle."}]
        with open(path, "rb") as handle:
            data = handle.read()
    except OSError:
        raise CannotCheck(
            "The bundle cannot be read. Nothing was checked. "
            "Check the name of the file and that you may read it, then try again."
        ) from None
    if data.startswith(b"age-encryption.org/v1\n"):
        raise CannotCheck(
            "The bundle is encrypted. Nothing was checked. Open it with mnclinic, or with the "
            "program age and the passphrase that came with it, then check what comes out."
        )
    members = read_container(data, lambda where, what: findings.append({"where": where, "what": what}))
    if members is None:
        what = "The file is not a bundle, or it is damaged or cut short so badly that it cannot be opened."
        return None, [{"where": "file", "what": what}]
    return members, findings


def answer(verdict, findings, check):
    """Everything that is told about a bundle."""
    records = check.all_records() if check else []
    return {
        "verdict": verdict,
        "findings": findings,
        "notes": check.notes if check else [],
        "clinic": check.scope.get("clinic", "") if check else "",
        "fingerprint": check.fingerprint if check else "",
        "visits": len(check.visits) if check else 0,
        "patients": len({record["patient"]["ref"] for record in records}),
        "revisions": len(records),
        "signatures": sum(len(held) for held in check.signature_records.values()) if check else 0,
        "entries": check.carried if check else 0,
    }


def tell(told):
    """Print the answer for people."""
    lines = [told["verdict"]]
    lines += ["  {}: {}".format(one["where"], one["what"]) for one in told["findings"]]
    lines += ["  Note. {}: {}".format(one["where"], one["what"]) for one in told["notes"]]
    many = {"visits": "visit", "patients": "patient", "revisions": "record", "signatures": "signature"}
    counts = {key: f"{told[key]} {word}{'' if told[key] == 1 else 's'}" for key, word in many.items()}
    counts["entries"] = "{} log {}".format(told["entries"], "entry" if told["entries"] == 1 else "entries")
    line = "  {visits} of {patients} in {revisions}, {signatures}, {entries}"
    lines.append(line.format(**counts))
    lines.append("  Director's fingerprint: {}".format(told["fingerprint"]))
    if told["verdict"] == "VALID (KEY NOT CHECKED)" and not told["findings"]:
        lines.append("  Compare it with the sheet that the director signed, or give it with --trust.")
    lines.append(
        "  Valid means unaltered and complete against the clinic's log. It does not mean that what was"
    )
    lines.append("  entered is true, that everything done was entered, or that the care was right.")
    text = "\n".join(lines) + "\n"
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))


def main(arguments):
    """Check what the arguments name; the exit status."""
    parser = Parser(description="Check an audit bundle of mnclinic.")
    parser.add_argument("bundle", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    trust_help = "the director's, from paper: 64 hex digits; may be given several times"
    parser.add_argument("--trust", action="append", metavar="FINGERPRINT", help=trust_help)
    older_help = "a bundle received before: its log has to be the beginning of this one's"
    parser.add_argument("--older", metavar="BUNDLE", help=older_help)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args(arguments)
    try:
        trust = None if options.trust is None else ",".join(options.trust)
        told = answer(*check_path(options.bundle, trust, options.older))
    except CannotCheck as trouble:
        sys.stderr.write(f"{trouble}\n")
        return WRONG_USE
    if options.json:
        sys.stdout.write(json.dumps(told, indent=1) + "\n")
    else:
        tell(told)
    return STATUS[told["verdict"]]


def guarded(arguments):
    """No defect of this program may end in the status of a verdict."""
    try:
        return main(arguments)
    except Exception:
        traceback.print_exc()
        return DEFECT


if __name__ == "__main__":
    sys.exit(guarded(sys.argv[1:]))
