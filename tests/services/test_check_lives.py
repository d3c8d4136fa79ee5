"""What was signed has one way to go. Entries that turn it back or make a thing anew are found."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from mnclinic.audit.entry import EntryFacts
from mnclinic.domain.review import route
from mnclinic.models import AdverseEvent, Lot, Patient, Visit, VisitRevision
from mnclinic.services import perform_visit as performing
from mnclinic.services.add_patient import patient_bytes
from mnclinic.services.check_lives import LivesOfLog
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_queue import WRONGLY_DRAWN
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.check_store import check_store
from mnclinic.services.record_adverse_event import adverse_event_bytes
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import approve_visit, return_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.services.supply_rows import lot_bytes
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork
from tests.services.clinic_builder import SmallClinic, add_person, document, small_clinic
from tests.services.events import note_down
from tests.services.reading import problems_found


@pytest.fixture(scope="session")
def with_visits(tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    """V-000001 signed, V-000002 returned, V-000003 in review, V-000004 a draft; an adverse event."""
    clinic = small_clinic(tmp_path_factory.mktemp("lives") / "clinic")
    ids = []
    with clinic.signing("reyes") as (reyes, by):
        for name in ("Oneson", "Twoson", "Threeson"):
            patient = {"last_name": name, "first_name": "Bo", "born_on": "1985-01-02"}
            ids.append(record_visit(reyes, document(patient=patient), by, shown="window").visit_id)
        note_down(reyes, ids[0], event="redness", grade=2, noted_on=date(2026, 11, 23), note="Gone in a day.")
    with clinic.signing("okafor") as (okafor, by):
        approve_visit(okafor, ids[0], None, by, shown="window")
        return_visit(okafor, ids[1], None, by, "Why this depth?", shown="window")
    desk = clinic.as_user("desk")
    start_visit(desk, add_person(desk, "Fourson"), "microneedling_face", "reyes")
    clinic.close()
    return clinic


@pytest.fixture
def built_clinic(with_visits: SmallClinic) -> SmallClinic:
    """What the tests here get their copies of."""
    return with_visits


def visit(work: UnitOfWork, number: int) -> Visit:
    """A visit by its number."""
    return work.session.scalars(select(Visit).where(Visit.number == f"V-{number:06d}")).one()


def entered(
    work: UnitOfWork, action: str, row: Visit, content: bytes, *, subject: str = "", why: str | None = None
) -> None:
    """One entry about a visit, as the program would write it."""
    thing = LoggedObject("visit", row.id, row.revision, content)
    detail = {"reason": row.reason} if action == "visit.voided" else {}
    work.log.record(
        Act(
            action,
            "U",
            subject=subject or row.patient_ref,
            object=thing,
            categories=("treatment",),
            why=why,
            detail=detail,
        )
    )


def newest_record(work: UnitOfWork, row: Visit) -> bytes:
    """The frozen record of a visit."""
    return work.session.get_one(VisitRevision, (row.id, row.revision)).record


def _without_the_triggers(work: UnitOfWork) -> None:
    for name in ("visit_keeps_signed", "visit_goes_its_way", "visit_stays_itself"):
        work.session.execute(text(f"DROP TRIGGER {name}"))


def _signed_back_to_draft(work: UnitOfWork) -> None:
    _without_the_triggers(work)
    row = visit(work, 1)
    row.state = "draft"
    entered(work, "visit.draft_saved", row, row.document)


def _signed_voided(work: UnitOfWork) -> None:
    _without_the_triggers(work)
    row = visit(work, 1)
    row.state, row.reason = "voided", "A slip."
    entered(work, "visit.voided", row, row.document)


def _out_of_the_queue(work: UnitOfWork) -> None:
    _without_the_triggers(work)
    row = visit(work, 3)
    row.state, row.review_reasons, row.due_at, row.score = "complete_not_drawn", "", None, 0
    entered(work, "visit.drawn", row, newest_record(work, row), why="not_drawn")


def _a_return_vanishes(work: UnitOfWork) -> None:
    _without_the_triggers(work)
    row = visit(work, 2)
    row.state, row.reason, row.review_reasons, row.due_at, row.score = "complete_not_drawn", "", "", None, 0
    entered(work, "visit.drawn", row, newest_record(work, row), why="not_drawn")


def _a_performed_visit_moved(work: UnitOfWork) -> None:
    _without_the_triggers(work)
    row = visit(work, 4)
    other = visit(work, 1).patient_ref
    row.patient_ref = other
    entered(work, "visit.draft_saved", row, row.document, subject=other)


def _started_again(work: UnitOfWork) -> None:
    row = visit(work, 4)
    entered(work, "visit.started", row, row.document)


def _a_revision_left_out(work: UnitOfWork) -> None:
    row = visit(work, 4)
    row.revision += 1
    entered(work, "visit.draft_saved", row, row.document)


_NO_WAY = "the visit was {} by the entries before, and this act does not follow on that"


@pytest.mark.parametrize(
    ("user", "deed", "told"),
    [
        ("desk", _signed_back_to_draft, _NO_WAY.format("signed")),
        ("reyes", _signed_voided, _NO_WAY.format("signed")),
        ("reyes", _out_of_the_queue, _NO_WAY.format("in_review")),
        ("reyes", _a_return_vanishes, _NO_WAY.format("returned")),
        ("desk", _a_performed_visit_moved, "it moves the visit to another patient, and no act does that"),
        ("desk", _started_again, "it starts a visit that was started before"),
        ("desk", _a_revision_left_out, "the revision that it names is not the one that follows"),
    ],
)
def test_no_entry_takes_a_visit_a_way_that_visits_do_not_go(
    clinic: SmallClinic, user: str, deed: Callable[[UnitOfWork], None], told: str
) -> None:
    assert check_store(clinic.as_user(user)).findings == ()
    assert _found_at_the_entry_of(clinic, user, deed, told)


def test_a_performer_who_leaves_a_visit_out_of_the_draw_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a program does whose rule somebody took out."""
    monkeypatch.setattr(
        performing,
        "route",
        lambda *args, **named: replace(route(*args, **named), is_sent=False, drawn=False, reasons=()),
    )
    patient = {"last_name": "Fiveson", "first_name": "Bo", "born_on": "1985-01-02"}
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(patient=patient), by, shown="window")
    assert problems_found(reyes) == [f"visit V-000005: {WRONGLY_DRAWN}"]


