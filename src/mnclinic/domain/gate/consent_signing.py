"""Who signed a consent, how, and who stood by: a blank or half-done one never counts."""

from collections.abc import Iterator

from mnclinic.domain.consent import GUARDIAN, PAPER, TYPED, ConsentNote, ConsentTextFacts, same_name
from mnclinic.domain.finding import Finding, Light, refused, undone
from mnclinic.domain.gate.facts import ADULT_AGE, VisitFacts, age_on, came_of_age
from mnclinic.domain.spoken_languages import language_code

LIGHT = Light.CONSENT


def signing_findings(
    consent: ConsentNote, text: ConsentTextFacts | None, facts: VisitFacts
) -> Iterator[Finding]:
    """Everything about the signature, the people around it, and an earlier visit that it comes from."""
    yield from _signature(consent, facts)
    yield from _guardian(consent, facts)
    yield from _people(consent, text, facts)
    yield from _language(consent, text, facts)
    carried = consent.carried_from
    if carried is not None and facts.earlier_consents.get(carried) != consent.content:
        said = "The consent is not the one that was signed at the earlier visit that it names."
        yield refused("consent_not_carried", LIGHT, said, "consent.carried_from")


def _signature(consent: ConsentNote, facts: VisitFacts) -> Iterator[Finding]:
    if consent.kind == TYPED:
        yield from _typed(consent, facts)
    elif consent.kind == PAPER:
        yield from _paper(consent, facts)
    elif not consent.is_drawn:
        said = "The consent is not signed."
        yield undone("consent_signature_missing", LIGHT, said, "consent.signature")


def _typed(consent: ConsentNote, facts: VisitFacts) -> Iterator[Finding]:
    if not consent.typed_name.strip() or not consent.has_agreed:
        said = "The consent is not signed: the full name and the words of agreement belong together."
        yield undone("consent_signature_missing", LIGHT, said, "consent.signature")
        return
    is_guardian = consent.signed_by == GUARDIAN
    signer = (consent.guardian.name if consent.guardian else "") if is_guardian else facts.patient_name
    if not same_name(consent.typed_name, signer):
        whose = "the guardian" if is_guardian else "the patient"
        said = f"The name typed under the consent is not that of {whose}. Have the full name typed."
        yield refused("consent_signed_by_other", LIGHT, said, "consent.signature")


def _paper(consent: ConsentNote, facts: VisitFacts) -> Iterator[Finding]:
    paper = consent.paper
    if paper is None:
        said = "The signed paper is not there. Scan it and attach it."
        yield undone("consent_signature_missing", LIGHT, said, "consent.signature")
        return
    signed_on = facts.document.day_of(consent.signed_at)
    if facts.consent_papers.get(paper.attachment) != paper.sha256:
        said = "The scanned paper is not one that was kept for this patient. Attach it again."
        yield refused("consent_paper_unknown", LIGHT, said, "consent.signature")
    elif facts.consent_paper_days.get(paper.attachment, signed_on) != signed_on:
        said = "Another day stands on the scanned paper than the one on which the consent was signed."
        yield refused("consent_paper_other_day", LIGHT, said, "consent.signed_at")
    if paper.seen_by not in facts.consent_staff:
        said = "Say who of the staff saw the paper being signed."
        yield undone("consent_paper_unseen", LIGHT, said, "consent.signature")


def _guardian(consent: ConsentNote, facts: VisitFacts) -> Iterator[Finding]:
    # Where the policy lets nobody treat minors, the first light says so.
    may_be_minor = facts.policy is not None and facts.policy.minors_with_guardian
    is_minor = may_be_minor and facts.born_on is not None and age_on(facts.born_on, facts.day) < ADULT_AGE
    is_by_guardian = consent.signed_by == GUARDIAN
    if is_minor and not is_by_guardian:
        said = f"The patient is under {ADULT_AGE}: a guardian has to sign the consent."
        yield refused("consent_guardian_missing", LIGHT, said, "consent.signed_by")
    elif is_by_guardian and consent.guardian is None:
        said = "Write the guardian's name and how they are related to the patient."
        yield undone("consent_guardian_missing", LIGHT, said, "consent.guardian")
    elif consent.guardian is not None and same_name(consent.guardian.name, facts.patient_name):
        said = "The guardian has the patient's own name. Write who signed."
        yield refused("consent_guardian_is_patient", LIGHT, said, "consent.guardian")
    yield from _came_of_age(consent, facts)


def _came_of_age(consent: ConsentNote, facts: VisitFacts) -> Iterator[Finding]:
    """A minor's consent, whoever signed it, ends on the day from which the patient signs alone."""
    if came_of_age(facts.born_on, facts.document.day_of(consent.signed_at), facts.day):
        said = f"The consent was signed before the patient was {ADULT_AGE}. Have the patient sign a new one."
        yield refused("consent_before_adult", LIGHT, said, "consent.signed_by")


def _people(consent: ConsentNote, text: ConsentTextFacts | None, facts: VisitFacts) -> Iterator[Finding]:
    if text is not None and text.is_second_form and consent.questions_by not in facts.consent_staff:
        said = "Ask whether there are questions, answer them, and say who did."
        yield undone("consent_questions_missing", LIGHT, said, "consent.questions")
    asks = (facts.policy is not None and facts.policy.consent_witness) or (
        text is not None and "witness" in text.asks
    )
    if asks and consent.witness not in facts.consent_staff:
        said = "A member of staff has to witness the consent."
        yield undone("consent_witness_missing", LIGHT, said, "consent.witness")


def _language(consent: ConsentNote, text: ConsentTextFacts | None, facts: VisitFacts) -> Iterator[Finding]:
    """A text of the second form is read in the language that the patient's record names, or interpreted."""
    allowed = facts.policy.consent_languages if facts.policy else None
    if allowed is not None and consent.language not in allowed:
        said = "The policy does not take a consent in this language."
        yield refused("consent_language_not_allowed", LIGHT, said, "consent.language")
    interpreter, written = consent.interpreter, facts.patient_language.strip()
    if interpreter is not None and same_name(interpreter.name, facts.patient_name):
        said = "The interpreter has the patient's own name. Write who interpreted."
        yield refused("consent_interpreter_is_patient", LIGHT, said, "consent.interpreter")
    spoken = language_code(written)
    if text is None or not text.is_second_form or not written or spoken == consent.language:
        return
    # Into a language that is not known by its code whoever interpreted counts.
    if interpreter is None or interpreter.language != (spoken or interpreter.language):
        said = "The record names another language. Have it read in that one, or name the interpreter."
        yield refused("consent_language_other", LIGHT, said, "consent.language")
