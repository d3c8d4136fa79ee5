"""The box that needs no key: tries are counted before they are judged, failed log-ins reach the log."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.errors import ClinicInUse, StoreUnavailable
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.security.prelogin_seal import open_event, seal_event
from mnclinic.security.slots import NewUser, begin_rotation, create_keys, finish_rotation, unlock
from mnclinic.security.throttle import DEVICE, FREE_TRIES, TRIES_MAX, bucket_of
from mnclinic.store import prelogin
from mnclinic.store.prelogin import DAMAGED_NAME, PRELOGIN_NAME, PreLogin
from tests.security.builders import LIND, OTHER_VAULT, PASSWORDS, VAULT, made_clinic

LINDS = f"user {LIND}"
NOW_MS = 10_000_000
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

KEYFILE, CREATED = made_clinic(recovery=False)
KEY = CREATED.database_key

# Counts tries at one name until the first that has to wait, each time saying so before it would be judged.
GUESSER = """
import sys
from pathlib import Path
from mnclinic.store.prelogin import PreLogin
box = PreLogin(Path(sys.argv[1]))
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    decision = box.count_attempt(sys.argv[3], lambda: int(sys.argv[4]))
    sys.stdout.write("judged\\n" if decision.is_allowed else "waits\\n")
    sys.stdout.flush()
"""

# Seals failures as fast as it can.
FAILING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from mnclinic.store.prelogin import PreLogin
box = PreLogin(Path(sys.argv[1]))
sys.stdin.readline()
for number in range(20):
    at = datetime(2026, 11, 23, 9, number, tzinfo=UTC)
    box.seal_failure(bytes.fromhex(sys.argv[2]), sys.argv[3], at=at, user_id=None, what=sys.argv[4])
"""


def at(ms: int) -> Callable[[], int]:
    """A clock that stands."""
    return lambda: ms


