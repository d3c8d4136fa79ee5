"""The informed consent as a visit holds it, and what an approved text asks for beside a signature."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from mnclinic.domain.names import fold

Json = Mapping[str, Any]

CONSENT_TEXT_2 = "mnclinic.consent-text/2"
PRP, PHOTO = "prp", "photo"
GUARDIAN = "guardian"
PHOTO_LEVELS = ("none", "chart", "teaching", "marketing")
"""From the least that may be done with photographs to the most."""
LEAST_EXTENT = 100
"""How far a stroke has to move, of 10000 across or down the field."""
DRAWN, TYPED, PAPER = "drawn", "typed", "paper"


@dataclass(frozen=True)
class ConsentTextFacts:
    """An approved consent text.

    A text of the first form asks for a signature alone. One of the second asks that questions were answered
    too, that exactly its words were signed, and names what else it asks for (`witness`, `precare`) and the
    addenda that go with it, by what they are for (`prp`, `photo`).
    """

    form: str
    version: int
    language: str
    effective_on: date
    sha256: str
    is_second_form: bool = False
    asks: frozenset[str] = frozenset()
    addenda: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Addendum:
    """A text beside the main one that the same signature covers. `level` says what photographs may be for."""

    form: str
    version: int
    language: str
    text_sha256: str
    level: str | None = None


@dataclass(frozen=True)
class Guardian:
    """The adult who signs for somebody: name, and how they are related."""

    name: str
    relation: str


@dataclass(frozen=True)
class Paper:
    """A signed paper that was scanned: the file that was kept, and who saw it signed."""

    attachment: str
    sha256: str
    seen_by: str


@dataclass(frozen=True)
class Interpreter:
    """Who interpreted, into which language, and how: present, phone or video."""

    name: str
    language: str
    how: str


@dataclass(frozen=True)
class ConsentNote:
    """The consent that the document holds. Whether it is signed is computed from the signature itself."""

    form: str
    version: int
    language: str
    signed_at: datetime
    signed_by: str
    text_sha256: str | None
    kind: str | None = None
    is_drawn: bool = False
    typed_name: str = ""
    has_agreed: bool = False
    paper: Paper | None = None
    witness: str | None = None
    questions_by: str | None = None
    guardian: Guardian | None = None
    interpreter: Interpreter | None = None
    addenda: tuple[Addendum, ...] = ()
    carried_from: str | None = None
    content: str = ""
    """All of it but `carried_from`, to be compared with what an earlier visit holds."""

    @property
    def staff(self) -> frozenset[str]:
        """Every member of staff whom it names."""
        named = (self.witness, self.questions_by, self.paper.seen_by if self.paper else None)
        return frozenset(one for one in named if one)


def read_consent(consent: Json) -> ConsentNote:
    """The typed form of a consent that the schema has accepted."""
    signature = consent.get("signature") or {}
    is_drawn = is_signature(signature.get("strokes", ()))
    guardian, interpreter = consent.get("guardian"), consent.get("interpreter")
    kind = signature.get("kind")
    paper = None
    if kind == PAPER and signature.get("attachment") and signature.get("sha256"):
        paper = Paper(signature["attachment"], signature["sha256"], signature.get("seen_by", ""))
    return ConsentNote(
        form=consent["form"],
        version=consent["version"],
        language=consent["language"],
        signed_at=datetime.fromisoformat(consent["signed_at"]),
        signed_by=consent["signed_by"],
        text_sha256=consent.get("text_sha256"),
        kind=kind,
        is_drawn=kind == DRAWN and is_drawn,
        typed_name=signature.get("name", "") if kind == TYPED else "",
        has_agreed=kind == TYPED and signature.get("agreed") is True,
        paper=paper,
        witness=consent.get("witness"),
        questions_by=(consent.get("questions") or {}).get("answered_by"),
        guardian=Guardian(guardian["name"], guardian["relation"]) if guardian else None,
        interpreter=Interpreter(interpreter["name"], interpreter["language"], interpreter["how"])
        if interpreter
        else None,
        addenda=tuple(_addendum(one) for one in consent.get("addenda", ())),
        carried_from=consent.get("carried_from"),
        content=content_of(consent),
    )


def content_of(consent: Json) -> str:
    """All of a consent but where it was carried over from, in one spelling."""
    kept = {name: value for name, value in consent.items() if name != "carried_from"}
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)


def consent_text_facts(document: Json, sha256: str) -> ConsentTextFacts:
    """What the rules read of an approved text, a document that its schema has accepted."""
    return ConsentTextFacts(
        form=document["form"],
        version=document["version"],
        language=document["language"],
        effective_on=date.fromisoformat(document["effective_on"]),
        sha256=sha256,
        is_second_form=document["format"] == CONSENT_TEXT_2,
        asks=frozenset(document.get("asks", ())),
        addenda=dict(document.get("addenda", {})),
    )


def is_signature(strokes: Iterable[Sequence[Sequence[int]]]) -> bool:
    """Whether somebody drew more than a tap or a slip of the finger: some stroke has to move.

    `strokes` are lists of points [x, y], each from 0 to 10000 across and down the field.
    """
    return any(_extent(stroke) >= LEAST_EXTENT for stroke in strokes)


def same_name(one: str, other: str) -> bool:
    """Whether two written names are one: whatever case, accents and spaces. Nothing is the name of nobody."""
    return bool(fold(one)) and fold(one) == fold(other)


def texts_named(consent: ConsentNote) -> Iterator[tuple[str, int, str]]:
    """Form, version and language of every text that the signature covers, the main one first."""
    yield consent.form, consent.version, consent.language
    for one in consent.addenda:
        yield one.form, one.version, one.language


def newest_texts(texts: Iterable[ConsentTextFacts], form: str, day: date) -> tuple[ConsentTextFacts, ...]:
    """The newest version of a form that is in force on a day, in each of its languages."""
    counting = [one for one in texts if one.form == form and one.effective_on <= day]
    newest = max((one.version for one in counting), default=0)
    return tuple(one for one in counting if one.version == newest)


def _extent(stroke: Sequence[Sequence[int]]) -> int:
    """How far a stroke reaches, across or down."""
    return max(max(axis) - min(axis) for axis in zip(*stroke, strict=True)) if stroke else 0


def _addendum(addendum: Json) -> Addendum:
    return Addendum(
        form=addendum["form"],
        version=addendum["version"],
        language=addendum["language"],
        text_sha256=addendum["text_sha256"],
        level=addendum.get("level"),
    )
