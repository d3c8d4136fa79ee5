"""Whoever writes past the program with a key of their own is found by the order of what they enter."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mnclinic.audit.signing import Alike, TreeHead
from mnclinic.domain.adverse_events import StepKind
from mnclinic.domain.event_clock import ClockState, Deadlines, deadlines
from mnclinic.errors import ActionRefused
from mnclinic.models import AdverseEvent
from mnclinic.services import acknowledge_event as acknowledging
from mnclinic.services import approve_document as approving
from mnclinic.services import record_adverse_event as recording
from mnclinic.services.acknowledge_event import acknowledge_event
from mnclinic.services.approve_document import add_document_in, approve_document
from mnclinic.services.check_events import (
    NOT_HELD,
    OTHER_ACCOUNT,
    OTHER_CLOCK,
    OTHER_STEP,
    WITHOUT_CLOCK,
    may_be_signed_by,
)
from mnclinic.services.check_rows import NOT_OURS
from mnclinic.services.check_store import check_store
from mnclinic.services.close_event import close_event
from mnclinic.services.follow_event import NewStep, follow_event
from mnclinic.services.hold_records import end_hold, hold_records
from mnclinic.services.keys.revoke_key import revoke_signature_key
from mnclinic.services.list_events import count_to_sign, event_called
from mnclinic.services.merge_records import merge_records
from mnclinic.services.notices import notices
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import Signer, SigningMoment
from mnclinic.services.show_visit import show_visit
from mnclinic.services.standing import Standing
from tests.services.clinic_builder import MONDAY, PASSWORDS, SmallClinic, add_person, document, policy
from tests.services.events import past_the_program, without_account, write_down
from tests.services.reading import problems_found
from tests.store.raw import with_database_key


@pytest.fixture
def event(clinic: SmallClinic) -> str:
    """An adverse event of a visit that reyes signed."""
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window").visit_id
    return write_down(clinic.as_user("desk"), visit).event_id


def _acknowledged(clinic: SmallClinic, event: str) -> None:
    with clinic.signing("okafor") as (okafor, by):
        acknowledge_event(okafor, event, "Antibiotic ordered.", by, shown="window")


def _closed(clinic: SmallClinic, event: str) -> None:
    close_event(clinic.as_user("okafor"), event, "recovered", "Gone.")


def _told_after_she_knew(clinic: SmallClinic, event: str) -> None:
    _acknowledged(clinic, event)
    past_the_program(clinic.as_user("reyes"), event, "told", "adverse_event.told")


def _told_twice(clinic: SmallClinic, event: str) -> None:
    follow_event(clinic.as_user("desk"), event, NewStep(StepKind.TOLD))
    past_the_program(clinic.as_user("reyes"), event, "told", "adverse_event.told")


def _worse_after_its_end(clinic: SmallClinic, event: str) -> None:
    _acknowledged(clinic, event)
    _closed(clinic, event)
    past_the_program(clinic.as_user("reyes"), event, "note", "adverse_event.noted", grade=2)


def _closed_before_she_knew(clinic: SmallClinic, event: str) -> None:
    past_the_program(clinic.as_user("okafor"), event, "closed", "adverse_event.closed", outcome="recovered")


KNOWN_ALREADY = "that the director was told was written down when she knew of it already"


@pytest.mark.parametrize(
    ("deed", "what"),
    [
        (_told_after_she_knew, KNOWN_ALREADY),
        (_told_twice, KNOWN_ALREADY),
        (_worse_after_its_end, "something else than a report was written down after it was closed"),
        (_closed_before_she_knew, "it was closed before a director signed that she knew of it"),
    ],
)
def test_a_step_that_could_not_follow_is_found(
    clinic: SmallClinic, event: str, deed: Callable[[SmallClinic, str], None], what: str
) -> None:
    deed(clinic, event)
    assert problems_found(clinic.as_user("inspector")) == [f"adverse event {event[:8]}: {what}"]


@pytest.mark.parametrize("later", [timedelta(days=30), timedelta(hours=-3), timedelta(milliseconds=1)])
@pytest.mark.parametrize("column", ["tell_by", "sign_by"])
def test_deadlines_that_the_rule_does_not_give_are_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, column: str, later: timedelta
) -> None:
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window").visit_id

    def kinder(*args: Any, **said: Any) -> Deadlines:  # noqa: ANN401 - the rule's own
        due = deadlines(*args, **said)
        return replace(due, **{column: getattr(due, column) + later})

    monkeypatch.setattr(recording, "deadlines", kinder)
    desk = clinic.as_user("desk")
    event = write_down(desk, visit, grade=3).event_id
    (found,) = check_store(desk).findings
    assert (found.where, found.what, found.table) == (
        f"adverse event {event[:8]}",
        OTHER_CLOCK,
        "adverse_event",
    )
    assert found.seq is not None


def test_deadlines_are_held_to_the_policy_that_counted_when_the_event_was_written_down(
    clinic: SmallClinic,
) -> None:
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window").visit_id
    write_down(clinic.as_user("desk"), visit, grade=2)
    stricter = policy(version=2, effective_on="2026-11-24") | {
        "adverse_events": [{"grade": 2, "tell_director_h": 2, "legal_hold": False}]
    }
    with clinic.signing("okafor") as (okafor, by):
        with okafor.work() as work:
            row_id = add_document_in(work, "policy", stricter, now=okafor.clock.now()).id
            work.commit()
        approve_document(okafor, row_id, by, shown="window")
    clinic.clock.at += timedelta(days=1)
    desk = clinic.as_user("desk")
    hours = [
        (one.tell_by - one.recorded_at) // timedelta(hours=1)
        for grade in (1, 2)
        if (one := event_called(desk, write_down(desk, visit, grade=grade).event_id)).tell_by is not None
    ]
    assert hours == [72, 2]
    assert problems_found(desk) == []


def test_a_policy_that_was_signed_later_on_that_day_judges_no_event_before_it(clinic: SmallClinic) -> None:
    write_down(clinic.as_user("desk"), _visit(clinic), grade=2)
    stricter = policy(version=2, effective_on=MONDAY.date().isoformat()) | {
        "adverse_events": [{"grade": 2, "tell_director_h": 2, "legal_hold": False}]
    }
    with clinic.signing("okafor") as (okafor, by):
        with okafor.work() as work:
            row_id = add_document_in(work, "policy", stricter, now=okafor.clock.now()).id
            work.commit()
        approve_document(okafor, row_id, by, shown="window")
    assert problems_found(clinic.as_user("desk")) == []


def test_a_report_after_the_end_is_in_order(clinic: SmallClinic, event: str) -> None:
    _acknowledged(clinic, event)
    _closed(clinic, event)
    desk = clinic.as_user("desk")
    report = NewStep(StepKind.REPORTED, report_number="MW1", reported_on=desk.clock.now().date())
    follow_event(desk, event, report)
    assert problems_found(clinic.as_user("inspector")) == []


class _UnderAnOlderHead(SigningMoment):
    """What a director's own program could sign: that the log was shorter than it was."""

    def parts(self, by: Signer) -> Alike:
        return {**super().parts(by), "tree": OLD}


