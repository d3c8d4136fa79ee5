"""How long the next try at a password has to wait: a pure rule over counters and a monotonic clock.

Five tries are free, for each user and for the device as a whole; after each further one the next has to
wait 30 s, 60 s and so on, doubled up to 15 min. After 50 wrong ones in a row a user's name is closed
until a recovery code or an administrator opens it again; the device never closes.

A try is counted before its password is judged, so that ending the program in between buys nothing. Time
is the milliseconds since the computer was started: no calendar can be set to shorten a wait. When they
are fewer than those recorded, the computer was started again meanwhile, and only the time since then is
sure to have passed.

It cannot slow down guessing on a copied folder. That is what the cost of a derivation is for.
"""

import hashlib
from dataclasses import dataclass

from mnclinic.security.keyfile import KeyFile, folded_login

FREE_TRIES = 5
TRIES_MAX = 50
FIRST_WAIT_MS = 30_000
LONGEST_WAIT_MS = 15 * 60_000

DEVICE = "device"
"""The bucket that every try on this device falls into."""

_MS_PER_S = 1000


@dataclass(frozen=True)
class Tries:
    """A bucket's counter: wrong (or never judged) tries in a row, and when the last of them began."""

    count: int = 0
    last_at_ms: int = 0


@dataclass(frozen=True)
class Decision:
    """Whether the password may be judged now.

    `wait_s` is what `TooManyTries` takes: 0 if it may be judged, None if the name is closed. `tries` are
    the ones counted for the user, this one included where it was counted. `was_damaged`: the counters
    could not be read and were started anew.
    """

    wait_s: int | None
    tries: int
    was_damaged: bool = False

    @property
    def is_allowed(self) -> bool:
        """Whether the try may be judged; it then has been counted."""
        return self.wait_s == 0

    @property
    def is_closed(self) -> bool:
        """Whether no waiting helps any more."""
        return self.wait_s is None


def wait_after_ms(count: int) -> int:
    """The pause that this many tries in a row ask for before the next one."""
    if count < FREE_TRIES:
        return 0
    # Far fewer doublings than 50 reach the top; the bound only keeps the numbers small.
    return min(FIRST_WAIT_MS << min(count - FREE_TRIES, TRIES_MAX), LONGEST_WAIT_MS)


def elapsed_ms(tries: Tries, now_ms: int) -> int:
    """At least so much time has passed since the last try. Both are counted from the computer's start."""
    return now_ms - tries.last_at_ms if now_ms >= tries.last_at_ms else max(0, now_ms)


def judge(user: Tries, device: Tries, now_ms: int) -> Decision:
    """Whether the next try may be judged now, and if not, how long it has to wait. Counts nothing."""
    if user.count >= TRIES_MAX:
        return Decision(None, user.count)
    wait_ms = max(wait_after_ms(tries.count) - elapsed_ms(tries, now_ms) for tries in (user, device))
    return Decision(-(-max(0, wait_ms) // _MS_PER_S), user.count)


def counted(tries: Tries, now_ms: int) -> Tries:
    """The counter with one more try that begins now."""
    return Tries(tries.count + 1, now_ms)


def bucket_of(keyfile: KeyFile, user: str) -> str:
    """The bucket of a typed user name; nobody's name can be read out of it.

    Names that nobody has share 256 buckets by the first byte of a hash, so that each of them behaves
    from try to try as a name that somebody has.
    """
    slot = keyfile.slot_of(user)
    if slot is not None:
        return f"user {slot.user_id}"
    told = f"{keyfile.vault_id}\n{folded_login(user)}".encode("utf-8", "surrogatepass")
    return f"unknown {hashlib.sha256(told).hexdigest()[:2]}"
