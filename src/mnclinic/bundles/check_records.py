"""Is every record the one that was signed and logged, under rules in force, and is none left out?"""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from mnclinic.audit import shape
from mnclinic.audit.entry import local_day_of, treated_on_of
from mnclinic.audit.keyregister import DIRECTOR
from mnclinic.audit.signing import APPROVAL_SHAPE, SIGNATURE_SHAPE
from mnclinic.bundles.check_solo import check_own_judgement, check_record_names_it, note_own_judgements
from mnclinic.bundles.content import OF_ONE_PERSON, OF_OTHERS, OUTSIDE, SEALED_BY_MAKER
from mnclinic.bundles.evidence import LOG, Evidence, LogLine, Record, digest_of

RECORD_FORMAT = "mnclinic.visit-record/1"
SOLO_RECORD_FORMAT = "mnclinic.visit-record/2"

_TEXT_OR_NONE = (None, str)
_PINNED = shape.AtLeast({"id": str, "version": int, "sha256": shape.SHA256})
_FIRST_SHAPE: dict[str, shape.Shape] = {
    "format": RECORD_FORMAT,
    "vault": shape.UUID,
    "visit": shape.UUID,
    "number": str,
    "revision": int,
    "state": ("performed", "deferred"),
    "patient": {
        "ref": shape.UUID,
        "record_number": str,
        "last_name": str,
        "first_name": str,
        "born_on": (None, shape.DAY),
    },
    "entered_at": shape.INSTANT,
    "late_entry": bool,
    "document": shape.AtLeast({}),
    "pinned": {
        "policy": (None, _PINNED),
        "protocol": (None, _PINNED),
        "consent_text": (
            None,
            shape.AtLeast({"form": str, "version": int, "language": str, "sha256": shape.SHA256}),
        ),
        "device": (None, shape.AtLeast({})),
        "cartridge": (None, shape.AtLeast({})),
        "performer": (
            None,
            shape.AtLeast({"staff": shape.UUID, "name": str, "credential": _TEXT_OR_NONE}),
        ),
    },
    "judged": {
        "as_of": shape.INSTANT,
        "findings": [
            shape.AtLeast(
                {
                    "code": str,
                    "light": str,
                    "passed_by": str,
                    "message": str,
                    "outcome": str,
                    "reason": _TEXT_OR_NONE,
                }
            )
        ],
    },
}
RECORD_SHAPE: shape.Shape = (
    _FIRST_SHAPE,
    {
        **_FIRST_SHAPE,
        "format": SOLO_RECORD_FORMAT,
        "solo_physician": {"declaration_sha256": shape.SHA256, "statement": str},
    },
)

ENTRY_OF_MEANING = {
    "performed": "visit.performed",
    "approved": "visit.signed",
    "returned": "visit.returned",
    "released": "visit.released",
}
FREEZING = frozenset({"visit.drawn", "visit.deferred"})
KIND_OF_FOLDER = {
    "policies": "policy",
    "protocols": "protocol",
    "consent_texts": "consent_text",
    "authorisations": "authorisation",
}
WORDS_OF_KIND = {"policy": "policy", "protocol": "protocol", "consent_text": "consent text"}

_RECORD = re.compile(r"data/visits/([^/]+)/r([1-9][0-9]{0,8})\.json")
_SIGNATURE = re.compile(r"data/visits/([^/]+)/signature-([1-9][0-9]{0,8})\.json")
_DOCUMENT = re.compile(r"data/([a-z_]+)/([^/]+)\.json")
_VISITS_FILE = re.compile(
    r"data/visits/[^/]+/(r[1-9][0-9]*\.(json|pdf)|(signature|amendment)-[1-9][0-9]*\.(json|sig))"
)


def check_records(evidence: Evidence) -> None:
    """Check each record by itself and against the log."""
    for name in sorted(evidence.members):
        if name.startswith("data/visits/") and not _VISITS_FILE.fullmatch(name):
            evidence.say(name, "This file has no place among the visits.")
        if match := _RECORD.fullmatch(name):
            _check_record(evidence, name, match[1], int(match[2]))
    _check_numbers(evidence)


