"""SQLAlchemy tables, one module a subject, with the constraints that the database can keep.

Importing this package maps every table, so that relations and `Table.metadata` are complete.
"""

from mnclinic.models.account import (
    Backup,
    BreakGlass,
    KeyRevocation,
    KeyVouch,
    RecoveryOpening,
    RecoverySheet,
    ScreenState,
    Setting,
)
from mnclinic.models.amendment import AmendmentSeen, VisitAmendment
from mnclinic.models.approved import ApprovedDocument
from mnclinic.models.attachment import Attachment
from mnclinic.models.base import Table, instant_text
from mnclinic.models.clinic import Clinic, Licence, RegisteredKey, Staff
from mnclinic.models.consent import ConsentWithdrawal
from mnclinic.models.event import AdverseEvent, EventStep
from mnclinic.models.follow_up import FollowUpContact
from mnclinic.models.log import Checkpoint, LogDetail, LogEntry, LogNode, LogSubject
from mnclinic.models.medical_history import MedicalHistory
from mnclinic.models.patient import ImportBatch, NameSlip, Patient, PatientPlace
from mnclinic.models.photo import Photo
from mnclinic.models.plan import PlannedVisit
from mnclinic.models.recall import Recall, RecallClosure, RecallContact
from mnclinic.models.supply import Device, DeviceService, Lot, LotMovement, PaperSheet
from mnclinic.models.visit import (
    Release,
    TreatmentLineRow,
    Visit,
    VisitRevision,
    VisitSignature,
    VisitSupply,
)

__all__ = [
    "AdverseEvent",
    "AmendmentSeen",
    "ApprovedDocument",
    "Attachment",
    "Backup",
    "BreakGlass",
    "Checkpoint",
    "Clinic",
    "ConsentWithdrawal",
    "Device",
    "DeviceService",
    "EventStep",
    "FollowUpContact",
    "ImportBatch",
    "KeyRevocation",
    "KeyVouch",
    "Licence",
    "LogDetail",
    "LogEntry",
    "LogNode",
    "LogSubject",
    "Lot",
    "LotMovement",
    "MedicalHistory",
    "NameSlip",
    "PaperSheet",
    "Patient",
    "PatientPlace",
    "Photo",
    "PlannedVisit",
    "Recall",
    "RecallClosure",
    "RecallContact",
    "RecoveryOpening",
    "RecoverySheet",
    "RegisteredKey",
    "Release",
    "ScreenState",
    "Setting",
    "Staff",
    "Table",
    "TreatmentLineRow",
    "Visit",
    "VisitAmendment",
    "VisitRevision",
    "VisitSignature",
    "VisitSupply",
    "instant_text",
]
