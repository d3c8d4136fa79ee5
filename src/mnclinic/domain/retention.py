"""How long records are kept by the policy's figures: one person's, and the clinic's own by their kinds.

A day says only from when on the policy does not ask for a record any more. The program never deletes one.
Where a figure that counts is not known there is no day: what is unknown ends nothing.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mnclinic.domain.gate import ADULT_AGE, age_on
from mnclinic.domain.plain_days import plain_day
from mnclinic.domain.policy_parameters import BY_CODE, figure_of

Json = Mapping[str, Any]

ADULT = "retention_adult_years"
MINOR_AGE = "retention_minor_until_age"
MINOR_YEARS = "retention_minor_years"
SHARPS = "retention_sharps_log_years"
EXPOSURE = "retention_exposure_years"
TRAINING = "retention_training_years"
HIPAA = "retention_hipaa_years"
AUDIT_LOG = "retention_audit_log_years"

COUNTED_FROM: Mapping[str, str] = {
    ADULT: "the last visit",
    MINOR_AGE: "birth",
    MINOR_YEARS: "the last visit",
    HIPAA: "the last day on which the paper was in effect",
    TRAINING: "the training",
    SHARPS: "the end of the year of the injury",
    EXPOSURE: "the end of the employment",
    AUDIT_LOG: "the entry",
}
"""By parameter, from what its years are counted."""

MONTHS_A_YEAR = 12
NO_POLICY = "No policy is in force, so nothing says until when. It is kept."
NO_BIRTH = (
    "The date of birth is not known, so nobody can tell whether the rule for minors counts. It is kept."
)


@dataclass(frozen=True)
class Why:
    """One rule, and where its figure comes from in the words of the policy; empty where it has none."""

    words: str
    source: str = ""

    def __str__(self) -> str:
        return f"{self.words} ({self.source})" if self.source else self.words


@dataclass(frozen=True)
class Kept:
    """Until when something is kept, that day included, and by which rules.

    `until` None: no day follows from the policy, so it is kept on.
    """

    until: date | None
    why: tuple[Why, ...]

    def is_over(self, day: date) -> bool:
        """Whether the policy does not ask for it any more on `day`."""
        return self.until is not None and self.until < day


@dataclass(frozen=True)
class KeptKind:
    """One rule of the policy about a kind of record. `years` None is not known.

    What ended before `before` is not asked for any more on the day that was asked about. None: everything is,
    or it hangs on a person's age.
    """

    code: str
    words: str
    years: int | None
    counted_from: str
    source: str
    confidence: str
    before: date | None


def kept_person(policy: Json | None, born_on: date | None, last_on: date, *, was_here: bool) -> Kept:
    """Until when one person's records are kept.

    Args:
        policy: The policy in force.
        born_on: The date of birth, None where it is not known.
        last_on: The day of the last visit; without one, that on which the record was made.
        was_here: Whether there was a visit.
    """
    if policy is None:
        return Kept(None, (Why(NO_POLICY),))
    if born_on is None:
        return Kept(None, (Why(NO_BIRTH),))
    since = "the last visit" if was_here else "the record was made"
    on = plain_day(last_on)
    if age_on(born_on, last_on) >= ADULT_AGE:
        years, source = _figure(policy, ADULT)
        if years is None:
            return _unknown(ADULT)
        return Kept(years_after(last_on, years), (Why(f"{years} years after {since}, on {on}", source),))
    age, of_age = _figure(policy, MINOR_AGE)
    years, of_years = _figure(policy, MINOR_YEARS)
    if age is None:
        return _unknown(MINOR_AGE)
    if years is None:
        return _unknown(MINOR_YEARS)
    until = max(years_after(born_on, age), years_after(last_on, years))
    by_age = Why(f"a minor then: at least until the age of {age}", of_age)
    by_years = Why(f"a minor then: at least {years} years after {since}, on {on}", of_years)
    return Kept(until, (by_age, by_years))


def kept_after(policy: Json | None, code: str, ended_on: date) -> Kept:
    """Until when a record of the clinic is kept whose years, by the parameter `code`, begin on `ended_on`."""
    if policy is None:
        return Kept(None, (Why(NO_POLICY),))
    years, source = _figure(policy, code)
    if years is None:
        return _unknown(code)
    begins = date(ended_on.year, 12, 31) if code == SHARPS else ended_on
    words = f"{years} years after {COUNTED_FROM[code]}, on {plain_day(begins)}"
    return Kept(years_after(begins, years), (Why(words, source),))


def kept_kinds(policy: Json, day: date) -> Iterator[KeptKind]:
    """Every rule of the policy about keeping records, and what it does not ask for any more on `day`."""
    for code, counted_from in COUNTED_FROM.items():
        figure = figure_of(policy, BY_CODE[code])
        years = figure["value"] if figure is not None else None
        yield KeptKind(
            code=code,
            words=BY_CODE[code].words,
            years=years,
            counted_from=counted_from,
            source=figure["source"] if figure is not None else "",
            confidence=figure["confidence"] if figure is not None else "",
            before=_before(code, years, day) if years is not None else None,
        )


def years_after(day: date, years: int) -> date:
    """The same day that many years later; of a 29 February where there is none, 1 March.

    A year after 9999 is cut to the last day there is.
    """
    year = day.year + years
    if year > date.max.year:
        return date.max
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def months_after(day: date, months: int) -> date:
    """The same day that many months later, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, MONTHS_A_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _before(code: str, years: int, day: date) -> date | None:
    year = day.year - years
    if year < 1 or code in {MINOR_AGE, MINOR_YEARS}:
        return None
    if code == SHARPS:
        return date(year, 1, 1)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _figure(policy: Json, code: str) -> tuple[int | None, str]:
    figure = figure_of(policy, BY_CODE[code])
    return (figure["value"], str(figure["source"])) if figure is not None else (None, "")


def _unknown(code: str) -> Kept:
    words = BY_CODE[code].words
    return Kept(None, (Why(f"The policy does not say it: “{words}” is not known. It is kept."),))
