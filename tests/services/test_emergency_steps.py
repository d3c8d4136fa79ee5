"""Steps in an emergency are the director's approved words, and the program has none of its own."""

from typing import Any

from mnclinic.services.approve_document import add_document_in, approve_document
from mnclinic.services.emergency_steps import emergency_steps
from mnclinic.services.record_visit import record_visit
from mnclinic.services.show_visit import show_visit
from tests.services.clinic_builder import MONDAY, SmallClinic, document
from tests.services.reading import problems_found


def steps(language: str = "en", version: int = 1, **changes: object) -> dict[str, Any]:
    return {
        "format": "mnclinic.emergency/2",
        "form": "emergency",
        "version": version,
        "language": language,
        "title": "In an emergency" if language == "en" else "En una emergencia",
        "effective_on": MONDAY.date().isoformat(),
        "sections": [{"heading": "At once", "text": f"Call Dr. Invented. Version {version}, {language}."}],
        **changes,
    }


def draft(clinic: SmallClinic, document: dict[str, Any]) -> int:
    okafor = clinic.as_user("okafor")
    with okafor.work() as work:
        row_id = add_document_in(work, "consent_text", document, now=clinic.clock.now()).id
        work.commit()
    return row_id


def approve(clinic: SmallClinic, document: dict[str, Any]) -> None:
    row_id = draft(clinic, document)
    with clinic.signing("okafor") as (okafor, by):
        approve_document(okafor, row_id, by, shown="window")


def shown(clinic: SmallClinic, language: str = "en") -> list[str]:
    return [one.sections[0][1] for one in emergency_steps(clinic.as_user("desk"), language)]


def test_no_steps_are_shown_before_the_director_approved_some(clinic: SmallClinic) -> None:
    assert shown(clinic) == []
    draft(clinic, steps())
    assert shown(clinic) == []


def test_the_approved_steps_are_shown_in_the_language_asked_for_and_else_in_another(
    clinic: SmallClinic,
) -> None:
    approve(clinic, steps())
    assert shown(clinic, "es") == ["Call Dr. Invented. Version 1, en."]
    approve(clinic, steps("es"))
    assert shown(clinic, "es") == ["Call Dr. Invented. Version 1, es."]
    assert shown(clinic, "en") == ["Call Dr. Invented. Version 1, en."]
    assert problems_found(clinic.as_user("inspector")) == []


def test_steps_of_one_service_are_shown_whatever_was_done_and_are_no_sheet_of_a_visit(
    clinic: SmallClinic,
) -> None:
    approve(clinic, steps(services=["microneedling_prp"]))
    assert shown(clinic) == ["Call Dr. Invented. Version 1, en."]
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window").visit_id
        view = show_visit(reyes, visit, opened=False)
    assert [one for one in view.care.aftercare_sheets if "emergency" in one.name] == []
    assert [one for one in view.consent.texts if one.form == "emergency"] == []
