from collections.abc import Iterator

import pytest

from mnclinic.errors import StoreUnavailable
from mnclinic.security import kdf
from mnclinic.security.kdf import DEFAULT_COST, FLOOR_COST, Kdf, KdfCost, calibrate, derive, fresh_kdf

SALT = bytes(range(16))


@pytest.mark.parametrize(
    ("memory_kib", "iterations", "lanes"),
    [(19456, 2, 1), (47104, 1, 1), (65536, 3, 4), (262144, 1, 1), (262144, 10, 4)],
)
def test_a_cost_between_floor_and_ceiling_is_believed(memory_kib: int, iterations: int, lanes: int) -> None:
    KdfCost(memory_kib, iterations, lanes)


@pytest.mark.parametrize(
    ("memory_kib", "iterations", "lanes"),
    [
        (19455, 2, 1),
        (19456, 1, 1),
        (47103, 1, 1),
        (47104, 0, 1),
        (8, 10, 1),
        (262145, 3, 4),
        (65536, 11, 4),
        (65536, 3, 5),
        (65536, 3, 0),
        (-65536, 3, 1),
    ],
)
def test_a_weak_or_absurd_cost_is_refused(memory_kib: int, iterations: int, lanes: int) -> None:
    with pytest.raises(ValueError, match=r"cost|lanes"):
        KdfCost(memory_kib, iterations, lanes)


def test_derivation_is_the_argon2id_of_the_reference_program() -> None:
    # From the test list of the Argon2 reference implementation, version 0x13.
    expected = "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"
    assert derive("password", Kdf(KdfCost(65536, 2, 1), b"somesalt")).hex() == expected


def test_spellings_that_look_alike_derive_alike() -> None:
    composed, apart = "caf\u00e9 \ufb01nes", "cafe\u0301 fines"
    assert derive(composed, Kdf(FLOOR_COST, SALT)) == derive(apart, Kdf(FLOOR_COST, SALT))


def test_every_salt_derives_something_else() -> None:
    assert derive("password", fresh_kdf(FLOOR_COST)) != derive("password", fresh_kdf(FLOOR_COST))


def test_a_password_that_is_no_text_derives_instead_of_crashing() -> None:
    assert len(derive("half a pair \ud800", fresh_kdf(FLOOR_COST))) == 32


def test_too_little_memory_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoRoom:
        def __init__(self, **_: object) -> None: ...

        def derive_into(self, _material: bytes, _buffer: bytearray) -> int:
            raise MemoryError

    monkeypatch.setattr("cryptography.hazmat.primitives.kdf.argon2.Argon2id", NoRoom)
    with pytest.raises(StoreUnavailable, match="64 MiB are needed"):
        derive("password", fresh_kdf(DEFAULT_COST))


def _stopwatch_of(monkeypatch: pytest.MonkeyPatch, mib_per_s: float) -> Iterator[float]:
    """A computer that fills so much memory in a second."""
    now = [0.0]

    def derived(_password: str, how: Kdf) -> bytearray:
        now[0] += how.cost.memory_kib / 1024 * how.cost.iterations / mib_per_s
        return bytearray(32)

    monkeypatch.setattr(kdf, "derive", derived)
    while True:
        yield now[0]


@pytest.mark.parametrize("mib_per_s", [200.0, 400.0, 900.0, 1500.0, 2500.0, 3800.0])
def test_calibration_lands_between_half_a_second_and_one(
    monkeypatch: pytest.MonkeyPatch, mib_per_s: float
) -> None:
    stopwatch = _stopwatch_of(monkeypatch, mib_per_s)
    cost = calibrate(0.5, stopwatch=lambda: next(stopwatch))
    seconds = cost.memory_kib / 1024 * cost.iterations / mib_per_s
    assert 0.5 <= seconds <= 1.0


def test_a_slow_computer_keeps_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    stopwatch = _stopwatch_of(monkeypatch, 20.0)
    assert calibrate(0.5, stopwatch=lambda: next(stopwatch)) == DEFAULT_COST


def test_calibration_stops_at_256_mib_and_ten_iterations(monkeypatch: pytest.MonkeyPatch) -> None:
    stopwatch = _stopwatch_of(monkeypatch, 1e9)
    assert calibrate(0.5, stopwatch=lambda: next(stopwatch)) == KdfCost(256 * 1024, 10, 4)
