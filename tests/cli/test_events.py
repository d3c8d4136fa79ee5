"""`event`: every bad input is told beside its field, and a grave event holds the records."""

import json
from pathlib import Path

from tests.cli.running import Shell
from tests.services.clinic_builder import PASSWORDS, SmallClinic, document


def _visit(shell: Shell, clinic: SmallClinic, place: Path) -> str:
    (place / "visit.json").write_text(json.dumps(document()), encoding="utf-8")
    said = shell.at(clinic.folder, "reyes", PASSWORDS["reyes"])("visit", "record", place / "visit.json")
    return str(said.json["visit"])


def test_every_wrong_part_is_told_beside_its_option(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    visit = _visit(shell, clinic, tmp_path)
    desk = shell.at(clinic.folder, "desk", PASSWORDS["desk"])
    wrong = ("--grade", 7, "--onset", "2031-01-01T09:00:00-06:00", "--by", " ")
    said = desk("event", "add", visit, "--kind", "other", *wrong)
    assert said.status != 0
    told = said.json["error"]
    assert isinstance(told, dict)
    assert {one["where"] for one in told["problems"]} == {"event", "grade", "onset_at", "told_by"}
    early = desk("event", "add", visit, "--kind", "herpes", "--onset", "2026-11-01T09:00:00-06:00")
    assert [one["where"] for one in early.json["error"]["problems"]] == ["onset_at"]
    assert desk("event", "list").json["events"] == []


def test_a_grave_event_says_that_the_records_are_held(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    visit = _visit(shell, clinic, tmp_path)
    desk = shell.at(clinic.folder, "desk", PASSWORDS["desk"])
    said = desk("event", "add", visit, "--kind", "allergy", "--serious", "life_threatening")
    assert (said.json["held"], said.json["event"]["grade"]) == (True, 4)
    refused = desk("event", "close", said.json["event"]["id"], "--outcome", "recovered", "--text", "Gone.")
    assert refused.status != 0


def test_the_worksheet_is_written_beside_and_says_that_nothing_was_sent(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    visit = _visit(shell, clinic, tmp_path)
    desk = shell.at(clinic.folder, "desk", PASSWORDS["desk"])
    event = desk("event", "add", visit, "--kind", "infection").json["event"]["id"]
    out = tmp_path / "sheet.pdf"
    said = desk("event", "worksheet", event[:8], "--out", out)
    assert (said.status, said.json["file"]) == (0, str(out))
    assert out.read_bytes().startswith(b"%PDF")
    nowhere = desk("event", "worksheet", event, "--out", tmp_path / "no" / "sheet.pdf")
    assert nowhere.status != 0
