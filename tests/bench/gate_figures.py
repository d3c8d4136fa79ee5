"""The gate's answers and figures, as the issue of the gate asks to have them told.

`python -m tests.bench.gate_figures` prints what the gate says of the three example visits and of ten more
that were written to break it, the sourced values of each preset, and what the rules cost for each visit.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from mnclinic.domain.finding import Light, Verdict
from mnclinic.domain.gate import DrugsAndPlaces, LicenceFacts, LotFacts, Release, VisitFacts, judge
from mnclinic.domain.policy_parameters import PARAMETERS, figure_of
from tests.bench.log_pages import say
from tests.domain.builders import (
    CLEAN,
    ISOTRETINOIN,
    PRP,
    Json,
    draft,
    example,
    facts_of,
    set_answer,
    shipped_drafts,
)

GOAL_MS = 5.0
ROUNDS = 200
DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Attempt:
    """A visit that somebody might try to get past the gate."""

    words: str
    spoil: Callable[[Json], object] = lambda _document: None
    alter: Callable[[VisitFacts], VisitFacts] = lambda facts: facts
    name: str = CLEAN

    def facts(self) -> VisitFacts:
        """The facts that the gate looks at."""
        document = example(self.name)
        self.spoil(document)
        return self.alter(facts_of(document))


def _no_answers(document: Json) -> None:
    document["screening"] = []


def _unknown(document: Json) -> None:
    for answer in document["screening"]:
        answer["answer"] = "unknown"


def _reasons_for_all(document: Json) -> None:
    set_answer(document, "isotretinoin_now", "yes")
    document["reasons"] = [{"code": "isotretinoin_now", "reason": "She insists."}]


def _eyelid(document: Json) -> None:
    document["lines"][0]["area"] = "eyelid"


def _deep(document: Json) -> None:
    document["lines"][0]["depth_mm"] = "3.00"


def _tap(document: Json) -> None:
    document["consent"]["signature"] = {"kind": "drawn", "strokes": [[[10, 10]]]}


def _other_release(facts: VisitFacts) -> VisitFacts:
    return replace(
        facts, releases=(Release("isotretinoin_stopped", "yes:2026-01-01", "old", "Dr I. Okafor"),)
    )


def _ended_licence(facts: VisitFacts) -> VisitFacts:
    assert facts.performer is not None
    ended = LicenceFacts("TX-RN-0003", date(2024, 11, 1), date(2026, 11, 22))
    return replace(facts, performer=replace(facts.performer, licences=(ended,)))


def _recalled(facts: VisitFacts) -> VisitFacts:
    assert facts.lot is not None
    return replace(
        facts, lot=LotFacts(facts.lot.lot, facts.lot.expires_on, facts.lot.needle_length_mm, "recalled")
    )


def _another_device(facts: VisitFacts) -> VisitFacts:
    earlier = DrugsAndPlaces(frozenset(), frozenset({"radiofrequency"}), frozenset())
    return replace(facts, under_exam=earlier)


ATTEMPTS = (
    Attempt("example 1, clean face"),
    Attempt("example 2, clean PRP", name=PRP),
    Attempt("example 3, isotretinoin 161 days ago", name=ISOTRETINOIN),
    Attempt("1 no question is answered", _no_answers),
    Attempt("2 every question is answered unknown", _unknown),
    Attempt("3 isotretinoin now, with the performer's reason", _reasons_for_all),
    Attempt("4 the eyelid as an area", _eyelid),
    Attempt("5 3.00 mm with a 2.50 mm device", _deep),
    Attempt("6 a tap instead of a signature", _tap),
    Attempt("7 a release of another day's answer", alter=_other_release, name=ISOTRETINOIN),
    Attempt("8 the performer's licence ended yesterday", alter=_ended_licence),
    Attempt("9 a recalled cartridge", alter=_recalled),
    Attempt("10 everything is new since the exam", alter=_another_device),
)


def told(verdict: Verdict) -> str:
    """A verdict in one line: whether it may go on, the six lights, and what was found."""
    lights = " ".join(f"{light.value}={verdict.light(light).value}" for light in Light)
    found = [f"{one.code}[{one.passed_by.value},{one.outcome.value}]" for one in verdict.findings]
    more = f" and {len(found) - 8} more" if len(found) > 8 else ""
    word = "TREAT" if verdict.may_treat else "STOP "
    return f"{word} {lights}\n        {', '.join(found[:8]) or 'nothing'}{more}"


def took_ms(facts: VisitFacts) -> float:
    """Median milliseconds of the processor for all gates of a visit."""
    taken = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        judge(facts)
        taken.append((time.process_time() - begin) * 1000)
    return statistics.median(taken)


def main() -> int:
    """Print all of it; 1 where a visit costs more than the goal."""
    worst = 0.0
    for one in ATTEMPTS:
        facts = one.facts()
        ms = took_ms(facts)
        worst = max(worst, ms)
        say(f"{one.words} ({ms:.2f} ms)\n        {told(judge(facts))}")
    say(f"All gates of a visit, the slowest of these: {worst:.2f} ms of {GOAL_MS} ms")
    for name in shipped_drafts("policies"):
        figures = [figure_of(draft(name), one) for one in PARAMETERS]
        valued = sum(figure is not None and figure["value"] is not None for figure in figures)
        sourced = sum(figure is not None and bool(figure["source"]) for figure in figures)
        say(f"{name}: {valued} of {len(PARAMETERS)} parameters have a value, {sourced} have a source line")
    return int(worst > GOAL_MS)


if __name__ == "__main__":
    sys.exit(main())
