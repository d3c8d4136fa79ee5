"""`recalls`: recalls as records, from the notice to the director's signature."""

from typing import Any

from mnclinic.cli.answer import Answer, counted, say
from mnclinic.cli.request import Request
from mnclinic.cli.signed import signed_json, wrong_words
from mnclinic.domain.attachments import LARGEST_BYTES
from mnclinic.errors import InvalidInput, Problem
from mnclinic.security.plain_file import beginning_of
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.close_recall import close_recall
from mnclinic.services.copy_notice import copy_notice
from mnclinic.services.follow_recall import RecallLine, list_recalls, show_recall, write_contact
from mnclinic.services.open_recall import NOT_OPENED, NewRecall, open_recall
from mnclinic.services.print_recall import print_recall
from mnclinic.services.recall_rows import RecallRow
from mnclinic.services.session import OpenClinic, signer


def open_one(request: Request) -> Answer:
    """Open a recall, or hold a drill."""
    options, notice = request.options, None
    if options.notice is not None:
        try:
            notice = beginning_of(options.notice, LARGEST_BYTES + 1)
        except OSError:
            problem = Problem("notice", "The file cannot be read. Look whether it is there.")
            raise InvalidInput(NOT_OPENED, [problem]) from None
    new = NewRecall(options.of, options.named, options.reason, notice, options.drill, options.never_here)
    with request.clinic() as (clinic, _):
        return _answer(open_recall(clinic, new))


def list_all(request: Request) -> Answer:
    """Every recall with its counts, newest first."""
    with request.clinic() as (clinic, _):
        found = list_recalls(clinic)
    lines = [counted(len(found), "recall or drill", "recalls and drills"), *map(_line, found)]
    answer = [
        {
            "id": one.recall_id,
            "kind": one.kind,
            "named": one.named,
            "is_drill": one.is_drill,
            "opened_by": one.opened_by,
            "opened_at": one.opened_at.isoformat(),
            "people": one.people,
            "reached": one.reached,
            "closed_at": one.closed_at.isoformat() if one.closed_at else None,
            "standing": one.standing.value,
        }
        for one in found
    ]
    return Answer({"recalls": answer, "error": None}, lines)


def show(request: Request) -> Answer:
    """One recall; the looks at its people are entered."""
    with request.clinic() as (clinic, _):
        return _answer(show_recall(clinic, request.options.recall))


def contact(request: Request) -> Answer:
    """Write down that somebody was told."""
    options = request.options
    with request.clinic() as (clinic, _):
        write_contact(
            clinic,
            options.recall,
            options.patient,
            how=options.how,
            outcome=options.outcome,
            text=options.text,
        )
        return _after(clinic, options.recall)


def close(request: Request) -> Answer:
    """Sign as director that a recall has ended, after printing it."""
    options = request.options
    with request.clinic() as (clinic, password):
        clinic.require(RoleAct.CLOSE_RECALL)
        for line in _lines(show_recall(clinic, options.recall)):
            say(line)
        with signer(clinic, password, factor=options.key_file) as by:
            close_recall(clinic, options.recall, options.text, by, shown="command")
        return _after(clinic, options.recall)


def print_one(request: Request) -> Answer:
    """Write a paper of a recall."""
    options = request.options
    with request.clinic() as (clinic, _):
        printed = print_recall(clinic, options.recall, options.what, options.out)
    return Answer(
        {"file": str(printed.file), "error": None}, [f"{printed.file} written. It is not encrypted."]
    )


def notice(request: Request) -> Answer:
    """Write a recall's notice out, as it was brought."""
    options = request.options
    with request.clinic() as (clinic, _):
        written = copy_notice(clinic, options.recall, options.out)
    return Answer(
        {"file": str(written.file), "error": None}, [f"{written.file} written. It is not encrypted."]
    )


def _after(clinic: OpenClinic, recall_id: str) -> Answer:
    return _answer(show_recall(clinic, recall_id))


def _answer(row: RecallRow) -> Answer:
    return Answer({"recall": _json(row), "error": None}, _lines(row))


def _line(one: RecallLine) -> str:
    drill = "  DRILL" if one.is_drill else ""
    end = f"  closed {one.closed_at.date().isoformat()}" if one.closed_at else "  OPEN"
    end += wrong_words(one.standing)
    said = f"{one.recall_id[:8]}  {one.opened_at.date().isoformat()}  {one.kind} {one.named}"
    return f"{said}  {one.reached} of {counted(one.people, 'person', 'people')} reached{drill}{end}"


def _lines(row: RecallRow) -> list[str]:
    drill = "  DRILL" if row.is_drill else ""
    lines = [f"{row.recall_id[:8]}  {row.kind} {row.named}{drill}: {row.reason}"]
    people = counted(len(row.people), "person", "people")
    lines.append(f"  {row.reached} of {people} reached; the list took {row.list_ms} ms")
    if row.unlisted:
        said = f"  on no list of it: {counted(row.unlisted, 'person', 'people')} whom it touched later"
        lines.append(f"{said}; open a recall of it again")
    for one in row.people:
        lines.append(f"  {one.patient}  {one.record_number}  {one.phone or one.email or 'no phone on file'}")
        lines += [
            f"    {told.at.date().isoformat()}  {told.how}: {told.outcome}  {told.text}".rstrip()
            for told in one.contacts
        ]
    if row.signed is not None:
        who = ", ".join(filter(None, (row.signed.name, row.signed.credential)))
        said = f"  signed by {who}, {row.signed.at.isoformat(timespec='minutes')}: {row.standing.value}"
        lines += [f"{said}  {row.closing_text}".rstrip(), f"    “{row.signed.statement}”"]
    elif wrong := wrong_words(row.standing):
        lines.append(wrong)
    return lines


def _json(row: RecallRow) -> dict[str, Any]:
    return {
        "id": row.recall_id,
        "kind": row.kind,
        "named": row.named,
        "reason": row.reason,
        "is_drill": row.is_drill,
        "list_ms": row.list_ms,
        "notice_sha256": row.notice_sha256 or None,
        "opened_by": row.opened_by,
        "opened_at": row.opened_at.isoformat(),
        "people": [
            {
                "patient": one.patient,
                "record_number": one.record_number,
                "phone": one.phone,
                "email": one.email,
                "address": one.address,
                "visits": list(one.visits),
                "is_reached": one.is_reached,
                "contacts": [
                    {
                        "how": told.how,
                        "outcome": told.outcome,
                        "text": told.text,
                        "by": told.by,
                        "at": told.at.isoformat(),
                    }
                    for told in one.contacts
                ],
            }
            for one in row.people
        ],
        "reached": row.reached,
        "unlisted": row.unlisted,
        "closed_by": row.closed_by or None,
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
        "closing_text": row.closing_text,
        "standing": row.standing.value,
        "signed": signed_json(row.signed),
    }
