"""What a credential may do, on the screen: what it may not keeps the signature shut."""

from typing import Any, cast

import pytest
from PySide6.QtWidgets import QComboBox

from mnclinic.errors import ActionRefused
from mnclinic.services.perform_visit import perform_visit
from mnclinic.services.save_visit import save_visit
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from tests.services.clinic_builder import CONSENT, SmallClinic, add_person, document, protocol, small_clinic
from tests.services.test_telephone_order import second_form
from tests.ui.visits.conftest import AtVisit

ONE_MM = {"supervision": "none", "unsupervised_mm": "1.00", "supervised_mm": "1.50"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallClinic, str]:
    """A visit to 1.25 mm under a policy with 1 mm for nurses alone, and 1.5 mm under supervision."""
    policy = second_form()
    nurse: dict[str, Any] = next(one for one in policy["roles"] if one["credential"] == "RN")
    nurse.update(ONE_MM)
    documents = (("policy", policy), ("protocol", protocol()), ("consent_text", CONSENT))
    made = small_clinic(tmp_path_factory.mktemp("authority") / "clinic", documents=documents)
    reyes = made.as_user("reyes")
    visit_id = start_visit(reyes, add_person(reyes), "microneedling_face", "reyes")
    view = show_visit(reyes, visit_id, opened=False)
    save_visit(reyes, visit_id, 1, document(patient=view.document["patient"]))
    made.close()
    return made, visit_id


def standing(at: AtVisit) -> set[str]:
    return {one.code for one in at.page.steps["sign"].view.verdict.refused}  # type: ignore[union-attr] # shown


def test_too_deep_alone_is_told_and_a_supervisor_opens_the_signature(
    at_visit: AtVisit,
) -> None:
    at = at_visit
    sign = at.page._sign_step.sign
    at.until(lambda: "depth_over_role" in standing(at))
    assert not sign.isEnabled()
    at.page.go("treatment")
    offered = cast("QComboBox", at.control("visit.supervised_by"))
    # Whoever may not examine is not even offered.
    assert offered.findData("desk") == offered.findData("reyes") == -1
    at.choose("visit.supervised_by", "lind")
    at.leave()
    at.kept()
    at.until(lambda: not standing(at))
    assert at.stored()["supervised_by"] == "lind"
    at.until(sign.isEnabled)


def test_the_service_refuses_what_the_screen_keeps_shut(at_visit: AtVisit) -> None:
    view = show_visit(at_visit.lind, at_visit.visit_id, opened=False)
    with at_visit.clinic.signing("reyes") as (reyes, by), pytest.raises(ActionRefused) as refused:
        perform_visit(reyes, at_visit.visit_id, view.edition, by, shown="window")
    assert "depth_over_role" in {one.code for one in refused.value.refusals}
