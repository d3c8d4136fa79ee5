"""What a person types for a correction becomes the field's own kind of value, or stays as it was typed."""

from zoneinfo import ZoneInfo

import pytest

from mnclinic.domain.amendment import KEPT, Correction, problems_of_correction
from mnclinic.services.typed_correction import correctable, typed_correction
from tests.services.clinic_builder import document

GIVEN = {"given_at": "2026-11-23T10:00:00-06:00", "given_by": "reyes", "text_sha256": "0" * 64}
ANSWERED = {"item": "pregnancy", "answer": "no"}


@pytest.mark.parametrize(
    ("path", "typed", "old", "new"),
    [
        ("lines[0].depth_mm", " 1.00 ", '"1.25"', '"1.00"'),
        ("lines[0].depth_mm", "1,5", '"1.25"', '"1.5"'),
        ("lines[0].depth_mm", ".8", '"1.25"', '"0.8"'),
        ("lines[0].depth_mm", "15", '"1.25"', '"15"'),
        ("lines[0].depth_mm", "one", '"1.25"', '"one"'),
        ("lines[0].passes", "3", "4", "3"),
        ("lines[0].note", "12", None, '"12"'),
        ("ended_at", None, '"2026-11-23T10:00:00-06:00"', None),
        ("lines[5].note", "x", None, '"x"'),
        ("cartridge.lot", "LOT-2", '"LOT-1"', '"LOT-2"'),
    ],
)
def test_a_typed_value_is_read_as_its_field_holds_it(
    path: str, typed: str | None, old: str | None, new: str | None
) -> None:
    assert typed_correction(document(), path, typed) == Correction(path, old, new)


@pytest.mark.parametrize(
    ("typed", "new"),
    [
        ("10:40", "2026-11-23T10:40:00-06:00"),
        ("2:05 pm", "2026-11-23T14:05:00-06:00"),
        ("2026-11-23 10:40", "2026-11-23T10:40:00-06:00"),
        ("23 Nov 2026, 10:40 -06:00", "2026-11-23T10:40:00-06:00"),
        ("2026-11-23T10:40", "2026-11-23T10:40:00-06:00"),
        ("7/14/2026 09:30", "2026-07-14T09:30:00-05:00"),
        ("2026-11-23T10:40:00-06:00", "2026-11-23T10:40:00-06:00"),
        ("07:00", "2026-11-23T07:00:00-06:00"),
        ("25:00", "25:00"),
        ("half past ten", "half past ten"),
    ],
)
def test_a_time_is_typed_as_on_any_clock(typed: str, new: str) -> None:
    made = typed_correction(document(), "ended_at", typed, ZoneInfo("America/Chicago"))
    assert made.new == f'"{new}"'


def test_a_time_is_no_moment_where_the_field_holds_none() -> None:
    assert typed_correction(document(), "cartridge.lot", "10:40").new == '"10:40"'


def test_every_single_value_of_the_record_can_be_chosen_but_those_that_stay() -> None:
    paths = correctable(document(), KEPT)
    assert "lines[0].depth_mm" in paths
    assert "cartridge.lot" in paths
    assert not any(path.startswith(("patient", "consent", "performer", "format")) for path in paths)


def test_what_two_people_gave_their_word_for_is_not_offered_for_a_correction() -> None:
    paths = correctable({"prp": {"tube": "T-1", "read_back": [{"by": ["lind", "reyes"]}]}}, KEPT)
    assert paths == ("prp.tube",)


@pytest.mark.parametrize("typed", ["sí", "Si", "yes"])
def test_yes_is_typed_as_the_sheet_says_it(typed: str) -> None:
    held = document(aftercare={**GIVEN, "taught_back": False}, screening=[ANSWERED])
    assert typed_correction(held, "aftercare.taught_back", typed).new == "true"
    assert typed_correction(held, "screening[0].answer", typed).new == '"yes"'
    assert typed_correction(held, "note", typed).new == f'"{typed}"', "words stay as they were typed"


@pytest.mark.parametrize(
    ("path", "new", "is_told"),
    [
        ("lines[0].depth_mm", '"1.250"', True),
        ("lines[0].depth_mm", '"1.25"', True),
        ("lines[0].depth_mm", '"1.26"', False),
        ("lines[0].depth_mm", '"one"', False),
        ("lines[0].depth_mm", None, False),
        ("cartridge.lot", '"1.50"', False),
        ("cartridge.lot", '"1.5"', True),
    ],
)
def test_the_same_measure_written_otherwise_corrects_nothing_and_another_lot_does(
    path: str, new: str | None, is_told: bool
) -> None:
    record = document(cartridge=document()["cartridge"] | {"lot": "1.5"})
    old = {"lines[0].depth_mm": '"1.25"', "cartridge.lot": '"1.5"'}[path]
    told = [one.where for one in problems_of_correction(record, Correction(path, old, new))]
    assert told == (["new"] if is_told else [])
