"""Every record that entries speak of has a history that can be asked for, by its kind and id."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from mnclinic.domain.adverse_events import StepKind
from mnclinic.domain.medical_history import HistoryKind, HistorySource
from mnclinic.models import LogEntry
from mnclinic.security.log_rights import LOG_RIGHTS
from mnclinic.services.acknowledge_event import acknowledge_event
from mnclinic.services.attachments import NewAttachment, keep_attachment
from mnclinic.services.change_medical_history import NewHistory, add_medical_history, end_medical_history
from mnclinic.services.close_day import close_day
from mnclinic.services.enter_service import NewService, enter_service
from mnclinic.services.follow_event import NewStep, follow_event
from mnclinic.services.import_patients import import_patients
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.log_records import BY_ID, OBJECTS, RECORD_KINDS, SHOWN_SHORT, RecordRef
from mnclinic.services.log_sentences import PHRASES
from mnclinic.services.plan_visits import NewPlanned, plan_visits
from mnclinic.services.read_log import open_log
from mnclinic.services.record_visit import record_visit
from mnclinic.services.stock import count_lot, receive_lot
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from tests.services.clinic_builder import SmallClinic, add_person, document
from tests.services.events import write_down
from tests.services.photographing import a_photo, choose

NO_RECORD: dict[str, str] = {
    "patient": "asked for by the person, with everything that is about them",
    "removed_patient": "the same, of somebody whose import was taken back",
    "backup_restored": "the clinic's own; found by its kind, backups",
    "restore_drill": "the clinic's own; found by its kind, backups",
    "clock": "the computer's clock; found by its kind, clinic",
    "declaration": "the clinic's own, made once; found by its kind, signed",
    "history": "the log itself; found by its kind, clinic",
    "key_file": "the clinic's one key file; found by its kind, keys",
    "subject_map": "the log itself; found by its kind, clinic",
}


def test_every_kind_of_object_that_an_act_speaks_of_belongs_to_a_record_or_says_why_not() -> None:
    assert PHRASES.keys() <= LOG_RIGHTS.keys()
    spoken_of = {kind for right in LOG_RIGHTS.values() for kind in right.kinds if kind is not None}
    told = frozenset().union(*OBJECTS.values(), *BY_ID.values())
    assert spoken_of - told == NO_RECORD.keys()
    assert told <= spoken_of


ACTS = {
    "attachment": ["attachment.kept"],
    "photo": ["photo.kept"],
    "medical_history": ["medical_history.ended", "medical_history.added"],
    "planned_visit": ["plan.made"],
    "import": ["import.made"],
    "consent_withdrawal": ["consent.withdrawn"],
    "day": ["day.closed"],
}


@pytest.fixture
def with_records(clinic: SmallClinic, tmp_path: Path) -> SmallClinic:
    """A person with a kept paper, an allergy that ended, a planned visit and a withdrawn consent."""
    desk, owner = clinic.as_user("desk"), clinic.as_user("owner")
    ada = add_person(desk, "Testerman")
    keep_attachment(desk, ada, NewAttachment("exam", "Exam of May", b"%PDF-1.7\n%%EOF\n", date(2026, 11, 20)))
    nurse = clinic.as_user("reyes")
    choose(nurse, ada, "chart")
    a_photo(nurse, ada)
    new = NewHistory(
        HistoryKind.ALLERGY, code="", words="Nickel", since="", source=HistorySource.PATIENT, note=""
    )
    line = add_medical_history(desk, ada, new)
    end_medical_history(desk, ada, line.history_id, ended_on=date(2026, 11, 23), reason="Tested since.")
    plan_visits(desk, [NewPlanned(ada, date(2026, 11, 24), "", "microneedling", "reyes")])
    withdraw_consent(desk, ada, NewWithdrawal(withdrawn_by="Ada Testerman"))
    roster = tmp_path / "roster.csv"
    roster.write_text("first name,last name,date of birth\nBen,Imported,1990-02-03\n")
    import_patients(owner, roster, date_order=None, dry_run=False)
    close_day(owner, tmp_path / "slip.pdf")
    return clinic


def test_the_history_of_each_kind_of_record_has_its_own_entries_and_no_others(
    with_records: SmallClinic,
) -> None:
    owner = with_records.as_user("owner")
    assert set(ACTS) < set(RECORD_KINDS)
    for kind, actions in ACTS.items():
        with owner.store.reading() as session:
            thing = session.scalars(select(LogEntry.object_id).where(LogEntry.action == actions[0])).one()
        assert thing is not None
        page = open_log(owner, LogFilter(record=RecordRef(kind, thing)))
        assert [row.action for row in page.rows] == actions
        if kind in SHOWN_SHORT:
            short = open_log(owner, LogFilter(record=RecordRef(kind, thing[:8])))
            assert [row.action for row in short.rows] == actions, "lists show its first letters"
        assert thing not in page.title or kind == "day", "a record is called by its own words"


def test_what_was_done_to_a_device_and_how_a_lot_was_counted_stand_in_their_history(
    clinic: SmallClinic,
) -> None:
    desk = clinic.as_user("desk")
    enter_service(desk, "SP-01", NewService("cleaning", date(2026, 11, 20), "T. Reyes"))
    receive_lot(desk, "cartridge", "LOT-1", quantity=10)
    count_lot(desk, "cartridge", "LOT-1", quantity=9)
    owner = clinic.as_user("owner")
    for kind, name, actions in (
        ("device", "SP-01", ["device.service_entered", "device.added"]),
        ("lot", "cartridge:LOT-1", ["lot.counted", "lot.received", "lot.added"]),
    ):
        page = open_log(owner, LogFilter(record=RecordRef(kind, name)))
        assert [row.action for row in page.rows] == actions


def test_what_was_done_about_an_event_stands_in_its_history_and_in_its_visits(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window").visit_id
    desk, owner = clinic.as_user("desk"), clinic.as_user("owner")
    event, other = write_down(desk, visit).event_id, write_down(desk, visit).event_id
    follow_event(desk, event, NewStep(StepKind.TOLD, "By telephone."))
    follow_event(desk, other, NewStep(StepKind.NOTE, "Better."))
    with clinic.signing("okafor") as (okafor, by):
        acknowledge_event(okafor, event, "Cool it.", by, shown="window")
    page = open_log(owner, LogFilter(record=RecordRef("adverse_event", event[:8])))
    of_event = [f"adverse_event.{one}" for one in ("acknowledged", "told", "recorded")]
    assert [row.action for row in page.rows] == of_event
    page = open_log(owner, LogFilter(record=RecordRef("visit", visit)))
    about = [row.action for row in page.rows if row.action.startswith("adverse_event.")]
    of_both = ("acknowledged", "noted", "told", "recorded", "recorded")
    assert about == [f"adverse_event.{one}" for one in of_both]
