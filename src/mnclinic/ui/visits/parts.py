"""Parts of the visit document that have a shape of their own: answers, reasons, consent, times. Pure."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mnclinic.domain.treatment import line_times_problems
from mnclinic.domain.typed_values import LONGEST_NOTE, read_day, read_time, words_within
from mnclinic.ui.forms.fields import State, Trouble
from mnclinic.ui.forms.parts import Group, Json, Rows

SCREENING = "screening"
REASONS = "reasons"
CONSENT = "consent"
PRECARE = "precare"
AFTERCARE = "aftercare"
CARTRIDGE_SERIAL = "cartridge.serial"
SKIN = "skin"
PLANNED_AREAS = "planned_areas"
LINE_TIMES = ("started_at", "ended_at")
METHOD, CLINICIAN = "fitzpatrick.method", "clinician"
LAST_ON, NOTE, AREAS = ".last_on", ".note", ".areas"
ASIDES = (LAST_ON, NOTE, AREAS)
"""What belongs to an answer beside it: its day, words, and areas by their codes, one after the other."""

read_reason = words_within(LONGEST_NOTE)


def answer_key(item: str) -> str:
    """The key of an answer."""
    return f"{SCREENING}.{item}"


def day_key(item: str) -> str:
    """The key of the day of last use that belongs to an answer."""
    return f"{SCREENING}.{item}{LAST_ON}"


def note_key(item: str) -> str:
    """The key of the words that belong to an answer."""
    return f"{SCREENING}.{item}{NOTE}"


def areas_key(item: str) -> str:
    """The key of the areas that an answer names, as codes with commas between them."""
    return f"{SCREENING}.{item}{AREAS}"


def reason_key(code: str) -> str:
    """The key of the performer's reason to pass a warning."""
    return f"{REASONS}.{code}"


@dataclass(frozen=True)
class Answers:
    """The answers of the checklist. `items` is the order of the questions of the visit that is shown."""

    items: Sequence[str]

    def flat(self, document: Json) -> State:
        """Each answer, and its day where there is one."""
        state = {}
        for answer in document.get(SCREENING, ()):
            state[answer_key(answer["item"])] = str(answer["answer"])
            if answer.get("last_on"):
                state[day_key(answer["item"])] = str(answer["last_on"])
            if answer.get("note"):
                state[note_key(answer["item"])] = str(answer["note"])
            if answer.get("areas"):
                state[areas_key(answer["item"])] = ",".join(answer["areas"])
        return state

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """The answers in the order of the questions; a day that cannot be read is left out."""
        before = {answer["item"]: answer for answer in document.get(SCREENING, ())}
        start = f"{SCREENING}."
        given = {
            key.removeprefix(start): text
            for key, text in state.items()
            if key.startswith(start) and not key.endswith(ASIDES)
        }
        answers = []
        for item in sorted(given, key=self._place):
            kept = {
                name: value
                for name, value in before.get(item, {}).items()
                if name not in {"answer", "last_on", "note", "areas"}
            }
            answer = {"item": item} | kept | {"answer": given[item]}
            reading = read_day(state.get(day_key(item), ""))
            if reading.is_read:
                answer["last_on"] = reading.value
            elif reading.problem:
                yield Trouble(day_key(item), reading.problem)
            words = read_reason(state.get(note_key(item), ""))
            if words.is_read:
                answer["note"] = words.value
            elif words.problem:
                yield Trouble(note_key(item), words.problem)
            elif before.get(item, {}).get("note") == "":
                answer["note"] = ""
            if state.get(areas_key(item)):
                answer["areas"] = state[areas_key(item)].split(",")
            answers.append(answer)
        if answers:
            document[SCREENING] = answers
        elif before:
            document.pop(SCREENING)

    def _place(self, item: str) -> int:
        return self.items.index(item) if item in self.items else len(self.items)


