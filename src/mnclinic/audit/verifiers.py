"""The signatures of a long log, verified on every core. The only place where processes are started for it.

The processes are handed public keys, leaf hashes and signatures, and answer which of these do not hold.
They are started afresh and never forked: a fork would carry this process's memory into them, keys and all.
A short log is verified here, since starting them takes longer than that. So is everything that they were
handed when one of them dies: they make a check faster and have no part in its verdict.

libsodium verifies, in three fifths of the time of `cryptography`, by the same equation without a cofactor.
What it does not accept `cryptography` decides, so what is called broken is broken everywhere else.
"""

import os
import signal
import struct
import sys
from array import array
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent import futures
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from typing import NamedTuple

from nacl.bindings import crypto_sign_open
from nacl.exceptions import BadSignatureError

from mnclinic.audit.signing import PUBLIC_KEY_BYTES, SIGNATURE_BYTES, entry_signing_bytes, verify

FEW = 5_000
"""Up to so many entries no process is started."""
BATCH = 1_024
MOST_AHEAD = 393_216
"""How many entries may wait: a hundred bytes each. They are verified while nothing new comes."""
HANDED_OVER = 12
"""How many batches each process has before it: half a second's work, so that one handed over late is early
enough. What was handed over is not taken back, so the rest waits here, where this process can take of it too.
"""
HANDED_OVER_AT_LAST = 2
"""The same while this process verifies too: nobody is then to be left with the last ones alone."""
WAIT_S = 0.1
NICE_BY = 10

_JOB = struct.Struct("<H64s32s")
_MOST_KEYS = 2**16

_keys: list[bytes | None] = []
"""In a process: the public keys, in the order of the numbers that jobs name them by."""


class _Batch(NamedTuple):
    numbers: "array[int]"
    jobs: bytes


class Verifiers:
    """Takes entries' signatures in any number, and tells in the end which do not hold."""

    def __init__(
        self,
        publics: Mapping[str, bytes],
        pool: ProcessPoolExecutor | None,
        *,
        processes: int = 0,
        is_background: bool = False,
    ) -> None:
        """Made by `verifiers`. `publics` are raw public keys by key id."""
        self._names = {name: number.to_bytes(2, "little") for number, name in enumerate(publics)}
        self._here = _loaded(list(publics.values()))
        self._pool = pool
        self._processes = processes
        self._is_background = is_background
        self._to_each = HANDED_OVER
        self._jobs: list[bytes] = []
        self._numbers = array("q")
        self._waiting: deque[_Batch] = deque()
        self._handed_over: deque[tuple[_Batch, Future[list[int]]]] = deque()
        self._broken: list[int] = []
        self.verified = 0

    def put(self, seq: int, key: str, leaf: bytes, signature: bytes) -> None:
        """Hand over one entry's signature. Raises KeyError for a key that is not among the public keys."""
        number = self._names[key]
        if len(signature) != SIGNATURE_BYTES:
            self._broken.append(seq)
            return
        self._jobs.append(number + signature + leaf)
        self._numbers.append(seq)
        if len(self._jobs) == BATCH:
            self._send()

    def broken(self, wait: Callable[[int], None] = lambda _done: None) -> Iterator[int]:
        """The numbers of the entries whose signature does not hold, once all are verified.

        `wait` hears a few times a second how many are verified; it may raise.
        """
        self._send()
        while self._waiting or self._handed_over:
            self._go_on(wait)
        yield from sorted(self._broken)

    def keep_pace(self, wait: Callable[[int], None]) -> None:
        """Return when not too many are waiting any more."""
        while (len(self._waiting) + len(self._handed_over)) * BATCH > MOST_AHEAD:
            self._go_on(wait)
        self._to_each = HANDED_OVER

    def hand_over(self) -> None:
        """See to it that each process has enough before it, as far as there is anything.

        Whoever is busy with something else calls this a few times a second; it takes no time.
        """
        while self._handed_over and self._handed_over[0][1].done():
            self._take(*self._handed_over.popleft())
        while (
            self._pool is not None
            and self._waiting
            and len(self._handed_over) < self._to_each * self._processes
        ):
            batch = self._waiting.popleft()
            try:
                self._handed_over.append((batch, self._pool.submit(_broken_in_process, batch.jobs)))
            except (BrokenProcessPool, OSError):
                self._pool = None
                self._waiting.appendleft(batch)

    def _send(self) -> None:
        if self._jobs:
            batch = _Batch(self._numbers, b"".join(self._jobs))
            self._jobs, self._numbers = [], array("q")
            if self._pool is None:
                self._verify_here(batch)
            else:
                self._waiting.append(batch)
        self.hand_over()

    def _go_on(self, wait: Callable[[int], None]) -> None:
        """Verify a batch here, or wait a moment for the processes where that is for them alone."""
        is_own_work = self._pool is None or not self._is_background
        self._to_each = HANDED_OVER_AT_LAST if is_own_work else HANDED_OVER
        wait(self.verified)
        self.hand_over()
        if self._waiting and is_own_work:
            # The newest: the oldest is what the processes are handed next.
            self._verify_here(self._waiting.pop())
        elif self._handed_over:
            futures.wait([self._handed_over[0][1]], WAIT_S)

    def _take(self, batch: _Batch, future: Future[list[int]]) -> None:
        try:
            found = future.result()
        except (BrokenProcessPool, OSError):
            self._pool = None
            self._waiting.append(batch)
        else:
            self._keep(batch, found)

    def _verify_here(self, batch: _Batch) -> None:
        self._keep(batch, _broken_among(batch.jobs, self._here))

    def _keep(self, batch: _Batch, found: Sequence[int]) -> None:
        self.verified += len(batch.numbers)
        self._broken += [batch.numbers[at] for at in found]


