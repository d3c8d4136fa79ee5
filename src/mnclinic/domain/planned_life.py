"""The life of a planned visit: its states, the acts that lead from one to another, and times of a day. Pure.

A planned visit is somebody who is expected. It ends where a visit begins, or where none will.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class PlanState(StrEnum):
    """The strings that JSON, the store and the screens use."""

    PLANNED = "planned"
    ARRIVED = "arrived"
    STARTED = "started"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    TAKEN_BACK = "taken_back"


OPEN = frozenset({PlanState.PLANNED, PlanState.ARRIVED})
"""Somebody still has to do something about these."""

BEGINS: Mapping[str, PlanState] = MappingProxyType(
    {"plan.made": PlanState.PLANNED, "plan.walked_in": PlanState.ARRIVED}
)
"""By act of the log, the state in which it makes a planned visit."""

LEADS: Mapping[str, Mapping[PlanState, PlanState]] = MappingProxyType(
    {
        "plan.changed": {one: one for one in OPEN},
        # Who was given up for lost may come all the same.
        "plan.arrived": dict.fromkeys((PlanState.PLANNED, PlanState.NO_SHOW), PlanState.ARRIVED),
        "plan.arrival_taken_back": {PlanState.ARRIVED: PlanState.PLANNED},
        "plan.started": dict.fromkeys(OPEN, PlanState.STARTED),
        "plan.cancelled": dict.fromkeys(OPEN, PlanState.CANCELLED),
        "plan.no_show": {PlanState.PLANNED: PlanState.NO_SHOW},
        "plan.put_back": dict.fromkeys((PlanState.CANCELLED, PlanState.NO_SHOW), PlanState.PLANNED),
        "plan.taken_back": dict.fromkeys(OPEN, PlanState.TAKEN_BACK),
        # Taking it off the list was the mistake. Who had arrived is marked so again, by an act of its own.
        "plan.entered_again": {PlanState.TAKEN_BACK: PlanState.PLANNED},
    }
)
"""By act of the log, from which state it leads to which. There are no other ways."""

_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:\s*[:.h]\s*(?P<minute>[0-9]{2})(?::[0-9]{2})?|(?P<joined>[0-9]{2}))?"
    r"\s*(?P<half>[ap]\.?(?:m\.?)?)?",
    re.IGNORECASE,
)
_END_OF_RANGE = re.compile(r"\s*(?:-|–|to|a|until)\s*[0-9][0-9:.h\s]*(?:[ap]\.?m\.?)?$", re.IGNORECASE)
_HOURS, _MINUTES, _NOON = range(24), range(60), 12
FIRST_HOUR = 7
"""Before it, a time without am or pm may well be meant for the afternoon."""


def may_follow(action: str, state: PlanState) -> PlanState | None:
    """The state that an act leads to from `state`; None where it cannot be done then."""
    return LEADS[action].get(state)


def read_time(text: str) -> str | None:
    """A time of the day as HH:MM, from 9:30, 0930, 9.30 am, 14h00, "9:30 - 10:15"; None where it is none.

    `1:30` could be at night or after noon, and is none; `01:30`, `1:30 am`, `1:30 pm` and `13:30` are.
    """
    text = _END_OF_RANGE.sub("", text.strip())
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or found["joined"] or 0)
    half = (found["half"] or "")[:1].lower()
    if half:
        if hour not in range(1, _NOON + 1):
            return None
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    elif hour < FIRST_HOUR and not found["hour"].startswith("0"):
        return None
    if hour not in _HOURS or minute not in _MINUTES:
        return None
    return f"{hour:02d}:{minute:02d}"


def is_time(text: str) -> bool:
    """Whether it is a time of the day in the one form that is stored."""
    return bool(re.fullmatch(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", text))
