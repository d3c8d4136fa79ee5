"""Which visits the director sees, and a draw that nobody can choose."""

import hashlib
from datetime import UTC, datetime, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.domain.finding import Light, Outcome, PassedBy, Verdict, refused, warned
from mnclinic.domain.gate import judge
from mnclinic.domain.policy import ReviewRule
from mnclinic.domain.review import ALWAYS_SENT, SCORE, draw_ticket, features, route
from mnclinic.domain.visit_document import read_visit_document
from tests.domain.builders import CLEAN, PRP, example, facts_for, shipped_policy

AT = datetime(2026, 11, 23, 16, 10, tzinfo=UTC)
RULE = ReviewRule(sample_percent=10, always=frozenset({"prp", "adverse_event"}), due_days=7)
FEATURES = sorted(set(SCORE) - {"drawn"})
NOT_DRAWN = 9_999

OFF_LABEL = refused("off_label_age", Light.AUTHORITY, "young.", "patient.born_on", by=PassedBy.DIRECTOR)
SOON = warned("interval_short", Light.HISTORY, "soon.", "last_session_on")


def features_of(verdict: Verdict, name: str = CLEAN, *flags: str) -> frozenset[str]:
    return features(
        verdict,
        read_visit_document(example(name)),
        is_late_entry="is_late_entry" in flags,
        is_first_by_performer="is_first_by_performer" in flags,
        has_adverse_event="has_adverse_event" in flags,
        is_answer="is_answer" in flags,
    )


def test_a_clean_visit_has_no_feature() -> None:
    assert features_of(Verdict(())) == frozenset()


@pytest.mark.parametrize(
    ("flag", "word"),
    [
        ("is_late_entry", "late_entry"),
        ("is_first_by_performer", "first_by_new_staff"),
        ("has_adverse_event", "adverse_event"),
        ("is_answer", "returned"),
    ],
)
def test_each_circumstance_is_a_feature_of_its_own(flag: str, word: str) -> None:
    assert features_of(Verdict(()), CLEAN, flag) == {word}


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict((OFF_LABEL.passed(Outcome.AUTHORISED, "on file"),)), {"off_label"}),
        (Verdict((OFF_LABEL.passed(Outcome.RELEASED, "seen"),)), {"off_label", "override"}),
        (Verdict((SOON.passed(Outcome.REASON_GIVEN, "calm"),)), {"reason_given"}),
    ],
)
def test_what_became_of_a_finding_is_a_feature(verdict: Verdict, expected: set[str]) -> None:
    assert features_of(verdict) == expected


def test_prp_is_a_feature() -> None:
    assert features_of(Verdict(()), PRP) == {"prp"}


@given(found=st.frozensets(st.sampled_from(FEATURES)), ticket=st.integers(0, 9_999))
def test_a_visit_is_sent_for_a_feature_or_by_the_draw_and_never_otherwise(
    found: frozenset[str], ticket: int
) -> None:
    routing = route(found, RULE, ticket, AT)
    always = found & (RULE.always | ALWAYS_SENT)
    assert routing.drawn == (ticket < 1_000)
    assert routing.is_sent == bool(always or routing.drawn)
    assert set(routing.reasons) == always | ({"drawn"} if routing.drawn else set())
    assert routing.due_at == AT + timedelta(days=7)


@pytest.mark.parametrize(("percent", "ticket", "drawn"), [(10, 999, True), (10, 1_000, False)])
def test_the_sample_ends_where_its_percentage_ends(percent: int, ticket: int, drawn: bool) -> None:
    rule = ReviewRule(percent, frozenset(), 7)
    assert route((), rule, ticket, AT).drawn is drawn


@pytest.mark.parametrize("ticket", [0, 9_999])
def test_nothing_is_drawn_at_0_percent_and_everything_at_100(ticket: int) -> None:
    assert not route((), ReviewRule(0, frozenset(), 7), ticket, AT).is_sent
    assert route((), ReviewRule(100, frozenset(), 7), ticket, AT).is_sent


@pytest.mark.parametrize("word", sorted(ALWAYS_SENT))
def test_an_override_and_an_answer_go_to_the_director_whatever_the_policy_says(word: str) -> None:
    lax = ReviewRule(0, frozenset(), 7)
    assert route({word}, lax, NOT_DRAWN, AT).reasons == (word,)


def test_each_weight_is_more_than_all_lesser_ones_together() -> None:
    weights = sorted(SCORE.values())
    assert all(weight > total for weight, total in zip(weights[1:], accumulate(weights), strict=False))


def test_reasons_are_told_with_the_weightiest_first() -> None:
    rule = ReviewRule(100, frozenset(FEATURES), 7)
    assert route(FEATURES, rule, 0, AT).reasons == tuple(SCORE)


def test_the_ticket_comes_from_the_log_entry_alone() -> None:
    leaf = hashlib.sha256(b"an entry").digest()
    assert draw_ticket(leaf) == draw_ticket(leaf)
    # fixed for ever: a draw can be checked from the log years later
    assert draw_ticket(bytes(32)) == 1_597


def test_tickets_are_spread_evenly() -> None:
    leaves = (hashlib.sha256(number.to_bytes(2)).digest() for number in range(5_000))
    drawn = sum(draw_ticket(leaf) < 1_000 for leaf in leaves)
    assert 400 < drawn < 600


def test_scenario_1_goes_to_the_director_only_by_the_draw() -> None:
    found = features_of(judge(facts_for(CLEAN)), CLEAN, "is_late_entry", "is_first_by_performer")
    rule = shipped_policy().review
    assert not route(found, rule, NOT_DRAWN, AT).is_sent
    assert route(found, rule, 0, AT).reasons == ("drawn",)


def test_scenario_2_always_goes_to_the_director_within_seven_days() -> None:
    routing = route(features_of(judge(facts_for(PRP)), PRP), shipped_policy().review, NOT_DRAWN, AT)
    assert routing.reasons == ("off_label", "prp")
    assert routing.due_at == AT + timedelta(days=7)
