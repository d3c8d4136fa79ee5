"""The visit document `mnclinic.visit/1`, read into typed values.

The JSON document is the record: it is what `visit record` takes, what the window edits as a draft
and what is frozen and signed. This module reads it for the rules. A draft may lack anything; what is
missing reads as None and the gate says so. What is there must fit the published schema.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mnclinic.domain.care_notes import (
    AnaestheticNote,
    AsepsisNote,
    PrpNote,
    TopicalNote,
    VitalsNote,
    read_anaesthetic,
    read_asepsis,
    read_prp,
    read_topical,
    read_vitals,
)
from mnclinic.domain.consent import ConsentNote, read_consent
from mnclinic.domain.instants import day_beside
from mnclinic.domain.photo_poses import PhotoNote, read_photo
from mnclinic.domain.screening import Answer, Lesion, ScreeningAnswer
from mnclinic.domain.treatment import Area, Bleeding, Endpoint, Pattern, Side, TreatmentLine

VISIT_FORMAT = "mnclinic.visit/1"

Json = Mapping[str, Any]


@dataclass(frozen=True)
class OutsideExaminer:
    """Who outside the clinic did an exam, as its paper states it, and when the clinic accepted it.

    `paper_sha256` names the paper as it was kept, 64 hex digits.
    """

    name: str
    credential: str
    licence: str
    licence_valid_to: date
    accepted_on: date
    paper_sha256: str | None


@dataclass(frozen=True)
class ExamNote:
    """The good faith exam that the document names.

    `services`, `areas` and `device_classes` are the only ones that it clears; None says nothing of them, and
    that is the visit's service, every area and every device. `examiner` of an `outside` exam is who
    of the clinic accepted it.
    """

    examiner: str
    examined_on: date
    modality: str
    result: str
    services: frozenset[str] | None = None
    areas: frozenset[Area] | None = None
    valid_to: date | None = None
    outside: OutsideExaminer | None = None
    device_classes: frozenset[str] | None = None


@dataclass(frozen=True)
class OrderNote:
    """The order that the document names: for this patient, or the protocol's standing one.

    Areas, devices and depth (millimetres) are limits of the order itself; None says nothing of them.
    """

    ordered_by: str
    ordered_on: date
    valid_to: date
    kind: str = "patient_specific"
    areas: frozenset[Area] | None = None
    devices: frozenset[str] | None = None
    max_depth_mm: Decimal | None = None
    max_sessions: int | None = None


@dataclass(frozen=True)
class TelephoneOrder:
    """What the director ordered by telephone. `passes` are findings, each by its code and its basis."""

    director: str
    taken_by: str
    ordered_at: datetime
    words: str
    read_back_at: datetime
    passes: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class PrecareNote:
    """The sheet about preparing for the treatment, as it was given."""

    sheet: str
    version: int
    language: str
    given_at: datetime
    given_by: str
    how: str
    text_sha256: str | None = None


@dataclass(frozen=True)
class AftercareNote:
    """How the aftercare sheet was given. Without a hash it is one that the program brings."""

    given_at: datetime
    given_by: str
    taught_back: bool
    text_sha256: str | None = None


@dataclass(frozen=True)
class CartridgeNote:
    """The cartridge as read from its label. Lengths in millimetres."""

    lot: str
    expires_on: date | None
    needle_length_mm: Decimal | None
    serial: str | None


@dataclass(frozen=True)
class VisitDocument:
    """Everything that the rules read from a visit document."""

    service: str
    performer: str
    started_at: datetime
    ended_at: datetime | None
    indication: str | None
    identity_confirmed: bool
    fitzpatrick: int | None
    last_session_on: date | None
    exam: ExamNote | None
    order: OrderNote | None
    consent: ConsentNote | None
    answers: Mapping[str, ScreeningAnswer]
    lesions: tuple[Lesion, ...]
    device: str | None
    cartridge: CartridgeNote | None
    prp_kit: PrpNote | None
    anaesthetic: AnaestheticNote | None
    topicals: tuple[TopicalNote, ...]
    lines: tuple[TreatmentLine, ...]
    planned_areas: frozenset[Area]
    reasons: Mapping[str, str]
    supervised_by: str | None = None
    telephone_orders: tuple[TelephoneOrder, ...] = ()
    precare: PrecareNote | None = None
    vitals: VitalsNote | None = None
    asepsis: tuple[AsepsisNote, ...] = ()
    aftercare_sheet: str = ""
    """The aftercare sheet that was given, as `patient_sheets.sheet_name` writes it; empty where none was."""
    aftercare: AftercareNote | None = None
    photos: tuple[PhotoNote, ...] = ()
    """What became of each view; empty in a document that says nothing of photographs."""

    @property
    def visit_on(self) -> date:
        """The calendar day of the visit, where the clinic is."""
        return self.started_at.date()

    def day_of(self, at: datetime) -> date:
        """The calendar day of an instant that the document names, where the clinic is."""
        return day_beside(at, self.started_at)

    @property
    def acts_at(self) -> tuple[datetime, ...]:
        """When something was done to the patient, as far as the document says so.

        `started_at` is none of these: the window opens a visit before the consent is signed in it.
        """
        acts = (
            self.anaesthetic.applied_at if self.anaesthetic else None,
            self.prp_kit.drawn_at if self.prp_kit else None,
            self.needled_from,
            self.ended_at if self.lines else None,
        )
        return tuple(act for act in acts if act is not None)

    @property
    def treated_areas(self) -> frozenset[Area]:
        """The areas that have a line; while there is none, those that are planned."""
        return frozenset(line.area for line in self.lines) or self.planned_areas

    @property
    def needled_from(self) -> datetime | None:
        """When the first needle went in, as far as a line says it."""
        return min((line.started_at for line in self.lines if line.started_at), default=None)

    @property
    def uses_prp(self) -> bool:
        """Whether platelet-rich plasma was used."""
        return self.prp_kit is not None


def read_visit_document(document: Json) -> VisitDocument:
    """The typed form of a document that the schema has accepted.

    Raises KeyError or ValueError for one that the schema would not accept: a defect of the caller.
    """
    fitzpatrick = document.get("fitzpatrick")
    answers = [_answer(answer) for answer in document.get("screening", ())]
    return VisitDocument(
        service=document["service"],
        performer=document["performer"],
        started_at=datetime.fromisoformat(document["started_at"]),
        ended_at=_instant(document.get("ended_at")),
        indication=document.get("indication"),
        identity_confirmed="identity" in document,
        fitzpatrick=fitzpatrick["type"] if fitzpatrick else None,
        last_session_on=_day(document.get("last_session_on")),
        exam=_exam(document.get("exam")),
        order=_order(document.get("order")),
        consent=read_consent(document["consent"]) if document.get("consent") else None,
        answers={answer.item: answer for answer in answers},
        lesions=tuple(_lesion(lesion) for lesion in document.get("skin", {}).get("lesions", ())),
        device=document.get("device"),
        cartridge=_cartridge(document.get("cartridge")),
        prp_kit=read_prp(document["prp"]) if document.get("prp") else None,
        anaesthetic=read_anaesthetic(document["anaesthetic"]) if document.get("anaesthetic") else None,
        topicals=tuple(read_topical(topical) for topical in document.get("topicals", ())),
        lines=tuple(_line(line) for line in document.get("lines", ())),
        planned_areas=frozenset(Area(area) for area in document.get("planned_areas", ())),
        reasons={reason["code"]: reason["reason"] for reason in document.get("reasons", ())},
        supervised_by=document.get("supervised_by"),
        telephone_orders=tuple(_telephone_order(one) for one in document.get("telephone_orders", ())),
        precare=_precare(document.get("precare")),
        vitals=read_vitals(document["vitals"]) if document.get("vitals") else None,
        asepsis=tuple(read_asepsis(one) for one in document.get("asepsis", ())),
        aftercare_sheet=document.get("aftercare_sheet", ""),
        aftercare=_aftercare(document.get("aftercare")),
        photos=tuple(read_photo(one) for one in document.get("photos", ())),
    )


AFTER_TREATMENT = frozenset({"aftercare_sheet", "aftercare"})
"""Fields of a document about what is given after a treatment, which a deferred visit has not had."""


def without_lines(document: Json) -> dict[str, Any]:
    """A document as a deferred visit holds it: no treatment lines, and their areas planned instead.

    So what speaks against an area still does, and can be released, before anything is treated. What is only
    said after a treatment goes with the lines: the sheet for afterwards.
    """
    made = {name: value for name, value in document.items() if name not in AFTER_TREATMENT}
    wanted = {line["area"] for line in made.pop("lines", ())} or set(made.get("planned_areas", ()))
    if wanted:
        made["planned_areas"] = [area.value for area in Area if area in wanted]
    return made


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _answer(answer: Json) -> ScreeningAnswer:
    return ScreeningAnswer(
        item=answer["item"],
        answer=Answer(answer["answer"]),
        last_on=_day(answer.get("last_on")),
        note=answer.get("note", ""),
        areas=frozenset(Area(area) for area in answer.get("areas", ())),
    )


def _lesion(lesion: Json) -> Lesion:
    return Lesion(area=Area(lesion["area"]), item=lesion["item"], note=lesion.get("note", ""))


def _exam(exam: Json | None) -> ExamNote | None:
    if exam is None:
        return None
    return ExamNote(
        examiner=exam["examiner"],
        examined_on=date.fromisoformat(exam["examined_on"]),
        modality=exam["modality"],
        result=exam["result"],
        services=frozenset(exam["services"]) if "services" in exam else None,
        areas=_areas(exam),
        valid_to=_day(exam.get("valid_to")),
        outside=_outside(exam.get("outside")),
        device_classes=frozenset(exam["device_classes"]) if "device_classes" in exam else None,
    )


def _outside(outside: Json | None) -> OutsideExaminer | None:
    if outside is None:
        return None
    return OutsideExaminer(
        name=outside["name"],
        credential=outside["credential"],
        licence=outside["licence"],
        licence_valid_to=date.fromisoformat(outside["licence_valid_to"]),
        accepted_on=date.fromisoformat(outside["accepted_on"]),
        paper_sha256=outside.get("paper_sha256"),
    )


def _areas(part: Json) -> frozenset[Area] | None:
    return frozenset(map(Area, part["areas"])) if "areas" in part else None


def _order(order: Json | None) -> OrderNote | None:
    if order is None:
        return None
    return OrderNote(
        ordered_by=order["ordered_by"],
        ordered_on=date.fromisoformat(order["ordered_on"]),
        valid_to=date.fromisoformat(order["valid_to"]),
        kind=order.get("kind", "patient_specific"),
        areas=_areas(order),
        devices=frozenset(order["devices"]) if "devices" in order else None,
        max_depth_mm=_decimal(order.get("max_depth_mm")),
        max_sessions=order.get("max_sessions"),
    )


def _telephone_order(order: Json) -> TelephoneOrder:
    return TelephoneOrder(
        director=order["director"],
        taken_by=order["taken_by"],
        ordered_at=datetime.fromisoformat(order["ordered_at"]),
        words=order["words"],
        read_back_at=datetime.fromisoformat(order["read_back_at"]),
        passes=frozenset((one["code"], one["basis"]) for one in order["passes"]),
    )


def _precare(precare: Json | None) -> PrecareNote | None:
    if precare is None:
        return None
    return PrecareNote(
        sheet=precare["sheet"],
        version=precare["version"],
        language=precare["language"],
        given_at=datetime.fromisoformat(precare["given_at"]),
        given_by=precare["given_by"],
        how=precare["how"],
        text_sha256=precare.get("text_sha256"),
    )


def _aftercare(given: Json | None) -> AftercareNote | None:
    if given is None:
        return None
    return AftercareNote(
        given_at=datetime.fromisoformat(given["given_at"]),
        given_by=given["given_by"],
        taught_back=given["taught_back"],
        text_sha256=given.get("text_sha256"),
    )


def _cartridge(cartridge: Json | None) -> CartridgeNote | None:
    if cartridge is None:
        return None
    needle_length_mm = cartridge.get("needle_length_mm")
    return CartridgeNote(
        lot=cartridge["lot"],
        expires_on=_day(cartridge.get("expires_on")),
        needle_length_mm=Decimal(needle_length_mm) if needle_length_mm else None,
        serial=cartridge.get("serial"),
    )


def _line(line: Json) -> TreatmentLine:
    return TreatmentLine(
        area=Area(line["area"]),
        side=Side(line["side"]),
        depth_mm=Decimal(line["depth_mm"]),
        pass_count=line["passes"],
        endpoint=Endpoint(line["endpoint"]),
        note=line.get("note", ""),
        speed_rpm=line.get("speed_rpm"),
        pattern=Pattern(line["pattern"]) if "pattern" in line else None,
        bleeding=Bleeding(line["bleeding"]) if "bleeding" in line else None,
        tolerance=line.get("tolerance"),
        started_at=_instant(line.get("started_at")),
        ended_at=_instant(line.get("ended_at")),
    )
