"""The forms of policy and protocol: what is only looked at stays as it is, and each text has one place."""

import json
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from mnclinic.domain.policy_parameters import PARAMETERS
from mnclinic.domain.policy_parameters import Kind as ParameterKind
from mnclinic.domain.review import SENT_BY_POLICY
from mnclinic.domain.second_form import in_second_form
from mnclinic.resource_files import resource_text
from mnclinic.services.read_documents import check_document
from mnclinic.services.shipped_drafts import ShippedDraft, policy_presets, protocol_presets
from mnclinic.ui.forms.builder import options_of
from mnclinic.ui.forms.fields import Kind
from mnclinic.ui.forms.parts import Form
from mnclinic.ui.language import speak
from mnclinic.ui.protocols.forms import ADDING, addable, leaves_of, sections_of
from tests.services.clinic_builder import policy as first_policy
from tests.services.clinic_builder import protocol as first_protocol

Json = dict[str, Any]
PRESETS = (*policy_presets(), *protocol_presets())
POLICY = next(one for one in PRESETS if one.short_name == "tx")
PROTOCOL = next(one for one in PRESETS if one.short_name == "face-mechanical")
BLANK = next(one for one in PRESETS if one.short_name == "blank")

pytestmark = pytest.mark.usefixtures("qapp")


def form_of(preset: ShippedDraft) -> Form:
    return Form(leaves_of(sections_of(preset.kind, preset.document)))


@pytest.mark.parametrize("preset", PRESETS, ids=lambda one: one.short_name)
def test_a_document_that_is_only_looked_at_is_not_changed(preset: ShippedDraft, qapp: QApplication) -> None:
    form = form_of(preset)
    made, troubles = form.compose(form.flat(preset.document), preset.document)
    assert made == preset.document
    assert troubles == ()


@pytest.mark.parametrize("preset", PRESETS, ids=lambda one: one.short_name)
def test_every_field_has_a_place_and_a_name_of_its_own(preset: ShippedDraft, qapp: QApplication) -> None:
    fields = [one.field for one in leaves_of(sections_of(preset.kind, preset.document))]
    assert len({one.key for one in fields}) == len({one.object_name for one in fields}) == len(fields)
    assert all(one.words for one in fields)


@pytest.mark.parametrize(
    ("preset", "key", "typed", "value"),
    [
        (POLICY, "parameters.exam_valid_days.value", "180", 180),
        (POLICY, "parameters.exam_valid_days.value", "", None),
        (POLICY, "parameters.exam_modalities.value", "in_person", ["in_person"]),
        (POLICY, "parameters.anaesthetic_max_g_cm2.value", ",15", "0.15"),
        (POLICY, "parameters.consent_witness.value", "yes", "yes"),
        (POLICY, "roles[4].may_examine", "yes", True),
        (POLICY, "roles[4].unsupervised_mm", "1.5", "1.50"),
        (POLICY, "review.always", "prp, override", ["prp", "override"]),
        (POLICY, "screening[1].window_days", "365", 365),
        (POLICY, "effective_on", "3 Feb 2027", "2027-02-03"),
        (PROTOCOL, "areas[0].hard_max_mm", "1.25 mm", "1.25"),
        (PROTOCOL, "devices", "SP-01,SP-02", ["SP-01", "SP-02"]),
        (PROTOCOL, "steps", "One.\n\n Two. ", ["One.", "Two."]),
        (
            PROTOCOL,
            "providers",
            "reyes | 2026-01-05 |",
            [{"user": "reyes", "valid_from": "2026-01-05", "valid_to": None}],
        ),
        (PROTOCOL, "photos", "after | Neck", [{"when": "after", "view": "Neck"}]),
        (PROTOCOL, "precare_form", "own-precare", "own-precare"),
        (PROTOCOL, "aftercare_form", "own-aftercare", "own-aftercare"),
    ],
)
def test_what_is_typed_lands_in_its_place_alone(
    preset: ShippedDraft, key: str, typed: str, value: object, qapp: QApplication
) -> None:
    form = form_of(preset)
    before = json.dumps(preset.document)
    made, troubles = form.compose(form.flat(preset.document) | {key: typed}, preset.document)
    assert troubles == ()
    held: Any = made
    for part in key.replace("[", ".").replace("]", "").split("."):
        held = held[int(part)] if part.isdigit() else held[part]
    assert held == value
    assert json.dumps(preset.document) == before, "the document that was opened is never changed"


