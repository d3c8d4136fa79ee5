"""The order for a treatment: who gave it, how long and how far it goes. The director may pass all of it."""

from collections.abc import Iterator
from datetime import date

from mnclinic.domain.finding import Finding, Light, PassedBy, refused, undone, warned
from mnclinic.domain.gate.facts import StaffFacts, VisitFacts
from mnclinic.domain.policy import Policy
from mnclinic.domain.visit_document import OrderNote

LIGHT = Light.EXAM
KIND_WORDS = {"patient_specific": "for this patient alone", "standing": "that stands for every patient"}


def order_findings(facts: VisitFacts) -> Iterator[Finding]:
    """Everything about the order that this treatment rests on."""
    order = facts.document.order
    if order is None:
        said = "There is no order for this treatment."
        yield undone("order_missing", LIGHT, said, "order", by=PassedBy.DIRECTOR)
        return
    yield from _days(order, facts)
    yield from _limits(order, facts)
    policy = facts.policy
    if policy is None:
        return
    if order.kind not in policy.order_kinds:
        said = f"The policy accepts no order {KIND_WORDS.get(order.kind, order.kind)}."
        yield _refused("order_kind_not_accepted", said, "order.kind")
    if not (_may_order(facts.orderer, policy) and _licensed(facts.orderer, order.ordered_on)):
        said = "Whoever ordered the treatment was not entitled to on that day."
        yield _refused("orderer_not_entitled", said, "order.ordered_by")


def _days(order: OrderNote, facts: VisitFacts) -> Iterator[Finding]:
    if not order.ordered_on <= facts.day <= order.valid_to:
        said = (
            f"The order is valid from {order.ordered_on.isoformat()} to {order.valid_to.isoformat()}, not "
            "on the day of the visit."
        )
        yield _refused("order_expired", said, "order")
    most_days = facts.policy.order_valid_days if facts.policy is not None else None
    age_days = (facts.day - order.ordered_on).days
    if most_days is not None and age_days > most_days:
        said = (
            f"The order of {order.ordered_on.isoformat()} is {age_days} days old; the policy accepts "
            f"{most_days}."
        )
        yield _refused("order_outdated", said, "order.ordered_on")
    limits = (order.max_sessions, facts.policy.order_max_sessions if facts.policy is not None else None)
    most = min((limit for limit in limits if limit is not None), default=None)
    if most is not None and facts.sessions_since_order >= most:
        said = f"The order of {order.ordered_on.isoformat()} was for {_sessions(most)}, and they are used up."
        yield _refused("order_used_up", said, "order.max_sessions")
    protocol = facts.protocol
    planned = protocol.session_count if protocol is not None else None
    # An order that names its own number is the prescriber's word about this patient.
    if protocol and planned and order.max_sessions is None and facts.sessions_since_order >= planned:
        said = (
            f"This is session {facts.sessions_since_order + 1} under the order of "
            f"{order.ordered_on.isoformat()}; {protocol.words} plans {_sessions(planned)}."
        )
        yield warned("sessions_over_planned", LIGHT, said, "order")


def _limits(order: OrderNote, facts: VisitFacts) -> Iterator[Finding]:
    """What the order itself leaves out."""
    document = facts.document
    if order.areas is not None and (others := document.treated_areas - order.areas):
        named = ", ".join(sorted(area.value.replace("_", " ") for area in others))
        yield _refused("order_area_not_covered", f"The order does not name {named}.", "order.areas")
    if order.devices is not None and document.device is not None and document.device not in order.devices:
        said = f"The order does not name the device {document.device}."
        yield _refused("order_device_not_covered", said, "order.devices")
    if order.max_depth_mm is None:
        return
    for number, line in enumerate(document.lines):
        if line.depth_mm > order.max_depth_mm:
            said = (
                f"{line.place}: {line.depth_mm} mm is deeper than the {order.max_depth_mm} mm of the order."
            )
            yield _refused("order_depth_exceeded", said, f"lines[{number}].depth_mm")


def _may_order(person: StaffFacts | None, policy: Policy) -> bool:
    if person is None:
        return False
    if policy.roles is None:
        return person.credential in policy.exam_credentials
    role = policy.role(person.credential)
    return role is not None and role.may_order


def _licensed(person: StaffFacts | None, day: date) -> bool:
    return person is not None and person.licensed_on(day)


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count} sessions"


def _refused(code: str, said: str, where: str) -> Finding:
    return refused(code, LIGHT, said, where, by=PassedBy.DIRECTOR)
