"""A day's appointments as another program shows, prints or exports them, or as somebody types them.

A line is taken apart by its headings where the sheet has them, else by what its cells look like: a time, a
day, a service and a performer of this clinic, a record number; the first cell that is none of these is the
person's name, and what is left is a note. Nothing is invented for what a line does not say.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, TypeAlias

from mnclinic.domain.names import digits, fold
from mnclinic.domain.planned_life import read_time
from mnclinic.errors import InvalidInput
from mnclinic.interchange.birth_dates import (
    BirthDateRefused,
    DateOrder,
    days_meant,
    find_order,
    looks_like_a_date,
    readings_of,
)
from mnclinic.interchange.table_file import Table, TableRow, read_table, table_of

Field: TypeAlias = Literal[
    "day", "time", "name", "first_name", "born_on", "record_number", "phone", "service", "performer", "note"
]
LONGEST_TEXT = 200_000
MOST_LINES = 300
_AHEAD = timedelta(days=731)
_FIRST_ROWS = 20
_PHONE_DIGITS = range(7, 16)

_HEADINGS: Mapping[Field, tuple[str, ...]] = {
    "day": ("date", "day", "appointment date", "appt date", "visit date", "fecha", "dia"),
    "time": (
        *("time", "start", "start time", "from", "begins", "appointment time", "appt time", "appt"),
        *("appointment", "hora", "inicio", "hora de inicio"),
    ),
    "name": (
        *("name", "patient", "client", "customer", "guest", "full name", "patient name", "client name"),
        *("last name", "surname", "family name", "nombre", "paciente", "cliente", "apellido", "apellidos"),
    ),
    "first_name": ("first name", "given name", "forename", "nombre de pila"),
    "born_on": (
        *("date of birth", "dob", "birth date", "birthdate", "birthday", "born"),
        *("fecha de nacimiento", "nacimiento"),
    ),
    "record_number": (
        "record number",
        "record no",
        "record",
        "mrn",
        "chart",
        "chart number",
        "patient id",
        "id",
    ),
    "phone": ("phone", "mobile", "cell", "telephone", "phone number", "telefono", "movil"),
    "service": ("service", "treatment", "procedure", "type", "appointment type", "servicio", "tratamiento"),
    "performer": (
        *("performer", "provider", "staff", "with", "practitioner", "employee", "resource"),
        *("proveedor", "profesional", "con"),
    ),
    "note": ("note", "notes", "comment", "comments", "remarks", "nota", "notas", "comentarios"),
}
_MEANING = {heading: meant for meant, headings in _HEADINGS.items() for heading in headings}
_RECORD_NUMBER = re.compile(r"[A-Za-z]{1,3}-[0-9]{3,}")
_TIME_BEFORE_WORDS = re.compile(
    r"(?P<time>[0-9]{1,2}(?:[:.h][0-9]{2}|[0-9]{2})?(?:\s?[ap]\.?m\.?|[ap])?)\s+(?P<rest>\D.*)", re.IGNORECASE
)
_LIKE_A_TIME = re.compile(r"[0-9]{1,2}[:h][0-9]{2}(?:\s?[ap]\.?m?\.?)?", re.IGNORECASE)
_WITH_TIME = re.compile(
    r"(?P<day>.*?[0-9])(?:\s*,\s*|\s+|T)(?P<time>[0-9]{1,2}[:.h][0-9]{2}.*)", re.IGNORECASE
)

NO_NAME = "This line names nobody."
NO_DAY = "The day in this line is none in the calendar, or is written in a form that can be misread."
DAY_OF_ANOTHER_ORDER = "The day in this line does not fit the order of the others."
NO_TIME = "The time in this line is none, or could be at night or after noon. Write 09:30 or 1:30 pm."
SEVERAL_SERVICES = "More than one service of this clinic is called so."
NO_SERVICE = "This clinic has no such service."
NO_PERFORMER = "Nobody who treats here is called so."
SEVERAL_PERFORMERS = "More than one person who treats here is called so."


@dataclass(frozen=True)
class Vocabulary:
    """What the clinic calls its services and the people who treat: by code or user, the names of each."""

    services: Mapping[str, tuple[str, ...]]
    performers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class SheetRow:
    """One line, understood. Empty is "not said"; `wrong` are sentences about what was said and is none.

    `line` is where it stands in the file or paste, `said` its own words. `names` are texts that may be the
    whole name, the likeliest first, each with what of the line is then the note.
    """

    line: int
    said: str
    names: tuple[tuple[str, str], ...]
    day: date | None = None
    at_time: str = ""
    born_on: date | None = None
    record_number: str = ""
    phone_digits: str = ""
    service: str = ""
    performer: str = ""
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class DaySheet:
    """A whole sheet, line by line; blank lines and headings are left out."""

    rows: tuple[SheetRow, ...]
    unknown_columns: tuple[str, ...] = ()
    date_order: DateOrder | None = None
    encoding: str = ""


@dataclass
class _Cells:
    """A line taken apart: the text of each field, and what belongs to none."""

    said: dict[Field, str] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)


def read_day_sheet(
    path: Path, vocabulary: Vocabulary, *, date_order: DateOrder | None, today: date
) -> DaySheet:
    """Read a CSV, TSV or XLSX file.

    Raises InvalidInput where it cannot be read as a whole, DateOrderNeeded where that has to be said.
    """
    table = read_table(path, headings=_headings_recognised, is_row=_looks_like_a_line)
    return _sheet(table, vocabulary, date_order, today)


def read_pasted_sheet(
    text: str, vocabulary: Vocabulary, *, date_order: DateOrder | None, today: date
) -> DaySheet:
    """Read lines that were pasted or typed. Raises as `read_day_sheet` does."""
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(
            "This is too much text for a day's list. Nothing was planned. Paste the lines of the list alone."
        )
    text = text.replace("\0", " ")
    if not text.strip():
        return DaySheet(())
    table = table_of(text.strip("\r\n"), "text", headings=_headings_recognised, is_row=_looks_like_a_line)
    return _sheet(table, vocabulary, date_order, today)


def _sheet(table: Table, vocabulary: Vocabulary, date_order: DateOrder | None, today: date) -> DaySheet:
    rows = table.rows
    recognised = [_headings_recognised(row.cells) for row in rows[:_FIRST_ROWS]]
    at = recognised.index(max(recognised)) if any(recognised) else -1
    meant: dict[int, Field] = {}
    unknown: list[str] = []
    if at >= 0:
        for position, cell in enumerate(rows[at].cells):
            if (found := _MEANING.get(fold(cell))) and found not in meant.values():
                meant[position] = found
            elif cell:
                unknown.append(cell)
        rows = rows[at + 1 :]
    if len(rows) + len(table.broken) > MOST_LINES:
        raise InvalidInput(
            f"This list has more than {MOST_LINES} lines. Nothing was planned. Bring it in in parts."
        )
    apart = [
        (row, _by_headings(row.cells, meant) if meant else _by_looks(row.cells, vocabulary, today))
        for row in rows
    ]
    order: DateOrder | None = None
    if days := [(row.line, cells.said["day"]) for row, cells in apart if cells.said.get("day")]:
        order = find_order(days, said=date_order, column="day", today=today + _AHEAD)
    read = [_row(row, cells, vocabulary, order or "ymd", today) for row, cells in apart]
    read += [SheetRow(one.line, "", (), wrong=(one.reason,)) for one in table.broken]
    return DaySheet(tuple(sorted(read, key=lambda one: one.line)), tuple(unknown), order, table.encoding)


def _headings_recognised(cells: Sequence[str]) -> int:
    found = {_MEANING[fold(cell)] for cell in cells if fold(cell) in _MEANING}
    return len(found) if "name" in found and len(found) > 1 else 0


def _looks_like_a_line(cells: Sequence[str]) -> bool:
    return any(read_time(cell) for cell in cells if cell.strip())


def _by_headings(cells: Sequence[str], meant: Mapping[int, Field]) -> _Cells:
    made = _Cells()
    for position, cell in enumerate(cells):
        if cell and position in meant:
            made.said[meant[position]] = cell
    if (day := made.said.get("day")) and (both := _WITH_TIME.fullmatch(day)) and "time" not in made.said:
        made.said["day"], made.said["time"] = both["day"], both["time"]
    if (time := made.said.get("time")) and (both := _WITH_TIME.fullmatch(time)) and "day" not in made.said:
        made.said["day"], made.said["time"] = both["day"], both["time"]
    first = made.said.pop("first_name", "")
    if first:
        made.said["name"] = f"{made.said.get('name', '')} {first}".strip()
    return made


def _by_looks(cells: Sequence[str], vocabulary: Vocabulary, today: date) -> _Cells:
    made = _Cells()
    waiting = [cell for cell in cells if cell]
    while waiting:
        cell = waiting.pop(0)
        has_name = bool(made.rest)
        if "time" not in made.said and (read_time(cell) or (not has_name and _LIKE_A_TIME.fullmatch(cell))):
            made.said["time"] = cell
        elif (
            "day" not in made.said
            and not has_name
            and (both := _WITH_TIME.fullmatch(cell))
            and looks_like_a_date(both["day"])
        ):
            made.said["day"], made.said["time"] = both["day"], both["time"]
        elif looks_like_a_date(cell) and ("day" not in made.said or "born_on" not in made.said):
            # Before the name it is the visit's day; behind it, a day on which somebody can have been born.
            is_birth = has_name and bool(days_meant(cell, today))
            made.said["born_on" if is_birth or "day" in made.said else "day"] = cell
        elif "record_number" not in made.said and _RECORD_NUMBER.fullmatch(cell):
            made.said["record_number"] = cell
        elif has_name and "phone" not in made.said and _is_phone(cell):
            made.said["phone"] = cell
        elif has_name and "service" not in made.said and _named(cell, vocabulary.services):
            made.said["service"] = cell
        elif has_name and "performer" not in made.said and _named(cell, vocabulary.performers):
            made.said["performer"] = cell
        elif (
            not has_name
            and "time" not in made.said
            and (both := _TIME_BEFORE_WORDS.fullmatch(cell))
            and (read_time(both["time"]) or _LIKE_A_TIME.fullmatch(both["time"]))
        ):
            made.said["time"] = both["time"].strip()
            waiting.insert(0, both["rest"])
        else:
            made.rest.append(cell)
    return made


def _row(row: TableRow, cells: _Cells, vocabulary: Vocabulary, order: DateOrder, today: date) -> SheetRow:
    said, wrong = cells.said, []
    day = born_on = None
    if text := said.get("day"):
        day, problem = _day(text, order, today)
        wrong += [problem] if problem else []
    at_time = ""
    if text := said.get("time"):
        at_time = read_time(text) or ""
        wrong += [] if at_time else [NO_TIME]
    if text := said.get("born_on"):
        meant = days_meant(text, today)
        born_on = next(iter(meant)) if len(meant) == 1 else None
    service, problem = _one(said.get("service", ""), vocabulary.services, NO_SERVICE, SEVERAL_SERVICES)
    wrong += [problem] if problem else []
    performer, problem = _one(
        said.get("performer", ""), vocabulary.performers, NO_PERFORMER, SEVERAL_PERFORMERS
    )
    wrong += [problem] if problem else []
    note = said.get("note", "")
    names = _names([said["name"]] if "name" in said else cells.rest, note)
    if not names and not said.get("record_number"):
        wrong.append(NO_NAME)
    return SheetRow(
        line=row.line,
        said=" · ".join(_plain(cell) for cell in row.cells if cell),
        names=names,
        day=day,
        at_time=at_time,
        born_on=born_on,
        record_number=said.get("record_number", ""),
        phone_digits=digits(said.get("phone", "")),
        service=service,
        performer=performer,
        wrong=tuple(wrong),
    )


def _names(rest: Sequence[str], note: str) -> tuple[tuple[str, str], ...]:
    """What may be the name: the first two cells, as "Silva, Ana" in a list with commas, or the first."""
    if not rest:
        return ()
    cells = [_plain(cell) for cell in rest]
    found = []
    if len(cells) > 1 and "," not in cells[0] and not any(letter.isdecimal() for letter in cells[1]):
        found.append((f"{cells[0]} {cells[1]}", "; ".join([*cells[2:], *([note] if note else [])])))
    found.append((cells[0], "; ".join([*cells[1:], *([note] if note else [])])))
    return tuple(found)


def _day(text: str, order: DateOrder, today: date) -> tuple[date | None, str]:
    try:
        readings, _ = readings_of(text, today + _AHEAD)
    except BirthDateRefused:
        return None, NO_DAY
    if not readings[order]:
        return None, DAY_OF_ANOTHER_ORDER if any(readings.values()) else NO_DAY
    # A year of two digits is one of two centuries; nobody plans for another one.
    return min(readings[order], key=lambda one: abs(one - today)), ""


def _one(text: str, known: Mapping[str, tuple[str, ...]], none: str, several: str) -> tuple[str, str]:
    """The code that a text names, and what is wrong with it. An empty text names nothing."""
    if not text:
        return "", ""
    found = _named(text, known)
    if len(found) > 1:
        return "", several
    return (found[0], "") if found else ("", none)


def _named(text: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The codes that a text names: by their own code or whole name, else by whole words of a name."""
    sought = fold(text)
    if not sought:
        return []
    exact = [code for code, names in known.items() if sought in {fold(one) for one in (code, *names)}]
    if exact:
        return exact
    words = set(sought.split())
    return [code for code, names in known.items() if any(words <= _words(one) for one in (code, *names))]


def _words(name: str) -> set[str]:
    return set(fold(name).split())


def _is_phone(cell: str) -> bool:
    return len(digits(cell)) in _PHONE_DIGITS and not any(letter.isalpha() for letter in cell)


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFC", " ".join(cell.split()))
