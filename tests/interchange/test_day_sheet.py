"""A day sheet is read line by line, with headings or without, and nothing is invented."""

from datetime import date
from pathlib import Path

import pytest

from mnclinic.errors import InvalidInput
from mnclinic.interchange.birth_dates import DateOrderNeeded
from mnclinic.interchange.day_sheet import (
    DAY_OF_ANOTHER_ORDER,
    MOST_LINES,
    NO_DAY,
    NO_NAME,
    NO_PERFORMER,
    NO_SERVICE,
    NO_TIME,
    SEVERAL_PERFORMERS,
    DaySheet,
    SheetRow,
    Vocabulary,
    read_day_sheet,
    read_pasted_sheet,
)

TODAY = date(2026, 11, 23)
WORDS = Vocabulary(
    {"microneedling_face": ("face", "Face and neck"), "microneedling_prp": ("prp", "Face with PRP")},
    {"reyes": ("T. Reyes, RN", "T. Reyes"), "glind": ("G. Lind, NP",), "alind": ("A. Lind, RN",)},
)


def pasted(text: str, **changes: object) -> DaySheet:
    return read_pasted_sheet(text, WORDS, **({"date_order": None, "today": TODAY} | changes))  # type: ignore[arg-type] # plain values


def only(text: str) -> SheetRow:
    (row,) = pasted(text).rows
    return row


def test_a_typed_line_needs_only_a_time_and_a_name() -> None:
    row = only("930 san ma")
    assert (row.at_time, row.names, row.wrong) == ("09:30", (("san ma", ""),), ())


@pytest.mark.parametrize(
    ("text", "time", "name"),
    [
        ("1:30 pm ada", "13:30", "ada"),
        ("9a ada", "09:00", "ada"),
        ("9 a smith", "09:00", "a smith"),
        ("9 am smith", "09:00", "smith"),
        ("1:30 ada", "", "ada"),
        ("1:30, ada", "", "ada"),
        ("ada, 1:30 pm", "13:30", "ada"),
    ],
)
def test_a_time_before_a_name_is_told_from_the_name(text: str, time: str, name: str) -> None:
    row = only(text)
    assert (row.at_time, row.names[-1][0]) == (time, name)
    assert row.wrong == (() if time else (NO_TIME,))


@pytest.mark.parametrize(
    "text", ["9:30, Silva, Ana, face, reyes, brings forms", "9:30\tSilva, Ana\tface\treyes\tbrings forms"]
)
def test_commas_and_tabs_hold_the_same_line(text: str) -> None:
    row = only(text)
    assert row.at_time == "09:30"
    assert (row.service, row.performer) == ("microneedling_face", "reyes")
    assert row.names[0][0].replace(",", "") == "Silva Ana"
    assert "brings forms" in row.names[0][1]


def test_a_line_without_headings_tells_a_birth_date_from_the_day_by_where_it_stands() -> None:
    row = only("2026-11-25\t10:00\tAda Testerman\t1990-04-23\t(512) 555-0101\tP-000001")
    assert (row.day, row.at_time, row.born_on) == (date(2026, 11, 25), "10:00", date(1990, 4, 23))
    assert (row.phone_digits, row.record_number) == ("5125550101", "P-000001")


def test_a_sheet_with_headings_is_read_by_them_in_whatever_order_they_stand() -> None:
    sheet = pasted(
        "Provider;Appointment type;Client;DOB;Start;Date;Room\n"
        "T. Reyes, RN;Face and neck;Ada Testerman;1990-04-23;9:00 AM - 10:00 AM;25.11.2026;2\n"
        ";;Bo Otherson;;13:30;25.11.2026;1\n"
    )
    assert sheet.unknown_columns == ("Room",)
    assert sheet.date_order == "dmy"
    first, second = sheet.rows
    assert (first.line, second.line) == (2, 3)
    assert (first.service, first.performer, first.at_time) == ("microneedling_face", "reyes", "09:00")
    assert (second.day, second.at_time, second.names[0][0]) == (date(2026, 11, 25), "13:30", "Bo Otherson")


