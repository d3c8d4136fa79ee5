"""Devices are entered, corrected and confirmed from their labels; nobody treats with an unconfirmed one."""

from pathlib import Path
from typing import Any

import pytest

from mnclinic.domain.devices import typed_device, typed_values
from mnclinic.errors import InvalidInput, NotPermitted
from mnclinic.models import Device
from mnclinic.services.check_earlier_forms import MORE
from mnclinic.services.device_register import (
    add_device,
    change_device_facts,
    confirm_device,
    shipped_devices,
)
from mnclinic.services.list_supplies import DeviceRow, list_supplies
from mnclinic.services.notices import notices
from mnclinic.services.read_documents import check_document
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.set_up_clinic import LABEL_READ_BY, problems_of
from mnclinic.services.supply_rows import enter_device
from tests.services.clinic_builder import (
    DEVICE,
    MONDAY,
    SmallClinic,
    add_person,
    document,
    request,
    small_clinic,
)
from tests.services.reading import actions_since, log_size, problems_found

PEN: dict[str, Any] = {
    "device": "EX-01",
    "model": "Exceed",
    "maker": "MT.DERM",
    "serial": "mt-881",
    "clearance": "K182407",
    "max_depth_mm": "1.90",
    "minimum_age": 22,
    "indications": [{"indication": "facial_acne_scars", "phototypes": [1, 2, 3, 4]}],
}
READ = {"serial": "MT-881", "max_depth_mm": "1,9", "label_depth_mm": "", "minimum_age": "22"}
WHY = "The label says otherwise"


def one(clinic: OpenClinic, name: str) -> Any:  # noqa: ANN401
    return next(row for row in list_supplies(clinic).devices if row.device == name)


def without_confirmation(row: DeviceRow) -> dict[str, Any]:
    return {name: said for name, said in row.facts.items() if name != "confirmation"}


def test_a_device_is_added_confirmed_corrected_and_confirmed_anew(clinic: SmallClinic) -> None:
    director, reyes = clinic.as_user("okafor"), clinic.as_user("reyes")
    size = log_size(director)
    assert add_device(director, PEN).facts["confirmation"] is None
    made = confirm_device(reyes, "EX-01", read=READ)
    assert made.facts["confirmation"]["name"] == reyes.person.name
    entry = {**PEN, "label_depth_mm": "1.50", "service_every_days": 365}
    assert change_device_facts(director, "EX-01", entry, reason=WHY).facts["confirmation"] is None
    confirm_device(director, "EX-01", read=READ | {"label_depth_mm": "1.5"})
    entry["service_every_days"] = 180
    kept = change_device_facts(director, "EX-01", entry, reason="The maker asks for it")
    assert kept.facts["confirmation"]["name"] == director.person.name, "an interval is not on the label"
    wanted = ["device.added", "device.confirmed", "device.changed", "device.confirmed", "device.changed"]
    assert actions_since(director, size) == wanted
    assert problems_found(director) == []


def test_a_device_of_the_set_up_waits_for_its_label_unless_somebody_read_it(tmp_path: Path) -> None:
    unread = {name: said for name, said in DEVICE.items() if name != LABEL_READ_BY}
    clinic = small_clinic(tmp_path, devices=(unread, DEVICE | {"device": "SP-02", "serial": "S-2"}))
    director = clinic.as_user("okafor")
    assert not one(director, "SP-01").is_confirmed
    assert one(director, "SP-02").facts["confirmation"]["name"] == "T. Reyes"
    assert "device_not_confirmed" in {told.code for told in notices(director)}
    add_person(clinic.as_user("desk"))
    with clinic.signing("reyes") as (reyes, by):
        refused = record_visit(reyes, document(patient={"record_number": "P-000001"}), by, shown="window")
    assert "device_not_confirmed" in {told.code for told in refused.verdict.refused}
    read = {"serial": "S-1", "max_depth_mm": "2.50", "label_depth_mm": "1.50", "minimum_age": "22"}
    assert confirm_device(director, "SP-01", read=read).is_confirmed
    assert problems_found(director) == []
    clinic.close()


