"""Wider rights for a while: with a reason, marked, seen by the director, over by themselves."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from mnclinic.errors import ActionRefused, InvalidInput, NotPermitted
from mnclinic.models import BreakGlass
from mnclinic.security.roles import Act
from mnclinic.services.break_glass import (
    break_glass,
    give_back_glass,
    glass_bytes,
    list_glasses,
    present_glass,
    see_break_glass,
    unseen_glasses,
)
from mnclinic.services.list_visits import review_queue
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.log_records import RecordRef
from mnclinic.services.perform_visit import defer_visit
from mnclinic.services.read_log import open_log
from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.start_visit import start_visit
from mnclinic.store.log_writer import Act as LogAct
from mnclinic.store.log_writer import LoggedObject
from tests.services.clinic_builder import SmallClinic, add_person, document
from tests.services.reading import actions_since, entries_since, log_size, problems_found
from tests.store.raw import without_triggers

REASON = "Ada Testerman fainted, nobody else is here."


def starts_a_visit(clinic: OpenClinic, patient: str) -> str:
    return start_visit(clinic, patient, "microneedling_face", "reyes")


def test_the_front_desk_writes_down_an_emergency_and_every_entry_says_so(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    visit_id = starts_a_visit(desk, add_person(desk))
    with pytest.raises(NotPermitted, match="In an emergency you can break the glass"):
        save_visit(desk, visit_id, 1, document())
    before = log_size(desk)
    glass = break_glass(desk, f"  {REASON} ", 30)
    assert glass.until - glass.opened_at == timedelta(minutes=30)
    save_visit(desk, visit_id, 1, document(screening=[]))
    entries = entries_since(desk, before)
    assert [entry["action"] for entry in entries] == ["glass.broken", "visit.draft_saved"]
    assert {entry["why"] for entry in entries} == {"break_glass"}
    # The reason may name a person, so it is not among what a bundle shows of the entry.
    assert "Testerman" not in str(entries)
    assert problems_found(desk) == []


def test_an_entry_with_a_reason_of_its_own_carries_both(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    visit_id = starts_a_visit(desk, add_person(desk))
    break_glass(desk, REASON)
    answers = [{"item": "pregnancy", "answer": "yes"}]
    edition = save_visit(desk, visit_id, 1, document(screening=answers)).edition
    before = log_size(desk)
    defer_visit(desk, visit_id, edition)
    (deferred,) = entries_since(desk, before)
    assert deferred["why"] == "break_glass"
    (row,) = open_log(clinic.as_user("owner"), LogFilter(record=RecordRef("visit", visit_id))).rows[:1]
    assert "(isotretinoin stopped, pregnancy" in row.sentence
    assert row.sentence.endswith(", with the glass broken)")


def test_broken_glass_signs_exports_and_manages_nothing(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    break_glass(owner, REASON)
    owner.require(Act.EDIT_VISIT)
    for act in (Act.APPROVE_VISIT, Act.SIGN_VISIT_AS_PERFORMER, Act.VOID_VISIT, Act.RELEASE_VISIT):
        with pytest.raises(NotPermitted):
            owner.require(act)


def test_it_ends_by_itself_and_the_clock_buys_no_more_of_it(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    glass = break_glass(desk, REASON, 5)
    assert present_glass(desk) == glass
    clinic.clock.at += timedelta(minutes=5)
    assert present_glass(desk) is None
    with pytest.raises(NotPermitted):
        desk.require(Act.EDIT_VISIT)
    # Back to before it was broken, and back into the midst of it with the time since boot gone by.
    clinic.clock.at -= timedelta(minutes=10)
    assert present_glass(desk) is None
    clinic.clock.at += timedelta(minutes=7)
    assert present_glass(desk) is not None
    clinic.clock.ticks += 5 * 60_000
    assert present_glass(desk) is None


def test_it_outlives_the_log_off_but_not_its_end(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    glass = break_glass(desk, REASON, 30)
    desk.close()
    clinic.clock.at += timedelta(minutes=10)
    again = clinic.as_user("desk")
    assert again.glass is not None
    assert again.glass.id == glass.id
    assert again.is_glass_broken
    assert clinic.as_user("reyes").glass is None
    clinic.clock.at += timedelta(minutes=20)
    assert clinic.as_user("desk").glass is None
    # The log knows a later instant than the clock that was turned back.
    clinic.clock.at -= timedelta(minutes=15)
    assert clinic.as_user("desk").glass is None


def test_the_director_finds_it_on_top_of_her_queue_until_she_has_seen_it(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    break_glass(desk, REASON, 30)
    okafor = clinic.as_user("okafor")
    (row,) = review_queue(okafor).glasses
    assert (row.name, row.role, row.reason, row.is_open) == ("R. Frontley", "front_desk", REASON, True)
    for user in ("desk", "owner", "reyes", "inspector"):
        with pytest.raises(NotPermitted):
            see_break_glass(clinic.as_user(user), row.glass_id)
    before = log_size(okafor)
    seen = see_break_glass(okafor, row.glass_id)
    assert (seen.seen_by, seen.seen_at is not None) == ("Dr I. Okafor", True)
    assert [entry["action"] for entry in entries_since(okafor, before)] == ["glass.seen"]
    assert review_queue(okafor).glasses == ()
    assert list_glasses(okafor) == (seen,)
    assert problems_found(okafor) == []
    with pytest.raises(ActionRefused, match="seen before"):
        see_break_glass(okafor, row.glass_id)
    with pytest.raises(InvalidInput, match="no such broken glass"):
        see_break_glass(okafor, "nonsense")


@pytest.mark.parametrize("user", ["okafor", "lind", "inspector"])
def test_whoever_it_would_not_help_cannot_break_it(clinic: SmallClinic, user: str) -> None:
    someone = clinic.as_user(user)
    before = log_size(someone)
    with pytest.raises(NotPermitted):
        break_glass(someone, REASON)
    assert log_size(someone) == before


def test_a_glass_without_a_reason_or_without_bounds_is_told_every_problem(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    before = log_size(desk)
    with pytest.raises(InvalidInput) as refused:
        break_glass(desk, "help now", 241)
    assert {problem.where for problem in refused.value.problems} == {"reason", "minutes"}
    for minutes in (4, 0, -1):
        with pytest.raises(InvalidInput):
            break_glass(desk, REASON, minutes)
    with pytest.raises(InvalidInput):
        break_glass(desk, "far too long " * 50)
    assert (log_size(desk), desk.glass) == (before, None)


def test_a_broken_glass_is_not_broken_again_before_its_end(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    break_glass(desk, REASON, 5)
    with pytest.raises(ActionRefused, match=r"broken already, until 09:05"):
        break_glass(desk, REASON, 5)
    clinic.clock.at += timedelta(minutes=5)
    break_glass(desk, REASON, 5)


def test_a_glass_is_given_back_before_its_end_and_the_director_still_sees_it(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    glass = break_glass(desk, REASON, 30)
    elsewhere = clinic.as_user("desk")
    elsewhere.require(Act.EDIT_VISIT)
    clinic.clock.at += timedelta(minutes=4)
    before = log_size(desk)
    given = give_back_glass(desk)
    assert (given.glass_id, given.is_open, given.was_given_back) == (glass.id, False, True)
    assert given.until < glass.until
    assert present_glass(desk) is None
    for one in (desk, elsewhere, clinic.as_user("desk")):
        with pytest.raises(NotPermitted):
            one.require(Act.EDIT_VISIT)
    (entry,) = [one for one in entries_since(desk, before) if one["action"] != "login"]
    assert (entry["action"], entry["why"], entry["obj"]["rev"]) == ("glass.given_back", "break_glass", 2)
    okafor = clinic.as_user("okafor")
    assert unseen_glasses(okafor) == 1
    assert unseen_glasses(clinic.as_user("lind")) == 0, "nobody but the director is counted at"
    seen = see_break_glass(okafor, glass.id)
    assert (seen.was_given_back, unseen_glasses(okafor)) == (True, 0)
    assert problems_found(okafor) == []


def test_what_was_not_broken_is_not_given_back(clinic: SmallClinic) -> None:
    desk, other = clinic.as_user("desk"), clinic.as_user("owner")
    break_glass(desk, REASON, 5)
    before = log_size(other)
    with pytest.raises(ActionRefused, match="no broken glass to give back"):
        give_back_glass(other)
    with pytest.raises(NotPermitted):
        give_back_glass(clinic.as_user("lind"))
    clinic.clock.at += timedelta(minutes=5)
    with pytest.raises(ActionRefused):
        give_back_glass(desk)
    assert "glass.given_back" not in actions_since(other, before)


def test_after_a_glass_was_given_back_another_may_be_broken(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    break_glass(desk, REASON, 30)
    give_back_glass(desk)
    break_glass(desk, REASON, 30)
    assert [row.was_given_back for row in list_glasses(clinic.as_user("okafor"))] == [False, True]
    assert problems_found(desk) == []


def test_a_reading_person_needs_no_glass_and_sees_who_broke_one(clinic: SmallClinic) -> None:
    break_glass(clinic.as_user("desk"), REASON)
    inspector = clinic.as_user("inspector")
    assert [row.reason for row in list_glasses(inspector)] == [REASON]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE break_glass SET reason = 'Nothing much happened at all.'",
        "UPDATE break_glass SET until = '2026-11-23T15:05:00.000Z'",
        "UPDATE break_glass SET seen_at = opened_at, seen_by = staff_id",
        "DELETE FROM break_glass",
    ],
)
def test_a_broken_glass_that_was_touched_up_or_taken_away_is_found(
    clinic: SmallClinic, statement: str
) -> None:
    desk = clinic.as_user("desk")
    glass = break_glass(desk, REASON)
    with desk.store.engine.begin() as connection, without_triggers(connection):
        connection.exec_driver_sql(statement)
    found = [one.partition(":")[0] for one in problems_found(desk)]
    # What its own entry says in words is held against it as well.
    assert [one for one in found if not one.startswith("log entry ")] == [f"broken glass {glass.id[:8]}"]


def test_no_broken_glass_can_be_deleted(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    break_glass(desk, REASON)
    with (
        pytest.raises(IntegrityError, match="keeps what was written"),
        desk.store.engine.begin() as connection,
    ):
        connection.exec_driver_sql("DELETE FROM break_glass")


@pytest.mark.parametrize("is_given_back", [False, True])
def test_a_glass_that_lasts_past_its_time_is_found(clinic: SmallClinic, is_given_back: bool) -> None:
    """What somebody can write who breaks a glass past the program."""
    desk = clinic.as_user("desk")
    glass = break_glass(desk, REASON, 240)
    if is_given_back:
        give_back_glass(desk)
    assert problems_found(desk) == []
    with desk.work() as work:
        row = work.session.get_one(BreakGlass, glass.id)
        row.until += timedelta(days=365)
        action = "glass.given_back" if is_given_back else "glass.broken"
        thing = LoggedObject("break_glass", row.id, 2, glass_bytes(row))
        work.log.record(LogAct(action, "U", object=thing, categories=("emergency",)))
        work.commit()
    said = f"broken glass {glass.id[:8]}: it lasts longer than any glass that can be broken"
    assert said in problems_found(desk)
