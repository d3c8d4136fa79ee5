"""May this person be treated today? Every reason at once.

The window, `visit record` and the performer's signature ask the same function, so they cannot
disagree. Facts are gathered by the services; nothing here reads a clock, a file or a table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mnclinic.domain.depth import depth_layers, line_findings
from mnclinic.domain.finding import Finding, Light, Outcome, PassedBy, Verdict
from mnclinic.domain.policy import OffLabelAuthorisation, Policy, Protocol
from mnclinic.domain.screening import screening_findings
from mnclinic.domain.visit_document import VisitDocument

ADULT_AGE = 18


@dataclass(frozen=True)
class DeviceFacts:
    """A registered handpiece as its label states it. Depths in millimetres."""

    device: str
    max_depth_mm: Decimal
    label_depth_mm: Decimal | None
    minimum_age: int
    indications: Mapping[str, frozenset[int]]
    is_quarantined: bool


def device_facts_from_json(facts: Mapping[str, Any], *, is_quarantined: bool) -> DeviceFacts:
    """The handpiece in a document that its schema has accepted."""
    label_depth_mm = facts.get("label_depth_mm")
    return DeviceFacts(
        device=facts["device"],
        max_depth_mm=Decimal(facts["max_depth_mm"]),
        label_depth_mm=Decimal(label_depth_mm) if label_depth_mm else None,
        minimum_age=facts["minimum_age"],
        indications={one["indication"]: frozenset(one["phototypes"]) for one in facts["indications"]},
        is_quarantined=is_quarantined,
    )


@dataclass(frozen=True)
class LotFacts:
    """A registered lot: what the clinic's register knows of it."""

    lot: str
    expires_on: date
    needle_length_mm: Decimal | None
    state: str


@dataclass(frozen=True)
class LicenceFacts:
    """A licence as it stood: valid on every day from `valid_from` to `expires_on`, both included."""

    number: str
    valid_from: date
    expires_on: date

    def covers(self, day: date) -> bool:
        """Whether it was valid on that day."""
        return self.valid_from <= day <= self.expires_on


@dataclass(frozen=True)
class StaffFacts:
    """A member of staff as she stood on the day of the visit."""

    user: str
    name: str
    credential: str
    licences: tuple[LicenceFacts, ...]
    depth_ceiling_mm: Decimal | None

    def licensed_on(self, day: date) -> bool:
        """Whether any licence covers the day."""
        return any(licence.covers(day) for licence in self.licences)


@dataclass(frozen=True)
class ConsentTextFacts:
    """An approved consent text."""

    form: str
    version: int
    language: str
    effective_on: date
    sha256: str


@dataclass(frozen=True)
class Release:
    """The director let one finding pass for one visit: exactly the finding that she was shown."""

    code: str
    basis: str
    reason: str
    director: str


@dataclass(frozen=True)
class VisitFacts:
    """Everything the gate looks at, as of the visit's own day."""

    document: VisitDocument
    patient_ref: str
    born_on: date | None
    last_session_on: date | None
    policy: Policy | None
    protocol: Protocol | None
    performer: StaffFacts | None
    examiner: StaffFacts | None
    orderer: StaffFacts | None
    consent_texts: tuple[ConsentTextFacts, ...]
    device: DeviceFacts | None
    lot: LotFacts | None
    topical_lots: Mapping[str, LotFacts]
    cartridge_used_before: bool
    authorisations: tuple[OffLabelAuthorisation, ...]
    releases: tuple[Release, ...]

    @property
    def day(self) -> date:
        """The visit's own calendar day."""
        return self.document.visit_on


def judge(facts: VisitFacts) -> Verdict:
    """Everything that speaks against this visit, and what became of each finding.

    Nothing is left out once something is found: the list is complete. A finding that nobody may
    pass stays refused whatever releases, authorisations or reasons say.
    """
    found = [
        *_identity(facts),
        *_history(facts),
        *_exam(facts),
        *_consent(facts),
        *_authority(facts),
        *_supplies(facts),
        *_depths(facts),
    ]
    return Verdict(tuple(_settle(finding, facts) for finding in found))


