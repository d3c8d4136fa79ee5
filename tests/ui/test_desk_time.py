"""Moments are shown in the window as the clocks of the place showed them, or will."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication

from mnclinic.domain.amendment import AmendmentKind
from mnclinic.services.list_supplies import list_supplies
from mnclinic.ui.desk import Desk
from mnclinic.ui.devices.looks import checked_words
from mnclinic.ui.events.words import moment_words
from mnclinic.ui.settings.people import person_of
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.visits.amending import new_amendment
from tests.services.clinic_builder import SmallClinic
from tests.services.conftest import built_clinic, clinic

__all__ = ["built_clinic", "clinic"]


def test_a_moment_of_summer_has_summer_time_in_winter_too(
    clinic: SmallClinic, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clinic.clock, "zone", ZoneInfo("America/Chicago"), raising=False)
    runner = TaskRunner("store")
    try:
        desk = Desk(clinic.as_user("desk"), runner)
        in_summer = datetime(2027, 7, 1, 12, tzinfo=UTC)
        assert f"{desk.local(in_summer):%H:%M}" == "07:00"
        assert moment_words(in_summer, desk.now).endswith("07:00")
        assert desk.now.utcoffset() == clinic.clock.at.utcoffset(), "the present is as it was"
    finally:
        runner.close()


def test_an_inspectors_last_day_ends_at_its_own_midnight(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clinic.clock, "zone", ZoneInfo("America/Chicago"), raising=False)
    values = {"role": "inspector", "until": "2027-03-20", "licence": "", "depth_ceiling_mm": ""}
    values |= dict.fromkeys(("user", "name", "credential", "password"), "x")
    made = person_of(values, clinic.as_user("owner"), clinic.clock.at.date())
    assert made.access_until == datetime.fromisoformat("2027-03-21T00:00-05:00")


@pytest.mark.parametrize(
    ("day", "offset"), [(date(2026, 11, 23), "-06:00"), (date(2027, 3, 20), "-05:00")], ids=["same", "later"]
)
def test_the_time_of_a_late_entry_is_by_the_clocks_of_its_day(day: date, offset: str) -> None:
    view: Any = SimpleNamespace(document={"started_at": "2026-11-23T09:00:00-06:00"})
    values = {"text": "She called.", "happened_at": "14:05", "day": day.isoformat()}
    made = new_amendment(view, AmendmentKind.LATE_ENTRY, values, ZoneInfo("America/Chicago"))
    assert made.happened_at == datetime.fromisoformat(f"{day}T14:05{offset}")


def test_a_label_that_was_checked_in_the_evening_was_checked_that_day(clinic: SmallClinic) -> None:
    (device, *_) = list_supplies(clinic.as_user("desk")).devices
    device.facts["confirmation"].update(at="2026-11-24T02:00:00.000Z")
    words = checked_words(device, lambda at: at.astimezone(clinic.clock.at.tzinfo))
    assert "23 Nov 2026, 20:00 -06:00" in words
