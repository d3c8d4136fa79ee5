"""The operations that a clinic sees seldom: people, keys, backups, losses, settings, what is only read."""

import random
import shutil
from contextlib import suppress
from datetime import datetime, timedelta

import keyring
from sqlalchemy import select

from mnclinic.domain.person_details import Standing
from mnclinic.errors import WrongCredentials
from mnclinic.models import ApprovedDocument, Backup, BreakGlass, MedicalHistory, Patient, Visit
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.services.add_patient import NewPatient, add_patient
from mnclinic.services.adopt_found_backups import adopt_found_backups
from mnclinic.services.approve_document import approve_document
from mnclinic.services.back_up import back_up
from mnclinic.services.backup_plan import change_plan
from mnclinic.services.break_glass import break_glass, give_back_glass, see_break_glass
from mnclinic.services.change_details import change_details
from mnclinic.services.change_medical_history import NewHistory, add_medical_history, end_medical_history
from mnclinic.services.change_standing import change_standing
from mnclinic.services.clock_set_back import enter_unexplained_set_back, explain_set_back
from mnclinic.services.continue_after_loss import continue_after_loss
from mnclinic.services.copy_closed_clinic import copy_at_closing, copy_closed_clinic, enter_missed
from mnclinic.services.find_patients import enter_search, show_patient
from mnclinic.services.hold_records import end_hold, hold_records
from mnclinic.services.keep_visit_draft import keep_visit_draft
from mnclinic.services.keys.device_binding import set_device_binding
from mnclinic.services.keys.enrol_signature_key import enrol_signature_key
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.keys.recovery_sheet import make_recovery_sheet, read_back_recovery_sheet
from mnclinic.services.keys.revoke_key import revoke_signature_key
from mnclinic.services.keys.second_factor import set_second_factor
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.merge_records import merge_records, unmerge_records
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.perform_visit import defer_visit, perform_visit
from mnclinic.services.pin_backup import pin_backup
from mnclinic.services.read_log import export_log, open_log, who_looked
from mnclinic.services.record_visit import record_visit
from mnclinic.services.recover_clinic import confirm_recovery
from mnclinic.services.restore_clinic import restore_clinic, restore_with_sheet
from mnclinic.services.restore_drill import restore_drill, restore_drill_with_sheet
from mnclinic.services.review_visit import release_visit
from mnclinic.services.rotate_backups import rotate_backups
from mnclinic.services.rule_versions import add_draft, beginning_on
from mnclinic.services.save_visit import save_visit
from mnclinic.services.screen_state import keep_screen
from mnclinic.services.second_log_in import SecondPerson
from mnclinic.services.set_up_clinic import set_up_clinic
from mnclinic.services.settings import change_setting
from mnclinic.services.shipped_drafts import policy_presets
from mnclinic.services.show_visit import show_visit
from mnclinic.services.staff_rows import NewPerson
from mnclinic.services.start_visit import start_visit
from mnclinic.services.text_versions import add_text_drafts, shipped_pair
from mnclinic.services.users.choose_password import recover_password
from mnclinic.services.users.extend_access import extend_access
from mnclinic.services.whom_to_call import change_whom_to_call
from mnclinic.store.head_file import HEAD_NAME
from tests.faults import acts
from tests.faults.operation import NEW_PASSWORD, STICK, Operation, backup_in, only, opens, signs, visit_in
from tests.faults.processes import put_in
from tests.faults.team import Team
from tests.services.clinic_builder import MONDAY, PASSWORDS, StoppedClock, document, policy, request, seen_by
from tests.services.keyring_stand_in import Keyring

DAY = MONDAY.date()
WRONG = "not the password of anybody"
STOPPED_RECENTLY = [
    {"item": "pregnancy", "answer": "no"},
    {"item": "isotretinoin_stopped", "answer": "yes", "last_on": "2026-09-01"},
    {"item": "topical_retinoid", "answer": "no"},
]
MARSH = NewPerson("marsh", "V. Marsh", "administrator", "", NEW_PASSWORD)
CODE = "code.txt"
FACTOR = "factor.key"
BACKUP_TABLE = frozenset({"backup"})

# --- what has to be there before --------------------------------------------------------------


def a_patient(team: Team) -> None:
    """A visit that waits, so that there is somebody on the roster."""
    acts.record(team, random.Random(1))


def two_records(team: Team) -> None:
    """Somebody who was put on the roster twice."""
    desk = team.as_user("desk")
    add_patient(desk, NewPatient("Newman", "Bea", "1971-03-04"))
    add_patient(desk, NewPatient("Neumann", "Bea", "1971-03-04"))


