"""The one way in which a record of a person changes: counted, and entered in the same transaction."""

from collections.abc import Mapping
from typing import Any

from mnclinic.models import Patient
from mnclinic.services.add_patient import patient_bytes
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork


def enter_change(work: UnitOfWork, patient: Patient, action: str, detail: Mapping[str, Any]) -> None:
    """Count a change that was just made to the row, and enter it.

    `detail` says what was there before and what is now, in the part of the entry that can be erased.
    """
    patient.revision += 1
    work.session.flush()
    work.log.record(
        Act(
            action,
            "U",
            subject=patient.ref,
            object=LoggedObject("patient", patient.ref, patient.revision, patient_bytes(patient)),
            categories=("demographics",),
            detail=detail,
        )
    )
