"""What the fields of a visit document are called that no form has by itself, and the card that each is on.

A correction names any field of the record, so the parts of a row, a code or a label need words too.
"""

import re
from datetime import datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from mnclinic.domain.amendment import unit_of_path, words_of_value
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.language import spoken
from mnclinic.ui.words import instant_words

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")
_NUMBER = re.compile(r"(?<=\.)\d+(?=\.|$)")

WORDS = {
    "service": QT_TRANSLATE_NOOP("FieldWords", "Service"),
    "supervised_by": QT_TRANSLATE_NOOP("FieldWords", "Supervised by"),
    "aftercare_sheet": QT_TRANSLATE_NOOP("FieldWords", "Aftercare sheet"),
    "aftercare.given_at": QT_TRANSLATE_NOOP("FieldWords", "Aftercare sheet: given at"),
    "aftercare.given_by": QT_TRANSLATE_NOOP("FieldWords", "Aftercare sheet: given by"),
    "aftercare.taught_back": QT_TRANSLATE_NOOP("FieldWords", "Aftercare sheet: told back in own words"),
    "aftercare.text_sha256": QT_TRANSLATE_NOOP("FieldWords", "Aftercare sheet: hash of the text"),
    "planned_areas.#": QT_TRANSLATE_NOOP("FieldWords", "Area planned, {number}"),
    "fitzpatrick.assessed_on": QT_TRANSLATE_NOOP("FieldWords", "Phototype found on"),
    "exam.services.#": QT_TRANSLATE_NOOP("FieldWords", "Service cleared, {number}"),
    "exam.areas.#": QT_TRANSLATE_NOOP("FieldWords", "Area cleared, {number}"),
    "exam.device_classes.#": QT_TRANSLATE_NOOP("FieldWords", "Kind of device cleared, {number}"),
    "exam.outside.accepted_on": QT_TRANSLATE_NOOP("FieldWords", "Exam from elsewhere accepted on"),
    "exam.outside.paper_sha256": QT_TRANSLATE_NOOP("FieldWords", "Hash of the exam's paper"),
    "exam.note": QT_TRANSLATE_NOOP("FieldWords", "Note on the exam"),
    "order.note": QT_TRANSLATE_NOOP("FieldWords", "Note on the order"),
    "order.areas.#": QT_TRANSLATE_NOOP("FieldWords", "Area ordered, {number}"),
    "order.devices.#": QT_TRANSLATE_NOOP("FieldWords", "Device ordered, {number}"),
    "precare.sheet": QT_TRANSLATE_NOOP("FieldWords", "Sheet about preparing"),
    "precare.version": QT_TRANSLATE_NOOP("FieldWords", "Sheet about preparing: version"),
    "precare.language": QT_TRANSLATE_NOOP("FieldWords", "Sheet about preparing: language"),
    "precare.given_at": QT_TRANSLATE_NOOP("FieldWords", "Sheet about preparing: given at"),
    "precare.given_by": QT_TRANSLATE_NOOP("FieldWords", "Sheet about preparing: given by"),
    "precare.how": QT_TRANSLATE_NOOP("FieldWords", "Sheet about preparing: given how"),
    "precare.text_sha256": QT_TRANSLATE_NOOP("FieldWords", "Sheet about preparing: hash of the text"),
    "skin.assessed_on": QT_TRANSLATE_NOOP("FieldWords", "Skin looked at on"),
    "skin.lesions.#.area": QT_TRANSLATE_NOOP("FieldWords", "Skin today, line {number}: area"),
    "skin.lesions.#.item": QT_TRANSLATE_NOOP("FieldWords", "Skin today, line {number}: what is seen"),
    "skin.lesions.#.note": QT_TRANSLATE_NOOP("FieldWords", "Skin today, line {number}: note"),
    "vitals.pulse_per_min": QT_TRANSLATE_NOOP("FieldWords", "Pulse"),
    "vitals.temperature_f": QT_TRANSLATE_NOOP("FieldWords", "Temperature"),
    "vitals.taken_at": QT_TRANSLATE_NOOP("FieldWords", "Vital signs taken at"),
    "cartridge.expires_on": QT_TRANSLATE_NOOP("FieldWords", "Cartridge expires on"),
    "cartridge.needle_length_mm": QT_TRANSLATE_NOOP("FieldWords", "Needle length of the cartridge"),
    "cartridge.udi": QT_TRANSLATE_NOOP("FieldWords", "Code on the cartridge's label"),
    "cartridge.serial": QT_TRANSLATE_NOOP("FieldWords", "Serial number of the cartridge"),
    "anaesthetic.lot": QT_TRANSLATE_NOOP("FieldWords", "Lot of the numbing product"),
    "anaesthetic.expires_on": QT_TRANSLATE_NOOP("FieldWords", "Numbing product expires on"),
    "prp.radius_cm": QT_TRANSLATE_NOOP("FieldWords", "Radius of the rotor"),
    "prp.g_force": QT_TRANSLATE_NOOP("FieldWords", "Force of the centrifuge"),
    "prp.rpm": QT_TRANSLATE_NOOP("FieldWords", "Speed of the centrifuge"),
    "prp.minutes": QT_TRANSLATE_NOOP("FieldWords", "Minutes in the centrifuge"),
    "prp.anticoagulant": QT_TRANSLATE_NOOP("FieldWords", "Anticoagulant"),
    "prp.activator": QT_TRANSLATE_NOOP("FieldWords", "Activator"),
    "prp.spins.#.rpm": QT_TRANSLATE_NOOP("FieldWords", "Spin {number}: speed"),
    "prp.spins.#.radius_cm": QT_TRANSLATE_NOOP("FieldWords", "Spin {number}: radius"),
    "prp.spins.#.minutes": QT_TRANSLATE_NOOP("FieldWords", "Spin {number}: minutes"),
    "prp.spins.#.spun_at": QT_TRANSLATE_NOOP("FieldWords", "Spin {number}: begun at"),
    "prp.spins.#.by": QT_TRANSLATE_NOOP("FieldWords", "Spin {number}: by"),
    "topicals.#.name": QT_TRANSLATE_NOOP("FieldWords", "Topical, line {number}: name"),
    "topicals.#.lot": QT_TRANSLATE_NOOP("FieldWords", "Topical, line {number}: lot"),
    "topicals.#.expires_on": QT_TRANSLATE_NOOP("FieldWords", "Topical, line {number}: expires on"),
    "topicals.#.amount_ml": QT_TRANSLATE_NOOP("FieldWords", "Topical, line {number}: amount"),
    "topicals.#.used": QT_TRANSLATE_NOOP("FieldWords", "Topical, line {number}: used for"),
    "asepsis.#.item": QT_TRANSLATE_NOOP("FieldWords", "Asepsis, step {number}"),
    "asepsis.#.confirmed_at": QT_TRANSLATE_NOOP("FieldWords", "Asepsis, step {number}: confirmed at"),
    "asepsis.#.by": QT_TRANSLATE_NOOP("FieldWords", "Asepsis, step {number}: confirmed by"),
    "lines.#.started_at": QT_TRANSLATE_NOOP("FieldWords", "Begun at, line {number}"),
    "lines.#.ended_at": QT_TRANSLATE_NOOP("FieldWords", "Ended at, line {number}"),
    "lines.#.note": QT_TRANSLATE_NOOP("FieldWords", "Note, line {number}"),
    "reasons.#.code": QT_TRANSLATE_NOOP("FieldWords", "Reason to go on, {number}: about what"),
    "reasons.#.reason": QT_TRANSLATE_NOOP("FieldWords", "Reason to go on, {number}: in words"),
    "screening.#.item": QT_TRANSLATE_NOOP("FieldWords", "{topic}: which question"),
    "screening.#.answer": QT_TRANSLATE_NOOP("FieldWords", "{topic}: answer"),
    "screening.#.last_on": QT_TRANSLATE_NOOP("FieldWords", "{topic}: day of last use"),
    "screening.#.note": QT_TRANSLATE_NOOP("FieldWords", "{topic}: words beside"),
    "screening.#.areas.#": QT_TRANSLATE_NOOP("FieldWords", "{topic}: area"),
}
"""By the place in the document, # for each number of a list."""