def a_merge(team: Team) -> None:
    """The same, read as one by now."""
    two_records(team)
    merge_records(team.as_user("desk"), "P-000002", "P-000001", "She said so.")


def a_held_record(team: Team) -> None:
    """The same, under a legal hold."""
    two_records(team)
    hold_records(team.as_user("owner"), "P-000001", "A letter from a lawyer.")


def a_whole_draft(team: Team) -> None:
    """A draft that only waits for the performer's signature."""
    _draft(team)


def a_refused_draft(team: Team) -> None:
    """A draft whose screening refuses it until the director releases it."""
    _draft(team, screening=STOPPED_RECENTLY)


def a_deferred_visit(team: Team) -> None:
    """The same, put off."""
    patient = {"last_name": "Testerman", "first_name": "Cy", "born_on": "1990-04-23"}
    refused = document(patient=patient, screening=STOPPED_RECENTLY)
    record_visit(team.as_user("reyes"), refused, team.signer("reyes"), shown="command")


def _draft(team: Team, **changes: object) -> None:
    new = add_patient(team.as_user("desk"), NewPatient("Newman", "Bea", "1971-03-04"))
    clinic = team.as_user("reyes")
    visit = start_visit(clinic, new.ref, service="microneedling_face", performer="reyes")
    save_visit(clinic, visit, 1, document(patient={"record_number": new.record_number}, **changes))


def an_unapproved_policy(team: Team) -> None:
    """A clinic whose documents nobody has put in force."""
    shutil.rmtree(team.folder)
    set_up = request(approve=False, documents=(("policy", policy()),))
    set_up_clinic(set_up, team.folder, clock=StoppedClock(MONDAY), cost=FLOOR_COST)


def a_broken_glass(team: Team) -> None:
    """The front desk broke the glass half an hour ago."""
    break_glass(team.as_user("desk"), "The provider fainted; records are needed.", 60)


def a_stick(team: Team) -> None:
    """A place for backups, and something to put there."""
    a_patient(team)
    (team.desk / STICK).mkdir()


def a_backup(team: Team) -> None:
    """A backup on the stick."""
    a_stick(team)
    back_up(team.as_user("okafor"), team.desk / STICK)


def a_closed_copy(team: Team) -> None:
    """A copy that was made while nobody was logged in."""
    a_stick(team)
    team.close()
    copy_closed_clinic(team.folder, team.desk / STICK, clock=team.clock)


def a_backup_and_a_sheet(team: Team) -> None:
    """A recovery sheet, and a backup that it opens."""
    a_sheet(team)
    a_backup(team)


def a_backup_and_a_sheet_alone(team: Team) -> None:
    """The same; the clinic itself is gone."""
    a_backup_and_a_sheet(team)
    team.close()
    shutil.rmtree(team.folder)


def an_opening_by_sheet(team: Team) -> None:
    """A clinic that came back with its sheet and waits for somebody to confirm that."""
    a_backup_and_a_sheet_alone(team)
    restore_by_sheet(team)


def a_sheet(team: Team) -> None:
    """A recovery sheet that was not read back."""
    sheet = make_recovery_sheet(team.as_user("owner"), PASSWORDS["owner"], team.desk / "sheet.pdf")
    _keep_code(team, sheet.groups)


def a_code(team: Team) -> None:
    """A personal recovery code of the front desk's."""
    _keep_code(
        team, make_recovery_code(team.as_user("desk"), PASSWORDS["desk"], team.desk / "code.pdf").groups
    )


def _keep_code(team: Team, groups: tuple[str, ...]) -> None:
    (team.desk / CODE).write_text("-".join(groups), encoding="utf-8")


def _code(team: Team) -> str:
    return (team.desk / CODE).read_text(encoding="utf-8")


def a_loss(team: Team) -> None:
    """A clinic that was restored from a backup, and whose head knows what is missing since."""
    a_backup(team)
    acts.record(team, random.Random(7))
    team.close()
    newest = (team.folder / HEAD_NAME).read_bytes()
    shutil.rmtree(team.folder)
    restore_clinic(
        backup_in(team.desk), team.folder, user="owner", password=PASSWORDS["owner"], clock=team.clock
    )
    (team.folder / HEAD_NAME).write_bytes(newest)


def a_revoked_key(team: Team) -> None:
    """The director's signature key was lost."""
    revoke_signature_key(team.as_user("owner"), "okafor", "lost", PASSWORDS["owner"])


def failed_log_ins(team: Team) -> None:
    """Three wrong passwords, each counted and sealed for the log."""
    for _ in range(3):
        _guess(team)