def _started(text: str, *words: str) -> subprocess.Popen[str]:
    """A process of our own text; it waits for a line before it begins."""
    return subprocess.Popen(  # noqa: S603  our own text
        [sys.executable, "-c", text, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _let_go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def _guesser(folder: Path, times: int, bucket: str = LINDS) -> subprocess.Popen[str]:
    return _started(GUESSER, str(folder), str(times), bucket, str(NOW_MS))


def _count_up(box: PreLogin, times: int, bucket: str = LINDS) -> int:
    """So many tries, each at the first instant it may be judged; that of the last one."""
    now_ms = NOW_MS
    for _ in range(times):
        decision = box.count_attempt(bucket, at(now_ms))
        while not decision.is_allowed:
            assert decision.wait_s is not None
            now_ms += decision.wait_s * 1000
            decision = box.count_attempt(bucket, at(now_ms))
    return now_ms


# --- tries -------------------------------------------------------------------------------------------


def test_five_tries_are_free_and_the_sixth_waits(tmp_path: Path) -> None:
    box = PreLogin(tmp_path)
    assert [box.count_attempt(LINDS, at(NOW_MS)).wait_s for _ in range(7)] == [0, 0, 0, 0, 0, 30, 30]
    assert box.count_attempt(LINDS, at(NOW_MS + 29_999)).wait_s == 1
    assert box.count_attempt(LINDS, at(NOW_MS + 30_000)).is_allowed
    assert box.count_attempt(LINDS, at(NOW_MS + 30_000)).wait_s == 60


def test_a_try_that_has_to_wait_is_not_counted_and_looking_counts_nothing(tmp_path: Path) -> None:
    box = PreLogin(tmp_path)
    assert [box.look(LINDS, NOW_MS).tries for _ in range(3)] == [0, 0, 0]
    for _ in range(5):
        box.count_attempt(LINDS, at(NOW_MS))
    for _ in range(20):
        assert not box.count_attempt(LINDS, at(NOW_MS + 1)).is_allowed
    assert box.look(LINDS, NOW_MS + 1).tries == 5
    assert box.look(LINDS, NOW_MS + 1).wait_s == 30


def test_a_right_password_begins_anew_for_its_user_and_the_device_alone(tmp_path: Path) -> None:
    box = PreLogin(tmp_path)
    for _ in range(3):
        box.count_attempt(LINDS, at(NOW_MS))
    box.count_attempt("user other", at(NOW_MS))
    box.succeeded("user other")
    assert box.look("user other", NOW_MS).tries == 0
    assert box.look(LINDS, NOW_MS).tries == 3


def test_fifty_tries_close_the_name_until_it_is_opened_by_another_way(tmp_path: Path) -> None:
    box = PreLogin(tmp_path)
    now_ms = _count_up(box, TRIES_MAX)
    closed = box.count_attempt(LINDS, at(now_ms + 10**10))
    assert closed.is_closed
    assert closed.tries == TRIES_MAX
    assert box.count_attempt("user other", at(now_ms + 10**10)).is_allowed
    box.succeeded(LINDS)
    assert box.count_attempt(LINDS, at(now_ms + 10**10)).is_allowed


def test_tries_at_many_names_wait_by_the_device(tmp_path: Path) -> None:
    box = PreLogin(tmp_path)
    answers = [box.count_attempt(f"user {number}", at(NOW_MS)).wait_s for number in range(7)]
    assert answers == [0, 0, 0, 0, 0, 30, 30]


def test_unknown_names_behave_from_try_to_try_as_known_ones(tmp_path: Path) -> None:
    traces = []
    for folder, user in (("known", "lind"), ("unknown", "nobody")):
        (tmp_path / folder).mkdir()
        box, bucket = PreLogin(tmp_path / folder), bucket_of(KEYFILE, user)
        trace = []
        now_ms = NOW_MS
        for _ in range(TRIES_MAX + 3):
            decision = box.count_attempt(bucket, at(now_ms))
            trace.append((decision.wait_s, decision.tries))
            now_ms += (decision.wait_s or 0) * 1000
            if not decision.is_allowed:
                trace.append((box.count_attempt(bucket, at(now_ms)).wait_s, 0))
        traces.append(trace)
    assert traces[0] == traces[1]
    assert (None, TRIES_MAX) in traces[0]


def test_eight_processes_get_five_free_tries_in_all(tmp_path: Path) -> None:
    guessers = [_guesser(tmp_path, 6) for _ in range(8)]
    for guesser in guessers:  # all are up and wait at the line
        _let_go(guesser)
    answers = [guesser.communicate(timeout=120) for guesser in guessers]
    assert [told for _, told in answers if told] == []
    said = "".join(answer for answer, _ in answers)
    assert said.count("judged") == 5
    assert said.count("waits") == 8 * 6 - 5


def test_ending_the_program_before_the_password_is_judged_buys_nothing(tmp_path: Path) -> None:
    """The guesser is killed the moment it says that it would judge, again and again."""
    judged = 0
    for _ in range(7):
        guesser = _guesser(tmp_path, 1000)
        assert guesser.stdout is not None
        _let_go(guesser)
        first = guesser.stdout.readline()
        guesser.send_signal(signal.SIGKILL)
        guesser.communicate(timeout=60)
        judged += first == "judged\n"
        if first == "waits\n":
            break
    # Others than those seen may have been counted before the kill arrived; never fewer.
    assert judged <= 5
    assert not PreLogin(tmp_path).look(LINDS, NOW_MS).is_allowed


def test_a_year_forward_or_back_on_the_wall_clock_buys_nothing(tmp_path: Path) -> None:
    """The rule is given the time since the start alone; the same trace whatever the calendar says."""
    box = PreLogin(tmp_path)
    for _ in range(5):
        box.count_attempt(LINDS, at(NOW_MS))
    for days in (-365, 365):
        set_to = (AT + timedelta(days=days)).timestamp()
        os.utime(tmp_path / PRELOGIN_NAME, (set_to, set_to))
        box.seal_failure(
            KEYFILE.prelogin_public, VAULT, at=AT + timedelta(days=days), user_id=LIND, what="password"
        )
        assert box.count_attempt(LINDS, at(NOW_MS + 10_000)).wait_s == 20


def test_a_computer_started_again_keeps_the_wait(tmp_path: Path) -> None:
    now_ms = _count_up(PreLogin(tmp_path), 10)
    assert PreLogin(tmp_path).count_attempt(LINDS, at(now_ms)).wait_s == 900
    assert PreLogin(tmp_path).count_attempt(LINDS, at(5_000)).wait_s == 895
    assert PreLogin(tmp_path).count_attempt(LINDS, at(899_000)).wait_s == 1
    assert PreLogin(tmp_path).count_attempt(LINDS, at(900_000)).is_allowed
    assert PreLogin(tmp_path).count_attempt(LINDS, at(900_001)).wait_s == 900


def test_the_box_holds_no_name(tmp_path: Path) -> None:
    box = PreLogin(tmp_path)
    for user in (*PASSWORDS, "nobody"):
        box.count_attempt(bucket_of(KEYFILE, user), at(NOW_MS))
        box.seal_failure(KEYFILE.prelogin_public, VAULT, at=AT, user_id=LIND, what="password")
    held = (tmp_path / PRELOGIN_NAME).read_bytes()
    assert DEVICE.encode() in held
    for user in (*PASSWORDS, "nobody"):
        assert user.encode() not in held
    assert b"2026-11-23" not in held
    if os.name == "posix":
        assert (tmp_path / PRELOGIN_NAME).stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == [PRELOGIN_NAME, f"{PRELOGIN_NAME}-journal"]


def test_the_time_of_a_try_is_read_when_nobody_else_is_counting_one(tmp_path: Path) -> None:
    """A time from before another's try would pass for another start of the computer, and wait for nothing."""
    for _ in range(FREE_TRIES):
        PreLogin(tmp_path).count_attempt(LINDS, at(NOW_MS))
    other = sqlcipher.connect(str(tmp_path / PRELOGIN_NAME), timeout=0, isolation_level=None)

    def read() -> int:
        with pytest.raises(sqlcipher.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        return NOW_MS

    assert PreLogin(tmp_path).count_attempt(LINDS, read).wait_s == 30
    other.close()


# --- a try that cannot be counted --------------------------------------------------------------------


def test_a_try_that_cannot_be_stored_is_not_judged(tmp_path: Path) -> None:
    (tmp_path / PRELOGIN_NAME).mkdir()  # in the way of the file, and no account may write into it as one
    with pytest.raises(StoreUnavailable, match=f"{PRELOGIN_NAME} in the clinic's folder is no file"):
        PreLogin(tmp_path).count_attempt(LINDS, at(NOW_MS))


def test_a_box_that_another_process_does_not_let_go_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prelogin, "_BUSY_TIMEOUT_S", 0.05)
    PreLogin(tmp_path).count_attempt(LINDS, at(NOW_MS))
    other = sqlcipher.connect(str(tmp_path / PRELOGIN_NAME), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(ClinicInUse):
            PreLogin(tmp_path).count_attempt(LINDS, at(NOW_MS))
    finally:
        other.close()
    assert PreLogin(tmp_path).look(LINDS, NOW_MS).tries == 1


# --- damage ------------------------------------------------------------------------------------------


def _foreign(path: Path) -> None:
    path.unlink()
    other = sqlcipher.connect(str(path))
    other.execute("CREATE TABLE motto (text TEXT)")
    other.close()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"not a box at all"),
        lambda path: path.write_bytes(random.Random(7).randbytes(9000)),  # noqa: S311  damage, not a secret
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(path.read_bytes()[:60]),
        _foreign,
    ],
    ids=["text", "noise", "cut off", "cut off in the header", "another database"],
)
def test_a_damaged_box_is_put_aside_and_the_caller_is_told(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    box = PreLogin(tmp_path)
    box.count_attempt(LINDS, at(NOW_MS))
    spoil(tmp_path / PRELOGIN_NAME)
    decision = box.count_attempt(LINDS, at(NOW_MS))
    assert decision.was_damaged
    assert decision.is_allowed
    assert decision.tries == 1
    assert (tmp_path / DAMAGED_NAME).is_file()
    assert not box.count_attempt(LINDS, at(NOW_MS)).was_damaged
    drained = box.drain(KEY, VAULT)
    assert drained.started_anew == 1
    box.forget_through(drained)
    assert box.drain(KEY, VAULT).is_empty


def test_no_flipped_bit_locks_anybody_out(tmp_path: Path) -> None:
    box = PreLogin(tmp_path)
    for _ in range(3):
        box.count_attempt(LINDS, at(NOW_MS))
    data = (tmp_path / PRELOGIN_NAME).read_bytes()
    flips = random.Random(20261123)  # noqa: S311  places to damage, not a secret
    # Every bit of the header's fields that say which programs may read and write the file.
    places = [(place, bit) for place in (*range(16, 24), *range(40, 48)) for bit in range(8)]
    places += [(place, flips.randrange(8)) for place in range(100)]
    # The tables' own text, where it becomes no text any more.
    first = data.index(b"CREATE TABLE")
    places += [(place, 7) for place in range(first, data.index(b"\x00", first))]
    places += [(flips.randrange(len(data)), flips.randrange(8)) for _ in range(150)]
    anew = 0
    for place, bit in places:
        for path in tmp_path.iterdir():
            path.unlink()
        changed = data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]
        (tmp_path / PRELOGIN_NAME).write_bytes(changed)
        anew += box.count_attempt(LINDS, at(NOW_MS + 10**9)).was_damaged
    assert anew > 20


