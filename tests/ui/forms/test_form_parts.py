"""What stands in the fields becomes the document exactly where it can be read, and nothing else is lost."""

from copy import deepcopy
from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mnclinic.services.read_documents import check_visit_document
from mnclinic.ui.forms.acts import Acts
from mnclinic.ui.forms.fields import Option, State
from mnclinic.ui.forms.merge import merge
from mnclinic.ui.forms.parts import differing
from mnclinic.ui.forms.pasted import cells_of, is_table, rows_of
from mnclinic.ui.visits.care_fields import TOPICAL_ROWS
from mnclinic.ui.visits.forms import ALONE, LINES, SIDES, visit_form
from tests.services.clinic_builder import document

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=-6)))
FORM = visit_form(lambda: NOW, ["pregnancy", "isotretinoin_stopped", "topical_retinoid"])


CARE: dict[str, Any] = {
    "vitals": {
        "systolic_mmhg": 128,
        "diastolic_mmhg": 78,
        "pulse_per_min": 66,
        "temperature_f": "98.6",
        "taken_at": "2026-11-23T09:01:05-06:00",
    },
    "anaesthetic": {
        "product": "Lidocaine 4 % cream",
        "lot": "A-1",
        "expires_on": "2027-05-31",
        "strength_percent": "4",
        "amount_g": "20.0",
        "area_cm2": 400,
        "applied_at": "2026-11-23T08:52:00-06:00",
        "removed_at": "2026-11-23T09:22:00-06:00",
        "wiped_off": True,
        "occluded": False,
    },
    "prp": {
        "kit_lot": "K-1",
        "kit_expires_on": "2027-02-28",
        "tubes": 2,
        "drawn_ml": "18",
        "drawn_at": "2026-11-23T09:02:30-06:00",
        "drawn_by": "reyes",
        "tube_label": {
            "last_name": "Testerman",
            "first_name": "Ada",
            "born_on": "1990-04-23",
            "labelled_at": "2026-11-23T09:03:00-06:00",
        },
        "anticoagulant": "ACD-A",
        "centrifuge": "CF-1",
        "spins": [
            {
                "rpm": 3861,
                "radius_cm": "9.0",
                "minutes": 8,
                "spun_at": "2026-11-23T09:05:00-06:00",
                "by": "lind",
            },
            {"rpm": 2000, "radius_cm": "9", "minutes": 5},
        ],
        "prp_ml": "4",
        "colour": "straw",
        "platelets_per_ul": 210000,
        "activator": "calcium chloride",
        "one_patient_in_rotor": True,
        "read_back": [{"at": "2026-11-23T09:04:00-06:00", "by": ["reyes", "lind"], "by_own_password": True}],
        "applied_at": "2026-11-23T09:45:00-06:00",
        "applied_by": "reyes",
        "leftover_discarded": False,
    },
    "asepsis": [
        {"item": "Wash hands. Put on gloves.", "confirmed_at": "2026-11-23T09:25:00-06:00", "by": "reyes"},
        {"item": "Clean the skin.", "confirmed_at": "2026-11-23T09:26:00-06:00"},
    ],
}


def whole() -> dict[str, Any]:
    """A visit with something in every field of the form."""
    made = document(
        note="Came early.",
        aftercare_sheet="aftercare-en v1",
        last_session_on="2026-01-05",
        supervised_by="okafor",
        topicals=[
            {
                "name": "hydrogel",
                "lot": "H-1",
                "expires_on": "2027-01-01",
                "amount_ml": "4",
                "used": "during",
            },
            {"name": "serum"},
        ],
        reasons=[{"code": "depth_outside_usual", "reason": "Scarred skin."}],
        cartridge={
            "lot": "LOT-1",
            "expires_on": "2027-05-31",
            "needle_length_mm": "2.50",
            "serial": "7",
        },
    )
    made["fitzpatrick"]["method"] = "questionnaire"
    made["exam"] |= {"valid_to": "2027-01-31", "areas": ["cheek", "neck"], "services": ["microneedling_face"]}
    made["exam"]["outside"] = {
        "name": "Dr A. Elsewhere",
        "credential": "MD",
        "licence": "TX-MD-9",
        "licence_state": "TX",
        "licence_valid_to": "2027-01-31",
        "accepted_on": "2026-11-20",
        "paper_sha256": "a" * 64,
    }
    made["order"] |= {"kind": "standing", "max_depth_mm": "1.50", "max_sessions": 3, "areas": ["cheek"]}
    made["skin"] = {
        "assessed_on": "2026-11-23",
        "lesions": [
            {"area": "cheek", "item": "active_acne"},
            {"area": "chin", "item": "other", "note": "Blue"},
        ],
    }
    made["lines"].append({**made["lines"][0], "area": "neck", "side": "midline", "note": "Thin."})
    made |= {name: deepcopy(part) for name, part in CARE.items()}
    made["lines"][1] |= {
        "speed_rpm": 7000,
        "pattern": "several_directions",
        "bleeding": "none",
        "tolerance": 0,
        "started_at": "2026-11-23T09:30:07-06:00",
        "ended_at": "2026-11-23T09:40:00-06:00",
    }
    made["screening"][1] |= {"answer": "yes", "last_on": "2026-01-02", "note": "Told by phone."}
    return made