@dataclass(frozen=True)
class PlannedAreas:
    """The areas that are planned, as one text: codes with commas."""

    def flat(self, document: Json) -> State:
        """The codes."""
        held = document.get(PLANNED_AREAS)
        return {PLANNED_AREAS: ",".join(held)} if held else {}

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """The list again."""
        if state.get(PLANNED_AREAS):
            document[PLANNED_AREAS] = state[PLANNED_AREAS].split(",")
        elif document.get(PLANNED_AREAS):
            del document[PLANNED_AREAS]
        yield from ()


@dataclass(frozen=True)
class Phototype(Group):
    """The phototype. That a clinician found it is what an empty method means, as the form writes it."""

    def flat(self, document: Json) -> State:
        """Type, and the method where it is another one."""
        state = super().flat(document)
        if state.get(METHOD) == CLINICIAN:
            del state[METHOD]
        return state


@dataclass(frozen=True)
class Skin:
    """What was seen on the skin: a list of lesions, with the day on which somebody looked."""

    rows: Rows
    looked_on: Callable[[], str]

    def flat(self, document: Json) -> State:
        """The cells of every lesion."""
        return self.rows.flat({self.rows.name: document.get(SKIN, {}).get("lesions", ())})

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """The lesions that are whole. The day is that of the first look, or of the newest change."""
        before = document.get(SKIN, {})
        made = {self.rows.name: before.get("lesions", ())}
        yield from self.rows.put(state, made)
        lesions = made.get(self.rows.name)
        if not lesions and "lesions" not in before:
            return
        if lesions == before.get("lesions"):
            return
        if lesions:
            document[SKIN] = {**before, "assessed_on": self.looked_on(), "lesions": lesions}
        else:
            document.pop(SKIN, None)


@dataclass(frozen=True)
class Reasons:
    """The performer's reasons for going past warnings."""

    def flat(self, document: Json) -> State:
        """Each reason under its warning's code."""
        return {reason_key(one["code"]): str(one["reason"]) for one in document.get(REASONS, ())}

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """Those that were stored in their order, then those that are new."""
        order = [reason_key(one["code"]) for one in document.get(REASONS, ())]
        order += [key for key in state if key.startswith(f"{REASONS}.") and key not in order]
        reasons = []
        for key in order:
            reading = read_reason(state.get(key, ""))
            if reading.is_read:
                reasons.append({"code": key.removeprefix(f"{REASONS}."), "reason": reading.value})
            elif reading.problem:
                yield Trouble(key, reading.problem)
        document[REASONS] = reasons
        if not reasons:
            del document[REASONS]


@dataclass(frozen=True)
class Whole:
    """A part of the document as one thing: nobody edits what a patient signed, or what was given."""

    name: str

    def flat(self, document: Json) -> State:
        """The whole object as JSON."""
        held = document.get(self.name)
        return {self.name: json.dumps(held, sort_keys=True)} if held else {}

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """The object again."""
        if state.get(self.name):
            document[self.name] = json.loads(state[self.name])
        else:
            document.pop(self.name, None)
        yield from ()


@dataclass(frozen=True)
class Cartridge:
    """The cartridge's lot, and the serial number that was scanned with it and goes with no other lot."""

    group: Group

    def flat(self, document: Json) -> State:
        """The lot's field, and lot and serial together in two lines."""
        held = document.get(self.group.name) or {}
        serial = {CARTRIDGE_SERIAL: f"{held['lot']}\n{held['serial']}"} if held.get("serial") else {}
        return {**self.group.flat(document), **serial}

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """The cartridge; a serial that was scanned with another lot is not this one's."""
        yield from self.group.put(state, document)
        held = document.get(self.group.name)
        if held is None:
            return
        held.pop("serial", None)
        lot, _, serial = state.get(CARTRIDGE_SERIAL, "").partition("\n")
        if serial and lot == held["lot"]:
            held["serial"] = serial


