"""The demo's follow-up calls: most were made on their day, a few reached nobody, the last are still open."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from mnclinic.security.roles import Act
from mnclinic.services.follow_up_rows import ContactRow, contact_rows
from mnclinic.services.list_follow_ups import open_contact
from mnclinic.services.record_follow_up import NewTry, record_follow_up
from mnclinic.services.session import OpenClinic

LEFT_OPEN_DAYS = 5
"""Of the calls of the last days one in two is still to be made."""


def plan_calls(
    desk: OpenClinic,
    visit_id: str,
    number: int,
    day: date,
    at: Callable[[datetime, Callable[[], None]], None],
) -> None:
    """Have each contact of a visit tried on its day, up to the day before the demo's."""
    desk.require(Act.RECORD_FOLLOW_UP)
    with desk.store.reading() as session:
        rows = contact_rows(session, desk.clock.now(), visit_id=visit_id)
    for position, row in enumerate(rows):
        when = row.due_at.astimezone(desk.clock.now().tzinfo) + timedelta(minutes=30)
        is_late = (day - when.date()).days <= LEFT_OPEN_DAYS
        if when.date() >= day or (is_late and (number + position) % 2 == 0):
            continue
        at(when, _tried(desk, row, number + position))


def _tried(desk: OpenClinic, row: ContactRow, number: int) -> Callable[[], None]:
    def act() -> None:
        channel = "telephone" if row.kind in {"call", "message"} else "in_person"
        if channel == "telephone" and number % 5 == 1:
            missed = NewTry(channel, "voicemail" if number % 2 else "no_answer")
            record_follow_up(desk, row.visit_id, row.step, missed)
            if number % 10 == 1:
                return
        script = open_contact(desk, row.visit_id, row.step).script
        numbers = range(1, script.question_count + 1) if script else ()
        well = NewTry(channel, "well", dict.fromkeys(numbers, False))
        record_follow_up(desk, row.visit_id, row.step, well)

    return act
