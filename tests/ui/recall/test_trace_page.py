"""Plots of visits with events: counted, opened as a list, saved as a picture, a table and a paper."""

import csv
import errno
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QDate
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from mnclinic.domain.back_trace import Factor
from mnclinic.models import Visit
from mnclinic.services.demo.people import STAFF
from mnclinic.services.session import OpenClinic
from mnclinic.ui.theme import apply_theme
from tests.services.events import write_down
from tests.ui.conftest import PATIENCE_MS, OpenAs


def _an_event(clinic: OpenClinic) -> object:
    """An event of the first treated visit."""
    with clinic.store.reading() as session:
        visit = session.scalars(select(Visit.id).where(Visit.performed_at.is_not(None)).limit(1)).one()
    return write_down(clinic, visit)


def _not_expected(error: Exception) -> None:
    raise error


def test_counts_are_plotted_opened_and_saved(open_as: OpenAs, qtbot: QtBot, tmp_path: Path) -> None:
    window, workspace = open_as("okafor")

    def waits() -> None:
        qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)

    workspace.go("trace", "device")
    waits()
    page: Any = workspace.stack.currentWidget()
    assert page._factor() is Factor.DEVICE
    (device,) = [one for one in page.table.rows._rows if one.value == "SP-01"]
    assert device.visits == page._found.visits > 0
    assert f"SP-01 ({device.events}/{device.visits})" in page._plot.accessibleDescription()
    page.factor.setCurrentIndex(page.factor.findData(Factor.DEPTH_BAND))
    (band,) = page._found.of(Factor.DEPTH_BAND)
    bands = ("1.0-1.5", "2.5+", "0.5-1.0")
    page._show(replace(page._found, shared=(device, *(replace(band, value=one) for one in bands))))
    assert [one.value for one in page.table.rows._rows] == ["0.5-1.0", "1.0-1.5", "2.5+"]
    page.factor.setCurrentIndex(page.factor.findData(Factor.DEVICE))
    for name in ("plot.png", "table.csv", "paper.pdf"):
        page.save_to(tmp_path / name)
        waits()
    assert not QImage(str(tmp_path / "plot.png")).isNull()
    rows = [*csv.reader((tmp_path / "table.csv").read_text(encoding="utf-8").splitlines())]
    assert rows[1][:4] == ["device", "SP-01", str(device.events), str(device.visits)]
    assert len(PdfReader(tmp_path / "paper.pdf").pages) == 1
    page._desk.act(_an_event, owner=page, done=lambda _event: None, failed=_not_expected)
    waits()
    page.count.click()
    waits()
    page.factor.setCurrentIndex(page.factor.findData(Factor.PERFORMER))
    assert {one.factor for one in page.table.rows._rows} == {Factor.PERFORMER}
    with_events = [one for one in page.table.rows._rows if one.events]
    assert with_events
    names = {one.user: one.name for one in STAFF}
    shown_names = {page.table.model().index(at, 0).data() for at in range(page.table.rows.rowCount())}
    assert shown_names == {names[one.value] for one in page.table.rows._rows}, "people, not user names"
    page.save_to(tmp_path / "people.csv")
    waits()
    rows = [*csv.reader((tmp_path / "people.csv").read_text(encoding="utf-8").splitlines())]
    assert {row[1] for row in rows if row[0] == "performer"} == shown_names
    page._open(with_events[0])
    waits()
    shown: Any = workspace.stack.currentWidget()
    people = shown._found.rows
    assert sum(len({use.visit_id for use in one.uses}) for one in people) == with_events[0].events
    assert f"Performer {names[with_events[0].value]}: " in shown._header.subtitle.text()
    workspace.go("recall", "events:2020-01-01..2020-01-02:depth_band:0.5-1.0")
    waits()
    assert shown._header.subtitle.text().startswith("Depth band 0.5-1.0 mm: 0 people")
    workspace.go("recall", "events:2020-01-01..2020-01-02:area:upper_lip")
    waits()
    assert shown._header.subtitle.text().startswith("Area Upper lip: 0 people")
    window.close()


def test_what_could_not_be_written_is_told_and_never_said_to_be_there(
    open_as: OpenAs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace = open_as("okafor")
    workspace.go("trace", "device")
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    page: Any = workspace.stack.currentWidget()
    told: list[str] = []
    page._desk.told.connect(told.append)

    def is_full(_number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr("mnclinic.services.print_documents.os.fsync", is_full)
        for name in ("plot.png", "table.csv", "paper.pdf"):
            page.save_to(tmp_path / name)
            qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
            assert "full" in page._banner.accessibleName(), name
            page._banner.say("")
    assert (told, list(tmp_path.iterdir())) == ([], [])
    page.save_to(tmp_path / "not there" / "plot.png")
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert page._banner.accessibleName().startswith("The folder that this file is to go to is not there.")
    assert page._last_field.problem.text() == "", "it is no fault of the days"
    window.close()


def test_days_the_wrong_way_round_are_told_beside_the_day(open_as: OpenAs, qtbot: QtBot) -> None:
    window, workspace = open_as("okafor")
    workspace.go("trace", None)
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    page: Any = workspace.stack.currentWidget()
    day = date(2020, 1, 1)
    page.last.setDate(QDate(day.year, day.month, day.day))
    page.count.click()
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    assert page._last_field.problem.text()
    window.close()


def test_a_picture_of_a_plot_is_dark_on_white_whatever_the_window_is(
    open_as: OpenAs, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    window, workspace = open_as("okafor")
    apply_theme(qapp, "dark")
    workspace.go("trace", "device")
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    page: Any = workspace.stack.currentWidget()
    page.save_to(tmp_path / "plot.png")
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)
    drawn = QImage(str(tmp_path / "plot.png"))
    shades = [drawn.pixelColor(x, y).lightness() for x in range(drawn.width()) for y in range(drawn.height())]
    assert shades.count(255) > len(shades) / 2