@dataclass(frozen=True)
class Lines(Rows):
    """The treatment lines. Their times are times of day on the visit's own day, at its offset."""

    def flat(self, document: Json) -> State:
        """The texts of every cell, times as HH:MM."""
        lines = [self._clocks(line) for line in document.get(self.name) or ()]
        return super().flat({self.name: lines})

    def _clocks(self, line: Json) -> dict[str, Any]:
        times = {key: clock_of(line[key]) for key in LINE_TIMES if line.get(key)}
        return {**line, **times}

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """The lines that are whole and whose times fit each other and the visit's."""
        before = list(document.get(self.name) or ())
        made = {self.name: before}
        troubles = list(super().put(state, made))
        yield from troubles
        whole = []
        visit = [_moment(document.get(key)) for key in ("started_at", "ended_at")]
        for number, line in zip(self.whole_rows(state), made.get(self.name) or (), strict=True):
            held = before[number] if number < len(before) else {}
            for key in LINE_TIMES:
                if key in line:
                    line[key] = at_clock(line[key], document["started_at"], held.get(key))
            times = [_moment(line.get(key)) for key in LINE_TIMES]
            problems = line_times_problems(times[0], times[1], visit[0], visit[1])
            for key, said in problems:
                yield Trouble(self.key(number, key), said)
            if not problems:
                whole.append(line)
        if whole:
            document[self.name] = whole
        else:
            document.pop(self.name, None)


def clock_of(instant: str) -> str:
    """The time of day of an instant, as a field shows it."""
    return f"{datetime.fromisoformat(instant):%H:%M}"


def at_clock(clock: str, visit_started_at: str, before: str | None) -> str:
    """The instant of a time of day on the visit's own day, at its offset.

    One that shows the same minute as `before` is that very instant, with its day and seconds.
    """
    if before and clock_of(before) == clock:
        return before
    hour, minute = map(int, clock.split(":"))
    began = datetime.fromisoformat(visit_started_at)
    at = began.replace(hour=hour, minute=minute, second=0, microsecond=0)
    # Within the minute in which the visit began nobody means the seconds before it.
    return (began if at == began.replace(second=0, microsecond=0) else at).isoformat(timespec="seconds")


def done_at(now: datetime, document: Json | None, named: str = "started_at") -> datetime:
    """When what is entered now was done: now, or of a visit of an earlier day the moment that it names so.

    Such a visit is entered from paper, on which stands that it was done and no hour of its own. A visit that
    has no such moment yet has its beginning.
    """
    if document is None or not is_of_an_earlier_day(now, document):
        return now
    return datetime.fromisoformat(document.get(named) or document["started_at"])


def is_of_an_earlier_day(now: datetime, document: Json) -> bool:
    """Whether a visit began on a day before today, by its own clock."""
    began = datetime.fromisoformat(document["started_at"])
    return began.date() < now.astimezone(began.tzinfo).date()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Times:
    """When the treatment began and ended: times of day on the visit's own day, at its offset."""

    def flat(self, document: Json) -> State:
        """Both as HH:MM."""
        return {
            key: f"{datetime.fromisoformat(document[key]):%H:%M}"
            for key in ("started_at", "ended_at")
            if document.get(key)
        }

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """The moments; one whose minute is the same keeps its seconds. The start never goes."""
        before = self.flat(document)
        for key in ("started_at", "ended_at"):
            reading = read_time(state.get(key, ""))
            if reading.is_read and reading.value != before.get(key):
                hour, minute = map(int, reading.value.split(":"))
                began = datetime.fromisoformat(document["started_at"])
                at = began.replace(hour=hour, minute=minute, second=0, microsecond=0)
                # Within the minute of the start nobody means the seconds before it.
                is_same_minute = key == "ended_at" and at == began.replace(second=0, microsecond=0)
                document[key] = (began if is_same_minute else at).isoformat(timespec="seconds")
            elif not reading.is_read and key == "ended_at":
                document.pop(key, None)
            if reading.problem or (key == "started_at" and not reading.is_read):
                yield Trouble(key, reading.problem, is_missing=not reading.problem)