def a_clock_ahead(team: Team) -> None:
    """Work under a clock that was five hours fast."""
    team.clock.at += timedelta(hours=5)
    a_patient(team)


# --- visits and documents ---------------------------------------------------------------------


def sign_the_draft(team: Team) -> None:
    visit = visit_in(team, "reyes", "draft")
    edition = int(only(team, "reyes", select(Visit.edition).where(Visit.id == visit)))
    perform_visit(team.as_user("reyes"), visit, edition, team.signer("reyes"), shown="window")


def defer(team: Team) -> None:
    visit = visit_in(team, "reyes", "draft")
    edition = int(only(team, "reyes", select(Visit.edition).where(Visit.id == visit)))
    defer_visit(team.as_user("reyes"), visit, edition)


def release(team: Team) -> None:
    visit = visit_in(team, "okafor", "deferred")
    by = team.signer("okafor")
    okafor = team.as_user("okafor")
    seen = seen_by(okafor, visit)
    release_visit(okafor, visit, None, by, "Low dose; face only.", shown="window", seen=seen)


def put_in_force(team: Team) -> None:
    waiting = select(ApprovedDocument.id).where(ApprovedDocument.approval.is_(None))
    row = int(only(team, "okafor", waiting))
    approve_document(team.as_user("okafor"), row, team.signer("okafor"), shown="window")


def draft_a_policy(team: Team) -> None:
    okafor = team.as_user("okafor")
    # A first day that no signed version has taken.
    day = okafor.clock.now().date() + timedelta(days=1)
    add_draft(okafor, "policy", beginning_on("policy", policy_presets()[0].document, day))


def draft_a_text(team: Team) -> None:
    okafor = team.as_user("okafor")
    day = okafor.clock.now().date() + timedelta(days=1)
    add_text_drafts(okafor, shipped_pair("microneedling") | {"effective_on": day.isoformat()})


def open_a_visit(team: Team) -> None:
    show_visit(team.as_user("okafor"), visit_in(team, "okafor", "in_review"))


def open_a_patient(team: Team) -> None:
    show_patient(team.as_user("desk"), only(team, "desk", select(Patient.ref)))


def look_somebody_up(team: Team) -> None:
    enter_search(team.as_user("desk"), "testerman")


def leave_the_screen(team: Team) -> None:
    keep_screen(team.as_user("reyes"), {"page": ["patients", None], "typed": "half a word"})


def keep_a_draft(team: Team) -> None:
    clinic = team.as_user("reyes")
    view = show_visit(clinic, visit_in(team, "reyes", "draft"), opened=False)
    half = {"typed": {"last_session_on": "2026-1"}, "was": {"last_session_on": ""}}
    typed = view.document | {"note": "Typed while the disk failed."}
    keep_visit_draft(
        clinic, view.visit_id, view.edition, typed, rest=half, whole=half, at="last_session_on", cursor=6
    )


# --- the log ----------------------------------------------------------------------------------


def open_the_log(team: Team) -> None:
    open_log(team.as_user("owner"), LogFilter())


def look_who_looked(team: Team) -> None:
    who_looked(team.as_user("owner"), only(team, "owner", select(Patient.record_number)))


def write_the_log(team: Team) -> None:
    export_log(team.as_user("owner"), LogFilter(), team.desk / "log.csv")


def say_why_the_clock_went_back(team: Team) -> None:
    explain_set_back(team.as_user("desk"), "The battery was changed.")


def say_nothing_of_the_clock(team: Team) -> None:
    enter_unexplained_set_back(team.as_user("desk"))


def go_on_after_a_loss(team: Team) -> None:
    second = SecondPerson("lind", PASSWORDS["lind"])
    continue_after_loss(team.as_user("owner"), "The disk died; the backup is from noon.", second)


# --- people and keys --------------------------------------------------------------------------


def guess(team: Team) -> None:
    _guess(team)


def _guess(team: Team) -> None:
    with suppress(WrongCredentials):
        open_clinic(team.folder, "lind", WRONG, clock=team.clock)


def log_in_after_guesses(team: Team) -> None:
    team.as_user("lind")


def break_the_glass(team: Team) -> None:
    break_glass(team.as_user("desk"), "The provider fainted; records are needed.", 30)


def give_the_glass_back(team: Team) -> None:
    give_back_glass(team.as_user("desk"))


def see_the_glass(team: Team) -> None:
    see_break_glass(team.as_user("okafor"), only(team, "okafor", select(BreakGlass.id)))


def more_time(team: Team) -> None:
    until = datetime(2026, 12, 5, tzinfo=MONDAY.tzinfo)
    extend_access(team.as_user("owner"), "inspector", until, PASSWORDS["owner"], reason="Two more days.")


