"""Each act changes what it says: what it changed besides is found, and none that is honest is accused."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.credentials import PaperKind
from mnclinic.domain.person_details import Standing
from mnclinic.models import Backup, BreakGlass, Licence, LogDetail, Patient, Staff, instant_text
from mnclinic.services.add_patient import patient_bytes
from mnclinic.services.back_up import back_up
from mnclinic.services.backup_rows import backup_row_content, enter
from mnclinic.services.break_glass import break_glass, glass_bytes
from mnclinic.services.change_details import change_details
from mnclinic.services.change_standing import change_standing
from mnclinic.services.check_earlier_forms import MORE
from mnclinic.services.check_entry_words import OTHER_KIND
from mnclinic.services.hold_records import end_hold, hold_records
from mnclinic.services.merge_records import merge_records, unmerge_records
from mnclinic.services.person_entry import enter_change
from mnclinic.services.pin_backup import pin_backup
from mnclinic.services.staff_rows import staff_entered
from mnclinic.services.users.extend_access import extend_access
from mnclinic.services.users.staff_papers import NewPaper, end_paper, enter_paper
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork
from tests.services.clinic_builder import MONDAY, PASSWORDS, SmallClinic, add_person, small_clinic
from tests.services.reading import assert_check_tells, problems_found

REASON = "Bleeding, nobody else is here."
OWN = PASSWORDS["owner"]
SEEN = "who saw that it was broken, or when, is not what the log says"
PIN = "whether it is kept for ever is not what the last change of it says"
NOT_NEXT = "the revision that it names is not the one that follows"
VERDICT = "its verdict is not what the last check of it says"


@pytest.fixture(scope="session")
def with_acts(tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    """Two people, one under a hold, a glass that the owner broke, a backup, an inspector with more time."""
    folder = tmp_path_factory.mktemp("earlier-forms")
    clinic = small_clinic(folder / "clinic")
    desk, owner = clinic.as_user("desk"), clinic.as_user("owner")
    one = add_person(desk, "Oneson")
    add_person(desk, "Twoson")
    break_glass(owner, REASON, 30)
    hold_records(owner, one, "A letter of a court.")
    (folder / "backups").mkdir()
    back_up(owner, folder / "backups")
    clinic.close()
    return clinic


@pytest.fixture
def built_clinic(with_acts: SmallClinic) -> SmallClinic:
    """What the tests here get their copies of."""
    return with_acts


def _patient(work: UnitOfWork, last_name: str = "Oneson") -> Patient:
    return work.session.scalars(select(Patient).where(Patient.last_name == last_name)).one()


def _staff(work: UnitOfWork, user: str) -> Staff:
    return work.session.scalars(select(Staff).where(Staff.user == user)).one()


def _renumbered(work: UnitOfWork) -> None:
    row = _patient(work)
    row.record_number = "P-009999"
    enter_change(work, row, "patient.changed", {"changed": [], "before": {}, "after": {}})


def _another_reason_for_the_hold(work: UnitOfWork) -> None:
    row = _patient(work)
    row.hold_reason = "It is nothing."
    enter_change(work, row, "patient.changed", {"changed": [], "before": {}, "after": {}})


def _renamed_at_a_hold(work: UnitOfWork) -> None:
    row = _patient(work, "Twoson")
    row.hold_reason, row.held_by, row.held_at = "Asked for.", _staff(work, "owner").id, None
    row.held_at, row.first_name = row.added_at, "Another"
    enter_change(work, row, "patient.held", {"reason": "Asked for."})


def _more_than_it_says(work: UnitOfWork) -> None:
    row = _patient(work)
    row.notes, row.allergies = "Called.", "None at all."
    enter_change(
        work, row, "patient.changed", {"changed": ["notes"], "before": {"notes": ""}, "after": {"notes": "x"}}
    )


def _removed_in_passing(work: UnitOfWork) -> None:
    """What was there before is told of both; what changed, of the harmless one alone."""
    row = _patient(work)
    before = {"notes": row.notes, "allergies": row.allergies}
    row.notes, row.allergies = "Called.", "None at all."
    enter_change(
        work, row, "patient.changed", {"changed": ["notes"], "before": before, "after": {"notes": "Called."}}
    )


def _changed_into_something_else(work: UnitOfWork) -> None:
    row = _patient(work)
    row.notes = "Called."
    said = {"changed": ["notes"], "before": {"notes": ""}, "after": {"notes": "Wrote."}}
    enter_change(work, row, "patient.changed", said)


def _merge_into_another(work: UnitOfWork) -> None:
    row, other = _patient(work), _patient(work, "Twoson")
    row.merged_into = other.ref
    enter_change(work, row, "patient.merged", {"into": "P-000003", "reason": "Same."})
    enter_change(work, other, "patient.merge_taken_in", {"record": row.record_number, "reason": "Same."})


def _merge_that_nobody_took_in(work: UnitOfWork) -> None:
    row, other = _patient(work), _patient(work, "Twoson")
    row.merged_into = other.ref
    enter_change(work, row, "patient.merged", {"into": other.record_number, "reason": "Same."})


def _taken_in_without_a_merge(work: UnitOfWork) -> None:
    row, other = _patient(work), _patient(work, "Twoson")
    enter_change(work, other, "patient.merge_taken_in", {"record": row.record_number, "reason": "Same."})


def _merged_in_a_ring(work: UnitOfWork) -> None:
    for row, other in (
        (_patient(work), _patient(work, "Twoson")),
        (_patient(work, "Twoson"), _patient(work)),
    ):
        row.merged_into = other.ref
        enter_change(work, row, "patient.merged", {"into": other.record_number, "reason": "Same."})
        said = {"record": row.record_number, "reason": "Same."}
        enter_change(work, other, "patient.merge_taken_in", said)


def _without_a_word(work: UnitOfWork) -> None:
    row = _patient(work)
    row.allergies = "None at all."
    work.session.flush()
    enter_change(work, row, "patient.changed", {})


def _ceiling_raised_with_more_time(work: UnitOfWork) -> None:
    row = _staff(work, "inspector")
    before = row.access_until
    assert before is not None
    row.access_until, row.depth_ceiling_mm = before + timedelta(days=1), "3.00"
    there = before.astimezone(MONDAY.tzinfo)
    entered = staff_entered(work, "staff.access_extended", row)
    detail = {"before": f"{there:%d %b %Y at %H:%M}", "after": "", "reason": "Stays."}
    work.log.record(replace(entered, detail=detail))


def _ceiling_raised_with_a_paper_ended(work: UnitOfWork) -> None:
    row = _staff(work, "reyes")
    paper = work.session.scalars(select(Licence).where(Licence.staff_id == row.id)).one()
    row.depth_ceiling_mm, paper.expires_on = "3.00", date(2026, 12, 1)
    entered = staff_entered(work, "staff.paper_ended", row)
    detail = {"kind": paper.kind, "number": paper.number, "ended_on": "2026-12-01", "reason": "Given up."}
    work.log.record(replace(entered, detail=detail))


def _seen_by_another(work: UnitOfWork) -> None:
    row = work.session.scalars(select(BreakGlass)).one()
    row.seen_at, row.seen_by = row.opened_at + timedelta(seconds=5), _staff(work, "reyes").id
    work.session.flush()
    thing = LoggedObject("break_glass", row.id, 2, glass_bytes(row))
    work.log.record(Act("glass.seen", "U", object=thing, categories=("emergency",)))


def _backup(work: UnitOfWork) -> Backup:
    return work.session.scalars(select(Backup)).one()


def _pinned_in_passing(work: UnitOfWork) -> None:
    row = _backup(work)
    row.is_pinned = True
    enter(work, row, "backup.checked", "R", {"verdict": row.verdict, "log_size": row.log_size})


def _proven_by_a_pin(work: UnitOfWork) -> None:
    row = _backup(work)
    row.verdict, row.is_pinned = "EXPLAINED", True
    enter(work, row, "backup.pinned", "U", {"is_pinned": True})


def _another_day_by_a_pin(work: UnitOfWork) -> None:
    row = _backup(work)
    row.made_at, row.is_pinned = row.made_at - timedelta(days=30), True
    enter(work, row, "backup.pinned", "U", {"is_pinned": True})


def _called_a_reading(work: UnitOfWork) -> None:
    row = _patient(work)
    # Behind one that is in order, so that the log's shorter way would take it.
    row.phone = "555 0100"
    said = {"changed": ["phone"], "before": {"phone": ""}, "after": {"phone": "555 0100"}}
    enter_change(work, row, "patient.changed", said)
    row.notes, row.revision = "Called.", row.revision + 1
    work.session.flush()
    detail = {"changed": ["notes"], "before": {"notes": ""}, "after": {"notes": "Called."}}
    _enter_patient(work, row, "R", row.revision, detail)


def _counted_past_one(work: UnitOfWork) -> None:
    row = _patient(work)
    row.notes, row.revision = "Called.", row.revision + 1
    work.session.flush()
    detail = {"changed": ["notes"], "before": {"notes": ""}, "after": {"notes": "Called."}}
    _enter_patient(work, row, "U", 99, detail)


def _enter_patient(
    work: UnitOfWork, row: Patient, kind: str, revision: int, detail: Mapping[str, Any]
) -> None:
    thing = LoggedObject("patient", row.ref, revision, patient_bytes(row))
    act = Act("patient.changed", kind, subject=row.ref, object=thing, categories=("demographics",))
    work.log.record(replace(act, detail=detail))


def _paper_counted_as_the_first(work: UnitOfWork) -> None:
    row = _staff(work, "reyes")
    day = date(2026, 1, 1)
    paper = Licence(
        staff_id=row.id, kind="CPR", number="C-1", state="WA", valid_from=day, expires_on=date(2028, 1, 1)
    )
    work.session.add(paper)
    entered = staff_entered(work, "staff.paper_entered", row)
    assert entered.object is not None
    work.log.record(replace(entered, kind="C", object=replace(entered.object, revision=1)))


def _pinned_as_a_second_revision(work: UnitOfWork) -> None:
    row = _backup(work)
    row.is_pinned = True
    thing = LoggedObject("backup", row.id, 2, canonical_bytes(backup_row_content(row)))
    act = Act("backup.pinned", "U", object=thing, categories=("backup",))
    work.log.record(replace(act, detail={"name": row.name, "place": row.place, "is_pinned": True}))


def _glass_counted_as_the_first(work: UnitOfWork) -> None:
    row = work.session.scalars(select(BreakGlass)).one()
    row.seen_at, row.seen_by = row.opened_at + timedelta(seconds=5), _staff(work, "okafor").id
    work.session.flush()
    thing = LoggedObject("break_glass", row.id, 1, glass_bytes(row))
    work.log.record(Act("glass.seen", "U", object=thing, categories=("emergency",)))


@pytest.mark.parametrize(
    ("user", "deed", "told"),
    [
        ("desk", _renumbered, MORE),
        ("desk", _another_reason_for_the_hold, MORE),
        ("desk", _more_than_it_says, MORE),
        ("desk", _without_a_word, MORE),
        ("desk", _removed_in_passing, MORE),
        ("desk", _changed_into_something_else, MORE),
        ("desk", _merge_into_another, MORE),
        ("desk", _merge_that_nobody_took_in, "the record that it is read under never took it in"),
        ("desk", _taken_in_without_a_merge, MORE),
        ("desk", _merged_in_a_ring, "it is read under a record that is read under itself"),
        ("owner", _renamed_at_a_hold, MORE),
        ("owner", _ceiling_raised_with_more_time, MORE),
        ("owner", _ceiling_raised_with_a_paper_ended, MORE),
        ("okafor", _seen_by_another, SEEN),
        ("owner", _pinned_in_passing, PIN),
        ("owner", _proven_by_a_pin, VERDICT),
        ("owner", _another_day_by_a_pin, MORE),
        ("desk", _called_a_reading, OTHER_KIND),
        ("desk", _counted_past_one, NOT_NEXT),
        ("owner", _paper_counted_as_the_first, NOT_NEXT),
        ("owner", _paper_counted_as_the_first, OTHER_KIND),
        ("owner", _pinned_as_a_second_revision, NOT_NEXT),
        ("okafor", _glass_counted_as_the_first, NOT_NEXT),
    ],
)
def test_what_an_act_changed_besides_what_it_says_is_found(
    clinic: SmallClinic, user: str, deed: Callable[[UnitOfWork], None], told: str
) -> None:
    assert_check_tells(clinic.as_user(user), deed, told)


def test_a_life_of_honest_acts_on_people_and_backups_is_in_order(clinic: SmallClinic, tmp_path: Path) -> None:
    owner, desk = clinic.as_user("owner"), clinic.as_user("desk")
    with desk.store.reading() as session:
        one, two = session.scalars(select(Patient.ref).order_by(Patient.last_name)).all()
    change_details(desk, one, {"notes": "Called.", "contact": ("post", "call"), "born_on": "1990-02-03"})
    end_hold(owner, one, "The court closed the matter.")
    change_details(desk, one, {"notes": "", "fitzpatrick": 3, "contact": ()})
    hold_records(owner, one, "Another letter.")
    told = "Told by her sister."
    change_standing(owner, one, Standing.DECEASED, note=told, deceased_on=date(2026, 11, 20))
    change_standing(owner, one, Standing.ACTIVE, note="It was another person.", deceased_on=None)
    merge_records(owner, two, one, reason="The same person.")
    change_details(desk, one, {"email": "one@example.org"})
    unmerge_records(owner, two, reason="They are two.")
    end_hold(owner, one, "Closed.")
    name = back_up(owner, tmp_path).backup.name
    for is_pinned in (True, True, False):
        pin_backup(owner, name, is_pinned=is_pinned)
    assert problems_found(owner) == []


def test_a_life_of_honest_acts_on_the_staff_is_in_order(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    with owner.store.reading() as session:
        until = session.scalars(select(Staff.access_until).where(Staff.user == "inspector")).one()
    assert until is not None
    for days in (1, 2):
        extend_access(owner, "inspector", until + timedelta(days=days), OWN, reason="Stays.")
    for number, last_on in (("C-1", date(2100, 12, 31)), ("C-2", date(2031, 2, 28))):
        paper = NewPaper(PaperKind.TRAINING, "Needling", number, "A school", date(2026, 1, 1), last_on)
        enter_paper(owner, "reyes", paper, OWN)
    for number, last_on in (
        ("C-2", date(2030, 1, 1)),
        ("L-1", date(2026, 12, 1)),
        ("C-2", date(2026, 12, 1)),
    ):
        end_paper(owner, "reyes", number, last_on, OWN, reason="Given up.")
    assert problems_found(owner) == []


@pytest.mark.parametrize("month", ["Nov", "nov.", "11月", "november", "ноя"])
def test_more_time_that_was_entered_in_any_language_of_a_computer_is_in_order(
    clinic: SmallClinic, month: str
) -> None:
    """Until 2026-11-27 the end of before stood in words, with a month that the system gave."""
    owner = clinic.as_user("owner")
    with owner.work() as work:
        row = _staff(work, "inspector")
        before = row.access_until
        assert before is not None
        row.access_until = before + timedelta(days=1)
        there = before.astimezone(MONDAY.tzinfo)
        entered = staff_entered(work, "staff.access_extended", row)
        said = f"{there.day:02} {month} {there.year} at {there:%H:%M}"
        work.log.record(replace(entered, detail={"before": said, "after": "", "reason": "Stays."}))
        work.commit()
    assert problems_found(owner) == []


def test_more_time_is_entered_as_instants(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    with owner.store.reading() as session:
        before = session.scalars(select(Staff.access_until).where(Staff.user == "inspector")).one()
    assert before is not None
    until = before + timedelta(days=1)
    extend_access(owner, "inspector", until, OWN, reason="Stays.")
    with owner.store.reading() as session:
        detail = session.scalars(select(LogDetail.detail).order_by(LogDetail.seq.desc()).limit(1)).one()
    said = {"before": instant_text(before), "after": instant_text(until), "reason": "Stays."}
    assert json.loads(detail) == said
