"""A second person types their own user name and password beside the one who acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mnclinic.domain.instants import Clock
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.slots import Unlocked, unlock
from mnclinic.services.credentials import device_secret_of, judged


@dataclass(frozen=True)
class SecondPerson:
    """Somebody else on the staff, who types their own user name and password to confirm."""

    user: str
    password: str = field(repr=False)


@contextmanager
def second_log_in(
    folder: Path, key_file: KeyFile, second: SecondPerson | None, *, clock: Clock
) -> Iterator[Unlocked | None]:
    """The second person's keys for one act, forgotten after it; None where nobody was named.

    Whether this person may confirm the act is for the use-case to say.

    Raises:
        WrongCredentials, TooManyTries: it counts like a try at the log-in. StoreUnavailable and kin.
    """
    if second is None:
        yield None
        return

    def opened() -> Unlocked:
        return unlock(key_file, second.user, second.password, device_secret=device_secret_of(key_file))

    unlocked = judged(folder, key_file, second.user, clock=clock, judge=opened)
    try:
        yield unlocked
    finally:
        unlocked.forget()
