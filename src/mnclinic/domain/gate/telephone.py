"""What the director ordered by telephone: lets pass what it names, and waits for the director's signature."""

from mnclinic.domain.finding import Finding, Outcome, PassedBy
from mnclinic.domain.gate.facts import StaffFacts, VisitFacts
from mnclinic.domain.typed_values import has_words
from mnclinic.domain.visit_document import TelephoneOrder


def may_be_telephoned(finding: Finding, facts: VisitFacts) -> bool:
    """Whether an order by telephone could let this pass: where the policy has them, and nothing absolute."""
    is_allowed = facts.policy is not None and facts.policy.telephone_orders
    return is_allowed and finding.passed_by is PassedBy.DIRECTOR and not finding.is_absolute


def wrong_in_order(order: TelephoneOrder, facts: VisitFacts) -> tuple[str, ...]:
    """Why an order does not count, each reason as a sentence; empty where it does."""
    director, taker = _named(order.director, facts.directors), _named(order.taken_by, facts.order_takers)
    ordered_on = facts.document.day_of(order.ordered_at)
    wrong = []
    if director is None:
        wrong.append("Whoever is named as ordering was no medical director here on the day of the visit.")
    elif not director.licensed_on(ordered_on):
        wrong.append(f"{director.name} had no valid licence on the day of the order.")
    if taker is None or not taker.licensed_on(ordered_on):
        wrong.append("Whoever took the order had no valid licence on that day.")
    if order.director == order.taken_by:
        wrong.append("Nobody takes their own order by telephone. Release it instead.")
    if not has_words(order.words):
        wrong.append("What was ordered is not written down.")
    if order.read_back_at < order.ordered_at:
        wrong.append("The order was read back before it was given. Correct one of the times.")
    acts = facts.document.acts_at
    if acts and min(acts) < order.read_back_at:
        wrong.append("The order was read back after something was done to the patient already.")
    return tuple(wrong)


def telephoned(finding: Finding, facts: VisitFacts) -> Finding | None:
    """The finding as passed by a telephone order that names it; None where there is none that counts."""
    if not may_be_telephoned(finding, facts):
        return None
    for order in facts.document.telephone_orders:
        if (finding.code, finding.basis_in_areas) in order.passes and not wrong_in_order(order, facts):
            return finding.passed(Outcome.TELEPHONED, _said(order, facts))
    return None


def _said(order: TelephoneOrder, facts: VisitFacts) -> str:
    director, taker = _named(order.director, facts.directors), _named(order.taken_by, facts.order_takers)
    if director is None or taker is None:
        raise AssertionError("an order that counts names both")
    return (
        f"By telephone from {director.name} on {order.ordered_at:%Y-%m-%d at %H:%M}, taken and read back by "
        f"{taker.name}: {order.words} Not signed by the director yet."
    )


def _named(user: str, people: tuple[StaffFacts, ...]) -> StaffFacts | None:
    return next((one for one in people if one.user == user), None)
