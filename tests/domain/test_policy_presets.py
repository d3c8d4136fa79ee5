"""What is shipped for the states: counts, sources, what is unknown, and which documents still parse."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mnclinic.domain.finding import Verdict
from mnclinic.domain.gate import VisitFacts, judge
from mnclinic.domain.policy import policy_from_json, protocol_from_json
from mnclinic.domain.policy_drafts import composed_policy
from mnclinic.domain.policy_parameters import PARAMETERS, Kind, figure_of
from mnclinic.resource_files import resource_text
from tests.domain.builders import codes, draft, example, facts_of, shipped_drafts
from tests.services.clinic_builder import policy as first_form
from tests.services.clinic_builder import protocol as first_protocol

Json = dict[str, Any]

PRESETS = {
    name.removeprefix("policies/").removesuffix(".json"): one
    for name, one in shipped_drafts("policies").items()
}

SOURCED = {"az": 30, "blank": 7, "ca": 28, "fl": 28, "ny": 30, "tn": 29, "tx": 30, "ut": 27}
"""How many of the parameters have a value, by preset. The rest is said to be unknown."""


def schema_parameter(code: str, place: str) -> Json:
    schema = json.loads(resource_text("schemas/policy.json"))
    return dict(schema["properties"][place]["properties"][code]["properties"])


def test_a_preset_is_shipped_for_each_of_the_states_and_a_blank_one() -> None:
    assert set(PRESETS) == {"tx", "ca", "fl", "ny", "az", "ut", "tn", "blank"}
    assert {name.upper() for name in PRESETS} - {"BLANK"} == {
        one["state"] for one in PRESETS.values() if "state" in one
    }


@pytest.mark.parametrize("name", PRESETS)
def test_every_parameter_stands_in_every_preset_with_unit_source_and_confidence(name: str) -> None:
    sourced = 0
    for parameter in PARAMETERS:
        figure = figure_of(PRESETS[name], parameter)
        assert figure is not None, parameter.code
        assert figure["unit"] == parameter.unit, parameter.code
        assert figure["source"], parameter.code
        if figure["value"] is None:
            assert figure["confidence"] == "unverified", parameter.code
            assert re.match("Not (known|set)", figure["source"]), parameter.code
        elif parameter.place == "parameters":
            sourced += 1
    assert sourced == SOURCED[name]


@pytest.mark.parametrize("name", PRESETS)
def test_every_row_of_a_preset_has_a_source_and_a_confidence(name: str) -> None:
    for table in ("roles", "followup", "adverse_events", "notices"):
        for row in PRESETS[name][table]:
            assert row["source"], table
            assert row["confidence"] in {"high", "medium", "low", "unverified"}, table


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_in_force_for_nobody_and_says_when_to_look_again(name: str) -> None:
    document = PRESETS[name]
    assert document["notice"].startswith("Draft, not legal advice.")
    assert date.fromisoformat(document["review_by"]) > date.fromisoformat(document["effective_on"])
    assert "approved_by" not in document


def test_the_lines_drawn_in_millimetres_are_those_of_the_sources() -> None:
    ceilings = {
        (name, role["credential"]): (role["unsupervised_mm"], role["supervised_mm"])
        for name, preset in PRESETS.items()
        for role in preset["roles"]
        if role["unsupervised_mm"] or role["supervised_mm"]
    }
    assert ceilings == {("az", "EST"): ("0.50", "0.50"), ("ut", "MEST"): ("1.50", None)}
    for name in ("ca", "fl", "ny", "tn", "blank"):
        assert not {"EST", "MEST"} & {role["credential"] for role in PRESETS[name]["roles"]}


def test_the_schema_knows_each_parameter_as_the_rules_do() -> None:
    schema = json.loads(resource_text("schemas/policy.json"))
    assert set(schema["properties"]["parameters"]["properties"]) == {
        one.code for one in PARAMETERS if one.place == "parameters"
    }
    for parameter in PARAMETERS:
        held = schema_parameter(parameter.code, parameter.place)
        assert held["unit"]["const"] == parameter.unit, parameter.code
        value = held["value"]
        if parameter.kind is Kind.WHOLE:
            assert (value["minimum"], value["maximum"]) == (parameter.least, parameter.most), parameter.code
        if parameter.kind is Kind.WORD:
            assert value["enum"] == [*parameter.choices, None], parameter.code
        if parameter.kind is Kind.WORDS and parameter.choices:
            assert value["items"]["enum"] == list(parameter.choices), parameter.code


def test_a_policy_of_the_first_form_is_read_as_before() -> None:
    policy = policy_from_json(first_form())
    assert policy.roles is None
    assert policy.exam_credentials == {"MD", "NP"}
    assert (policy.exam_required, policy.order_valid_days, policy.minimum_age_years) == (True, None, None)
    assert policy.exam_modalities == {"in_person", "video"}
    assert (policy.interval_block_days, policy.anaesthetic.max_g_cm2) == (None, None)


def test_a_protocol_of_the_first_form_is_read_as_before() -> None:
    protocol = protocol_from_json(first_protocol())
    assert (protocol.providers, protocol.anaesthetics, protocol.supervision) == (None, None, "none")


def test_a_list_of_the_clinics_own_is_left_as_it_is() -> None:
    own = {"screening": [{"item": "own"}]}
    assert composed_policy(own, [{"item": "standard", "class": "absolute"}]) == own
    assert composed_policy([1], []) == [1]


def under(name: str, performer: str = "lind", **changes: object) -> VisitFacts:
    facts = facts_of(example() | {"performer": performer} | changes)
    return replace(facts, policy=policy_from_json(draft(f"policies/{name}.json")))


def deeper(facts: VisitFacts, depth_mm: str) -> Verdict:
    lines = tuple(replace(line, depth_mm=Decimal(depth_mm)) for line in facts.document.lines)
    return judge(replace(facts, document=replace(facts.document, lines=lines)))


@pytest.mark.parametrize("name", sorted(set(PRESETS) - {"blank"}))
def test_a_nurse_practitioner_treats_under_every_preset_of_a_state(name: str) -> None:
    assert judge(under(name)).may_treat


@pytest.mark.parametrize("name", ["ca", "fl", "ny", "tn", "ut", "blank"])
def test_an_esthetician_performs_nothing_where_no_source_lets_her(name: str) -> None:
    assert "role_not_permitted" in codes(judge(under(name, "whit")))


def test_arizona_holds_an_esthetician_to_half_a_millimetre_and_supervision_changes_nothing() -> None:
    for supervised in ({}, {"supervised_by": "lind"}):
        facts = under("az", "whit", **supervised)
        assert "depth_over_role" not in codes(deeper(facts, "0.50"))
        assert "depth_over_role" in codes(deeper(facts, "0.51"))


def test_utah_lets_a_master_esthetician_go_deeper_only_under_a_named_supervisor() -> None:
    def whit(**changes: object) -> VisitFacts:
        facts = under("ut", "whit", **changes)
        assert facts.performer is not None
        return replace(facts, performer=replace(facts.performer, credential="MEST", depth_ceiling_mm=None))

    assert "depth_over_role" not in codes(deeper(whit(), "1.50"))
    assert "depth_over_role" in codes(deeper(whit(), "1.51"))
    assert "depth_over_role" not in codes(deeper(whit(supervised_by="lind"), "1.51"))
    # Whoever may not supervise counts for nothing.
    assert "depth_over_role" in codes(deeper(whit(supervised_by="reyes"), "1.51"))


@pytest.mark.parametrize("name", PRESETS)
def test_no_preset_is_read_with_a_telephone_order(name: str) -> None:
    assert not policy_from_json(PRESETS[name]).telephone_orders
