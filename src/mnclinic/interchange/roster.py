"""A clinic's roster as another program exported it, read row by row.

Every row comes back as a person or as a refusal with its line and a reason: none is lost, and nothing is
invented for what a row does not say. Text stays text: a formula in a cell is a name like any other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mnclinic.domain.matching import Person
from mnclinic.domain.names import digits, fold, split_full_name
from mnclinic.errors import InvalidInput
from mnclinic.interchange import roster_cells as cell
from mnclinic.interchange.birth_dates import (
    BirthDate,
    BirthDateRefused,
    DateOrder,
    find_order,
    is_zero_date,
    looks_like_a_date,
    read_birth_date,
)
from mnclinic.interchange.roster_cells import AllergiesStated
from mnclinic.interchange.roster_columns import Column, Columns, Field, columns_of, headings_recognised
from mnclinic.interchange.table_file import CELL_TOO_LONG, LONGEST_CELL, TableRow, read_table

LONGEST_NAME = 120
_FIRST_ROWS = 20

NO_NAME = "This row has no name."
NAME_TOO_LONG = f"The name in this row is longer than {LONGEST_NAME} characters."
ENDS_EARLY = "This row ends too early: its name or its birth date is cut off."
TOO_MANY_CELLS = "This row has more cells than there are headings, so it is not certain which is which."
REPEATS_HEADINGS = "This row repeats the headings."
UNREADABLE_LETTER = "A letter in this row could not be read."
NUL_CHARACTER = "This row holds a NUL character, as damaged files do."

NAME_KEPT_WHOLE = "The name is kept whole as the last name: it does not say where the first name ends."
ENDED_EARLY_NOTE = "The row ended early; what it left out is not known."
INVISIBLE_TAKEN_OUT = "Invisible characters were taken out of the text."


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person as a roster states them. None is "not stated", never "no".

    `line` is where the row starts in the file, from 1; in a workbook the row. `phone` is as typed,
    `other_phones` are further numbers of the row. `sex` is female, male, x, unknown, or as typed.
    `fitzpatrick` is 1 to 6. `notes` are sentences that keep what could not be used as a value.
    """

    line: int
    last_name: str
    first_name: str
    born_on: date | None
    sex: str | None
    phone: str | None
    other_phones: tuple[str, ...]
    email: str | None
    allergies: str | None
    allergies_stated: AllergiesStated
    fitzpatrick: int | None
    record_number: str | None
    street: str | None
    city: str | None
    region: str | None
    postcode: str | None
    country: str | None
    notes: tuple[str, ...]

    @property
    def address(self) -> str:
        """The address on the lines of an envelope; empty where none is stated."""
        place = " ".join(part for part in (self.region, self.postcode) if part)
        town = ", ".join(part for part in (self.city, place) if part)
        return "\n".join(part for part in (self.street, town, self.country) if part)

    @property
    def person(self) -> Person:
        """What tells this person from others; the ref is "line 12"."""
        return Person(
            ref=f"line {self.line}",
            record_number=self.record_number,
            last_name=self.last_name,
            first_name=self.first_name,
            born_on=self.born_on,
            phone_digits=digits(self.phone) if self.phone else None,
            email=self.email,
        )


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not read as a person. The reason is a sentence without anybody's data."""

    line: int
    reason: str


@dataclass(frozen=True)
class RosterFile:
    """A whole roster. Every row below the headings is in `rows` or in `refused`; blank ones are in neither.

    `columns` are those that were read and `unknown_columns` the headings of those that were not.
    `encoding` and `delimiter` are what was found; `delimiter` is None and `sheet` a name in a workbook.
    `date_order` is the order in which the birth dates were read; None without such a column.
    """

    rows: tuple[RosterRow, ...]
    refused: tuple[RefusedRow, ...]
    columns: tuple[Column, ...]
    unknown_columns: tuple[str, ...]
    heading_line: int
    encoding: str
    delimiter: str | None
    date_order: DateOrder | None
    sheet: str | None = None

    @property
    def count(self) -> int:
        """How many rows the file has below its headings, blank ones left out."""
        return len(self.rows) + len(self.refused)


