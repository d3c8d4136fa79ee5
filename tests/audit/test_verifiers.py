"""Signatures verified by other processes: the same answer as here, whatever becomes of them."""

import os
import signal
from collections.abc import Mapping
from multiprocessing.process import BaseProcess

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from nacl.bindings import crypto_sign_open

from mnclinic.audit import verifiers as verifiers_module
from mnclinic.audit.signing import entry_signing_bytes, verify
from mnclinic.audit.verifiers import BATCH, FEW, HANDED_OVER, Verifiers, verifiers

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLICS: Mapping[str, bytes] = {"ours": PRIVATE.public_key().public_bytes_raw(), "no key": b"short"}
LEAF = b"\x07" * 32
GOOD = PRIVATE.sign(entry_signing_bytes(LEAF))
HOLDER = "36a1b9d68b398ab865f36ec600ba52dce2a2f47d5d86b10c63c40e45e2b46842"
HOLDER_TURNED = "c637a8053462410a2737d90f428f81d75fa57977d4ecef5d89c073ff16f02df2"
"""The same key with a point of order eight added to it."""
POINT = "e041c7be0308de51db21cb331390c8fef057688a233b3551211866cbee6cd669"
SCALAR = "e10cca98f4f148043b8080b0ac7192b798a850e17b8e4b9358d5366098cf4803"
OF_LEAF = {
    "sound": (HOLDER, POINT + SCALAR),
    "with its point turned by one of order eight": (
        HOLDER,
        "31da06a1f75b1f0a4aca11f4d79ca41314580cb7ff36bdb8aa2d3285f53fb37c"
        "857f372b298cf320641c527dd86e5cf52b7ff9878f0078672f2c6cf11a918b03",
    ),
    "under a key turned so": (
        HOLDER_TURNED,
        POINT + "131c3b5f03bedcadaa552086164a60e150922e601a9db055c82397c8476a810e",
    ),
    "with the neutral point": (
        HOLDER,
        "01" + "00" * 31 + "b8bdac6fb24c273f3bd24af81676e0971c235a535c518d2eb3791fa07c19f505",
    ),
    "with the neutral point in another encoding": (
        HOLDER,
        "ee" + "ff" * 30 + "7f" + "e32c63f1b91e9b5d437de8bd151a71497ac119ae8b02968139bd270b2411780b",
    ),
    "with a scalar beyond the order": (
        HOLDER,
        POINT + "cee0bff50e555b5c111d78538b6b71cc98a850e17b8e4b9358d5366098cf4813",
    ),
}
"""What only a key's own holder can make of a signature on `LEAF`, and what verifiers disagree about."""
BROKEN_AT = (1, BATCH, BATCH + 1, 2 * BATCH + 7)


def put_all(verifying: Verifiers) -> None:
    for seq in range(1, 2 * BATCH + 10):
        verifying.put(seq, "ours", LEAF, GOOD if seq not in BROKEN_AT else bytes(64))


@pytest.mark.parametrize(("entries", "cores"), [(10, 2), (FEW + 1, 1), (FEW + 1, 2)])
def test_what_does_not_hold_is_told_in_order_here_and_in_other_processes(entries: int, cores: int) -> None:
    with verifiers(PUBLICS, entries, cores=cores) as verifying:
        put_all(verifying)
        verifying.put(90_000, "no key", LEAF, GOOD)
        verifying.put(80_000, "ours", LEAF, GOOD[:-1])
        with pytest.raises(KeyError):
            verifying.put(1, "a stranger's", LEAF, GOOD)
        assert [*verifying.broken()] == [*BROKEN_AT, 80_000, 90_000]
        assert verifying.verified == 2 * BATCH + 10


@pytest.mark.parametrize("made", OF_LEAF)
def test_a_signature_that_was_bent_holds_where_it_holds_elsewhere_and_nowhere_else(made: str) -> None:
    public, signature = (bytes.fromhex(one) for one in OF_LEAF[made])
    elsewhere = verify(public, signature, entry_signing_bytes(LEAF))
    with verifiers({"holder": public}, 1) as verifying:
        verifying.put(1, "holder", LEAF, signature)
        assert [*verifying.broken()] == ([] if elsewhere else [1])
    assert elsewhere == (made in {"sound", "with the neutral point"})


