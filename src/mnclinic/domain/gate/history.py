"""History: the screening checklist, and the days since the last session."""

from collections.abc import Iterator

from mnclinic.domain.finding import Finding, Light, PassedBy, refused, warned
from mnclinic.domain.gate.facts import VisitFacts
from mnclinic.domain.screening import days_ago, screening_findings

LIGHT = Light.HISTORY
LAST_SESSION = "last_session_on"


def history_findings(facts: VisitFacts) -> Iterator[Finding]:
    """Everything in the patient's history. Without a policy in force there is no checklist to ask."""
    if facts.policy is not None:
        yield from screening_findings(
            facts.policy.screening,
            facts.document.answers,
            visit_on=facts.day,
            treated=facts.document.treated_areas,
            device_class=facts.device.device_class if facts.device else None,
            lesions=facts.document.lesions,
            on_file=facts.on_file,
        )
    yield from _interval(facts)


def _interval(facts: VisitFacts) -> Iterator[Finding]:
    """The clinic's own record and what the patient says: the newer session counts."""
    known = [day for day in (facts.last_session_on, facts.document.last_session_on) if day is not None]
    if any(day > facts.day for day in known):
        said = "The last session lies after this visit. Correct one of the dates."
        yield refused("interval_impossible", LIGHT, said, LAST_SESSION)
    earlier = [day for day in known if day <= facts.day]
    protocol = facts.protocol
    if not earlier or protocol is None:
        return
    last_on = max(earlier)
    days = (facts.day - last_on).days
    said = f"Last session {last_on.isoformat()}, {days_ago(days)}."
    if days < protocol.interval_block_days:
        said = f"{said} {protocol.title} asks for at least {protocol.interval_block_days} days."
        yield refused("interval_blocked", LIGHT, said, LAST_SESSION, by=PassedBy.DIRECTOR)
    elif days < protocol.interval_warn_days:
        said = f"{said} {protocol.title} expects {protocol.interval_warn_days} days."
        yield warned("interval_short", LIGHT, said, LAST_SESSION)