class _UnderAnInventedRoot(SigningMoment):
    def parts(self, by: Signer) -> Alike:
        return {**super().parts(by), "tree": TreeHead(self.head.size, "0" * 64)}


OLD = TreeHead(0, "")


def test_an_acknowledgement_under_a_head_of_long_before_is_found(
    clinic: SmallClinic, event: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clinic.as_user("desk").work() as work:
        head = work.log.head()
    older = TreeHead(head.size, head.root.hex())
    follow_event(clinic.as_user("desk"), event, NewStep(StepKind.NOTE, "Worse by the hour."))
    monkeypatch.setitem(globals(), "OLD", older)
    monkeypatch.setattr(acknowledging, "SigningMoment", _UnderAnOlderHead)
    _acknowledged(clinic, event)
    (found,) = problems_found(clinic.as_user("inspector"))
    assert f"it names the log's head of {older.size} entries, and log entry" in found
    assert found.startswith("event step ")


def test_an_approval_under_a_head_that_the_log_never_had_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approving, "SigningMoment", _UnderAnInventedRoot)
    with clinic.signing("okafor") as (okafor, by):
        with okafor.work() as work:
            row = add_document_in(
                work, "policy", policy(version=2, effective_on="2027-01-04"), now=okafor.clock.now()
            )
            row_id = row.id
            work.commit()
        approve_document(okafor, row_id, by, shown="window")
    (found,) = problems_found(clinic.as_user("inspector"))
    assert found.startswith("policy ")
    assert "names a head that the log never had" in found


