"""Operations about lots and devices."""

import random
from datetime import date

from mnclinic.services.add_lot import NewLot, add_lot
from mnclinic.services.change_device import quarantine_device, release_device
from mnclinic.services.change_lot import quarantine_lot, recall_lot, release_lot
from mnclinic.services.device_register import add_device, change_device_facts, confirm_device
from mnclinic.services.enter_service import NewService, enter_service
from mnclinic.services.look_back import look_back
from mnclinic.services.paper_bridge import print_paper_sheets, return_paper_sheet, spoil_paper_sheet
from mnclinic.services.stock import count_lot, discard_lot, receive_lot
from tests.faults import acts
from tests.faults.operation import Operation, visit_in
from tests.faults.team import Team

WHY = "The seal was broken"


def add_one(team: Team) -> None:
    new = NewLot("cartridge", "LOT-77", "cartridge", date(2027, 5, 31), "1.50")
    add_lot(team.as_user("desk"), new)


def quarantine_one(team: Team) -> None:
    quarantine_lot(team.as_user("desk"), "cartridge", "LOT-1", reason=WHY)


def recall_one(team: Team) -> None:
    recall_lot(team.as_user("desk"), "cartridge", "LOT-1", reason=WHY)


def look_one_up(team: Team) -> None:
    look_back(team.as_user("desk"), "LOT-1")


def a_signed_visit(team: Team) -> None:
    acts.record(team, random.Random(1))


def release_one(team: Team) -> None:
    release_lot(team.as_user("okafor"), "cartridge", "LOT-1", reason=WHY)


def stop_a_device(team: Team) -> None:
    quarantine_device(team.as_user("desk"), "SP-01", reason=WHY)


def release_a_device(team: Team) -> None:
    release_device(team.as_user("okafor"), "SP-01", reason=WHY)


PEN: dict[str, object] = {
    "device": "EX-01",
    "model": "Exceed",
    "maker": "MT.DERM",
    "serial": "881",
    "clearance": "K182407",
    "max_depth_mm": "1.90",
    "minimum_age": 22,
    "indications": [{"indication": "facial_acne_scars", "phototypes": [1, 2]}],
}


def add_a_device(team: Team) -> None:
    add_device(team.as_user("okafor"), PEN)


def confirm_a_device(team: Team) -> None:
    read = {"serial": "881", "max_depth_mm": "1.9", "minimum_age": "22"}
    confirm_device(team.as_user("okafor"), "EX-01", read=read)


def correct_a_device(team: Team) -> None:
    change_device_facts(team.as_user("okafor"), "EX-01", PEN | {"max_depth_mm": "1.50"}, reason=WHY)


def clean_a_device(team: Team) -> None:
    enter_service(team.as_user("desk"), "SP-01", NewService("cleaning", date(2026, 11, 20), "T. Reyes"))


def fail_a_device(team: Team) -> None:
    new = NewService("calibration", date(2026, 11, 20), "Example Service Inc.", is_passed=False)
    enter_service(team.as_user("desk"), "SP-01", new)


def receive_some(team: Team) -> None:
    receive_lot(team.as_user("desk"), "cartridge", "LOT-1", quantity=20)


def discard_some(team: Team) -> None:
    discard_lot(team.as_user("desk"), "cartridge", "LOT-1", quantity=1, reason=WHY)


def count_some(team: Team) -> None:
    count_lot(team.as_user("desk"), "cartridge", "LOT-1", quantity=7)


def print_a_sheet(team: Team) -> None:
    out = team.desk / "sheet.pdf"
    print_paper_sheets(team.as_user("desk"), "face", count=1, language="en", out=out)


def a_sheet_and_its_visit(team: Team) -> None:
    print_a_sheet(team)
    acts.record(team, random.Random(1))


def bring_a_sheet_back(team: Team) -> None:
    return_paper_sheet(
        team.as_user("desk"), "PB-000001", visit_in(team, "desk", "in_review"), scan=b"%PDF-1.7\n%%EOF\n"
    )


def spoil_a_sheet(team: Team) -> None:
    spoil_paper_sheet(team.as_user("desk"), "PB-000001", reason=WHY)


SUPPLIES = (
    Operation("print a paper sheet", print_a_sheet, users=("desk",)),
    Operation("bring a paper sheet back", bring_a_sheet_back, a_sheet_and_its_visit, users=("desk",)),
    Operation("spoil a paper sheet", spoil_a_sheet, print_a_sheet, users=("desk",)),
    Operation("clean a device", clean_a_device, users=("desk",)),
    Operation("enter that a device failed", fail_a_device, users=("desk",)),
    Operation("receive some of a lot", receive_some, users=("desk",)),
    Operation("discard some of a lot", discard_some, receive_some, users=("desk",)),
    Operation("count a lot", count_some, users=("desk",)),
    Operation("add a lot", add_one, users=("desk",)),
    Operation("quarantine a lot", quarantine_one, users=("desk",)),
    Operation("recall a lot", recall_one, users=("desk",)),
    Operation("look up whom a lot touched", look_one_up, a_signed_visit, users=("desk",)),
    Operation("release a lot", release_one, quarantine_one, users=("okafor",)),
    Operation("quarantine a device", stop_a_device, users=("desk",)),
    Operation("add a device", add_a_device, users=("okafor",)),
    Operation("confirm a device", confirm_a_device, add_a_device, users=("okafor",)),
    Operation("correct a device", correct_a_device, add_a_device, users=("okafor",)),
    Operation("release a device", release_a_device, stop_a_device, users=("okafor",)),
)
