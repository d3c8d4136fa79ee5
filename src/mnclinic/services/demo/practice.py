"""The demo clinic at work: who is logged in, who its patients are, and what a visit takes there."""
# ruff: noqa: PLR2004 - the rhythm of an invented clinic; no number here means anything elsewhere

import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from mnclinic.domain.policy import policy_from_json, protocol_from_json
from mnclinic.services.add_patient import NewPatient, add_patient_in
from mnclinic.services.change_medical_history import NewHistory, add_medical_history
from mnclinic.services.demo.cast import Role
from mnclinic.services.demo.clinic import DAYS_BACK, draft
from mnclinic.services.demo.consents import complete_consent, digests_of
from mnclinic.services.demo.people import demo_patients
from mnclinic.services.demo.visits import blood, clean_document
from mnclinic.services.record_visit import VisitRecorded, record_visit
from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.store.backup_files import Watch, go_on

ADDING = "adding the people"
HISTORIES = (
    NewHistory("allergy", "penicillin", since="2011", source="record"),
    NewHistory("allergy", "latex", since="2019-05"),
    NewHistory("condition", words="Migraine", note="Seldom."),
)
"""What is written into the health histories of a few people."""
DemoPatient = tuple[str, str, int]
"""A person's reference, record number and phototype."""


def allows_photographs(document: dict[str, Any]) -> bool:
    """Whether the consent in a visit's document allows pictures at any level."""
    return any(one.get("level", "none") != "none" for one in document["consent"]["addenda"])


class Practice:
    """The roles, the patients and the rules by which the demo's visits are made."""

    def __init__(self, chance: random.Random, day: date, roles: Mapping[str, Role]) -> None:
        """`day` is the demo's day; `roles` are who is logged in, by log-in name."""
        self.chance = chance
        self.day = day
        self.roles = roles
        self.patients: list[DemoPatient] = []
        self.protocols = {
            protocol.service: protocol
            for protocol in (
                protocol_from_json(draft(f"protocols/{name}.json") | {"version": 1})
                for name in ("face-mechanical", "face-prp")
            )
        }
        self._policy = policy_from_json(draft("policies/tx.json"))
        self._digests = digests_of(day - timedelta(days=DAYS_BACK))
        self._new: dict[str, NewPatient] = {}
        """What was entered of each person, by their reference."""
        self._busy: dict[str, date] = {}

    def add_patients(self, count: int, watch: Watch) -> None:
        """Have the front desk enter so many people; a few have a health history."""
        desk = self.roles["desk"].clinic
        people = demo_patients(self.chance, count, self.day)
        with desk.work() as work:
            for done, new in enumerate(people):
                go_on(watch, ADDING, done, len(people))
                patient = add_patient_in(desk, work, new)
                self._new[patient.ref] = new
                self.patients.append((patient.ref, patient.record_number, new.fitzpatrick or 3))
            work.commit(checkpoint=True)
        # What raises no question, so that the demo's visits stay what they are meant to show.
        for (ref, _, _), known in zip(self.patients[::5], HISTORIES, strict=False):
            add_medical_history(desk, ref, known)

    def open_visit(self, document: dict[str, Any], performer: str = "reyes") -> tuple[OpenClinic, str, int]:
        """Start the visit of a document and save it; answers whose clinic, the visit and its edition."""
        clinic = self.roles[performer].clinic
        ref = next(ref for ref, number, _ in self.patients if number == document["patient"]["record_number"])
        visit_id = start_visit(clinic, ref, document["service"], document["performer"])
        saved = save_visit(clinic, visit_id, 1, document)
        return clinic, saved.visit_id, saved.edition

    def clean(
        self, patient: DemoPatient, service: str, performer: str, started_at: datetime
    ) -> dict[str, Any]:
        """The document of a visit about which nothing is to be said."""
        ref, record_number, phototype = patient
        protocol = self.protocols[service]
        document = clean_document(
            self.chance,
            record_number=record_number,
            phototype=phototype,
            performer=performer,
            started_at=started_at,
            policy=self._policy,
            protocol=protocol,
            ceiling_mm=1.5,
        )
        if service == "microneedling_prp":
            kit_expires_on = self.day + timedelta(days=150)
            document["prp"] = blood(self._new[ref], performer, started_at, kit_expires_on)
        complete_consent(document, self._digests)
        return document

    def free_patient(self, on: date) -> DemoPatient:
        """Somebody whose last session is long enough ago for a clean visit."""
        start = self.chance.randrange(len(self.patients))
        for step in range(len(self.patients)):
            patient = self.patients[(start + step) % len(self.patients)]
            last = self._busy.get(patient[0])
            if last is None or (on - last).days >= 28:
                break
        else:
            patient = min(self.patients, key=lambda one: self._busy.get(one[0], date.min))
        self._busy[patient[0]] = on
        return patient

    def record(self, document: dict[str, Any], performer: str) -> VisitRecorded:
        """Record and sign a visit as its performer."""
        role = self.roles[performer]
        return record_visit(role.clinic, document, role.signer, shown="window")

    def document_of(self, recorded: VisitRecorded) -> dict[str, Any]:
        """The document of a visit as it was recorded."""
        return show_visit(self.roles["reyes"].clinic, recorded.visit_id, opened=False).document
