"""The shipped checklist: the 42 items of the list, each with class, window and source, none invented."""

import json
import re
from typing import Any

import pytest

from mnclinic.domain.finding import PassedBy
from mnclinic.domain.screening import ContraindicationClass, screening_item_from_json
from mnclinic.resource_files import resource_text
from mnclinic.services.read_documents import check_document
from tests.domain.builders import draft

Json = dict[str, Any]

ITEMS: list[Json] = draft("screening/standard.json")["items"]
NAMES = [item["item"] for item in ITEMS]
A, R, P = "absolute", "relative", "precaution"

LIST: dict[int, dict[str, tuple[str, int | None]]] = {
    1: {"isotretinoin_now": (A, None)},
    2: {"isotretinoin_stopped": (R, 183)},
    3: {"topical_retinoid": (P, 5)},
    4: {"acids_or_scrubs": (P, 5)},
    5: {"anticoagulant": (R, None)},
    6: {"aspirin": (R, None), "nsaid": (P, 3)},
    7: {"supplements_bleeding": (P, 7)},
    8: {"alcohol": (P, 2)},
    9: {"bleeding_disorder": (A, None)},
    10: {"botulinum_toxin": (P, 14)},
    11: {"filler": (R, 14)},
    12: {"laser_or_ipl": (P, 14)},
    13: {"chemical_peel": (P, 28), "deep_peel_or_resurfacing": (R, 90)},
    14: {"facial_surgery": (R, 365)},
    15: {"waxing": (P, 5)},
    16: {"shaving": (P, 1)},
    17: {"sunburn_now": (A, None), "sunburn_recent": (R, 14)},
    18: {"active_acne": (A, None)},
    19: {"herpes_now": (A, 14)},
    20: {"herpes_history": (P, None)},
    21: {"infection_or_wound": (A, None)},
    22: {"eczema_psoriasis_rosacea": (R, None)},
    23: {"keloid": (R, None), "keloid_in_area": (A, None)},
    24: {"recent_scar": (R, 183)},
    25: {"skin_cancer": (A, None)},
    26: {"actinic_keratosis": (R, None)},
    27: {"pregnancy": (A, None)},
    28: {"scleroderma": (A, None)},
    29: {"autoimmune": (R, None)},
    30: {"immunosuppression": (R, None), "chemotherapy": (A, 183)},
    31: {"radiation": (R, 90)},
    32: {"diabetes": (P, None), "diabetes_uncontrolled": (R, None)},
    33: {"heart_condition": (R, None), "pacemaker_radiofrequency": (A, None)},
    34: {"steel_allergy": (A, None)},
    35: {"anaesthetic_allergy": (A, None)},
    36: {"methaemoglobin": (A, None)},
    37: {"antiarrhythmic": (R, None)},
    38: {"tattoo": (A, None)},
    39: {"photosensitising_medicine": (P, None)},
    40: {"vaccination_or_dental_work": (P, 14), "illness_today": (A, None)},
    41: {"age_under_22": (R, None)},
    42: {"suitability": (R, None)},
}
"""The list of the field, by its numbers: an item that it gives two classes is asked in two parts."""

PRESCRIBED = ("anticoagulant", "aspirin", "antiarrhythmic")


def test_the_draft_has_the_42_items_of_the_list_and_none_besides() -> None:
    found: dict[int, dict[str, tuple[str, int | None]]] = {}
    for item in ITEMS:
        found.setdefault(item["number"], {})[item["item"]] = (item["class"], item["window_days"])
    assert found == LIST
    assert len(found) == 42
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("item", ITEMS, ids=NAMES)
def test_every_item_says_where_it_comes_from_and_how_sure_that_is(item: Json) -> None:
    assert len(item["source"]) > 20
    assert item["confidence"] in {"high", "medium", "low", "unverified"}
    is_read = "read 2026-11" in item["source"]
    assert is_read or item["confidence"] == "unverified"


@pytest.mark.parametrize("item", ITEMS, ids=NAMES)
def test_every_item_is_asked_in_english_and_spanish(item: Json) -> None:
    spanish = item["spanish"]
    for name in ("topic", "question"):
        assert spanish[name] not in {"", item[name]} or item[name] == "Diabetes"
    assert bool(spanish["advice"]) == bool(item["advice"])
    assert item["question"].endswith((".", "?"))
    assert spanish["question"].startswith(("¿", "A su", "La fecha"))
    assert re.search(r"[A-Z]\d", item["question"].replace("G6PD", "")) is None


@pytest.mark.parametrize("item", ITEMS, ids=NAMES)
def test_what_may_be_answered_fits_the_items_rule(item: Json) -> None:
    if "answered_by" in item:
        assert "answers" not in item
        return
    assert item["answers"][:3] == ["yes", "no", "unknown"]
    assert ("last_on" in item["answers"]) == (item["window_days"] is not None)
    assert item["window_days"] is not None or not item["shows_earliest"]


@pytest.mark.parametrize("item", ITEMS, ids=NAMES)
def test_nobody_passes_an_absolute_item_that_sources_disagree_on(item: Json) -> None:
    read = screening_item_from_json(item)
    if read.contraindication is ContraindicationClass.ABSOLUTE:
        assert read.passed_by is not PassedBy.PERFORMER
        if read.disagreement:
            assert read.passed_by is PassedBy.NOBODY
            assert "not to be passed" in read.disagreement or "3 to 6 months" in read.disagreement
    elif read.contraindication is ContraindicationClass.RELATIVE:
        assert read.passed_by is PassedBy.DIRECTOR
    else:
        assert read.passed_by is PassedBy.PERFORMER


@pytest.mark.parametrize("name", PRESCRIBED)
def test_a_medicine_that_may_be_prescribed_has_no_window_and_no_date(name: str) -> None:
    item = next(one for one in ITEMS if one["item"] == name)
    assert item["window_days"] is None
    assert item["shows_earliest"] is False
    assert "last_on" not in item["answers"]
    assert item["advice"] == "Ask the prescriber, and the director decides."


def test_an_item_in_the_area_is_asked_by_area() -> None:
    for item in ITEMS:
        if "in the area" in item["topic"]:
            assert item["per_area"], item["item"]


def test_what_changes_from_day_to_day_is_asked_at_each_visit() -> None:
    each = {item["item"] for item in ITEMS if item.get("ask_each_visit")}
    assert each >= {"pregnancy", "illness_today", "sunburn_now", "herpes_now", "infection_or_wound"}
    assert len(each) <= 10


def test_the_window_shows_the_drafts_own_spanish() -> None:
    said = json.loads(resource_text("translations/said_es.json"))["said"]
    for item in ITEMS:
        for name in ("topic", "question", "advice"):
            assert said.get(item[name], "") == item["spanish"][name], item["item"]


def test_the_draft_can_stand_in_a_policy_as_it_is() -> None:
    policy = draft("policies/tx.json") | {"screening": ITEMS}
    assert check_document("policy", policy)["screening"] == ITEMS
