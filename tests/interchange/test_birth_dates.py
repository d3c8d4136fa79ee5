from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.errors import InvalidInput
from mnclinic.interchange import birth_dates
from mnclinic.interchange.birth_dates import BirthDateRefused, DateOrder, DateOrderNeeded, read_birth_date
from tests.interchange.builders import TODAY, Reader


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("8/17/2001", "mdy"),
        ("08-17-2001", "mdy"),
        ("8 / 17 / 2001", "mdy"),
        ("17.08.2001", "dmy"),
        ("17/8/2001", "dmy"),
        ("2001-08-17", "mdy"),
        ("2001/8/17", "dmy"),
        ("20010817", "mdy"),
        ("Aug 17 2001", "dmy"),
        ("August 17th, 2001", "mdy"),
        ("17 AUG 2001", "mdy"),
        ("17-Aug-2001", "mdy"),
        ("2001-Aug-17", "mdy"),
        ("17 de agosto de 2001", "mdy"),
        ("8/17/2001 0:00", "mdy"),
        ("8/17/2001 12:00:00 AM", "mdy"),
        ("2001-08-17T00:00:00.000Z", "mdy"),
        ("8/17/01", "mdy"),
        ("17-Aug-01", "mdy"),
        ("01/08/17", "ymd"),
    ],
)
def test_dates_are_read_in_many_forms(text: str, order: DateOrder) -> None:
    assert read_birth_date(text, order, TODAY).born_on == date(2001, 8, 17)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("02/30/1988", birth_dates.NOT_IN_CALENDAR),
        ("13/45/1990", birth_dates.NOT_IN_CALENDAR),
        ("1/0/1900", birth_dates.NOT_IN_CALENDAR),
        ("2/29/2001", birth_dates.NOT_IN_CALENDAR),
        ("30 Feb 2001", birth_dates.NOT_IN_CALENDAR),
        ("11/24/2026", birth_dates.IN_THE_FUTURE),
        ("1/1/2093", birth_dates.IN_THE_FUTURE),
        ("11/23/1905", birth_dates.TOO_LONG_AGO),
        ("1/1/1850", birth_dates.TOO_LONG_AGO),
        ("8/17/15", birth_dates.TWO_CENTURIES),
        ("17-Aug-15", birth_dates.TWO_CENTURIES),
        ("8/17/2001 18:30", birth_dates.TIME_OF_DAY),
        ("2001-08-17T18:30:00Z", birth_dates.TIME_OF_DAY),
        ("37120", birth_dates.BARE_NUMBER),
        ("37120.0", birth_dates.BARE_NUMBER),
        ("tomorrow", birth_dates.NOT_A_DATE),
        ("Aug 2001", birth_dates.NOT_A_DATE),
        ("8/2001", birth_dates.NOT_A_DATE),
        ("Aug 17 Sep 2001", birth_dates.NOT_A_DATE),
        ("17#Aug#2001", birth_dates.NOT_A_DATE),
        ("8/17/201", birth_dates.NOT_IN_CALENDAR),
    ],
)
def test_what_is_no_certain_birth_date_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(BirthDateRefused) as refused:
        read_birth_date(text, "mdy", TODAY)
    assert str(refused.value) == reason


def test_a_date_that_does_not_fit_the_order_is_refused() -> None:
    with pytest.raises(BirthDateRefused, match="month first"):
        read_birth_date("17/8/2001", "mdy", TODAY)


@pytest.mark.parametrize(
    ("text", "born_on"),
    [
        ("1/2/61", date(1961, 1, 2)),
        ("1/2/27", date(1927, 1, 2)),
        ("12/31/26", date(1926, 12, 31)),  # 2026-12-31 lies in the future
        ("1/2/05", date(2005, 1, 2)),  # 1905-01-02 is 121 years ago
        ("2/29/00", date(2000, 2, 29)),  # 1900 was no leap year
    ],
)
def test_a_year_of_two_digits_is_taken_where_only_one_century_is_possible(text: str, born_on: date) -> None:
    read = read_birth_date(text, "mdy", TODAY)
    assert (read.born_on, read.century_worked_out) == (born_on, True)


def test_a_worked_out_century_is_noted_on_the_row(read: Reader) -> None:
    (row,) = read("Last,DOB\nSilva,8/17/61\n").rows
    assert row.born_on == date(1961, 8, 17)
    assert "8/17/61" in row.notes[0]


def test_a_date_of_zeros_is_a_missing_one(read: Reader) -> None:
    file = read("Last,DOB\nSilva,00/00/0000\nKing,0000-00-00\n")
    assert [(row.born_on, row.notes) for row in file.rows] == [
        (None, ("Birth date as written: 00/00/0000",)),
        (None, ("Birth date as written: 0000-00-00",)),
    ]


