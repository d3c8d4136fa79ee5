"""The clinic's recovery sheet: the printed way back in when every password is lost."""

from collections.abc import Sequence
from datetime import datetime

from mnclinic.documents.parts import GAP, ink_line, log_stamp, scan_code
from mnclinic.documents.sheet import GREY, LABEL, LEFT, RIGHT, WIDTH, Cell, Margins, Sheet
from mnclinic.documents.typeface import Face, Style, set_line, set_lines
from mnclinic.documents.words import moment_words

TITLE = Style(Face.BOLD, 20, 27)
LEAD = Style(Face.REGULAR, 10, 14.5)
CODE_GROUP = Style(Face.MONO, 20, 30)
_LARGE = Style(Face.MONO, 24, 34)
_BIG_HEADING = Style(Face.BOLD, 10.6, 15)
_PLACE = Style(Face.REGULAR, 8, 10, GREY)
_STEP = Style(Face.REGULAR, 10, 14)
_STEP_NUMBER = Style(Face.BOLD, 10, 14)

_COLUMNS = 4
_QR_SIDE = 150.0

_OPENS = (
    "Together with the clinic's data folder or a backup, it opens every record of this clinic when "
    "nobody's password does."
)
_NEVER_OPENS = (
    "It opens nobody's signature key. Nobody can sign or approve a visit with it, the owner and the "
    "makers of the program included."
)
_KEEP = (
    "Put it in a sealed envelope with a signature across the flap.",
    "Lock it away from the PC and from the backups. Who holds both can read every record.",
    "Do not photograph, copy, mail or type it, except to open the clinic again.",
    "Delete the file that it was printed from.",
    "If it is lost or was seen, tell the owner and the medical director the same day.",
)
_TYPING = (
    "The letters I, L and O are never used: what looks like one of them is a 1 or a 0. Capitals, spaces "
    "and dashes do not matter. The program names the group that was mistyped."
)


def recovery_sheet_pdf(
    *,
    clinic_name: str,
    groups: Sequence[str],
    made_at: datetime,
    vault: str,
    scan_text: str | None = None,
    is_demo: bool = False,
    checkpoint: bytes | None = None,
) -> bytes:
    """One page with the recovery code. It is a secret: the caller gives it to nobody but its owner.

    Args:
        clinic_name: Whose sheet it is.
        groups: The code's groups, in order; each is printed with its number from 1.
        made_at: Aware.
        vault: The clinic's id, which tells two sheets apart.
        scan_text: What the QR code holds; the groups joined by dashes unless given.
        is_demo: Marks the page.
        checkpoint: The log's newest signed checkpoint, for the foot.
    """
    sheet = Sheet(
        title="Recovery sheet",
        language="en",
        margins=Margins(
            head_left=clinic_name,
            head_right=f"Made {moment_words(made_at)}",
            foot_codes=f"clinic {vault}",
            foot_words="Keep under lock. This page is not part of any patient's record.",
        ),
        is_demo=is_demo,
    )
    sheet.paragraph("Recovery sheet", TITLE)
    sheet.space(8)
    halves(sheet, ("What it opens", _OPENS), ("What it never opens", _NEVER_OPENS))
    sheet.space(14)
    code_frame(sheet, groups)
    sheet.space(22)
    keeping(sheet, _KEEP, scan_text or "-".join(groups))
    sheet.space(52)
    width = (WIDTH - 2 * GAP) / 3
    labels = ("Read back and sealed by (print name)", "Signature in ink", "Date, and where it is kept")
    for place, label in enumerate(labels):
        ink_line(sheet, LEFT + place * (width + GAP), width, label)
    log_stamp(sheet, checkpoint)
    return sheet.pdf()


def halves(sheet: Sheet, left: tuple[str, str], right: tuple[str, str]) -> None:
    """Two headings with a text under each, side by side: what a code does, and what it does not."""
    half = (WIDTH - GAP * 2) / 2
    places = ((LEFT, left), (LEFT + half + GAP * 2, right))
    sheet.row(
        [
            Cell(place, [set_line(heading, _BIG_HEADING), *set_lines(words, LEAD, half)])
            for place, (heading, words) in places
        ]
    )


def code_frame(sheet: Sheet, groups: Sequence[str], *, columns: int = _COLUMNS) -> None:
    """Numbered groups in a frame, read across."""
    row_height, pad = 50.0, 10.0
    rows = [groups[first : first + columns] for first in range(0, len(groups), columns)]
    height = row_height * len(rows) + pad
    sheet.need(height)
    top = sheet.y
    sheet.box((LEFT, top - height), (WIDTH, height), fill=None, edge=GREY)
    step = (WIDTH - 2 * pad) / columns
    for down, row in enumerate(rows):
        for across, group in enumerate(row):
            x = LEFT + pad + across * step
            baseline = top - pad - down * row_height - 31
            sheet.line(x + 14, baseline, str(down * columns + across + 1), _PLACE, align_right=True)
            sheet.line(x + 20, baseline, group, _LARGE)
    sheet.y = top - height


def keeping(sheet: Sheet, steps: Sequence[str], scan_text: str) -> None:
    """How to keep the page and how to type its code, beside the code to scan."""
    top = sheet.y
    sheet.space(-6)
    scan_code(sheet, scan_text, x=RIGHT - _QR_SIDE, side=_QR_SIDE)
    sheet.y = top
    sheet.line(RIGHT - _QR_SIDE / 2 - 40, top - _QR_SIDE + 4, "The same code, to scan", LABEL)
    room = WIDTH - _QR_SIDE - 2 * GAP
    sheet.row([Cell(LEFT, [set_line("How to keep it", _BIG_HEADING)])])
    sheet.space(3)
    for number, text in enumerate(steps, start=1):
        sheet.row(
            [
                Cell(LEFT, [set_line(f"{number}", _STEP_NUMBER)]),
                Cell(LEFT + 14, set_lines(text, _STEP, room - 14)),
            ]
        )
        sheet.space(2.5)
    sheet.space(6)
    sheet.row([Cell(LEFT, [set_line("Typing it in", _BIG_HEADING), *set_lines(_TYPING, _STEP, room)])])
    sheet.y = min(sheet.y, top - _QR_SIDE)
