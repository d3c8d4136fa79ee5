"""Everything a screen shows of one visit, as frozen values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.attachments import AttachmentKind
from mnclinic.domain.depth import AreaLimits, DepthLayer, limit_sentence, line_findings, step_findings
from mnclinic.domain.finding import Finding, Verdict
from mnclinic.domain.gate import layers_for
from mnclinic.domain.screening import BarredArea, OnFile, ScreeningItem, asked, barred_areas
from mnclinic.domain.treatment import Area, TreatmentLine
from mnclinic.domain.visit_life import OPEN_TO_EDIT, VisitState
from mnclinic.models import (
    AdverseEvent,
    Device,
    Lot,
    Patient,
    Staff,
    Visit,
    VisitRevision,
    VisitSignature,
)
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role
from mnclinic.services.amend_visit import may_amend
from mnclinic.services.amendment_rows import AmendmentView, amendments_of, is_misfiled, rows_of
from mnclinic.services.attachments import attachments_of_person
from mnclinic.services.banner_facts import BannerFacts, banner_facts
from mnclinic.services.care_choices import CareChoices, care_choices
from mnclinic.services.consent_of_visit import ConsentView, consent_view
from mnclinic.services.enter_look import enter_look
from mnclinic.services.exam_of_visit import ExamView, exam_view
from mnclinic.services.frozen_rules import frozen_verdict, is_judged_for_ever
from mnclinic.services.gather_facts import Gathered, approved_documents, read_protocol
from mnclinic.services.judge_correction import found_by_stored
from mnclinic.services.one_person import records_of, refs_of
from mnclinic.services.perform_visit import judged
from mnclinic.services.photos_in_visit import PhotosOfVisit, photos_in_visit
from mnclinic.services.save_visit import load_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.signature_standing import SignatureStanding, standings_of, worst_standing
from mnclinic.services.standing import Standing, worst_of
from mnclinic.services.treated_by import is_treated, may_take
from mnclinic.store.log_writer import Act, LoggedObject


@dataclass(frozen=True)
class SignatureView:
    """A signature as every rendering shows it: printed name, credential, meaning, time with offset."""

    name: str
    credential: str
    licence: str
    meaning: str
    statement: str
    signed_at: datetime
    utc_offset: str
    revision: int
    reason: str
    key: str
    standing: Standing = Standing.HOLDS
    """Whether it holds over the record as it is stored now; held against it for this view."""
    said: str = ""
    """What is wrong with it, as a sentence."""


@dataclass(frozen=True)
class AreaChoice:
    """One area of the protocol in force, with the sentence that says which layer rules."""

    area: Area
    limits: AreaLimits
    sentence: str
    ceiling_mm: Decimal | None
    layers: tuple[DepthLayer, ...] = ()
    label_depth_mm: Decimal | None = None
    step_mm: Decimal | None = None
    """Between one depth setting of the device and the next, where that is known."""
    protocol_words: str = ""

    def findings_of(self, line: TreatmentLine) -> tuple[Finding, ...]:
        """What the gate's own rule of depth says of a line in this area, before the line is stored."""
        of_depth = line_findings(
            line,
            self.limits,
            self.layers,
            label_depth_mm=self.label_depth_mm,
            protocol_words=self.protocol_words,
            where="depth_mm",
        )
        return (*of_depth, *step_findings(line, self.step_mm, "depth_mm"))


@dataclass(frozen=True)
class Choice:
    """One thing to choose from: its code in the document, and its words."""

    code: str
    words: str


@dataclass(frozen=True)
class LotChoice:
    """A registered lot. `problem` is why it cannot be used on the visit's day, or empty."""

    kind: str
    lot: str
    name: str
    expires_on: date
    needle_length_mm: str | None
    problem: str


@dataclass(frozen=True)
class EventView:
    """An adverse event of this visit."""

    event_id: str
    event: str
    grade: int
    noted_on: date
    note: str


