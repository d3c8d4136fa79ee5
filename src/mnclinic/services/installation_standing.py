"""Whether the installation's key in use is the one that a director vouches for.

The private half lies in the database under the database key, which everybody who can log in has. Whoever
puts another one in its place can sign checkpoints of any log anew, and what witnesses outside hold would
look like a stranger's. So the key is held against the register, where a director signed for it.
"""

import base64
import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.keyregister import DIRECTOR
from mnclinic.audit.signing import verify, vouch_signing_bytes
from mnclinic.models import KeyVouch, LogEntry, RegisteredKey

NOT_THE_CLINICS = (
    "The installation's key in the database is not the one that this clinic's director vouches for: somebody "
    "put another in its place. Nothing was changed, and the clinic is open for reading alone. Keep this "
    "folder as it is, restore the newest backup, and hold a printed page against it: mnclinic check "
    "--checkpoint."
)


def public_of_clinic(session: Session) -> bytes | None:
    """The public half of the installation's key of the set-up, which a director vouches for; None without.

    The first that the log entered: nothing that is written later changes which that was.
    """
    entered = session.scalars(
        select(LogEntry.object_id).where(LogEntry.action == "key.enrolled").order_by(LogEntry.seq)
    )
    for key in entered:
        row = session.get(RegisteredKey, key)
        if row is not None and row.purpose == "installation":
            return _public(row) if _is_vouched_for(session, row) else None
    return None


def _is_vouched_for(session: Session, row: RegisteredKey) -> bool:
    words = [(one["key"], base64.b64decode(one["signature"])) for one in json.loads(row.vouches)]
    added = session.execute(select(KeyVouch.voucher, KeyVouch.signature).where(KeyVouch.key == row.key))
    words += [(word.voucher, word.signature) for word in added]
    for voucher, signature in words:
        director = session.get(RegisteredKey, voucher)
        if director is None or director.purpose != "signature":
            continue
        is_directors = json.loads(director.document)["holder"]["role"] == DIRECTOR
        if is_directors and verify(_public(director), signature, vouch_signing_bytes(row.document)):
            return True
    return False


def _public(row: RegisteredKey) -> bytes:
    return base64.b64decode(json.loads(row.document)["public"])
