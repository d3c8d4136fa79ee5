"""One person's chart as a document: every visit, what was signed later, which limit ruled, and no markup."""

from pathlib import Path

import pytest

from mnclinic.domain.amendment import AmendmentKind, Correction
from mnclinic.errors import InvalidInput, NotPermitted, Stopped
from mnclinic.services.amend_visit import NewAmendment, amend_visit
from mnclinic.services.print_documents import print_chart
from mnclinic.services.print_patient_chart import DRAWING, ENTERED, READING, print_patient_chart
from mnclinic.services.record_visit import record_visit
from tests.documents.reading import pages_of, squeezed, text_of
from tests.services.amending import of_kind
from tests.services.clinic_builder import SmallClinic, add_person, document
from tests.services.reading import entries_since, log_size, problems_found

MARKUP = '<b>bold</b> & <font color="red">red</font> &lt; {name} %s'


def _amended(clinic: SmallClinic) -> str:
    patient = {"last_name": "<i>Marks</i>", "first_name": "A&B", "born_on": "1990-04-23"}
    made = document(patient=patient, note=MARKUP)
    made["lines"][0]["note"] = MARKUP
    made["order"]["note"] = MARKUP
    made["exam"]["note"] = MARKUP
    made["screening"][0]["note"] = MARKUP
    made["topicals"] = [{"name": "hydrogel", "lot": "HG-1", "expires_on": "2027-05-31"}]
    made["reasons"] = [{"code": "topical_not_registered", "reason": "Opened before it was entered."}]
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, made, by, shown="window").visit_id
        add_person(reyes, "Rightson")
        for kind in AmendmentKind:
            amend_visit(
                reyes, visit, of_kind(kind, "P-000002" if kind == "wrong_patient" else ""), by, shown="window"
            )
        amend_visit(reyes, visit, NewAmendment(AmendmentKind.ADDENDUM, MARKUP), by, shown="window")
    return visit