def new_signature_key(team: Team) -> None:
    second = SecondPerson("lind", PASSWORDS["lind"])
    enrol_signature_key(team.as_user("okafor"), PASSWORDS["okafor"], second=second)


def take_a_key_file(team: Team) -> None:
    set_second_factor(team.as_user("reyes"), PASSWORDS["reyes"], team.desk / FACTOR)


def bind_to_the_device(team: Team) -> None:
    real, this_pc = keyring.get_keyring, Keyring()
    owner = team.as_user("owner")
    put_in(keyring, get_keyring=lambda: this_pc)
    try:
        set_device_binding(owner, PASSWORDS["owner"], on=True)
    finally:
        put_in(keyring, get_keyring=real)


def read_the_sheet_back(team: Team) -> None:
    read_back_recovery_sheet(team.as_user("owner"), _code(team))


def forget_the_password(team: Team) -> None:
    team.clinics["desk"] = recover_password(team.folder, "desk", _code(team), NEW_PASSWORD, clock=team.clock)


# --- backups and settings ---------------------------------------------------------------------


def restore_by_sheet(team: Team) -> None:
    restore_with_sheet(backup_in(team.desk), team.folder, code=_code(team), person=MARSH, clock=team.clock)


def confirm_the_opening(team: Team) -> None:
    confirm_recovery(team.as_user("desk"))


def drill(team: Team) -> None:
    restore_drill(
        backup_in(team.desk),
        team.desk / "record.pdf",
        user="owner",
        password=PASSWORDS["owner"],
        clock=team.clock,
        live=team.as_user("owner"),
    )


def drill_by_sheet(team: Team) -> None:
    restore_drill_with_sheet(
        backup_in(team.desk),
        team.desk / "record.pdf",
        code=_code(team),
        ran_by="M. Castellan",
        clock=team.clock,
        live=team.as_user("owner"),
    )


def copy_while_locked(team: Team) -> None:
    copy_closed_clinic(team.folder, team.desk / STICK, clock=team.clock)


def a_missed_copy(team: Team) -> None:
    """The window was closed while it was locked, and the stick was away."""
    a_stick(team)
    change_plan(team.as_user("owner"), folder=team.desk / STICK)
    team.close()
    away = (team.desk / STICK).rename(team.desk / "drawer")
    copy_at_closing(team.folder, clock=team.clock)
    away.rename(team.desk / STICK)


def tell_of_a_missed_copy(team: Team) -> None:
    enter_missed(team.as_user("owner"))


def adopt(team: Team) -> None:
    adopt_found_backups(team.as_user("owner"), team.desk / STICK)


def two_backups(team: Team) -> None:
    """Two backups of one day, the older of which was kept for a while."""
    owner, stick = team.as_user("owner"), team.desk / STICK
    first = back_up(owner, stick).backup.name
    pin_backup(owner, first, is_pinned=True)
    team.clock.at += timedelta(minutes=5)
    back_up(owner, stick)
    pin_backup(owner, first, is_pinned=False)


def make_room(team: Team) -> None:
    rotate_backups(team.as_user("owner"), team.desk / STICK)


def pin(team: Team) -> None:
    pin_backup(team.as_user("owner"), only(team, "owner", select(Backup.name)), is_pinned=True)


def plan(team: Team) -> None:
    change_plan(team.as_user("owner"), every_h=4)


def set_the_lock(team: Team) -> None:
    change_setting(team.as_user("owner"), "idle_lock_min", 3)


def say_whom_to_call(team: Team) -> None:
    change_whom_to_call(team.as_user("owner"), "512-555-0100", "")


def change_a_phone(team: Team) -> None:
    change_details(team.as_user("desk"), "P-000001", {"phone": "512-555-0199"})


def a_history(team: Team) -> None:
    """Somebody with an allergy on file."""
    a_patient(team)
    write_a_history(team)


def write_a_history(team: Team) -> None:
    add_medical_history(team.as_user("desk"), "P-000001", NewHistory("allergy", "latex", since="2019"))


def end_a_history(team: Team) -> None:
    entry = only(team, "desk", select(MedicalHistory.id))
    end_medical_history(
        team.as_user("desk"), "P-000001", entry, ended_on=MONDAY.date(), reason="Tested: none."
    )


def tell_of_a_death(team: Team) -> None:
    change_standing(
        team.as_user("desk"),
        "P-000001",
        Standing.DECEASED,
        note="Her sister, by telephone.",
        deceased_on=MONDAY.date(),
    )


def merge(team: Team) -> None:
    merge_records(team.as_user("desk"), "P-000002", "P-000001", "She said so.")


