"""Hold allergies, medicines and conditions against what the log entered of them."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import MedicalHistory
from mnclinic.services.check_earlier_forms import NotKnown, detail_of
from mnclinic.services.check_logged import Logged, Named
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.medical_history import as_first_entered, medical_history_bytes


def rows(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each is what its newest entry says, and none that was entered is missing."""
    there: set[str] = set()
    for row in session.scalars(select(MedicalHistory).execution_options(yield_per=500)):
        there.add(row.id)
        where = f"medical history {row.id[:8]}"
        words = logged.named("medical_history", row.id)
        if not words:
            yield StoreFinding(where, "it was never entered in the log")
        elif not words[-1].names(medical_history_bytes(row)) or words[-1].revision != row.edition:
            yield StoreFinding(where, "it is not what the log entered")
        elif not words[0].names(as_first_entered(row)):
            yield StoreFinding(where, "whoever ended it wrote something else in it too, and no act does that")
        elif any(not _says_so(session, logged, word, row) for word in words):
            yield StoreFinding(where, "what its entry says of it in words is not what stands in it")
    for history_id in sorted(logged.ids("medical_history") - there):
        what = f"{history_id[:8]} was entered in the log and is not there any more"
        yield StoreFinding("medical history", what)


def _says_so(session: Session, logged: Logged, word: Named, row: MedicalHistory) -> bool:
    """Whether an act is told in the words of the row; what was erased is held against nothing."""
    try:
        said = detail_of(session, logged, word.seq)
    except NotKnown:
        return True
    told = {"kind": row.kind, "words": row.words}
    if word.action == "medical_history.ended":
        told |= {"ended_on": row.ended_on.isoformat() if row.ended_on else "", "reason": row.ended_reason}
    return said == told