def test_an_acknowledgement_that_nobody_can_read_is_named_and_hides_no_altered_step(
    clinic: SmallClinic, event: str
) -> None:
    _acknowledged(clinic, event)
    noted = follow_event(clinic.as_user("desk"), event, NewStep(StepKind.NOTE, "Worse."))
    with with_database_key(clinic) as connection:
        connection.exec_driver_sql(
            "UPDATE event_step SET record = CAST('{}' AS BLOB) WHERE what = 'acknowledged'"
        )
        connection.exec_driver_sql("UPDATE event_step SET text = 'Better.' WHERE what = 'note'")
    found = problems_found(clinic.as_user("inspector"))
    assert f"event step {noted[:8]}: it is not what the log entered" in found
    assert any(one.startswith("event step ") and one.endswith(NOT_OURS) for one in found), found


def test_an_acknowledgement_with_a_key_that_had_been_revoked_is_found(
    clinic: SmallClinic, event: str
) -> None:
    with clinic.signing("okafor") as (okafor, by):
        revoke_signature_key(clinic.as_user("owner"), "okafor", "stolen", PASSWORDS["owner"])
        step = acknowledge_event(okafor, event, "Ice.", by, shown="window")
    found = problems_found(clinic.as_user("inspector"))
    assert f"event step {step[:8]}: it was made with a key that had been revoked" in found