def read_roster(path: Path, *, date_order: DateOrder | None, today: date) -> RosterFile:
    """Read a roster in CSV, TSV, semicolon, pipe or XLSX form; UTF-8, UTF-16 or Windows-1252.

    Args:
        path: The file. It is only read.
        date_order: What a person says about dates such as 8/7/2001; None asks the column itself.
        today: Birth dates after it are refused, and those that make a person older than 120.

    Raises InvalidInput with a sentence where the file as a whole cannot be read (missing, empty, too big,
    not a table, no heading for names), and DateOrderNeeded where `date_order` has to be said.
    """
    table = read_table(path, headings=headings_recognised, is_row=_looks_like_a_row)
    at = _find_headings(table.rows)
    headings, rows = table.rows[at], table.rows[at + 1 :]
    columns = columns_of(headings.cells)
    order: DateOrder | None = None
    if born_at := columns.positions("born_on"):
        order = find_order(
            _first_lines(rows, born_at[0]), said=date_order, column=columns.heading("born_on"), today=today
        )
    reader = _RowReader(columns, headings.cells, order or "ymd", today, rows)
    read: list[RosterRow] = []
    refused = [RefusedRow(row.line, row.reason) for row in table.broken]
    for row in rows:
        try:
            read.append(reader.read(row))
        except _RowRefused as refusal:
            refused.append(RefusedRow(row.line, str(refusal)))
    return RosterFile(
        rows=tuple(read),
        refused=tuple(sorted(refused, key=lambda row: row.line)),
        columns=columns.read,
        unknown_columns=columns.unknown + _nameless_columns(columns, headings.cells, rows),
        heading_line=headings.line,
        encoding=table.encoding,
        delimiter=table.delimiter,
        date_order=order,
        sheet=table.sheet,
    )


class _RowRefused(ValueError):
    """This row is not a person that can be taken over. The message is the reason."""


class _RowReader:
    """Reads rows by the columns of one file."""

    def __init__(
        self, columns: Columns, headings: list[str], order: DateOrder, today: date, rows: Sequence[TableRow]
    ) -> None:
        self._columns = columns
        self._headings = headings
        self._order = order
        self._today = today
        self._at = {column.field: columns.positions(column.field) for column in columns.read}
        self._used = tuple(column.position for column in columns.read)
        self._needed = max(
            position
            for field in ("full_name", "last_name", "first_name", "born_on")
            for position in columns.positions(field)
        )
        sexes = self._at.get("sex", ())
        self._sex_words = cell.sex_words(row.cells[at] for at in sexes for row in rows if at < len(row.cells))
        # a roster has far fewer birth dates than people; this lives as long as the reading of one file
        self._born: dict[str, BirthDate | _RowRefused] = {}

    def read(self, row: TableRow) -> RosterRow:
        """Raises _RowRefused."""
        notes: list[str] = []
        cells = self._checked(row.cells, notes)
        last_name, first_name = self._name(cells, notes)
        if not cell.is_name(last_name, first_name):
            raise _RowRefused(NO_NAME)
        if max(len(last_name), len(first_name)) > LONGEST_NAME:
            raise _RowRefused(NAME_TOO_LONG)
        born_on = self._born_on(cells, notes)
        phones, phone_notes = cell.read_phones(self._all(cells, "phone"))
        email, email_note = cell.read_email(self._one(cells, "email"))
        fitzpatrick, fitzpatrick_note = cell.read_fitzpatrick(self._one(cells, "fitzpatrick"))
        notes += [note for note in (*phone_notes, email_note, fitzpatrick_note) if note]
        allergies, allergies_stated = cell.read_allergies(
            "; ".join(self._all(cells, "allergies")) or self._one(cells, "allergies")
        )
        return RosterRow(
            line=row.line,
            last_name=last_name,
            first_name=first_name,
            born_on=born_on,
            sex=cell.read_sex(self._one(cells, "sex"), self._sex_words),
            phone=phones[0] if phones else None,
            other_phones=tuple(phones[1:]),
            email=email,
            allergies=allergies,
            allergies_stated=allergies_stated,
            fitzpatrick=fitzpatrick,
            record_number=cell.stated(self._one(cells, "record_number")),
            street=", ".join(self._all(cells, "street")) or None,
            city=cell.stated(self._one(cells, "city")),
            region=cell.stated(self._one(cells, "region")),
            postcode=cell.stated(self._one(cells, "postcode")),
            country=cell.stated(self._one(cells, "country")),
            notes=tuple(notes),
        )

    def _checked(self, cells: list[str], notes: list[str]) -> list[str]:
        """The row with exactly as many cells as there are headings, cleaned."""
        count = self._columns.count
        if any(cells[count:]):
            raise _RowRefused(TOO_MANY_CELLS)
        if len(cells) < count:
            if len(cells) <= self._needed:
                raise _RowRefused(ENDS_EARLY)
            if any(position >= len(cells) for position in self._used):
                notes.append(ENDED_EARLY_NOTE)
            cells = cells + [""] * (count - len(cells))
        if cells == self._headings:
            raise _RowRefused(REPEATS_HEADINGS)
        whole = "\n".join(cells)
        if len(whole) > LONGEST_CELL and any(len(cells[at]) > LONGEST_CELL for at in self._used):
            raise _RowRefused(CELL_TOO_LONG)
        return self._cleaned(cells, notes) if cell.needs_cleaning(whole) else cells

    def _cleaned(self, cells: list[str], notes: list[str]) -> list[str]:
        cells = list(cells)
        taken_out = False
        for at in self._used:
            if "\x00" in cells[at]:
                raise _RowRefused(NUL_CHARACTER)
            if "\ufffd" in cells[at]:
                raise _RowRefused(UNREADABLE_LETTER)
            cells[at], invisible = cell.clean(cells[at])
            taken_out = taken_out or invisible
        if taken_out:
            notes.append(INVISIBLE_TAKEN_OUT)
        return cells

    def _one(self, cells: list[str], field: Field) -> str:
        return cells[self._at[field][0]] if field in self._at else ""

    def _all(self, cells: list[str], field: Field) -> list[str]:
        """Every cell of a field that states something, none twice."""
        stated = (cells[at] for at in self._at.get(field, ()) if cell.stated(cells[at]))
        return list(dict.fromkeys(stated))

    def _name(self, cells: list[str], notes: list[str]) -> tuple[str, str]:
        last_name = cell.name_stated(self._one(cells, "last_name"))
        first_name = cell.name_stated(self._one(cells, "first_name"))
        whole = cell.name_stated(self._one(cells, "full_name"))
        if whole and "last_name" in self._at:
            first_name = _rest_of_name(whole, last_name)
        elif whole and "first_name" in self._at:
            last_name = _rest_of_name(whole, first_name)
        elif whole:
            if parts := split_full_name(whole):
                last_name, first_name = parts.last_name, parts.first_name
            else:
                last_name = whole
                notes.append(NAME_KEPT_WHOLE)
        middle = cell.name_stated(self._one(cells, "middle_name"))
        suffix = cell.name_stated(self._one(cells, "suffix"))
        return f"{last_name} {suffix}".strip(), f"{first_name} {middle}".strip()

    def _born_on(self, cells: list[str], notes: list[str]) -> date | None:
        text = self._one(cells, "born_on")
        if cell.stated(text) is None:
            return None
        if is_zero_date(text):
            notes.append(f"Birth date as written: {text}")
            return None
        if text not in self._born:
            try:
                self._born[text] = read_birth_date(text, self._order, self._today)
            except BirthDateRefused as refusal:
                self._born[text] = _RowRefused(str(refusal))
        born = self._born[text]
        if isinstance(born, _RowRefused):
            raise born
        if born.century_worked_out:
            notes.append(
                f"Birth date as written: {text}. The year was taken as {born.born_on.year}, because any "
                "other would lie in the future or too long ago."
            )
        return born.born_on


