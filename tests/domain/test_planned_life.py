"""Planned visits go the ways that there are; times are read only where they can be nothing else."""

import pytest

from mnclinic.domain.planned_life import BEGINS, LEADS, PlanState, is_time, may_follow, read_time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9:30", "09:30"),
        ("0930", "09:30"),
        ("930", "09:30"),
        ("9.30 am", "09:30"),
        ("9 AM", "09:00"),
        ("12:15 am", "00:15"),
        ("12 pm", "12:00"),
        ("1:30 p.m.", "13:30"),
        ("1:30p", "13:30"),
        ("14h00", "14:00"),
        ("01:30", "01:30"),
        ("09:30:00", "09:30"),
        ("9:00 - 10:15", "09:00"),
        ("9:00 AM – 10:15 AM", "09:00"),
        ("9", "09:00"),
        ("1:30", None),
        ("3", None),
        ("13:00 pm", None),
        ("0 am", None),
        ("24:00", None),
        ("9:75", None),
        ("nine", None),
        ("", None),
        ("93012", None),
        ("555-0101", None),
    ],
)
def test_a_time_is_read_only_where_it_can_be_nothing_else(text: str, time: str | None) -> None:
    assert read_time(text) == time
    assert time is None or is_time(time)


def test_no_way_leads_out_of_what_was_started_and_what_was_taken_back_is_only_entered_again() -> None:
    for action in LEADS:
        assert may_follow(action, PlanState.STARTED) is None
        again = PlanState.PLANNED if action == "plan.entered_again" else None
        assert may_follow(action, PlanState.TAKEN_BACK) is again


def test_every_state_is_reached_and_whoever_did_not_show_up_may_come_all_the_same() -> None:
    reached = set(BEGINS.values()) | {after for ways in LEADS.values() for after in ways.values()}
    assert reached == set(PlanState)
    assert may_follow("plan.arrived", PlanState.NO_SHOW) is PlanState.ARRIVED
    assert may_follow("plan.arrived", PlanState.CANCELLED) is None
