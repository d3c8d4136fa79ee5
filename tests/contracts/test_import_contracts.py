"""Every import contract of pyproject.toml breaks when its wall is breached.

Whether the real package keeps them is import-linter's own step of the checks; here the contracts judge a toy
package of the same shape with one planted import.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINTER = str(Path(sys.executable).with_name("lint-imports"))
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
LAYERS = [name.strip("() ") for layer in CONTRACTS["contracts"][0]["layers"] for name in layer.split("|")]


def name_of(contract: str) -> str:
    return str(next(c["name"] for c in CONTRACTS["contracts"] if c["id"] == contract))


def broken_contracts(folder: Path, planted: dict[str, str]) -> set[str]:
    """The names of the contracts that a package of our shape with these planted modules breaks."""
    package = folder / "src" / "mnclinic"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    for layer in LAYERS:
        (package / layer).mkdir()
        (package / layer / "__init__.py").touch()
    for module, source in planted.items():
        (package / f"{module}.py").write_text(source)
    done = subprocess.run(
        [LINTER, "--no-logo", "--no-cache", "--config", str(ROOT / "pyproject.toml")],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    broken = set(re.findall(r"^(.+) BROKEN", done.stdout, re.MULTILINE))
    assert done.returncode == (1 if broken else 0), done.stdout + done.stderr
    return broken


def test_an_empty_house_keeps_every_contract(tmp_path: Path) -> None:
    assert broken_contracts(tmp_path, {}) == set()


@pytest.mark.parametrize(
    ("contract", "module", "planted"),
    [
        ("layers", "domain/rule", "import mnclinic.services"),
        ("layers", "ui/page", "import mnclinic.cli"),
        ("layers", "bundles/writer", "import mnclinic.documents"),
        ("layers", "services/sign", "import mnclinic.bootstrap"),
        ("layers", "attic", ""),
        ("pure", "domain/rule", "def rule():\n    import sqlalchemy"),
        ("pure", "resource_files/place", "import platformdirs"),
        ("screens", "services/sign", "from PySide6.QtCore import QObject"),
        ("screens", "__main__/start", "from PySide6.QtWidgets import QApplication"),
        ("rows", "ui/page", "import mnclinic.store"),
        ("rows", "cli/queue", "from sqlalchemy import select"),
        ("rows", "ui/page", "from mnclinic import models"),
        ("verifier", "bundles/verify", "import mnclinic.models"),
        ("offline", "services/send", "import socket"),
        ("offline", "ui/page", "from http.client import HTTPConnection"),
    ],
)
def test_a_breached_wall_is_reported_by_name(
    contract: str, module: str, planted: str, tmp_path: Path
) -> None:
    assert name_of(contract) in broken_contracts(tmp_path, {module: planted})


def test_a_bundle_may_not_reach_a_table_by_a_detour(tmp_path: Path) -> None:
    planted = {"bundles/verify": "import mnclinic.audit.tree", "audit/tree": "import mnclinic.models"}
    assert broken_contracts(tmp_path, planted) == {name_of("verifier")}


def test_a_screen_may_reach_the_store_through_a_service(tmp_path: Path) -> None:
    planted = {
        "ui/page": "import PySide6\nimport mnclinic.services.sign",
        "services/sign": "import mnclinic.store",
    }
    assert broken_contracts(tmp_path, planted) == set()
