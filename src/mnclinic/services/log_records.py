"""The records whose history the log can tell, by the kinds of object that its entries name."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from mnclinic.domain.names import fold
from mnclinic.models import (
    AdverseEvent,
    Attachment,
    Backup,
    ConsentWithdrawal,
    DeviceService,
    EventStep,
    FollowUpContact,
    ImportBatch,
    LogEntry,
    LotMovement,
    MedicalHistory,
    Patient,
    Photo,
    PlannedVisit,
    Recall,
    RecoveryOpening,
    RecoverySheet,
    RegisteredKey,
    Staff,
    Visit,
)
from mnclinic.services.settings import SETTINGS

DOCUMENT_KINDS = frozenset({"policy", "protocol", "consent_text", "authorisation"})
OBJECTS: dict[str, frozenset[str]] = {
    "device": frozenset({"device", "device_service"}),
    "lot": frozenset({"lot", "lot_movement"}),
    "device_service": frozenset({"device_service"}),
    "lot_movement": frozenset({"lot_movement"}),
    "paper_sheet": frozenset({"paper_sheet"}),
    "key": frozenset({"key", "key_vouch", "key_revocation"}),
    "backup": frozenset({"backup"}),
    "adverse_event": frozenset({"adverse_event", "event_step", "event_print"}),
    "recall": frozenset({"recall", "recall_contact", "recall_closure", "notice_view"}),
    "glass": frozenset({"break_glass"}),
    "setting": frozenset({"setting"}),
    "recovery_sheet": frozenset({"recovery_sheet", "recovery_opening"}),
    "follow_up_contact": frozenset({"follow_up_contact"}),
    "attachment": frozenset({"attachment", "attachment_view"}),
    "photo": frozenset({"photo", "photo_view"}),
    "medical_history": frozenset({"medical_history"}),
    "planned_visit": frozenset({"planned_visit"}),
    "import": frozenset({"import"}),
    "consent_withdrawal": frozenset({"consent_withdrawal"}),
    "day": frozenset({"day"}),
    "meeting": frozenset({"meeting"}),
    **{kind: frozenset({kind, "approval"}) for kind in sorted(DOCUMENT_KINDS)},
}
"""By kind of record, the kinds of object that its entries name."""
BY_ID: dict[str, frozenset[str]] = {
    "visit": frozenset(
        {
            *("visit", "visit_view", "visit_print", "signature", "warnings_passed", "adverse_event"),
            *("event_step", "aftercare_print", "consent_print", "precare_print", "receipt_print"),
            *("amendment", "amendment_seen", "misfiled_visit"),
        }
    ),
    "person": frozenset({"staff", "account", "key", "key_vouch", "key_revocation"}),
}
"""The same of records whose ids nothing else has, so that the kind of object is not asked for."""
SHOWN_SHORT = frozenset({"adverse_event", "attachment", "photo", "medical_history"})
"""Kinds of records of which lists show the first letters of the id alone."""
SHOWN_LETTERS = 8
RECORD_KINDS = (*BY_ID, *OBJECTS)


@dataclass(frozen=True)
class RecordRef:
    """A record whose history is wanted.

    `id` is a visit's id or number, a device, a lot as `cartridge:LOT`, a document's id, a person's staff id
    or user name, a key id, `all` for the recovery sheets, a setting's name, a closed day as 2026-11-23, or
    the id of anything else: an adverse event, a kept file, a photograph, a line of a medical history, a
    planned visit, an import, a withdrawn consent, a broken glass, a backup. The director's visit of a day is
    called director_visit:2026-11-23, an emergency drill drill:2026-11-23. What was done to a device and how a
    lot was counted belong to its history. So does what was done about an adverse event, and both belong to
    its visit's. Of what lists show by the first eight letters of its id, these are enough.
    """

    kind: str
    id: str


@dataclass(frozen=True)
class Record:
    """What is called so, and the entries that speak of it. `kinds` None: the ids alone say which."""

    words: str
    kinds: frozenset[str] | None
    ids: tuple[str, ...]


def record_named(session: Session, record: RecordRef) -> Record | None:
    """The record with its name for a title; None where there is none."""
    kind, name = record.kind, _whole_id(session, record)
    match kind:
        case "visit":
            visit = (
                session.get(Visit, name) or session.scalars(select(Visit).where(Visit.number == name)).first()
            )
            if visit is None:
                return None
            events = session.scalars(select(AdverseEvent.id).where(AdverseEvent.visit_id == visit.id)).all()
            return Record(f"visit {visit.number}", None, (visit.id, *events, *_steps_of(session, events)))
        case "person":
            staff = staff_called(session, name)
            if staff is None:
                return None
            keys = session.scalars(select(RegisteredKey.key).where(RegisteredKey.staff_id == staff.id))
            return Record(staff.name, None, (staff.id, *keys))
        case "adverse_event":
            words = _words_of(session, kind, name)
            return _known(session, Record(words, OBJECTS[kind], (name, *_steps_of(session, (name,)))))
        case "setting":
            # One that was never changed has a history without entries.
            return (
                Record(_words_of(session, kind, name), OBJECTS[kind], (name,)) if name in SETTINGS else None
            )
        case "recovery_sheet":
            sheets = session.scalars(select(RecoverySheet.key))
            openings = session.scalars(select(RecoveryOpening.id))
            ids = (*sheets, *(str(one) for one in openings))
            return Record("the recovery sheets", OBJECTS[kind], ids) if ids else None
        case "device":
            done = session.scalars(select(DeviceService.id).where(DeviceService.device == name))
            return _known(session, Record(name, OBJECTS[kind], (name, *done)))
        case "lot":
            of_kind, _, lot = name.partition(":")
            moved = session.scalars(
                select(LotMovement.id).where(LotMovement.kind == of_kind, LotMovement.lot == lot)
            )
            return _known(session, Record(f"lot {lot} ({of_kind})", OBJECTS[kind], (name, *moved)))
        case _ if kind in DOCUMENT_KINDS:
            words = f"{kind.replace('_', ' ')} {name}"
            return _known(session, Record(words, OBJECTS[kind], (name, f"{kind}:{name}")))
        case _ if kind in OBJECTS:
            return _known(session, Record(_words_of(session, kind, name), OBJECTS[kind], (name,)))
        case _:
            return None


def _whole_id(session: Session, record: RecordRef) -> str:
    """The one id that begins as lists show it; what was typed where that is none's or several have it."""
    name = record.id
    if record.kind not in SHOWN_SHORT or len(name) < SHOWN_LETTERS:
        return name
    found = (
        select(LogEntry.object_id)
        .where(LogEntry.object_id >= name, LogEntry.object_id < f"{name}~")
        .where(literal_column("+log_entry.object_kind").in_(sorted(OBJECTS[record.kind])))
    )
    ids = session.scalars(found.distinct().limit(2)).all()
    return str(ids[0]) if len(ids) == 1 else name