def test_a_document_that_is_only_looked_at_is_not_changed() -> None:
    for stored in (document(), whole(), {"performer": "reyes", "started_at": "2026-11-23T09:00:07-06:00"}):
        made, troubles = FORM.compose(FORM.flat(stored), stored)
        assert made == stored
        assert troubles == ()


def test_half_of_an_exam_done_elsewhere_is_not_read_as_the_clinics_own() -> None:
    stored = whole()
    state = FORM.flat(stored)
    del state["exam.outside.licence"]
    made, troubles = FORM.compose(state, stored)
    assert "exam" not in made
    assert [one.key for one in troubles if one.is_missing] == ["exam.outside.licence"]
    for key in [one for one in state if one.startswith("exam.outside.")]:
        del state[key]
    made, troubles = FORM.compose(state, stored)
    assert (troubles, "outside" in made["exam"], made["exam"]["areas"]) == ((), False, ["cheek", "neck"])


def test_every_field_of_the_form_holds_what_the_document_says() -> None:
    state = FORM.flat(whole())
    assert [field.key for field in ALONE if field.key not in state] == []
    assert state["fitzpatrick.type"] == "2"
    assert state["lines"] == "2"
    assert state["lines.1.area"] == "neck"
    assert state["screening.isotretinoin_stopped.last_on"] == "2026-01-02"


def test_what_cannot_be_read_is_left_out_and_named_and_stays_where_it_was_typed() -> None:
    stored = whole()
    state = FORM.flat(stored) | {
        "lines.0.depth_mm": "1.2.5",
        "exam.examined_on": "2026-02-30",
        "last_session_on": "2026-1",
        "note": "x" * 10_000,
    }
    made, troubles = FORM.compose(state, stored)
    assert [one.key for one in troubles if not one.is_missing] == [
        "last_session_on",
        "exam.examined_on",
        "lines.0.depth_mm",
        "note",
    ]
    assert all(one.what.endswith(".") for one in troubles)
    assert [line["area"] for line in made["lines"]] == ["neck"]
    assert not {"exam", "last_session_on", "note"} & made.keys()
    check_visit_document(deepcopy(made))


def test_an_object_is_whole_or_not_there_and_says_what_is_missing() -> None:
    stored = document()
    state = FORM.flat(stored) | {"order.valid_to": ""}
    made, troubles = FORM.compose(state, stored)
    assert "order" not in made
    assert [(one.key, one.is_missing) for one in troubles] == [("order.valid_to", True)]


def test_parts_that_contradict_each_other_are_told_beside_their_field() -> None:
    stored = document()
    state = FORM.flat(stored) | {"ended_at": "08:00", "order.valid_to": "2026-01-01"}
    made, troubles = FORM.compose(state, stored)
    assert {one.key for one in troubles} == {"ended_at", "order.valid_to"}
    assert not {"ended_at", "order"} & made.keys()


def test_a_line_whose_times_contradict_each_other_is_told_beside_its_field_and_stays_typed() -> None:
    stored = whole()
    state = FORM.flat(stored) | {"lines.1.ended_at": "09:29"}
    made, troubles = FORM.compose(state, stored)
    assert [(one.key, one.what) for one in troubles] == [
        ("lines.1.ended_at", "This area was done before it was begun.")
    ]
    assert [line["area"] for line in made["lines"]] == ["cheek"]
    made, troubles = FORM.compose(state | {"lines.1.ended_at": "09:41", "lines.1.tolerance": "3"}, stored)
    assert troubles == ()
    assert made["lines"][1]["ended_at"] == "2026-11-23T09:41:00-06:00"
    assert made["lines"][1]["started_at"] == stored["lines"][1]["started_at"]
    assert made["lines"][1]["tolerance"] == 3


