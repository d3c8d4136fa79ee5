"""Every parameter of a policy is asked by a rule or a use-case, and whoever reads the policy sees it."""

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
from mnclinic.ui.protocols.words import document_words
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
