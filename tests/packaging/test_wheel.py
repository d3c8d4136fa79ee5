"""The wheel, installed into an empty environment, is the whole program.

Needs the package registry (or pip's cache of it), as the set-up does.
"""

import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import mnclinic

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources"


def resource_names() -> set[str]:
    # What an interpreter leaves beside a script that somebody ran is no resource.
    files = (path for path in RESOURCES.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(RESOURCES).as_posix() for path in files}


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints, started away from the source tree and from its Python path."""
    unset = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    environ = {name: value for name, value in os.environ.items() if name not in unset}
    done = subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts folder of a new environment with the wheel and what it needs, at the lock's versions."""
    folder = tmp_path_factory.mktemp("installed")
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    versions = folder / "versions.txt"
    versions.write_text("".join(f"{pin}\n" for pin in re.findall(r"^([\w.-]+==.+?) \\$", lock, re.MULTILINE)))
    venv.create(folder / "env", symlinks=os.name != "nt")
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install", "--quiet")
    run(*pip, "--no-compile", "--only-binary=:all:", "-c", versions, wheel, cwd=folder)
    return scripts


def test_the_wheel_holds_every_resource_and_no_test(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    inside = "mnclinic/resources/"
    assert {name.removeprefix(inside) for name in names if name.startswith(inside)} == resource_names()
    assert {name.split("/")[0] for name in names} == {
        "mnclinic",
        f"mnclinic-{mnclinic.__version__}.dist-info",
    }
    assert "mnclinic/py.typed" in names
    modules = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.py")}
    assert {name for name in names if name.endswith(".py") and not name.startswith(inside)} == modules


def test_the_installed_program_starts(installed: Path, tmp_path: Path) -> None:
    assert mnclinic.__version__ in run(installed / "mnclinic", "--version", cwd=tmp_path)
    assert "mnclinic" in run(installed / "python", "-m", "mnclinic", "--help", cwd=tmp_path)


def test_the_installed_program_finds_every_resource(installed: Path, tmp_path: Path) -> None:
    names = sorted(resource_names())
    question = f"from mnclinic.resource_files import resource_path as p; [print(p(n)) for n in {names!r}]"
    found = run(installed / "python", "-c", question, cwd=tmp_path).splitlines()
    assert len(found) == len(names) > 0
    assert all(Path(path).is_relative_to(installed.parent) for path in found)


def test_the_environment_holds_no_tool_of_ours(installed: Path, tmp_path: Path) -> None:
    question = (
        "import importlib.util as u; print([n for n in ('pytest', 'mypy', 'hatchling') if u.find_spec(n)])"
    )
    assert run(installed / "python", "-c", question, cwd=tmp_path) == "[]\n"
