"""The shipped example clinic and its three visits: scenarios 1 to 3, refusals and warnings exactly."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator, meta

from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.read_documents import schema_of
from tests.cli.conftest import EXAMPLE_PASSWORDS
from tests.cli.running import EXAMPLES, Said, Shell
from tests.services.clinic_builder import MONDAY, StoppedClock
from tests.services.reading import counts, problems_found, records_of, signatures_of


def record(shell: Shell, folder: Path, name: str) -> Said:
    return shell.at(folder, "reyes", EXAMPLE_PASSWORDS["reyes"])("visit", "record", EXAMPLES / name)


def codes(findings: list[dict[str, Any]]) -> set[str]:
    return {finding["code"] for finding in findings}


def test_a_clean_face_visit_has_nothing_against_it(shell: Shell, example: Path) -> None:
    said = record(shell, example, "visit-1-clean-face.json")
    assert said.status == 0
    assert (said.json["refusals"], said.json["warnings"], said.json["error"]) == ([], [], None)
    assert said.json["state"] in {"in_review", "complete_not_drawn"}


@pytest.mark.parametrize(
    ("cartridge", "where", "what"),
    [
        ({"udi": "(01)09506000134353(17)270531(10)LOTZ77"}, "udi", "check digit"),
        ({"udi": "4006381333931"}, "udi", "shop item"),
        ({"udi": "+Z999CART121/$$3270531LOTZ77/16D20260401A"}, "udi", "check character"),
        ({"udi": "(01)09506000134352(17)270531(10)LOTZ78"}, "lot", "another lot"),
        ({"udi": "(01)09506000134352(17)260930(10)LOTZ77"}, "expires_on", "another last day"),
        ({"udi": "(01)09506000134352(10)LOTZ77(21)0042"}, "serial", "another serial number"),
    ],
)
def test_a_cartridge_whose_code_is_wrong_or_says_something_else_is_refused_at_its_field(
    shell: Shell, example: Path, tmp_path: Path, cartridge: dict[str, str], where: str, what: str
) -> None:
    document = json.loads((EXAMPLES / "visit-1-clean-face.json").read_text())
    document["cartridge"] |= cartridge
    document["lines"][0]["depth_mm"] = "one"
    file = tmp_path / "visit.json"
    file.write_text(json.dumps(document))
    said = shell.at(example, "reyes", EXAMPLE_PASSWORDS["reyes"])("visit", "record", file)
    assert said.status == 64
    told = {one["where"]: one["what"] for one in said.json["error"]["problems"]}
    assert set(told) == {f"cartridge.{where}", "lines[0].depth_mm"}, (
        "all of it at once, and each at its field"
    )
    assert what in told[f"cartridge.{where}"]


def test_a_clean_prp_visit_is_warned_twice_and_refused_nothing(shell: Shell, example: Path) -> None:
    said = record(shell, example, "visit-2-clean-prp.json")
    assert said.status == 0
    assert said.json["refusals"] == []
    assert codes(said.json["warnings"]) == {"interval_short", "off_label_topical"}
    assert said.json["state"] == "in_review"


def test_isotretinoin_defers_the_visit_with_its_earliest_day(shell: Shell, example: Path) -> None:
    said = record(shell, example, "visit-3-isotretinoin.json")
    assert said.status == 5
    assert said.json["state"] == "deferred"
    assert codes(said.json["refusals"]) == {"isotretinoin_stopped"}
    assert codes(said.json["warnings"]) == {"topical_retinoid"}
    assert said.json["error"]["code"] == "refused"
    assert said.json["earliest_on"] == "2026-12-15"
    assert "2026-12-15" in said.json["refusals"][0]["message"]
    clock = StoppedClock(MONDAY.replace(hour=20))
    clinic = open_clinic(example, "owner", EXAMPLE_PASSWORDS["owner"], clock=clock)
    try:
        assert counts(clinic)["treatment_line"] == 0
        assert signatures_of(clinic, said.json["visit"]) == []
        (kept,) = records_of(clinic, said.json["visit"])
        assert "lines" not in kept["document"]
        assert problems_found(clinic) == []
    finally:
        clinic.close()


def test_the_director_finds_the_visits_signs_them_and_the_check_is_ok(shell: Shell, example: Path) -> None:
    done = record(shell, example, "visit-2-clean-prp.json").json
    director = shell.at(example, "okafor", EXAMPLE_PASSWORDS["okafor"])
    queue = director("queue")
    assert queue.status == 0
    (waiting,) = queue.json["visits"]
    assert {"id", "patient", "state", "reasons", "due_at", "score"} <= set(waiting)
    assert (waiting["id"], waiting["state"]) == (done["visit"], "in_review")
    assert waiting["score"] > 0
    signed = director("sign", done["visit"], "--approve")
    assert signed.status == 0
    assert signed.json["state"] == "signed"
    assert len(signed.json["signature"]) == 64
    assert "pinpoint_bleeding" in signed.err or "mm x" in signed.err, "the review text is printed first"
    assert director("queue").json["visits"] == []
    checked = director("check")
    assert (checked.status, checked.json["verdict"], checked.json["findings"]) == (0, "OK", [])


def test_today_lists_the_visits_of_the_day(shell: Shell, example: Path) -> None:
    done = record(shell, example, "visit-3-isotretinoin.json").json
    said = shell.at(example, "desk", EXAMPLE_PASSWORDS["desk"])("today", "--day", "2026-11-23")
    assert [
        one.message for one in Draft202012Validator(schema_of("answer_today")).iter_errors(said.json)
    ] == []
    assert {one["code"] for one in said.json["notices"]} == {"password_of_set_up"}
    assert said.status == 0
    (visit,) = said.json["visits"]
    assert {"id", "patient", "state", "reasons"} <= set(visit)
    assert (visit["id"], visit["state"]) == (done["visit"], "deferred")
    assert visit["reasons"] == ["history: failed"]
    other = shell.at(example, "desk", EXAMPLE_PASSWORDS["desk"])("today", "--day", "2026-11-24")
    assert other.json["visits"] == []
    assert [one["id"] for one in other.json["open_before"]] == [done["visit"]]


def test_a_return_needs_a_reason_and_reaches_the_performer(shell: Shell, example: Path) -> None:
    done = record(shell, example, "visit-2-clean-prp.json").json
    director = shell.at(example, "okafor", EXAMPLE_PASSWORDS["okafor"])
    without = director("sign", done["visit"], "--return")
    assert without.status == 64
    said = director("sign", done["visit"], "--return", "--reason", "Which tube was used?")
    assert (said.status, said.json["state"]) == (0, "returned")
    again = director("sign", done["visit"], "--approve")
    assert (again.status, again.json["error"]["code"]) == (5, "refused")
    assert again.json["state"] is None
    today = shell.at(example, "reyes", EXAMPLE_PASSWORDS["reyes"])("today", "--day", "2026-11-23")
    assert today.json["visits"][0]["reasons"] == ["Which tube was used?"]


def test_the_director_releases_a_deferred_visit_from_the_command_line(shell: Shell, example: Path) -> None:
    done = record(shell, example, "visit-3-isotretinoin.json").json
    director = shell.at(example, "okafor", EXAMPLE_PASSWORDS["okafor"])
    said = director("sign", done["visit"], "--release", "--reason", "Low dose; face only.")
    assert (said.status, said.json["state"]) == (0, "draft")


@pytest.mark.parametrize(
    "name", ["visit-1-clean-face.json", "visit-2-clean-prp.json", "visit-3-isotretinoin.json"]
)
def test_an_example_fits_the_published_schema(shell: Shell, name: str) -> None:
    schema = shell.run("schema", "visit").json
    meta.validate(schema)
    assert list(Draft202012Validator(schema).iter_errors(json.loads((EXAMPLES / name).read_text()))) == []


def test_whoever_signs_with_a_first_password_is_told_who_else_knows_it(shell: Shell, example: Path) -> None:
    told = "Whoever set the clinic up knows the password that you sign with."
    director = shell.at(example, "okafor", EXAMPLE_PASSWORDS["okafor"])
    assert told in director("sign", "V-000001", "--approve").err
    assert (
        told
        in shell.at(example, "reyes", EXAMPLE_PASSWORDS["reyes"])(
            "visit", "record", EXAMPLES / "visit-1-clean-face.json"
        ).err
    )
    assert told not in director("queue").err
