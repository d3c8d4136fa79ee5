import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.interchange.csv_out import csv_bytes


def read_back(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))


def test_every_cell_is_quoted_and_every_line_ends_the_same() -> None:
    assert csv_bytes(["a", "b"], [["x", 'say "x"'], [None, "y\nz"]]) == (
        b'"a","b"\r\n"x","say ""x"""\r\n"","y\nz"\r\n'
    )


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1 511 345 0001", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\uff1d1", "\x00=1"],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    _, (cell,) = read_back(csv_bytes(["heading"], [[text]]))
    assert cell == f"'{text}".replace("\x00", "")


def test_numbers_stay_numbers() -> None:
    assert csv_bytes(["depth_mm", "n"], [[Decimal("-1.50"), -3]]).endswith(b'"-1.50","-3"\r\n')


def test_a_row_of_another_length_is_our_defect() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        csv_bytes(["a"], [["x", "y"]])


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@given(st.lists(st.lists(texts, min_size=3, max_size=3)))
def test_everything_written_is_read_back(rows: list[list[str]]) -> None:
    for written, cells in zip(rows, read_back(csv_bytes(["a", "b", "c"], rows))[1:], strict=True):
        for text, cell in zip(written, cells, strict=True):
            assert cell in {text, f"'{text}"}
            assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(texts, min_size=1))
def test_the_same_values_give_the_same_bytes(row: list[str]) -> None:
    assert csv_bytes(row, [row]) == csv_bytes(row, [row])
