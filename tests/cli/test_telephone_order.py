"""`visit telephone-order`: what it answers, and what it says where there is no such order."""

import json
from pathlib import Path

from tests.cli.running import Shell
from tests.services.clinic_builder import PASSWORDS, SmallClinic, document
from tests.services.test_telephone_order import STOPPED_RECENTLY, clinic_with

WORDS = (
    *("--director", "okafor", "--pass", "isotretinoin_stopped", "--words", "Low dose, go ahead."),
    *("--at", "2026-11-23T08:40:00-06:00", "--read-back-at", "2026-11-23T08:41:00-06:00"),
)


def written(place: Path) -> Path:
    file = place / "visit.json"
    file.write_text(json.dumps(document(screening=STOPPED_RECENTLY)), encoding="utf-8")
    return file


def test_an_order_is_entered_by_command_and_the_visit_goes_on(shell: Shell, tmp_path: Path) -> None:
    clinic = clinic_with(tmp_path / "clinic")
    clinic.close()
    reyes = shell.at(clinic.folder, "reyes", PASSWORDS["reyes"])
    visit = reyes("visit", "record", written(tmp_path)).json["number"]
    said = reyes("visit", "telephone-order", visit, *WORDS)
    assert said.status == 0, said.err
    assert (said.json["state"], said.json["passed"]) == ("draft", ["isotretinoin_stopped"])
    queue = shell.at(clinic.folder, "okafor", PASSWORDS["okafor"])("queue").json
    assert [one["number"] for one in queue["releases"]] == [visit]


def test_where_the_policy_has_none_the_command_is_refused(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    reyes = shell.at(clinic.folder, "reyes", PASSWORDS["reyes"])
    visit = reyes("visit", "record", written(tmp_path)).json["number"]
    said = reyes("visit", "telephone-order", visit, *WORDS)
    assert said.status == 5
    assert [one["code"] for one in said.json["error"]["refusals"]] == ["no_telephone_orders"]
