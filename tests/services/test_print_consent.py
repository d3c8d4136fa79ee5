"""The consent as it was signed, printed from the record; forms for paper; preparing sheets; withdrawal."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.domain.finding import Light
from mnclinic.errors import ActionRefused
from mnclinic.models import Staff
from mnclinic.services.attachments import NewAttachment, keep_attachment
from mnclinic.services.change_details import change_details
from mnclinic.services.print_consent import print_blank_consent, print_consent, print_precare
from mnclinic.services.record_visit import record_visit
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from tests.domain.builders import draft
from tests.services.clinic_builder import (
    DOCUMENT,
    MONDAY,
    SmallClinic,
    document,
    policy,
    protocol,
    small_clinic,
)
from tests.services.reading import actions_since, log_size, problems_found

NAMES = ("microneedling-5", "microneedling-prp-1", "photographs-1", "microneedling-precare-2")
TEXTS = {
    f"{name}-{code}": draft(f"consent_texts/{name}-{code}.json") for name in NAMES for code in ("en", "es")
}
SHA = {name: sha256_hex(canonical_bytes(text)) for name, text in TEXTS.items()}
GONE = "99999999-0000-4000-8000-000000000001"
SCAN = b"%PDF-1.7\nThe signed paper.\n%%EOF\n"


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallClinic]:
    """A small clinic that works under the texts of the second form."""
    documents = (
        ("policy", policy()),
        ("protocol", protocol()),
        *(("consent_text", one) for one in TEXTS.values()),
    )
    made = small_clinic(tmp_path_factory.mktemp("consent") / "clinic", documents=documents)
    yield made
    made.close()


def consent(language: str = "es", **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any part of a document
    photo = {
        "form": "photographs",
        "version": 1,
        "language": language,
        "text_sha256": SHA[f"photographs-1-{language}"],
        "level": "teaching",
    }
    made = {
        "version": 5,
        "language": language,
        "text_sha256": SHA[f"microneedling-5-{language}"],
        "questions": {"answered_by": "reyes"},
        "addenda": [photo],
    }
    return {**DOCUMENT["consent"], **made, **changes}


PRECARE = {
    "sheet": "microneedling-precare",
    "version": 2,
    "language": "es",
    "given_at": "2026-11-22T12:00:00-06:00",
    "given_by": "desk",
    "how": "printed",
    "text_sha256": SHA["microneedling-precare-2-es"],
}


def person(last_name: str) -> dict[str, str]:
    return {"last_name": last_name, "first_name": "Ada", "born_on": "1990-04-23"}


def recorded(clinic: SmallClinic, last_name: str, **changes: Any) -> tuple[str, set[str]]:  # noqa: ANN401
    made = document(**{"consent": consent(), "precare": PRECARE, "patient": person(last_name), **changes})
    with clinic.signing("reyes") as (reyes, by):
        done = record_visit(reyes, made, by, shown="window")
        return done.visit_id, {one.code for one in done.verdict.findings if one.light is Light.CONSENT}


def ref_of(clinic: SmallClinic, visit: str) -> str:
    return show_visit(clinic.as_user("desk"), visit, opened=False).patient_ref


def words_of(file: Path) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(file).pages)


def test_the_signed_consent_is_printed_in_its_exact_words_with_who_signed(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    visit, found = recorded(clinic, "Printson")
    assert found == set()
    desk = clinic.as_user("desk")
    size = log_size(desk)
    printed = words_of(print_consent(desk, visit, tmp_path / "consent.pdf").file)
    for text in (TEXTS["microneedling-5-es"], TEXTS["photographs-1-es"]):
        for section in text["sections"]:
            assert " ".join(section["text"].split()) in printed, section["heading"]
        assert text["agreement"] in printed
    for said in ("Ada Printson", "T. Reyes, RN", SHA["microneedling-5-es"], SHA["photographs-1-es"]):
        assert said in printed
    assert "[x] También para enseñar" in printed.replace("  ", " ")
    assert actions_since(desk, size) == ["consent.printed"]
    assert problems_found(desk) == []


def test_a_draft_has_no_signed_consent_and_gets_a_form_for_paper(clinic: SmallClinic, tmp_path: Path) -> None:
    before, _ = recorded(clinic, "Paperson")
    desk = clinic.as_user("desk")
    visit = start_visit(desk, ref_of(clinic, before), "microneedling_face", "reyes")
    with pytest.raises(ActionRefused):
        print_consent(desk, visit, tmp_path / "no.pdf")
    assert not (tmp_path / "no.pdf").exists()
    form = words_of(print_blank_consent(desk, visit, "en", tmp_path / "form.pdf").file)
    assert TEXTS["microneedling-5-en"]["sections"][2]["text"][:40] in form
    assert "Witness: name and signature" in form
    assert TEXTS["microneedling-prp-1-en"]["title"] not in form, "nobody's blood is drawn here"
    sheet = words_of(print_precare(desk, visit, "es", tmp_path / "precare.pdf").file)
    assert "Antes de sus microagujas" in sheet


def test_paper_that_was_scanned_back_counts_for_the_person_it_was_kept_for(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    paper_scan = NewAttachment("consent", "Consent", SCAN, MONDAY.date())
    kept = {
        name: keep_attachment(desk, ref_of(clinic, recorded(clinic, name)[0]), paper_scan)
        for name in ("Scanson", "Otherson")
    }
    for name, found in (("Scanson", set()), ("Otherson", {"consent_paper_unknown"})):
        paper = {
            "kind": "paper",
            "attachment": kept[name].attachment_id,
            "sha256": kept[name].sha256,
            "seen_by": "desk",
        }
        day = {"started_at": "2026-11-23T15:00:00-06:00", "ended_at": "2026-11-23T15:30:00-06:00"}
        _, said = recorded(
            clinic, "Scanson", consent=consent(signature=paper), cartridge={"lot": "LOT-1"}, **day
        )
        assert said == found, name


def test_a_withdrawn_consent_stops_from_then_on_and_is_not_carried_over(clinic: SmallClinic) -> None:
    visit, _ = recorded(clinic, "Backson")
    desk = clinic.as_user("desk")
    ref = ref_of(clinic, visit)
    done = show_visit(desk, visit, opened=False)
    started = start_visit(desk, ref, "microneedling_face", "reyes")
    earlier = show_visit(desk, started, opened=False).consent.earlier
    assert earlier is not None
    assert earlier.consent["carried_from"] == done.number
    clinic.clock.at += timedelta(hours=3)
    withdraw_consent(desk, ref, NewWithdrawal(withdrawn_by="Ada Backson", how="telephone"))
    assert show_visit(desk, started, opened=False).consent.earlier is None
    day = {"started_at": "2026-11-23T12:30:00-06:00", "ended_at": "2026-11-23T12:40:00-06:00"}
    _, found = recorded(clinic, "Backson", consent=earlier.consent, **day)
    assert "consent_withdrawn" in found
    assert show_visit(desk, visit, opened=False).verdict == done.verdict


def test_the_consent_of_somebody_who_was_a_minor_then_is_not_carried_over(clinic: SmallClinic) -> None:
    visit, _ = recorded(clinic, "Youngson")
    desk = clinic.as_user("desk")
    ref = ref_of(clinic, visit)
    clinic.clock.at += timedelta(days=1)
    started = start_visit(desk, ref, "microneedling_face", "reyes")
    for born_on, is_offered in (("2008-11-23", True), ("2008-11-24", False), ("2008-11-25", True)):
        change_details(desk, ref, {"born_on": born_on})
        earlier = show_visit(desk, started, opened=False).consent.earlier
        assert (earlier is not None) is is_offered, born_on


def test_a_sheet_that_the_director_did_not_approve_is_neither_given_nor_printed(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    others = {**PRECARE, "text_sha256": "0" * 64}
    assert recorded(clinic, "Sheetson", precare=others)[1] == {"precare_unknown"}
    documents = (
        ("policy", policy()),
        ("protocol", protocol()),
        ("consent_text", TEXTS["microneedling-5-es"]),
    )
    without = small_clinic(tmp_path / "clinic", documents=documents)
    visit, found = recorded(without, "Sheetson")
    assert "precare_unknown" in found
    with pytest.raises(ActionRefused, match="not approved a sheet"):
        print_precare(without.as_user("desk"), visit, "es", tmp_path / "no.pdf")
    without.close()


def test_what_was_given_is_printed_again_in_its_own_words_and_language(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    visit, _ = recorded(clinic, "Givenson")
    page = words_of(print_precare(clinic.as_user("desk"), visit, "en", tmp_path / "given.pdf").file)
    assert "Antes de sus microagujas" in page


@pytest.mark.parametrize("user", ["inspector", "gone"])
def test_an_inspector_and_whoever_had_left_stood_by_at_nothing(clinic: SmallClinic, user: str) -> None:
    with Session(clinic.as_user("owner").store.engine) as session:
        left_at = MONDAY - timedelta(days=3)
        gone = Staff(id=GONE, user="gone", name="G. One", role="front_desk", credential="")
        gone.is_active, gone.added_at, gone.left_at = False, left_at - timedelta(days=90), left_at
        session.merge(gone)
        session.commit()
    witnessed = consent(questions={"answered_by": user})
    assert recorded(clinic, f"Standby{user}", consent=witnessed)[1] == {"consent_questions_missing"}
