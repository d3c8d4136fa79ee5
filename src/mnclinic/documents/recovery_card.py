"""A person's recovery card: their own way back in when their password is forgotten."""

from collections.abc import Sequence
from datetime import datetime

from mnclinic.documents.parts import log_stamp
from mnclinic.documents.recovery_sheet import TITLE, code_frame, halves, keeping
from mnclinic.documents.sheet import Margins, Sheet
from mnclinic.documents.typeface import Face, Style
from mnclinic.documents.words import moment_words

_WHOSE = Style(Face.BOLD, 11, 16)
_COLUMNS = 5

_OPENS = (
    "With this code you choose a new password when you forgot yours. Your keys stay the same, your "
    "signature key too if you have one. Then it opens only older copies of the clinic's key file, such as a "
    "backup's: destroy it and make a new code."
)
_WHOSE_ALONE = (
    "It is yours alone. Whoever holds it and the clinic's data folder can work and sign in your name. "
    "Neither the administrator nor the makers of the program can make another copy."
)
_KEEP = (
    "Keep it at home or in your own locked drawer, not at the clinic's PC and not with its backups.",
    "Do not photograph, copy or mail it, and give it to nobody, the administrator included.",
    "Delete the file that it was printed from.",
    "If it is lost or was seen, make a new one the same day, and say there that somebody else may have this "
    "one: your keys are made anew then, so that nothing that this code opens signs in your name.",
)


def recovery_card_pdf(
    *,
    clinic_name: str,
    person: str,
    user: str,
    groups: Sequence[str],
    made_at: datetime,
    vault: str,
    is_demo: bool = False,
    checkpoint: bytes | None = None,
) -> bytes:
    """One page with a personal recovery code. It is a secret of the person it names.

    Args:
        clinic_name: Where the person works.
        person: Their name as printed.
        user: The name they log in with.
        groups: The code's groups, in order; each is printed with its number from 1.
        made_at: Aware.
        vault: The clinic's id.
        is_demo: Marks the page.
        checkpoint: The log's newest signed checkpoint, for the foot.
    """
    sheet = Sheet(
        title="Personal recovery code",
        language="en",
        margins=Margins(
            head_left=clinic_name,
            head_right=f"Made {moment_words(made_at)}",
            foot_codes=f"clinic {vault}",
            foot_words="A personal secret. This page is not part of any patient's record.",
        ),
        is_demo=is_demo,
    )
    sheet.paragraph("Personal recovery code", TITLE)
    sheet.space(2)
    sheet.paragraph(f"{person}, user name {user}", _WHOSE)
    sheet.space(8)
    halves(sheet, ("What it does", _OPENS), ("Whose it is", _WHOSE_ALONE))
    sheet.space(14)
    code_frame(sheet, groups, columns=_COLUMNS)
    sheet.space(22)
    keeping(sheet, _KEEP, "-".join(groups))
    log_stamp(sheet, checkpoint)
    return sheet.pdf()
