"""A scanned code is read into values or refused with every reason; no text makes the reader fail."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnclinic.domain.scanned_codes import (
    ScannedItem,
    ScanReading,
    full_year,
    gs1_check_digit,
    hibc_check_character,
    read_scanned,
)
from tests.faults.scan_fuzz import fuzz

GTIN = "51022222233336"
WHOLE = ScannedItem(
    gtin=GTIN, lot="A213B1", serial="1234", expires_on=date(2015, 7, 7), made_on=date(2014, 12, 31)
)


def read(*codes: str) -> ScanReading:
    return read_scanned(codes, this_year=2026)


def hibc(text: str) -> str:
    return text + hibc_check_character(text)


@pytest.mark.parametrize(
    "code",
    [
        "(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234",
        *(
            f"{prefix}0151022222233336111412311715070710A213B1{gs}211234"
            for prefix in ("]d2", "]C1", "]Q3", "", "\x1d")
            for gs in ("\x1d", "<GS>", "{GS}", "^]", "|", "~", "\u241d")
            if prefix != "\x1d" or gs == "\x1d"
        ),
    ],
)
def test_the_published_example_is_read_in_every_form_of_a_scanner(code: str) -> None:
    assert read(code) == ScanReading(WHOLE)


def test_several_codes_of_one_item_are_joined() -> None:
    assert read("]C101" + GTIN, "]C11715070010A213B1").item == ScannedItem(
        gtin=GTIN, lot="A213B1", expires_on=date(2015, 7, 31)
    )


def test_codes_of_two_items_are_refused() -> None:
    assert "do not agree" in read("(01)51022222233336(10)A", "(10)B").problems[0]


@pytest.mark.parametrize(
    ("secondary", "expires_on"),
    [
        ("$$3280201LOT7", date(2028, 2, 1)),
        ("$$2020128LOT7", date(2028, 2, 1)),
        ("$$0228LOT7", date(2028, 2, 29)),
        ("$$528032LOT7", date(2028, 2, 1)),
        ("$$428020112LOT7", date(2028, 2, 1)),
        ("$LOT7", None),
        ("$$7LOT7", None),
    ],
)
def test_hibc_is_read_concatenated_and_apart(secondary: str, expires_on: date | None) -> None:
    whole = ScannedItem(upn="A123BJC5D6E71", lot="LOT7", expires_on=expires_on)
    primary = hibc("+A123BJC5D6E71")
    assert read(hibc(f"+A123BJC5D6E71/{secondary}")).item == whole
    assert read(primary, hibc(f"+{secondary}{primary[-1]}")).item == whole


def test_hibc_names_serial_quantity_and_day_of_making() -> None:
    found = read(hibc("+A123BJC5D6E71/$$8243280201LOT7/SX1/16D20260105")).item
    assert found is not None
    assert (found.quantity, found.serial, found.made_on) == (24, "X1", date(2026, 1, 5))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("(01)51022222233337(10)A", "check digit"),
        ("(17)261301(10)A", "not in the calendar"),
        ("+A123BJC5D6E71X", "check character"),
        ("5901234123457", "shop item"),
        ("036000291452", "shop item"),
        ("]E05901234123457", "shop item"),
        ("]E05901234123458", "check digit"),
        ("(10)" + "A" * 21, "1 to 20"),
        ("]d201510222", "14 digits"),
        ("", "Nothing"),
        ("(01)51022222233336(30)", "(30) must have"),
        ("015102222223333630", "(30) must have"),
        ("A" * 201, "longer"),
    ],
)
def test_what_is_wrong_is_told(code: str, said: str) -> None:
    reading = read(code)
    assert reading.item is None
    assert said in " ".join(reading.problems)


def test_every_reason_is_told_at_once() -> None:
    assert len(read("(01)51022222233337(17)261301(10)A").problems) == 2


def test_a_lot_that_is_typed_is_a_lot() -> None:
    assert read(" C-2291 ").item == ScannedItem(lot="C-2291")


def test_two_digit_years_follow_the_rule_of_gs1() -> None:
    assert [full_year(year, 2026) for year in (76, 77, 0, 26)] == [2076, 1977, 2000, 2026]
    assert full_year(10, 2090) == 2110


@given(st.integers(0, 10**13 - 1))
def test_a_number_with_its_check_digit_is_an_item(number: int) -> None:
    digits = f"{number:013}"
    assert read(f"(01){digits}{gs1_check_digit(digits)}").problems == ()


pieces = st.sampled_from(["]d2", "]C1", "+", "$$", "$$3", "/", "\x1d", "(01)", "(17)", "01", "17", "10", "²"])


@settings(max_examples=1000, deadline=None)
@given(st.lists(pieces | st.text(max_size=8) | st.text("0123456789$+/AZ", max_size=20), max_size=8))
def test_no_text_makes_the_reader_fail(parts: list[str]) -> None:
    for code in ("".join(parts), hibc("+" + "".join(one for one in "".join(parts) if one in "$+/09A"))):
        reading = read(code)
        assert (reading.item is None) == bool(reading.problems)


def test_two_hundred_strings_built_from_the_standards_are_all_classified() -> None:
    rows = json.loads(Path(__file__).with_name("scanned_codes.json").read_text("utf-8"))
    assert len(rows) == 200
    for row in rows:
        reading = read(*row["codes"])
        if "refused" in row:
            assert reading.item is None, row
            assert row["refused"] in " ".join(reading.problems), row
        else:
            wanted = row["item"]
            wanted["expires_on"] = date.fromisoformat(wanted["expires_on"])
            assert reading == ScanReading(ScannedItem(**wanted)), row


def test_ten_thousand_texts_that_no_scanner_types_are_read_or_refused() -> None:
    figures = fuzz(range(10_000))
    assert figures.findings == []
    assert min(figures.counts["read"], figures.counts["refused"]) > 300


def test_a_code_without_item_and_lot_is_refused() -> None:
    assert "neither an item nor a lot" in read("(99)x").problems[0]
