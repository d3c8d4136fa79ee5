"""The sheets that ask what a key alone cannot say: a reason, another time, or who performs what."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from mnclinic.domain.planned_life import read_time
from mnclinic.errors import InvalidInput, Problem
from mnclinic.interchange.day_sheet import Vocabulary
from mnclinic.services.list_day import DayLine
from mnclinic.services.plan_visits import NewPlanned
from mnclinic.ui.ask_sheet import AskSheet, Entry, Kind
from mnclinic.ui.desk import Desk
from mnclinic.ui.language import spoken
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.today.acts import DayActs
from mnclinic.ui.today.looks import line_facts
from mnclinic.ui.words import service_words


def cancel_sheet(page: QWidget, acts: DayActs, line: DayLine) -> AskSheet:
    """Asks why a planned visit will not take place."""
    sheet = AskSheet(
        page.window(),
        name="cancel_planned",
        title=spoken("Cancel the planned visit"),
        facts=[line.patient, line_facts(line)],
        entries=[
            Entry(
                "reason",
                spoken("Why?"),
                help_text=spoken("Such as: called off by telephone. It stands in the list and in the log."),
            )
        ],
        action=spoken("Cancel the visit"),
        leave=spoken("Leave it planned"),
        asks_password=False,
    )
    sheet.confirmed.connect(
        lambda values: acts.cancel(line, values["reason"], sheet, sheet.accept, sheet.show_refusal)
    )
    return sheet


def change_sheet(page: QWidget, acts: DayActs, line: DayLine, words: Vocabulary | None) -> AskSheet:
    """Asks for another day, time, service, performer or note."""
    planned = line.planned
    if planned is None:
        raise LookupError("only a planned visit is changed here")
    sheet = AskSheet(
        page.window(),
        name="change_planned",
        title=spoken("Change the planned visit"),
        facts=[line.patient],
        entries=[
            Entry("day", spoken("Day"), Kind.DAY, value=planned.planned_on.isoformat()),
            Entry("time", spoken("Time"), is_optional=True, value=planned.at_time),
            *_open_entries(page, words, planned.service, planned.performer),
            Entry("note", spoken("Note"), is_optional=True, value=planned.note),
        ],
        action=spoken("Save"),
        asks_password=False,
    )

    def save(values: Mapping[str, str]) -> None:
        at_time = read_time(values["time"]) if values["time"] else ""
        if at_time is None:
            what = spoken("This is no time of the day. Write it as 09:30 or 1:30 pm.")
            sheet.show_refusal(InvalidInput(what, [Problem("time", what)]))
            return
        wanted = NewPlanned(
            planned.patient_ref,
            date.fromisoformat(values["day"]),
            at_time,
            values["service"],
            values["performer"],
            values["note"],
        )
        acts.change(line, wanted, sheet, sheet.accept, sheet.show_refusal)

    sheet.confirmed.connect(save)
    return sheet


def start_sheet(page: QWidget, desk: Desk, acts: DayActs, line: DayLine, words: Vocabulary) -> AskSheet:
    """Asks for what the plan leaves open, then starts the visit."""
    planned = line.planned
    if planned is None:
        raise LookupError("only a planned visit is started here")
    sheet = AskSheet(
        page.window(),
        name="start_planned",
        title=spoken("Start the visit"),
        facts=[line.patient, line_facts(line)],
        entries=[
            entry
            for entry, is_open in zip(
                _open_entries(page, words, "", desk.person.user),
                (not planned.service, planned.performer not in words.performers),
                strict=True,
            )
            if is_open
        ],
        action=spoken("Start"),
        asks_password=False,
    )

    def started(visit_id: str) -> None:
        sheet.accept()
        desk.wanted.emit("visit", visit_id)

    sheet.confirmed.connect(
        lambda values: acts.start(
            line,
            sheet,
            started,
            sheet.show_refusal,
            service=values.get("service", ""),
            performer=values.get("performer", ""),
        )
    )
    return sheet


def open_line_sheet(
    act: str,
    line: DayLine,
    *,
    page: QWidget,
    desk: Desk,
    acts: DayActs,
    words: Vocabulary | None,
    begins_at: str = "",
) -> None:
    """Ask what a key alone cannot say: `act` is change, cancel or start. Nothing is done before that.

    `begins_at` is the field that somebody was led there for; empty: the first.
    """
    if line.planned is None:
        return
    if act == "change":
        sheet = change_sheet(page, acts, line, words)
    elif act == "cancel":
        sheet = cancel_sheet(page, acts, line)
    elif act == "start" and words is not None:
        sheet = start_sheet(page, desk, acts, line, words)
    else:
        return
    if begins_at:
        sheet.begin_at(begins_at)
    open_named(sheet, f"today.{act}", plan=line.planned.plan_id)


def _open_entries(
    page: QWidget, words: Vocabulary | None, service: str, performer: str
) -> tuple[Entry, Entry]:
    services = {code: service_words(code) for code in (words.services if words else ())}
    people = {user: names[0] for user, names in (words.performers.items() if words else ())}
    for known, value in ((services, service), (people, performer)):
        if value and value not in known and known is services:
            known[value] = value
    still_open = (spoken("Still open"), "")
    return (
        Entry(
            "service",
            spoken("Service"),
            Kind.CHOICE,
            options=(still_open, *((words_, code) for code, words_ in services.items())),
            value=service,
        ),
        Entry(
            "performer",
            spoken("Performer"),
            Kind.CHOICE,
            options=(still_open, *((name, user) for user, name in people.items())),
            value=performer,
        ),
    )
