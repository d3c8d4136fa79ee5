"""The tables of a bundle: what its records say, for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from mnclinic.bundles.check_tables import FINDINGS, HEADINGS, LINE_COLUMNS, LINES, VISITS
from mnclinic.models import Visit


def add_tables(members: dict[str, bytes], visits: Sequence[Visit], records: Sequence[dict[str, Any]]) -> None:
    """Add the tables of visits, treated areas and findings, a row for each that a record has."""
    state = {visit.id: visit.state for visit in visits}
    members[VISITS] = _csv(
        HEADINGS[VISITS][0],
        (
            (
                record["visit"],
                record["number"],
                record["revision"],
                state[record["visit"]],
                f"{record['patient']['last_name']}, {record['patient']['first_name']}",
                record["patient"]["record_number"],
                record["document"]["started_at"],
                record["document"]["service"],
                record["document"]["performer"],
                record["document"].get("device", ""),
                record["document"].get("cartridge", {}).get("lot", ""),
                "yes" if record["late_entry"] else "no",
                "yes" if "solo_physician" in record else "no",
            )
            for record in records
        ),
    )
    members[LINES] = _csv(
        HEADINGS[LINES][0],
        (
            (
                record["visit"],
                record["number"],
                record["revision"],
                *(line.get(column, "") for column in LINE_COLUMNS),
            )
            for record in records
            for line in record["document"].get("lines", ())
        ),
    )
    members[FINDINGS] = _csv(
        HEADINGS[FINDINGS][0],
        (
            (
                record["visit"],
                record["number"],
                record["revision"],
                finding["code"],
                finding["light"],
                finding["outcome"],
                finding["message"],
                finding["reason"] or "",
            )
            for record in records
            for finding in record["judged"]["findings"]
        ),
    )


def _csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_harmless(str(cell)) for cell in row])
    return buffer.getvalue().encode()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