def _adverse_event_rewritten(work: UnitOfWork) -> None:
    work.session.execute(text("DROP TRIGGER IF EXISTS adverse_event_no_update"))
    work.session.execute(text("UPDATE adverse_event SET grade = 1, note = 'Nothing.'"))
    row = work.session.scalars(select(AdverseEvent)).one()
    thing = LoggedObject("adverse_event", row.id, 1, adverse_event_bytes(row))
    subject = work.session.get_one(Visit, row.visit_id).patient_ref
    work.log.record(
        Act("adverse_event.recorded", "C", subject=subject, object=thing, categories=("adverse_event",))
    )


def _patient_added_again(work: UnitOfWork) -> None:
    row = work.session.get_one(Patient, visit(work, 1).patient_ref)
    row.born_on = date(1950, 1, 2)
    thing = LoggedObject("patient", row.ref, 1, patient_bytes(row))
    work.log.record(Act("patient.added", "C", subject=row.ref, object=thing, categories=("demographics",)))


def _lot_added_again(work: UnitOfWork) -> None:
    row = work.session.scalars(select(Lot)).first()
    assert row is not None
    row.expires_on += timedelta(days=3650)
    thing = LoggedObject("lot", f"{row.kind}:{row.lot}", 1, lot_bytes(row))
    work.log.record(Act("lot.added", "C", object=thing, categories=("supply",)))


def _patient_never_imported_taken_back(work: UnitOfWork) -> None:
    row = work.session.get_one(Patient, visit(work, 4).patient_ref)
    thing = LoggedObject("removed_patient", row.ref, 1, patient_bytes(row))
    work.log.record(Act("import.undone", "D", subject=row.ref, object=thing, categories=("demographics",)))


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        (_adverse_event_rewritten, "it makes again what was made before"),
        (_patient_added_again, "it makes again what was made before"),
        (_lot_added_again, "it makes again what was made before"),
        (_patient_never_imported_taken_back, "it takes somebody off the roster who came with no import"),
        (_patient_never_imported_taken_back, "it takes somebody off the roster for whom there is a visit"),
    ],
)
def test_what_is_made_once_is_not_made_anew_and_only_an_import_is_taken_back(
    clinic: SmallClinic, deed: Callable[[UnitOfWork], None], told: str
) -> None:
    assert _found_at_the_entry_of(clinic, "owner" if "taken_back" in deed.__name__ else "desk", deed, told)


def _found_at_the_entry_of(
    clinic: SmallClinic, user: str, deed: Callable[[UnitOfWork], None], told: str
) -> bool:
    opened = clinic.as_user(user)
    with opened.work() as work:
        deed(work)
        work.session.flush()
        number = work.log.head().size
        work.commit(checkpoint=True)
    checked = check_store(opened)
    return checked.verdict == "ALTERED" and (f"log entry {number}", told) in {
        (one.where, one.what) for one in checked.findings
    }


# --- entry by entry, without a store ------------------------------------------------------------

