"""What is put on needled skin off its label: by the device, by the protocol, and on whose word it passes."""

from dataclasses import replace
from datetime import date

import pytest

from mnclinic.domain.finding import Finding, Outcome
from mnclinic.domain.gate import VisitFacts, device_facts_from_json, judge
from mnclinic.domain.policy import OffLabelAuthorisation, authorisation_from_json, protocol_from_json
from tests.domain.builders import PRP, clinic_answers, draft, example, facts_for, facts_of

FLAG = "off_label_topical"
SERUM = "Growth factor serum"


def with_topical(name: str, *, label: list[str] | None = None, listed: tuple[str, ...] = ()) -> VisitFacts:
    document = example() | {"topicals": [{"name": name}]}
    (device, *_) = clinic_answers()["devices"]
    if label is not None:
        device = device | {"topicals_on_label": label}
    method = draft("protocols/face-mechanical.json")
    method = method | {"off_label_products": list(listed), "topicals": [*method["topicals"], SERUM]}
    return replace(
        facts_of(document),
        device=device_facts_from_json(device, is_quarantined=False),
        protocol=protocol_from_json(method),
    )


def flagged(facts: VisitFacts) -> list[Finding]:
    return [one for one in judge(facts).findings if one.code == FLAG]


def on_file(*products: str) -> OffLabelAuthorisation:
    return authorisation_from_json(
        {
            "id": "on-file",
            "flag": FLAG,
            "service": "microneedling_face",
            "patient": None,
            "valid_from": "2026-01-01",
            "valid_to": "2027-01-01",
            "director": "Dr I. Okafor",
        }
        | ({"products": list(products)} if products else {})
    )


def test_a_topical_that_the_devices_label_does_not_name_is_flagged() -> None:
    (finding,) = flagged(with_topical(SERUM, label=["hydrogel"]))
    assert finding.where == "topicals[0]"
    assert "the device's label does not name it" in finding.message
    assert flagged(with_topical("Hydrogel ", label=["hydrogel"])) == []


def test_of_a_label_that_nobody_entered_nothing_is_said() -> None:
    assert flagged(with_topical(SERUM)) == []


def test_what_the_protocol_lists_as_off_label_is_flagged_whatever_the_label_says() -> None:
    (finding,) = flagged(with_topical(SERUM, label=[SERUM], listed=(SERUM.upper(),)))
    assert "lists Growth factor serum as used off its label" in finding.message


def test_a_numbing_product_on_the_protocols_list_is_flagged() -> None:
    facts = facts_for()
    assert facts.document.anaesthetic is not None
    assert facts.protocol is not None
    cream = facts.document.anaesthetic.name.casefold()
    listed = replace(facts, protocol=replace(facts.protocol, off_label_products=frozenset({cream})))
    (finding,) = flagged(listed)
    assert finding.where == "anaesthetic.product"


@pytest.mark.parametrize(
    ("products", "outcome"),
    [
        ((), Outcome.REFUSED),
        (("prp",), Outcome.REFUSED),
        (("Another serum",), Outcome.REFUSED),
        ((SERUM,), Outcome.AUTHORISED),
        (("PRP", SERUM.lower()), Outcome.AUTHORISED),
    ],
)
def test_only_an_authorisation_that_names_the_product_lets_it_pass(
    products: tuple[str, ...], outcome: Outcome
) -> None:
    facts = replace(with_topical(SERUM, label=["hydrogel"]), authorisations=(on_file(*products),))
    assert [one.outcome for one in flagged(facts)] == [outcome]


def test_an_authorisation_that_names_no_product_is_for_prp_alone() -> None:
    facts = facts_for(PRP)
    assert [one.outcome for one in flagged(facts)] == [Outcome.AUTHORISED]
    other = replace(on_file(SERUM), service="microneedling_prp")
    assert [one.outcome for one in flagged(replace(facts, authorisations=(other,)))] == [Outcome.REFUSED]


def test_an_authorisation_that_has_ended_lets_nothing_pass() -> None:
    ended = replace(on_file(SERUM), valid_to=date(2026, 11, 22))
    facts = replace(with_topical(SERUM, label=["hydrogel"]), authorisations=(ended,))
    assert [one.outcome for one in flagged(facts)] == [Outcome.REFUSED]
