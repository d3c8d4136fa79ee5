"""One function leads to every resource, and only there."""

from pathlib import Path

import pytest

from mnclinic import resource_files
from mnclinic.resource_files import resource_path, resource_text


@pytest.fixture
def resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source tree with one resource, beside a file that no resource name may reach."""
    (tmp_path / "resources" / "words").mkdir(parents=True)
    (tmp_path / "resources" / "words" / "greeting.txt").write_text("¿Qué tal?\n", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("not a resource")
    monkeypatch.setattr(resource_files, "_SOURCE_TREE", tmp_path / "resources")
    monkeypatch.setattr(resource_files, "_INSTALLED", tmp_path / "mnclinic" / "resources")
    return tmp_path


def test_a_resource_is_found_in_the_source_tree(resources: Path) -> None:
    assert resource_path("words/greeting.txt") == resources / "resources" / "words" / "greeting.txt"
    assert resource_text("words/greeting.txt") == "¿Qué tal?\n"


def test_a_folder_is_a_resource_too(resources: Path) -> None:
    assert resource_path("words") == resources / "resources" / "words"


def test_an_installed_copy_uses_the_files_inside_the_package(resources: Path) -> None:
    inside = resources / "mnclinic" / "resources"
    inside.mkdir(parents=True)
    (inside / "inside.txt").write_text("installed")
    assert resource_text("inside.txt") == "installed"
    with pytest.raises(FileNotFoundError):
        resource_path("words/greeting.txt")


@pytest.mark.usefixtures("resources")
@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../secret.txt", "words/../../secret.txt", "/etc/hosts", "C:/x", "..\\secret.txt"],
)
def test_a_name_that_leads_out_of_the_folder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is not the name of a resource"):
        resource_path(name)


@pytest.mark.usefixtures("resources")
def test_a_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"'words/farewell\.txt'"):
        resource_path("words/farewell.txt")
