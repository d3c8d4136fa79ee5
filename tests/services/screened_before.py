"""A returning patient under the shipped checklist, for whoever counts the keys of a screening."""

from pathlib import Path

from mnclinic.services.save_visit import save_visit
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from tests.domain.builders import draft
from tests.services.clinic_builder import (
    CONSENT,
    DEVICE,
    SmallClinic,
    add_person,
    document,
    policy,
    protocol,
    small_clinic,
)

GOAL_KEYS = 12
"""For a returning patient with nothing changed."""

ITEMS = draft("screening/standard.json")["items"]
ASKED = [item["item"] for item in ITEMS if "answered_by" not in item and "device_classes" not in item]


def screened_before(folder: Path) -> tuple[SmallClinic, str, str]:
    """A clinic, a visit with every answer no, and the same person's next one, still without any."""
    made = small_clinic(
        folder,
        documents=(
            ("policy", policy(screening=ITEMS)),
            ("protocol", protocol()),
            ("consent_text", CONSENT),
        ),
        devices=(DEVICE | {"device_class": "mechanical"},),
    )
    reyes = made.as_user("reyes")
    ref = add_person(reyes)
    first = start_visit(reyes, ref, "microneedling_face", "reyes")
    patient = show_visit(reyes, first, opened=False).document["patient"]
    answers = [{"item": item, "answer": "no"} for item in ASKED]
    save_visit(reyes, first, 1, document(patient=patient, screening=answers))
    second = start_visit(reyes, ref, "microneedling_face", "reyes")
    made.close()
    return made, first, second
