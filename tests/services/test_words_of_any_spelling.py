"""Words are kept however they are spelled: accents apart, as some systems type them, or half a letter."""

import inspect
import json
import typing
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import is_dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.adverse_events import StepKind
from mnclinic.domain.amendment import AmendmentKind
from mnclinic.domain.credentials import PaperKind
from mnclinic.domain.person_details import Standing
from mnclinic.errors import ClinicError, InvalidInput, StoreUnavailable
from mnclinic.models import LogDetail, Staff, Visit
from mnclinic.services.acknowledge_event import acknowledge_event
from mnclinic.services.add_lot import NewLot, add_lot
from mnclinic.services.amend_visit import NewAmendment, amend_visit
from mnclinic.services.attachments import NewAttachment, keep_attachment
from mnclinic.services.back_up import back_up
from mnclinic.services.backup_plan import change_plan
from mnclinic.services.break_glass import break_glass
from mnclinic.services.change_details import change_details
from mnclinic.services.change_device import quarantine_device
from mnclinic.services.change_lot import quarantine_lot
from mnclinic.services.change_medical_history import NewHistory, add_medical_history, end_medical_history
from mnclinic.services.change_standing import change_standing
from mnclinic.services.check_store import check_store
from mnclinic.services.clinic_meetings import record_drill, take_drill_back
from mnclinic.services.clock_set_back import explain_set_back
from mnclinic.services.close_event import close_event
from mnclinic.services.copy_closed_clinic import copy_closed_clinic
from mnclinic.services.device_register import add_device, change_device_facts
from mnclinic.services.enter_service import NewService, enter_service
from mnclinic.services.find_patients import enter_search, find_patients
from mnclinic.services.follow_event import NewStep, follow_event
from mnclinic.services.hold_records import end_hold, hold_records
from mnclinic.services.import_patients import import_patients
from mnclinic.services.keep_visit_draft import keep_visit_draft
from mnclinic.services.look_back import begin_look_back, look_back
from mnclinic.services.mark_planned import cancel_planned, start_planned
from mnclinic.services.merge_records import merge_records, unmerge_records
from mnclinic.services.paper_bridge import print_paper_sheets, spoil_paper_sheet
from mnclinic.services.photos import keep_photo
from mnclinic.services.plan_visits import NewPlanned, change_planned, plan_visits, walk_in
from mnclinic.services.record_follow_up import NewTry, record_follow_up
from mnclinic.services.review_visit import return_visit
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.rule_versions import add_drafts
from mnclinic.services.save_visit import save_visit
from mnclinic.services.screen_state import keep_screen
from mnclinic.services.session import OpenClinic
from mnclinic.services.set_up_clinic import NewLicence, NewPerson
from mnclinic.services.settings import change_setting
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.services.stock import count_lot, discard_lot, receive_lot
from mnclinic.services.users.add_user import add_user
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.extend_access import extend_access
from mnclinic.services.users.reset_user import reset_user
from mnclinic.services.users.staff_papers import NewPaper, end_paper, enter_paper
from mnclinic.services.void_visit import void_visit
from mnclinic.services.whom_to_call import change_whom_to_call
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from mnclinic.store.log_writer import Act
from tests.domain.builders import draft
from tests.faults.test_operations import name_of, services, writing_services
from tests.services.clinic_builder import (
    MONDAY,
    PASSWORDS,
    SmallClinic,
    add_person,
)
from tests.services.events import note_down, write_down
from tests.services.photographing import choose, new_photo
from tests.services.reading import actions_since
from tests.services.recalling import close_one, open_one, reach
from tests.services.test_every_act_is_entered import PEN, STOPPED_RECENTLY, Day

COMPOSED = "Désmayo, ¿cómo está?"
APART = unicodedata.normalize("NFD", COMPOSED)
HALF = "Torn off \ud83d here, so it ends"
ROSTER = "Last name,First name\nBrought,Ada\n"
SCAN = b"%PDF-1.7\nA page.\n%%EOF\n"
TODAY = MONDAY.date()
NEXT_PASSWORD = "harvest violin eleven clouds"


def _event(day: Day) -> str:
    return write_down(day.by("desk"), "V-000001").event_id


