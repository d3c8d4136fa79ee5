"""The recovery sheet: the clinic's way back in when nobody's password opens it."""

from collections.abc import Sequence
from datetime import datetime

from mnclinic.documents.sheet import HEADING, LABEL, LEFT, Cell, Margins, Sheet
from mnclinic.documents.typeface import Face, Style, set_line

PER_LINE = 4
GROUP_WIDTH = 128
QR_SIDE = 120


def recovery_sheet_pdf(*, clinic_name: str, groups: Sequence[str], made_at: datetime, vault: str) -> bytes:
    """One page: what the sheet opens and never opens, its groups with numbers, and the same as a QR code."""
    sheet = Sheet(
        title="Recovery sheet",
        language="en",
        margins=Margins(
            head_left=clinic_name,
            head_right=f"made {made_at.date().isoformat()}",
            foot_codes=f"clinic {vault}",
        ),
        is_demo=False,
    )
    words = Style(Face.REGULAR, 10.5, 15)
    sheet.paragraph("Recovery sheet", Style(Face.BOLD, 20, 30))
    sheet.paragraph(
        "Whoever holds this sheet and the clinic's files can read every record. Keep it under lock, away "
        "from the PC. Print it once, then delete the file. It opens the records; it never opens anybody's "
        "signature key, so nobody can sign with it.",
        words,
    )
    sheet.space(14)
    sheet.paragraph("The code, group by group", HEADING)
    sheet.space(6)
    big = Style(Face.MONO, 17, 30)
    for start in range(0, len(groups), PER_LINE):
        cells = []
        for place, group in enumerate(groups[start : start + PER_LINE]):
            x = LEFT + place * GROUP_WIDTH
            cells += [
                Cell(x, [set_line(str(start + place + 1), LABEL)]),
                Cell(x + 20, [set_line(group, big)]),
            ]
        sheet.row(cells)
    sheet.paragraph("Each group ends in a check character, so a mistyped group is named.", words)
    sheet.space(14)
    sheet.paragraph("The same code for a scanner", HEADING)
    sheet.space(6)
    _qr(sheet, "-".join(groups))
    sheet.space(40)
    sheet.paragraph("Kept by (name, date, signature): ______________________________________", words)
    return sheet.pdf()


def _qr(sheet: Sheet, text: str) -> None:
    import segno

    matrix = [list(line) for line in segno.make(text, micro=False).matrix]
    module = QR_SIDE / len(matrix)
    top = sheet.y
    sheet.squares(
        [
            (LEFT + across * module, top - (down + 1) * module, module, module)
            for down, line in enumerate(matrix)
            for across, dark in enumerate(line)
            if dark
        ]
    )
    sheet.space(QR_SIDE)
