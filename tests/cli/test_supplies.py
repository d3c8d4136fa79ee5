"""Lots and devices from the prompt: nothing typed is left out in silence, and all that is wrong is told."""

import json
from pathlib import Path

from tests.cli.running import EXAMPLES, Said, Shell
from tests.services.clinic_builder import SmallClinic

CODE = "(01)09506000134352(17)270531(10)LOTZ77"


def wheres(said: Said) -> set[str]:
    assert said.status == 64
    return {one["where"] for one in said.json["error"]["problems"]}


def test_a_lot_typed_otherwise_than_its_code_says_is_not_added(shell: Shell, clinic: SmallClinic) -> None:
    desk = shell.as_user(clinic, "desk")
    added = ("supply", "add", "topical", "--name", "gel", "--scan", CODE)
    assert wheres(desk(*added, "--lot", "LOTZ78", "--expires", "2028-05-31")) == {"lot", "expires_on"}
    said = desk(*added, "--lot", "lotz77", "--expires", "2027-05-31")
    assert (said.status, said.json["lot"]["lot"]) == (0, "lotz77")


def test_a_code_that_cannot_be_read_is_told_with_whatever_else_is_wrong(
    shell: Shell, clinic: SmallClinic
) -> None:
    desk = shell.as_user(clinic, "desk")
    said = desk("supply", "add", "cartridge", "--name", " ", "--scan", "4006381333931", "--needle-mm", "nine")
    assert wheres(said) == {"scan", "name", "needle_length_mm"}


def test_a_device_is_added_from_a_file_or_from_a_draft_and_not_from_both(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    owner = shell.as_user(clinic, "owner")
    file = tmp_path / "device.json"
    file.write_text(json.dumps(json.loads((EXAMPLES / "device-sp-01.json").read_text()) | {"device": "SP-9"}))
    assert wheres(owner("device", "add", file, "--draft", "exceed", "--serial", "9")) == {"draft"}
    assert owner("device", "add", file, "--serial", "9").status == 0