def _follow_up(day: Day, words: str) -> None:
    day.clinic.clock.at += timedelta(hours=49)
    new = NewTry("telephone", "wrong", {}, words)
    record_follow_up(day.by("desk"), "V-000001", "call+48", new)


def _acknowledge(day: Day, event: str, words: str) -> str:
    with day.clinic.signing("okafor") as (okafor, by):
        acknowledge_event(okafor, event, words, by, shown="window")
    return event


def _add(day: Day, words: str) -> None:
    licence = NewLicence("TX " + words, words, "TX", date(2026, 1, 1), date(2027, 1, 1))
    person = NewPerson("nell", words, "provider", words, NEXT_PASSWORD, None, (licence,))
    add_user(day.by("owner"), person, PASSWORDS["owner"])


def _enter_paper(day: Day, words: str) -> None:
    paper = NewPaper(PaperKind.TRAINING, words, words, words, date(2026, 1, 1), date(2027, 12, 31))
    enter_paper(day.by("owner"), "reyes", paper, PASSWORDS["owner"])


def _end_paper(day: Day, words: str) -> None:
    end_paper(day.by("owner"), "lind", "L-1", TODAY, PASSWORDS["owner"], reason=words)


def _draft(day: Day, name: str) -> tuple[str, int, dict[str, object]]:
    reyes = day.by("reyes")
    visit = start_visit(reyes, add_person(reyes, name), "microneedling_face", "reyes")
    view = show_visit(reyes, visit, opened=False)
    return visit, view.edition, dict(view.document)


def _save(day: Day, words: str) -> None:
    visit, edition, content = _draft(day, "Saved")
    save_visit(day.by("reyes"), visit, edition, content | {"note": words})


def _keep(day: Day, words: str) -> None:
    visit, edition, content = _draft(day, "Kept")
    typed: dict[str, Any] = {"typed": {"note": words}, "was": {}}
    whole: dict[str, Any] = {"typed": {}, "was": {}}
    document = content | {"note": words}
    keep_visit_draft(day.by("reyes"), visit, edition, document, rest=typed, whole=whole, at=words, cursor=0)


def _void(day: Day, words: str) -> None:
    visit, edition, _ = _draft(day, "Voided")
    void_visit(day.by("reyes"), visit, edition, words)


def _return(day: Day, words: str) -> None:
    day.decide(return_visit, "V-000001", words)


def _release(day: Day, words: str) -> None:
    other = {"last_name": "Otherson", "first_name": "Bo", "born_on": "1985-01-02"}
    day.release(day.record(patient=other, screening=STOPPED_RECENTLY), words)


def _record(day: Day, words: str) -> None:
    other = {"last_name": "Recordson", "first_name": "Bo", "born_on": "1985-01-02"}
    day.record(patient=other, note=words)


def _amend(day: Day, words: str) -> None:
    with day.clinic.signing("reyes") as (reyes, by):
        wanted = NewAmendment(AmendmentKind.ADDENDUM, text=words, reason=words)
        amend_visit(reyes, "V-000001", wanted, by, shown="window")


def _plan(day: Day, words: str, at_time: str) -> str:
    ref = add_person(day.by("desk"), f"Planned {at_time}")
    wanted = NewPlanned(ref, TODAY, at_time, words, "reyes", words)
    return plan_visits(day.by("desk"), [wanted]).plans[0].plan_id


def _change_planned(day: Day, words: str) -> None:
    plan = _plan(day, "", "11:00")
    ref = find_patients(day.by("desk"), "Planned 11:00").rows[0].ref
    change_planned(day.by("desk"), plan, 1, NewPlanned(ref, TODAY, "11:30", words, "reyes", words))


def _merge(day: Day, words: str) -> None:
    desk = day.by("desk")
    into, away = add_person(desk, "Merged"), add_person(desk, "Merged", first_name="Adam")
    merge_records(desk, away, into, words)
    unmerge_records(desk, away, words)


def _hold(day: Day, words: str) -> None:
    held = add_person(day.by("desk"), "Held")
    hold_records(day.by("owner"), held, words)
    end_hold(day.by("owner"), held, words)


