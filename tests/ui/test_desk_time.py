"""Moments are shown in the window as the clocks of the place showed them, or will."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication

from mnclinic.ui.desk import Desk
from mnclinic.ui.events.words import moment_words
from mnclinic.ui.tasks import TaskRunner
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