def _settle(finding: Finding, facts: VisitFacts) -> Finding:
    if finding.passed_by is PassedBy.PERFORMER:
        reason = facts.document.reasons.get(finding.code, "").strip()
        return finding.passed(Outcome.REASON_GIVEN, reason) if reason else finding
    if finding.passed_by is PassedBy.DIRECTOR:
        if finding.code.startswith("off_label_"):
            for authorisation in facts.authorisations:
                if authorisation.covers(
                    finding.code, facts.document.service, facts.patient_ref, facts.day
                ):
                    on_file = (
                        f"Authorised by {authorisation.director}, "
                        f"on file as {authorisation.authorisation_id}."
                    )
                    return finding.passed(Outcome.AUTHORISED, on_file)
        for release in facts.releases:
            if (release.code, release.basis) == (finding.code, finding.basis):
                return finding.passed(Outcome.RELEASED, f"{release.director}: {release.reason}")
    return finding


def _refused(code: str, light: Light, message: str, where: str, by: PassedBy = PassedBy.NOBODY) -> Finding:
    return Finding(code=code, light=light, passed_by=by, message=message, where=where)


def _warned(code: str, light: Light, message: str, where: str, earliest_on: date | None = None) -> Finding:
    return Finding(code, light, PassedBy.PERFORMER, message, where, earliest_on, Outcome.WARNED)