def _history(day: Day, words: str) -> None:
    desk = day.by("desk")
    added = add_medical_history(desk, "P-000001", NewHistory("medicine", words=words, note=words))
    end_medical_history(desk, "P-000001", added.history_id, ended_on=TODAY, reason=words)


def _photo(day: Day, words: str) -> None:
    choose(day.by("reyes"), "P-000001", "chart")
    keep_photo(day.by("reyes"), "P-000001", new_photo(view=words))


def _spoil(day: Day, words: str) -> None:
    sheet = day.out / "sheet.pdf"
    printed = print_paper_sheets(day.by("desk"), "face", count=1, language="en", out=sheet)
    spoil_paper_sheet(day.by("desk"), printed.rows[0].number, reason=words)


def _drill(day: Day, words: str) -> None:
    record_drill(day.by("owner"), TODAY, words)
    take_drill_back(day.by("owner"), TODAY, words)


def _discard(day: Day, words: str) -> None:
    receive_lot(day.by("desk"), "cartridge", "LOT-1", quantity=5)
    discard_lot(day.by("desk"), "cartridge", "LOT-1", quantity=1, reason=words)
    count_lot(day.by("desk"), "cartridge", "LOT-1", quantity=1, reason=words)


def _device(day: Day, words: str) -> None:
    entry = PEN | {"device": "EX-02", "serial": "882", "maker": words}
    add_device(day.by("okafor"), entry)
    change_device_facts(day.by("okafor"), "EX-02", entry | {"speed": words}, reason=words)


def _import(day: Day, words: str) -> None:
    roster = day.out / f"{words.encode('utf-8', 'ignore').decode()}.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    import_patients(day.by("desk"), roster, date_order=None, dry_run=False)


def _extend(day: Day, words: str) -> None:
    later = MONDAY + timedelta(days=40)
    extend_access(day.by("owner"), "inspector", later, PASSWORDS["owner"], reason=words)


def _drafts(day: Day, words: str) -> None:
    content = draft("consent_texts/microneedling-precare-2-es.json")
    begins = {"effective_on": MONDAY.date().isoformat()}
    add_drafts(day.by("okafor"), "consent_text", [content | begins | {"title": words}])


def _set_clock_back(day: Day, words: str) -> None:
    day.clinic.clock.at -= timedelta(days=2)
    try:
        explain_set_back(day.by("desk"), words)
    finally:
        day.clinic.clock.at += timedelta(days=2)


def _rotate(day: Day, words: str) -> None:
    owner = day.by("owner")
    for other in day.clinic.opened:
        if other is not owner:
            other.close()
    rotate_database_key(owner, words)


def _add_person(day: Day, words: str) -> None:
    kept: dict[str, object] = dict.fromkeys(
        ("first_name", "address", "notes", "pronouns", "allergies"), words
    )
    add_person(day.by("desk"), words, **kept)


