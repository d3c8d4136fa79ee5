"""Is every paper that a record names here as it was scanned, and is each scan the one that was kept?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mnclinic.audit import shape
from mnclinic.bundles.content import ENDING_OF_SCAN, OF_ONE_PERSON, SCANS, SPOILT, WITH_SCANS
from mnclinic.bundles.evidence import Evidence, Record, digest_of

SCAN_SHAPE: shape.Shape = {
    "format": "mnclinic.attachment/1",
    "id": shape.UUID,
    "patient": shape.UUID,
    "kind": str,
    "title": str,
    "media_type": tuple(ENDING_OF_SCAN),
    "size_bytes": int,
    "sha256": shape.SHA256,
    "file": str,
    "sealed_sha256": shape.SHA256,
    "seal_key": shape.SHA256,
    "dated_on": shape.DAY,
    "note": str,
    "kept_by": shape.UUID,
    "kept_at": shape.INSTANT,
}

KEPT_ELSEWHERE = (
    "This scan was kept under another record, whose entries are not in here. A record in here names it by "
    "its SHA-256; what else is written down about it is held against nothing."
)

NOT_HERE = "The log says that this scan was kept, but it is not in the bundle."
SAID_TO_BE_SPOILT = (
    "The log says that this scan was kept. It is not in the bundle: the clinic says that it is missing or "
    "damaged there, and nothing here can prove that."
)

_FILE = re.compile(SCANS + r"([0-9a-f-]{36})\.(json|pdf|png|jpg)")


@dataclass(frozen=True)
class NamedPaper:
    """A paper that a record names: what of, by which scan (None: whichever has these bytes), its SHA-256."""

    what: str
    scan: str | None
    sha256: str


def papers_named(document: Mapping[str, Any]) -> Iterator[NamedPaper]:
    """The papers that a visit document names. Takes whatever may stand in a document."""
    signature = _part(_part(document, "consent"), "signature")
    scan, sha256 = signature.get("attachment"), signature.get("sha256")
    if signature.get("kind") == "paper" and isinstance(scan, str) and isinstance(sha256, str):
        yield NamedPaper("signed consent", scan, sha256)
    sha256 = _part(_part(document, "exam"), "outside").get("paper_sha256")
    if isinstance(sha256, str):
        yield NamedPaper("outside exam", None, sha256)


def check_scans(evidence: Evidence) -> None:
    """Check each scan by itself and against the log, and that none is missing that a record names."""
    for name in sorted(evidence.members):
        match = _FILE.fullmatch(name)
        if name.startswith(SCANS) and not match:
            evidence.say(name, "This file has no place among the scans.")
        elif match and match[2] == "json":
            _check_scan(evidence, name, match[1])
        elif match and f"{SCANS}{match[1]}.json" not in evidence.members:
            evidence.miss(name, "What was written down about this scan is missing.")
    if evidence.scope["format"] in OF_ONE_PERSON & WITH_SCANS:
        _check_all_are_here(evidence)
    for record in evidence.records:
        _check_named(evidence, record)


def _check_scan(evidence: Evidence, name: str, scan: str) -> None:
    said = evidence.read(name, SCAN_SHAPE)
    if said is None:
        return
    if said["id"] != scan:
        evidence.say(name, "This was written down about another scan.")
        return
    beside = [f"{SCANS}{scan}.{ending}" for ending in ENDING_OF_SCAN.values()]
    file = f"{SCANS}{scan}.{ENDING_OF_SCAN[said['media_type']]}"
    for other in beside:
        if other != file and other in evidence.members:
            evidence.say(other, "This file has no place among the scans.")
    if file not in evidence.members:
        evidence.miss(name, "The scan itself is missing.")
    elif (digest_of(evidence.members[file]), len(evidence.members[file])) != (
        said["sha256"],
        said["size_bytes"],
    ):
        evidence.say(file, "This scan is not the one that was kept.")
    else:
        evidence.scans[scan] = said["sha256"]
    lines = evidence.log_of("attachment", scan)
    is_of_another = (
        evidence.scope["format"] in OF_ONE_PERSON and said["patient"] != evidence.scope["patient"]["ref"]
    )
    if is_of_another and not lines:
        # Kept under another record of the person, whose entries are in that record's own bundle.
        if _is_named(evidence, scan, said["sha256"]):
            evidence.note(name, KEPT_ELSEWHERE)
        else:
            evidence.say(name, "This scan was kept under another record, and no record in here names it.")
        return
    if not any(line.speaks_of(evidence.members[name]) for line in lines):
        evidence.say(name, "The log never speaks of this scan.")
    elif any(line.fields["subj"] != said["patient"] for line in lines):
        evidence.say(name, "The log gives this scan to another person.")


def _is_named(evidence: Evidence, scan: str, sha256: str) -> bool:
    return any(
        paper.sha256 == sha256 and paper.scan in {None, scan}
        for record in evidence.records
        for paper in papers_named(record.fields["document"])
    )


def _check_all_are_here(evidence: Evidence) -> None:
    """In a bundle about one person: each scan that their entries say was kept; what a clinic lost is lost."""
    kept = sorted(scan for kind, scan in evidence.log_by_object if kind == "attachment")
    absent = [scan for scan in kept if f"{SCANS}{scan}.json" not in evidence.members]
    told = sum(one["count"] for one in evidence.scope["withheld"] if one["what"] == SPOILT)
    is_told = told >= len(absent)
    for scan in absent:
        evidence.miss(f"{SCANS}{scan}.json", SAID_TO_BE_SPOILT if is_told else NOT_HERE)


def _check_named(evidence: Evidence, record: Record) -> None:
    if record.fields["state"] != "performed":
        return
    for paper in papers_named(record.fields["document"]):
        if evidence.scope["format"] not in WITH_SCANS:
            evidence.note(record.name, f"The {paper.what} is on paper. Bundles of this form hold no scans.")
        elif paper.scan is None and paper.sha256 in evidence.scans.values():
            continue
        elif paper.scan is None or paper.scan not in evidence.scans:
            evidence.miss(
                record.name, f"The scan of the {paper.what} that this record names is not in the bundle."
            )
        elif evidence.scans[paper.scan] != paper.sha256:
            evidence.say(record.name, f"The scan of the {paper.what} is not the one that this record names.")


def _part(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = value.get(name)
    return part if isinstance(part, Mapping) else {}
