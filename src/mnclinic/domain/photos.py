"""What may be kept as a photograph of somebody, and what the person allows to be done with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mnclinic.domain.consent import PHOTO_LEVELS
from mnclinic.domain.withdrawal import Withdrawal
from mnclinic.errors import Problem

LONGEST_VIEW = 120
LONGEST_BECAUSE = 200
EARLIEST_YEAR = 1990
"""A camera that lost its time says 1970 or 1980."""


class TakenWhen(StrEnum):
    """When a photograph was taken, by the treatment that it is about."""

    BEFORE = "before"
    AFTER = "after"
    FOLLOW_UP = "follow_up"


class PhotoUse(StrEnum):
    """What a photograph is wanted for, by the level of the consent that it takes."""

    CHART = "chart"
    TEACHING = "teaching"
    MARKETING = "marketing"


@dataclass(frozen=True)
class PhotoChoice:
    """What somebody chose that photographs may be used for, in an addendum to a consent.

    `is_frozen`: it stands in a visit that was signed, so nobody can write it anew any more.
    """

    forms: tuple[str, ...]
    """The addendum's form and the one that it goes with: a withdrawal of either ends it."""
    signed_at: datetime
    level: str
    is_frozen: bool


@dataclass(frozen=True)
class PhotoConsent:
    """What a person's newest choice that was not taken back allows; `level` None: there is none."""

    level: str | None
    is_frozen: bool = False

    def allows(self, use: PhotoUse) -> bool:
        """Whether photographs may be used for it. No choice allows nothing.

        Beyond the chart only a choice counts that stands in a signed visit: a draft is anybody's to write.
        """
        if self.level not in PHOTO_LEVELS:
            return False
        return PHOTO_LEVELS.index(self.level) >= PHOTO_LEVELS.index(use) and (
            self.is_frozen or use is PhotoUse.CHART
        )


def consent_of(choices: Sequence[PhotoChoice], withdrawals: Sequence[Withdrawal]) -> PhotoConsent:
    """What the newest choice allows that no withdrawal ended."""
    standing = [
        one
        for one in choices
        if not any(taken.ends(form, one.signed_at) for taken in withdrawals for form in one.forms)
    ]
    if not standing:
        return PhotoConsent(None)
    # A choice that was carried over into a signed visit is one with that visit's.
    newest = max(standing, key=lambda one: (one.signed_at, one.is_frozen))
    return PhotoConsent(newest.level, newest.is_frozen)


def can_be_moment(noted_at: datetime | None, now: datetime) -> bool:
    """Whether a picture was taken at the moment that its camera noted; one without a zone is at `now`'s.

    A camera that lost its time says one long ago, or one to come.
    """
    if noted_at is None or noted_at.year < EARLIEST_YEAR:
        return False
    return (noted_at if noted_at.tzinfo else noted_at.replace(tzinfo=now.tzinfo)) <= now


def problems_of_photo(
    view: str, taken_when: str, taken_at: datetime | None, *, because: str | None, now: datetime
) -> Iterator[Problem]:
    """Everything that speaks against what was said of a photograph.

    `because` says how a moment that somebody typed is known; None where the camera noted it.
    """
    if not view:
        yield Problem("view", "Say what is seen, and from where.")
    elif len(view) > LONGEST_VIEW:
        yield Problem("view", f"At most {LONGEST_VIEW} characters.")
    if taken_when not in set(TakenWhen):
        yield Problem("when", f"Write one of these: {', '.join(TakenWhen)}.")
    if taken_at is None:
        yield Problem("taken_at", "The picture does not say when it was taken. Say when.")
    elif taken_at.tzinfo is None:
        yield Problem("taken_at", "Write the time with its offset from UTC.")
    elif taken_at > now:
        yield Problem("taken_at", "That moment lies in the future.")
    elif taken_at.year < EARLIEST_YEAR:
        yield Problem("taken_at", "The camera's clock was not set. Say when the picture was taken.")
    if because is not None and not because:
        yield Problem("taken_because", "Say how the moment is known, such as: written on the back.")
    elif because is not None and len(because) > LONGEST_BECAUSE:
        yield Problem("taken_because", f"At most {LONGEST_BECAUSE} characters.")
