"""From when until when: an inspector's visit has a first and a last day, and the log-in keeps to them."""

import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from mnclinic.errors import InvalidInput, NotPermitted, WrongCredentials
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.services.access_time import access_of_days, access_problems, bounded_access
from mnclinic.services.demo.build import build_demo
from mnclinic.services.demo.people import demo_log_ins
from mnclinic.services.list_visits import todays_visits
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.read_log import open_log
from mnclinic.services.set_up_clinic import problems_of, set_up_clinic
from mnclinic.services.users.extend_access import extend_access
from tests.services.clinic_builder import (
    CENTRAL,
    MONDAY,
    PASSWORDS,
    SmallClinic,
    StoppedClock,
    known_clinic,
    request,
    small_clinic,
)
from tests.services.reading import actions_since, entries_since, log_size, problems_found

OLD_CLINIC = Path(__file__).parents[1] / "old_databases" / "0001"


def with_inspector(folder: Path, first: date | None, last: date | None) -> SmallClinic:
    """The small clinic, its inspector let in from one day to another."""
    access_from, access_until = access_of_days(first, last, MONDAY)
    people = tuple(
        replace(one, access_from=access_from, access_until=access_until) if one.role == "inspector" else one
        for one in request().people
    )
    return known_clinic(folder, people=people)


def test_days_begin_and_end_where_the_clinic_is() -> None:
    assert access_of_days(date(2026, 11, 24), date(2026, 11, 26), MONDAY) == (
        datetime(2026, 11, 24, tzinfo=CENTRAL),
        datetime(2026, 11, 27, tzinfo=CENTRAL),
    )
    assert access_of_days(None, None, MONDAY) == (None, None)


def test_an_inspector_gets_a_week_and_nobody_else_gets_bounds_unasked() -> None:
    assert bounded_access("inspector", None, None, MONDAY) == (MONDAY, datetime(2026, 11, 30, tzinfo=CENTRAL))
    later = datetime(2027, 2, 1, tzinfo=CENTRAL)
    assert bounded_access("inspector", later, None, MONDAY) == (later, datetime(2027, 2, 8, tzinfo=CENTRAL))
    assert bounded_access("provider", None, None, MONDAY) == (None, None)


def test_bounds_that_are_none_are_told() -> None:
    day = timedelta(days=1)
    wrong = [
        ("inspector", None, None),
        ("inspector", MONDAY, None),
        ("provider", MONDAY, MONDAY - day),
        ("provider", None, MONDAY),
        ("provider", MONDAY - 3 * day, MONDAY - day),
        ("inspector", MONDAY, MONDAY + 367 * day),
    ]
    for role, begins, ends in wrong:
        assert access_problems(role, begins, ends, MONDAY), (role, begins, ends)
    assert access_problems("inspector", MONDAY, MONDAY + 366 * day, MONDAY) == ()
    assert access_problems("provider", None, MONDAY + 900 * day, MONDAY) == ()


def test_a_clock_that_is_turned_back_gives_a_running_log_in_no_more_time(tmp_path: Path) -> None:
    clinic = with_inspector(tmp_path / "clinic", None, date(2026, 11, 25))
    inspector = clinic.as_user("inspector")
    begun = clinic.clock.at
    clinic.clock.at = datetime(2026, 11, 26, 0, 1, tzinfo=CENTRAL)
    clinic.clock.monotonic_ms()
    clinic.clock.at = begun
    with pytest.raises(NotPermitted, match="ended on 26 Nov 2026"):
        todays_visits(inspector)
    clinic.close()


def test_an_inspector_is_let_in_from_the_first_day_to_the_last(tmp_path: Path) -> None:
    clinic = with_inspector(tmp_path / "clinic", date(2026, 11, 24), date(2026, 11, 25))
    owner = clinic.as_user("owner")
    before = log_size(owner)
    with pytest.raises(NotPermitted, match=r"begins on 24 Nov 2026 at 00:00\. Nothing was changed\."):
        clinic.as_user("inspector")
    clinic.clock.at = datetime(2026, 11, 25, 23, 59, tzinfo=CENTRAL)
    inspector = clinic.as_user("inspector")
    todays_visits(inspector)
    clinic.clock.at = datetime(2026, 11, 26, tzinfo=CENTRAL)
    with pytest.raises(NotPermitted, match=r"ended on 26 Nov 2026 at 00:00\. Nothing was changed\."):
        todays_visits(inspector)
    with pytest.raises(NotPermitted, match="ended on 26 Nov 2026"):
        clinic.as_user("inspector")
    acts = [(entry["action"], entry["why"]) for entry in entries_since(owner, before)]
    refused = ("login.refused", "outside_access_time")
    assert acts == [refused, ("login", None), refused]
    assert problems_found(owner) == []
    clinic.close()


def test_set_up_refuses_bounds_that_are_none(tmp_path: Path) -> None:
    people = tuple(
        replace(one, access_from=MONDAY, access_until=MONDAY - timedelta(days=1))
        if one.role == "inspector"
        else one
        for one in request().people
    )
    with pytest.raises(InvalidInput) as refused:
        set_up_clinic(request(people=people), tmp_path / "new", clock=StoppedClock(), cost=FLOOR_COST)
    assert [one.where for one in refused.value.problems] == ["staff.inspector.access_until"]
    assert problems_of(request(), MONDAY) == ()


