"""Facts for the rules, made from what is shipped: the example visits, the example clinic, the drafts."""

import json
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.domain.consent import consent_text_facts
from mnclinic.domain.credentials import Paper, PaperKind, kind_of
from mnclinic.domain.finding import Verdict
from mnclinic.domain.gate import (
    LicenceFacts,
    LotFacts,
    StaffFacts,
    VisitFacts,
    device_facts_from_json,
)
from mnclinic.domain.patient_sheets import AFTERCARE_2, PRECARE_2, SHEET_FORMATS, sheet_facts
from mnclinic.domain.policy import (
    Policy,
    Protocol,
    authorisation_from_json,
    in_force,
    policy_from_json,
    protocol_from_json,
)
from mnclinic.domain.policy_drafts import composed_policy
from mnclinic.domain.visit_document import read_visit_document
from mnclinic.resource_files import resource_path, resource_text

CLEAN = "visit-1-clean-face"
PRP = "visit-2-clean-prp"
ISOTRETINOIN = "visit-3-isotretinoin"

BORN_ON = date(1992, 3, 14)

Json = dict[str, Any]


def example(name: str = CLEAN) -> Json:
    """A fresh copy of a shipped example visit."""
    return deepcopy(_json(f"examples/{name}.json"))


def draft(name: str) -> Json:
    """A fresh copy of a shipped draft, by its path under `resources/drafts`."""
    items = _json("drafts/screening/standard.json")["items"]
    return deepcopy(dict(composed_policy(_json(f"drafts/{name}"), items)))


def shipped_drafts(kind: str) -> dict[str, Json]:
    """Every shipped draft of a kind (policies, protocols, consent_texts), by its path."""
    names = sorted(path.name for path in resource_path(f"drafts/{kind}").glob("*.json"))
    return {f"{kind}/{name}": draft(f"{kind}/{name}") for name in names}


def clinic_answers() -> Json:
    """A fresh copy of the example clinic."""
    return deepcopy(_clinic())


@cache
def _json(name: str) -> Json:
    return dict(json.loads(resource_text(name)))


@cache
def _clinic() -> Json:
    return tomllib.loads(resource_text("examples/clinic.toml"))


def shipped_policy() -> Policy:
    """The policy that the example clinic works under."""
    return policy_from_json(draft("policies/tx.json"))


def shipped_protocol(service: str = "microneedling_face") -> Protocol:
    """The protocol of the example clinic for a service."""
    drafts = (protocol_from_json(one) for one in shipped_drafts("protocols").values())
    return next(protocol for protocol in drafts if protocol.service == service)


def facts_for(name: str = CLEAN) -> VisitFacts:
    """The facts of a shipped example at the example clinic."""
    return facts_of(example(name))


def facts_of(document: Mapping[str, Any]) -> VisitFacts:
    """The facts of a visit document at the example clinic."""
    read = read_visit_document(document)
    clinic = _clinic()
    lots = {(lot["kind"], lot["lot"]): _lot(lot) for lot in clinic["lots"]}
    staff = {person["user"]: _person(person) for person in clinic["staff"]}
    devices = {
        device["device"]: device_facts_from_json(device, is_quarantined=False) for device in clinic["devices"]
    }
    documents = [(one["kind"], draft(one["file"].removeprefix("drafts/"))) for one in clinic["documents"]]
    protocols = [protocol_from_json(one) for kind, one in documents if kind == "protocol"]
    words = [one for kind, one in documents if kind == "consent_text"]
    born_on = document["patient"].get("born_on")
    return VisitFacts(
        document=read,
        patient_ref="00000000-0000-4000-8000-000000000001",
        born_on=date.fromisoformat(born_on) if born_on else BORN_ON,
        last_session_on=None,
        policy=in_force(
            (policy_from_json(one) for kind, one in documents if kind == "policy"), read.visit_on
        ),
        protocol=in_force((one for one in protocols if one.service == read.service), read.visit_on),
        performer=staff.get(read.performer),
        supervisor=staff.get(read.supervised_by or ""),
        examiner=staff.get(read.exam.examiner) if read.exam else None,
        orderer=staff.get(read.order.ordered_by) if read.order else None,
        consent_texts=tuple(consent_text_facts(one, _sha256(one)) for one in words if not _is_sheet(one)),
        precare_sheets=tuple(sheet_facts(one, _sha256(one)) for one in words if one["format"] == PRECARE_2),
        aftercare_sheets=tuple(
            sheet_facts(one, _sha256(one)) for one in words if one["format"] == AFTERCARE_2
        ),
        patient_name=f"{document['patient'].get('first_name')} {document['patient'].get('last_name')}",
        consent_staff=frozenset(staff),
        device=devices.get(read.device or ""),
        lot=lots.get(("cartridge", read.cartridge.lot)) if read.cartridge else None,
        topical_lots={lot.lot: lot for (kind, _), lot in lots.items() if kind == "topical"},
        cartridge_used_before=False,
        authorisations=tuple(
            authorisation_from_json({"patient": None} | one) for one in clinic["authorisations"]
        ),
        releases=(),
        exam_papers=frozenset({"a" * 64}),
        prp_kit_lot=lots.get(("prp_kit", read.prp_kit.lot)) if read.prp_kit else None,
        anaesthetic_lot=lots.get(("anaesthetic", read.anaesthetic.lot or "")) if read.anaesthetic else None,
        prp_people=tuple(one for user, one in staff.items() if read.prp_kit and user in read.prp_kit.people),
    )


def codes(verdict: Verdict) -> set[str]:
    """The codes of everything found."""
    return {finding.code for finding in verdict.findings}


def set_answer(document: Json, item: str, answer: str, last_on: str | None = None) -> None:
    """Answer one screening item."""
    for given in document["screening"]:
        if given["item"] == item:
            given["answer"] = answer
            given["last_on"] = last_on


def _lot(lot: Json) -> LotFacts:
    length = lot.get("needle_length_mm")
    return LotFacts(
        lot=lot["lot"],
        expires_on=date.fromisoformat(lot["expires_on"]),
        needle_length_mm=Decimal(length) if length else None,
        state="in_use",
        name=lot["name"],
    )


def _person(person: Json) -> StaffFacts:
    ceiling = person.get("depth_ceiling_mm")
    return StaffFacts(
        user=person["user"],
        name=person["name"],
        credential=person.get("credential", ""),
        licences=tuple(
            LicenceFacts(
                one["number"], date.fromisoformat(one["valid_from"]), date.fromisoformat(one["expires_on"])
            )
            for one in person.get("licences", ())
            if kind_of(one["kind"]) is PaperKind.LICENCE
        ),
        depth_ceiling_mm=Decimal(ceiling) if ceiling else None,
        papers=tuple(
            Paper(
                one["kind"],
                one["number"],
                date.fromisoformat(one["valid_from"]),
                date.fromisoformat(one["expires_on"]),
            )
            for one in person.get("licences", ())
            if kind_of(one["kind"]) is not PaperKind.LICENCE
        ),
    )


def _is_sheet(document: Json) -> bool:
    return bool(document["format"] in SHEET_FORMATS)


def _sha256(document: Json) -> str:
    return sha256_hex(canonical_bytes(document))
