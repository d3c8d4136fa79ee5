"""The screening checklist: what an answer means on the day of treatment."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from mnclinic.domain.finding import Finding, Light, Outcome, PassedBy
from mnclinic.domain.treatment import Area

Json = Mapping[str, Any]


class ContraindicationClass(StrEnum):
    """How strongly an item speaks against treatment."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    PRECAUTION = "precaution"


class Answer(StrEnum):
    """What the patient said."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ItemWords:
    """An item's words in another language. `advice` is empty where the item has none."""

    topic: str
    question: str
    advice: str


@dataclass(frozen=True)
class ScreeningItem:
    """One question of the clinic's checklist, with the clinic's own class and window.

    `window_days` counts from the day of last use or occurrence; None means that a "yes" stands
    whatever the date. `shows_earliest` is false for medicines that somebody prescribed, because a
    date would read as advice to stop one. `passed_by` is who may go past it.
    """

    item: str
    question: str
    topic: str
    contraindication: ContraindicationClass
    passed_by: PassedBy
    window_days: int | None
    shows_earliest: bool
    advice: str
    source: str
    confidence: str
    disagreement: str = ""
    number: int | None = None
    """Its number in the shipped list of 42. One that the list gives several classes is asked in parts."""
    is_per_area: bool = False
    """A yes that names areas speaks against those areas alone."""
    device_classes: frozenset[str] = frozenset()
    """Where not empty, it is asked for devices of these classes alone, and of no known class."""
    asks_each_visit: bool = False
    """Never carried over from the last visit."""
    asks_note: bool = False
    """A yes wants a few words beside it."""
    answered_by: str = ""
    """The code of the gate's own finding that answers it from the record; nobody is asked."""
    spanish: ItemWords | None = None


@dataclass(frozen=True)
class ScreeningAnswer:
    """One answer. `last_on` is the day of last use or occurrence, where the item asks for it.

    `areas` are those that the answer names; none named is everywhere.
    """

    item: str
    answer: Answer
    last_on: date | None = None
    note: str = ""
    areas: frozenset[Area] = frozenset()


@dataclass(frozen=True)
class Lesion:
    """Something that was seen on the skin. `item` is the item of the checklist that it is a yes to."""

    area: Area
    item: str
    note: str = ""


@dataclass(frozen=True)
class OnFile:
    """Something of the patient's history that is a yes to an item: its words, and since when."""

    item: str
    words: str
    since: str = ""


@dataclass(frozen=True)
class BarredArea:
    """An area that is not to be treated on the visit's day, and who may decide otherwise."""

    area: Area
    item: str
    topic: str
    passed_by: PassedBy


@dataclass(frozen=True)
class _Around:
    """What an answer is judged beside: the day, the treated areas, where it was seen, what is on file."""

    visit_on: date
    treated: frozenset[Area]
    seen: frozenset[Area]
    on_file: tuple[OnFile, ...]


MEDICINES = frozenset(
    {"anticoagulant", "aspirin", "nsaid", "antiarrhythmic", "photosensitising_medicine", "isotretinoin_now"}
)
"""Items about what somebody takes now. Whatever a policy says, none shows a first day: that would read as
advice to stop."""

NEVER_TIMED = frozenset({"anticoagulant", "aspirin"})
"""Of these not even days are counted: a yes stands until the director has decided with the prescriber."""

EVERYWHERE = frozenset(Area)
UNLISTED_LESION = "unlisted_lesion"


def screening_item_from_json(item: Json) -> ScreeningItem:
    """The item in a policy that its schema has accepted. Policies of earlier versions say less."""
    spanish = item.get("spanish")
    return ScreeningItem(
        item=item["item"],
        question=item["question"],
        topic=item["topic"],
        contraindication=ContraindicationClass(item["class"]),
        passed_by=PassedBy(item["passed_by"]),
        window_days=None if item["item"] in NEVER_TIMED else item["window_days"],
        shows_earliest=item["shows_earliest"] and item["item"] not in MEDICINES,
        advice=item["advice"],
        source=item["source"],
        confidence=item["confidence"],
        disagreement=item.get("disagreement", ""),
        number=item.get("number"),
        is_per_area=item.get("per_area", False),
        device_classes=frozenset(item.get("device_classes", ())),
        asks_each_visit=item.get("ask_each_visit", False),
        asks_note="note" in item.get("answers", ()),
        answered_by=item.get("answered_by", ""),
        spanish=ItemWords(spanish["topic"], spanish["question"], spanish["advice"]) if spanish else None,
    )


