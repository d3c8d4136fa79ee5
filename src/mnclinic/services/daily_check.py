"""The check of every day: begun by the program after the day's first log-in, its outcome in the log for all.

What did not come to its end by then is made up for at closing. Its beginning is an entry too, so that a
check that never came to its end is known the next day; so is a day on which none was begun. Of one that a
person asks for the end alone is entered.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.instants import read_instant, zone_of
from mnclinic.errors import StoreUnavailable
from mnclinic.models import LogDetail, LogEntry, instant_text
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.check_store import StoreChecked, check_store
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import Watch, unwatched
from mnclinic.store.log_writer import Act

BEGAN = "store.check_began"
CHECKED = "store.checked"
MOST_FINDINGS = 50
"""So many are kept with the outcome; `check` tells them all."""


@dataclass(frozen=True)
class LastCheck:
    """How the newest check ended.

    `verdict` None: a day with work in it went by, and no check came to its end since; `at` is when one was
    begun last, or when something was entered last before today if none was. `findings` are places and words,
    `more` how many there were besides.
    """

    verdict: str | None
    at: datetime
    findings: tuple[str, ...] = ()
    more: int = 0
    unchecked_since: datetime | None = None
    """With `verdict` None: when a check last came to its end; None where none ever did."""
    is_begun: bool = True
    """With `verdict` None: whether `at` is when a check was begun."""


def last_check(clinic: OpenClinic) -> LastCheck | None:
    """What the log says of the newest check; None before the first one."""
    clinic.require(RoleAct.CHECK_STORE)
    with clinic.store.reading() as session:
        began, checked = _newest(session, BEGAN), _newest(session, CHECKED)
        now = clinic.clock.now()
        zone = zone_of(clinic.clock)
        worked_at = _newest_before_today(session, now)
        since = None if checked is None else _at(checked).astimezone(zone)
        if clinic.facts.is_demo and since is None:
            # Its days are made up, all at once.
            return None
        if worked_at is not None and (since is None or worked_at.astimezone(zone).date() > since.date()):
            begun_at = None if began is None else _at(began).astimezone(zone)
            if begun_at is not None and (since is None or begun_at > since) and begun_at.date() < now.date():
                return LastCheck(None, begun_at, unchecked_since=since)
            return LastCheck(None, worked_at.astimezone(zone), unchecked_since=since, is_begun=False)
        if checked is None:
            return None
        detail = session.get(LogDetail, checked.seq)
        said = json.loads(detail.detail) if detail is not None else {}
        return LastCheck(
            str(said.get("verdict", "ALTERED")),
            _at(checked).astimezone(zone),
            tuple(said.get("findings", ())),
            int(said.get("more", 0)),
        )


def daily_check(clinic: OpenClinic, watch: Watch = unwatched) -> LastCheck | None:
    """Check the store unless that was done today; None if it was, or if nothing can be stored at present.

    It leaves the computer to whoever works.

    Raises:
        Stopped: the watch wanted no more. The next log-in begins it anew.
        StoreUnavailable: the disk cannot be read.
    """
    clinic.require(RoleAct.CHECK_STORE)
    if clinic.read_only is not None or not _is_due(clinic):
        return None
    with clinic.work() as work:
        work.log.record(Act(BEGAN, "E", categories=("log",)))
        work.commit()
    return enter_check(clinic, check_store(clinic, watch=watch, is_background=True))


def check_and_enter(
    clinic: OpenClinic, *, given: bytes | None = None, at_size: int | None = None, watch: Watch = unwatched
) -> tuple[StoreChecked, bool]:
    """Check the store because somebody asks, and enter how it ended for everybody's Today.

    Nothing is entered before it has ended: a log that lost its tail is not to grow before it is judged. A
    damaged store is judged all the same where nothing more can be entered in it. Arguments are those of
    `check_store`.

    Returns:
        What was found, and whether it stands in the log now.

    Raises:
        Stopped: the watch wanted no more.
        StoreUnavailable: the disk cannot be read.
    """
    clinic.require(RoleAct.CHECK_STORE)
    checked = check_store(clinic, given=given, at_size=at_size, watch=watch)
    if clinic.read_only is not None:
        return checked, False
    try:
        enter_check(clinic, checked)
    except StoreUnavailable:
        return checked, False
    return checked, True


def enter_check(clinic: OpenClinic, checked: StoreChecked) -> LastCheck:
    """Enter how a check ended, for everybody's Today. What a bad checkpoint was given says nothing there."""
    clinic.require(RoleAct.CHECK_STORE)
    of_store = replace(checked, findings=tuple(one for one in checked.findings if one.weight != "unreadable"))
    outcome = outcome_of(of_store, checked.verdict_of_store, clinic.clock.now())
    if clinic.read_only is None:
        with clinic.work() as work:
            work.log.record(
                Act(
                    CHECKED,
                    "R",
                    categories=("log",),
                    detail={
                        "verdict": outcome.verdict,
                        "findings": list(outcome.findings),
                        "more": outcome.more,
                        "log_size": checked.counts.get("log entries", 0),
                    },
                )
            )
            work.commit()
    return outcome


def outcome_of(checked: StoreChecked, verdict: str, at: datetime) -> LastCheck:
    """How a check ended, in the words and as many as are kept of it."""
    found = tuple(f"{one.where}: {one.what}" for one in checked.findings)
    return LastCheck(verdict, at, found[:MOST_FINDINGS], len(found[MOST_FINDINGS:]))


def _is_due(clinic: OpenClinic) -> bool:
    with clinic.store.reading() as session:
        newest = _newest(session, CHECKED)
    now = clinic.clock.now()
    return newest is None or _at(newest).astimezone(zone_of(clinic.clock)).date() != now.date()


def _newest_before_today(session: Session, now: datetime) -> datetime | None:
    """When the newest entry of an earlier day was made. On the way to it today's alone are passed by."""
    today = instant_text(datetime.combine(now.date(), time(0), now.tzinfo))
    found = session.scalar(
        select(LogEntry.at).where(LogEntry.at < today).order_by(LogEntry.seq.desc()).limit(1)
    )
    return None if found is None else read_instant(found)


def _newest(session: Session, action: str) -> LogEntry | None:
    return session.scalars(
        select(LogEntry).where(LogEntry.action == action).order_by(LogEntry.seq.desc()).limit(1)
    ).first()


def _at(row: LogEntry) -> datetime:
    return datetime.fromisoformat(row.at)
