"""`log`: the log as sentences, as JSON, or as a table in a file; and who looked at a chart."""

from dataclasses import replace
from typing import Any

from mnclinic.cli.answer import Answer, counted
from mnclinic.cli.request import Request
from mnclinic.domain.log_topic import Topic
from mnclinic.errors import InvalidInput, Problem
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.log_records import RECORD_KINDS, RecordRef
from mnclinic.services.log_rows import LogRow
from mnclinic.services.out_place import refuse_place
from mnclinic.services.read_log import (
    LARGEST_PAGE,
    LARGEST_TABLE,
    PAGE,
    LogPage,
    Sitting,
    export_log,
    older_entries,
    open_log,
    who_looked,
)
from mnclinic.services.session import OpenClinic
from mnclinic.services.standing import Standing


def read(request: Request) -> Answer:
    """Read the log under a filter, newest first."""
    options = request.options
    wanted = _wanted(request)
    if options.looks:
        return _looks(request, wanted)
    if options.csv is not None:
        refuse_place(options.csv, overwrites=False, where="csv")
        with request.clinic() as (clinic, _):
            written = export_log(
                clinic, wanted, options.csv, limit=LARGEST_TABLE if options.limit is None else options.limit
            )
        more = " There are more under this filter." if written.is_cut else ""
        return Answer(
            {
                "format": "mnclinic.log/1",
                "title": None,
                "entries": [],
                "file": str(written.file),
                "rows": written.rows,
                "broken": written.broken,
                "has_older": written.is_cut,
                "sittings": [],
                "error": None,
            },
            [f"{counted(written.rows, 'entry', 'entries')} written to {written.file}.{more}"],
        )
    with request.clinic() as (clinic, _):
        page, rows = _rows(clinic, wanted, PAGE if options.limit is None else options.limit)
    broken = sum(row.standing is not Standing.HOLDS for row in rows)
    lines = [log_line(row) for row in rows] or ["No entry answers to this."]
    if page.has_older:
        lines.append(
            f"There are older ones: ask for more with --limit, or for a period with --to {_day(rows)}"
        )
    return Answer(
        {
            "format": "mnclinic.log/1",
            "title": page.title,
            "entries": [row_json(row) for row in rows],
            "file": None,
            "rows": len(rows),
            "broken": broken,
            "has_older": page.has_older,
            "sittings": [],
            "error": None,
        },
        lines,
    )


def row_json(row: LogRow) -> dict[str, Any]:
    """An entry as `log --json` shows it (`mnclinic schema log`)."""
    return {
        "seq": row.seq,
        "at": row.at.isoformat(timespec="milliseconds") if row.at else None,
        "who": row.who,
        "role": row.role,
        "kind": row.topic.value if row.topic else None,
        "action": row.action,
        "sentence": row.sentence,
        "signature": row.standing.value,
        "findings": list(row.findings),
        "is_clock_back": row.is_clock_back,
        "leaf": row.leaf,
    }


def log_line(row: LogRow) -> str:
    """An entry as a person reads it. What does not hold is said in front."""
    at = f"{row.at:%Y-%m-%d %H:%M}" if row.at else "no time      "
    standing = "" if row.standing is Standing.HOLDS else f"[{row.standing.value}] "
    return f"{at}  {standing}{row.sentence}  #{row.seq}"


def _looks(request: Request, wanted: LogFilter) -> Answer:
    if wanted.patient is None or wanted != LogFilter(patient=wanted.patient):
        said = "Who looked at a chart is asked with --patient alone. Nothing was read."
        raise InvalidInput(said, [Problem("looks", said)])
    with request.clinic() as (clinic, _):
        looked = who_looked(clinic, wanted.patient)
    lines = [looked.title]
    for sitting in looked.sittings:
        lines.append(_sitting_line(sitting))
        lines += [f"    {sentence}" for sentence in sitting.sentences]
    if looked.has_older:
        lines.append("There were more before these.")
    return Answer(
        {
            "format": "mnclinic.log/1",
            "title": looked.title,
            "entries": [],
            "file": None,
            "rows": 0,
            "broken": sum(one.standing is not Standing.HOLDS for one in looked.sittings),
            "has_older": looked.has_older,
            "sittings": [_sitting_json(one) for one in looked.sittings],
            "error": None,
        },
        lines,
    )


def _sitting_json(sitting: Sitting) -> dict[str, Any]:
    return {
        "who": sitting.who,
        "role": sitting.role,
        "first_at": sitting.first_at.isoformat(timespec="milliseconds") if sitting.first_at else None,
        "last_at": sitting.last_at.isoformat(timespec="milliseconds") if sitting.last_at else None,
        "looks": sitting.looks,
        "sentences": list(sitting.sentences),
        "first_seq": sitting.first_seq,
        "last_seq": sitting.last_seq,
        "signature": sitting.standing.value,
    }


def _sitting_line(sitting: Sitting) -> str:
    first = f"{sitting.first_at:%Y-%m-%d %H:%M}" if sitting.first_at else "no time"
    last = f"{sitting.last_at:%H:%M}" if sitting.last_at else "no time"
    standing = "" if sitting.standing is Standing.HOLDS else f" [{sitting.standing.value}]"
    times = "once" if sitting.looks == 1 else f"{sitting.looks} times"
    return f"{first} to {last}  {sitting.who}, {times}{standing}"


def _rows(clinic: OpenClinic, wanted: LogFilter, limit: int) -> tuple[LogPage, list[LogRow]]:
    """Pages of one opening until `limit` entries are together. The last page says whether any is left out."""
    if not 1 <= limit <= LARGEST_TABLE:
        said = f"Ask for 1 to {LARGEST_TABLE:,} entries. Nothing was read."
        raise InvalidInput(said, [Problem("limit", said)])
    page = open_log(clinic, wanted, page_size=min(limit, LARGEST_PAGE))
    rows = list(page.rows)
    while page.has_older and len(rows) < limit:
        page = older_entries(clinic, page)
        rows += page.rows
    return replace(page, has_older=page.has_older or len(rows) > limit), rows[:limit]


def _wanted(request: Request) -> LogFilter:
    options = request.options
    record = None
    if options.object is not None:
        kind, _, name = options.object.partition(":")
        if kind not in RECORD_KINDS or not name:
            said = f"Write --object as KIND:ID, with one of {', '.join(RECORD_KINDS)}. Nothing was read."
            raise InvalidInput(said, [Problem("object", said)])
        record = RecordRef(kind, name)
    return LogFilter(
        first=options.first,
        last=options.last,
        person=options.person,
        patient=options.patient,
        kind=Topic(options.topic) if options.topic else None,
        record=record,
    )


def _day(rows: list[LogRow]) -> str:
    at = rows[-1].at if rows else None
    return f"{at:%Y-%m-%d}" if at else "DATE"