SPOILT = {
    "her signature": ("UPDATE event_step SET signature = zeroblob(64)", Standing.SIGNATURE_BROKEN),
    "what she signed": ("UPDATE event_step SET record = CAST('{}' AS BLOB)", Standing.ALTERED),
    "an offset that is none": (
        "UPDATE event_step SET record = CAST(replace(CAST(record AS TEXT), '-06:00', '-99:99') AS BLOB)",
        Standing.SIGNATURE_BROKEN,
    ),
    "what stands beside it": ("UPDATE event_step SET text = 'Nothing ordered.'", Standing.ALTERED),
    "a later program's form": (
        "UPDATE event_step SET record = "
        "CAST(replace(CAST(record AS TEXT), 'acknowledgement/1', 'acknowledgement/9') AS BLOB)",
        Standing.NOT_CHECKED,
    ),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_broken_acknowledgement_is_a_word_where_its_event_is_shown(
    clinic: SmallClinic, event: str, spoilt: str
) -> None:
    _acknowledged(clinic, event)
    desk = clinic.as_user("desk")
    assert event_called(desk, event).standing is Standing.HOLDS
    statement, standing = SPOILT[spoilt]
    with with_database_key(clinic) as connection:
        connection.exec_driver_sql(statement)
    assert event_called(desk, event).standing is standing


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_signature_that_does_not_hold_leaves_the_event_with_the_director(
    clinic: SmallClinic, event: str, spoilt: str
) -> None:
    _acknowledged(clinic, event)
    assert count_to_sign(clinic.as_user("okafor")) == 0
    with with_database_key(clinic) as connection:
        connection.exec_driver_sql(SPOILT[spoilt][0])
    okafor = clinic.as_user("okafor")
    assert event_called(okafor, event).state is ClockState.TELL
    assert count_to_sign(okafor) == 1
    assert "events_waiting" in {one.code for one in notices(okafor)}
    with clinic.signing("okafor") as (okafor, by), pytest.raises(ActionRefused) as refused:
        acknowledge_event(okafor, event, "Again.", by, shown="window")
    assert [one.code for one in refused.value.refusals] == ["acknowledgement_broken"]
    with pytest.raises(ActionRefused) as refused:
        _closed(clinic, event)
    assert [one.code for one in refused.value.refusals] == ["not_acknowledged"]


def test_a_nurse_who_signs_in_the_directors_place_leaves_the_event_with_the_director(
    clinic: SmallClinic, event: str
) -> None:
    with clinic.signing("reyes") as (reyes, by):
        as_director = replace(reyes, person=replace(reyes.person, role="director"))
        acknowledge_event(as_director, event, "Known.", by, shown="window")
    okafor = clinic.as_user("okafor")
    assert event_called(okafor, event).standing is Standing.SIGNATURE_BROKEN
    assert count_to_sign(okafor) == 1


def test_an_acknowledgement_of_another_event_is_broken(clinic: SmallClinic, event: str) -> None:
    desk = clinic.as_user("desk")
    graver = write_down(desk, event_called(desk, event).visit_id, grade=3).event_id
    _acknowledged(clinic, event)
    with with_database_key(clinic) as connection:
        connection.exec_driver_sql("UPDATE event_step SET event_id = ?", (graver,))
    assert event_called(desk, graver).standing is Standing.SIGNATURE_BROKEN


def test_an_event_whose_grade_was_lowered_is_not_the_one_that_she_knew_of(
    clinic: SmallClinic, event: str
) -> None:
    _acknowledged(clinic, event)
    with with_database_key(clinic) as connection:
        connection.exec_driver_sql("UPDATE adverse_event SET grade = 1")
    assert event_called(clinic.as_user("desk"), event).standing is Standing.SIGNATURE_BROKEN


def _visit(clinic: SmallClinic) -> str:
    with clinic.signing("reyes") as (reyes, by):
        return record_visit(reyes, document(), by, shown="window").visit_id


def test_an_event_that_somebody_enters_without_the_directors_clock_is_found(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    event = without_account(desk, _visit(clinic), event="Blistering", grade=5)
    assert f"adverse event {event[:8]}: {WITHOUT_CLOCK}" in problems_found(desk)


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "nothing"},
        {"relatedness": "perhaps"},
        {"seriousness": ("a bit",)},
        {"seriousness": ("death",)},
        {"told_how": "dreamt"},
        {"told_by": ""},
        {"is_expected": None},
        {"onset_at": MONDAY + timedelta(days=3)},
    ],
    ids=str,
)
def test_an_account_that_the_program_takes_from_nobody_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, said: dict[str, Any]
) -> None:
    monkeypatch.setattr(recording, "problems_of_account", lambda *_, **__: ())
    monkeypatch.setattr(recording, "is_usually_expected", lambda *_: None)
    desk = clinic.as_user("desk")
    event = write_down(desk, _visit(clinic), **said).event_id
    assert problems_found(desk) == [f"adverse event {event[:8]}: {OTHER_ACCOUNT}"]


@pytest.mark.parametrize("grade", [4, 5])
def test_a_grave_event_whose_person_s_records_nobody_held_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, grade: int
) -> None:
    visit, desk = _visit(clinic), clinic.as_user("desk")
    whose = show_visit(desk, visit, opened=False).patient_ref
    monkeypatch.setattr(recording, "_hold", lambda *_: False)
    event = write_down(desk, visit, grade=grade).event_id
    for name in ("First", "Second"):
        add_person(desk, name)
    hold_records(clinic.as_user("owner"), whose, "A letter of a lawyer, later.")
    assert problems_found(desk) == [f"adverse event {event[:8]}: {NOT_HELD}"]


