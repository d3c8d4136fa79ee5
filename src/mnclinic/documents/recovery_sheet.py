"""The recovery sheet: the clinic's way back in when nobody's password opens it."""

from collections.abc import Sequence
from datetime import datetime

from mnclinic.documents.sheet import BOLD, Sheet

PER_LINE = 4


def recovery_sheet_pdf(*, clinic_name: str, groups: Sequence[str], made_at: datetime, vault: str) -> bytes:
    """One page: what the sheet opens and never opens, its groups with numbers, and the same as a QR code."""
    sheet = Sheet("Recovery sheet", foot=f"{clinic_name} · clinic {vault[:8]} · made {made_at.date().isoformat()}")
    sheet.line("Recovery sheet", font=BOLD, size=20)
    sheet.down(22)
    sheet.line(clinic_name, size=12)
    sheet.down(26)
    sheet.words(
        "Whoever holds this sheet and the clinic's files can read every record. Keep it under lock, away from "
        "the PC. Print it once, then delete the file. It opens the records; it never opens anybody's signature "
        "key, so nobody can sign with it.",
        size=10.5,
    )
    sheet.heading("The code, group by group")
    for start in range(0, len(groups), PER_LINE):
        for place, group in enumerate(groups[start : start + PER_LINE]):
            sheet.line(f"{start + place + 1}", x=place * 128, size=8)
            sheet.line(group, x=place * 128 + 18, font=BOLD, size=16)
        sheet.down(30)
    sheet.words("Each group ends in a check character: a mistyped group is named when the code is typed in.", size=9)
    sheet.heading("The same code for a scanner")
    sheet.qr("-".join(groups), side=120)
    sheet.heading("Kept by")
    sheet.down(26)
    sheet.line("Name, date, signature: ______________________________________________")
    return sheet.finish()
