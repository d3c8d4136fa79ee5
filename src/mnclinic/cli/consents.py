"""`patient consent`, `patient files` and `visit consent`."""

from pathlib import Path
from typing import Any

from mnclinic.cli.answer import Answer, counted
from mnclinic.cli.request import Request
from mnclinic.domain.attachments import LARGEST_BYTES
from mnclinic.errors import InvalidInput, Problem
from mnclinic.security.plain_file import beginning_of
from mnclinic.services.attachments import AttachmentRow, NewAttachment, keep_attachment, list_attachments
from mnclinic.services.consents_of_person import ConsentOfPerson, ConsentState, consents_of_person
from mnclinic.services.copy_attachment import copy_attachment
from mnclinic.services.find_patients import show_patient
from mnclinic.services.print_consent import print_blank_consent, print_consent, print_precare
from mnclinic.services.withdraw_consent import (
    NewWithdrawal,
    WithdrawalRow,
    withdraw_consent,
)


def withdrawal(request: Request) -> Answer:
    """Write a withdrawal down where that is asked, then list what is there; the look is entered."""
    options = request.options
    with request.clinic() as (clinic, _):
        if options.withdraw:
            new = NewWithdrawal(options.form, None, options.by, options.how, options.note)
            withdraw_consent(clinic, options.patient, new)
        card = show_patient(clinic, options.patient)
        found = consents_of_person(clinic, options.patient, options.on)
    lines = [
        f"{card.record_number} on {found.day}: {counted(len(found.consents), 'consent')}, "
        f"{len(found.withdrawals)} withdrawn"
    ]
    lines += [_consent_line(one) for one in found.consents]
    lines += [_withdrawal_line(one) for one in found.withdrawals]
    answer = {
        "record_number": card.record_number,
        "day": found.day.isoformat(),
        "consents": [_consent(one) for one in found.consents],
        "withdrawals": [_withdrawal(one) for one in found.withdrawals],
        "error": None,
    }
    return Answer(answer, lines)


def files(request: Request) -> Answer:
    """Keep a scan or copy one out where that is asked, then list them; the look is entered."""
    options = request.options
    with request.clinic() as (clinic, _):
        if options.add:
            dated_on = options.dated_on or clinic.clock.now().date()
            content = _content(options.add)
            new = NewAttachment(options.as_kind, options.title, content, dated_on, options.note)
            keep_attachment(clinic, options.patient, new)
        card = show_patient(clinic, options.patient)
        found = list_attachments(clinic, options.patient)
        written = None
        if options.copy:
            named = [one for one in found if one.attachment_id.startswith(options.copy)]
            if len(named) != 1 or options.out is None:
                raise InvalidInput(
                    "Nothing was copied. Name one file of this person by its id, and its place with --out.",
                    [Problem("copy", "This does not name one file.")],
                )
            written = str(copy_attachment(clinic, named[0].attachment_id, options.out).file)
    lines = [f"{card.record_number}: {len(found)} kept", *(_file_line(one) for one in found)]
    lines += [f"Written to {written}; it is not encrypted."] if written else []
    answer = {
        "record_number": card.record_number,
        "files": [_file(one) for one in found],
        "file": written,
        "error": None,
    }
    return Answer(answer, lines)


def printing(request: Request) -> Answer:
    """Write the signed consent of a visit, a form to sign, or the sheet about preparing."""
    options = request.options
    with request.clinic() as (clinic, _):
        if options.form:
            made = print_blank_consent(clinic, options.visit, options.language, options.form)
        elif options.precare:
            made = print_precare(clinic, options.visit, options.language, options.precare)
        else:
            made = print_consent(clinic, options.visit, options.print_to)
    said = f"Written to {made.file}; it is not encrypted."
    return Answer({"visit": options.visit, "file": str(made.file), "error": None}, [said])


def _content(file: Path) -> bytes:
    try:
        content = beginning_of(file, LARGEST_BYTES + 1)
    except OSError:
        raise InvalidInput(
            "The file cannot be read. Nothing was stored. Name a file that is there.",
            [Problem("add", "The file cannot be read.")],
        ) from None
    return content


_STATES = {
    ConsentState.COUNTS: "counts until",
    ConsentState.NOT_YET: "counts from",
    ConsentState.OPEN: "in an open visit",
    ConsentState.EXPIRED: "expired since",
    ConsentState.OLDER_TEXT: "a newer text counts since",
    ConsentState.WITHDRAWN: "withdrawn",
}


def _consent(one: ConsentOfPerson) -> dict[str, Any]:
    return {
        "visit": one.number,
        "form": one.form,
        "version": one.version,
        "language": one.language,
        "title": one.title,
        "signed_at": one.signed_at.isoformat(),
        "signed_by": one.signed_by,
        "how": one.kind,
        "state": one.state.value,
        "changes_on": one.changes_on.isoformat() if one.changes_on else None,
        "carried_into": list(one.carried_into),
    }


def _consent_line(one: ConsentOfPerson) -> str:
    state = " ".join(filter(None, (_STATES[one.state], str(one.changes_on or ""))))
    also = f", also for {', '.join(one.carried_into)}" if one.carried_into else ""
    return (
        f"  {one.signed_at:%Y-%m-%d %H:%M}  {one.form} version {one.version}, {one.language}, "
        f"{one.kind or 'not signed'}, {one.number}{also}: {state}"
    )


def _withdrawal(one: WithdrawalRow) -> dict[str, Any]:
    return {
        "id": one.withdrawal_id,
        "form": one.form or None,
        "withdrawn_at": one.withdrawn_at.isoformat(),
        "withdrawn_by": one.withdrawn_by,
        "how": one.how.value,
        "note": one.note,
        "recorded_by": one.recorded_by,
    }


def _withdrawal_line(one: WithdrawalRow) -> str:
    what = one.form or "every consent"
    return f"  {one.withdrawn_at:%Y-%m-%d %H:%M}  {what}: {one.withdrawn_by}, {one.how.value}"


def _file(one: AttachmentRow) -> dict[str, Any]:
    return {
        "id": one.attachment_id,
        "kind": one.kind.value,
        "title": one.title,
        "media_type": one.media_type,
        "size_bytes": one.size_bytes,
        "sha256": one.sha256,
        "dated_on": one.dated_on.isoformat(),
        "note": one.note,
        "kept_by": one.kept_by,
    }


def _file_line(one: AttachmentRow) -> str:
    return (
        f"  {one.attachment_id[:8]}  {one.dated_on}  {one.kind.value}: {one.title} ({one.size_bytes} bytes)"
    )