@contextmanager
def verifiers(
    publics: Mapping[str, bytes], entries: int, *, is_background: bool = False, cores: int | None = None
) -> Iterator[Verifiers]:
    """Verify signatures of a log of `entries` entries, on each core where that pays.

    This process has a core too, and verifies what the others are behind with once it waits for them.

    Args:
        publics: Every public key that entries may be signed with, raw, by key id.
        entries: About how many there will be.
        is_background: Leave the cores to whoever works: one process, which yields to others.
        cores: How many there are; None to ask the system.
    """
    cores = cores or os.cpu_count() or 1
    if entries <= FEW or cores == 1 or len(publics) >= _MOST_KEYS or not sys.executable:
        yield Verifiers(publics, None)
        return
    processes = 1 if is_background else cores - 1
    pool = ProcessPoolExecutor(
        max_workers=processes,
        mp_context=get_context("spawn"),
        initializer=_begin,
        initargs=(list(publics.values()), is_background),
    )
    try:
        with suppress(BrokenProcessPool, OSError):
            # They start while the first entries are read; whoever hands them work tells that they cannot.
            for _ in range(processes):
                pool.submit(_broken_in_process, b"")
        yield Verifiers(publics, pool, processes=processes, is_background=is_background)
    except BaseException:
        # Whoever stopped it waits for no answer to what they were handed.
        for process in (*pool._processes.values(),):  # noqa: SLF001 - only later Pythons have a word for it
            process.terminate()
        _unblock(pool)
        raise
    finally:
        if pool._broken:  # noqa: SLF001 - it has no other word for it
            _unblock(pool)
        pool.shutdown(wait=True, cancel_futures=True)


def _unblock(pool: ProcessPoolExecutor) -> None:
    """Let go of whoever still hands jobs to processes that are no more.

    Before Python 3.11.5 nobody else does, and ending the pool waits for them for ever.
    """
    with suppress(OSError, AttributeError, KeyError):
        vars(pool)["_call_queue"]._reader.close()  # noqa: SLF001 - as Python's own remedy does (gh-94777)


def _begin(publics: list[bytes], is_background: bool) -> None:
    """What a process does first."""
    # An interrupt from the keyboard reaches every process of the terminal; ending is the parent's word.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if is_background and hasattr(os, "nice"):
        os.nice(NICE_BY)
    _keys[:] = _loaded(publics)


def _broken_in_process(jobs: bytes) -> list[int]:
    return _broken_among(jobs, _keys)


def _broken_among(jobs: bytes, keys: Sequence[bytes | None]) -> list[int]:
    found = []
    for at, (number, signature, leaf) in enumerate(_JOB.iter_unpack(jobs)):
        key = keys[number]
        if key is None:
            found.append(at)
            continue
        signed = entry_signing_bytes(leaf)
        try:
            crypto_sign_open(signature + signed, key)
        except BadSignatureError:
            if not verify(key, signature, signed):
                found.append(at)
    return found


def _loaded(publics: Sequence[bytes]) -> list[bytes | None]:
    # A shorter one would be read past its end.
    return [one if len(one) == PUBLIC_KEY_BYTES else None for one in publics]
