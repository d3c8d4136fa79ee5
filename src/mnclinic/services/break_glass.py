"""Wider rights for a while in an emergency: with a reason, marked in the log, put before the director."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.instants import Clock, ends_at_ms, zone_of
from mnclinic.domain.person_details import line_of
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.models import BreakGlass, LogEntry, Staff, instant_text
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role, may
from mnclinic.services.session import Glass, OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject

SHORTEST_MINUTES, LONGEST_MINUTES, USUAL_MINUTES = 5, 240, 60
FEWEST_WORDS = 3
LONGEST_REASON = 500
GIVEN_BACK = "glass.given_back"
SEEN = "glass.seen"


@dataclass(frozen=True)
class GlassRow:
    """A broken glass in a list. `seen_at` None: the director has not seen it yet."""

    glass_id: str
    name: str
    role: str
    reason: str
    opened_at: datetime
    until: datetime
    is_open: bool
    seen_at: datetime | None
    seen_by: str
    was_given_back: bool = False
    """Ended by the person before its time, at `until`."""


def break_glass(clinic: OpenClinic, reason: str, minutes: int = USUAL_MINUTES) -> Glass:
    """Take what `roles.BROKEN_GLASS` allows besides one's own rights, for `minutes`.

    It ends by itself, outlives lock and log-off until then, and every entry meanwhile says so.

    Raises:
        InvalidInput: the reason is no reason, or the time is outside 5 to 240 minutes. Nothing was changed.
        ActionRefused: the glass is broken already.
    """
    clinic.require(RoleAct.BREAK_GLASS)
    reason = line_of(reason)
    if problems := _problems(reason, minutes):
        raise InvalidInput("The glass was not broken. Nothing was changed. Correct these.", problems)
    if clinic.glass is not None and clinic.is_glass_broken:
        until = clinic.glass.until.astimezone(zone_of(clinic.clock))
        said = f"The glass is broken already, until {until:%H:%M}."
        raise ActionRefused([Refusal("glass_is_broken", f"{said} Nothing was changed.")])
    with clinic.work() as work:
        now = clinic.clock.now()
        row = BreakGlass(
            id=str(uuid.uuid4()),
            staff_id=clinic.person.staff_id,
            reason=reason,
            opened_at=now,
            until=now + timedelta(minutes=minutes),
            seen_at=None,
            seen_by=None,
        )
        work.session.add(row)
        work.log.record(_entered(work.session, "glass.broken", "E", row, why="break_glass"))
        work.commit(checkpoint=True)
    clinic.glass = Glass(row.id, row.opened_at, row.until, clinic.clock.monotonic_ms() + minutes * 60_000)
    return clinic.glass


def present_glass(clinic: OpenClinic) -> Glass | None:
    """The glass that this person has broken and that has not ended: what the window's strip shows."""
    return clinic.glass if clinic.is_glass_broken else None


def give_back_glass(clinic: OpenClinic) -> GlassRow:
    """End one's own broken glass before its time. It stays on record, and before the director.

    Raises:
        ActionRefused: no glass of this person is broken.
        NotPermitted, ClinicReadOnly, StoreUnavailable and kin. Nothing was changed.
    """
    clinic.require(RoleAct.BREAK_GLASS)
    glass = present_glass(clinic)
    if glass is None:
        said = "You have no broken glass to give back. Nothing was changed."
        raise ActionRefused([Refusal("glass_is_whole", said)])
    with clinic.work() as work:
        row = work.session.get_one(BreakGlass, glass.id)
        row.until = clinic.clock.now()
        work.log.record(_entered(work.session, GIVEN_BACK, "U", row))
        work.commit()
        given = next(one for one in glass_rows(work.session, clinic.clock) if one.glass_id == glass.id)
    clinic.glass = None
    return given


def unseen_glasses(clinic: OpenClinic) -> int:
    """How many broken glasses the director has not looked at; 0 for whoever is not the director."""
    clinic.require(RoleAct.VIEW_TODAY)
    if not may(Role(clinic.person.role), RoleAct.SEE_BREAK_GLASS):
        return 0
    with clinic.store.reading() as session:
        unseen = select(func.count()).select_from(BreakGlass).where(BreakGlass.seen_at.is_(None))
        return session.scalar(unseen) or 0


def list_glasses(clinic: OpenClinic) -> tuple[GlassRow, ...]:
    """Every broken glass, those that the director has not seen first, then the newest."""
    clinic.require(RoleAct.VIEW_QUEUE)
    with clinic.store.reading() as session:
        return glass_rows(session, clinic.clock)