def unmerge(team: Team) -> None:
    unmerge_records(team.as_user("desk"), "P-000002", "They are sisters.")


def hold(team: Team) -> None:
    hold_records(team.as_user("owner"), "P-000001", "A letter from a lawyer.")


def let_the_hold_end(team: Team) -> None:
    end_hold(team.as_user("owner"), "P-000001", "The case is closed.")


RARER: tuple[Operation, ...] = (
    Operation("sign a draft", sign_the_draft, a_whole_draft, signers=("reyes",)),
    Operation("defer a draft", defer, a_refused_draft, users=("reyes",)),
    Operation("release a visit", release, a_deferred_visit, signers=("okafor",)),
    Operation("put a document in force", put_in_force, an_unapproved_policy, signers=("okafor",)),
    Operation("draft a policy", draft_a_policy, a_patient, users=("okafor",)),
    Operation("draft a text", draft_a_text, a_patient, users=("okafor",)),
    Operation("open a visit", open_a_visit, a_patient, users=("okafor",)),
    Operation("open a patient", open_a_patient, a_patient, users=("desk",)),
    Operation("change a person's details", change_a_phone, two_records, users=("desk",)),
    Operation("write into a history", write_a_history, a_patient, users=("desk",)),
    Operation("end an entry of a history", end_a_history, a_history, users=("desk",)),
    Operation("mark somebody as deceased", tell_of_a_death, two_records, users=("desk",)),
    Operation("merge two records", merge, two_records, users=("desk",)),
    Operation("take a merge back", unmerge, a_merge, users=("desk",)),
    Operation("put a legal hold", hold, two_records, users=("owner",)),
    Operation("end a legal hold", let_the_hold_end, a_held_record, users=("owner",)),
    Operation("look somebody up", look_somebody_up, a_patient, users=("desk",)),
    Operation("leave a screen", leave_the_screen, users=("reyes",)),
    Operation("keep a draft", keep_a_draft, a_whole_draft, users=("reyes",)),
    Operation("open the log", open_the_log, a_patient, users=("owner",)),
    Operation("look who looked", look_who_looked, a_patient, users=("owner",)),
    Operation("write the log out", write_the_log, a_patient, users=("owner",)),
    Operation("explain the clock", say_why_the_clock_went_back, a_clock_ahead, users=("desk",)),
    Operation("leave the clock unexplained", say_nothing_of_the_clock, a_clock_ahead, users=("desk",)),
    Operation("go on after a loss", go_on_after_a_loss, a_loss, users=("owner",)),
    Operation("guess a password", guess),
    Operation("log in after guesses", log_in_after_guesses, failed_log_ins),
    Operation("break the glass", break_the_glass, users=("desk",)),
    Operation("give the glass back", give_the_glass_back, a_broken_glass, users=("desk",)),
    Operation("see a broken glass", see_the_glass, a_broken_glass, users=("okafor",)),
    Operation("more time", more_time, users=("owner",)),
    Operation("new signature key", new_signature_key, a_revoked_key, users=("okafor",)),
    Operation(
        "second factor",
        take_a_key_file,
        users=("reyes",),
        holds=signs("reyes", PASSWORDS["reyes"], factor=FACTOR),
    ),
    Operation("device binding", bind_to_the_device, users=("owner",)),
    Operation("read the sheet back", read_the_sheet_back, a_sheet, users=("owner",)),
    Operation("forgotten password", forget_the_password, a_code, proof=opens("desk", NEW_PASSWORD)),
    Operation(
        "restore with the sheet",
        restore_by_sheet,
        a_backup_and_a_sheet_alone,
        starts_empty=True,
        log_in="marsh",
        password=NEW_PASSWORD,
    ),
    Operation("confirm an opening", confirm_the_opening, an_opening_by_sheet, users=("desk",)),
    Operation("drill", drill, a_backup, users=("owner",)),
    Operation("drill with the sheet", drill_by_sheet, a_backup_and_a_sheet, users=("owner",)),
    Operation("copy while locked", copy_while_locked, a_stick),
    Operation("enter a missed copy", tell_of_a_missed_copy, a_missed_copy, users=("owner",)),
    Operation("adopt a copy", adopt, a_closed_copy, users=("owner",), notes_in=BACKUP_TABLE),
    Operation("let backups go", make_room, a_stick, two_backups, users=("owner",), notes_in=BACKUP_TABLE),
    Operation("pin a backup", pin, a_backup, users=("owner",)),
    Operation("plan backups", plan, users=("owner",)),
    Operation("change a setting", set_the_lock, users=("owner",)),
    Operation("say whom patients call", say_whom_to_call, users=("owner",)),
)
