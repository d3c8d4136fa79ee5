"""What goes with a consent: the addenda for blood and photographs, and what the patient was told before."""

from collections.abc import Iterator

from mnclinic.domain.consent import (
    PHOTO,
    PHOTO_LEVELS,
    PRP,
    Addendum,
    ConsentNote,
    ConsentTextFacts,
    newest_texts,
)
from mnclinic.domain.finding import Finding, Light, PassedBy, refused, undone, warned
from mnclinic.domain.gate.facts import VisitFacts
from mnclinic.domain.patient_sheets import sheets_for

LIGHT = Light.CONSENT
WHERE = "consent.addenda"
PRP_SERVICE = "microneedling_prp"
NOT_APPROVED = "The consent asks for an addendum that the director has not approved yet."
SHEET_NOT_APPROVED = "The director has not approved a sheet about preparing for this service yet."
_MISSING = {
    PRP: "The patient's own blood is used, and the addendum for it is not signed.",
    PHOTO: "What photographs may be used for was not chosen. Nothing but no is a choice too.",
}


def beside_findings(
    consent: ConsentNote, text: ConsentTextFacts | None, facts: VisitFacts
) -> Iterator[Finding]:
    """Everything about addenda, and about the sheet that was given before."""
    signed = {one.form: one for one in consent.addenda}
    for what, form in (text.addenda if text else {}).items():
        is_wanted = what == PHOTO or (what == PRP and _is_blood(facts))
        if is_wanted and not newest_texts(facts.consent_texts, form, facts.day):
            yield refused("consent_addendum_not_approved", LIGHT, NOT_APPROVED, WHERE)
        elif is_wanted and form not in signed:
            yield undone(f"consent_{what}_missing", LIGHT, _MISSING[what], WHERE)
        elif form in signed and what == PHOTO and signed[form].level not in PHOTO_LEVELS:
            yield undone("consent_photo_missing", LIGHT, _MISSING[PHOTO], WHERE)
    for one in consent.addenda:
        yield from _addendum(one, consent, facts)
    if len(signed) != len(consent.addenda):
        said = "An addendum stands twice under the consent, so nobody can tell what was agreed to."
        yield refused("consent_addendum_twice", LIGHT, said, WHERE)
    yield from _withdrawn(consent, text, facts)
    yield from _precare(text, facts)


def _is_blood(facts: VisitFacts) -> bool:
    return facts.document.uses_prp or facts.document.service == PRP_SERVICE


def _addendum(addendum: Addendum, consent: ConsentNote, facts: VisitFacts) -> Iterator[Finding]:
    counting = newest_texts(facts.consent_texts, addendum.form, facts.document.day_of(consent.signed_at))
    is_known = any(
        (one.version, one.language, one.sha256) == (addendum.version, addendum.language, addendum.text_sha256)
        for one in counting
    )
    if not is_known:
        said = "An addendum to the consent is not the approved text of that day, word for word."
        yield refused("consent_addendum_unknown", LIGHT, said, WHERE)
    if addendum.language != consent.language:
        said = "An addendum is in another language than the consent."
        yield refused("consent_addendum_language", LIGHT, said, WHERE)


def _withdrawn(consent: ConsentNote, text: ConsentTextFacts | None, facts: VisitFacts) -> Iterator[Finding]:
    """What was withdrawn of the addenda alone; a main text that was withdrawn is told by itself.

    A word about photographs stops no treatment, but a consent with it is not carried over any more.
    """
    blood = text.addenda.get(PRP) if text and _is_blood(facts) else None
    for one in consent.addenda:
        if one.form != blood and consent.carried_from is None:
            continue
        ended = [
            withdrawal.withdrawn_at
            for withdrawal in facts.withdrawals_by_the_end
            if withdrawal.ends(one.form, consent.signed_at)
            and not withdrawal.ends(consent.form, consent.signed_at)
        ]
        if ended:
            day = min(ended).astimezone(facts.document.started_at.tzinfo).date().isoformat()
            said = f"The patient withdrew an addendum of this consent on {day}. Have a new consent signed."
            yield refused("consent_addendum_withdrawn", LIGHT, said, WHERE)