def _steps_of(session: Session, events: Sequence[str]) -> Sequence[str]:
    """The ids of what was done about adverse events."""
    return session.scalars(select(EventStep.id).where(EventStep.event_id.in_(events))).all() if events else ()


def _words_of(session: Session, kind: str, name: str) -> str:
    match kind:
        case "setting":
            return f"the setting {name.replace('_', ' ')}"
        case "adverse_event":
            event = session.get(AdverseEvent, name)
            visit = session.get(Visit, event.visit_id) if event else None
            return f"an adverse event of visit {visit.number}" if visit else "an adverse event"
        case "follow_up_contact":
            contact = session.get(FollowUpContact, name)
            called = session.get(Visit, contact.visit_id) if contact else None
            return f"a follow-up contact of visit {called.number}" if called else "a follow-up contact"
        case "recall":
            recall = session.get(Recall, name)
            return f"the recall of {recall.named}" if recall else "a recall"
        case "glass":
            return "a broken glass"
        case "backup":
            backup = session.get(Backup, name)
            return f"backup {backup.name}" if backup else f"backup {name[:16]}"
        case "import":
            batch = session.get(ImportBatch, name)
            return f"the import of {batch.file_name}" if batch else "an import"
        case "day":
            return f"the closed day {name}"
        case "meeting":
            what, _, day = name.partition(":")
            return f"the emergency drill of {day}" if what == "drill" else f"the director's visit of {day}"
        case "attachment" | "photo" | "medical_history" | "planned_visit" | "consent_withdrawal":
            return _of_a_person(session, kind, name)
        case _:
            return f"{kind} {name[:16]}"


def _of_a_person(session: Session, kind: str, name: str) -> str:
    """A record of somebody's, called by its own words and the person's record number."""
    row: Attachment | Photo | MedicalHistory | PlannedVisit | ConsentWithdrawal | None
    match kind:
        case "attachment":
            row = session.get(Attachment, name)
            words = f"the file “{row.title}”" if row else "a file"
        case "photo":
            row = session.get(Photo, name)
            words = f"the photograph “{row.view}”" if row else "a photograph"
        case "medical_history":
            row = session.get(MedicalHistory, name)
            words = f"“{row.words}” in the medical history" if row else "a line of a medical history"
        case "planned_visit":
            row = session.get(PlannedVisit, name)
            words = f"the visit planned for {row.planned_on.isoformat()}" if row else "a planned visit"
        case _:
            row = session.get(ConsentWithdrawal, name)
            words = "a withdrawn consent"
    person = session.get(Patient, row.patient_ref) if row else None
    return f"{words} of {person.record_number}" if person else words


def _known(session: Session, record: Record) -> Record | None:
    """The record if the log ever named it: everything that there is was entered once."""
    entered = select(LogEntry.seq).where(LogEntry.object_id == record.ids[0])
    if record.kinds is not None:
        entered = entered.where(literal_column("+log_entry.object_kind").in_(sorted(record.kinds)))
    return record if session.scalar(entered.limit(1)) is not None else None


def staff_called(session: Session, name: str) -> Staff | None:
    """Somebody on the staff, by id or user name; those who left too."""
    found = session.get(Staff, name)
    if found is None:
        wanted = fold(name)
        found = next((one for one in session.scalars(select(Staff)) if fold(one.user) == wanted), None)
    return found
