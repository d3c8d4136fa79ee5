"""Fields of a visit by name, and their values as a person reads them, for sentences about them."""

import json
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from mnclinic.services.show_visit import VisitView
from mnclinic.ui.forms.builder import said, shown_value
from mnclinic.ui.forms.fields import Option
from mnclinic.ui.forms.merge import Difference
from mnclinic.ui.forms.parts import Rows
from mnclinic.ui.language import spoken
from mnclinic.ui.visits.care_fields import CARE_ROWS
from mnclinic.ui.visits.care_parts import ASEPSIS, SPINS, TOPICALS
from mnclinic.ui.visits.document_words import document_words
from mnclinic.ui.visits.exam_fields import ONLY
from mnclinic.ui.visits.forms import ALONE, LESIONS, LINES, choices_of
from mnclinic.ui.visits.parts import (
    AREAS,
    ASIDES,
    CONSENT,
    LAST_ON,
    NOTE,
    PLANNED_AREAS,
    REASONS,
    SCREENING,
    SKIN,
)
from mnclinic.ui.visits.photo_parts import PHOTOS

_ALONE = {field.key: field for field in ALONE}
_CELLS = {
    LINES.name: {field.key: field for field in LINES.every_field},
    LESIONS.name: {field.key: field for field in LESIONS.fields},
    **{rows.name: {field.key: field for field in rows.fields} for rows in CARE_ROWS},
}


def words_of(key: str, view: VisitView | None) -> str:
    """A field by name, "Depth, line 2": by its key, or by its place in the document (lines[1].depth_mm)."""
    key = key.replace("[", ".").replace("]", "")
    if key in _ALONE:
        return said(_ALONE[key].words)
    if key in ONLY:
        return said(ONLY[key])
    if by_itself := _cell_words(key) or document_words(key, view):
        return by_itself
    name, _, rest = key.partition(".")
    if name == PLANNED_AREAS:
        return QCoreApplication.translate("FieldWords", "Areas planned")
    if name == SKIN:
        return QCoreApplication.translate("FieldWords", "Skin today")
    if name in _CELLS:
        return _list_words(name)
    if name == SCREENING:
        item = rest.removesuffix(LAST_ON).removesuffix(NOTE).removesuffix(AREAS)
        topics = {one.item: one.topic for one in view.screening} if view else {}
        topic = spoken(topics.get(item, item))
        if rest.endswith(LAST_ON):
            day = QCoreApplication.translate("FieldWords", "Day of last use: {topic}")
            return day.format(topic=spoken(topic))
        if rest.endswith(NOTE):
            words = QCoreApplication.translate("FieldWords", "Words beside: {topic}")
            return words.format(topic=topic)
        if rest.endswith(AREAS):
            areas = QCoreApplication.translate("FieldWords", "Areas: {topic}")
            return areas.format(topic=topic)
        return spoken(topic)
    return _other_words(name, rest) or key


def _cell_words(key: str) -> str:
    """A column of a list of rows, and its line; empty where no list has it."""
    found = next((one for one in _CELLS if key.startswith(f"{one}.")), "")
    number, _, field = key.removeprefix(f"{found}.").partition(".")
    cell = _CELLS[found].get(field) if found else None
    if cell is None:
        return ""
    line = QCoreApplication.translate("FieldWords", "{field}, line {number}")
    return line.format(field=said(cell.words), number=int(number) + 1)


def _other_words(name: str, rest: str) -> str:
    """A part that is no field, no row and no question; empty for one without a name."""
    if name == ASEPSIS:
        return QCoreApplication.translate("FieldWords", "Asepsis: {step}").format(step=spoken(rest))
    if name == PHOTOS:
        return QCoreApplication.translate("FieldWords", "Photographs")
    if name == REASONS:
        return QCoreApplication.translate("FieldWords", "Reason to go on")
    return QCoreApplication.translate("FieldWords", "Consent") if name == CONSENT else ""


def _list_words(name: str) -> str:
    """A list of rows by name."""
    if name == LINES.name:
        return QCoreApplication.translate("FieldWords", "Treated areas")
    if name == SPINS:
        return QCoreApplication.translate("FieldWords", "Spins of the centrifuge")
    if name == TOPICALS:
        return QCoreApplication.translate("FieldWords", "Topicals")
    return QCoreApplication.translate("FieldWords", "Skin today")


def value_of(difference: Difference, view: VisitView, *, theirs: bool) -> str:
    """One side of a difference as a person reads it; empty for nothing."""
    state = difference.theirs if theirs else difference.mine
    choices = choices_of(view)
    for rows in (LINES, LESIONS, *CARE_ROWS):
        if difference.at == rows.name:
            return "; ".join(_line(rows, row, choices) for row in rows.rows(state))
    text = state.get(difference.at, "")
    name, _, rest = difference.at.partition(".")
    field = _ALONE.get(difference.at) or (_CELLS.get(name, {}).get(rest.partition(".")[2]))
    if field is not None:
        return shown_value(field, text, choices.get(field.choices, ())).replace("\n", " ")
    if name == SCREENING and not rest.endswith(ASIDES):
        answers = {
            "no": QCoreApplication.translate("FieldWords", "No"),
            "yes": QCoreApplication.translate("FieldWords", "Yes"),
            "unknown": QCoreApplication.translate("FieldWords", "Not known"),
        }
        return answers.get(text, text)
    if name == CONSENT and text:
        signed = QCoreApplication.translate("FieldWords", "signed {at}")
        return signed.format(at=json.loads(text)["signed_at"])
    return text


def _line(rows: Rows, row: Mapping[str, str], choices: Mapping[str, tuple[Option, ...]]) -> str:
    words = [
        shown_value(field, row.get(field.key, ""), choices.get(field.choices, ()))
        for field in rows.every_field
    ]
    return " ".join(one for one in words if one)