ACTS: dict[str, Callable[[Day, str], object]] = {
    "add_patient.add_patient": _add_person,
    "change_details.change_details": lambda day, words: change_details(
        day.by("desk"), "P-000001", {"notes": words, "address": words, "emergency_contact": words}
    ),
    "change_standing.change_standing": lambda day, words: change_standing(
        *(day.by("desk"), add_person(day.by("desk"), "Away"), Standing.INACTIVE), note=words
    ),
    "hold_records.hold_records": _hold,
    "merge_records.merge_records": _merge,
    "change_medical_history.add_medical_history": _history,
    "attachments.keep_attachment": lambda day, words: keep_attachment(
        day.by("desk"), "P-000001", NewAttachment("consent", words, SCAN, TODAY, words)
    ),
    "photos.keep_photo": _photo,
    "withdraw_consent.withdraw_consent": lambda day, words: withdraw_consent(
        day.by("desk"), "P-000001", NewWithdrawal(withdrawn_by=words, note=words)
    ),
    "find_patients.enter_search": lambda day, words: (
        find_patients(day.by("desk"), words),
        enter_search(day.by("desk"), words),
    ),
    "import_patients.import_patients": _import,
    "start_visit.start_visit": lambda day, words: start_visit(
        day.by("reyes"), add_person(day.by("reyes"), "Started"), words, "reyes"
    ),
    "save_visit.save_visit": _save,
    "keep_visit_draft.keep_visit_draft": _keep,
    "void_visit.void_visit": _void,
    "record_visit.record_visit": _record,
    "record_adverse_event.record_adverse_event": lambda day, words: note_down(
        day.by("reyes"), "V-000001", event=words, grade=1, noted_on=TODAY, note=words
    ),
    "follow_event.follow_event": lambda day, words: follow_event(
        day.by("desk"), _event(day), NewStep(StepKind.REPORTED, words, None, words, TODAY)
    ),
    "acknowledge_event.acknowledge_event": lambda day, words: _acknowledge(day, _event(day), words),
    "close_event.close_event": lambda day, words: close_event(
        day.by("okafor"), _acknowledge(day, _event(day), words), "recovered", words
    ),
    "open_recall.open_recall": lambda day, words: open_one(
        day.by("desk"), named=words, reason=words, was_never_here=True
    ),
    # A drill: the lot stays as the other acts of this walk find it.
    "follow_recall.write_contact": lambda day, words: reach(
        day.by("desk"), open_one(day.by("desk"), is_drill=True, notice=None), text=words
    ),
    "close_recall.close_recall": lambda day, words: close_one(
        day.clinic, open_one(day.by("desk"), is_drill=True, notice=None), words
    ),
    "amend_visit.amend_visit": _amend,
    "review_visit.return_visit": _return,
    "review_visit.release_visit": _release,
    "plan_visits.plan_visits": lambda day, words: _plan(day, words, "10:30"),
    "plan_visits.change_planned": _change_planned,
    "plan_visits.walk_in": lambda day, words: walk_in(
        day.by("desk"), add_person(day.by("desk"), "Walker"), service=words
    ),
    "mark_planned.cancel_planned": lambda day, words: cancel_planned(
        day.by("desk"), _plan(day, "", "12:00"), 1, words
    ),
    "mark_planned.start_planned": lambda day, words: start_planned(
        day.by("reyes"), _plan(day, "", "12:30"), 1, service=words
    ),
    "add_lot.add_lot": lambda day, words: add_lot(
        day.by("desk"), NewLot("topical", words, words, date(2027, 5, 31))
    ),
    "change_lot.quarantine_lot": lambda day, words: quarantine_lot(
        day.by("desk"), "cartridge", "LOT-1", reason=words
    ),
    "stock.discard_lot": _discard,
    "device_register.add_device": _device,
    "enter_service.enter_service": lambda day, words: enter_service(
        day.by("desk"), "SP-01", NewService("cleaning", TODAY, words, note=words)
    ),
    "change_device.quarantine_device": lambda day, words: quarantine_device(
        day.by("desk"), "SP-01", reason=words
    ),
    "paper_bridge.spoil_paper_sheet": _spoil,
    "clinic_meetings.record_drill": _drill,
    "rule_versions.add_drafts": _drafts,
    "screen_state.keep_screen": lambda day, words: keep_screen(day.by("desk"), {"typed": words}),
    "settings.change_setting": lambda day, words: change_setting(
        day.by("owner"), "idle_lock_min", 9, reason=words
    ),
    "whom_to_call.change_whom_to_call": lambda day, words: change_whom_to_call(
        day.by("owner"), f"512-555-0100 {words}", f"911 {words}"
    ),
    "backup_plan.change_plan": lambda day, words: change_plan(
        day.by("owner"), folder=day.out, legal_hold=True, reason=words
    ),
    "look_back.begin_look_back": lambda day, words: begin_look_back(day.by("desk"), words, most=128),
    "look_back.look_back": lambda day, words: look_back(day.by("desk"), words),
    "break_glass.break_glass": lambda day, words: break_glass(day.by("desk"), words),
    "users.staff_papers.enter_paper": _enter_paper,
    "users.staff_papers.end_paper": _end_paper,
    "users.add_user.add_user": _add,
    "users.extend_access.extend_access": _extend,
    "users.reset_user.reset_user": lambda day, words: reset_user(
        day.by("owner"), "lind", NEXT_PASSWORD, PASSWORDS["owner"], reason=words
    ),
    "users.end_access.end_access": lambda day, words: end_access(
        day.by("owner"), "lind", PASSWORDS["owner"], reason=words
    ),
    "clock_set_back.explain_set_back": _set_clock_back,
    "rotate_database_key.rotate_database_key": _rotate,
    # The last one: it comes two days later.
    "record_follow_up.record_follow_up": _follow_up,
}
"""Acts that take words, in an order in which each can be done after those before it."""


