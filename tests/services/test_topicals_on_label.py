"""What the device's label lets be put on the skin; what it leaves out is flagged."""

from datetime import timedelta

import pytest

from mnclinic.domain.devices import typed_device, typed_values
from mnclinic.errors import ActionRefused
from mnclinic.services.approve_document import approve_document
from mnclinic.services.authorisations import NewAuthorisation, draft_authorisation
from mnclinic.services.device_register import change_device_facts, confirm_device
from mnclinic.services.list_supplies import list_supplies
from mnclinic.services.record_visit import record_visit
from tests.services.clinic_builder import MONDAY, SmallClinic, document

TODAY = MONDAY.date()


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("", None),
        ("None", []),
        ("ninguno", []),
        ("hydrogel", ["hydrogel"]),
        (" Hydrogel ,saline; hydrogel,, ", ["Hydrogel", "saline"]),
    ],
)
def test_a_label_says_nothing_names_none_or_names_products(typed: str, held: list[str] | None) -> None:
    made, problems = typed_device({"topicals_on_label": typed})
    assert problems == ()
    assert made.get("topicals_on_label") == held
    again, _ = typed_device(typed_values(made))
    assert again == made


def entered(clinic: SmallClinic, typed: str) -> None:
    """Correct the device from its label, and confirm it."""
    okafor = clinic.as_user("okafor")
    (device, *_) = list_supplies(okafor).devices
    texts = typed_values({**device.facts, "serial": device.serial}) | {"topicals_on_label": typed}
    made, _ = typed_device(texts)
    change_device_facts(okafor, device.device, made, reason="Read off the label.")
    confirm_device(okafor, device.device, read={**texts, "serial": device.serial})


def flags(clinic: SmallClinic) -> set[str]:
    with clinic.signing("reyes") as (reyes, by):
        try:
            done = record_visit(reyes, document(topicals=[{"name": "hydrogel"}]), by, shown="command")
        except ActionRefused as error:
            return {one.code for one in error.refusals}
        return {one.code for one in done.refusals}


@pytest.mark.parametrize(
    ("typed", "is_flagged"), [("", False), ("hydrogel", False), ("none", True), ("saline", True)]
)
def test_a_topical_that_the_label_leaves_out_takes_the_directors_authorisation(
    clinic: SmallClinic, typed: str, is_flagged: bool
) -> None:
    if typed:
        entered(clinic, typed)
    assert ("off_label_topical" in flags(clinic)) == is_flagged


def test_with_the_directors_authorisation_on_file_it_passes(clinic: SmallClinic) -> None:
    entered(clinic, "none")
    until = TODAY + timedelta(days=30)
    new = NewAuthorisation("off_label_topical", "microneedling_face", TODAY, until, ("Hydrogel",))
    with clinic.signing("okafor") as (okafor, by):
        approve_document(okafor, draft_authorisation(okafor, new).row_id, by, shown="command")
    assert "off_label_topical" not in flags(clinic)
