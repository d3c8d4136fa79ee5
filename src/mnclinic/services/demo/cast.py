"""Who acts in the demo, and the time that they live in."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mnclinic.security.slots import unlock
from mnclinic.services.demo.people import STAFF
from mnclinic.services.open_clinic import person_of
from mnclinic.services.session import OpenClinic, Signer, signer


class SimulatedClock:
    """The demo's time, set by its story."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._start, self._ticks = at, 0

    def now(self) -> datetime:
        """The story's present; each reading is a little later, as in life."""
        self.at += timedelta(milliseconds=7)
        return self.at

    def monotonic_ms(self) -> int:
        """As long as the story went on: it has no other clock."""
        self._ticks = max(self._ticks + 7, (self.at - self._start) // timedelta(milliseconds=1))
        return self._ticks


@dataclass(frozen=True)
class Role:
    """Somebody who is logged in for the story, with their open signature key where they sign."""

    clinic: OpenClinic
    signs: Signer | None

    @property
    def signer(self) -> Signer:
        """The open signature key of somebody who signs."""
        if self.signs is None:
            raise AssertionError("this role of the story signs nothing")
        return self.signs


def password_of(user: str) -> str:
    """What a member of the demo's staff logs in with."""
    return next(one.password for one in STAFF if one.user == user)


@contextmanager
def everybody(owner: OpenClinic) -> Iterator[dict[str, Role]]:
    """Every member of staff logged in over one open store, with the signature keys of those who sign."""
    with ExitStack() as stack:
        roles = {}
        for one in STAFF:
            unlocked = unlock(owner.key_file, one.user, one.password)
            clinic = replace(
                owner, person=person_of(owner.store, unlocked.user_id), session_key=unlocked.session
            )
            opened = stack.enter_context(signer(clinic, one.password)) if one.credential else None
            roles[one.user] = Role(clinic, opened)
        yield roles
