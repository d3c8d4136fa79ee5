"""What was done to devices, how many of a lot there are, and sheets of paper: entered, held and missed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from mnclinic.cli.visits import review_text
from mnclinic.errors import InvalidInput
from mnclinic.models import PaperSheet
from mnclinic.services import paper_bridge
from mnclinic.services.attachments import list_attachments
from mnclinic.services.change_device import quarantine_device
from mnclinic.services.check_earlier_forms import MORE
from mnclinic.services.check_supplies import WHO, WHOSE
from mnclinic.services.device_register import change_device_facts
from mnclinic.services.enter_service import NewService, enter_service, services_of
from mnclinic.services.list_supplies import list_supplies
from mnclinic.services.notices import notices
from mnclinic.services.paper_bridge import (
    list_paper_sheets,
    print_paper_sheets,
    return_paper_sheet,
    spoil_paper_sheet,
)
from mnclinic.services.paper_rows import enter_issued, enter_returned, enter_spoiled
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.services.stock import Stock, count_lot, discard_lot, receive_lot
from tests.services.clinic_builder import SmallClinic, add_person, document
from tests.services.reading import actions_since, entries_since, log_size, problems_found, stored_visit

SCAN = b"%PDF-1.7\nA page.\n%%EOF\n"
CLEANED = NewService("cleaning", date(2026, 11, 20), "T. Reyes")
PROTOCOL = "face"


def device(clinic: OpenClinic) -> Any:  # noqa: ANN401
    return next(one for one in list_supplies(clinic).devices if one.device == "SP-01")


def lot(clinic: OpenClinic) -> Any:  # noqa: ANN401
    return next(one for one in list_supplies(clinic).lots if one.lot == "LOT-1")


def typed_facts(held: Any) -> dict[str, Any]:  # noqa: ANN401
    return {name: said for name, said in held.facts.items() if name != "confirmation"}


def with_intervals(clinic: SmallClinic, **every: int) -> None:
    director = clinic.as_user("okafor")
    held = device(director)
    entry = {**typed_facts(held), "serial": held.serial, **every}
    change_device_facts(director, "SP-01", entry, reason="The maker asks for it")


def findings(clinic: SmallClinic) -> dict[str, Any]:
    with clinic.signing("reyes") as (reyes, by):
        told = record_visit(reyes, document(patient={"record_number": "P-000001"}), by, shown="window")
    return {one.code: one for one in told.verdict.findings}


def test_a_lapsed_interval_warns_with_a_reason_until_it_was_done(clinic: SmallClinic) -> None:
    add_person(clinic.as_user("desk"))
    with_intervals(clinic, cleaning_every_days=7, calibration_every_days=365)
    found = findings(clinic)
    assert found["device_cleaning_overdue"].passed_by.value == "performer"
    assert "device_calibration_overdue" in found
    desk = clinic.as_user("desk")
    enter_service(desk, "SP-01", CLEANED)
    assert [one.kind.value for one in device(desk).overdue] == ["calibration"]
    assert "device_cleaning_overdue" not in findings(clinic)
    assert problems_found(desk) == []


def test_what_was_done_to_a_quarantined_device_is_entered_and_no_treatment_with_it_passes(
    clinic: SmallClinic,
) -> None:
    desk = clinic.as_user("desk")
    add_person(desk)
    quarantine_device(desk, "SP-01", reason="It fell")
    enter_service(desk, "SP-01", NewService("repair", date(2026, 11, 22), "Example Service Inc."))
    assert findings(clinic)["device_quarantined"].passed_by.value == "nobody"


def test_a_device_that_failed_is_quarantined_in_the_same_act_and_nothing_counts_as_done(
    clinic: SmallClinic,
) -> None:
    desk = clinic.as_user("desk")
    with_intervals(clinic, calibration_every_days=365)
    size = log_size(desk)
    new = NewService(
        "calibration", date(2026, 11, 20), "Example Service Inc.", is_passed=False, note="0.4 mm off"
    )
    enter_service(desk, "SP-01", new)
    assert device(desk).is_quarantined
    assert device(desk).overdue
    assert actions_since(desk, size) == ["device.service_entered", "device.quarantined"]
    assert [one.is_passed for one in services_of(desk, "SP-01")] == [False]
    assert problems_found(desk) == []


def test_every_problem_of_an_entry_about_a_device_is_told_at_once(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    size = log_size(desk)
    with pytest.raises(InvalidInput) as told:
        enter_service(desk, "SP-01", NewService("polish", date(2027, 1, 1), "", note="x" * 501))
    assert {one.where for one in told.value.problems} == {"kind", "done_on", "done_by", "note"}
    with pytest.raises(InvalidInput, match="no such device") as told:
        enter_service(desk, "SP-77", replace(CLEANED, done_by=""))
    assert {one.where for one in told.value.problems} == {"done_by"}
    assert log_size(desk) == size


def test_a_lot_is_received_used_discarded_and_counted(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    add_person(desk)
    assert lot(desk).stock is None, "nobody counted it"
    receive_lot(desk, "cartridge", "lot-1", quantity=12)
    assert findings(clinic) is not None
    discard_lot(desk, "cartridge", "LOT-1", quantity=2, reason="Seal broken")
    assert (lot(desk).stock, lot(desk).stock.on_hand, lot(desk).is_low) == (Stock(12, 1, 2), 9, True)
    clinic.clock.at += timedelta(seconds=60)
    count_lot(desk, "cartridge", "LOT-1", quantity=10)
    assert (lot(desk).stock.on_hand, lot(desk).is_low) == (10, False)
    assert problems_found(desk) == []


@pytest.mark.parametrize(
    ("deed", "quantity", "where"),
    [
        (count_lot, -1, "quantity"),
        (receive_lot, 0, "quantity"),
        (receive_lot, 100_001, "quantity"),
        (discard_lot, 13, "quantity"),
    ],
)
def test_a_number_that_cannot_be_is_refused_and_nothing_is_stored(
    clinic: SmallClinic,
    deed: Callable[..., object],
    quantity: int,
    where: str,
) -> None:
    desk = clinic.as_user("desk")
    receive_lot(desk, "cartridge", "LOT-1", quantity=12)
    size = log_size(desk)
    with pytest.raises(InvalidInput) as told:
        deed(desk, "cartridge", "LOT-1", quantity=quantity, reason="Torn")
    assert [one.where for one in told.value.problems] == [where]
    with pytest.raises(InvalidInput):
        receive_lot(desk, "cartridge", "LOT-77", quantity=1)
    assert log_size(desk) == size


def test_a_sheet_is_printed_brought_back_with_its_scan_and_another_is_spoiled(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    desk = clinic.as_user("desk")
    add_person(desk)
    size = log_size(desk)
    printed = print_paper_sheets(desk, PROTOCOL, count=2, language="en", out=tmp_path / "sheet.pdf")
    assert [one.name for one in printed.files] == ["sheet-PB-000001.pdf", "sheet-PB-000002.pdf"]
    assert all(one.read_bytes().startswith(b"%PDF-") for one in printed.files)
    with clinic.signing("reyes") as (reyes, by):
        made = record_visit(reyes, document(patient={"record_number": "P-000001"}), by, shown="window")
    assert show_visit(desk, made.visit_id, opened=False).late_entered_at is None
    back = return_paper_sheet(desk, "pb-000001", made.number, scan=SCAN)
    assert (back.state, back.visit) == ("returned", made.number)
    spoil_paper_sheet(desk, "PB-000002", reason="Coffee")
    assert [one.state for one in list_paper_sheets(desk)] == ["spoiled", "returned"]
    assert [one.title for one in list_attachments(desk, "P-000001")] == ["Paper sheet PB-000001"]
    again = print_paper_sheets(desk, PROTOCOL, count=1, language="es", out=tmp_path / "one.pdf")
    assert [one.number for one in again.rows] == ["PB-000003"], "no number is used twice"
    assert list_paper_sheets(desk)[0].is_out
    wanted = {"paper.issued", "paper.returned", "paper.spoiled", "attachment.kept"}
    assert wanted <= set(actions_since(desk, size))
    (returned,) = [one for one in entries_since(desk, size) if one["action"] == "paper.returned"]
    assert returned["subj"] == stored_visit(desk, made.visit_id).patient_ref
    assert problems_found(desk) == []


def test_what_is_odd_about_a_sheet_that_comes_back_is_told(clinic: SmallClinic, tmp_path: Path) -> None:
    desk = clinic.as_user("desk")
    add_person(desk)
    with clinic.signing("reyes") as (reyes, by):
        made = record_visit(reyes, document(patient={"record_number": "P-000001"}), by, shown="window")
    clinic.clock.at += timedelta(hours=2)
    print_paper_sheets(desk, PROTOCOL, count=2, language="en", out=tmp_path / "sheet.pdf")
    (said,) = return_paper_sheet(desk, "PB-000001", made.number, scan=SCAN).noted
    assert f"{made.number} began at 09:00, before this sheet was printed at 11:00" in said
    again = return_paper_sheet(desk, "PB-000002", made.number, scan=SCAN).noted
    assert [one for one in again if "PB-000001 came back as the same visit" in one] != []
    assert all(one.noted == () for one in list_paper_sheets(desk))
    assert problems_found(desk) == []


def test_a_paper_visit_that_is_entered_days_later_says_how_late(clinic: SmallClinic, tmp_path: Path) -> None:
    desk = clinic.as_user("desk")
    add_person(desk)
    clinic.clock.at -= timedelta(hours=1)
    print_paper_sheets(desk, PROTOCOL, count=1, language="en", out=tmp_path / "sheet.pdf")
    clinic.clock.at += timedelta(days=5)
    with clinic.signing("reyes") as (reyes, by):
        made = record_visit(reyes, document(patient={"record_number": "P-000001"}), by, shown="window")
    (said,) = return_paper_sheet(clinic.as_user("desk"), "PB-000001", made.number, scan=SCAN).noted
    assert "5 days after it began" in said
    assert "late entry" in said
    view = show_visit(desk, made.visit_id, opened=False)
    assert view.late_entered_at is not None
    assert view.late_entered_at - datetime.fromisoformat(view.document["started_at"]) > timedelta(days=4)
    assert any("Late entry: entered" in line for line in review_text(view))


def test_the_check_finds_a_sheet_that_came_back_under_somebody_else(
    clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = clinic.as_user("desk")
    add_person(desk)
    other = add_person(desk, "Otherson")
    print_paper_sheets(desk, PROTOCOL, count=1, language="en", out=tmp_path / "sheet.pdf")
    with clinic.signing("reyes") as (reyes, by):
        made = record_visit(reyes, document(patient={"record_number": "P-000001"}), by, shown="window")
    monkeypatch.setattr(
        paper_bridge, "enter_returned", lambda work, row, _ref: enter_returned(work, row, other)
    )
    return_paper_sheet(desk, "PB-000001", made.number, scan=SCAN)
    assert [one for one in problems_found(desk) if WHOSE in one] != []


def test_a_sheet_comes_back_once_and_to_no_visit_that_is_older(clinic: SmallClinic, tmp_path: Path) -> None:
    desk = clinic.as_user("desk")
    add_person(desk)
    with clinic.signing("reyes") as (reyes, by):
        made = record_visit(reyes, document(patient={"record_number": "P-000001"}), by, shown="window")
    clinic.clock.at += timedelta(days=1)
    print_paper_sheets(desk, PROTOCOL, count=1, language="en", out=tmp_path / "sheet.pdf")
    size = log_size(desk)
    with pytest.raises(InvalidInput) as told:
        return_paper_sheet(desk, "PB-000001", made.number, scan=SCAN)
    assert [one.where for one in told.value.problems] == ["visit"]
    with pytest.raises(InvalidInput):
        return_paper_sheet(desk, "PB-000009", made.number, scan=SCAN)
    with pytest.raises(InvalidInput):
        spoil_paper_sheet(desk, "PB-000001", reason=" ")
    assert log_size(desk) == size
    spoil_paper_sheet(desk, "PB-000001", reason="Torn")
    with pytest.raises(InvalidInput, match="no longer out"):
        spoil_paper_sheet(desk, "PB-000001", reason="Torn")


def test_a_sheet_is_missed_until_its_visit_is_signed(clinic: SmallClinic, tmp_path: Path) -> None:
    desk = clinic.as_user("desk")
    ref = add_person(desk)
    print_paper_sheets(desk, PROTOCOL, count=1, language="en", out=tmp_path / "sheet.pdf")
    start_visit(clinic.as_user("reyes"), ref, "microneedling_face", "reyes")
    for visit, said in (("V-000001", "not signed yet"), ("V-000009", "no such visit")):
        with pytest.raises(InvalidInput) as told:
            return_paper_sheet(desk, "PB-000001", visit, scan=SCAN)
        ((where, what),) = [(one.where, one.what) for one in told.value.problems]
        assert (where, said in what) == ("visit", True)
    assert list_paper_sheets(desk)[0].is_out
    assert list_attachments(desk, "P-000001") == ()


def test_sheets_that_cannot_be_printed_take_no_number(clinic: SmallClinic, tmp_path: Path) -> None:
    desk = clinic.as_user("desk")
    size = log_size(desk)
    with pytest.raises(InvalidInput) as told:
        print_paper_sheets(desk, "nothing", count=21, language="fr", out=tmp_path / "sheet.pdf")
    assert {one.where for one in told.value.problems} == {"protocol", "count", "language"}
    with pytest.raises(InvalidInput):
        print_paper_sheets(desk, PROTOCOL, count=1, language="en", out=tmp_path / "no" / "sheet.pdf")
    assert log_size(desk) == size


@pytest.mark.parametrize(
    "words",
    [
        "UPDATE device_service SET done_on = '2026-11-22'",
        "DELETE FROM device_service",
        "UPDATE lot_movement SET quantity = 50",
        "DELETE FROM lot_movement",
        "DELETE FROM paper_sheet",
        "UPDATE paper_sheet SET reason = 'None'",
        "UPDATE paper_sheet SET state = 'issued', settled_by = NULL, settled_at = NULL",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_written(
    clinic: SmallClinic, tmp_path: Path, words: str
) -> None:
    desk = clinic.as_user("desk")
    enter_service(desk, "SP-01", CLEANED)
    receive_lot(desk, "cartridge", "LOT-1", quantity=12)
    print_paper_sheets(desk, PROTOCOL, count=1, language="en", out=tmp_path / "sheet.pdf")
    spoil_paper_sheet(desk, "PB-000001", reason="Torn")
    with (
        pytest.raises(IntegrityError, match="keeps what was written"),
        desk.store.engine.begin() as connection,
    ):
        connection.execute(text(words))


@pytest.mark.parametrize(
    ("table", "words", "said"),
    [
        ("device_service", "UPDATE device_service SET done_on = '2026-11-22'", "device service"),
        ("lot_movement", "UPDATE lot_movement SET quantity = 50", "lot movement"),
        ("paper_sheet", "UPDATE paper_sheet SET protocol = 'face-prp:2'", "paper sheet PB-000001"),
        ("device_service", "DELETE FROM device_service", "device services"),
        ("lot_movement", "DELETE FROM lot_movement", "lot movements"),
        ("paper_sheet", "DELETE FROM paper_sheet", "paper sheets"),
    ],
)
def test_a_row_that_somebody_changed_behind_the_database_is_found(
    clinic: SmallClinic, tmp_path: Path, table: str, words: str, said: str
) -> None:
    desk = clinic.as_user("desk")
    enter_service(desk, "SP-01", CLEANED)
    receive_lot(desk, "cartridge", "LOT-1", quantity=12)
    print_paper_sheets(desk, PROTOCOL, count=1, language="en", out=tmp_path / "sheet.pdf")
    with desk.store.engine.begin() as connection:
        names = connection.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"),
            {"table": table},
        ).all()
        for name in names:
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text(words))
    assert any(one.startswith(said) for one in problems_found(desk))


def test_a_sheet_that_changes_its_protocol_in_passing_is_found(clinic: SmallClinic, tmp_path: Path) -> None:
    desk = clinic.as_user("desk")
    print_paper_sheets(desk, PROTOCOL, count=1, language="en", out=tmp_path / "sheet.pdf")
    with desk.work() as work:
        row = work.session.get_one(PaperSheet, "PB-000001")
        row.state, row.reason, row.protocol = "spoiled", "Torn", "face-prp:2"
        row.settled_by, row.settled_at = desk.person.staff_id, desk.clock.now()
        work.session.flush()
        enter_spoiled(work, row)
        work.commit()
    assert any(MORE in one for one in problems_found(desk))


EARLIER = timedelta(minutes=30)


@pytest.mark.parametrize("changed", ["issued_by", "issued_at"])
def test_a_sheet_that_somebody_else_is_said_to_have_printed_or_at_another_time_is_found(
    clinic: SmallClinic, tmp_path: Path, changed: str
) -> None:
    """Entered by whoever is logged in, as the row stands."""
    desk, owner = clinic.as_user("desk"), clinic.as_user("owner")
    print_paper_sheets(desk, PROTOCOL, count=1, language="en", out=tmp_path / "sheet.pdf")
    with desk.work() as work:
        first = work.session.get_one(PaperSheet, "PB-000001")
        held = {one.key: getattr(first, one.key) for one in inspect(PaperSheet).column_attrs}
        now = clinic.clock.now()
        said = {"issued_by": owner.person.staff_id, "issued_at": now - EARLIER}[changed]
        row = PaperSheet(**held | {"number": "PB-000002", "issued_at": now, changed: said})
        work.session.add(row)
        work.session.flush()
        enter_issued(work, row)
        work.commit()
    assert f"paper sheet PB-000002: {WHO}" in problems_found(owner)
    assert not any(one.startswith("paper sheet PB-000001") for one in problems_found(owner))


@pytest.mark.parametrize("changed", ["settled_by", "settled_at"])
def test_a_sheet_that_somebody_else_is_said_to_have_settled_or_at_another_time_is_found(
    clinic: SmallClinic, tmp_path: Path, changed: str
) -> None:
    desk, owner = clinic.as_user("desk"), clinic.as_user("owner")
    print_paper_sheets(desk, PROTOCOL, count=1, language="en", out=tmp_path / "sheet.pdf")
    clinic.clock.at += EARLIER * 2
    with desk.work() as work:
        row = work.session.get_one(PaperSheet, "PB-000001")
        row.state, row.reason = "spoiled", "Torn"
        row.settled_by, row.settled_at = desk.person.staff_id, clinic.clock.now()
        said = {"settled_by": owner.person.staff_id, "settled_at": clinic.clock.now() - EARLIER}[changed]
        setattr(row, changed, said)
        work.session.flush()
        enter_spoiled(work, row)
        work.commit()
    assert f"paper sheet PB-000001: {WHO}" in problems_found(owner)


def test_what_is_due_runs_low_ends_or_is_out_is_told_on_today(clinic: SmallClinic, tmp_path: Path) -> None:
    desk = clinic.as_user("desk")

    def told() -> set[str]:
        return {one.code for one in notices(desk) if one.page == "devices"}

    assert told() == set()
    with_intervals(clinic, cleaning_every_days=7)
    receive_lot(desk, "cartridge", "LOT-1", quantity=3)
    print_paper_sheets(desk, PROTOCOL, count=1, language="en", out=tmp_path / "sheet.pdf")
    assert told() == {"device_care_overdue", "supply_low", "paper_sheets_out"}
    enter_service(desk, "SP-01", CLEANED)
    receive_lot(desk, "cartridge", "LOT-1", quantity=30)
    spoil_paper_sheet(desk, "PB-000001", reason="Torn")
    held = device(desk)
    entry = {**typed_facts(held), "serial": "S-9"}
    change_device_facts(clinic.as_user("okafor"), "SP-01", entry, reason="Read again")
    clinic.clock.at = clinic.clock.at.replace(year=2027, month=5, day=20)
    desk = clinic.as_user("desk")
    assert told() == {"device_care_overdue", "device_not_confirmed", "lot_expiring"}


def test_a_sheet_printed_in_the_evening_bears_the_day_of_the_clinic(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    clinic.clock.at = clinic.clock.at.replace(hour=20)
    desk = clinic.as_user("desk")
    printed = print_paper_sheets(desk, PROTOCOL, count=1, language="en", out=tmp_path / "sheet.pdf")
    spoilt = spoil_paper_sheet(desk, "PB-000001", reason="Coffee")
    (listed,) = list_paper_sheets(desk)
    for row in (*printed.rows, spoilt, listed):
        assert row.issued_at.date() == clinic.clock.at.date()
    assert listed.settled_at is not None
    assert listed.settled_at.date() == clinic.clock.at.date()
