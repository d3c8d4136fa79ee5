"""The shipped consent texts and the sheet about preparing: whole, alike in both languages, easy to read."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from mnclinic.domain.consent import PHOTO_LEVELS
from tests.domain.builders import draft, shipped_drafts

TEXTS = {name: one for name, one in shipped_drafts("consent_texts").items() if "agreement" in one}
FORMS = sorted({name.rpartition("-")[0] for name in TEXTS})
PARTS = {
    *("procedure", "expectations", "risks", "benefits", "alternatives", "contraindications", "anaesthetic"),
    *("aftercare", "questions", "performer", "delegation", "off_label", "photographs"),
    *("electronic_signature", "interpreter"),
}
CHANGES = re.compile(
    r"\b(stop|start|pause|skip|discontinue|hold|resume|avoid|suspend|do not take|don't take"
    r"|deje de tomar|suspend|empiece a tomar|no tome|interrump|reanud|evite)\w*",
    re.IGNORECASE,
)
MEDICINES = re.compile(
    r"aspirin|ibuprofen|warfarin|retin|isotretin|antiviral|aciclovir|acyclovir|valaciclovir|antibiotic"
    r"|medicine|medicamento|medicina|pill|tablet|drug|anticoagul|steroid|esteroide",
    re.IGNORECASE,
)


def precare(language: str) -> dict[str, Any]:
    return draft(f"consent_texts/microneedling-precare-2-{language}.json")


def sentences() -> Iterator[tuple[str, str]]:
    """Every sentence that a patient reads, with where it stands."""
    for name, text in TEXTS.items():
        said = [text["title"], text["agreement"], *(one["words"] for one in text.get("levels", ()))]
        said += [words for one in text["sections"] for words in (one["heading"], one["text"])]
        yield from ((name, one) for words in said for one in re.split(r"(?<=[.;])\s+", words))
    for language in ("en", "es"):
        sheet = precare(language)
        said = [sheet["title"]]
        said += [words for one in sheet["sections"] for words in (one["heading"], *one["text"].splitlines())]
        yield from (
            (f"precare-{language}", one) for words in said for one in re.split(r"(?<=[.;])\s+", words)
        )


def test_no_text_tells_to_stop_or_start_a_medicine() -> None:
    read = [*sentences()]
    assert len(read) > 150
    assert [one for one in read if MEDICINES.search(one[1]) and CHANGES.search(one[1])] == []
    named = [words for _, words in read if re.search(r"about a medicine|sobre una medicina", words)]
    assert all(re.search(r"prescribed|recetó", words) for words in named)


def test_the_consent_has_every_part() -> None:
    for language in ("en", "es"):
        text = draft(f"consent_texts/microneedling-5-{language}.json")
        assert {one["part"] for one in text["sections"]} == PARTS
        assert text["addenda"] == {"prp": "microneedling-prp", "photo": "photographs"}


def test_photographs_are_chosen_by_level_from_none_to_marketing() -> None:
    for language in ("en", "es"):
        levels = draft(f"consent_texts/photographs-1-{language}.json")["levels"]
        assert [one["level"] for one in levels] == list(PHOTO_LEVELS)


@pytest.mark.parametrize("form", FORMS)
def test_each_form_says_the_same_in_both_languages(form: str) -> None:
    english, spanish = (TEXTS[f"{form}-{language}.json"] for language in ("en", "es"))
    for name in ("form", "version", "asks", "addenda", "effective_on"):
        assert english.get(name) == spanish.get(name), name
    assert len(english["sections"]) == len(spanish["sections"])
    for one, other in zip(english["sections"], spanish["sections"], strict=True):
        assert (one["part"], one["source"]) == (other["part"], other["source"])
        assert 0.6 < len(one["text"]) / len(other["text"]) < 1.4, one["heading"]


def test_the_sheet_about_preparing_says_the_same_in_both_languages() -> None:
    english, spanish = precare("en"), precare("es")
    for name in ("form", "version", "effective_on", "services"):
        assert english.get(name) == spanish.get(name), name
    lines = [[len(one["text"].splitlines()) for one in sheet["sections"]] for sheet in (english, spanish)]
    assert lines[0] == lines[1]


@pytest.mark.parametrize("form", FORMS)
def test_each_form_reads_easily(form: str) -> None:
    """About grade 8: short sentences, short words."""
    text = " ".join(section["text"] for section in TEXTS[f"{form}-en.json"]["sections"])
    said = [one for one in re.split(r"[.:;]\s+", text) if one]
    words = re.findall(r"[a-z'-]+", text.lower())
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", word.removesuffix("e")))) for word in words)
    assert 0.39 * len(words) / len(said) + 11.8 * syllables / len(words) - 15.59 < 8.5
