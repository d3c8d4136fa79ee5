"""The treated areas: typed as figures are, carried until somebody confirms them, and seen on a map."""

from typing import Any, cast

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from mnclinic.services.show_visit import show_visit
from mnclinic.ui.sign_sheet import SignSheet
from mnclinic.ui.visits.area_shapes import BODY, FRONT, LEFT, RIGHT
from mnclinic.ui.visits.treatment import TreatmentStep
from tests.ui.visits.conftest import SIX, AtVisit

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LAST = len(SIX) - 1


def step_of(at: AtVisit) -> TreatmentStep:
    return cast("TreatmentStep", at.page.steps["treatment"])


def focused(at: AtVisit) -> str:
    return at.page.window().focusWidget().objectName()


def type_here(at: AtVisit, text: str) -> None:
    cast("Any", at.bot).keyClicks(at.page.window().focusWidget(), text)


def depth(number: int) -> str:
    return f"visit.lines.{number}.depth_mm"


def test_figures_are_typed_with_tab_along_the_row_and_enter_down_to_a_new_one(at_returning: AtVisit) -> None:
    at = at_returning
    at.press("visit.add_line")
    assert focused(at) == "visit.lines.0.area"
    for field, text in (("area", "c"), ("side", "r"), ("depth_mm", "1,5"), ("passes", "3")):
        assert focused(at) == f"visit.lines.0.{field}"
        type_here(at, text)
        at.key(Qt.Key.Key_Tab)
    assert focused(at) == "visit.lines.0.endpoint"
    type_here(at, "p")
    at.key(Qt.Key.Key_Return)
    assert focused(at) == "visit.lines.1.area", "a new row begins with its area"
    row = {name: at.text(f"visit.lines.0.{name}") for name in ("area", "side", "depth_mm", "passes")}
    assert row == {"area": "cheek", "side": "right", "depth_mm": "1.50", "passes": "3"}
    at.kept()
    line = at.stored()["lines"]
    assert [(one["depth_mm"], one["passes"], one["endpoint"]) for one in line] == [
        ("1.50", 3, "pinpoint_bleeding")
    ]


def test_an_empty_row_is_no_row_and_keeps_nothing_from_being_signed(at_returning: AtVisit) -> None:
    at = at_returning
    at.press("visit.add_line")
    at.key(Qt.Key.Key_Return)
    assert at.page.editing.text("lines") == "1", "below an empty row comes no other"
    assert at.page.editing.is_whole
    at.kept()
    assert "lines" not in at.stored()


def test_enter_goes_down_the_column_where_tabbing_began(at_returning: AtVisit) -> None:
    at = at_returning
    at.press("visit.as_last_time")
    assert focused(at) == depth(0)
    at.key(Qt.Key.Key_Tab)
    at.key(Qt.Key.Key_Tab)
    assert focused(at) == "visit.lines.0.endpoint"
    at.key(Qt.Key.Key_Return)
    assert focused(at) == depth(1)
    at.key(Qt.Key.Key_Return, SHIFT)
    assert focused(at) == depth(0)
    at.control("visit.lines.0.endpoint").setFocus()
    at.key(Qt.Key.Key_Return)
    assert focused(at) == "visit.lines.1.endpoint"


@pytest.mark.parametrize("typed", ["15", "0", "-1", "one"])
def test_what_is_no_depth_is_refused_beside_it_and_stays_typed(at_returning: AtVisit, typed: str) -> None:
    at = at_returning
    step_of(at).grid.add_with({"area": "cheek", "side": "right", "passes": "3"}, "a row", "depth_mm")
    type_here(at, typed)
    at.key(Qt.Key.Key_Tab)
    at.kept()
    row = step_of(at).grid.shown[0]
    assert row.says.text().startswith("Depth: ")
    assert not row.says.isHidden()
    assert at.text(depth(0)) == typed
    assert "lines" not in at.stored()


@pytest.mark.parametrize("typed", ["99", "21", "0", "-1", "many"])
def test_passes_that_nobody_makes_are_refused_beside_them(at_returning: AtVisit, typed: str) -> None:
    at = at_returning
    at.press("visit.as_last_time")
    at.key(Qt.Key.Key_Tab)
    type_here(at, typed)
    at.key(Qt.Key.Key_Tab)
    assert step_of(at).grid.shown[0].says.text().startswith("Passes: Write a whole number from 1 to 20.")
    assert at.text("visit.lines.0.passes") == typed
    at.kept()


