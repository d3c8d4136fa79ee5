"""`user break-glass`: take wider rights for a while, give them back, or, as the director, see it."""

from typing import Any

from mnclinic.cli.answer import Answer
from mnclinic.cli.request import Request
from mnclinic.domain.plain_days import plain_moment
from mnclinic.services.break_glass import GlassRow, give_back_glass, see_break_glass
from mnclinic.services.break_glass import break_glass as take_wider_rights


def break_glass(request: Request) -> Answer:
    """Break the glass, give it back before its time, or mark a broken one as seen."""
    options = request.options
    if options.give_back:
        with request.clinic() as (clinic, _):
            row = give_back_glass(clinic)
        return Answer(
            {"glass": row.glass_id, "until": row.until.isoformat(), "seen": False, "error": None},
            [f"Given back: {glass_line(row)}"],
        )
    if options.seen is not None:
        with request.clinic() as (clinic, _):
            row = see_break_glass(clinic, options.seen)
        return Answer(
            {"glass": row.glass_id, "until": row.until.isoformat(), "seen": True, "error": None},
            [f"Marked as seen: {glass_line(row)}"],
        )
    with request.clinic() as (clinic, _):
        glass = take_wider_rights(clinic, options.reason, options.minutes)
    return Answer(
        {"glass": glass.id, "until": glass.until.isoformat(), "seen": False, "error": None},
        [
            f"The glass is broken until {plain_moment(glass.until.astimezone())}.",
            "Everything you do until then is marked in the log, and the director sees that you did this.",
        ],
    )


def glass_json(row: GlassRow) -> dict[str, Any]:
    """A broken glass as `queue --json` shows it."""
    return {
        "glass": row.glass_id,
        "name": row.name,
        "role": row.role,
        "reason": row.reason,
        "opened_at": row.opened_at.isoformat(),
        "until": row.until.isoformat(),
        "is_open": row.is_open,
        "was_given_back": row.was_given_back,
    }


def glass_line(row: GlassRow) -> str:
    """A broken glass as a person reads it."""
    end = f"until {row.until:%H:%M}" + (" (given back)" if row.was_given_back else "")
    return f"{row.name} broke the glass {row.opened_at:%Y-%m-%d %H:%M} {end}: {row.reason} [{row.glass_id}]"
