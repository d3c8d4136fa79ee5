"""The papers of a recall: whom to call, a letter to each of them, and a report with its figures."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mnclinic.documents.parts import GAP, Column, Field, field_grid, log_stamp, number_lines, table
from mnclinic.documents.recovery_sheet import TITLE
from mnclinic.documents.sheet import HEADING, LEFT, SMALL, STRONG, WIDTH, Margins, Sheet
from mnclinic.documents.typeface import Face, Style
from mnclinic.documents.words import moment_words
from mnclinic.resource_files import resource_text

_TEXT = Style(Face.REGULAR, 11, 16)
_BOLD = Style(Face.BOLD, 11, 16)
LETTER_LANGUAGES = ("en", "es")
_FIRST = (
    Column("Patient", 98, style=STRONG),
    Column("Phone or address", 116),
    Column("Visits", 54),
    Column("Told", 74),
)
CALL_COLUMNS = (
    *_FIRST,
    # Room to write on.
    Column("Day, hour and what came of it", WIDTH - sum(one.width + GAP for one in _FIRST), style=SMALL),
)
LETTERS = "Letters of a recall"
NAMES_PATIENTS = "Names patients: keep it from others' eyes, and shred it when it has been entered."


@dataclass(frozen=True)
class PersonOnPaper:
    """Somebody on the list. `visits` are numbers, `told` is every try so far in words."""

    patient: str
    record_number: str
    phone: str
    email: str
    address: str
    language: str
    visits: Sequence[str]
    told: Sequence[str]
    is_deceased: bool = False


@dataclass(frozen=True)
class RecallEnd:
    """What the director signed at its end, by whom and when at the clinic's clock; `wrong` in words."""

    by: str
    at: datetime | None
    statement: str
    text: str
    wrong: str


@dataclass(frozen=True)
class RecallOnPaper:
    """A recall in words, and how far it is. `list_ms` is the time from the question to the list."""

    what: str
    named: str
    is_device: bool
    reason: str
    is_drill: bool
    opened_by: str
    opened_at: datetime
    list_ms: int
    notice_sha256: str
    closing: RecallEnd | None
    reached: int
    tried: int
    people: Sequence[PersonOnPaper]


@dataclass(frozen=True)
class Printing:
    """Whose paper it is, who prints it and when, and the log's newest signed checkpoint."""

    clinic_name: str
    printed_by: str
    printed_at: datetime
    is_demo: bool
    checkpoint: bytes
    phone: str = ""
    """The number that a letter asks to be called; a line to write on where there is none."""


def call_list_pdf(recall: RecallOnPaper, printing: Printing) -> bytes:
    """Whom to call, with room to write on. Raises NotACheckpoint where the checkpoint is none."""
    sheet = _sheet("Call list of a recall", printing, foot=NAMES_PATIENTS)
    sheet.paragraph("Call list", TITLE)
    _about(sheet, recall)
    rows = [
        (
            f"{one.patient}, {one.record_number}{' (deceased)' if one.is_deceased else ''}",
            " · ".join(part for part in (one.phone, one.email, one.address) if part) or "nothing on file",
            ", ".join(one.visits),
            "; ".join(one.told) or "not yet",
            "",
        )
        for one in recall.people
    ]
    if rows:
        table(sheet, CALL_COLUMNS, rows, x=LEFT)
    else:
        sheet.paragraph("No signed visit names it: there is nobody to call.", x=LEFT)
    log_stamp(sheet, printing.checkpoint)
    return sheet.pdf()


def letters_pdf(recall: RecallOnPaper, printing: Printing) -> bytes:
    """A letter to each, in their language where there is one; whoever was reached needs none.

    Each counts its own pages: how many others are written to is nobody's to read.
    """
    letters = [_letter(recall, one, printing) for one in recall.people]
    if not letters:
        letters = [_sheet(LETTERS, printing, foot="")]
        letters[0].paragraph(
            "Everybody on the list was reached or has died: there is no letter to send.", x=LEFT
        )
    return letters[0].pdf(*letters[1:])


