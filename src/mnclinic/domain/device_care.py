"""What is done to a device at intervals: service, cleaning, calibration, and by when it is due. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from mnclinic.errors import Problem

LONGEST_DONE_BY = 100
LONGEST_CARE_NOTE = 500


class CareKind(StrEnum):
    """What was done to a device."""

    SERVICE = "service"
    CLEANING = "cleaning"
    CALIBRATION = "calibration"
    REPAIR = "repair"


OF_INTERVAL: Mapping[CareKind, str] = {
    CareKind.SERVICE: "service_every_days",
    CareKind.CLEANING: "cleaning_every_days",
    CareKind.CALIBRATION: "calibration_every_days",
}
"""By kind, the fact of a device that says how often. A repair comes when it comes."""


@dataclass(frozen=True)
class Care:
    """What is to be done to a device every `every_days` days; `done_on` None: never, as far as is known."""

    kind: CareKind
    every_days: int
    done_on: date | None

    @property
    def due_on(self) -> date | None:
        """The last day on which what was done is good enough; None: it is to be done at once."""
        return self.done_on + timedelta(days=self.every_days) if self.done_on else None

    def is_overdue(self, day: date) -> bool:
        """Whether it ought to have been done before that day."""
        return self.due_on is None or self.due_on < day

    def sentence(self) -> str:
        """What an overdue one is called."""
        if self.due_on is None:
            return _NEVER[self.kind].format(days=self.every_days)
        return _DUE[self.kind].format(day=self.due_on.isoformat())


_NEVER = {
    CareKind.SERVICE: "No service of the device was entered yet; one is asked for every {days} days.",
    CareKind.CLEANING: "No cleaning of the device was entered yet; one is asked for every {days} days.",
    CareKind.CALIBRATION: "No calibration of the device was entered yet; one is asked for every {days} days.",
}
_DUE = {
    CareKind.SERVICE: "The device's service was due by {day}.",
    CareKind.CLEANING: "The device's cleaning was due by {day}.",
    CareKind.CALIBRATION: "The device's calibration was due by {day}.",
}


def care_of(facts: Mapping[str, Any], newest: Mapping[str, date]) -> tuple[Care, ...]:
    """What is done to a device at intervals. `newest` has by kind when it was last done with success."""
    return tuple(
        Care(kind, int(facts[name]), newest.get(kind.value))
        for kind, name in OF_INTERVAL.items()
        if facts.get(name)
    )


def problems_of_care(
    kind: str, done_on: date | None, done_by: str, note: str, *, today: date
) -> Iterator[Problem]:
    """Everything that speaks against an entry about a device."""
    if kind not in set(CareKind):
        yield Problem("kind", "Choose what was done.")
    if done_on is None:
        yield Problem("done_on", "Enter the day on which it was done.")
    elif done_on > today:
        yield Problem("done_on", "This day has not come yet.")
    if not done_by or len(done_by) > LONGEST_DONE_BY:
        yield Problem("done_by", f"Write who did it, at most {LONGEST_DONE_BY} characters.")
    if len(note) > LONGEST_CARE_NOTE:
        yield Problem("note", f"At most {LONGEST_CARE_NOTE} characters.")