def roster_of(*dates: str) -> str:
    return "Name,Birthday\n" + "".join(f"Name{n},{text}\n" for n, text in enumerate(dates))


@pytest.mark.parametrize(
    ("dates", "order", "first"),
    [
        (("8/7/2001", "8/17/2001"), "mdy", date(2001, 8, 7)),
        (("8/7/2001", "17/8/2001"), "dmy", date(2001, 7, 8)),
        (("08.07.2001", "17.08.2001"), "dmy", date(2001, 7, 8)),
        (("8/7/2001", "2/30/1988", "8/17/2001"), "mdy", date(2001, 8, 7)),
        (("08/07/61", "25/12/61"), "dmy", date(1961, 7, 8)),
        (("61/08/07", "61/08/25"), "ymd", date(1961, 8, 7)),
    ],
)
def test_one_value_proves_the_order_of_all(
    read: Reader, dates: tuple[str, ...], order: DateOrder, first: date
) -> None:
    file = read(roster_of(*dates))
    assert file.date_order == order
    assert file.rows[0].born_on == first


def test_an_order_that_nothing_proves_has_to_be_said(read: Reader) -> None:
    content = roster_of("8/7/2001", "1/2/1990", "5/5/1980", "n/a")
    with pytest.raises(DateOrderNeeded, match="--date-order mdy") as needed:
        read(content)
    assert "Birthday" in needed.value.sentence
    assert "2001" not in needed.value.sentence
    assert read(content, date_order="mdy").rows[0].born_on == date(2001, 8, 7)
    assert read(content, date_order="dmy").rows[0].born_on == date(2001, 7, 8)


@pytest.mark.parametrize("impossible", ["02/30/1988", "13/45/1990"])
def test_a_date_that_does_not_exist_proves_nothing(read: Reader, impossible: str) -> None:
    with pytest.raises(DateOrderNeeded):
        read(roster_of("8/7/2001", impossible))


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (("5/5/1980", "2/30/1988"), [date(1980, 5, 5)]),
        (("2001-08-07", "Aug 7 2001"), [date(2001, 8, 7)] * 2),
        (("n/a", ""), [None, None]),
    ],
)
def test_nobody_is_asked_where_nothing_depends_on_the_order(
    read: Reader, dates: tuple[str, ...], days: list[date | None]
) -> None:
    assert [row.born_on for row in read(roster_of(*dates)).rows] == days


def test_contradicting_dates_are_told_by_their_lines(read: Reader) -> None:
    content = roster_of("8/7/2001", "8/17/2001", "17/8/2001")
    with pytest.raises(DateOrderNeeded, match="contradict") as contradicting:
        read(content)
    assert [problem.where for problem in contradicting.value.problems] == ["line 3", "line 4"]
    said = read(content, date_order="mdy")
    assert [row.born_on for row in said.rows] == [date(2001, 8, 7), date(2001, 8, 17)]
    assert [(refused.line, "month first" in refused.reason) for refused in said.refused] == [(4, True)]


@pytest.mark.parametrize("said", ["dmy", "ymd"])
def test_an_order_that_the_values_disprove_is_refused(read: Reader, said: DateOrder) -> None:
    with pytest.raises(InvalidInput, match=r"Line 3 can only be month first"):
        read(roster_of("8/7/2001", "8/17/2001"), date_order=said)


days = st.dates(TODAY - timedelta(days=119 * 365), TODAY)


@given(days)
def test_every_day_comes_back_from_every_form(day: date) -> None:
    forms = {
        "mdy": f"{day.month}/{day.day}/{day.year}",
        "dmy": f"{day.day:02}.{day.month:02}.{day.year}",
        "ymd": day.isoformat(),
    }
    orders: list[DateOrder] = ["mdy", "dmy", "ymd"]
    for order in orders:
        assert read_birth_date(forms[order], order, TODAY).born_on == day
        assert read_birth_date(day.strftime("%d-%b-%Y"), order, TODAY).born_on == day


@given(
    st.one_of(
        st.text(max_size=30), st.from_regex(r"[0-9]{1,4}[/.-][0-9]{1,4}[/.-][0-9]{1,4}", fullmatch=True)
    )
)
def test_any_text_is_a_possible_birth_date_or_refused(text: str) -> None:
    try:
        born_on = read_birth_date(text, "mdy", TODAY).born_on
    except BirthDateRefused:
        return
    assert date(1905, 11, 24) <= born_on <= TODAY