@pytest.mark.parametrize(
    ("preset", "key", "typed"),
    [
        (POLICY, "parameters.exam_valid_days.value", "a year"),
        (POLICY, "effective_on", "02/03/2027"),
        (POLICY, "notices", "A sign | somewhere"),
        (POLICY, "followup", "soon | call | | source | low"),
        (PROTOCOL, "areas[0].hard_max_mm", "6"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(
    preset: ShippedDraft, key: str, typed: str, qapp: QApplication
) -> None:
    form = form_of(preset)
    made, troubles = form.compose(form.flat(preset.document) | {key: typed}, preset.document)
    assert [one.key for one in troubles] == [key]
    assert troubles[0].what.endswith(".")
    assert made == preset.document


def test_a_sheet_that_is_named_no_more_is_left_out_of_the_protocol(qapp: QApplication) -> None:
    named = {**PROTOCOL.document, "precare_form": "own-precare"}
    form = Form(leaves_of(sections_of("protocol", named)))
    made, troubles = form.compose({**form.flat(named), "precare_form": ""}, named)
    assert troubles == ()
    assert made == {name: value for name, value in PROTOCOL.document.items() if name != "precare_form"}


def test_documents_of_the_first_form_can_be_edited_and_permit_no_more() -> None:
    for kind, first in (("policy", first_policy()), ("protocol", first_protocol())):
        content = json.loads(json.dumps(first).replace('"confidence": "test"', '"confidence": "low"'))
        for area in content.get("areas", ()):
            area.update(source="test", confidence="low")
        whole = in_second_form(kind, content, BLANK.document)
        assert check_document(kind, whole)["format"] == f"mnclinic.{kind}/2"
        if kind == "policy":
            may = {role["credential"] for role in whole["roles"] if role["may_examine"]}
            assert may == {"MD", "NP"}
            assert whole["parameters"]["exam_valid_days"]["value"] == 365
            assert whole["parameters"]["order_valid_days"]["value"] is None


def test_a_new_row_permits_nothing_until_it_is_filled_in() -> None:
    role = ADDING["roles"]("LPN")
    assert (role["may_examine"], role["may_order"], role["performs"]) == (False, False, [])
    area = ADDING["areas"]("neck")
    assert not any(area[name] for name in ("soft_min_mm", "soft_max_mm", "hard_max_mm"))


def test_no_area_inside_the_orbital_rim_can_be_added(qapp: QApplication) -> None:
    offered = {one.code for one in addable("areas", PROTOCOL.document)}
    assert "scalp" in offered
    assert "eyelid" not in offered
    assert not offered & {row["area"] for row in PROTOCOL.document["areas"]}


def test_a_list_of_known_codes_is_ticked_in_words_and_not_typed(qapp: QApplication) -> None:
    fields = {one.field.key: one.field for one in leaves_of(sections_of(POLICY.kind, POLICY.document))}
    known = [one for one in PARAMETERS if one.choices and one.kind is ParameterKind.WORDS]
    keys = [f"parameters.{one.code}.value" for one in known] + ["review.always", "roles[0].performs"]
    assert len(known) > 3
    assert {fields[key].kind for key in keys} == {Kind.SEVERAL}
    shown = {one.code: one.words for one in fields["review.always"].options}
    assert shown["first_by_new_staff"] == "First visit of this performer"
    languages = fields["parameters.consent_languages.value"].options
    assert [one.words for one in languages] == ["English", "Español"]


def test_the_features_to_tick_are_those_that_a_policy_may_name() -> None:
    found: list[list[str]] = []

    def look(one: Json) -> Json:
        found.extend([one["always"]["items"]["enum"]] if "items" in one.get("always", {}) else [])
        return one

    json.loads(resource_text("schemas/policy.json"), object_hook=look)
    assert found == [list(SENT_BY_POLICY)]


def test_all_that_is_chosen_or_ticked_in_a_form_of_rules_is_in_spanish(qapp: QApplication) -> None:
    fields = [one.field for draft in PRESETS for one in leaves_of(sections_of(draft.kind, draft.document))]
    english = {one.code: one.words for field in fields for one in options_of(field)}
    speak(qapp, "es")
    try:
        spanish = {
            one.code: one.words
            for draft in PRESETS
            for leaf in leaves_of(sections_of(draft.kind, draft.document))
            for one in options_of(leaf.field)
        }
    finally:
        speak(qapp, "en")
    alike = {code for code, words in spanish.items() if words == english[code]}
    assert alike == {"no", "prp", "general", "en", "es"}
