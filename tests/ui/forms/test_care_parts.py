"""The records beside the lines: half of one is told, and a contradiction stands beside its field."""

from decimal import Decimal

from mnclinic.domain.derived_doses import derived_of_anaesthetic, label_words
from mnclinic.domain.policy import AnaestheticRule
from mnclinic.domain.visit_document import read_visit_document
from mnclinic.services.read_documents import check_visit_document
from mnclinic.ui.visits.care_fields import SPIN_ROWS, TOPICAL_ROWS
from tests.ui.forms.test_form_parts import FORM, whole


def test_half_a_tube_label_is_told_and_leaves_the_rest_of_the_prp() -> None:
    stored = whole()
    state = FORM.flat(stored)
    del state["prp.tube_label.born_on"]
    made, troubles = FORM.compose(state, stored)
    assert [(one.key, one.is_missing) for one in troubles] == [("prp.tube_label.born_on", True)]
    assert "tube_label" not in made["prp"]
    assert made["prp"]["spins"] == stored["prp"]["spins"]


def test_what_two_people_read_back_stays_whatever_is_typed_beside_it() -> None:
    stored = whole()
    made, troubles = FORM.compose(FORM.flat(stored) | {"prp.colour": "pink", "prp.drawn_ml": "17,5"}, stored)
    assert troubles == ()
    assert (made["prp"]["colour"], made["prp"]["drawn_ml"]) == ("pink", "17.5")
    assert made["prp"]["read_back"] == stored["prp"]["read_back"]
    check_visit_document(made)


def test_a_spin_before_the_draw_is_told_beside_its_cell() -> None:
    stored = whole()
    _, troubles = FORM.compose(FORM.flat(stored) | {"spins.0.spun_at": "09:01"}, stored)
    assert [(one.key, one.what) for one in troubles] == [
        ("spins.0.spun_at", "It was spun before it was drawn.")
    ]


def test_spins_without_a_kit_wait_for_it() -> None:
    stored = {key: value for key, value in whole().items() if key != "prp"}
    state = FORM.flat(stored) | SPIN_ROWS.of_rows([{"rpm": "3000", "radius_cm": "9", "minutes": "8"}])
    made, troubles = FORM.compose(state, stored)
    assert "prp" not in made
    assert [(one.key, one.is_missing) for one in troubles] == [("prp.kit_lot", True)]


def test_yes_and_no_are_what_the_record_holds_and_nothing_is_not_no() -> None:
    stored = whole()
    state = FORM.flat(stored)
    assert (state["anaesthetic.wiped_off"], state["anaesthetic.occluded"]) == ("yes", "no")
    made, _ = FORM.compose(state | {"anaesthetic.wiped_off": "no", "anaesthetic.occluded": ""}, stored)
    assert made["anaesthetic"]["wiped_off"] is False
    assert "occluded" not in made["anaesthetic"]


def test_another_lot_of_a_topical_does_not_keep_the_expiry_of_the_one_before() -> None:
    stored = whole()
    key = TOPICAL_ROWS.key(0, "product")
    made, _ = FORM.compose(FORM.flat(stored) | {key: "hydrogel\nH-2"}, stored)
    assert made["topicals"][0] == {"name": "hydrogel", "lot": "H-2", "amount_ml": "4", "used": "during"}


def test_pressures_that_are_the_wrong_way_round_are_told() -> None:
    stored = whole()
    made, troubles = FORM.compose(FORM.flat(stored) | {"vitals.diastolic_mmhg": "130"}, stored)
    assert [one.key for one in troubles] == ["vitals.diastolic_mmhg"]
    assert "vitals" not in made


def test_derived_values_stand_beside_the_limits_they_are_held_against() -> None:
    cream = read_visit_document(whole()).anaesthetic
    assert cream is not None
    rule = AnaestheticRule()
    assert [one.words for one in derived_of_anaesthetic(cream, rule)] == [
        "800 mg of the drug.",
        "0.5 g on 10 cm².",
        "30 minutes on the skin.",
    ]
    assert "FDA" in label_words(cream.name)
    assert "2 g on 10 cm2" in label_words("Lidocaine 2.5 % and prilocaine 2.5 % cream")
    assert label_words("Cooling gel") == ""


def test_a_value_over_the_policys_limit_is_marked() -> None:
    cream = read_visit_document(whole()).anaesthetic
    assert cream is not None
    strict = AnaestheticRule(
        max_percent=Decimal("3.9"), max_g_cm2=Decimal("0.049"), max_minutes=29, max_area_cm2=399
    )
    found = derived_of_anaesthetic(cream, strict)
    assert [one.is_over for one in found] == [True] * 4
    loose = AnaestheticRule(
        max_percent=Decimal(4), max_g_cm2=Decimal("0.05"), max_minutes=30, max_area_cm2=400
    )
    assert not any(one.is_over for one in derived_of_anaesthetic(cream, loose))
