"""Do the tables say what the records say, and the states what the log says?"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mnclinic.bundles.content import SEALED_BY_MAKER
from mnclinic.bundles.evidence import Evidence, Record

VISITS = "data/tables/visits.csv"
LINES = "data/tables/lines.csv"
FINDINGS = "data/tables/findings.csv"

LINE_COLUMNS = (
    "area", "side", "depth_mm", "passes", "endpoint",
    "speed_rpm", "pattern", "bleeding", "tolerance", "started_at", "ended_at", "note",
)  # fmt: skip
"""Older bundles have the first five alone."""
_OF_RECORD = ("visit", "number", "revision")
_VISIT_COLUMNS = (
    *_OF_RECORD, "state_now", "patient", "record_number", "started_at", "service", "performer",
    "device", "cartridge_lot", "late_entry", "solo_physician",
)  # fmt: skip
HEADINGS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    VISITS: (_VISIT_COLUMNS, _VISIT_COLUMNS[:-1]),
    LINES: ((*_OF_RECORD, *LINE_COLUMNS), (*_OF_RECORD, *LINE_COLUMNS[:5])),
    FINDINGS: ((*_OF_RECORD, "code", "light", "outcome", "message", "reason"),),
}
"""The headings that tables had, the newest first. A column that nobody compares could say anything."""

STATES_AFTER = {
    "visit.performed": ("performed", "in_review", "complete_not_drawn"),
    "visit.signed": ("signed",),
    "visit.returned": ("returned",),
}
STATES_OF_DEFERRED = ("deferred", "draft", "voided")

Row = Mapping[str, str]
Cells = Mapping[str, tuple[str, ...]]
"""For each column the texts that a cell may hold."""
Source = Callable[[Evidence, Record], Iterator[Cells]]


def check_tables(evidence: Evidence) -> None:
    """Compare every cell, under headings that a bundle of its form has."""
    _check_table(evidence, VISITS, _visit_cells)
    _check_table(evidence, LINES, _line_cells)
    _check_table(evidence, FINDINGS, _finding_cells)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _check_table(evidence: Evidence, name: str, source: Source) -> None:
    rows = _rows(evidence, name)
    if rows is None:
        return
    expected = {
        (record.visit, record.revision): list(source(evidence, record)) for record in evidence.records
    }
    if len(rows) != sum(map(len, expected.values())):
        evidence.say(name, "This table has not as many rows as the records give.")
        return
    taken: dict[tuple[str, int], int] = {}
    for number, row in enumerate(rows, start=2):
        key = _key(row)
        position = taken.get(key, 0)
        taken[key] = position + 1
        if position >= len(expected.get(key, ())):
            evidence.say(f"{name} row {number}", "This row belongs to no record.")
            continue
        for column, allowed in expected[key][position].items():
            if column in row and row[column] not in allowed:
                evidence.say(
                    f"{name} row {number}", f"The column {column} does not say what the record says."
                )


def _rows(evidence: Evidence, name: str) -> list[dict[str, str]] | None:
    try:
        text = evidence.members[name].decode("utf-8")
        table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        table = []
    if not table or any(len(row) != len(table[0]) for row in table) or len(set(table[0])) != len(table[0]):
        evidence.say(name, "This table cannot be read.")
        return None
    is_sealed = evidence.scope["format"] in SEALED_BY_MAKER
    if tuple(table[0]) not in (HEADINGS[name][:1] if is_sealed else HEADINGS[name]):
        evidence.say(name, "The columns of this table are not those of a bundle.")
        return None
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


def _key(row: Row) -> tuple[str, int]:
    revision = row.get("revision", "")
    is_number = revision.isascii() and revision.isdigit() and len(revision) < 10  # noqa: PLR2004 - no count is so long
    return row.get("visit", ""), int(revision) if is_number else 0


def _shared(record: Record) -> dict[str, Any]:
    return {"visit": record.visit, "number": record.fields["number"], "revision": record.revision}


def _cells(values: Mapping[str, object]) -> Cells:
    return {column: (_text(value),) for column, value in values.items()}


def _text(value: object) -> str:
    return harmless(value if isinstance(value, str) else str(value) if type(value) is int else "")


def _visit_cells(evidence: Evidence, record: Record) -> Iterator[Cells]:
    document, patient = record.fields["document"], record.fields["patient"]
    cartridge = document.get("cartridge")
    values = _shared(record) | {
        "patient": f"{patient['last_name']}, {patient['first_name']}",
        "record_number": patient["record_number"],
        "started_at": document.get("started_at"),
        "service": document.get("service"),
        "performer": document.get("performer"),
        "device": document.get("device"),
        "cartridge_lot": cartridge.get("lot") if isinstance(cartridge, dict) else None,
        "late_entry": "yes" if record.fields["late_entry"] else "no",
        "solo_physician": "yes" if "solo_physician" in record.fields else "no",
    }
    yield {**_cells(values), "state_now": _states(evidence, record.visit)}


def _states(evidence: Evidence, visit: str) -> tuple[str, ...]:
    newest = evidence.records_of(visit)[-1]
    if newest.fields["state"] == "deferred":
        return STATES_OF_DEFERRED
    lines = evidence.log_of("signature", visit)
    actions = [line.fields["action"] for line in lines if line.fields["obj"]["rev"] == newest.revision]
    return STATES_AFTER.get(actions[-1], ()) if actions else ()


def _line_cells(_: Evidence, record: Record) -> Iterator[Cells]:
    lines = record.fields["document"].get("lines", [])
    for line in lines if isinstance(lines, list) else []:
        fields = line if isinstance(line, dict) else {}
        values = _shared(record) | {column: fields.get(column) for column in LINE_COLUMNS}
        yield _cells(values)


def _finding_cells(_: Evidence, record: Record) -> Iterator[Cells]:
    for finding in record.fields["judged"]["findings"]:
        columns = ("code", "light", "outcome", "message", "reason")
        values = _shared(record) | {column: finding[column] for column in columns}
        yield _cells(values)
