"""`paper`: numbered sheets for the day the PC is down."""

from typing import Any

from mnclinic.cli.answer import Answer
from mnclinic.cli.request import Request
from mnclinic.domain.attachments import LARGEST_BYTES
from mnclinic.errors import InvalidInput, Problem
from mnclinic.security.plain_file import beginning_of
from mnclinic.services.paper_bridge import (
    NOT_RETURNED,
    PaperRow,
    list_paper_sheets,
    print_paper_sheets,
    return_paper_sheet,
    spoil_paper_sheet,
)


def print_sheets(request: Request) -> Answer:
    """Print sheets of a protocol in force, each under a number of its own."""
    options = request.options
    with request.clinic() as (clinic, _):
        printed = print_paper_sheets(
            clinic, options.protocol, count=options.count, language=options.language, out=options.out
        )
    answer = {
        "sheets": [_sheet(one) for one in printed.rows],
        "files": [str(one) for one in printed.files],
        "error": None,
    }
    lines = [_line(one) for one in printed.rows]
    return Answer(answer, [*lines, *(f"Written to {one}; it is not encrypted." for one in printed.files)])


def list_sheets(request: Request) -> Answer:
    """Every sheet, those that are out first."""
    with request.clinic() as (clinic, _):
        sheets = list_paper_sheets(clinic)
    if request.options.out_only:
        sheets = tuple(one for one in sheets if one.is_out)
    return Answer({"sheets": [_sheet(one) for one in sheets], "error": None}, [_line(one) for one in sheets])


def bring_back(request: Request) -> Answer:
    """A sheet was entered as a visit: keep its scan."""
    options = request.options
    try:
        scan = beginning_of(options.scan, LARGEST_BYTES + 1)
    except OSError:
        said = "The file cannot be read. Check its name and that you may read it."
        raise InvalidInput(NOT_RETURNED, [Problem("scan", said)]) from None
    with request.clinic() as (clinic, _):
        sheet = return_paper_sheet(clinic, options.number, options.visit, scan=scan)
    answer = {"sheet": _sheet(sheet), "noted": list(sheet.noted), "error": None}
    return Answer(answer, [_line(sheet), *sheet.noted])


def spoil(request: Request) -> Answer:
    """A sheet will not come back."""
    options = request.options
    with request.clinic() as (clinic, _):
        sheet = spoil_paper_sheet(clinic, options.number, reason=options.reason)
    return Answer({"sheet": _sheet(sheet), "error": None}, [_line(sheet)])


def _sheet(row: PaperRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "language": row.language,
        "protocol": row.protocol,
        "issued_at": row.issued_at.isoformat(),
        "issued_by": row.issued_by,
        "state": row.state,
        "visit": row.visit,
        "attachment": row.attachment,
        "reason": row.reason,
        "settled_at": row.settled_at.isoformat() if row.settled_at else None,
    }


def _line(row: PaperRow) -> str:
    state = {"issued": "OUT", "returned": f"entered as {row.visit}", "spoiled": f"spoiled: {row.reason}"}
    return f"{row.number}  {row.protocol}, {row.language}, printed {row.issued_at.date()}  {state[row.state]}"
