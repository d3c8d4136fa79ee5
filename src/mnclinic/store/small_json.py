"""Small JSON files that lie openly on the disk, where anything may have written into them."""

import json
import os
from pathlib import Path
from typing import Any

from mnclinic.security.plain_file import beginning_of
from mnclinic.store.durability import new_private_file

LARGEST_BYTES = 65_536


def read_small_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file of at most 64 KB; an empty one where it is missing or anything else."""
    try:
        data = beginning_of(path, LARGEST_BYTES + 1)
        value = json.loads(data.decode("utf-8")) if len(data) <= LARGEST_BYTES else None
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def replace_small_file(path: Path, text: str) -> None:
    """Write such a file anew, whole or not at all, for its owner alone to read. Raises OSError.

    What lies where it is written first goes: a link that somebody planted leads to somebody else's file.
    """
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with new_private_file(new) as file:
        file.write(text.encode("utf-8"))
    new.replace(path)


def path_in(value: object) -> Path | None:
    """The path that a text in such a file names; None where it is none that this system can have."""
    if not isinstance(value, str) or not value or "\0" in value:
        return None
    try:
        os.fsencode(value)
    except UnicodeEncodeError:
        return None
    return Path(value)
