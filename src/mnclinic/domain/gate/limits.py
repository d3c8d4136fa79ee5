"""What the policy limits besides: age, days between sessions, numbing creams.

The protocol and the device's label have limits of their own; where both speak, both are told.
"""

from collections.abc import Iterator
from decimal import Decimal

from mnclinic.domain.care_notes import AnaestheticNote
from mnclinic.domain.finding import Finding, Light, PassedBy, refused, undone, warned
from mnclinic.domain.gate.facts import ADULT_AGE, VisitFacts, age_on
from mnclinic.domain.policy import AnaestheticRule, Policy
from mnclinic.domain.screening import days_ago

LAST_SESSION = "last_session_on"


def limits_findings(facts: VisitFacts) -> Iterator[Finding]:
    """Everything that goes over a limit of the policy. Without a policy there is none."""
    policy = facts.policy
    if policy is not None:
        yield from _age(facts, policy)
        yield from _interval(facts, policy)
    anaesthetic = facts.document.anaesthetic
    if anaesthetic is None:
        return
    if policy is not None:
        yield from _anaesthetic(anaesthetic, policy.anaesthetic)
        if facts.document.lines:
            yield from _unwritten(anaesthetic, policy.anaesthetic)
    protocol = facts.protocol
    if protocol is not None and protocol.anaesthetics is not None:
        yield from _listed(anaesthetic, protocol.anaesthetics, protocol.words, "anaesthetic_not_in_protocol")


def _age(facts: VisitFacts, policy: Policy) -> Iterator[Finding]:
    least, born_on = policy.minimum_age_years, facts.born_on
    if least is None or born_on is None or born_on > facts.day:
        return
    age = age_on(born_on, facts.day)
    # Where minors are not treated at all, the identity light tells it, which nobody passes. Where they are,
    # with a guardian, an age beyond that of consent holds for them too: nobody younger may have more done.
    is_told = age < ADULT_AGE and not policy.minors_with_guardian
    if age < least and least > ADULT_AGE and not is_told:
        said = f"The policy asks for an age of {least} years or more."
        yield refused("under_minimum_age", Light.AUTHORITY, said, "patient.born_on", by=PassedBy.DIRECTOR)


def _interval(facts: VisitFacts, policy: Policy) -> Iterator[Finding]:
    """Days since the last session, by the policy, where it asks for more than the protocol."""
    known = [day for day in (facts.last_session_on, facts.document.last_session_on) if day is not None]
    earlier = [day for day in known if day <= facts.day]
    if not earlier:
        return
    last_on = max(earlier)
    days = (facts.day - last_on).days
    said = f"Last session {last_on.isoformat()}, {days_ago(days)}."
    block, warn = policy.interval_block_days or 0, policy.interval_warn_days or 0
    protocol = facts.protocol
    if days < block:
        if protocol is None or days >= protocol.interval_block_days:
            said = f"{said} The policy asks for at least {block} days."
            by = PassedBy.DIRECTOR
            yield refused("policy_interval_blocked", Light.HISTORY, said, LAST_SESSION, by=by)
    elif days < warn and (protocol is None or days >= protocol.interval_warn_days):
        said = f"{said} The policy expects {warn} days."
        yield warned("policy_interval_short", Light.HISTORY, said, LAST_SESSION)


def _anaesthetic(note: AnaestheticNote, rule: AnaestheticRule) -> Iterator[Finding]:
    if rule.products is not None:
        yield from _listed(note, rule.products, "the policy", "anaesthetic_not_listed")
    if _is_over(note.strength_percent, rule.max_percent):
        said = f"{note.name}: {note.strength_percent} % is over the policy's {rule.max_percent} %."
        where = "anaesthetic.strength_percent"
        yield refused("anaesthetic_too_strong", Light.SUPPLIES, said, where, by=PassedBy.DIRECTOR)
    most_g = rule.max_g_cm2 * note.area_cm2 if rule.max_g_cm2 is not None and note.area_cm2 else None
    if _is_over(note.amount_g, most_g):
        said = (
            f"{note.name}: {note.amount_g} g on {note.area_cm2} cm2; the policy's limit is {most_g} g there."
        )
        where = "anaesthetic.amount_g"
        yield refused("anaesthetic_too_much", Light.SUPPLIES, said, where, by=PassedBy.DIRECTOR)
    if _is_over(note.area_cm2, rule.max_area_cm2):
        said = f"{note.name}: {note.area_cm2} cm2 is more than the policy's {rule.max_area_cm2} cm2."
        yield warned("anaesthetic_area_large", Light.SUPPLIES, said, "anaesthetic.area_cm2")
    if note.applied_at is not None and note.removed_at is not None and rule.max_minutes is not None:
        minutes = (note.removed_at - note.applied_at).total_seconds() / 60
        if minutes > rule.max_minutes:
            said = f"{note.name}: on for {int(minutes)} minutes; the policy's limit is {rule.max_minutes}."
            yield warned("anaesthetic_too_long", Light.SUPPLIES, said, "anaesthetic.removed_at")


def _unwritten(note: AnaestheticNote, rule: AnaestheticRule) -> Iterator[Finding]:
    """What the policy limits and nobody wrote down: left out, it would let pass what is too much."""
    if rule.max_percent is not None and note.strength_percent is None:
        said = f"{note.name}: the strength is not written down, and the policy limits it."
        yield _undone("anaesthetic_strength_missing", said, "anaesthetic.strength_percent")
    if rule.max_g_cm2 is not None and note.amount_g is None:
        said = f"{note.name}: the grams are not written down, and the policy limits them."
        yield _undone("anaesthetic_amount_missing", said, "anaesthetic.amount_g")
    if (rule.max_g_cm2 is not None or rule.max_area_cm2 is not None) and not note.area_cm2:
        said = f"{note.name}: the area is not written down, and the policy has limits for it."
        yield _undone("anaesthetic_area_missing", said, "anaesthetic.area_cm2")
    if rule.max_minutes is not None and note.applied_at is None:
        said = f"{note.name}: when it was put on is not written down, and the policy limits the minutes."
        yield _undone("anaesthetic_time_missing", said, "anaesthetic.applied_at")


def _undone(code: str, said: str, where: str) -> Finding:
    return undone(code, Light.SUPPLIES, said, where, by=PassedBy.DIRECTOR)


def _listed(note: AnaestheticNote, products: frozenset[str], words: str, code: str) -> Iterator[Finding]:
    if note.name.casefold() not in {one.casefold() for one in products}:
        said = f"{note.name} is not on the list of numbing products of {words}."
        yield refused(code, Light.SUPPLIES, said, "anaesthetic.product", by=PassedBy.DIRECTOR)


def _is_over(value: Decimal | int | None, limit: Decimal | int | None) -> bool:
    return value is not None and limit is not None and value > limit
