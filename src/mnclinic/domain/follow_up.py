"""When somebody speaks with a patient after a treatment, and where each contact stands. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mnclinic.errors import Problem

TRIES = 3
"""After so many tries that reached nobody a contact is given up, and says so."""
TOLD_FOR = timedelta(days=14)
"""How long after its day a contact that nobody made stays on the list."""
EARLY = timedelta(hours=24)
"""So long before it is due a contact may be made: a call on day two counts from day one on."""
DEEP_MM = Decimal("1.5")
DARK_PHOTOTYPES = frozenset({5, 6})
HERPES_ITEMS = frozenset({"herpes_history", "herpes_now"})
EVENT_EVERY = timedelta(hours=48)
EVENT_EVERY_MILD = timedelta(days=7)
MILD_UP_TO_GRADE = 1
LONGEST_NOTE = 2000


class ContactKind(StrEnum):
    """How a contact is meant to be made."""

    CALL = "call"
    MESSAGE = "message"
    VISIT = "visit"
    PHOTO = "photo"


class OnlyWhen(StrEnum):
    """For whom alone a contact is planned; the record of the treatment says whether it holds."""

    PRP = "prp"
    HERPES_HISTORY = "herpes_history"
    DARK_SKIN = "phototype_v_vi"
    DEEP = "deeper_than_1_5_mm"
    RADIOFREQUENCY = "radiofrequency"
    REACTION = "reaction_grade_2"


class Channel(StrEnum):
    """How a contact was tried."""

    TELEPHONE = "telephone"
    MESSAGE = "message"
    IN_PERSON = "in_person"


class ContactOutcome(StrEnum):
    """What came of a try."""

    WELL = "well"
    WRONG = "wrong"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"
    NOT_NEEDED = "not_needed"


REACHED = frozenset({ContactOutcome.WELL, ContactOutcome.WRONG})
ENDS = REACHED | {ContactOutcome.NOT_NEEDED}


class ContactState(StrEnum):
    """Where a contact stands on a day."""

    LATER = "later"
    DUE = "due"
    OVER = "over"
    DONE = "done"
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class ContactRule:
    """One contact of a schedule: hours after the treatment ended.

    `only_when` empty: for everybody. `condition` are words for whoever calls, who decides by them.
    """

    kind: ContactKind
    offset_h: int
    only_when: frozenset[OnlyWhen] = frozenset()
    condition: str = ""

    @property
    def step(self) -> str:
        """How rows name it: call+48."""
        return f"{self.kind}+{self.offset_h}"


_CAREFUL = frozenset(OnlyWhen)

DRAFT: tuple[ContactRule, ...] = (
    ContactRule(ContactKind.CALL, 48),
    ContactRule(ContactKind.CALL, 72, _CAREFUL),
    ContactRule(ContactKind.MESSAGE, 168),
    ContactRule(ContactKind.PHOTO, 672),
)
"""Where neither protocol nor policy says when. Proposed, from no rule that binds anybody."""


@dataclass(frozen=True)
class TreatedFacts:
    """What the schedule asks of one treatment. `ended_at` is aware."""

    ended_at: datetime
    holds: frozenset[OnlyWhen] = frozenset()


@dataclass(frozen=True)
class PlannedContact:
    """One contact that is to be made. `due_at` is UTC; `because`: which of its conditions hold."""

    step: str
    kind: ContactKind
    due_at: datetime
    because: tuple[OnlyWhen, ...] = ()
    condition: str = ""


@dataclass(frozen=True)
class Try:
    """One try at a contact, as it was written down."""

    step: str
    outcome: ContactOutcome
    at: datetime


def rules_in(document: Mapping[str, Any]) -> tuple[ContactRule, ...]:
    """The schedule in a protocol or policy that its schema has accepted; empty where it has none."""
    return tuple(
        ContactRule(
            ContactKind(row["kind"]),
            row["offset_h"],
            frozenset(OnlyWhen(one) for one in row.get("only_when", ())),
            row["condition"] if not row.get("only_when") else "",
        )
        for row in document.get("followup", ())
    )


def holds_in(
    document: Mapping[str, Any], *, is_radiofrequency: bool, worst_grade: int
) -> frozenset[OnlyWhen]:
    """Which conditions the document of a visit fulfils. `worst_grade`: of its adverse events, 0 without."""
    answers = {one["item"]: one["answer"] for one in document.get("screening", ())}
    phototype = document.get("fitzpatrick", {}).get("type")
    depths = [Decimal(line["depth_mm"]) for line in document.get("lines", ()) if "depth_mm" in line]
    told = {
        OnlyWhen.PRP: bool(document.get("prp")),
        # Who does not know whether they had one is called as if they had.
        OnlyWhen.HERPES_HISTORY: any(answers.get(one) in {"yes", "unknown"} for one in HERPES_ITEMS),
        OnlyWhen.DARK_SKIN: phototype in DARK_PHOTOTYPES,
        OnlyWhen.DEEP: any(depth > DEEP_MM for depth in depths),
        OnlyWhen.RADIOFREQUENCY: is_radiofrequency,
        OnlyWhen.REACTION: worst_grade > MILD_UP_TO_GRADE,
    }
    return frozenset(one for one, is_so in told.items() if is_so)


def planned_contacts(facts: TreatedFacts, rules: Sequence[ContactRule]) -> tuple[PlannedContact, ...]:
    """Every contact of a schedule that is for this treatment, the soonest first, each step once.

    Hours are hours that pass, whatever a clock on the wall does meanwhile.
    """
    found: dict[str, PlannedContact] = {}
    for rule in rules:
        because = tuple(one for one in OnlyWhen if one in rule.only_when & facts.holds)
        if rule.only_when and not because:
            continue
        due_at = facts.ended_at.astimezone(UTC) + timedelta(hours=rule.offset_h)
        known = found.get(rule.step)
        # Two rows of one kind and hour are one contact, and the one for everybody has the last word.
        if known is None or (known.because and not because):
            found[rule.step] = PlannedContact(rule.step, rule.kind, due_at, because, rule.condition)
    return tuple(sorted(found.values(), key=lambda one: (one.due_at, one.step)))


def contact_after_event(
    event_id: str, *, since: datetime, grade_now: int, tries: Iterable[Try]
) -> PlannedContact:
    """The next call about an adverse event that is not closed.

    Every 48 hours until it is of grade 1 or gone, then once a week, counted from `since` (aware: when it was
    written down, or how it goes on was noted last) or from the last time that somebody was reached about it.
    """
    step = f"event-{event_id}"
    reached = [one.at for one in tries if one.step == step and one.outcome in ENDS]
    every = EVENT_EVERY_MILD if grade_now <= MILD_UP_TO_GRADE else EVENT_EVERY
    due_at = max([since, *reached]).astimezone(UTC) + every
    return PlannedContact(step, ContactKind.CALL, due_at)


def state_of(planned: PlannedContact, tries: Iterable[Try], *, now: datetime, zone: tzinfo) -> ContactState:
    """Where a contact stands: due on the calendar day of `zone` on which it falls, over from the next on.

    Of a call about an event only the tries since the last one that reached somebody count.
    """
    own = [one for one in tries if one.step == planned.step]
    if planned.step.startswith("event-"):
        ended = max((one.at for one in own if one.outcome in ENDS), default=None)
        own = [one for one in own if ended is None or one.at > ended]
    if any(one.outcome in ENDS for one in own):
        return ContactState.DONE
    if len(own) >= TRIES and not planned.step.startswith("event-"):
        return ContactState.GIVEN_UP
    day, today = day_of(planned.due_at, zone), day_of(now, zone)
    if day > today:
        return ContactState.LATER
    return ContactState.DUE if day == today else ContactState.OVER


def day_of(at: datetime, zone: tzinfo) -> date:
    """The calendar day of an instant in a zone."""
    return at.astimezone(zone).date()


def is_still_told(planned: PlannedContact, *, now: datetime) -> bool:
    """Whether a contact that nobody made is still on the list. A call about an event always is."""
    return planned.step.startswith("event-") or now <= planned.due_at + TOLD_FOR


def problems_of_try(
    *, outcome: str, channel: str, answers: Mapping[int, bool], question_count: int, note: str
) -> Iterator[Problem]:
    """Every reason why a try cannot be stored. `answers` are by number of the question, from 1.

    A "yes" to a question of the script means that something is wrong.
    """
    if channel not in set(Channel):
        yield Problem("channel", "Choose how it was tried: by telephone, by message or in person.")
    if len(note) > LONGEST_NOTE:
        yield Problem("note", f"At most {LONGEST_NOTE} characters.")
    unknown = sorted(set(answers) - set(range(1, question_count + 1)))
    if unknown:
        numbers = ", ".join(str(one) for one in unknown)
        yield Problem("answers", f"The script has {question_count} questions, and no question {numbers}.")
    if outcome not in set(ContactOutcome):
        yield Problem("outcome", "Choose what came of it.")
        return
    if answers and outcome not in REACHED:
        yield Problem("answers", "Nobody was reached, so nobody can have answered.")
    elif outcome == ContactOutcome.WELL and any(answers.values()):
        yield Problem("outcome", "A question of the script was answered with yes, so something is wrong.")
    elif outcome == ContactOutcome.WELL and len(answers) < question_count and not unknown:
        missing = [str(one) for one in range(1, question_count + 1) if one not in answers]
        yield Problem("answers", f"Ask every question of the script. Open: {', '.join(missing)}.")
    elif outcome == ContactOutcome.WRONG and not note and not any(answers.values()):
        yield Problem("note", "Say what is wrong.")
    if outcome == ContactOutcome.NOT_NEEDED and not note:
        yield Problem("note", "Say why no contact is needed.")
