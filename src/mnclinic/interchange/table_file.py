"""A table out of a file that another program wrote: CSV in its many forms, and XLSX.

Every row keeps the number by which a person finds it in the file: the line on which it starts, in a
workbook the row. A row that cannot be taken apart is reported with its reason, and reading goes on at the
next line, so that one stray quotation mark does not swallow the people after it.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mnclinic.errors import InvalidInput

LARGEST_FILE_BYTES = 100 * 1024 * 1024
MOST_ROWS = 500_000
LONGEST_CELL = 4_000
# a quotation mark that is not closed within this many lines was never meant to be
_MOST_LINES_IN_A_ROW = 200
_LINES_TO_FIND_THE_FORM = 60
_SAMPLE = 65_536
_FEW_CONTROLS = 16
_SHARE_OF_CONTROLS_IN_BINARY = 0.02
_NULS_IN_UTF_16 = 0.2

_DELIMITERS = (",", ";", "\t", "|")
_SEPARATOR_HINT = re.compile(r'^"?sep=([,;\t|])"?\r?\n?$', re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls) or one with a password"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "a text document (RTF)"),
)

BAD_QUOTES = "A quotation mark in this row is not closed, or stands in the middle of a cell."
CELL_TOO_LONG = f"A cell in this row is longer than {LONGEST_CELL:,} characters."

RowTest = Callable[[Sequence[str]], int]
"""How many columns of a roster a row of headings names; 0 where it is no row of headings."""


@dataclass(frozen=True)
class TableRow:
    """The cells of one row as text, and the line (in a workbook the row) where it starts, from 1."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class BrokenRow:
    """A row that could not be taken apart."""

    line: int
    reason: str


@dataclass(frozen=True)
class Table:
    """Everything in the file, in order; rows of empty cells are left out.

    `encoding` names what was found, for people; `delimiter` is None in a workbook. Where letters could not
    be read, the text holds U+FFFD.
    """

    rows: list[TableRow]
    broken: list[BrokenRow]
    encoding: str
    delimiter: str | None
    sheet: str | None = None


@dataclass(frozen=True)
class _Form:
    """How a text file holds its table: the delimiter, the first line's position, the cells of a full row."""

    delimiter: str
    first: int
    width: int


def read_table(path: Path, *, headings: RowTest, is_row: Callable[[Sequence[str]], bool]) -> Table:
    """Read a CSV, TSV or XLSX file.

    Args:
        path: The file. It is only read.
        headings: Tells the delimiter and the sheet by how many headings they make recognisable.
        is_row: Whether as many cells as there are headings look like a row; asked of lines inside a
            quoted cell, to tell a cell with line breaks from a quotation mark that was never closed.

    Raises InvalidInput where the file is missing, empty, too big, or not a table.
    """
    content = _bytes_of(path)
    if content.startswith(b"PK\x03\x04"):
        from mnclinic.interchange.workbook import read_workbook  # a big library, seldom needed

        return read_workbook(content, headings=headings)
    text, encoding = _decode(content)
    del content
    if not text.strip():
        raise InvalidInput("This file is empty. Nothing was imported. Export the list again.")
    return table_of(text, encoding, headings=headings, is_row=is_row)


def table_of(
    text: str, encoding: str, *, headings: RowTest, is_row: Callable[[Sequence[str]], bool]
) -> Table:
    """Take a text apart that a person pasted or a file held; the arguments are those of `read_table`."""
    # not splitlines(): it also splits at characters that no editor counts as a line's end
    lines = list(io.StringIO(text, newline=""))
    form = _form_of(lines, headings)
    rows: list[TableRow] = []
    broken: list[BrokenRow] = []
    for row in _split(lines, form, is_row):
        if isinstance(row, BrokenRow):
            broken.append(row)
        elif any(row.cells):
            rows.append(row)
        if len(rows) + len(broken) > MOST_ROWS:
            raise too_many_rows()
    return Table(rows, broken, encoding, form.delimiter)


def too_many_rows() -> InvalidInput:
    """The failure for a file with more rows than any clinic has people."""
    return InvalidInput(
        f"This file has more than {MOST_ROWS:,} rows. Nothing was imported. "
        "Split the list into smaller files and import one after the other."
    )


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE_BYTES:
            raise InvalidInput(
                f"This file is larger than {LARGEST_FILE_BYTES // 1024**2} MB. Nothing was imported. "
                "Check that it is the list of people, or split it into smaller files."
            )
        with path.open("rb") as file:
            # a device or a growing file tells no honest size
            content = file.read(LARGEST_FILE_BYTES + 1)
    except FileNotFoundError:
        raise InvalidInput(
            "There is no file with this name. Nothing was imported. Check the name and the folder."
        ) from None
    except (OSError, ValueError):
        raise InvalidInput(
            "This file could not be opened. Nothing was imported. "
            "Close it in other programs, check that you may read it, and try again."
        ) from None
    if not content:
        raise InvalidInput("This file is empty. Nothing was imported. Export the list again.")
    return content