def changes_inspector(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE staff SET access_until = NULL WHERE role = 'inspector'",
        "UPDATE staff SET access_from = NULL WHERE role = 'inspector'",
        "UPDATE staff SET role = 'inspector' WHERE user = 'desk'",
        "INSERT INTO staff (id, user, name, role, credential, is_active, added_at) "
        "VALUES ('x', 'x', 'X', 'inspector', '', 1, '2026-11-23T15:00:00.000Z')",
    ],
)
def test_the_database_itself_keeps_no_inspector_without_an_end(clinic: SmallClinic, statement: str) -> None:
    engine = clinic.as_user("owner").store.engine
    with pytest.raises(IntegrityError, match="a first and a last day"):
        changes_inspector(engine, statement)


def test_an_inspector_of_an_older_clinic_has_no_end_and_is_refused_while_the_clinic_opens(
    tmp_path: Path,
) -> None:
    folder = Path(shutil.copytree(OLD_CLINIC, tmp_path / "old"))
    passwords = {user: password for user, _, password in demo_log_ins()}
    owner = open_clinic(folder, "owner", passwords["owner"], clock=StoppedClock())
    assert problems_found(owner) == []
    with owner.store.engine.begin() as connection:
        # What older clinics hold may be ended, and need not be given an end first.
        connection.exec_driver_sql("UPDATE staff SET is_active = 1 WHERE role = 'inspector'")
    owner.close()
    with pytest.raises(NotPermitted, match="has no last day"):
        open_clinic(folder, "inspector", passwords["inspector"], clock=StoppedClock())


def test_somebody_else_may_have_bounds_as_well(tmp_path: Path) -> None:
    _, last = access_of_days(None, date(2026, 11, 23), MONDAY)
    people = tuple(replace(one, access_until=last) if one.user == "lind" else one for one in request().people)
    clinic = small_clinic(tmp_path / "clinic", people=people)
    clinic.as_user("lind")
    clinic.clock.at += timedelta(days=1)
    with pytest.raises(NotPermitted, match="ended on 24 Nov 2026"):
        clinic.as_user("lind")
    assert set(PASSWORDS) == {one.user for one in people}
    clinic.close()


def test_the_demos_inspector_looks_for_a_fortnight_from_the_demos_day(tmp_path: Path) -> None:
    day = date(2026, 11, 23)
    built = build_demo(tmp_path / "demo", patients=3, visits=2, seed=1, day=day)
    password = next(one["password"] for one in built.users if one["user"] == "inspector")
    inspector = open_clinic(built.folder, "inspector", password, clock=StoppedClock())
    assert access_of_days(day, date(2026, 12, 6), MONDAY) == (
        inspector.person.access_from,
        inspector.person.access_until,
    )
    inspector.close()


UNTIL = datetime(2026, 12, 5, tzinfo=CENTRAL)


def test_an_inspector_whose_time_ran_out_is_given_more_and_logs_in_with_the_password_of_before(
    clinic: SmallClinic,
) -> None:
    owner, inspector = clinic.as_user("owner"), clinic.as_user("inspector")
    clinic.clock.at = datetime(2026, 12, 1, 9, 0, tzinfo=CENTRAL)
    with pytest.raises(NotPermitted, match="ended on 30 Nov 2026"):
        todays_visits(inspector)
    size = log_size(owner)
    done = extend_access(owner, "Inspector", UNTIL, PASSWORDS["owner"], reason=" Asked for two more days. ")
    assert (done.user, done.until) == ("inspector", UNTIL)
    assert done.before == datetime(2026, 11, 30, tzinfo=CENTRAL)
    todays_visits(clinic.as_user("inspector"))
    (entered,) = [one for one in entries_since(owner, size) if one["action"] == "staff.access_extended"]
    assert (entered["obj"]["t"], entered["obj"]["rev"]) == ("staff", 2)
    assert problems_found(owner) == []
    told = [line.sentence for line in open_log(owner, LogFilter()).rows]
    assert (
        "M. Castellan gave Inspector more time: before: 2026-11-30 00:00:00, now: 2026-12-05 00:00:00, "
        "Asked for two more days."
    ) in told
    clinic.clock.at = UNTIL
    with pytest.raises(NotPermitted, match="ended on 05 Dec 2026"):
        clinic.as_user("inspector")


def test_time_that_is_none_is_not_given_and_every_reason_is_told(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    size = log_size(owner)
    asked: list[tuple[str, datetime, str, set[str]]] = [
        ("inspector", MONDAY + timedelta(days=1), " ", {"until", "reason"}),
        ("inspector", MONDAY + timedelta(days=400), "Stays.", {"until"}),
        ("inspector", MONDAY - timedelta(days=1), "Stays.", {"until"}),
        ("desk", UNTIL, "Stays.", {"user"}),
        ("nobody", UNTIL, "Stays.", {"user"}),
    ]
    for user, until, reason, wrong in asked:
        with pytest.raises(InvalidInput) as refused:
            extend_access(owner, user, until, PASSWORDS["owner"], reason=reason)
        assert {one.where for one in refused.value.problems} == wrong, user
        assert "was not extended" in refused.value.sentence or "Nothing was changed" in refused.value.sentence
    with pytest.raises(WrongCredentials, match=r"^The password is not right\. "):
        extend_access(owner, "inspector", UNTIL, PASSWORDS["desk"], reason="Stays.")
    for user in ("okafor", "desk", "inspector"):
        with pytest.raises(NotPermitted):
            extend_access(clinic.as_user(user), "inspector", UNTIL, PASSWORDS[user], reason="Stays.")
    assert "staff.access_extended" not in actions_since(owner, size)
