"""Recovery, fingerprint and aftercare sheets: one page each, and exactly what they promise."""

import io
import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

import pytest
from pypdf import PdfReader

from mnclinic.documents.aftercare_sheet import aftercare_sheet as laid_out
from mnclinic.documents.aftercare_sheet import aftercare_text
from mnclinic.documents.fingerprint_sheet import fingerprint_sheet_pdf
from mnclinic.documents.recovery_card import recovery_card_pdf
from mnclinic.documents.recovery_sheet import recovery_sheet_pdf
from mnclinic.resource_files import resource_text
from mnclinic.security.recovery_code import (
    personal_code,
    read_personal_code,
    read_recovery_code,
    recovery_code,
)
from tests.documents.reading import pages_of, squeezed

MADE_AT = datetime(2026, 11, 24, 8, 0, tzinfo=timezone(timedelta(hours=-6)))
SECRET = bytes(range(32))
FINGERPRINT = "0123456789abcdef" * 4
VAULT = "7d1f0a52-6a0e-4f57-9a39-0d8f2f0c7b11"


def recovery_sheet(*, is_demo: bool = False) -> bytes:
    return recovery_sheet_pdf(
        clinic_name="Sampleton Skin Studio",
        groups=recovery_code(SECRET),
        made_at=MADE_AT,
        vault=VAULT,
        is_demo=is_demo,
    )


def fingerprint_sheet() -> bytes:
    return fingerprint_sheet_pdf(
        clinic_name="Sampleton Skin Studio",
        director_name="Dr I. Okafor",
        director_credential="MD",
        fingerprint=FINGERPRINT,
        made_at=MADE_AT,
    )


def aftercare_sheet(language: str, patient_name: str = "Ana María Núñez") -> bytes:
    return laid_out(
        clinic_name="Sampleton Skin Studio",
        patient_name=patient_name,
        visit_number="V-000123",
        language=language,
        treated_on=date(2026, 11, 23),
    ).pdf()


def test_the_recovery_sheet_is_one_page_whose_numbered_groups_open_the_clinic_again() -> None:
    (page,) = pages_of(recovery_sheet())
    groups = re.findall(r"\b(\d{1,2}) ([0-9A-HJKMNP-TV-Z]{5})\b", page)
    assert [int(number) for number, _ in groups] == list(range(1, 15))
    assert bytes(read_recovery_code(" ".join(group for _, group in groups))) == SECRET
    assert VAULT in page
    assert "2026-11-24 08:00 UTC-06:00" in page


def test_the_recovery_sheet_says_what_it_never_opens() -> None:
    (page,) = pages_of(recovery_sheet())
    assert "It opens nobody's signature key." in page
    assert "Signature in ink" in page


def test_a_demo_recovery_sheet_is_marked() -> None:
    (page,) = pages_of(recovery_sheet(is_demo=True))
    assert "DEMO CLINIC" in page


def test_the_metadata_holds_no_part_of_the_code() -> None:
    reader = PdfReader(io.BytesIO(recovery_sheet()))
    metadata = json.dumps({key: str(value) for key, value in (reader.metadata or {}).items()})
    assert not any(group in metadata for group in recovery_code(SECRET))


def test_the_fingerprint_sheet_shows_eight_groups_of_eight_and_a_line_to_sign_on() -> None:
    (page,) = pages_of(fingerprint_sheet())
    assert re.findall(r"\b[0-9a-f]{8}\b", page) == ["01234567", "89abcdef"] * 4
    assert FINGERPRINT in page
    assert "Medical director: Dr I. Okafor, MD" in page
    assert "Signature of Dr I. Okafor in ink" in page
    assert "apart from the bundle" in page


@pytest.mark.parametrize("wrong", ["", FINGERPRINT[:-1], FINGERPRINT.upper(), "g" * 64])
def test_a_fingerprint_that_is_none_is_a_defect_of_the_caller(wrong: str) -> None:
    with pytest.raises(ValueError, match="64 lower-case hex digits"):
        fingerprint_sheet_pdf(
            clinic_name="S", director_name="O", director_credential="MD", fingerprint=wrong, made_at=MADE_AT
        )


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_aftercare_sheet_is_one_page_with_all_its_words(language: str) -> None:
    (page,) = pages_of(aftercare_sheet(language))
    words = aftercare_text(language)
    shown = squeezed(page)
    entries = [words["title"], words["intro"], words["medicines"], *words["call"], *words["emergency"]]
    for period in words["periods"]:
        entries += [period["heading"], *period["do"], *period["do_not"]]
    # Columns stand side by side, so a sentence that wraps is interrupted by its neighbour.
    missing = [word for entry in entries for word in entry.split() if squeezed(word) not in shown]
    assert missing == []
    assert "Ana María Núñez" in page
    assert "2026-11-23" in page


def leaves(value: object, path: str = "$") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, f"{path}.{key}")
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from leaves(one, f"{path}[{place}]")
    else:
        yield path, value


def test_english_and_spanish_aftercare_say_the_same_things_in_the_same_places() -> None:
    english, spanish = (dict(leaves(aftercare_text(language))) for language in ("en", "es"))
    assert english.keys() == spanish.keys()
    same = {path for path, value in english.items() if value == spanish[path]}
    assert {english[path] for path in same} == {"mnclinic.aftercare/1", 1, "draft", "Alcohol."}


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_aftercare_sheet_names_a_medicine(language: str) -> None:
    text = resource_text(f"documents/aftercare-{language}.json").lower()
    medicines = (
        "retin",
        "ibuprof",
        "aspirin",
        "paracetamol",
        "acetamin",
        "valac",
        "antibi",
        "cortis",
        "lidoca",
    )
    assert [name for name in medicines if name in text] == []


def test_a_language_without_a_sheet_is_a_defect_of_the_caller() -> None:
    with pytest.raises(ValueError, match="en and es"):
        aftercare_sheet("fr")


def test_a_patient_name_is_not_in_the_aftercare_metadata() -> None:
    reader = PdfReader(io.BytesIO(aftercare_sheet("en")))
    assert "Núñez" not in str(dict(reader.metadata or {}))


def test_the_same_sheet_has_the_same_bytes() -> None:
    assert recovery_sheet() == recovery_sheet()
    assert fingerprint_sheet() == fingerprint_sheet()
    assert aftercare_sheet("es") == aftercare_sheet("es")


def test_the_recovery_card_is_one_page_for_one_person_whose_groups_read_back() -> None:
    secret = bytes(range(20))
    card = recovery_card_pdf(
        clinic_name="Sampleton Skin Studio",
        person="Dr I. Okafor, MD",
        user="okafor",
        groups=personal_code(secret),
        made_at=MADE_AT,
        vault=VAULT,
    )
    (page,) = pages_of(card)
    groups = re.findall(r"\b(\d{1,2}) ([0-9A-HJKMNP-TV-Z]{5})\b", page)
    assert [int(number) for number, _ in groups] == list(range(1, 10))
    assert bytes(read_personal_code(" ".join(group for _, group in groups))) == secret
    assert "Dr I. Okafor, MD, user name okafor" in page
    assert "onlyoldercopiesoftheclinic'skeyfile" in squeezed(page)
