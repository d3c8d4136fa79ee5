"""Planned visits: typed, brought in, marked, started, ended, each an entry, and held against the log."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from mnclinic.domain.person_details import Standing
from mnclinic.domain.planned_life import PlanState
from mnclinic.errors import ActionRefused, InvalidInput, NotPermitted, StaleVisit
from mnclinic.models import PlannedVisit
from mnclinic.services.change_standing import change_standing
from mnclinic.services.import_patients import import_patients, undo_import
from mnclinic.services.list_day import DayLine, PlannedRow, list_day
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.mark_planned import (
    cancel_planned,
    enter_planned_again,
    mark_arrived,
    mark_no_show,
    put_planned_back,
    start_planned,
    take_arrival_back,
)
from mnclinic.services.merge_records import merge_records
from mnclinic.services.plan_visits import (
    LONGEST_NOTE,
    NewPlanned,
    change_planned,
    plan_visits,
    take_back_planned,
    walk_in,
)
from mnclinic.services.planned_rows import enter_planned
from mnclinic.services.read_day_sheet import (
    AT_ONE_TIME,
    NEARLY,
    NOBODY,
    ONLY_ONE,
    OTHER_BIRTH_DATE,
    OTHER_NAME,
    SEVERAL,
    THERE_ALREADY,
    preview_day_file,
    preview_pasted,
)
from mnclinic.services.read_log import open_log
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.services.void_visit import void_visit
from mnclinic.store.unit_of_work import UnitOfWork
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person
from tests.services.reading import actions_since, entries_since, log_size, problems_found

DAY = MONDAY.date()


@pytest.fixture
def desk(clinic: SmallClinic) -> OpenClinic:
    return clinic.as_user("desk")


def planned(desk: OpenClinic, ref: str, at_time: str = "09:30", **changes: object) -> str:
    wanted = NewPlanned(ref, DAY, at_time, "microneedling_face", "reyes")
    made = plan_visits(desk, [NewPlanned(**(wanted.__dict__ | changes))])
    return made.plans[0].plan_id


def line(desk: OpenClinic, plan_id: str) -> PlannedRow:
    found = {one.key: one for one in list_day(desk).lines}[plan_id].planned
    assert found is not None
    return found


def test_the_life_of_a_planned_visit_is_one_entry_an_act_and_the_check_stays_ok(
    clinic: SmallClinic, desk: OpenClinic
) -> None:
    ref = add_person(desk)
    size = log_size(desk)
    plan = planned(desk, ref)
    mark_arrived(desk, plan, 1)
    take_arrival_back(desk, plan, 2)
    assert line(desk, plan).arrived_at is None
    cancel_planned(desk, plan, 3, "Called off.")
    put_planned_back(desk, plan, 4)
    mark_no_show(desk, plan, 5)
    mark_arrived(desk, plan, 6)
    visit = start_planned(desk, plan, 7)
    assert actions_since(desk, size) == [
        "plan.made",
        "plan.arrived",
        "plan.arrival_taken_back",
        "plan.cancelled",
        "plan.put_back",
        "plan.no_show",
        "plan.arrived",
        "visit.started",
        "plan.started",
    ]
    (shown,) = list_day(desk).lines
    assert shown.planned is not None
    assert shown.visit is not None
    assert (shown.planned.state, shown.visit.visit_id, shown.at_time) == (PlanState.STARTED, visit, "09:30")
    assert show_visit(desk, visit, opened=False).document["service"] == "microneedling_face"
    assert problems_found(clinic.as_user("owner")) == []


def test_what_names_a_person_or_a_reason_is_in_the_part_that_can_be_erased(
    clinic: SmallClinic, desk: OpenClinic
) -> None:
    plan = planned(desk, add_person(desk), note="afraid of needles")
    cancel_planned(desk, plan, None, "Has the flu.")
    stays = json.dumps(entries_since(desk, 0))
    assert not any(word in stays for word in ("needles", "flu", "09:30"))
    said = [row.sentence for row in open_log(clinic.as_user("owner"), LogFilter()).rows]
    who = "Ada Testerman (P-000001)"
    assert f"R. Frontley planned a visit of {who}: 2026-11-23, 09:30" in said
    assert f"R. Frontley cancelled the planned visit of {who}: Has the flu." in said


def test_a_person_who_came_without_a_plan_stands_on_the_list_as_arrived(desk: OpenClinic) -> None:
    made = walk_in(desk, add_person(desk))
    row = line(desk, made.plan_id)
    assert (row.state, row.is_walk_in, row.at_time, row.service) == (PlanState.ARRIVED, True, "09:00", "")


def test_a_visit_starts_only_once_service_and_performer_are_known_and_nothing_else_is_asked(
    desk: OpenClinic,
) -> None:
    made = walk_in(desk, add_person(desk))
    with pytest.raises(InvalidInput) as told:
        start_planned(desk, made.plan_id, 1)
    assert [one.where for one in told.value.problems] == ["service", "performer"]
    with pytest.raises(InvalidInput, match="not started"):
        start_planned(desk, made.plan_id, 1, service="microneedling_face", performer="desk")
    assert line(desk, made.plan_id).state is PlanState.ARRIVED
    start_planned(desk, made.plan_id, 1, service="microneedling_face", performer="lind")
    row = line(desk, made.plan_id)
    assert (row.state, row.performer) == (PlanState.STARTED, "lind")


@pytest.mark.parametrize(
    ("act", "wrong"),
    [
        (lambda desk, plan: put_planned_back(desk, plan, None), "is planned"),
        (lambda desk, plan: take_arrival_back(desk, plan, None), "is planned"),
        (lambda desk, plan: cancel_planned(desk, plan, None, "  "), "reason is needed"),
        (lambda desk, plan: mark_arrived(desk, "nothing like it", None), "no such planned visit"),
        (lambda desk, plan: take_back_planned(desk, "nothing like it"), "no such planned visit"),
    ],
)
def test_an_act_that_does_not_follow_is_refused_and_enters_nothing(
    desk: OpenClinic, act: Callable[[OpenClinic, str], object], wrong: str
) -> None:
    plan = planned(desk, add_person(desk))
    size = log_size(desk)
    with pytest.raises((ActionRefused, InvalidInput), match=wrong):
        act(desk, plan)
    assert actions_since(desk, size) == []


def test_what_was_changed_elsewhere_says_so_and_is_not_overwritten(desk: OpenClinic) -> None:
    plan = planned(desk, add_person(desk))
    mark_arrived(desk, plan, 1)
    with pytest.raises(StaleVisit, match="changed elsewhere"):
        cancel_planned(desk, plan, 1, "Late.")


def test_nobody_arrives_or_starts_on_another_day(desk: OpenClinic) -> None:
    plan = planned(desk, add_person(desk), planned_on=DAY + timedelta(days=1))
    for act in (mark_arrived, start_planned, mark_no_show):
        with pytest.raises(ActionRefused, match=r"another day|later day"):
            act(desk, plan, None)


def test_a_change_keeps_the_person_and_a_change_of_nothing_is_no_act(desk: OpenClinic) -> None:
    ref, other = add_person(desk), add_person(desk, "Otherson")
    plan = planned(desk, ref)
    size = log_size(desk)
    same = NewPlanned(ref, DAY, "09:30", "microneedling_face", "reyes")
    assert change_planned(desk, plan, 1, same).edition == 1
    assert actions_since(desk, size) == []
    with pytest.raises(InvalidInput, match="stays with its person"):
        change_planned(desk, plan, 1, NewPlanned(other, DAY))
    later = NewPlanned(ref, DAY + timedelta(days=7), "10:00", note="after the holiday")
    assert change_planned(desk, plan, 1, later).edition == 2
    (row,) = (one.planned for one in list_day(desk, later.planned_on).lines)
    assert row is not None
    assert (row.at_time, row.service, row.note) == ("10:00", "", "after the holiday")
    assert list_day(desk).lines == ()


def test_everything_that_is_wrong_with_a_line_is_told_at_once(desk: OpenClinic) -> None:
    wrong = NewPlanned("nobody", DAY - timedelta(days=1), "25:00", "x" * 99, "desk", "n" * (LONGEST_NOTE + 1))
    with pytest.raises(InvalidInput) as told:
        plan_visits(desk, [wrong])
    assert {one.where for one in told.value.problems} == {
        "day",
        "time",
        "service",
        "performer",
        "note",
        "person",
    }
    with pytest.raises(InvalidInput, match="Nothing was planned"):
        plan_visits(desk, [NewPlanned(add_person(desk), date(2036, 1, 1))])
    assert list_day(desk).lines == ()


def test_the_same_person_twice_at_one_time_is_entered_and_told(desk: OpenClinic) -> None:
    ref = add_person(desk)
    planned(desk, ref)
    made = plan_visits(desk, [NewPlanned(ref, DAY, "09:30"), NewPlanned(ref, DAY, "11:00")])
    assert made.doubled == (made.plans[0].plan_id,)
    told = [one.planned.needs for one in list_day(desk).lines if one.planned]
    assert told == [("Expected twice at this time",)] * 2 + [()]


def test_a_whole_sheet_is_taken_back_in_one_step_unless_a_visit_hangs_on_it(desk: OpenClinic) -> None:
    refs = [add_person(desk, name) for name in ("Firstly", "Secondly", "Thirdly")]
    made = plan_visits(desk, [NewPlanned(ref, DAY) for ref in refs], as_batch=True)
    assert made.batch is not None
    cancel_planned(desk, made.plans[0].plan_id, None, "Ill.")
    assert take_back_planned(desk, made.batch) == 2
    assert [one.planned.state for one in list_day(desk).lines if one.planned] == [PlanState.CANCELLED]
    with pytest.raises(ActionRefused, match="nothing left"):
        take_back_planned(desk, made.batch)
    again = plan_visits(desk, [NewPlanned(ref, DAY) for ref in refs], as_batch=True)
    start_planned(desk, again.plans[0].plan_id, 1, service="microneedling_face", performer="reyes")
    with pytest.raises(ActionRefused, match="started as visits"):
        take_back_planned(desk, str(again.batch))


def test_a_day_lists_plans_and_visits_by_time_and_those_without_one_behind(desk: OpenClinic) -> None:
    late = planned(desk, add_person(desk, "Late"), "16:00")
    none = planned(desk, add_person(desk, "Whenever"), "")
    early = planned(desk, add_person(desk, "Early"), "08:00", performer="")
    assert [one.key for one in list_day(desk).lines] == [early, late, none]
    assert isinstance(list_day(desk).lines[0], DayLine)
    assert list_day(desk).count(PlanState.PLANNED) == 3


def test_today_shows_first_who_is_here_then_who_comes_next_and_what_is_over_last(
    clinic: SmallClinic, desk: OpenClinic
) -> None:
    called_off = planned(desk, add_person(desk, "Calledoff"), "08:00")
    early = planned(desk, add_person(desk, "Early"), "08:30")
    begun = planned(desk, add_person(desk, "Begun"), "09:00")
    here = planned(desk, add_person(desk, "Here"), "14:00")
    whenever = planned(desk, add_person(desk, "Whenever"), "")
    cancel_planned(desk, called_off, None, "Ill.")
    mark_arrived(desk, here, None)
    reyes = clinic.as_user("reyes")
    start_planned(reyes, begun, None)
    unplanned = start_visit(reyes, add_person(desk, "Unplanned"), "microneedling_face", "reyes")
    voided = start_visit(reyes, add_person(desk, "Voided"), "microneedling_face", "reyes")
    void_visit(reyes, voided, show_visit(reyes, voided).edition, "Went home.")

    def order(day: date | None = None) -> list[str]:
        return [one.key for one in list_day(desk, day).as_wanted]

    assert order() == [begun, here, unplanned, early, whenever, called_off, voided]
    tomorrow = DAY + timedelta(days=1)
    second = planned(desk, add_person(desk, "Second"), "10:00", planned_on=tomorrow)
    cancelled = planned(desk, add_person(desk, "Ended"), "09:00", planned_on=tomorrow)
    cancel_planned(desk, cancelled, None, "Ill.")
    assert order(tomorrow) == [cancelled, second], "another day stays by time"


def test_a_list_shows_what_has_to_be_seen_to_before_the_person_comes(
    desk: OpenClinic, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("Last name,First name\nRosterman,Bo\n", encoding="utf-8")
    import_patients(desk, file, date_order=None, dry_run=False)
    (found,) = preview_pasted(desk, "9:30 Bo Rosterman").lines
    plan = planned(desk, str(found.chosen))
    assert line(desk, plan).needs == ("Date of birth missing",)


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("9:30 Ada Testerman", ""),
        ("9:30, Testerman, Ada, face, reyes", ""),
        ("9:30 ada testermann", NEARLY),
        ("9:30 test", ONLY_ONE),
        ("9:30, Cy Twinson", SEVERAL),
        ("9:30, Cy Twinson, 1992-02-02", ""),
        ("9:30, Ada Testerman, 1991-01-01", OTHER_BIRTH_DATE),
        ("9:30, Bo Otherwise, P-000001", OTHER_NAME),
        ("9:30, Ada Testerman, P-000001", ""),
        ("9:30, P-000001", ""),
    ],
)
def test_a_line_says_whom_it_means_or_asks(desk: OpenClinic, typed: str, asks: str) -> None:
    ada = add_person(desk)
    for day in ("1991-01-01", "1992-02-02"):
        add_person(desk, "Twinson", first_name="Cy", born_on=day)
    (found,) = preview_pasted(desk, typed).lines
    assert (found.asks, found.refused, found.at_time) == (asks, (), "09:30")
    assert (found.chosen is None) == bool(asks)
    assert found.is_ready is not bool(asks)
    if asks == ONLY_ONE:
        assert found.likely == ada
    assert found.people


def test_who_is_not_on_the_roster_is_refused_with_the_reason(desk: OpenClinic) -> None:
    add_person(desk)
    preview = preview_pasted(desk, "9:30 Nobody Atall\n10:00, P-999999\n11:00, Ada Testerman, P-000001\n")
    assert preview.lines[0].refused == (NOBODY,)
    assert len(preview.lines[1].refused) == 1
    assert [one.patient_ref for one in preview.ready] == [preview.lines[2].chosen]


def test_a_sheet_that_is_brought_in_twice_plans_nobody_twice(desk: OpenClinic) -> None:
    add_person(desk)
    text_ = (
        "9:30, Ada Testerman, face, reyes\n9:30, Ada Testerman, face, reyes\n9:30, Ada Testerman, , lind\n"
    )
    first = preview_pasted(desk, text_)
    assert [one.warnings for one in first.lines] == [(), (THERE_ALREADY,), (AT_ONE_TIME,)]
    plan_visits(desk, first.ready, as_batch=True)
    again = preview_pasted(desk, text_)
    assert again.ready == ()
    assert all(THERE_ALREADY in one.warnings for one in again.lines)


def test_a_file_and_a_paste_say_the_same(desk: OpenClinic, tmp_path: Path) -> None:
    add_person(desk)
    words = "Date\tTime\tPatient\tTreatment\n2026-11-25\t9:30\tAda Testerman\tFace\n"
    file = tmp_path / "day.tsv"
    file.write_text(words, encoding="utf-8")
    assert preview_day_file(desk, file).lines == preview_pasted(desk, words).lines
    assert preview_pasted(desk, words).lines[0].planned_on == date(2026, 11, 25)
    assert preview_pasted(desk, "9:30, Bo Rosterman, face, reyes").lines[0].performer_name == "T. Reyes"
    assert preview_pasted(desk, words).lines[0].service == "microneedling_face"


def test_a_line_for_a_day_that_has_passed_is_refused(desk: OpenClinic) -> None:
    add_person(desk)
    (found,) = preview_pasted(desk, "2026-11-20, 9:30, Ada Testerman").lines
    assert found.refused == ("This day has passed. Plan for today or later.",)


def test_inspectors_see_the_day_and_plan_nothing(clinic: SmallClinic, desk: OpenClinic) -> None:
    plan = planned(desk, add_person(desk))
    inspector = clinic.as_user("inspector")
    assert len(list_day(inspector).lines) == 1
    for act in (
        lambda: plan_visits(inspector, []),
        lambda: preview_pasted(inspector, "9:30 Ada"),
        lambda: mark_arrived(inspector, plan, 1),
        lambda: start_planned(inspector, plan, 1),
        lambda: cancel_planned(inspector, plan, 1, "x"),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_an_import_on_whose_people_a_planned_visit_hangs_is_not_undone(
    clinic: SmallClinic, desk: OpenClinic, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("Last name,First name,Date of birth\nRosterman,Bo,1984-02-01\n", encoding="utf-8")
    done = import_patients(desk, file, date_order=None, dry_run=False)
    with desk.store.reading() as session:
        ref = session.execute(text("SELECT ref FROM patient WHERE last_name = 'Rosterman'")).scalar_one()
    planned(desk, ref)
    with pytest.raises(ActionRefused, match="Nobody was removed"):
        undo_import(desk, str(done.import_id))
    assert problems_found(clinic.as_user("owner")) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE planned_visit SET at_time = '10:00'", "it is not what the log entered"),
        ("UPDATE planned_visit SET note = 'x'", "it is not what the log entered"),
        ("UPDATE planned_visit SET edition = 2", "it is not what the log entered"),
        (
            "UPDATE planned_visit SET added_at = '2026-11-01T09:00:00.000Z'",
            "the moment of its adding is not what the log entered",
        ),
        (
            "INSERT INTO planned_visit SELECT 'aaaaaaaa-1', planned_on, at_time, patient_ref, service, "
            "performer, note, state, reason, is_walk_in, arrived_at, visit_id, edition, batch, added_at "
            "FROM planned_visit",
            "it was never entered in the log",
        ),
        (
            "DROP TRIGGER planned_visit_no_delete; DELETE FROM planned_visit",
            "was entered in the log and is not there any more",
        ),
    ],
)
def test_a_planned_visit_that_another_hand_changed_is_named(
    clinic: SmallClinic, desk: OpenClinic, change: str, found: str
) -> None:
    planned(desk, add_person(desk))
    owner = clinic.as_user("owner")
    with owner.store.engine.begin() as connection:
        for statement in change.split("; "):
            connection.execute(text(statement))
    problems = problems_found(owner)
    assert any(found in one and one.startswith("planned visit") for one in problems), problems


def test_who_is_recorded_as_deceased_is_neither_planned_for_nor_started(desk: OpenClinic) -> None:
    ref = add_person(desk)
    plan = planned(desk, ref)
    change_standing(desk, ref, Standing.DECEASED, note="Her daughter rang.", deceased_on=DAY)
    assert line(desk, plan).is_stopped
    assert line(desk, plan).needs[0] == "Deceased"
    with pytest.raises(ActionRefused, match="recorded as deceased"):
        start_planned(desk, plan, 1)
    with pytest.raises(InvalidInput) as told:
        planned(desk, ref, "11:00")
    assert [one.where for one in told.value.problems] == ["person"]
    assert "deceased" in preview_pasted(desk, "9:30 Ada Testerman").lines[0].refused[0]


def test_somebody_with_two_records_is_expected_under_the_one_that_they_are_read_under(
    clinic: SmallClinic, desk: OpenClinic
) -> None:
    kept, old = add_person(desk), add_person(desk, "Oldname")
    before = planned(desk, old, "09:30")
    merge_records(clinic.as_user("okafor"), old, kept, "One person, married.")
    after = planned(desk, old, "09:30", service="")
    assert line(desk, before).patient == line(desk, after).patient == "Testerman, Ada"
    assert line(desk, after).patient_ref == kept
    assert line(desk, before).needs == line(desk, after).needs == ("Expected twice at this time",)
    visit = start_planned(desk, before, 1)
    assert show_visit(desk, visit, opened=False).patient_ref == kept
    assert problems_found(clinic.as_user("owner")) == []


def _rewritten(work: UnitOfWork, row: PlannedVisit, action: str) -> None:
    row.edition += 1
    enter_planned(work, row, action, "U")


def _back_from_started(work: UnitOfWork, row: PlannedVisit) -> None:
    row.state, row.visit_id = "planned", None
    _rewritten(work, row, "plan.put_back")


def _made_again(work: UnitOfWork, row: PlannedVisit) -> None:
    _rewritten(work, row, "plan.made")


def _for_somebody_else(work: UnitOfWork, row: PlannedVisit) -> None:
    row.patient_ref = work.session.execute(
        text("SELECT ref FROM patient WHERE ref <> :ref"), {"ref": row.patient_ref}
    ).scalar_one()
    _rewritten(work, row, "plan.arrived")


def _an_edition_left_out(work: UnitOfWork, row: PlannedVisit) -> None:
    row.edition += 1
    _rewritten(work, row, "plan.arrived")


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        (_back_from_started, "the planned visit was started by the entries before"),
        (_made_again, "it makes again what was made before"),
        (_for_somebody_else, "it moves the planned visit to another patient"),
        (_an_edition_left_out, "the edition that it names is not the one that follows"),
    ],
)
def test_no_entry_takes_a_planned_visit_a_way_that_they_do_not_go(
    desk: OpenClinic, deed: Callable[[UnitOfWork, PlannedVisit], None], told: str
) -> None:
    ref, _ = add_person(desk), add_person(desk, "Otherson")
    plan = planned(desk, ref)
    if deed is _back_from_started:
        start_planned(desk, plan, 1)
    assert problems_found(desk) == []
    with desk.work() as work:
        deed(work, work.session.get_one(PlannedVisit, plan))
        work.commit()
    assert any(one.startswith("log entry ") and told in one for one in problems_found(desk))


@pytest.mark.parametrize("has_come", [False, True])
def test_what_was_taken_off_the_list_by_mistake_stands_there_again_as_it_did(
    clinic: SmallClinic, desk: OpenClinic, has_come: bool
) -> None:
    plan = planned(desk, add_person(desk))
    if has_come:
        mark_arrived(desk, plan, 1)
    before = line(desk, plan)
    clinic.clock.at += timedelta(minutes=7)
    size = log_size(desk)
    take_back_planned(desk, plan)
    assert list_day(desk).lines == ()
    done = enter_planned_again(desk, plan, None)
    after = line(desk, plan)
    assert (after.state, after.arrived_at) == (before.state, before.arrived_at)
    assert done.edition == after.edition
    again = ["plan.entered_again", "plan.arrived"] if has_come else ["plan.entered_again"]
    assert actions_since(desk, size) == ["plan.taken_back", *again]
    with pytest.raises(ActionRefused):
        enter_planned_again(desk, plan, None)
    assert problems_found(clinic.as_user("owner")) == []


def test_several_people_planned_alike_and_marked_one_by_one_leave_a_clinic_that_is_whole(
    clinic: SmallClinic,
) -> None:
    desk = clinic.as_user("desk")
    day = clinic.clock.now().date()
    people = [add_person(desk, name) for name in ("Oneson", "Twoson", "Threeson")]
    made = plan_visits(desk, [NewPlanned(ref, day, f"1{at}:30") for at, ref in enumerate(people)]).plans
    cancel_planned(desk, made[1].plan_id, made[1].edition, "Called off.")
    mark_arrived(desk, made[2].plan_id, made[2].edition)
    assert problems_found(clinic.as_user("owner")) == []
