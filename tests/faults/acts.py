"""What the clinic's people do while faults strike, and what each act leaves behind when it is done.

An act returns the fact that it acknowledges: nothing may take that away again. To add an act, write a
function that takes the team and a random source, and list it in `ACTS`.
"""

import hashlib
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import Backup, ImportBatch, Patient, ScreenState, Visit
from mnclinic.services.back_up import back_up
from mnclinic.services.import_patients import import_patients, undo_import
from mnclinic.services.keep_visit_draft import keep_visit_draft
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.print_documents import print_aftercare
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import approve_visit, return_visit
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.save_visit import save_visit
from mnclinic.services.screen_state import keep_screen
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from tests.faults.team import Team
from tests.services.clinic_builder import MONDAY, document


@dataclass(frozen=True)
class Fact:
    """Something acknowledged: a kind, the thing's name, and how it stands."""

    kind: str
    name: str
    state: str

    def as_json(self) -> list[str]:
        return [self.kind, self.name, self.state]


Doing = Callable[[Team, random.Random], Fact | None]
"""Carries the act out; None when there was nothing to do it on."""


@dataclass(frozen=True)
class Act:
    """One kind of work, how often it is chosen, and which kind of fact it changes."""

    name: str
    do: Doing
    weight: int
    changes: str


def _hex(chance: random.Random) -> str:
    return f"{chance.getrandbits(64):016x}"


def record(team: Team, chance: random.Random) -> Fact:
    """A whole visit of somebody new, performed and signed by the nurse."""
    patient = {"last_name": f"Testerman {_hex(chance)}", "first_name": "Ada", "born_on": "1990-04-23"}
    done = record_visit(
        team.as_user("reyes"), document(patient=patient), team.signer("reyes"), shown="command"
    )
    return Fact("visit", done.visit_id, done.state)


def review(team: Team, chance: random.Random) -> Fact | None:
    """The director approves or returns a visit that waits."""
    clinic = team.as_user("okafor")
    with Session(clinic.store.engine) as session:
        waiting = session.scalars(select(Visit.id).where(Visit.state == "in_review")).all()
    if not waiting:
        return None
    visit, by = chance.choice(waiting), team.signer("okafor")
    if chance.random() < 0.8:
        done = approve_visit(clinic, visit, None, by, shown="command")
    else:
        done = return_visit(clinic, visit, None, by, "Which endpoint was seen?", shown="command")
    return Fact("visit", done.visit_id, done.state)


def draft(team: Team, chance: random.Random) -> Fact | None:
    """The nurse opens a visit for somebody on the roster and types into it."""
    clinic = team.as_user("reyes")
    with Session(clinic.store.engine) as session:
        patients = session.scalars(select(Patient.ref).where(Patient.import_id.is_(None))).all()
        numbers = {ref: number for ref, number in session.execute(select(Patient.ref, Patient.record_number))}
    if not patients:
        return None
    ref = chance.choice(patients)
    visit = start_visit(clinic, ref, service="microneedling_face", performer="reyes")
    typed = document(patient={"record_number": numbers[ref]}, note=f"typed {_hex(chance)}")
    saved = save_visit(clinic, visit, 1, typed)
    return Fact("draft", saved.visit_id, _drafted(saved.edition, typed["note"], ""))


def type_on(team: Team, chance: random.Random) -> Fact | None:
    """The nurse types on in an open visit, and half a date stands in a field when the draft is stored."""
    clinic = team.as_user("reyes")
    with Session(clinic.store.engine) as session:
        visits = session.scalars(select(Visit.id).where(Visit.state == "draft").order_by(Visit.id)).all()
    if not visits:
        return None
    view = show_visit(clinic, chance.choice(visits), opened=False)
    note, half = f"typed {_hex(chance)}", f"2026-1{chance.randrange(10**9)}"
    rest = {"typed": {"last_session_on": half}, "was": {"last_session_on": ""}}
    kept = keep_visit_draft(
        clinic,
        view.visit_id,
        view.edition,
        view.document | {"note": note},
        rest=rest,
        whole=rest,
        at="last_session_on",
        cursor=len(half),
    )
    assert kept.is_in_visit
    return Fact("draft", kept.visit_id, _drafted(kept.edition, note, half))


def _drafted(edition: int, note: str, half: str) -> str:
    return f"edition {edition}, {note}, beside it {half or 'nothing'}"


def type_into_a_sheet(team: Team, chance: random.Random) -> Fact:
    """The nurse types into a sheet that has no draft of its own: the window stores her screen."""
    clinic, typed = team.as_user("reyes"), _hex(chance)
    assert keep_screen(clinic, {"typed": typed})
    return Fact("screen", clinic.person.staff_id, typed)


