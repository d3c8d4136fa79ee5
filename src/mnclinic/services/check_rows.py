"""Hold the tables that lists and the gate read against what the log entered and the people signed.

A frozen record proves itself by its hash and signature. These rows do not: they are read from records
and logged objects, so each is written anew from its columns here and compared.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic import errors
from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.finding import Light
from mnclinic.domain.names import digits, fold
from mnclinic.domain.screening import answer_basis
from mnclinic.domain.visit_document import VisitDocument, read_visit_document
from mnclinic.domain.visit_life import OPEN_TO_EDIT, VisitState
from mnclinic.models import (
    AdverseEvent,
    ApprovedDocument,
    Device,
    Licence,
    LogEntry,
    Lot,
    Patient,
    Release,
    Staff,
    Visit,
    VisitRevision,
    VisitSignature,
    VisitSupply,
)
from mnclinic.services.check_logged import Logged
from mnclinic.services.freeze_visit import supplies_of
from mnclinic.services.record_adverse_event import adverse_event_bytes
from mnclinic.services.staff_rows import is_as_first_entered, staff_bytes
from mnclinic.services.supply_rows import device_bytes, lot_bytes

ILL_WRITTEN = errors.ILL_WRITTEN
"""All that a cell's content can raise in whoever reads it, where somebody put there what is never written."""

NOT_OURS = "what stands there is not what mnclinic writes"

Weight = Literal["altered", "unreadable", "incomplete", "explained"]
_HEAVIEST_FIRST: tuple[Weight, ...] = ("altered", "unreadable", "incomplete", "explained")

DOCUMENT_ACTS = frozenset(
    {"visit.started", "visit.draft_saved", "visit.telephone_order", "visit.read_back", "visit.voided"}
)
"""Acts whose logged object is the open document itself; the others log the frozen record."""


_OPEN = frozenset(state.value for state in OPEN_TO_EDIT)
_PERFORMED = frozenset(
    {VisitState.IN_REVIEW.value, VisitState.SIGNED.value, VisitState.COMPLETE_NOT_DRAWN.value}
)
"""States in which nothing is stored behind the performer's signature but what becomes of it."""


@dataclass(frozen=True)
class StoreFinding:
    """Something found, with its place. `weight` says what it makes of the whole.

    `table` is the database's table, and `seq` the log entry's number, where the finding is about one.
    """

    where: str
    what: str
    weight: Weight = "altered"
    table: str | None = None
    seq: int | None = None


def verdict_of(findings: Iterable[StoreFinding]) -> str:
    """OK without any; EXPLAINED when nothing was altered; UNREADABLE when something given says nothing.

    INCOMPLETE when something could not be checked, such as an entry in a form that is not known here.
    """
    weights = {one.weight for one in findings}
    return next((one.upper() for one in _HEAVIEST_FIRST if one in weights), "OK")


def searched_in(row: LogEntry) -> tuple[object, ...]:
    """What lists search of an entry, as its row's columns have it."""
    return (
        row.action,
        row.subject,
        row.object_id,
        row.at,
        row.is_clock_back,
        row.actor,
        row.kind,
        row.object_kind,
    )


def searched_in_entry(entry: Mapping[str, Any]) -> tuple[object, ...]:
    """The same, as the entry's own bytes have it."""
    named = entry["obj"] or {"t": None, "id": None}
    return (
        entry["action"],
        entry["subj"],
        named["id"],
        entry["ts"],
        entry["clk"] == "back",
        entry["actor"]["uid"],
        entry["kind"],
        named["t"],
    )