@pytest.fixture
def day(clinic: SmallClinic, tmp_path: Path) -> Day:
    found = Day(clinic, tmp_path)
    found.record()
    return found


def test_letters_with_their_accents_apart_are_kept_put_together(day: Day) -> None:
    for act in ACTS.values():
        act(day, APART)
    checked = check_store(day.by("owner"))
    assert (checked.verdict, checked.findings) == ("OK", ())
    with Session(day.by("owner").store.engine) as session:
        said = [json.loads(detail) for detail in session.scalars(select(LogDetail.detail))]
        assert {"reason": COMPOSED} in said
        assert session.scalars(select(Staff.name).where(Staff.user == "nell")).one() == COMPOSED
        assert COMPOSED in session.scalars(select(Visit.reason)).all()


def test_half_a_letter_is_never_a_defect(day: Day) -> None:
    for act in ACTS.values():
        with suppress(ClinicError):
            act(day, HALF)
    checked = check_store(day.by("owner"))
    assert (checked.verdict, checked.findings) == ("OK", ())


def test_what_a_use_case_forgot_to_spell_is_refused_and_nothing_is_stored(day: Day) -> None:
    def forgetful(words: str) -> None:
        with day.by("desk").work() as work:
            work.log.record(Act("patient.searched", "Q", detail={"terms": words}))
            work.commit()

    for words in (APART, HALF):
        with pytest.raises(InvalidInput, match="Nothing was saved or changed"):
            forgetful(words)


def test_a_backup_goes_into_a_folder_whose_name_has_its_accents_apart(day: Day) -> None:
    stick, owner = day.out / APART, day.by("owner")
    stick.mkdir()
    made = back_up(owner, stick)
    assert (made.backup.is_there, made.backup.place) == (True, stick)
    planned = change_plan(owner, folder=stick)
    assert planned.folder == stick
    assert back_up(owner).backup.is_there
    day.clinic.close()
    assert copy_closed_clinic(day.clinic.folder, clock=day.clinic.clock).folder.parent == stick
    assert check_store(day.by("owner")).verdict == "OK"


def test_why_no_backup_was_made_in_such_a_folder_is_entered(day: Day) -> None:
    with pytest.raises(StoreUnavailable, match="is not there"):
        back_up(day.by("owner"), day.out / APART)
    assert actions_since(day.by("owner"), 0).count("backup.failed") == 1
    assert check_store(day.by("owner")).verdict == "OK"


@pytest.mark.parametrize("name", ["b\udcff", f"{APART} {COMPOSED}"], ids=["no letters", "both spellings"])
def test_a_folder_for_backups_that_the_log_cannot_name_is_refused(day: Day, name: str) -> None:
    (day.out / name).mkdir()
    with pytest.raises(InvalidInput, match=r"that the log cannot hold\. Nothing was done"):
        change_plan(day.by("owner"), folder=day.out / name)
    assert check_store(day.by("owner")).verdict == "OK"


def test_a_backup_into_a_folder_whose_name_is_no_text_is_refused_before_it_is_made(day: Day) -> None:
    stick = day.out / "b\udcff"
    stick.mkdir()
    with pytest.raises(InvalidInput, match=r"that the log cannot hold\. Nothing was done"):
        back_up(day.by("owner"), stick)
    assert list(stick.iterdir()) == []


def test_a_roster_whose_name_is_no_text_is_an_import_like_any_other(day: Day) -> None:
    roster = day.out / "b\udcff.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    assert import_patients(day.by("desk"), roster, date_order=None, dry_run=False).added == 1
    assert check_store(day.by("owner")).verdict == "OK"


# --- every use-case that takes words is walked ----------------------------------------------------