def report_pdf(recall: RecallOnPaper, printing: Printing) -> bytes:
    """The figures of a recall or a drill; it names no patient."""
    title = "Recall drill report" if recall.is_drill else "Recall report"
    sheet = _sheet(title, printing, foot="Figures alone: it names no patient.")
    sheet.paragraph(title, TITLE)
    _about(sheet, recall)
    visits = sum(len(one.visits) for one in recall.people)
    contacts = sum(len(one.told) for one in recall.people)
    reachable = sum(bool(one.phone or one.email or one.address) for one in recall.people)
    sheet.paragraph("Figures", HEADING)
    field_grid(
        sheet,
        [
            Field("From the question to the list", f"{recall.list_ms / 1000:.3f} s"),
            Field("People on the list", f"{len(recall.people):,}"),
            Field("Their visits", f"{visits:,}"),
            Field("With a phone, mail or address on file", f"{reachable:,}"),
            Field("Tried at least once", f"{recall.tried:,}"),
            Field("Reached", f"{recall.reached:,}"),
            Field("Tries written down", f"{contacts:,}"),
        ],
        x=LEFT,
        width=WIDTH,
    )
    sheet.space(8)
    sheet.paragraph("End", HEADING)
    end = recall.closing
    if end is None:
        sheet.paragraph("The director has not closed it.", x=LEFT)
    else:
        if end.wrong:
            said = f"Not closed: what stands here is no director's word. {end.wrong}"
            sheet.paragraph(said, STRONG, x=LEFT)
        if end.at is not None:
            said = f"Signed by {end.by}, {moment_words(end.at)}. {end.text}".strip()
            sheet.paragraph(said, x=LEFT)
            sheet.paragraph(f"“{end.statement}”", x=LEFT)
    sheet.space(10)
    log_stamp(sheet, printing.checkpoint)
    return sheet.pdf()


def _sheet(title: str, printing: Printing, *, foot: str) -> Sheet:
    return Sheet(
        title=title,
        language="en",
        margins=Margins(
            head_left=printing.clinic_name,
            head_right=f"Printed {moment_words(printing.printed_at)} by {printing.printed_by}",
            foot_words=foot,
        ),
        is_demo=printing.is_demo,
    )


def _about(sheet: Sheet, recall: RecallOnPaper) -> None:
    kind = "A drill: nothing was called back." if recall.is_drill else recall.reason
    field_grid(
        sheet,
        [
            Field("What", recall.what),
            Field("Opened", f"{moment_words(recall.opened_at)} by {recall.opened_by}"),
            Field("Why", kind),
            Field("Notice (SHA-256)", recall.notice_sha256[:16] or "none"),
        ],
        x=LEFT,
        width=WIDTH,
    )
    sheet.space(8)


def _letter(recall: RecallOnPaper, one: PersonOnPaper, printing: Printing) -> Sheet:
    language = one.language if one.language in LETTER_LANGUAGES else "en"
    margins = Margins(
        head_left=printing.clinic_name,
        # Its day: who printed it, in whatever language the clinic works, is nothing to whoever gets it.
        head_right=printing.printed_at.date().isoformat(),
    )
    sheet = Sheet(title=LETTERS, language=language, margins=margins, is_demo=printing.is_demo)
    words = letter_words(language)
    name = " ".join(reversed(one.patient.split(", ", 1)))
    if recall.is_drill:
        # Whoever posts it all the same must not frighten anybody.
        sheet.paragraph(words["drill"], TITLE)
        sheet.space(10)
    for line in (name, *(part.strip() for part in one.address.splitlines())):
        sheet.paragraph(line, _TEXT)
    sheet.space(30)
    sheet.paragraph(words["title"], TITLE)
    sheet.space(6)
    said = {
        "patient": name,
        "named": words["device" if recall.is_device else "lot"].format(named=recall.named),
        "visits": ", ".join(one.visits),
        "reason": recall.reason,
    }
    for name in ("greeting", "why", "reason", "ask"):
        sheet.paragraph(words[name].format(**said), _TEXT)
        sheet.space(8)
    sheet.paragraph(words["urgent"], _BOLD)
    sheet.space(30)
    number_lines(sheet, (words["number"], words["signature"]), (printing.phone, ""), _BOLD)
    sheet.space(26)
    sheet.paragraph(printing.clinic_name, _TEXT)
    return sheet


def letter_words(language: str) -> Mapping[str, str]:
    """The words of a letter in this language, in English where there are none."""
    every: dict[str, dict[str, str]] = json.loads(resource_text("documents/recall-letter.json"))
    return every[language if language in LETTER_LANGUAGES else "en"]
