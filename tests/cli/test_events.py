"""`event`: every bad input is told beside its field, and a grave event holds the records."""

import json
from pathlib import Path

from mnclinic.audit.acknowledging import STATEMENT
from tests.cli.running import Shell
from tests.services.clinic_builder import PASSWORDS, SmallClinic, document
from tests.services.reading import entries_since, log_size
from tests.store.raw import with_database_key


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


def test_whoever_is_answered_with_an_event_has_looked_at_its_person(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    visit = _visit(shell, clinic, tmp_path)
    desk = shell.at(clinic.folder, "desk", PASSWORDS["desk"])
    event = str(desk("event", "add", visit, "--kind", "herpes", "--note", "Since noon.").json["event"]["id"])
    inspector = clinic.as_user("inspector")

    def looks(*command: str) -> list[tuple[str, list[str]]]:
        size = log_size(inspector)
        assert desk(*command).status == 0
        found = [one for one in entries_since(inspector, size) if one["kind"] == "R" and one["subj"]]
        return [(one["action"], one["cat"]) for one in found]

    ((whole, kinds),) = looks("event", "list", "--patient", "P-000001")
    assert whole == "patient.viewed"
    assert "adverse_event" in kinds
    assert looks("event", "list") == [("patient.viewed", ["demographics", "adverse_event"])]
    ((noted, kinds),) = looks("event", "note", event, "--text", "Better.")
    assert noted == "visit.viewed"
    assert "adverse_event" in kinds


def test_a_broken_acknowledgement_is_said_in_the_list_and_beside_its_step(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    visit = _visit(shell, clinic, tmp_path)
    desk = shell.at(clinic.folder, "desk", PASSWORDS["desk"])
    event = str(desk("event", "add", visit, "--kind", "herpes").json["event"]["id"])
    assert shell.at(clinic.folder, "okafor", PASSWORDS["okafor"])("event", "acknowledge", event).status == 0
    (step,) = desk("event", "show", event).json["event"]["steps"]
    assert step["standing"] == "holds"
    with with_database_key(clinic) as connection:
        connection.exec_driver_sql("UPDATE event_step SET signature = zeroblob(64)")
    (step,) = desk("event", "show", event).json["event"]["steps"]
    assert step["standing"] == "signature does not hold"
    who = ("--data-dir", clinic.folder, "--user", "desk", "--password-file", "-")
    for command, times in ((("event", "list"), 1), (("event", "show", event), 2)):
        said = shell.run(*command, *who, typed=f"{PASSWORDS['desk']}\n")
        assert said.out.count("SIGNATURE DOES NOT HOLD") == times


def test_an_acknowledgement_is_shown_with_name_credential_time_and_meaning(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    visit = _visit(shell, clinic, tmp_path)
    desk = shell.at(clinic.folder, "desk", PASSWORDS["desk"])
    event = str(desk("event", "add", visit, "--kind", "herpes").json["event"]["id"])
    shell.at(clinic.folder, "okafor", PASSWORDS["okafor"])("event", "acknowledge", event)
    (step,) = desk("event", "show", event).json["event"]["steps"]
    signed = step["signed"]
    assert (signed["name"], signed["credential"]) == ("Dr I. Okafor", "MD")
    assert signed["statement"] == STATEMENT
    assert signed["at"].endswith("-06:00")
    who = ("--data-dir", clinic.folder, "--user", "desk", "--password-file", "-")
    said = shell.run("event", "show", event, *who, typed=f"{PASSWORDS['desk']}\n").out
    assert f"signed by Dr I. Okafor, MD, {signed['at'][:19]}-06:00: holds" in said
    assert STATEMENT in said


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
