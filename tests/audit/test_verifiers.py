"""Signatures verified by other processes: the same answer as here, whatever becomes of them."""

from collections.abc import Mapping

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mnclinic.audit import verifiers as verifiers_module
from mnclinic.audit.signing import entry_signing_bytes
from mnclinic.audit.verifiers import BATCH, FEW, Verifiers, verifiers

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLICS: Mapping[str, bytes] = {"ours": PRIVATE.public_key().public_bytes_raw(), "no key": b"short"}
LEAF = b"\x07" * 32
GOOD = PRIVATE.sign(entry_signing_bytes(LEAF))
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


def test_no_more_wait_for_the_processes_than_fit_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifiers_module, "MOST_AHEAD", BATCH)
    with verifiers(PUBLICS, FEW + 1, cores=2, is_background=True) as verifying:
        put_all(verifying)
        put_all(verifying)
        verifying.keep_pace(lambda _done: None)
        assert len(verifying._pending) == 1  # noqa: SLF001 - what it holds is the point
        assert [*verifying.broken()] == sorted((*BROKEN_AT, *BROKEN_AT))