def asked(items: Iterable[ScreeningItem], device_class: str | None) -> tuple[ScreeningItem, ...]:
    """The items that somebody has to be asked about where the device is of this class.

    An item for some classes alone is asked too where the class is not known (empty). None is no device
    yet: a visit without one is refused anyway.
    """
    return tuple(item for item in items if not item.answered_by and _concerns(item, device_class))


def _concerns(item: ScreeningItem, device_class: str | None) -> bool:
    if not item.device_classes or device_class == "":
        return True
    return device_class in item.device_classes


def screening_findings(
    items: Iterable[ScreeningItem],
    answers: Mapping[str, ScreeningAnswer],
    *,
    visit_on: date,
    treated: frozenset[Area] = frozenset(),
    device_class: str | None = None,
    lesions: Iterable[Lesion] = (),
    on_file: Iterable[OnFile] = (),
) -> tuple[Finding, ...]:
    """Every item that speaks against treating the `treated` areas on `visit_on`.

    An unknown answer, a "yes" whose date is missing or lies after the visit, and a "no" beside a day of
    last use count as the item's most restrictive answer. An item without an answer is work to be done:
    it has to be asked, and nobody passes it. An answer that names areas, and a lesion, speak against
    those areas alone; a lesion for which the checklist has no item is the director's to pass.
    """
    known = tuple(items)
    asked_items = asked(known, device_class)
    seen, held = tuple(lesions), tuple(on_file)
    findings = []
    for item in asked_items:
        around = _Around(
            visit_on,
            treated,
            frozenset(one.area for one in seen if one.item == item.item),
            tuple(one for one in held if one.item == item.item),
        )
        found = _judge(item, answers.get(item.item), around)
        findings += [found] if found is not None else []
    listed = {item.item for item in known}
    findings += _unlisted((one for one in seen if one.item not in listed), treated)
    return tuple(findings)


def barred_areas(
    items: Iterable[ScreeningItem],
    answers: Mapping[str, ScreeningAnswer],
    *,
    visit_on: date,
    lesions: Iterable[Lesion] = (),
) -> tuple[BarredArea, ...]:
    """The areas that answers and lesions speak against by name, before a line is written, in their order."""
    seen = tuple(lesions)
    known = {item.item: item for item in items}
    barred = []
    for item in known.values():
        mine = frozenset(one.area for one in seen if one.item == item.item)
        answer = answers.get(item.item)
        named = _barred(item, answer, visit_on, mine) if answer is not None else mine
        if item.is_per_area and named != EVERYWHERE:
            barred += [BarredArea(one, item.item, item.topic, item.passed_by) for one in named]
    barred += [
        BarredArea(one.area, one.item, one.note, PassedBy.DIRECTOR) for one in seen if one.item not in known
    ]
    order = list(Area)
    return tuple(sorted(barred, key=lambda one: (order.index(one.area), one.item)))


def _judge(item: ScreeningItem, answer: ScreeningAnswer | None, around: _Around) -> Finding | None:
    if answer is None:
        return _not_asked(item, around.on_file)
    visit_on, seen, treated, on_file = around.visit_on, around.seen, around.treated, around.on_file
    barred = _barred(item, answer, visit_on, seen)
    if not barred:
        return _against_the_file(item, answer, on_file)
    if barred == EVERYWHERE:
        found = _found(item, answer, visit_on, seen)
        return replace(found, answer=answer_basis(answer, seen))
    touched = sorted(barred & treated)
    if not touched:
        return _against_the_file(item, answer, on_file)
    found = _found(item, answer, visit_on, seen & treated)
    areas, said = ", ".join(area.value.replace("_", " ") for area in touched), found.message
    return replace(
        found,
        message=f"In the {areas}: {said}",
        answer=answer_basis(answer, seen),
        areas=frozenset(touched),
    )


def _barred(
    item: ScreeningItem, answer: ScreeningAnswer, visit_on: date, seen: frozenset[Area]
) -> frozenset[Area]:
    """The areas that answer and skin speak against: all of them where the item or the answer names none."""
    if answer.answer is Answer.UNKNOWN:
        return EVERYWHERE
    is_yes = answer.answer is Answer.YES or answer.last_on is not None or bool(answer.areas)
    named = frozenset[Area]()
    if is_yes and not _is_over(item, answer, visit_on):
        named = answer.areas or EVERYWHERE
    barred = named | seen
    return barred if item.is_per_area or not barred else EVERYWHERE


