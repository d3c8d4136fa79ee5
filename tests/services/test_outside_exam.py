"""An exam that was done elsewhere: kept as it was brought, named by its hash, and held to the policy."""

from datetime import date
from typing import Any

from mnclinic.services.attachments import NewAttachment, keep_attachment
from mnclinic.services.check_store import check_store
from mnclinic.services.record_visit import record_visit
from mnclinic.services.show_visit import show_visit
from tests.services.clinic_builder import SmallClinic, add_person, document

PAPER = b"%PDF-1.7\n% an invented exam\n%%EOF\n"
OUTSIDE = {
    "name": "Dr A. Elsewhere",
    "credential": "MD",
    "licence": "TX-MD-9",
    "licence_state": "TX",
    "licence_valid_to": "2027-01-31",
    "accepted_on": "2026-11-20",
}


def visit_of(clinic: SmallClinic, last_name: str, **outside: str) -> tuple[str, set[str]]:
    """The state of a recorded visit whose exam was done elsewhere, and what refused it."""
    made: dict[str, Any] = document(
        patient={"last_name": last_name, "first_name": "Ada", "born_on": "1990-04-23"}
    )
    made["exam"]["outside"] = OUTSIDE | outside
    with clinic.signing("reyes") as (reyes, by):
        recorded = record_visit(reyes, made, by, shown="command")
    return recorded.state, {one.code for one in recorded.refusals}


def kept_of(clinic: SmallClinic, last_name: str) -> str:
    desk = clinic.as_user("desk")
    patient = add_person(desk, last_name)
    new = NewAttachment("exam", "Good faith exam", PAPER, date(2026, 9, 2))
    return keep_attachment(desk, patient, new).sha256


def test_an_exam_done_elsewhere_clears_once_it_is_attached(clinic: SmallClinic) -> None:
    sha256 = kept_of(clinic, "Outsideson")
    state, refused = visit_of(clinic, "Outsideson", paper_sha256=sha256)
    assert (state, refused) == ("in_review", set())
    reyes = clinic.as_user("reyes")
    view = show_visit(reyes, "V-000001")
    assert [one.code for one in view.exam_papers] == [sha256]
    assert view.document["exam"]["outside"]["paper_sha256"] == sha256
    assert check_store(clinic.as_user("owner")).findings == ()


def test_without_its_paper_it_clears_nothing(clinic: SmallClinic) -> None:
    assert visit_of(clinic, "Paperless") == ("deferred", {"outside_exam_not_attached"})


def test_somebody_elses_paper_clears_nothing(clinic: SmallClinic) -> None:
    sha256 = kept_of(clinic, "Otherperson")
    assert visit_of(clinic, "Borrowson", paper_sha256=sha256) == ("deferred", {"outside_exam_paper_unknown"})


def test_an_examiner_whose_licence_had_ended_or_who_may_not_examine_is_refused(clinic: SmallClinic) -> None:
    sha256 = kept_of(clinic, "Outsideson")
    wrong = {"credential": "RN", "licence_valid_to": "2026-09-01", "paper_sha256": sha256}
    state, refused = visit_of(clinic, "Outsideson", **wrong)
    assert state == "deferred"
    assert refused == {"outside_examiner_not_entitled", "outside_examiner_not_licensed"}
