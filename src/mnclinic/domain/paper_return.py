"""What is told of a paper sheet that came back beside the visit that it was entered as.

The visit was treated, so nothing here refuses; whoever holds the sheet sees whether it is the right one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

MOST_DAYS = 31
"""A sheet older than this at the visit is told of: it was printed for a day without the program, of then."""


@dataclass(frozen=True)
class ReturnedSheet:
    """A sheet and the visit that it became. Instants are in the clinic's time; protocols as `face v2`.

    `late_entered_at` is when a visit was signed that its record calls a late entry, None for every other;
    `others` are the numbers of sheets that came back as the same visit before.
    """

    protocol: str
    printed_at: datetime
    visit: str
    visit_protocol: str | None
    began_at: datetime
    late_entered_at: datetime | None
    others: Sequence[str] = ()


def notes_on_return(sheet: ReturnedSheet) -> Iterator[str]:
    """Every sentence that whoever brought the sheet back has to read, none where all is as expected."""
    printed_at = sheet.printed_at.replace(second=0, microsecond=0)
    days = (sheet.began_at.date() - printed_at.date()).days
    if sheet.began_at < printed_at:
        yield (
            f"Visit {sheet.visit} began at {sheet.began_at:%H:%M}, before this sheet was printed at "
            f"{printed_at:%H:%M}. Check the number of the visit and its times."
        )
    elif days > MOST_DAYS:
        yield f"The sheet was printed {days} days before visit {sheet.visit}. Check that it is this visit's."
    if sheet.visit_protocol is not None and sheet.visit_protocol != sheet.protocol:
        yield (
            f"The sheet shows the limits of {sheet.protocol}; the visit was judged by {sheet.visit_protocol}."
        )
    if sheet.late_entered_at is not None:
        late_days = (sheet.late_entered_at.date() - sheet.began_at.date()).days
        if late_days > 1:
            yield f"The visit was entered {late_days} days after it began, and is marked as a late entry."
        elif late_days == 1:
            yield "The visit was entered a day after it began, and is marked as a late entry."
        else:
            yield "The visit was entered later on its day, and is marked as a late entry."
    for number in sheet.others:
        yield f"Sheet {number} came back as the same visit before. One of the two may be another visit's."