def test_a_persons_chart_has_every_visit_its_amendments_and_the_limit_that_ruled(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    visit = _amended(clinic)
    desk = clinic.as_user("desk")
    size = log_size(desk)
    print_patient_chart(desk, "P-000001", tmp_path / "chart.pdf")
    entered = [(one["action"], one["obj"]["id"]) for one in entries_since(desk, size)]
    assert entered == [("visit.printed", visit)]
    words = text_of((tmp_path / "chart.pdf").read_bytes())
    for said in (
        "V-000001 r1",
        "Addendum; Correction; Late entry; Wrong patient",
        "WRONG PATIENT",
        "Cheek: at most 2.00 mm by the hard limit of protocol face v1; the device goes to 2.50 mm.",
        "Performed the treatment",
        "Cold pack given.",
    ):
        assert squeezed(said) in squeezed(words), said
    assert "Rightson" not in words
    last = pages_of((tmp_path / "chart.pdf").read_bytes())[-1]
    assert "mnclinic check --checkpoint" in last, "the whole checkpoint is there to be scanned"
    assert problems_found(clinic.as_user("okafor")) == []


def test_what_people_typed_is_drawn_as_it_was_typed_in_every_field(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    _amended(clinic)
    print_patient_chart(clinic.as_user("desk"), "P-000001", tmp_path / "chart.pdf")
    words = squeezed(text_of((tmp_path / "chart.pdf").read_bytes()))
    assert squeezed("<i>Marks</i>, A&B") in words
    assert words.count(squeezed(MARKUP)) == 6, "in five fields of the visit and in an addendum"


def test_the_right_patients_chart_names_the_visit_and_draws_nothing_of_the_other(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    _amended(clinic)
    print_patient_chart(clinic.as_user("desk"), "P-000002", tmp_path / "chart.pdf")
    words = text_of((tmp_path / "chart.pdf").read_bytes())
    assert squeezed("Visit V-000001 of 2026-11-23 was filed to another patient") in squeezed(words)
    assert "Marks" not in words


def test_nobodys_chart_and_whoever_may_not_print_write_nothing(clinic: SmallClinic, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        print_patient_chart(clinic.as_user("desk"), "P-009999", tmp_path / "chart.pdf")
    with pytest.raises(NotPermitted):
        print_patient_chart(clinic.as_user("inspector"), "P-000001", tmp_path / "chart.pdf")
    assert not (tmp_path / "chart.pdf").exists()


def _corrected(clinic: SmallClinic, tmp_path: Path) -> bytes:
    """The chart of a visit whose depth was corrected to one over every limit, its lot and note besides."""
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(note="Calm."), by, shown="window").visit_id
        for path, old, new, reason in (
            ("lines[0].depth_mm", '"1.25"', '"2.25"', "Read off the wrong dial."),
            ("cartridge.lot", '"LOT-1"', '"LOT-7"', "That was the tray's number."),
            ("note", '"Calm."', '"Restless."', "Mistyped."),
        ):
            correction = Correction(path, old, new)
            made = NewAmendment(AmendmentKind.CORRECTION, reason=reason, correction=correction)
            amend_visit(reyes, visit, made, by, shown="window")
    print_chart(clinic.as_user("desk"), visit, tmp_path / "visit.pdf")
    return (tmp_path / "visit.pdf").read_bytes()


def test_a_corrected_value_stands_beside_the_struck_one_in_its_own_place_with_the_reason(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    words = text_of(_corrected(clinic, tmp_path))
    treated, rest = words.split("Depth, mm", 1)[1].split("Device and supplies", 1)
    assert treated.index("1.25") < treated.index("2.25")
    assert "Amendment 1. Area 1 (cheek, right): Depth. Reason: Read off the wrong dial." in treated
    used = rest.partition("Identity, exam and order")[0]
    assert used.index("LOT-1") < used.index("LOT-7") < used.index("That was the tray's number.")
    notes = rest.partition("Notes")[2]
    assert notes.index("Calm.") < notes.index("Restless.") < notes.index("Mistyped.")
    assert "Corrected above" not in words.partition("Depth, mm")[0], "nothing was corrected there"


def test_a_corrected_time_is_printed_as_every_other_time(clinic: SmallClinic, tmp_path: Path) -> None:
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window").visit_id
        correction = Correction("ended_at", '"2026-11-23T10:00:00-06:00"', '"2026-11-23T10:05:00-06:00"')
        made = NewAmendment(AmendmentKind.CORRECTION, reason="The clock.", correction=correction)
        amend_visit(reyes, visit, made, by, shown="window")
    print_chart(clinic.as_user("desk"), visit, tmp_path / "visit.pdf")
    told = text_of((tmp_path / "visit.pdf").read_bytes()).partition("Findings at the gate")[0]
    assert "2026-11-23 10:00 UTC-06:00" in told
    assert "2026-11-23 10:05 UTC-06:00" in told
    assert "T10:0" not in told


def test_a_chart_says_what_the_gate_finds_of_a_corrected_value(clinic: SmallClinic, tmp_path: Path) -> None:
    before, after = text_of(_corrected(clinic, tmp_path)).split("Findings at the gate", 1)
    assert "A corrected value is against the clinic's rules. What was found stands with it." in before
    assert "Beyond what anybody may pass" in before
    assert "2.25 mm" in before.split("Beyond what anybody may pass", 1)[1]
    assert "Beyond what anybody may pass" not in after


@pytest.mark.parametrize("stopped_at", [READING, DRAWING, ENTERED])
def test_a_chart_that_is_stopped_at_any_step_leaves_no_file_and_no_entry(
    clinic: SmallClinic, tmp_path: Path, stopped_at: str
) -> None:
    _amended(clinic)
    desk = clinic.as_user("desk")
    size = log_size(desk)
    heard: list[tuple[str, int, int]] = []

    def watch(step: str, done: int, of: int) -> bool:
        heard.append((step, done, of))
        return step != stopped_at

    with pytest.raises(Stopped):
        print_patient_chart(desk, "P-000001", tmp_path / "chart.pdf", watch=watch)
    whole = [(READING, 0, 1), (DRAWING, 0, 1), (ENTERED, 0, 0)]
    assert heard == whole[: [step for step, _, _ in whole].index(stopped_at) + 1]
    assert (log_size(desk), list(tmp_path.glob("chart*"))) == (size, [])
    print_patient_chart(desk, "P-000001", tmp_path / "chart.pdf")
    assert log_size(desk) == size + 1