NOT_WORDS = frozenset(
    # What is looked up or compared and never kept as it was typed, what has a form of its own, and secrets.
    {"into", "away", "new_password", "password", "current", "user", "patient", "patient_ref", "visit"}
    | {"visit_id", "plan_id", "ref", "history_id", "attachment_id", "import_id", "glass_id", "named", "kind"}
    | {"lot", "device", "protocol", "language", "number", "searched", "performer", "hand_over_to"}
)
WITH_ANOTHER = {
    "bring_photos.keep_photos": "keep_photo",
    "authorisations.draft_authorisation": "add_drafts",
    "change_device.release_device": "quarantine_device",
    "change_lot.recall_lot": "quarantine_lot",
    "change_lot.release_lot": "quarantine_lot",
    "change_medical_history.end_medical_history": "add_medical_history",
    "clinic_meetings.record_site_visit": "record_drill",
    "clinic_meetings.take_drill_back": "record_drill",
    "clinic_meetings.take_site_visit_back": "record_drill",
    "device_register.change_device_facts": "add_device",
    "hold_records.end_hold": "hold_records",
    "keys.change_database_key.change_database_key": "rotate_database_key",
    "merge_records.unmerge_records": "merge_records",
    "rule_versions.add_draft": "add_drafts",
    "stock.count_lot": "discard_lot",
    "stock.receive_lot": "discard_lot",
    "text_versions.add_text_drafts": "add_drafts",
}
"""What is walked in the act of another one, or goes the way of that one's words."""
NO_WORDS = {
    "backup_rows.enter_failed": "is given the program's own sentence; a folder's name is tried below",
    "backup_rows.enter_made": "is given a manifest that was read",
    "backup_rows.enter_verdict": "is given a manifest that was read",
    "continue_after_loss.continue_after_loss": "needs a loss; its reason goes the way of a clock's",
    "device_register.confirm_device": "what was read is compared",
    "demo.planned_day.plan_demo_day": "writes the demo's own words",
    "export_photo.export_photo": "what it is for is one of three words",
    "photos.look_at": "a photograph is named by its id",
    **dict.fromkeys(
        ("held_pictures.hold_pictures", "held_pictures.held_pictures", "held_pictures.let_go"),
        "a visit and a picture are named by their ids; a file's name is tried beside them",
    ),
    "show_event.show_event": "an adverse event is named by its id",
    "print_event_worksheet.print_event_worksheet": "an adverse event is named by its id",
    "photos.show_photo": "a photograph is named by its id",
    "print_recall.print_recall": "a recall is named by its id, and which paper is one of three words",
    "copy_notice.copy_notice": "a recall is named by its id",
    "follow_recall.show_recall": "a recall is named by its id",
    "trace_events.people_of_factor": "is given a line of what was counted",
    "trace_events.people_with_events": "is given the program's own words of what was counted",
    "keys.recovery_sheet.read_back_recovery_sheet": "a code is compared",
    "list_follow_ups.open_contact": "a contact is named by its visit and its place in the schedule",
    "open_clinic.open_clinic": "why it was opened is a code of the program's",
    "open_clinic.open_unlocked": "why it was opened is a code of the program's",
    "pin_backup.pin_backup": "a backup's name is looked up",
    "telephone_order.take_telephone_order": "is tried where the policy has such orders",
    "users.choose_password.choose_password": "passwords are compared",
    "users.choose_password.recover_password": "passwords and codes are compared",
}
"""What takes no words that it keeps, or is tried elsewhere, each with its reason."""


def _takes_words(service: Callable[..., object]) -> bool:
    hints = typing.get_type_hints(service)
    return OpenClinic in hints.values() and any(
        name not in NOT_WORDS and name != "return" and _is_text(hints[name])
        for name in inspect.signature(service).parameters
    )


def _is_text(kind: object) -> bool:
    """Whether a type is a text, or what somebody wrote that holds one."""
    if is_dataclass(kind) and isinstance(kind, type):
        return kind.__name__.startswith("New")
    return kind is str or any(_is_text(inner) for inner in typing.get_args(kind))


def test_every_use_case_that_takes_words_is_walked() -> None:
    writing = writing_services()
    taking = {name for one in services() if (name := name_of(one)) in writing and _takes_words(one)}
    assert taking - set(ACTS) - set(WITH_ANOTHER) == set(NO_WORDS)
