"""Where a file that somebody asked for may go, and what is told when it could not be written after all.

One rule for every command and page: the place is looked at before anything is entered in the log, because
what is entered stays.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mnclinic.errors import DiskFull, FolderNotWritable, InvalidInput, Problem, StoreUnavailable


def refuse_place(path: Path, *, overwrites: bool, where: str = "out") -> None:
    """Refuse a name under which no file can be written, before anything was done.

    Args:
        path: Where the file is to go.
        overwrites: Whether an older file may be replaced: somebody was asked about it, as the window does.
        where: The option or field that the name was given in.

    Raises:
        InvalidInput: its folder is not there, a folder has the name, or a file does that must stay.
    """
    wrong = _wrong_with(path, overwrites=overwrites)
    if wrong is not None:
        what, instead = wrong
        raise InvalidInput(f"{what} Nothing was changed. {instead}", [Problem(where, what)])


def _wrong_with(path: Path, *, overwrites: bool) -> tuple[str, str] | None:
    """What is wrong with the place, and what to do instead."""
    # Asked of `os.path`, which takes a name that no disk could hold for one that is not there.
    if not os.path.isdir(path.parent):
        return "The folder that this file is to go to is not there.", "Name a folder that is."
    if os.path.isdir(path):
        return "A folder has this name.", "Name the file that is to be written in it."
    if not overwrites and os.path.lexists(path):
        return "This file is there already.", "Name a new one, so that the older one is not overwritten."
    return None


@contextmanager
def told_what_is_entered(entered: str, again: str) -> Iterator[None]:
    """Tell of a file that could not be written that its act is entered in the log already.

    Args:
        entered: The sentence of what is entered and stays.
        again: What to do to get the file.
    """
    try:
        yield
    except InvalidInput as error:
        raise InvalidInput(f"{error.sentence} {entered}", error.problems) from error
    except StoreUnavailable as error:
        reason = _reason(error)
        said = f"{reason} Nothing half-written was left." if reason else error.sentence
        raise type(error)(f"{said} {entered} {again}") from error


def _reason(error: StoreUnavailable) -> str:
    """Why the file is not there; empty where something else than its place was in the way."""
    if isinstance(error, DiskFull):
        return "The disk is full, so the file was not written."
    if isinstance(error, FolderNotWritable):
        return "The file cannot be written at that place."
    if type(error) is StoreUnavailable:
        return "The file could not be written; the disk refused it."
    return ""