def test_day_and_time_in_one_cell_are_both_read() -> None:
    sheet = pasted("Patient,Appointment\nAda Testerman,11/25/2026 9:15 AM\n")
    assert (sheet.rows[0].day, sheet.rows[0].at_time) == (date(2026, 11, 25), "09:15")


def test_dates_that_can_be_read_in_two_orders_are_asked_about_and_never_guessed() -> None:
    text = "Date,Time,Patient\n12/1/2026,9:00,Ada Testerman\n"
    with pytest.raises(DateOrderNeeded):
        pasted(text)
    assert pasted(text, date_order="mdy").rows[0].day == date(2026, 12, 1)
    assert pasted(text, date_order="dmy").rows[0].day == date(2026, 1, 12)
    proven = "Date,Time,Patient\n12/1/2026,9:00,Ada\n12/24/2026,9:00,Bo\n"
    assert [row.day for row in pasted(proven).rows] == [date(2026, 12, 1), date(2026, 12, 24)]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("2026-11-31,9:00,Ada Testerman,,", NO_DAY),
        ("tomorrow,9:00,Ada Testerman,,", NO_DAY),
        ("2026-11-25,1:30,Ada Testerman,,", NO_TIME),
        ("2026-11-25,late,Ada Testerman,,", NO_TIME),
        ("2026-11-25,9:00,,,", NO_NAME),
        ("2026-11-25,9:00,Ada Testerman,massage,", NO_SERVICE),
        ("2026-11-25,9:00,Ada Testerman,face,Nobody", NO_PERFORMER),
        ("2026-11-25,9:00,Ada Testerman,face,lind rn", ""),
        ("2026-11-25,9:00,Ada Testerman,face,g", ""),
    ],
)
def test_what_cannot_be_read_is_told_with_its_reason(cells: str, reason: str) -> None:
    (row,) = pasted(f"Date,Time,Patient,Service,Provider\n{cells}\n").rows
    assert row.wrong == ((reason,) if reason else ())


def test_two_people_of_one_name_are_not_chosen_between() -> None:
    (row,) = pasted("Time,Patient,Provider\n9:00,Ada Testerman,Lind\n").rows
    assert row.performer == ""
    assert row.wrong == (SEVERAL_PERFORMERS,)


def test_a_day_in_another_order_than_the_rest_is_refused_alone() -> None:
    text = "Date,Time,Patient\n12/24/2026,9:00,Ada\n24/12/2026,9:00,Bo\n"
    rows = pasted(text, date_order="mdy").rows
    assert [row.wrong for row in rows] == [(), (DAY_OF_ANOTHER_ORDER,)]


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "\0"])
def test_nothing_is_no_line(text: str) -> None:
    assert pasted(text).rows == ()


def test_too_much_is_refused_as_a_whole() -> None:
    with pytest.raises(InvalidInput, match="in parts"):
        pasted("9:00 Ada\n" * (MOST_LINES + 1))
    with pytest.raises(InvalidInput, match="too much text"):
        pasted("x" * 1_000_000)


@pytest.mark.parametrize(
    "text", ['9:00, "Ada', "=cmd()|9:00", "'; DROP TABLE visit; --", "9:00 Nguyễn Thị Ánh", "👩🏽‍🦱", "علي"]
)
def test_anything_else_is_just_text(text: str) -> None:
    assert len(pasted(text).rows) == 1


def test_a_file_is_read_as_a_paste_is(tmp_path: Path) -> None:
    file = tmp_path / "day.csv"
    file.write_bytes("Date;Time;Patient\r\n25.11.2026;9:00;Ångström, Ada\r\n".encode("cp1252"))
    sheet = read_day_sheet(file, WORDS, date_order=None, today=TODAY)
    assert sheet.encoding == "Windows-1252"
    assert sheet.rows[0].names[0][0] == "Ångström, Ada"
