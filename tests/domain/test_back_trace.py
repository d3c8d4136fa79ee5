"""A back-trace finds a planted cluster, invents none, and warns where the numbers are small."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from mnclinic.domain.back_trace import Factor, TracedVisit, back_trace, band_of

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
VISITS = 4000
PLANTED = "LOT-77"
BACKGROUND = 0.005
"""A share of visits after which something was written down, whatever was used."""


def clinic_of(seed: int, *, share: float = BACKGROUND) -> Iterator[TracedVisit]:
    """A year of visits as a clinic has them: lots one after the other, few devices, uneven performers."""
    rng = random.Random(seed)  # noqa: S311 - invented visits
    for number in range(VISITS):
        depth_um = rng.choice((250, 500, 750, 1000, 1500, 2000, 2500))
        has = {
            (Factor.LOT, f"LOT-{number // 40}"),
            (Factor.DEVICE, rng.choice(("SP-01", "SP-01", "SP-02"))),
            (Factor.PERFORMER, rng.choices(("reyes", "lind", "okafor"), (6, 3, 1))[0]),
            (Factor.DEPTH_BAND, band_of(depth_um)),
            (Factor.TOPICAL, f"GEL-{number // 300}"),
            (Factor.AREA, rng.choice(("cheek", "forehead", "chin", "neck"))),
        }
        day = FIRST + timedelta(days=number * 364 // VISITS)
        yield TracedVisit(f"{number:05d}", day, frozenset(has), rng.random() < share)


def planted(visits: list[TracedVisit], events: int) -> list[TracedVisit]:
    """The same year with so many events in visits of one lot, and none elsewhere."""
    of_lot = [one.visit_id for one in visits if (Factor.LOT, PLANTED) in one.has][:events]
    return [TracedVisit(one.visit_id, one.visit_on, one.has, one.visit_id in of_lot) for one in visits]


@pytest.mark.parametrize("seed", range(5))
def test_twelve_events_of_one_lot_among_four_thousand_visits_are_found(seed: int) -> None:
    found = back_trace(planted([*clinic_of(seed)], 12), first=FIRST, last=LAST)
    assert (found.events, found.visits) == (12, VISITS)
    first = found.shared[0]
    assert (first.factor, first.value, first.events, first.visits) == (Factor.LOT, PLANTED, 12, 40)
    assert first.stands_out
    assert not first.is_small
    assert len(first.event_visits) == 12
    of_lots = [one.value for one in found.of(Factor.LOT) if one.stands_out]
    assert of_lots == [PLANTED]


@pytest.mark.parametrize("seed", range(10))
def test_nothing_stands_out_in_a_clinic_without_a_cluster(seed: int) -> None:
    found = back_trace([*clinic_of(100 + seed)], first=FIRST, last=LAST)
    assert found.events > 5
    assert [one.value for one in found.shared if one.stands_out] == []


def test_whoever_treats_most_has_most_events_and_does_not_stand_out() -> None:
    found = back_trace([*clinic_of(3, share=0.03)], first=FIRST, last=LAST)
    by_performer = found.of(Factor.PERFORMER)
    assert by_performer[0].value == "reyes"
    assert by_performer[0].events > by_performer[1].events
    assert not by_performer[0].stands_out


def test_two_events_are_small_numbers_however_they_fall() -> None:
    found = back_trace(planted([*clinic_of(1)], 2), first=FIRST, last=LAST)
    assert found.is_small
    assert all(one.is_small for one in found.shared)
    assert not any(one.stands_out for one in found.shared)


def test_a_lot_of_few_visits_is_told_as_small_numbers_although_it_stands_out() -> None:
    visits = [*clinic_of(1, share=0)]
    few = [one.visit_id for one in visits[:5]]
    made = [
        TracedVisit(
            one.visit_id,
            one.visit_on,
            one.has | {(Factor.TOPICAL, "RARE")} if one.visit_id in few else one.has,
            one.visit_id in few,
        )
        for one in visits
    ]
    rare = next(
        one for one in back_trace(made, first=FIRST, last=LAST).of(Factor.TOPICAL) if one.value == "RARE"
    )
    assert (rare.events, rare.visits, rare.stands_out, rare.is_small) == (5, 5, True, True)


def test_visits_outside_the_window_are_in_neither_count() -> None:
    visits = planted([*clinic_of(1)], 12)
    day = next(one.visit_on for one in visits if one.has_event)
    found = back_trace(visits, first=day, last=day)
    assert found.visits == sum(one.visit_on == day for one in visits)
    assert found.events == sum(one.has_event and one.visit_on == day for one in visits)


def test_no_visit_at_all_is_an_empty_answer() -> None:
    found = back_trace([], first=FIRST, last=LAST)
    assert (found.events, found.visits, found.shared) == (0, 0, ())


@pytest.mark.parametrize(
    ("depth_um", "band"),
    [(250, "0.0-0.5"), (500, "0.0-0.5"), (501, "0.5-1.0"), (2500, "2.0-2.5"), (3000, "2.5+")],
)
def test_a_band_holds_its_upper_end(depth_um: int, band: str) -> None:
    assert band_of(depth_um) == band
