"""The project's own rules hold for the whole package, and each rule reports a planted fault."""

import re
from pathlib import Path

import pytest

from tests.contracts.project_rules import (
    CLOCK,
    COMMIT,
    LOCALE,
    NETWORK,
    PRINT,
    THREADS,
    Rule,
    words_of_the_system,
)

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "mnclinic"
TWO_PAGES = 140
"""Lines of a document that is read through before the first change."""


def breaches_in_the_package(rule: Rule) -> list[str]:
    found = []
    for module in sorted(PACKAGE.rglob("*.py")):
        path = module.relative_to(PACKAGE).as_posix()
        if not rule.allows(path):
            found += [f"{path}:{breach}" for breach in rule.breaches(module.read_text(encoding="utf-8"))]
    return found


def test_threads_start_only_in_the_task_runner() -> None:
    assert breaches_in_the_package(THREADS) == []


def test_only_bootstrap_reads_the_clock() -> None:
    assert breaches_in_the_package(CLOCK) == []


def test_only_the_command_line_prints() -> None:
    assert breaches_in_the_package(PRINT) == []


def test_only_the_store_commits() -> None:
    assert breaches_in_the_package(COMMIT) == []


def test_nothing_can_open_a_network_socket() -> None:
    assert breaches_in_the_package(NETWORK) == []


def test_nothing_is_written_in_the_language_of_the_system() -> None:
    assert breaches_in_the_package(LOCALE) == []
    found = [
        f"{module.relative_to(PACKAGE).as_posix()}:{breach}"
        for module in sorted(PACKAGE.rglob("*.py"))
        for breach in words_of_the_system(module.read_text(encoding="utf-8"))
        if not module.relative_to(PACKAGE).as_posix().startswith(("ui/", "documents/"))
    ]
    assert found == []


@pytest.mark.parametrize("form", ["{at:%d %b %Y}", "{at:%-d %B}", "{at:%A}", "{at:%I:%M %p}", "{at:%x}"])
def test_a_planted_name_of_a_month_or_day_is_reported_with_its_line(form: str) -> None:
    (breach,) = words_of_the_system(f"# of a visit\nsaid = f'on {form} there'")
    assert breach.startswith("2: ")
    assert words_of_the_system("said = f'{at:%Y-%m-%d %H:%M}'; share = '100 % always'") == []


def test_the_rules_look_at_the_package() -> None:
    everything = Rule(why="finds at least the imports of the errors", banned=r"^dataclasses\.dataclass$")
    assert any(breach.startswith("errors.py:") for breach in breaches_in_the_package(everything))


@pytest.mark.parametrize(
    ("rule", "planted"),
    [
        (THREADS, "import threading"),
        (THREADS, "from threading import Thread"),
        (THREADS, "from concurrent.futures import ThreadPoolExecutor"),
        (THREADS, "def later():\n    import multiprocessing.pool"),
        (THREADS, "from PySide6.QtCore import QThread"),
        (THREADS, "from PySide6 import QtCore\npool = QtCore.QThreadPool.globalInstance()"),
        (CLOCK, "from datetime import datetime\nnow = datetime.now()"),
        (CLOCK, "import datetime as dt\nnow = dt.datetime.now(dt.UTC)"),
        (CLOCK, "from datetime import date as day\ndefault = day.today"),
        (CLOCK, "import time\nstarted = time.time()"),
        (CLOCK, "from time import time_ns\nstarted = time_ns()"),
        (CLOCK, "from sqlalchemy import func\nnow = func.now()"),
        (CLOCK, "from PySide6.QtCore import QDate\ntoday = QDate.currentDate()"),
        (PRINT, "print('hello')"),
        (PRINT, "import sys\nsys.stdout.write('hello')"),
        (COMMIT, "def keep(session):\n    session.commit()"),
        (COMMIT, "class Work:\n    def keep(self):\n        self._session.commit()"),
        (COMMIT, "def keep(work):\n    work.session().commit()"),
        (LOCALE, "import locale"),
        (LOCALE, "from time import strptime"),
        (LOCALE, "import calendar\nsaid = calendar.month_abbr[1]"),
        (NETWORK, "import socket"),
        (NETWORK, "import http.client"),
        (NETWORK, "from urllib import request"),
        (NETWORK, "import urllib.request"),
        (NETWORK, "from PySide6 import QtNetwork"),
        (NETWORK, "from PySide6.QtNetwork import QLocalServer"),
        (NETWORK, "type Newer = int"),
    ],
)
def test_a_planted_fault_is_reported_with_its_line(rule: Rule, planted: str) -> None:
    breaches = rule.breaches(planted)
    assert breaches, f"nothing seen, although {rule.why}"
    assert breaches[-1].startswith(f"{len(planted.splitlines())}: ")


@pytest.mark.parametrize(
    ("rule", "lawful"),
    [
        (THREADS, "from mnclinic.ui.tasks import TaskRunner"),
        (CLOCK, "def sign(now):\n    return now()"),
        (CLOCK, "from datetime import datetime\nat = datetime.fromisoformat('2026-11-23')"),
        (CLOCK, "import time\nstarted = time.perf_counter()"),
        (PRINT, "def show(page):\n    page.print()"),
        (COMMIT, "def sign(work):\n    work.commit()"),
        (NETWORK, "from urllib.parse import quote"),
        (NETWORK, "def read(socket):\n    return socket.name"),
    ],
)
def test_a_lawful_line_is_not_reported(rule: Rule, lawful: str) -> None:
    assert rule.breaches(lawful) == []


@pytest.mark.parametrize(
    ("rule", "home"),
    [
        (THREADS, "ui/tasks.py"),
        (CLOCK, "bootstrap.py"),
        (PRINT, "cli/output.py"),
        (COMMIT, "store/engine.py"),
    ],
)
def test_each_rule_spares_only_its_home(rule: Rule, home: str) -> None:
    assert rule.allows(home)
    assert not rule.allows("services/sign_visit.py")
    assert not rule.allows(f"services/{home}")


def test_the_architecture_is_read_on_two_pages_and_leads_to_the_rooms_own() -> None:
    architecture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert len(architecture.splitlines()) <= TWO_PAGES
    rooms = {one.relative_to(ROOT).as_posix() for one in PACKAGE.rglob("README.md")}
    assert rooms
    assert rooms == set(re.findall(r"\]\((src/[^)#]+README\.md)\)", architecture))


def test_every_format_and_database_revision_is_listed_in_the_architecture() -> None:
    listed_in = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("## Versions in formats")[2]
    listed = set()
    for name, first, later in re.findall(r"`mnclinic\.([a-z-]+)/(\d+)`(?:\s+and\s+`/(\d+)`)?", listed_in):
        listed |= {(name, first), (name, later or first)}
    named = set()
    for where, kind in ((PACKAGE, "*.py"), (ROOT / "resources", "*.json"), (ROOT / "resources", "*.js")):
        for file in where.rglob(kind):
            named |= set(re.findall(r"\bmnclinic\.([a-z-]+)/(\d+)", file.read_text(encoding="utf-8")))
    assert len(named) > 30
    assert named - listed == set()
    revisions = {one.name[:4] for one in (PACKAGE / "store/migrations/versions").glob("0*.py")}
    assert revisions - set(re.findall(r"`(\d{4})`", listed_in)) == set()
