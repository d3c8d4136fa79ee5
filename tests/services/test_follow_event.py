"""An adverse event from the telephone call to its end, and what nobody can write down or change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from mnclinic.domain.adverse_events import StepKind
from mnclinic.domain.event_clock import ClockState
from mnclinic.errors import ActionRefused, InvalidInput, NotPermitted
from mnclinic.models import EventStep, LogEntry
from mnclinic.services.acknowledge_event import acknowledge_event
from mnclinic.services.close_event import close_event
from mnclinic.services.find_patients import show_patient
from mnclinic.services.follow_event import NewStep, follow_event
from mnclinic.services.hold_records import end_hold
from mnclinic.services.list_events import event_called, events_of_person, open_events
from mnclinic.services.notices import notices
from mnclinic.services.record_visit import record_visit
from tests.services.clinic_builder import SmallClinic, document
from tests.services.events import write_down
from tests.services.reading import log_size, problems_found
from tests.store.raw import with_database_key


@pytest.fixture
def visit(clinic: SmallClinic) -> str:
    """A visit that reyes signed."""
    with clinic.signing("reyes") as (reyes, by):
        return record_visit(reyes, document(), by, shown="window").visit_id


def _acknowledged(clinic: SmallClinic, event: str, words: str = "Antibiotic ordered.") -> str:
    with clinic.signing("okafor") as (okafor, by):
        return acknowledge_event(okafor, event, words, by, shown="window")


def test_an_event_goes_from_the_call_to_its_end_and_every_step_is_entered(
    clinic: SmallClinic, visit: str
) -> None:
    desk = clinic.as_user("desk")
    done = write_down(desk, visit)
    now = desk.clock.now()
    (row,) = open_events(desk)
    assert row.tell_by == row.recorded_at + timedelta(hours=24)
    assert (row.state, row.due_at, row.event) == (ClockState.TELL, done.tell_by, "Bacterial infection")
    follow_event(desk, row.event_id[:8], NewStep(StepKind.TOLD, "By telephone."))
    assert open_events(desk)[0].state is ClockState.SIGN
    _acknowledged(clinic, row.event_id)
    follow_event(desk, row.event_id, NewStep(StepKind.NOTE, "Better.", grade=1))
    report = NewStep(StepKind.REPORTED, report_number="MW123", reported_on=now.date())
    follow_event(desk, row.event_id, report)
    assert (open_events(desk)[0].state, open_events(desk)[0].grade_now) == (ClockState.FOLLOW, 1)
    close_event(clinic.as_user("okafor"), row.event_id, "recovered", "No trace left.")
    assert open_events(desk) == ()
    (ended,) = events_of_person(desk, "P-000001")
    assert [one.what.value for one in ended.steps] == ["told", "acknowledged", "note", "reported", "closed"]
    assert (ended.steps[-1].outcome, ended.steps[3].report_number) == ("recovered", "MW123")
    with desk.store.reading() as session:
        ours = select(LogEntry.action).where(LogEntry.action.startswith("adverse_event."))
        assert list(session.scalars(ours.order_by(LogEntry.seq))) == [
            f"adverse_event.{one}"
            for one in ("recorded", "told", "acknowledged", "noted", "reported", "closed")
        ]
    assert problems_found(clinic.as_user("inspector")) == []


def test_every_wrong_part_of_an_account_is_told_at_once_and_nothing_is_stored(
    clinic: SmallClinic, visit: str
) -> None:
    desk = clinic.as_user("desk")
    size = log_size(desk)
    with pytest.raises(InvalidInput) as told:
        write_down(
            desk,
            visit,
            grade=7,
            kind="curse",
            onset_at=desk.clock.now() + timedelta(minutes=1),
            relatedness="surely",
            seriousness=("death",),
            told_how="pigeon",
            told_by=" ",
            event="x" * 201,
            note="x" * 4001,
        )
    assert {one.where for one in told.value.problems} == {
        *("event", "note", "grade", "kind", "onset_at", "relatedness", "seriousness", "told_how", "told_by"),
    }
    assert log_size(desk) == size
    assert open_events(desk) == ()


@pytest.mark.parametrize(
    ("changes", "where", "words"),
    [
        ({"onset_at": datetime(2026, 11, 1, tzinfo=UTC)}, "onset_at", "before the treatment"),
        ({"grade": 5, "seriousness": ()}, "seriousness", "Grade 5 is death"),
        ({"grade": 4, "seriousness": ("hospital",)}, "seriousness", "Grade 4 is life-threatening"),
        ({"kind": "other"}, "event", "Say what happened"),
    ],
)
def test_what_contradicts_itself_is_refused_beside_its_field(
    clinic: SmallClinic, visit: str, changes: dict[str, object], where: str, words: str
) -> None:
    with pytest.raises(InvalidInput) as told:
        write_down(clinic.as_user("desk"), visit, **changes)  # type: ignore[arg-type]  # parts of an account
    assert [(one.where, words in one.what) for one in told.value.problems] == [(where, True)]


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        ("2027-03-14T00:30-06:00", "2027-03-15T05:00+00:00"),
        ("2027-11-07T00:30-05:00", "2027-11-08T06:00+00:00"),
    ],
)
def test_the_day_on_which_clocks_change_ends_for_the_director_when_it_ends_there(
    clinic: SmallClinic, visit: str, monkeypatch: pytest.MonkeyPatch, at: str, ends: str
) -> None:
    monkeypatch.setattr(clinic.clock, "zone", ZoneInfo("America/Chicago"), raising=False)
    clinic.clock.at = datetime.fromisoformat(at)
    desk = clinic.as_user("desk")
    event = write_down(desk, visit, grade=3)
    assert event.sign_by == datetime.fromisoformat(ends)
    assert problems_found(desk) == []


def test_a_deadline_behind_the_change_of_the_clocks_is_told_as_they_will_go_then(
    clinic: SmallClinic, visit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clinic.clock, "zone", ZoneInfo("America/Chicago"), raising=False)
    clinic.clock.at = datetime.fromisoformat("2027-03-13T20:00-06:00")
    desk = clinic.as_user("desk")
    write_down(desk, visit, grade=2)
    (said,) = [one.sentence for one in notices(desk) if one.code == "events_waiting"]
    assert "21:00" in said, "24 hours, of which the wall clock leaves one out"


@pytest.mark.parametrize("grade", [4, 5])
def test_a_grave_event_holds_the_records_by_itself_and_only_leaders_end_that(
    clinic: SmallClinic, visit: str, grade: int
) -> None:
    desk = clinic.as_user("desk")
    assert write_down(desk, visit, grade=grade).is_held_now
    held = show_patient(desk, "P-000001")
    assert any("Adverse event of grade" in one for one in held.holds)
    assert not write_down(desk, visit, grade=grade).is_held_now
    with pytest.raises(NotPermitted):
        end_hold(desk, "P-000001", "No need.")
    assert problems_found(clinic.as_user("inspector")) == []


def test_a_milder_event_holds_nothing(clinic: SmallClinic, visit: str) -> None:
    desk = clinic.as_user("desk")
    assert not write_down(desk, visit, grade=3).is_held_now
    assert not any("Adverse event of grade" in one for one in show_patient(desk, "P-000001").holds)


def test_an_event_is_told_known_and_closed_once_and_in_that_order(clinic: SmallClinic, visit: str) -> None:
    desk, okafor = clinic.as_user("desk"), clinic.as_user("okafor")
    event = write_down(desk, visit).event_id
    with pytest.raises(ActionRefused, match="No director has signed"):
        close_event(okafor, event, "recovered", "Gone.")
    _acknowledged(clinic, event)
    with pytest.raises(ActionRefused, match="signed before"):
        _acknowledged(clinic, event)
    with pytest.raises(ActionRefused, match="already"):
        follow_event(desk, event, NewStep(StepKind.TOLD))
    close_event(okafor, event, "recovered", "Gone.")
    with pytest.raises(ActionRefused, match="closed already"):
        close_event(okafor, event, "recovered", "Gone.")
    with pytest.raises(ActionRefused, match="is closed"):
        follow_event(desk, event, NewStep(StepKind.NOTE, "Back again."))


@pytest.mark.parametrize(
    ("new", "where"),
    [
        (NewStep(StepKind.NOTE), "text"),
        (NewStep(StepKind.NOTE, "Worse.", grade=3), "grade"),
        (NewStep(StepKind.NOTE, "Odd.", grade=7), "grade"),
        (NewStep(StepKind.NOTE, "x" * 4001), "text"),
        (NewStep(StepKind.NOTE, "Sent.", report_number="1"), "report_number"),
        (NewStep(StepKind.REPORTED, reported_on=date(2026, 11, 23)), "report_number"),
        (NewStep(StepKind.REPORTED, report_number="1"), "reported_on"),
        (NewStep(StepKind.REPORTED, report_number="1", reported_on=date(2027, 1, 1)), "reported_on"),
        (NewStep(StepKind.REPORTED, report_number="1", reported_on=date(2026, 1, 1)), "reported_on"),
    ],
)
def test_a_step_with_something_wrong_is_refused_beside_its_field(
    clinic: SmallClinic, visit: str, new: NewStep, where: str
) -> None:
    desk = clinic.as_user("desk")
    event = write_down(desk, visit).event_id
    with pytest.raises(InvalidInput) as told:
        follow_event(desk, event, new)
    assert [one.where for one in told.value.problems] == [where]


def test_steps_stand_in_the_order_of_the_log_whatever_the_clock_was_set_to(
    clinic: SmallClinic, visit: str
) -> None:
    desk = clinic.as_user("desk")
    event = write_down(desk, visit).event_id
    for grade in (2, 1, 0):
        follow_event(desk, event, NewStep(StepKind.NOTE, f"Grade {grade}.", grade=grade))
        clinic.clock.at -= timedelta(hours=3)
    row = event_called(desk, event)
    assert [one.grade for one in row.steps] == [2, 1, 0]
    assert row.grade_now == 0
    assert problems_found(clinic.as_user("owner")) == []


def test_today_tells_of_an_event_until_the_director_has_signed_and_when_it_is_overdue(
    clinic: SmallClinic, visit: str
) -> None:
    def told(user: str) -> list[str]:
        found = notices(clinic.as_user(user))
        return [one.code for one in found if one.code.startswith("events_")]

    assert told("desk") == []
    event = write_down(clinic.as_user("desk"), visit).event_id
    assert (told("desk"), told("okafor"), told("inspector")) == (["events_waiting"], ["events_waiting"], [])
    write_down(clinic.as_user("desk"), visit, grade=4)
    assert told("desk") == ["events_overdue"]
    for one in open_events(clinic.as_user("desk")):
        _acknowledged(clinic, one.event_id)
    assert told("desk") == []
    assert event_called(clinic.as_user("desk"), event).state is ClockState.FOLLOW


def test_an_ending_says_how_and_in_words(clinic: SmallClinic, visit: str) -> None:
    event = write_down(clinic.as_user("desk"), visit).event_id
    with pytest.raises(InvalidInput) as told:
        close_event(clinic.as_user("okafor"), event, "forgotten", " ")
    assert {one.where for one in told.value.problems} == {"outcome", "text"}


@pytest.mark.parametrize("event", ["", "nothing", "00000000"])
def test_an_event_that_is_not_there_is_told(clinic: SmallClinic, visit: str, event: str) -> None:
    desk = clinic.as_user("desk")
    write_down(desk, visit)
    with pytest.raises(InvalidInput, match="no such adverse event"):
        follow_event(desk, event, NewStep(StepKind.NOTE, "Better."))
    with pytest.raises(InvalidInput, match="no such adverse event"):
        event_called(desk, event)


STEPS = ("UPDATE event_step SET text = 'Nothing.'", "DELETE FROM event_step")
EVENTS = ("UPDATE adverse_event SET grade = 1", "DELETE FROM adverse_event")


@pytest.mark.parametrize("words", [*STEPS, *EVENTS])
def test_the_database_itself_refuses_to_change_an_event_or_a_step(
    clinic: SmallClinic, visit: str, words: str
) -> None:
    desk = clinic.as_user("desk")
    follow_event(desk, write_down(desk, visit).event_id, NewStep(StepKind.NOTE, "Better."))
    with (
        pytest.raises(IntegrityError, match="keeps what was written"),
        desk.store.engine.begin() as connection,
    ):
        connection.execute(text(words))


EDITS = {
    "a deadline pushed back": (
        "UPDATE adverse_event SET tell_by = '2027-01-01T00:00:00.000Z'",
        "adverse event ",
    ),
    "an account taken away": (
        "UPDATE adverse_event SET kind = NULL, onset_at = NULL, is_expected = NULL, relatedness = NULL, "
        "seriousness = NULL, treatment = NULL, told_how = NULL, told_by = NULL, "
        "tell_by = NULL, sign_by = NULL",
        "adverse event ",
    ),
    "words of a note": ("UPDATE event_step SET text = 'Nothing.' WHERE what = 'note'", "event step "),
    "words of the director": ("UPDATE event_step SET text = '' WHERE what = 'acknowledged'", "event step "),
    "her signature": (
        "UPDATE event_step SET signature = zeroblob(64) WHERE what = 'acknowledged'",
        "event step ",
    ),
    "who told her": (
        "UPDATE event_step SET recorded_by = (SELECT id FROM staff WHERE user = 'reyes') WHERE what = 'told'",
        "event step ",
    ),
    "how it ended": ("UPDATE event_step SET outcome = 'died' WHERE what = 'closed'", "event step "),
    "a step taken away": ("DELETE FROM event_step WHERE what = 'told'", "event steps: "),
    "her word taken away": ("DELETE FROM event_step WHERE what = 'acknowledged'", "adverse event "),
    "a step on another event": (
        "UPDATE event_step SET event_id = (SELECT id FROM adverse_event ORDER BY recorded_at DESC LIMIT 1)",
        "event step ",
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_somebody_with_the_key_changes_about_an_event_is_found(
    clinic: SmallClinic, visit: str, name: str
) -> None:
    desk = clinic.as_user("desk")
    event = write_down(desk, visit).event_id
    write_down(desk, visit, grade=1)
    follow_event(desk, event, NewStep(StepKind.TOLD, "By telephone."))
    _acknowledged(clinic, event)
    follow_event(desk, event, NewStep(StepKind.NOTE, "Better."))
    close_event(clinic.as_user("okafor"), event, "recovered", "Gone.")
    assert problems_found(clinic.as_user("inspector")) == []
    statement, begins = EDITS[name]
    with with_database_key(clinic) as connection:
        assert connection.exec_driver_sql(statement).rowcount
    assert any(one.startswith(begins) for one in problems_found(clinic.as_user("inspector")))


def test_a_step_that_nobody_entered_is_found(clinic: SmallClinic, visit: str) -> None:
    desk = clinic.as_user("desk")
    event = write_down(desk, visit).event_id
    with desk.work() as work:
        work.session.add(
            EventStep(
                id="0b7e0f0e-0000-4000-8000-000000000001",
                event_id=event,
                what="told",
                text="",
                recorded_by=desk.person.staff_id,
                recorded_at=desk.clock.now(),
            )
        )
        work.commit()
    assert any(one.startswith("event step 0b7e0f0e: it was never") for one in problems_found(desk))


@pytest.mark.parametrize(
    ("kind", "days", "is_expected"),
    [
        ("redness", 3, True),
        ("redness", 4, False),
        ("bruise_or_crust", 7, True),
        ("bruise_or_crust", 8, False),
        ("acne_or_milia", 14, True),
        ("acne_or_milia", 15, False),
        ("fainting", 0, True),
        ("fainting", 1, False),
        ("lymph_nodes", 0, False),
    ],
)
def test_what_lasts_longer_than_is_usual_is_told_like_anything_that_nobody_expects(
    clinic: SmallClinic, visit: str, kind: str, days: int, is_expected: bool
) -> None:
    desk = clinic.as_user("desk")
    clinic.clock.at += timedelta(days=days)
    write_down(desk, visit, grade=1, kind=kind, is_expected=None)
    write_down(desk, visit, grade=1, kind=kind, is_expected=not is_expected)
    usual, said = sorted(open_events(desk), key=lambda one: one.is_expected is not is_expected)
    assert (usual.is_expected, said.is_expected) == (is_expected, not is_expected), "somebody's word counts"
    assert usual.tell_by == usual.recorded_at + timedelta(hours=168 if is_expected else 72)
    assert problems_found(desk) == []
