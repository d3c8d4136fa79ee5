"""The life of a visit: every pair of states, and what is frozen."""

from itertools import product

import pytest

from mnclinic.domain.visit_life import FROZEN, NEXT, OPEN_TO_EDIT, VisitState, may_become

ALLOWED = {
    ("draft", "deferred"),
    ("draft", "performed"),
    ("draft", "voided"),
    ("deferred", "draft"),
    ("deferred", "voided"),
    ("performed", "in_review"),
    ("performed", "complete_not_drawn"),
    ("in_review", "signed"),
    ("in_review", "returned"),
    ("returned", "performed"),
}


@pytest.mark.parametrize(("state", "other"), list(product(VisitState, VisitState)))
def test_only_the_ways_of_the_design_lead_from_state_to_state(state: VisitState, other: VisitState) -> None:
    assert may_become(state, other) == ((state.value, other.value) in ALLOWED)


def test_nothing_leads_out_of_an_end() -> None:
    ends = {VisitState.SIGNED, VisitState.COMPLETE_NOT_DRAWN, VisitState.VOIDED}
    assert {state for state, ways in NEXT.items() if not ways} == ends


def test_no_frozen_visit_can_be_voided_or_become_a_draft() -> None:
    for state in FROZEN:
        assert not may_become(state, VisitState.VOIDED)
        assert not may_become(state, VisitState.DRAFT)


def test_the_only_frozen_visit_that_is_open_again_is_a_returned_one() -> None:
    assert {VisitState.RETURNED} == FROZEN & OPEN_TO_EDIT


def test_a_treatment_is_reached_through_the_performers_signature_only() -> None:
    signed = {VisitState.IN_REVIEW, VisitState.COMPLETE_NOT_DRAWN}
    for state, ways in NEXT.items():
        if ways & signed:
            assert state is VisitState.PERFORMED
