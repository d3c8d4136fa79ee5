"""The lock pins every package to its bytes, names no host, and holds nothing whose licence binds ours."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}$")


def pins_without_a_hash(lock: str) -> list[str]:
    """The first line of every package that is not pinned to an exact version and at least one hash."""
    joined = re.sub(r" \\\n\s+", " ", lock)
    pins = [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [pin for pin in pins if "==" not in pin.split(";")[0] or not HASH.search(pin)]


def binding_licence(licence: str) -> bool:
    """Whether a licence leaves no choice but one of the GPL family. LGPL leaves our own code free."""
    choices = re.split(r"\s+or\s+", licence, flags=re.IGNORECASE)
    gpl = re.compile(r"(?<!L)GPL|(?<!Lesser )General Public License", re.IGNORECASE)
    return all(gpl.search(choice) for choice in choices)


def runtime_requirements() -> list[Distribution]:
    """Everything that is installed beside the program on a clinic's PC, on this system."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        found[name] = distribution(name)
        waiting += [Requirement(text) for text in found[name].requires or ()]
    return list(found.values())


def licences(package: Distribution) -> Iterator[str]:
    """Every licence that a package names, and the words of its licence file where it names none."""
    about = package.metadata
    named = [
        *about.get_all("License-Expression", []),
        *(text for text in about.get_all("License", []) if "\n" not in text),
        *(text for text in about.get_all("Classifier", []) if text.startswith("License ::")),
    ]
    files = [file for file in package.files or () if file.name.startswith(("LICEN", "COPYING"))]
    yield from named or (" ".join(file.read_text().split()) for file in files)


def test_the_lock_names_no_host() -> None:
    assert "://" not in LOCK
    assert " @ " not in LOCK
    assert "--index-url" not in LOCK
    assert "--find-links" not in LOCK


def test_every_package_of_the_lock_is_pinned_to_its_bytes() -> None:
    assert LOCK.count("==") > 20
    assert pins_without_a_hash(LOCK) == []


def test_a_pin_without_a_hash_is_reported() -> None:
    assert pins_without_a_hash("toy==1.0\n    # via nobody\n") == ["toy==1.0"]
    assert pins_without_a_hash("toy>=1.0 \\\n    --hash=sha256:" + "0" * 64) != []
    assert pins_without_a_hash("toy==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n") == []


def test_every_dependency_is_in_the_lock() -> None:
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    locked = {canonicalize_name(match) for match in re.findall(r"^([\w.-]+)==", LOCK, re.MULTILINE)}
    assert {canonicalize_name(Requirement(text).name) for text in wanted} <= locked


def test_what_is_installed_is_what_the_lock_says() -> None:
    wrong = []
    for name, version, marker in re.findall(r"^([\w.-]+)==(\S+)(?: ; (.+?))? \\$", LOCK, re.MULTILINE):
        if marker and not Requirement(f"{name} ; {marker}").marker.evaluate():  # type: ignore[union-attr]
            continue
        try:
            installed = distribution(name).version
        except PackageNotFoundError:
            installed = "nothing"
        if installed != version:
            wrong.append(f"{name}: {installed} instead of {version}")
    assert wrong == []


def test_no_dependency_binds_us_to_the_gpl() -> None:
    packages = runtime_requirements()
    assert len(packages) > 15
    assert [package.name for package in packages if all(map(binding_licence, licences(package)))] == []


@pytest.mark.parametrize(
    ("licence", "binds"),
    [
        ("GPL-3.0-only", True),
        ("AGPL-3.0-or-later", True),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", True),
        ("GPL-2.0-only OR GPL-3.0-only", True),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", False),
        ("LGPL-3.0-only", False),
        ("MIT", False),
    ],
)
def test_a_binding_licence_is_recognised(licence: str, *, binds: bool) -> None:
    assert binding_licence(licence) is binds
