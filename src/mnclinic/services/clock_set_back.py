"""The computer's clock went back: nothing is wrong with the log, and somebody says why it happened.

Entries are ordered by their number, so a wrong clock never alters what is proved. It only makes the times
of entries hard to believe, which a reason mends. Daylight saving and a change of time zone are no steps: the
log's time is UTC.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.entry import fields_as_they_stand
from mnclinic.domain.instants import STEP_TOLERATED, read_instant
from mnclinic.domain.person_details import text_of
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.models import LogEntry, instant_text
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.session import ClockSetBack, OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject

SET_BACK = "clock.set_back"
NO_REASON = "no_reason_given"
OBJECT_ID = "computer_clock"


def set_back_now(session: Session, now: datetime) -> ClockSetBack | None:
    """How far the clock is behind the newest time in the log, unless somebody has said why already."""
    newest = session.scalar(select(LogEntry.entry).order_by(LogEntry.seq.desc()).limit(1))
    if newest is None:
        return None
    high_water = fields_as_they_stand(newest).get("hwm")
    newest_at = read_instant(high_water)
    if newest_at is None:
        return None
    behind = newest_at - now
    if behind <= STEP_TOLERATED:
        return None
    said = session.scalar(
        select(LogEntry.entry).where(LogEntry.object_id == OBJECT_ID).order_by(LogEntry.seq.desc()).limit(1)
    )
    # While the clock is behind, the newest time stays what it is: it tells one set-back from the next.
    earlier = fields_as_they_stand(said)
    is_entered = earlier.get("hwm") == high_water
    if is_entered and NO_REASON not in str(earlier.get("why") or "").split(","):
        return None
    return ClockSetBack(behind, newest_at, is_entered)


def explain_set_back(clinic: OpenClinic, reason: str) -> None:
    """Enter why the clock went back. Whoever logged in is asked once.

    Raises InvalidInput without a reason, ActionRefused when the clock did not go back; nothing was entered.
    """
    # Part of logging in, like one's own account: also for somebody who has yet to choose a password.
    clinic.require(RoleAct.CHANGE_OWN_KEYS)
    reason = text_of(reason)
    if not reason:
        what = "Say why the computer's clock was set back, such as: it had been wrong."
        raise InvalidInput(f"{what} Nothing was entered.", [Problem("reason", what)])
    _enter(clinic, reason)


def enter_unexplained_set_back(clinic: OpenClinic) -> str | None:
    """For commands, which ask nobody: enter it without a reason, once. Returns the sentence to tell.

    The window still asks at the next log-in.
    """
    clinic.require(RoleAct.CHANGE_OWN_KEYS)
    set_back = clinic.clock_set_back
    if set_back is None:
        return None
    sentence = set_back.sentence
    if not set_back.is_entered and clinic.read_only is None:
        _enter(clinic, None)
    return sentence


def _enter(clinic: OpenClinic, reason: str | None) -> None:
    set_back = clinic.clock_set_back
    if set_back is None:
        raise ActionRefused(
            [Refusal("clock_not_set_back", "The computer's clock was not set back. Nothing was entered.")]
        )
    content = {
        "format": "mnclinic.clock/1",
        "newest_at": instant_text(set_back.newest_at),
        "by_s": int(set_back.by.total_seconds()),
    }
    with clinic.work() as work:
        work.log.record(
            Act(
                SET_BACK,
                "E",
                object=LoggedObject("clock", OBJECT_ID, 1, canonical_bytes(content)),
                categories=("log",),
                why=NO_REASON if reason is None else None,
                detail=content if reason is None else content | {"reason": reason},
            )
        )
        work.commit()
    clinic.clock_set_back = None
