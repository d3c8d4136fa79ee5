"""Numbing, PRP and what is confirmed: whose blood it is, in whose hands it was, and what is still on."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from mnclinic.domain.amendment import Correction, problems_of_correction
from mnclinic.domain.finding import Light, LightState, PassedBy
from mnclinic.domain.gate import Release, judge
from mnclinic.domain.visit_document import read_visit_document
from mnclinic.errors import InvalidInput
from mnclinic.services.read_documents import check_visit_document
from tests.domain.builders import CLEAN, PRP, codes, example, facts_of

Json = dict[str, Any]
AT = "2026-11-23T{}:00-06:00"
STANDS = {"interval_short", "off_label_topical"}
"""What the clean example with PRP has found, and passed."""


def spoilt(change: Callable[[Json], object], name: str = PRP) -> Json:
    made = example(name)
    change(made)
    return made


@pytest.mark.parametrize(
    ("code", "by", "change"),
    [
        ("prp_identity_mismatch", PassedBy.NOBODY, lambda d: d["prp"]["tube_label"].update(last_name="Mock")),
        (
            "prp_identity_mismatch",
            PassedBy.NOBODY,
            lambda d: d["prp"]["tube_label"].update(born_on="1985-06-03"),
        ),
        ("prp_label_missing", PassedBy.NOBODY, lambda d: d["prp"].pop("tube_label")),
        ("prp_rotor_shared", PassedBy.DIRECTOR, lambda d: d["prp"].update(one_patient_in_rotor=False)),
        ("prp_rotor_missing", PassedBy.NOBODY, lambda d: d["prp"].pop("one_patient_in_rotor")),
        ("prp_person_unknown", PassedBy.NOBODY, lambda d: d["prp"].update(applied_by="nobody")),
        ("prp_drawer_not_permitted", PassedBy.NOBODY, lambda d: d["prp"].update(drawn_by="whit")),
        ("prp_custody_missing", PassedBy.DIRECTOR, lambda d: d["prp"].pop("spins")),
        ("prp_custody_missing", PassedBy.DIRECTOR, lambda d: d["prp"].pop("applied_by")),
        ("prp_not_read_back", PassedBy.NOBODY, lambda d: d["prp"].pop("read_back")),
        ("prp_not_read_back_first", PassedBy.DIRECTOR, lambda d: d["prp"]["read_back"].pop(0)),
        ("prp_not_read_back_before_use", PassedBy.NOBODY, lambda d: d["prp"]["read_back"].pop()),
        (
            "prp_not_read_back_before_use",
            PassedBy.NOBODY,
            lambda d: d["prp"]["read_back"][1].update(at=AT.format("10:35")),
        ),
    ],
)
def test_whatever_is_wrong_with_the_way_of_the_blood_is_told(
    code: str, by: PassedBy, change: Callable[[Json], object]
) -> None:
    found = {one.code: one for one in judge(facts_of(spoilt(change))).findings}
    assert found.keys() == STANDS | {code}
    assert found[code].passed_by is by
    assert found[code].message.endswith(".")
    assert not judge(facts_of(spoilt(change))).may_treat


def test_nobody_lets_the_blood_of_somebody_else_pass() -> None:
    document = spoilt(lambda d: d["prp"]["tube_label"].update(first_name="Robin"))
    facts = facts_of(document)
    finding = next(one for one in judge(facts).findings if one.code == "prp_identity_mismatch")
    released = replace(
        facts,
        document=replace(facts.document, reasons={finding.code: "it is his"}),
        releases=(Release(finding.code, finding.basis, "seen", "Dr I. Okafor"),),
    )
    assert finding in judge(released).refused
    del document["lines"]
    assert "prp_identity_mismatch" in codes(judge(facts_of(document))), "before anything is treated too"


def test_accents_case_and_spaces_on_a_label_are_no_other_person() -> None:
    label = {"last_name": " MÖCKRIDGE", "first_name": "rowan"}
    assert codes(judge(facts_of(spoilt(lambda d: d["prp"]["tube_label"].update(label))))) == STANDS


def test_without_a_treated_area_nothing_is_asked_that_belongs_to_the_treatment() -> None:
    made = example(PRP)
    made["prp"] = {"kit_lot": "K-2231", "kit_expires_on": "2027-02-28"}
    made["anaesthetic"] = {"product": "lidocaine cream"}
    del made["lines"], made["asepsis"]
    assert codes(judge(facts_of(made))) == STANDS


def test_a_spin_of_an_older_document_is_read_as_one() -> None:
    old = example(PRP)
    del old["prp"]["spins"]
    old["prp"] |= {"rpm": 3861, "radius_cm": "9.0", "minutes": 8}
    (spin,) = (read_visit_document(old).prp_kit or pytest.fail("no PRP")).spins
    assert round(spin.g_force) == 1500


def test_the_cream_comes_off_before_the_first_line_begins() -> None:
    made = example(CLEAN)
    made["lines"][0]["started_at"] = AT.format("09:45")
    made["anaesthetic"]["removed_at"] = AT.format("09:45")
    assert codes(judge(facts_of(made))) == set()
    made["anaesthetic"]["removed_at"] = AT.format("09:46")
    verdict = judge(facts_of(made))
    assert codes(verdict) == {"anaesthetic_on_when_needled"}
    assert verdict.light(Light.SUPPLIES) is LightState.FAILED


def test_the_finding_about_asepsis_names_exactly_what_was_not_confirmed() -> None:
    made = example(CLEAN)
    gone = made["asepsis"].pop(2)["item"]
    (finding,) = judge(facts_of(made)).findings
    assert finding.message.endswith(gone)
    made["reasons"] = [{"code": finding.code, "reason": "Chlorhexidine allergy; cleaned with saline."}]
    assert judge(facts_of(made)).may_treat


def test_the_derived_values_of_the_examples_are_those_of_the_scenarios() -> None:
    cream = read_visit_document(example(CLEAN)).anaesthetic
    assert cream is not None
    assert (cream.drug_mg, cream.g_per_10_cm2, cream.minutes_on) == (Decimal(800), Decimal("0.5"), 30)
    prp = read_visit_document(example(PRP)).prp_kit
    assert prp is not None
    assert [round(spin.g_force) for spin in prp.spins] == [1500]


@pytest.mark.parametrize(
    ("where", "change"),
    [
        ("vitals.diastolic_mmhg", lambda d: d["vitals"].update(diastolic_mmhg=128)),
        ("vitals.temperature_f", lambda d: d["vitals"].update(temperature_f="37.0")),
        ("prp.spins[0].spun_at", lambda d: d["prp"]["spins"][0].update(spun_at=AT.format("10:01"))),
        ("prp.spins[0].spun_at", lambda d: d["prp"]["spins"][0].update(spun_at=AT.format("10:35"))),
        ("prp.spins[0].radius_cm", lambda d: d["prp"]["spins"][0].update(radius_cm="0.0")),
        (
            "prp.spins[1].spun_at",
            lambda d: d["prp"]["spins"].append(d["prp"]["spins"][0] | {"spun_at": AT.format("10:07")}),
        ),
        ("prp.read_back[0].at", lambda d: d["prp"]["read_back"][0].update(at=AT.format("10:01"))),
        ("asepsis[6]", lambda d: d["asepsis"].append(d["asepsis"][0])),
        ("topicals[0].used", lambda d: d["topicals"][0].update(used="before")),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_place(
    where: str, change: Callable[[Json], object]
) -> None:
    with pytest.raises(InvalidInput) as told:
        check_visit_document(spoilt(change))
    assert [one.where.removesuffix(".item") for one in told.value.problems] == [where]


def test_no_correction_changes_what_two_people_read_back() -> None:
    wanted = Correction("prp.read_back[0].at", f'"{AT.format("10:05")}"', f'"{AT.format("10:06")}"')
    (problem,) = problems_of_correction(example(PRP), wanted)
    assert problem.what == "Two people gave their word for what they read back. Write an addendum."
    allowed = Correction("prp.colour", '"straw"', '"pink"')
    assert tuple(problems_of_correction(example(PRP), allowed)) == ()
