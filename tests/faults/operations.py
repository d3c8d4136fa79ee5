"""Every operation that has to survive a failing disk, as a table. The rarer ones are beside it.

To add one, write a function that carries it out and list it in `DAILY` or in `RARER`. It gets a team whose
folder stands as `prepare` left it, and returns when it is done; trouble leaves it as a ClinicError or as a
Refused.
"""

import random
import shutil
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import ImportBatch, Patient, Visit
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.services.add_patient import NewPatient, add_patient
from mnclinic.services.answers import set_up_with_sheet
from mnclinic.services.back_up import back_up
from mnclinic.services.check_backup import check_backup
from mnclinic.services.check_store import check_store
from mnclinic.services.close_day import close_day
from mnclinic.services.daily_check import check_and_enter, daily_check
from mnclinic.services.import_patients import import_patients, undo_import
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.keys.recovery_sheet import make_recovery_sheet
from mnclinic.services.keys.revoke_key import revoke_signature_key
from mnclinic.services.list_follow_ups import open_contact
from mnclinic.services.list_visits import todays_visits
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.open_clinic import clinic_is_here
from mnclinic.services.print_documents import print_aftercare, print_chart, print_fingerprint_sheet
from mnclinic.services.print_receipt import print_receipt
from mnclinic.services.record_follow_up import NewTry, record_follow_up
from mnclinic.services.record_visit import record_visit
from mnclinic.services.restore_clinic import restore_clinic
from mnclinic.services.review_visit import approve_visit, return_visit
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.save_visit import save_visit
from mnclinic.services.staff_rows import NewPerson
from mnclinic.services.start_visit import start_visit
from mnclinic.services.users.add_user import add_user
from mnclinic.services.users.choose_password import choose_password
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.reset_user import reset_user
from mnclinic.services.void_visit import void_visit
from mnclinic.store.backup_files import compare_members, read_manifest
from mnclinic.store.trouble import told_plainly
from tests.faults import acts
from tests.faults.amendment_operations import AMENDMENTS
from tests.faults.consent_operations import CONSENTS
from tests.faults.event_operations import EVENTS
from tests.faults.operation import (
    DAY,
    NEW_PASSWORD,
    STICK,
    TROUBLE,
    Operation,
    backup_in,
    command,
    only,
    opens,
    signs,
    visit_in,
)
from tests.faults.planned_operations import PLANNED
from tests.faults.rarer_operations import RARER
from tests.faults.recall_operations import RECALLS
from tests.faults.rule_operations import RULES
from tests.faults.staff_operations import STAFF
from tests.faults.supply_operations import SUPPLIES
from tests.faults.team import Team
from tests.services.clinic_builder import PASSWORDS, document, request

OLD_CLINIC = Path(__file__).with_name("old_clinic")
"""Of form 0015; tests/store/test_upgrade.py kills the upgrade of every form."""
SHEETS = ("sheet.pdf", "next-sheet.pdf")
BACKUP_TABLE = frozenset({"backup"})

# --- what has to be there before --------------------------------------------------------------


def a_waiting_visit(team: Team) -> None:
    """One visit that waits for the director, and a draft."""
    acts.record(team, random.Random(1))
    acts.draft(team, random.Random(2))


def a_roster(team: Team) -> None:
    """A roster file on the desk, and one import that was made."""
    acts.bring_in(team, random.Random(3))
    acts.bring_in(team, random.Random(4))
    batch = only(team, "owner", select(ImportBatch.id).order_by(ImportBatch.imported_at.desc()))
    undo_import(team.as_user("owner"), batch)


def an_old_clinic(team: Team) -> None:
    """A small clinic of form 0015 in place of today's.

    It is brought up to date hundreds of times; what every form of before held is looked at in tests/store.
    """
    shutil.rmtree(team.folder)
    shutil.copytree(OLD_CLINIC, team.folder)


def a_stick(team: Team) -> None:
    """A day's work, and a place for backups."""
    a_waiting_visit(team)
    (team.desk / STICK).mkdir()


def a_backup(team: Team) -> None:
    """The same, with a backup on the stick."""
    a_stick(team)
    make_backup(team)


