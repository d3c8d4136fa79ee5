"""Turn a judged visit into the record that is frozen for ever."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.domain.finding import Finding, Light, LightState, Verdict
from mnclinic.domain.supplies import INTERVALS
from mnclinic.domain.visit_document import VisitDocument, without_lines
from mnclinic.models import (
    Device,
    Patient,
    Visit,
    VisitRevision,
    instant_text,
)
from mnclinic.services.gather_facts import Gathered
from mnclinic.services.photos_of_visit import assert_photos_kept
from mnclinic.services.solo_physician import solo_note
from mnclinic.store.plain_rows import plain_write

# Nothing reads these rows back here, and a visit has up to dozens of them: straight to the driver.
LINE = """
INSERT INTO treatment_line (visit_id, revision, position, area, side, depth_um, passes, endpoint)
VALUES (:visit_id, :revision, :position, :area, :side, :depth_um, :passes, :endpoint)
"""
SUPPLY = """
INSERT INTO visit_supply (visit_id, revision, kind, lot, serial, patient_ref)
VALUES (:visit_id, :revision, :kind, :lot, :serial, :patient_ref)
"""
REVISION = """
INSERT INTO visit_revision (visit_id, revision, record, sha256, frozen_at)
VALUES (:visit_id, :revision, :record, :sha256, :frozen_at)
"""
RECORD_FORMAT = "mnclinic.visit-record/1"
SOLO_RECORD_FORMAT = "mnclinic.visit-record/2"
"""The first form and the declaration of a solo-physician clinic; written only where one is in force."""

LIGHT_LETTER = {
    LightState.PASSED: "p",
    LightState.WARNED: "w",
    LightState.FAILED: "f",
    LightState.NOT_DONE: "n",
}


def freeze(
    session: Session,
    visit: Visit,
    patient: Patient,
    gathered: Gathered,
    verdict: Verdict,
    *,
    vault: str,
    state: str,
    now: datetime,
) -> VisitRevision:
    """Add the visit's next revision to the session, with what is searched in it.

    A deferred revision holds no treatment lines, whatever the document held. Document, pins and every
    finding are in the record's canonical bytes.

    Raises InvalidInput where the document names a photograph that was not kept of this person.
    """
    document = json.loads(visit.document)
    # Records that were one person's may have been taken apart since it was stored.
    assert_photos_kept(session, patient.ref, document)
    if state == "deferred":
        document = without_lines(document)
    visit.revision += 1
    is_late = is_late_entry(gathered, now)
    solo = solo_note(session)
    record = canonical_bytes(
        {
            **({"solo_physician": solo} if solo else {}),
            "format": SOLO_RECORD_FORMAT if solo else RECORD_FORMAT,
            "vault": vault,
            "visit": visit.id,
            "number": visit.number,
            "revision": visit.revision,
            "state": state,
            "patient": {
                "ref": patient.ref,
                "record_number": patient.record_number,
                "last_name": patient.last_name,
                "first_name": patient.first_name,
                "born_on": patient.born_on.isoformat() if patient.born_on else None,
            },
            "entered_at": instant_text(now),
            "late_entry": is_late,
            "document": document,
            "pinned": _pins(gathered),
            "judged": {
                "as_of": instant_text(gathered.facts.document.started_at),
                "findings": [finding_json(finding) for finding in verdict.findings],
            },
        }
    )
    revision = VisitRevision(
        visit_id=visit.id,
        revision=visit.revision,
        record=record,
        sha256=sha256_hex(record),
        frozen_at=now,
    )
    row = {
        "visit_id": visit.id,
        "revision": visit.revision,
        "record": record,
        "sha256": revision.sha256,
        "frozen_at": instant_text(now),
    }
    plain_write(session.connection(), REVISION, row)
    if state != "deferred":
        _index(session, visit, gathered)
    return revision


def is_late_entry(gathered: Gathered, now: datetime) -> bool:
    """Entered longer after the visit began than the policy allows without the label."""
    policy = gathered.facts.policy
    hours = policy.late_entry_after_h if policy else 24
    return now - gathered.facts.document.started_at > timedelta(hours=hours)


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as the record and the command line write it."""
    return {
        "code": finding.code,
        "light": finding.light.value,
        "passed_by": finding.passed_by.value,
        "message": finding.message,
        "where": finding.where,
        "earliest_on": finding.earliest_on.isoformat() if finding.earliest_on else None,
        "outcome": finding.outcome.value,
        "reason": finding.reason or None,
    }


