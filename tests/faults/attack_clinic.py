"""The clinic that is attacked: lived in, with every kind of row in it, and closed; and its earlier selves.

It is built once, by the services that a clinic uses, so that what an attacker finds is what a clinic has.
"""

import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from mnclinic.domain.adverse_events import StepKind
from mnclinic.domain.amendment import AmendmentKind
from mnclinic.domain.person_details import Standing
from mnclinic.errors import ClinicError
from mnclinic.models import ApprovedDocument
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.slots import unlock
from mnclinic.services.acknowledge_event import acknowledge_event
from mnclinic.services.amend_visit import amend_visit
from mnclinic.services.approve_document import add_document_in, approve_document
from mnclinic.services.attachments import NewAttachment, keep_attachment
from mnclinic.services.back_up import back_up
from mnclinic.services.break_glass import break_glass, see_break_glass
from mnclinic.services.change_details import change_details
from mnclinic.services.change_medical_history import NewHistory, add_medical_history, end_medical_history
from mnclinic.services.change_standing import change_standing
from mnclinic.services.close_event import close_event
from mnclinic.services.close_recall import close_recall
from mnclinic.services.enter_service import NewService, enter_service
from mnclinic.services.find_patients import find_patients, show_patient
from mnclinic.services.follow_event import NewStep, follow_event
from mnclinic.services.hold_records import hold_records
from mnclinic.services.import_patients import import_patients, undo_import
from mnclinic.services.keys.enrol_signature_key import enrol_signature_key
from mnclinic.services.keys.recovery_sheet import make_recovery_sheet
from mnclinic.services.keys.revoke_key import revoke_signature_key
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.mark_planned import cancel_planned, mark_arrived, start_planned
from mnclinic.services.merge_records import merge_records
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.paper_bridge import print_paper_sheets, return_paper_sheet, spoil_paper_sheet
from mnclinic.services.pin_backup import pin_backup
from mnclinic.services.plan_visits import NewPlanned, plan_visits
from mnclinic.services.print_documents import print_aftercare
from mnclinic.services.read_log import open_log
from mnclinic.services.record_follow_up import NewTry, record_follow_up
from mnclinic.services.record_visit import record_visit
from mnclinic.services.recover_clinic import confirm_recovery, enrol_administrator_by_sheet
from mnclinic.services.review_visit import approve_visit, release_visit, return_visit
from mnclinic.services.screen_state import keep_screen
from mnclinic.services.second_log_in import SecondPerson
from mnclinic.services.see_amendment import see_amendment
from mnclinic.services.session import signer
from mnclinic.services.settings import change_setting
from mnclinic.services.staff_rows import NewPerson
from mnclinic.services.start_visit import start_visit
from mnclinic.services.stock import receive_lot
from mnclinic.services.users.add_user import add_user
from mnclinic.services.users.choose_password import choose_password
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.reset_user import reset_user
from mnclinic.services.void_visit import void_visit
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from tests.interchange.pictures.making import PNG
from tests.services.amending import of_kind
from tests.services.clinic_builder import (
    DEVICE,
    MONDAY,
    PASSWORDS,
    SmallClinic,
    StoppedClock,
    add_person,
    document,
    seen_by,
    small_clinic,
)
from tests.services.events import note_down, write_down
from tests.services.photographing import a_photo, choose
from tests.services.recalling import open_one, reach

OKAFORS_OWN = "cobalt orchard nine lanterns"
GIVEN = "granite willow seventeen hats"
DAY = MONDAY.date()
STOPPED_RECENTLY = [
    {"item": "pregnancy", "answer": "no"},
    {"item": "isotretinoin_stopped", "answer": "yes", "last_on": "2026-09-01"},
    {"item": "topical_retinoid", "answer": "no"},
]
LOT: dict[str, Any] = {
    "kind": "cartridge",
    "lot": "LOT-1",
    "name": "cartridge",
    "expires_on": "2027-05-31",
    "needle_length_mm": "2.50",
}
QUIET = frozenset({"login", "logout", "patient.viewed", "log.viewed"})
"""Acts of `_look_around`, which leave no trace but their entries."""
MOST_QUIET = 16
DESK = SecondPerson("desk", PASSWORDS["desk"])
AFTER = timedelta(hours=3)
"""So long after the last day's work somebody logs in and checks."""