def only_a_backup(team: Team) -> None:
    """The stick with a backup; the clinic itself is gone."""
    a_backup(team)
    team.close()
    shutil.rmtree(team.folder)


# --- what shows that it was done --------------------------------------------------------------


def a_whole_backup(folder: Path) -> bool:
    """Whether a finished backup lies on the stick, every member as its manifest says."""
    for backup in (folder / STICK).glob("mnclinic-*"):
        if backup.suffix != ".partial":
            manifest, _ = read_manifest(backup)
            return not compare_members(backup, manifest)
    return False


# --- the operations ---------------------------------------------------------------------------


def set_up(team: Team) -> None:
    # One of each kind: who signs, who signs and reviews, who does neither. More take only more derivations.
    people = tuple(one for one in request().people if one.user in {"okafor", "reyes", "owner"})
    # One that a failing disk did not let go of is another name's next time.
    sheet = next(one for one in map(team.desk.joinpath, SHEETS) if not one.exists())
    set_up_with_sheet(request(people=people), team.folder, sheet, clock=team.clock, cost=FLOOR_COST)


def has_its_sheet(folder: Path) -> str | None:
    """What is wrong where a clinic stands that no sheet opens."""
    is_there = any((folder / name).exists() for name in SHEETS)
    return None if is_there or not clinic_is_here(folder / "clinic") else "a clinic stands without its sheet"


def log_in(team: Team) -> None:
    team.as_user("desk")


def log_off(team: Team) -> None:
    team.close()


def add_somebody(team: Team) -> None:
    add_patient(team.as_user("desk"), NewPatient("Newman", "Bea", "1971-03-04"))


def start(team: Team) -> None:
    clinic = team.as_user("reyes")
    ref = only(team, "reyes", select(Patient.ref))
    start_visit(clinic, ref, service="microneedling_face", performer="reyes")


def edit(team: Team) -> None:
    visit = visit_in(team, "reyes", "draft")
    with told_plainly(), Session(team.as_user("reyes").store.engine) as session:
        row = session.get_one(Visit, visit)
        edition = row.edition
        number = session.scalar(select(Patient.record_number).where(Patient.ref == row.patient_ref))
    typed = document(patient={"record_number": number}, note="Typed while the disk failed.")
    save_visit(team.as_user("reyes"), visit, edition, typed)


def void(team: Team) -> None:
    visit = visit_in(team, "reyes", "draft")
    with told_plainly(), Session(team.as_user("reyes").store.engine) as session:
        edition = session.get_one(Visit, visit).edition
    void_visit(team.as_user("reyes"), visit, edition, "Opened by mistake.")


def perform(team: Team) -> None:
    patient = {"last_name": "Testerman", "first_name": "Cy", "born_on": "1990-04-23"}
    record_visit(team.as_user("reyes"), document(patient=patient), team.signer("reyes"), shown="command")


def approve(team: Team) -> None:
    visit = visit_in(team, "okafor", "in_review")
    approve_visit(team.as_user("okafor"), visit, None, team.signer("okafor"), shown="command")


def send_back(team: Team) -> None:
    visit = visit_in(team, "okafor", "in_review")
    return_visit(team.as_user("okafor"), visit, None, team.signer("okafor"), "Which side?", shown="command")


def print_a_receipt(team: Team) -> None:
    visit = visit_in(team, "reyes", "in_review")
    print_receipt(team.as_user("desk"), visit, "en", team.desk / "receipt.pdf")


def call_afterwards(team: Team) -> None:
    visit = visit_in(team, "reyes", "in_review")
    team.clock.at += timedelta(hours=49)
    open_contact(team.as_user("desk"), visit, "call+48")
    new = NewTry("telephone", "wrong", {}, "It itches.")
    record_follow_up(team.as_user("desk"), visit, "call+48", new)


def bring_in(team: Team) -> None:
    import_patients(team.as_user("owner"), team.desk / "roster.csv", date_order=None, dry_run=False)


def take_back(team: Team) -> None:
    batch = only(team, "owner", select(ImportBatch.id).where(ImportBatch.undone_at.is_(None)))
    undo_import(team.as_user("owner"), batch)


def print_a_chart(team: Team) -> None:
    print_chart(team.as_user("okafor"), visit_in(team, "okafor", "in_review"), team.desk / "chart.pdf")


