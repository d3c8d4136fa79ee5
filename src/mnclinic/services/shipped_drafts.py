"""The drafts that the program ships, for a clinic to begin with."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mnclinic.resource_files import resource_path
from mnclinic.services.read_documents import check_document, read_json_file

BLANK_POLICY = "blank"


@dataclass(frozen=True)
class ShippedDraft:
    """One draft. `file` is its name in a file of answers; `document` is its content as its schema took it."""

    kind: str
    file: str
    name: str
    document: Mapping[str, Any]


def shipped_drafts(state: str) -> tuple[ShippedDraft, ...]:
    """The policy drafted for a state of two letters, every protocol and every consent text.

    Where no policy is drafted for the state it is the blank one, whose values are the strictest.
    """
    policies = {path.stem: path for path in _files("policies")}
    policy = policies.get(state.lower(), policies[BLANK_POLICY])
    return (
        _draft("policy", "policies", policy),
        *(_draft("protocol", "protocols", path) for path in _files("protocols")),
        *(_draft("consent_text", "consent_texts", path) for path in _files("consent_texts")),
    )


def _files(folder: str) -> list[Path]:
    return sorted(resource_path(f"drafts/{folder}").glob("*.json"))


def _draft(kind: str, folder: str, path: Path) -> ShippedDraft:
    document = check_document(kind, read_json_file(path))
    name = document["title"] if kind == "consent_text" else document["name"]
    return ShippedDraft(kind, f"drafts/{folder}/{path.name}", name, document)
