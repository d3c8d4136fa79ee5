"""The register of public keys: enrol, vouch, revoke, each entered in the log.

Nothing in the register is ever changed. A key that ended has a revocation beside it, and a word for a
key that was given later stands in a row of its own.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.keyregister import Purpose, RevocationReason, key_document, revocation_document
from mnclinic.audit.shape import KEY_ID
from mnclinic.audit.signing import key_signing_bytes, revocation_signing_bytes, vouch_signing_bytes
from mnclinic.models import KeyRevocation, KeyVouch, RegisteredKey, Staff, instant_text
from mnclinic.security.signing_keys import SigningKey
from mnclinic.store.log_writer import Act, LoggedObject, Scribe
from mnclinic.store.unit_of_work import UnitOfWork

NOBODY_ELSE = "nobody_else"
"""The reason in the log where a second person was wanted and there was none."""


class Person(Protocol):
    """Whoever a key belongs to, as its document names them: a row of the staff, or one about to be."""

    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def credential(self) -> str: ...


@dataclass(frozen=True)
class Enrolment:
    """A unit of work that enters keys of one clinic at one instant."""

    work: UnitOfWork
    vault: str
    now: datetime

    def enrol(
        self,
        key: SigningKey,
        purpose: Purpose,
        person: Person | None,
        staff_id: str | None,
        *,
        vouched_by: Sequence[SigningKey],
        why: str | None = None,
        scribe: Scribe | None = None,
    ) -> bytes:
        """Enter one key, which proves its possession; returns its document. No person: the installation."""
        document = key_document(
            vault=self.vault,
            purpose=purpose,
            public=key.public,
            enrolled_at=instant_text(self.now),
            name=person.name if person else "This installation",
            role=person.role if person else "installation",
            staff=staff_id,
            credential=(person.credential or None) if person else None,
        )
        vouches = [
            {
                "key": voucher.key_id,
                "signature": base64.b64encode(voucher.sign(vouch_signing_bytes(document))).decode("ascii"),
            }
            for voucher in vouched_by
        ]
        self.work.session.add(
            RegisteredKey(
                key=key.key_id,
                purpose=purpose,
                staff_id=staff_id,
                document=document,
                proof=key.sign(key_signing_bytes(document)),
                vouches=canonical_bytes(vouches),
                enrolled_at=self.now,
            )
        )
        self.work.session.flush()
        self.work.log.record(
            Act(
                "key.enrolled",
                "C",
                object=LoggedObject("key", key.key_id, 1, document),
                categories=("keys",),
                why=why,
            ),
            scribe=scribe,
        )
        return document

    def vouch(self, key: str, document: bytes, voucher: SigningKey) -> None:
        """Add a word for a key that is in the register already."""
        row = KeyVouch(
            key=key,
            voucher=voucher.key_id,
            signature=voucher.sign(vouch_signing_bytes(document)),
            added_at=self.now,
        )
        self.work.session.add(row)
        self.work.session.flush()
        self.work.log.record(
            Act(
                "key.vouched",
                "C",
                object=LoggedObject("key_vouch", key, 1, vouch_bytes(row)),
                categories=("keys",),
            )
        )

    def revoke(
        self,
        key: str,
        reason: RevocationReason,
        *,
        by: str | None,
        signer: SigningKey,
        scribe: Scribe | None = None,
    ) -> bool:
        """End a key, in the name of the staff id `by` or of the installation; False where nothing is to end.

        That is a key that had ended, or a row whose name no key can have: nothing holds under it, and the
        check says that somebody wrote there.
        What it signed before this entry of the log stays valid; nothing after it counts.
        """
        if self.work.session.get(KeyRevocation, key) is not None or not KEY_ID.fullmatch(key):
            return False
        document = revocation_document(
            vault=self.vault,
            key=key,
            reason=reason,
            revoked_by=by,
            signer=signer.key_id,
            revoked_at=instant_text(self.now),
        )
        self.work.session.add(
            KeyRevocation(
                key=key,
                reason=reason,
                revoked_by=by,
                revoked_at=self.now,
                document=document,
                signer_key=signer.key_id,
                signature=signer.sign(revocation_signing_bytes(document)),
            )
        )
        self.work.session.flush()
        self.work.log.record(
            Act(
                "key.revoked",
                "D",
                object=LoggedObject("key_revocation", key, 1, document),
                categories=("keys",),
                why=reason,
            ),
            scribe=scribe,
        )
        return True


def vouch_bytes(row: KeyVouch) -> bytes:
    """The canonical bytes of a later word for a key, as the log names it."""
    return canonical_bytes(
        {
            "format": "mnclinic.key-vouch/1",
            "key": row.key,
            "voucher": row.voucher,
            "signature": base64.b64encode(row.signature).decode("ascii"),
            "added_at": instant_text(row.added_at),
        }
    )


def keys_in_force(session: Session, staff_id: str, purpose: Purpose) -> tuple[RegisteredKey, ...]:
    """A person's keys that nobody revoked, newest first."""
    return tuple(
        session.scalars(
            select(RegisteredKey)
            .outerjoin(KeyRevocation, KeyRevocation.key == RegisteredKey.key)
            .where(
                RegisteredKey.staff_id == staff_id,
                RegisteredKey.purpose == purpose,
                KeyRevocation.key.is_(None),
            )
            .order_by(RegisteredKey.enrolled_at.desc(), RegisteredKey.key)
        )
    )


def directors_key(session: Session) -> str:
    """The clinic's fingerprint: the director's signature key that has been in force the longest.

    A key that ended makes way for the one that replaced it. While there is none, the one that ended last
    still names the clinic: what it vouched for stands. Empty when there never was one.
    """
    rows = session.execute(
        select(RegisteredKey.key, RegisteredKey.enrolled_at, KeyRevocation.revoked_at)
        .join(Staff, Staff.id == RegisteredKey.staff_id)
        .outerjoin(KeyRevocation, KeyRevocation.key == RegisteredKey.key)
        .where(RegisteredKey.purpose == "signature", Staff.role == "director")
        .order_by(RegisteredKey.enrolled_at, RegisteredKey.key)
    ).all()
    in_force = [row.key for row in rows if row.revoked_at is None]
    if in_force:
        return str(in_force[0])
    return str(max(rows, key=lambda row: row.revoked_at).key) if rows else ""
