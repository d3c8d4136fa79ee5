"""What adverse events, their grades and their clocks are called on the screen."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from mnclinic.domain.adverse_events import EventOutcome, Relatedness, Seriousness, StepKind, ToldHow
from mnclinic.domain.event_clock import ClockState
from mnclinic.services.event_rows import EventRow, StepRow
from mnclinic.services.standing import Standing
from mnclinic.ui.elements import ChipLook, TimelineEntry
from mnclinic.ui.language import spoken
from mnclinic.ui.tokens import Tone
from mnclinic.ui.words import day_words, instant_words, standing_look

translate = QCoreApplication.translate


def event_words(event: EventRow) -> str:
    """What happened: a quick pick in the window's language, else the words of whoever wrote it down."""
    return spoken(event.event)


def grade_words(grade: int) -> str:
    """What a grade means; empty where there is none of that number."""
    return {
        0: translate("events", "0: gone"),
        1: translate("events", "1: mild. Watching it is enough."),
        2: translate("events", "2: moderate. Small local help; limits errands, telephone or money matters."),
        3: translate(
            "events",
            "3: severe or medically important. Hospital, disabling, or limits washing, dressing or eating.",
        ),
        4: translate("events", "4: life-threatening. Urgent help."),
        5: translate("events", "5: death."),
    }.get(grade, "")


def short_grade_words(event: EventRow) -> str:
    """The grade now, and the one it began with where that was another."""
    if event.grade_now == event.grade:
        return str(event.grade)
    return translate("events", "{now} (was {first})").format(now=event.grade_now, first=event.grade)


def is_overdue(event: EventRow, now: datetime) -> bool:
    """Whether what has to be done next should be done by now."""
    return event.due_at is not None and event.due_at < now


def clock_look(event: EventRow, now: datetime) -> ChipLook:
    """Where an event stands, as a word and a shape; a signature under it that does not hold first."""
    if event.standing is not Standing.HOLDS:
        return standing_look(event.standing)
    if is_overdue(event, now):
        word = (
            translate("events", "Overdue: tell the director")
            if event.state is ClockState.TELL
            else translate("events", "Overdue: director to sign")
        )
        return ChipLook(word, "clock", Tone.STOP)
    return {
        ClockState.UNCLOCKED: ChipLook(translate("events", "Without a clock"), "circle-dashed", Tone.DRAFT),
        ClockState.TELL: ChipLook(translate("events", "Tell the director"), "bell", Tone.SOON),
        ClockState.SIGN: ChipLook(translate("events", "Director to sign"), "stamp", Tone.DIRECTOR),
        ClockState.FOLLOW: ChipLook(translate("events", "Followed up"), "hourglass", Tone.WAITING),
        ClockState.CLOSED: ChipLook(translate("events", "Closed"), "circle-check", Tone.COMPLETE),
    }[event.state]


def moment_words(at: datetime | None, now: datetime) -> str:
    """A moment at the place of `now`: the time alone where it is today, else the day before it."""
    if at is None:
        return ""
    here = at.astimezone(now.tzinfo)
    if here.date() == now.date():
        return f"{here:%H:%M}"
    return f"{day_words(here.date())}, {here:%H:%M}"


def full_moment_words(at: datetime | None, now: datetime) -> str:
    """The same with its day and offset in any case, as a record says it."""
    return instant_words(at.astimezone(now.tzinfo)) if at is not None else ""


def how_words(how: str) -> str:
    """How the clinic came to know."""
    return _said(
        how,
        {
            ToldHow.TELEPHONE: translate("events", "By telephone"),
            ToldHow.IN_PERSON: translate("events", "In person"),
            ToldHow.MESSAGE: translate("events", "By message"),
            ToldHow.DURING_VISIT: translate("events", "During the visit"),
            ToldHow.FOLLOW_UP: translate("events", "At a follow-up"),
        },
    )


def relatedness_words(code: str) -> str:
    """How far the treatment is the cause."""
    return _said(
        code,
        {
            Relatedness.UNRELATED: translate("events", "Unrelated"),
            Relatedness.UNLIKELY: translate("events", "Unlikely"),
            Relatedness.POSSIBLE: translate("events", "Possible"),
            Relatedness.PROBABLE: translate("events", "Probable"),
            Relatedness.DEFINITE: translate("events", "Definite"),
        },
    )


def seriousness_words(code: str) -> str:
    """What makes an event serious."""
    return _said(
        code,
        {
            Seriousness.DEATH: translate("events", "Death"),
            Seriousness.LIFE_THREATENING: translate("events", "Life-threatening"),
            Seriousness.HOSPITAL: translate("events", "Hospital, or a longer stay there"),
            Seriousness.DISABILITY: translate("events", "Disability or lasting damage"),
            Seriousness.INTERVENTION: translate("events", "Help needed to prevent lasting damage"),
            Seriousness.OTHER_IMPORTANT: translate("events", "Important for another medical reason"),
        },
    )


def outcome_words(code: str) -> str:
    """How an event ended."""
    return _said(
        code,
        {
            EventOutcome.RECOVERED: translate("events", "Recovered"),
            EventOutcome.RECOVERED_WITH_TRACES: translate("events", "Recovered, with traces left"),
            EventOutcome.NOT_RECOVERED: translate("events", "Not recovered"),
            EventOutcome.DIED: translate("events", "Died"),
            EventOutcome.UNKNOWN: translate("events", "Not known"),
        },
    )


def step_entry(step: StepRow, now: datetime) -> TimelineEntry:
    """A step as the timeline shows it."""
    title, tone, shape = {
        StepKind.TOLD: (translate("events", "The director was told"), Tone.SOON, "bell"),
        StepKind.ACKNOWLEDGED: (
            translate("events", "The director signed that she knows of it"),
            Tone.DIRECTOR,
            "stamp",
        ),
        StepKind.NOTE: (translate("events", "How it goes on"), Tone.INFO, "notebook-pen"),
        StepKind.REPORTED: (translate("events", "It was reported"), Tone.INFO, "upload"),
        StepKind.CLOSED: (translate("events", "Closed"), Tone.COMPLETE, "circle-check"),
    }[step.what]
    facts = [outcome_words(step.outcome)] if step.outcome else []
    if step.grade is not None:
        facts.append(translate("events", "Grade now: {grade}").format(grade=step.grade))
    if step.report_number:
        said = translate("events", "Number {number}, sent {day}")
        facts.append(said.format(number=step.report_number, day=day_words(step.reported_on)))
    if step.standing is not Standing.HOLDS:
        tone, shape = Tone.STOP, "octagon-x"
    return TimelineEntry(
        when=f"{full_moment_words(step.at, now)} · {step.by}",
        title=title,
        detail="\n".join(filter(None, (" · ".join(facts), step.text, *_signed_words(step)))),
        tone=tone,
        shape=shape,
    )


def _signed_words(step: StepRow) -> tuple[str, ...]:
    """What was signed, by whom and when, as it stands in the signed record, and whether that holds."""
    if step.what is not StepKind.ACKNOWLEDGED:
        return ()
    found = standing_look(step.standing).word
    if step.signed is None:
        return (spoken(found),)
    who = ", ".join(filter(None, (step.signed.name, step.signed.credential)))
    said = translate("events", "Signed by {who}, {moment}: {found}")
    return (
        said.format(who=who, moment=instant_words(step.signed.at), found=spoken(found).lower()),
        f"“{spoken(step.signed.statement)}”",
    )


def _said(code: str, words: Mapping[str, str]) -> str:
    return words.get(code, code.replace("_", " "))