def _find_headings(rows: Sequence[TableRow]) -> int:
    """The position of the row of headings; only a title or the like may stand above it."""
    recognised = [headings_recognised(row.cells) for row in rows[:_FIRST_ROWS]]
    at = recognised.index(max(recognised)) if any(recognised) else -1
    most_cells_in_a_title = sum(map(bool, rows[at].cells)) // 2 if at > 0 else 0
    if at < 0 or any(sum(map(bool, row.cells)) > max(1, most_cells_in_a_title) for row in rows[:at]):
        raise InvalidInput(
            "No column with names was found. Nothing was imported. The first line has to name the columns, "
            "for example: Last name, First name, Birth date, Phone, Email."
        )
    return at


def _first_lines(rows: Sequence[TableRow], position: int) -> Iterator[tuple[int, str]]:
    """Every different text of a column, with the line where it stands first."""
    seen: set[str] = set()
    for row in rows:
        if position < len(row.cells) and (text := row.cells[position]) and text not in seen:
            seen.add(text)
            yield row.line, text


def _nameless_columns(columns: Columns, headings: Sequence[str], rows: Sequence[TableRow]) -> tuple[str, ...]:
    """Columns without a heading that hold something all the same."""
    nameless = [at for at in range(columns.count) if not headings[at]]
    return tuple(
        f"column {at + 1}, without a heading"
        for at in nameless
        if any(at < len(row.cells) and row.cells[at] for row in rows)
    )


def _looks_like_a_row(cells: Sequence[str]) -> bool:
    return any(looks_like_a_date(text.strip()) or cell.read_email(text.strip())[0] for text in cells)


def _rest_of_name(whole: str, part: str) -> str:
    """What a column of names states beside one part of the name.

    Exports call either the whole name or only the other part "Name": "Ana Silva" beside "Ana" leaves
    "Silva", and so does "Silva".
    """
    if part and len(whole) > len(part):
        if fold(whole).startswith(fold(part) + " ") and whole[: len(part)].casefold() == part.casefold():
            return whole[len(part) :].strip(" ,")
        if fold(whole).endswith(" " + fold(part)) and whole[-len(part) :].casefold() == part.casefold():
            return whole[: -len(part)].strip(" ,")
    return whole