def test_another_cartridge_does_not_keep_the_label_of_the_one_before() -> None:
    stored = whole()
    made, _ = FORM.compose(FORM.flat(stored) | {"cartridge.lot": "LOT-2"}, stored)
    assert made["cartridge"] == {"lot": "LOT-2"}
    made, _ = FORM.compose(FORM.flat(stored) | {"note": "Other."}, stored)
    assert made["cartridge"] == stored["cartridge"]


def test_another_phototype_is_assessed_on_the_day_it_was_chosen() -> None:
    made, _ = FORM.compose(FORM.flat(whole()) | {"fitzpatrick.type": "3"}, whole())
    assert made["fitzpatrick"] == {"type": 3, "method": "questionnaire", "assessed_on": "2026-11-23"}


def test_what_no_field_shows_stays_in_the_document() -> None:
    stored = whole() | {"aftercare_sheet": "face v1"}
    stored["exam"]["note"] = "By phone first."
    state = FORM.flat(stored) | {"exam.result": "pending"}
    kept = TOPICAL_ROWS.rows(state)[1:]
    without = {key: text for key, text in state.items() if not key.startswith("topicals")}
    made, _ = FORM.compose(without | TOPICAL_ROWS.of_rows(kept), stored)
    assert made["aftercare_sheet"] == "face v1"
    assert made["exam"]["note"] == "By phone first."
    assert made["topicals"] == [{"name": "serum"}]
    assert made["screening"][1]["note"] == "Told by phone."


def test_a_time_whose_minute_is_the_same_keeps_its_seconds() -> None:
    stored = {"performer": "reyes", "started_at": "2026-11-23T09:00:07-06:00"}
    made, _ = FORM.compose(FORM.flat(stored) | {"ended_at": "9:00"}, stored)
    assert made["started_at"] == stored["started_at"]
    assert made["ended_at"] == stored["started_at"], "no end before the start within one minute"
    made, _ = FORM.compose(FORM.flat(stored) | {"ended_at": "9:40"}, stored)
    assert made["ended_at"] == "2026-11-23T09:40:00-06:00"


KEYS = st.sampled_from(["note", "device", "exam.result"])
STATES = st.dictionaries(KEYS, st.sampled_from(["a", "b", "c"]))


@given(STATES, STATES, STATES)
def test_merging_takes_what_one_side_changed_and_asks_where_both_did(
    base: State, mine: State, theirs: State
) -> None:
    merged = merge(base, mine, theirs, lists=("lines",))
    for key in ("note", "device", "exam.result"):
        was, here, there = (one.get(key, "") for one in (base, mine, theirs))
        asked = any(one.at == key for one in merged.differences)
        assert asked == (here != there and here != was != there)
        assert merged.state.get(key, "") == (there if here == was else here)
        assert (key in merged.taken) == (here == was != there)


def test_rows_are_merged_by_cell_while_there_are_as_many_and_as_one_thing_when_not() -> None:
    base = LINES.of_rows([{"area": "cheek", "depth_mm": "1.00"}, {"area": "neck", "depth_mm": "0.50"}])
    mine, theirs = base | {"lines.0.depth_mm": "1.25"}, base | {"lines.1.depth_mm": "0.75"}
    merged = merge(base, mine, theirs, lists=("lines",))
    assert merged.differences == ()
    assert merged.state == base | {"lines.0.depth_mm": "1.25", "lines.1.depth_mm": "0.75"}
    shorter = LINES.of_rows([{"area": "neck", "depth_mm": "0.50"}])
    merged = merge(base, mine, shorter, lists=("lines",))
    assert [one.at for one in merged.differences] == ["lines"]
    assert merged.differences[0].theirs == shorter
    assert merged.state == mine
    merged = merge(base, base, shorter, lists=("lines",))
    assert merged.state == shorter
    assert merged.taken == ("lines",)