# --- failed log-ins ----------------------------------------------------------------------------------


def test_failures_reach_whoever_opens_the_clinic_in_their_order(tmp_path: Path) -> None:
    box = PreLogin(tmp_path)
    box.seal_failure(KEYFILE.prelogin_public, VAULT, at=AT, user_id=LIND, what="password")
    later = AT + timedelta(minutes=1)
    box.seal_failure(KEYFILE.prelogin_public, VAULT, at=later, user_id=None, what="recovery_code")
    drained = box.drain(unlock(KEYFILE, "okafor", PASSWORDS["okafor"]).database_key, VAULT)
    assert [(one.at, one.user_id, one.what) for one in drained.failures] == [
        (AT, LIND, "password"),
        (later, None, "recovery_code"),
    ]
    assert (drained.unreadable, drained.lost, drained.started_anew) == (0, 0, 0)


def test_nothing_is_forgotten_before_it_is_in_the_log(tmp_path: Path) -> None:
    box = PreLogin(tmp_path)
    box.seal_failure(KEYFILE.prelogin_public, VAULT, at=AT, user_id=LIND, what="password")
    drained = box.drain(KEY, VAULT)
    assert box.drain(KEY, VAULT) == drained  # killed before the log was written
    box.seal_failure(KEYFILE.prelogin_public, VAULT, at=AT, user_id=None, what="password")
    box.forget_through(drained)
    [rest] = box.drain(KEY, VAULT).failures
    assert rest.user_id is None
    assert rest.id > drained.through
    box.forget_through(box.drain(KEY, VAULT))
    assert box.drain(KEY, VAULT).is_empty


