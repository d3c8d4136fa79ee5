"""Whether a signed record is a director's word, for whoever shows one and for the check.

It looks at the signature and at whose key it is; what the word is about is held where that is known.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mnclinic.audit.signing import record_signing_bytes, verify
from mnclinic.security.roles import Role
from mnclinic.services.check_actors import Holder, holders
from mnclinic.services.signature_standing import public_keys


@dataclass(frozen=True)
class Signers:
    """The registered public keys, and whose each is, by key id; those that ended too."""

    keys: Mapping[str, bytes]
    people: Mapping[str, Holder]


@dataclass(frozen=True)
class HeldAgainst:
    """What the check holds such a word against. `had` is asked whether the log ever had a head."""

    known: Signers
    vault: str
    had: Callable[[Mapping[str, Any]], bool]


def signers(session: Session) -> Signers:
    """As the register has them. A key that cannot be read is left out."""
    return Signers(public_keys(session), holders(session))


def wrong_with_word(
    said: Mapping[str, Any], record: bytes, signature: bytes, known: Signers
) -> Iterator[str]:
    """Why a record that was read as `said` is no director's word; nothing where it is one."""
    signer = said["signer"]
    public = known.keys.get(signer["key"])
    if public is None or not verify(public, signature, record_signing_bytes(record)):
        yield "the signature does not belong to what it stands under"
    holder = known.people.get(signer["key"])
    if holder is not None and (holder.purpose, holder.staff_id, holder.role) != (
        *("signature", signer["staff"]),
        Role.DIRECTOR,
    ):
        yield "the key that signed it is no director's signature key"


def wrong_with_entered_word(
    said: Mapping[str, Any], record: bytes, signature: bytes, against: HeldAgainst
) -> Iterator[str]:
    """The same, and that the log had the head under which it was signed."""
    yield from wrong_with_word(said, record, signature, against.known)
    if not against.had(said["tree"]):
        yield "it names a head that the log never had"
