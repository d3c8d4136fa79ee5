"""No visit of a period can be left out, whether it was entered on its own day or later."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.record_visit import record_visit
from tests.bundles.test_solo import told_by_all
from tests.services.clinic_builder import MONDAY, SmallClinic, document, small_clinic
from tests.store.raw import with_database_key

DAY = MONDAY.date()
OTHER = {"last_name": "Otherson", "first_name": "Bo", "born_on": "1985-01-02"}


@pytest.fixture
def recorded(tmp_path: Path) -> Iterator[SmallClinic]:
    """V-000001 of Monday entered on Monday, V-000002 of Monday entered on Tuesday."""
    clinic = small_clinic(tmp_path / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
        clinic.clock.at += timedelta(days=1)
        record_visit(reyes, document(patient=OTHER), by, shown="window")
    yield clinic
    clinic.close()


def bundle_of(clinic: SmallClinic, day: date, out: Path) -> bytes:
    okafor = clinic.as_user("okafor")
    return make_bundle(okafor, MakeBundle(day, day, out, plain=True)).file.read_bytes()


def test_a_period_holds_what_was_entered_late_and_the_day_of_entering_does_not(
    recorded: SmallClinic, tmp_path: Path
) -> None:
    told = told_by_all(bundle_of(recorded, DAY, tmp_path / "day.zip"), tmp_path, recorded.ready.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    with recorded.signing("reyes") as (reyes, by):
        started_at, third = MONDAY + timedelta(days=1), OTHER | {"last_name": "Thirdling"}
        changed = document(patient=third)
        changed |= {"started_at": changed["started_at"].replace(str(DAY), str(started_at.date()))}
        changed |= {"ended_at": changed["ended_at"].replace(str(DAY), str(started_at.date()))}
        recorded.clock.at += timedelta(hours=8)
        record_visit(reyes, changed, by, shown="window")
    next_day = bundle_of(recorded, DAY + timedelta(days=1), tmp_path / "next.zip")
    told = told_by_all(next_day, tmp_path, recorded.ready.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    assert "The log speaks of 2 more visits; all lie outside the period." in [
        one["what"] for one in told["notes"]
    ]


@pytest.mark.parametrize("number", ["V-000001", "V-000002"])
def test_a_visit_that_is_passed_off_as_one_of_another_day_is_missed_by_every_verifier(
    recorded: SmallClinic, number: str, tmp_path: Path
) -> None:
    with with_database_key(recorded) as connection:
        change = "UPDATE visit SET visit_on = '2026-10-01' WHERE number = ?"
        connection.exec_driver_sql(change, (number,))
    told = told_by_all(bundle_of(recorded, DAY, tmp_path / "day.zip"), tmp_path, recorded.ready.fingerprint)
    assert told["verdict"] == "INCOMPLETE"
    assert any(f"revision 1 of {DAY}, which is not in the bundle" in one["what"] for one in told["findings"])
