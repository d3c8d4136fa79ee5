"""Is every try to speak with a patient after a treatment the one that was written down, and none left out?

The log says of which person and day a try is, and not of which visit: as with adverse events, the bundle of a
period has those that were written down in it and those of its visits. What was to be made after a treatment
no entry speaks of: the entry of the making holds the hash of that list.
"""

import re
from typing import Any

from mnclinic.audit import shape
from mnclinic.bundles.content import FOLLOW_UPS_OUTSIDE, FOLLOWED, PLANNED, WITH_RECALLS
from mnclinic.bundles.evidence import LOG, Evidence

FOLLOW_UP_SHAPE: dict[str, shape.Shape] = {
    "format": "mnclinic.follow-up/1",
    "id": shape.UUID,
    "visit": shape.UUID,
    "step": str,
    "due_at": shape.INSTANT,
    "channel": str,
    "outcome": str,
    "script": (None, shape.SHA256),
    "answers": shape.AtLeast({}),
    "note": str,
    "recorded_by": shape.UUID,
    "recorded_at": shape.INSTANT,
}
PLANNED_SHAPE: dict[str, shape.Shape] = {
    "format": "mnclinic.follow-ups-planned/1",
    "at": shape.INSTANT,
    "contacts": [{"visit": shape.UUID, "step": str, "due_at": shape.INSTANT, "state": str, "condition": str}],
}
_FILE = re.compile(FOLLOWED + r"([^/]+)\.json")


def check_follow_ups(evidence: Evidence) -> None:
    """Check each try by itself and against the log, and that none is missing."""
    is_held = evidence.scope["format"] in WITH_RECALLS
    for name in sorted(evidence.members):
        if not name.startswith(FOLLOWED) or (is_held and name == PLANNED):
            continue
        match = _FILE.fullmatch(name)
        if not is_held:
            evidence.say(name, "Bundles of this form hold no follow-up contacts.")
        elif not match:
            evidence.say(name, "This file has no place among the follow-up contacts.")
        else:
            _check_try(evidence, name, match[1])
    if is_held:
        evidence.read_claimed(PLANNED, "planned_sha256", PLANNED_SHAPE)
        _check_whole(evidence)


def _check_try(evidence: Evidence, name: str, try_id: str) -> None:
    said = evidence.read(name, FOLLOW_UP_SHAPE)
    if said is not None and said["id"] != try_id:
        evidence.say(name, "This was written down about another follow-up contact.")
    lines = evidence.log_of("follow_up_contact", try_id)
    line = next((one for one in lines if one.speaks_of(evidence.members[name])), None)
    if not lines:
        evidence.say(name, "The log never speaks of this follow-up contact.")
    elif line is None:
        evidence.say(name, "This follow-up contact is not the one that the log speaks of.")
    if said is None or line is None:
        return
    if line.fields["action"] != "follow_up.recorded":
        evidence.say(name, "The log gives this follow-up contact another meaning.")
    if line.fields["actor"]["uid"] != said["recorded_by"]:
        evidence.say(name, "The log gives this follow-up contact to somebody else.")
    # A visit that was filed to the wrong patient stays where it is, and so do its contacts.
    if said["visit"] in evidence.visits and line.fields["subj"] != _patient_of(evidence, said["visit"]):
        evidence.say(name, "The log gives this follow-up contact to another person than its visit.")


def _patient_of(evidence: Evidence, visit: str) -> Any:  # noqa: ANN401 - a part of a document
    return evidence.records_of(visit)[0].fields["patient"]["ref"]


def _check_whole(evidence: Evidence) -> None:
    absent, of_people_here = 0, 0
    people = {one.fields["patient"]["ref"] for one in evidence.records}
    for try_id in evidence.ids_in_log("follow_up_contact"):
        if f"{FOLLOWED}{try_id}.json" in evidence.members:
            continue
        line = evidence.log_of("follow_up_contact", try_id)[0]
        if evidence.is_in_period(line.day):
            what = f"{LOG} entry {line.seq} speaks of a follow-up contact of {line.day}, "
            evidence.miss(f"follow-up contact {try_id}", what + "which is not in the bundle.")
        absent += 1
        of_people_here += line.fields["subj"] in people
    evidence.check_count(FOLLOW_UPS_OUTSIDE, absent)
    if absent:
        told = "1 follow-up contact" if absent == 1 else f"{absent} follow-up contacts"
        said = f"The log speaks of {told} outside the period"
        said += f", {of_people_here} of people whose visits are here" if of_people_here else ""
        evidence.note("data/scope.json", f"{said}. After which visit each was, it does not say.")
