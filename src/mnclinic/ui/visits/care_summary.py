"""What a reader sees of a visit beside its treated areas: vital signs, numbing, PRP, topicals, asepsis."""

from mnclinic.domain.derived_doses import derived_of_anaesthetic, spin_words
from mnclinic.domain.visit_document import VisitDocument, read_visit_document
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.elements import Card, facts_grid, label
from mnclinic.ui.forms.builder import facts_of
from mnclinic.ui.language import spoken
from mnclinic.ui.photos.words import pose_words
from mnclinic.ui.tokens import Type
from mnclinic.ui.visits.care_fields import ALONE_IN_CARE
from mnclinic.ui.visits.forms import choices_of, state_of
from mnclinic.ui.visits.photo_words import became_words


def care_card(view: VisitView) -> Card | None:
    """The card, each value with its unit and what follows from it; none where nothing of it is recorded."""
    state = state_of(view)
    fields = [field for field in ALONE_IN_CARE if state.get(field.key)]
    document = read_visit_document(view.document)
    lines = _lines(view, document)
    if not fields and not lines:
        return None
    card = Card(spoken("Preparation and products"))
    if fields:
        card.add(facts_grid(facts_of(fields, state, choices_of(view))))
    for words in lines:
        card.add(label(words, Type.BODY, wraps=True))
    return card


def _lines(view: VisitView, document: VisitDocument) -> list[str]:
    lines = []
    if document.anaesthetic is not None:
        derived = derived_of_anaesthetic(document.anaesthetic, view.care.anaesthetic_rule)
        lines.append(" ".join(spoken(one.words) for one in derived))
    prp = document.prp_kit
    if prp is not None:
        lines += [
            spoken("Spin: {speed} rpm, radius {radius} cm, {minutes} minutes.").format(
                speed=spin.rpm, radius=spin.radius_cm, minutes=spin.minutes
            )
            + " "
            + spoken(spin_words(spin.rpm, spin.radius_cm))
            for spin in prp.spins
        ]
        lines += [
            spoken("Label read back {clock} by {people}.").format(
                clock=f"{one.at:%H:%M}", people=", ".join(one.by)
            )
            for one in prp.read_back
        ]
    for topical in document.topicals:
        if topical.amount_ml is not None:
            lines.append(spoken("{name}: {amount} mL.").format(name=topical.name, amount=topical.amount_ml))
    if document.asepsis:
        lines.append(spoken("{count} steps of asepsis confirmed.").format(count=len(document.asepsis)))
    return [line for line in lines if line]


def photos_card(view: VisitView) -> Card | None:
    """What became of each view; none where the visit says nothing of photographs."""
    photos = read_visit_document(view.document).photos
    if not photos:
        return None
    card = Card(spoken("Photographs"))
    for one in photos:
        words = f"{pose_words(one.pose)}: {became_words(one)}" + (f". {one.reason}" if one.reason else "")
        card.add(label(words, Type.BODY, wraps=True))
    return card
