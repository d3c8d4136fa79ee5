"""A worksheet for Form FDA 3500: what the record says of an adverse event, in the order of the form's blocks.

It is copied onto the form by a person. The program has no network and sends nothing; number and day of the
submission are typed in afterwards, and stand on the next print.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mnclinic.documents.parts import (
    CONTENT_WIDTH,
    GAP,
    Column,
    Field,
    field_grid,
    log_stamp,
    remark,
    section,
    table,
)
from mnclinic.documents.sheet import BODY, CODE, LABEL, STRONG, Margins, Sheet
from mnclinic.documents.typeface import Face, Style
from mnclinic.documents.words import moment_words, spoken

TITLE = Style(Face.BOLD, 20, 27)
_LEAD = Style(Face.REGULAR, 9.4, 13)
NOT_THERE = "not in the record"

_WHAT = (
    "For Form FDA 3500 (MedWatch), or 3500A where the clinic has to report. Filled from the clinic's record; "
    "nothing was sent. Copy it onto the form, send that, and write the number and the day of the submission "
    "down with the event."
)
_CAUSE = (
    "A report does not say that the treatment, the device or a product caused the event. What is marked as "
    f"“{NOT_THERE}” is for the reporter to find out or to leave empty."
)
SERIOUS = (
    ("death", "Death"),
    ("life_threatening", "Life-threatening"),
    ("hospital", "Hospitalization, initial or prolonged"),
    ("disability", "Disability or permanent damage"),
    ("intervention", "Required intervention to prevent permanent impairment or damage"),
    ("other_important", "Other serious or important medical event"),
)


@dataclass(frozen=True)
class Product:
    """A drug, cosmetic or other product that was on or in the skin."""

    what: str
    name: str
    lot: str
    expires_on: str
    amount: str


@dataclass(frozen=True)
class Step:
    """What was done about it. `what` is a code; `grade` is what it was by then, where that was said."""

    what: str
    at: datetime
    by: str
    text: str
    grade: int | None


@dataclass(frozen=True)
class Submission:
    """One that was sent, as somebody typed it in."""

    number: str
    sent_on: date
    text: str


@dataclass(frozen=True)
class Worksheet:
    """What is printed. Instants are aware, at the place's offset; empty text is told as not in the record."""

    clinic_name: str
    is_demo: bool
    event_id: str
    record_number: str
    initials: str
    age_years: int | None
    """On the day of the treatment."""
    born_on: date | None
    sex: str
    what: str
    grade: int
    seriousness: Sequence[str]
    outcome: str
    onset_at: datetime | None
    noted_on: date
    relatedness: str
    told_how: str
    """A code; empty, as is `told_by`, where nobody wrote it down."""
    told_by: str
    is_expected: bool | None
    treatment: str
    note: str
    steps: Sequence[Step]
    """Without the submissions."""
    history: Sequence[str]
    visit: str
    treated: Sequence[str]
    device: Sequence[tuple[str, str]]
    products: Sequence[Product]
    operator: str
    amendments: int
    """How many amendments of the visit were signed."""
    submissions: Sequence[Submission]
    printed_at: datetime
    printed_by: str
    checkpoint: bytes | None = None


def event_worksheet_pdf(sheet_of: Worksheet) -> bytes:
    """The worksheet as a PDF. The patient stands in it by record number and initials, as the form asks."""
    short = sheet_of.event_id[:8]
    sheet = Sheet(
        title=f"FDA 3500 worksheet {short}",
        language="en",
        margins=Margins(
            head_left=sheet_of.clinic_name,
            head_right=f"FDA 3500 worksheet, {moment_words(sheet_of.printed_at)}",
            foot_codes=f"event {short}  visit {sheet_of.visit}",
            foot_words="Confidential: it holds a patient's data and is not encrypted.",
        ),
        is_demo=sheet_of.is_demo,
    )
    sheet.paragraph("Worksheet for Form FDA 3500", TITLE)
    sheet.space(4)
    sheet.paragraph(_WHAT, _LEAD)
    sheet.space(4)
    sheet.paragraph(_CAUSE, _LEAD)
    sheet.space(10)
    _patient(sheet, sheet_of)
    _event(sheet, sheet_of)
    _products(sheet, sheet_of)
    _device(sheet, sheet_of)
    _reporter(sheet, sheet_of)
    log_stamp(sheet, sheet_of.checkpoint)
    return sheet.pdf()


def _said(value: object) -> str:
    return str(value) if value not in (None, "") else NOT_THERE


