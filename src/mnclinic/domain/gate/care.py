"""What has to be true of the records beside the lines before the performer signs: numbing, PRP, asepsis.

Nobody passes a numbing cream that is still on, or blood that is not the patient's own. A visit without a line
has not been treated, so what belongs to the treatment is not asked of it yet.
"""

from collections.abc import Iterator

from mnclinic.domain.care_notes import AnaestheticNote, PrpNote
from mnclinic.domain.finding import Finding, Light, PassedBy, refused, undone, warned
from mnclinic.domain.gate.facts import VisitFacts
from mnclinic.domain.names import is_same_person

LIGHT = Light.SUPPLIES


def care_findings(facts: VisitFacts) -> Iterator[Finding]:
    """Everything about what was put on, drawn and confirmed."""
    document = facts.document
    if document.anaesthetic is not None and document.lines:
        yield from _still_on(document.anaesthetic, facts)
    if document.prp_kit is not None:
        yield from _identity(document.prp_kit, facts)
        if document.lines:
            yield from _custody(document.prp_kit)
            yield from _read_back(document.prp_kit)
    if document.lines:
        yield from _asepsis(facts)


def _still_on(note: AnaestheticNote, facts: VisitFacts) -> Iterator[Finding]:
    document, where = facts.document, "anaesthetic.removed_at"
    if note.removed_at is None:
        said = f"{note.name} is still on: nobody wrote down when it came off. Needling begins after that."
        yield undone("anaesthetic_still_on", LIGHT, said, where)
    else:
        begun_at = document.needled_from
        if begun_at is not None and note.removed_at > begun_at:
            said = f"{note.name} was still on when needling began: it came off after that."
            yield refused("anaesthetic_on_when_needled", LIGHT, said, where)
        elif document.ended_at is not None and note.removed_at > document.ended_at:
            said = f"{note.name} was still on when the treatment ended: it came off after that."
            yield refused("anaesthetic_on_when_needled", LIGHT, said, where)
    if note.is_wiped_off is None:
        said = f"Nobody confirmed that {note.name} was wiped off fully before needling."
        yield undone("anaesthetic_wipe_missing", LIGHT, said, "anaesthetic.wiped_off")
    elif not note.is_wiped_off:
        said = f"{note.name} was not wiped off fully. It is not made for skin that is broken by needles."
        yield refused("anaesthetic_not_wiped_off", LIGHT, said, "anaesthetic.wiped_off")


def _identity(prp: PrpNote, facts: VisitFacts) -> Iterator[Finding]:
    """Whose blood it is. Nobody lets another name pass."""
    label = prp.label
    if label is not None:
        printed = f"{label.first_name} {label.last_name}"
        if not is_same_person(printed, facts.patient_name):
            said = "The tube's label does not name this patient. This blood must not be used here."
            yield refused("prp_identity_mismatch", LIGHT, said, "prp.tube_label.last_name")
        elif facts.born_on is not None and label.born_on != facts.born_on:
            said = "The tube's label has another birth date than this patient. It must not be used here."
            yield refused("prp_identity_mismatch", LIGHT, said, "prp.tube_label.born_on")
    elif facts.document.lines:
        said = "Nobody wrote down what stands on the tube's label: name and date of birth."
        yield undone("prp_label_missing", LIGHT, said, "prp.tube_label.last_name")
    if prp.is_one_patient_in_rotor is False:
        said = "The centrifuge held another person's tubes too."
        yield refused("prp_rotor_shared", LIGHT, said, "prp.one_patient_in_rotor", by=PassedBy.DIRECTOR)
    elif prp.is_one_patient_in_rotor is None and facts.document.lines:
        said = "Nobody confirmed that the centrifuge held this patient's tubes alone."
        yield undone("prp_rotor_missing", LIGHT, said, "prp.one_patient_in_rotor")
    unknown = sorted(prp.people - {one.user for one in facts.prp_people})
    if unknown:
        said = f"Nobody here has this user name: {', '.join(unknown)}. The PRP names them."
        yield refused("prp_person_unknown", LIGHT, said, "prp.drawn_by")
    drawer = next((one for one in facts.prp_people if one.user == prp.drawn_by), None)
    role = facts.policy.role(drawer.credential) if facts.policy and drawer else None
    has_roles = facts.policy is not None and facts.policy.roles is not None
    if drawer is not None and has_roles and (role is None or not role.may_draw_blood):
        said = f"The policy does not let {drawer.name} draw blood."
        yield refused("prp_drawer_not_permitted", Light.AUTHORITY, said, "prp.drawn_by")


def _custody(prp: PrpNote) -> Iterator[Finding]:
    """From the draw to the skin: when, and in whose hands."""
    missing = [
        words
        for words, value in (
            ("when the blood was drawn", prp.drawn_at),
            ("who drew it", prp.drawn_by),
            ("how it was spun", prp.spins),
            ("when it was applied", prp.applied_at),
            ("who applied it", prp.applied_by),
        )
        if not value
    ]
    if missing:
        said = f"The way of the PRP is not whole. Still to be written down: {', '.join(missing)}."
        where = "prp.drawn_at" if prp.drawn_at is None else "prp.applied_at"
        yield undone("prp_custody_missing", LIGHT, said, where, by=PassedBy.DIRECTOR)


def _read_back(prp: PrpNote) -> Iterator[Finding]:
    where = "prp.read_back"
    reads = sorted(one.at for one in prp.read_back)
    if not reads:
        said = (
            "Nobody has read the tube's label back against the patient yet. Two people do, before spinning "
            "and again before use."
        )
        yield undone("prp_not_read_back", LIGHT, said, where)
        return
    spun_at, applied_at = prp.spun_at, prp.applied_at
    if spun_at is not None and reads[0] > spun_at:
        said = "The tube's label was not read back before it was spun."
        yield refused("prp_not_read_back_first", LIGHT, said, where, by=PassedBy.DIRECTOR)
    before_use = [at for at in reads if (spun_at is None or at >= spun_at)]
    if applied_at is not None:
        before_use = [at for at in before_use if at <= applied_at]
    if not before_use or (spun_at is None and len(before_use) == 1):
        said = "The tube's label was not read back again after spinning and before the PRP was used."
        yield undone("prp_not_read_back_before_use", LIGHT, said, where)


def _asepsis(facts: VisitFacts) -> Iterator[Finding]:
    protocol = facts.protocol
    if protocol is None:
        return
    confirmed = {one.item for one in facts.document.asepsis}
    missing = [item for item in protocol.asepsis if item not in confirmed]
    if missing:
        said = f"Not confirmed of what {protocol.words} asks against infection: {' '.join(missing)}"
        yield warned("asepsis_not_confirmed", LIGHT, said, "asepsis")
