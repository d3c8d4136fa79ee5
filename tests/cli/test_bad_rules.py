"""Wrong rules handed in as files: refused with the line and reason of everything, and nothing stored."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Said, Shell
from tests.domain.builders import draft
from tests.services.clinic_builder import MONDAY, SmallClinic
from tests.services.clinic_builder import document as visit_document

Json = dict[str, Any]
TAKEN = "2026-01-05"
"""The first day of what the small clinic's director signed."""


def wrong_protocol(document: Json) -> None:
    """Limits that contradict each other, an area that nobody knows, and a window without a unit."""
    document["areas"][0] |= {"acknowledge_above_mm": "0.10", "hard_max_mm": "0.05"}
    document["areas"][1]["area"] = "elbow"
    del document["interval_warn_days"]["unit"]
    document["speed_max_rpm"]["value"] = document["speed_min_rpm"]["value"] - 1


def wrong_policy(document: Json) -> None:
    """A longer wait that is shorter than the short one, and a window without a unit."""
    document["parameters"]["interval_block_days"]["value"] = 90
    del document["parameters"]["exam_valid_days"]["unit"]


def told_of(said: Said) -> dict[str, str]:
    """What was told, by its field; each names a line that is there."""
    told = {}
    for one in said.json["error"]["problems"]:
        line, _, field = one["where"].partition(", ")
        assert int(line.removeprefix("line ")) >= 1
        told[field] = one["what"]
        assert one["what"] in said.err, "a person reads it, too"
    return told


@pytest.mark.parametrize(
    ("kind", "name", "spoil", "fields"),
    [
        (
            "protocol",
            "protocols/face-mechanical.json",
            wrong_protocol,
            {
                "areas[0].acknowledge_above_mm",
                "areas[0].hard_max_mm",
                "areas[1].area",
                "interval_warn_days.unit",
                "speed_max_rpm.value",
            },
        ),
        (
            "policy",
            "policies/ca.json",
            wrong_policy,
            {"parameters.exam_valid_days.unit", "parameters.interval_warn_days.value"},
        ),
    ],
)
@pytest.mark.parametrize("more", [(), ("--from", TAKEN), ("--dry-run",)], ids=["file", "from", "dry"])
def test_all_faults_of_a_file_are_told_at_once_with_days_that_overlap(
    shell: Shell,
    clinic: SmallClinic,
    tmp_path: Path,
    kind: str,
    name: str,
    spoil: Callable[[Json], None],
    fields: set[str],
    more: tuple[str, ...],
) -> None:
    clinic.close()
    okafor = shell.as_user(clinic, "okafor")
    before = okafor(kind, "list").json["versions"]
    document = draft(name)
    document["effective_on"] = MONDAY.date().isoformat() if "--from" in more else TAKEN
    spoil(document)
    file = tmp_path / "rules.json"
    file.write_text(json.dumps(document, indent=1), encoding="utf-8")
    said = okafor(kind, "draft", str(file), *more)
    assert said.status == 64
    told = told_of(said)
    assert set(told) == fields | {"effective_on"}
    assert "Write" in told["effective_on"]
    lines = file.read_text(encoding="utf-8").splitlines()
    (day,) = {one["where"] for one in said.json["error"]["problems"] if "effective_on" in one["where"]}
    assert "effective_on" in lines[int(day.split(",")[0].removeprefix("line ")) - 1]
    assert okafor(kind, "list").json["versions"] == before


@pytest.mark.parametrize(
    ("examined_on", "codes"),
    [
        ("2025-12-31", {"examiner_not_licensed"}),
        ("2026-01-01", set()),
        ("2025-11-22", {"exam_expired", "examiner_not_licensed"}),
    ],
)
def test_an_exam_of_a_day_without_a_licence_is_refused_by_command(
    shell: Shell, clinic: SmallClinic, tmp_path: Path, examined_on: str, codes: set[str]
) -> None:
    """The examiner's licence begins on 1 January 2026."""
    clinic.close()
    file = tmp_path / "visit.json"
    visit = visit_document()
    visit["exam"]["examined_on"] = examined_on
    file.write_text(json.dumps(visit), encoding="utf-8")
    said = shell.as_user(clinic, "reyes")("visit", "record", file)
    assert {one["code"] for one in said.json["refusals"]} == codes
    assert said.json["state"] == ("deferred" if codes else "in_review")
    for one in said.json["refusals"]:
        if one["code"] == "examiner_not_licensed":
            assert one["message"] == f"G. Lind had no valid licence on {examined_on}, the day of the exam."
