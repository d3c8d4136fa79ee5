"""The form of a text for patients in both languages, made from the pair that it is to edit. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from mnclinic.domain.patient_sheets import SHEET_FORMATS
from mnclinic.domain.text_pair import LANGUAGES
from mnclinic.domain.typed_values import read_day
from mnclinic.ui.forms.fields import QT_TRANSLATE_NOOP, Field
from mnclinic.ui.forms.fields import Kind as FieldKind
from mnclinic.ui.language import spoken
from mnclinic.ui.protocols.forms import Group, Section, several, text_parts
from mnclinic.ui.protocols.values import NAMES, TEXT, Leaf, Path, leaf
from mnclinic.ui.words import plain

Json = Mapping[str, Any]

ASKS = ("witness", "precare")
"""What a text may ask for besides the signature, as its schema has them."""

TITLE = {
    "en": QT_TRANSLATE_NOOP("forms", "Title, English"),
    "es": QT_TRANSLATE_NOOP("forms", "Title, Spanish"),
}
NOTICE = {
    "en": QT_TRANSLATE_NOOP("forms", "Notice to the director, English"),
    "es": QT_TRANSLATE_NOOP("forms", "Notice to the director, Spanish"),
}
HEADING = {
    "en": QT_TRANSLATE_NOOP("forms", "Heading, English"),
    "es": QT_TRANSLATE_NOOP("forms", "Heading, Spanish"),
}
WORDS = {
    "en": QT_TRANSLATE_NOOP("forms", "Words, English"),
    "es": QT_TRANSLATE_NOOP("forms", "Words, Spanish"),
}
SOURCE = {
    "en": QT_TRANSLATE_NOOP("forms", "Source, English"),
    "es": QT_TRANSLATE_NOOP("forms", "Source, Spanish"),
}


def text_sections(pair: Json) -> tuple[Section, ...]:
    """Every section of the form for a text: the document, what the patient reads, what is agreed to."""
    sections = [
        Section(
            "document", spoken("Document"), (Group(spoken("Document"), tuple(_head(pair)), is_beside=True),)
        ),
        Section(
            "sections",
            spoken("Sections"),
            tuple(_section(number, row) for number, row in enumerate(pair["sections"])),
            adds="sections",
        ),
    ]
    if "levels" in pair:
        levels = tuple(
            Group(plain(row["level"]), tuple(_both(("levels", number), WORDS)), is_beside=True)
            for number, row in enumerate(pair["levels"])
        )
        sections.append(Section("levels", spoken("Levels"), levels))
    if "agreement" in pair:
        help_text = spoken("The words that whoever signs agrees to.")
        agreement = Group(spoken("Agreement"), tuple(_both(("agreement",), WORDS)), help_text, is_beside=True)
        sections.append(Section("agreement", spoken("Agreement"), (agreement,)))
    return tuple(sections)


def _head(pair: Json) -> Iterator[Leaf]:
    yield from _both(("title",), TITLE, FieldKind.WORDS)
    day = QT_TRANSLATE_NOOP("forms", "In force from")
    yield leaf(("effective_on",), Field("", day, day, FieldKind.DAY, rule=read_day), TEXT)
    if pair["format"] in SHEET_FORMATS:
        services = QT_TRANSLATE_NOOP("forms", "Services")
        help_text = QT_TRANSLATE_NOOP("forms", "Commas between. Empty: for every service.")
        yield leaf(("services",), Field("", services, services, help=help_text), NAMES)
    else:
        asks = QT_TRANSLATE_NOOP("forms", "Asks for besides")
        yield leaf(("asks",), several(asks, ASKS), NAMES)
        for name, words in (
            ("prp", QT_TRANSLATE_NOOP("forms", "Addendum for the patient's own blood")),
            ("photo", QT_TRANSLATE_NOOP("forms", "Addendum for photographs")),
        ):
            yield leaf(("addenda", name), Field("", words, words), TEXT)
    if "notice" in pair:
        yield from _both(("notice",), NOTICE)


def _section(number: int, row: Json) -> Group:
    path: Path = ("sections", number)
    part = QT_TRANSLATE_NOOP("forms", "Part of a consent")
    options = text_parts()
    unknown = QT_TRANSLATE_NOOP("forms", "Not known")
    parts = Field("", part, part, FieldKind.CHOICE, options=options, nothing=unknown)
    leaves = (
        *_each(path, "heading", HEADING, FieldKind.WORDS),
        *_each(path, "text", WORDS, FieldKind.NOTE),
        *_each(path, "source", SOURCE, FieldKind.WORDS),
        *((leaf((*path, "part"), parts, TEXT),) if "part" in row else ()),
    )
    title = row["en"].get("heading") or row["es"].get("heading") or spoken("New section")
    return Group(f"{number + 1}. {title}", leaves, place=path, is_beside=True)


def _each(path: Path, name: str, words: Mapping[str, str], kind: FieldKind) -> Iterator[Leaf]:
    for one in LANGUAGES:
        yield leaf((*path, one, name), Field("", words[one], words[one], kind), TEXT)


def _both(path: Path, words: Mapping[str, str], kind: FieldKind = FieldKind.NOTE) -> Iterator[Leaf]:
    for one in LANGUAGES:
        yield leaf((*path, one), Field("", words[one], words[one], kind), TEXT)
