"""What is shipped: every number has a source, and no text suggests stopping or starting a medicine."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from mnclinic.domain.finding import PassedBy
from mnclinic.domain.policy import policy_from_json, protocol_from_json
from mnclinic.domain.screening import ContraindicationClass
from mnclinic.domain.treatment import FACE, Area
from tests.domain.builders import draft, shipped_drafts, shipped_policy, shipped_protocol

Json = dict[str, Any]

POLICIES = shipped_drafts("policies")
PROTOCOLS = shipped_drafts("protocols")
CONSENT_TEXTS = shipped_drafts("consent_texts")
SCREENING = shipped_drafts("screening")
DRAFTS = POLICIES | PROTOCOLS | CONSENT_TEXTS | SCREENING

CONFIDENCES = {"high", "medium", "low", "unverified"}
NOT_CLINICAL = {"version", "number"}

SCREENED = {
    "isotretinoin_now",
    "isotretinoin_stopped",
    "topical_retinoid",
    "acids_or_scrubs",
    "anticoagulant",
    "aspirin",
    "nsaid",
    "bleeding_disorder",
    "botulinum_toxin",
    "filler",
    "laser_or_ipl",
    "chemical_peel",
    "waxing",
    "sunburn_now",
    "active_acne",
    "herpes_now",
    "herpes_history",
    "infection_or_wound",
    "eczema_psoriasis_rosacea",
    "keloid",
    "skin_cancer",
    "pregnancy",
    "autoimmune",
    "scleroderma",
    "immunosuppression",
    "chemotherapy",
    "radiation",
    "diabetes_uncontrolled",
    "steel_allergy",
    "anaesthetic_allergy",
    "illness_today",
    "vaccination_or_dental_work",
}

MEDICINES = {
    "isotretinoin_now",
    "topical_retinoid",
    "acids_or_scrubs",
    "anticoagulant",
    "aspirin",
    "nsaid",
    "supplements_bleeding",
    "immunosuppression",
    "chemotherapy",
    "antiarrhythmic",
    "photosensitising_medicine",
}

STOP_OR_START = re.compile(
    r"\b(stop|stops|stopping|discontinu\w*|cease|pause|pausing|hold off|withhold\w*|come off|quit"
    r"|start|starts|starting|begin|begins|resume|restart|wean\w*|taper\w*"
    r"|do not (take|use)|don't (take|use)|avoid (taking|using)|instead of|switch"
    r"|must not take|should not take|before you take|take it again"
    r"|deje|dejar|suspend\w*|interrump\w*|empiece|empezar|comience|comenzar|no tome|evite tomar|retom\w*)\b",
    re.IGNORECASE,
)


def numbers(value: object, where: str, holder: Json | None = None) -> Iterator[tuple[str, Json | None]]:
    """Every number in a draft, with the object that holds it."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name not in NOT_CLINICAL:
                yield from numbers(one, f"{where}.{name}", value)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from numbers(one, f"{where}[{number}]", holder)
    elif not isinstance(value, bool) and re.fullmatch(r"\d+(\.\d+)?", str(value)):
        yield where, holder


