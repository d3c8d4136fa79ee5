"""A checkpoint that somebody brings: the text off a printed page, a file of it, a bundle or a backup."""

import zipfile
import zlib
from pathlib import Path

from mnclinic.audit.note import tidied
from mnclinic.errors import InvalidInput, Problem
from mnclinic.store.head_file import HEAD_NAME

IN_A_BUNDLE = "data/log/checkpoint.txt"
LONGEST_NOTE_BYTES = 16_384
"""A note has some 250 bytes; witnesses may add a hundred each."""

_SCHEME = "mnclinic/"


def given_checkpoint(named: str) -> bytes:
    """The bytes that are to be held against the log; whether they are a checkpoint is said by the check.

    Args:
        named: The checkpoint's own text, or where it lies: a file of the text, an audit bundle that is not
            encrypted, or the folder of a backup or of a clinic.

    Raises:
        InvalidInput: there is no such file, or it cannot be read.
    """
    if "\n" in named or named.startswith(_SCHEME):
        return tidied(named)
    path = Path(named)
    try:
        if path.is_dir():
            path /= HEAD_NAME
        if zipfile.is_zipfile(path):
            return _out_of_bundle(path)
        with path.open("rb") as file:
            data = file.read(LONGEST_NOTE_BYTES + 1)
    except (OSError, ValueError) as error:
        what = (
            "No checkpoint can be read there. Name a file, a bundle or a backup, or give its text in quotes."
        )
        raise InvalidInput(f"{what} Nothing was checked.", [Problem("--checkpoint", what)]) from error
    if len(data) > LONGEST_NOTE_BYTES:
        return b""
    return tidied(data.decode("utf-8", errors="replace"))


def _out_of_bundle(path: Path) -> bytes:
    """The checkpoint in a bundle; nothing where it holds none that can be read, which is no checkpoint."""
    try:
        with zipfile.ZipFile(path) as bundle, bundle.open(IN_A_BUNDLE) as member:
            data = member.read(LONGEST_NOTE_BYTES + 1)
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return b""
    return data if len(data) <= LONGEST_NOTE_BYTES else b""