def print_a_sheet(team: Team) -> None:
    visit = visit_in(team, "okafor", "in_review")
    print_aftercare(team.as_user("okafor"), visit, "en", team.desk / "aftercare.pdf")


def print_fingerprint(team: Team) -> None:
    print_fingerprint_sheet(team.as_user("okafor"), team.desk / "fingerprint.pdf")


def close_the_day(team: Team) -> None:
    close_day(team.as_user("desk"), team.desk / "slip.pdf")


def bundle(team: Team) -> None:
    make_bundle(team.as_user("okafor"), MakeBundle(DAY, DAY, team.desk / "day.zip", plain=True))


def bundle_of_one(team: Team) -> None:
    asked = MakeBundle(None, None, team.desk / "one.zip", plain=True, patient="P-000001")
    make_bundle(team.as_user("okafor"), asked)


def check(team: Team) -> None:
    check_store(team.as_user("okafor"))


def check_that_is_entered(team: Team) -> None:
    check_and_enter(team.as_user("okafor"))


def check_of_the_day(team: Team) -> None:
    daily_check(team.as_user("okafor"))


def read_today(team: Team) -> None:
    todays_visits(team.as_user("okafor"), DAY)


def upgrade(team: Team) -> None:
    team.as_user("okafor")


def make_backup(team: Team) -> None:
    back_up(team.as_user("okafor"), team.desk / STICK)


def prove_backup(team: Team) -> None:
    check_backup(team.as_user("okafor"), backup_in(team.desk))


def restore(team: Team) -> None:
    restore_clinic(
        backup_in(team.desk), team.folder, user="okafor", password=PASSWORDS["okafor"], clock=team.clock
    )


def add_a_nurse(team: Team) -> None:
    person = NewPerson("marsh", "B. Marsh", "provider", "RN", NEW_PASSWORD, depth_ceiling_mm="2.00")
    add_user(team.as_user("owner"), person, PASSWORDS["owner"])


def end_the_nurse(team: Team) -> None:
    end_access(team.as_user("owner"), "lind", PASSWORDS["owner"], reason="Moved away.")


def rotate(team: Team) -> None:
    rotate_database_key(team.as_user("owner"), "A laptop was stolen.")


def reset_the_nurse(team: Team) -> None:
    reset_user(team.as_user("owner"), "lind", NEW_PASSWORD, PASSWORDS["owner"], reason="Forgotten.")


def change_password(team: Team) -> None:
    choose_password(team.as_user("desk"), PASSWORDS["desk"], NEW_PASSWORD)


def make_keys_anew(team: Team) -> None:
    choose_password(team.as_user("reyes"), PASSWORDS["reyes"], NEW_PASSWORD, may_be_known=True)


def make_directors_keys_anew(team: Team) -> None:
    choose_password(team.as_user("okafor"), PASSWORDS["okafor"], NEW_PASSWORD, may_be_known=True)


def personal_code(team: Team) -> None:
    make_recovery_code(team.as_user("reyes"), PASSWORDS["reyes"], team.desk / "code.pdf")


def new_sheet(team: Team) -> None:
    make_recovery_sheet(team.as_user("owner"), PASSWORDS["owner"], team.desk / "sheet.pdf")


def revoke_the_nurse(team: Team) -> None:
    revoke_signature_key(team.as_user("owner"), "lind", "lost", PASSWORDS["owner"])


def command_today(team: Team) -> None:
    command(team, "desk", "today", "--day", DAY)


def command_sign(team: Team) -> None:
    command(team, "okafor", "sign", "V-000001", "--approve")


def command_import(team: Team) -> None:
    command(team, "owner", "import", "patients", team.desk / "roster.csv")


def command_bundle(team: Team) -> None:
    words = ("--from", DAY, "--to", DAY, "--out", team.desk / "command.zip", "--plain")
    command(team, "okafor", "bundle", "make", *words)


def command_check(team: Team) -> None:
    command(team, "okafor", "check")


