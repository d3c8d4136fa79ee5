"""Who may do what, tried by commands: by credential, area, depth, supervision and papers that end."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Said, Shell
from tests.services.clinic_builder import CONSENT, PASSWORDS, SmallClinic, document, known_clinic, protocol
from tests.services.test_telephone_order import second_form


def clinic_where_nurses(folder: Path, **changes: object) -> SmallClinic:
    """A clinic under a policy that says this of registered nurses."""
    policy = second_form()
    nurse: dict[str, Any] = next(one for one in policy["roles"] if one["credential"] == "RN")
    nurse.update({"supervision": "none", "unsupervised_mm": "2.00", "supervised_mm": "2.00"} | changes)
    documents = (("policy", policy), ("protocol", protocol()), ("consent_text", CONSENT))
    made = known_clinic(folder, documents=documents)
    made.close()
    return made


def recorded(shell: Shell, clinic: SmallClinic, place: Path, **changes: object) -> Said:
    file = place / "visit.json"
    file.write_text(json.dumps(document(**changes)), encoding="utf-8")
    return shell.at(clinic.folder, "reyes", PASSWORDS["reyes"])("visit", "record", file)


def codes(said: Said) -> set[str]:
    return {one["code"] for one in said.json["refusals"]}


DEEPER = [
    {"area": "cheek", "side": "right", "depth_mm": "1.75", "passes": 4, "endpoint": "pinpoint_bleeding"}
]


@pytest.mark.parametrize(
    ("role", "visit", "code"),
    [
        ({"performs": []}, {}, "role_not_permitted"),
        ({"areas": ["forehead"]}, {}, "area_not_for_role"),
        ({"unsupervised_mm": "1.00", "supervised_mm": "1.00"}, {}, "depth_over_role"),
        ({"unsupervised_mm": "1.00"}, {}, "depth_over_role"),
        ({"supervision": "on_site"}, {}, "supervisor_missing"),
        ({"unsupervised_mm": "1.00"}, {"supervised_by": "reyes"}, "supervisor_is_performer"),
        ({"unsupervised_mm": "1.00"}, {"supervised_by": "desk"}, "supervisor_not_entitled"),
        ({"bls_required": True}, {}, "performer_bls_missing"),
        ({"training": ["Microneedling, two days"]}, {}, "performer_training_missing"),
    ],
)
def test_what_the_role_does_not_allow_is_refused_with_its_reason(
    shell: Shell, tmp_path: Path, role: dict[str, object], visit: dict[str, object], code: str
) -> None:
    clinic = clinic_where_nurses(tmp_path / "clinic", **role)
    said = recorded(shell, clinic, tmp_path, **visit)
    assert said.status == 5, said.out
    assert code in codes(said), codes(said)
    assert said.json["state"] in {None, "draft", "deferred"}


def test_under_a_supervisor_who_may_examine_the_same_depth_passes(shell: Shell, tmp_path: Path) -> None:
    clinic = clinic_where_nurses(tmp_path / "clinic", unsupervised_mm="1.00", supervised_mm="1.50")
    said = recorded(shell, clinic, tmp_path, supervised_by="lind")
    assert said.status == 0, said.err
    over = recorded(shell, clinic, tmp_path, supervised_by="lind", lines=DEEPER)
    assert over.status == 5
    assert "depth_over_role" in codes(over)


def test_a_paper_that_ends_stops_the_next_visit_and_the_past_keeps_it(shell: Shell, tmp_path: Path) -> None:
    clinic = clinic_where_nurses(tmp_path / "clinic", bls_required=True)
    owner = shell.at(clinic.folder, "owner", PASSWORDS["owner"])
    days = ("--from", "2026-01-01", "--to", "2027-12-31")
    which = ("--what", "bls", "--number", "B-1", "--issuer", "Example Heart School")
    assert owner("user", "paper", "reyes", *which, *days).status == 0
    done = recorded(shell, clinic, tmp_path)
    assert done.status == 0, done.err
    visit = done.json["number"]
    ended = ("user", "end-paper", "reyes", "--number", "B-1")
    assert owner(*ended, "--on", "2026-11-24", "--reason", "Withdrawn by the school.").status == 0
    for day, was_valid in (("2026-11-23", True), ("2026-11-25", False)):
        then = owner("in-force", "--on", day).json["licences"]
        assert [one["was_valid"] for one in then if one["number"] == "B-1"] == [was_valid]
    assert owner(*ended, "--on", "2026-11-22", "--reason", "It was so a day before.").status == 0
    another = {"last_name": "Low", "first_name": "Bo", "born_on": "1990-02-03"}
    later = recorded(shell, clinic, tmp_path, patient=another)
    assert later.status == 5
    assert "performer_bls_missing" in codes(later)
    assert shell.at(clinic.folder, "okafor", PASSWORDS["okafor"])("sign", visit, "--approve").status == 0
