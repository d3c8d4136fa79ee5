"""A new exam on the stored visits: what earlier sessions used is read from their records, whoever asks."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mnclinic.services.check_store import check_store
from mnclinic.services.record_visit import record_visit
from mnclinic.services.show_visit import show_visit
from tests.services.clinic_builder import CONSENT, DEVICE, SmallClinic, document, known_clinic, protocol
from tests.services.test_telephone_order import second_form

RF = DEVICE | {"device": "RF-01", "serial": "S-2", "device_class": "radiofrequency"}
UNREGISTERED = {"code": "topical_not_registered", "reason": "Opened before it was entered."}
ADA = {"last_name": "Renewson", "first_name": "Ada", "born_on": "1990-04-23"}


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    areas = protocol()["areas"]
    method = protocol(
        devices=["SP-01", "RF-01"],
        topicals=["hydrogel", "saline"],
        areas=[*areas, areas[0] | {"area": "chin"}],
    )
    documents = (("policy", second_form()), ("protocol", method), ("consent_text", CONSENT))
    devices = (DEVICE | {"device_class": "mechanical"}, RF)
    made = known_clinic(tmp_path / "clinic", documents=documents, devices=devices)
    yield made
    made.let_go()


def put_on(name: str) -> dict[str, str]:
    return {"name": name, "lot": "T-1", "expires_on": "2027-05-31"}


def recorded(clinic: SmallClinic, patient: dict[str, str], **changes: object) -> tuple[str, set[str]]:
    """A visit with the hydrogel on the cheek, with changes: its id and what refused it."""
    held = {"patient": patient, "topicals": [put_on("hydrogel")], "reasons": [UNREGISTERED]}
    made: dict[str, Any] = document(**(held | changes))
    with clinic.signing("reyes") as (reyes, by):
        done = record_visit(reyes, made, by, shown="command")
    return done.visit_id, {one.code for one in done.refusals if one.code.startswith("exam_")}


def a_month_later(**changes: object) -> dict[str, Any]:
    first = document()
    moved: dict[str, Any] = {}
    for key in ("started_at", "ended_at"):
        if key in first:
            moved[key] = first[key].replace("2026-11-23", "2026-12-23")
    consent = first["consent"] | {
        "signed_at": first["consent"]["signed_at"].replace("2026-11-23", "2026-12-23")
    }
    return moved | {"consent": consent} | changes


def test_another_class_of_device_area_and_topical_ask_for_a_new_exam(clinic: SmallClinic) -> None:
    assert recorded(clinic, ADA)[1] == set()
    clinic.clock.at += timedelta(days=30)
    line = document()["lines"][0] | {"area": "chin"}
    visit_id, asked = recorded(
        clinic,
        ADA,
        **a_month_later(device="RF-01", topicals=[put_on("saline")], lines=[line]),
    )
    assert asked == {"exam_new_device", "exam_new_area", "exam_new_drug"}
    view = show_visit(clinic.as_user("reyes"), visit_id)
    assert asked <= {one.code for one in view.verdict.refused}
    assert view.document["planned_areas"] == ["chin"]
    assert check_store(clinic.as_user("owner")).findings == ()


def test_the_same_again_or_an_exam_of_that_day_asks_for_none(clinic: SmallClinic) -> None:
    assert recorded(clinic, ADA)[1] == set()
    clinic.clock.at += timedelta(days=30)
    assert recorded(clinic, ADA, **a_month_later())[1] == set()
    exam = document()["exam"] | {"examined_on": "2026-12-23"}
    again = a_month_later(device="RF-01", topicals=[put_on("saline")], exam=exam)
    assert recorded(clinic, ADA, **again)[1] == set()


def test_somebody_elses_sessions_make_nothing_new(clinic: SmallClinic) -> None:
    assert recorded(clinic, ADA)[1] == set()
    clinic.clock.at += timedelta(days=30)
    other = ADA | {"last_name": "Otherson"}
    assert recorded(clinic, other, **a_month_later(device="RF-01"))[1] == set()
