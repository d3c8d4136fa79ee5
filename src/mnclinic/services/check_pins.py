"""Hold each performed record to the rules that it was performed under: approved, there, and in force.

The gate has refused a treatment without an approved policy, protocol and consent text ever since there were
records, and nobody may let that pass. So a record that pins none, one that nobody approved by then, or
another than the one in force is no program's; whoever performs could name a policy of their own that way,
and be spared the director's review by it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.policy import in_force
from mnclinic.models import ApprovedDocument
from mnclinic.services.check_lives import PERFORMED
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding

WORDS = {"policy": "policy", "protocol": "protocol", "consent_text": "consent text"}
NONE_PINNED = "it was performed under no {what}, which nobody may let pass"
NOT_APPROVED = "the {what} that it was performed under is none that the director had approved by then"
NOT_IN_FORCE = "the {what} that it was performed under is not the one that was in force on its day"

Record = Mapping[str, Any]


@dataclass(frozen=True)
class ApprovedVersion:
    """A version that counts from one entry of the log on."""

    seq: int
    kind: str
    document_id: str
    version: int
    language: str
    effective_on: date
    service: str | None
    sha256: str
    name: str

    def is_named_by(self, pin: Mapping[str, Any]) -> bool:
        """Whether a pin says of this version what it is."""
        if pin["sha256"] != self.sha256 or pin["version"] != self.version:
            return False
        if self.kind == "consent_text":
            return bool(pin["form"] == self.document_id and pin["language"] == self.language)
        return bool(pin["id"] == self.document_id and pin["name"] == self.name)


class Pins:
    """What performed records may pin, by the approvals that the log entered."""

    def __init__(self, session: Session, logged: Logged) -> None:
        """Read the approved versions once."""
        self._logged = logged
        self._approved = {kind: [*approved(session, logged, kind)] for kind in WORDS}

    def wrong(self, record: Record, before: Record | None) -> Iterator[StoreFinding]:
        """What is wrong with the pins of a performed record; `before` is the visit's performed one before."""
        entered = [
            one.seq
            for one in self._logged.named("signature", record["visit"])
            if one.action == PERFORMED and one.revision == record["revision"]
        ]
        # A record that nobody entered is told by the check of the records.
        for kind in WORDS if entered else ():
            if what := self._wrong(record, before, kind, entered[0]):
                yield StoreFinding(f"visit {record['number']} r{record['revision']}", what)

    def _wrong(self, record: Record, before: Record | None, kind: str, seq: int) -> str | None:
        pin, what = record["pinned"][kind], WORDS[kind]
        if pin is None:
            return NONE_PINNED.format(what=what)
        known = [one for one in self._approved[kind] if one.seq < seq]
        named = next((one for one in known if one.is_named_by(pin)), None)
        if named is None:
            return NOT_APPROVED.format(what=what)
        # An answer to the director stays under what the visit was performed under.
        if kind == "consent_text" or (before is not None and before["pinned"][kind] == pin):
            return None
        document = record["document"]
        asked = [one for one in known if one.service in {None, document["service"]}]
        day = datetime.fromisoformat(document["started_at"]).date()
        counting = in_force(asked, day)
        return None if counting == named else NOT_IN_FORCE.format(what=what)


def approved(session: Session, logged: Logged, kind: str) -> Iterator[ApprovedVersion]:
    """The versions of a kind that a director approved, each with the entry of that."""
    rows = session.scalars(
        select(ApprovedDocument)
        .where(ApprovedDocument.kind == kind, ApprovedDocument.approval.is_not(None))
        .order_by(ApprovedDocument.id)
    )
    for row in rows:
        approval = row.approval or b""
        entered = [
            one.seq
            for one in logged.named("approval", f"{kind}:{row.document_id}")
            if one.revision == row.version and one.names(approval)
        ]
        # An approval that nobody entered is told by the check of the documents.
        if entered:
            service = json.loads(row.document)["service"] if kind == "protocol" else None
            yield ApprovedVersion(
                entered[0],
                *(kind, row.document_id, row.version, row.language, row.effective_on, service, row.sha256),
                row.name,
            )