VISIT, PATIENT = "0a6c2c7e-6f0e-4c5e-9d53-1f8f2f0a7b11", "5b1f6d0a-3f0c-4a57-8f4a-0d4c8a3f6e22"
REYES, LIND = "9d2b7c14-2d1e-4b7e-8d5a-7f3c1b2a4e33", "c4e1a9f7-5b6d-4f3a-9e8c-2a1b3c4d5e44"
NOTHING = EntryFacts(*([None] * len(EntryFacts._fields)))  # type: ignore[arg-type]  # filled in by `facts`
NOT_OF_THE_ACT = "the draw is not of the act in which the performer signed"
NO_DRAW = "a performer signed the visit, and no draw followed in the same act"
HAPPENED = "this happens once, and it happened before"
KEPT = "of whom history, a file or a withdrawn consent is kept"


def facts(
    action: str, actor: str, *, revision: int = 0, thing: tuple[str, str] = ("visit", VISIT)
) -> EntryFacts:
    """What the check reads of an entry, as far as lives ask for it."""
    kind, object_id = thing
    return NOTHING._replace(
        action=action,
        actor=actor,
        key="",
        object_kind=kind,
        object_id=object_id,
        object_revision=str(revision),
        object_hash="00" * 32,
        salt="00" * 16,
        subject=PATIENT,
        why="drawn" if action == "visit.drawn" else None,
    )


def told(entries: Iterable[tuple[int, EntryFacts]]) -> list[tuple[str, str]]:
    """Where and what is found, entries in their order, each known to the log once it was taken."""
    logged = Logged(Session())
    lives = LivesOfLog(logged)
    found: list[StoreFinding] = []
    for number, one in entries:
        found += lives.take(number, one, bytes(32))
        data = {"seq": number, "action": one.action, "salt": one.salt, "actor": {"uid": one.actor}}
        named = {"t": one.object_kind, "id": one.object_id, "rev": 1, "h": one.object_hash}
        logged.add(number, one, json.dumps(data | {"obj": named}).encode())
    found += lives.finish()
    return [(one.where, one.what) for one in found]


def performed_and_drawn(drawer: str | None, behind: int) -> list[tuple[int, EntryFacts]]:
    """A visit that Reyes performed with entry 2, and the draw so many entries later; None: there is none."""
    entries = [(1, facts("visit.started", REYES)), (2, facts("visit.performed", REYES, revision=1))]
    if drawer is not None:
        entries.append((2 + behind, facts("visit.drawn", drawer, revision=1)))
    return entries


@pytest.mark.parametrize("behind", [1, 4])
def test_the_draw_follows_in_the_act_of_the_performers_signature(behind: int) -> None:
    assert told(performed_and_drawn(REYES, behind)) == []


@pytest.mark.parametrize(
    ("drawer", "behind", "found"),
    [
        (LIND, 1, ("log entry 3", NOT_OF_THE_ACT)),
        (REYES, 5, ("log entry 7", NOT_OF_THE_ACT)),
        (None, 0, ("log entry 2", NO_DRAW)),
    ],
)
def test_a_draw_of_somebody_elses_one_that_comes_later_and_none_are_found(
    drawer: str | None, behind: int, found: tuple[str, str]
) -> None:
    assert told(performed_and_drawn(drawer, behind)) == [found]


@pytest.mark.parametrize(
    ("made", "ended", "kind"),
    [
        ("glass.broken", "glass.given_back", "break_glass"),
        ("glass.broken", "glass.seen", "break_glass"),
        ("import.made", "import.taken_back", "import"),
        ("patient.imported", "import.undone", "patient"),
        ("medical_history.added", "medical_history.ended", "medical_history"),
    ],
)
def test_what_ends_once_ends_no_second_time(made: str, ended: str, kind: str) -> None:
    thing = (kind, "7e0d3c2b-1a4f-4d6e-8b9c-5f6a7b8c9d55")
    life = [(1, facts(made, REYES, thing=thing)), (2, facts(ended, REYES, thing=thing))]
    assert told(life) == []
    assert told([*life, (3, facts(ended, REYES, thing=thing))]) == [("log entry 3", HAPPENED)]


@pytest.mark.parametrize(
    ("made", "kind", "of"),
    [
        ("plan.made", "planned_visit", "for whom a visit was planned"),
        ("medical_history.added", "medical_history", KEPT),
        ("attachment.kept", "attachment", KEPT),
        ("photo.kept", "photo", KEPT),
        ("consent.withdrawn", "consent_withdrawal", KEPT),
    ],
)
def test_nobody_of_whom_anything_was_written_is_taken_back_with_an_import(
    made: str, kind: str, of: str
) -> None:
    person, thing = ("patient", PATIENT), (kind, "7e0d3c2b-1a4f-4d6e-8b9c-5f6a7b8c9d55")
    imported = (1, facts("patient.imported", REYES, thing=person))
    undone = facts("import.undone", REYES, thing=("removed_patient", PATIENT))
    assert told([imported, (2, undone)]) == []
    written = (2, facts(made, REYES, revision=1, thing=thing))
    found = ("log entry 3", f"it takes somebody off the roster {of}")
    assert told([imported, written, (3, undone)]) == [found]
