"""Operations about lots and devices."""

from datetime import date

from mnclinic.services.add_lot import NewLot, add_lot
from mnclinic.services.change_device import quarantine_device, release_device
from mnclinic.services.change_lot import quarantine_lot, recall_lot, release_lot
from mnclinic.services.device_register import add_device, change_device_facts, confirm_device
from tests.faults.operation import Operation
from tests.faults.team import Team

WHY = "The seal was broken"


def add_one(team: Team) -> None:
    new = NewLot("cartridge", "LOT-77", "cartridge", date(2027, 5, 31), "1.50")
    add_lot(team.as_user("desk"), new)


def quarantine_one(team: Team) -> None:
    quarantine_lot(team.as_user("desk"), "cartridge", "LOT-1", reason=WHY)


def recall_one(team: Team) -> None:
    recall_lot(team.as_user("desk"), "cartridge", "LOT-1", reason=WHY)


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


SUPPLIES = (
    Operation("add a lot", add_one, users=("desk",)),
    Operation("quarantine a lot", quarantine_one, users=("desk",)),
    Operation("recall a lot", recall_one, users=("desk",)),
    Operation("release a lot", release_one, quarantine_one, users=("okafor",)),
    Operation("quarantine a device", stop_a_device, users=("desk",)),
    Operation("add a device", add_a_device, users=("okafor",)),
    Operation("confirm a device", confirm_a_device, add_a_device, users=("okafor",)),
    Operation("correct a device", correct_a_device, add_a_device, users=("okafor",)),
    Operation("release a device", release_a_device, stop_a_device, users=("okafor",)),
)
