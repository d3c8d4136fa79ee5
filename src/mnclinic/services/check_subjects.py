"""Hold every map of people that was entered against the log as it was at that place."""

import json
from collections.abc import Mapping

from mnclinic.audit.canonical import salted_digest
from mnclinic.audit.subject_map import MAP_KIND, PREPARED, MapsOfLog

NOT_ITS_MAP = "its map of people is not that of the log before it"


class MapsInLog:
    """The maps of a log that is read from its first entry on. Memory is for the people, not the entries."""

    def __init__(self, vault: str) -> None:
        self._vault = vault
        self._so_far = MapsOfLog()
        self._is_blind = False
        self.count = 0
        """How many maps were met."""

    def take(
        self, leaf: bytes, data: bytes, *, subject: str | None, action: str, object_kind: str | None
    ) -> str | None:
        """Take in the next entry, with its bytes in `data`; what is wrong with its map, if it enters one."""
        wrong = None
        if action == PREPARED:
            self.count += 1
            # Behind an entry that cannot be read nobody here can tell; that entry has a finding of its own.
            wrong = None if self._is_blind or self._is_own(data) else NOT_ITS_MAP
        self._so_far.take(leaf, subject, action, object_kind)
        return wrong

    def take_run(self, size: int, people: Mapping[str, tuple[int, bytes]]) -> None:
        """Take in entries that enter no map and are about no key, as `MapsOfLog.take_run` does."""
        self._so_far.take_run(size, people)

    def take_unreadable(self, leaf: bytes) -> None:
        """Take in an entry that says nothing, such as one of a later version."""
        self._is_blind = True
        self._so_far.take(leaf, None, "", None)

    def _is_own(self, data: bytes) -> bool:
        fields = json.loads(data)
        thing, facts = fields["obj"], self._so_far.facts()
        return thing is not None and (thing["t"], thing["id"], thing["rev"], thing["h"]) == (
            MAP_KIND,
            facts.root.hex(),
            facts.subjects,
            salted_digest(bytes.fromhex(fields["salt"]), facts.document(self._vault)),
        )