def test_typing_into_one_field_is_one_act_until_it_is_left() -> None:
    acts = Acts()
    for before, after in (("", "1"), ("1", "1."), ("1.", "1.2")):
        acts.typed("depth of forehead", before, after, "lines.0.depth_mm")
    acts.close()
    acts.typed("depth of forehead", "1.2", "1.25", "lines.0.depth_mm")
    assert acts.to_undo is not None
    assert acts.to_undo.words == "depth of forehead"
    first = acts.undo()
    assert first is not None
    assert (first.before, first.after) == ({"lines.0.depth_mm": "1.2"}, {"lines.0.depth_mm": "1.25"})
    second = acts.undo()
    assert second is not None
    assert second.before == {"lines.0.depth_mm": ""}
    assert acts.undo() is None
    assert acts.redo() == second
    acts.did("side", {"lines.0.side": ""}, {"lines.0.side": "left"}, "lines.0.side")
    assert acts.to_redo is None, "what is done anew ends what could be done again"


def test_what_was_done_to_a_field_that_changed_elsewhere_can_no_longer_be_undone() -> None:
    acts = Acts()
    acts.did("side", {"lines.0.side": ""}, {"lines.0.side": "left"}, "lines.0.side")
    acts.did("note", {"note": ""}, {"note": "x"}, "note")
    acts.did("device", {"device": ""}, {"device": "SP-01"}, "device")
    acts.undo()
    acts.forget_of(["lines", "device"])
    assert acts.to_redo is None
    last = acts.undo()
    assert last is not None
    assert last.words == "note"
    assert acts.undo() is None


def test_letters_that_were_typed_and_taken_away_again_are_no_act() -> None:
    acts = Acts()
    acts.typed("note", "", "x", "note")
    acts.typed("note", "x", "", "note")
    acts.close()
    assert acts.undo() is None


def test_a_pasted_table_is_taken_apart_into_cells() -> None:
    assert is_table("a\tb")
    assert is_table("a\nb")
    assert not is_table("a line\r\n")
    text = 'Cheek\tright\t"1,25"\r\nNeck\t"mid""line"\t\r\n\r\n'
    assert cells_of(text) == [["Cheek", "right", "1,25"], ["Neck", 'mid"line', ""]]
    assert cells_of('5" pen\tx') == [['5" pen', "x"]]
    assert cells_of("") == []


@given(st.text())
def test_any_pasted_text_is_cells(text: str) -> None:
    assert all(any(row) for row in cells_of(text))


def test_pasted_cells_become_codes_and_values_and_what_cannot_be_read_stays() -> None:
    areas = (Option("cheek", "Cheek"), Option("cheekbone", "Cheekbone"), Option("upper_lip", "Upper lip"))
    options = {"area": areas, "side": SIDES}
    rows = rows_of([["upper lip", "R", ",8", "x"], ["Cheek", "up", "deep"]], LINES.fields, options)
    assert rows == [
        {"area": "upper_lip", "side": "right", "depth_mm": "0.80", "passes": "x"},
        {"area": "cheek", "side": "up", "depth_mm": "deep"},
    ]


def test_a_difference_names_every_key_once() -> None:
    assert differing({"a": "1", "b": ""}, {"a": "2"}) == ["a"]


def test_a_lesion_goes_into_the_document_whole_and_with_the_day_of_the_look() -> None:
    stored = document()
    half, troubles = FORM.compose(FORM.flat(stored) | {"lesions": "1", "lesions.0.area": "cheek"}, stored)
    assert "skin" not in half
    assert [(one.key, one.is_missing) for one in troubles] == [("lesions.0.item", True)]
    cells = {"lesions": "1", "lesions.0.area": "cheek", "lesions.0.item": "active_acne"}
    made, troubles = FORM.compose(FORM.flat(stored) | cells, stored)
    assert troubles == ()
    assert made["skin"] == {
        "assessed_on": NOW.date().isoformat(),
        "lesions": [{"area": "cheek", "item": "active_acne"}],
    }
    emptied, _ = FORM.compose(FORM.flat(stored), made)
    assert "skin" not in emptied


def test_an_empty_method_of_the_phototype_is_a_clinician() -> None:
    stored = document()
    assert "fitzpatrick.method" not in FORM.flat(stored)
    changed, _ = FORM.compose(FORM.flat(stored) | {"fitzpatrick.method": "questionnaire"}, stored)
    assert changed["fitzpatrick"]["method"] == "questionnaire"
    back, _ = FORM.compose(FORM.flat(stored), changed)
    assert back["fitzpatrick"]["method"] == "clinician"
