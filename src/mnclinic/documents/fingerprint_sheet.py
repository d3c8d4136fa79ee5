"""The fingerprint sheet: how an inspector knows the medical director's key, apart from any bundle."""

from datetime import datetime

from mnclinic.documents.parts import GAP, ink_line, log_stamp, scan_code
from mnclinic.documents.recovery_sheet import CODE_GROUP, LEAD, TITLE
from mnclinic.documents.sheet import GREY, LABEL, LEFT, RIGHT, WIDTH, Cell, Margins, Sheet
from mnclinic.documents.typeface import Face, Style, set_line, set_lines
from mnclinic.documents.words import moment_words

FINGERPRINT_DIGITS = 64
_GROUP = 8
_COLUMNS = 4
_QR_SIDE = 150.0
_TEXT = Style(Face.REGULAR, 10, 14)
_HEADING = Style(Face.BOLD, 10.6, 15)

_WHAT_FOR = (
    "This number names the medical director's signature key. An audit bundle is checked against it: only "
    "a bundle that this key vouches for is called VALID."
)
_HAND_OVER = (
    "Give this page to the inspector in person or by mail, apart from the bundle. A number that comes "
    "inside a bundle proves nothing: whoever forged the one could print the other."
)
_PUBLIC = (
    "The number is not a secret. It opens nothing and signs nothing. What matters is that the right "
    "person handed it over."
)
_CHECK = (
    "Type or scan the number into the verifier: mnclinic bundle verify FILE --trust NUMBER, without spaces. "
    "Or compare all eight groups with the ones that it prints."
)


def fingerprint_sheet_pdf(
    *,
    clinic_name: str,
    director_name: str,
    director_credential: str,
    fingerprint: str,
    made_at: datetime,
    is_demo: bool = False,
    checkpoint: bytes | None = None,
) -> bytes:
    """One page with the clinic's fingerprint, to be signed in ink by the director.

    Args:
        clinic_name: Whose fingerprint it is.
        director_name: As her signatures print it.
        director_credential: As her signatures print it.
        fingerprint: 64 lower-case hex digits: SHA-256 of her public signature key (SPKI).
        made_at: Aware.
        is_demo: Marks the page.
        checkpoint: The log's newest signed checkpoint, for the foot.

    Raises:
        ValueError: The fingerprint is not 64 lower-case hex digits.
    """
    if len(fingerprint) != FINGERPRINT_DIGITS or not set(fingerprint) <= set("0123456789abcdef"):
        raise ValueError("a fingerprint has 64 lower-case hex digits")
    sheet = Sheet(
        title="Fingerprint sheet",
        language="en",
        margins=Margins(
            head_left=clinic_name,
            head_right=f"Made {moment_words(made_at)}",
            foot_codes=fingerprint,
            foot_words="SHA-256 of the medical director's public signature key (SPKI).",
        ),
        is_demo=is_demo,
    )
    sheet.paragraph("Fingerprint sheet", TITLE)
    sheet.space(2)
    sheet.paragraph(
        f"Medical director: {director_name}, {director_credential}" if director_credential else director_name,
        Style(Face.BOLD, 11, 16),
    )
    sheet.space(8)
    sheet.paragraph(_WHAT_FOR, LEAD)
    sheet.space(14)
    _number(sheet, fingerprint)
    sheet.space(20)
    top = sheet.y
    scan_code(sheet, fingerprint, x=RIGHT - _QR_SIDE, side=_QR_SIDE)
    sheet.line(RIGHT - _QR_SIDE / 2 - 43, top - _QR_SIDE - 4, "The same number, to scan", LABEL)
    room = WIDTH - _QR_SIDE - 2 * GAP
    for heading, text in (
        ("Hand it over apart", _HAND_OVER),
        ("How it is checked", _CHECK),
        ("It is no secret", _PUBLIC),
    ):
        sheet.row([Cell(LEFT, [set_line(heading, _HEADING), *set_lines(text, _TEXT, room)])])
        sheet.space(8)
    sheet.y = min(sheet.y, top - _QR_SIDE - 8)
    sheet.space(20)
    sheet.paragraph("I confirm that this is the fingerprint of my own signature key.", LEAD)
    sheet.space(44)
    width = (WIDTH - GAP) * 0.62
    ink_line(sheet, LEFT, width, f"Signature of {director_name} in ink")
    ink_line(sheet, LEFT + width + GAP, WIDTH - width - GAP, "Date")
    sheet.space(58)
    ink_line(sheet, LEFT, width, "Handed to (name and office)")
    ink_line(sheet, LEFT + width + GAP, WIDTH - width - GAP, "Date")
    log_stamp(sheet, checkpoint)
    return sheet.pdf()


def _number(sheet: Sheet, fingerprint: str) -> None:
    """Eight groups of eight in two rows, numbered above."""
    row_height, pad = 50.0, 12.0
    groups = [fingerprint[at : at + _GROUP] for at in range(0, FINGERPRINT_DIGITS, _GROUP)]
    height = row_height * (len(groups) // _COLUMNS) + pad
    top = sheet.y
    sheet.box((LEFT, top - height), (WIDTH, height), fill=None, edge=GREY)
    step = (WIDTH - 2 * pad) / _COLUMNS
    for place, group in enumerate(groups):
        down, across = divmod(place, _COLUMNS)
        x = LEFT + pad + across * step + 6
        baseline = top - pad - down * row_height - 30
        sheet.line(x, baseline + 21, str(place + 1), LABEL)
        sheet.line(x, baseline, group, CODE_GROUP)
    sheet.y = top - height