def test_the_limit_says_which_layer_rules_and_how_what_is_typed_stands_to_it(at_returning: AtVisit) -> None:
    at, step = at_returning, step_of(at_returning)
    step.grid.add_with({"area": "cheek", "side": "right"}, "a row", "depth_mm")
    said = "Cheek: at most 2.00 mm by the hard limit of protocol face v1; the device goes to 2.50 mm."
    assert step.limit.limit.text() == said
    for typed, word in (("1", "Within the limit"), (".75", "Needs the director"), ("", "")):
        if typed:
            type_here(at, typed)
            assert step.limit.chip.accessibleName() == word
    at.key(Qt.Key.Key_A, CTRL)
    type_here(at, "2.25")
    assert step.limit.chip.accessibleName() == "Over the limit"
    assert "2.25 mm is over the hard limit of protocol face v1, 2.00 mm" in step.limit.against.text()
    at.kept()


def test_as_last_time_is_marked_as_carried_and_goes_into_no_visit(at_returning: AtVisit) -> None:
    at, step = at_returning, step_of(at_returning)
    at.key(Qt.Key.Key_F6)
    assert [at.text(depth(number)) for number in range(len(SIX))] == [one[2] for one in SIX]
    assert at.text("visit.lines.0.endpoint") == "", "what is seen today is entered today"
    assert at.control(depth(0)).property("carried")
    assert not step.grid.shown[LAST].confirm.isHidden()
    at.kept()
    assert "lines" not in at.stored(), "nothing is recorded that nobody said"
    assert not at.page._sign_step.sign.isEnabled()
    at.show()
    at.page.go("treatment")
    assert at.control(depth(0)).property("carried"), "the marks come back with the draft"
    at.press("visit.lines.0.remove")
    at.press("visit.undo")
    assert at.control(depth(0)).property("carried"), "and with a row that is put back"
    at.kept()


def test_a_carried_cell_that_is_typed_anew_is_carried_no_more_and_tells_what_it_was(
    at_returning: AtVisit,
) -> None:
    at, step = at_returning, step_of(at_returning)
    at.press("visit.as_last_time")
    type_here(at, "1")
    assert not at.control(depth(0)).property("carried")
    assert at.control("visit.lines.0.passes").property("carried")
    at.key(Qt.Key.Key_Tab)
    assert step.grid.shown[0].says.text() == "Since last time: Depth 0.75 mm → 1.00 mm"
    at.press("visit.undo")
    assert at.text(depth(0)) == "0.75"
    assert at.control(depth(0)).property("carried"), "one act: the figure and its mark"
    at.kept()


def test_to_pass_through_a_carried_cell_confirms_nothing(at_returning: AtVisit) -> None:
    at = at_returning
    at.press("visit.as_last_time")
    for _ in range(2):
        at.key(Qt.Key.Key_Tab)
    at.key(Qt.Key.Key_Return)
    assert len(step_of(at).grid.carried_rows()) == len(SIX)
    at.kept()


def test_one_key_confirms_all_that_is_carried_as_one_act(at_returning: AtVisit) -> None:
    at, step = at_returning, step_of(at_returning)
    at.press("visit.as_last_time")
    at.press("visit.lines.1.confirm")
    assert step.grid.carried_rows() == [0, 2, 3, 4, 5]
    for number in range(len(SIX)):
        at.choose(f"visit.lines.{number}.endpoint", "pinpoint_bleeding")
    at.control(depth(0)).setFocus()
    at.key(Qt.Key.Key_F9)
    assert step.grid.carried_rows() == []
    at.kept()
    assert [one["depth_mm"] for one in at.stored()["lines"]] == [one[2] for one in SIX]
    at.press("visit.undo")
    assert step.grid.carried_rows() == [0, 2, 3, 4, 5]
    at.kept()
    assert [one["depth_mm"] for one in at.stored()["lines"]] == ["1.25"], "confirmed rows alone are recorded"


