"""Is every amendment of a record the one that was signed and logged, and is none left out?"""

import re
from collections.abc import Mapping
from typing import Any

from mnclinic.audit.amending import AMENDMENT_SHAPE, correction_of, odd_part
from mnclinic.audit.keyregister import DIRECTOR, Key
from mnclinic.bundles.content import OF_ONE_PERSON, WITH_AMENDMENTS
from mnclinic.bundles.evidence import LOG, Evidence, LogLine, Record
from mnclinic.domain.amendment import corrected, is_of_one_field, is_same_value, kept_part, value_at

_AMENDMENT = re.compile(r"data/visits/([^/]+)/amendment-([1-9][0-9]{0,8})\.json")


def check_amendments(evidence: Evidence) -> None:
    """Check each amendment by itself, against the record that it amends, and against the log."""
    matches = [match for name in evidence.members if (match := _AMENDMENT.fullmatch(name))]
    newest_seq: dict[str, int] = {}
    documents: dict[tuple[str, int], Mapping[str, Any]] = {}
    for visit, number, name in sorted((match[1], int(match[2]), match[0]) for match in matches):
        if evidence.scope["format"] not in WITH_AMENDMENTS:
            evidence.say(name, "Bundles of this form hold no amendments.")
        evidence.amendments[visit].append(evidence.members[name])
        said = evidence.read(name, AMENDMENT_SHAPE)
        if said is None:
            continue
        if number != len(evidence.amendments[visit]):
            evidence.miss(name, "An amendment before this one is not in the bundle.")
        if odd_part(said) is not None:
            evidence.say(name, "This does not say what an amendment of its kind says.")
        record = evidence.record(visit, said["revision"])
        if (said["visit"], said["amendment"]) != (visit, number) or record is None:
            evidence.say(name, "This amendment was signed for another visit or revision.")
        else:
            _check_record(evidence, name, said, record, documents)
        seq = _check_log(evidence, name, visit, said, _check_signer(evidence, name, said, record))
        if seq is not None:
            if seq <= newest_seq.get(visit, 0):
                evidence.say(
                    name, "The amendments of this visit are not in the order in which they were made."
                )
            newest_seq[visit] = seq
    for visit in sorted(evidence.visits):
        _check_whole(evidence, visit)


def _check_record(
    evidence: Evidence,
    name: str,
    said: Mapping[str, Any],
    record: Record,
    documents: dict[tuple[str, int], Mapping[str, Any]],
) -> None:
    told = (said["record_sha256"], said["number"], said["patient"])
    if told != (record.sha256, record.fields["number"], record.fields["patient"]["ref"]):
        evidence.say(name, "This amendment was signed for another record.")
    correction = correction_of(said)
    if correction is None:
        return
    if kept_part(correction.path) is not None or not is_of_one_field(correction):
        evidence.say(name, "This corrects a part of the record that no correction changes.")
    here = (record.visit, record.revision)
    try:
        document = documents.setdefault(here, record.fields["document"])
        if not is_same_value(value_at(document, correction.path), correction.old):
            evidence.say(name, "The old value that this names is not what the record says.")
        documents[here] = corrected(document, [correction])
    except ValueError:
        evidence.say(name, "This corrects a field that the record does not have.")


def _check_signer(
    evidence: Evidence, name: str, said: Mapping[str, Any], record: Record | None
) -> Key | None:
    key = evidence.check_signed(name, said)
    performer = record.fields["pinned"]["performer"] if record is not None else None
    if key is None or (performer is not None and performer["staff"] == said["signer"]["staff"]):
        return key
    if key.role != DIRECTOR:
        evidence.say(name, "Neither the performer nor a director signed this.")
    else:
        evidence.deciding.add(key.id)
    return key


def _check_log(
    evidence: Evidence, name: str, visit: str, said: Mapping[str, Any], key: Key | None
) -> int | None:
    """The number of its log entry if there is one."""
    data = evidence.members[name]
    line = next((line for line in evidence.log_of("amendment", visit) if line.speaks_of(data)), None)
    evidence.check_head(name, said)
    if key is not None:
        evidence.check_in_force(name, said, line)
    if line is None:
        evidence.say(name, "The log never speaks of this amendment.")
        return None
    if not line.seq - 2 <= said["tree"]["size"] < line.seq:
        # Only a jump of the clock is ever entered in between.
        evidence.say(name, "This names another state of the log than the one that it was entered in.")
    if (line.fields["action"], line.fields["obj"]["rev"]) != (
        f"amendment.{said['kind']}",
        said["amendment"],
    ):
        evidence.say(name, "The log gives this amendment another meaning.")
    if line.fields["actor"]["uid"] != said["signer"]["staff"]:
        evidence.say(name, "The log gives this amendment to somebody else.")
    if evidence.scope["format"] not in OF_ONE_PERSON:
        # The entry under the other person's name is not in a bundle about this one.
        _check_right_patient(evidence, name, evidence.log_of("misfiled_visit", visit), said)
    return line.seq


def _check_right_patient(
    evidence: Evidence, name: str, lines: list[LogLine], said: Mapping[str, Any]
) -> None:
    subjects = [line.fields["subj"] for line in lines if line.speaks_of(evidence.members[name])]
    if subjects != ([said["right_patient"]] if said["right_patient"] else []):
        evidence.say(name, "The person whose visit this is, is not the one whom the log names.")


def _check_whole(evidence: Evidence, visit: str) -> None:
    for line in evidence.log_of("amendment", visit):
        if not any(line.speaks_of(data) for data in evidence.amendments.get(visit, ())):
            evidence.miss(
                f"visit {visit}",
                f"{LOG} entry {line.seq} speaks of an amendment ({line.fields['action']}) "
                "that is not in the bundle.",
            )
