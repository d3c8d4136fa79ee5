"""The registered keys: whose they are, and which of them count."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from mnclinic.domain.instants import moment_in, zone_of
from mnclinic.models import KeyRevocation, RegisteredKey, Staff
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.session import OpenClinic


@dataclass(frozen=True)
class KeyRow:
    """One key of the register. `holder` as its document names them; `user` None for the installation's."""

    key: str
    purpose: str
    holder: str
    user: str | None
    enrolled_at: datetime
    revoked_at: datetime | None
    reason: str | None
    is_fingerprint: bool
    """Whether this is the director's key that names the clinic."""


def list_keys(clinic: OpenClinic) -> tuple[KeyRow, ...]:
    """Every key, in the order of enrolment; those that ended too, because what they signed stays valid."""
    clinic.require(RoleAct.VIEW_USERS)
    with clinic.store.reading() as session:
        rows = session.execute(
            select(RegisteredKey, KeyRevocation.revoked_at, KeyRevocation.reason, Staff.user)
            .outerjoin(KeyRevocation, KeyRevocation.key == RegisteredKey.key)
            .outerjoin(Staff, Staff.id == RegisteredKey.staff_id)
            .order_by(RegisteredKey.enrolled_at, RegisteredKey.key)
        ).all()
    # As the clinic's clocks showed it: a key of the evening is of that day.
    zone = zone_of(clinic.clock)
    return tuple(
        KeyRow(
            key=key.key,
            purpose=key.purpose,
            holder=json.loads(key.document)["holder"]["name"],
            user=user,
            enrolled_at=key.enrolled_at.astimezone(zone),
            revoked_at=moment_in(revoked_at, zone),
            reason=reason,
            is_fingerprint=key.key == clinic.facts.fingerprint,
        )
        for key, revoked_at, reason, user in rows
    )
