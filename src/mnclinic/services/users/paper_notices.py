"""What is said of papers that end soon or have ended, each once, to whoever has them and to the leaders."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.credentials import NOTICE_DAYS
from mnclinic.domain.plain_days import plain_day
from mnclinic.models import Staff
from mnclinic.services.users.staff_papers import PaperRow, papers_of


def papers_to_tell(
    session: Session, own: str, today: date, *, tells_of_all: bool
) -> Iterator[tuple[str, str]]:
    """A code and a sentence for each paper that has reached a notice. `own` is the staff id of the reader.

    A paper that was renewed is not spoken of. From a week before its end on the code is another one.
    """
    people = session.scalars(select(Staff).where(Staff.is_active).order_by(Staff.name)).all()
    for person in people:
        is_own = person.id == own
        if not is_own and not tells_of_all:
            continue
        for paper in papers_of(session, person, today):
            if paper.notice is not None:
                yield _told(paper, today, is_own=is_own)


def _told(paper: PaperRow, today: date, *, is_own: bool) -> tuple[str, str]:
    number, last_on = f"{paper.kind} {paper.number}", plain_day(paper.expires_on)
    if paper.notice == 0:
        if is_own:
            return "paper_over", f"Your {number} ended on {last_on}. Have the renewed one entered."
        return "paper_over", f"{number} of {paper.name} ended on {last_on}. Enter the renewed one."
    left = (paper.expires_on - today).days
    when = {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")
    code = "paper_ending_soon" if paper.notice == NOTICE_DAYS[-1] else "paper_ending"
    if is_own:
        return code, f"Your {number} ends on {last_on}, {when}. Renew it in time."
    return code, f"{number} of {paper.name} ends on {last_on}, {when}. Ask for the renewed one in time."
