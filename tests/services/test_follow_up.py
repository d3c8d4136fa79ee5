"""Whom to call after a treatment: the list, each try, and what nobody can write down or change."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from mnclinic.domain.adverse_events import StepKind
from mnclinic.domain.amendment import AmendmentKind
from mnclinic.domain.follow_up import ContactState
from mnclinic.errors import ActionRefused, InvalidInput, NotPermitted
from mnclinic.models import FollowUpContact, LogEntry
from mnclinic.services.amend_visit import NewAmendment, amend_visit
from mnclinic.services.change_details import change_details
from mnclinic.services.follow_event import NewStep, follow_event
from mnclinic.services.list_follow_ups import follow_ups, open_contact
from mnclinic.services.merge_records import merge_records
from mnclinic.services.notices import notices
from mnclinic.services.record_follow_up import NewTry, record_follow_up
from mnclinic.services.session import OpenClinic
from tests.services.clinic_builder import (
    DEVICE,
    SmallClinic,
    add_person,
    known_clinic,
    protocol,
    small_clinic,
)
from tests.services.events import write_down
from tests.services.follow_ups import ALL_WELL, DOCUMENTS, pass_time, treated
from tests.services.reading import log_size, problems_found
from tests.store.raw import with_database_key

CALL = "call+48"
WELL = NewTry("telephone", "well", ALL_WELL)


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[SmallClinic]:
    """A clinic whose director approved a call script with two questions."""
    made = known_clinic(tmp_path / "scripted", documents=DOCUMENTS)
    yield made
    made.let_go()


def test_a_call_comes_onto_the_list_on_its_day_and_leaves_it_when_somebody_was_reached(
    scripted: SmallClinic,
) -> None:
    visit = treated(scripted)
    desk = scripted.as_user("desk")
    assert follow_ups(desk) == ()
    assert [one.step for one in follow_ups(desk, with_all=True)] == [CALL, "message+168", "photo+672"]
    pass_time(scripted, hours=49)
    (due,) = follow_ups(desk)
    assert (due.visit_id, due.step, due.state, due.patient) == (
        visit,
        CALL,
        ContactState.DUE,
        "Testerman, Ada",
    )
    record_follow_up(desk, visit, CALL, NewTry("telephone", "no_answer"))
    assert [one.outcome.value for one in follow_ups(desk)[0].tries] == ["no_answer"]
    done = record_follow_up(desk, visit, CALL, replace(WELL, note="Feels well."))
    assert (done.row.state, done.row.tries[-1].answers) == (ContactState.DONE, ALL_WELL)
    assert follow_ups(desk) == ()
    with desk.store.reading() as session:
        assert (
            len(session.scalars(select(LogEntry).where(LogEntry.action == "follow_up.recorded")).all()) == 2
        )
    assert problems_found(scripted.as_user("inspector")) == []


def test_a_contact_is_opened_with_the_script_in_force_and_the_look_is_entered(
    scripted: SmallClinic,
) -> None:
    visit = treated(scripted)
    pass_time(scripted, hours=49)
    desk = scripted.as_user("desk")
    before = log_size(desk)
    opened = open_contact(desk, visit, CALL)
    assert opened.script is not None
    assert [one.questions for one in opened.script.parts] == [
        (),
        ((1, "Is it spreading?"), (2, "Is there fever?")),
    ]
    assert log_size(desk) == before + 1


def test_without_an_approved_script_a_contact_can_be_made_with_no_answers(
    clinic: SmallClinic,
) -> None:
    visit = treated(clinic)
    pass_time(clinic, hours=49)
    desk = clinic.as_user("desk")
    assert open_contact(desk, visit, CALL).script is None
    done = record_follow_up(desk, visit, CALL, NewTry("telephone", "well"))
    assert done.row.state is ContactState.DONE


def test_whoever_is_reached_a_day_early_was_reached(scripted: SmallClinic) -> None:
    visit = treated(scripted)
    pass_time(scripted, hours=23)
    desk = scripted.as_user("desk")
    with pytest.raises(ActionRefused, match="later day"):
        record_follow_up(desk, visit, CALL, WELL)
    pass_time(scripted, hours=2)
    assert record_follow_up(desk, visit, CALL, WELL).row.state is ContactState.DONE


def test_three_tries_that_reached_nobody_end_a_contact_and_somebody_may_still_be_reached(
    scripted: SmallClinic,
) -> None:
    visit = treated(scripted)
    pass_time(scripted, hours=49)
    desk = scripted.as_user("desk")
    for _ in range(3):
        row = record_follow_up(desk, visit, CALL, NewTry("telephone", "voicemail")).row
    assert row.state is ContactState.GIVEN_UP
    assert follow_ups(desk) == ()
    assert record_follow_up(desk, visit, CALL, WELL).row.state is ContactState.DONE


def test_the_schedule_of_the_protocol_that_the_visit_pins_comes_before_the_draft(tmp_path: Path) -> None:
    row = {"offset_h": 24, "unit": "hours", "kind": "call", "source": "test", "confidence": "low"}
    rows = [
        row | {"condition": "After PRP", "only_when": ["prp"]},
        row | {"offset_h": 30, "condition": "Who came from far away"},
    ]
    second = {
        "format": "mnclinic.protocol/2",
        "review_by": "2027-01-05",
        "device_class": "mechanical",
        "supervision": "none",
        **{name: [] for name in ("anaesthetics", "asepsis", "photos", "precare", "aftercare", "providers")},
        "followup": rows,
    }
    documents = (DOCUMENTS[0], ("protocol", protocol(**second)), *DOCUMENTS[2:])
    devices = (DEVICE | {"device_class": "mechanical"},)
    made = small_clinic(tmp_path / "own", documents=documents, devices=devices)
    treated(made)
    (planned,) = follow_ups(made.as_user("desk"), with_all=True)
    assert (planned.step, planned.condition) == ("call+30", "Who came from far away")
    made.close()


def test_what_is_wrong_with_a_try_is_told_and_nothing_is_stored(scripted: SmallClinic) -> None:
    visit = treated(scripted)
    pass_time(scripted, hours=49)
    desk = scripted.as_user("desk")
    size = log_size(desk)
    with pytest.raises(InvalidInput) as told:
        record_follow_up(desk, visit, CALL, NewTry("pigeon", "fine", {9: True}, "x" * 3000))
    assert {one.where for one in told.value.problems} == {"channel", "outcome", "answers", "note"}
    with pytest.raises(InvalidInput, match="no such follow-up contact"):
        record_follow_up(desk, visit, "call+1", WELL)
    with pytest.raises(ActionRefused, match="later day"):
        record_follow_up(desk, visit, "photo+672", replace(WELL, channel="in_person"))
    assert log_size(desk) == size
    record_follow_up(desk, visit, CALL, WELL)
    with pytest.raises(ActionRefused, match="made already"):
        record_follow_up(desk, visit, CALL, WELL)


def test_who_inspects_or_administers_calls_nobody(scripted: SmallClinic) -> None:
    visit = treated(scripted)
    pass_time(scripted, hours=49)
    for user in ("inspector", "owner"):
        with pytest.raises(NotPermitted):
            follow_ups(scripted.as_user(user))
        with pytest.raises(NotPermitted):
            record_follow_up(scripted.as_user(user), visit, CALL, WELL)


def test_an_open_event_brings_a_call_every_48_hours_and_one_of_day_three(scripted: SmallClinic) -> None:
    visit = treated(scripted)
    desk = scripted.as_user("desk")
    event = write_down(desk, visit).event_id
    assert "call+72" in [one.step for one in follow_ups(desk, with_all=True)]
    pass_time(scripted, hours=49)
    about = [one for one in follow_ups(desk) if one.event]
    assert [(one.step, one.event) for one in about] == [(f"event-{event}", "Bacterial infection")]
    record_follow_up(desk, visit, about[0].step, NewTry("telephone", "wrong", {1: True}))
    assert [one for one in follow_ups(desk) if one.event] == []
    follow_event(desk, event, NewStep(StepKind.NOTE, "Better.", grade=1))
    pass_time(scripted, hours=49)
    assert [one for one in follow_ups(desk) if one.event] == []
    pass_time(scripted, days=6)
    assert [one.event for one in follow_ups(desk) if one.event] == ["Bacterial infection"]


def test_whoever_a_misfiled_visit_is_really_of_is_called(scripted: SmallClinic) -> None:
    visit = treated(scripted)
    add_person(scripted.as_user("desk"), "Rightly", phone="512-555-0199")
    with scripted.signing("reyes") as (reyes, by):
        wrong = NewAmendment(AmendmentKind.WRONG_PATIENT, right_patient="P-000002", reason="Mixed up.")
        amend_visit(reyes, visit, wrong, by, shown="window")
    pass_time(scripted, hours=49)
    (due,) = follow_ups(scripted.as_user("desk"))
    assert (due.patient, due.phone) == ("Rightly, Ada", "512-555-0199")


def test_whoever_is_to_be_called_is_told_with_how_they_may_be_reached(scripted: SmallClinic) -> None:
    treated(scripted)
    pass_time(scripted, hours=49)
    desk = scripted.as_user("desk")
    assert follow_ups(desk)[0].contact == frozenset()
    _wishes(desk, "P-000001", "call,message")
    assert follow_ups(desk)[0].contact == {"call", "message"}
    _wishes(desk, "P-000001", "none")
    assert follow_ups(desk)[0].contact == {"none"}


@pytest.mark.parametrize(
    ("own", "kept", "told"),
    [
        ("none", "call", {"none"}),
        ("call", "none", {"none"}),
        ("call", "text", {"text"}),
        ("call", "", {"call"}),
    ],
)
def test_whoever_said_no_in_one_of_their_records_said_no(
    scripted: SmallClinic, own: str, kept: str, told: set[str]
) -> None:
    treated(scripted)
    desk = scripted.as_user("desk")
    other = add_person(desk, "Otherly")
    _wishes(desk, "P-000001", own)
    if kept:
        _wishes(desk, "P-000002", kept)
    merge_records(desk, "P-000001", other, "The same person.")
    pass_time(scripted, hours=49)
    assert follow_ups(desk)[0].contact == told


def _wishes(desk: OpenClinic, number: str, contact: str) -> None:
    change_details(desk, number, {"contact": tuple(contact.split(","))})


def test_today_tells_how_many_calls_are_due_and_how_many_are_over(scripted: SmallClinic) -> None:
    treated(scripted)
    desk = scripted.as_user("desk")

    def told() -> list[tuple[str, str]]:
        return [(one.code, one.page) for one in notices(desk) if one.code.startswith("follow_ups")]

    assert told() == []
    pass_time(scripted, hours=49)
    assert told() == [("follow_ups_due", "follow-up")]
    pass_time(scripted, hours=24)
    assert told() == [("follow_ups_over", "follow-up")]
    assert [one for one in notices(scripted.as_user("owner")) if one.code.startswith("follow_ups")] == []


@pytest.mark.parametrize(
    "statement", ["UPDATE follow_up_contact SET note = 'Nothing.'", "DELETE FROM follow_up_contact"]
)
def test_the_database_keeps_each_try_as_it_was_written(scripted: SmallClinic, statement: str) -> None:
    visit = treated(scripted)
    pass_time(scripted, hours=49)
    desk = scripted.as_user("desk")
    record_follow_up(desk, visit, CALL, WELL)
    with pytest.raises(IntegrityError, match="keeps what was written"), desk.work() as work:
        work.session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE follow_up_contact SET outcome = 'wrong'", "follow-up contact "),
        ('UPDATE follow_up_contact SET answers = CAST(\'{"1":"yes"}\' AS BLOB)', "follow-up contact "),
        (
            "UPDATE follow_up_contact SET recorded_by = (SELECT id FROM staff WHERE user = 'reyes')",
            "follow-up contact ",
        ),
        ("DELETE FROM follow_up_contact", "follow-up contacts"),
    ],
)
def test_the_check_finds_what_was_changed_with_the_database_key(
    scripted: SmallClinic, statement: str, where: str
) -> None:
    visit = treated(scripted)
    pass_time(scripted, hours=49)
    record_follow_up(scripted.as_user("desk"), visit, CALL, WELL)
    with with_database_key(scripted) as connection:
        assert connection.exec_driver_sql(statement).rowcount
    assert any(one.startswith(where) for one in problems_found(scripted.as_user("inspector")))


def test_a_try_that_nobody_entered_is_found(scripted: SmallClinic) -> None:
    visit = treated(scripted)
    desk = scripted.as_user("desk")
    with desk.work() as work:
        work.session.add(
            FollowUpContact(
                id="0b7e0f0e-0000-4000-8000-000000000001",
                visit_id=visit,
                step=CALL,
                due_at=desk.clock.now(),
                channel="telephone",
                outcome="well",
                answers=b"{}",
                note="",
                recorded_by=desk.person.staff_id,
                recorded_at=desk.clock.now(),
            )
        )
        work.commit()
    told = "follow-up contact 0b7e0f0e: it was never"
    assert any(one.startswith(told) for one in problems_found(desk))
