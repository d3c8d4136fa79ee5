"""`user papers`, `user paper` and `user end-paper`: licences, certificates, training and life support."""

from typing import Any

from mnclinic.cli.answer import Answer
from mnclinic.cli.request import Request
from mnclinic.domain.credentials import PaperKind
from mnclinic.services.users.staff_papers import NewPaper, PaperRow, end_paper, enter_paper, staff_papers


def list_all(request: Request) -> Answer:
    """List the papers of everybody, or of one person."""
    with request.clinic() as (clinic, _):
        rows = staff_papers(clinic, request.options.name)
    return Answer({"papers": [_json(row) for row in rows], "error": None}, [_line(row) for row in rows])


def enter(request: Request) -> Answer:
    """Enter a paper."""
    options = request.options
    paper = NewPaper(
        what=PaperKind(options.what),
        name=options.of,
        number=options.number,
        issuer=options.issuer,
        valid_from=options.first,
        expires_on=options.last,
    )
    with request.clinic() as (clinic, password):
        row = enter_paper(clinic, options.name, paper, password)
    return Answer({"paper": _json(row), "error": None}, [_line(row)])


def end(request: Request) -> Answer:
    """Let a paper count to a day alone."""
    options = request.options
    with request.clinic() as (clinic, password):
        row = end_paper(clinic, options.name, options.number, options.last, password, reason=options.reason)
    return Answer({"paper": _json(row), "error": None}, [_line(row)])


def _json(row: PaperRow) -> dict[str, Any]:
    return {
        "user": row.user,
        "what": row.what.value,
        "kind": row.kind,
        "number": row.number,
        "issuer": row.issuer,
        "valid_from": row.valid_from.isoformat(),
        "expires_on": row.expires_on.isoformat(),
        "is_valid": row.is_valid,
        "notice": row.notice,
    }


def _line(row: PaperRow) -> str:
    state = "" if row.is_valid else "  NOT VALID today"
    if row.is_valid and row.notice:
        state = f"  ends within {row.notice} days"
    return (
        f"{row.user:<12} {row.kind} {row.number} ({row.issuer}), {row.valid_from} to {row.expires_on}{state}"
    )