def test_to_sign_shows_what_is_carried_and_one_press_confirms_and_shows_what_is_locked(
    at_returning: AtVisit,
) -> None:
    at = at_returning
    at.press("visit.as_last_time")
    for number in range(len(SIX)):
        at.choose(f"visit.lines.{number}.endpoint", "pinpoint_bleeding")
    at.kept()
    at.key(Qt.Key.Key_Return, CTRL)
    assert focused(at) == "visit.confirm_and_sign"
    told = at.text("visit.carried_lines").splitlines()
    assert told[1] == "Cheek, right side: Depth 1.25 mm, Passes 4"
    assert at.page._sign_step.unread.isHidden(), "what is carried is no fault of anybody's typing"
    at.key(Qt.Key.Key_Space)
    at.until(lambda: at.page.window().findChild(SignSheet) is not None)
    sheet = cast("SignSheet", at.page.window().findChild(SignSheet))
    words = [one.text() for one in sheet.findChildren(cast("type[Any]", QWidget)) if hasattr(one, "text")]
    assert any("Cheek, Right side: 1.25 mm × 4, Pinpoint bleeding" in one for one in words)
    assert "From your signature on these areas stand as they are:" in words
    assert len(at.stored()["lines"]) == len(SIX)
    sheet.reject()


def test_a_row_that_is_not_in_the_visit_yet_is_held_to_its_limit_all_the_same(at_returning: AtVisit) -> None:
    at, step = at_returning, step_of(at_returning)
    at.press("visit.as_last_time")
    at.page.editing.put({"lines.0.depth_mm": "2.25"}, "a depth", "lines.0.depth_mm")
    assert step.grid.carried_rows()[0] == 0
    assert "2.25 mm is over the hard limit of protocol face v1" in step.grid.shown[0].says.text()
    at.kept()


def test_what_somebody_else_opens_holds_nothing_that_was_only_carried(at_returning: AtVisit) -> None:
    at = at_returning
    at.press("visit.as_last_time")
    at.kept()
    other = show_visit(at.lind, at.visit_id, opened=False)
    assert "lines" not in other.document


def test_a_row_is_removed_by_keyboard_and_undone(at_returning: AtVisit) -> None:
    at = at_returning
    at.press("visit.as_last_time")
    at.key(Qt.Key.Key_Return)
    at.key(Qt.Key.Key_Delete, CTRL | SHIFT)
    assert (at.text("visit.lines.1.side"), focused(at)) == ("left", depth(1))
    assert "cheek removed" in cast("QPushButton", at.control("visit.undo")).toolTip()
    at.press("visit.undo")
    assert at.text("visit.lines.1.side") == "right"
    at.press("visit.undo")
    assert at.page.editing.text("lines") == "", "all of last time is one act"
    at.kept()


def test_an_area_that_is_left_out_today_is_not_carried(at_returning: AtVisit) -> None:
    at = at_returning
    skin = {"lesions": "1", "lesions.0.area": "nose", "lesions.0.item": "other_lesion"}
    at.page.editing.put(skin, "a lesion", "lesions.0.area")
    at.kept()
    barred = {one.area.value for one in at.page._view.barred}  # type: ignore[union-attr] # shown
    at.page.go("treatment")
    at.press("visit.as_last_time")
    areas = [at.text(f"visit.lines.{number}.area") for number in range(len(step_of(at).grid.shown))]
    assert barred.isdisjoint(areas)
    assert len(areas) == len(SIX) - len([one for one in SIX if one[0] in barred])
    at.kept()


def test_what_goes_with_a_row_is_reached_by_a_key_and_stored(at_returning: AtVisit) -> None:
    at = at_returning
    step_of(at).grid.add_with(
        {"area": "chin", "side": "midline", "depth_mm": "1.00", "passes": "3", "endpoint": "erythema"},
        "a row",
        "depth_mm",
    )
    at.key(Qt.Key.Key_F8)
    assert focused(at) == "visit.lines.0.speed_rpm"
    type_here(at, "7000")
    at.key(Qt.Key.Key_F8)
    assert focused(at) == depth(0)
    at.page.lead_to("lines.0.tolerance")
    type_here(at, "0")
    at.leave()
    at.kept()
    line = at.stored()["lines"][0]
    assert (line["speed_rpm"], line["tolerance"]) == (7000, 0)


def test_an_area_that_was_done_before_it_was_begun_is_refused_beside_the_row(at_returning: AtVisit) -> None:
    at = at_returning
    at.press("visit.as_last_time")
    at.page.lead_to("lines.0.started_at")
    for typed in ("9:50", "9:40"):
        type_here(at, typed)
        at.key(Qt.Key.Key_Tab)
    says = step_of(at).grid.shown[0].says
    at.press("visit.lines.0.confirm")
    at.choose("visit.lines.0.endpoint", "erythema")
    at.until(lambda: "This area was done before it was begun." in says.text())
    assert at.text("visit.lines.0.ended_at") == "09:40"
    at.kept()