def texts(value: object, where: str) -> Iterator[tuple[str, str]]:
    """Every text in a draft that a person reads."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from texts(one, f"{where}.{name}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from texts(one, f"{where}[{number}]")
    elif isinstance(value, str):
        yield where, value


@pytest.mark.parametrize("name", DRAFTS)
def test_every_shipped_number_has_a_source_and_a_confidence(name: str) -> None:
    found = list(numbers(DRAFTS[name], name))
    for where, holder in found:
        assert holder is not None, where
        assert len(holder.get("source", "")) >= len("Proposed"), where
        assert holder.get("confidence") in CONFIDENCES, where
    if name not in CONSENT_TEXTS:
        assert len(found) > 4


@pytest.mark.parametrize("name", CONSENT_TEXTS)
def test_every_section_of_a_consent_text_has_a_source_and_a_confidence(name: str) -> None:
    for section in CONSENT_TEXTS[name]["sections"]:
        assert section["source"], section["heading"]
        assert section["confidence"] in CONFIDENCES, section["heading"]


@pytest.mark.parametrize("name", POLICIES)
def test_every_screening_item_has_a_source_and_a_confidence(name: str) -> None:
    for item in POLICIES[name]["screening"]:
        assert item["source"], item["item"]
        assert item["confidence"] in CONFIDENCES, item["item"]


@pytest.mark.parametrize("name", DRAFTS)
def test_no_shipped_text_suggests_stopping_or_starting_a_medicine(name: str) -> None:
    suspicious = {where: text for where, text in texts(DRAFTS[name], name) if STOP_OR_START.search(text)}
    assert suspicious == {}


@pytest.mark.parametrize(
    "advice",
    [
        "Stop aspirin three days before.",
        "Do not take ibuprofen.",
        "Begin the antiviral.",
        "Suspenda la aspirina.",
    ],
)
def test_the_search_for_such_advice_finds_it(advice: str) -> None:
    assert STOP_OR_START.search(advice)


@pytest.mark.parametrize("name", POLICIES)
def test_no_medicine_shows_a_first_allowed_day(name: str) -> None:
    items = {item.item: item for item in policy_from_json(POLICIES[name]).screening}
    assert {item for item in MEDICINES if items[item].shows_earliest} == set()
    for prescribed in ("anticoagulant", "aspirin"):
        assert "Ask the prescriber" in items[prescribed].advice
        assert items[prescribed].passed_by is PassedBy.DIRECTOR


@pytest.mark.parametrize("name", POLICIES)
def test_the_checklist_asks_what_the_field_asks(name: str) -> None:
    assert {item["item"] for item in POLICIES[name]["screening"]} >= SCREENED


@pytest.mark.parametrize("name", POLICIES)
def test_absolute_and_relative_items_are_never_the_performers_to_pass(name: str) -> None:
    for item in policy_from_json(POLICIES[name]).screening:
        is_precaution = item.contraindication is ContraindicationClass.PRECAUTION
        assert (item.passed_by is PassedBy.PERFORMER) == is_precaution, item.item


@pytest.mark.parametrize("name", POLICIES)
def test_an_absolute_item_on_which_sources_disagree_is_nobodys_to_pass(name: str) -> None:
    for item in POLICIES[name]["screening"]:
        if item["class"] == "absolute" and "disagreement" in item:
            assert item["passed_by"] == "nobody", item["item"]
    nobodys = {item["item"] for item in POLICIES[name]["screening"] if item["passed_by"] == "nobody"}
    assert {"isotretinoin_now", "herpes_now", "scleroderma"} <= nobodys


@pytest.mark.parametrize("name", POLICIES)
def test_no_advice_names_a_decider_who_may_not_decide(name: str) -> None:
    for item in policy_from_json(POLICIES[name]).screening:
        if "the director decides" in item.advice:
            assert item.passed_by is PassedBy.DIRECTOR, item.item


def test_the_figures_are_those_of_the_scenarios() -> None:
    policy = shipped_policy()
    windows = {item.item: item.window_days for item in policy.screening}
    assert (policy.name, policy.version) == ("TX-like draft", 3)
    assert windows["isotretinoin_stopped"] == 183
    assert windows["topical_retinoid"] == 5
    assert (windows["nsaid"], windows["aspirin"]) == (3, None)
    assert (policy.exam_valid_days, policy.consent_valid_days, policy.late_entry_after_h) == (365, 365, 24)
    assert (policy.review.sample_percent, policy.review.due_days) == (10, 7)
    assert policy.review.always == {"prp", "off_label", "override", "adverse_event"}
    for service in ("microneedling_face", "microneedling_prp"):
        protocol = shipped_protocol(service)
        assert (protocol.interval_warn_days, protocol.interval_block_days) == (28, 14)
        assert set(protocol.areas) >= FACE


def test_the_blank_policy_permits_no_more_than_the_other_one() -> None:
    blank, other = (policy_from_json(draft(f"policies/{name}.json")) for name in ("blank", "tx"))
    assert blank.exam_valid_days <= other.exam_valid_days
    assert blank.consent_valid_days <= other.consent_valid_days
    assert blank.exam_credentials <= other.exam_credentials
    assert blank.review.sample_percent == 100
    assert blank.review.always >= other.review.always
    for item, known in zip(blank.screening, other.screening, strict=True):
        assert item.item == known.item
        assert item.window_days is None
        assert item.passed_by in {known.passed_by, PassedBy.NOBODY}


@pytest.mark.parametrize("name", PROTOCOLS)
def test_a_hard_limit_is_half_a_millimetre_over_the_directors(name: str) -> None:
    for area, limits in protocol_from_json(PROTOCOLS[name]).areas.items():
        assert limits.hard_max_mm == limits.acknowledge_above_mm + Decimal("0.50"), area
        assert limits.pass_count_max == 6, area
    assert protocol_from_json(PROTOCOLS[name]).areas[Area.PERIORBITAL].hard_max_mm == Decimal("1.00")


@pytest.mark.parametrize("name", POLICIES | PROTOCOLS | CONSENT_TEXTS)
def test_a_draft_says_that_it_is_one(name: str) -> None:
    assert DRAFTS[name]["notice"].startswith("Draft, not ")


def test_the_consent_says_the_same_in_both_languages() -> None:
    english, spanish = (draft(f"consent_texts/microneedling-4-{language}.json") for language in ("en", "es"))
    assert english["version"] == spanish["version"] == 4
    assert len(english["sections"]) == len(spanish["sections"])
    for one, other in zip(english["sections"], spanish["sections"], strict=True):
        assert one["source"] == other["source"]
        assert 0.6 < len(one["text"]) / len(other["text"]) < 1.4, one["heading"]


def test_the_consent_covers_what_a_consent_has_to_cover() -> None:
    text = " ".join(
        section["heading"] + " " + section["text"]
        for section in draft("consent_texts/microneedling-4-en.json")["sections"]
    ).lower()
    for word in (
        "redness", "infection", "scars", "bumps", "allergic", "numbing", "promise", "no treatment at all",
        "isotretinoin", "sun protection", "cleared for", "director", "licence", "withdraw", "photographs",
        "your own blood", "paper", "questions",
    ):  # fmt: skip
        assert word in text, word


def test_the_consent_reads_easily() -> None:
    """About grade 8: short sentences, short words."""
    text = " ".join(section["text"] for section in draft("consent_texts/microneedling-4-en.json")["sections"])
    sentences = [one for one in re.split(r"[.:;]\s+", text) if one]
    words = re.findall(r"[a-z'-]+", text.lower())
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", word.removesuffix("e")))) for word in words)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    assert grade < 8.5


@pytest.mark.parametrize("name", PROTOCOLS)
@pytest.mark.parametrize(
    ("sheet", "kind"), [("precare_form", "mnclinic.precare/2"), ("aftercare_form", "mnclinic.aftercare/2")]
)
def test_every_shipped_protocol_names_the_shipped_sheets_in_both_languages(
    name: str, sheet: str, kind: str
) -> None:
    shipped = {
        one["language"]
        for one in CONSENT_TEXTS.values()
        if (one["form"], one["format"]) == (PROTOCOLS[name][sheet], kind)
        and PROTOCOLS[name]["service"] in one.get("services", [PROTOCOLS[name]["service"]])
    }
    assert shipped == {"en", "es"}
