"""What pyproject.toml and the files beside it promise."""

import re
import tomllib
from pathlib import Path

import pytest

import mnclinic

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(TEXT)

RULE = re.compile(r'^\s*"[A-Z]+\d*",?\s*(#\s*\S.*)?$')

ONE_LINE = re.compile(r'(extend-)?ignore\s*=|"[^"]+"\s*=')


def ignores_without_a_reason(text: str) -> list[str]:
    """Every line of ruff's ignore lists that gives no reason in a comment beside it."""
    found = []
    section, listing = "", ""
    for line in text.splitlines():
        if line.startswith("["):
            section, listing = line, ""
        elif line.endswith("= ["):
            listing = line.partition("=")[0].strip()
        elif line == "]":
            listing = ""
        elif line.strip() and listing and ("per-file-ignores" in section or "ignore" in listing):
            if "ruff" in section and not (RULE.match(line) and "#" in line):
                found.append(line.strip())
        elif "ruff" in section and ONE_LINE.match(line) and "target" not in section:
            found.append(line.strip())
    return found


def test_every_ruff_ignore_has_its_reason_beside_it() -> None:
    assert ignores_without_a_reason(TEXT) == []


@pytest.mark.parametrize(
    "planted",
    [
        '[tool.ruff.lint]\nignore = [\n    "N818", # facts\n    "TRY003",\n]\n',
        '[tool.ruff.lint]\nignore = ["TRY003"]\n',
        '[tool.ruff.lint.per-file-ignores]\n"tests/**" = [\n    "S101",\n]\n',
        '[tool.ruff.lint.per-file-ignores]\n"tests/**" = ["S101"]\n',
    ],
)
def test_an_ignore_without_a_reason_is_reported(planted: str) -> None:
    assert len(ignores_without_a_reason(planted)) == 1


def test_the_reasons_are_looked_for_where_the_ignores_are() -> None:
    without_reasons = re.sub(r"\s+#.*", "", TEXT)
    expected = PROJECT["tool"]["ruff"]["lint"]
    count = len(expected["ignore"]) + sum(map(len, expected["per-file-ignores"].values()))
    assert len(ignores_without_a_reason(without_reasons)) == count


def test_the_licence_is_apache_2() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert PROJECT["project"]["license"] == "Apache-2.0"
    assert "Apache License" in licence
    assert "Version 2.0, January 2004" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
    assert len(licence) > 11_000


def test_the_package_and_the_project_have_one_version() -> None:
    assert mnclinic.__version__ == PROJECT["project"]["version"]


def test_of_pyside_only_essentials_and_pdf_are_needed() -> None:
    named = re.findall(r'"(PySide6[\w-]*)', TEXT)
    assert {"PySide6-Essentials", "PySide6-Pdf"} == {name for name in named if "-" in name}
    assert not any(text.startswith("PySide6>") for text in PROJECT["project"]["dependencies"])


def test_ci_calls_the_command_that_people_call() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "python3 packaging/dev.py test" in script
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100