def _decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding, for people."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            raise _no_table(f"This file is {kind}, not a list in CSV, TSV or XLSX form.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_utf_16(content, "utf-16"), "UTF-16"
    if content.startswith(b"\xef\xbb\xbf"):
        return _decode_utf_8(content[3:], "UTF-8 with BOM")
    if b"\x00" in content[:_SAMPLE]:
        # text of mostly Latin letters in UTF-16 has a NUL in every second place
        sample = content[:_SAMPLE]
        places = len(sample) // 2
        for codec, nuls in (("utf-16-le", sample[1::2].count(0)), ("utf-16-be", sample[0::2].count(0))):
            if places and nuls / places > _NULS_IN_UTF_16:
                return _decode_utf_16(content, codec), "UTF-16"
    if _is_binary(content[:_SAMPLE]):
        raise _no_table("This file is not text.")
    return _decode_utf_8(content, "UTF-8")


def _decode_utf_16(content: bytes, codec: str) -> str:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        raise _no_table("This file looks like UTF-16 text, but it is damaged.") from None
    if _is_binary(text[:_SAMPLE].encode()):
        raise _no_table("This file is not text.")
    return text


def _is_binary(sample: bytes) -> bool:
    # a few stray control characters cost their own rows, not the file
    return len(_CONTROL.findall(sample)) > max(_FEW_CONTROLS, _SHARE_OF_CONTROLS_IN_BINARY * len(sample))


def _decode_utf_8(content: bytes, name: str) -> tuple[str, str]:
    try:
        return content.decode(), name
    except UnicodeDecodeError:
        pass
    replaced = content.decode(errors="replace")
    unreadable = replaced.count("\ufffd")
    if sum(not c.isascii() for c in replaced) - unreadable > unreadable:
        # UTF-8 with a few damaged places: those rows are refused one by one, the others are right
        return replaced, f"{name}, damaged in places"
    try:
        return content.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        raise _no_table("The letters in this file are neither in UTF-8 nor in Windows-1252.") from None


def _no_table(what: str) -> InvalidInput:
    return InvalidInput(f"{what} Nothing was imported. Export the list again as CSV (UTF-8) or as XLSX.")


def _form_of(lines: list[str], headings: RowTest) -> _Form:
    hint = _SEPARATOR_HINT.match(lines[0])
    first = 1 if hint else 0
    delimiters: Sequence[str] = hint[1] if hint else _DELIMITERS
    best, most = delimiters[0], (0, 0)
    for delimiter in delimiters:
        rows = csv.reader(iter(lines[first:_LINES_TO_FIND_THE_FORM]), delimiter=delimiter)
        for row in _until_broken(rows):
            if (recognised := (headings(row), len(row))) > most:
                best, most = delimiter, recognised
    return _Form(best, first, most[1])


def _until_broken(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error:
        return


class _Feed:
    """Hands lines to the CSV reader and knows where it stands."""

    def __init__(self, lines: list[str], at: int) -> None:
        self.lines = lines
        self.at = at
        self.row_starts_at = at

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        at = self.at
        if at >= len(self.lines) or at - self.row_starts_at >= _MOST_LINES_IN_A_ROW:
            raise StopIteration
        self.at = at + 1
        return self.lines[at]


def _split(
    lines: list[str], form: _Form, is_row: Callable[[Sequence[str]], bool]
) -> Iterator[TableRow | BrokenRow]:
    feed = _Feed(lines, form.first)
    reader = csv.reader(feed, delimiter=form.delimiter, strict=True)
    while feed.at < len(lines):
        start = feed.row_starts_at = feed.at
        reason = ""
        cells: list[str] = []
        try:
            cells = next(reader)
        except csv.Error as error:
            reason = CELL_TOO_LONG if "field limit" in str(error) else BAD_QUOTES
        else:
            # the line with the closing mark goes on with the row's own cells
            within = (line.split(form.delimiter) for line in lines[start + 1 : feed.at] if '"' not in line)
            if any(len(inner) == form.width and is_row(inner) for inner in within):
                reason = BAD_QUOTES
        if reason:
            yield BrokenRow(start + 1, reason)
            feed.at = start + 1
            reader = csv.reader(feed, delimiter=form.delimiter, strict=True)
        else:
            yield TableRow(start + 1, [cell.strip() for cell in cells])
