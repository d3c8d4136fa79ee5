"""One version of a text for patients in both languages, as one document to edit. Pure.

What belongs to both stands once; what is read by the patient stands by language, in each section too:
`{"form": …, "title": {"en": …, "es": …}, "sections": [{"part": …, "en": {"heading": …}, "es": {…}}]}`.
"""

import re
from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from mnclinic.domain.consent import CONSENT_TEXT_2

Json = Mapping[str, Any]

LANGUAGES = ("en", "es")
BY_LANGUAGE = ("title", "notice", "agreement")
BOTH = ("format", "form", "version", "effective_on", "services", "asks", "addenda")
CONSENT_TEXT_1 = "mnclinic.consent-text/1"
_ROW = re.compile(r"(sections|levels)\[(\d+)\]\.(\w+)")


def pair_of(texts: Mapping[str, Json], first: str) -> dict[str, Any]:
    """Both languages of a text as one document; `texts` by language, `first` the one that decides.

    A language that is not there has no words yet. A text of the first form is brought into the second, where
    the parts of its sections and the agreement are for somebody to fill in.
    """
    head = texts[first]
    sides = {one: texts.get(one) or _without_words(head) for one in LANGUAGES}
    pair: dict[str, Any] = {name: head[name] for name in BOTH if name in head}
    is_first_form = pair["format"] == CONSENT_TEXT_1
    if is_first_form:
        pair["format"] = CONSENT_TEXT_2
    for name in BY_LANGUAGE:
        if name in head or (name == "agreement" and is_first_form):
            pair[name] = {one: str(sides[one].get(name, "")) for one in LANGUAGES}
    others = {one: sides[one]["sections"] for one in LANGUAGES}
    rows = zip_longest(*(others[one] for one in LANGUAGES), fillvalue={})
    pair["sections"] = [
        section_of(dict(zip(LANGUAGES, row, strict=True)), first, has_part=pair["format"] == CONSENT_TEXT_2)
        for row in rows
    ]
    if "levels" in head:
        words = {
            one: {row["level"]: row["words"] for row in sides[one].get("levels", ())} for one in LANGUAGES
        }
        pair["levels"] = [
            {"level": row["level"], **{one: words[one].get(row["level"], "") for one in LANGUAGES}}
            for row in head["levels"]
        ]
    return pair


def section_of(sides: Mapping[str, Json], first: str, *, has_part: bool) -> dict[str, Any]:
    """One section of a pair, of what each language has of it; nothing makes an empty one."""
    second = next(one for one in LANGUAGES if one != first)
    part = sides[first].get("part") or sides[second].get("part", "")
    row: dict[str, Any] = {"part": part} if has_part else {}
    for one in LANGUAGES:
        kept = {name: value for name, value in sides[one].items() if name != "part"}
        row[one] = {"heading": "", "text": ""} | kept
    return row


def text_of(pair: Json, language: str) -> dict[str, Any]:
    """One language of a pair, as the schema of consent texts has it. What is empty and may be left out is."""
    text: dict[str, Any] = {name: pair[name] for name in BOTH if name in pair}
    text["language"] = language
    if "addenda" in text:
        text["addenda"] = {what: form for what, form in text["addenda"].items() if form}
    for name in ("services", "addenda"):
        if name in text and not text[name]:
            del text[name]
    for name in BY_LANGUAGE:
        words = pair.get(name, {}).get(language, "")
        if words or (name in pair and name != "notice"):
            text[name] = words
    text["sections"] = [_section(row, language) for row in pair["sections"]]
    if "levels" in pair:
        text["levels"] = [{"level": row["level"], "words": row[language]} for row in pair["levels"]]
    return text


def place_in_pair(where: str, language: str) -> str:
    """Where in a pair the problem stands that a text of one language has at `where`."""
    if where in BY_LANGUAGE:
        return f"{where}.{language}"
    found = _ROW.fullmatch(where)
    if found is None or found[3] in {"part", "level"}:
        return where
    place = f"{found[1]}[{found[2]}].{language}"
    return f"{place}.{found[3]}" if found[1] == "sections" else place


def _section(row: Json, language: str) -> dict[str, Any]:
    part = {"part": row["part"]} if "part" in row else {}
    return part | {name: value for name, value in row[language].items() if value or name != "source"}


def _without_words(text: Json) -> dict[str, Any]:
    return {
        **text,
        **{name: "" for name in BY_LANGUAGE if name in text},
        "sections": [{**row, "heading": "", "text": ""} for row in text["sections"]],
        **(
            {"levels": [{"level": row["level"], "words": ""} for row in text["levels"]]}
            if "levels" in text
            else {}
        ),
    }
