"""An act writes what it is for. What it wrote besides, of what was entered before it, is found."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from mnclinic.domain.medical_history import HistoryKind, HistorySource
from mnclinic.domain.person_details import Standing
from mnclinic.models import BreakGlass, Licence, MedicalHistory, Patient, Staff
from mnclinic.services.break_glass import break_glass, give_back_glass, glass_bytes, see_break_glass
from mnclinic.services.change_medical_history import NewHistory, add_medical_history, end_medical_history
from mnclinic.services.change_standing import change_standing
from mnclinic.services.hold_records import end_hold, hold_records
from mnclinic.services.medical_history import medical_history_bytes
from mnclinic.services.person_entry import enter_change
from mnclinic.services.staff_rows import staff_entered
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork
from tests.services.clinic_builder import SmallClinic, add_person, small_clinic
from tests.services.reading import assert_check_tells, problems_found

REASON = "Bleeding, nobody else is here."


@pytest.fixture(scope="session")
def with_history(tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    """Two people, one with two allergies, dead and under a hold; a glass that the owner broke."""
    clinic = small_clinic(tmp_path_factory.mktemp("first-words") / "clinic")
    desk = clinic.as_user("desk")
    one = add_person(desk, "Oneson")
    add_person(desk, "Twoson")
    for words in ("Lidocaine", "Nickel"):
        new = NewHistory(
            HistoryKind.ALLERGY, code="", words=words, since="", source=HistorySource.PATIENT, note=""
        )
        add_medical_history(desk, one, new)
    owner = clinic.as_user("owner")
    break_glass(owner, REASON, 30)
    hold_records(owner, one, "A letter of a court.")
    told = "Told by her sister."
    change_standing(owner, one, Standing.DECEASED, note=told, deceased_on=date(2026, 11, 20))
    clinic.close()
    return clinic


@pytest.fixture
def built_clinic(with_history: SmallClinic) -> SmallClinic:
    """What the tests here get their copies of."""
    return with_history


def _allergy(work: UnitOfWork) -> MedicalHistory:
    kept = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'medical_history'"
    for name in work.session.scalars(text(kept)).all():
        work.session.execute(text(f"DROP TRIGGER {name}"))
    return work.session.scalars(select(MedicalHistory).where(MedicalHistory.words == "Lidocaine")).one()


def _ended(work: UnitOfWork, row: MedicalHistory) -> None:
    row.ended_on, row.ended_reason, row.edition = date(2026, 11, 23), "A slip.", 2
    work.session.flush()
    thing = LoggedObject("medical_history", row.id, 2, medical_history_bytes(row))
    work.log.record(
        Act("medical_history.ended", "U", subject=row.patient_ref, object=thing, categories=("history",))
    )


def _allergy_rewritten(work: UnitOfWork) -> None:
    row = _allergy(work)
    row.words = "Pollen"
    _ended(work, row)


def _allergy_moved(work: UnitOfWork) -> None:
    row = _allergy(work)
    row.patient_ref = work.session.scalars(text("SELECT ref FROM patient WHERE last_name = 'Twoson'")).one()
    _ended(work, row)


def _another_reason(work: UnitOfWork) -> None:
    row = work.session.scalars(select(BreakGlass)).one()
    row.reason, row.until = "Just looking around.", row.opened_at + timedelta(minutes=1)
    work.session.flush()
    thing = LoggedObject("break_glass", row.id, 2, glass_bytes(row))
    work.log.record(Act("glass.given_back", "U", object=thing, categories=("emergency",)))


def _changed(work: UnitOfWork) -> Patient:
    return work.session.scalars(select(Patient).where(Patient.last_name == "Oneson")).one()


def _hold_taken_off(work: UnitOfWork) -> None:
    row = _changed(work)
    row.hold_reason, row.held_by, row.held_at = "", None, None
    enter_change(work, row, "patient.changed", {})


def _hold_of_another(work: UnitOfWork) -> None:
    row = _changed(work)
    row.held_by = work.session.scalars(select(Staff.id).where(Staff.user == "reyes")).one()
    enter_change(work, row, "patient.changed", {})


def _brought_back_to_life(work: UnitOfWork) -> None:
    row = _changed(work)
    row.standing, row.standing_note, row.deceased_on = "active", "", None
    enter_change(work, row, "patient.changed", {})


def _died_in_passing(work: UnitOfWork) -> None:
    row = work.session.scalars(select(Patient).where(Patient.last_name == "Twoson")).one()
    row.standing, row.standing_note, row.deceased_on = "deceased", "Told by phone.", date(2026, 11, 20)
    enter_change(work, row, "patient.changed", {})


def _staff(work: UnitOfWork) -> Staff:
    return work.session.scalars(select(Staff).where(Staff.user == "reyes")).one()


def _ceiling_raised_with_a_paper(work: UnitOfWork) -> None:
    row = _staff(work)
    row.depth_ceiling_mm = "2.50"
    day = date(2026, 1, 1)
    work.session.add(
        Licence(
            staff_id=row.id,
            kind="CPR",
            number="C-1",
            state="WA",
            valid_from=day,
            expires_on=day.replace(year=2028),
        )
    )
    work.log.record(staff_entered(work, "staff.paper_entered", row))


def _brought_back(work: UnitOfWork) -> None:
    row = _staff(work)
    row.is_active, row.left_at = False, row.added_at + timedelta(minutes=1)
    work.log.record(staff_entered(work, "staff.left", row))
    row.is_active, row.left_at = True, None
    work.log.record(staff_entered(work, "staff.paper_ended", row))


MORE = "an act that came later changed more than such acts change"
LEFT = "whether they left, or when, is not what the log says"
HOLD = "its legal hold is not the one that was put on it or ended last"
STANDING = "its standing or day of death is not what the last change of it says"
REWRITTEN = "whoever ended it wrote something else in it too, and no act does that"
ANOTHER = "its person, reason or beginning is not what the log entered when it was broken"


@pytest.mark.parametrize(
    ("user", "deed", "told"),
    [
        ("desk", _allergy_rewritten, REWRITTEN),
        ("desk", _allergy_moved, REWRITTEN),
        ("owner", _another_reason, ANOTHER),
        ("owner", _ceiling_raised_with_a_paper, MORE),
        ("owner", _brought_back, LEFT),
        ("desk", _hold_taken_off, HOLD),
        ("desk", _hold_of_another, HOLD),
        ("desk", _brought_back_to_life, STANDING),
        ("desk", _died_in_passing, STANDING),
    ],
)
def test_what_an_act_rewrote_besides_is_found(
    clinic: SmallClinic, user: str, deed: Callable[[UnitOfWork], None], told: str
) -> None:
    assert_check_tells(clinic.as_user(user), deed, told)


def test_a_row_that_ended_and_a_glass_that_was_given_back_and_seen_are_in_order(clinic: SmallClinic) -> None:
    owner, desk = clinic.as_user("owner"), clinic.as_user("desk")
    with desk.store.reading() as session:
        row = session.scalars(select(MedicalHistory).where(MedicalHistory.words == "Nickel")).one()
        glass = session.scalars(select(BreakGlass)).one()
    end_medical_history(desk, row.patient_ref, row.id, ended_on=date(2026, 11, 23), reason="Tested since.")
    give_back_glass(owner)
    see_break_glass(clinic.as_user("okafor"), glass.id)
    assert problems_found(owner) == []


def test_a_hold_that_ended_and_a_death_that_was_taken_back_are_in_order(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    with owner.store.reading() as session:
        ref = session.scalars(select(Patient.ref).where(Patient.last_name == "Oneson")).one()
    assert problems_found(owner) == []
    end_hold(owner, ref, "The court closed the matter.")
    change_standing(owner, ref, Standing.ACTIVE, note="It was another person.", deceased_on=None)
    assert problems_found(owner) == []
