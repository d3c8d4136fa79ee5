"""The one sheet of an XLSX workbook that holds a table, as text.

Days become YYYY-MM-DD and whole numbers lose the ".0" that workbooks give them. Formulas are not run: a
cell shows what the program that wrote it had stored.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeAlias, cast

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from mnclinic.errors import InvalidInput
from mnclinic.interchange.table_file import MOST_ROWS, RowTest, Table, TableRow, too_many_rows

_LARGEST_WORKBOOK_BYTES = 300 * 1024 * 1024
_MOST_MEMBERS = 5_000
# the reader sets aside 32 bytes for every cell between the first and the last one, filled or not
_MOST_CELLS = 16_000_000
_LARGEST_EXACT_WHOLE_NUMBER = 2**53
_FIRST_ROWS = 20

_COLUMN_NAMES = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)""")
_ROW_NUMBERS = re.compile(rb"""\br\s*=\s*["'][A-Za-z]*([0-9]+)""")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_LONGEST_COLUMN_NAME = 3
_LONGEST_ROW_NUMBER = 7

Value: TypeAlias = str | float | bool | date | datetime | time | timedelta
Sheet: TypeAlias = list[list[Value]]


def read_workbook(content: bytes, *, headings: RowTest) -> Table:
    """Read the sheet whose rows hold the headings of a roster.

    Raises InvalidInput where this is no XLSX workbook, is damaged or too big, or where several sheets
    look like rosters. The library behind it gives up the whole process when a sheet claims more cells
    than fit into memory, so the workbook is unpacked and measured here first.
    """
    sheets = {
        name: rows
        for name, sheet in _sheets_of(_unpacked(content)).items()
        if (rows := [TableRow(line, cells) for line, cells in enumerate(map(_texts, sheet), 1) if any(cells)])
    }
    if not sheets:
        raise InvalidInput("This workbook is empty. Nothing was imported. Export the list again.")
    rosters = [
        name for name, rows in sheets.items() if any(headings(row.cells) for row in rows[:_FIRST_ROWS])
    ]
    if len(rosters) > 1:
        raise InvalidInput(
            f"This workbook has {len(rosters)} sheets that look like lists of people. Nothing was imported. "
            "Save the one you want as a workbook of its own."
        )
    name = rosters[0] if rosters else next(iter(sheets))
    if len(sheets[name]) > MOST_ROWS:
        raise too_many_rows()
    return Table(sheets[name], [], "XLSX", None, name)


def _unpacked(content: bytes) -> bytes:
    """The same workbook without compression, pictures and surprises."""
    plain = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(plain, "w") as unpacked:
            members = [m for m in packed.infolist() if m.filename.lower().endswith((".xml", ".rels"))]
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names:
                raise InvalidInput(
                    "This file is packed, but it is not an XLSX workbook. Nothing was imported. "
                    "Save the list as CSV (UTF-8) or as XLSX."
                )
            if len(members) != len(names):
                raise _damaged()
            if len(members) > _MOST_MEMBERS or sum(m.file_size for m in members) > _LARGEST_WORKBOOK_BYTES:
                raise _too_big()
            for member in members:
                if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                    raise _damaged()
                with packed.open(member) as file:
                    # no more than promised; a member that holds more fails its checksum here
                    data = file.read(member.file_size)
                if "worksheets/" in member.filename:
                    _refuse_endless_sheet(data)
                unpacked.writestr(zipfile.ZipInfo(member.filename), data)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, struct.error):
        raise _damaged() from None
    return plain.getvalue()


def _refuse_endless_sheet(xml: bytes) -> None:
    """Refuse a sheet whose first and last cell span more than any roster does."""
    if b"\x00" in xml:
        raise _damaged()
    letters = _COLUMN_NAMES.findall(xml)
    numbers = set(_ROW_NUMBERS.findall(xml))
    names = set(letters)
    if any(len(name) > _LONGEST_COLUMN_NAME for name in names):
        raise _too_big()
    if any(len(number) > _LONGEST_ROW_NUMBER for number in numbers):
        raise _too_big()
    columns = max(map(_column_number, names), default=0)
    last_row = max(map(int, numbers), default=0)
    # rows and cells may also come without a reference, each after the one before
    rows = len(_ROW.findall(xml))
    if len(_CELL.findall(xml)) > len(letters):
        columns += max(len(_CELL.findall(row)) for row in _ROW.split(xml))
    if columns * (last_row + rows) > _MOST_CELLS:
        raise _too_big()


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _sheets_of(workbook: bytes) -> dict[str, Sheet]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(workbook)) as book:
            return {
                sheet.name: cast(Sheet, book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False))
                for sheet in book.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
            }
    except CalamineError:
        raise _damaged() from None
    except BaseException as failure:
        # the library's own defects arrive as this class, which it does not export
        if type(failure).__name__ == "PanicException":
            raise _damaged() from None
        raise


def _texts(cells: Sequence[Value]) -> list[str]:
    return [_text(cell) for cell in cells]


def _text(value: Value) -> str:
    match value:
        case str():
            return value.strip()
        case bool():
            return str(value).upper()
        case float() if value.is_integer() and abs(value) < _LARGEST_EXACT_WHOLE_NUMBER:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
    return str(value)


def _damaged() -> InvalidInput:
    return InvalidInput(
        "This workbook is damaged and cannot be read. Nothing was imported. "
        "Open it in the program that made it and save it again as XLSX or CSV (UTF-8)."
    )


def _too_big() -> InvalidInput:
    return InvalidInput(
        "This workbook is too big to read. Nothing was imported. Delete cells that stand far from the list, "
        "or save the list as CSV (UTF-8)."
    )
