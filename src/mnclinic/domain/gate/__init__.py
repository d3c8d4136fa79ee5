"""May this person be treated today? Every reason at once.

The window, `visit record` and the performer's signature ask the same function, so they cannot
disagree. Each readiness light has a module of its own; facts are gathered by the services, and nothing
here reads a clock, a file or a table.
"""

from mnclinic.domain.consent import ConsentTextFacts
from mnclinic.domain.finding import Finding, Outcome, PassedBy, Verdict
from mnclinic.domain.gate.authority import authority_findings, layers_for
from mnclinic.domain.gate.care import care_findings
from mnclinic.domain.gate.consent import consent_findings
from mnclinic.domain.gate.consent_beside import aftercare_findings
from mnclinic.domain.gate.exam import exam_findings
from mnclinic.domain.gate.facts import (
    ADULT_AGE,
    DeviceFacts,
    DrugsAndPlaces,
    LicenceFacts,
    LotFacts,
    Release,
    StaffFacts,
    VisitFacts,
    age_on,
    came_of_age,
    device_facts_from_json,
    is_confirmed,
)
from mnclinic.domain.gate.history import history_findings
from mnclinic.domain.gate.identity import identity_findings
from mnclinic.domain.gate.limits import limits_findings
from mnclinic.domain.gate.supplies import needle_length_mm, supplies_findings
from mnclinic.domain.gate.telephone import telephoned
from mnclinic.domain.typed_values import has_words

__all__ = [
    "ADULT_AGE",
    "ConsentTextFacts",
    "DeviceFacts",
    "DrugsAndPlaces",
    "LicenceFacts",
    "LotFacts",
    "Release",
    "StaffFacts",
    "VisitFacts",
    "age_on",
    "came_of_age",
    "device_facts_from_json",
    "is_confirmed",
    "judge",
    "layers_for",
    "needle_length_mm",
]

OFF_LABEL = "off_label_"
"""Begins the code of every finding that an authorisation on file may cover."""

COVERED_BY = {"depth_over_acknowledgement": "off_label_depth"}
"""What else an authorisation covers: a depth that the director was asked about beforehand."""

ROOMS = (
    identity_findings,
    history_findings,
    exam_findings,
    consent_findings,
    authority_findings,
    supplies_findings,
    care_findings,
    limits_findings,
    aftercare_findings,
)


def judge(facts: VisitFacts) -> Verdict:
    """Everything that speaks against this visit, and what became of each finding.

    Nothing is left out once something is found: the list is complete. A finding that nobody may
    pass stays refused whatever releases, authorisations or reasons say.
    """
    return Verdict(tuple(_settle(finding, facts) for findings in ROOMS for finding in findings(facts)))


def _settle(finding: Finding, facts: VisitFacts) -> Finding:
    match finding.passed_by:
        case PassedBy.PERFORMER:
            reason = facts.document.reasons.get(finding.code, "").strip()
            return finding.passed(Outcome.REASON_GIVEN, reason) if has_words(reason) else finding
        case PassedBy.DIRECTOR:
            return (
                _authorised(finding, facts)
                or _released(finding, facts)
                or telephoned(finding, facts)
                or finding
            )
        case PassedBy.NOBODY:
            return finding


def _authorised(finding: Finding, facts: VisitFacts) -> Finding | None:
    flag = COVERED_BY.get(finding.code, finding.code)
    if not flag.startswith(OFF_LABEL):
        return None
    for one in facts.authorisations:
        if one.covers(flag, facts.document.service, facts.patient_ref, facts.day, finding.product):
            on_file = f"Authorised by {one.director}, on file as {one.authorisation_id}."
            return finding.passed(Outcome.AUTHORISED, on_file)
    return None


def _released(finding: Finding, facts: VisitFacts) -> Finding | None:
    for release in facts.releases:
        is_shown = (release.code, release.basis) == (finding.code, finding.basis)
        if is_shown and finding.areas <= release.areas:
            return finding.passed(Outcome.RELEASED, f"{release.director}: {release.reason}")
    return None
