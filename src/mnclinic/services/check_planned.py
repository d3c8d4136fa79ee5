"""Hold planned visits against what the log entered of them.

Each act enters the whole row, so whoever marks an arrival could put another performer or note there in
passing. So each act is taken back to what stood there before it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.instants import read_instant
from mnclinic.domain.planned_life import BEGINS, LEADS
from mnclinic.models import PlannedVisit, instant_text
from mnclinic.services.check_columns import APART, is_moment_of
from mnclinic.services.check_earlier_forms import MORE, Form, NotKnown, detail_of, wrong_step
from mnclinic.services.check_logged import Logged, Named
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.planned_rows import day_and_time, planned_bytes

_PLACE = "#####"
_WAS, _BESIDES = "was", ("service", "performer", "note")
"""What a change of a plan says besides the day and time, as it stood before; those of before did not."""
_ARRIVALS = frozenset({"plan.arrived", "plan.walked_in"})
_LOSES_ARRIVAL = frozenset({"plan.arrival_taken_back", "plan.put_back", "plan.entered_again"})


def rows(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each is what its newest entry says, was added when its first one was made, and none is missing.

    And no act on it changed more than such an act changes.
    """
    there: set[str] = set()
    for row in session.scalars(select(PlannedVisit).execution_options(yield_per=500)):
        there.add(row.id)
        where = f"planned visit {row.id[:8]}"
        words = logged.named("planned_visit", row.id)
        if not words:
            yield StoreFinding(where, "it was never entered in the log")
            continue
        if not words[-1].names(planned_bytes(row)) or words[-1].revision != row.edition:
            yield StoreFinding(where, "it is not what the log entered")
        elif len(words) > 1:
            now: Form = json.loads(planned_bytes(row))
            before = _Acts(session, logged, words).before
            wrong = wrong_step(session, logged, words, now, before=before, written=_written)
            if wrong is not None:
                yield StoreFinding(where, MORE, seq=wrong.seq)
        if not _is_told_for_its_day(session, logged, words, row):
            yield StoreFinding(where, "its entries say another day or time than it was planned for")
        if not is_moment_of(logged.entry(words[0].seq), row.added_at):
            yield StoreFinding(where, "the moment of its adding is not what the log entered")
    for plan_id in sorted(logged.ids("planned_visit") - there):
        what = f"{plan_id[:8]} was entered in the log and is not there any more"
        yield StoreFinding("planned visits", what)


def _is_told_for_its_day(session: Session, logged: Logged, words: Sequence[Named], row: PlannedVisit) -> bool:
    """Whether its making and each change say the day and time that stood then; erased words say nothing."""
    stands = day_and_time(row)
    try:
        for word in reversed(words):
            if word.action == "plan.changed":
                said = detail_of(session, logged, word.seq)
                if said["after"] != stands:
                    return False
                stands = said["before"]
            elif word.action in BEGINS:
                return bool(detail_of(session, logged, word.seq) == stands)
    except NotKnown:
        return True
    except (KeyError, TypeError):
        return False
    return True


def _written(form: Form) -> Iterator[bytes]:
    yield canonical_bytes(form)


class _Acts:
    """The acts on one planned visit, of which each can be taken back."""

    def __init__(self, session: Session, logged: Logged, words: Sequence[Named]) -> None:
        self._session = session
        self._logged = logged
        self._words = words

    def before(self, number: int, form: Form, said: Mapping[str, Any]) -> Iterator[Form]:
        """As `check_earlier_forms.Before`."""
        action, earlier = self._words[number].action, self._words[:number]
        if action not in LEADS:
            # Whether it could follow is another part's matter.
            raise NotKnown
        for state, after in LEADS[action].items():
            if form["state"] == after:
                stood = form | {"state": state.value, "edition": form["edition"] - 1}
                try:
                    if action == "plan.put_back":
                        stood = self._given_up(stood, earlier)
                    yield from _stood(action, stood, said)
                    if action in _LOSES_ARRIVAL and form["arrived_at"] is None:
                        yield from self._arrived(stood, earlier)
                except (KeyError, TypeError, AttributeError):
                    # The act does not say what such an act says.
                    continue
        if action == "plan.changed" and _WAS not in said:
            # Earlier ones may have changed the rest too, and name the day and time alone.
            raise NotKnown

    def _given_up(self, stood: Form, earlier: Sequence[Named]) -> Form:
        """With the reason for which it was cancelled; an act that put it back took that away."""
        if stood["reason"] or earlier[-1].action != "plan.cancelled":
            return stood
        return stood | {"reason": detail_of(self._session, self._logged, earlier[-1].seq)["reason"]}

    def _arrived(self, stood: Form, earlier: Sequence[Named]) -> Iterator[Form]:
        """With a moment of arrival that nothing says any more: each one near an arrival is tried."""
        start, end = canonical_bytes(stood | {"arrived_at": _PLACE}).split(_PLACE.encode())
        entries = [self._logged.entry(word.seq) for word in earlier if word.action in _ARRIVALS]
        moments = [at for entry in reversed(entries) if (at := read_instant(entry["ts"])) is not None]
        for ms in range(APART // timedelta(milliseconds=1) + 1):
            for at in moments:
                for near in (at - timedelta(milliseconds=ms), at + timedelta(milliseconds=ms)):
                    if earlier[-1].names(start + instant_text(near).encode() + end):
                        yield stood | {"arrived_at": instant_text(near)}
                        return


def _stood(action: str, stood: Form, said: Mapping[str, Any]) -> Iterator[Form]:
    """As it stood without a moment of arrival, or with the one that it has."""
    match action:
        case "plan.arrived":
            yield stood | {"arrived_at": None}
        case "plan.cancelled":
            if stood["reason"] == said["reason"]:
                yield stood | {"reason": ""}
        case "plan.started":
            # It settles what the plan left open.
            for service in {stood["service"], ""}:
                for performer in {stood["performer"], ""}:
                    yield stood | {"visit": None, "service": service, "performer": performer}
        case "plan.changed":
            if (stood["planned_on"], stood["at_time"]) == (said["after"]["day"], said["after"]["time"]):
                earlier = {"planned_on": said["before"]["day"], "at_time": said["before"]["time"]}
                yield stood | earlier | {name: said["was"][name] for name in _BESIDES if _WAS in said}
        case "plan.arrival_taken_back":
            # Whoever had arrived did so at some moment, which is looked for.
            return
        case _:
            yield stood
