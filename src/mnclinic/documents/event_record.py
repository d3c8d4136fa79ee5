"""One adverse event as it was written down, and all that was done about it, for a bundle."""

from collections.abc import Mapping, Sequence
from typing import Any

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.documents.parts import (
    CONTENT,
    CONTENT_WIDTH,
    Field,
    field_grid,
    log_stamp,
    note,
    remark,
    section,
)
from mnclinic.documents.recovery_sheet import TITLE
from mnclinic.documents.sheet import (
    BODY,
    CODE,
    LABEL,
    LEFT,
    MARK_WIDTH,
    STRONG,
    WIDTH,
    Cell,
    Margins,
    Mark,
    Sheet,
)
from mnclinic.documents.typeface import Line, set_lines
from mnclinic.documents.visit_words import HASH_DIGITS, Json
from mnclinic.documents.words import capital, instant_words, said, spoken
from mnclinic.domain.adverse_events import QUICK_PICKS, EventKind

_WRONG_PATIENT = (
    "WRONG PATIENT: the visit was filed to the wrong patient, and this event with it. It is not counted "
    "as theirs."
)
_TITLES = {
    "told": "The director was told",
    "acknowledged": "The director acknowledged it",
    "note": "Note",
    "reported": "Reported to an authority",
    "closed": "Closed",
}


def event_record_pdf(
    event: Json,
    steps: Sequence[Mapping[str, Any]],
    *,
    visit: str,
    patient: str,
    record_number: str,
    recorded_by: str,
    recorded_at: str,
    utc_offset: str,
    is_misfiled: bool,
    clinic_name: str,
    is_demo: bool,
    checkpoint: bytes,
) -> bytes:
    """The page of one adverse event.

    Args:
        event: `mnclinic.adverse-event/1` or `/2`.
        steps: Oldest first, each its document (`said`), the printed name of whoever entered it (`by`) and
            what is `wrong` with the signature under it, empty where nothing is.
        visit: The number of the visit that it came after.
        patient: Printed name of the person.
        record_number: Of the record that the visit stands under.
        recorded_by: Printed name.
        recorded_at: RFC 3339 instant, shown by the clinic's clock of then (`utc_offset`).
        utc_offset: Such as "-06:00".
        is_misfiled: Its visit was filed to the wrong patient.
        clinic_name: As it stands in the head of each page.
        is_demo: Marks every page.
        checkpoint: The log's newest signed checkpoint, to scan on the last page.

    Raises NotACheckpoint where `checkpoint` is none.
    """
    digest = sha256_hex(canonical_bytes(event))
    sheet = Sheet(
        title=f"Adverse event after visit {visit}",
        language="en",
        margins=Margins(
            head_left=clinic_name,
            head_right=f"Adverse event after visit {visit}",
            foot_words=f"Adverse event {event['id'][:8]}, SHA-256 {digest[:HASH_DIGITS]}",
        ),
        is_demo=is_demo,
    )
    sheet.paragraph("Adverse event", TITLE)
    if is_misfiled:
        sheet.row([Cell(LEFT, set_lines(_WRONG_PATIENT, STRONG, WIDTH - MARK_WIDTH), mark=Mark.STOP)])
        sheet.space(6)
    _account(
        sheet,
        event,
        utc_offset,
        first=(
            Field("Patient", f"{patient}, {record_number}", STRONG),
            Field("Visit", visit, STRONG),
            Field("Written down", f"{instant_words(recorded_at, utc_offset)} by {recorded_by}"),
        ),
    )
    with section(sheet, "What was done"):
        if not steps:
            remark(sheet, "Nothing was written down about it yet.")
        for one in steps:
            _step(sheet, one, utc_offset)
    log_stamp(sheet, checkpoint)
    return sheet.pdf()


def _account(sheet: Sheet, event: Json, utc_offset: str, *, first: Sequence[Field]) -> None:
    with section(sheet, "Account"):
        fields = [*first, Field("Grade", str(event["grade"]), STRONG), Field("Noted on", event["noted_on"])]
        if event["format"] == "mnclinic.adverse-event/2":
            fields += [
                Field("Kind", _kind(event["kind"])),
                Field("Began", instant_words(event["onset_at"], utc_offset)),
                Field("Expected after needling", said(event["is_expected"])),
                Field("Caused by the treatment", spoken(event["relatedness"])),
                Field("Serious because of", _serious(event["seriousness"])),
                Field("How the clinic knew", spoken(event["told_how"])),
                Field("Told by", said(event["told_by"])),
                Field("Director to be told by", instant_words(event["tell_by"], utc_offset)),
                Field("Director to sign by", instant_words(event["sign_by"], utc_offset)),
            ]
        field_grid(sheet, fields)
        note(sheet, "What happened", said(event["event"]))
        if event.get("treatment"):
            note(sheet, "What was done at once", event["treatment"])
        if event["note"]:
            note(sheet, "Note", event["note"])


def _kind(kind: str | None) -> str:
    return QUICK_PICKS[EventKind(kind)].words if kind in set(EventKind) and kind else spoken(kind)


def _serious(words: str | None) -> str:
    return ", ".join(spoken(one) for one in (words or "").split(",") if one) or "not serious"


def _step(sheet: Sheet, one: Mapping[str, Any], utc_offset: str) -> None:
    step = one["said"]
    what = step.get("what", "acknowledged")
    sheet.need(52)
    title = set_lines(_TITLES[what], STRONG, CONTENT_WIDTH - MARK_WIDTH)
    sheet.row([Cell(CONTENT, title, mark=Mark.STOP if one["wrong"] else Mark.NOTED)])
    below: list[Line] = []
    if one["wrong"]:
        below += set_lines(f"DOES NOT HOLD: {capital(one['wrong'])}.", STRONG, CONTENT_WIDTH)
    if step["text"]:
        below += set_lines(step["text"], BODY, CONTENT_WIDTH)
    if what == "acknowledged":
        below += _signature(step)
    else:
        below += set_lines(". ".join(_parts(step)) + ".", BODY, CONTENT_WIDTH) if _parts(step) else []
        entered = f"Entered {instant_words(step['recorded_at'], utc_offset)} by {one['by']}"
        below += set_lines(entered, LABEL, CONTENT_WIDTH)
    sheet.row([Cell(CONTENT, below)])
    sheet.space(8)


def _parts(step: Json) -> list[str]:
    parts = []
    if step["grade"] is not None:
        parts.append(f"Grade now {step['grade']}" if step["grade"] else "It is gone")
    if step["outcome"]:
        parts.append(f"Outcome: {spoken(step['outcome'])}")
    if step["reported_on"]:
        parts.append(f"Sent {step['reported_on']}, number {step['report_number']}")
    return parts


def _signature(step: Json) -> list[Line]:
    signer, tree = step["signer"], step["tree"]
    who = ", ".join(str(part) for part in (signer["name"], signer["credential"]) if part)
    at = instant_words(step["signed_at"], step["utc_offset"])
    signed = f"Signed {at} by {who}, licence {said(signer['licence'])}."
    digits = (
        f"event {step['event_sha256'][:HASH_DIGITS]}  key {signer['key'][:HASH_DIGITS]}  "
        f"log {tree['size']} / {tree['root'][:HASH_DIGITS]}"
    )
    return [
        *set_lines(signed, BODY, CONTENT_WIDTH),
        *set_lines(f"“{step['statement']}”", BODY, CONTENT_WIDTH),
        *set_lines(digits, CODE, CONTENT_WIDTH),
    ]
