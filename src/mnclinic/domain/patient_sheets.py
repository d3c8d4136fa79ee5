"""Words that the director approved and nobody signs: sheets to take home, an emergency's steps, calls."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

PRECARE_2 = "mnclinic.precare/2"
AFTERCARE_2 = "mnclinic.aftercare/2"
EMERGENCY_2 = "mnclinic.emergency/2"
"""What is done at once when something happens, for whoever writes an adverse event down."""
CALL_SCRIPT_1 = "mnclinic.call-script/1"
"""What is said in a follow-up call."""
SHEET_FORMATS = frozenset({PRECARE_2, AFTERCARE_2, EMERGENCY_2, CALL_SCRIPT_1})


@dataclass(frozen=True)
class SheetFacts:
    """An approved version of a sheet, in one language. Without `services` it is for every service."""

    form: str
    version: int
    language: str
    effective_on: date
    sha256: str
    services: frozenset[str] = frozenset()
    format: str = PRECARE_2

    @property
    def name(self) -> str:
        """As a visit records an aftercare sheet: form, language and version."""
        return sheet_name(self.form, self.language, self.version)

    def is_for(self, service: str) -> bool:
        """Whether it is for this service."""
        return not self.services or service in self.services


def sheet_name(form: str, language: str, version: int) -> str:
    """How a visit names the aftercare sheet that was given: aftercare-en v1."""
    return f"{form}-{language} v{version}"


def sheet_facts(document: Mapping[str, Any], sha256: str) -> SheetFacts:
    """What the rules read of an approved sheet, a document that its schema has accepted."""
    return SheetFacts(
        form=document["form"],
        version=document["version"],
        language=document["language"],
        effective_on=date.fromisoformat(document["effective_on"]),
        sha256=sha256,
        services=frozenset(document.get("services", ())),
        format=document["format"],
    )


def sheets_for(
    sheets: Iterable[SheetFacts], service: str, day: date, form: str = ""
) -> tuple[SheetFacts, ...]:
    """What may be given for a service on a day: of each sheet the newest version that had begun.

    With `form`, which is what a protocol names, that sheet alone.
    """
    begun = [one for one in sheets if one.effective_on <= day and form in {"", one.form}]
    newest: dict[str, int] = {}
    for one in begun:
        newest[one.form] = max(one.version, newest.get(one.form, 0))
    return tuple(one for one in begun if one.version == newest[one.form] and one.is_for(service))