CARDS = {
    QT_TRANSLATE_NOOP("FieldWords", "Visit"): (
        "service",
        "indication",
        "supervised_by",
        "started_at",
        "ended_at",
        "identity",
        "planned_areas",
    ),
    QT_TRANSLATE_NOOP("FieldWords", "Screening"): ("screening", "skin", "fitzpatrick", "last_session_on"),
    QT_TRANSLATE_NOOP("FieldWords", "Exam and order"): ("exam", "order"),
    QT_TRANSLATE_NOOP("FieldWords", "Preparation and care"): (
        "precare",
        "vitals",
        "anaesthetic",
        "prp",
        "topicals",
        "asepsis",
        "aftercare_sheet",
        "aftercare",
        "photos",
    ),
    QT_TRANSLATE_NOOP("FieldWords", "Treatment"): ("device", "cartridge", "lines", "note", "reasons"),
}
"""Which part of the document is on which card, in the order in which a visit is gone through."""


def document_words(key: str, view: VisitView | None) -> str:
    """A field by its place in the document (`prp.spins.0.rpm`); empty for one that has no words here."""
    words = WORDS.get(_NUMBER.sub("#", key))
    if words is None:
        return ""
    numbers = [int(one) for one in _NUMBER.findall(key)]
    said = QCoreApplication.translate("FieldWords", str(words))
    at = numbers[0] if numbers else 0
    return said.format(number=at + 1, topic=_topic(at, view) if "{topic}" in str(words) else "")


def _topic(at: int, view: VisitView | None) -> str:
    """What a question of the screening is about, by its place among the answers."""
    rows = view.document.get("screening", []) if view is not None else []
    item = rows[at]["item"] if at < len(rows) else ""
    topics = {one.item: one.topic for one in view.screening} if view is not None else {}
    question = QCoreApplication.translate("FieldWords", "Question {number}").format(number=at + 1)
    return spoken(topics[item]) if item in topics else question


def card_of(path: str) -> tuple[int, str]:
    """The card that a field of the document is on: its place among them, and its words."""
    part = re.split(r"[.\[]", path, maxsplit=1)[0]
    for at, (words, parts) in enumerate(CARDS.items()):
        if part in parts:
            return at, QCoreApplication.translate("FieldWords", str(words))
    return len(CARDS), QCoreApplication.translate("FieldWords", "Other")


def value_words(path: str, held: str | None) -> str:
    """What a field says, the JSON text `held`, for whoever reads or chooses it; empty for nothing.

    A figure stands with its unit and a moment as elsewhere on the screen; yes and no, and a step of the
    shipped protocols, in the language spoken. A code stays as it is typed.
    """
    said, unit = words_of_value(held), unit_of_path(path)
    if said and unit:
        return f"{said} {spoken(unit)}"
    if MOMENT.fullmatch(said):
        return instant_words(datetime.fromisoformat(said))
    is_step = path.startswith("asepsis") and path.endswith("item")
    is_answer = said in {"yes", "no"} and (held in {"true", "false"} or path.endswith(".answer"))
    return spoken(said) if is_step or is_answer else said
