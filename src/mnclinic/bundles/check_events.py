"""Is every adverse event the one that was written down, with all that was done about it, and none left out?

The log says of which person and day an event is, and not of which visit. So the bundle of a period has those
that were written down in it; and of a person all of whose events are here, all that was done about them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mnclinic.audit import shape
from mnclinic.audit.acknowledging import ACKNOWLEDGEMENT_FORMAT, ACKNOWLEDGEMENT_SHAPE
from mnclinic.bundles.content import (
    EVENTS,
    EVENTS_OUTSIDE,
    FOLLOW_UPS,
    RECALL_CONTACTS,
    RECALLS,
    STEPS_OUTSIDE,
    WITH_EVENTS,
    WITH_RECALLS,
)
from mnclinic.bundles.evidence import LOG, Evidence, LogLine, digest_of
from mnclinic.domain.adverse_events import StepKind, why_it_cannot_follow

_TEXT_OR_NONE = (None, str)
_INSTANT_OR_NONE = (None, shape.INSTANT)
_FIRST_SHAPE: dict[str, shape.Shape] = {
    "format": "mnclinic.adverse-event/1",
    "id": shape.UUID,
    "visit": shape.UUID,
    "event": str,
    "grade": int,
    "noted_on": shape.DAY,
    "note": str,
}
EVENT_SHAPE: shape.Shape = (
    _FIRST_SHAPE,
    {
        **_FIRST_SHAPE,
        "format": "mnclinic.adverse-event/2",
        "kind": _TEXT_OR_NONE,
        "onset_at": _INSTANT_OR_NONE,
        "is_expected": (None, bool),
        "relatedness": _TEXT_OR_NONE,
        "seriousness": _TEXT_OR_NONE,
        "treatment": _TEXT_OR_NONE,
        "told_how": _TEXT_OR_NONE,
        "told_by": _TEXT_OR_NONE,
        "tell_by": _INSTANT_OR_NONE,
        "sign_by": _INSTANT_OR_NONE,
    },
)
STEP_SHAPE: shape.Shape = (
    {
        "format": "mnclinic.event-step/1",
        "id": shape.UUID,
        "event": shape.UUID,
        "what": ("told", "note", "reported", "closed"),
        "text": str,
        "grade": (None, int),
        "outcome": _TEXT_OR_NONE,
        "report_number": _TEXT_OR_NONE,
        "reported_on": (None, shape.DAY),
        "recorded_by": shape.UUID,
        "recorded_at": shape.INSTANT,
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
"""The action of the entry of each kind of step."""
NOT_IN_THIS_FORM = (
    "Bundles of this form hold none, so its verdict says nothing of them. Ask the clinic for one that its "
    "program of today makes."
)
_STAY_AT_THE_CLINIC = {
    FOLLOW_UPS: "follow_up_contact",
    RECALLS: "recall",
    RECALL_CONTACTS: "recall_contact",
}

_FILE = re.compile(EVENTS + r"([^/]+)/(event\.(json|pdf)|step-([1-9][0-9]{0,8})\.(json|sig))")


@dataclass
class _Event:
    """An event of the bundle: its id, the digest of its document, and its entry where it has one."""

    id: str
    sha256: str
    line: LogLine | None


def check_events(evidence: Evidence) -> None:
    """Check each event by itself and against the log, each step of it, and that none is missing."""
    steps: dict[str, list[int]] = {}
    for name in sorted(evidence.members):
        if not name.startswith(EVENTS):
            continue
        match = _FILE.fullmatch(name)
        if evidence.scope["format"] not in WITH_EVENTS:
            evidence.say(name, "Bundles of this form hold no adverse events.")
        elif not match:
            evidence.say(name, "This file has no place among the adverse events.")
        if match:
            numbers = steps.setdefault(match[1], [])
            if match[4] and match[5] == "json":
                numbers.append(int(match[4]))
    held: set[str] = set()
    for event_id, numbers in sorted(steps.items()):
        event = _check_event(evidence, event_id)
        _check_steps(evidence, event, sorted(numbers), held)
    _check_whole(evidence, held)


def _check_event(evidence: Evidence, event_id: str) -> _Event:
    name = f"{EVENTS}{event_id}/event.json"
    if name not in evidence.members:
        evidence.miss(name, "The adverse event that the files beside it are about is not in the bundle.")
        return _Event(event_id, "", None)
    data = evidence.members[name]
    said = evidence.read(name, EVENT_SHAPE)
    if said is not None and said["id"] != event_id:
        evidence.say(name, "This was written down about another adverse event.")
    if f"{EVENTS}{event_id}/event.pdf" not in evidence.members:
        evidence.miss(name, "The printable page of this adverse event is missing.")
    lines = evidence.log_of("adverse_event", event_id)
    line = next((line for line in lines if line.speaks_of(data)), None)
    if not lines:
        evidence.say(name, "The log never speaks of this adverse event.")
    elif line is None:
        evidence.say(name, "This adverse event is not the one that the log speaks of.")
    elif line.fields["action"] != "adverse_event.recorded":
        evidence.say(name, "The log gives this adverse event another meaning.")
    if said is not None and line is not None and said["visit"] in evidence.visits:
        # A visit that was filed to the wrong patient stays where it is, and so do its events.
        whose = evidence.records_of(said["visit"])[0].fields["patient"]["ref"]
        if line.fields["subj"] != whose:
            evidence.say(name, "The log gives this adverse event to another person than its visit.")
    return _Event(event_id, digest_of(data), line)


def _check_steps(evidence: Evidence, event: _Event, numbers: list[int], held: set[str]) -> None:
    """Each step of one event, in their order. The ids of those that the log speaks of are added to `held`."""
    newest = 0
    course: list[tuple[str, bool, StepKind]] = []
    for place, number in enumerate(numbers, start=1):
        name = f"{EVENTS}{event.id}/step-{number}.json"
        said = evidence.read(name, STEP_SHAPE)
        if number != place:
            evidence.miss(name, "A step before this one is not in the bundle.")
        if said is None:
            continue
        if said["event"] != event.id:
            evidence.say(name, "This step was taken about another adverse event.")
        is_signed = said["format"] == ACKNOWLEDGEMENT_FORMAT
        step_id = said["step"] if is_signed else said["id"]
        data = evidence.members[name]
        line = next((one for one in evidence.log_of("event_step", step_id) if one.speaks_of(data)), None)
        if is_signed:
            _check_acknowledgement(evidence, name, said, event, line)
        elif name.removesuffix(".json") + ".sig" in evidence.members:
            evidence.say(name, "There is a signature beside this step, and steps of its kind have none.")
        if line is None:
            evidence.say(name, "The log never speaks of this step.")
            continue
        held.add(step_id)
        _check_entry(evidence, name, said, event, line)
        if line.seq <= newest:
            evidence.say(
                name, "The steps of this adverse event are not in the order in which they were taken."
            )
        newest = line.seq
        what = StepKind(StepKind.ACKNOWLEDGED if is_signed else said["what"])
        course.append((name, place == number, what))
    _check_course(evidence, course)


def _check_course(evidence: Evidence, course: Sequence[tuple[str, bool, StepKind]]) -> None:
    """Of each step that is here its name, whether none before it is missing, and its kind."""
    done: set[StepKind] = set()
    for name, is_after_all, what in course:
        if is_after_all and why_it_cannot_follow(what, done) is not None:
            evidence.say(name, "This step cannot follow on those that were taken before it.")
        done.add(what)


def _check_acknowledgement(
    evidence: Evidence, name: str, said: Mapping[str, Any], event: _Event, line: LogLine | None
) -> None:
    """The director's signature, and that it was given to this event as it stands here."""
    subject = event.line.fields["subj"] if event.line is not None else said["patient"]
    if (said["event_sha256"], said["patient"]) != (event.sha256 or said["event_sha256"], subject):
        evidence.say(name, "This acknowledgement was signed for another adverse event.")
    evidence.check_directors_word(name, said, line, "acknowledgement")


