"""What is written down about an adverse event, the words for it, and what has to be true of it."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mnclinic.errors import Problem

GRADES = range(1, 6)
HELD_FROM_GRADE = 4
"""From this grade on the person's records are held, whatever the policy says."""
LONGEST_LINE = 200
LONGEST_TEXT = 4000


class EventKind(StrEnum):
    """The quick picks. What none of them says is `other`, with the words beside it."""

    REDNESS = "redness"
    BRUISE_OR_CRUST = "bruise_or_crust"
    ACNE_OR_MILIA = "acne_or_milia"
    CONTACT_DERMATITIS = "contact_dermatitis"
    LYMPH_NODES = "lymph_nodes"
    HERPES = "herpes"
    INFECTION = "infection"
    MYCOBACTERIA = "mycobacteria"
    DARK_PATCHES = "dark_patches"
    SCAR = "scar"
    GRANULOMA = "granuloma"
    ALLERGY = "allergy"
    FAINTING = "fainting"
    ANAESTHETIC_TOXICITY = "anaesthetic_toxicity"
    EYE_INJURY = "eye_injury"
    BLOOD_EXPOSURE = "blood_exposure"
    BURN_OR_NERVE = "burn_or_nerve"
    OTHER = "other"


@dataclass(frozen=True)
class QuickPick:
    """What usually goes with a kind: its words, grade, and for how long it is expected after needling.

    `expected_days` counts from the day of the treatment, 0 is that day alone; None: it never is.
    """

    words: str
    grade: int
    expected_days: int | None = None


QUICK_PICKS: dict[EventKind, QuickPick] = {
    EventKind.REDNESS: QuickPick("Redness, swelling or warmth", 1, expected_days=3),
    EventKind.BRUISE_OR_CRUST: QuickPick(
        "Bruise, bleeding, pain, itch, crust or peeling", 1, expected_days=7
    ),
    EventKind.ACNE_OR_MILIA: QuickPick("Acne or milia flare", 1, expected_days=14),
    EventKind.CONTACT_DERMATITIS: QuickPick("Contact dermatitis", 2),
    EventKind.LYMPH_NODES: QuickPick("Swollen lymph nodes", 1),
    EventKind.HERPES: QuickPick("Cold sores (herpes simplex)", 2),
    EventKind.INFECTION: QuickPick("Bacterial infection", 2),
    EventKind.MYCOBACTERIA: QuickPick("Atypical mycobacteria", 3),
    EventKind.DARK_PATCHES: QuickPick("Dark patches (hyperpigmentation)", 1),
    EventKind.SCAR: QuickPick("Track marks or another scar", 2),
    EventKind.GRANULOMA: QuickPick("Granuloma or systemic hypersensitivity", 3),
    EventKind.ALLERGY: QuickPick("Hives, swelling of the face or anaphylaxis", 4),
    EventKind.FAINTING: QuickPick("Fainting", 2, expected_days=0),
    EventKind.ANAESTHETIC_TOXICITY: QuickPick("Toxicity of the numbing agent", 4),
    EventKind.EYE_INJURY: QuickPick("Injury of the eye", 3),
    EventKind.BLOOD_EXPOSURE: QuickPick("Needlestick or exposure to blood", 3),
    EventKind.BURN_OR_NERVE: QuickPick("Burn, loss of fat or injury of a nerve", 3),
    EventKind.OTHER: QuickPick("Something else", 2),
}
"""Usual grades and days are a first proposal; whoever writes the event down chooses. What lasts longer than
its days is told like anything that is not expected: redness after three days is a sign of something else."""


def is_usually_expected(kind: str, treated_on: date, told_on: date) -> bool:
    """Whether a kind is expected still on the day on which it is told. No kind of the list never is."""
    days = QUICK_PICKS[EventKind(kind)].expected_days if kind in set(EventKind) else None
    return days is not None and (told_on - treated_on).days <= days


class Relatedness(StrEnum):
    """Whether the treatment caused it, as far as anybody can say."""

    UNRELATED = "unrelated"
    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    PROBABLE = "probable"
    DEFINITE = "definite"


class Seriousness(StrEnum):
    """What makes an event serious. An event that is not serious has none of these."""

    DEATH = "death"
    LIFE_THREATENING = "life_threatening"
    HOSPITAL = "hospital"
    DISABILITY = "disability"
    INTERVENTION = "intervention"
    OTHER_IMPORTANT = "other_important"


class ToldHow(StrEnum):
    """How the clinic came to know."""

    TELEPHONE = "telephone"
    IN_PERSON = "in_person"
    MESSAGE = "message"
    DURING_VISIT = "during_visit"
    FOLLOW_UP = "follow_up"


class StepKind(StrEnum):
    """What was done about an event after it was written down."""

    TOLD = "told"
    ACKNOWLEDGED = "acknowledged"
    NOTE = "note"
    REPORTED = "reported"
    CLOSED = "closed"


