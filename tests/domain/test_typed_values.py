"""What a person typed is read as one value or told in a sentence, and never guessed."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.domain.typed_values import (
    DEEPEST_MM,
    LEAST_SPEED_RPM,
    LONGEST_NOTE,
    MOST_LINES,
    MOST_PAIN,
    MOST_PASSES,
    MOST_SPEED_RPM,
    Reading,
    code_of_words,
    decimal_within,
    one_of,
    read_day,
    read_time,
    whole_within,
    words_within,
)
from mnclinic.resource_files import resource_text

depth = decimal_within(Decimal("0.01"), DEEPEST_MM, places=2, unit="mm")
passes = whole_within(1, MOST_PASSES)
note = words_within(LONGEST_NOTE)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Scalp needling", "scalp_needling"),
        ("  Décolletage & neck, 2nd ", "decolletage_neck_2nd"),
        ("microneedling_face", "microneedling_face"),
        ("2 sessions", "2 sessions"),
        ("押す", "押す"),
        ("", ""),
    ],
)
def test_a_name_is_read_as_the_code_that_documents_use(typed: str, code: str) -> None:
    assert code_of_words(typed) == Reading(code)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (".8", "0.80"),
        ("0,8", "0.80"),
        ("1,5", "1.50"),
        ("1.", "1.00"),
        (" 1.25 mm ", "1.25"),
        ("2MM", "2.00"),
        ("\uff11\uff0e\uff12\uff15", "1.25"),
        ("5", "5.00"),
        ("", ""),
    ],
)
def test_a_depth_is_read_with_point_or_comma(typed: str, value: str) -> None:
    assert depth(typed) == Reading(value)


@pytest.mark.parametrize(
    "typed", ["15", "1,250", "1.2.3", "1 5", "-1", "0", "0.00", "abc", "mm", ",", "1e0", "∞", "٣", "5.01"]
)
def test_what_is_no_depth_is_told_and_never_read_as_another(typed: str) -> None:
    reading = depth(typed)
    assert reading.value == ""
    assert reading.problem.endswith(".")


@given(st.integers(1, 500), st.sampled_from([".", ","]))
def test_every_depth_comes_back_as_it_was_written(hundredths: int, mark: str) -> None:
    written = f"{hundredths // 100}.{hundredths % 100:02}"
    assert depth(written.replace(".", mark)) == Reading(written)
    assert depth(written) == Reading(written)


@given(st.text())
def test_no_text_breaks_a_reader_and_each_gives_a_value_or_a_sentence(typed: str) -> None:
    for read in (depth, passes, note, read_day, read_time, one_of(["left"])):
        reading = read(typed)
        assert not (reading.value and reading.problem)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-23", "2026-11-23"),
        ("2026/1/5", "2026-01-05"),
        ("23 Nov 2026", "2026-11-23"),
        ("Nov 23, 2026", "2026-11-23"),
        ("23 de noviembre de 2026", "2026-11-23"),
        ("11/23/2026", "2026-11-23"),
        ("23.11.2026", "2026-11-23"),
        ("5/5/2026", "2026-05-05"),
        ("29 Feb 2028", "2028-02-29"),
    ],
)
def test_a_day_is_read_where_it_can_be_only_one(typed: str, day: str) -> None:
    assert read_day(typed) == Reading(day)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("11/12/2026", "two days"),
        ("2026-02-30", "28 days"),
        ("31 Apr 2026", "30 days"),
        ("2026-13-01", "no such month"),
        ("2026-00-10", "no such month"),
        ("1826-11-23", "The year must be"),
        ("2026-1", "Write the day as"),
        ("yesterday", "Write the day as"),
        ("11/23/26", "Write the day as"),
    ],
)
def test_an_impossible_or_doubtful_day_is_told(typed: str, said: str) -> None:
    reading = read_day(typed)
    assert reading.value == ""
    assert said in reading.problem


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_in_the_form_of_the_record(day: date) -> None:
    assert read_day(day.isoformat()) == Reading(day.isoformat())


@pytest.mark.parametrize(
    ("typed", "value"), [("9:05", "09:05"), ("14.30", "14:30"), ("2:05 pm", "14:05"), ("12 am", "00:00")]
)
def test_a_time_is_read_on_either_clock(typed: str, value: str) -> None:
    assert read_time(typed) == Reading(value)


@pytest.mark.parametrize("typed", ["25:00", "9:60", "13 pm", "9", "0:30 am", "noon"])
def test_an_impossible_time_is_told(typed: str) -> None:
    assert read_time(typed).problem
    assert read_time(typed).value == ""


def test_a_note_that_is_too_long_is_told_with_its_length_and_not_cut() -> None:
    reading = note("x" * 10_000)
    assert reading.value == ""
    assert "10,000 characters" in reading.problem
    assert note("x" * LONGEST_NOTE).value == "x" * LONGEST_NOTE


def test_the_limits_are_those_of_the_published_document() -> None:
    schema = json.loads(resource_text("schemas/visit.json"))
    line = schema["properties"]["lines"]["items"]["properties"]
    assert line["passes"]["minimum"] == 1
    assert line["passes"]["maximum"] == MOST_PASSES
    assert (line["speed_rpm"]["minimum"], line["speed_rpm"]["maximum"]) == (LEAST_SPEED_RPM, MOST_SPEED_RPM)
    assert (line["tolerance"]["minimum"], line["tolerance"]["maximum"]) == (0, MOST_PAIN)
    assert schema["properties"]["lines"]["maxItems"] == MOST_LINES
    assert schema["$defs"]["note"]["maxLength"] == LONGEST_NOTE
    assert f"at most {DEEPEST_MM}" in schema["$defs"]["length_mm"]["description"]
