"""Where a file is that somebody named by typing, and what is told of one that cannot be read."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from mnclinic.domain.attachments import LARGEST_BYTES
from mnclinic.errors import InvalidInput, Problem
from mnclinic.security.plain_file import beginning_of

Value = TypeVar("Value")

UNREADABLE = "The file cannot be read. Check its name and that you may read it."


def place_of(typed: str) -> Path:
    """The file or folder that was typed. One without a folder lies in one's own, which `~` means too.

    Of the folder that the program was started in nobody knows. A `~` before the name of somebody whom this
    PC does not know is a name as any other.
    """
    path = Path(typed.strip())
    with suppress(RuntimeError):
        path = path.expanduser()
    return Path.home() / path


def with_file(typed: str, where: str, act: Callable[[bytes], Value]) -> Value:
    """Do something with the bytes of the file that was typed into the field `where`.

    Of a file larger than a scan may be there are so many that it is seen. A pipe is no file.

    `act` has to refuse an empty file. It is asked with one where none can be read, so that everything else
    that is wrong is told at once: raises its InvalidInput then, with why there is no file.
    """
    try:
        content = beginning_of(place_of(typed), LARGEST_BYTES + 1)
    except (OSError, ValueError):
        pass
    else:
        return act(content)
    try:
        return act(b"")
    except InvalidInput as error:
        others = [one for one in error.problems if one.where != where]
        raise InvalidInput(error.sentence, [*others, Problem(where, UNREADABLE)]) from None
