"""The gates that pyproject.toml and conftest.py put around every test, each seen red."""

import logging
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PLANTED = """
import logging
import socket
import warnings

import pytest


def test_control():
    logging.getLogger("planted").info("all is well")


def test_warning():
    warnings.warn("planted warning")


def test_log():
    logging.getLogger("planted").warning("planted record")


@pytest.mark.expects_log("never said")
def test_silence():
    pass


def test_socket():
    socket.create_connection(("127.0.0.1", 9))


def test_qt_warning():
    from PySide6.QtCore import qWarning

    qWarning("planted Qt warning")


@pytest.mark.no_such_marker
def test_marker():
    pass
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says about the planted tests, run under our own settings."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    (folder / "tests" / "faults").mkdir(parents=True)
    for name in (
        "conftest.py",
        *(f"faults/{one}.py" for one in ("light_locks", "paid_once", "processes", "warmth")),
    ):
        shutil.copyfile(ROOT / "tests" / name, folder / "tests" / name)
    planted, _, marker = PLANTED.partition("\n\n@pytest.mark.no_such_marker")
    (folder / "tests" / "test_planted.py").write_text(planted)
    (folder / "tests" / "test_marker.py").write_text(f"import pytest\n\n@pytest.mark.no_such_marker{marker}")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "--continue-on-collection-errors", "-p", "no:cacheprovider"],
        cwd=folder,
        env={**os.environ, "COLUMNS": "250"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def test_a_quiet_test_passes(report: str) -> None:
    assert "PASSED tests/test_planted.py::test_control" in report


@pytest.mark.parametrize(
    "line",
    [
        "FAILED tests/test_planted.py::test_warning - UserWarning: planted warning",
        "ERROR tests/test_planted.py::test_log - Failed: unexpected log: WARNING planted: planted record",
        "ERROR tests/test_planted.py::test_silence - Failed: expected in the log, but never seen",
        "FAILED tests/test_planted.py::test_socket - UserWarning: A test tried to use socket",
        "FAILED tests/test_planted.py::test_qt_warning",
        "ERROR tests/test_marker.py",
    ],
)
def test_a_planted_fault_fails(report: str, line: str) -> None:
    assert line in report


def test_no_test_can_open_a_socket() -> None:
    # the block announces itself by a warning, which is a failure before the block's own exception
    with pytest.raises(UserWarning, match="A test tried to use socket"):
        socket.socket()


@pytest.mark.expects_log("WARNING planted: the .* record")
def test_an_announced_log_record_is_no_failure() -> None:
    logging.getLogger("planted").warning("the announced record")
