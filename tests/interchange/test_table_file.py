"""Encodings, delimiters, workbooks, and files that are no table."""

import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from mnclinic.errors import InvalidInput
from mnclinic.interchange import roster, table_file, workbook
from mnclinic.interchange.roster import read_roster
from tests.interchange.builders import HEADINGS, TODAY, Cell, Reader, sheet_xml, xlsx, xlsx_of_xml

PEOPLE = f"{HEADINGS}\nÁlvarez,José,8/17/1990,(511) 345-0001,jose@example.org\n"


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with BOM"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_the_encoding_is_found_and_said(read: Reader, codec: str, encoding: str) -> None:
    file = read(PEOPLE.encode(codec))
    assert file.encoding == encoding
    assert (file.rows[0].last_name, file.rows[0].first_name) == ("Álvarez", "José")


def test_utf_8_with_one_damaged_letter_is_still_utf_8(read: Reader) -> None:
    damaged = (PEOPLE + "Núñez,Zoë,8/18/1990,,\n").encode() + b"Mu\xfcller,Ana,8/19/1990,,\n"
    file = read(damaged)
    assert [row.last_name for row in file.rows] == ["Álvarez", "Núñez"]
    assert file.refused == (roster.RefusedRow(4, roster.UNREADABLE_LETTER),)
    assert file.encoding == "UTF-8, damaged in places"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(read: Reader, delimiter: str) -> None:
    content = PEOPLE.replace(",", delimiter) + delimiter.join(['"a,b;c|d\te"', "Ida", "8/18/1990", "", ""])
    file = read(content)
    assert file.delimiter == delimiter
    assert [row.last_name for row in file.rows] == ["Álvarez", "a,b;c|d\te"]


