"""Has every file under `data/` a place in a bundle, and what it belongs to beside it?

The folders of visits, adverse events, recalls, follow-up contacts, keys, scans and declarations are looked
through by the checks of what lies in them.
"""

import re

from mnclinic.bundles.check_records import KIND_OF_FOLDER
from mnclinic.bundles.content import EVENTS, FOLLOWED, OF_ONE_PERSON, RECALLED, SCANS
from mnclinic.bundles.evidence import Evidence

NO_PLACE = "This file has no place in a bundle."
_LOG_FILES = ("entries.jsonl", "signatures.txt", "checkpoint.txt")
_LOOKED_THROUGH = ("data/visits/", "data/keys/", "data/declarations/", EVENTS, SCANS)
_PLACES = frozenset(
    {
        "data/scope.json",
        *(f"data/log/{name}" for name in _LOG_FILES),
        *(f"data/tables/{name}.csv" for name in ("visits", "lines", "findings")),
    }
)
_DOCUMENT = re.compile(rf"data/({'|'.join(KIND_OF_FOLDER)})/[^/]+\.(json|approval\.sig)")
_BELONGS: tuple[tuple[str, str, str], ...] = (
    (".approval.json", ".json", "The document that this approval was given to is not in the bundle."),
    (".pdf", ".json", "The record that this page shows is not in the bundle."),
    (".sig", ".json", "What this signature belongs to is not in the bundle."),
)
"""What a name ends in, what that of its other half ends in, and what is told where that half is missing."""


def check_places(evidence: Evidence) -> None:
    """Say of each file that nothing looks at, and miss what a file belongs to."""
    is_slice = evidence.scope["format"] in OF_ONE_PERSON
    for name in sorted(evidence.members):
        if not name.startswith("data/") or name in _PLACES or name.startswith((SCANS, RECALLED, FOLLOWED)):
            continue
        if name.startswith("data/log/") and is_slice:
            continue
        if not name.startswith(_LOOKED_THROUGH) and not _DOCUMENT.fullmatch(name):
            evidence.say(name, NO_PLACE)
            continue
        _check_belongs(evidence, name)


def _check_belongs(evidence: Evidence, name: str) -> None:
    for ending, other, what in _BELONGS:
        if name.endswith(ending):
            if name.removesuffix(ending) + other not in evidence.members:
                evidence.miss(name, what)
            return
