"""Directors' keys that no second person confirmed independently, however they are used.

Where everybody's password came through one hand there is nobody to confirm a director's new key. It is
made all the same, because a clinic without a director's key stands still, and for as long as it is in force
the check, Today, every bundle and every printed visit say that nobody else confirmed it. A key that such a
key gives its word for is no better.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.keyregister import DIRECTOR
from mnclinic.models import KeyRevocation, KeyVouch, LogEntry, RegisteredKey
from mnclinic.services.key_register import NOBODY_ELSE

NOT_CONFIRMED = "no second person could confirm independently whose key it is"


@dataclass(frozen=True)
class UnconfirmedKey:
    """A director's signature key that rests on nobody's independent word. `name` is as its document says."""

    key: str
    staff_id: str
    name: str
    is_in_force: bool

    @property
    def sentence(self) -> str:
        """For whoever reads a signature that was made with it."""
        return (
            f"The signature key {self.key[:16]} of {self.name} was made and {NOT_CONFIRMED}. Compare it "
            f"with the fingerprint sheet that {self.name} signed in ink."
        )


def unconfirmed_keys(session: Session) -> tuple[UnconfirmedKey, ...]:
    """Every such key, also of those that ended, in the order of the log."""
    entered = {
        entry["obj"]["id"]: NOBODY_ELSE in (entry["why"] or "").split(",")
        for entry in map(
            json.loads,
            session.scalars(
                select(LogEntry.entry).where(LogEntry.action == "key.enrolled").order_by(LogEntry.seq)
            ),
        )
    }
    ended = set(session.scalars(select(KeyRevocation.key)))
    words: dict[str, set[str]] = {}
    for word in session.execute(select(KeyVouch.key, KeyVouch.voucher)):
        words.setdefault(word.key, set()).add(word.voucher)
    keys = {
        row.key: row
        for row in session.scalars(select(RegisteredKey).where(RegisteredKey.purpose == "signature"))
        if json.loads(row.document)["holder"]["role"] == DIRECTOR
    }
    found: list[UnconfirmedKey] = []
    for key, is_alone in entered.items():
        row = keys.get(key)
        if row is None or row.staff_id is None:
            continue
        vouchers = {one["key"] for one in json.loads(row.vouches)} | words.get(key, set())
        if is_alone or (_rests_on(vouchers, found) and not _has_second(session, vouchers, row.staff_id)):
            name = json.loads(row.document)["holder"]["name"]
            found.append(UnconfirmedKey(key, row.staff_id, name, key not in ended))
    return tuple(found)


def unconfirmed_in_force(session: Session) -> tuple[UnconfirmedKey, ...]:
    """Those that people sign with now."""
    return tuple(one for one in unconfirmed_keys(session) if one.is_in_force)


def _rests_on(vouchers: Iterable[str], unconfirmed: Iterable[UnconfirmedKey]) -> bool:
    return not {one.key for one in unconfirmed}.isdisjoint(vouchers)


def _has_second(session: Session, vouchers: Iterable[str], staff_id: str) -> bool:
    """Whether somebody else's session key gave its word too."""
    return any(
        row.purpose == "session" and row.staff_id != staff_id
        for row in (session.get(RegisteredKey, one) for one in vouchers)
        if row is not None
    )
