"""What of the day needs something: counted, with the lines that it is about. No Qt widgets here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mnclinic.domain.finding import Light, LightState
from mnclinic.domain.visit_life import OPEN_TO_EDIT, VisitState
from mnclinic.services.list_day import DayLine
from mnclinic.ui.tokens import Tone

EXAM_TOO_OLD = frozenset({"exam_expired", "order_expired", "order_outdated"})


@dataclass(frozen=True)
class Need:
    """One kind of need: its code, how it is told, and the keys of the lines that have it."""

    code: str
    tone: Tone
    shape: str
    keys: tuple[str, ...]


def needs_of(lines: Sequence[DayLine]) -> tuple[Need, ...]:
    """The kinds that at least one line has, the gravest first.

    What a light stops the treatment for is counted once: by its own kind where it has one, else as a stop.
    A missing consent, and what is to be asked, are counted beside that.
    """
    found = []
    for code, tone, shape, has_it in _KINDS:
        keys = tuple(line.key for line in lines if has_it(line))
        if keys:
            found.append(Need(code, tone, shape, keys))
    return tuple(found)


def lines_in_need(needs: Sequence[Need]) -> frozenset[str]:
    """The keys of every line that needs something."""
    return frozenset(key for need in needs for key in need.keys)


def _is(line: DayLine, light: Light, state: LightState) -> bool:
    return _is_judged(line) and line.lights is not None and line.lights[light] is state


def _is_judged(line: DayLine) -> bool:
    """Whether somebody can still do something about its lights."""
    return line.visit is None or line.visit.state in OPEN_TO_EDIT


def _waits_for_director(line: DayLine) -> bool:
    visit = line.visit
    return visit is not None and (
        visit.state is VisitState.DEFERRED or (visit.state is VisitState.IN_REVIEW and visit.is_overdue)
    )


def _is_returned(line: DayLine) -> bool:
    return line.visit is not None and line.visit.state is VisitState.RETURNED


def _has_old_exam(line: DayLine) -> bool:
    return not _waits_for_director(line) and _is_judged(line) and bool(line.wrong & EXAM_TOO_OLD)


def _has_no_supplies(line: DayLine) -> bool:
    return not _waits_for_director(line) and _is(line, Light.SUPPLIES, LightState.FAILED)


def _is_stopped(line: DayLine) -> bool:
    named = _waits_for_director(line) or _has_old_exam(line) or _has_no_supplies(line)
    return not named and any(_is(line, light, LightState.FAILED) for light in Light)


def _lacks_consent(line: DayLine) -> bool:
    return line.is_begun and _is(line, Light.CONSENT, LightState.NOT_DONE)


def _is_to_be_asked(line: DayLine) -> bool:
    return line.visit is None and line.planned is not None and bool(line.planned.needs)


_KINDS: tuple[tuple[str, Tone, str, Callable[[DayLine], bool]], ...] = (
    ("stopped", Tone.STOP, "octagon-x", _is_stopped),
    ("exam", Tone.STOP, "stethoscope", _has_old_exam),
    ("supplies", Tone.STOP, "package", _has_no_supplies),
    ("director", Tone.SOON, "stamp", _waits_for_director),
    ("returned", Tone.SOON, "corner-up-left", _is_returned),
    ("consent", Tone.SOON, "signature", _lacks_consent),
    ("ask", Tone.SOON, "message-square-warning", _is_to_be_asked),
)
