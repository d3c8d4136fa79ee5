"""No page waits for the store: whatever asks it runs elsewhere than on the window's thread."""

import threading
import traceback
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import event
from sqlalchemy.pool import Pool

from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import EmptyState
from tests.ui.conftest import PATIENCE_MS, OpenAs
from tests.ui.spanish_walk import Walk
from tests.ui.test_keys import every_page, shown_page


class Asked:
    """Where connections to a database were taken while it listened."""

    def __init__(self) -> None:
        self.here: list[str] = []
        self.elsewhere = 0

    def take(self, *_given: object) -> None:
        """A connection is taken, on this thread."""
        if threading.current_thread() is threading.main_thread():
            self.here.append("".join(traceback.format_stack(limit=12)))
        else:
            self.elsewhere += 1


@pytest.fixture
def asked() -> Iterator[Asked]:
    found = Asked()
    event.listen(Pool, "checkout", found.take)
    yield found
    event.remove(Pool, "checkout", found.take)


@pytest.mark.parametrize("user", ["okafor", "owner"])
def test_no_page_asks_the_store_on_the_windows_thread(
    open_as: OpenAs, qtbot: QtBot, asked: Asked, user: str
) -> None:
    window, workspace = open_as(user)
    seen = sum(1 for _ in every_page(window, workspace, qtbot))
    assert seen > len(("today", "patients", "director", "devices", "protocols", "inspection", "settings"))
    assert asked.elsewhere > seen
    assert asked.here == []


def test_a_list_that_waits_for_the_store_does_not_say_that_there_is_nothing(
    open_as: OpenAs, qtbot: QtBot
) -> None:
    window, workspace = open_as("okafor")
    go_on = threading.Event()
    window._runner.submit(go_on.wait, owner=window, done=lambda _done: None, failed=lambda _error: None)
    said: dict[str, list[str]] = {}
    try:
        for name in ("patients", "director", "events", "follow-up", "recalls", "trace", "log"):
            workspace.go(name, None)
            page = shown_page(workspace)
            shown = [one.title.text() for one in page.findChildren(EmptyState) if one.isVisibleTo(page)]
            said |= {name: shown} if shown else {}
    finally:
        go_on.set()
    assert said == {}
    qtbot.waitUntil(lambda: not window._runner.is_busy, timeout=PATIENCE_MS)


def test_a_page_that_asks_it_there_is_found(
    open_as: OpenAs, qtbot: QtBot, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace = open_as("okafor")
    asks = Desk.ask

    def ask_at_once(desk: Desk, job: object, **given: object) -> None:
        with desk.clinic.store.reading():
            asks(desk, job, **given)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(Desk, "ask", ask_at_once)
    next(Walk(window, workspace, qtbot).pages())
    assert asked.here
