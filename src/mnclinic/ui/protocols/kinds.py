"""What the editor asks of each kind of document; a text for patients is edited in both languages at once."""

from collections.abc import Mapping
from typing import Any

from mnclinic.domain.rule_changes import Change, rule_changes
from mnclinic.errors import Problem
from mnclinic.services.approve_document import DocumentRow
from mnclinic.services.rule_versions import RuleKind, add_draft, problems_of_rules
from mnclinic.services.session import OpenClinic
from mnclinic.services.text_versions import add_text_drafts, changes_of_texts, problems_of_texts
from mnclinic.ui.protocols.forms import Section, sections_of
from mnclinic.ui.protocols.text_forms import text_sections

Json = Mapping[str, Any]
TEXT = "consent_text"


def form_sections(kind: RuleKind, document: Json) -> tuple[Section, ...]:
    """The sections of the form that edits this document."""
    return text_sections(document) if kind == TEXT else sections_of(kind, document)


def edited_changes(kind: RuleKind, old: Json, new: Json) -> tuple[Change, ...]:
    """Everything that differs between two documents as the editor holds them."""
    return changes_of_texts(old, new) if kind == TEXT else rule_changes(kind, old, new)


def edited_problems(clinic: OpenClinic, kind: RuleKind, document: Json) -> tuple[Problem, ...]:
    """Everything that stands against drafting what the editor holds, each with its place there."""
    if kind == TEXT:
        return problems_of_texts(clinic, document)
    return problems_of_rules(clinic, kind, document)


def store_edited(clinic: OpenClinic, kind: RuleKind, document: Json) -> DocumentRow:
    """Store what the editor holds as a draft. Raises as `rule_versions.add_draft`."""
    if kind == TEXT:
        return add_text_drafts(clinic, document)[0]
    return add_draft(clinic, kind, document)
