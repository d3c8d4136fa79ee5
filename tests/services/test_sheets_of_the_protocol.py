"""The sheets that a protocol names are the ones that are offered, asked for, printed and recorded."""

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from mnclinic.domain.finding import Light, LightState
from mnclinic.errors import ActionRefused
from mnclinic.services.print_consent import print_precare
from mnclinic.services.print_documents import print_aftercare
from mnclinic.services.record_visit import VisitRecorded, record_visit
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from tests.domain.builders import draft
from tests.services.clinic_builder import CONSENT, SmallClinic, document, known_clinic, policy, protocol
from tests.services.reading import problems_found

SHEETS = ("microneedling-precare-2", "microneedling-aftercare-1")
OWN_WORDS = "Drink the herbal tea that we gave you."


def method(**changes: object) -> dict[str, Any]:
    """The small protocol in the second form."""
    second = draft("protocols/face-mechanical.json")
    kept = {name: second[name] for name in ("steps", "precare", "aftercare", "supervision", "review_by")}
    return protocol(**kept, format="mnclinic.protocol/2", **changes)


def clinic_under(folder: Path, **changes: object) -> SmallClinic:
    """A clinic whose director approved both sheets in both languages, and one sheet of the clinic's own."""
    shipped = [draft(f"consent_texts/{name}-{code}.json") for name in SHEETS for code in ("en", "es")]
    own = shipped[2] | {"form": "own-aftercare", "title": "Home"}
    own["sections"] = [{"heading": "Today", "text": OWN_WORDS}]
    texts = (CONSENT, *shipped, own)
    return known_clinic(
        folder / "clinic",
        documents=(
            ("policy", policy()),
            ("protocol", method(**changes)),
            *(("consent_text", one) for one in texts),
        ),
    )


def recorded(clinic: SmallClinic, **changes: object) -> VisitRecorded:
    with clinic.signing("reyes") as (reyes, by):
        return record_visit(reyes, document(**changes), by, shown="command")


def codes(done: VisitRecorded) -> set[str]:
    return {one.code for one in done.verdict.findings}


def words_of(file: Path) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(file).pages)


def test_a_clinics_own_aftercare_sheet_is_offered_asked_for_printed_and_recorded(tmp_path: Path) -> None:
    clinic = clinic_under(tmp_path, aftercare_form="own-aftercare")
    assert "aftercare_not_recorded" in codes(recorded(clinic))
    given = recorded(clinic, aftercare_sheet="own-aftercare-en v1", patient=_other("Given"))
    assert codes(given) == set()
    desk = clinic.as_user("desk")
    seen = show_visit(desk, given.visit_id, opened=False)
    assert [(one.name, one.title) for one in seen.care.aftercare_sheets] == [("own-aftercare-en v1", "Home")]
    assert seen.document["aftercare_sheet"] == "own-aftercare-en v1"
    page = words_of(print_aftercare(desk, given.visit_id, "en", tmp_path / "home.pdf").file)
    assert OWN_WORDS in page
    assert given.number in page
    with pytest.raises(ActionRefused, match="not approved in this language"):
        print_aftercare(desk, given.visit_id, "es", tmp_path / "no.pdf")
    assert not (tmp_path / "no.pdf").exists()
    assert problems_found(desk) == []
    clinic.close()


def test_without_a_name_in_the_protocol_the_programs_own_aftercare_sheet_stays(tmp_path: Path) -> None:
    clinic = clinic_under(tmp_path)
    done = recorded(clinic)
    assert codes(done) == set()
    desk = clinic.as_user("desk")
    offered = show_visit(desk, done.visit_id, opened=False).care.aftercare_sheets
    assert [one.name for one in offered] == ["aftercare-en v1", "aftercare-es v1"]
    assert OWN_WORDS not in words_of(print_aftercare(desk, done.visit_id, "en", tmp_path / "a.pdf").file)
    clinic.close()


def test_a_sheet_that_is_not_in_force_turns_the_light_of_authority(tmp_path: Path) -> None:
    clinic = clinic_under(tmp_path, aftercare_form="nobodys-sheet")
    done = recorded(clinic, aftercare_sheet="nobodys-sheet-en v1")
    assert done.state == "deferred"
    assert done.verdict.light(Light.AUTHORITY) is LightState.FAILED
    (told,) = [one for one in done.verdict.findings if one.code == "aftercare_not_approved"]
    assert "Protocol face v1 names the sheet nobodys-sheet" in told.message
    clinic.close()


def test_only_the_sheet_about_preparing_that_the_protocol_names_is_offered(tmp_path: Path) -> None:
    clinic = clinic_under(tmp_path, precare_form="nobodys-sheet")
    done = recorded(clinic)
    assert done.state == "deferred"
    assert "precare_not_approved" in codes(done)
    desk = clinic.as_user("desk")
    seen = show_visit(desk, done.visit_id, opened=False).consent
    assert (seen.sheets, seen.asks_precare) == ((), True)
    with pytest.raises(ActionRefused):
        print_precare(desk, done.visit_id, "en", tmp_path / "no.pdf")
    clinic.close()


def test_what_the_protocol_says_to_do_and_to_tell_stands_beside_the_visit(tmp_path: Path) -> None:
    clinic = clinic_under(tmp_path)
    desk = clinic.as_user("desk")
    begun = start_visit(
        desk,
        show_visit(desk, recorded(clinic).visit_id, opened=False).patient_ref,
        "microneedling_face",
        "reyes",
    )
    seen, said = show_visit(desk, begun, opened=False), method()
    assert list(seen.care.steps) == said["steps"]
    assert list(seen.care.told_after) == said["aftercare"]
    assert list(seen.consent.told_before) == said["precare"]
    clinic.close()


def _other(last_name: str) -> dict[str, str]:
    return {"last_name": last_name, "first_name": "Ada", "born_on": "1990-04-23"}
