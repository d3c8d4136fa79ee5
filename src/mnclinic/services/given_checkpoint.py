"""A checkpoint that somebody brings: the text off a printed page, a file of it, a bundle or a backup."""

import io
import stat
import zipfile
import zlib
from pathlib import Path

from mnclinic.audit.note import tidied
from mnclinic.bundles.container import LARGEST_BYTES
from mnclinic.bundles.encryption import is_encrypted, opened
from mnclinic.errors import InvalidInput, Problem
from mnclinic.store.head_file import HEAD_NAME

IN_A_BUNDLE = "data/log/checkpoint.txt"
LONGEST_NOTE_BYTES = 16_384
"""A note has some 250 bytes; witnesses may add a hundred each."""

NOTHING_THERE = (
    "No checkpoint can be read there. Name a file, a bundle or a backup, or give its text in quotes."
)
NOT_A_FILE = (
    "What is named there is no file of a size that a checkpoint, a bundle or a backup has. Name one of "
    "these, or give the checkpoint's text in quotes."
)

_SCHEME = "mnclinic/"
_PDF = b"%PDF-"


def given_checkpoint(named: str, *, passphrase: str | None = None) -> bytes:
    """The bytes that are to be held against the log; whether they are a checkpoint is said by the check.

    Args:
        named: The checkpoint's own text, or where it lies: a file of the text, an audit bundle, or the folder
            of a backup or of a clinic.
        passphrase: Of an encrypted bundle; not asked for by anything else.

    Raises:
        InvalidInput: there is no such file, it cannot be read, it is a printed page as a PDF, which holds its
            checkpoint as a picture alone, or an encrypted bundle came without its passphrase.
        WrongCredentials: the passphrase does not open the bundle.
    """
    if "\n" in named or named.startswith(_SCHEME):
        return tidied(named)
    path = Path(named)
    try:
        if path.is_dir():
            path /= HEAD_NAME
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST_BYTES:
            # A device never ends, and a pipe waits for whoever writes into it.
            raise _refused(NOT_A_FILE)
        with path.open("rb") as file:
            data = file.read(LONGEST_NOTE_BYTES + 1)
        if is_encrypted(data):
            return _out_of_encrypted(path, passphrase)
        if zipfile.is_zipfile(path):
            return _out_of_bundle(path)
    except (OSError, ValueError) as error:
        raise _refused(NOTHING_THERE) from error
    if data.startswith(_PDF):
        what = "This is a page as a PDF, which holds its checkpoint as a picture alone."
        raise InvalidInput(
            f"{what} Nothing was checked. Scan the code on the page, and give the text that it holds.",
            [Problem("--checkpoint", what)],
        )
    if len(data) > LONGEST_NOTE_BYTES:
        return b""
    return tidied(data.decode("utf-8", errors="replace"))


def _refused(what: str) -> InvalidInput:
    return InvalidInput(f"{what} Nothing was checked.", [Problem("--checkpoint", what)])


def _out_of_encrypted(path: Path, passphrase: str | None) -> bytes:
    if passphrase is None:
        what = "This bundle is encrypted, so its checkpoint cannot be read without its passphrase."
        raise InvalidInput(
            f"{what} Nothing was checked. Name a file with the passphrase: --passphrase-file.",
            [Problem("--passphrase-file", what)],
        )
    if path.stat().st_size > LARGEST_BYTES:
        return b""
    plain = opened(path.read_bytes(), passphrase=passphrase, identity=None)
    return b"" if plain is None else _out_of_bundle(io.BytesIO(plain))


def _out_of_bundle(path: Path | io.BytesIO) -> bytes:
    """The checkpoint in a bundle; nothing where it holds none that can be read, which is no checkpoint."""
    try:
        with zipfile.ZipFile(path) as bundle, bundle.open(IN_A_BUNDLE) as member:
            data = member.read(LONGEST_NOTE_BYTES + 1)
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return b""
    return data if len(data) <= LONGEST_NOTE_BYTES else b""
