"""`policy retention` and `policy meeting`: what the policy asks of the clinic beside its visits."""

from typing import Any

from mnclinic.cli.answer import Answer
from mnclinic.cli.request import Request
from mnclinic.domain.retention import MINOR_AGE, Kept, KeptKind
from mnclinic.errors import InvalidInput
from mnclinic.services.clinic_meetings import (
    Meeting,
    MeetingKind,
    meetings_of_clinic,
    record_drill,
    record_site_visit,
    take_drill_back,
    take_site_visit_back,
)
from mnclinic.services.retention import kept_records

WORDS = {MeetingKind.DIRECTOR_VISIT: "the director at the clinic", MeetingKind.DRILL: "emergency drill"}


def kept_json(kept: Kept) -> dict[str, Any]:
    """Until when something is kept and why, as the schemas have it."""
    return {"until": kept.until.isoformat() if kept.until else None, "why": [str(one) for one in kept.why]}


def kept_line(kept: Kept) -> str:
    """The same in a line."""
    why = "; ".join(map(str, kept.why))
    return f"kept until {kept.until}: {why}" if kept.until else why


def retention(request: Request) -> Answer:
    """How long records are kept, by the policy in force."""
    with request.clinic() as (clinic, _):
        found = kept_records(clinic)
    people = found.people
    lines = [f"By {found.policy}:" if found.policy else "No policy is in force; nothing says how long."]
    lines += [_kind_line(one) for one in found.kinds]
    lines.append(f"Patients' records: {people.count}, of which {people.held} on legal hold")
    lines.append(f"  without a last day {people.without_day}, no longer asked for {people.passed}")
    lines.append(f"  the next of them on {people.first or 'a day that is not known'}")
    lines += [f"  {one.words}: {kept_line(one.kept)}" for one in found.records]
    lines.append("mnclinic deletes no record.")
    answer = {
        "day": found.day.isoformat(),
        "policy": found.policy or None,
        "kinds": [
            {
                "code": one.code,
                "years": one.years,
                "counted_from": one.counted_from,
                "source": one.source,
                "confidence": one.confidence,
                "before": one.before.isoformat() if one.before else None,
            }
            for one in found.kinds
        ],
        "people": {
            "count": people.count,
            "held": people.held,
            "without_day": people.without_day,
            "passed": people.passed,
            "first": people.first.isoformat() if people.first else None,
        },
        "records": [{"code": one.code, "what": one.words, **kept_json(one.kept)} for one in found.records],
        "error": None,
    }
    return Answer(answer, lines)


def _kind_line(one: KeptKind) -> str:
    if one.years is None:
        return f"  {one.words}: not known, all of it is kept"
    before = f"; no longer asked for: what ended before {one.before}" if one.before else ""
    after = "the age of" if one.code == MINOR_AGE else ""
    said = f"{after} {one.years}" if after else f"{one.years} years after {one.counted_from}"
    return f"  {one.words}: {said} ({one.source}){before}"


def meeting(request: Request) -> Answer:
    """Enter a visit of the director or a drill, or take one back, where that is asked; then list them."""
    options = request.options
    visited, drilled, reason = options.director_visit, options.drill, options.take_back
    if visited is None and drilled is None and (reason is not None or options.note):
        raise InvalidInput("Name the day with --director-visit or --drill. Nothing was entered.")
    with request.clinic() as (clinic, _):
        if visited is not None:
            if reason is None:
                record_site_visit(clinic, visited, options.note)
            else:
                take_site_visit_back(clinic, visited, reason)
        elif drilled is not None:
            if reason is None:
                record_drill(clinic, drilled, options.note)
            else:
                take_drill_back(clinic, drilled, reason)
        found = meetings_of_clinic(clinic)
    lines = [f"{WORDS[kind]}: the next by {day}" for kind, day in found.due.items()]
    lines += [_meeting_line(one) for one in found.held] or ["None is entered."]
    answer = {
        "held": [
            {
                "kind": one.kind.value,
                "day": one.held_on.isoformat(),
                "note": one.note,
                "entered_by": one.entered_by,
                "entered_at": one.entered_at.isoformat(),
            }
            for one in found.held
        ],
        "due": {kind.value: day.isoformat() for kind, day in found.due.items()},
        "error": None,
    }
    return Answer(answer, lines)


def _meeting_line(one: Meeting) -> str:
    return f"  {one.held_on}  {WORDS[one.kind]}: {one.note} (entered by {one.entered_by})"