@pytest.mark.parametrize("reader", ["desk", "inspector", "nobody"])
def test_nobody_is_named_at_the_set_up_as_having_read_a_label_who_may_not_confirm_one(reader: str) -> None:
    told = problems_of(request(devices=(DEVICE | {LABEL_READ_BY: reader},)), MONDAY)
    assert [one.where for one in told] == ["devices[0].label_read_by"]


def test_a_device_of_the_set_up_is_corrected_and_then_waits_for_its_label(clinic: SmallClinic) -> None:
    director = clinic.as_user("okafor")
    row = one(director, "SP-01")
    entry = {**without_confirmation(row), "serial": "S-99"}
    change_device_facts(director, "SP-01", entry, reason=WHY)
    assert one(director, "SP-01").facts["confirmation"] is None
    assert one(director, "SP-01").serial == "S-99"
    assert problems_found(director) == []


def test_a_treatment_with_an_unconfirmed_device_is_refused_to_everybody(clinic: SmallClinic) -> None:
    director = clinic.as_user("okafor")
    add_person(clinic.as_user("desk"))
    row = one(director, "SP-01")
    change_device_facts(director, "SP-01", {**without_confirmation(row), "serial": "S-99"}, reason=WHY)
    with clinic.signing("reyes") as (reyes, by):
        told = record_visit(reyes, document(patient={"record_number": "P-000001"}), by, shown="window")
        found = {one.code: one for one in told.verdict.findings}
    assert found["device_not_confirmed"].passed_by.value == "nobody"
    assert told.state == "deferred"
    assert problems_found(director) == []


