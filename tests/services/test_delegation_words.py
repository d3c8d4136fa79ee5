"""The policy's words about who delegates: read with the consent, printed with what was signed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from mnclinic.services.print_consent import print_blank_consent, print_consent, print_precare
from mnclinic.services.record_visit import record_visit
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from tests.services.clinic_builder import SmallClinic, add_person, document, known_clinic, protocol
from tests.services.test_policy_notices import with_values
from tests.services.test_print_consent import TEXTS, consent

WORDS = "A registered nurse treats you. Dr. Okafor, the medical director, delegates it to her."


def made_with(folder: Path, words: str | None) -> SmallClinic:
    documents = (
        ("policy", with_values(delegation_disclosure=words)),
        ("protocol", protocol()),
        *(("consent_text", one) for one in TEXTS.values()),
    )
    return known_clinic(folder, documents=documents)


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallClinic]:
    made = made_with(tmp_path_factory.mktemp("delegation") / "clinic", WORDS)
    yield made
    made.let_go()


def read(file: Path) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(file).pages)


def test_they_stand_with_the_text_before_anybody_signs(clinic: SmallClinic, tmp_path: Path) -> None:
    ref = add_person(clinic.as_user("desk"), "Reader")
    reyes = clinic.as_user("reyes")
    visit = start_visit(reyes, ref, "microneedling_face", "reyes")
    assert show_visit(reyes, visit, opened=False).consent.delegation == WORDS
    form = read(print_blank_consent(reyes, visit, "en", tmp_path / "form.pdf").file)
    assert f"Who delegates this treatment {WORDS} (by the clinic's policy: TX-like draft, v3)" in form
    sheet = read(print_precare(reyes, visit, "es", tmp_path / "before.pdf").file)
    assert f"Quién delega este tratamiento {WORDS}" in sheet


def test_they_are_printed_with_a_signed_consent_from_the_policy_that_the_record_pins(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(consent=consent()), by, shown="command").visit_id
        printed = read(print_consent(reyes, visit, tmp_path / "signed.pdf").file)
    assert f"Quién delega este tratamiento {WORDS}" in printed
    assert "según la política de la clínica" in printed


def test_a_policy_without_words_leaves_it_to_the_text(tmp_path: Path) -> None:
    made = made_with(tmp_path / "clinic", None)
    ref = add_person(made.as_user("desk"), "Reader")
    reyes = made.as_user("reyes")
    visit = start_visit(reyes, ref, "microneedling_face", "reyes")
    assert show_visit(reyes, visit, opened=False).consent.delegation == ""
    assert "Who delegates" not in read(print_blank_consent(reyes, visit, "en", tmp_path / "f.pdf").file)
    made.close()
