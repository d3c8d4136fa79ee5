"""The rule alone. That counters survive kills and other processes is told in tests/store/test_prelogin."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.security.keyfile import KeyFile
from mnclinic.security.throttle import (
    DEVICE,
    FREE_TRIES,
    LONGEST_WAIT_MS,
    TRIES_MAX,
    Tries,
    bucket_of,
    counted,
    elapsed_ms,
    judge,
    wait_after_ms,
)
from tests.security.builders import LIND, OTHER_VAULT, PASSWORDS, made_clinic

NOW_MS = 50_000_000

counts = st.integers(0, TRIES_MAX - 1)
instants_ms = st.integers(0, 2**40)


def test_the_ladder_is_the_promised_one() -> None:
    assert [wait_after_ms(count) // 1000 for count in range(14)] == [
        *[0] * 5,
        30,
        60,
        120,
        240,
        480,
        900,
        900,
        900,
        900,
    ]
    assert wait_after_ms(10**6) == LONGEST_WAIT_MS


def test_twelve_wrong_passwords_in_a_row() -> None:
    """Each typed the moment it may be; the trace of waits in seconds before each."""
    tries, device, now_ms, waited_s = Tries(), Tries(), NOW_MS, []
    for _ in range(12):
        decision = judge(tries, device, now_ms)
        waited_s.append(decision.wait_s)
        assert decision.wait_s is not None
        now_ms += decision.wait_s * 1000
        assert judge(tries, device, now_ms).is_allowed
        tries, device = counted(tries, now_ms), counted(device, now_ms)
    assert waited_s == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]


def test_after_fifty_the_name_is_closed_and_no_waiting_helps() -> None:
    last = Tries(TRIES_MAX - 1, NOW_MS)
    assert judge(last, last, NOW_MS + LONGEST_WAIT_MS).is_allowed
    closed = judge(counted(last, NOW_MS), Tries(), NOW_MS + 10**12)
    assert closed.is_closed
    assert closed.wait_s is None
    assert not closed.is_allowed


def test_the_device_waits_but_never_closes() -> None:
    decision = judge(Tries(), Tries(10 * TRIES_MAX, NOW_MS), NOW_MS)
    assert decision.wait_s == LONGEST_WAIT_MS // 1000
    assert judge(Tries(), Tries(10 * TRIES_MAX, NOW_MS), NOW_MS + LONGEST_WAIT_MS).is_allowed


def test_a_device_waits_for_one_name_after_tries_at_others() -> None:
    assert judge(Tries(), Tries(FREE_TRIES, NOW_MS), NOW_MS).wait_s == 30
    assert judge(Tries(1, NOW_MS), Tries(FREE_TRIES - 1, NOW_MS), NOW_MS).is_allowed


@given(counts, instants_ms, st.integers(0, 10**7))
def test_a_wait_is_over_to_the_second_and_not_before(count: int, last_ms: int, later_ms: int) -> None:
    decision = judge(Tries(count, last_ms), Tries(), last_ms + later_ms)
    missing_ms = max(0, wait_after_ms(count) - later_ms)
    assert decision.wait_s == -(-missing_ms // 1000)
    assert decision.is_allowed == (missing_ms == 0)


@given(counts, instants_ms, instants_ms)
def test_a_restart_never_shortens_a_wait_below_the_time_since_it(
    count: int, last_ms: int, now_ms: int
) -> None:
    """What counts from the computer's start can only have passed since the last try or since that start."""
    tries = Tries(count, last_ms)
    passed_ms = elapsed_ms(tries, now_ms)
    assert 0 <= passed_ms <= now_ms
    if now_ms < last_ms:
        assert judge(tries, Tries(), now_ms).is_allowed == (now_ms >= wait_after_ms(count))


def test_after_a_restart_the_time_since_it_counts() -> None:
    waiting = Tries(FREE_TRIES, NOW_MS)
    assert judge(waiting, Tries(), wait_after_ms(FREE_TRIES) - 1000).wait_s == 1
    assert judge(waiting, Tries(), wait_after_ms(FREE_TRIES)).is_allowed


def test_a_clock_below_nothing_passes_no_time() -> None:
    assert elapsed_ms(Tries(7, 1000), -5) == 0


# --- buckets -----------------------------------------------------------------------------------------


def test_a_name_falls_into_its_owners_bucket_in_any_spelling(keyfile: KeyFile) -> None:
    assert bucket_of(keyfile, "lind") == bucket_of(keyfile, " LIND ") == f"user {LIND}"
    assert bucket_of(keyfile, "reyes") != bucket_of(keyfile, "lind")


@given(st.text(max_size=40))
def test_unknown_names_share_256_buckets_and_none_is_a_users(user: str) -> None:
    keyfile = _MADE
    bucket = bucket_of(keyfile, user)
    if keyfile.slot_of(user) is None:
        assert bucket in {f"unknown {number:02x}" for number in range(256)}
        assert bucket == bucket_of(keyfile, f" {user.casefold()} ")
    assert bucket != DEVICE


def test_the_bucket_of_an_unknown_name_differs_from_clinic_to_clinic(keyfile: KeyFile) -> None:
    other = replace(keyfile, vault_id=OTHER_VAULT)
    names = [f"nobody{number}" for number in range(64)]
    assert [bucket_of(keyfile, name) for name in names] != [bucket_of(other, name) for name in names]
    assert len({bucket_of(keyfile, name) for name in names}) > 40


@pytest.mark.parametrize("user", PASSWORDS)
def test_no_bucket_tells_a_login_name(keyfile: KeyFile, user: str) -> None:
    assert user not in bucket_of(keyfile, user)


_MADE, _ = made_clinic(recovery=False)
