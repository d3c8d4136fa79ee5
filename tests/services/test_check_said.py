"""What an entry says in words, and how it files itself, is what it names; else the check tells it."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from mnclinic.models import AdverseEvent, Attachment, LogEntry, Lot, PlannedVisit, Setting, Visit
from mnclinic.services import check_said as held
from mnclinic.services.add_lot import NewLot, add_lot
from mnclinic.services.attachments import NewAttachment, attachment_bytes, keep_attachment
from mnclinic.services.break_glass import break_glass, give_back_glass
from mnclinic.services.check_earlier_forms import MORE
from mnclinic.services.check_entry_words import OTHER_DATA, OTHER_REASON
from mnclinic.services.check_said import OTHER_WORDS
from mnclinic.services.check_store import check_store
from mnclinic.services.clinic_meetings import record_drill
from mnclinic.services.plan_visits import walk_in
from mnclinic.services.planned_rows import as_said, day_and_time, enter_changed, enter_planned, lead
from mnclinic.services.record_adverse_event import adverse_event_bytes
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import return_visit
from mnclinic.services.settings import change_setting, setting_bytes
from mnclinic.services.supply_rows import lot_bytes
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person, document, small_clinic
from tests.services.events import note_down
from tests.services.photographing import a_photo, choose
from tests.services.reading import assert_check_tells
from tests.services.test_every_act_is_entered import STOPPED_RECENTLY

OTHER_DAY = "its entries say another day or time than it was planned for"
SCAN = b"%PDF-1.7\nA page.\n%%EOF\n"


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    """A clinic whose entries say things in words: a setting, a plan, a file, two visits and more."""
    clinic = small_clinic(tmp_path_factory.mktemp("told") / "clinic")
    desk, owner = clinic.as_user("desk"), clinic.as_user("owner")
    change_setting(owner, "legal_hold", True, reason="A letter came.")
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window").visit_id
        other = {"last_name": "Otherson", "first_name": "Bo", "born_on": "1985-01-02"}
        record_visit(reyes, document(patient=other, screening=STOPPED_RECENTLY), by, shown="window")
    with clinic.signing("okafor") as (okafor, by):
        return_visit(okafor, visit, None, by, "Why so deep?", shown="window")
    note_down(clinic.as_user("reyes"), visit, event="redness", grade=1, noted_on=MONDAY.date(), note="Gone.")
    walk_in(desk, add_person(desk, "Walker"))
    keep_attachment(desk, "P-000001", NewAttachment("consent", "Consent", SCAN, MONDAY.date()))
    choose(clinic.as_user("reyes"), "P-000001", "chart")
    a_photo(clinic.as_user("reyes"), "P-000001")
    withdraw_consent(desk, "P-000001", NewWithdrawal(withdrawn_by="Ada"))
    record_drill(owner, MONDAY.date(), "Fire.")
    break_glass(desk, "Nobody else was here.")
    give_back_glass(desk)
    add_lot(desk, NewLot("topical", "H-7", "hydrogel", date(2027, 5, 31)))
    assert check_store(owner).findings == ()
    clinic.close()
    return clinic


@pytest.fixture
def built_clinic(told: SmallClinic) -> SmallClinic:
    """What the tests here get their copies of."""
    return told


def _event(work: UnitOfWork, **changes: object) -> Act:
    visit = work.session.scalars(select(Visit).order_by(Visit.number)).first()
    assert visit is not None
    row = AdverseEvent(id=str(uuid.uuid4()), visit_id=visit.id, event="infection", grade=4, note="")
    row.noted_on, row.recorded_at = MONDAY.date(), MONDAY
    row.recorded_by = work.session.scalars(select(AdverseEvent.recorded_by)).first() or ""
    work.session.add(row)
    thing = LoggedObject("adverse_event", row.id, 1, adverse_event_bytes(row))
    act = Act("adverse_event.recorded", "C", subject=visit.patient_ref, object=thing)
    return replace(act, **{"categories": ("adverse_event",), **changes})  # type: ignore[arg-type]  # fields of an act


def _an_event_told_otherwise(work: UnitOfWork) -> None:
    work.log.record(_event(work, detail={"event": "erythema", "grade": 1}))


def _an_event_among_the_supplies(work: UnitOfWork) -> None:
    work.log.record(_event(work, categories=("supplies",)))


def _an_event_among_more(work: UnitOfWork) -> None:
    work.log.record(_event(work, categories=("adverse_event", "roster")))


def _an_event_with_a_reason(work: UnitOfWork) -> None:
    work.log.record(_event(work, why="handed_over"))


def _hold_off(work: UnitOfWork, said: dict[str, object]) -> None:
    work.session.get_one(Setting, "legal_hold").value = b"false"
    thing = LoggedObject("setting", "legal_hold", 2, setting_bytes("legal_hold", b"false"))
    work.log.record(Act("setting.changed", "U", object=thing, categories=("settings",), detail=said))


def _a_hold_told_as_on(work: UnitOfWork) -> None:
    _hold_off(work, {"name": "legal_hold", "before": True, "after": True})


def _a_setting_without_words(work: UnitOfWork) -> None:
    _hold_off(work, {})


def _a_setting_by_another_name(work: UnitOfWork) -> None:
    _hold_off(work, {"name": "idle_lock_min", "before": True, "after": False})


def _a_lot_in_the_words_of_another(work: UnitOfWork) -> None:
    row = Lot(kind="topical", lot="H-8", name="hydrogel", expires_on=date(2027, 5, 31), state="in_use")
    work.session.add(row)
    thing = LoggedObject("lot", "topical:H-8", 1, lot_bytes(row))
    work.log.record(Act("lot.added", "C", object=thing, categories=("supplies",), detail={"lot": "H-7"}))


def _a_file_by_another_title(work: UnitOfWork) -> None:
    row = work.session.scalars(select(Attachment)).one()
    values = {column.name: getattr(row, column.name) for column in Attachment.__table__.columns}
    copy = Attachment(**values | {"id": str(uuid.uuid4()), "file": row.file.replace(row.file[:4], "abcd", 1)})
    work.session.add(copy)
    thing = LoggedObject("attachment", copy.id, 1, attachment_bytes(copy))
    act = Act("attachment.kept", "C", subject=row.patient_ref, object=thing, categories=("consent",))
    work.log.record(replace(act, detail={"kind": "consent", "title": "A photo"}))


def _a_note_changed_and_not_told(work: UnitOfWork) -> None:
    row = work.session.scalars(select(PlannedVisit)).one()
    was = as_said(row)
    lead(row, "plan.changed")
    row.note, row.performer = "Allergic to lidocaine.", "lind"
    enter_changed(work, row, was | {"note": "Another one."})


def _a_day_told_otherwise(work: UnitOfWork) -> None:
    row = work.session.scalars(select(PlannedVisit)).one()
    before = day_and_time(row)
    lead(row, "plan.changed")
    row.at_time = "17:00"
    # As programs of before told it, who named no more.
    said = {"before": before, "after": before | {"time": "16:00"}}
    enter_planned(work, row, "plan.changed", "U", said)


@pytest.mark.parametrize(
    ("user", "deed", "told_as"),
    [
        ("reyes", _an_event_told_otherwise, OTHER_WORDS),
        ("reyes", _an_event_among_the_supplies, OTHER_DATA),
        ("reyes", _an_event_among_more, OTHER_DATA),
        ("reyes", _an_event_with_a_reason, OTHER_REASON),
        ("owner", _a_hold_told_as_on, OTHER_WORDS),
        ("owner", _a_setting_without_words, OTHER_WORDS),
        ("owner", _a_setting_by_another_name, OTHER_WORDS),
        ("desk", _a_lot_in_the_words_of_another, OTHER_WORDS),
        ("desk", _a_file_by_another_title, OTHER_WORDS),
        ("desk", _a_note_changed_and_not_told, MORE),
        ("desk", _a_day_told_otherwise, OTHER_DAY),
    ],
)
def test_what_an_entry_says_otherwise_than_it_did_is_found(
    clinic: SmallClinic, user: str, deed: Callable[[UnitOfWork], None], told_as: str
) -> None:
    assert_check_tells(clinic.as_user(user), deed, told_as)


@pytest.mark.parametrize(
    ("action", "changes"),
    [
        ("visit.returned", {"reason": "Nothing of note."}),
        ("visit.returned", {}),
        ("visit.deferred", {"findings": [], "codes": []}),
        ("visit.drawn", {"ticket": 1, "percent": 100, "codes": ["drawn"]}),
        ("visit.drawn", {"percent": 5}),
        ("glass.broken", {"reason": "Somebody bled."}),
        ("consent.withdrawn", {"form": "microneedling", "how": "in_person", "by": "Bo", "note": ""}),
        ("meeting.drill_held", {"day": "2026-11-01", "note": "Fire."}),
        ("setting.changed", {"name": "legal_hold", "before": False, "after": False}),
    ],
)
def test_each_kind_of_entry_is_held_to_its_words(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, action: str, changes: dict[str, object]
) -> None:
    """The words of one entry are read as others, as if whoever made it had told it so."""
    owner = clinic.as_user("owner")
    with owner.store.reading() as session:
        seq = session.scalars(select(LogEntry.seq).where(LogEntry.action == action)).first()
    honest = held.said_in_words

    def otherwise(*given: object) -> dict[int, held.Said]:
        found = honest(*given)  # type: ignore[arg-type]  # passed on as they come
        if seq in found:
            found[seq] = {**(found[seq] if action == "visit.drawn" else {}), **changes}
        return found

    monkeypatch.setattr(held, "said_in_words", otherwise)
    checked = check_store(owner)
    assert {f"{one.where}: {one.what}" for one in checked.findings} == {f"log entry {seq}: {OTHER_WORDS}"}
