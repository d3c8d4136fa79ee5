"""Whom a patient calls is set once, and every page that goes home says it."""

from pathlib import Path

import pytest

from mnclinic.errors import InvalidInput, NotPermitted
from mnclinic.services.print_documents import print_aftercare
from mnclinic.services.print_receipt import print_receipt
from mnclinic.services.whom_to_call import change_whom_to_call, whom_to_call
from tests.services.clinic_builder import SmallClinic
from tests.services.follow_ups import treated
from tests.services.reading import actions_since, log_size, problems_found
from tests.services.test_sheets_of_the_protocol import clinic_under, recorded, words_of

PHONE, NIGHT = "512-555-0100", "(512) 555-0199, ask for the nurse on call"


def test_both_numbers_stand_on_the_sheet_and_on_the_receipt_and_the_change_is_entered(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    visit, owner = treated(clinic), clinic.as_user("owner")
    desk, size = clinic.as_user("desk"), log_size(clinic.as_user("owner"))
    before = words_of(print_receipt(desk, visit, "en", tmp_path / "before.pdf").file)
    assert PHONE not in before
    change_whom_to_call(owner, f"  {PHONE} ", NIGHT)
    assert whom_to_call(desk).phone == PHONE
    for page in (
        print_receipt(desk, visit, "en", tmp_path / "r.pdf"),
        print_aftercare(desk, visit, "es", tmp_path / "a.pdf"),
    ):
        said = words_of(page.file)
        assert PHONE in said
        assert NIGHT in said
    assert actions_since(owner, size).count("setting.changed") == 1
    assert problems_found(owner) == []


def test_a_sheet_that_the_director_approved_has_the_numbers_too(tmp_path: Path) -> None:
    clinic = clinic_under(tmp_path, aftercare_form="own-aftercare")
    given = recorded(clinic, aftercare_sheet="own-aftercare-en v1")
    change_whom_to_call(clinic.as_user("owner"), PHONE, "")
    page = words_of(print_aftercare(clinic.as_user("desk"), given.visit_id, "en", tmp_path / "a.pdf").file)
    assert PHONE in page
    clinic.close()


def test_what_is_no_number_is_refused_in_both_fields_at_once_and_nothing_is_changed(
    clinic: SmallClinic,
) -> None:
    owner = clinic.as_user("owner")
    size = log_size(owner)
    with pytest.raises(InvalidInput, match="Nothing was changed") as refused:
        change_whom_to_call(owner, "ask Ada", "5" * 61)
    assert [one.where for one in refused.value.problems] == ["phone", "after_hours"]
    assert "digits" in refused.value.problems[0].what
    assert whom_to_call(owner).phone == ""
    assert log_size(owner) == size


def test_the_front_desk_reads_the_numbers_and_does_not_change_them(clinic: SmallClinic) -> None:
    with pytest.raises(NotPermitted):
        change_whom_to_call(clinic.as_user("desk"), PHONE, NIGHT)


def test_the_sheet_in_both_languages_is_one_file_and_one_entry(clinic: SmallClinic, tmp_path: Path) -> None:
    visit, desk = treated(clinic), clinic.as_user("desk")
    size = log_size(desk)
    page = words_of(print_aftercare(desk, visit, "both", tmp_path / "both.pdf").file)
    for told in (
        "Call 911 at once for",
        "Llame al 911",
        "Areas treated",
        "Zonas tratadas",
        "Page 1 of 1",
        "Página 1 de 1",
    ):
        assert told in page
    assert page.index("Areas treated") < page.index("Zonas tratadas")
    assert page.count("T. Reyes, RN") == 2
    assert actions_since(desk, size).count("aftercare.printed") == 1
    assert problems_found(desk) == []
