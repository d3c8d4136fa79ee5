"""Which performed visits the director reviews, in what order, by when."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mnclinic.domain.finding import Outcome, Verdict
from mnclinic.domain.policy import ReviewRule
from mnclinic.domain.visit_document import VisitDocument

SCORE = {
    "telephone_order": 512,
    "adverse_event": 256,
    "override": 128,
    "off_label": 64,
    "returned": 32,
    "prp": 16,
    "late_entry": 8,
    "reason_given": 4,
    "first_by_new_staff": 2,
    "drawn": 1,
}
"""Weight of each feature in the queue: exceptions first. Each outweighs all that follow it together. The
order is the product's; it decides nothing but what the director sees first."""

SENT_BY_POLICY = (
    "adverse_event",
    "override",
    "off_label",
    "returned",
    "prp",
    "late_entry",
    "reason_given",
    "first_by_new_staff",
)
"""The features that a policy may name, as its schema has them."""

ALWAYS_SENT = frozenset({"returned", "override", "telephone_order"})
"""Sent to the director whatever the policy says: her question was answered, she let something pass, or what
she ordered by telephone waits for her signature."""


def features(
    verdict: Verdict,
    document: VisitDocument,
    *,
    is_late_entry: bool,
    is_first_by_performer: bool,
    has_adverse_event: bool,
    is_answer: bool,
) -> frozenset[str]:
    """The features of a visit that policy may send to the director, as words of `SCORE`."""
    outcomes = {finding.outcome for finding in verdict.findings}
    found = {
        "adverse_event": has_adverse_event,
        "telephone_order": Outcome.TELEPHONED in outcomes,
        "override": Outcome.RELEASED in outcomes,
        "off_label": any(finding.code.startswith("off_label_") for finding in verdict.findings),
        "returned": is_answer,
        "prp": document.uses_prp,
        "late_entry": is_late_entry,
        "reason_given": Outcome.REASON_GIVEN in outcomes,
        "first_by_new_staff": is_first_by_performer,
    }
    return frozenset(word for word, present in found.items() if present)


def draw_ticket(entry_leaf: bytes) -> int:
    """A ticket from 0 to 9999 that nobody could choose.

    It comes from the hash of the log entry that recorded the performer's signature, which holds
    fresh random bytes and is fixed by the log before the ticket is looked at.
    """
    digest = hashlib.sha256(b"MNDRAW1\n" + entry_leaf).digest()
    return int.from_bytes(digest[:8], "big") % 10_000


@dataclass(frozen=True)
class Routing:
    """Where a performed visit goes. `drawn` says whether the sample took it."""

    is_sent: bool
    drawn: bool
    ticket: int
    reasons: tuple[str, ...]
    due_at: datetime
    score: int


def due_within(performed_at: datetime, due_days: int, telephone: datetime | None, sign_days: int) -> datetime:
    """When the director has to have decided: a telephone order (its moment, or None) is signed sooner.

    Args:
        performed_at: The performer's signature.
        due_days: Days for a review.
        telephone: When the first telephone order was given that lets something pass.
        sign_days: Days within which she signs one.
    """
    review = performed_at + timedelta(days=due_days)
    return review if telephone is None else min(review, telephone + timedelta(days=sign_days))


def route(
    found: Iterable[str],
    rule: ReviewRule,
    ticket: int,
    performed_at: datetime,
    *,
    due_at: datetime | None = None,
) -> Routing:
    """Send the visit to the director if its features do, or the draw does.

    Args:
        found: The visit's features, from `features`.
        rule: The review rule of the policy in force.
        ticket: From `draw_ticket`. Every visit is drawn, also one that is sent anyway, so that the
            record of the draw has no holes.
        performed_at: The performer's signature.
        due_at: From `due_within`; None is the rule's own days.
    """
    present = frozenset(found)
    always = present & (rule.always | ALWAYS_SENT)
    drawn = ticket < rule.sample_percent * 100
    reasons = tuple(sorted(always, key=lambda word: -SCORE[word]))
    if drawn:
        reasons += ("drawn",)
    return Routing(
        is_sent=bool(reasons),
        drawn=drawn,
        ticket=ticket,
        reasons=reasons,
        due_at=due_at or performed_at + timedelta(days=rule.due_days),
        score=sum(SCORE[word] for word in present.union(reasons)),
    )