@dataclass(frozen=True)
class VisitView:
    """One visit, ready to be shown and worked on.

    `document` is a copy of the stored JSON; `save_visit` takes a changed one with this `edition`.
    """

    visit_id: str
    number: str
    state: VisitState
    edition: int
    revision: int
    is_open: bool
    patient_ref: str
    patient: str
    record_number: str
    born_on: date | None
    allergies: str
    """Of all records of this person, in the words of whoever wrote them; empty where none are known."""
    banner: BannerFacts
    document: dict[str, Any]
    verdict: Verdict
    reason: str
    review_reasons: tuple[str, ...]
    due_at: datetime | None
    record_sha256: str
    late_entered_at: datetime | None
    """When a visit was entered that its frozen record calls a late entry; None for every other."""
    solo_statement: str
    """What the frozen record says of a declared solo-physician clinic; empty elsewhere."""
    signatures: tuple[SignatureView, ...]
    standing: Standing
    """The worst of its signatures and frozen records."""
    wrong: tuple[str, ...]
    """What is wrong with them, as sentences."""
    events: tuple[EventView, ...]
    amendments: tuple[AmendmentView, ...]
    """What was signed about it later, oldest first."""
    may_amend: bool
    """Whether whoever looks may sign an amendment of some kind."""
    policy_words: str
    protocol_words: str
    screening: tuple[ScreeningItem, ...]
    """What is asked of this person for this device, in the policy's order."""
    on_file: tuple[OnFile, ...]
    """What of the person's history raises an item of the checklist."""
    barred: tuple[BarredArea, ...]
    """The areas that answers or the skin leave out on the visit's day."""
    areas: tuple[AreaChoice, ...]
    consent: ConsentView
    """What its consent needs beside the document: texts, people, and what was given before."""
    exam: ExamView
    """How long its exam and its order count, and which of the visit before still do."""
    devices: tuple[Choice, ...]
    lots: tuple[LotChoice, ...]
    topicals: tuple[str, ...]
    care: CareChoices
    """What there is to choose from beside the lines."""
    services: tuple[str, ...]
    """Every service that a protocol of the clinic is or was for."""
    performers: tuple[Choice, ...]
    examiners: tuple[Choice, ...]
    order_givers: tuple[Choice, ...]
    """Directors who may order by telephone; nobody where the policy has no such orders."""
    exam_papers: tuple[Choice, ...]
    """Outside exams that are kept of this person, by their SHA-256."""
    photos: PhotosOfVisit
    """What is asked for in photographs, and what was kept."""
    last_answers: dict[str, str]
    """The answers of the patient's previous visit, by item; carried only when asked for."""
    last_lines: tuple[dict[str, Any], ...]
    """The treatment lines of that visit, as its document holds them."""