def test_a_grave_event_of_whoever_was_held_or_was_two_records_once_is_in_order(clinic: SmallClinic) -> None:
    visit, owner = _visit(clinic), clinic.as_user("owner")
    whose = show_visit(owner, visit, opened=False).patient_ref
    write_down(clinic.as_user("desk"), visit, grade=4)
    end_hold(owner, whose, "All is settled.")
    assert problems_found(owner) == []
    hold_records(owner, whose, "A letter of a lawyer.")
    write_down(clinic.as_user("desk"), visit, grade=5)
    end_hold(owner, whose, "All is settled.")
    assert problems_found(owner) == []
    merge_records(owner, whose, add_person(owner, "Twin"), "One person.")
    write_down(clinic.as_user("desk"), visit, grade=5)
    assert problems_found(owner) == []


@pytest.mark.parametrize(("later", "found"), [(0, []), (-400, []), (3, [OTHER_ACCOUNT])])
def test_an_event_that_was_noted_on_a_day_to_come_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, later: int, found: list[str]
) -> None:
    day = MONDAY.date() + timedelta(days=later)
    monkeypatch.setattr(recording, "AdverseEvent", lambda **said: AdverseEvent(**said | {"noted_on": day}))
    desk = clinic.as_user("desk")
    event = write_down(desk, _visit(clinic)).event_id
    assert problems_found(desk) == [f"adverse event {event[:8]}: {what}" for what in found]


@pytest.mark.parametrize(
    ("what", "action", "said"),
    [
        ("note", "noted", {"grade": 3}),
        ("note", "noted", {"text": ""}),
        ("reported", "reported", {"report_number": "1", "reported_on": date(2026, 11, 20)}),
        ("reported", "reported", {"report_number": "1", "reported_on": date(2026, 12, 20)}),
        ("reported", "reported", {"report_number": "", "reported_on": date(2026, 11, 23)}),
        ("note", "noted", {"report_number": "1"}),
        ("told", "told", {"reported_on": date(2026, 11, 23)}),
    ],
    ids=str,
)
def test_a_step_that_the_program_takes_from_nobody_is_found(
    clinic: SmallClinic, event: str, what: str, action: str, said: dict[str, Any]
) -> None:
    desk = clinic.as_user("desk")
    past_the_program(desk, event, what, f"adverse_event.{action}", **said)
    (found,) = problems_found(desk)
    assert found.startswith("event step ")
    assert found.endswith(OTHER_STEP)


@pytest.mark.parametrize("said", [{"outcome": "somehow"}, {"outcome": "recovered", "grade": 0}], ids=str)
def test_an_end_that_the_program_takes_from_nobody_is_found(
    clinic: SmallClinic, event: str, said: dict[str, Any]
) -> None:
    _acknowledged(clinic, event)
    okafor = clinic.as_user("okafor")
    past_the_program(okafor, event, "closed", "adverse_event.closed", **said)
    (found,) = problems_found(okafor)
    assert found.endswith(OTHER_STEP)


IN_CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize("hours", [0, 1, 23, 24, 25])
@pytest.mark.parametrize(
    "told_at",
    [
        datetime(2026, 11, 1, hour, 17, tzinfo=IN_CHICAGO, fold=fold)
        for hour, fold in ((0, 0), (1, 0), (1, 1), (23, 0))
    ]
    + [datetime(2027, 3, 14, hour, 17, tzinfo=IN_CHICAGO) for hour in (0, 1, 3, 23)],
    ids=str,
)
def test_whatever_the_clocks_of_the_place_do_on_that_day_its_own_deadlines_are_among_those_that_fit(
    told_at: datetime, hours: int
) -> None:
    rule: dict[str, Any] = {"is_expected": False, "told_at": told_at, "hours": {3: hours}}
    of_the_place = deadlines(3, zone=IN_CHICAGO, **rule)
    offset = told_at.utcoffset()
    assert offset is not None
    by_its_entry = told_at.astimezone(timezone(offset))
    due = deadlines(3, zone=timezone(offset), **rule)
    assert of_the_place.sign_by in may_be_signed_by(3, by_its_entry, due)
