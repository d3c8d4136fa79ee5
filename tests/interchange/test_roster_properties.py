"""What holds for every file, however broken."""

import csv
import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mnclinic.domain.matching import PatientIndex, tell_apart
from mnclinic.errors import InvalidInput
from mnclinic.interchange.csv_out import csv_bytes
from mnclinic.interchange.roster import RosterFile
from tests.interchange.builders import TODAY, Reader, reader_in, xlsx

# a shared folder is safe here: each example writes its file anew
one_folder_for_all = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return reader_in(tmp_path_factory.mktemp("rosters"))


def read_or_none(read: Reader, content: bytes) -> RosterFile | None:
    try:
        return read(content)
    except InvalidInput as refused:
        sentence = refused.sentence
    assert "Nothing was imported." in sentence
    return None


@one_folder_for_all
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_sentence(read: Reader, content: bytes) -> None:
    read_or_none(read, content)
    read_or_none(read, b"Name,Birthday,Phone\n" + content)
    read_or_none(read, b"PK\x03\x04" + content)


crooked_text = st.text(alphabet='ab,";\t|\r\n =+-@/1290\x00\u202e\ufffdÁ\u2028', max_size=120)


@one_folder_for_all
@given(crooked_text)
def test_any_text_is_read_or_refused_with_a_sentence(read: Reader, text: str) -> None:
    for content in (text, "Name,Birthday,Phone\n" + text, "Last;First;DOB\n" + text):
        file = read_or_none(read, content.encode())
        if file:
            lines = [row.line for row in file.rows] + [row.line for row in file.refused]
            assert len(lines) == len(set(lines)) == file.count
            assert file.heading_line < min(lines, default=file.heading_line + 1)


@one_folder_for_all
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_workbook_with_any_changed_byte_is_read_or_refused(read: Reader, at: int, byte: int) -> None:
    content = bytearray(xlsx([["Name", "DOB"], ["Silva, Ana", date(1990, 4, 23)], ["King", "x"]]))
    content[at % len(content)] = byte
    read_or_none(read, bytes(content))


cells = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.sampled_from(
        ["", "n/a", "Silva, Ana", "2/30/1990", "8/17/1990", "(511) 345-0001", "=1+1", "a\nb", '"']
    ),
)


@one_folder_for_all
@given(st.lists(st.lists(cells, min_size=4, max_size=4), max_size=12))
def test_every_row_is_accounted_for(read: Reader, rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["Name", "Birthday", "Phone", "Sex"], ["Proof", "8/17/1990", "", ""], *rows])
    file = read(text.getvalue().encode(), date_order="mdy")
    filled = 1 + sum(any(cell.strip() for cell in row) for row in rows)
    told = tell_apart([row.person for row in file.rows], PatientIndex())
    assert len(told.new) + len(told.duplicates) + len(file.refused) == file.count == filled
    stored = PatientIndex([person._replace(ref="stored") for person in told.new])
    assert tell_apart([row.person for row in file.rows], stored).new == ()


letters = st.text(alphabet="abcÁñÅß'", min_size=1, max_size=8).filter(lambda text: text.strip("'") != "")
people = st.tuples(
    letters,
    letters,
    st.dates(date(1927, 1, 1), TODAY),
    st.from_regex(r"\([2-9][0-9]{2}\) [2-9][0-9]{2}-[0-9]{4}", fullmatch=True),
)


@one_folder_for_all
@given(st.lists(people, min_size=1, max_size=8))
def test_what_we_write_we_read(read: Reader, written: list[tuple[str, str, date, str]]) -> None:
    headings = ["Last name", "First name", "Birth date", "Phone"]
    rows: list[list[str]] = [[last, first, born.isoformat(), phone] for last, first, born, phone in written]
    for content in (csv_bytes(headings, rows), xlsx([headings, *written])):
        file = read(content)
        assert [(r.last_name, r.first_name, r.born_on, r.phone) for r in file.rows] == written
        assert file.refused == ()
