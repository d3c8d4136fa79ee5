"""Whoever sets the clock while an act is under way forges nothing: the act has one time throughout."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mnclinic.domain.instants import OneTime
from mnclinic.errors import InvalidInput
from mnclinic.services.back_up import back_up
from mnclinic.services.break_glass import break_glass
from mnclinic.services.check_store import check_store
from mnclinic.services.hold_records import end_hold, hold_records
from mnclinic.services.import_patients import import_patients
from mnclinic.services.photos import keep_photo
from mnclinic.services.plan_visits import walk_in
from mnclinic.services.record_visit import record_visit
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from tests.services.clinic_builder import SmallClinic, StoppedClock, add_person, document
from tests.services.events import write_down
from tests.services.follow_ups import treated
from tests.services.photographing import choose, new_photo

ROSTER = "last_name,first_name,date_of_birth\n"
READINGS = range(1, 8)
"""After so many readings of it in the act the clock is set."""


@dataclass
class SetClock(StoppedClock):
    """A clock that somebody sets `by` so much once it was read `after` times more."""

    after: int = -1
    by: timedelta = timedelta(0)

    def now(self) -> datetime:
        """The test's present."""
        if self.after == 0:
            self.at += self.by
        self.after -= 1
        return super().now()


def test_within_an_act_a_step_of_the_clock_is_not_followed() -> None:
    clock = StoppedClock(is_set_by_hand=True)
    time = OneTime(clock)
    held = time.hold()
    began = time.now()
    clock.at += timedelta(hours=1)
    assert timedelta(0) <= time.now() - began < timedelta(seconds=1)
    time.let_go(object())
    assert time.now() - began < timedelta(seconds=1)
    time.let_go(held)
    assert time.now() - began >= timedelta(hours=1)


def test_within_an_act_time_passes() -> None:
    clock = StoppedClock()
    time = OneTime(clock)
    time.hold()
    began = time.now()
    clock.at += timedelta(hours=1)
    assert time.now() - began >= timedelta(hours=1)


def _unless_refused(act: Callable[[], object]) -> None:
    """A clock that is set back before the act itself began makes what was just now a time to come."""
    with suppress(InvalidInput):
        act()


def _acts(clinic: SmallClinic, place: Path, number: int) -> Iterator[Callable[[], object]]:
    """Each act of one round, once it is prepared."""
    desk, owner = clinic.as_user("desk"), clinic.as_user("owner")
    person = add_person(desk, f"Person{'abcdefgh'[number]}")
    yield lambda: add_person(desk, f"Newson{'abcdefgh'[number]}")
    yield lambda: hold_records(owner, person, "A letter of a court.")
    yield lambda: end_hold(owner, person, "Closed.")
    yield lambda: withdraw_consent(desk, person, NewWithdrawal(withdrawn_by="Herself"))
    yield lambda: walk_in(desk, person)
    owner.glass = None
    yield lambda: break_glass(owner, "Bleeding, nobody else is here.", 30)
    roster = place / f"roster-{number}.csv"
    names = (f"Import{'abcdefgh'[number]}{'abcdef'[at]},Ada,199{at}-01-01\n" for at in range(6))
    roster.write_text(ROSTER + "".join(names), encoding="utf-8")
    yield lambda: import_patients(owner, roster, date_order=None, dry_run=False)
    visit = treated(clinic)
    # Time passes since the newest entry, or that one is later than whatever the clock is set back to.
    clinic.clock.at += timedelta(minutes=3)
    began_at = clinic.clock.at
    yield lambda: _unless_refused(lambda: write_down(desk, visit, onset_at=began_at))
    nurse, pictured = clinic.as_user("reyes"), add_person(desk, f"Pictured{'abcdefgh'[number]}")
    choose(nurse, pictured, "chart", clinic.clock.at)
    just_now = replace(new_photo(), taken_at=clinic.clock.at + timedelta(milliseconds=1))
    yield lambda: _unless_refused(lambda: keep_photo(nurse, pictured, just_now))
    with clinic.signing("reyes") as (reyes, by):
        patient = {"last_name": f"Visit{'abcdefgh'[number]}", "first_name": "Ada", "born_on": "1990-04-23"}
        yield lambda: record_visit(reyes, document(patient=patient), by, shown="window")
    if number == 0:
        yield lambda: back_up(owner, place)


@pytest.mark.parametrize("step", [timedelta(hours=-1), timedelta(hours=1), timedelta(seconds=-90)], ids=str)
def test_a_clock_that_is_set_within_an_act_is_nobodys_hand(
    clinic: SmallClinic, tmp_path: Path, step: timedelta
) -> None:
    clock = SetClock(clinic.clock.at, is_set_by_hand=True)
    clinic.clock = clock
    for number, after in enumerate(READINGS):
        for act in _acts(clinic, tmp_path, number):
            set_right = clock.at
            clock.after, clock.by = after, step
            act()
            clock.after, clock.at = -1, max(set_right, clinic.clock.at - clock.by)
    checked = check_store(clinic.as_user("okafor"))
    assert checked.verdict in {"OK", "EXPLAINED"}, checked.findings
