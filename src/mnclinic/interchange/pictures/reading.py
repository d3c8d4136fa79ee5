"""Have a picture decoded by a process that is started for it alone, and killed when it takes too long.

The only place where such processes are started. They are started afresh and never forked, so nothing of this
process's memory is in them, and they are handed the picture's own bytes and nothing else.
"""

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from mnclinic.domain.pictures import (
    LARGEST_BYTES,
    SENTENCES,
    WHERE,
    PictureForm,
    PictureRefusal,
    form_of,
    problems_before_decoding,
)
from mnclinic.errors import InvalidInput, Problem, Stopped, StoreUnavailable
from mnclinic.interchange.pictures.decoding import (
    LONGEST_ANSWER_BYTES,
    READY,
    Decoded,
    Wish,
    heard,
    serve,
)
from mnclinic.security.plain_file import beginning_of

STARTS_WITHIN_S = 20.0
"""A computer that cannot start a process for so long has other trouble than this picture."""
DECODES_WITHIN_S = 1.8
LOOKS_EVERY_S = 0.1
"""How often whoever waits is asked whether it goes on."""
WHOLE_WITHIN_S = 20.0
"""Of one that was decoded before, when it was brought."""
PREVIEW_PX, PREVIEW_QUALITY = 1600, 85
WHOLE_PX, WHOLE_QUALITY = 20_000, 93
"""Nothing is made smaller: no side of a picture with so few points is longer, but for a strip."""
NOT_TAKEN = "The picture was not taken. Nothing was stored, and the file is as it was."
STOPPED = "Stopped before the picture was opened, as you asked. Nothing was stored."
NO_PROCESS = (
    "The picture cannot be opened: the computer started no process for it. Nothing was stored. "
    "Close other programs and try again."
)


@dataclass(frozen=True)
class Picture:
    """A whole picture. Its size is that of the original as it is looked at."""

    form: PictureForm
    width_px: int
    height_px: int
    taken_at: datetime | None
    """By the camera's clock; without a zone where it noted none."""
    jpeg: bytes = field(repr=False)
    """A copy, upright, without anything that the camera wrote beside it."""


def read_picture_file(path: Path, *, where: str = WHERE) -> bytes:
    """A file's bytes, of a large one no more than shows that it is too large.

    `where` is the option or field that it was named in. Raises InvalidInput where it cannot be read, or is
    no file: a pipe would never answer.
    """
    try:
        return beginning_of(path, LARGEST_BYTES + 1)
    except OSError:
        raise InvalidInput(
            "The file cannot be read. Nothing was stored. Name a file that is there.",
            [Problem(where, "The file cannot be read.")],
        ) from None


def read_picture(
    content: bytes, *, whole: bool = False, goes_on: Callable[[], bool] = lambda: True
) -> Picture:
    """Decode a JPEG, PNG, HEIC or WebP and give a copy of it without what the camera wrote beside it.

    Args:
        content: The file, as it was brought.
        whole: Give the copy in the original's size, as for an export; else of 1600 points at most.
        goes_on: Asked while it is waited for; the process is killed once it says no.

    Raises:
        InvalidInput: it is no such picture, or not a whole one; too large; or takes too long or too much.
        StoreUnavailable: no process could be started. Nothing was stored.
        Stopped: `goes_on` said no.
    """
    if problems := [*problems_before_decoding(content)]:
        raise InvalidInput(NOT_TAKEN, problems)
    form = form_of(content)
    assert form is not None  # noqa: S101 - asked above
    wish = Wish(form, *((WHOLE_PX, WHOLE_QUALITY) if whole else (PREVIEW_PX, PREVIEW_QUALITY)))
    found = _decoded(content, wish, WHOLE_WITHIN_S if whole else DECODES_WITHIN_S, goes_on)
    if isinstance(found, PictureRefusal):
        raise InvalidInput(NOT_TAKEN, [Problem(WHERE, SENTENCES[found])])
    taken_at = datetime.fromisoformat(found.taken_at) if found.taken_at else None
    return Picture(form, found.width_px, found.height_px, taken_at, found.jpeg)


def _decoded(
    content: bytes, wish: Wish, within_s: float, goes_on: Callable[[], bool]
) -> Decoded | PictureRefusal:
    context = get_context("spawn")
    wishes, to_it = context.Pipe(duplex=False)
    from_it, answers = context.Pipe(duplex=False)
    process = context.Process(target=serve, args=(wishes, answers), daemon=True)
    try:
        try:
            process.start()
        except OSError:
            raise StoreUnavailable(NO_PROCESS) from None
        # Its ends are its own now: when it dies they are closed, and whoever waits here is told.
        wishes.close()
        answers.close()
        return _asked((to_it, from_it), content, wish, within_s, goes_on)
    finally:
        for end in (wishes, to_it, from_it, answers):
            end.close()
        if process.pid is not None:
            process.kill()
            process.join()
        process.close()


def _asked(
    ends: tuple[Connection, Connection],
    content: bytes,
    wish: Wish,
    within_s: float,
    goes_on: Callable[[], bool],
) -> Decoded | PictureRefusal:
    to_it, from_it = ends
    try:
        if not _comes(from_it, STARTS_WITHIN_S, goes_on) or from_it.recv_bytes(LONGEST_ANSWER_BYTES) != READY:
            raise StoreUnavailable(NO_PROCESS)
    except (EOFError, OSError):
        raise StoreUnavailable(NO_PROCESS) from None
    with suppress(BrokenPipeError):
        to_it.send(wish)
        to_it.send_bytes(content)
    try:
        if not _comes(from_it, within_s, goes_on):
            return PictureRefusal.TOO_LONG
        return heard(from_it)
    except (EOFError, OSError, ValueError, KeyError, TypeError):
        # A limit of the system killed it, or a decoder took it down.
        return PictureRefusal.TOO_MUCH


def _comes(from_it: Connection, within_s: float, goes_on: Callable[[], bool]) -> bool:
    """Whether something comes in time. Raises Stopped, EOFError or OSError."""
    for _ in range(math.ceil(within_s / LOOKS_EVERY_S)):
        if not goes_on():
            raise Stopped(STOPPED)
        if from_it.poll(LOOKS_EVERY_S):
            return True
    return False