def test_a_public_key_of_another_length_is_never_handed_to_what_would_read_past_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lengths: list[int] = []

    def opened(signed: bytes, key: bytes) -> bytes:
        lengths.append(len(key))
        return crypto_sign_open(signed, key)

    monkeypatch.setattr(verifiers_module, "crypto_sign_open", opened)
    publics = {**PUBLICS, "cut": PUBLICS["ours"][:-1], "longer": PUBLICS["ours"] + b"\0", "none": b""}
    with verifiers(publics, 1) as verifying:
        for seq, key in enumerate(publics, start=1):
            verifying.put(seq, key, LEAF, GOOD)
        assert [*verifying.broken()] == [2, 3, 4, 5]
    assert lengths == [32]


def test_processes_that_die_change_nothing_about_the_answer() -> None:
    with verifiers(PUBLICS, FEW + 1, cores=2) as verifying:
        put_all(verifying)
        pool = verifying._pool  # noqa: SLF001 - to end its processes behind its back
        assert pool is not None
        for process in list(pool._processes.values()):  # noqa: SLF001 - the same
            process.kill()
        put_all(verifying)
        assert [*verifying.broken()] == sorted((*BROKEN_AT, *BROKEN_AT))


def test_who_waits_hears_how_far_it_is_and_can_stop_it() -> None:
    heard: list[int] = []

    def stop(done: int) -> None:
        heard.append(done)
        raise InterruptedError

    with verifiers(PUBLICS, FEW + 1, cores=2) as verifying:
        put_all(verifying)
        with pytest.raises(InterruptedError):
            [*verifying.broken(stop)]
    assert heard == [0]


def stop_with_much_left(processes: list[BaseProcess]) -> None:
    with verifiers(PUBLICS, FEW + 1, cores=2) as verifying:
        put_all(verifying)
        pool = verifying._pool  # noqa: SLF001 - how its processes end is the point
        assert pool is not None
        processes += pool._processes.values()  # noqa: SLF001 - the same
        raise InterruptedError


def test_whoever_stops_waits_for_nothing_that_the_processes_were_handed() -> None:
    processes: list[BaseProcess] = []
    with pytest.raises(InterruptedError):
        stop_with_much_left(processes)
    assert [one.exitcode for one in processes] == [-signal.SIGTERM]


def test_no_more_wait_for_the_processes_than_fit_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifiers_module, "MOST_AHEAD", BATCH)
    with verifiers(PUBLICS, FEW + 1, cores=2, is_background=True) as verifying:
        put_all(verifying)
        put_all(verifying)
        verifying.keep_pace(lambda _done: None)
        assert len(verifying._waiting) + len(verifying._handed_over) == 1  # noqa: SLF001 - what it holds
        assert [*verifying.broken()] == sorted((*BROKEN_AT, *BROKEN_AT))


def test_what_a_process_is_behind_with_is_verified_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifiers_module, "BATCH", 16)
    with verifiers(PUBLICS, FEW + 1, cores=2) as verifying:
        pool = verifying._pool  # noqa: SLF001 - to hold its process up behind its back
        assert pool is not None
        (process,) = pool._processes.values()  # noqa: SLF001 - the same
        assert process.pid is not None
        held_up = process.pid
        os.kill(held_up, signal.SIGSTOP)
        heard: list[int] = []

        def wait(done: int) -> None:
            heard.append(done)
            if done == put - HANDED_OVER * 16 or len(heard) == 200:
                os.kill(held_up, signal.SIGCONT)

        put_all(verifying)
        put = 2 * BATCH + 9
        assert [*verifying.broken(wait)] == [*BROKEN_AT]
    # What it had been handed before is its own; all the rest was verified meanwhile.
    assert put - HANDED_OVER * 16 in heard
    assert len(heard) < 200
