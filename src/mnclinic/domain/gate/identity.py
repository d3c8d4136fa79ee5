"""Identity: who this is, and whether this clinic's forms cover the person."""

from collections.abc import Iterator

from mnclinic.domain.finding import Finding, Light, refused, undone
from mnclinic.domain.gate.facts import ADULT_AGE, VisitFacts, age_on

LIGHT = Light.IDENTITY
BORN_ON = "patient.born_on"


def identity_findings(facts: VisitFacts) -> Iterator[Finding]:
    """Everything about who this is."""
    if not facts.document.identity_confirmed:
        said = "Confirm who this is: ask for the full name and the date of birth."
        yield undone("identity_missing", LIGHT, said, "identity")
    if facts.deceased_on is not None and facts.day > facts.deceased_on:
        said = "This person is recorded as deceased before the visit. Correct it on the patient's page."
        yield refused("patient_deceased", LIGHT, said, "patient.deceased_on")
    if facts.born_on is None:
        said = "The date of birth is not on record. Enter it on the patient's page."
        yield undone("birth_date_missing", LIGHT, said, BORN_ON)
    elif facts.born_on > facts.day:
        said = "The date of birth lies after the visit. Correct it on the patient's page."
        yield refused("birth_date_impossible", LIGHT, said, BORN_ON)
    elif age_on(facts.born_on, facts.day) < ADULT_AGE and not _treats_minors(facts):
        said = f"The patient is under {ADULT_AGE}, and the policy lets nobody treat minors."
        yield refused("minor", LIGHT, said, BORN_ON)


def _treats_minors(facts: VisitFacts) -> bool:
    return facts.policy is not None and facts.policy.minors_with_guardian