def bring_in(team: Team, chance: random.Random) -> Fact:
    """The front desk imports a roster of five."""
    rows = ["Last name,First name,Date of birth"]
    rows += [f"Rosterman{_letters(chance)},Bo,1984-02-{day:02d}" for day in range(1, 6)]
    file = team.desk / "roster.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = import_patients(team.as_user("owner"), file, date_order=None, dry_run=False)
    return Fact("import", str(done.import_id), str(done.added))


def _letters(chance: random.Random) -> str:
    return "".join(chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(12))


def take_back(team: Team, chance: random.Random) -> Fact | None:
    """The newest import is undone as a whole."""
    clinic = team.as_user("owner")
    with Session(clinic.store.engine) as session:
        standing = session.scalars(select(ImportBatch.id).where(ImportBatch.undone_at.is_(None))).all()
    if not standing:
        return None
    batch = chance.choice(standing)
    undo_import(clinic, batch)
    return Fact("import", batch, "undone")


def print_sheet(team: Team, chance: random.Random) -> Fact | None:
    """An aftercare sheet at the front desk."""
    clinic = team.as_user("reyes")
    with Session(clinic.store.engine) as session:
        visits = session.scalars(select(Visit.id)).all()
    if not visits:
        return None
    out = team.desk / f"aftercare-{_hex(chance)}.pdf"
    return file_fact(print_aftercare(clinic, chance.choice(visits), "en", out).file)


def bundle(team: Team, chance: random.Random) -> Fact | None:
    """An audit bundle of the day."""
    clinic = team.as_user("okafor")
    with Session(clinic.store.engine) as session:
        if session.scalars(select(Visit.id).where(Visit.revision > 0)).first() is None:
            return None
    day = MONDAY.date()
    out = team.desk / f"bundle-{_hex(chance)}.zip"
    return file_fact(make_bundle(clinic, MakeBundle(day, day, out, plain=True)).file)


def make_backup(team: Team, _chance: random.Random) -> Fact:
    """A backup on the stick, proven."""
    stick = team.desk / "stick"
    stick.mkdir(exist_ok=True)
    made = back_up(team.as_user("owner"), stick)
    return Fact("backup", "the newest", made.backup.name)


def rotate(team: Team, _chance: random.Random) -> Fact:
    """Everybody else logs off and the owner changes the database key."""
    owner = team.as_user("owner")
    team.leave_alone("owner")
    return Fact("epoch", "the database key", str(rotate_database_key(owner, "A laptop was stolen.").epoch))


def file_fact(path: Path) -> Fact:
    """A file that was handed over, by its bytes."""
    return Fact("file", str(path), hashlib.sha256(path.read_bytes()).hexdigest())


ACTS: tuple[Act, ...] = (
    Act("record", record, 8, "visit"),
    Act("sign", review, 8, "visit"),
    Act("draft", draft, 3, "draft"),
    Act("type", type_on, 4, "draft"),
    Act("type into a sheet", type_into_a_sheet, 2, "screen"),
    Act("import", bring_in, 3, "import"),
    Act("undo", take_back, 1, "import"),
    Act("print", print_sheet, 1, "file"),
    Act("bundle", bundle, 1, "file"),
    Act("back up", make_backup, 1, "backup"),
    Act("rotate", rotate, 1, "epoch"),
)


def facts_of(session: Session) -> dict[tuple[str, str], str]:
    """Every fact that stands in the store, by kind and name. Files are looked at apart."""
    found: dict[tuple[str, str], str] = {}
    row: Any
    halves: dict[str, str] = {}
    for row in session.execute(select(ScreenState.staff_id, ScreenState.state)):
        kept = json.loads(row.state)
        if "screen" in kept:
            found["screen", row.staff_id] = kept["screen"]["typed"]
        halves |= {visit: one["typed"]["last_session_on"] for visit, one in kept.get("drafts", {}).items()}
    columns = select(Visit.id, Visit.state, Visit.edition, Visit.revision, Visit.document)
    for row in session.execute(columns):
        if row.state == "draft" or row.revision == 0:
            note = json.loads(row.document).get("note", "nothing")
            found["draft", row.id] = _drafted(row.edition, note, halves.get(row.id, ""))
        else:
            found["visit", row.id] = row.state
    for row in session.execute(select(ImportBatch.id, ImportBatch.added, ImportBatch.undone_at)):
        found["import", row.id] = "undone" if row.undone_at else str(row.added)
    # Older ones of the day make room for it, so the newest alone is promised.
    newest = session.scalars(
        select(Backup.name).where(Backup.verdict == "OK").order_by(Backup.made_at.desc()).limit(1)
    ).first()
    if newest is not None:
        found["backup", "the newest"] = newest
    return found
