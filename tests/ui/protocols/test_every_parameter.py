"""Every parameter of a policy is asked by a rule or a use-case, and whoever reads the policy sees it."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

import mnclinic
from mnclinic.domain.policy_parameters import PARAMETERS, Parameter
from mnclinic.services.approve_document import DocumentRow
from mnclinic.services.shipped_drafts import (
    ShippedDraft,
    newest_consent_texts,
    policy_presets,
    protocol_presets,
)
from mnclinic.ui.protocols.words import document_words
from mnclinic.ui.words import service_words
from tests.domain.builders import draft

ROOMS = ("domain", "services")
OWN = frozenset({"policy_parameters.py", "rule_contradictions.py"})


@cache
def asked_by(code: str) -> tuple[str, ...]:
    """The modules of rules and use-cases that name a parameter."""
    root = Path(mnclinic.__file__).parent
    files = (file for room in ROOMS for file in sorted((root / room).rglob("*.py")) if file.name not in OWN)
    return tuple(file.name for file in files if f'"{code}"' in file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda one: one.code)
def test_no_parameter_stands_on_the_screen_and_does_nothing(parameter: Parameter) -> None:
    assert asked_by(parameter.code)


def test_whoever_reads_a_policy_sees_every_parameter(qtbot: QtBot) -> None:
    content: dict[str, Any] = draft("policies/tx.json")
    row = DocumentRow(1, "policy", "p", 1, "", "p", date(2026, 1, 5), "", None, "", content)
    shown = []
    for widget in document_words(row):
        qtbot.addWidget(widget)
        shown += [one.text() for one in (widget, *widget.findChildren(QLabel)) if isinstance(one, QLabel)]
    assert [one.words for one in PARAMETERS if one.words not in shown] == []


SHIPPED = (*policy_presets(), *protocol_presets(), *newest_consent_texts())
NOT_READ = frozenset({"format", "id", "form", "version", "name", "title", "language", "unit", "part"})
"""What the page's own head says of a document, or what numbers and sections are called by."""
INNER = frozenset({"item", "number"})
"""By what the program finds a question again."""


def leaves(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text and number that stands in a document, with the field it stands in."""
    if isinstance(value, dict):
        for one, inside in value.items():
            yield from leaves(inside, one)
    elif isinstance(value, list):
        for inside in value:
            yield from leaves(inside, name)
    elif value is not None and not isinstance(value, bool) and name not in NOT_READ | INNER:
        yield from ((name, line.strip()) for line in str(value).splitlines())


def as_read(text: str) -> str:
    """Codes and words alike: codes stand on the screen as words."""
    return text.replace("_", " ").replace("-", " ").casefold()


@pytest.mark.parametrize("shipped", SHIPPED, ids=[one.short_name for one in SHIPPED])
def test_whoever_signs_that_a_document_was_read_whole_is_shown_it_whole(
    qtbot: QtBot, shipped: ShippedDraft
) -> None:
    content = dict(shipped.document)
    row = DocumentRow(1, shipped.kind, "p", 1, "", "p", date(2026, 1, 5), "", None, "", content)
    shown = []
    for widget in document_words(row):
        qtbot.addWidget(widget)
        shown += [one.text() for one in (widget, *widget.findChildren(QLabel)) if isinstance(one, QLabel)]
    whole = as_read("\n".join(shown))
    if "service" in content:
        assert service_words(content["service"]) in shown
        whole += f" {as_read(content['service'])}"
    # These features have words of their own.
    whole += " adverse event override late entry reason given first by new staff returned"
    assert [(name, one) for name, one in leaves(content) if as_read(one) not in whole] == []
