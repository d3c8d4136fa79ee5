"""The consents on a patient's page: what each is today, with ways to the visit and to paper."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from mnclinic.services.consents_of_person import consents_of_person
from mnclinic.services.session import OpenClinic
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from mnclinic.ui.elements import Chip
from mnclinic.ui.patients.consents_part import ConsentsPart
from tests.ui.patients.test_patients_page import Seat, seat

__all__ = ["seat"]


def part_of(seat: Seat) -> ConsentsPart:
    # The one of the person before goes when Qt next comes to it.
    return seat.page.chart.findChildren(ConsentsPart)[-1]


def said(seat: Seat) -> str:
    part = part_of(seat)
    return "\n".join(one.text().replace("\u200b", "") for one in part.findChildren(QLabel))


def asked(seat: Seat, job: Callable[[OpenClinic], Any]) -> Any:  # noqa: ANN401 - whatever the job answers
    """What a service says to whoever sits there."""
    answers: list[Any] = []
    seat.workspace._desk.ask(job, owner=seat.page, done=answers.append, failed=answers.append)
    seat.until(lambda: bool(answers))
    return answers[0]


def with_consent(seat: Seat) -> str:
    """The record number of somebody who signed a consent that can be printed."""
    numbers = [f"P-{number:06}" for number in range(1, 13)]

    def job(clinic: OpenClinic) -> list[str]:
        found = {one: consents_of_person(clinic, one).consents for one in numbers}
        return [one for one, consents in found.items() if consents and consents[0].is_printable]

    return str(asked(seat, job)[0])


def test_a_consent_is_opened_and_printed_from_the_patients_page(
    seat: Seat, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seat.open(with_consent(seat))
    part = part_of(seat)
    seat.until(lambda: part.findChild(QPushButton, "chart.consent_print.0") is not None)
    assert "Signed" in said(seat)
    assert part.findChildren(Chip)
    out = tmp_path / "consent.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(out), ""))
    print_it = part.findChild(QPushButton, "chart.consent_print.0")
    assert print_it is not None
    print_it.click()
    seat.until(out.exists)
    seat.settle()
    assert out.read_bytes().startswith(b"%PDF-")
    wanted: list[tuple[str, str]] = []
    seat.workspace._desk.wanted.connect(lambda page, what: wanted.append((page, what)))
    # The page was read anew meanwhile.
    seat.until(lambda: part_of(seat).findChild(QPushButton, "chart.consent_open.0") is not None)
    open_it = part_of(seat).findChild(QPushButton, "chart.consent_open.0")
    assert open_it is not None
    open_it.click()
    assert [page for page, _ in wanted] == ["visit"]


def test_a_withdrawal_stands_there_and_in_the_timeline(seat: Seat) -> None:
    new = NewWithdrawal(withdrawn_by="Somebody Invented", note="No more.")
    asked(seat, lambda clinic: withdraw_consent(clinic, "P-000002", new))
    seat.open("P-000002")
    seat.until(lambda: "Somebody Invented" in said(seat))
    assert "every consent" in said(seat)
    assert seat.titles()[0] == "Consent withdrawn"
