"""Directors' keys that no second person confirmed independently, however they are used.

Where everybody's password came through one hand there is nobody to confirm a director's new key. It is
made all the same, because a clinic without a director's key stands still, and for as long as it is in force
the check, Today, every bundle and every printed visit say that nobody else confirmed it. A key that such a
key gives its word for is no better.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.entry import fields_as_they_stand
from mnclinic.audit.keyregister import DIRECTOR
from mnclinic.errors import ILL_WRITTEN
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
    entered: dict[str, bool] = {}
    enrolled = select(LogEntry.entry).where(LogEntry.action == "key.enrolled").order_by(LogEntry.seq)
    for data in session.scalars(enrolled):
        entry = fields_as_they_stand(data)
        if isinstance(named := entry.get("obj"), dict):
            entered[str(named.get("id"))] = NOBODY_ELSE in str(entry.get("why") or "").split(",")
    ended = set(session.scalars(select(KeyRevocation.key)))
    words: dict[str, set[str]] = {}
    for word in session.execute(select(KeyVouch.key, KeyVouch.voucher)):
        words.setdefault(word.key, set()).add(word.voucher)
    keys = {
        row.key: row
        for row in session.scalars(select(RegisteredKey).where(RegisteredKey.purpose == "signature"))
        if _holder_of(row).get("role") == DIRECTOR
    }
    found: list[UnconfirmedKey] = []
    for key, is_alone in entered.items():
        row = keys.get(key)
        if row is None or row.staff_id is None:
            continue
        vouchers = own_vouchers(row.vouches) | words.get(key, set())
        if is_alone or (_rests_on(vouchers, found) and not _has_second(session, vouchers, row.staff_id)):
            name = str(_holder_of(row).get("name"))
            found.append(UnconfirmedKey(key, row.staff_id, name, key not in ended))
    return tuple(found)


def unconfirmed_in_force(session: Session) -> tuple[UnconfirmedKey, ...]:
    """Those that people sign with now."""
    return tuple(one for one in unconfirmed_keys(session) if one.is_in_force)


def _holder_of(row: RegisteredKey) -> Mapping[str, Any]:
    """Nothing where the document is none of ours, which the check says of that row."""
    holder = fields_as_they_stand(row.document).get("holder")
    return holder if isinstance(holder, dict) else {}


def own_vouchers(vouches: bytes) -> frozenset[str]:
    """Who gave a word when the key was enrolled; nobody where what stands there is none of ours."""
    try:
        return frozenset(str(one["key"]) for one in json.loads(vouches))
    except ILL_WRITTEN:
        return frozenset()


def _rests_on(vouchers: Iterable[str], unconfirmed: Iterable[UnconfirmedKey]) -> bool:
    return not {one.key for one in unconfirmed}.isdisjoint(vouchers)


def _has_second(session: Session, vouchers: Iterable[str], staff_id: str) -> bool:
    """Whether somebody else's session key gave its word too."""
    return any(
        row.purpose == "session" and row.staff_id != staff_id
        for row in (session.get(RegisteredKey, one) for one in vouchers)
        if row is not None
    )