@dataclass(frozen=True)
class Attacked:
    """A closed clinic, and copies of its whole folder from earlier moments.

    `older` are closed too and open with the key of today, oldest first; `before_rotation` has another key.
    `crashed` is today's folder as it lay while people worked: its newest commits are in the write-ahead log,
    the last of them readings, of which no checkpoint is kept, and something that is no entry.
    """

    folder: Path
    older: tuple[Path, ...]
    before_rotation: Path
    crashed: Path


def looking_clock() -> StoppedClock:
    """The time at which somebody looks."""
    return StoppedClock(MONDAY + AFTER)


def build(place: Path) -> Attacked:
    """Live through a day in `place`, which is made. Nothing else may have a database open meanwhile."""
    place.mkdir(parents=True)
    clinic = small_clinic(
        place / "clinic",
        devices=(DEVICE, DEVICE | {"device": "SP-02", "serial": "S-2"}),
        lots=(LOT, LOT | {"lot": "LOT-2", "expires_on": "2027-06-30"}),
    )
    _treat(clinic, place)
    _run_the_clinic(clinic, place)
    _shut(clinic)
    before = shutil.copytree(clinic.folder, place / "before-rotation")
    _change_keys(clinic, place)
    _shut(clinic)
    older = [shutil.copytree(clinic.folder, place / "older-1")]
    _draft_more(clinic)
    _shut(clinic)
    older.append(shutil.copytree(clinic.folder, place / "older-2"))
    _treat_once_more(clinic)
    _look_before_the_crash(clinic)
    crashed = shutil.copytree(clinic.folder, place / "crashed")
    _look_around(clinic)
    _shut(clinic)
    return Attacked(clinic.folder, tuple(older), before, crashed)


def _shut(clinic: SmallClinic) -> None:
    clinic.close()
    clinic.opened.clear()


def _patient(name: str) -> dict[str, str]:
    return {"last_name": name, "first_name": "Ada", "born_on": "1990-04-23"}


def _lines(depth_mm: str) -> list[dict[str, Any]]:
    """Both cheeks, the left one a little otherwise."""
    right = {"area": "cheek", "side": "right", "depth_mm": depth_mm, "passes": 4, "endpoint": "erythema"}
    return [right, right | {"side": "left", "passes": 3, "endpoint": "pinpoint_bleeding"}]