def show_visit(clinic: OpenClinic, visit_id: str, *, opened: bool = True) -> VisitView:
    """Read one visit by id or number. With `opened` the reading is entered in the log first, once a sitting.

    Raises InvalidInput when there is no such visit, StoreUnavailable and kin when the reading cannot be
    entered: then nothing is shown.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id)
        gathered, verdict = judged(work, visit, patient)
        if is_judged_for_ever(visit.state):
            verdict = frozen_verdict(work.session, visit.id) or verdict
        standings = standings_of(work.session, (visit.id,), clinic.facts.vault)[visit.id]
        view = _view(work.session, visit, patient, gathered, verdict, standings, clinic)
        if opened:
            seen = LoggedObject("visit_view", visit.id, visit.revision, visit.document)
            look = Act("visit.viewed", "R", subject=patient.ref, object=seen, categories=_kinds_of_data(view))
            enter_look(clinic, work, look)
    return view


def _kinds_of_data(view: VisitView) -> tuple[str, ...]:
    """What of a person is on the page, as its entry names it."""
    document = view.document
    held = {
        "history": bool(document.get("screening")),
        "consent": "consent" in document,
        "treatment": True,
        "adverse_event": bool(view.events),
    }
    return tuple(kind for kind, is_there in held.items() if is_there)


def _view(  # noqa: PLR0917 - one caller, which has just gathered each of them
    session: Session,
    visit: Visit,
    patient: Patient,
    gathered: Gathered,
    verdict: Verdict,
    standings: tuple[SignatureStanding, ...],
    clinic: OpenClinic,
) -> VisitView:
    facts = gathered.facts
    revision = session.get(VisitRevision, (visit.id, visit.revision)) if visit.revision else None
    is_open = VisitState(visit.state) in OPEN_TO_EDIT
    banner = banner_facts(session, records_of(session, patient), facts.day)
    last = _last_document(session, visit)
    items = facts.policy.screening if facts.policy else ()
    brought = found_by_stored(session, rows_of(session, visit.id))
    amendments = tuple(
        replace(one, findings=brought.get((visit.id, one.position), ()))
        for one in amendments_of(session, visit.id, clinic.facts.vault)
    )
    said = [*(one.said for one in standings), *(one.said for one in amendments)]
    standing = worst_of([worst_standing(standings), *(one.standing for one in amendments)])
    return VisitView(
        visit_id=visit.id,
        number=visit.number,
        state=VisitState(visit.state),
        edition=visit.edition,
        revision=visit.revision,
        is_open=is_open,
        patient_ref=patient.ref,
        patient=f"{patient.last_name}, {patient.first_name}",
        record_number=patient.record_number,
        born_on=patient.born_on,
        allergies=banner.allergies.words,
        banner=banner,
        document=json.loads(visit.document),
        verdict=verdict,
        reason=visit.reason,
        review_reasons=tuple(word for word in visit.review_reasons.split(",") if word),
        due_at=visit.due_at,
        record_sha256=revision.sha256 if revision else "",
        late_entered_at=_late_entered_at(revision),
        solo_statement=_solo_statement(revision),
        signatures=_signatures(session, visit.id, standings),
        standing=standing,
        wrong=tuple(dict.fromkeys(one for one in said if one)),
        events=_events(session, visit.id),
        amendments=amendments,
        may_amend=may_amend(session, clinic.person, visit),
        policy_words=f"{gathered.policy.name} v{gathered.policy.version}" if gathered.policy else "",
        protocol_words=f"{gathered.protocol.name} v{gathered.protocol.version}" if gathered.protocol else "",
        screening=asked(items, facts.device.device_class if facts.device else None),
        on_file=facts.on_file,
        barred=barred_areas(
            items, facts.document.answers, visit_on=facts.day, lesions=facts.document.lesions
        ),
        areas=_areas(gathered),
        consent=consent_view(session, visit, patient, facts),
        exam=exam_view(session, visit, patient, facts),
        devices=_devices(session, gathered),
        lots=_lots(session, facts.day),
        topicals=tuple(sorted(facts.protocol.topicals)) if facts.protocol else (),
        care=care_choices(session, gathered),
        services=_services(session),
        performers=_performers(session, gathered, visit, clinic.person.user),
        examiners=_examiners(session, gathered),
        order_givers=_order_givers(session, gathered),
        exam_papers=_exam_papers(session, patient),
        photos=photos_in_visit(
            session,
            visit,
            json.loads(visit.document),
            facts.protocol.photos if facts.protocol else (),
            Role(clinic.person.role),
        ),
        last_answers={answer["item"]: answer["answer"] for answer in last.get("screening", ())},
        last_lines=tuple(last.get("lines", ())),
    )


def _late_entered_at(revision: VisitRevision | None) -> datetime | None:
    record = json.loads(revision.record) if revision is not None else {}
    return datetime.fromisoformat(record["entered_at"]) if record.get("late_entry") else None


def _solo_statement(revision: VisitRevision | None) -> str:
    record = json.loads(revision.record) if revision else {}
    return str(record["solo_physician"]["statement"]) if "solo_physician" in record else ""


def _signed(row: VisitSignature) -> dict[str, Any]:
    """What was signed; what the row beside it says where somebody made the bytes unreadable."""
    blank = {"name": "cannot be read", "credential": "", "licence": "", "key": ""}
    said = {
        "signer": blank,
        "meaning": row.meaning,
        "statement": "",
        "utc_offset": "+00:00",
        "revision": row.revision,
        "reason": "",
    }
    try:
        record = json.loads(row.record)
    except ValueError:
        return said
    if not isinstance(record, dict) or not isinstance(record.get("signer"), dict):
        return said
    return said | record | {"signer": blank | record["signer"]}


def _signatures(
    session: Session, visit_id: str, standings: tuple[SignatureStanding, ...]
) -> tuple[SignatureView, ...]:
    rows = session.scalars(
        select(VisitSignature).where(VisitSignature.visit_id == visit_id).order_by(VisitSignature.id)
    )
    views = []
    for row, found in zip(rows, standings, strict=False):
        record = _signed(row)
        signer = record["signer"]
        views.append(
            SignatureView(
                name=signer["name"],
                credential=signer["credential"],
                licence=signer["licence"],
                meaning=record["meaning"],
                statement=record["statement"],
                signed_at=_moment(record, row),
                utc_offset=record["utc_offset"],
                revision=record["revision"],
                reason=record["reason"] or "",
                key=signer["key"],
                standing=found.standing,
                said=found.said,
            )
        )
    return tuple(views)


def _moment(record: Mapping[str, Any], row: VisitSignature) -> datetime:
    """When it was signed, as the signed bytes say it, at the clinic's offset of that moment.

    The column beside them is what is left where somebody made the bytes unreadable.
    """
    try:
        instant = datetime.fromisoformat(record["signed_at"])
        return instant.astimezone(datetime.strptime(record["utc_offset"], "%z").tzinfo)
    except (KeyError, TypeError, ValueError):
        return row.signed_at


def _events(session: Session, visit_id: str) -> tuple[EventView, ...]:
    rows = session.scalars(
        select(AdverseEvent).where(AdverseEvent.visit_id == visit_id).order_by(AdverseEvent.noted_on)
    )
    return tuple(EventView(row.id, row.event, row.grade, row.noted_on, row.note) for row in rows)


def _areas(gathered: Gathered) -> tuple[AreaChoice, ...]:
    facts = gathered.facts
    protocol = facts.protocol
    if protocol is None:
        return ()
    choices = []
    for area, limits in protocol.areas.items():
        layers = layers_for(facts, area)
        words = area.value.replace("_", " ").capitalize()
        choices.append(
            AreaChoice(
                area,
                limits,
                limit_sentence(words, layers),
                layers[0].limit_mm if layers else None,
                layers=layers,
                label_depth_mm=facts.device.label_depth_mm if facts.device else None,
                step_mm=facts.device.depth_step_mm if facts.device else None,
                protocol_words=protocol.words,
            )
        )
    return tuple(choices)


def _devices(session: Session, gathered: Gathered) -> tuple[Choice, ...]:
    protocol = gathered.facts.protocol
    rows = session.scalars(select(Device).order_by(Device.device))
    return tuple(
        Choice(row.device, f"{row.device} · {row.model} · serial {row.serial}")
        for row in rows
        if not row.is_quarantined and (protocol is None or row.device in protocol.devices)
    )


def _services(session: Session) -> tuple[str, ...]:
    protocols = (read_protocol(row) for row in approved_documents(session) if row.kind == "protocol")
    return tuple(sorted({one.service for one in protocols}))


def _lots(session: Session, day: date) -> tuple[LotChoice, ...]:
    rows = session.scalars(select(Lot).order_by(Lot.kind, Lot.expires_on.desc(), Lot.lot))
    choices = []
    for row in rows:
        problem = ""
        if row.expires_on < day:
            problem = f"expired on {row.expires_on.isoformat()}"
        elif row.state != "in_use":
            problem = row.state
        choices.append(LotChoice(row.kind, row.lot, row.name, row.expires_on, row.needle_length_mm, problem))
    return tuple(choices)


def _performers(session: Session, gathered: Gathered, visit: Visit, user: str) -> tuple[Choice, ...]:
    """Who may stand as performer; of a treatment, who stands there already and whoever may take it."""
    facts = gathered.facts
    protocol, policy = facts.protocol, facts.policy
    named = None
    if protocol is not None and protocol.providers is not None:
        named = {one.user for one in protocol.providers if one.covers(facts.day)}
    rows = session.scalars(select(Staff).where(Staff.is_active, Staff.credential != "").order_by(Staff.name))
    stored = json.loads(visit.document)
    treated = is_treated(session, visit, stored)
    takers = {visit.performer, *([user] if treated and may_take(session, visit, stored, user) else ())}
    return tuple(
        Choice(row.user, f"{row.name}, {row.credential}")
        for row in rows
        if (not treated or row.user in takers)
        and (protocol is None or row.credential in protocol.performer_credentials)
        and (named is None or row.user in named)
        and (policy is None or policy.roles is None or row.credential in policy.roles)
    )


def _examiners(session: Session, gathered: Gathered) -> tuple[Choice, ...]:
    policy = gathered.facts.policy
    rows = session.scalars(select(Staff).where(Staff.is_active, Staff.credential != "").order_by(Staff.name))
    return tuple(
        Choice(row.user, f"{row.name}, {row.credential}")
        for row in rows
        if policy is not None and row.credential in policy.exam_credentials
    )


def _order_givers(session: Session, gathered: Gathered) -> tuple[Choice, ...]:
    policy = gathered.facts.policy
    if policy is None or not policy.telephone_orders:
        return ()
    rows = session.scalars(
        select(Staff).where(Staff.is_active, Staff.role == Role.DIRECTOR.value).order_by(Staff.name)
    )
    return tuple(Choice(row.user, f"{row.name}, {row.credential}") for row in rows)


def _exam_papers(session: Session, patient: Patient) -> tuple[Choice, ...]:
    kept = attachments_of_person(session, refs_of(session, patient.ref), AttachmentKind.EXAM)
    return tuple(Choice(one.sha256, f"{one.title}, {one.dated_on.isoformat()}") for one in kept)


def _last_document(session: Session, visit: Visit) -> dict[str, Any]:
    """The document of the patient's visit before this one; empty where there is none."""
    previous = session.scalars(
        select(Visit)
        .where(
            Visit.patient_ref.in_(refs_of(session, visit.patient_ref)),
            Visit.id != visit.id,
            Visit.visit_on <= visit.visit_on,
            Visit.state != VisitState.VOIDED.value,
            ~is_misfiled(),
        )
        .order_by(Visit.visit_on.desc(), Visit.number.desc())
        .limit(1)
    ).first()
    return dict(json.loads(previous.document)) if previous is not None else {}