def age_on(born_on: date, day: date) -> int:
    """Whole years lived by `day`; someone born on 29 February turns older on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _identity(facts: VisitFacts) -> list[Finding]:
    findings = []
    if not facts.document.identity_confirmed:
        findings.append(
            _refused(
                "identity_missing",
                Light.IDENTITY,
                "Confirm who this is: ask for the full name and the date of birth.",
                "identity",
            )
        )
    if facts.born_on is None:
        findings.append(
            _refused(
                "birth_date_missing",
                Light.IDENTITY,
                "The date of birth is not on record. Enter it on the patient's page.",
                "patient.born_on",
            )
        )
    elif facts.born_on > facts.day:
        findings.append(
            _refused(
                "birth_date_impossible",
                Light.IDENTITY,
                "The date of birth lies after the visit. Correct it on the patient's page.",
                "patient.born_on",
            )
        )
    elif age_on(facts.born_on, facts.day) < ADULT_AGE:
        findings.append(
            _refused(
                "minor",
                Light.IDENTITY,
                "The patient is under 18. This clinic's forms do not yet cover a guardian's consent.",
                "patient.born_on",
            )
        )
    return findings


def _history(facts: VisitFacts) -> list[Finding]:
    if facts.policy is None:
        return []
    findings = list(
        screening_findings(facts.policy.screening, facts.document.answers, visit_on=facts.day)
    )
    known = [day for day in (facts.last_session_on, facts.document.last_session_on) if day is not None]
    protocol = facts.protocol
    if not known or protocol is None:
        return findings
    last_on = max(known)
    days = (facts.day - last_on).days
    said = f"Last session {last_on.isoformat()}, {days} days ago."
    if days < 0:
        findings.append(
            _refused(
                "interval_impossible",
                Light.HISTORY,
                "The last session lies after this visit. Correct one of the dates.",
                "last_session_on",
            )
        )
    elif days < protocol.interval_block_days:
        findings.append(
            _refused(
                "interval_blocked",
                Light.HISTORY,
                f"{said} {protocol.words} asks for at least {protocol.interval_block_days} days.",
                "last_session_on",
                PassedBy.DIRECTOR,
            )
        )
    elif days < protocol.interval_warn_days:
        findings.append(
            _warned(
                "interval_short",
                Light.HISTORY,
                f"{said} {protocol.words} expects {protocol.interval_warn_days} days.",
                "last_session_on",
            )
        )
    return findings


def _exam(facts: VisitFacts) -> list[Finding]:
    findings = []
    exam, order, policy, day = facts.document.exam, facts.document.order, facts.policy, facts.day
    director = PassedBy.DIRECTOR
    if exam is None:
        findings.append(
            _refused("exam_missing", Light.EXAM, "There is no good faith exam on file.", "exam", director)
        )
    elif policy is not None:
        age_days = (day - exam.examined_on).days
        examiner = facts.examiner
        if exam.result != "approved":
            findings.append(
                _refused(
                    "exam_not_approved",
                    Light.EXAM,
                    f"The exam of {exam.examined_on.isoformat()} did not approve the treatment.",
                    "exam.result",
                    director,
                )
            )
        if age_days < 0:
            findings.append(
                _refused("exam_after_visit", Light.EXAM, "The exam lies after the visit.", "exam", director)
            )
        elif age_days > policy.exam_valid_days:
            findings.append(
                _refused(
                    "exam_expired",
                    Light.EXAM,
                    f"The exam of {exam.examined_on.isoformat()} is {age_days} days old; the policy "
                    f"accepts {policy.exam_valid_days}.",
                    "exam.examined_on",
                    director,
                )
            )
        if examiner is None or examiner.credential not in policy.exam_credentials:
            findings.append(
                _refused(
                    "examiner_not_entitled",
                    Light.EXAM,
                    "The examiner's credential does not entitle to examine under the clinic's policy.",
                    "exam.examiner",
                    director,
                )
            )
        elif not examiner.licensed_on(exam.examined_on):
            findings.append(
                _refused(
                    "examiner_not_licensed",
                    Light.EXAM,
                    "The examiner's licence was not valid on the day of the exam.",
                    "exam.examiner",
                    director,
                )
            )
    if order is None:
        findings.append(
            _refused("order_missing", Light.EXAM, "There is no order for this treatment.", "order", director)
        )
    else:
        findings += _order(facts)
    return findings


def _order(facts: VisitFacts) -> list[Finding]:
    order, policy = facts.document.order, facts.policy
    assert order is not None  # noqa: S101 - the caller has looked
    findings = []
    if not order.ordered_on <= facts.day <= order.valid_to:
        findings.append(
            _refused(
                "order_expired",
                Light.EXAM,
                f"The order is valid from {order.ordered_on.isoformat()} to {order.valid_to.isoformat()}, "
                "not on the day of the visit.",
                "order",
                PassedBy.DIRECTOR,
            )
        )
    orderer = facts.orderer
    if policy is not None and (
        orderer is None
        or orderer.credential not in policy.exam_credentials
        or not orderer.licensed_on(order.ordered_on)
    ):
        findings.append(
            _refused(
                "orderer_not_entitled",
                Light.EXAM,
                "Whoever ordered the treatment was not entitled to on that day.",
                "order.ordered_by",
                PassedBy.DIRECTOR,
            )
        )
    return findings


def _consent(facts: VisitFacts) -> list[Finding]:
    consent = facts.document.consent
    light = Light.CONSENT
    if consent is None:
        return [_refused("consent_missing", light, "There is no signed consent.", "consent")]
    findings = []
    if not consent.is_signed:
        findings.append(
            _refused(
                "consent_signature_missing", light, "The consent is not signed.", "consent.signature"
            )
        )
    text = next(
        (
            text
            for text in facts.consent_texts
            if (text.form, text.version, text.language) == (consent.form, consent.version, consent.language)
        ),
        None,
    )
    signed_on = consent.signed_at.date()
    if text is None:
        findings.append(
            _refused(
                "consent_text_unknown",
                light,
                "The consent names a text that the director has not approved.",
                "consent.version",
            )
        )
    else:
        if consent.text_sha256 is not None and consent.text_sha256 != text.sha256:
            findings.append(
                _refused(
                    "consent_text_differs",
                    light,
                    "The signed text is not the approved one, word for word.",
                    "consent.text_sha256",
                )
            )
        if signed_on < text.effective_on:
            findings.append(
                _refused(
                    "consent_text_not_in_force",
                    light,
                    f"That consent text is in force from {text.effective_on.isoformat()} only.",
                    "consent.version",
                )
            )
    if facts.protocol is not None and consent.form != facts.protocol.consent_form:
        findings.append(
            _refused(
                "consent_form_wrong",
                light,
                f"{facts.protocol.words} asks for another consent form.",
                "consent.form",
            )
        )
    newest = max(
        (
            known.version
            for known in facts.consent_texts
            if known.form == consent.form and known.effective_on <= facts.day
        ),
        default=consent.version,
    )
    if consent.version < newest:
        findings.append(
            _refused(
                "consent_outdated",
                light,
                f"A newer consent text, version {newest}, is in force. Have that one signed.",
                "consent.version",
            )
        )
    age_days = (facts.day - signed_on).days
    if age_days < 0:
        findings.append(
            _refused(
                "consent_after_visit", light, "The consent was signed after the visit.", "consent.signed_at"
            )
        )
    elif consent.signed_at > facts.document.started_at and facts.document.lines and _signed_late(facts):
        findings.append(
            _refused(
                "consent_after_treatment",
                light,
                "The consent was signed after the treatment had ended.",
                "consent.signed_at",
            )
        )
    elif facts.policy is not None and age_days > facts.policy.consent_valid_days:
        findings.append(
            _refused(
                "consent_expired",
                light,
                f"The consent is {age_days} days old; the policy accepts {facts.policy.consent_valid_days}.",
                "consent.signed_at",
            )
        )
    return findings


def _signed_late(facts: VisitFacts) -> bool:
    consent, ended_at = facts.document.consent, facts.document.ended_at
    return consent is not None and ended_at is not None and consent.signed_at > ended_at


def _authority(facts: VisitFacts) -> list[Finding]:
    light = Light.AUTHORITY
    findings = []
    if facts.policy is None:
        findings.append(
            _refused(
                "policy_missing", light, "No policy that the director approved was in force that day.", ""
            )
        )
    protocol = facts.protocol
    if protocol is None:
        findings.append(
            _refused(
                "protocol_missing",
                light,
                "No protocol for this service that the director approved was in force that day.",
                "service",
            )
        )
    performer = facts.performer
    if performer is None:
        findings.append(
            _refused("performer_unknown", light, "The performer is not on the clinic's staff.", "performer")
        )
    else:
        if not performer.licensed_on(facts.day):
            findings.append(
                _refused(
                    "performer_licence_expired",
                    light,
                    f"{performer.name}: no licence valid on {facts.day.isoformat()}.",
                    "performer",
                )
            )
        if protocol is not None and performer.credential not in protocol.performer_credentials:
            findings.append(
                _refused(
                    "performer_not_permitted",
                    light,
                    f"{performer.name} ({performer.credential}) may not perform under {protocol.words}.",
                    "performer",
                )
            )
    return findings + _off_label(facts)


def _off_label(facts: VisitFacts) -> list[Finding]:
    document, device = facts.document, facts.device
    light, director = Light.AUTHORITY, PassedBy.DIRECTOR
    findings = []
    if document.uses_prp:
        findings.append(
            _refused(
                "off_label_topical",
                light,
                "PRP on needled skin is off-label: the device's label excludes delivering biologics.",
                "prp",
                director,
            )
        )
    if device is None:
        return findings
    if facts.born_on is not None and age_on(facts.born_on, facts.day) < device.minimum_age:
        findings.append(
            _refused(
                "off_label_age",
                light,
                f"Off-label by age: the device's label starts at {device.minimum_age} years.",
                "patient.born_on",
                director,
            )
        )
    if document.indication is None:
        findings.append(
            _refused(
                "indication_missing",
                light,
                "Choose what is treated, so that the device's label can be compared.",
                "indication",
            )
        )
        return findings
    phototypes = device.indications.get(document.indication)
    if phototypes is None:
        findings.append(
            _refused(
                "off_label_indication",
                light,
                "Off-label by indication: the device's clearance does not name it.",
                "indication",
                director,
            )
        )
    elif document.fitzpatrick is not None and document.fitzpatrick not in phototypes:
        findings.append(
            _refused(
                "off_label_phototype",
                light,
                "Off-label by phototype: the device's clearance does not cover it for this indication.",
                "fitzpatrick",
                director,
            )
        )
    if document.fitzpatrick is None:
        findings.append(
            _refused(
                "phototype_missing",
                Light.EXAM,
                "The Fitzpatrick phototype is not recorded.",
                "fitzpatrick",
                director,
            )
        )
    return findings


def _supplies(facts: VisitFacts) -> list[Finding]:
    light, document = Light.SUPPLIES, facts.document
    findings = []
    if document.device is None:
        findings.append(_refused("device_missing", light, "No device is chosen.", "device"))
    elif facts.device is None:
        findings.append(
            _refused("device_unknown", light, "The device is not in the clinic's register.", "device")
        )
    else:
        if facts.device.is_quarantined:
            findings.append(
                _refused("device_quarantined", light, "The device is quarantined.", "device")
            )
        if facts.protocol is not None and facts.device.device not in facts.protocol.devices:
            findings.append(
                _refused(
                    "device_not_in_protocol",
                    light,
                    f"{facts.protocol.words} does not name this device.",
                    "device",
                )
            )
    cartridge = document.cartridge
    if cartridge is None:
        findings.append(_refused("cartridge_missing", light, "No cartridge is recorded.", "cartridge"))
    else:
        expiries = [day for day in (cartridge.expires_on, facts.lot and facts.lot.expires_on) if day]
        if not expiries:
            findings.append(
                _refused(
                    "cartridge_expiry_missing",
                    light,
                    "The cartridge's expiry date is not known.",
                    "cartridge.expires_on",
                )
            )
        elif min(expiries) < facts.day:
            findings.append(
                _refused(
                    "cartridge_expired",
                    light,
                    f"The cartridge lot {cartridge.lot} expired on {min(expiries).isoformat()}.",
                    "cartridge.expires_on",
                )
            )
        if facts.lot is not None and facts.lot.state != "in_use":
            findings.append(
                _refused(
                    f"cartridge_{facts.lot.state}",
                    light,
                    f"The cartridge lot {cartridge.lot} is {facts.lot.state}.",
                    "cartridge.lot",
                )
            )
        if needle_length_mm(facts) is None:
            findings.append(
                _refused(
                    "needle_length_missing",
                    light,
                    "The cartridge's needle length is not known.",
                    "cartridge.needle_length_mm",
                )
            )
        if facts.cartridge_used_before:
            findings.append(
                _refused(
                    "cartridge_used",
                    light,
                    "This cartridge is recorded as used before. A cartridge is for one session.",
                    "cartridge.serial",
                )
            )
    return findings + _topicals(facts)


def _topicals(facts: VisitFacts) -> list[Finding]:
    light = Light.SUPPLIES
    findings = []
    for number, topical in enumerate(facts.document.topicals):
        where = f"topicals[{number}]"
        lot = facts.topical_lots.get(topical.lot or "")
        expiries = [day for day in (topical.expires_on, lot and lot.expires_on) if day]
        if expiries and min(expiries) < facts.day:
            findings.append(
                _refused(
                    "topical_expired",
                    light,
                    f"{topical.name}: expired on {min(expiries).isoformat()}.",
                    where,
                )
            )
        if lot is not None and lot.state != "in_use":
            findings.append(
                _refused(f"topical_{lot.state}", light, f"{topical.name}: the lot is {lot.state}.", where)
            )
        if facts.protocol is not None and topical.name not in facts.protocol.topicals:
            findings.append(
                _refused(
                    "topical_not_listed",
                    light,
                    f"{topical.name} is not on the list of {facts.protocol.words}.",
                    where,
                    PassedBy.DIRECTOR,
                )
            )
    return findings


def needle_length_mm(facts: VisitFacts) -> Decimal | None:
    """The shorter of the needle lengths that the label and the register state, in millimetres."""
    cartridge = facts.document.cartridge
    lengths = [
        length
        for length in (
            cartridge and cartridge.needle_length_mm,
            facts.lot and facts.lot.needle_length_mm,
        )
        if length
    ]
    return min(lengths, default=None)


def _depths(facts: VisitFacts) -> list[Finding]:
    findings: list[Finding] = []
    protocol = facts.protocol
    if protocol is None:
        return findings
    for number, line in enumerate(facts.document.lines):
        limits = protocol.areas.get(line.area)
        layers = depth_layers(
            limits,
            device_max_mm=facts.device.max_depth_mm if facts.device else None,
            needle_length_mm=needle_length_mm(facts),
            performer_ceiling_mm=facts.performer.depth_ceiling_mm if facts.performer else None,
            protocol_words=protocol.words,
        )
        findings += line_findings(
            line,
            limits,
            layers,
            label_depth_mm=facts.device.label_depth_mm if facts.device else None,
            protocol_words=protocol.words,
            where=f"lines[{number}].depth_mm",
        )
    return findings
