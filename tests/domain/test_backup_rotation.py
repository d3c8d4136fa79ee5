"""Which backups go: each promise on its own, then all of them on invented histories."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from mnclinic.domain.backup_rotation import Keep, KnownBackup, to_remove

CENTRAL = timezone(timedelta(hours=-6))
NOW = datetime(2026, 11, 23, 18, 0, tzinfo=CENTRAL)
KEEP = Keep()


def made(days_ago: float, *, proven: bool = True, pinned: bool = False) -> KnownBackup:
    return KnownBackup(f"{days_ago:g} days ago", NOW - timedelta(days=days_ago), proven, pinned)


def removed(*backups: KnownBackup, keep: Keep = KEEP, legal_hold: bool = False) -> set[str]:
    return set(to_remove(backups, NOW, keep, zone=CENTRAL, legal_hold=legal_hold))


def test_of_one_day_the_newest_stays() -> None:
    assert removed(made(0.1), made(0.2), made(0.3)) == {"0.2 days ago", "0.3 days ago"}


def test_two_years_of_daily_backups_leave_seven_days_five_weeks_and_twelve_months() -> None:
    backups = [made(day) for day in range(730)]
    gone = removed(*backups)
    left = [one.made_at.date() for one in backups if one.id not in gone]
    assert left[:7] == [(NOW - timedelta(days=day)).date() for day in range(7)]
    assert len(left) <= 7 + 5 + 12
    assert len({(day.year, day.month) for day in left}) >= 12


def test_days_are_the_clinics_own() -> None:
    evening = KnownBackup("evening", datetime(2026, 11, 23, 3, 0, tzinfo=UTC), True, False)
    late = KnownBackup("late", datetime(2026, 11, 23, 5, 0, tzinfo=UTC), True, False)
    morning = KnownBackup("morning", datetime(2026, 11, 23, 14, 0, tzinfo=UTC), True, False)
    assert removed(evening, late, morning, keep=Keep(7, 0, 0)) == {"evening"}


def test_a_clinic_that_was_closed_for_months_keeps_its_last_days() -> None:
    assert removed(*(made(200 + day) for day in range(7))) == set()


def test_a_pinned_backup_stays_for_ever() -> None:
    assert removed(made(0), made(4000, pinned=True), keep=Keep(1, 0, 0)) == set()


def test_one_that_holds_what_the_log_lacks_stays_and_stands_in_for_none() -> None:
    def lone(days_ago: float) -> KnownBackup:
        return KnownBackup(f"{days_ago:g} days ago", NOW - timedelta(days=days_ago), True, False, True)

    assert removed(lone(0.1), made(0.2), keep=Keep(1, 0, 0)) == set()
    assert removed(made(0), lone(4000), made(5000), keep=Keep(1, 0, 0)) == {"5000 days ago"}


def test_the_last_good_one_stays_even_when_nothing_is_to_be_kept() -> None:
    assert removed(made(9), made(10), keep=Keep(0, 0, 0)) == {"10 days ago"}


def test_nothing_goes_while_nothing_is_proven() -> None:
    assert removed(made(0, proven=False), made(1, proven=False), keep=Keep(0, 0, 0)) == set()


def test_an_unproven_one_goes_only_when_a_newer_one_is_proven() -> None:
    assert removed(made(1, proven=False), made(2)) == set()
    assert removed(made(1), made(2, proven=False)) == {"2 days ago"}


def test_under_a_legal_hold_nothing_goes() -> None:
    assert removed(made(0), made(0.1), made(4000, proven=False), legal_hold=True) == set()


def test_a_backup_from_the_future_neither_goes_nor_lets_others_go() -> None:
    future = made(-3000)
    assert removed(future, made(1), keep=Keep(0, 0, 0)) == set()
    assert removed(future, made(1, proven=False), keep=Keep(0, 0, 0)) == set()


histories = st.lists(
    st.builds(
        KnownBackup,
        id=st.uuids().map(str),
        made_at=st.integers(-2000, 60_000).map(lambda hours: NOW - timedelta(hours=hours)),
        is_proven=st.booleans(),
        is_pinned=st.booleans(),
    ),
    max_size=60,
    unique_by=lambda one: one.id,
)
keeps = st.builds(Keep, st.integers(0, 10), st.integers(0, 10), st.integers(0, 15))


@given(histories, keeps)
def test_whatever_the_history_no_promise_is_broken(history: list[KnownBackup], keep: Keep) -> None:
    gone = set(to_remove(history, NOW, keep, zone=CENTRAL))
    going = [one for one in history if one.id in gone]
    proven = [one for one in history if one.is_proven and one.made_at <= NOW]
    assert not any(one.is_pinned or one.made_at > NOW for one in going)
    if proven:
        assert any(one.id not in gone and one.is_proven for one in history if one.made_at <= NOW)
    for one in going:
        assert any(good.made_at > one.made_at and good.id not in gone for good in proven), "nothing stands in"
    assert to_remove(history, NOW, keep, zone=CENTRAL, legal_hold=True) == ()


@given(histories, keeps)
def test_removing_twice_removes_nothing_more(history: list[KnownBackup], keep: Keep) -> None:
    gone = set(to_remove(history, NOW, keep, zone=CENTRAL))
    left = [one for one in history if one.id not in gone]
    assert to_remove(left, NOW, keep, zone=CENTRAL) == ()
