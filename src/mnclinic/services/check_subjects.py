"""Hold a map of subjects that was entered against the log as it was at that place."""

import json

from mnclinic.audit.canonical import salted_digest
from mnclinic.audit.subject_map import MAP_KIND, MapsOfLog


def is_map_of(so_far: MapsOfLog, entry: bytes, vault: str) -> bool:
    """Whether an entry enters the map of the log that was read so far."""
    facts = so_far.facts()
    fields = json.loads(entry)
    thing = fields["obj"]
    return thing is not None and (thing["t"], thing["id"], thing["rev"], thing["h"]) == (
        MAP_KIND,
        facts.root.hex(),
        facts.subjects,
        salted_digest(bytes.fromhex(fields["salt"]), facts.document(vault)),
    )