def _check_entry(
    evidence: Evidence, name: str, said: Mapping[str, Any], event: _Event, line: LogLine
) -> None:
    is_signed = said["format"] == ACKNOWLEDGEMENT_FORMAT
    what = "acknowledged" if is_signed else said["what"]
    if line.fields["action"] != ENTRY_OF_STEP[what]:
        evidence.say(name, "The log gives this step another meaning.")
    if line.fields["actor"]["uid"] != (said["signer"]["staff"] if is_signed else said["recorded_by"]):
        evidence.say(name, "The log gives this step to somebody else.")
    if event.line is not None and line.fields["subj"] != event.line.fields["subj"]:
        evidence.say(name, "The log gives this step to another person.")


def _check_whole(evidence: Evidence, held: set[str]) -> None:
    """Every event that the log places in the period is here, and what is withheld is told as it is."""
    named = evidence.ids_in_log("adverse_event")
    if evidence.scope["format"] not in WITH_EVENTS:
        if named:
            what = _events(len(named))
            evidence.note(LOG, f"The log speaks of {what}. {NOT_IN_THIS_FORM}")
        return
    absent, of_people_here, partly_here = 0, 0, set()
    people = {one.fields["patient"]["ref"] for one in evidence.records}
    for event_id in named:
        if f"{EVENTS}{event_id}/event.json" in evidence.members:
            continue
        line = evidence.log_of("adverse_event", event_id)[0]
        if evidence.is_in_period(line.day):
            what = f"{LOG} entry {line.seq} speaks of an adverse event of {line.day}, "
            evidence.miss(f"adverse event {event_id}", what + "which is not in the bundle.")
        absent += 1
        of_people_here += line.fields["subj"] in people
        partly_here.add(line.fields["subj"])
    _check_withheld(evidence, absent, _steps_elsewhere(evidence, held, partly_here))
    if absent:
        said = f"The log speaks of {_events(absent)} outside the period"
        said += f", {of_people_here} of people whose visits are here" if of_people_here else ""
        evidence.note("data/scope.json", f"{said}. After which visit each was, it does not say.")


def _steps_elsewhere(evidence: Evidence, held: set[str], partly_here: set[str]) -> int:
    """How many steps are not here, of people some of whose events are not. Others' are missed."""
    count = 0
    for step_id in evidence.ids_in_log("event_step"):
        line = evidence.log_of("event_step", step_id)[0]
        if step_id in held:
            continue
        if line.fields["subj"] in partly_here:
            count += 1
        else:
            what = f"{LOG} entry {line.seq} speaks of a step ({line.fields['action']}) "
            evidence.miss(f"adverse event step {step_id}", what + "that is not in the bundle.")
    return count


def _check_withheld(evidence: Evidence, absent: int, steps: int) -> None:
    counted = {EVENTS_OUTSIDE: absent, STEPS_OUTSIDE: steps}
    if evidence.scope["format"] not in WITH_RECALLS:
        counted |= {what: len(evidence.ids_in_log(kind)) for what, kind in _STAY_AT_THE_CLINIC.items()}
    for what, count in counted.items():
        evidence.check_count(what, count)


def _events(count: int) -> str:
    return "1 adverse event" if count == 1 else f"{count} adverse events"