def _treat(clinic: SmallClinic, place: Path) -> None:
    """Visits of every state, with what may follow them."""
    with clinic.signing("reyes") as (reyes, by):
        done = [
            record_visit(
                reyes,
                document(patient=_patient(name), lines=_lines(depth), cartridge={"lot": lot}),
                by,
                shown="window",
            ).visit_id
            for name, depth, lot in (
                ("Testerman", "1.25", "LOT-1"),
                ("Otherson", "1.00", "LOT-2"),
                ("Thirdson", "0.75", "LOT-1"),
                ("Fourthson", "1.50", "LOT-2"),
            )
        ]
        refused = [
            record_visit(
                reyes, document(patient=_patient(name), screening=STOPPED_RECENTLY), by, shown="window"
            ).visit_id
            for name in ("Fifthson", "Sixthson", "Seventhson")
        ]
        for visit, event in zip(done, ("erythema", "edema"), strict=False):
            note_down(reyes, visit, event=event, grade=1, noted_on=DAY, note="Gone in a day.")
        told = [write_down(reyes, visit, grade=2).event_id for visit in done[2:]]
        for event in told:
            follow_event(reyes, event, NewStep(StepKind.TOLD, "By telephone."))
    with clinic.signing("okafor") as (okafor, by):
        for event in told:
            acknowledge_event(okafor, event, "Cool it.", by, shown="window")
            follow_event(okafor, event, NewStep(StepKind.NOTE, "Better.", grade=1))
            follow_event(okafor, event, NewStep(StepKind.REPORTED, "", None, "MW1", DAY))
            close_event(okafor, event, "recovered", "Gone.")
        recalls = [
            open_one(okafor, kind="topical", named=f"NONE-{at}", was_never_here=True) for at in range(2)
        ]
        recalls += [open_one(reyes, is_drill=True, notice=None, named="LOT-1") for _ in range(2)]
        for recall in recalls[2:]:
            reach(reyes, recall, "P-000001")
        for recall in recalls:
            close_recall(okafor, recall, "Nobody was touched.", by, shown="window")
        for visit in done[:2]:
            approve_visit(okafor, visit, None, by, shown="window")
        return_visit(okafor, done[2], None, by, "Which endpoint was seen?", shown="window")
        for visit in refused[:2]:
            release_visit(okafor, visit, None, by, "Low dose.", shown="window", seen=seen_by(okafor, visit))
    _amend(clinic, done[0])
    desk = clinic.as_user("desk")
    for name in ("Eighthson", "Ninthson"):
        start_visit(desk, add_person(desk, name), "microneedling_face", "reyes")
    drawn = start_visit(desk, add_person(desk, "Tenthson"), "microneedling_face", "reyes")
    void_visit(clinic.as_user("reyes"), drawn, 1, "Opened by mistake.")
    expected = [
        NewPlanned(add_person(desk, name), DAY, f"1{at}:30", "microneedling_face", "reyes", f"Note {at}")
        for at, name in enumerate(("Eleventhson", "Twelfthson", "Thirteenthson"))
    ]
    plans = plan_visits(desk, expected, as_batch=True).plans
    start_planned(desk, plans[0].plan_id, 1)
    cancel_planned(desk, plans[1].plan_id, 1, "Called off.")
    mark_arrived(desk, plans[2].plan_id, 1)
    known = add_person(desk, "Fourteenthson")
    for new in (
        NewHistory("allergy", "latex", since="2019"),
        NewHistory("medicine", "warfarin", note="Daily"),
    ):
        added = add_medical_history(desk, known, new)
    end_medical_history(desk, known, added.history_id, ended_on=DAY, reason="The prescriber ended it.")
    nurse = clinic.as_user("reyes")
    allowed = choose(nurse, known, "chart")
    a_photo(nurse, known)
    a_photo(nurse, known, PNG, allowed)
    for title in ("Signed consent", "Outside exam"):
        keep_attachment(
            desk, known, NewAttachment("consent", title, b"%PDF-1.7\n" + title.encode() + b"%%EOF", DAY)
        )
        withdraw_consent(desk, known, NewWithdrawal("microneedling", withdrawn_by=title))
    _call_afterwards(clinic)
    _keep_supplies(clinic, place, done[0])
    print_aftercare(desk, done[0], "en", place / "aftercare.pdf")


def _call_afterwards(clinic: SmallClinic) -> None:
    """Two people who were treated last week are called, one of them twice."""
    begun = MONDAY - timedelta(days=3)
    times = {"started_at": begun.isoformat(), "ended_at": (begun + timedelta(hours=1)).isoformat()}
    consent = document()["consent"] | {"signed_at": (begun - timedelta(minutes=10)).isoformat()}
    with clinic.signing("reyes") as (reyes, by):
        last_week = [
            record_visit(
                reyes,
                document(patient=_patient(name), consent=consent, **times),
                by,
                shown="window",
            ).visit_id
            for name in ("Fifteenthson", "Sixteenthson")
        ]
    desk = clinic.as_user("desk")
    record_follow_up(
        desk, last_week[0], "call+48", NewTry("telephone", "voicemail", {}, "Asked to call back.")
    )
    for visit in last_week:
        record_follow_up(desk, visit, "call+48", NewTry("telephone", "well", {}, "Feels well."))


