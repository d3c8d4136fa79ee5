"""Rosters as bytes, as other programs write them."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from mnclinic.interchange.birth_dates import DateOrder
from mnclinic.interchange.roster import RosterFile, read_roster

TODAY = date(2026, 11, 23)
HEADINGS = "Last name,First name,Birth date,Phone,Email"

Reader = Callable[..., RosterFile]


def reader_in(folder: Path) -> Reader:
    """A function that reads content as a roster file of its own."""

    def read(content: str | bytes, *, date_order: DateOrder | None = None, today: date = TODAY) -> RosterFile:
        path = folder / "roster"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_roster(path, date_order=date_order, today=today)

    return read


Cell = str | int | float | date | None

_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = (
    f'<styleSheet xmlns="{_SPREADSHEET}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def xlsx(
    rows: Sequence[Sequence[Cell]], *, more: Mapping[str, Sequence[Sequence[Cell]]] | None = None
) -> bytes:
    """A minimal workbook with a sheet "Roster" of these rows, and `more` sheets by their names."""
    sheets = {"Roster": rows, **(more or {})}
    return xlsx_of_xml({name: sheet_xml(cells) for name, cells in sheets.items()})


def sheet_xml(rows: Sequence[Sequence[Cell]]) -> str:
    """The rows of a sheet; None is no cell at all."""
    return "".join(
        f'<row r="{line}">'
        + "".join(_cell(f"{_letters(column)}{line}", value) for column, value in enumerate(row, 1))
        + "</row>"
        for line, row in enumerate(rows, 1)
    )


def xlsx_of_xml(sheets: Mapping[str, str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A workbook whose sheets hold this XML between their sheetData tags."""
    numbered = list(enumerate(sheets, 1))
    listed = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"/>' for n, name in numbered)
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in numbered
    )
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
        f'Type="{_OFFICE_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE_RELATIONS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{related}<Relationship Id="s" '
        f'Type="{_OFFICE_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
        **{
            f"xl/worksheets/sheet{n}.xml": f'<worksheet xmlns="{_SPREADSHEET}"><sheetData>{sheets[name]}'
            "</sheetData></worksheet>"
            for n, name in numbered
        },
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as file:
        for name, text in members.items():
            file.writestr(name, text)
    return packed.getvalue()


def _cell(reference: str, value: Cell) -> str:
    match value:
        case None:
            return ""
        case date():
            return f'<c r="{reference}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
        case str():
            return (
                f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
            )
        case _:
            return f'<c r="{reference}"><v>{value}</v></c>'


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
