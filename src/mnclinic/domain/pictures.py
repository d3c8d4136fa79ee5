"""What may be brought as a photograph: its form by its own bytes, its size, and why one is refused."""

import re
from collections.abc import Iterator
from enum import StrEnum

from mnclinic.errors import Problem

LARGEST_BYTES = 25_000_000
"""Four times what a telephone makes of its twelve million points."""
MOST_POINTS = 40_000_000
"""A picture of so many takes 160 MB while it is decoded."""
WHERE = "file"


class PictureForm(StrEnum):
    """The forms that are taken, by their media types."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HEIC = "image/heic"


class PictureRefusal(StrEnum):
    """Why a picture is not taken, though its bytes begin as one."""

    BROKEN = "broken"
    TOO_MANY_POINTS = "too_many_points"
    MOVES = "moves"
    TOO_LONG = "too_long"
    TOO_MUCH = "too_much"


SENTENCES = {
    PictureRefusal.BROKEN: (
        "The picture is cut short or damaged, so it cannot be shown. "
        "Copy it from the camera or telephone again."
    ),
    PictureRefusal.TOO_MANY_POINTS: (
        "The picture has more than 40 million points. Save it smaller, such as 4000 points across."
    ),
    PictureRefusal.MOVES: "This is a moving picture. Save one picture of it as a JPEG.",
    PictureRefusal.TOO_LONG: (
        "The picture could not be opened in the time that one is given. Save it as a JPEG, or smaller."
    ),
    PictureRefusal.TOO_MUCH: (
        "The picture took more memory than one is given, or its reader failed over it. "
        "Save it as a JPEG, or smaller."
    ),
}

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
_OTHERS = {
    b"%!PS": "This is a PostScript drawing and no photograph, whatever its name ends in.",
    b"\xc5\xd0\xd3\xc6": "This is a PostScript drawing and no photograph, whatever its name ends in.",
    b"%PDF-": "This is a PDF. Keep it among the person's files.",
}
_DRAWING = re.compile(rb"<svg[\s>]", re.IGNORECASE)
# Each has five letters or more, so that chance puts none into a picture's own bytes.
_PAGE = re.compile(rb"<(?:html|body|script|iframe)[\s>/]|<!doctype\s+html|<\?php\s", re.IGNORECASE)
_FIRST_BYTES = 4096
_NOT_TAKEN = "The file is no JPEG, PNG, HEIC or WebP. Save the picture as a JPEG and bring that."


def form_of(content: bytes) -> PictureForm | None:
    """The form by the first bytes, whatever the file is called; None for any other."""
    if content.startswith(b"\xff\xd8\xff"):
        return PictureForm.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PictureForm.PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return PictureForm.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return PictureForm.HEIC
    return None


def problems_before_decoding(content: bytes) -> Iterator[Problem]:
    """What speaks against a picture before anything tries to decode it. `content` may be cut at the most.

    A picture that is a web page at the same time would be run by whatever opens it as one.
    """
    if not content:
        yield Problem(WHERE, "The file is empty. Copy it from the camera or telephone again.")
    elif len(content) > LARGEST_BYTES:
        yield Problem(WHERE, "The file is larger than 25 MB. Save the picture smaller.")
    elif form_of(content) is None:
        yield Problem(WHERE, _said_of_other(content[:_FIRST_BYTES]))
    elif _PAGE.search(content):
        yield Problem(
            WHERE,
            "The file is a picture and a web page at once, which no camera makes. "
            "Copy the picture from the camera or telephone itself.",
        )


def _said_of_other(first: bytes) -> str:
    said = next((words for begins, words in _OTHERS.items() if first.startswith(begins)), None)
    if said is None and _DRAWING.search(first):
        return "This is an SVG drawing and no photograph, whatever its name ends in."
    return said or _NOT_TAKEN