def light_letters(verdict: Verdict) -> str:
    """The six lights in their fixed order, one letter each, for lists."""
    return "".join(LIGHT_LETTER[verdict.light(light)] for light in Light)


def _pins(gathered: Gathered) -> dict[str, Any]:
    facts, text, performer, device = (
        gathered.facts,
        gathered.consent_text,
        gathered.performer,
        gathered.device,
    )
    licence = (
        next((licence for licence in facts.performer.licences if licence.covers(facts.day)), None)
        if facts.performer
        else None
    )
    return {
        "policy": _pin_json(gathered, "policy"),
        "protocol": _pin_json(gathered, "protocol"),
        "consent_text": {
            "form": text.document_id,
            "version": text.version,
            "language": text.language,
            "sha256": text.sha256,
        }
        if text
        else None,
        "device": _label_facts(device) if device else None,
        "cartridge": {
            "lot": facts.lot.lot,
            "expires_on": facts.lot.expires_on.isoformat(),
            "needle_length_mm": str(facts.lot.needle_length_mm) if facts.lot.needle_length_mm else None,
            "state": facts.lot.state,
        }
        if facts.lot
        else None,
        "performer": {
            "staff": performer.id,
            "name": performer.name,
            "credential": performer.credential,
            "licence": licence.number if licence else None,
            "licence_expires_on": licence.expires_on.isoformat() if licence else None,
            "depth_ceiling_mm": performer.depth_ceiling_mm,
        }
        if performer
        else None,
    }


def _label_facts(device: Device) -> dict[str, Any]:
    """What the label states. The clinic's own intervals of service are no part of a treatment."""
    facts = {name: one for name, one in json.loads(device.facts).items() if name not in INTERVALS}
    return facts | {"serial": device.serial}


def _pin_json(gathered: Gathered, kind: str) -> dict[str, Any] | None:
    pinned = gathered.policy if kind == "policy" else gathered.protocol
    if pinned is None:
        return None
    return {
        "id": pinned.document_id,
        "version": pinned.version,
        "sha256": pinned.sha256,
        "name": pinned.name,
    }


def _index(session: Session, visit: Visit, gathered: Gathered) -> None:
    document = gathered.facts.document
    of_visit = {"visit_id": visit.id, "revision": visit.revision}
    lines = [
        of_visit
        | {
            "position": position,
            "area": line.area.value,
            "side": line.side.value,
            "depth_um": int(line.depth_mm * 1000),
            "passes": line.pass_count,
            "endpoint": line.endpoint.value,
        }
        for position, line in enumerate(document.lines, start=1)
    ]
    supplies = [
        of_visit | {"kind": kind, "lot": lot, "serial": serial, "patient_ref": visit.patient_ref}
        for kind, lot, serial in supplies_of(document)
    ]
    for said, rows in ((LINE, lines), (SUPPLY, supplies)):
        if rows:
            plain_write(session.connection(), said, rows)


def supplies_of(document: VisitDocument) -> Iterator[tuple[str, str, str]]:
    """Kind, lot (or device) and serial number of everything that look-back searches in a document."""
    if document.device:
        yield "device", document.device, ""
    if document.cartridge is not None and document.cartridge.lot:
        yield "cartridge", document.cartridge.lot, document.cartridge.serial or ""
    for topical in document.topicals:
        if topical.lot:
            yield "topical", topical.lot, ""
    if document.prp_kit is not None and document.prp_kit.lot:
        yield "prp_kit", document.prp_kit.lot, ""
    if document.anaesthetic is not None and document.anaesthetic.lot:
        yield "anaesthetic", document.anaesthetic.lot, ""