def _precare(text: ConsentTextFacts | None, facts: VisitFacts) -> Iterator[Finding]:
    given = facts.document.precare
    form = facts.protocol.precare_form if facts.protocol else ""
    if given is None:
        is_asked = bool(form) or (text is not None and "precare" in text.asks)
        if is_asked and not sheets_for(facts.precare_sheets, facts.document.service, facts.day, form):
            said = _not_in_force(facts, form) if form else SHEET_NOT_APPROVED
            yield refused("precare_not_approved", LIGHT, said, "precare")
        elif is_asked:
            said = "Give the sheet about preparing for the treatment, and say when and by whom."
            yield undone("precare_missing", LIGHT, said, "precare")
        return
    counting = sheets_for(
        facts.precare_sheets, facts.document.service, facts.document.day_of(given.given_at), form
    )
    named = (given.sheet, given.version, given.language, given.text_sha256)
    if named not in {(one.form, one.version, one.language, one.sha256) for one in counting}:
        said = (
            f"The sheet about preparing is not {form}, which the protocol names, as it was approved."
            if form and given.sheet != form
            else "The sheet about preparing is not the one that the director approved, word for word."
        )
        yield refused("precare_unknown", LIGHT, said, "precare")
    if given.given_by not in facts.consent_staff:
        said = "The sheet about preparing was given by nobody who works here."
        yield refused("precare_giver_unknown", LIGHT, said, "precare.given_by")
    if any(act_at < given.given_at for act_at in facts.document.acts_at):
        said = "The sheet about preparing was given after the treatment had begun."
        yield refused("precare_after_start", LIGHT, said, "precare.given_at")


def aftercare_findings(facts: VisitFacts) -> Iterator[Finding]:
    """What the protocol says of the sheet for afterwards. A protocol that names none asks for nothing."""
    yield from _given_after(facts)
    form = facts.protocol.aftercare_form if facts.protocol else ""
    if not form:
        return
    where, document = "aftercare_sheet", facts.document
    sheets = sheets_for(facts.aftercare_sheets, document.service, facts.day, form)
    if not sheets:
        said = _not_in_force(facts, form)
        yield refused("aftercare_not_approved", Light.AUTHORITY, said, where, by=PassedBy.DIRECTOR)
    elif document.lines and not document.aftercare_sheet:
        said = "Give the aftercare sheet that the protocol names, and say which one was given."
        yield warned("aftercare_not_recorded", LIGHT, said, where)
    elif document.aftercare_sheet and document.aftercare_sheet not in {one.name for one in sheets}:
        said = f"The aftercare sheet is not {form}, which the protocol names, as it is in force."
        yield warned("aftercare_other_sheet", LIGHT, said, where)


def _given_after(facts: VisitFacts) -> Iterator[Finding]:
    """Whether what is said about the giving of the sheet can be so."""
    given, document = facts.document.aftercare, facts.document
    if given is None:
        return
    if given.given_by not in facts.consent_staff:
        said = "The aftercare sheet was given by nobody who works here."
        yield refused("aftercare_giver_unknown", LIGHT, said, "aftercare")
    if not document.aftercare_sheet:
        said = "Say which aftercare sheet was given."
        yield warned("aftercare_not_named", LIGHT, said, "aftercare_sheet")
        return
    named = {one.sha256 for one in facts.aftercare_sheets if one.name == document.aftercare_sheet}
    if (given.text_sha256 is not None or named) and given.text_sha256 not in named:
        said = "The aftercare sheet is named by other words than those that were given. Enter it again."
        yield refused("aftercare_other_words", LIGHT, said, "aftercare")
    if not given.taught_back:
        said = "The patient did not tell back what to do and when to call. Say why, or ask again."
        yield warned("aftercare_not_told_back", LIGHT, said, "aftercare")


def _not_in_force(facts: VisitFacts, form: str) -> str:
    protocol = facts.protocol.title if facts.protocol else ""
    return f"{protocol} names the sheet {form}, and the director has no version of it in force."
