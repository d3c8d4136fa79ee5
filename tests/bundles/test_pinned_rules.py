"""What a treatment was performed under is what the director had approved by then, and is never nothing."""

from pathlib import Path
from typing import Any

import pytest

from mnclinic.bundles.container import write_container
from tests.bundles.builders import ANN, BEGUN, NURSE, Clinic, a_clinic, sealed
from tests.bundles.test_slices import exported
from tests.bundles.test_solo import told_by_all

KINDS = {"policy": "policy", "protocol": "protocol", "consent_text": "consent text"}
NOT_APPROVED = "The {} that this was performed under is none that the director had approved by then."
NOT_HERE = "The approved {} that this record names is not in the bundle."


def performed_under(**pins: Any) -> Clinic:  # noqa: ANN401 - documents, or None
    clinic = a_clinic()
    clinic.freeze(BEGUN, ANN, 14, state="performed", pins={**clinic.pins, **pins})
    clinic.sign(BEGUN, "performed", day=14, key=NURSE, state="complete_not_drawn")
    return clinic


def told(clinic: Clinic, folder: Path, left_out: tuple[str, ...] = ()) -> tuple[str, list[str]]:
    payload = {name: data for name, data in clinic.members().items() if name not in left_out}
    found = told_by_all(write_container(sealed(payload)), folder)
    return found["verdict"], sorted(one["what"] for one in found["findings"])


def test_a_treatment_under_the_rules_in_force_is_valid_for_all(tmp_path: Path) -> None:
    assert told(performed_under(), tmp_path) == ("VALID", [])


@pytest.mark.parametrize("kind", KINDS)
def test_a_treatment_under_no_rules_is_altered_for_all(tmp_path: Path, kind: str) -> None:
    said = f"This was performed under no {KINDS[kind]}, which nobody may let pass."
    assert told(performed_under(**{kind: None}), tmp_path) == ("ALTERED", [said])


@pytest.mark.parametrize("kind", KINDS)
def test_a_treatment_under_rules_that_nobody_knows_is_altered_for_all(tmp_path: Path, kind: str) -> None:
    own = a_clinic().pins[kind] | {"version": 9, "sha256": "0" * 64}
    said = [NOT_HERE.format(KINDS[kind]), NOT_APPROVED.format(KINDS[kind])]
    assert told(performed_under(**{kind: own}), tmp_path) == ("ALTERED", said)


def test_a_treatment_under_a_draft_is_altered_for_all(tmp_path: Path) -> None:
    clinic = a_clinic()
    pin = clinic.approve("policy", "policies", "own-v1", {"id": "own", "version": 1})
    draft = clinic.files["data/policies/own-v1.json"]
    clinic = performed_under(policy=pin)
    clinic.files["data/policies/own-v1.json"] = draft
    verdict, said = told(clinic, tmp_path)
    assert verdict == "ALTERED"
    assert NOT_APPROVED.format("policy") in said


def test_a_treatment_under_rules_that_were_approved_after_it_is_altered_for_all(tmp_path: Path) -> None:
    clinic = a_clinic()
    pin = clinic.approve("policy", "policies", "own-v1", {"id": "own", "version": 1})
    clinic = performed_under(policy=pin)
    clinic.approve("policy", "policies", "own-v1", {"id": "own", "version": 1})
    assert told(clinic, tmp_path) == ("ALTERED", [NOT_APPROVED.format("policy")])


def test_rules_that_were_approved_and_left_out_are_missed_by_all(tmp_path: Path) -> None:
    files = tuple(f"data/policies/house-v1.{ending}" for ending in ("json", "approval.json", "approval.sig"))
    verdict, said = told(a_clinic(), tmp_path, files)
    assert (verdict, set(said)) == ("INCOMPLETE", {NOT_HERE.format("policy")})


def test_one_person_s_bundle_misses_rules_that_nobody_knows(tmp_path: Path) -> None:
    """Its part of the log need not hold every approval."""
    own = a_clinic().pins["policy"] | {"version": 9, "sha256": "0" * 64}
    payload = exported(performed_under(policy=own))
    found = told_by_all(write_container(sealed(payload)), tmp_path)
    assert (found["verdict"], [one["what"] for one in found["findings"]]) == (
        "INCOMPLETE",
        [NOT_HERE.format("policy")],
    )
