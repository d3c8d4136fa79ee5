"""When patients are called after a treatment, for whom, and where each contact stands."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.domain.call_script import call_script
from mnclinic.domain.follow_up import (
    DRAFT,
    ContactKind,
    ContactOutcome,
    ContactRule,
    ContactState,
    OnlyWhen,
    TreatedFacts,
    Try,
    contact_after_event,
    holds_in,
    is_still_told,
    planned_contacts,
    problems_of_try,
    rules_in,
    state_of,
)

CENTRAL = ZoneInfo("America/Chicago")
ENDED = datetime(2026, 11, 23, 10, 0, tzinfo=CENTRAL)
BARE = {"lines": [{"depth_mm": "1.50"}], "fitzpatrick": {"type": 4}}


def _steps(holds: frozenset[OnlyWhen] = frozenset()) -> list[str]:
    return [one.step for one in planned_contacts(TreatedFacts(ENDED, holds), DRAFT)]


def test_everybody_is_called_after_two_days_written_to_after_a_week_and_seen_after_four() -> None:
    planned = planned_contacts(TreatedFacts(ENDED), DRAFT)
    assert [(one.step, one.due_at - ENDED) for one in planned] == [
        ("call+48", timedelta(hours=48)),
        ("message+168", timedelta(days=7)),
        ("photo+672", timedelta(days=28)),
    ]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"prp": {"drawn_ml": "10"}}, OnlyWhen.PRP),
        ({"screening": [{"item": "herpes_history", "answer": "yes"}]}, OnlyWhen.HERPES_HISTORY),
        ({"screening": [{"item": "herpes_history", "answer": "unknown"}]}, OnlyWhen.HERPES_HISTORY),
        ({"fitzpatrick": {"type": 5}}, OnlyWhen.DARK_SKIN),
        ({"lines": [{"depth_mm": "1.51"}]}, OnlyWhen.DEEP),
    ],
)
def test_a_call_on_day_three_is_planned_where_the_record_asks_for_it(
    changes: dict[str, object], told: OnlyWhen
) -> None:
    assert holds_in(BARE, is_radiofrequency=False, worst_grade=1) == frozenset()
    holds = holds_in(BARE | changes, is_radiofrequency=False, worst_grade=0)
    assert holds == {told}
    assert _steps(holds) == ["call+48", "call+72", "message+168", "photo+672"]


def test_radiofrequency_and_a_reaction_of_grade_2_ask_for_day_three_too() -> None:
    assert holds_in(BARE, is_radiofrequency=True, worst_grade=2) == {
        OnlyWhen.RADIOFREQUENCY,
        OnlyWhen.REACTION,
    }


def test_a_row_with_words_alone_is_planned_for_everybody_with_its_words_for_whoever_calls() -> None:
    row = {"offset_h": 24, "kind": "call", "condition": "After a long session"}
    (planned,) = planned_contacts(TreatedFacts(ENDED), rules_in({"followup": [row]}))
    assert (planned.step, planned.condition) == ("call+24", "After a long session")


def test_two_rows_of_one_hour_are_one_contact_and_the_one_for_everybody_has_the_last_word() -> None:
    rules = (
        ContactRule(ContactKind.CALL, 48, frozenset({OnlyWhen.PRP})),
        ContactRule(ContactKind.CALL, 48),
    )
    assert [one.because for one in planned_contacts(TreatedFacts(ENDED), rules)] == [()]


def test_a_contact_is_due_on_its_day_where_the_clinic_is_and_over_from_the_next_on() -> None:
    late = ENDED.replace(hour=22)
    (first, *_) = planned_contacts(TreatedFacts(late), DRAFT)
    assert first.due_at.date() > late.date() + timedelta(days=2), "in UTC it is the next day already"
    days = {
        datetime(2026, 11, 24, 23, 59, tzinfo=CENTRAL): ContactState.LATER,
        datetime(2026, 11, 25, 0, 0, tzinfo=CENTRAL): ContactState.DUE,
        datetime(2026, 11, 25, 23, 59, tzinfo=CENTRAL): ContactState.DUE,
        datetime(2026, 11, 26, 0, 0, tzinfo=CENTRAL): ContactState.OVER,
    }
    assert {now: state_of(first, (), now=now, zone=CENTRAL) for now in days} == days


def test_a_contact_ends_when_somebody_is_reached_and_is_given_up_after_three_tries() -> None:
    (first, *_) = planned_contacts(TreatedFacts(ENDED), DRAFT)
    now = first.due_at
    missed = [Try("call+48", ContactOutcome.VOICEMAIL, now + timedelta(minutes=one)) for one in range(3)]
    other = Try("call+72", ContactOutcome.WELL, now)

    def state(*tries: Try) -> ContactState:
        return state_of(first, tries, now=now, zone=CENTRAL)

    assert state(*missed[:2], other) is ContactState.DUE
    assert state(*missed) is ContactState.GIVEN_UP
    for ended in (ContactOutcome.WELL, ContactOutcome.WRONG, ContactOutcome.NOT_NEEDED):
        assert state(*missed, Try("call+48", ended, now)) is ContactState.DONE


def test_an_open_event_is_called_about_every_48_hours_until_it_is_mild_and_then_once_a_week() -> None:
    since = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    reached = Try("event-e1", ContactOutcome.WELL, since + timedelta(hours=50))
    missed = Try("event-e1", ContactOutcome.NO_ANSWER, since + timedelta(hours=70))

    def due(grade: int, *tries: Try) -> timedelta:
        return contact_after_event("e1", since=since, grade_now=grade, tries=tries).due_at - since

    assert due(2) == timedelta(hours=48)
    assert (due(1), due(0)) == (timedelta(days=7), timedelta(days=7))
    assert due(3, reached, missed) == timedelta(hours=98)


def test_a_call_about_an_event_is_due_again_after_somebody_was_reached_and_is_never_given_up() -> None:
    since = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    tries = [Try("event-e1", ContactOutcome.WELL, since + timedelta(hours=48))]
    tries += [
        Try("event-e1", ContactOutcome.NO_ANSWER, since + timedelta(hours=96 + one)) for one in range(4)
    ]
    planned = contact_after_event("e1", since=since, grade_now=2, tries=tries)
    now = since + timedelta(hours=101)
    assert state_of(planned, tries, now=now, zone=UTC) is ContactState.DUE
    much_later = now + timedelta(days=100)
    assert state_of(planned, tries, now=much_later, zone=UTC) is ContactState.OVER
    assert is_still_told(planned, now=much_later)


@given(
    minutes=st.integers(0, 6 * 366 * 24 * 60),
    hours=st.integers(1, 8784),
)
def test_hours_are_hours_that_pass_over_any_change_of_the_clock(minutes: int, hours: int) -> None:
    ended = (datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(CENTRAL)
    (one,) = planned_contacts(TreatedFacts(ended), [ContactRule(ContactKind.CALL, hours)])
    assert one.due_at - ended.astimezone(UTC) == timedelta(hours=hours)


@given(holds=st.frozensets(st.sampled_from(OnlyWhen)), more=st.frozensets(st.sampled_from(OnlyWhen)))
def test_whoever_has_more_reasons_is_never_called_less(
    holds: frozenset[OnlyWhen], more: frozenset[OnlyWhen]
) -> None:
    assert set(_steps(holds)) <= set(_steps(holds | more))


def test_every_wrong_part_of_a_try_is_told_at_once() -> None:
    def told(outcome: str = "well", channel: str = "telephone", note: str = "", **answers: bool) -> set[str]:
        said = {int(number.removeprefix("q")): yes for number, yes in answers.items()}
        found = problems_of_try(outcome=outcome, channel=channel, answers=said, question_count=2, note=note)
        return {one.where for one in found}

    assert told(q1=False, q2=False) == set()
    assert told(q1=False) == {"answers"}
    assert told(q1=False, q2=True) == {"outcome"}
    assert told("wrong", q1=False, q2=True) == set()
    assert told("wrong", q1=False, q2=False) == {"note"}
    assert told("no_answer", q1=False) == {"answers"}
    assert told("not_needed") == {"note"}
    assert told("fine", "pigeon", "x" * 2001, q7=True) == {"outcome", "channel", "note", "answers"}


def test_the_lines_with_a_dash_are_the_questions_and_are_numbered_through() -> None:
    text = {"title": "T", "form": "f", "version": 1, "language": "en"}
    sections = [
        {"heading": "A", "text": "Say hello.\n– One?\n– Two?"},
        {"heading": "B", "text": "– Three?\nGoodbye."},
    ]
    script = call_script(text | {"sections": sections}, "00")
    assert script.question_count == 3
    assert script.parts[0].words == ("Say hello.",)
    assert script.parts[1].questions == ((3, "Three?"),)
