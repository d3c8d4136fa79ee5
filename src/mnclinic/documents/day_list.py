"""The day's list on paper: who is expected when, for the desk and for a day on which the PC is dark."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mnclinic.documents.parts import GAP, Column, log_stamp, table
from mnclinic.documents.recovery_sheet import TITLE
from mnclinic.documents.sheet import LEFT, SMALL, STRONG, WIDTH, Margins, Sheet
from mnclinic.documents.words import moment_words

_FIRST = (
    Column("Time", 28, style=STRONG),
    Column("Patient", 118, style=STRONG),
    Column("Born", 56),
    Column("Service", 50),
    Column("Performer", 58),
    Column("State", 46),
)
COLUMNS = (
    *_FIRST,
    # The note takes what is left of the page.
    Column("Note", WIDTH - sum(one.width + GAP for one in _FIRST), style=SMALL),
)


@dataclass(frozen=True)
class DayListLine:
    """One line, in words. Empty is shown as nothing."""

    at_time: str
    patient: str
    record_number: str
    born: str
    service: str
    performer: str
    state: str
    note: str


def day_list_pdf(
    *,
    clinic_name: str,
    day: date,
    lines: Sequence[DayListLine],
    printed_at: datetime,
    printed_by: str,
    is_demo: bool,
    checkpoint: bytes,
) -> bytes:
    """The list over as many pages as it takes, with the log's checkpoint at its foot.

    Args:
        clinic_name: Whose list it is.
        day: Which day's.
        lines: By time.
        printed_at: Aware.
        printed_by: The printed name.
        is_demo: Marks each page.
        checkpoint: The log's newest signed checkpoint.

    Raises:
        NotACheckpoint: `checkpoint` is none.
    """
    sheet = Sheet(
        title="Day list",
        language="en",
        margins=Margins(
            head_left=clinic_name,
            head_right=f"Printed {moment_words(printed_at)} by {printed_by}",
            foot_words="Names patients: keep it from others' eyes, and shred it at the end of the day.",
        ),
        is_demo=is_demo,
    )
    sheet.paragraph(f"{day:%A}, {day.day} {day:%b %Y}", TITLE)
    sheet.space(8)
    if lines:
        rows = [
            (
                line.at_time,
                f"{line.patient}, {line.record_number}",
                line.born,
                line.service,
                line.performer,
                line.state,
                line.note,
            )
            for line in lines
        ]
        table(sheet, COLUMNS, rows, x=LEFT)
    else:
        sheet.paragraph("Nobody is on the list of this day.", x=LEFT)
    log_stamp(sheet, checkpoint)
    return sheet.pdf()
