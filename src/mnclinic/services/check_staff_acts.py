"""Hold who somebody on the staff is against every entry about them: no act changes more than its own.

Papers come and end, access ends or lasts longer, and each such act enters the whole row; so a ceiling could
be raised in passing.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.instants import read_instant
from mnclinic.domain.plain_days import MONTHS
from mnclinic.models import Licence, Staff, instant_text
from mnclinic.services.check_columns import is_moment_of
from mnclinic.services.check_earlier_forms import MORE, Form, NotKnown, wrong_step
from mnclinic.services.check_logged import Logged, Named
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.log_sentences import place_of
from mnclinic.services.staff_rows import staff_bytes

LEFT = "staff.left"
_PLACE = "#####"
_LAST_BY_DAYS = date(2199, 12, 31)
_TO_THE_MINUTE = re.compile(r"(\d\d) (\S.{0,30}) (\d{4}) at (\d\d):(\d\d)")
"""How an extension of before 2026-11-27 says until when somebody had access: in words, on the clock there.

Its month stands in the language of the computer that entered it.
"""
_ONLY_IN_SECOND = ("is_active", "access_from", "access_until", "left_at")


def rows(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Everybody is who was added but for what later acts say, and has left exactly where the log says so."""
    for row in session.scalars(select(Staff)).all():
        words = logged.named("staff", row.id)
        where = f"staff {row.user}"
        left = [word for word in words if word.action == LEFT]
        if not _has_left_as_entered(row, left, logged):
            yield StoreFinding(where, "whether they left, or when, is not what the log says")
        if not words:
            continue
        held = session.scalars(select(Licence).where(Licence.staff_id == row.id).order_by(Licence.id)).all()
        now: Form = json.loads(staff_bytes(row, held, form="mnclinic.staff/2"))
        wrong = wrong_step(session, logged, words, now, before=_before(words, logged), written=_written)
        if wrong is not None:
            yield StoreFinding(where, MORE, seq=wrong.seq)


def _has_left_as_entered(row: Staff, left: Sequence[Named], logged: Logged) -> bool:
    if not left:
        return row.is_active and row.left_at is None
    left_at = row.left_at
    return not row.is_active and left_at is not None and is_moment_of(logged.entry(left[0].seq), left_at)


def _written(form: Form) -> Iterator[bytes]:
    yield canonical_bytes(form)
    first = {name: value for name, value in form.items() if name not in _ONLY_IN_SECOND}
    if form["is_active"] and not any(form[name] for name in _ONLY_IN_SECOND[1:]):
        yield canonical_bytes(first | {"format": "mnclinic.staff/1"})


def _before(
    words: Sequence[Named], logged: Logged
) -> Callable[[int, Form, Mapping[str, Any]], Iterator[Form]]:
    def before(number: int, form: Form, said: Mapping[str, Any]) -> Iterator[Form]:
        match words[number].action:
            case "staff.left":
                yield form | {"is_active": True, "left_at": None}
            case "staff.paper_entered":
                yield form | {"licences": form["licences"][:-1]}
            case "staff.paper_ended":
                yield from _with_paper(form, said, words[number - 1])
            case "staff.access_extended":
                offset = str(logged.entry(words[number].seq)["tz"])
                yield from _with_access(form, said, offset, words[number - 1])
            case _:
                # Who may do what about whom is another part's matter.
                raise NotKnown

    return before


def _with_paper(form: Form, said: Mapping[str, Any], word: Named) -> Iterator[Form]:
    """The form with a paper's own last day, which the act that ended it does not say: each day is tried."""
    for at, paper in enumerate(form["licences"]):
        if (paper["kind"], paper["number"], paper["expires_on"]) != (
            said.get("kind"),
            said.get("number"),
            said.get("ended_on"),
        ):
            continue
        ended_on = date.fromisoformat(paper["expires_on"])
        longer = deepcopy(form)
        longer["licences"][at]["expires_on"] = _PLACE
        last_on = _first_named(longer, _last_days(ended_on), word)
        if last_on is not None:
            longer["licences"][at]["expires_on"] = last_on
            yield longer


def _last_days(ended_on: date) -> Iterator[str]:
    """Every day on which a paper may have ended by itself; one without an end is given some year's."""
    for days in range(1, (_LAST_BY_DAYS - ended_on).days + 1):
        yield (ended_on + timedelta(days)).isoformat()
    for year in range(_LAST_BY_DAYS.year + 1, date.max.year + 1):
        yield f"{year}-12-31"
        yield f"{year}-01-01"


def _with_access(form: Form, said: Mapping[str, Any], offset: str, word: Named) -> Iterator[Form]:
    """The form with the end of access before, which the act says, earlier ones to the minute only."""
    until = _first_named(form | {"access_until": _PLACE}, _moments(str(said.get("before")), offset), word)
    if until is not None:
        yield form | {"access_until": until}


def _first_named(form: Form, values: Iterable[str], word: Named) -> str | None:
    """The first of the values with which an entry names the form, in which `_PLACE` stands for it."""
    templates = [one.split(_PLACE.encode()) for one in _written(form)]
    return next(
        (one for one in values if any(word.names(one.encode().join(parts)) for parts in templates)), None
    )


def _moments(said: str, offset: str) -> Iterator[str]:
    """Every moment that an act may mean, the likeliest first: the one it names, or each of its minute."""
    named = read_instant(said)
    if named is not None:
        yield instant_text(named)
        return
    words = _TO_THE_MINUTE.fullmatch(said)
    if words is None:
        return
    day, month, year, hour, minute = words.groups()
    months = [MONTHS.index(month) + 1] if month in MONTHS else range(1, len(MONTHS) + 1)
    begins = []
    for number in months:
        with suppress(ValueError, OverflowError):
            at = datetime(int(year), number, int(day), int(hour), int(minute), tzinfo=place_of(offset))
            begins.append(at.astimezone(UTC))
    for ms in range(1000):
        for second in range(60):
            for at in begins:
                yield instant_text(at + timedelta(seconds=second, milliseconds=ms))
