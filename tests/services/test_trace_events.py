"""A back-trace counts signed visits as they stand, and who is behind them is told with an entry."""

from datetime import date

import pytest

from mnclinic.domain.back_trace import Factor
from mnclinic.errors import InvalidInput
from mnclinic.services.trace_events import people_with_events, trace_events
from tests.services.clinic_builder import SmallClinic
from tests.services.events import write_down
from tests.services.reading import actions_since, log_size
from tests.services.test_amend_visit import amend, signed_visit
from tests.services.test_judge_correction import corrects

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def test_a_visit_with_an_event_is_counted_with_all_that_it_had(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    write_down(clinic.as_user("reyes"), visit)
    write_down(clinic.as_user("reyes"), visit, grade=1)
    desk = clinic.as_user("desk")
    before = log_size(desk)
    found = trace_events(desk, first=FIRST, last=LAST)
    assert (found.events, found.visits, found.is_small) == (1, 1, True)
    assert {(one.factor, one.value, one.events, one.visits) for one in found.shared} == {
        (Factor.DEVICE, "SP-01", 1, 1),
        (Factor.LOT, "LOT-1", 1, 1),
        (Factor.PERFORMER, "reyes", 1, 1),
        (Factor.AREA, "cheek", 1, 1),
        (Factor.DEPTH_BAND, "1.0-1.5", 1, 1),
    }
    assert log_size(desk) == before, "counts name nobody"


def test_a_corrected_lot_counts_as_it_is_now(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    amend(clinic, visit, corrects("cartridge.lot", '"LOT-1"', '"lot-2"'))
    found = trace_events(clinic.as_user("desk"), first=FIRST, last=LAST)
    assert [one.value for one in found.of(Factor.LOT)] == ["LOT-2"]


def test_who_is_behind_a_count_is_entered_before_it_is_told(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    write_down(clinic.as_user("reyes"), visit)
    desk = clinic.as_user("desk")
    found = trace_events(desk, first=FIRST, last=LAST)
    before = log_size(desk)
    (person,) = people_with_events(desk, found.of(Factor.LOT)[0].event_visits, "lot LOT-1")
    assert (person.record_number, len(person.events)) == ("P-000001", 1)
    assert actions_since(desk, before) == ["recall.searched", "recall.viewed"]


def test_days_the_wrong_way_round_and_days_without_visits(clinic: SmallClinic) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    with pytest.raises(InvalidInput):
        trace_events(desk, first=LAST, last=FIRST)
    assert trace_events(desk, first=date(2020, 1, 1), last=date(2020, 1, 2)).visits == 0