def test_a_spreadsheets_hint_about_the_delimiter_is_followed(read: Reader) -> None:
    file = read("sep=;\r\n" + PEOPLE.replace(",", ";"))
    assert file.delimiter == ";"
    assert (file.heading_line, file.rows[0].line) == (2, 3)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_one(read: Reader, line_end: str) -> None:
    file = read(PEOPLE.replace("\n", line_end) + f"King,Otto,8/18/1990,,{line_end}")
    assert [row.line for row in file.rows] == [2, 3]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (b" \n\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", r"old Excel file \(\.xls\) or one with a password"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"SQLite format 3\x00...", "database"),
        (bytes(range(256)) * 20, "not text"),
        (b"\x00" * 5000, "not text"),
        (b"Name\n" + b"\x81\x8d\xe9\n" * 40, "Windows-1252"),
        ("Name\nÁ".encode("utf-16") + b"\x00", "damaged"),
        (b"PK\x03\x04 no zip at all", "damaged"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(
    read: Reader, content: bytes, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence) as refused:
        read(content)
    assert "Nothing was imported." in refused.value.sentence


def test_a_file_that_is_not_there_or_not_a_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.csv", tmp_path, Path("a\x00b")):
        with pytest.raises(InvalidInput, match="Nothing was imported"):
            read_roster(path, date_order=None, today=TODAY)


def test_a_file_that_is_too_big_is_refused(read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_file, "MOST_ROWS", 3)
    with pytest.raises(InvalidInput, match="more than 3 rows"):
        read("Name\n" + "Silva\n" * 4)
    monkeypatch.setattr(table_file, "LARGEST_FILE_BYTES", 20)
    with pytest.raises(InvalidInput, match="larger than"):
        read(PEOPLE)


def test_a_quotation_mark_opened_again_and_again_does_not_take_for_ever(read: Reader) -> None:
    file = read("Name,Phone\n" + 'x",,"\n' * 3000)
    assert file.count == 3000


def test_a_workbook_is_read_like_a_file_of_text(read: Reader) -> None:
    file = read(
        xlsx(
            [
                ["Name", "DOB", "Phone", "Skin type", "MRN", "Allergies"],
                ["Silva, Ana", date(1990, 4, 23), 5113450001, 4, 12, "=cmd|' /C calc'!A0"],
                [],
                ["Line\nBreak, Eve", "8/17/1990", "511-345-0002", "II", "0012", None],
            ]
        )
    )
    ana, eve = file.rows
    assert (ana.line, eve.line) == (2, 4)
    assert (ana.last_name, ana.born_on, ana.phone) == ("Silva", date(1990, 4, 23), "5113450001")
    assert (ana.fitzpatrick, ana.record_number, ana.allergies) == (4, "12", "=cmd|' /C calc'!A0")
    assert (eve.last_name, eve.born_on, eve.record_number) == ("Line\nBreak", date(1990, 8, 17), "0012")
    assert (file.encoding, file.delimiter, file.sheet) == ("XLSX", None, "Roster")


def test_a_number_in_a_workbooks_birth_dates_is_refused(read: Reader) -> None:
    file = read(xlsx([["Name", "DOB"], ["Silva", 37120], ["King", 37120.5]]))
    assert [refused.line for refused in file.refused] == [2, 3]


def test_the_sheet_with_the_headings_is_read(read: Reader) -> None:
    rows: list[list[Cell]] = [["Name", "DOB"], ["Silva, Ana", date(1990, 4, 23)]]
    file = read(xlsx([["Notes"], ["nothing here"]], more={"People": rows}))
    assert file.sheet == "People"
    assert len(file.rows) == 1


def test_two_sheets_of_people_are_not_chosen_between(read: Reader) -> None:
    rows: list[list[Cell]] = [["Name", "DOB"], ["Silva, Ana", date(1990, 4, 23)]]
    with pytest.raises(InvalidInput, match="2 sheets"):
        read(xlsx(rows, more={"Old": rows}))


def repacked(content: bytes, *, without: str = "", doubled: str = "") -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            if name != without:
                target.writestr(name, source.read(name))
        if doubled:
            with pytest.warns(UserWarning, match="Duplicate name"):
                target.writestr(doubled, "<x/>")
    return packed.getvalue()


GOOD = xlsx([["Name"], ["Silva"]])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (GOOD[:-30], "damaged"),
        (GOOD.replace(b"PK\x01\x02", b"PK\x01\x03"), "damaged"),
        (repacked(GOOD, without="xl/workbook.xml"), "not an XLSX workbook"),
        (repacked(GOOD, doubled="xl/styles.xml"), "damaged"),
        (repacked(GOOD, without="xl/worksheets/sheet1.xml"), "damaged"),
        (xlsx_of_xml({"Roster": "<row><c"}), "damaged"),
        (xlsx_of_xml({"Roster": ""}), "empty"),
        (xlsx_of_xml({"Roster": "x"}, compression=zipfile.ZIP_LZMA), "damaged"),
        (xlsx([["Colour"], ["red"]]), "No column with names"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused_with_a_sentence(
    read: Reader, content: bytes, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        read(content)


@pytest.mark.parametrize(
    "far_away",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c><v>1</v></c></row>' + "<row>" + "<c><v>1</v></c>" * 20 + "</row>",
        '<row r="9"><c r="ZZZZZZZ9"><v>1</v></c></row>',
        "<row r='99999999'><c r = 'a99999999'><v>1</v></c></row>",
    ],
)
def test_a_cell_at_the_end_of_the_world_does_not_take_all_memory(read: Reader, far_away: str) -> None:
    with pytest.raises(InvalidInput, match="too big"):
        read(xlsx_of_xml({"Roster": sheet_xml([["Name"], ["Silva"]]) + far_away}))


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    read: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_LARGEST_WORKBOOK_BYTES", 500)
    with pytest.raises(InvalidInput, match="too big"):
        read(GOOD)


def test_a_member_that_is_larger_than_it_says_is_damage(read: Reader) -> None:
    size = zipfile.ZipFile(BytesIO(GOOD)).getinfo("xl/worksheets/sheet1.xml").file_size
    lying = GOOD.replace(size.to_bytes(4, "little"), (size - 9).to_bytes(4, "little"))
    assert lying != GOOD
    with pytest.raises(InvalidInput, match="damaged"):
        read(lying)


def test_workbooks_are_only_looked_into_when_one_comes(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    for name in ("mnclinic.interchange.workbook", "python_calamine"):
        sys.modules.pop(name, None)
    read_roster(path, date_order=None, today=TODAY)
    assert "python_calamine" not in sys.modules