def _keep_supplies(clinic: SmallClinic, place: Path, visit: str) -> None:
    """What was done to devices, how many there are of a lot, and sheets of paper in two states."""
    desk = clinic.as_user("desk")
    for device in ("SP-01", "SP-02"):
        enter_service(desk, device, NewService("cleaning", DAY, "T. Reyes", note=f"Note on {device}"))
    receive_lot(desk, "cartridge", "LOT-1", quantity=20)
    receive_lot(desk, "cartridge", "LOT-2", quantity=10, reason="A gift")
    print_paper_sheets(desk, "face", count=2, language="en", out=place / "sheet.pdf")
    return_paper_sheet(desk, "PB-000001", visit, scan=b"%PDF-1.7\nA sheet\n%%EOF")
    spoil_paper_sheet(desk, "PB-000002", reason="Torn.")


def _amend(clinic: SmallClinic, visit: str) -> None:
    """What was signed about a signed visit, some of it seen by the director."""
    right = add_person(clinic.as_user("desk"), "Rightson")
    with clinic.signing("reyes") as (reyes, by):
        for kind in AmendmentKind:
            amend_visit(
                reyes, visit, of_kind(kind, right if kind == "wrong_patient" else ""), by, shown="window"
            )
    for position in (1, 2):
        see_amendment(clinic.as_user("okafor"), visit, position)


def _run_the_clinic(clinic: SmallClinic, place: Path) -> None:
    """Imports, settings, rules, backups, wider rights, readings."""
    owner, desk, reyes = (clinic.as_user(user) for user in ("owner", "desk", "reyes"))
    for number, name in enumerate(("Rosterman", "Listwoman"), start=1):
        file = place / f"roster-{number}.csv"
        file.write_text(
            f"Last name,First name,Date of birth,Phone\n{name},Bo,1984-02-0{number},512-555-010{number}\n"
            f"{name}-Two,Cy,1985-03-0{number},\n",
            encoding="utf-8",
        )
        done = import_patients(owner, file, date_order=None, dry_run=False)
    undo_import(owner, str(done.import_id))
    change_setting(owner, "idle_lock_min", 5, reason="As agreed.")
    change_setting(owner, "idle_lock_min", 7)
    change_setting(owner, "legal_hold", True)
    for who, reason in ((desk, "A patient fainted at the desk."), (owner, "It bleeds, nobody is here.")):
        glass = break_glass(who, reason, 15)
    see_break_glass(clinic.as_user("okafor"), glass.id)
    keep_screen(desk, {"page": "today"})
    keep_screen(owner, {"page": "settings"})
    for number, name in enumerate(("Twiceson", "Onceson"), start=1):
        one, other = (add_person(desk, name, first_name=first) for first in ("Ann", "Anne"))
        change_details(desk, one, {"phone": f"512-555-020{number}", "preferred_name": "Nan"})
        merge_records(desk, other, one, "She said so.")
        gone = add_person(desk, f"{name}-Gone")
        change_standing(desk, gone, Standing.DECEASED, note="Her sister, by telephone.", deceased_on=DAY)
        hold_records(owner, gone, "A letter from a lawyer.")
    found = find_patients(reyes, "testerman")
    show_patient(reyes, found.rows[0].ref)
    open_log(clinic.as_user("inspector"), LogFilter())
    _approve_a_second_protocol(clinic)
    (place / "stick").mkdir()
    for _ in range(2):
        clinic.clock.at += timedelta(minutes=2)
        made = back_up(owner, place / "stick")
    pin_backup(owner, made.backup.name, is_pinned=True)
    make_bundle(clinic.as_user("okafor"), MakeBundle(DAY, DAY, place / "day.zip", plain=True))
    with suppress(ClinicError):
        open_clinic(clinic.folder, "desk", "not the password at all", clock=clinic.clock)


