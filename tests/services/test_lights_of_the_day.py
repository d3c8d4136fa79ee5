"""The six lights of every line of the day: as the visit itself shows them, before it is begun and after."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event, update

from mnclinic.domain.finding import Light, LightState
from mnclinic.models import Device
from mnclinic.services.list_day import DayLine, list_day
from mnclinic.services.mark_planned import cancel_planned, start_planned
from mnclinic.services.plan_visits import NewPlanned, plan_visits
from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person, document

DAY = MONDAY.date()


@pytest.fixture
def desk(clinic: SmallClinic) -> OpenClinic:
    return clinic.as_user("desk")


def planned(desk: OpenClinic, ref: str, **changes: object) -> str:
    wanted = NewPlanned(ref, DAY, "09:30", "microneedling_face", "reyes")
    return plan_visits(desk, [NewPlanned(**(wanted.__dict__ | changes))]).plans[0].plan_id


def line(desk: OpenClinic, key: str, day: date | None = None) -> DayLine:
    return next(one for one in list_day(desk, day).lines if one.key == key)


def in_the_visit(desk: OpenClinic, visit_id: str) -> dict[Light, LightState]:
    verdict = show_visit(desk, visit_id, opened=False).verdict
    return {light: verdict.light(light) for light in Light}


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the database in the block."""
    asked: list[str] = []

    def before(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", before)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", before)


@pytest.mark.parametrize("born", ["1984-02-29", "2012-05-01"])
def test_a_planned_line_has_the_lights_of_the_visit_that_begins_from_it(desk: OpenClinic, born: str) -> None:
    plan = planned(desk, add_person(desk, born_on=born))
    before = line(desk, plan)
    assert not before.is_begun
    assert before.lights is not None
    visit = start_planned(desk, plan, None)
    after = line(desk, plan)
    assert after.is_begun
    assert before.lights == after.lights == in_the_visit(desk, visit)
    stopped = {"minor"} if born.startswith("2012") else set()
    assert before.wrong == stopped
    assert (before.lights[Light.IDENTITY] is LightState.FAILED) == bool(stopped)


def test_what_a_plan_leaves_open_is_not_done_and_stops_nobody(desk: OpenClinic) -> None:
    plan = planned(desk, add_person(desk), service="", performer="")
    lights = line(desk, plan).lights
    assert lights is not None
    assert lights[Light.AUTHORITY] is LightState.NOT_DONE
    known = line(desk, planned(desk, add_person(desk, "Elsewhere"), at_time="10:00")).lights
    assert known is not None
    assert known[Light.AUTHORITY] is LightState.PASSED


def test_a_line_of_another_day_is_judged_as_of_that_day(desk: OpenClinic) -> None:
    later = DAY + timedelta(days=2)
    turns_18 = add_person(desk, "Almost", born_on=later.replace(year=later.year - 18).isoformat())
    today, then = planned(desk, turns_18), planned(desk, turns_18, planned_on=later)
    assert line(desk, today).wrong == {"minor"}
    assert line(desk, then, later).wrong == set()


def test_who_will_not_come_has_no_lights(desk: OpenClinic) -> None:
    plan = planned(desk, add_person(desk))
    cancel_planned(desk, plan, 1, "Called off.")
    assert line(desk, plan).lights is None


def test_a_light_of_an_open_visit_says_what_the_visit_says_though_nobody_saved_it_since(
    clinic: SmallClinic, desk: OpenClinic
) -> None:
    reyes = clinic.as_user("reyes")
    plan = planned(desk, add_person(desk))
    visit = start_planned(reyes, plan, None)
    view = show_visit(reyes, visit, opened=False)
    save_visit(reyes, visit, view.edition, document() | {"patient": view.document["patient"]})
    assert line(desk, plan).lights == in_the_visit(desk, visit)
    before = line(desk, plan).lights
    with reyes.store.engine.begin() as connection:
        connection.execute(update(Device).values(is_quarantined=True))
    after = line(desk, plan)
    assert before is not None
    assert before[Light.SUPPLIES] is LightState.PASSED
    assert "device_quarantined" in after.wrong
    assert after.lights == in_the_visit(desk, visit)


def test_a_longer_day_is_asked_for_with_as_many_questions(desk: OpenClinic) -> None:
    numbers = []
    for name in ("Firstly", "Secondly", "Thirdly"):
        ref = add_person(desk, name)
        plan = planned(desk, ref)
        start_planned(desk, plan, None)
        planned(desk, ref, at_time="15:00")
        list_day(desk)
        with statements() as asked:
            list_day(desk)
        numbers.append(len(asked))
    assert numbers == [numbers[0]] * 3
