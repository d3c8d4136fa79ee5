"""The sheet about preparing for a treatment: words that the director approved, as any consent text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

PRECARE_2 = "mnclinic.precare/2"


@dataclass(frozen=True)
class PrecareSheetFacts:
    """An approved version of a sheet, in one language. Without `services` it is for every service."""

    form: str
    version: int
    language: str
    effective_on: date
    sha256: str
    services: frozenset[str] = frozenset()

    def is_for(self, service: str) -> bool:
        """Whether it prepares for this service."""
        return not self.services or service in self.services


def precare_sheet_facts(document: Mapping[str, Any], sha256: str) -> PrecareSheetFacts:
    """What the rules read of an approved sheet, a document that its schema has accepted."""
    return PrecareSheetFacts(
        form=document["form"],
        version=document["version"],
        language=document["language"],
        effective_on=date.fromisoformat(document["effective_on"]),
        sha256=sha256,
        services=frozenset(document.get("services", ())),
    )


def sheets_for(sheets: Iterable[PrecareSheetFacts], service: str, day: date) -> tuple[PrecareSheetFacts, ...]:
    """What may be given for a service on a day: of each sheet the newest version that had begun."""
    begun = [one for one in sheets if one.effective_on <= day]
    newest: dict[str, int] = {}
    for one in begun:
        newest[one.form] = max(one.version, newest.get(one.form, 0))
    return tuple(one for one in begun if one.version == newest[one.form] and one.is_for(service))
