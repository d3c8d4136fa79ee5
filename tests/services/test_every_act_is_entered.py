"""Each act that people can do leaves an entry: done here on a real clinic, and found in its log."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mnclinic.domain.adverse_events import StepKind
from mnclinic.domain.amendment import AmendmentKind
from mnclinic.domain.credentials import PaperKind
from mnclinic.domain.photos import PhotoUse
from mnclinic.errors import WrongCredentials
from mnclinic.models import LogDetail, LogEntry
from mnclinic.services.acknowledge_event import acknowledge_event
from mnclinic.services.add_lot import NewLot, add_lot
from mnclinic.services.amend_visit import amend_visit
from mnclinic.services.approve_document import add_document_in, approve_document
from mnclinic.services.attachments import NewAttachment, keep_attachment, read_attachment
from mnclinic.services.back_up import back_up
from mnclinic.services.break_glass import break_glass, see_break_glass
from mnclinic.services.change_device import quarantine_device, release_device
from mnclinic.services.change_lot import quarantine_lot, recall_lot, release_lot
from mnclinic.services.change_medical_history import NewHistory, add_medical_history, end_medical_history
from mnclinic.services.clinic_meetings import record_drill, record_site_visit
from mnclinic.services.clock_set_back import explain_set_back
from mnclinic.services.close_event import close_event
from mnclinic.services.copy_attachment import copy_attachment
from mnclinic.services.copy_notice import copy_notice
from mnclinic.services.demo.people import demo_log_ins
from mnclinic.services.device_register import add_device, change_device_facts, confirm_device
from mnclinic.services.enter_service import NewService, enter_service
from mnclinic.services.export_photo import export_photo
from mnclinic.services.find_patients import enter_search, show_patient
from mnclinic.services.follow_event import NewStep, follow_event
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.keys.recovery_sheet import make_recovery_sheet
from mnclinic.services.keys.revoke_key import revoke_signature_key
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.look_back import look_back
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.mark_planned import (
    cancel_planned,
    enter_planned_again,
    mark_arrived,
    mark_no_show,
    put_planned_back,
    start_planned,
    take_arrival_back,
)
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.paper_bridge import print_paper_sheets, return_paper_sheet, spoil_paper_sheet
from mnclinic.services.perform_visit import perform_visit
from mnclinic.services.photos import PhotoRow, show_photo
from mnclinic.services.plan_visits import (
    NewPlanned,
    change_planned,
    plan_visits,
    take_back_planned,
    walk_in,
)
from mnclinic.services.print_consent import print_blank_consent, print_consent, print_precare
from mnclinic.services.print_day_list import print_day_list
from mnclinic.services.print_documents import print_aftercare, print_chart, print_fingerprint_sheet
from mnclinic.services.print_event_worksheet import print_event_worksheet
from mnclinic.services.print_recall import print_recall
from mnclinic.services.print_receipt import print_receipt
from mnclinic.services.read_log import export_log, open_log
from mnclinic.services.record_follow_up import NewTry, record_follow_up
from mnclinic.services.record_visit import record_visit
from mnclinic.services.restore_clinic import restore_clinic
from mnclinic.services.restore_drill import restore_drill
from mnclinic.services.review_visit import approve_visit, release_visit, return_visit
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.save_visit import save_visit
from mnclinic.services.see_amendment import see_amendment
from mnclinic.services.session import OpenClinic
from mnclinic.services.set_up_clinic import NewPerson
from mnclinic.services.settings import change_setting
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.services.stock import count_lot, discard_lot, receive_lot
from mnclinic.services.users.add_user import add_user
from mnclinic.services.users.choose_password import choose_password
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.staff_papers import NewPaper, end_paper, enter_paper
from mnclinic.services.void_visit import void_visit
from mnclinic.services.whom_to_call import change_whom_to_call
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from tests.domain.builders import draft
from tests.services.amending import of_kind
from tests.services.clinic_builder import (
    CENTRAL,
    MONDAY,
    PASSWORDS,
    SmallClinic,
    StoppedClock,
    add_person,
    document,
    seen_by,
)
from tests.services.conftest import Work
from tests.services.events import note_down, write_down
from tests.services.photographing import a_photo, choose
from tests.services.reading import actions_since, entries_since, log_size, problems_found
from tests.services.recalling import close_one, open_one, reach
from tests.store.raw import without_triggers

OLD = Path(__file__).parents[1] / "old_databases"
OTHER = {"last_name": "Otherson", "first_name": "Bo", "born_on": "1985-01-02"}
SCAN = b"%PDF-1.7\nA page.\n%%EOF\n"
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
RETINOID = [
    {"item": "pregnancy", "answer": "no"},
    {"item": "isotretinoin_stopped", "answer": "no"},
    {"item": "topical_retinoid", "answer": "yes", "last_on": "2026-11-22"},
]
STOPPED_RECENTLY = [
    {"item": "pregnancy", "answer": "no"},
    {"item": "isotretinoin_stopped", "answer": "yes", "last_on": "2026-09-01"},
    {"item": "topical_retinoid", "answer": "no"},
]


PEN: dict[str, object] = {
    **{"device": "EX-01", "model": "Exceed", "maker": "MT.DERM", "serial": "881", "clearance": "K182407"},
    **{"max_depth_mm": "1.90", "minimum_age": 22},
    "indications": [{"indication": "facial_acne_scars", "phototypes": [1, 2]}],
}
PEN_READ = {"serial": "881", "max_depth_mm": "1.9", "minimum_age": "22"}
LASTING_WHYS = {
    *("asked", "break_glass", "drawn", "first", "first_by_new_staff", "found", "handed_over", "idle"),
    *("late_entry", "left", "lost", "new_password", "no_reason_given", "nobody_else", "not_drawn"),
    *(
        "outside_access_time",
        "previous_copy_in_use",
        "recovery_code",
        "renewed",
        "replaced",
        "returned",
        "set_up",
        "unknown_user",
        "unlocked",
    ),
    *("settled", "still_deferred"),
    *("wrong_password", "wrong_recovery_code", "wrong_recovery_sheet"),
}
LASTING_CATEGORIES = re.compile(
    # Kinds of data and of work, and what was asked of the log.
    "adverse_event|backup|clinic|consent|demographics|disclosure|emergency|history|keys|log|photo|review|roster"
    "|rules|screening|session|settings|signature|staff|supplies|treatment"
    "|(from|to):[0-9-]{10}|person:[0-9a-f-]{36}|kind:[a-z-]+|object:[a-z_]+"
)


def speaks_of_health(clinic: OpenClinic) -> list[tuple[str, str]]:
    """What the part of the entries that stays for ever says and may not."""
    found = []
    for entry in entries_since(clinic, 0):
        whys = [one for one in (entry["why"] or "").split(",") if one]
        found += [(entry["action"], one) for one in whys if one not in LASTING_WHYS]
        found += [(entry["action"], one) for one in entry["cat"] if not LASTING_CATEGORIES.fullmatch(one)]
    return found


@dataclass
class Day:
    """A clinic with a signed visit V-000001, and where its people write to."""

    clinic: SmallClinic
    out: Path

    def by(self, user: str) -> OpenClinic:
        return self.clinic.as_user(user)

    def record(self, **changes: object) -> str:
        with self.clinic.signing("reyes") as (reyes, by):
            return record_visit(reyes, document(**changes), by, shown="window").visit_id

    def refused(self) -> str:
        return self.record(patient=OTHER, screening=STOPPED_RECENTLY)

    def draft(self) -> tuple[OpenClinic, str]:
        reyes = self.by("reyes")
        return reyes, start_visit(reyes, add_person(reyes, "Drafted"), "microneedling_face", "reyes")

    def decide(self, act: Callable[..., object], visit: str, *words: str) -> None:
        with self.clinic.signing("okafor") as (okafor, by):
            act(okafor, visit, None, by, *words, shown="window")

    def release(self, visit: str, words: str) -> None:
        with self.clinic.signing("okafor") as (okafor, by):
            seen = seen_by(okafor, visit)
            release_visit(okafor, visit, None, by, words, shown="window", seen=seen)


def _one_visit(clinic: SmallClinic) -> None:
    Day(clinic, clinic.folder.parent).record()


@pytest.fixture
def day(clinic_after: Callable[[Work], SmallClinic], tmp_path: Path) -> Day:
    return Day(clinic_after(_one_visit), tmp_path)


def _event(day: Day) -> str:
    return write_down(day.by("desk"), "V-000001").event_id


def _follow_up(day: Day) -> None:
    day.clinic.clock.at += timedelta(hours=49)
    new = NewTry("telephone", "wrong", {}, "It itches.")
    record_follow_up(day.by("desk"), "V-000001", "call+48", new)


def _close_recall(day: Day) -> str:
    recall = open_one(day.by("desk"), is_drill=True, notice=None)
    return close_one(day.clinic, recall)


def _acknowledge_event(day: Day, event: str) -> str:
    with day.clinic.signing("okafor") as (okafor, by):
        acknowledge_event(okafor, event, "", by, shown="window")
    return event


def _change_draft(day: Day) -> None:
    reyes, visit = day.draft()
    view = show_visit(reyes, visit, opened=False)
    save_visit(reyes, visit, view.edition, view.document | {"note": "Came early."})


def _void(day: Day) -> None:
    reyes, visit = day.draft()
    void_visit(reyes, visit, show_visit(reyes, visit, opened=False).edition, "Opened twice.")


def _look_at_a_scan(day: Day) -> None:
    desk = day.by("desk")
    kept = keep_attachment(desk, "P-000001", NewAttachment("consent", "Consent", SCAN, MONDAY.date()))
    read_attachment(desk, kept.attachment_id)


def _keep_a_photo(day: Day) -> PhotoRow:
    choose(day.by("reyes"), "P-000001", "chart")
    return a_photo(day.by("reyes"), "P-000001")


def _look_at_a_photo(day: Day) -> None:
    show_photo(day.by("reyes"), _keep_a_photo(day).photo_id)


def _write_a_photo_out(day: Day) -> None:
    export_photo(day.by("reyes"), _keep_a_photo(day).photo_id, PhotoUse.CHART, day.out / "photo.jpg")


def _copy_a_scan(day: Day) -> None:
    desk = day.by("desk")
    kept = keep_attachment(desk, "P-000001", NewAttachment("consent", "Consent", SCAN, MONDAY.date()))
    copy_attachment(desk, kept.attachment_id, day.out / "scan.pdf")


def _amend(day: Day, kind: AmendmentKind) -> None:
    right = ""
    if kind is AmendmentKind.WRONG_PATIENT:
        right = add_person(day.by("desk"), "Rightson")
    with day.clinic.signing("reyes") as (reyes, by):
        amend_visit(reyes, "V-000001", of_kind(kind, right), by, shown="window")


def _see_an_amendment(day: Day) -> None:
    _amend(day, AmendmentKind.ADDENDUM)
    see_amendment(day.by("okafor"), "V-000001", 1)


def _expected(day: Day, **changes: str) -> NewPlanned:
    desk = day.by("desk")
    values = {"at_time": "10:30", "service": "microneedling_face", "performer": "reyes"} | changes
    return NewPlanned(show_patient(desk, "P-000001").ref, MONDAY.date(), **values)


def _plan(day: Day) -> str:
    return plan_visits(day.by("desk"), [_expected(day)]).plans[0].plan_id


def _print_precare(day: Day) -> None:
    sheet = draft("consent_texts/microneedling-precare-2-es.json")
    sheet["effective_on"] = MONDAY.date().isoformat()
    with day.clinic.signing("okafor") as (okafor, by):
        with okafor.work() as work:
            row_id = add_document_in(work, "consent_text", sheet, now=day.clinic.clock.now()).id
            work.commit()
        approve_document(okafor, row_id, by, shown="window")
    print_precare(day.by("desk"), "V-000001", "es", day.out / "before.pdf")


def _end_history(day: Day) -> None:
    desk = day.by("desk")
    added = add_medical_history(desk, "P-000001", NewHistory("medicine", "warfarin"))
    end_medical_history(desk, "P-000001", added.history_id, ended_on=date(2026, 11, 23), reason="Over.")


def _enter_paper(day: Day) -> None:
    paper = NewPaper(PaperKind.BLS, "", "B-1", "Example Heart School", date(2026, 1, 1), date(2027, 12, 31))
    enter_paper(day.by("owner"), "reyes", paper, PASSWORDS["owner"])


def _end_paper(day: Day) -> None:
    last_on = date(2026, 11, 23)
    end_paper(day.by("owner"), "reyes", "L-1", last_on, PASSWORDS["owner"], reason="Given up.")


def _arrive_and_not(day: Day) -> None:
    desk, plan = day.by("desk"), _plan(day)
    mark_arrived(desk, plan, 1)
    take_arrival_back(desk, plan, 2)


def _cancel_and_not(day: Day) -> None:
    desk, plan = day.by("desk"), _plan(day)
    cancel_planned(desk, plan, 1, "Has the flu.")
    put_planned_back(desk, plan, 2)


def _take_off_and_not(day: Day) -> None:
    desk, plan = day.by("desk"), _plan(day)
    take_back_planned(desk, plan)
    enter_planned_again(desk, plan, 2)


def _fail_log_in(day: Day) -> None:
    with pytest.raises(WrongCredentials):
        open_clinic(day.clinic.folder, "desk", "not the password at all", clock=day.clinic.clock)
    day.by("owner")


def _unlock(day: Day) -> None:
    day.clinic.opened.append(
        open_clinic(day.clinic.folder, "desk", PASSWORDS["desk"], clock=day.clinic.clock, why="unlocked")
    )


def _break_and_see(day: Day) -> None:
    glass = break_glass(day.by("desk"), "The provider is away and the patient has a reaction.")
    see_break_glass(day.by("okafor"), glass.id)


def _end(day: Day) -> None:
    end_access(day.by("owner"), "lind", PASSWORDS["owner"], reason="Moved away.")


def _add(day: Day) -> None:
    person = NewPerson("nell", "N. Newly", "front_desk", "", "harvest violin eleven clouds", None, ())
    add_user(day.by("owner"), person, PASSWORDS["owner"])


def _set_clock_back(day: Day) -> None:
    day.clinic.clock.at = MONDAY - timedelta(days=2)
    explain_set_back(day.by("desk"), "The battery was dead.")


def _set_clock_ahead(day: Day) -> None:
    desk = day.by("desk")
    add_person(desk, "Before")
    day.clinic.clock.is_set_by_hand = True
    day.clinic.clock.at += timedelta(hours=3)
    add_person(desk, "After")


def _come_back_late(day: Day) -> None:
    day.clinic.clock.at = MONDAY + timedelta(days=400)
    day.by("desk")


def _rotate(day: Day) -> None:
    owner = day.by("owner")
    for other in day.clinic.opened:
        if other is not owner:
            other.close()
    rotate_database_key(owner, "A PC was stolen.")
    day.by("owner")


def _back_up(day: Day) -> Path:
    place = day.out / "stick"
    place.mkdir()
    return back_up(day.by("owner"), place).backup.folder


def _drill(day: Day) -> None:
    backup, owner = _back_up(day), day.by("owner")
    restore_drill(
        backup,
        day.out / "drill.pdf",
        user="owner",
        password=PASSWORDS["owner"],
        clock=day.clinic.clock,
        live=owner,
    )


def _period(day: Day) -> MakeBundle:
    return MakeBundle(*NOVEMBER, day.out / "bundle.zip", plain=True)


def print_sheet(day: Day) -> object:
    return print_paper_sheets(day.by("desk"), "face", count=1, language="en", out=day.out / "sheet.pdf")


ACTS: dict[str, tuple[Callable[[Day], object], str]] = {
    "add a patient": (lambda day: add_person(day.by("desk"), "Added"), "patient.added"),
    "start a visit": (lambda day: day.draft(), "visit.started"),
    "change a draft on purpose": (_change_draft, "visit.draft_saved"),
    "void": (_void, "visit.voided"),
    "sign as performer": (lambda day: day.record(patient=OTHER), "visit.performed"),
    "approve": (lambda day: day.decide(approve_visit, "V-000001"), "visit.signed"),
    "return": (lambda day: day.decide(return_visit, "V-000001", "Why so deep?"), "visit.returned"),
    "pass a warning": (
        lambda day: day.record(
            patient=OTHER,
            screening=RETINOID,
            reasons=[{"code": "topical_retinoid", "reason": "Only on the arms."}],
        ),
        "visit.warnings_passed",
    ),
    "release": (
        lambda day: day.release(day.record(patient=OTHER, screening=STOPPED_RECENTLY), "Low dose."),
        "visit.released",
    ),
    "enter a paper": (_enter_paper, "staff.paper_entered"),
    "end a paper": (_end_paper, "staff.paper_ended"),
    "write into a history": (
        lambda day: add_medical_history(day.by("desk"), "P-000001", NewHistory("allergy", "latex")),
        "medical_history.added",
    ),
    "keep a scan": (
        lambda day: keep_attachment(
            day.by("desk"), "P-000001", NewAttachment("consent", "Consent", SCAN, MONDAY.date())
        ),
        "attachment.kept",
    ),
    "keep a photograph": (_keep_a_photo, "photo.kept"),
    "look at a photograph": (_look_at_a_photo, "photo.viewed"),
    "write a photograph out": (_write_a_photo_out, "photo.exported"),
    "look at a scan": (_look_at_a_scan, "attachment.viewed"),
    "copy a scan out": (_copy_a_scan, "attachment.copied"),
    **{
        f"sign an amendment: {kind}": (partial(_amend, kind=kind), f"amendment.{kind}")
        for kind in AmendmentKind
    },
    "name the right patient": (partial(_amend, kind=AmendmentKind.WRONG_PATIENT), "amendment.right_patient"),
    "see an amendment": (_see_an_amendment, "amendment.seen"),
    "withdraw a consent": (
        lambda day: withdraw_consent(day.by("desk"), "P-000001", NewWithdrawal(withdrawn_by="Ada")),
        "consent.withdrawn",
    ),
    "add a lot": (
        lambda day: add_lot(day.by("desk"), NewLot("topical", "H-7", "hydrogel", date(2027, 5, 31))),
        "lot.added",
    ),
    "quarantine a lot": (
        lambda day: quarantine_lot(day.by("desk"), "cartridge", "LOT-1", reason="A doubt."),
        "lot.quarantined",
    ),
    "recall a lot": (
        lambda day: recall_lot(day.by("desk"), "cartridge", "LOT-1", reason="A letter."),
        "lot.recalled",
    ),
    "release a lot": (
        lambda day: (
            quarantine_lot(day.by("desk"), "cartridge", "LOT-1", reason="A doubt."),
            release_lot(day.by("okafor"), "cartridge", "LOT-1", reason="Looked at."),
        ),
        "lot.released",
    ),
    "add a device": (lambda day: add_device(day.by("okafor"), PEN), "device.added"),
    "confirm a device": (
        lambda day: (
            add_device(day.by("okafor"), PEN),
            confirm_device(day.by("okafor"), "EX-01", read=PEN_READ),
        ),
        "device.confirmed",
    ),
    "correct a device": (
        lambda day: (
            add_device(day.by("okafor"), PEN),
            change_device_facts(day.by("okafor"), "EX-01", PEN | {"speed": "100 Hz"}, reason="Read again."),
        ),
        "device.changed",
    ),
    "enter what was done to a device": (
        lambda day: enter_service(
            day.by("desk"), "SP-01", NewService("cleaning", date(2026, 11, 20), "R. T.")
        ),
        "device.service_entered",
    ),
    "receive some of a lot": (
        lambda day: receive_lot(day.by("desk"), "cartridge", "LOT-1", quantity=5),
        "lot.received",
    ),
    "discard some of a lot": (
        lambda day: (
            receive_lot(day.by("desk"), "cartridge", "LOT-1", quantity=5),
            discard_lot(day.by("desk"), "cartridge", "LOT-1", quantity=1, reason="Torn."),
        ),
        "lot.discarded",
    ),
    "count a lot": (
        lambda day: count_lot(day.by("desk"), "cartridge", "LOT-1", quantity=5),
        "lot.counted",
    ),
    "print a paper sheet": (print_sheet, "paper.issued"),
    "bring a paper sheet back": (
        lambda day: (
            print_sheet(day),
            return_paper_sheet(day.by("desk"), "PB-000001", "V-000001", scan=SCAN),
        ),
        "paper.returned",
    ),
    "spoil a paper sheet": (
        lambda day: (print_sheet(day), spoil_paper_sheet(day.by("desk"), "PB-000001", reason="Torn.")),
        "paper.spoiled",
    ),
    "quarantine a device": (
        lambda day: quarantine_device(day.by("desk"), "SP-01", reason="A doubt."),
        "device.quarantined",
    ),
    "release a device": (
        lambda day: (
            quarantine_device(day.by("desk"), "SP-01", reason="A doubt."),
            release_device(day.by("okafor"), "SP-01", reason="Serviced."),
        ),
        "device.released",
    ),
    "end an entry of a history": (_end_history, "medical_history.ended"),
    "plan a visit": (_plan, "plan.made"),
    "change a planned visit": (
        lambda day: change_planned(day.by("desk"), _plan(day), 1, _expected(day, note="Later.")),
        "plan.changed",
    ),
    "take a planned visit back": (
        lambda day: take_back_planned(day.by("desk"), _plan(day)),
        "plan.taken_back",
    ),
    "enter a planned visit again": (_take_off_and_not, "plan.entered_again"),
    "walk in": (lambda day: walk_in(day.by("desk"), _expected(day).patient_ref), "plan.walked_in"),
    "mark as arrived": (lambda day: mark_arrived(day.by("desk"), _plan(day), 1), "plan.arrived"),
    "take an arrival back": (_arrive_and_not, "plan.arrival_taken_back"),
    "cancel a planned visit": (
        lambda day: cancel_planned(day.by("desk"), _plan(day), 1, "Has the flu."),
        "plan.cancelled",
    ),
    "mark as not shown up": (lambda day: mark_no_show(day.by("desk"), _plan(day), 1), "plan.no_show"),
    "put a planned visit back": (_cancel_and_not, "plan.put_back"),
    "start a planned visit": (lambda day: start_planned(day.by("reyes"), _plan(day), 1), "plan.started"),
    "record an adverse event": (
        lambda day: note_down(
            day.by("reyes"),
            visit_id="V-000001",
            event="redness",
            grade=1,
            noted_on=date(2026, 11, 23),
            note="",
        ),
        "adverse_event.recorded",
    ),
    "tell the director of an event": (
        lambda day: follow_event(day.by("desk"), _event(day), NewStep(StepKind.TOLD)),
        "adverse_event.told",
    ),
    "note how an event goes on": (
        lambda day: follow_event(day.by("desk"), _event(day), NewStep(StepKind.NOTE, "Better.")),
        "adverse_event.noted",
    ),
    "note that an event was reported": (
        lambda day: follow_event(
            day.by("desk"),
            _event(day),
            NewStep(StepKind.REPORTED, report_number="MW1", reported_on=date(2026, 11, 23)),
        ),
        "adverse_event.reported",
    ),
    "sign to know of an event": (
        lambda day: _acknowledge_event(day, _event(day)),
        "adverse_event.acknowledged",
    ),
    "close an event": (
        lambda day: close_event(day.by("okafor"), _acknowledge_event(day, _event(day)), "recovered", "Gone."),
        "adverse_event.closed",
    ),
    "write a follow-up contact down": (_follow_up, "follow_up.recorded"),
    "open a recall": (lambda day: open_one(day.by("desk")), "recall.opened"),
    "write down who was told of a recall": (
        lambda day: reach(day.by("desk"), open_one(day.by("desk"))),
        "recall.contacted",
    ),
    "close a recall": (_close_recall, "recall.closed"),
    "print a paper of a recall": (
        lambda day: print_recall(day.by("desk"), open_one(day.by("desk")), "report", day.out / "r.pdf"),
        "recall.printed",
    ),
    "copy a recall's notice out": (
        lambda day: copy_notice(day.by("desk"), open_one(day.by("desk")), day.out / "notice.pdf"),
        "recall.notice_copied",
    ),
    "read a record": (lambda day: show_patient(day.by("desk"), "P-000001"), "patient.viewed"),
    "read a visit": (lambda day: show_visit(day.by("desk"), "V-000001"), "visit.viewed"),
    "read the log": (lambda day: open_log(day.by("owner"), LogFilter()), "log.viewed"),
    "search": (lambda day: enter_search(day.by("desk"), "testerman"), "patient.searched"),
    "look up whom a lot touched": (lambda day: look_back(day.by("desk"), "LOT-1"), "recall.searched"),
    "see whom a lot touched": (lambda day: look_back(day.by("desk"), "LOT-1"), "recall.viewed"),
    "print a chart": (
        lambda day: print_chart(day.by("desk"), "V-000001", day.out / "chart.pdf"),
        "visit.printed",
    ),
    "print the day's list": (
        lambda day: print_day_list(day.by("desk"), None, day.out / "list.pdf"),
        "day_list.printed",
    ),
    "print a receipt": (
        lambda day: print_receipt(day.by("desk"), "V-000001", "es", day.out / "receipt.pdf"),
        "receipt.printed",
    ),
    "print an aftercare sheet": (
        lambda day: print_aftercare(day.by("desk"), "V-000001", "es", day.out / "care.pdf"),
        "aftercare.printed",
    ),
    "print a signed consent": (
        lambda day: print_consent(day.by("desk"), "V-000001", day.out / "consent.pdf"),
        "consent.printed",
    ),
    "print a form to sign": (
        lambda day: print_blank_consent(day.by("desk"), "V-000001", "en", day.out / "form.pdf"),
        "consent.form_printed",
    ),
    "print the sheet about preparing": (
        _print_precare,
        "precare.printed",
    ),
    "print the worksheet of an event": (
        lambda day: print_event_worksheet(day.by("desk"), _event(day), day.out / "worksheet.pdf"),
        "adverse_event.printed",
    ),
    "print the fingerprint": (
        lambda day: print_fingerprint_sheet(day.by("okafor"), day.out / "fingerprint.pdf"),
        "fingerprint.printed",
    ),
    "export a bundle": (lambda day: make_bundle(day.by("okafor"), _period(day)), "bundle.made"),
    "export the log": (
        lambda day: export_log(day.by("owner"), LogFilter(), day.out / "log.csv"),
        "log.exported",
    ),
    "log in": (lambda day: day.by("desk"), "login"),
    "log out": (lambda day: day.by("desk").close(), "logout"),
    "lock": (lambda day: day.by("desk").close(locked="idle"), "lock"),
    "unlock": (_unlock, "login"),
    "fail to log in": (_fail_log_in, "login.failed"),
    "break the glass": (_break_and_see, "glass.broken"),
    "see that it was broken": (_break_and_see, "glass.seen"),
    "choose a password": (
        lambda day: choose_password(day.by("desk"), PASSWORDS["desk"], "harvest violin eleven clouds"),
        "account.password_changed",
    ),
    "choose a password because the old one may be known": (
        lambda day: choose_password(
            day.by("desk"), PASSWORDS["desk"], "harvest violin eleven clouds", may_be_known=True
        ),
        "account.keys_renewed",
    ),
    "make a recovery code": (
        lambda day: make_recovery_code(day.by("lind"), PASSWORDS["lind"], day.out / "card.pdf"),
        "account.recovery_code_made",
    ),
    "make a recovery sheet": (
        lambda day: make_recovery_sheet(day.by("owner"), PASSWORDS["owner"], day.out / "sheet.pdf"),
        "recovery_sheet.made",
    ),
    "end a key": (
        lambda day: revoke_signature_key(day.by("okafor"), "lind", "lost", PASSWORDS["okafor"]),
        "key.revoked",
    ),
    "change the database key": (_rotate, "database_key.rotation_finished"),
    "give somebody a role": (_add, "staff.added"),
    "take somebody's role away": (_end, "staff.left"),
    "change a setting": (
        lambda day: change_setting(day.by("owner"), "idle_lock_min", 3),
        "setting.changed",
    ),
    "say whom patients call": (
        lambda day: change_whom_to_call(day.by("owner"), "512-555-0100", ""),
        "setting.changed",
    ),
    "set the clock back": (_set_clock_back, "clock.set_back"),
    "set the clock ahead": (_set_clock_ahead, "clock.jumped"),
    "come back after more than a year": (_come_back_late, "clock.long_gap"),
    "be at the clinic as its director": (
        lambda day: record_site_visit(day.by("okafor"), date(2026, 11, 20), "Read charts."),
        "meeting.director_visited",
    ),
    "hold a drill": (
        lambda day: record_drill(day.by("lind"), date(2026, 11, 20), "Fainting."),
        "meeting.drill_held",
    ),
    "back up": (_back_up, "backup.made"),
    "try a restore out": (_drill, "restore.drill"),
}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_leaves_its_entry_and_the_check_stays_ok(day: Day, act: str) -> None:
    done, action = ACTS[act]
    owner = day.by("owner")
    size = log_size(owner)
    owner.close()
    done(day)
    owner = day.by("owner")
    assert action in actions_since(owner, size)
    assert problems_found(owner) == []
    assert speaks_of_health(owner) == []


def test_what_stands_against_a_treatment_and_why_it_is_reviewed_is_in_the_part_that_can_be_erased(
    day: Day,
) -> None:
    warned, reasons = RETINOID, [{"code": "topical_retinoid", "reason": "Only on the arms."}]
    day.record(patient=OTHER, screening=warned, reasons=reasons)
    third = {"last_name": "Thirdling", "first_name": "Cy", "born_on": "1990-02-03"}
    wanted = {"patient": third, "screening": STOPPED_RECENTLY}
    refused = day.record(**wanted)
    day.release(refused, "Low dose.")
    with day.clinic.signing("reyes") as (reyes, by):
        edition = show_visit(reyes, refused, opened=False).edition
        edition = save_visit(reyes, refused, edition, document(**wanted)).edition
        perform_visit(reyes, refused, edition, by, shown="window")
    owner = day.by("owner")
    assert speaks_of_health(owner) == []
    stays = json.dumps(entries_since(owner, 0))
    assert not re.search("retinoi|isotretinoin|off_label|prp|override|reason_given|treated_on", stays)
    said = " / ".join(row.sentence for row in open_log(owner, LogFilter(), page_size=500).rows)
    assert "with a reason: Only on the arms. (topical retinoid" in said
    assert "the gate refused it (isotretinoin stopped" in said
    settled = "It was settled whether the director reviews visit V-00000"
    assert f"{settled}3 of Cy Thirdling (P-000003) (released by the director" in said
    assert problems_found(owner) == []


def test_only_an_entry_made_on_another_day_names_the_day_of_the_treatment(day: Day) -> None:
    day.clinic.clock.at += timedelta(days=1)
    day.record(patient=OTHER)
    drawn = [one["cat"] for one in entries_since(day.by("owner"), 0) if one["action"] == "visit.drawn"]
    assert drawn == [["review"], ["review", f"treated_on:{MONDAY.date()}"]]


def test_a_reason_for_review_that_is_changed_in_the_table_is_found_by_what_the_detail_says(day: Day) -> None:
    owner = day.by("owner")
    with owner.store.engine.begin() as connection, without_triggers(connection):
        connection.execute(text("UPDATE visit SET review_reasons = 'prp'"))
    assert "visit V-000001: why it goes to review is not what the log entered" in problems_found(owner)


def test_a_restoration_is_entered_in_the_clinic_that_was_brought_back(day: Day) -> None:
    backup = _back_up(day)
    folder = day.out / "restored"
    restore_clinic(backup, folder, user="owner", password=PASSWORDS["owner"], clock=day.clinic.clock)
    again = open_clinic(folder, "owner", PASSWORDS["owner"], clock=day.clinic.clock)
    day.clinic.opened.append(again)
    assert "clinic.restored" in actions_since(again, 0)


def test_an_upgrade_is_entered_at_the_log_in_that_made_it(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(OLD / "0001", tmp_path / "clinic"))
    passwords = {user: password for user, _, password in demo_log_ins()}
    clock = StoppedClock(MONDAY.astimezone(CENTRAL))
    clinic = open_clinic(folder, "owner", passwords["owner"], clock=clock)
    try:
        page = open_log(clinic, LogFilter())
        (row,) = [row for row in page.rows if row.action == "clinic.upgraded"]
        assert row.sentence.startswith("The program on this PC was changed: before: mnclinic ")
        assert "data form 0001, now: mnclinic " in row.sentence
    finally:
        clinic.close()
    again = open_clinic(folder, "owner", passwords["owner"], clock=clock)
    try:
        assert actions_since(again, 0).count("clinic.upgraded") == 1
    finally:
        again.close()


def test_another_version_of_the_program_is_entered_once(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    size = log_size(day.by("owner"))
    monkeypatch.setattr("mnclinic.services.found_at_log_in.__version__", "9.9.9")
    monkeypatch.setattr("mnclinic.services.open_clinic.__version__", "9.9.9")
    day.by("desk")
    day.by("desk")
    assert actions_since(day.by("owner"), size).count("clinic.upgraded") == 1


def test_looking_at_one_record_again_is_the_same_look_until_a_pause_or_another_log_in(day: Day) -> None:
    desk = day.by("desk")
    size = log_size(desk)
    for _ in range(3):
        show_visit(desk, "V-000001")
        show_patient(desk, "P-000001")
    assert actions_since(desk, size) == ["visit.viewed", "patient.viewed"]
    day.clinic.clock.at += timedelta(minutes=29)
    show_visit(desk, "V-000001")
    day.clinic.clock.at += timedelta(minutes=29)
    show_visit(desk, "V-000001")
    assert len(actions_since(desk, size)) == 2
    day.clinic.clock.at += timedelta(minutes=31)
    show_visit(desk, "V-000001")
    assert actions_since(desk, size + 2) == ["visit.viewed"]
    desk.close(locked="asked")
    desk = day.by("desk")
    show_visit(desk, "V-000001")
    assert actions_since(desk, size + 3) == ["lock", "login", "visit.viewed"]


def test_a_new_revision_and_wider_rights_make_another_look(day: Day) -> None:
    desk = day.by("desk")
    show_visit(desk, "V-000001")
    day.decide(return_visit, "V-000001", "Why so deep?")
    with day.clinic.signing("reyes") as (reyes, by):
        view = show_visit(reyes, "V-000001", opened=False)
        perform_visit(reyes, view.visit_id, view.edition, by, shown="window")
    size = log_size(desk)
    show_visit(desk, "V-000001")
    break_glass(desk, "The provider is away and the patient has a reaction.")
    show_visit(desk, "V-000001")
    entries = entries_since(desk, size)
    assert [entry["action"] for entry in entries] == ["visit.viewed", "glass.broken", "visit.viewed"]
    assert entries[-1]["why"] == "break_glass"


def test_a_search_is_entered_once_with_its_words_in_the_part_that_can_be_erased(day: Day) -> None:
    desk = day.by("desk")
    size = log_size(desk)
    assert enter_search(desk, " Testerman  ada ")
    assert not enter_search(desk, "Testerman ada")
    show_patient(desk, "P-000001", searched="Testerman ada")
    assert not enter_search(desk, "  ")
    show_patient(desk, "P-000001", searched="990")
    assert actions_since(desk, size) == ["patient.searched", "patient.viewed", "patient.searched"]
    with Session(desk.store.engine) as session:
        entries = session.scalars(select(LogEntry.entry).where(LogEntry.action == "patient.searched")).all()
        details = session.scalars(
            select(LogDetail.detail)
            .join(LogEntry, LogEntry.seq == LogDetail.seq)
            .where(LogEntry.action == "patient.searched")
        ).all()
    assert not any(b"esterman" in entry for entry in entries)
    assert [json.loads(detail) for detail in details] == [{"terms": "Testerman ada"}, {"terms": "990"}]
    assert {json.loads(entry)["kind"] for entry in entries} == {"Q"}
    rows = open_log(day.by("owner"), LogFilter()).rows
    row = next(one for one in rows if one.action == "patient.searched")
    assert row.sentence == "R. Frontley looked people up on the roster: “990”"


@pytest.mark.parametrize(
    "look",
    [
        lambda clinic: show_visit(clinic, "V-000001"),
        lambda clinic: show_patient(clinic, "P-000001", searched="ada"),
        lambda clinic: look_back(clinic, "LOT-1"),
        lambda clinic: open_log(clinic, LogFilter()),
    ],
)
def test_what_cannot_be_entered_is_not_shown_and_the_next_try_is_entered(
    day: Day, look: Callable[[OpenClinic], object]
) -> None:
    okafor = day.by("okafor")
    size = log_size(okafor)
    with okafor.store.engine.begin() as connection:
        connection.execute(
            text("CREATE TRIGGER full BEFORE INSERT ON log_entry BEGIN SELECT RAISE(ABORT, 'x'); END")
        )
    with pytest.raises(DBAPIError):
        look(okafor)
    with okafor.store.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER full"))
    assert log_size(okafor) == size
    look(okafor)
    assert log_size(okafor) > size


def test_what_is_stored_while_somebody_types_is_no_entry_and_never_reads_as_tampering(day: Day) -> None:
    reyes, visit = day.draft()
    size = log_size(reyes)
    for word in ("Came", "Came early", "Came early."):
        view = show_visit(reyes, visit, opened=False)
        save_visit(reyes, visit, view.edition, view.document | {"note": word}, is_autosave=True)
    assert actions_since(reyes, size) == []
    assert show_visit(reyes, visit, opened=False).document["note"] == "Came early."
    assert problems_found(day.by("owner")) == []


def test_a_deferred_visit_that_goes_back_to_draft_while_somebody_types_is_an_entry(day: Day) -> None:
    visit = day.refused()
    reyes = day.by("reyes")
    view = show_visit(reyes, visit, opened=False)
    assert view.state == "deferred"
    size = log_size(reyes)
    answers = {"screening": document()["screening"]}
    save_visit(reyes, visit, view.edition, view.document | answers, is_autosave=True)
    assert show_visit(reyes, visit, opened=False).state == "draft"
    assert actions_since(reyes, size) == ["visit.draft_saved"]
    assert problems_found(day.by("owner")) == []
