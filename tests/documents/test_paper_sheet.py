"""A sheet of paper carries its number on every page, the protocol's limits, and no markup of anybody's."""

from datetime import UTC, datetime
from typing import Any

import pytest

from mnclinic.documents.paper_sheet import PaperAbout, paper_sheet_pdf, paper_words
from tests.documents.reading import pages_of
from tests.domain.builders import draft

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ITEMS = [
    {
        "item": "fever",
        "class": "absolute",
        "question": "Do you have <b>fever</b> & chills?",
        "spanish": {"question": "¿Tiene fiebre?"},
    }
]


def made(language: str, **protocol: Any) -> list[str]:  # noqa: ANN401
    about = PaperAbout("Clinic <i>", draft("protocols/face-mechanical.json") | protocol, ITEMS, AT)
    return pages_of(paper_sheet_pdf("PB-000042", about, language=language))


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_names_the_sheet_and_the_limits_are_those_of_the_protocol(language: str) -> None:
    pages = made(language)
    assert all("PB-000042" in page for page in pages)
    text = " ".join(pages)
    for area in draft("protocols/face-mechanical.json")["areas"]:
        assert area["hard_max_mm"] in text
    assert paper_words(language)["signed"] in text


def test_text_of_the_clinic_never_acts_as_markup() -> None:
    text = " ".join(made("en"))
    assert "Clinic <i>" in text
    assert "<b>fever</b> & chills" in text


def test_the_questions_are_asked_in_the_language_of_the_sheet() -> None:
    assert "¿Tiene fiebre?" in " ".join(made("es"))
    assert paper_words("es").keys() == paper_words("en").keys()
    with pytest.raises(ValueError, match="en and es"):
        paper_words("fr")


def test_the_steps_against_infection_are_in_the_language_of_the_sheet() -> None:
    shipped = draft("protocols/face-mechanical.json")["asepsis"]
    own = "Count the swabs."
    spanish = " ".join(" ".join(made("es", asepsis=[*shipped, own])).split())
    assert "Lavarse las manos; ponerse guantes nuevos." in spanish
    assert own in spanish, "what the clinic wrote itself stays in its words"
    assert not [step for step in shipped if step in spanish]
    assert shipped[0] in " ".join(made("en", asepsis=["Lavarse las manos; ponerse guantes nuevos."]))
