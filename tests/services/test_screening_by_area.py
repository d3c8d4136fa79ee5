"""What speaks against one area alone: refused there, treated elsewhere, released by the director, kept."""

from pathlib import Path
from typing import Any

import pytest

from mnclinic.errors import ActionRefused
from mnclinic.services.check_store import check_store
from mnclinic.services.perform_visit import perform_visit
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import release_visit
from mnclinic.services.save_visit import save_visit
from mnclinic.services.show_visit import show_visit
from tests.domain.builders import draft
from tests.services.clinic_builder import (
    CONSENT,
    DEVICE,
    SmallClinic,
    document,
    known_clinic,
    policy,
    protocol,
    seen_by,
)
from tests.services.reading import records_of

ITEMS = draft("screening/standard.json")["items"]
ASKED = [item["item"] for item in ITEMS if "answered_by" not in item and "device_classes" not in item]
LIMITS = protocol()["areas"][0]


@pytest.fixture
def shipped(tmp_path: Path) -> SmallClinic:
    """A small clinic under the shipped checklist, whose protocol has two areas."""
    return known_clinic(
        tmp_path / "shipped",
        documents=(
            ("policy", policy(screening=ITEMS)),
            ("protocol", protocol(areas=[LIMITS, LIMITS | {"area": "forehead"}])),
            ("consent_text", CONSENT),
        ),
        devices=(DEVICE | {"device_class": "mechanical"},),
    )


def visit(*areas: str, lesions: tuple[str, ...] = (), **yes: list[str]) -> dict[str, Any]:
    """A visit of these areas; what is answered yes, each with its areas; a lesion seen in the cheek."""
    line = document()["lines"][0]
    made = document(
        screening=[
            {"item": one, "answer": "yes"} | ({"areas": yes[one]} if yes[one] else {})
            if one in yes
            else {"item": one, "answer": "no"}
            for one in ASKED
        ],
        lines=[line | {"area": area} for area in areas],
    )
    if lesions:
        made["skin"] = {"lesions": [{"area": "cheek", "item": one} for one in lesions]}
    return made


@pytest.mark.parametrize(
    "made",
    [visit("forehead", active_acne=["cheek"]), visit("forehead", lesions=("active_acne", "skin_cancer"))],
    ids=["answered", "seen"],
)
def test_another_area_is_treated_all_the_same(shipped: SmallClinic, made: dict[str, Any]) -> None:
    with shipped.signing("reyes") as (reyes, by):
        assert record_visit(reyes, made, by, shown="command").state == "in_review"
    shipped.close()


@pytest.mark.parametrize(
    ("made", "codes"),
    [
        (visit("forehead", "cheek", active_acne=["cheek"]), {"active_acne"}),
        (visit("cheek", lesions=("active_acne", "skin_cancer")), {"active_acne", "skin_cancer"}),
        (visit("cheek", lesions=("blue_spot",)), {"unlisted_lesion"}),
        (visit("forehead", lesions=("herpes_now",)), {"herpes_now"}),
        (visit("forehead", active_acne=[]), {"active_acne"}),
    ],
)
def test_its_own_area_is_refused(shipped: SmallClinic, made: dict[str, Any], codes: set[str]) -> None:
    with shipped.signing("reyes") as (reyes, by):
        refused = record_visit(reyes, made, by, shown="command")
    assert refused.state == "deferred"
    assert {one.code for one in refused.verdict.refused} == codes
    shipped.close()


def test_a_deferred_visit_keeps_its_areas_so_that_the_director_can_release_them(shipped: SmallClinic) -> None:
    made = visit("cheek", eczema_psoriasis_rosacea=["cheek"])
    with shipped.signing("reyes") as (reyes, by), shipped.signing("okafor") as (okafor, hers):
        refused = record_visit(reyes, made, by, shown="command")
        record = records_of(reyes, refused.visit_id)[0]["document"]
        assert "lines" not in record
        assert record["planned_areas"] == ["cheek"]
        still = show_visit(reyes, refused.visit_id, opened=False)
        assert [one.code for one in still.verdict.refused] == ["eczema_psoriasis_rosacea"]
        released = release_visit(
            okafor,
            refused.visit_id,
            None,
            hers,
            "Quiet since May.",
            shown="command",
            seen=seen_by(okafor, refused.visit_id),
        )
        assert released.state == "draft"
        view = show_visit(reyes, refused.visit_id, opened=False)
        save_visit(reyes, view.visit_id, view.edition, view.document | {"lines": made["lines"]})
        edition = show_visit(reyes, view.visit_id, opened=False).edition
        perform_visit(reyes, view.visit_id, edition, by, shown="command")
        checked = check_store(okafor)
        assert (checked.verdict, checked.findings) == ("OK", ())
    shipped.close()


