"""Whoever signs by command that a document was read whole is shown all of it first."""

from collections.abc import Iterator
from datetime import date

import pytest

from mnclinic.cli.rules import review_lines
from mnclinic.services.approve_document import DocumentRow
from mnclinic.services.shipped_drafts import (
    ShippedDraft,
    newest_consent_texts,
    policy_presets,
    protocol_presets,
)

SHIPPED = (*policy_presets(), *protocol_presets(), *newest_consent_texts())


def leaves(value: object) -> Iterator[str]:
    """Every text and number that stands in a document."""
    if isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif value is not None and not isinstance(value, bool):
        yield from (line.strip() for line in str(value).splitlines())


@pytest.mark.parametrize("draft", SHIPPED, ids=[one.short_name for one in SHIPPED])
def test_everything_in_a_document_stands_in_what_is_shown_before_it_is_signed(draft: ShippedDraft) -> None:
    kind, document = draft.kind, dict(draft.document)
    row = DocumentRow(1, kind, "one", 1, "", draft.name, date(2026, 11, 23), "", None, "", document)
    shown = "\n".join(review_lines(row))
    assert [one for one in leaves(document) if one not in shown] == []


def test_what_a_stranger_added_to_a_protocol_is_shown() -> None:
    document = dict(protocol_presets()[0].document)
    document["topicals"] = [*document["topicals"], "Vitamin C serum"]
    document["providers"] = [{"user": "whit", "valid_from": "2026-11-23", "valid_to": None}]
    document["supervision"] = "none"
    row = DocumentRow(1, "protocol", "one", 1, "", "One", date(2026, 11, 23), "", None, "", document)
    shown = review_lines(row)
    assert any("Vitamin C serum" in one for one in shown)
    assert "  providers[0].user: whit" in shown
    assert "  providers[0].valid_to: not known" in shown
    assert "  supervision: none" in shown