def _approve_a_second_protocol(clinic: SmallClinic) -> None:
    with clinic.signing("okafor") as (okafor, by):
        with okafor.work() as work:
            newest = work.session.scalars(
                select(ApprovedDocument).where(ApprovedDocument.kind == "protocol")
            ).one()
            changed = json.loads(newest.document) | {
                "version": 2,
                "name": "Face, second edition",
                "effective_on": okafor.clock.now().date().isoformat(),
            }
            row = add_document_in(work, "protocol", changed, now=clinic.clock.now()).id
            work.commit()
        approve_document(okafor, row, by, shown="window")


def _change_keys(clinic: SmallClinic, place: Path) -> None:
    """People come and go, the recovery sheet is used, and the director's key is replaced twice."""
    clinic.clock.at += timedelta(minutes=5)
    code = " ".join(clinic.ready.recovery_groups)
    for user, name, confirming in (
        ("newowner", "N. Castellan", "lind"),
        ("latowner", "L. Castellan", "reyes"),
    ):
        enrol_administrator_by_sheet(
            clinic.folder,
            code,
            NewPerson(user, name, "administrator", "", GIVEN),
            clock=clinic.clock,
            source="data folder",
        )
        confirm_recovery(clinic.as_user(confirming))
    owner = clinic.as_user("owner")
    make_recovery_sheet(owner, PASSWORDS["owner"], place / "sheet.pdf")
    add_user(
        owner,
        NewPerson("marsh", "B. Marsh", "provider", "RN", GIVEN, depth_ceiling_mm="2.00"),
        PASSWORDS["owner"],
    )
    reset_user(owner, "okafor", GIVEN, PASSWORDS["owner"], reason="Forgotten.")
    reset = open_clinic(clinic.folder, "okafor", GIVEN, clock=clinic.clock)
    choose_password(reset, GIVEN, OKAFORS_OWN)
    reset.close()
    okafor = open_clinic(clinic.folder, "okafor", OKAFORS_OWN, clock=clinic.clock)
    clinic.opened.append(okafor)
    enrol_signature_key(okafor, OKAFORS_OWN, second=DESK)
    revoke_signature_key(owner, "okafor", "lost", PASSWORDS["owner"])
    enrol_signature_key(okafor, OKAFORS_OWN, second=DESK)
    _shut(clinic)
    end_access(clinic.as_user("owner"), "marsh", PASSWORDS["owner"], reason="Moved away.")


def _draft_more(clinic: SmallClinic) -> None:
    """A newcomer at the desk, and a visit that is opened for her."""
    desk = clinic.as_user("desk")
    start_visit(desk, add_person(desk, "Newcomer"), "microneedling_face", "reyes")


def _treat_once_more(clinic: SmallClinic) -> None:
    """The last of the day: a visit that the director signs with her newest key, and one that waits."""
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(patient=_patient("Lastson")), by, shown="window").visit_id
        record_visit(reyes, document(patient=_patient("Waitson")), by, shown="window")
    okafor = open_clinic(clinic.folder, "okafor", OKAFORS_OWN, clock=clinic.clock)
    clinic.opened.append(okafor)
    with signer(okafor, OKAFORS_OWN) as by:
        approve_visit(okafor, visit, None, by, shown="window")


def _look_before_the_crash(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    show_patient(desk, find_patients(desk, "testerman").rows[0].ref)
    keep_screen(desk, {"page": "today"})


def _look_around(clinic: SmallClinic) -> None:
    """Readings, of which nothing but the log tells."""
    desk = clinic.as_user("desk")
    for name in ("testerman", "otherson"):
        show_patient(desk, find_patients(desk, name).rows[0].ref)
    open_log(clinic.as_user("inspector"), LogFilter())


def derive_ahead(folder: Path) -> None:
    """Open everybody's log-in once in this process, which opens no database: its children need not."""
    key_file = load_key_file(folder).keyfile
    for user, password in (PASSWORDS | {"okafor": OKAFORS_OWN}).items():
        with suppress(ClinicError):
            unlock(key_file, user, password).forget()
