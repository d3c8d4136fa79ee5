"""What a reader of the finished files sees."""

import io
import re

from pypdf import PdfReader


def pages_of(pdf: bytes) -> list[str]:
    """Each page's text, white space evened out."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    return " ".join(pages_of(pdf))


def squeezed(text: str) -> str:
    """Without any white space, for what was broken over lines."""
    return re.sub(r"\s+", "", text)


def letters_drawn(pdf: bytes) -> list[tuple[float, float, str]]:
    """Every piece of drawn text with the place of its start."""
    pieces: list[tuple[float, float, str]] = []

    def visit(text: str, matrix: list[float], text_matrix: list[float], *_: object) -> None:
        if text.strip():
            pieces.append((text_matrix[4] + matrix[4], text_matrix[5] + matrix[5], text))

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=visit)
    return pieces
