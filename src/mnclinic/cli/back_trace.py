"""`back-trace`: what visits with adverse events had in common, with counts and denominators."""

from datetime import timedelta
from typing import Any

from mnclinic.cli.answer import Answer
from mnclinic.cli.request import Request
from mnclinic.domain.back_trace import CAUTION, FEW, Shared
from mnclinic.services.list_events import event_called
from mnclinic.services.trace_events import trace_events

A_YEAR = timedelta(days=365)


def back_trace(request: Request) -> Answer:
    """Count for the days; where an event is named, what its own visit had alone."""
    options = request.options
    with request.clinic() as (clinic, _):
        last = options.to or clinic.clock.now().date()
        found = trace_events(clinic, first=options.first or last - A_YEAR, last=last)
        shared = found.shared
        if options.event:
            visit = event_called(clinic, options.event).visit_id
            shared = tuple(one for one in shared if visit in one.event_visits)
    days = f"{found.first.isoformat()} to {found.last.isoformat()}"
    lines = [f"{found.events} of {found.visits} visits had an adverse event, {days}"]
    lines += [_line(one) for one in shared if one.events]
    lines += [CAUTION]
    answer = {
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "events": found.events,
        "visits": found.visits,
        "is_small": found.is_small,
        "shared": [_json(one) for one in shared],
        "caution": CAUTION,
        "error": None,
    }
    return Answer(answer, lines)


def _line(one: Shared) -> str:
    marks = "  STANDS OUT" if one.stands_out else ""
    marks += f"  {FEW}" if one.is_small else ""
    name = f"{one.factor.value.replace('_', ' ')} {one.called or one.value}"
    return f"{name}: {one.events} of {one.visits} visits, {one.per_hundred:.1f} in 100{marks}"


def _json(one: Shared) -> dict[str, Any]:
    return {
        "factor": one.factor.value,
        "value": one.value,
        "events": one.events,
        "visits": one.visits,
        "per_hundred": f"{one.per_hundred:.1f}",
        "is_small": one.is_small,
        "stands_out": one.stands_out,
    }
