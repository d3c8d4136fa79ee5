"""What is read from a row, and what becomes of the rows that are not."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from mnclinic.domain.matching import PatientIndex, tell_apart
from mnclinic.errors import InvalidInput
from mnclinic.interchange import birth_dates, roster, table_file
from mnclinic.interchange.roster import RosterRow, read_roster
from tests.interchange.builders import HEADINGS, TODAY, Reader

MINI_ROSTER = Path(__file__).parent / "data" / "mini-roster.csv"


def row_of(read: Reader, headings: str, row: str) -> RosterRow:
    """The only row of a roster with these headings and this row."""
    (found,) = read(f"{headings}\n{row}\n").rows
    return found


def test_every_oddity_of_the_mini_roster_is_accounted_for_by_its_line() -> None:
    file = read_roster(MINI_ROSTER, date_order=None, today=TODAY)
    assert {refused.line: refused.reason for refused in file.refused} == {
        7: roster.NO_NAME,
        14: roster.ENDS_EARLY,
        16: roster.TOO_MANY_CELLS,
        17: birth_dates.NOT_IN_CALENDAR,
        18: birth_dates.NOT_IN_CALENDAR,
        19: birth_dates.IN_THE_FUTURE,
        20: birth_dates.TOO_LONG_AGO,
        22: table_file.BAD_QUOTES,
    }
    told = tell_apart([row.person for row in file.rows], PatientIndex())
    duplicates = {d.candidate.ref: d.matches[0].ref for d in told.duplicates}
    assert duplicates == {"line 24": "line 2", "line 25": "line 4"}
    assert len(told.new) + len(told.duplicates) + len(file.refused) == file.count == 22
    assert file.unknown_columns == ("Favourite colour",)
    assert (file.encoding, file.delimiter, file.date_order) == ("UTF-8 with BOM", ",", "mdy")


def test_importing_twice_adds_nobody_twice() -> None:
    file = read_roster(MINI_ROSTER, date_order=None, today=TODAY)
    stored = [
        row.person._replace(ref=f"patient {n}")
        for n, row in enumerate(file.rows)
        if row.person in tell_apart([row.person for row in file.rows], PatientIndex()).new
    ]
    again = tell_apart([row.person for row in file.rows], PatientIndex(stored))
    assert stored
    assert again.new == ()
    assert len(again.duplicates) == len(file.rows)


def test_a_formula_and_a_line_break_stay_the_text_they_are(read: Reader) -> None:
    file = read('Name,Allergies\n"=HYPERLINK(""http://x"",""Ana"")",-latex\n"Line\nBreak, Eve",@cmd\n')
    formula, broken = file.rows
    assert (formula.last_name, formula.first_name) == ('=HYPERLINK("http://x","Ana")', "")
    assert formula.allergies == "-latex"
    assert formula.notes == (roster.NAME_KEPT_WHOLE,)
    assert (broken.last_name, broken.first_name, broken.line) == ("Line\nBreak", "Eve", 3)


def test_line_numbers_are_those_of_an_editor(read: Reader) -> None:
    file = read(
        'Name,Phone\r\n"Two\r\nLines, Ana",5113450001\r\n\r\n,,\r\n'
        '"Silva\u2028, Ida\x0b",5113450002\rKing,\r\n'
    )
    assert [row.line for row in file.rows] == [2, 6, 7]


def test_blank_lines_are_not_rows(read: Reader) -> None:
    file = read("Name,Phone\n\n , \nSilva,5113450001\n,,,,\n\n")
    assert file.count == 1


def test_nothing_is_invented_for_what_is_missing(read: Reader) -> None:
    row = row_of(read, "Name,DOB,Phone,Email,Sex,Allergies,Skin type,MRN,City", '"Silva, Ana",,,,,,,,')
    assert row == RosterRow(
        line=2,
        last_name="Silva",
        first_name="Ana",
        born_on=None,
        sex=None,
        phone=None,
        other_phones=(),
        email=None,
        allergies=None,
        allergies_stated="not_stated",
        fitzpatrick=None,
        record_number=None,
        street=None,
        city=None,
        region=None,
        postcode=None,
        country=None,
        notes=(),
    )


@pytest.mark.parametrize("marker", ["n/a", "N/A", "NULL", "-", "unknown", "none", "?"])
def test_a_marker_for_nothing_is_not_a_value(read: Reader, marker: str) -> None:
    row = row_of(read, "Name,DOB,Phone,Email,MRN,Skin type,Zip", f'"Silva, Ana"{f",{marker}" * 6}')
    values = (row.born_on, row.phone, row.email, row.record_number, row.fitzpatrick, row.postcode)
    assert values == (None,) * 6
    assert row.notes == ()


def test_null_and_none_are_names_of_real_people(read: Reader) -> None:
    row = row_of(read, "Last,First", "Null,Jennifer")
    assert (row.last_name, row.first_name) == ("Null", "Jennifer")
    assert row_of(read, "Name", '"None, Ana"').last_name == "None"


@pytest.mark.parametrize("cells", [",", "n/a,-", "unknown,unknown", "***,..."])
def test_a_row_without_a_name_is_refused(read: Reader, cells: str) -> None:
    (refused,) = read(f"Last,First,Phone\n{cells},5113450001\n").refused
    assert refused == roster.RefusedRow(2, roster.NO_NAME)


def test_a_name_that_cannot_be_split_is_kept_whole_with_a_note(read: Reader) -> None:
    row = row_of(read, "Client", "Ana Maria Silva")
    assert (row.last_name, row.first_name) == ("Ana Maria Silva", "")
    assert row.notes == (roster.NAME_KEPT_WHOLE,)


@pytest.mark.parametrize(
    ("headings", "cells", "last", "first"),
    [
        ("Last name,First name", "Silva,Ana", "Silva", "Ana"),
        ("Family,Given,Middle,Suffix", "King,Otto,M.,Jr.", "King Jr.", "Otto M."),
        ("Nombre,Apellidos", "Ana María,Silva Bravo", "Silva Bravo", "Ana María"),
        ("Name,Last name", "Ana Silva,Silva", "Silva", "Ana"),
        ("Name,First name", "Ana Silva,Ana", "Silva", "Ana"),
        ("Name,First name", '"Silva, Ana",Ana', "Silva", "Ana"),
        ("Name,Vorname", "Müller,Jörg", "Müller", "Jörg"),
        ("Full name,Last name,First name", "Ana S.,Silva,Ana", "Silva", "Ana"),
        ("Surname,Phone", "Silva,", "Silva", ""),
    ],
)
def test_names_come_from_whichever_columns_there_are(
    read: Reader, headings: str, cells: str, last: str, first: str
) -> None:
    row = row_of(read, headings, cells)
    assert (row.last_name, row.first_name) == (last, first)


def test_phones_are_kept_as_typed_and_searched_by_digits(read: Reader) -> None:
    row = row_of(read, "Last,Home phone,Cell", "Silva,511.345.0001,+1 (511) 345-0002 ext. 7")
    assert row.phone == "+1 (511) 345-0002 ext. 7"
    assert row.other_phones == ("511.345.0001",)
    assert row.person.phone_digits == "5113450002"


@pytest.mark.parametrize(
    ("typed", "phones"),
    [
        ("(511) 345-0001 / (511) 345-0002", ("(511) 345-0001", "(511) 345-0002")),
        ("511-345-0001 (cell)", ("511-345-0001 (cell)",)),
        ("'+1 511 345 0001", ("+1 511 345 0001",)),
        ("+44 20 7946 0958", ("+44 20 7946 0958",)),
        ("511-345-0001; 1 511 345 0001", ("511-345-0001",)),
    ],
)
def test_phones_in_many_styles_are_phones(read: Reader, typed: str, phones: tuple[str, ...]) -> None:
    row = row_of(read, "Last,Phone", f"Silva,{typed}")
    assert (row.phone, *row.other_phones) == phones
    assert row.notes == ()


@pytest.mark.parametrize("typed", ["call her sister", "5.11E+09", "1-800-FLOWERS", "123", "1" * 16])
def test_what_is_no_phone_is_kept_in_the_notes(read: Reader, typed: str) -> None:
    row = row_of(read, "Last,Phone", f"Silva,{typed}")
    assert row.phone is None
    assert row.notes == (f"Phone as written: {typed}",)


@pytest.mark.parametrize(
    "typed", ["no at sign", "a@b", "a@@example.org", "a b@example.org", "a@example.org;b@example.org"]
)
def test_what_is_no_email_address_is_kept_in_the_notes(read: Reader, typed: str) -> None:
    row = row_of(read, "Last,Email", f"Silva,{typed}")
    assert row.email is None
    assert row.notes == (f"Email address as written: {typed}",)


@pytest.mark.parametrize(
    ("typed", "sex"),
    [("F", "female"), ("Female", "female"), ("male", "male"), ("M", "male"), ("X", "x"),
     ("unknown", "unknown"), ("Non-binary", "Non-binary"), ("", None), ("n/a", None)],
)  # fmt: skip
def test_sex_is_one_of_few_words_or_as_typed(read: Reader, typed: str, sex: str | None) -> None:
    assert row_of(read, "Last,Gender", f"Silva,{typed}").sex == sex


def test_m_beside_h_is_mujer(read: Reader) -> None:
    file = read("Nombre,Sexo\nSilva,H\nBravo,M\n")
    assert [row.sex for row in file.rows] == ["male", "female"]
    file = read("Nombre,Sexo\nSilva,H\nBravo,M\nKing,F\n")
    assert [row.sex for row in file.rows] == ["H", "M", "female"]


@pytest.mark.parametrize(
    ("typed", "skin_type"),
    [
        ("I", 1),
        ("vi", 6),
        ("5", 5),
        ("Type IV", 4),
        ("Fitzpatrick III", 3),
        ("FST-2", 2),
        ("Skin Type: II", 2),
    ],
)
def test_skin_types_are_1_to_6_however_they_are_written(read: Reader, typed: str, skin_type: int) -> None:
    assert row_of(read, "Last,Skin type", f"Silva,{typed}").fitzpatrick == skin_type


@pytest.mark.parametrize("typed", ["0", "7", "12", "2-3", "II/III", "light", "VII"])
def test_what_is_no_skin_type_is_kept_in_the_notes(read: Reader, typed: str) -> None:
    row = row_of(read, "Last,Skin type", f"Silva,{typed}")
    assert row.fitzpatrick is None
    assert row.notes == (f"Skin type as written: {typed}",)


@pytest.mark.parametrize(
    ("typed", "text", "stated"),
    [
        ("", None, "not_stated"),
        ("n/a", None, "not_stated"),
        ("none", "none", "not_stated"),
        ("none known", "none known", "none_known"),
        ("NKA", "NKA", "none_known"),
        ("NKDA", "NKDA", "no_drug_allergies_known"),
        ("No known allergies.", "No known allergies.", "none_known"),
        ("latex", "latex", "listed"),
        ("none known except latex", "none known except latex", "listed"),
    ],
)
def test_silence_about_allergies_is_not_none_known(
    read: Reader, typed: str, text: str | None, stated: str
) -> None:
    row = row_of(read, "Last,Allergies", f"Silva,{typed}")
    assert (row.allergies, row.allergies_stated) == (text, stated)


def test_every_column_of_allergies_is_read(read: Reader) -> None:
    row = row_of(read, "Last,Allergies,Drug allergies", "Silva,latex,penicillin")
    assert row.allergies == "latex; penicillin"


def test_an_address_is_put_on_the_lines_of_an_envelope(read: Reader) -> None:
    row = row_of(
        read, "Name,Address 1,Address 2,City,State,Zip,Country", "Silva,1 Elm St,Apt 2,Ashport,VT,01234,US"
    )
    assert row.address == "1 Elm St, Apt 2\nAshport, VT 01234\nUS"
    assert row_of(read, "Name,City", "Silva,").address == ""


def test_a_short_row_is_read_when_name_and_birth_date_are_whole(read: Reader) -> None:
    file = read("Last,First,DOB,Phone\nSilva,Ana,1990-04-23\nSilva,Ida\n")
    (row,) = file.rows
    assert row.notes == (roster.ENDED_EARLY_NOTE,)
    assert file.refused == (roster.RefusedRow(3, roster.ENDS_EARLY),)


def test_a_long_row_is_read_only_when_what_is_too_much_is_empty(read: Reader) -> None:
    file = read("Last,First\nSilva,Ana,,,\nSilva,Ida,x\n")
    assert [row.first_name for row in file.rows] == ["Ana"]
    assert file.refused == (roster.RefusedRow(3, roster.TOO_MANY_CELLS),)


def test_headings_in_the_middle_of_the_file_are_nobody(read: Reader) -> None:
    file = read("Last,First\nSilva,Ana\nLast,First\nSilva,Ida\n")
    assert file.refused == (roster.RefusedRow(3, roster.REPEATS_HEADINGS),)


def test_a_quotation_mark_that_is_never_closed_costs_its_own_row_only(read: Reader) -> None:
    for opened in ('"Silva,Ana,1990-04-23', 'Silva,"Ana,1990-04-23'):
        file = read(f"Last,First,DOB\n{opened}\nKing,Otto,1950-01-02\nBravo,Ida,1960-03-04\n")
        assert [row.last_name for row in file.rows] == ["King", "Bravo"]
        assert file.refused == (roster.RefusedRow(2, table_file.BAD_QUOTES),)


def test_a_quotation_mark_closed_by_a_later_row_does_not_swallow_the_rows_between(read: Reader) -> None:
    content = 'Last,DOB,Note\n"Silva,1990-04-23,\nKing,1950-01-02,\nBravo,1960-03-04,"\nLind,1961-03-04,\n'
    file = read(content)
    assert [row.last_name for row in file.rows] == ["King", "Lind"]
    assert [refused.line for refused in file.refused] == [2, 4]


def test_a_cell_with_many_lines_is_one_cell(read: Reader) -> None:
    row = row_of(read, "Last,DOB,Allergies", 'Silva,1990-04-23,"latex\nnickel, seen 2001\nsulfa"')
    assert row.allergies == "latex\nnickel, seen 2001\nsulfa"
    row = row_of(read, "Last,DOB,Email", '"Line\nBreak",1990-04-23,eve@example.org')
    assert row.last_name == "Line\nBreak"


def test_invisible_characters_are_taken_out_and_noted(read: Reader) -> None:
    row = row_of(read, "Last,First", "\u202eSil\u200bva\x07,A\u0301na\u00a0M.")
    assert (row.last_name, row.first_name) == ("Silva", "Ána M.")
    assert row.notes == (roster.INVISIBLE_TAKEN_OUT,)


def test_damage_costs_its_own_row_only(read: Reader) -> None:
    file = read("Last,First\nSil\x00va,Ana\nKing\ufffd,Otto\nBravo,Ida\n")
    assert [row.last_name for row in file.rows] == ["Bravo"]
    assert [refused.reason for refused in file.refused] == [roster.NUL_CHARACTER, roster.UNREADABLE_LETTER]


def test_a_very_long_cell_costs_its_own_row_only(read: Reader) -> None:
    file = read(
        f"Last,Allergies,Memo\nSilva,{'x' * 4001},\nKing,,{'x' * 5000}\n"
        f"{'y' * 121},,\nBravo,{'z' * 140_000},\nLind,,\n"
    )
    assert [row.last_name for row in file.rows] == ["King", "Lind"]
    assert Counter(refused.reason for refused in file.refused) == {
        table_file.CELL_TOO_LONG: 2,
        roster.NAME_TOO_LONG: 1,
    }


@pytest.mark.parametrize(
    "headings",
    [
        "Client Name,Birthday,Mobile Phone,Email Address,Gender,Allergies,Skin Type",
        "NAME;Date of Birth;Cell;E-Mail;Sex;Known allergies;Fitzpatrick",
        "patientName\tpatientDOB\tphone_number\temailAddress\tsex\tallergy\tphototype",
        "Nombre completo|Fecha de nacimiento|Teléfono móvil|Correo electrónico|Sexo|Alergias|Fototipo",
        "Patient's Name,Birth-Date (MM/DD/YYYY)*,Tel.,EMAIL,Gender,allergies,Skin type (I-VI)",
    ],
)
def test_headings_are_known_in_many_words(read: Reader, headings: str) -> None:
    file = read(f"{headings}\n")
    assert sorted(column.field for column in file.columns) == [
        "allergies", "born_on", "email", "fitzpatrick", "full_name", "phone", "sex",
    ]  # fmt: skip
    assert file.unknown_columns == ()


def test_columns_that_are_not_read_are_told(read: Reader) -> None:
    file = read("id,MRN,Last,Emergency contact name,,Balance,\n1,A-7,Silva,Otto,x,7,\n")
    assert file.unknown_columns == ("id", "Emergency contact name", "Balance", "column 5, without a heading")
    assert file.rows[0].record_number == "A-7"


def test_the_number_of_a_row_is_no_record_number(read: Reader) -> None:
    assert row_of(read, "No.,Name", "1,Silva").record_number is None
    assert row_of(read, "Patient No.,Name", "0012,Silva").record_number == "0012"


def test_a_title_above_the_headings_is_passed_over(read: Reader) -> None:
    file = read(f"Patients\nSpa of invented people,2026\n\n{HEADINGS}\nSilva,Ana,1990-04-23,,\n")
    assert file.heading_line == 4
    assert [row.line for row in file.rows] == [5]


@pytest.mark.parametrize(
    "content",
    [
        "Silva,Ana,1990-04-23\nKing,Otto,1950-01-02\n",
        "Colour,Size\nred,7\n",
        "First name,Phone\nAna,5113450001\n",
        f"Silva,Ana,1990-04-23,,\n{HEADINGS}\n",  # people above the headings would be lost
        "sep=;\n",
        "\ufeff\n\n",
        "   ",
    ],
)
def test_a_file_without_headings_for_names_is_refused_whole(read: Reader, content: str) -> None:
    with pytest.raises(InvalidInput, match="Nothing was imported"):
        read(content)


def test_a_reason_holds_nobodys_data() -> None:
    file = read_roster(MINI_ROSTER, date_order=None, today=TODAY)
    text = " ".join(refused.reason for refused in file.refused)
    assert not any(word in text for word in ("1988", "2093", "Never", "Short", "Broken", "511"))


def test_birth_dates_are_judged_as_of_the_day_given(read: Reader) -> None:
    content = "Name,DOB\nSilva,2026-11-23\nKing,1906-11-23\nBravo,1905-11-23\nLind,2026-11-24\n"
    assert [row.last_name for row in read(content).rows] == ["Silva", "King"]
    assert [row.last_name for row in read(content, today=date(2026, 11, 24)).rows] == [
        "Silva",
        "King",
        "Lind",
    ]
    assert [row.last_name for row in read(content, today=date(2026, 11, 22)).rows] == ["King", "Bravo"]
