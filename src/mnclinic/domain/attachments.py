"""What may be kept as a scan or file: its kinds, its forms, and what stands in its words."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from mnclinic.errors import Problem

LARGEST_BYTES = 25_000_000
"""About fifty scanned pages; what is larger is a film or a mistake."""
LONGEST_TITLE = 120
LONGEST_NOTE = 2000


class AttachmentKind(StrEnum):
    """What the paper is."""

    CONSENT = "consent"
    EXAM = "exam"
    PAPER = "paper"
    """A numbered sheet that was written on while the PC was down."""


_BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
_ENDINGS = {
    "application/pdf": (b"%%EOF",),
    "image/png": (b"IEND\xaeB`\x82",),
    "image/jpeg": (b"\xff\xd9",),
}
ENDING_OF = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
"""By media type, how the name of a file that is written out ends."""
_WITHIN_BYTES = 4096


def media_type_of(content: bytes) -> str | None:
    """PDF, PNG or JPEG by the bytes themselves, whatever the file is called; None for anything else.

    The end has to be there too, so that a copy that broke off is found while the paper is at hand.
    """
    found = next((kind for begins, kind in _BEGINNINGS.items() if content.startswith(begins)), None)
    if found is None or not any(end in content[-_WITHIN_BYTES:] for end in _ENDINGS[found]):
        return None
    return found


def problems_of_attachment(
    content: bytes, kind: str, title: str, dated_on: date, note: str, *, today: date
) -> Iterator[Problem]:
    """Everything that speaks against keeping a file."""
    if kind not in set(AttachmentKind):
        yield Problem("kind", f"Write one of these: {', '.join(AttachmentKind)}.")
    if not content:
        yield Problem("file", "The file is empty. Scan the paper again.")
    elif len(content) > LARGEST_BYTES:
        yield Problem("file", f"The file is larger than {LARGEST_BYTES // 1_000_000} MB. Scan it smaller.")
    elif media_type_of(content) is None:
        yield Problem("file", "The file is no whole PDF, PNG or JPEG. Scan the paper again as one of these.")
    if not title:
        yield Problem("title", "Say in a few words what it is.")
    elif len(title) > LONGEST_TITLE:
        yield Problem("title", f"At most {LONGEST_TITLE} characters.")
    if dated_on > today:
        yield Problem("dated_on", "The day lies in the future.")
    if len(note) > LONGEST_NOTE:
        yield Problem("note", f"At most {LONGEST_NOTE} characters.")