def visits(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each visit's document and columns are those of its newest entry; none is missing."""
    there: set[str] = set()
    for row in session.scalars(select(Visit).execution_options(yield_per=500)):
        there.add(row.id)
        where = f"visit {row.number}"
        newest = logged.newest_named("visit", row.id)
        if newest is None:
            yield StoreFinding(where, "it was never entered in the log")
            continue
        revision = session.get(VisitRevision, (row.id, row.revision))
        if row.state in _OPEN:
            # What is typed is stored by itself without an entry: an open draft is nobody's word yet.
            is_own = True
        elif newest.action in DOCUMENT_ACTS:
            is_own = newest.names(row.document)
        else:
            is_own = revision is not None and row.document == canonical_bytes(
                json.loads(revision.record)["document"]
            )
        if not is_own:
            yield StoreFinding(where, "its document is not the one that was last entered")
            continue
        document = read_visit_document(json.loads(row.document))
        said = (document.visit_on, document.service, document.performer, logged.entry(newest.seq)["subj"])
        if said != (row.visit_on, row.service, row.performer, row.patient_ref):
            yield StoreFinding(where, "its day, service, performer or patient is not its document's")
        if row.state in _PERFORMED and revision is not None and row.lights != _lights_in(revision.record):
            yield StoreFinding(where, "its lights are not those that were signed")
    gone = len(logged.ids("visit") - there)
    if gone:
        yield StoreFinding("visits", "a visit that the log entered is not there any more")


def _lights_in(record: bytes) -> str:
    """The six lights of a performed visit, as every program has written them.

    Nobody performs a visit in which anything stands: what was found was let pass, and that is a warning.
    """
    found = {finding["light"] for finding in json.loads(record)["judged"]["findings"]}
    return "".join("w" if one.value in found else "p" for one in Light)


def signatures(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """No signature that the log entered is missing."""
    numbers = {row.id: row.number for row in session.execute(select(Visit.id, Visit.number))}
    for visit_id in sorted(logged.ids("signature")):
        kept = session.scalars(select(VisitSignature.record).where(VisitSignature.visit_id == visit_id)).all()
        for word in logged.named("signature", visit_id):
            if not any(word.names(record) for record in kept):
                where = f"visit {numbers.get(visit_id, visit_id)}"
                entry = logged.entry(word.seq)
                what = f"a signature is missing: {entry['action']} at {entry['ts']}"
                yield StoreFinding(where, what, table="visit_signature", seq=entry["seq"])


def supplies_used(session: Session) -> Iterator[StoreFinding]:
    """What look-back searches is what the frozen records hold."""
    stored: dict[tuple[str, int], list[tuple[str, str, str, str]]] = {}
    for row in session.scalars(
        select(VisitSupply).order_by(VisitSupply.kind, VisitSupply.lot, VisitSupply.serial)
    ):
        told = (row.kind, row.lot, row.serial, row.patient_ref)
        stored.setdefault((row.visit_id, row.revision), []).append(told)
    for revision in session.scalars(select(VisitRevision).execution_options(yield_per=500)):
        record = json.loads(revision.record)
        used: list[tuple[str, str, str, str]] = []
        if record["state"] != "deferred":
            whose = record["patient"]["ref"]
            used = [(*one, whose) for one in supplies_of(read_visit_document(record["document"]))]
        if stored.pop((revision.visit_id, revision.revision), []) != sorted(used):
            yield StoreFinding(
                f"visit {record['number']} revision {revision.revision}",
                "the supplies in the tables are not the signed ones",
                table="visit_supply",
            )
    for visit_id, number in stored:
        what = f"supplies of a revision {number} that does not exist"
        yield StoreFinding(f"visit {visit_id}", what, table="visit_supply")


def releases(session: Session) -> Iterator[StoreFinding]:
    """Every release is one that the director signed, for what she was shown."""
    for release in session.scalars(select(Release)):
        signature = session.get(VisitSignature, release.signature_id)
        revision = session.get(VisitRevision, (release.visit_id, signature.revision)) if signature else None
        if (
            signature is None
            or revision is None
            or (signature.meaning, signature.visit_id) != ("released", release.visit_id)
            or not _is_signed(release, json.loads(signature.record), json.loads(revision.record))
        ):
            visit = session.get(Visit, release.visit_id)
            yield StoreFinding(
                f"visit {visit.number if visit else release.visit_id}",
                f"a release of {release.code} is not what a director signed",
                table="visit_release",
            )


def _is_signed(release: Release, signature: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    shown = [
        finding
        for finding in record["judged"]["findings"]
        if (finding["code"], finding["passed_by"]) == (release.code, "director")
    ]
    read = read_visit_document(record["document"])
    return release.basis in {_basis(finding, read) for finding in shown} and (
        release.reason,
        release.director,
    ) == (signature["reason"], signature["signer"]["name"])


def _basis(finding: Mapping[str, Any], read: VisitDocument) -> str:
    """What a release of this finding holds for, as the act wrote it down."""
    code = str(finding["code"])
    if finding["where"].startswith("screening."):
        answer = read.answers.get(code)
        if answer is not None:
            return answer_basis(answer, frozenset(one.area for one in read.lesions if one.item == code))
        # The first form let the director release a question that nobody had asked.
        if code.endswith("_unanswered"):
            return "unanswered"
    return str(finding["message"])


def approved_columns(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """What lists and the gate read of a document is what the document says; no approval was taken away."""
    rows = session.scalars(select(ApprovedDocument)).all()
    for row in rows:
        document = json.loads(row.document)
        said = (
            document.get("form") or document["id"],
            document["version"],
            document.get("language", ""),
            document.get("effective_on") or document["valid_from"],
        )
        if said != (row.document_id, row.version, row.language, row.effective_on.isoformat()):
            yield StoreFinding(
                f"{row.kind} {row.document_id} v{row.version}", "its columns are not what the document says"
            )
    approvals = [
        (f"{row.kind}:{row.document_id}", row.version, row.approval)
        for row in rows
        if row.approval is not None
    ]
    for object_id in sorted(logged.ids("approval")):
        for word in logged.named("approval", object_id):
            if not any(one == object_id and word.names(record) for one, _, record in approvals):
                where = f"{object_id.replace(':', ' ')} v{word.revision}"
                yield StoreFinding(where, "an approval that the log entered is missing")


def people(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Roles, ceilings and licences are those that were entered."""
    licences: dict[str, list[Licence]] = {}
    for licence in session.scalars(select(Licence).order_by(Licence.id)):
        licences.setdefault(licence.staff_id, []).append(licence)
    rows = session.scalars(select(Staff)).all()
    for row in rows:
        held = licences.get(row.id, [])
        is_own = logged.ends_with("staff", row.id, staff_bytes(row, held, form="mnclinic.staff/2")) or (
            is_as_first_entered(row)
            and logged.ends_with("staff", row.id, staff_bytes(row, held, form="mnclinic.staff/1"))
        )
        if not is_own:
            yield StoreFinding(
                f"staff {row.user}", "name, role, access, ceiling or licences are not what the log entered"
            )
    if logged.ids("staff") - {row.id for row in rows}:
        yield StoreFinding("staff", "somebody whom the log entered is not on the staff any more")


def supplies(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Devices and lots are those that were entered."""
    devices = session.scalars(select(Device)).all()
    lots = session.scalars(select(Lot)).all()
    for device in devices:
        if not logged.ends_with("device", device.device, device_bytes(device)):
            yield StoreFinding(f"device {device.device}", "it is not what the log entered")
    for lot in lots:
        if not logged.ends_with("lot", f"{lot.kind}:{lot.lot}", lot_bytes(lot)):
            yield StoreFinding(f"{lot.kind} lot {lot.lot}", "it is not what the log entered")
    yield from _gone("devices", logged.ids("device") - {device.device for device in devices})
    yield from _gone("lots", logged.ids("lot") - {f"{lot.kind}:{lot.lot}" for lot in lots})


def adverse_events(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Adverse events are those that were entered, and none is missing."""
    rows = session.scalars(select(AdverseEvent)).all()
    for row in rows:
        if not logged.ends_with("adverse_event", row.id, adverse_event_bytes(row)):
            yield StoreFinding(f"adverse event {row.id[:8]}", "it is not what the log entered")
    yield from _gone("adverse events", logged.ids("adverse_event") - {row.id for row in rows})


def folded_names(session: Session) -> Iterator[StoreFinding]:
    """What is searched in a person is what the person's own fields say."""
    for row in session.scalars(select(Patient).execution_options(yield_per=500)):
        if (row.folded_name, row.phone_digits) != (
            fold(f"{row.last_name} {row.first_name} {row.preferred_name}"),
            digits(row.phone),
        ):
            yield StoreFinding(f"patient {row.record_number}", "the roster data are not what is searched")


def _gone(where: str, missing: Iterable[str]) -> Iterator[StoreFinding]:
    for name in sorted(missing):
        yield StoreFinding(where, f"{name} was entered in the log and is not there any more")
