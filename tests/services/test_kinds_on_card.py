"""A look at somebody's record names the kinds of data that the record shows, and no others."""

from collections.abc import Callable

import pytest

from mnclinic.domain.amendment import AmendmentKind
from mnclinic.services.add_patient import NewPatient, add_patient
from mnclinic.services.attachments import NewAttachment, keep_attachment
from mnclinic.services.change_details import change_details
from mnclinic.services.change_medical_history import NewHistory, add_medical_history
from mnclinic.services.find_patients import show_patient
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.merge_records import merge_records
from mnclinic.services.photos import open_photos
from mnclinic.services.read_log import open_log
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_event import show_event
from mnclinic.services.start_visit import start_visit
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from mnclinic.store.log_writer import Act
from tests.interchange.pictures.making import JPEG
from tests.services.amending import of_kind
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person
from tests.services.events import note_down, write_down
from tests.services.photographing import VIEW, a_photo, choose
from tests.services.reading import entries_since, log_size, problems_found
from tests.services.test_amend_visit import amend, signed_visit

TODAY = MONDAY.date()
SCAN = b"%PDF-1.7\n%%EOF\n"
WARFARIN = NewHistory("medicine", "warfarin")
DETAILS = ["demographics"]


def kinds_seen(clinic: OpenClinic, ref: str) -> list[str]:
    """What the one look names, of whoever opens a record."""
    size = log_size(clinic)
    show_patient(clinic, ref)
    (look,) = entries_since(clinic, size)
    assert look["action"] == "patient.viewed"
    kinds: list[str] = look["cat"]
    return kinds


@pytest.mark.parametrize(
    ("put_in", "kinds"),
    [
        (lambda clinic, ref: None, []),
        (
            lambda clinic, ref: add_medical_history(clinic, ref, NewHistory("medicine", "warfarin")),
            ["history"],
        ),
        (lambda clinic, ref: change_details(clinic, ref, {"allergies": "Latex"}), ["history"]),
        (lambda clinic, ref: change_details(clinic, ref, {"fitzpatrick": 3}), ["history"]),
        (lambda clinic, ref: withdraw_consent(clinic, ref, NewWithdrawal(withdrawn_by="Ada")), ["consent"]),
        (
            lambda clinic, ref: keep_attachment(clinic, ref, NewAttachment("consent", "It", SCAN, TODAY, "")),
            ["consent"],
        ),
        (
            lambda clinic, ref: keep_attachment(clinic, ref, NewAttachment("exam", "It", SCAN, TODAY, "")),
            ["treatment"],
        ),
        (
            lambda clinic, ref: start_visit(clinic, ref, "microneedling_face", "reyes"),
            ["treatment"],
        ),
    ],
    ids=["nothing", "medicine", "allergies", "skin", "withdrawal", "consent paper", "exam paper", "draft"],
)
def test_a_look_names_what_the_record_holds(
    clinic: SmallClinic, put_in: Callable[[OpenClinic, str], object], kinds: list[str]
) -> None:
    okafor = clinic.as_user("okafor")
    ref = add_patient(okafor, NewPatient("Person", "Ada", "1990-04-23")).ref
    put_in(okafor, ref)
    assert kinds_seen(clinic.as_user("desk"), ref) == [*DETAILS, *kinds]


def test_a_look_at_somebody_treated_names_treatment_consent_and_what_followed(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    desk = clinic.as_user("desk")
    (ref,) = {one["subj"] for one in entries_since(desk, 0) if one["action"] == "visit.performed"}
    assert kinds_seen(desk, ref) == [*DETAILS, "consent", "treatment"]
    reyes = clinic.as_user("reyes")
    note_down(reyes, visit_id=visit, event="redness", grade=1, noted_on=TODAY, note="")
    # What was not there at the first look is another look.
    assert kinds_seen(desk, ref) == [*DETAILS, "consent", "treatment", "adverse_event"]
    page = open_log(clinic.as_user("owner"), LogFilter(patient=ref))
    said = next(row.sentence for row in page.rows if row.action == "patient.viewed")
    assert said.endswith(": personal details, consent, treatment, adverse events")
    assert problems_found(clinic.as_user("owner")) == []


def test_a_visit_that_was_filed_to_somebody_else_is_on_the_record_of_whose_it_is(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    right = add_person(clinic.as_user("reyes"), "Rightson")
    amend(clinic, visit, of_kind(AmendmentKind.WRONG_PATIENT, "P-000002"))
    assert "treatment" in kinds_seen(clinic.as_user("desk"), right)


def test_each_record_of_a_person_is_entered_with_all_that_is_shown(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    kept, other = add_person(desk, "Keptson"), add_person(desk, "Otherson")
    add_medical_history(desk, other, WARFARIN)
    merge_records(desk, other, kept, "The same person.")
    size = log_size(desk)
    show_patient(desk, kept)
    assert ["history" in one["cat"] for one in entries_since(desk, size)] == [True, True]


def test_the_looks_of_earlier_programs_which_named_details_alone_stay_as_they_are(
    clinic: SmallClinic,
) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    (ref,) = {one["subj"] for one in entries_since(desk, 0) if one["action"] == "visit.performed"}
    with desk.work() as work:
        work.log.record(Act("patient.viewed", "R", subject=ref, categories=("demographics",)))
        work.commit()
    assert problems_found(clinic.as_user("owner")) == []


def test_a_list_of_photographs_and_the_page_of_an_event_name_them_as_looked_at(clinic: SmallClinic) -> None:
    nurse = clinic.as_user("reyes")
    visit = signed_visit(clinic)
    (ref,) = {one["subj"] for one in entries_since(nurse, 0) if one["action"] == "visit.performed"}
    event = write_down(nurse, visit).event_id
    looker = clinic.as_user("okafor")
    size = log_size(looker)
    show_event(looker, event)
    assert all("photo" not in one["cat"] for one in entries_since(looker, size)), "there is none"
    choose(nurse, ref, "chart")
    a_photo(nurse, ref, JPEG)
    size = log_size(looker)
    show_event(looker, event)
    assert all("photo" not in one["cat"] for one in entries_since(looker, size)), "it is of no visit"
    a_photo(nurse, ref, JPEG, visit)
    size = log_size(looker)
    for _ in range(2):
        (shown,) = show_event(looker, event).photos
    looks = [(one["action"], one["subj"]) for one in entries_since(looker, size) if "photo" in one["cat"]]
    assert (shown.view, looks) == (VIEW, [("patient.viewed", ref)]), "once a sitting"
    size = log_size(nurse)
    assert len(open_photos(nurse, ref)) == 2
    assert [(one["action"], one["cat"]) for one in entries_since(nurse, size)] == [
        ("patient.viewed", ["photo"])
    ]
    desk = clinic.as_user("desk")
    size = log_size(desk)
    assert show_event(desk, event).photos == ()
    assert all("photo" not in one["cat"] for one in entries_since(desk, size)), "the desk sees none"
    assert problems_found(clinic.as_user("owner")) == []