def _is_over(item: ScreeningItem, answer: ScreeningAnswer, visit_on: date) -> bool:
    """Whether the clinic's window has passed on the day of the visit."""
    if item.window_days is None or answer.last_on is None or answer.last_on > visit_on:
        return False
    return (visit_on - answer.last_on).days >= item.window_days


def _found(item: ScreeningItem, answer: ScreeningAnswer, visit_on: date, seen: frozenset[Area]) -> Finding:
    if answer.answer is Answer.UNKNOWN:
        return _finding(item, "the answer is not known, which counts as yes.")
    if seen:
        return _finding(item, "seen on the skin.")
    if item.window_days is None:
        return _finding(item, _yes(answer))
    if answer.last_on is None:
        return _finding(item, "yes, and the date is not known, which counts as today.")
    if answer.last_on > visit_on:
        return _finding(item, "the date given lies after the visit.")
    said = f"{days_ago((visit_on - answer.last_on).days)}; the clinic's window is {item.window_days} days."
    if not item.shows_earliest:
        return _finding(item, said)
    earliest_on = answer.last_on + timedelta(days=item.window_days)
    return _finding(item, f"{said} Earliest {earliest_on.isoformat()}.", earliest_on)


def _yes(answer: ScreeningAnswer) -> str:
    if answer.answer is Answer.YES:
        return "yes."
    if answer.last_on is None:
        return "no, yet areas are named, which counts as yes."
    return "no, yet a date is given, which counts as yes."


def days_ago(days: int) -> str:
    """A count of whole days up to the visit, in words."""
    return {0: "on the day of the visit", 1: "1 day ago"}.get(days, f"{days} days ago")


def answer_basis(answer: ScreeningAnswer, seen: frozenset[Area]) -> str:
    """What a release holds for: the answer, with its areas and what was `seen` where there are any."""
    parts = [answer.answer.value, str(answer.last_on or "")]
    if answer.areas or seen:
        parts.append("+".join(sorted(answer.areas)))
    if seen:
        parts.append("+".join(sorted(seen)))
    return ":".join(parts)


def _not_asked(item: ScreeningItem, on_file: tuple[OnFile, ...]) -> Finding:
    """An item that the record speaks for already is more than work to be done."""
    held = _held(on_file)
    said = f"on file is {held}. Ask about it." if held else "not asked yet."
    return Finding(
        code=item.item,
        light=Light.HISTORY,
        passed_by=PassedBy.NOBODY,
        message=f"{item.topic}: {said}",
        where=f"screening.{item.item}",
        answer="unanswered",
        is_undone=not held,
    )


def _against_the_file(
    item: ScreeningItem, answer: ScreeningAnswer, on_file: tuple[OnFile, ...]
) -> Finding | None:
    """A plain "no" to something that is on file has to be explained, or the file put right."""
    if not on_file or answer.answer is not Answer.NO:
        return None
    said = f"the answer is no, yet on file is {_held(on_file)}. Correct the history, or say why."
    return Finding(
        code=item.item,
        light=Light.HISTORY,
        passed_by=PassedBy.PERFORMER,
        message=f"{item.topic}: {said}",
        where=f"screening.{item.item}",
        outcome=Outcome.WARNED,
        answer=f"{answer_basis(answer, frozenset())}:{_held(on_file)}",
    )


def _held(on_file: tuple[OnFile, ...]) -> str:
    return ", ".join(f"{one.words} since {one.since}" if one.since else one.words for one in on_file)


def _unlisted(lesions: Iterable[Lesion], treated: frozenset[Area]) -> Iterator[Finding]:
    touched = [one for one in lesions if one.area in treated]
    if touched:
        places = ", ".join(sorted({one.area.value.replace("_", " ") for one in touched}))
        text = "; ".join(one.note for one in touched if one.note)
        yield Finding(
            code=UNLISTED_LESION,
            light=Light.HISTORY,
            passed_by=PassedBy.DIRECTOR,
            message=f"In the {places}: a lesion was seen that the checklist does not name. {text}".strip(),
            where="skin",
        )


def _finding(item: ScreeningItem, said: str, earliest_on: date | None = None) -> Finding:
    warns, what = item.passed_by is PassedBy.PERFORMER, item.advice
    return Finding(
        code=item.item,
        light=Light.HISTORY,
        passed_by=item.passed_by,
        message=f"{item.topic}: {said} {what}".strip(),
        where=f"screening.{item.item}",
        earliest_on=earliest_on,
        outcome=Outcome.WARNED if warns else Outcome.REFUSED,
        is_absolute=item.contraindication is ContraindicationClass.ABSOLUTE,
    )
