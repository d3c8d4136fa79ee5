"""Two people read the label of a tube of blood back against the patient, each with their own password."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.names import is_same_person
from mnclinic.domain.person_details import line_of
from mnclinic.domain.visit_life import VisitState
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.models import Patient, Staff, Visit
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role, may
from mnclinic.services.read_documents import check_visit_document
from mnclinic.services.save_visit import PRP, READ_BACK, assert_open, load_visit, store_document
from mnclinic.services.second_log_in import SecondPerson, second_log_in
from mnclinic.services.session import OpenClinic
from mnclinic.services.start_visit import visit_object
from mnclinic.store.log_writer import Act, Scribe

READ = "visit.read_back"


@dataclass(frozen=True)
class LabelRead:
    """What the two read on the tube: the name and the date of birth, word for word."""

    last_name: str
    first_name: str
    born_on: date


@dataclass(frozen=True)
class LabelReadBack:
    """The read-back stands in the visit. `count` is how many there are now."""

    visit_id: str
    number: str
    edition: int
    at: datetime
    count: int


def read_back_label(
    clinic: OpenClinic, visit_id: str, edition: int | None, label: LabelRead, second: SecondPerson
) -> LabelReadBack:
    """Enter that two people read the tube's label back, in the name of both.

    Whoever acts is logged in; the other types their own user name and password for it. Both stand in the log,
    each entry signed by its own person.

    Raises:
        InvalidInput: the visit holds no PRP, or the second person is the first or may not work on a visit.
        ActionRefused: the label names somebody else, or the visit is signed. Nothing was changed.
        StaleVisit: changed elsewhere since it was shown.
        WrongCredentials, TooManyTries: the second person's. StoreUnavailable and kin.
    """
    clinic.require(RoleAct.EDIT_VISIT)
    key_file = load_key_file(clinic.folder).keyfile
    with (
        second_log_in(clinic.folder, key_file, second, clock=clinic.clock) as confirming,
        clinic.work() as work,
    ):
        assert confirming is not None  # noqa: S101 - somebody was named
        visit, patient = load_visit(work, visit_id, edition=edition)
        assert_open(visit)
        document = dict(json.loads(visit.document))
        other = work.session.get_one(Staff, confirming.user_id)
        own = work.session.get_one(Staff, clinic.person.staff_id)
        if problems := tuple(_problems(document, own, other)):
            said = "The label was not read back, and nothing was changed. Correct these."
            raise InvalidInput(said, problems)
        if refusals := (*_deferred(visit), *_refusals(document, label, patient)):
            raise ActionRefused(refusals)
        now = clinic.clock.now()
        at = now.astimezone(datetime.fromisoformat(document["started_at"]).tzinfo)
        document = _with_read_back(document, label, at, (own.user, other.user))
        store_document(work, visit, patient, canonical_bytes(check_visit_document(document)))
        visit.saved_at = now
        entry = Act(
            action=READ,
            kind="U",
            subject=patient.ref,
            object=visit_object(visit, visit.document),
            categories=("treatment",),
        )
        work.log.record(entry)
        key = confirming.session
        work.log.record(entry, scribe=Scribe(other.id, other.role, key.key_id, key.sign))
        work.commit(checkpoint=True)
        return LabelReadBack(visit.id, visit.number, visit.edition, at, len(document[PRP][READ_BACK]))


def _problems(document: dict[str, Any], own: Staff, other: Staff) -> Iterator[Problem]:
    if not document.get(PRP):
        yield Problem("prp", "The visit holds no PRP. Write down the kit first.")
    if other.id == own.id or is_same_person(own.name, other.name):
        yield Problem("second_user", "The second person is somebody else than who is logged in.")
    elif not other.is_active or not may(Role(other.role), RoleAct.EDIT_VISIT):
        yield Problem("second_user", "Only somebody who works on visits can be the second person.")


def _deferred(visit: Visit) -> Iterator[Refusal]:
    if visit.state == VisitState.DEFERRED.value:
        said = f"Visit {visit.number} is deferred, so no blood is used in it. Settle what stands against it."
        yield Refusal("visit_deferred", said)


def _refusals(document: dict[str, Any], label: LabelRead, patient: Patient) -> Iterator[Refusal]:
    printed = f"{label.first_name} {label.last_name}"
    of_patient = is_same_person(printed, f"{patient.first_name} {patient.last_name}")
    if not of_patient or (patient.born_on is not None and label.born_on != patient.born_on):
        said = "The label names somebody else than this patient. This blood must not be used here."
        yield Refusal("prp_identity_mismatch", said)
    written = document[PRP].get("tube_label")
    if written is not None and (
        not is_same_person(printed, f"{written['first_name']} {written['last_name']}")
        or written["born_on"] != label.born_on.isoformat()
    ):
        said = "The label says something else than what was written down of it. Look at the tube again."
        yield Refusal("prp_label_differs", said)


def _with_read_back(
    document: dict[str, Any], label: LabelRead, at: datetime, by: tuple[str, str]
) -> dict[str, Any]:
    prp = dict(document[PRP])
    written = {
        "last_name": line_of(label.last_name),
        "first_name": line_of(label.first_name),
        "born_on": label.born_on.isoformat(),
    }
    prp.setdefault("tube_label", written)
    # Whole seconds, as the window writes moments; a read-back is not before a draw of the same second.
    made = {"at": at.isoformat(timespec="seconds"), "by": list(by), "by_own_password": True}
    return document | {PRP: prp | {READ_BACK: [*prp.get(READ_BACK, ()), made]}}