def test_an_end_before_the_start_is_refused_beside_the_field(at_visit: AtVisit) -> None:
    at_visit.page.go("treatment")
    field = cast("QLineEdit", at_visit.control("visit.ended_at"))
    field.setFocus()
    field.selectAll()
    type_here(at_visit, "8:30")
    at_visit.leave()
    at_visit.kept()
    boxes = {key: box for one in at_visit.page.steps["treatment"].sets for key, box in one.boxes.items()}
    assert boxes["ended_at"].problem.text() == "The end lies before the start."
    assert field.text() == "08:30"


# --- the map -----------------------------------------------------------------------------------------------


def test_the_map_and_the_rows_are_two_views_of_the_same(at_returning: AtVisit) -> None:
    at, step = at_returning, step_of(at_returning)
    zone = cast("QPushButton", at.control("visit.zone.cheek.left"))
    assert zone.accessibleName() == "Cheek, left side: not treated"
    place = cast("QPointF", step.map.map._scale().map(cast("Any", zone).zone.label_at))
    cast("Any", at.bot).mouseClick(step.map.map, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert (at.text("visit.lines.0.area"), at.text("visit.lines.0.side")) == ("cheek", "left")
    assert focused(at) == depth(0)
    assert zone.accessibleName() == "Cheek, left side: No depth yet"
    type_here(at, "2.25")
    assert zone.accessibleName() == "Cheek, left side: 2.25 mm, Over the limit"
    other = at.control("visit.zone.cheek.right")
    assert other.accessibleName() == "Cheek, right side: not treated", "left is the patient's own left"
    at.press("visit.undo")
    at.press("visit.undo")
    assert at.page.editing.text("lines") == "", "a zone that was pressed is an act like any other"
    at.kept()


def test_a_zone_that_is_treated_leads_to_its_row(at_returning: AtVisit) -> None:
    at = at_returning
    at.press("visit.as_last_time")
    cast("QPushButton", at.control("visit.zone.chin.midline")).click()
    assert focused(at) == depth(4)
    assert len(step_of(at).grid.shown) == len(SIX)
    told = at.control("visit.zone.chin.midline").accessibleName()
    assert told == "Chin: 1.00 mm, Carried"


def test_the_zones_are_a_list_for_the_keyboard(at_returning: AtVisit) -> None:
    at, step = at_returning, step_of(at_returning)
    stops = [one for one in step.map.map.zones.values() if one.focusPolicy() != Qt.FocusPolicy.NoFocus]
    assert len(stops) == 1, "one stop of Tab for all of them"
    stops[0].setFocus()
    at.key(Qt.Key.Key_Down)
    at.key(Qt.Key.Key_J)
    assert focused(at) == "visit.zone.jaw.right"
    assert at.text("visit.map.told") == "Jaw, right side: not treated"
    at.key(Qt.Key.Key_Return)
    assert (at.text("visit.lines.0.area"), at.text("visit.lines.0.side")) == ("jaw", "right")


def test_every_view_names_the_areas_of_the_protocol_and_offers_no_other(at_returning: AtVisit) -> None:
    at, step = at_returning, step_of(at_returning)
    seen: set[str] = set()
    for view in (RIGHT, LEFT, BODY, FRONT):
        at.press(f"visit.map.{view}")
        for zone in step.map.map.zones.values():
            assert zone.accessibleName()
            if zone.isEnabled():
                seen.add(zone.zone.area.value)
            else:
                assert zone.accessibleName().endswith("not in the protocol")
    assert seen == {one.area.value for one in at.page._view.areas}  # type: ignore[union-attr] # shown


def test_what_is_treated_elsewhere_is_counted_on_the_view_that_shows_it(at_returning: AtVisit) -> None:
    at = at_returning
    step_of(at).grid.add_with({"area": "hand", "side": "both"}, "a row", "depth_mm")
    assert cast("QPushButton", at.control(f"visit.map.{BODY}")).text() == "Body · 2"
    at.press(f"visit.map.{BODY}")
    assert at.control("visit.zone.hand.left").accessibleName() == "Hand, left side: No depth yet"
    QApplication.processEvents()
