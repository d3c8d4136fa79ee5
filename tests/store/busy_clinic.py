"""A process that records visits without end, for tests that kill it.

`python -m tests.store.busy_clinic FOLDER` writes the number of each visit that was acknowledged.
"""

import sys
import uuid
from datetime import timedelta
from pathlib import Path

from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import signer
from tests.services.clinic_builder import MONDAY, PASSWORDS, StoppedClock, document

PATIENT_STRINGS = (
    "Killjoyson",
    "Zephyrine",
    "1987-03-19",
    "555-0142-77",
    "zephyrine@example.test",
    "Pinpoint after the fourth pass",
    "Asked to stop once",
    "Stopped because of dryness",
    "Skin was calm that morning",
    "KILL-00812",
)


def visit() -> dict[str, object]:
    """A visit of somebody new with a new cartridge, with every patient string in it."""
    serial = f"{PATIENT_STRINGS[9]}-{uuid.uuid4().hex[:8]}"
    whole = document(
        patient={
            "last_name": PATIENT_STRINGS[0],
            "first_name": f"{PATIENT_STRINGS[1]} {uuid.uuid4().hex}",
            "born_on": PATIENT_STRINGS[2],
            "phone": PATIENT_STRINGS[3],
            "email": PATIENT_STRINGS[4],
        },
        cartridge={"lot": "LOT-1", "serial": serial, "udi": f"(01)09506000134352(10)LOT-1(21){serial}"},
    )
    whole["lines"][0]["note"] = f"{PATIENT_STRINGS[5]}. {PATIENT_STRINGS[6]}."
    whole["screening"][2] = {
        "item": "topical_retinoid",
        "answer": "yes",
        "last_on": "2026-11-20",
        "note": PATIENT_STRINGS[7],
    }
    whole["reasons"] = [{"code": "topical_retinoid", "reason": PATIENT_STRINGS[8]}]
    return whole


def main() -> None:
    """Record until killed."""
    clock = StoppedClock(MONDAY + timedelta(hours=2))
    clinic = open_clinic(Path(sys.argv[1]), "reyes", PASSWORDS["reyes"], clock=clock)
    with signer(clinic, PASSWORDS["reyes"]) as by:
        while True:
            recorded = record_visit(clinic, visit(), by, shown="window")
            if recorded.state != "in_review":
                raise AssertionError(recorded.refusals)
            sys.stdout.write(f"{recorded.number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
