"""How a bundle's key register writes its rows."""

import base64

from mnclinic.audit.canonical import canonical_bytes, parse_canonical
from mnclinic.audit.keyregister import EnrolledKey


def register_line(row: EnrolledKey) -> bytes:
    """One row: canonical, without a line feed."""
    return canonical_bytes(
        {
            "document": parse_canonical(row.document),
            "proof": base64.b64encode(row.proof).decode(),
            "vouches": [
                {"key": vouch.key, "signature": base64.b64encode(vouch.signature).decode()}
                for vouch in row.vouches
            ],
        }
    )
