"""The drafts that the program ships, for a clinic to begin with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mnclinic.domain.policy_drafts import composed_policy
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

    @property
    def short_name(self) -> str:
        """The name by which it is asked for: tx, blank, face-mechanical."""
        return Path(self.file).stem


def shipped_drafts(state: str) -> tuple[ShippedDraft, ...]:
    """The policy drafted for a state of two letters, every protocol and every consent text.

    Where no policy is drafted for the state it is the blank one, whose values are the strictest.
    """
    policies = {path.stem: path for path in _files("policies")}
    policy = policies.get(state.lower(), policies[BLANK_POLICY])
    return (
        _draft("policy", "policies", policy),
        *(_draft("protocol", "protocols", path) for path in _files("protocols")),
        *newest_consent_texts(),
    )


def newest_consent_texts() -> tuple[ShippedDraft, ...]:
    """The newest version of every form of a consent text, in each of its languages."""
    drafts = [_draft("consent_text", "consent_texts", path) for path in _files("consent_texts")]
    newest: dict[str, int] = {}
    for one in drafts:
        form, version = one.document["form"], one.document["version"]
        newest[form] = max(version, newest.get(form, 0))
    return tuple(one for one in drafts if one.document["version"] == newest[one.document["form"]])


def policy_presets() -> tuple[ShippedDraft, ...]:
    """Every policy that is drafted, by state, the blank one last."""
    paths = sorted(_files("policies"), key=lambda path: (path.stem == BLANK_POLICY, path.stem))
    return tuple(_draft("policy", "policies", path) for path in paths)


def protocol_presets() -> tuple[ShippedDraft, ...]:
    """Every protocol that is drafted."""
    return tuple(_draft("protocol", "protocols", path) for path in _files("protocols"))


def whole_document(document: Any) -> Any:  # noqa: ANN401 - any JSON, which its schema judges afterwards
    """The document as it is, or with the standard screening items where it asks for them by name."""
    return composed_policy(document, _standard_items())


@cache
def _standard_items() -> tuple[Mapping[str, Any], ...]:
    standard: Any = read_json_file(resource_path("drafts/screening/standard.json"))
    return tuple(standard["items"])


def _files(folder: str) -> list[Path]:
    return sorted(resource_path(f"drafts/{folder}").glob("*.json"))


def _draft(kind: str, folder: str, path: Path) -> ShippedDraft:
    document = check_document(kind, whole_document(read_json_file(path)))
    name = document["title"] if kind == "consent_text" else document["name"]
    return ShippedDraft(kind, f"drafts/{folder}/{path.name}", name, document)
