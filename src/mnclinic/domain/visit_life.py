"""The life of a visit: its states and the only ways from one to another."""

from enum import StrEnum


class VisitState(StrEnum):
    """The strings that JSON, the store and the screens use."""

    DRAFT = "draft"
    DEFERRED = "deferred"
    PERFORMED = "performed"
    IN_REVIEW = "in_review"
    COMPLETE_NOT_DRAWN = "complete_not_drawn"
    RETURNED = "returned"
    SIGNED = "signed"
    VOIDED = "voided"


NEXT: dict[VisitState, frozenset[VisitState]] = {
    VisitState.DRAFT: frozenset({VisitState.DEFERRED, VisitState.PERFORMED, VisitState.VOIDED}),
    VisitState.DEFERRED: frozenset({VisitState.DRAFT, VisitState.VOIDED}),
    VisitState.PERFORMED: frozenset({VisitState.IN_REVIEW, VisitState.COMPLETE_NOT_DRAWN}),
    VisitState.IN_REVIEW: frozenset({VisitState.SIGNED, VisitState.RETURNED}),
    VisitState.RETURNED: frozenset({VisitState.PERFORMED}),
    VisitState.COMPLETE_NOT_DRAWN: frozenset(),
    VisitState.SIGNED: frozenset(),
    VisitState.VOIDED: frozenset(),
}

FROZEN = frozenset(
    {
        VisitState.PERFORMED,
        VisitState.IN_REVIEW,
        VisitState.COMPLETE_NOT_DRAWN,
        VisitState.RETURNED,
        VisitState.SIGNED,
    }
)
"""States of a visit whose newest revision carries a performer's signature and never changes."""

OPEN_TO_EDIT = frozenset({VisitState.DRAFT, VisitState.DEFERRED, VisitState.RETURNED})

SETTLED, STILL_DEFERRED = "settled", "still_deferred"
LEFT_DEFERRED: dict[str, VisitState] = {SETTLED: VisitState.DRAFT, STILL_DEFERRED: VisitState.DEFERRED}
"""What the log says in `why` of an act after which a deferred visit may be either of two."""


def left_deferred(state: str) -> str:
    """The word of the log for the state in which such an act left the visit."""
    return next(word for word, left in LEFT_DEFERRED.items() if left == state)


def may_become(state: VisitState, other: VisitState) -> bool:
    """Whether a visit in `state` may become `other`."""
    return other in NEXT[state]
