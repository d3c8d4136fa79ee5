"""The demo's follow-up calls: most were made on their day, a few reached nobody, the last are still open."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from mnclinic.security.roles import Act
from mnclinic.services.follow_up_rows import ContactRow, contact_rows
from mnclinic.services.list_follow_ups import open_contact
from mnclinic.services.record_follow_up import NewTry, record_follow_up
from mnclinic.services.session import OpenClinic

LEFT_OPEN_DAYS = 5
"""Of the calls of the last days one in two is still to be made."""


class CallStory:
    """Has the contacts after each visit tried, up to the day before the demo's.

    Whoever has made a hundred calls alike opens no chart for the next: how many questions a service's script
    has in a language is read with the first, and a demo is built in two thirds of the time.
    """

    def __init__(
        self, desk: OpenClinic, day: date, at: Callable[[datetime, Callable[[], None]], None]
    ) -> None:
        """`at` has something done at a moment of the story."""
        self._desk = desk
        self._day = day
        self._at = at
        self._questions: dict[tuple[str, str], int] = {}

    def plan(self, visit_id: str, number: int) -> None:
        """Have each contact of a visit tried on its day."""
        self._desk.require(Act.RECORD_FOLLOW_UP)
        now = self._desk.clock.now()
        with self._desk.store.reading() as session:
            rows = contact_rows(session, now, visit_id=visit_id)
        for position, row in enumerate(rows):
            when = row.due_at.astimezone(now.tzinfo) + timedelta(minutes=30)
            is_late = (self._day - when.date()).days <= LEFT_OPEN_DAYS
            if when.date() >= self._day or (is_late and (number + position) % 2 == 0):
                continue
            self._at(when, partial(self._try, row, number + position))

    def _try(self, row: ContactRow, number: int) -> None:
        channel = "telephone" if row.kind in {"call", "message"} else "in_person"
        if channel == "telephone" and number % 5 == 1:
            missed = NewTry(channel, "voicemail" if number % 2 else "no_answer")
            record_follow_up(self._desk, row.visit_id, row.step, missed)
            if number % 10 == 1:
                return
        numbers = range(1, self._questions_of(row) + 1)
        well = NewTry(channel, "well", dict.fromkeys(numbers, False))
        record_follow_up(self._desk, row.visit_id, row.step, well)

    def _questions_of(self, row: ContactRow) -> int:
        which = (row.service, row.language)
        if which not in self._questions:
            script = open_contact(self._desk, row.visit_id, row.step).script
            self._questions[which] = script.question_count if script else 0
        return self._questions[which]