def _check_record(evidence: Evidence, name: str, visit: str, revision: int) -> None:
    fields = evidence.read(name, RECORD_SHAPE)
    if fields is None:
        return
    if (fields["visit"], fields["revision"]) != (visit, revision):
        evidence.say(name, "This record is of another visit or revision.")
        return
    if fields["vault"] != evidence.vault:
        evidence.say(name, "This record is of another clinic.")
    data = evidence.members[name]
    evidence.visits[visit][revision] = Record(name, fields, digest_of(data))
    if name.removesuffix(".json") + ".pdf" not in evidence.members:
        evidence.miss(name, "The printable page of this record is missing.")
    if fields["state"] == "deferred" and "lines" in fields["document"]:
        evidence.say(name, "A deferred visit has no treatment lines, but this one has.")
    lines = [line for line in _frozen_in_log(evidence, visit) if line.fields["obj"]["rev"] == revision]
    check_record_names_it(evidence, evidence.visits[visit][revision], lines[-1] if lines else None)
    if not lines:
        evidence.say(name, "The log never speaks of this record.")
        return
    line = lines[-1]
    if not line.speaks_of(data):
        evidence.say(name, "This record is not the one that the log speaks of.")
    elif (line.fields["action"] == "visit.deferred") != (fields["state"] == "deferred"):
        evidence.say(name, "The log gives this visit another outcome.")
    if line.fields["subj"] != fields["patient"]["ref"]:
        evidence.say(name, "The log gives this visit to another person.")
    day = treated_on_of(line.fields)
    if day is not None and day != str(fields["document"].get("started_at", ""))[:10]:
        evidence.say(name, "The log gives this visit another day.")


def _check_numbers(evidence: Evidence) -> None:
    """A visit keeps its number and its person through all revisions, and no two visits share a number."""
    owners: dict[str, str] = {}
    for visit in sorted(evidence.visits):
        records = evidence.records_of(visit)
        first = records[0].fields
        for record in records:
            if (record.fields["number"], record.fields["patient"]["ref"]) != (
                first["number"],
                first["patient"]["ref"],
            ):
                evidence.say(
                    record.name, "This revision has another number or person than the one before it."
                )
        if owners.setdefault(first["number"], visit) != visit:
            evidence.say(records[0].name, "Another visit has the same number.")


def _frozen_in_log(evidence: Evidence, visit: str) -> list[LogLine]:
    return [line for line in evidence.log_of("visit", visit) if line.fields["action"] in FREEZING]


def check_signatures(evidence: Evidence) -> None:
    """Check each signature over a record, and that every performed record has its performer's."""
    matches = [match for name in evidence.members if (match := _SIGNATURE.fullmatch(name))]
    numbered = sorted((match[1], int(match[2]), match[0]) for match in matches)
    newest_seq: dict[str, int] = {}
    for visit, _, name in numbered:
        evidence.signature_records[visit].append(evidence.members[name])
        seq = _check_signature(evidence, name, visit)
        if seq is not None:
            if seq <= newest_seq.get(visit, 0):
                evidence.say(
                    name, "The signatures of this visit are not in the order in which they were made."
                )
            newest_seq[visit] = seq
    for record in evidence.records:
        is_performed = record.fields["state"] == "performed"
        if is_performed and (record.visit, record.revision) not in evidence.performed:
            evidence.miss(record.name, "The performer's signature on this record is missing.")
    note_own_judgements(evidence)


def _check_signature(evidence: Evidence, name: str, visit: str) -> int | None:
    """Check one signature; the number of its log entry if there is one."""
    signed = evidence.read(name, SIGNATURE_SHAPE)
    if signed is None:
        return None
    record = evidence.record(visit, signed["revision"])
    if signed["visit"] == visit and signed["meaning"] == "performed":
        evidence.performed.add((visit, signed["revision"]))
    if signed["visit"] != visit or record is None:
        evidence.say(name, "This signature was made for another visit or revision.")
    elif signed["record_sha256"] != record.sha256 or signed["number"] != record.fields["number"]:
        evidence.say(name, "This signature was made for another record.")
    else:
        _check_meaning(evidence, name, signed, record)
    key = evidence.check_signed(name, signed)
    if key is not None and signed["meaning"] != "performed" and key.role != DIRECTOR:
        evidence.say(name, "Only a director decides this, but the key is not a director's.")
    elif key is not None and signed["meaning"] != "performed":
        evidence.deciding.add(key.id)
    line = next(
        (line for line in evidence.log_of("signature", visit) if line.speaks_of(evidence.members[name])), None
    )
    evidence.check_head(name, signed)
    if key is not None:
        evidence.check_in_force(name, signed, line)
    if line is None:
        evidence.say(name, "The log never speaks of this signature.")
        return None
    if not line.seq - 2 <= signed["tree"]["size"] < line.seq:
        # Only a jump of the clock is ever entered in between.
        evidence.say(name, "This names another state of the log than the one that it was entered in.")
    if line.fields["action"] != ENTRY_OF_MEANING[signed["meaning"]] or (
        line.fields["obj"]["rev"] != signed["revision"]
    ):
        evidence.say(name, "The log gives this signature another meaning.")
    if line.fields["actor"]["uid"] != signed["signer"]["staff"]:
        evidence.say(name, "The log gives this signature to somebody else.")
    return line.seq