def test_the_desk_confirms_no_device_and_enters_none(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    with pytest.raises(NotPermitted):
        add_device(desk, PEN)
    with pytest.raises(NotPermitted):
        confirm_device(desk, "SP-01", read=READ)


@pytest.mark.parametrize(
    ("read", "where"),
    [
        ({"serial": "MT-882"}, "serial"),
        ({"max_depth_mm": "2.5"}, "max_depth_mm"),
        ({"max_depth_mm": ""}, "max_depth_mm"),
        ({"max_depth_mm": "one"}, "max_depth_mm"),
        ({"label_depth_mm": "1.5"}, "label_depth_mm"),
        ({"minimum_age": "18"}, "minimum_age"),
    ],
)
def test_a_label_that_says_something_else_confirms_nothing(
    clinic: SmallClinic, read: dict[str, str], where: str
) -> None:
    director = clinic.as_user("okafor")
    add_device(director, PEN)
    size = log_size(director)
    with pytest.raises(InvalidInput) as told:
        confirm_device(director, "EX-01", read=READ | read)
    assert [one.where for one in told.value.problems] == [where]
    assert log_size(director) == size


def test_a_device_with_an_unknown_number_cannot_be_confirmed_and_says_which(clinic: SmallClinic) -> None:
    director = clinic.as_user("okafor")
    add_device(director, {"device": "D-1", "model": "Pen", "maker": "M", "serial": "1"})
    with pytest.raises(InvalidInput, match="mechanical maximum is not in the register"):
        confirm_device(director, "D-1", read={"serial": "1"})


def test_what_is_taken_or_cannot_be_stored_is_told_by_its_field(clinic: SmallClinic) -> None:
    director = clinic.as_user("okafor")
    add_device(director, PEN)
    size = log_size(director)
    with pytest.raises(InvalidInput) as told:
        add_device(director, PEN)
    assert [one.where for one in told.value.problems] == ["device"]
    with pytest.raises(InvalidInput) as told:
        add_device(director, PEN | {"device": "EX-02", "serial": "MT-881 "})
    assert [one.where for one in told.value.problems] == ["serial"]
    with pytest.raises(InvalidInput) as told:
        add_device(director, {**PEN, "device": "EX-02", "serial": "2", "label_depth_mm": "2.00"})
    assert [one.where for one in told.value.problems] == ["label_depth_mm"]
    with pytest.raises(InvalidInput, match="already"):
        change_device_facts(director, "EX-01", PEN, reason=WHY)
    with pytest.raises(InvalidInput) as told:
        change_device_facts(director, "EX-01", {**PEN, "max_depth_mm": "9"}, reason="")
    assert {one.where for one in told.value.problems} == {"max_depth_mm", "reason"}
    with pytest.raises(InvalidInput) as told:
        add_device(director, PEN | {"max_depth_mm": "9"})
    assert {one.where for one in told.value.problems} == {"max_depth_mm", "device"}
    with pytest.raises(InvalidInput) as told:
        add_device(director, PEN | {"device": "", "model": ""})
    assert {one.where for one in told.value.problems} == {"device", "model", "serial"}
    assert log_size(director) == size


@pytest.mark.parametrize(
    ("code", "where"),
    [
        ("4006381333931", "udi"),
        ("(01)51022222233337(21)MT-881", "udi"),
        ("(01)51022222233336(21)MT-882", "serial"),
    ],
)
def test_a_device_whose_code_no_label_bears_or_another_does_is_not_entered(
    clinic: SmallClinic, code: str, where: str
) -> None:
    director = clinic.as_user("okafor")
    size = log_size(director)
    with pytest.raises(InvalidInput) as told:
        add_device(director, PEN | {"udi": code})
    assert [one.where for one in told.value.problems] == [where]
    assert log_size(director) == size
    add_device(director, PEN | {"udi": "(01)51022222233336(21)mt-881"})
    size = log_size(director)
    with pytest.raises(InvalidInput) as told:
        change_device_facts(director, "EX-01", PEN | {"udi": code}, reason=WHY)
    assert [one.where for one in told.value.problems] == [where]
    assert log_size(director) == size


@pytest.mark.parametrize("draft", shipped_devices(), ids=lambda one: one.name)
def test_a_shipped_draft_is_of_a_cleared_device_and_comes_back_as_it_is_typed(draft: Any) -> None:  # noqa: ANN401
    assert draft.facts["clearance"]
    entry = {"maker": "M", **draft.facts, "device": "D-1", "serial": "1"}
    assert check_document("device_entry", entry) == entry
    assert typed_device(typed_values(entry)) == (entry, ())


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("device.changed", {"was": {"source": "?"}}),
        ("device.confirmed", {"was": {"confirmation": None}}),
        ("device.quarantined", None),
    ],
)
def test_a_number_of_a_label_that_is_moved_in_passing_is_found(
    clinic: SmallClinic,
    action: str,
    said: Any,  # noqa: ANN401
) -> None:
    director = clinic.as_user("okafor")
    add_device(director, PEN)
    with director.work() as work:
        row = work.session.get_one(Device, "EX-01")
        row.facts = row.facts.replace(b'"1.90"', b'"2.90"')
        if said is None:
            row.is_quarantined = True
            enter_device(work, row, action, before=False, reason=WHY)
        else:
            enter_device(work, row, action, was=said["was"], reason=WHY)
        work.commit()
    assert any(MORE in one for one in problems_found(director))


def test_a_confirmation_in_somebody_elses_name_is_found(clinic: SmallClinic) -> None:
    director, reyes = clinic.as_user("okafor"), clinic.as_user("reyes")
    add_device(director, PEN)
    with director.work() as work:
        row = work.session.get_one(Device, "EX-01")
        who = (
            f'"confirmation":{{"at":"2026-11-23T08:00:00Z","by":"{reyes.person.staff_id}","name":"T. Reyes"}}'
        )
        row.facts = row.facts.replace(b'"confirmation":null', who.encode())
        enter_device(work, row, "device.confirmed", was={"confirmation": None})
        work.commit()
    assert any(MORE in one for one in problems_found(director))
