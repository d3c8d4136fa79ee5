"""What the visits with adverse events have in common, beside all visits of the same days. Pure.

Counts and denominators, nothing else: what stands out was seen together more often than chance would have it,
and that says nothing about a cause.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

BANDS_UM = (500, 1000, 1500, 2000, 2500)
"""Upper ends of the bands of depth, in micrometres; above the last one there is one more."""
FEWEST_EVENTS = 3
FEWEST_VISITS = 20
"""With fewer of either a share says next to nothing, and that is told beside it."""
CHANCE = 0.01
"""How often, at most, anything at all would stand out in a clinic in which nothing is the matter."""
CAUTION = (
    "These are counts of what was written down. That something was used in visits with events says nothing "
    "about the cause; whoever treats many people, and a lot that was used for many, has more events too."
)
FEW = "Small numbers: one event more or less would change the picture. Look at each record."


class Factor(StrEnum):
    """What visits can have in common."""

    LOT = "lot"
    DEVICE = "device"
    PERFORMER = "performer"
    DEPTH_BAND = "depth_band"
    TOPICAL = "topical"
    AREA = "area"


@dataclass(frozen=True)
class TracedVisit:
    """A signed visit: its day, what it had of each factor, and whether an adverse event followed."""

    visit_id: str
    visit_on: date
    has: frozenset[tuple[Factor, str]]
    has_event: bool


@dataclass(frozen=True)
class Shared:
    """One lot, device, performer, band, topical or area: how many visits had it, and how many of them events.

    `stands_out`: so many events are not expected to fall on it by chance, all comparisons taken together.
    """

    factor: Factor
    value: str
    events: int
    visits: int
    is_small: bool
    stands_out: bool
    event_visits: tuple[str, ...]
    """Ids of the visits with events, in the order of their days."""
    called: str = ""
    """What people call the value, where that is something else: a performer's printed name."""

    @property
    def per_hundred(self) -> float:
        """Visits with events among a hundred visits that had it."""
        return 100 * self.events / self.visits


@dataclass(frozen=True)
class BackTrace:
    """All of it: what stands out first, then by how many events of how many visits.

    `events` counts visits with an adverse event, so two events of one visit are one here.
    """

    first: date
    last: date
    events: int
    visits: int
    shared: tuple[Shared, ...]

    @property
    def is_small(self) -> bool:
        """Whether there are too few events to compare anything."""
        return self.events < FEWEST_EVENTS

    def of(self, factor: Factor) -> tuple[Shared, ...]:
        """One factor's values, in the same order."""
        return tuple(one for one in self.shared if one.factor is factor)


def band_of(depth_um: int) -> str:
    """The band in which a depth lies, in millimetres: above 0.5 and up to 1.0 is "0.5-1.0"."""
    low = 0
    for high in BANDS_UM:
        if depth_um <= high:
            return f"{low / 1000:.1f}-{high / 1000:.1f}"
        low = high
    return f"{low / 1000:.1f}+"


def back_trace(visits: Sequence[TracedVisit], *, first: date, last: date) -> BackTrace:
    """Count what the visits of these days, both included, had in common.

    What was asked of a single value is asked of every one, so what stands out is held against the number of
    all that had an event: a clinic with hundreds of lots has some of them by chance.
    """
    within = sorted(
        (one for one in visits if first <= one.visit_on <= last), key=lambda one: (one.visit_on, one.visit_id)
    )
    counts: Counter[tuple[Factor, str]] = Counter()
    hit: defaultdict[tuple[Factor, str], list[str]] = defaultdict(list)
    for one in within:
        counts.update(one.has)
        if one.has_event:
            for key in one.has:
                hit[key].append(one.visit_id)
    events = sum(one.has_event for one in within)
    found = [*_shared(counts, hit, events, len(within))]
    found.sort(key=lambda one: (not one.stands_out, -one.events, -one.per_hundred, one.factor, one.value))
    return BackTrace(first, last, events, len(within), tuple(found))


def _shared(
    counts: Mapping[tuple[Factor, str], int],
    hit: Mapping[tuple[Factor, str], Sequence[str]],
    events: int,
    visits: int,
) -> Iterator[Shared]:
    compared = max(1, len(counts))
    for (factor, value), had in counts.items():
        of_these = tuple(hit.get((factor, value), ()))
        is_many = len(of_these) >= FEWEST_EVENTS
        stands_out = is_many and _tail(len(of_these), had, events, visits) * compared < CHANCE
        is_small = not is_many or had < FEWEST_VISITS
        yield Shared(factor, value, len(of_these), had, is_small, stands_out, of_these)


def _tail(hits: int, had: int, events: int, visits: int) -> float:
    """How likely at least so many of the events fall on those visits, if each falls on any visit alike."""
    whole = _ways(visits, events)
    most = min(had, events)
    return math.fsum(
        math.exp(_ways(had, here) + _ways(visits - had, events - here) - whole)
        for here in range(hits, most + 1)
        if events - here <= visits - had
    )


def _ways(among: int, chosen: int) -> float:
    """The logarithm of how many ways there are to choose so many."""
    return math.lgamma(among + 1) - math.lgamma(chosen + 1) - math.lgamma(among - chosen + 1)
