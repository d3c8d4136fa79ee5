"""Consent: signed, in the approved words, before the treatment. Nobody may pass any of it."""

from collections.abc import Iterator

from mnclinic.domain.consent import ConsentNote, ConsentTextFacts
from mnclinic.domain.finding import Finding, Light, refused, undone
from mnclinic.domain.gate.consent_beside import beside_findings
from mnclinic.domain.gate.consent_signing import signing_findings
from mnclinic.domain.gate.facts import VisitFacts

LIGHT = Light.CONSENT


def consent_findings(facts: VisitFacts) -> Iterator[Finding]:
    """Everything about the consent."""
    consent = facts.document.consent
    if consent is None:
        yield undone("consent_missing", LIGHT, "There is no signed consent.", "consent")
        return
    text = _signed_text(consent, facts)
    yield from signing_findings(consent, text, facts)
    yield from _text(consent, text, facts)
    yield from _time(consent, facts)
    yield from beside_findings(consent, text, facts)


def _text(consent: ConsentNote, text: ConsentTextFacts | None, facts: VisitFacts) -> Iterator[Finding]:
    if text is None:
        said = "The consent names a text that the director has not approved."
        yield refused("consent_text_unknown", LIGHT, said, "consent.version")
    else:
        if consent.text_sha256 is None and text.is_second_form:
            said = "The consent does not say which exact text was signed. Have it signed again."
            yield refused("consent_text_unbound", LIGHT, said, "consent.text_sha256")
        if consent.text_sha256 is not None and consent.text_sha256 != text.sha256:
            said = "The signed text is not the approved one, word for word."
            yield refused("consent_text_differs", LIGHT, said, "consent.text_sha256")
        if facts.document.day_of(consent.signed_at) < text.effective_on:
            said = f"That consent text is in force from {text.effective_on.isoformat()} only."
            yield refused("consent_text_not_in_force", LIGHT, said, "consent.version")
    if facts.protocol is not None and consent.form != facts.protocol.consent_form:
        said = f"{facts.protocol.title} asks for another consent form."
        yield refused("consent_form_wrong", LIGHT, said, "consent.form")
    in_force = [
        known.version
        for known in facts.consent_texts
        if known.form == consent.form and known.effective_on <= facts.day
    ]
    newest = max(in_force, default=consent.version)
    if consent.version < newest:
        said = f"A newer consent text, version {newest}, is in force. Have that one signed."
        yield refused("consent_outdated", LIGHT, said, "consent.version")


def _signed_text(consent: ConsentNote, facts: VisitFacts) -> ConsentTextFacts | None:
    wanted = (consent.form, consent.version, consent.language)
    return next(
        (text for text in facts.consent_texts if (text.form, text.version, text.language) == wanted), None
    )


def _time(consent: ConsentNote, facts: VisitFacts) -> Iterator[Finding]:
    document = facts.document
    age_days = (facts.day - document.day_of(consent.signed_at)).days
    if age_days < 0:
        said = "The consent was signed after the visit."
        yield refused("consent_after_visit", LIGHT, said, "consent.signed_at")
    elif any(act_at < consent.signed_at for act_at in document.acts_at):
        said = "The consent was signed after the treatment had begun."
        yield refused("consent_after_start", LIGHT, said, "consent.signed_at")
    if facts.policy is not None and age_days > facts.policy.consent_valid_days:
        said = f"The consent is {age_days} days old; the policy accepts {facts.policy.consent_valid_days}."
        yield refused("consent_expired", LIGHT, said, "consent.signed_at")
    ended = [
        one.withdrawn_at for one in facts.withdrawals_by_the_end if one.ends(consent.form, consent.signed_at)
    ]
    if ended:
        day = min(ended).astimezone(document.started_at.tzinfo).date().isoformat()
        said = f"The patient withdrew this consent on {day}. Nothing is done without a new one."
        yield refused("consent_withdrawn", LIGHT, said, "consent")
