"""The receipt says what was done, with what and by whom; the sheet is the one that was given."""

import re
from pathlib import Path

import pytest

from mnclinic.errors import ActionRefused
from mnclinic.services.approve_document import add_document_in, approve_document
from mnclinic.services.print_documents import print_aftercare
from mnclinic.services.print_receipt import print_receipt
from mnclinic.services.record_follow_up import NewTry, record_follow_up
from mnclinic.services.start_visit import start_visit
from tests.domain.builders import draft
from tests.services.clinic_builder import SmallClinic, add_person
from tests.services.follow_ups import pass_time, treated
from tests.services.reading import problems_found
from tests.services.test_sheets_of_the_protocol import OWN_WORDS, clinic_under, recorded, words_of


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            ("Cheek", "right", "1.25 mm", "Performed by", "Call 911 at once for", "visit with photographs"),
        ),
        ("es", ("Mejilla", "derecho", "1.25 mm", "Realizado por", "Llame al 911", "visita con fotografías")),
    ],
)
def test_a_receipt_says_what_was_done_with_what_by_whom_and_when_somebody_calls(
    clinic: SmallClinic, tmp_path: Path, language: str, told: tuple[str, ...]
) -> None:
    visit = treated(clinic)
    desk = clinic.as_user("desk")
    page = words_of(print_receipt(desk, visit, "es" if language == "es" else "en", tmp_path / "r.pdf").file)
    own = ("Ada Testerman", "V-000001", "2026-11-23", "T. Reyes, RN", "Test pen", "LOT-1", "2026-11-25")
    assert [one for one in (*own, *told) if one not in page] == []
    assert problems_found(desk) == []


def test_a_receipt_names_the_days_of_contacts_in_their_order(clinic: SmallClinic, tmp_path: Path) -> None:
    visit = treated(clinic)
    pass_time(clinic, hours=49)
    desk = clinic.as_user("desk")
    record_follow_up(desk, visit, "call+48", NewTry("telephone", "well"))
    pass_time(clinic, days=7)
    page = words_of(print_receipt(desk, visit, "en", tmp_path / "r.pdf").file)
    days = re.findall(r"About (\d{4}-\d{2}-\d{2})", page)
    assert len(days) >= 3
    assert days == sorted(days)


def test_no_receipt_is_printed_of_a_visit_that_nobody_signed(clinic: SmallClinic, tmp_path: Path) -> None:
    desk = clinic.as_user("desk")
    visit = start_visit(desk, add_person(desk), "microneedling_face", "reyes")
    with pytest.raises(ActionRefused, match="performed and signed"):
        print_receipt(desk, visit, "en", tmp_path / "no.pdf")
    assert not (tmp_path / "no.pdf").exists()


def test_the_sheet_that_was_given_is_printed_though_a_newer_one_is_in_force(tmp_path: Path) -> None:
    clinic = clinic_under(tmp_path, aftercare_form="own-aftercare")
    given = recorded(clinic, aftercare_sheet="own-aftercare-en v1")
    pass_time(clinic, days=2)
    with clinic.signing("okafor") as (okafor, by):
        newer = draft("consent_texts/microneedling-aftercare-1-en.json") | {
            "form": "own-aftercare",
            "version": 2,
            "effective_on": "2026-11-25",
            "sections": [{"heading": "Today", "text": "Other words by now."}],
        }
        with okafor.work() as work:
            row = add_document_in(work, "consent_text", newer, now=okafor.clock.now()).id
            work.commit(checkpoint=True)
        approve_document(okafor, row, by, shown="window")
    page = words_of(print_aftercare(clinic.as_user("desk"), given.visit_id, "en", tmp_path / "a.pdf").file)
    assert OWN_WORDS in page
    assert "Other words by now." not in page
    for told in ("Ada Testerman", "T. Reyes, RN", "Cheek", "2026-11-23", "Our telephone", "After hours"):
        assert told in page
    clinic.close()


def test_a_sheet_of_the_program_that_was_given_is_printed_in_either_language(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    visit = treated(clinic, aftercare_sheet="aftercare-es v1")
    desk = clinic.as_user("desk")
    for language, told in (("en", "Areas treated"), ("es", "Zonas tratadas")):
        out = tmp_path / f"{language}.pdf"
        page = words_of(print_aftercare(desk, visit, "es" if language == "es" else "en", out).file)
        assert told in page
        assert "T. Reyes, RN" in page
