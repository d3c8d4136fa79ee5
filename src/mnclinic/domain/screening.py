"""The screening checklist: what an answer means on the day of treatment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mnclinic.domain.finding import Finding, Light, Outcome, PassedBy


class ContraindicationClass(StrEnum):
    """How strongly an item speaks against treatment."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    PRECAUTION = "precaution"


class Answer(StrEnum):
    """What the patient said."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ScreeningItem:
    """One question of the clinic's checklist, with the clinic's own class and window.

    `window_days` counts from the day of last use or occurrence; None means that a "yes" stands
    whatever the date. `shows_earliest` is false for medicines that somebody prescribed, because a
    date would read as advice to stop one. `passed_by` is who may go past it.
    """

    item: str
    question: str
    topic: str
    contraindication: ContraindicationClass
    passed_by: PassedBy
    window_days: int | None
    shows_earliest: bool
    advice: str
    source: str
    confidence: str


@dataclass(frozen=True)
class ScreeningAnswer:
    """One answer. `last_on` is the day of last use or occurrence, where the item asks for it."""

    item: str
    answer: Answer
    last_on: date | None = None
    note: str = ""


def screening_findings(
    items: Iterable[ScreeningItem], answers: Mapping[str, ScreeningAnswer], *, visit_on: date
) -> tuple[Finding, ...]:
    """Every item that speaks against treating on `visit_on`.

    An unknown answer, a "yes" whose date is missing or lies after the visit, and a "no" beside a day of
    last use count as the item's most restrictive answer. An item without an answer is work to be done:
    it has to be asked, and nobody passes it.
    """
    findings = (_judge(item, answers.get(item.item), visit_on) for item in items)
    return tuple(finding for finding in findings if finding is not None)


def _judge(item: ScreeningItem, answer: ScreeningAnswer | None, visit_on: date) -> Finding | None:
    if answer is None:
        return _not_asked(item)
    if answer.answer is Answer.UNKNOWN:
        return _finding(item, answer, "the answer is not known, which counts as yes.")
    if answer.answer is Answer.NO and answer.last_on is None:
        return None
    if item.window_days is None:
        return _finding(item, answer, _yes(answer))
    if answer.last_on is None:
        return _finding(item, answer, "yes, and the date is not known, which counts as today.")
    if answer.last_on > visit_on:
        return _finding(item, answer, "the date given lies after the visit.")
    days = (visit_on - answer.last_on).days
    if days >= item.window_days:
        return None
    said = f"{days_ago(days)}; the clinic's window is {item.window_days} days."
    if not item.shows_earliest:
        return _finding(item, answer, said)
    earliest_on = answer.last_on + timedelta(days=item.window_days)
    return _finding(item, answer, f"{said} Earliest {earliest_on.isoformat()}.", earliest_on)


def _yes(answer: ScreeningAnswer) -> str:
    return "yes." if answer.answer is Answer.YES else "no, yet a date is given, which counts as yes."


def days_ago(days: int) -> str:
    """A count of whole days up to the visit, in words."""
    return {0: "on the day of the visit", 1: "1 day ago"}.get(days, f"{days} days ago")


def _not_asked(item: ScreeningItem) -> Finding:
    return Finding(
        code=item.item,
        light=Light.HISTORY,
        passed_by=PassedBy.NOBODY,
        message=f"{item.topic}: not asked yet.",
        where=f"screening.{item.item}",
        answer="unanswered",
        is_undone=True,
    )


def _finding(
    item: ScreeningItem, answer: ScreeningAnswer, said: str, earliest_on: date | None = None
) -> Finding:
    warns = item.passed_by is PassedBy.PERFORMER
    return Finding(
        code=item.item,
        light=Light.HISTORY,
        passed_by=item.passed_by,
        message=f"{item.topic}: {said} {item.advice}".strip(),
        where=f"screening.{item.item}",
        earliest_on=earliest_on,
        outcome=Outcome.WARNED if warns else Outcome.REFUSED,
        answer=f"{answer.answer.value}:{answer.last_on or ''}",
    )
