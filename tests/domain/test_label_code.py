"""The code of a cartridge's label against the fields beside it: what it says never hides from the gate."""

from typing import Any

import pytest

from mnclinic.domain.label_code import label_code_problems

BOX = {"lot": "LOTZ77", "expires_on": "2027-05-31", "needle_length_mm": "2.50"}


def told(cartridge: dict[str, Any] | None, wrong: str = "") -> list[str]:
    document = {"started_at": "2026-11-23T09:45:00-06:00", "cartridge": cartridge}
    return [one.where for one in label_code_problems(document, lambda where: where != wrong)]


@pytest.mark.parametrize(
    "box",
    [
        BOX,
        BOX | {"udi": " "},
        BOX | {"udi": "(01)09506000134352(17)270531(10)LOTZ77"},
        BOX | {"udi": "(01)09506000134352"},
        BOX | {"udi": "LOTZ77"},
        BOX | {"udi": "(01)09506000134352(10)lotz77(21)c-1", "serial": " C-1"},
        BOX | {"udi": "(01)09506000134352(17)270500(10)LOTZ77"},
    ],
)
def test_a_code_that_says_no_more_than_the_fields_is_taken(box: dict[str, str]) -> None:
    assert told(box) == []


@pytest.mark.parametrize(
    ("box", "where"),
    [
        (BOX | {"udi": "(01)09506000134353(10)LOTZ77"}, ["cartridge.udi"]),
        (
            BOX | {"udi": "(17)260930(10)LOTX12(21)9"},
            [f"cartridge.{one}" for one in ("lot", "serial", "expires_on")],
        ),
        ({"lot": "LOTZ77", "udi": "(17)260930(10)LOTZ77"}, ["cartridge.expires_on"]),
        (BOX | {"udi": "(10)LOTZ77(21)9", "serial": "8"}, ["cartridge.serial"]),
    ],
)
def test_a_code_that_is_wrong_or_says_more_is_told_at_its_field(
    box: dict[str, str], where: list[str]
) -> None:
    assert told(box) == where


def test_what_does_not_fit_its_form_is_left_to_whoever_says_so() -> None:
    spoiled = BOX | {"udi": "(01)09506000134353"}
    assert told(spoiled, wrong="cartridge") == told(spoiled, wrong="started_at") == told(None) == []
