"""The checklist: windows on both sides, and that no silence permits more than an answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.domain.finding import Finding, Outcome, PassedBy
from mnclinic.domain.screening import (
    Answer,
    ContraindicationClass,
    ScreeningAnswer,
    ScreeningItem,
    screening_findings,
)
from tests.domain.builders import shipped_policy

DAY = date(2026, 11, 23)
ITEMS = shipped_policy().screening
IN_WORDS = [item.item for item in ITEMS]
WINDOWED = [item for item in ITEMS if item.window_days is not None]

PERMITS_LEAST = {None: 0, PassedBy.PERFORMER: 1, PassedBy.DIRECTOR: 2, PassedBy.NOBODY: 3}

answers = st.builds(
    ScreeningAnswer,
    item=st.just("an_item"),
    answer=st.sampled_from(Answer),
    last_on=st.none() | st.dates(DAY - timedelta(days=800), DAY + timedelta(days=3)),
)
items = st.builds(
    ScreeningItem,
    item=st.just("an_item"),
    question=st.just("?"),
    topic=st.just("A thing"),
    contraindication=st.sampled_from(ContraindicationClass),
    passed_by=st.sampled_from(PassedBy),
    window_days=st.none() | st.integers(1, 400),
    shows_earliest=st.booleans(),
    advice=st.sampled_from(["", "Ask the prescriber."]),
    source=st.just("test"),
    confidence=st.just("low"),
)


def judged(item: ScreeningItem, answer: ScreeningAnswer | None, day: date = DAY) -> Finding | None:
    given_answers = {} if answer is None else {item.item: replace(answer, item=item.item)}
    found = screening_findings([item], given_answers, visit_on=day)
    return found[0] if found else None


def severity(finding: Finding | None) -> int:
    return PERMITS_LEAST[finding.passed_by if finding else None]


def yes(last_on: date | None = None) -> ScreeningAnswer:
    return ScreeningAnswer("an_item", Answer.YES, last_on)


NO = ScreeningAnswer("an_item", Answer.NO)
UNKNOWN = ScreeningAnswer("an_item", Answer.UNKNOWN)
SILENCES = (None, UNKNOWN, yes(), yes(DAY + timedelta(days=1)))


@pytest.mark.parametrize("item", WINDOWED, ids=lambda item: item.item)
def test_a_window_ends_on_its_last_day_and_not_before(item: ScreeningItem) -> None:
    assert item.window_days is not None
    last_on = DAY - timedelta(days=item.window_days)
    assert judged(item, yes(last_on)) is None
    assert judged(item, yes(last_on - timedelta(days=1))) is None
    within = judged(item, yes(last_on + timedelta(days=1)))
    assert within is not None
    assert within.passed_by is item.passed_by
    assert judged(item, yes(DAY)) is not None


@pytest.mark.parametrize("item", WINDOWED, ids=lambda item: item.item)
def test_the_earliest_day_is_the_first_on_which_nothing_is_found(item: ScreeningItem) -> None:
    finding = judged(item, yes(DAY - timedelta(days=1)))
    assert finding is not None
    if not item.shows_earliest:
        assert finding.earliest_on is None
        assert "Earliest" not in finding.message
        return
    assert finding.earliest_on is not None
    assert finding.earliest_on.isoformat() in finding.message
    answer = yes(DAY - timedelta(days=1))
    assert judged(item, answer, finding.earliest_on) is None
    assert judged(item, answer, finding.earliest_on - timedelta(days=1)) is not None


@pytest.mark.parametrize("item", ITEMS, ids=IN_WORDS)
@given(answer=answers)
def test_silence_never_permits_more_than_any_answer(item: ScreeningItem, answer: ScreeningAnswer) -> None:
    for silence in SILENCES:
        assert severity(judged(item, silence)) >= severity(judged(item, answer))
        assert severity(judged(item, silence)) >= PERMITS_LEAST[item.passed_by]


@given(item=items, answer=answers)
def test_silence_permits_least_for_any_item_that_a_clinic_may_write(
    item: ScreeningItem, answer: ScreeningAnswer
) -> None:
    worst = severity(judged(item, answer))
    for silence in SILENCES:
        assert severity(judged(item, silence)) >= worst


@given(item=items, answer=answers, shorter=st.integers(1, 400))
def test_a_stricter_window_never_permits_more(
    item: ScreeningItem, answer: ScreeningAnswer, shorter: int
) -> None:
    if item.window_days is not None:
        shorter = min(shorter, item.window_days)
    lenient = replace(item, window_days=shorter)
    assert severity(judged(item, answer)) >= severity(judged(lenient, answer))


@pytest.mark.parametrize("item", ITEMS, ids=IN_WORDS)
def test_no_passes_every_item(item: ScreeningItem) -> None:
    assert judged(item, NO) is None


@pytest.mark.parametrize("item", ITEMS, ids=IN_WORDS)
def test_an_unasked_question_is_work_that_nobody_passes(item: ScreeningItem) -> None:
    finding = judged(item, None)
    assert finding is not None
    assert finding.is_undone
    assert finding.passed_by is PassedBy.NOBODY
    assert finding.outcome is Outcome.REFUSED
    assert finding.code == item.item


def test_no_beside_a_day_of_last_use_counts_as_yes() -> None:
    windowed = next(item for item in ITEMS if item.item == "isotretinoin_stopped")
    contradicting = replace(NO, last_on=DAY - timedelta(days=10))
    finding = judged(windowed, contradicting)
    assert finding is not None
    standing = next(item for item in ITEMS if item.item == "pregnancy")
    finding = judged(standing, contradicting)
    assert finding is not None
    assert "counts as yes" in finding.message
    assert judged(windowed, replace(NO, last_on=DAY - timedelta(days=183))) is None


@given(item=items, answer=answers)
def test_only_what_the_performer_may_pass_is_a_warning(item: ScreeningItem, answer: ScreeningAnswer) -> None:
    finding = judged(item, answer)
    if finding is not None:
        warns = finding.passed_by is PassedBy.PERFORMER
        assert finding.outcome is (Outcome.WARNED if warns else Outcome.REFUSED)
        assert not finding.is_undone


def test_every_item_that_speaks_against_treating_is_told() -> None:
    given_answers = {item.item: replace(yes(DAY), item=item.item) for item in ITEMS}
    found = screening_findings(ITEMS, given_answers, visit_on=DAY)
    assert [finding.code for finding in found] == IN_WORDS


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "on the day of the visit;"), (1, "1 day ago;"), (2, "2 days ago;")],
)
def test_days_are_said_as_people_say_them(days: int, said: str) -> None:
    item = next(item for item in ITEMS if item.item == "isotretinoin_stopped")
    finding = judged(item, yes(DAY - timedelta(days=days)))
    assert finding is not None
    assert said in finding.message


def test_a_release_outlives_the_counting_of_days_but_no_other_answer() -> None:
    item = next(item for item in ITEMS if item.item == "isotretinoin_stopped")
    on_monday, on_tuesday = (judged(item, yes(date(2026, 6, 15)), day) for day in (DAY, DAY + timedelta(1)))
    other_day, unknown = judged(item, yes(date(2026, 6, 16))), judged(item, UNKNOWN)
    assert on_monday is not None
    assert on_tuesday is not None
    assert other_day is not None
    assert unknown is not None
    assert on_monday.message != on_tuesday.message
    assert on_monday.basis == on_tuesday.basis
    assert len({on_monday.basis, other_day.basis, unknown.basis}) == 3
