"""A sheet that the director approved is one page where it can be: when to call stands with the rest."""

import json

import pytest

from mnclinic.documents.consent_form import FormAbout, FormText, patient_sheet
from mnclinic.documents.parts import Field
from mnclinic.resource_files import resource_text
from tests.documents.reading import letters_drawn, pages_of, squeezed
from tests.documents.test_log_stamp import NOTE

PHONES = ("(512) 555-0100", "(512) 555-0199")


def printed(language: str, sections: list[tuple[str, str]]) -> bytes:
    about = FormAbout(
        clinic_name="Sampleton Skin Studio",
        patient_name="Ana María Núñez",
        record_number="P-000001",
        born_on="1990-01-01",
        visit_number="V-000001",
        checkpoint=NOTE,
        facts=[Field("Performed by", "T. Reyes, RN"), Field("Areas treated", "Forehead, cheek, nose, chin")],
        numbers=("Our telephone", "After hours"),
        phones=PHONES,
    )
    text = FormText("After your microneedling", "aftercare", 1, sections, "0" * 64)
    return patient_sheet(text, about, language=language).pdf()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_shipped_aftercare_sheet_is_one_page_with_its_red_flags_and_telephones(language: str) -> None:
    draft = json.loads(resource_text(f"drafts/consent_texts/microneedling-aftercare-1-{language}.json"))
    sections = [(one["heading"], one["text"]) for one in draft["sections"]]
    (page,) = pages_of(printed(language, sections))
    read = squeezed(page)
    said = [line for heading, text in sections for line in (heading, *text.splitlines())]
    places = [read.find(squeezed(line)) for line in said]
    assert -1 not in places, said[places.index(-1)]
    headings = [read.find(squeezed(heading)) for heading, _ in sections]
    assert headings == sorted(headings), "who listens to the page hears the director's order"
    assert all(squeezed(one) in read for one in PHONES)


def test_two_lists_that_follow_on_each_other_stand_side_by_side_and_nothing_else_does() -> None:
    lists = [("Today", "– Rest.\n– Drink."), ("Later", "Do:\n– Walk."), ("Call", "– Pus.\n– Fever.")]
    drawn = letters_drawn(printed("en", [("About", "Read it."), *lists, ("Medicines", "Ask us.")]))
    at = {said: (round(x), round(y)) for x, y, said in drawn}
    left = at["About"][0]
    assert at["Today"][0] == left
    assert at["Today"][1] == at["Later"][1]
    assert at["Later"][0] > left
    assert {at[one][0] for one in ("Call", "Medicines")} == {left}


def test_a_list_of_more_than_a_page_is_printed_whole() -> None:
    long = "\n".join(f"– Line number {number:03d}." for number in range(1, 121))
    pages = pages_of(printed("en", [("Today", long), ("Later", long), ("Call", "– Pus.\n– Fever.")]))
    whole = " ".join(pages)
    assert len(pages) > 2
    assert [whole.count(f"Line number {number:03d}.") for number in range(1, 121)] == [2] * 120
