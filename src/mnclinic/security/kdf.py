"""A password becomes a key: Argon2id (RFC 9106), and the limits within which its cost is believed.

A personal recovery code holds 160 random bits, which nobody guesses: HKDF is enough for it.
"""

import os
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from mnclinic.errors import StoreUnavailable

ARGON2ID = "argon2id"
HKDF_SHA256 = "hkdf-sha256"
SALT_BYTES = 16
KEY_BYTES = 32

# The two weakest settings that OWASP's password storage sheet and ASVS 5.0 still accept, as
# (memory in KiB, iterations). A weaker one in a file was put there by somebody.
_FLOORS = ((19 * 1024, 2), (46 * 1024, 1))
# More than these only keeps the clinic waiting: a file that asks for it is refused before it is run.
# They are what `calibrate` arrives at on the fastest computer.
_MEMORY_KIB_MAX = 256 * 1024
_ITERATIONS_MAX = 10
_LANES_MAX = 4


@dataclass(frozen=True)
class KdfCost:
    """How much work one guess at a password costs.

    Raises:
        ValueError: The cost is below the floor (19 MiB, 2 iterations, 1 lane, or 46 MiB, 1, 1)
            or absurd (over 256 MiB, 10 iterations or 4 lanes).
    """

    memory_kib: int
    iterations: int
    lanes: int

    def __post_init__(self) -> None:
        if not any(self.memory_kib >= memory and self.iterations >= times for memory, times in _FLOORS):
            raise ValueError("the password cost is below the floor")
        if self.memory_kib > _MEMORY_KIB_MAX or self.iterations > _ITERATIONS_MAX:
            raise ValueError("the password cost is absurd")
        if not 1 <= self.lanes <= _LANES_MAX:
            raise ValueError("the number of lanes is absurd")


DEFAULT_COST = KdfCost(memory_kib=64 * 1024, iterations=3, lanes=4)
"""The second recommended setting of RFC 9106. Calibration never goes below it."""

FLOOR_COST = KdfCost(memory_kib=19 * 1024, iterations=2, lanes=1)
"""The weakest cost that a key file may name. For tests and demonstration clinics."""


@dataclass(frozen=True)
class Kdf:
    """One derivation: its cost and its own salt (16 bytes)."""

    cost: KdfCost
    salt: bytes

    def document(self) -> dict[str, Any]:
        """The block that stands in the key file and in the binding of what it locks."""
        return {**cost_document(self.cost), "salt": self.salt.hex()}


@dataclass(frozen=True)
class CodeKdf:
    """The derivation of a personal recovery code, with its own salt (16 bytes)."""

    salt: bytes

    def document(self) -> dict[str, Any]:
        """As `Kdf.document`."""
        return {"id": HKDF_SHA256, "salt": self.salt.hex()}


def cost_document(cost: KdfCost) -> dict[str, Any]:
    """A cost as JSON, with the name of the function it belongs to."""
    return {
        "id": ARGON2ID,
        "memory_kib": cost.memory_kib,
        "iterations": cost.iterations,
        "lanes": cost.lanes,
    }


def fresh_kdf(cost: KdfCost) -> Kdf:
    """A derivation with a new random salt."""
    return Kdf(cost, os.urandom(SALT_BYTES))


def derive(password: str, kdf: Kdf) -> bytearray:
    """32 bytes from a password, which is normalised (NFKC) first.

    Takes as long as the cost says and releases the interpreter lock meanwhile.

    Raises:
        StoreUnavailable: The computer has too little free memory for this cost.
    """
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    derived = bytearray(KEY_BYTES)
    function = Argon2id(
        salt=kdf.salt,
        length=KEY_BYTES,
        iterations=kdf.cost.iterations,
        lanes=kdf.cost.lanes,
        memory_cost=kdf.cost.memory_kib,
    )
    # A lone surrogate can be typed on a command line; it must read as a wrong password, not as a crash.
    material = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    try:
        function.derive_into(material, derived)
    except MemoryError:
        raise StoreUnavailable(
            f"The computer has too little free memory to check a password "
            f"({kdf.cost.memory_kib // 1024} MiB are needed). Nothing was changed. "
            "Close other programs and try again."
        ) from None
    return derived


def fresh_code_kdf() -> CodeKdf:
    """A recovery code's derivation with a new random salt."""
    return CodeKdf(os.urandom(SALT_BYTES))


def derive_from_code(secret: bytes | bytearray, kdf: CodeKdf) -> bytearray:
    """32 bytes from the secret of a personal recovery code (HKDF-SHA256)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = bytearray(KEY_BYTES)
    HKDF(SHA256(), KEY_BYTES, salt=kdf.salt, info=b"mnclinic/2 personal code").derive_into(secret, derived)
    return derived


def calibrate(at_least_s: float = 0.5, *, stopwatch: Callable[[], float] = time.perf_counter) -> KdfCost:
    """The cost at which one password check takes between `at_least_s` and twice that on this computer.

    Memory is raised before iterations, because memory is what an attacker's hardware lacks, but not
    over 256 MiB, because a front-desk PC has other work. A computer on which `DEFAULT_COST` already
    takes longer keeps `DEFAULT_COST`.

    Args:
        at_least_s: The lower end of the wanted time, in seconds.
        stopwatch: Seconds from any origin; only differences are used.
    """

    def seconds(cost: KdfCost) -> float:
        times = []
        for _ in range(2):
            started = stopwatch()
            derive("calibration", fresh_kdf(cost))
            times.append(stopwatch() - started)
        return min(times)

    cost = DEFAULT_COST
    while seconds(cost) < at_least_s and (dearer := _doubled(cost)) is not None:
        cost = dearer
    return cost


def _doubled(cost: KdfCost) -> KdfCost | None:
    """About twice the work, or None at the top."""
    if cost.memory_kib * 2 <= _MEMORY_KIB_MAX:
        return replace(cost, memory_kib=cost.memory_kib * 2)
    if cost.iterations < _ITERATIONS_MAX:
        return replace(cost, iterations=min(cost.iterations * 2, _ITERATIONS_MAX))
    return None