def test_eight_processes_lose_no_failure(tmp_path: Path) -> None:
    public = KEYFILE.prelogin_public.hex()
    failing = [_started(FAILING, str(tmp_path), public, VAULT, f"way {number}") for number in range(8)]
    for process in failing:
        _let_go(process)
    assert [process.communicate(timeout=120) for process in failing] == [("", "")] * 8
    failures = PreLogin(tmp_path).drain(KEY, VAULT).failures
    for number in range(8):
        assert [one.at.minute for one in failures if one.what == f"way {number}"] == list(range(20))


def test_another_clinics_key_reads_nothing(tmp_path: Path) -> None:
    box = PreLogin(tmp_path)
    box.seal_failure(KEYFILE.prelogin_public, VAULT, at=AT, user_id=LIND, what="password")
    _, other = made_clinic(recovery=False)
    for key, vault in ((other.database_key, VAULT), (KEY, OTHER_VAULT)):
        drained = box.drain(key, vault)
        assert drained.failures == ()
        assert drained.unreadable == 1


def test_a_failure_from_before_a_rotation_is_told_as_unreadable(tmp_path: Path) -> None:
    box = PreLogin(tmp_path)
    box.seal_failure(KEYFILE.prelogin_public, VAULT, at=AT, user_id=LIND, what="password")
    rotating, new_key, _ = begin_rotation(KEYFILE, KEY)
    finished = finish_rotation(rotating, new_key)
    box.seal_failure(finished.prelogin_public, VAULT, at=AT, user_id=LIND, what="password")
    drained = box.drain(new_key, VAULT)
    assert (len(drained.failures), drained.unreadable) == (1, 1)