def test_a_release_of_one_area_holds_for_no_other(shipped: SmallClinic) -> None:
    made = visit("cheek", eczema_psoriasis_rosacea=["cheek"])
    with shipped.signing("reyes") as (reyes, by), shipped.signing("okafor") as (okafor, hers):
        refused = record_visit(reyes, made, by, shown="command")
        release_visit(
            okafor,
            refused.visit_id,
            None,
            hers,
            "Quiet since May.",
            shown="command",
            seen=seen_by(okafor, refused.visit_id),
        )
        wider = visit("cheek", "forehead", eczema_psoriasis_rosacea=["cheek", "forehead"])
        wider |= {"visit": refused.visit_id, "patient": {"record_number": "P-000001"}}
        again = record_visit(reyes, wider, by, shown="command")
        assert again.state == "deferred"
    shipped.close()


def test_a_release_holds_for_the_areas_that_the_director_was_shown_and_no_others_of_the_same_answer(
    shipped: SmallClinic,
) -> None:
    answered = ["cheek", "forehead"]
    made = visit("cheek", eczema_psoriasis_rosacea=answered)
    with shipped.signing("reyes") as (reyes, by), shipped.signing("okafor") as (okafor, hers):
        refused = record_visit(reyes, made, by, shown="command")
        seen = seen_by(okafor, refused.visit_id)
        release_visit(okafor, refused.visit_id, None, hers, "Quiet since May.", shown="command", seen=seen)
        named = {"visit": refused.visit_id, "patient": {"record_number": "P-000001"}}
        wider = visit("cheek", "forehead", eczema_psoriasis_rosacea=answered) | named
        again = record_visit(reyes, wider, by, shown="command")
        assert again.state == "deferred"
        assert [one.message.split(":")[0] for one in again.verdict.refused] == ["In the cheek, forehead"]
        as_shown = visit("cheek", eczema_psoriasis_rosacea=answered) | named
        assert record_visit(reyes, as_shown, by, shown="command").state == "in_review"
        checked = check_store(okafor)
        assert (checked.verdict, checked.findings) == ("OK", ())
    shipped.close()


def test_nobody_releases_more_areas_than_they_were_shown(shipped: SmallClinic) -> None:
    answered = ["cheek", "forehead"]
    with shipped.signing("reyes") as (reyes, by), shipped.signing("okafor") as (okafor, hers):
        made = visit("cheek", eczema_psoriasis_rosacea=answered)
        refused = record_visit(reyes, made, by, shown="command")
        seen = seen_by(okafor, refused.visit_id)
        view = show_visit(reyes, refused.visit_id, opened=False)
        wider = view.document | {"planned_areas": ["forehead", "cheek"]}
        save_visit(reyes, view.visit_id, view.edition, wider)
        with pytest.raises(ActionRefused, match="shown"):
            release_visit(okafor, view.visit_id, None, hers, "Quiet.", shown="command", seen=seen)
    shipped.close()


def test_a_plan_that_leaves_the_area_out_is_no_longer_refused(shipped: SmallClinic) -> None:
    with shipped.signing("reyes") as (reyes, by):
        refused = record_visit(reyes, visit("cheek", active_acne=["cheek"]), by, shown="command")
        view = show_visit(reyes, refused.visit_id, opened=False)
        saved = save_visit(
            reyes, view.visit_id, view.edition, view.document | {"planned_areas": ["forehead"]}
        )
        assert saved.state == "draft"
    shipped.close()
