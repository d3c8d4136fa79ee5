"""The day-close slip: one page for the binder that fixes the log as it stood when the day was closed."""

from dataclasses import dataclass
from datetime import date, datetime

from mnclinic.audit.note import parse_checkpoint
from mnclinic.documents.parts import GAP, Field, field_grid, ink_line, scan_code
from mnclinic.documents.recovery_sheet import LEAD, TITLE
from mnclinic.documents.sheet import LABEL, LEFT, RIGHT, WIDTH, Cell, Margins, Sheet
from mnclinic.documents.typeface import Face, Style, set_line, set_lines
from mnclinic.documents.words import moment_words

_GROUP = 8
_COLUMNS = 4
_QR_SIDE = 150.0
_ROOT = Style(Face.MONO, 13, 20)
_TEXT = Style(Face.REGULAR, 10, 14)
_HEADING = Style(Face.BOLD, 10.6, 15)

_WHAT_FOR = (
    "Below stands the head of the clinic's log at the moment the day was closed. Put this page into the "
    "binder. Whoever holds it can prove later that nothing entered up to this moment was changed or removed."
)
_CHECK = (
    "Scan the code, or give it as a file: mnclinic check --checkpoint FILE. The check says whether the log "
    "still begins with these entries. Comparing the 64 digits by eye says the same; "
    "mnclinic check --at {size} prints them anew."
)
_NOT = (
    "It does not say that everything done that day was entered, nor that what was entered is true. Open "
    "visits stay open: closing the day locks nothing."
)


@dataclass(frozen=True)
class DaySlip:
    """What a slip says. Counts of visits; `checkpoint` is the signed note; `closed_at` is aware."""

    clinic_name: str
    day: date
    visits: int
    performed: int
    still_open: int
    checkpoint: bytes
    closed_at: datetime
    closed_by: str
    is_demo: bool = False


def day_slip_pdf(slip: DaySlip) -> bytes:
    """One page: the day, the log's size and root, and the whole signed note to scan.

    Raises:
        NotACheckpoint: `checkpoint` is none.
    """
    head = parse_checkpoint(slip.checkpoint)
    root = head.root.hex()
    sheet = Sheet(
        title="Day-close slip",
        language="en",
        margins=Margins(
            head_left=slip.clinic_name,
            head_right=f"Closed {moment_words(slip.closed_at)}",
            foot_codes=root,
            foot_words="Root of the clinic's log (RFC 6962) when the day was closed.",
        ),
        is_demo=slip.is_demo,
    )
    sheet.paragraph(f"Day-close slip, {slip.day.isoformat()}", TITLE)
    sheet.space(6)
    sheet.paragraph(_WHAT_FOR, LEAD)
    sheet.space(14)
    field_grid(
        sheet,
        [
            Field("Visits of the day", str(slip.visits)),
            Field("Performed", str(slip.performed)),
            Field("Still open, earlier days included", str(slip.still_open)),
            Field("Log entries", str(head.size)),
            Field("Closed by", slip.closed_by),
            Field("Closed at", moment_words(slip.closed_at)),
        ],
        x=LEFT,
        width=WIDTH,
    )
    sheet.space(8)
    sheet.paragraph("Root of the log", _HEADING)
    groups = [root[at : at + _GROUP] for at in range(0, len(root), _GROUP)]
    for at in range(0, len(groups), _COLUMNS):
        sheet.row([Cell(LEFT, [set_line("  ".join(groups[at : at + _COLUMNS]), _ROOT)])])
    sheet.space(16)
    top = sheet.y
    scan_code(sheet, slip.checkpoint.decode(), x=RIGHT - _QR_SIDE, side=_QR_SIDE)
    sheet.line(RIGHT - _QR_SIDE / 2 - 43, top - _QR_SIDE - 4, "The signed note, to scan", LABEL)
    room = WIDTH - _QR_SIDE - 2 * GAP
    for heading, text in (
        ("How it is checked", _CHECK.format(size=head.size)),
        ("What it does not say", _NOT),
    ):
        sheet.row([Cell(LEFT, [set_line(heading, _HEADING), *set_lines(text, _TEXT, room)])])
        sheet.space(8)
    sheet.y = min(sheet.y, top - _QR_SIDE - 8)
    sheet.space(44)
    width = (WIDTH - GAP) * 0.62
    ink_line(sheet, LEFT, width, "Initials of whoever filed it")
    ink_line(sheet, LEFT + width + GAP, WIDTH - width - GAP, "Date")
    return sheet.pdf()
