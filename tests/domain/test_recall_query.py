"""What the box of a recall understands: names, codes of a scanner, days, and both together."""

from datetime import date

import pytest

from mnclinic.domain.recall_query import RecallQuery, read_recall_query


def read(typed: str) -> RecallQuery:
    return read_recall_query(typed, this_year=2026)


def test_a_lot_is_looked_for_as_it_is_printed_and_a_name_as_it_is_typed() -> None:
    found = read("  lot-1 ")
    assert (found.names, found.person, found.first) == (("LOT-1",), "lot-1", None)


@pytest.mark.parametrize("between", ["..", " .. ", " to ", "\u2013"])
def test_days_behind_a_name_bound_it(between: str) -> None:
    found = read(f"reyes 2026-11-01{between}2026-11-20")
    assert (found.names, found.person) == (("REYES",), "reyes")
    assert (found.first, found.last) == (date(2026, 11, 1), date(2026, 11, 20))


def test_one_day_is_that_day_and_may_be_a_lot_that_is_printed_so() -> None:
    found = read("2026-11-01")
    assert (found.first, found.last) == (date(2026, 11, 1), date(2026, 11, 1))
    assert (found.names, found.person) == (("2026-11-01",), "")


def test_days_that_end_before_they_begin_are_told_and_not_turned_round() -> None:
    found = read("2026-11-20..2026-11-01")
    assert found.problem
    assert found.is_empty


def test_what_is_no_day_of_any_calendar_is_a_name() -> None:
    found = read("LOT 2026-13-45")
    assert (found.names, found.first) == (("LOT 2026-13-45",), None)


@pytest.mark.parametrize("typed", ["2026-02-30..2026-03-10", "LOT-1 2026-02-01 to 2026-02-30"])
def test_two_days_of_which_one_is_in_no_calendar_are_told_and_not_said_to_have_touched_nobody(
    typed: str,
) -> None:
    found = read(typed)
    assert "no such day" in found.problem
    assert found.is_empty


def test_the_code_of_a_scanner_is_looked_for_by_its_lot() -> None:
    found = read("(01)00850021456788(17)270531(10)NL-2291(21)C-7")
    assert "NL-2291" in found.names
    assert "C-7" not in found.names, "a serial alone would find other makers' things"


def test_the_code_of_a_device_without_a_lot_is_looked_for_by_its_serial() -> None:
    assert "S-77" in read("(01)00850021456788(21)S-77").names


def test_nothing_typed_looks_for_nothing() -> None:
    assert read("   ").is_empty
