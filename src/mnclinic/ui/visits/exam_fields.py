"""The exam and the order as fields: what is asked, and the parts of the document that they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mnclinic.domain.typed_values import (
    DEEPEST_MM,
    decimal_within,
    one_of,
    read_day,
    whole_within,
    words_within,
)
from mnclinic.ui.forms.fields import QT_TRANSLATE_NOOP, Field, Kind, Option, State, Trouble
from mnclinic.ui.forms.parts import Group, Json

LONGEST_NAME = 120

MODALITIES = (
    Option("in_person", QT_TRANSLATE_NOOP("forms", "In person")),
    Option("video", QT_TRANSLATE_NOOP("forms", "Video")),
    Option("store_and_forward", QT_TRANSLATE_NOOP("forms", "Pictures and answers sent in")),
)
EXAM_RESULTS = (
    Option("approved", QT_TRANSLATE_NOOP("forms", "Approved")),
    Option("defer_to_director", QT_TRANSLATE_NOOP("forms", "Defer to the director")),
    Option("not_applicable", QT_TRANSLATE_NOOP("forms", "Not applicable")),
    Option("pending", QT_TRANSLATE_NOOP("forms", "Pending")),
)
ORDER_KINDS = (
    Option("patient_specific", QT_TRANSLATE_NOOP("forms", "For this patient")),
    Option("standing", QT_TRANSLATE_NOOP("forms", "Standing order of the protocol")),
)
NOBODY = QT_TRANSLATE_NOOP("forms", "Nobody yet")

EXAM = (
    Field(
        "exam.examiner",
        QT_TRANSLATE_NOOP("forms", "Examiner"),
        QT_TRANSLATE_NOOP("forms", "examiner"),
        Kind.CHOICE,
        choices="examiners",
        nothing=NOBODY,
    ),
    Field(
        "exam.examined_on",
        QT_TRANSLATE_NOOP("forms", "Day of the exam"),
        QT_TRANSLATE_NOOP("forms", "day of the exam"),
        Kind.DAY,
        read_day,
    ),
    Field(
        "exam.modality",
        QT_TRANSLATE_NOOP("forms", "How"),
        QT_TRANSLATE_NOOP("forms", "how the patient was examined"),
        Kind.CHOICE,
        one_of([one.code for one in MODALITIES]),
        options=MODALITIES,
    ),
    Field(
        "exam.result",
        QT_TRANSLATE_NOOP("forms", "Result"),
        QT_TRANSLATE_NOOP("forms", "result of the exam"),
        Kind.CHOICE,
        one_of([one.code for one in EXAM_RESULTS]),
        options=EXAM_RESULTS,
    ),
    Field(
        "exam.valid_to",
        QT_TRANSLATE_NOOP("forms", "Counts to, where the examiner says so"),
        QT_TRANSLATE_NOOP("forms", "last day of the exam"),
        Kind.DAY,
        read_day,
        is_needed=False,
    ),
)
ORDER = (
    Field(
        "order.ordered_by",
        QT_TRANSLATE_NOOP("forms", "Ordered by"),
        QT_TRANSLATE_NOOP("forms", "who ordered"),
        Kind.CHOICE,
        choices="examiners",
        nothing=NOBODY,
    ),
    Field(
        "order.ordered_on",
        QT_TRANSLATE_NOOP("forms", "Ordered on"),
        QT_TRANSLATE_NOOP("forms", "day of the order"),
        Kind.DAY,
        read_day,
    ),
    Field(
        "order.valid_to",
        QT_TRANSLATE_NOOP("forms", "Valid to"),
        QT_TRANSLATE_NOOP("forms", "last day of the order"),
        Kind.DAY,
        read_day,
    ),
    Field(
        "order.kind",
        QT_TRANSLATE_NOOP("forms", "Kind of order"),
        QT_TRANSLATE_NOOP("forms", "kind of order"),
        Kind.CHOICE,
        one_of([one.code for one in ORDER_KINDS]),
        options=ORDER_KINDS,
        nothing=QT_TRANSLATE_NOOP("forms", "Not said: for this patient"),
        is_needed=False,
    ),
    Field(
        "order.max_depth_mm",
        QT_TRANSLATE_NOOP("forms", "At most this deep"),
        QT_TRANSLATE_NOOP("forms", "deepest setting of the order"),
        Kind.NUMBER,
        decimal_within(Decimal("0.01"), DEEPEST_MM, places=2, unit="mm"),
        unit=QT_TRANSLATE_NOOP("forms", "mm"),
        is_needed=False,
    ),
    Field(
        "order.max_sessions",
        QT_TRANSLATE_NOOP("forms", "Sessions ordered"),
        QT_TRANSLATE_NOOP("forms", "sessions of the order"),
        Kind.NUMBER,
        whole_within(1, 99),
        is_needed=False,
    ),
)
OUTSIDE = (
    Field(
        "exam.outside.name",
        QT_TRANSLATE_NOOP("forms", "Examiner elsewhere"),
        QT_TRANSLATE_NOOP("forms", "examiner elsewhere"),
        Kind.WORDS,
        words_within(LONGEST_NAME),
    ),
    Field(
        "exam.outside.credential",
        QT_TRANSLATE_NOOP("forms", "Credential"),
        QT_TRANSLATE_NOOP("forms", "credential of the examiner elsewhere"),
        Kind.WORDS,
        words_within(LONGEST_NAME),
        hint="MD, NP, PA …",
    ),
    Field(
        "exam.outside.licence",
        QT_TRANSLATE_NOOP("forms", "Licence number"),
        QT_TRANSLATE_NOOP("forms", "licence of the examiner elsewhere"),
        Kind.WORDS,
        words_within(LONGEST_NAME),
    ),
    Field(
        "exam.outside.licence_state",
        QT_TRANSLATE_NOOP("forms", "State of the licence"),
        QT_TRANSLATE_NOOP("forms", "state of that licence"),
        Kind.WORDS,
        words_within(LONGEST_NAME),
        hint="TX",
    ),
    Field(
        "exam.outside.licence_valid_to",
        QT_TRANSLATE_NOOP("forms", "Last day of the licence"),
        QT_TRANSLATE_NOOP("forms", "last day of that licence"),
        Kind.DAY,
        read_day,
        help=QT_TRANSLATE_NOOP("forms", "As somebody here looked it up."),
    ),
    Field(
        "exam.outside.accepted_on",
        QT_TRANSLATE_NOOP("forms", "Accepted here on"),
        QT_TRANSLATE_NOOP("forms", "day on which the exam was accepted"),
        Kind.DAY,
        read_day,
        help=QT_TRANSLATE_NOOP("forms", "By whoever is named as examiner above."),
    ),
    Field(
        "exam.outside.paper_sha256",
        QT_TRANSLATE_NOOP("forms", "The paper"),
        QT_TRANSLATE_NOOP("forms", "paper of the exam"),
        Kind.CHOICE,
        choices="exam_papers",
        nothing=QT_TRANSLATE_NOOP("forms", "Not attached yet"),
        is_needed=False,
    ),
)
"""Of an exam that somebody outside the clinic did."""

EXAM_BESIDES = tuple(field for field in EXAM if not field.is_needed)
ORDER_BESIDES = tuple(field for field in ORDER if not field.is_needed)
"""What is filled in only where somebody says more than who and when."""

EXAM_AREAS, EXAM_SERVICES, EXAM_CLASSES = "exam.areas", "exam.services", "exam.device_classes"
ORDER_AREAS, ORDER_DEVICES = "order.areas", "order.devices"
ONLY = {
    EXAM_SERVICES: QT_TRANSLATE_NOOP("forms", "Services that the exam clears"),
    EXAM_AREAS: QT_TRANSLATE_NOOP("forms", "Areas that the exam clears"),
    EXAM_CLASSES: QT_TRANSLATE_NOOP("forms", "Kinds of device that the exam clears"),
    ORDER_AREAS: QT_TRANSLATE_NOOP("forms", "Areas that are ordered"),
    ORDER_DEVICES: QT_TRANSLATE_NOOP("forms", "Devices that are ordered"),
}
"""The lists that say what alone counts, each with its words."""
DEVICE_CLASSES = (
    Option("mechanical", QT_TRANSLATE_NOOP("forms", "Mechanical needling")),
    Option("radiofrequency", QT_TRANSLATE_NOOP("forms", "Radiofrequency needling")),
)


@dataclass(frozen=True)
class OnlyThese:
    """A list in one part of the document, as one text: codes with commas. Nothing leaves the list out.

    `key` names both, such as exam.areas: the only areas that the exam clears.
    """

    key: str

    def flat(self, document: Json) -> State:
        """The codes."""
        part, name = self.key.split(".")
        held = (document.get(part) or {}).get(name)
        return {self.key: ",".join(held)} if held else {}

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """The list again, where its part is there."""
        part, name = self.key.split(".")
        text = state.get(self.key, "")
        if part in document:
            document[part].pop(name, None)
            if text:
                document[part][name] = text.split(",")
        yield from ()


@dataclass(frozen=True)
class OutsideExam:
    """Who examined elsewhere. Half of it takes the exam out, so that it is not read as the clinic's own."""

    def flat(self, document: Json) -> State:
        """The texts of what is known of the examiner."""
        held = (document.get("exam") or {}).get("outside") or {}
        return {
            field.key: str(held[name]) for field, name in self._named() if held.get(name) not in {None, ""}
        }

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """The examiner within the exam, where everything is there."""
        readings = {name: field.read(state.get(field.key, "")) for field, name in self._named()}
        exam = document.get("exam")
        if not any(state.get(field.key, "").strip() for field in OUTSIDE):
            if exam is not None:
                exam.pop("outside", None)
            return
        troubles = []
        for field, name in self._named():
            if readings[name].problem:
                troubles.append(Trouble(field.key, readings[name].problem))
            elif field.is_needed and not readings[name].is_read:
                troubles.append(Trouble(field.key, "", is_missing=True))
        if exam is None and not any(state.get(field.key, "").strip() for field in EXAM):
            troubles.append(Trouble(EXAM[0].key, "", is_missing=True))
        yield from troubles
        if troubles:
            document.pop("exam", None)
        elif exam is not None:
            exam["outside"] = {name: one.value for name, one in readings.items() if one.is_read}

    def _named(self) -> Iterator[tuple[Field, str]]:
        for field in OUTSIDE:
            yield field, field.key.removeprefix("exam.outside.")


EXAM_PARTS = (
    Group("exam", EXAM),
    OnlyThese(EXAM_SERVICES),
    OnlyThese(EXAM_AREAS),
    OnlyThese(EXAM_CLASSES),
    OutsideExam(),
)
ORDER_PARTS = (
    Group("order", ORDER, frozenset({"max_sessions"})),
    OnlyThese(ORDER_AREAS),
    OnlyThese(ORDER_DEVICES),
)
"""In this order: what follows goes into the object that the group made."""
