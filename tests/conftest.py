"""What every test runs under.

Warnings, Qt's warnings and sockets are failures by pyproject.toml; an unexpected log record is one by the
fixture below. Qt itself is imported only by the tests that use it.
"""

import gc
import logging
import os
import re
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

from mnclinic.store import spare
from tests.faults.light_locks import lock_lightly
from tests.faults.paid_once import (
    remember_derivations,
    remember_key_files,
    remember_passphrases,
    share_statements,
)
from tests.faults.warmth import scratch_root

spare.SPARE_BYTES = 64 * 1024  # a clinic for every test, each with the real size, would fill a disk indeed

# before anything that derives a key is imported: a test's hundred log-ins are one clinic's few passwords
remember_derivations()
remember_key_files()
remember_passphrases()
share_statements()
lock_lightly()

# Thousands of clinics, each synced to the disk dozens of times, wait for it longer than they are worked on.
if "PYTEST_DEBUG_TEMPROOT" not in os.environ and (memory := scratch_root(room_bytes=4 * 1024**3)):
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(memory)

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anybody imports Qt: a test never opens a real window
os.environ["PYTHON_KEYRING_BACKEND"] = (
    "keyring.backends.null.Keyring"  # nor writes into a person's own keyring
)

settings.register_profile("ci", max_examples=40, deadline=None, derandomize=True, database=None)
settings.register_profile("deep", max_examples=2000, deadline=None)  # pytest --hypothesis-profile=deep
settings.load_profile("ci")


LONGEST_FIRST = (
    "faults/test_failing_disk",
    "faults/test_faults",
    "ui/test_bad_input",
    "ui/lock/test_every_sheet",
    "faults/",
    "ui/test_spanish",
    "journeys/",
    "ui/lock/",
    "ui/visits/",
    "ui/test_window",
    "ui/test_monkey",
    "contracts/",
    "packaging/",
)
"""Where a worker's last file is a long one, the other worker idles."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; otherwise the order stays."""

    def rank(item: pytest.Item) -> int:
        ranks = (at for at, place in enumerate(LONGEST_FIRST) if f"tests/{place}" in item.nodeid)
        return next(ranks, len(LONGEST_FIRST))

    items.sort(key=rank)


ALLOCATIONS_BETWEEN_LOOKS = 20_000


def lay_aside() -> None:
    """Keep what stands now out of every later look for garbage: thousands of tests, modules, statements.

    Each look would otherwise go through all of it again, and find nothing.
    """
    gc.collect()
    gc.freeze()


def pytest_collection_finish() -> None:
    """Look for garbage more seldom than Python does by itself, and never among what was collected."""
    lay_aside()
    gc.set_threshold(ALLOCATIONS_BETWEEN_LOOKS, *gc.get_threshold()[1:])


def pytest_sessionfinish() -> None:
    """Libraries that count what was never let go of are not to count what lay aside."""
    gc.unfreeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Let the widgets of a test go with it, and the windows of a file with its last test.

    Each one that stays is styled anew by every test after it, and each window listens to all of their events.
    """
    yield
    is_last = nextitem is None or nextitem.path != item.path
    let_widgets_go(with_windows=is_last)
    if is_last:
        lay_aside()


def let_widgets_go(*, with_windows: bool) -> None:
    """Delete what waits for it, and every window too where that is wanted."""
    core = sys.modules.get("PySide6.QtCore")
    if core is None or core.QCoreApplication.instance() is None:
        return
    if with_windows and (widgets := sys.modules.get("PySide6.QtWidgets")):
        for one in widgets.QApplication.topLevelWidgets():
            if one.parent() is None:
                one.deleteLater()
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)


class _Warnings(logging.Handler):
    """Keeps every record at WARNING or above, from any thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that logs trouble nobody announced, and one whose announced trouble never came."""
    expected = [str(p) for marker in request.node.iter_markers("expects_log") for p in marker.args]
    handler = _Warnings()
    root = logging.getLogger()
    root.addHandler(handler)
    yield
    root.removeHandler(handler)
    strays = [seen for seen in handler.seen if not any(re.search(p, seen) for p in expected)]
    absent = [p for p in expected if not any(re.search(p, seen) for seen in handler.seen)]
    if strays:
        pytest.fail("unexpected log: " + "; ".join(strays), pytrace=False)
    if absent:
        pytest.fail("expected in the log, but never seen: " + "; ".join(absent), pytrace=False)
