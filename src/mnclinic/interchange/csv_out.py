"""CSV that a spreadsheet shows and never runs.

A text that begins like a formula gets an apostrophe in front, as OWASP's advice on CSV injection has it;
every text stands in quotation marks. The apostrophe is the only change: bytes depend on the values alone.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = str | int | Decimal | None

# full-width forms run as formulas in spreadsheets set up for East Asian text
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A CSV file: UTF-8 without BOM, comma, CRLF, every cell in quotation marks (RFC 4180).

    Numbers are written as they are; None is an empty cell. NUL, which CSV cannot carry, is left out.

    Raises ValueError where a row has another number of cells than the header: a defect of the caller.
    """
    lines = [_line(header)]
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"A row of {len(row)} cells under a header of {len(header)}")
        lines.append(_line(row))
    return "".join(lines).encode()


def _line(values: Sequence[Value]) -> str:
    return ",".join(f'"{_cell(value)}"' for value in values) + "\r\n"


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    text = value.replace("\x00", "").replace('"', '""')
    return f"'{text}" if text.lstrip(" ").startswith(_RUNS) else text