def see_break_glass(clinic: OpenClinic, glass_id: str) -> GlassRow:
    """The director has seen it: it leaves her list and stays on record.

    Raises:
        InvalidInput: there is no such broken glass. Nothing was changed.
        ActionRefused: it was marked as seen before.
    """
    clinic.require(RoleAct.SEE_BREAK_GLASS)
    with clinic.work() as work:
        row = work.session.get(BreakGlass, glass_id)
        if row is None:
            raise InvalidInput(
                "There is no such broken glass. Nothing was changed. The queue lists those there are.",
                [Problem("seen", "This is not the id of a broken glass.")],
            )
        if row.seen_at is not None:
            raise ActionRefused(
                [Refusal("seen_already", "This broken glass was marked as seen before. Nothing was changed.")]
            )
        row.seen_at = clinic.clock.now()
        row.seen_by = clinic.person.staff_id
        work.log.record(_entered(work.session, SEEN, "U", row))
        work.commit()
        return next(one for one in glass_rows(work.session, clinic.clock) if one.glass_id == glass_id)


def glass_rows(session: Session, clock: Clock, *, only_unseen: bool = False) -> tuple[GlassRow, ...]:
    """The rows of `list_glasses`, inside an open unit of work."""
    now, zone = clock.now(), zone_of(clock)
    names = {one.id: one for one in session.scalars(select(Staff))}
    given_back = set(session.scalars(select(LogEntry.object_id).where(LogEntry.action == GIVEN_BACK)))
    rows = session.scalars(
        select(BreakGlass).order_by(BreakGlass.seen_at.is_not(None), BreakGlass.opened_at.desc())
    )
    return tuple(
        GlassRow(
            glass_id=row.id,
            name=names[row.staff_id].name,
            role=names[row.staff_id].role,
            reason=row.reason,
            opened_at=row.opened_at.astimezone(zone),
            until=row.until.astimezone(zone),
            is_open=row.opened_at <= now < row.until,
            seen_at=row.seen_at,
            seen_by=names[row.seen_by].name if row.seen_by else "",
            was_given_back=row.id in given_back,
        )
        for row in rows
        if not (only_unseen and row.seen_at)
    )


def glass_at_log_in(
    session: Session, staff_id: str, clock: Clock, high_water: datetime | None
) -> Glass | None:
    """The glass that this person broke before and that has not ended.

    `high_water` is the latest instant that the log knows: a clock turned back since does not bring an
    ended glass back.
    """
    row = session.scalars(
        select(BreakGlass)
        .where(BreakGlass.staff_id == staff_id)
        .order_by(BreakGlass.opened_at.desc())
        .limit(1)
    ).first()
    if row is None or not row.opened_at <= clock.now() < row.until:
        return None
    ends_ms = ends_at_ms(clock, row.until, high_water)
    if clock.monotonic_ms() >= ends_ms:
        return None
    return Glass(row.id, row.opened_at, row.until, ends_ms)


def glass_bytes(row: BreakGlass) -> bytes:
    """The canonical bytes of a broken glass, as the log names it."""
    return _bytes(row, row.until, row.seen_at, row.seen_by)


def glass_as_broken(row: BreakGlass, until: datetime) -> bytes:
    """The canonical bytes that a glass had when it was broken, to end at `until` by itself."""
    return _bytes(row, until, None, None)


def _bytes(row: BreakGlass, until: datetime, seen_at: datetime | None, seen_by: str | None) -> bytes:
    return canonical_bytes(
        {
            "format": "mnclinic.break-glass/1",
            "id": row.id,
            "staff": row.staff_id,
            "reason": row.reason,
            "opened_at": instant_text(row.opened_at),
            "until": instant_text(until),
            "seen_at": instant_text(seen_at) if seen_at else None,
            "seen_by": seen_by,
        }
    )


def _entered(session: Session, action: str, kind: str, row: BreakGlass, *, why: str | None = None) -> Act:
    earlier = session.scalar(select(func.count()).select_from(LogEntry).where(LogEntry.object_id == row.id))
    return Act(
        action,
        kind,
        object=LoggedObject("break_glass", row.id, 1 + (earlier or 0), glass_bytes(row)),
        categories=("emergency",),
        why=why,
        detail={"reason": row.reason},
    )


def _problems(reason: str, minutes: int) -> list[Problem]:
    problems = []
    if len(reason.split()) < FEWEST_WORDS:
        problems.append(
            Problem("reason", "Say in a few words what happened, so that the director understands.")
        )
    if len(reason) > LONGEST_REASON:
        problems.append(Problem("reason", f"Keep the reason under {LONGEST_REASON} characters."))
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        problems.append(
            Problem("minutes", f"Take {SHORTEST_MINUTES} to {LONGEST_MINUTES} minutes; an hour is usual.")
        )
    return problems
