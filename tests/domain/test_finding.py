"""A verdict: what stands, what is said, and how a light looks."""

from datetime import date

import pytest

from mnclinic.domain.finding import (
    Finding,
    Light,
    LightState,
    Outcome,
    PassedBy,
    Verdict,
    refused,
    undone,
    warned,
)

EXAM = Light.EXAM
FAILED = refused("exam_expired", EXAM, "the exam is old.", "exam", by=PassedBy.DIRECTOR)
TO_DO = undone("order_missing", EXAM, "there is no order.", "order", by=PassedBy.DIRECTOR)
WARNED = warned("interval_short", EXAM, "it is soon.", "last_session_on")
REASONED = WARNED.passed(Outcome.REASON_GIVEN, "calm skin")
RELEASED = FAILED.passed(Outcome.RELEASED, "Dr I. Okafor: seen")
NOBODY = refused("minor", EXAM, "the patient is under 18.", "patient.born_on")


@pytest.mark.parametrize(
    ("findings", "state"),
    [
        ((), LightState.PASSED),
        ((REASONED,), LightState.WARNED),
        ((RELEASED,), LightState.WARNED),
        ((WARNED,), LightState.WARNED),
        ((TO_DO,), LightState.NOT_DONE),
        ((TO_DO, WARNED), LightState.NOT_DONE),
        ((FAILED,), LightState.FAILED),
        ((FAILED, TO_DO), LightState.FAILED),
        ((NOBODY, REASONED), LightState.FAILED),
        ((TO_DO.passed(Outcome.RELEASED, "seen"),), LightState.WARNED),
    ],
)
def test_a_light_shows_the_worst_of_its_findings(findings: tuple[Finding, ...], state: LightState) -> None:
    verdict = Verdict(findings)
    assert verdict.light(EXAM) is state
    assert verdict.light(Light.CONSENT) is LightState.PASSED


@pytest.mark.parametrize("finding", [FAILED, TO_DO, WARNED, NOBODY])
def test_one_standing_finding_stops_the_treatment(finding: Finding) -> None:
    assert not Verdict((REASONED, finding)).may_treat


def test_passed_findings_stop_nothing_and_stay_to_be_seen() -> None:
    verdict = Verdict((REASONED, RELEASED))
    assert verdict.may_treat
    assert verdict.refusals == ()
    assert verdict.warnings == (REASONED, RELEASED)


def test_a_warning_without_a_reason_is_a_refusal_that_asks_for_one() -> None:
    refusals = Verdict((WARNED, FAILED)).refusals
    assert {refusal.code for refusal in refusals} == {"exam_expired", "reason_missing"}
    assert "It is soon." in refusals[-1].message


@pytest.mark.parametrize(
    ("findings", "waits"),
    [
        ((FAILED,), True),
        ((FAILED, TO_DO, WARNED), True),
        ((FAILED, NOBODY), False),
        ((WARNED,), False),
        ((RELEASED,), False),
        ((), False),
    ],
)
def test_only_a_visit_that_the_director_can_help_waits_for_her(
    findings: tuple[Finding, ...], waits: bool
) -> None:
    assert Verdict(findings).waits_for_director is waits


def test_the_earliest_day_is_the_latest_window_and_none_where_any_refusal_has_no_day() -> None:
    one = Finding("a", Light.HISTORY, PassedBy.DIRECTOR, "A.", earliest_on=date(2026, 12, 15))
    other = Finding("b", Light.HISTORY, PassedBy.DIRECTOR, "B.", earliest_on=date(2027, 1, 1))
    assert Verdict((one, other)).earliest_on == date(2027, 1, 1)
    assert Verdict((one, other, FAILED)).earliest_on is None
    assert Verdict((one, WARNED, RELEASED)).earliest_on == date(2026, 12, 15)
    assert Verdict(()).earliest_on is None


def test_a_release_is_bound_to_what_was_said_unless_an_answer_led_to_it() -> None:
    assert FAILED.basis == "The exam is old."
    answered = Finding("a", Light.HISTORY, PassedBy.DIRECTOR, "A.", answer="yes:2026-06-15")
    assert answered.basis == "yes:2026-06-15"


def test_every_sentence_begins_with_a_capital() -> None:
    assert [one.message[0] for one in (FAILED, TO_DO, WARNED)] == ["T", "T", "I"]
