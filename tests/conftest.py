"""What every test runs under.

Warnings, Qt's warnings and sockets are failures by pyproject.toml; an unexpected log record is one by the
fixture below. Qt itself is imported only by the tests that use it.
"""

import logging
import os
import re
from collections.abc import Iterator

import pytest
from hypothesis import settings

from mnclinic.store import spare

spare.SPARE_BYTES = 64 * 1024  # a clinic for every test, each with the real size, would fill a disk indeed

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anybody imports Qt: a test never opens a real window
os.environ["PYTHON_KEYRING_BACKEND"] = (
    "keyring.backends.null.Keyring"  # nor writes into a person's own keyring
)

settings.register_profile("ci", max_examples=40, deadline=None, derandomize=True, database=None)
settings.register_profile("deep", max_examples=2000, deadline=None)  # pytest --hypothesis-profile=deep
settings.load_profile("ci")


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
