"""How long an exam and an order count: what the gate asks of their days, as one last day."""

from datetime import date, timedelta

from mnclinic.domain.policy import Policy
from mnclinic.domain.visit_document import ExamNote, OrderNote


def last_day_of_exam(exam: ExamNote, policy: Policy) -> date:
    """The last day on which the policy accepts it, or the examiner's own where that is sooner."""
    by_policy = exam.examined_on + timedelta(days=policy.exam_valid_days)
    return min(by_policy, exam.valid_to) if exam.valid_to is not None else by_policy


def last_day_of_order(order: OrderNote, policy: Policy) -> date:
    """The last day that the order itself names, or the policy's where that is sooner."""
    most_days = policy.order_valid_days
    if most_days is None:
        return order.valid_to
    return min(order.valid_to, order.ordered_on + timedelta(days=most_days))
