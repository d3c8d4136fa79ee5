"""The box of a recall in the window: whom a lot touched, what touched somebody, and what nobody has."""

from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mnclinic.ui import stretches
from mnclinic.ui.recall import page as page_of_recalls
from tests.ui.conftest import PATIENCE_MS, OpenAs


def recall_page(open_as: OpenAs, qtbot: QtBot, user: str, what: str | None = None) -> tuple[Any, Any]:
    """The window and its page of recalls."""
    window, workspace = open_as(user)
    workspace.go("recall", what)
    wait(window, qtbot)
    return window, workspace.stack.currentWidget()


def wait(window: Any, qtbot: QtBot) -> None:  # noqa: ANN401 - the window under test
    """Until everything asked for has come."""
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


def test_a_lot_is_typed_and_whom_it_touched_is_shown_with_the_keyboard_on_them(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, page = recall_page(open_as, qtbot, "desk")
    assert page.window().focusWidget() is page.named
    assert page._empty.isVisibleTo(page)
    page.named.setText("2020-01-01..2099-12-31")
    cast("Any", qtbot).keyClick(page.named, Qt.Key.Key_Return)
    wait(window, qtbot)
    shown = page.people.rows.rowCount()
    assert shown > 1
    assert page.window().focusWidget() is page.people
    assert str(shown) in page._header.subtitle.text()
    first = page.people.current()
    assert first.patient in page.sentence.text()
    page.reverse.click()
    wait(window, qtbot)
    assert page._lists.currentWidget() is page.uses
    assert first.record_number in page._header.subtitle.text()
    assert {one.visit_id for one in page.uses.rows._rows} >= {one.visit_id for one in first.uses}


def test_who_treated_is_told_by_name_and_not_by_user_name(open_as: OpenAs, qtbot: QtBot) -> None:
    window, page = recall_page(open_as, qtbot, "desk", "reyes")
    wait(window, qtbot)
    assert "Performer T. Reyes" in page.details.text()
    assert "reyes" not in page.details.text()
    page.reverse.click()
    wait(window, qtbot)
    at = next(at for at, one in enumerate(page.uses.rows._rows) if one.performer == "reyes")
    page.uses.selectRow(at)
    assert page.sentence.text().endswith("T. Reyes")
    assert page.uses.model().index(at, 4).data() == "T. Reyes"


def test_what_nobody_has_says_so_and_leaves_the_keyboard_in_the_box(open_as: OpenAs, qtbot: QtBot) -> None:
    window, page = recall_page(open_as, qtbot, "desk", "LOT-NOBODY-HAS")
    wait(window, qtbot)
    assert page.named.text() == "LOT-NOBODY-HAS"
    assert page._empty.isVisibleTo(page)
    assert not page.people.isVisibleTo(page)
    assert page.window().focusWidget() is page.named


def test_days_the_wrong_way_round_are_told_beside_the_box_and_what_was_typed_stays(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, page = recall_page(open_as, qtbot, "desk", "2026-11-24..2026-11-01")
    wait(window, qtbot)
    assert "before" in page.field.problem.text()
    assert page.named.text() == "2026-11-24..2026-11-01"


def test_the_page_shows_the_same_people_again_after_it_was_made_anew(open_as: OpenAs, qtbot: QtBot) -> None:
    window, page = recall_page(open_as, qtbot, "desk", "2020-01-01..2099-12-31")
    shown = page.people.rows.rowCount()
    place = page.place()
    page._ask("LOT-NOBODY-HAS")
    wait(window, qtbot)
    page.return_to(place)
    wait(window, qtbot)
    assert page.people.rows.rowCount() == shown > 0


def test_who_is_scrolled_to_is_had_then_and_told_below_when_they_come(
    open_as: OpenAs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stretches, "STRETCH", 1)
    monkeypatch.setattr(page_of_recalls, "STRETCH", 1)
    window, page = recall_page(open_as, qtbot, "desk", "2020-01-01..2099-12-31")
    last = page.people.rows.rowCount() - 1
    assert last > 0
    assert len(page._found.rows) == 1
    page.people.selectRow(last)
    qtbot.waitUntil(lambda: page.people.current() is not None, timeout=PATIENCE_MS)
    wait(window, qtbot)
    assert page.people.current().patient in page.sentence.text()
    assert page.people.current().patient_ref not in {one.patient_ref for one in page._found.rows}
