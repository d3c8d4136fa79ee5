"""The way to every file of `resources/`: texts, icons, fonts, schemas, draft policies.

In the source tree the folder lies beside `src/`; in an installed wheel and in a frozen program it lies
inside the package as `mnclinic/resources/` (pyproject.toml and the installer put it there).
"""

from pathlib import Path, PurePosixPath

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "resources"
_SOURCE_TREE = _PACKAGE.parent.parent / "resources"


def resource_path(name: str) -> Path:
    """The file or folder `name` of `resources/`, written with forward slashes: "schemas/visit.json".

    A name comes from our own code, never from a person, so a bad one is a defect of the caller.

    Raises:
        ValueError: The name is empty, absolute, or leads out of the folder.
        FileNotFoundError: This copy of the program has no such resource.
    """
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or "\\" in name or ":" in name or name.startswith("/"):
        message = f"{name!r} is not the name of a resource."
        raise ValueError(message)
    folder = _INSTALLED if _INSTALLED.is_dir() else _SOURCE_TREE
    path = folder.joinpath(*parts)
    if not path.exists():
        message = f"The resource {name!r} is missing from this copy of mnclinic."
        raise FileNotFoundError(message)
    return path


def resource_text(name: str) -> str:
    """The whole text of the resource `name`, read as UTF-8. Raises as `resource_path` does."""
    return resource_path(name).read_text(encoding="utf-8")