def test_a_changed_seal_is_unreadable_and_not_a_crash(tmp_path: Path) -> None:
    box = PreLogin(tmp_path)
    box.seal_failure(KEYFILE.prelogin_public, VAULT, at=AT, user_id=LIND, what="password")
    connection = sqlcipher.connect(str(tmp_path / PRELOGIN_NAME), isolation_level=None)
    (sealed,) = connection.execute("SELECT sealed FROM failure").fetchone()
    for changed in (b"", b"\0" * 80, sealed[:-1], sealed[:31], bytes([sealed[0] ^ 1]) + sealed[1:]):
        connection.execute("UPDATE failure SET sealed = ?", (changed,))
        assert box.drain(KEY, VAULT).unreadable == 1
    connection.close()


def test_a_full_box_counts_what_it_cannot_keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prelogin, "FAILURES_MAX", 2)
    box = PreLogin(tmp_path)
    for _ in range(5):
        box.seal_failure(KEYFILE.prelogin_public, VAULT, at=AT, user_id=LIND, what="password")
    drained = box.drain(KEY, VAULT)
    assert (len(drained.failures), drained.lost) == (2, 3)


def test_a_key_file_of_form_1_has_nothing_to_seal_to_yet(tmp_path: Path) -> None:
    box = PreLogin(tmp_path)
    box.seal_failure(b"", VAULT, at=AT, user_id=LIND, what="password")
    assert box.drain(KEY, VAULT).lost == 1


def test_every_key_file_of_form_2_names_a_key_that_its_database_key_opens() -> None:
    keyfile, held = create_keys(
        VAULT, [NewUser("lind", LIND, "x" * 15, signature=False)], cost=FLOOR_COST, recovery=False
    )
    sealed = seal_event(keyfile.prelogin_public, VAULT, b"event")
    assert open_event(held.database_key, VAULT, sealed) == b"event"


# --- room --------------------------------------------------------------------------------------------


def test_neither_tries_nor_failures_need_room_that_the_box_has_not_taken_before(tmp_path: Path) -> None:
    box = PreLogin(tmp_path)
    box.look(LINDS, NOW_MS)
    box.look(LINDS, NOW_MS)

    def taken() -> dict[str, tuple[int, int]]:
        found = {path.name: path.stat() for path in tmp_path.iterdir()}
        return {name: (one.st_size, getattr(one, "st_blocks", 0)) for name, one in found.items()}

    before = taken()
    assert set(before) == {PRELOGIN_NAME, f"{PRELOGIN_NAME}-journal"}
    for number in range(60):
        box.count_attempt(f"user {number}", at(NOW_MS * (number + 1)))
        box.seal_failure(KEYFILE.prelogin_public, VAULT, at=AT, user_id=LIND, what="password")
        assert taken() == before