def _patient(sheet: Sheet, of: Worksheet) -> None:
    with section(sheet, "A  Patient"):
        age = f"{of.age_years} years" if of.age_years is not None else ""
        field_grid(
            sheet,
            [
                Field("A1  Identifier (in confidence)", f"{of.initials}, {of.record_number}", STRONG),
                Field("A2  Age at the treatment", _said(age)),
                Field("A2  Date of birth", _said(of.born_on)),
                Field("A3  Sex", _said(of.sex)),
                Field("A4  Weight", NOT_THERE),
                Field("A5  Ethnicity and race", NOT_THERE),
            ],
        )


def _event(sheet: Sheet, of: Worksheet) -> None:
    onset = moment_words(of.onset_at) if of.onset_at is not None else ""
    with section(sheet, "B  Adverse event"):
        marks = [f"[{'X' if code in of.seriousness else '  '}]  {words}" for code, words in SERIOUS]
        field_grid(
            sheet,
            [
                Field("B1  Type of report", "Adverse event"),
                Field("B3  Date and time of the event", _said(onset)),
                Field("B4  Date of this worksheet", of.printed_at.date().isoformat()),
                Field("Grade that the clinic gave it", f"{of.grade} of 5"),
                Field("Treatment as its cause", _said(of.relatedness)),
                Field("How it ended", of.outcome or "not closed"),
            ],
        )
        remark(sheet, "B2  Outcome attributed to it", LABEL)
        for one in marks:
            remark(sheet, one, BODY)
        sheet.space(4)
        field_grid(sheet, [Field("B5  Describe the event", of.what, STRONG, span=3)])
        for line in _narrative(of):
            remark(sheet, line, BODY)
        sheet.space(4)
        field_grid(sheet, [Field("B6  Relevant tests", NOT_THERE, span=3)])
        history = "; ".join(of.history)
        field_grid(sheet, [Field("B7  Other relevant history", _said(history), span=3)])


def _narrative(of: Worksheet) -> Iterator[str]:
    """What block B5 says after the event's own words, one paragraph each."""
    if of.told_by:
        yield f"Told by {of.told_by} ({spoken(of.told_how)}), noted {of.noted_on.isoformat()}."
    if of.is_expected is not None:
        yield "Expected after needling." if of.is_expected else "Not expected after needling."
    if of.treatment:
        yield f"Done about it: {of.treatment}"
    if of.note:
        yield of.note
    for one in of.steps:
        grade = f" Grade now {one.grade}." if one.grade is not None else ""
        yield f"{moment_words(one.at)}, {spoken(one.what)}, {one.by}: {one.text}{grade}".rstrip(": ")


def _products(sheet: Sheet, of: Worksheet) -> None:
    with section(sheet, "D, F  Products"):
        if not of.products:
            remark(
                sheet, "No topical, anaesthetic or product of the patient's own blood is in the record.", BODY
            )
            return
        table(
            sheet,
            [
                Column("What", 92),
                Column("Name", CONTENT_WIDTH - 92 - 80 - 66 - 70 - 4 * GAP, style=STRONG),
                Column("Lot", 80),
                Column("Expires", 66),
                Column("Amount", 70),
            ],
            [
                (one.what, _said(one.name), _said(one.lot), _said(one.expires_on), _said(one.amount))
                for one in of.products
            ],
        )


def _device(sheet: Sheet, of: Worksheet) -> None:
    with section(sheet, "E  Suspect medical device"):
        fields = [Field(name, _said(value)) for name, value in of.device]
        field_grid(sheet, [*fields, Field("Operator", _said(of.operator))])
        field_grid(sheet, [Field("C  Available for evaluation", "for the reporter to say", span=3)])
        field_grid(sheet, [Field("Treatment", of.visit, STRONG, span=3)])
        for line in of.treated:
            remark(sheet, line, BODY)
        if of.amendments:
            remark(sheet, f"Amendments of this visit that were signed later: {of.amendments}. Read them too.")


def _reporter(sheet: Sheet, of: Worksheet) -> None:
    with section(sheet, "G  Reporter"):
        field_grid(
            sheet,
            [
                Field("Clinic", of.clinic_name, STRONG, span=2),
                Field("Printed by", of.printed_by),
                Field("Event in the clinic's log", of.event_id, CODE, span=3),
            ],
        )
        if not of.submissions:
            remark(sheet, "No submission is written down yet.", BODY)
        for one in of.submissions:
            said = f"Sent on {one.sent_on.isoformat()} with the number {one.number}."
            remark(sheet, f"{said} {one.text}".strip(), BODY)