def _check_meaning(evidence: Evidence, name: str, signed: Mapping[str, Any], record: Record) -> None:
    meaning, performer = signed["meaning"], record.fields["pinned"]["performer"]
    if (meaning == "released") != (record.fields["state"] == "deferred"):
        evidence.say(name, "A signature of this meaning does not fit the record.")
    elif meaning == "performed" and (performer is None or performer["staff"] != signed["signer"]["staff"]):
        evidence.say(name, "Somebody else than the performer signed as performer.")
    check_own_judgement(evidence, name, signed, record)


def check_documents(evidence: Evidence) -> None:
    """Check policies, protocols, consent texts and authorisations, and that every pinned one is here."""
    held: dict[str, dict[str, int]] = defaultdict(dict)
    for name in sorted(evidence.members):
        match = _DOCUMENT.fullmatch(name)
        if match and match[1] in KIND_OF_FOLDER and not name.endswith(".approval.json"):
            kind = KIND_OF_FOLDER[match[1]]
            seq = _check_document(evidence, name, kind)
            if seq is not None:
                held[kind][digest_of(evidence.members[name])] = seq
    for record in evidence.records:
        for kind, words in WORDS_OF_KIND.items():
            _check_pinned(evidence, record, held[kind], kind=kind, words=words)


def _check_pinned(
    evidence: Evidence, record: Record, held: Mapping[str, int], *, kind: str, words: str
) -> None:
    """A rule that a record names is here, and one that it was performed under was approved by then.

    `held` has for each approved document the entry of its approval. No gate ever let a treatment pass without
    one, so a record that names none, or one of the performer's own, is no program's.
    """
    pinned = record.fields["pinned"][kind]
    performed = next(
        (
            line.seq
            for line in evidence.log_of("signature", record.visit)
            if line.fields["action"] == "visit.performed" and line.fields["obj"]["rev"] == record.revision
        ),
        None,
    )
    if pinned is None:
        if record.fields["state"] == "performed":
            evidence.say(record.name, f"This was performed under no {words}, which nobody may let pass.")
        return
    approved = held.get(pinned["sha256"])
    if approved is None:
        approved = _entry_of_approval(evidence, pinned, kind)
        evidence.miss(record.name, f"The approved {words} that this record names is not in the bundle.")
    is_late = approved is None or (performed is not None and approved > performed)
    if record.fields["state"] == "performed" and is_late:
        evidence.say(
            record.name,
            f"The {words} that this was performed under is none that the director had approved by then.",
        )


def _entry_of_approval(evidence: Evidence, pinned: Mapping[str, Any], kind: str) -> int | None:
    """The entry by which a version was approved; None if the log never says so. A slice cannot tell."""
    if evidence.scope["format"] in OF_ONE_PERSON:
        return 0
    identity = pinned["form" if kind == "consent_text" else "id"]
    lines = evidence.log_of("approval", f"{kind}:{identity}")
    return next((line.seq for line in lines if line.fields["obj"]["rev"] == pinned["version"]), None)


def _check_document(evidence: Evidence, name: str, kind: str) -> int | None:
    """Check a document's approval; its entry in the log, 0 if that cannot be told, None without approval."""
    if evidence.read(name, shape.AtLeast({})) is None:
        return 0
    approval_name = name.removesuffix(".json") + ".approval.json"
    if approval_name not in evidence.members:
        evidence.miss(name, "The director's approval of this document is missing.")
        return None
    approval = evidence.read(approval_name, APPROVAL_SHAPE)
    if approval is None:
        return 0
    if (approval["document"], approval["sha256"]) != (kind, digest_of(evidence.members[name])):
        evidence.say(approval_name, "This approval was given to another document.")
    key = evidence.check_signed(approval_name, approval)
    if key is not None and key.role != DIRECTOR:
        evidence.say(approval_name, "Only a director decides this, but the key is not a director's.")
    elif key is not None:
        evidence.deciding.add(key.id)
    line = next(
        (
            line
            for line in evidence.log_of("approval", f"{kind}:{approval['id']}")
            if line.speaks_of(evidence.members[approval_name])
        ),
        None,
    )
    if line is None:
        evidence.say(approval_name, "The log never speaks of this approval.")
    evidence.check_head(approval_name, approval)
    if key is not None:
        evidence.check_in_force(approval_name, approval, line)
    return 0 if line is None else line.seq


