"""Whether a signed record is a director's word, for whoever shows one and for the check.

It looks at the signature and at whose key it is; what the word is about is held where that is known. Whether
the log entered it, and whether its key had ended, is the check's matter.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import NotCanonical, parse_document
from mnclinic.audit.shape import Shape
from mnclinic.audit.signing import record_signing_bytes, verify
from mnclinic.domain.instants import read_instant
from mnclinic.errors import ILL_WRITTEN
from mnclinic.models import Clinic
from mnclinic.security.roles import Role
from mnclinic.services.check_actors import Holder, holders
from mnclinic.services.signature_standing import public_keys
from mnclinic.services.standing import Standing

Said = Mapping[str, Any]
"""What a signed record says."""


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


@dataclass(frozen=True)
class SignedAs:
    """How a signature is shown: who, when by the clinic's clock of then, and what it means, as was signed."""

    name: str
    credential: str
    at: datetime
    statement: str


def signed_as(record: bytes | None, shape: Shape, recorded_at: datetime) -> SignedAs | None:
    """What stands in a signed record; None where nobody signed, or it cannot be read."""
    if record is None:
        return None
    try:
        signed = parse_document(record, shape)
    except NotCanonical:
        return None
    signer, at = signed["signer"], read_instant(signed["signed_at"])
    try:
        zone = datetime.strptime(signed["utc_offset"], "%z").tzinfo
    except ValueError:
        return None
    return SignedAs(
        signer["name"],
        signer["credential"] or "",
        (at or recorded_at).astimezone(zone),
        signed["statement"],
    )


class WordStandings:
    """What became of words of one form. The register is read once, where there is one to hold against it."""

    def __init__(self, session: Session, form: str, shape: Shape) -> None:
        """For whoever reads with this session; `form` is what `shape` says under "format"."""
        self._session, self._form, self._shape = session, form, shape
        self._known: tuple[str | None, Signers] | None = None

    def of(
        self,
        record: bytes,
        signature: bytes,
        *,
        is_about: Callable[[Said], bool],
        is_shown: Callable[[Said], bool],
    ) -> Standing:
        """Of one; `is_about` says whether it was signed about what it stands under, `is_shown` whether so."""
        try:
            said = parse_document(record, self._shape)
        except NotCanonical:
            is_other = _format_of(record) not in {None, self._form}
            return Standing.NOT_CHECKED if is_other else Standing.ALTERED
        if self._known is None:
            vault = self._session.scalar(select(Clinic.vault).where(Clinic.id == 1))
            self._known = (vault, signers(self._session))
        vault, known = self._known
        if any(wrong_with_word(said, record, signature, known)):
            return Standing.SIGNATURE_BROKEN
        if said["vault"] != vault or not is_about(said):
            return Standing.SIGNATURE_BROKEN
        return Standing.HOLDS if is_shown(said) else Standing.ALTERED


def _format_of(record: bytes) -> str | None:
    try:
        value = json.loads(record)
    except ILL_WRITTEN:
        return None
    named = value.get("format") if isinstance(value, dict) else None
    return named if isinstance(named, str) else None
