"""What is typed to find somebody, taken apart."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.domain.people_query import (
    beginnings_a_slip_away,
    is_one_slip_apart,
    letters_to_look_for,
    read_people_query,
    slips_of,
    swaps_of,
    two_swaps_of,
)

BORN = date(1990, 4, 23)


def days_meant(words: str) -> frozenset[date]:
    """Knows one day, in three forms."""
    return frozenset({BORN}) if words in {"1990-04-23", "4/23/1990", "23 apr 1990"} else frozenset()


@pytest.mark.parametrize(
    ("typed", "words", "numbers", "days"),
    [
        ("Núñez  ines", ("nunez", "ines"), (), None),
        ("O'Neill", ("o neill",), (), None),
        ("P-000123", ("p 000123",), (), None),
        ("silva 4/23/1990", ("silva",), (), {BORN}),
        ("silva 23 apr 1990 ana", ("silva", "ana"), (), {BORN}),
        ("(511) 345-1485", (), ("511", "345", "1485"), None),
        ("+1 511 345 1485", (), ("5113451485",), None),
        ("345 14", (), ("34514",), None),
        ("silva 1485", ("silva",), ("1485",), None),
        ("", (), (), None),
        ("  \t ", (), (), None),
        ("'; DROP TABLE patient --", ("drop", "table", "patient"), (), None),
        ("%_*?[]", (), (), None),
        ("00\x00", (), ("00",), None),
        ("阮文安", ("阮文安",), (), None),
    ],
)
def test_a_query_is_words_numbers_and_at_most_one_date(
    typed: str, words: tuple[str, ...], numbers: tuple[str, ...], days: set[date] | None
) -> None:
    query = read_people_query(typed, days_meant)
    assert (query.words, query.numbers, query.days) == (words, numbers, days)
    assert query.is_empty == (not (words or numbers or days))


@given(st.text(max_size=400))
def test_whatever_is_typed_leaves_folded_words_and_digits_alone(typed: str) -> None:
    query = read_people_query(typed, days_meant)
    assert all(word and '"' not in word and "\0" not in word for word in query.words)
    assert all(number.isdecimal() or not number for number in query.numbers)


def test_a_megabyte_is_read_as_its_beginning() -> None:
    query = read_people_query("silva " * 200_000, days_meant)
    assert query.words == ("silva",) * 8


@pytest.mark.parametrize(
    ("right", "typed"), [("smith", "smiht"), ("smith", "smit"), ("smith", "smiith"), ("smith", "smoth")]
)
def test_every_single_slip_shares_a_remainder_with_the_right_word(right: str, typed: str) -> None:
    assert is_one_slip_apart(right, typed)
    assert set(slips_of(right)) & set(slips_of(typed))


def test_two_slips_are_too_many() -> None:
    assert not is_one_slip_apart("smith", "smyht")


@pytest.mark.parametrize(
    ("typed", "begin"),
    [
        ("smapl", "sampl"),
        ("sampel", "sample"),
        ("smapel", "sample"),
        ("sampet", "samplet"),
        ("saample", "sample"),
        ("xamplet", "samplet"),
        ("smpele", None),
        ("tonsam", None),
    ],
)
def test_an_unfinished_word_is_a_slip_away_from_the_beginning_that_was_meant(
    typed: str, begin: str | None
) -> None:
    found = beginnings_a_slip_away(typed, ["sampleton", "other", "sam"])
    assert found == (frozenset() if begin is None else {begin})


def test_swaps_are_of_neighbours_that_differ() -> None:
    assert list(swaps_of("lia")) == ["ila", "lai"]
    assert list(swaps_of("aan")) == ["ana"]
    assert set(two_swaps_of("smapel")) >= {"sample"}
    assert all(sorted(one) == sorted("smapel") for one in two_swaps_of("smapel"))


NAME = st.text("abn 7", min_size=1, max_size=9).map(lambda one: " ".join(one.split()) or "a")


@given(NAME, st.lists(NAME.filter(str.isalpha), max_size=6))
def test_whoever_holds_a_word_or_one_of_the_others_holds_letters_to_look_for(
    word: str, others: list[str]
) -> None:
    sought = letters_to_look_for(word, [] if any(map(str.isdecimal, word)) else others)
    meant = [word] if any(map(str.isdecimal, word)) else [word, *others]
    assert all(any(letters in f" {one}" for letters in sought) for one in meant)


def test_names_a_slip_apart_are_looked_for_by_the_letters_that_all_have() -> None:
    assert letters_to_look_for("bariberg", ["cariberg", "gariberg"]) == {"ari"}
    assert letters_to_look_for("heraman", ["feraman", "heroman"]) == {"man"}
    assert letters_to_look_for("p 059295", []) == {"059295"}
    assert letters_to_look_for("ng", []) == {" ng"}
