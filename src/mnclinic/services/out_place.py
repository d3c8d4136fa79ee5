"""Where a file that somebody asked for may go, and what is told when it could not be written after all.

One rule for every command and page: the place is looked at before anything is entered in the log, because
what is entered stays.
"""

import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from mnclinic.errors import DiskFull, FolderNotWritable, InvalidInput, Problem, StoreUnavailable
from mnclinic.security.keyfile import KEY_FILE
from mnclinic.store.backup_manifest import MANIFEST_NAME
from mnclinic.store.folder_check import refuse_unusable_name

LARGEST_SECRET_BYTES = 400_000
"""A sheet or a card takes a tenth of this."""
_PAGES = (b"/Title (Recovery sheet)", b"/Title (Personal recovery code)")
_OURS = b"/Creator (mnclinic)"
_KEY_FILE_OF_A_PERSON = b'"mnclinic.factor/'


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


def problems_of_place(path: Path, *, overwrites: bool, where: str = "out") -> Iterator[Problem]:
    """The same for whoever has more to tell, such as of the other fields of a sheet."""
    wrong = _wrong_with(path, overwrites=overwrites)
    if wrong is not None:
        yield Problem(where, wrong[0])


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


def refuse_unusable_folder(path: Path, *, where: str) -> None:
    """Refuse a folder by a name that no disk can hold, or that is a link that leads round in a circle.

    `where` is the option that it was given in. Raises InvalidInput.
    """
    refuse_unusable_name(path, nothing="Nothing was done.", where=where)


def refuse_no_text(folder: Path, *, where: str) -> None:
    """Refuse a folder whose name, or that of one that it lies in, has bytes that are no letters.

    Raises InvalidInput. Nothing was done.
    """
    real = os.path.realpath(folder)
    # Such bytes are carried along as halves of characters.
    if real.encode("utf-8", "replace").decode() != real:
        _refuse_spelling(where)


def name_to_keep(folder: Path, *, where: str) -> str:
    """The folder's name as settings and the log hold it: with its letters put together.

    `spelled_as_there` finds the folder by it again.

    Raises InvalidInput where it would not, or where the name has bytes that are no letters. Nothing was done.
    """
    refuse_no_text(folder, where=where)
    name = unicodedata.normalize("NFC", str(folder))
    if os.path.exists(folder) and not _is_same(spelled_as_there(name), folder):
        _refuse_spelling(where)
    return name


def spelled_as_there(name: str) -> Path:
    """The folder that a kept name means. Some disks know it with the accents of its name apart."""
    apart = unicodedata.normalize("NFD", name)
    return Path(apart if os.path.exists(apart) and not os.path.exists(name) else name)


def _refuse_spelling(where: str) -> NoReturn:
    what = "The name of this folder, or of one that it lies in, has letters that the log cannot hold."
    raise InvalidInput(
        f"{what} Nothing was done. Rename that one by typing its name anew, or choose another folder.",
        [Problem(where, what)],
    )


def refuse_with_the_lock(path: Path, *places: Path, where: str = "out") -> None:
    """Refuse a place for a key file, a sheet or a card that lies with what it helps to open.

    Args:
        path: Where the secret is to go.
        places: The clinic's folder, and where its backups go; none need be there. A folder that holds a
            key file counts whether it is named or not, and so does one in which backups lie.
        where: The option or field that the name was given in.

    Raises InvalidInput. Nothing was done.
    """
    # Wherever it leads, and however the disk spells it.
    above = Path(os.path.realpath(path)).parents
    if (
        any(os.path.lexists(folder / KEY_FILE) for folder in above)
        or any(_is_same(folder, place) for place in places for folder in above)
        or _holds_backups(above[0])
    ):
        what = "That place lies in the clinic's folder or among its backups."
        raise InvalidInput(
            f"{what} Whoever stole it would hold the lock and the key together. Nothing was changed. Name a "
            "place apart from both, such as a stick of your own.",
            [Problem(where, what)],
        )


def _holds_backups(folder: Path) -> bool:
    return any(
        os.path.lexists(one / MANIFEST_NAME) and os.path.lexists(one / KEY_FILE) for one in _listed(folder)
    )


def _listed(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(sorted(folder.iterdir()))
    except OSError:
        # Whoever may not look into it is told so by what they do there.
        return ()


def refuse_beside_secrets(folder: Path, *, where: str = "folder") -> None:
    """Refuse a folder for backups in which a sheet, a card or a key file lies that helps to open them.

    They are known by what is in them, whatever they are called. Raises InvalidInput. Nothing was done.
    """
    found = [one.name for one in _listed(folder) if _is_secret(one)]
    if found:
        what = f"In this folder lies what opens the backups: {', '.join(found)}."
        raise InvalidInput(
            f"{what} Whoever stole it would hold the lock and the key together. Nothing was changed. Put "
            "that somewhere apart first, or choose another folder.",
            [Problem(where, what)],
        )


def _is_secret(path: Path) -> bool:
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_SECRET_BYTES:
            return False
        data = path.read_bytes()
    except OSError:
        return False
    return (_OURS in data and any(title in data for title in _PAGES)) or (
        data.startswith(b"{") and _KEY_FILE_OF_A_PERSON in data
    )


def _is_same(folder: Path, place: Path) -> bool:
    try:
        return os.path.samefile(folder, place)
    except OSError:
        return folder == Path(os.path.realpath(place))


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
