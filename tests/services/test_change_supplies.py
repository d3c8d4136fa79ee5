"""Lots are added, taken out of use and released with a reason; the log holds each, and nothing in passing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from mnclinic.domain.gate.supplies import USED_BEFORE
from mnclinic.domain.supplies import LotKind
from mnclinic.errors import InvalidInput, NotPermitted, Problem
from mnclinic.models import Lot
from mnclinic.services.add_lot import NewLot, add_lot
from mnclinic.services.change_device import quarantine_device, release_device
from mnclinic.services.change_lot import quarantine_lot, recall_lot, release_lot
from mnclinic.services.check_earlier_forms import MORE
from mnclinic.services.device_register import change_device_facts
from mnclinic.services.find_scanned import NOT_IN_REGISTER, find_scanned
from mnclinic.services.list_supplies import list_supplies
from mnclinic.services.paper_bridge import spoil_paper_sheet
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.stock import count_lot, receive_lot
from mnclinic.services.supply_rows import enter_lot, lot_named
from tests.services.clinic_builder import SmallClinic, add_person, document
from tests.services.reading import actions_since, log_size, problems_found

WHY = "The seal was broken"
NEW = NewLot("cartridge", " c-2291 ", "cartridge", date(2027, 5, 31), "1,5")


def test_a_lot_is_added_quarantined_recalled_and_released(clinic: SmallClinic) -> None:
    desk, director = clinic.as_user("desk"), clinic.as_user("okafor")
    size = log_size(desk)
    made = add_lot(desk, NEW)
    assert (made.lot, made.needle_length_mm, made.state) == ("c-2291", "1.50", "in_use")
    assert quarantine_lot(desk, "cartridge", "C-2291", reason=WHY).state == "quarantined"
    assert recall_lot(desk, "cartridge", "C-2291", reason=WHY).state == "recalled"
    assert release_lot(director, "cartridge", "c-2291", reason="It was another lot.").state == "in_use"
    assert actions_since(desk, size) == ["lot.added", "lot.quarantined", "lot.recalled", "lot.released"]
    assert problems_found(desk) == []


def test_a_device_is_quarantined_and_released(clinic: SmallClinic) -> None:
    desk, director = clinic.as_user("desk"), clinic.as_user("okafor")
    size = log_size(desk)
    assert quarantine_device(desk, "SP-01", reason=WHY).is_quarantined
    assert not release_device(director, "SP-01", reason="It was serviced.").is_quarantined
    assert actions_since(desk, size) == ["device.quarantined", "device.released"]
    assert problems_found(desk) == []


def test_whoever_may_stop_a_supply_may_not_put_it_back(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    quarantine_lot(desk, "cartridge", "LOT-1", reason=WHY)
    with pytest.raises(NotPermitted):
        release_lot(desk, "cartridge", "LOT-1", reason=WHY)
    with pytest.raises(NotPermitted):
        release_device(desk, "SP-01", reason=WHY)


def test_every_problem_of_a_lot_is_told_at_once_and_nothing_is_stored(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    size = log_size(desk)
    with pytest.raises(InvalidInput) as told:
        add_lot(desk, NewLot("wand", "", "", date(2026, 11, 22), "9"))
    wheres = {one.where for one in told.value.problems}
    assert wheres == {"kind", "lot", "name", "expires_on", "needle_length_mm"}
    with pytest.raises(InvalidInput) as told:
        add_lot(desk, NewLot("cartridge", "lot-1", "cartridge", date(2027, 5, 31), ""))
    assert {one.where for one in told.value.problems} == {"lot", "needle_length_mm"}
    unread = [Problem("scan", "The check digit is wrong.")]
    with pytest.raises(InvalidInput) as told:
        add_lot(desk, NewLot("cartridge", "", "", None, "nine"), of_code=unread)
    assert [one.where for one in told.value.problems] == ["scan", "name", "needle_length_mm"]
    assert log_size(desk) == size


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda clinic: quarantine_lot(clinic, "cartridge", "LOT-77", reason=" "), "no such lot"),
        (lambda clinic: release_lot(clinic, "cartridge", "LOT-1", reason=" "), "stands already"),
        (
            lambda clinic: receive_lot(clinic, "cartridge", "LOT-77", quantity=1, reason="x" * 301),
            "no such lot",
        ),
        (lambda clinic: quarantine_device(clinic, "SP-77", reason=" "), "no such device"),
        (lambda clinic: release_device(clinic, "SP-01", reason=" "), "stands already"),
        (lambda clinic: change_device_facts(clinic, "SP-77", {}, reason=" "), "no such device"),
        (lambda clinic: spoil_paper_sheet(clinic, "PB-000077", reason=" "), "no sheet of this number"),
    ],
)
def test_what_is_not_in_the_register_is_told_with_whatever_else_is_wrong(
    clinic: SmallClinic, act: Callable[[OpenClinic], Any], said: str
) -> None:
    director = clinic.as_user("okafor")
    size = log_size(director)
    with pytest.raises(InvalidInput, match=said) as told:
        act(director)
    assert "reason" in {one.where for one in told.value.problems}
    assert log_size(director) == size


def test_a_count_takes_a_reason_no_longer_than_any_other(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    with pytest.raises(InvalidInput) as told:
        count_lot(desk, "cartridge", "LOT-1", quantity=-1, reason="x" * 301)
    assert {one.where for one in told.value.problems} == {"quantity", "reason"}


@pytest.mark.parametrize(
    "act",
    [
        lambda clinic: quarantine_lot(clinic, "cartridge", "LOT-1", reason=" "),
        lambda clinic: recall_lot(clinic, "cartridge", "LOT-1", reason="x" * 301),
        lambda clinic: release_lot(clinic, "cartridge", "LOT-1", reason=WHY),
        lambda clinic: recall_lot(clinic, "topical", "LOT-1", reason=WHY),
        lambda clinic: quarantine_device(clinic, "SP-77", reason=WHY),
        lambda clinic: release_device(clinic, "SP-01", reason=WHY),
    ],
)
def test_what_changes_nothing_or_has_no_reason_is_refused(
    clinic: SmallClinic, act: Callable[[OpenClinic], Any]
) -> None:
    director = clinic.as_user("okafor")
    size = log_size(director)
    with pytest.raises(InvalidInput):
        act(director)
    assert log_size(director) == size


def test_an_expiry_that_is_moved_in_passing_is_found(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    with desk.work() as work:
        row = lot_named(work.session, "cartridge", "LOT-1")
        assert isinstance(row, Lot)
        row.expires_on += timedelta(days=365)
        row.state = "quarantined"
        enter_lot(work, row, "lot.quarantined", before="in_use", reason=WHY)
        work.commit()
    assert any(MORE in one for one in problems_found(desk))


def test_an_act_that_leaves_another_state_than_its_name_is_found(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    quarantine_lot(desk, "cartridge", "LOT-1", reason=WHY)
    with desk.work() as work:
        row = lot_named(work.session, "cartridge", "LOT-1")
        assert isinstance(row, Lot)
        row.state = "in_use"
        enter_lot(work, row, "lot.recalled", before="quarantined", reason=WHY)
        work.commit()
    assert any(MORE in one for one in problems_found(desk))


def test_a_state_that_is_changed_without_an_entry_is_found(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    recall_lot(desk, "cartridge", "LOT-1", reason=WHY)
    with desk.store.engine.begin() as connection:
        connection.execute(text("UPDATE lot SET state = 'in_use' WHERE lot = 'LOT-1'"))
    assert problems_found(desk)


def test_a_scanned_code_finds_its_lot(clinic: SmallClinic) -> None:
    found = find_scanned(clinic.as_user("desk"), ["(01)51022222233336(17)270531(10)LOT-1(21)7"])
    assert found.lot == list_supplies(clinic.as_user("desk")).lots[0]
    assert found.item is not None
    assert (found.item.serial, found.problems) == ("7", ())


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("LOT-77", "not in the register"),
        ("(01)51022222233336(21)7", "names no lot"),
        ("5901234123457", "shop item"),
        ("(17)260131(10)LOT-1", "expired on 2026-01-31"),
        (
            "(17)260131(10)LOT-77",
            "not in the register. Add it under Devices and supplies. The lot LOT-77 expired",
        ),
    ],
)
def test_why_a_scanned_code_may_not_be_used_is_told(clinic: SmallClinic, code: str, said: str) -> None:
    assert said in " ".join(find_scanned(clinic.as_user("desk"), [code]).problems)


def test_a_lot_that_was_taken_out_of_use_is_refused_at_the_scan(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    quarantine_lot(desk, "cartridge", "LOT-1", reason=WHY)
    assert "is quarantined" in find_scanned(desk, ["lot-1"]).problems[0]
    recall_lot(desk, "cartridge", "LOT-1", reason=WHY)
    assert "is recalled" in find_scanned(desk, ["lot-1"], [LotKind.CARTRIDGE]).problems[0]
    assert "expired" in find_scanned(desk, ["lot-1"], day=date(2030, 1, 1)).problems[0]


def test_a_cartridge_of_another_visit_is_refused_at_the_scan(clinic: SmallClinic) -> None:
    add_person(clinic.as_user("desk"))
    code = "(17)270531(10)LOT-1(21)7"
    with clinic.signing("reyes") as (reyes, by):
        used = document(patient={"record_number": "P-000001"}, cartridge={"lot": "LOT-1", "serial": "7"})
        made = record_visit(reyes, used, by, shown="window")
        assert find_scanned(reyes, [code]).problems == (USED_BEFORE,)
        unknown = document(
            patient={"last_name": "Otherson", "first_name": "Bo", "born_on": "1985-01-02"},
            cartridge={
                "lot": "LOT-77",
                "serial": "8",
                "expires_on": "2027-05-31",
                "needle_length_mm": "1.50",
            },
            reasons=[{"code": "cartridge_not_registered", "reason": "Opened before it was entered."}],
        )
        assert record_visit(reyes, unknown, by, shown="window").refusals == ()
        told = find_scanned(reyes, ["(17)270531(10)LOT-77(21)8"]).problems
        assert told == (NOT_IN_REGISTER.format(lot="LOT-77"), USED_BEFORE)
        assert find_scanned(reyes, [code], visit_id=made.visit_id).problems == ()