class EventOutcome(StrEnum):
    """How an event ended, as far as the clinic knows."""

    RECOVERED = "recovered"
    RECOVERED_WITH_TRACES = "recovered_with_traces"
    NOT_RECOVERED = "not_recovered"
    DIED = "died"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Account:
    """What was told about an event. `onset_at` is aware; `seriousness` may be empty."""

    kind: str
    onset_at: datetime
    is_expected: bool | None
    """None: as is usual for its kind so long after the treatment."""
    told_how: str
    told_by: str
    relatedness: str = Relatedness.POSSIBLE
    seriousness: tuple[str, ...] = ()
    treatment: str = ""


def problems_of_account(
    account: Account,
    *,
    event: str,
    grade: int,
    treated_at: datetime | None,
    now: datetime,
    newest: datetime,
) -> Iterator[Problem]:
    """Every reason why an account cannot be stored. `treated_at` is None where the visit names no time.

    `newest` is the latest time that is known, behind `now` but where the computer's clock was set back. An
    emergency is written down all the same: a clock that says that the treatment is still to come is no reason
    to call a moment wrong.
    """
    if account.kind not in set(EventKind):
        yield Problem("kind", "Choose what it is, or something else.")
    elif account.kind == EventKind.OTHER and not event:
        yield Problem("event", "Say what happened.")
    if account.onset_at > max(now, newest):
        yield Problem("onset_at", "It cannot have begun in the future.")
    elif treated_at is not None and account.onset_at < treated_at <= now:
        yield Problem("onset_at", "It began before the treatment. Correct the time, or choose another visit.")
    if account.relatedness not in set(Relatedness):
        yield Problem("relatedness", "Choose how far the treatment is the cause.")
    yield from _problems_of_seriousness(account.seriousness, grade)
    if account.told_how not in set(ToldHow):
        yield Problem("told_how", "Choose how the clinic came to know.")
    if not account.told_by:
        yield Problem("told_by", "Say who told it, such as the patient.")
    elif len(account.told_by) > LONGEST_LINE:
        yield Problem("told_by", f"At most {LONGEST_LINE} characters.")
    if len(account.treatment) > LONGEST_TEXT:
        yield Problem("treatment", f"At most {LONGEST_TEXT} characters.")


def problems_of_words(event: str, note: str) -> Iterator[Problem]:
    """What speaks against new words. Earlier programs kept any length, so the check does not ask this."""
    if len(event) > LONGEST_LINE:
        yield Problem("event", f"At most {LONGEST_LINE} characters.")
    if len(note) > LONGEST_TEXT:
        yield Problem("note", f"At most {LONGEST_TEXT} characters.")


def _problems_of_seriousness(named: tuple[str, ...], grade: int) -> Iterator[Problem]:
    unknown = [one for one in named if one not in set(Seriousness)]
    if unknown or len(set(named)) != len(named):
        yield Problem("seriousness", "Choose what makes it serious from the list, each once.")
    elif (grade == GRADES[-1]) != (Seriousness.DEATH in named):
        yield Problem("seriousness", "Grade 5 is death, and death is grade 5.")
    elif grade == HELD_FROM_GRADE and Seriousness.LIFE_THREATENING not in named:
        yield Problem("seriousness", "Grade 4 is life-threatening. Say so here too, or choose another grade.")


def problems_of_step(
    *, text: str, grade: int | None, worst_grade: int, outcome: str | None, is_text_needed: bool
) -> Iterator[Problem]:
    """Every reason why a step cannot be stored. `outcome` is None where the step does not end the event."""
    if is_text_needed and not text:
        yield Problem("text", "Say what was found or done.")
    if len(text) > LONGEST_TEXT:
        yield Problem("text", f"At most {LONGEST_TEXT} characters.")
    if grade is not None and grade not in range(GRADES[-1] + 1):
        yield Problem("grade", "The grade now is a number from 0 (gone) to 5.")
    elif grade is not None and grade > worst_grade:
        what = "It is worse now. Record it as a new event, so that the director's clock begins anew."
        yield Problem("grade", what)
    if outcome is not None and outcome not in set(EventOutcome):
        yield Problem("outcome", "Choose how it ended.")


def why_it_cannot_follow(what: StepKind, done: AbstractSet[StepKind]) -> str | None:
    """Why a step cannot be written down after those that were, as the code of a refusal; None where it can.

    A report may go out after the event has ended; nothing else follows on that.
    """
    if what is StepKind.ACKNOWLEDGED:
        return "acknowledged_before" if done & {what, StepKind.CLOSED} else None
    if StepKind.CLOSED in done and what is not StepKind.REPORTED:
        return "event_closed"
    if what is StepKind.TOLD and done & {StepKind.TOLD, StepKind.ACKNOWLEDGED}:
        return "told_before"
    if what is StepKind.CLOSED and StepKind.ACKNOWLEDGED not in done:
        return "not_acknowledged"
    return None