DAILY: tuple[Operation, ...] = (
    Operation("set up", set_up, starts_empty=True, holds=has_its_sheet),
    Operation("log in", log_in),
    Operation("log off", log_off, a_waiting_visit, signers=("reyes",)),
    Operation("add a patient", add_somebody, users=("desk",)),
    Operation("start a visit", start, a_waiting_visit, users=("reyes",)),
    Operation("edit a draft", edit, a_waiting_visit, users=("reyes",)),
    Operation("void a draft", void, a_waiting_visit, users=("reyes",)),
    Operation("perform", perform, signers=("reyes",)),
    Operation("approve", approve, a_waiting_visit, signers=("okafor",)),
    Operation("return", send_back, a_waiting_visit, signers=("okafor",)),
    Operation("print a receipt", print_a_receipt, a_waiting_visit, users=("reyes", "desk")),
    Operation("follow-up call", call_afterwards, a_waiting_visit, users=("reyes", "desk")),
    Operation("import", bring_in, a_roster, users=("owner",)),
    Operation("undo an import", take_back, a_roster, users=("owner",)),
    Operation("print a chart", print_a_chart, a_waiting_visit, users=("okafor",)),
    Operation("print aftercare", print_a_sheet, a_waiting_visit, users=("okafor",)),
    Operation("print the fingerprint", print_fingerprint, users=("okafor",)),
    Operation("close the day", close_the_day, a_waiting_visit, users=("desk",)),
    Operation("bundle", bundle, a_waiting_visit, users=("okafor",)),
    Operation("bundle of one", bundle_of_one, a_waiting_visit, users=("okafor",)),
    Operation("check", check, a_waiting_visit, users=("okafor",)),
    Operation("check that is entered", check_that_is_entered, a_waiting_visit, users=("okafor",)),
    Operation("check of the day", check_of_the_day, a_waiting_visit, users=("okafor",)),
    Operation("read", read_today, a_waiting_visit, users=("okafor",)),
    Operation("command today", command_today, a_waiting_visit),
    Operation("command sign", command_sign, a_waiting_visit),
    # A roster file that the disk does not hand out is input that cannot be read.
    Operation("command import", command_import, a_roster, statuses=frozenset({64, TROUBLE})),
    Operation("command bundle make", command_bundle, a_waiting_visit),
    # A disk that cannot be read is the verdict UNREADABLE there; ALTERED would be a false accusation.
    Operation("command check", command_check, a_waiting_visit, statuses=frozenset({2, TROUBLE})),
    Operation(
        "back up", make_backup, a_stick, users=("okafor",), proof=a_whole_backup, notes_in=BACKUP_TABLE
    ),
    Operation("check a backup", prove_backup, a_backup, users=("okafor",), notes_in=BACKUP_TABLE),
    Operation("restore", restore, only_a_backup, starts_empty=True),
    Operation("add a user", add_a_nurse, users=("owner",), proof=opens("marsh", NEW_PASSWORD)),
    Operation("reset a user", reset_the_nurse, users=("owner",), proof=opens("lind", NEW_PASSWORD)),
    Operation("end access", end_the_nurse, users=("owner",), may_let_go=True),
    Operation("rotate the database key", rotate, a_waiting_visit, users=("owner",), may_let_go=True),
    Operation("choose a password", change_password, users=("desk",), proof=opens("desk", NEW_PASSWORD)),
    Operation(
        "make keys anew",
        make_keys_anew,
        users=("reyes",),
        holds=signs("reyes", PASSWORDS["reyes"], NEW_PASSWORD),
        proof=opens("reyes", NEW_PASSWORD),
    ),
    Operation(
        "make a director's keys anew",
        make_directors_keys_anew,
        users=("okafor",),
        log_in="owner",
        holds=signs("okafor", PASSWORDS["okafor"], NEW_PASSWORD),
        proof=opens("okafor", NEW_PASSWORD),
    ),
    Operation("recovery code", personal_code, users=("reyes",)),
    Operation("recovery sheet", new_sheet, users=("owner",)),
    Operation("revoke a key", revoke_the_nurse, users=("owner",)),
    Operation("upgrade", upgrade, an_old_clinic, starts_old=True),
)

OPERATIONS: tuple[Operation, ...] = (
    *DAILY,
    *PLANNED,
    *CONSENTS,
    *AMENDMENTS,
    *EVENTS,
    *SUPPLIES,
    *RECALLS,
    *RULES,
    *RARER,
    *STAFF,
)