def check_completeness(evidence: Evidence) -> None:
    """Every visit that the log places in the period is here, in every revision and with every signature."""
    outside = unfrozen = 0
    ids = {object_id for kind, object_id in evidence.log_by_object if kind in {"visit", "signature"}}
    for visit in sorted(ids):
        frozen = _frozen_in_log(evidence, visit)
        is_signed = _miss_signed_and_never_frozen(evidence, visit, frozen)
        if not frozen:
            unfrozen += not is_signed
        elif visit in evidence.visits or _is_in_period(evidence, _day(frozen[-1])):
            _check_visit_is_whole(evidence, visit, frozen)
        else:
            outside += 1
    if outside:
        words = "visit; it lies" if outside == 1 else "visits; all lie"
        evidence.note("data/scope.json", f"The log speaks of {outside} more {words} outside the period.")
    if unfrozen:
        words = "visit that nobody signed: an open draft or a voided one."
        if unfrozen > 1:
            words = "visits that nobody signed: open drafts and voided ones."
        evidence.note(LOG, f"The log speaks of {unfrozen} {words}")
    _check_counts(evidence)
    if evidence.scope["format"] in SEALED_BY_MAKER:
        _check_withheld(evidence, outside)


def _miss_signed_and_never_frozen(evidence: Evidence, visit: str, frozen: list[LogLine]) -> bool:
    """Whether somebody signed what no entry freezes. No day is known of it, so it is in every period."""
    revisions = {line.fields["obj"]["rev"] for line in frozen}
    loose = [
        line for line in evidence.log_of("signature", visit) if line.fields["obj"]["rev"] not in revisions
    ]
    for line in loose:
        if not _is_held(evidence, visit, line):
            evidence.miss(
                f"visit {visit}",
                f"{LOG} entry {line.seq} speaks of a signature ({line.fields['action']}) on a record that no "
                "entry freezes. Neither is in the bundle.",
            )
    return bool(loose)


def _is_held(evidence: Evidence, visit: str, line: LogLine) -> bool:
    """Whether the signature that an entry speaks of is in here."""
    return any(line.speaks_of(data) for data in evidence.signature_records.get(visit, ()))


def _is_in_period(evidence: Evidence, day: str) -> bool:
    """A bundle about one person may have no first or last day."""
    first, last = evidence.scope["from"], evidence.scope["to"]
    return (first is None or first <= day) and (last is None or day <= last)


def _day(line: LogLine) -> str:
    """The day of treatment that the entry commits to, or else the day on which it was made."""
    return treated_on_of(line.fields) or local_day_of(line.fields)


def _check_visit_is_whole(evidence: Evidence, visit: str, frozen: list[LogLine]) -> None:
    for line in frozen:
        revision = line.fields["obj"]["rev"]
        if f"data/visits/{visit}/r{revision}.json" not in evidence.members:
            evidence.miss(
                f"visit {visit}",
                f"{LOG} entry {line.seq} speaks of revision {revision} of {_day(line)}, "
                "which is not in the bundle.",
            )
    revisions = {line.fields["obj"]["rev"] for line in frozen}
    for line in evidence.log_of("signature", visit):
        if line.fields["obj"]["rev"] in revisions and not _is_held(evidence, visit, line):
            evidence.miss(
                f"visit {visit}",
                f"{LOG} entry {line.seq} speaks of a signature ({line.fields['action']}) "
                "that is not in the bundle.",
            )


def _check_withheld(evidence: Evidence, outside: int) -> None:
    """What is withheld and can be counted here has to be told as it is."""
    counted = {OUTSIDE: outside}
    if evidence.scope["format"] in OF_ONE_PERSON:
        counted[OF_OTHERS] = evidence.scope["patient"]["withheld_entries"]
    for what, count in counted.items():
        if sum(one["count"] for one in evidence.scope["withheld"] if one["what"] == what) != count:
            evidence.miss("data/scope.json", f"The count of {what} is not the one that the log gives.")


def _check_counts(evidence: Evidence) -> None:
    counted = {"visits": len(evidence.visits), "patients": evidence.patients}
    for what, count in counted.items():
        if evidence.scope[what] != count:
            evidence.say("data/scope.json", f"The count of {what} is not the one that is stated.")
