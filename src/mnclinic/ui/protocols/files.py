"""A policy, protocol or text in a file: which kind it is, and where people keep such files."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths

from mnclinic.domain.patient_sheets import SHEET_FORMATS
from mnclinic.services.read_documents import read_json_file
from mnclinic.services.rule_versions import RuleKind, read_rules_file


def read_either(path: Path) -> tuple[RuleKind, dict[str, Any]]:
    """The kind of rules in a file, and the document.

    Raises InvalidInput with every reason, each with its line and field.
    """
    raw = read_json_file(path)
    said = str(raw.get("format", "")) if isinstance(raw, dict) else ""
    kind: RuleKind = "protocol" if said.startswith("mnclinic.protocol/") else "policy"
    if said.startswith("mnclinic.consent-text/") or said in SHEET_FORMATS:
        kind = "consent_text"
    return kind, read_rules_file(kind, path)


def documents_folder() -> str:
    """The person's own folder for documents."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
